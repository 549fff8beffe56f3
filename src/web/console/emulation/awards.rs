//! The register of awards of a year: lines, form, file, export.

use super::{AskedYear, Choice, ROOT, files};
use crate::action::register_awards::{REASON, RegisterError, add_awards, note_export, strike_award};
use crate::bank::read_awards;
use crate::document::AwardList;
use crate::domain::emulation::AwardId;
use crate::domain::emulation::award::{Award, AwardError, AwardForm, Level, PersonTraits, Recipient};
use crate::domain::participant::{date_from_parts, local_date};
use crate::domain::staff::Right;
use crate::store::emulation::KeptAward;
use crate::web::console::desk::{Desk, Section, Side};
use crate::web::console::sent_file::Sent;
use crate::web::error::WebError;
use crate::web::form::{Form, StaffForm};
use crate::web::format;
use crate::web::frame::{Frame, Page};
use askama::Template;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};

/// Lines on a page and in an export; no province comes near in a year.
const MOST: i64 = 20_000;
/// Traits of a person in forms.
const TRAITS: [&str; 4] = ["direct", "farmer", "youth", "woman"];

#[derive(Template)]
#[template(path = "console/emulation-awards.html")]
struct AwardsPage {
    f: Frame,
    c: Side,
    path: String,
    year: u16,
    years: Vec<u16>,
    lines: Vec<AwardLine>,
    kept: usize,
    may_edit: bool,
    typed: Typed,
    errors: Vec<String>,
}

struct AwardLine {
    id: i32,
    name: String,
    unit: String,
    what: String,
    decision: String,
    traits: String,
    struck: Option<String>,
}

struct Typed {
    day: [String; 3],
    decision: String,
    forms: Vec<Choice>,
    levels: Vec<Choice>,
    name: String,
    unit: String,
    recipients: Vec<Choice>,
    small: bool,
    traits: Vec<Choice>,
}

/// `GET …/khen-thuong`
pub(super) async fn page(desk: Desk, Query(asked): Query<AskedYear>) -> Result<Response, WebError> {
    desk.require(Right::Export)?;
    let year = asked.or_now(&desk);
    Ok(Page(view(&desk, year, None, Vec::new()).await?).into_response())
}

/// `POST …/khen-thuong`: adds one line.
pub(super) async fn add(desk: Desk, StaffForm(form): StaffForm) -> Result<Response, WebError> {
    desk.require(Right::RunRounds)?;
    let refused = match read(&desk, &form) {
        Err(key) => desk.say(key, &[]),
        Ok(award) => {
            let year = award.decided_on.year();
            match add_awards(&desk.app, desk.now(), desk.by(), std::slice::from_ref(&award)).await {
                Ok(()) => return Ok(Redirect::to(&format!("{ROOT}/khen-thuong?nam={year}")).into_response()),
                Err(error) => refusal(&desk, error, &[award])?,
            }
        }
    };
    again(&desk, Some(&form), vec![refused]).await
}

/// `POST …/khen-thuong/tep`: adds the lines of a file.
pub(super) async fn upload(
    desk: Desk,
    headers: HeaderMap,
    multipart: Result<Multipart, MultipartRejection>,
) -> Result<Response, WebError> {
    desk.require(Right::RunRounds)?;
    let multipart = multipart.map_err(|_| WebError::BadForm)?;
    let Some((_, bytes)) = Sent::read(&desk, &headers, multipart).await?.chosen() else {
        let message = desk.say("emulation-no-file", &[]);
        return again(&desk, None, vec![message]).await;
    };
    let awards = match read_awards(&bytes, local_date(desk.now())) {
        Ok(awards) => awards,
        Err(faults) => return again(&desk, None, super::year::said(&desk, &faults)).await,
    };
    let year = awards
        .iter()
        .map(|award| award.decided_on.year())
        .max()
        .unwrap_or(2000);
    match add_awards(&desk.app, desk.now(), desk.by(), &awards).await {
        Ok(()) => Ok(Redirect::to(&format!("{ROOT}/khen-thuong?nam={year}")).into_response()),
        Err(error) => {
            let message = refusal(&desk, error, &awards)?;
            again(&desk, None, vec![message]).await
        }
    }
}

/// `POST …/khen-thuong/{id}/gach`: strikes a line out.
pub(super) async fn strike(
    desk: Desk,
    Path(id): Path<i32>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::RunRounds)?;
    let id = AwardId(id);
    let day = desk
        .app
        .store
        .find_award_day(id)
        .await?
        .ok_or(WebError::NotFound)?;
    let year = u16::try_from(day.year()).unwrap_or(2000);
    match strike_award(&desk.app, desk.now(), desk.by(), id, form.get("ly-do")).await {
        Ok(()) => Ok(Redirect::to(&format!("{ROOT}/khen-thuong?nam={year}")).into_response()),
        Err(error) => {
            let message = refusal(&desk, error, &[])?;
            let page = view(&desk, year, None, vec![message]).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
        }
    }
}

/// `POST …/khen-thuong/xuat`
pub(super) async fn export(desk: Desk, StaffForm(form): StaffForm) -> Result<Response, WebError> {
    desk.require(Right::Export)?;
    let year = AskedYear {
        nam: form.get("nam").parse().ok(),
    }
    .or_now(&desk);
    let format = files::format(form.get("format"))?;
    let awards = desk.app.store.list_awards(year, MOST).await?;
    note_export(
        &desk.app,
        desk.now(),
        desk.by(),
        ("award-register", format.name()),
        true,
    )
    .await?;
    let as_of = format::exact(desk.lang(), desk.now());
    let list = AwardList {
        year,
        awards: &awards,
        as_of: &as_of,
    };
    Ok(files::send(list.list(desk.lang()), format))
}

fn refusal(desk: &Desk, error: RegisterError, awards: &[Award]) -> Result<String, WebError> {
    match error {
        RegisterError::Known(at) => {
            let name = awards.get(at).map(|award| award.name.clone()).unwrap_or_default();
            Ok(desk.say("emulation-award-known", &[("n", name.into())]))
        }
        RegisterError::Reason => {
            let least = REASON.start().to_string();
            Ok(desk.say("emulation-award-reason", &[("n", least.into())]))
        }
        RegisterError::Gone => Ok(desk.say("emulation-award-gone", &[])),
        RegisterError::Failed(failure) => Err(failure.into()),
    }
}

/// The award that was typed, or the message of what is wrong.
fn read(desk: &Desk, form: &Form) -> Result<Award, &'static str> {
    let [day, month, year] = ["ngay", "thang", "nam"].map(|name| form.get(name));
    let decided_on = date_from_parts(day, month, year).map_err(|_| "emulation-award-day")?;
    let has = |name: &str| form.get(name) == "yes";
    let recipient = match form.get("doi-tuong") {
        "collective" if TRAITS.iter().any(|name| has(name)) => return Err("emulation-award-traits"),
        "collective" => Recipient::Collective { small: has("small") },
        "person" if has("small") => return Err("emulation-award-small"),
        "person" => Recipient::Person(PersonTraits {
            direct: has("direct"),
            farmer: has("farmer"),
            youth: has("youth"),
            woman: has("woman"),
        }),
        _ => return Err("emulation-award-recipient"),
    };
    let award = Award {
        decided_on,
        decision: form.get("so").to_owned(),
        form: AwardForm::parse(form.get("hinh-thuc")).ok_or("emulation-award-form")?,
        level: Level::parse(form.get("cap")).ok_or("emulation-award-level")?,
        name: form.get("ten").to_owned(),
        unit: form.get("don-vi").to_owned(),
        recipient,
    };
    award
        .checked(local_date(desk.now()))
        .map_err(|error| match error {
            AwardError::Name => "emulation-award-name",
            AwardError::Unit => "emulation-award-unit",
            AwardError::Decision => "emulation-award-decision",
            AwardError::District => "emulation-award-district",
            AwardError::Day => "emulation-award-day",
        })
}

async fn again(desk: &Desk, form: Option<&Form>, errors: Vec<String>) -> Result<Response, WebError> {
    let nam = form.and_then(|form| form.get("nam").trim().parse().ok());
    let year = AskedYear { nam }.or_now(desk);
    let page = view(desk, year, form, errors).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
}

async fn view(
    desk: &Desk,
    year: u16,
    form: Option<&Form>,
    errors: Vec<String>,
) -> Result<AwardsPage, WebError> {
    let awards = desk.app.store.list_awards(year, MOST).await?;
    let mut years = desk.app.store.list_award_years().await?;
    if !years.contains(&year) {
        years.push(year);
        years.sort_unstable_by(|a, b| b.cmp(a));
    }
    Ok(AwardsPage {
        f: desk.frame(),
        c: desk.side(Section::Emulation),
        path: format!("{ROOT}/khen-thuong"),
        year,
        years,
        kept: awards.iter().filter(|line| line.struck.is_none()).count(),
        lines: awards.iter().rev().map(|line| shown(desk, line)).collect(),
        may_edit: desk.may(Right::RunRounds),
        typed: typed(desk, year, form),
        errors,
    })
}

fn typed(desk: &Desk, year: u16, form: Option<&Form>) -> Typed {
    let get = |name: &str, usual: &str| -> String {
        let typed = form.map(|form| form.get(name).chars().take(300).collect());
        typed.unwrap_or_else(|| usual.to_owned())
    };
    let choice = |field: &str, kind: &str, name: &'static str, usual: bool| Choice {
        name,
        label: desk.say(&format!("emulation-{kind}-{name}"), &[]),
        chosen: form.map_or(usual, |form| form.get(field) == name),
    };
    let forms = AwardForm::ALL
        .iter()
        .map(|own| choice("hinh-thuc", "form", own.name(), false));
    let levels = Level::ALL
        .iter()
        .map(|own| choice("cap", "level", own.name(), false));
    let recipients = ["collective", "person"].map(|own| choice("doi-tuong", "recipient", own, false));
    let traits = TRAITS.map(|own| Choice {
        chosen: form.is_some_and(|form| form.get(own) == "yes"),
        ..choice("", "trait", own, false)
    });
    Typed {
        day: [get("ngay", ""), get("thang", ""), get("nam", &year.to_string())],
        decision: get("so", ""),
        forms: forms.collect(),
        levels: levels.collect(),
        name: get("ten", ""),
        unit: get("don-vi", ""),
        recipients: recipients.into(),
        small: form.is_some_and(|form| form.get("small") == "yes"),
        traits: traits.into(),
    }
}

fn shown(desk: &Desk, line: &KeptAward) -> AwardLine {
    let award = &line.award;
    let say = |kind: &str, name: &str| desk.say(&format!("emulation-{kind}-{name}"), &[]);
    let words: Vec<String> = match award.recipient {
        Recipient::Collective { small: true } => vec![say("trait", "small")],
        Recipient::Collective { small: false } => vec![say("recipient", "collective")],
        Recipient::Person(own) => {
            let flags = [own.direct, own.farmer, own.youth, own.woman];
            let said = TRAITS
                .iter()
                .zip(flags)
                .filter(|(_, yes)| *yes)
                .map(|(name, _)| say("trait", name));
            std::iter::once(say("recipient", "person")).chain(said).collect()
        }
    };
    let day = format::date(desk.lang(), award.decided_on);
    AwardLine {
        id: line.id.0,
        name: award.name.clone(),
        unit: award.unit.clone(),
        what: format!(
            "{}, {}",
            say("form", award.form.name()),
            say("level", award.level.name()).to_lowercase()
        ),
        decision: if award.decision.is_empty() {
            day
        } else {
            format!("{}, {day}", award.decision)
        },
        traits: words.join(", "),
        struck: line
            .struck
            .as_ref()
            .map(|(by, why)| super::say_ab(desk.lang(), "emulation-award-struck", by, why)),
    }
}
