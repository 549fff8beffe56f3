//! The zip around a Word document: its parts by name, read with hard limits.
//!
//! Owns refusing what is not a plain .docx and every limit on sizes; leaves the meaning of the parts to the other files.
//! Sizes are counted while reading: what an archive says about itself is never believed, nothing is written to a disk.

use crate::bank::code::FaultCode;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Largest document that is read, bytes; photographs make most of it.
const MAX_DOCX_BYTES: usize = 20 * 1024 * 1024;
/// Parts of a document.
const MAX_ENTRIES: usize = 1_000;
/// Unpacked bytes over all parts that are read.
const MAX_UNPACKED: u64 = 48 * 1024 * 1024;
/// Unpacked bytes of one part of text.
pub(super) const MAX_XML: u64 = 24 * 1024 * 1024;
/// Unpacked bytes of one picture.
pub(super) const MAX_PICTURE: u64 = 10 * 1024 * 1024;
/// A part that grows more than this many times is no document.
const MAX_RATIO: u64 = 100;
/// Smaller parts may grow as they like.
const RATIO_FROM: u64 = 1024 * 1024;
/// Signature of an entry in the directory of an archive.
const ENTRY: &[u8] = b"PK\x01\x02";
/// Beginning of the old binary formats, and of encrypted documents.
const OLE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// An open document.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

impl<'a> Package<'a> {
    /// Opens the archive and refuses what is no Word document, saying what it is instead.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, FaultCode> {
        if bytes.len() > MAX_DOCX_BYTES {
            let (size, limit) = (bytes.len() as u64, MAX_DOCX_BYTES as u64);
            return Err(FaultCode::FileTooLarge { size, limit });
        }
        if bytes.starts_with(OLE) {
            return Err(ole_kind(bytes));
        }
        if !bytes.starts_with(b"PK") {
            return Err(not_zip(bytes));
        }
        let count = bytes.windows(ENTRY.len()).filter(|part| *part == ENTRY).count();
        if count > MAX_ENTRIES {
            return Err(FaultCode::DocxBomb {});
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| FaultCode::DocxBroken {})?;
        let mut package = Self {
            archive,
            left: MAX_UNPACKED,
        };
        package.refuse_kinds()?;
        Ok(package)
    }

    fn refuse_kinds(&mut self) -> Result<(), FaultCode> {
        let names: Vec<String> = (0..self.archive.len())
            .filter_map(|place| self.archive.name_for_index(place))
            .filter_map(Result::ok)
            .map(|name| name.to_lowercase())
            .collect();
        if names.iter().any(|name| name.ends_with("vbaproject.bin")) {
            return Err(FaultCode::DocxMacro {});
        }
        let types = self.read("[Content_Types].xml", MAX_XML)?.unwrap_or_default();
        let types = String::from_utf8_lossy(&types).to_lowercase();
        if types.contains("macroenabled") {
            return Err(FaultCode::DocxMacro {});
        }
        let has = |start: &str| names.iter().any(|name| name.starts_with(start));
        let office = |kind: &str| {
            Err(FaultCode::DocxOther {
                kind: kind.to_owned(),
            })
        };
        if has("xl/") {
            return office("Excel (.xlsx)");
        }
        if has("ppt/") {
            return office("PowerPoint (.pptx)");
        }
        if names.iter().any(|name| name == "mimetype") && has("content.xml") {
            return office("OpenDocument (.odt)");
        }
        Ok(())
    }

    /// The content of a part, whatever the case of its name; `None` when it is not there.
    pub(super) fn read(&mut self, name: &str, limit: u64) -> Result<Option<Vec<u8>>, FaultCode> {
        let wanted = name.trim_start_matches('/');
        let place = self.archive.index_for_name(wanted).or_else(|| {
            (0..self.archive.len()).find(|place| {
                let found = self.archive.name_for_index(*place).and_then(Result::ok);
                found.is_some_and(|name| name.replace('\\', "/").eq_ignore_ascii_case(wanted))
            })
        });
        let Some(place) = place else {
            return Ok(None);
        };
        let entry = self.archive.by_index(place).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(why) if why.contains("assword") => {
                FaultCode::DocxLocked {}
            }
            _ => FaultCode::DocxBroken {},
        })?;
        let packed = entry.compressed_size();
        let limit = limit.min(self.left);
        let mut content = Vec::new();
        let read = entry.take(limit + 1).read_to_end(&mut content);
        let size = content.len() as u64;
        if size > limit || (size > RATIO_FROM && size / MAX_RATIO > packed) {
            return Err(FaultCode::DocxBomb {});
        }
        // A wrong checksum or a cut stream shows here.
        read.map_err(|_| FaultCode::DocxBroken {})?;
        self.left -= size;
        Ok(Some(content))
    }
}

/// What an old binary container holds.
fn ole_kind(bytes: &[u8]) -> FaultCode {
    let name: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    if bytes.windows(name.len()).any(|part| part == name) {
        FaultCode::DocxLocked {}
    } else {
        FaultCode::DocxOld {}
    }
}

/// Other things that people give the ending .docx.
fn not_zip(bytes: &[u8]) -> FaultCode {
    let kind = match bytes {
        [b'{', b'\\', b'r', b't', b'f', ..] => "RTF",
        [b'%', b'P', b'D', b'F', ..] => "PDF",
        _ if bytes.iter().take(300).any(|b| *b == b'<') => "HTML",
        _ => return FaultCode::DocxBroken {},
    };
    FaultCode::DocxOther {
        kind: kind.to_owned(),
    }
}

/// The part that `target` names, seen from the part `from`; `None` where it leaves the document.
pub(super) fn resolve(from: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = match target.starts_with('/') {
        true => Vec::new(),
        false => from.split('/').collect::<Vec<_>>(),
    };
    parts.pop();
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
        assert_eq!(resolve(from, ""), Some("word".to_owned()));
    }
}
