//! The options and the key of one question.
//!
//! Owns number, likeness and order of options and the letters of the key; leaves the rest of a question to `questions` and
//! which texts point to other options to `pins`.

use super::code::FaultCode;
use super::fact::Kind;
use super::format::Reader;
use super::node::{Node, Value};
use super::pins::points_to_others;
use crate::domain::question::{LABELS, MAX_OPTIONS, MIN_OPTIONS, QuestionOption, label_of, place_of};
use crate::domain::unit::fold;
use std::collections::BTreeSet;
use std::ops::Range;

/// The options of a question.
pub(super) struct OptionsDraft {
    /// How many are written, faulty ones among them.
    pub(super) written: usize,
    /// `None` when any is faulty.
    pub(super) options: Option<Vec<QuestionOption>>,
}

/// Reads the list of options; `None` when it is none.
pub(super) fn read_options(reader: &mut Reader<'_, '_>, node: &Node) -> Option<OptionsDraft> {
    let items = reader.list(node, "options")?;
    let written = items.len();
    if !(MIN_OPTIONS..=MAX_OPTIONS).contains(&written) {
        reader.fault(
            &node.span,
            FaultCode::OptionCount {
                count: written as u64,
            },
        );
    }
    let read: Vec<Option<(QuestionOption, Range<usize>)>> = items
        .iter()
        .take(MAX_OPTIONS)
        .map(|item| Some((read_option(reader, item)?, item.span.clone())))
        .collect();
    let good: Vec<(usize, &QuestionOption, &Range<usize>)> = read
        .iter()
        .enumerate()
        .filter_map(|(place, item)| item.as_ref().map(|(o, span)| (place, o, span)))
        .collect();
    check_likeness(reader, &good);
    check_pins(reader, &good);
    let options = read
        .into_iter()
        .map(|item| item.map(|(option, _)| option))
        .collect();
    Some(OptionsDraft { written, options })
}

fn read_option(reader: &mut Reader<'_, '_>, node: &Node) -> Option<QuestionOption> {
    match &node.value {
        Value::Text(_) => Some(QuestionOption {
            text: reader.text(node, "options", 1_000)?,
            pin: false,
        }),
        Value::Table(table) => {
            reader.only(table, "options", &["text", "pin"]);
            let text = reader.required(table, "options", "text", "{ text = \"Cả A và B\", pin = true }");
            let text = text.and_then(|node| reader.text(node, "options.text", 1_000));
            let pin = reader.boolean(table, "options.", "pin").unwrap_or(false);
            Some(QuestionOption { text: text?, pin })
        }
        _ => {
            reader.wrong_type(node, "options", Kind::OptionItem);
            None
        }
    }
}

pub(super) fn label(place: usize) -> String {
    LABELS.get(place).map(char::to_string).unwrap_or_default()
}

/// Two options that read the same make the question unfair; two that differ in marks alone may be meant.
fn check_likeness(reader: &mut Reader<'_, '_>, options: &[(usize, &QuestionOption, &Range<usize>)]) {
    let same = |text: &str| {
        text.to_lowercase()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .trim_end_matches('.')
            .to_owned()
    };
    for (i, (place, option, span)) in options.iter().enumerate() {
        for (earlier_place, earlier, _) in options.iter().take(i) {
            let (first, second) = (label(*earlier_place), label(*place));
            let folded = fold(&option.text);
            if same(&option.text) == same(&earlier.text) {
                reader.fault(span, FaultCode::OptionDuplicate { first, second });
                break;
            } else if !folded.is_empty() && folded == fold(&earlier.text) {
                reader.fault(span, FaultCode::OptionSimilar { first, second });
                break;
            }
        }
    }
}

fn check_pins(reader: &mut Reader<'_, '_>, options: &[(usize, &QuestionOption, &Range<usize>)]) {
    let last_free = options
        .iter()
        .filter(|(_, option, _)| !option.pin)
        .map(|(place, ..)| *place)
        .max();
    for (place, option, span) in options {
        if option.pin && last_free.is_some_and(|free| *place < free) {
            reader.fault(span, FaultCode::PinNotLast { label: label(*place) });
        }
        if !option.pin && points_to_others(&option.text) {
            reader.fault(span, FaultCode::OptionPointsToOthers { label: label(*place) });
        }
    }
}

/// Reads the key as places; `written` options are there, where that is known.
pub(super) fn read_key(
    reader: &mut Reader<'_, '_>,
    node: &Node,
    written: Option<usize>,
) -> Option<BTreeSet<u8>> {
    let single = std::slice::from_ref(node);
    let items = match &node.value {
        Value::Text(_) => single,
        Value::List(items) => items,
        _ => {
            reader.wrong_type(node, "key", Kind::Key);
            return None;
        }
    };
    if items.is_empty() {
        reader.fault(&node.span, FaultCode::KeyEmpty {});
        return None;
    }
    let mut key = BTreeSet::new();
    let mut good = true;
    for item in items.iter().take(100) {
        match read_letter(reader, item, written) {
            Some(place) if !key.insert(place) => {
                let letter = label(usize::from(place));
                reader.fault(&item.span, FaultCode::KeyRepeated { letter });
            }
            Some(_) => {}
            None => good = false,
        }
    }
    if good && written.is_some_and(|written| key.len() == written && written > 1) {
        reader.fault(&node.span, FaultCode::KeyAll {});
    }
    good.then_some(key)
}

fn read_letter(reader: &mut Reader<'_, '_>, item: &Node, written: Option<usize>) -> Option<u8> {
    let Value::Text(text) = &item.value else {
        reader.wrong_type(item, "key", Kind::Key);
        return None;
    };
    if text.trim().is_empty() {
        reader.fault(&item.span, FaultCode::KeyEmpty {});
        return None;
    }
    let mut letters = text.chars();
    let (Some(place), None) = (letters.next().and_then(place_of), letters.next()) else {
        let value = super::source::shorten(text, 80);
        reader.fault(
            &item.span,
            FaultCode::KeyNotALetter {
                value,
                proposal: letters_meant(text),
            },
        );
        return None;
    };
    if written.is_some_and(|written| usize::from(place) >= written) {
        let last = written
            .and_then(|written| written.checked_sub(1))
            .map(label)
            .unwrap_or_default();
        let letter = label_of(place).map(String::from).unwrap_or_default();
        reader.fault(&item.span, FaultCode::KeyBeyond { letter, last });
        return None;
    }
    Some(place)
}

/// `"A, c"` and `"AC"` as `["A", "C"]`; nothing where other characters occur.
fn letters_meant(text: &str) -> Option<String> {
    let letters: Option<Vec<String>> = text
        .to_uppercase()
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, ',' | ';' | '.' | ')' | '+' | '&'))
        .map(|c| place_of(c).map(|_| format!("\"{c}\"")))
        .collect();
    match letters?.as_slice() {
        [] => None,
        [one] => Some(one.clone()),
        many => Some(format!("[{}]", many.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_in_another_shape_is_understood_for_the_suggestion() {
        assert_eq!(letters_meant("a").as_deref(), Some("\"A\""));
        assert_eq!(letters_meant("A, c").as_deref(), Some("[\"A\", \"C\"]"));
        assert_eq!(letters_meant("27/9/1940"), None);
        assert_eq!(letters_meant(","), None);
    }
}
