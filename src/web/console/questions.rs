//! Question sets: every version with its use, checking a file, loading what was checked.
//!
//! Owns three pages and the reading of an uploaded file; faults are `bank`'s, the load is `action::load_question_set`'s.

use super::desk::{Desk, Section, Side, contest_path, inside};
use super::set_view::{FaultRow, QuestionCard, SetRow, cards, fault_rows, set_rows};
use crate::action::load_question_set::{Checked, LoadSetError, check_question_set, load_question_set};
use crate::bank::{Format, Severity, summary};
use crate::domain::catalog::Contest;
use crate::domain::media::MediaName;
use crate::domain::paper::Shortfall;
use crate::domain::staff::Right;
use crate::web::error::WebError;
use crate::web::form::{StaffForm, TOKEN, check_origin};
use crate::web::format;
use crate::web::frame::{Frame, Page};
use askama::Template;
use axum::extract::multipart::{Multipart, MultipartError, MultipartRejection};
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

/// Longest request with a file, in bytes: the largest file that is read, and room for the rest of the form.
pub const MAX_UPLOAD: usize = 21 * 1024 * 1024;
/// Questions shown after a check.
const SHOWN: usize = 300;

/// What the address may carry.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    nap: Option<String>,
}

#[derive(Template)]
#[template(path = "console/questions.html")]
struct QuestionsPage {
    f: Frame,
    c: Side,
    title: String,
    path: String,
    rows: Vec<SetRow>,
    loaded: Option<String>,
    may_load: bool,
    error: Option<String>,
}

/// Every version of every set, and the form to check a new one.
pub async fn page(
    desk: Desk,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    desk.require(Right::See)?;
    let contest = desk.contest(&slug)?;
    let known = asked
        .nap
        .filter(|set| contest.sets.values().any(|known| known.id.0 == *set));
    let loaded = known.map(|set| desk.say("console-set-loaded", &[("set", set.into())]));
    Ok(Page(list(&desk, &contest, loaded, None).await?).into_response())
}

async fn list(
    desk: &Desk,
    contest: &Contest,
    loaded: Option<String>,
    error: Option<String>,
) -> Result<QuestionsPage, WebError> {
    let lines = desk.app.store.load_set_lines(contest.id).await?;
    Ok(QuestionsPage {
        f: desk.frame_of(contest),
        c: desk.side(Section::Contests),
        title: contest.definition.title.clone(),
        path: contest_path(contest),
        rows: set_rows(desk, contest, &lines),
        loaded,
        may_load: desk.may(Right::LoadSets),
        error,
    })
}

#[derive(Template)]
#[template(path = "console/check.html")]
struct CheckPage {
    f: Frame,
    c: Side,
    path: String,
    file: String,
    summary: String,
    refused: bool,
    set: Option<(String, String)>,
    notices: Vec<(&'static str, String)>,
    faults: Vec<FaultRow>,
    cards: Vec<QuestionCard>,
    more: Option<String>,
    token: Option<String>,
}

/// Checks a file or pasted text; nothing reaches the database.
pub async fn check(
    desk: Desk,
    Path(slug): Path<String>,
    headers: HeaderMap,
    multipart: Result<Multipart, MultipartRejection>,
) -> Result<Response, WebError> {
    desk.require(Right::LoadSets)?;
    let contest = desk.contest(&slug)?;
    let sent = Sent::read(multipart.map_err(|_| WebError::BadForm)?).await?;
    check_origin(&desk.app, &desk.visitor, &headers, &sent.token)?;
    if !desk.app.keys.is_form_token(&sent.token, &desk.visitor.visit) {
        return Err(WebError::ForeignForm);
    }
    let (name, bytes) = match sent.chosen() {
        Ok(chosen) => chosen,
        Err(key) => {
            let page = list(&desk, &contest, None, Some(desk.say(key, &[]))).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response());
        }
    };
    let checked = check_question_set(&desk.app, desk.now(), &desk.staff, &contest, &name, &bytes).await?;
    let status = if checked.token.is_some() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    Ok((status, Page(report(&desk, &contest, name, checked))).into_response())
}

/// Loads what was checked.
pub async fn load(
    desk: Desk,
    Path(slug): Path<String>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::LoadSets)?;
    let contest = desk.contest(&slug)?;
    let error =
        match load_question_set(&desk.app, desk.now(), &desk.staff, &contest, form.get("checked")).await {
            Ok(done) => {
                let path = format!("{}/bo-cau-hoi?nap={}", contest_path(&contest), done.set);
                return Ok(Redirect::to(&path).into_response());
            }
            Err(LoadSetError::Expired) => desk.say("console-set-expired", &[]),
            Err(LoadSetError::Short(short)) => short
                .iter()
                .map(|(round, short)| shortfall(&desk, &contest, *round, short))
                .collect::<Vec<_>>()
                .join(" "),
            Err(LoadSetError::Failed(failure)) => return Err(failure.into()),
        };
    let page = list(&desk, &contest, None, Some(error)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
}

/// The fields of the upload form.
#[derive(Debug, Default)]
struct Sent {
    token: String,
    file: Option<(String, Vec<u8>)>,
    text: String,
    format: String,
}

impl Sent {
    async fn read(mut multipart: Multipart) -> Result<Self, WebError> {
        let mut sent = Self::default();
        while let Some(field) = multipart.next_field().await.map_err(unreadable)? {
            match field.name().unwrap_or_default() {
                "file" => {
                    let name: String = field.file_name().unwrap_or_default().chars().take(200).collect();
                    let bytes = field.bytes().await.map_err(unreadable)?;
                    if !name.is_empty() {
                        sent.file = Some((name, bytes.to_vec()));
                    }
                }
                TOKEN => sent.token = field.text().await.map_err(unreadable)?,
                "text" => sent.text = field.text().await.map_err(unreadable)?,
                "format" => sent.format = field.text().await.map_err(unreadable)?,
                _ => {}
            }
        }
        Ok(sent)
    }

    /// The file, or the pasted text under a name that tells its format; the key of a message if there is neither.
    fn chosen(self) -> Result<(String, Vec<u8>), &'static str> {
        match self.file {
            Some((name, bytes)) => {
                // A file of another kind is refused by the reader, which knows what to advise.
                Ok((name, bytes))
            }
            None if self.text.trim().is_empty() => Err("console-set-nothing"),
            None => {
                let format = Format::named(&self.format).unwrap_or_else(|| format_of_text(&self.text));
                let name = format!("van-ban-dan{}", format.ending());
                Ok((name, self.text.into_bytes()))
            }
        }
    }
}

/// The format of a pasted text, by what only that format has.
fn format_of_text(text: &str) -> Format {
    if text.trim_start().starts_with('{') {
        Format::Json
    } else if text.contains("[[question]]") || text.contains("[set]") {
        Format::Toml
    } else {
        Format::Txt
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the form that `map_err` wants")]
fn unreadable(error: MultipartError) -> WebError {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        WebError::TooLarge
    } else {
        WebError::BadForm
    }
}

/// Where a file is seen that was checked and not loaded; after a load it is where everybody finds it.
fn staged_address(contest: &Contest, token: Option<&str>, name: &MediaName) -> String {
    match token {
        Some(token) => format!("{}/bo-cau-hoi/tep/{token}/{name}", contest_path(contest)),
        None => name.address(),
    }
}

fn report(desk: &Desk, contest: &Contest, file: String, checked: Checked) -> CheckPage {
    let lang = desk.lang();
    let refused = checked.token.is_none();
    let count = checked.questions.len();
    let notices = notices(desk, contest, &checked);
    let more = (count > SHOWN).then(|| {
        let args = [
            ("shown", SHOWN.to_string().into()),
            ("n", format::number(lang, count as i64).into()),
        ];
        desk.say("console-set-more", &args)
    });
    CheckPage {
        f: desk.frame_of(contest),
        c: desk.side(Section::Contests),
        path: contest_path(contest),
        summary: summary(&checked.faults, checked.count, lang),
        refused,
        set: checked.set.map(|set| (set.set.title, set.set.id.0)),
        notices,
        faults: fault_rows(lang, &checked.faults),
        cards: cards(desk, checked.questions.iter().take(SHOWN), &|name| {
            staged_address(contest, checked.token.as_deref(), name)
        }),
        more,
        token: checked.token,
        file,
    }
}

/// What the load would do, and what stands in its way besides faults.
fn notices(desk: &Desk, contest: &Contest, checked: &Checked) -> Vec<(&'static str, String)> {
    if checked.set.is_none()
        || checked
            .faults
            .iter()
            .any(|fault| fault.severity == Severity::Error)
    {
        return Vec::new();
    }
    let titles = |numbers: &[u16]| {
        let rounds = numbers.iter().filter_map(|number| contest.round(*number));
        rounds
            .map(|round| inside(&round.title))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let mut notices: Vec<(&'static str, String)> = checked
        .short
        .iter()
        .map(|(round, short)| ("error", shortfall(desk, contest, *round, short)))
        .collect();
    if checked.is_new {
        notices.push(("warn", desk.say("console-set-new", &[])));
    }
    if !checked.rounds.is_empty() {
        notices.push((
            "info",
            desk.say(
                "console-set-used-by",
                &[("rounds", titles(&checked.rounds).into())],
            ),
        ));
    } else if !checked.is_new {
        notices.push(("warn", desk.say("console-set-unused", &[])));
    }
    if !checked.kept.is_empty() {
        notices.push((
            "info",
            desk.say("console-set-kept-by", &[("rounds", titles(&checked.kept).into())]),
        ));
    }
    notices
}

fn shortfall(desk: &Desk, contest: &Contest, round: u16, short: &Shortfall) -> String {
    let title = contest
        .round(round)
        .map(|round| inside(&round.title))
        .unwrap_or_default();
    let key = match short.level {
        Some(crate::domain::question::Level::Easy) => "console-set-short-easy",
        Some(crate::domain::question::Level::Medium) => "console-set-short-medium",
        Some(crate::domain::question::Level::Hard) => "console-set-short-hard",
        None => "console-set-short",
    };
    let number = |n: u32| format::number(desk.lang(), i64::from(n));
    desk.say(
        key,
        &[
            ("round", title.into()),
            ("asks", number(short.asks).into()),
            ("holds", number(short.holds).into()),
        ],
    )
}
