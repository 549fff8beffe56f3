//! Pages for staff under `/quan-tri`: contests, the steps of a round, question sets, accounts, help desk, audit log.
//!
//! Owns their addresses. Every page asks for a log-in and a right, every form for its token; nothing here decides.

pub mod acts;
pub mod approve;
pub mod blockers;
pub mod calendar;
pub mod close;
pub mod contest;
pub mod contests;
pub mod desk;
pub mod download;
pub mod help_desk;
pub mod live;
pub mod log;
pub mod login;
pub mod papers;
pub mod questions;
pub mod ranking;
pub mod set_view;
pub mod staff;
pub mod ties;
pub mod winners;

use crate::app::App;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

/// Every address that staff use.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/quan-tri/dang-nhap", get(login::form).post(login::log_in))
        .route("/quan-tri/dang-xuat", post(login::log_out))
        .route("/quan-tri", get(contests::page))
        .route("/quan-tri/cuoc-thi/{contest}", get(contest::page))
        .route("/quan-tri/nhan-su", get(staff::page).post(staff::add))
        .route(
            "/quan-tri/nhan-su/{login}/khoa",
            get(staff::disable_page).post(staff::disable),
        )
        .route(
            "/quan-tri/nhan-su/{login}/dat-lai",
            get(staff::reset_page).post(staff::reset),
        )
        .route("/quan-tri/nhat-ky", get(log::page))
        .route(
            "/quan-tri/cuoc-thi/{contest}/ma-mat-khau",
            get(help_desk::page).post(help_desk::help),
        )
        .route(
            "/quan-tri/cuoc-thi/{contest}/bo-cau-hoi",
            get(questions::page)
                .post(questions::check)
                .layer(DefaultBodyLimit::max(questions::MAX_UPLOAD)),
        )
        .route(
            "/quan-tri/cuoc-thi/{contest}/bo-cau-hoi/nap",
            post(questions::load),
        )
        .route(
            "/quan-tri/cuoc-thi/{contest}/van-ban",
            get(papers::page).post(papers::issue),
        )
        .route(
            "/quan-tri/cuoc-thi/{contest}/van-ban/danh-sach",
            post(papers::list),
        )
        .nest("/quan-tri/cuoc-thi/{contest}/vong/{n}", round_routes())
}

/// The steps of a round.
fn round_routes() -> Router<App> {
    Router::new()
        .route("/chot", get(close::page).post(close::close))
        .route("/xep-hang", get(ranking::page).post(ranking::rank))
        .route("/xep-hang/bang-nhau", get(ties::page).post(ties::decide))
        .route("/duyet", get(approve::page).post(approve::approve))
        .route("/cong-bo", get(approve::publish_page).post(approve::publish))
        .route("/xuat", post(download::download))
        .route("/van-ban", get(papers::page).post(papers::issue))
        .route("/van-ban/danh-sach", post(papers::list))
        .route("/gia-han", get(calendar::extend_page).post(calendar::extend))
        .route("/mo-lai", get(calendar::reopen_page).post(calendar::reopen))
}
