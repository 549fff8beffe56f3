//! Who does better never stands worse, and nobody else gains by it.

use super::tests::{any_entries, any_rules, nobody};
use super::*;
use crate::domain::contest::{Direction, RankField, RankKey};
use proptest::prelude::*;

/// The order with points first and each other key after them as drawn.
fn by_points(rules: &mut RoundRules) {
    let order = &mut rules.ranking.order;
    order.retain(|key| key.by != RankField::Score);
    let points = RankKey {
        by: RankField::Score,
        direction: Direction::Desc,
    };
    order.insert(0, points);
}

proptest! {
    #[test]
    fn a_better_key_never_has_a_worse_rank(
        entries in any_entries(),
        mut rules in any_rules(),
        whose in any::<prop::sample::Index>(),
        more in 1..200u32,
    ) {
        by_points(&mut rules);
        let before = rank(&entries, &rules, &nobody());
        prop_assume!(!before.standings.is_empty());
        let own = &before.standings[whose.index(before.standings.len())];
        let mut better = entries.clone();
        let counted = better.iter_mut().find(|entry| Some(entry.attempt) == own.attempt);
        counted.unwrap().score += more;
        let after = rank(&better, &rules, &nobody());
        let ranks = |ranking: &Ranking| -> BTreeMap<ParticipantId, i64> {
            ranking.standings.iter().map(|one| (one.participant, one.rank)).collect()
        };
        let (old, new) = (ranks(&before), ranks(&after));
        for (person, rank) in &new {
            if *person == own.participant {
                prop_assert!(*rank <= old[person], "{} became {rank} with more points", old[person]);
            } else {
                prop_assert!(*rank >= old[person], "{person} gained from another's points");
            }
        }
        prop_assert_eq!(after.actual, before.actual);
    }

    #[test]
    fn a_nearer_prediction_never_has_a_worse_rank_where_it_earns_points(
        mut entries in any_entries(),
        mut rules in any_rules(),
        whose in any::<prop::sample::Index>(),
    ) {
        rules.ranking.order = [(RankField::Score, Direction::Desc), (RankField::PredictionError, Direction::Asc)]
            .map(|(by, direction)| RankKey { by, direction })
            .to_vec();
        let before = rank(&entries, &rules, &nobody());
        prop_assume!(!before.standings.is_empty());
        let own = &before.standings[whose.index(before.standings.len())];
        for entry in entries.iter_mut().filter(|entry| entry.participant == own.participant) {
            entry.prediction = before.actual;
        }
        let after = rank(&entries, &rules, &nobody());
        let now = after.standings.iter().find(|one| one.participant == own.participant).unwrap();
        prop_assert!(now.rank <= own.rank && now.score >= own.score);
        prop_assert_eq!(now.prediction_error, Some(0));
    }
}
