//! Saving faster than anybody clicks: refused with a pause, and nothing is lost by it.

use super::quiz_browser::{nop, seated};
use crate::helpers::TestApp;
use axum::http::StatusCode;
use hoithi::session::attempt::{CALLS, WINDOW_MS};
use serde_json::json;
use sqlx::PgPool;
use time::Duration;

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn too_many_saves_of_one_attempt_are_put_off_and_those_of_others_are_not(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let sitting = bench.participant("An").await.start(1).await;
    let other = bench.participant("Bình").await.start(1).await;
    for n in 0..CALLS {
        // One choice at a time, several at once, and the same again: every call counts.
        let body = match n % 3 {
            0 => json!({ "responses": [sitting.choice(1, "A")] }),
            1 => json!({ "responses": [sitting.choice(2, "A"), sitting.choice(3, "B")] }),
            _ => json!({ "responses": [{ "question": 1, "options": ["A"], "revision": 1 }] }),
        };
        sitting.save(&body).await.ok();
    }
    let late = sitting.choice(4, "B");
    for body in [
        json!({ "responses": [late] }),
        json!({ "responses": [late], "prediction": 7 }),
    ] {
        let reply = sitting.save(&body).await;
        let problem = reply.refused(429, "too-many");
        let wait: i64 = reply.header("retry-after").parse().unwrap();
        assert!((1..=WINDOW_MS / 1000).contains(&wait), "{wait}");
        assert_eq!(problem["retry_after_s"], json!(wait));
    }
    let saved = sitting.saved().await;
    assert_eq!(
        saved.len(),
        3,
        "what was saved stands, what was refused is not there: {saved:?}"
    );
    other.answer(1, "A").await;
    bench.advance(Duration::milliseconds(WINDOW_MS));
    sitting.save(&json!({ "responses": [late] })).await.ok();
    assert_eq!(sitting.saved().await[&4], "B");
    sitting.submit().await.ok();
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn handing_in_is_never_put_off(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let sitting = bench.participant("An").await.start(1).await;
    for _ in 0..CALLS {
        sitting.answer(1, "A").await;
    }
    let answers = json!({ "responses": [sitting.choice(2, "B")] });
    sitting.save(&answers).await.refused(429, "too-many");
    sitting.submit_with(&answers).await.ok();
    let submission = bench.submission(sitting.id).await.unwrap();
    assert_eq!(submission.responses.answered(), 2);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_page_is_told_the_pause_and_a_form_without_script_keeps_what_was_chosen(pool: PgPool) {
    let (bench, _, mut browser, id, paper) = seated(pool).await;
    let csrf = paper.answers().get("csrf").to_owned();
    let change = |revision: i64| {
        format!(r#"{{"responses":[{{"question":1,"options":["A"],"revision":{revision}}}]}}"#)
    };
    for revision in 1..=CALLS {
        let saved = browser.save(id, &csrf, &change(revision)).await;
        assert_eq!(saved.status, StatusCode::OK);
    }
    let refused = browser.save(id, &csrf, &change(CALLS + 1)).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(refused.headers.contains_key("retry-after"));
    assert_eq!(refused.json()["reason"], json!("too-many"));
    let form = paper.answers().choose(2, "B").set("then", "save");
    let page = browser.post_only(&nop(id), &form).await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(page.answers().get("q2"), "B", "the choice is still in the form");
    bench.advance(Duration::milliseconds(WINDOW_MS));
    let page = browser.post(&nop(id), &form).await;
    assert_eq!(page.status, StatusCode::OK);
}
