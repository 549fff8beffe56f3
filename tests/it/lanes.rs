//! Connections that the writer and the reader keep between statements.

use super::helpers::{CONTEST, TestApp};
use super::scale::crowd::{sample_people, sit};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use hoithi::action::finish_attempt::submit;
use hoithi::serve::{Frame, Limits, router};
use hoithi::store::{Plans, Store};
use hoithi::telemetry::Metrics;
use sqlx::{ConnectOptions, PgPool};
use tower::ServiceExt;

async fn connections(pool: &PgPool) -> i64 {
    let count = "select count(*) from pg_stat_activity
        where datname = current_database() and application_name = 'hoithi'";
    sqlx::query_scalar(count).fetch_one(pool).await.unwrap()
}

/// How often a table of a round was read from one end to the other, and how many entries of indexes were read.
pub async fn reads(pool: &PgPool) -> (i64, i64) {
    let reads = "select (select sum(seq_scan)::bigint from pg_stat_user_tables
                         where relname ~ '^(attempts|submissions|running)'),
                        (select sum(idx_tup_read)::bigint from pg_stat_user_indexes
                         where relname ~ '^(attempts|submissions|running)')";
    sqlx::query_as(reads).fetch_one(pool).await.unwrap()
}

pub async fn end_connections(pool: &PgPool) {
    let end = "select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name = 'hoithi'";
    sqlx::query(end).execute(pool).await.unwrap();
    while connections(pool).await > 0 {
        tokio::task::yield_now().await;
    }
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn connections_that_the_database_has_ended_are_replaced_and_nobody_notices(pool: PgPool) {
    let bench = TestApp::new(pool.clone()).await;
    let url = pool.connect_options().to_url_lossy().to_string();
    let store = Store::connect(&url, 2, Plans::Once).await.unwrap();
    let site = router(Frame::new(
        bench.app.with_crowd(store),
        Metrics::default(),
        Limits::default(),
    ));
    let start = async |token: &str| {
        let asked = Request::post(format!("/api/v1/contests/{CONTEST}/rounds/1/attempts"))
            .header("authorization", format!("Bearer {token}"))
            .body(Body::empty())
            .unwrap();
        site.clone().oneshot(asked).await.unwrap().status()
    };
    let (first, second) = (bench.participant("An").await, bench.participant("Bình").await);
    assert_eq!(start(&first.token).await, StatusCode::CREATED);
    assert!(connections(&pool).await > 0);

    end_connections(&pool).await;
    assert_eq!(start(&second.token).await, StatusCode::CREATED);
    assert_eq!(bench.count("attempts").await, 2);
}

/// Plans that were made when the tables were empty look up by key when they are not: what a visitor costs does not grow with
/// how many came before.
#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn nobody_pays_for_those_who_came_before_in_a_round_that_was_empty_when_its_statements_were_planned(
    pool: PgPool,
) {
    const PEOPLE: i32 = 80;
    let bench = TestApp::new(pool.clone()).await;
    let url = pool.connect_options().to_url_lossy().to_string();
    let store = Store::connect(&url, 1, Plans::Once).await.unwrap().kept();
    let app = bench.app.with_crowd(store);
    let (now, contest) = (bench.now(), bench.contest());
    // Making an index is a scan too.
    let (scans, entries) = reads(&pool).await;
    for person in sample_people(&bench, PEOPLE).await {
        let attempt = sit(&app, now, &contest, 1, &[person]).await;
        submit(&app, now, person, attempt[0], &[], None).await.unwrap();
    }
    // A connection that ends hands in what it counted.
    end_connections(&pool).await;
    let (scans_after, entries_after) = reads(&pool).await;
    assert_eq!(scans_after, scans);
    // Each statement that reads the round from one end to the other costs 40 for each of them, on average.
    let each = (entries_after - entries) / i64::from(PEOPLE);
    assert!(
        (1..20).contains(&each),
        "{each} entries of indexes for each person"
    );
    assert_eq!(bench.count("submissions").await, i64::from(PEOPLE));
}
