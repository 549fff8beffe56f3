//! A line in the audit log before the log itself leaves as a file.
//!
//! Lists of contests note themselves in `export`.

use super::Failure;
use super::close_round::By;
use crate::app::App;
use crate::domain::ids::ContestId;
use crate::store::audit::Act;
use time::OffsetDateTime;

/// Notes that the log of a contest is taken out.
pub async fn note_log_export(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    contest: ContestId,
    format: &'static str,
) -> Result<(), Failure> {
    let mut tx = app.store.begin().await?;
    let act = Act {
        at: now,
        actor: by.name,
        act: "export",
        contest: Some(contest),
        round: None,
        reason: None,
        facts: serde_json::json!({ "list": "log", "format": format }),
    };
    tx.insert_act(&act).await?;
    Ok(tx.commit().await?)
}
