//! The question bank: every question of every loaded set, found by words without marks and by set, difficulty, use and what the
//! rounds have shown of it.
//!
//! Owns one page without keys; the search is `domain::question_bank`'s, over an index beside the catalog's snapshot, and the
//! choice by figures `domain::question_record`'s.

use super::add::add_path;
use super::bank_filter::{Choice, Filters, Wanted, filters};
use super::desk::{Desk, Section, Side, contest_path};
use super::diff_view::level_word;
use super::effect::round_titles;
use super::question::question_path;
use super::record_view::{RecordLine, record_line};
use crate::domain::catalog::{Catalog, Contest};
use crate::domain::ids::RoundId;
use crate::domain::question::SetId;
use crate::domain::question_bank::{Entry, rounds_with};
use crate::domain::question_record::{Record, Records, RoundFigures};
use crate::domain::staff::Right;
use crate::web::error::WebError;
use crate::web::format;
use crate::web::frame::{Frame, Page};
use askama::Template;
use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use time::OffsetDateTime;

/// Questions on a page.
const PAGE: usize = 50;

#[derive(Template)]
#[template(path = "console/bank.html")]
struct BankPage {
    f: Frame,
    c: Side,
    words: String,
    /// Adds a question to the set that is chosen.
    add: Option<String>,
    filters: Vec<Filter>,
    found: String,
    rows: Vec<BankRow>,
    here: String,
    before: Option<String>,
    after: Option<String>,
}

/// A filter of the form: name, label, choices.
type Filter = (&'static str, String, Vec<Choice>);

/// A question found.
struct BankRow {
    path: String,
    text: String,
    set: String,
    contest: String,
    level: String,
    usage: String,
    dropped: bool,
    record: Option<RecordLine>,
}

/// What was found, before it is put into words.
struct Hits {
    total: usize,
    rows: Vec<BankRow>,
}

/// The bank with the questions of one set chosen.
pub fn path_of(contest: &Contest, set: &SetId) -> String {
    format!("/quan-tri/ngan-hang?bo={}/{set}", contest.definition.slug)
}

/// The bank.
pub async fn page(desk: Desk, Query(mut wanted): Query<Wanted>) -> Result<Response, WebError> {
    desk.require(Right::LoadSets)?;
    wanted.shorten();
    let catalog = desk.app.catalog();
    let figures = desk.app.store.load_round_figures().await?;
    let number = wanted.page();
    let asked = wanted.filters(&catalog);
    let add = add_to(&catalog, &asked);
    let hits = search(&desk, Arc::clone(&catalog), figures, asked, number).await?;
    let pages = hits.total.div_ceil(PAGE).max(1);
    let count = format::number(desk.lang(), hits.total as i64);
    let page = BankPage {
        f: desk.frame(),
        c: desk.side(Section::Bank),
        filters: filters(&desk, &catalog, &wanted),
        found: desk.say("desk-bank-found", &[("n", count.into())]),
        here: desk.say(
            "console-page-of",
            &[("n", number.to_string().into()), ("of", pages.to_string().into())],
        ),
        before: (number > 1).then(|| wanted.path(number - 1)),
        after: (number < pages).then(|| wanted.path(number + 1)),
        rows: hits.rows,
        words: wanted.words().to_owned(),
        add,
    };
    Ok(Page(page).into_response())
}

/// Where a question is added to the set that is asked for.
fn add_to(catalog: &Catalog, asked: &Filters) -> Option<String> {
    let contest = catalog.find_id(asked.asked.contest?)?;
    let set = asked.asked.set.as_ref()?;
    contest.heads.contains_key(set).then(|| add_path(contest, set))
}

/// Searches beside the requests of others: the first search after a change builds the index.
async fn search(
    desk: &Desk,
    catalog: Arc<Catalog>,
    figures: Vec<(RoundId, RoundFigures)>,
    asked: Filters,
    number: usize,
) -> Result<Hits, WebError> {
    let (desk, now) = (desk.clone(), desk.now());
    let found = tokio::task::spawn_blocking(move || {
        let records = Records::new(&catalog, &figures);
        let found = catalog.bank().find(&catalog, &asked.asked, now);
        let found = records.choose(&catalog, found, asked.showing, asked.order);
        let page = found.iter().skip((number - 1).saturating_mul(PAGE)).take(PAGE);
        Hits {
            total: found.len(),
            rows: page
                .filter_map(|(entry, record)| row(&desk, &catalog, entry, record, now))
                .collect(),
        }
    });
    found.await.map_err(|error| WebError::Internal(error.into()))
}

fn row(
    desk: &Desk,
    catalog: &Catalog,
    entry: &Entry,
    record: &Record,
    now: OffsetDateTime,
) -> Option<BankRow> {
    let (contest, question) = entry.question(catalog)?;
    Some(BankRow {
        path: question_path(contest, &entry.set, &question.id),
        text: question.text.clone(),
        set: contest
            .sets
            .get(&entry.version)
            .map(|set| set.title.clone())
            .unwrap_or_default(),
        contest: contest.definition.title.clone(),
        level: level_word(desk, question.level),
        usage: usage(desk, contest, &rounds_with(contest, &entry.set, question), now),
        dropped: entry.dropped,
        record: record_line(desk, record),
    })
}

/// The rounds that drew from a question and those that will, in words.
fn usage(desk: &Desk, contest: &Contest, rounds: &[u16], now: OffsetDateTime) -> String {
    let (opened, coming): (Vec<u16>, Vec<u16>) = rounds.iter().partition(|number| {
        let round = contest.round(**number);
        round.is_some_and(|round| round.has_opened(now))
    });
    let say = |key: &str, rounds: &[u16]| {
        let titles = round_titles(contest, rounds).join(", ");
        (!titles.is_empty()).then(|| desk.say(key, &[("rounds", titles.into())]))
    };
    let usage: Vec<String> = [
        say("desk-used-in-opened", &opened),
        say("desk-used-in-coming", &coming),
    ]
    .into_iter()
    .flatten()
    .collect();
    if usage.is_empty() {
        desk.say("desk-used-nowhere", &[])
    } else {
        usage.join(" · ")
    }
}

/// Address of the history of a set.
pub fn history_path(contest: &Contest, set: &SetId) -> String {
    format!("{}/bo-cau-hoi/{set}/lich-su", contest_path(contest))
}
