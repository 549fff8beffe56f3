//! Pictures, sounds and films of questions: looked into, made fit to be served, or refused with advice.
//!
//! Owns what a file may be and what becomes of it: pictures are decoded and written anew, so that nothing of the file but its
//! pixels is ever served; sounds and films are followed through their containers and kept as they are. Leaves storing and
//! serving to `store` and `web`.
//!
//! | file | holds |
//! | --- | --- |
//! | `read` | the key `media` of a question |
//! | `fit` | one file that somebody chose for a question by itself |
//! | `sniff` | what a file is, by its bytes |
//! | `picture` | decoding within limits, making small, encoding |
//! | `sound`, `film`, `webm` | the containers of sounds and films |

mod film;
mod fit;
mod picture;
pub(super) mod read;
mod sniff;
mod sound;
#[cfg(test)]
pub(super) mod tests;
mod webm;

use super::code::FaultCode;
use super::formats::MediaFile;
use crate::domain::media::{MediaFormat, MediaKind, MediaName, StoredMedia};
use sha2::{Digest, Sha256};
use sniff::Sniffed;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

pub use fit::{Fitted, fit_media};

/// Largest picture as it comes, bytes; a photograph of a telephone has 3 to 8 MB.
pub(super) const MAX_PICTURE_BYTES: u64 = 10 * 1024 * 1024;
/// Largest sound, bytes: five minutes of speech at 128 kbit/s.
pub(super) const MAX_SOUND_BYTES: u64 = 5 * 1024 * 1024;
/// Largest film, bytes: what a weak network brings in some minutes.
pub(super) const MAX_FILM_BYTES: u64 = 16 * 1024 * 1024;
/// Largest file of any kind, bytes.
pub const MAX_MEDIA_BYTES: u64 = MAX_FILM_BYTES;
/// All files of a set as they are served, bytes.
pub const MAX_SET_BYTES: u64 = 96 * 1024 * 1024;
/// Pixels of all pictures of a set that are decoded: hundreds of ordinary ones, and a minute of work at most.
const MAX_SET_PIXELS: u64 = 400_000_000;

/// Where media files lie in a contest directory.
pub(super) const FOLDER: &str = "media/";

/// What looking for a file gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// It is not there.
    Missing,
    /// It is there, and nobody needs to look into it.
    Unread,
    /// Its bytes, at most one more than [`MAX_MEDIA_BYTES`].
    Bytes(Vec<u8>),
}

/// Looks for a media file by the path a question names; a path that leaves the directory is never asked for.
pub type LookFor<'a> = &'a dyn Fn(&str) -> Found;

/// A file as it will be served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaContent {
    /// Name and measures.
    pub stored: StoredMedia,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// What a file became.
#[derive(Clone)]
struct Placed {
    stored: StoredMedia,
    /// Of several pictures in turn the first was taken.
    moved: bool,
}

/// The media files around the questions of a set, each looked into once.
pub(super) struct Shelf<'f> {
    /// Those that came inside the file of questions.
    brought: RefCell<Vec<MediaFile>>,
    /// Finds the others; `None` where nobody looks into those.
    look_for: Option<LookFor<'f>>,
    /// All that there is came inside.
    closed: Cell<bool>,
    seen: RefCell<BTreeMap<String, Result<Option<Placed>, FaultCode>>>,
    contents: RefCell<BTreeMap<MediaName, MediaContent>>,
    pixels: Cell<u64>,
}

impl<'f> Shelf<'f> {
    pub(super) fn new(look_for: Option<LookFor<'f>>) -> Self {
        Self {
            brought: RefCell::default(),
            look_for,
            closed: Cell::new(false),
            seen: RefCell::default(),
            contents: RefCell::default(),
            pixels: Cell::default(),
        }
    }

    /// What is served of the file at a path; `None` where nobody needs to look into it.
    fn place(&self, path: &str) -> Result<Option<Placed>, FaultCode> {
        let known = self.seen.borrow().get(path).cloned();
        if let Some(known) = known {
            return known;
        }
        let placed = match self.find(path) {
            Found::Missing => Err(FaultCode::MediaMissing {
                path: path.to_owned(),
            }),
            Found::Unread => Ok(None),
            Found::Bytes(bytes) => self.prepare(path, bytes).map(Some),
        };
        self.seen.borrow_mut().insert(path.to_owned(), placed.clone());
        placed
    }

    fn find(&self, path: &str) -> Found {
        let brought = self.brought.borrow();
        match brought.iter().find(|file| file.path == path) {
            Some(file) => Found::Bytes(file.bytes.clone()),
            None if self.closed.get() => Found::Missing,
            None => self.look_for.map_or(Found::Unread, |look_for| look_for(path)),
        }
    }

    /// Adds a file that came along, once.
    pub(super) fn bring(&self, file: MediaFile) {
        let mut brought = self.brought.borrow_mut();
        if !brought.iter().any(|known| known.path == file.path) {
            brought.push(file);
        }
    }

    /// What did not come inside is missing from here on.
    pub(super) fn close(&self) {
        self.closed.set(true);
    }

    /// A path for a file that came along under that name: with a number where another file has it.
    pub(super) fn path_for(&self, stem: &str, ending: &str, bytes: &[u8]) -> String {
        let brought = self.brought.borrow();
        let taken = |path: &String| {
            let mut known = brought.iter().filter(|known| known.path == *path);
            known.any(|known| known.bytes != bytes)
        };
        let named = |number: usize| match number {
            1 => format!("{FOLDER}{stem}.{ending}"),
            _ => format!("{FOLDER}{stem}-{number}.{ending}"),
        };
        // Each name that is taken belongs to another file, so one more than there are is free.
        (1..=brought.len() + 1)
            .map(named)
            .find(|path| !taken(path))
            .unwrap_or_else(|| named(0))
    }

    fn prepare(&self, path: &str, bytes: Vec<u8>) -> Result<Placed, FaultCode> {
        let left = MAX_SET_PIXELS.saturating_sub(self.pixels.get());
        let ready = prepare(path, bytes, left)?;
        self.pixels.set(self.pixels.get() + ready.pixels);
        let moved = ready.moved;
        let content = ready.content();
        let stored = content.stored.clone();
        let mut contents = self.contents.borrow_mut();
        let before: u64 = contents.values().map(|content| content.bytes.len() as u64).sum();
        if before + content.bytes.len() as u64 > MAX_SET_BYTES {
            let limit = MAX_SET_BYTES;
            return Err(FaultCode::MediaTotal { limit });
        }
        contents.insert(stored.name.clone(), content);
        Ok(Placed { stored, moved })
    }

    /// The files that came along, and everything that was made fit, each content once.
    pub(super) fn into_parts(self) -> (Vec<MediaFile>, Vec<MediaContent>) {
        let contents = self.contents.into_inner().into_values().collect();
        (self.brought.into_inner(), contents)
    }
}

/// A file made fit to be served.
struct Ready {
    format: MediaFormat,
    bytes: Vec<u8>,
    width: u32,
    height: u32,
    /// It had several pictures in turn.
    moved: bool,
    /// How many were decoded.
    pixels: u64,
}

impl Ready {
    fn content(self) -> MediaContent {
        MediaContent {
            stored: StoredMedia {
                name: MediaName::new(Sha256::digest(&self.bytes).into(), self.format),
                width: self.width,
                height: self.height,
            },
            bytes: self.bytes,
        }
    }
}

/// Makes a file fit, or says why it cannot be taken. `left` bounds the pixels that may still be decoded.
fn prepare(path: &str, bytes: Vec<u8>, left: u64) -> Result<Ready, FaultCode> {
    let sniffed = sniff::sniff(&bytes);
    let owned = path.to_owned();
    let kind = match &sniffed {
        Sniffed::Picture(_) => MediaKind::Image,
        Sniffed::Mp3 | Sniffed::Ogg => MediaKind::Audio,
        Sniffed::Webm => MediaKind::Video,
        // Which of both it is shows inside.
        Sniffed::Mp4 => MediaKind::of_file(path).unwrap_or(MediaKind::Video),
        Sniffed::Svg => return Err(FaultCode::MediaSvg { path: owned }),
        Sniffed::Other(kind) => {
            let kind = (*kind).to_owned();
            return Err(FaultCode::MediaFormat { path: owned, kind });
        }
    };
    let limit = match kind {
        MediaKind::Image => MAX_PICTURE_BYTES,
        MediaKind::Audio => MAX_SOUND_BYTES,
        MediaKind::Video => MAX_FILM_BYTES,
    };
    let size = bytes.len() as u64;
    if size > limit {
        return Err(FaultCode::MediaSize {
            path: owned,
            size,
            limit,
        });
    }
    let ready = match sniffed {
        Sniffed::Picture(format) => picture::prepare(path, &bytes, format, left)?,
        Sniffed::Mp3 => kept(MediaFormat::Mp3, sound::mp3(path, &bytes)?, bytes),
        Sniffed::Ogg => kept(MediaFormat::Ogg, sound::ogg(path, &bytes)?, bytes),
        Sniffed::Webm => kept(MediaFormat::Webm, webm::measure(path, &bytes)?, bytes),
        Sniffed::Mp4 => {
            let (format, measures) = film::measure(path, &bytes)?;
            kept(format, measures, bytes)
        }
        Sniffed::Svg | Sniffed::Other(_) => return Err(FaultCode::MediaBroken { path: owned }),
    };
    let promised = MediaKind::of_file(path);
    if promised.is_some_and(|promised| promised != ready.format.kind()) {
        let found = ready.format.ending().to_owned();
        return Err(FaultCode::MediaOther { path: owned, found });
    }
    Ok(ready)
}

/// A picture for a printed paper; `None` for what cannot be printed.
pub(super) fn printable(path: &str, bytes: Vec<u8>) -> Option<MediaContent> {
    let ready = prepare(path, bytes, MAX_SET_PIXELS).ok()?;
    let is_picture = ready.format.kind() == MediaKind::Image;
    is_picture.then(|| ready.content())
}

/// A sound or film, kept as it came.
fn kept(format: MediaFormat, (width, height): (u32, u32), bytes: Vec<u8>) -> Ready {
    Ready {
        format,
        bytes,
        width,
        height,
        moved: false,
        pixels: 0,
    }
}

fn broken(path: &str) -> FaultCode {
    FaultCode::MediaBroken {
        path: path.to_owned(),
    }
}

fn codec(path: &str, codec: &str) -> FaultCode {
    FaultCode::MediaCodec {
        path: path.to_owned(),
        codec: codec.to_owned(),
    }
}
