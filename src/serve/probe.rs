//! The addresses for operators: does the process live, should visitors be sent here, and what are its figures.
//!
//! Owns what they answer and to whom; the figures themselves are `telemetry`'s.

use super::Frame;
use crate::domain::watch::Room;
use axum::Router;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{CONTENT_TYPE, FORWARDED, RETRY_AFTER, VIA};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

/// A store that has not answered by then counts as away.
const PATIENCE: Duration = Duration::from_secs(2);

/// Whether an address is one of those for operators; they are answered however busy the server is.
pub(super) fn is_probe(path: &str) -> bool {
    matches!(path, "/healthz" | "/readyz" | "/metrics")
}

pub(super) fn routes(frame: Frame) -> Router {
    Router::new()
        .route("/healthz", get(async || "ok\n"))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .with_state(frame)
}

async fn ready(State(frame): State<Frame>) -> Response {
    let (postgres, redis) = tokio::join!(
        tokio::time::timeout(PATIENCE, frame.app.store.ping()),
        tokio::time::timeout(PATIENCE, frame.app.sessions.ping()),
    );
    let (postgres, redis) = (matches!(postgres, Ok(Ok(()))), matches!(redis, Ok(Ok(()))));
    let missing = match (frame.readiness.holds(), postgres, redis) {
        (true, true, true) => return detail(frame.app.pulse.room()).into_response(),
        (false, _, _) => "stopping\n",
        (true, false, true) => "postgresql does not answer\n",
        (true, true, false) => "redis does not answer\n",
        (true, false, false) => "postgresql and redis do not answer\n",
    };
    (StatusCode::SERVICE_UNAVAILABLE, [(RETRY_AFTER, "5")], missing).into_response()
}

/// Ready, with a second line when the disk is getting full: work goes on, but somebody must look.
fn detail(room: Option<Room>) -> String {
    match room.filter(|room| room.is_low()) {
        Some(room) => format!("ready\ndisk low: {} MiB free\n", room.free >> 20),
        None => "ready\n".to_owned(),
    }
}

/// The figures tell how many attempts there are, which is what entrants are asked to predict: they are for the machine
/// itself and its private network, never for visitors who come through a proxy.
async fn metrics(State(frame): State<Frame>, request: Request) -> Response {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map(|peer| peer.0.ip());
    if !is_inside(peer, request.headers()) {
        return StatusCode::NOT_FOUND.into_response();
    }
    frame.metrics.room(frame.app.pulse.room());
    let text = frame.metrics.text(frame.app.writer.counts());
    (
        [(
            CONTENT_TYPE,
            "application/openmetrics-text; version=1.0.0; charset=utf-8",
        )],
        text,
    )
        .into_response()
}

/// Without a peer the request was made inside this process.
fn is_inside(peer: Option<IpAddr>, headers: &HeaderMap) -> bool {
    let forwarded = headers.contains_key("x-forwarded-for")
        || headers.contains_key(FORWARDED)
        || headers.contains_key(VIA);
    !forwarded
        && peer.is_none_or(|peer| match peer.to_canonical() {
            IpAddr::V4(address) => address.is_loopback() || address.is_private(),
            IpAddr::V6(address) => address.is_loopback() || address.is_unique_local(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn low_room_is_a_line_of_its_own_and_takes_nobody_away() {
        let room = |free| Some(Room { free, least: 1 << 30 });
        assert_eq!(
            (detail(None), detail(room(1 << 30))),
            ("ready\n".to_owned(), "ready\n".to_owned())
        );
        assert_eq!(detail(room(512 << 20)), "ready\ndisk low: 512 MiB free\n");
    }

    #[test]
    fn figures_are_kept_from_visitors() {
        let peer = |text: &str| Some(text.parse().unwrap());
        let (direct, mut proxied) = (HeaderMap::new(), HeaderMap::new());
        proxied.insert("x-forwarded-for", HeaderValue::from_static("127.0.0.1"));
        assert!(is_inside(None, &direct));
        for inside in ["127.0.0.1", "::1", "10.0.0.9", "::ffff:192.168.1.4", "fd00::1"] {
            assert!(is_inside(peer(inside), &direct), "{inside}");
            assert!(!is_inside(peer(inside), &proxied), "{inside} behind a proxy");
        }
        for outside in ["203.0.113.9", "2001:db8::1", "::ffff:203.0.113.9"] {
            assert!(!is_inside(peer(outside), &direct), "{outside}");
        }
    }
}
