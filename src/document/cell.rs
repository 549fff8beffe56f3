//! What a list consists of, whatever the file format: columns with heads, cells with types.
//!
//! Owns the neutral form; how a cell looks in a file belongs to the format.

use icu_normalizer::ComposingNormalizer;
use time::{Date, OffsetDateTime, UtcOffset};

/// A column of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Name of the field in JSON.
    pub key: &'static str,
    /// What people read above it.
    pub head: String,
    /// What its cells hold.
    pub form: Form,
}

/// What the cells of a column hold; decides width and number format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Names of people and units: wide.
    Name,
    /// Short text: codes, phone numbers, words.
    Text,
    /// An attempt id of 32 letters.
    Id,
    /// A count or a score.
    Whole,
    /// An amount in đồng.
    Money,
    /// A share of a whole, 0 to 1 and sometimes more.
    Share,
    /// A mean.
    Mean,
    /// A moment.
    Moment,
    /// A day.
    Day,
}

/// A value in a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing; `null` in JSON.
    Empty,
    /// Text, never a number or a formula.
    Text(String),
    /// A word of the program: its code for machines, its translation for people.
    Word(String, String),
    /// A whole number.
    Whole(i64),
    /// `above` divided by `below`, which is not zero.
    Quotient {
        /// Dividend.
        above: i64,
        /// Divisor.
        below: i64,
    },
    /// A figure of statistics.
    Real(f64),
    /// A moment: RFC 3339 in UTC with milliseconds, or a date cell in Vietnam's time.
    Moment(OffsetDateTime),
    /// A day.
    Day(Date),
    /// Yes or no.
    Flag(bool),
}

impl Cell {
    /// Text in normal form C.
    pub fn text(text: &str) -> Self {
        Self::Text(ComposingNormalizer::new_nfc().normalize(text).into_owned())
    }

    /// Text, or nothing.
    pub fn text_or_empty(text: Option<&str>) -> Self {
        text.map_or(Self::Empty, Self::text)
    }

    /// A number, or nothing.
    pub fn whole_or_empty(number: Option<i64>) -> Self {
        number.map_or(Self::Empty, Self::Whole)
    }

    /// A figure, or nothing where it is not defined.
    pub fn real_or_empty(figure: Option<f64>) -> Self {
        figure
            .filter(|figure| figure.is_finite())
            .map_or(Self::Empty, Self::Real)
    }

    /// A quotient, or nothing where the divisor is zero.
    pub fn quotient(above: i64, below: i64) -> Self {
        if below == 0 {
            Self::Empty
        } else {
            Self::Quotient { above, below }
        }
    }
}

/// `2023-04-03T01:00:00.000Z`.
pub(super) fn rfc3339(at: OffsetDateTime) -> String {
    let at = at.to_offset(UtcOffset::UTC);
    let (hour, minute, second, milli) = at.time().as_hms_milli();
    format!(
        "{}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z",
        iso_day(at.date())
    )
}

/// `2023-04-03`.
pub(super) fn iso_day(day: Date) -> String {
    format!("{:04}-{:02}-{:02}", day.year(), u8::from(day.month()), day.day())
}

/// The quotient as the nearest floating point number; counts are far below 2^53.
#[expect(
    clippy::float_arithmetic,
    reason = "a share for people to read; nothing is ranked by it, and counts are far below 2^53"
)]
pub(super) fn divide(above: i64, below: i64) -> f64 {
    above as f64 / below as f64
}
