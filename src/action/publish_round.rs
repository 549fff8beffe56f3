//! Publishing approved results.
//!
//! Owns that only an approved round is shown to the public, each time as a version of its own that stays readable; with the
//! last one the prizes of the whole contest are shown too, so that no tie of theirs may be open then, and where people keep
//! only their highest prizes the rounds must agree.

use super::close_round::{Blocker, By, StepError};
use super::settle_prizes::unsettled_before;
use crate::app::App;
use crate::domain::round::{Round, RoundStage};
use crate::store::Tx;
use crate::store::audit::Act;
use crate::store::round::LockedRound;
use crate::store::ruling::NewPublication;
use time::OffsetDateTime;

/// What stands in the way of publishing.
pub async fn publish_blockers(
    tx: &mut Tx,
    now: OffsetDateTime,
    round: &Round,
    locked: &LockedRound,
) -> Result<Vec<Blocker>, super::Failure> {
    if locked.stage != RoundStage::Approved {
        return Ok(vec![Blocker::WrongPhase(locked.of(round).phase(now))]);
    }
    let mut blockers = Vec::new();
    if locked.open_decisions > 0 {
        blockers.push(Blocker::OpenDecisions(locked.open_decisions));
    }
    let ties = tx.count_last_ties(round.contest, round.id).await?;
    if ties > 0 {
        blockers.push(Blocker::ContestTies(ties));
    }
    let unsettled = unsettled_before(tx, round.contest, round.id).await?;
    if unsettled > 0 {
        blockers.push(Blocker::Unsettled(unsettled));
    }
    Ok(blockers)
}

/// Shows the results of a round to the public.
pub async fn publish_round(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    round: &Round,
    reason: Option<&str>,
) -> Result<(), StepError> {
    let mut tx = app.store.begin().await?;
    // Two rounds published at once would each take the other for the last one, and what the last one waits for be missed.
    tx.lock_contest_id(round.contest).await?;
    let locked = tx.lock_round(round.id).await?;
    let blockers = publish_blockers(&mut tx, now, round, &locked).await?;
    if !blockers.is_empty() {
        return Err(StepError::Blocked(blockers));
    }
    let ranking = locked
        .ranking
        .ok_or_else(|| super::Failure::Inconsistent("approved without a ranking".to_owned()))?;
    tx.set_published(round.id, now).await?;
    let version = NewPublication {
        round: round.id,
        ranking,
        at: now,
        by: by.name,
    };
    tx.insert_publication(&version).await?;
    let facts = serde_json::json!({ "ranking": locked.ranking });
    let act = Act {
        at: now,
        actor: by.name,
        act: "publish",
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
