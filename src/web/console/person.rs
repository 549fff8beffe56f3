//! The details of one participant: correcting a slip, withdrawing a consent, and every correction made before.
//!
//! Owns one page; what may change and when is `domain::correction`'s, the change `action::correct_person`'s.

use super::desk::{Desk, Section, Side, contest_path};
use crate::action::correct_person::{CorrectError, DetailsInput, MIN_REASON, correct_person};
use crate::domain::catalog::Contest;
use crate::domain::contest::Field;
use crate::domain::correction::{Detail, TooLate};
use crate::domain::ids::ParticipantId;
use crate::domain::staff::Right;
use crate::store::correction::{Correction, Details};
use crate::web::error::WebError;
use crate::web::form::{Form, StaffForm};
use crate::web::frame::{Frame, Page};
use crate::web::{field_text, format};
use askama::Template;
use axum::extract::Path;
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use time::Date;
use time::macros::format_description;

#[derive(Template)]
#[template(path = "console/person.html")]
struct PersonPage {
    f: Frame,
    c: Side,
    back: String,
    title: String,
    path: String,
    typed: DetailsInput,
    units: Vec<(String, String, bool)>,
    lines: Vec<TextLine>,
    /// Field and message of everything that is wrong.
    faults: Vec<(&'static str, String)>,
    corrections: Vec<CorrectionView>,
}

/// A detail of one line that the contest asks for.
struct TextLine {
    name: &'static str,
    label: String,
    value: String,
    max: u16,
}

struct CorrectionView {
    head: String,
    change: String,
    reason: String,
}

impl PersonPage {
    fn error(&self, field: &str) -> Option<&str> {
        let fault = self.faults.iter().find(|(name, _)| *name == field)?;
        Some(&fault.1)
    }
}

/// Where the details of a person are corrected.
pub fn path(contest: &Contest, person: ParticipantId) -> String {
    format!("{}/nguoi-du-thi/{person}", contest_path(contest))
}

/// The page.
pub async fn page(desk: Desk, Path((slug, person)): Path<(String, i64)>) -> Result<Response, WebError> {
    desk.require(Right::HelpParticipants)?;
    let contest = desk.contest(&slug)?;
    let person = ParticipantId(person);
    let details = desk.app.store.find_details(contest.id, person).await?;
    let details = details.ok_or(WebError::NotFound)?;
    let typed = kept(&contest, &details);
    answer(&desk, &contest, person, typed, Vec::new()).await
}

/// Corrects what was changed in the form.
pub async fn correct(
    desk: Desk,
    Path((slug, person)): Path<(String, i64)>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::HelpParticipants)?;
    let contest = desk.contest(&slug)?;
    let person = ParticipantId(person);
    let details = desk.app.store.find_details(contest.id, person).await?;
    let details = details.ok_or(WebError::NotFound)?;
    let typed = read(&contest, &details, &form);
    match correct_person(&desk.app, desk.now(), desk.by(), &contest, person, &typed).await {
        Ok(()) => Ok(Redirect::to(&format!("{}#da-sua", path(&contest, person))).into_response()),
        Err(error) => {
            let faults = told(&desk, error)?;
            answer(&desk, &contest, person, typed, faults).await
        }
    }
}

/// The form as the details stand.
fn kept(contest: &Contest, details: &Details) -> DetailsInput {
    let born = details.birth_date;
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let unit = contest.unit(details.unit);
    DetailsInput {
        full_name: details.full_name.clone(),
        birth: [
            born.day().to_string(),
            u8::from(born.month()).to_string(),
            born.year().to_string(),
        ],
        unit: unit.map(|unit| unit.definition.code.clone()).unwrap_or_default(),
        class: text(&details.class),
        email: text(&details.email),
        address: text(&details.address),
        guardian_name: text(&details.guardian_name),
        consent_publish: details.consent_publish,
        reason: String::new(),
    }
}

/// What was typed; a detail that the form does not have stays as it is.
fn read(contest: &Contest, details: &Details, form: &Form) -> DetailsInput {
    let mut typed = kept(contest, details);
    for (name, value) in [
        ("full_name", &mut typed.full_name),
        ("unit", &mut typed.unit),
        ("class", &mut typed.class),
        ("email", &mut typed.email),
        ("address", &mut typed.address),
        ("guardian_name", &mut typed.guardian_name),
        ("reason", &mut typed.reason),
    ] {
        if form.has(name) {
            *value = form.get(name).chars().take(600).collect();
        }
    }
    typed.birth =
        ["birth_day", "birth_month", "birth_year"].map(|name| form.get(name).chars().take(4).collect());
    typed.consent_publish = form.has("consent_publish");
    typed
}

/// What is wrong, at the fields where it is mended; a failure goes on.
fn told(desk: &Desk, error: CorrectError) -> Result<Vec<(&'static str, String)>, WebError> {
    Ok(match error {
        CorrectError::Fields(faults) => faults
            .into_iter()
            .map(|(input, fault)| (input.name(), field_text::fault(desk.lang(), input, fault)))
            .collect(),
        CorrectError::Reason => {
            let n = i64::try_from(MIN_REASON).unwrap_or(0);
            vec![("reason", desk.say("person-reason-wrong", &[("n", n.into())]))]
        }
        CorrectError::Nothing => vec![("full_name", desk.say("person-nothing", &[]))],
        CorrectError::TooLate(detail, result) => {
            let key = match result {
                TooLate::Ranked => "person-too-late-ranked",
                TooLate::Published => "person-too-late-published",
            };
            let what = named(desk, detail);
            vec![(detail.name(), desk.say(key, &[("what", what.into())]))]
        }
        CorrectError::Unknown => return Err(WebError::NotFound),
        CorrectError::Failed(failure) => return Err(failure.into()),
    })
}

fn named(desk: &Desk, detail: Detail) -> String {
    match detail.field() {
        Some(field) => field_text::name(desk.lang(), field),
        None => desk.say("person-consent", &[]),
    }
}

async fn answer(
    desk: &Desk,
    contest: &Contest,
    person: ParticipantId,
    typed: DetailsInput,
    faults: Vec<(&'static str, String)>,
) -> Result<Response, WebError> {
    let corrections = desk.app.store.list_corrections(person).await?;
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let units = contest.units.iter().map(|unit| {
        let code = unit.definition.code.clone();
        let is_chosen = code == typed.unit;
        (code, contest.unit_path(unit.id), is_chosen)
    });
    let page = PersonPage {
        f: desk.frame_of(contest),
        c: desk.side(Section::Contests),
        back: format!("{}/ma-mat-khau", contest_path(contest)),
        title: desk.say("person-title", &[("n", person.to_string().into())]),
        path: path(contest, person),
        units: units.collect(),
        lines: lines(desk, contest, &typed),
        typed,
        faults,
        corrections: corrections
            .iter()
            .map(|one| correction(desk, contest, one))
            .collect(),
    };
    let mut response = (status, Page(page)).into_response();
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

fn lines(desk: &Desk, contest: &Contest, typed: &DetailsInput) -> Vec<TextLine> {
    let all = [
        (Field::Class, &typed.class, 50),
        (Field::Email, &typed.email, 254),
        (Field::Address, &typed.address, 200),
        (Field::GuardianName, &typed.guardian_name, 100),
    ];
    let asked = |field: Field| field == Field::GuardianName || contest.definition.fields.asks(field);
    let shown = all.into_iter().filter(|(field, _, _)| asked(*field));
    let line = shown.map(|(field, value, max)| TextLine {
        name: field.name(),
        label: capital(&field_text::name(desk.lang(), field)),
        value: value.clone(),
        max,
    });
    line.collect()
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    format!("{}{}", first.unwrap_or_default(), letters.as_str())
}

fn correction(desk: &Desk, contest: &Contest, one: &Correction) -> CorrectionView {
    let shown = |value: &str| shown(desk, contest, one.detail, value);
    let head = [
        ("what", capital(&named(desk, one.detail)).into()),
        ("name", one.by.clone().into()),
        ("at", format::exact(desk.lang(), one.at).into()),
    ];
    let change = [
        ("from", shown(&one.former).into()),
        ("to", shown(&one.later).into()),
    ];
    CorrectionView {
        head: desk.say("person-corrected", &head),
        change: desk.say("person-change", &change),
        reason: one.reason.clone(),
    }
}

/// A kept value as people read it.
fn shown(desk: &Desk, contest: &Contest, detail: Detail, value: &str) -> String {
    let unit = || contest.unit_by_code(value).map(|unit| contest.unit_path(unit.id));
    let day = || {
        let date = Date::parse(value, format_description!("[year]-[month]-[day]")).ok()?;
        Some(format::date(desk.lang(), date))
    };
    let said = match (detail, value) {
        (_, "") => Some(desk.say("person-empty", &[])),
        (Detail::Unit, _) => unit(),
        (Detail::BirthDate, _) => day(),
        (Detail::ConsentPublish, "yes") => Some(desk.say("person-agrees", &[])),
        (Detail::ConsentPublish, _) => Some(desk.say("person-agrees-not", &[])),
        _ => None,
    };
    said.unwrap_or_else(|| value.to_owned())
}
