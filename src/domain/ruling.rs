//! How a question of a round is marked where the board has decided otherwise than its key.
//!
//! Owns what each ruling means for one answer; leaves adding up to `scoring` and who may rule to `action`. The set and its
//! key stay as they were loaded: a ruling belongs to a round.

use super::question::{QuestionId, SetVersion};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What is marked instead of the key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Ruling {
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

impl Ruling {
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
pub fn earns(ruling: Option<&Ruling>, key: &BTreeSet<u8>, chosen: &BTreeSet<u8>) -> Option<bool> {
    match ruling {
        None => Some(!chosen.is_empty() && chosen == key),
        Some(Ruling::Accept { keys }) => Some(!chosen.is_empty() && keys.contains(chosen)),
        Some(Ruling::FullMarks) => Some(true),
        Some(Ruling::Dropped) => None,
    }
}

/// A question of a round with its ruling.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruled {
    /// The version of its set.
    pub version: SetVersion,
    /// Its name in the set.
    pub question: QuestionId,
    /// How it is marked.
    pub ruling: Ruling,
}

/// Every ruling of a round; none for most questions, and for most rounds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<Ruled>", into = "Vec<Ruled>")]
pub struct Rulings(BTreeMap<SetVersion, BTreeMap<QuestionId, Ruling>>);

impl Rulings {
    /// The ruling on a question.
    pub fn get(&self, version: &SetVersion, question: &QuestionId) -> Option<&Ruling> {
        self.0.get(version)?.get(question)
    }

    /// Rules on a question, in place of an earlier ruling; `None` takes the key again.
    pub fn set(&mut self, version: &SetVersion, question: &QuestionId, ruling: Option<Ruling>) {
        let of_set = self.0.entry(version.clone()).or_default();
        match ruling {
            Some(ruling) => {
                of_set.insert(question.clone(), ruling);
            }
            None => {
                of_set.remove(question);
            }
        }
        self.0.retain(|_, of_set| !of_set.is_empty());
    }

    /// Questions with their rulings.
    pub fn iter(&self) -> impl Iterator<Item = (&SetVersion, &QuestionId, &Ruling)> {
        self.0.iter().flat_map(|(version, of_set)| {
            of_set
                .iter()
                .map(move |(question, ruling)| (version, question, ruling))
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

impl From<Vec<Ruled>> for Rulings {
    fn from(list: Vec<Ruled>) -> Self {
        let mut rulings = Self::default();
        for ruled in list {
            rulings.set(&ruled.version, &ruled.question, Some(ruled.ruling));
        }
        rulings
    }
}

impl From<Rulings> for Vec<Ruled> {
    fn from(rulings: Rulings) -> Self {
        let list = rulings.iter().map(|(version, question, ruling)| Ruled {
            version: version.clone(),
            question: question.clone(),
            ruling: ruling.clone(),
        });
        list.collect()
    }
}

#[cfg(test)]
#[path = "ruling_properties_tests.rs"]
mod properties;

#[cfg(test)]
mod tests {
    use super::*;

    fn places(places: &[u8]) -> BTreeSet<u8> {
        places.iter().copied().collect()
    }

    #[test]
    fn each_ruling_marks_an_answer_as_it_says() {
        let accept = Ruling::Accept {
            keys: BTreeSet::from([places(&[0]), places(&[2])]),
        };
        let marks = |ruling: Option<&Ruling>| {
            [&[][..], &[0], &[1], &[2], &[0, 2]].map(|chosen| earns(ruling, &places(&[1]), &places(chosen)))
        };
        let known = |marks: [bool; 5]| marks.map(Some);
        assert_eq!(marks(None), known([false, false, true, false, false]));
        assert_eq!(marks(Some(&accept)), known([false, true, false, true, false]));
        assert_eq!(marks(Some(&Ruling::FullMarks)), known([true; 5]));
        assert_eq!(marks(Some(&Ruling::Dropped)), [None; 5]);
    }

    #[test]
    fn rulings_read_back_and_differ_where_they_say_something_else() {
        let (version, a, b) = (
            SetVersion("v".into()),
            QuestionId("a".into()),
            QuestionId("b".into()),
        );
        let mut rulings = Rulings::default();
        rulings.set(&version, &a, Some(Ruling::FullMarks));
        rulings.set(&version, &b, Some(Ruling::Dropped));
        let text = serde_json::to_string(&rulings).unwrap();
        let read: Rulings = serde_json::from_str(&text).unwrap();
        assert_eq!(read, rulings);
        let mut other = read;
        other.set(&version, &b, None);
        assert_eq!(rulings.differing(&other), BTreeSet::from([(&version, &b)]));
        other.set(&version, &a, None);
        assert_eq!(other, Rulings::default());
    }
}
