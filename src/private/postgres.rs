//! The private PostgreSQL: its programs, its cluster made once, its settings for keeping data, start and stop.
//! Tables belong to the migrations, pools and time limits of statements to `store`.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgConnection, PgSslMode};
use sqlx::{ConnectOptions, Connection};
use tokio::process::{Child, Command};

use super::PrivateError;
use super::daemon::{Daemon, Probe};
use super::folder::{Folder, make_dir_of, url_encode, write_settings};

/// Settings that do not depend on the folder. Durable whatever happens; small enough for a 2 GB server; and never a
/// visitor's value in the log: no statements and no parameters, and refused statements not at all, because their
/// messages quote values (`log_min_messages = log` keeps what concerns the server itself); whoever sent one logs it.
/// `ALTER SYSTEM` overrides them on a larger machine.
const SETTINGS: &str = "\
listen_addresses = ''
unix_socket_permissions = 0700
max_connections = 100
shared_buffers = 256MB
effective_cache_size = 1GB
work_mem = 8MB
maintenance_work_mem = 64MB
random_page_cost = 1.1
jit = off
# Containers often have a small /dev/shm, and on few cores a parallel export would starve the submissions.
max_parallel_workers_per_gather = 0
max_parallel_maintenance_workers = 0

fsync = on
full_page_writes = on
synchronous_commit = on
wal_level = replica
max_wal_size = 1GB
checkpoint_completion_target = 0.9

timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
cluster_name = 'hoithi'

logging_collector = on
log_directory = 'log'
log_filename = 'postgresql-%a.log'
log_rotation_age = 1d
log_rotation_size = 0
log_truncate_on_rotation = on
log_line_prefix = '%m [%p] '
log_min_messages = log
log_statement = none
log_min_duration_statement = -1
log_min_error_statement = panic
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
log_error_verbosity = terse
";

/// Makes the cluster and the database where they are missing, and has the server running and ready.
pub(super) async fn ensure(folder: &Folder, daemon: &Daemon) -> Result<Option<Child>, PrivateError> {
    let cluster = cluster(folder);
    if !cluster.join("PG_VERSION").exists() {
        make_cluster(folder, daemon).await?;
    }
    let bin = programs(Some(&cluster))?;
    let child = daemon
        .ensure(async || probe(folder).await, || command(folder, &bin))
        .await?;
    make_database(folder).await?;
    Ok(child)
}

/// Stops the server at once, but cleanly: open transactions are rolled back, and the next start needs no recovery.
pub(super) async fn stop(folder: &Folder, daemon: &Daemon) -> Result<(), PrivateError> {
    if !daemon.is_running()? {
        return Ok(());
    }
    let cluster = cluster(folder);
    let mut pg_ctl = Command::new(programs(Some(&cluster))?.join("pg_ctl"));
    pg_ctl
        .args(["stop", "-s", "-w", "-t", "110", "-m", "fast", "-D"])
        .arg(&cluster);
    daemon.run("pg_ctl", pg_ctl).await?;
    daemon.wait_until_gone().await
}

/// Address of the database `hoithi` for its ordinary role of the same name.
pub(super) fn url(folder: &Folder) -> String {
    format!(
        "postgres://hoithi@localhost/hoithi?host={}",
        url_encode(&sockets(folder), false)
    )
}

fn cluster(folder: &Folder) -> PathBuf {
    folder.postgres().join("data")
}

fn sockets(folder: &Folder) -> PathBuf {
    folder.postgres().join("run")
}

/// The folder of PostgreSQL's programs: of the version that made the cluster, or the newest one.
fn programs(cluster: Option<&Path>) -> Result<PathBuf, PrivateError> {
    let version = cluster.and_then(|cluster| fs::read_to_string(cluster.join("PG_VERSION")).ok());
    let installed = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    let newest = installed
        .filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok())
        .filter(|number| {
            version
                .as_ref()
                .is_none_or(|version| version.trim() == number.to_string())
        })
        .map(|number| (number, PathBuf::from(format!("/usr/lib/postgresql/{number}/bin"))))
        .filter(|(_, bin)| bin.join("postgres").exists() && bin.join("initdb").exists())
        .max();
    newest.map(|(_, bin)| bin).ok_or_else(|| PrivateError::Missing {
        program: "PostgreSQL",
        package: version.map_or_else(
            || "postgresql".into(),
            |version| format!("postgresql-{}", version.trim()),
        ),
    })
}

/// Runs `initdb` under another name and puts the whole cluster into place: half a cluster is never taken for one.
async fn make_cluster(folder: &Folder, daemon: &Daemon) -> Result<(), PrivateError> {
    let (cluster, part) = (cluster(folder), folder.postgres().join("data.part"));
    if part.exists() {
        fs::remove_dir_all(&part).map_err(|source| PrivateError::io("remove", &part, source))?;
    }
    make_dir_of(&part, folder.postgres_user())?;
    let mut initdb = Command::new(programs(None)?.join("initdb"));
    initdb.args(["--username=postgres", "--auth-local=trust", "--auth-host=reject"]);
    initdb
        .args(["--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums", "-D"])
        .arg(&part);
    daemon.run("initdb", initdb).await?;
    fs::rename(&part, &cluster).map_err(|source| PrivateError::io("make", &cluster, source))
}

/// The command that runs the server in the foreground, after its settings were written and stale files removed.
fn command(folder: &Folder, bin: &Path) -> Result<Command, PrivateError> {
    let (home, cluster, sockets) = (folder.postgres(), cluster(folder), sockets(folder));
    // Nobody but us gets as far as the socket, so its rights are the password.
    write_settings(&home.join("pg_hba.conf"), "local all all trust\n")?;
    let places = format!(
        "hba_file = '{}'\nunix_socket_directories = '{}'\n",
        home.join("pg_hba.conf").display(),
        sockets.display()
    );
    let compression = format!("wal_compression = {}\n", wal_compression(bin));
    write_settings(
        &home.join("postgresql.conf"),
        &format!("{SETTINGS}{compression}{places}"),
    )?;
    remove_stale(&cluster.join("postmaster.pid"), None)?;
    remove_stale(
        &sockets.join(".s.PGSQL.5432.lock"),
        Some(&sockets.join(".s.PGSQL.5432")),
    )?;
    let mut postgres = Command::new(bin.join("postgres"));
    postgres.arg("-D").arg(&cluster).arg("-c");
    postgres.arg(format!("config_file={}", home.join("postgresql.conf").display()));
    Ok(postgres)
}

/// How whole pages are made smaller in the log: `lz4`, which distributions build in and PostgreSQL 15 and later take, is the
/// cheaper way. What it saved by itself was not measured, only together with ids of attempts in order (docs/performance.md).
fn wal_compression(bin: &Path) -> &'static str {
    let version = bin
        .parent()
        .and_then(Path::file_name)
        .and_then(|name| name.to_str());
    match version.and_then(|version| version.parse::<u32>().ok()) {
        Some(15..) => "lz4",
        _ => "on",
    }
}

/// Removes a pid file, and the file it guards, when a crash left them. PostgreSQL does so itself, except when the
/// number was given to another process since; and one that somebody started by hand keeps its files.
fn remove_stale(pid_file: &Path, guarded: Option<&Path>) -> Result<(), PrivateError> {
    let Ok(text) = fs::read_to_string(pid_file) else {
        return Ok(());
    };
    let pid = text.lines().next().unwrap_or_default().trim();
    let name = fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default();
    if name.trim() == "postgres" {
        return Ok(());
    }
    for path in guarded.into_iter().chain([pid_file]) {
        match fs::remove_file(path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(PrivateError::io("remove", path, error));
            }
            _ => {}
        }
    }
    Ok(())
}

async fn probe(folder: &Folder) -> Probe {
    match connect(folder).await {
        Ok(connection) => {
            connection.close().await.ok();
            Probe::Ready
        }
        Err(_) => Probe::NotYet,
    }
}

async fn connect(folder: &Folder) -> Result<PgConnection, sqlx::Error> {
    let options = PgConnectOptions::new_without_pgpass()
        .socket(sockets(folder))
        .port(5432)
        .username("postgres")
        .database("postgres")
        .ssl_mode(PgSslMode::Disable)
        .disable_statement_logging();
    let limit = Duration::from_secs(5);
    tokio::time::timeout(limit, options.connect())
        .await
        .unwrap_or_else(|late| Err(sqlx::Error::Io(late.into())))
}

/// The role `hoithi` may not rule the server, only own its database, so that no page can reach files through SQL.
async fn make_database(folder: &Folder) -> Result<(), PrivateError> {
    let mut connection = connect(folder).await?;
    let exists = "select exists (select from pg_roles where rolname = 'hoithi')";
    if !sqlx::query_scalar::<_, bool>(exists)
        .fetch_one(&mut connection)
        .await?
    {
        sqlx::query("create role hoithi login")
            .execute(&mut connection)
            .await?;
    }
    let exists = "select exists (select from pg_database where datname = 'hoithi')";
    if !sqlx::query_scalar::<_, bool>(exists)
        .fetch_one(&mut connection)
        .await?
    {
        sqlx::query("create database hoithi owner hoithi template template0")
            .execute(&mut connection)
            .await?;
    }
    Ok(connection.close().await?)
}
