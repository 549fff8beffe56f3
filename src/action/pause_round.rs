//! Pausing a round, with a note that the public can read: nobody may start; who has begun goes on.
//!
//! Owns which rounds can be paused: open ones. Going on again is `resume_round`.

use super::close_round::{Blocker, By, StepError};
use crate::app::App;
use crate::domain::round::{Round, RoundPhase};
use crate::store::audit::Act;
use time::OffsetDateTime;

/// Pauses an open round; `reason` is what the public is told.
pub async fn pause_round(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    round: &Round,
    reason: &str,
) -> Result<(), StepError> {
    let mut tx = app.store.begin().await?;
    let locked = tx.lock_round(round.id).await?;
    let current = locked.of(round);
    let mut blockers = Vec::new();
    if current.phase(now) != RoundPhase::Open || current.control.paused_at.is_some() {
        blockers.push(Blocker::WrongPhase(current.phase(now)));
    }
    if reason.trim().is_empty() {
        blockers.push(Blocker::ReasonNeeded(locked.closes_at));
    }
    if !blockers.is_empty() {
        return Err(StepError::Blocked(blockers));
    }
    tx.set_paused(round.id, Some(now)).await?;
    tx.put_notice(round.id, now, reason.trim()).await?;
    let act = Act {
        at: now,
        actor: by.name,
        act: "pause",
        contest: Some(round.contest),
        round: Some(round.id),
        reason: Some(reason.trim()),
        facts: serde_json::json!({}),
    };
    tx.insert_act(&act).await?;
    tx.announce_catalog().await?;
    tx.commit().await?;
    app.refresh_catalog().await?;
    Ok(())
}
