//! What the figures of a question say, as a word that people can act on.
//!
//! Owns the borders between the words; leaves reckoning to `item_statistics`, suspicion of the key to `key_alarm`, and
//! sentences to the pages. The borders are the usual ones of classical item analysis; nothing is decided by them.

use super::item_statistics::{ItemStatistics, TestStatistics};
use super::key_alarm::alarms;
use serde::{Deserialize, Serialize};

/// Fewest entrants from whom anything is said of a question.
pub const MIN_TO_READ: u64 = 30;

/// What is to be said of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reading {
    /// Those who are good at the rest do badly here, or prefer a wrong option: look at the key.
    CheckKey,
    /// No more are right than by guessing.
    TooHard,
    /// Good and weak entrants do nearly alike.
    Weak,
    /// Nearly everybody is right.
    TooEasy,
    /// It tells good from weak entrants.
    Good,
    /// Too few have met it.
    TooFew,
}

impl Reading {
    /// The word in files; in message keys with hyphens.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CheckKey => "check_key",
            Self::TooHard => "too_hard",
            Self::Weak => "weak",
            Self::TooEasy => "too_easy",
            Self::Good => "good",
            Self::TooFew => "too_few",
        }
    }
}

/// Reads the figures of a question.
pub fn read(item: &ItemStatistics) -> Reading {
    if item.exposure < MIN_TO_READ {
        return Reading::TooFew;
    }
    if !alarms(item).is_empty() {
        return Reading::CheckKey;
    }
    let facility = item.facility.unwrap_or(0.0);
    if facility <= item.random_guess.unwrap_or(0.0) {
        Reading::TooHard
    } else if facility >= 0.95 {
        Reading::TooEasy
    } else if item.discrimination.is_none_or(|percent| percent < 15.0) {
        Reading::Weak
    } else {
        Reading::Good
    }
}

/// How far the totals of a round can be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reliability {
    /// From 70 %: differences between entrants are mostly real.
    Good,
    /// From 50 %.
    Fair,
    /// Below: much of the spread is chance.
    Low,
    /// It cannot be reckoned.
    Unknown,
}

impl Reliability {
    /// The word in message keys.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Fair => "fair",
            Self::Low => "low",
            Self::Unknown => "unknown",
        }
    }
}

/// Reads the consistency of a round's papers.
pub fn reliability(test: &TestStatistics) -> Reliability {
    match test.consistency.filter(|_| test.entrants >= MIN_TO_READ) {
        None => Reliability::Unknown,
        Some(percent) if percent >= 70.0 => Reliability::Good,
        Some(percent) if percent >= 50.0 => Reliability::Fair,
        Some(_) => Reliability::Low,
    }
}

#[cfg(test)]
mod tests {
    use super::super::item_statistics::{Answered, Item, RoundTally};
    use super::super::question::{QuestionId, SetVersion};
    use super::*;

    /// One question beside nine others: `right` says whether entrant `n` of 0..300, the better the greater, is right.
    fn reading(entrants: u32, right: impl Fn(u32) -> bool) -> Reading {
        let item = |n: u8| Item {
            version: SetVersion("v".into()),
            question: QuestionId(n.to_string()),
            options: 4,
            right: vec![0],
            max: 1,
        };
        let mut tally = RoundTally::new((0..10).map(item).collect());
        for n in 0..entrants {
            let answer = |place: usize| {
                let is_right = if place == 0 {
                    right(n)
                } else {
                    (n + place as u32 * 17) % entrants < n
                };
                Answered {
                    item: place,
                    mark: u32::from(is_right),
                    chosen: vec![if is_right { 0 } else { 1 + (n % 3) as u8 }],
                }
            };
            tally.add(&(0..10).map(answer).collect::<Vec<_>>());
        }
        read(&tally.item_statistics()[0])
    }

    #[test]
    fn a_question_is_called_what_its_figures_say() {
        assert_eq!(reading(300, |n| n > 120), Reading::Good);
        assert_eq!(reading(300, |n| n < 120), Reading::CheckKey);
        assert_eq!(reading(300, |n| n % 40 != 0), Reading::TooEasy);
        assert_eq!(reading(300, |n| n % 7 < 3), Reading::Weak);
        assert_eq!(reading(80, |n| n == 70), Reading::TooHard);
        assert_eq!(reading(29, |n| n > 10), Reading::TooFew);
    }
}
