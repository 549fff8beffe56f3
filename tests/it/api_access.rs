//! Who may see what: tokens, other people's attempts, and what no answer ever holds.

use crate::helpers::{CONTEST, PASSWORD, Person, Sample, TestApp};
use axum::body::Body;
use axum::http::{Method, Request};
use hoithi::domain::ids::{AttemptId, RoundId};
use hoithi::keys::{Keys, LOGIN_LIFE, Login};
use serde_json::{Value, json};
use sqlx::PgPool;
use std::io::Write;
use std::sync::{Arc, Mutex};
use time::Duration;

/// Every operation that needs a log-in, for an attempt.
fn closed_operations(attempt: AttemptId) -> [(Method, String, Option<Value>); 4] {
    [
        (
            Method::POST,
            format!("/contests/{CONTEST}/rounds/1/attempts"),
            None,
        ),
        (Method::GET, format!("/attempts/{attempt}"), None),
        (
            Method::PUT,
            format!("/attempts/{attempt}/responses"),
            Some(json!({ "responses": [] })),
        ),
        (Method::POST, format!("/attempts/{attempt}/submit"), None),
    ]
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_token_that_is_missing_forged_or_expired_opens_nothing(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let sitting = bench.participant("An").await.start(1).await;
    let good = sitting.person.token.clone();
    let login = bench.app.keys.read_login(&good, bench.now()).unwrap();
    let flipped: String = {
        let last = if good.ends_with('A') { 'Q' } else { 'A' };
        good[..good.len() - 1].chars().chain([last]).collect()
    };
    let other_key = Keys::new(&[8; 32]).login_token(login, bench.now(), [0; 8]);
    let expired = bench
        .app
        .keys
        .login_token(login, bench.now() - LOGIN_LIFE, [0; 8]);
    for token in [
        None,
        Some(""),
        Some("x"),
        Some("null"),
        Some(flipped.as_str()),
        Some(&other_key),
        Some(&expired),
    ] {
        for (method, path, body) in closed_operations(sitting.id) {
            bench
                .call(method, &path, token, body.as_ref())
                .await
                .refused(401, "no-login");
        }
    }
    let basic = Request::get(format!("/api/v1/attempts/{}", sitting.id))
        .header("authorization", format!("Basic {good}"));
    bench
        .send(basic.body(Body::empty()).unwrap())
        .await
        .refused(401, "no-login");
    assert_eq!(
        (bench.count("attempts").await, bench.count("submissions").await),
        (1, 0)
    );
    bench.advance(LOGIN_LIFE - Duration::HOUR - Duration::SECOND);
    sitting.look().await.ok();
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_log_in_for_one_contest_starts_nothing_in_another(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    bench
        .load(&Sample::default().definition(|definition| definition.slug = "khac".to_owned()))
        .await;
    let an = bench.participant("An").await;
    let reply = bench
        .call(
            Method::POST,
            "/contests/khac/rounds/1/attempts",
            Some(&an.token),
            None,
        )
        .await;
    reply.refused(401, "no-login");
    let there = bench
        .post(
            "/contests/khac/participants",
            None,
            &json!({ "full_name": "Nguyễn Văn An",
        "birth_date": "1990-06-15", "phone": an.phone, "unit": "X1", "password": PASSWORD, "consent": true }),
        )
        .await;
    assert_eq!(
        there.status, 201,
        "the same phone may enter another contest: {}",
        there.text
    );
    assert_eq!(bench.count("attempts").await, 0);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_log_in_ends_with_its_epoch_but_a_running_attempt_can_still_be_submitted(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let an = bench.participant("An").await;
    let sitting = an.start(1).await;
    sqlx::query("update participants set login_epoch = login_epoch + 1")
        .execute(&bench.pool)
        .await
        .unwrap();
    an.try_start(1).await.refused(401, "no-login");
    sitting.answer(1, "A").await;
    sitting.submit().await.ok();
    let login = Login {
        participant: an.id,
        contest: bench.contest().id,
        epoch: 1,
    };
    let token = bench.app.keys.login_token(login, bench.now(), [0; 8]);
    assert_eq!(Person { token, ..an }.start(1).await.paper["number"], 2);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_foreign_attempt_and_one_that_never_was_are_the_same_404(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let running = bench.participant("An").await.start(1).await;
    let finished = bench.participant("Bình").await.start(1).await;
    finished.submit().await.ok();
    let thief = bench.participant("Trộm").await;
    let round = running.id.round();
    let ids = [
        running.id.to_string(),
        finished.id.to_string(),
        AttemptId::new(round, [9; 12]).to_string(),
        AttemptId::new(RoundId(999), [9; 12]).to_string(),
        AttemptId::new(RoundId(-1), [0; 12]).to_string(),
        "1".to_owned(),
        running.id.to_string().to_uppercase() + "G",
        "..%2F..%2Fetc".to_owned(),
        "%00".to_owned(),
    ];
    let mut answers = Vec::new();
    for id in &ids {
        for (method, path, body) in [
            (Method::GET, format!("/attempts/{id}"), None),
            (
                Method::PUT,
                format!("/attempts/{id}/responses"),
                Some(json!({ "responses": [running.choice(1, "A")] })),
            ),
            (Method::POST, format!("/attempts/{id}/submit"), None),
            (
                Method::POST,
                format!("/attempts/{id}/submit"),
                Some(json!({ "responses": [running.choice(1, "A")] })),
            ),
        ] {
            let reply = bench.call(method, &path, Some(&thief.token), body.as_ref()).await;
            reply.refused(404, "not-found");
            answers.push(reply.text);
        }
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:?}");
    assert_eq!(running.saved().await.len(), 0);
    assert_eq!(bench.count("submissions").await, 1);
    bench.at(running.deadline() + Duration::HOUR);
    for sitting in [&running, &finished] {
        let path = format!("/attempts/{}/submit", sitting.id);
        bench
            .call(Method::POST, &path, Some(&thief.token), None)
            .await
            .refused(404, "not-found");
    }
    assert_eq!(
        bench.count("submissions").await,
        1,
        "a stranger's look finishes nothing"
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn wrong_log_ins_tell_nothing_and_are_slowed_down(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let an = bench.participant("An").await;
    let path = format!("/contests/{CONTEST}/login");
    let try_with = |phone: &str, password: &str| {
        let body = json!({ "phone": phone, "password": password });
        let (bench, path) = (bench.clone(), path.clone());
        async move { bench.post(&path, None, &body).await }
    };
    let wrong = try_with(&an.phone, "sai mật khẩu").await;
    let unknown = try_with("0987654321", PASSWORD).await;
    let unreadable = try_with("không phải số", PASSWORD).await;
    wrong.refused(401, "wrong-login");
    assert_eq!(wrong.text, unknown.text);
    assert_eq!(wrong.text, unreadable.text);
    for _ in 0..9 {
        try_with(&an.phone, "sai mật khẩu")
            .await
            .refused(401, "wrong-login");
    }
    let limited = try_with(&an.phone, PASSWORD).await;
    let wait: u64 = limited.header("retry-after").parse().unwrap();
    assert!((1..=900).contains(&wait));
    assert_eq!(limited.refused(429, "too-many")["retry_after_s"], wait);
    let other = bench.participant("Bình").await;
    try_with(&other.phone, PASSWORD).await.ok();
}

/// Names of members that would tell a client more than the paper.
const FORBIDDEN: [&str; 15] = [
    "key",
    "keys",
    "points",
    "level",
    "explanation",
    "source",
    "id",
    "set",
    "sets",
    "version",
    "order",
    "pin",
    "right",
    "correct_options",
    "title",
];

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn no_answer_before_publication_holds_key_points_or_names_of_questions(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let an = bench.participant("An").await;
    let sitting = an.start(1).await;
    let body = sitting.right_answers(3).await;
    let replies = [
        an.try_start(1).await,
        sitting.save(&body).await,
        sitting.look().await,
        sitting.submit_with(&body).await,
        sitting.look().await,
        sitting
            .submit_with(&json!({ "responses": [sitting.choice(6, "A")] }))
            .await,
    ];
    for reply in &replies {
        let mut json = reply.json();
        if reply.status == 409 {
            json.as_object_mut().unwrap().remove("title");
        }
        for name in member_names(&json) {
            assert!(!FORBIDDEN.contains(&name.as_str()), "{name}: {}", reply.text);
        }
        for secret in ["mot-dung", "nhieu-dung", "Giải thích", "Nguồn riêng"] {
            assert!(!reply.text.contains(secret), "{secret}: {}", reply.text);
        }
    }
    let contest = bench.get(&format!("/contests/{CONTEST}"), None).await;
    for secret in ["mot-dung", "Câu thứ", "Phương án", "Giải thích"] {
        assert!(!contest.text.contains(secret), "{secret}");
    }
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_right_and_a_wrong_answer_are_answered_alike_while_the_attempt_runs(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let sitting = bench.participant("An").await.start(1).await;
    let key = sitting.key().await;
    for (question, right) in key.iter().filter(|(_, labels)| labels.len() == 1) {
        let wrong = if right == "A" { "B" } else { "A" };
        let save = |labels: &str, revision: u64| {
            let choice = json!({ "question": question, "options": [labels], "revision": revision });
            let (sitting, body) = (sitting.clone(), json!({ "responses": [choice] }));
            async move { sitting.save(&body).await }
        };
        let (mut first, mut second) = (save(wrong, 1).await, save(right, 2).await);
        for reply in [&mut first, &mut second] {
            assert!(
                reply.headers.remove("x-request-id").is_some(),
                "a random name, never twice the same"
            );
        }
        assert_eq!(first.text, second.text);
        assert_eq!(first.headers, second.headers);
    }
}

fn member_names(node: &Value) -> Vec<String> {
    match node {
        Value::Object(members) => members
            .iter()
            .flat_map(|(name, value)| [vec![name.clone()], member_names(value)].concat())
            .collect(),
        Value::Array(items) => items.iter().flat_map(member_names).collect(),
        _ => Vec::new(),
    }
}

/// Keeps what is logged on this thread, on which the whole test runs.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn nothing_personal_and_no_secret_is_logged_and_a_failure_once(pool: PgPool) {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::DEBUG)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    tracing::info!("the log is kept");
    let bench = TestApp::new(pool).await;
    let mut canary = json!({ "full_name": "Nguyễn Hoàng Yến Canary", "birth_date": "1987-03-21", "phone": "0977123987",
        "unit": "X1", "password": "canary password", "consent": true, "national_id": "020187654321", "sex": "female",
        "email": "canary@example.vn", "class": "Canary 12A", "address": "9 phố Canary" });
    let path = format!("/contests/{CONTEST}/participants");
    let login = bench
        .post(&path, None, &canary)
        .await
        .expect(axum::http::StatusCode::CREATED);
    bench
        .post(&path, None, &canary)
        .await
        .refused(409, "already-registered");
    canary["birth_date"] = json!("1986-03-21");
    canary["phone"] = json!("0977123987 canary\r\n\u{1b}[31mforged line");
    bench.post(&path, None, &canary).await.faulty_fields();
    let credentials = json!({ "phone": "0977123987", "password": "canary wrong" });
    bench
        .post(&format!("/contests/{CONTEST}/login"), None, &credentials)
        .await
        .refused(401, "wrong-login");
    let token = login["token"].as_str().unwrap();
    let attempts = format!("/contests/{CONTEST}/rounds/1/attempts");
    bench
        .call(Method::POST, &attempts, Some(token), None)
        .await
        .expect(axum::http::StatusCode::CREATED);
    bench.pool.close().await;
    let failed = bench
        .call(Method::POST, &attempts, Some(token), None)
        .await
        .refused(503, "unavailable");
    let logged = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(logged.contains("the log is kept"));
    assert_eq!(
        logged.matches(failed["reference"].as_str().unwrap()).count(),
        1,
        "{logged}"
    );
    for secret in [
        "anary",
        "Yến",
        "977123987",
        "1987-03-21",
        "1986-03-21",
        "020187654321",
        "forged",
        token,
    ] {
        assert!(!logged.contains(secret), "{secret}");
    }
}
