//! Placing people: what the attempts of a person come to, the order by the keys, ranks and positions.
//!
//! Owns comparing by one key; which attempts count and which prediction does is decided above.

use super::{Entry, Standing, count};
use crate::domain::contest::{CountedAttempt, Direction, RankField, RankKey, RankingRules};
use crate::domain::ids::ParticipantId;
use std::cmp::Ordering;
use std::collections::BTreeSet;
use time::Date;

/// A standing in the making, with what else orders it.
pub(super) struct Person<T> {
    /// Lists equals.
    pub(super) listed: T,
    pub(super) born: Date,
    /// The prediction is above the actual quantity.
    pub(super) above: Option<bool>,
    /// Rounds taken part in.
    pub(super) rounds: u16,
    pub(super) standing: Standing,
}

/// What the attempts of a person come to.
pub(super) struct Sum {
    pub(super) score: i64,
    pub(super) correct: u32,
    pub(super) total: u32,
    pub(super) duration_ms: i64,
}

impl Sum {
    pub(super) fn of(own: &[&Entry], counted: &Entry, rule: CountedAttempt) -> Self {
        let mut sum = Self {
            score: 0,
            correct: 0,
            total: 0,
            duration_ms: 0,
        };
        let alone = [counted];
        for entry in if rule.is_over_all_attempts() { own } else { &alone } {
            sum.score += i64::from(entry.score);
            sum.correct += u32::from(entry.correct);
            sum.total += u32::from(entry.total);
            sum.duration_ms = sum.duration_ms.saturating_add(entry.duration_ms);
        }
        if rule == CountedAttempt::Average {
            (sum.score, sum.duration_ms) = mean(sum.score, sum.duration_ms, count(own.len()));
        }
        sum
    }
}

/// The mean of points, rounded half up, and of times, rounded down, over a number of attempts.
pub const fn mean(score: i64, duration_ms: i64, attempts: i64) -> (i64, i64) {
    let attempts = if attempts > 0 { attempts } else { 1 };
    (
        (2 * score + attempts).div_euclid(2 * attempts),
        duration_ms.div_euclid(attempts),
    )
}

/// Orders people, gives ranks and positions, and marks who may win. Each person comes with what lists equals.
pub(super) fn place<T: Ord>(
    mut people: Vec<Person<T>>,
    rules: &RankingRules,
    excluded: &BTreeSet<ParticipantId>,
) -> Vec<Standing> {
    people.sort_by(|a, b| {
        compare(a, b, &rules.order).then_with(|| {
            let number = |person: &Person<T>| person.standing.participant;
            (&a.listed, number(a)).cmp(&(&b.listed, number(b)))
        })
    });
    let mut rank = 1;
    for index in 0..people.len() {
        let Some((before, [person, ..])) = people.split_at_mut_checked(index) else {
            break;
        };
        let position = count(index) + 1;
        let equal = before
            .last()
            .filter(|before| compare(before, person, &rules.order).is_eq());
        if equal.is_none() {
            rank = position;
        }
        let standing = &mut person.standing;
        (standing.rank, standing.position) = (rank, position);
        standing.eligible = rules
            .min_score
            .is_none_or(|least| standing.score >= i64::from(least))
            && person.rounds >= rules.min_rounds
            && !excluded.contains(&standing.participant);
    }
    people.into_iter().map(|person| person.standing).collect()
}

/// Which of two people stands higher by the keys alone; `Less` is the better one.
pub(super) fn compare<T>(a: &Person<T>, b: &Person<T>, order: &[RankKey]) -> Ordering {
    order
        .iter()
        .map(|key| compare_by(a, b, *key))
        .find(|ordering| ordering.is_ne())
        .unwrap_or(Ordering::Equal)
}

/// The order by one key. Having no prediction is worse than any error, whichever direction is better.
fn compare_by<T>(one: &Person<T>, other: &Person<T>, key: RankKey) -> Ordering {
    let (a, b) = (&one.standing, &other.standing);
    let ascending = match key.by {
        RankField::Score => a.score.cmp(&b.score),
        RankField::PredictionError => match (a.prediction_error, b.prediction_error) {
            (Some(a), Some(b)) => a.cmp(&b),
            (a, b) => return b.is_some().cmp(&a.is_some()),
        },
        RankField::PredictionAbove => match (one.above, other.above) {
            (Some(a), Some(b)) => a.cmp(&b),
            (a, b) => return b.is_some().cmp(&a.is_some()),
        },
        RankField::BirthDate => one.born.cmp(&other.born),
        RankField::Duration => a.duration_ms.cmp(&b.duration_ms),
        RankField::SubmittedAt => a.finished_at.cmp(&b.finished_at),
        RankField::Attempts => a.attempts.cmp(&b.attempts),
        RankField::RegisteredAt => a.registered_at.cmp(&b.registered_at),
    };
    match key.direction {
        Direction::Asc => ascending,
        Direction::Desc => ascending.reverse(),
    }
}
