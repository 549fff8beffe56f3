//! A paper that was read, in the form in which every format gives its questions.
//!
//! Owns this change of form alone; leaves reading to `build`.

use super::super::formats::{Imported, MediaFile};
use super::super::preview::Beside;
use super::{PaperImage, PaperQuestion, PaperReading};
use crate::domain::question::{MAX_OPTIONS, MIN_OPTIONS, Question, QuestionId};
use std::collections::BTreeSet;

impl From<PaperReading> for Imported {
    fn from(paper: PaperReading) -> Self {
        Self {
            questions: paper.questions.len(),
            complete: paper.questions.iter().filter_map(complete).collect(),
            beside: Beside::of_paper(
                paper.convention,
                paper.conventions,
                paper.questions,
                paper.outside,
            ),
            loaded: paper.loaded,
            named: paper.named,
            faults: paper.faults,
            media: paper.images.into_iter().map(MediaFile::from).collect(),
            contents: paper.contents,
        }
    }
}

impl From<PaperImage> for MediaFile {
    fn from(image: PaperImage) -> Self {
        Self {
            path: image.name,
            alt: image.alt,
            bytes: image.bytes,
        }
    }
}

/// A question of a paper that lacks nothing.
fn complete(question: &PaperQuestion) -> Option<(Question, BTreeSet<u8>)> {
    let key: BTreeSet<u8> = question.key.as_ref()?.iter().copied().collect();
    let enough = (MIN_OPTIONS..=MAX_OPTIONS).contains(&question.options.len()) && !key.is_empty();
    enough.then(|| {
        let read = Question {
            id: QuestionId(question.id.clone()),
            text: question.text.clone(),
            options: question.options.clone(),
            multiple: key.len() > 1,
            level: question.level,
            explanation: question.explanation.clone(),
            source: question.source.clone(),
            topic: None,
            media: question.media.clone(),
        };
        (read, key)
    })
}
