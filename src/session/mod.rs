//! Redis: running attempts, staff log-ins, short-lived counters.
//!
//! Owns every key, script and expiry. Nothing here is the only copy of anything accepted: wiping Redis costs answers not
//! yet submitted and staff log-ins, nothing else. Expiry ends nothing; attempts end by `action::finish_attempt`.

pub mod attempt;
pub mod limit;
pub mod login;
pub mod upload;

use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::cluster_async::ClusterConnection;
use redis::io::tcp::TcpSettings;
use redis::{FromRedisValue, IntoConnectionInfo, ScriptInvocation};
use std::time::Duration;
use time::OffsetDateTime;

/// How long a reply may take before it counts as missing.
const RESPONSE_TIMEOUT: Duration = Duration::from_secs(3);
/// How often one request tries to connect again: a visitor waits for the answer, and the next request tries anew.
const RETRIES: usize = 1;
/// Longest pause between two such tries.
const RETRY_DELAY: Duration = Duration::from_millis(100);

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
                let client = redis::cluster::ClusterClientBuilder::new(many.to_vec())
                    .response_timeout(RESPONSE_TIMEOUT)
                    .build()?;
                Connection::Cluster(client.get_async_connection().await?)
            }
        };
        Ok(Self {
            connection,
            prefix: prefix.to_owned(),
        })
    }

    /// The server's time and how long asking took, for the contest clock.
    pub async fn time(&self) -> Result<OffsetDateTime, SessionError> {
        let (seconds, micros): (i64, i64) = self.query(&redis::cmd("TIME")).await?;
        OffsetDateTime::from_unix_timestamp_nanos(
            i128::from(seconds) * 1_000_000_000 + i128::from(micros) * 1_000,
        )
        .map_err(|_| SessionError::Unreadable("time"))
    }

    /// Whether the server answers.
    pub async fn ping(&self) -> Result<(), SessionError> {
        let _: String = self.query(&redis::cmd("PING")).await?;
        Ok(())
    }

    async fn query<T: FromRedisValue>(&self, command: &redis::Cmd) -> Result<T, SessionError> {
        Ok(match &self.connection {
            Connection::One(one) => command.query_async(&mut one.clone()).await?,
            Connection::Cluster(cluster) => command.query_async(&mut cluster.clone()).await?,
        })
    }

    async fn run<T: FromRedisValue>(&self, script: &ScriptInvocation<'_>) -> Result<T, SessionError> {
        Ok(match &self.connection {
            Connection::One(one) => script.invoke_async(&mut one.clone()).await?,
            Connection::Cluster(cluster) => script.invoke_async(&mut cluster.clone()).await?,
        })
    }
}
