//! Taking typed values out of a file: each value is checked where it stands and every fault is noted.
//!
//! Owns the checks that any key may need (type, range, allowed words, clean text); leaves which keys a table has
//! and what they mean to `contest`, `rules`, `prizes` and `questions`. A method that returns `None` has noted why.

use super::code::FaultCode;
use super::fact::Kind;
use super::fault::Subject;
use super::node::{Node, Table, Value};
use super::source::Sheet;
use super::words::{clean, is_garbled, is_slug, near, slug_of};
use std::ops::Range;

/// A value with the place it was written at, for checks that compare it with others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct At<T> {
    pub(super) value: T,
    pub(super) span: Range<usize>,
}

/// A reader of the tables of one file.
pub(super) struct Reader<'s, 'a> {
    pub(super) sheet: &'s mut Sheet<'a>,
    /// What the faults found now belong to.
    pub(super) subject: Subject,
}

impl<'s, 'a> Reader<'s, 'a> {
    pub(super) const fn new(sheet: &'s mut Sheet<'a>) -> Self {
        Self {
            sheet,
            subject: Subject::File,
        }
    }

    pub(super) fn fault(&mut self, span: &Range<usize>, code: FaultCode) {
        self.sheet.fault(span.clone(), &self.subject, code);
    }

    /// Notes every key of the table that is not allowed in it; `name` is the table as people see it (`[paper]`).
    pub(super) fn only(&mut self, table: &Table, name: &str, allowed: &[&str]) {
        for entry in table
            .entries
            .iter()
            .filter(|entry| !allowed.contains(&entry.key.as_str()))
        {
            let code = FaultCode::UnknownKey {
                key: entry.key.clone(),
                table: name.to_owned(),
                near: near(&entry.key, allowed.iter().copied()),
                allowed: allowed.iter().map(|key| (*key).to_owned()).collect(),
            };
            self.fault(&entry.key_span, code);
        }
    }

    /// The value of a key that must be there; `example` is a line that would do.
    pub(super) fn required<'n>(
        &mut self,
        table: &'n Table,
        name: &str,
        key: &str,
        example: &'static str,
    ) -> Option<&'n Node> {
        let found = table.get(key);
        if found.is_none() {
            let code = FaultCode::MissingKey {
                key: key.to_owned(),
                table: name.to_owned(),
                example,
            };
            self.fault(&table.span, code);
        }
        found
    }

    pub(super) fn wrong_type(&mut self, node: &Node, key: &str, expected: Kind) {
        let code = FaultCode::WrongType {
            key: key.to_owned(),
            expected,
            found: node.kind(),
        };
        self.fault(&node.span, code);
    }

    /// A clean text of 1 to `limit` characters.
    pub(super) fn text(&mut self, node: &Node, key: &str, limit: usize) -> Option<String> {
        let Value::Text(raw) = &node.value else {
            self.wrong_type(node, key, Kind::Text);
            return None;
        };
        self.clean_text(raw, &node.span, key, limit)
    }

    /// The same for a text that is not a node, such as a CSV field.
    pub(super) fn clean_text(
        &mut self,
        raw: &str,
        span: &Range<usize>,
        key: &str,
        limit: usize,
    ) -> Option<String> {
        let cleaned = clean(raw);
        let name = |c: char| format!("U+{:04X}", u32::from(c));
        if let Some(hidden) = cleaned.hidden {
            let code = FaultCode::HiddenCharacter {
                key: key.to_owned(),
                character: name(hidden),
            };
            self.fault(&self.find(span, |c| c == hidden), code);
        }
        if let Some(space) = cleaned.odd_space {
            let code = FaultCode::OddSpace {
                key: key.to_owned(),
                character: name(space),
            };
            self.fault(&self.find(span, |c| c == space), code);
        }
        if cleaned.was_decomposed {
            let mark = self.find(span, |c| ('\u{300}'..='\u{36f}').contains(&c));
            self.fault(&mark, FaultCode::NotNfc { key: key.to_owned() });
        }
        // Said once: where one text is garbled, all of them are.
        if is_garbled(&cleaned.text) && !self.sheet.has_any(&["text-garbled", "paper-legacy-font"]) {
            self.sheet
                .fault(span.clone(), &Subject::File, FaultCode::TextGarbled {});
        }
        let chars = cleaned.text.chars().count();
        if chars > limit {
            let code = FaultCode::TextTooLong {
                key: key.to_owned(),
                chars: chars as u64,
                limit: limit as u64,
            };
            self.fault(span, code);
            return None;
        }
        if chars == 0 {
            self.fault(span, FaultCode::EmptyText { key: key.to_owned() });
            return None;
        }
        Some(cleaned.text)
    }

    /// The text of a key that may be left out.
    pub(super) fn optional_text(&mut self, table: &Table, key: &str, limit: usize) -> Option<String> {
        table.get(key).and_then(|node| self.text(node, key, limit))
    }

    /// The first character within a range that is meant, or the whole range where it is written as an escape.
    fn find(&self, span: &Range<usize>, meant: impl Fn(char) -> bool) -> Range<usize> {
        let found = self.sheet.slice(span).char_indices().find(|(_, c)| meant(*c));
        found.map_or(span.clone(), |(at, c)| {
            span.start + at..span.start + at + c.len_utf8()
        })
    }

    /// A slug: the name of a set or question.
    pub(super) fn slug(&mut self, node: &Node, key: &str) -> Option<String> {
        let Value::Text(raw) = &node.value else {
            self.wrong_type(node, key, Kind::Text);
            return None;
        };
        if is_slug(raw) {
            return Some(raw.clone());
        }
        let code = match raw.trim().is_empty() {
            true => FaultCode::EmptyText { key: key.to_owned() },
            false => FaultCode::BadSlug {
                key: key.to_owned(),
                value: super::source::shorten(raw, 80),
                proposal: slug_of(raw),
            },
        };
        self.fault(&node.span, code);
        None
    }

    /// A whole number from `min` to `max`.
    pub(super) fn integer(&mut self, node: &Node, key: &str, min: i64, max: i64) -> Option<i64> {
        let Value::Integer(number) = node.value else {
            self.wrong_type(node, key, Kind::Integer);
            return None;
        };
        let found = number.filter(|number| (min..=max).contains(number));
        if found.is_none() {
            let value = self.sheet.slice(&node.span).to_owned();
            self.fault(
                &node.span,
                FaultCode::OutOfRange {
                    key: key.to_owned(),
                    value,
                    min,
                    max,
                },
            );
        }
        found
    }

    /// A whole number from `min` that fits `T`, with its place; `None` also when the key is absent.
    pub(super) fn number<T: TryFrom<i64>>(
        &mut self,
        table: &Table,
        path: &str,
        key: &str,
        min: i64,
        max: i64,
    ) -> Option<At<T>> {
        let node = table.get(key)?;
        let value = self.integer(node, &format!("{path}{key}"), min, max)?;
        T::try_from(value).ok().map(|value| At {
            value,
            span: node.span.clone(),
        })
    }

    /// A whole number from 1 to `max`, or "unlimited" as `None`.
    pub(super) fn limit(&mut self, node: &Node, key: &str, max: u16) -> Option<Option<u16>> {
        match &node.value {
            Value::Text(text) if text == "unlimited" => Some(None),
            Value::Integer(_) => {
                let number = self.integer(node, key, 1, i64::from(max))?;
                u16::try_from(number).ok().map(Some)
            }
            Value::Text(value) => {
                let code = FaultCode::UnknownValue {
                    key: key.to_owned(),
                    value: super::source::shorten(value, 80),
                    near: near(value, ["unlimited"]),
                    allowed: vec!["1, 2, 3 …".to_owned(), "\"unlimited\"".to_owned()],
                };
                self.fault(&node.span, code);
                None
            }
            Value::Decimal(_)
            | Value::Boolean(_)
            | Value::Moment(_)
            | Value::List(_)
            | Value::Table(_)
            | Value::Nothing => {
                self.wrong_type(node, key, Kind::Limit);
                None
            }
        }
    }

    pub(super) fn boolean(&mut self, table: &Table, path: &str, key: &str) -> Option<bool> {
        let node = table.get(key)?;
        if let Value::Boolean(flag) = node.value {
            return Some(flag);
        }
        self.wrong_type(node, &format!("{path}{key}"), Kind::Boolean);
        None
    }

    /// One of the allowed words.
    pub(super) fn choice<T: Copy>(&mut self, node: &Node, key: &str, allowed: &[(&str, T)]) -> Option<T> {
        let Value::Text(word) = &node.value else {
            self.wrong_type(node, key, Kind::Text);
            return None;
        };
        let found = allowed
            .iter()
            .find(|(name, _)| name == word)
            .map(|(_, value)| *value);
        if found.is_none() {
            let code = FaultCode::UnknownValue {
                key: key.to_owned(),
                value: super::source::shorten(word, 80),
                near: near(word, allowed.iter().map(|(name, _)| *name)),
                allowed: allowed.iter().map(|(name, _)| (*name).to_owned()).collect(),
            };
            self.fault(&node.span, code);
        }
        found
    }

    /// One of the allowed words, where the key is there.
    pub(super) fn optional_choice<T: Copy>(
        &mut self,
        table: &Table,
        path: &str,
        key: &str,
        allowed: &[(&str, T)],
    ) -> Option<T> {
        table
            .get(key)
            .and_then(|node| self.choice(node, &format!("{path}{key}"), allowed))
    }

    pub(super) fn list<'n>(&mut self, node: &'n Node, key: &str) -> Option<&'n [Node]> {
        if let Value::List(items) = &node.value {
            return Some(items);
        }
        self.wrong_type(node, key, Kind::List);
        None
    }

    pub(super) fn table<'n>(&mut self, node: &'n Node, key: &str) -> Option<&'n Table> {
        if let Value::Table(table) = &node.value {
            return Some(table);
        }
        self.wrong_type(node, key, Kind::Table);
        None
    }

    /// The table under a key of `parent`, if it is there and is one.
    pub(super) fn subtable<'n>(&mut self, parent: &'n Table, key: &str) -> Option<&'n Table> {
        parent.get(key).and_then(|node| self.table(node, key))
    }

    /// The tables under `[[key]]`, at most `limit`.
    pub(super) fn tables<'n>(&mut self, parent: &'n Table, key: &str, limit: usize) -> Vec<&'n Table> {
        let Some(node) = parent.get(key) else {
            return Vec::new();
        };
        let Value::List(items) = &node.value else {
            self.wrong_type(node, key, Kind::Tables);
            return Vec::new();
        };
        if let Some(first_too_many) = items.get(limit) {
            let code = FaultCode::TooManyEntries {
                key: key.to_owned(),
                count: items.len() as u64,
                limit: limit as u64,
            };
            self.fault(&first_too_many.span, code);
        }
        items
            .iter()
            .take(limit)
            .filter_map(|item| self.table(item, key))
            .collect()
    }
}
