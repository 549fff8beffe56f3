//! Opening an attempt again, on any device: the same paper, the same deadline, every saved answer.
//!
//! Owns the order: the row decides, Redis adds what was saved, an attempt whose time is up is finished first.

use super::{Failure, finish_attempt};
use crate::app::App;
use crate::domain::attempt::{Attempt, Timeliness, timeliness};
use crate::domain::draft::Draft;
use crate::domain::ids::{AttemptId, ParticipantId};
use crate::domain::submission::Submission;
use time::OffsetDateTime;

/// An attempt as its owner finds it.
#[derive(Debug, Clone)]
pub enum Resumed {
    /// It runs; this is saved.
    Running(Attempt, Draft),
    /// It is finished.
    Finished(Attempt, Submission),
}

impl Resumed {
    /// The attempt's id.
    pub const fn id(&self) -> AttemptId {
        match self {
            Self::Running(attempt, _) | Self::Finished(attempt, _) => attempt.id,
        }
    }
}

/// Why nothing was opened.
#[derive(Debug)]
pub enum ResumeError {
    /// No such attempt, or somebody else's: the same answer for both.
    NotFound,
    /// Something failed.
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for ResumeError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Opens an attempt of a person.
pub async fn resume_attempt(
    app: &App,
    now: OffsetDateTime,
    who: ParticipantId,
    id: AttemptId,
) -> Result<Resumed, ResumeError> {
    let stored = app
        .reader
        .find_attempt(id)
        .await?
        .filter(|stored| stored.attempt.participant == who);
    let stored = stored.ok_or(ResumeError::NotFound)?;
    if let Some(submission) = stored.submission {
        return Ok(Resumed::Finished(stored.attempt, submission));
    }
    if timeliness(now, stored.attempt.deadline) == Timeliness::TooLate {
        let submission = finish_attempt::time_out(app, now, id).await?;
        return Ok(Resumed::Finished(stored.attempt, submission));
    }
    let draft = match open(app, &stored.attempt).await {
        Ok(draft) => draft,
        Err(error) => {
            // Without Redis the paper is still shown and can be submitted; the page says that nothing is saved.
            tracing::warn!(attempt.id = %id, %error, "draft not readable");
            Draft::default()
        }
    };
    Ok(Resumed::Running(stored.attempt, draft))
}

async fn open(app: &App, attempt: &Attempt) -> Result<Draft, crate::session::SessionError> {
    app.sessions.open_attempt(attempt).await?;
    app.sessions.load_draft(attempt.id).await
}
