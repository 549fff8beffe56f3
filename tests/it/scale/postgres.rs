//! A PostgreSQL of the test's own, and one that follows it.

use super::machines::{free_port, until};
use std::os::unix::fs::{MetadataExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A cluster in a folder of its own, on the loopback address. Stopped when dropped.
pub struct OwnPostgres {
    data: PathBuf,
    port: u16,
}

/// The user that PostgreSQL may run as, where the test runs as root: it refuses to.
fn owner() -> Option<(u32, u32)> {
    if std::fs::metadata("/proc/self").unwrap().uid() != 0 {
        return None;
    }
    let users = std::fs::read_to_string("/etc/passwd").unwrap();
    let line = users.lines().find(|line| line.starts_with("postgres:")).unwrap();
    let mut ids = line.split(':').skip(2).map(|id| id.parse().unwrap());
    Some((ids.next().unwrap(), ids.next().unwrap()))
}

fn program(name: &str) -> Command {
    use std::os::unix::process::CommandExt;
    let versions = std::fs::read_dir("/usr/lib/postgresql").unwrap().flatten();
    let newest = versions
        .filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok())
        .max();
    let mut command = Command::new(format!("/usr/lib/postgresql/{}/bin/{name}", newest.unwrap()));
    command
        .current_dir("/")
        .env("LC_ALL", "C.UTF-8")
        .stdout(Stdio::null());
    if let Some((user, group)) = owner() {
        command.uid(user).gid(group);
    }
    command
}

fn run(command: &mut Command) {
    let output = command
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
        .wait_with_output()
        .unwrap();
    assert!(
        output.status.success(),
        "{command:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}

impl OwnPostgres {
    /// An empty cluster, running.
    pub async fn start(folder: &Path) -> Self {
        let own = Self::place(folder, "primary");
        let data = own.data.clone();
        run(program("initdb")
            .args([
                "-U",
                "hoithi",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
                "-D",
            ])
            .arg(data));
        own.go_on().await;
        own
    }

    /// One that follows another from now on.
    pub async fn follow(primary: &Self, folder: &Path) -> Self {
        let own = Self::place(folder, "replica");
        let source = format!("host=127.0.0.1 port={} user=hoithi", primary.port);
        run(program("pg_basebackup")
            .args(["-c", "fast", "--no-sync", "-R", "-d", &source, "-D"])
            .arg(&own.data));
        own.go_on().await;
        own
    }

    fn place(folder: &Path, name: &str) -> Self {
        let data = folder.join(name);
        std::fs::create_dir(&data).unwrap();
        std::fs::set_permissions(&data, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
        if let Some((user, group)) = owner() {
            chown(&data, Some(user), Some(group)).unwrap();
        }
        Self {
            data,
            port: free_port(),
        }
    }

    /// Starts it, again after a stop, and waits until it answers.
    pub async fn go_on(&self) {
        let options = format!(
            "-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c max_connections=60 \
             -c shared_buffers=32MB -c timezone=UTC",
            self.port
        );
        let log = self.data.join("log");
        run(program("pg_ctl")
            .args(["start", "-W", "-s", "-D"])
            .arg(&self.data)
            .arg("-l")
            .arg(log)
            .args(["-o", &options]));
        until("PostgreSQL", async || {
            let pool = sqlx::PgPool::connect(&self.url("postgres")).await.ok()?;
            sqlx::query("select 1").execute(&pool).await.ok()
        })
        .await;
    }

    /// Stops it as a power cut would.
    pub fn stop(&self) {
        run(program("pg_ctl")
            .args(["stop", "-s", "-m", "immediate", "-D"])
            .arg(&self.data));
    }

    /// Its address.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://hoithi@127.0.0.1:{}/{database}", self.port)
    }
}

impl Drop for OwnPostgres {
    fn drop(&mut self) {
        // It may have been stopped already.
        let stopped = program("pg_ctl")
            .args(["stop", "-s", "-m", "immediate", "-D"])
            .arg(&self.data)
            .stderr(Stdio::null())
            .status();
        drop(stopped);
    }
}
