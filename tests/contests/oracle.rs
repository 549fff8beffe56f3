//! The rules of the contests as anybody would work them out with paper and pencil.
//!
//! Owns plain records and sorting; nothing of the program's ranking is used here.

use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// An entry as it stands in a table.
#[derive(Debug, Clone)]
pub(crate) struct Plain {
    pub(crate) person: i64,
    pub(crate) unit: String,
    pub(crate) attempt: [u8; 16],
    pub(crate) score: i64,
    pub(crate) right: i64,
    pub(crate) used_ms: i64,
    /// Microseconds since the opening.
    pub(crate) finished: i64,
    pub(crate) sequence: i64,
    pub(crate) guess: Option<i64>,
}

impl Plain {
    /// How far the guess is from what came out; no guess is the worst.
    pub(crate) fn error(&self, actual: i64) -> i64 {
        self.guess.map_or(i64::MAX, |guess| (guess - actual).abs())
    }
}

/// Of each person the attempt with the most points, among equals the one handed in first.
pub(crate) fn best_attempts(entries: &[Plain]) -> Vec<Plain> {
    let mut best: BTreeMap<i64, Plain> = BTreeMap::new();
    for entry in entries {
        let is_better = best.get(&entry.person).is_none_or(|known| {
            entry.score > known.score
                || entry.score == known.score
                    && (entry.finished, entry.sequence) < (known.finished, known.sequence)
        });
        if is_better {
            best.insert(entry.person, entry.clone());
        }
    }
    best.into_values().collect()
}

/// A group of equals and the prizes that fall to it: settled if it fits, otherwise a tie.
#[derive(Debug)]
pub(crate) enum Step {
    /// These people receive these prizes, in any order among themselves.
    Given(Vec<String>, BTreeSet<i64>),
    /// These people are equal and too many; nothing after this is given.
    Tie(BTreeSet<i64>),
}

/// Hands out prizes down the list: a group of equals that does not fit the current prize stops everything.
pub(crate) fn ladder<K: Ord + Copy>(
    mut list: Vec<Plain>,
    key: impl Fn(&Plain) -> K,
    prizes: &[(&str, usize)],
) -> Vec<Step> {
    list.sort_by_key(&key);
    let mut left: Vec<(&str, usize)> = prizes.to_vec();
    let mut steps = Vec::new();
    let mut at = 0;
    while let (Some((name, places)), Some(first)) = (left.first_mut(), list.get(at)) {
        let wanted = key(first);
        let equals: BTreeSet<i64> = list[at..]
            .iter()
            .take_while(|entry| key(entry) == wanted)
            .map(|entry| entry.person)
            .collect();
        if equals.len() > *places {
            steps.push(Step::Tie(equals));
            break;
        }
        at += equals.len();
        *places -= equals.len();
        steps.push(Step::Given(vec![(*name).to_owned(); equals.len()], equals));
        if *places == 0 {
            left.remove(0);
        }
    }
    steps
}

/// Compares what the program gave with the steps.
pub(crate) fn assert_given(given: &[(String, i64)], steps: &[Step], open: &[BTreeSet<i64>]) {
    let mut at = 0;
    let mut ties = Vec::new();
    for step in steps {
        match step {
            Step::Given(names, people) => {
                let own = &given[at..at + people.len()];
                assert_eq!(&own.iter().map(|one| one.0.clone()).collect::<Vec<_>>(), names);
                assert_eq!(&own.iter().map(|one| one.1).collect::<BTreeSet<_>>(), people);
                at += people.len();
            }
            Step::Tie(people) => ties.push(people.clone()),
        }
    }
    assert_eq!(at, given.len());
    assert_eq!(open, ties);
}

/// The place of a lot in a draw: SHA-256 over the seed and the lot.
pub(crate) fn lot(seed: &[u8; 32], id: &[u8]) -> [u8; 32] {
    Sha256::new()
        .chain_update(seed)
        .chain_update(id)
        .finalize()
        .into()
}
