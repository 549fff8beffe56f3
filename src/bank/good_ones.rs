//! The questions of a faulty file that have no fault, as a set of their own.
//!
//! Owns which questions those are: never half a question, and none at all where the file as a whole is faulty, because then
//! nobody knows what else was misread. Leaves to the organiser whether they are loaded without the others.

use super::LoadedSet;
use super::fact::Severity;
use super::fault::{Fault, Subject};
use super::formats::Imported;
use super::preview::Preview;
use crate::domain::question::{AnswerKey, QuestionSet};
use std::collections::{BTreeSet, HashSet};

/// A set without the faulty questions of its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoodOnes {
    /// The set.
    pub loaded: LoadedSet,
    /// Places in the file of the questions that are left out, from 1.
    pub left_out: BTreeSet<u32>,
}

impl Imported {
    /// The questions that have no error; `None` where no question has one, all have, or the file as a whole has.
    pub fn good_ones(&self) -> Option<GoodOnes> {
        let (id, title) = self.named.clone()?;
        let errors: Vec<&Fault> = self
            .faults
            .iter()
            .filter(|fault| fault.severity == Severity::Error)
            .collect();
        let mut left_out = BTreeSet::new();
        for fault in &errors {
            match fault.place.subject {
                Subject::Question(place, _) => left_out.insert(place),
                _ => return None,
            };
        }
        let previews = self.previews();
        let bad = |preview: &&Preview| left_out.contains(&preview.place);
        // Two questions of one name cannot be told apart here, so neither is taken.
        let bad_names: HashSet<&str> = previews
            .iter()
            .filter(bad)
            .filter_map(|preview| preview.id.as_deref())
            .collect();
        let good: Vec<_> = self
            .complete
            .iter()
            .filter(|(question, _)| !bad_names.contains(question.id.0.as_str()))
            .collect();
        let names: HashSet<&str> = good.iter().map(|(question, _)| question.id.0.as_str()).collect();
        // Every question is either taken or known to be left out, and none of the names is there twice.
        let whole = names.len() == good.len() && good.len() + left_out.len() == self.questions;
        if good.is_empty() || left_out.is_empty() || !whole {
            return None;
        }
        let key = good
            .iter()
            .map(|(question, right)| (question.id.clone(), right.clone()))
            .collect();
        let questions = good.into_iter().map(|(question, _)| question.clone()).collect();
        Some(GoodOnes {
            loaded: LoadedSet::of(QuestionSet { id, title, questions }, AnswerKey(key)),
            left_out,
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::bank::import_question_file;

    /// The stems that are good, and the places left out.
    fn good(name: &str, bytes: &[u8]) -> Option<(Vec<String>, Vec<u32>)> {
        let good = import_question_file(name, bytes).good_ones()?;
        let questions = good.loaded.set.questions.iter();
        Some((
            questions.map(|question| question.text.clone()).collect(),
            good.left_out.into_iter().collect(),
        ))
    }

    fn expected(stems: &[&str], left_out: &[u32]) -> Option<(Vec<String>, Vec<u32>)> {
        let stems = stems.iter().map(|stem| (*stem).to_owned()).collect();
        Some((stems, left_out.to_vec()))
    }

    #[test]
    fn good_questions_are_told_from_faulty_ones_in_every_kind_of_file() {
        let paper = "Câu 1. Một?\n*A. a\nB. b\nCâu 2. Hai?\nA. a\nB. b\nCâu 3. Ba?\nA. a\n*B. b\n";
        assert_eq!(good("de.txt", paper.as_bytes()), expected(&["Một?", "Ba?"], &[2]));
        let table = "Câu hỏi,A,B,Đáp án\nMột?,a,b,A\nHai?,a,b,Z\n,a,b,A\nBốn?,a,b,B\n";
        assert_eq!(
            good("de.csv", table.as_bytes()),
            expected(&["Một?", "Bốn?"], &[2, 3])
        );
        let gift = "Một? {=a ~b}\n\nHai? {~a ~b}\n\nBa? {=a ~b}";
        assert_eq!(good("de.gift", gift.as_bytes()), expected(&["Một?", "Ba?"], &[2]));
        let aiken = "Một?\nA. a\nB. b\nANSWER: A\nHai?\nA. a\nB. b\nANSWER: E\n";
        assert_eq!(good("de.aiken", aiken.as_bytes()), expected(&["Một?"], &[2]));
        let toml = "[set]\nid = \"de\"\ntitle = \"Đề\"\n[[question]]\nid = \"c1\"\ntext = \"Một?\"\noptions = [\"a\", \"b\"]\nkey = \"A\"\n\
                    [[question]]\nid = \"c2\"\ntext = \"Hai?\"\noptions = [\"a\"]\nkey = \"A\"\n";
        assert_eq!(good("de.toml", toml.as_bytes()), expected(&["Một?"], &[2]));
    }

    #[test]
    fn nothing_is_taken_out_of_a_file_that_is_good_faulty_as_a_whole_or_ambiguous() {
        for (name, text) in [
            ("de.txt", "Câu 1. Một?\n*A. a\nB. b\n"),
            ("de.txt", "Câu 1. Một?\nA. a\nB. b\n"),
            // A key that is nowhere marked.
            ("de.txt", "Câu 1. Một?\nA. a\nB. b\nCâu 2. Hai?\nA. a\nB. b\n"),
            // Columns that are missing.
            ("de.csv", "Câu hỏi,A,Đáp án\nMột?,a,A\n"),
            // One name for two questions.
            (
                "de.json",
                "{\"title\":\"Đề\",\"questions\":[{\"id\":\"c\",\"text\":\"Một?\",\"options\":[\"a\",\"b\"],\"key\":[\"A\"]},\
                 {\"id\":\"c\",\"text\":\"Hai?\",\"options\":[\"a\",\"b\"],\"key\":[\"A\"]}]}",
            ),
        ] {
            assert_eq!(good(name, text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn what_is_good_is_the_set_that_the_file_without_its_faulty_questions_would_be() {
        let paper = "Câu 1. Một?\n*A. a\nB. b\nCâu 2. Hai?\nA. a\n*B. b\nCâu 3. Ba?\nA. a\nB. b\n";
        let whole = import_question_file("de.txt", paper.as_bytes())
            .good_ones()
            .unwrap();
        let (kept, _) = paper.split_once("Câu 3.").unwrap();
        assert_eq!(
            Some(whole.loaded),
            import_question_file("de.txt", kept.as_bytes()).loaded
        );
    }
}
