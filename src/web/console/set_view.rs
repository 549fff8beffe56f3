//! Lines for pages of question sets: versions with their use, faults with their places, questions with their key.
//!
//! Owns what is printed; only pages that ask for the right to load sets are given a key.

use super::desk::{Desk, inside};
use super::diff_view::level_word;
use crate::bank::{Fault, Preview, Severity, Subject};
use crate::domain::catalog::Contest;
use crate::domain::question::{LABELS, Level};
use crate::i18n::Lang;
use crate::store::console_reads::SetLine;
use crate::web::format;
use crate::web::media::MediaView;

/// A version of a set.
#[derive(Debug, Clone)]
pub struct SetRow {
    /// What people call the set.
    pub title: String,
    /// Its name in files.
    pub id: String,
    /// The first digits of the version.
    pub version: String,
    /// When it came and from whom.
    pub loaded: String,
    /// Rounds that draw from this version.
    pub rounds: String,
    /// Leads to the history, where the reader may see it.
    pub history: Option<String>,
    /// Questions: all, easy, medium, hard, without level.
    pub counts: [String; 5],
}

/// The versions as lines.
pub fn set_rows(desk: &Desk, contest: &Contest, lines: &[SetLine]) -> Vec<SetRow> {
    lines.iter().map(|line| set_row(desk, contest, line)).collect()
}

fn set_row(desk: &Desk, contest: &Contest, line: &SetLine) -> SetRow {
    let set = contest.sets.get(&line.version);
    let count = |level: Option<Option<Level>>| {
        let questions = set.map_or(&[][..], |set| set.questions.as_slice());
        let fits = questions
            .iter()
            .filter(|question| level.is_none_or(|level| question.level == level))
            .count();
        format::number(desk.lang(), fits as i64)
    };
    let users = contest.rounds.iter().filter(|round| {
        let draws = round.rules.paper.draw.iter().any(|draw| draw.set == line.set);
        draws && round.sets.get(&line.set) == Some(&line.version)
    });
    let args = [
        ("at", format::exact(desk.lang(), line.loaded_at).into()),
        ("name", line.loaded_by.clone().into()),
    ];
    SetRow {
        title: set.map(|set| set.title.clone()).unwrap_or_default(),
        id: line.set.0.clone(),
        version: line.version.0.chars().take(8).collect(),
        loaded: desk.say("console-set-loaded-by", &args),
        rounds: users
            .map(|round| inside(&round.title).replace(' ', "\u{a0}"))
            .collect::<Vec<_>>()
            .join(", "),
        history: desk
            .may(crate::domain::staff::Right::LoadSets)
            .then(|| super::bank::history_path(contest, &line.set)),
        counts: [
            count(None),
            count(Some(Some(Level::Easy))),
            count(Some(Some(Level::Medium))),
            count(Some(Some(Level::Hard))),
            count(Some(None)),
        ],
    }
}

/// Equal faults with all their places.
#[derive(Debug, Clone)]
pub struct FaultRow {
    /// It stops the load.
    pub error: bool,
    /// Every place, with the number of the question that is shown below.
    pub places: Vec<(String, Option<u32>)>,
    /// The offending text at the first place.
    pub excerpt: String,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub suggestion: String,
}

/// Faults as lines, errors first, equal ones together.
pub fn fault_rows<'a>(lang: Lang, faults: impl IntoIterator<Item = &'a Fault>) -> Vec<FaultRow> {
    let mut rows: Vec<FaultRow> = Vec::new();
    for fault in faults {
        let (message, suggestion) = (fault.message(lang), fault.suggestion(lang));
        let shown = match fault.place.subject {
            Subject::Question(place, _) => Some(place),
            _ => None,
        };
        let place = (fault.place.text(lang), shown);
        let error = fault.severity == Severity::Error;
        match rows
            .iter_mut()
            .find(|row| row.message == message && row.suggestion == suggestion && row.error == error)
        {
            Some(row) => row.places.push(place),
            None => rows.push(FaultRow {
                error,
                places: vec![place],
                excerpt: fault.excerpt.clone(),
                message,
                suggestion,
            }),
        }
    }
    rows.sort_by_key(|row| !row.error);
    rows
}

/// A question as entrants will see it, with its key.
#[derive(Debug, Clone)]
pub struct QuestionCard {
    /// "Câu 1".
    pub number: String,
    /// The stem.
    pub text: String,
    /// What it is shown with.
    pub media: Vec<MediaView>,
    /// Several options are right.
    pub multiple: bool,
    /// Label, text, pinned, right.
    pub options: Vec<OptionLine>,
    /// The level's word.
    pub level: String,
    /// Why, shown after publication.
    pub explanation: Option<String>,
    /// Where the fact comes from.
    pub source: Option<String>,
    /// What it is about.
    pub topic: Option<String>,
}

/// An option of a [`QuestionCard`].
#[derive(Debug, Clone)]
pub struct OptionLine {
    /// A to H.
    pub label: char,
    /// What entrants read.
    pub text: String,
    /// Keeps its place.
    pub pinned: bool,
    /// In the key.
    pub right: bool,
}

/// A question as far as it was read, as a card.
pub fn card(desk: &Desk, preview: &Preview) -> QuestionCard {
    let options = LABELS.iter().zip(0u8..).zip(&preview.options);
    QuestionCard {
        number: desk.say("console-question", &[("n", preview.place.to_string().into())]),
        text: preview.text.clone(),
        media: MediaView::list(&preview.media),
        multiple: preview.key.len() > 1,
        options: options
            .map(|((label, place), option)| OptionLine {
                label: *label,
                text: option.text.clone(),
                pinned: option.pin,
                right: preview.key.contains(&place),
            })
            .collect(),
        level: level_word(desk, preview.level),
        explanation: preview.explanation.clone(),
        source: preview.source.clone(),
        topic: preview.topic.clone(),
    }
}
