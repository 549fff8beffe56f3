use super::*;
use crate::domain::prize::SettledBy;
use crate::domain::unit::UnitDefinition;

fn competitor(unit: i32, headcount: Option<u32>, people: i64, total_score: i64) -> Competitor {
    let figures = UnitFigures {
        people,
        attempts: people * 2,
        total_score,
        all_correct: people / 2,
        winners: people / 4,
    };
    Competitor {
        unit: UnitId(unit),
        level: 1,
        bloc: None,
        headcount,
        figures,
    }
}

fn prize(by: CollectiveMeasure, places: u16) -> CollectivePrize {
    CollectivePrize {
        of: Vec::new(),
        top: 0,
        then: Vec::new(),
        conditions: Default::default(),
        scope: Scope::Round,
        name: "Giấy khen".to_owned(),
        places,
        by,
        level: 1,
        bloc: None,
        min_rate_bp: None,
        value: None,
    }
}

/// Unit, prize, place and rank of each award.
fn given(prizes: &[CollectivePrize], competitors: &[Competitor]) -> Vec<(i32, u16, u16, i64)> {
    let awards = collective(prizes, Scope::Round, competitors);
    awards
        .iter()
        .map(|award| (award.unit.0, award.prize, award.place, award.rank))
        .collect()
}

#[test]
fn each_measure_ranks_in_its_own_way() {
    let all = [
        competitor(1, Some(100), 40, 400),
        competitor(2, Some(10), 8, 120),
        competitor(3, None, 60, 360),
        competitor(4, Some(1_000), 100, 100),
    ];
    let cases = [
        (CollectiveMeasure::People, [4, 3, 1]),
        (CollectiveMeasure::Attempts, [4, 3, 1]),
        (CollectiveMeasure::Rate, [2, 1, 4]),
        (CollectiveMeasure::AverageScore, [2, 1, 3]),
        (CollectiveMeasure::TotalScore, [1, 3, 2]),
        (CollectiveMeasure::AllCorrect, [4, 3, 1]),
        (CollectiveMeasure::Winners, [4, 3, 1]),
    ];
    for (by, order) in cases {
        let winners: Vec<i32> = given(&[prize(by, 3)], &all).iter().map(|award| award.0).collect();
        assert_eq!(winners, order, "{by:?}");
    }
}

#[test]
fn fractions_are_compared_exactly() {
    let (a, b) = (i64::from(u32::MAX), u32::MAX);
    let all = [
        competitor(1, Some(b), a - 1, 1),
        competitor(2, Some(b - 1), a - 2, 1),
        competitor(3, Some(b), a - 1, 1),
    ];
    assert_eq!(
        given(&[prize(CollectiveMeasure::Rate, 1)], &all),
        [(1, 0, 1, 1), (3, 0, 2, 1)]
    );
}

#[test]
fn equals_at_the_last_place_all_receive_the_prize() {
    let all = [
        competitor(1, None, 9, 0),
        competitor(2, None, 5, 0),
        competitor(3, None, 5, 0),
        competitor(4, None, 4, 0),
    ];
    let expected = [(1, 0, 1, 1), (2, 0, 2, 2), (3, 0, 3, 2)];
    assert_eq!(given(&[prize(CollectiveMeasure::People, 2)], &all), expected);
}

#[test]
fn prizes_of_one_kind_follow_one_another_down_the_list() {
    let all = [1, 2, 3, 4].map(|unit| competitor(unit, None, 10 - i64::from(unit), 0));
    let by_people = |places| prize(CollectiveMeasure::People, places);
    let prizes = [by_people(1), prize(CollectiveMeasure::Attempts, 1), by_people(2)];
    assert_eq!(
        given(&prizes, &all),
        [(1, 0, 1, 1), (1, 1, 1, 1), (2, 2, 1, 2), (3, 2, 2, 3)]
    );
}

#[test]
fn the_smallest_rate_is_reached_at_exactly_that_rate_and_needs_a_headcount() {
    let mut half = prize(CollectiveMeasure::People, 9);
    half.min_rate_bp = Some(5_000);
    let all = [
        competitor(1, Some(100), 50, 0),
        competitor(2, Some(101), 50, 0),
        competitor(3, None, 90, 0),
        competitor(4, Some(0), 90, 0),
        competitor(5, Some(10), 60, 0),
    ];
    assert_eq!(given(&[half], &all), [(5, 0, 1, 1), (1, 0, 2, 2)]);
}

#[test]
fn level_and_bloc_decide_who_competes_and_nothing_wins_nothing() {
    let mut all = [
        competitor(1, None, 9, 0),
        competitor(2, None, 8, 0),
        competitor(3, None, 7, 0),
        competitor(4, None, 0, 0),
    ];
    all[0].level = 2;
    all[1].bloc = Some("xa".to_owned());
    assert_eq!(
        given(&[prize(CollectiveMeasure::People, 9)], &all),
        [(2, 0, 1, 1), (3, 0, 2, 2)]
    );
    let mut communes = prize(CollectiveMeasure::People, 9);
    communes.bloc = Some("xa".to_owned());
    assert_eq!(given(&[communes], &all), [(2, 0, 1, 1)]);
    assert_eq!(given(&[prize(CollectiveMeasure::TotalScore, 9)], &all), []);
}

#[test]
fn prizes_of_the_other_scope_are_left_alone() {
    let mut overall = prize(CollectiveMeasure::People, 1);
    overall.scope = Scope::Contest;
    let all = [competitor(1, None, 9, 0)];
    assert_eq!(
        given(&[overall, prize(CollectiveMeasure::People, 1)], &all),
        [(1, 1, 1, 1)]
    );
}

fn unit(id: i32, ancestors: &[i32]) -> Unit {
    let definition = UnitDefinition {
        code: format!("U{id}"),
        name: format!("U{id}"),
        parent: None,
        bloc: None,
        headcount: None,
        valid_from: None,
        valid_to: None,
        successor: None,
    };
    let ancestors: Vec<UnitId> = ancestors.iter().copied().map(UnitId).collect();
    let level = u8::try_from(ancestors.len() + 1).unwrap();
    Unit {
        id: UnitId(id),
        folded: String::new(),
        definition,
        level,
        ancestors,
    }
}

fn standing(person: i64, unit: i32, score: i64, attempts: u32) -> Standing {
    Standing {
        position: person,
        rank: person,
        attempt: None,
        participant: ParticipantId(person),
        unit: UnitId(unit),
        score,
        correct: u32::try_from(score / 10).unwrap(),
        total: 15,
        prediction: None,
        prediction_error: None,
        duration_ms: 0,
        finished_at: time::OffsetDateTime::UNIX_EPOCH,
        attempts,
        registered_at: time::OffsetDateTime::UNIX_EPOCH,
        eligible: true,
    }
}

#[test]
fn a_person_counts_for_the_unit_and_for_every_unit_above() {
    let tree = [unit(1, &[]), unit(2, &[1]), unit(3, &[2, 1]), unit(4, &[])];
    let standings = [
        standing(1, 3, 150, 2),
        standing(2, 2, 100, 1),
        standing(3, 3, 50, 3),
    ];
    let award = Award {
        prize: 0,
        place: 1,
        position: 1,
        participant: ParticipantId(1),
        settled_by: SettledBy::Rank,
    };
    let figures = units(&tree, &standings, &[award]);
    let of = |people, attempts, total_score, all_correct, winners| UnitFigures {
        people,
        attempts,
        total_score,
        all_correct,
        winners,
    };
    let expected = [
        (1, of(3, 6, 300, 1, 1)),
        (2, of(3, 6, 300, 1, 1)),
        (3, of(2, 5, 200, 1, 1)),
        (4, of(0, 0, 0, 0, 0)),
    ];
    assert_eq!(
        figures,
        expected.map(|(id, figures)| (UnitId(id), figures)).into()
    );
}
