//! The quiz as citizens meet it in a browser without scripts, from the paper to the result.

use super::helpers::{QUESTIONS, Sample, TestApp};
use super::quiz_browser::{Browser, key, nop, seated};
use axum::http::StatusCode;
use hoithi::domain::attempt::How;
use hoithi::domain::contest::{CountedPrediction, Feedback};
use sqlx::PgPool;
use time::Duration;

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_citizen_answers_saves_reviews_and_submits_without_scripts(pool: PgPool) {
    let (bench, _, mut browser, id, paper) = seated(pool).await;
    let right = key(&bench, id).await;
    let saved = browser
        .post(
            &nop(id),
            &paper
                .answers()
                .choose(1, &right[&1])
                .choose(2, &right[&2])
                .set("then", "save"),
        )
        .await;
    assert_eq!(saved.path, format!("/bai-thi/{id}#cau-2"));
    assert!(saved.words().contains("✓ Đã lưu 2/6 câu"), "{}", saved.words());
    assert_eq!(saved.answers().all("q2"), right[&2]);

    bench.advance(Duration::minutes(3));
    let form = saved
        .answers()
        .choose(3, &right[&3])
        .set("prediction", "75 600")
        .set("then", "review");
    let review = browser.post_only(&nop(id), &form).await;
    assert_eq!(review.status, StatusCode::OK);
    assert!(
        review.words().contains("Còn 3 câu chưa trả lời."),
        "{}",
        review.words()
    );
    assert!(review.words().contains("75.600 lượt"));
    assert!(review.text.contains(&format!("/bai-thi/{id}#cau-4")));

    let result = browser
        .post(&nop(id), &review.answers().set("then", "submit"))
        .await;
    assert_eq!(result.path, format!("/bai-thi/{id}/ket-qua"));
    let words = result.words();
    let receipt = bench.submission(id).await.unwrap().receipt;
    let grouped = format!("{} {} {}", &receipt[..4], &receipt[4..8], &receipt[8..]);
    for expected in [
        "Đã nộp bài",
        &grouped,
        "Đúng 3/6 câu · 30/60 điểm",
        "3\u{a0}phút",
        "75.600 lượt",
        "thứ 1 trong 3, tuần 1",
        "Lượt này đang là lượt được tính.",
        "Thi lượt nữa (còn 2 lượt)",
    ] {
        assert!(
            words.contains(&expected.split_whitespace().collect::<Vec<_>>().join(" ")),
            "{expected}: {words}"
        );
    }
    let kept = bench.submission(id).await.unwrap();
    assert_eq!(
        (kept.how, kept.score.correct, kept.prediction),
        (How::Submitted, 3, Some(75_600))
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn submitting_twice_keeps_the_first_and_says_so(pool: PgPool) {
    let (bench, _, mut browser, id, paper) = seated(pool).await;
    let form = paper.answers().choose(1, "A").set("then", "submit");
    let first = browser.fetch(&nop(id), &form).await;
    assert_eq!(
        (first.status, first.json()["location"].as_str()),
        (StatusCode::OK, Some(&*format!("/bai-thi/{id}/ket-qua")))
    );
    assert_eq!(browser.fetch(&nop(id), &form).await.json(), first.json());
    let other = form.clone().choose(1, "B");
    let second = browser.fetch(&nop(id), &other).await;
    assert_eq!(
        (second.status, second.json()["reason"].as_str()),
        (StatusCode::CONFLICT, Some("attempt-finished"))
    );
    let page = browser.post(&nop(id), &other).await;
    assert!(
        page.words().contains("Nộp lại không làm thay đổi gì."),
        "{}",
        page.words()
    );
    assert_eq!(
        bench
            .submission(id)
            .await
            .unwrap()
            .responses
            .get(1)
            .unwrap()
            .labels(),
        "A"
    );
    assert_eq!(bench.count("submissions").await, 1);
    for path in [format!("/bai-thi/{id}"), nop(id)] {
        assert_eq!(browser.open(&path).await.path, format!("/bai-thi/{id}/ket-qua"));
    }
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_second_tab_never_blanks_what_the_first_saved(pool: PgPool) {
    let (bench, _, mut browser, id, first) = seated(pool).await;
    let second = browser.open(&format!("/bai-thi/{id}")).await;
    browser
        .post(&nop(id), &first.answers().choose(1, "A").set("then", "save"))
        .await;
    let after = browser
        .post(&nop(id), &second.answers().choose(2, "B").set("then", "save"))
        .await;
    assert_eq!(
        (after.answers().all("q1"), after.answers().all("q2")),
        ("A".to_owned(), "B".to_owned())
    );
    browser
        .post(&nop(id), &second.answers().choose(3, "C").set("then", "submit"))
        .await;
    let kept = bench.submission(id).await.unwrap().responses;
    let labels: Vec<String> = (1..=3).map(|number| kept.get(number).unwrap().labels()).collect();
    assert_eq!(labels, ["A", "B", "C"]);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_display_button_in_the_quiz_saves_first(pool: PgPool) {
    let (_, _, mut browser, id, paper) = seated(pool).await;
    let page = browser
        .post(&nop(id), &paper.answers().choose(2, "B").set("lang", "en"))
        .await;
    assert!(
        page.words().contains("✓ 1 of 6 saved") && page.text.contains("<html lang=\"en\""),
        "{}",
        page.words()
    );
    assert!(
        page.text.contains("class=\"text\" lang=\"vi\""),
        "contest texts stay Vietnamese"
    );
    let page = browser
        .post(&nop(id), &page.answers().choose(3, "C").set("size", "a++"))
        .await;
    assert!(page.text.contains("data-size=\"a++\"") && page.answers().all("q3") == "C");
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_page_holds_no_key_no_ids_and_no_points(pool: PgPool) {
    let (_, _, _, _, paper) = seated(pool).await;
    for secret in [
        "mot-dung",
        "nhieu-dung",
        "Giải thích",
        "Nguồn riêng",
        "so-",
        "points",
        "điểm</",
    ] {
        assert!(!paper.text.contains(secret), "{secret}");
    }
    assert_eq!(paper.headers["cache-control"], "private, no-cache");
    assert_eq!(
        paper.text.matches("type=\"checkbox\" name=").count(),
        8,
        "two questions take several options"
    );
    assert_eq!(paper.text.matches("Chọn tất cả phương án đúng.").count(), 2);
    assert_eq!(
        paper
            .text
            .matches("<section class=\"question\" id=\"cau-")
            .count(),
        usize::from(QUESTIONS)
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_contest_that_tells_no_score_tells_none(pool: PgPool) {
    let bench = TestApp::with(
        pool,
        Sample::default().rules(|rules| rules.attempts.feedback = Feedback::None),
    )
    .await;
    let mut browser = Browser::of(&bench.participant("Hà").await);
    let (id, paper) = browser.start().await;
    let result = browser
        .post(&nop(id), &paper.answers().choose(1, "A").set("then", "submit"))
        .await
        .words();
    assert!(
        !result.contains("điểm ·") && !result.contains("Đúng ") && !result.contains("/60"),
        "{result}"
    );
    assert!(
        result.contains("1/6") && result.contains("được công bố sau khi vòng đóng lúc"),
        "{result}"
    );
    assert!(
        result.contains("Theo thể lệ, lượt điểm cao nhất được tính."),
        "{result}"
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_locked_prediction_is_asked_once(pool: PgPool) {
    let sample = Sample::default().rules(|rules| {
        rules.prediction.as_mut().unwrap().counted = CountedPrediction::LockedOnce;
    });
    let bench = TestApp::with(pool, sample).await;
    let mut browser = Browser::of(&bench.participant("Khánh").await);
    let (id, paper) = browser.start().await;
    browser
        .post(&nop(id), &paper.answers().set("then", "submit"))
        .await;
    let (id, paper) = browser.start().await;
    assert!(
        paper.text.contains("id=\"du-doan\""),
        "the first attempt gave none"
    );
    browser
        .post(
            &nop(id),
            &paper.answers().set("prediction", "0").set("then", "submit"),
        )
        .await;
    assert_eq!(bench.submission(id).await.unwrap().prediction, Some(0));
    let (_, paper) = browser.start().await;
    assert!(!paper.text.contains("id=\"du-doan\"") && !paper.text.contains("name=\"prediction\""));
}
