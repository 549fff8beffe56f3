//! The start page, and who may open which attempt.

use super::helpers::{CONTEST, OPENS, Sample, TestApp};
use super::quiz_browser::{Browser, START, View, nop, seated};
use axum::http::{Method, StatusCode};
use hoithi::domain::ids::AttemptId;
use sqlx::PgPool;
use time::Duration;

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn looking_at_the_start_page_starts_nothing_and_pressing_twice_starts_one(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let mut browser = Browser::of(&bench.participant("Bình").await);
    let page = browser.open(START).await;
    assert!(
        page.words().contains("Bắt đầu lượt thi thứ 1 trong 3"),
        "{}",
        page.words()
    );
    assert_eq!(bench.count("attempts").await, 0);
    let first = browser.post_only(START, &page.form("actions")).await;
    let second = browser.post_only(START, &page.form("actions")).await;
    assert_eq!(
        (first.status, first.location()),
        (StatusCode::SEE_OTHER, second.location())
    );
    assert_eq!(bench.count("attempts").await, 1);
    let again = browser.open(START).await.words();
    assert!(
        again.contains("Lượt thi thứ 1 đang làm dở") && again.contains("Làm tiếp (còn 10"),
        "{again}"
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_start_page_says_why_not_and_when(pool: PgPool) {
    let sample = Sample::default().rules(|rules| {
        rules.attempts.per_round = Some(2);
        rules.attempts.wait_s = 600;
    });
    let bench = TestApp::with(pool, sample).await;
    let person = bench.participant("Cường").await;
    let mut browser = Browser::of(&person);
    let words = |view: View| view.words().replace('\u{a0}', " ");
    let later = words(browser.open("/cuoc-thi/mau/vong/2/thi").await);
    assert!(
        later.contains("Tuần 2 mở lúc 08:00 thứ Hai, 13/6/2033."),
        "{later}"
    );
    assert!(
        later.contains("Tuần 1 đang mở") && later.contains("Vào thi tuần 1"),
        "{later}"
    );

    let (id, paper) = browser.start().await;
    browser
        .post(&nop(id), &paper.answers().set("then", "submit"))
        .await;
    let wait = words(browser.open(START).await);
    assert!(
        wait.contains("Lượt tiếp theo bắt đầu được từ 09:10:00."),
        "{wait}"
    );
    let pressed = browser.post_only(START, &paper.answers()).await;
    assert_eq!(pressed.location(), START, "a refusal is told by the page");

    bench.advance(Duration::minutes(10));
    let (id, paper) = browser.start().await;
    let result = browser
        .post(&nop(id), &paper.answers().set("then", "submit"))
        .await;
    assert!(words(result).contains("Đã dùng hết 2 lượt của tuần 1; lượt điểm cao nhất được tính."));
    let used = words(browser.open(START).await);
    assert!(used.contains("Đã dùng hết 2 lượt của tuần 1"), "{used}");

    bench.at(OPENS + Duration::weeks(1));
    let over = words(browser.open(START).await);
    assert!(
        over.contains("Tuần 1 đã đóng lúc 08:00 thứ Hai, 13/6/2033.") && over.contains("Vào thi tuần 2"),
        "{over}"
    );

    sqlx::query("update participants set excluded_reason = 'Thành viên Ban Tổ chức'")
        .execute(&bench.pool)
        .await
        .unwrap();
    let barred = words(browser.open("/cuoc-thi/mau/vong/2/thi").await);
    assert!(
        barred.contains("bạn không thuộc diện dự thi. Lý do: Thành viên Ban Tổ chức."),
        "{barred}"
    );
    assert_eq!(bench.count("attempts").await, 2);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_start_shortly_before_the_close_is_told_how_short_it_is(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let mut browser = Browser::of(&bench.participant("Dung").await);
    bench.at(OPENS + Duration::weeks(1) - Duration::minutes(4));
    let page = browser.open(START).await.words();
    assert!(
        page.contains("Tuần 1 đóng lúc 08:00:00 nên lượt này chỉ còn 4 phút."),
        "{page}"
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn without_a_log_in_the_way_leads_there_and_back(pool: PgPool) {
    let (bench, _, _, id, _) = seated(pool).await;
    let mut stranger = Browser::new(&bench);
    for (path, back) in [
        (START.to_owned(), START.to_owned()),
        (format!("/bai-thi/{id}"), format!("/bai-thi/{id}")),
        (format!("/bai-thi/{id}/ket-qua"), format!("/bai-thi/{id}/ket-qua")),
    ] {
        let view = stranger.send(Method::GET, &path, &[], String::new()).await;
        assert_eq!(
            view.location(),
            format!("/cuoc-thi/{CONTEST}/dang-nhap?tiep={back}")
        );
    }
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn somebody_elses_attempt_and_no_attempt_are_the_same_404(pool: PgPool) {
    let (bench, _, mut owner, id, paper) = seated(pool).await;
    let mut other = Browser::of(&bench.participant("Giang").await);
    let nobody = AttemptId::new(id.round(), [9; 12]);
    let elsewhere = "ffffffff000000000000000000000000";
    for path in ["", "/ket-qua", "/trang-thai"] {
        let mut answers = Vec::new();
        for id in [
            id.to_string(),
            nobody.to_string(),
            elsewhere.to_owned(),
            "x".to_owned(),
            "%ff".to_owned(),
        ] {
            let view = other.open(&format!("/bai-thi/{id}{path}")).await;
            assert_eq!(view.status, StatusCode::NOT_FOUND, "{id}{path}");
            answers.push(view.text.replace(&id, ""));
        }
        assert_eq!(answers[0], answers[1], "{path}");
    }
    let token = paper.answers();
    let foreign = other
        .post_only(&nop(id), &token.clone().set("token", "x").set("then", "submit"))
        .await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
    let csrf = csrf_of(&mut other).await;
    let save = other
        .save(
            id,
            &csrf,
            r#"{"responses":[{"question":1,"options":["A"],"revision":1}]}"#,
        )
        .await;
    assert_eq!(save.status, StatusCode::NOT_FOUND);
    assert_eq!(bench.count("submissions").await, 0);
    assert_eq!(owner.open(&format!("/bai-thi/{id}")).await.status, StatusCode::OK);
}

/// The form token of a browser.
async fn csrf_of(browser: &mut Browser) -> String {
    browser.open(START).await.form("actions").get("csrf").to_owned()
}
