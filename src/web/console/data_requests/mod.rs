//! The register of requests about personal data: what waits and until when, entering one, answering it, days off, a file.
//!
//! Owns the addresses and what is typed; the page is `page`'s, rules and the log are `action::handle_request`'s. Names and
//! texts are in no address.

mod page;

use super::contests::Owed;
use super::desk::{Desk, contest_path};
use super::emulation::files;
use crate::action::handle_request::{
    AnswerInput, RequestError, answer_request, copy_for_request, note_days_off, note_request,
    take_out_day_off,
};
use crate::action::note_export::{NotedList, note_list_export};
use crate::app::App;
use crate::document::data_request_list;
use crate::domain::catalog::Contest;
use crate::domain::data_request::{RequestKind, RequestOutcome, RequestState, Way};
use crate::domain::participant::{local_date, parse_date, vietnam};
use crate::domain::staff::Right;
use crate::domain::working_days::ANSWER_DAYS;
use crate::web::citizen::own_data::file;
use crate::web::error::WebError;
use crate::web::form::StaffForm;
use crate::web::format;
use crate::web::frame::Page;
use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use page::{Fault, Typed, view};
use time::macros::format_description;
use time::{OffsetDateTime, PrimitiveDateTime};

/// Requests in a file; no contest comes near.
const MOST: i64 = 100_000;

/// Below a contest.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/", get(show).post(note))
        .route("/tai", post(download))
        .route("/ngay-nghi", post(days_off))
        .route("/{id}", post(answer))
        .route("/{id}/ban-sao", post(copy))
}

/// Address of the register of a contest.
pub(super) fn path(contest: &Contest) -> String {
    format!("{}/yeu-cau-du-lieu", contest_path(contest))
}

/// `GET …/yeu-cau-du-lieu`
async fn show(desk: Desk, Path(slug): Path<String>) -> Result<Response, WebError> {
    desk.require(Right::HelpParticipants)?;
    let contest = desk.contest(&slug)?;
    let typed = Typed::fresh(desk.now());
    Ok(Page(view(&desk, &contest, typed, None).await?).into_response())
}

/// `POST …/yeu-cau-du-lieu`: enters one.
async fn note(
    desk: Desk,
    Path(slug): Path<String>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::HelpParticipants)?;
    let contest = desk.contest(&slug)?;
    let typed = Typed::of(&form);
    let (Some(kind), Some(way)) = (RequestKind::parse(&typed.kind), Way::parse(&typed.way)) else {
        return Err(WebError::BadForm);
    };
    let done = match moment(&typed.received) {
        Some(at) => {
            let input = typed.input(at, kind, way);
            note_request(&desk.app, desk.now(), desk.by(), &contest, &input).await
        }
        None => Err(RequestError::BadMoment),
    };
    match done {
        Ok(id) => Ok(Redirect::to(&format!("{}#y{id}", path(&contest))).into_response()),
        Err(error) => {
            let message = message(&desk, &contest, error)?;
            again(&desk, &contest, typed, Fault::New(message)).await
        }
    }
}

/// A moment as a browser sends it, on the clocks of Vietnam: "2033-06-06T18:30".
fn moment(typed: &str) -> Option<OffsetDateTime> {
    let form = format_description!("[year]-[month]-[day]T[hour]:[minute]");
    let local = PrimitiveDateTime::parse(typed.trim(), form).ok()?;
    Some(local.assume_offset(vietnam()))
}

/// `POST …/yeu-cau-du-lieu/{id}`: the answer, and what is carried out with it.
async fn answer(
    desk: Desk,
    Path((slug, id)): Path<(String, i64)>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::HelpParticipants)?;
    let contest = desk.contest(&slug)?;
    let outcome = RequestOutcome::parse(form.get("ket-qua")).ok_or(WebError::BadForm)?;
    let input = AnswerInput {
        outcome,
        text: form.get("tra-loi"),
        carry_out: form.get("lam-ngay") == "yes",
    };
    match answer_request(&desk.app, desk.now(), desk.by(), &contest, id, input).await {
        Ok(()) => Ok(Redirect::to(&format!("{}#y{id}", path(&contest))).into_response()),
        Err(error) => {
            let message = message(&desk, &contest, error)?;
            let text = input.text.chars().take(2_000).collect();
            let typed = Typed::fresh(desk.now());
            again(&desk, &contest, typed, Fault::Answer(id, text, message)).await
        }
    }
}

/// `POST …/yeu-cau-du-lieu/{id}/ban-sao`: the copy for whoever asked for it.
async fn copy(
    desk: Desk,
    Path((slug, id)): Path<(String, i64)>,
    StaffForm(_): StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::HelpParticipants)?;
    desk.require(Right::Export)?;
    let contest = desk.contest(&slug)?;
    match copy_for_request(&desk.app, desk.now(), desk.by(), &contest, id).await {
        Ok(copy) => {
            let name = format!("{}-{id}.json", contest.definition.slug);
            let headers = [
                (CONTENT_TYPE, "application/json; charset=utf-8".to_owned()),
                (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
                (CACHE_CONTROL, "no-store".to_owned()),
            ];
            Ok((headers, file::json(desk.lang(), &contest, desk.now(), &copy)).into_response())
        }
        Err(error) => {
            let message = message(&desk, &contest, error)?;
            let typed = Typed::fresh(desk.now());
            again(&desk, &contest, typed, Fault::Answer(id, String::new(), message)).await
        }
    }
}

/// `POST …/yeu-cau-du-lieu/ngay-nghi`: enters days off, or takes one out.
async fn days_off(
    desk: Desk,
    Path(slug): Path<String>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::HelpParticipants)?;
    let contest = desk.contest(&slug)?;
    let done = if form.has("bo") {
        match parse_date(form.get("bo")) {
            Ok(day) => take_out_day_off(&desk.app, desk.now(), desk.by(), &contest, day).await,
            Err(_) => Err(RequestError::BadDays),
        }
    } else {
        match (parse_date(form.get("tu")), parse_date(form.get("den"))) {
            (Ok(from), Ok(until)) => {
                let days = (from, until);
                note_days_off(&desk.app, desk.now(), desk.by(), &contest, days, form.get("ten")).await
            }
            _ => Err(RequestError::BadDays),
        }
    };
    match done {
        Ok(()) => Ok(Redirect::to(&format!("{}#ngay-nghi", path(&contest))).into_response()),
        Err(error) => {
            let message = message(&desk, &contest, error)?;
            let typed = Typed::fresh(desk.now());
            again(&desk, &contest, typed, Fault::Days(message)).await
        }
    }
}

/// `POST …/yeu-cau-du-lieu/tai`: the register as a file, without names and texts.
async fn download(
    desk: Desk,
    Path(slug): Path<String>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::Export)?;
    let contest = desk.contest(&slug)?;
    let format = files::format(form.get("format"))?;
    let list = NotedList {
        name: "data-requests",
        format: format.name(),
        columns: &[],
        reason: None,
    };
    note_list_export(&desk.app, desk.now(), desk.by(), (contest.id, None), list).await?;
    let store = &desk.app.store;
    let received = store.list_received_requests(contest.id, MOST).await?;
    let own = store.list_own_requests(contest.id, MOST).await?;
    let days_off = store.load_days_off().await?;
    let as_of = (desk.now(), format::exact(desk.lang(), desk.now()));
    let list = data_request_list(desk.lang(), &contest, as_of, (&received, &own), &days_off);
    Ok(files::send(list, format))
}

/// The message of a refusal; a failure goes on.
fn message(desk: &Desk, contest: &Contest, error: RequestError) -> Result<String, WebError> {
    let key = match error {
        RequestError::NoName => "requests-no-name",
        RequestError::NoReason => "requests-no-reason",
        RequestError::TooLong => "requests-too-long",
        RequestError::BadMoment => "requests-bad-moment",
        RequestError::NoAccount => "requests-no-account",
        RequestError::Gone => "requests-gone",
        RequestError::NotHere => "requests-not-here",
        RequestError::BadDays => "requests-bad-days",
        RequestError::Held(hold) => {
            return Ok(page::hold(desk, contest, &hold));
        }
        RequestError::Failed(failure) => return Err(failure.into()),
    };
    Ok(desk.say(key, &[]))
}

async fn again(desk: &Desk, contest: &Contest, typed: Typed, fault: Fault) -> Result<Response, WebError> {
    let page = view(desk, contest, typed, Some(fault)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
}

/// What the list of contests says when requests wait longer than the law allows.
pub(super) async fn notice(desk: &Desk, contest: &Contest) -> Result<Option<Owed>, WebError> {
    if !desk.may(Right::HelpParticipants) {
        return Ok(None);
    }
    let open = desk.app.store.list_open_requests(contest.id).await?;
    if open.is_empty() {
        return Ok(None);
    }
    let days_off = desk.app.store.load_days_off().await?;
    let today = local_date(desk.now());
    let is_late = |at: &&OffsetDateTime| {
        let due = days_off.due_day(local_date(**at), ANSWER_DAYS);
        RequestState::of(due, None, today) == RequestState::Overdue
    };
    let late = open.iter().filter(is_late).count();
    let (key, n) = match late {
        0 => ("requests-owed", open.len()),
        late => ("requests-owed-late", late),
    };
    let label = desk.say(key, &[("n", n.to_string().into())]);
    Ok(Some(Owed {
        path: path(contest),
        label,
    }))
}
