//! Prizes of the whole contest: the winners, replacing one before the last round is published, decisions about it.
//!
//! Owns these pages; the rules are `action::rule_overall`'s.

use super::decision::DecisionPage;
use super::effect::{self, EffectView};
use super::equals;
use super::words::{self, DecisionView};
use crate::action::rule::RuleError;
use crate::action::settle_tie::open_contest_tie;
use crate::action::{decide, rule_overall};
use crate::domain::catalog::Contest;
use crate::domain::decision::{Decision, State, is_same_name};
use crate::domain::effect::Effect;
use crate::domain::ids::{DecisionId, ParticipantId};
use crate::domain::round::RoundStage;
use crate::domain::ruling::{Cause, ReplaceWinner, Restore, Ruling};
use crate::domain::staff::Right;
use crate::web::citizen::place::Asked;
use crate::web::console::desk::{Desk, Place, Section, Side, contest_path};
use crate::web::console::winners::{WinnerLine, winners};
use crate::web::error::WebError;
use crate::web::form::{Form, StaffForm};
use crate::web::frame::{Frame, Page};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use std::sync::Arc;

/// Decisions on a page; no contest comes near.
const MOST: i64 = 200;

#[derive(Template)]
#[template(path = "console/overall.html")]
struct OverallPage {
    f: Frame,
    c: Side,
    title: String,
    back: String,
    contest: String,
    path: String,
    wait: Option<String>,
    /// A tie that waits for the board, and where its order is noted.
    tie: Option<TieView>,
    winners: Vec<WinnerLine>,
    causes: Vec<(&'static str, String)>,
    may_propose: bool,
    /// What would be proposed, once the form says it.
    asked: Option<AskedView>,
    decisions: Vec<DecisionView>,
    error: Option<String>,
}

struct TieView {
    sentence: String,
    /// Where, for those who may.
    decide: Option<String>,
}

struct AskedView {
    what: String,
    effect: Option<EffectView>,
    person: String,
    cause: &'static str,
    decision: String,
    reason: String,
}

/// `GET …/giai-chung`; with the number of a decision, what taking it back would change.
pub async fn page(desk: Desk, Path(slug): Path<String>, asked: Asked) -> Result<Response, WebError> {
    desk.require(Right::Export)?;
    let place = whole(&desk, &slug)?;
    let restore = asked.get("so").parse().ok().map(DecisionId);
    let (asked, error) = match restore.filter(|_| desk.may(Right::Approve)) {
        Some(decision) => {
            let (asked, error) = preview(&desk, &place, Ruling::Restore(Restore { decision }), "").await?;
            (Some(asked), error)
        }
        None => (None, None),
    };
    Ok(Page(view(&desk, &place, asked, error).await?).into_response())
}

/// `POST …/giai-chung`: shows what would change, then proposes.
pub async fn propose(
    desk: Desk,
    Path(slug): Path<String>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::Approve)?;
    let place = whole(&desk, &slug)?;
    let Some(ruling) = read(&form) else {
        let error = desk.say("award-error-cause", &[]);
        let page = view(&desk, &place, None, Some(error)).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response());
    };
    let (app, contest, reason) = (&desk.app, &place.contest, form.get("reason"));
    let mut error = None;
    if form.get("then") == "propose" {
        match rule_overall::propose(app, desk.now(), desk.by(), contest, ruling, reason).await {
            Ok(id) => return Ok(to(&place, id)),
            Err(refused) => error = words::refused(&desk, &place, refused)?.0,
        }
    }
    let (asked, trouble) = preview(&desk, &place, ruling, reason).await?;
    let error = trouble.or(error);
    let status = match &error {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let page = view(&desk, &place, Some(asked), error).await?;
    Ok((status, Page(page)).into_response())
}

/// What a ruling would change, or why it cannot be made.
async fn preview(
    desk: &Desk,
    place: &Place,
    ruling: Ruling,
    reason: &str,
) -> Result<(AskedView, Option<String>), WebError> {
    let (effect, error) =
        match rule_overall::foretell(&desk.app, desk.now(), &place.contest, None, ruling).await {
            Ok(foretold) => (Some(effect::view(desk, place, &foretold.effect).await?), None),
            Err(refused) => (None, words::refused(desk, place, refused)?.0),
        };
    let ids: Vec<ParticipantId> = words::person_of(&ruling).into_iter().collect();
    let people = desk.app.store.load_people(&ids).await?;
    let (person, cause, decision) = match ruling {
        Ruling::Replace(replace) => (replace.person.to_string(), replace.cause.name(), String::new()),
        Ruling::Restore(restore) => (String::new(), "", restore.decision.to_string()),
        Ruling::Void(_) => (String::new(), "", String::new()),
    };
    let asked = AskedView {
        what: words::ruling(desk, place, &ruling, &people),
        effect,
        person,
        cause,
        decision,
        reason: reason.chars().take(600).collect(),
    };
    Ok((asked, error))
}

/// `GET …/giai-chung/{id}`
pub async fn one(desk: Desk, Path((slug, id)): Path<(String, i64)>) -> Result<Response, WebError> {
    desk.require(Right::See)?;
    let place = whole(&desk, &slug)?;
    let decision = find(&desk, &place, id).await?;
    Ok(Page(decision_page(&desk, &place, decision, None).await?).into_response())
}

/// `POST …/giai-chung/{id}`: approve, reject or withdraw.
pub async fn answer(
    desk: Desk,
    Path((slug, id)): Path<(String, i64)>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::Approve)?;
    let place = whole(&desk, &slug)?;
    let decision = find(&desk, &place, id).await?;
    match take(&desk, &place.contest, decision.id, &form).await {
        Ok(_) => Ok(to(&place, decision.id)),
        Err(error) => {
            let (message, _) = words::refused(&desk, &place, error)?;
            let now = find(&desk, &place, id).await?;
            let page = decision_page(&desk, &place, now, message).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
        }
    }
}

async fn take(desk: &Desk, contest: &Contest, id: DecisionId, form: &Form) -> Result<Decision, RuleError> {
    let (app, now, by) = (&desk.app, desk.now(), desk.by());
    let reason = Some(form.get("reason")).filter(|reason| !reason.trim().is_empty());
    match form.get("then") {
        "approve" => rule_overall::approve(app, now, by, contest, (id, form.get("mark")), reason).await,
        "withdraw" => Ok(decide::withdraw(app, now, by, id, reason).await?),
        _ => Ok(decide::reject(app, now, by, id, reason.unwrap_or_default()).await?),
    }
}

fn to(place: &Place, id: DecisionId) -> Response {
    Redirect::to(&format!("{}/{id}", path(&place.contest))).into_response()
}

pub(super) fn path(contest: &Contest) -> String {
    format!("{}/giai-chung", contest_path(contest))
}

/// The contest; sentences that need a round get the last one.
pub(super) fn whole(desk: &Desk, slug: &str) -> Result<Place, WebError> {
    let contest: Arc<Contest> = desk.contest(slug)?;
    let round = contest.rounds.last().cloned().ok_or(WebError::NotFound)?;
    Ok(Place { contest, round })
}

fn read(form: &Form) -> Option<Ruling> {
    if let Ok(decision) = form.get("so").parse() {
        return Some(Ruling::Restore(Restore {
            decision: DecisionId(decision),
        }));
    }
    Some(Ruling::Replace(ReplaceWinner {
        person: ParticipantId(form.get("nguoi").parse().ok()?),
        cause: Cause::parse(form.get("ly-do"))?,
    }))
}

async fn find(desk: &Desk, place: &Place, id: i64) -> Result<Decision, WebError> {
    let decision = desk.app.store.find_decision(DecisionId(id)).await?;
    decision
        .filter(|one| one.round.is_none() && one.contest == place.contest.id)
        .ok_or(WebError::NotFound)
}

async fn view(
    desk: &Desk,
    place: &Place,
    asked: Option<AskedView>,
    error: Option<String>,
) -> Result<OverallPage, WebError> {
    let (store, contest) = (&desk.app.store, &place.contest);
    let ranking = match store.find_overall_ranking(contest.id).await? {
        Some(id) => store.find_ranking(id).await?,
        None => None,
    };
    let winners = match &ranking {
        Some(ranking) => winners(desk, place, ranking).await?,
        None => Vec::new(),
    };
    let published = contest
        .rounds
        .iter()
        .all(|round| round.stage == RoundStage::Published);
    let tie = open_contest_tie(&desk.app, contest).await?;
    let wait = match (&ranking, published) {
        (None, _) => Some("overall-wait"),
        (Some(_), _) if winners.is_empty() && tie.is_none() => Some("overall-none"),
        (Some(_), true) => Some("overall-published"),
        (Some(_), false) => None,
    };
    Ok(OverallPage {
        f: desk.frame_of(contest),
        c: desk.side(Section::Contests),
        title: desk.say("overall-title", &[]),
        back: contest_path(contest),
        contest: contest.definition.title.clone(),
        path: path(contest),
        may_propose: wait.is_none() && desk.may(Right::Approve),
        wait: wait.map(|key| desk.say(key, &[])),
        tie: tie.map(|open| TieView {
            sentence: equals::sentence(desk, &open),
            decide: (!published && desk.may(Right::RunRounds))
                .then(|| format!("{}/bang-nhau", path(contest))),
        }),
        winners,
        causes: Cause::ALL
            .map(|cause| {
                (
                    cause.name(),
                    desk.say(&format!("award-cause-{}", cause.name()), &[]),
                )
            })
            .to_vec(),
        asked,
        decisions: decisions(desk, place).await?,
        error,
    })
}

/// Decisions about the contest as a whole.
async fn decisions(desk: &Desk, place: &Place) -> Result<Vec<DecisionView>, WebError> {
    let all = desk
        .app
        .store
        .list_decisions(place.contest.id, None, MOST)
        .await?;
    let own: Vec<Decision> = all.into_iter().filter(|one| one.round.is_none()).collect();
    let people = words::people_of(desk, &own).await?;
    let view = |one: &Decision| DecisionView {
        path: format!("{}/{}", path(&place.contest), one.id),
        ..words::view(desk, place, one, &people)
    };
    Ok(own.iter().map(view).collect())
}

async fn decision_page(
    desk: &Desk,
    place: &Place,
    decision: Decision,
    mut error: Option<String>,
) -> Result<DecisionPage, WebError> {
    let people = words::people_of(desk, std::slice::from_ref(&decision)).await?;
    let open = decision.state == State::Proposed;
    let own = is_same_name(&decision.proposed_by, &desk.staff.name);
    let board = desk.may(Right::Approve);
    let outcome = decision.outcome.as_deref();
    let mut effect: Option<Effect> = outcome.and_then(|text| serde_json::from_str(text).ok());
    let mut mark = String::new();
    if let Some(ruling) = Ruling::of(&decision).filter(|_| open) {
        let (app, id) = (&desk.app, Some(decision.id));
        match rule_overall::foretell(app, desk.now(), &place.contest, id, ruling).await {
            Ok(foretold) => (effect, mark) = (Some(foretold.effect), foretold.mark),
            Err(refused) => error = words::refused(desk, place, refused)?.0.or(error),
        }
    }
    let wait = match (open, board, own) {
        (true, true, true) => Some("award-wait-other"),
        (true, false, _) => Some("award-board-only"),
        _ => None,
    };
    Ok(DecisionPage {
        f: desk.frame_of(&place.contest),
        c: desk.side(Section::Contests),
        title: desk.say("award-decision-title", &[("n", decision.id.to_string().into())]),
        back: path(&place.contest),
        round: desk.say("overall-title", &[]),
        effect: match effect {
            Some(effect) => Some(effect::view(desk, place, &effect).await?),
            None => None,
        },
        is_done: !open,
        may_answer: open && board && !own && !mark.is_empty(),
        mark,
        may_withdraw: open && board && own,
        wait: wait.map(|key| desk.say(key, &[])),
        restore: restore(desk, place, &decision).await?,
        next: None,
        tasks: Vec::new(),
        reason: String::new(),
        error,
        decision: words::view(desk, place, &decision, &people),
    })
}

/// The address for proposing to take it back, while it holds and not every round is published.
async fn restore(desk: &Desk, place: &Place, decision: &Decision) -> Result<Option<String>, WebError> {
    let rounds = &place.contest.rounds;
    let published = rounds.iter().all(|round| round.stage == RoundStage::Published);
    if published || !desk.may(Right::Approve) || decision.state != State::Approved {
        return Ok(None);
    }
    let rulings = desk.app.store.load_rulings(place.contest.id, None).await?;
    let address = format!("{}?so={}", path(&place.contest), decision.id);
    Ok(rulings.holds(decision.id).then_some(address))
}
