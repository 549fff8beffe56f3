//! What entrants predict, when the number is taken, and whose prediction counts.
//!
//! Owns these settings; leaves comparing with what came out to `ranking`.

use serde::{Deserialize, Serialize};

/// The question whose answer is known only after the round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PredictionRules {
    /// The quantity to be predicted.
    pub asks: PredictedQuantity,
    /// Whose prediction counts when a person made several.
    pub counted: CountedPrediction,
    /// Whether people whom the rules bar are counted in the quantity.
    #[serde(default)]
    pub taken: PredictionTaken,
    /// Whether the paper asks, or the page after it.
    #[serde(default)]
    pub asked: PredictionAsked,
}

impl PredictionRules {
    /// Whether the paper asks for it, with the other answers.
    pub const fn in_paper(&self) -> bool {
        matches!(self.asked, PredictionAsked::Paper)
    }
}

/// When entrants are asked for the prediction.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PredictionAsked {
    /// In the paper.
    #[default]
    Paper,
    /// When the paper has been handed in.
    After,
}

/// When the predicted quantity is taken.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PredictionTaken {
    /// When the round is sealed: everybody's attempts count.
    #[default]
    BeforeDisqualification,
    /// When the round is ranked: what people who are barred did does not count.
    AfterDisqualification,
}

/// The quantity that entrants predict, taken when the round is sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PredictedQuantity {
    /// Attempts submitted in the round (lượt).
    AttemptsInRound,
    /// Different people who submitted an attempt in the round (người).
    PeopleInRound,
    /// People with at least one attempt right in every question.
    PeopleAllCorrect,
    /// Attempts right in every question.
    AttemptsAllCorrect,
}

/// Whose prediction counts when a person made several attempts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CountedPrediction {
    /// That of the attempt that is ranked.
    OfCountedAttempt,
    /// The first one given in the round.
    First,
    /// The last one given in the round.
    Last,
    /// The first one given; the page no longer asks after that.
    LockedOnce,
}
