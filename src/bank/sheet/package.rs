//! The zip around a workbook: its parts by name, streamed.
//!
//! Owns refusing what is no plain .xlsx, in words for those who saved it, and cells of absurd length; leaves the limits to
//! `archive` and the meaning of the parts to the other files.

use super::super::archive::{self, Archive, MAX_PART, Trouble, other_kind};
use super::super::code::FaultCode;
use std::io::{BufRead, BufReader, Error, Read};

pub(super) use super::super::archive::resolve;

/// Bytes without a tag beginning: a cell holds 32,767 characters at most.
const MAX_RUN: usize = 512 * 1024;

/// An open workbook.
pub(super) struct Package<'a>(Archive<'a>);

impl<'a> Package<'a> {
    /// Opens the archive and refuses what is no workbook of Excel, saying what it is instead.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, FaultCode> {
        let archive = Archive::open(bytes).map_err(|trouble| match trouble {
            Trouble::NotZip => not_zip(bytes),
            other => refusal(&other),
        })?;
        let package = Self(archive);
        package.refuse_kinds()?;
        Ok(package)
    }

    fn refuse_kinds(&self) -> Result<(), FaultCode> {
        let names: Vec<String> = self.0.names().iter().map(|name| name.to_lowercase()).collect();
        let other = |kind: &str| {
            Err(FaultCode::SheetOther {
                kind: kind.to_owned(),
            })
        };
        let any = |found: &dyn Fn(&str) -> bool| names.iter().any(|name| found(name));
        if any(&|name| name.ends_with("vbaproject.bin")) {
            return Err(FaultCode::SheetMacro {});
        }
        if any(&|name| name == "xl/workbook.bin") {
            return other("Excel Binary (.xlsb)");
        }
        if any(&|name| name.starts_with("word/")) {
            return other("Word (.docx)");
        }
        if any(&|name| name == "mimetype") && any(&|name| name == "content.xml") {
            return other("OpenDocument (.ods)");
        }
        Ok(())
    }

    /// Hands a part to `read`, unpacked as it is read; `None` when it is not there.
    pub(super) fn stream<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&mut dyn BufRead) -> Result<T, FaultCode>,
    ) -> Result<Option<T>, FaultCode> {
        let Some(place) = self.0.place_of(name) else {
            return Ok(None);
        };
        let streamed = self.0.stream(place, MAX_PART, |source| {
            let mut watched = Watched {
                inner: source,
                run: 0,
                over: false,
            };
            let result = read(&mut BufReader::with_capacity(64 * 1024, &mut watched));
            if watched.over {
                return Err(FaultCode::SheetBomb {});
            }
            result
        });
        streamed.map_err(|trouble| refusal(&trouble))?.map(Some)
    }
}

/// A part of a workbook, given up where a single text in it becomes absurd.
struct Watched<R> {
    inner: R,
    /// Bytes since the last `<`.
    run: usize,
    over: bool,
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buf: &mut [u8]) -> std::io::Result<usize> {
        let count = self.inner.read(buf)?;
        let fresh = buf.get(..count).unwrap_or_default();
        let mut longest = 0;
        for (nth, part) in fresh.split(|byte| *byte == b'<').enumerate() {
            self.run = if nth == 0 {
                self.run + part.len()
            } else {
                part.len()
            };
            longest = longest.max(self.run);
        }
        if longest > MAX_RUN {
            self.over = true;
            return Err(Error::other("too long"));
        }
        Ok(count)
    }
}

fn refusal(trouble: &Trouble) -> FaultCode {
    match trouble {
        Trouble::TooLarge(size) => FaultCode::FileTooLarge {
            size: *size,
            limit: archive::MAX_BYTES as u64,
        },
        Trouble::OldOffice => FaultCode::SheetOther {
            kind: "Excel 97-2003 (.xls)".to_owned(),
        },
        Trouble::Locked => FaultCode::SheetLocked {},
        Trouble::Limit(..) => FaultCode::SheetBomb {},
        Trouble::NotZip | Trouble::Path(_) | Trouble::Broken(_) => FaultCode::SheetBroken {},
    }
}

/// Other things that people give the ending .xlsx.
fn not_zip(bytes: &[u8]) -> FaultCode {
    let is_table = || std::str::from_utf8(bytes).is_ok_and(|text| text.contains([',', ';', '\t']));
    match other_kind(bytes).or_else(|| is_table().then_some("CSV")) {
        Some(kind) => FaultCode::SheetOther {
            kind: kind.to_owned(),
        },
        None => FaultCode::SheetBroken {},
    }
}
