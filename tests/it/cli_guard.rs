//! What surrounds every route: headers, shedding, time limits, panics, probes.

use crate::helpers::TestApp;
use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response, StatusCode};
use axum::routing::{get, post};
use hoithi::serve::{Frame, Limits, Site, router, surround};
use hoithi::telemetry::Metrics;
use sqlx::PgPool;
use std::time::Duration;
use tower::ServiceExt;

fn frame(bench: &TestApp, limits: Limits) -> Frame {
    Frame::new(bench.app.clone(), Metrics::default(), limits)
}

async fn ask(router: &Site, request: Request<Body>) -> (Response<()>, String) {
    let (parts, body) = router.clone().oneshot(request).await.unwrap().into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    (
        Response::from_parts(parts, ()),
        String::from_utf8_lossy(&bytes).into_owned(),
    )
}

fn page(path: &str) -> Request<Body> {
    Request::get(path)
        .header("accept-encoding", "gzip")
        .body(Body::empty())
        .unwrap()
}

#[track_caller]
fn is_hardened(response: &Response<()>) {
    let policy = response.headers()["content-security-policy"].to_str().unwrap();
    assert!(
        policy.contains("default-src 'self'") && policy.contains("frame-ancestors 'none'"),
        "{policy}"
    );
    assert_eq!(response.headers()["x-content-type-options"], "nosniff");
    assert_eq!(response.headers()["x-request-id"].len(), 16);
    assert!(response.headers().contains_key("cache-control"));
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn every_answer_carries_the_security_headers_errors_included(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let router = router(frame(&bench, Limits::default()));
    let all = [
        ("/healthz", 200),
        ("/readyz", 200),
        ("/metrics", 200),
        ("/khong-co", 404),
        ("/api/v1/contests", 200),
        ("/api/v1/no", 404),
    ];
    for (path, status) in all {
        let (response, _) = ask(&router, page(path)).await;
        assert_eq!(response.status(), status, "{path}");
        is_hardened(&response);
    }
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn beyond_the_limit_visitors_are_asked_to_come_back_and_probes_still_answer(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let router = router(frame(
        &bench,
        Limits {
            in_flight: 0,
            ..Limits::default()
        },
    ));
    let (response, body) = ask(&router, page("/")).await;
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    let wait: u64 = response.headers()["retry-after"]
        .to_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!(
        (2..=10).contains(&wait) && body.contains("Đang có rất nhiều người"),
        "{wait} {body}"
    );
    is_hardened(&response);
    let (response, body) = ask(&router, page("/api/v1/contests")).await;
    assert_eq!(response.headers()["content-type"], "application/problem+json");
    assert!(body.contains(r#""reason":"busy""#), "{body}");
    assert_eq!(ask(&router, page("/readyz")).await.0.status(), StatusCode::OK);
    let figures = ask(&router, page("/metrics")).await.1;
    assert!(
        figures.contains(r#"hoithi_requests_shed_total{class="read"} 2"#),
        "{figures}"
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_handler_that_panics_or_hangs_is_answered_for(pool: PgPool) {
    let bench = TestApp::empty(pool).await;
    let panics = async || -> &'static str { panic!("số 0912345678") };
    let routes = Router::new()
        .route("/no", get(panics))
        .route("/api/no", get(panics))
        .route("/treo", get(std::future::pending::<&'static str>))
        .route(
            "/dai",
            get(async || "dài ".repeat(1_000)).post(async || "dài ".repeat(1_000)),
        )
        .route("/nhan", post(async |body: String| body.len().to_string()));
    let limits = Limits {
        request: Duration::from_millis(200),
        ..Limits::default()
    };
    let router = surround(routes, frame(&bench, limits));
    let (response, body) = ask(&router, page("/no")).await;
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert!(
        body.contains("hệ thống gặp lỗi") && !body.contains("0912"),
        "{body}"
    );
    is_hardened(&response);
    let (response, body) = ask(&router, page("/api/no")).await;
    assert_eq!(response.headers()["content-type"], "application/problem+json");
    assert!(
        body.contains(r#""reason":"internal""#) && !body.contains("0912"),
        "{body}"
    );
    let (response, _) = ask(&router, page("/treo")).await;
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    let figures = ask(&router, page("/metrics")).await.1;
    assert!(
        figures.contains("hoithi_panics_total 2") && figures.contains("hoithi_requests_in_flight 1"),
        "{figures}"
    );
    let (response, _) = ask(&router, page("/dai")).await;
    assert_eq!(response.headers()["content-encoding"], "gzip");
    let post = |path: &str, body: String| {
        Request::post(path)
            .header("accept-encoding", "gzip")
            .body(Body::from(body))
            .unwrap()
    };
    let (response, _) = ask(&router, post("/dai", String::new())).await;
    assert!(
        !response.headers().contains_key("content-encoding"),
        "answers to forms may carry tokens"
    );
    assert_eq!(
        ask(&router, post("/nhan", "a".repeat(64 * 1024)))
            .await
            .0
            .status(),
        StatusCode::OK
    );
    assert_eq!(
        ask(&router, post("/nhan", "a".repeat(64 * 1024 + 1)))
            .await
            .0
            .status(),
        StatusCode::PAYLOAD_TOO_LARGE
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_server_that_stops_or_has_no_database_is_not_ready(pool: PgPool) {
    let bench = TestApp::empty(pool).await;
    let frame = frame(&bench, Limits::default());
    let readiness = frame.readiness();
    let router = router(frame);
    readiness.end();
    let (response, body) = ask(&router, page("/readyz")).await;
    assert_eq!(
        (response.status(), body.as_str()),
        (StatusCode::SERVICE_UNAVAILABLE, "stopping\n")
    );
    assert!(response.headers().contains_key("retry-after"));
    assert_eq!(ask(&router, page("/healthz")).await.0.status(), StatusCode::OK);
    let router = hoithi::serve::router(self::frame(&bench, Limits::default()));
    bench.app.store.close().await;
    let (response, body) = ask(&router, page("/readyz")).await;
    assert_eq!(
        (response.status(), body.as_str()),
        (StatusCode::SERVICE_UNAVAILABLE, "postgresql does not answer\n")
    );
}
