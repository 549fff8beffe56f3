//! Every bad input that reaches the JSON API: a clear refusal, nothing stored, no failure of ours.

use crate::helpers::{CONTEST, Reply, Sample, Sitting, TestApp};
use axum::body::Body;
use axum::http::{Method, Request};
use serde_json::{Value, json};
use sqlx::PgPool;

/// Sends a body as it is.
async fn raw(bench: &TestApp, method: Method, path: &str, token: &str, body: impl Into<Body>) -> Reply {
    let request = Request::builder()
        .method(method)
        .uri(format!("/api/v1{path}"))
        .header("authorization", format!("Bearer {token}"))
        .header("content-type", "application/json");
    bench.send(request.body(body.into()).unwrap()).await
}

/// Nothing was saved and nothing submitted.
async fn untouched(sitting: &Sitting) {
    assert_eq!(sitting.saved().await.len(), 0);
    let shown = sitting.look().await.ok();
    assert_eq!(shown["prediction"]["value"], Value::Null);
    assert_eq!(sitting.person.bench.count("submissions").await, 0);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn answers_that_cannot_be_are_refused_with_the_name_of_the_field(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let sitting = bench.participant("An").await.start(1).await;
    let key = sitting.key().await;
    let single = *key.iter().find(|(_, labels)| labels.len() == 1).unwrap().0;
    let one = |question: Value, options: Value| json!({ "responses": [{ "question": question, "options": options }] });
    let many: Vec<&str> = vec!["A"; 2_000];
    let table: Vec<(Value, &[&str])> = vec![
        (one(json!(0), json!(["A"])), &["responses[0].question"]),
        (one(json!(-1), json!(["A"])), &["responses[0].question"]),
        (one(json!(7), json!(["A"])), &["responses[0].question"]),
        (one(json!(65_535), json!(["A"])), &["responses[0].question"]),
        (one(json!(65_537), json!(["A"])), &["responses[0].question"]),
        (
            one(json!(9_223_372_036_854_775_807_i64), json!(["A"])),
            &["responses[0].question"],
        ),
        (
            one(json!(9_223_372_036_854_775_808_u64), json!(["A"])),
            &["responses[0].question"],
        ),
        (one(json!(1.5), json!(["A"])), &["responses[0].question"]),
        (one(json!("1"), json!(["A"])), &["responses[0].question"]),
        (one(json!(null), json!(["A"])), &["responses[0].question"]),
        (one(json!([1]), json!(["A"])), &["responses[0].question"]),
        (one(json!(1), json!(["E"])), &["responses[0].options"]),
        (one(json!(1), json!(["H"])), &["responses[0].options"]),
        (one(json!(1), json!(["I"])), &["responses[0].options"]),
        (one(json!(1), json!(["a"])), &["responses[0].options"]),
        (one(json!(1), json!(["AB"])), &["responses[0].options"]),
        (one(json!(1), json!([""])), &["responses[0].options"]),
        (one(json!(1), json!(["@"])), &["responses[0].options"]),
        (one(json!(1), json!(["\u{0}"])), &["responses[0].options"]),
        (one(json!(1), json!(["Phương án 1.1"])), &["responses[0].options"]),
        (one(json!(1), json!([1])), &["responses[0].options"]),
        (one(json!(1), json!([["A"]])), &["responses[0].options"]),
        (one(json!(1), json!("A")), &["responses[0].options"]),
        (one(json!(1), json!(many)), &["responses[0].options"]),
        (one(json!(single), json!(["A", "B"])), &["responses[0].options"]),
        (
            json!({ "responses": [{}] }),
            &["responses[0].question", "responses[0].options"],
        ),
        (
            json!({ "responses": [{ "question": 1, "options": ["A"] }, { "question": 1, "options": ["A"] }] }),
            &["responses[1].question"],
        ),
        (
            json!({ "responses": [{ "question": 1, "options": ["A"] }, { "question": 1, "options": ["B"] }, 5] }),
            &["responses[1].question", "responses[2]"],
        ),
        (
            json!({ "responses": [{ "question": 1, "options": ["A"], "revision": -1 }] }),
            &["responses[0].revision"],
        ),
        (
            json!({ "responses": [{ "question": 1, "options": ["A"], "revision": 9_007_199_254_740_992_i64 }] }),
            &["responses[0].revision"],
        ),
        (
            json!({ "responses": [{ "question": 1, "options": ["A"], "revision": "2" }] }),
            &["responses[0].revision"],
        ),
        (
            json!({ "responses": [{ "question": 1, "options": ["A"], "score": 10 }] }),
            &["responses[0].score"],
        ),
        (json!({ "responses": { "1": "A" } }), &["responses"]),
        (json!({ "responses": "A" }), &["responses"]),
        (json!({ "responses": [], "prediction": -1 }), &["prediction"]),
        (
            json!({ "responses": [], "prediction": 1_000_000_001 }),
            &["prediction"],
        ),
        (
            json!({ "responses": [], "prediction": 9_223_372_036_854_775_808_u64 }),
            &["prediction"],
        ),
        (json!({ "responses": [], "prediction": 1.0 }), &["prediction"]),
        (json!({ "responses": [], "prediction": "75594" }), &["prediction"]),
        (json!({ "responses": [], "prediction": [1] }), &["prediction"]),
        (
            json!({ "responses": [], "prediction": { "value": -1, "revision": -1, "x": 1 } }),
            &["prediction.value", "prediction.revision", "prediction.x"],
        ),
        (
            json!({ "responses": [], "score": 150, "finished_at": "2033-06-06T01:00:00Z" }),
            &["finished_at", "score"],
        ),
        (json!([]), &[""]),
        (json!(null), &[""]),
        (json!("responses"), &[""]),
        (json!(12), &[""]),
    ];
    for (body, fields) in &table {
        let saved = sitting.save(body).await;
        assert_eq!(&saved.faulty_fields(), fields, "{body}");
        let submitted = sitting.submit_with(body).await;
        assert_eq!(&submitted.faulty_fields(), fields, "{body}");
        let document = saved.json();
        for error in document["errors"].as_array().unwrap() {
            assert!(error["message"].as_str().unwrap().ends_with('.'), "{error}");
        }
    }
    assert_eq!(sitting.save(&json!({})).await.faulty_fields(), ["responses"]);
    untouched(&sitting).await;
    let good = json!({ "responses": [{ "question": 1, "options": ["B", "B"], "revision": 9_007_199_254_740_991_i64 }],
                       "prediction": 1_000_000_000 });
    sitting.save(&good).await.ok();
    assert_eq!(
        sitting.submit_with(&good).await.ok()["how"],
        "submitted",
        "the borders themselves are good"
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_prediction_nobody_asked_for_is_refused(pool: PgPool) {
    let bench = TestApp::with(pool, Sample::default().rules(|rules| rules.prediction = None)).await;
    let sitting = bench.participant("An").await.start(1).await;
    assert_eq!(sitting.paper["prediction"]["asked"], false);
    assert_eq!(
        sitting
            .submit_with(&json!({ "prediction": 5 }))
            .await
            .faulty_fields(),
        ["prediction"]
    );
    untouched(&sitting).await;
    sitting.submit_with(&json!({ "prediction": null })).await.ok();
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn bodies_that_cannot_be_read_are_refused(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let sitting = bench.participant("An").await.start(1).await;
    let token = sitting.person.token.clone();
    let (save, submit) = (
        format!("/attempts/{}/responses", sitting.id),
        format!("/attempts/{}/submit", sitting.id),
    );
    let deep = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
    let table: Vec<(Vec<u8>, u16, &str)> = vec![
        (b"{".to_vec(), 400, "malformed"),
        (b"{\"responses\": [}".to_vec(), 400, "malformed"),
        (b"{\"responses\": []} x".to_vec(), 400, "malformed"),
        (
            b"{\"responses\": [], \"responses\": []}".to_vec(),
            400,
            "malformed",
        ),
        (b"{\"prediction\": NaN}".to_vec(), 400, "malformed"),
        (b"{\"prediction\": 1e999}".to_vec(), 400, "malformed"),
        (b"{\"prediction\": 01}".to_vec(), 400, "malformed"),
        (b"\xff\xfe".to_vec(), 400, "malformed"),
        (b"{\"responses\": \"\xc3\x28\"}".to_vec(), 400, "malformed"),
        (b"{\"responses\": \"\\ud800\"}".to_vec(), 400, "malformed"),
        (b"\0".to_vec(), 400, "malformed"),
        (b"responses=1".to_vec(), 400, "malformed"),
        (deep.into_bytes(), 400, "malformed"),
        (b" ".repeat(16 * 1024), 400, "malformed"),
        (b" ".repeat(16 * 1024 + 1), 413, "too-large"),
        (b"[\"A\"],".repeat(10_000), 413, "too-large"),
    ];
    for (body, status, reason) in table {
        let told = String::from_utf8_lossy(&body[..body.len().min(40)]).into_owned();
        for (method, path) in [(Method::PUT, &save), (Method::POST, &submit)] {
            let reply = raw(&bench, method, path, &token, body.clone()).await;
            assert_eq!(reply.status.as_u16(), status, "{told}: {}", reply.text);
            reply.refused(status, reason);
            for word in ["line", "column", "expected", "serde"] {
                assert!(!reply.text.contains(word), "{told}: {}", reply.text);
            }
        }
    }
    raw(&bench, Method::PUT, &save, &token, "")
        .await
        .refused(400, "malformed");
    let mut largest = json!({ "responses": [] }).to_string().into_bytes();
    largest.resize(16 * 1024, b' ');
    raw(&bench, Method::PUT, &save, &token, largest).await.ok();
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/jsonp",
        "",
    ] {
        let request = Request::put(format!("/api/v1{save}"))
            .header("authorization", format!("Bearer {token}"))
            .header("content-type", kind);
        bench
            .send(request.body(Body::from("{\"responses\": []}")).unwrap())
            .await
            .refused(415, "not-json");
    }
    untouched(&sitting).await;
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn methods_and_addresses_that_are_none_are_refused(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let sitting = bench.participant("An").await.start(1).await;
    let token = Some(sitting.person.token.as_str());
    let submit = format!("/attempts/{}/submit", sitting.id);
    for method in [
        Method::GET,
        Method::PUT,
        Method::DELETE,
        Method::PATCH,
        Method::TRACE,
    ] {
        let reply = bench.call(method, &submit, token, None).await;
        assert_eq!(reply.header("allow"), "POST");
        reply.refused(405, "wrong-method");
    }
    let head = bench.call(Method::HEAD, &submit, token, None).await;
    assert_eq!((head.status.as_u16(), head.header("allow")), (405, "POST"));
    let responses = format!("/attempts/{}/responses", sitting.id);
    assert_eq!(
        bench
            .call(Method::POST, &responses, token, None)
            .await
            .header("allow"),
        "PUT"
    );
    let start = format!("/contests/{CONTEST}/rounds/1/attempts");
    bench
        .call(Method::GET, &start, token, None)
        .await
        .refused(405, "wrong-method");
    for path in [
        "/",
        "/nothing",
        "/contests/",
        "/attempts",
        "/contests/mau/rounds/1",
        "/contests/mau/participants/1",
    ] {
        bench.get(path, token).await.refused(404, "not-found");
    }
    for path in ["/api", "/api/", "/api/v1", "/api/v2/contests"] {
        bench
            .send(Request::get(path).body(Body::empty()).unwrap())
            .await
            .refused(404, "not-found");
    }
    for round in [
        "0",
        "3",
        "-1",
        "65536",
        "99999999999999999999",
        "một",
        "1.0",
        "%00",
    ] {
        let path = format!(
            "/contests/{CONTEST}/rounds/{}/attempts",
            round.replace("một", "m%E1%BB%99t")
        );
        bench
            .call(Method::POST, &path, token, None)
            .await
            .refused(404, "not-found");
    }
    bench
        .call(Method::POST, "/contests/%FF/rounds/1/attempts", token, None)
        .await
        .refused(400, "malformed");
    let with_body = bench.post(&start, token, &json!({ "seed": 1 })).await;
    assert_eq!(with_body.faulty_fields(), ["seed"]);
    assert_eq!(bench.count("attempts").await, 1);
    untouched(&sitting).await;
}
