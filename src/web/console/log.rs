//! The audit log as sentences, newest first.
//!
//! Owns one page; nothing in the log can be changed.

use super::acts::{self, ActSentence};
use super::desk::{Desk, Section, Side};
use crate::domain::staff::Right;
use crate::store::console_reads::LogFilter;
use crate::web::error::WebError;
use crate::web::frame::{Frame, Page};
use askama::Template;
use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

/// Sentences on a page.
const PAGE: i64 = 50;

/// What the address may carry.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    nguoi: Option<String>,
    truoc: Option<i64>,
}

#[derive(Template)]
#[template(path = "console/log.html")]
struct LogPage {
    f: Frame,
    c: Side,
    acts: Vec<ActSentence>,
    person: String,
    older: Option<i64>,
    newest: bool,
}

/// A page of the log, of one person if asked.
pub async fn page(desk: Desk, Query(asked): Query<Asked>) -> Result<Response, WebError> {
    desk.require(Right::See)?;
    let person = asked
        .nguoi
        .unwrap_or_default()
        .trim()
        .chars()
        .take(100)
        .collect::<String>();
    let filter = LogFilter {
        actor: Some(person.as_str()).filter(|person| !person.is_empty()),
        before: asked.truoc,
        ..LogFilter::default()
    };
    let mut lines = desk.app.store.load_log(filter, PAGE + 1).await?;
    let more = lines.len() as i64 > PAGE;
    lines.truncate(PAGE as usize);
    let page = LogPage {
        f: desk.frame(),
        c: desk.side(Section::Log),
        acts: acts::sentences(&desk, &desk.app.catalog(), &lines),
        person,
        older: lines.last().filter(|_| more).map(|line| line.id),
        newest: asked.truoc.is_none(),
    };
    Ok(Page(page).into_response())
}
