//! What a ranking would be with other scores than those that are stored.
//!
//! Owns reading and ordering without writing; the rulings in force hold, and prizes are given as in a real ranking.

use super::RankingOrder;
use crate::domain::prize::Awards;
use crate::domain::ranking::Tally;
use crate::domain::ruling::Rulings;
use crate::domain::tabulate::Ordered;
use crate::store::{StoreError, StoreResult, Tx};
use std::collections::HashMap;

/// Scores that take the place of stored ones, by dense number of the submission: points, right answers, questions.
pub type Overrides = HashMap<u32, (u32, u16, u16)>;

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
