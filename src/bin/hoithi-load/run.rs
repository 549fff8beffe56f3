//! What every scenario shares: where, who, for how long, and the bounds that no run exceeds.
//!
//! Owns the window of measuring and the reading of CPU time at its two ends.

use crate::journey::{Person, Site};
use crate::people::People;
use crate::process::{Watched, usage};
use crate::report::{Report, Usage};
use crate::tally::Shared;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// A run; cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    /// The server.
    pub(crate) site: Arc<Site>,
    /// Before measuring begins.
    pub(crate) warm_up: Duration,
    /// Length of measuring.
    pub(crate) measure: Duration,
    /// Processes to watch.
    pub(crate) watched: Arc<Vec<Watched>>,
    /// Equal seeds give equal runs.
    pub(crate) seed: u64,
    people: Arc<Mutex<People>>,
    entries_left: Arc<AtomicU64>,
}

impl Run {
    /// Puts a run together.
    pub(crate) fn new(site: Site, people: People, seconds: (u64, u64), limit: u64, watched: Vec<Watched>, seed: u64) -> Self {
        Self {
            site: Arc::new(site),
            warm_up: Duration::from_secs(seconds.0),
            measure: Duration::from_secs(seconds.1),
            watched: Arc::new(watched),
            seed,
            people: Arc::new(Mutex::new(people)),
            entries_left: Arc::new(AtomicU64::new(limit)),
        }
    }

    /// The window from now: warm-up, then measuring.
    pub(crate) fn window(&self) -> (Instant, Instant) {
        let begin = Instant::now() + self.warm_up;
        (begin, begin + self.measure)
    }

    /// Takes one of the entries that the run may make; false when they are used up.
    pub(crate) fn may_go_on(&self) -> bool {
        let take = |left: u64| left.checked_sub(1);
        self.entries_left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, take)
            .is_ok()
    }

    /// The next person with some chance.
    pub(crate) fn next_person(&self) -> (Person, u64) {
        self.people.lock().unwrap_or_else(PoisonError::into_inner).next()
    }

    fn usage(&self) -> anyhow::Result<Usage> {
        usage(&self.watched)
    }
}

/// A scenario under way: its tally, and the use of CPU time at the ends of the window.
#[derive(Debug)]
pub(crate) struct Course {
    /// What has been counted.
    pub(crate) tally: Shared,
    ends: Mutex<(Usage, Usage)>,
    window: (Instant, Instant),
}

impl Course {
    /// A course over a window.
    pub(crate) async fn begin(_: &Run, window: (Instant, Instant)) -> anyhow::Result<Self> {
        Ok(Self {
            tally: Shared::new(window.0, window.1),
            ends: Mutex::default(),
            window,
        })
    }

    /// Waits for the window to pass and reads CPU times at its ends.
    pub(crate) async fn until_end(&self, run: &Run) -> anyhow::Result<()> {
        tokio::time::sleep_until(self.window.0.into()).await;
        let before = run.usage()?;
        tokio::time::sleep_until(self.window.1.into()).await;
        let after = run.usage()?;
        *self.ends.lock().unwrap_or_else(PoisonError::into_inner) = (before, after);
        Ok(())
    }

    /// The figures.
    pub(crate) fn report(&self, scenario: &'static str, run: &Run, planned: String) -> Report {
        let ends = self.ends.lock().unwrap_or_else(PoisonError::into_inner);
        let tally = self.tally.open();
        Report::new(scenario, run.site.via.name(), planned, &tally, &ends.0, &ends.1)
    }
}
