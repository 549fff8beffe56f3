//! The group-commit writer: starts and submissions of many people in one transaction each.
//!
//! Owns batching, the dense numbers of a round and "first commit wins"; leaves what is written to `action`. A batch fills
//! while the one before it commits, so nobody waits for a timer. The work runs in tasks of its own: a caller that goes
//! away never cancels a write that has begun.

use super::{Store, StoreError, StoreResult};
use crate::domain::ids::{AttemptId, ParticipantId};
use crate::domain::submission::Submission;
use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use time::OffsetDateTime;
use tokio::sync::{Notify, mpsc, oneshot};
use uuid::Uuid;

/// Most rows in one transaction.
const BATCH: usize = 256;
/// Most requests that wait; beyond it callers are told to come back.
const QUEUE: usize = 50_000;

/// An attempt to be started.
#[derive(Debug, Clone)]
pub struct NewAttempt {
    /// Its id, which names its round.
    pub id: AttemptId,
    /// Whose.
    pub participant: ParticipantId,
    /// Which of the person's attempts.
    pub number: u16,
    /// When it starts.
    pub started_at: OffsetDateTime,
    /// When its time is up.
    pub deadline: OffsetDateTime,
    /// When the system finishes it by itself.
    pub check_at: OffsetDateTime,
    /// The paper as JSON.
    pub paper: String,
}

/// A submission to be kept.
#[derive(Debug, Clone)]
pub struct NewSubmission {
    /// The attempt.
    pub id: AttemptId,
    /// Whose.
    pub participant: ParticipantId,
    /// Which of the person's attempts.
    pub number: u16,
    /// Arrival.
    pub received_at: OffsetDateTime,
    /// Recorded finish.
    pub finished_at: OffsetDateTime,
    /// Recorded finish less start, milliseconds.
    pub duration_ms: i64,
    /// `submitted` or `timed_out`.
    pub how: &'static str,
    /// Responses as JSON.
    pub responses: String,
    /// Points.
    pub score: u32,
    /// Right answers.
    pub correct: u16,
    /// Questions.
    pub total: u16,
    /// Prediction.
    pub prediction: Option<i64>,
    /// Receipt code.
    pub receipt: String,
}

impl NewSubmission {
    /// The row of a submission, whose number the writer gives.
    ///
    /// # Errors
    /// When the responses cannot be written as JSON, which our own type always can.
    pub fn of(submission: &Submission) -> Result<Self, serde_json::Error> {
        Ok(Self {
            id: submission.attempt,
            participant: submission.participant,
            number: submission.number,
            received_at: submission.received_at,
            finished_at: submission.finished_at,
            duration_ms: submission.duration_ms,
            how: submission.how.name(),
            responses: serde_json::to_string(&submission.responses)?,
            score: submission.score.points,
            correct: submission.score.correct,
            total: submission.score.total,
            prediction: submission.prediction,
            receipt: submission.receipt.clone(),
        })
    }
}

/// What became of one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// Kept, with this dense number in its round.
    Kept(i64),
    /// Something was there first (the same row, another running attempt) or the round is sealed; re-read to learn which.
    NotKept,
}

/// Why a write has no known outcome or was not tried.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Too many wait already; nothing was written.
    #[error("the writer's queue is full")]
    Busy,
    /// The transaction failed or its answer was lost: re-read by attempt id.
    #[error("outcome unknown: {0}")]
    Unknown(String),
}

struct Job<T> {
    row: T,
    reply: oneshot::Sender<Result<Written, WriteError>>,
}

/// What the writer has done since it was started.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WriterCounts {
    /// Rows that wait or are being written.
    pub waiting: u64,
    /// Transactions tried.
    pub batches: u64,
    /// Rows answered.
    pub rows: u64,
}

/// Counts that the handles and the two tasks share.
#[derive(Debug, Default)]
struct Tally {
    accepted: AtomicU64,
    answered: AtomicU64,
    batches: AtomicU64,
    idle: Notify,
}

impl Tally {
    fn counts(&self) -> WriterCounts {
        // Answered is read first: read last it could be ahead of what was accepted by then.
        let rows = self.answered.load(Ordering::SeqCst);
        WriterCounts {
            waiting: self.accepted.load(Ordering::SeqCst).saturating_sub(rows),
            batches: self.batches.load(Ordering::SeqCst),
            rows,
        }
    }

    fn answered(&self, rows: usize) {
        self.batches.fetch_add(1, Ordering::SeqCst);
        self.answered.fetch_add(rows as u64, Ordering::SeqCst);
        if self.counts().waiting == 0 {
            self.idle.notify_waiters();
        }
    }
}

/// Handle to the writer's two queues; cheap to clone.
#[derive(Clone)]
pub struct Writer {
    starts: mpsc::Sender<Job<NewAttempt>>,
    submissions: mpsc::Sender<Job<NewSubmission>>,
    tally: Arc<Tally>,
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writer").finish_non_exhaustive()
    }
}

impl Writer {
    /// Starts the two writing tasks; they end when every handle is gone and their queues are empty.
    pub fn spawn(store: Store) -> Self {
        let (starts, start_jobs) = mpsc::channel(QUEUE);
        let (submissions, submission_jobs) = mpsc::channel(QUEUE);
        let tally = Arc::new(Tally::default());
        tokio::spawn(run(store.clone(), start_jobs, Arc::clone(&tally)));
        tokio::spawn(run(store, submission_jobs, Arc::clone(&tally)));
        Self {
            starts,
            submissions,
            tally,
        }
    }

    /// What has been done so far.
    pub fn counts(&self) -> WriterCounts {
        self.tally.counts()
    }

    /// Returns when every row handed over before has been answered.
    pub async fn flush(&self) {
        loop {
            // Made before looking, so that an end between the look and the wait is not missed.
            let idle = self.tally.idle.notified();
            if self.counts().waiting == 0 {
                return;
            }
            idle.await;
        }
    }

    /// Writes a start; answered after commit.
    pub async fn start(&self, row: NewAttempt) -> Result<Written, WriteError> {
        send(&self.starts, row, &self.tally).await
    }

    /// Writes a submission; answered after commit.
    pub async fn submit(&self, row: NewSubmission) -> Result<Written, WriteError> {
        send(&self.submissions, row, &self.tally).await
    }
}

async fn send<T>(queue: &mpsc::Sender<Job<T>>, row: T, tally: &Tally) -> Result<Written, WriteError> {
    let (reply, answer) = oneshot::channel();
    let place = queue.try_reserve().map_err(|_| WriteError::Busy)?;
    tally.accepted.fetch_add(1, Ordering::SeqCst);
    place.send(Job { row, reply });
    answer
        .await
        .unwrap_or_else(|_| Err(WriteError::Unknown("the writer stopped".to_owned())))
}

/// A kind of row that is written in batches.
trait Batch: Clone + Send + 'static {
    /// Its attempt.
    fn id(&self) -> AttemptId;
    /// Writes the rows in one transaction; returns those kept with their dense numbers.
    fn write(store: &Store, rows: &[Self]) -> impl Future<Output = StoreResult<Vec<(Uuid, i64)>>> + Send;
}

async fn run<T: Batch + Sync>(store: Store, mut jobs: mpsc::Receiver<Job<T>>, tally: Arc<Tally>) {
    let mut batch = Vec::with_capacity(BATCH);
    while jobs.recv_many(&mut batch, BATCH).await > 0 {
        let (rows, replies): (Vec<T>, Vec<_>) = batch.drain(..).map(|job| (job.row, job.reply)).unzip();
        let answers = write_batch(&store, &rows).await;
        for (reply, answer) in replies.into_iter().zip(answers) {
            // A caller that went away does not need its answer; the row is kept all the same.
            let _ = reply.send(answer);
        }
        tally.answered(rows.len());
    }
}

/// Writes all rows together; if the transaction fails, each on its own, so that one bad row does not take the others
/// with it.
async fn write_batch<T: Batch>(store: &Store, rows: &[T]) -> Vec<Result<Written, WriteError>> {
    match T::write(store, rows).await {
        Ok(kept) => {
            // Of several rows of one attempt the first is kept; the others were not, although its id is.
            let mut seen = HashSet::new();
            let outcomes = rows.iter().map(|row| match seen.insert(row.id()) {
                true => outcome(row, &kept),
                false => Written::NotKept,
            });
            outcomes.map(Ok).collect()
        }
        Err(error) if rows.len() > 1 => {
            tracing::warn!(rows = rows.len(), %error, "batch failed, rows are written one by one");
            let mut answers = Vec::with_capacity(rows.len());
            for row in rows {
                let one = T::write(store, std::slice::from_ref(row)).await;
                answers.push(
                    one.map(|kept| outcome(row, &kept))
                        .map_err(|error| unknown(&error)),
                );
            }
            answers
        }
        Err(error) => vec![Err(unknown(&error))],
    }
}

fn unknown(error: &StoreError) -> WriteError {
    WriteError::Unknown(error.to_string())
}

fn outcome<T: Batch>(row: &T, kept: &[(Uuid, i64)]) -> Written {
    let id = Uuid::from_bytes(*row.id().as_bytes());
    kept.iter()
        .find(|(kept, _)| *kept == id)
        .map_or(Written::NotKept, |(_, sequence)| Written::Kept(*sequence))
}

/// Locks the head rows of the rounds concerned, always in the same order. Every later statement of the transaction then
/// sees all that earlier batches committed.
async fn lock_heads(tx: &mut sqlx::PgConnection, rounds: &[i32]) -> StoreResult<()> {
    sqlx::query!(
        "select round_id from round_heads where round_id = any($1) order by round_id for update",
        rounds
    )
    .fetch_all(tx)
    .await?;
    Ok(())
}

fn rounds_of<T: Batch>(rows: &[T]) -> Vec<i32> {
    rows.iter().map(|row| row.id().round().0).collect()
}

fn ids_of<T: Batch>(rows: &[T]) -> Vec<Uuid> {
    rows.iter()
        .map(|row| Uuid::from_bytes(*row.id().as_bytes()))
        .collect()
}

fn column<T, C>(rows: &[T], value: impl Fn(&T) -> C) -> Vec<C> {
    rows.iter().map(value).collect()
}

fn small(number: u16) -> i16 {
    i16::try_from(number).unwrap_or(i16::MAX)
}

impl Batch for NewAttempt {
    fn id(&self) -> AttemptId {
        self.id
    }

    async fn write(store: &Store, rows: &[Self]) -> StoreResult<Vec<(Uuid, i64)>> {
        let mut tx = store.pool().begin().await?;
        let rounds = rounds_of(rows);
        lock_heads(&mut tx, &rounds).await?;
        let kept = sqlx::query!(
            r#"with wanted as (
                 select * from unnest($1::int[], $2::uuid[], $3::bigint[], $4::smallint[], $5::timestamptz[],
                                      $6::timestamptz[], $7::timestamptz[], $8::text[])
                   with ordinality as w(round_id, attempt_id, participant_id, number, started_at, deadline_at,
                                        check_at, paper, place)),
               fresh as (
                 select distinct on (w.round_id, w.participant_id) w.*, h.starts
                 from wanted w join round_heads h using (round_id)
                 where not h.sealed
                   and not exists (select from attempts a where a.round_id = w.round_id
                                   and a.participant_id = w.participant_id and a.number >= w.number)
                   and not exists (select from running r where r.round_id = w.round_id
                                   and r.participant_id = w.participant_id)
                 order by w.round_id, w.participant_id, w.place),
               kept as (
                 insert into attempts (round_id, attempt_id, participant_id, number, sequence, started_at,
                                       deadline_at, paper)
                 select round_id, attempt_id, participant_id, number,
                        starts + row_number() over (partition by round_id order by place),
                        started_at, deadline_at, paper::jsonb
                 from fresh
                 returning attempt_id, sequence),
               queued as (
                 insert into running (round_id, attempt_id, participant_id, check_at)
                 select round_id, attempt_id, participant_id, check_at from fresh),
               counted as (
                 update round_heads h set starts = h.starts + c.n
                 from (select round_id, count(*) as n from fresh group by round_id) c
                 where h.round_id = c.round_id)
               select attempt_id as "attempt_id!", sequence as "sequence!" from kept"#,
            &rounds,
            &ids_of(rows),
            &column(rows, |row| row.participant.0),
            &column(rows, |row| small(row.number)),
            &column(rows, |row| row.started_at),
            &column(rows, |row| row.deadline),
            &column(rows, |row| row.check_at),
            &column(rows, |row| row.paper.clone()),
        )
        .fetch_all(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(kept
            .into_iter()
            .map(|row| (row.attempt_id, row.sequence))
            .collect())
    }
}

impl Batch for NewSubmission {
    fn id(&self) -> AttemptId {
        self.id
    }

    async fn write(store: &Store, rows: &[Self]) -> StoreResult<Vec<(Uuid, i64)>> {
        let mut tx = store.pool().begin().await?;
        let rounds = rounds_of(rows);
        lock_heads(&mut tx, &rounds).await?;
        let kept = sqlx::query!(
            r#"with wanted as (
                 select * from unnest($1::int[], $2::uuid[], $3::bigint[], $4::smallint[], $5::timestamptz[],
                                      $6::timestamptz[], $7::bigint[], $8::text[], $9::text[], $10::int[],
                                      $11::smallint[], $12::smallint[], $13::bigint[], $14::text[])
                   with ordinality as w(round_id, attempt_id, participant_id, number, received_at, finished_at,
                                        duration_ms, how, responses, score, correct, total, prediction, receipt,
                                        place)),
               fresh as (
                 select distinct on (w.round_id, w.attempt_id) w.*, h.submissions
                 from wanted w join round_heads h using (round_id)
                 where not h.sealed
                   and not exists (select from submissions s where s.round_id = w.round_id
                                   and s.attempt_id = w.attempt_id)
                 order by w.round_id, w.attempt_id, w.place),
               kept as (
                 insert into submissions (round_id, attempt_id, participant_id, number, sequence, received_at,
                                          finished_at, duration_ms, how, responses, score, correct, total,
                                          prediction, receipt)
                 select round_id, attempt_id, participant_id, number,
                        submissions + row_number() over (partition by round_id order by place), received_at,
                        finished_at, duration_ms, how, responses::jsonb, score, correct, total, prediction, receipt
                 from fresh
                 returning attempt_id, sequence),
               done as (
                 delete from running r using fresh f
                 where r.round_id = f.round_id and r.attempt_id = f.attempt_id),
               counted as (
                 update round_heads h set submissions = h.submissions + c.n
                 from (select round_id, count(*) as n from fresh group by round_id) c
                 where h.round_id = c.round_id)
               select attempt_id as "attempt_id!", sequence as "sequence!" from kept"#,
            &rounds,
            &ids_of(rows),
            &column(rows, |row| row.participant.0),
            &column(rows, |row| small(row.number)),
            &column(rows, |row| row.received_at),
            &column(rows, |row| row.finished_at),
            &column(rows, |row| row.duration_ms),
            &column(rows, |row| row.how.to_owned()),
            &column(rows, |row| row.responses.clone()),
            &column(rows, |row| i32::try_from(row.score).unwrap_or(i32::MAX)),
            &column(rows, |row| small(row.correct)),
            &column(rows, |row| small(row.total)),
            &column(rows, |row| row.prediction) as &[Option<i64>],
            &column(rows, |row| row.receipt.clone()),
        )
        .fetch_all(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(kept
            .into_iter()
            .map(|row| (row.attempt_id, row.sequence))
            .collect())
    }
}
