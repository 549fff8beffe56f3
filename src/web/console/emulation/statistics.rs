//! Awards of a year in figures beside the year before.

use super::{AskedYear, ROOT, files, tenths_text};
use crate::action::register_awards::note_export;
use crate::document::{line_name, statistics_list};
use crate::domain::emulation::statistics::{Compared, Line, YearCounts, report};
use crate::domain::staff::Right;
use crate::store::emulation::KeptAward;
use crate::web::console::desk::{Desk, Section, Side};
use crate::web::error::WebError;
use crate::web::form::StaffForm;
use crate::web::format;
use crate::web::frame::{Frame, Page};
use askama::Template;
use axum::extract::Query;
use axum::response::{IntoResponse, Response};

/// Lines counted of a year.
const MOST: i64 = 100_000;

#[derive(Template)]
#[template(path = "console/emulation-statistics.html")]
struct StatisticsPage {
    f: Frame,
    c: Side,
    path: String,
    year: u16,
    before: u16,
    years: Vec<u16>,
    rows: Vec<Row>,
    none: bool,
    may_export: bool,
    title: String,
}

struct Row {
    name: String,
    /// `sum` for a whole, `part` for a line inside it.
    class: &'static str,
    cells: [String; 7],
}

/// `GET …/khen-thuong/thong-ke`
pub(super) async fn page(desk: Desk, Query(asked): Query<AskedYear>) -> Result<Response, WebError> {
    desk.require(Right::See)?;
    let year = asked.or_now(&desk);
    let lines = compare(&desk, year).await?;
    let mut years = desk.app.store.list_award_years().await?;
    if !years.contains(&year) {
        years.push(year);
        years.sort_unstable_by(|a, b| b.cmp(a));
    }
    let page = StatisticsPage {
        f: desk.frame(),
        c: desk.side(Section::Emulation),
        path: format!("{ROOT}/khen-thuong/thong-ke"),
        year,
        before: year.saturating_sub(1),
        years,
        none: lines.iter().all(|one| one.now == 0 && one.before == 0),
        rows: lines.iter().map(|one| row(&desk, one)).collect(),
        may_export: desk.may(Right::Export),
        title: desk.say("emulation-statistics-title", &[("year", year.to_string().into())]),
    };
    Ok(Page(page).into_response())
}

/// `POST …/khen-thuong/thong-ke/xuat`
pub(super) async fn export(desk: Desk, StaffForm(form): StaffForm) -> Result<Response, WebError> {
    desk.require(Right::Export)?;
    let year = AskedYear {
        nam: form.get("nam").parse().ok(),
    }
    .or_now(&desk);
    let format = files::format(form.get("format"))?;
    let lines = compare(&desk, year).await?;
    note_export(
        &desk.app,
        desk.now(),
        desk.by(),
        ("award-statistics", format.name()),
        false,
    )
    .await?;
    let as_of = format::exact(desk.lang(), desk.now());
    Ok(files::send(
        statistics_list(desk.lang(), year, &lines, &as_of),
        format,
    ))
}

async fn compare(desk: &Desk, year: u16) -> Result<Vec<Compared>, WebError> {
    let store = &desk.app.store;
    let (now, before) = (
        store.list_awards(year, MOST).await?,
        store.list_awards(year.saturating_sub(1), MOST).await?,
    );
    let counts = |lines: &[KeptAward]| {
        let kept = lines.iter().filter(|line| line.struck.is_none());
        YearCounts::of(kept.map(|line| &line.award))
    };
    Ok(report(&counts(&now), &counts(&before)))
}

fn row(desk: &Desk, one: &Compared) -> Row {
    let lang = desk.lang();
    let signed = |n: i64, said: String| if n > 0 { format!("+{said}") } else { said };
    let share = |share: Option<i64>| share.map_or_else(|| "–".to_owned(), |n| tenths_text(lang, n));
    let change =
        |share: Option<i64>| share.map_or_else(|| "–".to_owned(), |n| signed(n, tenths_text(lang, n)));
    // Percentage points are not a percentage of anything.
    let points = one
        .share_difference()
        .map_or_else(|| "–".to_owned(), |n| signed(n, super::points_text(lang, n * 10)));
    let class = match one.line {
        Line::Total | Line::Collectives | Line::Persons => "sum",
        Line::FormAt(..) | Line::Small | Line::Direct | Line::Farmers | Line::Youth | Line::Women => "part",
        Line::Form(_) | Line::Level(_) => "",
    };
    Row {
        name: line_name(lang, one.line),
        class,
        cells: [
            format::number(lang, one.now),
            format::number(lang, one.before),
            signed(one.difference(), format::number(lang, one.difference())),
            change(one.growth()),
            share(one.share),
            share(one.share_before),
            points,
        ],
    }
}
