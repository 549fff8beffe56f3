//! What staff and reviews have written down about one participant, for the copy that the person takes away.
//!
//! Owns these reads, without the names of staff; what of it may be given is decided by `domain::own_records`.

use super::{Store, StoreResult, expect, from_json};
use crate::domain::case::Opinion;
use crate::domain::fair_play::CaseSheet;
use crate::domain::ids::{AttemptId, ContestId, ParticipantId, RoundId};
use crate::domain::vetting::Finding;
use std::collections::BTreeMap;
use time::OffsetDateTime;

/// A case sheet that shows attempts of the person, perhaps among those of others.
#[derive(Clone, PartialEq, Eq)]
pub struct OwnCase {
    /// Number over all reviews.
    pub id: i64,
    /// The round.
    pub round: RoundId,
    /// Number in its review.
    pub number: u16,
    /// When it was made.
    pub at: OffsetDateTime,
    /// What was seen.
    pub sheet: CaseSheet,
    /// What people found.
    pub findings: Vec<OwnFinding>,
    /// What entrants of the case answered; whose answer each is, is not kept.
    pub hearings: Vec<(String, OffsetDateTime)>,
}

// What people said must not reach a log by way of `{:?}`.
impl std::fmt::Debug for OwnCase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "OwnCase({}, ***)", self.id)
    }
}

/// What somebody found of a case.
#[derive(Clone, PartialEq, Eq)]
pub struct OwnFinding {
    /// What.
    pub opinion: Opinion,
    /// Innocent readings that were ruled out, as words of the program.
    pub ruled_out: Vec<String>,
    /// On what grounds.
    pub reason: String,
    /// When.
    pub at: OffsetDateTime,
}

impl std::fmt::Debug for OwnFinding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "OwnFinding({:?}, ***)", self.opinion)
    }
}

/// What was found when the person was checked for a prize.
#[derive(Clone, PartialEq, Eq)]
pub struct OwnVerification {
    /// The round.
    pub round: RoundId,
    /// What was found.
    pub finding: Finding,
    /// What was compared or heard.
    pub note: String,
    /// When.
    pub at: OffsetDateTime,
}

impl std::fmt::Debug for OwnVerification {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "OwnVerification({:?}, ***)", self.finding)
    }
}

impl Store {
    /// Every case sheet of these rounds that shows one of these attempts.
    pub async fn load_own_cases(
        &self,
        rounds: &[RoundId],
        attempts: &[AttemptId],
    ) -> StoreResult<Vec<OwnCase>> {
        let rounds: Vec<i32> = rounds.iter().map(|round| round.0).collect();
        let attempts: Vec<String> = attempts.iter().map(AttemptId::to_string).collect();
        let rows = sqlx::query!(
            "select c.case_id, v.round_id, c.number, v.made_at, c.sheet
             from review_cases c join reviews v on v.review_id = c.review_id
             where v.round_id = any($1)
               and exists (select from jsonb_array_elements(c.sheet->'entries') as entry (e) where e->>'attempt' = any($2))
             order by c.case_id",
            &rounds,
            &attempts
        )
        .fetch_all(self.pool())
        .await?;
        let ids: Vec<i64> = rows.iter().map(|row| row.case_id).collect();
        let (mut findings, mut hearings) = (self.own_findings(&ids).await?, self.own_hearings(&ids).await?);
        rows.into_iter()
            .map(|row| {
                let id = row.case_id;
                Ok(OwnCase {
                    id,
                    round: RoundId(row.round_id),
                    number: expect(u16::try_from(row.number).ok(), "review_cases", "number", id)?,
                    at: row.made_at,
                    sheet: from_json(row.sheet, "review_cases", "sheet", id)?,
                    findings: findings.remove(&id).unwrap_or_default(),
                    hearings: hearings.remove(&id).unwrap_or_default(),
                })
            })
            .collect()
    }

    async fn own_findings(&self, cases: &[i64]) -> StoreResult<BTreeMap<i64, Vec<OwnFinding>>> {
        let rows = sqlx::query!(
            "select finding_id, case_id, opinion, ruled_out, reason, at from case_findings
             where case_id = any($1) order by finding_id",
            cases
        )
        .fetch_all(self.pool())
        .await?;
        let mut found: BTreeMap<i64, Vec<OwnFinding>> = BTreeMap::new();
        for row in rows {
            let opinion = Opinion::parse(&row.opinion);
            found.entry(row.case_id).or_default().push(OwnFinding {
                opinion: expect(opinion, "case_findings", "opinion", row.finding_id)?,
                ruled_out: row.ruled_out,
                reason: row.reason,
                at: row.at,
            });
        }
        Ok(found)
    }

    async fn own_hearings(&self, cases: &[i64]) -> StoreResult<BTreeMap<i64, Vec<(String, OffsetDateTime)>>> {
        let rows = sqlx::query!(
            "select case_id, note, at from case_hearings where case_id = any($1) order by hearing_id",
            cases
        )
        .fetch_all(self.pool())
        .await?;
        let mut heard: BTreeMap<i64, Vec<(String, OffsetDateTime)>> = BTreeMap::new();
        for row in rows {
            heard.entry(row.case_id).or_default().push((row.note, row.at));
        }
        Ok(heard)
    }

    /// What was found when a person was checked for prizes of these rounds, the oldest first.
    pub async fn load_own_verifications(
        &self,
        rounds: &[RoundId],
        person: ParticipantId,
    ) -> StoreResult<Vec<OwnVerification>> {
        let rounds: Vec<i32> = rounds.iter().map(|round| round.0).collect();
        let rows = sqlx::query!(
            "select verification_id, round_id, finding, note, at from verifications
             where participant_id = $2 and round_id = any($1) order by verification_id",
            &rounds,
            person.0
        )
        .fetch_all(self.pool())
        .await?;
        rows.into_iter()
            .map(|row| {
                let finding = Finding::parse(&row.finding);
                Ok(OwnVerification {
                    round: RoundId(row.round_id),
                    finding: expect(finding, "verifications", "finding", row.verification_id)?,
                    note: row.note,
                    at: row.at,
                })
            })
            .collect()
    }

    /// Names of other people of a contest that stand in a text, whatever letters they are written in as far as the database
    /// knows them; one pass over the contest.
    pub async fn find_names_in(
        &self,
        contest: ContestId,
        but: ParticipantId,
        text: &str,
    ) -> StoreResult<Vec<String>> {
        let lower = text.to_lowercase();
        let rows = sqlx::query_scalar!(
            "select distinct full_name from participants
             where contest_id = $1 and participant_id <> $2 and erased_at is null
               and (position(full_name in $3) > 0 or position(lower(full_name) in $4) > 0)",
            contest.0,
            but.0,
            text,
            lower
        )
        .fetch_all(self.pool())
        .await?;
        Ok(rows)
    }
}
