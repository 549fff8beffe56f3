//! The private Redis: its program, its settings for keeping drafts and log-ins, start and stop.
//! Keys and scripts belong to `session`.

use std::path::{Path, PathBuf};

use tokio::process::{Child, Command};

use super::PrivateError;
use super::daemon::{Daemon, Probe};
use super::folder::{Folder, make_dir_of, url_encode, write_settings};

/// Settings that do not depend on the folder: every change is in a file within a second, and nothing is thrown out
/// when memory is short, because a refused save is seen and a lost one is not.
const SETTINGS: &str = "\
port 0
unixsocketperm 700
daemonize no
supervised no
databases 16
appendonly yes
appendfsync everysec
save \"\"
maxmemory-policy noeviction
loglevel notice
logfile \"\"
";

/// Has the server running and ready.
pub(super) async fn ensure(folder: &Folder, daemon: &Daemon) -> Result<Option<Child>, PrivateError> {
    make_dir_of(&data(folder), folder.redis_user())?;
    daemon
        .ensure(async || probe(folder).await, || command(folder))
        .await
}

/// Stops the server after its append-only file is on disk.
pub(super) async fn stop(folder: &Folder, daemon: &Daemon) -> Result<(), PrivateError> {
    if !daemon.is_running()? {
        return Ok(());
    }
    let refused = |error: redis::RedisError| PrivateError::Program {
        program: "Redis",
        words: error.to_string(),
    };
    let mut connection = connect(folder).await.map_err(refused)?;
    // The connection ends with the server, so the answer is an error when it works; the lock tells the truth.
    let _: Result<(), _> = redis::cmd("SHUTDOWN").query_async(&mut connection).await;
    daemon.wait_until_gone().await
}

/// Address of the server for redis-rs.
pub(super) fn url(folder: &Folder) -> String {
    format!("redis+unix://{}", url_encode(&socket(folder), true))
}

fn data(folder: &Folder) -> PathBuf {
    folder.redis().join("data")
}

fn socket(folder: &Folder) -> PathBuf {
    folder.redis().join("run/redis.sock")
}

/// The command that runs the server in the foreground, after its settings were written.
fn command(folder: &Folder) -> Result<Command, PrivateError> {
    let names = ["redis-server", "valkey-server"];
    let program = ["/usr/bin", "/usr/local/bin"]
        .iter()
        .flat_map(|bin| names.map(|name| Path::new(bin).join(name)))
        .find(|program| program.exists())
        .ok_or_else(|| PrivateError::Missing {
            program: "Redis",
            package: "redis-server".into(),
        })?;
    let settings = folder.redis().join("redis.conf");
    let places = format!(
        "dir \"{}\"\nunixsocket \"{}\"\n",
        data(folder).display(),
        socket(folder).display()
    );
    write_settings(&settings, &format!("{SETTINGS}{places}"))?;
    let mut redis = Command::new(program);
    redis.arg(settings);
    Ok(redis)
}

/// A server that still reads its file answers, but with an error.
async fn probe(folder: &Folder) -> Probe {
    let Ok(mut connection) = connect(folder).await else {
        return Probe::NotYet;
    };
    match redis::cmd("PING").query_async::<()>(&mut connection).await {
        Ok(()) => Probe::Ready,
        Err(_) => Probe::NotYet,
    }
}

async fn connect(folder: &Folder) -> Result<redis::aio::MultiplexedConnection, redis::RedisError> {
    redis::Client::open(url(folder))?
        .get_multiplexed_async_connection()
        .await
}
