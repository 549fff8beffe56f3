//! Pages for citizens, one file per page or small group of pages.
//!
//! Owns their addresses; see each file for what it shows.

pub mod answers;
pub mod archive;
pub mod ballot;
pub mod certificate;
pub mod chart;
pub mod complaints;
pub mod contest;
pub mod corrections;
pub mod figures;
pub mod help;
pub mod hero;
pub mod home;
pub mod key_shares;
pub mod log_in;
pub mod mine;
pub mod own_data;
pub mod password;
pub mod place;
pub mod privacy;
pub mod quiz;
pub mod register;
pub mod results;
pub mod rules;
pub mod share;
pub mod spread;
pub mod tiles;
pub mod turns;
pub mod unit;
pub mod unit_map;
pub mod unit_table;
pub mod units;
pub mod verify;
pub mod versions;
pub mod winners;

use crate::app::App;
use axum::routing::{get, post};
use axum::{Extension, Router};

/// Every address that citizens use, but for [`public_routes`].
pub fn routes() -> Router<App> {
    Router::new()
        .merge(quiz::routes())
        .merge(own_data::routes())
        .route("/", get(home::show))
        .route("/cuoc-thi/{contest}", get(contest::show))
        .route("/cuoc-thi/{contest}/the-le", get(rules::show))
        .route(
            "/cuoc-thi/{contest}/dang-ky",
            get(register::show).post(register::send),
        )
        .route(
            "/cuoc-thi/{contest}/dang-nhap",
            get(log_in::show).post(log_in::send),
        )
        .route("/cuoc-thi/{contest}/dang-xuat", post(log_in::leave))
        .route(
            "/cuoc-thi/{contest}/mat-khau",
            get(password::show).post(password::send),
        )
        .route("/cuoc-thi/{contest}/don-vi", get(units::show))
        .route("/bai-thi", get(mine::show))
        .route("/gioi-thieu/{code}", get(spread::follow))
        .route("/xac-minh", get(verify::show).post(verify::check))
        .route("/bo-phieu", get(ballot::show).post(ballot::step))
        .route("/chung-nhan", get(certificate::show).post(certificate::find))
        .route("/chung-nhan/{code}", get(certificate::check))
        .route("/tro-giup", get(help::show))
        .route("/du-lieu-ca-nhan", get(privacy::show))
}

/// Results and units: the same for everybody, and good enough when a few seconds old.
pub fn public_routes() -> Router<App> {
    Router::new()
        .route("/cuoc-thi/{contest}/don-vi/{code}", get(unit::show))
        .route("/cuoc-thi/{contest}/ket-qua", get(results::overview))
        .route("/cuoc-thi/{contest}/ket-qua/danh-sach", get(archive::winners))
        .route("/cuoc-thi/{contest}/ket-qua/{n}", get(results::round))
        .route(
            "/cuoc-thi/{contest}/ket-qua/{n}/dap-an",
            get(answers::show).layer(Extension(key_shares::KeyShares::default())),
        )
        .route("/ket-qua", get(archive::show))
}
