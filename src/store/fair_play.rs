//! What a fair-play review reads, and the places declared beforehand.
//!
//! Owns one read of the entries that are right throughout, at one moment; what asks for a look is `domain::fair_play`'s.

use super::{Store, StoreResult, Tx, expect};
use crate::domain::fair_play::RightEntry;
use crate::domain::ids::{AttemptId, ContestId, ParticipantId, RoundId, UnitId};
use futures_util::TryStreamExt;
use std::collections::BTreeSet;
use time::OffsetDateTime;

/// A unit where many sit together, declared beforehand.
#[derive(Debug, Clone, Copy)]
pub struct DeclaredPlace<'a> {
    /// The contest.
    pub contest: ContestId,
    /// The unit: a school with its lab, a commune office.
    pub unit: UnitId,
    /// Where and when people sit together there.
    pub note: &'a str,
    /// When it was declared.
    pub at: OffsetDateTime,
    /// By whom.
    pub by: &'a str,
}

impl Tx {
    /// Keeps a declared place; a later word about the same unit stands beside the earlier one.
    pub async fn insert_declared_place(&mut self, place: &DeclaredPlace<'_>) -> StoreResult<()> {
        sqlx::query!(
            "insert into declared_places (contest_id, unit_id, note, declared_at, declared_by)
             values ($1, $2, $3, $4, $5)",
            place.contest.0,
            place.unit.0,
            place.note,
            place.at,
            place.by
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }
}

impl Store {
    /// Units declared before a moment, with every unit below them.
    pub async fn load_declared_places(
        &self,
        contest: ContestId,
        before: OffsetDateTime,
    ) -> StoreResult<BTreeSet<UnitId>> {
        let rows = sqlx::query!(
            r#"with recursive below (unit_id) as (
                select unit_id from declared_places where contest_id = $1 and declared_at < $2
                union
                select units.unit_id from below join units on units.parent_id = below.unit_id
            )
            select unit_id as "unit_id!" from below"#,
            contest.0,
            before
        )
        .fetch_all(self.pool())
        .await?;
        Ok(rows.into_iter().map(|row| UnitId(row.unit_id)).collect())
    }

    /// Every entry of a round that is right throughout. One statement sees one moment; about 80 bytes an entry in memory.
    pub async fn load_right_entries(&self, round: RoundId) -> StoreResult<Vec<RightEntry>> {
        let mut rows = sqlx::query!(
            "select s.attempt_id, s.participant_id, p.unit_id, s.finished_at, s.duration_ms, s.total, s.prediction
             from submissions s join participants p using (participant_id)
             where s.round_id = $1 and s.correct = s.total and s.total > 0",
            round.0
        )
        .fetch(self.pool());
        let mut entries = Vec::new();
        while let Some(row) = rows.try_next().await? {
            let us = row.finished_at.unix_timestamp_nanos() / 1_000;
            entries.push(RightEntry {
                attempt: AttemptId::from_bytes(row.attempt_id.into_bytes()),
                person: ParticipantId(row.participant_id),
                unit: UnitId(row.unit_id),
                finished_us: expect(i64::try_from(us).ok(), "submissions", "finished_at", round)?,
                duration_ms: row.duration_ms,
                questions: expect(u16::try_from(row.total).ok(), "submissions", "total", round)?,
                prediction: row.prediction,
            });
        }
        Ok(entries)
    }
}
