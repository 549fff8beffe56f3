//! Lists of emulation work as files: ranking of a cluster, register of awards, statistics of a year.
//!
//! Owns their columns, notes and rows; names of people are in the register alone, which is given out as a whole.

use super::cell::{Cell, Column, Form};
use super::table::{Table, Words};
use crate::domain::emulation::CriterionId;
use crate::domain::emulation::award::{Award, Recipient};
use crate::domain::emulation::ranking::Sense;
use crate::domain::emulation::ranking::{Criterion, Ranked};
use crate::domain::emulation::statistics::{Compared, Line};
use crate::i18n::{Lang, Value, text};
use crate::store::emulation::{ClusterRow, KeptAward, ScoreRow};
use crate::store::results::Rows;
use futures_util::StreamExt;
use std::collections::BTreeMap;

/// A list with its rows.
type List = (Table, Rows<Vec<Cell>>);

/// What the ranking of a cluster is made of.
#[derive(Debug, Clone, Copy)]
pub struct ClusterList<'a> {
    /// The cluster.
    pub cluster: &'a ClusterRow,
    /// What units are scored by.
    pub criteria: &'a [(CriterionId, Criterion)],
    /// Points in force.
    pub scores: &'a BTreeMap<(CriterionId, String), ScoreRow>,
    /// Units, best first.
    pub ranked: &'a [Ranked],
    /// When it was read, in words.
    pub as_of: &'a str,
}

impl ClusterList<'_> {
    /// The ranking, a row for each unit.
    pub fn list(&self, lang: Lang) -> List {
        let definition = &self.cluster.definition;
        let mut columns = vec![
            column(lang, "rank", Form::Whole),
            column(lang, "code", Form::Text),
            column(lang, "unit", Form::Name),
            column(lang, "role", Form::Text),
            column(lang, "total", Form::Mean),
        ];
        columns.extend(self.criteria.iter().map(|(_, criterion)| Column {
            key: "criterion",
            head: criterion.name.clone(),
            form: Form::Mean,
        }));
        let rows = self.ranked.iter().map(|one| {
            let member = definition.members.iter().find(|member| member.code == one.code);
            let role = member.map_or("member", |member| member.role.name());
            let mut row = vec![
                Cell::whole_or_empty(one.rank.map(i64::from)),
                Cell::text(&one.code),
                Cell::text(member.map_or("", |member| member.name.as_str())),
                Cell::Word(
                    role.to_owned(),
                    text(lang, &format!("emulation-role-{role}"), &[]),
                ),
                Cell::quotient(one.total, 100),
            ];
            row.extend(self.criteria.iter().map(|(id, criterion)| {
                let Some(score) = self.scores.get(&(*id, one.code.clone())) else {
                    return Cell::Empty;
                };
                let points = i64::from(score.hundredths);
                let points = if criterion.sense == Sense::Deducts {
                    -points
                } else {
                    points
                };
                Cell::quotient(points, 100)
            }));
            row
        });
        let provisional = self.ranked.iter().any(|one| one.rank.is_none());
        let state = if provisional {
            "emulation-export-provisional"
        } else {
            "emulation-export-final"
        };
        let year = definition.year.to_string();
        let notes = [
            ("emulation-year", year.clone()),
            ("emulation-export-as-of", self.as_of.to_owned()),
            ("emulation-export-state", text(lang, state, &[])),
            (
                "emulation-ties",
                text(lang, &format!("emulation-ties-{}", self.cluster.ties.name()), &[]),
            ),
        ];
        let stem = format!("xep-hang-{}-{year}", definition.code.to_lowercase());
        let title = text(
            lang,
            "emulation-export-ranking",
            &[("name", definition.name.as_str().into()), ("year", year.into())],
        );
        (table(lang, stem, title, columns, &notes), stream(rows.collect()))
    }
}

/// What the register of a year is made of.
#[derive(Debug, Clone, Copy)]
pub struct AwardList<'a> {
    /// The year.
    pub year: u16,
    /// Its lines; those struck out are left out.
    pub awards: &'a [KeptAward],
    /// When it was read, in words.
    pub as_of: &'a str,
}

impl AwardList<'_> {
    /// The register, a row for each award, with the columns in which it can be loaded again.
    pub fn list(&self, lang: Lang) -> List {
        let columns = vec![
            column(lang, "day", Form::Day),
            column(lang, "decision", Form::Text),
            column(lang, "form", Form::Text),
            column(lang, "level", Form::Text),
            column(lang, "recipient", Form::Text),
            column(lang, "name", Form::Name),
            column(lang, "unit", Form::Name),
            column(lang, "small", Form::Text),
            column(lang, "direct", Form::Text),
            column(lang, "farmer", Form::Text),
            column(lang, "youth", Form::Text),
            column(lang, "woman", Form::Text),
        ];
        let kept = self.awards.iter().filter(|line| line.struck.is_none());
        let rows: Vec<Vec<Cell>> = kept.map(|line| award(lang, &line.award)).collect();
        let year = self.year.to_string();
        let notes = [
            ("emulation-year", year.clone()),
            ("emulation-export-as-of", self.as_of.to_owned()),
        ];
        let title = text(
            lang,
            "emulation-export-register",
            &[("year", year.clone().into())],
        );
        let stem = format!("khen-thuong-{year}");
        (table(lang, stem, title, columns, &notes), stream(rows))
    }
}

fn award(lang: Lang, award: &Award) -> Vec<Cell> {
    let word = |kind: &str, code: &str| {
        Cell::Word(
            code.to_owned(),
            text(lang, &format!("emulation-{kind}-{code}"), &[]),
        )
    };
    let mark = |yes: bool| {
        if yes {
            Cell::Text("x".to_owned())
        } else {
            Cell::Empty
        }
    };
    let (recipient, marks) = match award.recipient {
        Recipient::Collective { small } => ("collective", [small, false, false, false, false]),
        Recipient::Person(own) => ("person", [false, own.direct, own.farmer, own.youth, own.woman]),
    };
    let mut row = vec![
        Cell::Day(award.decided_on),
        Cell::text(&award.decision),
        word("form", award.form.name()),
        word("level", award.level.name()),
        word("recipient", recipient),
        Cell::text(&award.name),
        Cell::text(&award.unit),
    ];
    row.extend(marks.map(mark));
    row
}

/// The statistics of a year beside the year before.
pub fn statistics_list(lang: Lang, year: u16, lines: &[Compared], as_of: &str) -> List {
    let head = |key: &str, year: u16| {
        let args: [(&'static str, Value<'_>); 1] = [("year", year.to_string().into())];
        text(lang, &format!("emulation-column-{key}"), &args)
    };
    let before = year.saturating_sub(1);
    let dated = |key: &'static str, year: u16, form: Form| Column {
        key,
        head: head(key, year),
        form,
    };
    let columns = vec![
        column(lang, "line", Form::Name),
        dated("count", year, Form::Whole),
        dated("count", before, Form::Whole),
        column(lang, "difference", Form::Whole),
        column(lang, "growth", Form::Share),
        dated("share", year, Form::Share),
        dated("share", before, Form::Share),
        column(lang, "points", Form::Mean),
    ];
    let tenths =
        |share: Option<i64>, below: i64| share.map_or(Cell::Empty, |share| Cell::quotient(share, below));
    let rows = lines.iter().map(|one| {
        vec![
            Cell::Text(line_name(lang, one.line)),
            Cell::Whole(one.now),
            Cell::Whole(one.before),
            Cell::Whole(one.difference()),
            tenths(one.growth(), 1_000),
            tenths(one.share, 1_000),
            tenths(one.share_before, 1_000),
            tenths(one.share_difference(), 10),
        ]
    });
    let notes = [
        ("emulation-year", year.to_string()),
        ("emulation-export-as-of", as_of.to_owned()),
        (
            "emulation-export-method",
            text(lang, "emulation-statistics-note", &[]),
        ),
    ];
    let title = text(
        lang,
        "emulation-statistics-title",
        &[("year", year.to_string().into())],
    );
    let stem = format!("thong-ke-khen-thuong-{year}");
    (table(lang, stem, title, columns, &notes), stream(rows.collect()))
}

/// What a line of the statistics counts.
pub fn line_name(lang: Lang, line: Line) -> String {
    let say = |key: &str| text(lang, key, &[]);
    match line {
        Line::Total => say("emulation-line-total"),
        Line::Form(form) => say(&format!("emulation-form-{}", form.name())),
        Line::FormAt(form, level) => {
            let form = say(&format!("emulation-form-{}", form.name()));
            let level = say(&format!("emulation-level-{}", level.name()));
            text(
                lang,
                "emulation-line-form-at",
                &[("a", form.into()), ("b", level.into())],
            )
        }
        Line::Level(level) => {
            let level = say(&format!("emulation-level-{}", level.name()));
            text(lang, "emulation-line-level", &[("a", level.into())])
        }
        Line::Collectives => say("emulation-line-collectives"),
        Line::Small => say("emulation-line-small"),
        Line::Persons => say("emulation-line-persons"),
        Line::Direct => say("emulation-line-direct"),
        Line::Farmers => say("emulation-line-farmers"),
        Line::Youth => say("emulation-line-youth"),
        Line::Women => say("emulation-line-women"),
    }
}

fn column(lang: Lang, key: &'static str, form: Form) -> Column {
    Column {
        key,
        head: text(lang, &format!("emulation-column-{key}"), &[]),
        form,
    }
}

fn table(
    lang: Lang,
    file_stem: String,
    title: String,
    columns: Vec<Column>,
    notes: &[(&str, String)],
) -> Table {
    let notes = notes
        .iter()
        .map(|(key, value)| (text(lang, key, &[]), value.clone()));
    Table {
        file_stem,
        sheet: text(lang, "emulation-export-sheet", &[]),
        title,
        author: text(lang, "frame-name", &[]),
        columns,
        notes: notes.collect(),
        banner: None,
        words: Words::of(lang),
    }
}

fn stream(rows: Vec<Vec<Cell>>) -> Rows<Vec<Cell>> {
    futures_util::stream::iter(rows.into_iter().map(Ok)).boxed()
}
