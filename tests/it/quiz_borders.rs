//! The borders of time: a millisecond before and after the deadline and the grace, by form and by script.

use super::helpers::{LIMIT, OPENS, Sample, TestApp};
use super::quiz_browser::{Browser, View};
use axum::http::StatusCode;
use hoithi::domain::attempt::{GRACE, How};
use hoithi::domain::ids::AttemptId;
use sqlx::PgPool;
use time::{Duration, OffsetDateTime};

const MILLISECOND: Duration = Duration::MILLISECOND;

/// A running attempt with A saved for question 1, and its deadline.
async fn running(bench: &TestApp, name: &str) -> (Browser, AttemptId, View, OffsetDateTime) {
    let mut browser = Browser::of(&bench.participant(name).await);
    let (id, paper) = browser.start().await;
    let deadline = bench.now() + LIMIT;
    let form = paper.answers().choose(1, "A").set("then", "save");
    let paper = browser.post(&format!("/bai-thi/{id}/nop"), &form).await;
    assert_eq!(paper.status, StatusCode::OK);
    (browser, id, paper, deadline)
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_form_counts_until_the_last_millisecond_of_the_grace_and_never_earns_time(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    for (name, after, counts) in [
        ("Một", -MILLISECOND, true),
        ("Hai", Duration::ZERO, true),
        ("Ba", GRACE - MILLISECOND, true),
        ("Bốn", GRACE, false),
        ("Năm", GRACE + MILLISECOND, false),
    ] {
        bench.at(OPENS + Duration::HOUR);
        let (mut browser, id, paper, deadline) = running(&bench, name).await;
        bench.at(deadline + after);
        let form = paper.answers().choose(1, "B").set("then", "submit");
        let answer = browser.fetch(&format!("/bai-thi/{id}/nop"), &form).await;
        let kept = bench.submission(id).await.unwrap();
        assert_eq!(kept.finished_at, (deadline + after).min(deadline), "{name}");
        let said = (kept.how, kept.responses.get(1).unwrap().labels());
        if counts {
            assert_eq!(
                (answer.status, said),
                (StatusCode::OK, (How::Submitted, "B".to_owned())),
                "{name}"
            );
        } else {
            assert_eq!(
                (answer.status, said),
                (StatusCode::CONFLICT, (How::TimedOut, "A".to_owned())),
                "{name}"
            );
            assert_eq!(answer.json()["reason"], "deadline-passed");
        }
    }
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_late_form_is_told_when_it_came_and_what_counts(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let (mut browser, id, paper, deadline) = running(&bench, "Lan").await;
    bench.at(deadline + Duration::seconds(22));
    for then in ["submit", "save", "review"] {
        let form = paper.answers().choose(1, "B").choose(2, "C").set("then", then);
        let words = browser.post(&format!("/bai-thi/{id}/nop"), &form).await.words();
        assert!(
            words.contains("Hệ thống đã nộp giúp 1 câu đã lưu."),
            "{then}: {words}"
        );
        assert!(
            words.contains("Bài gửi đến lúc 09:10:22, sau giờ kết thúc 09:10:00"),
            "{then}: {words}"
        );
    }
    let plain = browser.open(&format!("/bai-thi/{id}/ket-qua")).await.words();
    assert!(!plain.contains("Bài gửi đến lúc"), "{plain}");
    for made_up in [
        "?tre=1",
        "?tre=99999999999999",
        "?tre=x",
        "?tre=-1",
        "?da-nop=%00",
    ] {
        let view = browser.open(&format!("/bai-thi/{id}/ket-qua{made_up}")).await;
        assert_eq!(
            (view.status, view.words()),
            (StatusCode::OK, plain.clone()),
            "{made_up}"
        );
    }
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_script_saves_until_the_grace_ends_and_then_learns_that_time_is_up(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let (mut browser, id, paper, deadline) = running(&bench, "Minh").await;
    let csrf = paper.answers().get("csrf").to_owned();
    let change = |revision: u64| {
        format!(r#"{{"responses":[{{"question":1,"options":["C"],"revision":{revision}}}]}}"#)
    };
    bench.at(deadline + GRACE - MILLISECOND);
    let saved = browser.save(id, &csrf, &change(5)).await;
    assert_eq!(
        (saved.status, &saved.json()["remaining_ms"]),
        (StatusCode::OK, &0.into())
    );
    bench.at(deadline + GRACE);
    let late = browser.save(id, &csrf, &change(6)).await;
    assert_eq!(
        (late.status, late.json()["reason"].as_str()),
        (StatusCode::CONFLICT, Some("deadline-passed"))
    );
    assert!(
        late.json()["location"]
            .as_str()
            .unwrap()
            .starts_with(&format!("/bai-thi/{id}/ket-qua"))
    );
    let kept = bench.submission(id).await.unwrap();
    assert_eq!(
        (
            kept.how,
            kept.finished_at,
            kept.responses.get(1).unwrap().labels()
        ),
        (How::TimedOut, deadline, "C".into())
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn coming_back_after_the_deadline_shows_what_the_system_submitted(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let (mut browser, id, _, deadline) = running(&bench, "Nga").await;
    bench.at(deadline + Duration::HOUR);
    let view = browser.open(&format!("/bai-thi/{id}")).await;
    assert_eq!(view.path, format!("/bai-thi/{id}/ket-qua"));
    let words = view.words();
    assert!(
        words.contains("Lượt bắt đầu lúc 09:00:00 đã hết giờ lúc 09:10:00 ngày 6/6/2033."),
        "{words}"
    );
    let start = browser.open("/cuoc-thi/mau/vong/1/thi").await.words();
    assert!(start.contains("Bắt đầu lượt thi thứ 2 trong 3"), "{start}");
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_round_that_closes_first_ends_the_attempt_unless_the_contest_lets_it_run_on(pool: PgPool) {
    let bench = TestApp::with(
        pool,
        Sample::default().rules(|rules| rules.attempts.late_finish = true),
    )
    .await;
    bench.at(OPENS + Duration::weeks(1) - Duration::minutes(2));
    let (mut browser, id, paper, _) = running(&bench, "Oanh").await;
    bench.advance(Duration::minutes(5));
    let form = paper.answers().choose(2, "B").set("then", "submit");
    assert_eq!(
        browser.fetch(&format!("/bai-thi/{id}/nop"), &form).await.status,
        StatusCode::OK
    );
    let words = browser.open(&format!("/bai-thi/{id}/ket-qua")).await.words();
    assert!(
        words.contains("Kết quả tuần 1 đang được kiểm tra, phê duyệt."),
        "{words}"
    );
    assert!(!words.contains("Thi lượt nữa"), "the round is over");
}
