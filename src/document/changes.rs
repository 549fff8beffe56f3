//! The list of attempts whose score a re-scoring changes, as a file.
//!
//! Owns its columns and notes. It names nobody: numbers and codes are enough to check every score.

use super::cell::{Cell, Column, Form};
use super::table::{Table, Words};
use crate::domain::catalog::Contest;
use crate::domain::round::Round;
use crate::i18n::{Lang, text};
use crate::store::results::{Rows, ScoreChange};
use futures_util::StreamExt;

/// Name in the audit log, of the file, and in message keys.
pub const SCORE_CHANGES: &str = "score-changes";

/// What is said of a list of changed scores.
#[derive(Debug, Clone)]
pub struct AboutChanges {
    /// When it was read, in words.
    pub as_of: String,
    /// The question.
    pub question: String,
    /// How it is marked instead.
    pub marking: String,
    /// The scores are changed; otherwise the list tells of a trial.
    pub is_made: bool,
}

/// The list with its rows.
pub fn score_change_list(
    lang: Lang,
    (contest, round): (&Contest, &Round),
    about: AboutChanges,
    rows: Rows<ScoreChange>,
) -> (Table, Rows<Vec<Cell>>) {
    let say = |key: &str| text(lang, key, &[]);
    let definition = &contest.definition;
    let sheet = say("rescore-list");
    let state = if about.is_made {
        "rescore-list-made"
    } else {
        "rescore-list-tried"
    };
    let columns = [
        ("attempt", Form::Id, "export-column-attempt"),
        ("participant", Form::Whole, "export-column-participant"),
        ("unit", Form::Text, "export-column-unit"),
        ("number", Form::Whole, "export-column-number"),
        ("score_before", Form::Whole, "rescore-list-before"),
        ("score", Form::Whole, "rescore-list-after"),
        ("difference", Form::Whole, "rescore-list-difference"),
    ];
    let column = |(key, form, head): (&'static str, Form, &str)| Column {
        key,
        head: say(head),
        form,
    };
    let table = Table {
        file_stem: format!("{}-{}-{SCORE_CHANGES}", definition.slug, round.number),
        title: format!("{sheet} - {} - {}", round.title, definition.title),
        author: definition.organiser.clone(),
        sheet,
        columns: columns.into_iter().map(column).collect(),
        notes: vec![
            (say("export-note-contest"), definition.title.clone()),
            (say("export-note-organiser"), definition.organiser.clone()),
            (say("export-note-round"), round.title.clone()),
            (say("rescore-list-question"), about.question),
            (say("rescore-list-marking"), about.marking),
            (say("export-note-as-of"), about.as_of),
            (say("export-note-state"), say(state)),
        ],
        banner: contest.demonstration.then(|| say("export-demonstration")),
        words: Words::of(lang),
    };
    let rows = rows.map(|row| row.map(|row| cells(&row))).boxed();
    (table, rows)
}

fn cells(row: &ScoreChange) -> Vec<Cell> {
    vec![
        Cell::Text(row.attempt.to_string()),
        Cell::Whole(row.participant.0),
        Cell::text(&row.unit),
        Cell::Whole(row.number.into()),
        Cell::Whole(row.before),
        Cell::Whole(row.after),
        Cell::Whole(row.after - row.before),
    ]
}
