//! What is known of candidates for a prize, what staff found, and the register of complaints.
//!
//! Owns those rows; which facts deserve a look is said by `domain::vetting`.

use super::{Store, StoreResult, Tx, expect};
use crate::domain::ids::{ContestId, ParticipantId, RoundId};
use crate::domain::vetting::{CandidateFacts, Finding};
use std::collections::BTreeMap;
use time::{Date, OffsetDateTime};

/// A finding as kept.
#[derive(Clone, PartialEq, Eq)]
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
#[derive(Clone)]
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
#[derive(Clone, PartialEq, Eq)]
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
#[derive(Clone, PartialEq, Eq)]
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

/// A complaint with its place in the register of the contest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisteredComplaint {
    /// Round complained about.
    pub round: RoundId,
    /// When it was entered.
    pub noted_at: OffsetDateTime,
    /// The complaint.
    pub complaint: Complaint,
}

// What people complain about, and who they are, must not reach a log by way of `{:?}`.
impl std::fmt::Debug for NewComplaint<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NewComplaint(***)")
    }
}

impl std::fmt::Debug for Complaint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Complaint({}, ***)", self.id)
    }
}

impl std::fmt::Debug for ComplaintAnswer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ComplaintAnswer({}, ***)", self.finding)
    }
}

impl std::fmt::Debug for Verification {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Verification({}, {:?}, ***)", self.person, self.finding)
    }
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
        let rows = sqlx::query_as!(
            ComplaintRow,
            "select complaint_id, round_id, received_on, due_on, complainant, contact, about, noted_at, noted_by, finding,
                answer, answered_at, answered_by
             from complaints where round_id = $1
             order by finding is not null, due_on, complaint_id limit $2",
            round.0,
            limit
        )
        .fetch_all(self.pool())
        .await?;
        Ok(rows.into_iter().map(ComplaintRow::read).collect())
    }

    /// The register of a round, or of all rounds of a contest, in the order of numbers; at most `limit`.
    pub async fn load_complaint_register(
        &self,
        contest: ContestId,
        round: Option<RoundId>,
        limit: i64,
    ) -> StoreResult<Vec<RegisteredComplaint>> {
        let rows = sqlx::query_as!(
            ComplaintRow,
            "select complaint_id, round_id, received_on, due_on, complainant, contact, about, noted_at, noted_by, finding,
                answer, answered_at, answered_by
             from complaints where contest_id = $1 and ($2::int is null or round_id = $2)
             order by complaint_id limit $3",
            contest.0,
            round.map(|round| round.0),
            limit
        )
        .fetch_all(self.pool())
        .await?;
        let registered = rows.into_iter().map(|row| RegisteredComplaint {
            round: RoundId(row.round_id),
            noted_at: row.noted_at,
            complaint: row.read(),
        });
        Ok(registered.collect())
    }
}

/// The columns of a complaint.
struct ComplaintRow {
    complaint_id: i64,
    round_id: i32,
    received_on: Date,
    due_on: Date,
    complainant: String,
    contact: String,
    about: String,
    noted_at: OffsetDateTime,
    noted_by: String,
    finding: Option<String>,
    answer: Option<String>,
    answered_at: Option<OffsetDateTime>,
    answered_by: Option<String>,
}

impl ComplaintRow {
    fn read(self) -> Complaint {
        let signed = self.answered_at.zip(self.answered_by);
        let said = self.finding.zip(self.answer);
        Complaint {
            id: self.complaint_id,
            received_on: self.received_on,
            due_on: self.due_on,
            complainant: self.complainant,
            contact: self.contact,
            about: self.about,
            noted_by: self.noted_by,
            answer: said
                .zip(signed)
                .map(|((finding, text), (at, by))| ComplaintAnswer {
                    finding,
                    text,
                    at,
                    by,
                }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};

    #[test]
    fn what_people_wrote_is_not_in_what_a_log_would_print() {
        let complaint = Complaint {
            id: 7,
            received_on: date!(2033 - 06 - 06),
            due_on: date!(2033 - 06 - 16),
            complainant: "Hoàng Văn Khiếu".to_owned(),
            contact: "0987654321".to_owned(),
            about: "Điểm thấp".to_owned(),
            noted_by: "Hoa".to_owned(),
            answer: Some(ComplaintAnswer {
                finding: "dismissed".to_owned(),
                text: "Đã chấm lại".to_owned(),
                at: datetime!(2033-06-07 00:00 UTC),
                by: "Bình".to_owned(),
            }),
        };
        let new = NewComplaint {
            contest: ContestId(1),
            round: RoundId(1),
            received_on: complaint.received_on,
            due_on: complaint.due_on,
            complainant: &complaint.complainant,
            contact: &complaint.contact,
            about: &complaint.about,
        };
        let found = Verification {
            person: ParticipantId(3),
            finding: Finding::Doubtful,
            note: "Đã gọi 0912".to_owned(),
            at: datetime!(2033-06-07 00:00 UTC),
            by: "Hoa".to_owned(),
        };
        let printed = format!("{complaint:?} {:?} {new:?} {found:?}", complaint.answer);
        for secret in ["Khiếu", "0987", "thấp", "chấm", "0912"] {
            assert!(!printed.contains(secret), "{secret}: {printed}");
        }
        assert!(
            printed.contains("Complaint(7"),
            "the number tells which: {printed}"
        );
    }
}
