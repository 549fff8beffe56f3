//! `hoithi check PATH…`: every fault of contest folders and question files at once.

use super::files::{beside, find_media, read_question_bytes, read_tree};
use super::out::{Ended, Form, say, say_json};
use crate::bank::{
    Fault, Severity, faults_json, import_question_file_with, read_contest_with, render_faults,
};
use crate::i18n::Lang;
use std::path::{Path, PathBuf};

/// What `check` is told.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Contest folders and question files (.toml, .json, .xlsx, .csv, .docx, .txt …)
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// For whom to print
    #[arg(long, value_name = "FORM", default_value = "text")]
    format: Form,
}

pub(super) fn run(args: &Args, lang: Lang) -> anyhow::Result<Ended> {
    let (mut faults, mut questions) = (Vec::new(), 0);
    for path in &args.paths {
        let (found, count) = if path.is_dir() {
            check_folder(path)?
        } else {
            check_file(path)?
        };
        faults.extend(found);
        questions += count;
    }
    show(&faults, questions, args.format, lang)?;
    Ok(verdict(&faults))
}

fn check_folder(path: &Path) -> anyhow::Result<(Vec<Fault>, usize)> {
    let reading = read_contest_with(&read_tree(path)?, &|file| find_media(&[path], file));
    Ok((under(path, reading.faults), reading.questions))
}

fn check_file(path: &Path) -> anyhow::Result<(Vec<Fault>, usize)> {
    let beside = beside(path);
    let look_for = |file: &str| find_media(&beside, file);
    let imported = import_question_file_with(&path.to_string_lossy(), &read_question_bytes(path)?, &look_for);
    Ok((imported.faults, imported.questions))
}

/// Names the files of faults as they were typed, so that an editor finds them.
pub(super) fn under(folder: &Path, mut faults: Vec<Fault>) -> Vec<Fault> {
    for fault in &mut faults {
        fault.file = folder.join(&fault.file).to_string_lossy().into_owned();
    }
    faults
}

/// Prints faults in either form.
pub(super) fn show(faults: &[Fault], questions: usize, form: Form, lang: Lang) -> anyhow::Result<()> {
    match form {
        Form::Text => say(&render_faults(faults, questions, lang)),
        Form::Json => say_json(&faults_json(faults, lang)),
    }
}

/// Errors refuse; warnings do not.
pub(super) fn verdict(faults: &[Fault]) -> Ended {
    if faults.iter().any(|fault| fault.severity == Severity::Error) {
        Ended::Refused
    } else {
        Ended::Done
    }
}
