//! What a form of the rules is made of: sections, groups, rows, boxes and their kinds; and which page a key is edited on.
//!
//! Owns these types and the addresses of pages; which boxes there are is said in `tables`.

use super::tables::{ENTRY_KEYS, OWN_RULES, SECTIONS};

/// What a box holds and how it is written there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A text on one line.
    Line,
    /// A text of several lines.
    Area,
    /// The same, or "no essay".
    Prompt,
    /// The organiser's own rules.
    Rules,
    /// Texts, one a line.
    Lines,
    /// A whole number.
    Number,
    /// đồng, with dots between thousands.
    Money,
    /// A number or "no limit".
    Limit,
    /// Numbers with commas between them.
    Numbers,
    /// Hundredths, written as a share of 1.
    Rate,
    /// A day.
    Day,
    /// A day with a clock time in Vietnam.
    Moment,
    /// A length of time, or "no limit" where the flag says that there may be none.
    Length(bool),
    /// Yes or no; what holds where nothing is said.
    Truth(bool),
    /// One of these words; what holds where nothing is said.
    Choice(&'static [&'static str], &'static str),
    /// A question set of the contest.
    Set,
    /// A bloc of units, or all.
    Bloc,
    /// A key of the ranking with its direction.
    Order,
    /// Whether a field of the registration is asked for.
    Asked,
}

/// A box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spec {
    /// Its key under that of its row or group; empty for a row that is the box.
    pub key: &'static str,
    /// What it holds.
    pub kind: Kind,
}

/// Rows that can be added and removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rows {
    /// Key of the list.
    pub key: &'static str,
    /// What a row has.
    pub parts: &'static [Part],
    /// The order of rows means something.
    pub moves: bool,
}

/// A part of a group or row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// A box.
    One(Spec),
    /// Rows.
    Many(Rows),
}

/// Parts under one heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Group {
    /// Names the heading.
    pub name: &'static str,
    /// What stands under it.
    pub parts: &'static [Part],
}

/// A page of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Section {
    /// Its address and name.
    pub slug: &'static str,
    /// Its groups.
    pub groups: &'static [Group],
}

/// A section at hand: one of the contest, or the own rules of a round by its place from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// What it asks.
    pub section: Section,
    /// The round whose own rules these are.
    pub round: Option<usize>,
}

impl Page {
    /// The page of an address; `vong-3` are the own rules of the third round.
    pub fn named(slug: &str, rounds: usize) -> Option<Self> {
        if let Some(place) = slug.strip_prefix("vong-") {
            let place = place.parse::<usize>().ok()?.checked_sub(1)?;
            return (place < rounds).then_some(Self::own(place));
        }
        let section = SECTIONS.into_iter().find(|section| section.slug == slug)?;
        Some(Self { section, round: None })
    }

    /// The own rules of a round.
    pub const fn own(place: usize) -> Self {
        Self {
            section: OWN_RULES,
            round: Some(place),
        }
    }

    /// Its address below that of the rules.
    pub fn slug(&self) -> String {
        match self.round {
            Some(place) => format!("vong-{}", place + 1),
            None => self.section.slug.to_owned(),
        }
    }

    /// What its keys stand under.
    pub fn prefix(&self) -> String {
        self.round
            .map_or_else(String::new, |place| format!("round.{place}."))
    }
}

/// The page that a path of the file is edited on.
pub fn page_of(path: &str) -> Page {
    let keys: Vec<&str> = path.split('.').collect();
    let slug = match keys.as_slice() {
        [
            "round",
            place,
            "paper" | "attempts" | "prediction" | "essay" | "ranking",
            ..,
        ] => {
            return Page::own(place.parse().unwrap_or(0));
        }
        ["round" | "access", ..] => "vong",
        ["no_prize_group", ..] => "doi-tuong",
        ["contest", key, ..] if ENTRY_KEYS.contains(key) => "doi-tuong",
        ["paper" | "essay", ..] => "de-thi",
        ["attempts" | "prediction", ..] => "luot-thi",
        ["ranking" | "overall", ..] => "xep-hang",
        ["prize" | "prize_total" | "spread" | "spread_prize", ..] => "giai",
        ["collective_prize", ..] => "giai-tap-the",
        _ => "chung",
    };
    let section = SECTIONS.into_iter().find(|section| section.slug == slug);
    Page {
        section: section.unwrap_or(OWN_RULES),
        round: None,
    }
}
