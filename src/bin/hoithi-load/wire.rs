//! The smallest HTTP/1.1 client that is still correct: one keep-alive connection, ready-made request bytes, and of an
//! answer only what a load test needs.
//!
//! Owns connections and the reading of answers; leaves what is asked to `journey`.

use std::io;
use std::net::SocketAddr;
use std::ops::Range;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// An answer that takes longer counts as none.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);
/// Larger answers are no pages of ours.
const MAX_ANSWER: usize = 8 * 1024 * 1024;
/// Larger heads are no heads of ours.
const MAX_HEAD: usize = 16 * 1024;

/// One connection to the target, made anew when the server has closed it.
#[derive(Debug)]
pub(crate) struct Line {
    address: SocketAddr,
    stream: Option<TcpStream>,
    buffer: Vec<u8>,
    /// Connections made so far.
    pub(crate) connects: u64,
}

/// An answer; its bytes stay with the line until the next request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    /// The status code.
    pub(crate) status: u16,
    /// Seconds of `Retry-After`, where given.
    pub(crate) retry_after: Option<u32>,
    head: usize,
    body: Range<usize>,
    closes: bool,
}

impl Answer {
    /// Whether the server did what was asked.
    pub(crate) fn is_good(&self) -> bool {
        (200..400).contains(&self.status)
    }
}

impl Line {
    /// A line that connects with its first request.
    pub(crate) fn new(address: SocketAddr) -> Self {
        Self {
            address,
            stream: None,
            buffer: Vec::with_capacity(4096),
            connects: 0,
        }
    }

    /// Connects now, so that the first request does not have to.
    pub(crate) async fn connect(&mut self) -> io::Result<()> {
        if self.stream.is_none() {
            let stream = TcpStream::connect(self.address).await?;
            stream.set_nodelay(true)?;
            self.connects += 1;
            self.stream = Some(stream);
        }
        Ok(())
    }

    /// Sends a request and reads its answer. After an error the next request gets a new connection.
    pub(crate) async fn ask(&mut self, request: &[u8]) -> io::Result<Answer> {
        let asked = tokio::time::timeout(PATIENCE, self.ask_patiently(request)).await;
        let answer = asked.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()));
        if answer.as_ref().map_or(true, |answer| answer.closes) {
            self.stream = None;
        }
        answer
    }

    async fn ask_patiently(&mut self, request: &[u8]) -> io::Result<Answer> {
        self.connect().await?;
        let Some(stream) = &mut self.stream else {
            return Err(io::ErrorKind::NotConnected.into());
        };
        stream.write_all(request).await?;
        let buffer = &mut self.buffer;
        buffer.clear();
        let mut head = loop {
            if let Some(answer) = read_head(buffer)? {
                break answer;
            }
            more(stream, buffer, MAX_HEAD).await?;
        };
        match head.length {
            Length::Known(length) => {
                let end = head.answer.head.saturating_add(length);
                while buffer.len() < end {
                    more(stream, buffer, MAX_ANSWER).await?;
                }
                head.answer.body = head.answer.head..end;
            }
            Length::Chunked => loop {
                if let Some(end) = chunks_end(buffer, head.answer.head)? {
                    head.answer.body = head.answer.head..end;
                    break;
                }
                more(stream, buffer, MAX_ANSWER).await?;
            },
        }
        Ok(head.answer)
    }

    /// The body as it came (with the marks of chunks, where it came in chunks).
    pub(crate) fn body(&self, answer: &Answer) -> &[u8] {
        self.buffer.get(answer.body.clone()).unwrap_or_default()
    }

    /// The value of a header; `name` in small letters.
    pub(crate) fn header(&self, answer: &Answer, name: &str) -> Option<&str> {
        headers(self.buffer.get(..answer.head)?).find_map(|(key, value)| {
            key.eq_ignore_ascii_case(name.as_bytes())
                .then(|| std::str::from_utf8(value).ok())?
        })
    }
}

async fn more(stream: &mut TcpStream, buffer: &mut Vec<u8>, limit: usize) -> io::Result<()> {
    if buffer.len() > limit {
        return Err(io::Error::new(
            io::ErrorKind::InvalidData,
            "the answer is too large",
        ));
    }
    match stream.read_buf(buffer).await? {
        0 => Err(io::ErrorKind::UnexpectedEof.into()),
        _ => Ok(()),
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Length {
    Known(usize),
    Chunked,
}

#[derive(Debug, PartialEq, Eq)]
struct Head {
    answer: Answer,
    length: Length,
}

/// Reads status and headers once they are there in full.
fn read_head(bytes: &[u8]) -> io::Result<Option<Head>> {
    let Some(end) = find(bytes, b"\r\n\r\n").map(|at| at + 4) else {
        return Ok(None);
    };
    let bad = || io::Error::new(io::ErrorKind::InvalidData, "no HTTP/1.1 answer");
    let status = bytes
        .strip_prefix(b"HTTP/1.1 ")
        .and_then(|rest| rest.get(..3))
        .and_then(number)
        .and_then(|status| u16::try_from(status).ok())
        .ok_or_else(bad)?;
    let mut head = Head {
        answer: Answer {
            status,
            retry_after: None,
            head: end,
            body: end..end,
            closes: false,
        },
        length: Length::Known(0),
    };
    for (name, value) in headers(bytes.get(..end).unwrap_or_default()) {
        // The length of a name tells most headers apart without looking at their letters.
        match name.len() {
            14 if name.eq_ignore_ascii_case(b"content-length") => {
                head.length = Length::Known(number(value).ok_or_else(bad)?);
            }
            17 if name.eq_ignore_ascii_case(b"transfer-encoding") => head.length = Length::Chunked,
            11 if name.eq_ignore_ascii_case(b"retry-after") => {
                head.answer.retry_after = number(value).and_then(|wait| u32::try_from(wait).ok());
            }
            10 if name.eq_ignore_ascii_case(b"connection") => {
                head.answer.closes = value.eq_ignore_ascii_case(b"close");
            }
            _ => {}
        }
    }
    if matches!(status, 204 | 304) {
        head.length = Length::Known(0);
    }
    Ok(Some(head))
}

/// Names and values of a head, without the status line.
fn headers(head: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    head.split(|byte| *byte == b'\n').skip(1).filter_map(|line| {
        let colon = line.iter().position(|byte| *byte == b':')?;
        let (name, value) = line.split_at_checked(colon)?;
        Some((name, value.get(1..)?.trim_ascii()))
    })
}

/// Where the chunks that begin at `from` end, once the last one is there.
fn chunks_end(bytes: &[u8], from: usize) -> io::Result<Option<usize>> {
    let mut at = from;
    loop {
        let Some(rest) = bytes.get(at..) else {
            return Ok(None);
        };
        let Some(line) = find(rest, b"\r\n") else {
            return Ok(None);
        };
        let size = rest.get(..line).unwrap_or_default();
        let digits = size.split(|byte| *byte == b';').next().unwrap_or_default();
        let size = std::str::from_utf8(digits)
            .ok()
            .and_then(|digits| usize::from_str_radix(digits.trim(), 16).ok())
            .filter(|size| *size <= MAX_ANSWER)
            .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "a chunk without a size"))?;
        // Size line, its end, the chunk, its end; the last chunk is empty.
        at += line + 2 + size + 2;
        if size == 0 {
            return Ok((at <= bytes.len()).then_some(at));
        }
    }
}

fn number(digits: &[u8]) -> Option<usize> {
    std::str::from_utf8(digits).ok()?.parse().ok()
}

/// The first place of `needle`.
pub(crate) fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    let first = *needle.first()?;
    let mut from = 0;
    loop {
        let rest = haystack.get(from..)?;
        let at = from + rest.iter().position(|byte| *byte == first)?;
        if haystack.get(at..)?.starts_with(needle) {
            return Some(at);
        }
        from = at + 1;
    }
}

/// What stands between `before` and the next `after`.
pub(crate) fn between<'a>(text: &'a [u8], before: &str, after: u8) -> Option<&'a str> {
    let from = find(text, before.as_bytes())? + before.len();
    let rest = text.get(from..)?;
    let end = rest.iter().position(|byte| *byte == after)?;
    std::str::from_utf8(rest.get(..end)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_when_it_is_there_in_full() {
        let whole =
            b"HTTP/1.1 201 Created\r\nContent-Length: 5\r\nretry-after: 7\r\nConnection: close\r\n\r\nhello";
        let head_end = whole.len() - 5;
        for cut in 0..head_end {
            assert_eq!(read_head(&whole[..cut]).unwrap(), None, "{cut}");
        }
        let head = read_head(whole).unwrap().unwrap();
        assert_eq!(head.length, Length::Known(5));
        assert_eq!(
            (head.answer.status, head.answer.retry_after, head.answer.closes),
            (201, Some(7), true)
        );
        assert_eq!(head.answer.head, head_end);
    }

    #[test]
    fn chunks_end_behind_the_empty_one() {
        let body = b"xx5\r\nhello\r\n0\r\n\r\n";
        for cut in 2..body.len() {
            assert_eq!(chunks_end(&body[..cut], 2).unwrap(), None, "{cut}");
        }
        assert_eq!(chunks_end(body, 2).unwrap(), Some(body.len()));
        assert!(chunks_end(b"zz\r\n", 0).is_err());
    }

    #[test]
    fn what_is_no_http_is_refused() {
        assert!(read_head(b"SSH-2.0-x\r\n\r\n").is_err());
        assert!(read_head(b"HTTP/1.1 2x0 OK\r\n\r\n").is_err());
    }

    #[test]
    fn an_answer_without_content_has_no_body() {
        let head = read_head(b"HTTP/1.1 204 No Content\r\ncontent-length: 9\r\n\r\n");
        assert_eq!(head.unwrap().unwrap().length, Length::Known(0));
    }

    #[test]
    fn a_value_is_found_between_its_marks() {
        assert_eq!(
            between(br#"{"attempt":"0a1b","n":1}"#, "\"attempt\":\"", b'"'),
            Some("0a1b")
        );
        assert_eq!(between(b"aab", "ab", b'c'), None);
    }
}
