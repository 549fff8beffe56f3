//! Question sets as a foreign file format gives them, before the rules that every question obeys.
//!
//! Owns the form that the readers of office and exchange formats fill; leaves the rules themselves to `questions`, which
//! reads TOML and JSON as well, so that no format is judged by rules of its own.

use super::code::FaultCode;
use super::fault::Subject;
use super::format::At;
use super::node::{Entry, Node, Table, Value};
use super::questions::{self, SetDraft};
use super::source::Sheet;
use super::words::slug_of;
use crate::domain::question::{Level, label_of};
use std::ops::Range;

/// A question whose stem, options and key the format told apart. What it lacks, its reader has noted; it is left out then
/// and counted in [`RawSet::refused`].
#[derive(Debug, Clone)]
pub(super) struct RawQuestion {
    /// Where it begins, for faults of the question as a whole.
    pub(super) span: Range<usize>,
    /// Its place in the file from 1, refused questions counted.
    pub(super) place: u32,
    /// The name the file gives it, if any; otherwise its number names it (`cau-007`).
    pub(super) id: Option<At<String>>,
    /// The stem, in the markup of questions.
    pub(super) stem: At<String>,
    /// The options in order, in the markup of questions.
    pub(super) options: Vec<RawOption>,
    /// Places of the right options from 0, and where the key stands.
    pub(super) key: At<Vec<u8>>,
    pub(super) level: Option<At<Level>>,
    pub(super) explanation: Option<At<String>>,
    pub(super) source: Option<At<String>>,
    /// What it is about, for sorting.
    pub(super) topic: Option<At<String>>,
    /// What it is shown with.
    pub(super) media: Vec<RawMedia>,
}

/// A picture, sound or film.
#[derive(Debug, Clone)]
pub(super) struct RawMedia {
    /// The path under which its file is found.
    pub(super) file: At<String>,
    /// What it shows, where the file says so.
    pub(super) alt: Option<String>,
}

/// One option.
#[derive(Debug, Clone)]
pub(super) struct RawOption {
    pub(super) text: At<String>,
    /// Keeps its place when options are shuffled.
    pub(super) pin: bool,
}

/// A whole file.
#[derive(Debug, Clone, Default)]
pub(super) struct RawSet {
    /// The name of the set, from the file or the file's name.
    pub(super) id: Option<String>,
    /// The title, where the file has one; otherwise the caller's.
    pub(super) title: Option<At<String>>,
    pub(super) questions: Vec<RawQuestion>,
    /// Questions that were found and could not be understood; each has a fault.
    pub(super) refused: usize,
}

/// Applies the rules of every question; `title` is used where the file says none.
pub(super) fn check(sheet: &mut Sheet<'_>, raw: RawSet, title: &str) -> SetDraft {
    let found = raw.questions.len() + raw.refused;
    if found == 0 && !sheet.is_broken() {
        sheet.fault(0..0, &Subject::File, FaultCode::NoQuestions {});
    }
    let title = raw.title.unwrap_or_else(|| At {
        value: title.to_owned(),
        span: 0..0,
    });
    let id = raw.id.map(|value| At { value, span: 0..0 });
    let tables: Vec<(u32, Table)> = raw
        .questions
        .into_iter()
        .map(|question| (question.place, table(question)))
        .collect();
    let mut draft = questions::read_raw(sheet, &tables, &title, id);
    draft.count = found;
    draft
}

/// The name of a set and the title it may go by, both from the name of its file.
pub(super) fn name_of(file: &str) -> (Option<String>, String) {
    let file_name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
    (slug_of(stem), stem.replace('_', " "))
}

fn text_node(at: At<String>) -> Node {
    Node {
        value: Value::Text(at.value),
        span: at.span,
    }
}

fn table(question: RawQuestion) -> Table {
    let mut entries = Vec::new();
    let mut put = |key: &str, node: Node| {
        entries.push(Entry {
            key: key.to_owned(),
            key_span: node.span.clone(),
            node,
        });
    };
    let id = question.id.unwrap_or_else(|| At {
        value: format!("cau-{:03}", question.place),
        span: question.span.clone(),
    });
    put("id", text_node(id));
    put("text", text_node(question.stem));
    let options_span = match (question.options.first(), question.options.last()) {
        (Some(first), Some(last)) => first.text.span.start..last.text.span.end,
        _ => question.span.clone(),
    };
    let options = question.options.into_iter().map(option_node).collect();
    put(
        "options",
        Node {
            value: Value::List(options),
            span: options_span,
        },
    );
    let key_span = question.key.span;
    let letter = |place: u8| Node {
        value: Value::Text(
            label_of(place)
                .map(String::from)
                .unwrap_or_else(|| (place + 1).to_string()),
        ),
        span: key_span.clone(),
    };
    let letters = question.key.value.into_iter().map(letter).collect();
    put(
        "key",
        Node {
            value: Value::List(letters),
            span: key_span.clone(),
        },
    );
    if let Some(At { value, span }) = question.level {
        let word = match value {
            Level::Easy => "easy",
            Level::Medium => "medium",
            Level::Hard => "hard",
        };
        put(
            "level",
            text_node(At {
                value: word.to_owned(),
                span,
            }),
        );
    }
    let rest = [
        ("explanation", question.explanation),
        ("source", question.source),
        ("topic", question.topic),
    ];
    for (key, value) in rest {
        if let Some(value) = value {
            put(key, text_node(value));
        }
    }
    if !question.media.is_empty() {
        put("media", media_node(question.media));
    }
    Table {
        entries,
        span: question.span,
    }
}

fn media_node(media: Vec<RawMedia>) -> Node {
    let table = |RawMedia { file, alt }: RawMedia| {
        let span = file.span.clone();
        let entry = |key: &str, value: String| Entry {
            key: key.to_owned(),
            key_span: span.clone(),
            node: Node {
                value: Value::Text(value),
                span: span.clone(),
            },
        };
        let file = entry("file", file.value);
        let alt = alt.map(|alt| entry("alt", alt));
        let entries = std::iter::once(file).chain(alt).collect();
        Node {
            value: Value::Table(Table {
                entries,
                span: span.clone(),
            }),
            span,
        }
    };
    let items: Vec<Node> = media.into_iter().map(table).collect();
    Node {
        span: items.first().map_or(0..0, |item| item.span.clone()),
        value: Value::List(items),
    }
}

fn option_node(option: RawOption) -> Node {
    let span = option.text.span.clone();
    if !option.pin {
        return text_node(option.text);
    }
    let entry = |key: &str, value: Value| Entry {
        key: key.to_owned(),
        key_span: span.clone(),
        node: Node {
            value,
            span: span.clone(),
        },
    };
    let entries = vec![
        entry("text", Value::Text(option.text.value)),
        entry("pin", Value::Boolean(true)),
    ];
    Node {
        value: Value::Table(Table {
            entries,
            span: span.clone(),
        }),
        span,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::fault::Spot;
    use crate::bank::similar;

    fn at<T>(value: T, span: Range<usize>) -> At<T> {
        At { value, span }
    }

    #[test]
    fn a_question_of_a_foreign_format_obeys_the_rules_of_every_question() {
        let paragraph = |paragraph| Spot::Paragraph { paragraph, line: 1 };
        let text = "Hỏi gì?\nMột\nMột";
        let marks = vec![(0, paragraph(1)), (10, paragraph(2)), (15, paragraph(3))];
        let mut sheet = Sheet::with_marks("a.docx", text, marks);
        let option = |value: &str, span| RawOption {
            text: at(value.to_owned(), span),
            pin: false,
        };
        let question = RawQuestion {
            span: 0..9,
            place: 3,
            id: None,
            stem: at("Hỏi gì?".to_owned(), 0..9),
            options: vec![option("Một", 10..14), option("Một", 15..19)],
            key: at(vec![0], 10..14),
            level: None,
            explanation: None,
            source: None,
            topic: None,
            media: Vec::new(),
        };
        let raw = RawSet {
            id: Some("a".to_owned()),
            questions: vec![question],
            ..RawSet::default()
        };
        let draft = check(&mut sheet, raw, "Đề A");
        let mut sets = [(sheet, draft)];
        similar::check_stems(&mut sets);
        let [(sheet, draft)] = sets;
        assert_eq!(draft.count, 1);
        let faults = sheet.into_faults();
        let found: Vec<_> = faults.iter().map(|f| (f.code.name(), f.place.clone())).collect();
        let subject = Subject::Question(3, Some("cau-003".to_owned()));
        let place = crate::bank::Place {
            spot: paragraph(3),
            subject,
        };
        assert_eq!(found, [("option-duplicate", place)]);
    }

    #[test]
    fn a_set_is_named_after_its_file() {
        assert_eq!(
            name_of("thu-muc/Đề thi_tuần 1.docx"),
            (Some("de-thi-tuan-1".to_owned()), "Đề thi tuần 1".to_owned())
        );
    }
}
