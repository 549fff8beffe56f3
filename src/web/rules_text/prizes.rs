//! Prizes as sentences.
//!
//! Owns the words around a prize; which prizes there are is the contest's.

use super::{Line, Maker};
use crate::domain::catalog::Contest;
use crate::domain::contest::{
    CollectiveMeasure, CollectivePrize, Keep, MeasurePart, PerPerson, Prize, RateBand, Scope, UnitConditions,
};
use crate::i18n::Lang;
use crate::web::format;
use crate::web::words::{count, list, round_word, say};

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

    /// Which prizes of several rounds a person keeps, where that is not those won first.
    pub(super) fn keeps(&self, caps: PerPerson) -> Option<String> {
        let over_rounds = caps.phase.is_some() || caps.contest.is_some();
        (over_rounds && caps.keep == Keep::Highest)
            .then(|| say(self.lang, "rules-keep-highest", &[("word", &self.word)]))
    }

    pub(super) fn prizes(&self) -> Vec<Line> {
        let prizes = &self.contest.definition.prizes;
        let line = |own: &Prize| {
            let (scope, places) = (self.scope(own.scope), prize(self.lang, own));
            let mut words = vec![("scope", scope.as_str()), ("prize", &places)];
            let key = match &own.bloc {
                Some(bloc) => {
                    words.push(("bloc", bloc));
                    "rules-prize-bloc"
                }
                None => "rules-prize",
            };
            let text = say(self.lang, key, &words);
            Line::named(own.name.clone(), text)
        };
        prizes.iter().map(line).collect()
    }

    pub(super) fn collective(&self) -> Vec<Line> {
        let prizes = &self.contest.definition.collective_prizes;
        prizes
            .iter()
            .map(|prize| Line::named(prize.name.clone(), self.unit_prize(prize)))
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
            CollectiveMeasure::RankPoints => "rules-by-rank-points",
            CollectiveMeasure::Weighted => "rules-by-weighted",
        });
        let units = count(self.lang, "rules-units", i64::from(prize.places));
        let scope = self.scope(prize.scope);
        let mut said = vec![say(
            self.lang,
            "rules-unit-prize",
            &[("units", &units), ("measure", &measure), ("scope", &scope)],
        )];
        said.extend(self.made_of(prize));
        if !prize.then.is_empty() {
            let parts: Vec<String> = prize.then.iter().map(|by| self.part(*by)).collect();
            said.push(say(self.lang, "rules-unit-then", &[("parts", &list(&parts))]));
        }
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
        said.extend(self.conditions(&prize.conditions));
        if let Some(value) = prize.value {
            let value = format::money(self.lang, i64::try_from(value).unwrap_or(i64::MAX));
            said.push(say(self.lang, "rules-unit-value", &[("value", &value)]));
        }
        said.join(" ")
    }

    fn part(&self, by: CollectiveMeasure) -> String {
        self.text(&format!("rules-part-{}", by.name()))
    }

    /// What a measure made of several is made of.
    fn made_of(&self, prize: &CollectivePrize) -> Option<String> {
        let part = |part: &MeasurePart| {
            let name = self.part(part.by);
            match part.weight {
                1 => name,
                weight => say(
                    self.lang,
                    "rules-part-weight",
                    &[("part", &name), ("weight", &weight.to_string())],
                ),
            }
        };
        let parts = list(&prize.of.iter().map(part).collect::<Vec<_>>());
        match prize.by {
            CollectiveMeasure::RankPoints => {
                let top = prize.top.to_string();
                let words = [("parts", parts.as_str()), ("top", &top)];
                Some(say(self.lang, "rules-unit-rank-points", &words))
            }
            CollectiveMeasure::Weighted => Some(say(self.lang, "rules-unit-weighted", &[("parts", &parts)])),
            _ => None,
        }
    }

    fn conditions(&self, conditions: &UnitConditions) -> Vec<String> {
        let number = |n: u32| format::number(self.lang, i64::from(n));
        let mut said = Vec::new();
        for (key, least) in [
            ("rules-unit-min-people", conditions.min_people),
            ("rules-unit-min-winners", conditions.min_winners),
        ] {
            said.extend(least.map(|n| say(self.lang, key, &[("n", &number(n))])));
        }
        let band = |band: &RateBand| {
            let rate = format::percent(self.lang, i64::from(band.min_rate_bp));
            let rest = if conditions.bands.len() == 1 {
                "rules-band-all"
            } else {
                "rules-band-rest"
            };
            match band.below {
                Some(n) => say(
                    self.lang,
                    "rules-band-below",
                    &[("rate", &rate), ("n", &number(n))],
                ),
                None => say(self.lang, rest, &[("rate", &rate)]),
            }
        };
        let bands: Vec<String> = conditions.bands.iter().map(band).collect();
        if !bands.is_empty() {
            said.push(say(self.lang, "rules-unit-bands", &[("bands", &list(&bands))]));
        }
        said
    }
}
