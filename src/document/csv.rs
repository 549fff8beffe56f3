//! CSV: RFC 4180 with CRLF, UTF-8 with byte order mark so that spreadsheets read the diacritics.
//!
//! Owns quoting and making text harmless: a cell that a spreadsheet would take for a formula gets an apostrophe in front.

use super::cell::{Form, divide, iso_day, rfc3339};
use super::{Cell, DocumentError, Table};
use csv::{QuoteStyle, Terminator, Writer, WriterBuilder};

/// Bytes of a usual record; longer ones are written in several goes.
const RECORD: usize = 1_024;

/// A CSV file in the making.
pub(super) struct CsvFile {
    table: Table,
    out: Vec<u8>,
}

impl CsvFile {
    pub(super) fn new(table: Table) -> Result<Self, DocumentError> {
        let heads: Vec<String> = table
            .columns
            .iter()
            .map(|column| match column.form {
                Form::Moment => format!("{} ({})", column.head, table.words.utc),
                _ => column.head.clone(),
            })
            .map(|head| harmless(&head))
            .collect();
        let mut file = Self {
            table,
            out: "\u{feff}".as_bytes().to_vec(),
        };
        file.record(&heads)?;
        Ok(file)
    }

    pub(super) fn row(&mut self, row: &[Cell]) -> Result<(), DocumentError> {
        let fields: Vec<String> = row.iter().map(|cell| self.field(cell)).collect();
        self.record(&fields)
    }

    pub(super) fn pending(&mut self) -> &mut Vec<u8> {
        &mut self.out
    }

    fn record(&mut self, fields: &[String]) -> Result<(), DocumentError> {
        let out = std::mem::take(&mut self.out);
        let mut writer: Writer<Vec<u8>> = WriterBuilder::new()
            .terminator(Terminator::CRLF)
            .quote_style(QuoteStyle::Necessary)
            .buffer_capacity(RECORD)
            .from_writer(out);
        writer.write_record(fields).map_err(std::io::Error::from)?;
        self.out = writer
            .into_inner()
            .map_err(|error| std::io::Error::other(error.to_string()))?;
        Ok(())
    }

    fn field(&self, cell: &Cell) -> String {
        match cell {
            Cell::Empty => String::new(),
            Cell::Text(text) | Cell::Word(_, text) => harmless(text),
            Cell::Whole(number) => number.to_string(),
            Cell::Quotient { above, below } => divide(*above, *below).to_string(),
            Cell::Real(figure) => figure.to_string(),
            Cell::Moment(at) => rfc3339(*at),
            Cell::Day(day) => iso_day(*day),
            Cell::Flag(true) => self.table.words.yes.clone(),
            Cell::Flag(false) => self.table.words.no.clone(),
        }
    }
}

/// Text that a spreadsheet shows and never computes.
fn harmless(text: &str) -> String {
    let begins_a_formula = |c: char| {
        matches!(
            c,
            '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\0' | '＝' | '＋' | '－' | '＠'
        )
    };
    if text.starts_with(begins_a_formula) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}
