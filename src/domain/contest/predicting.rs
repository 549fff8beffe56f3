//! What entrants predict, when the number is taken, whose prediction counts, and what a near one adds to the score.
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
    /// What a near prediction adds to the score when the round is ranked; none where it only ranks.
    #[serde(default, skip_serializing_if = "PredictionPoints::is_none")]
    pub points: PredictionPoints,
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

/// Distances that may earn points.
pub const MAX_BANDS: usize = 5;

/// Points for every prediction that is near enough.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PointBand {
    /// Largest distance from what came out; 0 for a prediction that hits it.
    pub within: i64,
    /// Points, at least 1.
    pub points: u32,
}

/// What a prediction adds to the score, the nearest band first. It is small, so that rules stay plain values.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<PointBand>", into = "Vec<PointBand>")]
pub struct PredictionPoints([PointBand; MAX_BANDS]);

impl PredictionPoints {
    /// Of bands from the nearest on, of which the first [`MAX_BANDS`] are taken; one without points ends them.
    pub fn new(bands: &[PointBand]) -> Self {
        let mut own = [PointBand::default(); MAX_BANDS];
        for (slot, band) in own.iter_mut().zip(bands) {
            *slot = *band;
        }
        Self(own)
    }

    /// The bands, the nearest first.
    pub fn bands(&self) -> impl Iterator<Item = PointBand> {
        self.0.into_iter().take_while(|band| band.points > 0)
    }

    /// Predictions earn no points.
    pub fn is_none(&self) -> bool {
        self.bands().next().is_none()
    }

    /// Points for a prediction that is so far off; none without a prediction.
    pub fn of(&self, error: Option<i64>) -> u32 {
        let Some(error) = error else { return 0 };
        let near = self.bands().find(|band| error <= band.within);
        near.map_or(0, |band| band.points)
    }

    /// The most that a prediction can earn.
    pub fn most(&self) -> u32 {
        self.bands().map(|band| band.points).max().unwrap_or(0)
    }
}

impl From<Vec<PointBand>> for PredictionPoints {
    fn from(bands: Vec<PointBand>) -> Self {
        Self::new(&bands)
    }
}

impl From<PredictionPoints> for Vec<PointBand> {
    fn from(points: PredictionPoints) -> Self {
        points.bands().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(bands: &[(i64, u32)]) -> PredictionPoints {
        let band = |(within, points): &(i64, u32)| PointBand {
            within: *within,
            points: *points,
        };
        PredictionPoints::new(&bands.iter().map(band).collect::<Vec<_>>())
    }

    #[test]
    fn a_prediction_earns_the_points_of_the_nearest_band_that_holds_it() {
        let points = points(&[(0, 50), (10, 20), (100, 5)]);
        let of = [0, 1, 10, 11, 100, 101].map(|error| points.of(Some(error)));
        assert_eq!(of, [50, 20, 20, 5, 5, 0]);
        assert_eq!((points.of(None), points.most(), points.is_none()), (0, 50, false));
        let none = PredictionPoints::default();
        assert_eq!((none.of(Some(0)), none.most(), none.is_none()), (0, 0, true));
    }

    #[test]
    fn rules_without_points_are_kept_as_before_and_others_read_back() {
        let old = r#"{"asks":"people-in-round","counted":"first","taken":"before-disqualification","asked":"paper"}"#;
        let mut rules: PredictionRules = serde_json::from_str(old).unwrap();
        assert_eq!(serde_json::to_string(&rules).unwrap(), old);
        rules.points = points(&[(0, 50), (10, 20)]);
        let text = serde_json::to_string(&rules).unwrap();
        assert!(
            text.contains(r#""points":[{"within":0,"points":50},{"within":10,"points":20}]"#),
            "{text}"
        );
        assert_eq!(serde_json::from_str::<PredictionRules>(&text).unwrap(), rules);
    }
}
