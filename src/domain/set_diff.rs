//! What changed between two versions of a question set, question by question.
//!
//! Owns which questions came, went or were changed; leaves words within a text to `text_diff`.

use super::question::{AnswerKey, Question, QuestionId, QuestionSet};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};

/// What somebody did to one question of a set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum QuestionChange {
    /// Wrote it anew under its name.
    #[default]
    Edit,
    /// Put it at the end of the set.
    Add,
    /// Took it out.
    Remove,
}

impl QuestionChange {
    /// The word that is stored, and that message keys end with.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Edit => "edit",
            Self::Add => "add",
            Self::Remove => "remove",
        }
    }

    /// The change of that word.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Edit, Self::Add, Self::Remove]
            .into_iter()
            .find(|change| change.name() == name)
    }
}

/// A question with its key at one version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keyed<'a> {
    /// The question.
    pub question: &'a Question,
    /// Places of its right options.
    pub key: Option<&'a BTreeSet<u8>>,
}

/// A set with its key at one version.
#[derive(Debug, Clone, Copy)]
pub struct KeyedSet<'a> {
    /// The questions.
    pub set: &'a QuestionSet,
    /// The right answers.
    pub key: &'a AnswerKey,
}

impl<'a> KeyedSet<'a> {
    /// The question of that name.
    pub fn find(self, id: &QuestionId) -> Option<Keyed<'a>> {
        self.set.find(id).map(|question| self.keyed(question))
    }

    fn keyed(self, question: &'a Question) -> Keyed<'a> {
        Keyed {
            question,
            key: self.key.0.get(&question.id),
        }
    }
}

/// A question that differs between two versions; one of the two sides is there at least.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Changed<'a> {
    /// As it was; `None` where it came.
    pub before: Option<Keyed<'a>>,
    /// As it is; `None` where it went.
    pub after: Option<Keyed<'a>>,
}

/// Questions that came, went or were changed, in the order of the new version, those that went last. Questions are known by
/// their names; a mere change of order is none.
pub fn changes<'a>(before: KeyedSet<'a>, after: KeyedSet<'a>) -> Vec<Changed<'a>> {
    let mut old: HashMap<&QuestionId, Keyed<'a>> = before
        .set
        .questions
        .iter()
        .map(|question| (&question.id, before.keyed(question)))
        .collect();
    let mut changed = Vec::new();
    for question in &after.set.questions {
        let now = after.keyed(question);
        let was = old.remove(&question.id);
        if was != Some(now) {
            changed.push(Changed {
                before: was,
                after: Some(now),
            });
        }
    }
    let gone = before
        .set
        .questions
        .iter()
        .filter_map(|question| old.get(&question.id));
    changed.extend(gone.map(|was| Changed {
        before: Some(*was),
        after: None,
    }));
    changed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::question::{QuestionOption, SetId};

    fn set(questions: &[(&str, &str, u8)]) -> (QuestionSet, AnswerKey) {
        let option = |text: &str| QuestionOption {
            text: text.to_owned(),
            pin: false,
        };
        let question = |(id, text, _): &(&str, &str, u8)| Question {
            id: QuestionId((*id).to_owned()),
            text: (*text).to_owned(),
            options: vec![option("Một"), option("Hai")],
            multiple: false,
            level: None,
            explanation: None,
            source: None,
            topic: None,
            media: Vec::new(),
        };
        let keys = questions
            .iter()
            .map(|(id, _, key)| (QuestionId((*id).to_owned()), BTreeSet::from([*key])));
        let set = QuestionSet {
            id: SetId("a".to_owned()),
            title: "A".to_owned(),
            questions: questions.iter().map(question).collect(),
        };
        (set, AnswerKey(keys.collect()))
    }

    #[test]
    fn questions_that_came_went_or_changed_their_text_or_key_are_told() {
        let (old, old_key) = set(&[("a", "A", 0), ("b", "B", 0), ("c", "C", 0), ("d", "D", 0)]);
        let (new, new_key) = set(&[("d", "D", 1), ("a", "A", 0), ("b", "B mới", 0), ("e", "E", 0)]);
        let changed = changes(
            KeyedSet {
                set: &old,
                key: &old_key,
            },
            KeyedSet {
                set: &new,
                key: &new_key,
            },
        );
        let id = |side: Option<Keyed<'_>>| side.map_or("–".to_owned(), |keyed| keyed.question.id.0.clone());
        let told: Vec<_> = changed
            .iter()
            .map(|one| (id(one.before), id(one.after)))
            .collect();
        let expected = [("d", "d"), ("b", "b"), ("–", "e"), ("c", "–")];
        assert_eq!(told, expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
    }
}
