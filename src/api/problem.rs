//! Problem documents (RFC 9457): what a client gets when it does not get what it asked for.
//!
//! Owns status, reason and facts of every refusal. A failure of ours is logged once, here, with a reference; the client
//! gets the reference, never the cause.

use super::MAX_BODY;
use super::extract::preferred;
use super::fields::Fault;
use super::messages::{self, local};
use super::moment::Moment;
use super::paper::Outcome;
use crate::action::Failure;
use crate::action::give_prediction::Refused;
use crate::app::App;
use crate::domain::access::PersonBar;
use crate::domain::round::AdmitError;
use crate::i18n::Lang;
use axum::body::Body;
use axum::http::header::{
    CONTENT_LANGUAGE, CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER, VARY, WWW_AUTHENTICATE,
};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::sync::Arc;
use utoipa::ToSchema;

/// Media type of a problem document.
const PROBLEM_JSON: HeaderValue = HeaderValue::from_static("application/problem+json");
/// Seconds after which a store that was away is asked again.
const AWAY_S: u64 = 5;
/// Seconds after which a full queue has gone down.
const BUSY_S: u64 = 2;

/// Why a request was not done.
#[derive(Debug)]
pub enum Problem {
    /// No token, or none that holds.
    NoLogin,
    /// Phone or password.
    WrongLogin,
    /// Not there, or somebody else's.
    NotFound,
    /// Results are not public yet.
    NotPublished,
    /// A rule of the round.
    Admission(AdmitError),
    /// The last round of the contest has closed.
    ContestOver(time::OffsetDateTime),
    /// Submitted before; with what stands, where known.
    Finished(Option<Box<Outcome>>),
    /// Deadline and grace have passed; with what stands, where known.
    DeadlinePassed(Option<Box<Outcome>>),
    /// A rule about predictions after the paper.
    Prediction(Refused),
    /// The phone is registered.
    AlreadyRegistered,
    /// The organisers issue the accounts of this contest.
    AccountsIssued,
    /// The rules bar the person, for this reason.
    Excluded(String),
    /// Faults of fields.
    Invalid(Vec<Fault>),
    /// Not JSON.
    Malformed,
    /// Not said to be JSON.
    NotJson,
    /// Larger than any good request.
    TooLarge,
    /// The address takes other methods.
    WrongMethod,
    /// Too many tries; seconds to wait.
    TooMany(u64),
    /// Something failed here.
    Failed(Failure),
    /// An answer of a layer below without words.
    Other(StatusCode),
}

impl<E: Into<Failure>> From<E> for Problem {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// The body of a problem document; `facts` are members of their own.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemDocument {
    /// Identifies the kind of problem, `urn:hoithi:problem:` and the reason.
    #[serde(rename = "type")]
    kind: String,
    /// A few words, in the language asked for.
    title: String,
    /// HTTP status.
    status: u16,
    /// A sentence, in the language asked for.
    detail: String,
    /// The kind of problem, for programs.
    #[schema(example = "round-not-open")]
    reason: &'static str,
    /// `opens_at`, `closed_at`, `until`, `limit`, `prediction`, `outcome`, `errors`, `retry_after_s`, `reference`, as the reason has them.
    #[serde(flatten)]
    facts: Map<String, Value>,
}

/// One faulty field of a 422.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldFault {
    /// Path of the field, as in `responses[2].question`.
    field: String,
    /// What is wrong with it.
    message: String,
}

impl Problem {
    fn status(&self) -> StatusCode {
        match self {
            Self::NoLogin | Self::WrongLogin => StatusCode::UNAUTHORIZED,
            Self::NotFound | Self::NotPublished => StatusCode::NOT_FOUND,
            Self::Admission(_)
            | Self::ContestOver(_)
            | Self::Finished(_)
            | Self::DeadlinePassed(_)
            | Self::Prediction(_)
            | Self::AlreadyRegistered
            | Self::AccountsIssued
            | Self::Excluded(_) => StatusCode::CONFLICT,
            Self::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Malformed => StatusCode::BAD_REQUEST,
            Self::NotJson => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Failed(failure) if wait_of(failure).is_some() => StatusCode::SERVICE_UNAVAILABLE,
            Self::Failed(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Other(status) => *status,
        }
    }

    fn reason(&self) -> &'static str {
        match self {
            Self::NoLogin => "no-login",
            Self::WrongLogin => "wrong-login",
            Self::NotFound => "not-found",
            Self::NotPublished => "not-published",
            Self::Admission(AdmitError::NotOpen(_)) => "round-not-open",
            Self::Admission(AdmitError::Ended(_)) | Self::ContestOver(_) => "round-ended",
            Self::Admission(AdmitError::Exhausted(_)) => "attempts-exhausted",
            Self::Admission(AdmitError::Wait(_)) => "wait-between-attempts",
            Self::Admission(AdmitError::Held) => "round-not-opened",
            Self::Admission(AdmitError::Paused) => "round-paused",
            Self::Admission(AdmitError::UsedUp(_)) => "contest-attempts-exhausted",
            Self::Admission(AdmitError::NotQualified) => "not-qualified",
            Self::Admission(AdmitError::Person(PersonBar::Later { .. })) => "turn-not-come",
            Self::Admission(AdmitError::Person(PersonBar::Over(_))) => "turn-over",
            Self::Admission(AdmitError::Person(PersonBar::Never)) => "no-turn",
            Self::Admission(AdmitError::Person(PersonBar::TooYoung(..))) => "too-young",
            Self::Admission(AdmitError::Person(PersonBar::PastAge(..))) => "past-age",
            Self::Finished(_) => "attempt-finished",
            Self::DeadlinePassed(_) => "deadline-passed",
            Self::Prediction(Refused::Running) => "attempt-running",
            Self::Prediction(Refused::Stands(_)) => "prediction-stands",
            Self::Prediction(Refused::Over(_)) => "prediction-over",
            Self::AlreadyRegistered => "already-registered",
            Self::AccountsIssued => "accounts-issued",
            Self::Excluded(_) => "excluded",
            Self::Invalid(_) => "invalid",
            Self::Malformed => "malformed",
            Self::NotJson => "not-json",
            Self::TooLarge => "too-large",
            Self::WrongMethod => "wrong-method",
            Self::TooMany(_) => "too-many",
            Self::Failed(Failure::Busy) => "busy",
            Self::Failed(Failure::Unknown(_)) => "outcome-unknown",
            Self::Failed(failure) if wait_of(failure).is_some() => "unavailable",
            Self::Other(status) if status.is_client_error() => "malformed",
            Self::Failed(_) | Self::Other(_) => "internal",
        }
    }

    /// Seconds until asking again makes sense.
    fn wait(&self) -> Option<u64> {
        match self {
            Self::TooMany(wait) => Some(*wait),
            Self::Failed(failure) => wait_of(failure),
            _ => None,
        }
    }

    /// What the detail names.
    fn fact(&self, reference: Option<&str>) -> String {
        match self {
            Self::Admission(
                AdmitError::NotOpen(at)
                | AdmitError::Ended(at)
                | AdmitError::Wait(at)
                | AdmitError::Person(PersonBar::Later { from: at, .. } | PersonBar::Over(at)),
            )
            | Self::ContestOver(at)
            | Self::Prediction(Refused::Over(at)) => local(*at),
            Self::Prediction(Refused::Stands(given)) => given.value.to_string(),
            Self::Admission(AdmitError::Person(PersonBar::TooYoung(age, _) | PersonBar::PastAge(age, _))) => {
                age.to_string()
            }
            Self::Admission(AdmitError::Exhausted(limit) | AdmitError::UsedUp(limit)) => limit.to_string(),
            Self::Excluded(why) => why.clone(),
            Self::TooLarge => MAX_BODY.to_string(),
            _ => match self.wait() {
                Some(wait) => wait.to_string(),
                None => reference.unwrap_or_default().to_owned(),
            },
        }
    }

    /// The members of the document that carry facts.
    fn facts(&self, lang: Lang) -> Value {
        match self {
            Self::Admission(AdmitError::NotOpen(at)) => json!({ "opens_at": Moment(*at) }),
            Self::Admission(AdmitError::Ended(at))
            | Self::ContestOver(at)
            | Self::Prediction(Refused::Over(at)) => {
                json!({ "closed_at": Moment(*at) })
            }
            Self::Prediction(Refused::Stands(given)) => json!({ "prediction": given.value }),
            Self::Admission(AdmitError::Exhausted(limit) | AdmitError::UsedUp(limit)) => {
                json!({ "limit": limit })
            }
            Self::Admission(AdmitError::Wait(until)) => json!({ "until": Moment(*until) }),
            Self::Admission(AdmitError::Person(PersonBar::Later { from, to })) => {
                json!({ "opens_at": Moment(*from), "closed_at": Moment(*to) })
            }
            Self::Admission(AdmitError::Person(PersonBar::Over(at))) => json!({ "closed_at": Moment(*at) }),
            Self::Finished(Some(outcome)) | Self::DeadlinePassed(Some(outcome)) => {
                json!({ "outcome": outcome })
            }
            Self::TooLarge => json!({ "limit": MAX_BODY }),
            Self::Invalid(faults) => {
                let told = |fault: &Fault| FieldFault {
                    field: fault.field.clone(),
                    message: messages::fault(lang, fault.kind),
                };
                json!({ "errors": faults.iter().map(told).collect::<Vec<_>>() })
            }
            _ => self
                .wait()
                .map_or_else(|| json!({}), |wait| json!({ "retry_after_s": wait })),
        }
    }

    /// Logs a failure of ours under the reference that the client is given.
    fn log(&self, status: StatusCode, reference: &str) {
        let cause = match self {
            Self::Failed(failure) => failure.to_string(),
            _ => status.to_string(),
        };
        if status == StatusCode::SERVICE_UNAVAILABLE {
            tracing::warn!(reference, cause, "request not served for now");
        } else {
            tracing::error!(reference, cause, "request failed");
        }
    }
}

/// Seconds after which a failure may have passed; `None` for a fault that stays.
fn wait_of(failure: &Failure) -> Option<u64> {
    match failure {
        Failure::Busy | Failure::Unknown(_) => Some(BUSY_S),
        Failure::Session(crate::session::SessionError::Redis(_)) => Some(AWAY_S),
        Failure::Store(error) => error.is_away().then_some(AWAY_S),
        Failure::Session(crate::session::SessionError::Unreadable(_)) | Failure::Inconsistent(_) => None,
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

/// Answers an address that is none.
pub async fn no_such_address() -> Problem {
    Problem::NotFound
}

/// Writes every refusal as a problem document in the client's language, those of the router itself too; `asked` is what the
/// request said of languages.
pub fn finish(app: &App, asked: Option<&HeaderValue>, mut response: Response) -> Response {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    let problem = response.extensions_mut().remove::<Arc<Problem>>();
    let problem = problem.unwrap_or_else(|| Arc::new(unnamed(status)));
    document(app, preferred(asked), &problem, response)
}

/// The problem behind a refusal of the router.
fn unnamed(status: StatusCode) -> Problem {
    match status {
        StatusCode::NOT_FOUND => Problem::NotFound,
        StatusCode::METHOD_NOT_ALLOWED => Problem::WrongMethod,
        StatusCode::PAYLOAD_TOO_LARGE => Problem::TooLarge,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Problem::NotJson,
        other => Problem::Other(other),
    }
}

fn document(app: &App, lang: Lang, problem: &Problem, mut response: Response) -> Response {
    let status = problem.status();
    let reference = status.is_server_error().then(|| {
        let reference: String = app
            .entropy
            .bytes::<5>()
            .iter()
            .map(|byte| format!("{byte:02X}"))
            .collect();
        problem.log(status, &reference);
        reference
    });
    let reason = problem.reason();
    let (title, detail) = messages::problem(lang, reason, &problem.fact(reference.as_deref()));
    let mut facts = match problem.facts(lang) {
        Value::Object(facts) => facts,
        _ => Map::new(),
    };
    if let Some(reference) = reference {
        facts.insert("reference".to_owned(), Value::String(reference));
    }
    let kind = format!("urn:hoithi:problem:{reason}");
    let document = ProblemDocument {
        kind,
        title,
        status: status.as_u16(),
        detail,
        reason,
        facts,
    };
    // A document of texts and numbers can always be written; an empty body still carries the status.
    let body = serde_json::to_vec(&document).unwrap_or_default();
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.remove(CONTENT_LENGTH);
    headers.insert(CONTENT_TYPE, PROBLEM_JSON);
    headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(lang.tag()));
    headers.insert(VARY, HeaderValue::from_static("Accept-Language"));
    if status == StatusCode::UNAUTHORIZED {
        headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    if let Some(wait) = problem.wait() {
        headers.insert(RETRY_AFTER, HeaderValue::from(wait));
    }
    *response.body_mut() = Body::from(body);
    response
}

#[cfg(test)]
mod tests;
