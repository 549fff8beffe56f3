//! What the script of the quiz is told, and what survives the loss of Redis and of the log-in.

use super::helpers::{LIMIT, redis_url};
use super::quiz_browser::{Browser, START, key, nop, seated};
use axum::http::StatusCode;
use hoithi::app::App;
use hoithi::session::Sessions;
use sqlx::PgPool;
use time::Duration;

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

/// A connection to Redis that can be cut.
struct Cable {
    /// The address at this end.
    url: String,
    carrying: tokio::task::JoinHandle<()>,
}

impl Cable {
    /// A cable to the Redis of the tests, whether it listens on a port or on a socket.
    async fn to_redis() -> Self {
        let target = redis_url();
        let (scheme, place) = target.split_once("://").unwrap();
        let (scheme, place) = (scheme.to_owned(), place.to_owned());
        let (host, database) = if scheme == "redis" {
            place.split_once('/').unwrap_or((&place, ""))
        } else {
            ("", "")
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("redis://{}/{database}", listener.local_addr().unwrap());
        let host = host.to_owned();
        let carrying = tokio::spawn(async move {
            let mut lines = tokio::task::JoinSet::new();
            while let Ok((mut near, _)) = listener.accept().await {
                if host.is_empty() {
                    let mut far = tokio::net::UnixStream::connect(&place).await.unwrap();
                    lines.spawn(async move { tokio::io::copy_bidirectional(&mut near, &mut far).await });
                } else {
                    let mut far = tokio::net::TcpStream::connect(&host).await.unwrap();
                    lines.spawn(async move { tokio::io::copy_bidirectional(&mut near, &mut far).await });
                }
            }
        });
        Self { url, carrying }
    }

    /// Cuts it: what is open is closed, and nothing new is let through.
    async fn cut(self) {
        self.carrying.abort();
        let _ = self.carrying.await;
    }
}
