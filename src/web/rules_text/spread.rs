//! Prizes for bringing newcomers as sentences.
//!
//! Owns the words around them; which prizes there are and how newcomers count is the contest's.

use super::{Line, Maker, prize};
use crate::domain::contest::SpreadPrize;
use crate::web::format;
use crate::web::words::{count, say};

impl Maker<'_> {
    /// How newcomers count, then each prize; nothing where there are none.
    pub(super) fn spread(&self) -> Vec<Line> {
        let Some(rules) = &self.contest.definition.spread else {
            return Vec::new();
        };
        let papers = count(self.lang, "spread-papers", i64::from(rules.min_attempts));
        let number = |n: u32| format::number(self.lang, i64::from(n));
        let mut said = vec![
            self.text("rules-spread-link"),
            say(self.lang, "rules-spread-counts", &[("papers", &papers)]),
            self.text("rules-spread-once"),
        ];
        said.extend(
            rules
                .cap
                .map(|cap| say(self.lang, "rules-spread-cap", &[("n", &number(cap))])),
        );
        said.push(self.text("rules-spread-order"));
        said.push(self.text("rules-spread-apart"));
        let line = |own: &SpreadPrize| {
            let places = prize(self.lang, &own.plain());
            let least = number(own.min_newcomers);
            Line::named(
                own.name.clone(),
                say(
                    self.lang,
                    "rules-spread-prize",
                    &[("prize", &places), ("n", &least)],
                ),
            )
        };
        let lines = said.into_iter().map(Line::plain);
        lines.chain(rules.prizes.iter().map(line)).collect()
    }
}
