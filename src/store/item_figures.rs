//! The figures of the questions of every round that has been closed, as they were kept when its counts were carried on.
//!
//! Owns one statement; counting is `items`'s, and what the figures say together `domain::question_record`'s.

use super::{Store, StoreResult, from_json};
use crate::domain::ids::RoundId;
use crate::domain::question_record::RoundFigures;

impl Store {
    /// The figures of rounds that are closed and wholly counted by the scoring in force, the oldest round first. Of a round
    /// that still takes submissions nothing is told.
    pub async fn load_round_figures(&self) -> StoreResult<Vec<(RoundId, RoundFigures)>> {
        let rows = sqlx::query!(
            "select t.round_id, t.figures
             from item_tallies t
             join rounds r on r.round_id = t.round_id and t.scoring_id = coalesce(r.scoring_id, 0)
             join round_heads h on h.round_id = t.round_id
             where r.stage <> 'scheduled' and t.upto >= h.submissions
             order by r.opens_at, t.round_id"
        )
        .fetch_all(self.pool())
        .await?;
        rows.into_iter()
            .map(|row| {
                let figures = from_json(row.figures, "item_tallies", "figures", row.round_id)?;
                Ok((RoundId(row.round_id), figures))
            })
            .collect()
    }
}
