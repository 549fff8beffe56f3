//! The same request twice, two devices at once, Redis gone: one attempt, one submission, no answer lost.

use crate::helpers::{QUESTIONS, TestApp};
use axum::http::StatusCode;
use futures_util::future::join_all;
use hoithi::action::finish_attempt;
use hoithi::store::writer::{NewSubmission, Written};
use serde_json::{Value, json};
use sqlx::PgPool;
use std::collections::BTreeSet;
use time::Duration;

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn starting_again_returns_the_running_attempt(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let an = bench.participant("An").await;
    let first = an.try_start(1).await.expect(StatusCode::CREATED);
    bench.advance(Duration::seconds(1));
    let second = an.try_start(1).await.expect(StatusCode::OK);
    for same in ["attempt", "number", "deadline", "questions"] {
        assert_eq!(first[same], second[same], "{same}");
    }
    assert_eq!(bench.count("attempts").await, 1);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn twenty_starts_at_once_begin_one_attempt(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let an = bench.participant("An").await;
    let replies = join_all((0..20).map(|_| an.try_start(1))).await;
    let new = replies
        .iter()
        .filter(|reply| reply.status == StatusCode::CREATED)
        .count();
    assert_eq!(new, 1);
    let papers: BTreeSet<String> = replies
        .iter()
        .map(|reply| {
            assert!(reply.status.is_success(), "{}", reply.text);
            format!("{}{}", reply.json()["attempt"], reply.json()["questions"])
        })
        .collect();
    assert_eq!(papers.len(), 1);
    assert_eq!(
        (bench.count("attempts").await, bench.count("running").await),
        (1, 1)
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_hundred_equal_submissions_at_once_keep_one_row_and_give_equal_receipts(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let sitting = bench.participant("An").await.start(1).await;
    let mut body = sitting.right_answers(4).await;
    body["prediction"] = json!(7);
    bench.advance(Duration::seconds(30));
    let replies = join_all((0..100).map(|_| sitting.submit_with(&body))).await;
    let outcomes: BTreeSet<String> = replies.iter().map(|reply| reply.ok().to_string()).collect();
    assert_eq!(outcomes.len(), 1, "{outcomes:?}");
    assert_eq!(bench.count("submissions").await, 1);
    assert_eq!(bench.count("running").await, 0);
    bench.advance(Duration::days(3));
    assert_eq!(
        sitting.submit_with(&body).await.ok(),
        replies[0].json(),
        "the same, days later"
    );
    assert_eq!(
        sitting.submit().await.ok(),
        replies[0].json(),
        "without a body nothing else is said"
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn of_two_different_submissions_the_first_stays(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let sitting = bench.participant("An").await.start(1).await;
    let first = sitting
        .submit_with(&json!({ "responses": [sitting.choice(1, "A")] }))
        .await
        .ok();
    let other = sitting
        .submit_with(&json!({ "responses": [sitting.choice(1, "B")] }))
        .await;
    assert_eq!(other.refused(409, "attempt-finished")["outcome"], first);
    let predicted = sitting.submit_with(&json!({ "prediction": 3 })).await;
    assert_eq!(predicted.refused(409, "attempt-finished")["outcome"], first);
    let saved = sitting
        .save(&json!({ "responses": [sitting.choice(2, "B")] }))
        .await;
    assert_eq!(saved.refused(409, "attempt-finished")["outcome"], first);
    assert_eq!(
        bench.submission(sitting.id).await.unwrap().responses.answered(),
        1
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn different_submissions_at_once_keep_one_and_tell_the_others(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let sitting = bench.participant("An").await.start(1).await;
    let bodies: Vec<Value> = ["A", "B", "C", "D"]
        .iter()
        .map(|label| json!({ "responses": [sitting.choice(1, label)] }))
        .collect();
    let replies = join_all((0..40).map(|i| sitting.submit_with(&bodies[i % 4]))).await;
    let taken: Vec<Value> = replies
        .iter()
        .filter(|r| r.status.is_success())
        .map(|r| r.ok())
        .collect();
    assert_eq!(taken.len(), 10);
    assert!(taken.iter().all(|outcome| *outcome == taken[0]));
    for refused in replies.iter().filter(|reply| !reply.status.is_success()) {
        assert_eq!(refused.refused(409, "attempt-finished")["outcome"], taken[0]);
    }
    assert_eq!(bench.count("submissions").await, 1);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn of_two_devices_the_higher_revision_stands_and_the_other_is_told(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let sitting = bench.participant("An").await.start(1).await;
    let choice = |question: u16, label: &str, revision: u64| json!({ "question": question, "options": [label], "revision": revision });
    let save = |responses: Value| {
        let body = json!({ "responses": responses });
        let sitting = sitting.clone();
        async move { sitting.save(&body).await.ok() }
    };
    save(json!([choice(1, "A", 5)])).await;
    let late = save(json!([choice(1, "B", 4), choice(2, "C", 1)])).await;
    assert_eq!(late["saved"], json!([2]));
    assert_eq!(late["stale"], json!([choice(1, "A", 5)]));
    assert_eq!(sitting.saved().await[&1], "A");
    let equal = save(json!([choice(1, "D", 5)])).await;
    assert_eq!(
        equal["stale"],
        json!([choice(1, "A", 5)]),
        "of equal revisions the first stands"
    );
    assert_eq!(
        save(json!([choice(1, "A", 5)])).await["saved"],
        json!([1]),
        "the same again is no conflict"
    );
    let unsaid = json!({ "question": 1, "options": ["C"] });
    assert_eq!(
        save(json!([unsaid])).await["stale"],
        json!([]),
        "who says no revision knows no other"
    );
    assert_eq!(sitting.saved().await[&1], "C");
    let behind = save(json!([choice(1, "A", 4)])).await;
    assert_eq!(
        behind["stale"],
        json!([choice(1, "C", 6)]),
        "and counts as newer than what was there"
    );

    sitting
        .save(&json!({ "prediction": { "value": 10, "revision": 2 } }))
        .await
        .ok();
    let stale = sitting
        .save(&json!({ "prediction": { "value": 9, "revision": 1 } }))
        .await
        .ok();
    assert_eq!(stale["stale_prediction"], json!({ "value": 10, "revision": 2 }));
    sitting
        .save(&json!({ "responses": [], "prediction": null }))
        .await
        .ok();
    assert_eq!(
        sitting.look().await.ok()["prediction"]["value"],
        10,
        "null says nothing"
    );
    sitting
        .save(&json!({ "prediction": { "value": null, "revision": 3 } }))
        .await
        .ok();
    assert_eq!(sitting.look().await.ok()["prediction"]["value"], Value::Null);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_form_left_open_does_not_undo_what_another_device_saved_later(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let sitting = bench.participant("An").await.start(1).await;
    let choice =
        |label: &str, revision: u64| json!({ "question": 1, "options": [label], "revision": revision });
    sitting.save(&json!({ "responses": [choice("C", 9)] })).await.ok();
    let old_form =
        json!({ "responses": [choice("A", 2), { "question": 2, "options": ["B"], "revision": 3 }] });
    let outcome = sitting.submit_with(&old_form).await.ok();
    let kept = bench.submission(sitting.id).await.unwrap().responses;
    assert_eq!(
        (kept.get(1).unwrap().labels(), kept.get(2).unwrap().labels()),
        ("C".to_owned(), "B".to_owned())
    );
    let again = sitting.submit_with(&old_form).await;
    assert_eq!(
        again.refused(409, "attempt-finished")["outcome"],
        outcome,
        "it is told what stands"
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn after_redis_is_wiped_saving_and_submitting_go_on(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let sitting = bench.participant("An").await.start(1).await;
    let all = sitting.right_answers(usize::from(QUESTIONS)).await;
    sitting.save(&all).await.ok();
    assert!(bench.wipe_redis() > 0);
    let shown = sitting.look().await.ok();
    assert_eq!(shown["questions"], sitting.paper["questions"]);
    assert_eq!(shown["responses"], json!([]), "unsaved drafts are the price");
    let saved = sitting
        .save(&json!({ "responses": [all["responses"][0]] }))
        .await
        .ok();
    assert_eq!(saved["answered"], 1);
    assert!(bench.wipe_redis() > 0);
    let outcome = sitting.submit_with(&all).await.ok();
    assert_eq!((&outcome["score"], &outcome["correct"]), (&json!(60), &json!(6)));
    assert_eq!(bench.count("submissions").await, 1);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn after_a_wipe_the_system_still_finishes_a_silent_attempt(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let sitting = bench.participant("An").await.start(1).await;
    sitting.answer(1, "A").await;
    bench.wipe_redis();
    bench.at(sitting.deadline() + Duration::seconds(5));
    let kept = finish_attempt::time_out(&bench.app, bench.now(), sitting.id)
        .await
        .unwrap();
    assert_eq!(kept.responses.answered(), 0);
    assert_eq!(sitting.look().await.ok()["how"], "timed_out");
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn saves_at_once_all_count(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let sitting = bench.participant("An").await.start(1).await;
    let bodies: Vec<Value> = (1..=QUESTIONS)
        .map(|question| json!({ "responses": [sitting.choice(question, "A")] }))
        .collect();
    for reply in join_all(bodies.iter().map(|body| sitting.save(body))).await {
        reply.ok();
    }
    assert_eq!(sitting.saved().await.len(), usize::from(QUESTIONS));
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn of_two_submissions_in_one_batch_only_the_first_is_told_that_it_was_kept(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let sitting = bench.participant("An").await.start(1).await;
    let row = |responses: &str| NewSubmission {
        id: sitting.id,
        participant: sitting.person.id,
        number: 1,
        received_at: bench.now(),
        finished_at: bench.now(),
        duration_ms: 0,
        how: "submitted",
        responses: responses.to_owned(),
        score: 0,
        correct: 0,
        total: QUESTIONS,
        prediction: None,
        receipt: "0000000000".to_owned(),
    };
    let rows = [
        "[\"A\",\"\",\"\",\"\",\"\",\"\"]",
        "[\"B\",\"\",\"\",\"\",\"\",\"\"]",
    ]
    .map(row);
    let told = join_all(rows.map(|row| bench.app.writer.submit(row))).await;
    let told: Vec<Written> = told.into_iter().map(Result::unwrap).collect();
    assert_eq!(told, [Written::Kept(1), Written::NotKept]);
    assert_eq!(
        bench
            .submission(sitting.id)
            .await
            .unwrap()
            .responses
            .get(1)
            .unwrap()
            .labels(),
        "A"
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn while_the_database_is_away_answers_are_still_saved(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let sitting = bench.participant("An").await.start(1).await;
    bench.pool.close().await;
    assert_eq!(
        sitting
            .save(&json!({ "responses": [sitting.choice(1, "A"), sitting.choice(2, "B")] }))
            .await
            .ok()["answered"],
        2
    );
    for reply in [
        sitting.submit().await,
        sitting.look().await,
        sitting.person.try_start(1).await,
    ] {
        let document = reply.refused(503, "unavailable");
        assert_eq!(reply.header("retry-after"), document["retry_after_s"].to_string());
        assert_eq!(document["reference"].as_str().unwrap().len(), 10);
        assert!(
            !reply.text.contains("pool"),
            "the cause is not told: {}",
            reply.text
        );
    }
    sitting.answer(3, "C").await;
}
