//! Emulation work under `/quan-tri/thi-dua`: clusters of a year, their points and ranking, secret votes, awards.
//!
//! Owns these addresses; nothing here decides.

mod awards;
mod cluster;
pub mod files;
mod minutes;
mod prepare;
mod statistics;
mod vote;
mod year;

use super::desk::Desk;
use super::sent_file::MAX_UPLOAD;
use crate::app::App;
use crate::domain::participant::local_date;
use crate::i18n::{Lang, Value, text};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use serde::Deserialize;

/// Where all of it begins.
const ROOT: &str = "/quan-tri/thi-dua";

/// Every address of emulation work.
pub fn routes() -> Router<App> {
    let upload = DefaultBodyLimit::max(MAX_UPLOAD);
    let inside = Router::new()
        .route("/tep", post(year::upload).layer(upload))
        .route("/mau/{file}", get(files::template))
        .route("/cum/{id}", get(cluster::page))
        .route("/cum/{id}/tieu-chi", post(cluster::criteria))
        .route("/cum/{id}/dong-hang", post(cluster::ties))
        .route("/cum/{id}/diem", post(cluster::points))
        .route("/cum/{id}/lay-diem", post(cluster::take))
        .route("/cum/{id}/xuat", post(cluster::export))
        .route("/cum/{id}/bo-phieu", get(prepare::form).post(prepare::prepare))
        .route("/phieu/{vote}", get(vote::page))
        .route("/phieu/{vote}/mo", post(vote::open))
        .route("/phieu/{vote}/dung", post(vote::stop))
        .route("/phieu/{vote}/tiep", post(vote::resume))
        .route("/phieu/{vote}/chot", post(vote::close))
        .route("/phieu/{vote}/huy", post(vote::cancel))
        .route("/phieu/{vote}/ma/{delegate}", post(vote::reissue))
        .route("/phieu/{vote}/bien-ban", post(minutes::download))
        .route("/khen-thuong", get(awards::page).post(awards::add))
        .route("/khen-thuong/tep", post(awards::upload).layer(upload))
        .route("/khen-thuong/{id}/gach", post(awards::strike))
        .route("/khen-thuong/xuat", post(awards::export))
        .route("/khen-thuong/thong-ke", get(statistics::page))
        .route("/khen-thuong/thong-ke/xuat", post(statistics::export));
    Router::new()
        .route(ROOT, get(year::page).post(year::save))
        .nest(ROOT, inside)
}

/// The year that an address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct AskedYear {
    nam: Option<u16>,
}

impl AskedYear {
    /// The year asked for, or the present one in Vietnam.
    fn or_now(&self, desk: &Desk) -> u16 {
        let asked = self
            .nam
            .filter(|year| crate::domain::emulation::YEARS.contains(year));
        asked.unwrap_or_else(|| u16::try_from(local_date(desk.now()).year()).unwrap_or(2000))
    }
}

/// The name of a unit that a loaded contest has.
fn known_unit(desk: &Desk, code: &str) -> Option<String> {
    let catalog = desk.app.catalog();
    let found = catalog
        .contests()
        .iter()
        .find_map(|contest| contest.unit_by_code(code));
    found.map(|unit| unit.definition.name.clone())
}

/// Hundredths as people write them: 9,5; whole numbers without decimals.
fn points_text(lang: Lang, hundredths: i64) -> String {
    let (whole, part) = (hundredths.abs() / 100, hundredths.abs() % 100);
    let sign = if hundredths < 0 { "−" } else { "" };
    let mark = if lang == Lang::Vi { ',' } else { '.' };
    let whole = crate::web::format::number(lang, whole);
    match part {
        0 => format!("{sign}{whole}"),
        part if part % 10 == 0 => format!("{sign}{whole}{mark}{}", part / 10),
        part => format!("{sign}{whole}{mark}{part:02}"),
    }
}

/// Tenths of a percent: 66,7%.
fn tenths_text(lang: Lang, tenths: i64) -> String {
    let sign = if tenths < 0 { "−" } else { "" };
    format!("{sign}{}", crate::web::format::percent(lang, tenths.abs() * 10))
}

/// A message with the values named `a` and `b`.
fn say_ab(lang: Lang, key: &str, a: &str, b: &str) -> String {
    let args: [(&'static str, Value<'_>); 2] = [("a", a.to_owned().into()), ("b", b.to_owned().into())];
    text(lang, key, &args)
}

/// A choice of a form.
struct Choice {
    name: &'static str,
    label: String,
    chosen: bool,
}
