//! Signs that people set beside options: ticks, crosses, empty boxes, words in brackets.
//!
//! Owns the signs and taking them off the text of an option; leaves which of them is the key to `key`.

use super::lines::Doc;
use super::question::OptionDraft;

const TICKS: [char; 7] = ['✓', '✔', '☑', '☒', '√', '◉', '✅'];
const CROSSES: [char; 3] = ['✗', '✘', '❌'];
const EMPTY_BOXES: [char; 3] = ['☐', '□', '○'];
const RIGHT: [&str; 7] = ["(đúng)", "[đúng]", "(đ)", "[đ]", "(x)", "(true)", "(correct)"];
const WRONG: [&str; 7] = [
    "(sai)",
    "[sai]",
    "(s)",
    "[s]",
    "(false)",
    "(wrong)",
    "(incorrect)",
];

/// Marks what is right.
pub(super) fn is_tick(c: char) -> bool {
    TICKS.contains(&c)
}

/// Marks what is wrong beside ticks; alone it may mark what is right.
pub(super) fn is_cross(c: char) -> bool {
    CROSSES.contains(&c)
}

/// Any sign that stands beside options.
pub(super) fn is_mark(c: char) -> bool {
    is_tick(c) || is_cross(c) || EMPTY_BOXES.contains(&c)
}

/// Takes the marks of the options off their texts.
pub(super) fn take(doc: &Doc, options: &mut [OptionDraft]) {
    options.iter_mut().for_each(|option| take_marks(doc, option));
    // Where one option is said to be right, "(sai)" behind the others would tell entrants which.
    if options.iter().any(|option| option.is_said) {
        options.iter_mut().for_each(|option| take_wrong(doc, option));
    }
}

/// Takes the marks of a right option off its text: "(đúng)", an asterisk, a tick.
fn take_marks(doc: &Doc, option: &mut OptionDraft) {
    if let Some(first) = option.text.first_mut() {
        let text = doc.slice(first);
        let rest = text.trim_start_matches(|c: char| is_mark(c) || c.is_whitespace());
        let marks = text.get(..text.len() - rest.len()).unwrap_or_default();
        option.is_ticked |= marks.contains(is_tick);
        option.is_crossed |= marks.contains(is_cross);
        first.start += marks.len();
    }
    if let Some(last) = option.text.last_mut() {
        let mut text = doc.slice(last);
        loop {
            let said = RIGHT.iter().find_map(|mark| strip_end(text, mark));
            let starred = text.strip_suffix("(*)").or_else(|| text.strip_suffix('*'));
            let marked = text.strip_suffix(is_mark);
            let Some(rest) = said.or(starred).or(marked) else {
                break;
            };
            option.is_said |= said.is_some();
            option.is_starred |= said.is_none() && starred.is_some();
            option.is_ticked |= text.ends_with(is_tick);
            option.is_crossed |= text.ends_with(is_cross);
            text = rest.trim_end();
        }
        last.end = last.start + text.len();
    }
    option.text.retain(|piece| piece.start < piece.end);
}

fn take_wrong(doc: &Doc, option: &mut OptionDraft) {
    if let Some(last) = option.text.last_mut() {
        let text = doc.slice(last);
        let rest = WRONG.iter().find_map(|mark| strip_end(text, mark));
        if let Some(rest) = rest.map(str::trim_end).filter(|rest| !rest.is_empty()) {
            last.end = last.start + rest.len();
        }
    }
}

/// The text without a mark at its end, in any case of letters.
fn strip_end<'t>(text: &'t str, mark: &str) -> Option<&'t str> {
    let from = text.char_indices().rev().nth(mark.chars().count() - 1)?.0;
    let (rest, end) = text.split_at_checked(from)?;
    (end.to_lowercase() == mark).then_some(rest)
}
