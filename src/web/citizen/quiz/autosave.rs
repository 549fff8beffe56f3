//! Saving while the clock runs, and telling the script what is saved.
//!
//! Owns PUT `…/luu`, which asks Redis alone, and GET `…/trang-thai`. Both speak JSON and answer a missing log-in with a
//! status, because the script has its own words for it. A log-in ended elsewhere may save until the paper's own end: it
//! is checked by signature here, and against the database on every page.

use super::answers::MAX_REVISION;
use super::submit::choice_words;
use super::{AttemptPlace, Stop, json};
use crate::action::resume_attempt::{ResumeError, Resumed, resume_attempt};
use crate::action::save_responses::{Change, SaveError, SaveOutcome, save_responses};
use crate::app::App;
use crate::domain::attempt::milliseconds;
use crate::domain::draft::{Draft, RevisedPrediction};
use crate::domain::ids::ParticipantId;
use crate::domain::response::Choice;
use crate::domain::round::Round;
use crate::domain::submission::MAX_PREDICTION;
use crate::web::WebError;
use crate::web::form::is_foreign;
use crate::web::format;
use crate::web::frame::Frame;
use crate::web::visitor::{Visitor, current_participant};
use axum::body::Body;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde_json::{Value, json};
use time::OffsetDateTime;

/// Longest request, bytes: a paper of hundreds of questions fits.
const MAX_BODY: usize = 64 * 1024;
/// Most choices in one request.
const MAX_CHANGES: usize = 1_000;

/// What the script wants saved.
struct Wanted {
    changes: Vec<Change>,
    prediction: Option<RevisedPrediction>,
}

/// Saves what has changed.
pub(super) async fn save(
    State(app): State<App>,
    visitor: Visitor,
    place: Result<AttemptPlace, WebError>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let f = |place: &AttemptPlace| Frame::of(&app, &visitor, &place.at.contest);
    let (place, who, value) = match receive(&app, &visitor, place, &headers, body, MAX_BODY).await {
        Ok(received) => received,
        Err(stop) => return json::failure(stop),
    };
    let wanted = match read(&f(&place), &place, &value) {
        Ok(wanted) => wanted,
        Err(faults) => return json::faults(&faults),
    };
    match save_responses(
        &app,
        visitor.now,
        who,
        place.id,
        &wanted.changes,
        wanted.prediction,
    )
    .await
    {
        Ok(outcome) => saved(visitor.now, &wanted, &outcome),
        Err(SaveError::NotFound) => json::failure(WebError::NotFound.into()),
        Err(SaveError::Finished) => json::conflict("attempt-finished", &place.again_address()),
        Err(SaveError::DeadlinePassed) => json::conflict("deadline-passed", &place.late_address(visitor.now)),
        Err(SaveError::TooFast(wait)) => json::failure(WebError::TooMany(wait).into()),
        Err(SaveError::Invalid(number, error)) => json::faults(&[choice_words(&f(&place), number, error)]),
        Err(SaveError::Failed(failure)) => json::failure(WebError::from(failure).into()),
    }
}

/// Who sends it, by the signature of the log-in, and what, at most `limit` bytes of it.
pub(super) async fn receive(
    app: &App,
    visitor: &Visitor,
    place: Result<AttemptPlace, WebError>,
    headers: &HeaderMap,
    body: Body,
    limit: usize,
) -> Result<(AttemptPlace, ParticipantId, Value), Stop> {
    let place = place?;
    if is_foreign(app, headers) {
        return Err(WebError::ForeignForm.into());
    }
    let text = |name| {
        headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    };
    if !text(CONTENT_TYPE.as_str()).starts_with("application/json") {
        return Err(WebError::BadForm.into());
    }
    let body = axum::body::to_bytes(body, limit)
        .await
        .map_err(|_| WebError::TooLarge)?;
    let value: Value = serde_json::from_slice(&body).map_err(|_| WebError::BadForm)?;
    let login = visitor.login(app, place.at.contest.id);
    let who = login
        .ok_or_else(|| Stop::log_in(&place.at, &place.address()))?
        .participant;
    let token = value.get("token").and_then(Value::as_str).unwrap_or_default();
    let known = app.keys.is_form_token(text("x-csrf"), &visitor.visit)
        || app.keys.is_attempt_token(token, place.id, who);
    if known {
        Ok((place, who, value))
    } else {
        Err(WebError::ForeignForm.into())
    }
}

/// Reads the request; every fault with its field.
fn read(f: &Frame, place: &AttemptPlace, value: &Value) -> Result<Wanted, Vec<(String, String)>> {
    let (mut changes, mut faults): (Vec<Change>, _) = (Vec::new(), Vec::new());
    let list = value.get("responses").unwrap_or(&Value::Null);
    let list = list
        .as_array()
        .map(Vec::as_slice)
        .or_else(|| list.is_null().then_some(&[]));
    match list.filter(|list| list.len() <= MAX_CHANGES) {
        None => faults.push(("responses".to_owned(), f.t("quiz-fault-question"))),
        Some(list) => {
            for one in list {
                match read_change(f, one) {
                    Ok(change) if changes.iter().any(|other| other.question == change.question) => {
                        faults.push((
                            format!("q{}", change.question),
                            f.n("quiz-fault-twice", change.question),
                        ));
                    }
                    Ok(change) => changes.push(change),
                    Err(fault) => faults.push(fault),
                }
            }
        }
    }
    let prediction = match value.get("prediction") {
        None | Some(Value::Null) => None,
        Some(_) if asks_none(&place.at.round) => {
            faults.push(("prediction".to_owned(), f.t("quiz-fault-not-asked")));
            None
        }
        Some(given) => {
            let read = read_prediction(given);
            if read.is_none() {
                faults.push(("prediction".to_owned(), f.t("quiz-fault-prediction")));
            }
            read
        }
    };
    if faults.is_empty() {
        Ok(Wanted { changes, prediction })
    } else {
        Err(faults)
    }
}

fn read_revision(value: &Value) -> Option<u64> {
    value
        .get("revision")?
        .as_u64()
        .filter(|revision| (1..=MAX_REVISION).contains(revision))
}

fn read_change(f: &Frame, value: &Value) -> Result<Change, (String, String)> {
    let number = value
        .get("question")
        .and_then(Value::as_u64)
        .and_then(|number| u16::try_from(number).ok());
    let number = number.filter(|number| *number > 0);
    let number = number.ok_or_else(|| ("responses".to_owned(), f.t("quiz-fault-question")))?;
    let options = value
        .get("options")
        .and_then(Value::as_array)
        .and_then(|options| read_labels(options));
    let choice = options.ok_or_else(|| (format!("q{number}"), f.n("quiz-fault-option", number)))?;
    let revision = read_revision(value);
    let revision = revision.ok_or_else(|| (format!("r{number}"), f.n("quiz-fault-revision", number)))?;
    Ok(Change {
        question: number,
        labels: choice.labels(),
        revision,
    })
}

fn read_labels(options: &[Value]) -> Option<Choice> {
    let one = |option: &Value| {
        option
            .as_str()
            .filter(|label| label.len() == 1)
            .map(str::to_owned)
    };
    if options.len() > crate::domain::question::MAX_OPTIONS {
        return None;
    }
    Choice::parse(&options.iter().map(one).collect::<Option<String>>()?)
}

/// Whether papers of a round ask for no prediction.
fn asks_none(round: &Round) -> bool {
    round.rules.prediction.is_none_or(|rules| !rules.in_paper())
}

fn read_prediction(value: &Value) -> Option<RevisedPrediction> {
    let revision = read_revision(value)?;
    match value.get("value")? {
        Value::Null => Some(RevisedPrediction {
            value: None,
            revision,
        }),
        number => {
            let number = number
                .as_i64()
                .filter(|number| (0..=MAX_PREDICTION).contains(number))?;
            Some(RevisedPrediction {
                value: Some(number),
                revision,
            })
        }
    }
}

fn saved(now: OffsetDateTime, wanted: &Wanted, outcome: &SaveOutcome) -> Response {
    let newer = |change: &&Change| !outcome.stale.responses.contains_key(&change.question);
    let saved: Vec<Value> = wanted
        .changes
        .iter()
        .filter(newer)
        .map(|change| json!({ "question": change.question, "revision": change.revision }))
        .collect();
    let mut body = json!({
        "saved": saved,
        "stale": responses(&outcome.stale),
        "answered": outcome.answered,
    });
    add(&mut body, "prediction", prediction(&outcome.stale));
    add_clock(&mut body, now, outcome.deadline);
    json::reply(StatusCode::OK, body)
}

fn responses(draft: &Draft) -> Vec<Value> {
    let line = |(number, revised): (&u16, &crate::domain::draft::RevisedResponse)| json!({ "question": number, "options": revised.response.choice.label_list(), "revision": revised.revision });
    draft.responses.iter().map(line).collect()
}

fn prediction(draft: &Draft) -> Option<Value> {
    draft
        .prediction
        .map(|given| json!({ "value": given.value, "revision": given.revision }))
}

fn add(body: &mut Value, name: &str, value: Option<Value>) {
    if let (Some(fields), Some(value)) = (body.as_object_mut(), value) {
        fields.insert(name.to_owned(), value);
    }
}

fn add_clock(body: &mut Value, now: OffsetDateTime, deadline: OffsetDateTime) {
    add(body, "now_ms", Some(format::unix_ms(now).into()));
    add(body, "remaining_ms", Some(milliseconds(now, deadline).into()));
}

/// What is saved, or that the paper is finished.
pub(super) async fn state(
    State(app): State<App>,
    visitor: Visitor,
    place: Result<AttemptPlace, WebError>,
) -> Response {
    match read_state(&app, &visitor, place).await {
        Ok(body) => json::reply(StatusCode::OK, body),
        Err(stop) => json::failure(stop),
    }
}

async fn read_state(
    app: &App,
    visitor: &Visitor,
    place: Result<AttemptPlace, WebError>,
) -> Result<Value, Stop> {
    let place = place?;
    let who = current_participant(app, visitor, &place.at.contest).await?;
    let who = who.ok_or_else(|| Stop::log_in(&place.at, &place.address()))?;
    match resume_attempt(app, visitor.now, who.id, place.id).await {
        Ok(Resumed::Running(attempt, draft)) => {
            let mut body = json!({ "finished": false, "responses": responses(&draft) });
            add(&mut body, "prediction", prediction(&draft));
            add_clock(&mut body, visitor.now, attempt.deadline);
            Ok(body)
        }
        Ok(Resumed::Finished(..)) => Ok(json!({ "finished": true, "location": place.result_address() })),
        Err(ResumeError::NotFound) => Err(WebError::NotFound.into()),
        Err(ResumeError::Failed(failure)) => Err(WebError::from(failure).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room<A, B, C, D, E, F: Future>(_: impl Fn(A, B, C, D, E) -> F) -> usize {
        size_of::<F>()
    }

    #[test]
    fn a_save_is_small_to_move() {
        // As in the API: room for what is rare would be copied with every save.
        assert!(room(save) <= 3072, "{}", room(save));
    }
}
