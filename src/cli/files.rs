//! Contest folders and question files on disk, read with limits.
//!
//! Owns what is opened and what is not: regular files inside the folder, of bounded number, depth and size. What is in
//! them belongs to `bank`.

use super::out::usage;
use crate::bank::{Format, Found, MAX_FILE_BYTES, MAX_MEDIA_BYTES, SourceTree};
use anyhow::{Context, bail};
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

/// Most files of a contest folder, pictures among them.
const MAX_FILES: usize = 5_000;
/// Folders inside folders.
const MAX_DEPTH: usize = 6;

/// Reads a contest folder.
pub(super) fn read_tree(folder: &Path) -> anyhow::Result<SourceTree> {
    let root = folder
        .canonicalize()
        .with_context(|| format!("cannot open {}", folder.display()))?;
    let name = root
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let mut reader = TreeReader {
        tree: SourceTree::new(name),
        root: root.clone(),
        files: 0,
    };
    reader.read_folder(&root, "", 0)?;
    Ok(reader.tree)
}

/// Reads a question file of any format, at most one byte more than may be in it.
/// Another kind of file is wrong usage; old office files are left to their fault, which says how to save them.
pub(super) fn read_question_bytes(path: &Path) -> anyhow::Result<Vec<u8>> {
    let name = path.to_string_lossy();
    let format = Format::of_name(&name);
    let bytes = read_up_to(path, format.map_or(MAX_FILE_BYTES, Format::max_bytes))?;
    if format.is_none() && !Format::is_refused(&name) {
        let endings = Format::read_endings().join(", ");
        return Err(usage(format!("{name}: the name must end in one of {endings}")));
    }
    Ok(bytes)
}

/// Reads one file of a contest, at most one byte more than may be in it.
pub(super) fn read_file(path: &Path) -> anyhow::Result<Vec<u8>> {
    read_up_to(path, MAX_FILE_BYTES)
}

/// Where the media of a question file may lie: beside it, or beside the folder `questions/` that it is in.
pub(super) fn beside(file: &Path) -> Vec<&Path> {
    let folder = file.parent().unwrap_or_else(|| Path::new(""));
    let is_questions = folder.file_name().is_some_and(|name| name == "questions");
    let above = folder.parent().filter(|_| is_questions);
    std::iter::once(folder).chain(above).collect()
}

/// A media file in the first of the folders that has it; links that leave the folder are not followed. `path` has been
/// checked with its question: by itself it leads nowhere else.
pub(super) fn find_media(folders: &[&Path], path: &str) -> Found {
    for folder in folders {
        let folder = if folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            folder
        };
        let place = folder.join(path).canonicalize();
        let inside = place
            .ok()
            .filter(|place| folder.canonicalize().is_ok_and(|root| place.starts_with(root)));
        let limit = usize::try_from(MAX_MEDIA_BYTES).unwrap_or(usize::MAX);
        if let Some(bytes) = inside.and_then(|place| read_up_to(&place, limit).ok()) {
            return Found::Bytes(bytes);
        }
    }
    Found::Missing
}

fn read_up_to(path: &Path, limit: usize) -> anyhow::Result<Vec<u8>> {
    let opened = || -> std::io::Result<Vec<u8>> {
        // Opening a pipe would wait for its writer.
        if !fs::metadata(path)?.is_file() {
            return Err(std::io::Error::other("it is not a file"));
        }
        let mut bytes = Vec::new();
        File::open(path)?.take(one_more(limit)).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    opened().with_context(|| format!("cannot read {}", path.display()))
}

fn one_more(limit: usize) -> u64 {
    (limit as u64).saturating_add(1)
}

struct TreeReader {
    tree: SourceTree,
    root: PathBuf,
    files: usize,
}

impl TreeReader {
    fn read_folder(&mut self, folder: &Path, prefix: &str, depth: usize) -> anyhow::Result<()> {
        let failed = || format!("cannot read {}", folder.display());
        for entry in fs::read_dir(folder).with_context(failed)? {
            let entry = entry.with_context(failed)?;
            let name = entry.file_name();
            let Some(name) = name.to_str() else {
                bail!("the name of {} is not UTF-8", entry.path().display())
            };
            // Leftovers of editors and version control are nobody's contest.
            if name.starts_with('.') {
                continue;
            }
            let path = format!("{prefix}{name}");
            let place = self.resolve(&entry.path())?;
            if place.is_dir() {
                if depth == MAX_DEPTH {
                    bail!(
                        "{} lies too deep: at most {MAX_DEPTH} folders inside each other",
                        entry.path().display()
                    );
                }
                self.read_folder(&place, &format!("{path}/"), depth + 1)?;
            } else {
                self.take(&place, path)?;
            }
        }
        Ok(())
    }

    /// Where a name leads; a link that leaves the folder would show files that are not part of the contest.
    fn resolve(&self, path: &Path) -> anyhow::Result<PathBuf> {
        let place = path
            .canonicalize()
            .with_context(|| format!("cannot open {}", path.display()))?;
        if !place.starts_with(&self.root) {
            bail!(
                "{} is a link that leads out of the contest folder",
                path.display()
            );
        }
        Ok(place)
    }

    fn take(&mut self, place: &Path, path: String) -> anyhow::Result<()> {
        self.files += 1;
        if self.files > MAX_FILES {
            bail!("{} holds more than {MAX_FILES} files", self.root.display());
        }
        if SourceTree::wants(&path) {
            self.tree.add(path, read_file(place)?);
        } else {
            self.tree.note(path);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    fn folder() -> tempfile::TempDir {
        let outer = tempfile::tempdir().unwrap();
        fs::create_dir_all(outer.path().join("mau/questions")).unwrap();
        fs::write(outer.path().join("mau/contest.toml"), "x").unwrap();
        outer
    }

    #[test]
    fn a_link_inside_the_folder_is_followed_and_one_that_leaves_it_is_refused() {
        let outer = folder();
        let inside = outer.path().join("mau");
        symlink(inside.join("contest.toml"), inside.join("questions/a.toml")).unwrap();
        assert!(read_tree(&inside).is_ok());
        symlink("/etc/passwd", inside.join("questions/b.toml")).unwrap();
        let error = read_tree(&inside).unwrap_err().to_string();
        assert!(error.contains("leads out of the contest folder"), "{error}");
    }

    #[test]
    fn a_loop_of_folders_ends() {
        let outer = folder();
        let inside = outer.path().join("mau");
        symlink(&inside, inside.join("again")).unwrap();
        assert!(read_tree(&inside).unwrap_err().to_string().contains("too deep"));
    }

    #[test]
    fn no_more_of_a_file_is_read_than_may_be_in_it() {
        let outer = folder();
        let path = outer.path().join("big");
        File::create(&path)
            .unwrap()
            .set_len(one_more(MAX_FILE_BYTES) * 2)
            .unwrap();
        assert_eq!(read_file(&path).unwrap().len() as u64, one_more(MAX_FILE_BYTES));
        assert!(read_file(outer.path()).is_err());
    }
}
