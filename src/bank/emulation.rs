//! Lists of emulation work as CSV: clusters with their members, and awards.
//!
//! Owns columns, whose heads may be written with or without marks, and what can be wrong in a row; every fault of a file is
//! told at once. What a good award is, is said by `domain::emulation`.

mod awards;
mod clusters;
#[cfg(test)]
mod tests;

pub use awards::{awards_template, read_awards};
pub use clusters::{clusters_template, read_clusters, read_members};

use super::csv::{Row, read_rows};
use super::source::{Sheet, decode, shorten};
use crate::domain::unit::fold;
use crate::i18n::{Lang, text};
use std::collections::BTreeMap;

/// Faults told of one file; a file with more has one cause that shows among the first.
const MAX_FAULTS: usize = 200;
/// Characters of a quoted value.
const QUOTE: usize = 60;

/// Something wrong in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListFault {
    /// Line of the file, from 1; 0 for the file as a whole.
    pub line: u64,
    /// Head of the column, where it is one.
    pub column: Option<&'static str>,
    /// What is wrong.
    pub problem: ListProblem,
}

/// What can be wrong in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListProblem {
    /// Not text that can be read, or too large.
    Unreadable,
    /// Quotation marks that do not fit.
    Quotes,
    /// No row below the heads.
    Empty,
    /// More rows than this.
    TooMany(usize),
    /// A column that must be there is not; its head.
    NoColumn(&'static str),
    /// A column that nobody knows; its head.
    UnknownColumn(String),
    /// A column twice.
    ColumnTwice,
    /// Nothing stands where something must.
    Missing,
    /// A value that is none of those allowed, which follow it.
    NotAllowed(String, String),
    /// More characters than this.
    TooLong(usize),
    /// Not a year from 2000 to 2100.
    Year(String),
    /// Not a code: capital letters, digits, dots and hyphens.
    Code(String),
    /// Not a day as 15/6/2025.
    Day(String),
    /// The cluster has another name or kind in this line before.
    Differs(u64),
    /// The unit stands in this line already, for the same year.
    UnitTwice(u64),
    /// This line has a head for the cluster already.
    SecondHead(u64),
    /// No name, and no contest has a unit of that code.
    NoName(String),
    /// The same award stands in this line already.
    AwardTwice(u64),
    /// Districts award nothing since 1/7/2025.
    District,
    /// A day in the future or before 2000.
    NotYet,
    /// Works directly, farmer, youth, woman: said of a collective.
    TraitOfCollective,
    /// A small collective: said of a person.
    SmallPerson,
}

impl ListProblem {
    /// The end of its message key.
    const fn name(&self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::Quotes => "quotes",
            Self::Empty => "empty",
            Self::TooMany(_) => "too-many",
            Self::NoColumn(_) => "no-column",
            Self::UnknownColumn(_) => "unknown-column",
            Self::ColumnTwice => "column-twice",
            Self::Missing => "missing",
            Self::NotAllowed(..) => "not-allowed",
            Self::TooLong(_) => "too-long",
            Self::Year(_) => "year",
            Self::Code(_) => "code",
            Self::Day(_) => "day",
            Self::Differs(_) => "differs",
            Self::UnitTwice(_) => "unit-twice",
            Self::SecondHead(_) => "second-head",
            Self::NoName(_) => "no-name",
            Self::AwardTwice(_) => "award-twice",
            Self::District => "district",
            Self::NotYet => "not-yet",
            Self::TraitOfCollective => "trait-of-collective",
            Self::SmallPerson => "small-person",
        }
    }

    /// The value and what else the message names.
    fn facts(&self) -> (String, String) {
        match self {
            Self::TooMany(n) | Self::TooLong(n) => (n.to_string(), String::new()),
            Self::NoColumn(head) => ((*head).to_owned(), String::new()),
            Self::UnknownColumn(value)
            | Self::Year(value)
            | Self::Code(value)
            | Self::Day(value)
            | Self::NoName(value) => (shorten(value, QUOTE), String::new()),
            Self::NotAllowed(value, allowed) => (shorten(value, QUOTE), allowed.clone()),
            Self::Differs(line) | Self::UnitTwice(line) | Self::SecondHead(line) | Self::AwardTwice(line) => {
                (line.to_string(), String::new())
            }
            Self::Unreadable
            | Self::Quotes
            | Self::Empty
            | Self::ColumnTwice
            | Self::Missing
            | Self::District
            | Self::NotYet
            | Self::TraitOfCollective
            | Self::SmallPerson => (String::new(), String::new()),
        }
    }
}

impl ListFault {
    /// "Dòng 3, cột “Năm”: …", with how to mend it.
    pub fn say(&self, lang: Lang) -> String {
        let (a, b) = self.problem.facts();
        let key = format!("emulation-fault-{}", self.problem.name());
        let what = text(lang, &key, &[("a", a.into()), ("b", b.into())]);
        let line = self.line.to_string();
        let place = match (self.line, self.column) {
            (0, _) => return what,
            (_, None) => text(lang, "emulation-fault-line", &[("a", line.into())]),
            (_, Some(column)) => {
                let args = [("a", line.into()), ("b", column.into())];
                text(lang, "emulation-fault-cell", &args)
            }
        };
        format!("{place} {what}")
    }
}

/// A column: the head in templates and faults, and other words under which it is known.
struct Column {
    head: &'static str,
    also: &'static [&'static str],
    needed: bool,
}

impl Column {
    fn is(&self, folded: &str) -> bool {
        fold(self.head) == folded || self.also.contains(&folded)
    }
}

/// The rows of a list by column, with faults on the way.
#[derive(Default)]
struct List {
    rows: Vec<ListRow>,
    faults: Vec<ListFault>,
}

/// A row: its line, and what stands in each column that the file has.
struct ListRow {
    line: u64,
    cells: BTreeMap<usize, String>,
}

impl ListRow {
    /// What stands in a column, tidied; empty where nothing does.
    fn get(&self, column: usize) -> &str {
        self.cells.get(&column).map_or("", String::as_str)
    }
}

impl List {
    fn fault(&mut self, line: u64, column: Option<&'static str>, problem: ListProblem) {
        if self.faults.len() < MAX_FAULTS {
            self.faults.push(ListFault {
                line,
                column,
                problem,
            });
        }
    }

    /// Reads a whole file.
    fn read(bytes: &[u8], columns: &[Column], most: usize) -> Self {
        let mut list = Self::default();
        let Ok(text) = decode("list.csv", bytes) else {
            list.fault(0, None, ListProblem::Unreadable);
            return list;
        };
        let mut sheet = Sheet::new("list.csv", &text);
        let rows = read_rows(&mut sheet);
        let Some((heads, rows)) = rows.split_first() else {
            list.fault(0, None, ListProblem::Empty);
            return list;
        };
        let places = list.heads(heads, columns);
        if rows.is_empty() {
            list.fault(0, None, ListProblem::Empty);
        }
        if rows.len() > most {
            list.fault(0, None, ListProblem::TooMany(most));
        }
        for row in rows.iter().take(most) {
            let line = row.first().map_or(1, |field| sheet.line_number(field.span.start));
            let cells = places.iter().filter_map(|(place, column)| {
                let field = row.get(*place)?;
                Some((*column, crate::domain::participant::tidy(&field.text)))
            });
            list.rows.push(ListRow {
                line,
                cells: cells.collect(),
            });
        }
        for fault in sheet.into_faults() {
            let line = match fault.place.spot {
                super::Spot::Line { line, .. } => u64::from(line),
                _ => 0,
            };
            list.fault(line, None, ListProblem::Quotes);
        }
        list
    }

    /// Place in the row and number of each known column.
    fn heads(&mut self, heads: &Row<'_>, columns: &[Column]) -> Vec<(usize, usize)> {
        let line = 1;
        let mut places: Vec<(usize, usize)> = Vec::new();
        for (place, head) in heads.iter().enumerate() {
            let folded = fold(&head.text);
            if folded.is_empty() {
                continue;
            }
            match columns.iter().position(|column| column.is(&folded)) {
                None => self.fault(line, None, ListProblem::UnknownColumn(head.text.to_string())),
                Some(number) if places.iter().any(|(_, own)| *own == number) => {
                    let head = columns.get(number).map(|column| column.head);
                    self.fault(line, head, ListProblem::ColumnTwice);
                }
                Some(number) => places.push((place, number)),
            }
        }
        for (number, column) in columns.iter().enumerate() {
            if column.needed && !places.iter().any(|(_, own)| *own == number) {
                self.fault(line, None, ListProblem::NoColumn(column.head));
            }
        }
        places
    }
}
