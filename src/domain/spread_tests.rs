//! Claims about prizes for bringing newcomers.

use super::contest::{SpreadPrize, SpreadRules, TieRule};
use super::ids::{ParticipantId, UnitId};
use super::prize::{Awards, Lot, SettledBy};
use super::ranking::Standing;
use super::spread::{Identity, Introducer, Newcomer, Settling, SpreadStanding, award_spread, rank_spread};
use std::collections::{BTreeMap, BTreeSet};
use time::macros::{date, datetime};
use time::{Duration, OffsetDateTime};

const START: OffsetDateTime = datetime!(2026-03-01 00:00 UTC);
const SEED: [u8; 32] = [5; 32];

fn at(minute: i64) -> OffsetDateTime {
    START + Duration::minutes(minute)
}

fn identity(name: &str) -> Identity {
    Identity {
        national_id: None,
        name: name.to_owned(),
        born: date!(1990 - 06 - 15),
    }
}

fn introducer(person: i64) -> Introducer {
    Introducer {
        standing: Standing {
            position: person,
            rank: person,
            attempt: None,
            participant: ParticipantId(person),
            unit: UnitId(1),
            score: 0,
            correct: 0,
            total: 10,
            prediction: None,
            prediction_error: None,
            duration_ms: 1,
            finished_at: START,
            attempts: 1,
            registered_at: START + Duration::seconds(person),
            eligible: true,
        },
        identity: identity(&format!("người mời {person}")),
    }
}

/// A newcomer of somebody's link who handed in papers at these minutes.
fn newcomer(person: i64, introducer: i64, minutes: &[i64]) -> Newcomer {
    Newcomer {
        person: ParticipantId(person),
        introducer: ParticipantId(introducer),
        identity: identity(&format!("người mới {person}")),
        papers: minutes.iter().map(|minute| at(*minute)).collect(),
    }
}

fn rules(min_attempts: u16, cap: Option<u32>, prizes: &[(u16, u32)]) -> SpreadRules {
    let prize = |(n, (places, min_newcomers)): (usize, &(u16, u32))| SpreadPrize {
        name: format!("Giải {n}"),
        places: *places,
        value: Some(500_000),
        min_newcomers: *min_newcomers,
    };
    SpreadRules {
        min_attempts,
        cap,
        prizes: prizes.iter().enumerate().map(prize).collect(),
    }
}

/// Person, rank, newcomers who count, those without the cap.
fn told(standings: &[SpreadStanding]) -> Vec<(i64, i64, i64, i64)> {
    standings
        .iter()
        .map(|own| (own.standing.participant.0, own.rank, own.newcomers, own.brought))
        .collect()
}

#[test]
fn more_newcomers_come_first_and_among_equals_who_reached_the_number_first() {
    let people = [introducer(1), introducer(2), introducer(3)];
    let newcomers = [
        newcomer(11, 1, &[1]),
        newcomer(12, 1, &[50]),
        newcomer(21, 2, &[40]),
        newcomer(22, 2, &[2]),
        newcomer(31, 3, &[0]),
    ];
    let standings = rank_spread(&rules(1, None, &[]), &people, &newcomers);
    assert_eq!(told(&standings), [(2, 1, 2, 2), (1, 2, 2, 2), (3, 3, 1, 1)]);
    assert_eq!(standings[0].reached_at, at(40));
}

#[test]
fn a_newcomer_counts_from_the_paper_that_makes_the_number_asked_for() {
    let newcomers = [newcomer(11, 1, &[30, 10]), newcomer(12, 1, &[5])];
    let standings = rank_spread(&rules(2, None, &[]), &[introducer(1)], &newcomers);
    assert_eq!(told(&standings), [(1, 1, 1, 1)]);
    assert_eq!(standings[0].reached_at, at(30));
}

#[test]
fn beyond_the_cap_nothing_is_gained_not_even_time() {
    let people = [introducer(1), introducer(2)];
    let mut newcomers: Vec<Newcomer> = (0..5).map(|n| newcomer(10 + n, 1, &[10 + n])).collect();
    newcomers.extend((0..3).map(|n| newcomer(20 + n, 2, &[n])));
    let standings = rank_spread(&rules(1, Some(3), &[]), &people, &newcomers);
    assert_eq!(told(&standings), [(2, 1, 3, 3), (1, 2, 3, 5)]);
    assert_eq!(standings[1].reached_at, at(12));
}

#[test]
fn who_did_not_enter_brings_nobody() {
    let newcomers = [newcomer(11, 9, &[1])];
    assert_eq!(
        rank_spread(&rules(1, None, &[]), &[introducer(1)], &newcomers),
        []
    );
}

#[test]
fn second_accounts_of_one_person_count_once() {
    let with_id = |mut one: Newcomer, id: u8| {
        one.identity.national_id = Some(vec![id; 32]);
        one
    };
    let mut own = newcomer(11, 1, &[1]);
    own.identity = identity("người mời 1");
    let mut twin = newcomer(13, 1, &[9]);
    twin.identity = identity("người mới 12");
    let newcomers = [
        own,
        newcomer(12, 1, &[2]),
        twin,
        with_id(newcomer(14, 1, &[3]), 7),
        with_id(newcomer(21, 2, &[4]), 7),
        // The same name in another's circle is another person.
        Newcomer {
            identity: identity("người mới 12"),
            ..newcomer(22, 2, &[5])
        },
    ];
    let standings = rank_spread(&rules(1, None, &[]), &[introducer(1), introducer(2)], &newcomers);
    assert_eq!(told(&standings), [(1, 1, 2, 2), (2, 2, 1, 1)]);
}

#[test]
fn the_order_of_reading_changes_nothing() {
    let people = [introducer(1), introducer(2)];
    let mut newcomers: Vec<Newcomer> = (0..6).map(|n| newcomer(10 + n, 1 + n % 2, &[n / 2])).collect();
    let before = rank_spread(&rules(1, Some(2), &[]), &people, &newcomers);
    newcomers.reverse();
    let people = [introducer(2), introducer(1)];
    assert_eq!(rank_spread(&rules(1, Some(2), &[]), &people, &newcomers), before);
}

/// Gives the prizes of the rules, numbered from `first` on; the board preferred these people, the first most.
fn give(
    rules: &SpreadRules,
    standings: &[SpreadStanding],
    first: u16,
    (tie, preferred): (TieRule, &[i64]),
    passed_over: &[i64],
) -> Awards {
    let lots = preferred.iter().map(|person| Lot::Person(ParticipantId(*person)));
    let decisions: BTreeMap<Lot, i16> = lots.zip(1..).collect();
    let settling = Settling {
        tie,
        seed: &SEED,
        decisions: &decisions,
    };
    let passed_over = passed_over.iter().map(|person| ParticipantId(*person)).collect();
    award_spread(rules, standings, first, settling, &passed_over)
}

/// Five people who brought 5, 4, 3, 2 and 1 newcomers.
fn five(rules: &SpreadRules) -> Vec<SpreadStanding> {
    let people: Vec<Introducer> = (1..=5).map(introducer).collect();
    let brought = |n: i64| (0..6 - n).map(move |k| newcomer(n * 10 + k, n, &[k]));
    let newcomers: Vec<Newcomer> = (1..=5).flat_map(brought).collect();
    rank_spread(rules, &people, &newcomers)
}

#[test]
fn prizes_go_down_the_ranking_to_who_brought_enough() {
    let rules = rules(1, None, &[(1, 5), (2, 4), (5, 2)]);
    let awards = give(&rules, &five(&rules), 3, (TieRule::Board, &[]), &[]);
    let given: Vec<_> = awards
        .awards
        .iter()
        .map(|award| (award.prize, award.place, award.participant.0, award.position))
        .collect();
    // The second place of the second prize asks for 4 and stays; the third who brought 3 has the third prize.
    assert_eq!(given, [(3, 1, 1, 1), (4, 1, 2, 2), (5, 1, 3, 3), (5, 2, 4, 4)]);
    assert_eq!(awards.ties, []);
}

#[test]
fn who_is_passed_over_or_barred_leaves_the_prize_to_the_next() {
    let rules = rules(1, None, &[(2, 1)]);
    let mut standings = five(&rules);
    standings[1].standing.eligible = false;
    let awards = give(&rules, &standings, 0, (TieRule::Board, &[]), &[1]);
    let winners: Vec<i64> = awards.awards.iter().map(|award| award.participant.0).collect();
    assert_eq!(winners, [3, 4]);
}

/// Two full equals and one behind them.
fn equals(rules: &SpreadRules) -> Vec<SpreadStanding> {
    let mut people = [introducer(1), introducer(2), introducer(3)];
    people[1].standing.registered_at = people[0].standing.registered_at;
    let newcomers = [
        newcomer(11, 1, &[4]),
        newcomer(21, 2, &[4]),
        newcomer(31, 3, &[5]),
    ];
    rank_spread(rules, &people, &newcomers)
}

#[test]
fn full_equals_at_the_border_are_drawn_or_left_open_and_what_follows_waits() {
    let rules = rules(1, None, &[(1, 1), (1, 1)]);
    let standings = equals(&rules);
    assert_eq!(
        standings.iter().map(|own| own.rank).collect::<Vec<_>>(),
        [1, 1, 3]
    );
    let open = give(&rules, &standings, 2, (TieRule::Board, &[]), &[]);
    assert_eq!((open.awards.len(), open.ties.len()), (0, 1));
    assert_eq!((open.ties[0].prize, &open.ties[0].positions), (2, &vec![1, 2]));
    let drawn = give(&rules, &standings, 2, (TieRule::Draw, &[]), &[]);
    assert!(drawn.ties.is_empty());
    let winners: BTreeSet<i64> = drawn.awards.iter().map(|award| award.participant.0).collect();
    assert_eq!(winners, BTreeSet::from([1, 2]));
    assert_eq!(drawn.awards[0].settled_by, SettledBy::Draw);
}

#[test]
fn the_order_of_the_board_gives_the_first_the_better_prize_and_goes_before_a_draw() {
    let rules = rules(1, None, &[(1, 1), (1, 1)]);
    for tie in [TieRule::Board, TieRule::Draw] {
        let given = give(&rules, &equals(&rules), 2, (tie, &[2, 1]), &[]);
        let told: Vec<_> = given
            .awards
            .iter()
            .map(|award| (award.prize, award.participant.0, award.settled_by))
            .collect();
        assert_eq!(given.ties, []);
        assert_eq!(told, [(2, 2, SettledBy::Board), (3, 1, SettledBy::Rank)]);
    }
    // Who is passed over leaves nothing to be decided.
    let given = give(&rules, &equals(&rules), 2, (TieRule::Board, &[]), &[1]);
    let winners: Vec<i64> = given.awards.iter().map(|award| award.participant.0).collect();
    assert_eq!((winners, given.ties), (vec![2, 3], Vec::new()));
}
