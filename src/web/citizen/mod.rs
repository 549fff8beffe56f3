//! Pages for citizens, one file per page or small group of pages.
//!
//! Owns their addresses; see each file for what it shows.

use crate::app::App;
use axum::Router;

/// Every address that citizens use.
pub fn routes() -> Router<App> {
    Router::new()
}
