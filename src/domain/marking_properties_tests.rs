//! What holds for every paper and every answer when a question is marked in another way.

use super::*;
use crate::domain::paper::{Paper, PaperQuestion};
use crate::domain::question::AnswerKey;
use crate::domain::response::{Response, Responses};
use crate::domain::scoring::{Score, score};
use proptest::prelude::*;

const QUESTIONS: usize = 6;
const POINTS: u32 = 10;
/// Points that questions have of their own; the others have those of the round.
const OWN: [Option<u32>; QUESTIONS] = [None, Some(20), None, Some(1), Some(20), None];

fn version() -> SetVersion {
    SetVersion("v".into())
}

fn name(question: usize) -> QuestionId {
    QuestionId(format!("q{question}"))
}

/// Six questions of four options, of which one or several are right.
fn keys() -> impl Strategy<Value = Vec<BTreeSet<u8>>> {
    prop::collection::vec(prop::collection::btree_set(0u8..4, 1..=2), QUESTIONS)
}

/// Which questions are on a paper, and the places of the file chosen for each.
fn sheet() -> impl Strategy<Value = Vec<(bool, BTreeSet<u8>)>> {
    prop::collection::vec(
        (any::<bool>(), prop::collection::btree_set(0u8..4, 0..=2)),
        QUESTIONS,
    )
}

fn scored(keys: &[BTreeSet<u8>], sheet: &[(bool, BTreeSet<u8>)], markings: &Markings) -> Score {
    let key = AnswerKey((0..).map(name).zip(keys.iter().cloned()).collect());
    let met: Vec<usize> = (0..QUESTIONS).filter(|n| sheet[*n].0).collect();
    let asked = |n: &usize| PaperQuestion {
        version: 0,
        question: name(*n),
        order: vec![3, 0, 2, 1],
        multiple: true,
        points: OWN[*n],
    };
    let paper = Paper {
        versions: vec![version()],
        questions: met.iter().map(asked).collect(),
    };
    let mut responses = Responses::blank(&paper);
    for (number, n) in (1..).zip(&met) {
        // Shown labels: the place at which an option of the file stands on the page.
        let shown = |place: &u8| ["B", "D", "C", "A"][usize::from(*place)];
        let labels: Vec<&str> = sheet[*n].1.iter().map(shown).collect();
        responses.set(Response::check(&paper, number, &labels).unwrap());
    }
    score(
        &paper,
        &BTreeMap::from([(version(), key)]),
        markings,
        &responses,
        POINTS,
    )
    .unwrap()
}

fn ruled(question: usize, marking: Marking) -> Markings {
    let mut markings = Markings::default();
    markings.set(&version(), &name(question), Some(marking));
    markings
}

proptest! {
    #[test]
    fn accepting_more_answers_never_costs_anybody_points(
        keys in keys(), sheet in sheet(), question in 0..QUESTIONS,
        accepted in prop::collection::btree_set(prop::collection::btree_set(0u8..4, 1..=3), 1..4),
        more in prop::collection::btree_set(0u8..4, 1..=3),
    ) {
        let mut wider = accepted.clone();
        wider.insert(more);
        let before = scored(&keys, &sheet, &ruled(question, Marking::Accept { keys: accepted }));
        let after = scored(&keys, &sheet, &ruled(question, Marking::Accept { keys: wider }));
        let full = scored(&keys, &sheet, &ruled(question, Marking::FullMarks));
        prop_assert!(before.points <= after.points && after.points <= full.points);
        prop_assert_eq!((before.total, before.answered), (full.total, full.answered));
    }

    #[test]
    fn a_marking_that_says_what_the_key_says_changes_nothing(
        keys in keys(), sheet in sheet(), question in 0..QUESTIONS,
    ) {
        let same = Marking::Accept { keys: BTreeSet::from([keys[question].clone()]) };
        let by_key = scored(&keys, &sheet, &Markings::default());
        prop_assert_eq!(by_key, scored(&keys, &sheet, &ruled(question, same)));
    }

    #[test]
    fn dropping_a_question_keeps_the_distance_of_all_who_did_alike_on_it(
        keys in keys(), one in sheet(), other in sheet(), question in 0..QUESTIONS,
    ) {
        let dropped = ruled(question, Marking::Dropped);
        let earned = |sheet: &[(bool, BTreeSet<u8>)]| sheet[question].0 && sheet[question].1 == keys[question];
        let points = |sheet: &[(bool, BTreeSet<u8>)]| {
            let (before, after) = (scored(&keys, sheet, &Markings::default()), scored(&keys, sheet, &dropped));
            (i64::from(before.points), i64::from(after.points), before.total - after.total)
        };
        let (a, b) = (points(&one), points(&other));
        let worth = i64::from(OWN[question].unwrap_or(POINTS));
        prop_assert_eq!(a.0 - a.1, if earned(&one) { worth } else { 0 });
        prop_assert_eq!(a.2, u16::from(one[question].0));
        if earned(&one) == earned(&other) {
            prop_assert_eq!(a.0 - b.0, a.1 - b.1);
        }
    }

    #[test]
    fn marking_twice_is_marking_once(question in 0..QUESTIONS, places in prop::collection::btree_set(0u8..4, 1..4)) {
        let marking = Marking::Accept { keys: BTreeSet::from([places]) };
        let once = ruled(question, marking.clone());
        let mut twice = once.clone();
        twice.set(&version(), &name(question), Some(marking));
        prop_assert_eq!(&once, &twice);
        prop_assert!(once.differing(&twice).is_empty());
    }
}
