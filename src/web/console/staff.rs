//! Accounts of staff: list, add, disable, give a new password.
//!
//! Owns these pages; a generated password is shown once, on the page that answers the form, and kept nowhere.

use super::desk::{Desk, Section, Side};
use crate::action::staff_login::{self, NewPassword, StaffAddError};
use crate::domain::staff::{Right, Role};
use crate::store::staff::StaffAccount;
use crate::web::error::WebError;
use crate::web::form::StaffForm;
use crate::web::format;
use crate::web::frame::{Frame, Page};
use askama::Template;
use axum::extract::Path;
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};

#[derive(Template)]
#[template(path = "console/staff.html")]
struct StaffPage {
    f: Frame,
    c: Side,
    rows: Vec<StaffRow>,
    roles: Vec<(&'static str, String, bool)>,
    secret: Option<Secret>,
    login: String,
    name: String,
    error: Option<(&'static str, String)>,
}

struct StaffRow {
    login: String,
    name: String,
    role: String,
    last: String,
    disabled: bool,
    own: bool,
}

/// A password to be handed over, shown once.
struct Secret {
    login: String,
    password: String,
}

/// What came back with a refused form.
#[derive(Default)]
struct Typed {
    login: String,
    name: String,
    role: String,
    error: Option<(&'static str, String)>,
}

/// Every account.
pub async fn page(desk: Desk) -> Result<Response, WebError> {
    desk.require(Right::ManageStaff)?;
    Ok(Page(view(&desk, None, Typed::default()).await?).into_response())
}

/// Makes an account with a generated password.
pub async fn add(desk: Desk, StaffForm(form): StaffForm) -> Result<Response, WebError> {
    desk.require(Right::ManageStaff)?;
    let short = |name: &str| form.get(name).chars().take(200).collect::<String>();
    let mut typed = Typed {
        login: short("login"),
        name: short("name"),
        role: short("role"),
        error: None,
    };
    let Some(role) = Role::parse(&typed.role) else {
        typed.error = Some(("role", desk.say("console-staff-role-missing", &[])));
        return refused(&desk, typed).await;
    };
    let password = staff_login::random_password(&desk.app);
    let by = desk.staff.name.as_str();
    match staff_login::add_staff(
        &desk.app,
        desk.now(),
        by,
        &typed.login,
        &typed.name,
        role,
        NewPassword::HandedOver(&password),
    )
    .await
    {
        Ok(staff) => {
            shown_once(
                &desk,
                Secret {
                    login: staff.login,
                    password,
                },
            )
            .await
        }
        Err(error) => {
            typed.error = Some(refusal(&desk, error)?);
            refused(&desk, typed).await
        }
    }
}

fn refusal(desk: &Desk, error: StaffAddError) -> Result<(&'static str, String), WebError> {
    let (field, key) = match error {
        StaffAddError::BadLogin => ("login", "console-staff-login-wrong"),
        StaffAddError::Taken => ("login", "console-staff-login-taken"),
        StaffAddError::Name(_) => ("name", "console-staff-name-wrong"),
        // Passwords are made here; one that does not fit is a fault of ours.
        StaffAddError::Password(_) => return Err(WebError::internal("generated password refused")),
        StaffAddError::Failed(failure) => return Err(failure.into()),
    };
    Ok((field, desk.say(key, &[])))
}

#[derive(Template)]
#[template(path = "console/staff_step.html")]
struct StepPage {
    f: Frame,
    c: Side,
    title: String,
    effect: String,
    possible: bool,
    danger: bool,
}

/// Asks before an account is disabled.
pub async fn disable_page(desk: Desk, Path(login): Path<String>) -> Result<Response, WebError> {
    step_page(&desk, &login, "disable").await
}

/// Asks before a password is replaced.
pub async fn reset_page(desk: Desk, Path(login): Path<String>) -> Result<Response, WebError> {
    step_page(&desk, &login, "reset").await
}

async fn step_page(desk: &Desk, login: &str, step: &str) -> Result<Response, WebError> {
    desk.require(Right::ManageStaff)?;
    let account = desk
        .app
        .store
        .find_staff(login)
        .await?
        .ok_or(WebError::NotFound)?;
    let own = step == "disable" && account.staff.id == desk.staff.id;
    let args = [
        ("name", account.staff.name.into()),
        ("login", account.staff.login.into()),
    ];
    let effect = if own {
        "console-staff-not-own".to_owned()
    } else {
        format!("console-staff-{step}-effect")
    };
    let page = StepPage {
        f: desk.frame(),
        c: desk.side(Section::Staff),
        title: desk.say(&format!("console-staff-{step}"), &args),
        effect: desk.say(&effect, &args),
        possible: !own,
        danger: step == "disable",
    };
    Ok(Page(page).into_response())
}

/// Bars an account; one's own stays, so that nobody locks the last administrator out by mistake.
pub async fn disable(desk: Desk, Path(login): Path<String>, _form: StaffForm) -> Result<Response, WebError> {
    desk.require(Right::ManageStaff)?;
    if login == desk.staff.login {
        return step_page(&desk, &login, "disable").await;
    }
    let done = staff_login::disable_staff(&desk.app, desk.now(), &desk.staff.name, &login).await?;
    if done {
        Ok(Redirect::to("/quan-tri/nhan-su").into_response())
    } else {
        Err(WebError::NotFound)
    }
}

/// Gives an account a new password and lets it log in again.
pub async fn reset(desk: Desk, Path(login): Path<String>, _form: StaffForm) -> Result<Response, WebError> {
    desk.require(Right::ManageStaff)?;
    let password = staff_login::random_password(&desk.app);
    let given = NewPassword::HandedOver(&password);
    match staff_login::reset_staff(&desk.app, desk.now(), &desk.staff.name, &login, given).await {
        Ok(true) => shown_once(&desk, Secret { login, password }).await,
        Ok(false) => Err(WebError::NotFound),
        Err(StaffAddError::Failed(failure)) => Err(failure.into()),
        Err(_) => Err(WebError::internal("generated password refused")),
    }
}

async fn shown_once(desk: &Desk, secret: Secret) -> Result<Response, WebError> {
    let mut response = Page(view(desk, Some(secret), Typed::default()).await?).into_response();
    response
        .headers_mut()
        .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

async fn refused(desk: &Desk, typed: Typed) -> Result<Response, WebError> {
    Ok((
        StatusCode::UNPROCESSABLE_ENTITY,
        Page(view(desk, None, typed).await?),
    )
        .into_response())
}

async fn view(desk: &Desk, secret: Option<Secret>, typed: Typed) -> Result<StaffPage, WebError> {
    let accounts = desk.app.store.load_staff().await?;
    let role = |role: Role| (role.name(), desk.role(role.name()), role.name() == typed.role);
    Ok(StaffPage {
        f: desk.frame(),
        c: desk.side(Section::Staff),
        rows: accounts.iter().map(|account| row(desk, account)).collect(),
        roles: Role::ALL.into_iter().map(role).collect(),
        secret,
        login: typed.login,
        name: typed.name,
        error: typed.error,
    })
}

fn row(desk: &Desk, account: &StaffAccount) -> StaffRow {
    let last = account.last_login_at.map(|at| format::exact(desk.lang(), at));
    StaffRow {
        login: account.staff.login.clone(),
        name: account.staff.name.clone(),
        role: desk.role(account.staff.role.name()),
        last: last.unwrap_or_else(|| desk.say("console-staff-never", &[])),
        disabled: account.disabled_at.is_some(),
        own: account.staff.id == desk.staff.id,
    }
}

impl StaffPage {
    fn message(&self, field: &str) -> Option<&str> {
        self.error
            .as_ref()
            .filter(|(name, _)| *name == field)
            .map(|(_, message)| message.as_str())
    }

    fn bad(&self, field: &str) -> bool {
        self.message(field).is_some()
    }
}
