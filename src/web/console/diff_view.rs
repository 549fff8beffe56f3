//! Differences between versions of questions, ready to print.
//!
//! Owns which parts of a question are compared and how a part is written out; the comparison is `domain::text_diff`'s.

use super::desk::Desk;
use crate::domain::media::{Media, MediaName};
use crate::domain::question::{LABELS, Level};
use crate::domain::set_diff::{Changed, Keyed, KeyedSet, changes};
use crate::domain::text_diff::{Fate, Run, diff};
use crate::web::format;
use crate::web::media::MediaView;

/// Questions whose differences are written out on one page.
const SHOWN: usize = 60;

/// A question that differs.
#[derive(Debug, Clone)]
pub struct DiffCard {
    /// "Sửa câu khoi-nghia-bac-son".
    pub title: String,
    /// Parts that differ, and the stem.
    pub lines: Vec<DiffLine>,
    /// Pictures, sounds and films that went or came.
    pub media: Vec<DiffMedia>,
}

/// A picture, sound or film that differs.
#[derive(Debug, Clone)]
pub struct DiffMedia {
    /// `del` or `ins`.
    pub element: &'static str,
    /// What is shown.
    pub view: MediaView,
}

/// Where a browser gets a content; `None` where it cannot be shown.
pub type Address<'a> = &'a dyn Fn(&MediaName) -> Option<String>;

/// The address of everything that is stored.
pub fn stored(name: &MediaName) -> Option<String> {
    Some(name.address())
}

/// A part of a question.
#[derive(Debug, Clone)]
pub struct DiffLine {
    /// "Phương án A".
    pub label: String,
    /// Its words with what became of them.
    pub runs: Vec<DiffRun>,
}

/// Some words.
#[derive(Debug, Clone)]
pub struct DiffRun {
    /// `del`, `ins` or empty.
    pub element: &'static str,
    /// The words.
    pub text: String,
}

/// What differs between two versions of a set.
#[derive(Debug, Clone)]
pub struct SetDifference {
    /// "Sửa 2 câu, thêm 1 câu, bớt 0 câu".
    pub counts: String,
    /// The questions, as many as are shown.
    pub cards: Vec<DiffCard>,
    /// Says that there are more.
    pub more: Option<String>,
}

/// The difference between two versions of a set.
pub fn set_difference(
    desk: &Desk,
    before: KeyedSet<'_>,
    after: KeyedSet<'_>,
    address: Address<'_>,
) -> SetDifference {
    let changed = changes(before, after);
    let count = |fits: fn(&Changed<'_>) -> bool| {
        let n = changed.iter().filter(|one| fits(one)).count();
        format::number(desk.lang(), n as i64)
    };
    let counts = [
        (
            "changed",
            count(|one| one.before.is_some() && one.after.is_some()).into(),
        ),
        ("come", count(|one| one.before.is_none()).into()),
        ("gone", count(|one| one.after.is_none()).into()),
    ];
    let left = changed.len().saturating_sub(SHOWN);
    SetDifference {
        counts: desk.say("desk-diff-counts", &counts),
        cards: changed
            .iter()
            .take(SHOWN)
            .map(|one| diff_card(desk, one, address))
            .collect(),
        more: (left > 0).then(|| desk.say("desk-diff-more", &[("n", left.to_string().into())])),
    }
}

/// One question that differs.
pub fn diff_card(desk: &Desk, changed: &Changed<'_>, address: Address<'_>) -> DiffCard {
    let (key, side) = match (changed.before, changed.after) {
        (None, after) => ("desk-diff-come", after),
        (before, None) => ("desk-diff-gone", before),
        (before, Some(_)) => ("desk-diff-changed", before),
    };
    let id = side.map(|keyed| keyed.question.id.0.clone()).unwrap_or_default();
    DiffCard {
        title: desk.say(key, &[("id", id.into())]),
        lines: lines(desk, changed.before, changed.after),
        media: media(changed, address),
    }
}

/// What went and what came, by content: other words for the same picture are a difference of words.
fn media(changed: &Changed<'_>, address: Address<'_>) -> Vec<DiffMedia> {
    let of = |side: Option<Keyed<'_>>| side.map(|side| side.question.media.clone()).unwrap_or_default();
    let (old, new) = (of(changed.before), of(changed.after));
    let missing_in = |others: &[Media], one: &Media| others.iter().all(|other| other.stored != one.stored);
    let gone = old
        .iter()
        .filter(|one| missing_in(&new, one))
        .map(|one| ("del", one));
    let come = new
        .iter()
        .filter(|one| missing_in(&old, one))
        .map(|one| ("ins", one));
    let view = |(element, one): (&'static str, &Media)| {
        let found = address(&one.stored.as_ref()?.name)?;
        let view = MediaView::list_at(std::slice::from_ref(one), &|_| found.clone()).pop()?;
        Some(DiffMedia { element, view })
    };
    gone.chain(come).filter_map(view).collect()
}

fn lines(desk: &Desk, before: Option<Keyed<'_>>, after: Option<Keyed<'_>>) -> Vec<DiffLine> {
    let (old, new) = (
        before.map(|side| parts(desk, side)),
        after.map(|side| parts(desk, side)),
    );
    let (old, new) = (old.unwrap_or_default(), new.unwrap_or_default());
    let labels = if old.len() > new.len() { &old } else { &new };
    let text = |parts: &[(String, String)], label: &str| {
        let found = parts.iter().find(|(name, _)| name == label);
        found.map(|(_, text)| text.clone()).unwrap_or_default()
    };
    let mut lines = Vec::new();
    for (nth, (label, _)) in labels.iter().enumerate() {
        let (was, is) = (text(&old, label), text(&new, label));
        // The stem is always there, to know the question by.
        if nth == 0 || was != is {
            lines.push(DiffLine {
                label: label.clone(),
                runs: diff(&was, &is).into_iter().map(run).collect(),
            });
        }
    }
    lines
}

fn run(run: Run) -> DiffRun {
    let element = match run.fate {
        Fate::Kept => "",
        Fate::Gone => "del",
        Fate::Come => "ins",
    };
    DiffRun {
        element,
        text: run.text,
    }
}

/// The parts of a question by their names; every question has the same parts but for its number of options.
fn parts(desk: &Desk, side: Keyed<'_>) -> Vec<(String, String)> {
    let question = side.question;
    let say = |key: &str| desk.say(key, &[]);
    let letters = |places: &mut dyn Iterator<Item = usize>| {
        let letters: Vec<String> = places
            .filter_map(|place| LABELS.get(place))
            .map(char::to_string)
            .collect();
        letters.join(", ")
    };
    let mut parts = vec![(say("desk-part-text"), question.text.clone())];
    for (label, option) in LABELS.iter().zip(&question.options) {
        let name = desk.say("desk-part-option", &[("label", label.to_string().into())]);
        parts.push((name, option.text.clone()));
    }
    let key = side.key.into_iter().flatten().map(|place| usize::from(*place));
    let options = question.options.iter().enumerate();
    let pins = options.filter(|(_, option)| option.pin).map(|(place, _)| place);
    parts.push((say("desk-part-key"), letters(&mut { key })));
    parts.push((say("desk-part-pins"), letters(&mut { pins })));
    parts.push((say("desk-part-level"), level_word(desk, question.level)));
    parts.push((
        say("desk-part-explanation"),
        question.explanation.clone().unwrap_or_default(),
    ));
    parts.push((
        say("desk-part-source"),
        question.source.clone().unwrap_or_default(),
    ));
    parts.push((say("bank-part-topic"), question.topic.clone().unwrap_or_default()));
    let line = |media: &Media| match &media.alt {
        Some(alt) => format!("{} ({alt})", media.file),
        None => media.file.clone(),
    };
    let media: Vec<String> = question.media.iter().map(line).collect();
    parts.push((say("desk-part-media"), media.join("\n")));
    parts
}

/// The word for a difficulty; nothing for none.
pub fn level_word(desk: &Desk, level: Option<Level>) -> String {
    match level {
        Some(Level::Easy) => desk.say("console-level-easy", &[]),
        Some(Level::Medium) => desk.say("console-level-medium", &[]),
        Some(Level::Hard) => desk.say("console-level-hard", &[]),
        None => String::new(),
    }
}
