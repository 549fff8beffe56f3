//! Who may enter: the keys of `[contest]` about people, and `qualifying` of a round.
//!
//! Owns those keys and what they contradict; leaves ages and units to the domain.

use super::code::FaultCode;
use super::format::{At, Reader};
use super::node::Table;
use crate::domain::account::Accounts;
use crate::domain::contest::{EntryRules, Qualifying};

/// Kinds of people that a list may name.
const MAX_KINDS: usize = 30;

/// The rules about people of `[contest]`.
pub(super) fn read_entry(reader: &mut Reader<'_, '_>, contest: &Table, min_age: Option<u8>) -> EntryRules {
    let max_age: Option<At<u8>> = reader.number(contest, "", "max_age", 5, 120);
    if let (Some(max), Some(min)) = (&max_age, min_age)
        && max.value < min
    {
        let (max_age, min_age) = (u64::from(max.value), u64::from(min));
        reader.fault(&max.span, FaultCode::AgeReversed { min_age, max_age });
    }
    let password = contest.get("password").and_then(|node| {
        let text = reader.text(node, "password", 50)?;
        if text.chars().count() < 4 {
            reader.fault(&node.span, FaultCode::PasswordShort {});
            return None;
        }
        Some(text)
    });
    let kinds = [("open", Accounts::Open), ("issued", Accounts::Issued)];
    let accounts = reader
        .optional_choice(contest, "", "accounts", &kinds)
        .unwrap_or_default();
    if let (Accounts::Issued, Some(node)) = (accounts, contest.get("password")) {
        reader.fault(&node.span, FaultCode::AccountsPassword {});
    }
    EntryRules {
        max_age: max_age.map(|age| age.value),
        open_to: read_kinds(reader, contest, "open_to"),
        excluded: read_kinds(reader, contest, "excluded"),
        no_prize: read_kinds(reader, contest, "no_prize"),
        // A table of its own, read by `barred`.
        no_prize_groups: Vec::new(),
        accounts,
        password,
        // Tables of their own, read by `access`.
        access: Vec::new(),
    }
}

fn read_kinds(reader: &mut Reader<'_, '_>, contest: &Table, key: &str) -> Vec<String> {
    let Some(node) = contest.get(key) else {
        return Vec::new();
    };
    let items = reader.list(node, key).unwrap_or_default();
    if items.len() > MAX_KINDS {
        let code = FaultCode::TooManyEntries {
            key: key.to_owned(),
            count: items.len() as u64,
            limit: MAX_KINDS as u64,
        };
        reader.fault(&node.span, code);
    }
    let kinds = items.iter().take(MAX_KINDS);
    kinds.filter_map(|item| reader.text(item, key, 300)).collect()
}

/// `qualifying = { rounds = [1, 2], top = 100, per_unit = { level = 1, count = 5 }, min_score = 120 }`.
pub(super) fn read_qualifying(
    reader: &mut Reader<'_, '_>,
    round: &Table,
    number: Option<i64>,
) -> Option<At<Qualifying>> {
    const NAME: &str = "qualifying";
    let table = reader.subtable(round, NAME)?;
    reader.only(table, NAME, &["rounds", "top", "per_unit", "min_score"]);
    let rounds = reader.required(table, NAME, "rounds", "rounds = [1, 2, 3]")?;
    let mut earlier: Vec<u16> = Vec::new();
    for item in reader.list(rounds, "qualifying.rounds")? {
        let Some(other) = reader.integer(item, "qualifying.rounds", 1, 1_000) else {
            continue;
        };
        let is_earlier = number.is_none_or(|own| other < own);
        match u16::try_from(other) {
            Ok(other) if is_earlier && !earlier.contains(&other) => earlier.push(other),
            _ => reader.fault(&item.span, FaultCode::QualifyingRound { round: other }),
        }
    }
    let top: Option<At<u32>> = reader.number(table, "qualifying.", "top", 1, 1_000_000);
    let min_score: Option<At<u32>> = reader.number(table, "qualifying.", "min_score", 1, 100_000_000);
    let per_unit = reader.subtable(table, "per_unit").and_then(|unit| {
        reader.only(unit, "per_unit", &["level", "count"]);
        let level: Option<At<u8>> = reader.number(unit, "per_unit.", "level", 1, 10);
        let count = reader.required(unit, "per_unit", "count", "count = 5")?;
        let count = reader.integer(count, "per_unit.count", 1, 1_000_000)?;
        Some((level.map_or(1, |level| level.value), u32::try_from(count).ok()?))
    });
    let says_nothing = ["top", "per_unit", "min_score"]
        .iter()
        .all(|key| table.get(key).is_none());
    if says_nothing || earlier.is_empty() {
        reader.fault(&table.span, FaultCode::QualifyingEmpty {});
        return None;
    }
    earlier.sort_unstable();
    Some(At {
        value: Qualifying {
            rounds: earlier,
            top: top.map(|top| top.value),
            per_unit,
            min_score: min_score.map(|least| least.value),
        },
        span: table.span.clone(),
    })
}
