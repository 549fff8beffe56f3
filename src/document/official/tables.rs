//! The tables of papers: winners, units, prizes, rounds.
//!
//! Owns their columns and rows, above all whose name is printed: without consent only initials, unless full names were
//! asked for.

use super::fill::Issue;
use super::model::{Align, Block, Column, Row, Run, Table};
use super::values::{by_kind, say};
use super::words::{duration, inside, mean, number, percent, share};
use crate::domain::bloc::by_bloc;
use crate::domain::collective::UnitFigures;
use crate::domain::contest::Field;
use crate::domain::participant::FullName;
use crate::store::paper_facts::PaperFacts;
use crate::store::results::WinnerRow;

pub(super) fn column(key: &str, width: u32, align: Align) -> Column {
    Column {
        head: say(&format!("paper-column-{key}"), &[]),
        width,
        align,
    }
}

pub(super) fn row(cells: Vec<String>) -> Row {
    Row { cells, strong: false }
}

fn over(text: String) -> Row {
    Row {
        cells: vec![text],
        strong: true,
    }
}

/// A table, or a sentence where it has no row.
pub(super) fn table(columns: Vec<Column>, rows: Vec<Row>, none: &str) -> Vec<Block> {
    if rows.is_empty() {
        let text = say(none, &[]);
        let runs = vec![Run {
            text,
            bold: false,
            italic: true,
        }];
        return vec![Block::Middle { runs }];
    }
    vec![Block::Table(Table { columns, rows })]
}

/// Winners by prize, over several rounds by round and prize; then those who brought newcomers, in a table of their own.
pub(super) fn winners(facts: &PaperFacts, issue: &Issue<'_>) -> Vec<Block> {
    let (brought, answered): (Vec<Numbered<'_>>, Vec<Numbered<'_>>) = (1_usize..)
        .zip(&facts.winners)
        .partition(|(_, row)| row.newcomers.is_some());
    if answered.is_empty() && !brought.is_empty() {
        return introducers(facts, issue, &brought);
    }
    let mut blocks = entrants(facts, issue, &answered);
    if !brought.is_empty() {
        blocks.extend(introducers(facts, issue, &brought));
    }
    blocks
}

/// A winner with the number in the list.
type Numbered<'a> = (usize, &'a WinnerRow);

/// Winners by their answers.
fn entrants(facts: &PaperFacts, issue: &Issue<'_>, winners: &[Numbered<'_>]) -> Vec<Block> {
    let predicted = winners.iter().any(|(_, row)| row.prediction.is_some());
    let valued = winners.iter().any(|(_, row)| row.value.is_some());
    let mut columns = vec![
        column("place", 6, Align::Center),
        column("name", 22, Align::Left),
        column("unit", 30, Align::Left),
        column("score", 9, Align::Right),
    ];
    if predicted {
        columns.push(column("prediction", 11, Align::Right));
        columns.push(column("prediction-error", 8, Align::Right));
    }
    columns.push(column("duration", 13, Align::Right));
    if valued {
        columns.push(column("value", 17, Align::Right));
    }
    let rows = by_prize(facts, winners, |nth, winner| {
        let mut cells = vec![
            nth.to_string(),
            name(winner, issue),
            facts.contest.unit_path(winner.unit),
            number(winner.score),
        ];
        if predicted {
            cells.push(winner.prediction.map_or_else(dash, number));
            cells.push(winner.prediction_error.map_or_else(dash, number));
        }
        cells.push(duration(winner.duration_ms));
        if valued {
            cells.push(winner.value.map_or_else(dash, number));
        }
        cells
    });
    table(columns, rows, "paper-no-winners")
}

/// Winners by the newcomers whom they brought.
fn introducers(facts: &PaperFacts, issue: &Issue<'_>, winners: &[Numbered<'_>]) -> Vec<Block> {
    let valued = winners.iter().any(|(_, row)| row.value.is_some());
    let mut columns = vec![
        column("place", 6, Align::Center),
        column("name", 28, Align::Left),
        column("unit", 36, Align::Left),
        column("newcomers", 13, Align::Right),
    ];
    if valued {
        columns.push(column("value", 17, Align::Right));
    }
    let rows = by_prize(facts, winners, |nth, winner| {
        let mut cells = vec![
            nth.to_string(),
            name(winner, issue),
            facts.contest.unit_path(winner.unit),
            winner.newcomers.map_or_else(dash, number),
        ];
        if valued {
            cells.push(winner.value.map_or_else(dash, number));
        }
        cells
    });
    table(columns, rows, "paper-no-winners")
}

/// A row for each winner, with the name of the prize above each group.
fn by_prize(
    facts: &PaperFacts,
    winners: &[Numbered<'_>],
    cells: impl Fn(usize, &WinnerRow) -> Vec<String>,
) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut group = None;
    for (nth, winner) in winners {
        let own = (winner.round, winner.prize.as_str());
        if group != Some(own) {
            rows.push(over(heading(facts, winner)));
            group = Some(own);
        }
        rows.push(row(cells(*nth, winner)));
    }
    rows
}

pub(super) fn dash() -> String {
    "–".to_owned()
}

/// "Giải Nhất", with the round where there are several.
fn heading(facts: &PaperFacts, winner: &WinnerRow) -> String {
    let round = winner
        .round
        .filter(|_| facts.round.is_none())
        .and_then(|number| facts.contest.round(u16::try_from(number).ok()?));
    match round {
        Some(round) => format!("{} {}", winner.prize, inside(&round.title)),
        None => winner.prize.clone(),
    }
}

/// The name as far as the winner agreed to be named, or as the issuer asked.
pub(super) fn name(winner: &WinnerRow, issue: &Issue<'_>) -> String {
    if winner.consent_publish || issue.with.contains(&Field::FullName) {
        return winner.full_name.clone();
    }
    FullName::parse(&winner.full_name).map_or_else(|_| "…".to_owned(), |name| name.initials())
}

/// Units that received a prize; nothing where there is none.
pub(super) fn collective(facts: &PaperFacts) -> Vec<Block> {
    if facts.collective.is_empty() {
        return Vec::new();
    }
    let columns = vec![
        column("place", 5, Align::Center),
        column("unit", 45, Align::Left),
        column("people", 12, Align::Right),
        column("rate", 12, Align::Right),
        column("attempts", 12, Align::Right),
    ];
    let mut rows = Vec::new();
    let mut group = None;
    for (nth, award) in (1_usize..).zip(&facts.collective) {
        if group != Some(award.award.prize) {
            rows.push(over(award.prize_name.clone()));
            group = Some(award.award.prize);
        }
        let figures = facts.units.get(&award.award.unit).copied().unwrap_or_default();
        let headcount = facts
            .contest
            .unit(award.award.unit)
            .and_then(|unit| unit.definition.headcount);
        rows.push(row(vec![
            nth.to_string(),
            facts.contest.unit_path(award.award.unit),
            number(figures.people),
            rate(figures.people, headcount),
            number(figures.attempts),
        ]));
    }
    table(columns, rows, "paper-no-winners")
}

fn rate(people: i64, headcount: Option<u32>) -> String {
    let rate = headcount.and_then(|all| share(people, i64::from(all)));
    rate.map_or_else(|| "–".to_owned(), percent)
}

/// The prizes, how many were given and what they are worth.
pub(super) fn prizes(facts: &PaperFacts) -> Vec<Block> {
    let columns = vec![
        column("place", 6, Align::Center),
        column("prize", 44, Align::Left),
        column("count", 14, Align::Right),
        column("value", 18, Align::Right),
        column("sum", 18, Align::Right),
    ];
    let kinds = by_kind(&facts.winners);
    let amount = |value: Option<i64>| value.map_or_else(|| "–".to_owned(), number);
    let times = |n: usize, value: Option<i64>| value.map(|value| value * i64::try_from(n).unwrap_or(0));
    let mut rows: Vec<Row> = (1_usize..)
        .zip(&kinds)
        .map(|(nth, (name, n, value))| {
            row(vec![
                nth.to_string(),
                name.clone(),
                n.to_string(),
                amount(*value),
                amount(times(*n, *value)),
            ])
        })
        .collect();
    if !rows.is_empty() {
        let n: usize = kinds.iter().map(|(_, n, _)| n).sum();
        let sum: i64 = kinds.iter().filter_map(|(_, n, value)| times(*n, *value)).sum();
        let total = if sum > 0 { number(sum) } else { "–".to_owned() };
        let cells = vec![
            String::new(),
            say("paper-total", &[]),
            n.to_string(),
            String::new(),
            total,
        ];
        rows.push(Row { cells, strong: true });
    }
    table(columns, rows, "paper-no-winners")
}

/// Every unit with an entrant or a headcount, in the order of the file, those below indented.
pub(super) fn units(facts: &PaperFacts) -> Vec<Block> {
    let columns = vec![
        column("place", 5, Align::Center),
        column("unit", 34, Align::Left),
        column("headcount", 11, Align::Right),
        column("people", 10, Align::Right),
        column("rate", 10, Align::Right),
        column("attempts", 10, Align::Right),
        column("all-correct", 10, Align::Right),
        column("average", 10, Align::Right),
        column("winners", 8, Align::Right),
    ];
    let mut rows = Vec::new();
    let mut sum = UnitFigures::default();
    for unit in &facts.contest.units {
        let figures = facts.units.get(&unit.id).copied().unwrap_or_default();
        let definition = &unit.definition;
        if figures.people == 0 && definition.headcount.is_none() && unit.level > 1 {
            continue;
        }
        if unit.level == 1 {
            sum.people += figures.people;
            sum.attempts += figures.attempts;
            sum.total_score += figures.total_score;
            sum.all_correct += figures.all_correct;
            sum.winners += figures.winners;
        }
        let indent = "\u{a0}".repeat(3 * usize::from(unit.level.saturating_sub(1)));
        let cells = vec![
            (rows.len() + 1).to_string(),
            format!("{indent}{}", definition.name),
            definition
                .headcount
                .map_or_else(|| "–".to_owned(), |n| number(n.into())),
            number(figures.people),
            rate(figures.people, definition.headcount),
            number(figures.attempts),
            number(figures.all_correct),
            mean(figures.total_score, figures.people),
            number(figures.winners),
        ];
        rows.push(row(cells));
    }
    if !rows.is_empty() {
        let cells = vec![
            String::new(),
            say("paper-total", &[]),
            String::new(),
            number(sum.people),
            String::new(),
            number(sum.attempts),
            number(sum.all_correct),
            mean(sum.total_score, sum.people),
            number(sum.winners),
        ];
        rows.push(Row { cells, strong: true });
    }
    table(columns, rows, "paper-no-units")
}

/// The blocs of units; nothing where no unit has one.
pub(super) fn blocs(facts: &PaperFacts) -> Vec<Block> {
    let blocs = by_bloc(&facts.contest.units, &facts.units);
    if blocs.is_empty() {
        return Vec::new();
    }
    let columns = vec![
        column("place", 6, Align::Center),
        column("bloc", 30, Align::Left),
        column("units-entered", 14, Align::Right),
        column("people", 13, Align::Right),
        column("rate", 11, Align::Right),
        column("attempts", 13, Align::Right),
        column("average", 13, Align::Right),
    ];
    let rows = (1_usize..).zip(&blocs).map(|(nth, bloc)| {
        let own = bloc.figures;
        row(vec![
            nth.to_string(),
            bloc.name.clone(),
            format!("{}/{}", bloc.entered, bloc.units),
            number(own.people),
            rate(own.people, bloc.headcount),
            number(own.attempts),
            mean(own.total_score, own.people),
        ])
    });
    let heading = Block::Heading {
        runs: vec![Run {
            text: say("paper-blocs", &[]),
            bold: false,
            italic: false,
        }],
    };
    std::iter::once(heading)
        .chain(table(columns, rows.collect(), "paper-no-units"))
        .collect()
}

/// The rounds beside each other.
pub(super) fn rounds(facts: &PaperFacts) -> Vec<Block> {
    let columns = vec![
        column("round", 26, Align::Left),
        column("attempts", 16, Align::Right),
        column("people", 16, Align::Right),
        column("attempts-all-correct", 16, Align::Right),
        column("actual", 14, Align::Right),
        column("winners", 12, Align::Right),
    ];
    let rows = facts.rounds.iter().map(|round| {
        row(vec![
            round.title.clone(),
            number(round.tally.attempts),
            number(round.tally.people),
            number(round.tally.attempts_all_correct),
            round.actual.map_or_else(|| "–".to_owned(), number),
            number(round.awards),
        ])
    });
    table(columns, rows.collect(), "paper-no-rounds")
}
