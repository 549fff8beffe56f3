//! The key of closed rounds on a paper: a table of questions with their right options and how they were marked in the end.
//!
//! Owns how a key is worded; which questions stand in it is the caller's. Nothing here is of a round that is still open.

use super::model::{Align, Block, Run};
use super::tables::{column, dash, row, table};
use super::values::say;
use crate::domain::marking::Marking;
use crate::domain::markup;
use crate::domain::question::{Question, label_of};
use crate::domain::round_key::{KeyLine, RoundKey};
use crate::store::paper_facts::PaperFacts;
use std::collections::BTreeSet;

/// A table for each round, under its title where there are several.
pub(super) fn key_tables(facts: &PaperFacts) -> Vec<Block> {
    let titled = facts.round.is_none();
    facts.keys.iter().flat_map(|key| of_round(key, titled)).collect()
}

fn of_round(key: &RoundKey, titled: bool) -> Vec<Block> {
    let mut blocks = Vec::new();
    if titled {
        let runs = vec![run(key.title.clone(), false)];
        blocks.push(Block::Heading { runs });
    }
    let noted = key.lines.iter().any(|line| line.marking.is_some());
    let mut columns = vec![
        column("question-number", 7, Align::Center),
        column("question", 47, Align::Left),
        column("right", 32, Align::Left),
    ];
    if noted {
        columns.push(column("marking", 18, Align::Left));
    }
    let rows = (1_usize..).zip(&key.lines).map(|(nth, line)| {
        let mut cells = vec![nth.to_string(), stem(&line.question), right(line)];
        if noted {
            cells.push(note(line.marking.as_ref()));
        }
        row(cells)
    });
    blocks.extend(table(columns, rows.collect(), "answer-key-none"));
    if key.held > 0 {
        let text = say("answer-key-held", &[("n", &key.held.to_string())]);
        blocks.push(Block::Paragraph {
            runs: vec![run(text, true)],
        });
    }
    blocks
}

fn run(text: String, italic: bool) -> Run {
    Run {
        text,
        bold: false,
        italic,
    }
}

/// The question; what is heard or seen with it is not on paper, and it says so.
fn stem(question: &Question) -> String {
    let text = markup::plain(&question.text);
    match question.media.is_empty() {
        true => text,
        false => format!("{text} {}", say("answer-key-media", &[])),
    }
}

/// "B. 23/11/1940"; of several right options all, of several accepted answers each.
fn right(line: &KeyLine) -> String {
    let answers: Vec<String> = match &line.marking {
        Some(Marking::FullMarks | Marking::Dropped) => return dash(),
        Some(Marking::Accept { keys }) => keys.iter().map(|key| options(&line.question, key)).collect(),
        None => vec![options(&line.question, &line.right)],
    };
    answers.join(&format!(" {} ", say("answer-key-or", &[])))
}

fn options(question: &Question, places: &BTreeSet<u8>) -> String {
    let texts = places.iter().filter_map(|place| {
        let option = question.options.get(usize::from(*place))?;
        Some(format!("{}. {}", label_of(*place)?, markup::plain(&option.text)))
    });
    texts.collect::<Vec<_>>().join("; ")
}

fn note(marking: Option<&Marking>) -> String {
    let key = match marking {
        None => return String::new(),
        Some(Marking::Accept { keys }) if keys.len() > 1 => "answer-key-several",
        Some(Marking::Accept { .. }) => "answer-key-corrected",
        Some(Marking::FullMarks) => "answer-key-full",
        Some(Marking::Dropped) => "answer-key-dropped",
    };
    say(key, &[])
}
