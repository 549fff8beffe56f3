//! A zip archive opened within limits.
//!
//! Owns what an archive may be (size, number and names of its parts, how far it may unpack); leaves what the parts mean to
//! its reader. Nothing is written to disk, and no size that the archive claims is believed.

use crate::bank::code::FaultCode;
use crate::bank::source::shorten;
use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use zip::ZipArchive;
use zip::result::ZipError;

/// Largest archive, bytes.
pub(super) const MAX_ARCHIVE_BYTES: usize = 16 * 1024 * 1024;
/// Parts of an archive: one for each question, and some more.
const MAX_ENTRIES: usize = 21_000;
/// Largest part, bytes, opened.
const MAX_ENTRY_BYTES: u64 = 5 * 1024 * 1024;
/// All parts together, opened.
const MAX_OPENED_BYTES: u64 = 40 * 1024 * 1024;
/// How far a part may be compressed; small ones may be more.
const MAX_RATIO: u64 = 100;
/// Parts up to this size are not looked at for their ratio.
const SMALL: u64 = 128 * 1024;

/// The parts of an archive by name.
pub(super) type Parts = BTreeMap<String, Vec<u8>>;

/// Opens an archive; the fault says why it is refused.
pub(super) fn open(bytes: &[u8]) -> Result<Parts, FaultCode> {
    if bytes.len() > MAX_ARCHIVE_BYTES {
        return Err(FaultCode::FileTooLarge {
            size: bytes.len() as u64,
            limit: MAX_ARCHIVE_BYTES as u64,
        });
    }
    // The list of parts is itself a bomb when it is long: count before anything is read from it.
    if bytes.windows(4).filter(|window| *window == b"PK\x01\x02").count() > MAX_ENTRIES {
        return Err(limit("entries", MAX_ENTRIES as u64));
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let mut parts = Parts::new();
    let mut opened = 0;
    for index in 0..archive.len() {
        let raw = archive.by_index_raw(index).map_err(|error| broken(&error))?;
        if raw.encrypted() {
            return Err(FaultCode::PackageLocked {});
        }
        let (name, is_folder) = (
            raw.name()
                .map(|name| name.into_owned())
                .map_err(|error| broken(&error))?,
            raw.is_dir(),
        );
        let packed = raw.compressed_size();
        drop(raw);
        if is_folder {
            continue;
        }
        if !is_inside(&name) {
            return Err(FaultCode::PackagePath {
                path: shorten(&name, 80),
            });
        }
        let left = MAX_OPENED_BYTES.saturating_sub(opened);
        let entry = archive.by_index(index).map_err(|error| broken(&error))?;
        let content = read_part(entry, packed, left)?;
        opened += content.len() as u64;
        parts.insert(name, content);
    }
    Ok(parts)
}

/// Reads a part and stops where it passes a limit, whatever size it claims.
fn read_part(entry: impl std::io::Read, packed: u64, left: u64) -> Result<Vec<u8>, FaultCode> {
    let by_ratio = packed.saturating_mul(MAX_RATIO).max(SMALL);
    let most = MAX_ENTRY_BYTES.min(left).min(by_ratio);
    let mut content = Vec::new();
    let read = entry.take(most + 1).read_to_end(&mut content);
    if content.len() as u64 > most {
        return Err(match most {
            most if most == by_ratio => limit("ratio", MAX_RATIO),
            most if most == MAX_ENTRY_BYTES => limit("entry", MAX_ENTRY_BYTES),
            _ => limit("size", MAX_OPENED_BYTES),
        });
    }
    match read {
        Ok(_) => Ok(content),
        Err(error) => Err(FaultCode::PackageBroken {
            detail: shorten(&error.to_string(), 120),
        }),
    }
}

const fn limit(what: &'static str, limit: u64) -> FaultCode {
    FaultCode::PackageLimit { what, limit }
}

fn broken(error: &ZipError) -> FaultCode {
    FaultCode::PackageBroken {
        detail: shorten(&error.to_string(), 120),
    }
}

/// Whether a name stays within the archive: no root, no drive, no step upwards, no odd separator.
pub(super) fn is_inside(name: &str) -> bool {
    let plain = |part: &str| !part.is_empty() && part != "." && part != "..";
    name.len() <= 300 && !name.contains(['\\', ':', '\0']) && name.split('/').all(plain)
}

/// A path written in a part, from that part's folder; `None` where it leaves the archive.
pub(super) fn resolve(base: &str, path: &str) -> Option<String> {
    if path.is_empty() || path.starts_with('/') || path.contains(['\\', ':', '\0']) {
        return None;
    }
    let folder = base.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                let _ = parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_within_the_archive() {
        assert_eq!(
            resolve("items/a.xml", "../media/b.png").as_deref(),
            Some("media/b.png")
        );
        assert_eq!(resolve("a.xml", "./b.png").as_deref(), Some("b.png"));
        for path in ["../b.png", "/b.png", "http://x/b.png", "C:\\b.png", ""] {
            assert_eq!(resolve("a.xml", path), None, "{path}");
        }
        assert!(is_inside("items/a.xml"));
        for name in ["../a", "/a", "a//b", "a\\b", "C:a", "a/./b"] {
            assert!(!is_inside(name), "{name}");
        }
    }
}
