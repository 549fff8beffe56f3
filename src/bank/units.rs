//! `units.csv`: the units that people enter for.
//!
//! Owns its columns, the tree and the dates; leaves which prizes need which units to `feasible`.

mod known;

use super::code::FaultCode;
use super::columns::{Columns, span_of};
use super::csv::{FieldText, Row, read_rows};
use super::fault::Subject;
use super::format::Reader;
use super::source::Sheet;
use super::words::near;
use crate::domain::unit::UnitDefinition;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The name of the file inside the contest directory.
pub(super) const FILE: &str = "units.csv";
/// Units of a contest; the country has fewer communes than a third of it.
const MAX_UNITS: usize = 10_000;
/// Levels of the tree.
const MAX_LEVELS: u8 = 10;

/// Units followed upwards, far beyond the deepest tree allowed.
const MAX_CHAIN: usize = 60;

const COLUMNS: [&str; 8] = [
    "code",
    "name",
    "parent",
    "bloc",
    "headcount",
    "valid_from",
    "valid_to",
    "successor",
];

/// A unit with the places that a fault may point to.
pub(super) struct UnitDraft {
    pub(super) definition: UnitDefinition,
    /// A headcount is written, if not one that can be read.
    pub(super) has_headcount: bool,
    /// 1 at the top; 0 in a circle.
    pub(super) level: u8,
    code_span: Range<usize>,
    parent_span: Range<usize>,
    successor_span: Range<usize>,
}

/// All units of the file.
#[derive(Default)]
pub(super) struct UnitsDraft {
    pub(super) units: Vec<UnitDraft>,
    /// The bytes of the first row.
    pub(super) header: Range<usize>,
    /// Nothing of the file was lost, so that what is not there is really missing.
    pub(super) complete: bool,
}

/// Reads the whole file.
pub(super) fn read_file(sheet: &mut Sheet<'_>) -> UnitsDraft {
    let rows = read_rows(sheet);
    let mut reader = Reader::new(sheet);
    let Some((header, rows)) = rows.split_first() else {
        reader.fault(&(0..0), FaultCode::NoUnits {});
        return UnitsDraft::default();
    };
    let span = span_of(header);
    let Some(known) = read_header(&mut reader, header, &span) else {
        return UnitsDraft {
            header: span,
            ..UnitsDraft::default()
        };
    };
    if rows.is_empty() {
        reader.fault(&span, FaultCode::NoUnits {});
    }
    if let Some(field) = rows.get(MAX_UNITS).and_then(|row| row.first()) {
        let (count, limit) = (rows.len() as u64, MAX_UNITS as u64);
        reader.fault(
            &field.span,
            FaultCode::TooManyEntries {
                key: FILE.to_owned(),
                count,
                limit,
            },
        );
    }
    let taken = rows.get(..MAX_UNITS).unwrap_or(rows);
    let mut units: Vec<UnitDraft> = taken
        .iter()
        .filter_map(|row| read_unit(&mut reader, row, &known, header.len()))
        .collect();
    let complete = units.len() == rows.len() && known.count() == header.len();
    check_codes(&mut reader, &mut units);
    check_tree(&mut reader, &mut units, complete);
    check_successors(&mut reader, &units, complete);
    UnitsDraft {
        units,
        header: span,
        complete,
    }
}

/// The known columns; `None` when the two that must be there are not.
fn read_header(reader: &mut Reader<'_, '_>, header: &Row<'_>, span: &Range<usize>) -> Option<Columns> {
    let known = Columns::read(reader, header, &COLUMNS);
    let missing = known.missing(&["code", "name"]);
    for name in &missing {
        reader.fault(span, FaultCode::MissingColumn { name });
    }
    missing.is_empty().then_some(known)
}

fn read_unit(
    reader: &mut Reader<'_, '_>,
    row: &Row<'_>,
    known: &Columns,
    columns: usize,
) -> Option<UnitDraft> {
    let span = span_of(row);
    let cell = |name: &str| known.cell(row, name);
    let code = cell("code").map(|field| field.text.trim().to_owned());
    reader.subject = code.clone().map_or(Subject::File, |code| {
        Subject::Unit(super::source::shorten(&code, 40))
    });
    let extra = row
        .iter()
        .skip(columns)
        .any(|field| !field.text.trim().is_empty());
    if extra || row.len() < columns {
        reader.fault(
            &span,
            FaultCode::RowLength {
                found: row.len() as u64,
                expected: columns as u64,
            },
        );
    }
    for (name, found) in [("code", code.is_some()), ("name", cell("name").is_some())] {
        if !found {
            let place = known.field(row, name).map_or(&span, |field| &field.span);
            reader.fault(place, FaultCode::EmptyText { key: name.to_owned() });
        }
    }
    let name = cell("name").and_then(|field| reader.clean_text(&field.text, &field.span, "name", 200));
    let bloc = cell("bloc").and_then(|field| reader.clean_text(&field.text, &field.span, "bloc", 100));
    let headcount = cell("headcount").and_then(|field| read_headcount(reader, field));
    let mut date = |key: &str| cell(key).and_then(|field| reader.date_text(&field.text, &field.span, key));
    let (valid_from, valid_to) = (date("valid_from"), date("valid_to"));
    if let (Some(from), Some(to), Some(field)) = (valid_from, valid_to, cell("valid_to"))
        && to < from
    {
        let code = FaultCode::ValidityReversed {
            from: from.to_string(),
            to: to.to_string(),
        };
        reader.fault(&field.span, code);
    }
    let code = cell("code").filter(|field| is_code(reader, field)).and(code);
    let parent = cell("parent").map(|field| field.text.trim().to_owned());
    let successor = cell("successor").map(|field| field.text.trim().to_owned());
    reader.subject = Subject::File;
    Some(UnitDraft {
        code_span: cell("code")?.span.clone(),
        successor_span: cell("successor").map_or(span.clone(), |field| field.span.clone()),
        parent_span: cell("parent").map_or(span, |field| field.span.clone()),
        has_headcount: cell("headcount").is_some(),
        level: 0,
        definition: UnitDefinition {
            code: code?,
            name: name?,
            parent,
            bloc,
            headcount,
            valid_from,
            valid_to,
            successor,
        },
    })
}

fn is_code(reader: &mut Reader<'_, '_>, field: &FieldText<'_>) -> bool {
    let code = field.text.trim();
    let plain = code
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
    if !plain || code.len() > 32 {
        let value = super::source::shorten(code, 80);
        reader.fault(&field.span, FaultCode::BadUnitCode { value });
        return false;
    }
    true
}

fn read_headcount(reader: &mut Reader<'_, '_>, field: &FieldText<'_>) -> Option<u32> {
    let text = field.text.trim();
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    let number = text
        .parse()
        .ok()
        .filter(|number| digits && (1..=100_000_000).contains(number));
    if number.is_none() {
        let value = super::source::shorten(text, 80);
        reader.fault(&field.span, FaultCode::BadHeadcount { value });
    }
    number
}

fn check_codes(reader: &mut Reader<'_, '_>, units: &mut Vec<UnitDraft>) {
    let mut seen: BTreeMap<String, Range<usize>> = BTreeMap::new();
    units.retain(|unit| {
        let code = &unit.definition.code;
        let Some(first) = seen.get(&code.to_uppercase()) else {
            seen.insert(code.to_uppercase(), unit.code_span.clone());
            return true;
        };
        let line = u64::from(reader.sheet.position(first.start).0);
        reader.subject = Subject::Unit(code.clone());
        reader.fault(
            &unit.code_span,
            FaultCode::UnitDuplicate {
                code: code.clone(),
                line,
            },
        );
        false
    });
    reader.subject = Subject::File;
}

/// Sets the level of every unit; notes parents that are not there, circles and trees that are too deep.
fn check_tree(reader: &mut Reader<'_, '_>, units: &mut [UnitDraft], complete: bool) {
    let codes: BTreeMap<String, usize> = units
        .iter()
        .enumerate()
        .map(|(place, unit)| (unit.definition.code.clone(), place))
        .collect();
    let parents: Vec<Option<usize>> = units
        .iter()
        .map(|unit| {
            unit.definition
                .parent
                .as_ref()
                .and_then(|parent| codes.get(parent))
                .copied()
        })
        .collect();
    let mut endless_noted = false;
    for (place, unit) in units.iter_mut().enumerate() {
        reader.subject = Subject::Unit(unit.definition.code.clone());
        let found = parents.get(place).copied().flatten();
        if let Some(parent) = unit
            .definition
            .parent
            .as_ref()
            .filter(|_| found.is_none() && complete)
        {
            let code = FaultCode::UnknownParent {
                parent: super::source::shorten(parent, 80),
                near: near(parent, codes.keys().map(String::as_str)),
            };
            reader.fault(&unit.parent_span, code);
        }
        let chain = chain_above(&parents, place);
        unit.level = match chain.last() {
            Some(top) if parents.get(*top).copied().flatten().is_some() => 0,
            _ => u8::try_from(chain.len()).unwrap_or(u8::MAX),
        };
        // A circle longer than any chain that is followed has no top either; its first unit stands for it.
        let endless =
            unit.level == 0 && chain.len() > MAX_CHAIN && !std::mem::replace(&mut endless_noted, true);
        if unit.level == MAX_LEVELS + 1 || endless {
            let (level, limit) = (chain.len() as u64, u64::from(MAX_LEVELS));
            reader.fault(&unit.parent_span, FaultCode::UnitTooDeep { level, limit });
        }
    }
    note_circles(reader, units, &parents);
    reader.subject = Subject::File;
}

/// Notes successors that are not there, and units that take themselves over.
fn check_successors(reader: &mut Reader<'_, '_>, units: &[UnitDraft], complete: bool) {
    let of: BTreeMap<&str, &str> = units
        .iter()
        .filter_map(|unit| {
            Some((
                unit.definition.code.as_str(),
                unit.definition.successor.as_deref()?,
            ))
        })
        .collect();
    let known: BTreeSet<&str> = units.iter().map(|unit| unit.definition.code.as_str()).collect();
    for unit in units {
        let code = unit.definition.code.as_str();
        let Some(successor) = unit.definition.successor.as_deref() else {
            continue;
        };
        reader.subject = Subject::Unit(code.to_owned());
        if !known.contains(successor) {
            if complete {
                let fault = FaultCode::UnknownSuccessor {
                    successor: super::source::shorten(successor, 80),
                    near: near(successor, known.iter().copied()),
                };
                reader.fault(&unit.successor_span, fault);
            }
            continue;
        }
        let chain = std::iter::successors(Some(successor), |at| of.get(at).copied());
        if chain.take(MAX_CHAIN).any(|at| at == code) {
            let code = code.to_owned();
            reader.fault(&unit.successor_span, FaultCode::SuccessorCycle { code });
        }
    }
    reader.subject = Subject::File;
}

/// The unit and all above it; stops where it would meet one of them again, or beyond the deepest tree allowed.
fn chain_above(parents: &[Option<usize>], start: usize) -> Vec<usize> {
    let mut chain = vec![start];
    let mut at = start;
    while let Some(next) = parents.get(at).copied().flatten() {
        if chain.contains(&next) || chain.len() > MAX_CHAIN {
            break;
        }
        chain.push(next);
        at = next;
    }
    chain
}

fn note_circles(reader: &mut Reader<'_, '_>, units: &[UnitDraft], parents: &[Option<usize>]) {
    for (place, unit) in units.iter().enumerate().filter(|(_, unit)| unit.level == 0) {
        let chain = chain_above(parents, place);
        let closes = chain
            .last()
            .and_then(|last| parents.get(*last).copied().flatten())
            == Some(place);
        // Once per circle: at its first unit.
        if !closes || chain.iter().any(|other| *other < place) {
            continue;
        }
        let codes = chain.iter().chain([&place]).filter_map(|place| units.get(*place));
        let names: Vec<&str> = codes.map(|unit| unit.definition.code.as_str()).collect();
        reader.subject = Subject::Unit(unit.definition.code.clone());
        reader.fault(
            &unit.parent_span,
            FaultCode::UnitCycle {
                chain: names.join(" → "),
            },
        );
    }
}
