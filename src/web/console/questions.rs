//! Question sets of a contest: every version with its use, and loading what was checked.
//!
//! Owns the list and the last step of a load; the check is `check`'s, the load is `action::load_question_set`'s.

use super::desk::{Desk, Section, Side, contest_path};
use super::effect::{overtaken, shortfalls};
use super::set_view::{SetRow, set_rows};
use crate::action::load_question_set::{LoadSetError, load_question_set};
use crate::domain::catalog::Contest;
use crate::domain::staff::Right;
use crate::web::error::WebError;
use crate::web::form::StaffForm;
use crate::web::frame::{Frame, Page};
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

/// What the address may carry.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    nap: Option<String>,
}

#[derive(Template)]
#[template(path = "console/questions.html")]
struct QuestionsPage {
    f: Frame,
    c: Side,
    title: String,
    path: String,
    rows: Vec<SetRow>,
    loaded: Option<String>,
    may_load: bool,
    error: Option<String>,
}

/// Every version of every set, and the form to check a new one.
pub async fn page(
    desk: Desk,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    desk.require(Right::See)?;
    let contest = desk.contest(&slug)?;
    let known = asked
        .nap
        .filter(|set| contest.sets.values().any(|known| known.id.0 == *set));
    let loaded = known.map(|set| desk.say("console-set-loaded", &[("set", set.into())]));
    Ok(Page(list(&desk, &contest, loaded, None).await?).into_response())
}

/// The page, saying why a step was not done.
pub(super) async fn refused(desk: &Desk, contest: &Contest, error: String) -> Result<Response, WebError> {
    let page = list(desk, contest, None, Some(error)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
}

async fn list(
    desk: &Desk,
    contest: &Contest,
    loaded: Option<String>,
    error: Option<String>,
) -> Result<QuestionsPage, WebError> {
    let lines = desk.app.store.load_set_lines(contest.id).await?;
    Ok(QuestionsPage {
        f: desk.frame_of(contest),
        c: desk.side(Section::Contests),
        title: contest.definition.title.clone(),
        path: contest_path(contest),
        rows: set_rows(desk, contest, &lines),
        loaded,
        may_load: desk.may(Right::LoadSets),
        error,
    })
}

/// Loads what was checked.
pub async fn load(
    desk: Desk,
    Path(slug): Path<String>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::LoadSets)?;
    let contest = desk.contest(&slug)?;
    let error =
        match load_question_set(&desk.app, desk.now(), &desk.staff, &contest, form.get("checked")).await {
            Ok(done) => {
                let path = format!("{}/bo-cau-hoi?nap={}", contest_path(&contest), done.set);
                return Ok(Redirect::to(&path).into_response());
            }
            Err(LoadSetError::Expired) => desk.say("console-set-expired", &[]),
            Err(LoadSetError::Short(short)) => shortfalls(&desk, &contest, &short).join(" "),
            Err(LoadSetError::Overtaken(step, _)) => overtaken(&desk, "desk-load-overtaken", &step),
            Err(LoadSetError::Failed(failure)) => return Err(failure.into()),
        };
    refused(&desk, &contest, error).await
}
