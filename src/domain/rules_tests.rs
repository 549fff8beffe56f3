//! Claims about rules that rank, and properties that hold for any rules.

use super::attempt::How;
use super::collective::{Competitor, UnitFigures, collective};
use super::contest::*;
use super::ids::{AttemptId, ParticipantId, RoundId, UnitId};
use super::prize::{Awards, PrizeRules, award};
use super::ranking::{Entry, RankedRound, Ranking, rank, rank_contest};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use time::{Date, Duration, OffsetDateTime};

const START: OffsetDateTime = time::macros::datetime!(2023-04-03 01:00 UTC);

fn rules(counts: CountedAttempt, order: &[(RankField, Direction)]) -> RoundRules {
    let key = |&(by, direction): &(RankField, Direction)| RankKey { by, direction };
    RoundRules {
        essay: None,
        paper: PaperRules {
            draw: Vec::new(),
            points: 10,
            time_limit_s: None,
            shuffle: Shuffle {
                questions: true,
                options: true,
            },
            all_answered: false,
        },
        attempts: AttemptRules {
            per_round: None,
            per_contest: None,
            counts,
            wait_s: 0,
            feedback: Feedback::Score,
            late_finish: false,
        },
        prediction: None,
        ranking: RankingRules {
            min_score: None,
            order: order.iter().map(key).collect(),
            tie: TieRule::Draw,
            per_person: PerPerson::default(),
            min_rounds: 0,
        },
    }
}

fn entry(person: i64, number: u16, correct: u16, sequence: i64, prediction: Option<i64>) -> Entry {
    let mut random = [0; 12];
    random[..8].copy_from_slice(&sequence.to_be_bytes());
    let finished_at = START + Duration::minutes(sequence / 2);
    Entry {
        attempt: AttemptId::new(RoundId(1), random),
        participant: ParticipantId(person),
        unit: UnitId(i32::try_from(person % 4).unwrap()),
        number,
        sequence,
        started_at: finished_at,
        finished_at,
        how: How::Submitted,
        score: u32::from(correct) * 10,
        correct,
        total: 15,
        duration_ms: 1_000 * (sequence % 3 + 1),
        prediction,
        registered_at: START,
        birth_date: Date::from_ordinal_date(2000, u16::try_from(person % 5 + 1).unwrap()).unwrap(),
    }
}

fn people(ranking: &Ranking) -> Vec<(i64, i64)> {
    let standings = ranking.standings.iter();
    standings.map(|s| (s.participant.0, s.rank)).collect()
}

const SCORE: (RankField, Direction) = (RankField::Score, Direction::Desc);

#[test]
fn all_attempts_may_count_by_their_sum_or_by_their_mean() {
    let entries = [
        entry(1, 1, 10, 1, None),
        entry(1, 2, 15, 2, None),
        entry(2, 1, 14, 3, None),
    ];
    let none = BTreeSet::new();
    let sum = rank(&entries, &rules(CountedAttempt::Sum, &[SCORE]), &none);
    assert_eq!(people(&sum), [(1, 1), (2, 2)]);
    assert_eq!(
        (sum.standings[0].score, sum.standings[0].duration_ms),
        (250, 5_000)
    );
    assert_eq!(sum.standings[0].attempt, Some(entries[1].attempt));
    let mean = rank(&entries, &rules(CountedAttempt::Average, &[SCORE]), &none);
    assert_eq!(people(&mean), [(2, 1), (1, 2)]);
    assert_eq!(
        (mean.standings[1].score, mean.standings[1].duration_ms),
        (125, 2_500)
    );
}

#[test]
fn a_guess_that_is_not_above_may_stand_before_one_that_is_nearer() {
    let mut rules = rules(
        CountedAttempt::Best,
        &[
            (RankField::PredictionAbove, Direction::Asc),
            (RankField::PredictionError, Direction::Asc),
        ],
    );
    rules.prediction = Some(PredictionRules {
        asked: Default::default(),
        points: Default::default(),
        asks: PredictedQuantity::AttemptsInRound,
        counted: CountedPrediction::OfCountedAttempt,
        taken: PredictionTaken::BeforeDisqualification,
    });
    let entries = [
        entry(1, 1, 15, 1, Some(5)),
        entry(2, 1, 15, 2, Some(1)),
        entry(3, 1, 15, 3, None),
        entry(4, 1, 15, 4, Some(4)),
    ];
    let ranking = rank(&entries, &rules, &BTreeSet::new());
    assert_eq!(people(&ranking), [(4, 1), (2, 2), (1, 3), (3, 4)]);
}

#[test]
fn the_quantity_to_predict_may_leave_out_who_is_barred() {
    let entries = [
        entry(1, 1, 15, 1, Some(2)),
        entry(2, 1, 15, 2, Some(3)),
        entry(2, 2, 15, 3, None),
        entry(3, 1, 9, 4, Some(1)),
    ];
    let barred = BTreeSet::from([ParticipantId(2)]);
    let actual = |asks, taken| {
        let mut rules = rules(CountedAttempt::Best, &[SCORE]);
        rules.prediction = Some(PredictionRules {
            asked: Default::default(),
            points: Default::default(),
            asks,
            counted: CountedPrediction::First,
            taken,
        });
        rank(&entries, &rules, &barred).actual.unwrap()
    };
    use PredictedQuantity::{AttemptsAllCorrect, AttemptsInRound, PeopleAllCorrect, PeopleInRound};
    let both = |asks| {
        (
            actual(asks, PredictionTaken::BeforeDisqualification),
            actual(asks, PredictionTaken::AfterDisqualification),
        )
    };
    assert_eq!(both(AttemptsInRound), (4, 2));
    assert_eq!(both(PeopleInRound), (3, 2));
    assert_eq!(both(AttemptsAllCorrect), (3, 1));
    assert_eq!(both(PeopleAllCorrect), (2, 1));
}

#[test]
fn the_older_may_stand_before_the_younger() {
    let older = rules(
        CountedAttempt::Best,
        &[SCORE, (RankField::BirthDate, Direction::Asc)],
    );
    let entries = [
        entry(3, 1, 15, 1, None),
        entry(1, 1, 15, 2, None),
        entry(2, 1, 14, 3, None),
    ];
    assert_eq!(
        people(&rank(&entries, &older, &BTreeSet::new())),
        [(1, 1), (3, 2), (2, 3)]
    );
}

#[test]
fn over_the_contest_only_those_win_who_took_part_often_enough() {
    let round = rules(CountedAttempt::Best, &[SCORE]);
    let (first, second) = (
        [entry(1, 1, 15, 1, None), entry(2, 1, 9, 2, None)],
        [entry(2, 1, 5, 1, None)],
    );
    let rounds = [&first[..], &second].map(|entries| RankedRound {
        entries,
        rules: &round,
    });
    let mut overall = round.ranking.clone();
    overall.min_rounds = 2;
    let ranking = rank_contest(&rounds, &overall, &BTreeSet::new());
    let eligible: Vec<(i64, bool)> = ranking
        .standings
        .iter()
        .map(|s| (s.participant.0, s.eligible))
        .collect();
    assert_eq!(eligible, [(1, false), (2, true)]);
}

/// Prizes with their places and blocs, caps, and what is held: given to a ranking by points.
struct Giving {
    prizes: Vec<Prize>,
    per_person: PerPerson,
    held: BTreeMap<ParticipantId, u16>,
    tie: TieRule,
}

impl Giving {
    fn of(prizes: &[(u16, Option<&str>)], per_person: PerPerson, tie: TieRule) -> Self {
        let prize = |(places, bloc): &(u16, Option<&str>)| Prize {
            scope: Scope::Round,
            name: "Giải".to_owned(),
            places: *places,
            value: Some(1_000),
            bloc: bloc.map(str::to_owned),
        };
        Self {
            prizes: prizes.iter().map(prize).collect(),
            per_person,
            held: BTreeMap::new(),
            tie,
        }
    }

    fn give(&self, ranking: &Ranking) -> Awards {
        award(
            &ranking.standings,
            PrizeRules {
                prizes: &self.prizes,
                scope: Scope::Round,
                per_person: self.per_person,
                tie: self.tie,
                held: &BTreeMap::new(),
                passed_over: &BTreeSet::new(),
                held_in_phase: &self.held,
                blocs: &blocs(),
                decisions: &BTreeMap::new(),
                seed: &[7; 32],
            },
        )
    }
}

/// Units 0 and 1 are offices, unit 2 is a school, unit 3 is both in a district and a school.
fn blocs() -> BTreeMap<UnitId, BTreeSet<String>> {
    let of = |blocs: &[&str]| blocs.iter().map(|bloc| (*bloc).to_owned()).collect();
    BTreeMap::from([
        (UnitId(0), of(&["office"])),
        (UnitId(1), of(&["office"])),
        (UnitId(2), of(&["school"])),
        (UnitId(3), of(&["district", "school"])),
    ])
}

fn winners(awards: &Awards) -> Vec<(i64, u16)> {
    awards
        .awards
        .iter()
        .map(|award| (award.participant.0, award.prize))
        .collect()
}

#[test]
fn every_bloc_has_its_own_prizes_and_caps_reach_across_them() {
    let entries: Vec<Entry> = (1..=8)
        .map(|person| entry(person, 1, 15 - u16::try_from(person).unwrap(), person, None))
        .collect();
    let ranking = rank(&entries, &rules(CountedAttempt::Best, &[SCORE]), &BTreeSet::new());
    let prizes = [(1, None), (2, Some("school")), (1, Some("office"))];
    let once = PerPerson {
        round: Some(1),
        ..PerPerson::default()
    };
    let mut giving = Giving::of(&prizes, once, TieRule::Board);
    assert_eq!(winners(&giving.give(&ranking)), [(1, 0), (2, 1), (3, 1), (4, 2)]);
    giving.per_person.round = None;
    assert_eq!(winners(&giving.give(&ranking)), [(1, 0), (2, 1), (3, 1), (1, 2)]);
    giving.per_person.phase = Some(1);
    giving.held = BTreeMap::from([(ParticipantId(2), 1)]);
    assert_eq!(winners(&giving.give(&ranking)), [(1, 0), (3, 1), (6, 1), (4, 2)]);
}

#[test]
fn an_open_tie_holds_back_the_prizes_of_a_bloc_that_it_may_decide() {
    let mut entries: Vec<Entry> = (1..=6).map(|person| entry(person, 1, 10, person, None)).collect();
    entries[3] = entry(4, 1, 5, 4, None);
    let ranking = rank(&entries, &rules(CountedAttempt::Best, &[SCORE]), &BTreeSet::new());
    let once = PerPerson {
        round: Some(1),
        ..PerPerson::default()
    };
    let awards = Giving::of(&[(1, None), (3, Some("school"))], once, TieRule::Board).give(&ranking);
    assert_eq!((awards.awards.len(), awards.ties.len()), (0, 1));
    let free = Giving::of(
        &[(1, None), (3, Some("school"))],
        PerPerson::default(),
        TieRule::Board,
    );
    assert_eq!(winners(&free.give(&ranking)), [(2, 1), (3, 1), (6, 1)]);
}

fn unit(id: i32, people: i64, score: i64, winners: i64, headcount: u32) -> Competitor {
    Competitor {
        unit: UnitId(id),
        level: 1,
        bloc: None,
        headcount: Some(headcount),
        figures: UnitFigures {
            people,
            attempts: people * 2,
            total_score: score,
            all_correct: 0,
            winners,
        },
    }
}

fn unit_prize(by: CollectiveMeasure, of: &[(CollectiveMeasure, u16)]) -> CollectivePrize {
    CollectivePrize {
        scope: Scope::Contest,
        name: "Tập thể".to_owned(),
        places: 3,
        by,
        level: 1,
        bloc: None,
        min_rate_bp: None,
        value: None,
        of: of
            .iter()
            .map(|(by, weight)| MeasurePart {
                by: *by,
                weight: *weight,
            })
            .collect(),
        top: 3,
        then: Vec::new(),
        conditions: UnitConditions::default(),
    }
}

fn ranked_units(prize: &CollectivePrize, units: &[Competitor]) -> Vec<(i32, i64)> {
    let awards = collective(std::slice::from_ref(prize), Scope::Contest, units);
    awards.iter().map(|award| (award.unit.0, award.rank)).collect()
}

#[test]
fn points_for_ranks_are_added_up_and_equals_are_settled_by_the_next_measure() {
    use CollectiveMeasure::{People, RankPoints, TotalScore};
    let units = [
        unit(1, 10, 500, 0, 100),
        unit(2, 20, 400, 0, 100),
        unit(3, 5, 300, 0, 100),
        unit(4, 1, 1, 0, 100),
    ];
    let mut prize = unit_prize(RankPoints, &[(People, 1), (TotalScore, 1)]);
    assert_eq!(ranked_units(&prize, &units), [(1, 1), (2, 1), (3, 3)]);
    prize.then = vec![People];
    assert_eq!(ranked_units(&prize, &units), [(2, 1), (1, 2), (3, 3)]);
    prize.of[1].weight = 2;
    assert_eq!(ranked_units(&prize, &units), [(1, 1), (2, 2), (3, 3)]);
}

#[test]
fn shares_of_the_best_are_weighed_and_added_up() {
    use CollectiveMeasure::{AverageScore, Rate, Weighted};
    // Rates 0.5, 1.0, 0.8; averages 100, 60, 90: shares 1.5, 1.6, 1.7.
    let units = [
        unit(1, 50, 5_000, 0, 100),
        unit(2, 100, 6_000, 0, 100),
        unit(3, 80, 7_200, 0, 100),
    ];
    let prize = unit_prize(Weighted, &[(Rate, 1), (AverageScore, 1)]);
    assert_eq!(ranked_units(&prize, &units), [(3, 1), (2, 2), (1, 3)]);
    let prize = unit_prize(Weighted, &[(Rate, 1), (AverageScore, 9)]);
    assert_eq!(ranked_units(&prize, &units), [(1, 1), (3, 2), (2, 3)]);
}

#[test]
fn small_units_may_need_a_higher_rate_and_every_unit_a_winner() {
    let band = |below, min_rate_bp| RateBand { below, min_rate_bp };
    let mut prize = unit_prize(CollectiveMeasure::Rate, &[]);
    prize.conditions.bands = vec![band(Some(50), 3_000), band(Some(100), 2_500), band(None, 1_000)];
    let units = [
        unit(1, 14, 1, 1, 49),
        unit(2, 15, 1, 1, 50),
        unit(3, 24, 1, 0, 99),
        unit(4, 10, 1, 0, 100),
    ];
    assert_eq!(ranked_units(&prize, &units), [(2, 1), (4, 2)]);
    prize.conditions.min_winners = Some(1);
    assert_eq!(ranked_units(&prize, &units), [(2, 1)]);
    prize.min_rate_bp = Some(10_000);
    assert_eq!(
        ranked_units(&prize, &[unit(5, 7, 1, 1, 7), unit(6, 6, 1, 1, 7)]),
        [(5, 1)]
    );
}

fn any_rules() -> impl Strategy<Value = RoundRules> {
    let direction = prop_oneof![Just(Direction::Asc), Just(Direction::Desc)];
    let keys = prop::collection::vec((prop::sample::select(RankField::ALL.to_vec()), direction), 1..5);
    let counts = prop::sample::select(vec![
        CountedAttempt::Best,
        CountedAttempt::First,
        CountedAttempt::Last,
        CountedAttempt::Sum,
        CountedAttempt::Average,
    ]);
    let taken = prop_oneof![
        Just(PredictionTaken::BeforeDisqualification),
        Just(PredictionTaken::AfterDisqualification)
    ];
    (keys, counts, taken).prop_map(|(keys, counts, taken)| {
        let mut rules = rules(counts, &keys);
        rules.prediction = Some(PredictionRules {
            asked: Default::default(),
            points: Default::default(),
            asks: PredictedQuantity::PeopleInRound,
            counted: CountedPrediction::OfCountedAttempt,
            taken,
        });
        rules
    })
}

fn any_entries() -> impl Strategy<Value = Vec<Entry>> {
    let one = (0..30i64, 12..=15u16, prop::option::of(0..40i64));
    prop::collection::vec(one, 1..80).prop_map(|all| {
        let mut numbers: BTreeMap<i64, u16> = BTreeMap::new();
        let next = |(sequence, (person, correct, guess)): (i64, (i64, u16, Option<i64>))| {
            let number = *numbers.entry(person).and_modify(|n| *n += 1).or_insert(1);
            entry(person, number, correct, sequence, guess)
        };
        (1..).zip(all).map(next).collect()
    })
}

proptest! {
    #[test]
    fn the_order_of_entries_changes_nothing(
        rules in any_rules(), entries in any_entries(), turn in any::<prop::sample::Index>(), barred in 0..30i64
    ) {
        let barred = BTreeSet::from([ParticipantId(barred)]);
        let expected = rank(&entries, &rules, &barred);
        let mut turned = entries.clone();
        turned.rotate_left(turn.index(entries.len()));
        prop_assert_eq!(&rank(&turned, &rules, &barred), &expected);
        turned.reverse();
        prop_assert_eq!(rank(&turned, &rules, &barred), expected);
    }

    #[test]
    fn more_points_never_give_a_worse_rank(
        rules in any_rules(), entries in any_entries(), which in any::<prop::sample::Index>(),
        earns in any::<bool>(),
    ) {
        let mut rules = rules;
        if let Some(rule) = rules.prediction.as_mut().filter(|_| earns) {
            // A person's prediction must not depend on which attempt counts; `check` refuses such a contest.
            rule.counted = CountedPrediction::Last;
            rule.points = PredictionPoints::new(&[PointBand { within: 1, points: 30 }, PointBand { within: 5, points: 10 }]);
        }
        rules.ranking.order = vec![RankKey { by: RankField::Score, direction: Direction::Desc }];
        let place = |entries: &[Entry], person| {
            let ranking = rank(entries, &rules, &BTreeSet::new());
            ranking.standings.into_iter().find(|s| s.participant == person).unwrap().rank
        };
        let mut better = entries.clone();
        let at = which.index(entries.len());
        better[at].score += 10;
        let person = better[at].participant;
        prop_assert!(place(&better, person) <= place(&entries, person));
    }

    #[test]
    fn quotas_and_caps_hold_and_no_prize_is_lost_or_made(
        entries in any_entries(),
        places in prop::collection::vec((1..4u16, prop::sample::select(vec![None, Some("office"), Some("school"), Some("district")])), 1..6),
        round in prop::option::of(1..3u16),
        phase in prop::option::of(1..3u16),
        held in prop::collection::btree_map((0..30i64).prop_map(ParticipantId), 1..3u16, 0..10),
    ) {
        let ranking = rank(&entries, &rules(CountedAttempt::Best, &[SCORE]), &BTreeSet::new());
        let caps = PerPerson { keep: Default::default(), round, phase, contest: None };
        let mut giving = Giving::of(&places, caps, TieRule::Draw);
        giving.held = held;
        let awards = giving.give(&ranking);
        prop_assert!(awards.ties.is_empty());
        let blocs = blocs();
        let unit = |person| ranking.standings.iter().find(|s| s.participant == person).unwrap().unit;
        let mut won: BTreeMap<ParticipantId, u16> = BTreeMap::new();
        for award in &awards.awards {
            *won.entry(award.participant).or_default() += 1;
            if let Some(bloc) = &giving.prizes[usize::from(award.prize)].bloc {
                prop_assert!(blocs[&unit(award.participant)].contains(bloc));
            }
        }
        for (person, won) in &won {
            let held = giving.held.get(person).copied().unwrap_or(0);
            prop_assert!(round.is_none_or(|cap| *won <= cap));
            prop_assert!(phase.is_none_or(|cap| won + held <= cap));
        }
        // A place stays empty only when nobody of the bloc may still win.
        for (index, prize) in giving.prizes.iter().enumerate() {
            let given = awards.awards.iter().filter(|award| usize::from(award.prize) == index);
            let given: BTreeSet<ParticipantId> = given.map(|award| award.participant).collect();
            prop_assert!(given.len() <= usize::from(prize.places));
            if given.len() == usize::from(prize.places) {
                continue;
            }
            let of_ladder: BTreeSet<ParticipantId> = awards.awards.iter()
                .filter(|award| giving.prizes[usize::from(award.prize)].bloc == prize.bloc)
                .map(|award| award.participant).collect();
            for standing in &ranking.standings {
                let own = prize.bloc.as_ref().is_none_or(|bloc| blocs[&standing.unit].contains(bloc));
                let (won, held) = (
                    won.get(&standing.participant).copied().unwrap_or(0),
                    giving.held.get(&standing.participant).copied().unwrap_or(0),
                );
                let capped = round.is_some_and(|cap| won >= cap) || phase.is_some_and(|cap| won + held >= cap);
                prop_assert!(!own || capped || of_ladder.contains(&standing.participant));
            }
        }
    }
}
