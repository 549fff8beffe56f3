//! From stored papers and responses to what item statistics count.
//!
//! Owns finding a question of a paper among the questions of the round, and mapping shown labels back to the file; leaves
//! counting to [`super::item_statistics`] and reading what is stored to `store`.

use super::item_statistics::{Answered, Item};
use super::marking::{Marking, Markings, earns};
use super::paper::Paper;
use super::question::{AnswerKey, QuestionId, QuestionSet, SetVersion};
use super::response::Responses;
use std::collections::{BTreeSet, HashMap};

/// How an item is marked.
#[derive(Debug, Clone)]
struct Marks {
    key: BTreeSet<u8>,
    marking: Option<Marking>,
}

/// The questions of a round that count, by set version and name.
#[derive(Debug, Clone)]
pub struct ItemIndex {
    items: Vec<Item>,
    marks: Vec<Marks>,
    places: HashMap<SetVersion, HashMap<QuestionId, usize>>,
}

impl ItemIndex {
    /// The questions of the sets in their order; one without a key has no right option, and one that was dropped is not
    /// among them.
    pub fn new<'a>(
        sets: impl IntoIterator<Item = (&'a SetVersion, &'a QuestionSet, &'a AnswerKey)>,
        markings: &Markings,
    ) -> Self {
        let (mut items, mut marks, mut places) = (Vec::new(), Vec::new(), HashMap::new());
        for (version, set, key) in sets {
            let of_set: &mut HashMap<QuestionId, usize> = places.entry(version.clone()).or_default();
            for question in &set.questions {
                let marking = markings.get(version, &question.id).cloned();
                let key = key.0.get(&question.id).cloned().unwrap_or_default();
                let right = match &marking {
                    Some(Marking::Dropped) => continue,
                    Some(Marking::Accept { keys }) => keys.iter().flatten().copied().collect(),
                    Some(Marking::FullMarks) | None => key.clone(),
                };
                of_set.insert(question.id.clone(), items.len());
                marks.push(Marks { key, marking });
                items.push(Item {
                    version: version.clone(),
                    question: question.id.clone(),
                    options: u8::try_from(question.options.len()).unwrap_or(u8::MAX),
                    right: right.into_iter().collect(),
                    max: 1,
                });
            }
        }
        Self { items, marks, places }
    }

    /// The questions, as [`super::item_statistics::RoundTally::new`] takes them.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// What one entrant did; a question earns its mark as in `scoring`, one mark whatever points it gives: how well a question
    /// tells people apart does not depend on its price. One that no set of the round has, or that was
    /// dropped, is left out.
    pub fn answered(&self, paper: &Paper, responses: &Responses) -> Vec<Answered> {
        let mut out = Vec::with_capacity(paper.questions.len());
        for (number, asked) in (1_u16..).zip(&paper.questions) {
            let of_set = paper
                .version_of(asked)
                .and_then(|version| self.places.get(version));
            let Some(&place) = of_set.and_then(|places| places.get(&asked.question)) else {
                continue;
            };
            let shown = responses
                .get(number)
                .into_iter()
                .flat_map(|choice| choice.places());
            let chosen: BTreeSet<u8> = shown
                .filter_map(|shown| asked.order.get(usize::from(shown)).copied())
                .collect();
            let marks = self.marks.get(place);
            let earned = marks.and_then(|marks| earns(marks.marking.as_ref(), &marks.key, &chosen));
            out.push(Answered {
                item: place,
                mark: u32::from(earned == Some(true)),
                chosen: chosen.into_iter().collect(),
            });
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::super::paper::PaperQuestion;
    use super::super::question::{Question, QuestionOption, SetId};
    use super::super::response::Response;
    use super::super::scoring::score;
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn shown_labels_are_mapped_back_and_marks_agree_with_scoring() {
        let version = SetVersion("v".to_owned());
        let question = |id: &str| Question {
            id: QuestionId(id.to_owned()),
            text: "?".to_owned(),
            options: ["a", "b", "c"]
                .map(|text| QuestionOption {
                    text: text.to_owned(),
                    pin: false,
                })
                .to_vec(),
            multiple: true,
            level: None,
            explanation: None,
            source: None,
            topic: None,
            media: Vec::new(),
        };
        let set = QuestionSet {
            id: SetId("s".to_owned()),
            title: "S".to_owned(),
            questions: vec![question("one"), question("two"), question("three")],
        };
        let right = [("one", vec![0_u8]), ("two", vec![0, 2]), ("three", vec![1])];
        let key = AnswerKey(
            right
                .map(|(id, places)| (QuestionId(id.to_owned()), BTreeSet::from_iter(places)))
                .into(),
        );
        let index = ItemIndex::new([(&version, &set, &key)], &Markings::default());
        let asked = |id: &str| PaperQuestion {
            version: 0,
            question: QuestionId(id.to_owned()),
            order: vec![2, 1, 0],
            multiple: true,
            points: None,
        };
        let paper = Paper {
            versions: vec![version.clone()],
            questions: vec![asked("two"), asked("three"), asked("one")],
        };
        let mut responses = Responses::blank(&paper);
        for (number, labels) in [(1, vec!["A", "C"]), (3, vec!["A"])] {
            responses.set(Response::check(&paper, number, &labels).unwrap());
        }
        let found = index.answered(&paper, &responses);
        let expected = [(1, 1, vec![0, 2]), (2, 0, vec![]), (0, 0, vec![2])];
        assert_eq!(
            found,
            expected.map(|(item, mark, chosen)| Answered { item, mark, chosen })
        );
        let mut dear = paper.clone();
        dear.questions[0].points = Some(50);
        assert_eq!(
            index.answered(&dear, &responses),
            found,
            "points are no part of it"
        );
        let scored = score(
            &paper,
            &BTreeMap::from([(version, key)]),
            &Markings::default(),
            &responses,
            1,
        )
        .unwrap();
        assert_eq!(
            scored.points,
            found.iter().map(|answered| answered.mark).sum::<u32>()
        );
    }
}
