//! The program as it is typed: exit codes, both output forms, the board's steps, and a server that starts and stops.

use hoithi::config::Secret;
use serde_json::Value;
use sqlx::{ConnectOptions, PgPool};
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The program with nothing of our environment but the stores it is given.
fn hoithi(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hoithi"));
    command
        .args(args)
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .current_dir(root());
    command
}

fn run(args: &[&str]) -> Output {
    hoithi(args).output().unwrap()
}

#[track_caller]
fn ends_with(output: &Output, code: i32) -> String {
    let (out, err) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert_eq!(output.status.code(), Some(code), "stdout: {out}\nstderr: {err}");
    if code == 0 {
        out.into_owned()
    } else {
        format!("{out}{err}")
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "tests are told where the stores are by the environment"
)]
fn redis_url() -> Secret<String> {
    Secret::new(std::env::var("REDIS_URL").expect("REDIS_URL names the Redis to test with"))
}

/// The program on the database of one test, with a data folder of its own for the secret.
struct Desk {
    database: String,
    data: tempfile::TempDir,
}

impl Desk {
    fn new(pool: &PgPool) -> Self {
        Self {
            database: pool.connect_options().to_url_lossy().to_string(),
            data: tempfile::tempdir().unwrap(),
        }
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = hoithi(args);
        command
            .env("DATABASE_URL", &self.database)
            .env("REDIS_URL", redis_url().expose());
        command.env("HOITHI_DATA", self.data.path());
        command
    }

    #[track_caller]
    fn ends_with(&self, line: &str, code: i32) -> String {
        let args: Vec<&str> = line.split(' ').collect();
        ends_with(&self.command(&args).output().unwrap(), code)
    }
}

#[test]
fn wrong_usage_is_2_a_refusal_is_1_and_help_is_0() {
    ends_with(&run(&["--help"]), 0);
    ends_with(&run(&["--version"]), 0);
    for wrong in [
        &["no-such-command"][..],
        &[],
        &["check"],
        &["round", "mau", "1", "dance"],
        &["load", "x", "--shift-round", "3"],
    ] {
        ends_with(&run(wrong), 2);
    }
    ends_with(&run(&["round", "mau", "1", "extend", "--by", "An"]), 2);
    ends_with(&run(&["check", "quizzes/README.md"]), 2);
    ends_with(&run(&["check", "no/such/folder"]), 1);
}

#[test]
fn a_failure_is_one_line_with_its_causes() {
    let output = hoithi(&["staff", "list"])
        .env("DATABASE_URL", "postgres://127.0.0.1:1/x")
        .output()
        .unwrap();
    let said = ends_with(&output, 1);
    assert!(said.contains("REDIS_URL") && said.lines().count() == 1, "{said}");
    let output = hoithi(&["staff", "list", "--data", "/proc/1/x"])
        .env("DATABASE_URL", "postgres://u:geheim@127.0.0.1:1/x")
        .env("REDIS_URL", "redis://127.0.0.1:1")
        .env("HOITHI_SECRET", "0a".repeat(32))
        .output()
        .unwrap();
    let said = ends_with(&output, 1);
    assert!(
        said.starts_with("hoithi: cannot connect to PostgreSQL: ") && said.lines().count() == 1,
        "{said}"
    );
    assert!(!said.contains("geheim"), "{said}");
}

#[test]
fn the_sample_contests_are_good_and_a_broken_file_is_told_in_both_forms() {
    ends_with(
        &run(&["check", "quizzes/lang-son-90-nam", "quizzes/lang-son-195-nam"]),
        0,
    );
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("hong.toml");
    std::fs::write(
        &file,
        "[set]\nid = \"hong\"\ntitle = \"Hỏng\"\n\n[[question]]\nid = \"mot\"\ntext = \"?\"\n",
    )
    .unwrap();
    let file = file.to_str().unwrap();
    let said = ends_with(&run(&["check", file]), 1);
    assert!(
        said.contains("hong.toml:5") && said.contains("cách sửa"),
        "{said}"
    );
    assert!(ends_with(&run(&["check", file, "--lang", "en"]), 1).contains("error["));
    let json: Value = serde_json::from_slice(&run(&["check", file, "--format", "json"]).stdout).unwrap();
    let fault = &json.as_array().unwrap()[0];
    for field in [
        "severity",
        "code",
        "file",
        "place",
        "excerpt",
        "message",
        "suggestion",
    ] {
        assert!(fault[field].is_string(), "{field} in {fault}");
    }
}

#[test]
fn a_set_survives_the_way_to_json_and_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let source = "quizzes/lang-son-195-nam/questions/nhieu-phuong-an-dung.toml";
    let (json, toml, again) = (
        path("nhieu-phuong-an-dung.json"),
        path("nhieu-phuong-an-dung.toml"),
        path("x.json"),
    );
    ends_with(&run(&["convert", source, &json]), 0);
    ends_with(&run(&["convert", &json, &toml]), 0);
    ends_with(&run(&["convert", &toml, &again]), 0);
    let read = |path: &str| std::fs::read_to_string(path).unwrap();
    assert_eq!(read(&json), read(&again));
    assert!(ends_with(&run(&["convert", &json, &path("x.pptx")]), 2).contains(".xlsx"));
}

#[test]
fn a_set_survives_the_way_through_excel_and_csv_and_is_printed() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let source = "quizzes/lang-son-195-nam/questions/nhieu-phuong-an-dung.toml";
    let (xlsx, csv, json, straight) = (
        path("nhieu-phuong-an-dung.xlsx"),
        path("nhieu-phuong-an-dung.csv"),
        path("a.json"),
        path("b.json"),
    );
    ends_with(&run(&["convert", source, &xlsx]), 0);
    ends_with(&run(&["convert", &xlsx, &csv]), 0);
    ends_with(&run(&["convert", &csv, &json]), 0);
    ends_with(&run(&["convert", source, &straight]), 0);
    let read = |path: &str| std::fs::read_to_string(path).unwrap();
    assert_eq!(read(&json), read(&straight));
    ends_with(&run(&["convert", "--without-key", &xlsx, &path("de.docx")]), 0);
    ends_with(&run(&["convert", "--without-key", &xlsx, &path("de.json")]), 1);
    ends_with(&run(&["convert", "--template", &path("mau.xlsx")]), 0);
    ends_with(&run(&["check", &path("mau.xlsx"), &csv]), 0);
    let old = path("de.xls");
    std::fs::write(&old, b"\xd0\xcf\x11\xe0").unwrap();
    assert!(ends_with(&run(&["check", &old]), 1).contains(".xlsx"));
}

#[sqlx::test(migrations = false)]
async fn a_round_goes_from_load_to_publication_by_two_people(pool: PgPool) {
    let desk = Desk::new(&pool);
    pool.close().await;
    let load = "load quizzes/lang-son-195-nam --shift-round 1=now --by An --format json";
    let loaded: Value = serde_json::from_str(&desk.ends_with(load, 0)).unwrap();
    assert_eq!(loaded["outcome"], "loaded");
    let again: Value = serde_json::from_str(&desk.ends_with(load, 0)).unwrap();
    assert_eq!(again["outcome"], "unchanged");
    let step = |rest: &str, code| desk.ends_with(&format!("round lang-son-195-nam 1 {rest}"), code);
    assert!(
        step("close --by Mai", 1).contains("lý do"),
        "early, so a reason is needed"
    );
    assert!(step("rank --by Mai", 1).contains("đang mở"));
    step("close --by Mai --reason thử", 0);
    step("rank --by Mai", 0);
    assert!(step("approve --by Mai", 1).contains("một người khác"));
    step("approve --by Thắng", 0);
    step("publish --by Thắng --format json", 0);
    assert!(step("reopen --by Thắng --reason thử", 1).contains("đã công bố"));
    assert!(
        desk.ends_with("round khong-co 1 rank --by Mai", 1)
            .contains("lang-son-195-nam")
    );
}

#[sqlx::test(migrations = false)]
async fn a_password_is_shown_once_or_read_from_a_file_only_its_owner_knows(pool: PgPool) {
    let desk = Desk::new(&pool);
    pool.close().await;
    let made: Value =
        serde_json::from_str(&desk.ends_with("staff add mai --name Mai --role organiser --format json", 0))
            .unwrap();
    assert_eq!(made["password"].as_str().unwrap().len(), 19);
    assert!(
        desk.ends_with("staff add mai --name Mai --role board", 1)
            .contains("đã có người dùng")
    );
    let file = desk.data.path().join("password");
    std::fs::write(&file, "một mật khẩu dài\n").unwrap();
    let line = format!("staff reset mai --password-file {} --format json", file.display());
    let reset: Value = serde_json::from_str(&desk.ends_with(&line, 0)).unwrap();
    assert_eq!(reset["password"], Value::Null);
    desk.ends_with("staff disable mai", 0);
    let list: Value = serde_json::from_str(&desk.ends_with("staff list --format json", 0)).unwrap();
    assert!(
        list[0]["disabled_at"].is_string() && list[0].get("password").is_none(),
        "{list}"
    );
    desk.ends_with("staff disable khong-co", 1);
}

#[sqlx::test(migrations = false)]
async fn a_password_that_is_handed_over_must_be_replaced_by_its_owner(pool: PgPool) {
    let desk = Desk::new(&pool);
    // Commands migrate by themselves; one connection stays for looking at the rows.
    let own = "staff add hoa --name Hoa --role organiser --format json";
    let kept: Value = serde_json::from_str(&desk.ends_with(own, 0)).unwrap();
    let line = "staff add mai --name Mai --role board --hand-over --format json";
    let made: Value = serde_json::from_str(&desk.ends_with(line, 0)).unwrap();
    assert!(
        kept["password"].is_string() && made["password"].is_string(),
        "{made}"
    );
    let given = async || -> Vec<(String, bool)> {
        sqlx::query_as("select login, password_given from staff order by login")
            .fetch_all(&pool)
            .await
            .unwrap()
    };
    let expected = |hoa, mai| vec![("hoa".to_owned(), hoa), ("mai".to_owned(), mai)];
    assert_eq!(given().await, expected(false, true));
    let file = desk.data.path().join("password");
    std::fs::write(&file, "một mật khẩu dài\n").unwrap();
    let reset = |login: &str, more: &str| {
        let line = format!("staff reset {login} --password-file {}{more}", file.display());
        desk.ends_with(&line, 0);
    };
    reset("hoa", " --hand-over");
    reset("mai", "");
    assert_eq!(given().await, expected(true, false));
}

#[sqlx::test(migrations = false)]
async fn what_would_be_erased_is_shown_first_and_nothing_goes_before_its_day(pool: PgPool) {
    let desk = Desk::new(&pool);
    pool.close().await;
    desk.ends_with("load quizzes/lang-son-195-nam --shift-round 1=now --by An", 0);
    let shown: Value =
        serde_json::from_str(&desk.ends_with("data expire --dry-run --format json", 0)).unwrap();
    assert_eq!(shown[0]["contest"], "lang-son-195-nam");
    assert_eq!(
        (&shown[0]["stage"], &shown[0]["people"]),
        (&"kept".into(), &0.into())
    );
    assert!(shown[0]["waits"]["rounds"].as_i64().unwrap() > 0, "{shown}");
    assert!(
        desk.ends_with("data expire --dry-run", 0)
            .contains("chưa đến hạn")
    );
    assert!(
        desk.ends_with("data expire", 0)
            .contains("Chưa có dữ liệu nào đến hạn")
    );
    assert!(
        desk.ends_with("data expire --contest khong-co", 1)
            .contains("khong-co")
    );
}

#[sqlx::test(migrations = false)]
async fn a_server_says_where_it_serves_and_stops_in_order_when_told(pool: PgPool) {
    let desk = Desk::new(&pool);
    pool.close().await;
    let mut command = desk.command(&["serve", "--listen", "127.0.0.1:0", "--lang", "en"]);
    let mut server = command
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(server.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let address = line
        .split_whitespace()
        .find(|word| word.starts_with("http://localhost:"))
        .unwrap()
        .to_owned();
    let ready = reqwest::get(format!("{address}/readyz")).await.unwrap();
    assert_eq!(ready.text().await.unwrap(), "ready\n");
    let pid = server.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-INT", &pid])
            .status()
            .unwrap()
            .success()
    );
    let status = tokio::task::spawn_blocking(move || server.wait())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(status.code(), Some(0));
    assert!(reqwest::get(format!("{address}/readyz")).await.is_err());
}
