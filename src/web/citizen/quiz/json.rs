//! Answers that the quiz script reads: small JSON objects that nothing keeps.
//!
//! Owns their headers and how a failure looks in JSON; the script goes by the status first.

use super::Stop;
use crate::web::WebError;
use crate::web::error::ErrorPage;
use axum::Json;
use axum::http::header::{ACCEPT, CACHE_CONTROL, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// How long the script waits before it tries again, seconds; it adds a little of its own, so that many do not come at once.
const RETRY_S: u64 = 2;

/// Whether the sender reads JSON.
pub(super) fn wanted(headers: &HeaderMap) -> bool {
    let accepted = headers.get(ACCEPT).and_then(|value| value.to_str().ok());
    accepted.is_some_and(|accepted| accepted.contains("application/json"))
}

/// An answer.
pub(super) fn reply(status: StatusCode, body: Value) -> Response {
    let mut response = (status, Json(body)).into_response();
    response
        .headers_mut()
        .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// A refusal by a rule, with the page that explains it.
pub(super) fn conflict(reason: &str, location: &str) -> Response {
    reply(
        StatusCode::CONFLICT,
        json!({ "reason": reason, "location": location }),
    )
}

/// Fields that cannot be taken, each with its sentence; nothing was kept.
pub(super) fn faults(faults: &[(String, String)]) -> Response {
    let errors: Vec<Value> = faults
        .iter()
        .map(|(field, message)| json!({ "field": field, "message": message }))
        .collect();
    reply(StatusCode::UNPROCESSABLE_ENTITY, json!({ "errors": errors }))
}

/// A failure, without the page that browsers would be shown.
pub(super) fn failure(stop: Stop) -> Response {
    let error = match stop {
        Stop::LogIn(_) => return reply(StatusCode::UNAUTHORIZED, json!({ "reason": "not-logged-in" })),
        Stop::Error(error) => error,
    };
    let reason = match &error {
        WebError::NotFound => "not-found",
        WebError::Forbidden => "forbidden",
        WebError::ForeignForm => "foreign-form",
        WebError::BadForm => "malformed",
        WebError::TooLarge => "too-large",
        WebError::TooMany(_) => "too-many",
        WebError::WrongMethod => "wrong-method",
        WebError::Busy => "busy",
        WebError::Internal(_) => "internal",
    };
    let busy = matches!(error, WebError::Busy);
    let mut drawn = error.into_response();
    drawn.extensions_mut().remove::<ErrorPage>();
    let mut response = reply(drawn.status(), json!({ "reason": reason }));
    if busy {
        response
            .headers_mut()
            .insert(RETRY_AFTER, HeaderValue::from(RETRY_S));
    } else if let Some(wait) = drawn.headers_mut().remove(RETRY_AFTER) {
        response.headers_mut().insert(RETRY_AFTER, wait);
    }
    response
}
