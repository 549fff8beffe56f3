//! Where the line of a person is.
//!
//! Owns a table of four bytes a place; the lines themselves are the tabulation's.

use super::{Line, line_at};
use crate::domain::ids::ParticipantId;

/// Finds the line of a person: open addressing, four bytes a place, at most half of them taken.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// Number of a line plus one; 0 is free. A power of two of them.
    pub(super) slots: Vec<u32>,
    pub(super) len: usize,
}

impl Places {
    pub(super) fn find(&self, participant: ParticipantId, lines: &[Vec<Line>]) -> Option<u32> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut at = spread(participant) & mask;
        loop {
            let line = self.slots.get(at)?.checked_sub(1)?;
            if line_at(lines, line)?.participant == participant {
                return Some(line);
            }
            at = (at + 1) & mask;
        }
    }

    /// Gives the next line to a person who has none.
    pub(super) fn insert(&mut self, participant: ParticipantId, lines: &[Vec<Line>]) {
        if (self.len + 1) * 2 > self.slots.len() {
            let wanted = (self.slots.len() * 2).max(1024);
            // The lines tell everything anew, so the old table makes room first.
            self.slots = Vec::new();
            self.slots = vec![0; wanted];
            let known = std::mem::take(&mut self.len);
            for line in lines.iter().flatten().take(known) {
                self.put(line.participant);
            }
        }
        self.put(participant);
    }

    fn put(&mut self, participant: ParticipantId) {
        let mask = self.slots.len() - 1;
        let mut at = spread(participant) & mask;
        self.len += 1;
        while let Some(slot) = self.slots.get_mut(at) {
            if *slot == 0 {
                // Four billion people do not exist.
                *slot = u32::try_from(self.len).unwrap_or(u32::MAX);
                return;
            }
            at = (at + 1) & mask;
        }
    }
}

/// Spreads numbers given one after the other over the places (Fibonacci hashing).
fn spread(participant: ParticipantId) -> usize {
    let hash = participant.0.cast_unsigned().wrapping_mul(0x9E37_79B9_7F4A_7C15);
    usize::try_from(hash >> 32).unwrap_or(0)
}
