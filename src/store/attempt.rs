//! Attempts and submissions: look-ups.
//!
//! Owns reading their rows; writing them in batches is `writer`'s, and those that still run are `running`'s.

use super::partition::{by_round, may_exist, none_if_away, of_round};
use super::{Store, StoreResult, expect};
use crate::domain::attempt::{Attempt, How};
use crate::domain::ids::{AttemptId, ContestId, ParticipantId, RoundId};
use crate::domain::paper::Paper;
use crate::domain::question::QuestionId;
use crate::domain::response::Responses;
use crate::domain::scoring::Score;
use crate::domain::submission::Submission;
use sqlx::AssertSqlSafe;
use std::collections::{BTreeMap, HashMap};
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

/// How often a person has met each question.
pub type Seen = BTreeMap<QuestionId, u32>;

/// Latest papers of a person that count as seen.
const SEEN_PAPERS: i64 = 40;

/// The papers of a person in one round.
const PAPERS_OF: &str = "select a.paper, a.started_at from attempts_r# a
    where a.round_id = # and a.participant_id = wanted.participant_id";
/// The questions on the latest papers of several people; `PAPERS` stands for those of every round.
const SEEN_OF: &str = "select wanted.participant_id, latest.paper
    from unnest($1) as wanted (participant_id)
    cross join lateral (select papers.paper from (PAPERS) papers order by papers.started_at desc limit $2) latest";

#[derive(sqlx::FromRow)]
struct SeenRow {
    participant_id: i64,
    paper: String,
}

/// An attempt without its paper.
#[derive(sqlx::FromRow)]
struct LineRow {
    participant_id: i64,
    attempt_id: Uuid,
    number: i16,
    started_at: OffsetDateTime,
    deadline_at: OffsetDateTime,
    finished_at: Option<OffsetDateTime>,
    how: Option<String>,
    score: Option<i32>,
    correct: Option<i16>,
    total: Option<i16>,
    prediction: Option<i64>,
    duration_ms: Option<i64>,
}

impl LineRow {
    fn read(self) -> AttemptLine {
        let result = self.score.zip(self.correct).zip(self.total);
        AttemptLine {
            id: AttemptId::from_bytes(*self.attempt_id.as_bytes()),
            number: count(self.number),
            started_at: self.started_at,
            deadline: self.deadline_at,
            finished_at: self.finished_at,
            how: self.how.as_deref().and_then(How::parse),
            result: result.map(|((score, correct), total)| {
                (u32::try_from(score).unwrap_or(0), count(correct), count(total))
            }),
            prediction: self.prediction,
            duration_ms: self.duration_ms,
        }
    }
}

/// An attempt as it lies in the two tables.
#[derive(sqlx::FromRow)]
struct AttemptRow {
    attempt_id: Uuid,
    participant_id: i64,
    number: i16,
    started_at: OffsetDateTime,
    deadline_at: OffsetDateTime,
    paper: String,
    sequence: Option<i64>,
    received_at: Option<OffsetDateTime>,
    finished_at: Option<OffsetDateTime>,
    duration_ms: Option<i64>,
    how: Option<String>,
    responses: Option<String>,
    score: Option<i32>,
    correct: Option<i16>,
    total: Option<i16>,
    prediction: Option<i64>,
    receipt: Option<String>,
}

impl AttemptRow {
    fn read(self, id: AttemptId) -> StoreResult<StoredAttempt> {
        let participant = ParticipantId(self.participant_id);
        let paper = serde_json::from_str(&self.paper).ok();
        let attempt = Attempt {
            id,
            participant,
            number: count(self.number),
            started_at: self.started_at,
            deadline: self.deadline_at,
            paper: expect(paper, "attempts", "paper", id)?,
        };
        let Some(sequence) = self.sequence else {
            return Ok(StoredAttempt {
                attempt,
                submission: None,
            });
        };
        let responses = self.responses.and_then(|text| serde_json::from_str(&text).ok());
        let responses: Responses = expect(responses, "submissions", "responses", id)?;
        let submission = Submission {
            attempt: id,
            participant,
            number: attempt.number,
            sequence,
            received_at: expect(self.received_at, "submissions", "received_at", id)?,
            finished_at: expect(self.finished_at, "submissions", "finished_at", id)?,
            duration_ms: expect(self.duration_ms, "submissions", "duration_ms", id)?,
            how: expect(self.how.as_deref().and_then(How::parse), "submissions", "how", id)?,
            score: Score {
                points: u32::try_from(self.score.unwrap_or(0)).unwrap_or(0),
                correct: count(self.correct.unwrap_or(0)),
                answered: u16::try_from(responses.answered()).unwrap_or(u16::MAX),
                total: count(self.total.unwrap_or(0)),
            },
            responses,
            prediction: self.prediction,
            receipt: self.receipt.unwrap_or_default(),
        };
        Ok(StoredAttempt {
            attempt,
            submission: Some(submission),
        })
    }
}

impl Store {
    /// The attempt of that id with its submission.
    pub async fn find_attempt(&self, id: AttemptId) -> StoreResult<Option<StoredAttempt>> {
        let mut found = self.find_attempts(&[id]).await?;
        found.pop().map(|(_, stored)| stored).transpose()
    }

    /// The attempts of those ids that exist, in no order; one that cannot be read does not hide the others.
    ///
    /// Look-ups one by one, which `limit` keeps the database from turning into a join: of tables that were empty a moment ago
    /// it believes that reading them whole is as cheap.
    pub(super) async fn find_attempts(
        &self,
        ids: &[AttemptId],
    ) -> StoreResult<Vec<(AttemptId, StoreResult<StoredAttempt>)>> {
        let mut found = Vec::with_capacity(ids.len());
        for (round, uuids) in by_round(ids.iter().map(|id| (id.round(), uuid(*id)))) {
            if !may_exist(round) {
                continue;
            }
            let query = sqlx::query_as::<_, AttemptRow>(of_round(
                "select a.attempt_id, a.participant_id, a.number, a.started_at, a.deadline_at, a.paper,
                        s.sequence, s.received_at, s.finished_at, s.duration_ms, s.how, s.responses,
                        s.score, s.correct, s.total, s.prediction, s.receipt
                 from unnest($1) as wanted (attempt_id)
                 cross join lateral (select * from attempts_r#
                                     where round_id = # and attempt_id = wanted.attempt_id limit 1) a
                 left join lateral (select * from submissions_r#
                                    where round_id = # and attempt_id = a.attempt_id limit 1) s on true",
                round,
            ));
            let mut held = self.hold().await?;
            let rows = none_if_away(query.bind(uuids).fetch_all(held.connection()).await)?;
            held.keep();
            found.extend(rows.into_iter().map(|row| {
                let id = AttemptId::from_bytes(*row.attempt_id.as_bytes());
                (id, row.read(id))
            }));
        }
        Ok(found)
    }

    /// A person's attempts in one round, in order of number.
    pub async fn load_round_attempts(
        &self,
        round: RoundId,
        participant: ParticipantId,
    ) -> StoreResult<Vec<AttemptLine>> {
        let lines = self.load_attempts_of(&[(round, participant)]).await?;
        Ok(lines.into_iter().map(|(_, line)| line).collect())
    }

    /// The attempts of several people, each in one round, in order of number.
    pub(super) async fn load_attempts_of(
        &self,
        whose: &[(RoundId, ParticipantId)],
    ) -> StoreResult<Vec<((RoundId, ParticipantId), AttemptLine)>> {
        let mut lines = Vec::with_capacity(whose.len());
        for (round, people) in by_round(whose.iter().map(|(round, participant)| (*round, participant.0))) {
            let query = sqlx::query_as::<_, LineRow>(of_round(
                "select a.participant_id, a.attempt_id, a.number, a.started_at, a.deadline_at, s.finished_at, s.how,
                        s.score, s.correct, s.total, s.prediction, s.duration_ms
                 from unnest($1) as wanted (participant_id)
                 cross join lateral (select * from attempts_r#
                                     where round_id = # and participant_id = wanted.participant_id offset 0) a
                 left join lateral (select * from submissions_r#
                                    where round_id = # and attempt_id = a.attempt_id limit 1) s on true
                 order by a.number",
                round,
            ));
            let mut held = self.hold().await?;
            let rows = none_if_away(query.bind(people).fetch_all(held.connection()).await)?;
            held.keep();
            lines.extend(
                rows.into_iter()
                    .map(|row| ((round, ParticipantId(row.participant_id)), row.read())),
            );
        }
        Ok(lines)
    }

    /// How often each question stood on a person's papers in these rounds, for drawing the least seen first.
    pub async fn load_seen_questions(
        &self,
        rounds: &[RoundId],
        participant: ParticipantId,
    ) -> StoreResult<Seen> {
        let seen = self.load_seen_of(rounds, &[participant]).await?;
        Ok(seen.into_values().next().unwrap_or_default())
    }

    /// The same for several people. Only the latest papers of each count: beyond them everything has been seen, and the
    /// work for one start stays the same however often a person has started.
    pub(super) async fn load_seen_of(
        &self,
        rounds: &[RoundId],
        people: &[ParticipantId],
    ) -> StoreResult<HashMap<ParticipantId, Seen>> {
        let papers: Vec<String> = rounds.iter().map(|round| of_round(PAPERS_OF, *round).0).collect();
        if papers.is_empty() {
            return Ok(HashMap::new());
        }
        let people: Vec<i64> = people.iter().map(|participant| participant.0).collect();
        let text = SEEN_OF.replace("PAPERS", &papers.join(" union all "));
        let query = sqlx::query_as::<_, SeenRow>(AssertSqlSafe(text));
        let mut held = self.hold().await?;
        let query = query.bind(people).bind(SEEN_PAPERS);
        let rows = none_if_away(query.fetch_all(held.connection()).await)?;
        held.keep();
        let mut seen: HashMap<ParticipantId, Seen> = HashMap::new();
        for row in rows {
            let participant = ParticipantId(row.participant_id);
            let paper: Option<Paper> = serde_json::from_str(&row.paper).ok();
            let of_person = seen.entry(participant).or_default();
            for drawn in expect(paper, "attempts", "paper", participant)?.questions {
                *of_person.entry(drawn.question).or_insert(0) += 1;
            }
        }
        Ok(seen)
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

    /// Starts and submissions of each round of a contest so far: round, starts, submissions.
    pub async fn load_round_counts(&self, contest: ContestId) -> StoreResult<Vec<(RoundId, i64, i64)>> {
        let rows = sqlx::query!(
            "select round_id, s.starts, h.submissions
             from round_heads h join start_heads s using (round_id) join rounds r using (round_id)
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
