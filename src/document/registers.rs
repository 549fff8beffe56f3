//! The registers of a contest as files: requests about personal data, complaints.
//!
//! Owns their columns and notes. The register of requests has neither names nor texts; that of complaints has those that were
//! asked for.

use super::cell::{Cell, Column, Form};
use super::rows::word;
use super::table::{Table, Words};
use crate::domain::catalog::Contest;
use crate::domain::data_request::{RequestKind, RequestOutcome, RequestState, Way};
use crate::domain::participant::local_date;
use crate::domain::round::Round;
use crate::domain::working_days::{ANSWER_DAYS, DaysOff};
use crate::i18n::{Lang, text};
use crate::store::data_request::{OwnRequest, ReceivedRequest};
use crate::store::results::Rows;
use crate::store::vetting::RegisteredComplaint;
use futures_util::StreamExt;
use std::collections::BTreeSet;
use time::{Date, OffsetDateTime};

/// A list with its rows.
type List = (Table, Rows<Vec<Cell>>);

/// What the register of complaints may tell about people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ComplaintColumn {
    /// Who complains.
    Complainant,
    /// Where the answer is sent.
    Contact,
    /// What the complaint says.
    About,
    /// The answer with its grounds.
    Answer,
}

impl ComplaintColumn {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::Complainant, Self::Contact, Self::About, Self::Answer];

    /// The word in forms, the log and message keys.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Complainant => "complainant",
            Self::Contact => "contact",
            Self::About => "about",
            Self::Answer => "answer",
        }
    }

    /// The column of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.name() == name)
    }
}

/// The register of requests, oldest first; `as_of` is when it was read, also in words.
pub fn data_request_list(
    lang: Lang,
    contest: &Contest,
    (now, as_of): (OffsetDateTime, String),
    (received, own): (&[ReceivedRequest], &[OwnRequest]),
    days_off: &DaysOff,
) -> List {
    let columns = [
        ("number", Form::Whole),
        ("way", Form::Text),
        ("kind", Form::Text),
        ("participant", Form::Whole),
        ("received_at", Form::Moment),
        ("due_on", Form::Day),
        ("state", Form::Text),
        ("answered_at", Form::Moment),
        ("in_time", Form::Text),
        ("answered_by", Form::Name),
    ];
    let today = local_date(now);
    let entered = received
        .iter()
        .map(|request| (request.received_at, entered_row(lang, request, days_off, today)));
    let own = own
        .iter()
        .map(|request| (request.at, own_row(lang, request, days_off)));
    let mut rows: Vec<(OffsetDateTime, Vec<Cell>)> = entered.chain(own).collect();
    rows.sort_by_key(|(at, _)| *at);
    let rows = rows.into_iter().map(|(_, row)| row).collect();
    let about = About {
        name: "data-requests",
        scope: None,
        as_of,
    };
    list(lang, contest, &about, columns.to_vec(), rows)
}

fn entered_row(lang: Lang, request: &ReceivedRequest, days_off: &DaysOff, today: Date) -> Vec<Cell> {
    let due = days_off.due_day(local_date(request.received_at), ANSWER_DAYS);
    let answer = request.answer.as_ref();
    let answered = answer.map(|answer| (answer.outcome, local_date(answer.at)));
    let state = RequestState::of(due, answered, today);
    let in_time = match state {
        RequestState::New => Cell::Empty,
        RequestState::Answered(_) => Cell::Flag(true),
        RequestState::Overdue | RequestState::AnsweredLate(_) => Cell::Flag(false),
    };
    vec![
        Cell::Whole(request.id),
        word(lang, "way", request.way.name()),
        word(lang, "request", request.kind.name()),
        Cell::whole_or_empty(request.person.map(|person| person.0)),
        Cell::Moment(request.received_at),
        Cell::Day(due),
        word(lang, "request-state", state.name()),
        answer.map_or(Cell::Empty, |answer| Cell::Moment(answer.at)),
        in_time,
        Cell::text_or_empty(answer.map(|answer| answer.by.as_str())),
    ]
}

/// What people do themselves is answered at once, by the program.
fn own_row(lang: Lang, request: &OwnRequest, days_off: &DaysOff) -> Vec<Cell> {
    let outcome = match request.outcome.as_str() {
        "done" => RequestOutcome::Done,
        _ => RequestOutcome::Refused,
    };
    vec![
        Cell::Empty,
        word(lang, "way", Way::Own.name()),
        word(lang, "request", RequestKind::of_own(&request.kind).name()),
        Cell::Whole(request.person.0),
        Cell::Moment(request.at),
        Cell::Day(days_off.due_day(local_date(request.at), ANSWER_DAYS)),
        word(lang, "request-state", outcome.name()),
        Cell::Moment(request.at),
        Cell::Flag(true),
        Cell::Empty,
    ]
}

/// The register of complaints of a round or of the whole contest, with the personal columns asked for.
pub fn complaint_list(
    lang: Lang,
    (contest, round): (&Contest, Option<&Round>),
    (now, as_of): (OffsetDateTime, String),
    complaints: &[RegisteredComplaint],
    with: &BTreeSet<ComplaintColumn>,
) -> List {
    let mut columns = vec![
        ("number", Form::Whole),
        ("round", Form::Whole),
        ("received_on", Form::Day),
        ("due_on", Form::Day),
        ("noted_at", Form::Moment),
        ("noted_by", Form::Name),
        ("finding", Form::Text),
        ("answered_at", Form::Moment),
        ("answered_by", Form::Name),
        ("in_time", Form::Text),
    ];
    columns.extend(with.iter().map(|column| (column.name(), Form::Name)));
    let today = local_date(now);
    let rows = complaints
        .iter()
        .map(|one| complaint_row(lang, contest, one, today, with))
        .collect();
    let about = About {
        name: "complaints",
        scope: round,
        as_of,
    };
    list(lang, contest, &about, columns, rows)
}

fn complaint_row(
    lang: Lang,
    contest: &Contest,
    one: &RegisteredComplaint,
    today: Date,
    with: &BTreeSet<ComplaintColumn>,
) -> Vec<Cell> {
    let complaint = &one.complaint;
    let answer = complaint.answer.as_ref();
    let round = contest.rounds.iter().find(|round| round.id == one.round);
    let in_time = match answer {
        Some(answer) => Cell::Flag(local_date(answer.at) <= complaint.due_on),
        None if today > complaint.due_on => Cell::Flag(false),
        None => Cell::Empty,
    };
    let mut row = vec![
        Cell::Whole(complaint.id),
        Cell::whole_or_empty(round.map(|round| i64::from(round.number))),
        Cell::Day(complaint.received_on),
        Cell::Day(complaint.due_on),
        Cell::Moment(one.noted_at),
        Cell::text(&complaint.noted_by),
        answer.map_or(Cell::Empty, |answer| word(lang, "finding", &answer.finding)),
        answer.map_or(Cell::Empty, |answer| Cell::Moment(answer.at)),
        Cell::text_or_empty(answer.map(|answer| answer.by.as_str())),
        in_time,
    ];
    row.extend(with.iter().map(|column| match column {
        ComplaintColumn::Complainant => Cell::text(&complaint.complainant),
        ComplaintColumn::Contact => {
            Cell::text_or_empty(Some(complaint.contact.as_str()).filter(|c| !c.is_empty()))
        }
        ComplaintColumn::About => Cell::text(&complaint.about),
        ComplaintColumn::Answer => Cell::text_or_empty(answer.map(|answer| answer.text.as_str())),
    }));
    row
}

/// What a register is.
struct About<'a> {
    name: &'static str,
    scope: Option<&'a Round>,
    as_of: String,
}

fn list(
    lang: Lang,
    contest: &Contest,
    about: &About<'_>,
    columns: Vec<(&'static str, Form)>,
    rows: Vec<Vec<Cell>>,
) -> List {
    let say = |key: &str| text(lang, key, &[]);
    let definition = &contest.definition;
    let sheet = say(&format!("register-list-{}", about.name));
    let round = match about.scope {
        Some(round) => round.title.clone(),
        None => say("export-all-rounds"),
    };
    let stem = match about.scope {
        Some(round) => format!("{}-{}-{}", definition.slug, round.number, about.name),
        None => format!("{}-{}", definition.slug, about.name),
    };
    let column = |(key, form): (&'static str, Form)| Column {
        key,
        head: say(&format!("register-column-{}", key.replace('_', "-"))),
        form,
    };
    let table = Table {
        file_stem: stem,
        title: format!("{sheet} - {round} - {}", definition.title),
        author: definition.organiser.clone(),
        sheet,
        columns: columns.into_iter().map(column).collect(),
        notes: vec![
            (say("export-note-contest"), definition.title.clone()),
            (say("export-note-organiser"), definition.organiser.clone()),
            (say("export-note-round"), round),
            (say("export-note-as-of"), about.as_of.clone()),
            (
                say("register-note"),
                say(&format!("register-note-{}", about.name)),
            ),
        ],
        banner: contest.demonstration.then(|| say("export-demonstration")),
        words: Words::of(lang),
    };
    (
        table,
        futures_util::stream::iter(rows.into_iter().map(Ok)).boxed(),
    )
}
