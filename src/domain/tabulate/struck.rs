//! What was struck out of a round, remembered for the figures that are taken before it.
//!
//! Owns those counts; what is struck out is said by `ruling`.

use super::{Tabulation, Taken, line_at};
use crate::domain::ids::ParticipantId;
use crate::domain::ranking::Tally;
use std::collections::HashMap;

/// Submissions struck out, by person.
#[derive(Debug, Default)]
pub(super) struct Struck {
    attempts: i64,
    attempts_all_correct: i64,
    /// Whether one of them is right throughout.
    people: HashMap<ParticipantId, bool>,
}

impl Struck {
    pub(super) fn take(&mut self, taken: &Taken) {
        let right = taken.correct == taken.total;
        self.attempts += 1;
        self.attempts_all_correct += i64::from(right);
        *self.people.entry(taken.participant).or_default() |= right;
    }

    /// The counts of the table with these added. `find` tells whether a person has other submissions in the table, and
    /// whether one of those is right throughout.
    pub(super) fn added_to(&self, tally: Tally, find: impl Fn(ParticipantId) -> Option<bool>) -> Tally {
        let mut whole = Tally {
            attempts: tally.attempts + self.attempts,
            attempts_all_correct: tally.attempts_all_correct + self.attempts_all_correct,
            ..tally
        };
        for (person, struck_right) in &self.people {
            let other = find(*person);
            whole.people += i64::from(other.is_none());
            whole.people_all_correct += i64::from(*struck_right && other != Some(true));
        }
        whole
    }
}

impl Tabulation {
    /// Takes a submission that was struck out: it has no place and no figure, and only where the rules say so is it part of
    /// the predicted quantity.
    pub fn strike(&mut self, taken: &Taken) {
        self.struck.take(taken);
    }

    /// The counts with what was struck out among them, as they were when the round was sealed.
    pub(super) fn whole_tally(&self) -> Tally {
        self.struck.added_to(self.tally, |person| {
            let line = line_at(&self.lines, self.places.find(person, &self.lines)?)?;
            Some(line.any_right())
        })
    }
}
