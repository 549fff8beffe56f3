//! The charts of papers: attempts by day, by right answers, by round, by unit.
//!
//! Owns what they count and say; drawing them is the writers'.

use super::model::{Bar, Block, Chart};
use super::values::{busiest, say};
use super::words::{day, number, percent, share};
use crate::domain::marking::Marking;
use crate::domain::round::Round;
use crate::store::paper_facts::PaperFacts;

/// Most columns side by side.
const MOST: usize = 16;
/// Units in the chart of units.
const UNITS: usize = 10;

fn chart(key: &str, message: String, lying: bool, values: Vec<(String, i64)>) -> Vec<Block> {
    if values.iter().all(|(_, n)| *n == 0) {
        return Vec::new();
    }
    let numbers: Vec<String> = values
        .iter()
        .map(|(name, n)| format!("{name}: {}", number(*n)))
        .collect();
    let measure = say(&format!("paper-chart-{key}"), &[]);
    let bar = |(name, value): (String, i64)| Bar {
        name,
        value,
        shown: number(value),
    };
    vec![Block::Chart(Chart {
        said: format!("{measure}: {}", numbers.join("; ")),
        message,
        measure,
        heads: [
            say(&format!("paper-chart-{key}-head"), &[]),
            say("paper-column-attempts", &[]),
        ],
        lying,
        bars: values.into_iter().map(bar).collect(),
    })]
}

/// Neighbours joined until at most [`MOST`] remain.
fn joined(values: &[(String, i64)]) -> Vec<(String, i64)> {
    let size = values.len().div_ceil(MOST).max(1);
    let group = |group: &[(String, i64)]| {
        let sum = group.iter().map(|(_, n)| n).sum();
        match group {
            [(first, _), .., (last, _)] => (format!("{first}–{last}"), sum),
            [(only, _)] => (only.clone(), sum),
            [] => (String::new(), sum),
        }
    };
    values.chunks(size).map(group).collect()
}

/// Attempts by day, days without one among them.
pub(super) fn days(facts: &PaperFacts) -> Vec<Block> {
    let (Some((first, _)), Some((last, _)), Some((top, most))) =
        (facts.days.first(), facts.days.last(), busiest(&facts.days))
    else {
        return Vec::new();
    };
    let count = |date| {
        facts
            .days
            .iter()
            .find(|(own, _)| *own == date)
            .map_or(0, |(_, n)| *n)
    };
    let values: Vec<(String, i64)> = (0..=(*last - *first).whole_days())
        .map(|n| *first + time::Duration::days(n))
        .map(|date| (format!("{}/{}", date.day(), u8::from(date.month())), count(date)))
        .collect();
    let message = say("paper-busiest-chart", &[("day", &day(top)), ("n", &number(most))]);
    chart("days", message, false, joined(&values))
}

/// Attempts by right answers; only where every paper has the same number of questions, so not where one was dropped.
pub(super) fn scores(facts: &PaperFacts) -> Vec<Block> {
    let rounds: Vec<&Round> = match &facts.round {
        Some(round) => vec![round],
        None => facts.contest.rounds.iter().collect(),
    };
    let dropped = |round: &&Round| {
        let mut markings = round.markings.iter();
        markings.any(|(_, _, marking)| *marking == Marking::Dropped)
    };
    if rounds.iter().any(dropped) {
        return Vec::new();
    }
    let questions = |round: &&Round| round.rules.paper.question_count();
    let Some(total) = rounds
        .first()
        .map(questions)
        .filter(|first| rounds.iter().all(|round| questions(round) == *first))
    else {
        return Vec::new();
    };
    let total = u16::try_from(total).unwrap_or(u16::MAX);
    let count = |right| {
        facts
            .right
            .iter()
            .find(|(own, _)| *own == right)
            .map_or(0, |(_, n)| *n)
    };
    let all: i64 = facts.right.iter().map(|(_, n)| n).sum();
    let values: Vec<(String, i64)> = (0..=total)
        .map(|right| (right.to_string(), count(right)))
        .collect();
    let share = percent(share(count(total), all).unwrap_or(0));
    let message = say(
        "paper-right-chart",
        &[("share", &share), ("total", &total.to_string())],
    );
    chart("scores", message, false, joined(&values))
}

/// Attempts by round; nothing for a single one.
pub(super) fn rounds(facts: &PaperFacts) -> Vec<Block> {
    if facts.rounds.len() < 2 {
        return Vec::new();
    }
    let values: Vec<(String, i64)> = facts
        .rounds
        .iter()
        .map(|round| (round.title.clone(), round.tally.attempts))
        .collect();
    let Some((title, most)) = values.iter().rev().max_by_key(|(_, n)| *n) else {
        return Vec::new();
    };
    let message = say("paper-round-chart", &[("round", title), ("n", &number(*most))]);
    chart("rounds", message, false, joined(&values))
}

/// The units of the first level with most attempts.
pub(super) fn units(facts: &PaperFacts) -> Vec<Block> {
    let own = facts.contest.units.iter().filter(|unit| unit.level == 1);
    let mut values: Vec<(String, i64)> = own
        .filter_map(|unit| Some((unit.definition.name.clone(), facts.units.get(&unit.id)?.attempts)))
        .filter(|(_, attempts)| *attempts > 0)
        .collect();
    // Stable: of equals the first in the organiser's own order.
    values.sort_by_key(|(_, attempts)| std::cmp::Reverse(*attempts));
    values.truncate(UNITS);
    let message = say("paper-unit-chart", &[("n", &values.len().to_string())]);
    chart("units", message, true, values)
}
