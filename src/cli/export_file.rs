//! A file that gets its name once it is whole, so that nobody ever reads half a list.
//!
//! Owns the file on disk; what is written into it is the caller's.

use crate::i18n::{Lang, text};
use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};

/// A file in the making, beside the place it is for. It is taken away again unless it is kept; also when the command is
/// interrupted.
#[derive(Debug)]
pub(super) struct NewFile {
    partial: PathBuf,
    out: PathBuf,
}

impl NewFile {
    /// Begins a file that is to stand at `out`.
    pub(super) fn create(out: &Path) -> std::io::Result<(Self, File)> {
        let mut partial = out.as_os_str().to_owned();
        partial.push(".partial");
        let new = Self {
            partial: PathBuf::from(partial),
            out: out.to_owned(),
        };
        let file = private_file(&new.partial)?;
        Ok((new, file))
    }

    /// Puts the file in its place; one that is there is replaced.
    pub(super) fn keep(self) -> std::io::Result<()> {
        std::fs::rename(&self.partial, &self.out)
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        // After the renaming there is none of that name.
        let _ = std::fs::remove_file(&self.partial);
    }
}

/// A file that only its owner may read: lists name people.
fn private_file(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// The sentence for a file that could not be written.
pub(super) fn not_written(lang: Lang, out: &Path) -> String {
    text(
        lang,
        "export-not-written",
        &[("file", out.display().to_string().into())],
    )
}
