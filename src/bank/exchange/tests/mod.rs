//! Claims about exchange formats, case by case.

use super::*;
use crate::bank::fact::Severity;
use crate::bank::fault::Fault;
use crate::domain::question::{Level, Question};

/// As a file of that name is read.
fn read_moodle_xml(name: &str, bytes: &[u8]) -> Imported {
    crate::bank::import_question_file(name, bytes)
}

fn read_qti(name: &str, bytes: &[u8]) -> Imported {
    crate::bank::import_question_file(name, bytes)
}

/// The paths of what a question is shown with.
fn shown_with(question: &Question) -> Vec<&str> {
    question.media.iter().map(|media| media.file.as_str()).collect()
}

mod aiken;
mod conformance;
mod gift;
mod moodle;
mod qti;
mod qti_package;
mod round_trip;
mod survival;

/// A question in short: stem, options (a pinned one ends in `!`), places of the key.
type Short = (String, Vec<String>, Vec<u8>);

fn short(set: &LoadedSet, question: &Question) -> Short {
    let option = |option: &crate::domain::question::QuestionOption| match option.pin {
        true => format!("{}!", option.text),
        false => option.text.clone(),
    };
    let key = set.key.0[&question.id].iter().copied().collect();
    (
        question.text.clone(),
        question.options.iter().map(option).collect(),
        key,
    )
}

fn expected(stem: &str, options: &[&str], key: &[u8]) -> Short {
    let options = options.iter().map(|option| (*option).to_owned()).collect();
    (stem.to_owned(), options, key.to_vec())
}

fn codes(faults: &[Fault]) -> Vec<&'static str> {
    faults.iter().map(|fault| fault.code.name()).collect()
}

/// The questions of a file that is loaded, with the codes of its warnings.
fn loaded(read: &Imported) -> (Vec<Short>, Vec<&'static str>) {
    let set = read
        .loaded
        .as_ref()
        .unwrap_or_else(|| panic!("{:#?}", read.faults));
    (
        set.set
            .questions
            .iter()
            .map(|question| short(set, question))
            .collect(),
        codes(&read.faults),
    )
}

/// The codes of a file that is refused.
fn refused(read: &Imported) -> Vec<&'static str> {
    assert!(read.loaded.is_none(), "{:#?}", read.loaded);
    codes(&read.faults)
}

/// The first question of a set.
fn first(read: &Imported) -> &Question {
    &read
        .loaded
        .as_ref()
        .unwrap_or_else(|| panic!("{:#?}", read.faults))
        .set
        .questions[0]
}

/// Every fault that the tests of exchange formats show, for the test that each speaks both languages.
pub(in crate::bank) fn faults() -> Vec<Fault> {
    let all = gift::samples()
        .chain(aiken::samples())
        .chain(moodle::samples())
        .chain(qti::samples());
    all.flat_map(|read| read.faults)
        .chain(round_trip::faults())
        .collect()
}
