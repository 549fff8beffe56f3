//! Who is let in when more comes than can be done.
//!
//! Owns the kinds of requests, how much of each may be inside, and learning that from the delay that `pulse` measures; leaves
//! the words of a refusal to `guard`. Nothing here waits or reads a clock.
//!
//! What slows a server down is what stands in its queues. A tier of requests has a delay that it may cause; while the delay
//! stays above that, no more may be inside than the server gets done in that time, which is what is inside times the
//! allowed delay over the measured one (Little's law). Once the delay has gone, the limit grows again by a part with each
//! sample. Delays that pass within a moment are no queue and change nothing (as in CoDel, Nichols and Jacobson 2012).

use axum::http::Method;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What a request is for. Whoever sits an attempt is the last to be sent away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// Registration and log-in, each 13 ms of a processor.
    Register,
    /// Pages and results.
    Read,
    /// A new attempt.
    Start,
    /// Saving and everything else of an attempt that runs, and the work of staff.
    Running,
    /// Handing in.
    Submit,
    /// Files from memory: sending one costs no more than refusing it.
    File,
}

impl Class {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Register,
        Self::Read,
        Self::Start,
        Self::Running,
        Self::Submit,
        Self::File,
    ];

    /// What a request is for, by its address alone.
    pub fn of(method: &Method, path: &str) -> Self {
        let posts = *method == Method::POST;
        if let Some(rest) = path.strip_prefix("/api/v1/") {
            return Self::of_api(posts, rest);
        }
        let starts = |with: &str| path.starts_with(with);
        if starts("/bai-thi/") {
            return if posts { Self::Submit } else { Self::Running };
        }
        if starts("/static/") {
            return Self::File;
        }
        if starts("/quan-tri") {
            return Self::Running;
        }
        match path.rsplit('/').next() {
            Some("thi") if starts("/cuoc-thi/") => Self::Start,
            _ if posts => Self::Register,
            _ => Self::Read,
        }
    }

    fn of_api(posts: bool, path: &str) -> Self {
        if path.starts_with("attempts/") {
            return if posts { Self::Submit } else { Self::Running };
        }
        match posts {
            true if path.ends_with("/attempts") => Self::Start,
            true => Self::Register,
            false => Self::Read,
        }
    }

    /// As figures name it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Register => "register",
            Self::Read => "read",
            Self::Start => "start",
            Self::Running => "running",
            Self::Submit => "submit",
            Self::File => "file",
        }
    }
}

/// A delay lasts when it has been there for so long.
const LASTING: Duration = Duration::from_millis(100);
/// However long the queues are, so many are worked on: with fewer a server would stand idle between two samples.
const FEWEST: usize = 32;
/// Registrations and log-ins at a time: as many as two cores do in three seconds.
const REGISTERING: usize = 450;

/// Requests that may cause the same delay.
#[derive(Debug, Clone, Copy)]
struct Tier {
    /// The delay they may cause.
    allowed: Duration,
    /// The most that may ever be inside when one of them comes.
    most: usize,
    /// The most now.
    limit: usize,
    /// Since when every sample was above.
    above_since: Option<Instant>,
}

impl Tier {
    const fn new(allowed: Duration, most: usize) -> Self {
        Self {
            allowed,
            most,
            limit: most,
            above_since: None,
        }
    }

    /// Learns from a delay measured at `now` while so many were inside.
    fn learn(&mut self, delay: Duration, inside: usize, now: Instant) {
        if delay <= self.allowed {
            self.above_since = None;
            self.limit = (self.limit + self.limit / 16 + 1).min(self.most);
            return;
        }
        // A sample that was under way for that long has seen the delay last.
        let since = *self.above_since.get_or_insert(now);
        if delay < LASTING && now.saturating_duration_since(since) < LASTING {
            return;
        }
        let fits = inside as u128 * self.allowed.as_micros() / delay.as_micros().max(1);
        let fits = usize::try_from(fits).unwrap_or(self.limit);
        // One sample that errs costs no more than half.
        self.limit = fits.max(self.limit / 2).max(FEWEST).min(self.limit);
    }
}

/// The tiers in the order in which they are sent away.
#[derive(Debug, Clone, Copy)]
struct Tiers([Tier; 3]);

impl Tiers {
    fn new(most: usize) -> Self {
        // Part of the room is never newcomers': a database that stands still fills it with starts, and saving, which does
        // not need the database, must still find a place.
        Self([
            Tier::new(Duration::from_millis(50), most / 2),
            Tier::new(Duration::from_millis(400), most - most / 8),
            Tier::new(Duration::from_millis(1_500), most),
        ])
    }
}

/// The gate before the routes, shared by all requests.
#[derive(Debug)]
pub struct Gate {
    most: usize,
    inside: AtomicUsize,
    registering: AtomicUsize,
    /// How many were sent away since that was last asked.
    sent_away: AtomicUsize,
    /// The limits of the tiers, for readers that must not wait.
    limits: [AtomicUsize; 3],
    tiers: Mutex<Tiers>,
}

impl Gate {
    /// With room for so many requests at a time.
    pub(super) fn new(most: usize) -> Self {
        let tiers = Tiers::new(most);
        Self {
            most,
            inside: AtomicUsize::new(0),
            registering: AtomicUsize::new(0),
            sent_away: AtomicUsize::new(0),
            limits: tiers.0.map(|tier| AtomicUsize::new(tier.limit)),
            tiers: Mutex::new(tiers),
        }
    }

    /// Lets a request in if there is room for its class; dropping the pass makes the room free again.
    pub(super) fn admit(&self, class: Class) -> Option<Pass<'_>> {
        let pass = self.enter(class);
        // Counted before looking, so that many at once do not all find the last place.
        let (before, registering) = (pass.before, pass.registering_before);
        let fits = before < self.room(class) && (class != Class::Register || registering < REGISTERING);
        fits.then_some(pass)
    }

    /// Lets a request in that is answered however busy the server is.
    pub(super) fn enter(&self, class: Class) -> Pass<'_> {
        let before = self.inside.fetch_add(1, Ordering::Relaxed);
        let registering_before = match class {
            Class::Register => self.registering.fetch_add(1, Ordering::Relaxed),
            _ => 0,
        };
        Pass {
            gate: self,
            class,
            before,
            registering_before,
        }
    }

    /// How many may be inside for one more of that class to be let in.
    pub(super) fn room(&self, class: Class) -> usize {
        let [newcomers, running, submitting] = &self.limits;
        let read = |limit: &AtomicUsize| limit.load(Ordering::Relaxed);
        match class {
            Class::Register => read(newcomers) / 2,
            Class::Read => read(newcomers) - read(newcomers) / 4,
            Class::Start => read(newcomers),
            Class::Running => read(running),
            Class::Submit => read(submitting),
            Class::File => self.most,
        }
    }

    /// Whether there is room even for those who are sent away first.
    pub(super) fn has_room_for_everybody(&self) -> bool {
        self.inside() < self.room(Class::Register) && self.registering.load(Ordering::Relaxed) < REGISTERING
    }

    /// Somebody was sent away.
    pub(super) fn count_sent_away(&self) {
        self.sent_away.fetch_add(1, Ordering::Relaxed);
    }

    /// How many were sent away since the last call.
    pub(super) fn take_sent_away(&self) -> usize {
        self.sent_away.swap(0, Ordering::Relaxed)
    }

    /// How many are inside.
    pub fn inside(&self) -> usize {
        self.inside.load(Ordering::Relaxed)
    }

    /// Learns from a delay that was measured at `now`.
    pub fn learn(&self, delay: Duration, now: Instant) {
        let inside = self.inside();
        let mut tiers = self.tiers.lock().unwrap_or_else(PoisonError::into_inner);
        for (tier, limit) in tiers.0.iter_mut().zip(&self.limits) {
            tier.learn(delay, inside, now);
            limit.store(tier.limit, Ordering::Relaxed);
        }
    }

    /// Whether so little goes on that no queue can stand.
    pub(super) fn is_calm(&self) -> bool {
        self.inside() < FEWEST / 4
    }
}

/// A place inside, for as long as it is held.
#[derive(Debug)]
pub(super) struct Pass<'a> {
    gate: &'a Gate,
    class: Class,
    before: usize,
    registering_before: usize,
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        self.gate.inside.fetch_sub(1, Ordering::Relaxed);
        if self.class == Class::Register {
            self.gate.registering.fetch_sub(1, Ordering::Relaxed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: Duration = Duration::from_millis(1);

    fn crowd(gate: &Gate, count: usize) -> Vec<Pass<'_>> {
        (0..count).map(|_| gate.enter(Class::Running)).collect()
    }

    #[test]
    fn addresses_are_told_apart() {
        let class = |line: &str| {
            let (method, path) = line.split_once(' ').unwrap();
            Class::of(&method.parse().unwrap(), path)
        };
        for (line, wanted) in [
            ("GET /", Class::Read),
            ("GET /cuoc-thi/mau", Class::Read),
            ("GET /cuoc-thi/mau/ket-qua", Class::Read),
            ("GET /bai-thi", Class::Read),
            ("GET /cuoc-thi/mau/dang-ky", Class::Read),
            ("POST /cuoc-thi/mau/dang-ky", Class::Register),
            ("POST /cuoc-thi/mau/dang-nhap", Class::Register),
            ("POST /cuoc-thi/mau/vong/1/thi", Class::Start),
            ("GET /cuoc-thi/mau/vong/1/thi", Class::Start),
            ("GET /bai-thi/0a", Class::Running),
            ("PUT /bai-thi/0a/luu", Class::Running),
            ("POST /bai-thi/0a/nop", Class::Submit),
            ("GET /bai-thi/0a/ket-qua", Class::Running),
            ("POST /quan-tri/dang-nhap", Class::Running),
            ("GET /static/app.css", Class::File),
            ("GET /api/v1/contests", Class::Read),
            ("POST /api/v1/contests/mau/participants", Class::Register),
            ("POST /api/v1/contests/mau/login", Class::Register),
            ("POST /api/v1/contests/mau/rounds/1/attempts", Class::Start),
            ("GET /api/v1/attempts/0a", Class::Running),
            ("PUT /api/v1/attempts/0a/responses", Class::Running),
            ("POST /api/v1/attempts/0a/submit", Class::Submit),
        ] {
            assert_eq!(class(line), wanted, "{line}");
        }
    }

    #[test]
    fn a_moments_delay_sends_nobody_away_and_one_that_lasts_does() {
        let (gate, begin) = (Gate::new(4096), Instant::now());
        let inside = crowd(&gate, 1_000);
        gate.learn(80 * MS, begin);
        gate.learn(80 * MS, begin + 60 * MS);
        gate.learn(5 * MS, begin + 80 * MS);
        gate.learn(80 * MS, begin + 99 * MS);
        gate.learn(80 * MS, begin + 160 * MS);
        assert_eq!(gate.room(Class::Start), 2_048);
        gate.learn(80 * MS, begin + 200 * MS);
        assert_eq!(gate.room(Class::Start), 1_024, "no more than half at once");
        gate.learn(80 * MS, begin + 220 * MS);
        assert_eq!(
            gate.room(Class::Start),
            625,
            "1,000 inside, of 80 ms 50 are allowed"
        );
        assert_eq!(gate.room(Class::Running), 3_584);
        drop(inside);
    }

    #[test]
    fn newcomers_are_sent_away_first_and_those_who_hand_in_last() {
        let (gate, begin) = (Gate::new(4096), Instant::now());
        let inside = crowd(&gate, 2_000);
        let mut refused_at = [None; Class::ALL.len()];
        for (turn, seconds) in (1..40).zip(1..) {
            gate.learn(turn * 100 * MS, begin + Duration::from_secs(seconds));
            for (class, refused) in Class::ALL.into_iter().zip(&mut refused_at) {
                if refused.is_none() && gate.admit(class).is_none() {
                    *refused = Some(turn);
                }
            }
        }
        let [register, read, start, running, submit, file] = refused_at;
        assert_eq!((register, read, start), (Some(1), Some(1), Some(1)));
        assert!(
            start < running && running < submit && submit.is_some(),
            "{refused_at:?}"
        );
        assert_eq!(file, None);
        drop(inside);
    }

    #[test]
    fn after_a_storm_everybody_is_let_in_again_within_two_seconds() {
        let (gate, begin) = (Gate::new(4096), Instant::now());
        let inside = crowd(&gate, 1_500);
        for turn in 0..20 {
            gate.learn(3_000 * MS, begin + turn * 500 * MS);
        }
        assert_eq!(
            gate.room(Class::Start),
            FEWEST,
            "never none: what is inside goes on"
        );
        assert!(gate.admit(Class::Submit).is_none());
        drop(inside);
        assert!(gate.admit(Class::Start).is_some() && gate.admit(Class::Register).is_some());
        let calm = begin + Duration::from_secs(20);
        for turn in 0..100 {
            gate.learn(MS, calm + turn * 20 * MS);
        }
        assert_eq!(gate.room(Class::Start), 2_048);
        assert_eq!(gate.room(Class::Submit), 4_096);
    }

    #[test]
    fn registrations_wait_for_processors_and_no_more_are_let_in_than_can_be_done_soon() {
        let gate = Gate::new(100_000);
        let inside: Vec<_> = (0..REGISTERING).map(|_| gate.admit(Class::Register)).collect();
        assert!(inside.iter().all(Option::is_some));
        assert!(gate.admit(Class::Register).is_none());
        assert!(gate.admit(Class::Start).is_some());
        drop(inside);
        assert!(gate.admit(Class::Register).is_some());
        assert_eq!((gate.inside(), gate.registering.load(Ordering::Relaxed)), (0, 0));
    }
}
