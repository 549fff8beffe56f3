//! What is written is read back as the same set, whatever it holds.

use super::*;
use crate::bank::{LoadedSet, read_question_file};
use crate::domain::markup::{self, Piece, Shift, Style};
use crate::domain::media::Media;
use crate::domain::question::{AnswerKey, Level, Question, QuestionId, QuestionOption, QuestionSet, SetId};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Texts that spreadsheets like to change.
const TRICKY: &[&str] = &[
    "=1+1",
    "1-5",
    "3/2",
    "A. Mác",
    "A. Một",
    "B. Hai",
    "0912345678",
    "007",
    "+84",
    "-5",
    "@x",
    "'tis",
    "''",
    "\"quoted\"",
    "a;b,c\td",
    "một\nhai",
    "1.930",
    "1e5",
    "TRUE",
    "#REF!",
    "_x0041_",
    "_x005F_",
    "5*3*2",
    "**đậm**",
    "H~2~O",
    "km^2^",
    "a\\*b",
    "\\\\",
    "x^",
    "*",
    "A",
    "B",
    "2",
    "1",
    "Tất cả các đáp án trên",
    "Cả A và B",
    "<b>&amp;</b>",
    "C:\\x",
    "không",
    "  x".trim_ascii(),
    "STT",
    "HẾT",
];

pub(crate) fn text() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec(("[a-zđê0-9]{1,5}( [a-z]{1,4})?", 0_u8..7), 1..4).prop_map(|parts| {
        let style = |kind| Style {
            strong: matches!(kind, 1 | 5),
            emphasis: matches!(kind, 2 | 5),
            shift: match kind {
                3 => Some(Shift::Up),
                4 => Some(Shift::Down),
                _ => None,
            },
        };
        let words: Vec<Piece> = parts
            .into_iter()
            .flat_map(|(text, kind)| {
                let plain = Piece {
                    text: " ".to_owned(),
                    style: Style::default(),
                };
                [
                    Piece {
                        text,
                        style: style(kind),
                    },
                    plain,
                ]
            })
            .collect();
        markup::write(&words).trim().to_owned()
    });
    prop_oneof![
        2 => prop::sample::select(TRICKY).prop_map(str::to_owned),
        2 => "[A-Za-zđĐêÊấ0-9 .,;:?!()*^~\\\\\"'=+@/-]{1,40}".prop_map(|text| text.trim().to_owned()),
        2 => pieces,
    ]
    .prop_filter("a text is not empty", |text| !text.is_empty())
}

fn question() -> impl Strategy<Value = (Question, BTreeSet<u8>)> {
    let options = prop::collection::vec((text(), any::<bool>()), 2..=8);
    let level = prop::option::of(prop::sample::select(vec![
        Level::Easy,
        Level::Medium,
        Level::Hard,
    ]));
    let more = (
        prop::option::of(text()),
        prop::option::of("[a-zđ]{1,9}( [a-z0-9]{1,9})?"),
        prop::option::of(text()),
        prop::collection::vec(
            ("media/[a-z]{1,8}\\.(png|mp3)", "[a-zđ]{1,9}( [=a-z]{1,9})?"),
            0..=4,
        ),
    );
    (
        text(),
        options,
        level,
        more,
        prop::collection::btree_set(0_u8..8, 1..4),
    )
        .prop_map(
            |(text, options, level, (explanation, topic, source, media), key)| {
                let last = u8::try_from(options.len() - 1).unwrap();
                let key: BTreeSet<u8> = key.into_iter().map(|place| place.min(last)).collect();
                let question = Question {
                    id: QuestionId(String::new()),
                    text,
                    options: options
                        .into_iter()
                        .map(|(text, pin)| QuestionOption { text, pin })
                        .collect(),
                    multiple: key.len() > 1,
                    level,
                    explanation,
                    source,
                    topic,
                    media: media
                        .into_iter()
                        .map(|(file, alt)| Media {
                            file,
                            alt: Some(alt),
                            stored: None,
                        })
                        .collect(),
                };
                (question, key)
            },
        )
}

/// Sets that the rules of questions accept: what a file of our own gives.
pub(crate) fn set() -> impl Strategy<Value = LoadedSet> {
    (text(), prop::collection::vec(question(), 1..6)).prop_filter_map(
        "the rules refuse it",
        |(title, questions)| {
            let mut key = AnswerKey::default();
            let mut list = Vec::new();
            for (nth, (mut question, right)) in questions.into_iter().enumerate() {
                question.id = QuestionId(format!("c-{nth}"));
                key.0.insert(question.id.clone(), right);
                list.push(question);
            }
            let set = QuestionSet {
                id: SetId("bo-de".to_owned()),
                title,
                questions: list,
            };
            let text = crate::bank::write_set_json(&set, &key);
            read_question_file("bo-de.json", text.as_bytes()).0
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_workbook_gives_back_the_set_that_was_written(set in set()) {
        let written = write_xlsx(&set).unwrap();
        let read = read_xlsx("bo-de.xlsx", &written.bytes);
        prop_assert_eq!(read.loaded.as_ref(), Some(&set), "{:?}", told(&read).0);
    }

    #[test]
    fn a_csv_file_gives_back_the_set_that_was_written(set in set()) {
        let written = write_csv(&set);
        let read = read_csv("bo-de.csv", &written.bytes);
        prop_assert_eq!(read.loaded.as_ref(), Some(&set), "{:?}", told(&read).0);
    }

    #[test]
    fn any_rows_are_read_to_their_end(cells in prop::collection::vec(prop::collection::vec(text(), 0..9), 0..8)) {
        let lines: Vec<Vec<String>> = cells
            .into_iter()
            .map(|row| row.into_iter().map(|text| text.replace(['&', '<', '>'], "")).collect())
            .collect();
        let lines: Vec<Vec<&str>> = lines.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
        let all: Vec<(u32, &[&str])> = (2..).zip(lines.iter().map(Vec::as_slice)).collect();
        let imported = read_xlsx("de.xlsx", &sheet(&all));
        prop_assert_eq!(imported.loaded.is_some(), !has_error(&imported));
        prop_assert!(imported.questions >= imported.complete.len());
    }

    #[test]
    fn any_text_is_read_as_csv_to_its_end(text in "(Câu hỏi,A,B,Đáp án\n)?[\\PC\n,;\"\t]{0,200}") {
        let imported = read_csv("de.csv", text.as_bytes());
        prop_assert_eq!(imported.loaded.is_some(), !has_error(&imported));
    }
}
