//! Registration and log-in.
//!
//! Owns these two handlers; what a good value is belongs to `domain::participant`.

use super::extract::{Body, Now, Path};
use super::fields::{Fault, Fields, Node};
use super::messages::FaultKind;
use super::problem::{Problem, ProblemDocument};
use crate::action::log_in::{self, LogInError};
use crate::action::register::{self, BirthInput, RegisterError, RegisterInput};
use crate::app::App;
use crate::domain::participant::FieldError;
use crate::keys::Login;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;

/// A person's entry in a contest. Which of the optional fields a contest asks for, `GET /contests/{contest}` tells.
#[derive(ToSchema)]
pub struct Registration {
    /// Full name.
    #[schema(example = "Nguyễn Thị Ánh")]
    full_name: String,
    /// Birth date.
    #[schema(format = Date, example = "1990-06-15")]
    birth_date: String,
    /// Mobile number, also the log-in name.
    #[schema(example = "0912345678")]
    phone: String,
    /// Code of the unit entered for.
    unit: String,
    /// 8 to 128 characters.
    password: String,
    /// Consent to the processing that the contest needs.
    consent: bool,
    /// Consent to be named when winning.
    #[schema(required = false)]
    consent_publish: bool,
    /// Personal identification number, 12 digits.
    #[schema(required = false)]
    national_id: String,
    /// `female` or `male`.
    #[schema(required = false)]
    sex: String,
    /// E-mail address.
    #[schema(required = false)]
    email: String,
    /// Postal address.
    #[schema(required = false)]
    address: String,
    /// School class.
    #[schema(required = false)]
    class: String,
    /// Parent or guardian; needed under 16.
    #[schema(required = false)]
    guardian_name: String,
    /// Code of who invited.
    #[schema(required = false)]
    referral: String,
    /// What the organisers gave out, where the contest asks for it.
    #[schema(required = false)]
    contest_password: String,
    /// Code of the personal link that brought the person; one that leads nowhere is passed over.
    #[schema(required = false)]
    introducer: String,
}

/// Phone and password.
#[derive(ToSchema)]
pub struct Credentials {
    /// Mobile number.
    #[schema(example = "0912345678")]
    phone: String,
    /// Password.
    password: String,
}

/// A log-in.
#[derive(Debug, Serialize, ToSchema)]
pub struct LoggedIn {
    /// Number of the person.
    participant: i64,
    /// Bearer token for this contest.
    token: String,
}

/// Registers a person and logs in.
#[utoipa::path(post, path = "/contests/{contest}/participants", tag = "participants",
    params(("contest" = String, Path, description = "Address of the contest")), request_body = Registration,
    responses((status = 201, body = LoggedIn), (status = 404, body = ProblemDocument),
        (status = 409, body = ProblemDocument, description = "already-registered, accounts-issued, round-ended"),
        (status = 422, body = ProblemDocument, description = "invalid (errors)")))]
pub async fn register(
    Now(now): Now,
    State(app): State<App>,
    Path(slug): Path<String>,
    Body(body): Body,
) -> Result<(StatusCode, Json<LoggedIn>), Problem> {
    let catalog = app.catalog();
    let contest = catalog.find(&slug).ok_or(Problem::NotFound)?;
    let input = Registration::read(body).map_err(Problem::Invalid)?;
    let registered = register::register(&app, now, contest, &input.into()).await?;
    Ok((
        StatusCode::CREATED,
        Json(LoggedIn::new(&app, now, registered.login)),
    ))
}

/// Logs a person in.
#[utoipa::path(post, path = "/contests/{contest}/login", tag = "participants",
    params(("contest" = String, Path, description = "Address of the contest")), request_body = Credentials,
    responses((status = 200, body = LoggedIn),
        (status = 401, body = ProblemDocument, description = "wrong-login"), (status = 404, body = ProblemDocument),
        (status = 422, body = ProblemDocument), (status = 429, body = ProblemDocument, description = "too-many")))]
pub async fn log_in(
    Now(now): Now,
    State(app): State<App>,
    Path(slug): Path<String>,
    Body(body): Body,
) -> Result<Json<LoggedIn>, Problem> {
    let catalog = app.catalog();
    let contest = catalog.find(&slug).ok_or(Problem::NotFound)?;
    let given = Credentials::read(body).map_err(Problem::Invalid)?;
    let login = log_in::log_in(&app, contest, &given.phone, &given.password).await?;
    Ok(Json(LoggedIn::new(&app, now, login)))
}

impl LoggedIn {
    fn new(app: &App, now: OffsetDateTime, login: Login) -> Self {
        Self {
            participant: login.participant.0,
            token: log_in::token(app, now, login),
        }
    }
}

impl Registration {
    fn read(body: Node) -> Result<Self, Vec<Fault>> {
        let mut fields = Fields::open("", body).map_err(|fault| vec![fault])?;
        let read = Self {
            full_name: fields.text("full_name"),
            birth_date: fields.text("birth_date"),
            phone: fields.text("phone"),
            unit: fields.text("unit"),
            password: fields.text("password"),
            consent: fields.flag("consent"),
            consent_publish: fields.flag("consent_publish"),
            national_id: fields.text("national_id"),
            sex: fields.text("sex"),
            email: fields.text("email"),
            address: fields.text("address"),
            class: fields.text("class"),
            guardian_name: fields.text("guardian_name"),
            referral: fields.text("referral"),
            contest_password: fields.text("contest_password"),
            introducer: fields.text("introducer"),
        };
        let faults = fields.close();
        if faults.is_empty() { Ok(read) } else { Err(faults) }
    }
}

impl From<Registration> for RegisterInput {
    fn from(given: Registration) -> Self {
        Self {
            full_name: given.full_name,
            birth: BirthInput::Iso(given.birth_date),
            phone: given.phone,
            unit: given.unit,
            password: given.password,
            consent: given.consent,
            consent_publish: given.consent_publish,
            national_id: given.national_id,
            sex: given.sex,
            email: given.email,
            address: given.address,
            class: given.class,
            guardian_name: given.guardian_name,
            referral: given.referral,
            contest_password: given.contest_password,
            introducer: given.introducer,
        }
    }
}

impl Credentials {
    fn read(body: Node) -> Result<Self, Vec<Fault>> {
        let mut fields = Fields::open("", body).map_err(|fault| vec![fault])?;
        let read = Self {
            phone: fields.text("phone"),
            password: fields.text("password"),
        };
        for (name, value) in [("phone", &read.phone), ("password", &read.password)] {
            if value.is_empty() && !fields.has_fault(name) {
                fields.fault(name, FieldError::Missing.into());
            }
        }
        // Argon2 takes any length, but nobody's password is longer than registration allows.
        if read.password.chars().count() > 128 {
            fields.fault("password", FaultKind::Field(FieldError::TooLong(128)));
        }
        let faults = fields.close();
        if faults.is_empty() { Ok(read) } else { Err(faults) }
    }
}

impl From<RegisterError> for Problem {
    fn from(error: RegisterError) -> Self {
        match error {
            RegisterError::ContestOver(at) => Self::ContestOver(at),
            RegisterError::Issued => Self::AccountsIssued,
            RegisterError::AlreadyRegistered => Self::AlreadyRegistered,
            RegisterError::Failed(failure) => Self::Failed(failure),
            RegisterError::Fields(faults) => Self::Invalid(
                faults
                    .into_iter()
                    .map(|(input, error)| Fault {
                        field: input.name().to_owned(),
                        kind: error.into(),
                    })
                    .collect(),
            ),
        }
    }
}

impl From<LogInError> for Problem {
    fn from(error: LogInError) -> Self {
        match error {
            LogInError::Wrong => Self::WrongLogin,
            LogInError::TooMany(wait) => Self::TooMany(wait),
            LogInError::Failed(failure) => Self::Failed(failure),
        }
    }
}
