//! The essay for programs: shown with the paper, saved, refused as on the page.

use super::{kept, sample};
use crate::helpers::{LIMIT, Reply, Sitting, TestApp};
use axum::http::Method;
use hoithi::domain::contest::Markers;
use serde_json::{Value, json};
use sqlx::PgPool;
use time::Duration;

async fn save(sitting: &Sitting, body: &Value) -> Reply {
    let path = format!("/attempts/{}/essay", sitting.id);
    let person = &sitting.person;
    person
        .bench
        .call(Method::PUT, &path, Some(&person.token), Some(body))
        .await
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_program_sees_the_prompt_and_saves_until_the_paper_is_in(pool: PgPool) {
    let bench = TestApp::with(pool.clone(), sample(Markers::One)).await;
    let an = bench.participant("An").await;
    let sitting = an.start(1).await;
    let asked = json!({
        "prompt": super::PROMPT, "min_chars": 10, "max_chars": 200, "points": 30, "text": "", "chars": 0,
    });
    assert_eq!(sitting.paper["essay"], asked);
    let saved = save(&sitting, &json!({ "essay": "  Quê tôi\r\nở Lạng Sơn\r\n" })).await;
    assert_eq!(saved.ok(), json!({ "chars": 18 }));
    assert_eq!(kept(&pool).await, [("Quê tôi\nở Lạng Sơn".to_owned(), 18)]);
    let seen = sitting.look().await.ok();
    assert_eq!(
        (&seen["essay"]["text"], &seen["essay"]["chars"]),
        (&json!("Quê tôi\nở Lạng Sơn"), &json!(18))
    );

    for (body, field) in [
        (json!({ "essay": "đ".repeat(201) }), "essay"),
        (json!({ "essay": "đ".repeat(150_000) }), "essay"),
        (json!({ "essay": 5 }), "essay"),
        (json!({}), "essay"),
        (json!({ "essay": "Được", "text": "" }), "text"),
    ] {
        assert_eq!(save(&sitting, &body).await.faulty_fields(), [field]);
    }
    let longest = "ế".repeat(200);
    save(&sitting, &json!({ "essay": longest })).await.ok();
    let binh = bench.participant("Bình").await;
    let path = format!("/attempts/{}/essay", sitting.id);
    let body = json!({ "essay": "Của người khác" });
    let foreign = bench
        .call(Method::PUT, &path, Some(&binh.token), Some(&body))
        .await;
    foreign.refused(404, "not-found");
    sitting.submit().await.ok();
    let finished = save(&sitting, &body).await.refused(409, "attempt-finished");
    assert_eq!(finished["outcome"]["how"], "submitted");

    let late = binh.start(1).await;
    bench.advance(LIMIT + Duration::seconds(5));
    save(&late, &body).await.refused(409, "deadline-passed");
    assert_eq!(kept(&pool).await, [(longest, 200)]);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_paper_without_an_essay_shows_none_and_takes_none(pool: PgPool) {
    let bench = TestApp::new(pool.clone()).await;
    let sitting = bench.participant("An").await.start(1).await;
    assert_eq!(sitting.paper.get("essay"), None);
    let refused = save(&sitting, &json!({ "essay": "Không ai hỏi" })).await;
    refused.refused(404, "not-found");
    assert_eq!(kept(&pool).await, []);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_longest_essay_that_any_contest_asks_for_fits_into_a_request(pool: PgPool) {
    let sample = sample(Markers::One).rules(|rules| {
        rules.essay.as_mut().unwrap().max_chars = hoithi::domain::essay::MAX_CHARS;
    });
    let bench = TestApp::with(pool, sample).await;
    let sitting = bench.participant("An").await.start(1).await;
    let saved = save(&sitting, &json!({ "essay": "ế".repeat(20_000) })).await.ok();
    assert_eq!(saved, json!({ "chars": 20_000 }));
}
