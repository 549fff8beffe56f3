//! A fault with its place, and its forms for people and machines.
//!
//! Owns where a fault is and what of the file is quoted; leaves what is wrong to [`super::code`] and the terminal to
//! [`super::render`].

use super::code::FaultCode;
use super::fact::Severity;
use crate::i18n::{Lang, text};
use serde::Serialize;

/// One fault of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Whether it stops the load.
    pub severity: Severity,
    /// What is wrong, with its facts.
    pub code: FaultCode,
    /// Path from the contest directory, or the name of the single file.
    pub file: String,
    /// Where.
    pub place: Place,
    /// The offending text on one line, at most 80 characters.
    pub excerpt: String,
    /// The line around it, for a terminal.
    pub quote: Quote,
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Place {
    /// Where, as people find it in the program that shows the file.
    pub spot: Spot,
    /// The thing in the file, by the name people know.
    pub subject: Subject,
}

/// Where in a file, counted the way the program counts that shows it. Every number is from 1.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Spot {
    /// The file as a whole.
    #[default]
    File,
    /// Of a text file; the column in characters.
    Line {
        /// The line.
        line: u32,
        /// The character in it.
        column: u32,
    },
    /// Of a word processor's document, empty paragraphs and those of tables counted.
    Paragraph {
        /// The paragraph.
        paragraph: u32,
        /// The line in it, where soft breaks or a tab stop split it into several.
        line: u32,
    },
    /// A cell of a word processor's table.
    TableCell {
        /// The table.
        table: u32,
        /// The row.
        row: u32,
        /// The column.
        column: u32,
    },
    /// A cell of a spreadsheet.
    Cell {
        /// The sheet's name.
        sheet: String,
        /// The row.
        row: u32,
        /// The column.
        column: u32,
    },
}

impl Spot {
    /// A line of a text file.
    pub(super) const fn line(line: u32, column: u32) -> Self {
        Self::Line { line, column }
    }
}

/// The thing in a file that a fault belongs to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Subject {
    /// The file, or the table named in the message.
    #[default]
    File,
    /// A question: its place in the file from 1, and its name where it has one.
    Question(u32, Option<String>),
    /// A round, by its place in the file from 1.
    Round(u32),
    /// A prize, by its place in the file from 1.
    Prize(u32),
    /// A prize for units, by its place in the file from 1.
    CollectivePrize(u32),
    /// A unit, by its code.
    Unit(String),
}

/// A part of the source line and the part of it to underline.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Quote {
    /// At most 100 characters of the line; empty for a fault of the whole file.
    pub text: String,
    /// Characters before the underlined part.
    pub before: usize,
    /// Characters underlined, at least 1.
    pub width: usize,
}

/// The form for `--format json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FaultJson {
    /// `error` or `warning`.
    pub severity: &'static str,
    /// The stable name.
    pub code: &'static str,
    /// Path from the contest directory.
    pub file: String,
    /// "dòng 12, cột 5, câu 3 (khoi-nghia-bac-son)".
    pub place: String,
    /// The offending text.
    pub excerpt: String,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub suggestion: String,
}

impl Fault {
    /// A fault of a file as a whole, or of one that is not there.
    pub fn of_file(file: &str, code: FaultCode) -> Self {
        let severity = code.severity();
        let (place, quote) = (Place::default(), Quote::default());
        Self {
            severity,
            code,
            file: file.to_owned(),
            place,
            excerpt: String::new(),
            quote,
        }
    }

    /// What is wrong.
    pub fn message(&self, lang: Lang) -> String {
        self.code.message(lang)
    }

    /// How to mend it.
    pub fn suggestion(&self, lang: Lang) -> String {
        self.code.suggestion(lang)
    }

    /// The form for machines; message and suggestion in that language.
    pub fn json(&self, lang: Lang) -> FaultJson {
        FaultJson {
            severity: self.severity.name(),
            code: self.code.name(),
            file: self.file.clone(),
            place: self.place.text(lang),
            excerpt: self.excerpt.clone(),
            message: self.message(lang),
            suggestion: self.suggestion(lang),
        }
    }
}

impl Place {
    /// "dòng 12, cột 5, câu 3 (khoi-nghia-bac-son)"; "cả tệp" for a fault of the whole file.
    pub fn text(&self, lang: Lang) -> String {
        let position = self.spot.text(lang);
        match self.subject.text(lang) {
            Some(subject) => format!("{position}, {subject}"),
            None => position,
        }
    }
}

impl Spot {
    /// "dòng 12, cột 5", "đoạn 7", "bảng 1, hàng 2, cột 3", "trang Sheet1, ô C5"; "cả tệp" for the whole file.
    pub fn text(&self, lang: Lang) -> String {
        let say = |key: &str, facts: &[(&'static str, &dyn ToString)]| {
            let args: Vec<_> = facts
                .iter()
                .map(|(name, value)| (*name, value.to_string().into()))
                .collect();
            text(lang, key, &args)
        };
        match self {
            Self::File => say("place-file", &[]),
            Self::Line { line, column } => say("place-line", &[("line", line), ("column", column)]),
            Self::Paragraph { paragraph, line: 1 } => say("place-paragraph", &[("paragraph", paragraph)]),
            Self::Paragraph { paragraph, line } => say(
                "place-paragraph-line",
                &[("paragraph", paragraph), ("line", line)],
            ),
            Self::TableCell { table, row, column } => say(
                "place-table-cell",
                &[("table", table), ("row", row), ("column", column)],
            ),
            Self::Cell { sheet, row, column } => say(
                "place-cell",
                &[
                    ("sheet", sheet),
                    ("cell", &format!("{}{row}", column_letters(*column))),
                ],
            ),
        }
    }
}

/// The letters of a spreadsheet's column, from 1: A … Z, AA …
pub fn column_letters(mut column: u32) -> String {
    let mut letters = Vec::new();
    while column > 0 {
        column -= 1;
        // At most 25, so the sum is a capital letter.
        letters.push(char::from(b'A' + (column % 26) as u8));
        column /= 26;
    }
    letters.into_iter().rev().collect()
}

impl Subject {
    /// "câu 3 (khoi-nghia-bac-son)"; `None` for the file itself.
    pub fn text(&self, lang: Lang) -> Option<String> {
        let numbered = |key: &str, number: u32| text(lang, key, &[("number", number.to_string().into())]);
        match self {
            Self::File => None,
            Self::Question(number, None) => Some(numbered("place-question", *number)),
            Self::Question(number, Some(id)) => {
                Some(format!("{} ({id})", numbered("place-question", *number)))
            }
            Self::Round(number) => Some(numbered("place-round", *number)),
            Self::Prize(number) => Some(numbered("place-prize", *number)),
            Self::CollectivePrize(number) => Some(numbered("place-collective-prize", *number)),
            Self::Unit(code) => Some(text(lang, "place-unit", &[("code", code.as_str().into())])),
        }
    }
}
