//! `hoithi convert IN OUT`: question sets between formats, by the ending of the file names.

use super::check::verdict;
use super::files::{beside, find_media, read_question_bytes};
use super::out::{Ended, tell, usage};
use crate::bank::{
    Fault, Format, Found, KeyPart, LoadedSet, MediaFile, import_question_file_with, render_faults,
    write_question_file_with, xlsx_template,
};
use crate::i18n::Lang;
use anyhow::{Context, anyhow};
use std::fs;
use std::path::{Path, PathBuf};

/// What `convert` is told.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The file to read; its ending tells the format (.toml, .json, .xlsx, .csv, .docx, .txt …)
    #[arg(value_name = "IN", required_unless_present = "template")]
    input: Option<PathBuf>,
    /// The file to write; its ending tells the format. One that is there is replaced
    #[arg(value_name = "OUT", required_unless_present = "template")]
    output: Option<PathBuf>,
    /// Write a .docx paper to hand out, without the key
    #[arg(long)]
    without_key: bool,
    /// Write an .xlsx workbook to be filled in, and read nothing
    #[arg(long, value_name = "OUT", conflicts_with_all = ["input", "output", "without_key"])]
    template: Option<PathBuf>,
}

pub(super) fn run(args: &Args, lang: Lang) -> anyhow::Result<Ended> {
    match (&args.template, &args.input, &args.output) {
        (Some(path), ..) => template(path, lang),
        (None, Some(input), Some(output)) => convert(args, input, output, lang),
        // The command line asks for both.
        _ => Err(usage("IN and OUT are needed".to_owned())),
    }
}

fn convert(args: &Args, input: &Path, output: &Path, lang: Lang) -> anyhow::Result<Ended> {
    let target = target(output)?;
    let name = output.to_string_lossy();
    let part = if args.without_key {
        KeyPart::Without
    } else {
        KeyPart::With
    };
    let folders = beside(input);
    let look_for = |file: &str| find_media(&folders, file);
    let bytes = read_question_bytes(input)?;
    let imported = import_question_file_with(&input.to_string_lossy(), &bytes, &look_for);
    show(&imported.faults, imported.questions, lang);
    let Some(loaded) = imported.loaded else {
        return Ok(verdict(&imported.faults));
    };
    let pictures = Pictures {
        brought: imported.media,
        beside: folders,
    };
    let written = match write_question_file_with(target, &name, &loaded, part, &|path| pictures.find(path)) {
        Ok(written) => written,
        Err(fault) => {
            show(&[*fault], loaded.set.questions.len(), lang);
            return Ok(Ended::Refused);
        }
    };
    show(&written.losses, loaded.set.questions.len(), lang);
    replace(output, written.bytes)?;
    // The other formats hold the files themselves, or have said that they hold none.
    if matches!(target, Format::Toml | Format::Json | Format::Xlsx | Format::Csv) {
        pictures.put_beside(output, &loaded)?;
    }
    done(&loaded, &name, lang)
}

/// The media of a set: those that its file brought along, otherwise those that lie beside it.
struct Pictures<'a> {
    brought: Vec<MediaFile>,
    beside: Vec<&'a Path>,
}

impl Pictures<'_> {
    /// `path` has been checked with its question: it leads nowhere else.
    fn find(&self, path: &str) -> Option<Vec<u8>> {
        let brought = self.brought.iter().find(|picture| picture.path == path);
        brought
            .map(|picture| picture.bytes.clone())
            .or_else(|| match find_media(&self.beside, path) {
                Found::Bytes(bytes) => Some(bytes),
                Found::Missing | Found::Unread => None,
            })
    }

    /// Puts the files where the written set names them: beside it, or beside the folder `questions/` that it is in.
    fn put_beside(&self, output: &Path, set: &LoadedSet) -> anyhow::Result<()> {
        let root = beside(output).pop().unwrap_or_else(|| Path::new(""));
        for media in set.set.questions.iter().flat_map(|question| &question.media) {
            let place = root.join(&media.file);
            let Some(bytes) = self.find(&media.file) else {
                continue;
            };
            if fs::read(&place).is_ok_and(|there| there == bytes) {
                continue;
            }
            fs::create_dir_all(folder_of(&place)).with_context(|| place.display().to_string())?;
            replace(&place, &bytes)?;
        }
        Ok(())
    }
}

fn folder_of(file: &Path) -> &Path {
    file.parent().unwrap_or_else(|| Path::new(""))
}

fn template(path: &Path, lang: Lang) -> anyhow::Result<Ended> {
    if target(path)? != Format::Xlsx {
        return Err(usage(format!("{}: a template is an .xlsx file", path.display())));
    }
    let bytes = xlsx_template().ok_or_else(|| anyhow!("the template could not be written"))?;
    replace(path, bytes)?;
    tell(
        lang,
        "cli-convert-template",
        &[("file", path.to_string_lossy().as_ref().into())],
    )?;
    Ok(Ended::Done)
}

/// The format that the ending of a name says, where it can be written.
fn target(path: &Path) -> anyhow::Result<Format> {
    let format = Format::of_name(&path.to_string_lossy()).filter(|format| format.is_written());
    let endings = Format::written_endings().join(", ");
    format.ok_or_else(|| {
        usage(format!(
            "{}: the name must end in one of {endings}",
            path.display()
        ))
    })
}

fn show(faults: &[Fault], questions: usize, lang: Lang) {
    if !faults.is_empty() {
        eprint!("{}", render_faults(faults, questions, lang));
    }
}

fn done(loaded: &LoadedSet, file: &str, lang: Lang) -> anyhow::Result<Ended> {
    let questions = loaded.set.questions.len();
    tell(
        lang,
        "cli-convert-done",
        &[("file", file.into()), ("questions", questions.into())],
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
