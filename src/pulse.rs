//! What a running process knows of itself: how its answers went, what room it has, and that it is about to end.
//!
//! Owns these counts and the word for ending; the layer around every request counts, the live board reads, and whoever
//! holds a response open listens for the end. Nothing here says who asked or for what.

use crate::domain::watch::Room;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio_util::sync::CancellationToken;

/// Shared by all requests of a process; a clone costs one count.
#[derive(Debug, Clone, Default)]
pub struct Pulse(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    answers: AtomicU64,
    faults: AtomicU64,
    busy: AtomicU64,
    ending: CancellationToken,
    room: Mutex<Option<Room>>,
}

/// Answers since the process began.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Answers {
    /// All of them.
    pub all: u64,
    /// Faults of ours.
    pub faults: u64,
    /// Requests sent away because of too much work, or because a store was away.
    pub busy: u64,
}

impl Answers {
    /// What has been answered since an earlier reading.
    #[must_use]
    pub const fn since(self, earlier: Self) -> Self {
        Self {
            all: self.all.saturating_sub(earlier.all),
            faults: self.faults.saturating_sub(earlier.faults),
            busy: self.busy.saturating_sub(earlier.busy),
        }
    }
}

impl Pulse {
    /// Counts an answer by its HTTP status.
    pub fn answered(&self, status: u16) {
        self.0.answers.fetch_add(1, Ordering::Relaxed);
        match status {
            503 => self.0.busy.fetch_add(1, Ordering::Relaxed),
            500.. => self.0.faults.fetch_add(1, Ordering::Relaxed),
            _ => return,
        };
    }

    /// The counts so far.
    pub fn answers(&self) -> Answers {
        Answers {
            all: self.0.answers.load(Ordering::Relaxed),
            faults: self.0.faults.load(Ordering::Relaxed),
            busy: self.0.busy.load(Ordering::Relaxed),
        }
    }

    /// Notes how much room the data folder has; nothing where it is not watched.
    pub fn note_room(&self, room: Option<Room>) {
        *self.0.room.lock().unwrap_or_else(PoisonError::into_inner) = room;
    }

    /// How much room the data folder had when it was last looked at.
    pub fn room(&self) -> Option<Room> {
        *self.0.room.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Says that responses which would stay open are to end now.
    pub fn end(&self) {
        self.0.ending.cancel();
    }

    /// Cancelled by [`Pulse::end`].
    pub fn ending(&self) -> CancellationToken {
        self.0.ending.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_and_crowds_are_told_apart() {
        let pulse = Pulse::default();
        let before = pulse.answers();
        for status in [200, 303, 404, 500, 502, 503, 503] {
            pulse.answered(status);
        }
        let now = pulse.answers();
        assert_eq!(
            now.since(before),
            Answers {
                all: 7,
                faults: 2,
                busy: 2
            }
        );
        assert_eq!(now.since(now), Answers::default());
    }
}
