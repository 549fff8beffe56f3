//! The tables `[[collective_prize]]`.
//!
//! Owns their keys and what a prize for units contradicts in itself; leaves names and scopes to `prizes` and the units to
//! `feasible`.
//!
//! Defaults: `level` 1; every bloc; no smallest rate, number of people or of winners; `weight` 1; `top` 10.

use super::code::FaultCode;
use super::format::{At, Reader};
use super::moment::parse_rate;
use super::node::{Node, Table, Value};
use super::prizes::{Names, read_prize};
use crate::domain::contest::{CollectiveMeasure, CollectivePrize, MeasurePart, RateBand, UnitConditions};
use std::ops::Range;

/// Parts of a measure, keys that settle equals, bands of size.
const MAX_PARTS: usize = 10;
/// Points of the best unit where the file does not say.
const DEFAULT_TOP: u16 = 10;

const KEYS: [&str; 14] = [
    "scope",
    "name",
    "places",
    "value",
    "by",
    "level",
    "bloc",
    "min_rate",
    "of",
    "top",
    "then",
    "min_people",
    "min_winners",
    "min_rates",
];

/// A prize for units.
pub(super) struct CollectiveDraft {
    /// From 1, in the order of the file.
    pub(super) place: u32,
    pub(super) prize: CollectivePrize,
    pub(super) by_span: Range<usize>,
    pub(super) level_span: Range<usize>,
    pub(super) bloc_span: Option<Range<usize>>,
    pub(super) places_span: Range<usize>,
    pub(super) rate_span: Option<Range<usize>>,
}

/// One prize for units.
pub(super) fn read_collective(
    reader: &mut Reader<'_, '_>,
    table: &Table,
    place: u32,
    names: &mut Names,
) -> Option<CollectiveDraft> {
    const HEADER: &str = "[[collective_prize]]";
    let common = read_prize(reader, table, HEADER, names);
    let measures = CollectiveMeasure::ALL.map(|measure| (measure.name(), measure));
    reader.only(table, HEADER, &KEYS);
    let by_node = reader.required(table, HEADER, "by", "by = \"people\"");
    let by = by_node.and_then(|node| reader.choice(node, "by", &measures));
    let level = reader.number(table, "", "level", 1, 10);
    let rate_node = table.get("min_rate");
    let min_rate_bp = rate_node.and_then(|node| read_rate(reader, node, "min_rate"));
    let of = table
        .get("of")
        .and_then(|node| read_parts(reader, node))
        .unwrap_or_default();
    let top: Option<At<u16>> = reader.number(table, "", "top", 1, 1_000);
    let then = table
        .get("then")
        .and_then(|node| read_then(reader, node))
        .unwrap_or_default();
    let conditions = UnitConditions {
        min_people: reader
            .number(table, "", "min_people", 1, 10_000_000)
            .map(|n| n.value),
        min_winners: reader
            .number(table, "", "min_winners", 1, 100_000)
            .map(|n| n.value),
        bands: table
            .get("min_rates")
            .and_then(|node| read_bands(reader, node))
            .unwrap_or_default(),
    };
    if let (Some(by), Some(node)) = (by, by_node) {
        check_parts(reader, table, by, node);
    }
    if let (Some(_), Some(node)) = (rate_node, table.get("min_rates")) {
        reader.fault(&node.span, FaultCode::RateTwice {});
    }
    let span_of = |key: &str| table.get(key).map(|node| node.span.clone());
    let common = common?.value;
    Some(CollectiveDraft {
        place,
        by_span: by_node?.span.clone(),
        level_span: span_of("level").unwrap_or_else(|| table.span.clone()),
        bloc_span: span_of("bloc"),
        places_span: span_of("places").unwrap_or_else(|| table.span.clone()),
        rate_span: span_of("min_rate").or_else(|| span_of("min_rates")),
        prize: CollectivePrize {
            scope: common.scope,
            name: common.name,
            places: common.places,
            by: by?,
            // A faulty level was noted; an absent one means the top.
            level: level.map_or(1, |level| level.value),
            bloc: common.bloc,
            min_rate_bp,
            value: common.value,
            top: match by {
                Some(CollectiveMeasure::RankPoints) => top.map_or(DEFAULT_TOP, |top| top.value),
                _ => 0,
            },
            of,
            then,
            conditions,
        },
    })
}

fn read_rate(reader: &mut Reader<'_, '_>, node: &Node, key: &str) -> Option<u32> {
    let written = match &node.value {
        Value::Decimal(text) => text.clone(),
        Value::Integer(Some(number)) => number.to_string(),
        _ => {
            reader.wrong_type(node, key, super::fact::Kind::Decimal);
            return None;
        }
    };
    let rate = parse_rate(&written);
    if rate.is_none() {
        reader.fault(
            &node.span,
            FaultCode::BadRate {
                key: key.to_owned(),
                value: written,
            },
        );
    }
    rate
}

/// The measures that are not made of others.
fn simple() -> Vec<(&'static str, CollectiveMeasure)> {
    let all = CollectiveMeasure::ALL.into_iter();
    all.filter(|measure| !measure.is_made_of_parts())
        .map(|measure| (measure.name(), measure))
        .collect()
}

/// The items of a list that must not be longer than `MAX_PARTS`.
fn short_list<'n>(reader: &mut Reader<'_, '_>, node: &'n Node, key: &str) -> Option<&'n [Node]> {
    let items = reader.list(node, key)?;
    if items.len() > MAX_PARTS {
        let code = FaultCode::TooManyEntries {
            key: key.to_owned(),
            count: items.len() as u64,
            limit: MAX_PARTS as u64,
        };
        reader.fault(&node.span, code);
    }
    Some(items.get(..MAX_PARTS).unwrap_or(items))
}

/// `["people", { by = "rate", weight = 2 }]`.
fn read_parts(reader: &mut Reader<'_, '_>, node: &Node) -> Option<Vec<MeasurePart>> {
    let mut parts: Vec<MeasurePart> = Vec::new();
    for item in short_list(reader, node, "of")? {
        let part = match &item.value {
            Value::Table(table) => {
                reader.only(table, "of", &["by", "weight"]);
                let by = reader.required(table, "of", "by", "by = \"rate\"");
                let by = by.and_then(|node| reader.choice(node, "of.by", &simple()));
                let weight: Option<At<u16>> = reader.number(table, "of.", "weight", 1, 100);
                by.map(|by| MeasurePart {
                    by,
                    weight: weight.map_or(1, |weight| weight.value),
                })
            }
            _ => reader
                .choice(item, "of", &simple())
                .map(|by| MeasurePart { by, weight: 1 }),
        };
        let Some(part) = part else { continue };
        if parts.iter().any(|other| other.by == part.by) {
            let key = part.by.name().to_owned();
            reader.fault(&item.span, FaultCode::PartTwice { key });
        } else {
            parts.push(part);
        }
    }
    Some(parts)
}

fn read_then(reader: &mut Reader<'_, '_>, node: &Node) -> Option<Vec<CollectiveMeasure>> {
    let mut then = Vec::new();
    for item in short_list(reader, node, "then")? {
        then.extend(reader.choice(item, "then", &simple()));
    }
    Some(then)
}

/// `[{ below = 50, rate = 0.3 }, { below = 100, rate = 0.25 }, { rate = 0.2 }]`: sizes ascend, and only the last may be open.
fn read_bands(reader: &mut Reader<'_, '_>, node: &Node) -> Option<Vec<RateBand>> {
    let mut bands: Vec<RateBand> = Vec::new();
    for item in short_list(reader, node, "min_rates")? {
        let Some(table) = reader.table(item, "min_rates") else {
            continue;
        };
        reader.only(table, "min_rates", &["below", "rate"]);
        let below: Option<At<u32>> = reader.number(table, "min_rates.", "below", 1, 10_000_000);
        let below = below.map(|below| below.value);
        let rate = reader.required(table, "min_rates", "rate", "rate = 0.3");
        let rate = rate.and_then(|node| read_rate(reader, node, "min_rates.rate"));
        let falls = bands.last().is_some_and(|before| match (before.below, below) {
            (Some(before), Some(below)) => below <= before,
            (None, _) => true,
            (Some(_), None) => false,
        });
        if falls {
            reader.fault(&item.span, FaultCode::BandsOrder {});
        } else if let Some(min_rate_bp) = rate {
            bands.push(RateBand { below, min_rate_bp });
        }
    }
    Some(bands)
}

/// `of` belongs to measures made of parts, and `top` to points for ranks.
fn check_parts(reader: &mut Reader<'_, '_>, table: &Table, by: CollectiveMeasure, node: &Node) {
    let by_name = || by.name().to_owned();
    match table.get("of") {
        None if by.is_made_of_parts() => reader.fault(&node.span, FaultCode::PartsMissing { by: by_name() }),
        Some(of) if !by.is_made_of_parts() => {
            let key = "of".to_owned();
            reader.fault(&of.span, FaultCode::PartsUnused { key, by: by_name() });
        }
        Some(of) if matches!(&of.value, Value::List(items) if items.is_empty()) => {
            reader.fault(&of.span, FaultCode::PartsMissing { by: by_name() });
        }
        _ => {}
    }
    if let Some(top) = table.get("top").filter(|_| by != CollectiveMeasure::RankPoints) {
        let key = "top".to_owned();
        reader.fault(&top.span, FaultCode::PartsUnused { key, by: by_name() });
    }
}
