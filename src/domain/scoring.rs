//! Points for a paper: all or nothing per question, integers only.
//!
//! Owns the score of one attempt; leaves comparing attempts to `ranking`.

use super::contest::PaperRules;
use super::paper::Paper;
use super::question::{AnswerKey, SetVersion};
use super::response::Responses;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What a paper earned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    /// Points.
    pub points: u32,
    /// Questions answered exactly right.
    pub correct: u16,
    /// Questions with any choice.
    pub answered: u16,
    /// Questions on the paper.
    pub total: u16,
}

impl Score {
    /// The score under the rules of the round: where every question must be answered, a blank one takes all points.
    pub const fn by(self, rules: &PaperRules) -> Self {
        if rules.all_answered && self.answered < self.total {
            return Self {
                points: 0,
                correct: 0,
                ..self
            };
        }
        self
    }
}

/// A paper refers to a key that is not there; a stored paper always has one, so this means lost data.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no key for question {question} of set version {version}")]
pub struct MissingKey {
    /// The version the paper names.
    pub version: String,
    /// The question without a key.
    pub question: String,
}

/// Scores responses: a question earns `points` when exactly the right options are chosen, otherwise nothing.
pub fn score(
    paper: &Paper,
    keys: &BTreeMap<SetVersion, AnswerKey>,
    responses: &Responses,
    points: u32,
) -> Result<Score, MissingKey> {
    let mut correct = 0u16;
    for (number, asked) in (1u16..).zip(&paper.questions) {
        let version = paper.version_of(asked);
        let right = version
            .and_then(|version| keys.get(version))
            .and_then(|key| key.0.get(&asked.question));
        let right = right.ok_or_else(|| MissingKey {
            version: version.map(ToString::to_string).unwrap_or_default(),
            question: asked.question.to_string(),
        })?;
        let places = responses
            .get(number)
            .into_iter()
            .flat_map(|choice| choice.places());
        let chosen: BTreeSet<u8> = places
            .filter_map(|place| asked.order.get(usize::from(place)).copied())
            .collect();
        correct += u16::from(!chosen.is_empty() && chosen == *right);
    }
    Ok(Score {
        points: points.saturating_mul(u32::from(correct)),
        correct,
        answered: u16::try_from(responses.answered()).unwrap_or(u16::MAX),
        total: u16::try_from(paper.questions.len()).unwrap_or(u16::MAX),
    })
}

#[cfg(test)]
mod tests {
    use super::super::paper::PaperQuestion;
    use super::super::question::QuestionId;
    use super::super::response::Response;
    use super::*;

    fn paper() -> Paper {
        let question = |id: &str, order: [u8; 4], multiple| PaperQuestion {
            version: 0,
            question: QuestionId(id.into()),
            order: order.to_vec(),
            multiple,
        };
        Paper {
            versions: vec![SetVersion("v".into())],
            questions: vec![
                question("one", [3, 2, 1, 0], false),
                question("two", [1, 0, 3, 2], true),
            ],
        }
    }

    fn points(choices: [&[&str]; 2]) -> (u32, u16) {
        let key = AnswerKey(BTreeMap::from([
            (QuestionId("one".into()), BTreeSet::from([0])),
            (QuestionId("two".into()), BTreeSet::from([0, 2])),
        ]));
        let paper = paper();
        let mut responses = Responses::blank(&paper);
        for (number, labels) in (1..).zip(choices) {
            responses.set(Response::check(&paper, number, labels).unwrap());
        }
        let keys = BTreeMap::from([(SetVersion("v".into()), key)]);
        let score = score(&paper, &keys, &responses, 10).unwrap();
        (score.points, score.answered)
    }

    #[test]
    fn shown_labels_are_mapped_back_to_the_file() {
        assert_eq!(points([&["D"], &["B", "D"]]), (20, 2));
        assert_eq!(points([&["A"], &["A", "C"]]), (0, 2));
    }

    #[test]
    fn a_part_of_several_right_options_or_one_too_many_earns_nothing() {
        assert_eq!(points([&[], &["B"]]), (0, 1));
        assert_eq!(points([&["D"], &["A", "B", "D"]]), (10, 2));
    }

    #[test]
    fn a_lost_key_is_an_error_not_a_zero() {
        let paper = paper();
        let refused = score(&paper, &BTreeMap::new(), &Responses::blank(&paper), 10);
        assert_eq!(
            refused,
            Err(MissingKey {
                version: "v".into(),
                question: "one".into()
            })
        );
    }
}
