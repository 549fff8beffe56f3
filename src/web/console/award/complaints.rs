//! The register of complaints about a round: entering one, and its final answer.
//!
//! Owns one page; what is a good entry is `action::vet`'s.

use super::complaints_file::FileForm;
use crate::action::vet::{
    ComplaintError, ComplaintFault, ComplaintInput, answer_complaint, complaint_faults, note_complaint,
};
use crate::domain::participant::local_date;
use crate::domain::staff::Right;
use crate::store::vetting::{Complaint, NewComplaint};
use crate::web::console::desk::{Desk, Place, Section, Side};
use crate::web::console::form_faults::FormFaults;
use crate::web::console::keeping;
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
    /// The form for the register as a file.
    file: FileForm,
    faults: FormFaults,
    /// What becomes of what is entered once the data of the contest have expired.
    expired: Option<String>,
}

struct ComplaintView {
    id: i64,
    /// Ids of the card, and of finding and text of the answer.
    card: String,
    finding_field: String,
    text_field: String,
    class: &'static str,
    head: String,
    contact: String,
    about: String,
    due: Option<String>,
    answer: Option<String>,
    text: String,
    /// A refused answer: the form is open as it was sent.
    is_open: bool,
    chosen: String,
    typed: String,
}

/// A refused answer.
struct TypedAnswer {
    id: i64,
    finding: String,
    text: String,
}

/// What was sent, and what is wrong with it.
struct Sent {
    complaint: Typed,
    answer: Option<TypedAnswer>,
    file: FileForm,
    faults: FormFaults,
}

impl Sent {
    /// Nothing.
    fn fresh(desk: &Desk, place: &Place) -> Self {
        Self {
            complaint: fresh(desk, place),
            answer: None,
            file: FileForm::fresh(desk),
            faults: FormFaults::default(),
        }
    }
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
    let nothing = Sent::fresh(&desk, &place);
    Ok(Page(view(&desk, &place, nothing).await?).into_response())
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
    let error = match enter(&desk, &place, &typed).await {
        Ok(()) => return Ok(Redirect::to(&place.step("khieu-nai")).into_response()),
        Err(error) => error,
    };
    let sent = Sent {
        faults: faults(&desk, error, None)?,
        complaint: typed,
        ..Sent::fresh(&desk, &place)
    };
    again(&desk, &place, sent).await
}

async fn enter(desk: &Desk, place: &Place, typed: &Typed) -> Result<(), ComplaintError> {
    let (received_on, due_on) = (day(&typed.received), day(&typed.due));
    let input = ComplaintInput {
        complainant: typed.complainant.trim(),
        contact: typed.contact.trim(),
        about: typed.about.trim(),
        received_on,
        due_on,
    };
    let Some((received_on, due_on)) = received_on.zip(due_on) else {
        return Err(ComplaintError::Wrong(complaint_faults(&input)));
    };
    let new = NewComplaint {
        contest: place.contest.id,
        round: place.round.id,
        received_on,
        due_on,
        complainant: input.complainant,
        contact: input.contact,
        about: input.about,
    };
    note_complaint(&desk.app, desk.now(), desk.by(), &place.round, &new).await?;
    Ok(())
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
            let keep = |text: &str| text.chars().take(4_000).collect();
            let answer = TypedAnswer {
                id,
                finding: keep(said.0),
                text: keep(said.1),
            };
            let sent = Sent {
                faults: faults(&desk, error, Some(id))?,
                answer: Some(answer),
                ..Sent::fresh(&desk, &place)
            };
            again(&desk, &place, sent).await
        }
    }
}

/// What is wrong with a new complaint or the answer to one, at its fields; a failure goes on.
fn faults(desk: &Desk, error: ComplaintError, answered: Option<i64>) -> Result<FormFaults, WebError> {
    let field = |letter: &str| answered.map_or_else(String::new, |id| format!("{letter}{id}"));
    let mut faults = FormFaults::default();
    match error {
        ComplaintError::Wrong(wrong) => {
            for fault in wrong {
                let (place, key) = match fault {
                    ComplaintFault::NoName => ("nguoi".to_owned(), "award-complainant-missing"),
                    ComplaintFault::LongName => ("nguoi".to_owned(), "form-line-long"),
                    ComplaintFault::LongContact => ("lien-he".to_owned(), "form-line-long"),
                    ComplaintFault::NoText => ("noi-dung".to_owned(), "award-about-missing"),
                    ComplaintFault::LongText => ("noi-dung".to_owned(), "form-text-long"),
                    ComplaintFault::NoDay => ("ngay-nhan".to_owned(), "award-received-missing"),
                    ComplaintFault::NoDue => ("han".to_owned(), "award-due-missing"),
                    ComplaintFault::DueBefore => ("han".to_owned(), "award-complaint-due"),
                    ComplaintFault::NoFinding => (field("f"), "award-finding-missing"),
                    ComplaintFault::NoAnswer => (field("a"), "award-answer-missing"),
                    ComplaintFault::LongAnswer => (field("a"), "form-text-long"),
                };
                faults.add(place, desk.say(key, &[]));
            }
        }
        ComplaintError::Gone => faults.add(field("k"), desk.say("award-complaint-gone", &[])),
        ComplaintError::Failed(failure) => return Err(failure.into()),
    }
    Ok(faults)
}

async fn again(desk: &Desk, place: &Place, sent: Sent) -> Result<Response, WebError> {
    let page = view(desk, place, sent).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
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

async fn view(desk: &Desk, place: &Place, sent: Sent) -> Result<ComplaintsPage, WebError> {
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
        complaints: complaints
            .iter()
            .map(|one| {
                let answer = sent.answer.as_ref().filter(|answer| answer.id == one.id);
                line(desk, one, today, answer)
            })
            .collect(),
        findings: FINDINGS
            .map(|finding| (finding, desk.say(&format!("award-complaint-{finding}"), &[])))
            .to_vec(),
        may_note: true,
        may_answer: desk.may(Right::Approve),
        typed: sent.complaint,
        file: sent.file,
        faults: sent.faults,
        expired: keeping::after_expiry(desk, &place.contest).await?,
    })
}

/// The page with a form for the file that was refused.
pub(super) async fn refused_file(
    desk: &Desk,
    place: &Place,
    (file, faults): (FileForm, FormFaults),
) -> Result<Response, WebError> {
    let sent = Sent {
        file,
        faults,
        ..Sent::fresh(desk, place)
    };
    again(desk, place, sent).await
}

fn line(desk: &Desk, complaint: &Complaint, today: Date, typed: Option<&TypedAnswer>) -> ComplaintView {
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
    let id = complaint.id;
    ComplaintView {
        id,
        card: format!("k{id}"),
        finding_field: format!("f{id}"),
        text_field: format!("a{id}"),
        is_open: typed.is_some(),
        chosen: typed.map(|typed| typed.finding.clone()).unwrap_or_default(),
        typed: typed.map(|typed| typed.text.clone()).unwrap_or_default(),
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
