//! Everybody's order: lines sorted by the keys of the rules, ranks, positions.
//!
//! Owns sorting; what a line holds is the tabulation's.

use super::{Counts, Line, line_at};
use crate::domain::collective::UnitFigures;
use crate::domain::contest::{Direction, RankField, RankKey};
use crate::domain::ids::{AttemptId, ParticipantId, UnitId};
use crate::domain::ranking::Tally;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// Reads the keys of lines.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sorter<'a> {
    pub(super) order: &'a [RankKey],
    pub(super) actual: Option<i64>,
    pub(super) is_contest: bool,
}

impl Sorter<'_> {
    fn error(&self, line: &Line) -> Option<i64> {
        error(line, self.actual, self.is_contest)
    }

    /// A key as a number of which the smaller is better. Having no prediction is worse than any error, whichever
    /// direction is better.
    fn key(&self, line: &Line, key: RankKey) -> i64 {
        let value = match key.by {
            RankField::Score => line.score,
            RankField::PredictionError => match self.error(line) {
                Some(error) => error,
                None => return i64::MAX,
            },
            RankField::PredictionAbove => match (line.guess >= 0, self.actual) {
                (true, Some(actual)) if !self.is_contest => i64::from(line.guess > actual),
                _ => return i64::MAX,
            },
            RankField::BirthDate => i64::from(line.born),
            RankField::Duration => line.duration_ms,
            RankField::SubmittedAt => line.finished_us,
            RankField::Attempts => i64::from(line.attempts),
            RankField::RegisteredAt => line.registered_us,
        };
        match key.direction {
            Direction::Asc => value,
            Direction::Desc => -value,
        }
    }

    fn compare(&self, a: &Line, b: &Line) -> Ordering {
        self.order
            .iter()
            .map(|key| self.key(a, *key).cmp(&self.key(b, *key)))
            .find(|ordering| ordering.is_ne())
            .unwrap_or(Ordering::Equal)
    }

    /// Equals are listed by the order of submission, over a contest by its moment, then by the number of the person.
    fn listed(&self, line: &Line) -> (i64, ParticipantId) {
        let first = if self.is_contest {
            line.finished_us
        } else {
            i64::from(line.sequence)
        };
        (first, line.participant)
    }

    /// The numbers of the lines in order. As much of the keys as fits is packed into one number first, so that nearly
    /// every comparison is one of two numbers side by side.
    pub(super) fn sorted(&self, lines: &[Vec<Line>]) -> Vec<u32> {
        let packing = self.packing(lines);
        let pack = |(at, line): (u32, &Line)| {
            (
                packing.iter().fold(0, |sum, part| sum | part.bits(self, line)),
                at,
            )
        };
        let mut packed: Vec<(u64, u32)> = Vec::with_capacity(lines.iter().map(Vec::len).sum());
        packed.extend((0u32..).zip(lines.iter().flatten()).map(pack));
        packed.sort_unstable_by(|(a_bits, a), (b_bits, b)| {
            a_bits
                .cmp(b_bits)
                .then_with(|| match (line_at(lines, *a), line_at(lines, *b)) {
                    (Some(a), Some(b)) => self
                        .compare(a, b)
                        .then_with(|| self.listed(a).cmp(&self.listed(b))),
                    _ => Ordering::Equal,
                })
        });
        // Copied, not turned into: that would keep the room of the packed keys.
        let mut sorted = Vec::with_capacity(packed.len());
        sorted.extend(packed.iter().map(|(_, at)| *at));
        sorted
    }

    /// How wide each key is among these lines, and where its bits go; the last may lose its lowest bits.
    fn packing(&self, lines: &[Vec<Line>]) -> Vec<Packed> {
        let mut free = 64u32;
        let mut parts = Vec::new();
        for key in self.order {
            let values = || {
                let all = lines.iter().flatten().map(|line| self.key(line, *key));
                all.filter(|value| *value != i64::MAX)
            };
            let least = values().min().unwrap_or(0);
            let most = values().max().unwrap_or(0);
            let span = most.wrapping_sub(least).cast_unsigned().saturating_add(1);
            let width = u64::BITS - span.leading_zeros();
            let lost = width.saturating_sub(free);
            free -= width - lost;
            parts.push(Packed {
                key: *key,
                least,
                span,
                lost,
                shift: free,
            });
            if free == 0 {
                break;
            }
        }
        parts
    }
}

/// Where a key stands in the packed number.
#[derive(Debug, Clone, Copy)]
struct Packed {
    key: RankKey,
    least: i64,
    /// One more than the largest value above `least`: the place of those who have none.
    span: u64,
    lost: u32,
    shift: u32,
}

impl Packed {
    fn bits(&self, sorter: &Sorter<'_>, line: &Line) -> u64 {
        let value = match sorter.key(line, self.key) {
            i64::MAX => self.span,
            value => value.wrapping_sub(self.least).cast_unsigned(),
        };
        value.checked_shr(self.lost).unwrap_or(0) << self.shift
    }
}

/// How far the prediction is from what came out; over a contest the sum of these distances.
pub(super) fn error(line: &Line, actual: Option<i64>, is_contest: bool) -> Option<i64> {
    let given = (line.guess >= 0).then_some(line.guess)?;
    if is_contest {
        return Some(given);
    }
    actual.map(|actual| given.saturating_sub(actual).saturating_abs())
}

/// Everybody in order.
#[derive(Debug)]
pub struct Ordered {
    /// The counts.
    pub tally: Tally,
    /// The predicted quantity as it came out.
    pub actual: Option<i64>,
    /// For the charts of a round; empty over a contest.
    pub counts: Counts,
    pub(super) order: Vec<RankKey>,
    pub(super) min_score: Option<u32>,
    pub(super) min_essay: Option<u16>,
    pub(super) min_rounds: u16,
    pub(super) round: [u8; 4],
    pub(super) is_contest: bool,
    pub(super) lines: Vec<Vec<Line>>,
    pub(super) sorted: Vec<u32>,
}

/// A person's place.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// 1, 2, 3 … without gaps.
    pub position: i64,
    /// Shared by equals.
    pub rank: i64,
    /// What the person brings.
    pub line: &'a Line,
    /// The counted attempt; `None` over a contest.
    pub attempt: Option<AttemptId>,
    /// The prediction that counts; `None` over a contest.
    pub prediction: Option<i64>,
    /// Its distance from what came out.
    pub prediction_error: Option<i64>,
    /// May win a prize.
    pub eligible: bool,
}

impl Ordered {
    /// Everybody's place, by position.
    pub fn places(&self) -> impl Iterator<Item = Place<'_>> {
        let sorter = Sorter {
            order: &self.order,
            actual: self.actual,
            is_contest: self.is_contest,
        };
        let lines = self.sorted.iter().filter_map(|at| line_at(&self.lines, *at));
        let mut before: Option<(i64, &Line)> = None;
        (1..).zip(lines).map(move |(position, line)| {
            let rank = match before {
                Some((rank, equal)) if sorter.compare(equal, line).is_eq() => rank,
                _ => position,
            };
            before = Some((rank, line));
            self.place(position, rank, line)
        })
    }

    fn place<'a>(&self, position: i64, rank: i64, line: &'a Line) -> Place<'a> {
        let mut id = [0; 16];
        let (head, tail) = id.split_at_mut(4);
        head.copy_from_slice(&self.round);
        tail.copy_from_slice(&line.attempt);
        Place {
            position,
            rank,
            line,
            attempt: (!self.is_contest).then(|| AttemptId::from_bytes(id)),
            prediction: (!self.is_contest && line.guess >= 0).then_some(line.guess),
            prediction_error: error(line, self.actual, self.is_contest),
            eligible: !line.excluded
                && (!self.is_contest || line.number >= self.min_rounds)
                && self.min_essay.is_none_or(|least| line.essay >= least)
                // The gate of a round leaves essays out: only who may pass it has one that must be marked.
                && self
                    .min_score
                    .is_none_or(|least| line.score - i64::from(line.essay) >= i64::from(least)),
        }
    }

    /// The figures of every unit that somebody entered for, without those below it and without prizes.
    pub fn units(&self) -> BTreeMap<UnitId, UnitFigures> {
        let mut units: BTreeMap<UnitId, UnitFigures> = BTreeMap::new();
        for line in self.lines.iter().flatten() {
            let own = units.entry(line.unit).or_default();
            own.people += 1;
            own.attempts += i64::from(line.attempts);
            own.total_score += line.score;
            own.all_correct += i64::from(line.correct == line.total);
        }
        units
    }
}
