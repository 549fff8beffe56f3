//! GIFT, the text format of Moodle, read as Moodle reads it.
//!
//! Owns blocks, comments, names and categories; leaves escapes and formats of single texts to `gift_text` and the answers
//! between braces to `gift_answers`. What Moodle would misread or reads unlike strict readers is told.

use super::gift_answers::read_answers;
use super::gift_text::{Format, Syms, read_syms};
use super::intake::{Intake, Often};
use crate::bank::code::FaultCode;
use crate::bank::fault::Subject;
use crate::bank::format::At;
use crate::bank::raw::{RawQuestion, RawSet};
use crate::bank::source::{Sheet, shorten};
use crate::domain::question::{Level, place_of};
use std::ops::Range;

/// Reads a GIFT file.
pub(super) fn read(sheet: &mut Sheet<'_>) -> RawSet {
    let text = sheet.text;
    let mut intake = Intake::new(sheet);
    let mut set = RawSet::default();
    for block in blocks(text) {
        let notes = Notes::of(text, &block);
        let syms = read_syms(text, &block);
        read_block(&mut intake, Syms::new(&syms), &notes, &mut set);
    }
    let title = intake.finish();
    set.title = title;
    set
}

/// The lines between empty ones.
fn blocks(text: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut open: Option<Range<usize>> = None;
    let mut at = 0;
    for line in text.split_inclusive(['\n']) {
        let end = at + line.len();
        if line.trim().is_empty() {
            out.extend(open.take());
        } else {
            open = Some(open.map_or(at, |range| range.start)..end);
        }
        at = end;
    }
    out.extend(open);
    out
}

/// What comments say about the question they stand with: `[id:…]`, `[tag:…]`, and of our own `[pin:…]`, `[source:…]`,
/// `[topic:…]`.
#[derive(Default)]
struct Notes {
    id: Option<At<String>>,
    tags: Vec<At<String>>,
    pins: Vec<u8>,
    source: Option<At<String>>,
    topic: Option<At<String>>,
}

impl Notes {
    fn of(text: &str, block: &Range<usize>) -> Self {
        let mut notes = Self::default();
        let mut at = block.start;
        for line in text.get(block.clone()).unwrap_or_default().split_inclusive('\n') {
            if line.trim_start().starts_with("//") {
                notes.read_comment(line, at);
            }
            at += line.len();
        }
        notes
    }

    fn read_comment(&mut self, line: &str, line_at: usize) {
        for (opening, _) in line.match_indices('[').take(MAX_NOTES) {
            let inner = line.get(opening + 1..).unwrap_or_default();
            let Some((name, rest)) = inner.split_once(':') else {
                continue;
            };
            let Some(value) = note_value(rest) else { continue };
            let span = line_at + opening..line_at + opening + 1 + name.len() + 1 + value.1 + 1;
            let at = At { value: value.0, span };
            match name {
                "id" => self.id = Some(at),
                "tag" => self.tags.push(at),
                "source" => self.source = Some(at),
                "topic" => self.topic = Some(at),
                "pin" => self.pins.extend(at.value.chars().filter_map(place_of)),
                _ => {}
            }
        }
    }
}

/// Notes of a comment.
const MAX_NOTES: usize = 40;
/// Characters of a note.
const MAX_NOTE: usize = 2_500;

/// The value of a note up to its `]`, where `\]` is a bracket, `\n` a line break and `\\` a backslash; with its bytes.
fn note_value(rest: &str) -> Option<(String, usize)> {
    let mut value = String::new();
    let mut chars = rest.char_indices().take(MAX_NOTE);
    while let Some((at, c)) = chars.next() {
        match c {
            ']' => return Some((value, at)),
            '\\' => match chars.clone().next() {
                Some((_, next @ (']' | '\\'))) => {
                    value.push(next);
                    let _ = chars.next();
                }
                Some((_, 'n')) => {
                    value.push('\n');
                    let _ = chars.next();
                }
                _ => value.push('\\'),
            },
            c => value.push(c),
        }
    }
    None
}

fn read_block(intake: &mut Intake<'_, '_>, syms: Syms<'_>, notes: &Notes, set: &mut RawSet) {
    let mut syms = syms.trimmed();
    if syms.is_empty() {
        return;
    }
    if syms.starts_with("$CATEGORY:") {
        intake.subject = Subject::File;
        let (line, rest) = syms.skip("$CATEGORY:".len()).split_line();
        intake.category(&line.trimmed().text(), line.span());
        syms = rest.trimmed();
        if syms.is_empty() {
            return;
        }
        intake.fault(&line.span(), FaultCode::GiftCategoryLine {});
    }
    let place = u32::try_from(set.questions.len() + set.refused + 1).unwrap_or(u32::MAX);
    intake.subject = Subject::Question(place, None);
    match read_question(intake, syms, notes, place) {
        Block::Question(question) => set.questions.push(*question),
        Block::Refused => set.refused += 1,
        Block::Description => intake.fault(&syms.span(), FaultCode::DescriptionSkipped {}),
    }
}

enum Block {
    Question(Box<RawQuestion>),
    Refused,
    Description,
}

/// The name between `::` and `::`, and what follows it.
fn split_name<'a>(intake: &mut Intake<'_, '_>, syms: Syms<'a>) -> (Option<At<String>>, Syms<'a>) {
    if !syms.starts_with("::") {
        return (None, syms);
    }
    let rest = syms.skip(2);
    match rest.find("::") {
        Some(end) => {
            let name = rest.until(end);
            let at = At {
                value: name.trimmed().text(),
                span: name.span(),
            };
            (Some(at), rest.skip(end + 2).trimmed())
        }
        None => {
            intake.fault(&syms.span(), FaultCode::GiftNameOpen {});
            (None, rest)
        }
    }
}

fn read_question(intake: &mut Intake<'_, '_>, syms: Syms<'_>, notes: &Notes, place: u32) -> Block {
    let (name, body) = split_name(intake, syms);
    let (open, close) = (body.find("{"), body.find("}"));
    let (open, close) = match (open, close) {
        (None, None) => return Block::Description,
        (Some(open), Some(close)) if open < close => (open, close),
        _ => {
            intake.fault(&body.span(), FaultCode::GiftBrace {});
            return Block::Refused;
        }
    };
    let (before, answers, after) = (
        body.until(open),
        body.until(close).skip(open + 1),
        body.skip(close + 1),
    );
    note_loose(intake, before);
    if let Some(second) = after.find("{") {
        intake.fault(&after.skip(second).span(), FaultCode::GiftSecondBlock {});
    }
    let filled = before.blanked(after);
    let stem = if after.trimmed().is_empty() {
        before
    } else {
        Syms::new(&filled)
    };
    let (format, stem_syms) = Format::read(intake, stem, Format::Moodle);
    let span = before.trimmed().span();
    let (stem, images) = stem_syms.markup(intake, format);
    let read = read_answers(intake, answers.trimmed(), format, &syms.span());
    let Some(read) = read else {
        return Block::Refused;
    };
    if intake.media(&images, &span, &|_| None).is_err() {
        return Block::Refused;
    }
    let mut options = read.options;
    for pin in &notes.pins {
        if let Some(option) = options.get_mut(usize::from(*pin)) {
            option.pin = true;
        }
    }
    let named = notes.id.as_ref().or(name.as_ref());
    let id = named.and_then(|at| intake.id(&at.value, &at.span));
    let level: Option<At<Level>> = intake.level(&notes.tags);
    Block::Question(Box::new(RawQuestion {
        span: syms.span(),
        place,
        id,
        stem: At { value: stem, span },
        options,
        key: read.key,
        level,
        explanation: read.explanation,
        source: notes.source.clone(),
        topic: notes.topic.clone(),
        media: Vec::new(),
    }))
}

/// Notes what strict readers of GIFT refuse in a stem.
fn note_loose(intake: &mut Intake<'_, '_>, stem: Syms<'_>) {
    let stem = stem.trimmed();
    for sign in [":", "=", "\n"] {
        if let Some(at) = stem.find(sign) {
            let span = stem.skip(at).until(1).span();
            let shown = if sign == "\n" { "↵" } else { sign };
            intake.often(&span, Often::Loose(shown));
        }
    }
}

/// A short form of a piece of a file for a message.
pub(super) fn short(syms: Syms<'_>) -> String {
    shorten(&syms.raw_text(61), 60)
}
