//! Claims about the highest prize only, by hand and for any standings.

use super::*;
use crate::domain::contest::TieRule;
use crate::domain::ids::{AttemptId, RoundId, UnitId};
use crate::domain::prize::{Lot, PrizeRules, Progress, award};
use crate::domain::ranking::Standing;
use proptest::prelude::*;
use std::collections::BTreeSet;

const ONCE: PerPerson = PerPerson {
    round: Some(1),
    phase: None,
    contest: Some(1),
    keep: crate::domain::contest::Keep::Highest,
};

/// People in the order of their positions, with their ranks.
fn standings(people: &[(i64, i64)]) -> Vec<Standing> {
    let one = |(position, (person, rank)): (i64, &(i64, i64))| Standing {
        position,
        rank: *rank,
        attempt: Some(AttemptId::new(
            RoundId(1),
            [u8::try_from(person % 256).unwrap(); 12],
        )),
        participant: ParticipantId(*person),
        unit: UnitId(i32::try_from(person % 3).unwrap()),
        score: 150,
        correct: 15,
        total: 15,
        prediction: None,
        prediction_error: None,
        duration_ms: 0,
        finished_at: time::OffsetDateTime::UNIX_EPOCH,
        attempts: 1,
        registered_at: time::OffsetDateTime::UNIX_EPOCH,
        eligible: true,
    };
    (1..).zip(people).map(one).collect()
}

/// Everybody at a rank of their own.
fn in_order(people: &[i64]) -> Vec<Standing> {
    let ranked: Vec<(i64, i64)> = people.iter().copied().zip(1..).collect();
    standings(&ranked)
}

fn prizes(places: &[u16]) -> Vec<Prize> {
    let one = |places: &u16| Prize {
        scope: Scope::Round,
        name: "Giải".to_owned(),
        places: *places,
        value: None,
        bloc: None,
    };
    places.iter().map(one).collect()
}

/// What a test settles.
struct Case {
    prizes: Vec<Prize>,
    caps: PerPerson,
    tie: TieRule,
    phases: Vec<Option<&'static str>>,
    decisions: BTreeMap<Lot, i16>,
    passed_over: BTreeSet<ParticipantId>,
}

impl Case {
    fn new(places: &[u16]) -> Self {
        Self {
            prizes: prizes(places),
            caps: ONCE,
            tie: TieRule::Board,
            phases: Vec::new(),
            decisions: BTreeMap::new(),
            passed_over: BTreeSet::new(),
        }
    }

    fn settle(&self, rounds: &[Vec<Standing>]) -> Vec<Awards> {
        let (none, seed) = (BTreeMap::new(), [7; 32]);
        let all = places(&self.prizes) * rounds.len();
        let contending: Vec<Contending> = rounds
            .iter()
            .enumerate()
            .map(|(round, standings)| {
                let terms = RoundTerms {
                    phase: self.phases.get(round).copied().flatten(),
                    prizes: &self.prizes,
                    tie: self.tie,
                    blocs: &none,
                    passed_over: &self.passed_over,
                    decisions: &self.decisions,
                    seed: &seed,
                };
                let mut contending = Contending::new(&terms, all);
                for standing in standings {
                    if contending.next(&terms, standing) == Progress::Done {
                        break;
                    }
                }
                contending.order(&terms);
                contending
            })
            .collect();
        settle(&self.prizes, self.caps, &contending)
    }
}

/// Prize and winner of each award.
fn won(awards: &Awards) -> Vec<(u16, i64)> {
    let awards = awards.awards.iter();
    awards.map(|award| (award.prize, award.participant.0)).collect()
}

#[test]
fn a_later_higher_prize_is_kept_and_the_substitute_moves_up() {
    let case = Case::new(&[1, 1]);
    let settled = case.settle(&[in_order(&[1, 2, 3]), in_order(&[2, 1, 4])]);
    // The second wins week 2 and gives back the second prize of week 1; the first keeps that of week 1.
    assert_eq!(won(&settled[0]), [(0, 1), (1, 3)]);
    assert_eq!(won(&settled[1]), [(0, 2), (1, 4)]);
    assert!(settled.iter().all(|awards| awards.ties.is_empty()));
}

#[test]
fn who_gave_a_lower_prize_back_still_moves_up_to_a_higher_one_of_that_round() {
    let case = Case::new(&[1, 1]);
    // 2 would hold the second prize of both weeks; 3 gives back the first prize of week 2 because of that of week 1.
    let settled = case.settle(&[in_order(&[3, 2, 5]), in_order(&[3, 2, 6, 7])]);
    assert_eq!(won(&settled[0]), [(0, 3), (1, 5)]);
    assert_eq!(won(&settled[1]), [(0, 2), (1, 6)]);
}

#[test]
fn of_equal_prizes_the_earlier_stays() {
    let case = Case::new(&[1]);
    let settled = case.settle(&[in_order(&[1, 2]), in_order(&[1, 3])]);
    assert_eq!((won(&settled[0]), won(&settled[1])), (vec![(0, 1)], vec![(0, 3)]));
}

#[test]
fn a_cap_of_a_phase_counts_within_it_alone() {
    let mut case = Case::new(&[1]);
    case.caps = PerPerson {
        phase: Some(1),
        contest: None,
        ..ONCE
    };
    case.phases = vec![Some("Đợt 1"), Some("Đợt 1"), Some("Đợt 2"), None];
    let week = || in_order(&[1, 2]);
    let settled = case.settle(&[week(), week(), week(), week()]);
    let winners: Vec<_> = settled.iter().map(won).collect();
    assert_eq!(winners, [vec![(0, 1)], vec![(0, 2)], vec![(0, 1)], vec![(0, 1)]]);
}

#[test]
fn value_decides_which_prize_is_higher_where_every_prize_has_one() {
    let mut case = Case::new(&[1, 1]);
    for (prize, value) in case.prizes.iter_mut().zip([1_000, 9_000]) {
        prize.value = Some(value);
    }
    let settled = case.settle(&[in_order(&[1, 2, 3])]);
    // The best of the round takes what is worth most.
    assert_eq!(won(&settled[0]), [(0, 2), (1, 1)]);
}

#[test]
fn equals_who_would_be_treated_differently_are_a_tie_until_the_board_has_settled_it() {
    let mut case = Case::new(&[1, 1]);
    let week = standings(&[(1, 1), (2, 1), (3, 3)]);
    let open = case.settle(std::slice::from_ref(&week));
    assert_eq!(won(&open[0]), [], "nothing at their rank or below is given");
    let tie = Tie {
        prize: 0,
        rank: 1,
        places: 1,
        positions: vec![1, 2],
    };
    assert_eq!(open[0].ties, [tie]);
    let lot = Lot::of(&week[1]);
    case.decisions = BTreeMap::from([(lot, 1)]);
    let settled = case.settle(std::slice::from_ref(&week));
    assert_eq!(won(&settled[0]), [(0, 2), (1, 1)]);
    assert_eq!(settled[0].awards[0].settled_by, SettledBy::Board);
    // Equals who receive the same are no tie; one of them with a higher prize elsewhere lets the next move up.
    let same = Case::new(&[1, 2]);
    let settled = same.settle(&[
        standings(&[(9, 1), (1, 2), (2, 2), (3, 4)]),
        in_order(&[1, 8, 7, 6, 5]),
    ]);
    assert!(settled[0].ties.is_empty());
    assert_eq!(won(&settled[0]), [(0, 9), (1, 2), (1, 3)]);
}

#[test]
fn a_bloc_with_few_people_lets_nobody_else_be_held_while_it_is_looked_for() {
    let mut prizes = prizes(&[2, 1]);
    if let Some(own) = prizes.get_mut(1) {
        own.bloc = Some("Trường học".to_owned());
    }
    // Every third number is of the bloc: one person alone, at the very end.
    let mut people: Vec<i64> = (0..1_000).map(|n| 3 * n + 1).collect();
    people.push(3_000);
    let blocs = BTreeMap::from([(UnitId(0), BTreeSet::from(["Trường học".to_owned()]))]);
    let (nobody, free, seed) = (BTreeSet::new(), BTreeMap::new(), [7; 32]);
    let terms = RoundTerms {
        phase: None,
        prizes: &prizes,
        tie: TieRule::Board,
        blocs: &blocs,
        passed_over: &nobody,
        decisions: &free,
        seed: &seed,
    };
    let mut contending = Contending::new(&terms, places(&prizes));
    for standing in in_order(&people) {
        assert_eq!(contending.next(&terms, &standing), Progress::Wanted);
    }
    contending.order(&terms);
    assert_eq!(contending.candidates.len(), places(&prizes) + 1);
    let settled = settle(&prizes, ONCE, &[contending]);
    assert_eq!(won(&settled[0]), [(0, 1), (0, 4), (1, 3_000)]);
}

#[test]
fn a_draw_settles_equals_where_the_rules_foresee_it() {
    let mut case = Case::new(&[1]);
    case.tie = TieRule::Draw;
    let week = standings(&[(1, 1), (2, 1), (3, 1)]);
    let settled = case.settle(std::slice::from_ref(&week));
    let first = week
        .iter()
        .min_by_key(|standing| Lot::of(standing).drawn(&[7; 32]))
        .unwrap();
    assert_eq!(won(&settled[0]), [(0, first.participant.0)]);
    assert_eq!(settled[0].awards[0].settled_by, SettledBy::Draw);
}

#[test]
fn whom_prizes_pass_over_holds_none_and_keeps_nobody_from_one() {
    let mut case = Case::new(&[1]);
    case.passed_over = BTreeSet::from([ParticipantId(1)]);
    let settled = case.settle(&[in_order(&[1, 2]), in_order(&[1, 2, 3])]);
    assert_eq!((won(&settled[0]), won(&settled[1])), (vec![(0, 2)], vec![(0, 3)]));
}

#[test]
fn who_only_moves_to_another_place_of_a_prize_is_not_told_as_a_change() {
    let given = |prize, place, winner: i64| (prize, place, format!("Giải {prize}"), ParticipantId(winner));
    let before = [given(0, 1, 1), given(1, 1, 2), given(1, 2, 3)];
    let after = [given(0, 1, 1), given(1, 1, 3), given(1, 2, 4)];
    let told: Vec<_> = differences(&before, &after)
        .into_iter()
        .map(|change| (change.prize, change.before, change.after))
        .collect();
    assert_eq!(told, [(1, Some(ParticipantId(2)), Some(ParticipantId(4)))]);
    assert!(differences(&after, &after).is_empty());
    let gone = differences(&before, &before[..2]);
    assert_eq!(
        (gone.len(), gone[0].before, gone[0].after),
        (1, Some(ParticipantId(3)), None)
    );
}

/// Weeks in which twelve people come in any order.
fn weeks() -> impl Strategy<Value = Vec<Vec<i64>>> {
    proptest::collection::vec(Just((1..=12).collect::<Vec<i64>>()).prop_shuffle(), 1..5)
}

proptest! {
    #[test]
    fn caps_hold_every_place_is_given_and_nobody_is_passed_over(
        weeks in weeks(),
        places in proptest::collection::vec(1u16..3, 1..3),
        contest in proptest::option::of(1u16..3),
        phase in proptest::option::of(1u16..3),
        round in proptest::option::of(1u16..2),
    ) {
        let mut case = Case::new(&places);
        case.caps = PerPerson { round, phase, contest, ..ONCE };
        case.phases = (0..weeks.len()).map(|week| (week < 2).then_some("Đợt 1")).collect();
        let rounds: Vec<Vec<Standing>> = weeks.iter().map(|week| in_order(week)).collect();
        let settled = case.settle(&rounds);
        let all: Vec<(usize, &Award)> = settled
            .iter()
            .enumerate()
            .flat_map(|(week, awards)| awards.awards.iter().map(move |award| (week, award)))
            .collect();
        // No cap is exceeded and nobody wins twice in a week.
        for person in 1..=12 {
            let own: Vec<usize> =
                all.iter().filter(|(_, award)| award.participant.0 == person).map(|(week, _)| *week).collect();
            let mut weeks_won = own.clone();
            weeks_won.dedup();
            prop_assert_eq!(&weeks_won, &own);
            prop_assert!(contest.is_none_or(|cap| own.len() <= usize::from(cap)));
            let in_phase = own.iter().filter(|week| **week < 2).count();
            prop_assert!(phase.is_none_or(|cap| in_phase <= usize::from(cap)));
        }
        // Twelve people are enough for every place, unless there are more places than people may win.
        let of_week: usize = places.iter().map(|n| usize::from(*n)).sum();
        let most = contest.map_or(usize::MAX, |cap| 12 * usize::from(cap));
        if of_week * weeks.len() <= most && of_week <= 4 {
            for awards in &settled {
                prop_assert!(awards.ties.is_empty());
                let mut given: Vec<(u16, u16)> =
                    awards.awards.iter().map(|award| (award.prize, award.place)).collect();
                given.sort_unstable();
                let wanted: Vec<(u16, u16)> = (0u16..)
                    .zip(&places)
                    .flat_map(|(prize, places)| (1..=*places).map(move |place| (prize, place)))
                    .collect();
                if of_week * weeks.len() <= 12 {
                    prop_assert_eq!(given, wanted);
                }
            }
        }
        // Nobody ranked better would have had a higher prize under the caps: not with what the person holds.
        for (week, award) in &all {
            for better in rounds[*week].iter().filter(|one| one.position < award.position) {
                let held: Vec<(usize, u16)> = all
                    .iter()
                    .filter(|(_, own)| own.participant == better.participant)
                    .map(|(week, own)| (*week, own.prize))
                    .collect();
                let here = held.iter().find(|(own, _)| own == week);
                let worse = |(_, prize): &&(usize, u16)| *prize > award.prize;
                match here {
                    Some((_, prize)) => prop_assert!(*prize <= award.prize),
                    None => {
                        let full = |cap: Option<u16>, of: &dyn Fn(usize) -> bool| {
                            let own = held.iter().filter(|(week, _)| of(*week)).count();
                            cap.is_some_and(|cap| own >= usize::from(cap))
                        };
                        let by_contest = full(contest, &|_: usize| true) && !held.iter().any(|one| worse(&one));
                        let in_phase = |week: usize| week < 2;
                        let by_phase = in_phase(*week)
                            && full(phase, &in_phase)
                            && !held.iter().filter(|(week, _)| in_phase(*week)).any(|one| worse(&one));
                        let both = full(contest, &|_: usize| true) || (in_phase(*week) && full(phase, &in_phase));
                        prop_assert!(both && (by_contest || by_phase), "{award:?} over {better:?}");
                    }
                }
            }
        }
    }

    /// Where no cap reaches over rounds, every round gives what it gives alone.
    #[test]
    fn without_a_cap_over_rounds_nothing_is_given_back(weeks in weeks(), places in proptest::collection::vec(1u16..4, 1..4)) {
        let mut case = Case::new(&places);
        case.caps = PerPerson { contest: None, ..ONCE };
        let rounds: Vec<Vec<Standing>> = weeks.iter().map(|week| in_order(week)).collect();
        let none = BTreeMap::new();
        for (standings, settled) in rounds.iter().zip(case.settle(&rounds)) {
            let rules = PrizeRules {
                prizes: &case.prizes,
                scope: Scope::Round,
                per_person: case.caps,
                tie: TieRule::Board,
                held: &none,
                held_in_phase: &none,
                blocs: &BTreeMap::new(),
                passed_over: &BTreeSet::new(),
                decisions: &BTreeMap::new(),
                seed: &[7; 32],
            };
            prop_assert_eq!(award(standings, rules), settled);
        }
    }
}

#[test]
fn only_a_prize_as_high_as_all_that_others_got_explains_why_they_got_them() {
    let all = prizes(&[1, 2, 10]);
    assert!(is_as_high(&all, 0, &[1, 2]));
    assert!(is_as_high(&all, 1, &[1, 2]), "whoever has the same keeps the one");
    assert!(
        !is_as_high(&all, 2, &[1, 2]),
        "a lower prize keeps nobody from a higher one"
    );
    assert!(!is_as_high(&all, 7, &[1]), "no such prize");
    let mut valued = all;
    for (prize, value) in valued.iter_mut().zip([100, 300, 200]) {
        prize.value = Some(value);
    }
    assert!(
        is_as_high(&valued, 1, &[0, 2]) && !is_as_high(&valued, 0, &[2]),
        "by value"
    );
}
