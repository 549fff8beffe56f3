//! The rules of a contest on a paper.
//!
//! Owns how they are set; the sentences are the caller's, the same as on the page of the rules.

use super::model::{Block, Run};

/// A heading of the rules with its sentences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperRule {
    /// What it is about, as a word of the program.
    pub name: &'static str,
    /// The heading.
    pub term: String,
    /// Title of the round or name of the prize where the sentence is about one, and the sentence.
    pub lines: Vec<(Option<String>, String)>,
}

/// What orders people and settles equals.
const OF_RANKING: [&str; 5] = ["prediction", "essay", "ranking", "overall", "tie"];

/// Every rule, under numbered headings.
pub(super) fn all(rules: &[PaperRule]) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (nth, rule) in (1_usize..).zip(rules) {
        let head = run(&format!("{nth}. {}", rule.term), true);
        blocks.push(Block::Heading { runs: vec![head] });
        blocks.extend(lines(rule));
    }
    blocks
}

/// The rules that order people and settle equals, as items.
pub(super) fn of_ranking(rules: &[PaperRule]) -> Vec<Block> {
    let own = rules.iter().filter(|rule| OF_RANKING.contains(&rule.name));
    own.flat_map(lines).collect()
}

fn lines(rule: &PaperRule) -> impl Iterator<Item = Block> {
    rule.lines.iter().map(|(name, text)| {
        let name = name.as_ref().map(|name| run(&format!("{name}: "), true));
        let runs = name.into_iter().chain([run(text, false)]);
        Block::Item { runs: runs.collect() }
    })
}

fn run(text: &str, bold: bool) -> Run {
    Run {
        text: text.to_owned(),
        bold,
        italic: false,
    }
}
