//! One question taken apart: stem, options, and the fields that stand with it.
//!
//! Owns which lines of a question are what; leaves the choice among option labels to `chain`, cutting the lines to `cut` and
//! the key to `key`.

use super::chain::{self, Chain, Spotted};
use super::heads::{self, Field, letters};
use super::labels::{Strength, candidates};
use super::levels::{level_of, level_tag};
use super::lines::Doc;
use super::shape::Block;
use crate::bank::code::FaultCode;
use crate::bank::format::At;
use crate::bank::source::shorten;
use crate::domain::question::Level;
use crate::domain::unit::fold;
use std::collections::BTreeSet;
use std::ops::Range;

/// An option as it stands in the paper.
#[derive(Debug, Clone, Default)]
pub(super) struct OptionDraft {
    /// The label, with an asterisk or tick before it.
    pub(super) label: Range<usize>,
    /// The lines of its text.
    pub(super) text: Vec<Range<usize>>,
    pub(super) is_starred: bool,
    pub(super) is_ticked: bool,
    pub(super) is_crossed: bool,
    /// "(đúng)" stands behind it.
    pub(super) is_said: bool,
}

impl OptionDraft {
    /// Whether words are those of the option; marks, capitals and punctuation are not compared.
    pub(super) fn says(&self, doc: &Doc, words: &str) -> bool {
        let own: Vec<&str> = self.text.iter().map(|piece| doc.slice(piece)).collect();
        let own = fold(&own.join(" "));
        !own.is_empty() && own == fold(words)
    }
}

/// A question as far as it was understood.
#[derive(Debug, Clone, Default)]
pub(super) struct Draft {
    pub(super) number: u32,
    pub(super) series: u32,
    /// All its lines.
    pub(super) span: Range<usize>,
    pub(super) lines: Vec<usize>,
    pub(super) stem: Vec<Range<usize>>,
    pub(super) options: Vec<OptionDraft>,
    /// The letters of a line "Đáp án: B"; `None` in it where they could not be read.
    pub(super) key: Option<At<Option<Vec<u8>>>>,
    pub(super) level: Option<At<Level>>,
    pub(super) explanation: Vec<Range<usize>>,
    pub(super) source: Vec<Range<usize>>,
    /// It has no options, or something that no question can show.
    pub(super) is_refused: bool,
    pub(super) faults: Vec<(Range<usize>, FaultCode)>,
}

/// A line, or what of it belongs to stem and options.
#[derive(Debug, Clone)]
pub(super) struct BodyLine {
    pub(super) span: Range<usize>,
    /// Its place among the lines of the paper.
    pub(super) at: usize,
}

/// A question whose fields are apart and whose options are still candidates.
pub(super) struct Survey {
    pub(super) draft: Draft,
    pub(super) body: Vec<BodyLine>,
    pub(super) spotted: Vec<Spotted>,
    /// Lines with labels out of order, which one fault stands for.
    pub(super) out_of_order: BTreeSet<usize>,
    pub(super) chain: Chain,
}

/// Where the lines of a question go.
enum Sink {
    Body,
    Key,
    Explanation,
    Source,
    Nothing,
}

/// Takes the fields out of a question and finds the candidates for options in the rest.
pub(super) fn survey(doc: &Doc, block: &Block) -> Survey {
    let end = |at: &usize| doc.lines.get(*at).map_or(0, |line| line.span.end);
    let start = |at: &usize| doc.lines.get(*at).map_or(0, |line| line.span.start);
    let span = block.lines.first().map_or(0, start)..block.lines.last().map_or(0, end);
    let draft = Draft {
        number: block.number,
        series: block.series,
        span,
        lines: block.lines.clone(),
        ..Draft::default()
    };
    let mut survey = Survey {
        draft,
        body: Vec::new(),
        spotted: Vec::new(),
        out_of_order: BTreeSet::new(),
        chain: Chain::None,
    };
    survey.take_tag(doc, block);
    let mut sink = Sink::Body;
    let mut complete = false;
    for (nth, at) in block.lines.iter().enumerate() {
        let Some(line) = doc.lines.get(*at) else { continue };
        let mut span = line.span.clone();
        if nth == 0 {
            span.start += block.text;
        }
        let text = doc.slice(&span);
        let found = heads::field(text).filter(|(field, _)| complete || (*field == Field::Level && nth > 0));
        let found = found.filter(|(field, value)| !survey.goes_on_explaining(&sink, *field, text, *value));
        match found {
            Some((field, value)) => {
                let explains = matches!(sink, Sink::Explanation);
                sink = survey.field(doc, field, span.start + value..span.end, &span);
                // "Lời giải", "Chọn B.", and below it why.
                if explains && matches!(sink, Sink::Nothing) {
                    sink = Sink::Explanation;
                }
            }
            None => survey.line(doc, &mut sink, BodyLine { span, at: *at }, complete),
        }
        complete |= doc.lines.get(*at).is_some_and(|line| {
            candidates(doc.slice(&line.span), 0, Strength::First)
                .iter()
                .any(|one| one.place >= 1)
        });
    }
    survey.order_cells(doc);
    survey.spot(doc);
    survey
}

impl Survey {
    /// "Câu 1 (NB)." or a level at either end of the stem.
    fn take_tag(&mut self, doc: &Doc, block: &Block) {
        let Some(line) = block.lines.first().and_then(|at| doc.lines.get(*at)) else {
            return;
        };
        let from = line.span.start + block.number_end;
        if let Some((level, length)) = level_tag(doc.slice(&(from..line.span.end))) {
            self.draft.level = Some(At {
                value: level,
                span: from..from + length,
            });
        }
    }

    /// Whether a line of an explanation speaks of an answer and names none: "Đáp án A sai vì …".
    fn goes_on_explaining(&self, sink: &Sink, field: Field, text: &str, value: usize) -> bool {
        let explains = matches!(sink, Sink::Explanation) && field == Field::Key && self.draft.key.is_some();
        explains && letters(text.get(value..).unwrap_or_default()).is_none()
    }

    /// Takes the answer that a line gives; a second one that says something else is a fault.
    pub(super) fn take_key(&mut self, value: Option<Vec<u8>>, span: Range<usize>) {
        match &self.draft.key {
            Some(first) if first.value != value => {
                self.draft.faults.push((span, FaultCode::PaperKeyTwice {}));
            }
            Some(_) => {}
            None => self.draft.key = Some(At { value, span }),
        }
    }

    fn field(&mut self, doc: &Doc, field: Field, value: Range<usize>, line: &Range<usize>) -> Sink {
        let text = doc.slice(&value).trim();
        match field {
            Field::Key if text.is_empty() => Sink::Key,
            Field::Key => {
                self.take_key(letters(text), line.clone());
                Sink::Nothing
            }
            Field::Explanation => {
                push_piece(doc, &mut self.draft.explanation, value);
                Sink::Explanation
            }
            Field::Source => {
                push_piece(doc, &mut self.draft.source, value);
                Sink::Source
            }
            Field::Level => {
                match level_of(text) {
                    Some(level) => {
                        self.draft.level = Some(At {
                            value: level,
                            span: value,
                        });
                    }
                    None => {
                        let code = FaultCode::PaperLevel {
                            value: shorten(text, 40),
                        };
                        self.draft.faults.push((value, code));
                    }
                }
                // A level may stand before the options.
                if self.draft.key.is_none() {
                    Sink::Body
                } else {
                    Sink::Nothing
                }
            }
        }
    }

    fn line(&mut self, doc: &Doc, sink: &mut Sink, line: BodyLine, complete: bool) {
        let text = doc.slice(&line.span).trim();
        match sink {
            Sink::Body => {
                let cell = doc.lines.get(line.at).and_then(|line| line.cell);
                let own_cell = self
                    .body
                    .last()
                    .and_then(|last| doc.lines.get(last.at))
                    .and_then(|line| line.cell);
                let beside = cell.zip(own_cell).is_some_and(|(cell, own)| {
                    (cell.table, cell.row) == (own.table, own.row) && cell.column > own.column
                });
                match letters(text).filter(|_| complete && beside && is_key_cell(text)) {
                    Some(places) => self.take_key(Some(places), line.span),
                    None => self.body.push(line),
                }
            }
            Sink::Key => {
                self.take_key(letters(text), line.span);
                *sink = Sink::Nothing;
            }
            Sink::Explanation => push_piece(doc, &mut self.draft.explanation, line.span),
            Sink::Source => {
                push_piece(doc, &mut self.draft.source, line.span);
                *sink = Sink::Nothing;
            }
            Sink::Nothing if text.is_empty() => {}
            Sink::Nothing => self.draft.faults.push((line.span, FaultCode::PaperStray {})),
        }
    }

    /// Puts the cells of a table that holds options by columns in the order of their letters.
    fn order_cells(&mut self, doc: &Doc) {
        let cell_of = |line: &BodyLine| doc.lines.get(line.at).and_then(|line| line.cell);
        let first_of = |line: &BodyLine| {
            let found = candidates(doc.slice(&line.span), 0, Strength::First);
            let first = found
                .first()
                .filter(|one| one.strength == Strength::First && found.len() == 1);
            first.filter(|one| one.is_upper).map(|one| one.place)
        };
        let mut places: Vec<(u32, u8)> = Vec::new();
        for line in &self.body {
            if let (Some(cell), Some(place)) = (cell_of(line), first_of(line)) {
                places.push((cell.table, place));
            }
        }
        let Some((table, _)) = places.first().copied() else {
            return;
        };
        let mut letters: Vec<u8> = places
            .iter()
            .filter(|(found, _)| *found == table)
            .map(|(_, place)| *place)
            .collect();
        let written = letters.clone();
        letters.sort_unstable();
        let in_order = (0..).zip(&letters).all(|(expected, place)| expected == *place);
        if written == letters || !in_order {
            return;
        }
        // Lines before the first option stay first; lines after an option go with it.
        let mut key = 0;
        let mut keyed: Vec<(u8, BodyLine)> = Vec::new();
        for line in self.body.drain(..) {
            let is_there = cell_of(&line).is_some_and(|cell| cell.table == table);
            if let Some(place) = first_of(&line).filter(|_| is_there) {
                key = place + 1;
            } else if key > 0 && !is_there {
                key = u8::MAX;
            }
            keyed.push((key, line));
        }
        keyed.sort_by_key(|(key, _)| *key);
        self.body = keyed.into_iter().map(|(_, line)| line).collect();
    }

    fn spot(&mut self, doc: &Doc) {
        for (nth, line) in self.body.iter().enumerate() {
            let first = if nth == 0 {
                Strength::Apart
            } else {
                Strength::First
            };
            let text = doc.slice(&line.span);
            let found = candidates(text, 0, first);
            let is_lone = found.is_empty()
                && text.trim().len() == 1
                && doc.lines.get(line.at).is_some_and(|l| l.cell.is_some());
            self.spotted.extend(
                found
                    .into_iter()
                    .map(|candidate| Spotted { line: nth, candidate }),
            );
            if is_lone && let Some(candidate) = lone_label(text) {
                self.spotted.push(Spotted { line: nth, candidate });
            }
        }
        self.chain = chain::find(&self.spotted);
    }
}

/// Whether a cell holds capital letters and nothing else, as in a column of answers.
fn is_key_cell(text: &str) -> bool {
    text.len() <= 16
        && text
            .chars()
            .all(|c| c.is_ascii_uppercase() || matches!(c, ' ' | ',' | ';' | '+' | '&'))
}

/// A letter alone in a cell of a table.
fn lone_label(text: &str) -> Option<super::labels::Candidate> {
    let at = text.len() - text.trim_start().len();
    let letter = text.trim().bytes().next().filter(u8::is_ascii_uppercase)?;
    let place = letter - b'A';
    (place < super::labels::LETTERS).then_some(super::labels::Candidate {
        at,
        letter: at,
        text: text.len(),
        place,
        is_upper: true,
        strength: Strength::Apart,
        is_starred: false,
        is_ticked: false,
        is_crossed: false,
    })
}

/// Adds the visible part of a range.
pub(super) fn push_piece(doc: &Doc, pieces: &mut Vec<Range<usize>>, span: Range<usize>) {
    let trimmed = trim(doc, span);
    if trimmed.start < trimmed.end {
        pieces.push(trimmed);
    }
}

pub(super) fn trim(doc: &Doc, span: Range<usize>) -> Range<usize> {
    let text = doc.slice(&span);
    let start = span.start + (text.len() - text.trim_start().len());
    start..start + text.trim().len()
}
