//! Finishing an attempt: by its owner, or by the system when time is up or the round is closed.
//!
//! Owns the order: saved answers are sealed, the form's are laid over them if they came in time, the score is computed,
//! and one batched write decides. The first commit wins; everybody later gets what it kept.

use super::Failure;
use crate::app::App;
use crate::domain::attempt::{self, Attempt, How, Timeliness, milliseconds, timeliness};
use crate::domain::draft::{Draft, RevisedPrediction, RevisedResponse};
use crate::domain::ids::{AttemptId, ParticipantId};
use crate::domain::response::{ChoiceError, Response};
use crate::domain::submission::Submission;
use crate::store::StoreResult;
use crate::store::writer::{NewSubmission, WriteError, Written};
use futures_util::{Stream, StreamExt, stream};
use time::OffsetDateTime;

/// Attempts that the system finishes at the same time: enough for full batches of the writer, few enough that saving goes on
/// beside them. Groups of 64, each waiting for the slowest, took 43 s for 100,000.
const AT_ONCE: usize = 192;

/// One choice as a form or a client sends it.
#[derive(Debug, Clone)]
pub struct Given {
    /// Question number.
    pub question: u16,
    /// Labels, one text each.
    pub labels: Vec<String>,
    /// How new it is; 0 if not said.
    pub revision: u64,
}

/// A finished attempt as its owner is told of it.
#[derive(Debug, Clone)]
pub struct Finished {
    /// The attempt.
    pub attempt: Attempt,
    /// What was kept.
    pub submission: Submission,
}

/// Why a submission was not taken as sent.
#[derive(Debug)]
pub enum FinishError {
    /// No such attempt, or somebody else's.
    NotFound,
    /// A choice that the paper does not allow; nothing was submitted.
    Invalid(u16, ChoiceError),
    /// It came after deadline and grace, so what was saved before was submitted instead.
    TooLate(Box<Finished>),
    /// Another submission was first, and it says something else.
    AlreadyFinished(Box<Finished>),
    /// Something failed; whether it was kept is not known, asking again is safe.
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for FinishError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Submits an attempt for its owner. Repeating the same request returns the same submission.
pub async fn submit(
    app: &App,
    now: OffsetDateTime,
    who: ParticipantId,
    id: AttemptId,
    given: &[Given],
    prediction: Option<RevisedPrediction>,
) -> Result<Finished, FinishError> {
    let stored = app
        .reader
        .find_attempt(id)
        .await?
        .filter(|stored| stored.attempt.participant == who);
    let stored = stored.ok_or(FinishError::NotFound)?;
    let sent = check(&stored.attempt, given, prediction)?;
    if let Some(submission) = stored.submission {
        return settled(
            Finished {
                attempt: stored.attempt,
                submission,
            },
            &sent,
        );
    }
    if timeliness(now, stored.attempt.deadline) == Timeliness::TooLate {
        let Kept { submission, .. } =
            write(app, now, &stored.attempt, How::TimedOut, Draft::default()).await?;
        return Err(FinishError::TooLate(Box::new(Finished {
            attempt: stored.attempt,
            submission,
        })));
    }
    let Kept { submission, ours } = write(app, now, &stored.attempt, How::Submitted, sent.clone()).await?;
    let finished = Finished {
        attempt: stored.attempt,
        submission,
    };
    if ours {
        Ok(finished)
    } else {
        settled(finished, &sent)
    }
}

/// Submits what is saved, because time is up or the round is being closed. Harmless if somebody else was first.
pub async fn time_out(app: &App, now: OffsetDateTime, id: AttemptId) -> Result<Submission, Failure> {
    let stored = app.reader.find_attempt(id).await?;
    let stored = stored.ok_or_else(|| Failure::Inconsistent(format!("running attempt {id} has no row")))?;
    match stored.submission {
        Some(submission) => Ok(submission),
        None => Ok(write(app, now, &stored.attempt, How::TimedOut, Draft::default())
            .await?
            .submission),
    }
}

/// Does that to many attempts, `AT_ONCE` of them at a time, and tells of each when it is done.
pub fn time_out_all(
    app: &App,
    now: OffsetDateTime,
    ids: Vec<AttemptId>,
) -> impl Stream<Item = (AttemptId, Result<Submission, Failure>)> + Unpin {
    let one = move |id| async move { (id, time_out(app, now, id).await) };
    Box::pin(stream::iter(ids).map(one).buffer_unordered(AT_ONCE))
}

fn check(
    attempt: &Attempt,
    given: &[Given],
    prediction: Option<RevisedPrediction>,
) -> Result<Draft, FinishError> {
    let mut responses = Vec::with_capacity(given.len());
    for one in given {
        let response = Response::check(&attempt.paper, one.question, &one.labels)
            .map_err(|error| FinishError::Invalid(one.question, error))?;
        responses.push(RevisedResponse {
            response,
            revision: one.revision,
        });
    }
    Ok(Draft::new(responses, prediction))
}

/// Compares what was sent with what another request, or the system, had submitted before.
fn settled(finished: Finished, sent: &Draft) -> Result<Finished, FinishError> {
    let said: Vec<Response> = sent
        .responses
        .values()
        .map(|revised| revised.response.clone())
        .collect();
    if finished.submission.agrees_with(&said, sent.predicted()) {
        return Ok(finished);
    }
    Err(match finished.submission.how {
        How::TimedOut => FinishError::TooLate(Box::new(finished)),
        How::Submitted => FinishError::AlreadyFinished(Box::new(finished)),
    })
}

/// What stands in the end.
struct Kept {
    submission: Submission,
    /// This very request wrote it.
    ours: bool,
}

/// Seals, scores and writes; returns what is kept in the end, by whomever.
async fn write(
    app: &App,
    now: OffsetDateTime,
    attempt: &Attempt,
    how: How,
    sent: Draft,
) -> Result<Kept, Failure> {
    let saved = match (app.sessions.seal_attempt(attempt.id).await, how) {
        (Ok(draft), _) => draft,
        (Err(error), How::Submitted) => {
            // The form carries all answers, so a submission does not wait for Redis.
            tracing::warn!(attempt.id = %attempt.id, %error, "submitted without what was saved");
            Draft::default()
        }
        // The system has nothing but what was saved; it tries again when Redis is back.
        (Err(error), How::TimedOut) => return Err(error.into()),
    };
    let (row, submission) = score(app, now, attempt, how, &saved.merge(sent))?;
    let written = app.writer.submit(row).await;
    let kept = match written {
        // Just committed, and this is what it says.
        Ok(Written::Kept(sequence)) => Ok(Some(Kept {
            submission: Submission {
                sequence,
                ..submission
            },
            ours: true,
        })),
        _ => kept_by_others(app, attempt.id).await,
    };
    match (written, kept) {
        (Ok(_) | Err(WriteError::Unknown(_)), Ok(Some(kept))) => {
            if let Err(error) = app.sessions.discard_attempt(attempt.id).await {
                tracing::warn!(attempt.id = %attempt.id, %error, "draft of a finished attempt stays until it expires");
            }
            Ok(kept)
        }
        // It is kept, only not readable now: nothing more may be saved.
        (Ok(_), Err(error)) => Err(error.into()),
        (outcome, _) => {
            if let Err(error) = app.sessions.unseal_attempt(attempt.id).await {
                tracing::warn!(attempt.id = %attempt.id, %error, "draft stays sealed");
            }
            Err(outcome.err().map_or_else(
                || Failure::Inconsistent(format!("{} was refused", attempt.id)),
                Into::into,
            ))
        }
    }
}

/// What stands of an attempt that this request did not, or perhaps did not, write.
async fn kept_by_others(app: &App, id: AttemptId) -> StoreResult<Option<Kept>> {
    let stored = app.reader.find_attempt(id).await?;
    let submission = stored.and_then(|stored| stored.submission);
    Ok(submission.map(|submission| Kept {
        submission,
        ours: false,
    }))
}

/// The row to be written, and what it will have said once it is kept; its number is given by the writer.
fn score(
    app: &App,
    now: OffsetDateTime,
    attempt: &Attempt,
    how: How,
    draft: &Draft,
) -> Result<(NewSubmission, Submission), Failure> {
    let catalog = app.catalog();
    let (contest, round) = catalog
        .find_round(attempt.id.round())
        .ok_or_else(|| Failure::Inconsistent(format!("attempt {} has no round", attempt.id)))?;
    let responses = draft.responses_for(&attempt.paper);
    let score = contest
        .score(round, &attempt.paper, &responses)
        .map_err(|error| Failure::Inconsistent(error.to_string()))?;
    let finished_at = attempt::finished_at(now, attempt.started_at, attempt.deadline);
    // One that is asked for after the paper is kept apart.
    let asked = round.rules.prediction.filter(|rules| rules.in_paper());
    let submission = Submission {
        attempt: attempt.id,
        participant: attempt.participant,
        number: attempt.number,
        sequence: 0,
        received_at: now,
        finished_at,
        duration_ms: milliseconds(attempt.started_at, finished_at),
        how,
        responses,
        score,
        prediction: asked.and(draft.predicted()),
        receipt: app.keys.receipt(attempt.id),
    };
    let row = NewSubmission::of(&submission).map_err(|error| Failure::Inconsistent(error.to_string()))?;
    Ok((row, submission))
}
