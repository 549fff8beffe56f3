//! The first page of people who only mark essays: the rounds whose essays wait for marks, and nothing else of any contest.
//!
//! Owns one page; what waits in a round is counted by `store::essay_desk`.

use super::desk::{Desk, Place, Section, Side, inside};
use crate::action::mark_essay::is_marked_in;
use crate::domain::staff::Right;
use crate::web::error::WebError;
use crate::web::format;
use crate::web::frame::{Frame, Page};
use askama::Template;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

#[derive(Template)]
#[template(path = "console/marker.html")]
struct MarkerPage {
    f: Frame,
    c: Side,
    rows: Vec<Row>,
}

struct Row {
    path: String,
    contest: String,
    label: String,
    mine: String,
}

/// Every round whose essays are marked now.
pub(super) async fn page(desk: &Desk) -> Result<Response, WebError> {
    desk.require(Right::MarkEssays)?;
    let mut rows = Vec::new();
    for contest in desk.app.catalog().contests() {
        for round in contest.rounds.iter().filter(|round| is_marked_in(round.stage)) {
            let (store, who) = (&desk.app.store, &desk.staff.name);
            let Some(own) = store.open_essay_desk(round.id, &round.rules, who).await? else {
                continue;
            };
            let counts = own.count().await?;
            let number = |n: i64| format::number(desk.lang(), n);
            let mine = [
                ("waiting", number(counts.waiting).into()),
                ("done", number(counts.done).into()),
            ];
            let place = Place {
                contest: Arc::clone(contest),
                round: round.clone(),
            };
            rows.push(Row {
                path: place.step("bai-viet"),
                contest: contest.definition.title.clone(),
                label: desk.say("essay-desk-title", &[("round", inside(&round.title).into())]),
                mine: desk.say("essay-desk-mine", &mine),
            });
        }
    }
    let (f, c) = (desk.frame(), desk.side(Section::Contests));
    Ok(Page(MarkerPage { f, c, rows }).into_response())
}
