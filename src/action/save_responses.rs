//! Saving answers while the clock runs: Redis only, unless Redis has forgotten the attempt.
//!
//! Owns the order and what each refusal means; the checks themselves are one script in `session::attempt`.

use super::{Failure, finish_attempt};
use crate::app::App;
use crate::domain::attempt::{How, Timeliness, timeliness};
use crate::domain::draft::{Draft, RevisedPrediction};
use crate::domain::ids::{AttemptId, ParticipantId};
use crate::domain::response::ChoiceError;
use crate::session::attempt::Saved;
use time::OffsetDateTime;

/// One choice as the browser sends it.
#[derive(Debug, Clone)]
pub struct Change {
    /// Question number.
    pub question: u16,
    /// Labels A to H, each at most once, sorted.
    pub labels: String,
    /// How new it is.
    pub revision: u64,
}

/// What was saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaveOutcome {
    /// Questions with an answer now.
    pub answered: u16,
    /// Deadline of the attempt.
    pub deadline: OffsetDateTime,
    /// Choices that another device made later and that stand instead.
    pub stale: Draft,
}

/// Why nothing was saved.
#[derive(Debug)]
pub enum SaveError {
    /// No such attempt, or somebody else's.
    NotFound,
    /// Submitted before.
    Finished,
    /// Deadline and grace have passed; what was saved before has been submitted.
    DeadlinePassed,
    /// More calls than anybody's clicks make; so many seconds to wait. What was sent is not kept, and may be sent again.
    TooFast(u64),
    /// A choice that the paper does not allow.
    Invalid(u16, ChoiceError),
    /// Something failed.
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for SaveError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Saves changes that arrived at `now`.
pub async fn save_responses(
    app: &App,
    now: OffsetDateTime,
    who: ParticipantId,
    id: AttemptId,
    changes: &[Change],
    prediction: Option<RevisedPrediction>,
) -> Result<SaveOutcome, SaveError> {
    let changes: Vec<(u16, String, u64)> = changes
        .iter()
        .map(|change| (change.question, change.labels.clone(), change.revision))
        .collect();
    let save = || app.sessions.save_responses(id, who, now, &changes, prediction);
    let mut saved = save().await?;
    if saved == Saved::Unknown {
        // What is rare stands by itself: a future is moved with room for all it may have to wait for, and saves are many.
        Box::pin(reopen(app, now, who, id)).await?;
        saved = save().await?;
    }
    match saved {
        Saved::Kept {
            answered,
            deadline,
            stale,
        } => Ok(SaveOutcome {
            answered,
            deadline,
            stale,
        }),
        Saved::Unknown | Saved::NotOwner => Err(SaveError::NotFound),
        Saved::Sealed => Err(Box::pin(sealed(app, id)).await?),
        Saved::TooLate => Err(Box::pin(late(app, now, id)).await?),
        Saved::TooFast(ms) => Err(SaveError::TooFast(u64::from(ms).div_ceil(1000).max(1))),
        Saved::UnknownQuestion(number) => Err(SaveError::Invalid(number, ChoiceError::UnknownQuestion)),
        Saved::UnknownOption(number) => Err(SaveError::Invalid(number, ChoiceError::UnknownOption)),
        Saved::OnlyOne(number) => Err(SaveError::Invalid(number, ChoiceError::OnlyOne)),
    }
}

/// Makes an attempt known again after Redis has lost it; one that is finished or late is told as such.
async fn reopen(app: &App, now: OffsetDateTime, who: ParticipantId, id: AttemptId) -> Result<(), SaveError> {
    let stored = app
        .store
        .find_attempt(id)
        .await?
        .filter(|stored| stored.attempt.participant == who);
    let stored = stored.ok_or(SaveError::NotFound)?;
    if let Some(submission) = stored.submission {
        return Err(ended(submission.how));
    }
    if timeliness(now, stored.attempt.deadline) == Timeliness::TooLate {
        return Err(late(app, now, id).await?);
    }
    Ok(app.sessions.open_attempt(&stored.attempt).await?)
}

async fn late(app: &App, now: OffsetDateTime, id: AttemptId) -> Result<SaveError, Failure> {
    Ok(ended(finish_attempt::time_out(app, now, id).await?.how))
}

/// A sealed attempt is finished, or about to be: the row tells whether its time was up.
async fn sealed(app: &App, id: AttemptId) -> Result<SaveError, Failure> {
    let submission = app
        .store
        .find_attempt(id)
        .await?
        .and_then(|stored| stored.submission);
    Ok(submission.map_or(SaveError::Finished, |submission| ended(submission.how)))
}

fn ended(how: How) -> SaveError {
    match how {
        How::Submitted => SaveError::Finished,
        How::TimedOut => SaveError::DeadlinePassed,
    }
}
