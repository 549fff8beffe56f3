//! Fair-play review for the board: case sheets without names, what people find, places declared beforehand.
//!
//! Owns the addresses of these pages; what is seen is `domain::fair_play`'s, and nothing here changes a result.

pub mod list;
pub mod one;
pub mod places;
pub mod words;

use crate::app::App;
use axum::Router;
use axum::routing::{get, post};

/// The pages below a round.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/phieu", get(list::page))
        .route("/phieu/{case}", get(one::page).post(one::find))
        .route("/phieu/{case}/ten", post(one::reveal))
        .route("/phieu/{case}/tra-loi", post(one::hear))
}

/// The page below a contest.
pub fn contest_routes() -> Router<App> {
    Router::new().route(
        "/quan-tri/cuoc-thi/{contest}/noi-thi-chung",
        get(places::page).post(places::declare),
    )
}
