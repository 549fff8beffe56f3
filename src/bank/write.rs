//! Writing a question set as TOML, in the shape that organisers edit.
//!
//! Owns the written form; what is written is read back as the same set with the same version.

use super::json::key_letters;
use crate::domain::question::{AnswerKey, Level, Question, QuestionOption, QuestionSet};

/// Longest line of options; longer lists get a line for each option.
const LINE_CHARS: usize = 100;

/// The set as a question file.
pub fn write_set_toml(set: &QuestionSet, key: &AnswerKey) -> String {
    let mut text = format!(
        "[set]\nid = {}\ntitle = {}\n",
        quoted(&set.id.0),
        quoted(&set.title)
    );
    for question in &set.questions {
        text.push_str(&question_toml(question, &key_letters(question, key)));
    }
    text
}

fn question_toml(question: &Question, letters: &[String]) -> String {
    let mut text = format!(
        "\n[[question]]\nid = {}\ntext = {}\n",
        quoted(&question.id.0),
        quoted(&question.text)
    );
    text.push_str(&options_toml(&question.options));
    let key = match letters {
        [one] => quoted(one),
        many => format!(
            "[{}]",
            many.iter()
                .map(|letter| quoted(letter))
                .collect::<Vec<_>>()
                .join(", ")
        ),
    };
    text.push_str(&format!("key = {key}\n"));
    let level = question.level.map(|level| match level {
        Level::Easy => "easy",
        Level::Medium => "medium",
        Level::Hard => "hard",
    });
    let optional = [
        ("level", level),
        ("explanation", question.explanation.as_deref()),
        ("source", question.source.as_deref()),
        ("topic", question.topic.as_deref()),
    ];
    for (name, value) in optional {
        if let Some(value) = value {
            text.push_str(&format!("{name} = {}\n", quoted(value)));
        }
    }
    for media in &question.media {
        text.push_str(&format!("[[question.media]]\nfile = {}\n", quoted(&media.file)));
        if let Some(alt) = &media.alt {
            text.push_str(&format!("alt = {}\n", quoted(alt)));
        }
    }
    text
}

fn options_toml(options: &[QuestionOption]) -> String {
    let written: Vec<String> = options
        .iter()
        .map(|option| match option.pin {
            true => format!("{{ text = {}, pin = true }}", quoted(&option.text)),
            false => quoted(&option.text),
        })
        .collect();
    let line = format!("options = [{}]\n", written.join(", "));
    if line.chars().count() <= LINE_CHARS {
        return line;
    }
    let lines: String = written.iter().map(|option| format!("  {option},\n")).collect();
    format!("options = [\n{lines}]\n")
}

/// A text on one line in double quotes, whatever it holds.
pub(super) fn quoted(text: &str) -> String {
    let escape = |c: char| match c {
        '"' => "\\\"".to_owned(),
        '\\' => "\\\\".to_owned(),
        '\n' => "\\n".to_owned(),
        '\t' => "\\t".to_owned(),
        c if c.is_control() => format!("\\u{:04X}", u32::from(c)),
        c => c.to_string(),
    };
    format!("\"{}\"", text.chars().map(escape).collect::<String>())
}
