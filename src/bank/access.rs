//! The tables `[[access]]`: groups that take turns in a round.
//!
//! Owns their keys and what they contradict among each other, in the rounds and in the units; whose turn it is at a moment is
//! the domain's.
//!
//! A table has the name of the group and its time, within one round. `units` (codes; units below them belong too), `bloc`,
//! `born_from` and `born_to` say who belongs; a table without any of them is for everybody. A round in which no table lies
//! takes everybody while it is open.

use super::barred::{read_days, read_units};
use super::code::FaultCode;
use super::fault::Subject;
use super::format::{At, Reader};
use super::node::Table;
use super::rounds::RoundDraft;
use super::source::Sheet;
use super::units::UnitsDraft;
use super::words::near;
use crate::domain::access::AccessWindow;
use crate::domain::participant::local_date;
use crate::domain::unit::UnitDefinition;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Turns of a contest.
const MAX_WINDOWS: usize = 200;
/// Units named in one fault.
const NAMED_UNITS: usize = 5;
/// Units followed upwards, far beyond the deepest tree allowed.
const MAX_CHAIN: usize = 60;

/// A table with the places that a fault may point to.
struct WindowDraft {
    window: AccessWindow,
    from_span: Range<usize>,
    bloc_span: Option<Range<usize>>,
    /// Place of each unit of the window.
    units: Vec<(String, Range<usize>)>,
}

/// All turns of the file.
#[derive(Default)]
pub(super) struct AccessDraft {
    windows: Vec<WindowDraft>,
    /// Codes of units, each with its place; also of tables that could not be read.
    pub(super) units: Vec<(String, Range<usize>)>,
}

/// Every table of the file, checked against the rounds.
pub(super) fn read_access(reader: &mut Reader<'_, '_>, root: &Table, rounds: &[RoundDraft]) -> AccessDraft {
    let mut draft = AccessDraft::default();
    for table in reader.tables(root, "access", MAX_WINDOWS) {
        let window = read_window(reader, table, &mut draft.units);
        draft.windows.extend(window);
    }
    for window in &draft.windows {
        let at = &window.window;
        if at.to <= at.from {
            reader.fault(&window.from_span, FaultCode::AccessReversed {});
        } else if !within_a_round(at, rounds) {
            reader.fault(&window.from_span, FaultCode::AccessOutside {});
        }
    }
    draft.check_twice(reader, rounds);
    draft
}

fn read_window(
    reader: &mut Reader<'_, '_>,
    table: &Table,
    places: &mut Vec<(String, Range<usize>)>,
) -> Option<WindowDraft> {
    const HEADER: &str = "[[access]]";
    let keys = ["group", "units", "bloc", "born_from", "born_to", "from", "to"];
    reader.only(table, HEADER, &keys);
    let group = reader.required(table, HEADER, "group", "group = \"Khối trường học\"");
    let group = group.and_then(|node| reader.text(node, "group", 200));
    let mut own = Vec::new();
    let units = read_units(reader, table, &mut own);
    places.extend(own.iter().cloned());
    let bloc = reader.optional_text(table, "bloc", 100);
    let (born_from, born_to) = read_days(reader, table, ("born_from", "born_to"));
    let mut moment = |key: &str, example: &'static str| {
        let node = reader.required(table, HEADER, key, example)?;
        let value = reader.moment(node, key)?;
        Some(At {
            value,
            span: node.span.clone(),
        })
    };
    let from = moment("from", "from = \"2026-10-05T08:00:00+07:00\"");
    let to = moment("to", "to = \"2026-10-07T08:00:00+07:00\"");
    let from = from?;
    Some(WindowDraft {
        window: AccessWindow {
            group: group?,
            units,
            bloc,
            born_from,
            born_to,
            from: from.value,
            to: to?.value,
        },
        from_span: from.span,
        bloc_span: table.get("bloc").map(|node| node.span.clone()),
        units: own,
    })
}

/// Whether a window lies within one round. Where a round could not be read, nothing can be said.
fn within_a_round(window: &AccessWindow, rounds: &[RoundDraft]) -> bool {
    rounds.iter().any(|round| match (&round.opens, &round.closes) {
        (Some(opens), Some(closes)) => opens.value <= window.from && window.to <= closes.value,
        _ => true,
    })
}

/// The place of the round that a window lies in.
fn round_of(window: &AccessWindow, rounds: &[RoundDraft]) -> Option<u32> {
    let lies_in = |round: &&RoundDraft| match (&round.opens, &round.closes) {
        (Some(opens), Some(closes)) => opens.value <= window.from && window.to <= closes.value,
        _ => false,
    };
    rounds.iter().find(lies_in).map(|round| round.place)
}

impl AccessDraft {
    /// The same unit in two groups of a round, where nothing else tells the groups apart.
    fn check_twice(&self, reader: &mut Reader<'_, '_>, rounds: &[RoundDraft]) {
        let mut seen = BTreeMap::new();
        for draft in &self.windows {
            let window = &draft.window;
            let round = round_of(window, rounds);
            for (unit, span) in &draft.units {
                let who = (round, unit, &window.bloc, window.born_from, window.born_to);
                let Some(first) = seen.insert(who, span.start) else {
                    continue;
                };
                let line = u64::from(reader.sheet.position(first).0);
                let (group, unit) = (window.group.clone(), unit.clone());
                reader.fault(span, FaultCode::AccessTwice { group, unit, line });
            }
        }
    }

    /// Blocs that nobody belongs to, and units that no group of a round takes in.
    pub(super) fn check_units(&self, sheet: &mut Sheet<'_>, rounds: &[RoundDraft], units: &UnitsDraft) {
        let all = units.units.iter();
        let blocs: BTreeSet<&str> = all.filter_map(|unit| unit.definition.bloc.as_deref()).collect();
        for draft in &self.windows {
            let (Some(bloc), Some(span)) = (&draft.window.bloc, &draft.bloc_span) else {
                continue;
            };
            if !blocs.contains(bloc.as_str()) {
                let code = FaultCode::AccessBloc {
                    bloc: bloc.clone(),
                    near: near(bloc, blocs.iter().copied()),
                };
                sheet.fault(span.clone(), &Subject::File, code);
            }
        }
        for round in rounds {
            self.check_round(sheet, round, rounds, units);
        }
    }

    /// Units without units below them whose people no group of a round takes in.
    fn check_round(
        &self,
        sheet: &mut Sheet<'_>,
        round: &RoundDraft,
        rounds: &[RoundDraft],
        units: &UnitsDraft,
    ) {
        let windows: Vec<&WindowDraft> = self
            .windows
            .iter()
            .filter(|draft| round_of(&draft.window, rounds) == Some(round.place))
            .collect();
        let Some(first) = windows.first() else { return };
        let all = || units.units.iter().map(|unit| &unit.definition);
        let by_code: BTreeMap<&str, _> = all().map(|unit| (unit.code.as_str(), unit)).collect();
        let parents: BTreeSet<&str> = all().filter_map(|unit| unit.parent.as_deref()).collect();
        let is_taken = |code: &str| {
            let up = |unit: &&UnitDefinition| {
                unit.parent
                    .as_deref()
                    .and_then(|parent| by_code.get(parent))
                    .copied()
            };
            let own = by_code.get(code).copied();
            let chain: Vec<_> = std::iter::successors(own, up).take(MAX_CHAIN).collect();
            let codes = own.map_or_else(Vec::new, |own| counts_in(&by_code, own));
            let blocs: Vec<&str> = chain.iter().filter_map(|unit| unit.bloc.as_deref()).collect();
            windows
                .iter()
                .any(|draft| draft.window.takes_unit(&codes, &blocs))
        };
        // Nobody enters for a unit that is not there when the first round opens; the people of one that ends later stay.
        let first_round = rounds.first().and_then(|round| round.opens.as_ref());
        let day = first_round.map(|opens| local_date(opens.value));
        let exists = |unit: &&UnitDefinition| {
            day.is_none_or(|day| {
                unit.valid_from.is_none_or(|from| from <= day) && unit.valid_to.is_none_or(|to| day <= to)
            })
        };
        let mut left_out: Vec<String> = all()
            .filter(exists)
            .map(|unit| unit.code.as_str())
            .filter(|code| !parents.contains(code) && !is_taken(code))
            .map(str::to_owned)
            .collect();
        if left_out.is_empty() {
            return;
        }
        let count = left_out.len() as u64;
        if left_out.len() > NAMED_UNITS {
            left_out.truncate(NAMED_UNITS);
            left_out.push("…".to_owned());
        }
        let code = FaultCode::AccessNobody {
            round: round.said_number(),
            units: left_out,
            count,
        };
        sheet.fault(first.from_span.clone(), &Subject::File, code);
    }

    /// The windows in the order of the file.
    pub(super) fn finish(self) -> Vec<AccessWindow> {
        self.windows.into_iter().map(|draft| draft.window).collect()
    }
}

/// The codes of a unit, of those above it and of those that took any of them over.
fn counts_in<'a>(by_code: &BTreeMap<&'a str, &'a UnitDefinition>, own: &'a UnitDefinition) -> Vec<&'a str> {
    let mut codes = vec![own.code.as_str()];
    let mut at = 0;
    while let Some(code) = codes.get(at).copied().filter(|_| at < MAX_CHAIN) {
        at += 1;
        let unit = by_code.get(code).copied();
        let above = unit.and_then(|unit| unit.parent.as_deref());
        let successor = unit.and_then(|unit| unit.successor.as_deref());
        for up in above.into_iter().chain(successor) {
            if !codes.contains(&up) {
                codes.push(up);
            }
        }
    }
    codes
}
