//! One question taken apart: stem, options, and the fields that stand with it.
//!
//! Owns which lines of a question are what; leaves the choice among option labels to `chain` and the key to `key`.

use super::chain::{self, Chain, Spotted};
use super::heads::{self, Field, letters, trailing_key};
use super::labels::{Strength, candidates, is_empty_box, is_tick, level_of, level_tag};
use super::lines::Doc;
use super::shape::Block;
use crate::bank::code::FaultCode;
use crate::bank::format::At;
use crate::bank::options::label;
use crate::bank::source::shorten;
use crate::domain::question::Level;
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
    /// "(đúng)" stands behind it.
    pub(super) is_said: bool,
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
struct BodyLine {
    span: Range<usize>,
    /// Its place among the lines of the paper.
    at: usize,
}

/// A question whose fields are apart and whose options are still candidates.
pub(super) struct Survey {
    draft: Draft,
    body: Vec<BodyLine>,
    spotted: Vec<Spotted>,
    /// Lines with labels out of order, which one fault stands for.
    out_of_order: BTreeSet<usize>,
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
        match found {
            Some((field, value)) => sink = survey.field(doc, field, span.start + value..span.end, &span),
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

    fn field(&mut self, doc: &Doc, field: Field, value: Range<usize>, line: &Range<usize>) -> Sink {
        let text = doc.slice(&value).trim();
        match field {
            Field::Key if text.is_empty() => Sink::Key,
            Field::Key => {
                self.draft.key = Some(At {
                    value: letters(text),
                    span: line.clone(),
                });
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
                    Some(places) => {
                        self.draft.key = Some(At {
                            value: Some(places),
                            span: line.span,
                        });
                    }
                    None => self.body.push(line),
                }
            }
            Sink::Key => {
                self.draft.key = Some(At {
                    value: letters(text),
                    span: line.span,
                });
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

    /// Settles the options; `usual` is how many most questions of the paper have.
    pub(super) fn finish(mut self, doc: &Doc, usual: usize) -> Draft {
        let chain = match std::mem::replace(&mut self.chain, Chain::None) {
            Chain::None => Vec::new(),
            Chain::Sure(chain) => chain,
            Chain::Either(short, long) => match long.len() == usual {
                true => long,
                false => short,
            },
        };
        if chain.is_empty() {
            self.draft.is_refused = true;
            let span = self.draft.span.clone();
            let end = self.body.first().map_or(span.end, |line| line.span.end);
            let count = u64::from(
                self.spotted
                    .iter()
                    .any(|one| one.candidate.strength == Strength::First),
            );
            self.draft.faults.push((
                span.start..end.max(span.start),
                FaultCode::PaperNoOptions { count },
            ));
        }
        self.note_leftovers(&chain);
        self.cut(doc, &chain);
        self.draft
    }

    /// Labels that are not among the options: another letter than the next one.
    fn note_leftovers(&mut self, chain: &[Spotted]) {
        let Some(first) = chain.first() else { return };
        for spotted in &self.spotted {
            let one = spotted.candidate;
            let is_sure = one.strength > Strength::Weak && one.is_upper == first.candidate.is_upper;
            if !is_sure || chain.contains(spotted) {
                continue;
            }
            let Some(line) = self.body.get(spotted.line).cloned() else {
                continue;
            };
            let span = line.span.start + one.at..line.span.start + one.text;
            let is_before = (spotted.line, one.at) < (first.line, first.candidate.at);
            let found = label_letter(one.place);
            if is_before {
                // "Câu 5. C. Mác sinh năm nào?" needs no word.
                if spotted.line > 0 && one.strength == Strength::First {
                    self.draft
                        .faults
                        .push((span, FaultCode::PaperLabelAsText { label: found }));
                }
                continue;
            }
            let before = chain
                .iter()
                .filter(|option| (option.line, option.candidate.at) < (spotted.line, one.at));
            let expected = before.last().map_or(0, |option| option.candidate.place + 1);
            let expected = label_letter(expected);
            // One mistake puts all that follows out of order.
            if !self.draft.is_refused {
                self.draft.is_refused = true;
                self.draft
                    .faults
                    .push((span, FaultCode::PaperOptionOrder { expected, found }));
            }
            self.out_of_order.insert(line.span.start);
        }
    }

    /// Cuts stem and options out of the lines.
    fn cut(&mut self, doc: &Doc, chain: &[Spotted]) {
        let mut open: Option<OptionDraft> = None;
        let mut next = chain.iter().peekable();
        for (nth, line) in self.body.iter().enumerate() {
            let mut from = line.span.start;
            while let Some(spotted) = next.next_if(|spotted| spotted.line == nth) {
                let one = spotted.candidate;
                let (at, text) = (line.span.start + one.at, line.span.start + one.text);
                match &mut open {
                    None => push_piece(doc, &mut self.draft.stem, from..at),
                    Some(option) => push_piece(doc, &mut option.text, from..at),
                }
                self.draft.options.extend(open.take());
                open = Some(OptionDraft {
                    label: at..text,
                    is_starred: one.is_starred,
                    is_ticked: one.is_ticked,
                    ..OptionDraft::default()
                });
                from = text;
            }
            let rest = from..line.span.end;
            match &mut open {
                None => push_piece(doc, &mut self.draft.stem, rest),
                Some(option) => {
                    let is_last = next.peek().is_none();
                    let is_own = from > line.span.start || !is_last || goes_on(doc, line, option);
                    if is_own {
                        push_piece(doc, &mut option.text, rest);
                    } else if !doc.slice(&rest).trim().is_empty() && !self.out_of_order.contains(&rest.start)
                    {
                        self.draft.faults.push((rest, FaultCode::PaperStray {}));
                    }
                }
            }
        }
        self.draft.options.extend(open.take());
        self.take_trailing_key(doc);
        self.draft
            .options
            .iter_mut()
            .for_each(|option| take_marks(doc, option));
        self.take_level_of_stem(doc);
    }

    fn take_trailing_key(&mut self, doc: &Doc) {
        let Some(piece) = self
            .draft
            .options
            .last_mut()
            .and_then(|option| option.text.last_mut())
        else {
            return;
        };
        if let Some((kept, places)) = trailing_key(doc.slice(piece)).filter(|_| self.draft.key.is_none()) {
            self.draft.key = Some(At {
                value: Some(places),
                span: piece.start + kept..piece.end,
            });
            piece.end = piece.start + kept;
        }
    }

    fn take_level_of_stem(&mut self, doc: &Doc) {
        if let Some(first) = self.draft.stem.first_mut()
            && let Some((level, length)) = level_tag(doc.slice(first))
        {
            let span = first.start..first.start + length;
            self.draft.level.get_or_insert(At { value: level, span });
            let rest = doc.slice(&(first.start + length..first.end));
            let signs = rest.len() - rest.trim_start_matches([' ', '.', ':']).len();
            first.start += length + signs;
        }
        if let Some(last) = self.draft.stem.last_mut() {
            let text = doc.slice(last);
            let tag = text.rfind(['(', '[']).filter(|at| *at > 0);
            if let Some((at, (level, length))) = tag.and_then(|at| Some((at, level_tag(text.get(at..)?)?)))
                && at + length == text.len()
            {
                let span = last.start + at..last.end;
                self.draft.level.get_or_insert(At { value: level, span });
                last.end = last.start + text.get(..at).map_or(0, |kept| kept.trim_end().len());
            }
        }
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
    })
}

/// Whether a line without label goes on with the last option: it says so by a soft break, a small letter, or its cell.
fn goes_on(doc: &Doc, line: &BodyLine, option: &OptionDraft) -> bool {
    let Some(found) = doc.lines.get(line.at) else {
        return false;
    };
    let small = doc
        .slice(&line.span)
        .trim_start()
        .chars()
        .next()
        .is_some_and(char::is_lowercase);
    let own = doc.line_at(option.label.start).and_then(|own| own.cell);
    let same_cell = found.cell.is_some() && found.cell == own;
    let label_alone = option.text.is_empty()
        && found
            .cell
            .zip(own)
            .is_some_and(|(cell, own)| (cell.table, cell.row) == (own.table, own.row));
    found.continues || small || same_cell || label_alone
}

fn label_letter(place: u8) -> String {
    match label(usize::from(place)) {
        label if label.is_empty() => char::from(b'A' + place.min(25)).to_string(),
        label => label,
    }
}

/// Adds the visible part of a range.
fn push_piece(doc: &Doc, pieces: &mut Vec<Range<usize>>, span: Range<usize>) {
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

/// Takes the marks of a right option off its text: "(đúng)", an asterisk, a tick.
fn take_marks(doc: &Doc, option: &mut OptionDraft) {
    if let Some(first) = option.text.first_mut() {
        let text = doc.slice(first);
        let rest = text.trim_start_matches(|c: char| is_tick(c) || is_empty_box(c) || c.is_whitespace());
        option.is_ticked |= text.chars().take(3).any(is_tick) && rest.len() < text.len();
        first.start += text.len() - rest.len();
    }
    if let Some(last) = option.text.last_mut() {
        let mut text = doc.slice(last);
        loop {
            let said = ["(đúng)", "[đúng]", "(đ)", "[đ]", "(x)", "(true)", "(correct)"]
                .iter()
                .find_map(|mark| strip_end(text, mark));
            let starred = text.strip_suffix("(*)").or_else(|| text.strip_suffix('*'));
            let ticked = text.strip_suffix(|c: char| is_tick(c) || is_empty_box(c));
            let Some(rest) = said.or(starred).or(ticked) else {
                break;
            };
            option.is_said |= said.is_some();
            option.is_starred |= said.is_none() && starred.is_some();
            option.is_ticked |= text.ends_with(is_tick) && said.is_none();
            text = rest.trim_end();
        }
        last.end = last.start + text.len();
    }
    option.text.retain(|piece| piece.start < piece.end);
}

/// The text without a mark at its end, in any case of letters.
fn strip_end<'t>(text: &'t str, mark: &str) -> Option<&'t str> {
    let from = text.char_indices().rev().nth(mark.chars().count() - 1)?.0;
    let (rest, end) = text.split_at_checked(from)?;
    (end.to_lowercase() == mark).then_some(rest)
}
