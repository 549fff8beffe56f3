//! Pages for staff under `/quan-tri`: contests, the steps of a round, question sets, accounts, help desk, audit log.
//!
//! Owns their addresses. Every page asks for a log-in and a right, every form for its token; nothing here decides.

pub mod accounts;
pub mod acts;
pub mod add;
pub mod alarm;
pub mod approve;
pub mod award;
pub mod bank;
pub mod bank_filter;
pub mod blockers;
pub mod board;
pub mod calendar;
pub mod cases;
pub mod check;
pub mod check_files;
pub mod check_view;
pub mod checked_media;
pub mod close;
pub mod contest;
pub mod contests;
pub mod data_requests;
pub mod desk;
pub mod diff_view;
pub mod download;
pub mod edit;
pub mod edit_form;
pub mod edit_media;
pub mod edit_place;
pub mod edit_review;
pub mod edit_sent;
pub mod effect;
pub mod emulation;
pub mod essays;
pub mod figure;
mod form_faults;
pub mod help_desk;
pub mod item;
pub mod items;
pub mod keeping;
pub mod live;
pub mod log;
pub mod login;
pub mod marker;
pub mod own_password;
pub mod papers;
pub mod person;
pub mod plot;
pub mod question;
pub mod questions;
pub mod ranking;
pub mod record_view;
pub mod remove;
pub mod rescore;
pub mod rescore_list;
pub mod rescore_view;
pub mod rescored;
pub mod rules_form;
pub mod sent_file;
pub mod set_history;
pub mod set_view;
pub mod spread;
pub mod staff;
pub mod ties;
pub mod winners;

use crate::app::App;
use crate::web::visitor::OWN_PASSWORD;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use axum::{Extension, Router};

/// Every address that staff use.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/quan-tri/dang-nhap", get(login::form).post(login::log_in))
        .route("/quan-tri/dang-xuat", post(login::log_out))
        .route(OWN_PASSWORD, get(own_password::page).post(own_password::change))
        .route("/quan-tri", get(contests::page))
        .route("/quan-tri/cuoc-thi/{contest}", get(contest::page))
        .merge(board_routes())
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
        .route("/quan-tri/nhat-ky/tai", post(log::download))
        .merge(emulation::routes())
        .route(
            "/quan-tri/cuoc-thi/{contest}/ma-mat-khau",
            get(help_desk::page).post(help_desk::help),
        )
        .nest("/quan-tri/cuoc-thi/{contest}/tai-khoan", account_routes())
        .route(
            "/quan-tri/cuoc-thi/{contest}/nguoi-du-thi/{person}",
            get(person::page).post(person::correct),
        )
        .route(
            "/quan-tri/cuoc-thi/{contest}/bo-cau-hoi",
            get(questions::page)
                .post(check::check)
                .layer(DefaultBodyLimit::max(sent_file::MAX_UPLOAD)),
        )
        .route(
            "/quan-tri/cuoc-thi/{contest}/bo-cau-hoi/tep/{token}/{name}",
            get(checked_media::show),
        )
        .route("/quan-tri/cuoc-thi/{contest}/lan-toa", get(spread::page))
        .route(
            "/quan-tri/cuoc-thi/{contest}/luu-du-lieu",
            get(keeping::page).post(keeping::keep),
        )
        .route("/quan-tri/ngan-hang", get(bank::page))
        .route("/quan-tri/mau-cau-hoi.xlsx", get(check_files::template))
        .nest("/quan-tri/cuoc-thi/{contest}/bo-cau-hoi", set_routes())
        .merge(cases::contest_routes())
        .merge(award::contest_routes())
        .nest("/quan-tri/cuoc-thi/{contest}/the-le", rules_form::routes())
        .nest(
            "/quan-tri/cuoc-thi/{contest}/yeu-cau-du-lieu",
            data_requests::routes(),
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

/// Issuing accounts from a list.
fn account_routes() -> Router<App> {
    let upload = DefaultBodyLimit::max(accounts::MAX_REQUEST);
    Router::new()
        .route("/", get(accounts::page).post(accounts::check).layer(upload))
        .route("/cap", post(accounts::issue))
        .route("/tep", post(accounts::passwords))
        .route("/mau.csv", get(accounts::template))
}

/// Checking, loading and editing question sets.
fn set_routes() -> Router<App> {
    Router::new()
        .route("/doc-lai", post(check::again))
        .route("/tai-kiem-tra", post(check_files::of_check))
        .route("/nap", post(questions::load))
        .route("/{set}/lich-su", get(set_history::page))
        .route("/{set}/tai", post(check_files::of_set))
        .route("/kem/{token}", get(edit_media::show))
        .route(
            "/{set}/them",
            get(add::form)
                .post(add::review)
                .layer(DefaultBodyLimit::max(edit_sent::MAX_REQUEST)),
        )
        .route("/{set}/them/luu", post(add::save))
        .route("/{set}/cau/{question}", get(question::page))
        .route(
            "/{set}/cau/{question}/sua",
            get(edit::form)
                .post(edit::review)
                .layer(DefaultBodyLimit::max(edit_sent::MAX_REQUEST)),
        )
        .route("/{set}/cau/{question}/luu", post(edit::save))
        .route(
            "/{set}/cau/{question}/bot",
            get(remove::form).post(remove::review),
        )
        .route("/{set}/cau/{question}/bot/luu", post(remove::save))
}

/// The live board; its looks are shared by all viewers of this process.
fn board_routes() -> Router<App> {
    Router::new()
        .route("/quan-tri/cuoc-thi/{contest}/truc-tiep", get(board::page))
        .route("/quan-tri/cuoc-thi/{contest}/truc-tiep/dong", get(board::stream))
        .layer(Extension(board::Hub::default()))
}

/// The steps of a round.
fn round_routes() -> Router<App> {
    Router::new()
        .route("/chot", get(close::page).post(close::close))
        .route("/xep-hang", get(ranking::page).post(ranking::rank))
        .route("/xep-hang/bang-nhau", get(ties::page).post(ties::decide))
        .route("/cau-hoi", get(items::page))
        .route("/cau-hoi/{question}", get(item::page))
        .route("/cham-lai", get(rescored::page))
        .route("/cham-lai/{decision}", get(rescored::one).post(rescored::answer))
        .route("/cham-lai/{decision}/tai", post(rescore_list::of_decision))
        .route("/cham-lai/cau/{question}", get(rescore::page).post(rescore::post))
        .route("/cham-lai/cau/{question}/tai", post(rescore_list::of_trial))
        .route("/duyet", get(approve::page).post(approve::approve))
        .route("/cong-bo", get(approve::publish_page).post(approve::publish))
        .route("/xuat", post(download::download))
        .route("/van-ban", get(papers::page).post(papers::issue))
        .route("/van-ban/danh-sach", post(papers::list))
        .route("/gia-han", get(calendar::extend_page).post(calendar::extend))
        .route("/mo-lai", get(calendar::reopen_page).post(calendar::reopen))
        .merge(award::routes())
        .merge(cases::routes())
        .merge(essays::routes())
}
