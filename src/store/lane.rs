//! Connections that stay with those who use them all the time.
//!
//! Owns keeping them between two statements. The pool asks the database whether a connection lives each time one is taken
//! and each time it is given back: two more round trips for every statement, which is most of what a short one costs. Here
//! it is asked only after a pause, in which a server may have been restarted unnoticed.
//!
//! Their statements are planned once (`Plans::Once`), and a plan is as good as what was known of the tables then: of those of
//! a round that opens, nothing. So plans are forgotten every now and then, often at first.

use super::StoreResult;
use sqlx::pool::PoolConnection;
use sqlx::{Connection, PgConnection, PgPool, Postgres};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// A connection that was used so recently is not asked whether it lives.
const FRESH: Duration = Duration::from_secs(1);
/// Uses after which a connection forgets its plans for the first time; the next time after twice as many.
const FIRST_PLANS: u32 = 64;
/// Uses after which it does so again and again: planning ten statements anew takes about 3 ms.
const PLANS: u32 = 4_096;

/// Connections of one kind of use; cheap to clone.
#[derive(Debug, Clone)]
pub(super) struct Lane {
    /// As many as the pool has, so that nobody waits for the pool while connections lie here.
    room: Arc<Semaphore>,
    kept: Arc<Mutex<Kept>>,
}

#[derive(Debug, Default)]
struct Kept {
    connections: Vec<Resting>,
    closed: bool,
}

#[derive(Debug)]
struct Resting {
    connection: PoolConnection<Postgres>,
    since: Instant,
    uses: u32,
}

impl Resting {
    /// Whether its plans were made when the tables were so much smaller that others may be right now.
    const fn has_old_plans(&self) -> bool {
        self.uses >= FIRST_PLANS && (self.uses.is_power_of_two() || self.uses.is_multiple_of(PLANS))
    }
}

/// A connection in use. It is kept for the next one only if [`Held::keep`] is reached: after a failure, or when its user went
/// away in the middle, the pool looks after it.
#[derive(Debug)]
pub(super) struct Held {
    connection: PoolConnection<Postgres>,
    uses: u32,
    kept: Option<Doubt>,
    _place: Option<OwnedSemaphorePermit>,
}

/// While a statement goes on it may fail, and what fails on one connection may have ended the others too: then all that are
/// kept go back to the pool, which looks whether they live.
#[derive(Debug)]
struct Doubt {
    kept: Arc<Mutex<Kept>>,
    is_over: bool,
}

impl Drop for Doubt {
    fn drop(&mut self) {
        if !self.is_over {
            lock(&self.kept).connections.clear();
        }
    }
}

impl Lane {
    pub(super) fn new(connections: u32) -> Self {
        Self {
            room: Arc::new(Semaphore::new(connections as usize)),
            kept: Arc::default(),
        }
    }

    /// A connection that answered a moment ago, or does so now.
    pub(super) async fn hold(&self, pool: &PgPool) -> StoreResult<Held> {
        // Never closed, so there is always a place to wait for.
        let place = Arc::clone(&self.room).acquire_owned().await.ok();
        let (connection, uses) = match self.next().await {
            Some(resting) => (resting.connection, resting.uses),
            None => (pool.acquire().await?, 0),
        };
        Ok(Held {
            connection,
            uses,
            kept: Some(Doubt {
                kept: Arc::clone(&self.kept),
                is_over: false,
            }),
            _place: place,
        })
    }

    async fn next(&self) -> Option<Resting> {
        loop {
            let mut resting = lock(&self.kept).connections.pop()?;
            let lives = if resting.has_old_plans() {
                sqlx::raw_sql("discard plans")
                    .execute(&mut *resting.connection)
                    .await
                    .is_ok()
            } else {
                resting.since.elapsed() < FRESH || resting.connection.ping().await.is_ok()
            };
            if lives {
                return Some(resting);
            }
        }
    }

    /// Gives back what is kept, now and from now on, so that the pool can close.
    pub(super) fn close(&self) {
        let mut kept = lock(&self.kept);
        kept.closed = true;
        kept.connections.clear();
    }
}

impl Held {
    /// A connection of the pool that goes back to it.
    pub(super) fn of_pool(connection: PoolConnection<Postgres>) -> Self {
        Self {
            connection,
            uses: 0,
            kept: None,
            _place: None,
        }
    }

    pub(super) fn connection(&mut self) -> &mut PgConnection {
        &mut self.connection
    }

    /// All went well: the next one may have it.
    pub(super) fn keep(self) {
        let Self {
            connection,
            uses,
            kept,
            _place: place,
        } = self;
        if let Some(mut doubt) = kept {
            doubt.is_over = true;
            let mut kept = lock(&doubt.kept);
            if !kept.closed {
                kept.connections.push(Resting {
                    connection,
                    since: Instant::now(),
                    uses: uses.saturating_add(1),
                });
            }
        }
        drop(place);
    }
}

fn lock(kept: &Mutex<Kept>) -> std::sync::MutexGuard<'_, Kept> {
    // A list is never left half changed.
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}
