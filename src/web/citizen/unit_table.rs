//! The table of units in a ranking: who brought the most attempts.
//!
//! Owns which units are compared and in what order; the figures are the ranking's.

use crate::domain::bloc::{BlocFigures, by_bloc};
use crate::domain::catalog::Contest;
use crate::domain::collective::UnitFigures;
use crate::domain::ids::UnitId;
use crate::domain::unit::Unit;
use crate::i18n::Lang;
use crate::web::format;
use std::collections::BTreeMap;

/// Units in the table before the rest is folded away.
const TOP: usize = 20;

/// Figures of a unit in a table.
#[derive(Debug, Clone)]
pub struct UnitRow {
    /// Its page.
    pub href: String,
    /// Its name.
    pub name: String,
    /// Length of its bar, percent of the longest.
    pub bar: i64,
    /// Attempts as printed.
    pub attempts: String,
    /// People as printed.
    pub people: String,
    /// Share of its people who entered, where their number is known.
    pub rate: Option<String>,
}

/// The table by unit, the longest rows first.
#[derive(Debug, Clone)]
pub struct UnitTable {
    /// What is counted, and when.
    pub caption: String,
    /// Whether any unit has a share.
    pub rated: bool,
    /// The first rows.
    pub top: Vec<UnitRow>,
    /// The others.
    pub rest: Vec<UnitRow>,
    /// The blocs of units, in the organiser's order; empty where there are fewer than two.
    pub blocs: Vec<BlocRow>,
}

/// Figures of a bloc in a table.
#[derive(Debug, Clone)]
pub struct BlocRow {
    /// Its name.
    pub name: String,
    /// "41/65": units with entrants, and all of them.
    pub units: String,
    /// Attempts as printed.
    pub attempts: String,
    /// People as printed.
    pub people: String,
    /// Share of its people who entered, where their number is known.
    pub rate: Option<String>,
}

impl UnitTable {
    /// The units that compete with each other: those of the level of the first prize for units, with at least one
    /// attempt.
    pub fn new(
        lang: Lang,
        contest: &Contest,
        figures: &BTreeMap<UnitId, UnitFigures>,
        caption: String,
    ) -> Self {
        let rows = compared(contest, figures);
        let most = rows.first().map_or(1, |(_, figures)| figures.attempts.max(1));
        let mut top: Vec<UnitRow> = rows
            .iter()
            .map(|(unit, own)| row(lang, contest, unit, own, most))
            .collect();
        let rest = top.split_off(top.len().min(TOP));
        let blocs = by_bloc(&contest.units, figures);
        let blocs = blocs.iter().filter(|_| blocs.len() > 1);
        Self {
            caption,
            rated: top.iter().any(|row| row.rate.is_some()),
            top,
            rest,
            blocs: blocs.map(|bloc| bloc_row(lang, bloc)).collect(),
        }
    }
}

fn bloc_row(lang: Lang, bloc: &BlocFigures) -> BlocRow {
    let own = bloc.figures;
    let headcount = bloc.headcount.filter(|n| *n > 0);
    BlocRow {
        name: bloc.name.clone(),
        units: format!("{}/{}", bloc.entered, bloc.units),
        attempts: format::number(lang, own.attempts),
        people: format::number(lang, own.people),
        rate: headcount.map(|n| format::percent(lang, own.people * 10_000 / i64::from(n))),
    }
}

/// The units that compete with each other and have at least one attempt, the most attempts first.
pub fn compared<'a>(
    contest: &'a Contest,
    figures: &'a BTreeMap<UnitId, UnitFigures>,
) -> Vec<(&'a Unit, &'a UnitFigures)> {
    let level = contest
        .definition
        .collective_prizes
        .first()
        .map_or(1, |prize| prize.level);
    let units = contest.units.iter().filter(|unit| unit.level == level);
    let mut rows: Vec<_> = units
        .filter_map(|unit| Some((unit, figures.get(&unit.id)?)))
        .collect();
    rows.retain(|(_, figures)| figures.attempts > 0);
    rows.sort_by_key(|(unit, figures)| (std::cmp::Reverse(figures.attempts), unit.id));
    rows
}

fn row(lang: Lang, contest: &Contest, unit: &Unit, own: &UnitFigures, most: i64) -> UnitRow {
    let headcount = unit.definition.headcount.filter(|n| *n > 0);
    UnitRow {
        href: format!(
            "/cuoc-thi/{}/don-vi/{}",
            contest.definition.slug, unit.definition.code
        ),
        name: unit.definition.name.clone(),
        bar: (own.attempts * 100 / most).max(1),
        attempts: format::number(lang, own.attempts),
        people: format::number(lang, own.people),
        rate: headcount.map(|n| format::percent(lang, own.people * 10_000 / i64::from(n))),
    }
}
