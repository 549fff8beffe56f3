//! What a ranking would be with other scores than those that are stored.
//!
//! Owns reading and ordering without writing; the rulings in force hold, and prizes are given as in a real ranking.

use super::RankingOrder;
use crate::domain::prize::Awards;
use crate::domain::ranking::Tally;
use crate::domain::ruling::Rulings;
use crate::domain::tabulate::Ordered;
use crate::store::{StoreError, StoreResult, Tx};

/// A score that takes the place of a stored one: dense number of the submission, points, right answers, questions.
type Override = (u32, u32, u16, u16);

/// Scores that take the place of stored ones; twelve bytes each, for a correction may change every submission of a round.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    /// By dense number.
    sorted: Vec<Override>,
}

impl Overrides {
    /// Adds those of a stretch of submissions, in any order; stretches come one after the other.
    pub fn add(&mut self, stretch: impl IntoIterator<Item = Override>) {
        let known = self.sorted.len();
        self.sorted.extend(stretch);
        if let Some(new) = self.sorted.get_mut(known..) {
            new.sort_unstable();
        }
    }

    /// Points, right answers and questions of a submission whose score is replaced.
    pub fn find(&self, sequence: u32) -> Option<(u32, u16, u16)> {
        let place = self.sorted.binary_search_by_key(&sequence, |one| one.0).ok()?;
        self.sorted
            .get(place)
            .map(|(_, score, correct, total)| (*score, *correct, *total))
    }
}

/// What a ranking would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// The counts.
    pub tally: Tally,
    /// The predicted quantity as it would come out.
    pub actual: Option<i64>,
    /// People who may win a prize.
    pub eligible: i64,
    /// Prizes and ties.
    pub outcome: Awards,
}

impl Tx {
    /// What a ranking would be with other scores; nothing is written.
    pub async fn preview_ranking(
        &mut self,
        order: &RankingOrder<'_>,
        overrides: &Overrides,
    ) -> StoreResult<Preview> {
        let rulings = self.load_rulings(order.contest, order.round).await?;
        let ordered = self.order(order, &rulings, overrides).await?;
        let outcome = self.give_prizes(order, &rulings, &ordered).await?;
        let eligible = ordered.places().filter(|place| place.eligible).count();
        Ok(Preview {
            tally: ordered.tally,
            actual: ordered.actual,
            eligible: i64::try_from(eligible).unwrap_or(i64::MAX),
            outcome,
        })
    }

    /// Reads and orders everybody. Sorting millions takes a core for a while, so it is not done on a thread that serves
    /// others.
    pub(super) async fn order(
        &mut self,
        order: &RankingOrder<'_>,
        rulings: &Rulings,
        overrides: &Overrides,
    ) -> StoreResult<Ordered> {
        let table = self.gather(order, rulings, overrides).await?;
        tokio::task::spawn_blocking(move || table.order())
            .await
            .map_err(|_| StoreError::Database(sqlx::Error::WorkerCrashed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replaced_scores_are_found_by_number_in_whatever_order_a_stretch_came() {
        let mut overrides = Overrides::default();
        overrides.add([(7, 70, 7, 15), (2, 20, 2, 15), (5, 50, 5, 14)]);
        overrides.add([]);
        overrides.add([(4_002, 10, 1, 15), (4_001, 0, 0, 15)]);
        assert_eq!(overrides.find(2), Some((20, 2, 15)));
        assert_eq!(overrides.find(5), Some((50, 5, 14)));
        assert_eq!(overrides.find(7), Some((70, 7, 15)));
        assert_eq!(overrides.find(4_001), Some((0, 0, 15)));
        assert_eq!(overrides.find(4_002), Some((10, 1, 15)));
        for other in [0, 3, 8, 4_000, u32::MAX] {
            assert_eq!(overrides.find(other), None);
        }
        assert_eq!(size_of::<Override>(), 12);
    }
}
