//! The neutral JSON model of a question set, read with places and written.
//!
//! Owns the JSON grammar and the written form; leaves the meaning to `questions`, which reads TOML and JSON alike.

use super::code::FaultCode;
use super::fact::SyntaxProblem;
use super::fault::Subject;
use super::node::{Entry, Node, Table, Value};
use super::source::Sheet;
use crate::domain::question::{AnswerKey, Level, Question, QuestionSet, label_of};
use serde::Serialize;

/// The model; every field is always written, absent ones as `null`, but for the topic.
#[derive(Serialize)]
struct SetJson<'a> {
    title: &'a str,
    questions: Vec<QuestionJson<'a>>,
}

#[derive(Serialize)]
struct QuestionJson<'a> {
    id: &'a str,
    text: &'a str,
    options: Vec<OptionJson<'a>>,
    key: Vec<String>,
    level: Option<Level>,
    explanation: Option<&'a str>,
    source: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    topic: Option<&'a str>,
    media: Vec<MediaJson<'a>>,
}

#[derive(Serialize)]
struct MediaJson<'a> {
    file: &'a str,
    alt: Option<&'a str>,
}

#[derive(Serialize)]
struct OptionJson<'a> {
    text: &'a str,
    pin: bool,
}

/// The letters of a question's key, in order.
pub(super) fn key_letters(question: &Question, key: &AnswerKey) -> Vec<String> {
    let places = key.0.get(&question.id).into_iter().flatten();
    places
        .filter_map(|place| label_of(*place))
        .map(String::from)
        .collect()
}

/// The set as JSON, indented, ended by a line feed. The name of the set is the name of the file and not in it.
pub fn write_set_json(set: &QuestionSet, key: &AnswerKey) -> String {
    let question = |question: &'_ Question| -> Vec<String> { key_letters(question, key) };
    let questions = set.questions.iter().map(|q| QuestionJson {
        id: &q.id.0,
        text: &q.text,
        options: q
            .options
            .iter()
            .map(|option| OptionJson {
                text: &option.text,
                pin: option.pin,
            })
            .collect(),
        key: question(q),
        level: q.level,
        explanation: q.explanation.as_deref(),
        source: q.source.as_deref(),
        topic: q.topic.as_deref(),
        media: q
            .media
            .iter()
            .map(|media| MediaJson {
                file: &media.file,
                alt: media.alt.as_deref(),
            })
            .collect(),
    });
    let model = SetJson {
        title: &set.title,
        questions: questions.collect(),
    };
    // Serialising these types cannot fail: they hold texts, booleans and lists alone.
    let mut text = serde_json::to_string_pretty(&model).unwrap_or_default();
    text.push('\n');
    text
}

/// The tree of a JSON file; a grammar fault is noted and gives `None`.
pub(super) fn parse_json(sheet: &mut Sheet<'_>) -> Option<Table> {
    if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(sheet.text) {
        let at = offset_of(sheet.text, error.line(), error.column());
        let text = error.to_string();
        let detail = text.split(" at line ").next().unwrap_or_default().to_owned();
        sheet.fault(
            at..at,
            &Subject::File,
            FaultCode::Syntax {
                problem: SyntaxProblem::Json,
                detail,
            },
        );
        sheet.give_up(0..usize::MAX);
        return None;
    }
    let mut walker = Walker {
        text: sheet.text,
        at: 0,
    };
    let node = walker.value()?;
    if let Value::Table(table) = node.value {
        return Some(table);
    }
    let (expected, found) = (super::fact::Kind::Table, node.kind());
    sheet.fault(
        node.span,
        &Subject::File,
        FaultCode::WrongType {
            key: "{ … }".to_owned(),
            expected,
            found,
        },
    );
    None
}

/// Line and column (in bytes, from 1) as an offset.
fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let start = match line {
        0 | 1 => 0,
        _ => text
            .match_indices('\n')
            .nth(line - 2)
            .map_or(text.len(), |(at, _)| at + 1),
    };
    (start + column.saturating_sub(1)).min(text.len())
}

/// Walks over text that is known to be JSON and notes where each value stands; `None` would mean that it is not.
struct Walker<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Walker<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip_space(&mut self) -> Option<char> {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
        self.rest().chars().next()
    }

    /// The bytes of the string that begins here, quotes included.
    fn string(&mut self) -> Option<(String, std::ops::Range<usize>)> {
        let start = self.at;
        let mut escaped = false;
        for (at, byte) in self.rest().bytes().enumerate().skip(1) {
            match byte {
                b'"' if !escaped => {
                    self.at = start + at + 1;
                    let span = start..self.at;
                    return Some((serde_json::from_str(self.text.get(span.clone())?).ok()?, span));
                }
                _ => escaped = byte == b'\\' && !escaped,
            }
        }
        None
    }

    fn value(&mut self) -> Option<Node> {
        match self.skip_space()? {
            '"' => self.string().map(|(text, span)| Node {
                value: Value::Text(text),
                span,
            }),
            '{' => self.object(),
            '[' => self.array(),
            _ => self.plain(),
        }
    }

    fn plain(&mut self) -> Option<Node> {
        let start = self.at;
        let length = self
            .rest()
            .find([',', ']', '}', ' ', '\t', '\r', '\n'])
            .unwrap_or(self.rest().len());
        self.at += length;
        let written = self.text.get(start..self.at)?;
        let value = match written {
            "true" => Value::Boolean(true),
            "false" => Value::Boolean(false),
            "null" => Value::Nothing,
            number if number.contains(['.', 'e', 'E']) => Value::Decimal(number.to_owned()),
            number => Value::Integer(number.parse().ok()),
        };
        Some(Node {
            value,
            span: start..self.at,
        })
    }

    fn array(&mut self) -> Option<Node> {
        let start = self.at;
        self.at += 1;
        let mut items = Vec::new();
        while self.skip_space()? != ']' {
            items.push(self.value()?);
            if self.skip_space()? == ',' {
                self.at += 1;
            }
        }
        self.at += 1;
        Some(Node {
            value: Value::List(items),
            span: start..self.at,
        })
    }

    fn object(&mut self) -> Option<Node> {
        let start = self.at;
        self.at += 1;
        let mut entries: Vec<Entry> = Vec::new();
        while self.skip_space()? != '}' {
            let (key, key_span) = self.string()?;
            let _colon = self.skip_space()?;
            self.at += 1;
            let node = self.value()?;
            // Of a key written twice the last counts, as everywhere in JSON.
            entries.retain(|entry| entry.key != key);
            entries.push(Entry { key, key_span, node });
            if self.skip_space()? == ',' {
                self.at += 1;
            }
        }
        self.at += 1;
        // Faults of a table are shown at its opening brace, not over all its lines.
        let table = Table {
            entries,
            span: start..start + 1,
        };
        Some(Node {
            value: Value::Table(table),
            span: start..start + 1,
        })
    }
}
