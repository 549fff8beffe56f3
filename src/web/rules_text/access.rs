//! Groups that take turns, as sentences.
//!
//! Owns the words around them; whom a group takes in and when is the contest's.

use super::{Line, Maker};
use crate::domain::access::AccessWindow;
use crate::domain::round::Round;
use crate::web::format;
use crate::web::words::{list, say};

impl Maker<'_> {
    /// Whose turn it is when in a round; nothing where groups take no turns.
    pub(super) fn turns(&self, round: &Round) -> Vec<Line> {
        let windows = self.contest.windows(round);
        if windows.is_empty() {
            return Vec::new();
        }
        let at_the_end = match round.rules.attempts.late_finish {
            true => "rules-access-late",
            false => "rules-access-cut",
        };
        let said = format!("{} {}", self.text("rules-access"), self.text(at_the_end));
        let mut lines = vec![Line::named(round.title.clone(), said)];
        lines.extend(windows.into_iter().map(|window| self.turn_of(round, window)));
        lines
    }

    fn turn_of(&self, round: &Round, window: &AccessWindow) -> Line {
        let (from, to) = (
            format::moment(self.lang, window.from),
            format::moment(self.lang, window.to),
        );
        let who = self.group(window);
        Line::named(
            format!("{}, {}", round.title, window.group),
            say(
                self.lang,
                "rules-access-line",
                &[("from", &from), ("to", &to), ("who", &who)],
            ),
        )
    }

    /// Who belongs, in words.
    fn group(&self, window: &AccessWindow) -> String {
        let mut who = Vec::new();
        if !window.units.is_empty() {
            let name = |code: &String| match self.contest.unit_by_code(code) {
                Some(unit) => unit.definition.name.clone(),
                None => code.clone(),
            };
            let names: Vec<String> = window.units.iter().map(name).collect();
            who.push(say(self.lang, "rules-barred-units", &[("units", &list(&names))]));
        }
        if let Some(bloc) = &window.bloc {
            who.push(say(self.lang, "rules-access-bloc", &[("bloc", bloc)]));
        }
        who.extend(self.span("rules-barred-born", window.born_from, window.born_to));
        if who.is_empty() {
            return self.text("rules-access-everybody");
        }
        list(&who)
    }
}
