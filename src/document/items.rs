//! The list of questions with their figures: columns and cells.
//!
//! Owns their order; four columns for each of the eight options a question may have, empty where it has fewer.

use super::Cell;
use super::cell::{Column, Form};
use super::rows::word;
use crate::domain::item_statistics::OptionStatistics;
use crate::domain::question::{LABELS, MAX_OPTIONS};
use crate::i18n::{Lang, text};
use crate::store::results::ItemRow;

const QUESTION: [(&str, Form); 15] = [
    ("set", Form::Text),
    ("question", Form::Text),
    ("text", Form::Name),
    ("key", Form::Text),
    ("marking", Form::Text),
    ("reading", Form::Text),
    ("exposure", Form::Whole),
    ("blank", Form::Whole),
    ("facility", Form::Share),
    ("sd", Form::Mean),
    ("random_guess", Form::Share),
    ("discrimination", Form::Mean),
    ("efficiency", Form::Mean),
    ("effective_weight", Form::Mean),
    ("upper_lower", Form::Mean),
];

const OF_OPTION: [(&str, Form); 4] = [
    ("chosen", Form::Whole),
    ("share", Form::Share),
    ("upper", Form::Share),
    ("lower", Form::Share),
];

const OPTIONS: [[&str; 4]; MAX_OPTIONS] = [
    ["a_chosen", "a_share", "a_upper", "a_lower"],
    ["b_chosen", "b_share", "b_upper", "b_lower"],
    ["c_chosen", "c_share", "c_upper", "c_lower"],
    ["d_chosen", "d_share", "d_upper", "d_lower"],
    ["e_chosen", "e_share", "e_upper", "e_lower"],
    ["f_chosen", "f_share", "f_upper", "f_lower"],
    ["g_chosen", "g_share", "g_upper", "g_lower"],
    ["h_chosen", "h_share", "h_upper", "h_lower"],
];

/// The columns in the order of [`cells`].
pub(super) fn columns(lang: Lang) -> Vec<Column> {
    let of_question = QUESTION.iter().map(|(key, form)| Column {
        key,
        head: text(lang, &format!("export-items-{}", key.replace('_', "-")), &[]),
        form: *form,
    });
    let of_options = LABELS.iter().zip(OPTIONS).flat_map(|(label, keys)| {
        keys.into_iter()
            .zip(OF_OPTION)
            .map(move |(key, (word, form))| Column {
                key,
                head: text(
                    lang,
                    &format!("export-items-{word}"),
                    &[("n", label.to_string().into())],
                ),
                form,
            })
    });
    of_question.chain(of_options).collect()
}

/// A question as cells.
pub(super) fn cells(lang: Lang, row: &ItemRow) -> Vec<Cell> {
    let figures = &row.figures;
    let count = |n: u64| Cell::Whole(i64::try_from(n).unwrap_or(i64::MAX));
    let mut cells = vec![
        Cell::text(&row.set),
        Cell::text(&row.question),
        Cell::text(&row.text),
        Cell::text(&row.key),
        row.marking
            .map_or(Cell::Empty, |name| word(lang, "marking", name)),
        word(lang, "reading", row.reading),
        count(figures.exposure),
        count(figures.blank),
        Cell::real_or_empty(figures.facility),
        Cell::real_or_empty(figures.sd),
        Cell::real_or_empty(figures.random_guess),
        Cell::real_or_empty(figures.discrimination),
        Cell::real_or_empty(figures.efficiency),
        Cell::real_or_empty(figures.effective_weight),
        Cell::real_or_empty(figures.upper_lower),
    ];
    for place in 0..MAX_OPTIONS {
        cells.extend(option(figures.options.get(place)));
    }
    cells
}

fn option(option: Option<&OptionStatistics>) -> [Cell; 4] {
    option.map_or([const { Cell::Empty }; 4], |option| {
        [
            Cell::Whole(i64::try_from(option.chosen).unwrap_or(i64::MAX)),
            Cell::real_or_empty(option.share),
            Cell::real_or_empty(option.upper),
            Cell::real_or_empty(option.lower),
        ]
    })
}
