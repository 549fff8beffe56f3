//! The group-commit writer: starts and submissions of many people in one transaction each.
//!
//! Owns the dense numbers of a round and "first commit wins"; leaves what is written to `action` and when a batch is full
//! to `crowd`. The work runs in tasks of its own: a caller that goes
//! away never cancels a write that has begun.

mod rows;

use super::crowd::Crowd;
use super::partition::of_round;
use super::{Store, StoreError, StoreResult};
use crate::domain::ids::{AttemptId, ParticipantId, RoundId};
use crate::domain::submission::Submission;
use std::collections::{BTreeMap, HashMap, HashSet};
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
    /// Where every row has a transaction of its own, which exists to be compared with.
    each: Option<Store>,
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
            each: None,
        }
    }

    /// One that writes every row in a transaction of its own as soon as it comes: what batches are measured against.
    pub fn each(store: Store) -> Self {
        Self {
            each: Some(store.clone()),
            ..Self::spawn(store)
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
        match &self.each {
            Some(store) => alone(store, row, &self.tally).await,
            None => send(&self.starts, row, &self.tally).await,
        }
    }

    /// Writes a submission; answered after commit.
    pub async fn submit(&self, row: NewSubmission) -> Result<Written, WriteError> {
        match &self.each {
            Some(store) => alone(store, row, &self.tally).await,
            None => send(&self.submissions, row, &self.tally).await,
        }
    }
}

/// A row on its own, in a task so that a caller who goes away does not cancel it.
async fn alone<T: Batch>(store: &Store, row: T, tally: &Arc<Tally>) -> Result<Written, WriteError> {
    let (store, tally) = (store.clone(), Arc::clone(tally));
    tally.accepted.fetch_add(1, Ordering::SeqCst);
    let written = tokio::spawn(async move {
        let kept = write(&store, row.id().round(), &[&row]).await;
        tally.answered(1);
        kept.map(|kept| outcome(&row, &kept))
            .map_err(|error| unknown(&error))
    });
    written
        .await
        .unwrap_or_else(|error| Err(WriteError::Unknown(error.to_string())))
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
trait Batch: Send + Sync + 'static {
    /// The statement that writes rows of the round `#` into its own tables.
    const WRITE: &'static str;
    /// Its attempt.
    fn id(&self) -> AttemptId;
    /// Hands over the columns of the rows as the statement numbers them.
    fn bind<'q>(query: KeptQuery<'q>, rows: &[&Self]) -> KeptQuery<'q>;
}

/// A statement that answers with the attempts kept and their dense numbers.
type KeptQuery<'q> = sqlx::query::QueryAs<'q, sqlx::Postgres, (Uuid, i64), sqlx::postgres::PgArguments>;

/// Writes rows of one round in one statement, which is one transaction; returns those kept with their dense numbers.
///
/// The statement sees what was committed before it began. Another instance may commit the same row meanwhile; the table's own
/// keys then refuse the whole batch, and its rows are written again one by one.
async fn write<T: Batch>(store: &Store, round: RoundId, rows: &[&T]) -> StoreResult<HashMap<Uuid, i64>> {
    let query = T::bind(sqlx::query_as(of_round(T::WRITE, round)), rows);
    let mut held = store.hold().await?;
    let kept = query.fetch_all(held.connection()).await?;
    held.keep();
    Ok(kept.into_iter().collect())
}

async fn run<T: Batch>(store: Store, mut jobs: mpsc::Receiver<Job<T>>, tally: Arc<Tally>) {
    let mut batch = Vec::with_capacity(BATCH);
    let mut crowd = Crowd::default();
    while crowd.gather(&mut jobs, &mut batch, BATCH).await > 0 {
        let size = batch.len();
        let mut by_round: BTreeMap<RoundId, Vec<Job<T>>> = BTreeMap::new();
        for job in batch.drain(..) {
            by_round.entry(job.row.id().round()).or_default().push(job);
        }
        for (round, jobs) in by_round {
            write_batch(&store, round, jobs).await;
        }
        tally.answered(size);
    }
}

/// Writes all rows of a round together; if that fails, each on its own, so that one bad row does not take the others
/// with it. A caller that went away does not need its answer; the row is kept all the same.
async fn write_batch<T: Batch>(store: &Store, round: RoundId, jobs: Vec<Job<T>>) {
    let rows: Vec<&T> = jobs.iter().map(|job| &job.row).collect();
    match write(store, round, &rows).await {
        Ok(kept) => {
            // Of several rows of one attempt the first is kept; the others were not, although its id is.
            let mut seen = HashSet::new();
            for Job { row, reply } in jobs {
                let outcome = match seen.insert(row.id()) {
                    true => outcome(&row, &kept),
                    false => Written::NotKept,
                };
                let _ = reply.send(Ok(outcome));
            }
        }
        Err(error) if jobs.len() > 1 => {
            tracing::warn!(rows = jobs.len(), %error, "batch failed, rows are written one by one");
            for Job { row, reply } in jobs {
                let one = write(store, round, &[&row]).await;
                let answer = one.map(|kept| outcome(&row, &kept));
                let _ = reply.send(answer.map_err(|error| unknown(&error)));
            }
        }
        Err(error) => {
            for job in jobs {
                let _ = job.reply.send(Err(unknown(&error)));
            }
        }
    }
}

fn unknown(error: &StoreError) -> WriteError {
    WriteError::Unknown(error.to_string())
}

fn outcome<T: Batch>(row: &T, kept: &HashMap<Uuid, i64>) -> Written {
    let id = Uuid::from_bytes(*row.id().as_bytes());
    kept.get(&id)
        .map_or(Written::NotKept, |sequence| Written::Kept(*sequence))
}
