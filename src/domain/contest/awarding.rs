//! How people are ordered, and what people and units win.
//!
//! Owns the settings of ranking and prizes; leaves applying them to `ranking`, `prize` and `collective`.

use serde::{Deserialize, Serialize};

/// How people are ordered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RankingRules {
    /// Smallest score that may win a prize, with the points of the prediction.
    pub min_score: Option<u32>,
    /// Keys, most important first.
    pub order: Vec<RankKey>,
    /// What settles a tie that does not fit the places of a prize.
    pub tie: TieRule,
    /// Prizes one person may receive.
    pub per_person: PerPerson,
    /// In the ranking over the contest: rounds one must have taken part in to win; 0 where it does not matter.
    #[serde(default)]
    pub min_rounds: u16,
}

/// One key of the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RankKey {
    /// The quantity.
    pub by: RankField,
    /// Which end is better.
    pub direction: Direction,
}

/// A quantity that people can be ranked by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RankField {
    /// Points, those for the prediction among them.
    Score,
    /// Distance of the prediction from the actual quantity; no prediction is worse than any.
    PredictionError,
    /// Whether the prediction is above the actual quantity (1) or not (0); no prediction is worse than either.
    PredictionAbove,
    /// Time used, milliseconds.
    Duration,
    /// Moment of submission.
    SubmittedAt,
    /// Number of attempts of the person in the round.
    Attempts,
    /// Moment of registration.
    RegisteredAt,
    /// Birth date.
    BirthDate,
}

impl RankField {
    /// Every field.
    pub const ALL: [Self; 8] = [
        Self::Score,
        Self::PredictionError,
        Self::PredictionAbove,
        Self::Duration,
        Self::SubmittedAt,
        Self::Attempts,
        Self::RegisteredAt,
        Self::BirthDate,
    ];

    /// The name in contest files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Score => "score",
            Self::PredictionError => "prediction_error",
            Self::PredictionAbove => "prediction_above",
            Self::Duration => "duration",
            Self::SubmittedAt => "submitted_at",
            Self::Attempts => "attempts",
            Self::RegisteredAt => "registered_at",
            Self::BirthDate => "birth_date",
        }
    }
}

/// Which end of a key is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Smaller is better.
    Asc,
    /// Larger is better.
    Desc,
}

/// What settles a tie at the border of a prize.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TieRule {
    /// The board decides and gives its reason.
    Board,
    /// A draw by lot with a recorded seed.
    Draw,
}

/// How many prizes one person may receive; `None` means any number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PerPerson {
    /// In one round.
    pub round: Option<u16>,
    /// In the rounds of one phase.
    #[serde(default)]
    pub phase: Option<u16>,
    /// In the whole contest.
    pub contest: Option<u16>,
    /// Which prizes of several rounds stay where a cap reaches over them.
    #[serde(default)]
    pub keep: Keep,
}

/// Which prizes of several rounds a person keeps.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Keep {
    /// Those won first: later rounds pass the person over.
    #[default]
    First,
    /// The highest: lower ones are given back, and the next in their round move up. Prizes of the whole contest stand apart.
    Highest,
}

impl Keep {
    /// The word in contest files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Highest => "highest",
        }
    }
}

/// What a prize is given for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Each round.
    Round,
    /// The contest as a whole.
    Contest,
}

/// A prize for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prize {
    /// Each round or the whole contest.
    pub scope: Scope,
    /// "Giải Nhất".
    pub name: String,
    /// How many people receive it, at least 1.
    pub places: u16,
    /// Value of one place in đồng.
    pub value: Option<u64>,
    /// Only people of this bloc, by their own unit or one above it.
    #[serde(default)]
    pub bloc: Option<String>,
}

/// A prize for units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollectivePrize {
    /// Each round or the whole contest.
    pub scope: Scope,
    /// "Giấy khen tập thể".
    pub name: String,
    /// How many units receive it, at least 1.
    pub places: u16,
    /// The quantity that decides.
    pub by: CollectiveMeasure,
    /// Level of the unit tree that competes, 1 at the top.
    pub level: u8,
    /// Only units of this bloc.
    pub bloc: Option<String>,
    /// Smallest rate of entrants to headcount, in ten-thousandths.
    pub min_rate_bp: Option<u32>,
    /// Value of one place in đồng.
    pub value: Option<u64>,
    /// What `RankPoints` and `Weighted` are made of; empty for the others.
    #[serde(default)]
    pub of: Vec<MeasurePart>,
    /// Points of the best unit in each part of `RankPoints`; the next has one less. 0 for the others.
    #[serde(default)]
    pub top: u16,
    /// What settles equals, one after the other.
    #[serde(default)]
    pub then: Vec<CollectiveMeasure>,
    /// What else a unit must fulfil.
    #[serde(default)]
    pub conditions: UnitConditions,
}

/// One part of a measure made of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeasurePart {
    /// A simple measure.
    pub by: CollectiveMeasure,
    /// How much it weighs, 1 to 100.
    pub weight: u16,
}

/// What a unit must fulfil to compete, besides level, bloc and one rate for all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitConditions {
    /// Fewest people who entered.
    pub min_people: Option<u32>,
    /// Fewest individual prizes won.
    pub min_winners: Option<u32>,
    /// Smallest rates by size, small units first; the first band that fits holds, and where none does no rate is asked.
    pub bands: Vec<RateBand>,
}

/// The smallest rate of units of a size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RateBand {
    /// Units with fewer people than this; `None` for all larger ones.
    pub below: Option<u32>,
    /// Smallest rate of entrants to headcount, in ten-thousandths.
    pub min_rate_bp: u32,
}

/// The quantity that ranks units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CollectiveMeasure {
    /// Different people who submitted.
    People,
    /// Attempts submitted.
    Attempts,
    /// People divided by headcount.
    Rate,
    /// Mean of the counted scores.
    AverageScore,
    /// Sum of the counted scores.
    TotalScore,
    /// People whose counted attempt is right throughout.
    AllCorrect,
    /// Individual prizes won.
    Winners,
    /// Points for the place in each of several simple measures, added up.
    RankPoints,
    /// Several simple measures, each as a share of the best unit's, weighed and added up.
    Weighted,
}

impl CollectiveMeasure {
    /// Every measure.
    pub const ALL: [Self; 9] = [
        Self::People,
        Self::Attempts,
        Self::Rate,
        Self::AverageScore,
        Self::TotalScore,
        Self::AllCorrect,
        Self::Winners,
        Self::RankPoints,
        Self::Weighted,
    ];

    /// The name in contest files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Attempts => "attempts",
            Self::Rate => "rate",
            Self::AverageScore => "average-score",
            Self::TotalScore => "total-score",
            Self::AllCorrect => "all-correct",
            Self::Winners => "winners",
            Self::RankPoints => "rank-points",
            Self::Weighted => "weighted",
        }
    }

    /// Whether it is made of other measures.
    pub const fn is_made_of_parts(self) -> bool {
        matches!(self, Self::RankPoints | Self::Weighted)
    }
}
