//! The rules of a contest as forms: every key of `contest.toml` in a box, checked as the file is, loaded as the folder is.
//!
//! Owns the addresses. A form becomes the text of `contest.toml`, which the reader of that file judges: what is true in a
//! file is true in a form. The draft lives in Redis; nothing reaches the database before the load.
//!
//! | file | holds |
//! | --- | --- |
//! | `tables`, `spec`, `typed` | which boxes there are; what is typed and what the file says |
//! | `apply`, `faults` | a sent form into the rules; faults to their boxes |
//! | `maker`, `view`, `difference` | boxes ready to print; what a draft changes, in sentences |
//! | `desk`, `overview`, `section`, `file` | the pages |

pub mod apply;
pub mod desk;
pub mod difference;
pub mod faults;
pub mod file;
pub mod maker;
pub mod overview;
pub mod section;
pub mod spec;
pub mod tables;
pub mod typed;
pub mod view;

use crate::app::App;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

/// Every address of the rules.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/", get(overview::page))
        .route("/nap", post(overview::load))
        .route("/bo", post(overview::drop_draft))
        .route("/tiep", post(overview::follow))
        .route("/contest.toml", get(file::download))
        .route(
            "/tep",
            post(file::upload).layer(DefaultBodyLimit::max(file::MAX_REQUEST)),
        )
        .route("/{section}", get(section::page).post(section::save))
}
