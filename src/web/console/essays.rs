//! Marking essays: what waits for whom, one essay without its name, and the mark given to it.
//!
//! Owns these pages. They show neither who wrote nor what another marker gave; whose turn it is, is `domain::essay`'s.

use super::blockers::{MAX_REASON, reason};
use super::desk::{Desk, Place, Section, Side};
use crate::action::mark_essay::{GivenMark, MarkError, is_marked_in, mark_essay};
use crate::app::App;
use crate::domain::contest::EssayRules;
use crate::domain::essay::{MAX_NOTE, Turn};
use crate::domain::round::RoundStage;
use crate::domain::staff::Right;
use crate::store::essay::EssaySheet;
use crate::web::error::WebError;
use crate::web::form::{Form, StaffForm};
use crate::web::format;
use crate::web::frame::{Frame, Page};
use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use uuid::Uuid;

/// Essays listed that wait for the reader.
const LISTED: usize = 200;

/// The addresses below that of a round.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/bai-viet", get(list))
        .route("/bai-viet/{code}", get(one).post(mark))
}

#[derive(Template)]
#[template(path = "console/essays.html")]
struct ListPage {
    f: Frame,
    c: Side,
    title: String,
    back: String,
    round: String,
    prompt: String,
    rule: String,
    /// Why nothing can be marked now.
    wait: Option<String>,
    progress: String,
    next: Option<String>,
    mine: String,
    waiting: Vec<Line>,
    done: Vec<Line>,
}

struct Line {
    path: String,
    label: String,
    points: String,
}

#[derive(Template)]
#[template(path = "console/essay.html")]
struct EssayPage {
    f: Frame,
    c: Side,
    title: String,
    back: String,
    round: String,
    prompt: String,
    text: String,
    chars: String,
    rule: String,
    /// Why the reader can give no mark.
    closed: Option<String>,
    /// An earlier mark of the reader is changed, for a reason.
    change: bool,
    most: u16,
    typed: Typed,
    reason_label: String,
    reason: String,
    error: Option<String>,
}

/// What stands in the form.
#[derive(Default)]
struct Typed {
    points: String,
    note: String,
    points_error: Option<String>,
    note_error: Option<String>,
}

/// `GET …/bai-viet`
async fn list(desk: Desk, Path((slug, number)): Path<(String, u16)>) -> Result<Response, WebError> {
    desk.require(Right::MarkEssays)?;
    let place = desk.round(&slug, number)?;
    let rules = place.round.rules.essay.clone().ok_or(WebError::NotFound)?;
    let open = is_marked_in(place.round.stage);
    let sheets = sheets(&desk, &place).await?;
    let settled = sheets
        .iter()
        .filter(|sheet| sheet.marks.outcome(rules.markers).is_some());
    let n = |n: usize| format::number(desk.lang(), i64::try_from(n).unwrap_or(i64::MAX));
    let progress = [
        ("done", n(settled.count()).into()),
        ("all", n(sheets.len()).into()),
    ];
    let (waiting, done) = lines(&desk, &place, &rules, &sheets);
    let mine = [
        ("waiting", n(waiting.len()).into()),
        ("done", n(done.len()).into()),
    ];
    let page = ListPage {
        f: desk.frame_of(&place.contest),
        c: desk.side(Section::Contests),
        title: desk.say("essay-desk-title", &[("round", place.title().into())]),
        back: place.path(),
        round: place.round.title.clone(),
        prompt: rules.prompt.clone(),
        rule: rule(&desk, &rules),
        wait: (!open).then(|| desk.say("essay-desk-closed", &[])),
        progress: desk.say("essay-desk-progress", &progress),
        next: waiting.first().filter(|_| open).map(|line| line.path.clone()),
        mine: desk.say("essay-desk-mine", &mine),
        waiting: waiting.into_iter().take(LISTED).collect(),
        done,
    };
    Ok(Page(page).into_response())
}

/// The essays that must be marked; none is read while people still write.
async fn sheets(desk: &Desk, place: &Place) -> Result<Vec<EssaySheet>, WebError> {
    if place.round.stage == RoundStage::Scheduled {
        return Ok(Vec::new());
    }
    let store = &desk.app.store;
    Ok(store.load_essays(place.round.id, &place.round.rules).await?)
}

/// What waits for the reader, and what the reader has marked, both in the order of marking.
fn lines(desk: &Desk, place: &Place, rules: &EssayRules, sheets: &[EssaySheet]) -> (Vec<Line>, Vec<Line>) {
    let (mut waiting, mut done) = (Vec::new(), Vec::new());
    for (place_in_order, sheet) in (1i64..).zip(sheets) {
        let n = format::number(desk.lang(), place_in_order);
        let line = |points: String| Line {
            path: path_of(place, sheet.code),
            label: desk.say("essay-desk-one", &[("n", n.clone().into())]),
            points,
        };
        match sheet.marks.turn(rules.markers, &desk.staff.name) {
            Some(Turn::New(_)) => waiting.push(line(String::new())),
            Some(Turn::Change(seat)) => {
                let own = sheet.marks.of(seat).map_or(0, |mark| i64::from(mark.points));
                done.push(line(format::number(desk.lang(), own)));
            }
            None => {}
        }
    }
    (waiting, done)
}

fn path_of(place: &Place, code: Uuid) -> String {
    place.step(&format!("bai-viet/{code}"))
}

/// Most points, and who marks.
fn rule(desk: &Desk, rules: &EssayRules) -> String {
    let points = [("points", rules.points.to_string().into())];
    let mut said = vec![desk.say("essay-desk-points", &points)];
    said.push(match (rules.markers.count(), rules.markers.max_difference()) {
        (1, _) => desk.say("essay-desk-one-marker", &[]),
        (_, None) => desk.say("essay-desk-two-markers", &[]),
        (_, Some(most)) => desk.say("essay-desk-third", &[("n", most.to_string().into())]),
    });
    said.join(" ")
}

/// `GET …/bai-viet/{code}`
async fn one(
    desk: Desk,
    Path((slug, number, code)): Path<(String, u16, Uuid)>,
) -> Result<Response, WebError> {
    desk.require(Right::MarkEssays)?;
    let place = desk.round(&slug, number)?;
    Ok(Page(view(&desk, &place, code, None, None).await?).into_response())
}

/// `POST …/bai-viet/{code}`: gives a mark, or changes one's own, and goes on to the next essay.
async fn mark(
    desk: Desk,
    Path((slug, number, code)): Path<(String, u16, Uuid)>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::MarkEssays)?;
    let place = desk.round(&slug, number)?;
    let rules = place.round.rules.essay.clone().ok_or(WebError::NotFound)?;
    let mut typed = Typed {
        points: form.get("points").chars().take(20).collect(),
        note: form.get("note").chars().take(MAX_NOTE + 1).collect(),
        ..Typed::default()
    };
    let error = match reason(&desk, &form) {
        Err(message) => Some(message),
        Ok(reason) => {
            let Some(points) = points(&form) else {
                typed.points_error = Some(points_words(&desk, rules.points));
                return refused(&desk, &place, code, typed, &form, None).await;
            };
            let given = GivenMark {
                points,
                note: form.get("note"),
                reason,
            };
            match mark_essay(&desk.app, desk.now(), desk.by(), &place.round, code, given).await {
                Ok(_) => return Ok(Redirect::to(&next(&desk, &place, &rules).await?).into_response()),
                Err(error) => told(&desk, error, &mut typed)?,
            }
        }
    };
    refused(&desk, &place, code, typed, &form, error).await
}

/// Whole points as typed.
fn points(form: &Form) -> Option<u16> {
    let typed = form.get("points").trim();
    let digits = !typed.is_empty() && typed.bytes().all(|digit| digit.is_ascii_digit());
    typed.parse().ok().filter(|_| digits)
}

fn points_words(desk: &Desk, most: u16) -> String {
    desk.say("essay-desk-points-wrong", &[("n", most.to_string().into())])
}

/// What a refusal says, and at which field.
fn told(desk: &Desk, error: MarkError, typed: &mut Typed) -> Result<Option<String>, WebError> {
    match error {
        MarkError::NotFound => return Err(WebError::NotFound),
        MarkError::Failed(failure) => return Err(failure.into()),
        MarkError::TooManyPoints(most) => typed.points_error = Some(points_words(desk, most)),
        MarkError::NoteTooLong(most) => {
            let args = [("n", most.to_string().into())];
            typed.note_error = Some(desk.say("essay-desk-note-long", &args));
        }
        MarkError::ReasonNeeded => return Ok(Some(desk.say("console-reason-missing", &[]))),
        // The page itself says both.
        MarkError::WrongPhase(_) | MarkError::NoTurn => {}
    }
    Ok(None)
}

/// The next essay that waits for the reader, or the list.
async fn next(desk: &Desk, place: &Place, rules: &EssayRules) -> Result<String, WebError> {
    let sheets = sheets(desk, place).await?;
    let waits = |sheet: &&EssaySheet| {
        let turn = sheet.marks.turn(rules.markers, &desk.staff.name);
        matches!(turn, Some(Turn::New(_)))
    };
    let next = sheets.iter().find(waits);
    Ok(next.map_or_else(|| place.step("bai-viet"), |sheet| path_of(place, sheet.code)))
}

async fn refused(
    desk: &Desk,
    place: &Place,
    code: Uuid,
    typed: Typed,
    form: &Form,
    error: Option<String>,
) -> Result<Response, WebError> {
    let why: String = form.get("reason").chars().take(MAX_REASON * 2).collect();
    let page = view(desk, place, code, Some((typed, why)), error).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
}

/// An essay that must be marked; the form holds what was typed, or the reader's own mark.
async fn view(
    desk: &Desk,
    place: &Place,
    code: Uuid,
    typed: Option<(Typed, String)>,
    error: Option<String>,
) -> Result<EssayPage, WebError> {
    let rules = place.round.rules.essay.clone().ok_or(WebError::NotFound)?;
    let sheets = sheets(desk, place).await?;
    let at = sheets.iter().position(|sheet| sheet.code == code);
    let at = at.ok_or(WebError::NotFound)?;
    let store = &desk.app.store;
    let essay = store.find_essay_to_mark(place.round.id, code).await?;
    let essay = essay.ok_or(WebError::NotFound)?;
    let turn = essay.marks.turn(rules.markers, &desk.staff.name);
    let open = is_marked_in(place.round.stage);
    let closed = match turn {
        _ if !open => Some("essay-desk-closed"),
        None => Some("essay-desk-enough"),
        Some(_) => None,
    };
    let own = || {
        let seat = turn?.seat();
        let points = essay.marks.of(seat)?.points.to_string();
        let note = essay.notes.get(&seat).cloned().unwrap_or_default();
        Some(Typed {
            points,
            note,
            ..Typed::default()
        })
    };
    let (typed, reason) = typed.unwrap_or_else(|| (own().unwrap_or_default(), String::new()));
    let n = |n: usize| format::number(desk.lang(), i64::try_from(n).unwrap_or(i64::MAX));
    let chars = i64::from(crate::domain::essay::length(&essay.text));
    Ok(EssayPage {
        f: desk.frame_of(&place.contest),
        c: desk.side(Section::Contests),
        title: desk.say(
            "essay-desk-one-of",
            &[("n", n(at + 1).into()), ("all", n(sheets.len()).into())],
        ),
        back: place.step("bai-viet"),
        round: place.round.title.clone(),
        rule: rule(desk, &rules),
        chars: desk.say(
            "essay-desk-chars",
            &[("n", format::number(desk.lang(), chars).into())],
        ),
        prompt: rules.prompt,
        text: essay.text,
        closed: closed.map(|key| desk.say(key, &[])),
        change: matches!(turn, Some(Turn::Change(_))),
        most: rules.points,
        typed,
        reason_label: desk.say("essay-desk-reason", &[]),
        reason,
        error,
    })
}
