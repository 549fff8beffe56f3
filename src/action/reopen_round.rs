//! Taking a round back to before it was sealed, as long as nothing was published.
//!
//! Owns that every such step has a reason; the ranking made before stays in the database as history.

use super::close_round::{Blocker, By, StepError};
use crate::app::App;
use crate::domain::round::{Round, RoundPhase, RoundStage};
use crate::store::audit::Act;
use time::OffsetDateTime;

/// Reopens a sealed, ranked or approved round; `until` gives it a new close, otherwise it is merely unsealed.
pub async fn reopen_round(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    round: &Round,
    until: Option<OffsetDateTime>,
    reason: &str,
) -> Result<(), StepError> {
    let mut tx = app.store.begin().await?;
    let locked = tx.lock_round(round.id).await?;
    let mut blockers = Vec::new();
    // What was once published may be corrected, but takes no more entries.
    if tx.count_publications(round.id).await? > 0 && locked.stage != RoundStage::Published {
        blockers.push(Blocker::WrongPhase(RoundPhase::Published));
    }
    if matches!(locked.stage, RoundStage::Scheduled | RoundStage::Published) {
        blockers.push(Blocker::WrongPhase(
            Round {
                stage: locked.stage,
                ..round.clone()
            }
            .phase(now),
        ));
    }
    if let Some(moment) = until.filter(|until| *until <= now) {
        blockers.push(Blocker::BadMoment(moment));
    }
    if reason.trim().is_empty() {
        blockers.push(Blocker::ReasonNeeded(locked.closes_at));
    }
    if !blockers.is_empty() {
        return Err(StepError::Blocked(blockers));
    }
    tx.set_reopened(round.id, until.unwrap_or(locked.closes_at))
        .await?;
    let facts = serde_json::json!({ "ranking": locked.ranking, "stage": locked.stage });
    let act = Act {
        at: now,
        actor: by.name,
        act: "reopen",
        contest: Some(round.contest),
        round: Some(round.id),
        reason: Some(reason.trim()),
        facts,
    };
    tx.insert_act(&act).await?;
    tx.announce_catalog().await?;
    tx.commit().await?;
    app.refresh_catalog().await?;
    Ok(())
}
