//! The description of the API, made from the handlers and types themselves.
//!
//! Owns the frame of the document; each path is described beside its handler.

use super::{attempts, contest_results, contests, essay, participants, prediction, problem, results};
use axum::Json;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::{Modify, OpenApi};

/// OpenAPI document of the API.
#[derive(Debug, OpenApi)]
#[openapi(
    info(
        title = "Hội thi",
        description = "Contests, registration, attempts and published results. Refusals are problem documents (RFC 9457) \
            with a `reason` for programs; `Accept-Language: en` gives their words in English. Times are RFC 3339 in UTC."
    ),
    servers((url = "/api/v1")),
    modifiers(&Login),
    paths(
        contests::list,
        contests::show,
        participants::register,
        participants::log_in,
        attempts::start,
        attempts::show,
        attempts::save,
        attempts::submit,
        prediction::give,
        essay::save,
        results::show,
        contest_results::show,
    ),
    components(schemas(problem::FieldFault))
)]
pub struct Document;

/// Adds the bearer token of log-in.
struct Login;

impl Modify for Login {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let components = document.components.get_or_insert_with(Default::default);
        components.add_security_scheme("bearer", SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)));
    }
}

/// The document.
pub async fn show() -> Response {
    (
        [(CACHE_CONTROL, "public, max-age=300")],
        Json(Document::openapi()),
    )
        .into_response()
}
