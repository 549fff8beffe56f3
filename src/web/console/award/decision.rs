//! Decisions of a round: the list, and one of them with what it changes and its answer.
//!
//! Owns these two pages; who may answer is `domain::decision`'s.

use super::effect::{self, EffectView};
use super::words::{self, DecisionView};
use crate::action::decide;
use crate::action::rule::{RuleError, approve_correction, approve_ruling, foretell};
use crate::domain::decision::{Decision, Kind, State, is_same_name};
use crate::domain::effect::Effect;
use crate::domain::ids::DecisionId;
use crate::domain::round::RoundPhase;
use crate::domain::ruling::{Ruling, Rulings};
use crate::domain::staff::Right;
use crate::web::console::blockers::Task;
use crate::web::console::desk::{Desk, Place, Section, Side};
use crate::web::error::WebError;
use crate::web::form::{Form, StaffForm};
use crate::web::frame::{Frame, Page};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

/// Decisions on a page; no round comes near.
const MOST: i64 = 500;

#[derive(Template)]
#[template(path = "console/decisions.html")]
struct ListPage {
    f: Frame,
    c: Side,
    title: String,
    back: String,
    round: String,
    decisions: Vec<DecisionView>,
    /// What may be proposed now.
    ways: Vec<(String, String)>,
    /// A published result may be opened for correction, with this address.
    correct: Option<String>,
    wait: Option<String>,
}

#[derive(Template)]
#[template(path = "console/decision.html")]
pub(super) struct DecisionPage {
    pub(super) f: Frame,
    pub(super) c: Side,
    pub(super) title: String,
    pub(super) back: String,
    pub(super) round: String,
    pub(super) decision: DecisionView,
    pub(super) effect: Option<EffectView>,
    /// What approval did, rather than would do.
    pub(super) is_done: bool,
    pub(super) mark: String,
    pub(super) may_answer: bool,
    pub(super) may_withdraw: bool,
    pub(super) wait: Option<String>,
    pub(super) restore: Option<String>,
    pub(super) next: Option<(String, String)>,
    pub(super) tasks: Vec<Task>,
    pub(super) reason: String,
    pub(super) error: Option<String>,
}

/// `GET …/quyet-dinh`
pub async fn list(desk: Desk, Path((slug, number)): Path<(String, u16)>) -> Result<Response, WebError> {
    desk.require(Right::See)?;
    let place = desk.round(&slug, number)?;
    let decisions = desk
        .app
        .store
        .list_decisions(place.contest.id, Some(place.round.id), MOST)
        .await?;
    let people = words::people_of(&desk, &decisions).await?;
    let phase = place.round.phase(desk.now());
    let open = matches!(
        phase,
        RoundPhase::Sealed | RoundPhase::Ranked | RoundPhase::Approved
    );
    let board = desk.may(Right::Approve);
    let way = |what: &str| {
        let label = desk.say(&format!("award-propose-{what}"), &[]);
        (place.step(&format!("quyet-dinh/moi?loai={what}")), label)
    };
    let mut ways = Vec::new();
    if open && board {
        ways.extend(["entry", "unit", "window"].map(way));
        ways.push((place.step("ra-soat"), desk.say("award-propose-replace", &[])));
    }
    let wait = match phase {
        RoundPhase::Upcoming | RoundPhase::Open | RoundPhase::Ended => Some("award-wait-sealed"),
        _ if !board => Some("award-board-only"),
        _ => None,
    };
    Ok(Page(ListPage {
        f: desk.frame_of(&place.contest),
        c: desk.side(Section::Contests),
        title: desk.say("award-decisions-title", &[("round", place.title().into())]),
        back: place.path(),
        round: place.round.title.clone(),
        decisions: decisions
            .iter()
            .map(|one| words::view(&desk, &place, one, &people))
            .collect(),
        ways,
        correct: (phase == RoundPhase::Published && board).then(|| place.step("quyet-dinh/dinh-chinh")),
        wait: wait.map(|key| desk.say(key, &[])),
    })
    .into_response())
}

/// `GET …/quyet-dinh/{id}`
pub async fn page(
    desk: Desk,
    Path((slug, number, id)): Path<(String, u16, i64)>,
) -> Result<Response, WebError> {
    desk.require(Right::See)?;
    let place = desk.round(&slug, number)?;
    let decision = find(&desk, &place, id).await?;
    Ok(Page(view(&desk, &place, decision, None, Vec::new()).await?).into_response())
}

/// `POST …/quyet-dinh/{id}`: approve, reject or withdraw.
pub async fn answer(
    desk: Desk,
    Path((slug, number, id)): Path<(String, u16, i64)>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::Approve)?;
    let place = desk.round(&slug, number)?;
    let decision = find(&desk, &place, id).await?;
    match take(&desk, &place, &decision, &form).await {
        Ok(_) => Ok(Redirect::to(&place.step(&format!("quyet-dinh/{id}"))).into_response()),
        Err(error) => {
            let (message, tasks) = words::refused(&desk, &place, error)?;
            let now = find(&desk, &place, id).await?;
            let page = view(&desk, &place, now, message, tasks).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
        }
    }
}

async fn take(desk: &Desk, place: &Place, decision: &Decision, form: &Form) -> Result<Decision, RuleError> {
    let (app, now, by, round) = (&desk.app, desk.now(), desk.by(), &place.round);
    let reason = Some(form.get("reason")).filter(|reason| !reason.trim().is_empty());
    let id = decision.id;
    match (form.get("then"), decision.kind) {
        ("approve", Kind::Correct) => approve_correction(app, now, by, round, id, reason).await,
        ("approve", _) => approve_ruling(app, now, by, round, (id, form.get("mark")), reason).await,
        ("withdraw", _) => Ok(decide::withdraw(app, now, by, id, reason).await?),
        _ => Ok(decide::reject(app, now, by, id, reason.unwrap_or_default()).await?),
    }
}

/// A decision of this round.
async fn find(desk: &Desk, place: &Place, id: i64) -> Result<Decision, WebError> {
    let decision = desk.app.store.find_decision(DecisionId(id)).await?;
    decision
        .filter(|one| one.round == Some(place.round.id))
        .ok_or(WebError::NotFound)
}

async fn view(
    desk: &Desk,
    place: &Place,
    decision: Decision,
    error: Option<String>,
    mut tasks: Vec<Task>,
) -> Result<DecisionPage, WebError> {
    let people = words::people_of(desk, std::slice::from_ref(&decision)).await?;
    let open = decision.state == State::Proposed;
    let own = is_same_name(&decision.proposed_by, &desk.staff.name);
    let board = desk.may(Right::Approve);
    let mut mark = String::new();
    let mut effect: Option<Effect> = decision
        .outcome
        .as_deref()
        .and_then(|text| serde_json::from_str(text).ok());
    if let Some(ruling) = Ruling::of(&decision).filter(|_| open) {
        match foretell(&desk.app, desk.now(), &place.round, Some(decision.id), ruling).await {
            Ok(foretold) => (effect, mark) = (Some(foretold.effect), foretold.mark),
            Err(error) => tasks.extend(words::refused(desk, place, error)?.1),
        }
    }
    let wait = match (open, board, own) {
        (true, true, true) => Some("award-wait-other"),
        (true, false, _) => Some("award-board-only"),
        _ => None,
    };
    let effect = match effect.filter(|_| decision.kind != Kind::Correct) {
        Some(effect) => Some(effect::view(desk, place, &effect).await?),
        None => None,
    };
    Ok(DecisionPage {
        f: desk.frame_of(&place.contest),
        c: desk.side(Section::Contests),
        title: desk.say("award-decision-title", &[("n", decision.id.to_string().into())]),
        back: place.step("quyet-dinh"),
        round: desk.say("award-decisions-title", &[("round", place.title().into())]),
        effect,
        is_done: !open,
        mark,
        may_answer: open && board && !own && tasks.is_empty(),
        may_withdraw: open && board && own,
        wait: wait.map(|key| desk.say(key, &[])),
        restore: restore(desk, place, &decision).await?,
        next: next(desk, place, &decision),
        tasks,
        reason: String::new(),
        error,
        decision: words::view(desk, place, &decision, &people),
    })
}

/// The address for proposing to take it back, while it holds and the round is not published.
async fn restore(desk: &Desk, place: &Place, decision: &Decision) -> Result<Option<String>, WebError> {
    let phase = place.round.phase(desk.now());
    let open = matches!(
        phase,
        RoundPhase::Sealed | RoundPhase::Ranked | RoundPhase::Approved
    );
    if !open || !desk.may(Right::Approve) || decision.state != State::Approved {
        return Ok(None);
    }
    let rulings: Rulings = desk
        .app
        .store
        .load_rulings(place.contest.id, Some(place.round.id))
        .await?;
    let path = place.step(&format!("quyet-dinh/moi?loai=restore&so={}", decision.id));
    Ok(rulings.holds(decision.id).then_some(path))
}

/// What follows an approved decision: the ranking made anew waits for approval.
fn next(desk: &Desk, place: &Place, decision: &Decision) -> Option<(String, String)> {
    let ranked = place.round.phase(desk.now()) == RoundPhase::Ranked;
    (ranked && decision.state != State::Proposed).then(|| {
        let label = desk.say("console-do-approve", &[("round", place.title().into())]);
        (place.step("duyet"), label)
    })
}
