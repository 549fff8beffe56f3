//! What came from each unit and in each minute of a round that still runs.
//!
//! Owns the rows beside the live list and reading them together with it, as of one moment; when they are carried on is the
//! live list's.

use super::{STEP, stored};
use crate::domain::ids::{RoundId, UnitId};
use crate::store::{Store, StoreResult};
use sqlx::PgConnection;
use std::collections::BTreeMap;
use time::{Duration, OffsetDateTime};

/// A round so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress {
    /// Attempts submitted (lượt).
    pub attempts: i64,
    /// Different people who submitted (người).
    pub people: i64,
    /// Attempts right in every question.
    pub all_correct: i64,
    /// Attempts that run.
    pub running: i64,
    /// Submissions that the counts do not hold yet.
    pub uncounted: i64,
    /// Attempts and people by unit entered for, units below not included.
    pub units: BTreeMap<UnitId, (i64, i64)>,
    /// Attempts submitted by minute, oldest first; minutes without any are left out.
    pub minutes: BTreeMap<OffsetDateTime, i64>,
}

/// Attempts that should have been finished by the system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overdue {
    /// How many.
    pub attempts: i64,
    /// When the oldest was due.
    pub since: OffsetDateTime,
}

/// What some submissions add.
#[derive(Debug, Default)]
pub(super) struct Gained {
    units: BTreeMap<i32, (i64, i64)>,
    minutes: BTreeMap<OffsetDateTime, i64>,
}

impl Gained {
    /// Takes a submission in: the first of a person counts the person.
    pub(super) fn take(&mut self, unit: i32, number: i16, received_at: OffsetDateTime) {
        let (attempts, people) = self.units.entry(unit).or_default();
        *attempts += 1;
        *people += i64::from(number == 1);
        *self.minutes.entry(minute(received_at)).or_default() += 1;
    }
}

/// The beginning of the minute of a moment.
fn minute(at: OffsetDateTime) -> OffsetDateTime {
    let into = Duration::seconds(i64::from(at.second())) + Duration::nanoseconds(i64::from(at.nanosecond()));
    at - into
}

/// Adds to what is kept.
pub(super) async fn keep(conn: &mut PgConnection, round: RoundId, gained: &Gained) -> StoreResult<()> {
    let units: Vec<i32> = gained.units.keys().copied().collect();
    let attempts: Vec<i64> = gained.units.values().map(|(attempts, _)| *attempts).collect();
    let people: Vec<i64> = gained.units.values().map(|(_, people)| *people).collect();
    sqlx::query!(
        "insert into live_units as l (round_id, unit_id, attempts, people)
         select $1, * from unnest($2::int[], $3::bigint[], $4::bigint[])
         on conflict (round_id, unit_id) do update
            set attempts = l.attempts + excluded.attempts, people = l.people + excluded.people",
        round.0,
        &units,
        &attempts,
        &people
    )
    .execute(&mut *conn)
    .await?;
    let minutes: Vec<OffsetDateTime> = gained.minutes.keys().copied().collect();
    let attempts: Vec<i64> = gained.minutes.values().copied().collect();
    sqlx::query!(
        "insert into live_minutes as l (round_id, minute, attempts)
         select $1, * from unnest($2::timestamptz[], $3::bigint[])
         on conflict (round_id, minute) do update set attempts = l.attempts + excluded.attempts",
        round.0,
        &minutes,
        &attempts
    )
    .execute(conn)
    .await?;
    Ok(())
}

impl Store {
    /// A round at one moment, minutes since `since`. Up to 5,000 submissions newer than what is kept are counted in on the
    /// way; the work does not grow with the round.
    pub async fn load_progress(&self, round: RoundId, since: OffsetDateTime) -> StoreResult<Progress> {
        // All of it must tell of the same submissions, while another instance may be carrying it on.
        let mut tx = self
            .pool()
            .begin_with("begin isolation level repeatable read, read only")
            .await?;
        let head = sqlx::query!(
            r#"select submissions, (select count(*) from running where round_id = $1) as "running!"
               from round_heads where round_id = $1"#,
            round.0
        )
        .fetch_one(&mut *tx)
        .await?;
        let list = stored(&mut tx, round).await?;
        let mut progress = Progress {
            attempts: list.attempts,
            people: list.people,
            all_correct: list.all_correct,
            running: head.running,
            uncounted: head.submissions - list.upto,
            units: load_units(&mut tx, round).await?,
            minutes: load_minutes(&mut tx, round, since).await?,
        };
        progress.count_in(&mut tx, round, list.upto, since).await?;
        tx.rollback().await?;
        Ok(progress)
    }

    /// Attempts of any contest whose time was up before `before` and that still run, if there are any: the system is late.
    pub async fn find_overdue(&self, before: OffsetDateTime) -> StoreResult<Option<Overdue>> {
        let row = sqlx::query!(
            r#"select count(*) as "attempts!", min(check_at) as since from running where check_at < $1"#,
            before
        )
        .fetch_one(self.pool())
        .await?;
        Ok(row.since.map(|since| Overdue {
            attempts: row.attempts,
            since,
        }))
    }
}

impl Progress {
    /// Counts in what was submitted after `upto`.
    async fn count_in(
        &mut self,
        conn: &mut PgConnection,
        round: RoundId,
        upto: i64,
        since: OffsetDateTime,
    ) -> StoreResult<()> {
        let rows = sqlx::query!(
            r#"select s.number, s.received_at, s.correct = s.total as "right!", p.unit_id
               from submissions s join participants p using (participant_id)
               where p.contest_id = (select contest_id from rounds where round_id = $1)
                  and s.round_id = $1 and s.sequence > $2 and s.sequence <= $3"#,
            round.0,
            upto,
            upto + STEP
        )
        .fetch_all(conn)
        .await?;
        let mut gained = Gained::default();
        for row in rows {
            gained.take(row.unit_id, row.number, row.received_at);
            self.attempts += 1;
            self.people += i64::from(row.number == 1);
            self.all_correct += i64::from(row.right);
            self.uncounted -= 1;
        }
        for (unit, (attempts, people)) in gained.units {
            let own = self.units.entry(UnitId(unit)).or_default();
            own.0 += attempts;
            own.1 += people;
        }
        for (minute, attempts) in gained.minutes.range(since..) {
            *self.minutes.entry(*minute).or_default() += attempts;
        }
        Ok(())
    }
}

async fn load_units(conn: &mut PgConnection, round: RoundId) -> StoreResult<BTreeMap<UnitId, (i64, i64)>> {
    let rows = sqlx::query!(
        "select unit_id, attempts, people from live_units where round_id = $1",
        round.0
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (UnitId(row.unit_id), (row.attempts, row.people)))
        .collect())
}

async fn load_minutes(
    conn: &mut PgConnection,
    round: RoundId,
    since: OffsetDateTime,
) -> StoreResult<BTreeMap<OffsetDateTime, i64>> {
    let rows = sqlx::query!(
        "select minute, attempts from live_minutes where round_id = $1 and minute >= $2",
        round.0,
        since
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.minute, row.attempts)).collect())
}
