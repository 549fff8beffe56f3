//! Counting: latencies per kind of request, statuses, failures, refusals, entries, and how all this went over time.
//!
//! Owns the numbers of a run as they are gathered; leaves their form on paper to `report`.

use crate::wire::Answer;
use hdrhistogram::Histogram;
use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Longest latency that is told apart, microseconds.
const LONGEST: u64 = 60_000_000;
/// Width of a slice of the timeline.
pub(crate) const SLICE: Duration = Duration::from_millis(500);
/// A timeline ends here, so that it stays small however long a run is.
const SLICES: usize = 2_400;

/// What a request is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// Registering a person.
    Register,
    /// Beginning or resuming an attempt.
    Start,
    /// The page with the questions, where it is a request of its own.
    Paper,
    /// Saving one answer.
    Save,
    /// Handing in.
    Submit,
    /// The page with the outcome, where it is a request of its own.
    Outcome,
    /// A page that anybody may read.
    Read,
}

impl Kind {
    /// As reports name it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Register => "register",
            Self::Start => "start",
            Self::Paper => "paper",
            Self::Save => "save",
            Self::Submit => "submit",
            Self::Outcome => "outcome",
            Self::Read => "read",
        }
    }
}

/// Latencies in microseconds, to three digits.
#[derive(Debug, Clone)]
pub(crate) struct Latencies(Histogram<u32>);

impl Default for Latencies {
    fn default() -> Self {
        // The bounds are constants that the library accepts.
        Self(Histogram::new_with_bounds(1, LONGEST, 3).unwrap_or_else(|_| unreachable!("constant bounds")))
    }
}

impl Latencies {
    /// Notes one; what is longer than the longest counts as the longest.
    pub(crate) fn note(&mut self, latency: Duration) {
        let micros = u64::try_from(latency.as_micros()).unwrap_or(LONGEST);
        self.0.saturating_record(micros.clamp(1, LONGEST));
    }

    /// The latency that this share of requests stays within, in microseconds; 0 without requests.
    pub(crate) fn at(&self, share: f64) -> u64 {
        if self.0.is_empty() {
            0
        } else {
            self.0.value_at_quantile(share)
        }
    }

    /// The longest, in microseconds.
    pub(crate) fn longest(&self) -> u64 {
        if self.0.is_empty() { 0 } else { self.0.max() }
    }

    /// How many.
    pub(crate) fn count(&self) -> u64 {
        self.0.len()
    }
}

/// Everything about one kind of request.
#[derive(Debug, Clone, Default)]
pub(crate) struct OfKind {
    /// Requests that were answered well.
    pub(crate) good: Latencies,
    /// Requests that were asked to come again: 429 and 503.
    pub(crate) refused: Latencies,
    /// How often each status came.
    pub(crate) statuses: BTreeMap<u16, u64>,
    /// How often there was no answer, by reason.
    pub(crate) failures: BTreeMap<&'static str, u64>,
}

/// Half a second of a run.
#[derive(Debug, Clone, Default)]
pub(crate) struct Slice {
    /// Latencies of saves that were answered well.
    pub(crate) saves: Latencies,
    /// Entries completed.
    pub(crate) entries: u64,
    /// Requests refused.
    pub(crate) refused: u64,
    /// Requests without an answer, or with one that blames the server.
    pub(crate) failed: u64,
}

/// Numbers of a run.
#[derive(Debug, Clone)]
pub(crate) struct Tally {
    /// When the run began; the timeline counts from here.
    pub(crate) origin: Instant,
    /// Requests planned in `[begin, end)` count.
    pub(crate) begin: Instant,
    /// See `begin`.
    pub(crate) end: Instant,
    /// By kind.
    pub(crate) kinds: BTreeMap<Kind, OfKind>,
    /// Seconds that refusals asked to wait, and how often.
    pub(crate) retry_after: BTreeMap<u32, u64>,
    /// Refusals that named no time.
    pub(crate) without_retry_after: u64,
    /// Entries completed in the window.
    pub(crate) entries: u64,
    /// Of these, entries of which no request was refused or failed.
    pub(crate) smooth: u64,
    /// Latencies of whole entries, from the planned arrival.
    pub(crate) whole: Latencies,
    /// Entries given up in the window.
    pub(crate) abandoned: u64,
    /// Submissions that the server has accepted, also outside of the window: each must be in the database.
    pub(crate) accepted: u64,
    /// How late this program itself sent what was planned.
    pub(crate) lateness: Latencies,
    /// Ids of the attempts whose submission was accepted, to be looked up in the database.
    pub(crate) accepted_ids: Vec<String>,
    /// Every half second since `origin`.
    pub(crate) slices: Vec<Slice>,
}

/// The tally of a run, shared by its visitors.
#[derive(Debug, Clone)]
pub(crate) struct Shared(Arc<Mutex<Tally>>);

impl Shared {
    /// An empty tally for a window.
    pub(crate) fn new(origin: Instant, begin: Instant, end: Instant) -> Self {
        Self(Arc::new(Mutex::new(Tally {
            origin,
            begin,
            end,
            kinds: BTreeMap::new(),
            retry_after: BTreeMap::new(),
            without_retry_after: 0,
            entries: 0,
            smooth: 0,
            whole: Latencies::default(),
            abandoned: 0,
            accepted: 0,
            accepted_ids: Vec::new(),
            lateness: Latencies::default(),
            slices: Vec::new(),
        })))
    }

    /// The tally, for one thing; there is one thread, so nobody waits.
    pub(crate) fn open(&self) -> MutexGuard<'_, Tally> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Tally {
    fn counts(&self, moment: Instant) -> bool {
        self.begin <= moment && moment < self.end
    }

    fn slice(&mut self, moment: Instant) -> Option<&mut Slice> {
        let since = moment.checked_duration_since(self.origin)?;
        let at = usize::try_from(since.as_millis() / SLICE.as_millis()).ok()?;
        if at >= SLICES {
            return None;
        }
        if self.slices.len() <= at {
            self.slices.resize_with(at + 1, Slice::default);
        }
        self.slices.get_mut(at)
    }

    /// Notes what became of a request that was planned for a moment and answered now.
    pub(crate) fn answered(&mut self, kind: Kind, planned: Instant, answer: &io::Result<Answer>) {
        let now = Instant::now();
        let latency = now.saturating_duration_since(planned);
        let status = answer.as_ref().map_or(0, |answer| answer.status);
        let good = answer.as_ref().is_ok_and(Answer::is_good);
        if let Some(slice) = self.slice(now) {
            match status {
                _ if good && kind == Kind::Save => slice.saves.note(latency),
                429 | 503 => slice.refused += 1,
                0 | 500.. => slice.failed += 1,
                _ => {}
            }
        }
        if !self.counts(planned) {
            return;
        }
        let of_kind = self.kinds.entry(kind).or_default();
        match answer {
            Ok(answer) => {
                *of_kind.statuses.entry(answer.status).or_default() += 1;
                if good {
                    of_kind.good.note(latency);
                } else if matches!(answer.status, 429 | 503) {
                    of_kind.refused.note(latency);
                    match answer.retry_after {
                        Some(wait) => *self.retry_after.entry(wait).or_default() += 1,
                        None => self.without_retry_after += 1,
                    }
                }
            }
            Err(error) => *of_kind.failures.entry(reason(error)).or_default() += 1,
        }
    }

    /// Notes an entry whose submission was accepted now; it was planned to begin at `planned`.
    pub(crate) fn completed(&mut self, planned: Instant, smooth: bool) {
        let now = Instant::now();
        if let Some(slice) = self.slice(now) {
            slice.entries += 1;
        }
        if self.counts(now) {
            self.entries += 1;
            self.smooth += u64::from(smooth);
            self.whole.note(now.saturating_duration_since(planned));
        }
    }

    /// Notes an entry that was given up.
    pub(crate) fn abandoned(&mut self) {
        if self.counts(Instant::now()) {
            self.abandoned += 1;
        }
    }

    /// Requests in the window, however answered.
    pub(crate) fn requests(&self) -> u64 {
        let of_kind =
            |kind: &OfKind| kind.statuses.values().sum::<u64>() + kind.failures.values().sum::<u64>();
        self.kinds.values().map(of_kind).sum()
    }
}

/// Why there was no answer, in a word.
fn reason(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::TimedOut => "timeout",
        io::ErrorKind::ConnectionRefused => "connection-refused",
        io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe => "connection-reset",
        io::ErrorKind::UnexpectedEof => "connection-closed",
        io::ErrorKind::InvalidData => "no-http",
        io::ErrorKind::AddrNotAvailable => "no-port-left",
        _ => "other",
    }
}
