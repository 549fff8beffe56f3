//! What an entrant chose: shown labels by question number.
//!
//! Owns the checked form of responses against a paper; leaves which option a label means to `paper`.

use super::paper::Paper;
use super::question::{LABELS, place_of};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The labels chosen for one question, as shown (A = first option on the page). Empty means unanswered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Choice(BTreeSet<u8>);

/// A choice that cannot be: which rule it breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ChoiceError {
    /// No question of that number on the paper.
    #[error("no such question on the paper")]
    UnknownQuestion,
    /// A label that the question does not have.
    #[error("no such option in the question")]
    UnknownOption,
    /// Several labels where one is right.
    #[error("only one option may be chosen")]
    OnlyOne,
}

impl Choice {
    /// The places chosen, ascending, 0 = A.
    pub fn places(&self) -> impl Iterator<Item = u8> + '_ {
        self.0.iter().copied()
    }

    /// Nothing chosen.
    pub fn is_blank(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether that place is chosen.
    pub fn contains(&self, place: u8) -> bool {
        self.0.contains(&place)
    }

    /// The labels as text, "" to "ABCDEFGH".
    pub fn labels(&self) -> String {
        self.0
            .iter()
            .filter_map(|place| LABELS.get(usize::from(*place)))
            .collect()
    }

    /// Each label on its own, for JSON.
    pub fn label_list(&self) -> Vec<String> {
        self.labels().chars().map(String::from).collect()
    }

    /// Reads labels without knowing the question; `None` if one is not A to H.
    pub fn parse(labels: &str) -> Option<Self> {
        labels
            .chars()
            .map(place_of)
            .collect::<Option<BTreeSet<u8>>>()
            .map(Self)
    }
}

impl TryFrom<String> for Choice {
    type Error = String;

    fn try_from(labels: String) -> Result<Self, String> {
        Self::parse(&labels).ok_or_else(|| "labels are A to H".to_owned())
    }
}

impl From<Choice> for String {
    fn from(choice: Choice) -> Self {
        choice.labels()
    }
}

/// A choice for one question of a paper, checked against it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// Number on the paper, from 1.
    pub question: u16,
    /// What was chosen.
    pub choice: Choice,
}

impl Response {
    /// Checks labels against the question of that number: it exists, has these options, and takes so many.
    pub fn check(paper: &Paper, question: u16, labels: &[impl AsRef<str>]) -> Result<Self, ChoiceError> {
        let asked = paper.question(question).ok_or(ChoiceError::UnknownQuestion)?;
        let mut places = BTreeSet::new();
        for label in labels {
            let mut letters = label.as_ref().chars();
            let place = match (letters.next(), letters.next()) {
                (Some(letter), None) => place_of(letter),
                _ => None,
            };
            let place = place.filter(|place| usize::from(*place) < asked.order.len());
            places.insert(place.ok_or(ChoiceError::UnknownOption)?);
        }
        if places.len() > 1 && !asked.multiple {
            return Err(ChoiceError::OnlyOne);
        }
        Ok(Self {
            question,
            choice: Choice(places),
        })
    }
}

/// The choices of a whole paper, one per question in order; blanks included.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Responses(Vec<Choice>);

impl Responses {
    /// A blank sheet for a paper.
    pub fn blank(paper: &Paper) -> Self {
        Self(vec![Choice::default(); paper.questions.len()])
    }

    /// Puts a choice in its place; a number beyond the paper was refused by [`Response::check`] and changes nothing.
    pub fn set(&mut self, response: Response) {
        let slot = usize::from(response.question)
            .checked_sub(1)
            .and_then(|index| self.0.get_mut(index));
        if let Some(slot) = slot {
            *slot = response.choice;
        }
    }

    /// The choice for a question number, blank where nothing was chosen.
    pub fn get(&self, question: u16) -> Option<&Choice> {
        usize::from(question)
            .checked_sub(1)
            .and_then(|index| self.0.get(index))
    }

    /// Question numbers with their choices.
    pub fn iter(&self) -> impl Iterator<Item = (u16, &Choice)> {
        (1..).zip(self.0.iter())
    }

    /// How many questions have a choice.
    pub fn answered(&self) -> usize {
        self.0.iter().filter(|choice| !choice.is_blank()).count()
    }
}
