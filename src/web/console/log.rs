//! The audit log as sentences, newest first, and the log of one contest as a file.
//!
//! Owns one page and one download; nothing in the log can be changed.

use super::acts::{self, ActSentence};
use super::desk::{Desk, Section, Side};
use super::emulation::files;
use crate::action::note_export::note_log_export;
use crate::document::{ActRow, act_list};
use crate::domain::staff::Right;
use crate::store::console_reads::LogFilter;
use crate::web::error::WebError;
use crate::web::form::StaffForm;
use crate::web::format;
use crate::web::frame::{Frame, Page};
use askama::Template;
use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

/// Sentences on a page.
const PAGE: i64 = 50;
/// Acts in a file; a contest has some hundreds.
const MOST: i64 = 100_000;

/// What the address may carry.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    nguoi: Option<String>,
    #[serde(rename = "cuoc-thi")]
    contest: Option<String>,
    truoc: Option<i64>,
}

#[derive(Template)]
#[template(path = "console/log.html")]
struct LogPage {
    f: Frame,
    c: Side,
    acts: Vec<ActSentence>,
    person: String,
    /// Slug and title of every contest, and whether it is asked for.
    contests: Vec<(String, String, bool)>,
    /// The contest asked for.
    slug: String,
    may_export: bool,
    older: Option<i64>,
    newest: bool,
}

/// A page of the log, of one person or one contest if asked.
pub async fn page(desk: Desk, Query(asked): Query<Asked>) -> Result<Response, WebError> {
    desk.require(Right::See)?;
    let person = asked.nguoi.unwrap_or_default();
    let person: String = person.trim().chars().take(100).collect();
    let catalog = desk.app.catalog();
    let slug = asked.contest.unwrap_or_default();
    let contest = catalog.find(&slug);
    let filter = LogFilter {
        actor: Some(person.as_str()).filter(|person| !person.is_empty()),
        contest: contest.map(|contest| contest.id),
        before: asked.truoc,
        ..LogFilter::default()
    };
    let mut lines = desk.app.store.load_log(filter, PAGE + 1).await?;
    let more = lines.len() as i64 > PAGE;
    lines.truncate(PAGE as usize);
    let contests = catalog.contests().iter().map(|one| {
        let own = &one.definition;
        (own.slug.clone(), own.title.clone(), own.slug == slug)
    });
    let page = LogPage {
        f: desk.frame(),
        c: desk.side(Section::Log),
        acts: acts::sentences(&desk, &catalog, &lines),
        person,
        contests: contests.collect(),
        may_export: contest.is_some() && desk.may(Right::Export),
        slug: contest
            .map(|contest| contest.definition.slug.clone())
            .unwrap_or_default(),
        older: lines.last().filter(|_| more).map(|line| line.id),
        newest: asked.truoc.is_none(),
    };
    Ok(Page(page).into_response())
}

/// The log of a contest as a file, oldest first; that it was taken out stands in the log.
pub async fn download(desk: Desk, StaffForm(form): StaffForm) -> Result<Response, WebError> {
    desk.require(Right::Export)?;
    let contest = desk.contest(form.get("cuoc-thi"))?;
    let format = files::format(form.get("format"))?;
    note_log_export(&desk.app, desk.now(), desk.by(), contest.id, format.name()).await?;
    let filter = LogFilter {
        contest: Some(contest.id),
        ..LogFilter::default()
    };
    let lines = desk.app.store.load_log(filter, MOST).await?;
    let said = acts::sentences(&desk, &desk.app.catalog(), &lines);
    let rows = lines.into_iter().zip(said).rev().map(|(line, said)| ActRow {
        at: line.at,
        actor: line.actor,
        what: said.what,
        reason: said.reason,
    });
    let as_of = format::exact(desk.lang(), desk.now());
    let list = act_list(desk.lang(), &contest, as_of, rows.collect());
    Ok(files::send(list, format))
}
