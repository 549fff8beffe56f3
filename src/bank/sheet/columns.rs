//! What is written into which column, the same for both formats.
//!
//! Owns names and order of the columns and when a row says that its signs are markup; leaves the files to `write` and
//! `csv_file`.

use super::super::LoadedSet;
use super::super::json::key_letters;
use super::super::paper::after_question_label;
use super::finish::all_labelled;
use super::header::Field;
use super::values::verbatim;
use crate::domain::markup;
use crate::domain::question::{LABELS, Level, Question, label_of};

/// In front of the title, in the row above the columns.
pub(super) const TITLE: &str = "Tên bộ câu hỏi";
/// What the key and pin columns join letters with.
const JOIN: &str = ", ";

/// The columns of a set: four options at least, so that a question can be added.
pub(super) fn columns(set: &LoadedSet, marked: bool) -> Vec<Field> {
    let most = set
        .set
        .questions
        .iter()
        .map(|question| question.options.len())
        .max();
    let options = most.unwrap_or(4).max(4);
    let places = (0..).take(options).map(Field::Option);
    let mut columns = vec![Field::Number, Field::Id, Field::Stem];
    columns.extend(places);
    let topics = set.set.questions.iter().any(|question| question.topic.is_some());
    columns.extend([Field::Key, Field::Level, Field::Explanation, Field::Source]);
    if topics {
        columns.push(Field::Topic);
    }
    columns.extend([Field::Media, Field::Alt, Field::Pin]);
    if marked {
        columns.push(Field::Markup);
    }
    columns
}

/// The name of a column.
pub(super) fn name(field: Field) -> String {
    match field {
        Field::Number => "STT".to_owned(),
        Field::Id => "Mã câu".to_owned(),
        Field::Stem => "Câu hỏi".to_owned(),
        Field::Option(place) => label_of(place).map(String::from).unwrap_or_default(),
        Field::Key => "Đáp án".to_owned(),
        Field::Level => "Mức độ".to_owned(),
        Field::Explanation => "Giải thích".to_owned(),
        Field::Source => "Nguồn".to_owned(),
        Field::Topic => "Chủ đề".to_owned(),
        Field::Media => "Hình ảnh".to_owned(),
        Field::Alt => "Mô tả hình".to_owned(),
        Field::Pin => "Giữ chỗ".to_owned(),
        Field::Markup => "Đánh dấu".to_owned(),
    }
}

/// The word for a level.
pub(super) const fn level_word(level: Level) -> &'static str {
    match level {
        Level::Easy => "Dễ",
        Level::Medium => "Trung bình",
        Level::Hard => "Khó",
    }
}

/// The texts of a question that may hold markup.
pub(super) fn texts(question: &Question) -> impl Iterator<Item = &str> {
    let options = question.options.iter().map(|option| option.text.as_str());
    options
        .chain([question.text.as_str()])
        .chain(question.explanation.as_deref())
}

/// Whether a row has to be read letter by letter: a text of it is none of those that `can` is written otherwise, or its options
/// begin with what looks like their labels, or its stem with a number.
pub(super) fn is_exact(question: &Question, can: impl Fn(&str) -> bool) -> bool {
    let plain = |text: &str| verbatim(&markup::plain(text)) == text;
    let labelled = all_labelled(question.options.iter().map(|option| option.text.as_str()));
    let numbered = after_question_label(&question.text).is_some();
    labelled || numbered || !texts(question).all(|text| plain(text) || can(text))
}

/// The text of a cell, in markup; empty where the question has none.
pub(super) fn value(set: &LoadedSet, nth: usize, question: &Question, field: Field, exact: bool) -> String {
    let optional = |text: &Option<String>| text.clone().unwrap_or_default();
    match field {
        Field::Number => (nth + 1).to_string(),
        Field::Id => question.id.0.clone(),
        Field::Stem => question.text.clone(),
        Field::Option(place) => {
            let option = question.options.get(usize::from(place));
            option.map(|option| option.text.clone()).unwrap_or_default()
        }
        Field::Key => key_letters(question, &set.key).join(JOIN),
        Field::Level => question.level.map(level_word).unwrap_or_default().to_owned(),
        Field::Explanation => optional(&question.explanation),
        Field::Source => optional(&question.source),
        Field::Topic => optional(&question.topic),
        Field::Media => {
            let files: Vec<&str> = question.media.iter().map(|media| media.file.as_str()).collect();
            files.join("\n")
        }
        Field::Alt => {
            let words: Vec<&str> = question
                .media
                .iter()
                .map(|media| media.alt.as_deref().unwrap_or_default())
                .collect();
            words.join("\n").trim_end().to_owned()
        }
        Field::Pin => pins(question),
        Field::Markup => if exact { "có" } else { "" }.to_owned(),
    }
}

/// The letters of pinned options; "không" where none is and a text alone would say otherwise.
fn pins(question: &Question) -> String {
    let pinned = LABELS
        .iter()
        .zip(&question.options)
        .filter(|(_, option)| option.pin);
    let letters: Vec<String> = pinned.map(|(label, _)| label.to_string()).collect();
    let looks_pinned = || {
        let mut texts = question.options.iter().map(|option| option.text.as_str());
        texts.any(|text| super::super::pins::recognise(text).is_some())
    };
    if letters.is_empty() && looks_pinned() {
        return "không".to_owned();
    }
    letters.join(JOIN)
}

/// Whether the texts of a column are set in markup.
pub(super) const fn is_text(field: Field) -> bool {
    matches!(field, Field::Stem | Field::Option(_) | Field::Explanation)
}
