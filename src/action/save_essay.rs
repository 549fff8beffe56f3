//! Saving an essay while its paper runs: straight to the database, because a lost essay is hours of work.
//!
//! Owns the order and what each refusal means. The row is written only while the attempt is in the queue of running ones,
//! so that nothing comes after the end, whoever ends it.

use super::{Failure, finish_attempt};
use crate::app::App;
use crate::domain::attempt::{How, Timeliness, timeliness};
use crate::domain::essay::{self, TextError};
use crate::domain::ids::{AttemptId, ParticipantId};
use crate::session::limit::Limit;
use crate::store::essay::NewEssay;
use time::OffsetDateTime;

/// Saves of one attempt in a window: the script saves every few seconds at most, hands less.
const TRIES: u32 = 60;
/// The window, seconds.
const WINDOW_S: u32 = 60;

/// Why an essay was not saved.
#[derive(Debug)]
pub enum SaveEssayError {
    /// The round asks for none.
    NotAsked,
    /// No such attempt, or somebody else's.
    NotFound,
    /// Submitted before.
    Finished,
    /// Deadline and grace have passed; what was saved before counts.
    DeadlinePassed,
    /// The text is not taken.
    Text(TextError),
    /// More saves than anybody's typing makes; so many seconds to wait.
    TooFast(u64),
    /// Something failed.
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for SaveEssayError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Saves a text that arrived at `now`; returns how many characters were kept.
pub async fn save_essay(
    app: &App,
    now: OffsetDateTime,
    who: ParticipantId,
    id: AttemptId,
    written: &str,
) -> Result<u32, SaveEssayError> {
    let counter = app.keys.counter_name("essay", &id.to_string());
    let limit = Limit {
        kind: "essay",
        key: &counter,
        tries: TRIES,
        window_s: WINDOW_S,
    };
    // Without Redis nobody counts saves; what people write is kept all the same.
    match app.sessions.hit(limit).await {
        Ok(None) => {}
        Ok(Some(wait)) => return Err(SaveEssayError::TooFast(wait)),
        Err(error) => tracing::warn!(%error, "saves of essays are not counted"),
    }
    hand_in_essay(app, now, who, id, written).await
}

/// The same for the text that comes with the paper handed in, which nobody is told to send more slowly.
pub async fn hand_in_essay(
    app: &App,
    now: OffsetDateTime,
    who: ParticipantId,
    id: AttemptId,
    written: &str,
) -> Result<u32, SaveEssayError> {
    let catalog = app.catalog();
    let (_, round) = catalog.find_round(id.round()).ok_or(SaveEssayError::NotFound)?;
    let rules = round.rules.essay.as_ref().ok_or(SaveEssayError::NotAsked)?;
    let text = essay::check(rules, written).map_err(SaveEssayError::Text)?;
    let chars = essay::length(&text);
    let new = NewEssay {
        attempt: id,
        participant: who,
        text: &text,
        chars,
        at: now,
    };
    match app.store.put_essay(&new).await? {
        true => Ok(chars),
        false => Err(why_not(app, now, who, id).await?),
    }
}

/// Why the attempt takes no text: somebody else's, finished, or late; a late one is finished here.
async fn why_not(
    app: &App,
    now: OffsetDateTime,
    who: ParticipantId,
    id: AttemptId,
) -> Result<SaveEssayError, Failure> {
    let stored = app.store.find_attempt(id).await?;
    let Some(stored) = stored.filter(|stored| stored.attempt.participant == who) else {
        return Ok(SaveEssayError::NotFound);
    };
    if let Some(submission) = stored.submission {
        return Ok(match submission.how {
            How::Submitted => SaveEssayError::Finished,
            How::TimedOut => SaveEssayError::DeadlinePassed,
        });
    }
    if timeliness(now, stored.attempt.deadline) == Timeliness::TooLate {
        finish_attempt::time_out(app, now, id).await?;
        return Ok(SaveEssayError::DeadlinePassed);
    }
    Err(Failure::Inconsistent(format!(
        "attempt {id} runs and is not in the queue"
    )))
}
