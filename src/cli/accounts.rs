//! `hoithi accounts`: issues accounts from a list and writes codes and first passwords into a file, once.

use super::files::read_file;
use super::open::with_app;
use super::out::{Ended, refused, say};
use crate::action::check_accounts::read_list;
use crate::action::issue_accounts::{IssueError, Issued, issue_accounts};
use crate::app::App;
use crate::bank::render_faults;
use crate::config::Config;
use crate::document::{AccountLine, Format, accounts_list, write};
use crate::domain::catalog::Contest;
use crate::domain::participant::local_date;
use crate::i18n::{Lang, text};
use anyhow::Context;
use std::fs::{File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// What `accounts` is told.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Address of the contest
    contest: String,
    /// The list: CSV or a workbook (.xlsx) with the columns code, full_name, birth_date, unit and, if wanted, class and consent_publish
    list: PathBuf,
    /// A new file for codes and passwords
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Who issues them, for the log of acts
    #[arg(long, value_name = "NAME", default_value = "hoithi accounts")]
    by: String,
}

pub(super) async fn run(config: &Config, args: &Args, lang: Lang) -> anyhow::Result<Ended> {
    let bytes = read_file(&args.list)?;
    with_app(config, lang, async |app| issue(app, args, &bytes, lang).await).await
}

async fn issue(app: &App, args: &Args, bytes: &[u8], lang: Lang) -> anyhow::Result<Ended> {
    let catalog = app.catalog();
    let Some(contest) = catalog.find(&args.contest) else {
        let slug = args.contest.clone().into();
        return Err(refused(text(
            lang,
            "cli-accounts-no-contest",
            &[("contest", slug)],
        )));
    };
    let now = app.clock.now();
    let (list, faults) = read_list(contest, local_date(now), &args.list.display().to_string(), bytes);
    if !faults.is_empty() {
        eprint!("{}", render_faults(&faults, 0, lang));
    }
    let Some(list) = list else {
        return Ok(Ended::Refused);
    };
    // Made first: passwords that could not be written down would be lost.
    let mut file = make_file(&args.out)?;
    let issued = match issue_accounts(app, now, &args.by, contest, &list).await {
        Ok(issued) => issued,
        Err(error) => {
            // Nothing was made; an empty file would only mislead.
            let _ = std::fs::remove_file(&args.out);
            return Err(failure(error, lang));
        }
    };
    let (table, rows) = accounts_list(lang, contest, lines(contest, &issued));
    let ending = args.out.extension().and_then(|ending| ending.to_str());
    let format = ending.and_then(Format::parse).unwrap_or(Format::Csv);
    write(table, format, rows, &mut file, |_| {})
        .await
        .map_err(anyhow::Error::from)
        .and_then(|_| Ok(file.sync_all()?))
        .with_context(|| format!("cannot write {}", args.out.display()))?;
    say(&sentences(&issued, &args.out, lang))?;
    Ok(Ended::Done)
}

/// A file that was not there before and that nobody else may read.
fn make_file(path: &Path) -> anyhow::Result<File> {
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .with_context(|| format!("cannot make {}", path.display()))
}

fn failure(error: IssueError, lang: Lang) -> anyhow::Error {
    match error {
        IssueError::NotIssued => refused(text(lang, "cli-accounts-open", &[])),
        IssueError::NoUnit(unit) => refused(text(lang, "fault-accounts-unit", &[("unit", unit.into())])),
        IssueError::Expired => refused(text(lang, "accounts-expired", &[])),
        IssueError::Failed(failure) => failure.into(),
    }
}

/// The lines to hand out.
fn lines(contest: &Contest, issued: &Issued) -> Vec<AccountLine> {
    let made = issued.made.iter().map(|one| {
        let unit = contest.unit_by_code(&one.person.unit);
        [
            one.person.code.clone(),
            one.person.full_name.clone(),
            unit.map(|unit| contest.unit_path(unit.id)).unwrap_or_default(),
            one.password.clone(),
        ]
    });
    made.collect()
}

fn sentences(issued: &Issued, out: &Path, lang: Lang) -> String {
    let file = out.display().to_string();
    let mut lines = vec![text(
        lang,
        "cli-accounts-done",
        &[("n", count(issued.made.len()).into())],
    )];
    if !issued.kept.is_empty() {
        let kept = count(issued.kept.len());
        lines.push(text(lang, "cli-accounts-kept", &[("n", kept.into())]));
    }
    lines.push(text(lang, "cli-accounts-file", &[("file", file.into())]));
    lines.join("\n")
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
