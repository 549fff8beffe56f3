//! Opening a round that waits for a hand, as at a launch.
//!
//! Owns which rounds can be opened: those that wait, before their close. The moment of opening is kept as the round's own.

use super::close_round::{Blocker, By, StepError};
use crate::app::App;
use crate::domain::round::{Round, RoundPhase};
use crate::store::audit::Act;
use time::OffsetDateTime;

/// Opens a round now.
pub async fn open_round(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    round: &Round,
    reason: Option<&str>,
) -> Result<(), StepError> {
    let mut tx = app.store.begin().await?;
    let locked = tx.lock_round(round.id).await?;
    let current = locked.of(round);
    if !current.control.held || current.phase(now) != RoundPhase::Upcoming {
        return Err(StepError::Blocked(vec![Blocker::WrongPhase(current.phase(now))]));
    }
    tx.set_opened(round.id, now).await?;
    let facts = serde_json::json!({ "planned": locked.opens_at.unix_timestamp() });
    let act = Act {
        at: now,
        actor: by.name,
        act: "open",
        contest: Some(round.contest),
        round: Some(round.id),
        reason: reason.map(str::trim).filter(|reason| !reason.is_empty()),
        facts,
    };
    tx.insert_act(&act).await?;
    tx.announce_catalog().await?;
    tx.commit().await?;
    app.refresh_catalog().await?;
    Ok(())
}
