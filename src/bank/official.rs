//! `papers/`: the letterhead and the wordings of a contest's official papers.
//!
//! Owns the little language of templates (`docs/papers.md` describes it) and every fault in it; leaves filling them to
//! `document`. One line is one paragraph; a sign at its beginning says what it is.

use super::code::FaultCode;
use super::fault::{Fault, Subject};
use super::format::Reader;
use super::source::{Sheet, decode};
use super::syntax::parse_toml;
use super::words::near;
use crate::domain::markup;
use crate::domain::official::{
    House, Letterhead, Line, Named, PaperKind, Papers, Part, Piece, Span, Template, TemplateLine, Text,
};
use std::ops::Range;

/// The folder inside the contest directory.
pub(super) const FOLDER: &str = "papers/";
/// The heads and feet.
const LETTERHEAD: &str = "papers/letterhead.toml";
/// Most lines of a template.
const MAX_LINES: usize = 400;
/// Most characters of a line.
const MAX_CHARS: usize = 2_000;
/// Most lines of "Nơi nhận".
const MAX_RECIPIENTS: usize = 20;

/// Whether the content of that file is read.
pub(super) fn is_paper_file(path: &str) -> bool {
    path == LETTERHEAD || kind_of(path).is_some()
}

fn kind_of(path: &str) -> Option<PaperKind> {
    PaperKind::parse(path.strip_prefix(FOLDER)?.strip_suffix(".md")?)
}

/// The fault of a file in the folder that nobody will read.
pub(super) fn stray(path: &str) -> Option<Fault> {
    let name = path.strip_prefix(FOLDER).filter(|name| !name.starts_with('.'))?;
    if is_paper_file(path) {
        return None;
    }
    let kinds = PaperKind::ALL.iter().map(|kind| format!("{}.md", kind.name()));
    let code = FaultCode::StrayPaper {
        name: name.to_owned(),
        allowed: std::iter::once("letterhead.toml".to_owned())
            .chain(kinds)
            .collect(),
    };
    Some(Fault::of_file(path, code))
}

/// Reads the papers of a contest; `texts` are its files by path.
pub(super) fn read_papers<'t>(
    texts: impl Iterator<Item = (&'t str, &'t str)>,
    faults: &mut Vec<Fault>,
) -> Papers {
    let mut papers = Papers::default();
    for (path, text) in texts {
        let mut sheet = Sheet::new(path, text);
        if path == LETTERHEAD {
            papers.letterhead = read_letterhead(&mut sheet);
        } else if let Some(kind) = kind_of(path) {
            papers.templates.insert(kind, read_lines(&mut sheet, kind));
        }
        faults.extend(sheet.into_faults());
    }
    papers
}

/// Reads one template, such as a built-in one.
pub fn read_template(name: &str, bytes: &[u8], kind: PaperKind) -> (Template, Vec<Fault>) {
    match decode(name, bytes) {
        Ok(text) => {
            let mut sheet = Sheet::new(name, &text);
            let template = read_lines(&mut sheet, kind);
            (template, sheet.into_faults())
        }
        Err(fault) => (Template::default(), vec![*fault]),
    }
}

fn read_letterhead(sheet: &mut Sheet<'_>) -> Letterhead {
    const KEYS: [&str; 9] = [
        "form",
        "superior",
        "issuer",
        "place",
        "letters",
        "on_behalf",
        "position",
        "signer",
        "recipients",
    ];
    let root = parse_toml(sheet);
    let mut reader = Reader::new(sheet);
    reader.only(&root, LETTERHEAD, &KEYS);
    let houses = House::ALL.map(|house| (house.name(), house));
    let mut recipients = Vec::new();
    if let Some(node) = root.get("recipients") {
        let lines = reader.list(node, "recipients").unwrap_or_default();
        if lines.len() > MAX_RECIPIENTS {
            let (count, limit) = (lines.len() as u64, MAX_RECIPIENTS as u64);
            let key = "recipients".to_owned();
            reader.fault(&node.span, FaultCode::TooManyEntries { key, count, limit });
        }
        for line in lines.iter().take(MAX_RECIPIENTS) {
            recipients.extend(reader.text(line, "recipients", 200));
        }
    }
    Letterhead {
        house: reader
            .optional_choice(&root, "", "form", &houses)
            .unwrap_or_default(),
        superior: reader.optional_text(&root, "superior", 200),
        issuer: reader.optional_text(&root, "issuer", 200),
        place: reader.optional_text(&root, "place", 100),
        letters: reader.optional_text(&root, "letters", 40),
        on_behalf: reader.optional_text(&root, "on_behalf", 200),
        position: reader.optional_text(&root, "position", 200),
        signer: reader.optional_text(&root, "signer", 100),
        recipients,
    }
}

fn read_lines(sheet: &mut Sheet<'_>, kind: PaperKind) -> Template {
    let text = sheet.text;
    let mut reader = LineReader {
        reader: Reader::new(sheet),
        kind,
    };
    let mut lines = Vec::new();
    let mut start = 0;
    for raw in text.split_inclusive('\n') {
        let span = start..start + raw.trim_end().len();
        start += raw.len();
        let content = raw.trim();
        if content.is_empty() || content.starts_with("//") {
            continue;
        }
        if lines.len() == MAX_LINES {
            let limit = MAX_LINES as u64;
            reader.fault(&span, FaultCode::TemplateTooLong { limit });
            break;
        }
        lines.extend(reader.line(content, &span));
    }
    if lines.is_empty() && !reader.reader.sheet.is_broken() {
        reader.fault(&(0..0), FaultCode::TemplateEmpty {});
    }
    Template(lines)
}

struct LineReader<'s, 'a> {
    reader: Reader<'s, 'a>,
    kind: PaperKind,
}

impl LineReader<'_, '_> {
    fn fault(&mut self, span: &Range<usize>, code: FaultCode) {
        self.reader.sheet.fault(span.clone(), &Subject::File, code);
    }

    fn line(&mut self, content: &str, span: &Range<usize>) -> Option<TemplateLine> {
        let clean = self.reader.clean_text(content, span, "text", MAX_CHARS)?;
        let (only_if, rest) = match clean.strip_prefix("?{").and_then(|rest| rest.split_once('}')) {
            Some((word, rest)) => (self.named(word, span), rest.trim_start()),
            None => (None, clean.as_str()),
        };
        if let Some(word) = rest.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]")) {
            let line = Line::Part(self.part(word.trim(), span)?);
            return Some(TemplateLine { only_if, line });
        }
        type Make = fn(Text) -> Line;
        const SIGNS: [(&str, Make); 6] = [
            ("### ", Line::Heading),
            ("## ", Line::About),
            ("# ", Line::Title),
            ("> ", Line::Ground),
            ("~ ", Line::Middle),
            ("- ", Line::Item),
        ];
        let found = SIGNS
            .iter()
            .find_map(|(sign, make)| Some((rest.strip_prefix(sign)?, make)));
        let (words, make): (&str, &Make) = found.unwrap_or((rest, &(Line::Paragraph as Make)));
        let line = make(self.text(words.trim(), span));
        Some(TemplateLine { only_if, line })
    }

    fn part(&mut self, word: &str, span: &Range<usize>) -> Option<Part> {
        let part = Part::parse(word);
        if part.is_none() {
            let allowed: Vec<&str> = Part::ALL.iter().map(|part| part.name()).collect();
            let code = FaultCode::TemplatePart {
                name: word.to_owned(),
                near: near(word, allowed.iter().copied()),
                allowed: allowed.into_iter().map(str::to_owned).collect(),
            };
            self.fault(span, code);
        }
        part
    }

    fn text(&mut self, words: &str, span: &Range<usize>) -> Text {
        let mut spans = Vec::new();
        for piece in markup::pieces(words) {
            let mut push = |what: Piece| {
                spans.push(Span {
                    strong: piece.style.strong,
                    emphasis: piece.style.emphasis,
                    piece: what,
                });
            };
            let mut rest = piece.text.as_str();
            while let Some(open) = rest.find(['{', '}']) {
                let (before, after) = rest.split_at(open);
                if !before.is_empty() {
                    push(Piece::Words(before.to_owned()));
                }
                let Some((word, behind)) = after.strip_prefix('{').and_then(|inner| inner.split_once('}'))
                else {
                    self.fault(&self.place_of(after, span), FaultCode::TemplateBrace {});
                    return Text(spans);
                };
                if let Some(named) = self.named(word, span) {
                    push(Piece::Field(named));
                }
                rest = behind;
            }
            if !rest.is_empty() {
                push(Piece::Words(rest.to_owned()));
            }
        }
        Text(spans)
    }

    fn named(&mut self, word: &str, line: &Range<usize>) -> Option<Named> {
        let named = Named::parse(word.trim());
        let of_certificate = self.kind.is_certificate();
        let known = named.filter(|named| of_certificate || !named.is_of_certificate());
        if known.is_none() {
            let allowed: Vec<&str> = Named::ALL
                .iter()
                .filter(|named| of_certificate || !named.is_of_certificate())
                .map(|named| named.name())
                .collect();
            let code = FaultCode::TemplateField {
                name: word.to_owned(),
                near: near(word, allowed.iter().copied()),
                allowed: allowed.into_iter().map(str::to_owned).collect(),
            };
            let place = self.place_of(&format!("{{{word}}}"), line);
            self.fault(&place, code);
        }
        known
    }

    /// Where a part of a line stands; the line, where marks were joined and it is not found as it was read.
    fn place_of(&self, part: &str, line: &Range<usize>) -> Range<usize> {
        let found = self.reader.sheet.slice(line).find(part);
        found.map_or_else(
            || line.clone(),
            |at| line.start + at..line.start + at + part.len(),
        )
    }
}
