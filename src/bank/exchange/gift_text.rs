//! The characters of a GIFT text with their places, and what formats make of them.
//!
//! Owns escapes, the format names in square brackets and the way from each format to the markup of questions; leaves what
//! the signs between braces mean to `gift_answers`.

use super::flow::{Image, Space, plain_text};
use super::intake::{Intake, Often};
use crate::bank::code::FaultCode;
use std::ops::Range;

/// One character.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sym {
    c: char,
    /// Its first byte in the file, and the one after it.
    at: usize,
    end: usize,
    /// Stands there without a backslash, so it may be a sign.
    bare: bool,
}

/// The characters of a block of a file; lines of comments are empty.
pub(super) fn read_syms(text: &str, block: &Range<usize>) -> Vec<Sym> {
    let mut syms = Vec::new();
    let mut line_at = block.start;
    for line in text.get(block.clone()).unwrap_or_default().split_inclusive('\n') {
        if !line.trim_start().starts_with("//") {
            read_line(line, line_at, &mut syms);
        }
        line_at += line.len();
    }
    syms
}

/// Characters of a file in order.
#[derive(Debug, Clone, Copy)]
pub(super) struct Syms<'a> {
    syms: &'a [Sym],
    /// The place of an empty run.
    start: usize,
}

impl<'a> Syms<'a> {
    pub(super) fn new(syms: &'a [Sym]) -> Self {
        Self {
            syms,
            start: syms.first().map_or(0, |sym| sym.at),
        }
    }

    fn part(self, range: Range<usize>) -> Self {
        let start = match self.syms.get(range.start) {
            Some(sym) => sym.at,
            None => self.span().end,
        };
        let syms = self.syms.get(range).unwrap_or_default();
        Self { syms, start }
    }

    pub(super) const fn is_empty(self) -> bool {
        self.syms.is_empty()
    }

    /// Where the characters stand in the file.
    pub(super) fn span(self) -> Range<usize> {
        match (self.syms.first(), self.syms.last()) {
            (Some(first), Some(last)) => first.at..last.end,
            _ => self.start..self.start,
        }
    }

    pub(super) fn text(self) -> String {
        self.syms.iter().map(|sym| sym.c).collect()
    }

    /// At most `limit` characters as the file writes them, escapes visible.
    pub(super) fn raw_text(self, limit: usize) -> String {
        let show = |sym: &Sym| match (sym.bare, sym.c) {
            (false, '\n') => "\\n".to_owned(),
            (false, c) => format!("\\{c}"),
            (true, c) => c.to_string(),
        };
        self.syms.iter().take(limit).map(show).collect()
    }

    pub(super) fn trimmed(self) -> Self {
        // An escaped line break is text; the white space of the file is not.
        let is_space = |sym: &&Sym| sym.bare && sym.c.is_whitespace();
        let start = self.syms.iter().take_while(is_space).count();
        let after = self.syms.iter().rev().take_while(is_space).count();
        self.part(start..(self.syms.len() - after).max(start))
    }

    pub(super) fn skip(self, count: usize) -> Self {
        self.part(count.min(self.syms.len())..self.syms.len())
    }

    pub(super) fn until(self, count: usize) -> Self {
        self.part(0..count.min(self.syms.len()))
    }

    /// The places of the first run of signs, none of them escaped.
    pub(super) fn find(self, signs: &str) -> Option<usize> {
        self.syms
            .windows(signs.len().max(1))
            .position(|window| is_run(window, signs))
    }

    /// The place of the last run of signs.
    pub(super) fn rfind(self, signs: &str) -> Option<usize> {
        self.syms
            .windows(signs.len().max(1))
            .rposition(|window| is_run(window, signs))
    }

    /// The places of one sign.
    pub(super) fn places(self, sign: char) -> Vec<usize> {
        let is_sign = |(_, sym): &(usize, &Sym)| sym.bare && sym.c == sign;
        self.syms
            .iter()
            .enumerate()
            .filter(is_sign)
            .map(|(at, _)| at)
            .collect()
    }

    pub(super) fn starts_with(self, signs: &str) -> bool {
        self.syms
            .get(..signs.len())
            .is_some_and(|window| is_run(window, signs))
    }

    /// The character before a place.
    pub(super) fn before(self, at: usize) -> Option<char> {
        at.checked_sub(1)
            .and_then(|at| self.syms.get(at))
            .map(|sym| sym.c)
    }

    /// The first line and what follows it.
    pub(super) fn split_line(self) -> (Self, Self) {
        let end = self.find("\n").unwrap_or(self.syms.len());
        (self.until(end), self.skip(end))
    }

    /// These and `after`, with a blank to fill in between.
    pub(super) fn blanked(self, after: Self) -> Vec<Sym> {
        let at = self.span().end;
        let blank = "_____".chars().map(|c| Sym {
            c,
            at,
            end: at,
            bare: false,
        });
        self.syms
            .iter()
            .copied()
            .chain(blank)
            .chain(after.syms.iter().copied())
            .collect()
    }

    /// The text in the markup of questions, with its pictures.
    pub(super) fn markup(self, intake: &mut Intake<'_, '_>, format: Format) -> (String, Vec<Image>) {
        let text = self.trimmed().text();
        let span = self.span();
        match format {
            Format::Moodle => intake.html(&text, &span, Space::Keep),
            Format::Html => intake.html(&text, &span, Space::Collapse),
            Format::Plain => (plain_text(&text), Vec::new()),
            Format::Markdown => {
                let mut html = String::new();
                pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new(&text));
                intake.html(html.trim(), &span, Space::Collapse)
            }
        }
    }
}

/// Whether characters are these ASCII signs, none of them escaped.
fn is_run(window: &[Sym], signs: &str) -> bool {
    window
        .iter()
        .zip(signs.chars())
        .all(|(sym, c)| sym.bare && sym.c == c)
}

fn read_line(line: &str, line_at: usize, syms: &mut Vec<Sym>) {
    let mut chars = line.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let at = line_at + at;
        let end = at + c.len_utf8();
        let next = chars.peek().map(|(_, next)| *next);
        let escaped = match (c, next) {
            ('\\', Some(next @ ('\\' | ':' | '#' | '=' | '{' | '}' | '~'))) => Some(next),
            ('\\', Some('n')) => Some('\n'),
            _ => None,
        };
        match escaped {
            Some(c) => {
                let _ = chars.next();
                syms.push(Sym {
                    c,
                    at,
                    end: end + 1,
                    bare: false,
                });
            }
            None if c == '\r' => {}
            None => syms.push(Sym {
                c,
                at,
                end,
                bare: true,
            }),
        }
    }
}

/// How a text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// HTML in which a line break is one.
    Moodle,
    Html,
    Plain,
    Markdown,
}

impl Format {
    /// The format in square brackets at the beginning, or the inherited one, and the rest. A name that is none stays text;
    /// where it looks like one, that is told.
    pub(super) fn read<'a>(intake: &mut Intake<'_, '_>, syms: Syms<'a>, inherited: Self) -> (Self, Syms<'a>) {
        let syms = syms.trimmed();
        let Some(end) = syms.find("]").filter(|_| syms.starts_with("[")) else {
            return (inherited, syms);
        };
        let name = syms.skip(1).until(end - 1).text();
        let format = match name.as_str() {
            "moodle" => Self::Moodle,
            "html" => Self::Html,
            "plain" => Self::Plain,
            "markdown" => Self::Markdown,
            _ => {
                let is_name =
                    !name.is_empty() && name.len() <= 12 && name.bytes().all(|b| b.is_ascii_lowercase());
                if is_name {
                    intake.fault(&syms.until(end + 1).span(), FaultCode::GiftFormat { name });
                }
                return (inherited, syms);
            }
        };
        (format, syms.skip(end + 1).trimmed())
    }
}

/// The text of a feedback as markup; pictures in it are told.
pub(super) fn feedback(intake: &mut Intake<'_, '_>, syms: Syms<'_>, inherited: Format) -> Option<String> {
    let (format, syms) = Format::read(intake, syms, inherited);
    let (text, images) = syms.markup(intake, format);
    if !images.is_empty() {
        intake.often(&syms.span(), Often::Html("img".to_owned()));
    }
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}
