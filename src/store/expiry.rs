//! Until when a contest keeps personal data, and erasing them batch by batch.
//!
//! Owns these rows and statements; when it is done is `domain::expiry`'s. Results stay: scores, ranks and answers under a
//! number. Whoever holds a published prize keeps the name as the public page shows it, in full with consent, initials without.
//! What the registers say of people is in `registers`, what the public reads in `announced`.

pub mod announced;
mod registers;

use super::{Store, StoreResult, Tx};
use crate::domain::expiry::KeepingFacts;
use crate::domain::ids::ContestId;
use crate::domain::participant::local_date;
use sqlx::PgExecutor;
use time::{Date, OffsetDateTime};

/// A later day until which data are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeepingDay {
    /// Last day.
    pub until: Date,
    /// Why, in words for the public.
    pub reason: String,
    /// When it was set.
    pub at: OffsetDateTime,
    /// By whom.
    pub by: String,
}

/// How far erasing a contest's data is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expiry {
    /// The day that passed.
    pub kept_until: Date,
    /// When it began.
    pub begun_at: OffsetDateTime,
    /// People whose data were erased.
    pub people: i64,
    /// Those among them whose name stays with a published prize.
    pub winners: i64,
    /// Sentences taken out of the registers.
    pub texts: i64,
    /// When the last batch was done.
    pub done_at: Option<OffsetDateTime>,
}

/// What a batch did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Slice {
    /// Number of the last participant looked at; none when there is nobody left.
    pub last: Option<i64>,
    /// People whose data were erased.
    pub people: i64,
    /// Those among them whose name stays.
    pub winners: i64,
    /// Notes about them that went.
    pub texts: i64,
}

/// Adds what the database knows to what the contest says.
async fn facts(
    executor: impl PgExecutor<'_>,
    contest: ContestId,
    known: KeepingFacts,
) -> StoreResult<KeepingFacts> {
    let row = sqlx::query!(
        r#"select (select kept_until from keeping_days where contest_id = $1
                   order by keeping_day_id desc limit 1) as later,
                  (select max(published_at) from rounds where contest_id = $1) as published_at,
                  (select count(*) from rounds where contest_id = $1 and stage <> 'published') as "unpublished!",
                  (select count(*) from complaints where contest_id = $1 and finding is null)
                    + (select count(*) from received_requests where contest_id = $1 and outcome is null) as "complaints!",
                  (select count(*) from decisions where contest_id = $1 and state = 'proposed') as "decisions!""#,
        contest.0
    )
    .fetch_one(executor)
    .await?;
    Ok(KeepingFacts {
        later: row.later,
        published_on: row.published_at.map(local_date),
        unpublished: row.unpublished,
        complaints: row.complaints,
        decisions: row.decisions,
        ..known
    })
}

impl Store {
    /// What decides until when data are kept; `known` is what the contest file says.
    pub async fn load_keeping_facts(
        &self,
        contest: ContestId,
        known: KeepingFacts,
    ) -> StoreResult<KeepingFacts> {
        facts(self.pool(), contest, known).await
    }

    /// Every later day that was set, the newest first.
    pub async fn list_keeping_days(&self, contest: ContestId) -> StoreResult<Vec<KeepingDay>> {
        let rows = sqlx::query_as!(
            KeepingDay,
            "select kept_until as until, reason, at, by from keeping_days where contest_id = $1
             order by keeping_day_id desc",
            contest.0
        )
        .fetch_all(self.pool())
        .await?;
        Ok(rows)
    }

    /// How far erasing is, once it has begun.
    pub async fn find_expiry(&self, contest: ContestId) -> StoreResult<Option<Expiry>> {
        let row = sqlx::query_as!(
            Expiry,
            "select kept_until, begun_at, people, winners, texts, done_at from data_expiries where contest_id = $1",
            contest.0
        )
        .fetch_optional(self.pool())
        .await?;
        Ok(row)
    }

    /// Since when organisers are told that data are going to be erased: from now on, if they were not before.
    pub async fn note_expiry_notice(
        &self,
        contest: ContestId,
        at: OffsetDateTime,
    ) -> StoreResult<OffsetDateTime> {
        let known = sqlx::query_scalar!("select since from data_notices where contest_id = $1", contest.0)
            .fetch_optional(self.pool())
            .await?;
        if let Some(since) = known {
            return Ok(since);
        }
        sqlx::query!(
            "insert into data_notices (contest_id, since) values ($1, $2) on conflict (contest_id) do nothing",
            contest.0,
            at
        )
        .execute(self.pool())
        .await?;
        Ok(at)
    }

    /// People whose data are there to be erased, and those among them whose name stays with a published prize.
    pub async fn count_expiring(&self, contest: ContestId) -> StoreResult<(i64, i64)> {
        let row = sqlx::query!(
            r#"select count(*) as "people!", count(*) filter (where participant_id in (
                   select a.participant_id from awards a join rankings k using (ranking_id) where k.contest_id = $1
                     and case when k.round_id is null
                       then k.ranking_id = (select max(m.ranking_id) from rankings m
                                            where m.contest_id = $1 and m.round_id is null)
                       else exists (select from rounds r where r.ranking_id = k.ranking_id) end)) as "winners!"
               from participants where contest_id = $1 and erased_at is null"#,
            contest.0
        )
        .fetch_one(self.pool())
        .await?;
        Ok((row.people, row.winners))
    }
}

impl Tx {
    /// The same as [`Store::load_keeping_facts`]; the caller holds the lock of the contest.
    pub async fn load_keeping_facts(
        &mut self,
        contest: ContestId,
        known: KeepingFacts,
    ) -> StoreResult<KeepingFacts> {
        facts(self.conn(), contest, known).await
    }

    /// Sets a later day; before that one organisers are told anew.
    pub async fn insert_keeping_day(&mut self, contest: ContestId, day: &KeepingDay) -> StoreResult<()> {
        sqlx::query!(
            "insert into keeping_days (contest_id, kept_until, reason, at, by) values ($1, $2, $3, $4, $5)",
            contest.0,
            day.until,
            day.reason,
            day.at,
            day.by
        )
        .execute(self.conn())
        .await?;
        sqlx::query!("delete from data_notices where contest_id = $1", contest.0)
            .execute(self.conn())
            .await?;
        Ok(())
    }

    /// Whether erasing has begun.
    pub async fn has_expiry(&mut self, contest: ContestId) -> StoreResult<bool> {
        let row = sqlx::query!(
            r#"select exists (select from data_expiries where contest_id = $1) as "begun!""#,
            contest.0
        )
        .fetch_one(self.conn())
        .await?;
        Ok(row.begun)
    }

    /// Notes that erasing begins; nothing changes where it has begun before.
    pub async fn begin_expiry(
        &mut self,
        contest: ContestId,
        kept_until: Date,
        at: OffsetDateTime,
        by: &str,
    ) -> StoreResult<()> {
        sqlx::query!(
            "insert into data_expiries (contest_id, kept_until, begun_at, begun_by) values ($1, $2, $3, $4)
             on conflict (contest_id) do nothing",
            contest.0,
            kept_until,
            at,
            by
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Takes the next batch for this transaction: the number after which it goes on. `None` if all is done, or another
    /// instance is at it.
    pub async fn lease_expiry(&mut self, contest: ContestId) -> StoreResult<Option<i64>> {
        let row = sqlx::query!(
            "select after_id from data_expiries where contest_id = $1 and done_at is null for update skip locked",
            contest.0
        )
        .fetch_optional(self.conn())
        .await?;
        Ok(row.map(|row| row.after_id))
    }

    /// Erases the data of up to `most` people after a number, as one person's are erased; the keyed hash of the phone goes,
    /// too, because nobody registers any more.
    pub async fn erase_slice(
        &mut self,
        contest: ContestId,
        after: i64,
        most: i64,
        now: OffsetDateTime,
    ) -> StoreResult<Slice> {
        let ids = sqlx::query_scalar!(
            "select participant_id from participants where contest_id = $1 and participant_id > $2
             order by participant_id limit $3 for update",
            contest.0,
            after,
            most
        )
        .fetch_all(self.conn())
        .await?;
        let erased = sqlx::query!(
            r#"update participants p set
                 full_name = case when not t.won then '(đã xóa ' || p.participant_id || ')'
                   when p.consent_publish then p.full_name
                   else (select string_agg(left(word, 1) || '.', ' ' order by place)
                         from regexp_split_to_table(btrim(p.full_name), '\s+') with ordinality as part (word, place)) end,
                 consent_publish = t.won and p.consent_publish,
                 birth_date = date_trunc('decade', p.birth_date::timestamp)::date,
                 phone_hash = decode(lpad(to_hex(p.participant_id), 16, '0'), 'hex'), phone_sealed = '',
                 national_id_hash = null, national_id_sealed = null, sex = null, email = null, address = null,
                 class = null, guardian_name = null, referral = null, password_hash = '',
                 login_epoch = p.login_epoch + 1, erased_at = $3
               from (select id, exists (
                   select from awards a join rankings k using (ranking_id) where a.participant_id = id and k.contest_id = $1
                     and case when k.round_id is null
                       then k.ranking_id = (select max(m.ranking_id) from rankings m
                                            where m.contest_id = $1 and m.round_id is null)
                       else exists (select from rounds r where r.ranking_id = k.ranking_id) end) as won
                 from unnest($2::bigint[]) as ids (id)) t
               where p.participant_id = t.id and p.erased_at is null
               returning t.won as "won!""#,
            contest.0,
            &ids,
            now
        )
        .fetch_all(self.conn())
        .await?;
        let texts = self.forget_details(&ids).await?;
        Ok(Slice {
            last: ids.last().copied(),
            people: count(erased.len()),
            winners: count(erased.iter().filter(|row| row.won).count()),
            texts,
        })
    }

    /// What else is kept of people whose rows are erased; how many notes went.
    async fn forget_details(&mut self, ids: &[i64]) -> StoreResult<i64> {
        // Those who had their data erased before kept the hash of their phone, so that they could not enter again.
        sqlx::query!(
            "update participants set phone_hash = decode(lpad(to_hex(participant_id), 16, '0'), 'hex')
             where participant_id = any($1) and octet_length(phone_hash) > 8",
            ids
        )
        .execute(self.conn())
        .await?;
        sqlx::query!("delete from password_codes where participant_id = any($1)", ids)
            .execute(self.conn())
            .await?;
        sqlx::query!(
            "delete from person_corrections where participant_id = any($1)",
            ids
        )
        .execute(self.conn())
        .await?;
        sqlx::query!("delete from share_links where participant_id = any($1)", ids)
            .execute(self.conn())
            .await?;
        self.forget_notes(ids).await
    }

    /// Takes out what these people wrote as essays, and what staff wrote about them: notes of checks, and their requests that
    /// are answered. The people's rows are erased already.
    pub(super) async fn forget_notes(&mut self, ids: &[i64]) -> StoreResult<i64> {
        let notes = sqlx::query!(
            "update verifications set note = '(đã xóa)'
             where participant_id = any($1) and note <> '' and note <> '(đã xóa)'",
            ids
        )
        .execute(self.conn())
        .await?;
        let requests = sqlx::query!(
            "update received_requests set asker = '(đã xóa)', contact = '', about = '',
               answer = case when answer is null then null else '(đã xóa)' end
             where participant_id = any($1) and outcome is not null and asker <> '(đã xóa)'",
            ids
        )
        .execute(self.conn())
        .await?;
        let essays = self.erase_essays(ids).await?;
        let texts = notes.rows_affected() + requests.rows_affected() + essays;
        Ok(i64::try_from(texts).unwrap_or(i64::MAX))
    }

    /// Notes how far a batch has come.
    pub async fn carry_on_expiry(&mut self, contest: ContestId, slice: Slice) -> StoreResult<()> {
        sqlx::query!(
            "update data_expiries set after_id = coalesce($2, after_id), people = people + $3, winners = winners + $4,
               texts = texts + $5 where contest_id = $1",
            contest.0,
            slice.last,
            slice.people,
            slice.winners,
            slice.texts
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Notes that all is done, if that was not noted before; the row as it stands then.
    pub async fn end_expiry(&mut self, contest: ContestId, at: OffsetDateTime) -> StoreResult<Expiry> {
        let row = sqlx::query_as!(
            Expiry,
            "update data_expiries set done_at = coalesce(done_at, $2) where contest_id = $1
             returning kept_until, begun_at, people, winners, texts, done_at",
            contest.0,
            at
        )
        .fetch_one(self.conn())
        .await?;
        Ok(row)
    }
}

fn count(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}
