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

    let end = "select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name = 'hoithi'";
    sqlx::query(end).execute(&pool).await.unwrap();
    while connections(&pool).await > 0 {
        tokio::task::yield_now().await;
    }
    assert_eq!(start(&second.token).await, StatusCode::CREATED);
    assert_eq!(bench.count("attempts").await, 2);
}
