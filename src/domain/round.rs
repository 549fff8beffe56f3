//! The life of a round: what phase it is in, who may start in it, and which step may follow which.
//!
//! Owns admission and the order of closing steps; leaves deadlines of one attempt to `attempt`.

use super::access::PersonBar;
use super::contest::{AttemptRules, RoundRules};
use super::ids::{ContestId, RoundId};
use super::marking::Markings;
use super::question::{SetId, SetVersion};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use time::{Duration, OffsetDateTime};

/// A loaded round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    /// Number in the database.
    pub id: RoundId,
    /// The contest it belongs to.
    pub contest: ContestId,
    /// 1, 2, 3 … within the contest.
    pub number: u16,
    /// "Tuần 1".
    pub title: String,
    /// First moment at which an attempt may start.
    pub opens_at: OffsetDateTime,
    /// First moment at which none may.
    pub closes_at: OffsetDateTime,
    /// The rules that hold in it.
    pub rules: RoundRules,
    /// The version of each set that its papers are drawn from.
    pub sets: BTreeMap<SetId, SetVersion>,
    /// Questions that are marked otherwise than by their key.
    pub markings: Markings,
    /// The scoring in force: 0 by the keys alone, otherwise the number of the re-scoring.
    pub scoring: i64,
    /// How far the board has come with it.
    pub stage: RoundStage,
    /// When it was published, for the pages that announce it.
    pub published_at: Option<OffsetDateTime>,
    /// What the organisers have done to its window by hand.
    pub control: RoundControl,
}

/// What the organisers have done to the window of a round by hand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RoundControl {
    /// Waits to be opened by hand, whatever the calendar says.
    pub held: bool,
    /// Since when nobody may start.
    pub paused_at: Option<OffsetDateTime>,
    /// What the public was told about an extension or a pause, and when.
    pub notice: Option<(OffsetDateTime, String)>,
    /// SHA-256 of the seed of draws by lot, hexadecimal; `None` where there are no draws.
    pub draw_hash: Option<String>,
}

/// How far the board has come with a round; stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RoundStage {
    /// Nothing done; the clock decides the phase.
    Scheduled,
    /// All attempts finished, counts frozen.
    Sealed,
    /// Standings and awards made.
    Ranked,
    /// Approved by someone other than who ranked.
    Approved,
    /// Shown to the public.
    Published,
}

impl RoundStage {
    /// The word stored in the database and shown in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Scheduled => "scheduled",
            Self::Sealed => "sealed",
            Self::Ranked => "ranked",
            Self::Approved => "approved",
            Self::Published => "published",
        }
    }

    /// The stage of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [
            Self::Scheduled,
            Self::Sealed,
            Self::Ranked,
            Self::Approved,
            Self::Published,
        ]
        .into_iter()
        .find(|stage| stage.name() == name)
    }
}

/// What a round is at a moment; computed, never stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RoundPhase {
    /// Not yet open.
    Upcoming,
    /// Attempts may start.
    Open,
    /// Past its close, not yet sealed.
    Ended,
    /// See [`RoundStage::Sealed`].
    Sealed,
    /// See [`RoundStage::Ranked`].
    Ranked,
    /// See [`RoundStage::Approved`].
    Approved,
    /// See [`RoundStage::Published`].
    Published,
}

impl RoundPhase {
    /// Every phase in order.
    pub const ALL: [Self; 7] = [
        Self::Upcoming,
        Self::Open,
        Self::Ended,
        Self::Sealed,
        Self::Ranked,
        Self::Approved,
        Self::Published,
    ];

    /// The word used in JSON and in message keys.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Upcoming => "upcoming",
            Self::Open => "open",
            Self::Ended => "ended",
            Self::Sealed => "sealed",
            Self::Ranked => "ranked",
            Self::Approved => "approved",
            Self::Published => "published",
        }
    }
}

/// One earlier attempt of the same person in the same round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EarlierAttempt {
    /// When it was finished; `None` while it runs.
    pub finished_at: Option<OffsetDateTime>,
}

/// Why no new attempt may start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AdmitError {
    /// The round opens at that moment.
    NotOpen(OffsetDateTime),
    /// The round closed at that moment.
    Ended(OffsetDateTime),
    /// All attempts are used; so many are allowed.
    Exhausted(u16),
    /// The next attempt may start at that moment.
    Wait(OffsetDateTime),
    /// The round waits to be opened by hand.
    Held,
    /// The organisers have paused the round.
    Paused,
    /// All attempts of the whole contest are used; so many are allowed.
    UsedUp(u16),
    /// Only people who qualified may enter, and this one did not.
    NotQualified,
    /// The round takes others, not this person now.
    Person(PersonBar),
}

impl Round {
    /// The phase at `now`; the window is half open, `[opens_at, closes_at)`, and begins when the round is opened by hand
    /// where it waits for that.
    pub fn phase(&self, now: OffsetDateTime) -> RoundPhase {
        match self.stage {
            RoundStage::Scheduled if now >= self.closes_at => RoundPhase::Ended,
            RoundStage::Scheduled if now < self.opens_at || self.control.held => RoundPhase::Upcoming,
            RoundStage::Scheduled => RoundPhase::Open,
            RoundStage::Sealed => RoundPhase::Sealed,
            RoundStage::Ranked => RoundPhase::Ranked,
            RoundStage::Approved => RoundPhase::Approved,
            RoundStage::Published => RoundPhase::Published,
        }
    }

    /// Whether people could enter at some time up to `now`: not while it waits for its moment or for a hand.
    pub fn has_opened(&self, now: OffsetDateTime) -> bool {
        self.phase(now) != RoundPhase::Upcoming
    }

    /// Whether the planned moment has passed and only a hand is missing.
    pub fn waits_for_hand(&self, now: OffsetDateTime) -> bool {
        self.phase(now) == RoundPhase::Upcoming && now >= self.opens_at
    }

    /// The number of the attempt that may start at `now`, or why none may. `earlier` are the person's attempts in this
    /// round, all finished; a running one is resumed, not admitted again.
    pub fn admit(&self, now: OffsetDateTime, earlier: &[EarlierAttempt]) -> Result<u16, AdmitError> {
        match self.phase(now) {
            RoundPhase::Upcoming if now >= self.opens_at => return Err(AdmitError::Held),
            RoundPhase::Upcoming => return Err(AdmitError::NotOpen(self.opens_at)),
            RoundPhase::Open if self.control.paused_at.is_some() => return Err(AdmitError::Paused),
            RoundPhase::Open => {}
            RoundPhase::Ended
            | RoundPhase::Sealed
            | RoundPhase::Ranked
            | RoundPhase::Approved
            | RoundPhase::Published => return Err(AdmitError::Ended(self.closes_at)),
        }
        next_number(&self.rules.attempts, now, earlier)
    }
}

fn next_number(
    rules: &AttemptRules,
    now: OffsetDateTime,
    earlier: &[EarlierAttempt],
) -> Result<u16, AdmitError> {
    let used = u16::try_from(earlier.len()).unwrap_or(u16::MAX);
    if let Some(limit) = rules.per_round.filter(|limit| used >= *limit) {
        return Err(AdmitError::Exhausted(limit));
    }
    let last_end = earlier.iter().filter_map(|attempt| attempt.finished_at).max();
    match last_end.map(|end| end + Duration::seconds(i64::from(rules.wait_s))) {
        Some(until) if now < until => Err(AdmitError::Wait(until)),
        _ => Ok(used.saturating_add(1)),
    }
}
