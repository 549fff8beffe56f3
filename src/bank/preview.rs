//! Questions as far as they were read, to be shown beside what is wrong with them.
//!
//! Owns what a page needs besides the questions that lack nothing; leaves judging to `questions` and `paper`.

use super::fault::{Fault, Subject};
use super::formats::Imported;
use super::paper::{FoundConvention, KeyConvention, PaperQuestion, SourceLine};
use super::questions::SetDraft;
use crate::domain::media::Media;
use crate::domain::question::{Level, Question, QuestionOption};
use std::collections::BTreeSet;

/// What reading gave besides faults and whole questions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beside {
    /// How a paper's right options were told: the caller's choice, or what marks most questions.
    pub convention: Option<KeyConvention>,
    /// Every way of marking that the paper shows, for the organiser to choose from; empty for other formats.
    pub conventions: Vec<FoundConvention>,
    /// A paper's lines that belong to no question: headings, instructions, what follows the end.
    pub outside: Vec<SourceLine>,
    /// Places in the file, from 1, of the questions that lack nothing.
    places: Vec<u32>,
    /// Place, name and stem of those that lack something.
    unread: Vec<(u32, Option<String>, String)>,
    /// A paper's questions with their lines.
    paper: Vec<PaperQuestion>,
}

/// A question as far as it was read; parts that could not be are empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Preview {
    /// Its place in the file, from 1.
    pub place: u32,
    /// Its name, where it has one.
    pub id: Option<String>,
    /// The stem.
    pub text: String,
    /// The options in order.
    pub options: Vec<QuestionOption>,
    /// Places of the right options from 0.
    pub key: BTreeSet<u8>,
    /// Difficulty.
    pub level: Option<Level>,
    /// Why the key is right.
    pub explanation: Option<String>,
    /// Where the fact comes from.
    pub source: Option<String>,
    /// What it is about.
    pub topic: Option<String>,
    /// What it is shown with.
    pub media: Vec<Media>,
    /// Its lines in a paper.
    pub lines: Vec<SourceLine>,
}

impl Beside {
    /// What there is to tell of a set that was read.
    pub(super) fn of(draft: &SetDraft) -> Self {
        let mut beside = Self::default();
        for question in &draft.questions {
            if question.is_complete() {
                beside.places.push(question.place);
            } else {
                let stem = question.stem.as_ref().map(|stem| stem.value.clone());
                let unread = (question.place, question.id.clone(), stem.unwrap_or_default());
                beside.unread.push(unread);
            }
        }
        beside
    }

    /// What there is to tell of a paper.
    pub(super) fn of_paper(
        convention: Option<KeyConvention>,
        conventions: Vec<FoundConvention>,
        paper: Vec<PaperQuestion>,
        outside: Vec<SourceLine>,
    ) -> Self {
        Self {
            convention,
            conventions,
            outside,
            paper,
            ..Self::default()
        }
    }
}

impl Imported {
    /// Every question as far as it was read, in the order of the file.
    pub fn previews(&self) -> Vec<Preview> {
        if !self.beside.paper.is_empty() {
            return self.beside.paper.iter().map(Preview::of_paper).collect();
        }
        let whole = self.beside.places.iter().zip(&self.complete);
        let whole = whole.map(|(place, (question, key))| Preview::of_whole(*place, question, key));
        let unread = self.beside.unread.iter().map(|(place, id, text)| Preview {
            place: *place,
            id: id.clone(),
            text: text.clone(),
            ..Preview::default()
        });
        let mut previews: Vec<Preview> = whole.chain(unread).collect();
        previews.sort_by_key(|preview| preview.place);
        previews
    }
}

impl Preview {
    /// A question that lacks nothing.
    pub fn of_whole(place: u32, question: &Question, key: &BTreeSet<u8>) -> Self {
        Self {
            place,
            id: Some(question.id.0.clone()),
            text: question.text.clone(),
            options: question.options.clone(),
            key: key.clone(),
            level: question.level,
            explanation: question.explanation.clone(),
            source: question.source.clone(),
            topic: question.topic.clone(),
            media: question.media.clone(),
            lines: Vec::new(),
        }
    }

    fn of_paper(question: &PaperQuestion) -> Self {
        Self {
            place: question.place,
            id: Some(question.id.clone()),
            text: question.text.clone(),
            options: question.options.clone(),
            key: question.key.iter().flatten().copied().collect(),
            level: question.level,
            explanation: question.explanation.clone(),
            source: question.source.clone(),
            topic: None,
            media: question.media.clone(),
            lines: question.lines.clone(),
        }
    }

    /// Whether a fault is about this question.
    pub fn is_meant(&self, fault: &Fault) -> bool {
        match &fault.place.subject {
            Subject::Question(place, None) => *place == self.place,
            Subject::Question(place, Some(id)) => {
                *place == self.place && self.id.as_ref().is_none_or(|own| own == id)
            }
            _ => false,
        }
    }
}
