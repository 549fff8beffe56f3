//! Giving the prediction that a round asks for after the paper.
//!
//! Owns the order: the attempt is finished and the round asks afterwards, then round and person are held while the rule
//! decides, so that nothing is taken once the round is sealed. The same request again changes nothing.

use super::Failure;
use crate::app::App;
use crate::domain::access::Turn;
use crate::domain::catalog::Contest;
use crate::domain::ids::{AttemptId, ParticipantId};
use crate::domain::prediction::{Asking, Given, Window, asking};
use crate::domain::round::Round;
use crate::domain::submission::Submission;
use time::{Duration, OffsetDateTime};

/// Why a prediction was not taken.
#[derive(Debug)]
pub enum GiveError {
    /// No such attempt, or somebody else's.
    NotFound,
    /// The round asks for none after the paper.
    NotAsked,
    /// A rule.
    Refused(Refused),
    /// Something failed; asking again is safe.
    Failed(Failure),
}

/// The rule that refuses a prediction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// The attempt is not handed in yet.
    Running,
    /// One given before stands.
    Stands(Given),
    /// The time for it was over at that moment.
    Over(OffsetDateTime),
}

impl<E: Into<Failure>> From<E> for GiveError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Keeps `value` as the prediction of a finished attempt; the caller has checked its range.
pub async fn give_prediction(
    app: &App,
    now: OffsetDateTime,
    who: ParticipantId,
    id: AttemptId,
    value: i64,
) -> Result<(), GiveError> {
    let stored = app
        .store
        .find_attempt(id)
        .await?
        .filter(|stored| stored.attempt.participant == who);
    let stored = stored.ok_or(GiveError::NotFound)?;
    let catalog = app.catalog();
    let (contest, round) = catalog.find_round(id.round()).ok_or(GiveError::NotFound)?;
    let rules = round.rules.prediction.filter(|rules| !rules.in_paper());
    let rules = rules.ok_or(GiveError::NotAsked)?;
    let submission = stored.submission.ok_or(GiveError::Refused(Refused::Running))?;
    let turn_ends = turn_end(app, contest, round, &submission).await?;
    let mut tx = app.store.begin().await?;
    let facts = tx.lock_predictions(id.round(), who).await?;
    let own = Given {
        number: submission.number,
        value,
    };
    let window = Window {
        closes_at: turn_ends.map_or(facts.closes_at, |end| end.min(facts.closes_at)),
        sealed: facts.sealed,
        finished_at: submission.finished_at,
    };
    match asking(rules.counted, window, now, submission.number, &facts.given) {
        Asking::Open { before, .. } if before == Some(value) => Ok(()),
        Asking::Open { .. } => {
            tx.put_prediction(&submission, value, now).await?;
            tx.commit().await?;
            Ok(())
        }
        Asking::Stands(given) if given == own => Ok(()),
        Asking::Stands(given) => Err(GiveError::Refused(Refused::Stands(given))),
        Asking::Over => Err(GiveError::Refused(Refused::Over(window.until()))),
    }
}

/// When the turn ends in which a paper was begun; `None` where groups take no turns. A group whose turn is over would know more
/// of the count than it did in its turn.
pub async fn turn_end(
    app: &App,
    contest: &Contest,
    round: &Round,
    submission: &Submission,
) -> Result<Option<OffsetDateTime>, Failure> {
    // Most contests have no turns: nobody is looked up for them.
    if contest.windows(round).is_empty() {
        return Ok(None);
    }
    let person = app.reader.find_participant(submission.participant).await?;
    let began_at = submission.finished_at - Duration::milliseconds(submission.duration_ms);
    let turn = person.map(|person| contest.turn(round, person.entering(), began_at));
    Ok(match turn {
        Some(Turn::Now(until)) => Some(until),
        // An account that was moved to another group keeps the time of the round.
        Some(Turn::Free | Turn::Later { .. } | Turn::Over(_) | Turn::Never) | None => None,
    })
}
