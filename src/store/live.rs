//! The live list of a round: carried on with what has been submitted since, read as one row.
//!
//! Owns the statements and that only one instance carries a list on at a time; what a list holds is `domain::live`'s. The
//! work follows what is new, never what is there. Units and minutes beside the list are `progress`'s.

mod progress;

pub use progress::{Overdue, Progress};

use super::{Store, StoreResult, expect, from_json, to_json};
use crate::domain::contest::RoundRules;
use crate::domain::ids::{AttemptId, ParticipantId, RoundId, UnitId};
use crate::domain::live::{LiveLine, LiveList};
use progress::Gained;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// Submissions taken in by one step.
const STEP: i64 = 5_000;

impl Store {
    /// Takes up to 5,000 new submissions into the list of a round and keeps it. Returns how many; 0 also while another
    /// instance is at it.
    pub async fn carry_on_live(&self, round: RoundId, rules: &RoundRules) -> StoreResult<i64> {
        let mut tx = self.pool().begin().await?;
        // Two-part locks of this kind are taken nowhere else; "live" in letters keeps them apart from any later one.
        let lock = sqlx::query!(
            r#"select pg_try_advisory_xact_lock(1818850917, $1) as "ours!""#,
            round.0
        )
        .fetch_one(&mut *tx)
        .await?;
        if !lock.ours {
            return Ok(0);
        }
        let mut list = stored(&mut tx, round).await?;
        let before = list.upto;
        let gained = take_new(&mut tx, round, rules, &mut list).await?;
        let taken = list.upto - before;
        if taken > 0 {
            sqlx::query!(
                "insert into live_lists (round_id, state) values ($1, $2)
                 on conflict (round_id) do update set state = excluded.state",
                round.0,
                to_json(&list)
            )
            .execute(&mut *tx)
            .await?;
            progress::keep(&mut tx, round, &gained).await?;
        }
        tx.commit().await?;
        Ok(taken)
    }

    /// The list of a round at this moment, with whether everything submitted is in it: up to 5,000 submissions newer than
    /// what is kept are taken in on the way, and not kept.
    pub async fn load_live(&self, round: RoundId, rules: &RoundRules) -> StoreResult<(LiveList, bool)> {
        let mut conn = self.pool().acquire().await?;
        let row = sqlx::query!("select submissions from round_heads where round_id = $1", round.0)
            .fetch_one(&mut *conn)
            .await?;
        let mut list = stored(&mut conn, round).await?;
        take_new(&mut conn, round, rules, &mut list).await?;
        let is_whole = list.upto >= row.submissions;
        Ok((list, is_whole))
    }
}

async fn stored(conn: &mut PgConnection, round: RoundId) -> StoreResult<LiveList> {
    let row = sqlx::query!("select state from live_lists where round_id = $1", round.0)
        .fetch_optional(conn)
        .await?;
    match row {
        Some(row) => from_json(row.state, "live_lists", "state", round),
        None => Ok(LiveList::default()),
    }
}

/// Takes what is newer. The contest is named so that an index alone tells what belongs to the person.
async fn take_new(
    conn: &mut PgConnection,
    round: RoundId,
    rules: &RoundRules,
    list: &mut LiveList,
) -> StoreResult<Gained> {
    let rows = sqlx::query_as!(
        Row,
        "select s.participant_id, s.attempt_id, s.number, s.sequence, s.score, s.correct, s.total, s.duration_ms,
                s.finished_at, s.received_at, p.unit_id, p.registered_at
         from submissions s join participants p using (participant_id)
         where p.contest_id = (select contest_id from rounds where round_id = $1)
            and s.round_id = $1 and s.sequence > $2 and s.sequence <= $3 order by s.sequence",
        round.0,
        list.upto,
        list.upto + STEP
    )
    .fetch_all(&mut *conn)
    .await?;
    let mut gained = Gained::default();
    for row in rows {
        gained.take(row.unit_id, row.number, row.received_at);
        let line = row.line(round)?;
        let earlier = if list.needs_history(&line, rules) {
            earlier(conn, round, &line).await?
        } else {
            Vec::new()
        };
        list.take(line, &earlier, rules);
    }
    Ok(gained)
}

/// What the person submitted before.
async fn earlier(conn: &mut PgConnection, round: RoundId, line: &LiveLine) -> StoreResult<Vec<LiveLine>> {
    let rows = sqlx::query_as!(
        Row,
        "select s.participant_id, s.attempt_id, s.number, s.sequence, s.score, s.correct, s.total, s.duration_ms,
                s.finished_at, s.received_at, p.unit_id, p.registered_at
         from submissions s join participants p using (participant_id)
         where s.round_id = $1 and s.participant_id = $2 and s.number < $3",
        round.0,
        line.participant.0,
        i16::try_from(line.number).unwrap_or(i16::MAX)
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(|row| row.line(round)).collect()
}

struct Row {
    participant_id: i64,
    attempt_id: Uuid,
    number: i16,
    sequence: i64,
    score: i32,
    correct: i16,
    total: i16,
    duration_ms: i64,
    finished_at: OffsetDateTime,
    received_at: OffsetDateTime,
    unit_id: i32,
    registered_at: OffsetDateTime,
}

impl Row {
    fn line(self, round: RoundId) -> StoreResult<LiveLine> {
        let small = |n: i16, column| expect(u16::try_from(n).ok(), "submissions", column, round);
        let number = small(self.number, "number")?;
        Ok(LiveLine {
            participant: ParticipantId(self.participant_id),
            unit: UnitId(self.unit_id),
            attempt: AttemptId::from_bytes(self.attempt_id.into_bytes()),
            number,
            sequence: self.sequence,
            score: expect(u32::try_from(self.score).ok(), "submissions", "score", round)?,
            correct: small(self.correct, "correct")?,
            total: small(self.total, "total")?,
            sum: (0, 0, 0),
            duration_ms: self.duration_ms,
            finished_at: self.finished_at,
            registered_at: self.registered_at,
            attempts: number,
        })
    }
}
