//! A line in the audit log before the log itself, or a register, leaves as a file.
//!
//! Lists of contests note themselves in `export`.

use super::Failure;
use super::close_round::By;
use crate::app::App;
use crate::domain::ids::{ContestId, RoundId};
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

/// A register on its way out.
#[derive(Debug, Clone, Copy)]
pub struct NotedList<'a> {
    /// Which, as a word of the program.
    pub name: &'static str,
    /// The format.
    pub format: &'static str,
    /// Personal columns asked for.
    pub columns: &'a [&'static str],
    /// What they are needed for.
    pub reason: Option<&'a str>,
}

/// Notes that a register of a contest, or of one round, is taken out.
pub async fn note_list_export(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    (contest, round): (ContestId, Option<RoundId>),
    list: NotedList<'_>,
) -> Result<(), Failure> {
    let mut tx = app.store.begin().await?;
    let act = Act {
        at: now,
        actor: by.name,
        act: "export",
        contest: Some(contest),
        round,
        reason: list.reason,
        facts: serde_json::json!({ "list": list.name, "format": list.format, "columns": list.columns }),
    };
    tx.insert_act(&act).await?;
    Ok(tx.commit().await?)
}
