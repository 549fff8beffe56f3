//! What follows the questions: answers and explanations by number.
//!
//! Owns joining them to their questions, and noting those that belong to none; leaves finding the tail to `shape`.

use super::answers::{self, Answer};
use super::heads::{Field, Head, field, letters, named};
use super::labels::{numbered_start, worded_start};
use super::lines::Doc;
use super::question::{Draft, trim};
use super::shape::Shape;
use crate::bank::code::FaultCode;
use crate::bank::format::At;
use std::collections::BTreeMap;
use std::ops::Range;

/// Answers by the place of their question among the drafts.
pub(super) type Table = BTreeMap<usize, At<Vec<u8>>>;

/// An explanation with the number of its question.
struct Explanation {
    number: u32,
    span: Range<usize>,
    pieces: Vec<Range<usize>>,
}

struct Reader<'d> {
    doc: &'d Doc,
    answers: Vec<Answer>,
    explanations: Vec<Explanation>,
    outside: Vec<usize>,
    faults: Vec<(Range<usize>, FaultCode)>,
}

/// Reads the tail: the answers of the table, and explanations into the drafts.
pub(super) fn read(doc: &Doc, shape: &mut Shape, drafts: &mut [Draft]) -> Table {
    let mut reader = Reader {
        doc,
        answers: std::mem::take(&mut shape.answers),
        explanations: Vec::new(),
        outside: Vec::new(),
        faults: Vec::new(),
    };
    let lines = std::mem::take(&mut shape.tail);
    let mut at = 0;
    while let Some((head, line)) = lines.get(at).copied() {
        let next = lines.get(at + 1).map(|(_, next)| *next);
        at += reader.line(head, line, next);
    }
    reader.answers.sort_by_key(|answer| answer.span.start);
    let mut table = reader.join_answers(drafts);
    reader.join_explanations(drafts, &mut table);
    shape.outside.extend(reader.outside);
    shape.faults.extend(reader.faults);
    table
}

impl Reader<'_> {
    /// Reads a line and says how many it took.
    fn line(&mut self, head: Head, at: usize, next: Option<usize>) -> usize {
        let Some(span) = self.doc.lines.get(at).map(|line| line.span.clone()) else {
            return 1;
        };
        let text = self.doc.slice(&span);
        if let Some(found) = answers::of_line(text) {
            let shift = |answer: Answer| Answer {
                span: span.start + answer.span.start..span.start + answer.span.end,
                ..answer
            };
            self.answers.extend(found.into_iter().map(shift));
            return 1;
        }
        let second = next.and_then(|next| self.doc.lines.get(next));
        if let Some(second) = second.filter(|_| head != Head::Explanations)
            && let Some(found) = answers::of_two_lines(text, self.doc.slice(&second.span))
        {
            let place = |answer: Answer| Answer {
                span: second.span.clone(),
                ..answer
            };
            self.answers.extend(found.into_iter().map(place));
            return 2;
        }
        if head != Head::End && self.explanation(&span) {
            return 1;
        }
        match head {
            Head::End => self.outside.push(at),
            Head::Answers | Head::Explanations => self.faults.push((span, FaultCode::PaperStray {})),
        }
        1
    }

    /// A line of an explanation: it begins one, or goes on with the last.
    fn explanation(&mut self, span: &Range<usize>) -> bool {
        let text = self.doc.slice(span);
        let start = worded_start(text).or_else(|| numbered_start(text));
        if let Some(start) = start {
            self.explanations.push(Explanation {
                number: start.number,
                span: span.clone(),
                pieces: Vec::new(),
            });
            self.explaining(span.start + start.text..span.end);
            return true;
        }
        if self.explanations.is_empty() {
            return false;
        }
        self.explaining(span.clone());
        true
    }

    /// A piece of the last explanation; a key in it is an answer.
    fn explaining(&mut self, span: Range<usize>) {
        let Some(last) = self.explanations.last_mut() else {
            return;
        };
        let text = self.doc.slice(&span);
        let mut kept = trim(self.doc, span.clone());
        match field(text) {
            Some((Field::Key, value)) => {
                if let Some(places) = letters(text.get(value..).unwrap_or_default()) {
                    let number = last.number;
                    self.answers.push(Answer { number, places, span });
                    return;
                }
            }
            Some((Field::Explanation, value)) => {
                // What stood before repeats the question.
                last.pieces.clear();
                kept = trim(self.doc, span.start + value..span.end);
            }
            _ => {}
        }
        if kept.start < kept.end {
            last.pieces.push(kept);
        }
    }

    fn join_answers(&mut self, drafts: &[Draft]) -> Table {
        let places = by_number(drafts);
        let mut table = Table::new();
        let mut series = Series::default();
        for answer in &self.answers {
            let found = series.find(&places, answer.number);
            let Some(place) = found else {
                let number = u64::from(answer.number);
                self.faults
                    .push((answer.span.clone(), FaultCode::PaperAnswerExtra { number }));
                continue;
            };
            let entry = At {
                value: answer.places.clone(),
                span: answer.span.clone(),
            };
            match table.get(&place) {
                Some(first) if first.value != entry.value => {
                    let number = u64::from(answer.number);
                    self.faults
                        .push((answer.span.clone(), FaultCode::PaperAnswerTwice { number }));
                }
                Some(_) => {}
                None => drop(table.insert(place, entry)),
            }
        }
        table
    }

    fn join_explanations(&mut self, drafts: &mut [Draft], table: &mut Table) {
        let places = by_number(drafts);
        let mut series = Series::default();
        for mut explanation in std::mem::take(&mut self.explanations) {
            let place = series.find(&places, explanation.number);
            if let Some(place) = place
                && let Some(letter) = drafts
                    .get(place)
                    .and_then(|draft| self.named_answer(draft, &explanation))
            {
                let span = explanation.span.clone();
                let value = vec![letter];
                table.entry(place).or_insert(At { value, span });
                explanation.pieces.remove(0);
                if explanation.pieces.is_empty() {
                    continue;
                }
            }
            let draft = place.and_then(|place| drafts.get_mut(place));
            match draft.filter(|draft| draft.explanation.is_empty()) {
                Some(draft) => draft.explanation = explanation.pieces,
                None => {
                    let number = u64::from(explanation.number);
                    self.faults
                        .push((explanation.span, FaultCode::PaperExplanationExtra { number }));
                }
            }
        }
    }
}

impl Reader<'_> {
    /// "Câu 1: B. 1933" with the words of option B: an answer, and no explanation.
    fn named_answer(&self, draft: &Draft, explanation: &Explanation) -> Option<u8> {
        let text = self.doc.slice(explanation.pieces.first()?);
        let (letter, words) = named(text)?;
        let option = draft.options.get(usize::from(letter))?;
        option.says(self.doc, text.get(words..)?).then_some(letter)
    }
}

fn by_number(drafts: &[Draft]) -> BTreeMap<(u32, u32), usize> {
    let keys = drafts.iter().enumerate();
    let mut places = BTreeMap::new();
    for (place, draft) in keys {
        places.entry((draft.series, draft.number)).or_insert(place);
    }
    places
}

/// Counts how often numbers begin anew, as the questions do in every part.
#[derive(Default)]
struct Series {
    series: u32,
    last: u32,
}

impl Series {
    fn find(&mut self, places: &BTreeMap<(u32, u32), usize>, number: u32) -> Option<usize> {
        let next = (self.series + 1, number);
        if number < self.last && number == 1 && places.contains_key(&next) {
            self.series += 1;
        }
        self.last = number;
        places.get(&(self.series, number)).copied()
    }
}
