//! Points for a paper: all or nothing per question, integers only.
//!
//! Owns the score of one attempt; leaves comparing attempts to `ranking`.

use super::contest::PaperRules;
use super::marking::{Marking, Markings, earns};
use super::paper::{Paper, PaperQuestion};
use super::question::{AnswerKey, SetVersion};
use super::response::{Choice, Responses};
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
    pub const fn by(self, rules: &PaperRules, leaves_blank: bool) -> Self {
        if rules.all_answered && leaves_blank {
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

/// Scores responses: a question earns its own points, or `points` where it has none, when exactly the right options are
/// chosen, otherwise nothing; `markings` say which questions are marked in another way. One that counts for nobody is not
/// among the questions of the score.
pub fn score(
    paper: &Paper,
    keys: &BTreeMap<SetVersion, AnswerKey>,
    markings: &Markings,
    responses: &Responses,
    points: u32,
) -> Result<Score, MissingKey> {
    let (mut earned_points, mut correct, mut total) = (0u32, 0u16, 0u16);
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
        let marking = version.and_then(|version| markings.get(version, &asked.question));
        if let Some(earned) = earns(marking, right, &chosen) {
            if earned {
                correct += 1;
                earned_points = earned_points.saturating_add(asked.points.unwrap_or(points));
            }
            total = total.saturating_add(1);
        }
    }
    Ok(Score {
        points: earned_points,
        correct,
        answered: u16::try_from(responses.answered()).unwrap_or(u16::MAX),
        total,
    })
}

/// The points of a paper answered right throughout, without the questions that count for nobody.
pub fn most(paper: &Paper, markings: &Markings, points: u32) -> u32 {
    let counts = |asked: &&PaperQuestion| {
        let version = paper.version_of(asked);
        let marking = version.and_then(|version| markings.get(version, &asked.question));
        !matches!(marking, Some(Marking::Dropped))
    };
    let own = |asked: &PaperQuestion| asked.points.unwrap_or(points);
    let counted = paper.questions.iter().filter(counts).map(own);
    counted.fold(0, u32::saturating_add)
}

/// Whether a question that has to be answered is left blank. One that counts for nobody, or gives everybody its points also
/// with a blank, does not have to be.
pub fn leaves_blank(paper: &Paper, markings: &Markings, responses: &Responses) -> bool {
    (1u16..).zip(&paper.questions).any(|(number, asked)| {
        let version = paper.version_of(asked);
        let marking = version.and_then(|version| markings.get(version, &asked.question));
        let must = !matches!(marking, Some(Marking::FullMarks | Marking::Dropped));
        must && responses.get(number).is_none_or(Choice::is_blank)
    })
}

#[cfg(test)]
mod tests {
    use super::super::contest::Shuffle;
    use super::super::question::QuestionId;
    use super::super::response::Response;
    use super::*;

    fn paper() -> Paper {
        let question = |id: &str, order: [u8; 4], multiple| PaperQuestion {
            version: 0,
            question: QuestionId(id.into()),
            order: order.to_vec(),
            multiple,
            points: None,
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
        let score = score(&paper, &keys, &Markings::default(), &responses, 10).unwrap();
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
    fn markings_change_points_and_a_dropped_question_is_not_among_them() {
        let version = SetVersion("v".into());
        let keys = BTreeMap::from([(
            version.clone(),
            AnswerKey(BTreeMap::from([
                (QuestionId("one".into()), BTreeSet::from([0])),
                (QuestionId("two".into()), BTreeSet::from([0, 2])),
            ])),
        )]);
        let paper = paper();
        let mut responses = Responses::blank(&paper);
        responses.set(Response::check(&paper, 1, &["A"]).unwrap());
        let marked = |marking: Marking| {
            let mut markings = Markings::default();
            markings.set(&version, &QuestionId("one".into()), Some(marking));
            let score = score(&paper, &keys, &markings, &responses, 10).unwrap();
            (score.points, score.correct, score.answered, score.total)
        };
        let accept = BTreeSet::from([BTreeSet::from([0]), BTreeSet::from([3])]);
        assert_eq!(marked(Marking::Accept { keys: accept }), (10, 1, 1, 2));
        assert_eq!(marked(Marking::FullMarks), (10, 1, 1, 2));
        assert_eq!(marked(Marking::Dropped), (0, 0, 1, 1));
    }

    #[test]
    fn a_blank_takes_all_points_where_every_question_must_be_answered_but_not_one_that_need_not_be() {
        let version = SetVersion("v".into());
        let paper = paper();
        let mut responses = Responses::blank(&paper);
        responses.set(Response::check(&paper, 1, &["A"]).unwrap());
        let blank = |question: &str, marking: Marking| {
            let mut markings = Markings::default();
            markings.set(&version, &QuestionId(question.into()), Some(marking));
            leaves_blank(&paper, &markings, &responses)
        };
        assert!(leaves_blank(&paper, &Markings::default(), &responses));
        assert!(blank("one", Marking::Dropped), "the other question is blank");
        assert!(!blank("two", Marking::Dropped));
        assert!(!blank("two", Marking::FullMarks));
        let score = Score {
            points: 10,
            correct: 1,
            answered: 1,
            total: 2,
        };
        let rules = |all_answered| PaperRules {
            all_answered,
            draw: Vec::new(),
            points: 10,
            time_limit_s: None,
            shuffle: Shuffle {
                questions: true,
                options: true,
            },
        };
        let by = |all_answered, blank| score.by(&rules(all_answered), blank).points;
        assert_eq!((by(true, true), by(true, false), by(false, true)), (0, 10, 10));
    }

    #[test]
    fn a_question_with_points_of_its_own_earns_these_and_the_others_those_of_the_round() {
        let version = SetVersion("v".into());
        let keys = BTreeMap::from([(
            version.clone(),
            AnswerKey(BTreeMap::from([
                (QuestionId("one".into()), BTreeSet::from([0])),
                (QuestionId("two".into()), BTreeSet::from([0, 2])),
            ])),
        )]);
        let mut paper = paper();
        paper.questions[1].points = Some(25);
        let earned = |choices: [&[&str]; 2], marking: Option<(&str, Marking)>| {
            let mut responses = Responses::blank(&paper);
            for (number, labels) in (1..).zip(choices) {
                responses.set(Response::check(&paper, number, labels).unwrap());
            }
            let mut markings = Markings::default();
            if let Some((question, marking)) = marking {
                markings.set(&version, &QuestionId(question.into()), Some(marking));
            }
            let score = score(&paper, &keys, &markings, &responses, 10).unwrap();
            (score.points, score.correct, most(&paper, &markings, 10))
        };
        let (right_one, right_two): ([&[&str]; 2], [&[&str]; 2]) = ([&["D"], &[]], [&[], &["B", "D"]]);
        assert_eq!(earned(right_one, None), (10, 1, 35));
        assert_eq!(earned(right_two, None), (25, 1, 35));
        assert_eq!(earned([&["D"], &["B", "D"]], None), (35, 2, 35));
        assert_eq!(earned(right_one, Some(("two", Marking::FullMarks))), (35, 2, 35));
        assert_eq!(earned(right_two, Some(("two", Marking::Dropped))), (0, 0, 10));
        assert_eq!(earned(right_two, Some(("one", Marking::Dropped))), (25, 1, 25));
    }

    #[test]
    fn a_lost_key_is_an_error_not_a_zero() {
        let paper = paper();
        let refused = score(
            &paper,
            &BTreeMap::new(),
            &Markings::default(),
            &Responses::blank(&paper),
            10,
        );
        assert_eq!(
            refused,
            Err(MissingKey {
                version: "v".into(),
                question: "one".into()
            })
        );
    }
}
