//! Going on with a paused round: its close moves by as long as the pause lasted, but not into the next round.
//!
//! Owns that; the note of the pause stays up unless a new one is given.

use super::close_round::{Blocker, By, StepError};
use crate::app::App;
use crate::domain::round::{Round, RoundStage};
use crate::store::audit::Act;
use time::OffsetDateTime;

/// Lets people start again in a paused round.
pub async fn resume_round(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    round: &Round,
    reason: Option<&str>,
) -> Result<(), StepError> {
    let mut tx = app.store.begin().await?;
    let locked = tx.lock_round(round.id).await?;
    let current = locked.of(round);
    let Some(since) = locked.paused_at.filter(|_| locked.stage == RoundStage::Scheduled) else {
        return Err(StepError::Blocked(vec![Blocker::WrongPhase(current.phase(now))]));
    };
    let catalog = app.catalog();
    let contest = catalog.find_id(round.contest);
    let next_opens = contest.and_then(|contest| {
        let later = contest.rounds.iter().filter(|other| other.number > round.number);
        later.map(|other| other.opens_at).min()
    });
    let longer = locked.closes_at + (now - since).max(time::Duration::ZERO);
    let until = next_opens
        .map_or(longer, |opens| longer.min(opens))
        .max(locked.closes_at);
    tx.set_paused(round.id, None).await?;
    tx.move_close(round.id, until).await?;
    let reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
    if let Some(reason) = reason {
        tx.put_notice(round.id, now, reason).await?;
    }
    let facts = serde_json::json!({ "since": since.unix_timestamp(), "from": locked.closes_at.unix_timestamp(),
        "until": until.unix_timestamp() });
    let act = Act {
        at: now,
        actor: by.name,
        act: "resume",
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
