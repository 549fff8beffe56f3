//! The register of requests about personal data: what staff entered, what people did themselves, and days off.
//!
//! Owns these rows; when an answer is due is `domain::working_days`'s.

use super::{Store, StoreResult, Tx, expect};
use crate::domain::data_request::{RequestKind, RequestOutcome, Way};
use crate::domain::ids::{ContestId, ParticipantId};
use crate::domain::working_days::DaysOff;
use time::{Date, OffsetDateTime};

/// A request to be entered.
pub struct NewReceived<'a> {
    /// Contest.
    pub contest: ContestId,
    /// The person, where an account was found.
    pub person: Option<ParticipantId>,
    /// When it came.
    pub received_at: OffsetDateTime,
    /// What is asked for.
    pub kind: RequestKind,
    /// How it came.
    pub way: Way,
    /// Who asks.
    pub asker: &'a str,
    /// Where the answer goes.
    pub contact: &'a str,
    /// What exactly.
    pub about: &'a str,
}

// Personal data must not reach a log by way of `{:?}`.
impl std::fmt::Debug for NewReceived<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NewReceived(***)")
    }
}

/// A request that staff entered.
#[derive(Clone, PartialEq, Eq)]
pub struct ReceivedRequest {
    /// Number in the register.
    pub id: i64,
    /// The person, where an account was found.
    pub person: Option<ParticipantId>,
    /// When it came.
    pub received_at: OffsetDateTime,
    /// What is asked for.
    pub kind: RequestKind,
    /// How it came.
    pub way: Way,
    /// Who asks.
    pub asker: String,
    /// Where the answer goes.
    pub contact: String,
    /// What exactly.
    pub about: String,
    /// Who entered it.
    pub noted_by: String,
    /// The answer, once there is one.
    pub answer: Option<RequestAnswer>,
}

impl std::fmt::Debug for ReceivedRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ReceivedRequest({}, ***)", self.id)
    }
}

/// How a request was answered.
#[derive(Clone, PartialEq, Eq)]
pub struct RequestAnswer {
    /// Done or refused.
    pub outcome: RequestOutcome,
    /// What was done, or why it was refused.
    pub text: String,
    /// When.
    pub at: OffsetDateTime,
    /// By whom.
    pub by: String,
}

impl std::fmt::Debug for RequestAnswer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RequestAnswer({:?}, ***)", self.outcome)
    }
}

/// What a person did on the own pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnRequest {
    /// Who.
    pub person: ParticipantId,
    /// When.
    pub at: OffsetDateTime,
    /// `download`, `correct`, `publish` or `erase`.
    pub kind: String,
    /// `done`, or what stood in the way.
    pub outcome: String,
}

/// The columns of [`ReceivedRequest`].
struct ReceivedRow {
    request_id: i64,
    participant_id: Option<i64>,
    received_at: OffsetDateTime,
    kind: String,
    way: String,
    asker: String,
    contact: String,
    about: String,
    noted_by: String,
    outcome: Option<String>,
    answer: Option<String>,
    answered_at: Option<OffsetDateTime>,
    answered_by: Option<String>,
}

impl ReceivedRow {
    fn read(self) -> StoreResult<ReceivedRequest> {
        let (table, id) = ("received_requests", self.request_id);
        let outcome = self
            .outcome
            .map(|name| expect(RequestOutcome::parse(&name), table, "outcome", id))
            .transpose()?;
        let signed = self.answered_at.zip(self.answered_by);
        let answer = outcome.zip(self.answer).zip(signed);
        Ok(ReceivedRequest {
            id,
            person: self.participant_id.map(ParticipantId),
            received_at: self.received_at,
            kind: expect(RequestKind::parse(&self.kind), table, "kind", id)?,
            way: expect(Way::parse(&self.way), table, "way", id)?,
            asker: self.asker,
            contact: self.contact,
            about: self.about,
            noted_by: self.noted_by,
            answer: answer.map(|((outcome, text), (at, by))| RequestAnswer {
                outcome,
                text,
                at,
                by,
            }),
        })
    }
}

impl Tx {
    /// Enters a request; returns its number.
    pub async fn insert_received_request(
        &mut self,
        new: &NewReceived<'_>,
        at: OffsetDateTime,
        by: &str,
    ) -> StoreResult<i64> {
        let row = sqlx::query!(
            "insert into received_requests (contest_id, participant_id, received_at, kind, way, asker, contact, about,
               noted_at, noted_by)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning request_id",
            new.contest.0,
            new.person.map(|person| person.0),
            new.received_at,
            new.kind.name(),
            new.way.name(),
            new.asker,
            new.contact,
            new.about,
            at,
            by
        )
        .fetch_one(self.conn())
        .await?;
        Ok(row.request_id)
    }

    /// A request of a contest, locked.
    pub async fn lock_received_request(
        &mut self,
        contest: ContestId,
        id: i64,
    ) -> StoreResult<Option<ReceivedRequest>> {
        let row = sqlx::query_as!(
            ReceivedRow,
            "select request_id, participant_id, received_at, kind, way, asker, contact, about, noted_by, outcome, answer,
               answered_at, answered_by
             from received_requests where contest_id = $1 and request_id = $2 for update",
            contest.0,
            id
        )
        .fetch_optional(self.conn())
        .await?;
        row.map(ReceivedRow::read).transpose()
    }

    /// Enters the answer to a request that has none.
    pub async fn answer_received_request(&mut self, id: i64, answer: &RequestAnswer) -> StoreResult<()> {
        sqlx::query!(
            "update received_requests set outcome = $2, answer = $3, answered_at = $4, answered_by = $5
             where request_id = $1",
            id,
            answer.outcome.name(),
            answer.text,
            answer.at,
            answer.by
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Enters days off; one that is known gets the new name.
    pub async fn insert_days_off(
        &mut self,
        days: &[Date],
        name: &str,
        at: OffsetDateTime,
        by: &str,
    ) -> StoreResult<()> {
        sqlx::query!(
            "insert into days_off (day, name, noted_at, noted_by) select day, $2, $3, $4 from unnest($1::date[]) as d (day)
             on conflict (day) do update set name = excluded.name, noted_at = excluded.noted_at, noted_by = excluded.noted_by",
            days,
            name,
            at,
            by
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Takes a day off out; `false` if it is none.
    pub async fn delete_day_off(&mut self, day: Date) -> StoreResult<bool> {
        let done = sqlx::query!("delete from days_off where day = $1", day)
            .execute(self.conn())
            .await?;
        Ok(done.rows_affected() == 1)
    }
}

impl Store {
    /// What staff entered for a contest: what waits first, the oldest first; then the answered, the newest first.
    pub async fn list_received_requests(
        &self,
        contest: ContestId,
        limit: i64,
    ) -> StoreResult<Vec<ReceivedRequest>> {
        let rows = sqlx::query_as!(
            ReceivedRow,
            "select request_id, participant_id, received_at, kind, way, asker, contact, about, noted_by, outcome, answer,
               answered_at, answered_by
             from received_requests where contest_id = $1
             order by outcome is not null, case when outcome is null then received_at end, request_id desc limit $2",
            contest.0,
            limit
        )
        .fetch_all(self.pool())
        .await?;
        rows.into_iter().map(ReceivedRow::read).collect()
    }

    /// What staff entered and answered for a person, the newest first.
    pub async fn list_requests_of(&self, person: ParticipantId) -> StoreResult<Vec<ReceivedRequest>> {
        let rows = sqlx::query_as!(
            ReceivedRow,
            "select request_id, participant_id, received_at, kind, way, asker, contact, about, noted_by, outcome, answer,
               answered_at, answered_by
             from received_requests where participant_id = $1 order by request_id desc",
            person.0
        )
        .fetch_all(self.pool())
        .await?;
        rows.into_iter().map(ReceivedRow::read).collect()
    }

    /// When each request of a contest came that waits for an answer.
    pub async fn list_open_requests(&self, contest: ContestId) -> StoreResult<Vec<OffsetDateTime>> {
        let rows = sqlx::query_scalar!(
            "select received_at from received_requests where contest_id = $1 and outcome is null order by received_at",
            contest.0
        )
        .fetch_all(self.pool())
        .await?;
        Ok(rows)
    }

    /// What people of a contest did on their own pages, the newest first.
    pub async fn list_own_requests(&self, contest: ContestId, limit: i64) -> StoreResult<Vec<OwnRequest>> {
        let rows = sqlx::query!(
            "select d.participant_id, d.at, d.kind, d.outcome
             from data_requests d join participants p on p.participant_id = d.participant_id
             where p.contest_id = $1 order by d.request_id desc limit $2",
            contest.0,
            limit
        )
        .fetch_all(self.pool())
        .await?;
        let rows = rows.into_iter().map(|row| OwnRequest {
            person: ParticipantId(row.participant_id),
            at: row.at,
            kind: row.kind,
            outcome: row.outcome,
        });
        Ok(rows.collect())
    }

    /// Every day off that was entered.
    pub async fn load_days_off(&self) -> StoreResult<DaysOff> {
        let days = sqlx::query_scalar!("select day from days_off")
            .fetch_all(self.pool())
            .await?;
        Ok(days.into_iter().collect())
    }

    /// Days off since a day with what they are for, in order.
    pub async fn list_days_off(&self, since: Date) -> StoreResult<Vec<(Date, String)>> {
        let rows = sqlx::query!(
            "select day, name from days_off where day >= $1 order by day",
            since
        )
        .fetch_all(self.pool())
        .await?;
        Ok(rows.into_iter().map(|row| (row.day, row.name)).collect())
    }
}
