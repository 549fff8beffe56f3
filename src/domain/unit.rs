//! Units that participants enter for, as a dated tree.
//!
//! Owns what a unit is and how one is found by what people type; leaves files to `bank` and counts to `ranking`.

use super::ids::UnitId;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use time::Date;

/// A unit as the contest's `units.csv` gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitDefinition {
    /// Short stable code, unique in the contest (`DB-CHILANG`).
    pub code: String,
    /// Full name.
    pub name: String,
    /// Code of the unit above, if any.
    pub parent: Option<String>,
    /// Group for prizes within like units.
    pub bloc: Option<String>,
    /// People who could enter; needed for rates.
    pub headcount: Option<u32>,
    /// First day on which it exists.
    pub valid_from: Option<Date>,
    /// Last day on which it exists.
    pub valid_to: Option<Date>,
    /// Code of the unit that took it over; its people count there too.
    #[serde(default)]
    pub successor: Option<String>,
}

/// A loaded unit with its number and its place in the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Number in the database.
    pub id: UnitId,
    /// What the file says.
    pub definition: UnitDefinition,
    /// 1 for a unit without parent, 2 below it, and so on.
    pub level: u8,
    /// The units above, nearest first.
    pub ancestors: Vec<UnitId>,
    /// Name, code and parents' names folded by [`fold`], for search.
    pub folded: String,
}

impl Unit {
    /// Whether the unit exists on that day.
    pub fn is_valid_on(&self, day: Date) -> bool {
        self.definition.valid_from.is_none_or(|from| from <= day)
            && self.definition.valid_to.is_none_or(|to| day <= to)
    }
}

/// For every unit, itself and all units in which its people count: those above it and those that took any of them over.
pub fn counts_in(units: &[Unit]) -> BTreeMap<UnitId, BTreeSet<UnitId>> {
    let by_code: BTreeMap<&str, UnitId> = units
        .iter()
        .map(|unit| (unit.definition.code.as_str(), unit.id))
        .collect();
    let ups = |unit: &Unit| {
        let successor = unit.definition.successor.as_deref();
        let successor = successor.and_then(|code| by_code.get(code)).copied();
        unit.ancestors
            .first()
            .copied()
            .into_iter()
            .chain(successor)
            .collect::<Vec<_>>()
    };
    let ups: BTreeMap<UnitId, Vec<UnitId>> = units.iter().map(|unit| (unit.id, ups(unit))).collect();
    let closure = |start: UnitId| {
        let (mut seen, mut open) = (BTreeSet::from([start]), vec![start]);
        while let Some(at) = open.pop() {
            let next = ups.get(&at).into_iter().flatten().copied();
            open.extend(next.filter(|up| seen.insert(*up)));
        }
        seen
    };
    units.iter().map(|unit| (unit.id, closure(unit.id))).collect()
}

/// The blocs of every unit: its own and those of the units above it.
pub fn blocs(units: &[Unit]) -> BTreeMap<UnitId, BTreeSet<String>> {
    let own: BTreeMap<UnitId, &str> = units
        .iter()
        .filter_map(|unit| Some((unit.id, unit.definition.bloc.as_deref()?)))
        .collect();
    let of = |unit: &Unit| {
        let chain = std::iter::once(&unit.id).chain(&unit.ancestors);
        chain
            .filter_map(|id| own.get(id))
            .map(|bloc| (*bloc).to_owned())
            .collect()
    };
    units.iter().map(|unit| (unit.id, of(unit))).collect()
}

/// Lower case without marks, `đ` as `d`, single spaces: what remains when people type in a hurry.
pub fn fold(text: &str) -> String {
    let decomposed = icu_normalizer::DecomposingNormalizer::new_nfd()
        .normalize(text)
        .to_lowercase();
    let plain = decomposed
        .chars()
        .filter(|c| !('\u{300}'..='\u{36f}').contains(c))
        .map(|c| match c {
            'đ' => 'd',
            c if c.is_alphanumeric() => c,
            _ => ' ',
        });
    let joined: String = plain.collect();
    joined.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Units whose folded text holds every word of what was typed, at most `limit`, the nearest to the root first.
pub fn search<'a>(units: impl IntoIterator<Item = &'a Unit>, typed: &str, limit: usize) -> Vec<&'a Unit> {
    let folded = fold(typed);
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    if words.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<&Unit> = units
        .into_iter()
        .filter(|unit| words.iter().all(|word| unit.folded.contains(word)))
        .collect();
    found.sort_by_key(|unit| {
        (
            unit.level,
            !fold(&unit.definition.name).contains(&folded),
            unit.id,
        )
    });
    found.truncate(limit);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(id: i32, name: &str, level: u8) -> Unit {
        let definition = UnitDefinition {
            code: format!("U{id}"),
            name: name.to_owned(),
            parent: None,
            bloc: None,
            headcount: None,
            valid_from: None,
            valid_to: None,
            successor: None,
        };
        Unit {
            id: UnitId(id),
            folded: fold(name),
            definition,
            level,
            ancestors: Vec::new(),
        }
    }

    #[test]
    fn marks_case_and_d_with_a_stroke_do_not_matter() {
        assert_eq!(fold("Đảng bộ  huyện Chi Lăng"), "dang bo huyen chi lang");
        assert_eq!(fold("ĐẢNG BỘ"), fold("đa\u{309}ng bô\u{323}"));
    }

    #[test]
    fn every_word_must_occur_and_higher_units_come_first() {
        let units = [
            unit(1, "Xã Chi Lăng", 2),
            unit(2, "Đảng bộ huyện Chi Lăng", 1),
            unit(3, "Cao Lộc", 1),
        ];
        let found: Vec<i32> = search(&units, "lang chi", 10)
            .iter()
            .map(|unit| unit.id.0)
            .collect();
        assert_eq!(found, [2, 1]);
        assert!(search(&units, "  ", 10).is_empty());
    }

    #[test]
    fn people_of_a_unit_that_was_taken_over_count_above_and_in_its_successor() {
        let mut units = [
            unit(1, "Huyện cũ", 1),
            unit(2, "Trường", 2),
            unit(3, "Tỉnh", 1),
            unit(4, "Xã mới", 2),
        ];
        units[1].ancestors = vec![UnitId(1)];
        units[3].ancestors = vec![UnitId(3)];
        units[0].definition.successor = Some("U4".to_owned());
        // A circle ends like anything else.
        units[3].definition.successor = Some("U1".to_owned());
        let counts = counts_in(&units);
        let of = |id: i32| counts[&UnitId(id)].iter().map(|unit| unit.0).collect::<Vec<_>>();
        assert_eq!((of(2), of(3)), (vec![1, 2, 3, 4], vec![3]));
    }
}
