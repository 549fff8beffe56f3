//! How all entries of a round that are right throughout spread, so that a case is seen among the others.
//!
//! Owns the classes and which of them a case falls into; drawing them is the page's.

use super::{RightEntry, Sign, clusters, count, people_of};
use crate::domain::ids::ParticipantId;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// First milliseconds a question of every class of pace; the last class has no end.
pub const PACES: [i64; 8] = [0, 1_000, 2_000, 3_000, 5_000, 10_000, 20_000, 40_000];
/// Fewest people of every class of groups that share a guess within minutes.
pub const GROUPS: [i64; 8] = [1, 2, 3, 4, 5, 7, 10, 20];
/// Fewest attempts of every class of people by their right attempts.
pub const ATTEMPTS: [i64; 8] = [1, 2, 3, 4, 5, 7, 10, 20];

/// The spread of a round.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Population {
    /// Entries right throughout.
    pub entries: i64,
    /// People with at least one.
    pub people: i64,
    /// Entries by time a question, class by class as in [`PACES`].
    pub paces: Vec<i64>,
    /// Groups of one unit and one guess by people, as in [`GROUPS`].
    pub groups: Vec<i64>,
    /// People by entries with a guess, as in [`ATTEMPTS`].
    pub attempts: Vec<i64>,
}

/// The classes that a case is seen among.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spread<'a> {
    /// What each class begins with.
    pub from: &'static [i64],
    /// How many are in each.
    pub counts: &'a [i64],
    /// The class of the case.
    pub here: usize,
}

impl Population {
    /// Counts all entries; they may come in any order.
    pub fn of(entries: &[RightEntry]) -> Self {
        let mut own: HashMap<ParticipantId, i64> = HashMap::new();
        for entry in entries.iter().filter(|entry| entry.prediction.is_some()) {
            *own.entry(entry.person).or_default() += 1;
        }
        let mut by_unit: BTreeMap<_, Vec<&RightEntry>> = BTreeMap::new();
        for entry in entries {
            by_unit.entry(entry.unit).or_default().push(entry);
        }
        let mut groups = Vec::new();
        for own in by_unit.values_mut() {
            own.retain(|entry| entry.prediction.is_some());
            let sizes = clusters(own).map(|group| count(people_of(group.iter().copied()).len()));
            groups.extend(sizes);
        }
        Self {
            entries: count(entries.len()),
            people: count(people_of(entries.iter()).len()),
            paces: classes(&PACES, entries.iter().map(RightEntry::pace_ms)),
            groups: classes(&GROUPS, groups),
            attempts: classes(&ATTEMPTS, own.into_values()),
        }
    }

    /// The classes that a sign is seen among; none for signs in how people registered, whose figures say it all.
    pub fn spread(&self, sign: &Sign) -> Option<Spread<'_>> {
        let (from, counts, value): (&'static [i64], &[i64], i64) = match sign {
            Sign::Quick { pace_ms, .. } => (&PACES, &self.paces, *pace_ms),
            Sign::Together { people, .. } => (&GROUPS, &self.groups, *people),
            Sign::Ladder { guesses, .. } => (&ATTEMPTS, &self.attempts, *guesses),
            Sign::Alike { .. } | Sign::Train { .. } => return None,
        };
        Some(Spread {
            from,
            counts,
            here: class(from, value),
        })
    }
}

/// The last class that begins at or below a value.
fn class(from: &[i64], value: i64) -> usize {
    from.partition_point(|first| *first <= value).saturating_sub(1)
}

fn classes(from: &[i64], values: impl IntoIterator<Item = i64>) -> Vec<i64> {
    let mut counts = vec![0; from.len()];
    for value in values {
        if let Some(n) = counts.get_mut(class(from, value)) {
            *n += 1;
        }
    }
    counts
}
