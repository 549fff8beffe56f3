//! Who may enter, and when, as sentences.
//!
//! Owns the words about ages, kinds of people, fields and windows; which they are is the contest's.

use super::{Line, Maker};
use crate::domain::account::Accounts;
use crate::domain::contest::{Field, KeyPublication, Qualifying};
use crate::domain::participant::{GUARDIAN_AGE, local_date};
use crate::domain::round::Round;
use crate::web::words::{list, say};
use crate::web::{field_text, format};

impl Maker<'_> {
    /// When the key is shown to everybody.
    pub(super) fn answers(&self) -> Vec<Line> {
        let word = [("word", self.word.as_str())];
        let told = match self.contest.definition.answer_key {
            KeyPublication::Never => return vec![Line::plain(self.text("rules-key-never"))],
            KeyPublication::AfterRound => say(self.lang, "rules-key-after-round", &word),
            KeyPublication::AfterContest => say(self.lang, "rules-key-after-contest", &word),
        };
        let held = say(self.lang, "rules-key-held", &word);
        vec![Line::plain(told), Line::plain(held)]
    }

    pub(super) fn who(&self) -> Vec<Line> {
        let definition = &self.contest.definition;
        let mut lines = vec![self.ages()];
        let kinds = |key: &str, kinds: &[String]| {
            let said = say(self.lang, key, &[("kinds", &kinds.join("; "))]);
            (!kinds.is_empty()).then_some(said)
        };
        lines.extend(kinds("rules-open-to", &definition.entry.open_to));
        lines.extend(kinds("rules-excluded", &definition.entry.excluded));
        lines.extend(kinds("rules-no-prize", &definition.entry.no_prize));
        lines.extend(
            definition
                .entry
                .no_prize_groups
                .iter()
                .map(|group| self.barred(group)),
        );
        if definition.min_age.is_none_or(|age| i32::from(age) < GUARDIAN_AGE) {
            let age = GUARDIAN_AGE.to_string();
            lines.push(say(self.lang, "rules-guardian", &[("age", &age)]));
        }
        let names = |wanted: &dyn Fn(Field) -> bool| {
            let names: Vec<String> = Field::ALL
                .into_iter()
                .filter(|f| wanted(*f))
                .map(|f| field_text::name(self.lang, f))
                .collect();
            list(&names)
        };
        if definition.entry.accounts == Accounts::Issued {
            lines.push(self.text("rules-accounts-issued"));
            return lines.into_iter().map(Line::plain).collect();
        }
        let fields = &definition.fields;
        let must = |field: Field| fields.required.contains(&field) || Field::ALWAYS.contains(&field);
        lines.push(say(self.lang, "rules-fields", &[("fields", &names(&must))]));
        let may = names(&|field| fields.optional.contains(&field) && !must(field));
        if !may.is_empty() {
            lines.push(say(self.lang, "rules-fields-optional", &[("fields", &may)]));
        }
        if definition.entry.password.is_some() {
            lines.push(self.text("rules-password"));
        }
        lines.push(self.text("rules-once"));
        lines.into_iter().map(Line::plain).collect()
    }

    fn ages(&self) -> String {
        let definition = &self.contest.definition;
        let Some(day) = self.contest.first_day().map(|day| format::date(self.lang, day)) else {
            return self.text("rules-any-age");
        };
        let number = |age: u8| age.to_string();
        match (definition.min_age, definition.entry.max_age) {
            (None, None) => self.text("rules-any-age"),
            (Some(age), None) => say(
                self.lang,
                "rules-min-age",
                &[("age", &number(age)), ("day", &day)],
            ),
            (None, Some(max)) => say(
                self.lang,
                "rules-max-age",
                &[("max", &number(max)), ("day", &day)],
            ),
            (Some(min), Some(max)) => say(
                self.lang,
                "rules-age-range",
                &[("min", &number(min)), ("max", &number(max)), ("day", &day)],
            ),
        }
    }

    pub(super) fn when(&self) -> Vec<Line> {
        let rounds = &self.contest.rounds;
        let mut lines: Vec<Line> = rounds.iter().map(|round| self.window(round)).collect();
        lines.extend(rounds.iter().flat_map(|round| self.turns(round)));
        lines
    }

    fn window(&self, round: &Round) -> Line {
        let definition = self.contest.round_definition(round.number);
        let by_hand = definition.is_some_and(|own| own.by_hand);
        let (opens, closes) = (
            format::moment(self.lang, round.opens_at),
            format::moment(self.lang, round.closes_at),
        );
        let key = if by_hand {
            "rules-window-by-hand"
        } else {
            "rules-window"
        };
        let window = say(self.lang, key, &[("opens", &opens), ("closes", &closes)]);
        let who = definition.and_then(|own| own.qualifying.as_ref());
        let text = match who {
            Some(who) => format!("{window}. {}", self.qualifying(who)),
            None => window,
        };
        let phase = definition.and_then(|own| own.phase.as_ref());
        let name = match phase {
            Some(phase) => format!("{phase}, {}", round.title),
            None => round.title.clone(),
        };
        let text = match &round.control.notice {
            Some((at, notice)) => {
                let day = format::date(self.lang, local_date(*at));
                let notice = say(self.lang, "rules-notice", &[("day", &day), ("notice", notice)]);
                format!("{}. {notice}", text.trim_end_matches('.'))
            }
            None => text,
        };
        Line::named(name, text)
    }

    /// The sealed seeds of draws by lot, so that nobody can choose one afterwards.
    pub(super) fn seals(&self) -> Vec<Line> {
        let seal = |round: &Round| {
            let hash = round.control.draw_hash.as_ref()?;
            let said = say(self.lang, "rules-draw-hash", &[("hash", hash)]);
            Some(Line::named(round.title.clone(), said))
        };
        self.contest.rounds.iter().filter_map(seal).collect()
    }

    fn qualifying(&self, rules: &Qualifying) -> String {
        let number = |n: u32| format::number(self.lang, i64::from(n));
        let titles: Vec<&str> = self
            .contest
            .rounds
            .iter()
            .filter(|round| rules.rounds.contains(&round.number))
            .map(|round| round.title.as_str())
            .collect();
        let mut who = Vec::new();
        who.extend(
            rules
                .top
                .map(|n| say(self.lang, "rules-qualify-top", &[("n", &number(n))])),
        );
        who.extend(rules.per_unit.map(|(level, n)| {
            let level = level.to_string();
            say(
                self.lang,
                "rules-qualify-unit",
                &[("n", &number(n)), ("level", &level)],
            )
        }));
        if who.is_empty() {
            who.push(self.text("rules-qualify-any"));
        }
        let said = say(
            self.lang,
            "rules-qualify",
            &[("rounds", &list(&titles)), ("who", &list(&who))],
        );
        match rules.min_score {
            Some(least) => {
                let least = say(self.lang, "rules-qualify-min", &[("points", &number(least))]);
                format!("{said} {least}")
            }
            None => said,
        }
    }
}
