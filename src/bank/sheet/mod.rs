//! Question sets in spreadsheets: .xlsx and CSV, read and written.
//!
//! Owns both formats; leaves the rules every question obeys to `raw`. A row is a question, the first rows name the columns.
//! What a sheet has and a set cannot hold is told, cell by cell, and never guessed or dropped in silence.
//!
//! | file | holds |
//! | --- | --- |
//! | `package`, `xml` | the zip and its XML, with hard limits |
//! | `workbook`, `strings`, `styles`, `cells` | what is in the cells of a workbook, as Excel shows it |
//! | `header`, `grid`, `rows`, `values`, `key`, `finish` | a table as questions, for both formats |
//! | `csv_file` | reading and writing CSV |
//! | `word` | tables of questions in Word documents |
//! | `plain` | a workbook as a table of texts, for other lists |
//! | `columns` | what both writers put into which column |
//! | `write` | writing a workbook, its sheet of instructions and the template |

mod cells;
mod columns;
mod csv_file;
mod finish;
mod grid;
mod header;
mod key;
mod package;
mod plain;
mod rows;
mod strings;
mod styles;
#[cfg(test)]
pub(super) mod tests;
mod values;
mod word;
mod workbook;
mod write;
mod xml;

pub(super) use csv_file::{is_table, read_csv, write_csv};
pub(super) use plain::{PlainTable, read_plain};
pub(super) use word::read_word_tables;
pub(super) use write::write_xlsx;
pub use write::xlsx_template;

use super::code::FaultCode;
use super::fault::Subject;
use super::formats::{Imported, import_marked};
use super::media::Shelf;
use crate::domain::unit::fold;
use cells::{Row, SheetCells};
use grid::Layout;
use header::{Header, Texts, find};
use rows::{Part, read_parts};
use std::ops::Range;
use workbook::Workbook;

/// Name of the sheet of instructions in the workbooks that we write.
const GUIDE: &str = "Hướng dẫn";

/// Reads a workbook.
pub(super) fn read_xlsx(name: &str, bytes: &[u8], shelf: &Shelf<'_>) -> Imported {
    let read = match Found::of(bytes) {
        Ok(read) => read,
        Err(code) => return Imported::refused(name, code),
    };
    let Found { layout, parts, notes } = read;
    import_marked(name, &layout.text, layout.marks, shelf, |sheet| {
        let refused = notes
            .iter()
            .any(|(_, code)| code.severity() == super::fact::Severity::Error);
        for (span, code) in notes {
            sheet.fault(span, &Subject::File, code);
        }
        let set = read_parts(sheet, &parts);
        if refused && set.questions.is_empty() {
            // Nothing was read, and why is said already: "no questions" would be a second fault of one cause.
            sheet.give_up(usize::MAX..usize::MAX);
        }
        set
    })
}

/// The tables of a workbook and what there is to say about its sheets.
#[derive(Default)]
struct Found {
    layout: Layout,
    parts: Vec<Part>,
    notes: Vec<(Range<usize>, FaultCode)>,
}

impl Found {
    fn of(bytes: &[u8]) -> Result<Self, FaultCode> {
        let mut book = Workbook::open(bytes)?;
        let mut found = Self::default();
        let mut tables: Vec<(String, SheetCells, Option<Header>)> = Vec::new();
        for entry in book.sheets.clone() {
            let cells = book.cells(&entry).map_err(|code| in_sheet(code, &entry.name))?;
            let header = find(&first_texts(&cells.rows));
            if entry.hidden {
                if !cells.rows.is_empty() {
                    let name = entry.name.clone();
                    found.note(&entry.name, FaultCode::SheetHidden { name });
                }
            } else {
                tables.push((entry.name, cells, header));
            }
        }
        let is_table = |header: &Option<Header>| header.as_ref().is_some_and(Header::is_complete);
        match tables.iter().filter(|(.., header)| is_table(header)).count() {
            0 => found.without_table(tables),
            _ => {
                let (good, rest): (Vec<_>, Vec<_>) =
                    tables.into_iter().partition(|(.., header)| is_table(header));
                for (name, cells, header) in rest {
                    found.aside(&name, cells, header);
                }
                found.tables(good);
            }
        }
        Ok(found)
    }

    /// Notes something about a sheet as a whole, at its first cell.
    fn note(&mut self, sheet: &str, code: FaultCode) {
        let start = self.layout.text.len();
        let sheet_name = sheet.to_owned();
        let spot = super::fault::Spot::Cell {
            sheet: sheet_name,
            row: 1,
            column: 1,
        };
        self.layout.marks.push((start, spot));
        self.layout.text.push_str(sheet);
        self.layout.text.push('\n');
        self.notes.push((start..start + sheet.len(), code));
    }

    /// A sheet beside those with tables: remarks, or a table that lacks a column.
    fn aside(&mut self, name: &str, cells: SheetCells, header: Option<Header>) {
        if fold(name) == fold(GUIDE) {
            return;
        }
        if let Some(header) = header {
            self.incomplete(name, cells, &header);
        } else if !cells.rows.is_empty() {
            let code = FaultCode::SheetIgnored {
                name: name.to_owned(),
            };
            self.note(name, code);
        }
    }

    /// A table that lacks columns, told at its header.
    fn incomplete(&mut self, name: &str, cells: SheetCells, header: &Header) {
        let rows = self.layout.add(name, cells.rows, None);
        let row = header.ends.checked_sub(1).and_then(|at| rows.get(at));
        let span = row.map_or(0..0, grid::GridRow::span);
        let names = header.missing();
        self.notes.push((span, FaultCode::ColumnsMissing { names }));
    }

    fn without_table(&mut self, mut tables: Vec<(String, SheetCells, Option<Header>)>) {
        let near = tables.iter().position(|(.., header)| header.is_some());
        if let Some(at) = near {
            let (name, cells, header) = tables.swap_remove(at);
            self.incomplete(&name, cells, &header.unwrap_or_default());
            return;
        }
        let fullest = tables.iter().max_by_key(|(_, cells, _)| cells.rows.len());
        let name = fullest.map(|(name, ..)| name.clone()).unwrap_or_default();
        self.note(
            &name,
            FaultCode::NoHeader {
                rows: header::LOOKED_AT as u64,
            },
        );
    }

    /// The sheets with tables of questions: all of them, where they have the same columns.
    fn tables(&mut self, tables: Vec<(String, SheetCells, Option<Header>)>) {
        let first = tables
            .first()
            .and_then(|(.., header)| header.clone())
            .unwrap_or_default();
        let differs =
            |header: &Option<Header>| header.as_ref().is_some_and(|header| !header.same_shape(&first));
        if tables.iter().any(|(.., header)| differs(header)) {
            let names = tables.iter().map(|(name, ..)| name.clone()).collect();
            if let Some((name, ..)) = tables.first() {
                self.note(name, FaultCode::SheetsDiffer { names });
            }
            return;
        }
        for (name, cells, header) in tables {
            if cells.has_pictures {
                self.note(&name, FaultCode::PicturesIgnored {});
            }
            if cells.has_comments {
                self.note(&name, FaultCode::CommentsIgnored {});
            }
            let rows = self.layout.add(&name, cells.rows, header.as_ref());
            self.parts.push(Part {
                header: header.unwrap_or_default(),
                rows,
                merged: cells.merged,
                hidden_columns: cells.hidden_columns,
            });
        }
    }
}

/// Names the sheet in what is wrong with one of its cells.
fn in_sheet(code: FaultCode, sheet: &str) -> FaultCode {
    match code {
        FaultCode::CellTooFar { cell } => FaultCode::CellTooFar {
            cell: format!("{sheet}!{cell}"),
        },
        other => other,
    }
}

/// The texts of the first rows that hold something, where the header is looked for.
fn first_texts(rows: &[Row]) -> Vec<Texts> {
    let text = |row: &Row| {
        row.cells
            .iter()
            .map(|cell| (cell.column, grid::shown(&cell.content)))
            .collect()
    };
    rows.iter().take(header::LOOKED_AT + 1).map(text).collect()
}
