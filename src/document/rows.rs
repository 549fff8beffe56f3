//! Rows of a list as cells, in the order of its columns.
//!
//! Owns what of a stored row is shown, above all whose name: without consent only initials leave the house.

use super::official::check_path;
use super::table::{beyond_name, has_essay, shown_fields};
use super::{Cell, items};
use crate::domain::catalog::Contest;
use crate::domain::contest::Field;
use crate::domain::ids::UnitId;
use crate::domain::participant::FullName;
use crate::i18n::{Lang, text};
use crate::store::StoreResult;
use crate::store::results::{EntryRow, ListingRows, PersonRow, Rows, StandingRow, UnitRow, WinnerRow};
use futures_util::StreamExt;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The rows of a list as cells of its [`super::Table`]: of a contest, with the origin under which the check pages of
/// certificates stand. `with` are the personal fields asked for.
pub fn cells(
    lang: Lang,
    (contest, origin): (Arc<Contest>, &str),
    rows: ListingRows,
    with: BTreeSet<Field>,
) -> Rows<Vec<Cell>> {
    let origin = origin.to_owned();
    match rows {
        ListingRows::Participants(rows) => shown(rows, move |row| person(lang, &contest, &row, &with)),
        ListingRows::Entries(rows) => shown(rows, move |row| entry(lang, &row)),
        ListingRows::Standings(rows) => {
            let with_essay = has_essay(&contest);
            shown(rows, move |row| standing(&row, with_essay))
        }
        ListingRows::Winners(rows) => shown(rows, move |row| winner(lang, (&contest, &origin), &row, &with)),
        ListingRows::Units(rows) => shown(rows, |row| unit(&row)),
        ListingRows::Items(rows) => shown(rows, move |row| items::cells(lang, &row)),
    }
}

fn shown<T: 'static>(rows: Rows<T>, show: impl Fn(T) -> Vec<Cell> + Send + 'static) -> Rows<Vec<Cell>> {
    rows.map(move |row: StoreResult<T>| row.map(&show)).boxed()
}

/// A word of the program with its translation.
pub(super) fn word(lang: Lang, kind: &str, code: &str) -> Cell {
    let shown = text(lang, &format!("export-{kind}-{}", code.replace('_', "-")), &[]);
    Cell::Word(code.to_owned(), shown)
}

fn entry(lang: Lang, row: &EntryRow) -> Vec<Cell> {
    vec![
        Cell::Text(row.attempt.to_string()),
        Cell::Whole(row.participant.0),
        Cell::text(&row.unit),
        Cell::Whole(row.round.into()),
        Cell::Whole(row.number.into()),
        Cell::Whole(row.sequence),
        Cell::Moment(row.started_at),
        Cell::Moment(row.finished_at),
        word(lang, "how", &row.how),
        Cell::Whole(row.score.into()),
        Cell::Whole(row.correct.into()),
        Cell::Whole(row.duration_ms),
        Cell::whole_or_empty(row.prediction),
        Cell::Moment(row.registered_at),
        Cell::Flag(row.counted),
    ]
}

fn standing(row: &StandingRow, with_essay: bool) -> Vec<Cell> {
    let mut cells = vec![
        Cell::Whole(row.position),
        Cell::Whole(row.rank),
        row.attempt
            .map_or(Cell::Empty, |attempt| Cell::Text(attempt.to_string())),
        Cell::Whole(row.participant.0),
        Cell::text(&row.unit),
        Cell::Whole(row.score),
        Cell::Whole(row.correct.into()),
        Cell::Whole(row.total.into()),
        Cell::whole_or_empty(row.prediction),
        Cell::whole_or_empty(row.prediction_error),
        Cell::Whole(row.duration_ms),
        Cell::Moment(row.finished_at),
        Cell::Whole(row.attempts.into()),
        Cell::Moment(row.registered_at),
        Cell::Flag(row.eligible),
        Cell::text_or_empty(row.prize.as_deref()),
    ];
    if with_essay {
        cells.push(Cell::whole_or_empty(row.essay.map(i64::from)));
    }
    cells
}

fn winner(
    lang: Lang,
    (contest, origin): (&Contest, &str),
    row: &WinnerRow,
    with: &BTreeSet<Field>,
) -> Vec<Cell> {
    let name = if with.contains(&Field::FullName) {
        row.full_name.clone()
    } else {
        public_name(row)
    };
    let address = row
        .certificate
        .as_deref()
        .map(|code| format!("{origin}{}", check_path(code)));
    // Answers did not earn a prize for bringing newcomers: their figures would only mislead.
    let answered = |cell: Cell| match row.newcomers {
        Some(_) => Cell::Empty,
        None => cell,
    };
    let mut cells = vec![
        Cell::whole_or_empty(row.round.map(i64::from)),
        Cell::text(&row.prize),
        Cell::Whole(row.place.into()),
        Cell::whole_or_empty(row.value),
        Cell::Whole(row.rank),
        Cell::text(&name),
        Cell::Flag(row.consent_publish),
        Cell::text(unit_code(contest, row.unit)),
        Cell::text(&contest.unit_path(row.unit)),
        answered(Cell::Whole(row.score)),
        answered(Cell::Whole(row.correct.into())),
        answered(Cell::Whole(row.total.into())),
        answered(Cell::whole_or_empty(row.prediction)),
        answered(Cell::whole_or_empty(row.prediction_error)),
        answered(Cell::Whole(row.duration_ms)),
        answered(Cell::Moment(row.finished_at)),
        Cell::whole_or_empty(row.newcomers),
        word(lang, "settled", &row.settled_by),
        Cell::Whole(row.participant.0),
        row.attempt
            .map_or(Cell::Empty, |attempt| Cell::Text(attempt.to_string())),
        Cell::text_or_empty(row.certificate.as_deref()),
        Cell::text_or_empty(address.as_deref()),
        Cell::Flag(row.demonstration),
    ];
    cells.extend(beyond_name(with).map(|wanted| {
        row.person
            .as_deref()
            .map_or(Cell::Empty, |person| field(lang, contest, person, wanted))
    }));
    cells
}

/// The name as far as the winner agreed to be named.
fn public_name(row: &WinnerRow) -> String {
    if row.consent_publish {
        return row.full_name.clone();
    }
    // A stored name was parsed when it came; one that is not a name any more shows nothing.
    FullName::parse(&row.full_name)
        .map(|name| name.initials())
        .unwrap_or_default()
}

fn unit(row: &UnitRow) -> Vec<Cell> {
    let (definition, figures) = (&row.definition, row.figures);
    let headcount = definition.headcount.map(i64::from);
    vec![
        Cell::text(&definition.code),
        Cell::text(&definition.name),
        Cell::text_or_empty(definition.parent.as_deref()),
        Cell::text_or_empty(definition.bloc.as_deref()),
        Cell::whole_or_empty(headcount),
        Cell::Whole(figures.people),
        Cell::Whole(figures.attempts),
        Cell::quotient(figures.people, headcount.unwrap_or(0)),
        Cell::quotient(figures.total_score, figures.people),
        Cell::Whole(figures.total_score),
        Cell::Whole(figures.all_correct),
        Cell::Whole(figures.winners),
    ]
}

fn person(lang: Lang, contest: &Contest, row: &PersonRow, with: &BTreeSet<Field>) -> Vec<Cell> {
    let mut cells = vec![Cell::Whole(row.participant.0)];
    for wanted in shown_fields(&contest.definition.fields, with) {
        cells.push(field(lang, contest, row, wanted));
        if wanted == Field::Unit {
            cells.push(Cell::text(&contest.unit_path(row.unit)));
        }
    }
    cells.extend([
        Cell::Flag(row.consent_publish),
        Cell::Moment(row.registered_at),
        Cell::text_or_empty(row.excluded_reason.as_deref()),
        Cell::Flag(row.demonstration),
    ]);
    cells
}

fn field(lang: Lang, contest: &Contest, row: &PersonRow, field: Field) -> Cell {
    match field {
        Field::FullName => Cell::text(&row.full_name),
        Field::BirthDate => Cell::Day(row.birth_date),
        Field::Phone => Cell::text_or_empty(row.phone.as_deref()),
        Field::Unit => Cell::text(unit_code(contest, row.unit)),
        Field::NationalId => Cell::text_or_empty(row.national_id.as_deref()),
        Field::Sex => row
            .sex
            .as_deref()
            .map_or(Cell::Empty, |sex| word(lang, "sex", sex)),
        Field::Email => Cell::text_or_empty(row.email.as_deref()),
        Field::Address => Cell::text_or_empty(row.address.as_deref()),
        Field::Class => Cell::text_or_empty(row.class.as_deref()),
        Field::GuardianName => Cell::text_or_empty(row.guardian_name.as_deref()),
        Field::Referral => Cell::text_or_empty(row.referral.as_deref()),
    }
}

fn unit_code(contest: &Contest, unit: UnitId) -> &str {
    contest
        .unit(unit)
        .map_or("", |unit| unit.definition.code.as_str())
}
