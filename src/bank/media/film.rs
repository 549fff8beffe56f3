//! MPEG-4: the boxes of a film or sound, followed to the end of the file.
//!
//! Owns telling sound from film, its measures, and whether browsers know the codec; the bytes stay as they are.

use super::{broken, codec};
use crate::bank::code::FaultCode;
use crate::domain::media::MediaFormat;

/// Boxes within each other.
const MAX_DEPTH: usize = 8;
/// Boxes beside each other; writers use about a dozen.
const MAX_BOXES: usize = 10_000;
/// Codecs of pictures that browsers on ordinary telephones play.
const PICTURES: [&[u8]; 5] = [b"avc1", b"avc3", b"vp09", b"av01", b"vp08"];
/// Codecs of sounds.
const SOUNDS: [&[u8]; 4] = [b"mp4a", b"Opus", b"fLaC", b".mp3"];

/// What the tracks say.
#[derive(Default)]
struct Tracks {
    pictures: usize,
    sounds: usize,
    width: u32,
    height: u32,
    codecs: Vec<[u8; 4]>,
}

/// The format of an MPEG-4 file, and its measures.
pub(super) fn measure(path: &str, bytes: &[u8]) -> Result<(MediaFormat, (u32, u32)), FaultCode> {
    let top = boxes(bytes).ok_or_else(|| broken(path))?;
    let has = |name: &[u8]| top.iter().any(|(found, _)| found == name);
    let is_whole = has(b"ftyp") && has(b"moov") && has(b"mdat") || has(b"moof");
    if !is_whole {
        return Err(broken(path));
    }
    let mut tracks = Tracks::default();
    for (name, content) in &top {
        if name == b"moov" {
            walk(content, 0, &mut tracks).ok_or_else(|| broken(path))?;
        }
    }
    let known = |found: &[u8; 4]| PICTURES.iter().chain(&SOUNDS).any(|known| *known == found);
    if let Some(unknown) = tracks.codecs.iter().find(|found| !known(found)) {
        return Err(codec(path, &String::from_utf8_lossy(unknown)));
    }
    match (tracks.pictures, tracks.sounds) {
        (0, 0) => Err(broken(path)),
        (0, _) => Ok((MediaFormat::M4a, (0, 0))),
        _ => Ok((MediaFormat::Mp4, (tracks.width, tracks.height))),
    }
}

type Boxes<'a> = Vec<([u8; 4], &'a [u8])>;

/// The boxes that make up the bytes without a gap; `None` where they do not.
fn boxes(bytes: &[u8]) -> Option<Boxes<'_>> {
    let mut found = Boxes::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let head = rest.get(..8)?;
        let name: [u8; 4] = head.get(4..8)?.try_into().ok()?;
        let short = u32::from_be_bytes(head.get(..4)?.try_into().ok()?);
        let (start, size) = match short {
            0 => (8, rest.len()),
            1 => {
                let long = u64::from_be_bytes(rest.get(8..16)?.try_into().ok()?);
                (16, usize::try_from(long).ok()?)
            }
            size => (8, usize::try_from(size).ok()?),
        };
        found.push((name, rest.get(start..size)?));
        rest = rest.get(size..)?;
        if found.len() > MAX_BOXES {
            return None;
        }
    }
    Some(found)
}

fn walk(bytes: &[u8], depth: usize, tracks: &mut Tracks) -> Option<()> {
    if depth > MAX_DEPTH {
        return None;
    }
    for (name, content) in boxes(bytes)? {
        match &name {
            b"trak" | b"mdia" | b"minf" | b"stbl" => walk(content, depth + 1, tracks)?,
            b"tkhd" => header(content, tracks)?,
            b"hdlr" => match content.get(8..12)? {
                b"vide" => tracks.pictures += 1,
                b"soun" => tracks.sounds += 1,
                _ => {}
            },
            // Version, flags, count, and then one box for each codec.
            b"stsd" => {
                for (codec, _) in boxes(content.get(8..)?)? {
                    if matches!(&codec, b"tx3g" | b"text" | b"mp4s" | b"tmcd" | b"mett") {
                        continue;
                    }
                    tracks.codecs.push(codec);
                }
            }
            _ => {}
        }
    }
    Some(())
}

/// Width and height of a track stand at the end of its header, with sixteen bits behind the point.
fn header(content: &[u8], tracks: &mut Tracks) -> Option<()> {
    let end = content.len();
    let whole = |from: usize| -> Option<u32> {
        let bytes = content.get(from..from + 2)?.try_into().ok()?;
        Some(u32::from(u16::from_be_bytes(bytes)))
    };
    let (width, height) = (whole(end.checked_sub(8)?)?, whole(end.checked_sub(4)?)?);
    tracks.width = tracks.width.max(width);
    tracks.height = tracks.height.max(height);
    Some(())
}
