//! Any contest: every key, gate, counted-attempt rule, prediction, prize and cap that contest files allow.

use hoithi::domain::contest::*;
use proptest::prelude::*;

/// What a property test draws; the crowd follows from the seed.
#[derive(Debug, Clone)]
pub struct Settings {
    pub seed: u64,
    pub people: usize,
    pub rounds: Vec<RoundRules>,
    pub overall: RoundRules,
    pub prizes: Vec<Prize>,
    pub collective_prizes: Vec<CollectivePrize>,
}

fn any_rules() -> impl Strategy<Value = RoundRules> {
    let direction = || prop_oneof![Just(Direction::Asc), Just(Direction::Desc)];
    let keys = Just(RankField::ALL.to_vec()).prop_shuffle();
    let order =
        (keys, prop::collection::vec(direction(), 8), 0..=8usize).prop_map(|(fields, directions, length)| {
            let keys = fields
                .into_iter()
                .zip(directions)
                .map(|(by, direction)| RankKey { by, direction });
            keys.take(length).collect()
        });
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
    let prediction = prop::option::weighted(0.8, (asks, counted, taken).prop_map(predicting));
    let tie = prop_oneof![Just(TieRule::Board), Just(TieRule::Draw)];
    let cap = (
        prop::option::of(1..3u16),
        prop::option::of(1..3u16),
        prop::option::of(1..3u16),
    );
    (order, counts, prediction, tie, cap, prop::option::of(0..160u32)).prop_map(
        |(order, counts, prediction, tie, (round, phase, contest), min_score)| RoundRules {
            essay: None,
            paper: PaperRules {
                all_answered: false,
                draw: Vec::new(),
                points: 10,
                time_limit_s: Some(900),
                shuffle: Shuffle {
                    questions: true,
                    options: true,
                },
            },
            attempts: AttemptRules {
                per_contest: None,
                per_round: Some(4),
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
                tie,
                per_person: PerPerson {
                    keep: Default::default(),
                    round,
                    phase,
                    contest,
                },
            },
        },
    )
}

fn predicting(
    (asks, counted, taken): (PredictedQuantity, CountedPrediction, PredictionTaken),
) -> PredictionRules {
    PredictionRules {
        asked: Default::default(),
        // Where whose prediction counts does not hang on the points, near ones add to them.
        points: match counted {
            CountedPrediction::Last => {
                let band = |within, points| PointBand { within, points };
                PredictionPoints::new(&[band(2, 30), band(40, 10)])
            }
            _ => PredictionPoints::default(),
        },
        asks,
        counted,
        taken,
    }
}

fn any_scope() -> impl Strategy<Value = Scope> {
    prop_oneof![Just(Scope::Round), Just(Scope::Contest)]
}

fn any_prize() -> impl Strategy<Value = Prize> {
    let value = prop::option::of(100_000..5_000_000u64);
    let bloc = prop::option::weighted(0.3, Just("xa".to_owned()));
    (any_scope(), 1..20u16, value, bloc).prop_map(|(scope, places, value, bloc)| {
        let name = format!("Giải {places}");
        Prize {
            bloc,
            scope,
            name,
            places,
            value,
        }
    })
}

fn any_collective_prize() -> impl Strategy<Value = CollectivePrize> {
    let by = prop::sample::select(vec![
        CollectiveMeasure::People,
        CollectiveMeasure::Attempts,
        CollectiveMeasure::Rate,
        CollectiveMeasure::AverageScore,
        CollectiveMeasure::TotalScore,
        CollectiveMeasure::AllCorrect,
        CollectiveMeasure::Winners,
        CollectiveMeasure::RankPoints,
        CollectiveMeasure::Weighted,
    ]);
    let bloc = prop::option::of(Just("xa".to_owned()));
    (
        any_scope(),
        by,
        1..9u16,
        1..4u8,
        bloc,
        prop::option::of(0..9_000u32),
    )
        .prop_map(|(scope, by, places, level, bloc, min_rate_bp)| {
            let name = "Giấy khen tập thể".to_owned();
            CollectivePrize {
                of: parts(by),
                top: 5,
                then: vec![CollectiveMeasure::Rate],
                conditions: Default::default(),
                scope,
                name,
                places,
                by,
                level,
                bloc,
                min_rate_bp,
                value: None,
            }
        })
}

fn parts(by: CollectiveMeasure) -> Vec<MeasurePart> {
    let all = [CollectiveMeasure::People, CollectiveMeasure::AverageScore];
    let parts = all.map(|by| MeasurePart { by, weight: 2 });
    if by.is_made_of_parts() {
        parts.into()
    } else {
        Vec::new()
    }
}

/// Any contest of one to three rounds and up to 2,000 people.
pub fn any_settings() -> impl Strategy<Value = Settings> {
    (
        any::<u64>(),
        prop_oneof![0..30usize, 500..2_000usize],
        prop::collection::vec(any_rules(), 1..=3),
        any_rules(),
        prop::collection::vec(any_prize(), 0..6),
        prop::collection::vec(any_collective_prize(), 0..5),
    )
        .prop_map(
            |(seed, people, rounds, overall, prizes, collective_prizes)| Settings {
                seed,
                people,
                rounds,
                overall,
                prizes,
                collective_prizes,
            },
        )
}
