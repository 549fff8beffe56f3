//! What every request passes on its way in and every response on its way out.
//!
//! Owns security headers, the name of a request, measuring, panics, shedding, time limits and what may be compressed.
//! Nothing that is logged or counted here says who asked: the address is known by its template alone.

use super::{Frame, probe};
use crate::i18n::{Lang, text};
use crate::telemetry::{Metrics, RequestLabels};
use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, RETRY_AFTER,
    STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Version};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use std::borrow::Cow;
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tower_http::compression::predicate::{Predicate, SizeAbove};
use tower_http::timeout::TimeoutBody;
use tracing::Instrument;

/// A body that stands still for this long is given up.
const BODY_PAUSE: Duration = Duration::from_secs(15);
/// Uploads and exports of staff, over slow lines, may take this long.
const STAFF_LIMIT: Duration = Duration::from_secs(180);
/// A successful request is worth a line in the log from here on.
const SLOW: Duration = Duration::from_secs(1);
/// Smaller answers are not compressed: the packet they travel in would not get smaller.
const COMPRESS_FROM: u64 = 1024;

/// Sent with every answer, errors among them.
const HEADERS: [(HeaderName, HeaderValue); 7] = [
    (
        CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; \
             frame-ancestors 'none'",
        ),
    ),
    (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    // Pages are made for one person; what may be kept by others says so itself.
    (CACHE_CONTROL, HeaderValue::from_static("no-store")),
];
/// Two years, as browsers ask for.
const HSTS: HeaderValue = HeaderValue::from_static("max-age=63072000; includeSubDomains");
/// The random name under which operators find a request in the log.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// In what form this visitor reads errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reader {
    Browser,
    Program,
}

/// Everything around one request.
pub(super) async fn guard(State(frame): State<Frame>, request: Request, next: Next) -> Response {
    let arrived = Instant::now();
    let labels = labels(&request);
    let id = frame.names.next();
    // Thousands of requests a second are not worth a line each; a closed span costs nothing.
    let span = tracing::debug_span!("request", id = id.text(), method = labels.method, route = %labels.route);
    let mut response = admit(&frame, request, next).instrument(span).await;
    harden(response.headers_mut(), frame.app.public_url().is_encrypted());
    if let Ok(value) = HeaderValue::from_bytes(&id.0) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    let took = arrived.elapsed();
    let labels = RequestLabels {
        status: class(response.status()),
        ..labels
    };
    log(&id, &labels, response.status(), took);
    frame.metrics.answered(&labels, took);
    frame.app.pulse.answered(response.status().as_u16());
    response
}

/// Names for requests: not secret, never twice in a process, and telling nothing of how many came before.
#[derive(Debug)]
pub(super) struct RequestNames {
    base: u64,
    given: AtomicU64,
}

/// Sixteen hexadecimal digits.
struct RequestName([u8; 16]);

impl RequestNames {
    pub(super) const fn new(base: u64) -> Self {
        Self {
            base,
            given: AtomicU64::new(0),
        }
    }

    /// SplitMix64 over a count: a permutation of all 64-bit numbers (Steele, Lea and Flood 2014).
    fn next(&self) -> RequestName {
        const HEX: &[u8; 16] = b"0123456789abcdef";
        let count = self.given.fetch_add(1, Ordering::Relaxed);
        let mut bits = self.base.wrapping_add(count.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^= bits >> 31;
        // The mask keeps the index below 16, the length of the alphabet.
        RequestName(std::array::from_fn(|place| {
            HEX[(bits >> (60 - 4 * place) & 15) as usize]
        }))
    }
}

impl RequestName {
    fn text(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

fn labels(request: &Request) -> RequestLabels {
    let route = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    let route = match route {
        None => Cow::Borrowed("none"),
        // One label for all files, whose names change with every build.
        Some(file) if file.starts_with("/static/") => Cow::Borrowed("/static/{file}"),
        Some(template) => Cow::Owned(template.to_owned()),
    };
    RequestLabels {
        route,
        method: method_name(request.method()),
        status: "",
    }
}

fn method_name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

fn class(status: StatusCode) -> &'static str {
    match status.as_u16() {
        100..200 => "1xx",
        200..300 => "2xx",
        300..400 => "3xx",
        400..500 => "4xx",
        _ => "5xx",
    }
}

/// Thousands of good requests a second are counted, not written down; a line tells of those that went wrong or took long.
fn log(id: &RequestName, labels: &RequestLabels, status: StatusCode, took: Duration) {
    let (status, took_ms) = (status.as_u16(), took.as_millis());
    let (id, method, route) = (id.text(), labels.method, &labels.route);
    if status >= 500 || took >= SLOW {
        tracing::warn!(id, method, %route, status, took_ms, "request answered");
    } else {
        tracing::debug!(id, method, %route, status, took_ms, "request answered");
    }
}

fn harden(headers: &mut HeaderMap, encrypted: bool) {
    // Room for all at once: growing would place every header twice.
    headers.reserve(HEADERS.len() + 2);
    for (name, value) in HEADERS {
        headers.entry(name).or_insert(value);
    }
    if encrypted {
        headers.insert(STRICT_TRANSPORT_SECURITY, HSTS);
    }
}

/// Counts a request as being worked on for as long as it lives, also when its visitor goes away.
struct InFlight<'a>(&'a Metrics);

impl<'a> InFlight<'a> {
    fn begin(metrics: &'a Metrics) -> Self {
        metrics.in_flight.inc();
        Self(metrics)
    }
}

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.0.in_flight.dec();
    }
}

/// Lets a request in if there is room, for a limited time, and catches what falls.
async fn admit(frame: &Frame, mut request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let reader = if path.starts_with("/api/") {
        Reader::Program
    } else {
        Reader::Browser
    };
    let limit = if path.starts_with("/quan-tri") {
        STAFF_LIMIT.max(frame.limits.request)
    } else {
        frame.limits.request
    };
    let slot = frame.slots.try_acquire();
    if slot.is_err() && !probe::is_probe(path) {
        frame.metrics.shed.inc();
        return busy(reader, request.version());
    }
    let _counted = InFlight::begin(&frame.metrics);
    if request.method() != Method::GET {
        // Answers to forms and log-ins carry tokens beside what the visitor sent; the size of such an answer,
        // compressed, would tell of the token.
        request.headers_mut().remove(ACCEPT_ENCODING);
    }
    let version = request.version();
    let request = request.map(|body| Body::new(TimeoutBody::new(BODY_PAUSE, body)));
    let work = AssertUnwindSafe(next.run(request)).catch_unwind();
    match tokio::time::timeout(limit, work).await {
        Ok(Ok(response)) => response,
        Ok(Err(_)) => {
            frame.metrics.panics.inc();
            fault(reader)
        }
        Err(_) => busy(reader, version),
    }
}

/// Too much at once: a finished page, so that saying so costs nothing.
fn busy(reader: Reader, version: Version) -> Response {
    const PAGE: &str = include_str!("../../static/busy.html");
    let mut response = match reader {
        Reader::Browser => page(StatusCode::SERVICE_UNAVAILABLE, PAGE.to_owned()),
        Reader::Program => problem(StatusCode::SERVICE_UNAVAILABLE, "busy", "error-busy-title"),
    };
    response
        .headers_mut()
        .insert(RETRY_AFTER, HeaderValue::from(retry_after()));
    if version <= Version::HTTP_11 {
        // A waiting visitor should not hold one of the connections that the others need.
        response
            .headers_mut()
            .insert("connection", HeaderValue::from_static("close"));
    }
    response
}

/// 2 to 10 seconds, never the same for those who came together, so that they do not come back together.
fn retry_after() -> u64 {
    static TURN: AtomicU64 = AtomicU64::new(0);
    let turn = TURN.fetch_add(1, Ordering::Relaxed);
    2 + (turn.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) % 9
}

/// A fault of ours that no page could tell of.
fn fault(reader: Reader) -> Response {
    let status = StatusCode::INTERNAL_SERVER_ERROR;
    if reader == Reader::Program {
        return problem(status, "internal", "error-internal-title");
    }
    let say = |lang, key| text(lang, key, &[]);
    let title = say(Lang::Vi, "error-internal-title");
    let page_text = format!(
        "<!doctype html>\n<html lang=\"vi\">\n<head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{title}</title></head>\n\
         <body><main><h1>{title}</h1><p>{}</p><p lang=\"en\">{}</p></main></body>\n</html>\n",
        say(Lang::Vi, "error-internal-text"),
        say(Lang::En, "error-internal-text"),
    );
    page(status, page_text)
}

fn page(status: StatusCode, html: String) -> Response {
    (status, [(CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response()
}

fn problem(status: StatusCode, reason: &'static str, title: &'static str) -> Response {
    let body = serde_json::json!({
        "type": "about:blank", "title": text(Lang::Vi, title, &[]), "status": status.as_u16(), "reason": reason,
    });
    (
        status,
        [(CONTENT_TYPE, "application/problem+json")],
        body.to_string(),
    )
        .into_response()
}

/// Text of some size is compressed; pictures and archives are compressed already.
#[derive(Debug, Clone, Copy)]
pub(super) struct Compressible;

impl Predicate for Compressible {
    fn should_compress<B: axum::body::HttpBody>(&self, response: &axum::http::Response<B>) -> bool {
        const KINDS: [&str; 6] = [
            "text/html",
            "text/css",
            "text/plain",
            "text/csv",
            "application/json",
            "application/problem+json",
        ];
        let kind = response
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok())
            .unwrap_or_default();
        KINDS.iter().any(|known| kind.starts_with(known))
            && SizeAbove::new(COMPRESS_FROM).should_compress(response)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn those_who_are_sent_away_together_come_back_at_different_times() {
        let waits: Vec<u64> = (0..90).map(|_| retry_after()).collect();
        assert!(waits.iter().all(|wait| (2..=10).contains(wait)));
        assert_eq!(waits.iter().collect::<BTreeSet<_>>().len(), 9);
    }

    #[test]
    fn a_header_that_a_route_has_set_stays() {
        let mut headers = HeaderMap::new();
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=60"));
        harden(&mut headers, true);
        assert_eq!(headers.get(CACHE_CONTROL).unwrap(), "public, max-age=60");
        assert_eq!(headers.len(), HEADERS.len() + 1);
        assert!(headers.contains_key(STRICT_TRANSPORT_SECURITY));
    }
}
