//! Signs in how people registered: look-alike registrations of one person, and one after another at an even pace.
//!
//! Owns finding them among people with an entry that is right throughout; names come as a number alone, so that nothing here
//! can tell them. Most such signs have an innocent reading: namesakes, a clerk with a list.

use super::places::Places;
use super::{CaseSheet, MOST, RightEntry, Sign, count};
use crate::domain::ids::{ParticipantId, UnitId};
use std::collections::{BTreeMap, HashMap};

/// People registered one after another before that is worth a look.
pub const TRAIN: usize = 6;
/// Longest time between two of them: two minutes, in microseconds.
pub const TRAIN_GAP_US: i64 = 120_000_000;
/// By so much the times between them may differ: five seconds.
pub const TRAIN_EVEN_US: i64 = 5_000_000;

/// Somebody with an entry that is right throughout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RightPerson {
    /// The person; never printed.
    pub person: ParticipantId,
    /// Unit entered for.
    pub unit: UnitId,
    /// Stands for name without marks and birth date together.
    pub identity: u64,
    /// When registered, microseconds since 1970.
    pub registered_us: i64,
}

/// Everything in the registrations that asks for a look, the strongest first.
pub fn found(entries: &[RightEntry], people: &[RightPerson], declared: &Places) -> Vec<CaseSheet> {
    let mut first: HashMap<ParticipantId, &RightEntry> = HashMap::new();
    for entry in entries {
        let kept = first.entry(entry.person).or_insert(entry);
        if (entry.finished_us, entry.attempt) < (kept.finished_us, kept.attempt) {
            *kept = entry;
        }
    }
    let sheet = |(sign, group): (Sign, Vec<RightPerson>)| {
        let own = group.iter().filter_map(|one| first.get(&one.person));
        let mut entries: Vec<RightEntry> = own.map(|entry| **entry).collect();
        entries.sort_by_key(|entry| (entry.finished_us, entry.attempt));
        CaseSheet { sign, entries }
    };
    let all = alike(people).into_iter().chain(trains(people, declared));
    all.map(sheet).collect()
}

/// Registrations of one unit with the same name and birth date.
fn alike(people: &[RightPerson]) -> Vec<(Sign, Vec<RightPerson>)> {
    let mut same: BTreeMap<(UnitId, u64), Vec<RightPerson>> = BTreeMap::new();
    for one in people {
        same.entry((one.unit, one.identity)).or_default().push(*one);
    }
    same.retain(|_, group| group.len() > 1);
    let groups = count(same.len());
    let sign = |group: Vec<RightPerson>| {
        let people = count(group.len());
        (Sign::Alike { people, groups }, group)
    };
    let mut all: Vec<_> = same.into_values().map(sign).collect();
    all.sort_by_key(|(_, group)| {
        let first = group.iter().map(|one| one.person).min();
        (std::cmp::Reverse(group.len()), first)
    });
    all.truncate(MOST);
    all
}

/// People of one unit who registered one after another at an even pace.
fn trains(people: &[RightPerson], declared: &Places) -> Vec<(Sign, Vec<RightPerson>)> {
    let mut by_unit: BTreeMap<UnitId, Vec<RightPerson>> = BTreeMap::new();
    for one in people {
        by_unit.entry(one.unit).or_default().push(*one);
    }
    let mut all = Vec::new();
    for (unit, mut own) in by_unit {
        own.sort_by_key(|one| (one.registered_us, one.person));
        let in_unit = count(own.len());
        for group in even(&own) {
            let (Some(first), Some(last)) = (group.first(), group.last()) else {
                continue;
            };
            let span = first.registered_us..=last.registered_us;
            let between = count(group.len()).saturating_sub(1).max(1);
            let sign = Sign::Train {
                people: count(group.len()),
                gap_s: (span.end() - span.start()) / between / 1_000_000,
                in_unit,
                declared: declared.covers(unit, &span),
            };
            all.push((sign, group.to_vec()));
        }
    }
    all.sort_by_key(|(sign, group)| {
        let declared = matches!(sign, Sign::Train { declared: true, .. });
        (
            declared,
            std::cmp::Reverse(group.len()),
            group.first().map(|one| one.person),
        )
    });
    all.truncate(MOST);
    all
}

/// The longest stretches at an even pace, each person in one at most.
fn even(own: &[RightPerson]) -> Vec<&[RightPerson]> {
    let mut found = Vec::new();
    let mut start = 0;
    while let Some(rest) = own.get(start..).filter(|rest| rest.len() >= TRAIN) {
        let length = stretch(rest);
        match rest.get(..length).filter(|group| group.len() >= TRAIN) {
            Some(group) => {
                found.push(group);
                start += length;
            }
            None => start += 1,
        }
    }
    found
}

/// How many people from the first on keep one pace.
fn stretch(rest: &[RightPerson]) -> usize {
    let (mut least, mut most) = (i64::MAX, i64::MIN);
    let pairs = rest.iter().zip(rest.iter().skip(1));
    let kept = pairs.take_while(|(a, b)| {
        let gap = b.registered_us - a.registered_us;
        (least, most) = (least.min(gap), most.max(gap));
        gap <= TRAIN_GAP_US && most - least <= TRAIN_EVEN_US
    });
    kept.count() + 1
}

#[cfg(test)]
mod tests {
    use super::super::tests::entry;
    use super::*;

    /// A person of unit 1 who registered at that second.
    fn person(n: i64, identity: u64, second: i64) -> RightPerson {
        RightPerson {
            person: ParticipantId(n),
            unit: UnitId(1),
            identity,
            registered_us: second * 1_000_000,
        }
    }

    fn signs(people: &[RightPerson], declared: &Places) -> Vec<Sign> {
        let entries: Vec<RightEntry> = people
            .iter()
            .map(|one| entry(one.person.0, one.person.0, 0, 30_000, None))
            .collect();
        found(&entries, people, declared)
            .iter()
            .map(|sheet| sheet.sign)
            .collect()
    }

    #[test]
    fn registrations_of_one_name_birth_date_and_unit_are_one_sheet_with_an_entry_each() {
        let other_unit = RightPerson {
            unit: UnitId(2),
            ..person(4, 7, 9_000)
        };
        let people = [
            person(1, 7, 0),
            person(2, 7, 5_000),
            person(3, 8, 7_000),
            other_unit,
        ];
        let entries = [
            entry(1, 1, 5, 30_000, None),
            entry(2, 1, 3, 30_000, None),
            entry(3, 2, 4, 30_000, None),
            entry(4, 3, 4, 30_000, None),
        ];
        let sheets = found(&entries, &people, &Places::default());
        let [sheet] = sheets.as_slice() else {
            panic!("{sheets:?}")
        };
        assert_eq!(sheet.sign, Sign::Alike { people: 2, groups: 1 });
        assert_eq!(sheet.entries, [entries[1], entries[2]], "the first entry of each");
    }

    #[test]
    fn six_registrations_at_an_even_pace_are_a_train_and_uneven_ones_are_not() {
        let at = |seconds: &[i64]| -> Vec<RightPerson> {
            let numbered = (1i64..).zip(seconds);
            numbered
                .map(|(n, second)| person(n, n.unsigned_abs(), *second))
                .collect()
        };
        let even = at(&[0, 60, 121, 180, 242, 300, 9_000]);
        let train = |declared| Sign::Train {
            people: 6,
            gap_s: 60,
            in_unit: 7,
            declared,
        };
        assert_eq!(signs(&even, &Places::default()), [train(false)]);
        let mut places = Places::default();
        places.add(UnitId(1), Some(0), Some(301_000_000));
        assert_eq!(
            signs(&even, &places),
            [train(true)],
            "still told, and told as declared"
        );
        assert_eq!(signs(&even[..5], &Places::default()), [], "five are no train");
        assert_eq!(
            signs(&at(&[0, 60, 130, 180, 242, 300, 360]), &Places::default()),
            []
        );
        let slow: Vec<i64> = (0..8).map(|n| n * 121).collect();
        assert_eq!(
            signs(&at(&slow), &Places::default()),
            [],
            "more than two minutes apart"
        );
        let after_a_break = at(&[0, 5, 500, 560, 620, 680, 740, 800]);
        assert_eq!(signs(&after_a_break, &Places::default()).len(), 1);
    }
}
