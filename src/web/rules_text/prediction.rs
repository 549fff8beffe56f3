//! The prediction as sentences: what is predicted, whose prediction counts, when the number is taken.
//!
//! Owns the words around them; the settings are the contest's.

use super::{Maker, quantity};
use crate::domain::contest::{CountedPrediction, PredictionRules, PredictionTaken};
use crate::web::words::say;

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
        said
    }
}
