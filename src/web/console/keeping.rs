//! Until when the personal data of a contest are kept: the day, what is waited for, how far erasing is, a later day.
//!
//! Owns one page and the notice that other pages show; days and what must be over are `domain::expiry`'s.

use super::contests::Owed;
use super::desk::{Desk, Section, Side, contest_path};
use super::form_faults::FormFaults;
use crate::action::expire_data::{DataState, KeepFault, KeepLongerError, REASON, data_state, keep_longer};
use crate::domain::catalog::Contest;
use crate::domain::expiry::{LaterRefused, NOTICE_DAYS, Stage, Wait};
use crate::domain::participant::parse_date;
use crate::domain::staff::Right;
use crate::i18n::Value;
use crate::store::expiry::{Expiry, KeepingDay};
use crate::web::error::WebError;
use crate::web::form::StaffForm;
use crate::web::format;
use crate::web::frame::{Frame, Page};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use time::Date;

#[derive(Template)]
#[template(path = "console/keeping.html")]
struct KeepingPage {
    f: Frame,
    c: Side,
    title: String,
    back: String,
    contest: String,
    path: String,
    /// Class and sentence of how it stands.
    state: (&'static str, String),
    waits: Vec<String>,
    /// People whose data are there, and those whose name stays.
    figures: Vec<(String, String)>,
    later: Vec<LaterView>,
    may_set: bool,
    day: String,
    reason: String,
    faults: FormFaults,
}

struct LaterView {
    head: String,
    reason: String,
}

/// Address of the page of a contest.
pub(super) fn path(contest: &Contest) -> String {
    format!("{}/luu-du-lieu", contest_path(contest))
}

/// `GET …/luu-du-lieu`
pub async fn page(desk: Desk, Path(slug): Path<String>) -> Result<Response, WebError> {
    desk.require(Right::See)?;
    let contest = desk.contest(&slug)?;
    Ok(Page(view(&desk, &contest).await?).into_response())
}

/// `POST …/luu-du-lieu`: a later day, with the reason that the public reads.
pub async fn keep(
    desk: Desk,
    Path(slug): Path<String>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::RunRounds)?;
    let contest = desk.contest(&slug)?;
    let (day, reason) = (form.get("ngay"), form.get("ly-do"));
    let wanted = (parse_date(day).ok(), reason);
    let faults = match keep_longer(&desk.app, desk.now(), desk.by(), &contest, wanted).await {
        Ok(()) => return Ok(Redirect::to(&path(&contest)).into_response()),
        Err(KeepLongerError::Wrong(faults)) => faults,
        Err(KeepLongerError::Failed(failure)) => return Err(failure.into()),
    };
    let mut page = view(&desk, &contest).await?;
    page.day = day.chars().take(10).collect();
    page.reason = reason.chars().take(*REASON.end()).collect();
    for fault in faults {
        let (field, message) = told(&desk, fault);
        page.faults.add(field, message);
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
}

/// Field and message of a fault.
fn told(desk: &Desk, fault: KeepFault) -> (&'static str, String) {
    let day = |day: Date| -> [(&'static str, Value<'static>); 1] {
        [("day", format::date(desk.lang(), day).into())]
    };
    match fault {
        KeepFault::NoDay => ("ngay", desk.say("keeping-day-wrong", &[])),
        KeepFault::Day(LaterRefused::NoDay) => ("ngay", desk.say("keeping-unsaid", &[])),
        KeepFault::Day(LaterRefused::NotLater(after)) => ("ngay", desk.say("keeping-not-later", &day(after))),
        KeepFault::Day(LaterRefused::TooLate(last)) => ("ngay", desk.say("keeping-too-late", &day(last))),
        KeepFault::Begun => ("ngay", desk.say("keeping-begun", &[])),
        KeepFault::Reason => {
            let bounds = [
                ("from", REASON.start().to_string().into()),
                ("to", REASON.end().to_string().into()),
            ];
            ("ly-do", desk.say("keeping-reason-wrong", &bounds))
        }
    }
}

async fn view(desk: &Desk, contest: &Contest) -> Result<KeepingPage, WebError> {
    let state = data_state(&desk.app, desk.now(), contest).await?;
    let later = desk.app.store.list_keeping_days(contest.id).await?;
    let figures = match &state.expiry {
        Some(expiry) => done_figures(desk, expiry),
        None => coming_figures(desk, contest).await?,
    };
    let waits = state.keeping.iter().flat_map(|keeping| &keeping.waits);
    Ok(KeepingPage {
        f: desk.frame_of(contest),
        c: desk.side(Section::Contests),
        title: desk.say("keeping-title", &[]),
        back: contest_path(contest),
        contest: contest.definition.title.clone(),
        path: path(contest),
        waits: waits.map(|wait| waiting(desk, *wait)).collect(),
        figures,
        later: later.iter().map(|day| later_view(desk, day)).collect(),
        may_set: desk.may(Right::RunRounds) && state.keeping.is_some() && state.expiry.is_none(),
        state: sentence(desk, &state),
        day: String::new(),
        reason: String::new(),
        faults: FormFaults::default(),
    })
}

async fn coming_figures(desk: &Desk, contest: &Contest) -> Result<Vec<(String, String)>, WebError> {
    let (people, winners) = desk.app.store.count_expiring(contest.id).await?;
    let n = |n: i64| format::number(desk.lang(), n);
    Ok(vec![
        (n(people), desk.say("keeping-figure-people", &[])),
        (n(winners), desk.say("keeping-figure-winners", &[])),
    ])
}

fn done_figures(desk: &Desk, expiry: &Expiry) -> Vec<(String, String)> {
    let figure = |n: i64, key: &str| (format::number(desk.lang(), n), desk.say(key, &[]));
    vec![
        figure(expiry.people, "keeping-figure-erased"),
        figure(expiry.winners, "keeping-figure-winners"),
        figure(expiry.texts, "keeping-figure-texts"),
    ]
}

/// Class of the notice and the sentence that says how the keeping stands.
fn sentence(desk: &Desk, state: &DataState) -> (&'static str, String) {
    if let Some(expiry) = &state.expiry {
        return match expiry.done_at {
            Some(at) => {
                let at = [("at", format::exact(desk.lang(), at).into())];
                ("info", desk.say("keeping-done", &at))
            }
            None => ("warn", desk.say("keeping-going-on", &[])),
        };
    }
    let Some(keeping) = &state.keeping else {
        return ("warn", desk.say("keeping-unsaid", &[]));
    };
    let class = match keeping.stage {
        Stage::Kept => "info",
        Stage::Soon | Stage::Held | Stage::Due => "warn",
    };
    let days = [
        ("until", format::date(desk.lang(), keeping.until).into()),
        ("from", format::date(desk.lang(), keeping.from).into()),
    ];
    let key = format!("keeping-{}", keeping.stage.name());
    (class, desk.say(&key, &days))
}

fn waiting(desk: &Desk, wait: Wait) -> String {
    let n = [("n", format::number(desk.lang(), wait.count()).into())];
    desk.say(&format!("keeping-wait-{}", wait.name()), &n)
}

fn later_view(desk: &Desk, day: &KeepingDay) -> LaterView {
    let head = [
        ("day", format::date(desk.lang(), day.until).into()),
        ("name", day.by.clone().into()),
        ("at", format::exact(desk.lang(), day.at).into()),
    ];
    LaterView {
        head: desk.say("keeping-later", &head),
        reason: day.reason.clone(),
    }
}

/// What the pages of contests say when data are going to be erased, or cannot be although their day has passed.
pub(super) async fn notice(desk: &Desk, contest: &Contest) -> Result<Option<Owed>, WebError> {
    let state = data_state(&desk.app, desk.now(), contest).await?;
    let stage = state.keeping.as_ref().map(|keeping| keeping.stage);
    let is_told = state.expiry.is_none() && !matches!(stage, None | Some(Stage::Kept));
    Ok(is_told.then(|| Owed {
        path: path(contest),
        label: sentence(desk, &state).1,
    }))
}

/// What the registers say once the data of a contest have expired: what becomes of what is entered now.
pub(super) async fn after_expiry(desk: &Desk, contest: &Contest) -> Result<Option<String>, WebError> {
    let expiry = desk.app.store.find_expiry(contest.id).await?;
    let days = [("n", NOTICE_DAYS.to_string().into())];
    Ok(expiry.map(|_| desk.say("keeping-later-texts", &days)))
}
