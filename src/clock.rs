//! The only reader of the time of day. Everything below gets `now` as a value.
//! The contest's time is Redis `TIME`, carried by the machine's monotonic clock, so that a stepped wall clock
//! moves no deadline. Asking Redis and raising the alarm belong to the caller.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use time::OffsetDateTime;

/// Further than this from the carried line a sample is not followed: a clock was stepped, and no deadline may jump.
pub const MAX_DRIFT: Duration = Duration::from_millis(250);

/// A sample that took longer than this says too little about the moment it was read.
pub const MAX_ROUND_TRIP: Duration = Duration::from_millis(200);

/// Gives the time, in UTC and whole milliseconds. Cheap to clone; clones show the same time.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System(Arc<System>),
    Manual(Arc<AtomicI64>),
}

#[derive(Debug)]
struct System {
    line: Mutex<Line>,
    /// The latest answer given, in Unix milliseconds: no later answer is earlier.
    latest: AtomicI64,
}

/// "At `read` it was `unix_micros`", and from there on time passes as the monotonic clock says.
#[derive(Clone, Copy, Debug)]
struct Line {
    read: Instant,
    unix_micros: i64,
    anchored: bool,
}

/// What became of a sample of Redis `TIME`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchoring {
    /// The clock follows the sample.
    Followed,
    /// The round trip was longer than [`MAX_ROUND_TRIP`]; nothing changed.
    TooSlow {
        /// How long the sample took.
        round_trip: Duration,
    },
    /// The sample contradicts the carried line, which stays. Alarm, and close nothing by the clock.
    Drifted(Drift),
}

/// Redis and the carried line disagree by more than [`MAX_DRIFT`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drift {
    /// Sample minus carried line, in milliseconds: positive when Redis is ahead.
    pub ahead_ms: i64,
}

impl Clock {
    /// The machine's clock, until [`Clock::anchor`] ties it to Redis.
    #[must_use]
    pub fn system() -> Self {
        #[expect(
            clippy::disallowed_methods,
            reason = "the clock is the one reader of the time of day"
        )]
        let unix_micros = unix_micros(OffsetDateTime::from(SystemTime::now()));
        let line = Line {
            read: Instant::now(),
            unix_micros,
            anchored: false,
        };
        Self(Source::System(Arc::new(System {
            line: Mutex::new(line),
            latest: AtomicI64::new(i64::MIN),
        })))
    }

    /// A clock that stands still until it is told otherwise, for tests and simulations.
    #[must_use]
    pub fn manual(at: OffsetDateTime) -> Self {
        Self(Source::Manual(Arc::new(AtomicI64::new(unix_micros(at) / 1_000))))
    }

    /// The time now, in UTC and whole milliseconds; never earlier than an answer given before.
    #[must_use]
    pub fn now(&self) -> OffsetDateTime {
        match &self.0 {
            Source::System(system) => system.at(Instant::now()),
            Source::Manual(millis) => from_millis(millis.load(Ordering::SeqCst)),
        }
    }

    /// Ties the clock to a sample of Redis `TIME` that has just arrived, `round_trip` after it was asked for.
    /// A manual clock is tied to nothing and answers [`Anchoring::Followed`].
    pub fn anchor(&self, redis_time: OffsetDateTime, round_trip: Duration) -> Anchoring {
        match &self.0 {
            Source::System(system) => system.anchor(Instant::now(), redis_time, round_trip),
            Source::Manual(_) => Anchoring::Followed,
        }
    }

    /// Moves a manual clock to `at`, also backwards; a system clock does not move.
    pub fn set(&self, at: OffsetDateTime) {
        if let Source::Manual(millis) = &self.0 {
            millis.store(unix_micros(at) / 1_000, Ordering::SeqCst);
        }
    }

    /// Moves a manual clock forward by whole milliseconds; a system clock does not move.
    pub fn advance(&self, by: Duration) {
        if let Source::Manual(millis) = &self.0 {
            millis.fetch_add(signed(by.as_millis()), Ordering::SeqCst);
        }
    }
}

impl System {
    fn at(&self, read: Instant) -> OffsetDateTime {
        let millis = self.line().at(read).div_euclid(1_000);
        from_millis(self.latest.fetch_max(millis, Ordering::SeqCst).max(millis))
    }

    fn anchor(&self, read: Instant, redis_time: OffsetDateTime, round_trip: Duration) -> Anchoring {
        if round_trip > MAX_ROUND_TRIP {
            return Anchoring::TooSlow { round_trip };
        }
        // The reply was written somewhere within the round trip; its middle halves the worst error.
        let sampled = unix_micros(redis_time).saturating_add(signed((round_trip / 2).as_micros()));
        let mut line = self.line();
        let ahead = sampled.saturating_sub(line.at(read));
        if line.anchored && ahead.unsigned_abs() > MAX_DRIFT.as_micros().try_into().unwrap_or(u64::MAX) {
            return Anchoring::Drifted(Drift {
                ahead_ms: ahead / 1_000,
            });
        }
        *line = Line {
            read,
            unix_micros: sampled,
            anchored: true,
        };
        Anchoring::Followed
    }

    fn line(&self) -> std::sync::MutexGuard<'_, Line> {
        // A line is replaced whole, so a panic elsewhere cannot leave half of one.
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Line {
    fn at(self, read: Instant) -> i64 {
        let passed = match read.checked_duration_since(self.read) {
            Some(later) => signed(later.as_micros()),
            None => -signed(self.read.duration_since(read).as_micros()),
        };
        self.unix_micros.saturating_add(passed)
    }
}

fn unix_micros(at: OffsetDateTime) -> i64 {
    // The years -9999 to 9999 in microseconds fit an i64 many times over.
    i64::try_from(at.unix_timestamp_nanos().div_euclid(1_000)).unwrap_or(i64::MAX)
}

fn from_millis(millis: i64) -> OffsetDateTime {
    // Only a manual clock pushed past the year 9999 gets here with a number out of range.
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(millis) * 1_000_000)
        .unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

fn signed(count: u128) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    const T: OffsetDateTime = datetime!(2023-04-17 08:00:00 UTC);
    const MS: Duration = Duration::from_millis(1);

    /// A system clock at `T` when `start` was read.
    fn system() -> (System, Instant) {
        let start = Instant::now();
        let line = Line {
            read: start,
            unix_micros: unix_micros(T),
            anchored: false,
        };
        (
            System {
                line: Mutex::new(line),
                latest: AtomicI64::new(i64::MIN),
            },
            start,
        )
    }

    #[test]
    fn time_passes_as_the_monotonic_clock_says_in_whole_milliseconds() {
        let (clock, start) = system();
        assert_eq!(clock.at(start + Duration::from_micros(1_999)), T + MS);
        assert_eq!(
            clock.at(start + Duration::from_secs(3_600)),
            T + Duration::from_secs(3_600)
        );
    }

    #[test]
    fn the_first_sample_is_followed_however_far_it_is() {
        let (clock, start) = system();
        assert_eq!(
            clock.anchor(start, T + Duration::from_secs(60), MS * 10),
            Anchoring::Followed
        );
        assert_eq!(clock.at(start), T + Duration::from_secs(60) + MS * 5);
    }

    #[test]
    fn a_sample_a_little_off_is_followed_and_one_further_off_is_not() {
        let (clock, start) = system();
        clock.anchor(start, T, Duration::ZERO);
        let later = start + Duration::from_secs(1);
        let carried = T + Duration::from_secs(1);
        assert_eq!(
            clock.anchor(later, carried + MAX_DRIFT, Duration::ZERO),
            Anchoring::Followed
        );
        let carried = carried + MAX_DRIFT;
        for off in [251_i64, -251, 3_600_000] {
            let sample = carried + time::Duration::milliseconds(off);
            assert_eq!(
                clock.anchor(later, sample, Duration::ZERO),
                Anchoring::Drifted(Drift { ahead_ms: off })
            );
            assert_eq!(clock.at(later), carried, "the old line stays");
        }
    }

    #[test]
    fn time_stands_still_rather_than_go_back() {
        let (clock, start) = system();
        clock.anchor(start, T, Duration::ZERO);
        let shown = clock.at(start + MS * 100);
        assert_eq!(
            clock.anchor(start + MS * 100, T, Duration::ZERO),
            Anchoring::Followed
        );
        assert_eq!(clock.at(start + MS * 150), shown);
        assert_eq!(clock.at(start + MS * 201), T + MS * 101);
    }

    #[test]
    fn a_sample_that_took_too_long_changes_nothing() {
        let (clock, start) = system();
        let round_trip = MAX_ROUND_TRIP + MS;
        assert_eq!(
            clock.anchor(start, T + MS * 50, round_trip),
            Anchoring::TooSlow { round_trip }
        );
        assert_eq!(clock.at(start), T);
    }

    #[test]
    fn a_manual_clock_goes_where_it_is_put() {
        let clock = Clock::manual(T + Duration::from_micros(1_500));
        let twin = clock.clone();
        assert_eq!(clock.now(), T + MS);
        clock.advance(Duration::from_secs(5));
        assert_eq!(twin.now(), T + Duration::from_secs(5) + MS);
        twin.set(T);
        assert_eq!(clock.now(), T);
        assert_eq!(
            clock.anchor(T + Duration::from_secs(9), Duration::ZERO),
            Anchoring::Followed
        );
        assert_eq!(clock.now(), T);
    }
}
