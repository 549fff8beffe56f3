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

/// Boxes of the general page and of who may enter that become no sentence, or not all of one.
const UNSAID: [&str; 9] = [
    "contest.title",
    "contest.organiser",
    "contest.description",
    "contest.hotline",
    "contest.rules",
    "contest.accent",
    "contest.data_deleted_by",
    "contest.answer_key",
    "contest.password",
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
    let lines = rule.lines.iter().map(|line| match &line.name {
        Some(name) => format!("{name}: {}", line.text),
        None => line.text.clone(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn line(label: String, was: &str, is: &str) -> DiffLine {
    DiffLine {
        label,
        runs: diff(was, is).into_iter().map(run).collect(),
    }
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
        .take(2)
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
    })
}
