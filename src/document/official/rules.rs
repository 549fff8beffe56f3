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
    /// Titles of the rounds or name of the prize where the sentences are about some, and the sentences.
    pub lines: Vec<(Option<String>, Vec<String>)>,
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
    rule.lines
        .iter()
        .flat_map(|(name, sentences)| told(name.as_deref(), sentences))
}

/// One sentence as an item, with the name before it; several below the name, each for itself.
fn told(name: Option<&str>, sentences: &[String]) -> Vec<Block> {
    match (name, sentences) {
        (Some(name), [_, _, ..]) => {
            let head = Block::Item {
                runs: vec![run(&format!("{name}:"), true)],
            };
            let each = sentences.iter().map(|text| Block::Paragraph {
                runs: vec![run(text, false)],
            });
            std::iter::once(head).chain(each).collect()
        }
        (name, sentences) => {
            let item = |text: &String| {
                let name = name.map(|name| run(&format!("{name}: "), true));
                let runs = name.into_iter().chain([run(text, false)]);
                Block::Item { runs: runs.collect() }
            };
            sentences.iter().map(item).collect()
        }
    }
}

fn run(text: &str, bold: bool) -> Run {
    Run {
        text: text.to_owned(),
        bold,
        italic: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each block as the kind that it is and its text.
    fn set(name: Option<&str>, sentences: &[&str]) -> Vec<String> {
        let sentences: Vec<String> = sentences.iter().map(|one| (*one).to_owned()).collect();
        let blocks = told(name, &sentences).into_iter();
        let said = |runs: Vec<Run>| runs.into_iter().map(|run| run.text).collect::<String>();
        blocks
            .map(|block| match block {
                Block::Item { runs } => format!("- {}", said(runs)),
                Block::Paragraph { runs } => said(runs),
                _ => "something else".to_owned(),
            })
            .collect()
    }

    #[test]
    fn several_sentences_about_a_round_stand_below_its_name_each_for_itself() {
        let two = ["Mỗi người có 3 lượt.", "Lượt sau cùng được tính."];
        assert_eq!(
            set(Some("Tuần 2"), &two),
            ["- Tuần 2:", "Mỗi người có 3 lượt.", "Lượt sau cùng được tính."]
        );
        assert_eq!(set(Some("Tuần 2"), &two[..1]), ["- Tuần 2: Mỗi người có 3 lượt."]);
        assert_eq!(
            set(None, &two),
            ["- Mỗi người có 3 lượt.", "- Lượt sau cùng được tính."]
        );
    }
}
