//! A paper as lines of text with looks and places, the same for Word documents and pasted text.
//!
//! Owns the one text that all places point into and its normal form; leaves taking documents apart to `docx` and what the
//! lines mean to `shape`.

use crate::bank::code::FaultCode;
use crate::bank::fault::Spot;
use crate::domain::markup::Shift;
use icu_normalizer::ComposingNormalizer;
use std::ops::Range;

/// How a run is set, as far as it may carry the key or an emphasis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::bank) struct Look {
    pub(in crate::bank) bold: bool,
    pub(in crate::bank) italic: bool,
    pub(in crate::bank) underline: bool,
    /// Marked with a pen, or on a coloured ground.
    pub(in crate::bank) highlight: bool,
    /// Neither black nor grey.
    pub(in crate::bank) colour: Option<[u8; 3]>,
    pub(in crate::bank) shift: Option<Shift>,
}

/// A piece of a line in one look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::bank) struct Run {
    pub(in crate::bank) span: Range<usize>,
    pub(in crate::bank) look: Look,
}

/// Where in a table a line stands, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::bank) struct Cell {
    pub(in crate::bank) table: u32,
    pub(in crate::bank) row: u32,
    pub(in crate::bank) column: u32,
}

/// One line as people see it.
#[derive(Debug, Clone)]
pub(in crate::bank) struct Line {
    /// Its part of [`Doc::text`], without the line break.
    pub(in crate::bank) span: Range<usize>,
    /// Bytes of the automatic label at its beginning; 0 without one.
    pub(in crate::bank) label: usize,
    pub(in crate::bank) runs: Vec<Run>,
    pub(in crate::bank) cell: Option<Cell>,
    /// The line goes on after a soft break in the same paragraph.
    pub(in crate::bank) continues: bool,
}

/// A thing in a paper that is not text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::bank) enum Thing {
    /// A picture, by its place in [`Doc::pictures`].
    Picture(usize),
    /// A formula of Word, an embedded object, a chart: what no question can show, with its fault.
    Unreadable(FaultCode),
}

/// A picture taken out of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::bank) struct Picture {
    pub(in crate::bank) bytes: Vec<u8>,
    pub(in crate::bank) content_type: &'static str,
    pub(in crate::bank) ending: &'static str,
    pub(in crate::bank) alt: Option<String>,
}

/// A whole paper.
#[derive(Debug, Default)]
pub(in crate::bank) struct Doc {
    pub(in crate::bank) text: String,
    pub(in crate::bank) lines: Vec<Line>,
    /// Where the lines stand, for `Sheet::with_marks`; empty for text, whose lines are counted.
    pub(in crate::bank) marks: Vec<(usize, Spot)>,
    /// By the byte they stand at.
    pub(in crate::bank) things: Vec<(usize, Thing)>,
    pub(in crate::bank) pictures: Vec<Picture>,
    /// What was noted while the document was taken apart.
    pub(in crate::bank) notes: Vec<(Range<usize>, FaultCode)>,
    /// Where letters and marks were first stored apart.
    decomposed: Option<usize>,
    /// Where characters that nobody sees were first left out, and how many.
    unseen: Option<(usize, u64)>,
}

impl Doc {
    /// The lines of a text file or a pasted text.
    pub(in crate::bank) fn of_text(text: &str) -> Self {
        let mut doc = Self::default();
        // Breaks of other programs; a carriage return ends a line where nothing else does.
        let is_old = !text.contains('\n');
        let breaks = |c: char| {
            matches!(c, '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
                || (is_old && c == '\r')
        };
        for line in text.split(breaks) {
            doc.begin(None, None, false);
            doc.push_plain(line.trim_end_matches('\r'));
        }
        doc
    }

    /// Adds plain text, in which `**…**` is bold as in Markdown: programs that write papers set their labels so.
    fn push_plain(&mut self, line: &str) {
        let bold = Look {
            bold: true,
            ..Look::default()
        };
        let (mut pushed, mut at) = (0, 0);
        while let Some(found) = line.get(at..).and_then(|rest| rest.find("**")) {
            let open = at + found;
            at = open + 2;
            if let Some(inner) = strong_at(line, open) {
                self.push(line.get(pushed..open).unwrap_or_default(), Look::default());
                self.push(inner, bold);
                at = open + 4 + inner.len();
                pushed = at;
            }
        }
        self.push(line.get(pushed..).unwrap_or_default(), Look::default());
    }

    /// Begins a line.
    pub(in crate::bank) fn begin(&mut self, spot: Option<Spot>, cell: Option<Cell>, continues: bool) {
        if !self.lines.is_empty() {
            self.text.push('\n');
        }
        let at = self.text.len();
        if let Some(spot) = spot {
            self.marks.push((at, spot));
        }
        self.lines.push(Line {
            span: at..at,
            label: 0,
            runs: Vec::new(),
            cell,
            continues,
        });
    }

    /// Puts the automatic label before a line that has no text yet.
    pub(in crate::bank) fn label(&mut self, label: &str, look: Look) {
        self.push(label, look);
        self.push(" ", Look::default());
        let length = self.text.len();
        if let Some(line) = self.lines.last_mut() {
            line.label = length - line.span.start;
        }
    }

    /// Adds text to the last line.
    pub(in crate::bank) fn push(&mut self, text: &str, look: Look) {
        if text.is_empty() {
            return;
        }
        if self.lines.is_empty() {
            self.begin(None, None, false);
        }
        let from = self.text.len();
        for c in text.chars() {
            match c {
                '\u{200b}' | '\u{feff}' | '\u{ad}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{200c}'
                | '\u{200d}' => {
                    let count = self.unseen.map_or(1, |(_, count)| count + 1);
                    self.unseen = Some((self.unseen.map_or(from, |(at, _)| at), count));
                }
                // They only choose how the sign before them is drawn.
                '\u{fe0e}' | '\u{fe0f}' => {}
                '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' | '\r' | '\n' => {
                    self.text.push(' ');
                }
                c => self.text.push(c),
            }
        }
        let to = self.text.len();
        let Some(line) = self.lines.last_mut() else { return };
        line.span.end = to;
        match line.runs.last_mut() {
            Some(run) if run.look == look => run.span.end = to,
            _ => line.runs.push(Run { span: from..to, look }),
        }
    }

    /// Adds a thing at the end of the last line.
    pub(in crate::bank) fn put(&mut self, thing: Thing) {
        self.things.push((self.text.len(), thing));
    }

    /// Notes something about the text from `from` to its end.
    pub(in crate::bank) fn note(&mut self, from: usize, code: FaultCode) {
        let to = self.text.len().max(from);
        self.notes.push((from..to, code));
    }

    /// Joins letters and marks that are stored apart, over the borders of runs as well, and says once what was mended.
    pub(in crate::bank) fn finish(mut self) -> Self {
        if !ComposingNormalizer::new_nfc().is_normalized(&self.text) {
            self.compose();
        }
        if let Some(at) = self.decomposed {
            self.notes.push((at..at, FaultCode::PaperDecomposed {}));
        }
        if let Some((at, count)) = self.unseen {
            self.notes.push((at..at, FaultCode::PaperUnseen { count }));
        }
        self
    }

    fn compose(&mut self) {
        let normalizer = ComposingNormalizer::new_nfc();
        let mut text = String::with_capacity(self.text.len());
        // Of every old byte place that anything points at, the new one: places move piece by piece.
        let mut moved: Vec<(usize, usize)> = vec![(0, 0)];
        let mut chars = self.text.char_indices().peekable();
        let mut piece = String::new();
        let mut begin = 0;
        while let Some((_, c)) = chars.next() {
            piece.push(c);
            let next = chars.peek().copied();
            if next.is_some_and(|(_, c)| ('\u{300}'..='\u{36f}').contains(&c)) {
                continue;
            }
            let composed = normalizer.normalize(&piece);
            if composed != piece.as_str() && self.decomposed.is_none() {
                self.decomposed = Some(text.len());
            }
            text.push_str(&composed);
            begin += piece.len();
            if composed.len() != piece.len() {
                moved.push((begin, text.len()));
            }
            piece.clear();
        }
        let place = |old: usize| {
            let after = moved.partition_point(|(from, _)| *from <= old);
            let (from, to) = after
                .checked_sub(1)
                .and_then(|at| moved.get(at))
                .copied()
                .unwrap_or_default();
            let limit = moved.get(after).map_or(usize::MAX, |(_, to)| *to);
            (to + (old - from)).min(limit)
        };
        let shift = |span: &mut Range<usize>| *span = place(span.start)..place(span.end);
        for line in &mut self.lines {
            let label = place(line.span.start + line.label);
            shift(&mut line.span);
            line.label = label.saturating_sub(line.span.start);
            for run in &mut line.runs {
                shift(&mut run.span);
                // A border between a letter and its mark moves behind both.
                let border = |at: usize| {
                    (at..=text.len())
                        .find(|at| text.is_char_boundary(*at))
                        .unwrap_or(text.len())
                };
                run.span = border(run.span.start)..border(run.span.end);
            }
        }
        self.marks.iter_mut().for_each(|(at, _)| *at = place(*at));
        self.things.iter_mut().for_each(|(at, _)| *at = place(*at));
        self.notes.iter_mut().for_each(|(span, _)| shift(span));
        self.unseen = self.unseen.map(|(at, count)| (place(at), count));
        self.text = text;
    }

    /// The text of a range; empty for one that is none.
    pub(in crate::bank) fn slice(&self, span: &Range<usize>) -> &str {
        self.text.get(span.clone()).unwrap_or_default()
    }

    /// The text of a line.
    pub(in crate::bank) fn line(&self, at: usize) -> &str {
        self.lines.get(at).map_or("", |line| self.slice(&line.span))
    }

    /// The line that holds a byte.
    pub(in crate::bank) fn line_at(&self, byte: usize) -> Option<&Line> {
        let after = self.lines.partition_point(|line| line.span.start <= byte);
        self.lines.get(after.checked_sub(1)?)
    }

    /// The runs that touch a range, cut to it.
    pub(in crate::bank) fn runs(&self, span: &Range<usize>) -> Vec<Run> {
        let first = self.lines.partition_point(|line| line.span.end < span.start);
        let lines = self.lines.iter().skip(first);
        lines
            .take_while(|line| line.span.start < span.end)
            .flat_map(|line| &line.runs)
            .map(|run| Run {
                span: run.span.start.max(span.start)..run.span.end.min(span.end),
                look: run.look,
            })
            .filter(|run| run.span.start < run.span.end)
            .collect()
    }

    /// The things in a range, its ends among them.
    pub(in crate::bank) fn things_in(&self, span: &Range<usize>) -> impl Iterator<Item = &(usize, Thing)> {
        let first = self.things.partition_point(|(at, _)| *at < span.start);
        let end = span.end;
        self.things
            .iter()
            .skip(first)
            .take_while(move |(at, _)| *at <= end)
    }
}

/// The words between two pairs of asterisks; `None` where the signs mean something else, as in "2**3" or "**A. 1930".
fn strong_at(line: &str, open: usize) -> Option<&str> {
    let before = line.get(..open)?.chars().next_back();
    let rest = line.get(open + 2..)?;
    let inner = rest.get(..rest.find('*')?)?;
    let after = rest.get(inner.len()..)?.strip_prefix("**")?.chars().next();
    let is_edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '*');
    (!inner.is_empty() && inner.trim() == inner && is_edge(before) && is_edge(after)).then_some(inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_marks_are_joined_over_the_borders_of_runs() {
        let mut doc = Doc::default();
        let bold = Look {
            bold: true,
            ..Look::default()
        };
        doc.begin(None, None, false);
        doc.push("Lạng S", Look::default());
        doc.push("o", bold);
        doc.push("\u{31b}n", Look::default());
        doc.begin(None, None, false);
        doc.push("Ba\u{301}c", bold);
        let doc = doc.finish();
        assert_eq!(doc.text, "Lạng Sơn\nBác");
        assert_eq!((doc.line(0), doc.line(1)), ("Lạng Sơn", "Bác"));
        let shown: Vec<&str> = doc
            .runs(&(0..doc.text.len()))
            .iter()
            .map(|run| doc.slice(&run.span))
            .collect();
        assert_eq!(shown.concat(), "Lạng SơnBác");
        assert_eq!(doc.notes.len(), 1, "said once");
    }

    #[test]
    fn what_nobody_sees_is_left_out_and_counted() {
        let doc = Doc::of_text("Câu\u{a0}1.\u{200b} A\u{200b}\r\nx").finish();
        assert_eq!(doc.text, "Câu 1. A\nx");
        assert_eq!(doc.notes[0].1, FaultCode::PaperUnseen { count: 2 });
        assert_eq!(Doc::of_text("✔\u{fe0f} A").finish().text, "✔ A");
    }

    #[test]
    fn pairs_of_asterisks_are_bold_and_others_are_signs() {
        let bold = |text: &str| -> (String, Vec<String>) {
            let doc = Doc::of_text(text).finish();
            let runs = doc.runs(&(0..doc.text.len()));
            let bold = runs.iter().filter(|run| run.look.bold);
            let bold = bold.map(|run| doc.slice(&run.span).to_owned()).collect();
            (doc.text, bold)
        };
        assert_eq!(
            bold("**Câu 1.** Ý nào **không** đúng?"),
            (
                "Câu 1. Ý nào không đúng?".to_owned(),
                vec!["Câu 1.".to_owned(), "không".to_owned()]
            )
        );
        for text in [
            "*A. a",
            "**A. a",
            "2**3**4",
            "** a **",
            "****",
            "***a***",
            "**A. a\n**B. b",
        ] {
            assert_eq!(bold(text), (text.to_owned(), vec![]), "{text}");
        }
    }

    #[test]
    fn lines_end_as_other_programs_end_them() {
        for text in ["a\r\nb\r\nc", "a\rb\rc", "a\u{b}b\u{2028}c", "a\nb\u{c}c"] {
            assert_eq!(Doc::of_text(text).finish().text, "a\nb\nc", "{text:?}");
        }
    }
}
