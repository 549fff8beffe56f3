//! The live board of a round: counts, submissions by minute, progress of units, warnings; by the second with scripts, every
//! half minute without.
//!
//! Owns the page and the two addresses. `hub` looks once for all viewers, `parts` makes the pieces of the page, `stream`
//! sends them. Only staff who may see the contest's counts get here: entrants predict them.

mod hub;
mod parts;
mod stream;

pub use hub::Hub;
pub use stream::stream;

use super::desk::{Desk, Place, Section, Side};
use crate::domain::round::RoundPhase;
use crate::domain::staff::Right;
use crate::web::WebError;
use crate::web::frame::{Frame, Page};
use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use parts::Parts;
use serde::Deserialize;

/// What the address may carry.
#[derive(Debug, Default, Deserialize)]
pub struct Chosen {
    vong: Option<u16>,
}

#[derive(Template)]
#[template(path = "console/board.html")]
struct BoardPage {
    f: Frame,
    c: Side,
    title: String,
    path: String,
    round: String,
    state: String,
    runs: bool,
    stream: String,
    parts: Parts,
}

/// The round of the page: the one asked for, else the one that an organiser looks at first.
fn place(desk: &Desk, slug: &str, chosen: &Chosen) -> Result<Place, WebError> {
    desk.require(Right::See)?;
    let contest = desk.contest(slug)?;
    let round = match chosen.vong {
        Some(number) => contest.round(number),
        None => super::contest::default_round(&contest, desk.now()),
    };
    let round = round.cloned().ok_or(WebError::NotFound)?;
    Ok(Place { contest, round })
}

/// `GET /quan-tri/cuoc-thi/{contest}/truc-tiep`
pub async fn page(
    desk: Desk,
    Extension(hub): Extension<Hub>,
    Path(slug): Path<String>,
    Query(chosen): Query<Chosen>,
) -> Result<Response, WebError> {
    let place = place(&desk, &slug, &chosen)?;
    let seen = hub
        .latest(&desk.app, place.round.id)
        .await
        .ok_or(WebError::Busy)?;
    let parts = parts::parts(desk.lang(), &place.contest, &place.round, &seen)?;
    let phase = place.round.phase(desk.now());
    Ok(Page(BoardPage {
        f: desk.frame_of(&place.contest),
        c: desk.side(Section::Contests),
        title: place.contest.definition.title.clone(),
        path: place.path(),
        round: place.round.title.clone(),
        state: desk.say(&format!("console-phase-{}", phase.name()), &[]),
        runs: matches!(phase, RoundPhase::Open | RoundPhase::Ended),
        stream: format!(
            "{}/truc-tiep/dong?vong={}",
            place.contest_path(),
            place.round.number
        ),
        parts,
    })
    .into_response())
}
