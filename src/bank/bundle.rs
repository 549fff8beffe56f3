//! A file of questions zipped together with the media it names.
//!
//! Owns telling such a zip from the formats that are zips themselves, and which of its parts are the questions; leaves
//! unpacking to `archive` and the questions to their reader.

use super::archive::{Archive, MAX_PART};
use super::code::FaultCode;
use super::exchange::refusal;
use super::formats::{Format, MediaFile};
use super::source::shorten;
use crate::domain::media::MediaKind;

/// The parts of a bundle.
pub(super) struct Bundle {
    /// The file of questions, as the bundle names it.
    pub(super) path: String,
    /// Its content.
    pub(super) questions: Vec<u8>,
    /// Its media, by the paths that the questions name.
    pub(super) media: Vec<MediaFile>,
}

/// Opens a bundle; `None` where the file is none: not named `.zip`, or a package of QTI, good or not.
pub(super) fn open(name: &str, bytes: &[u8]) -> Option<Result<Bundle, FaultCode>> {
    if !name.to_lowercase().ends_with(".zip") {
        return None;
    }
    // What cannot be opened is refused in the words for packages.
    let archive = Archive::open(bytes).ok()?;
    // XML alone is a package that lacks its manifest; Moodle's files need no zip, they hold their media themselves.
    if archive
        .names()
        .iter()
        .any(|name| name.to_lowercase().ends_with(".xml"))
    {
        return None;
    }
    Some(read(archive))
}

fn read(mut archive: Archive<'_>) -> Result<Bundle, FaultCode> {
    archive.refuse_outside().map_err(refusal)?;
    let names = archive.names().to_vec();
    // Some systems add a shadow of every file.
    let own =
        |name: &str| !name.starts_with("__MACOSX/") && !name.split('/').any(|part| part.starts_with('.'));
    let is_questions = |name: &str| {
        let format = Format::of_name(name);
        own(name) && format.is_some_and(|format| format != Format::Qti) && !is_note(name)
    };
    let found: Vec<(usize, &String)> = (0..).zip(&names).filter(|(_, name)| is_questions(name)).collect();
    let [(place, path)] = found.as_slice() else {
        return Err(FaultCode::BundleQuestions {
            names: found.iter().take(10).map(|(_, name)| shorten(name, 80)).collect(),
            count: found.len() as u64,
        });
    };
    let (place, path) = (*place, (*path).clone());
    let questions = archive.read(place, MAX_PART).map_err(refusal)?;
    // Paths count from the contest directory: from the folder of the file, or the one above `questions/`.
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let folder = folder.strip_suffix("questions").unwrap_or(folder);
    let root = match folder.trim_end_matches('/') {
        "" => String::new(),
        folder => format!("{folder}/"),
    };
    let mut media = Vec::new();
    for (place, name) in names.iter().enumerate() {
        let inside = name.strip_prefix(&root).filter(|inside| own(inside));
        let Some(inside) = inside.filter(|inside| MediaKind::of_file(inside).is_some()) else {
            continue;
        };
        let bytes = archive.read(place, MAX_PART).map_err(refusal)?;
        media.push(MediaFile {
            path: inside.to_owned(),
            alt: None,
            bytes,
        });
    }
    Ok(Bundle {
        path,
        questions,
        media,
    })
}

/// A README beside the questions is no paper.
fn is_note(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name).to_lowercase();
    file.starts_with("readme") || matches!(file.as_str(), "contest.toml" | "units.csv")
}

/// A file of questions zipped with the media that it names, to be read again; the same bytes for the same parts.
pub fn zip_bundle(name: &str, questions: &[u8], media: &[MediaFile]) -> Vec<u8> {
    use std::io::{Cursor, Write as _};
    use zip::write::SimpleFileOptions;
    use zip::{CompressionMethod, ZipWriter};
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let parts = media
        .iter()
        .map(|file| (file.path.as_str(), file.bytes.as_slice()));
    for (path, bytes) in std::iter::once((name, questions)).chain(parts) {
        // Pictures are packed already.
        let method = if path == name {
            CompressionMethod::Deflated
        } else {
            CompressionMethod::Stored
        };
        // Writing to memory fails only for archives beyond 4 GB, which no set is.
        let _ = writer.start_file(path, SimpleFileOptions::default().compression_method(method));
        let _ = writer.write_all(bytes);
    }
    writer.finish().map(Cursor::into_inner).unwrap_or_default()
}
