//! JSON: one array of objects, a row a line, fields named as the contract says.
//!
//! Owns the text; values are never translated and never shortened.

use super::cell::{divide, iso_day, rfc3339};
use super::{Cell, DocumentError, Table};
use serde_json::Value;

/// A JSON file in the making.
pub(super) struct JsonFile {
    table: Table,
    out: Vec<u8>,
    empty: bool,
}

impl JsonFile {
    pub(super) fn new(table: Table) -> Self {
        Self {
            table,
            out: b"[".to_vec(),
            empty: true,
        }
    }

    pub(super) fn row(&mut self, row: &[Cell]) -> Result<(), DocumentError> {
        self.out.extend(if self.empty { &b"\n"[..] } else { &b",\n"[..] });
        self.empty = false;
        for (place, (column, cell)) in self.table.columns.iter().zip(row).enumerate() {
            self.out.push(if place == 0 { b'{' } else { b',' });
            serde_json::to_writer(&mut self.out, column.key).map_err(std::io::Error::from)?;
            self.out.push(b':');
            serde_json::to_writer(&mut self.out, &value(cell)).map_err(std::io::Error::from)?;
        }
        self.out.push(b'}');
        Ok(())
    }

    pub(super) fn pending(&mut self) -> &mut Vec<u8> {
        &mut self.out
    }

    pub(super) fn finish(mut self) -> Vec<u8> {
        self.out
            .extend(if self.empty { &b"]\n"[..] } else { &b"\n]\n"[..] });
        self.out
    }
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Empty => Value::Null,
        Cell::Text(text) | Cell::Word(text, _) => text.as_str().into(),
        Cell::Whole(number) => (*number).into(),
        Cell::Quotient { above, below } => divide(*above, *below).into(),
        Cell::Real(figure) => (*figure).into(),
        Cell::Moment(at) => rfc3339(*at).into(),
        Cell::Day(day) => iso_day(*day).into(),
        Cell::Flag(flag) => (*flag).into(),
    }
}
