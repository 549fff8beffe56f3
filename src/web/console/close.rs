//! Closing a round: the list of what is still open, then the step itself.
//!
//! Owns one page; what stands in the way is `action::close_round`'s.

use super::blockers::{Task, blocked, reason, task};
use super::desk::{Desk, Place, Section, Side};
use super::live;
use crate::action::close_round::{Blocker, close_blockers, close_round};
use crate::domain::round::RoundPhase;
use crate::domain::staff::Right;
use crate::store::console_reads::RoundCounts;
use crate::web::error::WebError;
use crate::web::form::StaffForm;
use crate::web::format;
use crate::web::frame::{Frame, Page};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

#[derive(Template)]
#[template(path = "console/close.html")]
struct ClosePage {
    f: Frame,
    c: Side,
    title: String,
    back: String,
    round: String,
    tasks: Vec<Task>,
    may_close: bool,
    needs_reason: bool,
    button: String,
    reason: String,
    error: Option<String>,
}

/// The page.
pub async fn page(desk: Desk, Path((slug, number)): Path<(String, u16)>) -> Result<Response, WebError> {
    desk.require(Right::RunRounds)?;
    let place = desk.round(&slug, number)?;
    let blockers = close_blockers(&desk.app, desk.now(), &place.round).await?;
    Ok(Page(view(&desk, &place, &blockers, String::new(), None).await?).into_response())
}

/// The step.
pub async fn close(
    desk: Desk,
    Path((slug, number)): Path<(String, u16)>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::RunRounds)?;
    let place = desk.round(&slug, number)?;
    let typed = form.get("reason").chars().take(1_000).collect();
    let (blockers, error) = match reason(&desk, &form) {
        Err(message) => (
            close_blockers(&desk.app, desk.now(), &place.round).await?,
            Some(message),
        ),
        Ok(reason) => match close_round(&desk.app, desk.now(), desk.by(), &place.round, reason).await {
            Ok(()) => return Ok(Redirect::to(&place.step("xep-hang")).into_response()),
            Err(error) => (blocked(error)?, None),
        },
    };
    let needs = blockers
        .iter()
        .any(|blocker| matches!(blocker, Blocker::ReasonNeeded(_) | Blocker::Running(..)));
    let error = error.or_else(|| needs.then(|| desk.say("console-reason-missing", &[])));
    let page = view(&desk, &place, &blockers, typed, error).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
}

async fn view(
    desk: &Desk,
    place: &Place,
    blockers: &[Blocker],
    reason: String,
    error: Option<String>,
) -> Result<ClosePage, WebError> {
    let (counts, _) = live::read(desk, &place.round).await?;
    let needs_reason = blockers
        .iter()
        .any(|b| matches!(b, Blocker::ReasonNeeded(_) | Blocker::Running(..)));
    let may_close = blockers
        .iter()
        .all(|blocker| matches!(blocker, Blocker::ReasonNeeded(_) | Blocker::Running(..)));
    let mut tasks: Vec<Task> = blockers
        .iter()
        .map(|blocker| task(desk, place, blocker))
        .collect();
    tasks.extend(settled(desk, place, counts));
    let key = if needs_reason {
        "console-close-now"
    } else {
        "console-do-close"
    };
    let args = [
        ("round", place.title().into()),
        ("n", format::number(desk.lang(), counts.running).into()),
    ];
    Ok(ClosePage {
        f: desk.frame_of(&place.contest),
        c: desk.side(Section::Contests),
        title: desk.say("console-do-close", &[("round", place.title().into())]),
        back: place.path(),
        round: place.round.title.clone(),
        tasks,
        may_close,
        needs_reason,
        button: desk.say(key, &args),
        reason,
        error,
    })
}

/// What needs no more attention.
fn settled(desk: &Desk, place: &Place, counts: RoundCounts) -> Vec<Task> {
    let done = |text: String| Task {
        state: "",
        text,
        link: None,
    };
    let mut tasks = Vec::new();
    if place.round.phase(desk.now()) >= RoundPhase::Ended {
        let at = format::moment(desk.lang(), place.round.closes_at);
        tasks.push(done(desk.say("console-close-time-over", &[("n", at.into())])));
    }
    let n = format::number(desk.lang(), counts.running);
    let over = place.round.phase(desk.now()) == RoundPhase::Ended;
    if counts.running > 0 && over {
        tasks.push(Task {
            state: "warn",
            text: desk.say("console-close-left", &[("n", n.into())]),
            link: None,
        });
    } else if counts.running == 0 {
        tasks.push(done(desk.say("console-close-none-running", &[])));
    }
    let figures = [
        ("n", format::number(desk.lang(), counts.attempts).into()),
        ("people", format::number(desk.lang(), counts.people).into()),
    ];
    tasks.push(done(desk.say("console-close-scored", &figures)));
    tasks
}
