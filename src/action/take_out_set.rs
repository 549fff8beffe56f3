//! Recording that a question set left the house with its key.
//!
//! Owns the line in the log; writing the file is `bank`'s.

use super::Failure;
use crate::app::App;
use crate::bank::LoadedSet;
use crate::domain::catalog::Contest;
use crate::domain::staff::Staff;
use crate::store::audit::Act;
use time::OffsetDateTime;

/// Records that somebody took a set out in a format.
pub async fn note_set_taken(
    app: &App,
    now: OffsetDateTime,
    by: &Staff,
    contest: &Contest,
    set: &LoadedSet,
    format: &str,
) -> Result<(), Failure> {
    let mut tx = app.store.begin().await?;
    tx.insert_act(&Act {
        at: now,
        actor: &by.name,
        act: "export-set",
        contest: Some(contest.id),
        round: None,
        reason: None,
        facts: serde_json::json!({
            "set": set.set.id, "version": set.version, "questions": set.set.questions.len(), "format": format,
        }),
    })
    .await?;
    Ok(tx.commit().await?)
}
