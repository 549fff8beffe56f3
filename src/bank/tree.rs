//! The files of a contest directory as they were handed over, and what their names alone say is wrong.
//!
//! Owns which files are looked into; leaves what they hold to `reading`.

use super::source::decode;
use super::{Fault, FaultCode, contest, excluded, official, units, words};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// The files of a contest directory, by path from it, with `/` between the parts.
#[derive(Debug, Clone, Default)]
pub struct SourceTree {
    pub(super) name: String,
    pub(super) files: BTreeMap<String, Vec<u8>>,
    present: BTreeSet<String>,
}

impl SourceTree {
    /// An empty tree of the directory `name`, which becomes the slug of the contest.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            ..Self::default()
        }
    }

    /// Whether the reader needs the content of the file at that path; of any other its being there is enough.
    pub fn wants(path: &str) -> bool {
        path == contest::FILE
            || path == units::FILE
            || path == excluded::FILE
            || is_question_file(path)
            || official::is_paper_file(path)
    }

    /// Adds a file with its content. Content beyond [`super::MAX_FILE_BYTES`] is refused when read, so a caller may stop there
    /// plus one byte.
    pub fn add(&mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.files.insert(path.into(), bytes.into());
    }

    /// Adds a file of which only the being there matters.
    pub fn note(&mut self, path: impl Into<String>) {
        self.present.insert(path.into());
    }

    /// Whether the tree has a file at that path.
    pub fn has(&self, path: &str) -> bool {
        self.files.contains_key(path) || self.present.contains(path)
    }
}

/// Whether a path is that of a question file.
pub(super) fn is_question_file(path: &str) -> bool {
    path.strip_prefix("questions/")
        .is_some_and(|name| !name.contains('/') && name.ends_with(".toml"))
}

/// Faults that show before any file is opened.
pub(super) fn directory_faults(files: &SourceTree) -> Vec<Fault> {
    let mut faults = Vec::new();
    if !words::is_slug(&files.name) {
        faults.push(Fault::of_file(
            contest::FILE,
            FaultCode::BadDirectory {
                name: files.name.clone(),
            },
        ));
    }
    for name in [contest::FILE, units::FILE] {
        if !files.files.contains_key(name) {
            faults.push(Fault::of_file(name, FaultCode::MissingFile { name }));
        }
    }
    if !files.files.keys().any(|path| is_question_file(path)) {
        faults.push(Fault::of_file(
            "questions/",
            FaultCode::MissingFile {
                name: "questions/*.toml",
            },
        ));
    }
    for path in files.files.keys().chain(&files.present).collect::<BTreeSet<_>>() {
        let stray = path
            .strip_prefix("questions/")
            .filter(|name| !is_question_file(path) && !name.starts_with('.'));
        faults.extend(official::stray(path));
        if let Some(name) = stray {
            faults.push(Fault::of_file(
                path,
                FaultCode::StrayFile {
                    name: name.to_owned(),
                },
            ));
        }
    }
    faults
}

/// The text of every file that is looked into.
pub(super) fn decode_all<'t>(files: &'t SourceTree, faults: &mut Vec<Fault>) -> Vec<(&'t str, Cow<'t, str>)> {
    let mut texts = Vec::new();
    for (path, bytes) in files.files.iter().filter(|(path, _)| SourceTree::wants(path)) {
        match decode(path, bytes) {
            Ok(text) => texts.push((path.as_str(), text)),
            Err(fault) => faults.push(*fault),
        }
    }
    texts
}
