//! Moving the close of a round to a later moment, with a reason that the public can read.
//!
//! Owns which rounds can be extended: those not yet sealed. Attempts that run keep the deadline they were shown.

use super::close_round::{Blocker, By, StepError};
use crate::app::App;
use crate::domain::round::{Round, RoundStage};
use crate::store::audit::Act;
use time::OffsetDateTime;

/// Extends a round until `until`.
pub async fn extend_round(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    round: &Round,
    until: OffsetDateTime,
    reason: &str,
) -> Result<(), StepError> {
    let mut tx = app.store.begin().await?;
    let locked = tx.lock_round(round.id).await?;
    let mut blockers = Vec::new();
    if locked.stage != RoundStage::Scheduled {
        blockers.push(Blocker::WrongPhase(
            Round {
                stage: locked.stage,
                ..round.clone()
            }
            .phase(now),
        ));
    }
    let catalog = app.catalog();
    let contest = catalog.find_id(round.contest);
    let next_opens = contest.and_then(|c| {
        c.rounds
            .iter()
            .filter(|r| r.number > round.number)
            .map(|r| r.opens_at)
            .min()
    });
    if until <= now || until <= locked.closes_at || next_opens.is_some_and(|opens| until > opens) {
        blockers.push(Blocker::BadMoment(until));
    }
    if reason.trim().is_empty() {
        blockers.push(Blocker::ReasonNeeded(locked.closes_at));
    }
    if !blockers.is_empty() {
        return Err(StepError::Blocked(blockers));
    }
    tx.move_close(round.id, until).await?;
    tx.put_notice(round.id, now, reason.trim()).await?;
    let facts =
        serde_json::json!({ "from": locked.closes_at.unix_timestamp(), "until": until.unix_timestamp() });
    let act = Act {
        at: now,
        actor: by.name,
        act: "extend",
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
