//! What one instance changes, the others know at once.

use super::machines::until;
use crate::helpers::{CONTEST, SECRETARY, TestApp, redis_url};
use hoithi::action::pause_round::pause_round;
use hoithi::app::App;
use hoithi::entropy::Entropy;
use hoithi::keys::Keys;
use hoithi::session::Sessions;
use hoithi::store::Store;
use hoithi::telemetry::Metrics;
use hoithi::worker;
use sqlx::PgPool;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Longer than word of a change takes on a busy machine, shorter than until an instance looks by itself, which is 30 s.
const SOON: Duration = Duration::from_secs(20);

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn what_one_instance_changes_another_knows_before_it_would_have_looked(pool: PgPool) {
    let bench = TestApp::new(pool.clone()).await;
    let sessions = Sessions::connect(&redis_url(), bench.prefix()).await.unwrap();
    let store = Store::from_pool(pool.clone());
    let url = "http://localhost:8080".parse().unwrap();
    let other = App::new(
        bench.clock.clone(),
        Entropy::Os,
        Keys::new(&[7; 32]),
        store,
        sessions,
        url,
    )
    .await
    .unwrap();
    let stop = CancellationToken::new();
    let tasks = worker::start(&other, &Metrics::default(), &stop);
    until("an instance that listens", async || {
        let listens = "select exists (select from pg_stat_activity
            where datname = current_database() and query ilike 'listen%')";
        let listens: bool = sqlx::query_scalar(listens).fetch_one(&pool).await.unwrap();
        listens.then_some(())
    })
    .await;
    let is_paused = || {
        let catalog = other.catalog();
        let round = catalog.find(CONTEST).unwrap().round(1).unwrap();
        round.control.paused_at.is_some()
    };
    assert!(!is_paused());

    pause_round(
        &bench.app,
        bench.now(),
        SECRETARY,
        &bench.round(1),
        "Máy chủ được bảo trì",
    )
    .await
    .unwrap();
    let known = until("word of the pause", async || is_paused().then_some(()));
    tokio::time::timeout(SOON, known)
        .await
        .expect("the other instance was told");
    stop.cancel();
    tasks.wait().await;
}
