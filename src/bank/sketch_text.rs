//! The written form of `contest.toml`: tables in a fixed order, one row a table, long lists one item a line.
//!
//! Owns order, quoting and line breaks; what is written is read back as the same tree.

use super::sketch::Sketched;
use super::write::quoted;

/// Longest line of a list; longer lists get a line for each item.
const LINE_CHARS: usize = 100;

/// Tables that get a header of their own inside a round.
const HEADED: [&str; 5] = super::rules::TABLES;

/// Keys in the order in which people look for them; others follow as they came.
const ORDER: [&str; 104] = [
    "contest",
    "paper",
    "attempts",
    "prediction",
    "essay",
    "ranking",
    "overall",
    "no_prize_group",
    "access",
    "prize",
    "prize_total",
    "collective_prize",
    "spread",
    "spread_prize",
    "complaints",
    "round",
    "number",
    "title",
    "organiser",
    "description",
    "hotline",
    "phase",
    "opens",
    "closes",
    "by_hand",
    "qualifying",
    "reason",
    "group",
    "units",
    "born_from",
    "born_to",
    "from",
    "to",
    "min_age",
    "max_age",
    "open_to",
    "excluded",
    "no_prize",
    "accounts",
    "password",
    "fields",
    "required",
    "optional",
    "accent",
    "answer_key",
    "data_deleted_by",
    "rules",
    "prompt",
    "draw",
    "set",
    "within",
    "points",
    "min_chars",
    "max_chars",
    "min_points",
    "markers",
    "max_difference",
    "time_limit",
    "shuffle",
    "questions",
    "options",
    "all_answered",
    "per_round",
    "per_contest",
    "counts",
    "wait",
    "feedback",
    "late_finish",
    "asks",
    "counted",
    "taken",
    "asked",
    "gate",
    "order",
    "tie",
    "per_person",
    "keep",
    "min_rounds",
    "scope",
    "name",
    "places",
    "value",
    "min_newcomers",
    "min_attempts",
    "cap",
    "within_days",
    "answer_days",
    "by",
    "of",
    "weight",
    "top",
    "then",
    "level",
    "bloc",
    "min_rate",
    "min_rates",
    "min_people",
    "min_winners",
    "below",
    "rate",
    "rounds",
    "per_unit",
    "min_score",
    "count",
];

/// The whole file.
pub(super) fn write(root: &Sketched) -> String {
    let Sketched::Table(entries) = root else {
        return String::new();
    };
    let mut text = String::new();
    let sorted = sorted(entries);
    let is_block = |value: &Sketched| matches!(value, Sketched::Table(_)) || is_rows(value);
    for (key, value) in sorted.iter().filter(|(_, value)| !is_block(value)) {
        line(&mut text, key, value);
    }
    for (key, value) in sorted.iter().filter(|(_, value)| is_block(value)) {
        match value {
            Sketched::Table(entries) => table(&mut text, &format!("[{}]", name(key)), key, entries),
            Sketched::List(rows) => {
                for row in rows {
                    if let Sketched::Table(entries) = row {
                        table(&mut text, &format!("[[{}]]", name(key)), key, entries);
                    }
                }
            }
            Sketched::Text(_) | Sketched::Plain(_) => {}
        }
    }
    text
}

/// A list of nothing but tables.
fn is_rows(value: &Sketched) -> bool {
    let items = value.items();
    !items.is_empty() && items.iter().all(|item| matches!(item, Sketched::Table(_)))
}

fn sorted(entries: &[(String, Sketched)]) -> Vec<(&str, &Sketched)> {
    let mut sorted: Vec<(&str, &Sketched)> =
        entries.iter().map(|(key, value)| (key.as_str(), value)).collect();
    let place = |key: &str| {
        ORDER
            .iter()
            .position(|known| *known == key)
            .unwrap_or(ORDER.len())
    };
    sorted.sort_by_key(|(key, _)| place(key));
    sorted
}

fn table(text: &mut String, header: &str, path: &str, entries: &[(String, Sketched)]) {
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(header);
    text.push('\n');
    let own = |(key, value): &(&str, &Sketched)| {
        path == "round" && HEADED.contains(key) && matches!(value, Sketched::Table(_))
    };
    let sorted = sorted(entries);
    for (key, value) in sorted.iter().filter(|entry| !own(entry)) {
        line(text, key, value);
    }
    for (key, value) in sorted.iter().filter(|entry| own(entry)) {
        if let Sketched::Table(entries) = value {
            table(text, &format!("[{path}.{}]", name(key)), key, entries);
        }
    }
}

fn line(text: &mut String, key: &str, value: &Sketched) {
    text.push_str(&name(key));
    text.push_str(" = ");
    match value {
        Sketched::Text(words) if words.contains('\n') => text.push_str(&block(words)),
        Sketched::List(items) => text.push_str(&list(items, is_rows(value))),
        Sketched::Text(_) | Sketched::Plain(_) | Sketched::Table(_) => text.push_str(&inline(value)),
    }
    text.push('\n');
}

fn list(items: &[Sketched], is_rows: bool) -> String {
    let written: Vec<String> = items.iter().map(inline).collect();
    let line = format!("[{}]", written.join(", "));
    if !is_rows && line.chars().count() <= LINE_CHARS {
        return line;
    }
    let lines: String = written.iter().map(|item| format!("  {item},\n")).collect();
    format!("[\n{lines}]")
}

/// On one line, as it may stand anywhere.
fn inline(value: &Sketched) -> String {
    match value {
        Sketched::Text(text) => quoted(text),
        Sketched::Plain(plain) => plain.clone(),
        Sketched::List(items) => {
            let written: Vec<String> = items.iter().map(inline).collect();
            format!("[{}]", written.join(", "))
        }
        Sketched::Table(entries) if entries.is_empty() => "{}".to_owned(),
        Sketched::Table(entries) => {
            let pair = |(key, value): &(&str, &Sketched)| format!("{} = {}", name(key), inline(value));
            let written: Vec<String> = sorted(entries).iter().map(pair).collect();
            format!("{{ {} }}", written.join(", "))
        }
    }
}

/// A key as TOML wants it.
fn name(key: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    match !key.is_empty() && key.chars().all(bare) {
        true => key.to_owned(),
        false => quoted(key),
    }
}

/// A text of several lines as people edit it.
fn block(text: &str) -> String {
    let escape = |c: char| match c {
        '\\' => "\\\\".to_owned(),
        '\n' | '\t' => c.to_string(),
        c if c.is_control() => format!("\\u{:04X}", u32::from(c)),
        c => c.to_string(),
    };
    let mut body: String = text.chars().map(escape).collect();
    body = body.replace("\"\"\"", "\\\"\\\"\\\"");
    if body.ends_with('"') {
        body.truncate(body.len() - 1);
        body.push_str("\\\"");
    }
    format!("\"\"\"\n{body}\"\"\"")
}
