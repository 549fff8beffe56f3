//! Staff logging in and out.
//!
//! Owns the two forms; the order of checks is `action::staff_login`'s.

use crate::action::staff_login::{self, StaffLoginError};
use crate::app::App;
use crate::web::error::WebError;
use crate::web::form::StaffForm;
use crate::web::frame::{Frame, Page};
use crate::web::visitor::Visitor;
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;

#[derive(Template)]
#[template(path = "console/login.html")]
struct LoginPage {
    f: Frame,
    error: Option<String>,
    typed: String,
}

/// The empty form.
pub async fn form(State(app): State<App>, visitor: Visitor) -> Response {
    Page(LoginPage {
        f: Frame::new(&app, &visitor),
        error: None,
        typed: String::new(),
    })
    .into_response()
}

/// Takes the form.
pub async fn log_in(
    State(app): State<App>,
    visitor: Visitor,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    let (name, password) = (form.get("name"), form.get("password"));
    let again = |key: &str, status: StatusCode| {
        let f = Frame::new(&app, &visitor);
        let page = LoginPage {
            error: Some(f.t(key)),
            f,
            typed: name.chars().take(40).collect(),
        };
        (status, Page(page)).into_response()
    };
    if name.len() > 200 || password.len() > 1_000 {
        return Ok(again("console-login-wrong", StatusCode::UNPROCESSABLE_ENTITY));
    }
    match staff_login::staff_login(&app, visitor.now, name, password).await {
        Ok(login) => {
            let jar = CookieJar::new().add(visitor.staff_cookie(login.token));
            Ok((jar, Redirect::to("/quan-tri")).into_response())
        }
        Err(StaffLoginError::Wrong) => Ok(again("console-login-wrong", StatusCode::UNPROCESSABLE_ENTITY)),
        Err(StaffLoginError::TooMany(wait)) => Err(WebError::TooMany(wait)),
        Err(StaffLoginError::Failed(failure)) => Err(failure.into()),
    }
}

/// Ends the log-in.
pub async fn log_out(
    State(app): State<App>,
    visitor: Visitor,
    _form: StaffForm,
) -> Result<Response, WebError> {
    if let Some(token) = visitor.staff_token() {
        staff_login::staff_logout(&app, token).await?;
    }
    let jar = CookieJar::new().add(visitor.staff_logout_cookie());
    Ok((jar, Redirect::to("/quan-tri/dang-nhap")).into_response())
}
