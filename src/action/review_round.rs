//! A fair-play review of a sealed round: what asks for a look, put on sheets without names and kept with the round.
//!
//! Owns that it is done after sealing, once for each sealing, changes nothing of the round, and stands in the audit log.
//! What becomes of a sheet is found by people (`judge_case`) and decided by two, as any ruling.

use super::close_round::{Blocker, By, StepError};
use crate::app::App;
use crate::domain::fair_play::population::Population;
use crate::domain::fair_play::{CaseSheet, registrations, review};
use crate::domain::round::{Round, RoundStage};
use crate::store::audit::Act;
use crate::store::review::NewReview;
use time::OffsetDateTime;

/// Who reviews without being asked.
const SYSTEM: By<'static> = By { name: "system" };

/// Everything in a sealed round that asks for a look; kept unless this sealing has been reviewed before.
pub async fn review_round(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    round: &Round,
) -> Result<Vec<CaseSheet>, StepError> {
    if round.stage == RoundStage::Scheduled {
        return Err(StepError::Blocked(vec![Blocker::WrongPhase(round.phase(now))]));
    }
    let (population, sheets) = look(app, round).await?;
    keep(app, now, by, round, &population, &sheets).await?;
    Ok(sheets)
}

/// Reviews every sealed round that has no review yet; returns how many were kept. Any number of instances may do this at
/// once: the first keeps its sheets.
pub async fn review_sealed(app: &App, now: OffsetDateTime) -> Result<usize, super::Failure> {
    let mut kept = 0;
    for id in app.store.list_unreviewed().await? {
        let catalog = app.catalog();
        let Some((_, round)) = catalog.find_round(id) else {
            continue;
        };
        let (population, sheets) = look(app, round).await?;
        kept += usize::from(keep(app, now, SYSTEM, round, &population, &sheets).await?);
    }
    Ok(kept)
}

async fn look(app: &App, round: &Round) -> Result<(Population, Vec<CaseSheet>), super::Failure> {
    // What was declared only after the end may be an excuse; it is read by people, not by this.
    let declared = app
        .store
        .load_declared_places(round.contest, round.closes_at)
        .await?;
    let entries = app.store.load_right_entries(round.id).await?;
    let people = app.store.load_right_people(round.id).await?;
    let look = move || {
        let mut sheets = review(&entries, &declared);
        sheets.extend(registrations::found(&entries, &people, &declared));
        (Population::of(&entries), sheets)
    };
    // Sorting millions takes a core for a while.
    tokio::task::spawn_blocking(look)
        .await
        .map_err(|error| super::Failure::Inconsistent(error.to_string()))
}

/// Keeps the sheets if this sealing has none, and the act of whoever asked; `false` if there were some already.
async fn keep(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    round: &Round,
    population: &Population,
    sheets: &[CaseSheet],
) -> Result<bool, super::Failure> {
    let mut tx = app.store.begin().await?;
    let new = NewReview {
        round: round.id,
        at: now,
        by: by.name,
        population,
        sheets,
    };
    let kept = tx.insert_review(&new).await?;
    if !kept && by.name == SYSTEM.name {
        return Ok(false);
    }
    let act = Act {
        at: now,
        actor: by.name,
        act: "review",
        contest: Some(round.contest),
        round: Some(round.id),
        reason: None,
        facts: serde_json::json!({ "sheets": sheets.len() }),
    };
    tx.insert_act(&act).await?;
    tx.commit().await?;
    Ok(kept)
}
