//! The private PostgreSQL and Redis of a data folder, as real processes: start, stop, sharing, crashes.

use std::fs::{self, Permissions};
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};

use hoithi::private::{PrivateError, PrivateStores, Revived, Stopped};
use sqlx::{Connection, PgConnection};

/// A data folder that the servers' users can reach when the tests run as root.
fn data_folder() -> tempfile::TempDir {
    let outer = tempfile::Builder::new()
        .prefix("hoithi-private-")
        .tempdir_in("/tmp")
        .unwrap();
    fs::set_permissions(outer.path(), Permissions::from_mode(0o711)).unwrap();
    outer
}

async fn database(stores: &PrivateStores) -> PgConnection {
    PgConnection::connect(&stores.database_url()).await.unwrap()
}

async fn redis_of(stores: &PrivateStores) -> redis::aio::MultiplexedConnection {
    let client = redis::Client::open(stores.redis_url()).unwrap();
    client.get_multiplexed_async_connection().await.unwrap()
}

async fn setting(database: &mut PgConnection, name: &str) -> String {
    sqlx::query_scalar("select current_setting($1)")
        .bind(name)
        .fetch_one(database)
        .await
        .unwrap()
}

async fn keep(stores: &PrivateStores, word: &'static str) {
    let mut database = database(stores).await;
    sqlx::query("create table kept (word text primary key)")
        .execute(&mut database)
        .await
        .unwrap();
    sqlx::query("insert into kept values ($1)")
        .bind(word)
        .execute(&mut database)
        .await
        .unwrap();
    let () = redis::cmd("SET")
        .arg("kept")
        .arg(word)
        .query_async(&mut redis_of(stores).await)
        .await
        .unwrap();
}

async fn kept(stores: &PrivateStores) -> (String, String) {
    let mut database = database(stores).await;
    let row = sqlx::query_scalar("select word from kept")
        .fetch_one(&mut database)
        .await
        .unwrap();
    let value = redis::cmd("GET")
        .arg("kept")
        .query_async(&mut redis_of(stores).await)
        .await
        .unwrap();
    (row, value)
}

/// The process of PostgreSQL and of Redis, as they themselves say.
async fn processes(stores: &PrivateStores) -> (u32, u32) {
    let pid_file = postmaster_pid(stores).await;
    let about: String = redis::cmd("INFO")
        .arg("server")
        .query_async(&mut redis_of(stores).await)
        .await
        .unwrap();
    let redis = about
        .lines()
        .find_map(|line| line.strip_prefix("process_id:"))
        .unwrap();
    (pid_file, redis.trim().parse().unwrap())
}

/// The parent of the process that serves a connection is the postmaster.
async fn postmaster_pid(stores: &PrivateStores) -> u32 {
    let mut database = database(stores).await;
    let backend: i32 = sqlx::query_scalar("select pg_backend_pid()")
        .fetch_one(&mut database)
        .await
        .unwrap();
    let stat = fs::read_to_string(format!("/proc/{backend}/stat")).unwrap();
    let after_name = stat.rsplit_once(')').unwrap().1;
    after_name.split_whitespace().nth(1).unwrap().parse().unwrap()
}

fn kill_hard(process: u32) {
    let killed = Command::new("sh")
        .args(["-c", &format!("kill -KILL {process}")])
        .status()
        .unwrap();
    assert!(killed.success());
}

fn is_alive(process: u32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    stat.rsplit_once(')')
        .is_some_and(|(_, rest)| !rest.trim_start().starts_with('Z'))
}

/// A server gives its lock back a moment before the system has taken the last of it away.
async fn assert_gone(processes: (u32, u32)) {
    let gone = async {
        while is_alive(processes.0) || is_alive(processes.1) {
            tokio::task::yield_now().await;
        }
    };
    let in_time = tokio::time::timeout(std::time::Duration::from_secs(10), gone).await;
    assert!(in_time.is_ok(), "{processes:?} still live");
}

#[tokio::test]
async fn stopped_servers_are_gone_and_started_again_they_have_the_data() {
    let data = data_folder();
    let stores = PrivateStores::start(data.path()).await.unwrap();
    keep(&stores, "Bắc Sơn").await;
    let (postgres, redis) = processes(&stores).await;
    assert_eq!(stores.stop().await.unwrap(), Stopped::Stopped);
    assert_gone((postgres, redis)).await;
    let again = PrivateStores::start(data.path()).await.unwrap();
    assert_eq!(kept(&again).await, ("Bắc Sơn".into(), "Bắc Sơn".into()));
    assert_eq!(again.stop().await.unwrap(), Stopped::Stopped);
}

#[tokio::test]
async fn the_servers_keep_data_listen_on_sockets_alone_and_never_run_as_root() {
    let data = data_folder();
    let stores = PrivateStores::start(data.path()).await.unwrap();
    let mut connection = database(&stores).await;
    for (name, value) in [
        ("fsync", "on"),
        ("full_page_writes", "on"),
        ("synchronous_commit", "on"),
        ("data_checksums", "on"),
        ("listen_addresses", ""),
        ("server_encoding", "UTF8"),
        ("TimeZone", "UTC"),
        ("is_superuser", "off"),
    ] {
        assert_eq!(setting(&mut connection, name).await, value, "{name}");
    }
    let sorted: Vec<String> = sqlx::query_scalar(
        "select word from unnest(array['đa', 'da', 'ê', 'e', 'z']) word order by word collate \"vi-x-icu\"",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap();
    assert_eq!(sorted, ["da", "đa", "e", "ê", "z"]);
    let (postgres, redis) = processes(&stores).await;
    for process in [postgres, redis] {
        let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
        let uid = status.lines().find_map(|line| line.strip_prefix("Uid:")).unwrap();
        assert!(!uid.split_whitespace().any(|uid| uid == "0"), "{uid}");
    }
    for (name, value) in [
        ("appendonly", "yes"),
        ("appendfsync", "everysec"),
        ("maxmemory-policy", "noeviction"),
    ] {
        let mut redis = redis_of(&stores).await;
        let pair: (String, String) = redis::cmd("CONFIG")
            .arg("GET")
            .arg(name)
            .query_async(&mut redis)
            .await
            .unwrap();
        assert_eq!(pair.1, value, "{name}");
    }
    for socket in ["postgres/run", "redis/run", "postgres/data", "redis/data"] {
        let mode = fs::metadata(data.path().join(socket))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o700, "{socket}");
    }
    connection.close().await.unwrap();
    stores.stop().await.unwrap();
}

#[tokio::test]
async fn a_refused_row_leaves_no_personal_data_in_the_log() {
    let data = data_folder();
    let stores = PrivateStores::start(data.path()).await.unwrap();
    keep(&stores, "0912345678").await;
    let mut connection = database(&stores).await;
    let twice = sqlx::query("insert into kept values ($1)")
        .bind("0912345678")
        .execute(&mut connection)
        .await;
    twice.unwrap_err();
    sqlx::raw_sql("select '0912345678'::date")
        .execute(&mut connection)
        .await
        .unwrap_err();
    connection.close().await.unwrap();
    stores.stop().await.unwrap();
    let mut log = String::new();
    for file in fs::read_dir(data.path().join("postgres/data/log")).unwrap() {
        log.push_str(&fs::read_to_string(file.unwrap().path()).unwrap());
    }
    assert!(
        log.contains("ready to accept connections"),
        "this is the server's log: {log}"
    );
    assert!(!log.contains("0912345678"), "{log}");
    assert!(!log.contains("insert into"), "{log}");
}

#[tokio::test]
async fn the_last_of_two_users_stops_the_servers() {
    let data = data_folder();
    let first = PrivateStores::start(data.path()).await.unwrap();
    let second = PrivateStores::start(data.path()).await.unwrap();
    assert_eq!(processes(&first).await, processes(&second).await);
    let (postgres, redis) = processes(&first).await;
    assert_eq!(first.stop().await.unwrap(), Stopped::LeftRunning);
    keep(&second, "còn đây").await;
    assert_eq!(second.stop().await.unwrap(), Stopped::Stopped);
    assert_gone((postgres, redis)).await;
}

#[tokio::test]
async fn many_that_start_at_once_share_one_pair_of_servers() {
    let data = data_folder();
    let path = data.path();
    let start = || PrivateStores::start(path);
    let (a, b, c, d) = tokio::try_join!(start(), start(), start(), start()).unwrap();
    let expected = processes(&a).await;
    for stores in [&b, &c, &d] {
        assert_eq!(processes(stores).await, expected);
    }
    for stores in [a, b, c] {
        assert_eq!(stores.stop().await.unwrap(), Stopped::LeftRunning);
    }
    assert_eq!(d.stop().await.unwrap(), Stopped::Stopped);
}

#[tokio::test]
async fn a_killed_owner_leaves_the_servers_to_the_next_one() {
    let data = data_folder();
    let mut owner = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "private::plays_the_owner_that_is_killed",
            "--ignored",
            "--nocapture",
        ])
        .env("HOITHI_TEST_OWNED", data.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(owner.stdout.take().unwrap()).lines();
    assert!(said.any(|line| line.unwrap().contains("started")));
    owner.kill().unwrap();
    owner.wait().unwrap();
    let next = PrivateStores::start(data.path()).await.unwrap();
    assert_eq!(kept(&next).await.0, "trước khi bị dừng");
    let (postgres, redis) = processes(&next).await;
    assert_eq!(next.stop().await.unwrap(), Stopped::Stopped);
    assert_gone((postgres, redis)).await;
}

#[tokio::test]
#[ignore = "runs only as the child process of the test above, which kills it"]
#[expect(
    clippy::disallowed_methods,
    reason = "the parent test says where by the environment"
)]
async fn plays_the_owner_that_is_killed() {
    let data = std::env::var_os("HOITHI_TEST_OWNED").expect("the test above sets it");
    let stores = PrivateStores::start(Path::new(&data)).await.unwrap();
    keep(&stores, "trước khi bị dừng").await;
    println!("started");
    std::io::stdin().read_line(&mut String::new()).unwrap();
}

#[tokio::test]
async fn killed_servers_are_revived_with_what_was_committed() {
    let data = data_folder();
    let mut stores = PrivateStores::start(data.path()).await.unwrap();
    keep(&stores, "đã ghi").await;
    assert_eq!(stores.revive().await.unwrap(), Revived::default());
    let mut redis = redis_of(&stores).await;
    // Waits for the append-only file, so that this is about reviving and not about the last second.
    let _: Vec<i64> = redis::cmd("WAITAOF")
        .arg(1)
        .arg(0)
        .arg(0)
        .query_async(&mut redis)
        .await
        .unwrap_or_default();
    let (old_postgres, old_redis) = processes(&stores).await;
    kill_hard(old_postgres);
    kill_hard(old_redis);
    let mut revived = Revived::default();
    while !(revived.postgres && revived.redis) {
        let now = stores.revive().await.unwrap();
        revived = Revived {
            postgres: revived.postgres || now.postgres,
            redis: revived.redis || now.redis,
        };
    }
    assert_eq!(kept(&stores).await.0, "đã ghi");
    let (postgres, redis) = processes(&stores).await;
    assert!(postgres != old_postgres && redis != old_redis);
    assert_eq!(stores.stop().await.unwrap(), Stopped::Stopped);
}

#[tokio::test]
async fn pid_files_that_a_crash_left_to_another_process_do_not_stop_a_start() {
    let data = data_folder();
    let stores = PrivateStores::start(data.path()).await.unwrap();
    keep(&stores, "sau khi mất điện").await;
    let (postgres, _) = processes(&stores).await;
    kill_hard(postgres);
    drop(stores);
    // As after a power cut, when this very process got the old server's number.
    let pid_file = data.path().join("postgres/data/postmaster.pid");
    let old = fs::read_to_string(&pid_file).unwrap();
    fs::write(
        &pid_file,
        old.replacen(&postgres.to_string(), &std::process::id().to_string(), 1),
    )
    .unwrap();
    let again = PrivateStores::start(data.path()).await.unwrap();
    assert_eq!(kept(&again).await.0, "sau khi mất điện");
    again.stop().await.unwrap();
}

#[tokio::test]
async fn a_folder_with_spaces_and_vietnamese_letters_will_do() {
    let outer = data_folder();
    let data = outer.path().join("Hội thi 90 năm");
    let stores = PrivateStores::start(&data).await.unwrap();
    keep(&stores, "được").await;
    assert_eq!(kept(&stores).await.1, "được");
    stores.stop().await.unwrap();
}

#[tokio::test]
async fn a_path_too_long_for_a_socket_is_refused_before_anything_starts() {
    let outer = data_folder();
    let data = outer.path().join("d".repeat(90));
    let refused = PrivateStores::start(&data).await.unwrap_err();
    assert!(matches!(refused, PrivateError::PathTooLong { .. }), "{refused}");
    assert!(!data.join("postgres").exists());
}
