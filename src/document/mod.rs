//! Lists as files: standings, awards, entries, units and people → csv, xlsx, json.
//!
//! Owns columns, cells and file formats; reads nothing and computes nothing: rows come from `store`, opened by
//! `action::export`. Rows are written as they come, so memory does not grow with their number.

mod accounts;
mod acts;
mod cell;
mod changes;
mod csv;
mod emulation;
mod items;
mod json;
pub mod official;
mod registers;
#[cfg(test)]
mod registers_tests;
mod rows;
mod table;
#[cfg(test)]
pub(crate) mod tests;
mod xlsx;

pub use accounts::{AccountLine, accounts_list};
pub use acts::{ActRow, act_list};
pub use cell::{Cell, Column, Form};
pub use changes::{AboutChanges, SCORE_CHANGES, score_change_list};
pub use emulation::{AwardList, ClusterList, line_name, statistics_list};
pub use registers::{ComplaintColumn, complaint_list, data_request_list};
pub use rows::cells;
pub use table::{About, Table, table};

use crate::store::StoreError;
use crate::store::results::Rows;
use futures_util::stream::{self, Stream, StreamExt};
use std::io::{Read, Seek, Write};
use tempfile::SpooledTempFile;

/// Encoded bytes handed on at once.
const CHUNK: usize = 64 * 1024;

/// A finished workbook up to this size waits in memory, a larger one in a temporary file.
const SPOOL: usize = 1 << 20;

/// A file format that lists can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// RFC 4180, UTF-8 with byte order mark, for spreadsheets and scripts.
    Csv,
    /// A workbook with typed cells.
    Xlsx,
    /// One array of objects, for machines.
    Json,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 3] = [Self::Csv, Self::Xlsx, Self::Json];

    /// The file ending, also the word in commands and addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
        }
    }

    /// The format of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// The type for a download.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Json => "application/json",
        }
    }
}

/// Why a file was not finished.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// The rows could not be read to their end.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file could not be written.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// The workbook could not be made.
    #[error("workbook: {0}")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
    /// The program is stopping.
    #[error("stopped before the file was finished")]
    Stopped,
}

/// A file in the making.
enum Encoder {
    Csv(csv::CsvFile),
    Json(json::JsonFile),
    Xlsx(Box<xlsx::XlsxFile>),
}

impl Encoder {
    fn new(table: Table, format: Format) -> Result<Self, DocumentError> {
        Ok(match format {
            Format::Csv => Self::Csv(csv::CsvFile::new(table)?),
            Format::Json => Self::Json(json::JsonFile::new(table)),
            Format::Xlsx => Self::Xlsx(Box::new(xlsx::XlsxFile::new(table)?)),
        })
    }

    fn row(&mut self, row: &[Cell]) -> Result<(), DocumentError> {
        match self {
            Self::Csv(file) => file.row(row),
            Self::Json(file) => file.row(row),
            Self::Xlsx(file) => file.row(row),
        }
    }

    /// What is encoded so far and not yet taken, once it is worth sending on. A workbook comes when it is whole.
    fn ready(&mut self) -> Option<Vec<u8>> {
        let pending = match self {
            Self::Csv(file) => file.pending(),
            Self::Json(file) => file.pending(),
            Self::Xlsx(_) => return None,
        };
        (pending.len() >= CHUNK).then(|| std::mem::take(pending))
    }

    /// The rest of a file. A workbook of millions of rows is larger than memory may grow, so it waits on disk.
    fn finish(self) -> Result<Rest, DocumentError> {
        match self {
            Self::Csv(mut file) => Ok(Rest::Bytes(std::mem::take(file.pending()))),
            Self::Json(file) => Ok(Rest::Bytes(file.finish())),
            Self::Xlsx(file) => {
                let mut out = SpooledTempFile::new(SPOOL);
                file.finish(&mut out)?;
                out.rewind()?;
                Ok(Rest::File(out))
            }
        }
    }
}

/// What is left to send once every row is encoded.
enum Rest {
    Bytes(Vec<u8>),
    File(SpooledTempFile),
}

/// Writes a list into a file and returns how many rows it has. `progress` hears of every row written.
pub async fn write(
    table: Table,
    format: Format,
    mut rows: Rows<Vec<Cell>>,
    out: &mut (impl Write + Send),
    mut progress: impl FnMut(u64),
) -> Result<u64, DocumentError> {
    let mut encoder = Encoder::new(table, format)?;
    let mut count = 0;
    while let Some(row) = rows.next().await {
        encoder.row(&row?)?;
        count += 1;
        progress(count);
        if let Some(bytes) = encoder.ready() {
            out.write_all(&bytes)?;
        }
    }
    match encoder {
        Encoder::Csv(mut file) => out.write_all(file.pending())?,
        Encoder::Json(file) => out.write_all(&file.finish())?,
        Encoder::Xlsx(file) => file.finish(out)?,
    }
    out.flush()?;
    Ok(count)
}

/// A list as the body of a download, piece by piece. An error ends it before its time, which the receiver sees as a broken
/// transfer, never as a short list.
pub fn body(
    table: Table,
    format: Format,
    rows: Rows<Vec<Cell>>,
) -> impl Stream<Item = Result<Vec<u8>, DocumentError>> + Send + 'static {
    stream::unfold(Download::Begin(table, format, rows), |state| async {
        match step(state).await {
            Ok(Some((bytes, next))) => Some((Ok(bytes), next)),
            Ok(None) => None,
            Err(error) => Some((Err(error), Download::Over)),
        }
    })
}

/// How far a download is.
enum Download {
    Begin(Table, Format, Rows<Vec<Cell>>),
    Rows(Encoder, Rows<Vec<Cell>>),
    File(SpooledTempFile),
    Over,
}

async fn step(state: Download) -> Result<Option<(Vec<u8>, Download)>, DocumentError> {
    let (mut encoder, mut rows) = match state {
        Download::Begin(table, format, rows) => (Encoder::new(table, format)?, rows),
        Download::Rows(encoder, rows) => (encoder, rows),
        Download::File(file) => return read(file).await,
        Download::Over => return Ok(None),
    };
    while let Some(row) = rows.next().await {
        encoder.row(&row?)?;
        if let Some(bytes) = encoder.ready() {
            return Ok(Some((bytes, Download::Rows(encoder, rows))));
        }
    }
    // Compressing a large workbook takes seconds of one core, so not on a thread that serves others.
    let rest = tokio::task::spawn_blocking(move || encoder.finish())
        .await
        .map_err(|_| DocumentError::Stopped)??;
    match rest {
        Rest::Bytes(bytes) => Ok(Some((bytes, Download::Over))),
        Rest::File(file) => read(file).await,
    }
}

/// The next piece of a file that is whole.
async fn read(mut file: SpooledTempFile) -> Result<Option<(Vec<u8>, Download)>, DocumentError> {
    let piece = move || -> Result<_, DocumentError> {
        let mut bytes = Vec::with_capacity(CHUNK);
        Read::by_ref(&mut file)
            .take(CHUNK as u64)
            .read_to_end(&mut bytes)?;
        Ok((bytes, file))
    };
    let (bytes, file) = tokio::task::spawn_blocking(piece)
        .await
        .map_err(|_| DocumentError::Stopped)??;
    Ok((!bytes.is_empty()).then_some((bytes, Download::File(file))))
}
