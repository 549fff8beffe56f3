//! Decisions of two people: one proposes, another approves or rejects, the proposer alone may withdraw.
//!
//! Owns kinds, states and who may decide what; leaves keeping them to `store` and what an approval does to `action`.

use super::ids::{ContestId, DecisionId, RoundId};
use serde::{Serialize, de::DeserializeOwned};
use time::OffsetDateTime;

/// Longest reason, in characters.
pub const MAX_REASON: usize = 500;

/// What a decision does once it is approved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Takes a person, an attempt, a unit or a stretch of time out of a ranking.
    Void,
    /// Takes an approved voiding back.
    Restore,
    /// Passes over a winner; the next by the ranking's own rules moves up.
    ReplaceWinner,
    /// Scores a round again after the treatment of a question changed.
    Rescore,
    /// Opens a published result for a correction; the published version stays readable.
    Correct,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 5] = [
        Self::Void,
        Self::Restore,
        Self::ReplaceWinner,
        Self::Rescore,
        Self::Correct,
    ];

    /// The word stored, used in message keys and JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Void => "void",
            Self::Restore => "restore",
            Self::ReplaceWinner => "replace-winner",
            Self::Rescore => "rescore",
            Self::Correct => "correct",
        }
    }

    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// How far a decision is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Waits for another person.
    Proposed,
    /// Another person approved, and it was done.
    Approved,
    /// Another person refused.
    Rejected,
    /// The proposer took it back.
    Withdrawn,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Proposed, Self::Approved, Self::Rejected, Self::Withdrawn];

    /// The word stored, used in message keys and JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The state of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// What somebody answers to a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Do it.
    Approve,
    /// Do not; needs a reason and another person.
    Reject,
    /// The proposer takes it back.
    Withdraw,
}

/// Why a proposal or an answer to one is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No reason was given.
    #[error("a reason is needed")]
    ReasonMissing,
    /// The reason has more characters than allowed.
    #[error("the reason is longer than {MAX_REASON} characters")]
    ReasonTooLong,
    /// The proposer of that name cannot decide on the own proposal.
    #[error("{0} proposed it and cannot decide it")]
    SamePerson(String),
    /// Only the proposer of that name may withdraw.
    #[error("only {0}, who proposed it, can withdraw it")]
    NotProposer(String),
    /// It was decided before.
    #[error("it is {} already", .0.name())]
    Decided(State),
    /// The same has been proposed and waits for an answer.
    #[error("the same is proposed already")]
    Pending,
    /// What it would change is no longer what was shown; it must be read again.
    #[error("what it changes is not what was shown")]
    Changed,
    /// There is no such decision of that kind.
    #[error("no such decision")]
    Unknown,
    /// The personal data of the contest are erased, so that a result can name nobody any more.
    #[error("the personal data of the contest are erased")]
    Expired,
}

/// What a decision of one kind says, kept as JSON.
pub trait Payload: Serialize + DeserializeOwned + Send + Sync {
    /// The kind of decisions that carry it.
    const KIND: Kind;
    /// Raised when its form changes.
    const VERSION: u16;

    /// What the decision is about: a key of at most 200 characters without personal data. Only one open proposal of a
    /// kind is taken about it in a round.
    fn subject(&self) -> String;
}

/// A decision as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Its number.
    pub id: DecisionId,
    /// What it does.
    pub kind: Kind,
    /// Contest concerned.
    pub contest: ContestId,
    /// Round concerned, if one.
    pub round: Option<RoundId>,
    /// What it is about.
    pub subject: String,
    /// Form of the payload.
    pub version: u16,
    /// JSON object, byte for byte as proposed.
    pub payload: String,
    /// Why it is proposed.
    pub reason: String,
    /// When.
    pub proposed_at: OffsetDateTime,
    /// By whom.
    pub proposed_by: String,
    /// How far it is.
    pub state: State,
    /// When, by whom and why it was decided.
    pub decided: Option<Decided>,
    /// JSON object: what the approval changed.
    pub outcome: Option<String>,
}

/// The answer to a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// When.
    pub at: OffsetDateTime,
    /// By whom.
    pub by: String,
    /// Why, where said.
    pub why: Option<String>,
}

impl Decision {
    /// The payload, if this is a decision of that kind in a form that this program reads.
    pub fn payload<P: Payload>(&self) -> Option<P> {
        let fits = self.kind == P::KIND && self.version == P::VERSION;
        serde_json::from_str(&self.payload).ok().filter(|_| fits)
    }

    /// The state after an answer, or why it cannot be given.
    pub fn answer(&self, by: &str, verdict: Verdict, reason: Option<&str>) -> Result<State, Refusal> {
        if self.state != State::Proposed {
            return Err(Refusal::Decided(self.state));
        }
        let own = is_same_name(&self.proposed_by, by);
        match verdict {
            Verdict::Approve | Verdict::Reject if own => {
                return Err(Refusal::SamePerson(self.proposed_by.clone()));
            }
            Verdict::Withdraw if !own => return Err(Refusal::NotProposer(self.proposed_by.clone())),
            Verdict::Approve | Verdict::Reject | Verdict::Withdraw => {}
        }
        match (verdict, reason) {
            (Verdict::Reject, reason) => parse_reason(reason.unwrap_or_default()).map(|_| ())?,
            (Verdict::Approve | Verdict::Withdraw, Some(reason)) if reason.chars().count() > MAX_REASON => {
                return Err(Refusal::ReasonTooLong);
            }
            (Verdict::Approve | Verdict::Withdraw, _) => {}
        }
        Ok(match verdict {
            Verdict::Approve => State::Approved,
            Verdict::Reject => State::Rejected,
            Verdict::Withdraw => State::Withdrawn,
        })
    }
}

/// A reason without the spaces around it, if there is one and it is short enough.
pub fn parse_reason(text: &str) -> Result<&str, Refusal> {
    match text.trim() {
        "" => Err(Refusal::ReasonMissing),
        reason if reason.chars().count() > MAX_REASON => Err(Refusal::ReasonTooLong),
        reason => Ok(reason),
    }
}

/// Whether two names are of one person as far as spelling tells: capitals and spaces do not count.
pub fn is_same_name(a: &str, b: &str) -> bool {
    let folded = |name: &str| {
        name.split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .to_lowercase()
    };
    folded(a) == folded(b)
}

#[cfg(test)]
#[path = "decision_tests.rs"]
mod tests;
