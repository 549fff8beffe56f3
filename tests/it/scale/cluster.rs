//! The program on a Redis Cluster: the same journeys, slots that move, a node that dies and comes back empty.

use super::crowd::{sample_people, save, sit};
use super::machines::{RedisCluster, until_told};
use crate::helpers::{LIMIT, TestApp};
use crate::process::Place;
use axum::http::StatusCode;
use hoithi::action::staff_login::{NewPassword, StaffLoginError, add_staff, current_staff, staff_login};
use hoithi::domain::attempt::GRACE;
use hoithi::domain::ids::AttemptId;
use hoithi::domain::staff::Role;
use hoithi::worker::sweep;
use serde_json::json;
use sqlx::PgPool;
use std::time::{Duration, Instant};

fn key(bench: &TestApp, id: AttemptId) -> String {
    format!("{}a:{{{id}}}", bench.prefix())
}

/// A citizen's way from registration to the result, through the API.
async fn journey(bench: &TestApp, name: &str) {
    let sitting = bench.participant(name).await.start(1).await;
    for (question, labels) in sitting.key().await {
        sitting.answer(question, &labels).await;
    }
    sitting.predict(17).await;
    assert_eq!(sitting.saved().await.len(), 6);
    let outcome = sitting.submit().await.ok();
    assert_eq!(
        (&outcome["score"], &outcome["how"]),
        (&json!(60), &json!("submitted"))
    );
    assert_eq!(sitting.submit().await.ok(), outcome, "the same request again");
}

async fn staff(bench: &TestApp) {
    let (app, now, secret) = (&bench.app, bench.now(), "mot mat khau du dai");
    add_staff(
        app,
        now,
        "tester",
        "lan",
        "Hoàng Thị Lan",
        Role::Organiser,
        NewPassword::Chosen(secret),
    )
    .await
    .unwrap();
    let login = staff_login(app, now, "lan", secret).await.unwrap();
    assert_eq!(
        current_staff(app, &login.token)
            .await
            .unwrap()
            .unwrap()
            .staff
            .login,
        "lan"
    );
    // No account of that name: the counter alone is at work, and its answers cost no hashing after the tenth.
    for _ in 0..10 {
        let wrong = staff_login(app, now, "khong-co", "sai").await;
        assert!(matches!(wrong, Err(StaffLoginError::Wrong)), "{wrong:?}");
    }
    let slowed = staff_login(app, now, "khong-co", "sai").await;
    assert!(
        matches!(slowed, Err(StaffLoginError::TooMany(1..=900))),
        "{slowed:?}"
    );
}

/// Moves a slot with its keys to another node step by step, looking at an attempt in it at every step.
async fn move_slot(cluster: &RedisCluster, key: &str, look: impl AsyncFn()) {
    let slot = cluster.slot(key);
    let (from, from_id) = cluster.owner(slot);
    let to = (from + 1) % 3;
    let to_id: String = redis::cmd("CLUSTER")
        .arg("MYID")
        .query(&mut cluster.connect(to))
        .unwrap();
    let set = |node, state: &str, id: &str| {
        let mut command = redis::cmd("CLUSTER");
        command.arg("SETSLOT").arg(slot).arg(state).arg(id);
        command.exec(&mut cluster.connect(node)).unwrap();
    };
    set(to, "IMPORTING", &from_id);
    set(from, "MIGRATING", &to_id);
    look().await;
    let port: u16 = cluster.node_url(to).rsplit_once(':').unwrap().1.parse().unwrap();
    redis::cmd("MIGRATE")
        .arg("127.0.0.1")
        .arg(port)
        .arg(key)
        .arg(0)
        .arg(5_000)
        .exec(&mut cluster.connect(from))
        .unwrap();
    // The old owner has the slot but not the key: it answers ASK.
    look().await;
    set(to, "NODE", &to_id);
    set(from, "NODE", &to_id);
    // Now MOVED.
    look().await;
}

/// Why attempts still run: what Redis says of one of them, and what the nodes say of each other. `None` when all have ended.
async fn why_running(bench: &TestApp, cluster: &RedisCluster) -> Option<String> {
    let one: Option<uuid::Uuid> = sqlx::query_scalar("select attempt_id from running limit 1")
        .fetch_optional(&bench.pool)
        .await
        .unwrap();
    let id = AttemptId::from_bytes(one?.into_bytes());
    let saved = bench.app.sessions.load_draft(id).await;
    let saved = saved.map(|draft| draft.responses.len());
    let left = bench.count("running").await;
    Some(format!(
        "{left} still run; answers saved of {id}: {saved:?}; {}",
        cluster.told()
    ))
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_contest_runs_on_a_cluster_and_a_dead_node_costs_unsaved_drafts_only(pool: PgPool) {
    let folder = tempfile::tempdir().unwrap();
    let mut cluster = RedisCluster::start(folder.path()).await;
    let bench = TestApp::on(pool.clone(), &cluster.url()).await;
    let (app, now) = (&bench.app, bench.now());

    journey(&bench, "Ánh").await;
    staff(&bench).await;
    let people = sample_people(&bench, 60).await;
    let attempts = sit(app, now, &bench.contest(), 1, &people).await;
    for node in 0..3 {
        let keys: i64 = redis::cmd("DBSIZE").query(&mut cluster.connect(node)).unwrap();
        assert!(keys > 0, "node {node} has its share");
    }

    // A slot is moved under a running attempt: nothing is lost, nothing is refused.
    let (who, moved) = (people[0], attempts[0]);
    move_slot(&cluster, &key(&bench, moved), async || {
        assert_eq!(save(app, now, who, moved).await, Ok(1));
        assert_eq!(app.sessions.load_draft(moved).await.unwrap().responses.len(), 1);
    })
    .await;

    // The node of a running attempt dies; the others have forgotten their scripts, as promoted or restarted ones do.
    let sitting = bench.participant("Bình").await.start(1).await;
    sitting.answer(1, "A").await;
    let dead = cluster.owner(cluster.slot(&key(&bench, sitting.id))).0;
    let nodes: Vec<usize> = attempts
        .iter()
        .map(|id| cluster.owner(cluster.slot(&key(&bench, *id))).0)
        .collect();
    for node in (0..3).filter(|node| *node != dead) {
        redis::cmd("SCRIPT")
            .arg("FLUSH")
            .exec(&mut cluster.connect(node))
            .unwrap();
    }
    cluster.kill_node(dead).await;
    for node in 0..3 {
        let place = nodes.iter().position(|owner| *owner == node).unwrap();
        let asked = Instant::now();
        let saved = save(app, now, people[place], attempts[place]).await;
        assert_eq!(saved.is_ok(), node != dead, "node {node}: {saved:?}");
        assert!(
            asked.elapsed() < Duration::from_secs(2),
            "a visitor is not kept waiting"
        );
    }
    app.sessions.ping().await.expect("two of three answer");
    app.sessions.time().await.expect("and tell the time");
    let refused = sitting
        .save(&json!({ "responses": [sitting.choice(1, "B")] }))
        .await;
    assert_eq!(
        refused.status,
        StatusCode::SERVICE_UNAVAILABLE,
        "{}",
        refused.text
    );
    let reply = sitting.submit_with(&sitting.right_answers(6).await).await;
    assert_eq!(
        reply.ok()["score"],
        json!(60),
        "the page still holds every answer"
    );

    // The system finishes what it can read and waits for the rest, rather than submit them empty.
    let later = now + LIMIT + GRACE;
    let lost = nodes.iter().filter(|node| **node == dead).count();
    let outcome = sweep(app, later).await.unwrap();
    assert_eq!(
        (outcome.finished, outcome.failed),
        (60 - lost, lost),
        "{}",
        cluster.told()
    );
    cluster.start_node(dead).await;
    let mut later = later;
    until_told("the end of every attempt", async || {
        later += time::Duration::MINUTE;
        let swept = format!("{:?}", sweep(app, later).await);
        match why_running(&bench, &cluster).await {
            None => Ok(()),
            Some(why) => Err(format!("swept: {swept}; {why}")),
        }
    })
    .await;
    for (place, id) in attempts.iter().enumerate() {
        let submission = bench.submission(*id).await.unwrap();
        let saved = usize::from(nodes[place] != dead);
        assert_eq!(submission.responses.answered(), saved);
    }

    // The program itself, told of the nodes by the setting.
    let place = Place::on(&pool, folder, &cluster.url());
    let server = place.serve().await;
    assert_eq!(
        server.get("/readyz").await,
        (StatusCode::OK, "ready\n".to_owned())
    );
}
