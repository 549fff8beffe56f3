//! The question bank: every question of every loaded set, found by words without marks and by set, difficulty and use.
//!
//! Owns one page without keys; the search is `domain::question_bank`'s, over an index beside the catalog's snapshot.

use super::desk::{Desk, Section, Side, contest_path};
use super::diff_view::level_word;
use super::effect::round_titles;
use super::question::question_path;
use crate::domain::catalog::{Catalog, Contest};
use crate::domain::question::{Level, SetId};
use crate::domain::question_bank::{Asked, Entry, Usage, rounds_with};
use crate::domain::staff::Right;
use crate::web::error::WebError;
use crate::web::format;
use crate::web::frame::{Frame, Page};
use askama::Template;
use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use std::sync::Arc;
use time::OffsetDateTime;

/// Questions on a page.
const PAGE: usize = 50;

/// What the address may carry; words that mean nothing ask for nothing.
#[derive(Debug, Default, Clone, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    q: String,
    #[serde(default)]
    bo: String,
    #[serde(default)]
    muc: String,
    #[serde(default)]
    dung: String,
    trang: Option<usize>,
}

#[derive(Template)]
#[template(path = "console/bank.html")]
struct BankPage {
    f: Frame,
    c: Side,
    wanted: Wanted,
    sets: Vec<Choice>,
    levels: Vec<Choice>,
    usages: Vec<Choice>,
    found: String,
    rows: Vec<BankRow>,
    here: String,
    before: Option<String>,
    after: Option<String>,
}

/// A choice of a filter.
struct Choice {
    value: String,
    label: String,
    chosen: bool,
}

/// A question found.
struct BankRow {
    path: String,
    text: String,
    set: String,
    contest: String,
    level: String,
    usage: String,
    dropped: bool,
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
    wanted.q = wanted.q.trim().chars().take(200).collect();
    let catalog = desk.app.catalog();
    let asked = wanted.asked(&catalog);
    let number = wanted.trang.unwrap_or(1).max(1);
    let hits = search(&desk, Arc::clone(&catalog), asked, number).await?;
    let pages = hits.total.div_ceil(PAGE).max(1);
    let count = format::number(desk.lang(), hits.total as i64);
    let page = BankPage {
        f: desk.frame(),
        c: desk.side(Section::Bank),
        sets: set_choices(&desk, &catalog, &wanted.bo),
        levels: level_choices(&desk, &wanted.muc),
        usages: usage_choices(&desk, &wanted.dung),
        found: desk.say("desk-bank-found", &[("n", count.into())]),
        here: desk.say(
            "console-page-of",
            &[("n", number.to_string().into()), ("of", pages.to_string().into())],
        ),
        before: (number > 1).then(|| wanted.path(number - 1)),
        after: (number < pages).then(|| wanted.path(number + 1)),
        rows: hits.rows,
        wanted,
    };
    Ok(Page(page).into_response())
}

/// Searches beside the requests of others: the first search after a change builds the index.
async fn search(desk: &Desk, catalog: Arc<Catalog>, asked: Asked, number: usize) -> Result<Hits, WebError> {
    let (desk, now) = (desk.clone(), desk.now());
    let found = tokio::task::spawn_blocking(move || {
        let found = catalog.bank().find(&catalog, &asked, now);
        let page = found.iter().skip((number - 1).saturating_mul(PAGE)).take(PAGE);
        Hits {
            total: found.len(),
            rows: page
                .filter_map(|entry| row(&desk, &catalog, entry, now))
                .collect(),
        }
    });
    found.await.map_err(|error| WebError::Internal(error.into()))
}

fn row(desk: &Desk, catalog: &Catalog, entry: &Entry, now: OffsetDateTime) -> Option<BankRow> {
    let (contest, question) = entry.question(catalog)?;
    let rounds = rounds_with(contest, &entry.set, question);
    let (opened, coming): (Vec<u16>, Vec<u16>) = rounds.into_iter().partition(|number| {
        let round = contest.round(*number);
        round.is_some_and(|round| round.opens_at <= now)
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
    let usage = if usage.is_empty() {
        desk.say("desk-used-nowhere", &[])
    } else {
        usage.join(" · ")
    };
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
        usage,
        dropped: entry.dropped,
    })
}

impl Wanted {
    fn asked(&self, catalog: &Catalog) -> Asked {
        let (slug, set) = self.bo.split_once('/').unwrap_or((&self.bo, ""));
        let contest = catalog.find(slug).map(|contest| contest.id);
        let level = match self.muc.as_str() {
            "easy" => Some(Some(Level::Easy)),
            "medium" => Some(Some(Level::Medium)),
            "hard" => Some(Some(Level::Hard)),
            "none" => Some(None),
            _ => None,
        };
        Asked {
            words: self.q.clone(),
            contest,
            set: Some(SetId(set.to_owned())).filter(|_| !set.is_empty() && contest.is_some()),
            level,
            usage: Usage::parse(&self.dung),
        }
    }

    fn path(&self, page: usize) -> String {
        let pairs = [
            ("q", &self.q),
            ("bo", &self.bo),
            ("muc", &self.muc),
            ("dung", &self.dung),
        ];
        let query: Vec<(&str, &str)> = pairs
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let page = page.to_string();
        let query: Vec<(&str, &str)> = query.into_iter().chain([("trang", page.as_str())]).collect();
        // Names and values are texts, which always become a query.
        format!(
            "/quan-tri/ngan-hang?{}",
            serde_html_form::to_string(query).unwrap_or_default()
        )
    }
}

/// Contests with their sets.
fn set_choices(desk: &Desk, catalog: &Catalog, chosen: &str) -> Vec<Choice> {
    let mut choices = vec![choice("", desk.say("desk-any-set", &[]), chosen)];
    for contest in catalog.contests() {
        let (slug, title) = (&contest.definition.slug, &contest.definition.title);
        choices.push(choice(slug, title.clone(), chosen));
        for (set, version) in &contest.heads {
            let name = contest
                .sets
                .get(version)
                .map_or(set.0.as_str(), |set| set.title.as_str());
            choices.push(choice(
                &format!("{slug}/{set}"),
                format!("\u{2003}{name}"),
                chosen,
            ));
        }
    }
    choices
}

fn level_choices(desk: &Desk, chosen: &str) -> Vec<Choice> {
    let named = ["easy", "medium", "hard", "none"].map(|level| (level, format!("console-level-{level}")));
    let any = choice("", desk.say("desk-any-level", &[]), chosen);
    let levels = named
        .iter()
        .map(|(value, key)| choice(value, desk.say(key, &[]), chosen));
    std::iter::once(any).chain(levels).collect()
}

fn usage_choices(desk: &Desk, chosen: &str) -> Vec<Choice> {
    let any = choice("", desk.say("desk-any-usage", &[]), chosen);
    let usages = Usage::ALL.into_iter().map(|usage| {
        let key = format!("desk-usage-{}", usage.name());
        choice(usage.name(), desk.say(&key, &[]), chosen)
    });
    std::iter::once(any).chain(usages).collect()
}

fn choice(value: &str, label: String, chosen: &str) -> Choice {
    Choice {
        value: value.to_owned(),
        label,
        chosen: value == chosen,
    }
}

/// Address of the history of a set.
pub fn history_path(contest: &Contest, set: &SetId) -> String {
    format!("{}/bo-cau-hoi/{set}/lich-su", contest_path(contest))
}
