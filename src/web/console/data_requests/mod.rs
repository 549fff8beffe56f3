//! The register of requests about personal data: what waits and until when, entering one, answering it, days off, a file.
//!
//! Owns the addresses and what is typed; the page is `page`'s, rules and the log are `action::handle_request`'s. Names and
//! texts are in no address.

mod page;

use super::contests::Owed;
use super::desk::{Desk, contest_path};
use super::emulation::files;
use super::form_faults::FormFaults;
use crate::action::handle_request::{
    AnswerInput, RequestError, RequestFault, answer_request, copy_for_request, note_days_off, note_request,
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
use page::{Sent, Typed, TypedAnswer, TypedDays, view};
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
    let nothing = Sent::fresh(desk.now());
    Ok(Page(view(&desk, &contest, nothing).await?).into_response())
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
    let input = typed.input(moment(&typed.received), kind, way);
    match note_request(&desk.app, desk.now(), desk.by(), &contest, &input).await {
        Ok(id) => Ok(Redirect::to(&format!("{}#y{id}", path(&contest))).into_response()),
        Err(error) => {
            let sent = Sent {
                faults: faults(&desk, &contest, error, Place::New)?,
                request: typed,
                ..Sent::fresh(desk.now())
            };
            again(&desk, &contest, sent).await
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
            let answer = TypedAnswer {
                id,
                outcome,
                text: input.text.chars().take(4_000).collect(),
                carry_out: input.carry_out,
            };
            let sent = Sent {
                faults: faults(&desk, &contest, error, Place::Answer(id))?,
                answer: Some(answer),
                ..Sent::fresh(desk.now())
            };
            again(&desk, &contest, sent).await
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
            let sent = Sent {
                faults: faults(&desk, &contest, error, Place::Answer(id))?,
                ..Sent::fresh(desk.now())
            };
            again(&desk, &contest, sent).await
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
        let day = parse_date(form.get("bo")).map_err(|_| WebError::BadForm)?;
        take_out_day_off(&desk.app, desk.now(), desk.by(), &contest, day).await
    } else {
        let days = (parse_date(form.get("tu")).ok(), parse_date(form.get("den")).ok());
        note_days_off(&desk.app, desk.now(), desk.by(), &contest, days, form.get("ten")).await
    };
    match done {
        Ok(()) => Ok(Redirect::to(&format!("{}#ngay-nghi", path(&contest))).into_response()),
        Err(error) => {
            let sent = Sent {
                faults: faults(&desk, &contest, error, Place::Days)?,
                days: TypedDays::of(&form),
                ..Sent::fresh(desk.now())
            };
            again(&desk, &contest, sent).await
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

/// Which form of the page was sent.
#[derive(Clone, Copy)]
enum Place {
    /// A new request.
    New,
    /// The answer to this one, or its copy.
    Answer(i64),
    /// Days off.
    Days,
}

/// What is wrong, at its fields; a failure goes on.
fn faults(desk: &Desk, contest: &Contest, error: RequestError, place: Place) -> Result<FormFaults, WebError> {
    let (whole, text) = match place {
        Place::New => ("moi".to_owned(), "noi-dung".to_owned()),
        Place::Answer(id) => (format!("y{id}"), format!("t{id}")),
        Place::Days => ("ngay-nghi".to_owned(), "ten".to_owned()),
    };
    let mut faults = FormFaults::default();
    match error {
        RequestError::Wrong(wrong) => {
            for fault in wrong {
                let (field, key) = told(fault);
                faults.add(field.unwrap_or(&text), desk.say(key, &[]));
            }
        }
        RequestError::Gone if matches!(place, Place::Days) => {
            faults.add(whole, desk.say("requests-day-gone", &[]));
        }
        RequestError::Gone => faults.add(whole, desk.say("requests-gone", &[])),
        RequestError::NotHere => faults.add(whole, desk.say("requests-not-here", &[])),
        RequestError::Held(hold) => faults.add(whole, page::hold(desk, contest, &hold)),
        RequestError::Failed(failure) => return Err(failure.into()),
    }
    Ok(faults)
}

/// The field of a fault, none for the text of the form, and the key of its message.
const fn told(fault: RequestFault) -> (Option<&'static str>, &'static str) {
    match fault {
        RequestFault::Moment => (Some("nhan-luc"), "requests-bad-moment"),
        RequestFault::NoAsker => (Some("nguoi"), "requests-asker-missing"),
        RequestFault::LongAsker => (Some("nguoi"), "form-line-long"),
        RequestFault::LongContact => (Some("lien-he"), "form-line-long"),
        RequestFault::NoAccount => (Some("tai-khoan"), "requests-no-account"),
        RequestFault::LongAbout | RequestFault::LongAnswer => (None, "form-text-long"),
        RequestFault::NoReason => (None, "requests-no-reason"),
        RequestFault::NoDayName => (Some("ten"), "requests-day-name-missing"),
        RequestFault::LongDayName => (Some("ten"), "form-line-long"),
        RequestFault::Days => (Some("tu"), "requests-bad-days"),
    }
}

async fn again(desk: &Desk, contest: &Contest, sent: Sent) -> Result<Response, WebError> {
    let page = view(desk, contest, sent).await?;
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
