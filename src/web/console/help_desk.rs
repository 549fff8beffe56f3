//! The help desk: who is calling, then a one-time code for a new password.
//!
//! Owns one page in three steps; the code is shown once and kept as a hash only.

use super::desk::{Desk, Section, Side, contest_path};
use super::person;
use crate::action::reset_password::{ResetError, issue_code};
use crate::domain::account::login_name;
use crate::domain::catalog::Contest;
use crate::domain::staff::Right;
use crate::web::error::WebError;
use crate::web::form::StaffForm;
use crate::web::format;
use crate::web::frame::{Frame, Page};
use askama::Template;
use axum::extract::Path;
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

#[derive(Template)]
#[template(path = "console/help_desk.html")]
struct HelpPage {
    f: Frame,
    c: Side,
    back: String,
    title: String,
    phone: String,
    person: Option<Caller>,
    code: Option<String>,
    error: Option<String>,
}

/// What the caller has to say rightly.
struct Caller {
    name: String,
    birth: String,
    unit: String,
    /// Where the details are corrected.
    correct: String,
}

/// What the page shows beside the empty form.
#[derive(Default)]
struct Shown {
    phone: String,
    person: Option<Caller>,
    code: Option<String>,
    error: Option<String>,
}

/// The empty form.
pub async fn page(desk: Desk, Path(slug): Path<String>) -> Result<Response, WebError> {
    desk.require(Right::HelpParticipants)?;
    let contest = desk.contest(&slug)?;
    Ok(answer(&desk, &contest, StatusCode::OK, Shown::default()))
}

/// Finds the person, or gives the code once staff has compared.
pub async fn help(
    desk: Desk,
    Path(slug): Path<String>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::HelpParticipants)?;
    let contest = desk.contest(&slug)?;
    let phone: String = form.get("phone").chars().take(30).collect();
    let person = caller(&desk, &contest, &phone).await?;
    let Some(person) = person else {
        let error = Some(desk.say("console-help-nobody", &[]));
        return Ok(answer(
            &desk,
            &contest,
            StatusCode::UNPROCESSABLE_ENTITY,
            Shown {
                phone,
                error,
                ..Shown::default()
            },
        ));
    };
    let mut shown = Shown {
        phone,
        person: Some(person),
        ..Shown::default()
    };
    if form.get("then") == "issue" {
        shown.code = Some(code(&desk, &contest, &shown.phone).await?);
    }
    Ok(answer(&desk, &contest, StatusCode::OK, shown))
}

async fn code(desk: &Desk, contest: &Contest, phone: &str) -> Result<String, WebError> {
    match issue_code(&desk.app, desk.now(), &desk.staff, contest, phone).await {
        Ok(code) => Ok(code),
        Err(ResetError::Failed(failure)) => Err(failure.into()),
        // The person was there a moment ago.
        Err(ResetError::Wrong | ResetError::Password(_)) => Err(WebError::NotFound),
    }
}

async fn caller(desk: &Desk, contest: &Contest, phone: &str) -> Result<Option<Caller>, WebError> {
    let Some(phone) = login_name(contest.definition.entry.accounts, phone) else {
        return Ok(None);
    };
    let hash = desk.app.keys.phone_hash(contest.id, &phone);
    let card = desk.app.store.find_person_card(contest.id, &hash).await?;
    Ok(card.map(|card| Caller {
        name: card.full_name,
        birth: format::date(desk.lang(), card.birth_date),
        unit: contest.unit_path(card.unit),
        correct: person::path(contest, card.id),
    }))
}

fn answer(desk: &Desk, contest: &Contest, status: StatusCode, shown: Shown) -> Response {
    let page = HelpPage {
        f: desk.frame_of(contest),
        c: desk.side(Section::Contests),
        back: contest_path(contest),
        title: contest.definition.title.clone(),
        phone: shown.phone,
        person: shown.person,
        code: shown.code,
        error: shown.error,
    };
    let mut response = (status, Page(page)).into_response();
    response
        .headers_mut()
        .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
