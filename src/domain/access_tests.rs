//! Claims about groups that take turns, on a small contest.

use super::*;
use crate::domain::contest::{
    Accent, AttemptRules, ContestDefinition, CountedAttempt, Feedback, FieldRules, PaperRules, PerPerson,
    RankingRules, RoundRules, Shuffle, TieRule,
};
use crate::domain::ids::{ContestId, RoundId};
use crate::domain::round::RoundStage;
use crate::domain::unit::{Unit, UnitDefinition};
use proptest::prelude::*;
use std::collections::BTreeMap;
use time::macros::{date, datetime};

const OPENS: OffsetDateTime = datetime!(2033-06-06 01:00 UTC);
const ADULT: Date = date!(1990 - 06 - 15);

fn rules() -> RoundRules {
    RoundRules {
        essay: None,
        paper: PaperRules {
            all_answered: false,
            draw: Vec::new(),
            points: 1,
            time_limit_s: Some(600),
            shuffle: Shuffle {
                questions: true,
                options: true,
            },
        },
        attempts: AttemptRules {
            per_contest: None,
            per_round: Some(1),
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
            per_person: PerPerson::default(),
        },
    }
}

/// A round of ten days.
fn round(number: u16) -> Round {
    let opens_at = OPENS + Duration::days(10 * (i64::from(number) - 1));
    Round {
        id: RoundId(i32::from(number)),
        contest: ContestId(1),
        number,
        title: format!("Tuần {number}"),
        opens_at,
        closes_at: opens_at + Duration::days(10),
        rules: rules(),
        sets: BTreeMap::new(),
        markings: Default::default(),
        scoring: 0,
        stage: RoundStage::Scheduled,
        published_at: None,
        control: Default::default(),
    }
}

fn unit(id: i32, code: &str, bloc: Option<&str>, above: &[i32]) -> Unit {
    Unit {
        id: UnitId(id),
        definition: UnitDefinition {
            code: code.to_owned(),
            name: code.to_owned(),
            parent: None,
            bloc: bloc.map(str::to_owned),
            headcount: None,
            valid_from: None,
            valid_to: None,
            successor: None,
        },
        level: u8::try_from(above.len() + 1).unwrap(),
        ancestors: above.iter().map(|id| UnitId(*id)).collect(),
        folded: String::new(),
    }
}

/// H1 with X1 below it, H2 with a school T2 below it, and B of the bloc of schools.
fn contest(access: Vec<AccessWindow>) -> Contest {
    let mut definition = ContestDefinition {
        entry: Default::default(),
        slug: "thi".to_owned(),
        title: String::new(),
        organiser: String::new(),
        description: None,
        rules: None,
        hotline: None,
        data_deleted_by: None,
        min_age: None,
        accent: Accent::Cham,
        answer_key: Default::default(),
        fields: FieldRules::default(),
        rules_default: rules(),
        rounds: Vec::new(),
        prizes: Vec::new(),
        collective_prizes: Vec::new(),
        spread: None,
        complaints: None,
        papers: Default::default(),
    };
    definition.entry.access = access;
    Contest {
        id: ContestId(1),
        definition,
        demonstration: false,
        rounds: vec![round(1), round(2)],
        units: vec![
            unit(1, "H1", None, &[]),
            unit(2, "X1", None, &[1]),
            unit(3, "H2", Some("Trường học"), &[]),
            unit(4, "T2", None, &[3]),
            unit(5, "B", None, &[]),
        ],
        sets: BTreeMap::new(),
        keys: BTreeMap::new(),
        heads: BTreeMap::new(),
    }
}

fn window(units: &[&str], bloc: Option<&str>, days: (i64, i64)) -> AccessWindow {
    AccessWindow {
        group: "Nhóm".to_owned(),
        units: units.iter().map(|code| (*code).to_owned()).collect(),
        bloc: bloc.map(str::to_owned),
        born_from: None,
        born_to: None,
        from: OPENS + Duration::days(days.0),
        to: OPENS + Duration::days(days.1),
    }
}

fn of(unit: i32) -> Entering {
    Entering {
        unit: UnitId(unit),
        born: ADULT,
    }
}

fn day(n: i64) -> OffsetDateTime {
    OPENS + Duration::days(n)
}

#[test]
fn a_group_enters_in_its_window_and_is_told_when_it_comes_and_when_it_is_over() {
    let contest = contest(vec![
        window(&["H1"], None, (0, 2)),
        window(&[], Some("Trường học"), (4, 6)),
    ]);
    let round = &contest.rounds[0];
    let admit = |unit, at| contest.admit(round, of(unit), at, &[]);
    // X1 is below H1, the school T2 below a unit of the bloc.
    assert_eq!(admit(2, day(0)), Ok(1));
    assert_eq!(admit(2, day(2) - Duration::MILLISECOND), Ok(1));
    assert_eq!(admit(2, day(2)), Err(AdmitError::Person(PersonBar::Over(day(2)))));
    let later = AdmitError::Person(PersonBar::Later {
        from: day(4),
        to: day(6),
    });
    assert_eq!(admit(4, day(4) - Duration::MILLISECOND), Err(later));
    assert_eq!(admit(4, day(4)), Ok(1));
    assert_eq!(admit(5, day(1)), Err(AdmitError::Person(PersonBar::Never)));
    // Before the round opens people are told their own time, not that of the round.
    assert_eq!(admit(4, day(-1)), Err(later));
    // The round is over for everybody alike.
    assert_eq!(admit(4, day(10)), Err(AdmitError::Ended(day(10))));
    // A round without windows takes everybody.
    assert_eq!(contest.admit(&contest.rounds[1], of(5), day(11), &[]), Ok(1));
    assert_eq!(contest.turn(&contest.rounds[1], of(5), day(11)), Turn::Free);
}

#[test]
fn the_years_of_birth_of_a_window_count_at_both_ends() {
    let young = AccessWindow {
        born_from: Some(date!(2010 - 01 - 01)),
        born_to: Some(date!(2012 - 12 - 31)),
        ..window(&[], None, (0, 1))
    };
    let contest = contest(vec![young]);
    let turn = |born| {
        let who = Entering {
            unit: UnitId(5),
            born,
        };
        contest.turn(&contest.rounds[0], who, day(0))
    };
    assert_eq!(turn(date!(2010 - 01 - 01)), Turn::Now(day(1)));
    assert_eq!(turn(date!(2012 - 12 - 31)), Turn::Now(day(1)));
    assert_eq!(turn(date!(2013 - 01 - 01)), Turn::Never);
    assert_eq!(turn(date!(2009 - 12 - 31)), Turn::Never);
}

#[test]
fn windows_that_touch_are_one_time_and_the_round_ends_with_it() {
    let contest = contest(vec![
        window(&["H1"], None, (1, 2)),
        window(&["X1"], None, (2, 4)),
        window(&[], None, (8, 12)),
    ]);
    let round = &contest.rounds[0];
    assert_eq!(
        contest.turns(round, of(2)),
        Some(vec![(day(1), day(4)), (day(8), day(10))])
    );
    assert_eq!(contest.turn(round, of(2), day(1)), Turn::Now(day(4)));
    assert_eq!(contest.closes_for(round, of(2), day(1)), day(4));
    assert_eq!(contest.closes_for(round, of(1), day(1)), day(2));
    assert_eq!(contest.closes_for(round, of(1), day(9)), day(10));
    let between = Turn::Later {
        from: day(8),
        to: day(10),
    };
    assert_eq!(contest.turn(round, of(1), day(3)), between);
    // The last of them reaches into the next round, where it is a window too.
    assert_eq!(
        contest.turn(&contest.rounds[1], of(1), day(10)),
        Turn::Now(day(12))
    );
}

#[test]
fn people_of_a_unit_that_was_taken_over_come_with_whatever_took_it_over() {
    let mut contest = contest(vec![window(&["H2"], None, (0, 2)), window(&["H1"], None, (4, 6))]);
    let round = round(1);
    assert_eq!(contest.turn(&round, of(5), day(0)), Turn::Never);
    // B became a part of the school T2, which is below H2. A circle ends.
    contest.units[4].definition.successor = Some("T2".to_owned());
    contest.units[2].definition.successor = Some("B".to_owned());
    assert_eq!(contest.turn(&round, of(5), day(0)), Turn::Now(day(2)));
    assert_eq!(
        contest.turn(&round, of(1), day(0)),
        Turn::Later {
            from: day(4),
            to: day(6)
        }
    );
}

#[test]
fn a_running_attempt_is_cut_with_the_turn_unless_it_may_finish() {
    use crate::domain::attempt::deadline;
    let contest = contest(vec![window(&["H1"], None, (0, 1))]);
    let round = &contest.rounds[0];
    let start = day(1) - Duration::minutes(3);
    let closes = contest.closes_for(round, of(1), start);
    assert_eq!(deadline(&round.rules, start, closes), day(1));
    let mut late = round.rules.clone();
    late.attempts.late_finish = true;
    assert_eq!(deadline(&late, start, closes), start + Duration::minutes(10));
}

#[test]
fn the_ages_are_judged_at_the_start_where_accounts_are_issued() {
    let mut contest = contest(Vec::new());
    contest.definition.min_age = Some(12);
    contest.definition.entry.max_age = Some(30);
    let admit = |contest: &Contest, born| {
        let who = Entering {
            unit: UnitId(5),
            born,
        };
        contest.admit(&contest.rounds[0], who, day(0), &[])
    };
    let first_day = date!(2033 - 06 - 06);
    let (child, old) = (date!(2021 - 06 - 07), date!(2002 - 06 - 06));
    assert_eq!(admit(&contest, child), Ok(1), "registration has judged it");
    contest.definition.entry.accounts = Accounts::Issued;
    assert_eq!(
        admit(&contest, child),
        Err(AdmitError::Person(PersonBar::TooYoung(12, first_day)))
    );
    assert_eq!(admit(&contest, date!(2021 - 06 - 06)), Ok(1));
    assert_eq!(
        admit(&contest, old),
        Err(AdmitError::Person(PersonBar::PastAge(30, first_day)))
    );
    assert_eq!(admit(&contest, date!(2002 - 06 - 07)), Ok(1));
}

proptest! {
    /// Whatever the windows: who may start lies in one, and who may not is told a moment at which it is otherwise.
    #[test]
    fn what_is_told_of_a_turn_comes_true(
        spans in proptest::collection::vec((0i64..240, 1i64..48, 0usize..3), 1..8),
        unit in 1i32..6,
        hour in 0i64..240,
    ) {
        let hours = |n| OPENS + Duration::hours(n);
        let groups: [&[&str]; 3] = [&["H1"], &["X1", "B"], &["H2"]];
        let windows: Vec<AccessWindow> = spans
            .iter()
            .map(|(from, length, group)| AccessWindow {
                from: hours(*from),
                to: hours(from + length),
                ..window(groups[*group], None, (0, 0))
            })
            .collect();
        let contest = contest(windows.clone());
        let (round, now) = (&contest.rounds[0], hours(hour));
        let chain: &[&str] = match unit {
            1 => &["H1"],
            2 => &["X1", "H1"],
            3 => &["H2"],
            4 => &["T2", "H2"],
            _ => &["B"],
        };
        let inside = |at: OffsetDateTime| {
            windows
                .iter()
                .any(|window| window.takes_in(chain, &[], ADULT) && window.from <= at && at < window.to)
        };
        match contest.turn(round, of(unit), now) {
            Turn::Free => prop_assert!(false, "there are windows in the round"),
            Turn::Now(until) => {
                prop_assert!(inside(now) && now < until && inside(until - Duration::MILLISECOND));
                prop_assert!(until == round.closes_at || !inside(until));
            }
            Turn::Later { from, to } => {
                prop_assert!(!inside(now) && now < from && from < to && inside(from));
                prop_assert!((hour..240).take_while(|h| hours(*h) < from).all(|h| !inside(hours(h))));
            }
            Turn::Over(at) => {
                prop_assert!(at <= now && (hour..240).all(|h| !inside(hours(h))));
            }
            Turn::Never => prop_assert!((0..240).all(|h| !inside(hours(h)))),
        }
    }
}
