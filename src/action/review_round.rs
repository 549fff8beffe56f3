//! A fair-play review of a sealed round: what asks for a look, put on sheets without names.
//!
//! Owns that it is done after sealing, changes nothing of the round, and stands in the audit log; places where many sit together
//! are declared before the round is sealed. What becomes of a sheet is decided by two people, as any ruling.

use super::close_round::{Blocker, By, StepError};
use crate::app::App;
use crate::domain::decision::{Refusal, parse_reason};
use crate::domain::fair_play::{CaseSheet, review};
use crate::domain::ids::UnitId;
use crate::domain::round::{Round, RoundStage};
use crate::store::audit::Act;
use crate::store::fair_play::DeclaredPlace;
use time::OffsetDateTime;

/// Everything in a sealed round that asks for a look.
pub async fn review_round(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    round: &Round,
) -> Result<Vec<CaseSheet>, StepError> {
    if round.stage == RoundStage::Scheduled {
        return Err(StepError::Blocked(vec![Blocker::WrongPhase(round.phase(now))]));
    }
    // What was declared only after the end may be an excuse; it is read by people, not by this.
    let declared = app
        .store
        .load_declared_places(round.contest, round.closes_at)
        .await?;
    let entries = app.store.load_right_entries(round.id).await?;
    // Sorting millions takes a core for a while.
    let sheets = tokio::task::spawn_blocking(move || review(&entries, &declared))
        .await
        .map_err(|error| super::Failure::Inconsistent(error.to_string()))?;
    let mut tx = app.store.begin().await?;
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
    Ok(sheets)
}

/// Declares a unit where many sit together, such as a school with its lab; `note` says where and when.
pub async fn declare_place(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    round: &Round,
    unit: UnitId,
    note: &str,
) -> Result<Result<(), Refusal>, super::Failure> {
    let note = match parse_reason(note) {
        Ok(note) => note,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let mut tx = app.store.begin().await?;
    let place = DeclaredPlace {
        contest: round.contest,
        unit,
        note,
        at: now,
        by: by.name,
    };
    tx.insert_declared_place(&place).await?;
    let act = Act {
        at: now,
        actor: by.name,
        act: "declare-place",
        contest: Some(round.contest),
        round: None,
        reason: Some(note),
        facts: serde_json::json!({ "unit": unit }),
    };
    tx.insert_act(&act).await?;
    tx.commit().await?;
    Ok(Ok(()))
}
