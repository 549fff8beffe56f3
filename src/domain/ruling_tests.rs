use super::*;
use crate::domain::decision::Decided;
use crate::domain::ids::{ContestId, RoundId};
use proptest::prelude::*;
use time::Duration;

const START: OffsetDateTime = time::macros::datetime!(2023-04-03 01:00 UTC);

fn taken(person: i64, minute: i64) -> Taken {
    Taken {
        participant: ParticipantId(person),
        attempt: attempt(person, minute),
        number: 1,
        sequence: 1,
        finished_us: micros(START + Duration::minutes(minute)),
        duration_ms: 1,
        score: 1,
        correct: 1,
        total: 1,
        prediction: None,
    }
}

fn attempt(person: i64, minute: i64) -> AttemptId {
    let mut random = [0; 12];
    random[..8].copy_from_slice(&(person * 1_000 + minute).to_be_bytes());
    AttemptId::new(RoundId(3), random)
}

fn decision(id: i64, state: State, payload: &impl Payload) -> Decision {
    fn kind<P: Payload>(_: &P) -> (Kind, u16) {
        (P::KIND, P::VERSION)
    }
    let (kind, version) = kind(payload);
    Decision {
        id: DecisionId(id),
        kind,
        contest: ContestId(1),
        round: Some(RoundId(3)),
        subject: payload.subject(),
        version,
        payload: serde_json::to_string(payload).unwrap(),
        reason: "vì".to_owned(),
        proposed_at: START,
        proposed_by: "An".to_owned(),
        state,
        decided: (state != State::Proposed).then(|| Decided {
            at: START,
            by: "Bình".to_owned(),
            why: None,
        }),
        outcome: None,
    }
}

fn void(person: i64) -> Void {
    Void {
        target: Target::Person {
            person: ParticipantId(person),
        },
    }
}

#[test]
fn only_what_was_approved_and_not_taken_back_holds() {
    let decisions = [
        decision(1, State::Approved, &void(7)),
        decision(2, State::Proposed, &void(8)),
        decision(3, State::Rejected, &void(9)),
        decision(4, State::Approved, &void(10)),
        decision(
            5,
            State::Approved,
            &Restore {
                decision: DecisionId(4),
            },
        ),
        decision(
            6,
            State::Withdrawn,
            &Restore {
                decision: DecisionId(1),
            },
        ),
        decision(
            7,
            State::Approved,
            &ReplaceWinner {
                person: ParticipantId(11),
                cause: Cause::Declined,
            },
        ),
    ];
    let rulings = Rulings::in_force(&decisions);
    assert_eq!(rulings.targets().collect::<Vec<_>>(), [&void(7).target]);
    assert_eq!(rulings.passed_over(), BTreeSet::from([ParticipantId(11)]));
    assert!(rulings.holds(DecisionId(7)) && !rulings.holds(DecisionId(4)));
}

fn any_target() -> impl Strategy<Value = Target> {
    prop_oneof![
        (0..20i64).prop_map(|person| Target::Person {
            person: ParticipantId(person)
        }),
        (0..20i64, 0..30i64).prop_map(|(person, minute)| Target::Attempt {
            attempt: attempt(person, minute),
            person: ParticipantId(person),
        }),
        (0..4i32).prop_map(|unit| Target::Unit { unit: UnitId(unit) }),
        (0..30i64, 0..10i64, prop::option::of(0..4i32)).prop_map(|(from, long, unit)| Target::Window {
            from: START + Duration::minutes(from),
            until: START + Duration::minutes(from + long),
            unit: unit.map(UnitId),
        }),
    ]
}

proptest! {
    #[test]
    fn a_sieve_strikes_what_one_of_the_targets_names(targets in prop::collection::vec(any_target(), 0..5)) {
        // People 0, 4, 8 … belong to unit 0, and so on.
        let members = (0..4i32)
            .map(|unit| (UnitId(unit), (0..5).map(|n| ParticipantId(i64::from(unit) + 4 * n)).collect()))
            .collect();
        let sieve = Sieve::new(targets.iter(), &members);
        prop_assert_eq!(sieve.is_empty(), targets.is_empty());
        for person in 0..20i64 {
            for minute in 0..30i64 {
                let at = START + Duration::minutes(minute);
                let named = targets.iter().any(|target| match target {
                    Target::Person { person: named } => named.0 == person,
                    Target::Attempt { attempt: named, .. } => *named == attempt(person, minute),
                    Target::Unit { unit } => person % 4 == i64::from(unit.0),
                    Target::Window { from, until, unit } => {
                        *from <= at && at < *until && unit.is_none_or(|unit| person % 4 == i64::from(unit.0))
                    }
                });
                prop_assert_eq!(sieve.strikes(&taken(person, minute)), named);
                let of = (attempt(person, minute), ParticipantId(person));
                let units = [UnitId(i32::try_from(person % 4).unwrap())];
                prop_assert_eq!(targets.iter().any(|target| target.names(of, &units, at)), named);
            }
        }
    }

    #[test]
    fn a_target_survives_being_kept(target in any_target()) {
        let void = Void { target };
        let kept = decision(1, State::Approved, &void);
        prop_assert_eq!(kept.payload::<Void>(), Some(void));
        prop_assert!(void.subject().len() <= 200);
    }
}
