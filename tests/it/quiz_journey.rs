//! The quiz as citizens meet it in a browser without scripts, and what the script gets.

use super::helpers::{CONTEST, LIMIT, OPENS, Person, QUESTIONS, Sample, TestApp};
use super::quiz_browser::{Browser, Cable, View};
use axum::http::{Method, StatusCode};
use hoithi::app::App;
use hoithi::domain::attempt::How;
use hoithi::domain::contest::{CountedPrediction, Feedback};
use hoithi::domain::ids::AttemptId;
use hoithi::domain::question::LABELS;
use hoithi::session::Sessions;
use sqlx::PgPool;
use std::collections::BTreeMap;
use time::Duration;

const START: &str = "/cuoc-thi/mau/vong/1/thi";

/// The right labels as shown on a paper, by question, read behind the server's back.
async fn key(bench: &TestApp, id: AttemptId) -> BTreeMap<u16, String> {
    let paper = bench
        .app
        .store
        .find_attempt(id)
        .await
        .unwrap()
        .unwrap()
        .attempt
        .paper;
    let contest = bench.contest();
    let right = |placed: &hoithi::domain::paper::PaperQuestion| {
        let right = &contest.keys[paper.version_of(placed).unwrap()].0[&placed.question];
        LABELS
            .iter()
            .zip(&placed.order)
            .filter(|(_, place)| right.contains(place))
            .map(|(label, _)| *label)
            .collect()
    };
    (1..).zip(paper.questions.iter().map(right)).collect()
}

async fn seated(pool: PgPool) -> (TestApp, Person, Browser, AttemptId, View) {
    let bench = TestApp::new(pool).await;
    let person = bench.participant("Ánh").await;
    let mut browser = Browser::of(&person);
    let (id, paper) = browser.start().await;
    (bench, person, browser, id, paper)
}

fn nop(id: AttemptId) -> String {
    format!("/bai-thi/{id}/nop")
}

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

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_open_page_is_submitted_after_redis_and_the_log_in_are_gone(pool: PgPool) {
    let (bench, _, mut browser, id, paper) = seated(pool).await;
    let right = key(&bench, id).await;
    let saved = browser
        .post(
            &nop(id),
            &paper.answers().choose(1, &right[&1]).set("then", "save"),
        )
        .await;
    assert!(bench.wipe_redis() > 0);
    browser.forget();
    // An old browser that does not say where a form comes from: the token alone speaks.
    browser.says.clear();
    let form = saved.answers().choose(2, &right[&2]).set("then", "submit");
    let result = browser.post(&nop(id), &form).await;
    assert_eq!(result.path, format!("/bai-thi/{id}/ket-qua"));
    assert!(result.words().contains("Đúng 2/6 câu"), "{}", result.words());
    assert!(
        browser.keeps("hoithi-paper")
            && !form.get("token").is_empty()
            && !result.path.contains(form.get("token"))
    );
    assert!(
        browser.open(START).await.path.contains("/dang-nhap"),
        "the token opens this result and nothing else"
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_flipped_token_opens_nothing(pool: PgPool) {
    let (bench, _, mut browser, id, paper) = seated(pool).await;
    browser.forget();
    let form = paper.answers().choose(1, "A").set("then", "submit");
    let mut token = form.get("token").to_owned();
    token.replace_range(..1, if token.starts_with('A') { "B" } else { "A" });
    let page = browser
        .post_only(&nop(id), &form.clone().set("token", &token))
        .await;
    assert!(page.location().contains("/dang-nhap"), "{page:?}");
    assert_eq!(
        browser.fetch(&nop(id), &form.set("token", &token)).await.status,
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(bench.count("submissions").await, 0);
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

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_script_saves_resumes_and_learns_what_another_device_saved(pool: PgPool) {
    let (bench, person, mut phone, id, paper) = seated(pool).await;
    let csrf = paper.answers().get("csrf").to_owned();
    let change = |labels: &str, revision: u64| {
        format!(
            r#"{{"responses":[{{"question":1,"options":["{labels}"],"revision":{revision}}}],"prediction":{{"value":75600,"revision":1}}}}"#
        )
    };
    bench.advance(Duration::minutes(1));
    let saved = phone.save(id, &csrf, &change("A", 1)).await;
    assert_eq!(saved.status, StatusCode::OK);
    let body = saved.json();
    assert_eq!(
        body["saved"],
        serde_json::json!([{ "question": 1, "revision": 1 }])
    );
    assert_eq!(
        (body["stale"].as_array().unwrap().len(), &body["answered"]),
        (0, &1.into())
    );
    assert_eq!(
        body["remaining_ms"],
        (LIMIT - Duration::MINUTE).whole_milliseconds() as i64
    );

    let mut desk = Browser::of(&person);
    let there = desk.open(&format!("/bai-thi/{id}")).await;
    assert_eq!(
        (there.answers().all("q1"), there.answers().get("r1").to_owned()),
        ("A".to_owned(), "1".to_owned())
    );
    let desk_csrf = there.answers().get("csrf").to_owned();
    desk.save(id, &desk_csrf, &change("C", 4)).await;
    assert_eq!(
        phone.save(id, &csrf, &change("C", 4)).await.json()["saved"][0]["revision"],
        4,
        "the same again is saved"
    );
    let stale = phone.save(id, &csrf, &change("D", 4)).await.json();
    assert_eq!(
        stale["stale"],
        serde_json::json!([{ "question": 1, "options": ["C"], "revision": 4 }])
    );
    assert_eq!(stale["saved"], serde_json::json!([]));

    let state = phone.open(&format!("/bai-thi/{id}/trang-thai")).await.json();
    assert_eq!(state["finished"], false);
    assert_eq!(state["responses"], stale["stale"]);
    assert_eq!(
        state["prediction"],
        serde_json::json!({ "value": 75_600, "revision": 1 })
    );
    phone.fetch(&nop(id), &there.answers()).await;
    let state = phone.open(&format!("/bai-thi/{id}/trang-thai")).await.json();
    assert_eq!(
        state,
        serde_json::json!({ "finished": true, "location": format!("/bai-thi/{id}/ket-qua") })
    );
    let late = desk.save(id, &desk_csrf, &change("B", 9)).await;
    assert_eq!(
        (late.status, late.json()["reason"].as_str()),
        (StatusCode::CONFLICT, Some("attempt-finished"))
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn without_redis_nothing_is_called_saved_and_the_page_keeps_every_answer(pool: PgPool) {
    let (bench, person, _, id, paper) = seated(pool).await;
    let redis = Cable::to_redis().await;
    let sessions = Sessions::connect(&redis.url, "away:").await.unwrap();
    let same = bench.app.clone();
    let app = App::new(
        same.clock.clone(),
        same.entropy.clone(),
        same.keys.clone(),
        same.store.clone(),
        sessions,
        same.public_url().clone(),
    )
    .await
    .unwrap();
    let mut away = Browser::on(&person, app);
    redis.cut().await;
    let csrf = paper.answers().get("csrf").to_owned();
    let body = format!(
        r#"{{"responses":[{{"question":1,"options":["A"],"revision":1}}],"token":"{}"}}"#,
        paper.answers().get("token")
    );
    let saved = away.save(id, &csrf, &body).await;
    assert_eq!(
        (saved.status, saved.headers["retry-after"].to_str().unwrap()),
        (StatusCode::SERVICE_UNAVAILABLE, "2")
    );
    let page = away
        .post_only(&nop(id), &paper.answers().choose(1, "A").set("then", "save"))
        .await;
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(
        page.words().contains("Chưa lưu được") && page.answers().all("q1") == "A",
        "{}",
        page.words()
    );
    let review = away
        .post_only(&nop(id), &page.answers().choose(2, "B").set("then", "review"))
        .await;
    assert!(!review.words().contains("✓ Đã lưu"), "{}", review.words());
    away.post(&nop(id), &review.answers().set("then", "submit")).await;
    let kept = bench.submission(id).await.unwrap().responses;
    assert_eq!(
        (kept.get(1).unwrap().labels(), kept.get(2).unwrap().labels()),
        ("A".to_owned(), "B".to_owned())
    );
}
