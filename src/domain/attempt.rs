//! One attempt in time: its deadline, the grace for slow networks, and what is recorded at its end.
//!
//! Owns "is this too late?"; leaves admission to `round` and points to `scoring`.

use super::contest::RoundRules;
use super::ids::{AttemptId, ParticipantId};
use super::paper::Paper;
use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

/// How long after the deadline an answer still counts. It is for slow networks only: the recorded finish is never later
/// than the deadline, so it cannot earn a better place.
pub const GRACE: Duration = Duration::seconds(5);

/// An attempt as it stands from its first moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// Its id.
    pub id: AttemptId,
    /// Whose it is.
    pub participant: ParticipantId,
    /// 1, 2, 3 … of this person in this round.
    pub number: u16,
    /// When it started.
    pub started_at: OffsetDateTime,
    /// When its time is up; fixed at the start.
    pub deadline: OffsetDateTime,
    /// The questions and options as shown.
    pub paper: Paper,
}

/// When a request reached us, seen from the deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timeliness {
    /// Before the deadline.
    InTime,
    /// From the deadline on, within the grace.
    InGrace,
    /// After the grace: only what was saved counts.
    TooLate,
}

/// How an attempt ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// The entrant submitted.
    Submitted,
    /// The system submitted what was saved when time was up or the round was closed.
    TimedOut,
}

impl How {
    /// The word stored and shown in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::TimedOut => "timed_out",
        }
    }

    /// The value of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Submitted, Self::TimedOut]
            .into_iter()
            .find(|how| how.name() == name)
    }
}

/// The deadline of an attempt started at `started_at`: start + limit, cut at the round's close unless the contest lets
/// attempts run on. A paper without limit ends with the round.
pub fn deadline(rules: &RoundRules, started_at: OffsetDateTime, closes_at: OffsetDateTime) -> OffsetDateTime {
    match rules
        .paper
        .time_limit_s
        .map(|limit| started_at + Duration::seconds(i64::from(limit)))
    {
        None => closes_at,
        Some(own) if rules.attempts.late_finish => own,
        Some(own) => own.min(closes_at),
    }
}

/// Where `now` lies: `[.., deadline)` in time, `[deadline, deadline + GRACE)` in grace, then too late.
pub fn timeliness(now: OffsetDateTime, deadline: OffsetDateTime) -> Timeliness {
    if now < deadline {
        Timeliness::InTime
    } else if now < deadline + GRACE {
        Timeliness::InGrace
    } else {
        Timeliness::TooLate
    }
}

/// The recorded moment of finishing: arrival, but never after the deadline nor before the start.
pub fn finished_at(
    arrival: OffsetDateTime,
    started_at: OffsetDateTime,
    deadline: OffsetDateTime,
) -> OffsetDateTime {
    arrival.min(deadline).max(started_at)
}

/// Milliseconds from `from` to `to`, never negative.
pub fn milliseconds(from: OffsetDateTime, to: OffsetDateTime) -> i64 {
    i64::try_from((to - from).whole_milliseconds())
        .unwrap_or(i64::MAX)
        .max(0)
}
