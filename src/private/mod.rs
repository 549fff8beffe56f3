//! The private PostgreSQL and Redis of a data folder: started when needed, shared by every `hoithi` process that uses
//! the folder, stopped by the last one to leave. What is stored in them belongs to `store` and `session`.
//!
//! Three kinds of lock files make this safe, because the kernel drops a lock when its last holder dies, however it dies:
//! `gate.lock` is held while servers are started or stopped; `in-use.lock` is shared by all processes that use them; and
//! each server holds its own `alive.lock`, inherited as standard input, for as long as any of its processes lives.

use std::fs::{File, TryLockError};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::process::Child;
use tokio::time::Instant;

mod daemon;
mod folder;
mod postgres;
mod redis;

use daemon::Daemon;
use folder::Folder;

/// How long a start or stop by another process, or of one server, may take: a crash recovery reads up to 1 GB of log.
const PATIENCE: Duration = Duration::from_secs(120);

/// How often a wait looks again.
const GLANCE: Duration = Duration::from_millis(20);

/// The two private servers, running and in use by this process until [`PrivateStores::stop`].
///
/// Dropped without `stop`, as by a crash, they go on running and the next process takes them over.
#[derive(Debug)]
pub struct PrivateStores {
    folder: Folder,
    postgres: Daemon,
    redis: Daemon,
    children: Vec<Child>,
    /// Holds the shared lock on `in-use.lock`.
    in_use: File,
}

/// What [`PrivateStores::stop`] did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// Both servers are down.
    Stopped,
    /// Another process uses them; the last one stops them.
    LeftRunning,
}

/// Which servers [`PrivateStores::revive`] had to start again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Revived {
    /// PostgreSQL was down.
    pub postgres: bool,
    /// Redis was down.
    pub redis: bool,
}

impl PrivateStores {
    /// Starts what is not running yet and waits until both servers answer. The folder, the cluster and the database
    /// `hoithi` are made on the first call.
    ///
    /// # Errors
    /// When a program, a user or a right is missing, or a server does not come up; each error says what to do.
    pub async fn start(data: &Path) -> Result<Self, PrivateError> {
        let folder = Folder::prepare(data)?;
        let _gate = pass_gate(&folder).await?;
        let in_use = open_lock(&folder.in_use_lock())?;
        in_use
            .try_lock_shared()
            .map_err(|error| lock_failed(&folder.in_use_lock(), error))?;
        let (postgres, redis) = (Daemon::postgres(&folder), Daemon::redis(&folder));
        let (first, second) = tokio::try_join!(
            postgres::ensure(&folder, &postgres),
            redis::ensure(&folder, &redis)
        )?;
        let children = first.into_iter().chain(second).collect();
        Ok(Self {
            folder,
            postgres,
            redis,
            children,
            in_use,
        })
    }

    /// Address of the private database, for sqlx.
    #[must_use]
    pub fn database_url(&self) -> String {
        postgres::url(&self.folder)
    }

    /// Address of the private Redis, for redis-rs.
    #[must_use]
    pub fn redis_url(&self) -> String {
        redis::url(&self.folder)
    }

    /// Starts again what has died since. Cheap when nothing has: a server calls it every second.
    ///
    /// # Errors
    /// As [`PrivateStores::start`].
    pub async fn revive(&mut self) -> Result<Revived, PrivateError> {
        let down = Revived {
            postgres: !self.postgres.is_running()?,
            redis: !self.redis.is_running()?,
        };
        if down == Revived::default() {
            return Ok(down);
        }
        let _gate = pass_gate(&self.folder).await?;
        self.children
            .retain_mut(|child| matches!(child.try_wait(), Ok(None)));
        if down.postgres {
            self.children
                .extend(postgres::ensure(&self.folder, &self.postgres).await?);
        }
        if down.redis {
            self.children
                .extend(redis::ensure(&self.folder, &self.redis).await?);
        }
        Ok(down)
    }

    /// Leaves the servers, and stops them when no other process uses them. Close all connections first.
    ///
    /// # Errors
    /// When a server does not stop.
    pub async fn stop(self) -> Result<Stopped, PrivateError> {
        let Self {
            folder,
            postgres,
            redis,
            children,
            in_use,
        } = self;
        let _gate = pass_gate(&folder).await?;
        // Unlocked by word: a program this process is starting at this moment holds a copy of the file until it runs, and
        // closing our copy alone would leave the lock to it.
        in_use
            .unlock()
            .map_err(|source| PrivateError::io("unlock", &folder.in_use_lock(), source))?;
        match open_lock(&folder.in_use_lock())?.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(Stopped::LeftRunning),
            Err(error) => return Err(lock_failed(&folder.in_use_lock(), error)),
        }
        tokio::try_join!(postgres::stop(&folder, &postgres), redis::stop(&folder, &redis))?;
        for mut child in children {
            child
                .wait()
                .await
                .map_err(|source| PrivateError::io("wait for a server in", folder.root(), source))?;
        }
        Ok(Stopped::Stopped)
    }
}

/// Why the private servers cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PrivateError {
    /// A program is not installed.
    #[error("{program} is not installed: apt-get install {package}")]
    Missing {
        /// Which.
        program: &'static str,
        /// The Debian package that has it.
        package: String,
    },
    /// Root starts no database as itself, and the package's user is not there.
    #[error("there is no user {user} on this machine to run {program} as: apt-get install {package}")]
    NoUser {
        /// The missing user.
        user: &'static str,
        /// For which program.
        program: &'static str,
        /// The Debian package that makes it.
        package: &'static str,
    },
    /// The package's user cannot enter a folder above its data.
    #[error(
        "user {user} cannot enter {} (mode {mode:o}): choose a folder that others may pass through, such as \
         --data /var/lib/hoithi, or chmod o+x this one", folder.display()
    )]
    Unreachable {
        /// The closed folder.
        folder: PathBuf,
        /// Who has to pass.
        user: String,
        /// Its permissions.
        mode: u32,
    },
    /// The path of a socket does not fit.
    #[error(
        "{} is {} bytes too long: a socket's path has at most {} bytes; choose a shorter --data",
        folder.display(), excess, folder::SOCKET_PATH_LIMIT
    )]
    PathTooLong {
        /// The data folder.
        folder: PathBuf,
        /// By how much.
        excess: usize,
    },
    /// The path has characters that configuration files cannot carry.
    #[error("{} has a quote, a backslash or a control character in it: choose another --data", folder.display())]
    PathCharacters {
        /// The data folder.
        folder: PathBuf,
    },
    /// A server ended instead of starting.
    #[error("{name} did not start; it said:\n{words}")]
    Ended {
        /// Which.
        name: &'static str,
        /// The end of its log.
        words: String,
    },
    /// A server or another process did not get ready in time.
    #[error("{what} after {} seconds", PATIENCE.as_secs())]
    Late {
        /// What did not happen.
        what: String,
    },
    /// A helper program failed.
    #[error("{program} failed: {words}")]
    Program {
        /// Which.
        program: &'static str,
        /// What it said.
        words: String,
    },
    /// A file or folder cannot be used.
    #[error("cannot {verb} {}", path.display())]
    Io {
        /// What was tried.
        verb: &'static str,
        /// With what.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The private PostgreSQL refused the set-up of the database.
    #[error("the private PostgreSQL refused its set-up")]
    Postgres(#[from] sqlx::Error),
}

impl PrivateError {
    fn io(verb: &'static str, path: &Path, source: io::Error) -> Self {
        Self::Io {
            verb,
            path: path.to_owned(),
            source,
        }
    }
}

/// Waits for the right to start and stop servers of this folder; it lasts as long as the file is held.
async fn pass_gate(folder: &Folder) -> Result<File, PrivateError> {
    let path = folder.gate_lock();
    let gate = open_lock(&path)?;
    let deadline = Instant::now() + PATIENCE;
    loop {
        match gate.try_lock() {
            Ok(()) => return Ok(gate),
            Err(TryLockError::WouldBlock) if Instant::now() < deadline => tokio::time::sleep(GLANCE).await,
            Err(TryLockError::WouldBlock) => {
                let what = format!("another process still holds {}", path.display());
                return Err(PrivateError::Late { what });
            }
            Err(error) => return Err(lock_failed(&path, error)),
        }
    }
}

/// Opens a lock file, made when it is not there; nothing is ever written to it. Nobody else may open it, since whoever
/// can open a file can lock it.
fn open_lock(path: &Path) -> Result<File, PrivateError> {
    let opened = File::options()
        .read(true)
        .append(true)
        .create(true)
        .mode(0o600)
        .open(path);
    opened.map_err(|source| PrivateError::io("open", path, source))
}

fn lock_failed(path: &Path, error: TryLockError) -> PrivateError {
    PrivateError::io("lock", path, error.into())
}
