//! Whether the parts of a contest fit together: draws and sets, prizes and units, days and units.
//!
//! Owns the checks across files; each fault is noted in `contest.toml`, where the demand is made.

use super::code::FaultCode;
use super::collective::CollectiveDraft;
use super::contest::ContestDraft;
use super::fault::Subject;
use super::questions::Holdings;
use super::rules::{DrawnLine, RulesDraft};
use super::source::Sheet;
use super::units::{UnitDraft, UnitsDraft};
use super::words::near;
use crate::domain::contest::CollectiveMeasure;
use crate::domain::question::Level;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Units named in one fault.
const NAMED_UNITS: usize = 5;

/// What the question files hold.
pub(super) struct SetsFacts {
    /// By name of the set; sets with broken parts hold at least this.
    pub(super) sets: BTreeMap<String, Holdings>,
    /// Sets of which a part could not be read.
    pub(super) uncertain: BTreeSet<String>,
    /// Every file gave its name, so that a name not found is really unknown.
    pub(super) complete: bool,
}

/// Draws against sets; gives back the names of the sets that are drawn from, where every draw could be read.
pub(super) fn check_draws(
    sheet: &mut Sheet<'_>,
    contest: &ContestDraft,
    facts: &SetsFacts,
) -> Option<BTreeSet<String>> {
    let mut used = BTreeSet::new();
    let mut is_whole = true;
    let base = (Subject::File, &contest.base);
    let rounds = contest
        .rounds
        .iter()
        .map(|round| (Subject::Round(round.place), &round.rules));
    let every: Vec<(Subject, &RulesDraft)> = if contest.rounds.is_empty() {
        vec![base]
    } else {
        rounds.collect()
    };
    for (subject, rules) in every {
        let lines = rules
            .draw
            .as_ref()
            .map_or(&[][..], |draw| draw.value.lines.as_slice());
        is_whole &= rules.draw.as_ref().is_some_and(|draw| draw.value.is_whole);
        used.extend(lines.iter().map(|drawn| drawn.line.set.0.clone()));
        // The same lines in several rounds are one fault, where they are written.
        let own = contest.base.draw != rules.draw;
        check_lines(sheet, if own { &subject } else { &Subject::File }, lines, facts);
    }
    is_whole.then_some(used)
}

fn check_lines(sheet: &mut Sheet<'_>, subject: &Subject, lines: &[DrawnLine], facts: &SetsFacts) {
    let mut by_set: BTreeMap<&str, Vec<&DrawnLine>> = BTreeMap::new();
    for drawn in lines {
        by_set.entry(drawn.line.set.0.as_str()).or_default().push(drawn);
    }
    for (set, lines) in by_set {
        let Some(holdings) = facts.sets.get(set) else {
            if facts.complete {
                note_unknown(sheet, subject, set, &lines, facts);
            }
            continue;
        };
        if !facts.uncertain.contains(set) {
            check_set(sheet, subject, set, &lines, *holdings);
        }
    }
}

fn note_unknown(
    sheet: &mut Sheet<'_>,
    subject: &Subject,
    set: &str,
    lines: &[&DrawnLine],
    facts: &SetsFacts,
) {
    for drawn in lines {
        let code = FaultCode::UnknownSet {
            set: set.to_owned(),
            near: near(set, facts.sets.keys().map(String::as_str)),
            known: facts.sets.keys().take(50).cloned().collect(),
        };
        sheet.fault(drawn.set_span.clone(), subject, code);
    }
}

/// A question has one level at most and no question occurs twice. So the lines of a set can be served exactly when each
/// level holds what its lines ask for and the set holds what all lines ask for (Hall's condition for this case).
fn check_set(sheet: &mut Sheet<'_>, subject: &Subject, set: &str, lines: &[&DrawnLine], holdings: Holdings) {
    let mut level_is_short = false;
    for (level, name) in [
        (Level::Easy, "easy"),
        (Level::Medium, "medium"),
        (Level::Hard, "hard"),
    ] {
        let of_level: Vec<&DrawnLine> = lines
            .iter()
            .filter(|drawn| drawn.line.level == Some(level))
            .copied()
            .collect();
        let holds = holdings.of(level);
        if let Some((drawn, asks)) = first_short(&of_level, holds) {
            let code = FaultCode::DrawLevelTooMany {
                set: set.to_owned(),
                level: name,
                asks,
                holds,
            };
            sheet.fault(drawn.count_span.clone(), subject, code);
            level_is_short = true;
        }
    }
    if let Some((drawn, asks)) = first_short(lines, holdings.total()).filter(|_| !level_is_short) {
        let code = FaultCode::DrawTooMany {
            set: set.to_owned(),
            asks,
            holds: holdings.total(),
        };
        sheet.fault(drawn.count_span.clone(), subject, code);
    }
}

/// The first line at which the sum goes beyond what is there, with the sum of all lines.
fn first_short<'a>(lines: &[&'a DrawnLine], holds: u64) -> Option<(&'a DrawnLine, u64)> {
    let total = lines.iter().map(|drawn| u64::from(drawn.line.count)).sum();
    let mut sum = 0;
    let short = lines.iter().find(|drawn| {
        sum += u64::from(drawn.line.count);
        sum > holds
    })?;
    Some((short, total))
}

/// Prizes for units against units, and the days of the contest against the days of the units.
pub(super) fn check_units(sheet: &mut Sheet<'_>, contest: &ContestDraft, units: &UnitsDraft) {
    if !units.complete || units.units.is_empty() {
        return;
    }
    check_prize_blocs(sheet, contest, units);
    check_qualifying(sheet, contest, units);
    check_named(sheet, &contest.barred.units, units);
    check_named(sheet, &contest.access.units, units);
    contest.access.check_units(sheet, &contest.rounds, units);
    for prize in &contest.prizes.collective {
        check_collective(sheet, prize, units);
    }
}

/// Prizes for people of one bloc.
fn check_prize_blocs(sheet: &mut Sheet<'_>, contest: &ContestDraft, units: &UnitsDraft) {
    let blocs = blocs(units);
    let prizes = contest.prizes.people.iter().zip(&contest.prizes.bloc_spans);
    for (place, (prize, span)) in (1..).zip(prizes) {
        let (Some(bloc), Some(span)) = (&prize.value.bloc, span) else {
            continue;
        };
        if !blocs.contains(bloc.as_str()) {
            let code = FaultCode::PrizeBlocUnknown {
                bloc: bloc.clone(),
                near: near(bloc, blocs.iter().copied()),
                known: blocs.iter().take(50).map(|bloc| (*bloc).to_owned()).collect(),
            };
            sheet.fault(span.clone(), &Subject::Prize(place), code);
        }
    }
}

/// The units by which groups are named: those who never win, and those that take turns.
fn check_named(sheet: &mut Sheet<'_>, named: &[(String, Range<usize>)], units: &UnitsDraft) {
    let codes = || units.units.iter().map(|unit| unit.definition.code.as_str());
    for (unit, span) in named {
        if !codes().any(|code| code == unit) {
            let code = FaultCode::BarredUnit {
                unit: unit.clone(),
                near: near(unit, codes()),
            };
            sheet.fault(span.clone(), &Subject::File, code);
        }
    }
}

/// Rounds that choose people by units of a level.
fn check_qualifying(sheet: &mut Sheet<'_>, contest: &ContestDraft, units: &UnitsDraft) {
    let depth = units.units.iter().map(|unit| unit.level).max().unwrap_or(0);
    for round in &contest.rounds {
        let Some(who) = &round.qualifying else { continue };
        if let Some((level, _)) = who.value.per_unit.filter(|(level, _)| *level > depth) {
            let (level, depth) = (u64::from(level), u64::from(depth));
            let code = FaultCode::QualifyingLevel { level, depth };
            sheet.fault(who.span.clone(), &Subject::Round(round.place), code);
        }
    }
}

fn blocs(units: &UnitsDraft) -> BTreeSet<&str> {
    let all = units.units.iter();
    all.filter_map(|unit| unit.definition.bloc.as_deref()).collect()
}

/// Notes in the sheet of the units that none of them exists while the contest runs.
pub(super) fn check_days(sheet: &mut Sheet<'_>, contest: &ContestDraft, units: &UnitsDraft) {
    let Some((from, to)) = contest
        .days()
        .filter(|_| units.complete && !units.units.is_empty())
    else {
        return;
    };
    let exists = |unit: &UnitDraft| {
        let definition = &unit.definition;
        definition.valid_from.is_none_or(|start| start <= to)
            && definition.valid_to.is_none_or(|end| from <= end)
    };
    if !units.units.iter().any(exists) {
        let code = FaultCode::NoUnitOnDays {
            from: from.to_string(),
            to: to.to_string(),
        };
        sheet.fault(units.header.clone(), &Subject::File, code);
    }
}

fn check_collective(sheet: &mut Sheet<'_>, draft: &CollectiveDraft, units: &UnitsDraft) {
    let (prize, subject) = (&draft.prize, Subject::CollectivePrize(draft.place));
    let depth = units.units.iter().map(|unit| unit.level).max().unwrap_or(0);
    if prize.level > depth {
        let code = FaultCode::LevelTooDeep {
            level: u64::from(prize.level),
            depth: u64::from(depth),
        };
        sheet.fault(draft.level_span.clone(), &subject, code);
        return;
    }
    let blocs = blocs(units);
    if let (Some(bloc), Some(span)) = (&prize.bloc, &draft.bloc_span)
        && !blocs.contains(bloc.as_str())
    {
        let known = blocs.iter().take(50).map(|bloc| (*bloc).to_owned()).collect();
        let code = FaultCode::UnknownBloc {
            bloc: bloc.clone(),
            near: near(bloc, blocs.iter().copied()),
            known,
        };
        sheet.fault(span.clone(), &subject, code);
        return;
    }
    let competes = |unit: &&UnitDraft| {
        unit.level == prize.level && (prize.bloc.is_none() || unit.definition.bloc == prize.bloc)
    };
    let competing: Vec<&UnitDraft> = units.units.iter().filter(competes).collect();
    if competing.is_empty() {
        let code = FaultCode::NobodyCompetes {
            level: u64::from(prize.level),
            bloc: prize.bloc.clone().unwrap_or_default(),
        };
        sheet.fault(draft.level_span.clone(), &subject, code);
        return;
    }
    if usize::from(prize.places) > competing.len() {
        let code = FaultCode::MorePlacesThanUnits {
            places: u64::from(prize.places),
            units: competing.len() as u64,
        };
        sheet.fault(draft.places_span.clone(), &subject, code);
    }
    check_headcounts(sheet, draft, &competing);
}

fn check_headcounts(sheet: &mut Sheet<'_>, draft: &CollectiveDraft, competing: &[&UnitDraft]) {
    let prize = &draft.prize;
    let is_rate = |by: CollectiveMeasure| by == CollectiveMeasure::Rate;
    let by_rate = is_rate(prize.by)
        || prize.of.iter().any(|part| is_rate(part.by))
        || prize.then.iter().any(|by| is_rate(*by));
    if !by_rate && prize.min_rate_bp.is_none() && prize.conditions.bands.is_empty() {
        return;
    }
    let without: Vec<&&UnitDraft> = competing.iter().filter(|unit| !unit.has_headcount).collect();
    if without.is_empty() {
        return;
    }
    let named = without
        .iter()
        .take(NAMED_UNITS)
        .map(|unit| unit.definition.code.clone());
    let mut units: Vec<String> = named.collect();
    if without.len() > NAMED_UNITS {
        units.push("…".to_owned());
    }
    let span = if by_rate {
        &draft.by_span
    } else {
        draft.rate_span.as_ref().unwrap_or(&draft.by_span)
    };
    let code = FaultCode::RateWithoutHeadcount {
        units,
        count: without.len() as u64,
    };
    sheet.fault(span.clone(), &Subject::CollectivePrize(draft.place), code);
}
