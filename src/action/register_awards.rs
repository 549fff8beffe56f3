//! The register of awards: adding lines one by one or from a list, and striking one out.
//!
//! A list is kept whole or not at all; a line that is wrong is struck out with a reason and stays readable.

use super::Failure;
use super::close_round::By;
use crate::app::App;
use crate::domain::emulation::AwardId;
use crate::domain::emulation::award::Award;
use crate::store::audit::Act;
use time::OffsetDateTime;

/// Shortest and longest reason for striking a line out, in characters.
pub const REASON: std::ops::RangeInclusive<usize> = 10..=300;

/// Why the register was not changed.
#[derive(Debug)]
pub enum RegisterError {
    /// The award of that place in the list, from 0, stands in the register already.
    Known(usize),
    /// The reason is missing, too short or too long.
    Reason,
    /// No such line, or it was struck out already.
    Gone,
    /// Something failed.
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for RegisterError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Adds awards that were checked, all or none.
pub async fn add_awards(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    awards: &[Award],
) -> Result<(), RegisterError> {
    let mut tx = app.store.begin().await?;
    for (at, award) in awards.iter().enumerate() {
        if tx.insert_award(award, now, by.name).await?.is_none() {
            return Err(RegisterError::Known(at));
        }
    }
    let facts = serde_json::json!({ "awards": awards.len() });
    tx.insert_act(&act("awards-add", now, by, None, facts)).await?;
    Ok(tx.commit().await?)
}

/// Strikes a line out.
pub async fn strike_award(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    id: AwardId,
    why: &str,
) -> Result<(), RegisterError> {
    let why = why.trim();
    if !REASON.contains(&why.chars().count()) {
        return Err(RegisterError::Reason);
    }
    let mut tx = app.store.begin().await?;
    if !tx.strike_award(id, now, by.name, why).await? {
        return Err(RegisterError::Gone);
    }
    let facts = serde_json::json!({ "award": id.0 });
    tx.insert_act(&act("award-strike", now, by, Some(why), facts))
        .await?;
    Ok(tx.commit().await?)
}

/// Notes in the log that a list left the program.
pub async fn note_export(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    (list, format): (&'static str, &'static str),
    personal: bool,
) -> Result<(), Failure> {
    let mut tx = app.store.begin().await?;
    let with: &[&str] = if personal { &["full_name"] } else { &[] };
    let facts = serde_json::json!({ "list": list, "format": format, "with": with });
    tx.insert_act(&act("emulation-export", now, by, None, facts))
        .await?;
    Ok(tx.commit().await?)
}

fn act<'a>(
    word: &'static str,
    at: OffsetDateTime,
    by: By<'a>,
    reason: Option<&'a str>,
    facts: serde_json::Value,
) -> Act<'a> {
    Act {
        at,
        actor: by.name,
        act: word,
        contest: None,
        round: None,
        reason,
        facts,
    }
}
