//! The tables `[[round]]`: numbers, windows and the rules that hold in each.
//!
//! Owns order, overlap and what the merged rules of a round contradict in themselves; leaves the keys of the rules to
//! `rules` and the question sets to `feasible`.

use super::agree::{check_points, check_prediction};
use super::code::FaultCode;
use super::consistent::check_phases;
use super::entry::read_qualifying;
use super::fault::Subject;
use super::format::{At, Reader};
use super::node::Table;
use super::rules::{RulesDraft, TABLES, read_rules};
use crate::domain::contest::{Qualifying, RoundDefinition};
use std::ops::Range;
use time::OffsetDateTime;

/// Rounds of a contest.
const MAX_ROUNDS: usize = 200;
/// Questions on a paper.
const MAX_QUESTIONS: u32 = 100;

/// A round as far as it could be read.
pub(super) struct RoundDraft {
    /// From 1, in the order of the file.
    pub(super) place: u32,
    number: Option<At<i64>>,
    title: Option<String>,
    pub(super) opens: Option<At<OffsetDateTime>>,
    pub(super) closes: Option<At<OffsetDateTime>>,
    pub(super) phase: Option<At<String>>,
    by_hand: bool,
    pub(super) qualifying: Option<At<Qualifying>>,
    /// The round's own rules over those of the contest.
    pub(super) rules: RulesDraft,
    span: Range<usize>,
    /// From its header to that of the next round.
    extent: Range<usize>,
}

impl RoundDraft {
    /// Its number, or its place where it says none.
    pub(super) fn said_number(&self) -> i64 {
        self.number
            .as_ref()
            .map_or(i64::from(self.place), |number| number.value)
    }

    /// The round; `None` when something essential is missing, which has been noted then.
    pub(super) fn finish(self) -> Option<RoundDefinition> {
        Some(RoundDefinition {
            number: u16::try_from(self.number?.value).ok()?,
            title: self.title?,
            opens_at: self.opens?.value,
            closes_at: self.closes?.value,
            phase: self.phase.map(|phase| phase.value),
            by_hand: self.by_hand,
            qualifying: self.qualifying.map(|who| who.value),
            rules: self.rules.resolve(),
        })
    }
}

/// All rounds, in the order of the file.
pub(super) fn read_rounds(reader: &mut Reader<'_, '_>, root: &Table, base: &RulesDraft) -> Vec<RoundDraft> {
    let tables = reader.tables(root, "round", MAX_ROUNDS);
    let ends = tables
        .iter()
        .skip(1)
        .map(|next| next.span.start)
        .chain([usize::MAX]);
    let mut rounds = Vec::new();
    for ((place, table), end) in (1..).zip(&tables).zip(ends) {
        reader.subject = Subject::Round(place);
        rounds.push(read_round(reader, table, place, end, base));
    }
    reader.subject = Subject::File;
    rounds
}

fn read_round(
    reader: &mut Reader<'_, '_>,
    table: &Table,
    place: u32,
    end: usize,
    base: &RulesDraft,
) -> RoundDraft {
    const NAME: &str = "[[round]]";
    reader.only(
        table,
        NAME,
        &[
            [
                "number",
                "title",
                "opens",
                "closes",
                "phase",
                "by_hand",
                "qualifying",
            ]
            .as_slice(),
            TABLES.as_slice(),
        ]
        .concat(),
    );
    let title = reader.required(table, NAME, "title", "title = \"Tuần 1\"");
    let title = title.and_then(|node| reader.text(node, "title", 200));
    let _ = reader.required(table, NAME, "number", "number = 1");
    let number = reader.number(table, "", "number", 1, 1_000);
    let mut moment = |key: &str, example: &'static str| {
        let node = reader.required(table, NAME, key, example)?;
        let value = reader.moment(node, key)?;
        Some(At {
            value,
            span: node.span.clone(),
        })
    };
    let opens = moment("opens", "opens = \"2023-04-03T08:00:00+07:00\"");
    let closes = moment("closes", "closes = \"2023-04-10T07:00:00+07:00\"");
    let phase = table.get("phase").and_then(|node| {
        Some(At {
            value: reader.text(node, "phase", 200)?,
            span: node.span.clone(),
        })
    });
    let by_hand = reader.boolean(table, "", "by_hand").unwrap_or(false);
    let qualifying = read_qualifying(reader, table, number.as_ref().map(|number| number.value));
    let rules = read_rules(reader, table, "round.").over(base);
    RoundDraft {
        place,
        number,
        title,
        opens,
        closes,
        phase,
        by_hand,
        qualifying,
        rules,
        span: table.span.clone(),
        extent: table.span.start..end,
    }
}

/// Whatever the rounds contradict among each other and in themselves.
pub(super) fn check_rounds(
    reader: &mut Reader<'_, '_>,
    rounds: &[RoundDraft],
    base: &RulesDraft,
    contest: &Range<usize>,
) {
    if rounds.is_empty() {
        if !reader.sheet.is_broken() {
            reader.fault(contest, FaultCode::NoRounds {});
        }
        check_rules(reader, base, contest, None);
    }
    check_numbers(reader, rounds);
    check_windows(reader, rounds);
    check_phases(reader, rounds);
    for round in rounds {
        check_rules(reader, &round.rules, &round.span, Some(round));
    }
    reader.subject = Subject::File;
}

fn check_numbers(reader: &mut Reader<'_, '_>, rounds: &[RoundDraft]) {
    let mut earlier: Vec<&At<i64>> = Vec::new();
    for round in rounds {
        let Some(number) = &round.number else { return };
        reader.subject = Subject::Round(round.place);
        let last = earlier.last().map_or(0, |last| last.value);
        let number_value = number.value;
        if let Some(same) = earlier.iter().find(|other| other.value == number_value) {
            let line = u64::from(reader.sheet.position(same.span.start).0);
            reader.fault(
                &number.span,
                FaultCode::RoundDuplicate {
                    number: number_value,
                    line,
                },
            );
        } else if number_value < last {
            reader.fault(
                &number.span,
                FaultCode::RoundOrder {
                    number: number_value,
                    after: last,
                },
            );
        } else if number_value > last + 1 {
            reader.fault(
                &number.span,
                FaultCode::RoundGap {
                    number: number_value,
                    expected: last + 1,
                },
            );
        }
        earlier.push(number);
    }
}

fn check_windows(reader: &mut Reader<'_, '_>, rounds: &[RoundDraft]) {
    let mut earlier: Vec<(i64, OffsetDateTime, OffsetDateTime)> = Vec::new();
    for round in rounds {
        let (Some(opens), Some(closes)) = (&round.opens, &round.closes) else {
            continue;
        };
        let number = round.said_number();
        reader.subject = Subject::Round(round.place);
        if opens.value >= closes.value {
            reader.fault(&closes.span, FaultCode::RoundReversed { number });
            continue;
        }
        let overlapping = earlier
            .iter()
            .find(|(_, from, to)| opens.value < *to && *from < closes.value);
        let later = earlier.iter().find(|(_, from, _)| opens.value < *from);
        if let Some((other, ..)) = overlapping {
            reader.fault(
                &opens.span,
                FaultCode::RoundsOverlap {
                    number,
                    other: *other,
                },
            );
        } else if let Some((other, ..)) = later {
            reader.fault(
                &opens.span,
                FaultCode::RoundBefore {
                    number,
                    other: *other,
                },
            );
        }
        earlier.push((number, opens.value, closes.value));
    }
}

/// What rules say against themselves; `span` stands for what is not there.
fn check_rules(
    reader: &mut Reader<'_, '_>,
    rules: &RulesDraft,
    span: &Range<usize>,
    round: Option<&RoundDraft>,
) {
    let resolved = rules.resolve();
    // What a round inherits is a fault of the contest, not of the round.
    let mut note = |span: &Range<usize>, code: FaultCode| {
        let own = round.filter(|round| round.extent.contains(&span.start));
        reader.subject = own.map_or(Subject::File, |round| Subject::Round(round.place));
        if !reader.sheet.is_broken() {
            reader.fault(span, code);
        }
    };
    let near = resolved.prediction.map_or(0, |rule| rule.points.most());
    let max = resolved.paper.max_score().saturating_add(near);
    if let Some(draw) = &rules.draw {
        let count = resolved.paper.question_count();
        if count > MAX_QUESTIONS {
            let (count, limit) = (u64::from(count), u64::from(MAX_QUESTIONS));
            note(&draw.span, FaultCode::PaperTooLong { count, limit });
        }
        if let Some(gate) = rules
            .min_score
            .as_ref()
            .filter(|gate| gate.value > max && draw.value.is_whole)
        {
            let (min_score, max) = (u64::from(gate.value), u64::from(max));
            note(&gate.span, FaultCode::GateAboveMaximum { min_score, max });
        }
    }
    let paper = rules.paper_span.as_ref().unwrap_or(span);
    let ranking = rules.ranking_span.as_ref().unwrap_or(span);
    for (said, key, table, place, example) in [
        (
            rules.draw.is_some(),
            "draw",
            "[paper]",
            paper,
            "draw = [ { set = \"dang-bo\", count = 5 } ]",
        ),
        (rules.has_points(), "points", "[paper]", paper, "points = 10"),
        (
            rules.has_order,
            "order",
            "[ranking]",
            ranking,
            "order = [\"score desc\", \"duration asc\"]",
        ),
    ] {
        if !said {
            let (key, table) = (key.to_owned(), table.to_owned());
            note(place, FaultCode::MissingKey { key, table, example });
        }
    }
    check_points(&mut note, rules);
    check_prediction(&mut note, rules);
    rules.essay.check(&mut note, rules.order.as_ref());
    reader.subject = Subject::File;
}
