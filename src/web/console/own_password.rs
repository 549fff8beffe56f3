//! Staff changing their own password.
//!
//! Owns the page; the order of checks is `action::own_password`'s.

use super::desk::{Desk, Section, Side};
use crate::action::own_password::{OwnPasswordError, change_own_password};
use crate::action::register::Input;
use crate::web::error::WebError;
use crate::web::field_text;
use crate::web::form::StaffForm;
use crate::web::frame::{Frame, Page};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;

#[derive(Template)]
#[template(path = "console/own_password.html")]
struct OwnPasswordPage {
    f: Frame,
    c: Side,
    /// For password managers.
    login: String,
    /// The password came from somebody else, and nothing else can be done before.
    must_change: bool,
    done: bool,
    /// The field and what is wrong.
    fault: Option<(&'static str, String)>,
}

/// `GET /quan-tri/mat-khau`
pub async fn page(desk: Desk) -> Result<Response, WebError> {
    Ok(Page(view(&desk).await?).into_response())
}

/// `POST /quan-tri/mat-khau`
pub async fn change(desk: Desk, StaffForm(form): StaffForm) -> Result<Response, WebError> {
    let token = desk.visitor.staff_token().unwrap_or_default();
    let typed = (form.get("old"), form.get("password"));
    let fault = match change_own_password(&desk.app, desk.now(), &desk.staff, token, typed).await {
        Ok(token) => {
            let mut page = view(&desk).await?;
            page.done = true;
            let jar = CookieJar::new().add(desk.visitor.staff_cookie(token));
            return Ok((jar, Page(page)).into_response());
        }
        Err(OwnPasswordError::WrongOld) => ("old", desk.say("own-password-wrong", &[])),
        Err(OwnPasswordError::Same) => ("password", desk.say("own-password-same", &[])),
        Err(OwnPasswordError::New(error)) => {
            ("password", field_text::fault(desk.lang(), Input::Password, error))
        }
        Err(OwnPasswordError::TooMany(wait)) => return Err(WebError::TooMany(wait)),
        Err(OwnPasswordError::Failed(failure)) => return Err(failure.into()),
    };
    let mut page = view(&desk).await?;
    page.fault = Some(fault);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
}

async fn view(desk: &Desk) -> Result<OwnPasswordPage, WebError> {
    let account = desk.app.store.find_staff(&desk.staff.login).await?;
    Ok(OwnPasswordPage {
        f: desk.frame(),
        c: desk.side(Section::Own),
        login: desk.staff.login.clone(),
        must_change: account.is_some_and(|account| account.password_given),
        done: false,
        fault: None,
    })
}

impl OwnPasswordPage {
    fn message(&self, field: &str) -> Option<&str> {
        let (bad, message) = self.fault.as_ref()?;
        (*bad == field).then_some(message.as_str())
    }
}
