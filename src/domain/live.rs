//! The best people of a round that still runs, carried on submission by submission.
//!
//! Owns which lines are kept and which of them are certain; the keys are those of the round, but for the prediction, which
//! is compared with what is known only when the round has ended, and the birth date. Reading and storing are left to `store`.

use super::contest::{CountedAttempt, Direction, RankField, RankKey, RoundRules};
use super::ids::{AttemptId, ParticipantId, UnitId};
use super::ranking::mean;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use time::OffsetDateTime;

/// Lines kept: several times what is shown, because some rules let a line sink again.
const KEPT: usize = 150;

/// A person's line so far, and the submission that made it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiveLine {
    /// The person.
    pub participant: ParticipantId,
    /// Unit entered for.
    pub unit: UnitId,
    /// The counted attempt.
    pub attempt: AttemptId,
    /// Its number.
    pub number: u16,
    /// Its dense number in the round.
    pub sequence: i64,
    /// Points.
    pub score: u32,
    /// Questions answered exactly right.
    pub correct: u16,
    /// Questions on the paper.
    pub total: u16,
    /// Time used, milliseconds.
    pub duration_ms: i64,
    /// Recorded finish.
    #[serde(with = "time::serde::rfc3339")]
    pub finished_at: OffsetDateTime,
    /// When the person registered.
    #[serde(with = "time::serde::rfc3339")]
    pub registered_at: OffsetDateTime,
    /// Points, number and time used of the attempts that are in it, where all of them count; 0 in a line just read.
    #[serde(default)]
    pub sum: (u32, u16, i64),
    /// Attempts of the person so far. For a submission just read: its number, because nobody starts an attempt before the
    /// one before it is submitted.
    pub attempts: u16,
}

/// Counts of a round so far, and its best people.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiveList {
    /// The newest submission taken in.
    pub upto: i64,
    /// Attempts submitted (lượt).
    pub attempts: i64,
    /// Different people who submitted (người).
    pub people: i64,
    /// Attempts right in every question.
    pub all_correct: i64,
    /// The best so far, in order.
    lines: Vec<LiveLine>,
    /// The best line that is not kept: what stands behind it is not certain.
    floor: Option<LiveLine>,
}

impl LiveList {
    /// Whether the person's earlier submissions must be known to take this one: somebody who is not in the list may have
    /// a better attempt behind it, or may rise by the number of attempts alone.
    pub fn needs_history(&self, line: &LiveLine, rules: &RoundRules) -> bool {
        let rises = rules.ranking.order.contains(&RankKey {
            by: RankField::Attempts,
            direction: Direction::Desc,
        });
        let may_enter = match rules.attempts.counts {
            CountedAttempt::Best | CountedAttempt::SumOfRounds => {
                self.place(line, &rules.ranking.order) < KEPT
            }
            CountedAttempt::First | CountedAttempt::Last => false,
            CountedAttempt::Sum | CountedAttempt::Average => true,
        };
        line.number > 1
            && line.sequence > self.upto
            && (rises || may_enter)
            && !self.lines.iter().any(|kept| kept.participant == line.participant)
    }

    /// Takes the next submission; they must come in order of sequence. `earlier` are the person's submissions before it,
    /// where [`Self::needs_history`] asks for them.
    pub fn take(&mut self, line: LiveLine, earlier: &[LiveLine], rules: &RoundRules) {
        if line.sequence <= self.upto {
            return;
        }
        self.upto = line.sequence;
        self.attempts += 1;
        self.people += i64::from(line.number == 1);
        self.all_correct += i64::from(line.correct == line.total);
        let own = self
            .lines
            .iter()
            .position(|kept| kept.participant == line.participant);
        let line = match own {
            Some(place) => {
                let mut kept = self.lines.remove(place);
                kept.attempts = kept.attempts.saturating_add(1);
                merged(kept, line, rules.attempts.counts)
            }
            // The first attempt counts, and it stands outside the list already.
            None if earlier.is_empty()
                && rules.attempts.counts == CountedAttempt::First
                && line.number > 1 =>
            {
                return;
            }
            None => {
                let attempts = line.attempts;
                let counts = rules.attempts.counts;
                let line = LiveLine {
                    sum: (line.score, 1, line.duration_ms),
                    ..line
                };
                let line = earlier
                    .iter()
                    .cloned()
                    .fold(line, |best, other| merged(best, other, counts));
                LiveLine { attempts, ..line }
            }
        };
        self.put(line, &rules.ranking.order);
    }

    fn place(&self, line: &LiveLine, order: &[RankKey]) -> usize {
        self.lines
            .partition_point(|kept| compare(kept, line, order).is_lt())
    }

    fn put(&mut self, line: LiveLine, order: &[RankKey]) {
        let place = self.place(&line, order);
        if place < KEPT {
            self.lines.insert(place, line);
            if self.lines.len() > KEPT {
                let last = self.lines.pop();
                self.reject(last, order);
            }
        } else {
            self.reject(Some(line), order);
        }
    }

    fn reject(&mut self, line: Option<LiveLine>, order: &[RankKey]) {
        let is_better = |line: &LiveLine| {
            let floor = self.floor.as_ref();
            floor.is_none_or(|floor| compare(line, floor, order).is_lt())
        };
        if line.as_ref().is_some_and(is_better) {
            self.floor = line;
        }
    }

    /// The best people that are certain, at most `limit`, each with the rank it shares with its equals.
    pub fn top(&self, rules: &RoundRules, limit: usize) -> Vec<(i64, &LiveLine)> {
        let order = &rules.ranking.order;
        let certain = |line: &&LiveLine| {
            let floor = self.floor.as_ref();
            floor.is_none_or(|floor| compare(line, floor, order).is_lt())
        };
        let mut ranked: Vec<(i64, &LiveLine)> = Vec::new();
        for (position, line) in (1..).zip(self.lines.iter().take_while(certain)).take(limit) {
            let rank = match ranked.last() {
                Some((rank, before)) if by_keys(before, line, order).is_eq() => *rank,
                _ => position,
            };
            ranked.push((rank, line));
        }
        ranked
    }
}

/// What stands for a person after one more submission.
fn merged(kept: LiveLine, new: LiveLine, counts: CountedAttempt) -> LiveLine {
    if counts.is_over_all_attempts() {
        return added_up(kept, new, counts);
    }
    let better = match counts {
        CountedAttempt::Best | CountedAttempt::SumOfRounds => {
            (kept.score, new.finished_at, new.sequence) < (new.score, kept.finished_at, kept.sequence)
        }
        CountedAttempt::First => new.number < kept.number,
        CountedAttempt::Last | CountedAttempt::Sum | CountedAttempt::Average => new.number > kept.number,
    };
    let attempts = kept.attempts;
    LiveLine {
        attempts,
        ..if better { new } else { kept }
    }
}

/// All attempts so far as one line, which carries the marks of the last of them.
fn added_up(kept: LiveLine, new: LiveLine, counts: CountedAttempt) -> LiveLine {
    let (points, number, time) = kept.sum;
    let sum = (
        points.saturating_add(new.score),
        number.saturating_add(1),
        time.saturating_add(new.duration_ms),
    );
    let number = if counts == CountedAttempt::Average {
        sum.1
    } else {
        1
    };
    let (score, duration_ms) = mean(i64::from(sum.0), sum.2, i64::from(number));
    LiveLine {
        score: u32::try_from(score).unwrap_or(u32::MAX),
        duration_ms,
        correct: kept.correct.saturating_add(new.correct),
        total: kept.total.saturating_add(new.total),
        attempts: kept.attempts,
        sum,
        ..if new.number > kept.number { new } else { kept }
    }
}

/// The order of the list: by the keys, then as equals are listed in a ranking.
fn compare(a: &LiveLine, b: &LiveLine, order: &[RankKey]) -> Ordering {
    by_keys(a, b, order).then_with(|| (a.sequence, a.participant).cmp(&(b.sequence, b.participant)))
}

fn by_keys(a: &LiveLine, b: &LiveLine, order: &[RankKey]) -> Ordering {
    let by = |key: &RankKey| {
        let ascending = match key.by {
            RankField::Score => a.score.cmp(&b.score),
            RankField::PredictionError | RankField::PredictionAbove | RankField::BirthDate => {
                return Ordering::Equal;
            }
            RankField::Duration => a.duration_ms.cmp(&b.duration_ms),
            RankField::SubmittedAt => a.finished_at.cmp(&b.finished_at),
            RankField::Attempts => a.attempts.cmp(&b.attempts),
            RankField::RegisteredAt => a.registered_at.cmp(&b.registered_at),
        };
        match key.direction {
            Direction::Asc => ascending,
            Direction::Desc => ascending.reverse(),
        }
    };
    order
        .iter()
        .map(by)
        .find(|ordering| ordering.is_ne())
        .unwrap_or(Ordering::Equal)
}

#[cfg(test)]
#[path = "live_tests.rs"]
mod tests;
