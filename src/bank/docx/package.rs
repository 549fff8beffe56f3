//! The zip around a Word document: its parts by name.
//!
//! Owns refusing what is not a plain .docx, in words for those who saved it; leaves the limits to `archive` and the meaning
//! of the parts to the other files.

use super::super::archive::{self, Archive, MAX_PART, Trouble, other_kind};
use crate::bank::code::FaultCode;

pub(super) use super::super::archive::resolve;

/// Unpacked bytes of one part of text.
pub(super) const MAX_XML: u64 = MAX_PART;
/// Unpacked bytes of one picture.
pub(super) const MAX_PICTURE: u64 = crate::bank::media::MAX_PICTURE_BYTES;

/// An open document.
pub(super) struct Package<'a>(Archive<'a>);

impl<'a> Package<'a> {
    /// Opens the archive and refuses what is no Word document, saying what it is instead.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, FaultCode> {
        let archive = Archive::open(bytes).map_err(|trouble| match trouble {
            Trouble::NotZip => not_zip(bytes),
            other => refusal(&other),
        })?;
        let mut package = Self(archive);
        package.refuse_kinds()?;
        Ok(package)
    }

    fn refuse_kinds(&mut self) -> Result<(), FaultCode> {
        let names: Vec<String> = self.0.names().iter().map(|name| name.to_lowercase()).collect();
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
        let Some(place) = self.0.place_of(name) else {
            return Ok(None);
        };
        self.0
            .read(place, limit)
            .map(Some)
            .map_err(|trouble| refusal(&trouble))
    }
}

fn refusal(trouble: &Trouble) -> FaultCode {
    match trouble {
        Trouble::TooLarge(size) => FaultCode::FileTooLarge {
            size: *size,
            limit: archive::MAX_BYTES as u64,
        },
        Trouble::OldOffice => FaultCode::DocxOld {},
        Trouble::Locked => FaultCode::DocxLocked {},
        Trouble::Limit(..) => FaultCode::DocxBomb {},
        Trouble::NotZip | Trouble::Path(_) | Trouble::Broken(_) => FaultCode::DocxBroken {},
    }
}

/// Other things that people give the ending .docx.
fn not_zip(bytes: &[u8]) -> FaultCode {
    match other_kind(bytes) {
        Some(kind) => FaultCode::DocxOther {
            kind: kind.to_owned(),
        },
        None => FaultCode::DocxBroken {},
    }
}
