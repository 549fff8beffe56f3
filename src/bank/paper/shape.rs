//! The shape of a paper: which lines are its preamble, its questions, its end.
//!
//! Owns finding where questions begin and where the paper ends; leaves taking a question apart to `question` and the answers
//! after the end to `tail`.

use super::answers::{self, Answer};
use super::heads::{self, Head};
use super::labels::{Candidate, Start, Strength, candidates, worded_start};
use super::lines::{Cell, Doc};
use super::starts::{Labels, has_second_option, labels_of, number_of};
use crate::bank::code::FaultCode;
use std::collections::BTreeMap;
use std::ops::Range;

/// The lines of one question.
#[derive(Debug, Clone)]
pub(super) struct Block {
    /// The number the paper gives it.
    pub(super) number: u32,
    /// How often numbers began anew before it.
    pub(super) series: u32,
    /// Byte of the first line where the stem begins.
    pub(super) text: usize,
    /// Byte of the first line where the number ends; a level may stand there.
    pub(super) number_end: usize,
    /// Its lines, the first with the label.
    pub(super) lines: Vec<usize>,
}

/// A paper in its parts.
#[derive(Debug, Default)]
pub(super) struct Shape {
    pub(super) blocks: Vec<Block>,
    /// Lines of preamble, headings of parts, and what stands after the end.
    pub(super) outside: Vec<usize>,
    /// Lines after the end that belong to answers or explanations, with the heading in force.
    pub(super) tail: Vec<(Head, usize)>,
    /// Answers from tables of a document.
    pub(super) answers: Vec<Answer>,
    pub(super) faults: Vec<(Range<usize>, FaultCode)>,
}

struct Reader<'d> {
    doc: &'d Doc,
    labels: Labels,
    shape: Shape,
    tail: Option<Head>,
    /// "HẾT" was read: no question follows.
    ended: bool,
    /// The heading of a part was read since the last question.
    part: bool,
    series: u32,
    /// The open question has a second option.
    complete: bool,
    said_after_end: bool,
    /// The line before the first question that begins like option A.
    lost: Option<usize>,
}

/// Finds the parts of a paper.
pub(super) fn read(doc: &Doc) -> Shape {
    let (answers, used) = table_answers(doc);
    let mut reader = Reader {
        doc,
        labels: labels_of(doc),
        shape: Shape {
            answers,
            ..Shape::default()
        },
        tail: None,
        ended: false,
        part: false,
        series: 0,
        complete: false,
        said_after_end: false,
        lost: None,
    };
    for at in 0..doc.lines.len() {
        let empty = doc.line(at).trim().is_empty();
        let holds = doc
            .lines
            .get(at)
            .is_some_and(|line| doc.things_in(&line.span).next().is_some());
        if used.contains_key(&at) || (empty && !holds) {
            continue;
        }
        reader.line(at);
    }
    reader.shape
}

/// The tables of a document that hold answers, and the lines they take.
fn table_answers(doc: &Doc) -> (Vec<Answer>, BTreeMap<usize, ()>) {
    let mut tables: BTreeMap<u32, Vec<(Cell, usize)>> = BTreeMap::new();
    for (at, line) in doc.lines.iter().enumerate() {
        if let Some(cell) = line.cell {
            tables.entry(cell.table).or_default().push((cell, at));
        }
    }
    let (mut found, mut used) = (Vec::new(), BTreeMap::new());
    for lines in tables.values() {
        if let Some(answers) = answers::of_table(doc, lines) {
            found.extend(answers);
            used.extend(lines.iter().map(|(_, at)| (*at, ())));
        }
    }
    (found, used)
}

impl Reader<'_> {
    fn line(&mut self, at: usize) {
        let text = self.doc.line(at);
        let is_open = !self.shape.blocks.is_empty();
        match heads::head(text).filter(|_| is_open) {
            Some(Head::End) => {
                self.ended = true;
                self.tail = Some(Head::End);
                self.shape.outside.push(at);
                return;
            }
            Some(head) if self.begins_tail(head, at) => {
                self.tail = Some(head);
                self.shape.outside.push(at);
                return;
            }
            _ => {}
        }
        if self.tail.is_some() {
            return self.tail_line(at);
        }
        if self.complete && self.is_answers(at) {
            self.tail = Some(Head::Answers);
            return self.tail_line(at);
        }
        self.body_line(at);
    }

    /// A line that belongs to no section after the questions.
    fn body_line(&mut self, at: usize) {
        let text = self.doc.line(at);
        let is_open = !self.shape.blocks.is_empty();
        if let Some(start) = self.question_start(at) {
            return self.begin(at, start);
        }
        let is_part = heads::is_part(text) || self.is_lettered_part(text);
        if (!is_open || self.complete) && is_part && self.leads_to_question(at) {
            self.part = true;
            self.shape.outside.push(at);
            return;
        }
        match self.shape.blocks.last_mut() {
            None => {
                self.note_lost(at);
                self.shape.outside.push(at);
            }
            Some(block) => {
                block.lines.push(at);
                self.complete |= has_second_option(self.doc, at);
            }
        }
    }

    /// "B. PHẦN TỰ LUẬN", where B is not the next option.
    fn is_lettered_part(&self, text: &str) -> bool {
        let Some(place) = heads::lettered_part(text) else {
            return false;
        };
        let lines = self.shape.blocks.last().map(|block| block.lines.as_slice());
        // The last options are near; a hostile question may have thousands of lines.
        let near = lines.unwrap_or_default().iter().rev().take(20);
        let labels = near.flat_map(|at| candidates(self.doc.line(*at), 0, Strength::First));
        let last = labels.filter(|one| one.is_upper).map(|one| one.place).max();
        last.is_none_or(|last| place <= last)
    }

    /// Options before the first question: the label of theirs was not understood.
    fn note_lost(&mut self, at: usize) {
        let found = candidates(self.doc.line(at), 0, Strength::First);
        let is = |one: &Candidate, place| one.is_upper && one.place == place;
        let begins = |one: &Candidate| is(one, 0) && one.strength == Strength::First;
        if found.first().is_some_and(begins) {
            self.lost = Some(at);
        }
        if let Some(lost) = self.lost.filter(|_| found.iter().any(|one| is(one, 1))) {
            self.lost = None;
            let span = self.doc.lines.get(lost).map_or(0..0, |line| line.span.clone());
            self.shape.faults.push((span, FaultCode::PaperOptionsBefore {}));
        }
    }

    /// The next line that has text, with its place.
    fn next_text(&self, at: usize) -> Option<usize> {
        let lines = self.doc.lines.len().min(at + 50);
        (at + 1..lines).find(|next| !self.doc.line(*next).trim().is_empty())
    }

    /// Whether a heading is that of a section after the questions, and not a field of the open question.
    fn begins_tail(&self, head: Head, at: usize) -> bool {
        let Some(next) = self.next_text(at) else {
            return self.tail.is_some();
        };
        let text = self.doc.line(next);
        match head {
            Head::Answers => heads::letters(text).is_none(),
            Head::Explanations | Head::End => {
                let last = self.shape.blocks.last().map_or(0, |block| block.number);
                let start = worded_start(text).or_else(|| number_of(self.doc, next));
                self.tail.is_some() || start.is_some_and(|start| start.number <= last)
            }
        }
    }

    /// Whether a line holds nothing but answers, so that no heading is needed.
    fn is_answers(&self, at: usize) -> bool {
        let text = self.doc.line(at);
        let second = self.next_text(at).map_or("", |next| self.doc.line(next));
        answers::of_line(text).is_some() || answers::of_two_lines(text, second).is_some()
    }

    fn leads_to_question(&self, at: usize) -> bool {
        let mut next = self.next_text(at);
        for _ in 0..4 {
            let Some(place) = next else { return false };
            let is_start = match self.labels {
                Labels::Worded => worded_start(self.doc.line(place)).is_some(),
                Labels::Numbered => number_of(self.doc, place).is_some(),
            };
            if is_start {
                return true;
            }
            if has_second_option(self.doc, place) {
                return false;
            }
            next = self.next_text(place);
        }
        false
    }

    fn question_start(&self, at: usize) -> Option<Start> {
        let last = self.shape.blocks.last().map(|block| block.number);
        let expected = last.map_or(1, |last| last.saturating_add(1));
        let fits = |number: u32| number == expected || (self.part && number == 1);
        match self.labels {
            Labels::Worded => {
                let start = worded_start(self.doc.line(at))?;
                (start.separated || fits(start.number) || self.complete).then_some(start)
            }
            Labels::Numbered => {
                let start = number_of(self.doc, at)?;
                // Statements in a stem are numbered as well; after the options they are not.
                let is_first = last.is_none() && self.has_options_soon(at);
                let counts = if last.is_none() {
                    is_first
                } else {
                    fits(start.number) || self.complete
                };
                counts.then_some(start)
            }
        }
    }

    /// Whether options follow before the next number: rules of a contest are numbered as well.
    fn has_options_soon(&self, at: usize) -> bool {
        let mut place = Some(at);
        for _ in 0..15 {
            let Some(next) = place else { return false };
            if next != at && number_of(self.doc, next).is_some() {
                return false;
            }
            if has_second_option(self.doc, next) {
                return true;
            }
            place = self.next_text(next);
        }
        false
    }

    fn begin(&mut self, at: usize, start: Start) {
        let last = self.shape.blocks.last().map(|block| block.number);
        let restarts = last.is_some_and(|last| start.number <= last) && (self.part || start.number == 1);
        if restarts {
            self.series += 1;
        }
        let expected = if restarts {
            1
        } else {
            last.map_or(1, |last| last.saturating_add(1))
        };
        if start.number != expected {
            let from = self.doc.lines.get(at).map_or(0, |line| line.span.start);
            let code = FaultCode::PaperNumber {
                expected: u64::from(expected),
                found: u64::from(start.number),
            };
            self.shape.faults.push((from..from + start.number_end, code));
        }
        self.part = false;
        self.complete = candidates(self.doc.line(at), start.text, Strength::Apart)
            .iter()
            .any(|candidate| candidate.place >= 1);
        self.shape.blocks.push(Block {
            number: start.number,
            series: self.series,
            text: start.text,
            number_end: start.number_end,
            lines: vec![at],
        });
    }

    fn tail_line(&mut self, at: usize) {
        let text = self.doc.line(at);
        let head = self.tail.unwrap_or(Head::End);
        let start = match self.labels {
            Labels::Worded => worded_start(text),
            Labels::Numbered => number_of(self.doc, at),
        };
        let next = self.next_text(at);
        let has_options = next.is_some_and(|next| {
            let first = candidates(self.doc.line(next), 0, Strength::First)
                .into_iter()
                .next();
            first.is_some_and(|first| first.place == 0 && first.strength == Strength::First)
        });
        if start.is_some() && has_options && head != Head::Explanations {
            if !self.ended {
                // The answers of a part; the next part begins. The line may look like answers too ("Câu 1 2u 2. Ha"), so
                // it is not asked again whether it begins them.
                self.tail = None;
                return self.body_line(at);
            }
            if !self.said_after_end {
                self.said_after_end = true;
                let span = self.doc.lines.get(at).map_or(0..0, |line| line.span.clone());
                self.shape.faults.push((span, FaultCode::PaperAfterEnd {}));
            }
        }
        if self.said_after_end {
            self.shape.outside.push(at);
        } else if heads::is_part(text) && answers::of_line(text).is_none() {
            self.part = true;
            self.shape.outside.push(at);
        } else {
            self.shape.tail.push((head, at));
        }
    }
}
