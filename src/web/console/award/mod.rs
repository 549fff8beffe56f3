//! From the ranking to the award: checking candidates, decisions of two people, complaints.
//!
//! Owns the addresses of these pages below a round; the rules are `action`'s.

pub mod complaints;
mod complaints_file;
pub mod decision;
pub mod effect;
pub mod equals;
pub mod highest;
pub mod overall;
pub mod propose;
pub mod reminders;
pub mod review;
pub mod words;

use crate::app::App;
use axum::Router;
use axum::routing::{get, post};

/// The pages about prizes of the contest as a whole.
pub fn contest_routes() -> Router<App> {
    let path = "/quan-tri/cuoc-thi/{contest}/giai-chung";
    Router::new()
        .route(path, get(overall::page).post(overall::propose))
        .route(
            &format!("{path}/bang-nhau"),
            get(equals::page).post(equals::decide),
        )
        .route(&format!("{path}/giai-cao-nhat"), get(highest::page))
        .route(&format!("{path}/{{id}}"), get(overall::one).post(overall::answer))
}

/// The pages below a round.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/ra-soat", get(review::page).post(review::verify))
        .route("/quyet-dinh", get(decision::list))
        .route("/quyet-dinh/moi", get(propose::form).post(propose::send))
        .route("/quyet-dinh/dinh-chinh", post(propose::correct))
        .route("/quyet-dinh/{id}", get(decision::page).post(decision::answer))
        .route("/khieu-nai", get(complaints::page).post(complaints::note))
        .route("/khieu-nai/tai", post(complaints_file::download))
        .route("/khieu-nai/{id}", post(complaints::answer))
}
