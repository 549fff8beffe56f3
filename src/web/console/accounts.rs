//! Issuing accounts from the organisers' list: the file and what is wrong with it, what issuing would do, the passwords once.
//!
//! Owns one page in four steps; reading and issuing are `action::check_accounts`'s.

use super::desk::{Desk, Section, Side, contest_path};
use super::sent_file::Sent;
use super::set_view::{FaultRow, fault_rows};
use crate::action::check_accounts::{
    CheckedList, MAX_AT_ONCE, check_accounts, issue_checked, keep_passwords, take_passwords,
};
use crate::action::issue_accounts::{IssueError, Issued};
use crate::bank::{MAX_FILE_BYTES, Severity};
use crate::document::{AccountLine, Format, accounts_list, body};
use crate::domain::account::{Accounts, ListedAccount};
use crate::domain::catalog::Contest;
use crate::domain::participant::local_date;
use crate::domain::staff::Right;
use crate::web::error::WebError;
use crate::web::form::StaffForm;
use crate::web::format;
use crate::web::frame::{Frame, Page};
use crate::web::words::count;
use askama::Template;
use axum::body::Body;
use axum::extract::Path;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// Longest request with a list, in bytes.
pub const MAX_REQUEST: usize = MAX_FILE_BYTES + 64 * 1024;
/// People shown of a list, so that its columns can be looked at.
const SHOWN: usize = 20;

#[derive(Template)]
#[template(path = "console/accounts.html")]
struct AccountsPage {
    f: Frame,
    c: Side,
    back: String,
    title: String,
    path: String,
    /// Why no account can be issued at all.
    wait: Option<String>,
    limit: String,
    error: Option<String>,
    file: String,
    faults: Vec<FaultRow>,
    review: Option<Review>,
    done: Option<Done>,
}

/// A list that may be issued.
struct Review {
    sentences: Vec<String>,
    rows: Vec<[String; 5]>,
    more: Option<String>,
    token: Option<String>,
}

/// What was issued.
struct Done {
    sentences: Vec<String>,
    token: Option<String>,
}

/// `GET …/tai-khoan`
pub async fn page(desk: Desk, Path(slug): Path<String>) -> Result<Response, WebError> {
    desk.require(Right::LoadSets)?;
    let contest = desk.contest(&slug)?;
    Ok(Page(empty(&desk, &contest)).into_response())
}

/// `POST …/tai-khoan`: reads a list; nothing is issued yet.
pub async fn check(
    desk: Desk,
    Path(slug): Path<String>,
    headers: HeaderMap,
    multipart: Result<Multipart, MultipartRejection>,
) -> Result<Response, WebError> {
    desk.require(Right::LoadSets)?;
    let contest = desk.contest(&slug)?;
    let multipart = multipart.map_err(|_| WebError::BadForm)?;
    let sent = Sent::read(&desk, &headers, multipart).await?;
    let Some((name, bytes)) = sent.chosen().filter(|_| issues(&contest)) else {
        return Ok(refused(&desk, &contest, "accounts-no-file"));
    };
    let checked = check_accounts(&desk.app, desk.now(), &desk.staff, &contest, &name, &bytes).await?;
    let mut page = empty(&desk, &contest);
    page.faults = fault_rows(desk.lang(), &checked.faults);
    page.file = name;
    if checked.people.is_empty() {
        let broken = checked
            .faults
            .iter()
            .any(|fault| fault.severity == Severity::Error);
        let key = if broken {
            "accounts-faulty"
        } else {
            "accounts-empty"
        };
        page.error = Some(desk.say(key, &[]));
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response());
    }
    page.review = Some(review(&desk, &contest, checked));
    Ok(Page(page).into_response())
}

/// `POST …/tai-khoan/cap`: issues the list that was read.
pub async fn issue(
    desk: Desk,
    Path(slug): Path<String>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::LoadSets)?;
    let contest = desk.contest(&slug)?;
    let issued = match issue_checked(&desk.app, desk.now(), &desk.staff, &contest, form.get("token")).await {
        Ok(Some(issued)) => issued,
        Ok(None) | Err(IssueError::NotIssued | IssueError::NoUnit(_)) => {
            return Ok(refused(&desk, &contest, "accounts-gone"));
        }
        Err(IssueError::Expired) => return Ok(refused(&desk, &contest, "accounts-expired")),
        Err(IssueError::Failed(failure)) => return Err(failure.into()),
    };
    let lines = lines(&contest, &issued);
    let text = serde_json::to_string(&lines).map_err(|_| WebError::BadForm)?;
    let Ok(token) = keep_passwords(&desk.app, &desk.staff, &contest, &text).await else {
        // The accounts are made: without the list nobody could use them, so it goes out at once.
        return Ok(file(&desk, &contest, lines, Format::Xlsx));
    };
    let mut page = empty(&desk, &contest);
    page.done = Some(Done {
        sentences: told(&desk, issued.made.len(), issued.kept.len(), "accounts-made"),
        token: (!lines.is_empty()).then_some(token),
    });
    Ok(Page(page).into_response())
}

/// `POST …/tai-khoan/tep`: codes and passwords, once.
pub async fn passwords(
    desk: Desk,
    Path(slug): Path<String>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::LoadSets)?;
    let contest = desk.contest(&slug)?;
    let kept = take_passwords(&desk.app, desk.now(), &desk.staff, &contest, form.get("token")).await?;
    let lines: Option<Vec<AccountLine>> = kept.and_then(|text| serde_json::from_str(&text).ok());
    let Some(lines) = lines else {
        return Ok(refused(&desk, &contest, "accounts-file-gone"));
    };
    let format = match form.get("format") {
        "csv" => Format::Csv,
        _ => Format::Xlsx,
    };
    Ok(file(&desk, &contest, lines, format))
}

/// `GET …/tai-khoan/mau.csv`: a list with its heads and an example.
pub async fn template(desk: Desk, Path(slug): Path<String>) -> Result<Response, WebError> {
    desk.require(Right::LoadSets)?;
    let contest = desk.contest(&slug)?;
    let today = local_date(desk.now());
    let unit = contest
        .units
        .iter()
        .rfind(|unit| contest.takes_entries_for(unit, today));
    let unit = unit.map_or("", |unit| unit.definition.code.as_str());
    let name = desk.say("accounts-example-name", &[]);
    // Somebody of an age that the contest takes: the example is a good list.
    let definition = &contest.definition;
    let most = definition.entry.max_age.unwrap_or(u8::MAX);
    let years = definition.min_age.unwrap_or(0).max(15).min(most);
    let born = contest.first_day().unwrap_or(today).year() - i32::from(years);
    let text = format!(
        "\u{feff}code,full_name,birth_date,unit,class,consent_publish\r\nHS-0001,{name},{born}-01-01,{unit},10A1,yes\r\n"
    );
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"mau-tai-khoan.csv\""),
    ];
    Ok((headers, text).into_response())
}

fn issues(contest: &Contest) -> bool {
    contest.definition.entry.accounts == Accounts::Issued
}

fn empty(desk: &Desk, contest: &Contest) -> AccountsPage {
    let number = |n: usize| format::number(desk.lang(), i64::try_from(n).unwrap_or(i64::MAX));
    let back = contest_path(contest);
    AccountsPage {
        f: desk.frame_of(contest),
        c: desk.side(Section::Contests),
        title: contest.definition.title.clone(),
        path: format!("{back}/tai-khoan"),
        back,
        wait: (!issues(contest)).then(|| desk.say("accounts-open", &[])),
        limit: desk.say("accounts-limit", &[("n", number(MAX_AT_ONCE).into())]),
        error: None,
        file: String::new(),
        faults: Vec::new(),
        review: None,
        done: None,
    }
}

fn refused(desk: &Desk, contest: &Contest, key: &str) -> Response {
    let mut page = empty(desk, contest);
    page.error = Some(desk.say(key, &[]));
    (StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response()
}

/// What issuing would do, with the first people of the list.
fn review(desk: &Desk, contest: &Contest, checked: CheckedList) -> Review {
    let fresh = checked.fresh();
    let mut sentences = told(desk, fresh, checked.taken.len(), "accounts-to-make");
    if fresh > MAX_AT_ONCE {
        sentences.push(desk.say("accounts-too-many", &[]));
    }
    let row = |one: &ListedAccount| {
        let unit = contest.unit_by_code(&one.unit);
        [
            one.code.clone(),
            one.full_name.clone(),
            format::date(desk.lang(), one.birth_date),
            unit.map(|unit| contest.unit_path(unit.id)).unwrap_or_default(),
            one.class.clone().unwrap_or_default(),
        ]
    };
    let rest = checked.people.len().saturating_sub(SHOWN);
    let rest = i64::try_from(rest).unwrap_or(i64::MAX);
    Review {
        sentences,
        rows: checked.people.iter().take(SHOWN).map(row).collect(),
        more: (rest > 0).then(|| count(desk.lang(), "accounts-more", rest)),
        token: checked.token,
    }
}

/// How many accounts are new and how many stay as they are.
fn told(desk: &Desk, fresh: usize, kept: usize, key: &str) -> Vec<String> {
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let mut sentences = vec![count(desk.lang(), key, number(fresh))];
    if kept > 0 {
        sentences.push(count(desk.lang(), "accounts-kept", number(kept)));
    }
    sentences
}

fn lines(contest: &Contest, issued: &Issued) -> Vec<AccountLine> {
    let line = |one: &crate::action::issue_accounts::IssuedAccount| {
        let unit = contest.unit_by_code(&one.person.unit);
        [
            one.person.code.clone(),
            one.person.full_name.clone(),
            unit.map(|unit| contest.unit_path(unit.id)).unwrap_or_default(),
            one.password.clone(),
        ]
    };
    issued.made.iter().map(line).collect()
}

fn file(desk: &Desk, contest: &Arc<Contest>, lines: Vec<AccountLine>, format: Format) -> Response {
    let (table, rows) = accounts_list(desk.lang(), contest, lines);
    let name = format!("attachment; filename=\"{}.{}\"", table.file_stem, format.name());
    let headers = [
        (CONTENT_TYPE, format.media_type().to_owned()),
        (CONTENT_DISPOSITION, name),
        (CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, Body::from_stream(body(table, format, rows))).into_response()
}
