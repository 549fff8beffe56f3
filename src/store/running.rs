//! Attempts that still run, and the queue of those whose time is up.
//!
//! Owns reading and leasing the rows of `running`; `writer` puts them there and takes them away.

use super::{Store, StoreResult};
use crate::domain::ids::{AttemptId, RoundId};
use time::OffsetDateTime;

impl Store {
    /// Takes up to `limit` attempts whose time is up and which no other instance works on, until `lease_until`.
    pub async fn lease_due(
        &self,
        now: OffsetDateTime,
        lease_until: OffsetDateTime,
        limit: i64,
    ) -> StoreResult<Vec<AttemptId>> {
        let rows = sqlx::query!(
            "update running set leased_until = $2
             where (round_id, attempt_id) in (
               select round_id, attempt_id from running
               where check_at <= $1 and (leased_until is null or leased_until <= $1)
               order by check_at limit $3 for update skip locked)
             returning attempt_id",
            now,
            lease_until,
            limit
        )
        .fetch_all(self.pool())
        .await?;
        Ok(rows
            .into_iter()
            .map(|row| AttemptId::from_bytes(*row.attempt_id.as_bytes()))
            .collect())
    }

    /// Attempts of a round that still run, with the moment at which the last of them is finished by the system.
    pub async fn count_running(&self, round: RoundId) -> StoreResult<(i64, Option<OffsetDateTime>)> {
        let row = sqlx::query!(
            r#"select count(*) as "n!", max(check_at) as last from running where round_id = $1"#,
            round.0
        )
        .fetch_one(self.pool())
        .await?;
        Ok((row.n, row.last))
    }

    /// Attempts of all rounds that still run.
    pub async fn count_all_running(&self) -> StoreResult<i64> {
        let row = sqlx::query!(r#"select count(*) as "n!" from running"#)
            .fetch_one(self.pool())
            .await?;
        Ok(row.n)
    }

    /// Running attempts of a round, at most `limit`, for closing it before its time.
    pub async fn load_running(&self, round: RoundId, limit: i64) -> StoreResult<Vec<AttemptId>> {
        let rows = sqlx::query!(
            "select attempt_id from running where round_id = $1 limit $2",
            round.0,
            limit
        )
        .fetch_all(self.pool())
        .await?;
        Ok(rows
            .into_iter()
            .map(|row| AttemptId::from_bytes(*row.attempt_id.as_bytes()))
            .collect())
    }
}
