//! What an organiser does to a round by hand, and who may enter it: each rule refuses a start and says why.

use super::helpers::{CHAIR, CONTEST, OPENS, SECRETARY, Sample, TestApp};
use axum::http::StatusCode;
use hoithi::action::close_round::StepError;
use hoithi::action::open_round::open_round;
use hoithi::action::pause_round::pause_round;
use hoithi::action::resume_round::resume_round;
use hoithi::domain::contest::{Qualifying, TieRule};
use hoithi::domain::round::RoundPhase;
use serde_json::json;
use sqlx::PgPool;
use time::Duration;

async fn page(bench: &TestApp) -> String {
    let page = bench.page(&format!("/cuoc-thi/{CONTEST}/the-le")).await;
    page.text.replace('\u{a0}', " ")
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_round_that_waits_for_a_hand_opens_at_that_moment(pool: PgPool) {
    let sample = Sample::default().definition(|definition| definition.rounds[0].by_hand = true);
    let bench = TestApp::with(pool, sample).await;
    let person = bench.participant("An").await;
    let refused = person.try_start(1).await;
    assert_eq!(refused.expect(StatusCode::CONFLICT)["reason"], "round-not-opened");
    assert_eq!(bench.round(1).phase(bench.now()), RoundPhase::Upcoming);
    open_round(&bench.app, bench.now(), CHAIR, &bench.round(1), None)
        .await
        .unwrap();
    assert_eq!(bench.round(1).opens_at, OPENS + Duration::HOUR);
    person.start(1).await;
    let again = open_round(&bench.app, bench.now(), CHAIR, &bench.round(1), None).await;
    assert!(matches!(again, Err(StepError::Blocked(_))));
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_pause_keeps_people_from_starting_and_is_made_up_for_at_the_end(pool: PgPool) {
    let bench = TestApp::with(
        pool,
        Sample::default().definition(|definition| {
            definition.rounds[1].opens_at += Duration::HOUR;
        }),
    )
    .await;
    let (early, late) = (bench.participant("An").await, bench.participant("Bình").await);
    let sitting = early.start(1).await;
    let pause = |reason: &'static str| {
        let bench = bench.clone();
        async move { pause_round(&bench.app, bench.now(), SECRETARY, &bench.round(1), reason).await }
    };
    assert!(matches!(pause(" ").await, Err(StepError::Blocked(_))));
    pause("Mất điện toàn tỉnh").await.unwrap();
    assert!(matches!(pause("Lần nữa").await, Err(StepError::Blocked(_))));
    let refused = late.try_start(1).await;
    assert_eq!(refused.expect(StatusCode::CONFLICT)["reason"], "round-paused");
    assert!(page(&bench).await.contains("Mất điện toàn tỉnh"));
    // Who has begun goes on.
    sitting.answer(1, "A").await;
    assert_eq!(sitting.submit().await.status, StatusCode::OK);
    let closes = bench.round(1).closes_at;
    bench.advance(Duration::minutes(40));
    resume_round(&bench.app, bench.now(), SECRETARY, &bench.round(1), None)
        .await
        .unwrap();
    assert_eq!(bench.round(1).closes_at, closes + Duration::minutes(40));
    late.start(1).await;
    // A second pause may not push the close into the next round.
    pause("Bảo trì").await.unwrap();
    bench.advance(Duration::hours(3));
    resume_round(
        &bench.app,
        bench.now(),
        SECRETARY,
        &bench.round(1),
        Some("Đã xong"),
    )
    .await
    .unwrap();
    assert_eq!(bench.round(1).closes_at, bench.round(2).opens_at);
    let twice = resume_round(&bench.app, bench.now(), SECRETARY, &bench.round(1), None).await;
    assert!(matches!(twice, Err(StepError::Blocked(_))));
    assert!(page(&bench).await.contains("Đã xong"));
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn attempts_of_the_whole_contest_are_counted_together(pool: PgPool) {
    let bench = TestApp::with(
        pool,
        Sample::default().rules(|rules| rules.attempts.per_contest = Some(2)),
    )
    .await;
    let person = bench.participant("An").await;
    person.start(1).await.submit().await;
    bench.at(OPENS + Duration::weeks(1) + Duration::HOUR);
    person.start(2).await.submit().await;
    let refused = person.try_start(2).await;
    let refused = refused.expect(StatusCode::CONFLICT);
    assert_eq!(
        (&refused["reason"], &refused["limit"]),
        (&json!("contest-attempts-exhausted"), &json!(2))
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn only_the_best_of_the_rounds_before_enter_a_final(pool: PgPool) {
    let best = Qualifying {
        rounds: vec![1],
        top: None,
        per_unit: Some((2, 1)),
        min_score: None,
    };
    let sample = Sample::default().definition(|definition| definition.rounds[1].qualifying = Some(best));
    let bench = TestApp::with(pool, sample).await;
    let first = bench.participant("An").await;
    let second = bench.participant("Bình").await;
    let other = bench.participant_with("Chi", json!({ "unit": "X2" })).await;
    // All have no points; the earlier and quicker stand higher.
    for person in [&first, &second, &other] {
        let sitting = person.start(1).await;
        bench.advance(Duration::minutes(1));
        sitting.submit().await;
    }
    bench.at(OPENS + Duration::weeks(1) + Duration::HOUR);
    let early = first.try_start(2).await;
    assert_eq!(early.expect(StatusCode::CONFLICT)["reason"], "not-qualified");
    bench.close(1).await;
    bench.rank(1).await;
    first.start(2).await;
    other.start(2).await;
    let refused = second.try_start(2).await;
    assert_eq!(refused.expect(StatusCode::CONFLICT)["reason"], "not-qualified");
    assert_eq!(bench.count("qualified").await, 2);
    assert!(page(&bench).await.contains("1 người đứng đầu mỗi đơn vị cấp 2"));
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_contest_password_and_the_largest_age_are_asked_at_registration(pool: PgPool) {
    let sample = Sample::default().definition(|definition| {
        definition.entry.password = Some("thicchc2025".to_owned());
        definition.entry.max_age = Some(50);
    });
    let bench = TestApp::with(pool, sample).await;
    let send = async |changes: serde_json::Value| {
        let mut body = bench.registration("An");
        for (member, value) in changes.as_object().unwrap() {
            body[member] = value.clone();
        }
        let reply = bench
            .post(&format!("/contests/{CONTEST}/participants"), None, &body)
            .await;
        let fields = reply.json()["errors"].clone();
        let fields = fields.as_array().cloned().unwrap_or_default();
        (
            reply.status,
            fields
                .iter()
                .map(|fault| fault["field"].as_str().unwrap().to_owned())
                .collect::<Vec<_>>(),
        )
    };
    let refused = |field: &str| (StatusCode::UNPROCESSABLE_ENTITY, vec![field.to_owned()]);
    assert_eq!(send(json!({})).await, refused("contest_password"));
    assert_eq!(
        send(json!({ "contest_password": "sai" })).await,
        refused("contest_password")
    );
    let right = json!({ "contest_password": " thicchc2025 " });
    assert_eq!(send(right).await, (StatusCode::CREATED, Vec::new()));
    let old = json!({ "contest_password": "thicchc2025", "birth_date": "1980-01-01" });
    assert_eq!(send(old).await, refused("birth_date"));
    let form = bench.page(&format!("/cuoc-thi/{CONTEST}/dang-ky")).await.text;
    assert!(form.contains("name=\"contest_password\"") && !form.contains("thicchc2025"));
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_paper_with_a_blank_question_earns_nothing_where_all_must_be_answered(pool: PgPool) {
    let rules = |all| Sample::default().rules(move |rules| rules.paper.all_answered = all);
    let bench = TestApp::with(pool, rules(true)).await;
    let sitting = bench.participant("An").await.start(1).await;
    // Whatever is right: of the one answered question no points remain.
    sitting.answer(1, "A").await;
    let outcome = sitting.submit().await.json();
    assert_eq!((&outcome["score"], &outcome["correct"]), (&json!(0), &json!(0)));
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_seed_of_a_draw_is_sealed_when_the_contest_is_loaded_and_used_later(pool: PgPool) {
    let bench = TestApp::with(
        pool,
        Sample::default().rules(|rules| rules.ranking.tie = TieRule::Draw),
    )
    .await;
    let sealed = bench.round(1).control.draw_hash.unwrap();
    assert!(page(&bench).await.contains(&sealed));
    bench.participant("An").await.start(1).await.submit().await;
    bench.close(1).await;
    bench.rank(1).await;
    let used: String = sqlx::query_scalar(
        "select encode(sha256(draw_seed), 'hex') from rankings where draw_seed is not null and round_id = $1",
    )
    .bind(bench.round(1).id.0)
    .fetch_one(&bench.pool)
    .await
    .unwrap();
    assert_eq!(used, sealed);
    let changed = sqlx::query("update draw_seeds set seed = sha256('x')")
        .execute(&bench.pool)
        .await;
    assert!(changed.is_err(), "a sealed seed cannot be changed");
}
