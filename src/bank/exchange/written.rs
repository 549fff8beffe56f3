//! What writing a set in another format gave, and what got lost on the way.
//!
//! Owns counting the losses and the parts that several writers share; leaves the formats to their writers.

use super::html::escape;
use crate::bank::code::FaultCode;
use crate::bank::fault::Fault;
use crate::bank::formats_write::Exported;
use crate::domain::media::MediaKind;
use crate::domain::question::{AnswerKey, Level, Question};
use std::collections::BTreeMap;

/// Gives the bytes of a media file by the path its question names, if they are at hand.
pub type FindMedia<'a> = &'a dyn Fn(&str) -> Option<Vec<u8>>;

/// What got lost.
#[derive(Default)]
pub(super) struct Losses {
    skipped: Vec<FaultCode>,
    counts: BTreeMap<&'static str, u64>,
}

impl Losses {
    /// A part of a question is not written.
    pub(super) fn lost(&mut self, what: &'static str, is_lost: bool) {
        if is_lost {
            *self.counts.entry(what).or_default() += 1;
        }
    }

    /// A question is not written.
    pub(super) fn skipped(&mut self, question: &Question, why: &'static str) {
        let id = question.id.0.clone();
        self.skipped.push(FaultCode::ExportSkipped { id, why });
    }

    pub(super) fn exported(self, name: &str, bytes: Vec<u8>) -> Exported {
        let counts = self.counts.into_iter();
        let lost = counts.map(|(what, count)| FaultCode::ExportLoses { what, count });
        let all = self.skipped.into_iter().chain(lost);
        Exported {
            bytes,
            losses: all.map(|code| Fault::of_file(name, code)).collect(),
        }
    }
}

/// The places of a question's right options, in order.
pub(super) fn right_places(question: &Question, key: &AnswerKey) -> Vec<u8> {
    key.0.get(&question.id).into_iter().flatten().copied().collect()
}

/// The share of the points of each of several right options, as Moodle writes it.
pub(super) const fn share(count: usize) -> &'static str {
    match count {
        0 | 1 => "100",
        2 => "50",
        3 => "33.33333",
        4 => "25",
        5 => "20",
        6 => "16.66667",
        7 => "14.28571",
        _ => "12.5",
    }
}

pub(super) const fn level_word(level: Level) -> &'static str {
    match level {
        Level::Easy => "easy",
        Level::Medium => "medium",
        Level::Hard => "hard",
    }
}

/// Whether a question is a statement that is right or wrong.
pub(super) fn is_truth(question: &Question, right: &[u8]) -> bool {
    let texts: Vec<(&str, bool)> = question
        .options
        .iter()
        .map(|option| (option.text.as_str(), option.pin))
        .collect();
    texts == [("Đúng", true), ("Sai", true)] && right.len() == 1
}

/// A title as the path of a category.
pub(super) fn category_of(title: &str) -> String {
    format!("$course$/top/{}", title.replace('/', "//").replace('\n', " "))
}

/// The files of a question that are at hand, by their names without folders, and how HTML shows them; `folder` stands
/// before each name. What is not at hand is a loss.
pub(super) fn shown(
    question: &Question,
    folder: &str,
    find: FindMedia<'_>,
    losses: &mut Losses,
) -> (String, Vec<(String, Vec<u8>)>) {
    let (mut html, mut files) = (String::new(), Vec::new());
    for media in &question.media {
        let Some(bytes) = find(&media.file) else {
            continue;
        };
        let name = file_name(&media.file);
        let (src, words) = (
            escape(&format!("{folder}{name}")),
            escape(media.alt.as_deref().unwrap_or_default()),
        );
        let tag = match media.kind() {
            MediaKind::Image => format!("<img src=\"{src}\" alt=\"{words}\"/>"),
            kind => format!(
                "<{0} src=\"{src}\" title=\"{words}\" controls=\"controls\"></{0}>",
                kind.name()
            ),
        };
        html.push_str(&format!("<p>{tag}</p>"));
        files.push((name, bytes));
    }
    losses.lost("picture", files.len() < question.media.len());
    (html, files)
}

/// The name of a file without the folder of media; two files never share one.
fn file_name(path: &str) -> String {
    let inside = path.strip_prefix(crate::bank::media::FOLDER).unwrap_or(path);
    inside.replace('/', "-")
}
