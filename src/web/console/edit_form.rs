//! The form of a question: what was typed, as a question and back again.
//!
//! Owns names of fields and the mapping of option boxes to places; whether the question is good is judged by the rules of a
//! file.

use super::desk::Desk;
use super::edit_media::{Came, MediaBox};
use crate::action::edit_question::{Edit, Wish};
use crate::domain::question::{
    LABELS, Level, MAX_OPTIONS, Question, QuestionId, QuestionOption, SetId, SetVersion,
};
use crate::domain::set_diff::Keyed;
use crate::web::form::Form;
use std::collections::BTreeSet;

/// Longest reason, characters.
pub const MAX_REASON: usize = 500;

/// What stands in the form.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    /// The version that it starts from.
    pub base: String,
    /// The stem.
    pub text: String,
    /// One box for each label.
    pub options: Vec<OptionBox>,
    /// Pictures, sounds and films.
    pub boxes: Vec<MediaBox>,
    /// `easy`, `medium`, `hard` or empty.
    pub level: String,
    /// Why the key is right.
    pub explanation: String,
    /// Where the fact comes from.
    pub source: String,
    /// What it is about.
    pub topic: String,
    /// Why it is edited.
    pub reason: String,
}

/// A box for an option.
#[derive(Debug, Clone, Default)]
pub struct OptionBox {
    /// A to H.
    pub label: String,
    /// What entrants read; an empty one is no option.
    pub text: String,
    /// In the key.
    pub right: bool,
    /// Keeps its place.
    pub pin: bool,
}

impl Typed {
    /// The form of a stored question.
    pub fn of(base: &SetVersion, keyed: Keyed<'_>) -> Self {
        let question = keyed.question;
        let right = |place: usize| {
            let place = u8::try_from(place).ok();
            keyed
                .key
                .is_some_and(|key| place.is_some_and(|place| key.contains(&place)))
        };
        let boxes = LABELS.iter().enumerate().map(|(place, label)| {
            let option = question.options.get(place);
            OptionBox {
                label: label.to_string(),
                text: option.map(|option| option.text.clone()).unwrap_or_default(),
                right: right(place),
                pin: option.is_some_and(|option| option.pin),
            }
        });
        Self {
            base: base.0.clone(),
            text: question.text.clone(),
            options: boxes.collect(),
            boxes: question.media.iter().map(MediaBox::stored).collect(),
            level: level_name(question.level).to_owned(),
            explanation: question.explanation.clone().unwrap_or_default(),
            source: question.source.clone().unwrap_or_default(),
            topic: question.topic.clone().unwrap_or_default(),
            reason: String::new(),
        }
    }

    /// What was sent, but for pictures, sounds and films.
    pub fn read(form: &Form) -> Self {
        let boxes = LABELS.iter().map(|label| {
            let label = label.to_string();
            OptionBox {
                text: lines(form.get(&format!("option-{label}"))),
                right: form.all("key").any(|key| key == label),
                pin: form.all("pin").any(|pin| pin == label),
                label,
            }
        });
        Self {
            base: form.get("base").chars().take(64).collect(),
            text: lines(form.get("text")),
            options: boxes.collect(),
            boxes: Vec::new(),
            level: form.get("level").to_owned(),
            explanation: lines(form.get("explanation")),
            source: lines(form.get("source")),
            topic: lines(form.get("topic")),
            reason: lines(form.get("reason")),
        }
    }

    /// An empty form.
    pub fn blank(base: &SetVersion) -> Self {
        let boxes = LABELS.iter().map(|label| OptionBox {
            label: label.to_string(),
            ..OptionBox::default()
        });
        Self {
            base: base.0.clone(),
            options: boxes.collect(),
            ..Self::default()
        }
    }

    /// The edit of a question with what came along; parts that the form does not show stay as they are.
    pub fn edit(&self, set: &SetId, stored: &Question, came: &mut Came) -> Edit {
        let (question, key) = self.question(stored.clone());
        self.wish(set, Wish::Edit(question, key), came)
    }

    /// The coming of a question of that name with what came along.
    pub fn add(&self, set: &SetId, id: QuestionId, came: &mut Came) -> Edit {
        let (question, key) = self.question(Question {
            id,
            text: String::new(),
            options: Vec::new(),
            multiple: false,
            level: None,
            explanation: None,
            source: None,
            topic: None,
            media: Vec::new(),
        });
        self.wish(set, Wish::Add(question, key), came)
    }

    fn wish(&self, set: &SetId, wish: Wish, came: &mut Came) -> Edit {
        Edit {
            set: set.clone(),
            base: SetVersion(self.base.clone()),
            wish,
            reason: given(&self.reason),
            files: std::mem::take(&mut came.files),
        }
    }

    /// What was typed as a question and its key; parts that the form does not show are those of `known`.
    fn question(&self, known: Question) -> (Question, BTreeSet<u8>) {
        let filled = self
            .options
            .iter()
            .filter(|option| !option.text.is_empty())
            .take(MAX_OPTIONS);
        let (mut options, mut key) = (Vec::new(), BTreeSet::new());
        for (place, option) in (0_u8..).zip(filled) {
            options.push(QuestionOption {
                text: option.text.clone(),
                pin: option.pin,
            });
            if option.right {
                key.insert(place);
            }
        }
        let question = Question {
            text: self.text.clone(),
            options,
            multiple: key.len() > 1,
            level: level_named(&self.level),
            explanation: given(&self.explanation),
            source: given(&self.source),
            topic: given(&self.topic),
            media: self
                .boxes
                .iter()
                .filter(|one| !one.dropped)
                .map(|one| one.media.clone())
                .collect(),
            ..known
        };
        (question, key)
    }

    /// The key of a message about what no file can have wrong.
    pub fn fault(&self) -> Option<&'static str> {
        let empty_right = self
            .options
            .iter()
            .any(|option| option.right && option.text.is_empty());
        if empty_right {
            Some("desk-key-of-nothing")
        } else if self.reason.chars().count() > MAX_REASON {
            Some("console-reason-too-long")
        } else {
            None
        }
    }
}

/// Difficulties to choose from: value, word, chosen.
pub fn levels(desk: &Desk, chosen: &str) -> Vec<(&'static str, String, bool)> {
    ["", "easy", "medium", "hard"]
        .map(|level| {
            let key = match level {
                "" => "console-level-none".to_owned(),
                level => format!("console-level-{level}"),
            };
            (level, desk.say(&key, &[]), level == chosen)
        })
        .to_vec()
}

fn given(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

/// What was typed, without the carriage returns of forms and without spaces around.
pub fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").trim().to_owned()
}

const fn level_name(level: Option<Level>) -> &'static str {
    match level {
        Some(Level::Easy) => "easy",
        Some(Level::Medium) => "medium",
        Some(Level::Hard) => "hard",
        None => "",
    }
}

fn level_named(name: &str) -> Option<Level> {
    match name {
        "easy" => Some(Level::Easy),
        "medium" => Some(Level::Medium),
        "hard" => Some(Level::Hard),
        _ => None,
    }
}

/// Names that an address carries, as the types they are.
pub fn named(set: String, question: String) -> (SetId, QuestionId) {
    (SetId(set), QuestionId(question))
}
