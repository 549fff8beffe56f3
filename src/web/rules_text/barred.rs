//! Groups of people who may enter but never win, as sentences.
//!
//! Owns the words around them; whom a group takes in is the contest's.

use super::Maker;
use crate::domain::exclusion::BarredGroup;
use crate::web::format;
use crate::web::words::{list, say};
use time::Date;

impl Maker<'_> {
    /// Who they are, why, and for which prizes.
    pub(super) fn barred(&self, group: &BarredGroup) -> String {
        let mut who = Vec::new();
        if !group.units.is_empty() {
            let name = |code: &String| match self.contest.unit_by_code(code) {
                Some(unit) => unit.definition.name.clone(),
                None => code.clone(),
            };
            let names: Vec<String> = group.units.iter().map(name).collect();
            who.push(say(self.lang, "rules-barred-units", &[("units", &list(&names))]));
        }
        who.extend(self.span("rules-barred-born", group.born_from, group.born_to));
        let mut said = vec![("reason", group.reason.clone()), ("who", who.join(", "))];
        let key = match self.span("rules-barred-when", group.from, group.to) {
            Some(when) => {
                said.push(("when", when));
                "rules-barred-for"
            }
            None => "rules-barred",
        };
        let args: Vec<(&'static str, &str)> =
            said.iter().map(|(name, text)| (*name, text.as_str())).collect();
        say(self.lang, key, &args)
    }

    /// Days from, to, or between; nothing where neither is said.
    pub(super) fn span(&self, key: &str, from: Option<Date>, to: Option<Date>) -> Option<String> {
        let day = |day: Date| format::date(self.lang, day);
        match (from, to) {
            (None, None) => None,
            (Some(from), None) => Some(say(self.lang, &format!("{key}-from"), &[("from", &day(from))])),
            (None, Some(to)) => Some(say(self.lang, &format!("{key}-to"), &[("to", &day(to))])),
            (Some(from), Some(to)) => Some(say(
                self.lang,
                &format!("{key}-between"),
                &[("from", &day(from)), ("to", &day(to))],
            )),
        }
    }
}
