//! Logging in and out.
//!
//! Owns the page; whether phone and password are right is `action::log_in`'s.

use super::place::{Asked, InContest, next_path};
use crate::action::log_in::{self, LogInError};
use crate::app::App;
use crate::domain::account::Accounts;
use crate::domain::catalog::Contest;
use crate::web::WebError;
use crate::web::display::local_path;
use crate::web::form::Form;
use crate::web::frame::{Frame, Page};
use crate::web::visitor::{Visitor, current_participant};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;

#[derive(Template)]
#[template(path = "citizen/log-in.html")]
struct LogInPage {
    f: Frame,
    base: String,
    title: String,
    next: String,
    phone: String,
    wrong: bool,
    logged_in: Option<String>,
    /// The organisers issue the accounts: people type a code and do not register.
    issued: bool,
}

/// `GET /cuoc-thi/{contest}/dang-nhap`
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    InContest(contest): InContest,
    asked: Asked,
) -> Result<Page<impl Template>, WebError> {
    let person = current_participant(&app, &visitor, &contest).await?;
    let mut page = page(&app, &visitor, &contest, asked.get("tiep"));
    page.logged_in = person.map(|person| person.full_name);
    Ok(Page(page))
}

/// `POST /cuoc-thi/{contest}/dang-nhap`
pub async fn send(
    State(app): State<App>,
    visitor: Visitor,
    InContest(contest): InContest,
    form: Form,
) -> Result<Response, WebError> {
    let mut page = page(&app, &visitor, &contest, form.get("tiep"));
    match log_in::log_in(&app, &contest, form.get("phone"), form.get("password")).await {
        Ok(login) => {
            let token = log_in::token(&app, visitor.now, login);
            let jar = CookieJar::new().add(visitor.login_cookie(contest.id, token));
            Ok((jar, Redirect::to(&page.next)).into_response())
        }
        Err(LogInError::Wrong) => {
            page.wrong = true;
            page.phone = form.get("phone").to_owned();
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
        }
        Err(LogInError::TooMany(wait)) => Err(WebError::TooMany(wait)),
        Err(LogInError::Failed(failure)) => Err(failure.into()),
    }
}

/// `POST /cuoc-thi/{contest}/dang-xuat`
pub async fn leave(visitor: Visitor, InContest(contest): InContest, form: Form) -> Response {
    let jar = CookieJar::new().add(visitor.logout_cookie(contest.id));
    let back = if form.has("back") {
        local_path(form.get("back")).to_owned()
    } else {
        next_path("", &contest)
    };
    (jar, Redirect::to(&back)).into_response()
}

fn page(app: &App, visitor: &Visitor, contest: &Contest, next: &str) -> LogInPage {
    LogInPage {
        f: Frame::of(app, visitor, contest),
        base: format!("/cuoc-thi/{}", contest.definition.slug),
        title: contest.definition.title.clone(),
        next: next_path(next, contest),
        phone: String::new(),
        wrong: false,
        logged_in: None,
        issued: contest.definition.entry.accounts == Accounts::Issued,
    }
}
