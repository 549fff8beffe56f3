//! The tables `[spread]` and `[[spread_prize]]`: prizes for bringing newcomers by personal links.
//!
//! Owns their keys and what they contradict among each other and in `[attempts]`; counting is the domain's.
//!
//! Prizes make the links; `[spread]` is optional and says `min_attempts` (1) and `cap` ("unlimited"). `min_newcomers` of a
//! prize is 1 where it is not said.

use super::code::FaultCode;
use super::fault::Subject;
use super::format::{At, Reader};
use super::node::Table;
use super::prizes::{MAX_PLACES, MAX_PRIZES, MAX_VALUE};
use super::rounds::RoundDraft;
use super::rules::{MAX_LIMIT, RulesDraft};
use crate::domain::contest::{SpreadPrize, SpreadRules};
use crate::domain::unit::fold;
use std::collections::BTreeMap;
use std::ops::Range;

/// Papers that may be asked of a newcomer.
const MAX_PAPERS: i64 = 1_000;

/// What the file says of bringing newcomers.
#[derive(Default)]
pub(super) struct SpreadDraft {
    min_attempts: Option<At<u16>>,
    cap: Option<u32>,
    prizes: Vec<(SpreadPrize, Range<usize>)>,
}

/// Both tables.
pub(super) fn read_spread(reader: &mut Reader<'_, '_>, root: &Table) -> SpreadDraft {
    let mut draft = SpreadDraft::default();
    let mut names = BTreeMap::new();
    for table in reader.tables(root, "spread_prize", MAX_PRIZES) {
        reader.only(
            table,
            "[[spread_prize]]",
            &["name", "places", "value", "min_newcomers"],
        );
        draft.prizes.extend(read_prize(reader, table, &mut names));
    }
    let Some(table) = reader.subtable(root, "spread") else {
        return draft;
    };
    reader.only(table, "[spread]", &["min_attempts", "cap"]);
    draft.min_attempts = reader.number(table, "", "min_attempts", 1, MAX_PAPERS);
    draft.cap = table
        .get("cap")
        .and_then(|node| reader.limit(node, "cap", MAX_LIMIT))
        .flatten()
        .map(u32::from);
    if root.get("spread_prize").is_none() {
        reader.fault(&table.span, FaultCode::SpreadWithoutPrize {});
    }
    if let Some(cap) = draft.cap {
        for (prize, span) in &draft.prizes {
            if prize.min_newcomers > cap {
                let (min_newcomers, cap) = (u64::from(prize.min_newcomers), u64::from(cap));
                reader.fault(span, FaultCode::SpreadBeyondCap { min_newcomers, cap });
            }
        }
    }
    draft
}

fn read_prize(
    reader: &mut Reader<'_, '_>,
    table: &Table,
    names: &mut BTreeMap<String, Range<usize>>,
) -> Option<(SpreadPrize, Range<usize>)> {
    const HEADER: &str = "[[spread_prize]]";
    let name_node = reader.required(table, HEADER, "name", "name = \"Giải Lan tỏa\"");
    let name = name_node.and_then(|node| reader.text(node, "name", 200));
    let places = reader.required(table, HEADER, "places", "places = 1");
    let places = places.and_then(|node| reader.integer(node, "places", 1, MAX_PLACES));
    let value: Option<At<u64>> = reader.number(table, "", "value", 0, MAX_VALUE);
    let least: Option<At<u32>> = reader.number(table, "", "min_newcomers", 1, i64::from(MAX_LIMIT));
    let (name_node, name) = (name_node?, name?);
    if let Some(first) = names.get(&fold(&name)) {
        let line = u64::from(reader.sheet.position(first.start).0);
        let name = name.clone();
        reader.fault(&name_node.span, FaultCode::PrizeDuplicate { name, line });
    } else {
        names.insert(fold(&name), name_node.span.clone());
    }
    let span = least
        .as_ref()
        .map_or(&name_node.span, |least| &least.span)
        .clone();
    let prize = SpreadPrize {
        name,
        places: u16::try_from(places?).ok()?,
        value: value.map(|value| value.value),
        min_newcomers: least.map_or(1, |least| least.value),
    };
    Some((prize, span))
}

impl SpreadDraft {
    /// Whether a newcomer may hand in as many papers as must be handed in.
    pub(super) fn check(&self, reader: &mut Reader<'_, '_>, base: &RulesDraft, rounds: &[RoundDraft]) {
        let Some(asked) = self.min_attempts.as_ref().filter(|_| !rounds.is_empty()) else {
            return;
        };
        let per_round = |round: &RoundDraft| round.rules.per_round.unwrap_or(Some(1)).map(u64::from);
        let all: Option<u64> = rounds.iter().map(per_round).sum();
        let whole = base
            .per_contest
            .as_ref()
            .and_then(|limit| limit.value)
            .map(u64::from);
        let allowed = [all, whole].into_iter().flatten().min();
        if let Some(allowed) = allowed.filter(|allowed| *allowed < u64::from(asked.value)) {
            let min_attempts = u64::from(asked.value);
            reader.subject = Subject::File;
            reader.fault(
                &asked.span,
                FaultCode::SpreadAttempts {
                    min_attempts,
                    allowed,
                },
            );
        }
    }

    /// Where the organisers issue all accounts, nobody registers by a link.
    pub(super) fn refuse_for_issued(&self, reader: &mut Reader<'_, '_>) {
        if let Some((_, span)) = self.prizes.first() {
            reader.fault(span, FaultCode::AccountsSpread {});
        }
    }

    /// The rules; `None` where there is no prize.
    pub(super) fn finish(self) -> Option<SpreadRules> {
        let prizes: Vec<SpreadPrize> = self.prizes.into_iter().map(|(prize, _)| prize).collect();
        (!prizes.is_empty()).then_some(SpreadRules {
            min_attempts: self.min_attempts.map_or(1, |least| least.value),
            cap: self.cap,
            prizes,
        })
    }
}
