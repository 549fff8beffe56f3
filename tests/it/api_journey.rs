//! The citizen's way through the JSON API from registration to result, and what clients learn on it.

use crate::helpers::{CONTEST, LIMIT, OPENS, PASSWORD, QUESTIONS, Sample, TestApp};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use hoithi::domain::contest::{CountedPrediction, Feedback, PredictedQuantity, PredictionRules};
use serde_json::{Value, json};
use sqlx::PgPool;
use time::Duration;

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_citizen_registers_answers_and_submits(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let an = bench.participant("An").await;
    let sitting = an.start(1).await;
    let paper = &sitting.paper;
    assert_eq!(paper["number"], 1);
    assert_eq!(paper["started_at"], "2033-06-06T02:00:00.000Z");
    assert_eq!(paper["deadline"], "2033-06-06T02:10:00.000Z");
    assert_eq!(paper["remaining_ms"], 600_000);
    assert_eq!(paper["prediction"]["asked"], true);
    assert_eq!(
        paper["prediction"]["label"],
        "Dự đoán số lượt dự thi của vòng này"
    );
    assert_eq!(paper["responses"], json!([]));
    let questions = paper["questions"].as_array().unwrap();
    assert_eq!(questions.len(), usize::from(QUESTIONS));
    assert_eq!(
        questions
            .iter()
            .filter(|question| question["multiple"] == true)
            .count(),
        2
    );
    for (number, question) in (1..).zip(questions) {
        assert_eq!(question["number"], number);
        let labels: Vec<&str> = question["options"]
            .as_array()
            .unwrap()
            .iter()
            .map(|o| o["label"].as_str().unwrap())
            .collect();
        assert_eq!(labels, ["A", "B", "C", "D"]);
    }

    bench.advance(Duration::seconds(90));
    let saved = sitting.save(&sitting.right_answers(5).await).await.ok();
    assert_eq!(saved["saved"], json!([1, 2, 3, 4, 5]));
    assert_eq!(saved["answered"], 5);
    assert_eq!(saved["stale"], json!([]));
    assert_eq!(saved["remaining_ms"], 510_000);
    sitting.predict(75_594).await;

    bench.advance(Duration::milliseconds(1_500));
    let outcome = sitting.submit().await.ok();
    assert_eq!(outcome["finished_at"], "2033-06-06T02:01:31.500Z");
    assert_eq!(outcome["how"], "submitted");
    assert_eq!(outcome["duration_ms"], 91_500);
    assert_eq!(outcome["score"], 50);
    assert_eq!(outcome["correct"], 5);
    assert_eq!(outcome["total"], QUESTIONS);
    assert_eq!(outcome["receipt"].as_str().unwrap().len(), 10);
    assert_eq!(
        sitting.look().await.ok(),
        outcome,
        "looking again shows the outcome"
    );
    let kept = bench.submission(sitting.id).await.unwrap();
    assert_eq!(
        (kept.prediction, kept.sequence, kept.number),
        (Some(75_594), 1, 1)
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn an_attempt_goes_on_on_another_device_with_the_same_paper_and_deadline(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let an = bench.participant("An").await;
    let sitting = an.start(1).await;
    sitting
        .answer(2, "C")
        .await
        .answer(4, "A")
        .await
        .answer(4, "")
        .await
        .predict(12)
        .await;
    bench.advance(Duration::minutes(3));

    let credentials = json!({ "phone": format!("+84 {}", &an.phone[1..]), "password": PASSWORD });
    let login = bench
        .post(&format!("/contests/{CONTEST}/login"), None, &credentials)
        .await
        .ok();
    assert_eq!(login["participant"], an.id.0);
    let path = format!("/attempts/{}", sitting.id);
    let shown = bench.get(&path, login["token"].as_str()).await.ok();
    for same in ["attempt", "number", "started_at", "deadline", "questions"] {
        assert_eq!(shown[same], sitting.paper[same], "{same}");
    }
    assert_eq!(
        shown["remaining_ms"],
        (LIMIT - Duration::minutes(3)).whole_milliseconds() as i64
    );
    let expected = json!([{ "question": 2, "options": ["C"], "revision": 1 },
                          { "question": 4, "options": [], "revision": 3 }]);
    assert_eq!(shown["responses"], expected);
    assert_eq!(
        (&shown["prediction"]["value"], &shown["prediction"]["revision"]),
        (&json!(12), &json!(0))
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_submission_may_come_without_a_body_or_with_an_empty_one(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let an = bench.participant("An").await;
    let bodies: [(Option<&str>, &str); 4] = [
        (None, ""),
        (Some("application/json"), ""),
        (Some("application/json"), "{}"),
        (Some("text/plain"), ""),
    ];
    for round in [1, 2] {
        bench.at(OPENS + Duration::weeks(round - 1) + Duration::HOUR);
        for (kind, body) in &bodies[..if round == 1 { 3 } else { 1 }] {
            let sitting = an.start(u16::try_from(round).unwrap()).await;
            let mut request = Request::post(format!("/api/v1/attempts/{}/submit", sitting.id))
                .header("authorization", format!("bearer {}", an.token));
            if let Some(kind) = kind {
                request = request.header("content-type", *kind);
            }
            let outcome = bench.send(request.body(Body::from(*body)).unwrap()).await.ok();
            assert_eq!(outcome["score"], 0, "{kind:?} {body:?}");
        }
    }
    assert_eq!(bench.count("submissions").await, 4);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn without_feedback_the_score_is_told_only_after_publication(pool: PgPool) {
    let bench = TestApp::with(
        pool,
        Sample::default().rules(|rules| rules.attempts.feedback = Feedback::None),
    )
    .await;
    let sitting = bench.participant("An").await.start(1).await;
    let outcome = sitting.submit_with(&sitting.right_answers(6).await).await.ok();
    assert_eq!(
        (&outcome["score"], &outcome["correct"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(outcome["total"], QUESTIONS);

    bench.conclude(1).await;
    let shown = sitting.look().await.ok();
    assert_eq!((&shown["score"], &shown["correct"]), (&json!(60), &json!(6)));
    assert_eq!(shown["receipt"], outcome["receipt"]);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_locked_prediction_is_asked_for_once(pool: PgPool) {
    let locked = PredictionRules {
        asked: Default::default(),
        points: Default::default(),
        taken: Default::default(),
        asks: PredictedQuantity::PeopleInRound,
        counted: CountedPrediction::LockedOnce,
    };
    let bench = TestApp::with(
        pool,
        Sample::default().rules(|rules| rules.prediction = Some(locked)),
    )
    .await;
    let an = bench.participant("An").await;
    let first = an.start(1).await;
    assert_eq!(
        first.paper["prediction"]["label"],
        "Dự đoán số người dự thi của vòng này"
    );
    first.submit_with(&json!({ "prediction": 5 })).await.ok();
    let second = an.start(1).await;
    assert_eq!(second.paper["prediction"]["asked"], false);
    assert_eq!(second.paper["prediction"]["label"], Value::Null);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn contests_tell_what_is_on_and_what_registration_asks_for(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let list = bench.get("/contests", None).await.ok();
    assert_eq!(list[0]["contest"], CONTEST);
    assert_eq!(
        (&list[0]["rounds"][0]["phase"], &list[0]["rounds"][1]["phase"]),
        (&json!("open"), &json!("upcoming"))
    );
    let contest = bench.get(&format!("/contests/{CONTEST}"), None).await.ok();
    assert_eq!(contest["title"], list[0]["title"]);
    assert_eq!(
        contest["fields"]["required"],
        json!(["full_name", "birth_date", "phone", "unit"])
    );
    assert_eq!(
        contest["fields"]["optional"],
        json!(["national_id", "sex", "email", "address", "class"])
    );
    assert_eq!(
        contest["units"][1],
        json!({ "code": "X1", "name": "Xã Một", "parent": "H1" })
    );
    let round = &contest["rounds"][0];
    assert_eq!(
        (&round["questions"], &round["max_score"]),
        (&json!(6), &json!(60))
    );
    assert_eq!(round["prediction"], "attempts-in-round");
    bench
        .get("/contests/khong-co", None)
        .await
        .refused(404, "not-found");
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn problems_are_told_in_vietnamese_and_to_those_who_prefer_it_in_english(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let ask = |language: &'static str| {
        let request = Request::get("/api/v1/attempts/x").header("accept-language", language);
        bench.send(request.body(Body::empty()).unwrap())
    };
    let vietnamese = ask("vi,en;q=0.8").await;
    assert_eq!(vietnamese.header("content-language"), "vi");
    assert_eq!(vietnamese.header("www-authenticate"), "Bearer");
    assert_eq!(vietnamese.header("cache-control"), "no-store");
    assert_eq!(vietnamese.refused(401, "no-login")["title"], "Chưa đăng nhập");
    let english = ask("en-GB").await;
    assert_eq!(english.header("content-language"), "en");
    assert_eq!(
        english.refused(401, "no-login")["type"],
        "urn:hoithi:problem:no-login"
    );
    assert_eq!(english.json()["title"], "Not logged in");
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn every_described_operation_exists_and_every_route_is_described(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let document = bench.get("/openapi.json", None).await.ok();
    assert!(
        document["openapi"].as_str().unwrap().starts_with("3.1"),
        "{}",
        document["openapi"]
    );
    let mut described = Vec::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for method in operations.as_object().unwrap().keys() {
            described.push(format!("{} {path}", method.to_uppercase()));
        }
    }
    described.sort();
    let contract = [
        "GET /attempts/{attempt}",
        "GET /contests",
        "GET /contests/{contest}",
        "GET /contests/{contest}/results",
        "GET /contests/{contest}/rounds/{n}/results",
        "POST /attempts/{attempt}/submit",
        "POST /contests/{contest}/login",
        "POST /contests/{contest}/participants",
        "POST /contests/{contest}/rounds/{n}/attempts",
        "PUT /attempts/{attempt}/essay",
        "PUT /attempts/{attempt}/prediction",
        "PUT /attempts/{attempt}/responses",
    ];
    assert_eq!(described, contract);
    for operation in contract {
        let (method, path) = operation.split_once(' ').unwrap();
        let path = path
            .replace("{contest}", CONTEST)
            .replace("{n}", "1")
            .replace("{attempt}", &"0".repeat(32));
        let reply = bench
            .call(Method::from_bytes(method.as_bytes()).unwrap(), &path, None, None)
            .await;
        assert_ne!(reply.status, StatusCode::METHOD_NOT_ALLOWED, "{operation}");
        let unknown = reply.status == StatusCode::NOT_FOUND && reply.json()["reason"] == "not-found";
        assert!(!unknown, "{operation}");
    }
    for reference in references(&document) {
        assert!(
            document.pointer(reference.trim_start_matches('#')).is_some(),
            "{reference} leads nowhere"
        );
    }
}

/// Every `$ref` of a document.
fn references(node: &Value) -> Vec<String> {
    match node {
        Value::Object(members) => members
            .iter()
            .flat_map(|(name, value)| match value.as_str() {
                Some(target) if name == "$ref" => vec![target.to_owned()],
                _ => references(value),
            })
            .collect(),
        Value::Array(items) => items.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}
