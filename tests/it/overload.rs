//! More people than can be served: who is sent away, how, and that those who sit an attempt notice nothing.

use super::helpers::{CONTEST, TestApp};
use axum::body::Body;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{Method, Request, Response, StatusCode};
use hoithi::serve::{Class, Ending, Frame, Limits, Readiness, Site, bind, router};
use hoithi::telemetry::Metrics;
use sqlx::PgPool;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

/// More than the fewest that are worked on however long the queues are.
const CROWD: usize = 40;

/// A body that never ends: whoever reads it waits for ever.
fn endless() -> Body {
    Body::from_stream(futures_util::stream::pending::<Result<&'static str, Infallible>>())
}

fn request(method: Method, path: &str, token: &str, body: Body) -> Request<Body> {
    Request::builder()
        .method(method)
        .uri(path)
        .header(AUTHORIZATION, format!("Bearer {token}"))
        .header(CONTENT_TYPE, "application/json")
        .body(body)
        .unwrap()
}

async fn ask(site: &Site, request: Request<Body>) -> (Response<()>, String) {
    let (parts, body) = site.clone().oneshot(request).await.unwrap().into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    (Response::from_parts(parts, ()), text)
}

/// So many requests are inside and stay there.
async fn fill(site: &Site, frame: &Frame, path: &str, token: &str) {
    for _ in 0..CROWD {
        let asked = request(Method::PUT, path, token, endless());
        tokio::spawn(site.clone().oneshot(asked));
    }
    while frame.gate().inside() < CROWD {
        tokio::task::yield_now().await;
    }
}

/// The pulse has measured that delay for a while.
fn strain(frame: &Frame, delay: Duration, samples: u32) {
    let begin = Instant::now();
    for sample in 0..samples {
        frame
            .gate()
            .learn(delay, begin + sample * Duration::from_millis(20));
    }
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn newcomers_are_asked_to_come_back_while_attempts_go_on_and_are_kept(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let (seated, waiting) = (bench.participant("An").await, bench.participant("Bình").await);
    let sitting = seated.start(1).await;
    let metrics = Metrics::default();
    let frame = Frame::new(bench.app.clone(), metrics.clone(), Limits::default());
    let site = router(frame.clone());
    let saving = format!("/api/v1/attempts/{}/responses", sitting.id);
    fill(&site, &frame, &saving, &seated.token).await;
    strain(&frame, Duration::from_millis(300), 20);

    let start = format!("/api/v1/contests/{CONTEST}/rounds/1/attempts");
    let register = format!("/api/v1/contests/{CONTEST}/participants");
    for path in [&start, &register] {
        // Its body never comes, so whoever answers has not waited for it.
        let (response, text) = ask(&site, request(Method::POST, path, &waiting.token, endless())).await;
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE, "{path}");
        assert!(text.contains(r#""reason":"busy""#), "{text}");
        let wait: u64 = response.headers()[RETRY_AFTER].to_str().unwrap().parse().unwrap();
        assert!((2..=10).contains(&wait), "{wait}");
    }
    let (response, text) = ask(&site, Request::get("/").body(Body::empty()).unwrap()).await;
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(
        text.contains("Câu đã lưu không mất") && text.len() < 2_048,
        "{text}"
    );
    assert_eq!(bench.count("attempts").await, 1);

    let saved = serde_json::json!({ "responses": [sitting.choice(1, "A")] }).to_string();
    let (response, text) = ask(&site, request(Method::PUT, &saving, &seated.token, saved.into())).await;
    assert_eq!(response.status(), StatusCode::OK, "{text}");
    let submit = format!("/api/v1/attempts/{}/submit", sitting.id);
    let (response, text) = ask(
        &site,
        request(Method::POST, &submit, &seated.token, Body::empty()),
    )
    .await;
    assert_eq!(response.status(), StatusCode::OK, "{text}");
    assert!(bench.submission(sitting.id).await.is_some());
    let figures = metrics.text(bench.app.writer.counts());
    for class in [Class::Start, Class::Register, Class::Read] {
        let line = format!(r#"hoithi_requests_shed_total{{class="{}"}} 1"#, class.name());
        assert!(figures.contains(&line), "{line} in {figures}");
    }

    strain(&frame, Duration::from_millis(1), 120);
    let (response, text) = ask(
        &site,
        request(Method::POST, &start, &waiting.token, Body::empty()),
    )
    .await;
    assert_eq!(response.status(), StatusCode::CREATED, "{text}");
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn only_when_nothing_else_helps_are_those_sent_away_who_hand_in(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let person = bench.participant("An").await;
    let sitting = person.start(1).await;
    let frame = Frame::new(bench.app.clone(), Metrics::default(), Limits::default());
    let site = router(frame.clone());
    let saving = format!("/api/v1/attempts/{}/responses", sitting.id);
    let submit = format!("/api/v1/attempts/{}/submit", sitting.id);
    fill(&site, &frame, &saving, &person.token).await;
    let hand_in = || request(Method::POST, &submit, &person.token, Body::empty());

    strain(&frame, Duration::from_millis(1_400), 20);
    let saved = ask(&site, request(Method::PUT, &saving, &person.token, endless()))
        .await
        .0;
    assert_eq!(saved.status(), StatusCode::SERVICE_UNAVAILABLE);
    strain(&frame, Duration::from_secs(3), 20);
    let refused = ask(&site, hand_in()).await.0;
    assert_eq!(refused.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(bench.submission(sitting.id).await.is_none());

    strain(&frame, Duration::from_millis(1_400), 20);
    let (response, text) = ask(&site, hand_in()).await;
    assert_eq!(response.status(), StatusCode::OK, "{text}");
    let kept = bench.submission(sitting.id).await.unwrap();
    assert!(
        text.contains(&kept.receipt),
        "the answer of what was refused before is the answer of what was kept"
    );
}

/// A request that stands at the door before the door is opened.
async fn stand(at: SocketAddr, method: Method, path: &str, token: &str, body: &str) -> TcpStream {
    let mut stream = TcpStream::connect(at).await.unwrap();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {token}\r\nconnection: close\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    stream
}

async fn hear(mut stream: TcpStream) -> String {
    let mut heard = String::new();
    stream.read_to_string(&mut heard).await.unwrap();
    heard
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn who_stands_at_the_door_hears_the_same_refusal_and_those_who_sit_an_attempt_come_in(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let (seated, waiting) = (bench.participant("An").await, bench.participant("Bình").await);
    let sitting = seated.start(1).await;
    let metrics = Metrics::default();
    let frame = Frame::new(bench.app.clone(), metrics.clone(), Limits::default());
    let site = router(frame.clone());
    let saving = format!("/api/v1/attempts/{}/responses", sitting.id);
    fill(&site, &frame, &saving, &seated.token).await;
    strain(&frame, Duration::from_millis(300), 20);
    let doors = bind(([127, 0, 0, 1], 0).into()).unwrap();
    let at = doors.address().unwrap();
    let start = format!("/api/v1/contests/{CONTEST}/rounds/1/attempts");
    let saved = serde_json::json!({ "responses": [sitting.choice(1, "A")] }).to_string();
    let newcomer = stand(at, Method::POST, &start, &waiting.token, "").await;
    let reader = stand(at, Method::GET, "/", &waiting.token, "").await;
    let saver = stand(at, Method::PUT, &saving, &seated.token, &saved).await;
    let (stop, moment) = (CancellationToken::new(), Duration::from_millis(1));
    let ending = Ending {
        drain: moment,
        patience: moment,
    };
    let open = tokio::spawn(doors.serve(site, Readiness::default(), stop.clone(), ending));

    for (stream, words) in [(newcomer, r#""reason":"busy""#), (reader, "Câu đã lưu không mất")] {
        let heard = hear(stream).await;
        assert!(
            heard.starts_with("HTTP/1.1 503 Service Unavailable\r\n"),
            "{heard}"
        );
        for part in [
            "\r\nretry-after: ",
            "\r\ncontent-security-policy: ",
            "\r\nx-request-id: ",
            words,
        ] {
            assert!(heard.contains(part), "{part} in {heard}");
        }
        assert!(
            !heard.contains("\r\ndate: "),
            "only a refusal at the doorstep has no date: {heard}"
        );
    }
    let heard = hear(saver).await;
    assert!(heard.starts_with("HTTP/1.1 200 OK\r\n"), "{heard}");
    let figures = metrics.text(bench.app.writer.counts());
    for class in [Class::Start, Class::Read] {
        let line = format!(r#"hoithi_requests_shed_total{{class="{}"}} 1"#, class.name());
        assert!(figures.contains(&line), "{line} in {figures}");
    }
    assert_eq!(bench.count("attempts").await, 1);
    stop.cancel();
    open.await.unwrap();
}
