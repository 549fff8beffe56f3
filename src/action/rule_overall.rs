//! Rulings on the ranking over a whole contest: passing over a winner, and taking that back.
//!
//! Owns that they are made once every round is ranked and before the last is published, that the approver has seen what
//! they change, and that the ranking is made again in the same transaction. Entries are voided in their round (`rule`).

use super::Failure;
use super::close_round::By;
use super::decide::{Approval, begin_approval, propose_in};
use super::rank_round::{order, rank_contest, seed};
use super::rule::{Foretold, NOT_YET, RuleError};
use crate::app::App;
use crate::domain::catalog::Contest;
use crate::domain::decision::{Decision, Payload, Refusal};
use crate::domain::ids::DecisionId;
use crate::domain::ruling::{ReplaceWinner, Restore, Ruling};
use crate::store::Tx;
use time::OffsetDateTime;

/// Everything that a ruling would change, found by making the ranking and dropping it.
pub async fn foretell(
    app: &App,
    now: OffsetDateTime,
    contest: &Contest,
    id: Option<DecisionId>,
    ruling: Ruling,
) -> Result<Foretold, RuleError> {
    let mut tx = app.store.begin().await?;
    let before = lock(&mut tx, contest).await?;
    try_out(
        app,
        &mut tx,
        now,
        contest,
        before,
        (id.unwrap_or(NOT_YET), ruling),
    )
    .await
}

/// Proposes to pass over a winner of the whole contest, or to take that back.
pub async fn propose(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    contest: &Contest,
    ruling: Ruling,
    reason: &str,
) -> Result<DecisionId, RuleError> {
    let mut tx = app.store.begin().await?;
    lock(&mut tx, contest).await?;
    let place = (contest.id, None);
    let id = match ruling {
        Ruling::Replace(payload) => propose_in(&mut tx, now, by, place, &payload, reason).await?,
        Ruling::Restore(payload) => {
            let rulings = tx.load_rulings(contest.id, None).await?;
            if !rulings.holds(payload.decision) {
                return Err(Refusal::Unknown.into());
            }
            propose_in(&mut tx, now, by, place, &payload, reason).await?
        }
        Ruling::Void(_) => return Err(Refusal::Unknown.into()),
    };
    tx.commit().await?;
    Ok(id)
}

/// Approves a ruling. `mark` is that of what the approver was shown; if it would change something else by now, nothing
/// happens and it must be looked at again.
pub async fn approve(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    contest: &Contest,
    (id, mark): (DecisionId, &str),
    reason: Option<&str>,
) -> Result<Decision, RuleError> {
    let decision = app.store.find_decision(id).await?.ok_or(Refusal::Unknown)?;
    let step = Step {
        app,
        now,
        by,
        contest,
        id,
        mark,
    };
    match Ruling::of(&decision).ok_or(Refusal::Unknown)? {
        Ruling::Replace(_) => step.approve::<ReplaceWinner>(reason, Ruling::Replace).await,
        Ruling::Restore(_) => step.approve::<Restore>(reason, Ruling::Restore).await,
        Ruling::Void(_) => Err(Refusal::Unknown.into()),
    }
}

struct Step<'a> {
    app: &'a App,
    now: OffsetDateTime,
    by: By<'a>,
    contest: &'a Contest,
    id: DecisionId,
    mark: &'a str,
}

impl Step<'_> {
    async fn approve<P: Payload + Copy>(
        &self,
        reason: Option<&str>,
        ruling: impl FnOnce(P) -> Ruling,
    ) -> Result<Decision, RuleError> {
        let (app, contest) = (self.app, self.contest);
        let mut tx = app.store.begin().await?;
        let before = lock(&mut tx, contest).await?;
        let approval: Approval<P> = begin_approval(&mut tx, self.now, self.by, self.id, reason).await?;
        if approval.decision.round.is_some() || approval.decision.contest != contest.id {
            return Err(Refusal::Unknown.into());
        }
        let change = (self.id, ruling(approval.payload));
        let foretold = try_out(app, &mut tx, self.now, contest, before, change).await?;
        if foretold.mark != self.mark {
            return Err(Refusal::Changed.into());
        }
        let outcome =
            serde_json::to_value(&foretold.effect).map_err(|e| Failure::Inconsistent(e.to_string()))?;
        let decision = approval.finish(&mut tx, &outcome).await?;
        rank_contest(app, &mut tx, self.now, self.by, contest).await?;
        tx.announce_catalog().await?;
        tx.commit().await?;
        app.refresh_catalog().await?;
        Ok(decision)
    }
}

/// Locks the contest, every round of which must be ranked and not every one published; the ranking in force.
pub(super) async fn lock(tx: &mut Tx, contest: &Contest) -> Result<i64, RuleError> {
    tx.lock_contest_id(contest.id).await?;
    let ranking = tx.find_open_overall(contest.id).await?;
    Ok(ranking.ok_or(Refusal::Unknown)?)
}

/// Makes the ranking that would hold beside the one that does, compares them, and takes back what it made.
async fn try_out(
    app: &App,
    tx: &mut Tx,
    now: OffsetDateTime,
    contest: &Contest,
    before: i64,
    (id, ruling): (DecisionId, Ruling),
) -> Result<Foretold, RuleError> {
    let seed = seed(app, tx, contest, None).await?;
    let trial = order(contest, None, now, "trial", seed);
    let mut rulings = tx.load_rulings(contest.id, None).await?;
    rulings.apply(id, ruling);
    tx.begin_trial().await?;
    let after = tx.insert_ranking_under(&trial, &rulings).await?.id;
    let effect = tx.compare_rankings(before, after).await?;
    tx.drop_trial().await?;
    Ok(Foretold::of(effect)?)
}
