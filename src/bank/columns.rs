//! The columns of a list that people keep in a spreadsheet: where each known one is, and what a row has in it.
//!
//! Owns what is wrong with a head whatever the list; which columns must be there is said by the list itself.

use super::code::FaultCode;
use super::csv::FieldText;
use super::format::Reader;
use super::source::shorten;
use super::words::near;
use std::collections::BTreeMap;
use std::ops::Range;

/// Where each known column is.
pub(super) struct Columns(BTreeMap<&'static str, usize>);

impl Columns {
    /// Reads the first row; a column that is not known, or there twice, is a fault.
    pub(super) fn read(
        reader: &mut Reader<'_, '_>,
        header: &[FieldText<'_>],
        known: &[&'static str],
    ) -> Self {
        let mut places = BTreeMap::new();
        for (place, field) in header.iter().enumerate() {
            let name = field.text.trim().to_lowercase();
            match known.iter().find(|column| **column == name) {
                Some(column) if places.insert(*column, place).is_some() => {
                    reader.fault(&field.span, FaultCode::ColumnDuplicate { name });
                }
                Some(_) => {}
                None => {
                    let near = near(&name, known.iter().copied());
                    let allowed = known.iter().map(|column| (*column).to_owned()).collect();
                    let name = shorten(&name, 80);
                    reader.fault(&field.span, FaultCode::UnknownColumn { name, near, allowed });
                }
            }
        }
        Self(places)
    }

    /// How many known columns there are.
    pub(super) fn count(&self) -> usize {
        self.0.len()
    }

    /// Those of `needed` that are not there.
    pub(super) fn missing(&self, needed: &[&'static str]) -> Vec<&'static str> {
        let needed = needed.iter().copied();
        needed.filter(|name| !self.0.contains_key(name)).collect()
    }

    /// The field of a row in a column.
    pub(super) fn field<'r, 'a>(&self, row: &'r [FieldText<'a>], name: &str) -> Option<&'r FieldText<'a>> {
        row.get(*self.0.get(name)?)
    }

    /// The same, unless it is empty.
    pub(super) fn cell<'r, 'a>(&self, row: &'r [FieldText<'a>], name: &str) -> Option<&'r FieldText<'a>> {
        self.field(row, name)
            .filter(|field| !field.text.trim().is_empty())
    }
}

/// The bytes of a row.
pub(super) fn span_of(row: &[FieldText<'_>]) -> Range<usize> {
    let start = row.first().map_or(0, |field| field.span.start);
    start..row.last().map_or(start, |field| field.span.end)
}
