//! Writing Aiken: plain questions with one right option.
//!
//! Owns the written form and telling what it has no place for, which is most of a set.

use super::written::{Losses, right_places};
use crate::bank::formats_write::Exported;
use crate::domain::markup;
use crate::domain::question::{AnswerKey, Question, QuestionSet, label_of};

/// The set as Aiken. Questions with several right options are left out; whatever is left out is told.
pub(super) fn write_aiken(name: &str, set: &QuestionSet, key: &AnswerKey) -> Exported {
    let mut losses = Losses::default();
    let mut text = String::new();
    for question in &set.questions {
        let right = right_places(question, key);
        let [right] = right.as_slice() else {
            losses.skipped(question, "several");
            continue;
        };
        let stem = line(&question.text);
        if !can_begin(&stem) {
            losses.skipped(question, "other");
            continue;
        }
        note(&mut losses, question);
        text.push_str(&format!("{stem}\n"));
        let label = |place: u8| label_of(place).unwrap_or_default();
        for (place, option) in (0..).zip(&question.options) {
            text.push_str(&format!("{}. {}\n", label(place), line(&option.text)));
        }
        text.push_str(&format!("ANSWER: {}\n\n", label(*right)));
    }
    losses.exported(name, text.into_bytes())
}

/// Whether a line would be read as the beginning of a question.
fn can_begin(stem: &str) -> bool {
    stem.len() > 1 && !stem.starts_with("ANSWER:") && !stem.starts_with("A.") && !stem.starts_with("A)")
}

/// A text on one line without signs.
fn line(text: &str) -> String {
    markup::plain(text).replace('\n', " ").trim().to_owned()
}

fn note(losses: &mut Losses, question: &Question) {
    losses.lost("id", true);
    losses.lost("level", question.level.is_some());
    losses.lost("explanation", question.explanation.is_some());
    losses.lost("source", question.source.is_some());
    losses.lost("topic", question.topic.is_some());
    losses.lost("picture", !question.media.is_empty());
    losses.lost("pin", question.options.iter().any(|option| option.pin));
    let texts: Vec<&str> = question
        .options
        .iter()
        .map(|option| option.text.as_str())
        .chain([question.text.as_str()])
        .collect();
    let is_styled = |text: &&str| {
        markup::pieces(text)
            .iter()
            .any(|piece| piece.style != markup::Style::default())
    };
    losses.lost("style", texts.iter().any(is_styled));
    losses.lost("lines", texts.iter().any(|text| text.contains('\n')));
}
