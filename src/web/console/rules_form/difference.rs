//! What a draft changes, as the sentences that people will read: the old ones beside the new, word by word.
//!
//! Owns the comparison of sentences and of the few settings that have none; the sentences are `rules_text`'s.

use super::apply::{boxes, held};
use super::maker::Maker;
use super::spec::{Kind, Page};
use super::tables::SECTIONS;
use crate::bank::Sketch;
use crate::domain::catalog::Contest;
use crate::domain::text_diff::{Fate, Run, diff};
use crate::web::console::desk::Desk;
use crate::web::console::diff_view::{DiffCard, DiffLine, DiffRun};
use crate::web::rules_text::{Rule, rules};

/// Boxes of the first pages that become no sentence, or not all of one.
const UNSAID: [&str; 10] = [
    "contest.title",
    "contest.organiser",
    "contest.description",
    "contest.hotline",
    "contest.rules",
    "contest.accent",
    "contest.data_deleted_by",
    "contest.answer_key",
    "contest.password",
    "essay.prompt",
];

/// The rules of a contest before and after, heading by heading; headings that stay the same are left out.
pub fn sentences(desk: &Desk, before: &Contest, after: &Contest) -> Vec<DiffLine> {
    let (old, new) = (rules(desk.lang(), before), rules(desk.lang(), after));
    let terms = old.iter().chain(
        new.iter()
            .filter(|rule| old.iter().all(|known| known.term != rule.term)),
    );
    let said = |rules: &[Rule], term: &str| {
        let rule = rules.iter().find(|rule| rule.term == term);
        rule.map(written).unwrap_or_default()
    };
    terms
        .map(|rule| (rule.term.clone(), said(&old, &rule.term), said(&new, &rule.term)))
        .filter(|(_, was, is)| was != is)
        .map(|(label, was, is)| line(label, &was, &is))
        .collect()
}

/// A heading's sentences, one a line.
fn written(rule: &Rule) -> String {
    let lines = rule.lines.iter().map(|line| {
        let said = line.sentences().collect::<Vec<_>>().join(" ");
        match &line.name {
            Some(name) => format!("{name}: {said}"),
            None => said,
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn line(label: String, was: &str, is: &str) -> DiffLine {
    DiffLine {
        label,
        runs: by_line(was, is).into_iter().map(run).collect(),
    }
}

/// Word by word, but each line against its own: lines that both begin or end with stand for themselves, and those between
/// are compared in order.
fn by_line(was: &str, is: &str) -> Vec<Run> {
    let (old, new): (Vec<&str>, Vec<&str>) = (was.lines().collect(), is.lines().collect());
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - head;
    let ends = old.iter().rev().zip(new.iter().rev());
    let tail = ends.take(rest).take_while(|(a, b)| a == b).count();
    let pairs = (old.len() - tail).max(new.len() - tail);
    let at = |lines: &[&str], place: usize| match place < lines.len() - tail {
        true => lines.get(place).map(|line| (*line).to_owned()),
        false => None,
    };
    let middle = (0..pairs).map(|place| (at(&old, place), at(&new, place)));
    let end = old.iter().skip(old.len() - tail);
    let end = end.map(|line| (Some((*line).to_owned()), Some((*line).to_owned())));
    let mut runs: Vec<Run> = Vec::new();
    for (before, after) in middle.chain(end) {
        if !runs.is_empty() {
            runs.push(Run {
                fate: Fate::Kept,
                text: "\n".to_owned(),
            });
        }
        runs.extend(diff(&before.unwrap_or_default(), &after.unwrap_or_default()));
    }
    runs
}

fn run(run: Run) -> DiffRun {
    DiffRun {
        element: match run.fate {
            Fate::Kept => "",
            Fate::Gone => "del",
            Fate::Come => "ins",
        },
        text: run.text,
    }
}

/// Settings without a sentence that differ. A password is only said to be another.
pub fn settings(maker: &Maker<'_>, before: &Sketch, after: &Sketch) -> Vec<DiffLine> {
    let lang = maker.desk.lang();
    let pages = SECTIONS
        .into_iter()
        .take(4)
        .map(|section| Page { section, round: None });
    let all = pages.flat_map(|page| boxes(&page, after));
    let unsaid = all.filter(|(path, _)| UNSAID.contains(&path.as_str()));
    let mut lines = Vec::new();
    for (path, kind) in unsaid {
        let shown = |sketch: &Sketch| worded(maker, sketch, &path, kind);
        let changed = held(before, &path, kind, false, lang) != held(after, &path, kind, false, lang);
        if changed && path == "contest.password" {
            let other = maker.desk.say("rform-password-changed", &[]);
            lines.push(line(maker.label(&path), "", &other));
        } else if changed {
            lines.push(line(maker.label(&path), &shown(before), &shown(after)));
        }
    }
    lines
}

/// What a box holds, a choice by its word.
fn worded(maker: &Maker<'_>, sketch: &Sketch, path: &str, kind: Kind) -> String {
    let held = held(sketch, path, kind, false, maker.desk.lang());
    let choices = maker.choices(path, kind, &held);
    let chosen = choices.into_iter().find(|choice| choice.on);
    chosen.map_or(held, |choice| choice.label)
}

/// Both together, as one card.
pub fn card(desk: &Desk, lines: Vec<DiffLine>) -> Option<DiffCard> {
    (!lines.is_empty()).then(|| DiffCard {
        title: desk.say("rform-difference", &[]),
        lines,
        media: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is gone in brackets, what has come in braces.
    fn marked(was: &str, is: &str) -> String {
        let runs = by_line(was, is).into_iter();
        runs.map(|run| match run.fate {
            Fate::Kept => run.text,
            Fate::Gone => format!("[{}]", run.text),
            Fate::Come => format!("{{{}}}", run.text),
        })
        .collect()
    }

    #[test]
    fn a_line_that_came_or_went_leaves_the_others_alone() {
        assert_eq!(marked("Một\nHai", "Một\nMới\nHai"), "Một\n{Mới}\nHai");
        assert_eq!(marked("Một\nHai\nBa", "Một\nBa"), "Một\n[Hai]\nBa");
        assert_eq!(marked("", "Một\nHai"), "{Một}\n{Hai}");
        assert_eq!(marked("Một giải\nHai", "Một phần\nHai"), "Một [giải]{phần}\nHai");
        assert_eq!(marked("Một\nMột", "Một"), "Một\n[Một]");
        assert_eq!(marked("Một", "Một"), "Một");
    }
}
