//! What a command prints and how it ends.
//!
//! Owns the two output forms, exit codes and progress; a reader that goes away (`| head`) ends a command in peace.

use crate::action::close_round::StepError;
use crate::i18n::{Lang, Value, text};
use clap::ValueEnum;
use serde::Serialize;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;

/// How a command ended that did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// All is done.
    Done,
    /// Something was refused, and why has been printed.
    Refused,
}

/// For whom a command prints.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    /// People.
    #[default]
    Text,
    /// Programs: one object or array, `snake_case`, times in RFC 3339.
    Json,
}

/// An expected end without success: a sentence for the terminal, and the exit code.
#[derive(Debug, thiserror::Error)]
pub(super) enum Refusal {
    /// What was typed cannot be meant.
    #[error("{0}")]
    Usage(String),
    /// A rule or the state of things forbids it.
    #[error("{0}")]
    Refused(String),
    /// Whoever read the output has gone.
    #[error("the reader of the output has gone")]
    ReaderGone,
}

/// Prints on standard output, with a line feed at the end.
pub(super) fn say(words: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    let end = if words.ends_with('\n') { "" } else { "\n" };
    match out
        .write_all(words.as_bytes())
        .and_then(|()| out.write_all(end.as_bytes()))
        .and_then(|()| out.flush())
    {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Err(Refusal::ReaderGone.into()),
        Err(error) => Err(anyhow::Error::new(error).context("cannot write to standard output")),
    }
}

/// Prints one value for programs.
pub(super) fn say_json(value: &impl Serialize) -> anyhow::Result<()> {
    say(&serde_json::to_string_pretty(value)?)
}

/// Prints a message of the message files.
pub(super) fn tell(lang: Lang, key: &str, args: &[(&'static str, Value<'_>)]) -> anyhow::Result<()> {
    say(&text(lang, key, args))
}

/// Shows on a terminal what is being done; says nothing to files and pipes.
pub(super) fn progress(words: &str) {
    let mut err = std::io::stderr();
    if err.is_terminal() {
        // Progress that cannot be shown stops nothing.
        let _ = writeln!(err, "{words}");
    }
}

/// A refusal to print as an error.
pub(super) fn refused(words: impl Into<String>) -> anyhow::Error {
    Refusal::Refused(words.into()).into()
}

/// A mistake in what was typed.
pub(super) fn usage(words: impl Into<String>) -> anyhow::Error {
    Refusal::Usage(words.into()).into()
}

/// Prints a failure with its causes on one line and turns it into the exit code.
pub(super) fn report(error: &anyhow::Error) -> ExitCode {
    let (code, show) = match error.downcast_ref() {
        Some(Refusal::ReaderGone) => (0, false),
        Some(Refusal::Usage(_)) => (2, true),
        Some(Refusal::Refused(_)) | None => (1, true),
    };
    if show {
        let chain = format!("{error:#}");
        let line = chain
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .collect::<Vec<_>>()
            .join(" | ");
        // Nothing is left to say it to.
        let _ = writeln!(std::io::stderr(), "hoithi: {line}");
    }
    ExitCode::from(code)
}

/// A failed step as an error; its blockers have been printed by whoever knows the words.
pub(super) fn step_failure(
    error: StepError,
) -> Result<Vec<crate::action::close_round::Blocker>, anyhow::Error> {
    match error {
        StepError::Blocked(blockers) => Ok(blockers),
        StepError::Failed(failure) => Err(failure.into()),
    }
}
