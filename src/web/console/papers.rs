//! Official papers and lists with personal columns: what is to be made, in which form, for what purpose.
//!
//! Owns one page and its two forms; figures and the line in the log are `action`'s, wording and form `document`'s.

use super::desk::{Desk, Section, Side, contest_path};
use super::download;
use crate::action::issue_paper::{PaperError, PaperOrder, issue_paper};
use crate::document::official::{Issue, Print, paper, write_paper};
use crate::document::{Format, official};
use crate::domain::catalog::Contest;
use crate::domain::contest::Field;
use crate::domain::official::{House, PaperKind};
use crate::domain::participant::vietnam;
use crate::domain::round::Round;
use crate::domain::round_key::NoKey;
use crate::domain::staff::Right;
use crate::store::results::Listing;
use crate::web::error::WebError;
use crate::web::form::{Form, StaffForm};
use crate::web::frame::{Frame, Page};
use crate::web::rules_text;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::Arc;
use time::{Date, Month};

/// Shortest reason for giving out personal data, as for other steps that must be explained later.
const MIN_REASON: usize = 10;

/// A round of a contest, or the contest as a whole.
#[derive(Debug, Deserialize)]
pub struct Scope {
    contest: String,
    #[serde(default)]
    n: Option<u16>,
}

#[derive(Template)]
#[template(path = "console/papers.html")]
struct PapersPage {
    f: Frame,
    c: Side,
    title: String,
    back: String,
    path: String,
    scope: String,
    kinds: Vec<Choice>,
    houses: Vec<Choice>,
    prints: Vec<&'static str>,
    number: String,
    day: [String; 3],
    full_names: bool,
    lists: Vec<Choice>,
    columns: Vec<Choice>,
    reason: String,
    list_reason: String,
    error: Option<Fault>,
    of_round: bool,
}

impl PapersPage {
    /// The message of a field.
    fn message(&self, field: &str) -> Option<&str> {
        let fault = self.error.as_ref().filter(|fault| fault.field == field)?;
        Some(&fault.message)
    }
}

struct Choice {
    name: &'static str,
    label: String,
    hint: String,
    chosen: bool,
}

struct Fault {
    field: &'static str,
    message: String,
}

/// The page.
pub async fn page(desk: Desk, Path(scope): Path<Scope>) -> Result<Response, WebError> {
    desk.require(Right::Export)?;
    let (contest, round) = find(&desk, &scope)?;
    Ok(Page(view(&desk, &contest, round.as_ref(), None, None)).into_response())
}

/// Makes a paper.
pub async fn issue(
    desk: Desk,
    Path(scope): Path<Scope>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::Export)?;
    let (contest, round) = find(&desk, &scope)?;
    match make(&desk, &contest, round.as_ref(), &form).await {
        Ok(response) => Ok(response),
        Err(Refused::Error(error)) => Err(error),
        Err(Refused::Fault(fault)) => Ok(again(&desk, &contest, round.as_ref(), &form, fault)),
    }
}

/// Sends a list with the personal columns that were ticked.
pub async fn list(
    desk: Desk,
    Path(scope): Path<Scope>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::Export)?;
    let (contest, round) = find(&desk, &scope)?;
    let of_people = |listing: &Listing| matches!(listing, Listing::Participants | Listing::Winners);
    let listing = Listing::parse(form.get("list")).filter(of_people);
    let (Some(listing), Some(format)) = (listing, Format::parse(form.get("format"))) else {
        return Err(WebError::BadForm);
    };
    let with: BTreeSet<Field> = form.all("column").filter_map(personal).collect();
    let fault = if with.is_empty() {
        None
    } else if form.get("confirm") != "yes" {
        Some(("confirm", "papers-confirm-missing"))
    } else if reason(&form, "list_reason").is_none() {
        Some(("list_reason", "papers-reason-missing"))
    } else {
        None
    };
    if let Some((field, key)) = fault {
        let fault = told(&desk, field, key);
        return Ok(again(&desk, &contest, round.as_ref(), &form, fault));
    }
    let place = (&contest, round.as_ref());
    download::send(
        &desk,
        place,
        (listing, format),
        with,
        reason(&form, "list_reason"),
    )
    .await
}

fn personal(name: &str) -> Option<Field> {
    Field::PERSONAL.into_iter().find(|field| field.name() == name)
}

/// The reason, if it is one.
fn reason<'f>(form: &'f Form, field: &str) -> Option<&'f str> {
    let typed = form.get(field).trim();
    (MIN_REASON..=500)
        .contains(&typed.chars().count())
        .then_some(typed)
}

fn told(desk: &Desk, field: &'static str, key: &str) -> Fault {
    Fault {
        field,
        message: desk.say(key, &[("n", MIN_REASON.into())]),
    }
}

fn find(desk: &Desk, scope: &Scope) -> Result<(Arc<Contest>, Option<Round>), WebError> {
    let contest = desk.contest(&scope.contest)?;
    let round = match scope.n {
        Some(number) => Some(contest.round(number).cloned().ok_or(WebError::NotFound)?),
        None => None,
    };
    Ok((contest, round))
}

/// Why there is no paper: the page says it, or it is none of the page's business.
enum Refused {
    Fault(Fault),
    Error(WebError),
}

impl<E: Into<WebError>> From<E> for Refused {
    fn from(error: E) -> Self {
        Self::Error(error.into())
    }
}

async fn make(
    desk: &Desk,
    contest: &Arc<Contest>,
    round: Option<&Round>,
    form: &Form,
) -> Result<Response, Refused> {
    let kind = PaperKind::parse(form.get("kind"));
    let (Some(kind), Some(house), Some(print)) = (
        kind,
        House::parse(form.get("form")),
        Print::parse(form.get("format")),
    ) else {
        return Err(Refused::Error(WebError::BadForm));
    };
    let refuse = |field, key| Refused::Fault(told(desk, field, key));
    if !print.is_ready() {
        return Err(refuse("format", "papers-pdf-not-ready"));
    }
    let number = number(form).map_err(|()| refuse("number", "papers-number-wrong"))?;
    let date = day(form).map_err(|()| refuse("day", "papers-day-wrong"))?;
    let mut with = BTreeSet::new();
    if form.get("full_names") == "yes" && kind.names_people() {
        with.insert(Field::FullName);
    }
    if !with.is_empty() && reason(form, "reason").is_none() {
        return Err(refuse("reason", "papers-reason-missing"));
    }
    let order = PaperOrder {
        kind,
        round,
        format: print.name(),
        with: &with,
        reason: reason(form, "reason"),
    };
    let issued = issue_paper(&desk.app, desk.now(), desk.by(), contest, order)
        .await
        .map_err(|error| refused(desk, error))?;
    let issue = Issue {
        kind,
        house,
        number,
        date,
        with,
        rules: rules_text::for_papers(contest),
    };
    let made = paper(
        &issued.facts,
        &issue,
        &issued.codes,
        desk.app.public_url().origin(),
    );
    let file = format!("attachment; filename=\"{}.{}\"", made.file_stem, print.name());
    let bytes = write_paper(made, print).await.map_err(|error| match error {
        official::PrintError::Stopped => WebError::Busy,
        official::PrintError::Set(_) | official::PrintError::NoTypesetter => WebError::Internal(error.into()),
    })?;
    let headers = [
        (CONTENT_TYPE, print.media_type().to_owned()),
        (CONTENT_DISPOSITION, file),
        (CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

fn refused(desk: &Desk, error: PaperError) -> Refused {
    let key = match error {
        PaperError::NotRanked(_) => "papers-not-ranked",
        PaperError::NotApproved => "papers-not-approved",
        PaperError::NoWinners => "papers-no-winners",
        PaperError::TooMany(..) => "papers-too-many",
        PaperError::NoKey(NoKey::Never) => "papers-key-never",
        PaperError::NoKey(NoKey::RoundOpen) => "papers-key-round-open",
        PaperError::NoKey(NoKey::ContestOpen) => "papers-key-contest-open",
        PaperError::TooManyQuestions(..) => "papers-key-too-long",
        PaperError::ReasonNeeded => return Refused::Fault(told(desk, "reason", "papers-reason-missing")),
        PaperError::Failed(failure) => return Refused::Error(failure.into()),
    };
    Refused::Fault(told(desk, "kind", key))
}

/// The number of the paper; none where the box is empty.
fn number(form: &Form) -> Result<Option<&str>, ()> {
    let typed = form.get("number").trim();
    let good = typed.chars().count() <= 20 && typed.chars().all(char::is_alphanumeric);
    if good {
        Ok(Some(typed).filter(|typed| !typed.is_empty()))
    } else {
        Err(())
    }
}

/// The day of the paper; none where the boxes are empty.
fn day(form: &Form) -> Result<Option<Date>, ()> {
    let boxes = ["day", "month", "year"].map(|name| form.get(name).trim());
    // The year is filled in beforehand; alone it is no day.
    if boxes.iter().take(2).all(|typed| typed.is_empty()) {
        return Ok(None);
    }
    let [day, month, year] = boxes;
    let month: u8 = month.parse().map_err(|_| ())?;
    let month = Month::try_from(month).map_err(|_| ())?;
    let date = Date::from_calendar_date(year.parse().map_err(|_| ())?, month, day.parse().map_err(|_| ())?);
    date.ok()
        .filter(|date| (2000..=2100).contains(&date.year()))
        .map(Some)
        .ok_or(())
}

fn again(desk: &Desk, contest: &Contest, round: Option<&Round>, form: &Form, fault: Fault) -> Response {
    let page = view(desk, contest, round, Some(form), Some(fault));
    (StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response()
}

fn view(
    desk: &Desk,
    contest: &Contest,
    round: Option<&Round>,
    form: Option<&Form>,
    error: Option<Fault>,
) -> PapersPage {
    let typed = |name: &str| form.map(|form| form.get(name).to_owned()).unwrap_or_default();
    let is = |field: &str, name: &str, usual: bool| match form {
        Some(form) if form.has(field) => form.all(field).any(|value| value == name),
        Some(_) => false,
        None => usual,
    };
    let choice = |field: &str, name: &'static str, key: String, usual: bool| Choice {
        name,
        label: desk.say(&key, &[]),
        hint: desk.say(&format!("{key}.hint"), &[]),
        chosen: is(field, name, usual),
    };
    let house = contest.definition.papers.letterhead.house;
    let kinds = PaperKind::ALL.map(|kind| {
        let usual = kind == PaperKind::Decision;
        choice("kind", kind.name(), format!("papers-kind-{}", kind.name()), usual)
    });
    let houses = House::ALL.map(|own| {
        choice(
            "form",
            own.name(),
            format!("papers-form-{}", own.name()),
            own == house,
        )
    });
    let lists = [Listing::Winners, Listing::Participants].map(|listing| {
        let usual = listing == Listing::Winners;
        choice(
            "list",
            listing.name(),
            format!("papers-list-{}", listing.name()),
            usual,
        )
    });
    let fields = &contest.definition.fields;
    let asked =
        |field: &Field| Field::ALWAYS.contains(field) || *field == Field::GuardianName || fields.asks(*field);
    let columns = Field::PERSONAL.into_iter().filter(asked).map(|field| Choice {
        name: field.name(),
        label: desk.say(&format!("export-column-{}", field.name().replace('_', "-")), &[]),
        hint: String::new(),
        chosen: is("column", field.name(), false),
    });
    let today = desk.now().to_offset(vietnam()).date();
    let day = match form {
        Some(form) => ["day", "month", "year"].map(|name| form.get(name).to_owned()),
        None => [String::new(), String::new(), today.year().to_string()],
    };
    let own = contest_path(contest);
    let (back, path) = match round {
        Some(round) => (
            format!("{own}?vong={}", round.number),
            format!("{own}/vong/{}/van-ban", round.number),
        ),
        None => (own.clone(), format!("{own}/van-ban")),
    };
    PapersPage {
        f: desk.frame_of(contest),
        c: desk.side(Section::Contests),
        title: desk.say("papers-title", &[]),
        back,
        path,
        scope: round.map_or_else(|| contest.definition.title.clone(), |round| round.title.clone()),
        kinds: kinds.into(),
        houses: houses.into(),
        prints: Print::ALL.into_iter().map(Print::name).collect(),
        number: typed("number"),
        day,
        full_names: is("full_names", "yes", false),
        lists: lists.into(),
        columns: columns.collect(),
        reason: typed("reason"),
        list_reason: typed("list_reason"),
        error,
        of_round: round.is_some(),
    }
}
