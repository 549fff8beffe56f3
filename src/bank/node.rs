//! Values with their places, the same for TOML and JSON.
//!
//! Owns the tree that the checks walk over and its making from TOML; leaves grammar faults to [`super::syntax`] and
//! meaning to the checks.

use super::fact::Kind;
use super::source::Sheet;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value and the bytes it was written in.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) value: Value,
    pub(super) span: Range<usize>,
}

/// What a value is.
#[derive(Debug, Clone)]
pub(super) enum Value {
    Text(String),
    /// `None` when it does not fit 64 bits.
    Integer(Option<i64>),
    /// As written, so that decimals stay exact.
    Decimal(String),
    Boolean(bool),
    /// As written.
    Moment(String),
    List(Vec<Node>),
    Table(Table),
    Nothing,
}

/// A table with the place of its header or opening brace.
#[derive(Debug, Clone, Default)]
pub(super) struct Table {
    /// In the order of the file.
    pub(super) entries: Vec<Entry>,
    pub(super) span: Range<usize>,
}

/// A key with its value.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) key_span: Range<usize>,
    pub(super) node: Node,
}

impl Node {
    pub(super) const fn kind(&self) -> Kind {
        match self.value {
            Value::Text(_) => Kind::Text,
            Value::Integer(_) => Kind::Integer,
            Value::Decimal(_) => Kind::Decimal,
            Value::Boolean(_) => Kind::Boolean,
            Value::Moment(_) => Kind::Moment,
            Value::List(_) => Kind::List,
            Value::Table(_) => Kind::Table,
            Value::Nothing => Kind::Nothing,
        }
    }
}

impl Table {
    /// The value of a key; JSON `null` counts as absent.
    pub(super) fn get(&self, key: &str) -> Option<&Node> {
        let found = self.entries.iter().find(|entry| entry.key == key)?;
        (!matches!(found.node.value, Value::Nothing)).then_some(&found.node)
    }
}

/// The tree of a parsed TOML file.
pub(super) fn from_toml(sheet: &Sheet<'_>, table: &Spanned<DeTable<'_>>) -> Table {
    convert_table(sheet, table.get_ref(), table.span())
}

fn convert_table(sheet: &Sheet<'_>, table: &DeTable<'_>, span: Range<usize>) -> Table {
    let entry = |(key, value): (&Spanned<std::borrow::Cow<'_, str>>, &Spanned<DeValue<'_>>)| Entry {
        key: key.get_ref().to_string(),
        key_span: key.span(),
        node: convert(sheet, value),
    };
    let mut entries: Vec<Entry> = table.iter().map(entry).collect();
    entries.sort_by_key(|entry| entry.key_span.start);
    Table { entries, span }
}

fn convert(sheet: &Sheet<'_>, value: &Spanned<DeValue<'_>>) -> Node {
    let span = value.span();
    let value = match value.get_ref() {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) => Value::Integer(i64::from_str_radix(number.as_str(), number.radix()).ok()),
        DeValue::Float(number) => Value::Decimal(number.as_str().to_owned()),
        DeValue::Boolean(flag) => Value::Boolean(*flag),
        DeValue::Datetime(_) => Value::Moment(sheet.slice(&span).to_owned()),
        DeValue::Array(items) => Value::List(items.iter().map(|item| convert(sheet, item)).collect()),
        DeValue::Table(table) => Value::Table(convert_table(sheet, table, span.clone())),
    };
    Node { value, span }
}
