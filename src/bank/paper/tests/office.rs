//! Documents that LibreOffice saved (`tests/papers`, each beside its source and its expected reading), and real questions.

use super::word::Word;
use super::*;
use crate::domain::question::{Question, QuestionSet};
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/papers")
}

fn read_file(name: &str) -> PaperReading {
    read_docx(name, &std::fs::read(folder().join(name)).unwrap(), None)
}

/// What a reading is expected to be.
#[derive(Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
struct Expected {
    convention: Option<String>,
    faults: Vec<String>,
    questions: Vec<String>,
    outside: Vec<String>,
}

impl Expected {
    fn of(reading: &PaperReading) -> Self {
        Self {
            convention: reading.convention.map(|convention| convention.name().to_owned()),
            faults: places(&reading.faults),
            questions: shown(reading).lines().map(str::to_owned).collect(),
            outside: reading.outside.iter().map(|line| line.text.clone()).collect(),
        }
    }
}

#[test]
fn documents_of_libreoffice_read_as_expected() {
    let mut count = 0;
    for entry in std::fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "docx") {
            continue;
        }
        let found = Expected::of(&read_file(path.file_name().unwrap().to_str().unwrap()));
        let expected = std::fs::read_to_string(path.with_extension("json")).unwrap();
        let expected: Expected = serde_json::from_str(&expected).unwrap();
        assert_eq!(found, expected, "{}", path.display());
        count += 1;
    }
    assert!(count >= 7);
}

/// The fifty questions that the paper holds, from the contest that comes with the program.
fn fifty() -> Vec<(Question, Vec<u8>)> {
    let sets: Vec<LoadedSet> = ["dang-bo", "que-huong"]
        .iter()
        .map(|name| {
            let path = format!("quizzes/lang-son-90-nam/questions/{name}.toml");
            let bytes = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
            crate::bank::read_set(name, &bytes).0.unwrap()
        })
        .collect();
    let of = |set: &LoadedSet| -> Vec<(Question, Vec<u8>)> {
        let first = set.set.questions.iter().take(25);
        first
            .map(|question| {
                (
                    question.clone(),
                    set.key.0[&question.id].iter().copied().collect(),
                )
            })
            .collect()
    };
    sets.iter().flat_map(of).collect()
}

fn same_as_the_bank(reading: &PaperReading) {
    let errors: Vec<String> = places(&reading.faults);
    assert_eq!(errors, Vec::<String>::new());
    let loaded = reading.loaded.as_ref().unwrap();
    let QuestionSet { questions, .. } = &loaded.set;
    assert_eq!(questions.len(), 50);
    for (found, (question, key)) in questions.iter().zip(fifty()) {
        assert_eq!(found.text, question.text);
        let texts = |question: &Question| -> Vec<String> {
            question.options.iter().map(|o| o.text.clone()).collect()
        };
        assert_eq!(texts(found), texts(&question));
        let found_key: Vec<u8> = loaded.key.0[&found.id].iter().copied().collect();
        assert_eq!(found_key, key, "{}", found.text);
    }
}

#[test]
fn fifty_real_questions_saved_by_libreoffice_load_without_a_fault() {
    same_as_the_bank(&read_file("nam-muoi-cau.docx"));
}

#[test]
fn fifty_real_questions_shaped_by_word_load_without_a_fault() {
    let mut word = Word::default().lines("BAN TUYÊN GIÁO TỈNH ỦY LẠNG SƠN\nCÂU HỎI CUỘC THI");
    for (place, (question, key)) in fifty().into_iter().enumerate() {
        word = word.p(&format!("{{b|Câu {}:}} {}", place + 1, question.text));
        for (at, option) in (0_u8..).zip(&question.options) {
            let line = format!("{}. {}", char::from(b'A' + at), option.text);
            word = match key.contains(&at) {
                true => word.p(&format!("{{red|{line}}}")),
                false => word.p(&line),
            };
        }
    }
    same_as_the_bank(&read_docx(
        "nam-muoi-cau.docx",
        &word.p("-----HẾT-----").bytes(),
        None,
    ));
}

#[test]
fn twelve_planted_faults_are_found_each_at_its_place() {
    let reading = read_file("muoi-hai-loi.docx");
    // Each question is wrong in one way; the places are those of the document.
    let planted = [
        "paper-key-none@p7 q2",
        "paper-key-all@p13 q3",
        "paper-option-order@p20 q4",
        "option-duplicate@p25 q5",
        "paper-no-options@p27 q6",
        "paper-empty-option@p30 q7",
        "paper-stray@p38 q8",
        "paper-number@p49 q11",
        "paper-key-several@p55 q12",
        "stem-duplicate@p59 q13",
        "paper-no-stem@p69 q15",
        "paper-key-disagrees@p80 q17",
    ];
    assert_eq!(places(&reading.faults), planted);
    for lang in Lang::ALL {
        for fault in &reading.faults {
            assert!(fault.message(lang).chars().count() > 10 && fault.suggestion(lang).chars().count() > 10);
        }
    }
}
