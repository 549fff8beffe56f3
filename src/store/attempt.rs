//! Attempts and submissions: look-ups, and the queue of those whose time is up.
//!
//! Owns their rows; writing them in batches is `writer`'s.

use super::{Store, StoreResult, expect, from_json};
use crate::domain::attempt::{Attempt, How};
use crate::domain::ids::{AttemptId, ContestId, ParticipantId, RoundId};
use crate::domain::scoring::Score;
use crate::domain::submission::Submission;
use time::OffsetDateTime;
use uuid::Uuid;

/// An attempt with its submission, if it is finished.
#[derive(Debug, Clone)]
pub struct StoredAttempt {
    /// The attempt.
    pub attempt: Attempt,
    /// Its finish; `None` while it runs.
    pub submission: Option<Submission>,
}

/// One line of "my attempts".
#[derive(Debug, Clone)]
pub struct AttemptLine {
    /// The attempt.
    pub id: AttemptId,
    /// Which of the person's attempts in the round.
    pub number: u16,
    /// Start.
    pub started_at: OffsetDateTime,
    /// Deadline.
    pub deadline: OffsetDateTime,
    /// Recorded finish; `None` while it runs.
    pub finished_at: Option<OffsetDateTime>,
    /// By whom it was finished.
    pub how: Option<How>,
    /// Points, right answers, questions.
    pub result: Option<(u32, u16, u16)>,
    /// Prediction given.
    pub prediction: Option<i64>,
    /// Time used, milliseconds.
    pub duration_ms: Option<i64>,
}

/// What a receipt proves.
#[derive(Debug, Clone)]
pub struct ReceiptLine {
    /// The round.
    pub round: RoundId,
    /// Recorded finish.
    pub finished_at: OffsetDateTime,
}

fn uuid(id: AttemptId) -> Uuid {
    Uuid::from_bytes(*id.as_bytes())
}

fn count(number: i16) -> u16 {
    u16::try_from(number).unwrap_or(0)
}

impl Store {
    /// The attempt of that id with its submission.
    pub async fn find_attempt(&self, id: AttemptId) -> StoreResult<Option<StoredAttempt>> {
        let row = sqlx::query!(
            r#"select a.participant_id, a.number, a.started_at, a.deadline_at, a.paper,
                      s.sequence as "sequence?", s.received_at as "received_at?", s.finished_at as "finished_at?",
                      s.duration_ms as "duration_ms?", s.how as "how?", s.responses as "responses?",
                      s.score as "score?", s.correct as "correct?", s.total as "total?", s.prediction,
                      s.receipt as "receipt?"
               from attempts a left join submissions s using (round_id, attempt_id)
               where a.round_id = $1 and a.attempt_id = $2"#,
            id.round().0,
            uuid(id)
        )
        .fetch_optional(self.pool())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let participant = ParticipantId(row.participant_id);
        let attempt = Attempt {
            id,
            participant,
            number: count(row.number),
            started_at: row.started_at,
            deadline: row.deadline_at,
            paper: from_json(row.paper, "attempts", "paper", id)?,
        };
        let Some(sequence) = row.sequence else {
            return Ok(Some(StoredAttempt {
                attempt,
                submission: None,
            }));
        };
        let need = |column| move |value: Option<i64>| expect(value, "submissions", column, id);
        let responses = expect(row.responses, "submissions", "responses", id)?;
        let responses: crate::domain::response::Responses =
            from_json(responses, "submissions", "responses", id)?;
        let answered = u16::try_from(responses.answered()).unwrap_or(u16::MAX);
        let submission = Submission {
            attempt: id,
            participant,
            number: attempt.number,
            sequence,
            received_at: expect(row.received_at, "submissions", "received_at", id)?,
            finished_at: expect(row.finished_at, "submissions", "finished_at", id)?,
            duration_ms: need("duration_ms")(row.duration_ms)?,
            how: expect(row.how.as_deref().and_then(How::parse), "submissions", "how", id)?,
            responses,
            score: Score {
                points: u32::try_from(row.score.unwrap_or(0)).unwrap_or(0),
                correct: count(row.correct.unwrap_or(0)),
                answered,
                total: count(row.total.unwrap_or(0)),
            },
            prediction: row.prediction,
            receipt: row.receipt.unwrap_or_default(),
        };
        Ok(Some(StoredAttempt {
            attempt,
            submission: Some(submission),
        }))
    }

    /// A person's attempts in one round, in order of number.
    pub async fn load_round_attempts(
        &self,
        round: RoundId,
        participant: ParticipantId,
    ) -> StoreResult<Vec<AttemptLine>> {
        let rows = sqlx::query!(
            r#"select a.attempt_id, a.number, a.started_at, a.deadline_at, s.finished_at as "finished_at?",
                      s.how as "how?", s.score as "score?", s.correct as "correct?", s.total as "total?",
                      s.prediction, s.duration_ms as "duration_ms?"
               from attempts a left join submissions s using (round_id, attempt_id)
               where a.round_id = $1 and a.participant_id = $2 order by a.number"#,
            round.0,
            participant.0
        )
        .fetch_all(self.pool())
        .await?;
        Ok(rows
            .into_iter()
            .map(|row| AttemptLine {
                id: AttemptId::from_bytes(*row.attempt_id.as_bytes()),
                number: count(row.number),
                started_at: row.started_at,
                deadline: row.deadline_at,
                finished_at: row.finished_at,
                how: row.how.as_deref().and_then(How::parse),
                result: row
                    .score
                    .zip(row.correct)
                    .zip(row.total)
                    .map(|((score, correct), total)| {
                        (u32::try_from(score).unwrap_or(0), count(correct), count(total))
                    }),
                prediction: row.prediction,
                duration_ms: row.duration_ms,
            })
            .collect())
    }

    /// How often each question stood on a person's papers in a contest, for drawing the least seen first.
    pub async fn load_seen_questions(
        &self,
        rounds: &[RoundId],
        participant: ParticipantId,
    ) -> StoreResult<std::collections::BTreeMap<crate::domain::question::QuestionId, u32>> {
        let rounds: Vec<i32> = rounds.iter().map(|round| round.0).collect();
        let rows = sqlx::query!(
            r#"select q->>'q' as "question!", count(*) as "times!"
               from attempts a, jsonb_array_elements(a.paper->'questions') q
               where a.round_id = any($1) and a.participant_id = $2 group by 1"#,
            &rounds,
            participant.0
        )
        .fetch_all(self.pool())
        .await?;
        let seen = |times: i64| u32::try_from(times).unwrap_or(u32::MAX);
        Ok(rows
            .into_iter()
            .map(|row| (crate::domain::question::QuestionId(row.question), seen(row.times)))
            .collect())
    }

    /// The submission with that receipt code in any of these rounds.
    pub async fn find_receipt(&self, receipt: &str) -> StoreResult<Option<ReceiptLine>> {
        let row = sqlx::query!(
            "select round_id, finished_at from submissions where receipt = $1 limit 1",
            receipt
        )
        .fetch_optional(self.pool())
        .await?;
        Ok(row.map(|row| ReceiptLine {
            round: RoundId(row.round_id),
            finished_at: row.finished_at,
        }))
    }

    /// Takes up to `limit` attempts whose time is up and which no other instance works on, until `lease_until`.
    pub async fn lease_due(
        &self,
        now: OffsetDateTime,
        lease_until: OffsetDateTime,
        limit: i64,
    ) -> StoreResult<Vec<AttemptId>> {
        let rows = sqlx::query!(
            "update running set leased_until = $2
             where (round_id, attempt_id) in (
               select round_id, attempt_id from running
               where check_at <= $1 and (leased_until is null or leased_until <= $1)
               order by check_at limit $3 for update skip locked)
             returning attempt_id",
            now,
            lease_until,
            limit
        )
        .fetch_all(self.pool())
        .await?;
        Ok(rows
            .into_iter()
            .map(|row| AttemptId::from_bytes(*row.attempt_id.as_bytes()))
            .collect())
    }

    /// Attempts of a round that still run, with the moment at which the last of them is finished by the system.
    pub async fn count_running(&self, round: RoundId) -> StoreResult<(i64, Option<OffsetDateTime>)> {
        let row = sqlx::query!(
            r#"select count(*) as "n!", max(check_at) as last from running where round_id = $1"#,
            round.0
        )
        .fetch_one(self.pool())
        .await?;
        Ok((row.n, row.last))
    }

    /// Attempts of all rounds that still run.
    pub async fn count_all_running(&self) -> StoreResult<i64> {
        let row = sqlx::query!(r#"select count(*) as "n!" from running"#)
            .fetch_one(self.pool())
            .await?;
        Ok(row.n)
    }

    /// Running attempts of a round, at most `limit`, for closing it before its time.
    pub async fn load_running(&self, round: RoundId, limit: i64) -> StoreResult<Vec<AttemptId>> {
        let rows = sqlx::query!(
            "select attempt_id from running where round_id = $1 limit $2",
            round.0,
            limit
        )
        .fetch_all(self.pool())
        .await?;
        Ok(rows
            .into_iter()
            .map(|row| AttemptId::from_bytes(*row.attempt_id.as_bytes()))
            .collect())
    }

    /// Starts and submissions of each round of a contest so far: round, starts, submissions.
    pub async fn load_round_counts(&self, contest: ContestId) -> StoreResult<Vec<(RoundId, i64, i64)>> {
        let rows = sqlx::query!(
            "select h.round_id, h.starts, h.submissions from round_heads h join rounds r using (round_id)
             where r.contest_id = $1 order by r.number",
            contest.0
        )
        .fetch_all(self.pool())
        .await?;
        Ok(rows
            .into_iter()
            .map(|row| (RoundId(row.round_id), row.starts, row.submissions))
            .collect())
    }
}
