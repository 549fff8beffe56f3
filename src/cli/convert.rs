//! `hoithi convert IN OUT`: question sets between formats, by the ending of the file names.

use super::check::verdict;
use super::files::read_file;
use super::out::{Ended, tell, usage};
use crate::bank::{LoadedSet, read_set, render_faults, write_set_json, write_set_toml};
use crate::i18n::Lang;
use anyhow::Context;
use std::fs;
use std::path::{Path, PathBuf};

/// What `convert` is told.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The file to read: .toml or .json
    input: PathBuf,
    /// The file to write: .toml or .json; one that is there is replaced
    output: PathBuf,
}

/// A format of question files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Toml,
    Json,
}

impl Format {
    /// The format that the ending of a name says.
    pub(super) fn of(path: &Path) -> anyhow::Result<Self> {
        let ending = path
            .extension()
            .map(|ending| ending.to_string_lossy().to_lowercase());
        match ending.as_deref() {
            Some("toml") => Ok(Self::Toml),
            Some("json") => Ok(Self::Json),
            Some(other) => Err(usage(format!(
                "{}: .{other} is not available yet; .toml and .json are",
                path.display()
            ))),
            None => Err(usage(format!(
                "{}: the name has no ending; .toml and .json are available",
                path.display()
            ))),
        }
    }

    fn write(self, loaded: &LoadedSet) -> String {
        match self {
            Self::Toml => write_set_toml(&loaded.set, &loaded.key),
            Self::Json => write_set_json(&loaded.set, &loaded.key),
        }
    }
}

pub(super) fn run(args: &Args, lang: Lang) -> anyhow::Result<Ended> {
    Format::of(&args.input)?;
    let target = Format::of(&args.output)?;
    let (loaded, faults) = read_set(&args.input.to_string_lossy(), &read_file(&args.input)?);
    let questions = loaded.as_ref().map_or(0, |loaded| loaded.set.questions.len());
    if !faults.is_empty() {
        eprint!("{}", render_faults(&faults, questions, lang));
    }
    let Some(loaded) = loaded else {
        return Ok(verdict(&faults));
    };
    replace(&args.output, target.write(&loaded))?;
    let file = args.output.to_string_lossy();
    tell(
        lang,
        "cli-convert-done",
        &[("file", file.as_ref().into()), ("questions", questions.into())],
    )?;
    Ok(Ended::Done)
}

/// Writes a whole file beside the old one and then puts it in its place: a full disk never costs the old one.
pub(super) fn replace(path: &Path, content: impl AsRef<[u8]>) -> anyhow::Result<()> {
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    let written = fs::write(&part, content).and_then(|()| fs::rename(&part, path));
    if written.is_err() {
        // What could not be written is of no use; the failure to write is what is told.
        let _ = fs::remove_file(&part);
    }
    written.with_context(|| format!("cannot write {}", path.display()))
}
