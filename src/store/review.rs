//! Reviews of sealed rounds: their case sheets, who looked at names, what people found and what entrants answered.
//!
//! Owns these rows, which are only added. A sheet holds no names; whose an attempt is can be read apart, for people who are
//! shown that.

use super::{Store, StoreResult, Tx, expect, from_json, to_json};
use crate::domain::case::{CaseFinding, Opinion};
use crate::domain::fair_play::CaseSheet;
use crate::domain::fair_play::population::Population;
use crate::domain::ids::{AttemptId, ParticipantId, RoundId};
use std::collections::BTreeMap;
use time::OffsetDateTime;
use uuid::Uuid;

/// A review about to be kept.
#[derive(Debug, Clone, Copy)]
pub struct NewReview<'a> {
    /// The round, which is sealed.
    pub round: RoundId,
    /// When.
    pub at: OffsetDateTime,
    /// By whom, or "system".
    pub by: &'a str,
    /// How the entries spread.
    pub population: &'a Population,
    /// The cases.
    pub sheets: &'a [CaseSheet],
}

/// A review as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredReview {
    /// Number.
    pub id: i64,
    /// When it was made.
    pub at: OffsetDateTime,
    /// How the entries spread.
    pub population: Population,
}

/// A case as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCase {
    /// Number over all reviews.
    pub id: i64,
    /// 1, 2, 3 … of its review.
    pub number: u16,
    /// What was seen.
    pub sheet: CaseSheet,
}

/// A sentence that somebody entered at a case: why names were needed, or what an entrant answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseNote {
    /// The sentence.
    pub text: String,
    /// When.
    pub at: OffsetDateTime,
    /// By whom.
    pub by: String,
}

impl Tx {
    /// Keeps a review with its cases; `false` if this sealing of the round has one, or the round is not sealed.
    pub async fn insert_review(&mut self, new: &NewReview<'_>) -> StoreResult<bool> {
        let made = sqlx::query!(
            "insert into reviews (round_id, sealed_at, made_at, made_by, population)
             select round_id, sealed_at, $2, $3, $4 from rounds where round_id = $1 and sealed_at is not null
             on conflict (round_id, sealed_at) do nothing returning review_id",
            new.round.0,
            new.at,
            new.by,
            to_json(new.population)
        )
        .fetch_optional(self.conn())
        .await?;
        let Some(made) = made else {
            return Ok(false);
        };
        let sheets: Vec<serde_json::Value> = new.sheets.iter().map(to_json).collect();
        sqlx::query!(
            "insert into review_cases (review_id, number, sheet)
             select $1, number, sheet from unnest($2::jsonb[]) with ordinality as found (sheet, number)",
            made.review_id,
            &sheets
        )
        .execute(self.conn())
        .await?;
        Ok(true)
    }

    /// Keeps that somebody had the names of a case shown.
    pub async fn insert_look(&mut self, case: i64, look: &CaseNote) -> StoreResult<()> {
        sqlx::query!(
            "insert into case_looks (case_id, reason, at, by) values ($1, $2, $3, $4)",
            case,
            look.text,
            look.at,
            look.by
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Keeps what an entrant answered.
    pub async fn insert_hearing(&mut self, case: i64, heard: &CaseNote) -> StoreResult<()> {
        sqlx::query!(
            "insert into case_hearings (case_id, note, at, by) values ($1, $2, $3, $4)",
            case,
            heard.text,
            heard.at,
            heard.by
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Keeps a finding.
    pub async fn insert_finding(&mut self, case: i64, found: &CaseFinding) -> StoreResult<()> {
        sqlx::query!(
            "insert into case_findings (case_id, opinion, ruled_out, reason, at, by) values ($1, $2, $3, $4, $5, $6)",
            case,
            found.opinion.name(),
            &found.ruled_out,
            found.reason,
            found.at,
            found.by
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }
}

impl Store {
    /// Rounds that are sealed, not yet published, and have no review of that sealing.
    pub async fn list_unreviewed(&self) -> StoreResult<Vec<RoundId>> {
        let rows = sqlx::query!(
            "select round_id from rounds r where stage in ('sealed', 'ranked', 'approved')
               and not exists (select from reviews v where v.round_id = r.round_id and v.sealed_at = r.sealed_at)
             order by sealed_at, round_id"
        )
        .fetch_all(self.pool())
        .await?;
        Ok(rows.into_iter().map(|row| RoundId(row.round_id)).collect())
    }

    /// The newest review of a round.
    pub async fn find_review(&self, round: RoundId) -> StoreResult<Option<StoredReview>> {
        let row = sqlx::query!(
            "select review_id, made_at, population from reviews where round_id = $1 order by review_id desc limit 1",
            round.0
        )
        .fetch_optional(self.pool())
        .await?;
        row.map(|row| {
            Ok(StoredReview {
                id: row.review_id,
                at: row.made_at,
                population: from_json(row.population, "reviews", "population", row.review_id)?,
            })
        })
        .transpose()
    }

    /// The cases of a review in order.
    pub async fn list_cases(&self, review: i64) -> StoreResult<Vec<StoredCase>> {
        let rows = sqlx::query!(
            "select case_id, number, sheet from review_cases where review_id = $1 order by number",
            review
        )
        .fetch_all(self.pool())
        .await?;
        rows.into_iter()
            .map(|row| stored(row.case_id, row.number, row.sheet))
            .collect()
    }

    /// One case of a round with the review that it stands in.
    pub async fn find_case(
        &self,
        round: RoundId,
        case: i64,
    ) -> StoreResult<Option<(StoredReview, StoredCase)>> {
        let row = sqlx::query!(
            "select case_id, number, sheet, review_id, made_at, population from review_cases join reviews using (review_id)
             where case_id = $1 and round_id = $2",
            case,
            round.0
        )
        .fetch_optional(self.pool())
        .await?;
        row.map(|row| {
            let review = StoredReview {
                id: row.review_id,
                at: row.made_at,
                population: from_json(row.population, "reviews", "population", row.review_id)?,
            };
            Ok((review, stored(row.case_id, row.number, row.sheet)?))
        })
        .transpose()
    }

    /// The findings of every case of a review, the oldest first.
    pub async fn list_case_findings(&self, review: i64) -> StoreResult<BTreeMap<i64, Vec<CaseFinding>>> {
        let rows = sqlx::query!(
            "select finding_id, case_id, opinion, ruled_out, reason, at, by from case_findings
             where case_id in (select case_id from review_cases where review_id = $1) order by finding_id",
            review
        )
        .fetch_all(self.pool())
        .await?;
        let mut found: BTreeMap<i64, Vec<CaseFinding>> = BTreeMap::new();
        for row in rows {
            let opinion = Opinion::parse(&row.opinion);
            found.entry(row.case_id).or_default().push(CaseFinding {
                opinion: expect(opinion, "case_findings", "opinion", row.finding_id)?,
                ruled_out: row.ruled_out,
                reason: row.reason,
                at: row.at,
                by: row.by,
            });
        }
        Ok(found)
    }

    /// Who had the names of a case shown, the oldest first.
    pub async fn list_looks(&self, case: i64) -> StoreResult<Vec<CaseNote>> {
        let rows = sqlx::query_as!(
            CaseNote,
            "select reason as text, at, by from case_looks where case_id = $1 order by look_id",
            case
        )
        .fetch_all(self.pool())
        .await?;
        Ok(rows)
    }

    /// What entrants answered about a case, the oldest first.
    pub async fn list_hearings(&self, case: i64) -> StoreResult<Vec<CaseNote>> {
        let rows = sqlx::query_as!(
            CaseNote,
            "select note as text, at, by from case_hearings where case_id = $1 order by hearing_id",
            case
        )
        .fetch_all(self.pool())
        .await?;
        Ok(rows)
    }

    /// Whose these attempts of a round are.
    pub async fn load_owners(
        &self,
        round: RoundId,
        attempts: &[AttemptId],
    ) -> StoreResult<BTreeMap<AttemptId, ParticipantId>> {
        let ids: Vec<Uuid> = attempts
            .iter()
            .map(|attempt| Uuid::from_bytes(*attempt.as_bytes()))
            .collect();
        let rows = sqlx::query!(
            "select attempt_id, participant_id from submissions where round_id = $1 and attempt_id = any($2)",
            round.0,
            &ids
        )
        .fetch_all(self.pool())
        .await?;
        let owner = |id: Uuid, person| (AttemptId::from_bytes(id.into_bytes()), ParticipantId(person));
        Ok(rows
            .into_iter()
            .map(|row| owner(row.attempt_id, row.participant_id))
            .collect())
    }
}

fn stored(id: i64, number: i16, sheet: serde_json::Value) -> StoreResult<StoredCase> {
    Ok(StoredCase {
        id,
        number: expect(u16::try_from(number).ok(), "review_cases", "number", id)?,
        sheet: from_json(sheet, "review_cases", "sheet", id)?,
    })
}
