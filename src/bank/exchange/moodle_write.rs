//! Writing Moodle XML.
//!
//! Owns the written form; what is written is read back as the same set. Sources and single pinned options, for which
//! Moodle has no place, stand in an element of our own that Moodle passes over.

use super::html::{self, escape};
use super::written::{FindMedia, Losses, category_of, is_truth, level_word, right_places, share, shown};
use crate::bank::formats_write::Exported;
use crate::domain::question::{AnswerKey, Question, QuestionSet, label_of};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The set as Moodle XML; `media` gives the pictures.
pub(super) fn write_moodle_xml(
    name: &str,
    set: &QuestionSet,
    key: &AnswerKey,
    media: FindMedia<'_>,
) -> Exported {
    let mut losses = Losses::default();
    let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n".to_owned();
    text.push_str(&format!(
        "<question type=\"category\">\n  <category><text>{}</text></category>\n</question>\n",
        escape(&category_of(&set.title))
    ));
    for question in &set.questions {
        let (html, files) = shown(question, "@@PLUGINFILE@@/", media, &mut losses);
        text.push_str(&question_xml(
            question,
            &right_places(question, key),
            &html,
            &files,
        ));
    }
    text.push_str("</quiz>\n");
    losses.exported(name, text.into_bytes())
}

fn question_xml(question: &Question, right: &[u8], media: &str, files: &[(String, Vec<u8>)]) -> String {
    let is_truth = is_truth(question, right);
    let kind = if is_truth { "truefalse" } else { "multichoice" };
    let mut out = format!(
        "<question type=\"{kind}\">\n  <name><text>{id}</text></name>\n  <questiontext format=\"html\">{}</questiontext>\n",
        stem_xml(question, media, files),
        id = question.id,
    );
    let explanation = question.explanation.as_deref().unwrap_or_default();
    out.push_str(&format!(
        "  <generalfeedback format=\"html\">{}</generalfeedback>\n",
        html_text(explanation)
    ));
    out.push_str(&format!(
        "  <defaultgrade>1</defaultgrade>\n  <idnumber>{}</idnumber>\n",
        question.id
    ));
    match is_truth {
        true => {
            let shares = if right == [0] { ["100", "0"] } else { ["0", "100"] };
            for (word, share) in ["true", "false"].into_iter().zip(shares) {
                out.push_str(&format!("  <answer fraction=\"{share}\" format=\"moodle_auto_format\"><text>{word}</text></answer>\n"));
            }
        }
        false => out.push_str(&options_xml(question, right)),
    }
    if let Some(level) = question.level {
        out.push_str(&format!(
            "  <tags><tag><text>{}</text></tag></tags>\n",
            level_word(level)
        ));
    }
    out.push_str(&own_xml(question, is_truth));
    out.push_str("</question>\n");
    out
}

fn html_text(text: &str) -> String {
    format!("<text>{}</text>", escape(&html::write(text)))
}

/// `media` is the HTML below the stem, `files` what it names.
fn stem_xml(question: &Question, media: &str, files: &[(String, Vec<u8>)]) -> String {
    let stem = html::write(&question.text);
    if files.is_empty() {
        return format!("<text>{}</text>", escape(&stem));
    }
    let file = |(name, bytes): &(String, Vec<u8>)| {
        format!(
            "<file name=\"{}\" path=\"/\" encoding=\"base64\">{}</file>",
            escape(name),
            STANDARD.encode(bytes)
        )
    };
    let files: String = files.iter().map(file).collect();
    format!("<text>{}</text>{files}", escape(&format!("<p>{stem}</p>{media}")))
}

fn options_xml(question: &Question, right: &[u8]) -> String {
    let shuffles = !question.options.iter().all(|option| option.pin);
    let mut out = format!(
        "  <single>{}</single>\n  <shuffleanswers>{shuffles}</shuffleanswers>\n  <answernumbering>ABCD</answernumbering>\n",
        right.len() <= 1,
    );
    for (place, option) in (0..).zip(&question.options) {
        let share = match (right.contains(&place), right.len()) {
            (true, count) => share(count),
            (false, 0 | 1) => "0",
            (false, _) => "-100",
        };
        out.push_str(&format!(
            "  <answer fraction=\"{share}\" format=\"html\">{}</answer>\n",
            html_text(&option.text)
        ));
    }
    out
}

/// What Moodle has no place for.
fn own_xml(question: &Question, is_truth: bool) -> String {
    let is_all = question.options.iter().all(|option| option.pin);
    let mut own = String::new();
    for (place, option) in (0..).zip(&question.options) {
        if let Some(label) = label_of(place).filter(|_| option.pin && !is_all && !is_truth) {
            own.push_str(&format!("<pin>{label}</pin>"));
        }
    }
    for (name, text) in [("source", &question.source), ("topic", &question.topic)] {
        if let Some(text) = text {
            own.push_str(&format!("<{name}>{}</{name}>", escape(text)));
        }
    }
    if own.is_empty() {
        own
    } else {
        format!("  <hoithi>{own}</hoithi>\n")
    }
}
