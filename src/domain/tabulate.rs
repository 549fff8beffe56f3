//! Ranking millions in one pass: what counts of each person in about a hundred bytes, then everybody's order.
//!
//! Owns the compact form and how it is folded and sorted; what the rules mean is said in `ranking`, with which a test
//! compares every outcome. Moments are microseconds since 1970, as exact as the database keeps them.

mod fold;
mod order;
mod places;
mod struck;

pub use order::{Ordered, Place};

use super::contest::{CountedAttempt, CountedPrediction, PredictionRules, RankKey, RankingRules, RoundRules};
use super::ids::{AttemptId, ParticipantId, UnitId};
use super::ranking::Tally;
use fold::{add_up, fold_guess, is_better, signed};
use order::Sorter;
use places::Places;
use std::collections::BTreeMap;
use struck::Struck;

/// Lines in one piece of memory: the table grows without ever being copied.
const PIECE: usize = 1 << 14;
/// The microseconds of a day.
const DAY_US: i64 = 86_400_000_000;
/// The microseconds of an hour.
const HOUR_US: i64 = 3_600_000_000;
/// Vietnam's clocks are seven hours ahead.
const VIETNAM_US: i64 = 7 * 3_600_000_000;

/// A submission, as far as ranking reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    /// Whose.
    pub participant: ParticipantId,
    /// The attempt.
    pub attempt: AttemptId,
    /// Which of the person's attempts.
    pub number: u16,
    /// Dense number in the round.
    pub sequence: u32,
    /// Recorded finish.
    pub finished_us: i64,
    /// Time used.
    pub duration_ms: i64,
    /// Points.
    pub score: u32,
    /// Questions answered exactly right.
    pub correct: u16,
    /// Questions on the paper.
    pub total: u16,
    /// Predicted quantity.
    pub prediction: Option<u64>,
}

/// What a person brings into the order: the counted attempt, or the sums over the rounds of a contest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// The person.
    pub participant: ParticipantId,
    /// When the person registered.
    pub registered_us: i64,
    /// Moment of submission of what counts.
    pub finished_us: i64,
    /// Time used in what counts.
    pub duration_ms: i64,
    /// Points.
    pub score: i64,
    /// The prediction that counts; over a contest the sum of its distances. Negative: none.
    guess: i64,
    /// The random part of the counted attempt's id.
    attempt: [u8; 12],
    /// Dense number of the counted submission; 0 over a contest.
    pub sequence: u32,
    /// Unit entered for.
    pub unit: UnitId,
    /// Attempts of the person.
    pub attempts: u32,
    /// Questions right in what counts.
    pub correct: u32,
    /// Questions asked in what counts.
    pub total: u32,
    /// Number of the counted attempt; over a contest the number of rounds.
    number: u16,
    /// Number of the attempt whose prediction counts.
    guessed_at: u16,
    /// Attempts right throughout; over a contest at least one where there are any.
    rights: u32,
    /// Birth date in days; only compared.
    born: i32,
    /// Mark of the essay, part of `score` once everybody is ordered; 0 where there is none and over a contest.
    essay: u16,
    /// The rules bar the person.
    excluded: bool,
}

impl Line {
    /// Of a person whose first submission is about to be taken.
    fn of_nothing(participant: ParticipantId) -> Self {
        Self {
            participant,
            registered_us: 0,
            finished_us: 0,
            duration_ms: 0,
            score: -1,
            guess: -1,
            attempt: [0; 12],
            sequence: 0,
            unit: UnitId(0),
            attempts: 0,
            correct: 0,
            total: 0,
            number: 0,
            guessed_at: 0,
            rights: 0,
            born: 0,
            essay: 0,
            excluded: false,
        }
    }

    /// What a person brought into the ranking of a round, for adding up over the contest.
    pub fn of_round(standing: &super::ranking::Standing, finished_us: i64, any_right: bool) -> Self {
        Self {
            participant: standing.participant,
            registered_us: 0,
            finished_us,
            duration_ms: standing.duration_ms,
            score: standing.score,
            guess: standing.prediction_error.unwrap_or(-1),
            attempt: [0; 12],
            sequence: 0,
            unit: UnitId(0),
            attempts: standing.attempts,
            correct: standing.correct,
            total: standing.total,
            number: 1,
            guessed_at: 0,
            rights: u32::from(any_right),
            born: 0,
            essay: 0,
            excluded: false,
        }
    }

    /// At least one attempt is right throughout.
    pub const fn any_right(&self) -> bool {
        self.rights > 0
    }

    /// The rules bar the person.
    pub const fn is_excluded(&self) -> bool {
        self.excluded
    }

    fn add(&mut self, round: &Self) {
        self.score += round.score;
        self.correct += round.correct;
        self.total += round.total;
        self.duration_ms += round.duration_ms;
        self.attempts += round.attempts;
        self.finished_us = self.finished_us.max(round.finished_us);
        self.rights = self.rights.saturating_add(round.rights);
        self.number = self.number.saturating_add(1);
        self.guess = match (self.guess, round.guess) {
            (before, error) if before >= 0 && error >= 0 => before + error,
            (before, error) => before.max(error),
        };
    }
}

/// What a submission tells besides the places: for the charts of the round.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Submissions by day in Vietnam, days since 1970.
    pub by_day: BTreeMap<i64, i64>,
    /// Submissions by hour of the day in Vietnam, 0 to 23.
    pub by_hour: BTreeMap<i64, i64>,
    /// Submissions by number of right answers.
    pub by_right: BTreeMap<u16, i64>,
}

/// The rules that folding needs.
#[derive(Debug, Clone, Copy)]
enum Folding {
    Round {
        counts: CountedAttempt,
        guess: Option<CountedPrediction>,
    },
    Contest,
}

/// Everybody's line, in no order yet. 96 bytes a person, and 8 to 16 for finding the line again; ordering takes 20 in their
/// place. So never more than some 116 bytes a person, however often each took part.
#[derive(Debug)]
pub struct Tabulation {
    folding: Folding,
    asks: Option<PredictionRules>,
    order: Vec<RankKey>,
    min_score: Option<u32>,
    min_essay: Option<u16>,
    min_rounds: u16,
    /// The first four bytes of every attempt of the round.
    round: [u8; 4],
    lines: Vec<Vec<Line>>,
    places: Places,
    tally: Tally,
    /// What two people struck out.
    struck: Struck,
    counts: Counts,
    described: i64,
}

impl Tabulation {
    /// An empty table of a round.
    pub fn of_round(rules: &RoundRules) -> Self {
        Self {
            folding: Folding::Round {
                counts: rules.attempts.counts,
                guess: rules.prediction.map(|rule| rule.counted),
            },
            asks: rules.prediction,
            min_essay: rules.essay.as_ref().and_then(|essay| essay.min_points),
            ..Self::of_contest(&rules.ranking)
        }
    }

    /// An empty table of sums over a contest.
    pub fn of_contest(rules: &RankingRules) -> Self {
        Self {
            folding: Folding::Contest,
            asks: None,
            order: rules.order.clone(),
            min_score: rules.min_score,
            min_essay: None,
            min_rounds: rules.min_rounds,
            round: [0; 4],
            lines: Vec::new(),
            places: Places::default(),
            tally: Tally::default(),
            struck: Struck::default(),
            counts: Counts::default(),
            described: 0,
        }
    }

    /// Takes a submission of the round; each must come once, in any order.
    pub fn take(&mut self, taken: &Taken) {
        let Folding::Round { counts, guess } = self.folding else {
            return;
        };
        let right = taken.correct == taken.total;
        self.tally.attempts += 1;
        self.tally.attempts_all_correct += i64::from(right);
        let local_us = taken.finished_us + VIETNAM_US;
        let hour = local_us.rem_euclid(DAY_US) / HOUR_US;
        *self.counts.by_day.entry(local_us.div_euclid(DAY_US)).or_default() += 1;
        *self.counts.by_hour.entry(hour).or_default() += 1;
        *self.counts.by_right.entry(taken.correct).or_default() += 1;
        let [a, b, c, d, random @ ..] = *taken.attempt.as_bytes();
        self.round = [a, b, c, d];
        let Some(line) = self.find_or_insert(taken.participant) else {
            return;
        };
        line.attempts += 1;
        line.rights += u32::from(right);
        let is_first = line.attempts == 1;
        fold_guess(line, taken, guess);
        if counts.is_over_all_attempts() {
            add_up(line, taken, is_first, guess, random);
        } else if is_first || is_better(line, taken, counts) {
            line.finished_us = taken.finished_us;
            line.duration_ms = taken.duration_ms;
            line.score = i64::from(taken.score);
            line.attempt = random;
            line.sequence = taken.sequence;
            line.correct = u32::from(taken.correct);
            line.total = u32::from(taken.total);
            line.number = taken.number;
            if guess == Some(CountedPrediction::OfCountedAttempt) {
                line.guess = signed(taken.prediction);
            }
        }
    }

    /// Adds what a person brought into the ranking of one round.
    pub fn add(&mut self, round: &Line) {
        match self.find(round.participant) {
            Some(line) => line.add(round),
            None => {
                self.insert(*round);
            }
        }
    }

    /// Adds the attempts of a round that was ranked.
    pub fn add_tally(&mut self, round: Tally) {
        self.tally.attempts += round.attempts;
        self.tally.attempts_all_correct += round.attempts_all_correct;
    }

    /// Tells what belongs to the person; people who are not in the table are passed over.
    /// `born` is the day of birth, counted from any day that is the same for all.
    pub fn describe(&mut self, participant: ParticipantId, unit: UnitId, registered_us: i64, born: i32) {
        if let Some(line) = self.find(participant) {
            line.unit = unit;
            line.registered_us = registered_us;
            line.born = born;
            self.described += 1;
        }
    }

    /// Marks a person whom the rules bar.
    pub fn exclude(&mut self, participant: ParticipantId) {
        if let Some(line) = self.find(participant) {
            line.excluded = true;
        }
    }

    /// Whether everybody in the table has been described.
    pub fn is_described(&self) -> bool {
        self.described == self.people()
    }

    /// How many people have been described.
    pub fn described(&self) -> i64 {
        self.described
    }

    /// The people with greater numbers than one, in order of number.
    pub fn people_after(&self, one: ParticipantId) -> Vec<ParticipantId> {
        let people = self.lines.iter().flatten().map(|line| line.participant);
        let mut people: Vec<ParticipantId> = people.filter(|person| *person > one).collect();
        people.sort_unstable();
        people
    }

    fn people(&self) -> i64 {
        i64::try_from(self.places.len).unwrap_or(i64::MAX)
    }

    fn find(&mut self, participant: ParticipantId) -> Option<&mut Line> {
        let at = usize::try_from(self.places.find(participant, &self.lines)?).ok()?;
        self.lines.get_mut(at / PIECE)?.get_mut(at % PIECE)
    }

    /// The line of a person, a new one if need be; never `None`.
    fn find_or_insert(&mut self, participant: ParticipantId) -> Option<&mut Line> {
        let at = match self.places.find(participant, &self.lines) {
            Some(at) => usize::try_from(at).ok()?,
            None => {
                self.insert(Line::of_nothing(participant));
                self.places.len - 1
            }
        };
        self.lines.get_mut(at / PIECE)?.get_mut(at % PIECE)
    }

    /// Puts a line at the end; the caller has looked that the person has none.
    fn insert(&mut self, line: Line) {
        if self.places.len.is_multiple_of(PIECE) {
            self.lines.push(Vec::with_capacity(PIECE));
        }
        self.places.insert(line.participant, &self.lines);
        if let Some(piece) = self.lines.last_mut() {
            piece.push(line);
        }
    }

    /// Orders everybody. It takes about a fifth of a second for a million people.
    pub fn order(mut self) -> Ordered {
        self.tally.people = self.people();
        let right = self.lines.iter().flatten().filter(|line| line.any_right());
        self.tally.people_all_correct = i64::try_from(right.count()).unwrap_or(i64::MAX);
        self.take_means();
        self.add_essays();
        let actual = self.asks.map(|rule| self.actual(rule));
        self.places = Places::default(); // nobody is looked for any more, and sorting needs the room
        self.add_prediction_points(actual);
        let sorter = Sorter {
            order: &self.order,
            actual,
            is_contest: matches!(self.folding, Folding::Contest),
        };
        let sorted = sorter.sorted(&self.lines);
        Ordered {
            tally: self.tally,
            actual,
            counts: self.counts,
            order: self.order,
            min_score: self.min_score,
            min_essay: self.min_essay,
            min_rounds: self.min_rounds,
            round: self.round,
            is_contest: matches!(self.folding, Folding::Contest),
            lines: self.lines,
            sorted,
        }
    }
}

fn line_at(lines: &[Vec<Line>], at: u32) -> Option<&Line> {
    let at = usize::try_from(at).ok()?;
    lines.get(at / PIECE)?.get(at % PIECE)
}

#[cfg(test)]
#[path = "tabulate_tests.rs"]
mod tests;
