//! Rulings on a ranking: what one would change, and approving it so that exactly that happens.
//!
//! Owns that a ruling is made between sealing and publication, that the approver has seen what it changes, and that a
//! ranking in force is made again in the same transaction; then it waits for approval anew.

use super::Failure;
use super::close_round::{Blocker, By, StepError};
use super::decide::{Approval, DecideError, begin_approval, propose_in};
use super::rank_round::{order, qualify, rank_contest_if_complete, seed};
use crate::app::App;
use crate::domain::catalog::Contest;
use crate::domain::decision::{Decision, Payload, Refusal};
use crate::domain::effect::Effect;
use crate::domain::ids::DecisionId;
use crate::domain::round::{Round, RoundStage};
use crate::domain::ruling::{Correct, ReplaceWinner, Restore, Ruling, Rulings, Void};
use crate::keys::sha256_hex;
use crate::store::Tx;
use crate::store::audit::Act;
use crate::store::round::LockedRound;
use time::OffsetDateTime;

/// Why a ruling was not made.
#[derive(Debug)]
pub enum RuleError {
    /// A rule of two people.
    Refused(Refusal),
    /// The round is not where rulings are made.
    Blocked(Vec<Blocker>),
    /// Something failed.
    Failed(Failure),
}

impl From<DecideError> for RuleError {
    fn from(error: DecideError) -> Self {
        match error {
            DecideError::Refused(refusal) => Self::Refused(refusal),
            DecideError::Failed(failure) => Self::Failed(failure),
        }
    }
}

impl From<StepError> for RuleError {
    fn from(error: StepError) -> Self {
        match error {
            StepError::Blocked(blockers) => Self::Blocked(blockers),
            StepError::Failed(failure) => Self::Failed(failure),
        }
    }
}

impl From<Refusal> for RuleError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl<E: Into<Failure>> From<E> for RuleError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// What a ruling would change, with the mark that its approval must carry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Foretold {
    /// The difference.
    pub effect: Effect,
    /// Stands for this difference and no other.
    pub mark: String,
}

impl Foretold {
    pub(super) fn of(effect: Effect) -> Result<Self, Failure> {
        let text = serde_json::to_string(&effect).map_err(|e| Failure::Inconsistent(e.to_string()))?;
        Ok(Self {
            mark: sha256_hex(text.as_bytes()),
            effect,
        })
    }
}

/// The number under which a ruling that is not yet a decision is tried.
pub(super) const NOT_YET: DecisionId = DecisionId(i64::MAX);

/// Everything that a ruling would change, found by making the ranking and dropping it. `id` is that of the decision, if
/// there is one already.
pub async fn foretell(
    app: &App,
    now: OffsetDateTime,
    round: &Round,
    id: Option<DecisionId>,
    ruling: Ruling,
) -> Result<Foretold, RuleError> {
    let contest = contest_of(app, round)?;
    let mut tx = app.store.begin().await?;
    tx.lock_contest_id(contest.id).await?;
    let locked = lock(&mut tx, now, round).await?;
    let trial = try_out(
        app,
        &mut tx,
        now,
        &contest,
        round,
        &locked,
        (id.unwrap_or(NOT_YET), ruling),
    )
    .await?;
    Ok(trial)
}

/// Proposes a ruling; the round must be sealed and not yet published.
pub async fn propose_ruling(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    round: &Round,
    ruling: Ruling,
    reason: &str,
) -> Result<DecisionId, RuleError> {
    let mut tx = app.store.begin().await?;
    lock(&mut tx, now, round).await?;
    let place = (round.contest, Some(round.id));
    let id = match ruling {
        Ruling::Void(payload) => propose_in(&mut tx, now, by, place, &payload, reason).await?,
        Ruling::Replace(payload) => propose_in(&mut tx, now, by, place, &payload, reason).await?,
        Ruling::Restore(payload) => {
            if !tx
                .load_rulings(round.contest, Some(round.id))
                .await?
                .holds(payload.decision)
            {
                return Err(Refusal::Unknown.into());
            }
            propose_in(&mut tx, now, by, place, &payload, reason).await?
        }
    };
    tx.commit().await?;
    Ok(id)
}

/// Approves a ruling. `mark` is that of what the approver was shown; if it would change something else by now, nothing
/// happens and it must be looked at again.
pub async fn approve_ruling(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    round: &Round,
    (id, mark): (DecisionId, &str),
    reason: Option<&str>,
) -> Result<Decision, RuleError> {
    let decision = app.store.find_decision(id).await?.ok_or(Refusal::Unknown)?;
    let step = Step {
        app,
        now,
        by,
        round,
        id,
        mark,
    };
    match Ruling::of(&decision).ok_or(Refusal::Unknown)? {
        Ruling::Void(_) => step.approve::<Void>(reason, Ruling::Void).await,
        Ruling::Restore(_) => step.approve::<Restore>(reason, Ruling::Restore).await,
        Ruling::Replace(_) => step.approve::<ReplaceWinner>(reason, Ruling::Replace).await,
    }
}

struct Step<'a> {
    app: &'a App,
    now: OffsetDateTime,
    by: By<'a>,
    round: &'a Round,
    id: DecisionId,
    mark: &'a str,
}

impl Step<'_> {
    async fn approve<P: Payload + Copy>(
        &self,
        reason: Option<&str>,
        ruling: impl FnOnce(P) -> Ruling,
    ) -> Result<Decision, RuleError> {
        let contest = contest_of(self.app, self.round)?;
        let mut tx = self.app.store.begin().await?;
        tx.lock_contest_id(contest.id).await?;
        let locked = lock(&mut tx, self.now, self.round).await?;
        let approval: Approval<P> = begin_approval(&mut tx, self.now, self.by, self.id, reason).await?;
        if approval.decision.round != Some(self.round.id) {
            return Err(Refusal::Unknown.into());
        }
        let change = (self.id, ruling(approval.payload));
        let foretold = try_out(self.app, &mut tx, self.now, &contest, self.round, &locked, change).await?;
        if foretold.mark != self.mark {
            return Err(Refusal::Changed.into());
        }
        let outcome =
            serde_json::to_value(&foretold.effect).map_err(|e| Failure::Inconsistent(e.to_string()))?;
        let decision = approval.finish(&mut tx, &outcome).await?;
        if locked.ranking.is_some() {
            rank_again(self.app, &mut tx, self.now, self.by, &contest, self.round).await?;
        }
        tx.announce_catalog().await?;
        tx.commit().await?;
        self.app.refresh_catalog().await?;
        Ok(decision)
    }
}

/// Proposes to open a published result for correction.
pub async fn propose_correction(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    round: &Round,
    reason: &str,
) -> Result<DecisionId, RuleError> {
    let mut tx = app.store.begin().await?;
    let ranking = lock_published(&mut tx, now, round).await?;
    let place = (round.contest, Some(round.id));
    let id = propose_in(&mut tx, now, by, place, &Correct { ranking }, reason).await?;
    tx.commit().await?;
    Ok(id)
}

/// Opens a published result for correction: it is ranked anew beside the published ranking, which the public goes on seeing
/// until the next version is approved and published.
pub async fn approve_correction(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    round: &Round,
    id: DecisionId,
    reason: Option<&str>,
) -> Result<Decision, RuleError> {
    let contest = contest_of(app, round)?;
    let mut tx = app.store.begin().await?;
    tx.lock_contest_id(contest.id).await?;
    let ranking = lock_published(&mut tx, now, round).await?;
    let approval: Approval<Correct> = begin_approval(&mut tx, now, by, id, reason).await?;
    if approval.payload.ranking != ranking || approval.decision.round != Some(round.id) {
        return Err(Refusal::Changed.into());
    }
    tx.set_corrected(round.id).await?;
    let made = rank_again(app, &mut tx, now, by, &contest, round).await?;
    let outcome = serde_json::json!({ "published": ranking, "ranking": made });
    let decision = approval.finish(&mut tx, &outcome).await?;
    tx.announce_catalog().await?;
    tx.commit().await?;
    app.refresh_catalog().await?;
    Ok(decision)
}

fn contest_of(app: &App, round: &Round) -> Result<std::sync::Arc<Contest>, Failure> {
    let catalog = app.catalog();
    let contest = catalog.find_id(round.contest).cloned();
    contest.ok_or_else(|| Failure::Inconsistent("no contest".to_owned()))
}

/// Locks the round, which must be sealed and not yet published.
async fn lock(tx: &mut Tx, now: OffsetDateTime, round: &Round) -> Result<LockedRound, RuleError> {
    let locked = tx.lock_round(round.id).await?;
    match locked.stage {
        RoundStage::Sealed | RoundStage::Ranked | RoundStage::Approved => Ok(locked),
        RoundStage::Scheduled | RoundStage::Published => Err(wrong_phase(now, round, locked.stage)),
    }
}

async fn lock_published(tx: &mut Tx, now: OffsetDateTime, round: &Round) -> Result<i64, RuleError> {
    let locked = tx.lock_round(round.id).await?;
    match (locked.stage, locked.ranking) {
        (RoundStage::Published, Some(ranking)) => Ok(ranking),
        (stage, _) => Err(wrong_phase(now, round, stage)),
    }
}

fn wrong_phase(now: OffsetDateTime, round: &Round, stage: RoundStage) -> RuleError {
    let phase = Round {
        stage,
        ..round.clone()
    }
    .phase(now);
    RuleError::Blocked(vec![Blocker::WrongPhase(phase)])
}

/// Makes the ranking that would hold beside the one that does, compares them, and takes back what it made.
async fn try_out(
    app: &App,
    tx: &mut Tx,
    now: OffsetDateTime,
    contest: &Contest,
    round: &Round,
    locked: &LockedRound,
    (id, ruling): (DecisionId, Ruling),
) -> Result<Foretold, RuleError> {
    let seed = seed(app, tx, contest, Some(round)).await?;
    let phase = contest.others_of_phase(round);
    let trial = order(contest, Some((round, phase.as_slice())), now, "trial", seed);
    let mut rulings: Rulings = tx.load_rulings(round.contest, Some(round.id)).await?;
    tx.begin_trial().await?;
    let before = match locked.ranking {
        Some(ranking) => ranking,
        None => tx.insert_ranking_under(&trial, &rulings).await?.id,
    };
    rulings.apply(id, ruling);
    let after = tx.insert_ranking_under(&trial, &rulings).await?.id;
    let effect = tx.compare_rankings(before, after).await?;
    tx.drop_trial().await?;
    Ok(Foretold::of(effect)?)
}

/// Ranks a round under the rulings that hold now and puts the ranking in force; it waits for approval.
async fn rank_again(
    app: &App,
    tx: &mut Tx,
    now: OffsetDateTime,
    by: By<'_>,
    contest: &Contest,
    round: &Round,
) -> Result<i64, RuleError> {
    let seed = seed(app, tx, contest, Some(round)).await?;
    let phase = contest.others_of_phase(round);
    let made = tx
        .insert_ranking(&order(
            contest,
            Some((round, phase.as_slice())),
            now,
            by.name,
            seed,
        ))
        .await?;
    tx.set_ranked(round.id, made.id).await?;
    let facts = serde_json::json!({
        "ranking": made.id, "people": made.people, "awards": made.outcome.awards.len(), "ties": made.outcome.ties.len(),
    });
    let act = Act {
        at: now,
        actor: by.name,
        act: "rank",
        contest: Some(contest.id),
        round: Some(round.id),
        reason: None,
        facts,
    };
    tx.insert_act(&act).await?;
    qualify(tx, contest, round).await?;
    rank_contest_if_complete(app, tx, now, by, contest, round).await?;
    Ok(made.id)
}
