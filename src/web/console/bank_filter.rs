//! The filters of the question bank: what an address asks for, and the choices of the form.
//!
//! Owns names of fields; words that mean nothing ask for nothing.

use super::desk::Desk;
use crate::domain::catalog::Catalog;
use crate::domain::question::{Level, SetId};
use crate::domain::question_bank::{Asked, Usage};
use crate::domain::question_record::{Order, Showing};
use serde::Deserialize;

/// Longest text to search for, characters.
const MAX_WORDS: usize = 200;

/// Asks for questions without a topic; no topic begins with a hyphen and nothing else.
const NO_TOPIC: &str = "-";

/// What the address may carry.
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
    #[serde(default)]
    chude: String,
    #[serde(default)]
    ket: String,
    #[serde(default)]
    xep: String,
    trang: Option<usize>,
}

/// The same as the search takes it.
#[derive(Debug, Clone)]
pub struct Filters {
    /// By words, set, difficulty, use.
    pub asked: Asked,
    /// By what the rounds have shown.
    pub showing: Option<Showing>,
    /// What comes first.
    pub order: Order,
}

/// A choice of a filter.
#[derive(Debug, Clone)]
pub struct Choice {
    /// What the address carries.
    pub value: String,
    /// What people read.
    pub label: String,
    /// It is the one asked for.
    pub chosen: bool,
}

impl Wanted {
    /// Cuts what is too long to be searched for.
    pub fn shorten(&mut self) {
        self.q = self.q.trim().chars().take(MAX_WORDS).collect();
        self.chude = self.chude.trim().chars().take(MAX_WORDS).collect();
    }

    /// The words searched for.
    pub fn words(&self) -> &str {
        &self.q
    }

    /// The page of the list, from 1.
    pub fn page(&self) -> usize {
        self.trang.unwrap_or(1).max(1)
    }

    /// What is searched for.
    pub fn filters(&self, catalog: &Catalog) -> Filters {
        let (slug, set) = self.bo.split_once('/').unwrap_or((&self.bo, ""));
        let contest = catalog.find(slug).map(|contest| contest.id);
        let level = match self.muc.as_str() {
            "easy" => Some(Some(Level::Easy)),
            "medium" => Some(Some(Level::Medium)),
            "hard" => Some(Some(Level::Hard)),
            "none" => Some(None),
            _ => None,
        };
        Filters {
            asked: Asked {
                words: self.q.clone(),
                contest,
                set: Some(SetId(set.to_owned())).filter(|_| !set.is_empty() && contest.is_some()),
                level,
                usage: Usage::parse(&self.dung),
                topic: match self.chude.as_str() {
                    "" => None,
                    NO_TOPIC => Some(None),
                    topic => Some(Some(topic.to_owned())),
                },
            },
            showing: Showing::parse(&self.ket),
            order: Order::parse(&self.xep).unwrap_or_default(),
        }
    }

    /// The address of a page of the same list.
    pub fn path(&self, page: usize) -> String {
        let page = page.to_string();
        let pairs = [
            ("q", &self.q),
            ("bo", &self.bo),
            ("muc", &self.muc),
            ("dung", &self.dung),
            ("chude", &self.chude),
            ("ket", &self.ket),
            ("xep", &self.xep),
            ("trang", &page),
        ];
        let query: Vec<(&str, &str)> = pairs
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        // Names and values are texts, which always become a query.
        format!(
            "/quan-tri/ngan-hang?{}",
            serde_html_form::to_string(query).unwrap_or_default()
        )
    }
}

/// The filters of the form: name, label, choices.
pub fn filters(desk: &Desk, catalog: &Catalog, wanted: &Wanted) -> Vec<(&'static str, String, Vec<Choice>)> {
    let label = |key: &str| desk.say(key, &[]);
    let levels = ["easy", "medium", "hard", "none"].map(|level| (level, format!("console-level-{level}")));
    let usages = Usage::ALL.map(|usage| (usage.name(), format!("desk-usage-{}", usage.name())));
    let shown = Showing::ALL.map(|showing| {
        let name = showing.name();
        (name, format!("bank-showing-{}", name.replace('_', "-")))
    });
    let orders = Order::ALL
        .into_iter()
        .filter(|order| *order != Order::Set)
        .map(|order| (order.name(), format!("bank-order-{}", order.name())));
    vec![
        ("bo", label("desk-filter-set"), sets(desk, catalog, &wanted.bo)),
        (
            "muc",
            label("desk-filter-level"),
            choices(desk, "desk-any-level", levels, &wanted.muc),
        ),
        (
            "dung",
            label("desk-filter-usage"),
            choices(desk, "desk-any-usage", usages, &wanted.dung),
        ),
        ("chude", label("bank-filter-topic"), topics(desk, catalog, wanted)),
        (
            "ket",
            label("bank-showing"),
            choices(desk, "bank-any-showing", shown, &wanted.ket),
        ),
        (
            "xep",
            label("bank-order"),
            choices(desk, "bank-order-set", orders, &wanted.xep),
        ),
    ]
}

/// Contests with their sets.
fn sets(desk: &Desk, catalog: &Catalog, chosen: &str) -> Vec<Choice> {
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

/// The topics of the contest that is asked for, or of all.
fn topics(desk: &Desk, catalog: &Catalog, wanted: &Wanted) -> Vec<Choice> {
    let contest = wanted.filters(catalog).asked.contest;
    let mut choices = vec![
        choice("", desk.say("bank-any-topic", &[]), &wanted.chude),
        choice(NO_TOPIC, desk.say("bank-no-topic", &[]), &wanted.chude),
    ];
    let topics = catalog.bank().topics(catalog, contest).into_iter();
    choices.extend(topics.map(|topic| choice(&topic, topic.clone(), &wanted.chude)));
    choices
}

/// The choice of anything, then the others with the keys of their words.
fn choices(
    desk: &Desk,
    any: &str,
    others: impl IntoIterator<Item = (&'static str, String)>,
    chosen: &str,
) -> Vec<Choice> {
    let any = choice("", desk.say(any, &[]), chosen);
    let others = others
        .into_iter()
        .map(|(value, key)| choice(value, desk.say(&key, &[]), chosen));
    std::iter::once(any).chain(others).collect()
}

fn choice(value: &str, label: String, chosen: &str) -> Choice {
    Choice {
        value: value.to_owned(),
        label,
        chosen: value == chosen,
    }
}
