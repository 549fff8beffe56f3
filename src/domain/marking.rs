//! How a question of a round is marked where the board has decided otherwise than its key.
//!
//! Owns what each marking means for one answer; leaves adding up to `scoring` and who may decide it to `action`. The set and its
//! key stay as they were loaded: a marking belongs to a round.

use super::question::{QuestionId, SetVersion};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What is marked instead of the key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Marking {
    /// Each of these sets of options earns the points: one where the key is corrected, more where several are accepted.
    Accept {
        /// Sets of places in the file, none empty.
        keys: BTreeSet<BTreeSet<u8>>,
    },
    /// Everybody whose paper has the question earns the points, also with a blank.
    FullMarks,
    /// The question counts for nobody: no points, and it is not among the questions of the paper.
    Dropped,
}

impl Marking {
    /// The word in messages.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Accept { .. } => "accept",
            Self::FullMarks => "full",
            Self::Dropped => "dropped",
        }
    }
}

/// Whether an answer earns the points of its question; `None` where the question counts for nobody.
pub fn earns(marking: Option<&Marking>, key: &BTreeSet<u8>, chosen: &BTreeSet<u8>) -> Option<bool> {
    match marking {
        None => Some(!chosen.is_empty() && chosen == key),
        Some(Marking::Accept { keys }) => Some(!chosen.is_empty() && keys.contains(chosen)),
        Some(Marking::FullMarks) => Some(true),
        Some(Marking::Dropped) => None,
    }
}

/// A question of a round with its marking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkedQuestion {
    /// The version of its set.
    pub version: SetVersion,
    /// Its name in the set.
    pub question: QuestionId,
    /// How it is marked.
    pub marking: Marking,
}

/// Every marking of a round; none for most questions, and for most rounds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<MarkedQuestion>", into = "Vec<MarkedQuestion>")]
pub struct Markings(BTreeMap<SetVersion, BTreeMap<QuestionId, Marking>>);

impl Markings {
    /// How a question is marked.
    pub fn get(&self, version: &SetVersion, question: &QuestionId) -> Option<&Marking> {
        self.0.get(version)?.get(question)
    }

    /// Marks a question in that way, in place of an earlier one; `None` takes the key again.
    pub fn set(&mut self, version: &SetVersion, question: &QuestionId, marking: Option<Marking>) {
        let of_set = self.0.entry(version.clone()).or_default();
        match marking {
            Some(marking) => {
                of_set.insert(question.clone(), marking);
            }
            None => {
                of_set.remove(question);
            }
        }
        self.0.retain(|_, of_set| !of_set.is_empty());
    }

    /// Questions with how they are marked.
    pub fn iter(&self) -> impl Iterator<Item = (&SetVersion, &QuestionId, &Marking)> {
        self.0.iter().flat_map(|(version, of_set)| {
            of_set
                .iter()
                .map(move |(question, marking)| (version, question, marking))
        })
    }

    /// The questions on which the two differ, in order.
    pub fn differing<'a>(&'a self, other: &'a Self) -> BTreeSet<(&'a SetVersion, &'a QuestionId)> {
        let all = self.iter().chain(other.iter());
        all.map(|(version, question, _)| (version, question))
            .filter(|(version, question)| self.get(version, question) != other.get(version, question))
            .collect()
    }
}

impl From<Vec<MarkedQuestion>> for Markings {
    fn from(list: Vec<MarkedQuestion>) -> Self {
        let mut markings = Self::default();
        for ruled in list {
            markings.set(&ruled.version, &ruled.question, Some(ruled.marking));
        }
        markings
    }
}

impl From<Markings> for Vec<MarkedQuestion> {
    fn from(markings: Markings) -> Self {
        let list = markings
            .iter()
            .map(|(version, question, marking)| MarkedQuestion {
                version: version.clone(),
                question: question.clone(),
                marking: marking.clone(),
            });
        list.collect()
    }
}

#[cfg(test)]
#[path = "marking_properties_tests.rs"]
mod properties;

#[cfg(test)]
mod tests {
    use super::*;

    fn places(places: &[u8]) -> BTreeSet<u8> {
        places.iter().copied().collect()
    }

    #[test]
    fn each_marking_marks_an_answer_as_it_says() {
        let accept = Marking::Accept {
            keys: BTreeSet::from([places(&[0]), places(&[2])]),
        };
        let marks = |marking: Option<&Marking>| {
            [&[][..], &[0], &[1], &[2], &[0, 2]].map(|chosen| earns(marking, &places(&[1]), &places(chosen)))
        };
        let known = |marks: [bool; 5]| marks.map(Some);
        assert_eq!(marks(None), known([false, false, true, false, false]));
        assert_eq!(marks(Some(&accept)), known([false, true, false, true, false]));
        assert_eq!(marks(Some(&Marking::FullMarks)), known([true; 5]));
        assert_eq!(marks(Some(&Marking::Dropped)), [None; 5]);
    }

    #[test]
    fn markings_read_back_and_differ_where_they_say_something_else() {
        let (version, a, b) = (
            SetVersion("v".into()),
            QuestionId("a".into()),
            QuestionId("b".into()),
        );
        let mut markings = Markings::default();
        markings.set(&version, &a, Some(Marking::FullMarks));
        markings.set(&version, &b, Some(Marking::Dropped));
        let text = serde_json::to_string(&markings).unwrap();
        let read: Markings = serde_json::from_str(&text).unwrap();
        assert_eq!(read, markings);
        let mut other = read;
        other.set(&version, &b, None);
        assert_eq!(markings.differing(&other), BTreeSet::from([(&version, &b)]));
        other.set(&version, &a, None);
        assert_eq!(other, Markings::default());
    }
}
