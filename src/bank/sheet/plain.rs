//! A workbook as one plain table, for lists that hold no questions.
//!
//! Owns which sheet is read and what its cells say as text; what the columns mean is the caller's.

use super::super::code::FaultCode;
use super::super::fault::Spot;
use super::cells::{Content, SheetCells};
use super::grid::{Layout, shown};
use super::workbook::Workbook;
use std::ops::Range;

/// Columns that are read; lists have far fewer.
const MAX_COLUMNS: u32 = 50;

/// The rows of the first sheet that holds something.
#[derive(Default)]
pub(in crate::bank) struct PlainTable {
    /// The table as the text that faults quote.
    pub(in crate::bank) text: String,
    /// The cell that each part of the text came from.
    pub(in crate::bank) marks: Vec<(usize, Spot)>,
    /// Rows that hold something: text and place of each cell, empty ones too.
    pub(in crate::bank) rows: Vec<Vec<(String, Range<usize>)>>,
    /// Cells whose text cannot be told.
    pub(in crate::bank) faults: Vec<(Range<usize>, FaultCode)>,
    /// Other sheets that hold something and were not read.
    pub(in crate::bank) ignored: Vec<String>,
}

/// Reads a workbook; dates are `YYYY-MM-DD`.
pub(in crate::bank) fn read_plain(bytes: &[u8]) -> Result<PlainTable, FaultCode> {
    let mut book = Workbook::open(bytes)?;
    let mut first: Option<(String, SheetCells)> = None;
    let mut ignored = Vec::new();
    for entry in book.sheets.clone() {
        let cells = book.cells(&entry)?;
        if cells.rows.is_empty() {
            continue;
        }
        if first.is_none() && !entry.hidden {
            first = Some((entry.name, cells));
        } else {
            ignored.push(entry.name);
        }
    }
    let mut table = PlainTable {
        ignored,
        ..PlainTable::default()
    };
    if let Some((name, cells)) = first {
        table.add(&name, cells);
    }
    Ok(table)
}

impl PlainTable {
    fn add(&mut self, name: &str, cells: SheetCells) {
        let mut layout = Layout::default();
        for row in layout.add(name, cells.rows, None) {
            let start = row.span().start;
            let width = row.cells.iter().map(|cell| cell.column).max().unwrap_or(0);
            let mut texts = Vec::new();
            for column in 1..=width.min(MAX_COLUMNS) {
                let cell = row.cell(column);
                let span = cell.map_or(start..start, |cell| cell.span.clone());
                let text = match cell.and_then(|cell| cell.content.as_ref()) {
                    Some(content) => self.said(content, &span),
                    None => String::new(),
                };
                texts.push((text, span));
            }
            self.rows.push(texts);
        }
        self.text = layout.text;
        self.marks = layout.marks;
    }

    /// What a cell says; one that a program computes or shows in its own way is a fault.
    fn said(&mut self, content: &Content, span: &Range<usize>) -> String {
        let fault = match content {
            Content::Formula => Some(FaultCode::FormulaCell {}),
            Content::Shaped(value) => Some(FaultCode::NumberFormat { value: value.clone() }),
            Content::Error(value) => Some(FaultCode::ErrorCell { value: value.clone() }),
            Content::Date { day: None, .. } => Some(FaultCode::DateCell { meant: None }),
            Content::Date { day: Some(day), .. } => return day.to_string(),
            Content::Text(_) | Content::Number { .. } | Content::Boolean(_) => None,
        };
        self.faults.extend(fault.map(|code| (span.clone(), code)));
        shown(content)
    }
}
