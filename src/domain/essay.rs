//! Essays and their marks: what a text may be, whose turn it is to mark, and which mark comes out.
//!
//! Owns these rules; leaves keeping texts and marks to `store`, and who may mark at all to `staff`.

use super::contest::{EssayRules, Markers};
use super::decision::is_same_name;
use icu_normalizer::ComposingNormalizer;

/// Longest essay that any contest may ask for, in characters.
pub const MAX_CHARS: u32 = 20_000;
/// Longest note of a marker, in characters.
pub const MAX_NOTE: usize = 2_000;

/// Why a text is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextError {
    /// More characters than may be written.
    TooLong {
        /// Characters written.
        chars: u32,
        /// Most that are taken.
        limit: u32,
    },
}

/// A text as it is kept: NFC, one newline at the end of a line, no blanks around it, nothing that shows nothing.
pub fn clean(written: &str) -> String {
    let lines = written.replace("\r\n", "\n").replace('\r', "\n");
    let shown: String = lines
        .chars()
        .filter(|c| matches!(c, '\n' | '\t') || !c.is_control())
        .collect();
    ComposingNormalizer::new_nfc()
        .normalize(shown.trim())
        .into_owned()
}

/// Characters of a text.
pub fn length(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

/// A text as it is kept, if it is not too long. A short one is taken: it may still grow.
pub fn check(rules: &EssayRules, written: &str) -> Result<String, TextError> {
    let text = clean(written);
    let chars = length(&text);
    if chars > rules.max_chars {
        let limit = rules.max_chars;
        return Err(TextError::TooLong { chars, limit });
    }
    Ok(text)
}

/// Where a marker sits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Seat {
    /// The marker, or the first of two.
    First,
    /// The second of two.
    Second,
    /// Who decides where the two are too far apart.
    Third,
}

impl Seat {
    /// 1, 2 or 3.
    pub const fn number(self) -> i16 {
        match self {
            Self::First => 1,
            Self::Second => 2,
            Self::Third => 3,
        }
    }

    /// The seat of that number.
    pub fn of(number: i16) -> Option<Self> {
        [Self::First, Self::Second, Self::Third]
            .into_iter()
            .find(|seat| seat.number() == number)
    }
}

/// A mark in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Whole points.
    pub points: u16,
    /// Who gave it.
    pub by: String,
}

/// The marks of one essay, by seat.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    /// Of the marker, or the first of two.
    pub first: Option<Mark>,
    /// Of the second of two.
    pub second: Option<Mark>,
    /// Of who decides.
    pub third: Option<Mark>,
    /// The third mark was given after the other two as they are.
    pub third_is_last: bool,
    /// A ranking has counted them, so whoever reads standings can work out what the other marker gave.
    pub counted: bool,
}

/// What somebody may do with an essay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Give the mark of a seat that is free.
    New(Seat),
    /// Change the own mark.
    Change(Seat),
    /// Mark once more what a ranking has counted already; that mark stands.
    Decide,
}

impl Turn {
    /// The seat.
    pub const fn seat(self) -> Seat {
        match self {
            Self::New(seat) | Self::Change(seat) => seat,
            Self::Decide => Seat::Third,
        }
    }
}

impl Marks {
    /// The mark of a seat.
    pub const fn of(&self, seat: Seat) -> Option<&Mark> {
        match seat {
            Seat::First => self.first.as_ref(),
            Seat::Second => self.second.as_ref(),
            Seat::Third => self.third.as_ref(),
        }
    }

    /// Puts a mark on a seat.
    pub fn put(&mut self, seat: Seat, mark: Mark) {
        match seat {
            Seat::First => self.first = Some(mark),
            Seat::Second => self.second = Some(mark),
            Seat::Third => self.third = Some(mark),
        }
    }

    /// Whether the first two differ by more than they may.
    fn is_apart(&self, markers: Markers) -> bool {
        let both = self.first.as_ref().zip(self.second.as_ref());
        both.zip(markers.max_difference())
            .is_some_and(|((a, b), most)| a.points.abs_diff(b.points) > most)
    }

    /// The mark that comes out; `None` while one is missing.
    pub fn outcome(&self, markers: Markers) -> Option<u16> {
        let first = self.first.as_ref()?.points;
        if markers == Markers::One {
            return Some(first);
        }
        let second = self.second.as_ref()?.points;
        if self.is_apart(markers) || self.third_is_last {
            return self.third.as_ref().map(|third| third.points);
        }
        let sum = u32::from(first) + u32::from(second);
        u16::try_from(sum.div_ceil(2)).ok()
    }

    /// Whether the first two may not change their marks any more: each could fit theirs to the other's.
    const fn is_locked(&self, markers: Markers) -> bool {
        self.counted && matches!(markers, Markers::Two { .. })
    }

    /// Whether the person sits on a seat.
    pub fn is_by(&self, who: &str) -> bool {
        let marks = [&self.first, &self.second, &self.third];
        marks
            .into_iter()
            .flatten()
            .any(|mark| is_same_name(&mark.by, who))
    }

    /// What a person may do: change the own mark, or take the next free seat. Nobody sits on two seats. What a ranking has
    /// counted, only somebody who has not marked it may mark once more.
    pub fn turn(&self, markers: Markers, who: &str) -> Option<Turn> {
        let seats = [Seat::First, Seat::Second, Seat::Third];
        let own = |seat: &Seat| self.of(*seat).is_some_and(|mark| is_same_name(&mark.by, who));
        if let Some(seat) = seats.into_iter().find(own) {
            let may = match seat {
                // Where the first two agree and came later, the third decides nothing, and a change would make it decide.
                Seat::Third => self.is_apart(markers) || self.third_is_last || self.is_locked(markers),
                Seat::First | Seat::Second => !self.is_locked(markers),
            };
            return may.then_some(Turn::Change(seat));
        }
        let is_open = |seat: &Seat| match seat {
            Seat::First => true,
            Seat::Second => markers.count() == 2,
            Seat::Third => self.is_apart(markers),
        };
        seats
            .into_iter()
            .find(|seat| is_open(seat) && self.of(*seat).is_none())
            .map(Turn::New)
            .or_else(|| (self.is_locked(markers) && self.third.is_none()).then_some(Turn::Decide))
    }
}

#[cfg(test)]
#[path = "essay_tests.rs"]
mod tests;
