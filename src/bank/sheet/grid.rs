//! A table on its way to questions: rows and cells with the place of each in the text that faults quote.
//!
//! Owns laying a sheet out as text, one line for each row, so that a fault shows the row and names the cell; leaves what
//! the cells mean to `rows`.

use super::super::fault::Spot;
use super::cells::{Content, Row};
use super::header::Header;
use super::strings::CellText;
use std::collections::BTreeSet;
use std::ops::Range;

/// A cell with its place in the text.
#[derive(Debug, Clone)]
pub(super) struct GridCell {
    pub(super) column: u32,
    /// `None` for a cell of a known column that holds nothing.
    pub(super) content: Option<Content>,
    pub(super) span: Range<usize>,
}

/// A row with its cells from left to right.
#[derive(Debug, Clone)]
pub(super) struct GridRow {
    /// As the program shows it; of a text file the line.
    pub(super) number: u32,
    pub(super) hidden: bool,
    pub(super) cells: Vec<GridCell>,
}

impl GridRow {
    /// The cell of a column.
    pub(super) fn cell(&self, column: u32) -> Option<&GridCell> {
        self.cells.iter().find(|cell| cell.column == column)
    }

    /// The whole row.
    pub(super) fn span(&self) -> Range<usize> {
        let start = self.cells.first().map_or(0, |cell| cell.span.start);
        start..self.cells.last().map_or(start, |cell| cell.span.end)
    }
}

/// What a cell shows, for excerpts.
pub(super) fn shown(content: &Content) -> String {
    match content {
        Content::Text(text) => text.plain.clone(),
        Content::Number { shown, .. } => shown.clone(),
        Content::Shaped(raw) | Content::Error(raw) => raw.clone(),
        Content::Date { day: Some(day), .. } => {
            format!("{}/{}/{}", day.day(), u8::from(day.month()), day.year())
        }
        Content::Date { day: None, .. } => "?".to_owned(),
        Content::Formula => "=…".to_owned(),
        Content::Boolean(true) => "TRUE".to_owned(),
        Content::Boolean(false) => "FALSE".to_owned(),
    }
}

/// The text of a workbook in the making, with the cell that each part came from.
#[derive(Default)]
pub(super) struct Layout {
    pub(super) text: String,
    pub(super) marks: Vec<(usize, Spot)>,
}

impl Layout {
    /// Adds a sheet: its rows, and in them the cells of all columns that the header knows.
    pub(super) fn add(&mut self, name: &str, rows: Vec<Row>, header: Option<&Header>) -> Vec<GridRow> {
        let known: BTreeSet<u32> = header
            .into_iter()
            .flat_map(|header| header.fields.keys().copied())
            .collect();
        let mut out = Vec::with_capacity(rows.len());
        for row in rows {
            let mut contents: Vec<(u32, Option<Content>)> = row
                .cells
                .into_iter()
                .map(|cell| (cell.column, Some(cell.content)))
                .collect();
            let held: BTreeSet<u32> = contents.iter().map(|(column, _)| *column).collect();
            contents.extend(known.difference(&held).map(|column| (*column, None)));
            contents.sort_by_key(|(column, _)| *column);
            let cells = contents
                .into_iter()
                .map(|(column, content)| self.cell(name, row.number, column, content));
            let cells = cells.collect();
            self.text.pop();
            self.text.push('\n');
            out.push(GridRow {
                number: row.number,
                hidden: row.hidden,
                cells,
            });
        }
        out
    }

    fn cell(&mut self, sheet: &str, row: u32, column: u32, content: Option<Content>) -> GridCell {
        let start = self.text.len();
        let sheet = sheet.to_owned();
        self.marks.push((start, Spot::Cell { sheet, row, column }));
        if let Some(content) = &content {
            self.text.push_str(&shown(content));
        }
        let span = start..self.text.len();
        self.text.push('\t');
        GridCell {
            column,
            content,
            span,
        }
    }
}

/// A cell of plain text, as a text file has it; `None` where it is empty.
pub(super) fn plain(text: &str) -> Option<Content> {
    (!text.trim().is_empty()).then(|| {
        Content::Text(CellText {
            plain: text.to_owned(),
            markup: None,
        })
    })
}
