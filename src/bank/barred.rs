//! The tables `[[no_prize_group]]`: groups of people who may enter but never win, by unit and by birth date.
//!
//! Owns their keys and what contradicts in them; people by name are in `excluded.csv`, and whether the units exist is checked
//! with the units.
//!
//! A group has a reason and at least one of `units` (codes; units below them belong too), `born_from` and `born_to`. `from`
//! and `to` say on which days it holds, ends included; a day is that on which a round closes.

use super::code::FaultCode;
use super::format::Reader;
use super::node::Table;
use crate::domain::exclusion::BarredGroup;
use std::ops::Range;
use time::Date;

/// Groups of a contest.
const MAX_GROUPS: usize = 50;
/// Units of a group.
const MAX_UNITS: usize = 500;

/// Groups with the places of what is checked against the units.
#[derive(Default)]
pub(super) struct BarredDraft {
    pub(super) groups: Vec<BarredGroup>,
    /// Codes of units, each with its place.
    pub(super) units: Vec<(String, Range<usize>)>,
}

/// Every group of the file.
pub(super) fn read_barred(reader: &mut Reader<'_, '_>, root: &Table) -> BarredDraft {
    let mut draft = BarredDraft::default();
    for table in reader.tables(root, "no_prize_group", MAX_GROUPS) {
        let group = read_group(reader, table, &mut draft.units);
        draft.groups.extend(group);
    }
    draft
}

fn read_group(
    reader: &mut Reader<'_, '_>,
    table: &Table,
    places: &mut Vec<(String, Range<usize>)>,
) -> Option<BarredGroup> {
    const HEADER: &str = "[[no_prize_group]]";
    let keys = ["reason", "units", "born_from", "born_to", "from", "to"];
    reader.only(table, HEADER, &keys);
    let reason_node = reader.required(table, HEADER, "reason", "reason = \"Cơ quan Ban Tổ chức\"")?;
    let reason = reader.text(reason_node, "reason", 200);
    let units = read_units(reader, table, places);
    let born = read_days(reader, table, ("born_from", "born_to"));
    let days = read_days(reader, table, ("from", "to"));
    let says_nobody = ["units", "born_from", "born_to"]
        .iter()
        .all(|key| table.get(key).is_none());
    if says_nobody {
        reader.fault(&reason_node.span, FaultCode::BarredNobody {});
    }
    Some(BarredGroup {
        reason: reason?,
        units,
        born_from: born.0,
        born_to: born.1,
        from: days.0,
        to: days.1,
    })
}

/// The codes of `units`, each with its place.
pub(super) fn read_units(
    reader: &mut Reader<'_, '_>,
    table: &Table,
    places: &mut Vec<(String, Range<usize>)>,
) -> Vec<String> {
    let Some(node) = table.get("units") else {
        return Vec::new();
    };
    let items = reader.list(node, "units").unwrap_or_default();
    if items.is_empty() || items.len() > MAX_UNITS {
        let code = FaultCode::OutOfRange {
            key: "units".to_owned(),
            value: items.len().to_string(),
            min: 1,
            max: i64::try_from(MAX_UNITS).unwrap_or(i64::MAX),
        };
        reader.fault(&node.span, code);
    }
    let mut units = Vec::new();
    for item in items.iter().take(MAX_UNITS) {
        let Some(code) = reader.text(item, "units", 100) else {
            continue;
        };
        places.push((code.clone(), item.span.clone()));
        units.push(code);
    }
    units
}

/// Two days that belong together; the second is not before the first.
pub(super) fn read_days(
    reader: &mut Reader<'_, '_>,
    table: &Table,
    (first, last): (&str, &str),
) -> (Option<Date>, Option<Date>) {
    let mut day = |key: &str| table.get(key).and_then(|node| reader.date(node, key));
    let (from, to) = (day(first), day(last));
    if let (Some(begin), Some(end), Some(node)) = (from, to, table.get(last))
        && end < begin
    {
        let code = FaultCode::BarredDays {
            first: first.to_owned(),
            last: last.to_owned(),
        };
        reader.fault(&node.span, code);
    }
    (from, to)
}
