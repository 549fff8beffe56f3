//! One server process: whether it lives, how it is started, how long it is waited for.
//! Its programs, settings and readiness belong to `postgres` and `redis`.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use tokio::process::{Child, Command};
use tokio::time::Instant;

use super::folder::{Folder, User};
use super::{GLANCE, PATIENCE, PrivateError, open_lock};

/// A server of a data folder, running or not.
#[derive(Debug)]
pub(super) struct Daemon {
    pub(super) name: &'static str,
    alive_lock: PathBuf,
    start_log: PathBuf,
    user: Option<User>,
}

/// Whether a server answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Probe {
    Ready,
    NotYet,
}

impl Daemon {
    pub(super) fn postgres(folder: &Folder) -> Self {
        Self::new("PostgreSQL", &folder.postgres(), folder.postgres_user())
    }

    pub(super) fn redis(folder: &Folder) -> Self {
        Self::new("Redis", &folder.redis(), folder.redis_user())
    }

    fn new(name: &'static str, home: &Path, user: Option<&User>) -> Self {
        let (alive_lock, start_log) = (home.join("alive.lock"), home.join("start.log"));
        Self {
            name,
            alive_lock,
            start_log,
            user: user.cloned(),
        }
    }

    /// Whether any process of this server lives.
    pub(super) fn is_running(&self) -> Result<bool, PrivateError> {
        match open_lock(&self.alive_lock)?.try_lock_shared() {
            Ok(()) => Ok(false),
            Err(TryLockError::WouldBlock) => Ok(true),
            Err(error) => Err(super::lock_failed(&self.alive_lock, error)),
        }
    }

    /// Waits until `probe` finds the server ready, and starts it with `command` when it is not running. Returns the
    /// process when it was started here.
    pub(super) async fn ensure(
        &self,
        probe: impl AsyncFn() -> Probe,
        command: impl Fn() -> Result<Command, PrivateError>,
    ) -> Result<Option<Child>, PrivateError> {
        let deadline = Instant::now() + PATIENCE;
        let mut child = None;
        while probe().await == Probe::NotYet {
            if !self.is_running()? {
                if child.is_some() {
                    return Err(PrivateError::Ended {
                        name: self.name,
                        words: self.last_words(),
                    });
                }
                child = self.spawn(command()?)?;
            }
            if Instant::now() > deadline {
                return Err(PrivateError::Late {
                    what: format!("{} does not answer", self.name),
                });
            }
            tokio::time::sleep(GLANCE).await;
        }
        Ok(child)
    }

    /// Waits until no process of this server lives any more.
    pub(super) async fn wait_until_gone(&self) -> Result<(), PrivateError> {
        let deadline = Instant::now() + PATIENCE;
        while self.is_running()? {
            if Instant::now() > deadline {
                return Err(PrivateError::Late {
                    what: format!("{} has not stopped", self.name),
                });
            }
            tokio::time::sleep(GLANCE).await;
        }
        Ok(())
    }

    /// Runs a short helper program as the server's user and returns what it printed.
    pub(super) async fn run(
        &self,
        program: &'static str,
        mut command: Command,
    ) -> Result<String, PrivateError> {
        let output = self.as_user(&mut command).stdin(Stdio::null()).output().await;
        let output = output.map_err(|source| PrivateError::io("run", program.as_ref(), source))?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        let words = [output.stdout, output.stderr].concat();
        Err(PrivateError::Program {
            program,
            words: tail(&String::from_utf8_lossy(&words)),
        })
    }

    /// Starts the server in a process group of its own, so that Ctrl-C reaches us and not it. `None` when another
    /// process looked at the lock at this very moment; the caller comes round again.
    fn spawn(&self, mut command: Command) -> Result<Option<Child>, PrivateError> {
        let lock = open_lock(&self.alive_lock)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(error) => return Err(super::lock_failed(&self.alive_lock, error)),
        }
        let failed = |source| PrivateError::io("write", &self.start_log, source);
        let log = File::create(&self.start_log).map_err(failed)?;
        let errors = log.try_clone().map_err(failed)?;
        let child = self
            .as_user(&mut command)
            .stdin(lock)
            .stdout(log)
            .stderr(errors)
            .process_group(0)
            .spawn();
        child
            .map(Some)
            .map_err(|source| PrivateError::io("run", self.name.as_ref(), source))
    }

    /// The server's own user when we are root, a folder that it may enter, and none of our environment.
    fn as_user<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        if let Some(user) = &self.user {
            command.uid(user.uid).gid(user.gid);
        }
        command
            .current_dir("/")
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .env("LC_ALL", "C.UTF-8")
            .env("TZ", "UTC")
    }

    fn last_words(&self) -> String {
        let log = fs::read(&self.start_log).unwrap_or_default();
        tail(&String::from_utf8_lossy(&log))
    }
}

/// The last lines of a program's output: the reason is there.
fn tail(text: &str) -> String {
    let lines: Vec<&str> = text.lines().rev().take(8).collect();
    lines.into_iter().rev().collect::<Vec<_>>().join("\n")
}
