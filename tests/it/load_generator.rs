//! `hoithi-load` against the real server: what it reports is what the database holds.

use crate::process::{OwnRedis, Place};
use serde_json::Value;
use sqlx::PgPool;
use std::path::Path;
use tokio::process::Command;

async fn load(target: &str, accepted: &Path, words: &[&str]) -> std::process::Output {
    Command::new(env!("CARGO_BIN_EXE_hoithi-load"))
        .args(["--target", target, "--contest", "bench", "--round", "2"])
        .args([
            "--register",
            "3",
            "--warm-up",
            "0",
            "--seconds",
            "1",
            "--format",
            "json",
            "--accepted",
        ])
        .arg(accepted)
        .args(words)
        .output()
        .await
        .unwrap()
}

fn count(report: &Value, path: &str) -> u64 {
    report
        .pointer(path)
        .and_then(Value::as_u64)
        .unwrap_or_else(|| panic!("{path} in {report}"))
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_load_generator_enters_like_a_citizen_and_counts_what_was_kept(pool: PgPool) {
    let folder = tempfile::tempdir().unwrap();
    let contest = folder.path().join("bench");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/contest.sh");
    assert!(
        Command::new(script)
            .arg(&contest)
            .status()
            .await
            .unwrap()
            .success()
    );
    let accepted = folder.path().join("accepted");
    let redis = OwnRedis::start(folder.path()).await;
    let place = Place::new(&pool, folder, &redis);
    place
        .run(&["load", contest.to_str().unwrap(), "--shift-round", "2=now"])
        .await;
    let server = place.serve().await;

    let mut entered = 0;
    for (via, new) in [("api", "0"), ("pages", "0"), ("api", "100")] {
        let words = [
            "--via", via, "--limit", "4", "entries", "--users", "2", "--new", new,
        ];
        let output = load(&server.base, &accepted, &words).await;
        let said = String::from_utf8_lossy(&output.stderr);
        let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{said}"));
        assert!(
            output.status.success(),
            "not every request was answered well: {report}"
        );
        let registered = report.pointer("/kinds/register/count").and_then(Value::as_u64);
        assert_eq!(registered.unwrap_or(0) > 0, new == "100", "{report}");
        let now = count(&report, "/accepted");
        assert!((1..=4).contains(&now), "{report}");
        entered += now;
    }
    let ids = std::fs::read_to_string(&accepted).unwrap();
    let kept: Vec<String> = sqlx::query_scalar(
        "select replace(s.attempt_id::text, '-', '') from submissions s where s.how = 'submitted'
         and (select count(*) from jsonb_array_elements_text(s.responses::jsonb) r where r <> '') = 15",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    assert_eq!(kept.len() as u64, entered);
    assert!(kept.iter().all(|id| ids.contains(id.as_str())), "{ids}");
}

#[tokio::test]
async fn load_never_leaves_this_machine() {
    let folder = tempfile::tempdir().unwrap();
    let output = load("192.0.2.1:80", &folder.path().join("accepted"), &["entries"]).await;
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("is not this machine"));
}
