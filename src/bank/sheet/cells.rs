//! The cells of one sheet, as a reader of the sheet sees them.
//!
//! Owns rows, columns, merged and hidden ones, and what kind of thing stands in a cell; leaves what the columns mean to
//! `header`. Only cells that hold something are kept, so that a lone cell in the last corner costs nothing.

use super::super::code::FaultCode;
use super::super::fault::column_letters;
use super::super::questions::MAX_QUESTIONS;
use super::strings::{CellText, TextBuilder};
use super::styles::{NumberForm, Styles, day_of, shown};
use super::xml::{Attributes, Piece, walk};
use std::collections::BTreeMap;
use std::io::BufRead;
use time::Date;

/// The last column that may hold something.
const MAX_COLUMN: u32 = 64;
/// The last row that may hold something.
const MAX_ROW: u32 = 100_000;
/// Rows that hold something: the questions of a contest and what stands around them.
const MAX_ROWS: usize = MAX_QUESTIONS + 200;
/// Merged ranges that are kept.
const MAX_MERGES: usize = 5_000;
/// Hidden columns that are kept.
const MAX_HIDDEN: usize = 1_000;

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Content {
    Text(CellText),
    /// A number as it is shown; `differs` where machines of other languages show it otherwise.
    Number {
        shown: String,
        differs: bool,
    },
    /// A number that its format shows in a way of its own.
    Shaped(String),
    /// A date, where its number is one, and the code that shows it.
    Date {
        day: Option<Date>,
        code: Option<String>,
    },
    Formula,
    /// `#REF!` and the like.
    Error(String),
    Boolean(bool),
}

/// A cell that holds something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell {
    /// From 1.
    pub(super) column: u32,
    pub(super) content: Content,
}

/// A row that holds something, its cells from left to right.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Row {
    /// From 1, as the program shows it.
    pub(super) number: u32,
    pub(super) hidden: bool,
    pub(super) cells: Vec<Cell>,
}

/// A block of cells, ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) rows: (u32, u32),
    pub(super) columns: (u32, u32),
}

/// A sheet.
#[derive(Debug, Clone, Default)]
pub(super) struct SheetCells {
    pub(super) rows: Vec<Row>,
    pub(super) merged: Vec<Block>,
    /// First and last of each group.
    pub(super) hidden_columns: Vec<(u32, u32)>,
    pub(super) has_pictures: bool,
    pub(super) has_comments: bool,
}

/// A cell in the making.
#[derive(Default)]
struct Open {
    row: u32,
    column: u32,
    kind: String,
    style: u32,
    has_formula: bool,
    in_value: bool,
    in_inline: bool,
    value: String,
    inline: TextBuilder,
}

/// Where the next row and cell stand that do not say it themselves.
#[derive(Default)]
struct Cursor {
    row: u32,
    column: u32,
    hidden: bool,
}

/// Reads the part of a sheet.
pub(super) fn read_cells(
    source: &mut dyn BufRead,
    strings: &[CellText],
    styles: &Styles,
    from_1904: bool,
    text_left: &mut usize,
    cells_left: &mut usize,
) -> Result<SheetCells, FaultCode> {
    let mut sheet = SheetCells::default();
    let mut rows: BTreeMap<u32, Row> = BTreeMap::new();
    let mut cursor = Cursor::default();
    let mut open: Option<Open> = None;
    walk(source, |piece| {
        if let Some(cell) = &mut open {
            if let Piece::Close("c") = piece {
                let cell = open.take().unwrap_or_default();
                let (row, column) = (cell.row, cell.column);
                let Some(content) = finish(cell, strings, styles, from_1904)? else {
                    return Ok(());
                };
                charge(&content, text_left, cells_left)?;
                if column > MAX_COLUMN || row > MAX_ROW {
                    let cell = format!("{}{row}", column_letters(column));
                    return Err(FaultCode::CellTooFar { cell });
                }
                let kept = rows.entry(row).or_default();
                (kept.number, kept.hidden) = (row, cursor.hidden);
                kept.cells.push(Cell { column, content });
                if rows.len() > MAX_ROWS {
                    let limit = MAX_QUESTIONS as u64;
                    return Err(FaultCode::TooManyRows { limit });
                }
            } else {
                cell.take(&piece);
            }
            return Ok(());
        }
        match piece {
            Piece::Open("row", at) => {
                cursor.row = at.number("r").unwrap_or(cursor.row.saturating_add(1));
                cursor.column = 0;
                cursor.hidden = at.flag("hidden");
            }
            Piece::Open("c", at) => open = Some(open_cell(at, &mut cursor)?),
            Piece::Open("mergeCell", at) if sheet.merged.len() < MAX_MERGES => {
                sheet.merged.extend(at.get("ref").as_deref().and_then(block_of));
            }
            Piece::Open("col", at) if at.flag("hidden") && sheet.hidden_columns.len() < MAX_HIDDEN => {
                if let (Some(min), Some(max)) = (at.number("min"), at.number("max")) {
                    sheet.hidden_columns.push((min, max));
                }
            }
            Piece::Open("drawing" | "picture", _) => sheet.has_pictures = true,
            // The boxes of comments are drawn in the manner of older programs.
            Piece::Open("legacyDrawing", _) => sheet.has_comments = true,
            Piece::Open(..) | Piece::Close(_) | Piece::Text(_) => {}
        }
        Ok(())
    })?;
    sheet.rows = rows.into_values().collect();
    for row in &mut sheet.rows {
        row.cells.sort_by_key(|cell| cell.column);
        let again = row
            .cells
            .windows(2)
            .any(|pair| matches!(pair, [a, b] if a.column == b.column));
        if again {
            return Err(FaultCode::SheetBroken {});
        }
    }
    Ok(sheet)
}

fn open_cell(at: Attributes<'_>, cursor: &mut Cursor) -> Result<Open, FaultCode> {
    let mut open = Open::default();
    let mut place = Some((cursor.row.max(1), cursor.column.saturating_add(1)));
    at.each(|name, value| match name {
        "r" => place = cell_of(value),
        "t" => value.clone_into(&mut open.kind),
        "s" => open.style = value.trim().parse().unwrap_or(0),
        _ => {}
    });
    (open.row, open.column) = place.ok_or(FaultCode::SheetBroken {})?;
    cursor.column = open.column;
    Ok(open)
}

impl Open {
    fn take(&mut self, piece: &Piece<'_>) {
        match piece {
            Piece::Open("f", _) => self.has_formula = true,
            Piece::Open("v", _) => self.in_value = true,
            Piece::Close("v") => self.in_value = false,
            Piece::Open("is", _) => self.in_inline = true,
            Piece::Close("is") => self.in_inline = false,
            Piece::Text(text) if self.in_value => self.value.push_str(text),
            piece if self.in_inline => self.inline.take(piece),
            Piece::Open(..) | Piece::Close(_) | Piece::Text(_) => {}
        }
    }
}

/// What a cell holds; `None` for one that only has a look.
fn finish(
    mut cell: Open,
    strings: &[CellText],
    styles: &Styles,
    from_1904: bool,
) -> Result<Option<Content>, FaultCode> {
    let value = cell.value.trim();
    if cell.has_formula {
        return Ok(Some(Content::Formula));
    }
    let text = match cell.kind.as_str() {
        "s" => {
            let shared = value.parse().ok().and_then(|at: usize| strings.get(at));
            shared.ok_or(FaultCode::SheetBroken {})?.clone()
        }
        "inlineStr" => cell.inline.finish(),
        "str" => CellText {
            plain: std::mem::take(&mut cell.value),
            markup: None,
        },
        "b" if !value.is_empty() => return Ok(Some(Content::Boolean(value == "1" || value == "true"))),
        "e" if !value.is_empty() => return Ok(Some(Content::Error(value.chars().take(20).collect()))),
        "d" if !value.is_empty() => {
            let day = time::format_description::well_known::Iso8601::DATE;
            let day = value.get(..10).and_then(|text| Date::parse(text, &day).ok());
            return Ok(Some(Content::Date { day, code: None }));
        }
        _ if value.is_empty() => return Ok(None),
        _ => return Ok(Some(number(value, styles.form(cell.style), from_1904))),
    };
    // Blanks are what is left when people empty a cell with the space bar.
    Ok((!text.plain.trim().is_empty()).then_some(Content::Text(text)))
}

fn number(value: &str, form: &NumberForm, from_1904: bool) -> Content {
    match form {
        NumberForm::Date(code) => Content::Date {
            day: day_of(value, from_1904),
            code: code.clone(),
        },
        form => match shown(value, form) {
            Some((shown, differs)) => Content::Number { shown, differs },
            None => Content::Shaped(value.chars().take(40).collect()),
        },
    }
}

/// Counts what a cell costs: a short file may name one long text a million times.
fn charge(content: &Content, text_left: &mut usize, cells_left: &mut usize) -> Result<(), FaultCode> {
    let bytes = match content {
        Content::Text(text) => text.plain.len() + text.markup.as_ref().map_or(0, String::len),
        _ => 0,
    };
    let left = (text_left.checked_sub(bytes), cells_left.checked_sub(1));
    let (Some(text), Some(cells)) = left else {
        return Err(FaultCode::SheetBomb {});
    };
    (*text_left, *cells_left) = (text, cells);
    Ok(())
}

/// Row and column of a name such as `F12`.
pub(super) fn cell_of(name: &str) -> Option<(u32, u32)> {
    let name = name.trim().replace('$', "");
    let split = name.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = name.split_at_checked(split)?;
    if letters.is_empty() || letters.len() > 3 || digits.len() > 7 {
        return None;
    }
    let mut column = 0_u32;
    for letter in letters.chars() {
        let value = letter.to_ascii_uppercase();
        if !value.is_ascii_uppercase() {
            return None;
        }
        column = column * 26 + (u32::from(value) - u32::from('A') + 1);
    }
    let row: u32 = digits.parse().ok()?;
    ((1..=1_048_576).contains(&row) && column <= 16_384).then_some((row, column))
}

fn block_of(name: &str) -> Option<Block> {
    let (first, last) = name.split_once(':').unwrap_or((name, name));
    let (first, last) = (cell_of(first)?, cell_of(last)?);
    Some(Block {
        rows: (first.0.min(last.0), first.0.max(last.0)),
        columns: (first.1.min(last.1), first.1.max(last.1)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_cells_are_rows_and_columns() {
        assert_eq!(cell_of("F12"), Some((12, 6)));
        assert_eq!(cell_of("$AB$3"), Some((3, 28)));
        assert_eq!(cell_of("XFD1048576"), Some((1_048_576, 16_384)));
        for bad in [
            "",
            "12",
            "F",
            "XFE1",
            "A0",
            "A1048577",
            "ZZZZ1",
            "Đ1",
            "A99999999",
        ] {
            assert_eq!(cell_of(bad), None, "{bad}");
        }
    }
}
