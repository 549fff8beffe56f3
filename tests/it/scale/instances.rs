//! Several instances at one work: each attempt whose time is up is finished once.

use super::crowd::{people, sit};
use super::machines::until;
use crate::helpers::{Ground, LANG_SON};
use crate::process::Server;
use futures_util::future::join_all;
use hoithi::app::App;
use hoithi::clock::Clock;
use hoithi::entropy::Entropy;
use hoithi::keys::Keys;
use hoithi::session::Sessions;
use hoithi::store::Store;
use sqlx::PgPool;
use time::Duration;

/// A figure of an instance, without its labels.
async fn figure(server: &Server, name: &str) -> usize {
    let (_, text) = server.get("/metrics").await;
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    line.expect("the figure is there").trim().parse().unwrap()
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn three_instances_finish_two_thousand_attempts_once_each(pool: PgPool) {
    const ATTEMPTS: usize = 2_000;
    let Ground { place, redis } = Ground::new(&pool).await;
    // As if all had begun just after the opening, in the program's own way, and nobody had come back. The round has been
    // open for an hour and a quarter of it is what an attempt may take.
    let sessions = Sessions::connect(&redis.url(), "hoithi:").await.unwrap();
    let store = Store::from_pool(pool.clone());
    let (clock, url) = (Clock::system(), "http://localhost:8080".parse().unwrap());
    let app = App::new(clock, Entropy::Os, Keys::new(&[7; 32]), store, sessions, url)
        .await
        .unwrap();
    let contest = app.catalog().find(LANG_SON).unwrap().clone();
    let crowd = people(&pool, contest.id, i32::try_from(ATTEMPTS).unwrap()).await;
    let began = app.clock.now() - Duration::minutes(30);
    let opens = contest.round(3).unwrap().opens_at;
    assert!(opens <= began, "{opens} {began}");
    for group in crowd.chunks(500) {
        sit(&app, began, &contest, 3, group).await;
    }

    let servers = join_all((0..3).map(|_| place.serve())).await;
    until("the end of every attempt", async || {
        let left: i64 = sqlx::query_scalar("select count(*) from running")
            .fetch_one(&pool)
            .await
            .unwrap();
        (left == 0).then_some(())
    })
    .await;
    let kept: (i64, i64, i64, i64, i64) = sqlx::query_as(
        "select count(*), min(s.sequence), max(s.sequence), min(h.submissions),
                count(*) filter (where how = 'timed_out' and responses::jsonb->>0 = 'A')
         from submissions s join round_heads h using (round_id)",
    )
    .fetch_one(&pool)
    .await
    .unwrap();
    let all = i64::try_from(ATTEMPTS).unwrap();
    assert_eq!(
        kept,
        (all, 1, all, all, all),
        "each once, numbered without a gap, with what was saved"
    );
    let by_each = until("the figures", async || {
        let mut finished = Vec::new();
        for server in &servers {
            finished.push(figure(server, "hoithi_sweep_finished_total").await);
        }
        (finished.iter().sum::<usize>() >= ATTEMPTS).then_some(finished)
    })
    .await;
    assert_eq!(
        by_each.iter().sum::<usize>(),
        ATTEMPTS,
        "nothing was done twice: {by_each:?}"
    );
    for server in servers {
        assert_eq!(figure(&server, "hoithi_sweep_failed_total").await, 0);
        server.kill().await;
    }
}
