//! The essay part of a paper: what is to be written, how long it may be, who marks it and what a mark is worth.
//!
//! Owns the settings; leaves texts and marks to `essay` and the adding to points to `tabulate`.
//!
//! What real contests do and no more: one question, whole points that are added to those of multiple choice, one marker or
//! two, and a smallest mark for prizes where the organiser wants one. Whoever wants quarters of a point sets more points.

use super::RoundRules;
use serde::{Deserialize, Serialize};

/// The essay of a round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EssayRules {
    /// What is to be written, in the organiser's words.
    pub prompt: String,
    /// A text of fewer characters is not marked and earns nothing; 0 where any text is marked.
    pub min_chars: u32,
    /// Most characters of a text.
    pub max_chars: u32,
    /// Most points of a mark; marks are whole and added to the points of multiple choice.
    pub points: u16,
    /// Smallest mark that may win a prize; `None` where there is no such gate.
    pub min_points: Option<u16>,
    /// Who marks.
    pub markers: Markers,
}

/// How many people mark an essay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Markers {
    /// One; the mark is theirs.
    One,
    /// Two who do not see each other's mark; the mark is the mean of theirs, rounded half up.
    Two {
        /// Points that the two may differ by; beyond, a third person's mark stands. `None` means any number.
        max_difference: Option<u16>,
    },
}

impl Markers {
    /// 1 or 2.
    pub const fn count(self) -> u16 {
        match self {
            Self::One => 1,
            Self::Two { .. } => 2,
        }
    }

    /// Points that two marks may differ by, where that is limited.
    pub const fn max_difference(self) -> Option<u16> {
        match self {
            Self::One => None,
            Self::Two { max_difference } => max_difference,
        }
    }
}

impl EssayRules {
    /// Fewest characters of a text that is marked: an empty one never is.
    pub fn least_chars(&self) -> u32 {
        self.min_chars.max(1)
    }
}

impl RoundRules {
    /// Fewest points of a paper whose essay is marked: those with which its writer may still win. The gate counts what a
    /// prediction adds, which nobody knows while essays are marked, so the most is taken for granted. Where all attempts
    /// count together, any paper will do.
    pub fn essay_gate(&self) -> u32 {
        if self.attempts.counts.is_over_all_attempts() {
            return 0;
        }
        let near = self.prediction.map_or(0, |rule| rule.points.most());
        self.ranking.min_score.unwrap_or(0).saturating_sub(near)
    }
}
