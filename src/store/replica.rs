//! A PostgreSQL that follows the primary: how far it has come, and whether it may answer.
//!
//! Owns its connections and these measurements; leaves to the callers what may be answered from it. Nothing that decides
//! anything is read here, and neither is the console.

use super::{Store, StoreResult};
use sqlx::PgPool;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// A replica that has not answered by then counts as away.
const PATIENCE: Duration = Duration::from_secs(2);
/// How long an export waits for the replica to have everything that was committed before it was asked for.
const CATCH_UP: Duration = Duration::from_secs(2);
/// Between two looks meanwhile.
const GLANCE: Duration = Duration::from_millis(50);
/// Positions of the primary that are remembered until the replica has reached them.
const REMEMBERED: usize = 600;

/// Handle to the replica; cheap to clone, clones share what is known of it.
#[derive(Debug, Clone)]
pub struct Replica {
    pool: PgPool,
    max_lag: Duration,
    track: Arc<Mutex<Track>>,
}

/// What is known of it. Positions are bytes of the primary's log.
#[derive(Debug, Default)]
struct Track {
    /// It answered at the last look, and follows somebody.
    up: bool,
    /// Everything up to here is in it.
    replayed: i64,
    /// The contests in memory were read here.
    needed: i64,
    /// Positions that it has yet to reach, with the moment when the primary was there.
    ahead: VecDeque<(Instant, i64)>,
}

impl Track {
    fn lag(&self, now: Instant) -> Duration {
        let oldest = self.ahead.front();
        oldest.map_or(Duration::ZERO, |(since, _)| now.saturating_duration_since(*since))
    }

    fn primary_is_at(&mut self, now: Instant, position: i64) {
        if self.ahead.len() < REMEMBERED {
            self.ahead.push_back((now, position));
        }
    }

    fn has_replayed(&mut self, position: i64) {
        self.up = true;
        self.replayed = position;
        while self.ahead.front().is_some_and(|(_, ahead)| *ahead <= position) {
            self.ahead.pop_front();
        }
    }
}

impl Replica {
    /// Names the replica; connections are made when they are needed, so one that is away stops no start. It answers
    /// while it is at most `max_lag` behind.
    ///
    /// # Errors
    /// When the address cannot be read.
    pub fn new(url: &str, connections: u32, max_lag: Duration) -> StoreResult<Self> {
        let pool = super::pool_options(connections)
            .acquire_timeout(PATIENCE)
            .connect_lazy_with(super::connect_options(url, super::Plans::AsNeeded)?);
        Ok(Self {
            pool,
            max_lag,
            track: Arc::default(),
        })
    }

    /// Looks how far it is; to be called about every second.
    pub async fn look(&self, primary: &Store) {
        // While the primary is away nothing is committed either, so the replica falls no further behind.
        if let Ok(Ok(position)) = tokio::time::timeout(PATIENCE, primary.position()).await {
            self.track().primary_is_at(Instant::now(), position);
        }
        match self.replayed().await {
            Some(position) => self.track().has_replayed(position),
            None => self.doubt(),
        }
    }

    /// Whether it answers, follows closely, and has everything that the contests in memory show.
    pub fn is_fresh(&self) -> bool {
        let track = self.track();
        track.up && track.replayed >= track.needed && track.lag(Instant::now()) <= self.max_lag
    }

    /// How far it is behind, or nothing while it does not answer.
    pub fn lag(&self) -> Option<Duration> {
        let track = self.track();
        track.up.then(|| track.lag(Instant::now()))
    }

    /// Asks it for nothing more until it has answered a look.
    pub fn doubt(&self) {
        self.track().up = false;
    }

    /// Its connections as a store, for reading.
    pub fn store(&self) -> Store {
        Store::from_pool(self.pool.clone())
    }

    /// Gives its connections back; a read that goes on is not waited for.
    pub(super) fn close(&self) {
        self.doubt();
        drop(self.pool.close());
    }

    pub(super) fn require(&self, position: i64) {
        let mut track = self.track();
        track.needed = track.needed.max(position);
    }

    async fn replayed(&self) -> Option<i64> {
        let asked = sqlx::query!(
            "select case when pg_is_in_recovery() then (pg_last_wal_replay_lsn() - '0/0')::bigint end as replayed"
        );
        // One that follows nobody, because it was promoted or never was a replica, has no position.
        let row = tokio::time::timeout(PATIENCE, asked.fetch_one(&self.pool)).await;
        row.ok()?.ok()?.replayed
    }

    fn track(&self) -> MutexGuard<'_, Track> {
        // Every change leaves it whole, so a panic elsewhere cannot have left half of one.
        self.track.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store {
    /// The same store with a replica beside it.
    #[must_use]
    pub fn with_replica(mut self, replica: Option<Replica>) -> Self {
        self.replica = replica;
        self
    }

    /// The replica, if there is one.
    pub fn replica(&self) -> Option<&Replica> {
        self.replica.as_ref()
    }

    /// A store for long reading that shows everything committed before now: the replica if it gets that far within two
    /// seconds, otherwise this one.
    pub async fn for_long_reading(&self) -> Self {
        let Some(replica) = self.replica.as_ref().filter(|replica| replica.is_fresh()) else {
            return self.clone();
        };
        let caught_up = async {
            let position = self.position().await.ok()?;
            while replica.replayed().await? < position {
                tokio::time::sleep(GLANCE).await;
            }
            Some(replica.store())
        };
        match tokio::time::timeout(CATCH_UP, caught_up).await {
            Ok(Some(store)) => store,
            Ok(None) | Err(_) => self.clone(),
        }
    }

    /// Notes that whatever was committed until now has been seen, so that the replica is not asked before it has it too.
    pub(super) async fn note_seen(&self) -> StoreResult<()> {
        if let Some(replica) = &self.replica {
            replica.require(self.position().await?);
        }
        Ok(())
    }

    /// How far the log is on disk: every commit that anybody can see lies before it.
    async fn position(&self) -> StoreResult<i64> {
        let row = sqlx::query!(r#"select (pg_current_wal_flush_lsn() - '0/0')::bigint as "position!""#)
            .fetch_one(self.pool())
            .await?;
        Ok(row.position)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_behind_since_the_oldest_position_it_has_not_reached() {
        let (start, second) = (Instant::now(), Duration::from_secs(1));
        let mut track = Track::default();
        for (at, position) in [(0, 100), (1, 200), (2, 200), (3, 300)] {
            track.primary_is_at(start + second * at, position);
        }
        let now = start + second * 4;
        assert_eq!(track.lag(now), second * 4);
        track.has_replayed(199);
        assert_eq!(track.lag(now), second * 3);
        track.has_replayed(200);
        assert_eq!(track.lag(now), second);
        track.has_replayed(300);
        assert_eq!(
            track.lag(now),
            Duration::ZERO,
            "an idle primary makes nobody late"
        );
    }

    #[test]
    fn one_that_stands_still_for_hours_takes_no_more_room() {
        let start = Instant::now();
        let mut track = Track::default();
        (0..10_000).for_each(|n| track.primary_is_at(start, n));
        assert_eq!(track.ahead.len(), REMEMBERED);
    }
}
