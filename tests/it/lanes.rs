//! Connections that the writer and the reader keep between statements.

use super::helpers::{CONTEST, TestApp};
use axum::body::Body;
use axum::http::{Request, StatusCode};
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

/// How often each table of a round was read from one end to the other.
async fn scans(pool: &PgPool) -> Vec<(String, i64)> {
    let scans = "select relname::text, seq_scan from pg_stat_user_tables
        where relname ~ '^(attempts|submissions|running)' order by relname";
    sqlx::query_as(scans).fetch_all(pool).await.unwrap()
}

async fn end_connections(pool: &PgPool) {
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

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn no_table_is_scanned_for_a_visitor_even_if_it_was_empty_when_the_plan_was_made(pool: PgPool) {
    let bench = TestApp::new(pool.clone()).await;
    let url = pool.connect_options().to_url_lossy().to_string();
    let store = Store::connect(&url, 1, Plans::Once).await.unwrap();
    let site = router(Frame::new(
        bench.app.with_crowd(store),
        Metrics::default(),
        Limits::default(),
    ));
    // Making an index is a scan too.
    let before = scans(&pool).await;
    let ask = async |token: &str, path: &str| {
        let asked = Request::post(format!("/api/v1/{path}"))
            .header("authorization", format!("Bearer {token}"))
            .body(Body::empty())
            .unwrap();
        let answer = site.clone().oneshot(asked).await.unwrap();
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
        let body = axum::body::to_bytes(answer.into_body(), 1 << 20).await.unwrap();
        serde_json::from_slice::<serde_json::Value>(&body).unwrap()
    };
    for name in ["An", "Bình", "Chi"] {
        let token = bench.participant(name).await.token;
        let started = ask(&token, &format!("contests/{CONTEST}/rounds/1/attempts")).await;
        let id = started["attempt"].as_str().unwrap();
        ask(&token, &format!("attempts/{id}/submit")).await;
    }
    // A connection that ends hands in what it counted.
    end_connections(&pool).await;
    assert_eq!(scans(&pool).await, before);
    assert_eq!(bench.count("submissions").await, 3);
}
