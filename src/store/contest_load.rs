//! What was loaded for a contest last: its hash, the shift of its calendar, who and when.
//!
//! Owns this one look; leaves loading to `load`.

use super::{Store, StoreResult};
use crate::domain::ids::ContestId;
use time::OffsetDateTime;

/// The last load of a contest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContestLoad {
    /// Hash of what was loaded.
    pub source_hash: String,
    /// Shift of its calendar, seconds.
    pub shift_seconds: i64,
    /// When.
    pub at: OffsetDateTime,
    /// Who.
    pub by: String,
}

impl Store {
    /// The last load of a contest; `None` for a contest that is not there.
    pub async fn find_contest_load(&self, contest: ContestId) -> StoreResult<Option<ContestLoad>> {
        let row = sqlx::query!(
            "select source_hash, shift_seconds, loaded_at, loaded_by from contests where contest_id = $1",
            contest.0
        )
        .fetch_optional(self.pool())
        .await?;
        Ok(row.map(|row| ContestLoad {
            source_hash: row.source_hash,
            shift_seconds: row.shift_seconds,
            at: row.loaded_at,
            by: row.loaded_by,
        }))
    }
}
