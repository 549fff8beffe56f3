//! Answers that need no route: too busy, and a fault that no page could tell of.
//!
//! Owns their words and form; they are made beforehand, so that saying them costs next to nothing.

use crate::i18n::{Lang, text};
use axum::body::{Body, Bytes};
use axum::http::header::{CONNECTION, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode, Version};
use axum::response::Response;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

/// In what form this visitor reads errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    Browser,
    Program,
}

impl Reader {
    /// Who asks for such an address.
    pub(super) fn of(path: &str) -> Self {
        if path == "/api" || path.starts_with("/api/") {
            Self::Program
        } else {
            Self::Browser
        }
    }

    const fn form(self) -> HeaderValue {
        match self {
            Self::Browser => HeaderValue::from_static("text/html; charset=utf-8"),
            Self::Program => HeaderValue::from_static("application/problem+json"),
        }
    }

    fn answer<B>(self, status: StatusCode, body: B) -> Response<B> {
        let mut response = Response::new(body);
        *response.status_mut() = status;
        response.headers_mut().insert(CONTENT_TYPE, self.form());
        response
    }
}

/// Too much at once: come back.
pub(super) fn busy(reader: Reader, version: Version) -> Response {
    refusal(reader, version).map(Body::from)
}

/// The same in one piece.
pub(super) fn refusal(reader: Reader, version: Version) -> Response<Bytes> {
    const PAGE: &[u8] = include_bytes!("../../static/busy.html");
    static PROBLEM: LazyLock<Bytes> =
        LazyLock::new(|| problem(StatusCode::SERVICE_UNAVAILABLE, "busy", "error-busy-title").into());
    let body = match reader {
        Reader::Browser => Bytes::from_static(PAGE),
        Reader::Program => PROBLEM.clone(),
    };
    let mut response = reader.answer(StatusCode::SERVICE_UNAVAILABLE, body);
    let headers = response.headers_mut();
    headers.insert(RETRY_AFTER, HeaderValue::from(retry_after()));
    if version <= Version::HTTP_11 {
        // A waiting visitor should not hold one of the connections that the others need.
        headers.insert(CONNECTION, HeaderValue::from_static("close"));
    }
    response
}

/// Whether there was no room, which ends the connection: so nobody slows the door down more than once, and a store that is
/// away, whose refusals keep the connection, does not slow it down at all.
pub(super) fn is_sent_away<B>(response: &Response<B>) -> bool {
    response.status() == StatusCode::SERVICE_UNAVAILABLE && response.headers().contains_key(CONNECTION)
}

/// 2 to 10 seconds, never the same for those who came together, so that they do not come back together.
fn retry_after() -> u64 {
    static TURN: AtomicU64 = AtomicU64::new(0);
    let turn = TURN.fetch_add(1, Ordering::Relaxed);
    2 + (turn.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) % 9
}

/// A fault of ours that no page could tell of.
pub(super) fn fault(reader: Reader) -> Response {
    let status = StatusCode::INTERNAL_SERVER_ERROR;
    if reader == Reader::Program {
        return reader.answer(status, problem(status, "internal", "error-internal-title").into());
    }
    let say = |lang, key| text(lang, key, &[]);
    let title = say(Lang::Vi, "error-internal-title");
    let page = format!(
        "<!doctype html>\n<html lang=\"vi\">\n<head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{title}</title></head>\n\
         <body><main><h1>{title}</h1><p>{}</p><p lang=\"en\">{}</p></main></body>\n</html>\n",
        say(Lang::Vi, "error-internal-text"),
        say(Lang::En, "error-internal-text"),
    );
    reader.answer(status, page.into())
}

fn problem(status: StatusCode, reason: &'static str, title: &'static str) -> String {
    serde_json::json!({
        "type": "about:blank", "title": text(Lang::Vi, title, &[]), "status": status.as_u16(), "reason": reason,
    })
    .to_string()
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
}
