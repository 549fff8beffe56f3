//! Equals at the border of a prize: the order among them, with a reason.
//!
//! Owns one page; the decision is applied by ranking again.

use super::blockers::{Task, blocked, reason, task};
use super::desk::{Desk, Place, Section, Side};
use super::winners::chain;
use crate::action::rank_round::rank_round;
use crate::domain::ids::AttemptId;
use crate::domain::prize::Tie;
use crate::domain::ranking::Standing;
use crate::domain::staff::Right;
use crate::store::ranking::StoredRanking;
use crate::web::error::WebError;
use crate::web::form::{Form, StaffForm};
use crate::web::format;
use crate::web::frame::{Frame, Page};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

#[derive(Template)]
#[template(path = "console/ties.html")]
struct TiesPage {
    f: Frame,
    c: Side,
    title: String,
    back: String,
    round: String,
    rule: String,
    ranking: i64,
    equals: Vec<EqualLine>,
    tasks: Vec<Task>,
    reason: String,
    error: Option<String>,
    order_error: Option<String>,
}

/// One of the equals.
pub struct EqualLine {
    /// Name of the box.
    pub field: String,
    /// Full name.
    pub name: String,
    /// Unit with those above it.
    pub unit: String,
    /// What they are equal in.
    pub chain: String,
    /// The place as typed.
    pub typed: String,
}

/// An open tie with everything needed to decide it.
struct OpenTie {
    ranking: StoredRanking,
    tie: Tie,
    equals: Vec<Standing>,
}

/// What came back with a refused form.
#[derive(Default)]
struct Typed {
    places: Vec<(String, String)>,
    reason: String,
    error: Option<String>,
    order_error: Option<String>,
    tasks: Vec<Task>,
}

/// The page.
pub async fn page(desk: Desk, Path((slug, number)): Path<(String, u16)>) -> Result<Response, WebError> {
    desk.require(Right::RunRounds)?;
    let place = desk.round(&slug, number)?;
    let Some(open) = open_tie(&desk, &place).await? else {
        return Ok(Redirect::to(&place.step("xep-hang")).into_response());
    };
    Ok(Page(view(&desk, &place, open, Typed::default()).await?).into_response())
}

/// The decision.
pub async fn decide(
    desk: Desk,
    Path((slug, number)): Path<(String, u16)>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::RunRounds)?;
    let place = desk.round(&slug, number)?;
    let open = open_tie(&desk, &place).await?;
    // Of a ranking replaced meanwhile nothing is decided: the page is shown anew.
    let Some(open) = open.filter(|open| open.ranking.id.to_string() == form.get("ranking")) else {
        return Ok(Redirect::to(&place.step("xep-hang")).into_response());
    };
    let mut typed = Typed {
        reason: form.get("reason").chars().take(1_000).collect(),
        ..Typed::default()
    };
    typed.places = open
        .equals
        .iter()
        .map(|s| (field(s), form.get(&field(s)).chars().take(4).collect()))
        .collect();
    match (order(&open.equals, &form), reason(&desk, &form)) {
        (Some(prefer), Ok(Some(reason))) => {
            match rank_round(
                &desk.app,
                desk.now(),
                desk.by(),
                &place.round,
                Some(reason),
                &prefer,
            )
            .await
            {
                Ok(_) => return Ok(Redirect::to(&place.step("xep-hang")).into_response()),
                Err(error) => typed.tasks = blocked(error)?.iter().map(|b| task(&desk, &place, b)).collect(),
            }
        }
        (prefer, reason) => {
            typed.order_error = prefer
                .is_none()
                .then(|| desk.say("console-ties-order-wrong", &[]));
            typed.error = reason.map_or_else(Some, |r| {
                r.is_none().then(|| desk.say("console-reason-missing", &[]))
            });
        }
    }
    Ok((
        StatusCode::UNPROCESSABLE_ENTITY,
        Page(view(&desk, &place, open, typed).await?),
    )
        .into_response())
}

async fn open_tie(desk: &Desk, place: &Place) -> Result<Option<OpenTie>, WebError> {
    let store = &desk.app.store;
    let Some(id) = store.find_round_ranking(place.round.id).await? else {
        return Ok(None);
    };
    let Some(tie) = store.load_ties(id).await?.into_iter().next() else {
        return Ok(None);
    };
    let Some(ranking) = store.find_ranking(id).await? else {
        return Ok(None);
    };
    let equals = store.load_standings_at(id, &tie.positions).await?;
    Ok(Some(OpenTie { ranking, tie, equals }))
}

fn field(standing: &Standing) -> String {
    standing
        .attempt
        .map(|attempt| format!("place-{attempt}"))
        .unwrap_or_default()
}

/// The attempts in the order typed.
fn order(equals: &[Standing], form: &Form) -> Option<Vec<AttemptId>> {
    let attempts = equals
        .iter()
        .filter_map(|equal| Some((field(equal), equal.attempt?)));
    ordered(attempts, form).filter(|order| order.len() == equals.len())
}

/// Things in the order typed into their boxes, if every place from 1 on is given exactly once.
pub fn ordered<T: Ord>(boxes: impl Iterator<Item = (String, T)>, form: &Form) -> Option<Vec<T>> {
    let mut placed: Vec<(usize, T)> = Vec::new();
    for (name, thing) in boxes {
        placed.push((form.get(&name).trim().parse().ok()?, thing));
    }
    placed.sort();
    let whole = (1..)
        .zip(&placed)
        .all(|(expected, (given, _))| expected == *given);
    whole.then(|| placed.into_iter().map(|(_, thing)| thing).collect())
}

async fn view(desk: &Desk, place: &Place, open: OpenTie, typed: Typed) -> Result<TiesPage, WebError> {
    let ids: Vec<_> = open.equals.iter().map(|standing| standing.participant).collect();
    let people = desk.app.store.load_people(&ids).await?;
    let line = |standing: &Standing| {
        let field = field(standing);
        EqualLine {
            typed: typed
                .places
                .iter()
                .find(|(name, _)| *name == field)
                .map(|(_, n)| n.clone())
                .unwrap_or_default(),
            field,
            name: people
                .get(&standing.participant)
                .map(|person| person.full_name.clone())
                .unwrap_or_default(),
            unit: place.contest.unit_path(standing.unit),
            chain: chain(desk, &open.ranking, standing, None),
        }
    };
    let args = [
        ("n", open.equals.len().to_string().into()),
        ("rank", format::number(desk.lang(), open.tie.rank).into()),
        ("places", open.tie.places.to_string().into()),
    ];
    Ok(TiesPage {
        f: desk.frame_of(&place.contest),
        c: desk.side(Section::Contests),
        title: desk.say("console-ties-title", &[("round", place.title().into())]),
        back: place.step("xep-hang"),
        round: desk.say("console-ranking-title", &[("round", place.title().into())]),
        rule: desk.say("console-tied", &args),
        ranking: open.ranking.id,
        equals: open.equals.iter().map(line).collect(),
        tasks: typed.tasks,
        reason: typed.reason,
        error: typed.error,
        order_error: typed.order_error,
    })
}
