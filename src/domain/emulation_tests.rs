//! Ranking inside a cluster, ballots, quorum and nomination, award statistics by hand.

use super::award::{Award, AwardError, AwardForm, Level, PersonTraits, Recipient};
use super::ballot::{BadBox, Ballot, BallotBox, Validity};
use super::ranking::*;
use super::statistics::{Line, YearCounts, report};
use super::vote::*;
use super::{CriterionId, cluster_code};
use proptest::prelude::*;
use std::collections::BTreeMap;
use time::macros::date;

fn criteria() -> Vec<(CriterionId, Criterion)> {
    let typed = "Phát động; 50\nThực hiện ; 40,5\n\nChậm báo cáo; -10";
    (1..)
        .map(CriterionId)
        .zip(parse_criteria(typed).unwrap())
        .collect()
}

fn points(rows: &[(&str, [u32; 3])]) -> (Vec<String>, Points) {
    let codes = rows.iter().map(|(code, _)| (*code).to_owned()).collect();
    let cells = rows.iter().flat_map(|(code, cells)| {
        (1..)
            .zip(*cells)
            .map(|(id, n)| ((CriterionId(id), (*code).to_owned()), n))
    });
    (codes, cells.collect())
}

fn ranks(ranked: &[Ranked]) -> Vec<(&str, i64, Option<u32>)> {
    ranked
        .iter()
        .map(|one| (one.code.as_str(), one.total, one.rank))
        .collect()
}

#[test]
fn equals_share_a_rank_and_the_next_is_skipped_unless_the_criteria_tell_them_apart() {
    let (codes, cells) = points(&[
        ("A", [3_000, 3_000, 0]),
        ("B", [4_000, 4_000, 500]),
        ("C", [4_000, 2_000, 0]),
        ("D", [1_000, 1_000, 1_000]),
    ]);
    let shared = rank(&codes, &criteria(), &cells, Ties::Shared);
    assert_eq!(
        ranks(&shared),
        [
            ("B", 7_500, Some(1)),
            ("A", 6_000, Some(2)),
            ("C", 6_000, Some(2)),
            ("D", 1_000, Some(4))
        ]
    );
    let told = rank(&codes, &criteria(), &cells, Ties::Criteria);
    assert_eq!(
        ranks(&told),
        [
            ("B", 7_500, Some(1)),
            ("C", 6_000, Some(2)),
            ("A", 6_000, Some(3)),
            ("D", 1_000, Some(4))
        ]
    );
}

#[test]
fn a_unit_that_is_not_scored_throughout_has_no_rank() {
    let (codes, mut cells) = points(&[("A", [3_000, 3_000, 0]), ("B", [1, 1, 0])]);
    cells.remove(&(CriterionId(3), "A".to_owned()));
    let ranked = rank(&codes, &criteria(), &cells, Ties::Shared);
    assert_eq!(ranks(&ranked), [("B", 2, Some(1)), ("A", 6_000, None)]);
    assert_eq!(ranked[1].missing, 1);
    assert!(
        rank(&codes, &[], &cells, Ties::Shared)
            .iter()
            .all(|one| one.rank.is_none())
    );
}

#[test]
fn points_are_read_as_people_type_them() {
    assert_eq!(parse_points(" 9,5 ", 1_000), Ok(950));
    assert_eq!(parse_points("10", 1_000), Ok(1_000));
    assert_eq!(parse_points("10.01", 1_000), Err(PointsError::TooMany));
    for wrong in ["", "-1", "9,555", "a", ",5", "1.2.3", "99999999"] {
        assert_eq!(
            parse_points(wrong, 1_000),
            Err(PointsError::NotANumber),
            "{wrong}"
        );
    }
    let own = criteria();
    assert_eq!((own[1].1.most, own[1].1.sense), (4_050, Sense::Adds));
    assert_eq!((own[2].1.most, own[2].1.sense), (1_000, Sense::Deducts));
    assert_eq!(parse_criteria("A; 5\nB"), Err(CriterionError::NoPoints(2)));
    assert_eq!(parse_criteria("A; 5\na; 6"), Err(CriterionError::Twice(2)));
    assert_eq!(parse_criteria(" \n"), Err(CriterionError::None));
}

#[test]
fn the_best_of_a_contest_gets_all_points_and_others_their_share_of_it() {
    let figures = [("A", (50, 100)), ("B", (1, 4)), ("C", (0, 9))].map(|(code, f)| (code.to_owned(), f));
    let given: Vec<u32> = proportional(3_000, &figures)
        .into_iter()
        .map(|(_, n)| n)
        .collect();
    assert_eq!(given, [3_000, 1_500, 0]);
    assert_eq!(proportional(3_000, &figures[2..])[0].1, 0);
}

#[test]
fn codes_of_clusters_are_capital_and_short() {
    assert_eq!(cluster_code(" cum-1 ").as_deref(), Some("CUM-1"));
    for wrong in ["", "-A", "CỤM", "A B", "123456789012345678901"] {
        assert_eq!(cluster_code(wrong), None, "{wrong}");
    }
}

fn ballot(marks: &[u16]) -> Ballot {
    Ballot::new(marks.iter().copied(), 9).unwrap()
}

fn rules(seats: u16, base: Base) -> VoteRules {
    VoteRules {
        seats,
        quorum: Quorum { above: 2, below: 3 },
        threshold: Threshold {
            share_bp: 5_000,
            more_than: true,
            base,
        },
    }
}

fn counted(rules: &VoteRules, delegates: u32, ballots: &[(&[u16], usize)]) -> Tally {
    let ballots = ballots.iter().map(|(marks, n)| (ballot(marks), *n)).collect();
    tally(rules, 4, delegates, &ballots)
}

#[test]
fn half_of_the_base_is_not_more_than_half_of_it() {
    let own = |base| {
        let tally = counted(
            &rules(2, base),
            8,
            &[(&[1, 2], 3), (&[1], 1), (&[], 1), (&[1, 2, 3], 1)],
        );
        assert_eq!(
            (tally.collected, tally.valid, tally.blank, tally.invalid),
            (6, 4, 1, 1)
        );
        let nominated: Vec<u16> = tally
            .results
            .iter()
            .filter(|one| one.nominated)
            .map(|one| one.candidate)
            .collect();
        (nominated, tally.results[0].share_bp)
    };
    // 4 votes: half of 8 delegates, 2/3 of 6 ballots, all of 4 valid ones; 3 votes: half of the ballots, 3/4 of the valid.
    assert_eq!(own(Base::Delegates), (vec![], 5_000));
    assert_eq!(own(Base::Ballots), (vec![1], 6_667));
    assert_eq!(own(Base::Valid), (vec![1, 2], 10_000));
    let at_least = Threshold {
        more_than: false,
        ..rules(2, Base::Delegates).threshold
    };
    assert!(at_least.met(4, 8) && !at_least.met(3, 8) && !at_least.met(0, 0));
}

#[test]
fn equals_at_the_last_seat_are_left_to_the_meeting_and_those_below_a_full_house_are_not() {
    let tied = counted(
        &rules(2, Base::Ballots),
        5,
        &[(&[1, 2], 2), (&[1, 3], 2), (&[2, 3], 1)],
    );
    let shown = |tally: &Tally| -> Vec<(u16, u32, bool, bool)> {
        let all = tally.results.iter();
        all.map(|one| (one.candidate, one.votes, one.nominated, one.tied))
            .collect()
    };
    assert_eq!(
        shown(&tied),
        [
            (1, 4, true, false),
            (2, 3, false, true),
            (3, 3, false, true),
            (4, 0, false, false)
        ]
    );
    assert!(tied.tied);
    let mut low = rules(2, Base::Ballots);
    low.threshold.share_bp = 1_000;
    let clear = counted(&low, 5, &[(&[1, 2], 3), (&[3], 1), (&[4], 1)]);
    assert_eq!(
        shown(&clear),
        [
            (1, 3, true, false),
            (2, 3, true, false),
            (3, 1, false, false),
            (4, 1, false, false)
        ]
    );
    assert!(!clear.tied);
}

#[test]
fn the_quorum_is_rounded_up_and_two_people_close() {
    let quorum = |n| Quorum { above: 2, below: 3 }.needed(n);
    assert_eq!([3, 4, 5, 6, 7].map(quorum), [2, 3, 4, 4, 5]);
    let own = rules(2, Base::Ballots);
    let close = |state, collected, by| may_close(state, &own, (4, collected), Some("Lê Văn Bình"), by);
    assert_eq!(close(VoteState::Stopped, 3, "Hoa"), Ok(()));
    assert_eq!(
        close(VoteState::Stopped, 2, "Hoa"),
        Err(CloseRefusal::BelowQuorum {
            collected: 2,
            needed: 3
        })
    );
    assert_eq!(
        close(VoteState::Open, 4, "Hoa"),
        Err(CloseRefusal::State(VoteState::Open))
    );
    assert_eq!(
        close(VoteState::Stopped, 4, "lê  văn bình"),
        Err(CloseRefusal::SamePerson("Lê Văn Bình".to_owned()))
    );
}

#[test]
fn contradictions_of_a_vote_are_found() {
    let own = rules(2, Base::Ballots);
    assert_eq!(rules_faults(&own, 3), []);
    assert_eq!(rules_faults(&own, 2), [RulesError::Seats]);
    assert_eq!(rules_faults(&rules(1, Base::Valid), 1), []);
    assert_eq!(rules_faults(&own, 0), [RulesError::Candidates]);
    let mut wrong = own.clone();
    wrong.quorum = Quorum { above: 3, below: 2 };
    assert_eq!(rules_faults(&wrong, 3), [RulesError::Quorum]);
    let mut wrong = own;
    wrong.threshold.share_bp = 10_000;
    assert_eq!(rules_faults(&wrong, 3), [RulesError::Threshold]);
    wrong.seats = 3;
    let both = [RulesError::Seats, RulesError::Threshold];
    assert_eq!(rules_faults(&wrong, 3), both, "all at once");
}

#[test]
fn delegates_are_read_from_lines_and_from_a_pasted_table() {
    let read =
        parse_delegates("Nguyễn Văn A; Xã Một; Bí thư\nTrần Thị B\tXã Hai\tPhó Bí thư\n\nLê C").unwrap();
    assert_eq!(
        (read.len(), read[1].title.as_str(), read[2].unit.as_str()),
        (3, "Phó Bí thư", "")
    );
    assert_eq!(parse_delegates("A; X"), Err(DelegateError::TooFew));
    assert_eq!(parse_delegates("A; X\n; Y"), Err(DelegateError::Line(2)));
    assert_eq!(parse_delegates("A; X\na ; x; khác"), Err(DelegateError::Twice(2)));
}

#[test]
fn a_box_looks_the_same_from_outside_however_full_it_is_and_takes_no_more_than_its_room() {
    let mut own = BallotBox::empty(9, 2);
    let before = own.text().len();
    own.put(ballot(&[3])).unwrap();
    own.put(ballot(&[])).unwrap();
    assert_eq!(own.text().len(), before);
    assert_eq!(own.put(ballot(&[])), Err(BadBox));
    assert_eq!(BallotBox::read(&own.text(), 9, 2), Ok(own.clone()));
    for wrong in [
        "",
        "x",
        &own.text().replace('x', "?"),
        &format!("{}\n", own.text()),
    ] {
        assert_eq!(BallotBox::read(wrong, 9, 2), Err(BadBox), "{wrong}");
    }
    assert_eq!(Ballot::new([10], 9), None);
    assert_eq!(ballot(&[1, 2, 3]).validity(2), Validity::Invalid);
    assert_eq!(Ballot::read(&ballot(&[4, 2]).text()), Some(ballot(&[2, 4])));
}

fn ballots() -> impl Strategy<Value = Vec<Vec<u16>>> {
    prop::collection::vec(prop::collection::vec(1_u16..=9, 0..6), 0..30)
}

proptest! {
    #[test]
    fn every_ballot_counts_once_and_marks_of_valid_ones_are_the_votes(cast in ballots(), seats in 1_u16..5) {
        let mut own = BallotBox::empty(9, 30);
        for marks in &cast {
            own.put(ballot(marks)).unwrap();
        }
        let own = BallotBox::read(&own.text(), 9, 30).unwrap();
        let tally = tally(&rules(seats, Base::Ballots), 9, 30, &own.counted());
        prop_assert_eq!(tally.collected as usize, cast.len());
        prop_assert_eq!(tally.valid + tally.blank + tally.invalid, tally.collected);
        let valid = cast.iter().map(|marks| ballot(marks)).filter(|b| b.validity(seats) == Validity::Valid);
        let marks: usize = valid.map(|b| b.marks().count()).sum();
        let votes: u32 = tally.results.iter().map(|one| one.votes).sum();
        prop_assert_eq!(votes as usize, marks);
        prop_assert!(tally.results.iter().all(|one| one.votes <= tally.valid));
        let nominated = tally.results.iter().filter(|one| one.nominated).count();
        prop_assert!(nominated <= usize::from(seats));
        prop_assert!(tally.results.iter().filter(|one| one.nominated).all(|one| one.votes * 2 > tally.collected));
    }

    #[test]
    fn the_order_of_voting_leaves_no_trace(cast in ballots(), turn in 0_usize..30) {
        let fill = |all: &[Vec<u16>]| {
            let mut own = BallotBox::empty(9, 30);
            for marks in all {
                own.put(ballot(marks)).unwrap();
            }
            own.text()
        };
        let mut turned = cast.clone();
        turned.rotate_left(turn.min(cast.len()));
        prop_assert_eq!(fill(&cast), fill(&turned));
        turned.reverse();
        prop_assert_eq!(fill(&cast), fill(&turned));
    }

    #[test]
    fn more_points_never_give_a_worse_rank(cells in prop::collection::vec(0_u32..100, 5), who in 0_usize..5, more in 1_u32..50) {
        let own: Vec<(CriterionId, Criterion)> = criteria().into_iter().take(1).collect();
        let codes: Vec<String> = (0..5).map(|n| format!("U{n}")).collect();
        let of = |cells: &[u32]| -> u32 {
            let points: Points = codes.iter().zip(cells).map(|(c, n)| ((CriterionId(1), c.clone()), *n)).collect();
            let ranked = rank(&codes, &own, &points, Ties::Shared);
            ranked.iter().find(|one| one.code == codes[who]).unwrap().rank.unwrap()
        };
        let mut better = cells.clone();
        better[who] += more;
        prop_assert!(of(&better) <= of(&cells));
    }
}

fn award(form: AwardForm, level: Level, recipient: Recipient) -> Award {
    Award {
        decided_on: date!(2025 - 03 - 02),
        decision: "12/QĐ-UBND".to_owned(),
        form,
        level,
        name: "Tổ dân vận  thôn Một".to_owned(),
        unit: String::new(),
        recipient,
    }
}

#[test]
fn a_line_is_checked() {
    let today = date!(2025 - 12 - 31);
    let own = award(
        AwardForm::Certificate,
        Level::District,
        Recipient::Collective { small: true },
    );
    assert_eq!(own.clone().checked(today).unwrap().name, "Tổ dân vận thôn Một");
    let at = |day| {
        Award {
            decided_on: day,
            ..own.clone()
        }
        .checked(today)
        .map(|_| ())
    };
    assert_eq!(at(date!(2025 - 06 - 30)), Ok(()));
    assert_eq!(at(date!(2025 - 07 - 01)), Err(AwardError::District));
    assert_eq!(at(date!(2026 - 01 - 01)), Err(AwardError::Day));
    let nameless = Award {
        name: " ".to_owned(),
        ..own
    };
    assert_eq!(nameless.checked(today), Err(AwardError::Name));
}

#[test]
fn statistics_are_those_computed_by_hand() {
    let person = |direct, farmer, youth, woman| {
        Recipient::Person(PersonTraits {
            direct,
            farmer,
            youth,
            woman,
        })
    };
    let now = [
        award(
            AwardForm::Certificate,
            Level::Commune,
            Recipient::Collective { small: true },
        ),
        award(
            AwardForm::Certificate,
            Level::Commune,
            Recipient::Collective { small: true },
        ),
        award(
            AwardForm::Merit,
            Level::Province,
            Recipient::Collective { small: false },
        ),
        award(AwardForm::Merit, Level::Province, person(true, true, false, true)),
        award(
            AwardForm::Merit,
            Level::Province,
            person(true, false, true, false),
        ),
        award(
            AwardForm::Certificate,
            Level::Commune,
            person(false, false, false, true),
        ),
    ];
    let before = [
        award(
            AwardForm::Certificate,
            Level::Commune,
            Recipient::Collective { small: false },
        ),
        award(
            AwardForm::Merit,
            Level::Province,
            person(true, false, false, false),
        ),
        award(
            AwardForm::Merit,
            Level::Province,
            person(false, false, false, true),
        ),
        award(
            AwardForm::Flag,
            Level::State,
            Recipient::Collective { small: true },
        ),
    ];
    let lines = report(&YearCounts::of(&now), &YearCounts::of(&before));
    let of = |line: Line| {
        let own = lines.iter().find(|one| one.line == line).unwrap();
        (
            own.now,
            own.before,
            own.difference(),
            own.growth(),
            own.share,
            own.share_difference(),
        )
    };
    // 6 awards beside 4: half more. 3 of 6 giấy khen = 50.0 %, 1 of 4 = 25.0 %. 2 of 3 collectives small = 66.7 %, 1 of 2
    // = 50.0 %: 16.7 points more. 2 of 3 persons direct = 66.7 % beside 1 of 2; 1 of 3 farmers = 33.3 % beside none.
    assert_eq!(of(Line::Total), (6, 4, 2, Some(500), Some(1_000), Some(0)));
    assert_eq!(
        of(Line::Form(AwardForm::Certificate)),
        (3, 1, 2, Some(2_000), Some(500), Some(250))
    );
    assert_eq!(
        of(Line::FormAt(AwardForm::Merit, Level::Province)),
        (3, 2, 1, Some(500), Some(500), Some(0))
    );
    assert_eq!(
        of(Line::Form(AwardForm::Flag)),
        (0, 1, -1, Some(-1_000), Some(0), Some(-250))
    );
    assert_eq!(of(Line::Small), (2, 1, 1, Some(1_000), Some(667), Some(167)));
    assert_eq!(of(Line::Direct), (2, 1, 1, Some(1_000), Some(667), Some(167)));
    assert_eq!(of(Line::Farmers), (1, 0, 1, None, Some(333), Some(333)));
    assert_eq!(of(Line::Youth), (1, 0, 1, None, Some(333), Some(333)));
    assert_eq!(of(Line::Women), (2, 1, 1, Some(1_000), Some(667), Some(167)));
    assert!(!lines.iter().any(|one| one.line == Line::Form(AwardForm::Order)));
    let alone = report(&YearCounts::of(&now), &YearCounts::default());
    let small = alone.iter().find(|one| one.line == Line::Small).unwrap();
    assert_eq!(
        (small.share_before, small.share_difference(), small.growth()),
        (None, None, None)
    );
}

#[test]
fn forms_and_levels_partition_the_total() {
    let own = [award(
        AwardForm::Other,
        Level::Ministry,
        Recipient::Collective { small: false },
    )];
    let counts = YearCounts::of(&own);
    let by_form: i64 = AwardForm::ALL.iter().map(|form| counts.of_form(*form)).sum();
    let by_level: i64 = Level::ALL.iter().map(|level| counts.of_level(*level)).sum();
    let keys: BTreeMap<_, _> = counts.cells.clone();
    assert_eq!((by_form, by_level, keys.len()), (1, 1, 1));
}
