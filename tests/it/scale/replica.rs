//! A PostgreSQL that follows the primary answers for results and exports, and never contradicts what was just done.

use super::crowd::{sample_people, sit};
use super::machines::until;
use super::postgres::OwnPostgres;
use crate::helpers::{CONTEST, LIMIT, OPENS, SECRETARY, TestApp};
use crate::process::{OwnRedis, Place};
use axum::http::StatusCode;
use futures_util::StreamExt;
use hoithi::action::export::{ExportOrder, export};
use hoithi::domain::attempt::GRACE;
use hoithi::i18n::Lang;
use hoithi::store::Store;
use hoithi::store::replica::Replica;
use hoithi::store::results::{Listing, ListingRows};
use hoithi::worker::sweep;
use sqlx::PgPool;
use std::time::Duration;

/// People sit a round, and it is closed, ranked, approved and published.
async fn hold(bench: &TestApp, round: u16, people: &[hoithi::domain::ids::ParticipantId]) {
    sit(&bench.app, bench.now(), &bench.contest(), round, people).await;
    bench.advance(time::Duration::try_from(LIMIT.unsigned_abs() + GRACE.unsigned_abs()).unwrap());
    assert_eq!(
        sweep(&bench.app, bench.now()).await.unwrap().finished,
        people.len()
    );
    bench.conclude(round).await;
}

async fn standings(bench: &TestApp, round: u16) -> usize {
    let (contest, round) = (bench.contest(), bench.round(round));
    let order = ExportOrder {
        listing: Listing::Standings,
        round: Some(&round),
        format: "csv",
        with: &std::collections::BTreeSet::new(),
        reason: None,
    };
    let out = export(&bench.app, bench.now(), SECRETARY, &contest, order)
        .await
        .unwrap();
    let ListingRows::Standings(rows) = out.rows else {
        panic!("these are standings")
    };
    rows.count().await
}

/// Whether the results of a round, as the public sees them, give this number of entries.
async fn shows(bench: &TestApp, round: u16, attempts: i64) -> bool {
    let page = bench.page(&format!("/cuoc-thi/{CONTEST}/ket-qua/{round}")).await;
    let data = bench
        .get(&format!("/contests/{CONTEST}/rounds/{round}/results"), None)
        .await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    let written = hoithi::web::format::number(Lang::Vi, attempts);
    let same = data.ok()["counts"]["attempts"] == attempts;
    assert_eq!(
        page.text.contains(&format!(">{written}<")),
        same,
        "page and API agree"
    );
    same
}

struct Pair {
    primary: PgPool,
    standby: PgPool,
    replica: Replica,
    store: Store,
}

impl Pair {
    async fn look(&self) -> bool {
        self.replica.look(&self.store).await;
        self.replica.is_fresh()
    }

    async fn until_fresh(&self) {
        until("a fresh replica", async || self.look().await.then_some(())).await;
    }

    async fn hold_back(&self) {
        sqlx::query("select pg_wal_replay_pause()")
            .execute(&self.standby)
            .await
            .unwrap();
        until("the pause", async || {
            let state: String = sqlx::query_scalar("select pg_get_wal_replay_pause_state()")
                .fetch_one(&self.standby)
                .await
                .unwrap();
            (state == "paused").then_some(())
        })
        .await;
    }

    async fn let_go(&self) {
        sqlx::query("select pg_wal_replay_resume()")
            .execute(&self.standby)
            .await
            .unwrap();
    }

    /// Changes, behind the program's back, something that results show.
    async fn pretend(&self, attempts: i64) {
        sqlx::query("update rankings set attempts = $1")
            .bind(attempts)
            .execute(&self.primary)
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn results_and_exports_come_from_a_replica_that_never_contradicts_what_was_done() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::set_permissions(folder.path(), std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let first = OwnPostgres::start(folder.path()).await;
    let admin = PgPool::connect(&first.url("postgres")).await.unwrap();
    sqlx::query("create database hoithi")
        .execute(&admin)
        .await
        .unwrap();
    let primary = PgPool::connect(&first.url("hoithi")).await.unwrap();
    hoithi::store::MIGRATOR.run(&primary).await.unwrap();
    let second = OwnPostgres::follow(&first, folder.path()).await;
    let hour = Duration::from_secs(3_600);
    let replica = Replica::new(&second.url("hoithi"), 4, hour).unwrap();
    let pair = Pair {
        standby: PgPool::connect(&second.url("hoithi")).await.unwrap(),
        store: Store::from_pool(primary.clone()),
        replica: replica.clone(),
        primary: primary.clone(),
    };
    let bench = TestApp::with_replica(primary.clone(), replica).await;
    let people = sample_people(&bench, 30).await;
    hold(&bench, 1, &people).await;

    // A replica that follows closely answers: what is held back from it does not show.
    assert!(!pair.replica.is_fresh(), "nobody has looked yet");
    pair.until_fresh().await;
    pair.hold_back().await;
    pair.pretend(71_987).await;
    assert!(pair.look().await);
    assert!(!shows(&bench, 1, 71_987).await);
    assert!(pair.replica.lag().unwrap() > Duration::ZERO);

    // What the organiser has just published shows at once, and what is exported is complete.
    bench.at(OPENS + time::Duration::WEEK + time::Duration::HOUR);
    hold(&bench, 2, &people[..20]).await;
    assert!(!pair.look().await, "it lacks what the contests in memory show");
    assert!(shows(&bench, 2, 20).await);
    assert!(shows(&bench, 1, 71_987).await);
    assert_eq!(standings(&bench, 2).await, 20);
    pair.let_go().await;
    pair.until_fresh().await;
    assert_eq!(standings(&bench, 2).await, 20);

    // A few seconds late is good enough, but no more than is allowed.
    let strict = Replica::new(&second.url("hoithi"), 1, Duration::ZERO).unwrap();
    until("the strict one", async || {
        strict.look(&pair.store).await;
        strict.is_fresh().then_some(())
    })
    .await;
    pair.hold_back().await;
    pair.pretend(71_988).await;
    strict.look(&pair.store).await;
    assert!(!strict.is_fresh() && pair.look().await);
    assert!(!shows(&bench, 1, 71_988).await);

    // It dies in the middle: the same request is answered by the primary.
    second.stop();
    assert!(shows(&bench, 1, 71_988).await);
    assert!(!pair.replica.is_fresh(), "and it is not asked again");
    assert_eq!(standings(&bench, 1).await, 30);
    second.go_on().await;
    pair.until_fresh().await;

    // The primary dies: results are still there for everybody.
    first.stop();
    assert!(pair.look().await);
    assert!(shows(&bench, 1, 71_988).await);
    first.go_on().await;

    // The program itself, told of both by the settings.
    let redis = OwnRedis::start(folder.path()).await;
    let place = Place::named(&first.url("hoithi"), folder, &redis.url())
        .with("DATABASE_READ_URL", &second.url("hoithi"));
    let server = place.serve().await;
    until("the replica in the figures", async || {
        let (_, figures) = server.get("/metrics").await;
        figures.contains("hoithi_replica_answers 1").then_some(())
    })
    .await;
    let (status, text) = server.get(&format!("/cuoc-thi/{CONTEST}/ket-qua/1")).await;
    assert!(status == StatusCode::OK && text.contains("71.988"));
    server.kill().await;
}
