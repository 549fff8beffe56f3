//! What a participant registered, as staff read and correct it, and every correction made.
//!
//! Owns those rows; which details may change is `domain::correction`'s.

use super::{Store, StoreResult, Tx, expect};
use crate::domain::correction::Detail;
use crate::domain::ids::{ContestId, ParticipantId, UnitId};
use sqlx::PgExecutor;
use time::{Date, OffsetDateTime};

/// The details of a person that may be corrected.
#[derive(Clone, PartialEq, Eq)]
pub struct Details {
    /// Name.
    pub full_name: String,
    /// Birth date.
    pub birth_date: Date,
    /// Unit entered for.
    pub unit: UnitId,
    /// School class.
    pub class: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Address.
    pub address: Option<String>,
    /// Parent or guardian.
    pub guardian_name: Option<String>,
    /// Agrees to be named when winning.
    pub consent_publish: bool,
}

// Personal data must not reach a log by way of `{:?}`.
impl std::fmt::Debug for Details {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Details(***)")
    }
}

/// A correction to be kept: the detail, what stood there and what stands there now.
pub type Change = (Detail, String, String);

/// A correction as kept.
#[derive(Clone)]
pub struct Correction {
    /// The detail.
    pub detail: Detail,
    /// What stood there; empty where there was nothing.
    pub former: String,
    /// What stands there since.
    pub later: String,
    /// Why.
    pub reason: String,
    /// When.
    pub at: OffsetDateTime,
    /// By whom.
    pub by: String,
}

async fn details(
    executor: impl PgExecutor<'_>,
    contest: ContestId,
    person: ParticipantId,
) -> StoreResult<Option<Details>> {
    let row = sqlx::query!(
        "select full_name, birth_date, unit_id, class, email, address, guardian_name, consent_publish
         from participants where contest_id = $1 and participant_id = $2 and erased_at is null",
        contest.0,
        person.0
    )
    .fetch_optional(executor)
    .await?;
    Ok(row.map(|row| Details {
        full_name: row.full_name,
        birth_date: row.birth_date,
        unit: UnitId(row.unit_id),
        class: row.class,
        email: row.email,
        address: row.address,
        guardian_name: row.guardian_name,
        consent_publish: row.consent_publish,
    }))
}

// Former names and addresses are personal data, too.
impl std::fmt::Debug for Correction {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Correction(***)")
    }
}

impl Store {
    /// The details of a person of a contest.
    pub async fn find_details(
        &self,
        contest: ContestId,
        person: ParticipantId,
    ) -> StoreResult<Option<Details>> {
        details(self.pool(), contest, person).await
    }

    /// Every correction of a person's details, the newest first.
    pub async fn list_corrections(&self, person: ParticipantId) -> StoreResult<Vec<Correction>> {
        let rows = sqlx::query!(
            "select correction_id, detail, former, later, reason, at, by from person_corrections
             where participant_id = $1 order by correction_id desc",
            person.0
        )
        .fetch_all(self.pool())
        .await?;
        rows.into_iter()
            .map(|row| {
                let detail = Detail::parse(&row.detail);
                Ok(Correction {
                    detail: expect(detail, "person_corrections", "detail", row.correction_id)?,
                    former: row.former,
                    later: row.later,
                    reason: row.reason,
                    at: row.at,
                    by: row.by,
                })
            })
            .collect()
    }
}

impl Tx {
    /// The details as they stand; the caller holds the lock of the contest.
    pub async fn find_details(
        &mut self,
        contest: ContestId,
        person: ParticipantId,
    ) -> StoreResult<Option<Details>> {
        details(self.conn(), contest, person).await
    }

    /// Whether a round in which the person submitted is ranked, and whether a published result gives the person a prize.
    pub async fn find_reach(
        &mut self,
        contest: ContestId,
        person: ParticipantId,
    ) -> StoreResult<(bool, bool)> {
        let row = sqlx::query!(
            r#"select exists (select from rounds r where r.contest_id = $1
                        and r.stage in ('ranked', 'approved', 'published')
                        and exists (select from submissions s where s.round_id = r.round_id and s.participant_id = $2))
                      as "ranked!",
                      exists (select from awards a join rankings k using (ranking_id)
                        where a.participant_id = $2 and k.contest_id = $1
                          and case when k.round_id is null
                            then k.ranking_id = (select max(m.ranking_id) from rankings m
                                                 where m.contest_id = $1 and m.round_id is null)
                              and not exists (select from rounds r where r.contest_id = $1 and r.stage <> 'published')
                            else exists (select from rounds r where r.ranking_id = k.ranking_id
                                         and r.stage = 'published') end) as "won!""#,
            contest.0,
            person.0
        )
        .fetch_one(self.conn())
        .await?;
        Ok((row.ranked, row.won))
    }

    /// Keeps corrected details. `listed_as` are the hashes by which the list of those who never win would know the person;
    /// who is barred already stays so.
    pub async fn set_details(
        &mut self,
        contest: ContestId,
        person: ParticipantId,
        new: &Details,
        listed_as: &[Vec<u8>],
    ) -> StoreResult<()> {
        sqlx::query!(
            "update participants set full_name = $3, birth_date = $4, unit_id = $5, class = $6, email = $7, address = $8,
               guardian_name = $9, consent_publish = $10,
               prize_bar = coalesce(prize_bar,
                 (select min(reason) from prize_bars where contest_id = $1 and hash = any($11)))
             where contest_id = $1 and participant_id = $2",
            contest.0,
            person.0,
            new.full_name,
            new.birth_date,
            new.unit.0,
            new.class,
            new.email,
            new.address,
            new.guardian_name,
            new.consent_publish,
            listed_as
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Keeps what was changed, why and by whom.
    pub async fn insert_corrections(
        &mut self,
        person: ParticipantId,
        changes: &[Change],
        (at, by, reason): (OffsetDateTime, &str, &str),
    ) -> StoreResult<()> {
        for (detail, former, later) in changes {
            sqlx::query!(
                "insert into person_corrections (participant_id, detail, former, later, reason, at, by)
                 values ($1, $2, $3, $4, $5, $6, $7)",
                person.0,
                detail.name(),
                former,
                later,
                reason,
                at,
                by
            )
            .execute(self.conn())
            .await?;
        }
        Ok(())
    }
}
