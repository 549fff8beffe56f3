//! The register of complaints about a round: entering one, and its final answer.
//!
//! Owns one page; what is a good entry is `action::vet`'s.

use super::complaints_file::FileForm;
use crate::action::vet::{VetError, answer_complaint, note_complaint};
use crate::domain::participant::local_date;
use crate::domain::staff::Right;
use crate::store::vetting::{Complaint, NewComplaint};
use crate::web::console::desk::{Desk, Place, Section, Side};
use crate::web::error::WebError;
use crate::web::form::{Form, StaffForm};
use crate::web::format;
use crate::web::frame::{Frame, Page};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use time::macros::format_description;
use time::{Date, Duration};

/// Complaints on a page; no round comes near.
const MOST: i64 = 500;
/// Days for an answer that the form proposes where the rules name none.
const DAYS: i64 = 10;
/// What an answer finds, as stored.
const FINDINGS: [&str; 3] = ["upheld", "partly", "dismissed"];

#[derive(Template)]
#[template(path = "console/complaints.html")]
struct ComplaintsPage {
    f: Frame,
    c: Side,
    title: String,
    back: String,
    round: String,
    path: String,
    /// Until when complaints are taken, where the rules say.
    until: Option<String>,
    complaints: Vec<ComplaintView>,
    findings: Vec<(&'static str, String)>,
    may_note: bool,
    may_answer: bool,
    typed: Typed,
    error: Option<String>,
    /// A refused answer: number of the complaint, text, message.
    answer_error: Option<(i64, String, String)>,
    /// The form for the register as a file.
    file: FileForm,
}

struct ComplaintView {
    id: i64,
    class: &'static str,
    head: String,
    contact: String,
    about: String,
    due: Option<String>,
    answer: Option<String>,
    text: String,
}

#[derive(Default)]
struct Typed {
    complainant: String,
    contact: String,
    about: String,
    received: String,
    due: String,
}

/// `GET …/khieu-nai`
pub async fn page(desk: Desk, Path((slug, number)): Path<(String, u16)>) -> Result<Response, WebError> {
    desk.require(Right::Export)?;
    let place = desk.round(&slug, number)?;
    Ok(Page(view(&desk, &place, fresh(&desk, &place)).await?).into_response())
}

/// `POST …/khieu-nai`: enters one.
pub async fn note(
    desk: Desk,
    Path((slug, number)): Path<(String, u16)>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::Export)?;
    let place = desk.round(&slug, number)?;
    let typed = typed(&form);
    let done = match (day(&typed.received), day(&typed.due)) {
        (Some(received_on), Some(due_on)) => {
            let new = NewComplaint {
                contest: place.contest.id,
                round: place.round.id,
                received_on,
                due_on,
                complainant: typed.complainant.trim(),
                contact: typed.contact.trim(),
                about: typed.about.trim(),
            };
            let kept = note_complaint(&desk.app, desk.now(), desk.by(), &place.round, &new).await;
            kept.map_err(message).map(|_| ())
        }
        _ => Err(Ok("award-complaint-day")),
    };
    match done {
        Ok(()) => Ok(Redirect::to(&place.step("khieu-nai")).into_response()),
        Err(key) => {
            let mut page = view(&desk, &place, typed).await?;
            page.error = Some(desk.say(key?, &[]));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
        }
    }
}

/// `POST …/khieu-nai/{id}`: enters the final answer.
pub async fn answer(
    desk: Desk,
    Path((slug, number, id)): Path<(String, u16, i64)>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::Approve)?;
    let place = desk.round(&slug, number)?;
    let said = (form.get("ket-luan"), form.get("tra-loi"));
    match answer_complaint(&desk.app, desk.now(), desk.by(), &place.round, id, said).await {
        Ok(()) => Ok(Redirect::to(&format!("{}#k{id}", place.step("khieu-nai"))).into_response()),
        Err(error) => {
            let key = message(error)?;
            let mut page = view(&desk, &place, fresh(&desk, &place)).await?;
            page.answer_error = Some((id, said.1.chars().take(4_000).collect(), desk.say(key, &[])));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
        }
    }
}

/// The message key of a refusal; a failure goes on.
fn message(error: VetError) -> Result<&'static str, WebError> {
    match error {
        VetError::Missing => Ok("award-complaint-missing"),
        VetError::TooLong => Ok("award-complaint-long"),
        VetError::DueBefore => Ok("award-complaint-due"),
        VetError::Gone => Ok("award-complaint-gone"),
        VetError::Failed(failure) => Err(failure.into()),
    }
}

fn typed(form: &Form) -> Typed {
    let get = |name: &str| form.get(name).chars().take(4_000).collect();
    Typed {
        complainant: get("nguoi"),
        contact: get("lien-he"),
        about: get("noi-dung"),
        received: get("ngay-nhan"),
        due: get("han"),
    }
}

/// An empty form with today's date and the usual time for an answer.
fn fresh(desk: &Desk, place: &Place) -> Typed {
    let today = local_date(desk.now());
    let usual = || today.checked_add(Duration::days(DAYS)).unwrap_or(today);
    let rules = place.contest.definition.complaints;
    let due = rules.map_or_else(usual, |rules| rules.due_day(today));
    Typed {
        received: today.to_string(),
        due: due.to_string(),
        ..Typed::default()
    }
}

/// A day as a browser sends it, "2033-06-06".
fn day(text: &str) -> Option<Date> {
    Date::parse(text.trim(), format_description!("[year]-[month]-[day]")).ok()
}

async fn view(desk: &Desk, place: &Place, typed: Typed) -> Result<ComplaintsPage, WebError> {
    let complaints = desk.app.store.list_complaints(place.round.id, MOST).await?;
    let today = local_date(desk.now());
    Ok(ComplaintsPage {
        f: desk.frame_of(&place.contest),
        c: desk.side(Section::Contests),
        title: desk.say("award-complaints-title", &[("round", place.title().into())]),
        back: place.path(),
        round: place.round.title.clone(),
        path: place.step("khieu-nai"),
        until: crate::web::citizen::complaints::until(desk.lang(), &place.contest, place.round.published_at),
        complaints: complaints.iter().map(|one| line(desk, one, today)).collect(),
        findings: FINDINGS
            .map(|finding| (finding, desk.say(&format!("award-complaint-{finding}"), &[])))
            .to_vec(),
        may_note: true,
        may_answer: desk.may(Right::Approve),
        typed,
        error: None,
        answer_error: None,
        file: FileForm::fresh(desk),
    })
}

/// The page with a form for the file that was refused.
pub(super) async fn refused_file(desk: &Desk, place: &Place, file: FileForm) -> Result<Response, WebError> {
    let mut page = view(desk, place, fresh(desk, place)).await?;
    page.file = file;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
}

fn line(desk: &Desk, complaint: &Complaint, today: Date) -> ComplaintView {
    let date = |date| format::date(desk.lang(), date);
    let head = [
        ("n", complaint.id.to_string().into()),
        ("name", complaint.complainant.clone().into()),
        ("day", date(complaint.received_on).into()),
        ("by", complaint.noted_by.clone().into()),
    ];
    let late = complaint.answer.is_none() && complaint.due_on < today;
    let due = if late {
        "award-complaint-late"
    } else {
        "award-complaint-until"
    };
    let answer = complaint.answer.as_ref().map(|answer| {
        let args = [
            (
                "finding",
                desk.say(&format!("award-complaint-{}", answer.finding), &[])
                    .into(),
            ),
            ("name", answer.by.clone().into()),
            ("at", format::exact(desk.lang(), answer.at).into()),
        ];
        desk.say("award-complaint-answered", &args)
    });
    ComplaintView {
        id: complaint.id,
        class: match (&complaint.answer, late) {
            (Some(_), _) => "",
            (None, true) => "must",
            (None, false) => "warn",
        },
        head: desk.say("award-complaint-head", &head),
        contact: complaint.contact.clone(),
        about: complaint.about.clone(),
        due: complaint
            .answer
            .is_none()
            .then(|| desk.say(due, &[("day", date(complaint.due_on).into())])),
        text: complaint
            .answer
            .as_ref()
            .map(|answer| answer.text.clone())
            .unwrap_or_default(),
        answer,
    }
}
