//! PostgreSQL: all SQL of the program, and rows turned into domain values.
//!
//! Owns connections, transactions and what a stored row must look like; leaves every decision to `domain` and the order
//! of work to `action`. What is committed here is what has been accepted.

pub mod attempt;
pub mod audit;
pub mod catalog;
pub mod certificate;
pub mod console_reads;
pub mod contest_load;
pub mod correction;
mod crowd;
pub mod data_request;
pub mod decision;
pub mod emulation;
pub mod essay;
pub mod essay_desk;
pub mod exclusion;
pub mod expiry;
pub mod fair_play;
mod item_figures;
pub mod items;
mod lane;
pub mod live;
pub mod load;
pub mod media;
pub mod meeting;
pub mod own_data;
pub mod own_records;
pub mod pages;
pub mod paper_facts;
pub mod participant;
mod partition;
pub mod prediction;
pub mod published;
pub mod ranking;
pub mod reader;
pub mod replica;
pub mod results;
pub mod review;
pub mod round;
pub mod ruling;
mod running;
pub mod scoring;
pub mod set_history;
pub mod simulate;
pub mod spread;
pub mod staff;
pub mod tie;
pub mod vetting;
pub mod writer;

use lane::{Held, Lane};
use replica::Replica;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{PgConnection, PgPool, Postgres};
use std::sync::Arc;
use std::time::Duration;

/// An error of the database driver, for callers that must tell "away" from "refused".
pub use sqlx::Error as DatabaseError;

/// Every migration, compiled into the program.
pub static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!();

/// A failure of the database or of what is stored in it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused, was away, or took too long; the outcome of a write is then unknown.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// A stored row makes no sense: a fault of ours or of a hand in the database.
    #[error("stored {table}.{column} of {id} makes no sense")]
    Inconsistent {
        /// Table of the row.
        table: &'static str,
        /// Column that cannot be read.
        column: &'static str,
        /// Which row.
        id: String,
    },
}

impl StoreError {
    /// The name of the violated constraint, if that is what happened.
    pub fn constraint(&self) -> Option<&str> {
        match self {
            Self::Database(sqlx::Error::Database(error)) => error.constraint(),
            Self::Database(_) | Self::Inconsistent { .. } => None,
        }
    }

    /// Whether the database could not be reached or is full, as against having refused something: asking again later
    /// may work.
    pub fn is_away(&self) -> bool {
        use sqlx::Error as E;
        match self {
            Self::Database(
                E::Io(_) | E::PoolTimedOut | E::PoolClosed | E::WorkerCrashed | E::Protocol(_),
            ) => true,
            // 57P: shutting down or starting; 53300: too many connections; 53100: disk full; 55P03: lock not free in time.
            Self::Database(E::Database(error)) => error
                .code()
                .is_some_and(|code| code.starts_with("57P") || matches!(&*code, "53300" | "53100" | "55P03")),
            Self::Database(_) | Self::Inconsistent { .. } => false,
        }
    }
}

/// Result of a look-up or a change.
pub type StoreResult<T> = Result<T, StoreError>;

/// How the database plans the statements of a pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plans {
    /// Once for each statement and connection: right for look-ups by key in one table, whose best plan is always the same;
    /// planning them anew for each batch costs more than running them. Wrong for statements over the tables of all rounds,
    /// whose general plan opens every one of them.
    Once,
    /// As the database sees fit: right for statements whose best plan depends on how much there is, such as rankings.
    AsNeeded,
}

/// The connection pool.
#[derive(Debug, Clone)]
pub struct Store {
    pool: PgPool,
    lane: Option<Lane>,
    replica: Option<Replica>,
    held: Arc<media::HeldMedia>,
}

impl Store {
    /// Connects and checks that the server answers.
    pub async fn connect(url: &str, connections: u32, plans: Plans) -> StoreResult<Self> {
        let pool = pool_options(connections)
            .connect_with(connect_options(url, plans)?)
            .await?;
        Ok(Self::from_pool(pool))
    }

    /// Uses a pool made elsewhere, as tests do.
    pub fn from_pool(pool: PgPool) -> Self {
        Self {
            pool,
            lane: None,
            replica: None,
            held: Arc::default(),
        }
    }

    /// The same, its connections kept between statements: for a pool that nobody uses but the writer and the reader.
    #[must_use]
    pub fn kept(self) -> Self {
        let lane = Lane::new(self.pool.options().get_max_connections());
        Self {
            lane: Some(lane),
            ..self
        }
    }

    /// Applies the migrations that are missing.
    pub async fn migrate(&self) -> Result<(), sqlx::migrate::MigrateError> {
        MIGRATOR.run(&self.pool).await
    }

    /// Begins a transaction; nothing of it is kept unless [`Tx::commit`] is reached.
    pub async fn begin(&self) -> StoreResult<Tx> {
        Ok(Tx {
            inner: self.pool.begin().await?,
        })
    }

    /// Whether the server answers.
    pub async fn ping(&self) -> StoreResult<()> {
        sqlx::query("select 1").execute(&self.pool).await?;
        Ok(())
    }

    /// Waits until every connection is returned, then closes them; those to the replica at once.
    pub async fn close(&self) {
        if let Some(replica) = &self.replica {
            replica.close();
        }
        // Marked as closed first, so that nobody takes another one.
        let closing = self.pool.close();
        if let Some(lane) = &self.lane {
            lane.close();
        }
        closing.await;
    }

    /// A connection for one statement of the writer or the reader.
    async fn hold(&self) -> StoreResult<Held> {
        match &self.lane {
            Some(lane) => lane.hold(&self.pool).await,
            None => Ok(Held::of_pool(self.pool.acquire().await?)),
        }
    }

    /// The pool, for statements that need no transaction of their own.
    fn pool(&self) -> &PgPool {
        &self.pool
    }
}

/// What every connection is told.
fn connect_options(url: &str, plans: Plans) -> StoreResult<PgConnectOptions> {
    let options: PgConnectOptions = url.parse()?;
    let options = options.application_name("hoithi").options([
        ("lock_timeout", "5s"),
        ("idle_in_transaction_session_timeout", "60s"),
        ("timezone", "UTC"),
    ]);
    Ok(match plans {
        // A round opens with empty tables, and what is planned then holds for its whole first minute: a scan that costs
        // nothing in an empty table, or a join that reads all of it, would be repeated over every row that comes. What is
        // left are look-ups by key, one for each row of a batch.
        Plans::Once => options.options([
            ("plan_cache_mode", "force_generic_plan"),
            ("enable_seqscan", "off"),
            ("enable_hashjoin", "off"),
            ("enable_mergejoin", "off"),
            ("enable_material", "off"),
            ("enable_bitmapscan", "off"),
            ("jit", "off"),
        ]),
        Plans::AsNeeded => options,
    })
}

fn pool_options(connections: u32) -> PgPoolOptions {
    PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(10))
}

/// One transaction.
#[derive(Debug)]
pub struct Tx {
    inner: sqlx::Transaction<'static, Postgres>,
}

impl Tx {
    /// Keeps everything done in it.
    pub async fn commit(self) -> StoreResult<()> {
        Ok(self.inner.commit().await?)
    }

    fn conn(&mut self) -> &mut PgConnection {
        &mut self.inner
    }
}

/// A stored value that must be there and readable, or an error naming it.
#[expect(clippy::needless_pass_by_value, reason = "callers name rows by small copies")]
fn expect<T>(
    value: Option<T>,
    table: &'static str,
    column: &'static str,
    id: impl ToString,
) -> StoreResult<T> {
    value.ok_or_else(|| StoreError::Inconsistent {
        table,
        column,
        id: id.to_string(),
    })
}

/// Reads a JSON column into the type that wrote it.
fn from_json<T: serde::de::DeserializeOwned>(
    value: serde_json::Value,
    table: &'static str,
    column: &'static str,
    id: impl ToString,
) -> StoreResult<T> {
    expect(serde_json::from_value(value).ok(), table, column, id)
}

/// Writes a value as JSON; our own types always can be.
fn to_json(value: &impl serde::Serialize) -> serde_json::Value {
    serde_json::to_value(value).unwrap_or(serde_json::Value::Null)
}
