//! Zip archives opened within limits, for every format that is one: Word, Excel, QTI, questions zipped with their media.
//!
//! Owns what an archive may be (size, number and names of its parts, how far it may unpack); leaves what the parts mean, and
//! the words for what is refused, to its reader. Sizes are counted while reading: what an archive says about itself is never
//! believed, and nothing is written to a disk.

use super::source::shorten;
use std::io::{BufRead, BufReader, Cursor, Error, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// Largest archive, bytes; photographs make most of it.
pub(super) const MAX_BYTES: usize = 20 * 1024 * 1024;
/// Parts of an archive: QTI has one for each question, and some more.
const MAX_PARTS: usize = 21_000;
/// Unpacked bytes over all parts that are read.
const MAX_UNPACKED: u64 = 64 * 1024 * 1024;
/// Unpacked bytes of one part.
pub(super) const MAX_PART: u64 = 24 * 1024 * 1024;
/// How many times a part may grow.
const MAX_RATIO: u64 = 150;
/// Smaller parts may grow as they like.
const RATIO_FROM: u64 = 2 * 1024 * 1024;
/// Signature of a part in the directory of an archive.
const ENTRY: &[u8] = b"PK\x01\x02";
/// Beginning of the old binary formats, and of encrypted office files.
const OLE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Why an archive is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Trouble {
    /// It has so many bytes.
    TooLarge(u64),
    /// It is an office file of the binary formats.
    OldOffice,
    /// It asks for a password.
    Locked,
    /// It is no zip at all.
    NotZip,
    /// It passes a limit: `entries`, `entry`, `size` or `ratio`.
    Limit(&'static str, u64),
    /// A part would lie outside.
    Path(String),
    /// It is damaged; what the unpacker says.
    Broken(String),
}

/// An open archive.
pub(super) struct Archive<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    names: Vec<String>,
    left: u64,
}

impl<'a> Archive<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Trouble> {
        if bytes.len() > MAX_BYTES {
            return Err(Trouble::TooLarge(bytes.len() as u64));
        }
        if bytes.starts_with(OLE) {
            return Err(if is_encrypted(bytes) {
                Trouble::Locked
            } else {
                Trouble::OldOffice
            });
        }
        if !bytes.starts_with(b"PK") {
            return Err(Trouble::NotZip);
        }
        // Counted before the directory is read: a million parts cost nothing but this.
        let count = bytes.windows(ENTRY.len()).filter(|part| *part == ENTRY).count();
        if count > MAX_PARTS {
            return Err(Trouble::Limit("entries", MAX_PARTS as u64));
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
        let name_of = |place| archive.name_for_index(place).and_then(Result::ok);
        let names = (0..archive.len())
            .map(|place| name_of(place).unwrap_or_default().into_owned())
            .collect();
        Ok(Self {
            archive,
            names,
            left: MAX_UNPACKED,
        })
    }

    /// The names of the parts, folders among them.
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    /// Where a part is, whatever the case of its name.
    pub(super) fn place_of(&self, name: &str) -> Option<usize> {
        let wanted = name.trim_start_matches('/');
        let exact = self.archive.index_for_name(wanted);
        let same = |found: &String| found.replace('\\', "/").eq_ignore_ascii_case(wanted);
        exact.or_else(|| self.names.iter().position(same))
    }

    /// Hands a part to `read`, unpacked as it is read.
    pub(super) fn stream<T>(
        &mut self,
        place: usize,
        limit: u64,
        read: impl FnOnce(&mut dyn BufRead) -> T,
    ) -> Result<T, Trouble> {
        let entry = self.archive.by_index(place).map_err(|error| broken(&error))?;
        let packed = entry.compressed_size().min(MAX_BYTES as u64);
        let limits = [
            ("entry", limit),
            ("size", self.left),
            ("ratio", RATIO_FROM.max(packed.saturating_mul(MAX_RATIO))),
        ];
        // Three are never none.
        let (what, most) = limits
            .into_iter()
            .min_by_key(|(_, most)| *most)
            .unwrap_or(("size", 0));
        let mut limited = Limited {
            inner: entry,
            limit: most,
            read: 0,
        };
        let mut buffered = BufReader::with_capacity(64 * 1024, &mut limited);
        let result = read(&mut buffered);
        let (read, is_over) = (limited.read, limited.read > most);
        self.left = self.left.saturating_sub(read);
        if is_over {
            return Err(match what {
                "ratio" => Trouble::Limit(what, MAX_RATIO),
                "size" => Trouble::Limit(what, MAX_UNPACKED),
                _ => Trouble::Limit(what, limit),
            });
        }
        Ok(result)
    }

    /// The whole content of a part.
    pub(super) fn read(&mut self, place: usize, limit: u64) -> Result<Vec<u8>, Trouble> {
        let read = self.stream(place, limit, |source| {
            let mut content = Vec::new();
            source.read_to_end(&mut content).map(|_| content)
        })?;
        // A wrong checksum or a cut stream shows here.
        read.map_err(|error| Trouble::Broken(shorten(&error.to_string(), 120)))
    }

    /// Refuses an archive any part of which would lie outside when unpacked.
    pub(super) fn refuse_outside(&self) -> Result<(), Trouble> {
        let is_file = |name: &&String| !name.ends_with('/');
        let mut files = self.names.iter().filter(is_file);
        match files.find(|name| !is_inside(name)) {
            Some(name) => Err(Trouble::Path(shorten(name, 80))),
            None => Ok(()),
        }
    }
}

/// A part on its way out of the archive, cut off where it becomes absurd.
struct Limited<R> {
    inner: R,
    limit: u64,
    read: u64,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buf: &mut [u8]) -> std::io::Result<usize> {
        let count = self.inner.read(buf)?;
        self.read += count as u64;
        if self.read > self.limit {
            return Err(Error::other("too large"));
        }
        Ok(count)
    }
}

fn broken(error: &ZipError) -> Trouble {
    match error {
        ZipError::UnsupportedArchive(why) if why.contains("assword") => Trouble::Locked,
        other => Trouble::Broken(shorten(&other.to_string(), 120)),
    }
}

/// Whether a binary container holds an encrypted office file.
fn is_encrypted(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    bytes.windows(name.len()).any(|part| part == name)
}

/// What people give the endings of office files besides, by its first bytes.
pub(super) fn other_kind(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [b'{', b'\\', b'r', b't', b'f', ..] => Some("RTF"),
        [b'%', b'P', b'D', b'F', ..] => Some("PDF"),
        _ if bytes.iter().take(300).any(|byte| *byte == b'<') => Some("HTML"),
        _ => None,
    }
}

/// Whether a name stays within the archive: no root, no drive, no step upwards, no odd separator.
fn is_inside(name: &str) -> bool {
    let plain = |part: &str| !part.is_empty() && part != "." && part != "..";
    name.len() <= 300 && !name.contains(['\\', ':', '\0']) && name.split('/').all(plain)
}

/// The part that `target` names, seen from the part `from`; `None` where it leaves the archive. A target that begins with
/// `/` begins at the root.
pub(super) fn resolve(from: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = match target.starts_with('/') {
        true => Vec::new(),
        false => from.split('/').filter(|part| !part.is_empty()).collect(),
    };
    // The part itself is not a folder.
    let _ = parts.pop();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            other => parts.push(other),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_found_from_the_part_that_names_it() {
        let from = "word/document.xml";
        assert_eq!(resolve(from, "media/a.png").as_deref(), Some("word/media/a.png"));
        assert_eq!(resolve(from, "/word/a.xml").as_deref(), Some("word/a.xml"));
        assert_eq!(resolve(from, "../a.xml").as_deref(), Some("a.xml"));
        assert_eq!(resolve(from, "../../../etc/passwd"), None);
        assert_eq!(resolve("", "a.xml").as_deref(), Some("a.xml"));
    }

    #[test]
    fn names_stay_within_the_archive() {
        assert!(is_inside("items/a.xml"));
        for name in ["../a", "/a", "a//b", "a\\b", "C:a", "a/./b"] {
            assert!(!is_inside(name), "{name}");
        }
    }
}
