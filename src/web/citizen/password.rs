//! A forgotten password: a new one with the one-time code of the help desk.
//!
//! Owns the page; the code is checked by `action::reset_password`.

use super::place::{InContest, next_path};
use crate::action::log_in;
use crate::action::register::Input;
use crate::action::reset_password::{self, ResetError};
use crate::app::App;
use crate::domain::catalog::Contest;
use crate::i18n;
use crate::web::form::Form;
use crate::web::frame::{Frame, Page};
use crate::web::visitor::Visitor;
use crate::web::{WebError, field_text};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;

#[derive(Template)]
#[template(path = "citizen/password.html")]
struct PasswordPage {
    f: Frame,
    base: String,
    title: String,
    phone: String,
    code: String,
    /// The field and what is wrong.
    fault: Option<(&'static str, String)>,
}

/// `GET /cuoc-thi/{contest}/mat-khau`
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    InContest(contest): InContest,
) -> Result<Page<impl Template>, WebError> {
    Ok(Page(page(&app, &visitor, &contest)))
}

/// `POST /cuoc-thi/{contest}/mat-khau`
pub async fn send(
    State(app): State<App>,
    visitor: Visitor,
    InContest(contest): InContest,
    form: Form,
) -> Result<Response, WebError> {
    let (phone, code, lang) = (form.get("phone"), form.get("code"), visitor.display.lang);
    let outcome =
        reset_password::use_code(&app, visitor.now, &contest, phone, code, form.get("password")).await;
    let fault = match outcome {
        Ok(login) => {
            let token = log_in::token(&app, visitor.now, login);
            let jar = CookieJar::new().add(visitor.login_cookie(contest.id, token));
            return Ok((jar, Redirect::to(&next_path("", &contest))).into_response());
        }
        Err(ResetError::Wrong) => ("code", i18n::text(lang, "password-wrong", &[])),
        Err(ResetError::Password(error)) => ("password", field_text::fault(lang, Input::Password, error)),
        Err(ResetError::Failed(failure)) => return Err(failure.into()),
    };
    let mut page = page(&app, &visitor, &contest);
    page.phone = phone.to_owned();
    page.code = code.to_owned();
    page.fault = Some(fault);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
}

fn page(app: &App, visitor: &Visitor, contest: &Contest) -> PasswordPage {
    PasswordPage {
        f: Frame::of(app, visitor, contest),
        base: format!("/cuoc-thi/{}", contest.definition.slug),
        title: contest.definition.title.clone(),
        phone: String::new(),
        code: String::new(),
        fault: None,
    }
}
