use super::{SettledBy::*, *};
use crate::domain::ids::{RoundId, UnitId};
use proptest::prelude::*;

/// The bytes 00 01 … 1f.
fn seed() -> Seed {
    std::array::from_fn(|n| u8::try_from(n).unwrap())
}

/// Attempt `n` of round 1; its random bytes are all `n`.
fn attempt(n: i64) -> AttemptId {
    AttemptId::new(RoundId(1), [u8::try_from(n % 256).unwrap(); 12])
}

/// Person n at position n, with the given ranks.
fn standings(ranks: &[i64]) -> Vec<Standing> {
    let one = |(position, rank): (i64, &i64)| Standing {
        position,
        rank: *rank,
        attempt: Some(attempt(position)),
        participant: ParticipantId(position),
        unit: UnitId(1),
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
    (1..).zip(ranks).map(one).collect()
}

fn prizes(places: &[u16]) -> Vec<Prize> {
    let one = |places: &u16| Prize {
        bloc: None,
        scope: Scope::Round,
        name: "Giải".to_owned(),
        places: *places,
        value: None,
    };
    places.iter().map(one).collect()
}

/// What prizes depend on, with defaults that tests change.
#[derive(Debug)]
pub(super) struct Case {
    pub(super) places: Vec<u16>,
    pub(super) tie: TieRule,
    pub(super) per_person: PerPerson,
    pub(super) held: BTreeMap<ParticipantId, u16>,
    pub(super) passed_over: BTreeSet<ParticipantId>,
    pub(super) decisions: BTreeMap<Lot, i16>,
}

impl Case {
    fn new(places: &[u16]) -> Self {
        Self {
            places: places.to_vec(),
            tie: TieRule::Board,
            per_person: PerPerson {
                keep: Default::default(),
                phase: None,
                round: Some(1),
                contest: None,
            },
            held: BTreeMap::new(),
            passed_over: BTreeSet::new(),
            decisions: BTreeMap::new(),
        }
    }

    fn decide(mut self, preferences: &[(i64, i16)]) -> Self {
        self.decisions = preferences
            .iter()
            .map(|&(n, preference)| (Lot::Attempt(attempt(n)), preference))
            .collect();
        self
    }

    pub(super) fn award(&self, standings: &[Standing]) -> Awards {
        let rules = PrizeRules {
            prizes: &prizes(&self.places),
            scope: Scope::Round,
            per_person: self.per_person,
            tie: self.tie,
            held: &self.held,
            passed_over: &self.passed_over,
            held_in_phase: &BTreeMap::new(),
            blocs: &BTreeMap::new(),
            decisions: &self.decisions,
            seed: &seed(),
        };
        award(standings, rules)
    }
}

/// Winner, prize and what settled it.
fn given(awards: &Awards) -> Vec<(i64, u16, SettledBy)> {
    awards
        .awards
        .iter()
        .map(|award| (award.position, award.prize, award.settled_by))
        .collect()
}

#[test]
fn prizes_go_down_the_ranks_and_equals_that_fit_share_a_prize() {
    let awards = Case::new(&[1, 2, 1]).award(&standings(&[1, 2, 2, 4, 5]));
    assert_eq!(
        given(&awards),
        [(1, 0, Rank), (2, 1, Rank), (3, 1, Rank), (4, 2, Rank)]
    );
    assert_eq!(
        awards.awards.iter().map(|award| award.place).collect::<Vec<_>>(),
        [1, 1, 2, 1]
    );
    assert!(awards.ties.is_empty());
}

#[test]
fn too_few_people_leave_places_empty() {
    assert_eq!(
        given(&Case::new(&[1, 2]).award(&standings(&[1, 2]))),
        [(1, 0, Rank), (2, 1, Rank)]
    );
    assert_eq!(Case::new(&[1, 2]).award(&[]), Awards::default());
}

#[test]
fn equals_that_do_not_fit_stay_open_with_everything_after_them() {
    let cases: [(&[u16], &[i64], usize, Tie); 3] = [
        // Three for the last two places.
        (
            &[1, 2],
            &[1, 2, 2, 2, 5],
            1,
            Tie {
                prize: 1,
                rank: 2,
                places: 2,
                positions: vec![2, 3, 4],
            },
        ),
        // Two for one first and two second prizes: both win, but nobody knows what.
        (
            &[1, 2, 1],
            &[1, 1, 3, 4],
            0,
            Tie {
                prize: 0,
                rank: 1,
                places: 1,
                positions: vec![1, 2],
            },
        ),
        // One place left of the second prize, after one was given.
        (
            &[1, 2, 3],
            &[1, 2, 3, 3],
            2,
            Tie {
                prize: 1,
                rank: 3,
                places: 1,
                positions: vec![3, 4],
            },
        ),
    ];
    for (places, ranks, awarded, tie) in cases {
        let awards = Case::new(places).award(&standings(ranks));
        assert_eq!(
            (awards.awards.len(), &awards.ties),
            (awarded, &vec![tie]),
            "{places:?} {ranks:?}"
        );
    }
}

#[test]
fn equals_after_the_last_place_are_no_tie() {
    assert!(
        Case::new(&[1, 1])
            .award(&standings(&[1, 2, 3, 3, 3]))
            .ties
            .is_empty()
    );
}

#[test]
fn the_board_settles_a_tie_if_it_separates_the_group_at_every_border() {
    let ranks = standings(&[1, 1, 1, 1]);
    // Places for one, then for two; one of the four gets nothing.
    let settled: [&[(i64, i16)]; 3] = [
        &[(3, 1), (1, 2), (4, 3)],
        &[(3, 1), (1, 2), (4, 2)],
        &[(3, 1), (4, 2), (1, 2), (2, 9)],
    ];
    for decisions in settled {
        let awards = Case::new(&[1, 2]).decide(decisions).award(&ranks);
        assert_eq!(
            given(&awards),
            [(3, 0, Board), (1, 1, Board), (4, 1, Board)],
            "{decisions:?}"
        );
    }
    let open: [&[(i64, i16)]; 4] = [
        &[],
        &[(3, 1)],
        &[(3, 1), (1, 1), (4, 2)],
        &[(3, 1), (1, 2), (4, 3), (2, 3)],
    ];
    for decisions in open {
        let awards = Case::new(&[1, 2]).decide(decisions).award(&ranks);
        assert_eq!((awards.awards.len(), awards.ties.len()), (0, 1), "{decisions:?}");
        assert_eq!(awards.ties[0].positions, [1, 2, 3, 4]);
    }
}

#[test]
fn a_decision_is_not_asked_where_there_is_no_tie() {
    let awards = Case::new(&[2, 1])
        .decide(&[(2, 1), (1, 2)])
        .award(&standings(&[1, 1, 3]));
    assert_eq!(given(&awards), [(1, 0, Rank), (2, 0, Rank), (3, 1, Rank)]);
}

/// Made with another implementation of SHA-256 from the bytes 00 01 … 1f and the id.
#[test]
fn a_lot_is_the_hash_of_seed_and_id() {
    let vectors = [
        (
            Lot::Attempt(attempt(1)),
            "39e18549e10dd46dbcba115227d8bd455ee20938edc1d1e2a998092c579a5c33",
        ),
        (
            Lot::Attempt(attempt(2)),
            "d2f640132f0f60897ccddbfe49dba0fbb16c9d7568c7faa7bbf5cd74642dae19",
        ),
        (
            Lot::Attempt(attempt(3)),
            "0ec337fc4a74e3190d79f76c71b073434142413dc6398ce6ee28395204ffcd04",
        ),
        (
            Lot::Attempt(attempt(4)),
            "2ff856eb748e6aeecb76cc223571da9acef1b2af37427ac3974c9e66bb981842",
        ),
        (
            Lot::Person(ParticipantId(1)),
            "6061c4386d7a1788ba52e2e8b2ee6fe6137644ec75a70bf7042cfd67a1e57bd3",
        ),
        (
            Lot::Person(ParticipantId(258)),
            "c9651fe15985e65a819a4ab80216ab29623d962a7d120b697bc3d25eb60c2c5e",
        ),
    ];
    for (lot, expected) in vectors {
        let hash: String = lot
            .drawn(&seed())
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(hash, expected, "{lot:?}");
    }
}

#[test]
fn a_draw_orders_the_group_by_its_lots_unless_the_board_decided() {
    let mut case = Case::new(&[1, 2]);
    case.tie = TieRule::Draw;
    let ranks = standings(&[1, 1, 1, 1, 5]);
    assert_eq!(
        given(&case.award(&ranks)),
        [(3, 0, Draw), (4, 1, Draw), (1, 1, Draw)]
    );
    let case = case.decide(&[(2, 1), (1, 2), (3, 3)]);
    assert_eq!(
        given(&case.award(&ranks)),
        [(2, 0, Board), (1, 1, Board), (3, 1, Board)]
    );
}

#[test]
fn who_reached_a_cap_is_passed_over_and_does_not_count_among_equals() {
    let mut case = Case::new(&[1, 1]);
    case.per_person.contest = Some(2);
    case.held = BTreeMap::from([
        (ParticipantId(1), 2),
        (ParticipantId(2), 1),
        (ParticipantId(3), 3),
    ]);
    let awards = case.award(&standings(&[1, 2, 2, 4]));
    assert_eq!(given(&awards), [(2, 0, Rank), (4, 1, Rank)]);
}

#[test]
fn who_is_not_eligible_wins_nothing_and_ties_with_nobody() {
    let mut list = standings(&[1, 1, 3]);
    list[0].eligible = false;
    assert_eq!(
        given(&Case::new(&[1, 1]).award(&list)),
        [(2, 0, Rank), (3, 1, Rank)]
    );
}

#[test]
fn prizes_of_the_other_scope_are_left_alone_but_keep_their_number() {
    let mut all = prizes(&[1, 1]);
    all[0].scope = Scope::Contest;
    let (held, decisions) = (BTreeMap::new(), BTreeMap::new());
    let rules = PrizeRules {
        prizes: &all,
        scope: Scope::Round,
        per_person: PerPerson {
            keep: Default::default(),
            phase: None,
            round: None,
            contest: None,
        },
        tie: TieRule::Board,
        held: &held,
        passed_over: &BTreeSet::new(),
        held_in_phase: &held,
        blocs: &BTreeMap::new(),
        decisions: &decisions,
        seed: &seed(),
    };
    assert_eq!(given(&award(&standings(&[1, 2]), rules)), [(1, 1, Rank)]);
}

/// Groups of equals as standings, some of them not eligible.
pub(super) fn any_list() -> impl Strategy<Value = Vec<Standing>> {
    prop::collection::vec((1..6usize, prop::bits::u8::ANY), 0..12).prop_map(|groups| {
        let mut ranks = Vec::new();
        for (size, _) in &groups {
            let rank = i64::try_from(ranks.len()).unwrap() + 1;
            ranks.extend(std::iter::repeat_n(rank, *size));
        }
        let bits = groups
            .iter()
            .flat_map(|(size, bits)| (0..*size).map(move |n| bits >> n & 1 == 0));
        let mut list = standings(&ranks);
        list.iter_mut()
            .zip(bits)
            .for_each(|(standing, eligible)| standing.eligible = eligible);
        list
    })
}

pub(super) fn any_case() -> impl Strategy<Value = Case> {
    let places = prop::collection::vec(1..4u16, 0..5);
    let tie = prop_oneof![Just(TieRule::Board), Just(TieRule::Draw)];
    let held = prop::collection::btree_map((1..40i64).prop_map(ParticipantId), 0..4u16, 0..20);
    let decisions = prop::collection::vec((1..40i64, 1..5i16), 0..20);
    (places, tie, prop::option::of(1..3u16), held, decisions).prop_map(
        |(places, tie, contest, held, decisions)| Case {
            tie,
            per_person: PerPerson {
                keep: Default::default(),
                phase: None,
                round: Some(1),
                contest,
            },
            held,
            ..Case::new(&places).decide(&decisions)
        },
    )
}

proptest! {
    #[test]
    fn places_and_caps_are_never_exceeded(case in any_case(), list in any_list()) {
        let awards = case.award(&list);
        for (prize, places) in (0..).zip(&case.places) {
            let given = awards.awards.iter().filter(|award| award.prize == prize);
            let numbers: Vec<u16> = given.map(|award| award.place).collect();
            prop_assert!(numbers.len() <= usize::from(*places));
            prop_assert_eq!(&numbers, &(1..=u16::try_from(numbers.len()).unwrap()).collect::<Vec<_>>());
        }
        let mut winners: Vec<ParticipantId> = awards.awards.iter().map(|award| award.participant).collect();
        for winner in &winners {
            let held = case.held.get(winner).copied().unwrap_or(0);
            prop_assert!(case.per_person.contest.is_none_or(|cap| held < cap));
        }
        winners.sort();
        winners.dedup();
        prop_assert_eq!(winners.len(), awards.awards.len());
    }

    #[test]
    fn a_worse_rank_never_wins_a_better_prize_and_none_is_kept_back_without_a_tie(
        case in any_case(),
        list in any_list(),
    ) {
        let awards = case.award(&list);
        let rank = |award: &Award| list.iter().find(|s| s.position == award.position).unwrap().rank;
        prop_assert!(awards.awards.is_sorted_by_key(|award| (award.prize, award.place)));
        prop_assert!(awards.awards.is_sorted_by_key(rank));
        let may_win = list.iter().filter(|s| {
            let held = case.held.get(&s.participant).copied().unwrap_or(0);
            s.eligible && case.per_person.contest.is_none_or(|cap| held < cap)
        });
        let places: usize = case.places.iter().copied().map(usize::from).sum();
        if awards.ties.is_empty() {
            prop_assert_eq!(awards.awards.len(), places.min(may_win.count()));
        } else {
            prop_assert_eq!(case.tie, TieRule::Board);
            prop_assert!(awards.ties[0].positions.len() > usize::from(awards.ties[0].places));
        }
    }
}

#[test]
fn whoever_two_people_pass_over_makes_the_next_move_up() {
    let mut case = Case::new(&[1, 1]);
    case.passed_over = BTreeSet::from([standings(&[1, 2, 3])[0].participant]);
    assert_eq!(
        given(&case.award(&standings(&[1, 2, 3]))),
        [(2, 0, Rank), (3, 1, Rank)]
    );
}
