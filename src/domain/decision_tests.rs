use super::*;
use proptest::prelude::*;

const AT: OffsetDateTime = time::macros::datetime!(2023-05-08 01:00 UTC);

fn proposed(by: &str) -> Decision {
    Decision {
        id: DecisionId(1),
        kind: Kind::Void,
        contest: ContestId(1),
        round: None,
        subject: "person:7".to_owned(),
        version: 1,
        payload: "{}".to_owned(),
        reason: "hai bài giống hệt nhau".to_owned(),
        proposed_at: AT,
        proposed_by: by.to_owned(),
        state: State::Proposed,
        decided: None,
        outcome: None,
    }
}

#[test]
fn nobody_approves_or_rejects_the_own_proposal_however_the_name_is_spelt() {
    let decision = proposed("Lê Văn Bình");
    for spelling in ["Lê Văn Bình", " lê  văn bình ", "LÊ VĂN BÌNH"] {
        for verdict in [Verdict::Approve, Verdict::Reject] {
            assert_eq!(
                decision.answer(spelling, verdict, Some("đồng ý")),
                Err(Refusal::SamePerson("Lê Văn Bình".to_owned()))
            );
        }
        assert_eq!(
            decision.answer(spelling, Verdict::Withdraw, None),
            Ok(State::Withdrawn)
        );
    }
}

#[test]
fn another_person_approves_without_a_reason_and_rejects_with_one_but_never_withdraws() {
    let decision = proposed("Lê Văn Bình");
    let by = "Hoàng Thị Mai";
    assert_eq!(decision.answer(by, Verdict::Approve, None), Ok(State::Approved));
    assert_eq!(
        decision.answer(by, Verdict::Reject, Some("  ")),
        Err(Refusal::ReasonMissing)
    );
    assert_eq!(
        decision.answer(by, Verdict::Reject, Some("chưa đủ căn cứ")),
        Ok(State::Rejected)
    );
    assert_eq!(
        decision.answer(by, Verdict::Withdraw, None),
        Err(Refusal::NotProposer("Lê Văn Bình".to_owned()))
    );
    let long = "ă".repeat(MAX_REASON + 1);
    assert_eq!(
        decision.answer(by, Verdict::Approve, Some(&long)),
        Err(Refusal::ReasonTooLong)
    );
}

proptest! {
    #[test]
    fn what_was_decided_is_decided_for_good(
        state in prop::sample::select(State::ALL.to_vec()),
        verdict in prop::sample::select(vec![Verdict::Approve, Verdict::Reject, Verdict::Withdraw]),
        by in prop::sample::select(vec!["An", "Bình"]),
    ) {
        let decision = Decision { state, ..proposed("An") };
        let answer = decision.answer(by, verdict, Some("vì"));
        if state == State::Proposed {
            prop_assert_eq!(answer.is_ok(), (by == "An") == (verdict == Verdict::Withdraw));
        } else {
            prop_assert_eq!(answer, Err(Refusal::Decided(state)));
        }
    }
}

#[test]
fn kinds_and_states_survive_their_names() {
    for kind in Kind::ALL {
        assert_eq!(Kind::parse(kind.name()), Some(kind));
    }
    for state in State::ALL {
        assert_eq!(State::parse(state.name()), Some(state));
    }
}
