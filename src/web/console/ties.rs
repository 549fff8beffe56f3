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

/// The page of an open tie, of a round or of a whole contest.
#[derive(Template)]
#[template(path = "console/ties.html")]
pub struct TiesPage {
    /// Frame of the page.
    pub f: Frame,
    /// Side of the page.
    pub c: Side,
    /// Its title.
    pub title: String,
    /// Address of the ranking.
    pub back: String,
    /// Name of the ranking.
    pub round: String,
    /// Who is equal at what.
    pub rule: String,
    /// The ranking that the tie is of.
    pub ranking: i64,
    /// The equals.
    pub equals: Vec<EqualLine>,
    /// What stands in the way.
    pub tasks: Vec<Task>,
    /// The reason as typed.
    pub reason: String,
    /// What is wrong with the reason, or with the step.
    pub error: Option<String>,
    /// What is wrong with the order.
    pub order_error: Option<String>,
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
#[derive(Debug, Default)]
pub struct Typed {
    places: Vec<(String, String)>,
    /// The reason as typed.
    pub reason: String,
    /// What is wrong with the reason, or with the step.
    pub error: Option<String>,
    /// What is wrong with the order.
    pub order_error: Option<String>,
    /// What stands in the way.
    pub tasks: Vec<Task>,
}

impl Typed {
    /// What stands in the boxes of those names, and the reason.
    pub fn of(form: &Form, boxes: impl Iterator<Item = String>) -> Self {
        let place = |name: String| {
            let typed: String = form.get(&name).chars().take(4).collect();
            (name, typed)
        };
        Self {
            places: boxes.map(place).collect(),
            reason: form.get("reason").chars().take(1_000).collect(),
            ..Self::default()
        }
    }

    /// What stands in a box.
    pub fn place(&self, name: &str) -> String {
        let typed = self.places.iter().find(|(own, _)| own == name);
        typed.map(|(_, typed)| typed.clone()).unwrap_or_default()
    }

    /// Notes what is wrong with the order or with the reason.
    pub fn refuse(&mut self, desk: &Desk, is_order: bool, reason: Result<Option<&str>, String>) {
        self.order_error = (!is_order).then(|| desk.say("console-ties-order-wrong", &[]));
        self.error = match reason {
            Ok(Some(_)) => None,
            Ok(None) => Some(desk.say("console-reason-missing", &[])),
            Err(wrong) => Some(wrong),
        };
    }
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
    let mut typed = Typed::of(&form, open.equals.iter().map(field));
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
        (prefer, reason) => typed.refuse(&desk, prefer.is_some(), reason),
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
            typed: typed.place(&field),
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
