//! Proposing, approving, rejecting and withdrawing what two people must decide.
//!
//! Owns that a proposal, its answer, the effect of an approval and their lines in the audit log stand in one transaction.
//! Leaves the effect to the caller: [`begin_approval`], do it, [`Approval::finish`], commit.

use super::Failure;
use super::close_round::By;
use crate::app::App;
use crate::domain::decision::{Decided, Decision, Payload, Refusal, State, Verdict, parse_reason};
use crate::domain::ids::{ContestId, DecisionId, RoundId};
use crate::store::Tx;
use crate::store::audit::Act;
use crate::store::decision::Proposal;
use time::OffsetDateTime;

/// Why a proposal was not kept or not answered.
#[derive(Debug)]
pub enum DecideError {
    /// A rule of two people; nothing was changed.
    Refused(Refusal),
    /// Something failed.
    Failed(Failure),
}

impl From<Refusal> for DecideError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl<E: Into<Failure>> From<E> for DecideError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Proposes; another person answers.
pub async fn propose<P: Payload>(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    place: (ContestId, Option<RoundId>),
    payload: &P,
    reason: &str,
) -> Result<DecisionId, DecideError> {
    let mut tx = app.store.begin().await?;
    let id = propose_in(&mut tx, now, by, place, payload, reason).await?;
    tx.commit().await?;
    Ok(id)
}

/// Proposes within a transaction of the caller.
pub async fn propose_in<P: Payload>(
    tx: &mut Tx,
    now: OffsetDateTime,
    by: By<'_>,
    place: (ContestId, Option<RoundId>),
    payload: &P,
    reason: &str,
) -> Result<DecisionId, DecideError> {
    let reason = parse_reason(reason)?;
    if tx.has_expiry(place.0).await? {
        return Err(Refusal::Expired.into());
    }
    let text = serde_json::to_string(payload).map_err(|error| Failure::Inconsistent(error.to_string()))?;
    let subject = payload.subject();
    let proposal = Proposal {
        kind: P::KIND,
        contest: place.0,
        round: place.1,
        subject: &subject,
        version: P::VERSION,
        payload: &text,
        reason,
        at: now,
        by: by.name,
    };
    let id = tx.insert_proposal(&proposal).await?.ok_or(Refusal::Pending)?;
    let facts = serde_json::json!({ "decision": id, "kind": P::KIND.name(), "subject": subject });
    let act = Act {
        at: now,
        actor: by.name,
        act: "propose",
        contest: Some(place.0),
        round: place.1,
        reason: Some(reason),
        facts,
    };
    tx.insert_act(&act).await?;
    Ok(id)
}

/// A proposal that may be approved by this person, locked; nothing is written until [`Approval::finish`].
#[derive(Debug)]
#[must_use = "without finish the proposal stays open although its effect was written"]
pub struct Approval<P> {
    /// What is decided.
    pub payload: P,
    /// The proposal.
    pub decision: Decision,
    decided: Decided,
}

/// Locks a proposal for approval by that person, or refuses. The caller then writes the effect in the same transaction.
pub async fn begin_approval<P: Payload>(
    tx: &mut Tx,
    now: OffsetDateTime,
    by: By<'_>,
    id: DecisionId,
    reason: Option<&str>,
) -> Result<Approval<P>, DecideError> {
    let reason = said(reason);
    let decision = tx.lock_decision(id).await?.ok_or(Refusal::Unknown)?;
    decision.answer(by.name, Verdict::Approve, reason)?;
    // It may have been proposed in the very moment in which erasing began.
    if tx.has_expiry(decision.contest).await? {
        return Err(Refusal::Expired.into());
    }
    let payload = decision.payload().ok_or(Refusal::Unknown)?;
    Ok(Approval {
        payload,
        decision,
        decided: Decided {
            at: now,
            by: by.name.to_owned(),
            why: reason.map(str::to_owned),
        },
    })
}

impl<P: Payload> Approval<P> {
    /// Writes the approval with what it changed, a JSON object of figures, and its line in the audit log.
    pub async fn finish(self, tx: &mut Tx, outcome: &serde_json::Value) -> Result<Decision, DecideError> {
        write(
            tx,
            self.decision,
            State::Approved,
            self.decided,
            Some(outcome),
            "approve-decision",
        )
        .await
    }
}

/// Refuses a proposal of somebody else, with a reason; nothing of it is done.
pub async fn reject(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    id: DecisionId,
    reason: &str,
) -> Result<Decision, DecideError> {
    settle(
        app,
        now,
        by,
        id,
        (Verdict::Reject, Some(reason)),
        "reject-decision",
    )
    .await
}

/// Takes back one's own proposal.
pub async fn withdraw(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    id: DecisionId,
    reason: Option<&str>,
) -> Result<Decision, DecideError> {
    settle(app, now, by, id, (Verdict::Withdraw, reason), "withdraw-decision").await
}

async fn settle(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    id: DecisionId,
    (verdict, reason): (Verdict, Option<&str>),
    act: &'static str,
) -> Result<Decision, DecideError> {
    let reason = said(reason);
    let mut tx = app.store.begin().await?;
    let decision = tx.lock_decision(id).await?.ok_or(Refusal::Unknown)?;
    let state = decision.answer(by.name, verdict, reason)?;
    let decided = Decided {
        at: now,
        by: by.name.to_owned(),
        why: reason.map(str::to_owned),
    };
    let decision = write(&mut tx, decision, state, decided, None, act).await?;
    tx.commit().await?;
    Ok(decision)
}

async fn write(
    tx: &mut Tx,
    decision: Decision,
    state: State,
    decided: Decided,
    outcome: Option<&serde_json::Value>,
    act: &'static str,
) -> Result<Decision, DecideError> {
    let outcome = outcome.map(serde_json::Value::to_string);
    tx.set_decided(decision.id, state, &decided, outcome.as_deref())
        .await?;
    let facts = serde_json::json!({
        "decision": decision.id, "kind": decision.kind.name(), "subject": decision.subject,
    });
    let line = Act {
        at: decided.at,
        actor: &decided.by,
        act,
        contest: Some(decision.contest),
        round: decision.round,
        reason: decided.why.as_deref(),
        facts,
    };
    tx.insert_act(&line).await?;
    Ok(Decision {
        state,
        decided: Some(decided),
        outcome,
        ..decision
    })
}

fn said(reason: Option<&str>) -> Option<&str> {
    reason.map(str::trim).filter(|reason| !reason.is_empty())
}
