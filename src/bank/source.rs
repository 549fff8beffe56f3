//! The text of one file under examination and the faults found in it.
//!
//! Owns decoding, line and column numbers, quotes and the limit on faults; knows nothing of what the file means.

use super::code::FaultCode;
use super::fault::{Fault, Place, Quote, Spot, Subject};
use super::media::Shelf;
use super::words::visible;
use std::borrow::Cow;
use std::ops::Range;

/// Largest file that is read, bytes: a set of 5,000 questions has about a quarter of it.
pub const MAX_FILE_BYTES: usize = 2 * 1024 * 1024;
/// Faults listed per file; a file with more has one cause that shows among the first.
const MAX_FAULTS: usize = 500;
/// Characters of an excerpt.
const EXCERPT_CHARS: usize = 80;
/// Characters of a quoted line.
const QUOTE_CHARS: usize = 100;

/// The bytes as text without byte-order mark: UTF-8, or UTF-16 where a mark says so; `Err` is the fault.
pub(super) fn decode<'a>(file: &str, bytes: &'a [u8]) -> Result<Cow<'a, str>, Box<Fault>> {
    decode_within(file, bytes, MAX_FILE_BYTES)
}

/// The same for a format whose files may have `limit` bytes.
pub(super) fn decode_within<'a>(
    file: &str,
    bytes: &'a [u8],
    limit: usize,
) -> Result<Cow<'a, str>, Box<Fault>> {
    if bytes.len() > limit {
        let code = FaultCode::FileTooLarge {
            size: bytes.len() as u64,
            limit: limit as u64,
        };
        return Err(Box::new(Fault::of_file(file, code)));
    }
    let pairs = |from: fn([u8; 2]) -> u16| {
        let (pairs, _) = bytes.as_chunks::<2>();
        let units = pairs.iter().skip(1).map(|pair| from(*pair));
        char::decode_utf16(units)
            .collect::<Result<String, _>>()
            .ok()
            .map(Cow::Owned)
    };
    let decoded = match bytes {
        [0xff, 0xfe, ..] => pairs(u16::from_le_bytes),
        [0xfe, 0xff, ..] => pairs(u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => std::str::from_utf8(rest).ok().map(Cow::Borrowed),
        _ => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
    };
    decoded.ok_or_else(|| Box::new(not_text(file, bytes)))
}

fn not_text(file: &str, bytes: &[u8]) -> Fault {
    let good = bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    let mut sheet = Sheet::new(file, good);
    sheet.fault(good.len()..good.len(), &Subject::File, FaultCode::NotUtf8 {});
    let noted = sheet.faults.pop().map(|(_, fault)| fault);
    noted.unwrap_or_else(|| Fault::of_file(file, FaultCode::NotUtf8 {}))
}

/// A file's text with the faults found so far.
pub(super) struct Sheet<'a> {
    /// Path from the contest directory.
    pub(super) file: &'a str,
    /// The whole text.
    pub(super) text: &'a str,
    /// Where the media files of its questions are; `None` where nobody looks for them.
    pub(super) shelf: Option<&'a Shelf<'a>>,
    line_starts: Vec<usize>,
    /// Where parts of a text taken out of a document stand in it, by their first byte, in order; empty for a text file.
    marks: Vec<(usize, Spot)>,
    /// Parts whose grammar is broken: what is found there says nothing about the author's intention.
    broken: Vec<Range<usize>>,
    /// With the byte each begins at.
    faults: Vec<(usize, Fault)>,
    overflow: bool,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(file: &'a str, text: &'a str) -> Self {
        let line_starts = std::iter::once(0)
            .chain(
                text.bytes()
                    .enumerate()
                    .filter(|(_, b)| *b == b'\n')
                    .map(|(i, _)| i + 1),
            )
            .collect();
        Self {
            file,
            text,
            shelf: None,
            line_starts,
            marks: Vec::new(),
            broken: Vec::new(),
            faults: Vec::new(),
            overflow: false,
        }
    }

    /// A text taken out of a document; `marks` say where its parts stand, each by its first byte, in order.
    pub(super) fn with_marks(file: &'a str, text: &'a str, marks: Vec<(usize, Spot)>) -> Self {
        let mut sheet = Self::new(file, text);
        sheet.marks = marks;
        sheet
    }

    /// Adds a fault at a byte range, unless the grammar is broken there.
    pub(super) fn fault(&mut self, span: Range<usize>, subject: &Subject, code: FaultCode) {
        if self.broken.iter().any(|part| part.contains(&span.start)) {
            return;
        }
        if self.faults.len() >= MAX_FAULTS {
            self.overflow = true;
            return;
        }
        let place = Place {
            spot: self.spot(span.start),
            subject: subject.clone(),
        };
        let (severity, file) = (code.severity(), self.file.to_owned());
        let fault = Fault {
            severity,
            code,
            file,
            place,
            excerpt: self.excerpt(&span),
            quote: self.quote(&span),
        };
        // A rule that several rounds inherit is checked for each of them and noted once.
        let start = self.floor(span.start);
        let is_same = |(at, other): &(usize, Fault)| *at == start && other.code == fault.code;
        if !self.faults.iter().any(is_same) {
            self.faults.push((start, fault));
        }
    }

    /// Whether a fault of one of these names was found.
    pub(super) fn has_any(&self, names: &[&str]) -> bool {
        self.faults
            .iter()
            .any(|(_, fault)| names.contains(&fault.code.name()))
    }

    /// Marks a part as broken; faults in it are no longer taken.
    pub(super) fn give_up(&mut self, part: Range<usize>) {
        self.broken.push(part);
    }

    /// How many parts were given up.
    pub(super) const fn broken_parts(&self) -> usize {
        self.broken.len()
    }

    /// Whether a part of the file could not be understood.
    pub(super) fn is_broken(&self) -> bool {
        !self.broken.is_empty()
    }

    /// Where a byte stands in the file.
    pub(super) fn spot(&self, offset: usize) -> Spot {
        let after = self.marks.partition_point(|(start, _)| *start <= offset);
        match after.checked_sub(1).and_then(|at| self.marks.get(at)) {
            Some((_, spot)) => spot.clone(),
            None if self.marks.is_empty() => {
                let (line, column) = self.position(offset);
                Spot::line(line, column)
            }
            None => Spot::File,
        }
    }

    /// The number by which people find the line of a byte: of a sheet the row, of a document the paragraph.
    pub(super) fn line_number(&self, offset: usize) -> u64 {
        u64::from(match self.spot(offset) {
            Spot::Cell { row, .. } | Spot::TableCell { row, .. } => row,
            Spot::Paragraph { paragraph, .. } => paragraph,
            Spot::Line { line, .. } => line,
            Spot::File => 1,
        })
    }

    /// Line and column of a byte, from 1, in characters.
    pub(super) fn position(&self, offset: usize) -> (u32, u32) {
        let offset = self.floor(offset);
        let line = self
            .line_starts
            .partition_point(|start| *start <= offset)
            .saturating_sub(1);
        let start = self.line_starts.get(line).copied().unwrap_or(0);
        let column = self
            .text
            .get(start..offset)
            .map_or(0, |before| before.chars().count());
        (
            u32::try_from(line + 1).unwrap_or(u32::MAX),
            u32::try_from(column + 1).unwrap_or(u32::MAX),
        )
    }

    /// The text of a byte range, shortened at character borders where the range is not one.
    pub(super) fn slice(&self, span: &Range<usize>) -> &'a str {
        self.text
            .get(self.floor(span.start)..self.floor(span.end.max(span.start)))
            .unwrap_or_default()
    }

    /// The faults, in the order of the file.
    pub(super) fn into_faults(mut self) -> Vec<Fault> {
        self.faults.sort_by_key(|(start, _)| *start);
        let mut faults: Vec<Fault> = self.faults.into_iter().map(|(_, fault)| fault).collect();
        if self.overflow {
            let code = FaultCode::TooManyFaults {
                limit: MAX_FAULTS as u64,
            };
            faults.push(Fault::of_file(self.file, code));
        }
        faults
    }

    fn floor(&self, offset: usize) -> usize {
        floor(self.text, offset)
    }

    fn line_around(&self, offset: usize) -> (usize, &'a str) {
        let line = self
            .line_starts
            .partition_point(|start| *start <= offset)
            .saturating_sub(1);
        let start = self.line_starts.get(line).copied().unwrap_or(0);
        let rest = self.text.get(start..).unwrap_or_default();
        (start, rest.lines().next().unwrap_or_default())
    }

    fn excerpt(&self, span: &Range<usize>) -> String {
        let mut offending = self.slice(span).trim();
        if offending.is_empty() {
            offending = self.line_around(self.floor(span.start)).1.trim();
        }
        shorten(
            &visible(&offending.split_whitespace().collect::<Vec<_>>().join(" ")),
            EXCERPT_CHARS,
        )
    }

    fn quote(&self, span: &Range<usize>) -> Quote {
        let at = self.floor(span.start);
        let (start, line) = self.line_around(at);
        let before = self
            .text
            .get(start..at)
            .map_or(0, |part| part.chars().count())
            .min(line.chars().count());
        let skipped = before.saturating_sub(QUOTE_CHARS / 2);
        let text: String = line
            .chars()
            .skip(skipped)
            .take(QUOTE_CHARS)
            .map(|c| if c == '\t' { ' ' } else { c })
            .collect();
        let text = visible(&text);
        let rest = text.chars().count().saturating_sub(before - skipped);
        let width = self
            .slice(span)
            .lines()
            .next()
            .map_or(0, |part| part.chars().count())
            .min(rest)
            .max(1);
        Quote {
            text,
            before: before - skipped,
            width,
        }
    }
}

/// The last character border at or before `offset`.
pub(super) fn floor(text: &str, offset: usize) -> usize {
    let offset = offset.min(text.len());
    // A character has four bytes at most, and 0 is a border.
    (0..=offset)
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0)
}

/// At most `limit` characters, the last of them an ellipsis where something was left out.
pub(super) fn shorten(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let kept: String = text.chars().take(limit.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        let sheet = Sheet::new("x", "một = 1\nhai = \"Lạng Sơn\" # ổn\n");
        assert_eq!(sheet.position(0), (1, 1));
        let at = sheet.text.find('#').unwrap();
        assert_eq!(sheet.position(at), (2, 18));
        assert_eq!(sheet.position(10_000), (3, 1));
    }

    #[test]
    fn a_text_taken_out_of_a_document_has_the_places_of_the_document() {
        let paragraph = |paragraph| Spot::Paragraph { paragraph, line: 1 };
        let marks = vec![(0, paragraph(2)), (4, paragraph(7))];
        let mut sheet = Sheet::with_marks("x", "một\nhai", marks);
        assert_eq!(sheet.spot(3), paragraph(2));
        sheet.fault(5..6, &Subject::File, FaultCode::KeyEmpty {});
        sheet.fault(4..6, &Subject::File, FaultCode::KeyEmpty {});
        let places: Vec<Spot> = sheet
            .into_faults()
            .into_iter()
            .map(|fault| fault.place.spot)
            .collect();
        assert_eq!(places, [paragraph(7), paragraph(7)]);
    }

    #[test]
    fn a_broken_part_takes_no_faults_and_the_rest_does() {
        let mut sheet = Sheet::new("x", "abc\ndef\n");
        sheet.give_up(0..4);
        sheet.fault(1..2, &Subject::File, FaultCode::KeyEmpty {});
        sheet.fault(5..6, &Subject::File, FaultCode::KeyEmpty {});
        let faults = sheet.into_faults();
        assert_eq!(faults.len(), 1);
        assert_eq!(
            (&faults[0].place.spot, faults[0].excerpt.as_str()),
            (&Spot::line(2, 2), "e")
        );
    }

    #[test]
    fn a_file_full_of_faults_ends_in_one_that_says_so() {
        let text = "x".repeat(1_000);
        let mut sheet = Sheet::new("x", &text);
        for at in 0..1_000 {
            sheet.fault(at..at + 1, &Subject::File, FaultCode::KeyEmpty {});
        }
        let faults = sheet.into_faults();
        assert_eq!(faults.len(), MAX_FAULTS + 1);
        assert_eq!(
            faults.last().unwrap().code,
            FaultCode::TooManyFaults { limit: 500 }
        );
    }

    #[test]
    fn utf16_with_a_mark_is_read_and_other_bytes_are_refused_where_they_begin() {
        let utf16: Vec<u8> = "\u{feff}Tày".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode("x", &utf16).unwrap(), "Tày");
        assert_eq!(decode("x", b"\xef\xbb\xbfa").unwrap(), "a");
        let fault = decode("x", b"one\ntw\xf4").unwrap_err();
        assert_eq!(fault.place.spot, Spot::line(2, 3));
    }

    #[test]
    fn a_long_line_is_quoted_around_the_fault() {
        let text = format!("{}ĐÂY{}", "x".repeat(300), "y".repeat(300));
        let mut sheet = Sheet::new("x", &text);
        sheet.fault(300..305, &Subject::File, FaultCode::KeyEmpty {});
        let quote = &sheet.into_faults()[0].quote;
        assert_eq!(quote.text.chars().count(), 100);
        assert_eq!(
            quote
                .text
                .chars()
                .skip(quote.before)
                .take(quote.width)
                .collect::<String>(),
            "ĐÂY"
        );
    }
}
