//! A form that was sent, put into the rules: boxes first, then the row that its button adds, moves or removes.
//!
//! Owns which boxes a page has for the rules at hand and what a new row begins with; whether the result is good is left to
//! the checks of the file.

use super::spec::{Kind, Page, Part, Rows, page_of};
use super::tables::{ORDERS, SECTIONS, SIMPLE};
use super::typed::{read, shown};
use crate::bank::{Sketch, Sketched};
use crate::domain::contest::Field;
use crate::i18n::Lang;
use crate::web::form::Form;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Rows that a list may have; the reader of the file allows fewer of most.
const MAX_ROWS: usize = 250;

/// What the button of a form asks for, besides keeping what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// Nothing more.
    Keep,
    /// A new row at the end of a list.
    Add(String),
    /// A row less.
    Remove(String),
    /// A row one place up or down.
    Move(String, bool),
}

impl Ask {
    /// What a button says, if the page has such a row or list; anything else only keeps.
    pub fn of(page: &Page, sketch: &Sketch, button: &str) -> Self {
        let lists = lists(page, sketch);
        let has_row = |row: &str| {
            let (list, place) = row.rsplit_once('.').unwrap_or_default();
            let place = place.parse::<usize>().unwrap_or(usize::MAX);
            lists.iter().any(|(known, _)| known == list) && place < sketch.rows(list)
        };
        match button.split_once(':') {
            Some(("add", list)) if lists.iter().any(|(known, _)| known == list) => Self::Add(list.to_owned()),
            Some(("remove", row)) if has_row(row) => Self::Remove(row.to_owned()),
            Some(("up", row)) if has_row(row) => Self::Move(row.to_owned(), true),
            Some(("down", row)) if has_row(row) => Self::Move(row.to_owned(), false),
            _ => Self::Keep,
        }
    }
}

/// Brings rules into the shape that forms edit: parts of a measure are always tables.
pub fn shaped(mut sketch: Sketch) -> Sketch {
    for prize in 0..sketch.rows("collective_prize") {
        let list = format!("collective_prize.{prize}.of");
        for part in 0..sketch.rows(&list) {
            let path = format!("{list}.{part}");
            if let Some(Sketched::Text(by)) = sketch.get(&path).cloned() {
                sketch.put(&path, Some(Sketched::table([("by", Some(Sketched::Text(by)))])));
            }
        }
    }
    sketch
}

/// Every box of a page for the rules at hand, with its path.
pub fn boxes(page: &Page, sketch: &Sketch) -> Vec<(String, Kind)> {
    let mut found = Vec::new();
    for group in page.section.groups {
        walk(
            group.parts,
            &page.prefix(),
            sketch,
            &mut |path, kind| found.push((path, kind)),
            &mut |_, _| {},
        );
    }
    found
}

/// Every list of a page for the rules at hand, with its path.
pub fn lists(page: &Page, sketch: &Sketch) -> Vec<(String, Rows)> {
    let mut found = Vec::new();
    for group in page.section.groups {
        walk(
            group.parts,
            &page.prefix(),
            sketch,
            &mut |_, _| {},
            &mut |path, rows| found.push((path, rows)),
        );
    }
    found
}

fn walk(
    parts: &[Part],
    prefix: &str,
    sketch: &Sketch,
    on_box: &mut dyn FnMut(String, Kind),
    on_list: &mut dyn FnMut(String, Rows),
) {
    for part in parts {
        match part {
            Part::One(spec) => on_box(under(prefix, spec.key), spec.kind),
            Part::Many(rows) => {
                let list = under(prefix, rows.key);
                for row in 0..sketch.rows(&list) {
                    walk(rows.parts, &format!("{list}.{row}."), sketch, on_box, on_list);
                }
                on_list(list, *rows);
            }
        }
    }
}

/// The path of a key under a prefix that ends in a dot; without a key it is that of the row itself.
pub fn under(prefix: &str, key: &str) -> String {
    match key {
        "" => prefix.trim_end_matches('.').to_owned(),
        key => format!("{prefix}{key}"),
    }
}

/// What a box holds now.
pub fn held(sketch: &Sketch, path: &str, kind: Kind, inherits: bool, lang: Lang) -> String {
    if let (Kind::Asked, Some((table, field))) = (kind, path.split_once(':')) {
        return asked(sketch, table, field).to_owned();
    }
    let value = sketch.get(path);
    if value.is_none() && inherits {
        return String::new();
    }
    shown(kind, value, lang)
}

fn asked(sketch: &Sketch, table: &str, field: &str) -> &'static str {
    let named = |list: &str| {
        let list = sketch.get(&format!("{table}.{list}"));
        list.is_some_and(|list| list.items().iter().any(|item| item.written() == Some(field)))
    };
    if named("required") {
        "required"
    } else if named("optional") {
        "optional"
    } else {
        ""
    }
}

/// Puts a field into the list that was chosen for it, and takes it out of the other.
fn ask_for(sketch: &mut Sketch, table: &str, field: &str, choice: &str) {
    for list in ["required", "optional"] {
        let path = format!("{table}.{list}");
        let items = sketch
            .get(&path)
            .map(|list| list.items().to_vec())
            .unwrap_or_default();
        let mut items: Vec<Sketched> = items
            .into_iter()
            .filter(|item| item.written() != Some(field))
            .collect();
        if choice == list {
            items.push(Sketched::text(field));
        }
        sketch.put(&path, (!items.is_empty()).then_some(Sketched::List(items)));
    }
    if sketch.get(&format!("{table}.required")).is_none() {
        let always = Field::ALWAYS.map(|field| Sketched::text(field.name()));
        sketch.put(
            &format!("{table}.required"),
            Some(Sketched::List(always.to_vec())),
        );
    }
}

/// Puts everything that was typed into the rules. A box that was not sent stays as it is, and so does one that still holds
/// what it held.
pub fn apply(page: &Page, sketch: &mut Sketch, form: &Form, lang: Lang) {
    let inherits = page.round.is_some();
    for (path, kind) in boxes(page, sketch) {
        let sent = form.get(&path);
        if !form.has(&path) || sent.replace("\r\n", "\n") == held(sketch, &path, kind, inherits, lang) {
            continue;
        }
        match (kind, path.split_once(':')) {
            (Kind::Asked, Some((table, field))) => ask_for(sketch, table, field, sent),
            _ => sketch.put(&path, read(kind, sent)),
        }
    }
}

/// Does what the button asked for; gives back the row to go on at.
pub fn act(sketch: &mut Sketch, ask: &Ask, sets: &[String]) -> Option<String> {
    let row = match ask {
        Ask::Keep => None,
        Ask::Add(list) if sketch.rows(list) >= MAX_ROWS => None,
        Ask::Add(list) => {
            let row = new_row(sketch, list, sets);
            sketch.add_row(list, row);
            Some(format!("{list}.{}", sketch.rows(list).saturating_sub(1)))
        }
        Ask::Remove(row) => {
            sketch.remove_row(row);
            None
        }
        Ask::Move(row, up) => {
            sketch.move_row(row, *up);
            let (list, place) = row.rsplit_once('.').unwrap_or_default();
            let place = place.parse::<usize>().unwrap_or(0);
            let last = sketch.rows(list).saturating_sub(1);
            let place = if *up {
                place.saturating_sub(1)
            } else {
                (place + 1).min(last)
            };
            Some(format!("{list}.{place}"))
        }
    };
    if matches!(ask, Ask::Add(list) if list == "round")
        || matches!(ask, Ask::Remove(row) if row.starts_with("round."))
    {
        number_rounds(sketch);
    }
    row
}

/// Rounds are numbered by their place.
fn number_rounds(sketch: &mut Sketch) {
    for round in 0..sketch.rows("round") {
        let number = u64::try_from(round + 1).unwrap_or(u64::MAX);
        sketch.put(&format!("round.{round}.number"), Some(Sketched::number(number)));
    }
}

/// What a new row begins with: what the row before it leads to expect, or the usual.
fn new_row(sketch: &Sketch, list: &str, sets: &[String]) -> Sketched {
    let used = |key: &str| -> Vec<String> {
        let rows = 0..sketch.rows(list);
        rows.filter_map(|row| {
            sketch
                .written(&under(&format!("{list}.{row}."), key))
                .map(str::to_owned)
        })
        .collect()
    };
    let free = |all: &[&str], used: &[String]| {
        let first = all.iter().find(|name| !used.iter().any(|other| other == *name));
        Sketched::text(*first.or(all.first()).unwrap_or(&""))
    };
    let one = || Some(Sketched::number(1_u32));
    match list.rsplit('.').next().unwrap_or_default() {
        "round" => next_round(sketch),
        "prize" => Sketched::table([("scope", Some(Sketched::text("round"))), ("places", one())]),
        "no_prize_group" => Sketched::Table(Vec::new()),
        "access" => next_turn(sketch),
        "spread_prize" => Sketched::table([("places", one()), ("min_newcomers", one())]),
        "collective_prize" => Sketched::table([
            ("scope", Some(Sketched::text("contest"))),
            ("places", one()),
            ("by", Some(Sketched::text("people"))),
            ("level", one()),
        ]),
        "draw" => Sketched::table([
            ("set", sets.first().map(Sketched::text)),
            ("count", Some(Sketched::number(5_u32))),
        ]),
        "points" => Sketched::table([("within", Some(Sketched::number(0_u32))), ("points", one())]),
        "of" => Sketched::table([("by", Some(free(SIMPLE, &used("by")))), ("weight", one())]),
        "order" => free(&ORDERS, &used("")),
        "then" => free(SIMPLE, &used("")),
        _ => Sketched::table([("rate", Some(Sketched::Plain("0.5".to_owned())))]),
    }
}

/// From the end of the last turn to that of the round it may lie in: the first, or that of the last turn.
fn next_turn(sketch: &Sketch) -> Sketched {
    let written = |path: String| sketch.written(&path).map(str::to_owned);
    let last = sketch.rows("access").checked_sub(1);
    let until = last.and_then(|last| written(format!("access.{last}.to")));
    let from = until.or_else(|| written("round.0.opens".to_owned()));
    let moment = |text: &str| OffsetDateTime::parse(text, &Rfc3339).ok();
    let start = from.as_deref().and_then(moment);
    let closes = (0..sketch.rows("round")).filter_map(|round| written(format!("round.{round}.closes")));
    let mut later =
        closes.filter(|closes| moment(closes).is_none_or(|at| start.is_none_or(|start| start < at)));
    Sketched::table([
        ("from", from.map(Sketched::Text)),
        ("to", later.next().map(Sketched::Text)),
    ])
}

/// As long as the last one, from its end on.
fn next_round(sketch: &Sketch) -> Sketched {
    let count = sketch.rows("round");
    let number = u64::try_from(count + 1).unwrap_or(u64::MAX);
    let of_last = |key: &str| sketch.written(&format!("round.{}.{key}", count.saturating_sub(1)));
    let moment = |key: &str| of_last(key).and_then(|at| OffsetDateTime::parse(at, &Rfc3339).ok());
    let word = of_last("title")
        .and_then(|title| title.rsplit_once(' '))
        .map_or("Vòng", |(word, _)| word);
    let closes = moment("opens")
        .zip(moment("closes"))
        .and_then(|(opens, closes)| closes.checked_add(closes - opens));
    let written = |at: Option<OffsetDateTime>| at.and_then(|at| at.format(&Rfc3339).ok()).map(Sketched::Text);
    Sketched::table([
        ("number", Some(Sketched::number(number))),
        ("title", Some(Sketched::Text(format!("{word} {number}")))),
        ("phase", of_last("phase").map(Sketched::text)),
        ("opens", written(moment("closes"))),
        ("closes", written(closes)),
    ])
}

/// The pages on which two texts of the rules differ, by what their boxes hold.
pub fn changed_pages(before: &Sketch, after: &Sketch) -> Vec<Page> {
    let mut pages: Vec<Page> = Vec::new();
    let rounds = before.rows("round").max(after.rows("round"));
    let own = (0..rounds).map(Page::own);
    let all = SECTIONS.into_iter().map(|section| Page { section, round: None });
    for page in all.chain(own) {
        let all_held = |sketch: &Sketch| -> Vec<(String, String)> {
            let inherits = page.round.is_some();
            let with_held = |(path, kind): (String, Kind)| {
                let held = held(sketch, &path, kind, inherits, Lang::Vi);
                (path, held)
            };
            boxes(&page, sketch).into_iter().map(with_held).collect()
        };
        if all_held(before) != all_held(after) {
            pages.push(page);
        }
    }
    pages
}

/// The box or row of a page that a path of the file belongs to; of a path above all boxes, the page alone.
pub fn place_of(path: &str, sketch: &Sketch) -> (Page, Option<String>) {
    let page = page_of(path);
    let path = path.replacen("contest.fields.", "contest.fields:", 1);
    let mut at = path.as_str();
    let boxes = boxes(&page, sketch);
    let rows: Vec<String> = lists(&page, sketch)
        .into_iter()
        .flat_map(|(list, _)| (0..sketch.rows(&list)).map(move |row| format!("{list}.{row}")))
        .collect();
    loop {
        if boxes.iter().any(|(known, _)| known == at) || rows.iter().any(|row| row == at) {
            return (page, Some(at.to_owned()));
        }
        match at.rsplit_once('.') {
            Some((above, _)) => at = above,
            None => return (page, None),
        }
    }
}

#[cfg(test)]
#[path = "apply_tests.rs"]
mod tests;
