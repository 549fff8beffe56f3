//! Claims about what may be shown, on small contests.

use super::*;
use crate::domain::contest::{
    Accent, AttemptRules, ContestDefinition, CountedAttempt, DrawLine, Feedback, FieldRules, PaperRules,
    PerPerson, RankingRules, RoundRules, Shuffle, TieRule,
};
use crate::domain::ids::{ContestId, RoundId};
use crate::domain::marking::{Marking, Markings};
use crate::domain::question::{Level, QuestionId, QuestionOption, SetId, SetVersion};
use crate::domain::round_key::{NoKey, round_keys};
use std::collections::BTreeMap;
use time::Duration;
use time::macros::datetime;

const NOW: OffsetDateTime = datetime!(2033-06-06 01:00 UTC);

fn rules(set: &str, level: Option<Level>) -> RoundRules {
    RoundRules {
        essay: None,
        paper: PaperRules {
            all_answered: false,
            draw: vec![DrawLine {
                set: SetId(set.to_owned()),
                level,
                count: 1,
                points: None,
            }],
            points: 1,
            time_limit_s: None,
            shuffle: Shuffle {
                questions: true,
                options: true,
            },
        },
        attempts: AttemptRules {
            per_contest: None,
            per_round: None,
            counts: CountedAttempt::Best,
            wait_s: 0,
            feedback: Feedback::None,
            late_finish: false,
        },
        prediction: None,
        ranking: RankingRules {
            min_rounds: 0,
            min_score: None,
            order: Vec::new(),
            tie: TieRule::Board,
            per_person: PerPerson {
                keep: Default::default(),
                phase: None,
                round: None,
                contest: None,
            },
        },
    }
}

/// A round of a contest that draws from a set of the same number.
fn round(contest: i32, number: u16, set: &str, stage: RoundStage) -> Round {
    Round {
        id: RoundId(contest * 100 + i32::from(number)),
        contest: ContestId(contest),
        number,
        title: format!("Tuần {number}"),
        opens_at: NOW - Duration::days(7),
        closes_at: NOW - Duration::days(1),
        rules: rules(set, None),
        sets: BTreeMap::from([(SetId(set.to_owned()), SetVersion(set.to_owned()))]),
        markings: Markings::default(),
        scoring: 0,
        stage,
        published_at: (stage == RoundStage::Published).then_some(NOW),
        control: Default::default(),
    }
}

fn question(text: &str, level: Option<Level>) -> Question {
    Question {
        id: QuestionId(text.to_owned()),
        text: text.to_owned(),
        options: vec![
            QuestionOption {
                text: "A".to_owned(),
                pin: false,
            };
            2
        ],
        multiple: false,
        level,
        explanation: None,
        source: None,
        topic: None,
        media: Vec::new(),
    }
}

/// A contest whose sets hold questions with those texts.
fn contest(id: i32, rule: KeyPublication, rounds: Vec<Round>, sets: &[(&str, Vec<Question>)]) -> Contest {
    let version = |name: &str| SetVersion(name.to_owned());
    let keyed = |questions: &[Question]| {
        AnswerKey(
            questions
                .iter()
                .map(|q| (q.id.clone(), BTreeSet::from([0])))
                .collect(),
        )
    };
    Contest {
        id: ContestId(id),
        definition: ContestDefinition {
            entry: Default::default(),
            slug: format!("thi-{id}"),
            title: String::new(),
            organiser: String::new(),
            description: None,
            rules: None,
            hotline: None,
            data_deleted_by: None,
            min_age: None,
            accent: Accent::Cham,
            answer_key: rule,
            fields: FieldRules::default(),
            rules_default: rules("a", None),
            rounds: Vec::new(),
            prizes: Vec::new(),
            collective_prizes: Vec::new(),
            spread: None,
            complaints: None,
            papers: Default::default(),
        },
        demonstration: false,
        rounds,
        units: Vec::new(),
        heads: BTreeMap::new(),
        keys: sets
            .iter()
            .map(|(name, list)| (version(name), keyed(list)))
            .collect(),
        sets: sets
            .iter()
            .map(|(name, questions)| {
                let set = QuestionSet {
                    id: SetId((*name).to_owned()),
                    title: String::new(),
                    questions: questions.clone(),
                };
                (version(name), set)
            })
            .collect(),
    }
}

/// Texts shown and how many are held back, for the first round of the first contest.
fn shown(contests: Vec<Contest>) -> Option<(Vec<String>, usize)> {
    let catalog = Catalog::new(contests);
    let own = catalog.contests().first().unwrap();
    match disclosure(&catalog, own, own.rounds.first().unwrap(), NOW) {
        Disclosure::Never | Disclosure::Later(_) => None,
        Disclosure::Open { questions, held } => {
            let texts = questions.iter().map(|shown| shown.question.text.clone());
            Some((texts.collect(), held))
        }
    }
}

fn two(texts: [&str; 2]) -> Vec<Question> {
    texts.map(|text| question(text, None)).to_vec()
}

#[test]
fn a_key_is_shown_only_where_the_contest_says_so_and_only_after_publication() {
    use RoundStage::{Approved, Published, Scheduled};
    let one = |rule, stages: &[RoundStage]| {
        let rounds = (1u16..).zip(stages);
        let set = |n: u16| if n == 1 { "a" } else { "b" };
        let rounds = rounds.map(|(n, stage)| round(1, n, set(n), *stage)).collect();
        shown(vec![contest(
            1,
            rule,
            rounds,
            &[("a", two(["một", "hai"])), ("b", two(["ba", "bốn"]))],
        )])
    };
    let all = Some((vec!["một".to_owned(), "hai".to_owned()], 0));
    assert_eq!(one(KeyPublication::Never, &[Published]), None);
    assert_eq!(one(KeyPublication::AfterRound, &[Approved]), None);
    assert_eq!(one(KeyPublication::AfterRound, &[Published, Scheduled]), all);
    assert_eq!(one(KeyPublication::AfterContest, &[Published, Approved]), None);
    assert_eq!(one(KeyPublication::AfterContest, &[Published, Published]), all);
}

#[test]
fn a_question_that_another_round_may_still_ask_is_held_back_in_whatever_set_it_stands() {
    use RoundStage::{Published, Scheduled, Sealed};
    let sets = [("a", two(["Một?", "Hai?"])), ("b", two(["  hai? ", "Bốn?"]))];
    let with = |stage| {
        let rounds = vec![round(1, 1, "a", Published), round(1, 2, "b", stage)];
        shown(vec![contest(1, KeyPublication::AfterRound, rounds, &sets)])
    };
    assert_eq!(with(Scheduled), Some((vec!["Một?".to_owned()], 1)));
    assert_eq!(
        with(Sealed),
        Some((vec!["Một?".to_owned(), "Hai?".to_owned()], 0)),
        "nobody can answer any more"
    );
}

#[test]
fn a_question_of_another_contest_that_runs_is_held_back_too() {
    let own = contest(
        1,
        KeyPublication::AfterRound,
        vec![round(1, 1, "a", RoundStage::Published)],
        &[("a", two(["Một?", "Hai?"]))],
    );
    let other = contest(
        2,
        KeyPublication::Never,
        vec![round(2, 1, "x", RoundStage::Scheduled)],
        &[("x", two(["Một?", "Khác?"]))],
    );
    assert_eq!(shown(vec![own, other]), Some((vec!["Hai?".to_owned()], 1)));
}

#[test]
fn questions_that_the_draw_cannot_bring_are_not_shown() {
    let mut only_easy = round(1, 1, "a", RoundStage::Published);
    only_easy.rules = rules("a", Some(Level::Easy));
    let questions = vec![
        question("dễ", Some(Level::Easy)),
        question("khó", Some(Level::Hard)),
    ];
    let own = contest(
        1,
        KeyPublication::AfterRound,
        vec![only_easy],
        &[("a", questions)],
    );
    assert_eq!(shown(vec![own]), Some((vec!["dễ".to_owned()], 0)));
}

#[test]
fn a_question_that_was_marked_in_another_way_is_shown_as_it_was_marked() {
    let accepted = Marking::Accept {
        keys: BTreeSet::from([BTreeSet::from([1]), BTreeSet::from([2])]),
    };
    for (marking, right) in [
        (accepted, BTreeSet::from([1, 2])),
        (Marking::FullMarks, BTreeSet::new()),
        (Marking::Dropped, BTreeSet::new()),
    ] {
        let mut own = round(1, 1, "a", RoundStage::Published);
        let version = SetVersion("a".to_owned());
        own.markings
            .set(&version, &QuestionId("một".to_owned()), Some(marking.clone()));
        let sets = [("a", vec![question("một", None), question("hai", None)])];
        let contest = contest(1, KeyPublication::AfterRound, vec![own.clone()], &sets);
        let Disclosure::Open { questions, .. } = disclosure(&Catalog::default(), &contest, &own, NOW) else {
            panic!("the round is published");
        };
        let shown: Vec<_> = questions
            .iter()
            .map(|shown| (&*shown.question.text, shown.right.clone(), shown.marking))
            .collect();
        assert_eq!(shown[0], ("một", right, Some(&marking)));
        assert_eq!(shown[1], ("hai", BTreeSet::from([0]), None));
    }
}

#[test]
fn a_paper_may_hold_the_key_once_the_round_is_closed_and_never_where_the_contest_shows_none() {
    use RoundStage::{Approved, Published, Scheduled, Sealed};
    let keys = |rule, stages: [RoundStage; 2], whole: bool| {
        let rounds = (1u16..).zip(["a", "b"]).zip(stages);
        let rounds = rounds.map(|((n, set), stage)| round(1, n, set, stage)).collect();
        let sets = [("a", two(["một", "hai"])), ("b", two(["ba", "HAI"]))];
        let own = contest(1, rule, rounds, &sets);
        let first = own.rounds.first().filter(|_| !whole);
        let keys = round_keys(&Catalog::default(), &own, first, NOW)?;
        Ok::<_, NoKey>(
            keys.into_iter()
                .map(|key| (key.title, key.lines.len(), key.held))
                .collect::<Vec<_>>(),
        )
    };
    let one = |n: u16, lines, held| (format!("Tuần {n}"), lines, held);
    let rule = KeyPublication::AfterRound;
    assert_eq!(keys(rule, [Scheduled, Scheduled], false), Err(NoKey::RoundOpen));
    assert_eq!(keys(rule, [Sealed, Scheduled], false), Ok(vec![one(1, 1, 1)]));
    assert_eq!(keys(rule, [Approved, Scheduled], true), Err(NoKey::RoundOpen));
    assert_eq!(
        keys(rule, [Published, Sealed], true),
        Ok(vec![one(1, 2, 0), one(2, 2, 0)])
    );
    let rule = KeyPublication::AfterContest;
    assert_eq!(keys(rule, [Published, Scheduled], false), Err(NoKey::ContestOpen));
    assert_eq!(keys(rule, [Sealed, Sealed], false), Ok(vec![one(1, 2, 0)]));
    assert_eq!(
        keys(KeyPublication::Never, [Published, Published], true),
        Err(NoKey::Never)
    );
}
