//! Decisions of two people on the real database: one proposes, another answers once, everything is in the audit log.

use crate::helpers::{CHAIR, SECRETARY, TestApp};
use hoithi::action::close_round::By;
use hoithi::action::decide::{DecideError, begin_approval, propose, reject, withdraw};
use hoithi::domain::decision::{Kind, Payload, Refusal, State};
use hoithi::domain::ids::{ContestId, DecisionId, RoundId};
use serde::{Deserialize, Serialize};
use sqlx::PgPool;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Sample {
    number: i64,
}

impl Payload for Sample {
    const KIND: Kind = Kind::Void;
    const VERSION: u16 = 1;

    fn subject(&self) -> String {
        format!("number:{}", self.number)
    }
}

fn place(bench: &TestApp) -> (ContestId, Option<RoundId>) {
    (bench.contest().id, Some(bench.round(1).id))
}

async fn proposed(bench: &TestApp, number: i64) -> DecisionId {
    propose(
        &bench.app,
        bench.now(),
        SECRETARY,
        place(bench),
        &Sample { number },
        " vì ",
    )
    .await
    .unwrap()
}

async fn approve(bench: &TestApp, by: By<'_>, id: DecisionId) -> Result<State, DecideError> {
    let mut tx = bench.app.store.begin().await?;
    let approval = begin_approval::<Sample>(&mut tx, bench.now(), by, id, None).await?;
    let outcome = serde_json::json!({ "entries": approval.payload.number });
    let decision = approval.finish(&mut tx, &outcome).await?;
    tx.commit().await?;
    Ok(decision.state)
}

fn refusal<T: std::fmt::Debug>(result: Result<T, DecideError>) -> Refusal {
    match result {
        Err(DecideError::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn another_person_approves_once_and_the_log_tells_both(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let id = proposed(&bench, 7).await;
    let own = By { name: "chị  HÀ" };
    assert_eq!(
        refusal(approve(&bench, own, id).await),
        Refusal::SamePerson("Chị Hà".to_owned())
    );
    assert_eq!(approve(&bench, CHAIR, id).await.unwrap(), State::Approved);
    assert_eq!(
        refusal(approve(&bench, CHAIR, id).await),
        Refusal::Decided(State::Approved)
    );
    let kept = bench.app.store.find_decision(id).await.unwrap().unwrap();
    assert_eq!(
        (kept.reason.as_str(), kept.proposed_by.as_str()),
        ("vì", "Chị Hà")
    );
    assert_eq!(kept.payload::<Sample>(), Some(Sample { number: 7 }));
    assert_eq!(kept.decided.unwrap().by, "Anh Minh");
    assert_eq!(kept.outcome.as_deref(), Some(r#"{"entries":7}"#));
    let acts = bench.app.store.load_acts(bench.contest().id, 2).await.unwrap();
    let acts: Vec<_> = acts.iter().map(|a| (a.act.as_str(), a.actor.as_str())).collect();
    assert_eq!(acts, [("approve-decision", "Anh Minh"), ("propose", "Chị Hà")]);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn what_is_dropped_before_commit_was_not_decided(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let id = proposed(&bench, 7).await;
    let mut tx = bench.app.store.begin().await.unwrap();
    let approval = begin_approval::<Sample>(&mut tx, bench.now(), CHAIR, id, None)
        .await
        .unwrap();
    approval.finish(&mut tx, &serde_json::json!({})).await.unwrap();
    drop(tx);
    let kept = bench.app.store.find_decision(id).await.unwrap().unwrap();
    assert_eq!((kept.state, kept.decided), (State::Proposed, None));
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_same_is_proposed_once_at_a_time_and_again_after_an_answer(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let first = proposed(&bench, 7).await;
    let again = propose(
        &bench.app,
        bench.now(),
        CHAIR,
        place(&bench),
        &Sample { number: 7 },
        "vì",
    );
    assert_eq!(refusal(again.await), Refusal::Pending);
    proposed(&bench, 8).await;
    let silent = reject(&bench.app, bench.now(), CHAIR, first, " ").await;
    assert_eq!(refusal(silent), Refusal::ReasonMissing);
    let rejected = reject(&bench.app, bench.now(), CHAIR, first, "chưa đủ căn cứ").await;
    assert_eq!(rejected.unwrap().state, State::Rejected);
    let second = proposed(&bench, 7).await;
    let foreign = withdraw(&bench.app, bench.now(), CHAIR, second, None).await;
    assert_eq!(refusal(foreign), Refusal::NotProposer(SECRETARY.name.to_owned()));
    let withdrawn = withdraw(&bench.app, bench.now(), SECRETARY, second, None).await;
    assert_eq!(withdrawn.unwrap().state, State::Withdrawn);
    let list = bench.app.store.list_decisions(bench.contest().id, None, 10);
    let states: Vec<_> = list.await.unwrap().iter().map(|d| d.state).collect();
    assert_eq!(states, [State::Proposed, State::Withdrawn, State::Rejected]);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_database_itself_refuses_one_person_for_two_a_second_answer_and_a_deletion(pool: PgPool) {
    let bench = TestApp::new(pool.clone()).await;
    let id = proposed(&bench, 7).await.0;
    let refused = async |sql: &'static str| {
        let error = sqlx::query(sql).bind(id).execute(&pool).await.unwrap_err();
        error.to_string()
    };
    let own = "update decisions set state = 'approved', decided_at = proposed_at, decided_by = ' CHỊ hà'
               where decision_id = $1";
    assert!(refused(own).await.contains("decisions_two_people"));
    let payload =
        "update decisions set state = 'approved', decided_at = proposed_at, decided_by = 'Anh Minh',
                   payload = '{}' where decision_id = $1";
    assert!(refused(payload).await.contains("proposal stays"));
    assert!(
        refused("delete from decisions where decision_id = $1")
            .await
            .contains("only added")
    );
    assert_eq!(
        approve(&bench, CHAIR, DecisionId(id)).await.unwrap(),
        State::Approved
    );
    let back = "update decisions set state = 'proposed', decided_at = null, decided_by = null, outcome = null
                where decision_id = $1";
    assert!(refused(back).await.contains("decided once"));
}
