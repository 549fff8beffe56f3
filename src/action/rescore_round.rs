//! Marking a question of a sealed round in another way: tried out, proposed by one person, approved by another, then done
//! in one transaction.
//!
//! Owns the order and what stands in the way. Both the trial and the deed find their figures by the same function, and an
//! approval is refused when they no longer agree, so what was approved is what happens. A round that is still open is not
//! re-scored: entrants who are told their score would learn the key from it.

use super::Failure;
use super::close_round::{By, StepError};
use super::decide::{DecideError, begin_approval, propose_in};
use super::rank_round::{order, qualify, rank_contest_if_complete, seed};
use super::rescore_changes::corrected;
use crate::app::App;
use crate::domain::catalog::Contest;
use crate::domain::decision::Refusal;
use crate::domain::ids::DecisionId;
use crate::domain::marking::Marking;
use crate::domain::rescoring::{BeforeAfter, Differences, Figures, Rescore, Treatment, prize_changes};
use crate::domain::round::{Round, RoundStage};
use crate::store::Tx;
use crate::store::audit::Act;
use crate::store::ranking::Overrides;
use crate::store::results::ScoreChange;
use crate::store::round::LockedRound;
use crate::store::scoring::{Correction, InForce, Scoring};
use std::sync::Arc;
use time::OffsetDateTime;

/// Why a correction is not tried, proposed or made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obstacle {
    /// The round is not sealed; attempts may still come.
    NotSealed,
    /// The round's sets have no such question, or the question no such option.
    UnknownQuestion,
    /// It is marked so already.
    NothingChanges,
    /// A paper would have no question left.
    NothingLeft,
    /// The figures are others than those that were proposed: try again.
    Stale,
    /// The result is published: two people have to open it for a correction first. The public goes on seeing the
    /// published version until the corrected one is approved and published.
    Published,
}

/// Why nothing was done.
#[derive(Debug)]
pub enum RescoreError {
    /// Something in the way; nothing was changed.
    Blocked(Obstacle),
    /// A rule of two people.
    Refused(Refusal),
    /// Something failed; nothing was changed.
    Failed(Failure),
}

impl From<DecideError> for RescoreError {
    fn from(error: DecideError) -> Self {
        match error {
            DecideError::Refused(refusal) => Self::Refused(refusal),
            DecideError::Failed(failure) => Self::Failed(failure),
        }
    }
}

impl<E: Into<Failure>> From<E> for RescoreError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

impl From<Refusal> for RescoreError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<StepError> for RescoreError {
    fn from(error: StepError) -> Self {
        match error {
            StepError::Failed(failure) => Self::Failed(failure),
            // Ranking over the contest is refused by nothing.
            StepError::Blocked(_) => Self::Blocked(Obstacle::Stale),
        }
    }
}

impl From<Obstacle> for RescoreError {
    fn from(obstacle: Obstacle) -> Self {
        Self::Blocked(obstacle)
    }
}

/// What a trial has found.
#[derive(Debug, Clone)]
pub struct Trial {
    /// The figures that are proposed.
    pub figures: Figures,
    /// The attempts that change by how many points.
    pub differences: Differences,
    /// The first attempts that change, in order of submission.
    pub first: Vec<ScoreChange>,
}

/// What a correction would change. Nothing is written, nobody is kept waiting.
pub async fn try_out(
    app: &App,
    now: OffsetDateTime,
    contest: &Arc<Contest>,
    round: &Round,
    treatment: &Treatment,
) -> Result<Trial, RescoreError> {
    let mut tx = app.store.begin().await?;
    let stage = round.stage;
    let in_force = tx.load_scoring(round.id).await?;
    let found = find(app, &mut tx, now, contest, round, stage, treatment, &in_force).await?;
    Ok(found.trial)
}

/// Tries a correction out and proposes it with what was found.
pub async fn propose(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    contest: &Arc<Contest>,
    round: &Round,
    treatment: Treatment,
    reason: &str,
) -> Result<DecisionId, RescoreError> {
    if round.stage == RoundStage::Published {
        return Err(Obstacle::Published.into());
    }
    let mut tx = app.store.begin().await?;
    let in_force = tx.load_scoring(round.id).await?;
    let found = find(
        app,
        &mut tx,
        now,
        contest,
        round,
        round.stage,
        &treatment,
        &in_force,
    )
    .await?;
    let payload = Rescore {
        scoring: in_force.scoring,
        treatment,
        figures: found.trial.figures,
        differences: found.trial.differences,
    };
    let place = (contest.id, Some(round.id));
    let id = propose_in(&mut tx, now, by, place, &payload, reason).await?;
    tx.commit().await?;
    Ok(id)
}

/// Approves a proposal and carries it out: new scores beside the old ones, a new ranking where there was one, the ranking
/// over the contest where it was made. A ranking that was approved waits for approval again.
pub async fn approve(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    round: &Round,
    id: DecisionId,
    note: Option<&str>,
) -> Result<Scoring, RescoreError> {
    let catalog = app.catalog();
    let contest = catalog
        .find_id(round.contest)
        .ok_or_else(|| Failure::Inconsistent("no contest".to_owned()))?;
    let mut tx = app.store.begin().await?;
    tx.lock_contest_id(contest.id).await?;
    let locked = tx.lock_round(round.id).await?;
    let approval = begin_approval::<Rescore>(&mut tx, now, by, id, note).await?;
    if approval.decision.round != Some(round.id) {
        return Err(Refusal::Unknown.into());
    }
    let in_force = tx.load_scoring(round.id).await?;
    let Rescore {
        scoring: base,
        treatment,
        figures,
        differences: _,
    } = approval.payload.clone();
    if in_force.scoring != base {
        return Err(Obstacle::Stale.into());
    }
    let stage = locked.stage;
    if stage == RoundStage::Published {
        return Err(Obstacle::Published.into());
    }
    let found = find(app, &mut tx, now, contest, round, stage, &treatment, &in_force).await?;
    if found.trial.figures != figures {
        return Err(Obstacle::Stale.into());
    }
    let scoring = tx.next_scoring().await?;
    tx.write_changes(scoring, &found.correction).await?;
    let proposer = approval.decision.proposed_by.clone();
    let ranking = rank_again(
        app,
        &mut tx,
        now,
        &proposer,
        contest,
        &found.correction.round,
        &locked,
    )
    .await?;
    let done = Scoring {
        id: scoring,
        round: round.id,
        before: Some(in_force.scoring).filter(|before| *before > 0),
        markings: found.correction.round.markings.clone(),
        treatment,
        made_at: now,
        made_by: proposer.clone(),
        approved_by: by.name.to_owned(),
        reason: approval.decision.reason.clone(),
        figures,
        ranking_before: locked.ranking,
        ranking_after: ranking,
        was_published: tx.count_publications(round.id).await? > 0,
        decision: id,
    };
    tx.insert_scoring(&done).await?;
    log(&mut tx, now, by, contest, &done).await?;
    if ranking.is_some() {
        let by = By { name: &proposer };
        qualify(&mut tx, contest, round).await?;
        rank_contest_if_complete(app, &mut tx, now, by, contest, round).await?;
    }
    let outcome = serde_json::json!({ "scoring": scoring, "changed": done.figures.attempts.changed, "ranking": ranking });
    approval.finish(&mut tx, &outcome).await?;
    tx.announce_catalog().await?;
    tx.commit().await?;
    app.refresh_catalog().await?;
    // Ranking reads what is not packed all the same, only slower, so a failure here is nothing to report.
    if let Err(error) = app.store.pack_submissions(round.id).await {
        tracing::warn!(round.id = %round.id, %error, "submissions not packed");
    }
    Ok(done)
}

/// What was found, and what to write to make it so.
struct Found {
    trial: Trial,
    correction: Correction,
}

#[expect(
    clippy::too_many_arguments,
    reason = "all that a round, its rules and a correction are made of"
)]
async fn find(
    app: &App,
    tx: &mut Tx,
    now: OffsetDateTime,
    contest: &Arc<Contest>,
    round: &Round,
    stage: RoundStage,
    treatment: &Treatment,
    in_force: &InForce,
) -> Result<Found, RescoreError> {
    let correction = corrected(contest, round, stage, treatment, in_force)?;
    let changes = tx.find_changes(&correction).await?;
    if changes.nothing_left {
        return Err(Obstacle::NothingLeft.into());
    }
    let seed = tx
        .find_draw_seed(contest.id, Some(round.id))
        .await?
        // Before the first ranking there may be none. That ranking will draw its own; a trial and the deed must agree, so both
        // take the same here.
        .unwrap_or_default();
    let phase = contest.others_of_phase(round);
    let order = order(contest, Some((round, phase.as_slice())), now, "", seed);
    let before = tx.preview_ranking(&order, &Overrides::default()).await?;
    let after = tx.preview_ranking(&order, &changes.overrides).await?;
    let awards = match app.store.find_round_ranking(round.id).await? {
        Some(ranking) => app
            .store
            .load_awards(ranking)
            .await?
            .into_iter()
            .map(|own| own.award)
            .collect(),
        None => before.outcome.awards,
    };
    let figures = Figures {
        attempts: changes.attempts,
        all_correct: BeforeAfter {
            before: before.tally.attempts_all_correct,
            after: after.tally.attempts_all_correct,
        },
        eligible: BeforeAfter {
            before: before.eligible,
            after: after.eligible,
        },
        actual: BeforeAfter {
            before: before.actual,
            after: after.actual,
        },
        prizes: prize_changes(&awards, &after.outcome.awards),
        ties: i64::try_from(after.outcome.ties.len()).unwrap_or(i64::MAX),
    };
    let trial = Trial {
        figures,
        differences: changes.differences,
        first: changes.first,
    };
    Ok(Found { trial, correction })
}

/// Makes the ranking anew where there is one, and puts it in force. `by` proposed.
async fn rank_again(
    app: &App,
    tx: &mut Tx,
    now: OffsetDateTime,
    by: &str,
    contest: &Arc<Contest>,
    round: &Round,
    locked: &LockedRound,
) -> Result<Option<i64>, RescoreError> {
    if locked.ranking.is_none() {
        return Ok(None);
    }
    let seed = seed(app, tx, contest, Some(round)).await?;
    let phase = contest.others_of_phase(round);
    let made = tx
        .insert_ranking(&order(contest, Some((round, phase.as_slice())), now, by, seed))
        .await?;
    tx.set_ranked(round.id, made.id).await?;
    Ok(Some(made.id))
}

async fn log(
    tx: &mut Tx,
    now: OffsetDateTime,
    by: By<'_>,
    contest: &Contest,
    done: &Scoring,
) -> Result<(), RescoreError> {
    let facts = serde_json::json!({
        "scoring": done.id, "question": done.treatment.question,
        "marking": done.treatment.marking.as_ref().map_or("key", Marking::name), "decision": done.decision,
        "changed": done.figures.attempts.changed, "prizes": done.figures.prizes.len(),
        "ranking_before": done.ranking_before, "ranking_after": done.ranking_after,
    });
    let act = Act {
        at: now,
        actor: by.name,
        act: "rescore",
        contest: Some(contest.id),
        round: Some(done.round),
        reason: Some(&done.reason),
        facts,
    };
    Ok(tx.insert_act(&act).await?)
}
