//! Writing GIFT.
//!
//! Owns the written form; what is written is read back as the same set. Names, levels, pinned options and sources stand in
//! comments, where other readers of GIFT pass over what they do not know.

use super::html;
use super::written::{Losses, category_of, is_truth, level_word, right_places, share};
use crate::bank::formats_write::Exported;
use crate::domain::markup;
use crate::domain::question::{AnswerKey, Question, QuestionOption, QuestionSet, label_of};

/// The set as GIFT; pictures are not in it, which is told.
pub(super) fn write_gift(name: &str, set: &QuestionSet, key: &AnswerKey) -> Exported {
    let mut losses = Losses::default();
    let title = category_of(&set.title).replace('\\', "\\\\");
    let mut text = format!("$CATEGORY: {title}\n\n");
    for question in &set.questions {
        losses.lost("picture", !question.media.is_empty());
        text.push_str(&question_gift(question, &right_places(question, key)));
    }
    losses.exported(name, text.into_bytes())
}

fn question_gift(question: &Question, right: &[u8]) -> String {
    let is_truth = is_truth(question, right);
    let texts = question.options.iter().map(|option| option.text.as_str());
    let all = texts
        .chain([question.text.as_str()])
        .chain(question.explanation.as_deref());
    let is_html = all.clone().any(needs_html);
    let written = |text: &str| match is_html {
        true => format!("[html]{}", escape(&html::write(text))),
        false => escape(&markup::plain(text)),
    };
    let mut out = comment(question, is_truth);
    out.push_str(&format!("::{}::{} {{", question.id, written(&question.text)));
    if is_truth {
        out.push_str(if right == [0] { "TRUE" } else { "FALSE" });
    } else {
        out.push('\n');
        for (place, option) in (0..).zip(&question.options) {
            let sign = sign_of(place, right, option);
            out.push_str(&format!("{sign}{}\n", written(&option.text)));
        }
    }
    if let Some(explanation) = &question.explanation {
        out.push_str(&format!("####{}\n", written(explanation)));
    }
    out.push_str("}\n\n");
    out
}

/// What begins an option.
fn sign_of(place: u8, right: &[u8], option: &QuestionOption) -> String {
    match (right.contains(&place), right.len()) {
        (true, 1) => "=".to_owned(),
        (true, count) => format!("~%{}%", share(count)),
        // A text that begins like a weight needs one before it.
        (false, 1) if option.text.starts_with('%') => "~%0%".to_owned(),
        (false, 1) => "~".to_owned(),
        (false, _) => "~%-100%".to_owned(),
    }
}

fn comment(question: &Question, is_truth: bool) -> String {
    let mut notes = vec![format!("[id:{}]", question.id)];
    if let Some(level) = question.level {
        notes.push(format!("[tag:{}]", level_word(level)));
    }
    let pins: String = (0..)
        .zip(&question.options)
        .filter(|(_, option)| option.pin && !is_truth)
        .filter_map(|(place, _)| label_of(place))
        .collect();
    if !pins.is_empty() {
        notes.push(format!("[pin:{pins}]"));
    }
    for (name, text) in [("source", &question.source), ("topic", &question.topic)] {
        if let Some(text) = text {
            let text = text
                .replace('\\', "\\\\")
                .replace(']', "\\]")
                .replace('\n', "\\n");
            notes.push(format!("[{name}:{text}]"));
        }
    }
    format!("// {}\n", notes.join(" "))
}

/// Whether a text has more than characters on one line, or begins like the name of a format.
fn needs_html(text: &str) -> bool {
    let plain = markup::plain(text);
    let is_styled = markup::pieces(text)
        .iter()
        .any(|piece| piece.style != markup::Style::default());
    is_styled || plain.starts_with('[') || plain.contains(['<', '&', '\n', '\t'])
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            ':' | '#' | '=' | '{' | '}' | '~' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}
