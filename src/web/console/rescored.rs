//! Re-scorings of a round: what was done, what waits for a second person, and each proposal with the answer to it.
//!
//! Owns two pages; the deed is `action::rescore_round`'s. It may take longer than a visitor waits, so it runs to its end
//! whether somebody waits or not, and the page tells how far it is.

use super::blockers::reason;
use super::desk::{Desk, Place, Section, Side};
use super::items::require_keys;
use super::rescore::sentence;
use super::rescore_list::ChangeList;
use super::rescore_view::{self, Effect};
use crate::action::close_round::By;
use crate::action::decide;
use crate::action::rescore_round::{RescoreError, approve};
use crate::domain::decision::{Decision, Kind, State, is_same_name};
use crate::domain::ids::DecisionId;
use crate::domain::rescoring::Rescore;
use crate::domain::round::RoundStage;
use crate::domain::staff::Right;
use crate::store::scoring::Scoring;
use crate::web::error::WebError;
use crate::web::form::StaffForm;
use crate::web::format;
use crate::web::frame::{Frame, Page};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use std::time::Duration;

/// Decisions listed.
const LISTED: i64 = 100;
/// How long a visitor is kept waiting for the deed; half of what a request may take.
const PATIENCE: Duration = Duration::from_secs(5);

#[derive(Template)]
#[template(path = "console/rescored.html")]
struct RescoredPage {
    f: Frame,
    c: Side,
    title: String,
    back: String,
    round: String,
    open: bool,
    /// Where a published result is opened for correction.
    published: Option<String>,
    items: String,
    waiting: Vec<Line>,
    done: Vec<Line>,
    refused: Vec<Line>,
}

struct Line {
    path: String,
    text: String,
    marking: String,
    note: String,
}

/// The list.
pub async fn page(desk: Desk, Path((slug, number)): Path<(String, u16)>) -> Result<Response, WebError> {
    require_keys(&desk)?;
    let place = desk.round(&slug, number)?;
    let (contest, round) = (place.contest.id, Some(place.round.id));
    let decisions = desk.app.store.list_decisions(contest, round, LISTED).await?;
    let lines = |wanted: &[State]| -> Vec<Line> {
        let own = decisions
            .iter()
            .filter(|one| one.kind == Kind::Rescore && wanted.contains(&one.state));
        own.filter_map(|one| line(&desk, &place, one)).collect()
    };
    let page = RescoredPage {
        f: desk.frame_of(&place.contest),
        c: desk.side(Section::Contests),
        title: desk.say("rescored-title", &[("n", place.title().into())]),
        back: place.path(),
        round: place.round.title.clone(),
        open: place.round.stage == RoundStage::Scheduled,
        published: (place.round.stage == RoundStage::Published).then(|| place.step("quyet-dinh")),
        items: place.step("cau-hoi"),
        waiting: lines(&[State::Proposed]),
        done: lines(&[State::Approved]),
        refused: lines(&[State::Rejected, State::Withdrawn]),
    };
    Ok(Page(page).into_response())
}

fn line(desk: &Desk, place: &Place, decision: &Decision) -> Option<Line> {
    let rescore = decision.payload::<Rescore>()?;
    Some(Line {
        path: place.step(&format!("cham-lai/{}", decision.id)),
        text: rescore_view::stem(place, &rescore.treatment),
        marking: rescore_view::marking(desk, place, &rescore.treatment),
        note: history(desk, decision).join(" "),
    })
}

/// Who proposed and who answered, in sentences.
fn history(desk: &Desk, decision: &Decision) -> Vec<String> {
    let who = |key: &str, at, name: &str| {
        let args = [
            ("at", format::exact(desk.lang(), at).into()),
            ("name", name.to_owned().into()),
        ];
        desk.say(key, &args)
    };
    let mut out = vec![who(
        "rescored-proposed",
        decision.proposed_at,
        &decision.proposed_by,
    )];
    if let Some(decided) = &decision.decided {
        let key = format!("rescored-{}", decision.state.name());
        out.push(who(&key, decided.at, &decided.by));
        out.extend(decided.why.clone());
    }
    out
}

#[derive(Template)]
#[template(path = "console/rescored_one.html")]
struct OnePage {
    f: Frame,
    c: Side,
    title: String,
    back: String,
    text: String,
    question: Option<String>,
    marking: String,
    history: Vec<String>,
    why: String,
    working: bool,
    effect: Effect,
    changes: Option<ChangeList>,
    notice: Vec<String>,
    published: bool,
    rankings: Vec<(String, String)>,
    may_answer: bool,
    may_withdraw: bool,
    second: Option<String>,
    reason: String,
    reason_label: String,
    error: Option<String>,
    problem: Option<String>,
}

/// One proposal.
pub async fn one(
    desk: Desk,
    Path((slug, number, id)): Path<(String, u16, i64)>,
) -> Result<Response, WebError> {
    require_keys(&desk)?;
    let place = desk.round(&slug, number)?;
    Ok(Page(view(&desk, &place, DecisionId(id), Said::default()).await?).into_response())
}

/// What is said beside the page after an answer.
#[derive(Default)]
struct Said {
    working: bool,
    reason: String,
    error: Option<String>,
    problem: Option<String>,
}

/// The answer of the second person, or the proposer's taking it back.
pub async fn answer(
    desk: Desk,
    Path((slug, number, id)): Path<(String, u16, i64)>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    require_keys(&desk)?;
    let place = desk.round(&slug, number)?;
    let id = DecisionId(id);
    let mut said = Said {
        reason: form.get("reason").chars().take(1_000).collect(),
        ..Said::default()
    };
    let note = match reason(&desk, &form) {
        Ok(note) => note.map(str::to_owned),
        Err(message) => {
            said.error = Some(message);
            return refused(&desk, &place, id, said).await;
        }
    };
    let (app, now, by) = (&desk.app, desk.now(), desk.by());
    let outcome = match form.get("do") {
        "approve" => {
            desk.require(Right::Approve)?;
            match carry_out(&desk, &place, id, note).await {
                None => {
                    said.working = true;
                    return Ok(Page(view(&desk, &place, id, said).await?).into_response());
                }
                Some(outcome) => outcome.map(|_| ()),
            }
        }
        "reject" => {
            desk.require(Right::Approve)?;
            let done = decide::reject(app, now, by, id, note.as_deref().unwrap_or_default()).await;
            done.map(|_| ()).map_err(RescoreError::from)
        }
        "withdraw" => {
            let done = decide::withdraw(app, now, by, id, note.as_deref()).await;
            done.map(|_| ()).map_err(RescoreError::from)
        }
        _ => return Err(WebError::BadForm),
    };
    match outcome {
        Ok(()) => Ok(Redirect::to(&place.step(&format!("cham-lai/{id}"))).into_response()),
        Err(error) => {
            said.problem = Some(sentence(&desk, error)?);
            refused(&desk, &place, id, said).await
        }
    }
}

async fn refused(desk: &Desk, place: &Place, id: DecisionId, said: Said) -> Result<Response, WebError> {
    let page = view(desk, place, id, said).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
}

/// Approves in a task of its own; `None` while it is still at it. If the program ends meanwhile nothing has happened, and
/// the proposal waits as before.
async fn carry_out(
    desk: &Desk,
    place: &Place,
    id: DecisionId,
    note: Option<String>,
) -> Option<Result<Scoring, RescoreError>> {
    let (app, now, name, round) = (
        desk.app.clone(),
        desk.now(),
        desk.staff.name.clone(),
        place.round.clone(),
    );
    let deed = tokio::spawn(async move {
        let done = approve(&app, now, By { name: &name }, &round, id, note.as_deref()).await;
        if let Err(RescoreError::Failed(error)) = &done {
            tracing::error!(round.id = %round.id, %error, "re-scoring failed, nothing was changed");
        }
        done
    });
    match tokio::time::timeout(PATIENCE, deed).await {
        Ok(Ok(outcome)) => Some(outcome),
        Ok(Err(_)) => {
            let gone = crate::action::Failure::Inconsistent("re-scoring stopped".to_owned());
            Some(Err(RescoreError::Failed(gone)))
        }
        Err(_) => None,
    }
}

async fn view(desk: &Desk, place: &Place, id: DecisionId, said: Said) -> Result<OnePage, WebError> {
    let store = &desk.app.store;
    let decision = store.find_decision(id).await?;
    let decision = decision.filter(|decision| decision.round == Some(place.round.id));
    let decision = decision.ok_or(WebError::NotFound)?;
    let rescore = decision.payload::<Rescore>().ok_or(WebError::NotFound)?;
    let done = store.load_scorings(place.round.id).await?;
    let done = done.into_iter().find(|scoring| scoring.decision == id);
    let open = decision.state == State::Proposed;
    let own = is_same_name(&decision.proposed_by, &desk.staff.name);
    let (treatment, figures) = (&rescore.treatment, &rescore.figures);
    let number = rescore_view::find(place, treatment).map(|(number, _)| number);
    let path = place.step(&format!("cham-lai/{id}"));
    let mut changes = ChangeList::of_decision(desk, path, &rescore, done.as_ref()).await?;
    if !open && done.is_none() {
        // Refused or taken back: there is nothing to read any more.
        changes.file = None;
    }
    Ok(OnePage {
        f: desk.frame_of(&place.contest),
        c: desk.side(Section::Contests),
        title: desk.say("rescored-one-title", &[("n", id.to_string().into())]),
        back: place.step("cham-lai"),
        text: rescore_view::stem(place, treatment),
        question: number.map(|number| format!("{}/{number}", place.step("cau-hoi"))),
        marking: rescore_view::marking(desk, place, treatment),
        history: history(desk, &decision),
        why: decision.reason.clone(),
        working: said.working,
        effect: rescore_view::effect(desk, place, figures).await?,
        changes: Some(changes),
        notice: rescore_view::notice(desk, place, treatment, figures, &decision.reason).await?,
        published: done.as_ref().is_some_and(|scoring| scoring.was_published),
        rankings: done
            .map(|scoring| rankings(desk, place, &scoring))
            .unwrap_or_default(),
        may_answer: open && !own && desk.may(Right::Approve) && !said.working,
        may_withdraw: open && own,
        second: (open && !desk.may(Right::Approve)).then(|| desk.say("rescored-second", &[])),
        reason: said.reason,
        reason_label: desk.say("console-note", &[]),
        error: said.error,
        problem: said.problem,
    })
}

/// Links to the ranking before and the one after.
fn rankings(desk: &Desk, place: &Place, scoring: &Scoring) -> Vec<(String, String)> {
    let link = |key: &str, ranking: Option<i64>| {
        let path = format!("{}?ban={}", place.step("xep-hang"), ranking?);
        Some((path, desk.say(key, &[])))
    };
    [
        link("rescored-ranking-before", scoring.ranking_before),
        link("rescored-ranking-after", scoring.ranking_after),
    ]
    .into_iter()
    .flatten()
    .collect()
}
