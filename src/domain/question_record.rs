//! What the rounds have shown of a question: how many met it, how hard it was, how well it told entrants apart.
//!
//! Owns putting the figures of several rounds together and choosing questions by them; leaves reckoning those of one round
//! to [`super::item_statistics`] and finding questions by words, set, level and use to [`super::question_bank`].
//!
//! A round counts for a question only if it asked the same: the same words, options and key. What was said of an older
//! wording says nothing of the new one.
#![expect(
    clippy::float_arithmetic,
    reason = "these figures describe questions; no rank or prize depends on them"
)]

use super::catalog::{Catalog, Contest};
use super::ids::{ContestId, RoundId};
use super::item_reading::{Reading, read};
use super::item_statistics::{ItemStatistics, RoundTally};
use super::moments::real;
use super::question::{QuestionId, SetId, SetVersion};
use super::question_bank::Entry;
use super::set_diff::Keyed;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::collections::HashMap;

/// The figures of one question in one round.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Seen {
    /// Its name in the set.
    pub question: QuestionId,
    /// Entrants who met it.
    pub met: u64,
    /// Mean mark by highest mark, from 0 to 1.
    pub facility: Option<f64>,
    /// Correlation with the rest of the paper, percent.
    pub discrimination: Option<f64>,
    /// What is to be said of it.
    pub reading: Reading,
}

/// The figures of the questions of a round that somebody met, by the version of their set.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RoundFigures(pub Vec<(SetVersion, Vec<Seen>)>);

impl RoundFigures {
    /// The figures of a count.
    pub fn of(tally: &RoundTally, statistics: &[ItemStatistics]) -> Self {
        let mut sets: Vec<(SetVersion, Vec<Seen>)> = Vec::new();
        for (item, figures) in tally.items().iter().zip(statistics) {
            if figures.exposure == 0 {
                continue;
            }
            let seen = Seen {
                question: item.question.clone(),
                met: figures.exposure,
                facility: figures.facility,
                discrimination: figures.discrimination,
                reading: read(figures),
            };
            match sets.iter_mut().find(|(version, _)| *version == item.version) {
                Some((_, of_set)) => of_set.push(seen),
                None => sets.push((item.version.clone(), vec![seen])),
            }
        }
        Self(sets)
    }
}

/// The figures of one question in all rounds that asked it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Record {
    /// Rounds in which somebody met it.
    pub rounds: usize,
    /// How many times it stood on a paper that was submitted.
    pub met: u64,
    /// Share of its marks that were earned, from 0 to 1.
    pub facility: Option<f64>,
    /// The mean of its rounds' discrimination indices, each weighing as many as met it; percent.
    pub discrimination: Option<f64>,
    /// The gravest of what its rounds say; `TooFew` where none says anything.
    pub reading: Reading,
}

impl Record {
    /// The figures of several rounds together.
    pub fn of<'a>(rounds: impl IntoIterator<Item = &'a Seen>) -> Self {
        let rounds: Vec<&Seen> = rounds.into_iter().collect();
        let mean = |figure: fn(&Seen) -> Option<f64>| {
            let defined = rounds
                .iter()
                .filter_map(|seen| Some((real(seen.met), figure(seen)?)));
            let (weight, sum) = defined.fold((0.0, 0.0), |(weight, sum), (met, figure)| {
                (weight + met, sum + met * figure)
            });
            (weight > 0.0).then(|| sum / weight)
        };
        Self {
            rounds: rounds.len(),
            met: rounds.iter().map(|seen| seen.met).sum(),
            facility: mean(|seen| seen.facility),
            discrimination: mean(|seen| seen.discrimination),
            reading: rounds
                .iter()
                .map(|seen| seen.reading)
                .min()
                .unwrap_or(Reading::TooFew),
        }
    }
}

/// What a question is asked to have shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Showing {
    /// Nobody has met it yet.
    Unmet,
    /// A discrimination index below 0, however little it says.
    Negative,
    /// This is to be said of it, and somebody has met it.
    Read(Reading),
}

impl Showing {
    /// Everything that can be asked for, in the order of a list.
    pub const ALL: [Self; 8] = [
        Self::Unmet,
        Self::Read(Reading::CheckKey),
        Self::Negative,
        Self::Read(Reading::TooHard),
        Self::Read(Reading::TooEasy),
        Self::Read(Reading::Weak),
        Self::Read(Reading::Good),
        Self::Read(Reading::TooFew),
    ];

    /// The word in addresses; in message keys with hyphens.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unmet => "unmet",
            Self::Negative => "negative",
            Self::Read(reading) => reading.name(),
        }
    }

    /// What goes by that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|showing| showing.name() == name)
    }

    pub(super) fn fits(self, record: &Record) -> bool {
        match self {
            Self::Unmet => record.met == 0,
            Self::Negative => record.discrimination.is_some_and(|percent| percent < 0.0),
            Self::Read(reading) => record.met > 0 && record.reading == reading,
        }
    }
}

/// Which question comes first; one without the figure comes last, and equals stand as in their sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// As in the sets.
    #[default]
    Set,
    /// The fewest right.
    Hardest,
    /// The most right.
    Easiest,
    /// The lowest discrimination index.
    LeastTelling,
    /// The most often on a paper.
    MostMet,
}

impl Order {
    /// Every order, as in a list.
    pub const ALL: [Self; 5] = [
        Self::Set,
        Self::Hardest,
        Self::Easiest,
        Self::LeastTelling,
        Self::MostMet,
    ];

    /// The word in addresses and message files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Set => "set",
            Self::Hardest => "hardest",
            Self::Easiest => "easiest",
            Self::LeastTelling => "least-telling",
            Self::MostMet => "most-met",
        }
    }

    /// The order of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.name() == name)
    }

    pub(super) fn compare(self, a: &Record, b: &Record) -> Ordering {
        match self {
            Self::Set => Ordering::Equal,
            Self::Hardest => none_last(a.facility, b.facility, f64::total_cmp),
            Self::Easiest => none_last(a.facility, b.facility, |a, b| b.total_cmp(a)),
            Self::LeastTelling => none_last(a.discrimination, b.discrimination, f64::total_cmp),
            Self::MostMet => b.met.cmp(&a.met),
        }
    }
}

fn none_last(a: Option<f64>, b: Option<f64>, compare: impl Fn(&f64, &f64) -> Ordering) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => compare(&a, &b),
        (a, b) => a.is_none().cmp(&b.is_none()),
    }
}

/// The figures of all rounds that may be told, ready to be looked up.
#[derive(Debug)]
pub struct Records<'a> {
    seen: HashMap<Name<'a>, Vec<(RoundId, &'a SetVersion, &'a Seen)>>,
}

/// A question in whatever version.
type Name<'a> = (ContestId, &'a SetId, &'a QuestionId);

impl<'a> Records<'a> {
    /// Sorts the figures by question; what the catalog does not know is passed over.
    pub fn new(catalog: &'a Catalog, rounds: &'a [(RoundId, RoundFigures)]) -> Self {
        let mut seen: HashMap<Name<'a>, Vec<_>> = HashMap::new();
        for (round, figures) in rounds {
            let Some((contest, _)) = catalog.find_round(*round) else {
                continue;
            };
            for (version, of_set) in &figures.0 {
                let Some(set) = contest.sets.get(version) else {
                    continue;
                };
                for one in of_set {
                    let name = (contest.id, &set.id, &one.question);
                    seen.entry(name).or_default().push((*round, version, one));
                }
            }
        }
        Self { seen }
    }

    /// The rounds that asked a question as it stands in a version, in the order in which they were given.
    pub fn rounds(
        &self,
        contest: &Contest,
        set: &SetId,
        version: &SetVersion,
        question: &QuestionId,
    ) -> Vec<(RoundId, &'a Seen)> {
        let Some(seen) = self.seen.get(&(contest.id, set, question)) else {
            return Vec::new();
        };
        let at = |version: &SetVersion| contest.keyed_set(version)?.find(question);
        let is_it = |other: &SetVersion| other == version || asks_the_same(at(version), at(other));
        seen.iter()
            .filter(|(_, other, _)| is_it(other))
            .map(|(round, _, one)| (*round, *one))
            .collect()
    }

    /// The record of a question of the bank.
    pub fn of(&self, contest: &Contest, entry: &Entry, question: &QuestionId) -> Record {
        let rounds = self.rounds(contest, &entry.set, &entry.version, question);
        Record::of(rounds.into_iter().map(|(_, seen)| seen))
    }

    /// Of the questions found those that have shown what is asked for, in that order, each with its record.
    pub fn choose<'b>(
        &self,
        catalog: &Catalog,
        found: Vec<&'b Entry>,
        showing: Option<Showing>,
        order: Order,
    ) -> Vec<(&'b Entry, Record)> {
        let with_record = |entry: &'b Entry| {
            let (contest, question) = entry.question(catalog)?;
            Some((entry, self.of(contest, entry, &question.id)))
        };
        let mut chosen: Vec<_> = found
            .into_iter()
            .filter_map(with_record)
            .filter(|(_, record)| showing.is_none_or(|showing| showing.fits(record)))
            .collect();
        chosen.sort_by(|(_, a), (_, b)| order.compare(a, b));
        chosen
    }
}

/// Whether entrants met the same question and were marked by the same key.
fn asks_the_same(one: Option<Keyed<'_>>, other: Option<Keyed<'_>>) -> bool {
    let (Some(one), Some(other)) = (one, other) else {
        return false;
    };
    let (a, b) = (one.question, other.question);
    one.key == other.key && a.text == b.text && a.options == b.options && a.media == b.media
}
