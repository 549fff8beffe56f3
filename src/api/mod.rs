//! The JSON API, `/api/v1`: the citizen's journeys for programs.
//!
//! Owns the form of requests and answers, problem documents and their words; every decision is made by `action`, and `serve`
//! joins [`routes`] with the pages. [`openapi`] describes it to clients.

pub mod attempts;
pub mod contest_results;
pub mod contests;
pub mod essay;
pub mod extract;
pub mod fields;
pub mod messages;
pub mod moment;
pub mod openapi;
pub mod paper;
pub mod participants;
pub mod prediction;
pub mod problem;
pub mod results;
pub mod sheet;
pub mod turns;

use crate::app::App;
use crate::web::reading::reading;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{any, get, post, put};

/// Largest body of a request, in bytes: a paper of a hundred questions with every option chosen fits several times. Essays have
/// a limit of their own, [`essay::MAX_BODY`].
pub const MAX_BODY: usize = 16 * 1024;

/// The API at its address, with an answer in its own form for every other address below `/api`. Whoever serves it passes every
/// answer to [`problem::finish`] and lets no body through that is larger than [`MAX_BODY`].
pub fn routes(app: &App) -> Router<App> {
    // Written out: a nested router rewrites the address of every request.
    Router::new()
        .route("/api/v1/openapi.json", get(openapi::show))
        .route("/api/v1/contests", get(contests::list))
        .route("/api/v1/contests/{contest}", get(contests::show))
        .route(
            "/api/v1/contests/{contest}/participants",
            post(participants::register),
        )
        .route("/api/v1/contests/{contest}/login", post(participants::log_in))
        .route(
            "/api/v1/contests/{contest}/rounds/{n}/attempts",
            post(attempts::start),
        )
        .route("/api/v1/attempts/{attempt}", get(attempts::show))
        .route("/api/v1/attempts/{attempt}/responses", put(attempts::save))
        .route("/api/v1/attempts/{attempt}/submit", post(attempts::submit))
        .route("/api/v1/attempts/{attempt}/prediction", put(prediction::give))
        .route(
            "/api/v1/attempts/{attempt}/essay",
            put(essay::save).layer(DefaultBodyLimit::max(essay::MAX_BODY)),
        )
        .merge(reading(app, public_routes))
        .route("/api", any(problem::no_such_address))
        .route("/api/", any(problem::no_such_address))
        .route("/api/{*rest}", any(problem::no_such_address))
}

/// Results: the same for everybody, and good enough when a few seconds old.
fn public_routes() -> Router<App> {
    Router::new()
        .route(
            "/api/v1/contests/{contest}/rounds/{n}/results",
            get(results::show),
        )
        .route("/api/v1/contests/{contest}/results", get(contest_results::show))
}
