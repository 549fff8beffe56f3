//! Redis: running attempts, staff log-ins, short-lived counters.
//!
//! Owns every key, script and expiry. Nothing here is the only copy of anything accepted: wiping Redis costs answers not
//! yet submitted and staff log-ins, nothing else. Expiry ends nothing; attempts end by `action::finish_attempt`.

pub mod attached;
pub mod attempt;
pub mod kept_file;
pub mod limit;
pub mod login;
pub mod rules_draft;
mod script;
pub mod sealed;
pub mod upload;

use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::cluster::ClusterClientBuilder;
use redis::cluster_async::ClusterConnection;
use redis::cluster_routing::{Route, RoutingInfo, SingleNodeRoutingInfo, SlotAddr};
use redis::io::tcp::TcpSettings;
use redis::{Cmd, ErrorKind, FromRedisValue, IntoConnectionInfo, ServerErrorKind};
use script::Call;
use std::time::{Duration, Instant};
use time::OffsetDateTime;

/// How long a reply may take before it counts as missing.
const RESPONSE_TIMEOUT: Duration = Duration::from_secs(3);
/// How often one request tries to connect again: a visitor waits for the answer, and the next request tries anew.
const RETRIES: usize = 1;
/// Longest pause between two such tries.
const RETRY_DELAY: Duration = Duration::from_millis(100);
/// A node that has not taken a connection by then counts as away.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(1);
/// How often a cluster's client follows a slot that has moved, or looks for the node that took over, for one request.
const CLUSTER_RETRIES: u32 = 4;
/// Pauses between these tries, in milliseconds.
const CLUSTER_PAUSE_MS: [u64; 2] = [20, 200];
/// Where a cluster is asked what concerns no key: the owners of the first slot and of two others, in this order. All
/// instances take their time from the same node, so that their clocks agree; the next one stands in while it is away.
const SPEAKERS: [u16; 3] = [0, 5461, 10923];

/// Redis refused, was away, or holds something unreadable.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// The server or the connection failed; whether a write happened is unknown.
    #[error("redis: {0}")]
    Redis(#[from] redis::RedisError),
    /// A stored value cannot be read.
    #[error("redis holds an unreadable {0}")]
    Unreadable(&'static str),
}

#[derive(Clone)]
enum Connection {
    One(ConnectionManager),
    Cluster(ClusterConnection),
}

/// Handle to Redis; cheap to clone, one multiplexed connection.
#[derive(Clone)]
pub struct Sessions {
    connection: Connection,
    prefix: String,
}

impl std::fmt::Debug for Sessions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sessions")
            .field("prefix", &self.prefix)
            .finish_non_exhaustive()
    }
}

impl Sessions {
    /// Connects; several addresses separated by commas are the nodes of a cluster. Every key begins with `prefix`.
    pub async fn connect(url: &str, prefix: &str) -> Result<Self, SessionError> {
        let nodes: Vec<&str> = url
            .split(',')
            .map(str::trim)
            .filter(|node| !node.is_empty())
            .collect();
        let connection = match nodes.as_slice() {
            [one] => {
                let info = one.into_connection_info()?;
                let info = info.set_tcp_settings(TcpSettings::default().set_nodelay(true));
                let config = ConnectionManagerConfig::new()
                    .set_response_timeout(Some(RESPONSE_TIMEOUT))
                    .set_connection_timeout(Some(RESPONSE_TIMEOUT))
                    .set_number_of_retries(RETRIES)
                    .set_max_delay(RETRY_DELAY);
                let client = redis::Client::open(info)?;
                Connection::One(ConnectionManager::new_with_config(client, config).await?)
            }
            many => {
                let client = ClusterClientBuilder::new(many.to_vec())
                    .response_timeout(RESPONSE_TIMEOUT)
                    .connection_timeout(CONNECT_TIMEOUT)
                    .retries(CLUSTER_RETRIES)
                    .min_retry_wait(CLUSTER_PAUSE_MS[0])
                    .max_retry_wait(CLUSTER_PAUSE_MS[1])
                    .tcp_settings(TcpSettings::default().set_nodelay(true))
                    .build()?;
                Connection::Cluster(client.get_async_connection().await?)
            }
        };
        Ok(Self {
            connection,
            prefix: prefix.to_owned(),
        })
    }

    /// The server's time, and how long asking for it took, for the contest clock.
    pub async fn time(&self) -> Result<TimeSample, SessionError> {
        let ((seconds, micros), round_trip): ((i64, i64), Duration) = self.ask("TIME").await?;
        let micros = i128::from(seconds) * 1_000_000 + i128::from(micros);
        let at = OffsetDateTime::from_unix_timestamp_nanos(micros * 1_000)
            .map_err(|_| SessionError::Unreadable("time"))?;
        Ok(TimeSample { at, round_trip })
    }

    /// Whether the server answers; of a cluster any of its nodes, because one that is away costs no submission.
    pub async fn ping(&self) -> Result<(), SessionError> {
        let _: (String, Duration) = self.ask("PING").await?;
        Ok(())
    }

    /// Asks what concerns no key; also how long the answer took, tries at nodes that are away not counted.
    async fn ask<T: FromRedisValue>(&self, word: &'static str) -> Result<(T, Duration), SessionError> {
        let command = redis::cmd(word);
        let mut asked = Instant::now();
        let Connection::Cluster(cluster) = &self.connection else {
            return Ok((self.query(&command).await?, asked.elapsed()));
        };
        let mut failure = SessionError::Unreadable("cluster");
        for slot in SPEAKERS {
            let owner = SingleNodeRoutingInfo::SpecificNode(Route::new(slot, SlotAddr::Master));
            asked = Instant::now();
            match cluster
                .clone()
                .route_command(command.clone(), RoutingInfo::SingleNode(owner))
                .await
            {
                Ok(value) => {
                    return Ok((
                        T::from_redis_value(value).map_err(redis::RedisError::from)?,
                        asked.elapsed(),
                    ));
                }
                Err(error) => failure = error.into(),
            }
        }
        Err(failure)
    }

    async fn query<T: FromRedisValue>(&self, command: &Cmd) -> Result<T, SessionError> {
        Ok(match &self.connection {
            Connection::One(one) => command.query_async(&mut one.clone()).await?,
            Connection::Cluster(cluster) => command.query_async(&mut cluster.clone()).await?,
        })
    }

    async fn run<T: FromRedisValue>(&self, call: &Call<'_>) -> Result<T, SessionError> {
        match self.query(call.by_hash()).await {
            Err(SessionError::Redis(error))
                if error.kind() == ErrorKind::Server(ServerErrorKind::NoScript) =>
            {
                self.query(&call.in_full()).await
            }
            answer => answer,
        }
    }
}

/// One reading of the time of Redis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeSample {
    /// The time that was read.
    pub at: OffsetDateTime,
    /// How long the reading took.
    pub round_trip: Duration,
}
