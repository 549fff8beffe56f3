//! What every request and response carries: the name of the request, security headers, figures and the log; and what may be
//! compressed. Nothing that is logged or counted here says who asked: the address is known by its template alone.

use super::Frame;
use super::answers::is_sent_away;
use crate::telemetry::Metrics;
use axum::extract::MatchedPath;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::response::Response;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tower_http::compression::predicate::{Predicate, SizeAbove};

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

/// Watches one request from its arrival to its answer.
pub(super) struct Watch<'a> {
    frame: &'a Frame,
    arrived: Instant,
    method: &'static str,
    id: RequestName,
    _counted: InFlight<'a>,
}

impl<'a> Watch<'a> {
    /// A request has arrived.
    pub(super) fn begin(frame: &'a Frame, method: &Method) -> Self {
        Self {
            frame,
            arrived: Instant::now(),
            method: method_name(method),
            id: frame.names.next(),
            _counted: InFlight::begin(&frame.metrics),
        }
    }

    /// It is answered.
    pub(super) fn end<B>(self, response: &mut Response<B>) {
        let route = response.extensions_mut().remove::<MatchedPath>();
        let route = match route.as_ref().map_or("none", MatchedPath::as_str) {
            // One label for all files, whose names change with every build.
            file if file.starts_with("/static/") => "/static/{file}",
            template => template,
        };
        let (status, took) = (response.status(), self.arrived.elapsed());
        let is_sent_away = is_sent_away(response);
        let headers = response.headers_mut();
        harden(headers, self.frame.app.public_url().is_encrypted());
        headers.insert(REQUEST_ID, self.id.value());
        if is_sent_away && took < SLOW {
            self.frame.gate.count_sent_away();
        } else {
            self.log(route, status, took);
        }
        self.frame.app.pulse.answered(status.as_u16());
        self.frame
            .metrics
            .answered(route, self.method, class(status), took);
    }

    /// Thousands of good requests a second are counted, not written down; a line tells of those that went wrong or took
    /// long. Those who are sent away are told of once a second, all together.
    fn log(&self, route: &str, status: StatusCode, took: Duration) {
        let (status, took_ms) = (status.as_u16(), took.as_millis());
        let (id, method) = (self.id.text(), self.method);
        if status >= 500 || took >= SLOW {
            tracing::warn!(id, method, route, status, took_ms, "request answered");
        } else {
            tracing::debug!(id, method, route, status, took_ms, "request answered");
        }
    }
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

    fn value(&self) -> HeaderValue {
        // Digits and letters are always a value.
        HeaderValue::from_bytes(&self.0).unwrap_or(HeaderValue::from_static(""))
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
