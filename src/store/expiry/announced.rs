//! What the public reads about until when contests keep personal data.
//!
//! Owns one question for any number of contests; the words are the page's.

use crate::domain::ids::ContestId;
use crate::store::{Store, StoreResult};
use std::collections::BTreeMap;
use time::{Date, OffsetDateTime};

/// What happened to the day that a contest promised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announced {
    /// When the last person was erased.
    pub erased_at: Option<OffsetDateTime>,
    /// The newest later day, with its reason.
    pub later: Option<(Date, String)>,
}

impl Store {
    /// Later days and erasures of these contests, in one question.
    pub async fn load_announced(
        &self,
        contests: &[ContestId],
    ) -> StoreResult<BTreeMap<ContestId, Announced>> {
        let ids: Vec<i32> = contests.iter().map(|contest| contest.0).collect();
        let rows = sqlx::query!(
            r#"select c.contest_id as "contest_id!", e.done_at as "done_at?", k.kept_until as "kept_until?",
                 k.reason as "reason?"
               from contests c left join data_expiries e on e.contest_id = c.contest_id
               left join lateral (select d.kept_until, d.reason from keeping_days d where d.contest_id = c.contest_id
                                  order by d.keeping_day_id desc limit 1) k on true
               where c.contest_id = any($1)"#,
            &ids
        )
        .fetch_all(self.pool())
        .await?;
        let rows = rows.into_iter().map(|row| {
            let announced = Announced {
                erased_at: row.done_at,
                later: row.kept_until.zip(row.reason),
            };
            (ContestId(row.contest_id), announced)
        });
        Ok(rows.collect())
    }
}
