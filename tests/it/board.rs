//! The live board: who may see it, what is sent and when a stream ends.

use crate::helpers::{CONTEST, Ground, STAFF_PASSWORD, TestApp, staff_client};
use axum::body::{Body, BodyDataStream};
use axum::http::{Request, StatusCode};
use futures_util::StreamExt;
use hoithi::action::staff_login::{NewPassword, add_staff, disable_staff, staff_login, staff_logout};
use hoithi::domain::staff::Role;
use hoithi::serve::Site;
use hoithi::serve::{Frame, Limits};
use hoithi::telemetry::Metrics;
use hoithi::worker::follow_rounds;
use sqlx::PgPool;
use time::Duration;
use tower::ServiceExt;

/// Makes a member of staff who is logged in; the token.
pub async fn staff(bench: &TestApp, login: &str) -> String {
    add_staff(
        &bench.app,
        bench.now(),
        "tester",
        login,
        "Trần Thị Hoa",
        Role::Viewer,
        NewPassword::Chosen(STAFF_PASSWORD),
    )
    .await
    .unwrap();
    staff_login(&bench.app, bench.now(), login, STAFF_PASSWORD)
        .await
        .unwrap()
        .token
}

fn path(rest: &str) -> String {
    format!("/quan-tri/cuoc-thi/{CONTEST}/truc-tiep{rest}")
}

async fn ask(router: &Site, path: &str, token: &str) -> axum::response::Response {
    let request = Request::get(path)
        .header("cookie", format!("hoithi-staff={token}"))
        .body(Body::empty())
        .unwrap();
    router.clone().oneshot(request).await.unwrap()
}

/// An open stream, event by event.
pub struct Events {
    body: BodyDataStream,
    text: String,
}

impl Events {
    pub async fn open(router: &Site, token: &str) -> Self {
        let response = ask(router, &path("/dong?vong=1"), token).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert_eq!(response.headers()["x-accel-buffering"], "no");
        Self {
            body: response.into_body().into_data_stream(),
            text: String::new(),
        }
    }

    /// The next event; nothing at the end of the stream.
    pub async fn next(&mut self) -> Option<String> {
        loop {
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let (event, rest) = (event.to_owned(), rest.to_owned());
                self.text = rest;
                if event.starts_with(':') {
                    continue;
                }
                return Some(event);
            }
            let bytes = self.body.next().await?.unwrap();
            self.text.push_str(std::str::from_utf8(&bytes).unwrap());
        }
    }

    /// Reads on until an event holds those words.
    pub async fn says(&mut self, words: &str) -> String {
        let mut last = String::new();
        loop {
            let event = self.next().await.unwrap_or_else(|| panic!("ended after {last}"));
            if event.contains(words) {
                return event;
            }
            last = event;
        }
    }
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn only_staff_see_the_board_and_its_stream(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    for path in [path(""), path("/dong?vong=1")] {
        let answer = ask(&bench.router, &path, "nobody").await;
        assert_eq!(answer.headers()["location"], "/quan-tri/dang-nhap", "{path}");
    }
    let token = staff(&bench, "hoa").await;
    assert_eq!(
        ask(&bench.router, &path(""), &token).await.status(),
        StatusCode::OK
    );
    let unknown = ask(&bench.router, &path("/dong?vong=9"), &token).await;
    assert_eq!(unknown.status(), StatusCode::NOT_FOUND);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_submission_shows_in_the_counts_the_chart_and_the_units(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let token = staff(&bench, "hoa").await;
    let mut events = Events::open(&bench.router, &token).await;
    let first = events.next().await.unwrap();
    for words in [
        "event: board",
        "data-figure=\\\"attempts\\\">0<",
        "Không có cảnh báo.",
        "Chưa có lượt nào từ đơn vị nào.",
    ] {
        assert!(first.contains(words), "{words}: {first}");
    }
    let sitting = bench.participant("An").await.start(1).await;
    events.says("data-figure=\\\"running\\\">1<").await;
    sitting.submit().await.ok();
    let event = events.says("data-figure=\\\"attempts\\\">1<").await;
    for words in [
        "data-figure=\\\"running\\\">0<",
        "Phút đông nhất lúc 09:00: 1",
        "Huyện Một",
    ] {
        assert!(event.contains(words), "{words}: {event}");
    }
    assert!(
        !event.contains("Không có cảnh báo."),
        "what has not changed is not sent again"
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn units_and_minutes_follow_the_list_and_are_made_anew_when_submissions_change(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let round = bench.round(1);
    let since = bench.now() - Duration::HOUR;
    let person = bench.participant("An").await;
    let other = bench.participant("Bình").await;
    let progress = async || bench.app.store.load_progress(round.id, since).await.unwrap();
    let sums = async || {
        let progress = progress().await;
        let units: Vec<(i64, i64)> = progress.units.values().copied().collect();
        let minutes: Vec<i64> = progress.minutes.values().copied().collect();
        (progress.uncounted, units, minutes)
    };
    person.start(1).await.submit().await.ok();
    assert_eq!(sums().await, (0, vec![(1, 1)], vec![1]), "taken in on the way");
    follow_rounds(&bench.app, bench.now()).await.unwrap();
    bench.advance(Duration::minutes(2));
    person.start(1).await.submit().await.ok();
    other.start(1).await.submit().await.ok();
    let expected = (0, vec![(3, 2)], vec![1, 2]);
    assert_eq!(sums().await, expected, "kept and new together");
    follow_rounds(&bench.app, bench.now()).await.unwrap();
    follow_rounds(&bench.app, bench.now()).await.unwrap();
    assert_eq!(sums().await, expected, "nothing is counted twice");
    sqlx::query("update submissions set score = score")
        .execute(&bench.pool)
        .await
        .unwrap();
    assert_eq!(
        (bench.count("live_units").await, bench.count("live_minutes").await),
        (0, 0)
    );
    follow_rounds(&bench.app, bench.now()).await.unwrap();
    assert_eq!(sums().await, expected, "made anew");
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_stream_ends_with_the_log_in_and_says_so(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let (token, barred) = (staff(&bench, "hoa").await, staff(&bench, "lan").await);
    let mut out = Events::open(&bench.router, &token).await;
    let mut disabled = Events::open(&bench.router, &barred).await;
    out.next().await.unwrap();
    staff_logout(&bench.app, &token).await.unwrap();
    assert!(
        disable_staff(&bench.app, bench.now(), "tester", "lan")
            .await
            .unwrap()
    );
    for events in [&mut out, &mut disabled] {
        assert_eq!(events.says("event: end").await, "event: end\ndata: login");
        assert_eq!(events.next().await, None);
    }
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_stream_ends_with_the_process_and_asks_to_come_back(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let token = staff(&bench, "hoa").await;
    let mut events = Events::open(&bench.router, &token).await;
    events.next().await.unwrap();
    bench.app.pulse.end();
    assert_eq!(events.says("event: end").await, "event: end\ndata: restart");
    assert_eq!(events.next().await, None);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn open_streams_take_no_place_of_requests_and_a_person_has_only_so_many(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let token = staff(&bench, "hoa").await;
    let limits = Limits {
        in_flight: 1,
        ..Limits::default()
    };
    let router = hoithi::serve::router(Frame::new(bench.app.clone(), Metrics::default(), limits));
    let mut open = Vec::new();
    for _ in 0..6 {
        open.push(Events::open(&router, &token).await);
    }
    let seventh = ask(&router, &path("/dong?vong=1"), &token).await;
    assert_eq!(seventh.status(), StatusCode::TOO_MANY_REQUESTS);
    let other = staff(&bench, "lan").await;
    Events::open(&router, &other).await.next().await.unwrap();
    open.pop();
    Events::open(&router, &token).await.next().await.unwrap();
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn attempts_that_the_system_has_not_finished_are_warned_of(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let token = staff(&bench, "hoa").await;
    let mut events = Events::open(&bench.router, &token).await;
    let sitting = bench.participant("An").await.start(1).await;
    bench.at(sitting.deadline() + Duration::minutes(2));
    let warned = events.says("notice error").await;
    assert!(
        warned.contains("1 lượt đã hết giờ mà hệ thống chưa nộp giúp"),
        "{warned}"
    );
    hoithi::worker::sweep(&bench.app, bench.now()).await.unwrap();
    events.says("Không có cảnh báo.").await;
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_server_that_is_told_to_stop_does_not_wait_for_viewers(pool: PgPool) {
    let Ground { place, redis: _redis } = Ground::new(&pool).await;
    place.add_staff("hoa", "Trần Thị Hoa", "viewer").await;
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    drop(listener);
    // Were streams waited for, the test would last as long as this.
    let server = place
        .serve_at(&address, &["--drain", "1", "--shutdown-timeout", "600"])
        .await;
    let client = staff_client(&server, "hoa").await;
    let page = |path: &str| format!("{}{path}", server.base);
    let stream = page("/quan-tri/cuoc-thi/lang-son-90-nam/truc-tiep/dong");
    let mut stream = client.get(stream).send().await.unwrap();
    assert_eq!(stream.headers()["content-type"], "text/event-stream");
    let mut text = String::new();
    while !text.contains("event: board") {
        text += std::str::from_utf8(&stream.chunk().await.unwrap().unwrap()).unwrap();
    }
    server.tell_to_stop().await;
    while let Some(bytes) = stream.chunk().await.unwrap() {
        text += std::str::from_utf8(&bytes).unwrap();
    }
    assert!(text.ends_with("event: end\ndata: restart\n\n"), "{text}");
    server.ended().await;
}
