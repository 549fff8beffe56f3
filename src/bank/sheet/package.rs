//! The zip around a workbook: its parts by name, streamed with hard limits.
//!
//! Owns refusing what is no plain .xlsx and every limit on sizes; leaves the meaning of the parts to the other files.
//! Sizes are counted while reading: what an archive says about itself is never believed, nothing is written to a disk.

use super::super::code::FaultCode;
use std::io::{BufRead, Cursor, Error, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// Largest workbook that is read, bytes.
pub(in crate::bank) const MAX_XLSX_BYTES: usize = 5 * 1024 * 1024;
/// Parts of a workbook.
const MAX_ENTRIES: usize = 1_000;
/// Unpacked bytes over all parts that are read.
const MAX_UNPACKED: u64 = 64 * 1024 * 1024;
/// A part that grows more than this many times is no sheet.
const MAX_RATIO: u64 = 150;
/// Smaller parts may grow as they like.
const RATIO_FROM: u64 = 2 * 1024 * 1024;
/// Bytes without a tag beginning: a cell holds 32,767 characters at most.
const MAX_RUN: usize = 512 * 1024;
/// Signature of an entry in the directory of an archive.
const ENTRY: &[u8] = b"PK\x01\x02";
/// Beginning of the old binary formats, and of encrypted workbooks.
const OLE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// An open workbook.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    names: Vec<String>,
    left: u64,
}

impl<'a> Package<'a> {
    /// Opens the archive and refuses what is no workbook of Excel, saying what it is instead.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, FaultCode> {
        if bytes.len() > MAX_XLSX_BYTES {
            let (size, limit) = (bytes.len() as u64, MAX_XLSX_BYTES as u64);
            return Err(FaultCode::FileTooLarge { size, limit });
        }
        if bytes.starts_with(OLE) {
            return Err(ole_kind(bytes));
        }
        if !bytes.starts_with(b"PK") {
            return Err(not_zip(bytes));
        }
        // Counted before the directory is read: a million entries cost nothing but this.
        let count = bytes.windows(ENTRY.len()).filter(|part| *part == ENTRY).count();
        if count > MAX_ENTRIES {
            return Err(FaultCode::SheetBomb {});
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| FaultCode::SheetBroken {})?;
        let names = (0..archive.len())
            .map(|place| {
                archive
                    .name_for_index(place)
                    .and_then(Result::ok)
                    .unwrap_or_default()
                    .into_owned()
            })
            .collect();
        let package = Self {
            archive,
            names,
            left: MAX_UNPACKED,
        };
        package.refuse_kinds()?;
        Ok(package)
    }

    fn refuse_kinds(&self) -> Result<(), FaultCode> {
        let names: Vec<String> = self.names.iter().map(|name| name.to_lowercase()).collect();
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

    /// Whether a part is there, whatever the case of its name.
    pub(super) fn place_of(&self, name: &str) -> Option<usize> {
        let wanted = name.trim_start_matches('/');
        let same = |found: &String| found.replace('\\', "/").eq_ignore_ascii_case(wanted);
        self.names.iter().position(same)
    }

    /// Hands a part to `read`, unpacked as it is read; `None` when it is not there.
    pub(super) fn stream<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&mut dyn BufRead) -> Result<T, FaultCode>,
    ) -> Result<Option<T>, FaultCode> {
        let Some(place) = self.place_of(name) else {
            return Ok(None);
        };
        let entry = self.archive.by_index(place).map_err(|error| match error {
            ZipError::UnsupportedArchive(why) if why.contains("assword") => FaultCode::SheetLocked {},
            _ => FaultCode::SheetBroken {},
        })?;
        let packed = entry.compressed_size().min(MAX_XLSX_BYTES as u64);
        let mut limited = Limited {
            limit: self.left.min(RATIO_FROM.max(packed.saturating_mul(MAX_RATIO))),
            inner: entry,
            read: 0,
            run: 0,
            over: false,
        };
        let mut buffered = std::io::BufReader::with_capacity(64 * 1024, &mut limited);
        let result = read(&mut buffered);
        self.left = self.left.saturating_sub(limited.read);
        if limited.over {
            return Err(FaultCode::SheetBomb {});
        }
        result.map(Some)
    }
}

/// A part on its way out of the archive, cut off where it becomes absurd.
struct Limited<R> {
    inner: R,
    limit: u64,
    read: u64,
    /// Bytes since the last `<`.
    run: usize,
    over: bool,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buf: &mut [u8]) -> std::io::Result<usize> {
        let count = self.inner.read(buf)?;
        let fresh = buf.get(..count).unwrap_or_default();
        self.read += count as u64;
        let mut longest = 0;
        for (nth, part) in fresh.split(|byte| *byte == b'<').enumerate() {
            self.run = if nth == 0 {
                self.run + part.len()
            } else {
                part.len()
            };
            longest = longest.max(self.run);
        }
        if self.read > self.limit || longest > MAX_RUN {
            self.over = true;
            return Err(Error::other("too large"));
        }
        Ok(count)
    }
}

/// What an old binary container holds.
fn ole_kind(bytes: &[u8]) -> FaultCode {
    let name: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    if bytes.windows(name.len()).any(|part| part == name) {
        FaultCode::SheetLocked {}
    } else {
        FaultCode::SheetOther {
            kind: "Excel 97-2003 (.xls)".to_owned(),
        }
    }
}

/// Other things that people give the ending .xlsx.
fn not_zip(bytes: &[u8]) -> FaultCode {
    let kind = match bytes {
        [b'%', b'P', b'D', b'F', ..] => "PDF",
        [b'{', b'\\', b'r', b't', b'f', ..] => "RTF",
        _ if bytes.iter().take(300).any(|byte| *byte == b'<') => "HTML",
        _ if std::str::from_utf8(bytes).is_ok_and(|text| text.contains([',', ';', '\t'])) => "CSV",
        _ => return FaultCode::SheetBroken {},
    };
    FaultCode::SheetOther {
        kind: kind.to_owned(),
    }
}

/// The part that `target` names, seen from the part `from`; `None` where it leaves the workbook.
pub(super) fn resolve(from: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = if target.starts_with('/') {
        Vec::new()
    } else {
        from.split('/').collect()
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
