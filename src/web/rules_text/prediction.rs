//! The prediction as sentences: what is predicted, whose prediction counts, when the number is taken.
//!
//! Owns the words around them; the settings are the contest's.

use super::{Maker, quantity};
use crate::domain::contest::{CountedPrediction, PointBand, PredictionRules, PredictionTaken};
use crate::web::format;
use crate::web::words::{list, say};

impl Maker<'_> {
    pub(super) fn prediction(&self, asked: Option<PredictionRules>) -> Vec<String> {
        let Some(rules) = asked else {
            return vec![self.text("rules-no-prediction")];
        };
        let quantity = quantity(self.lang, rules.asks, &self.word);
        let counted = match rules.counted {
            CountedPrediction::OfCountedAttempt => "rules-prediction-counted",
            CountedPrediction::First => "rules-prediction-first",
            CountedPrediction::Last => "rules-prediction-last",
            CountedPrediction::LockedOnce => "rules-prediction-locked",
        };
        let mut said = vec![say(self.lang, "rules-prediction", &[("quantity", &quantity)])];
        if !rules.in_paper() {
            said.push(say(self.lang, "rules-prediction-after", &[("word", &self.word)]));
            if !self.contest.definition.entry.access.is_empty() {
                said.push(self.text("rules-prediction-turns"));
            }
        }
        said.extend([
            say(self.lang, counted, &[("word", &self.word)]),
            match rules.taken {
                PredictionTaken::BeforeDisqualification => {
                    say(self.lang, "rules-prediction-taken", &[("word", &self.word)])
                }
                PredictionTaken::AfterDisqualification => self.text("rules-prediction-taken-after"),
            },
        ]);
        said.extend(self.prediction_points(rules));
        said
    }

    /// What a near prediction adds; nothing where it only ranks.
    fn prediction_points(&self, rules: PredictionRules) -> Option<String> {
        let number = |n: i64| format::number(self.lang, n);
        let band = |band: PointBand| {
            let (points, within) = (number(i64::from(band.points)), number(band.within));
            let words = [("points", points.as_str()), ("within", within.as_str())];
            let key = match band.within {
                0 => "rules-prediction-hit",
                _ => "rules-prediction-near",
            };
            say(self.lang, key, &words)
        };
        let bands: Vec<String> = rules.points.bands().map(band).collect();
        (!bands.is_empty()).then(|| say(self.lang, "rules-prediction-points", &[("bands", &list(&bands))]))
    }
}
