//! All that is kept of one participant, for that participant: reading, correcting, erasing, and the log of requests.
//!
//! Owns these statements; what may be done when is `domain::own_data`'s, and sealed values are opened by `action`.

use super::{Store, StoreResult, Tx, expect};
use crate::domain::ids::{AttemptId, ContestId, ParticipantId, RoundId, UnitId};
use crate::domain::own_data::OwnFacts;
use std::collections::BTreeMap;
use time::{Date, OffsetDateTime};

/// A participant's whole row, phone and identity number still sealed.
#[derive(Clone)]
pub struct OwnRecord {
    /// Unit entered for.
    pub unit: UnitId,
    /// Name.
    pub full_name: String,
    /// Birth date.
    pub birth_date: Date,
    /// Keyed hash of the phone, which sealed values are bound to.
    pub phone_hash: Vec<u8>,
    /// Phone encrypted.
    pub phone_sealed: Vec<u8>,
    /// Identity number encrypted.
    pub national_id_sealed: Option<Vec<u8>>,
    /// `female` or `male`.
    pub sex: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Address.
    pub address: Option<String>,
    /// School class.
    pub class: Option<String>,
    /// Parent or guardian.
    pub guardian_name: Option<String>,
    /// Who invited.
    pub referral: Option<String>,
    /// Argon2id in PHC form.
    pub password_hash: String,
    /// Version of the consent text.
    pub consent_version: String,
    /// May be named.
    pub consent_publish: bool,
    /// When registered.
    pub registered_at: OffsetDateTime,
    /// Why the rules bar the person.
    pub excluded_reason: Option<String>,
    /// Why prizes pass the person over.
    pub prize_bar: Option<String>,
    /// Came by somebody's personal link.
    pub is_introduced: bool,
    /// Code of the own personal link, if it was made.
    pub share_code: Option<String>,
}

// Personal data must not reach a log by way of `{:?}`.
impl std::fmt::Debug for OwnRecord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OwnRecord(***)")
    }
}

/// New values for what may be corrected; `None` empties a field.
pub struct Correction<'a> {
    /// Name.
    pub full_name: &'a str,
    /// Keyed hash of the identity number.
    pub national_id_hash: Option<&'a [u8]>,
    /// Identity number encrypted.
    pub national_id_sealed: Option<&'a [u8]>,
    /// `female` or `male`.
    pub sex: Option<&'a str>,
    /// E-mail.
    pub email: Option<&'a str>,
    /// Address.
    pub address: Option<&'a str>,
    /// School class.
    pub class: Option<&'a str>,
    /// Parent or guardian.
    pub guardian_name: Option<&'a str>,
    /// What the person is now known by in the list of those who never win.
    pub listed_as: &'a [Vec<u8>],
}

impl std::fmt::Debug for Correction<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Correction(***)")
    }
}

/// A request to be logged.
#[derive(Debug, Clone, Copy)]
pub struct NewRequest<'a> {
    /// When.
    pub at: OffsetDateTime,
    /// `download`, `correct`, `publish` or `erase`.
    pub kind: &'static str,
    /// `done`, or what stood in the way.
    pub outcome: &'static str,
    /// Names of the fields changed.
    pub fields: &'a [String],
}

/// A logged request.
#[derive(Debug, Clone)]
pub struct RequestLine {
    /// When.
    pub at: OffsetDateTime,
    /// `download`, `correct`, `publish` or `erase`.
    pub kind: String,
    /// `done`, or what stood in the way.
    pub outcome: String,
    /// Names of the fields changed.
    pub fields: Vec<String>,
}

impl Tx {
    /// Logs a request of a person, kept if the transaction is.
    pub async fn insert_data_request(
        &mut self,
        person: ParticipantId,
        new: NewRequest<'_>,
    ) -> StoreResult<()> {
        sqlx::query!(
            "insert into data_requests (participant_id, at, kind, outcome, fields) values ($1, $2, $3, $4, $5)",
            person.0,
            new.at,
            new.kind,
            new.outcome,
            new.fields
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Puts corrected values in place of the old ones. A name on the list of those who never win marks the person; a
    /// corrected one takes no mark away.
    pub async fn correct_own_data(&mut self, person: ParticipantId, new: &Correction<'_>) -> StoreResult<()> {
        sqlx::query!(
            "update participants p set full_name = $2, national_id_hash = $3, national_id_sealed = $4, sex = $5,
               email = $6, address = $7, class = $8, guardian_name = $9,
               prize_bar = coalesce(p.prize_bar,
                 (select min(b.reason) from prize_bars b where b.contest_id = p.contest_id and b.hash = any($10)))
             where p.participant_id = $1 and p.erased_at is null",
            person.0,
            new.full_name,
            new.national_id_hash,
            new.national_id_sealed,
            new.sex,
            new.email,
            new.address,
            new.class,
            new.guardian_name,
            new.listed_as
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Gives or takes back the consent to be named.
    pub async fn set_consent_publish(&mut self, person: ParticipantId, may: bool) -> StoreResult<()> {
        sqlx::query!(
            "update participants set consent_publish = $2 where participant_id = $1 and erased_at is null",
            person.0,
            may
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Erases every personal field and ends every log-in; `false` if that was done before. The birth date is rounded to
    /// ten years, and the name tells the number of the row, so that no two erased people look like one. That somebody was kept
    /// out or never wins stays, why does not.
    pub async fn erase_own_data(&mut self, person: ParticipantId, now: OffsetDateTime) -> StoreResult<bool> {
        let done = sqlx::query!(
            "update participants set full_name = '(đã xóa ' || participant_id || ')',
               birth_date = date_trunc('decade', birth_date::timestamp)::date, phone_sealed = '',
               national_id_hash = null, national_id_sealed = null, sex = null, email = null, address = null,
               class = null, guardian_name = null, referral = null, password_hash = '', consent_publish = false,
               excluded_reason = case when excluded_reason is null then null else '(đã xóa)' end,
               prize_bar = case when prize_bar is null then null else '(đã xóa)' end,
               login_epoch = login_epoch + 1, erased_at = $2
             where participant_id = $1 and erased_at is null",
            person.0,
            now
        )
        .execute(self.conn())
        .await?;
        sqlx::query!("delete from password_codes where participant_id = $1", person.0)
            .execute(self.conn())
            .await?;
        sqlx::query!(
            "delete from person_corrections where participant_id = $1",
            person.0
        )
        .execute(self.conn())
        .await?;
        sqlx::query!("delete from share_links where participant_id = $1", person.0)
            .execute(self.conn())
            .await?;
        self.forget_notes(&[person.0]).await?;
        Ok(done.rows_affected() == 1)
    }
}

impl Store {
    /// All that is kept of a person; nothing once it is erased.
    pub async fn find_own_record(&self, person: ParticipantId) -> StoreResult<Option<OwnRecord>> {
        let row = sqlx::query!(
            r#"select unit_id, full_name, birth_date, phone_hash, phone_sealed, national_id_sealed, sex, email, address,
                      class, guardian_name, referral, password_hash, consent_version, consent_publish, registered_at,
                      excluded_reason, prize_bar, introducer_id is not null as "is_introduced!",
                      (select code from share_links l where l.participant_id = p.participant_id) as share_code
               from participants p where participant_id = $1 and erased_at is null"#,
            person.0
        )
        .fetch_optional(self.pool())
        .await?;
        Ok(row.map(|row| OwnRecord {
            unit: UnitId(row.unit_id),
            full_name: row.full_name,
            birth_date: row.birth_date,
            phone_hash: row.phone_hash,
            phone_sealed: row.phone_sealed,
            national_id_sealed: row.national_id_sealed,
            sex: row.sex,
            email: row.email,
            address: row.address,
            class: row.class,
            guardian_name: row.guardian_name,
            referral: row.referral,
            password_hash: row.password_hash,
            consent_version: row.consent_version,
            consent_publish: row.consent_publish,
            registered_at: row.registered_at,
            excluded_reason: row.excluded_reason,
            prize_bar: row.prize_bar,
            is_introduced: row.is_introduced,
            share_code: row.share_code,
        }))
    }

    /// What decides whether data may be corrected or erased now.
    pub async fn load_own_facts(
        &self,
        contest: ContestId,
        person: ParticipantId,
        now: OffsetDateTime,
    ) -> StoreResult<OwnFacts> {
        let row = sqlx::query!(
            r#"select
                 (select max(a.deadline_at) from rounds r join running q using (round_id)
                    join attempts a using (round_id, attempt_id)
                    where r.contest_id = $1 and q.participant_id = $2) as running_until,
                 (select min(r.round_id) from rounds r
                    where r.contest_id = $1 and r.stage <> 'published' and (r.stage <> 'scheduled' or r.closes_at <= $3)
                      and exists (select from submissions s where s.round_id = r.round_id and s.participant_id = $2)
                 ) as judged,
                 exists (select from rankings k where k.contest_id = $1 and k.round_id is null)
                   and exists (select from rounds r where r.contest_id = $1 and r.stage <> 'published')
                   and exists (select from rounds r join submissions s using (round_id)
                      where r.contest_id = $1 and s.participant_id = $2) as "overall_judged!",
                 array(select a.prize_name from awards a join rankings k using (ranking_id)
                    where a.participant_id = $2 and k.contest_id = $1
                      and (k.ranking_id in (select ranking_id from publications)
                        or (k.ranking_id = (select max(m.ranking_id) from rankings m
                                            where m.contest_id = $1 and m.round_id is null)
                          and not exists (select from rounds r where r.contest_id = $1 and r.stage <> 'published')))
                    group by a.prize_name order by min(a.prize)) as "prizes!""#,
            contest.0,
            person.0,
            now
        )
        .fetch_one(self.pool())
        .await?;
        Ok(OwnFacts {
            running_until: row.running_until,
            judged: row.judged.map(RoundId),
            overall_judged: row.overall_judged,
            prizes: row.prizes,
        })
    }

    /// What a person answered in each submitted attempt of these rounds: the labels as shown, one text per question.
    pub async fn load_own_responses(
        &self,
        rounds: &[RoundId],
        person: ParticipantId,
    ) -> StoreResult<BTreeMap<AttemptId, serde_json::Value>> {
        let rounds: Vec<i32> = rounds.iter().map(|round| round.0).collect();
        let rows = sqlx::query!(
            "select attempt_id, responses from submissions where round_id = any($1) and participant_id = $2",
            &rounds,
            person.0
        )
        .fetch_all(self.pool())
        .await?;
        let lines = rows.into_iter().map(|row| {
            let attempt = AttemptId::from_bytes(*row.attempt_id.as_bytes());
            let read = serde_json::from_str(&row.responses).ok();
            Ok((attempt, expect(read, "submissions", "responses", attempt)?))
        });
        lines.collect()
    }

    /// A person's newest requests, newest first.
    pub async fn load_data_requests(
        &self,
        person: ParticipantId,
        limit: i64,
    ) -> StoreResult<Vec<RequestLine>> {
        let rows = sqlx::query_as!(
            RequestLine,
            "select at, kind, outcome, fields from data_requests where participant_id = $1
             order by request_id desc limit $2",
            person.0,
            limit
        )
        .fetch_all(self.pool())
        .await?;
        Ok(rows)
    }
}
