//! What a ranking gives: prizes of people and of units, and the ties that nothing has separated yet.
//!
//! Owns these rows; who gets what is `domain::prize`'s and `domain::collective`'s.

use super::super::{StoreResult, Tx};
use crate::domain::collective::CollectiveAward;
use crate::domain::contest::{CollectivePrize, Prize};
use crate::domain::prize::{Award, Tie};

impl Tx {
    /// Keeps the prizes that a ranking gives to people.
    pub(super) async fn insert_awards(
        &mut self,
        id: i64,
        prizes: &[Prize],
        awards: &[Award],
    ) -> StoreResult<()> {
        let prize = |award: &Award| prizes.get(usize::from(award.prize));
        let names: Vec<&str> = awards
            .iter()
            .filter_map(prize)
            .map(|prize| prize.name.as_str())
            .collect();
        let settled: Vec<&str> = awards.iter().map(|award| award.settled_by.name()).collect();
        let values: Vec<Option<i64>> = awards.iter().map(|award| money(prize(award)?.value)).collect();
        sqlx::query!(
            "insert into awards (ranking_id, prize, place, prize_name, value, position, participant_id, settled_by)
             select $1, * from unnest($2::integer[], $3::integer[], $4::text[], $5::bigint[], $6::bigint[],
                $7::bigint[], $8::text[])",
            id,
            &awards.iter().map(|award| i32::from(award.prize)).collect::<Vec<_>>(),
            &awards.iter().map(|award| i32::from(award.place)).collect::<Vec<_>>(),
            names.as_slice() as &[&str],
            values.as_slice() as &[Option<i64>],
            &awards.iter().map(|award| award.position).collect::<Vec<_>>(),
            &awards.iter().map(|award| award.participant.0).collect::<Vec<_>>(),
            settled.as_slice() as &[&str],
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Keeps the equals at the border of a prize whom nothing has separated yet.
    pub(super) async fn insert_ties(&mut self, id: i64, ties: &[Tie]) -> StoreResult<()> {
        for tie in ties {
            sqlx::query!(
                "insert into ties (ranking_id, prize, rank, places, positions)
                 values ($1, $2::integer, $3, $4::integer, $5)",
                id,
                i32::from(tie.prize),
                tie.rank,
                i32::from(tie.places),
                &tie.positions
            )
            .execute(self.conn())
            .await?;
        }
        Ok(())
    }

    /// Keeps the prizes that a ranking gives to units.
    pub(super) async fn insert_collective_awards(
        &mut self,
        id: i64,
        prizes: &[CollectivePrize],
        awards: &[CollectiveAward],
    ) -> StoreResult<()> {
        for award in awards {
            let Some(prize) = prizes.get(usize::from(award.prize)) else {
                continue;
            };
            sqlx::query!(
                "insert into collective_awards (ranking_id, prize, place, prize_name, value, unit_id, rank)
                 values ($1, $2::integer, $3::integer, $4, $5, $6, $7)",
                id,
                i32::from(award.prize),
                i32::from(award.place),
                prize.name,
                money(prize.value),
                award.unit.0,
                award.rank
            )
            .execute(self.conn())
            .await?;
        }
        Ok(())
    }
}

/// An amount in đồng as stored; no prize comes near the largest number.
fn money(value: Option<u64>) -> Option<i64> {
    value.map(|value| i64::try_from(value).unwrap_or(i64::MAX))
}
