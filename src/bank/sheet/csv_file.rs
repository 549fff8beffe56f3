//! CSV: the same table as in a workbook, as text.
//!
//! Owns finding the separator, and the apostrophe that keeps a spreadsheet from computing a text: it is written before
//! `=`, `+`, `-`, `@`, a tab or another apostrophe at the beginning of a field and taken away again when read.

use super::super::LoadedSet;
use super::super::code::FaultCode;
use super::super::csv::{read_rows_by, separator};
use super::super::fault::Subject;
use super::super::formats::Imported;
use super::super::formats_write::Exported;
use super::super::media::Shelf;
use super::super::questions::MAX_QUESTIONS;
use super::super::raw;
use super::super::source::{Sheet, decode, floor};
use super::super::words::is_garbled;
use super::columns;
use super::grid::{GridCell, GridRow, plain};
use super::header::{self, Header, Texts, find};
use super::rows::{Part, read_parts};
use crate::domain::markup;
use csv::{QuoteStyle, Terminator, WriterBuilder};

/// Bytes from the beginning in which separator and header are looked for.
const HEAD: usize = 64 * 1024;
/// Fields that a spreadsheet would compute begin so, and fields that were kept from it.
const GUARDED: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\''];

/// Reads a CSV file of questions.
pub(in crate::bank) fn read_csv(name: &str, bytes: &[u8], shelf: &Shelf<'_>) -> Imported {
    let text = match decode(name, bytes) {
        Ok(text) => text,
        Err(fault) => {
            return Imported {
                faults: vec![*fault],
                ..Imported::default()
            };
        }
    };
    let mut sheet = Sheet::new(name, &text);
    sheet.shelf = Some(shelf);
    let (separator, start) = separator_of(&text);
    let mut rows = grid_rows(&mut sheet, separator, start);
    let Some(header) = find(&texts_of(&rows)) else {
        let code = FaultCode::NoHeader {
            rows: header::LOOKED_AT as u64,
        };
        return refuse(sheet, rows.first(), code);
    };
    if !header.is_complete() {
        let row = header.ends.checked_sub(1).and_then(|at| rows.get(at));
        let code = FaultCode::ColumnsMissing {
            names: header.missing(),
        };
        return refuse(sheet, row, code);
    }
    if rows.len() > MAX_QUESTIONS + header::LOOKED_AT {
        let limit = MAX_QUESTIONS as u64;
        return refuse(sheet, rows.get(MAX_QUESTIONS), FaultCode::TooManyRows { limit });
    }
    check_widths(&mut sheet, &header, &mut rows);
    let part = Part {
        header,
        rows,
        merged: Vec::new(),
        hidden_columns: Vec::new(),
    };
    let mut set = read_parts(&mut sheet, &[part]);
    let (id, title) = raw::name_of(name);
    set.id = id;
    let draft = raw::check(&mut sheet, set, &title);
    Imported::of(sheet, draft)
}

/// Whether a text is a table that was copied out of a spreadsheet: one of its first lines names the columns, with tabs between.
pub(in crate::bank) fn is_table(text: &str) -> bool {
    let head = text.get(..floor(text, HEAD)).unwrap_or_default();
    if !head.contains('\t') {
        return false;
    }
    let mut scratch = Sheet::new("", head);
    let rows = grid_rows(&mut scratch, '\t', 0);
    find(&texts_of(&rows)).is_some_and(|header| header.is_complete())
}

fn refuse(mut sheet: Sheet<'_>, row: Option<&GridRow>, code: FaultCode) -> Imported {
    let span = row.map_or(0..0, GridRow::span);
    // Names of columns are not found where their letters are others.
    if is_garbled(sheet.text) {
        sheet.fault(span.clone(), &Subject::File, FaultCode::TextGarbled {});
    }
    sheet.fault(span, &Subject::File, code);
    Imported {
        faults: sheet.into_faults(),
        ..Imported::default()
    }
}

/// The separator under which the first rows name the columns of a table; else the one that the first line looks like.
fn separator_of(text: &str) -> (char, usize) {
    let (likely, start) = separator(text);
    let head = text.get(..floor(text, HEAD)).unwrap_or_default();
    let fits = |separator: &char| {
        let mut scratch = Sheet::new("", head);
        let rows = grid_rows(&mut scratch, *separator, start);
        find(&texts_of(&rows)).is_some_and(|header| header.is_complete())
    };
    let found = [likely, ',', ';', '\t', '|'].into_iter().find(fits);
    (found.unwrap_or(likely), start)
}

fn texts_of(rows: &[GridRow]) -> Vec<Texts> {
    let held = |row: &GridRow| -> Texts {
        let cells = row
            .cells
            .iter()
            .filter_map(|cell| Some((cell.column, cell.content.as_ref()?)));
        cells
            .map(|(column, content)| (column, super::grid::shown(content)))
            .collect()
    };
    rows.iter().take(header::LOOKED_AT + 1).map(held).collect()
}

fn grid_rows(sheet: &mut Sheet<'_>, separator: char, start: usize) -> Vec<GridRow> {
    let rows = read_rows_by(sheet, separator, start);
    let mut out = Vec::with_capacity(rows.len());
    for row in rows {
        let begin = row.first().map_or(0, |field| field.span.start);
        let cells = (1..).zip(row).map(|(column, field)| GridCell {
            column,
            content: plain(unguarded(&field.text)),
            span: field.span,
        });
        out.push(GridRow {
            number: sheet.position(begin).0,
            hidden: false,
            cells: cells.collect(),
        });
    }
    out
}

/// Rows with more fields than columns: a comma that should stand in quotes has moved all that follows.
fn check_widths(sheet: &mut Sheet<'_>, header: &Header, rows: &mut [GridRow]) {
    let names = rows.get(..header.ends).unwrap_or_default();
    let width = names.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    for row in rows.iter_mut().skip(header.ends) {
        let beyond = row.cells.get(width..).unwrap_or_default();
        if beyond.iter().any(|cell| cell.content.is_some()) {
            let (found, expected) = (row.cells.len() as u64, width as u64);
            sheet.fault(
                row.span(),
                &Subject::File,
                FaultCode::RowLength { found, expected },
            );
        }
        row.cells.truncate(width);
    }
}

/// The field without the apostrophe that guards it.
fn unguarded(field: &str) -> &str {
    let rest = field.strip_prefix('\'').filter(|rest| rest.starts_with(GUARDED));
    rest.unwrap_or(field)
}

fn guarded(field: &str) -> String {
    if field.starts_with(GUARDED) {
        format!("'{field}")
    } else {
        field.to_owned()
    }
}

/// Writes a set as CSV: UTF-8 with a mark that Excel knows it by, commas, lines ended as RFC 4180 wants.
pub(in crate::bank) fn write_csv(set: &LoadedSet) -> Exported {
    let questions = &set.set.questions;
    let exact: Vec<bool> = questions
        .iter()
        .map(|question| columns::is_exact(question, |_| false))
        .collect();
    let fields = columns::columns(set, exact.contains(&true));
    let mut rows = vec![vec![columns::TITLE.to_owned(), set.set.title.clone()]];
    rows.push(fields.iter().map(|field| columns::name(*field)).collect());
    for ((nth, question), exact) in questions.iter().enumerate().zip(exact) {
        let value = |field: &header::Field| {
            let value = columns::value(set, nth, question, *field, exact);
            match columns::is_text(*field) && !exact {
                true => markup::plain(&value),
                false => value,
            }
        };
        rows.push(fields.iter().map(value).collect());
    }
    let mut writer = WriterBuilder::new()
        .flexible(true)
        .terminator(Terminator::CRLF)
        .quote_style(QuoteStyle::Necessary)
        .from_writer("\u{feff}".as_bytes().to_vec());
    for row in rows {
        // Writing into memory cannot fail, and rows may be of any length.
        let _ = writer.write_record(row.iter().map(|field| guarded(field)));
    }
    Exported {
        bytes: writer.into_inner().unwrap_or_default(),
        losses: Vec::new(),
    }
}
