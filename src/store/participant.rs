//! Participants.
//!
//! Owns their rows; gets hashes and sealed values ready made, because keys are not the database's.

use super::{Store, StoreResult, Tx};
use crate::domain::access::Entering;
use crate::domain::ids::{ContestId, ParticipantId, UnitId};
use sqlx::PgExecutor;
use std::collections::BTreeSet;
use time::{Date, OffsetDateTime};

/// A participant to be kept, personal fields already hashed and sealed where that is due.
#[derive(Debug)]
pub struct NewParticipant<'a> {
    /// Contest.
    pub contest: ContestId,
    /// Unit entered for.
    pub unit: UnitId,
    /// Name.
    pub full_name: &'a str,
    /// Birth date.
    pub birth_date: Date,
    /// Keyed hash of the phone.
    pub phone_hash: &'a [u8],
    /// Phone encrypted.
    pub phone_sealed: &'a [u8],
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
    /// Who invited.
    pub referral: Option<&'a str>,
    /// Code of the link that brought the person; one that is none of the contest's counts for nobody.
    pub introducer: Option<&'a str>,
    /// What the person would be known by in the list of those who never win.
    pub listed_as: &'a [Vec<u8>],
    /// Argon2id in PHC form.
    pub password_hash: &'a str,
    /// Version of the consent text.
    pub consent_version: &'a str,
    /// May be named.
    pub consent_publish: bool,
    /// When.
    pub registered_at: OffsetDateTime,
}

/// What a request needs to know of a logged-in participant.
#[derive(Debug, Clone)]
pub struct ParticipantLine {
    /// Number.
    pub id: ParticipantId,
    /// Contest.
    pub contest: ContestId,
    /// Unit entered for.
    pub unit: UnitId,
    /// Birth date.
    pub birth_date: Date,
    /// Name.
    pub full_name: String,
    /// Ends older log-ins when raised.
    pub login_epoch: i32,
    /// Why the rules bar the person.
    pub excluded_reason: Option<String>,
}

impl ParticipantLine {
    /// What groups and ages ask of the person.
    pub const fn entering(&self) -> Entering {
        Entering {
            unit: self.unit,
            born: self.birth_date,
        }
    }
}

/// What log-in needs.
#[derive(Debug, Clone)]
pub struct LoginLine {
    /// The person.
    pub participant: ParticipantLine,
    /// Argon2id in PHC form.
    pub password_hash: String,
}

impl Tx {
    /// Keeps a participant; `None` if the phone or code has an account in the contest already.
    pub async fn insert_participant(
        &mut self,
        new: &NewParticipant<'_>,
    ) -> StoreResult<Option<ParticipantId>> {
        insert(self.conn(), new).await
    }
}

impl Store {
    /// Keeps a participant; `None` if the phone is registered in the contest already.
    pub async fn insert_participant(&self, new: &NewParticipant<'_>) -> StoreResult<Option<ParticipantId>> {
        insert(self.pool(), new).await
    }

    /// Which of these phones or codes have an account in the contest.
    pub async fn list_taken(
        &self,
        contest: ContestId,
        phone_hashes: &[Vec<u8>],
    ) -> StoreResult<BTreeSet<Vec<u8>>> {
        let rows = sqlx::query_scalar!(
            "select phone_hash from participants where contest_id = $1 and phone_hash = any($2)",
            contest.0,
            phone_hashes
        )
        .fetch_all(self.pool())
        .await?;
        Ok(rows.into_iter().collect())
    }

    /// The participant with that phone, with what log-in needs.
    pub async fn find_login(&self, contest: ContestId, phone_hash: &[u8]) -> StoreResult<Option<LoginLine>> {
        let row = sqlx::query!(
            "select participant_id, unit_id, birth_date, full_name, login_epoch, excluded_reason, password_hash
             from participants where contest_id = $1 and phone_hash = $2 and erased_at is null",
            contest.0,
            phone_hash
        )
        .fetch_optional(self.pool())
        .await?;
        Ok(row.map(|row| LoginLine {
            participant: ParticipantLine {
                id: ParticipantId(row.participant_id),
                contest,
                unit: UnitId(row.unit_id),
                birth_date: row.birth_date,
                full_name: row.full_name,
                login_epoch: row.login_epoch,
                excluded_reason: row.excluded_reason,
            },
            password_hash: row.password_hash,
        }))
    }

    /// The participant of that number.
    pub async fn find_participant(&self, id: ParticipantId) -> StoreResult<Option<ParticipantLine>> {
        Ok(self.find_participants(&[id]).await?.pop())
    }

    /// The participants of those numbers that exist, in no order.
    pub(super) async fn find_participants(&self, ids: &[ParticipantId]) -> StoreResult<Vec<ParticipantLine>> {
        let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
        let mut held = self.hold().await?;
        let rows = sqlx::query!(
            "select participant_id, contest_id, unit_id, birth_date, full_name, login_epoch, excluded_reason
             from participants where participant_id = any($1)",
            &ids
        )
        .fetch_all(held.connection())
        .await?;
        held.keep();
        Ok(rows
            .into_iter()
            .map(|row| ParticipantLine {
                id: ParticipantId(row.participant_id),
                contest: ContestId(row.contest_id),
                unit: UnitId(row.unit_id),
                birth_date: row.birth_date,
                full_name: row.full_name,
                login_epoch: row.login_epoch,
                excluded_reason: row.excluded_reason,
            })
            .collect())
    }

    /// Sets a new password and ends every log-in of the person.
    pub async fn replace_password(&self, id: ParticipantId, password_hash: &str) -> StoreResult<i32> {
        let row = sqlx::query!(
            "update participants set password_hash = $2, login_epoch = login_epoch + 1 where participant_id = $1
             returning login_epoch",
            id.0,
            password_hash
        )
        .fetch_one(self.pool())
        .await?;
        Ok(row.login_epoch)
    }

    /// How many people are registered in a contest.
    pub async fn count_participants(&self, contest: ContestId) -> StoreResult<i64> {
        let row = sqlx::query!(
            r#"select count(*) as "n!" from participants where contest_id = $1"#,
            contest.0
        )
        .fetch_one(self.pool())
        .await?;
        Ok(row.n)
    }

    /// Gives a one-time code for a new password in place of any older one.
    pub async fn put_password_code(
        &self,
        id: ParticipantId,
        code_hash: &str,
        expires_at: OffsetDateTime,
        issued_by: &str,
    ) -> StoreResult<()> {
        sqlx::query!(
            "insert into password_codes (participant_id, code_hash, expires_at, tries_left, issued_by)
             values ($1, $2, $3, 5, $4)
             on conflict (participant_id) do update set code_hash = excluded.code_hash,
               expires_at = excluded.expires_at, tries_left = 5, issued_by = excluded.issued_by",
            id.0,
            code_hash,
            expires_at,
            issued_by
        )
        .execute(self.pool())
        .await?;
        Ok(())
    }

    /// Uses up one try of a person's code and returns its hash, while it is valid.
    pub async fn try_password_code(
        &self,
        id: ParticipantId,
        now: OffsetDateTime,
    ) -> StoreResult<Option<String>> {
        let row = sqlx::query!(
            "update password_codes set tries_left = tries_left - 1
             where participant_id = $1 and expires_at > $2 and tries_left > 0 returning code_hash",
            id.0,
            now
        )
        .fetch_optional(self.pool())
        .await?;
        Ok(row.map(|row| row.code_hash))
    }

    /// Ends a person's code.
    pub async fn drop_password_code(&self, id: ParticipantId) -> StoreResult<()> {
        sqlx::query!("delete from password_codes where participant_id = $1", id.0)
            .execute(self.pool())
            .await?;
        Ok(())
    }
}

/// Keeps a participant, by itself or within a transaction.
async fn insert<'e>(
    executor: impl PgExecutor<'e>,
    new: &NewParticipant<'_>,
) -> StoreResult<Option<ParticipantId>> {
    let row = sqlx::query!(
        "insert into participants (contest_id, unit_id, full_name, birth_date, phone_hash, phone_sealed,
           national_id_hash, national_id_sealed, sex, email, address, class, guardian_name, referral,
           password_hash, consent_version, consent_publish, registered_at, introducer_id, prize_bar)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
           (select participant_id from share_links where code = $19 and contest_id = $1),
           (select min(reason) from prize_bars where contest_id = $1 and hash = any($20)))
         on conflict on constraint participants_phone_key do nothing returning participant_id",
        new.contest.0,
        new.unit.0,
        new.full_name,
        new.birth_date,
        new.phone_hash,
        new.phone_sealed,
        new.national_id_hash,
        new.national_id_sealed,
        new.sex,
        new.email,
        new.address,
        new.class,
        new.guardian_name,
        new.referral,
        new.password_hash,
        new.consent_version,
        new.consent_publish,
        new.registered_at,
        new.introducer,
        new.listed_as
    )
    .fetch_optional(executor)
    .await?;
    Ok(row.map(|row| ParticipantId(row.participant_id)))
}
