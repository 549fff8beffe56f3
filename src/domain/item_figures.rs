//! The figures of a round's questions and papers, as they are shown and exported.
//!
//! Owns what each figure is called and its unit; leaves reckoning them to [`super::item_statistics`].

use serde::Serialize;

/// What the figure of consistency was reckoned from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ConsistencyOf {
    /// The variances of the questions, which all entrants met: Cronbach's alpha.
    Questions,
    /// The totals alone, because papers were drawn: KR-21, which is rather too low than too high.
    Totals,
}

/// The papers of a round as wholes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TestStatistics {
    /// Papers counted.
    pub entrants: u64,
    /// Questions on a paper, where all have as many.
    pub questions: Option<usize>,
    /// Mean of the marks of a paper.
    pub mean: Option<f64>,
    /// Median of the marks.
    pub median: Option<f64>,
    /// Standard deviation, with S − 1.
    pub sd: Option<f64>,
    /// k3 / k2^1.5; negative where a few did badly.
    pub skewness: Option<f64>,
    /// k4 / k2²; 0 for a normal distribution.
    pub kurtosis: Option<f64>,
    /// Internal consistency, percent; may be negative.
    pub consistency: Option<f64>,
    /// What consistency was reckoned from.
    pub consistency_of: ConsistencyOf,
    /// Share of the spread that is chance, percent.
    pub error_ratio: Option<f64>,
    /// Standard error of a paper's marks.
    pub standard_error: Option<f64>,
}

/// One option of a question.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OptionStatistics {
    /// Whether it belongs to the key.
    pub right: bool,
    /// How many chose it.
    pub chosen: u64,
    /// Share of those who met the question, from 0 to 1.
    pub share: Option<f64>,
    /// The same in the upper 27 % by total.
    pub upper: Option<f64>,
    /// The same in the lower 27 %.
    pub lower: Option<f64>,
    /// The same among the best quarter by the rest of the paper, for the alarm.
    #[serde(skip)]
    pub top_quarter: Option<f64>,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ItemStatistics {
    /// Entrants who met it.
    pub exposure: u64,
    /// Those of them who left it out.
    pub blank: u64,
    /// Mean mark by highest mark, from 0 to 1.
    pub facility: Option<f64>,
    /// Standard deviation of the marks, with S − 1.
    pub sd: Option<f64>,
    /// Chance that somebody who knows nothing is right, from 0 to 1.
    pub random_guess: Option<f64>,
    /// Correlation with the rest of the paper, percent.
    pub discrimination: Option<f64>,
    /// Its covariance with the rest by the greatest these marks allow, percent.
    pub efficiency: Option<f64>,
    /// Share in the spread of the totals, percent; only where all papers have the same questions.
    pub effective_weight: Option<f64>,
    /// Facility in the upper 27 % by total minus that in the lower, from −1 to 1.
    pub upper_lower: Option<f64>,
    /// The options in the order of the file.
    pub options: Vec<OptionStatistics>,
}
