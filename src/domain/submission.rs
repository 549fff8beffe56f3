//! The finish of an attempt as it is kept: never changed afterwards.
//!
//! Owns the shape of the record and whether a second request says the same; leaves writing it to `store`.

use super::attempt::How;
use super::ids::{AttemptId, ParticipantId};
use super::response::{Response, Responses};
use super::scoring::Score;
use time::OffsetDateTime;

/// A kept submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// The attempt.
    pub attempt: AttemptId,
    /// Whose.
    pub participant: ParticipantId,
    /// Which of the person's attempts in the round.
    pub number: u16,
    /// Dense number in the round.
    pub sequence: i64,
    /// Arrival.
    pub received_at: OffsetDateTime,
    /// Recorded finish.
    pub finished_at: OffsetDateTime,
    /// Time used, milliseconds.
    pub duration_ms: i64,
    /// By whom.
    pub how: How,
    /// What was chosen.
    pub responses: Responses,
    /// What it earned.
    pub score: Score,
    /// Predicted quantity.
    pub prediction: Option<i64>,
    /// Code the person keeps.
    pub receipt: String,
}

impl Submission {
    /// Whether a repeated request says nothing other than what was kept.
    pub fn agrees_with(&self, responses: &[Response], prediction: Option<i64>) -> bool {
        responses
            .iter()
            .all(|given| self.responses.get(given.question) == Some(&given.choice))
            && prediction.is_none_or(|given| self.prediction == Some(given))
    }
}

/// Largest prediction taken: more than every person of the country could make.
pub const MAX_PREDICTION: i64 = 1_000_000_000;
