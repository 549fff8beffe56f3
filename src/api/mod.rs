//! The JSON API, `/api/v1`: the citizen's journeys for programs.
//!
//! Owns the form of requests and answers, problem documents and their words; every decision is made by `action`, and `web`
//! merges [`mount`] with its pages. [`openapi`] describes it to clients.

pub mod attempts;
pub mod contests;
pub mod extract;
pub mod fields;
pub mod messages;
pub mod moment;
pub mod openapi;
pub mod paper;
pub mod participants;
pub mod problem;
pub mod results;
pub mod sheet;

use crate::app::App;
use crate::web::reading::reading;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{any, get, post, put};

/// Largest body of a request, in bytes: a paper of a hundred questions with every option chosen fits several times.
pub const MAX_BODY: usize = 16 * 1024;

/// The API at its address, with an answer in its own form for every other address below `/api`.
pub fn mount(app: &App) -> Router<App> {
    let elsewhere = Router::new()
        .route("/api", any(problem::no_such_address))
        .route("/api/", any(problem::no_such_address))
        .route("/api/{*rest}", any(problem::no_such_address))
        .layer(from_fn_with_state(app.clone(), problem::layer));
    Router::new().nest("/api/v1", router(app)).merge(elsewhere)
}

/// The routes, relative to `/api/v1`.
fn router(app: &App) -> Router<App> {
    Router::new()
        .route("/openapi.json", get(openapi::show))
        .route("/contests", get(contests::list))
        .route("/contests/{contest}", get(contests::show))
        .route("/contests/{contest}/participants", post(participants::register))
        .route("/contests/{contest}/login", post(participants::log_in))
        .route("/contests/{contest}/rounds/{n}/attempts", post(attempts::start))
        .route("/attempts/{attempt}", get(attempts::show))
        .route("/attempts/{attempt}/responses", put(attempts::save))
        .route("/attempts/{attempt}/submit", post(attempts::submit))
        .merge(reading(app, public_routes))
        .fallback(problem::no_such_address)
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(from_fn_with_state(app.clone(), problem::layer))
}

/// Results: the same for everybody, and good enough when a few seconds old.
fn public_routes() -> Router<App> {
    Router::new().route("/contests/{contest}/rounds/{n}/results", get(results::show))
}
