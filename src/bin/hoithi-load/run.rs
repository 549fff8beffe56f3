//! What every scenario shares: where, who, for how long, and the bounds that no run exceeds.
//!
//! Owns the window of measuring and the reading of CPU time at its two ends.

use crate::journey::{Person, Site};
use crate::people::{Args, People};
use crate::process::{Watched, usage};
use crate::report::{Report, Usage};
use crate::tally::Shared;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The bounds that no run exceeds.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Bounds {
    /// Seconds before measuring begins
    #[arg(long, value_name = "S", default_value_t = 2, global = true, value_parser = clap::value_parser!(u64).range(0..=600))]
    pub(crate) warm_up: u64,
    /// Seconds of measuring
    #[arg(long, value_name = "S", default_value_t = 10, global = true, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub(crate) seconds: u64,
    /// Never more entries than this
    #[arg(long, value_name = "N", default_value_t = 1_000_000, global = true)]
    pub(crate) limit: u64,
}

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
    /// Unit of people who are registered during the run.
    pub(crate) unit: String,
    people: Arc<Mutex<People>>,
    entries_left: Arc<AtomicU64>,
}

impl Run {
    /// Puts a run together.
    pub(crate) fn new(
        site: Site,
        people: People,
        bounds: &Bounds,
        watched: Vec<Watched>,
        said: &Args,
    ) -> Self {
        Self {
            site: Arc::new(site),
            warm_up: Duration::from_secs(bounds.warm_up),
            measure: Duration::from_secs(bounds.seconds),
            watched: Arc::new(watched),
            seed: said.seed,
            unit: said.unit.clone(),
            people: Arc::new(Mutex::new(people)),
            entries_left: Arc::new(AtomicU64::new(bounds.limit)),
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
    /// The window that counts.
    pub(crate) window: (Instant, Instant),
    ends: (Usage, Usage),
}

impl Course {
    /// A course over a window.
    pub(crate) fn over(window: (Instant, Instant)) -> Self {
        Self {
            tally: Shared::new(Instant::now(), window.0, window.1),
            window,
            ends: Default::default(),
        }
    }

    /// A course that counts from now until [`Course::finish`].
    pub(crate) fn from_now(run: &Run) -> anyhow::Result<Self> {
        let now = Instant::now();
        let mut course = Self::over((now, now + LONGEST));
        course.ends.0 = run.usage()?;
        Ok(course)
    }

    /// Waits for the window to pass and reads CPU times at its ends.
    pub(crate) async fn until_end(&mut self, run: &Run) -> anyhow::Result<()> {
        tokio::time::sleep_until(self.window.0.into()).await;
        self.ends.0 = run.usage()?;
        tokio::time::sleep_until(self.window.1.into()).await;
        self.ends.1 = run.usage()?;
        Ok(())
    }

    /// Ends the window now.
    pub(crate) fn finish(&mut self, run: &Run) -> anyhow::Result<()> {
        self.window.1 = Instant::now();
        self.tally.open().end = self.window.1;
        self.ends.1 = run.usage()?;
        Ok(())
    }

    /// The figures.
    pub(crate) fn report(&self, scenario: &'static str, run: &Run, planned: String) -> Report {
        let tally = self.tally.open();
        Report::new(
            scenario,
            run.site.via.name(),
            planned,
            &tally,
            &self.ends.0,
            &self.ends.1,
        )
    }
}

/// No run is longer.
const LONGEST: Duration = Duration::from_secs(3600);
