//! Which columns a list has and what its second sheet says.
//!
//! Owns choice and order of columns per list; the rows that fill them are made in `rows`.

use super::cell::{Column, Form};
use super::items;
use crate::domain::catalog::Contest;
use crate::domain::contest::{Field, FieldRules};
use crate::domain::participant::vietnam;
use crate::domain::round::Round;
use crate::i18n::{Lang, Value, text};
use crate::store::ranking::StoredRanking;
use crate::store::results::Listing;
use std::collections::BTreeSet;
use time::OffsetDateTime;

/// A list without its rows.
#[derive(Debug, Clone)]
pub struct Table {
    /// Name for a downloaded file, without ending.
    pub file_stem: String,
    /// What the list is, in one line.
    pub title: String,
    /// The body that runs the contest.
    pub author: String,
    /// Name of the sheet.
    pub sheet: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// Label and text of everything a reader must know: contest, round, what is counted, as of when.
    pub notes: Vec<(String, String)>,
    /// Says that the rows are simulated, where they are.
    pub banner: Option<String>,
    pub(super) words: Words,
}

/// Words that cells and heads need.
#[derive(Debug, Clone)]
pub(super) struct Words {
    pub(super) yes: String,
    pub(super) no: String,
    pub(super) utc: String,
    pub(super) local: String,
    pub(super) about: String,
    pub(super) rows: String,
}

impl Words {
    pub(super) fn of(lang: Lang) -> Self {
        let say = |key: &str| text(lang, key, &[]);
        Self {
            yes: say("export-yes"),
            no: say("export-no"),
            utc: say("export-time-utc"),
            local: say("export-time-local"),
            about: say("export-sheet-about"),
            rows: say("export-note-rows"),
        }
    }
}

impl Table {
    /// The line on top of every printed page.
    pub(super) fn running_head(&self) -> String {
        match &self.banner {
            Some(banner) => format!("{banner} - {}", self.title),
            None => self.title.clone(),
        }
    }
}

/// What a list is about.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// The list.
    pub listing: Listing,
    /// The contest.
    pub contest: &'a Contest,
    /// The round; `None` for all, or for the contest as a whole.
    pub round: Option<&'a Round>,
    /// The moment it stands for.
    pub as_of: OffsetDateTime,
    /// Figures may still grow.
    pub provisional: bool,
    /// The ranking it is taken from.
    pub ranking: Option<&'a StoredRanking>,
    /// Personal fields asked for.
    pub with: &'a BTreeSet<Field>,
}

/// The columns and notes of a list.
pub fn table(lang: Lang, about: &About<'_>) -> Table {
    let say = |key: &str| text(lang, key, &[]);
    let name = about.listing.name();
    let what = say(&format!("export-list-{name}"));
    let round = about
        .round
        .map(|round| round.title.clone())
        .unwrap_or_else(|| say("export-all-rounds"));
    let stem = match about.round {
        Some(round) => format!("{}-{}-{name}", about.contest.definition.slug, round.number),
        None => format!("{}-{name}", about.contest.definition.slug),
    };
    Table {
        file_stem: stem,
        title: format!("{what} - {round} - {}", about.contest.definition.title),
        author: about.contest.definition.organiser.clone(),
        sheet: what.clone(),
        columns: columns(lang, about),
        notes: notes(lang, about, what, round),
        banner: about.contest.demonstration.then(|| say("export-demonstration")),
        words: Words::of(lang),
    }
}

fn notes(lang: Lang, about: &About<'_>, what: String, round: String) -> Vec<(String, String)> {
    let say = |key: &str| text(lang, key, &[]);
    let state = if about.provisional {
        "export-state-provisional"
    } else {
        "export-state-final"
    };
    let mut notes = vec![
        (say("export-note-contest"), about.contest.definition.title.clone()),
        (
            say("export-note-organiser"),
            about.contest.definition.organiser.clone(),
        ),
        (say("export-note-round"), round),
        (say("export-note-list"), what),
        (
            say("export-note-counted"),
            say(&format!("export-counted-{}", about.listing.name())),
        ),
        (say("export-note-as-of"), local(about.as_of)),
        (say("export-note-state"), say(state)),
    ];
    let Some(ranking) = about.ranking else {
        return notes;
    };
    let made = text(
        lang,
        "export-made-by",
        &[
            ("at", Value::from(local(ranking.made_at))),
            ("by", Value::from(ranking.made_by.as_str())),
        ],
    );
    notes.push((say("export-note-ranking"), made));
    let approved = match &ranking.approved {
        Some((at, by)) => text(
            lang,
            "export-made-by",
            &[("at", Value::from(local(*at))), ("by", Value::from(by.as_str()))],
        ),
        None => say("export-not-approved"),
    };
    notes.push((say("export-note-approved"), approved));
    notes.push((say("export-note-attempts"), ranking.tally.attempts.to_string()));
    notes.push((say("export-note-people"), ranking.tally.people.to_string()));
    notes.extend(
        ranking
            .actual
            .map(|actual| (say("export-note-actual"), actual.to_string())),
    );
    notes
}

/// `08:00:00 03/04/2023`, on the clocks of Vietnam.
fn local(at: OffsetDateTime) -> String {
    let at = at.to_offset(vietnam());
    let (hour, minute, second) = at.time().as_hms();
    let (year, month, day) = (at.year(), u8::from(at.month()), at.day());
    format!("{hour:02}:{minute:02}:{second:02} {day:02}/{month:02}/{year:04}")
}

/// Fields and forms in the order of `rows`.
fn columns(lang: Lang, about: &About<'_>) -> Vec<Column> {
    let keys: Vec<(&'static str, Form)> = match about.listing {
        Listing::Participants => participant_columns(&about.contest.definition.fields, about.with),
        Listing::Entries => ENTRIES.to_vec(),
        Listing::Standings => {
            let essay = has_essay(about.contest).then_some(("essay", Form::Whole));
            STANDINGS.into_iter().chain(essay).collect()
        }
        Listing::Winners => {
            let more = beyond_name(about.with).map(|field| (field.name(), form(field)));
            WINNERS.into_iter().chain(more).collect()
        }
        Listing::Units => UNITS.to_vec(),
        Listing::Items => return items::columns(lang),
    };
    let head = |key: &str| text(lang, &format!("export-column-{}", key.replace('_', "-")), &[]);
    keys.into_iter()
        .map(|(key, form)| Column {
            key,
            head: head(key),
            form,
        })
        .collect()
}

const ENTRIES: [(&str, Form); 15] = [
    ("attempt", Form::Id),
    ("participant", Form::Whole),
    ("unit", Form::Text),
    ("round", Form::Whole),
    ("number", Form::Whole),
    ("sequence", Form::Whole),
    ("started_at", Form::Moment),
    ("finished_at", Form::Moment),
    ("how", Form::Text),
    ("score", Form::Whole),
    ("correct", Form::Whole),
    ("duration_ms", Form::Whole),
    ("prediction", Form::Whole),
    ("registered_at", Form::Moment),
    ("counted", Form::Text),
];

const STANDINGS: [(&str, Form); 16] = [
    ("position", Form::Whole),
    ("rank", Form::Whole),
    ("attempt", Form::Id),
    ("participant", Form::Whole),
    ("unit", Form::Text),
    ("score", Form::Whole),
    ("correct", Form::Whole),
    ("total", Form::Whole),
    ("prediction", Form::Whole),
    ("prediction_error", Form::Whole),
    ("duration_ms", Form::Whole),
    ("finished_at", Form::Moment),
    ("attempts", Form::Whole),
    ("registered_at", Form::Moment),
    ("eligible", Form::Text),
    ("prize", Form::Name),
];

const WINNERS: [(&str, Form); 23] = [
    ("round", Form::Whole),
    ("prize", Form::Name),
    ("place", Form::Whole),
    ("value", Form::Money),
    ("rank", Form::Whole),
    ("full_name", Form::Name),
    ("consent_publish", Form::Text),
    ("unit", Form::Text),
    ("unit_path", Form::Name),
    ("score", Form::Whole),
    ("correct", Form::Whole),
    ("total", Form::Whole),
    ("prediction", Form::Whole),
    ("prediction_error", Form::Whole),
    ("duration_ms", Form::Whole),
    ("finished_at", Form::Moment),
    ("newcomers", Form::Whole),
    ("settled_by", Form::Text),
    ("participant", Form::Whole),
    ("attempt", Form::Id),
    ("certificate", Form::Text),
    ("certificate_address", Form::Name),
    ("demonstration", Form::Text),
];

const UNITS: [(&str, Form); 12] = [
    ("code", Form::Text),
    ("name", Form::Name),
    ("parent", Form::Text),
    ("bloc", Form::Text),
    ("headcount", Form::Whole),
    ("people", Form::Whole),
    ("attempts", Form::Whole),
    ("rate", Form::Share),
    ("average_score", Form::Mean),
    ("total_score", Form::Whole),
    ("all_correct", Form::Whole),
    ("winners", Form::Whole),
];

/// Whether standings have a column for the marks of essays.
pub(super) fn has_essay(contest: &Contest) -> bool {
    let of_rounds = contest.rounds.iter().map(|round| &round.rules);
    let mut rules = of_rounds.chain([&contest.definition.rules_default]);
    rules.any(|rules| rules.essay.is_some())
}

/// The fields that were chosen, in the order of the form, between what is always there.
fn participant_columns(fields: &FieldRules, with: &BTreeSet<Field>) -> Vec<(&'static str, Form)> {
    let mut columns = vec![("participant", Form::Whole)];
    for field in shown_fields(fields, with) {
        columns.push((field.name(), form(field)));
        if field == Field::Unit {
            columns.push(("unit_path", Form::Name));
        }
    }
    columns.extend([
        ("consent_publish", Form::Text),
        ("registered_at", Form::Moment),
        ("excluded_reason", Form::Name),
        ("demonstration", Form::Text),
    ]);
    columns
}

const fn form(field: Field) -> Form {
    match field {
        Field::FullName | Field::GuardianName | Field::Address => Form::Name,
        Field::BirthDate => Form::Day,
        Field::Phone
        | Field::Unit
        | Field::NationalId
        | Field::Sex
        | Field::Email
        | Field::Class
        | Field::Referral => Form::Text,
    }
}

/// The fields of people that a list shows: the unit, and of the personal ones those that were asked for and that the
/// contest has, the guardian of the young among them.
pub(super) fn shown_fields<'a>(
    fields: &'a FieldRules,
    with: &'a BTreeSet<Field>,
) -> impl Iterator<Item = Field> + 'a {
    let has =
        |field: &Field| Field::ALWAYS.contains(field) || *field == Field::GuardianName || fields.asks(*field);
    Field::ALL
        .into_iter()
        .filter(move |field| has(field) && (*field == Field::Unit || with.contains(field)))
}

/// The fields beside the name, which has a column of its own in every list of winners.
pub(super) fn beyond_name(with: &BTreeSet<Field>) -> impl Iterator<Item = Field> + '_ {
    with.iter()
        .copied()
        .filter(|field| !matches!(field, Field::FullName | Field::Unit))
}
