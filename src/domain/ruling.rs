//! What two people may change of a ranking: entries that do not count, winners who are passed over, and back again.
//!
//! Owns what a ruling says, which rulings hold, and which submissions they strike out; leaves the two people to
//! `decision`, ranking to `tabulate` and who won before and after to `effect`.

use super::decision::{Decision, Kind, Payload, State};
use super::ids::{AttemptId, DecisionId, ParticipantId, UnitId};
use super::tabulate::Taken;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use time::OffsetDateTime;

/// What does not count any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "lowercase")]
pub enum Target {
    /// Every attempt of a person in the round.
    Person {
        /// The person.
        person: ParticipantId,
    },
    /// One attempt; the person's other attempts still count.
    Attempt {
        /// The attempt.
        attempt: AttemptId,
        /// Whose it is.
        person: ParticipantId,
    },
    /// Every attempt of people who entered for a unit or one below it.
    Unit {
        /// The unit.
        unit: UnitId,
    },
    /// Every attempt finished in a stretch of time, half open.
    Window {
        /// First moment.
        #[serde(with = "time::serde::rfc3339")]
        from: OffsetDateTime,
        /// First moment after it.
        #[serde(with = "time::serde::rfc3339")]
        until: OffsetDateTime,
        /// Only of people of this unit or one below it.
        unit: Option<UnitId>,
    },
}

impl Target {
    /// A key without personal data.
    fn key(&self) -> String {
        match self {
            Self::Person { person } => format!("person:{person}"),
            Self::Attempt { attempt, .. } => format!("attempt:{attempt}"),
            Self::Unit { unit } => format!("unit:{unit}"),
            Self::Window { from, until, unit } => {
                let unit = unit.map_or(0, |unit| unit.0);
                format!(
                    "window:{}-{}:{unit}",
                    from.unix_timestamp(),
                    until.unix_timestamp()
                )
            }
        }
    }

    /// Whether an attempt of this person, of these units, finished then, is among it.
    pub fn names(
        &self,
        of: (AttemptId, ParticipantId),
        units: &[UnitId],
        finished_at: OffsetDateTime,
    ) -> bool {
        match self {
            Self::Person { person } => of.1 == *person,
            Self::Attempt { attempt, .. } => of.0 == *attempt,
            Self::Unit { unit } => units.contains(unit),
            Self::Window { from, until, unit } => {
                (*from..*until).contains(&finished_at) && unit.is_none_or(|unit| units.contains(&unit))
            }
        }
    }

    /// The unit whose people must be known to tell what is struck out.
    pub const fn unit(&self) -> Option<UnitId> {
        match self {
            Self::Unit { unit } => Some(*unit),
            Self::Window { unit, .. } => *unit,
            Self::Person { .. } | Self::Attempt { .. } => None,
        }
    }
}

/// Takes something out of the ranking of a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Void {
    /// What.
    pub target: Target,
}

impl Payload for Void {
    const KIND: Kind = Kind::Void;
    const VERSION: u16 = 1;

    fn subject(&self) -> String {
        self.target.key()
    }
}

/// Takes an approved voiding or replacement back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restore {
    /// The decision that holds no longer.
    pub decision: DecisionId,
}

impl Payload for Restore {
    const KIND: Kind = Kind::Restore;
    const VERSION: u16 = 1;

    fn subject(&self) -> String {
        format!("decision:{}", self.decision)
    }
}

/// Why a winner is passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// Does not want the prize.
    Declined,
    /// Could not be reached or did not answer in time.
    Unreachable,
    /// Name, birth date, unit or number are not the person's own.
    FalseDetails,
    /// Is one of those who may not take part.
    NotAdmitted,
    /// Something else, said in the reason.
    Other,
}

impl Cause {
    /// Every cause.
    pub const ALL: [Self; 5] = [
        Self::Declined,
        Self::Unreachable,
        Self::FalseDetails,
        Self::NotAdmitted,
        Self::Other,
    ];

    /// The word used in forms and message keys.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Declined => "declined",
            Self::Unreachable => "unreachable",
            Self::FalseDetails => "false-details",
            Self::NotAdmitted => "not-admitted",
            Self::Other => "other",
        }
    }

    /// The cause of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| cause.name() == name)
    }
}

/// Passes over a winner: the entry still counts and keeps its rank, the prize goes to the next by the ranking's rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplaceWinner {
    /// Who is passed over.
    pub person: ParticipantId,
    /// Why.
    pub cause: Cause,
}

impl Payload for ReplaceWinner {
    const KIND: Kind = Kind::ReplaceWinner;
    const VERSION: u16 = 1;

    fn subject(&self) -> String {
        format!("person:{}", self.person)
    }
}

/// Opens a published result again; what was published stays readable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correct {
    /// The published ranking that is to be corrected.
    pub ranking: i64,
}

impl Payload for Correct {
    const KIND: Kind = Kind::Correct;
    const VERSION: u16 = 1;

    fn subject(&self) -> String {
        format!("ranking:{}", self.ranking)
    }
}

/// One of the rulings that change a ranking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ruling {
    /// Something does not count.
    Void(Void),
    /// An earlier ruling holds no longer.
    Restore(Restore),
    /// A winner is passed over.
    Replace(ReplaceWinner),
}

impl Ruling {
    /// What a decision rules, if it is of these kinds.
    pub fn of(decision: &Decision) -> Option<Self> {
        match decision.kind {
            Kind::Void => decision.payload().map(Self::Void),
            Kind::Restore => decision.payload().map(Self::Restore),
            Kind::ReplaceWinner => decision.payload().map(Self::Replace),
            Kind::Rescore | Kind::Correct => None,
        }
    }
}

/// The rulings of a round that hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rulings {
    held: BTreeMap<DecisionId, Ruling>,
}

impl Rulings {
    /// What holds after all these decisions of a round; those that were not approved change nothing.
    pub fn in_force(decisions: &[Decision]) -> Self {
        let approved = decisions.iter().filter(|one| one.state == State::Approved);
        let mut rulings = Self::default();
        let mut lifted = Vec::new();
        for decision in approved {
            match Ruling::of(decision) {
                Some(Ruling::Restore(restore)) => lifted.push(restore.decision),
                Some(ruling) => rulings.apply(decision.id, ruling),
                None => {}
            }
        }
        for id in lifted {
            rulings.held.remove(&id);
        }
        rulings
    }

    /// Lets one more ruling hold, or one less.
    pub fn apply(&mut self, id: DecisionId, ruling: Ruling) {
        match ruling {
            Ruling::Restore(restore) => {
                self.held.remove(&restore.decision);
            }
            Ruling::Void(_) | Ruling::Replace(_) => {
                self.held.insert(id, ruling);
            }
        }
    }

    /// Whether the ruling of that decision holds.
    pub fn holds(&self, id: DecisionId) -> bool {
        self.held.contains_key(&id)
    }

    /// What does not count.
    pub fn targets(&self) -> impl Iterator<Item = &Target> {
        self.held.values().filter_map(|ruling| match ruling {
            Ruling::Void(void) => Some(&void.target),
            Ruling::Restore(_) | Ruling::Replace(_) => None,
        })
    }

    /// Who receives no prize of the round.
    pub fn passed_over(&self) -> BTreeSet<ParticipantId> {
        let people = self.held.values().filter_map(|ruling| match ruling {
            Ruling::Replace(replace) => Some(replace.person),
            Ruling::Restore(_) | Ruling::Void(_) => None,
        });
        people.collect()
    }
}

/// Tells in a moment whether a submission is struck out.
#[derive(Debug, Default)]
pub struct Sieve {
    people: HashSet<ParticipantId>,
    attempts: HashSet<AttemptId>,
    windows: Vec<(i64, i64, Option<HashSet<ParticipantId>>)>,
}

impl Sieve {
    /// From what does not count, with the people of every unit that it names.
    pub fn new<'a>(
        targets: impl Iterator<Item = &'a Target>,
        members: &BTreeMap<UnitId, Vec<ParticipantId>>,
    ) -> Self {
        let of = |unit: &UnitId| members.get(unit).into_iter().flatten().copied();
        let mut sieve = Self::default();
        for target in targets {
            match target {
                Target::Person { person } => {
                    sieve.people.insert(*person);
                }
                Target::Attempt { attempt, .. } => {
                    sieve.attempts.insert(*attempt);
                }
                Target::Unit { unit } => sieve.people.extend(of(unit)),
                Target::Window { from, until, unit } => {
                    let people = unit.as_ref().map(|unit| of(unit).collect());
                    sieve.windows.push((micros(*from), micros(*until), people));
                }
            }
        }
        sieve
    }

    /// Whether nothing is struck out.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty() && self.attempts.is_empty() && self.windows.is_empty()
    }

    /// Whether this submission does not count.
    pub fn strikes(&self, taken: &Taken) -> bool {
        self.people.contains(&taken.participant)
            || self.attempts.contains(&taken.attempt)
            || self.windows.iter().any(|(from, until, people)| {
                (*from..*until).contains(&taken.finished_us)
                    && people
                        .as_ref()
                        .is_none_or(|people| people.contains(&taken.participant))
            })
    }
}

/// Microseconds since 1970; a moment of our time always fits.
fn micros(at: OffsetDateTime) -> i64 {
    i64::try_from(at.unix_timestamp_nanos() / 1_000).unwrap_or(i64::MAX)
}

#[cfg(test)]
#[path = "ruling_tests.rs"]
mod tests;
