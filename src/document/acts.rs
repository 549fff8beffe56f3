//! The audit log of a contest as a file, for the dossier.
//!
//! Owns its columns and notes; sentences come ready made. Reasons are as they were written, names of staff stand in full.

use super::cell::{Cell, Column, Form};
use super::table::{Table, Words};
use crate::domain::catalog::Contest;
use crate::i18n::{Lang, text};
use crate::store::results::Rows;
use futures_util::StreamExt;
use time::OffsetDateTime;

/// An act as a row.
#[derive(Debug, Clone)]
pub struct ActRow {
    /// When.
    pub at: OffsetDateTime,
    /// By whom.
    pub actor: String,
    /// What, as a sentence.
    pub what: String,
    /// Why, where it was said.
    pub reason: Option<String>,
}

/// The log of a contest, in the order of the rows; `as_of` says in words when it was read.
pub fn act_list(lang: Lang, contest: &Contest, as_of: String, rows: Vec<ActRow>) -> (Table, Rows<Vec<Cell>>) {
    let say = |key: &str| text(lang, key, &[]);
    let column = |key: &'static str, form| Column {
        key,
        head: say(&format!("log-column-{key}")),
        form,
    };
    let definition = &contest.definition;
    let sheet = say("log-list");
    let table = Table {
        file_stem: format!("{}-log", definition.slug),
        title: format!("{sheet} - {}", definition.title),
        author: definition.organiser.clone(),
        sheet,
        columns: vec![
            column("at", Form::Moment),
            column("actor", Form::Name),
            column("what", Form::Name),
            column("reason", Form::Name),
        ],
        notes: vec![
            (say("export-note-contest"), definition.title.clone()),
            (say("export-note-organiser"), definition.organiser.clone()),
            (say("export-note-as-of"), as_of),
            (say("log-note"), say("log-note-text")),
        ],
        banner: contest.demonstration.then(|| say("export-demonstration")),
        words: Words::of(lang),
    };
    let cells = rows.into_iter().map(|row| {
        Ok(vec![
            Cell::Moment(row.at),
            Cell::text(&row.actor),
            Cell::text(&row.what),
            Cell::text_or_empty(row.reason.as_deref()),
        ])
    });
    (table, futures_util::stream::iter(cells).boxed())
}
