//! Pictures, sounds and films that belong to a question, as entrants are given them.
//!
//! Owns what is known of such a file and the name under which it is served; leaves looking into files to `bank` and keeping
//! them to `store`.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// Files that a question may have.
pub const MAX_MEDIA: usize = 4;

/// What a file is for those who look and listen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MediaKind {
    /// A still picture.
    Image,
    /// Sound alone.
    Audio,
    /// Moving pictures.
    Video,
}

impl MediaKind {
    /// The word for it in programs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Audio => "audio",
            Self::Video => "video",
        }
    }

    /// The kind that the ending of a file name promises, for the endings that are taken.
    pub fn of_file(path: &str) -> Option<Self> {
        let (_, ending) = path.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "jpg" | "jpeg" | "png" | "webp" | "gif" => Some(Self::Image),
            "mp3" | "ogg" | "oga" | "opus" | "m4a" => Some(Self::Audio),
            "mp4" | "webm" => Some(Self::Video),
            _ => None,
        }
    }
}

/// A format in which files are kept and served; every browser since 2014 knows the pictures and sounds among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MediaFormat {
    /// Drawings.
    Png,
    /// Photographs.
    Jpeg,
    /// MPEG-1 layer III.
    Mp3,
    /// Opus or Vorbis.
    Ogg,
    /// AAC.
    M4a,
    /// MPEG-4.
    Mp4,
    /// Matroska as browsers know it.
    Webm,
}

impl MediaFormat {
    /// Every format.
    pub const ALL: [Self; 7] = [
        Self::Png,
        Self::Jpeg,
        Self::Mp3,
        Self::Ogg,
        Self::M4a,
        Self::Mp4,
        Self::Webm,
    ];

    /// The ending of its addresses, without a dot.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Mp3 => "mp3",
            Self::Ogg => "ogg",
            Self::M4a => "m4a",
            Self::Mp4 => "mp4",
            Self::Webm => "webm",
        }
    }

    /// What a server says it is.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Mp3 => "audio/mpeg",
            Self::Ogg => "audio/ogg",
            Self::M4a => "audio/mp4",
            Self::Mp4 => "video/mp4",
            Self::Webm => "video/webm",
        }
    }

    /// What it is for those who look and listen.
    pub const fn kind(self) -> MediaKind {
        match self {
            Self::Png | Self::Jpeg => MediaKind::Image,
            Self::Mp3 | Self::Ogg | Self::M4a => MediaKind::Audio,
            Self::Mp4 | Self::Webm => MediaKind::Video,
        }
    }
}

/// The name of a file by its content: the SHA-256 in hexadecimal digits and the ending of its format. Nobody finds it who has
/// not seen a page that shows it, unless they hold the very same file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MediaName {
    hash: String,
    format: MediaFormat,
}

impl MediaName {
    /// The name of a content with that hash.
    pub fn new(hash: [u8; 32], format: MediaFormat) -> Self {
        Self {
            hash: hash.iter().map(|byte| format!("{byte:02x}")).collect(),
            format,
        }
    }

    /// A name as written; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let (hash, ending) = text.split_once('.')?;
        let format = MediaFormat::ALL
            .into_iter()
            .find(|format| format.ending() == ending)?;
        let is_hash = hash.len() == 64 && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        is_hash.then(|| Self {
            hash: hash.to_owned(),
            format,
        })
    }

    /// 64 hexadecimal digits.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// Its format.
    pub const fn format(&self) -> MediaFormat {
        self.format
    }

    /// The address from which browsers get it.
    pub fn address(&self) -> String {
        format!("/media/{self}")
    }
}

impl fmt::Display for MediaName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.hash, self.format.ending())
    }
}

impl Serialize for MediaName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for MediaName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not the name of a media file"))
    }
}

/// A file that was looked into and can be served.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredMedia {
    /// Its name by content.
    pub name: MediaName,
    /// Width in pixels; 0 for sounds, and for films that do not say it.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub width: u32,
    /// Height in pixels, as `width`.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub height: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// A picture, sound or film of a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    /// Where it lies: a path from the contest directory.
    pub file: String,
    /// What it shows or says, for those who do not see or hear it; a picture always has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alt: Option<String>,
    /// The content that is served; `None` where the file was not at hand, which no contest is opened with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stored: Option<StoredMedia>,
}

impl Media {
    /// What it is: by its content, or by its name where the content was not at hand.
    pub fn kind(&self) -> MediaKind {
        match &self.stored {
            Some(stored) => stored.name.format().kind(),
            None => MediaKind::of_file(&self.file).unwrap_or(MediaKind::Image),
        }
    }
}

/// Reads the media of a question out of a stored set. Sets of earlier releases hold one path.
pub(super) fn stored_list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Media>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        List(Vec<Media>),
        Path(String),
    }
    Ok(match Written::deserialize(deserializer)? {
        Written::List(list) => list,
        Written::Path(file) => vec![Media {
            file,
            alt: None,
            stored: None,
        }],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_as_it_is_written_and_nothing_else_is() {
        let name = MediaName::new([0xab; 32], MediaFormat::Jpeg);
        let text = name.to_string();
        assert_eq!(text, format!("{}.jpg", "ab".repeat(32)));
        assert_eq!(MediaName::parse(&text), Some(name));
        let hash = "0".repeat(64);
        for wrong in [
            String::new(),
            hash.clone(),
            format!("{hash}.svg"),
            format!("{hash}.PNG"),
            format!("{}.png", "A".repeat(64)),
            format!("{}.png", "0".repeat(63)),
            format!("../{hash}.png"),
            format!("{hash}.png.png"),
        ] {
            assert_eq!(MediaName::parse(&wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_set_of_an_earlier_release_is_still_read() {
        let old = r#"{"id":"a","text":"?","options":[],"media":"media/a.png"}"#;
        let question: crate::domain::question::Question = serde_json::from_str(old).unwrap();
        assert_eq!(question.media[0].file, "media/a.png");
        let none = r#"{"id":"a","text":"?","options":[]}"#;
        let question: crate::domain::question::Question = serde_json::from_str(none).unwrap();
        assert!(question.media.is_empty());
        assert_eq!(serde_json::to_string(&question).unwrap(), none);
    }
}
