//! Signs that ask people to look at entries: too quick, together with one guess, a ladder of guesses.
//!
//! Owns finding them and what stands beside each: how common it is in the round. Nothing here changes a score or a rank;
//! two people of the board decide, and most signs have an innocent reading.

pub mod places;
pub mod population;
pub mod registrations;

use super::ids::{AttemptId, ParticipantId, UnitId};
use places::Places;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Less time than this for a question, all of them right, asks for a look: reading one aloud takes longer.
pub const QUICK_MS: i64 = 2_000;
/// People who were right throughout with one guess within [`TOGETHER_US`] of one another.
pub const TOGETHER: usize = 4;
/// Ten minutes, in microseconds.
pub const TOGETHER_US: i64 = 600_000_000;
/// Attempts of one person, all right throughout, each with another guess.
pub const LADDER: usize = 5;
/// Sheets of each sign, the strongest first; more nobody reads.
pub const MOST: usize = 100;

/// A submission that is right throughout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RightEntry {
    /// The attempt.
    pub attempt: AttemptId,
    /// Whose; never printed.
    #[serde(skip_serializing, default = "nobody")]
    pub person: ParticipantId,
    /// Unit entered for.
    pub unit: UnitId,
    /// Recorded finish, microseconds since 1970.
    pub finished_us: i64,
    /// Time used.
    pub duration_ms: i64,
    /// Questions, at least one.
    pub questions: u16,
    /// Predicted quantity.
    pub prediction: Option<i64>,
}

const fn nobody() -> ParticipantId {
    ParticipantId(0)
}

impl RightEntry {
    fn pace_ms(&self) -> i64 {
        self.duration_ms / i64::from(self.questions.max(1))
    }
}

/// What was seen, and how common it is in the round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "sign", rename_all = "snake_case")]
pub enum Sign {
    /// So many milliseconds a question.
    Quick {
        /// Milliseconds a question.
        pace_ms: i64,
        /// Entries right throughout that were as quick or quicker, this one among them.
        as_quick: i64,
        /// Half of the entries right throughout took no longer a question.
        median_ms: i64,
    },
    /// Different people of one unit with one guess within ten minutes.
    Together {
        /// The guess.
        prediction: i64,
        /// How many people.
        people: i64,
        /// Entries of the whole round, right throughout, with that guess.
        same_guess: i64,
        /// People of the unit who finished right throughout in the same minutes, whatever their guess.
        in_unit: i64,
        /// The unit was declared beforehand as a place where many sit together in these minutes.
        declared: bool,
    },
    /// One person, right throughout again and again, each time with another guess.
    Ladder {
        /// How many guesses.
        guesses: i64,
        /// The guesses go up or down by the same step.
        step: Option<i64>,
        /// People of the round with as many such attempts.
        as_many: i64,
    },
    /// Several registrations of one unit with the same name and birth date, each right throughout at least once.
    Alike {
        /// How many.
        people: i64,
        /// Groups like it in the round.
        groups: i64,
    },
    /// People of one unit, right throughout at least once, who registered one after another at an even pace.
    Train {
        /// How many.
        people: i64,
        /// Seconds from one to the next, on average.
        gap_s: i64,
        /// People of the unit who were right throughout at least once.
        in_unit: i64,
        /// The unit was declared beforehand as a place where many sit together in these minutes.
        declared: bool,
    },
}

/// One thing to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseSheet {
    /// What was seen.
    #[serde(flatten)]
    pub sign: Sign,
    /// The entries, in order of their finish; who made them is not told.
    pub entries: Vec<RightEntry>,
}

/// Everything that asks for a look, sign by sign, the strongest first. `declared` are places where many sit together: what
/// they explain is told last, and told as declared.
pub fn review(entries: &[RightEntry], declared: &Places) -> Vec<CaseSheet> {
    let mut sheets = quick(entries);
    sheets.extend(together(entries, declared));
    sheets.extend(ladders(entries));
    sheets
}

/// The quickest entry of everybody who was too quick.
fn quick(entries: &[RightEntry]) -> Vec<CaseSheet> {
    let mut paces: Vec<i64> = entries.iter().map(RightEntry::pace_ms).collect();
    paces.sort_unstable();
    let median_ms = paces.get(paces.len().saturating_sub(1) / 2).copied().unwrap_or(0);
    let mut quickest: BTreeMap<ParticipantId, &RightEntry> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| entry.pace_ms() < QUICK_MS) {
        let kept = quickest.entry(entry.person).or_insert(entry);
        if entry.pace_ms() < kept.pace_ms() {
            *kept = entry;
        }
    }
    let mut found: Vec<&RightEntry> = quickest.into_values().collect();
    found.sort_by_key(|entry| (entry.pace_ms(), entry.finished_us));
    let sheet = |entry: &RightEntry| CaseSheet {
        sign: Sign::Quick {
            pace_ms: entry.pace_ms(),
            as_quick: count(paces.partition_point(|pace| *pace <= entry.pace_ms())),
            median_ms,
        },
        entries: vec![*entry],
    };
    found.into_iter().take(MOST).map(sheet).collect()
}

/// Groups of one unit and one guess whose neighbours in time are within ten minutes of each other.
fn together(entries: &[RightEntry], declared: &Places) -> Vec<CaseSheet> {
    let mut guesses: HashMap<i64, i64> = HashMap::new();
    let mut by_unit: BTreeMap<UnitId, Vec<&RightEntry>> = BTreeMap::new();
    for entry in entries {
        if let Some(guess) = entry.prediction {
            *guesses.entry(guess).or_default() += 1;
        }
        by_unit.entry(entry.unit).or_default().push(entry);
    }
    let mut sheets = Vec::new();
    for (unit, mut own) in by_unit {
        let groups: Vec<Vec<&RightEntry>> = clusters(&mut own).map(<[_]>::to_vec).collect();
        for group in groups {
            let people = people_of(group.iter().copied());
            let (Some(first), Some(last)) = (group.first(), group.last()) else {
                continue;
            };
            let Some(prediction) = first.prediction.filter(|_| people.len() >= TOGETHER) else {
                continue;
            };
            let span = first.finished_us..=last.finished_us;
            let meanwhile = own.iter().filter(|entry| span.contains(&entry.finished_us));
            let sign = Sign::Together {
                prediction,
                people: count(people.len()),
                same_guess: guesses.get(&prediction).copied().unwrap_or(0),
                in_unit: count(people_of(meanwhile.copied()).len()),
                declared: declared.covers(unit, &span),
            };
            sheets.push(CaseSheet {
                sign,
                entries: group.iter().map(|entry| **entry).collect(),
            });
        }
    }
    sheets.sort_by_key(|sheet| match sheet.sign {
        Sign::Together { people, declared, .. } => (declared, -people),
        _ => (false, 0),
    });
    sheets.truncate(MOST);
    sheets
}

/// Entries of a unit in groups of one guess whose neighbours in time are within ten minutes of each other.
fn clusters<'e, 'o>(own: &'o mut [&'e RightEntry]) -> impl Iterator<Item = &'o [&'e RightEntry]> {
    own.sort_by_key(|entry| (entry.prediction, entry.finished_us, entry.attempt));
    own.chunk_by(|a, b| {
        a.prediction.is_some() && a.prediction == b.prediction && b.finished_us - a.finished_us <= TOGETHER_US
    })
}

/// People who were right throughout again and again with another guess each time.
fn ladders(entries: &[RightEntry]) -> Vec<CaseSheet> {
    let mut by_person: HashMap<ParticipantId, Vec<&RightEntry>> = HashMap::new();
    for entry in entries.iter().filter(|entry| entry.prediction.is_some()) {
        by_person.entry(entry.person).or_default().push(entry);
    }
    let mut sizes: Vec<usize> = by_person.values().map(Vec::len).collect();
    sizes.sort_unstable();
    let mut sheets = Vec::new();
    for own in by_person.values_mut().filter(|own| own.len() >= LADDER) {
        own.sort_by_key(|entry| (entry.finished_us, entry.attempt));
        let guesses: Vec<i64> = own.iter().filter_map(|entry| entry.prediction).collect();
        let different: BTreeSet<i64> = guesses.iter().copied().collect();
        if different.len() < guesses.len() {
            continue;
        }
        let steps: BTreeSet<i64> = guesses
            .iter()
            .zip(guesses.iter().skip(1))
            .map(|(a, b)| b.saturating_sub(*a))
            .collect();
        let sign = Sign::Ladder {
            guesses: count(guesses.len()),
            step: steps.first().copied().filter(|_| steps.len() == 1),
            as_many: count(sizes.len() - sizes.partition_point(|size| *size < own.len())),
        };
        sheets.push(CaseSheet {
            sign,
            entries: own.iter().map(|entry| **entry).collect(),
        });
    }
    sheets.sort_by_key(|sheet| {
        let first = sheet.entries.first().map(|entry| entry.attempt);
        match sheet.sign {
            Sign::Ladder { guesses, step, .. } => (step.is_none(), -guesses, first),
            _ => (false, 0, first),
        }
    });
    sheets.truncate(MOST);
    sheets
}

fn people_of<'a>(entries: impl Iterator<Item = &'a RightEntry>) -> BTreeSet<ParticipantId> {
    entries.map(|entry| entry.person).collect()
}

/// A number of things held in memory, which always fits.
fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

#[cfg(test)]
#[path = "fair_play_tests.rs"]
mod tests;
