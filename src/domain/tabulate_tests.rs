use super::*;
use crate::domain::attempt::How;
use crate::domain::contest::{
    AttemptRules, Direction, Feedback, PaperRules, PerPerson, PointBand, PredictedQuantity, PredictionPoints,
    PredictionRules, PredictionTaken, RankField, Shuffle, TieRule,
};
use crate::domain::ids::RoundId;
use crate::domain::ranking::{Entry, rank, rank_without};
use proptest::prelude::*;
use std::collections::BTreeSet;
use time::{Duration, OffsetDateTime};

const START: OffsetDateTime = time::macros::datetime!(2023-04-03 01:00 UTC);

fn birth(person: i64) -> time::Date {
    time::Date::from_ordinal_date(2000, u16::try_from(person % 4 + 1).unwrap()).unwrap()
}

fn any_points() -> impl Strategy<Value = PredictionPoints> {
    let band = |within, points| PointBand { within, points };
    prop::sample::select(vec![
        PredictionPoints::default(),
        PredictionPoints::new(&[band(0, 10)]),
        PredictionPoints::new(&[band(3, 20), band(100, 10)]),
    ])
}

fn any_rules() -> impl Strategy<Value = RoundRules> {
    let direction = prop_oneof![Just(Direction::Asc), Just(Direction::Desc)];
    let key = (prop::sample::select(RankField::ALL.to_vec()), direction)
        .prop_map(|(by, direction)| RankKey { by, direction });
    let counts = prop::sample::select(vec![
        CountedAttempt::Best,
        CountedAttempt::First,
        CountedAttempt::Last,
        CountedAttempt::SumOfRounds,
        CountedAttempt::Sum,
        CountedAttempt::Average,
    ]);
    let asks = prop::sample::select(vec![
        PredictedQuantity::AttemptsInRound,
        PredictedQuantity::PeopleInRound,
        PredictedQuantity::PeopleAllCorrect,
        PredictedQuantity::AttemptsAllCorrect,
    ]);
    let counted = prop::sample::select(vec![
        CountedPrediction::OfCountedAttempt,
        CountedPrediction::First,
        CountedPrediction::Last,
        CountedPrediction::LockedOnce,
    ]);
    let taken = prop::sample::select(vec![
        PredictionTaken::BeforeDisqualification,
        PredictionTaken::AfterDisqualification,
    ]);
    let prediction = prop::option::of((asks, counted, taken, any_points()).prop_map(
        |(asks, counted, taken, points)| PredictionRules {
            asked: Default::default(),
            points,
            taken,
            asks,
            counted,
        },
    ));
    let order = prop::collection::vec(key, 0..9);
    (order, counts, prediction, prop::option::of(0..160u32)).prop_map(
        |(order, counts, prediction, min_score)| RoundRules {
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
            prediction,
            ranking: RankingRules {
                min_rounds: 0,
                min_score,
                order,
                tie: TieRule::Board,
                per_person: PerPerson {
                    keep: Default::default(),
                    phase: None,
                    round: Some(1),
                    contest: None,
                },
            },
        },
    )
}

/// Person, score, minute, duration (now and then a huge one), prediction; numbered as they come.
fn any_entries() -> impl Strategy<Value = Vec<Entry>> {
    let duration = prop_oneof![9 => 1..4i64, 1 => Just(i64::MAX / 2_000)];
    let one = (
        0..60i64,
        13..=15u16,
        -3..6i64,
        duration,
        prop::option::of(0..300i64),
    );
    prop::collection::vec(one, 0..300).prop_map(|all| {
        let mut numbers: BTreeMap<i64, u16> = BTreeMap::new();
        (1i64..)
            .zip(all)
            .map(|(sequence, (person, correct, minute, seconds, prediction))| {
                let number = numbers.entry(person).and_modify(|n| *n += 1).or_insert(1);
                let finished_at = START + Duration::minutes(minute);
                let mut random = [0; 12];
                random[..8].copy_from_slice(&sequence.to_be_bytes());
                Entry {
                    attempt: AttemptId::new(RoundId(3), random),
                    participant: ParticipantId(person * 131),
                    unit: UnitId(i32::try_from(person % 5).unwrap()),
                    number: *number,
                    sequence,
                    started_at: finished_at,
                    finished_at,
                    how: How::Submitted,
                    score: u32::from(correct) * 10,
                    correct,
                    total: 15,
                    duration_ms: seconds * 1_000,
                    prediction,
                    registered_at: START - Duration::days(person % 3),
                    birth_date: birth(person),
                }
            })
            .collect()
    })
}

fn us(at: OffsetDateTime) -> i64 {
    i64::try_from(at.unix_timestamp_nanos() / 1_000).unwrap()
}

fn tabulated(
    entries: &[Entry],
    rules: &RoundRules,
    excluded: &BTreeSet<ParticipantId>,
    struck: &BTreeSet<AttemptId>,
) -> Ordered {
    let mut table = Tabulation::of_round(rules);
    for entry in entries {
        let taken = Taken {
            participant: entry.participant,
            attempt: entry.attempt,
            number: entry.number,
            sequence: u32::try_from(entry.sequence).unwrap(),
            finished_us: us(entry.finished_at),
            duration_ms: entry.duration_ms,
            score: entry.score,
            correct: entry.correct,
            total: entry.total,
            prediction: entry.prediction.map(i64::unsigned_abs),
        };
        if struck.contains(&entry.attempt) {
            table.strike(&taken);
        } else {
            table.take(&taken);
        }
    }
    let kept = entries.iter().filter(|entry| !struck.contains(&entry.attempt));
    let people: BTreeMap<ParticipantId, &Entry> = kept.map(|e| (e.participant, e)).collect();
    for (person, entry) in people {
        assert!(!table.is_described());
        let born = entry.birth_date.to_julian_day();
        table.describe(person, entry.unit, us(entry.registered_at), born);
    }
    table.describe(ParticipantId(-1), UnitId(9), 0, 0);
    excluded.iter().for_each(|person| table.exclude(*person));
    assert!(table.is_described());
    table.order()
}

proptest! {
    #[test]
    fn a_table_orders_everybody_as_the_rules_say(
        rules in any_rules(), entries in any_entries(), excluded in prop::collection::btree_set(0..60i64, 0..4),
        struck in prop::collection::btree_set(0..300usize, 0..6)
    ) {
        let excluded = excluded.into_iter().map(|person| ParticipantId(person * 131)).collect();
        let struck: BTreeSet<AttemptId> = struck.iter().filter_map(|at| Some(entries.get(*at)?.attempt)).collect();
        let expected = rank_without(&struck, &entries, &rules, &excluded);
        if struck.is_empty() {
            prop_assert_eq!(&rank(&entries, &rules, &excluded), &expected);
        }
        let ordered = tabulated(&entries, &rules, &excluded, &struck);
        prop_assert_eq!((ordered.tally, ordered.actual), (expected.tally, expected.actual));
        let places: Vec<Place<'_>> = ordered.places().collect();
        prop_assert_eq!(places.len(), expected.standings.len());
        for (place, standing) in places.iter().zip(&expected.standings) {
            prop_assert_eq!((place.position, place.rank), (standing.position, standing.rank));
            prop_assert_eq!((place.line.participant, place.attempt), (standing.participant, standing.attempt));
            prop_assert_eq!(place.prediction, standing.prediction);
            prop_assert_eq!(place.prediction_error, standing.prediction_error);
            prop_assert_eq!(place.eligible, standing.eligible);
            prop_assert_eq!((place.line.score, place.line.unit), (standing.score, standing.unit));
            prop_assert_eq!((place.line.correct, place.line.attempts), (standing.correct, standing.attempts));
            prop_assert_eq!(place.line.finished_us, us(standing.finished_at));
        }
        let all = i64::try_from(entries.len() - struck.len()).unwrap();
        prop_assert_eq!(ordered.counts.by_day.values().sum::<i64>(), all);
        prop_assert_eq!(ordered.counts.by_hour.values().sum::<i64>(), all);
        prop_assert!(ordered.counts.by_hour.keys().all(|hour| (0..24).contains(hour)));
        prop_assert_eq!(ordered.counts.by_right.values().sum::<i64>(), all);
        prop_assert_eq!(ordered.units().values().map(|unit| unit.attempts).sum::<i64>(), all);
    }
}

fn no_keys() -> RankingRules {
    RankingRules {
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
    }
}

#[test]
fn a_person_takes_no_more_memory_than_is_said() {
    let people = 100_000;
    let mut table = Tabulation::of_contest(&no_keys());
    for _round in 0..3 {
        (0..people).for_each(|person| table.add(&Line::of_nothing(ParticipantId(person))));
    }
    let people = usize::try_from(people).unwrap();
    assert!(size_of::<Line>() <= 96, "{}", size_of::<Line>());
    let lines: usize = table.lines.iter().map(Vec::capacity).sum();
    assert!(
        lines < people + PIECE,
        "the table grows piece by piece: {lines} lines"
    );
    let slots = table.places.slots.capacity() * size_of::<u32>();
    assert!(slots <= 16 * people, "{slots} bytes to find {people} people");
    let ordered = table.order();
    assert_eq!(ordered.places().count(), people);
    let sorted = ordered.sorted.capacity() * size_of::<u32>();
    assert!(
        sorted <= 4 * people,
        "{sorted} bytes for the order of {people} people"
    );
}

#[test]
fn days_are_those_of_vietnam() {
    let finish = |at| Taken {
        participant: ParticipantId(1),
        attempt: AttemptId::new(RoundId(1), [1; 12]),
        number: 1,
        sequence: 1,
        finished_us: us(at),
        duration_ms: 0,
        score: 0,
        correct: 0,
        total: 1,
        prediction: None,
    };
    let mut table = Tabulation {
        folding: Folding::Round {
            counts: CountedAttempt::Best,
            guess: None,
        },
        ..Tabulation::of_contest(&no_keys())
    };
    table.take(&finish(time::macros::datetime!(1970-01-01 16:59:59 UTC)));
    table.take(&finish(time::macros::datetime!(1970-01-01 17:00:00 UTC)));
    table.take(&finish(time::macros::datetime!(1969-12-31 16:59:59 UTC)));
    let counts = table.order().counts;
    assert_eq!(counts.by_hour, BTreeMap::from([(0, 1), (23, 2)]));
    assert_eq!(counts.by_day, BTreeMap::from([(-1, 1), (0, 1), (1, 1)]));
}

/// Two people of whom the second has fewer points for answers, under a gate of 140 points.
fn two_with_essays(counts: CountedAttempt, min_points: Option<u16>) -> Tabulation {
    use crate::domain::contest::{EssayRules, Markers};
    let key = RankKey {
        by: RankField::Score,
        direction: Direction::Desc,
    };
    let rules = RankingRules {
        min_rounds: 0,
        min_score: Some(140),
        order: vec![key],
        tie: TieRule::Board,
        per_person: PerPerson {
            keep: Default::default(),
            phase: None,
            round: None,
            contest: None,
        },
    };
    let essay = EssayRules {
        prompt: "Viết.".to_owned(),
        min_chars: 0,
        max_chars: 1_000,
        points: 30,
        min_points,
        markers: Markers::One,
    };
    let mut table = Tabulation {
        folding: Folding::Round { counts, guess: None },
        min_essay: essay.min_points,
        ..Tabulation::of_contest(&rules)
    };
    for (sequence, (person, score)) in (1u32..).zip([(1i64, 150u32), (2, 140), (1, 130), (3, 130)]) {
        table.take(&Taken {
            participant: ParticipantId(person),
            attempt: AttemptId::new(RoundId(1), [u8::try_from(sequence).unwrap(); 12]),
            number: 1 + u16::from(sequence == 3),
            sequence,
            finished_us: i64::from(sequence),
            duration_ms: 1_000,
            score,
            correct: 10,
            total: 15,
            prediction: None,
        });
    }
    table
}

fn listed(table: Tabulation) -> Vec<(i64, i64, bool)> {
    let ordered = table.order();
    let row = |place: Place<'_>| (place.line.participant.0, place.line.score, place.eligible);
    ordered.places().map(row).collect()
}

#[test]
fn the_mark_of_an_essay_is_added_to_the_points_and_the_gate_looks_at_the_answers_alone() {
    let mut table = two_with_essays(CountedAttempt::Best, None);
    table.mark_essay(ParticipantId(2), 25);
    table.mark_essay(ParticipantId(3), 30);
    table.mark_essay(ParticipantId(9), 30);
    assert_eq!(listed(table), [(2, 165, true), (3, 160, false), (1, 150, true)]);
}

#[test]
fn a_mark_is_no_part_of_a_mean_of_attempts() {
    let mut table = two_with_essays(CountedAttempt::Average, None);
    table.mark_essay(ParticipantId(1), 20);
    // 150 and 130 are 140 on average.
    assert_eq!(listed(table), [(1, 160, true), (2, 140, true), (3, 130, false)]);
}

#[test]
fn who_wrote_nothing_or_too_poorly_wins_nothing_where_the_rules_say_so() {
    let mut table = two_with_essays(CountedAttempt::Best, Some(15));
    table.mark_essay(ParticipantId(2), 15);
    assert_eq!(listed(table), [(2, 155, true), (1, 150, false), (3, 130, false)]);
}
