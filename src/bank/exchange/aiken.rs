//! Aiken: a line with the question, lines `A. …`, a line `ANSWER: B`.
//!
//! Owns telling these lines apart, also where a question begins like an option (`C. Mác sinh năm nào?`).

use super::flow::plain_text;
use super::intake::Intake;
use crate::bank::code::FaultCode;
use crate::bank::fault::Subject;
use crate::bank::format::At;
use crate::bank::raw::{RawOption, RawQuestion, RawSet};
use crate::bank::source::{Sheet, shorten};
use std::ops::Range;

/// A question that has begun.
struct Open {
    span: Range<usize>,
    stem: String,
    options: Vec<RawOption>,
}

/// Reads an Aiken file.
pub(super) fn read(sheet: &mut Sheet<'_>) -> RawSet {
    let text = sheet.text;
    let mut reader = Reader {
        intake: Intake::new(sheet),
        set: RawSet::default(),
        open: None,
        answered: false,
        stray: 0,
    };
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        let start = at + line.len() - line.trim_start().len();
        let span = start..start + trimmed.len();
        match trimmed.len() {
            0 => {}
            // Moodle takes no line of a single byte either, but says nothing of it.
            1 => reader.short_line(&span),
            _ => reader.line(trimmed, span),
        }
        at += line.len();
    }
    reader.end();
    let Reader { set, intake, .. } = reader;
    let _ = intake.finish();
    set
}

struct Reader<'s, 'a> {
    intake: Intake<'s, 'a>,
    set: RawSet,
    open: Option<Open>,
    /// The last question has its answer.
    answered: bool,
    /// Options without a question that have been told of and go on.
    stray: usize,
}

/// `A. text`, `A) text`, `A.text` as its letter and text.
fn as_option(line: &str) -> Option<(char, &str)> {
    let mut chars = line.chars();
    let letter = chars.next().filter(char::is_ascii_uppercase)?;
    chars.next().filter(|c| matches!(c, '.' | ')'))?;
    Some((letter, chars.as_str().trim()))
}

/// The letter of the option at a place from 0.
fn letter_at(place: usize) -> Option<char> {
    ('A'..='Z').nth(place)
}

impl Reader<'_, '_> {
    fn place(&self) -> u32 {
        u32::try_from(self.set.questions.len() + self.set.refused + 1).unwrap_or(u32::MAX)
    }

    fn short_line(&mut self, span: &Range<usize>) {
        self.intake.subject = Subject::Question(self.place(), None);
        self.intake.fault(span, FaultCode::AikenShortLine {});
    }

    fn line(&mut self, line: &str, span: Range<usize>) {
        let place = self.place();
        self.intake.subject = Subject::Question(place, None);
        if let Some(answer) = line.strip_prefix("ANSWER:") {
            return self.answer(answer.trim(), &span);
        }
        let Some((letter, text)) = as_option(line) else {
            return self.plain(line, span, false);
        };
        if self.stray > 0 && letter_at(self.stray) == Some(letter) {
            self.stray += 1;
            return;
        }
        let expected = self.open.as_ref().and_then(|open| letter_at(open.options.len()));
        match &mut self.open {
            Some(open) if expected == Some(letter) => {
                let value = plain_text(text);
                let text = At { value, span };
                open.options.push(RawOption { text, pin: false });
            }
            None if letter == 'A' => {
                self.intake.fault(&span, FaultCode::AikenNoStem {});
                self.set.refused += 1;
                self.stray = 1;
            }
            _ => self.plain(line, span, true),
        }
    }

    /// A line that is neither option nor answer; `like_option` tells that it looks like one.
    fn plain(&mut self, line: &str, span: Range<usize>, like_option: bool) {
        match &mut self.open {
            Some(open) if open.options.is_empty() => {
                open.stem.push('\n');
                open.stem.push_str(line);
                open.span.end = span.end;
                self.intake.fault(&span, FaultCode::AikenLongStem {});
            }
            Some(open) if like_option => {
                // Neither the next option nor the beginning of a question: saying which would be a guess.
                let expected = letter_at(open.options.len())
                    .map(String::from)
                    .unwrap_or_default();
                self.intake.fault(&span, FaultCode::AikenLetter { expected });
                self.refuse();
                self.begin(line, span);
            }
            Some(open) => {
                let begun = open.span.clone();
                self.intake.fault(&begun, FaultCode::AikenUnfinished {});
                self.refuse();
                self.begin(line, span);
            }
            None => {
                if like_option {
                    self.intake.fault(
                        &span,
                        FaultCode::AikenStemLikeOption {
                            text: shorten(line, 60),
                        },
                    );
                }
                self.begin(line, span);
            }
        }
    }

    fn begin(&mut self, line: &str, span: Range<usize>) {
        (self.answered, self.stray) = (false, 0);
        self.open = Some(Open {
            span,
            stem: line.to_owned(),
            options: Vec::new(),
        });
    }

    fn refuse(&mut self) {
        self.open = None;
        self.set.refused += 1;
    }

    fn answer(&mut self, written: &str, span: &Range<usize>) {
        let stray = std::mem::take(&mut self.stray);
        let Some(open) = self.open.take() else {
            if stray > 0 {
                return;
            }
            let code = match self.answered {
                true => FaultCode::AikenAnswerTwice {},
                false => FaultCode::AikenNoStem {},
            };
            return self.intake.fault(span, code);
        };
        let place = self.place();
        if open.options.len() < 2 {
            let count = open.options.len() as u64;
            self.intake.fault(span, FaultCode::OptionCount { count });
            self.set.refused += 1;
            return;
        }
        let mut letters = written.chars();
        let letter = match (letters.next(), letters.next()) {
            (Some(letter @ 'A'..='Z'), None) => Some(letter),
            _ => None,
        };
        let key = letter.and_then(|letter| ('A'..='Z').position(|known| known == letter));
        let Some(key) = key.and_then(|key| u8::try_from(key).ok()) else {
            let value = shorten(written, 40);
            self.intake.fault(span, FaultCode::AikenAnswer { value });
            self.set.refused += 1;
            return;
        };
        self.answered = true;
        if usize::from(key) >= open.options.len() {
            let last = letter_at(open.options.len() - 1)
                .map(String::from)
                .unwrap_or_default();
            let letter = letter.map(String::from).unwrap_or_default();
            self.intake.fault(span, FaultCode::KeyBeyond { letter, last });
            self.set.refused += 1;
            return;
        }
        self.set.questions.push(RawQuestion {
            span: open.span.clone(),
            place,
            id: None,
            stem: At {
                value: plain_text(&open.stem),
                span: open.span,
            },
            options: open.options,
            key: At {
                value: vec![key],
                span: span.clone(),
            },
            level: None,
            explanation: None,
            source: None,
            topic: None,
            media: Vec::new(),
        });
    }

    fn end(&mut self) {
        self.intake.subject = Subject::Question(self.place(), None);
        if let Some(open) = self.open.take() {
            self.intake.fault(&open.span, FaultCode::AikenUnfinished {});
            self.set.refused += 1;
        }
    }
}
