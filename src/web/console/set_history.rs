//! The history of a set: every version with who made it and how, and what differs from the one before.
//!
//! Owns one page; the set can be taken out here as a file.

use super::desk::{Desk, Section, Side, contest_path};
use super::diff_view::{SetDifference, set_difference, stored};
use super::effect::origin;
use crate::domain::catalog::Contest;
use crate::domain::question::SetId;
use crate::domain::set_diff::{KeyedSet, changes};
use crate::domain::staff::Right;
use crate::store::set_history::SetStep;
use crate::web::error::WebError;
use crate::web::format;
use crate::web::frame::{Frame, Page};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

/// Steps on the page.
const STEPS: i64 = 100;

/// What the address may carry.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    buoc: Option<i64>,
}

#[derive(Template)]
#[template(path = "console/set_history.html")]
struct HistoryPage {
    f: Frame,
    c: Side,
    path: String,
    bank: String,
    add: String,
    title: String,
    id: String,
    rows: Vec<StepRow>,
    chosen: Option<SetDifference>,
}

struct StepRow {
    id: i64,
    version: String,
    when: String,
    who: String,
    reason: Option<String>,
    counts: String,
    here: bool,
    comparable: bool,
}

/// The history of a set.
pub async fn page(
    desk: Desk,
    Path((slug, set)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    desk.require(Right::LoadSets)?;
    let contest = desk.contest(&slug)?;
    let set = SetId(set);
    let head = contest
        .heads
        .get(&set)
        .and_then(|version| contest.sets.get(version));
    let title = head.ok_or(WebError::NotFound)?.title.clone();
    let steps = desk.app.store.load_set_steps(contest.id, &set, STEPS).await?;
    let chosen = steps.iter().find(|step| Some(step.id) == asked.buoc);
    let page = HistoryPage {
        f: desk.frame_of(&contest),
        c: desk.side(Section::Contests),
        path: contest_path(&contest),
        bank: super::bank::path_of(&contest, &set),
        add: super::add::add_path(&contest, &set),
        title,
        rows: steps
            .iter()
            .map(|step| row(&desk, &contest, step, asked.buoc))
            .collect(),
        chosen: chosen
            .and_then(|step| sides(&contest, step))
            .map(|(before, after)| set_difference(&desk, before, after, &stored)),
        id: set.0,
    };
    Ok(Page(page).into_response())
}

fn sides<'a>(contest: &'a Contest, step: &SetStep) -> Option<(KeyedSet<'a>, KeyedSet<'a>)> {
    let before = contest.keyed_set(step.before.as_ref()?)?;
    Some((before, contest.keyed_set(&step.version)?))
}

fn row(desk: &Desk, contest: &Contest, step: &SetStep, chosen: Option<i64>) -> StepRow {
    let both = sides(contest, step);
    let count = |n: usize| format::number(desk.lang(), n as i64);
    let counts = match both {
        Some((before, after)) => {
            let n = changes(before, after).len();
            desk.say("desk-step-changed", &[("n", count(n).into())])
        }
        None => {
            let n = contest
                .sets
                .get(&step.version)
                .map_or(0, |set| set.questions.len());
            desk.say("desk-step-first", &[("n", count(n).into())])
        }
    };
    let args = [
        ("name", step.by.clone().into()),
        ("what", origin(desk, &step.origin).into()),
    ];
    StepRow {
        id: step.id,
        version: step.version.0.chars().take(8).collect(),
        when: format::exact(desk.lang(), step.at),
        who: desk.say("desk-step", &args),
        reason: step.reason.clone(),
        counts,
        here: chosen == Some(step.id),
        comparable: both.is_some(),
    }
}
