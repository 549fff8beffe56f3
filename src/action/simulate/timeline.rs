//! When the crowd comes: every attempt's start and end, planned before anything is written.
//!
//! Owns the curve of arrivals (much at the opening, evenings, a last hour) and that a plan keeps the rules: window, limit
//! of attempts, wait, one at a time, deadline. Holds a few bytes per attempt, so that large crowds fit in memory.

use super::dice::{Dice, Die, sums};
use super::{Plan, SimulateError};
use crate::domain::attempt::{GRACE, How, deadline};
use crate::domain::participant::vietnam;
use crate::domain::round::Round;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use time::{Duration, OffsetDateTime};

/// Parts that the window is cut into for the curve.
const PARTS: i64 = 240;
/// Shortest attempt of a person who reads the questions, milliseconds.
const QUICKEST_MS: i64 = 90_000;
/// Usual length where the contest sets no limit, milliseconds.
const UNLIMITED_MS: i64 = 20 * 60_000;
/// A round must have been open for so long, milliseconds: the quickest attempt then fits twice.
const SHORTEST_ROUND_MS: i64 = 2 * QUICKEST_MS;
/// Nobody of the crowd tries more often, whatever the round allows.
const MOST_ATTEMPTS: u32 = 12;
/// In so many of a hundred attempts time runs out.
const TIMED_OUT_PERCENT: u32 = 3;
/// How likely an entry is in each hour of the day in Vietnam.
const HOURS: [u64; 24] = [
    3, 1, 1, 1, 1, 3, 10, 22, 36, 40, 34, 26, 24, 22, 30, 32, 30, 24, 24, 42, 58, 52, 30, 12,
];

/// A time in which somebody may enter.
pub(super) type Span = (OffsetDateTime, OffsetDateTime);

/// One planned attempt; moments in milliseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Planned {
    /// Whose, counted from 0.
    pub(super) person: u32,
    /// Which of the person's attempts in the round, from 1.
    pub(super) number: u16,
    /// Start.
    pub(super) start_ms: i64,
    /// Deadline.
    pub(super) deadline_ms: i64,
    /// When the submission came and by whom; `None` while it runs.
    pub(super) end: Option<(i64, How)>,
}

/// The whole crowd in time.
#[derive(Debug)]
pub(super) struct Timeline {
    /// Finished attempts in order of their end, then running ones in order of start.
    pub(super) attempts: Vec<Planned>,
    /// First start of each person, milliseconds since 1970.
    pub(super) first_start_ms: Vec<i64>,
}

/// What every person's plan needs.
struct Frame<'a> {
    round: &'a Round,
    plan: &'a Plan,
    opens_ms: i64,
    closes_at: OffsetDateTime,
    /// Everything has happened before this: now, or the close of the round.
    end_ms: i64,
    /// How long a usual attempt may last.
    limit_ms: i64,
    /// Running sums of the curve over the parts of the window.
    curve: Vec<u64>,
}

impl Timeline {
    /// Plans a crowd; `spans` are the turns of its people where groups take turns.
    pub(super) fn plan(
        now: OffsetDateTime,
        round: &Round,
        plan: &Plan,
        dice: &Dice,
        spans: Option<&[Span]>,
    ) -> Result<Self, SimulateError> {
        let whole = (round.opens_at, round.closes_at);
        let mut frames: BTreeMap<Span, Frame<'_>> = BTreeMap::new();
        let people = usize::try_from(plan.entrants).unwrap_or(0);
        let mut attempts = Vec::with_capacity(people * 2);
        let mut first_start_ms = Vec::with_capacity(people);
        for person in 0..plan.entrants {
            let place = usize::try_from(person).unwrap_or(usize::MAX);
            let span = spans.and_then(|spans| spans.get(place)).copied().unwrap_or(whole);
            let frame = match frames.entry(span) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(free) => free.insert(Frame::new(now, round, plan, span)?),
            };
            let mut die = dice.die(&[1, u64::from(person)]);
            let from = attempts.len();
            if person < plan.running {
                attempts.push(frame.running(person, &mut die));
            } else {
                frame.finished(person, &mut die, &mut attempts);
            }
            let first = attempts
                .get(from)
                .map_or(frame.opens_ms, |first: &Planned| first.start_ms);
            first_start_ms.push(first);
        }
        attempts.sort_unstable_by_key(|planned| match planned.end {
            Some((end, _)) => (false, end, planned.person),
            None => (true, planned.start_ms, planned.person),
        });
        Ok(Self {
            attempts,
            first_start_ms,
        })
    }

    /// How many attempts are finished.
    pub(super) fn finished(&self) -> usize {
        self.attempts.partition_point(|planned| planned.end.is_some())
    }
}

impl<'a> Frame<'a> {
    fn new(now: OffsetDateTime, round: &'a Round, plan: &'a Plan, span: Span) -> Result<Self, SimulateError> {
        if !is_long_enough(now, span) {
            return Err(SimulateError::TooShort);
        }
        let (opens_at, closes_at) = span;
        let (opens_ms, end_ms) = (unix_ms(opens_at), unix_ms(now.min(closes_at)));
        let limit = round
            .rules
            .paper
            .time_limit_s
            .map(|limit| i64::from(limit) * 1_000);
        let part = (end_ms - opens_ms) / PARTS;
        let weight_of = |place: i64| {
            let from = opens_ms + place * part;
            weight(from + part / 2, from - opens_ms, unix_ms(closes_at) - from - part)
        };
        Ok(Self {
            round,
            plan,
            opens_ms,
            closes_at,
            end_ms,
            limit_ms: limit.unwrap_or(UNLIMITED_MS),
            curve: sums((0..PARTS).map(weight_of)),
        })
    }

    /// A person's finished attempts, one after the other; the first always fits.
    fn finished(&self, person: u32, die: &mut Die, attempts: &mut Vec<Planned>) {
        let wait_ms = i64::from(self.round.rules.attempts.wait_s) * 1_000;
        let mut free_from = self.opens_ms;
        for number in 1..=self.attempts_of(die) {
            let asked_ms = self.duration(die).min((self.end_ms - free_from) / 2);
            let timed_out = die.percent(TIMED_OUT_PERCENT);
            let start_ms = if number == 1 {
                self.arrival(die, asked_ms)
            } else {
                free_from + self.pause(die)
            };
            if asked_ms < self.quickest() {
                break;
            }
            let Some(planned) = self.attempt(person, number, start_ms, asked_ms, timed_out) else {
                break;
            };
            free_from = planned.end.map_or(self.end_ms, |(end, _)| end) + wait_ms;
            attempts.push(planned);
        }
    }

    /// One finished attempt, unless it does not end in time. Someone who would run out of time, but whose time is not up
    /// yet, submits as others do.
    fn attempt(
        &self,
        person: u32,
        number: u16,
        start_ms: i64,
        asked_ms: i64,
        timed_out: bool,
    ) -> Option<Planned> {
        let deadline_ms = self.deadline(start_ms);
        let by_system = deadline_ms + i64::try_from(GRACE.whole_milliseconds()).unwrap_or(0) + 400;
        let end = if timed_out && by_system < self.end_ms && self.round.rules.paper.time_limit_s.is_some() {
            (by_system, How::TimedOut)
        } else {
            (start_ms + asked_ms, How::Submitted)
        };
        let in_time = end.1 == How::TimedOut || end.0 < deadline_ms;
        let fits = start_ms >= self.opens_ms && end.0 < self.end_ms && in_time;
        fits.then_some(Planned {
            person,
            number,
            start_ms,
            deadline_ms,
            end: Some(end),
        })
    }

    /// An attempt that began a moment ago and whose time is not up.
    fn running(&self, person: u32, die: &mut Die) -> Planned {
        let ago_ms = die.between(0, (self.limit_ms * 9 / 10).min(self.end_ms - self.opens_ms - 1));
        let start_ms = self.end_ms - 1 - ago_ms;
        Planned {
            person,
            number: 1,
            start_ms,
            deadline_ms: self.deadline(start_ms),
            end: None,
        }
    }

    fn deadline(&self, start_ms: i64) -> i64 {
        unix_ms(deadline(&self.round.rules, moment(start_ms), self.closes_at))
    }

    /// How often a person tries: once, and again as long as a coin weighted by the mean falls that way.
    fn attempts_of(&self, die: &mut Die) -> u16 {
        let mean = self.plan.attempts_mean_percent.clamp(100, 100 * MOST_ATTEMPTS);
        let again = 100 - 10_000 / mean;
        let limit = self
            .round
            .rules
            .attempts
            .per_round
            .map_or(MOST_ATTEMPTS, u32::from);
        let most = u16::try_from(limit.min(MOST_ATTEMPTS)).unwrap_or(1);
        // A low limit cuts the mean; a heavier coin makes up for a part of it.
        let again = if most <= 4 { (again * 5 / 4).min(95) } else { again };
        let mut attempts = 1;
        while attempts < most && die.percent(again) {
            attempts += 1;
        }
        attempts
    }

    fn quickest(&self) -> i64 {
        QUICKEST_MS.min(self.limit_ms / 2)
    }

    /// How long a submitted attempt takes: mostly a third to two thirds of the limit, some in a hurry, some to the end.
    fn duration(&self, die: &mut Die) -> i64 {
        let (quickest, third) = (self.quickest(), self.limit_ms / 3);
        let drawn = match die.below(100) {
            0..15 => die.between(quickest, third),
            15..90 => (die.between(quickest, third * 2) + die.between(quickest, third * 2)) / 2,
            _ => die.between(third * 2, self.limit_ms - 1),
        };
        drawn.clamp(quickest, (self.limit_ms - 1).max(quickest))
    }

    /// A first start by the curve, early enough to end in time.
    fn arrival(&self, die: &mut Die, asked_ms: i64) -> i64 {
        let part = (self.end_ms - self.opens_ms) / PARTS;
        let place = i64::try_from(die.weighted(&self.curve)).unwrap_or(0);
        let start = self.opens_ms + place * part + die.between(0, part - 1);
        let last = self.end_ms - asked_ms - 1;
        if start <= last {
            start
        } else {
            die.between((last - part).max(self.opens_ms), last)
        }
    }

    /// Time between two attempts: minutes for most, days for some.
    fn pause(&self, die: &mut Die) -> i64 {
        const MINUTE: i64 = 60_000;
        match die.below(10) {
            0..5 => die.between(20_000, 15 * MINUTE),
            5..8 => die.between(15 * MINUTE, 12 * 60 * MINUTE),
            _ => die.between(12 * 60 * MINUTE, 4 * 24 * 60 * MINUTE),
        }
    }
}

/// The curve at a moment: hour of the day, time since the opening, time to the close.
fn weight(at_ms: i64, since_opening_ms: i64, to_close_ms: i64) -> u64 {
    const HOUR: i64 = 3_600_000;
    let hour = usize::from(moment(at_ms).to_offset(vietnam()).hour());
    let of_day = HOURS.get(hour).copied().unwrap_or(1);
    let opening = match since_opening_ms / HOUR {
        0..2 => 60,
        2..6 => 40,
        6..32 => 24,
        _ => 10,
    };
    let last = if to_close_ms < HOUR { 3 } else { 1 };
    of_day * opening * last
}

/// Whether a time has been open long enough for an attempt.
pub(super) fn is_long_enough(now: OffsetDateTime, (opens_at, closes_at): Span) -> bool {
    unix_ms(now.min(closes_at)) - unix_ms(opens_at) >= SHORTEST_ROUND_MS
}

/// Milliseconds since 1970.
fn unix_ms(at: OffsetDateTime) -> i64 {
    i64::try_from(at.unix_timestamp_nanos() / 1_000_000).unwrap_or(i64::MAX)
}

/// The moment of so many milliseconds since 1970.
pub(super) fn moment(ms: i64) -> OffsetDateTime {
    OffsetDateTime::UNIX_EPOCH + Duration::milliseconds(ms)
}
