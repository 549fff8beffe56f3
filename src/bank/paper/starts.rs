//! Where questions may begin: with a word and a number, or with a number alone.
//!
//! Owns which of the two a paper uses; leaves which beginnings count to `shape`.

use super::labels::{Start, Strength, candidates, numbered_start, worded_start};
use super::lines::Doc;

/// How the questions of a paper are labelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Labels {
    Worded,
    Numbered,
}

/// The way of labelling whose questions have options.
pub(super) fn labels_of(doc: &Doc) -> Labels {
    let count = |start: &dyn Fn(usize) -> bool| {
        let (mut open, mut count) = (false, 0_u32);
        for at in 0..doc.lines.len() {
            if start(at) {
                open = true;
            } else if open && has_second_option(doc, at) {
                (open, count) = (false, count + 1);
            }
        }
        count
    };
    let worded = count(&|at| worded_start(doc.line(at)).is_some());
    let numbered = count(&|at| number_of(doc, at).is_some());
    match numbered > worded {
        true => Labels::Numbered,
        false => Labels::Worded,
    }
}

/// Whether a line holds an option after the first.
pub(super) fn has_second_option(doc: &Doc, at: usize) -> bool {
    candidates(doc.line(at), 0, Strength::First)
        .iter()
        .any(|candidate| candidate.place >= 1)
}

/// A question with a number alone: typed, automatic, or in a cell of its own at the beginning of a row.
pub(super) fn number_of(doc: &Doc, at: usize) -> Option<Start> {
    let text = doc.line(at);
    if let Some(start) = numbered_start(text) {
        return Some(start);
    }
    let line = doc.lines.get(at)?;
    let trimmed = text.trim();
    let automatic = text
        .get(..line.label)
        .map(str::trim)
        .filter(|label| !label.is_empty());
    let alone = match line.cell {
        Some(cell) if cell.column == 0 => {
            let next = doc.lines.get(at + 1).and_then(|line| line.cell);
            next.is_some_and(|next| (next.table, next.row) == (cell.table, cell.row))
                .then_some(trimmed)
        }
        _ => None,
    };
    let digits = automatic.or(alone)?;
    let number = digits.parse().ok().filter(|_| digits.len() <= 4)?;
    let number_end = text.find(digits)? + digits.len();
    let rest = text.get(number_end..)?;
    Some(Start {
        number,
        number_end,
        text: number_end + (rest.len() - rest.trim_start().len()),
        separated: true,
    })
}
