//! Declaring places where many sit together, such as a school with its lab, before a round closes.
//!
//! Owns that all places of a file are kept or none, each with who declared it and why in the audit log. What a declaration
//! says is `domain::fair_play::places`'s.

use super::Failure;
use super::close_round::By;
use crate::app::App;
use crate::domain::fair_play::places::NewPlace;
use crate::domain::ids::ContestId;
use crate::store::audit::Act;
use crate::store::fair_play::Declaration;
use time::OffsetDateTime;

/// Keeps these places of a contest.
pub async fn declare_places(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    contest: ContestId,
    places: &[NewPlace],
) -> Result<(), Failure> {
    let mut tx = app.store.begin().await?;
    for place in places {
        let declaration = Declaration {
            contest,
            place,
            at: now,
            by: by.name,
        };
        tx.insert_declared_place(&declaration).await?;
        let act = Act {
            at: now,
            actor: by.name,
            act: "declare-place",
            contest: Some(contest),
            round: None,
            reason: Some(&place.note),
            facts: serde_json::json!({ "unit": place.unit, "kind": place.kind.name() }),
        };
        tx.insert_act(&act).await?;
    }
    Ok(tx.commit().await?)
}
