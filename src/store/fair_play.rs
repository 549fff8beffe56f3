//! What a fair-play review reads, and the places declared beforehand.
//!
//! Owns one read of the entries that are right throughout, at one moment; what asks for a look is `domain::fair_play`'s.

use super::{Store, StoreResult, Tx, expect};
use crate::domain::fair_play::RightEntry;
use crate::domain::fair_play::places::{NewPlace, PlaceKind, Places};
use crate::domain::fair_play::registrations::RightPerson;
use crate::domain::ids::{AttemptId, ContestId, ParticipantId, RoundId, UnitId};
use crate::domain::unit::fold;
use futures_util::TryStreamExt;
use std::hash::{DefaultHasher, Hash, Hasher};
use time::OffsetDateTime;

/// A place about to be declared.
#[derive(Debug, Clone, Copy)]
pub struct Declaration<'a> {
    /// The contest.
    pub contest: ContestId,
    /// What is declared.
    pub place: &'a NewPlace,
    /// When.
    pub at: OffsetDateTime,
    /// By whom.
    pub by: &'a str,
}

/// A declared place as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPlace {
    /// What was declared.
    pub place: NewPlace,
    /// When.
    pub at: OffsetDateTime,
    /// By whom.
    pub by: String,
}

impl Tx {
    /// Keeps a declared place; a later word about the same unit stands beside the earlier one.
    pub async fn insert_declared_place(&mut self, new: &Declaration<'_>) -> StoreResult<()> {
        sqlx::query!(
            "insert into declared_places (contest_id, unit_id, note, declared_at, declared_by, kind, from_at, until_at, networks)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            new.contest.0,
            new.place.unit.0,
            new.place.note,
            new.at,
            new.by,
            new.place.kind.name(),
            new.place.from,
            new.place.until,
            &new.place.networks
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }
}

impl Store {
    /// Places declared before a moment, with every unit below them.
    pub async fn load_declared_places(
        &self,
        contest: ContestId,
        before: OffsetDateTime,
    ) -> StoreResult<Places> {
        let rows = sqlx::query!(
            r#"with recursive below (unit_id, from_at, until_at) as (
                select unit_id, from_at, until_at from declared_places where contest_id = $1 and declared_at < $2
                union
                select units.unit_id, from_at, until_at from below join units on units.parent_id = below.unit_id
            )
            select unit_id as "unit_id!", from_at, until_at from below"#,
            contest.0,
            before
        )
        .fetch_all(self.pool())
        .await?;
        let mut places = Places::default();
        for row in rows {
            places.add(
                UnitId(row.unit_id),
                row.from_at.map(micros),
                row.until_at.map(micros),
            );
        }
        Ok(places)
    }

    /// The places of a contest, the newest first; at most `limit`.
    pub async fn list_declared_places(
        &self,
        contest: ContestId,
        limit: i64,
    ) -> StoreResult<Vec<StoredPlace>> {
        let rows = sqlx::query!(
            "select declared_place_id, unit_id, note, declared_at, declared_by, kind, from_at, until_at, networks
             from declared_places where contest_id = $1 order by declared_place_id desc limit $2",
            contest.0,
            limit
        )
        .fetch_all(self.pool())
        .await?;
        rows.into_iter()
            .map(|row| {
                let kind = PlaceKind::parse(&row.kind);
                Ok(StoredPlace {
                    place: NewPlace {
                        unit: UnitId(row.unit_id),
                        kind: expect(kind, "declared_places", "kind", row.declared_place_id)?,
                        from: row.from_at,
                        until: row.until_at,
                        networks: row.networks,
                        note: row.note,
                    },
                    at: row.declared_at,
                    by: row.declared_by,
                })
            })
            .collect()
    }

    /// Everybody with an entry of a round that is right throughout; their names become a number on the way.
    pub async fn load_right_people(&self, round: RoundId) -> StoreResult<Vec<RightPerson>> {
        let mut rows = sqlx::query!(
            "select participant_id, unit_id, full_name, birth_date, registered_at from participants
             where participant_id in (select participant_id from submissions
                where round_id = $1 and correct = total and total > 0)",
            round.0
        )
        .fetch(self.pool());
        let mut people = Vec::new();
        while let Some(row) = rows.try_next().await? {
            let mut identity = DefaultHasher::new();
            (fold(&row.full_name), row.birth_date).hash(&mut identity);
            people.push(RightPerson {
                person: ParticipantId(row.participant_id),
                unit: UnitId(row.unit_id),
                identity: identity.finish(),
                registered_us: micros(row.registered_at),
            });
        }
        Ok(people)
    }

    /// Every entry of a round that is right throughout. One statement sees one moment; about 80 bytes an entry in memory.
    pub async fn load_right_entries(&self, round: RoundId) -> StoreResult<Vec<RightEntry>> {
        let mut rows = sqlx::query!(
            r#"select s.attempt_id, s.participant_id, p.unit_id, s.finished_at, s.duration_ms, s.total,
                coalesce(l.prediction, s.prediction) as "prediction?"
             from submissions s join participants p using (participant_id)
             left join later_predictions l on l.round_id = $1 and l.participant_id = s.participant_id and l.number = s.number
             where s.round_id = $1 and s.correct = s.total and s.total > 0"#,
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

/// Microseconds since 1970; a moment of our time always fits.
fn micros(at: OffsetDateTime) -> i64 {
    i64::try_from(at.unix_timestamp_nanos() / 1_000).unwrap_or(i64::MAX)
}
