//! The facts of a fault and how each becomes an argument of a message.
//!
//! Owns severity, kinds of value and kinds of broken grammar; leaves the list of faults to [`super::code`].

use super::words::visible;
use crate::i18n::{Lang, Value, text};

/// Whether a fault stops the load.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is loaded.
    Error,
    /// Loaded, but the organiser should look.
    Warning,
}

impl Severity {
    /// The word in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// What a value should have been or is; the message files name it (`kind-…`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text in quotes.
    Text,
    /// A whole number.
    Integer,
    /// A number with a decimal point.
    Decimal,
    /// `true` or `false`.
    Boolean,
    /// A date or date with time.
    Moment,
    /// A list in square brackets.
    List,
    /// A table.
    Table,
    /// Tables under a header in double brackets.
    Tables,
    /// JSON `null`.
    Nothing,
    /// A letter or a list of letters.
    Key,
    /// Text, or a table with `text` and `pin`.
    OptionItem,
    /// A whole number or "unlimited".
    Limit,
}

impl Kind {
    const fn key(self) -> &'static str {
        match self {
            Self::Text => "kind-text",
            Self::Integer => "kind-integer",
            Self::Decimal => "kind-decimal",
            Self::Boolean => "kind-boolean",
            Self::Moment => "kind-moment",
            Self::List => "kind-list",
            Self::Table => "kind-table",
            Self::Tables => "kind-tables",
            Self::Nothing => "kind-nothing",
            Self::Key => "kind-key",
            Self::OptionItem => "kind-option",
            Self::Limit => "kind-limit",
        }
    }
}

/// What kind of mistake broke the grammar of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SyntaxProblem {
    /// Text without quotes.
    Unquoted,
    /// Typographic quotes, as Word writes them.
    CurlyQuotes,
    /// A quoted text without its end.
    UnclosedText,
    /// A text in triple quotes without its end.
    UnclosedBlock,
    /// A backslash followed by something unknown.
    BadEscape,
    /// A key or table written twice.
    Duplicate,
    /// A key without `=` or without value.
    MissingEquals,
    /// No comma between two elements.
    MissingComma,
    /// A list or inline table without its end.
    Unclosed,
    /// A header without its closing bracket.
    BadHeader,
    /// A key that needs quotes.
    BadKey,
    /// A number that is none.
    BadNumber,
    /// A date or time that does not exist.
    BadDate,
    /// Lists in lists in lists.
    TooDeep,
    /// A carriage return or a control character.
    BadCharacter,
    /// A quotation mark in a CSV field that is never closed, or text after the closing one.
    CsvQuote,
    /// JSON that is none.
    Json,
    /// Anything else; the parser's own words are the detail.
    Other,
}

impl SyntaxProblem {
    const fn name(self) -> &'static str {
        match self {
            Self::Unquoted => "unquoted",
            Self::CurlyQuotes => "curly-quotes",
            Self::UnclosedText => "unclosed-text",
            Self::UnclosedBlock => "unclosed-block",
            Self::BadEscape => "bad-escape",
            Self::Duplicate => "duplicate",
            Self::MissingEquals => "missing-equals",
            Self::MissingComma => "missing-comma",
            Self::Unclosed => "unclosed",
            Self::BadHeader => "bad-header",
            Self::BadKey => "bad-key",
            Self::BadNumber => "bad-number",
            Self::BadDate => "bad-date",
            Self::TooDeep => "too-deep",
            Self::BadCharacter => "bad-character",
            Self::CsvQuote => "csv-quote",
            Self::Json => "json",
            Self::Other => "other",
        }
    }
}

/// The arguments of a message.
pub(super) type Args = Vec<(&'static str, Value<'static>)>;

/// A fact as an argument of a message.
pub(super) trait Fact {
    fn push(&self, name: &'static str, has_name: &'static str, lang: Lang, args: &mut Args);
}

impl Fact for String {
    fn push(&self, name: &'static str, _: &'static str, _: Lang, args: &mut Args) {
        args.push((name, visible(self).into()));
    }
}

impl Fact for &'static str {
    fn push(&self, name: &'static str, _: &'static str, _: Lang, args: &mut Args) {
        args.push((name, (*self).into()));
    }
}

impl Fact for u64 {
    fn push(&self, name: &'static str, _: &'static str, _: Lang, args: &mut Args) {
        args.push((name, self.to_string().into()));
    }
}

impl Fact for i64 {
    fn push(&self, name: &'static str, _: &'static str, _: Lang, args: &mut Args) {
        args.push((name, self.to_string().into()));
    }
}

impl Fact for Option<String> {
    fn push(&self, name: &'static str, has_name: &'static str, _: Lang, args: &mut Args) {
        args.push((name, visible(self.as_deref().unwrap_or_default()).into()));
        args.push((has_name, i64::from(self.is_some()).into()));
    }
}

impl Fact for Vec<String> {
    fn push(&self, name: &'static str, _: &'static str, _: Lang, args: &mut Args) {
        args.push((name, visible(&self.join(", ")).into()));
    }
}

impl Fact for Kind {
    fn push(&self, name: &'static str, _: &'static str, lang: Lang, args: &mut Args) {
        args.push((name, text(lang, self.key(), &[]).into()));
    }
}

impl Fact for SyntaxProblem {
    fn push(&self, name: &'static str, _: &'static str, _: Lang, args: &mut Args) {
        args.push((name, self.name().into()));
    }
}
