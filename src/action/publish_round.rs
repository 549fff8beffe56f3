//! Publishing approved results.
//!
//! Owns that only an approved round is shown to the public, each time as a version of its own that stays readable.

use super::close_round::{Blocker, By, StepError};
use crate::app::App;
use crate::domain::round::{Round, RoundStage};
use crate::store::audit::Act;
use crate::store::ruling::NewPublication;
use time::OffsetDateTime;

/// Shows the results of a round to the public.
pub async fn publish_round(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    round: &Round,
    reason: Option<&str>,
) -> Result<(), StepError> {
    let mut tx = app.store.begin().await?;
    let locked = tx.lock_round(round.id).await?;
    if locked.stage != RoundStage::Approved {
        let phase = Round {
            stage: locked.stage,
            ..round.clone()
        }
        .phase(now);
        return Err(StepError::Blocked(vec![Blocker::WrongPhase(phase)]));
    }
    if locked.open_decisions > 0 {
        return Err(StepError::Blocked(vec![Blocker::OpenDecisions(
            locked.open_decisions,
        )]));
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
