use super::place::compare;
use super::*;
use crate::domain::contest::{
    AttemptRules, Direction, Feedback, PaperRules, PerPerson, PointBand, PredictionPoints, RankField,
    RankKey, Shuffle, TieRule,
};
use crate::domain::ids::RoundId;
use proptest::prelude::*;
use time::Duration;

const BIRTH: Date = time::macros::date!(1990 - 01 - 01);

/// The moment that tests count from.
const START: OffsetDateTime = time::macros::datetime!(2023-04-03 01:00 UTC);

fn rules(counts: CountedAttempt, order: &[(RankField, Direction)]) -> RoundRules {
    RoundRules {
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
            order: order
                .iter()
                .map(|&(by, direction)| RankKey { by, direction })
                .collect(),
            tie: TieRule::Board,
            per_person: PerPerson {
                keep: Default::default(),
                phase: None,
                round: Some(1),
                contest: None,
            },
        },
    }
}

fn predicting(asks: PredictedQuantity, counted: CountedPrediction, direction: Direction) -> RoundRules {
    let mut rules = rules(CountedAttempt::Best, &[(RankField::PredictionError, direction)]);
    rules.prediction = Some(PredictionRules {
        asked: Default::default(),
        points: Default::default(),
        taken: Default::default(),
        asks,
        counted,
    });
    rules
}

#[test]
fn an_essay_is_marked_as_long_as_its_writer_may_still_pass_the_gate() {
    let mut rules = predicting(
        PredictedQuantity::AttemptsInRound,
        CountedPrediction::First,
        Direction::Asc,
    );
    assert_eq!(rules.essay_gate(), 0);
    rules.ranking.min_score = Some(100);
    assert_eq!(rules.essay_gate(), 100);
    let band = |(within, points)| PointBand { within, points };
    if let Some(rule) = &mut rules.prediction {
        rule.points = PredictionPoints::new(&[(0, 30), (10, 5)].map(band));
    }
    assert_eq!(rules.essay_gate(), 70, "a prediction may add 30");
    rules.ranking.min_score = Some(20);
    assert_eq!(rules.essay_gate(), 0);
    rules.attempts.counts = CountedAttempt::Average;
    rules.ranking.min_score = Some(100);
    assert_eq!(rules.essay_gate(), 0, "all attempts count together");
}

/// An attempt of 15 questions; `minute` is when it was finished, `sequence` follows it.
fn entry(person: i64, number: u16, score: u32, minute: i64) -> Entry {
    let tail = [
        u8::try_from(person).unwrap(),
        u8::try_from(number).unwrap(),
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
    ];
    Entry {
        attempt: AttemptId::new(RoundId(1), tail),
        participant: ParticipantId(person),
        unit: UnitId(1),
        number,
        sequence: minute,
        started_at: START + Duration::minutes(minute - 1),
        finished_at: START + Duration::minutes(minute),
        how: How::Submitted,
        score,
        correct: u16::try_from(score / 10).unwrap(),
        total: 15,
        duration_ms: 60_000,
        prediction: None,
        registered_at: START - Duration::days(person),
        birth_date: BIRTH,
    }
}

pub(super) fn nobody() -> BTreeSet<ParticipantId> {
    BTreeSet::new()
}

fn places(ranking: &Ranking) -> Vec<(i64, i64)> {
    ranking
        .standings
        .iter()
        .map(|standing| (standing.participant.0, standing.rank))
        .collect()
}

#[test]
fn equals_share_a_rank_and_the_next_is_skipped() {
    let entries = [
        entry(1, 1, 100, 1),
        entry(2, 1, 120, 4),
        entry(3, 1, 150, 3),
        entry(4, 1, 120, 2),
    ];
    let by_score = rules(CountedAttempt::Best, &[(RankField::Score, Direction::Desc)]);
    let ranking = rank(&entries, &by_score, &nobody());
    assert_eq!(places(&ranking), [(3, 1), (4, 2), (2, 2), (1, 4)]);
    assert_eq!(
        ranking.standings.iter().map(|s| s.position).collect::<Vec<_>>(),
        [1, 2, 3, 4]
    );
}

#[test]
fn the_counted_attempt_follows_the_rule() {
    let entries = [
        entry(1, 1, 90, 1),
        entry(1, 2, 120, 7),
        entry(1, 3, 120, 5),
        entry(1, 4, 60, 9),
    ];
    let cases = [
        (CountedAttempt::Best, 3),
        (CountedAttempt::SumOfRounds, 3),
        (CountedAttempt::First, 1),
        (CountedAttempt::Last, 4),
    ];
    for (counts, number) in cases {
        let ranking = rank(&entries, &rules(counts, &[]), &nobody());
        let expected = entries
            .iter()
            .find(|entry| entry.number == number)
            .map(|entry| entry.attempt);
        assert_eq!(ranking.standings[0].attempt, expected, "{counts:?}");
        assert_eq!(ranking.standings[0].attempts, 4);
    }
}

#[test]
fn the_counted_prediction_follows_the_rule() {
    let mut entries = [
        entry(1, 1, 90, 1),
        entry(1, 2, 90, 2),
        entry(1, 3, 150, 3),
        entry(1, 4, 90, 4),
    ];
    entries[1].prediction = Some(20);
    entries[2].prediction = Some(30);
    let cases = [
        (CountedPrediction::OfCountedAttempt, 30, 26),
        (CountedPrediction::First, 20, 16),
        (CountedPrediction::LockedOnce, 20, 16),
        (CountedPrediction::Last, 30, 26),
    ];
    for (counted, prediction, error) in cases {
        let rules = predicting(PredictedQuantity::AttemptsInRound, counted, Direction::Asc);
        let standing = &rank(&entries, &rules, &nobody()).standings[0];
        assert_eq!(
            (standing.prediction, standing.prediction_error),
            (Some(prediction), Some(error)),
            "{counted:?}"
        );
    }
}

#[test]
fn no_prediction_is_worse_than_any_error_whichever_direction_is_better() {
    let mut entries = [entry(1, 1, 150, 1), entry(2, 1, 90, 2), entry(3, 1, 90, 3)];
    entries[1].prediction = Some(3);
    entries[2].prediction = Some(1_000_000);
    for (direction, order) in [(Direction::Asc, [2, 3, 1]), (Direction::Desc, [3, 2, 1])] {
        let rules = predicting(
            PredictedQuantity::PeopleInRound,
            CountedPrediction::OfCountedAttempt,
            direction,
        );
        let ranking = rank(&entries, &rules, &nobody());
        assert_eq!(
            ranking
                .standings
                .iter()
                .map(|s| s.participant.0)
                .collect::<Vec<_>>(),
            order,
            "{direction:?}"
        );
    }
}

#[test]
fn attempts_and_people_are_counted_apart_and_excluded_people_count() {
    let entries = [
        entry(1, 1, 150, 1),
        entry(1, 2, 150, 2),
        entry(2, 1, 150, 3),
        entry(2, 2, 0, 4),
        entry(3, 1, 0, 5),
    ];
    let excluded = BTreeSet::from([ParticipantId(2)]);
    let cases = [
        (PredictedQuantity::AttemptsInRound, 5),
        (PredictedQuantity::PeopleInRound, 3),
        (PredictedQuantity::AttemptsAllCorrect, 3),
        (PredictedQuantity::PeopleAllCorrect, 2),
    ];
    for (asks, actual) in cases {
        let ranking = rank(
            &entries,
            &predicting(asks, CountedPrediction::First, Direction::Asc),
            &excluded,
        );
        assert_eq!(ranking.actual, Some(actual), "{asks:?}");
        assert_eq!(ranking.tally.attempts, 5);
    }
}

#[test]
fn the_gate_and_exclusion_decide_who_may_win_not_where_people_stand() {
    let mut gated = rules(CountedAttempt::Best, &[(RankField::Score, Direction::Desc)]);
    gated.ranking.min_score = Some(150);
    let entries = [entry(1, 1, 150, 1), entry(2, 1, 150, 2), entry(3, 1, 149, 3)];
    let ranking = rank(&entries, &gated, &BTreeSet::from([ParticipantId(1)]));
    let eligible: Vec<(i64, bool)> = ranking
        .standings
        .iter()
        .map(|s| (s.participant.0, s.eligible))
        .collect();
    assert_eq!(eligible, [(1, false), (2, true), (3, false)]);
}

#[test]
fn over_the_contest_the_counted_attempts_of_the_rounds_are_added_up() {
    let mut first = [entry(1, 1, 100, 1), entry(1, 2, 150, 2), entry(2, 1, 140, 3)];
    first[1].prediction = Some(13);
    let second = [entry(2, 1, 120, 9), entry(3, 1, 150, 1)];
    let predicting = predicting(
        PredictedQuantity::AttemptsInRound,
        CountedPrediction::First,
        Direction::Asc,
    );
    let plain = rules(CountedAttempt::Best, &[]);
    let rounds = [
        RankedRound {
            entries: &first,
            rules: &predicting,
        },
        RankedRound {
            entries: &second,
            rules: &plain,
        },
    ];
    let by_score = rules(
        CountedAttempt::SumOfRounds,
        &[(RankField::Score, Direction::Desc)],
    );
    let ranking = rank_contest(&rounds, &by_score.ranking, &nobody());
    let sums: Vec<_> = ranking
        .standings
        .iter()
        .map(|s| {
            (
                s.participant.0,
                s.rank,
                s.score,
                s.total,
                s.attempts,
                s.prediction_error,
            )
        })
        .collect();
    assert_eq!(
        sums,
        [
            (2, 1, 260, 30, 2, None),
            (3, 2, 150, 15, 1, None),
            (1, 2, 150, 15, 2, Some(10))
        ]
    );
    let tally = Tally {
        attempts: 5,
        people: 3,
        attempts_all_correct: 2,
        people_all_correct: 2,
    };
    assert_eq!((ranking.tally, ranking.actual), (tally, None));
}

#[test]
fn a_near_prediction_adds_its_points_when_the_round_is_ranked_and_no_other_attempts_change() {
    let band = |within, points| PointBand { within, points };
    let mut by_score = rules(CountedAttempt::Best, &[(RankField::Score, Direction::Desc)]);
    by_score.prediction = Some(PredictionRules {
        asked: Default::default(),
        points: PredictionPoints::new(&[band(0, 50), band(2, 20)]),
        taken: Default::default(),
        asks: PredictedQuantity::AttemptsInRound,
        counted: CountedPrediction::Last,
    });
    by_score.ranking.min_score = Some(150);
    let with = |mut entry: Entry, prediction| {
        entry.prediction = prediction;
        entry
    };
    let entries = [
        with(entry(1, 1, 140, 1), Some(6)),
        with(entry(2, 1, 100, 2), Some(5)),
        with(entry(3, 1, 150, 3), None),
        with(entry(4, 1, 150, 4), Some(90)),
        with(entry(4, 2, 10, 5), None),
    ];
    let ranking = rank(&entries, &by_score, &nobody());
    assert_eq!(ranking.actual, Some(5));
    let told: Vec<_> = ranking
        .standings
        .iter()
        .map(|own| (own.participant.0, own.rank, own.score, own.eligible))
        .collect();
    let expected = [
        (1, 1, 160, true),
        (2, 2, 150, true),
        (3, 2, 150, true),
        (4, 2, 150, true),
    ];
    assert_eq!(told, expected);
    assert_eq!(
        ranking.tally.attempts_all_correct, 2,
        "right answers are another matter"
    );
    let applied = AppliedRules {
        counts: by_score.attempts.counts,
        prediction: by_score.prediction,
        ranking: by_score.ranking.clone(),
        prizes: Vec::new(),
        collective_prizes: Vec::new(),
        spread: None,
    };
    let added = ranking.standings.iter().map(|own| applied.prediction_points(own));
    assert_eq!(added.collect::<Vec<_>>(), [20, 50, 0, 0]);
}

/// No points for predictions, or more the nearer they are.
pub(super) fn any_points() -> impl Strategy<Value = PredictionPoints> {
    let band = |within, points| PointBand { within, points };
    prop::sample::select(vec![
        PredictionPoints::default(),
        PredictionPoints::new(&[band(0, 50)]),
        PredictionPoints::new(&[band(2, 75), band(9, 20), band(30, 1)]),
    ])
}

pub(super) fn any_rules() -> impl Strategy<Value = RoundRules> {
    let direction = prop_oneof![Just(Direction::Asc), Just(Direction::Desc)];
    let order = prop::collection::vec((prop::sample::select(&RankField::ALL[..]), direction), 0..7);
    let counts = prop::sample::select(vec![
        CountedAttempt::Best,
        CountedAttempt::First,
        CountedAttempt::Last,
    ]);
    let counted = prop::sample::select(vec![
        CountedPrediction::OfCountedAttempt,
        CountedPrediction::First,
        CountedPrediction::Last,
    ]);
    (order, counts, counted, any_points()).prop_map(|(order, counts, counted, points)| {
        let mut rules = rules(counts, &order);
        rules.prediction = Some(PredictionRules {
            asked: Default::default(),
            points,
            taken: Default::default(),
            asks: PredictedQuantity::AttemptsInRound,
            counted,
        });
        rules
    })
}

/// Up to 60 attempts of up to 20 people, in order of acceptance, with few different values so that ties abound.
pub(super) fn any_entries() -> impl Strategy<Value = Vec<Entry>> {
    let one = (1..20i64, 0..3u32, 0..3i64, prop::option::of(0..40i64));
    prop::collection::vec(one, 0..60).prop_map(|drawn| {
        let mut numbers = BTreeMap::new();
        (1..)
            .zip(drawn)
            .map(|(sequence, (person, score, duration, prediction))| {
                let number = numbers.entry(person).and_modify(|n| *n += 1).or_insert(1u16);
                let mut entry = entry(person, *number, score * 75, sequence / 3);
                entry.sequence = sequence;
                entry.duration_ms = duration;
                entry.prediction = prediction;
                entry.registered_at = START - Duration::days(person / 4);
                entry
            })
            .collect()
    })
}

proptest! {
    #[test]
    fn the_order_of_input_does_not_matter(
        (entries, shuffled) in any_entries().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
        rules in any_rules(),
    ) {
        prop_assert_eq!(rank(&entries, &rules, &nobody()), rank(&shuffled, &rules, &nobody()));
    }

    #[test]
    fn a_rank_is_one_more_than_the_number_of_people_with_better_keys(entries in any_entries(), rules in any_rules()) {
        let ranking = rank(&entries, &rules, &nobody());
        // Everybody is of one age here.
        let person = |standing: &Standing| Person {
            listed: 0,
            born: BIRTH,
            above: standing.prediction.zip(ranking.actual).map(|(given, actual)| given > actual),
            rounds: 1,
            standing: standing.clone(),
        };
        let people: Vec<_> = ranking.standings.iter().map(person).collect();
        for standing in &ranking.standings {
            let own = person(standing);
            let better = people.iter().filter(|other| compare(other, &own, &rules.ranking.order).is_lt());
            prop_assert_eq!(standing.rank, count(better.count()) + 1);
        }
    }

    #[test]
    fn everybody_who_submitted_stands_once_with_an_attempt_of_their_own(entries in any_entries(), rules in any_rules()) {
        let ranking = rank(&entries, &rules, &nobody());
        let people: BTreeSet<ParticipantId> = ranking.standings.iter().map(|s| s.participant).collect();
        prop_assert_eq!(people.len(), ranking.standings.len());
        prop_assert_eq!(count(people.len()), ranking.tally.people);
        for standing in &ranking.standings {
            let own = entries.iter().find(|entry| Some(entry.attempt) == standing.attempt).unwrap();
            prop_assert_eq!(own.participant, standing.participant);
        }
    }
}
