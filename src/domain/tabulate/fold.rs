//! Folding submissions into lines: which counts, what is added up, which prediction is kept.
//!
//! Owns these decisions for one line; the table itself is the tabulation's.

use super::order::error;
use super::{Folding, Line, Tabulation, Taken};
use crate::domain::contest::{CountedAttempt, CountedPrediction, PredictionRules, PredictionTaken};
use crate::domain::ids::ParticipantId;
use crate::domain::ranking::{Tally, mean, quantity};

impl Tabulation {
    /// Turns sums into means where the rules ask for them.
    pub(super) fn take_means(&mut self) {
        let Folding::Round {
            counts: CountedAttempt::Average,
            ..
        } = self.folding
        else {
            return;
        };
        for line in self.lines.iter_mut().flatten() {
            (line.score, line.duration_ms) = mean(line.score, line.duration_ms, i64::from(line.attempts));
        }
    }

    /// Adds what near predictions earn, once it is known what came out; nothing to do where they only rank.
    pub(super) fn add_prediction_points(&mut self, actual: Option<i64>) {
        let Some(rule) = self.asks.filter(|rule| !rule.points.is_none()) else {
            return;
        };
        for line in self.lines.iter_mut().flatten() {
            line.score += i64::from(rule.points.of(error(line, actual, false)));
        }
    }

    /// Tells the mark of a person's essay; people who are not in the table are passed over.
    pub fn mark_essay(&mut self, participant: ParticipantId, points: u16) {
        if let Some(line) = self.find(participant) {
            line.essay = points;
        }
    }

    /// Adds the marks of essays to the points; a mark is of the round and not of an attempt, so it is no part of a mean.
    pub(super) fn add_essays(&mut self) {
        for line in self.lines.iter_mut().flatten() {
            line.score += i64::from(line.essay);
        }
    }

    /// The quantity to be predicted as it came out.
    pub(super) fn actual(&self, rule: PredictionRules) -> i64 {
        let taken = match rule.taken {
            PredictionTaken::BeforeDisqualification => return quantity(rule.asks, self.whole_tally()),
            PredictionTaken::AfterDisqualification => {
                self.lines.iter().flatten().filter(|line| !line.excluded)
            }
        };
        let tally = taken.fold(Tally::default(), |sum, line| Tally {
            attempts: sum.attempts + i64::from(line.attempts),
            people: sum.people + 1,
            attempts_all_correct: sum.attempts_all_correct + i64::from(line.rights),
            people_all_correct: sum.people_all_correct + i64::from(line.any_right()),
        });
        quantity(rule.asks, tally)
    }
}

/// Adds a submission to a line in which all attempts count; the last of them stands for all.
pub(super) fn add_up(
    line: &mut Line,
    taken: &Taken,
    is_first: bool,
    guess: Option<CountedPrediction>,
    random: [u8; 12],
) {
    // Nothing taken yet is marked by a negative score.
    line.score = line.score.max(0) + i64::from(taken.score);
    line.duration_ms = line.duration_ms.saturating_add(taken.duration_ms);
    line.correct += u32::from(taken.correct);
    line.total += u32::from(taken.total);
    if is_first || taken.number > line.number {
        line.finished_us = taken.finished_us;
        line.attempt = random;
        line.sequence = taken.sequence;
        line.number = taken.number;
        if guess == Some(CountedPrediction::OfCountedAttempt) {
            line.guess = signed(taken.prediction);
        }
    }
}

/// Whether a submission counts rather than what has counted so far.
pub(super) fn is_better(line: &Line, taken: &Taken, counts: CountedAttempt) -> bool {
    match counts {
        CountedAttempt::Best | CountedAttempt::SumOfRounds => {
            let score = i64::from(taken.score);
            (line.score, taken.finished_us, taken.sequence) < (score, line.finished_us, line.sequence)
        }
        CountedAttempt::First => taken.number < line.number,
        CountedAttempt::Last | CountedAttempt::Sum | CountedAttempt::Average => taken.number > line.number,
    }
}

/// Keeps the first or the last prediction given, where the rule asks for one of them.
pub(super) fn fold_guess(line: &mut Line, taken: &Taken, rule: Option<CountedPrediction>) {
    let later = match rule {
        None | Some(CountedPrediction::OfCountedAttempt) => return,
        Some(CountedPrediction::First | CountedPrediction::LockedOnce) => false,
        Some(CountedPrediction::Last) => true,
    };
    let is_wanted = line.guess < 0 || (taken.number > line.guessed_at) == later;
    if taken.prediction.is_some() && is_wanted {
        line.guess = signed(taken.prediction);
        line.guessed_at = taken.number;
    }
}

pub(super) fn signed(prediction: Option<u64>) -> i64 {
    prediction.map_or(-1, |given| i64::try_from(given).unwrap_or(i64::MAX))
}
