//! Every round has tables of its own: what is done in one touches no other, and one can be put away.

use crate::helpers::{CONTEST, Sample, TestApp};
use axum::http::StatusCode;
use hoithi::worker::sweep;
use serde_json::json;
use sqlx::{AssertSqlSafe, PgPool};
use std::time::Duration;

/// Rounds of contests held in earlier years.
const OLD: i32 = 100;

/// A contest of long ago with so many rounds, each with its tables.
async fn old_contest(pool: &PgPool) -> Vec<i32> {
    let rounds: Vec<i32> = sqlx::query_scalar(
        "with c as (insert into contests (slug, definition, source_hash, loaded_at, loaded_by)
                    select 'cu', definition, '', now(), 'tester' from contests limit 1 returning contest_id)
         insert into rounds (contest_id, number, title, opens_at, closes_at, rules, sets)
         select c.contest_id, n, 'Vòng ' || n, '2020-01-01', '2020-01-02', r.rules, r.sets
         from c, generate_series(1, $1) n, (select rules, sets from rounds limit 1) r returning round_id",
    )
    .bind(OLD)
    .fetch_all(pool)
    .await
    .unwrap();
    let mut text = String::new();
    for round in &rounds {
        text += &format!(
            "insert into round_heads (round_id) values ({round});
             create table attempts_r{round} partition of attempts for values in ({round});
             create table submissions_r{round} partition of submissions for values in ({round});"
        );
    }
    sqlx::raw_sql(AssertSqlSafe(text)).execute(pool).await.unwrap();
    rounds
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_whole_entry_runs_while_the_tables_of_every_other_contest_are_locked(pool: PgPool) {
    let bench = TestApp::with(pool.clone(), Sample::default()).await;
    let old = old_contest(&pool).await;
    let names: Vec<String> = old
        .iter()
        .map(|round| format!("attempts_r{round}, submissions_r{round}"))
        .collect();
    let mut guard = pool.begin().await.unwrap();
    let lock = format!("lock table {} in access exclusive mode", names.join(", "));
    sqlx::raw_sql(AssertSqlSafe(lock))
        .execute(&mut *guard)
        .await
        .unwrap();

    // Often enough that the database has stopped planning each statement anew.
    let entries = async {
        let person = bench.participant("Ánh").await;
        for _ in 0..3 {
            let sitting = person.start(1).await;
            sitting.answer(1, "A").await;
            assert_eq!(sitting.saved().await.len(), 1);
            sitting.submit_with(&sitting.right_answers(6).await).await.ok();
            sitting.look().await.ok();
        }
        for name in ["Bình", "Chi", "Dũng", "Em", "Giang", "Hà"] {
            let sitting = bench.participant(name).await.start(1).await;
            sitting.submit().await.ok();
        }
        let late = bench.participant("Khoa").await.start(1).await;
        bench.at(late.deadline() + time::Duration::MINUTE);
        assert_eq!(sweep(&bench.app, bench.now()).await.unwrap().finished, 1);
    };
    tokio::time::timeout(Duration::from_secs(30), entries)
        .await
        .expect("no statement waits for a table of another contest");
    guard.rollback().await.unwrap();
}

/// The statements that docs/scaling.md gives for putting a round away.
fn documented(round: i32) -> String {
    let text = include_str!("../../../docs/scaling.md");
    let block = text
        .split("```sql\n-- put round 17 away:")
        .nth(1)
        .and_then(|rest| rest.split("```").next()?.split_once('\n'))
        .map(|(_, statements)| statements);
    block
        .expect("docs/scaling.md says how a round is put away")
        .replace("17", &round.to_string())
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_round_that_was_put_away_costs_nothing_and_keeps_its_results(pool: PgPool) {
    let bench = TestApp::new(pool.clone()).await;
    let sitting = bench.participant("Ánh").await.start(1).await;
    let outcome = sitting.submit_with(&sitting.right_answers(6).await).await.ok();
    bench.conclude(1).await;
    let before = bench.page(&format!("/cuoc-thi/{CONTEST}/ket-qua/1")).await;
    assert_eq!(before.status, StatusCode::OK);
    let statements = documented(bench.round(1).id.0);
    sqlx::raw_sql(AssertSqlSafe(statements))
        .execute(&pool)
        .await
        .unwrap();

    let after = bench.page(&format!("/cuoc-thi/{CONTEST}/ket-qua/1")).await;
    assert_eq!(after.status, StatusCode::OK);
    let winner = json!("Nguyễn Văn Ánh");
    let path = format!("/contests/{CONTEST}/rounds/1/results");
    let results = bench.get(&path, None).await.ok();
    assert_eq!(
        (&results["counts"]["attempts"], &results["awards"][0]["name"]),
        (&json!(1), &winner)
    );
    assert_eq!(sitting.look().await.status, StatusCode::NOT_FOUND, "{outcome}");
    assert_eq!(
        (
            bench.count("attempts").await,
            bench.count("archive.attempts_r1").await
        ),
        (0, 1)
    );
    bench.at(bench.round(2).opens_at + time::Duration::HOUR);
    sitting.person.start(2).await.submit().await.ok();
}
