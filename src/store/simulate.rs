//! Writing a simulated crowd: many rows a statement, numbered as the writer numbers real ones.
//!
//! Owns these statements alone; what the crowd is belongs to `action::simulate`.

use super::writer::{NewAttempt, NewSubmission};
use super::{Store, StoreResult, Tx};
use crate::domain::access::Entering;
use crate::domain::ids::{AttemptId, ContestId, ParticipantId, RoundId, UnitId};
use std::collections::HashMap;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// The counters of a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Attempts started.
    pub starts: i64,
    /// Attempts submitted.
    pub submissions: i64,
    /// Nothing more is taken.
    pub sealed: bool,
}

/// A simulated person.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// Unit entered for.
    pub unit: UnitId,
    /// Name.
    pub full_name: String,
    /// Birth date.
    pub birth_date: Date,
    /// Keyed hash of the phone.
    pub phone_hash: Vec<u8>,
    /// Phone encrypted.
    pub phone_sealed: Vec<u8>,
    /// `female` or `male`.
    pub sex: Option<&'static str>,
    /// E-mail.
    pub email: Option<String>,
    /// Address.
    pub address: Option<String>,
    /// School class.
    pub class: Option<String>,
    /// Parent or guardian.
    pub guardian_name: Option<String>,
    /// Argon2id in PHC form.
    pub password_hash: String,
    /// Version of the consent text.
    pub consent_version: &'static str,
    /// May be named.
    pub consent_publish: bool,
    /// When.
    pub registered_at: OffsetDateTime,
}

impl Store {
    /// The counters of a round.
    pub async fn load_head(&self, round: RoundId) -> StoreResult<Head> {
        let head = sqlx::query_as!(
            Head,
            "select starts, submissions, h.sealed from start_heads join round_heads h using (round_id)
             where round_id = $1",
            round.0
        );
        Ok(head.fetch_one(self.pool()).await?)
    }

    /// How many people of a contest are not simulated.
    pub async fn count_real(&self, contest: ContestId) -> StoreResult<i64> {
        let row = sqlx::query!(
            r#"select count(*) as "n!" from participants where contest_id = $1 and not demonstration"#,
            contest.0
        )
        .fetch_one(self.pool())
        .await?;
        Ok(row.n)
    }

    /// How many simulated people a contest has.
    pub async fn count_simulated(&self, contest: ContestId) -> StoreResult<i64> {
        let row = sqlx::query!(
            r#"select count(*) as "n!" from participants where contest_id = $1 and demonstration"#,
            contest.0
        )
        .fetch_one(self.pool())
        .await?;
        Ok(row.n)
    }

    /// Simulated people registered before a moment who have not entered the round, in order of number.
    pub async fn load_returning(
        &self,
        contest: ContestId,
        round: RoundId,
        before: OffsetDateTime,
    ) -> StoreResult<Vec<(ParticipantId, Entering)>> {
        let rows = sqlx::query!(
            "select participant_id, unit_id, birth_date from participants p
             where contest_id = $1 and demonstration and registered_at < $3
               and not exists (select from attempts a where a.round_id = $2 and a.participant_id = p.participant_id)
             order by participant_id",
            contest.0,
            round.0,
            before
        )
        .fetch_all(self.pool())
        .await?;
        Ok(rows
            .into_iter()
            .map(|row| {
                let who = Entering {
                    unit: UnitId(row.unit_id),
                    born: row.birth_date,
                };
                (ParticipantId(row.participant_id), who)
            })
            .collect())
    }

    /// Inserts people and returns their numbers in the same order.
    pub async fn insert_people(
        &self,
        contest: ContestId,
        people: &[NewPerson],
    ) -> StoreResult<Vec<ParticipantId>> {
        let rows = sqlx::query!(
            "insert into participants (contest_id, unit_id, full_name, birth_date, phone_hash, phone_sealed, sex, email,
               address, class, guardian_name, password_hash, consent_version, consent_publish, registered_at,
               demonstration)
             select $1, w.unit_id, w.full_name, w.birth_date, w.phone_hash, w.phone_sealed, w.sex, w.email, w.address,
               w.class, w.guardian_name, w.password_hash, w.consent_version, w.consent_publish, w.registered_at, true
             from unnest($2::int[], $3::text[], $4::date[], $5::bytea[], $6::bytea[], $7::text[], $8::text[], $9::text[],
               $10::text[], $11::text[], $12::text[], $13::text[], $14::bool[], $15::timestamptz[])
               with ordinality as w(unit_id, full_name, birth_date, phone_hash, phone_sealed, sex, email, address, class,
                 guardian_name, password_hash, consent_version, consent_publish, registered_at, place)
             order by w.place
             returning participant_id, phone_hash",
            contest.0,
            &column(people, |person| person.unit.0),
            &column(people, |person| person.full_name.clone()),
            &column(people, |person| person.birth_date),
            &column(people, |person| person.phone_hash.clone()),
            &column(people, |person| person.phone_sealed.clone()),
            &column(people, |person| person.sex) as &[Option<&str>],
            &column(people, |person| person.email.clone()) as &[Option<String>],
            &column(people, |person| person.address.clone()) as &[Option<String>],
            &column(people, |person| person.class.clone()) as &[Option<String>],
            &column(people, |person| person.guardian_name.clone()) as &[Option<String>],
            &column(people, |person| person.password_hash.clone()),
            &column(people, |person| person.consent_version) as &[&str],
            &column(people, |person| person.consent_publish),
            &column(people, |person| person.registered_at),
        )
        .fetch_all(self.pool())
        .await?;
        let ids: HashMap<Vec<u8>, i64> = rows
            .into_iter()
            .map(|row| (row.phone_hash, row.participant_id))
            .collect();
        Ok(people
            .iter()
            .filter_map(|person| ids.get(&person.phone_hash))
            .map(|id| ParticipantId(*id))
            .collect())
    }
}

impl Tx {
    /// Locks the counters of a round, as every batch of real starts and submissions does.
    pub async fn lock_head(&mut self, round: RoundId) -> StoreResult<Head> {
        let head = sqlx::query_as!(
            Head,
            "select starts, submissions, h.sealed from start_heads join round_heads h using (round_id)
             where round_id = $1 for update",
            round.0
        );
        Ok(head.fetch_one(self.conn()).await?)
    }

    /// Inserts attempts of one round with their submissions; those without one are queued as running. Starts are numbered
    /// in order of time, submissions in the order given. The round's counters must be locked.
    pub async fn insert_simulated(
        &mut self,
        round: RoundId,
        starts: &[NewAttempt],
        finishes: &[NewSubmission],
    ) -> StoreResult<()> {
        self.insert_starts(round, starts).await?;
        self.insert_finishes(round, finishes).await?;
        sqlx::query!(
            "insert into running (round_id, attempt_id, participant_id, check_at)
             select $1, attempt_id, participant_id, check_at
             from unnest($2::uuid[], $3::bigint[], $4::timestamptz[]) as w(attempt_id, participant_id, check_at)
             where not exists (select from submissions s where s.round_id = $1 and s.attempt_id = w.attempt_id)",
            round.0,
            &column(starts, |start| uuid(start.id)),
            &column(starts, |start| start.participant.0),
            &column(starts, |start| start.check_at),
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    async fn insert_starts(&mut self, round: RoundId, starts: &[NewAttempt]) -> StoreResult<()> {
        sqlx::query!(
            "with kept as (
               insert into attempts (round_id, attempt_id, participant_id, number, sequence, started_at, deadline_at,
                                     paper)
               select $1, w.attempt_id, w.participant_id, w.number,
                      h.starts + row_number() over (order by w.started_at, w.place), w.started_at, w.deadline_at,
                      w.paper
               from unnest($2::uuid[], $3::bigint[], $4::smallint[], $5::timestamptz[], $6::timestamptz[], $7::text[])
                 with ordinality as w(attempt_id, participant_id, number, started_at, deadline_at, paper, place)
               cross join (select starts from start_heads where round_id = $1) h
               returning 1)
             update start_heads set starts = starts + (select count(*) from kept) where round_id = $1",
            round.0,
            &column(starts, |start| uuid(start.id)),
            &column(starts, |start| start.participant.0),
            &column(starts, |start| small(start.number)),
            &column(starts, |start| start.started_at),
            &column(starts, |start| start.deadline),
            &column(starts, |start| start.paper.clone()),
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    async fn insert_finishes(&mut self, round: RoundId, finishes: &[NewSubmission]) -> StoreResult<()> {
        sqlx::query!(
            "with kept as (
               insert into submissions (round_id, attempt_id, participant_id, number, sequence, received_at, finished_at,
                                        duration_ms, how, responses, score, correct, total, prediction, receipt)
               select $1, w.attempt_id, w.participant_id, w.number, h.submissions + w.place, w.received_at,
                      w.finished_at, w.duration_ms, w.how, w.responses, w.score, w.correct, w.total,
                      w.prediction, w.receipt
               from unnest($2::uuid[], $3::bigint[], $4::smallint[], $5::timestamptz[], $6::timestamptz[], $7::bigint[],
                           $8::text[], $9::text[], $10::int[], $11::smallint[], $12::smallint[], $13::bigint[],
                           $14::text[])
                 with ordinality as w(attempt_id, participant_id, number, received_at, finished_at, duration_ms, how,
                                      responses, score, correct, total, prediction, receipt, place)
               cross join (select submissions from round_heads where round_id = $1) h
               returning 1)
             update round_heads set submissions = submissions + (select count(*) from kept) where round_id = $1",
            round.0,
            &column(finishes, |finish| uuid(finish.id)),
            &column(finishes, |finish| finish.participant.0),
            &column(finishes, |finish| small(finish.number)),
            &column(finishes, |finish| finish.received_at),
            &column(finishes, |finish| finish.finished_at),
            &column(finishes, |finish| finish.duration_ms),
            &column(finishes, |finish| finish.how) as &[&str],
            &column(finishes, |finish| finish.responses.clone()),
            &column(finishes, |finish| i32::try_from(finish.score).unwrap_or(i32::MAX)),
            &column(finishes, |finish| small(finish.correct)),
            &column(finishes, |finish| small(finish.total)),
            &column(finishes, |finish| finish.prediction) as &[Option<i64>],
            &column(finishes, |finish| finish.receipt.clone()),
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }
}

fn column<T, C>(rows: &[T], value: impl Fn(&T) -> C) -> Vec<C> {
    rows.iter().map(value).collect()
}

fn uuid(id: AttemptId) -> Uuid {
    Uuid::from_bytes(*id.as_bytes())
}

fn small(number: u16) -> i16 {
    i16::try_from(number).unwrap_or(i16::MAX)
}
