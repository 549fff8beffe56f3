//! The tables `[[prize]]`, `[[collective_prize]]` and `[prize_total]`.
//!
//! Owns their keys and what prizes contradict among each other; leaves units to `feasible`.
//!
//! `[prize_total]` is optional: `places` and `value` (đồng) of all prizes for people over all rounds, as the contest
//! announces them; a sum that differs is a fault.

use super::code::FaultCode;
use super::fault::Subject;
use super::format::{At, Reader};
use super::moment::parse_rate;
use super::node::{Node, Table, Value};
use super::source::Sheet;
use crate::domain::contest::{CollectiveMeasure, CollectivePrize, Prize, Scope};
use std::collections::BTreeMap;
use std::ops::Range;

/// Prizes of one kind.
const MAX_PRIZES: usize = 100;
/// Places of one prize.
const MAX_PLACES: i64 = 10_000;
/// Value of one place, đồng.
const MAX_VALUE: i64 = 1_000_000_000_000;

const SCOPES: [(&str, Scope); 2] = [("round", Scope::Round), ("contest", Scope::Contest)];

/// All prizes with the places that a fault may point to.
#[derive(Default)]
pub(super) struct PrizesDraft {
    pub(super) people: Vec<At<Prize>>,
    pub(super) collective: Vec<CollectiveDraft>,
    total_places: Option<At<u64>>,
    total_value: Option<At<u64>>,
}

/// A prize for units.
pub(super) struct CollectiveDraft {
    /// From 1, in the order of the file.
    pub(super) place: u32,
    pub(super) prize: CollectivePrize,
    pub(super) by_span: Range<usize>,
    pub(super) level_span: Range<usize>,
    pub(super) bloc_span: Option<Range<usize>>,
    pub(super) places_span: Range<usize>,
    pub(super) rate_span: Option<Range<usize>>,
}

/// All prizes of the file.
pub(super) fn read_prizes(reader: &mut Reader<'_, '_>, root: &Table) -> PrizesDraft {
    let mut draft = PrizesDraft::default();
    let mut names = BTreeMap::new();
    for (place, table) in (1..).zip(reader.tables(root, "prize", MAX_PRIZES)) {
        reader.subject = Subject::Prize(place);
        reader.only(table, "[[prize]]", &["scope", "name", "places", "value"]);
        if let Some(prize) = read_prize(reader, table, "[[prize]]", &mut names) {
            draft.people.push(prize);
        }
    }
    let mut names = BTreeMap::new();
    for (place, table) in (1..).zip(reader.tables(root, "collective_prize", MAX_PRIZES)) {
        reader.subject = Subject::CollectivePrize(place);
        let known = [
            "scope", "name", "places", "value", "by", "level", "bloc", "min_rate",
        ];
        reader.only(table, "[[collective_prize]]", &known);
        draft
            .collective
            .extend(read_collective(reader, table, place, &mut names));
    }
    reader.subject = Subject::File;
    if let Some(total) = reader.subtable(root, "prize_total") {
        reader.only(total, "[prize_total]", &["places", "value"]);
        draft.total_places = reader.number(total, "", "places", 0, i64::MAX);
        draft.total_value = reader.number(total, "", "value", 0, i64::MAX);
    }
    draft
}

fn read_prize(
    reader: &mut Reader<'_, '_>,
    table: &Table,
    header: &str,
    names: &mut BTreeMap<(bool, String), Range<usize>>,
) -> Option<At<Prize>> {
    let scope = reader.required(table, header, "scope", "scope = \"round\"");
    let scope = scope.and_then(|node| reader.choice(node, "scope", &SCOPES));
    let name_node = reader.required(table, header, "name", "name = \"Giải Nhất\"");
    let name = name_node.and_then(|node| reader.text(node, "name", 200));
    let places = reader.required(table, header, "places", "places = 1");
    let places = places.and_then(|node| reader.integer(node, "places", 1, MAX_PLACES));
    let value = reader
        .number(table, "", "value", 0, MAX_VALUE)
        .map(|value| value.value);
    if let (Some(node), Some(name), Some(scope)) = (name_node, &name, scope) {
        let seen = (scope == Scope::Round, crate::domain::unit::fold(name));
        if let Some(first) = names.get(&seen) {
            let line = u64::from(reader.sheet.position(first.start).0);
            reader.fault(
                &node.span,
                FaultCode::PrizeDuplicate {
                    name: name.clone(),
                    line,
                },
            );
        } else {
            names.insert(seen, node.span.clone());
        }
    }
    let span = name_node?.span.clone();
    Some(At {
        value: Prize {
            scope: scope?,
            name: name?,
            places: u16::try_from(places?).ok()?,
            value,
        },
        span,
    })
}

fn read_collective(
    reader: &mut Reader<'_, '_>,
    table: &Table,
    place: u32,
    names: &mut BTreeMap<(bool, String), Range<usize>>,
) -> Option<CollectiveDraft> {
    const HEADER: &str = "[[collective_prize]]";
    let common = read_prize(reader, table, HEADER, names);
    let measures = [
        ("people", CollectiveMeasure::People),
        ("attempts", CollectiveMeasure::Attempts),
        ("rate", CollectiveMeasure::Rate),
        ("average-score", CollectiveMeasure::AverageScore),
        ("total-score", CollectiveMeasure::TotalScore),
        ("all-correct", CollectiveMeasure::AllCorrect),
        ("winners", CollectiveMeasure::Winners),
    ];
    let by_node = reader.required(table, HEADER, "by", "by = \"people\"");
    let by = by_node.and_then(|node| reader.choice(node, "by", &measures));
    let level = reader.number(table, "", "level", 1, 10);
    let bloc = reader.optional_text(table, "bloc", 100);
    let rate_node = table.get("min_rate");
    let min_rate_bp = rate_node.and_then(|node| read_rate(reader, node));
    let span_of = |key: &str| table.get(key).map(|node| node.span.clone());
    let common = common?.value;
    Some(CollectiveDraft {
        place,
        by_span: by_node?.span.clone(),
        level_span: span_of("level").unwrap_or_else(|| table.span.clone()),
        bloc_span: span_of("bloc"),
        places_span: span_of("places").unwrap_or_else(|| table.span.clone()),
        rate_span: span_of("min_rate"),
        prize: CollectivePrize {
            scope: common.scope,
            name: common.name,
            places: common.places,
            by: by?,
            // A faulty level was noted; an absent one means the top.
            level: level.map_or(1, |level| level.value),
            bloc,
            min_rate_bp,
            value: common.value,
        },
    })
}

fn read_rate(reader: &mut Reader<'_, '_>, node: &Node) -> Option<u32> {
    let written = match &node.value {
        Value::Decimal(text) => text.clone(),
        Value::Integer(Some(number)) => number.to_string(),
        _ => {
            reader.wrong_type(node, "min_rate", super::fact::Kind::Decimal);
            return None;
        }
    };
    let rate = parse_rate(&written);
    if rate.is_none() {
        reader.fault(
            &node.span,
            FaultCode::BadRate {
                key: "min_rate".to_owned(),
                value: written,
            },
        );
    }
    rate
}

impl PrizesDraft {
    /// Sums against what is announced, and prizes of the contest that repeat those of its only round.
    pub(super) fn check(&self, sheet: &mut Sheet<'_>, rounds: usize) {
        let times = |prize: &Prize| {
            if prize.scope == Scope::Round {
                rounds as u64
            } else {
                1
            }
        };
        let sum = |of: fn(&Prize) -> u64| {
            self.people
                .iter()
                .map(|prize| of(&prize.value).saturating_mul(times(&prize.value)))
                .fold(0, u64::saturating_add)
        };
        let places = sum(|prize| u64::from(prize.places));
        let value = sum(|prize| u64::from(prize.places).saturating_mul(prize.value.unwrap_or(0)));
        for (key, declared, computed) in [
            ("places", &self.total_places, places),
            ("value", &self.total_value, value),
        ] {
            if let Some(declared) = declared.as_ref().filter(|declared| declared.value != computed) {
                let code = FaultCode::PrizeTotal {
                    key: key.to_owned(),
                    declared: declared.value,
                    computed,
                };
                sheet.fault(declared.span.clone(), &Subject::File, code);
            }
        }
        let by_round = self.people.iter().any(|prize| prize.value.scope == Scope::Round);
        let contest = self
            .people
            .iter()
            .filter(|prize| prize.value.scope == Scope::Contest);
        for prize in contest.filter(|_| rounds == 1 && by_round) {
            let code = FaultCode::PrizeSameRanking {
                name: prize.value.name.clone(),
            };
            sheet.fault(prize.span.clone(), &Subject::File, code);
        }
    }
}
