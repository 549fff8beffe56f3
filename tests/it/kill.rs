//! What survives when processes are killed in the middle of a quiz.

use crate::process::{OwnRedis, Place, Server};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use sqlx::PgPool;

const CONTEST: &str = "quizzes/lang-son-90-nam";

async fn register(server: &Server) -> String {
    let body = json!({
        "full_name": "Nguyễn Thị Ánh", "birth_date": "1984-06-15", "phone": "0912345678", "unit": "DB-CHILANG",
        "password": "mat khau dai", "consent": true,
    });
    let path = "/contests/lang-son-90-nam/participants";
    let (status, answer) = server.call(Method::POST, path, "", Some(body)).await;
    assert_eq!(status, StatusCode::CREATED, "{answer}");
    answer["token"].as_str().unwrap().to_owned()
}

/// The right labels of every question, read from the database, not through the program's own scoring.
async fn right_labels(pool: &PgPool, attempt: &str) -> Vec<Vec<String>> {
    let rows: Vec<(Value, Value)> = sqlx::query_as(
        "select q.question, k.key -> (q.question->>'q')
         from attempts a join rounds r using (round_id),
              jsonb_array_elements(a.paper::jsonb->'questions') with ordinality as q(question, place)
              join lateral (select key from answer_keys k where k.contest_id = r.contest_id
                            and k.set_version = a.paper::jsonb->'sets'->>((q.question->>'s')::int)) k on true
         where a.attempt_id = $1::uuid order by q.place",
    )
    .bind(attempt)
    .fetch_all(pool)
    .await
    .unwrap();
    let label = |place: usize| char::from(b'A' + u8::try_from(place).unwrap()).to_string();
    rows.into_iter()
        .map(|(question, right)| {
            let right: Vec<u64> = right
                .as_array()
                .unwrap()
                .iter()
                .map(|place| place.as_u64().unwrap())
                .collect();
            let order = question["o"].as_array().unwrap().iter().enumerate();
            order
                .filter(|(_, file)| right.contains(&file.as_u64().unwrap()))
                .map(|(shown, _)| label(shown))
                .collect()
        })
        .collect()
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn an_attempt_survives_kill_9_of_the_server_and_a_wiped_redis(pool: PgPool) {
    let folder = tempfile::tempdir().unwrap();
    let redis = OwnRedis::start(folder.path()).await;
    let place = Place::new(&pool, folder, &redis);
    place.run(&["load", CONTEST, "--shift-round", "3=now"]).await;

    let server = place.serve().await;
    let token = register(&server).await;
    let start = "/contests/lang-son-90-nam/rounds/3/attempts";
    let (status, started) = server.call(Method::POST, start, &token, None).await;
    assert_eq!(status, StatusCode::CREATED, "{started}");
    let attempt = started["attempt"].as_str().unwrap().to_owned();
    let right = right_labels(&pool, &attempt).await;
    assert_eq!(right.len(), 15);
    let answer = |number: usize| json!({ "question": number, "options": right[number - 1], "revision": 1 });
    let saved: Vec<Value> = (1..=6).map(answer).collect();
    let path = format!("/attempts/{attempt}");
    let body = json!({ "responses": saved, "prediction": 75_600 });
    let (status, reply) = server
        .call(Method::PUT, &format!("{path}/responses"), &token, Some(body))
        .await;
    assert_eq!(status, StatusCode::OK, "{reply}");
    server.kill().await;

    let server = place.serve().await;
    let (status, resumed) = server.call(Method::GET, &path, &token, None).await;
    assert_eq!(status, StatusCode::OK, "{resumed}");
    assert_eq!(resumed["deadline"], started["deadline"]);
    assert_eq!(resumed["questions"], started["questions"]);
    assert_eq!(resumed["responses"], json!(saved));

    // The page that is still open holds every answer; Redis forgets all of them.
    let folder = place.folder.path().to_owned();
    redis.kill_and_wipe().await;
    let _redis = OwnRedis::start(&folder).await;
    let wrong = |labels: &[String]| {
        if labels == ["A"] {
            json!(["B"])
        } else {
            json!(["A"])
        }
    };
    let mut all: Vec<Value> = (1..=14).map(answer).collect();
    all.push(json!({ "question": 15, "options": wrong(&right[14]), "revision": 1 }));
    let body = json!({ "responses": all, "prediction": 75_600 });
    let (status, outcome) = server
        .call(
            Method::POST,
            &format!("{path}/submit"),
            &token,
            Some(body.clone()),
        )
        .await;
    assert_eq!(status, StatusCode::OK, "{outcome}");
    assert_eq!(
        (&outcome["score"], &outcome["correct"], &outcome["total"]),
        (&json!(140), &json!(14), &json!(15))
    );
    assert_eq!(outcome["how"], "submitted");

    let (status, again) = server
        .call(Method::POST, &format!("{path}/submit"), &token, Some(body))
        .await;
    assert_eq!(
        (status, &again),
        (StatusCode::OK, &outcome),
        "the same request returns the same outcome"
    );
    server.kill().await;
}
