//! Approving a ranking: by somebody other than who made it, and only when nothing is open.
//!
//! Owns the list of what stands in the way of approval.

use super::close_round::{Blocker, By, StepError};
use super::mark_essay::essay_blockers;
use crate::app::App;
use crate::domain::round::{Round, RoundStage};
use crate::store::audit::Act;
use crate::store::round::LockedRound;
use time::OffsetDateTime;

/// What stands in the way of approval by that person.
pub fn approve_blockers(
    round: &Round,
    locked: &LockedRound,
    by: By<'_>,
    now: OffsetDateTime,
) -> Vec<Blocker> {
    if locked.stage != RoundStage::Ranked {
        return vec![Blocker::WrongPhase(
            Round {
                stage: locked.stage,
                ..round.clone()
            }
            .phase(now),
        )];
    }
    let mut blockers = Vec::new();
    if let Some(ranked_by) = locked.ranked_by.as_ref().filter(|name| name.as_str() == by.name) {
        blockers.push(Blocker::SamePerson(ranked_by.clone()));
    }
    if locked.ties > 0 {
        blockers.push(Blocker::Ties(locked.ties));
    }
    if locked.open_decisions > 0 {
        blockers.push(Blocker::OpenDecisions(locked.open_decisions));
    }
    blockers
}

/// Approves the ranking in force.
pub async fn approve_round(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    round: &Round,
    reason: Option<&str>,
) -> Result<(), StepError> {
    let mut tx = app.store.begin().await?;
    let locked = tx.lock_round(round.id).await?;
    let mut blockers = approve_blockers(round, &locked, by, now);
    if locked.stage == RoundStage::Ranked {
        blockers.extend(essay_blockers(&mut tx, round, locked.ranking).await?);
    }
    let Some(ranking) = locked.ranking.filter(|_| blockers.is_empty()) else {
        return Err(StepError::Blocked(blockers));
    };
    tx.set_approved(round.id, ranking, now, by.name).await?;
    let facts = serde_json::json!({ "ranking": ranking });
    let act = Act {
        at: now,
        actor: by.name,
        act: "approve",
        contest: Some(round.contest),
        round: Some(round.id),
        reason,
        facts,
    };
    tx.insert_act(&act).await?;
    tx.announce_catalog().await?;
    tx.commit().await?;
    app.refresh_catalog().await?;
    Ok(())
}
