//! Attempts: start, look, save, submit.
//!
//! Owns these four handlers; the journeys are `action`'s.

use super::essay::EssayState;
use super::extract::{Bearer, Body, Now, OptionalBody, Path, Speaks};
use super::fields::{Fields, Node};
use super::moment::{remaining_ms, unix_ms};
use super::paper::{AttemptState, Outcome, ResponseItem, items};
use super::problem::{Problem, ProblemDocument};
use super::sheet::Sheet;
use crate::action::Failure;
use crate::action::finish_attempt::{self, FinishError, Finished};
use crate::action::resume_attempt::{ResumeError, Resumed, resume_attempt};
use crate::action::save_responses::{SaveError, SaveOutcome, save_responses};
use crate::action::start_attempt::{StartError, Started, start_attempt};
use crate::app::App;
use crate::domain::catalog::Catalog;
use crate::domain::contest::CountedPrediction;
use crate::domain::draft::Draft;
use crate::domain::ids::{AttemptId, ParticipantId};
use crate::domain::round::Round;
use crate::i18n::Lang;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;

/// Starts an attempt, or returns the one that runs.
#[utoipa::path(post, path = "/contests/{contest}/rounds/{n}/attempts", tag = "attempts",
    params(("contest" = String, Path, description = "Address of the contest"), ("n" = u16, Path, description = "Round")),
    security(("bearer" = [])),
    responses((status = 201, body = AttemptState), (status = 200, body = AttemptState, description = "The running one"),
        (status = 401, body = ProblemDocument), (status = 404, body = ProblemDocument),
        (status = 409, body = ProblemDocument, description = "round-not-open (opens_at), round-ended (closed_at), \
        attempts-exhausted (limit), wait-between-attempts (until), turn-not-come (opens_at, closed_at), turn-over (closed_at), no-turn, too-young, \
        past-age, excluded")))]
pub async fn start(
    Now(now): Now,
    State(app): State<App>,
    Speaks(lang): Speaks,
    who: Bearer,
    Path((slug, number)): Path<(String, u16)>,
    OptionalBody(body): OptionalBody,
) -> Result<(StatusCode, AttemptState), Problem> {
    nothing_in(body)?;
    let catalog = app.catalog();
    let contest = catalog.find(&slug).ok_or(Problem::NotFound)?;
    let round = contest.round(number).ok_or(Problem::NotFound)?;
    let person = who.person(&app, contest).await?;
    let started = start_attempt(&app, now, contest, round, &person).await?;
    let (status, resumed) = match started {
        Started::New(attempt) => (StatusCode::CREATED, Resumed::Running(*attempt, Draft::default())),
        Started::Running(id) => (
            StatusCode::OK,
            Box::pin(resume_attempt(&app, now, person.id, id)).await?,
        ),
    };
    Ok((status, state(&app, lang, now, person.id, resumed).await?))
}

/// The attempt with what is saved, or its outcome.
#[utoipa::path(get, path = "/attempts/{attempt}", tag = "attempts",
    params(("attempt" = String, Path, description = "Id of the attempt")), security(("bearer" = [])),
    responses((status = 200, body = AttemptState), (status = 401, body = ProblemDocument),
        (status = 404, body = ProblemDocument)))]
pub async fn show(
    Now(now): Now,
    State(app): State<App>,
    Speaks(lang): Speaks,
    Bearer(login): Bearer,
    Path(id): Path<AttemptId>,
) -> Result<AttemptState, Problem> {
    let resumed = resume_attempt(&app, now, login.participant, id).await?;
    state(&app, lang, now, login.participant, resumed).await
}

/// What was saved.
#[derive(Debug, Serialize, ToSchema)]
pub struct Saved {
    /// Questions whose choice now stands as sent.
    saved: Vec<u16>,
    /// Questions with a choice.
    answered: u16,
    /// Choices that another device made later and that stand instead of those sent.
    stale: Vec<ResponseItem>,
    /// A prediction that was made later and stands instead of the one sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    stale_prediction: Option<StalePrediction>,
    /// Milliseconds left.
    remaining_ms: i64,
    /// The server's time, milliseconds since 1970.
    now_ms: i64,
}

/// A prediction that stands instead of the one sent.
#[derive(Debug, Serialize, ToSchema)]
pub struct StalePrediction {
    /// The number.
    value: Option<i64>,
    /// How new it is.
    revision: u64,
}

/// Saves answers while the clock runs. Send what changed, several answers in one call if you like: one attempt may make 200
/// calls in 10 seconds. Beyond that the answer is 429 with `Retry-After`; nothing of that call is kept, nothing saved before
/// is lost, and the same call may be sent again after the pause. Submitting is not counted.
#[utoipa::path(put, path = "/attempts/{attempt}/responses", tag = "attempts",
    params(("attempt" = String, Path, description = "Id of the attempt")), security(("bearer" = [])),
    request_body = Sheet,
    responses((status = 200, body = Saved), (status = 401, body = ProblemDocument),
        (status = 404, body = ProblemDocument), (status = 422, body = ProblemDocument),
        (status = 429, body = ProblemDocument, description = "too-many (retry_after_s)"),
        (status = 409, body = ProblemDocument, description = "attempt-finished or deadline-passed (outcome)")))]
pub async fn save(
    Now(now): Now,
    State(app): State<App>,
    Bearer(login): Bearer,
    Path(id): Path<AttemptId>,
    Body(body): Body,
) -> Result<Json<Saved>, Problem> {
    let sheet = read(&app.catalog(), id, body, true)?;
    let who = login.participant;
    match save_responses(&app, now, who, id, &sheet.changes(), sheet.prediction).await {
        Ok(outcome) => Ok(Json(Saved::new(now, &sheet, &outcome))),
        Err(error) => Err(Box::pin(not_saved(&app, now, who, id, &sheet, error)).await),
    }
}

/// Submits the attempt. Answers in the body are laid over those saved; without a body the saved ones are submitted. The
/// same request again returns the same outcome.
#[utoipa::path(post, path = "/attempts/{attempt}/submit", tag = "attempts",
    params(("attempt" = String, Path, description = "Id of the attempt")), security(("bearer" = [])),
    request_body = Option<Sheet>,
    responses((status = 200, body = Outcome), (status = 401, body = ProblemDocument),
        (status = 404, body = ProblemDocument), (status = 422, body = ProblemDocument),
        (status = 409, body = ProblemDocument, description = "attempt-finished or deadline-passed (outcome)")))]
pub async fn submit(
    Now(now): Now,
    State(app): State<App>,
    Bearer(login): Bearer,
    Path(id): Path<AttemptId>,
    OptionalBody(body): OptionalBody,
) -> Result<Json<Outcome>, Problem> {
    let sheet = match body {
        Some(body) => read(&app.catalog(), id, body, false)?,
        None => Sheet::default(),
    };
    let given = sheet.given();
    let submitted = finish_attempt::submit(&app, now, login.participant, id, &given, sheet.prediction).await;
    // Read after the action, so that a round published meanwhile is told as published.
    let catalog = app.catalog();
    let round = round_of(&catalog, id)?;
    let outcome = |finished: Finished| Outcome::new(round, finished.submission);
    match submitted {
        Ok(finished) => Ok(Json(outcome(finished))),
        Err(FinishError::NotFound) => Err(Problem::NotFound),
        Err(FinishError::Invalid(question, error)) => {
            Err(Problem::Invalid(vec![sheet.fault(question, error)]))
        }
        Err(FinishError::TooLate(finished)) => {
            Err(Problem::DeadlinePassed(Some(Box::new(outcome(*finished)))))
        }
        Err(FinishError::AlreadyFinished(finished)) => {
            Err(Problem::Finished(Some(Box::new(outcome(*finished)))))
        }
        Err(FinishError::Failed(failure)) => Err(Problem::Failed(failure)),
    }
}

/// A start takes no body; an empty object is none.
fn nothing_in(body: Option<Node>) -> Result<(), Problem> {
    let Some(node) = body else { return Ok(()) };
    let faults = Fields::open("", node).map_or_else(|fault| vec![fault], Fields::close);
    if faults.is_empty() {
        Ok(())
    } else {
        Err(Problem::Invalid(faults))
    }
}

fn round_of(catalog: &Catalog, id: AttemptId) -> Result<&Round, Problem> {
    catalog
        .find_round(id.round())
        .map(|(_, round)| round)
        .ok_or(Problem::NotFound)
}

fn read(catalog: &Catalog, id: AttemptId, body: Node, needs_responses: bool) -> Result<Sheet, Problem> {
    Sheet::read(body, round_of(catalog, id)?, needs_responses).map_err(Problem::Invalid)
}

async fn state(
    app: &App,
    lang: Lang,
    now: OffsetDateTime,
    who: ParticipantId,
    resumed: Resumed,
) -> Result<AttemptState, Problem> {
    let id = resumed.id();
    let catalog = app.catalog();
    let (contest, round) = catalog.find_round(id.round()).ok_or(Problem::NotFound)?;
    let asks = asks_prediction(app, round, who, id).await?;
    let essay = match resumed {
        Resumed::Running(..) => EssayState::of(app, round, who).await?,
        Resumed::Finished(..) => None,
    };
    Ok(AttemptState::new(
        (lang, now),
        contest,
        round,
        resumed,
        asks,
        essay,
    )?)
}

/// Whether an attempt still takes a prediction: where it is locked, one given in an earlier attempt stands.
async fn asks_prediction(
    app: &App,
    round: &Round,
    who: ParticipantId,
    id: AttemptId,
) -> Result<bool, Failure> {
    let asked = round.rules.prediction.filter(|rules| rules.in_paper());
    match asked.map(|rules| rules.counted) {
        None => Ok(false),
        Some(CountedPrediction::OfCountedAttempt | CountedPrediction::First | CountedPrediction::Last) => {
            Ok(true)
        }
        Some(CountedPrediction::LockedOnce) => {
            let lines = app.reader.load_round_attempts(round.id, who).await?;
            Ok(!lines
                .iter()
                .any(|line| line.id != id && line.prediction.is_some()))
        }
    }
}

/// What a save that was refused is answered, with the outcome of an attempt that is finished.
async fn not_saved(
    app: &App,
    now: OffsetDateTime,
    who: ParticipantId,
    id: AttemptId,
    sheet: &Sheet,
    error: SaveError,
) -> Problem {
    match error {
        SaveError::NotFound => Problem::NotFound,
        SaveError::Invalid(question, error) => Problem::Invalid(vec![sheet.fault(question, error)]),
        SaveError::Finished => Problem::Finished(outcome(app, now, who, id).await),
        SaveError::DeadlinePassed => Problem::DeadlinePassed(outcome(app, now, who, id).await),
        SaveError::TooFast(wait) => Problem::TooMany(wait),
        SaveError::Failed(failure) => Problem::Failed(failure),
    }
}

/// The outcome of an attempt, if it is there already and can be read.
pub(super) async fn outcome(
    app: &App,
    now: OffsetDateTime,
    who: ParticipantId,
    id: AttemptId,
) -> Option<Box<Outcome>> {
    let Ok(Resumed::Finished(_, submission)) = resume_attempt(app, now, who, id).await else {
        return None;
    };
    let catalog = app.catalog();
    let (_, round) = catalog.find_round(id.round())?;
    Some(Box::new(Outcome::new(round, submission)))
}

impl Saved {
    fn new(now: OffsetDateTime, sheet: &Sheet, outcome: &SaveOutcome) -> Self {
        let stale = &outcome.stale;
        let stands = |item: &&ResponseItem| !stale.responses.contains_key(&item.question);
        Self {
            saved: sheet
                .responses
                .iter()
                .filter(stands)
                .map(|item| item.question)
                .collect(),
            answered: outcome.answered,
            stale: items(stale),
            stale_prediction: stale.prediction.map(|given| StalePrediction {
                value: given.value,
                revision: given.revision,
            }),
            remaining_ms: remaining_ms(now, outcome.deadline),
            now_ms: unix_ms(now),
        }
    }
}

impl From<StartError> for Problem {
    fn from(error: StartError) -> Self {
        match error {
            StartError::Refused(why) => Self::Admission(why),
            StartError::Excluded(why) => Self::Excluded(why),
            StartError::Failed(failure) => Self::Failed(failure),
        }
    }
}

impl From<ResumeError> for Problem {
    fn from(error: ResumeError) -> Self {
        match error {
            ResumeError::NotFound => Self::NotFound,
            ResumeError::Failed(failure) => Self::Failed(failure),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room<A, B, C, D, E, F: Future>(_: impl Fn(A, B, C, D, E) -> F) -> usize {
        size_of::<F>()
    }

    #[test]
    fn what_is_asked_thousands_of_times_a_second_is_small_to_move() {
        // Each request's future is boxed, and copied into the box with room for all that it may ever wait for. With what is
        // rare waited for in the open, a query of the database among it, both had more than six kilobytes.
        assert!(room(save) <= 1280, "{}", room(save));
        assert!(room(submit) <= 2048, "{}", room(submit));
    }
}
