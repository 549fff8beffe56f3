//! The chart of tiles by unit: which units brought how much of the whole.
//!
//! Owns which units have a tile and what the chart says; the geometry is `tiles`'s, the order of units `unit_table`'s.

use super::tiles::{self, Tile};
use super::unit_table::compared;
use crate::domain::catalog::Contest;
use crate::domain::collective::UnitFigures;
use crate::domain::ids::UnitId;
use crate::i18n::Lang;
use crate::web::format;
use crate::web::words::{count, say};
use std::collections::BTreeMap;

/// The chart with its numbers.
#[derive(Debug, Clone)]
pub struct UnitMap {
    /// What the picture says.
    pub message: String,
    /// What is measured, when and where.
    pub measure: String,
    /// The tiles, the greatest first.
    pub tiles: Vec<Tile>,
    /// Width and height of the drawing.
    pub size: (i64, i64),
    /// Place, name, attempts and share of each tile.
    pub rows: Vec<(usize, String, String, String)>,
    /// All numbers as one sentence.
    pub said: String,
}

/// The chart, where at least two units can be compared.
pub fn unit_map(
    lang: Lang,
    contest: &Contest,
    figures: &BTreeMap<UnitId, UnitFigures>,
    measure: String,
) -> Option<UnitMap> {
    let units = compared(contest, figures);
    let mut shown: Vec<(String, i64)> = units
        .iter()
        .map(|(unit, own)| (unit.definition.name.clone(), own.attempts))
        .collect();
    let rest = shown.split_off(shown.len().min(if units.len() > tiles::MOST {
        tiles::MOST - 1
    } else {
        tiles::MOST
    }));
    let [(first, most), (_, _), ..] = shown.as_slice() else {
        return None;
    };
    let total: i64 = units.iter().map(|(_, own)| own.attempts).sum();
    let share = |n: i64| format::percent(lang, n * 10_000 / total.max(1));
    let message = say(
        lang,
        "map-message",
        &[
            ("unit", first),
            ("attempts", &count(lang, "attempts", *most)),
            ("share", &share(*most)),
        ],
    );
    if !rest.is_empty() {
        let others = count(lang, "map-others", i64::try_from(rest.len()).unwrap_or(0));
        shown.push((others, rest.iter().map(|(_, n)| n).sum()));
    }
    let printed = |(name, n): &(String, i64)| (name.clone(), *n, format::number(lang, *n));
    let tiles = tiles::tiles(&shown.iter().map(printed).collect::<Vec<_>>());
    let rows: Vec<_> = (1..)
        .zip(&shown)
        .map(|(place, (name, n))| (place, name.clone(), format::number(lang, *n), share(*n)))
        .collect();
    let numbers: Vec<String> = rows
        .iter()
        .map(|(_, name, n, _)| format!("{name}: {n}"))
        .collect();
    Some(UnitMap {
        said: format!("{measure}: {}", numbers.join("; ")),
        message,
        measure,
        tiles,
        size: (tiles::WIDTH, tiles::HEIGHT),
        rows,
    })
}
