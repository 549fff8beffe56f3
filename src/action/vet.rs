//! Keeping what staff found of a candidate, entering a complaint and its final answer.
//!
//! Owns that each stands in the audit log, without names; what is a good form is told here, the words are the page's.

use super::Failure;
use super::close_round::By;
use crate::app::App;
use crate::domain::ids::ParticipantId;
use crate::domain::round::Round;
use crate::domain::vetting::{Finding, MAX_NOTE};
use crate::store::audit::Act;
use crate::store::vetting::{ComplaintAnswer, NewComplaint, Verification};
use time::OffsetDateTime;

/// Longest text of a complaint or its answer, in characters.
pub const MAX_TEXT: usize = 2_000;

/// Why something was not kept.
#[derive(Debug)]
pub enum VetError {
    /// A text is missing.
    Missing,
    /// A text is too long.
    TooLong,
    /// The last day for the answer is before the day it came.
    DueBefore,
    /// There is none, or it was answered already; an answer is final.
    Gone,
    /// Something failed.
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for VetError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Keeps a finding; all but a confirmation need a note.
pub async fn verify_candidate(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    round: &Round,
    person: ParticipantId,
    (finding, note): (Finding, &str),
) -> Result<(), VetError> {
    let note = note.trim();
    if note.is_empty() && finding != Finding::Confirmed {
        return Err(VetError::Missing);
    }
    if note.chars().count() > MAX_NOTE {
        return Err(VetError::TooLong);
    }
    let mut tx = app.store.begin().await?;
    let found = Verification {
        person,
        finding,
        note: note.to_owned(),
        at: now,
        by: by.name.to_owned(),
    };
    tx.insert_verification(round.id, &found).await?;
    let facts = serde_json::json!({ "participant": person, "finding": finding.name() });
    tx.insert_act(&act("verify", now, by, round, facts)).await?;
    Ok(tx.commit().await?)
}

/// Enters a complaint; returns its number in the register.
pub async fn note_complaint(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    round: &Round,
    new: &NewComplaint<'_>,
) -> Result<i64, VetError> {
    if new.complainant.trim().is_empty() || new.about.trim().is_empty() {
        return Err(VetError::Missing);
    }
    let long = |text: &str, most: usize| text.chars().count() > most;
    if long(new.complainant, 200) || long(new.contact, 200) || long(new.about, MAX_TEXT) {
        return Err(VetError::TooLong);
    }
    if new.due_on < new.received_on {
        return Err(VetError::DueBefore);
    }
    let mut tx = app.store.begin().await?;
    let id = tx.insert_complaint(new, now, by.name).await?;
    let facts = serde_json::json!({ "complaint": id });
    tx.insert_act(&act("complaint", now, by, round, facts)).await?;
    tx.commit().await?;
    Ok(id)
}

/// Enters the final answer to a complaint.
pub async fn answer_complaint(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    round: &Round,
    id: i64,
    (finding, text): (&str, &str),
) -> Result<(), VetError> {
    let text = text.trim();
    if text.is_empty() || !["upheld", "partly", "dismissed"].contains(&finding) {
        return Err(VetError::Missing);
    }
    if text.chars().count() > MAX_TEXT {
        return Err(VetError::TooLong);
    }
    let mut tx = app.store.begin().await?;
    let answer = ComplaintAnswer {
        finding: finding.to_owned(),
        text: text.to_owned(),
        at: now,
        by: by.name.to_owned(),
    };
    if !tx.answer_complaint(round.id, id, &answer).await? {
        return Err(VetError::Gone);
    }
    let facts = serde_json::json!({ "complaint": id, "finding": finding });
    tx.insert_act(&act("complaint-answer", now, by, round, facts))
        .await?;
    Ok(tx.commit().await?)
}

fn act<'a>(
    word: &'static str,
    at: OffsetDateTime,
    by: By<'a>,
    round: &Round,
    facts: serde_json::Value,
) -> Act<'a> {
    Act {
        at,
        actor: by.name,
        act: word,
        contest: Some(round.contest),
        round: Some(round.id),
        reason: None,
        facts,
    }
}
