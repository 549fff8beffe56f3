//! What is known of candidates for a prize, what staff found, and the register of complaints.
//!
//! Owns those rows; which facts deserve a look is said by `domain::vetting`.

use super::{Store, StoreResult, Tx, expect};
use crate::domain::ids::{ContestId, ParticipantId, RoundId};
use crate::domain::vetting::{CandidateFacts, Finding};
use std::collections::BTreeMap;
use time::{Date, OffsetDateTime};

/// A finding as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// Who was checked.
    pub person: ParticipantId,
    /// What was found.
    pub finding: Finding,
    /// What was compared or heard.
    pub note: String,
    /// When.
    pub at: OffsetDateTime,
    /// By whom.
    pub by: String,
}

/// A complaint to enter.
#[derive(Debug, Clone)]
pub struct NewComplaint<'a> {
    /// Contest.
    pub contest: ContestId,
    /// Round.
    pub round: RoundId,
    /// Day on which it came.
    pub received_on: Date,
    /// Last day for the answer.
    pub due_on: Date,
    /// Who complains.
    pub complainant: &'a str,
    /// Where the answer is sent.
    pub contact: &'a str,
    /// What it says.
    pub about: &'a str,
}

/// A complaint in the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    /// Number in the register.
    pub id: i64,
    /// Day on which it came.
    pub received_on: Date,
    /// Last day for the answer.
    pub due_on: Date,
    /// Who complains.
    pub complainant: String,
    /// Where the answer is sent.
    pub contact: String,
    /// What it says.
    pub about: String,
    /// Who entered it.
    pub noted_by: String,
    /// The final answer, once there is one.
    pub answer: Option<ComplaintAnswer>,
}

/// The final answer to a complaint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComplaintAnswer {
    /// `upheld`, `partly` or `dismissed`.
    pub finding: String,
    /// Its grounds.
    pub text: String,
    /// When.
    pub at: OffsetDateTime,
    /// Who signed it.
    pub by: String,
}

impl Tx {
    /// Keeps a finding.
    pub async fn insert_verification(&mut self, round: RoundId, found: &Verification) -> StoreResult<()> {
        sqlx::query!(
            "insert into verifications (round_id, participant_id, finding, note, at, by)
             values ($1, $2, $3, $4, $5, $6)",
            round.0,
            found.person.0,
            found.finding.name(),
            found.note,
            found.at,
            found.by
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Enters a complaint; returns its number.
    pub async fn insert_complaint(
        &mut self,
        new: &NewComplaint<'_>,
        at: OffsetDateTime,
        by: &str,
    ) -> StoreResult<i64> {
        let row = sqlx::query!(
            "insert into complaints (contest_id, round_id, received_on, due_on, complainant, contact, about, noted_at, noted_by)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning complaint_id",
            new.contest.0,
            new.round.0,
            new.received_on,
            new.due_on,
            new.complainant,
            new.contact,
            new.about,
            at,
            by
        )
        .fetch_one(self.conn())
        .await?;
        Ok(row.complaint_id)
    }

    /// Enters the final answer to a complaint of a round; `false` if it has one or does not exist.
    pub async fn answer_complaint(
        &mut self,
        round: RoundId,
        id: i64,
        answer: &ComplaintAnswer,
    ) -> StoreResult<bool> {
        let done = sqlx::query!(
            "update complaints set finding = $3, answer = $4, answered_at = $5, answered_by = $6
             where complaint_id = $1 and round_id = $2 and finding is null",
            id,
            round.0,
            answer.finding,
            answer.text,
            answer.at,
            answer.by
        )
        .execute(self.conn())
        .await?;
        Ok(done.rows_affected() == 1)
    }
}

impl Store {
    /// What the records say of people. Equal names are looked for in one pass over the contest.
    pub async fn load_candidate_facts(
        &self,
        contest: ContestId,
        people: &[ParticipantId],
    ) -> StoreResult<BTreeMap<ParticipantId, CandidateFacts>> {
        let ids: Vec<i64> = people.iter().map(|person| person.0).collect();
        let rows = sqlx::query!(
            r#"with candidate as (
                select participant_id, lower(full_name) as name, birth_date, national_id_hash, lower(email) as email,
                    guardian_name, consent_publish, excluded_reason, prize_bar
                from participants where contest_id = $1 and participant_id = any($2)
            ), others as (
                select c.participant_id,
                    count(*) filter (where p.national_id_hash = c.national_id_hash) as same_id,
                    count(*) filter (where lower(p.full_name) = c.name and p.birth_date = c.birth_date) as same_name,
                    count(*) filter (where lower(p.email) = c.email) as same_email
                from candidate c join participants p on p.contest_id = $1 and p.participant_id <> c.participant_id
                    and (p.national_id_hash = c.national_id_hash or p.birth_date = c.birth_date
                         or lower(p.email) = c.email)
                group by c.participant_id
            )
            select participant_id, birth_date, guardian_name is not null as "has_guardian!", consent_publish,
                excluded_reason, prize_bar, coalesce(same_id, 0) as "same_id!", coalesce(same_name, 0) as "same_name!",
                coalesce(same_email, 0) as "same_email!",
                (select count(*) from person_corrections c where c.participant_id = candidate.participant_id
                     and c.detail <> 'consent_publish')
                    as "corrected!"
            from candidate left join others using (participant_id)"#,
            contest.0,
            &ids
        )
        .fetch_all(self.pool())
        .await?;
        let facts = rows.into_iter().map(|row| {
            let facts = CandidateFacts {
                birth_date: row.birth_date,
                has_guardian: row.has_guardian,
                consent_publish: row.consent_publish,
                excluded_reason: row.excluded_reason,
                prize_bar: row.prize_bar,
                same_national_id: row.same_id,
                same_name_and_birth: row.same_name,
                same_email: row.same_email,
                corrected: row.corrected,
            };
            (ParticipantId(row.participant_id), facts)
        });
        Ok(facts.collect())
    }

    /// Every finding about people of a round, the oldest first.
    pub async fn list_verifications(&self, round: RoundId) -> StoreResult<Vec<Verification>> {
        let rows = sqlx::query!(
            "select verification_id, participant_id, finding, note, at, by from verifications
             where round_id = $1 order by verification_id",
            round.0
        )
        .fetch_all(self.pool())
        .await?;
        rows.into_iter()
            .map(|row| {
                let finding = Finding::parse(&row.finding);
                Ok(Verification {
                    person: ParticipantId(row.participant_id),
                    finding: expect(finding, "verifications", "finding", row.verification_id)?,
                    note: row.note,
                    at: row.at,
                    by: row.by,
                })
            })
            .collect()
    }

    /// The register of a round: open ones first, by the day they are due; at most `limit`.
    pub async fn list_complaints(&self, round: RoundId, limit: i64) -> StoreResult<Vec<Complaint>> {
        let rows = sqlx::query!(
            "select complaint_id, received_on, due_on, complainant, contact, about, noted_by, finding, answer,
                answered_at, answered_by
             from complaints where round_id = $1
             order by finding is not null, due_on, complaint_id limit $2",
            round.0,
            limit
        )
        .fetch_all(self.pool())
        .await?;
        let complaints = rows.into_iter().map(|row| {
            let signed = row.answered_at.zip(row.answered_by);
            let said = row.finding.zip(row.answer);
            Complaint {
                id: row.complaint_id,
                received_on: row.received_on,
                due_on: row.due_on,
                complainant: row.complainant,
                contact: row.contact,
                about: row.about,
                noted_by: row.noted_by,
                answer: said
                    .zip(signed)
                    .map(|((finding, text), (at, by))| ComplaintAnswer {
                        finding,
                        text,
                        at,
                        by,
                    }),
            }
        });
        Ok(complaints.collect())
    }
}
