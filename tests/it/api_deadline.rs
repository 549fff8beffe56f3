//! Borders in time: of a round, of an attempt, of the grace, between attempts.

use crate::helpers::{LIMIT, OPENS, Sample, Sitting, TestApp};
use axum::http::StatusCode;
use hoithi::action::finish_attempt;
use hoithi::domain::attempt::{GRACE, How};
use hoithi::domain::ids::ParticipantId;
use serde_json::{Value, json};
use sqlx::PgPool;
use time::Duration;

const MS: Duration = Duration::MILLISECOND;

/// A person with an attempt that has one answer saved and another in the form.
async fn sitting(bench: &TestApp, name: &str) -> (Sitting, Value) {
    let sitting = bench.participant(name).await.start(1).await;
    sitting.answer(1, "A").await;
    let form = json!({ "responses": [sitting.choice(2, "B")] });
    (sitting, form)
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_submission_counts_until_the_grace_is_over_and_is_dated_at_the_deadline_at_most(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    for (name, late) in [
        ("An", -MS),
        ("Bình", Duration::ZERO),
        ("Cúc", MS),
        ("Dũng", GRACE - MS),
    ] {
        let (sitting, form) = sitting(&bench, name).await;
        bench.at(sitting.deadline() + late);
        let outcome = sitting.submit_with(&form).await.ok();
        let used = if late.is_negative() { LIMIT + late } else { LIMIT };
        assert_eq!(outcome["duration_ms"], used.whole_milliseconds() as i64, "{late}");
        assert_eq!(outcome["how"], "submitted", "{late}");
        let kept = bench.submission(sitting.id).await.unwrap();
        assert_eq!(kept.responses.answered(), 2, "{late}");
        assert_eq!(
            kept.finished_at,
            (sitting.deadline() + late).min(sitting.deadline())
        );
        assert_eq!(kept.received_at, sitting.deadline() + late);
    }
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn an_answer_after_the_grace_period_is_refused_and_the_own_draft_submitted(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let (sitting, form) = sitting(&bench, "An").await;
    bench.at(sitting.deadline() + GRACE);
    let refused = sitting.submit_with(&form).await.refused(409, "deadline-passed");
    let outcome = &refused["outcome"];
    assert_eq!(outcome["how"], "timed_out");
    assert_eq!(outcome["duration_ms"], LIMIT.whole_milliseconds() as i64);
    let kept = bench.submission(sitting.id).await.unwrap();
    assert_eq!((kept.how, kept.responses.answered()), (How::TimedOut, 1));
    assert_eq!(
        kept.responses.get(1).unwrap().labels(),
        "A",
        "the answer saved in time is there"
    );
    assert_eq!(kept.finished_at, sitting.deadline());
    let again = sitting.submit_with(&form).await.refused(409, "deadline-passed");
    assert_eq!(again["outcome"], *outcome);
    assert_eq!(
        sitting.submit().await.ok(),
        *outcome,
        "without a body the outcome is simply told"
    );
    assert_eq!(sitting.look().await.ok(), *outcome);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_save_counts_until_the_grace_is_over(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    for (name, late) in [("An", -MS), ("Bình", Duration::ZERO), ("Cúc", GRACE - MS)] {
        let (sitting, form) = sitting(&bench, name).await;
        bench.at(sitting.deadline() + late);
        let saved = sitting.save(&form).await.ok();
        assert_eq!(saved["answered"], 2, "{late}");
        assert_eq!(
            saved["remaining_ms"],
            (-late).max(Duration::ZERO).whole_milliseconds() as i64,
            "{late}"
        );
    }
    let (sitting, form) = sitting(&bench, "Dũng").await;
    bench.at(sitting.deadline() + GRACE);
    let refused = sitting.save(&form).await.refused(409, "deadline-passed");
    assert_eq!(refused["outcome"]["how"], "timed_out");
    assert_eq!(
        bench.submission(sitting.id).await.unwrap().responses.answered(),
        1
    );
    let again = sitting.save(&form).await.refused(409, "deadline-passed");
    assert_eq!(again["outcome"], refused["outcome"], "also once it is finished");
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn an_attempt_whose_time_is_up_is_finished_by_whoever_looks_first(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let (looked, _) = sitting(&bench, "An").await;
    let (swept, form) = sitting(&bench, "Bình").await;
    let (restarted, _) = sitting(&bench, "Cúc").await;
    bench.at(looked.deadline() + GRACE + Duration::minutes(2));
    let shown = looked.look().await.ok();
    assert_eq!(
        (&shown["how"], &shown["finished_at"]),
        (&json!("timed_out"), &looked.paper["deadline"])
    );

    finish_attempt::time_out(&bench.app, bench.now(), swept.id)
        .await
        .unwrap();
    finish_attempt::time_out(&bench.app, bench.now(), swept.id)
        .await
        .unwrap();
    let late = swept.submit_with(&form).await.refused(409, "deadline-passed");
    assert_eq!(late["outcome"]["finished_at"], swept.paper["deadline"]);

    let second = restarted.person.try_start(1).await.expect(StatusCode::CREATED);
    assert_eq!(
        second["number"], 2,
        "a new start finishes the overdue attempt first"
    );
    assert_eq!(bench.submission(restarted.id).await.unwrap().how, How::TimedOut);
    assert_eq!(bench.count("submissions").await, 3);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_round_is_open_from_its_first_moment_to_before_its_last(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let closes = OPENS + Duration::weeks(1);
    bench.at(OPENS - MS);
    let an = bench.participant("An").await;
    let early = an.try_start(1).await.refused(409, "round-not-open");
    assert_eq!(early["opens_at"], "2033-06-06T01:00:00.000Z");
    assert_eq!(early["detail"], "Vòng thi mở lúc 08:00 06/06/2033.");
    bench.at(OPENS);
    an.start(1).await.submit().await.ok();
    bench.at(closes - MS);
    let last = an.start(1).await;
    assert_eq!(
        (&last.paper["number"], &last.paper["remaining_ms"]),
        (&json!(2), &json!(1)),
        "cut at the close"
    );
    bench.at(closes);
    let bình = bench.participant("Bình").await;
    assert_eq!(
        bình.try_start(1).await.refused(409, "round-ended")["closed_at"],
        "2033-06-13T01:00:00.000Z"
    );
    let running = an.try_start(1).await.ok();
    assert_eq!(
        running["remaining_ms"], 0,
        "a running attempt is still shown within the grace"
    );
    bình.start(2).await;
    assert_eq!(bench.count("attempts").await, 3);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn an_attempt_may_run_past_the_close_where_the_contest_says_so(pool: PgPool) {
    let bench = TestApp::with(
        pool,
        Sample::default().rules(|rules| rules.attempts.late_finish = true),
    )
    .await;
    bench.at(OPENS + Duration::weeks(1) - MS);
    let sitting = bench.participant("An").await.start(1).await;
    assert_eq!(sitting.paper["remaining_ms"], LIMIT.whole_milliseconds() as i64);
    bench.advance(LIMIT - MS);
    sitting.submit_with(&sitting.right_answers(6).await).await.ok();
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn attempts_run_out(pool: PgPool) {
    let bench = TestApp::with(
        pool,
        Sample::default().rules(|rules| rules.attempts.per_round = Some(2)),
    )
    .await;
    let an = bench.participant("An").await;
    for number in [1, 2] {
        let sitting = an.start(1).await;
        assert_eq!(sitting.paper["number"], number);
        sitting.submit().await.ok();
    }
    let refused = an.try_start(1).await.refused(409, "attempts-exhausted");
    assert_eq!(refused["limit"], 2);
    assert_eq!(bench.count("attempts").await, 2);
    bench.at(OPENS + Duration::weeks(1));
    assert_eq!(an.start(2).await.paper["number"], 1, "each round counts its own");
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_wait_between_attempts_begins_with_the_recorded_finish(pool: PgPool) {
    let bench = TestApp::with(
        pool,
        Sample::default().rules(|rules| rules.attempts.wait_s = 3_600),
    )
    .await;
    let an = bench.participant("An").await;
    let first = an.start(1).await;
    bench.at(first.deadline() + GRACE - MS);
    first.submit().await.ok();
    bench.at(first.deadline() + Duration::HOUR - MS);
    let refused = an.try_start(1).await.refused(409, "wait-between-attempts");
    assert_eq!(refused["until"], "2033-06-06T03:10:00.000Z");
    bench.advance(MS);
    assert_eq!(an.start(1).await.paper["number"], 2);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn whom_the_rules_bar_starts_nothing(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let an = bench.participant("An").await;
    exclude(&bench, an.id, "thành viên Ban Tổ chức").await;
    let refused = an.try_start(1).await.refused(409, "excluded");
    assert!(
        refused["detail"]
            .as_str()
            .unwrap()
            .ends_with("thành viên Ban Tổ chức")
    );
    assert_eq!(bench.count("attempts").await, 0);
}

async fn exclude(bench: &TestApp, who: ParticipantId, why: &str) {
    sqlx::query("update participants set excluded_reason = $2 where participant_id = $1")
        .bind(who.0)
        .bind(why)
        .execute(&bench.pool)
        .await
        .unwrap();
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_round_closed_early_submits_what_was_saved_and_lets_nobody_in(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let (sitting, form) = sitting(&bench, "An").await;
    let bình = bench.participant("Bình").await;
    bench.advance(Duration::minutes(1));
    bench.close(1).await;
    let refused = sitting.submit_with(&form).await.refused(409, "deadline-passed");
    assert_eq!(
        (&refused["outcome"]["how"], &refused["outcome"]["duration_ms"]),
        (&json!("timed_out"), &json!(60_000))
    );
    sitting.save(&form).await.refused(409, "deadline-passed");
    bình.try_start(1).await.refused(409, "round-ended");
    assert_eq!(
        bench.submission(sitting.id).await.unwrap().responses.answered(),
        1
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn nobody_registers_when_the_last_round_is_over(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    bench.at(OPENS + Duration::weeks(2) - MS);
    bench.participant("An").await;
    bench.advance(MS);
    let reply = bench
        .post("/contests/mau/participants", None, &bench.registration("Bình"))
        .await;
    assert_eq!(
        reply.refused(409, "round-ended")["closed_at"],
        "2033-06-20T01:00:00.000Z"
    );
    assert_eq!(bench.count("participants").await, 1);
}
