//! `hoithi export LIST`: a list into a file.
//!
//! Owns arguments, the file and what is said beside it; leaves the rows to `action` and their form to `document`.

use super::export_file::{NewFile, not_written};
use super::open::with_app;
use super::out::{Ended, Refusal, progress, refused};
use crate::action::close_round::By;
use crate::action::export::{Export, ExportError, ExportOrder, export};
use crate::app::App;
use crate::config::Config;
use crate::document::official::Print;
use crate::document::{self, About, Cell, Format, Table};
use crate::domain::catalog::{Catalog, Contest};
use crate::domain::contest::Field;
use crate::domain::official::PaperKind;
use crate::domain::round::Round;
use crate::i18n::{Lang, Value, text};
use crate::store::results::{Listing, Rows};
use anyhow::Context;
use clap::ValueEnum;
use futures_util::StreamExt;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufWriter, ErrorKind, IntoInnerError, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Rows between two signs of life on the terminal.
const PROGRESS: u64 = 50_000;

/// What can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum What {
    /// People registered, with personal data
    Participants,
    /// Attempts submitted
    Entries,
    /// One row per person in order of rank
    Standings,
    /// People who received a prize
    Winners,
    /// Figures of every unit
    Units,
    /// How the questions of a closed round did their work
    Items,
    /// The decision on prizes with its list, as docx or pdf
    Decision,
    /// The notice of results, as docx or pdf
    Notice,
    /// The final report with charts, as docx or pdf
    Report,
    /// Certificates, a page for each winner, as docx or pdf
    Certificates,
    /// Certificates for units that won a prize, as docx or pdf
    UnitCertificates,
    /// The minutes of going through a result, as docx or pdf
    Minutes,
    /// The key of closed rounds, as docx or pdf, where the contest shows keys
    AnswerKey,
    /// The rules as sentences, as docx or pdf; there need be no result yet
    Rules,
}

/// How it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum As {
    /// For spreadsheets and scripts
    Csv,
    /// A workbook
    Xlsx,
    /// For machines
    Json,
    /// A paper to be edited; of winners, units and papers
    Docx,
    /// A paper to be printed; of winners, units and papers
    Pdf,
}

/// What `export` is told.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The list
    list: What,
    /// The contest, by the name of its folder
    #[arg(long)]
    pub(super) contest: String,
    /// The number of the round; without it all rounds, or the contest as a whole
    #[arg(long, value_name = "N")]
    pub(super) round: Option<u16>,
    /// The format of the file
    #[arg(long, value_name = "FORMAT")]
    format: As,
    /// The file to write, one that is there is replaced; - is standard output
    #[arg(long, value_name = "FILE")]
    pub(super) out: PathBuf,
    /// Who exports, for the log
    #[arg(
        long,
        value_name = "NAME",
        env = "USER",
        hide_env = true,
        default_value = "hoithi export"
    )]
    pub(super) by: String,
    /// What it is needed for, for the log
    #[arg(long, value_name = "TEXT")]
    pub(super) reason: Option<String>,
    /// Personal columns beyond those that the list's purpose needs, such as full-name,phone; needs --reason
    #[arg(long, value_name = "FIELDS", value_delimiter = ',', value_parser = parse_field)]
    with: Vec<Field>,
    #[command(flatten)]
    pub(super) paper: super::export_paper::PaperArgs,
}

/// A personal field by its name, with hyphens or underscores.
fn parse_field(text: &str) -> Result<Field, String> {
    let name = text.trim().replace('-', "_");
    Field::PERSONAL
        .into_iter()
        .find(|field| field.name() == name)
        .ok_or_else(|| {
            let known = Field::PERSONAL.map(|field| field.name().replace('_', "-"));
            format!("personal fields are {}", known.join(", "))
        })
}

impl Args {
    /// The personal fields asked for.
    pub(super) fn fields(&self) -> BTreeSet<Field> {
        self.with.iter().copied().collect()
    }
}

pub(super) async fn run(config: &Config, args: &Args, lang: Lang) -> anyhow::Result<Ended> {
    if let Some((kind, print)) = paper(args, lang)? {
        return super::export_paper::run(config, args, kind, print, lang).await;
    }
    let (listing, format) = available(args, lang)?;
    let to_stdout = args.out.as_os_str() == "-";
    if to_stdout && format == Format::Xlsx && std::io::stdout().is_terminal() {
        return Err(refused(text(lang, "export-not-to-terminal", &[])));
    }
    with_app(config, lang, async |app| {
        let catalog = app.catalog();
        let (contest, round) = find(&catalog, args, lang)?;
        let (table, rows) = open(app, args, (contest, round), (listing, format), lang).await?;
        if to_stdout {
            return to_standard_output(table, format, rows).await;
        }
        let count = to_file(lang, &args.out, table, format, rows).await?;
        let file = args.out.display().to_string();
        beside(&text(
            lang,
            "export-done",
            &[("rows", count.into()), ("file", file.into())],
        ));
        Ok(())
    })
    .await?;
    Ok(Ended::Done)
}

/// The paper that is asked for, if it is one.
fn paper(args: &Args, lang: Lang) -> anyhow::Result<Option<(PaperKind, Print)>> {
    let name = |value: Option<clap::builder::PossibleValue>| {
        value.map(|v| v.get_name().to_owned()).unwrap_or_default()
    };
    let (list, format) = (
        name(args.list.to_possible_value()),
        name(args.format.to_possible_value()),
    );
    let kind = PaperKind::parse(&list);
    let paper_format = matches!(args.format, As::Docx | As::Pdf);
    let papers_only = kind.is_some() && Listing::parse(&list).is_none();
    let known: Vec<&str> = match (kind, paper_format) {
        (None, false) => return Ok(None),
        (Some(_), false) if !papers_only => return Ok(None),
        (Some(kind), true) => match Print::parse(&format) {
            Some(print) => return Ok(Some((kind, print))),
            None => Print::ALL.map(Print::name).to_vec(),
        },
        (Some(_), false) => Print::ALL.map(Print::name).to_vec(),
        (None, true) => Format::ALL.map(Format::name).to_vec(),
    };
    Err(refused(text(
        lang,
        "export-unavailable-format",
        &[("name", format.into()), ("available", known.join(", ").into())],
    )))
}

fn available(args: &Args, lang: Lang) -> anyhow::Result<(Listing, Format)> {
    let name = |value: Option<clap::builder::PossibleValue>| {
        value.map(|v| v.get_name().to_owned()).unwrap_or_default()
    };
    let (list, format) = (
        name(args.list.to_possible_value()),
        name(args.format.to_possible_value()),
    );
    let refuse = |key: &str, name: &str, known: &[&str]| {
        refused(text(
            lang,
            key,
            &[("name", name.into()), ("available", known.join(", ").into())],
        ))
    };
    let listing = Listing::parse(&list)
        .ok_or_else(|| refuse("export-unavailable-list", &list, &Listing::ALL.map(Listing::name)))?;
    let format = Format::parse(&format).ok_or_else(|| {
        refuse(
            "export-unavailable-format",
            &format,
            &Format::ALL.map(Format::name),
        )
    })?;
    Ok((listing, format))
}

/// The contest and round that are meant, or a sentence that names those there are.
pub(super) fn find<'a>(
    catalog: &'a Catalog,
    args: &Args,
    lang: Lang,
) -> anyhow::Result<(&'a Arc<Contest>, Option<&'a Round>)> {
    let none = |key: &str, name: String, known: Vec<String>| {
        refused(text(
            lang,
            key,
            &[("name", name.into()), ("available", known.join(", ").into())],
        ))
    };
    let contest = catalog.find(&args.contest).ok_or_else(|| {
        let known = catalog
            .contests()
            .iter()
            .map(|contest| contest.definition.slug.clone())
            .collect();
        none("export-unknown-contest", args.contest.clone(), known)
    })?;
    let Some(number) = args.round else {
        return Ok((contest, None));
    };
    let round = contest.round(number).ok_or_else(|| {
        let known = contest
            .rounds
            .iter()
            .map(|round| round.number.to_string())
            .collect();
        none("export-unknown-round", number.to_string(), known)
    })?;
    Ok((contest, Some(round)))
}

/// Logs the export and opens its rows.
async fn open(
    app: &App,
    args: &Args,
    (contest, round): (&Arc<Contest>, Option<&Round>),
    (listing, format): (Listing, Format),
    lang: Lang,
) -> anyhow::Result<(Table, Rows<Vec<Cell>>)> {
    let with = args.fields();
    let order = ExportOrder {
        listing,
        round,
        format: format.name(),
        reason: args.reason.as_deref(),
        with: &with,
    };
    let by = By { name: &args.by };
    let opened = export(app, app.clock.now(), by, contest, order)
        .await
        .map_err(|error| explain(error, lang))?;
    warn(!with.is_empty(), contest, &opened, lang);
    let about = About {
        listing,
        contest,
        round,
        as_of: opened.as_of,
        provisional: opened.provisional,
        ranking: opened.ranking.as_ref(),
        with: &with,
    };
    let table = document::table(lang, &about);
    let place = (Arc::clone(contest), app.public_url().origin());
    Ok((table, document::cells(lang, place, opened.rows, with)))
}

fn explain(error: ExportError, lang: Lang) -> anyhow::Error {
    match error {
        ExportError::NotRanked(None) => refused(text(lang, "export-contest-not-ranked", &[])),
        ExportError::NotRanked(Some(number)) => refused(text(
            lang,
            "export-round-not-ranked",
            &[("number", number.into())],
        )),
        ExportError::NotSealed(None) => refused(text(lang, "export-items-of-a-round", &[])),
        ExportError::NotSealed(Some(number)) => refused(text(
            lang,
            "export-items-not-sealed",
            &[("number", number.into())],
        )),
        ExportError::NoSuchFields => refused(text(lang, "export-no-such-fields", &[])),
        ExportError::ReasonNeeded => refused(text(lang, "export-reason-needed", &[])),
        ExportError::Failed(failure) => failure.into(),
    }
}

fn warn(personal: bool, contest: &Contest, opened: &Export, lang: Lang) {
    if personal {
        beside(&text(lang, "export-warning-personal", &[]));
    }
    if opened.provisional {
        beside(&text(lang, "export-warning-provisional", &[]));
    }
    if contest.demonstration {
        beside(&text(lang, "export-warning-demonstration", &[]));
    }
}

/// A line beside whatever goes to standard output.
pub(super) fn beside(line: &str) {
    // A closed terminal is no reason to stop.
    let _ = writeln!(std::io::stderr(), "{line}");
}

async fn to_standard_output(table: Table, format: Format, rows: Rows<Vec<Cell>>) -> anyhow::Result<()> {
    let mut body = std::pin::pin!(document::body(table, format, rows));
    let mut out = std::io::stdout();
    while let Some(piece) = body.next().await {
        let piece = piece?;
        match out.write_all(&piece).and_then(|()| out.flush()) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::BrokenPipe => return Err(Refusal::ReaderGone.into()),
            Err(error) => return Err(anyhow::Error::new(error).context("cannot write to standard output")),
        }
    }
    Ok(())
}

/// Writes the list and then gives the file its name.
async fn to_file(
    lang: Lang,
    out: &Path,
    table: Table,
    format: Format,
    rows: Rows<Vec<Cell>>,
) -> anyhow::Result<u64> {
    let not_written = || not_written(lang, out);
    let (new, file) = NewFile::create(out).with_context(not_written)?;
    let count = write(lang, file, table, format, rows)
        .await
        .with_context(not_written)?;
    new.keep().with_context(not_written)?;
    Ok(count)
}

async fn write(
    lang: Lang,
    file: File,
    table: Table,
    format: Format,
    rows: Rows<Vec<Cell>>,
) -> anyhow::Result<u64> {
    let mut out = BufWriter::new(file);
    let show = |count: u64| {
        if count.is_multiple_of(PROGRESS) {
            progress(&text(lang, "export-progress", &[("rows", Value::from(count))]));
        }
    };
    let count = document::write(table, format, rows, &mut out, show).await?;
    out.into_inner().map_err(IntoInnerError::into_error)?.sync_all()?;
    Ok(count)
}
