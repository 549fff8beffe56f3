//! Rows that are committed before they are answered: many in one transaction, or each in its own.

use sqlx::PgPool;
use sqlx::postgres::PgPoolOptions;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Semaphore, mpsc, oneshot};

/// Rows of a transaction.
const BATCH: usize = 256;
/// Transactions at a time.
const AT_ONCE: usize = 2;
/// Entries that may wait.
const WAITING: usize = 65_536;

/// How entries are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Mode {
    /// Whatever waits is written in one transaction.
    Batched,
    /// One transaction for each.
    Each,
}

/// A finished entry.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) person: i64,
    pub(crate) score: i16,
    pub(crate) prediction: i32,
    pub(crate) milliseconds: i32,
    pub(crate) answers: String,
}

type Waiting = (Entry, oneshot::Sender<bool>);

/// The way into the database.
pub(crate) struct Writer {
    pool: PgPool,
    mode: Mode,
    queue: mpsc::Sender<Waiting>,
}

const TABLE: &str = "create table if not exists baseline_entries (
    entry_id bigint generated always as identity primary key,
    person bigint not null, score smallint not null, prediction integer not null,
    milliseconds integer not null, answers text not null)";
const ONE: &str = "insert into baseline_entries (person, score, prediction, milliseconds, answers)
    values ($1, $2, $3, $4, $5)";
const MANY: &str = "insert into baseline_entries (person, score, prediction, milliseconds, answers)
    select * from unnest($1::bigint[], $2::smallint[], $3::integer[], $4::integer[], $5::text[])";

impl Writer {
    pub(crate) async fn start(url: &str, connections: u32, mode: Mode, wait_ms: u64) -> sqlx::Result<Self> {
        let pool = PgPoolOptions::new()
            .max_connections(connections)
            .min_connections(connections)
            .acquire_timeout(Duration::from_secs(60))
            .test_before_acquire(false)
            .connect(url)
            .await?;
        sqlx::query(TABLE).execute(&pool).await?;
        let (queue, waiting) = mpsc::channel(WAITING);
        tokio::spawn(batches(pool.clone(), waiting, Duration::from_millis(wait_ms)));
        Ok(Self { pool, mode, queue })
    }

    /// Writes an entry; whether it is committed.
    pub(crate) async fn write(&self, entry: Entry) -> bool {
        match self.mode {
            Mode::Each => {
                let Entry {
                    person,
                    score,
                    prediction,
                    milliseconds,
                    answers,
                } = entry;
                let row = sqlx::query(ONE)
                    .bind(person)
                    .bind(score)
                    .bind(prediction)
                    .bind(milliseconds)
                    .bind(answers);
                row.execute(&self.pool).await.is_ok()
            }
            Mode::Batched => {
                let (answer, answered) = oneshot::channel();
                self.queue.send((entry, answer)).await.is_ok() && answered.await.unwrap_or(false)
            }
        }
    }
}

/// While a batch commits, the next one fills.
async fn batches(pool: PgPool, mut waiting: mpsc::Receiver<Waiting>, wait: Duration) {
    let places = Arc::new(Semaphore::new(AT_ONCE));
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else {
            return;
        };
        let mut batch = Vec::with_capacity(BATCH);
        if waiting.recv_many(&mut batch, BATCH).await == 0 {
            return;
        }
        if !wait.is_zero() {
            tokio::time::sleep(wait).await;
            while batch.len() < BATCH {
                let Ok(one) = waiting.try_recv() else { break };
                batch.push(one);
            }
        }
        let pool = pool.clone();
        tokio::spawn(async move {
            commit(&pool, batch).await;
            drop(place);
        });
    }
}

async fn commit(pool: &PgPool, batch: Vec<Waiting>) {
    let column = |of: fn(&Entry) -> i32| batch.iter().map(|(entry, _)| of(entry)).collect::<Vec<_>>();
    let people: Vec<i64> = batch.iter().map(|(entry, _)| entry.person).collect();
    let scores: Vec<i16> = batch.iter().map(|(entry, _)| entry.score).collect();
    let answers: Vec<&str> = batch.iter().map(|(entry, _)| entry.answers.as_str()).collect();
    let rows = sqlx::query(MANY)
        .bind(people)
        .bind(scores)
        .bind(column(|entry| entry.prediction))
        .bind(column(|entry| entry.milliseconds))
        .bind(answers);
    let done = rows.execute(pool).await.is_ok();
    for (_, answer) in batch {
        // Whoever does not wait any more has gone.
        let _ = answer.send(done);
    }
}
