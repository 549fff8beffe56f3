//! Places of a contest where many sit together, declared beforehand: the list, a form for one, lines for many.
//!
//! Owns one page; what a declaration says is `domain::fair_play::places`'s.

use crate::action::declare_places::declare_places;
use crate::domain::catalog::Contest;
use crate::domain::fair_play::places::{NewPlace, PlaceKind, Typed, read_lines};
use crate::domain::staff::Right;
use crate::store::fair_play::StoredPlace;
use crate::web::console::desk::{Desk, Section, Side, contest_path};
use crate::web::error::WebError;
use crate::web::form::{Form, StaffForm};
use crate::web::format;
use crate::web::frame::{Frame, Page};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

/// Places on the page.
const MOST: i64 = 1_000;

#[derive(Template)]
#[template(path = "console/cases/places.html")]
struct PlacesPage {
    f: Frame,
    c: Side,
    title: String,
    back: String,
    contest: String,
    path: String,
    places: Vec<PlaceView>,
    units: Vec<(String, String, bool)>,
    kinds: Vec<(&'static str, String, bool)>,
    typed: Fields,
    error: Option<String>,
    lines_error: Option<String>,
}

struct PlaceView {
    unit: String,
    what: String,
    when: String,
    networks: Option<String>,
    note: String,
    by: String,
}

/// What came back with a refused form.
#[derive(Default)]
struct Fields {
    from: String,
    until: String,
    networks: String,
    note: String,
    lines: String,
}

/// `GET …/noi-thi-chung`
pub async fn page(desk: Desk, Path(slug): Path<String>) -> Result<Response, WebError> {
    desk.require(Right::Export)?;
    let contest = desk.contest(&slug)?;
    Ok(Page(view(&desk, &contest, ("", ""), Fields::default()).await?).into_response())
}

/// `POST …/noi-thi-chung`: declares one place, or all of the lines.
pub async fn declare(
    desk: Desk,
    Path(slug): Path<String>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::Export)?;
    let contest = desk.contest(&slug)?;
    let problem = match read(&desk, &contest, &form) {
        Ok(places) => {
            declare_places(&desk.app, desk.now(), desk.by(), contest.id, &places).await?;
            let path = format!("{}/noi-thi-chung", contest_path(&contest));
            return Ok(Redirect::to(&path).into_response());
        }
        Err(problem) => problem,
    };
    let get = |name: &str| form.get(name).chars().take(60_000).collect();
    let typed = Fields {
        from: get("tu"),
        until: get("den"),
        networks: get("mang"),
        note: get("ghi-chu"),
        lines: get("dong"),
    };
    let mut page = view(&desk, &contest, (form.get("don-vi"), form.get("loai")), typed).await?;
    match problem {
        Problem::Field(message) => page.error = Some(message),
        Problem::Lines(message) => page.lines_error = Some(message),
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
}

enum Problem {
    Field(String),
    Lines(String),
}

fn read(desk: &Desk, contest: &Contest, form: &Form) -> Result<Vec<NewPlace>, Problem> {
    let unit = |code: &str| contest.unit_by_code(code).map(|unit| unit.id);
    if form.has("dong") {
        return read_lines(form.get("dong"), unit).map_err(|(line, fault)| {
            let why = desk.say(&format!("places-fault-{}", fault.name()), &[]);
            let args = [("line", line.to_string().into()), ("why", why.into())];
            Problem::Lines(desk.say("places-line", &args))
        });
    }
    let typed = Typed {
        unit: form.get("don-vi"),
        kind: form.get("loai"),
        from: form.get("tu"),
        until: form.get("den"),
        networks: form.get("mang"),
        note: form.get("ghi-chu"),
    };
    let place = typed.read(unit);
    let place =
        place.map_err(|fault| Problem::Field(desk.say(&format!("places-fault-{}", fault.name()), &[])))?;
    Ok(vec![place])
}

async fn view(
    desk: &Desk,
    contest: &Contest,
    (unit, kind): (&str, &str),
    typed: Fields,
) -> Result<PlacesPage, WebError> {
    let places = desk.app.store.list_declared_places(contest.id, MOST).await?;
    let units = contest.units.iter().map(|known| {
        let code = known.definition.code.clone();
        let chosen = code == unit;
        (code, contest.unit_path(known.id), chosen)
    });
    let kinds = PlaceKind::ALL.map(|known| {
        let label = desk.say(&format!("places-kind-{}", known.name()), &[]);
        (known.name(), label, known.name() == kind)
    });
    Ok(PlacesPage {
        f: desk.frame_of(contest),
        c: desk.side(Section::Contests),
        title: desk.say("places-title", &[]),
        back: contest_path(contest),
        contest: contest.definition.title.clone(),
        path: format!("{}/noi-thi-chung", contest_path(contest)),
        places: places.iter().map(|place| line(desk, contest, place)).collect(),
        units: units.collect(),
        kinds: kinds.into(),
        typed,
        error: None,
        lines_error: None,
    })
}

fn line(desk: &Desk, contest: &Contest, stored: &StoredPlace) -> PlaceView {
    let place = &stored.place;
    let moment = |at| format::moment(desk.lang(), at);
    let (from, until) = (place.from.map(moment), place.until.map(moment));
    let when = match (&from, &until) {
        (None, None) => "places-always",
        (Some(_), None) => "places-from",
        (None, Some(_)) => "places-until",
        (Some(_), Some(_)) => "places-between",
    };
    let span = [
        ("from", from.clone().unwrap_or_default().into()),
        ("until", until.clone().unwrap_or_default().into()),
    ];
    let by = [
        ("name", stored.by.clone().into()),
        ("at", format::exact(desk.lang(), stored.at).into()),
    ];
    PlaceView {
        unit: contest.unit_path(place.unit),
        what: desk.say(&format!("places-kind-{}", place.kind.name()), &[]),
        when: desk.say(when, &span),
        networks: (!place.networks.is_empty())
            .then(|| desk.say("places-networks", &[("n", place.networks.join(", ").into())])),
        note: place.note.clone(),
        by: desk.say("places-by", &by),
    }
}
