use super::*;
use crate::domain::attempt::How;
use crate::domain::contest::{AttemptRules, Feedback, PaperRules, PerPerson, RankingRules, Shuffle, TieRule};
use crate::domain::ids::RoundId;
use crate::domain::ranking::{Entry, rank, tally};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use time::Duration;

const BIRTH: time::Date = time::macros::date!(1990 - 01 - 01);
const START: OffsetDateTime = time::macros::datetime!(2023-04-03 01:00 UTC);

fn any_rules() -> impl Strategy<Value = RoundRules> {
    let direction = prop_oneof![Just(Direction::Asc), Just(Direction::Desc)];
    let key = (prop::sample::select(RankField::ALL.to_vec()), direction)
        .prop_map(|(by, direction)| RankKey { by, direction });
    let counts = prop::sample::select(vec![
        CountedAttempt::Best,
        CountedAttempt::First,
        CountedAttempt::Last,
        CountedAttempt::Sum,
        CountedAttempt::Average,
    ]);
    (prop::collection::vec(key, 1..5), counts).prop_map(|(order, counts)| RoundRules {
        essay: None,
        paper: PaperRules {
            all_answered: false,
            draw: Vec::new(),
            points: 10,
            time_limit_s: None,
            shuffle: Shuffle {
                questions: true,
                options: true,
            },
        },
        attempts: AttemptRules {
            per_contest: None,
            per_round: None,
            counts,
            wait_s: 0,
            feedback: Feedback::Score,
            late_finish: false,
        },
        prediction: None,
        ranking: RankingRules {
            min_rounds: 0,
            min_score: None,
            order,
            tie: TieRule::Board,
            per_person: PerPerson {
                keep: Default::default(),
                phase: None,
                round: Some(1),
                contest: None,
            },
        },
    })
}

/// Up to 1,500 submissions of up to 700 people: several times more people than are kept.
fn any_entries() -> impl Strategy<Value = Vec<Entry>> {
    let one = (0..700i64, 0..=15u16, 1..400i64);
    prop::collection::vec(one, 0..1_500).prop_map(|all| {
        let mut numbers: BTreeMap<i64, u16> = BTreeMap::new();
        (1i64..)
            .zip(all)
            .map(|(sequence, (person, correct, seconds))| {
                let number = *numbers.entry(person).and_modify(|n| *n += 1).or_insert(1);
                let mut random = [0; 12];
                random[..8].copy_from_slice(&sequence.to_be_bytes());
                Entry {
                    attempt: AttemptId::new(RoundId(3), random),
                    participant: ParticipantId(person),
                    unit: UnitId(1),
                    number,
                    sequence,
                    started_at: START,
                    finished_at: START + Duration::seconds(sequence / 3),
                    how: How::Submitted,
                    score: u32::from(correct) * 10,
                    correct,
                    total: 15,
                    duration_ms: seconds,
                    prediction: None,
                    registered_at: START - Duration::days(person % 7),
                    birth_date: BIRTH,
                }
            })
            .collect()
    })
}

fn line(entry: &Entry) -> LiveLine {
    LiveLine {
        participant: entry.participant,
        unit: entry.unit,
        attempt: entry.attempt,
        number: entry.number,
        sequence: entry.sequence,
        score: entry.score,
        correct: entry.correct,
        total: entry.total,
        duration_ms: entry.duration_ms,
        finished_at: entry.finished_at,
        registered_at: entry.registered_at,
        sum: (0, 0, 0),
        attempts: entry.number,
    }
}

proptest! {
    #[test]
    fn what_a_live_list_shows_is_the_top_of_the_ranking(rules in any_rules(), entries in any_entries()) {
        let mut list = LiveList::default();
        for (place, entry) in entries.iter().enumerate() {
            let before = entries[..place].iter().filter(|other| other.participant == entry.participant);
            let needs = list.needs_history(&line(entry), &rules);
            let earlier = if needs { before.map(line).collect() } else { Vec::new() };
            list.take(line(entry), &earlier, &rules);
            list.take(line(entry), &[], &rules);
        }
        let expected = rank(&entries, &rules, &BTreeSet::new());
        let counted = tally(&entries);
        prop_assert_eq!(
            (list.attempts, list.people, list.all_correct),
            (counted.attempts, counted.people, counted.attempts_all_correct)
        );
        let top = list.top(&rules, 20);
        for ((rank, line), standing) in top.iter().zip(&expected.standings) {
            prop_assert_eq!((*rank, line.participant), (standing.rank, standing.participant));
            prop_assert_eq!((Some(line.attempt), u32::from(line.attempts)), (standing.attempt, standing.attempts));
        }
        // Where a line cannot sink, the list is whole.
        let sinks = rules.attempts.counts == CountedAttempt::Last
            || rules.ranking.order.iter().any(|key| key.by == RankField::Attempts)
            || rules.ranking.order.first().is_none_or(|key| key.by != RankField::Score || key.direction == Direction::Asc);
        if !sinks {
            prop_assert_eq!(top.len(), expected.standings.len().min(20));
        }
    }
}
