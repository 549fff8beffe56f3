//! Sounds: MP3 followed frame by frame, Ogg page by page.
//!
//! Owns telling a whole sound from a cut one and from something else behind the same first bytes; the bytes stay as they are.

use super::{broken, codec};
use crate::bank::code::FaultCode;

/// Frames that have to follow each other before a file counts as MP3; half a tenth of a second.
const FRAMES: usize = 4;
/// Bit rates of layer III in kbit/s, of MPEG 1 and of MPEG 2 and 2.5.
const RATES: [[u32; 14]; 2] = [
    [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
    [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
];

/// Follows the first frames of an MP3; a sound has no measures.
pub(super) fn mp3(path: &str, bytes: &[u8]) -> Result<(u32, u32), FaultCode> {
    let mut at = tag_length(bytes);
    // Writers leave room between the tag and the first frame.
    let padding = bytes.get(at..).unwrap_or_default();
    at += padding.iter().take_while(|byte| **byte == 0).count();
    for _ in 0..FRAMES {
        let head = bytes.get(at..at + 4).ok_or_else(|| broken(path))?;
        at += frame_length(head).ok_or_else(|| broken(path))?;
    }
    if at > bytes.len() {
        return Err(broken(path));
    }
    Ok((0, 0))
}

/// Length of the ID3 tag in front, whose numbers have seven bits a byte.
fn tag_length(bytes: &[u8]) -> usize {
    let [b'I', b'D', b'3', _, _, flags, a, b, c, d, ..] = bytes else {
        return 0;
    };
    let length = [a, b, c, d]
        .iter()
        .fold(0_usize, |sum, byte| sum << 7 | usize::from(**byte & 0x7f));
    let footer = if flags & 0x10 == 0 { 0 } else { 10 };
    10 + length + footer
}

/// Length of the frame that begins so; `None` where none does.
fn frame_length(head: &[u8]) -> Option<usize> {
    let [0xff, second, third, _] = head else {
        return None;
    };
    if second & 0xe6 != 0xe2 {
        return None;
    }
    let (is_first, divisor) = match (second >> 3) & 3 {
        3 => (true, 1),
        2 => (false, 2),
        0 => (false, 4),
        _ => return None,
    };
    let rate = RATES
        .get(usize::from(!is_first))?
        .get(usize::from(third >> 4).checked_sub(1)?)?;
    let frequency = [44_100, 48_000, 32_000].get(usize::from((third >> 2) & 3))? / divisor;
    let samples = if is_first { 144 } else { 72 };
    let padding = u32::from((third >> 1) & 1);
    usize::try_from(samples * rate * 1_000 / frequency + padding).ok()
}

/// Follows an Ogg file to its last page; Opus and Vorbis are played everywhere, other codecs are not.
pub(super) fn ogg(path: &str, bytes: &[u8]) -> Result<(u32, u32), FaultCode> {
    let first = page(bytes).ok_or_else(|| broken(path))?;
    match first.body {
        [b'O', b'p', b'u', b's', b'H', b'e', b'a', b'd', ..] => {}
        [1, b'v', b'o', b'r', b'b', b'i', b's', ..] => {}
        [0x80, b't', b'h', b'e', b'o', b'r', b'a', ..] => return Err(codec(path, "Theora")),
        [b'S', b'p', b'e', b'e', b'x', ..] => return Err(codec(path, "Speex")),
        _ => return Err(codec(path, "Ogg ?")),
    }
    let (mut rest, mut last) = (bytes, false);
    while !rest.is_empty() {
        let page = page(rest).ok_or_else(|| broken(path))?;
        if page.begins && rest.len() != bytes.len() {
            // A second stream: a film, or one sound after the other.
            return Err(codec(path, "Ogg (2)"));
        }
        last = page.ends;
        rest = rest.get(page.length..).ok_or_else(|| broken(path))?;
    }
    if last { Ok((0, 0)) } else { Err(broken(path)) }
}

struct OggPage<'a> {
    begins: bool,
    ends: bool,
    body: &'a [u8],
    length: usize,
}

fn page(bytes: &[u8]) -> Option<OggPage<'_>> {
    let head = bytes.get(..27)?;
    let ([b'O', b'g', b'g', b'S', 0, flags, ..], Some(count)) = (head, head.get(26)) else {
        return None;
    };
    let table = bytes.get(27..27 + usize::from(*count))?;
    let start = 27 + table.len();
    let size: usize = table.iter().map(|byte| usize::from(*byte)).sum();
    Some(OggPage {
        begins: flags & 2 != 0,
        ends: flags & 4 != 0,
        body: bytes.get(start..start + size)?,
        length: start + size,
    })
}
