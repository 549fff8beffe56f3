//! Question sets: the tables `[set]` and `[[question]]`, and the same in JSON.
//!
//! Owns what a question has to be by itself; leaves options and key to `options` and the comparison of questions with each
//! other to `similar`.

use super::LoadedSet;
use super::code::FaultCode;
use super::fault::Subject;
use super::format::{At, Reader};
use super::media::read::read_media;
use super::node::{Node, Table};
use super::options::{read_key, read_options};
use super::rules::LEVELS;
use super::source::Sheet;
use super::syntax::parse_toml;
use super::version::version_of;
use crate::domain::question::{AnswerKey, Level, Question, QuestionId, QuestionSet, SetId};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Questions of a contest, and so of a set.
pub(super) const MAX_QUESTIONS: usize = 20_000;

/// A set as far as it could be read.
#[derive(Default)]
pub(super) struct SetDraft {
    pub(super) id: Option<At<String>>,
    title: Option<String>,
    pub(super) questions: Vec<QuestionDraft>,
    pub(super) holdings: Holdings,
    /// Tables of questions, faulty ones among them.
    pub(super) count: usize,
}

/// A question as far as it could be read.
pub(super) struct QuestionDraft {
    /// From 1, in the order of the file.
    pub(super) place: u32,
    pub(super) id: Option<String>,
    pub(super) stem: Option<At<String>>,
    /// Complete only when nothing essential was missing.
    complete: Option<(Question, BTreeSet<u8>)>,
}

impl QuestionDraft {
    /// Whether nothing essential is missing.
    pub(super) const fn is_complete(&self) -> bool {
        self.complete.is_some()
    }
}

/// How many questions there are to draw from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Holdings {
    easy: u64,
    medium: u64,
    hard: u64,
    unlevelled: u64,
    /// Their level is written wrongly: they may be of any.
    uncertain: u64,
}

impl Holdings {
    pub(super) const fn total(self) -> u64 {
        self.easy + self.medium + self.hard + self.unlevelled + self.uncertain
    }

    /// What a set that was read before holds.
    pub(super) fn of_set(set: &QuestionSet) -> Self {
        let mut holdings = Self::default();
        for question in &set.questions {
            holdings.add(question.level, false);
        }
        holdings
    }

    pub(super) const fn of(self, level: Level) -> u64 {
        self.uncertain
            + match level {
                Level::Easy => self.easy,
                Level::Medium => self.medium,
                Level::Hard => self.hard,
            }
    }

    const fn add(&mut self, level: Option<Level>, is_written: bool) {
        match level {
            Some(Level::Easy) => self.easy += 1,
            Some(Level::Medium) => self.medium += 1,
            Some(Level::Hard) => self.hard += 1,
            None if is_written => self.uncertain += 1,
            None => self.unlevelled += 1,
        }
    }
}

/// How the tables of a set are called in a file format.
pub(super) struct Names {
    file: &'static str,
    question: &'static str,
    questions: &'static str,
}

const TOML: Names = Names {
    file: "[set]",
    question: "[[question]]",
    questions: "question",
};
pub(super) const JSON: Names = Names {
    file: "{ … }",
    question: "questions",
    questions: "questions",
};
/// Of formats whose reader tells the parts of a question apart itself.
const RAW: Names = Names {
    file: "",
    question: "",
    questions: "",
};

/// Reads a TOML question file.
pub(super) fn read_toml(sheet: &mut Sheet<'_>) -> SetDraft {
    let root = parse_toml(sheet);
    let broken = sheet.is_broken();
    let mut reader = Reader::new(sheet);
    reader.only(&root, "questions/*.toml", &["set", "question"]);
    let (mut id, mut title) = (None, None);
    if let Some(set) = root.get("set") {
        if let Some(table) = reader.table(set, "set") {
            reader.only(table, TOML.file, &["id", "title"]);
            id = reader
                .required(table, TOML.file, "id", "id = \"dang-bo\"")
                .and_then(|node| slug_at(&mut reader, node));
            let node = reader.required(table, TOML.file, "title", "title = \"Lịch sử Đảng bộ tỉnh\"");
            title = node.and_then(|node| reader.text(node, "title", 300));
        }
    } else if !broken {
        let (key, table) = ("set".to_owned(), "questions/*.toml".to_owned());
        reader.fault(
            &(0..0),
            FaultCode::MissingKey {
                key,
                table,
                example: "[set]",
            },
        );
    }
    let mut draft = read_questions(&mut reader, &root, &TOML);
    if draft.count == 0 && !broken && root.get(TOML.questions).is_none() {
        let span = root.get("set").map_or(0..0, |node| node.span.clone());
        reader.fault(&span, FaultCode::NoQuestions {});
    }
    (draft.id, draft.title) = (id, title);
    draft
}

/// Reads the neutral JSON model; the set is named after its file unless it says otherwise.
pub(super) fn read_json(sheet: &mut Sheet<'_>, root: &Table, file_id: Option<String>) -> SetDraft {
    let mut reader = Reader::new(sheet);
    reader.only(root, JSON.file, &["id", "title", "questions"]);
    let id = match root.get("id") {
        Some(node) => slug_at(&mut reader, node),
        None => file_id.map(|value| At {
            value,
            span: root.span.clone(),
        }),
    };
    if id.is_none() && root.get("id").is_none() {
        let (key, table) = ("id".to_owned(), JSON.file.to_owned());
        reader.fault(
            &root.span,
            FaultCode::MissingKey {
                key,
                table,
                example: "\"id\": \"dang-bo\"",
            },
        );
    }
    let node = reader.required(root, JSON.file, "title", "\"title\": \"Lịch sử Đảng bộ tỉnh\"");
    let title = node.and_then(|node| reader.text(node, "title", 300));
    let _ = reader.required(root, JSON.file, "questions", "\"questions\": [ … ]");
    let mut draft = read_questions(&mut reader, root, &JSON);
    if let Some(node) = root.get("questions").filter(|_| draft.count == 0) {
        reader.fault(&node.span, FaultCode::NoQuestions {});
    }
    (draft.id, draft.title) = (id, title);
    draft
}

/// Judges the questions of a foreign format, each with its place in the file.
pub(super) fn read_raw(
    sheet: &mut Sheet<'_>,
    tables: &[(u32, Table)],
    title: &At<String>,
    id: Option<At<String>>,
) -> SetDraft {
    let mut reader = Reader::new(sheet);
    let title = reader.clean_text(&title.value, &title.span, "title", 300);
    let tables: Vec<(u32, &Table)> = tables.iter().map(|(place, table)| (*place, table)).collect();
    let mut draft = read_tables(&mut reader, &tables, &RAW);
    (draft.id, draft.title) = (id, title);
    draft
}

fn slug_at(reader: &mut Reader<'_, '_>, node: &Node) -> Option<At<String>> {
    reader.slug(node, "id").map(|value| At {
        value,
        span: node.span.clone(),
    })
}

fn read_questions(reader: &mut Reader<'_, '_>, root: &Table, names: &Names) -> SetDraft {
    let tables: Vec<(u32, &Table)> = (1..)
        .zip(reader.tables(root, names.questions, MAX_QUESTIONS))
        .collect();
    read_tables(reader, &tables, names)
}

fn read_tables(reader: &mut Reader<'_, '_>, tables: &[(u32, &Table)], names: &Names) -> SetDraft {
    let mut draft = SetDraft::default();
    let mut seen: BTreeMap<String, Range<usize>> = BTreeMap::new();
    for &(place, table) in tables {
        draft.count += 1;
        let id_text = table.get("id").and_then(|node| match &node.value {
            super::node::Value::Text(text) => Some(super::source::shorten(text, 64)),
            _ => None,
        });
        reader.subject = Subject::Question(place, id_text);
        let question = read_question(reader, table, place, names, &mut draft.holdings);
        if let (Some(id), Some(node)) = (&question.id, table.get("id")) {
            if let Some(first) = seen.get(id) {
                let line = reader.sheet.line_number(first.start);
                reader.fault(&node.span, FaultCode::QuestionDuplicate { id: id.clone(), line });
            } else {
                seen.insert(id.clone(), node.span.clone());
            }
        }
        draft.questions.push(question);
    }
    reader.subject = Subject::File;
    draft
}

fn read_question(
    reader: &mut Reader<'_, '_>,
    table: &Table,
    place: u32,
    names: &Names,
    holdings: &mut Holdings,
) -> QuestionDraft {
    let name = names.question;
    reader.only(
        table,
        name,
        &[
            "id",
            "text",
            "options",
            "key",
            "level",
            "explanation",
            "source",
            "topic",
            "media",
        ],
    );
    let id = reader.required(table, name, "id", "id = \"khoi-nghia-bac-son\"");
    let id = id.and_then(|node| reader.slug(node, "id"));
    let stem = reader.required(
        table,
        name,
        "text",
        "text = \"Khởi nghĩa Bắc Sơn nổ ra vào ngày nào?\"",
    );
    let stem = stem.and_then(|node| {
        let value = reader.text(node, "text", 2_000)?;
        Some(At {
            value,
            span: node.span.clone(),
        })
    });
    let options = reader.required(
        table,
        name,
        "options",
        "options = [\"27/9/1940\", \"23/11/1940\"]",
    );
    let options = options.and_then(|node| read_options(reader, node));
    let key = reader.required(table, name, "key", "key = \"A\"");
    let key = key.and_then(|node| read_key(reader, node, options.as_ref().map(|options| options.written)));
    let level = reader.optional_choice(table, "", "level", &LEVELS);
    holdings.add(level, table.get("level").is_some());
    let explanation = reader.optional_text(table, "explanation", 4_000);
    let source = reader.optional_text(table, "source", 1_000);
    let topic = reader.optional_text(table, "topic", 200);
    let media = table.get("media").map(|node| read_media(reader, node));
    let media = media.unwrap_or_default();
    let complete = match (&id, &stem, options.and_then(|options| options.options), key) {
        (Some(id), Some(stem), Some(options), Some(key)) => {
            let (id, text, multiple) = (QuestionId(id.clone()), stem.value.clone(), key.len() > 1);
            Some((
                Question {
                    id,
                    text,
                    options,
                    multiple,
                    level,
                    explanation,
                    source,
                    topic,
                    media,
                },
                key,
            ))
        }
        _ => None,
    };
    QuestionDraft {
        place,
        id,
        stem,
        complete,
    }
}

impl SetDraft {
    /// The questions of several parts as one set, named as the first part is.
    pub(super) fn join(drafts: Vec<Self>) -> Self {
        let mut drafts = drafts.into_iter();
        let mut joined = drafts.next().unwrap_or_default();
        for draft in drafts {
            joined.count += draft.count;
            joined.questions.extend(draft.questions);
        }
        joined
    }

    /// Name and title, as far as they are known.
    pub(super) fn named(&self) -> Option<(SetId, String)> {
        Some((SetId(self.id.as_ref()?.value.clone()), self.title.clone()?))
    }

    /// The questions that lack nothing.
    pub(super) fn complete_questions(&self) -> Vec<(Question, BTreeSet<u8>)> {
        self.questions
            .iter()
            .filter_map(|question| question.complete.clone())
            .collect()
    }

    /// The set with its version; `None` when something essential is missing, which has been noted then.
    pub(super) fn finish(self) -> Option<LoadedSet> {
        let pairs: Option<Vec<(Question, BTreeSet<u8>)>> = self
            .questions
            .into_iter()
            .map(|question| question.complete)
            .collect();
        let pairs = pairs.filter(|pairs| !pairs.is_empty())?;
        let key = AnswerKey(
            pairs
                .iter()
                .map(|(question, key)| (question.id.clone(), key.clone()))
                .collect(),
        );
        let questions = pairs.into_iter().map(|(question, _)| question).collect();
        let set = QuestionSet {
            id: SetId(self.id?.value),
            title: self.title?,
            questions,
        };
        Some(LoadedSet {
            version: version_of(&set, &key),
            set,
            key,
        })
    }
}
