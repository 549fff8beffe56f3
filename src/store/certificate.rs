//! Certificates made out, and whether they still stand.
//!
//! Owns their rows; what a check page shows of them is decided by the page.

use super::{Store, StoreResult, Tx};
use crate::domain::ids::{ContestId, ParticipantId, RoundId, UnitId};
use time::OffsetDateTime;

/// Who receives a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bearer {
    /// A person.
    Person(ParticipantId),
    /// A unit.
    Unit(UnitId),
}

impl Bearer {
    const fn person(self) -> Option<i64> {
        match self {
            Self::Person(person) => Some(person.0),
            Self::Unit(_) => None,
        }
    }

    const fn unit(self) -> Option<i32> {
        match self {
            Self::Person(_) => None,
            Self::Unit(unit) => Some(unit.0),
        }
    }
}

/// A certificate to be made out.
#[derive(Debug, Clone)]
pub struct NewCertificate {
    /// Its code.
    pub code: String,
    /// Contest.
    pub contest: ContestId,
    /// Round; `None` for a prize of the whole contest.
    pub round: Option<RoundId>,
    /// The winner.
    pub bearer: Bearer,
    /// Place of the prize in the contest file, among those for people or those for units.
    pub prize: u16,
    /// Its name as printed.
    pub prize_name: String,
}

/// What a code leads to.
#[derive(Debug, Clone)]
pub struct FoundCertificate {
    /// Contest.
    pub contest: ContestId,
    /// Round; `None` for a prize of the whole contest.
    pub round: Option<RoundId>,
    /// Name of the prize as printed.
    pub prize_name: String,
    /// When it was made out.
    pub issued_at: OffsetDateTime,
    /// The winner's name, whatever the consent says.
    pub full_name: String,
    /// The winner agrees to be named; a unit always is.
    pub consent_publish: bool,
    /// The public was shown a result of the round; for a prize of the whole contest, every round is published.
    pub published: bool,
    /// The newest published result gives this winner this prize, also while it is being corrected.
    pub stands: bool,
    /// A result that is not published yet, the first one or a correction, gives this winner this prize.
    pub awaited: bool,
}

impl Tx {
    /// Notes certificates; one that was made out before stays as it was noted then.
    pub async fn put_certificates(
        &mut self,
        certificates: &[NewCertificate],
        at: OffsetDateTime,
        by: &str,
    ) -> StoreResult<()> {
        for one in certificates {
            sqlx::query!(
                "insert into certificates (code, contest_id, round_id, participant_id, unit_id, prize, prize_name, issued_at,
                   issued_by)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (code) do nothing",
                one.code,
                one.contest.0,
                one.round.map(|round| round.0),
                one.bearer.person(),
                one.bearer.unit(),
                i16::try_from(one.prize).unwrap_or(i16::MAX),
                one.prize_name,
                at,
                by
            )
            .execute(self.conn())
            .await?;
        }
        Ok(())
    }
}

impl Store {
    /// The certificate of a code.
    pub async fn find_certificate(&self, code: &str) -> StoreResult<Option<FoundCertificate>> {
        let row = sqlx::query!(
            r#"select c.contest_id, c.round_id as "round_id?", c.prize_name, c.issued_at,
                      coalesce(p.full_name, u.name) as "full_name!", coalesce(p.consent_publish, true) as "consent!",
                      case when c.round_id is null
                        then not exists (
                          select from rounds r where r.contest_id = c.contest_id and r.stage <> 'published')
                        else exists (select from publications v where v.round_id = c.round_id) end as "published!",
                      (exists (
                        select from awards a where a.ranking_id = shown.ranking_id
                          and a.participant_id = c.participant_id and a.prize = c.prize)
                      or exists (
                        select from collective_awards a where a.ranking_id = shown.ranking_id
                          and a.unit_id = c.unit_id and a.prize = c.prize)) as "stands!",
                      exists (
                        select from rounds r where r.round_id = c.round_id and r.stage <> 'published'
                          and (exists (
                            select from awards a where a.ranking_id = r.ranking_id
                              and a.participant_id = c.participant_id and a.prize = c.prize)
                          or exists (
                            select from collective_awards a where a.ranking_id = r.ranking_id
                              and a.unit_id = c.unit_id and a.prize = c.prize))) as "awaited!"
               from certificates c
               left join participants p using (participant_id)
               left join units u on u.unit_id = c.unit_id
               cross join lateral (select case when c.round_id is null
                   then (select max(k.ranking_id) from rankings k
                         where k.contest_id = c.contest_id and k.round_id is null)
                   else (select v.ranking_id from publications v where v.round_id = c.round_id
                         order by v.version desc limit 1) end as ranking_id) shown
               where c.code = $1"#,
            code
        )
        .fetch_optional(self.pool())
        .await?;
        Ok(row.map(|row| FoundCertificate {
            contest: ContestId(row.contest_id),
            round: row.round_id.map(RoundId),
            prize_name: row.prize_name,
            issued_at: row.issued_at,
            full_name: row.full_name,
            consent_publish: row.consent,
            published: row.published,
            stands: row.stands,
            awaited: row.awaited,
        }))
    }
}
