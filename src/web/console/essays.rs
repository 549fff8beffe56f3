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
use crate::store::essay_desk::{DeskCounts, DeskLine, DeskList, EssayDesk};
use crate::web::error::WebError;
use crate::web::form::{Form, StaffForm};
use crate::web::format;
use crate::web::frame::{Frame, Page};
use askama::Template;
use axum::Router;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use serde::Deserialize;
use uuid::Uuid;

/// Essays on a page of a list.
const PAGE: i64 = 50;

/// What the address of the list may carry.
#[derive(Debug, Default, Deserialize)]
struct Asked {
    /// Which list.
    muc: Option<String>,
    /// The place of the last essay of the page before.
    sau: Option<i64>,
}

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
    /// There is no essay at all.
    none: bool,
    tabs: Vec<Tab>,
    caption: String,
    /// The list is of what the reader has marked.
    with_points: bool,
    lines: Vec<Line>,
    /// The first page of the list, and the next one.
    first: Option<String>,
    more: Option<String>,
}

/// A list with how many essays it has.
struct Tab {
    path: String,
    label: String,
    here: bool,
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
async fn list(
    desk: Desk,
    Path((slug, number)): Path<(String, u16)>,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    desk.require(Right::MarkEssays)?;
    let place = desk.round(&slug, number)?;
    let rules = place.round.rules.essay.clone().ok_or(WebError::NotFound)?;
    let own = own_desk(&desk, &place).await?;
    let (mut counts, mut lines, mut next) = (DeskCounts::default(), Vec::new(), None);
    let mut shown = DeskList::Waiting;
    let after = asked.sau.unwrap_or(0);
    if let Some(own) = &own {
        counts = own.count().await?;
        let first = if counts.waiting > 0 {
            DeskList::Waiting
        } else {
            DeskList::Done
        };
        shown = asked.muc.as_deref().and_then(DeskList::parse).unwrap_or(first);
        // One more than is shown tells whether there is a next page.
        lines = own.page(shown, after, PAGE + 1).await?;
        next = own.page(DeskList::Waiting, 0, 1).await?.pop();
    }
    let more = i64::try_from(lines.len()).is_ok_and(|read| read > PAGE);
    lines.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let beyond = lines.last().filter(|_| more).map(|line| line.place);
    let open = is_marked_in(place.round.stage);
    let n = |n: i64| format::number(desk.lang(), n);
    let progress = [("done", n(counts.settled).into()), ("all", n(counts.all).into())];
    let mine = [
        ("waiting", n(counts.waiting).into()),
        ("done", n(counts.done).into()),
    ];
    let path = place.step("bai-viet");
    let page = ListPage {
        f: desk.frame_of(&place.contest),
        c: desk.side(Section::Contests),
        title: desk.say("essay-desk-title", &[("round", place.title().into())]),
        back: back(&desk, &place),
        round: place.round.title.clone(),
        prompt: rules.prompt.clone(),
        rule: rule(&desk, &rules),
        wait: (!open).then(|| desk.say("essay-desk-closed", &[])),
        progress: desk.say("essay-desk-progress", &progress),
        next: next.filter(|_| open).map(|line| path_of(&place, line.code)),
        mine: desk.say("essay-desk-mine", &mine),
        none: counts == DeskCounts::default(),
        tabs: tabs(&desk, &path, counts, shown),
        caption: desk.say(&format!("essay-list-{}", shown.name()), &[]),
        with_points: shown == DeskList::Done,
        lines: lines.iter().map(|one| line(&desk, &place, one)).collect(),
        first: (after > 0).then(|| format!("{path}?muc={}", shown.name())),
        more: beyond.map(|place| format!("{path}?muc={}&sau={place}", shown.name())),
    };
    Ok(Page(page).into_response())
}

/// Where the page leads back to: the round, for those who may see it.
fn back(desk: &Desk, place: &Place) -> String {
    if desk.may(Right::See) {
        place.path()
    } else {
        "/quan-tri".to_owned()
    }
}

/// What the reader may mark; nothing is read while people still write.
async fn own_desk<'a>(desk: &'a Desk, place: &Place) -> Result<Option<EssayDesk<'a>>, WebError> {
    if place.round.stage == RoundStage::Scheduled {
        return Ok(None);
    }
    let (store, rules) = (&desk.app.store, &place.round.rules);
    Ok(store
        .open_essay_desk(place.round.id, rules, &desk.staff.name)
        .await?)
}

/// The lists that have anything, with how much.
fn tabs(desk: &Desk, path: &str, counts: DeskCounts, shown: DeskList) -> Vec<Tab> {
    let count = |list| match list {
        DeskList::Waiting => counts.waiting,
        DeskList::Done => counts.done,
        DeskList::Counted => counts.counted,
    };
    let tab = |list: DeskList| Tab {
        path: format!("{path}?muc={}", list.name()),
        label: desk.say(
            &format!("essay-list-{}-count", list.name()),
            &[("n", format::number(desk.lang(), count(list)).into())],
        ),
        here: list == shown,
    };
    let lists = DeskList::ALL.into_iter().filter(|list| count(*list) > 0);
    lists.map(tab).collect()
}

fn line(desk: &Desk, place: &Place, line: &DeskLine) -> Line {
    let number = |n: i64| format::number(desk.lang(), n);
    Line {
        path: path_of(place, line.code),
        label: desk.say("essay-desk-one", &[("n", number(line.place).into())]),
        points: line
            .points
            .map(|points| number(points.into()))
            .unwrap_or_default(),
    }
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
                Ok(_) => return Ok(Redirect::to(&next(&desk, &place).await?).into_response()),
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
async fn next(desk: &Desk, place: &Place) -> Result<String, WebError> {
    let next = match own_desk(desk, place).await? {
        Some(own) => own.page(DeskList::Waiting, 0, 1).await?.pop(),
        None => None,
    };
    Ok(next.map_or_else(|| place.step("bai-viet"), |line| path_of(place, line.code)))
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
    let own = own_desk(desk, place).await?.ok_or(WebError::NotFound)?;
    let (at, all) = own.find(code).await?.ok_or(WebError::NotFound)?;
    let store = &desk.app.store;
    let essay = store.find_essay_to_mark(place.round.id, code).await?;
    let essay = essay.ok_or(WebError::NotFound)?;
    let turn = essay.marks.turn(rules.markers, &desk.staff.name);
    let open = is_marked_in(place.round.stage);
    let closed = match turn {
        _ if !open => Some("essay-desk-closed"),
        None if essay.marks.is_by(&desk.staff.name) => Some("essay-desk-counted"),
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
    let n = |n: i64| format::number(desk.lang(), n);
    let chars = i64::from(crate::domain::essay::length(&essay.text));
    Ok(EssayPage {
        f: desk.frame_of(&place.contest),
        c: desk.side(Section::Contests),
        title: desk.say(
            "essay-desk-one-of",
            &[("n", n(at).into()), ("all", n(all).into())],
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
        change: matches!(turn, Some(Turn::Change(_) | Turn::Decide)),
        most: rules.points,
        typed,
        reason_label: desk.say("essay-desk-reason", &[]),
        reason,
        error,
    })
}
