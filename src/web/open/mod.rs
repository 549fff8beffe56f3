//! What other sites and programs fetch of published results: the table they frame, the feed of news, the picture of a link.
//!
//! Owns their addresses and how long they may be kept. None of them knows a visitor: no cookie is read or set, and the same
//! bytes go to everybody, so caches between us and the reader may keep them.

pub mod embed;
pub mod feed;
pub mod picture;

use crate::app::App;
use crate::keys::sha256_hex;
use axum::Router;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

/// Every such address.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/tin.xml", get(feed::all))
        .route("/tin.rss", get(feed::all_rss))
        .route("/cuoc-thi/{contest}/tin.xml", get(feed::of_contest))
        .route("/cuoc-thi/{contest}/tin.rss", get(feed::of_contest_rss))
        .route("/cuoc-thi/{contest}/anh.png", get(picture::of_contest))
        .route("/cuoc-thi/{contest}/ket-qua/{n}/anh.png", get(picture::of_round))
        .route("/cuoc-thi/{contest}/ket-qua/{n}/nhung", get(embed::show))
}

/// Something that caches may keep for a while, with a name for what it holds.
struct Kept {
    kind: &'static str,
    /// Seconds.
    for_s: u32,
    bytes: Vec<u8>,
}

impl Kept {
    /// The whole, or word that what the reader has is still right.
    fn answer(self, asked: &HeaderMap) -> Response {
        let hash = sha256_hex(&self.bytes);
        // Half a hash is plenty to tell two versions of one address apart.
        let tag = format!("\"{}\"", hash.get(..32).unwrap_or(&hash));
        let is_known = asked
            .get_all(IF_NONE_MATCH)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .any(|known| known.trim().trim_start_matches("W/") == tag);
        let mut response = if is_known {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            ([(CONTENT_TYPE, self.kind)], self.bytes).into_response()
        };
        let headers = response.headers_mut();
        let keep = format!("public, max-age={}", self.for_s);
        for (name, value) in [(CACHE_CONTROL, keep), (ETAG, tag)] {
            // Digits and letters always make a header.
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(name, value);
            }
        }
        headers.insert(
            HeaderName::from_static("cross-origin-resource-policy"),
            HeaderValue::from_static("cross-origin"),
        );
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_it_already_gets_no_second_copy() {
        let kept = || Kept {
            kind: "text/plain",
            for_s: 60,
            bytes: b"abc".to_vec(),
        };
        let mut asked = HeaderMap::new();
        let first = kept().answer(&asked);
        let tag = first.headers().get(ETAG).unwrap().to_str().unwrap().to_owned();
        assert_eq!(first.status(), StatusCode::OK);
        for (known, status) in [
            (tag.clone(), 304),
            (format!("W/{tag}"), 304),
            (format!("\"x\", {tag}"), 304),
            ("\"x\"".to_owned(), 200),
        ] {
            asked.insert(IF_NONE_MATCH, known.parse().unwrap());
            let again = kept().answer(&asked);
            assert_eq!(again.status(), status, "{known}");
            assert_eq!(again.headers().get(CACHE_CONTROL).unwrap(), "public, max-age=60");
        }
    }
}
