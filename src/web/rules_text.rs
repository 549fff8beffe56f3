//! The rules of a contest as sentences, made from the very settings that run it.
//!
//! Owns which sentence a setting becomes and their order; leaves the words to the message files and the organiser's own
//! rules to `markdown`.

mod access;
mod barred;
mod complaints;
mod entry;
mod essay;
mod paper;
mod prediction;
mod prizes;
mod spread;

pub use prizes::{collective, prize};

use super::format;
use super::words::{count, list, round_word, say};
use crate::document::official::PaperRule;
use crate::domain::catalog::Contest;
use crate::domain::contest::{
    AttemptRules, CountedAttempt, Direction, Feedback, PerPerson, PredictedQuantity, RankKey, RankingRules,
    RoundRules, Scope, TieRule,
};
use crate::i18n::{self, Lang};

/// One heading with its sentences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// What it is about, as a word of the program.
    pub name: &'static str,
    /// What it is about.
    pub term: String,
    /// The sentences.
    pub lines: Vec<Line>,
}

/// A sentence, or several about the same: under a name of the organiser's own where they are about some rounds or a prize.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Titles of the rounds or name of the prize, as the organiser wrote them.
    pub name: Option<String>,
    /// The sentence.
    pub text: String,
    /// Further sentences about the same rounds, to be listed below the name together with the first.
    pub more: Vec<String>,
}

impl Line {
    fn plain(text: String) -> Self {
        Self {
            name: None,
            text,
            more: Vec::new(),
        }
    }

    fn named(name: String, text: String) -> Self {
        Self {
            name: Some(name),
            ..Self::plain(text)
        }
    }

    /// Every sentence.
    pub fn sentences(&self) -> impl Iterator<Item = &str> {
        let more = self.more.iter().map(String::as_str);
        std::iter::once(self.text.as_str()).chain(more)
    }
}

/// Every rule, in the order in which people ask.
pub fn rules(lang: Lang, contest: &Contest) -> Vec<Rule> {
    let maker = Maker {
        lang,
        contest,
        word: round_word(lang, contest),
    };
    let prediction = contest
        .rounds
        .iter()
        .any(|round| round.rules.prediction.is_some());
    let mut rules = vec![
        maker.rule("who", maker.who()),
        maker.rule("when", maker.when()),
        maker.rule("paper", maker.each(|rules| maker.paper(&rules.paper))),
        maker.rule("draw", maker.each(|rules| vec![maker.draw(&rules.paper.draw)])),
        maker.rule("attempts", maker.each(|rules| maker.attempts(&rules.attempts))),
        maker.rule(
            "feedback",
            maker.each(|rules| vec![maker.feedback(rules.attempts.feedback)]),
        ),
    ];
    if prediction {
        rules.push(maker.rule(
            "prediction",
            maker.each(|rules| maker.prediction(rules.prediction)),
        ));
    }
    rules.push(maker.rule("essay", maker.essays()));
    rules.push(maker.rule("key", maker.answers()));
    rules.push(maker.rule("ranking", maker.each(|rules| maker.ranking(&rules.ranking))));
    rules.push(maker.rule("overall", maker.overall()));
    let mut ties = maker.each(|rules| vec![maker.tie(rules.ranking.tie)]);
    ties.extend(maker.seals());
    rules.push(maker.rule("tie", ties));
    rules.push(maker.rule("prizes", maker.prizes()));
    rules.push(maker.rule("spread", maker.spread()));
    rules.push(maker.rule("collective", maker.collective()));
    rules.push(maker.rule("complaints", maker.complaints()));
    rules.retain(|rule| !rule.lines.is_empty());
    rules
}

/// Every rule for an official paper, which is in Vietnamese.
pub fn for_papers(contest: &Contest) -> Vec<PaperRule> {
    let line = |line: Line| {
        let sentences = line.sentences().map(str::to_owned).collect();
        (line.name, sentences)
    };
    let all = rules(Lang::Vi, contest).into_iter().map(|rule| PaperRule {
        name: rule.name,
        term: rule.term,
        lines: rule.lines.into_iter().map(line).collect(),
    });
    all.collect()
}

/// The quantity that is predicted, in words.
pub fn quantity(lang: Lang, asked: PredictedQuantity, word: &str) -> String {
    let key = match asked {
        PredictedQuantity::AttemptsInRound => "rules-asks-attempts",
        PredictedQuantity::PeopleInRound => "rules-asks-people",
        PredictedQuantity::PeopleAllCorrect => "rules-asks-people-right",
        PredictedQuantity::AttemptsAllCorrect => "rules-asks-attempts-right",
    };
    say(lang, key, &[("word", word)])
}

/// What is needed to write any sentence.
struct Maker<'a> {
    lang: Lang,
    contest: &'a Contest,
    word: String,
}

impl Maker<'_> {
    fn text(&self, key: &str) -> String {
        i18n::text(self.lang, key, &[])
    }

    fn rule(&self, name: &'static str, lines: Vec<Line>) -> Rule {
        Rule {
            name,
            term: self.text(&format!("rules-term-{name}")),
            lines,
        }
    }

    /// Sentences about a setting that each round has: once where all rounds agree, otherwise a list per group of rounds.
    fn each(&self, tell: impl Fn(&RoundRules) -> Vec<String>) -> Vec<Line> {
        let mut groups: Vec<(Vec<String>, Vec<&str>)> = Vec::new();
        for round in &self.contest.rounds {
            let said = tell(&round.rules);
            match groups.iter_mut().find(|(other, _)| *other == said) {
                Some((_, titles)) => titles.push(&round.title),
                None => groups.push((said, vec![&round.title])),
            }
        }
        if let [(said, _)] = groups.as_mut_slice() {
            return std::mem::take(said).into_iter().map(Line::plain).collect();
        }
        let line = |(said, titles): (Vec<String>, Vec<&str>)| {
            let mut said = said.into_iter();
            let first = Line::named(list(&titles), said.next()?);
            Some(Line {
                more: said.collect(),
                ..first
            })
        };
        groups.into_iter().filter_map(line).collect()
    }

    fn attempts(&self, rules: &AttemptRules) -> Vec<String> {
        let mut said = Vec::new();
        said.push(match rules.per_round {
            Some(limit) => {
                let limit = count(self.lang, "rules-attempts", i64::from(limit));
                say(
                    self.lang,
                    "rules-per-round",
                    &[("attempts", &limit), ("word", &self.word)],
                )
            }
            None => say(self.lang, "rules-per-round-unlimited", &[("word", &self.word)]),
        });
        if rules.per_round != Some(1) {
            let counts = match rules.counts {
                CountedAttempt::Best | CountedAttempt::SumOfRounds => "rules-counts-best",
                CountedAttempt::First => "rules-counts-first",
                CountedAttempt::Last => "rules-counts-last",
                CountedAttempt::Sum => "rules-counts-sum-all",
                CountedAttempt::Average => "rules-counts-average",
            };
            said.push(say(self.lang, counts, &[("word", &self.word)]));
        }
        if let Some(limit) = rules.per_contest {
            let limit = count(self.lang, "rules-attempts", i64::from(limit));
            said.push(say(self.lang, "rules-per-contest", &[("attempts", &limit)]));
        }
        if rules.counts == CountedAttempt::SumOfRounds {
            said.push(say(self.lang, "rules-counts-sum", &[("word", &self.word)]));
        }
        if rules.wait_s > 0 {
            let wait = format::duration(self.lang, i64::from(rules.wait_s) * 1000);
            said.push(say(self.lang, "rules-wait", &[("wait", &wait)]));
        }
        said.push(say(
            self.lang,
            if rules.late_finish {
                "rules-late"
            } else {
                "rules-not-late"
            },
            &[("word", &self.word)],
        ));
        said
    }

    fn feedback(&self, told: Feedback) -> String {
        self.text(match told {
            Feedback::None => "rules-feedback-none",
            Feedback::Score => "rules-feedback-score",
        })
    }

    fn ranking(&self, rules: &RankingRules) -> Vec<String> {
        let mut said = Vec::new();
        if let Some(least) = rules.min_score {
            said.push(say(
                self.lang,
                "rules-gate",
                &[("points", &format::number(self.lang, i64::from(least)))],
            ));
        }
        let keys: Vec<String> = rules.order.iter().map(|key| self.key(*key)).collect();
        said.push(say(self.lang, "rules-order", &[("keys", &list(&keys))]));
        said.extend(self.caps(rules.per_person));
        if let Some(most) = rules.per_person.phase {
            let most = count(self.lang, "rules-places", i64::from(most));
            let words = [("most", most.as_str()), ("word", &self.word)];
            said.push(say(self.lang, "rules-cap-phase", &words));
        }
        said.extend(self.keeps(rules.per_person));
        said
    }

    /// How the contest as a whole is ranked, where prizes are given for it.
    fn overall(&self) -> Vec<Line> {
        let definition = &self.contest.definition;
        let is_whole = |scope: Scope| scope == Scope::Contest;
        let prizes = definition.prizes.iter().any(|prize| is_whole(prize.scope));
        if !prizes || self.contest.rounds.len() < 2 {
            return Vec::new();
        }
        let rules = &definition.rules_default.ranking;
        let mut said = vec![say(self.lang, "rules-overall-sum", &[("word", &self.word)])];
        if rules.min_rounds > 1 {
            let least = rules.min_rounds.to_string();
            said.push(say(
                self.lang,
                "rules-min-rounds",
                &[("n", &least), ("word", &self.word)],
            ));
        }
        let own = RankingRules {
            per_person: PerPerson::default(),
            ..rules.clone()
        };
        said.extend(self.ranking(&own));
        said.into_iter().map(Line::plain).collect()
    }

    fn key(&self, key: RankKey) -> String {
        let end = match key.direction {
            Direction::Asc => "asc",
            Direction::Desc => "desc",
        };
        self.text(&format!("rules-key-{}-{end}", key.by.name()))
    }

    fn caps(&self, caps: PerPerson) -> Option<String> {
        let most = |n: u16| count(self.lang, "rules-places", i64::from(n));
        let word = self.word.as_str();
        Some(match (caps.round, caps.contest) {
            (None, None) => return None,
            (Some(n), None) => say(
                self.lang,
                "rules-cap-round",
                &[("most", &most(n)), ("word", word)],
            ),
            (None, Some(n)) => say(self.lang, "rules-cap-contest", &[("most", &most(n))]),
            (Some(r), Some(c)) => say(
                self.lang,
                "rules-cap-both",
                &[("round", &most(r)), ("contest", &most(c)), ("word", word)],
            ),
        })
    }

    fn tie(&self, tie: TieRule) -> String {
        self.text(match tie {
            TieRule::Board => "rules-tie-board",
            TieRule::Draw => "rules-tie-draw",
        })
    }
}

#[cfg(test)]
#[path = "rules_text_tests.rs"]
mod tests;

#[cfg(test)]
mod more_tests;
