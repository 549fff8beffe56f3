//! Tables of questions in Word documents: a row is a question, as in a spreadsheet.
//!
//! Owns telling such tables from those of a paper and handing their cells on; leaves papers to `paper` and rows to `rows`.

use super::super::code::FaultCode;
use super::super::fault::{Spot, Subject};
use super::super::formats::{Imported, import_marked};
use super::super::media::Shelf;
use super::super::paper::lines::{Cell as Place, Doc};
use super::super::paper::{SourceLine, begins_question, cell_markup};
use super::super::questions::MAX_QUESTIONS;
use super::cells::{Block, Cell, Content, Row};
use super::first_texts;
use super::grid::Layout;
use super::header::{Header, LOOKED_AT, find};
use super::rows::{Part, read_parts};
use super::strings::CellText;
use crate::domain::markup;
use std::collections::BTreeMap;
use std::ops::Range;

/// Columns that a table of questions has at least: stem, two options, key.
const FEWEST: usize = 4;

/// The lines of a table by row and column, from 0.
type Lines = BTreeMap<u32, BTreeMap<u32, Vec<usize>>>;

/// A table of questions: its number from 0, its rows, its header.
type Table = (u32, Vec<Row>, Header);

/// Reads a document as tables of questions; `None` where it is a paper, or where one of its cells holds more than text.
pub(in crate::bank) fn read_word_tables(name: &str, doc: &Doc, shelf: &Shelf<'_>) -> Option<Imported> {
    let mut tables: BTreeMap<u32, Lines> = BTreeMap::new();
    let mut outside: Vec<usize> = Vec::new();
    for (at, line) in doc.lines.iter().enumerate() {
        match line.cell {
            Some(Place { table, row, column }) => {
                let rows = tables.entry(table).or_default();
                let cells = rows.entry(row).or_default();
                cells.entry(column).or_default().push(at);
            }
            None => outside.push(at),
        }
    }
    if outside.iter().any(|at| begins_question(doc.line(*at))) {
        return None;
    }
    let mut good: Vec<Table> = Vec::new();
    for (number, lines) in &tables {
        let rows = rows_of(doc, lines);
        match find(&first_texts(&rows)).filter(Header::is_complete) {
            Some(header) => good.push((*number, rows, header)),
            // As wide as one of questions: the rest of such a table, or the answers of a paper.
            None if lines.values().any(|cells| cells.len() >= FEWEST) => return None,
            None => outside.extend(lines.values().flat_map(BTreeMap::values).flatten()),
        }
    }
    let (_, _, first) = good.first()?;
    if good.iter().any(|(_, _, header)| !header.same_shape(first)) {
        return None;
    }
    let is_good = |at: usize| {
        let cell = doc.line_at(at).and_then(|line| line.cell);
        cell.is_some_and(|cell| good.iter().any(|(number, ..)| *number == cell.table))
    };
    if doc.things.iter().any(|(at, _)| is_good(*at)) {
        return None;
    }
    outside.sort_unstable();
    let outside = outside.iter().filter_map(|at| source_line(doc, *at)).collect();
    let mut imported = import(name, doc, shelf, good, &tables);
    imported.beside.outside = outside;
    Some(imported)
}

fn import(
    name: &str,
    doc: &Doc,
    shelf: &Shelf<'_>,
    good: Vec<Table>,
    tables: &BTreeMap<u32, Lines>,
) -> Imported {
    let mut layout = Layout::default();
    let mut parts: Vec<(u32, Part)> = Vec::new();
    for (number, rows, header) in good {
        let from = layout.marks.len();
        let rows = layout.add("", rows, Some(&header));
        for (_, spot) in layout.marks.iter_mut().skip(from) {
            if let Spot::Cell { row, column, .. } = spot {
                let (row, column) = (*row, *column);
                let table = number + 1;
                *spot = Spot::TableCell { table, row, column };
            }
        }
        let part = Part {
            header,
            rows,
            merged: tables.get(&number).map(headings).unwrap_or_default(),
            hidden_columns: Vec::new(),
        };
        parts.push((number, part));
    }
    let notes: Vec<(Range<usize>, FaultCode)> = doc
        .notes
        .iter()
        .filter_map(|(span, code)| note(doc, &parts, span.start, code))
        .collect();
    let parts: Vec<Part> = parts.into_iter().map(|(_, part)| part).collect();
    import_marked(name, &layout.text, layout.marks, shelf, |sheet| {
        for (span, code) in notes {
            sheet.fault(span, &Subject::File, code);
        }
        if parts.iter().map(|part| part.rows.len()).sum::<usize>() > MAX_QUESTIONS + LOOKED_AT {
            let limit = MAX_QUESTIONS as u64;
            sheet.fault(0..0, &Subject::File, FaultCode::TooManyRows { limit });
        }
        read_parts(sheet, &parts)
    })
}

/// Rows of a single cell, which are headings.
fn headings(lines: &Lines) -> Vec<Block> {
    let single = lines.iter().filter(|(_, cells)| cells.len() == 1);
    single
        .map(|(row, _)| Block {
            rows: (row + 1, row + 1),
            columns: (1, u32::MAX),
        })
        .collect()
}

fn rows_of(doc: &Doc, lines: &Lines) -> Vec<Row> {
    let row = |(number, cells): (&u32, &BTreeMap<u32, Vec<usize>>)| {
        let cell = |(column, lines): (&u32, &Vec<usize>)| {
            Some(Cell {
                column: column + 1,
                content: content_of(doc, lines)?,
            })
        };
        Row {
            number: number + 1,
            hidden: false,
            cells: cells.iter().filter_map(cell).collect(),
        }
    };
    let rows = lines.iter().map(row);
    rows.filter(|row| !row.cells.is_empty()).collect()
}

/// The text of a cell without automatic numbers, which count what the table counts already.
fn content_of(doc: &Doc, lines: &[usize]) -> Option<Content> {
    let lines = lines.iter().filter_map(|at| doc.lines.get(*at));
    let spans: Vec<Range<usize>> = lines
        .map(|line| line.span.start + line.label..line.span.end)
        .collect();
    let written = cell_markup(doc, &spans);
    let plain = markup::plain(&written);
    (!plain.trim().is_empty()).then_some(Content::Text(CellText {
        plain,
        markup: Some(written),
    }))
}

/// A note about the document at its cell. Of notes about other places only those are told that concern the whole.
fn note(doc: &Doc, parts: &[(u32, Part)], at: usize, code: &FaultCode) -> Option<(Range<usize>, FaultCode)> {
    let place = doc.line_at(at).and_then(|line| line.cell);
    let cell = place.and_then(|place| {
        let (_, part) = parts.iter().find(|(number, _)| *number == place.table)?;
        let row = part.rows.iter().find(|row| row.number == place.row + 1)?;
        row.cell(place.column + 1).map(|cell| cell.span.clone())
    });
    let is_of_place = matches!(
        code,
        FaultCode::PaperTextBox { .. }
            | FaultCode::PaperHidden { .. }
            | FaultCode::PaperFootnote { .. }
            | FaultCode::PaperComment { .. }
            | FaultCode::PaperStruck {}
            | FaultCode::PaperShape {}
    );
    match cell {
        Some(span) => Some((span, code.clone())),
        None if is_of_place => None,
        None => Some((0..0, code.clone())),
    }
}

fn source_line(doc: &Doc, at: usize) -> Option<SourceLine> {
    let line = doc.lines.get(at)?;
    let text = doc.slice(&line.span).trim();
    let after = doc.marks.partition_point(|(start, _)| *start <= line.span.start);
    let (_, spot) = doc.marks.get(after.checked_sub(1)?)?;
    (!text.is_empty()).then(|| SourceLine {
        spot: spot.clone(),
        text: text.to_owned(),
    })
}
