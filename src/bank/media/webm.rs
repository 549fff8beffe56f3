//! WebM: the elements of a film, as far as its tracks.
//!
//! Owns the measures of a film and the codecs that browsers know; the bytes stay as they are.

use super::{broken, codec};
use crate::bank::code::FaultCode;

const SEGMENT: u32 = 0x1853_8067;
const TRACKS: u32 = 0x1654_AE6B;
const ENTRY: u32 = 0xAE;
const CODEC: u32 = 0x86;
const VIDEO: u32 = 0xE0;
const WIDTH: u32 = 0xB0;
const HEIGHT: u32 = 0xBA;
const DOC_TYPE: u32 = 0x4282;
/// Elements beside each other that are passed over.
const MAX_ELEMENTS: usize = 10_000;

/// Width and height of a film.
pub(super) fn measure(path: &str, bytes: &[u8]) -> Result<(u32, u32), FaultCode> {
    let lost = || broken(path);
    let (_, head, rest) = element(bytes).ok_or_else(lost)?;
    if child(head, DOC_TYPE).is_none_or(|kind| !kind.starts_with(b"webm")) {
        return Err(codec(path, "Matroska"));
    }
    let segment = child(rest, SEGMENT).ok_or_else(lost)?;
    let mut tracks = child(segment, TRACKS).ok_or_else(lost)?;
    let mut measures = (0, 0);
    let mut pictures = 0;
    for _ in 0..MAX_ELEMENTS {
        if tracks.is_empty() {
            break;
        }
        let (id, content, rest) = element(tracks).ok_or_else(lost)?;
        tracks = rest;
        if id != ENTRY {
            continue;
        }
        let name = child(content, CODEC).ok_or_else(lost)?;
        if ![&b"V_VP8"[..], b"V_VP9", b"V_AV1", b"A_OPUS", b"A_VORBIS"].contains(&name) {
            return Err(codec(path, &String::from_utf8_lossy(name)));
        }
        if let Some(video) = child(content, VIDEO) {
            pictures += 1;
            let side = |id| child(video, id).and_then(number).unwrap_or_default();
            measures = (side(WIDTH), side(HEIGHT));
        }
    }
    // Sound alone is taken as Ogg, M4A or MP3.
    if pictures == 1 {
        Ok(measures)
    } else {
        Err(codec(path, "WebM (audio)"))
    }
}

/// The content of the first element of that kind.
fn child(bytes: &[u8], wanted: u32) -> Option<&[u8]> {
    let mut rest = bytes;
    for _ in 0..MAX_ELEMENTS {
        let (id, content, after) = element(rest)?;
        if id == wanted {
            return Some(content);
        }
        rest = after;
    }
    None
}

/// An element: what it is, what it holds, what follows. One whose size is not said reaches to the end.
fn element(bytes: &[u8]) -> Option<(u32, &[u8], &[u8])> {
    let id_length = usize::try_from(bytes.first()?.leading_zeros()).ok()? + 1;
    if id_length > 4 {
        return None;
    }
    let id = bytes
        .get(..id_length)?
        .iter()
        .fold(0_u32, |sum, byte| sum << 8 | u32::from(*byte));
    let rest = bytes.get(id_length..)?;
    let first = *rest.first()?;
    let length = usize::try_from(first.leading_zeros()).ok()? + 1;
    if length > 8 {
        return None;
    }
    let mask = 0xff_u64 >> length;
    let size = rest
        .get(1..length)?
        .iter()
        .fold(u64::from(first) & mask, |sum, byte| sum << 8 | u64::from(*byte));
    let content = rest.get(length..)?;
    let unknown = (1_u64 << (7 * length)) - 1;
    if size == unknown {
        return Some((id, content, &[]));
    }
    let size = usize::try_from(size).ok()?;
    Some((id, content.get(..size)?, content.get(size..)?))
}

fn number(bytes: &[u8]) -> Option<u32> {
    (bytes.len() <= 4).then(|| bytes.iter().fold(0_u32, |sum, byte| sum << 8 | u32::from(*byte)))
}
