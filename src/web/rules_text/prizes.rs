//! Prizes as sentences.
//!
//! Owns the words around a prize; which prizes there are is the contest's.

use super::{Line, Maker};
use crate::domain::catalog::Contest;
use crate::domain::contest::{CollectiveMeasure, CollectivePrize, Prize, Scope};
use crate::i18n::Lang;
use crate::web::format;
use crate::web::words::{count, round_word, say};

/// The prizes for units alone.
pub fn collective(lang: Lang, contest: &Contest) -> Vec<Line> {
    Maker {
        lang,
        contest,
        word: round_word(lang, contest),
    }
    .collective()
}

/// One prize as a sentence without its name: "2 giải, mỗi giải 1.000.000 đồng".
pub fn prize(lang: Lang, prize: &Prize) -> String {
    let places = count(lang, "rules-places", i64::from(prize.places));
    match prize.value {
        Some(value) => {
            let value = format::money(lang, i64::try_from(value).unwrap_or(i64::MAX));
            let key = if prize.places == 1 {
                "rules-prize-one"
            } else {
                "rules-prize-each"
            };
            say(lang, key, &[("places", &places), ("value", &value)])
        }
        None => places,
    }
}

impl Maker<'_> {
    fn scope(&self, scope: Scope) -> String {
        match scope {
            Scope::Round => say(self.lang, "rules-scope-round", &[("word", &self.word)]),
            Scope::Contest => self.text("rules-scope-contest"),
        }
    }

    pub(super) fn prizes(&self) -> Vec<Line> {
        let prizes = &self.contest.definition.prizes;
        let line = |own: &Prize| {
            let text = say(
                self.lang,
                "rules-prize",
                &[
                    ("scope", &self.scope(own.scope)),
                    ("prize", &prize(self.lang, own)),
                ],
            );
            Line {
                name: Some(own.name.clone()),
                text,
            }
        };
        prizes.iter().map(line).collect()
    }

    pub(super) fn collective(&self) -> Vec<Line> {
        let prizes = &self.contest.definition.collective_prizes;
        prizes
            .iter()
            .map(|prize| Line {
                name: Some(prize.name.clone()),
                text: self.unit_prize(prize),
            })
            .collect()
    }

    fn unit_prize(&self, prize: &CollectivePrize) -> String {
        let measure = self.text(match prize.by {
            CollectiveMeasure::People => "rules-by-people",
            CollectiveMeasure::Attempts => "rules-by-attempts",
            CollectiveMeasure::Rate => "rules-by-rate",
            CollectiveMeasure::AverageScore => "rules-by-average",
            CollectiveMeasure::TotalScore => "rules-by-total",
            CollectiveMeasure::AllCorrect => "rules-by-right",
            CollectiveMeasure::Winners => "rules-by-winners",
        });
        let units = count(self.lang, "rules-units", i64::from(prize.places));
        let scope = self.scope(prize.scope);
        let mut said = vec![say(
            self.lang,
            "rules-unit-prize",
            &[("units", &units), ("measure", &measure), ("scope", &scope)],
        )];
        if prize.level > 1 {
            said.push(say(
                self.lang,
                "rules-unit-level",
                &[("level", &prize.level.to_string())],
            ));
        }
        if let Some(bloc) = &prize.bloc {
            said.push(say(self.lang, "rules-unit-bloc", &[("bloc", bloc)]));
        }
        if let Some(rate) = prize.min_rate_bp {
            said.push(say(
                self.lang,
                "rules-unit-rate",
                &[("rate", &format::percent(self.lang, i64::from(rate)))],
            ));
        }
        if let Some(value) = prize.value {
            let value = format::money(self.lang, i64::try_from(value).unwrap_or(i64::MAX));
            said.push(say(self.lang, "rules-unit-value", &[("value", &value)]));
        }
        said.join(" ")
    }
}
