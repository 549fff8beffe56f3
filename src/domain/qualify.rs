//! Who goes on to a round that only some may enter.
//!
//! Owns the choice from a list in order; leaves adding up rounds to `ranking` and `tabulate`.

use super::contest::Qualifying;
use super::ids::{ParticipantId, UnitId};
use std::collections::{BTreeMap, BTreeSet};

/// A person in the list that decides, with the unit that competes for places in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub participant: ParticipantId,
    /// Shared by equals.
    pub rank: i64,
    /// Sum of points.
    pub score: i64,
    /// The unit of the level that the rules name, the person's own or one above it.
    pub unit: Option<UnitId>,
}

/// Who goes on, in the order of the list: the best of all together with the best of every unit, of those who reach the
/// smallest sum. Equals at the last place all go on. `candidates` are in order and all of them may win.
pub fn choose(candidates: &[Candidate], rules: &Qualifying) -> Vec<Candidate> {
    let enough = |one: &&Candidate| rules.min_score.is_none_or(|least| one.score >= i64::from(least));
    let able: Vec<&Candidate> = candidates.iter().filter(enough).collect();
    let mut chosen: BTreeSet<ParticipantId> = BTreeSet::new();
    if let Some(top) = rules.top {
        chosen.extend(best(&able, top));
    }
    if let Some((_, count)) = rules.per_unit {
        let mut by_unit: BTreeMap<UnitId, Vec<&Candidate>> = BTreeMap::new();
        for one in &able {
            if let Some(unit) = one.unit {
                by_unit.entry(unit).or_default().push(one);
            }
        }
        chosen.extend(by_unit.values().flat_map(|own| best(own, count)));
    }
    let all = rules.top.is_none() && rules.per_unit.is_none();
    let goes_on = |one: &&Candidate| all || chosen.contains(&one.participant);
    able.into_iter().filter(goes_on).copied().collect()
}

fn best(list: &[&Candidate], count: u32) -> Vec<ParticipantId> {
    let places = usize::try_from(count).unwrap_or(usize::MAX);
    let last = list.get(places.saturating_sub(1)).map(|one| one.rank);
    let within = list
        .iter()
        .take_while(|one| last.is_none_or(|last| one.rank <= last));
    within.map(|one| one.participant).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// People 1, 2, 3 … with their rank, points and unit.
    fn list(all: &[(i64, i64, i32)]) -> Vec<Candidate> {
        let one = |(number, (rank, score, unit)): (i64, &(i64, i64, i32))| Candidate {
            participant: ParticipantId(number),
            rank: *rank,
            score: *score,
            unit: (*unit > 0).then_some(UnitId(*unit)),
        };
        (1..).zip(all).map(one).collect()
    }

    fn chosen(rules: &Qualifying) -> Vec<i64> {
        let list = list(&[
            (1, 90, 1),
            (2, 80, 1),
            (2, 80, 1),
            (4, 70, 2),
            (5, 60, 2),
            (6, 50, 0),
        ]);
        choose(&list, rules).iter().map(|one| one.participant.0).collect()
    }

    fn rules(top: Option<u32>, per_unit: Option<u32>, min_score: Option<u32>) -> Qualifying {
        Qualifying {
            rounds: vec![1],
            top,
            per_unit: per_unit.map(|count| (1, count)),
            min_score,
        }
    }

    #[test]
    fn equals_at_the_last_place_all_go_on() {
        assert_eq!(chosen(&rules(Some(2), None, None)), [1, 2, 3]);
        assert_eq!(chosen(&rules(Some(1), None, None)), [1]);
        assert_eq!(chosen(&rules(Some(99), None, None)), [1, 2, 3, 4, 5, 6]);
    }

    #[test]
    fn every_unit_sends_its_best_and_who_has_none_only_goes_on_among_all() {
        assert_eq!(chosen(&rules(None, Some(1), None)), [1, 4]);
        assert_eq!(chosen(&rules(None, Some(2), None)), [1, 2, 3, 4, 5]);
        assert_eq!(chosen(&rules(Some(1), Some(1), None)), [1, 4]);
    }

    #[test]
    fn the_smallest_sum_holds_for_all() {
        assert_eq!(chosen(&rules(None, None, Some(70))), [1, 2, 3, 4]);
        assert_eq!(chosen(&rules(None, Some(1), Some(75))), [1]);
    }
}
