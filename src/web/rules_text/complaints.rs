//! Complaints about results as sentences.
//!
//! Owns the words around them; the days are the contest's.

use super::{Line, Maker};
use crate::web::words::say;

impl Maker<'_> {
    /// Until when people may complain and are answered; nothing where the contest does not say.
    pub(super) fn complaints(&self) -> Vec<Line> {
        let Some(rules) = self.contest.definition.complaints else {
            return Vec::new();
        };
        let (within, answer) = (rules.within_days.to_string(), rules.answer_days.to_string());
        let said = [
            say(self.lang, "rules-complaints-within", &[("n", &within)]),
            say(self.lang, "rules-complaints-answer", &[("n", &answer)]),
        ];
        said.map(Line::plain).into()
    }
}
