//! What only shows when all rows of a file are known: labels in front of options, the way keys are written, pins.
//!
//! Owns these three and making a row a question of the rules; leaves the rows themselves to `rows`.

use super::super::code::FaultCode;
use super::super::format::At;
use super::super::paper::after_question_label;
use super::super::pins;
use super::super::raw::{RawMedia, RawQuestion};
use super::super::source::shorten;
use super::key::{Written, read_keys};
use super::rows::{Draft, Table};
use crate::domain::question::{LABELS, place_of};
use crate::domain::unit::fold;

/// Takes "A. ", "B. " … off the options where every option of every row has its own: the column says it already. Where a single
/// one has not, as in "C. Mác", the letters may belong to the texts and stay.
pub(super) fn labels_off(table: &mut Table<'_, '_>, drafts: &mut [Draft]) {
    let labelled = |draft: &Draft| {
        !draft.exact && all_labelled(draft.options.iter().map(|option| option.text.value.as_str()))
    };
    if drafts.is_empty() || !drafts.iter().all(labelled) {
        return;
    }
    if let Some(first) = drafts.first().and_then(|draft| draft.options.first()) {
        table.subject = super::super::fault::Subject::File;
        table.fault(&first.text.span, FaultCode::LabelsRemoved {});
    }
    for option in drafts.iter_mut().flat_map(|draft| &mut draft.options) {
        let text = option.text.value.get(2..).unwrap_or_default();
        option.text.value = text.trim_start().to_owned();
    }
}

/// Takes "Câu 1. ", "Câu 2: " … off the stems where every row has it: entrants get the questions in an order of their own.
pub(super) fn numbers_off(table: &mut Table<'_, '_>, drafts: &mut [Draft]) {
    let numbered = |draft: &Draft| !draft.exact && after_question_label(&draft.stem.value).is_some();
    let Some(first) = drafts.first().filter(|_| drafts.iter().all(numbered)) else {
        return;
    };
    table.subject = super::super::fault::Subject::File;
    table.fault(&first.stem.span, FaultCode::NumbersRemoved {});
    for draft in drafts {
        let from = after_question_label(&draft.stem.value).unwrap_or(0);
        draft.stem.value = draft.stem.value.get(from..).unwrap_or_default().to_owned();
    }
}

/// Whether every option begins with its own letter and a sign.
pub(super) fn all_labelled<'t>(options: impl Iterator<Item = &'t str>) -> bool {
    let mut count = 0;
    for (label, option) in LABELS.iter().zip(options) {
        let rest = option
            .strip_prefix(*label)
            .and_then(|rest| rest.strip_prefix(['.', ')', ':']));
        if !rest.is_some_and(|rest| rest.starts_with(char::is_whitespace) && !rest.trim().is_empty()) {
            return false;
        }
        count += 1;
    }
    count >= 2
}

/// The drafts with the places of their right options: none where the file gives no key, which the rules of questions
/// notice, and no list where the key cannot be read, which is noted here.
pub(super) fn with_keys(table: &mut Table<'_, '_>, drafts: Vec<Draft>) -> Vec<(Draft, Option<Vec<u8>>)> {
    let has_key = |draft: &&Draft| !draft.key.value.trim().is_empty();
    let written: Vec<Written<'_>> = drafts
        .iter()
        .filter(has_key)
        .map(|draft| Written {
            key: &draft.key.value,
            options: draft
                .options
                .iter()
                .map(|option| option.text.value.as_str())
                .collect(),
        })
        .collect();
    let mut keys = read_keys(&written).into_iter();
    let mut out = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let key = if draft.key.value.trim().is_empty() {
            Some(Vec::new())
        } else {
            // One for each draft with a key, in their order.
            match keys.next() {
                Some(Ok(places)) => Some(places),
                Some(Err(code)) => {
                    table.subject = draft.subject();
                    table.fault(&draft.key.span, code);
                    None
                }
                None => None,
            }
        };
        out.push((draft, key));
    }
    out
}

/// The places of the pinned options where the file says them; `None` leaves it to their texts.
pub(super) fn pins_of(table: &mut Table<'_, '_>, draft: &Draft) -> Option<Vec<u8>> {
    let At { value, span } = draft.pins.as_ref()?;
    if matches!(fold(value).as_str(), "khong" | "no" | "none") || matches!(value.trim(), "-" | "0") {
        return Some(Vec::new());
    }
    let parts = value.split([',', ';', ' ', '/']).filter(|part| !part.is_empty());
    let letter = |part: &str| {
        let mut chars = part.chars();
        let place = place_of(chars.next()?.to_ascii_uppercase());
        place.filter(|place| chars.next().is_none() && usize::from(*place) < draft.options.len())
    };
    let places: Option<Vec<u8>> = parts.map(letter).collect();
    if places.is_none() {
        table.subject = draft.subject();
        let value = shorten(value.trim(), 80);
        table.fault(span, FaultCode::PinUnreadable { value });
    }
    places.or(Some(Vec::new()))
}

/// A draft as a question, with its right places.
pub(super) fn finish(table: &mut Table<'_, '_>, mut draft: Draft, places: Vec<u8>) -> RawQuestion {
    let subject = draft.subject();
    match pins_of(table, &draft) {
        Some(pinned) => {
            for (place, option) in (0..).zip(&mut draft.options) {
                option.pin = pinned.contains(&place);
            }
        }
        None => pins::pin_combined(table.sheet, &subject, &mut draft.options),
    }
    RawQuestion {
        span: draft.span,
        place: draft.place,
        id: draft.id,
        stem: draft.stem,
        options: draft.options,
        key: At {
            value: places,
            span: draft.key.span,
        },
        level: draft.level,
        explanation: draft.explanation,
        source: draft.source,
        topic: draft.topic,
        media: draft.media,
    }
}

/// The files that a cell names, one on each line, with the lines of the cell of their words.
pub(super) fn media_of(files: Option<At<String>>, words: Option<At<String>>) -> Vec<RawMedia> {
    let Some(At { value, span }) = files else {
        return Vec::new();
    };
    let words = words.map(|words| words.value).unwrap_or_default();
    let files: Vec<&str> = value
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let mut lines: Vec<String> = words.lines().map(|line| line.trim().to_owned()).collect();
    if files.len() == 1 {
        // The words for one file may have several lines.
        lines = vec![lines.join(" ").trim().to_owned()];
    }
    let mut lines = lines.into_iter();
    let one = |file: &str| RawMedia {
        file: At {
            value: file.to_owned(),
            span: span.clone(),
        },
        alt: lines.next().filter(|line| !line.is_empty()),
    };
    files.into_iter().map(one).collect()
}
