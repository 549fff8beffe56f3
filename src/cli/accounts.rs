//! `hoithi accounts`: issues accounts from a list and writes codes and first passwords into a file, once.

use super::files::read_file;
use super::open::with_app;
use super::out::{Ended, refused, say};
use crate::action::issue_accounts::{IssueError, Issued, issue_accounts};
use crate::app::App;
use crate::bank::{read_accounts, render_faults};
use crate::config::Config;
use crate::domain::catalog::Contest;
use crate::domain::participant::local_date;
use crate::i18n::{Lang, text};
use anyhow::Context;
use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// What `accounts` is told.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Address of the contest
    contest: String,
    /// The list: CSV with the columns code, full_name, birth_date, unit and, if wanted, class and consent_publish
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
    let today = local_date(now);
    let open = contest
        .units
        .iter()
        .filter(|unit| contest.takes_entries_for(unit, today));
    let units: BTreeSet<&str> = open.map(|unit| unit.definition.code.as_str()).collect();
    let (list, faults) = read_accounts(&args.list.display().to_string(), bytes, &units);
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
    file.write_all(hand_out(contest, &issued, lang).as_bytes())
        .and_then(|()| file.sync_all())
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
        IssueError::Failed(failure) => failure.into(),
    }
}

/// The list to hand out, as spreadsheets open it.
fn hand_out(contest: &Contest, issued: &Issued, lang: Lang) -> String {
    let head = text(lang, "cli-accounts-head", &[]);
    let mut out = format!("\u{feff}{head}\r\n");
    for account in &issued.made {
        let person = &account.person;
        let unit = contest
            .unit_by_code(&person.unit)
            .map(|unit| contest.unit_path(unit.id))
            .unwrap_or_default();
        let fields = [&person.code, &person.full_name, &unit, &account.password];
        let line: Vec<String> = fields.into_iter().map(|field| quoted(field)).collect();
        out.push_str(&line.join(","));
        out.push_str("\r\n");
    }
    out
}

/// A field in quotation marks; what a spreadsheet would take for a formula gets an apostrophe in front.
fn quoted(field: &str) -> String {
    let apostrophe = if field.starts_with(['=', '+', '-', '@']) {
        "'"
    } else {
        ""
    };
    format!("\"{apostrophe}{}\"", field.replace('"', "\"\""))
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

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_field_of_the_hand_out_is_never_a_formula() {
        assert_eq!(quoted("=1+1"), "\"'=1+1\"");
        assert_eq!(quoted("Xã \"Một\", huyện"), "\"Xã \"\"Một\"\", huyện\"");
    }
}
