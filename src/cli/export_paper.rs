//! `hoithi export PAPER --format docx|pdf`: an official paper into a file.
//!
//! Owns arguments and the file; leaves figures to `action`, wording and form to `document`.

use super::export::{Args, beside, find};
use super::export_file::{NewFile, not_written};
use super::open::with_app;
use super::out::{Ended, refused};
use crate::action::close_round::By;
use crate::action::issue_paper::{PaperError, PaperOrder, issue_paper};
use crate::app::App;
use crate::config::Config;
use crate::document::official::{Issue, Print, paper, write_paper};
use crate::domain::official::{House, PaperKind};
use crate::domain::round_key::NoKey;
use crate::i18n::{Lang, text};
use crate::web::rules_text;
use anyhow::Context;
use clap::ValueEnum;
use std::io::{IsTerminal, Write};
use std::path::Path;
use time::Date;
use time::macros::format_description;

/// How a paper is issued.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct PaperArgs {
    /// Of a paper: whose form it has; without it that of the contest's letterhead
    #[arg(long, value_name = "FORM")]
    form: Option<Form>,
    /// Of a paper: its number, such as 12; without it room is left for it
    #[arg(long, value_name = "TEXT", value_parser = parse_number)]
    number: Option<String>,
    /// Of a paper: its day, as YYYY-MM-DD; without it room is left for it
    #[arg(long, value_name = "DAY", value_parser = parse_day)]
    date: Option<Date>,
}

/// Whose form a paper has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// Of Party bodies
    Party,
    /// Of administrative bodies of the state
    Government,
}

fn parse_number(text: &str) -> Result<String, &'static str> {
    let good = !text.is_empty() && text.chars().count() <= 20 && text.chars().all(|c| c.is_alphanumeric());
    good.then(|| text.to_owned())
        .ok_or("it is at most 20 letters and digits; the letters of the paper are added to it")
}

fn parse_day(text: &str) -> Result<Date, &'static str> {
    Date::parse(text, format_description!("[year]-[month]-[day]"))
        .map_err(|_| "it is a day such as 2023-05-08")
}

pub(super) async fn run(
    config: &Config,
    args: &Args,
    kind: PaperKind,
    print: Print,
    lang: Lang,
) -> anyhow::Result<Ended> {
    let to_stdout = args.out.as_os_str() == "-";
    if to_stdout && std::io::stdout().is_terminal() {
        return Err(refused(text(lang, "export-not-to-terminal", &[])));
    }
    if !print.is_ready() {
        return Err(refused(text(lang, "export-no-typesetter", &[])));
    }
    with_app(config, lang, async |app| {
        let bytes = make(app, args, kind, print, lang).await?;
        if to_stdout {
            return std::io::stdout()
                .write_all(&bytes)
                .context("cannot write to standard output");
        }
        write(lang, &args.out, &bytes)?;
        let file = args.out.display().to_string();
        beside(&text(lang, "export-paper-done", &[("file", file.into())]));
        Ok(())
    })
    .await?;
    Ok(Ended::Done)
}

async fn make(app: &App, args: &Args, kind: PaperKind, print: Print, lang: Lang) -> anyhow::Result<Vec<u8>> {
    let catalog = app.catalog();
    let (contest, round) = find(&catalog, args, lang)?;
    let with = args.fields();
    let order = PaperOrder {
        kind,
        round,
        format: print.name(),
        with: &with,
        reason: args.reason.as_deref(),
    };
    let issued = issue_paper(app, app.clock.now(), By { name: &args.by }, contest, order)
        .await
        .map_err(|error| explain(error, lang))?;
    let house = match args.paper.form {
        Some(Form::Party) => House::Party,
        Some(Form::Government) => House::Government,
        None => contest.definition.papers.letterhead.house,
    };
    let issue = Issue {
        kind,
        house,
        number: args.paper.number.as_deref(),
        date: args.paper.date,
        with,
        rules: rules_text::for_papers(contest),
    };
    if contest.demonstration {
        beside(&text(lang, "export-warning-demonstration", &[]));
    }
    let made = paper(&issued.facts, &issue, &issued.codes, app.public_url().origin());
    Ok(write_paper(made, print).await?)
}

fn explain(error: PaperError, lang: Lang) -> anyhow::Error {
    match error {
        PaperError::NotRanked(None) => refused(text(lang, "export-contest-not-ranked", &[])),
        PaperError::NotRanked(Some(number)) => refused(text(
            lang,
            "export-round-not-ranked",
            &[("number", number.into())],
        )),
        PaperError::NotApproved => refused(text(lang, "export-certificates-not-approved", &[])),
        PaperError::NoWinners => refused(text(lang, "export-no-winners", &[])),
        PaperError::TooMany(count, limit) => refused(text(
            lang,
            "export-paper-too-long",
            &[("count", count.into()), ("limit", limit.into())],
        )),
        PaperError::NoKey(NoKey::Never) => refused(text(lang, "papers-key-never", &[])),
        PaperError::NoKey(NoKey::RoundOpen) => refused(text(lang, "papers-key-round-open", &[])),
        PaperError::NoKey(NoKey::ContestOpen) => refused(text(lang, "papers-key-contest-open", &[])),
        PaperError::TooManyQuestions(count, limit) => refused(text(
            lang,
            "export-key-too-long",
            &[("count", count.into()), ("limit", limit.into())],
        )),
        PaperError::ReasonNeeded => refused(text(lang, "export-reason-needed", &[])),
        PaperError::Failed(failure) => failure.into(),
    }
}

/// Writes the paper and then gives the file its name.
fn write(lang: Lang, out: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let not_written = || not_written(lang, out);
    let (new, mut file) = NewFile::create(out).with_context(not_written)?;
    file.write_all(bytes)
        .and_then(|()| file.sync_all())
        .with_context(not_written)?;
    new.keep().with_context(not_written)
}
