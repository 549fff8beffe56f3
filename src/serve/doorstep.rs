//! Refusals at the door: whoever stands there with a whole small request for which there is no room hears so at once, before
//! a connection is made of it: without a task, buffers and the way of every request.
//!
//! Owns looking at what the kernel keeps and saying no in one piece; leaves whom there is room for to `admission`, the words
//! to `answers`, what every answer carries to `guard`, and all others to `listen`. Nothing here waits.

use super::Site;
use super::listen::PROXIED;
use axum::body::Bytes;
use axum::http::header::{CONTENT_LENGTH, EXPECT, TRANSFER_ENCODING};
use axum::http::{Method, Response, Version};
use rustix::net::{RecvFlags, SendFlags, recv, send};
use tokio::net::TcpStream;

/// Requests of newcomers are smaller; whatever is larger is served like every other.
const LARGEST: usize = 4096;
/// Browsers send some twenty headers.
const HEADERS: usize = 48;

/// Says no if there is no room for the request that has come whole; `false` leaves the connection as it was.
pub(super) fn turn_away(stream: &TcpStream, site: &Site) -> bool {
    if site.has_room_for_everybody() {
        return false;
    }
    let mut kept = [0; LARGEST];
    let Ok((length, _)) = recv(stream, kept.as_mut_slice(), RecvFlags::PEEK | RecvFlags::DONTWAIT) else {
        return false;
    };
    let Some(asked) = kept.get(..length).and_then(Asked::read) else {
        return false;
    };
    let Some(refusal) = site.refusal(&asked.method, &asked.path, asked.version) else {
        return false;
    };
    // A socket that is closed with something unread takes back what was sent.
    if recv(stream, kept.as_mut_slice(), RecvFlags::DONTWAIT).is_ok_and(|(read, _)| read == length) {
        // It fits into any socket's empty buffer. Visitors who have gone away meanwhile are no fault of ours.
        let _ = send(stream, &wire(&refusal), SendFlags::DONTWAIT | SendFlags::NOSIGNAL);
    }
    true
}

/// As much of a request as admission asks for.
#[derive(Debug, PartialEq, Eq)]
struct Asked {
    method: Method,
    path: String,
    version: Version,
}

impl Asked {
    /// A request that is whole and stands alone; none of a proxy, whose connection serves others next.
    fn read(bytes: &[u8]) -> Option<Self> {
        let mut headers = [httparse::EMPTY_HEADER; HEADERS];
        let mut request = httparse::Request::new(&mut headers);
        let head = match request.parse(bytes) {
            Ok(httparse::Status::Complete(head)) => head,
            Ok(httparse::Status::Partial) | Err(_) => return None,
        };
        let mut body = 0;
        for header in request.headers.iter() {
            let is = |name: &str| header.name.eq_ignore_ascii_case(name);
            if is(PROXIED) || is(TRANSFER_ENCODING.as_str()) || is(EXPECT.as_str()) {
                return None;
            }
            if is(CONTENT_LENGTH.as_str()) {
                body = str::from_utf8(header.value).ok()?.parse().ok()?;
            }
        }
        if head.checked_add(body)? != bytes.len() {
            return None;
        }
        let target = request.path?;
        let path = target.split_once('?').map_or(target, |(path, _)| path);
        let method = request.method?.parse().ok()?;
        // Only these are answered with a body.
        if !path.starts_with('/') || ![Method::GET, Method::POST, Method::PUT].contains(&method) {
            return None;
        }
        let version = match request.version? {
            0 => Version::HTTP_10,
            _ => Version::HTTP_11,
        };
        Some(Self {
            method,
            path: path.to_owned(),
            version,
        })
    }
}

/// An answer as it goes over the wire. Without a date, which an answer of the server's own distress need not have (RFC 9110,
/// section 6.6.1).
fn wire(response: &Response<Bytes>) -> Vec<u8> {
    let (status, body) = (response.status(), response.body());
    let mut bytes = Vec::with_capacity(1024 + body.len());
    let mut put = |parts: &[&[u8]]| parts.iter().for_each(|part| bytes.extend_from_slice(part));
    let reason = status.canonical_reason().unwrap_or_default();
    put(&[
        b"HTTP/1.1 ",
        status.as_str().as_bytes(),
        b" ",
        reason.as_bytes(),
        b"\r\n",
    ]);
    for (name, value) in response.headers() {
        put(&[name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"]);
    }
    put(&[
        CONTENT_LENGTH.as_str().as_bytes(),
        b": ",
        body.len().to_string().as_bytes(),
        b"\r\n\r\n",
        body,
    ]);
    bytes
}

#[cfg(test)]
mod tests {
    use super::super::answers::{Reader, refusal};
    use super::*;

    #[test]
    fn whole_requests_are_read_and_nothing_else_is() {
        let start = "POST /api/v1/contests/mau/rounds/1/attempts?a=b HTTP/1.1\r\nHost: a\r\ncontent-length: 2\r\n\r\n{}";
        let asked = Asked::read(start.as_bytes()).unwrap();
        assert_eq!(
            (asked.method, asked.path.as_str(), asked.version),
            (
                Method::POST,
                "/api/v1/contests/mau/rounds/1/attempts",
                Version::HTTP_11
            )
        );
        assert!(
            Asked::read(b"GET / HTTP/1.0\r\n\r\n").is_some_and(|asked| asked.version == Version::HTTP_10)
        );
        for other in [
            "",
            "GET / HTTP/1.1\r\nHost: a\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\n\r\n",
            "POST / HTTP/1.1\r\ncontent-length: 3\r\n\r\n{}",
            "POST / HTTP/1.1\r\ncontent-length: 18446744073709551615\r\n\r\n{}",
            "POST / HTTP/1.1\r\ncontent-length: -1\r\n\r\n{}",
            "POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n",
            "POST / HTTP/1.1\r\nexpect: 100-continue\r\n\r\n",
            "GET / HTTP/1.1\r\nX-Forwarded-For: 10.0.0.7\r\n\r\n",
            "HEAD / HTTP/1.1\r\n\r\n",
            "GET http://a/ HTTP/1.1\r\n\r\n",
            "\u{16}\u{3}\u{1}",
        ] {
            assert_eq!(Asked::read(other.as_bytes()), None, "{other:?}");
        }
    }

    #[test]
    fn what_goes_over_the_wire_is_an_answer_of_the_right_length() {
        for path in ["/", "/api/v1/contests"] {
            let answer = refusal(Reader::of(path), Version::HTTP_11);
            let bytes = wire(&answer);
            let mut headers = [httparse::EMPTY_HEADER; HEADERS];
            let mut response = httparse::Response::new(&mut headers);
            let head = response.parse(&bytes).unwrap().unwrap();
            assert_eq!(response.code, Some(503));
            assert_eq!(&bytes[head..], &answer.body()[..]);
            let named = |name: &str| {
                let found = response.headers.iter().find(|header| header.name == name);
                str::from_utf8(found.unwrap().value).unwrap().to_owned()
            };
            assert_eq!(named("content-length"), answer.body().len().to_string());
            assert_eq!(named("connection"), "close");
            assert!(named("retry-after").parse::<u64>().is_ok_and(|wait| wait >= 2));
        }
    }
}
