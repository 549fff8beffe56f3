//! The tables `[[prize]]`, `[[collective_prize]]` and `[prize_total]`.
//!
//! Owns their keys and what prizes contradict among each other; leaves prizes for units to `collective` and the units
//! themselves to `feasible`.
//!
//! `[prize_total]` is optional: `places` and `value` (đồng) of all prizes for people over all rounds, as the contest
//! announces them; a sum that differs is a fault.

use super::code::FaultCode;
use super::collective::{CollectiveDraft, read_collective};
use super::fault::Subject;
use super::format::{At, Reader};
use super::node::Table;
use super::source::Sheet;
use crate::domain::contest::{Prize, Scope};
use std::collections::BTreeMap;
use std::ops::Range;

/// Prizes of one kind.
pub(super) const MAX_PRIZES: usize = 100;
/// Places of one prize.
pub(super) const MAX_PLACES: i64 = 10_000;
/// Value of one place, đồng.
pub(super) const MAX_VALUE: i64 = 1_000_000_000_000;

const SCOPES: [(&str, Scope); 2] = [("round", Scope::Round), ("contest", Scope::Contest)];

/// Where each name stands, by scope, bloc and name.
pub(super) type Names = BTreeMap<(bool, Option<String>, String), Range<usize>>;

/// All prizes with the places that a fault may point to.
#[derive(Default)]
pub(super) struct PrizesDraft {
    pub(super) people: Vec<At<Prize>>,
    /// Where the bloc of each of them is written.
    pub(super) bloc_spans: Vec<Option<Range<usize>>>,
    pub(super) collective: Vec<CollectiveDraft>,
    total_places: Option<At<u64>>,
    total_value: Option<At<u64>>,
}

/// All prizes of the file.
pub(super) fn read_prizes(reader: &mut Reader<'_, '_>, root: &Table) -> PrizesDraft {
    let mut draft = PrizesDraft::default();
    let mut names = BTreeMap::new();
    for (place, table) in (1..).zip(reader.tables(root, "prize", MAX_PRIZES)) {
        reader.subject = Subject::Prize(place);
        reader.only(table, "[[prize]]", &["scope", "name", "places", "value", "bloc"]);
        if let Some(prize) = read_prize(reader, table, "[[prize]]", &mut names) {
            draft.people.push(prize);
            draft
                .bloc_spans
                .push(table.get("bloc").map(|node| node.span.clone()));
        }
    }
    let mut names = BTreeMap::new();
    for (place, table) in (1..).zip(reader.tables(root, "collective_prize", MAX_PRIZES)) {
        reader.subject = Subject::CollectivePrize(place);
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

/// What all prizes have. The same name may stand once in a scope, and once for each bloc that has prizes of its own.
pub(super) fn read_prize(
    reader: &mut Reader<'_, '_>,
    table: &Table,
    header: &str,
    names: &mut Names,
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
    let bloc = reader.optional_text(table, "bloc", 100);
    if let (Some(node), Some(name), Some(scope)) = (name_node, &name, scope) {
        let seen = (
            scope == Scope::Round,
            bloc.clone(),
            crate::domain::unit::fold(name),
        );
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
            bloc,
        },
        span,
    })
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
