//! Registering: one page with the fields of the contest, and everything typed kept when something is wrong.
//!
//! Owns the form's fields and how faults are shown; what a good value is belongs to `domain::participant`.

use super::place::{Asked, InContest, next_path};
use super::spread::came_by_link;
use super::units::{self, Hits, Step};
use crate::action::log_in;
use crate::action::register::{self, BirthInput, CONSENT_VERSION, Input, RegisterError, RegisterInput};
use crate::app::App;
use crate::domain::account::Accounts;
use crate::domain::catalog::Contest;
use crate::domain::contest::Field;
use crate::domain::participant::{GUARDIAN_AGE, local_date};
use crate::i18n::{self, Lang};
use crate::web::form::Form;
use crate::web::frame::{Frame, Page};
use crate::web::visitor::{Visitor, current_participant};
use crate::web::words::{count, list, say};
use crate::web::{WebError, field_text, format};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use std::collections::BTreeMap;

/// What is wrong with a field, as it is printed in the summary and at the field.
struct Fault {
    field: &'static str,
    message: String,
}

/// A field of one line that a contest may ask for.
struct Extra {
    name: &'static str,
    label: String,
    hint: Option<String>,
    kind: &'static str,
    autocomplete: &'static str,
    max: u16,
}

#[derive(Template)]
#[template(path = "citizen/register.html")]
struct RegisterPage {
    f: Frame,
    base: String,
    title: String,
    next: String,
    typed: BTreeMap<String, String>,
    faults: Vec<Fault>,
    known: bool,
    logged_in: Option<String>,
    /// What is said to somebody who came by a personal link.
    by_link: Option<String>,
    summary: String,
    hits: Hits,
    tree: Vec<Step>,
    asks_sex: bool,
    extras: Vec<Extra>,
    consent: String,
    version: &'static str,
    slug: String,
    guardian_age: i32,
    today: String,
}

#[derive(Template)]
#[template(path = "citizen/register-over.html")]
struct OverPage {
    f: Frame,
    base: String,
    title: String,
    sentence: String,
    /// There is an account to log in with.
    issued: bool,
}

impl RegisterPage {
    fn error(&self, field: &str) -> Option<&str> {
        self.faults
            .iter()
            .find(|fault| fault.field == field)
            .map(|fault| fault.message.as_str())
    }

    /// The class that marks a field with a fault.
    fn bad(&self, field: &str) -> &'static str {
        if self.error(field).is_some() { " bad" } else { "" }
    }

    /// Attributes of an input with a hint: described by the hint, and by the fault if there is one.
    fn described(&self, field: &str, hint: bool) -> String {
        let hint = if hint {
            format!("{field}-hint")
        } else {
            String::new()
        };
        match (self.error(field), hint.as_str()) {
            (Some(_), hint) => format!(
                " aria-invalid=\"true\" aria-describedby=\"{}\"",
                format!("{hint} {field}-error").trim()
            ),
            (None, "") => String::new(),
            (None, hint) => format!(" aria-describedby=\"{hint}\""),
        }
    }

    fn value(&self, field: &str) -> &str {
        self.typed.get(field).map_or("", String::as_str)
    }

    fn is(&self, field: &str, value: &str) -> bool {
        self.value(field) == value
    }
}

/// `GET /cuoc-thi/{contest}/dang-ky`
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    InContest(contest): InContest,
    asked: Asked,
) -> Result<Response, WebError> {
    if contest.definition.entry.accounts == Accounts::Issued {
        return Ok(Page(issued(&app, &visitor, &contest)).into_response());
    }
    if is_over(&contest, &visitor) {
        return Ok(Page(over(&app, &visitor, &contest)).into_response());
    }
    let person = current_participant(&app, &visitor, &contest).await?;
    let typed = BTreeMap::from([("unit".to_owned(), asked.get("don-vi").to_owned())]);
    let next = next_path(asked.get("tiep"), &contest);
    let mut page = page(&app, &visitor, &contest, typed, next);
    page.logged_in = person.map(|person| person.full_name);
    page.by_link = came_by_link(&app, &visitor, &contest).await?;
    Ok(Page(page).into_response())
}

/// `POST /cuoc-thi/{contest}/dang-ky`: registers, or finds units for the button "Tìm".
pub async fn send(
    State(app): State<App>,
    visitor: Visitor,
    InContest(contest): InContest,
    form: Form,
) -> Result<Response, WebError> {
    let next = next_path(form.get("tiep"), &contest);
    let typed = kept(&form);
    let by_link = came_by_link(&app, &visitor, &contest).await?;
    if form.get("then") == "find-unit" {
        let mut found = page(&app, &visitor, &contest, typed, next);
        found.by_link = by_link;
        return Ok(Page(found).into_response());
    }
    let mut input = input(&contest, &form);
    input.introducer = visitor.introducer().unwrap_or_default().to_owned();
    let (faults, known) = match register::register(&app, visitor.now, &contest, &input).await {
        Ok(registered) => {
            let token = log_in::token(&app, visitor.now, registered.login);
            let mut jar = CookieJar::new().add(visitor.login_cookie(contest.id, token));
            // A link to another contest still waits for its follower to register there.
            if by_link.is_some() {
                jar = jar.add(visitor.forget_introducer_cookie());
            }
            return Ok((jar, Redirect::to(&next)).into_response());
        }
        Err(RegisterError::ContestOver(_)) => {
            return Ok((StatusCode::CONFLICT, Page(over(&app, &visitor, &contest))).into_response());
        }
        Err(RegisterError::Issued) => {
            return Ok((StatusCode::CONFLICT, Page(issued(&app, &visitor, &contest))).into_response());
        }
        Err(RegisterError::Fields(faults)) => (faults, false),
        Err(RegisterError::AlreadyRegistered) => (Vec::new(), true),
        Err(RegisterError::Failed(failure)) => return Err(failure.into()),
    };
    let mut page = page(&app, &visitor, &contest, typed, next);
    page.by_link = by_link;
    page.tell(&faults, known);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
}

impl RegisterPage {
    /// Puts faults on the page, in the order of the form.
    fn tell(&mut self, faults: &[(Input, crate::domain::participant::FieldError)], known: bool) {
        let lang = self.f.lang();
        let told = |(input, error): &(Input, _)| Fault {
            field: input.name(),
            message: field_text::fault(lang, *input, *error),
        };
        self.faults = faults.iter().map(told).collect();
        if known {
            self.known = true;
            self.faults.push(Fault {
                field: "phone",
                message: i18n::text(lang, "register-known", &[]),
            });
        }
        let order = [
            "full_name",
            "birth_date",
            "phone",
            "unit",
            "sex",
            "national_id",
            "email",
            "address",
            "class",
            "referral",
            "contest_password",
            "password",
            "consent",
            "guardian_name",
        ];
        self.faults
            .sort_by_key(|fault| order.iter().position(|name| *name == fault.field));
        self.summary = count(
            lang,
            "errors-summary",
            i64::try_from(self.faults.len()).unwrap_or(0),
        );
    }
}

/// What was typed, the password apart: it is typed again.
fn kept(form: &Form) -> BTreeMap<String, String> {
    let fields = form
        .fields()
        .filter(|(name, _)| !matches!(*name, "password" | "csrf"));
    fields
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

fn input(contest: &Contest, form: &Form) -> RegisterInput {
    let asked = |field: Field| {
        let wanted = contest.definition.fields.asks(field) || Field::ALWAYS.contains(&field);
        if wanted {
            form.get(field.name()).to_owned()
        } else {
            String::new()
        }
    };
    // A guardian who is named but has not agreed is as good as none.
    let guardian = if form.has("guardian_consent") {
        form.get("guardian_name").to_owned()
    } else {
        String::new()
    };
    let birth = ["birth_day", "birth_month", "birth_year"].map(|part| form.get(part).to_owned());
    let [day, month, year] = birth;
    RegisterInput {
        full_name: asked(Field::FullName),
        birth: BirthInput::Parts(day, month, year),
        phone: asked(Field::Phone),
        unit: asked(Field::Unit),
        password: form.get("password").to_owned(),
        consent: form.has("consent"),
        consent_publish: form.has("consent_publish"),
        national_id: asked(Field::NationalId),
        sex: asked(Field::Sex),
        email: asked(Field::Email),
        address: asked(Field::Address),
        class: asked(Field::Class),
        guardian_name: guardian,
        referral: asked(Field::Referral),
        contest_password: form.get("contest_password").to_owned(),
        introducer: String::new(),
    }
}

fn page(
    app: &App,
    visitor: &Visitor,
    contest: &Contest,
    typed: BTreeMap<String, String>,
    next: String,
) -> RegisterPage {
    let (lang, today) = (visitor.display.lang, local_date(visitor.now));
    let get = |name: &str| typed.get(name).map_or("", String::as_str);
    RegisterPage {
        f: Frame::of(app, visitor, contest),
        base: format!("/cuoc-thi/{}", contest.definition.slug),
        title: contest.definition.title.clone(),
        next,
        hits: units::hits(lang, contest, today, get("unit_search"), get("unit")),
        tree: units::tree(lang, contest, today),
        typed,
        faults: Vec::new(),
        known: false,
        logged_in: None,
        by_link: None,
        summary: String::new(),
        asks_sex: contest.definition.fields.asks(Field::Sex),
        extras: extras(lang, contest),
        consent: consent(lang, contest),
        version: CONSENT_VERSION,
        slug: contest.definition.slug.clone(),
        guardian_age: GUARDIAN_AGE,
        today: today.to_string(),
    }
}

/// The fields of one line that this contest asks for.
fn extras(lang: Lang, contest: &Contest) -> Vec<Extra> {
    let known = [
        (Field::NationalId, "text", "off", 20, true),
        (Field::Email, "email", "email", 254, false),
        (Field::Address, "text", "street-address", 200, false),
        (Field::Class, "text", "off", 50, true),
        (Field::Referral, "text", "off", 50, true),
    ];
    let fields = &contest.definition.fields;
    let extra = |(field, kind, autocomplete, max, hint): (Field, &'static str, &'static str, u16, bool)| {
        let name = i18n::text(lang, &format!("register-{}", field.name()), &[]);
        let optional = !fields.required.contains(&field);
        Extra {
            name: field.name(),
            label: if optional {
                say(lang, "register-optional", &[("field", &name)])
            } else {
                name
            },
            hint: hint.then(|| i18n::text(lang, &format!("register-{}-hint", field.name()), &[])),
            kind,
            autocomplete,
            max,
        }
    };
    let given_out = contest.definition.entry.password.as_ref().map(|_| Extra {
        name: Input::ContestPassword.name(),
        label: i18n::text(lang, "register-contest_password", &[]),
        hint: Some(i18n::text(lang, "register-contest_password-hint", &[])),
        kind: "text",
        autocomplete: "off",
        max: 100,
    });
    let asked = known.into_iter().filter(|(field, ..)| fields.asks(*field));
    asked.map(extra).chain(given_out).collect()
}

/// The paragraph that people agree to: who, what, why, until when, and their rights.
fn consent(lang: Lang, contest: &Contest) -> String {
    let definition = &contest.definition;
    let asked = |field: &Field| definition.fields.asks(*field) || Field::ALWAYS.contains(field);
    let fields: Vec<String> = Field::ALL
        .into_iter()
        .filter(asked)
        .map(|field| field_text::name(lang, field))
        .collect();
    let values = [
        ("organiser", definition.organiser.as_str()),
        ("fields", &list(&fields)),
    ];
    let mut said = vec![say(lang, "consent-use", &values)];
    if let Some(day) = definition.data_deleted_by {
        said.push(say(lang, "consent-until", &[("day", &format::date(lang, day))]));
    }
    said.push(i18n::text(lang, "consent-rights", &[]));
    said.join(" ")
}

fn is_over(contest: &Contest, visitor: &Visitor) -> bool {
    contest
        .rounds
        .iter()
        .map(|round| round.closes_at)
        .max()
        .is_some_and(|last| last <= visitor.now)
}

/// Where the organisers issue the accounts.
fn issued(app: &App, visitor: &Visitor, contest: &Contest) -> OverPage {
    OverPage {
        sentence: i18n::text(visitor.display.lang, "register-issued", &[]),
        issued: true,
        ..over(app, visitor, contest)
    }
}

fn over(app: &App, visitor: &Visitor, contest: &Contest) -> OverPage {
    let lang = visitor.display.lang;
    let last = contest
        .rounds
        .iter()
        .map(|round| round.closes_at)
        .max()
        .unwrap_or(visitor.now);
    OverPage {
        f: Frame::of(app, visitor, contest),
        base: format!("/cuoc-thi/{}", contest.definition.slug),
        title: contest.definition.title.clone(),
        sentence: say(lang, "register-over", &[("at", &format::moment(lang, last))]),
        issued: false,
    }
}
