//! What no page of ours sends: other sites, wrong tokens, values that cannot be. A clear answer, nothing kept.

use super::helpers::{Sample, TestApp};
use super::quiz_browser::{Browser, Fields, View};
use axum::http::{Method, StatusCode};
use hoithi::domain::ids::AttemptId;
use sqlx::PgPool;

async fn seated(pool: PgPool) -> (TestApp, Browser, AttemptId, View) {
    let bench = TestApp::new(pool).await;
    let mut browser = Browser::of(&bench.participant("Phúc").await);
    let (id, paper) = browser.start().await;
    (bench, browser, id, paper)
}

/// What is saved, as the script is told.
async fn saved(browser: &mut Browser, id: AttemptId) -> serde_json::Value {
    browser.says = vec![("sec-fetch-site", "same-origin")];
    let state = browser.open(&format!("/bai-thi/{id}/trang-thai")).await.json();
    serde_json::json!([state["finished"], state["responses"], state["prediction"]])
}

fn untouched() -> serde_json::Value {
    serde_json::json!([false, [], null])
}

/// Headers of a request, and whether it is taken with and without a good token.
type Row = (&'static [(&'static str, &'static str)], bool, bool);

/// What a browser may say of where a request comes from, and whether a request with and without a good token is taken.
const MATRIX: [Row; 9] = [
    (&[("sec-fetch-site", "same-origin")], true, false),
    (&[("sec-fetch-site", "none")], true, false),
    (&[("sec-fetch-site", "same-site")], false, false),
    (&[("sec-fetch-site", "cross-site")], false, false),
    (
        &[("origin", "http://thi.test"), ("host", "thi.test")],
        true,
        false,
    ),
    (&[("origin", "null"), ("host", "thi.test")], false, false),
    (
        &[("origin", "https://other.test"), ("host", "thi.test")],
        false,
        false,
    ),
    (&[("host", "thi.test")], true, false),
    (&[], true, false),
];

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn saving_needs_a_token_and_refuses_other_sites_even_with_one(pool: PgPool) {
    let (_, mut browser, id, paper) = seated(pool).await;
    let form = paper.answers();
    let body = |token: &str, revision: usize| {
        format!(
            r#"{{"responses":[{{"question":1,"options":["A"],"revision":{revision}}}],"token":"{token}"}}"#
        )
    };
    for (place, (says, with, without)) in MATRIX.into_iter().enumerate() {
        for (csrf, token, taken) in [
            (form.get("csrf"), "", with),
            ("", form.get("token"), with),
            ("", "", without),
            ("x", "x", without),
        ] {
            browser.says = says.to_vec();
            let view = browser.save(id, csrf, &body(token, place + 1)).await;
            let expected = if taken {
                StatusCode::OK
            } else {
                StatusCode::FORBIDDEN
            };
            assert_eq!(view.status, expected, "{says:?} csrf {csrf:?} token {token:?}");
        }
    }
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn submitting_needs_a_token_or_the_browsers_word(pool: PgPool) {
    let (bench, mut browser, id, paper) = seated(pool).await;
    let form = paper.answers().set("then", "save").choose(1, "A");
    let address = format!("/bai-thi/{id}/nop");
    for (says, with, _) in MATRIX {
        let ours = matches!(says, [("sec-fetch-site", "same-origin" | "none")])
            || says.first() == Some(&("origin", "http://thi.test"));
        for (form, taken) in [
            (form.clone(), with),
            (form.clone().set("csrf", ""), with),
            (form.clone().set("token", ""), with),
            (form.clone().set("csrf", "x").set("token", "x"), ours),
        ] {
            browser.says = says.to_vec();
            let view = browser.post_only(&address, &form).await;
            let expected = if taken {
                StatusCode::SEE_OTHER
            } else {
                StatusCode::FORBIDDEN
            };
            assert_eq!(view.status, expected, "{says:?} {form:?}");
        }
    }
    browser.says = vec![("sec-fetch-site", "cross-site")];
    let start = browser.post_only("/cuoc-thi/mau/vong/1/thi", &form).await;
    assert_eq!(start.status, StatusCode::FORBIDDEN);
    assert!(start.words().contains("chưa có gì thay đổi"), "{}", start.words());
    assert_eq!(bench.count("submissions").await, 0);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn without_a_log_in_the_script_gets_a_status_and_no_redirect(pool: PgPool) {
    let (_, mut browser, id, paper) = seated(pool).await;
    let csrf = paper.answers().get("csrf").to_owned();
    browser.forget();
    for view in [
        browser.save(id, &csrf, r#"{"responses":[]}"#).await,
        browser.open(&format!("/bai-thi/{id}/trang-thai")).await,
    ] {
        assert_eq!(
            (view.status, view.json()["reason"].as_str()),
            (StatusCode::UNAUTHORIZED, Some("not-logged-in"))
        );
    }
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn json_that_cannot_be_is_named_by_field_and_nothing_of_it_is_kept(pool: PgPool) {
    let (_, mut browser, id, paper) = seated(pool).await;
    let csrf = paper.answers().get("csrf").to_owned();
    let good = r#"{"question":2,"options":["A"],"revision":1}"#;
    let many = format!("[{}]", vec![r#""A""#; 10_000].join(","));
    let list = vec![good; 1_001].join(",");
    let cases = [
        (
            r#"{"question":0,"options":["A"],"revision":1}"#.to_owned(),
            "responses",
        ),
        (
            r#"{"question":-1,"options":["A"],"revision":1}"#.to_owned(),
            "responses",
        ),
        (
            r#"{"question":9223372036854775808,"options":["A"],"revision":1}"#.to_owned(),
            "responses",
        ),
        (
            r#"{"question":"1","options":["A"],"revision":1}"#.to_owned(),
            "responses",
        ),
        (r#"{"options":["A"],"revision":1}"#.to_owned(), "responses"),
        ("7".to_owned(), "responses"),
        (r#"{"question":7,"options":["A"],"revision":1}"#.to_owned(), "q7"),
        (
            r#"{"question":999,"options":["A"],"revision":1}"#.to_owned(),
            "q999",
        ),
        (r#"{"question":1,"options":["E"],"revision":1}"#.to_owned(), "q1"),
        (r#"{"question":1,"options":["AB"],"revision":1}"#.to_owned(), "q1"),
        (r#"{"question":1,"options":["a"],"revision":1}"#.to_owned(), "q1"),
        (r#"{"question":1,"options":[1],"revision":1}"#.to_owned(), "q1"),
        (r#"{"question":1,"options":"A","revision":1}"#.to_owned(), "q1"),
        (r#"{"question":1,"revision":1}"#.to_owned(), "q1"),
        (format!(r#"{{"question":1,"options":{many},"revision":1}}"#), "q1"),
        (r#"{"question":1,"options":["A"],"revision":-1}"#.to_owned(), "r1"),
        (r#"{"question":1,"options":["A"],"revision":0}"#.to_owned(), "r1"),
        (
            r#"{"question":1,"options":["A"],"revision":1e30}"#.to_owned(),
            "r1",
        ),
        (
            r#"{"question":1,"options":["A"],"revision":9223372036854775808}"#.to_owned(),
            "r1",
        ),
        (r#"{"question":1,"options":["A"]}"#.to_owned(), "r1"),
        (good.to_owned(), "q2"),
        (list, "responses"),
    ];
    for (bad, field) in cases {
        let view = browser
            .save(id, &csrf, &format!(r#"{{"responses":[{good},{bad}]}}"#))
            .await;
        let shown = &bad[..bad.len().min(80)];
        assert_eq!(
            view.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{shown}: {}",
            view.text
        );
        assert_eq!(view.json()["errors"][0]["field"], field, "{shown}: {}", view.text);
        assert!(
            view.json()["errors"][0]["message"]
                .as_str()
                .unwrap()
                .ends_with('.')
        );
    }
    for bad in ["-1", "1000000001", "1.5", "\"75600\"", "true", "1e400", "[]"] {
        let view = browser
            .save(
                id,
                &csrf,
                &format!(r#"{{"responses":[{good}],"prediction":{{"value":{bad},"revision":1}}}}"#),
            )
            .await;
        let expected = if bad == "1e400" {
            StatusCode::BAD_REQUEST
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        };
        assert_eq!(view.status, expected, "{bad}: {}", view.text);
    }
    assert_eq!(saved(&mut browser, id).await, untouched());
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_body_that_is_no_json_or_too_long_is_refused(pool: PgPool) {
    let (_, mut browser, id, paper) = seated(pool).await;
    let csrf = paper.answers().get("csrf").to_owned();
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    for body in ["", "{", "NaN", "\0", "q1=A", &deep] {
        let view = browser.save(id, &csrf, body).await;
        assert_eq!(
            (view.status, view.json()["reason"].as_str()),
            (StatusCode::BAD_REQUEST, Some("malformed")),
            "{view:?}"
        );
    }
    let long = format!(r#"{{"responses":[],"x":"{}"}}"#, "x".repeat(64 * 1024));
    assert_eq!(
        browser.save(id, &csrf, &long).await.status,
        StatusCode::PAYLOAD_TOO_LARGE
    );
    let plain = [("content-type", "text/plain"), ("x-csrf", csrf.as_str())];
    let view = browser
        .send(
            Method::PUT,
            &format!("/bai-thi/{id}/luu"),
            &plain,
            r#"{"responses":[]}"#.to_owned(),
        )
        .await;
    assert_eq!(view.status, StatusCode::BAD_REQUEST);
    assert_eq!(saved(&mut browser, id).await, untouched());
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_form_that_cannot_be_shows_the_paper_again_with_the_reason_and_keeps_nothing(pool: PgPool) {
    let (bench, mut browser, id, paper) = seated(pool).await;
    let single = (1..=6)
        .find(|number| paper.text.contains(&format!("type=\"radio\" name=\"q{number}\"")))
        .unwrap();
    let form = || paper.answers().choose(2, "A");
    let too_long = vec![("q2", "A"); 10_000];
    let q = format!("q{single}");
    for then in ["save", "review", "submit"] {
        for (bad, reason) in [
            (form().add("q7", "A"), "Bài thi không có câu này."),
            (form().add("q0", "A"), "Bài thi không có câu này."),
            (form().add("q99999", "A"), "Bài thi không có câu này."),
            (form().choose(1, "E"), "Câu 1 không có phương án đã gửi."),
            (form().choose(1, "a"), "Câu 1 không có phương án đã gửi."),
            (form().add("q1", ""), "Câu 1 không có phương án đã gửi."),
            (
                form().without(&q).add(&q, "A").add(&q, "B"),
                "chỉ chọn được một phương án.",
            ),
            (form().set("r1", "-1"), "Số lần sửa của câu 1 không đúng dạng."),
            (
                form().set("r1", "9223372036854775808"),
                "Số lần sửa của câu 1 không đúng dạng.",
            ),
            (form().set("r1", "NaN"), "Số lần sửa của câu 1 không đúng dạng."),
            (
                form().set("prediction", "1000000001"),
                "Dự đoán là số nguyên từ 0 đến 1.000.000.000",
            ),
            (
                form().set("prediction", "-5"),
                "Dự đoán là số nguyên từ 0 đến 1.000.000.000",
            ),
            (
                form().set("prediction", "<script>alert(1)</script>"),
                "Dự đoán là số nguyên từ 0 đến 1.000.000.000",
            ),
        ] {
            let view = browser
                .post_only(&format!("/bai-thi/{id}/nop"), &bad.set("then", then))
                .await;
            assert_eq!(
                view.status,
                StatusCode::UNPROCESSABLE_ENTITY,
                "{then} {reason}: {}",
                view.words()
            );
            let words = view.words();
            assert!(
                words.contains("Chưa lưu gì.") && words.contains(reason),
                "{then} {reason}: {words}"
            );
            assert!(!view.text.contains("<script>alert"));
        }
        let many = Fields::of(&too_long)
            .set("token", paper.answers().get("token"))
            .set("then", then);
        let view = browser.post_only(&format!("/bai-thi/{id}/nop"), &many).await;
        assert_eq!(
            view.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "ten thousand options: {}",
            view.words()
        );
    }
    let kept = browser
        .post_only(
            &format!("/bai-thi/{id}/nop"),
            &form().set("prediction", "x").set("then", "save"),
        )
        .await;
    assert_eq!(kept.answers().all("q2"), "A", "what was chosen is still there");
    assert_eq!(kept.answers().get("prediction"), "x");
    assert_eq!(bench.count("submissions").await, 0);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_form_that_cannot_be_read_at_all_is_answered_with_a_page(pool: PgPool) {
    let (bench, mut browser, id, paper) = seated(pool).await;
    let address = format!("/bai-thi/{id}/nop");
    let urlencoded = [("content-type", "application/x-www-form-urlencoded")];
    let token = paper.answers().get("token").to_owned();
    for (kind, body, status) in [
        (
            urlencoded,
            format!("token={token}&q1=%00"),
            StatusCode::BAD_REQUEST,
        ),
        (
            urlencoded,
            format!("token={token}&x={}", "y".repeat(64 * 1024)),
            StatusCode::PAYLOAD_TOO_LARGE,
        ),
        (
            [("content-type", "multipart/form-data; boundary=x")],
            format!("token={token}"),
            StatusCode::BAD_REQUEST,
        ),
    ] {
        let view = browser.send(Method::POST, &address, &kind, body).await;
        assert_eq!(view.status, status);
        assert!(view.words().contains("Quay lại"), "{}", view.words());
    }
    for body in ["token=%zz&q1=%c3%28", "&&&===", "q1"] {
        let view = browser
            .send(Method::POST, &address, &urlencoded, body.to_owned())
            .await;
        assert!(
            view.status.is_client_error() || view.status.is_redirection(),
            "{body}: {}",
            view.status
        );
    }
    for method in [Method::PUT, Method::DELETE, Method::PATCH] {
        assert_eq!(
            browser.send(method, &address, &[], String::new()).await.status,
            StatusCode::METHOD_NOT_ALLOWED
        );
    }
    assert_eq!(bench.count("submissions").await, 0);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_prediction_that_is_not_asked_for_is_not_kept(pool: PgPool) {
    let bench = TestApp::with(pool, Sample::default().rules(|rules| rules.prediction = None)).await;
    let mut browser = Browser::of(&bench.participant("Quang").await);
    let (id, paper) = browser.start().await;
    assert!(!paper.text.contains("name=\"prediction\""));
    let csrf = paper.answers().get("csrf").to_owned();
    let view = browser
        .save(id, &csrf, r#"{"prediction":{"value":5,"revision":1}}"#)
        .await;
    assert_eq!(view.json()["errors"][0]["field"], "prediction");
    browser
        .post(
            &format!("/bai-thi/{id}/nop"),
            &paper.answers().set("prediction", "5").set("then", "submit"),
        )
        .await;
    assert_eq!(bench.submission(id).await.unwrap().prediction, None);
}
