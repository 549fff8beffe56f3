//! Who stands where: which attempt of a person counts, what was to be predicted, and the order of people.
//!
//! Owns the pure reading of the ranking rules, against which the compact form in `tabulate` is tested and any published
//! result can be checked again; leaves prizes to `prize` and figures of units to `collective`.

mod place;

pub use place::mean;

use super::attempt::How;
use super::contest::{
    CollectivePrize, CountedAttempt, CountedPrediction, PredictedQuantity, PredictionRules, PredictionTaken,
    Prize, RankingRules, RoundRules, SpreadRules,
};
use super::ids::{AttemptId, ParticipantId, UnitId};
use place::{Person, Sum, place};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use time::{Date, OffsetDateTime};

/// A submission with what ranking needs to know of the person who made it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The attempt.
    pub attempt: AttemptId,
    /// Whose.
    pub participant: ParticipantId,
    /// Unit entered for.
    pub unit: UnitId,
    /// 1, 2, 3 … of this person in the round.
    pub number: u16,
    /// Dense number of the submission in the round, in order of acceptance.
    pub sequence: i64,
    /// When the attempt began.
    #[serde(with = "time::serde::rfc3339")]
    pub started_at: OffsetDateTime,
    /// Recorded finish.
    #[serde(with = "time::serde::rfc3339")]
    pub finished_at: OffsetDateTime,
    /// By whom it was finished.
    pub how: How,
    /// Points.
    pub score: u32,
    /// Questions answered exactly right.
    pub correct: u16,
    /// Questions on the paper.
    pub total: u16,
    /// Time used, milliseconds.
    pub duration_ms: i64,
    /// Predicted quantity, if given; never negative.
    pub prediction: Option<i64>,
    /// When the person registered.
    #[serde(with = "time::serde::rfc3339")]
    pub registered_at: OffsetDateTime,
    /// When the person was born.
    pub birth_date: Date,
}

/// The counts of a round; attempts (lượt) and people (người) apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Attempts submitted, those of excluded people among them.
    pub attempts: i64,
    /// Different people who submitted.
    pub people: i64,
    /// Attempts right in every question.
    pub attempts_all_correct: i64,
    /// People with at least one such attempt.
    pub people_all_correct: i64,
}

/// One person's place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// 1, 2, 3 … without gaps; among equals by order of submission, then by number of the person. For listing only.
    pub position: i64,
    /// Equals on every key share a rank and the next is skipped: 1, 2, 2, 4.
    pub rank: i64,
    /// The counted attempt; `None` in the ranking over the contest.
    pub attempt: Option<AttemptId>,
    /// The person.
    pub participant: ParticipantId,
    /// Unit entered for.
    pub unit: UnitId,
    /// Points of the counted attempt with those of the prediction that counts; over the contest the sum of all rounds.
    pub score: i64,
    /// Questions right in what counts.
    pub correct: u32,
    /// Questions asked in what counts.
    pub total: u32,
    /// The prediction that counts; `None` in the ranking over the contest.
    pub prediction: Option<i64>,
    /// Its distance from the actual quantity; over the contest the sum over rounds with a prediction.
    pub prediction_error: Option<i64>,
    /// Time used, milliseconds.
    pub duration_ms: i64,
    /// Moment of submission; over the contest that of the last round.
    #[serde(with = "time::serde::rfc3339")]
    pub finished_at: OffsetDateTime,
    /// Attempts of the person.
    pub attempts: u32,
    /// When the person registered.
    #[serde(with = "time::serde::rfc3339")]
    pub registered_at: OffsetDateTime,
    /// Reaches the smallest score that may win, and is not excluded.
    pub eligible: bool,
}

/// A ranking as the rules give it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ranking {
    /// The counts.
    pub tally: Tally,
    /// The predicted quantity as it came out; `None` where nothing was to be predicted.
    pub actual: Option<i64>,
    /// One standing per person, by position.
    pub standings: Vec<Standing>,
}

/// The settings that a ranking applied, kept beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppliedRules {
    /// Which attempt of a person counted.
    pub counts: CountedAttempt,
    /// What was to be predicted.
    pub prediction: Option<PredictionRules>,
    /// Gate, order, ties, caps.
    pub ranking: RankingRules,
    /// Every prize of the contest file; those of the ranking's scope were given.
    pub prizes: Vec<Prize>,
    /// Every prize for units of the contest file; those of the ranking's scope were given.
    pub collective_prizes: Vec<CollectivePrize>,
    /// Prizes for bringing newcomers, which are numbered after `prizes`; given with the ranking over the contest.
    #[serde(default)]
    pub spread: Option<SpreadRules>,
}

impl AppliedRules {
    /// What the prediction added to the score of a standing.
    pub fn prediction_points(&self, standing: &Standing) -> u32 {
        self.prediction
            .map_or(0, |rule| rule.points.of(standing.prediction_error))
    }
}

/// A round's submissions with its rules.
#[derive(Debug, Clone, Copy)]
pub struct RankedRound<'a> {
    /// All submissions of the round.
    pub entries: &'a [Entry],
    /// The rules that held in it.
    pub rules: &'a RoundRules,
}

/// Ranks a round: one standing per person for the counted attempt, ordered by the keys of the rules. Attempts of excluded
/// people count in the tally, and so in the quantity to be predicted; they stand in the list but are not eligible. Marks of
/// essays, which `tabulate` adds to the points of a person, are no part of it.
pub fn rank(entries: &[Entry], rules: &RoundRules, excluded: &BTreeSet<ParticipantId>) -> Ranking {
    rank_without(&BTreeSet::new(), entries, rules, excluded)
}

/// The same after two people struck out some attempts: these have no place and no figure. The quantity to be predicted
/// was taken before, when the round was sealed, and stays; where the rules take it after disqualification, they are not
/// in it either.
pub fn rank_without(
    struck: &BTreeSet<AttemptId>,
    all: &[Entry],
    rules: &RoundRules,
    excluded: &BTreeSet<ParticipantId>,
) -> Ranking {
    let kept: Vec<Entry> = all
        .iter()
        .filter(|entry| !struck.contains(&entry.attempt))
        .cloned()
        .collect();
    let entries = kept.as_slice();
    let actual = rules.prediction.map(|rule| actual(all, entries, rule, excluded));
    let tally = tally(entries);
    let placeable = by_person(entries)
        .into_values()
        .filter_map(|own| {
            let counted = counted(&own, rules.attempts.counts)?;
            let sum = Sum::of(&own, counted, rules.attempts.counts);
            let prediction = rules
                .prediction
                .and_then(|rule| counted_prediction(&own, counted, rule.counted));
            let error = prediction
                .zip(actual)
                .map(|(given, actual)| given.saturating_sub(actual).saturating_abs());
            let near = rules.prediction.map_or(0, |rule| rule.points.of(error));
            let standing = Standing {
                position: 0,
                rank: 0,
                attempt: Some(counted.attempt),
                participant: counted.participant,
                unit: counted.unit,
                score: sum.score + i64::from(near),
                correct: sum.correct,
                total: sum.total,
                prediction,
                prediction_error: error,
                duration_ms: sum.duration_ms,
                finished_at: counted.finished_at,
                attempts: u32::try_from(own.len()).unwrap_or(u32::MAX),
                registered_at: counted.registered_at,
                eligible: false,
            };
            let person = Person {
                listed: counted.sequence,
                born: counted.birth_date,
                above: prediction.zip(actual).map(|(given, actual)| given > actual),
                // One round is the whole of it.
                rounds: u16::MAX,
                standing,
            };
            Some(person)
        })
        .collect();
    Ranking {
        tally,
        actual,
        standings: place(placeable, &rules.ranking, excluded),
    }
}

/// Ranks over a contest: what counted in each round is added up per person, then ordered by the contest's own keys and
/// gate. Nothing is predicted here; equals are listed by the moment of their last submission.
pub fn rank_contest(
    rounds: &[RankedRound<'_>],
    rules: &RankingRules,
    excluded: &BTreeSet<ParticipantId>,
) -> Ranking {
    let mut sums: BTreeMap<ParticipantId, Person<OffsetDateTime>> = BTreeMap::new();
    let mut right: BTreeSet<ParticipantId> = BTreeSet::new();
    let mut total = Tally::default();
    for round in rounds {
        let ranking = rank(round.entries, round.rules, excluded);
        total.attempts += ranking.tally.attempts;
        total.attempts_all_correct += ranking.tally.attempts_all_correct;
        right.extend(
            round
                .entries
                .iter()
                .filter(|entry| entry.correct == entry.total)
                .map(|entry| entry.participant),
        );
        let born: BTreeMap<ParticipantId, Date> = round
            .entries
            .iter()
            .map(|entry| (entry.participant, entry.birth_date))
            .collect();
        for standing in ranking.standings {
            let own = Standing {
                attempt: None,
                prediction: None,
                ..standing
            };
            let first = || Person {
                listed: own.finished_at,
                born: born.get(&own.participant).copied().unwrap_or(Date::MAX),
                above: None,
                rounds: 0,
                standing: own.clone(),
            };
            sums.entry(own.participant)
                .and_modify(|sum| add(sum, &own))
                .or_insert_with(first)
                .rounds += 1;
        }
    }
    total.people = count(sums.len());
    total.people_all_correct = count(right.len());
    let placeable = sums.into_values().collect();
    Ranking {
        tally: total,
        actual: None,
        standings: place(placeable, rules, excluded),
    }
}

/// Adds a round to a person's sum.
fn add(person: &mut Person<OffsetDateTime>, round: &Standing) {
    let sum = &mut person.standing;
    sum.score += round.score;
    sum.correct += round.correct;
    sum.total += round.total;
    sum.duration_ms += round.duration_ms;
    sum.attempts += round.attempts;
    sum.finished_at = sum.finished_at.max(round.finished_at);
    sum.prediction_error = match (sum.prediction_error, round.prediction_error) {
        (Some(before), Some(error)) => Some(before + error),
        (before, error) => before.or(error),
    };
    person.listed = sum.finished_at;
}

/// The quantity to be predicted as it came out: of everybody's attempts, or of those kept without what excluded people did.
fn actual(all: &[Entry], kept: &[Entry], rule: PredictionRules, excluded: &BTreeSet<ParticipantId>) -> i64 {
    let counts = |entry: &&Entry| !excluded.contains(&entry.participant);
    let tally = match rule.taken {
        PredictionTaken::BeforeDisqualification => tally(all),
        PredictionTaken::AfterDisqualification => tally(kept.iter().filter(counts)),
    };
    quantity(rule.asks, tally)
}

/// Counts a round.
pub fn tally<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Tally {
    let entries: Vec<&Entry> = entries.into_iter().collect();
    let all_correct = || entries.iter().filter(|entry| entry.correct == entry.total);
    let people: BTreeSet<ParticipantId> = entries.iter().map(|entry| entry.participant).collect();
    let people_right: BTreeSet<ParticipantId> = all_correct().map(|entry| entry.participant).collect();
    Tally {
        attempts: count(entries.len()),
        people: count(people.len()),
        attempts_all_correct: count(all_correct().count()),
        people_all_correct: count(people_right.len()),
    }
}

/// The quantity that was to be predicted.
pub fn quantity(asked: PredictedQuantity, tally: Tally) -> i64 {
    match asked {
        PredictedQuantity::AttemptsInRound => tally.attempts,
        PredictedQuantity::PeopleInRound => tally.people,
        PredictedQuantity::PeopleAllCorrect => tally.people_all_correct,
        PredictedQuantity::AttemptsAllCorrect => tally.attempts_all_correct,
    }
}

/// Each person's attempts in order of number.
fn by_person(entries: &[Entry]) -> BTreeMap<ParticipantId, Vec<&Entry>> {
    let mut people: BTreeMap<ParticipantId, Vec<&Entry>> = BTreeMap::new();
    for entry in entries {
        people.entry(entry.participant).or_default().push(entry);
    }
    for own in people.values_mut() {
        own.sort_by_key(|entry| entry.number);
    }
    people
}

/// The attempt of a person that is ranked; `own` in order of number.
fn counted<'a>(own: &[&'a Entry], rule: CountedAttempt) -> Option<&'a Entry> {
    let finishes: Vec<_> = own
        .iter()
        .map(|entry| (entry.score, (entry.finished_at, entry.sequence)))
        .collect();
    which_counts(&finishes, rule)
        .and_then(|index| own.get(index))
        .copied()
}

/// Which of a person's attempts in a round counts, given as points and finish in order of number. The best is the
/// highest score, and among equal scores the one finished first. Where all count, the last stands for them.
pub fn which_counts<T: Ord + Copy>(own: &[(u32, T)], rule: CountedAttempt) -> Option<usize> {
    match rule {
        CountedAttempt::Best | CountedAttempt::SumOfRounds => {
            let key = |(_, (score, finish)): &(usize, &(u32, T))| (std::cmp::Reverse(*score), *finish);
            own.iter().enumerate().min_by_key(key).map(|(index, _)| index)
        }
        CountedAttempt::First => (!own.is_empty()).then_some(0),
        CountedAttempt::Last | CountedAttempt::Sum | CountedAttempt::Average => own.len().checked_sub(1),
    }
}

/// The prediction of a person that counts; attempts that gave none are passed over where the rule looks for a given one.
fn counted_prediction(own: &[&Entry], counted: &Entry, rule: CountedPrediction) -> Option<i64> {
    match rule {
        CountedPrediction::OfCountedAttempt => counted.prediction,
        CountedPrediction::First | CountedPrediction::LockedOnce => {
            own.iter().find_map(|entry| entry.prediction)
        }
        CountedPrediction::Last => own.iter().rev().find_map(|entry| entry.prediction),
    }
}

/// A number of things held in memory, which always fits.
fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

#[cfg(test)]
#[path = "ranking_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "ranking_better_tests.rs"]
mod better_tests;
