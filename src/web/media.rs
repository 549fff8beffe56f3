//! Pictures, sounds and films of questions: their addresses, and how pages show them.
//!
//! Owns `/media/{name}`. A name is the hash of its content, so a copy is never out of date and is kept for a year; it is known
//! only to those who were shown a page with it, or who hold the very same file. Parts of a film are sent as they are asked for.

use crate::app::App;
use crate::domain::media::{Media, MediaKind, MediaName};
use crate::store::StoreError;
use crate::store::media::WHOLE_BYTES;
use crate::web::WebError;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG,
    IF_NONE_MATCH, IF_RANGE, RANGE,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::stream;
use std::ops::Range;

/// Nobody needs to ask for a content twice.
const KEEP: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// Opened by itself, a file may do nothing.
const ALONE: HeaderValue = HeaderValue::from_static("default-src 'none'; sandbox");
/// Bytes of a film that are in memory at a time.
const PART_BYTES: u64 = 256 * 1024;

/// A picture, sound or film on a page.
#[derive(Debug, Clone)]
pub struct MediaView {
    /// Picture, sound or film.
    pub kind: MediaKind,
    /// Where the browser gets it.
    pub address: String,
    /// What it shows or says.
    pub alt: String,
    /// Width in pixels, 0 where not known.
    pub width: u32,
    /// Height in pixels, 0 where not known.
    pub height: u32,
}

impl MediaView {
    /// What can be shown of a question's media, in their order.
    pub fn list(media: &[Media]) -> Vec<Self> {
        Self::list_at(media, &MediaName::address)
    }

    /// The same with addresses of another kind.
    pub fn list_at(media: &[Media], address: &dyn Fn(&MediaName) -> String) -> Vec<Self> {
        let view = |media: &Media| {
            let stored = media.stored.as_ref()?;
            Some(Self {
                kind: stored.name.format().kind(),
                address: address(&stored.name),
                alt: media.alt.clone().unwrap_or_default(),
                width: stored.width,
                height: stored.height,
            })
        };
        media.iter().filter_map(view).collect()
    }
}

/// The address of every content.
pub fn routes() -> Router<App> {
    Router::new().route("/media/{name}", get(show))
}

async fn show(State(app): State<App>, Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(name) = MediaName::parse(&name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    answer(app, name, &headers)
        .await
        .unwrap_or_else(|error| WebError::from(error).into_response())
}

async fn answer(app: App, name: MediaName, headers: &HeaderMap) -> Result<Response, StoreError> {
    let tag = format!("\"{}\"", name.hash());
    let (whole, length) = match app.store.find_small_media(&name).await? {
        Some(content) => {
            let length = content.len() as u64;
            (Some(Bytes::from_owner(content)), length)
        }
        None => match app.store.find_media_length(&name).await? {
            Some(length) if length > WHOLE_BYTES => (None, length),
            _ => return Ok(StatusCode::NOT_FOUND.into_response()),
        },
    };
    if says(headers, &IF_NONE_MATCH).is_some_and(|tags| tags == "*" || tags.contains(&tag)) {
        return Ok((StatusCode::NOT_MODIFIED, common(&name, &tag)).into_response());
    }
    let is_same = says(headers, &IF_RANGE).is_none_or(|wanted| wanted == tag);
    let asked = says(headers, &RANGE).filter(|_| is_same);
    let part = match asked.map_or(Asked::Everything, |asked| part_of(asked, length)) {
        Asked::Everything => None,
        Asked::Part(part) => Some(part),
        Asked::Nothing => {
            let range = [(CONTENT_RANGE, format!("bytes */{length}"))];
            return Ok((StatusCode::RANGE_NOT_SATISFIABLE, range).into_response());
        }
    };
    let sent = part.clone().unwrap_or(0..length);
    let body = match whole {
        Some(content) => {
            let at = |byte: u64| usize::try_from(byte).unwrap_or(usize::MAX).min(content.len());
            Body::from(content.slice(at(sent.start)..at(sent.end)))
        }
        None => streamed(app, name.clone(), sent.clone()),
    };
    let mut response = (common(&name, &tag), body).into_response();
    let length_sent = HeaderValue::from(sent.end - sent.start);
    response.headers_mut().insert(CONTENT_LENGTH, length_sent);
    if let Some(part) = part {
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
        let range = format!("bytes {}-{}/{length}", part.start, part.end - 1);
        if let Ok(range) = HeaderValue::from_str(&range) {
            response.headers_mut().insert(CONTENT_RANGE, range);
        }
    }
    Ok(response)
}

fn says<'h>(headers: &'h HeaderMap, name: &axum::http::HeaderName) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}

fn common(name: &MediaName, tag: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let kind = HeaderValue::from_static(name.format().content_type());
    headers.insert(CONTENT_TYPE, kind);
    headers.insert(CACHE_CONTROL, KEEP);
    headers.insert(CONTENT_SECURITY_POLICY, ALONE);
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    if let Ok(tag) = HeaderValue::from_str(tag) {
        headers.insert(ETAG, tag);
    }
    headers
}

/// Reads the content part by part, as fast as the browser takes it.
fn streamed(app: App, name: MediaName, sent: Range<u64>) -> Body {
    let next = |(app, name, rest): (App, MediaName, Range<u64>)| async move {
        if rest.is_empty() {
            return Ok::<_, StoreError>(None);
        }
        let length = PART_BYTES.min(rest.end - rest.start);
        let part = app.store.load_media_part(&name, rest.start, length).await?;
        let rest = rest.start + length..rest.end;
        Ok(Some((Bytes::from(part), (app, name, rest))))
    };
    Body::from_stream(stream::try_unfold((app, name, sent), next))
}

/// What a `Range` header asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Asked {
    Everything,
    Part(Range<u64>),
    /// Only what lies behind the end.
    Nothing,
}

/// Reads a range of bytes. Of several, of other units, or of what cannot be read, everything is sent, as RFC 9110 allows.
fn part_of(asked: &str, length: u64) -> Asked {
    let Some((first, last)) = asked
        .strip_prefix("bytes=")
        .and_then(|range| range.split_once('-'))
    else {
        return Asked::Everything;
    };
    let number = |text: &str| text.trim().parse::<u64>();
    let range = match (first.trim(), last.trim()) {
        ("", last) => match number(last) {
            Ok(0) => return Asked::Nothing,
            Ok(last) => length.saturating_sub(last)..length,
            Err(_) => return Asked::Everything,
        },
        (first, "") => match number(first) {
            Ok(first) => first..length,
            Err(_) => return Asked::Everything,
        },
        (first, last) => match (number(first), number(last)) {
            (Ok(first), Ok(last)) if first <= last => first..length.min(last.saturating_add(1)),
            _ => return Asked::Everything,
        },
    };
    if range.is_empty() {
        Asked::Nothing
    } else {
        Asked::Part(range)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_read_as_browsers_write_it() {
        for (asked, expected) in [
            ("bytes=0-", Asked::Part(0..100)),
            ("bytes=0-0", Asked::Part(0..1)),
            ("bytes=10-19", Asked::Part(10..20)),
            ("bytes=90-500", Asked::Part(90..100)),
            ("bytes=-5", Asked::Part(95..100)),
            ("bytes=-500", Asked::Part(0..100)),
            ("bytes=100-", Asked::Nothing),
            ("bytes=-0", Asked::Nothing),
            ("bytes=5-2", Asked::Everything),
            ("bytes=0-1,5-6", Asked::Everything),
            ("bytes=a-b", Asked::Everything),
            ("bytes=", Asked::Everything),
            ("items=0-5", Asked::Everything),
            ("bytes=99999999999999999999-", Asked::Everything),
        ] {
            assert_eq!(part_of(asked, 100), expected, "{asked}");
        }
    }
}
