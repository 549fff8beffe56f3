//! What the rounds have shown of a question, as a line of a list and as a table of its rounds.
//!
//! Owns what is printed; the figures are `domain::question_record`'s and the words those of the pages about one round.

use super::desk::{Desk, contest_path};
use super::figure;
use crate::domain::catalog::Contest;
use crate::domain::ids::RoundId;
use crate::domain::item_reading::Reading;
use crate::domain::question::{QuestionId, SetId, SetVersion};
use crate::domain::question_record::{Record, Records, RoundFigures, Seen};
use crate::web::format;

/// The figures of all rounds together.
#[derive(Debug, Clone)]
pub struct RecordLine {
    /// Colour of the word.
    pub class: &'static str,
    /// What is to be said of the question.
    pub word: String,
    /// The figures in one sentence.
    pub text: String,
}

/// The figures of one round.
#[derive(Debug, Clone)]
pub struct RecordRow {
    /// Title of the round.
    pub round: String,
    /// Leads to all figures of the question in that round; empty where the round has it no more.
    pub path: String,
    /// Entrants who met it.
    pub met: String,
    /// Share of right answers.
    pub facility: String,
    /// Discrimination index.
    pub discrimination: String,
    /// Colour of the word.
    pub class: &'static str,
    /// What is to be said of it.
    pub word: String,
}

/// The colour of a reading's word in lists.
pub const fn reading_class(reading: Reading) -> &'static str {
    match reading {
        Reading::CheckKey => "fault",
        Reading::TooHard | Reading::Weak | Reading::TooEasy => "warn",
        Reading::Good | Reading::TooFew => "done",
    }
}

/// The word of a reading.
pub fn reading_word(desk: &Desk, reading: Reading) -> String {
    let name = reading.name().replace('_', "-");
    desk.say(&format!("items-reading-{name}"), &[])
}

/// The record of a question; nothing where nobody met it.
pub fn record_line(desk: &Desk, record: &Record) -> Option<RecordLine> {
    if record.met == 0 {
        return None;
    }
    let args = [
        ("n", count(desk, record.met).into()),
        ("rounds", record.rounds.to_string().into()),
        ("facility", share(desk, record.facility).into()),
        ("discrimination", percent(desk, record.discrimination).into()),
    ];
    Some(RecordLine {
        class: reading_class(record.reading),
        word: reading_word(desk, record.reading),
        text: desk.say("bank-record", &args),
    })
}

/// The rounds that asked a question as it stands in a version.
pub fn record_rows(
    desk: &Desk,
    contest: &Contest,
    figures: &[(RoundId, RoundFigures)],
    (set, version, question): (&SetId, &SetVersion, &QuestionId),
) -> (Option<RecordLine>, Vec<RecordRow>) {
    let catalog = desk.app.catalog();
    let records = Records::new(&catalog, figures);
    let rounds = records.rounds(contest, set, version, question);
    let line = record_line(desk, &Record::of(rounds.iter().map(|(_, seen)| *seen)));
    let rows = rounds
        .into_iter()
        .filter_map(|(round, seen)| record_row(desk, contest, round, set, seen))
        .collect();
    (line, rows)
}

fn record_row(desk: &Desk, contest: &Contest, round: RoundId, set: &SetId, seen: &Seen) -> Option<RecordRow> {
    let round = contest.rounds.iter().find(|known| known.id == round)?;
    let drawn = contest.drawn_questions(round);
    let place = drawn
        .iter()
        .position(|one| one.set.id == *set && one.question.id == seen.question);
    let list = format!("{}/vong/{}/cau-hoi", contest_path(contest), round.number);
    Some(RecordRow {
        round: round.title.clone(),
        path: place.map(|at| format!("{list}/{}", at + 1)).unwrap_or_default(),
        met: count(desk, seen.met),
        facility: share(desk, seen.facility),
        discrimination: percent(desk, seen.discrimination),
        class: reading_class(seen.reading),
        word: reading_word(desk, seen.reading),
    })
}

fn count(desk: &Desk, n: u64) -> String {
    format::number(desk.lang(), i64::try_from(n).unwrap_or(i64::MAX))
}

fn share(desk: &Desk, share: Option<f64>) -> String {
    share.map_or_else(|| "–".to_owned(), |share| figure::share(desk.lang(), share))
}

fn percent(desk: &Desk, percent: Option<f64>) -> String {
    percent.map_or_else(|| "–".to_owned(), |percent| figure::percent(desk.lang(), percent))
}
