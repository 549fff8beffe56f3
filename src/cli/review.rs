//! `hoithi review CONTEST N`: case sheets of a sealed round for the board, without names, and places declared beforehand.

use super::open::with_app;
use super::out::{Ended, Form, refused, say, say_json, step_failure, tell, usage};
use super::round::{find, sentence};
use crate::action::close_round::By;
use crate::action::declare_places::declare_places;
use crate::action::review_round::review_round;
use crate::app::App;
use crate::config::Config;
use crate::domain::catalog::Contest;
use crate::domain::fair_play::places::{NewPlace, PlaceFault, Typed, read_lines};
use crate::domain::fair_play::{CaseSheet, RightEntry};
use crate::domain::round::Round;
use crate::i18n::{Lang, text};
use crate::web::console::cases::words::sentences;
use crate::web::format;
use anyhow::Context;
use std::path::{Path, PathBuf};
use time::OffsetDateTime;

/// What `review` is told.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The contest, by the name of its folder
    contest: String,
    /// The number of the round
    round: u16,
    /// Who reviews or declares, as printed in minutes
    #[arg(long, value_name = "NAME")]
    by: String,
    /// Instead of a review: declare that many sit together in this unit, such as a school with its lab
    #[arg(long, value_name = "UNIT", requires = "reason")]
    declare: Option<String>,
    /// With --declare: where and when they sit together
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// Instead of a review: declare every place of this file, one a line: unit, kind, from, until, networks, note
    #[arg(long, value_name = "FILE", conflicts_with = "declare")]
    declare_file: Option<PathBuf>,
    /// For whom to print
    #[arg(long, value_name = "FORM", default_value = "text")]
    format: Form,
}

pub(super) async fn run(config: &Config, args: &Args, lang: Lang) -> anyhow::Result<Ended> {
    if args.by.trim().is_empty() {
        return Err(usage("--by is the name of a person"));
    }
    with_app(config, lang, async |app| {
        let (contest, round) = find(app, &args.contest, args.round, lang)?;
        let places = match (&args.declare, &args.declare_file) {
            (Some(code), _) => vec![typed(args, &contest, code, lang)?],
            (None, Some(file)) => lines(file, &contest, lang)?,
            (None, None) => return review(app, args, &contest, &round, lang).await,
        };
        let by = By { name: &args.by };
        declare_places(app, app.clock.now(), by, contest.id, &places).await?;
        for place in &places {
            let name = contest.unit_path(place.unit);
            tell(lang, "review-declared", &[("unit", name.into())])?;
        }
        Ok(Ended::Done)
    })
    .await
}

/// The place that the arguments name.
fn typed(args: &Args, contest: &Contest, code: &str, lang: Lang) -> anyhow::Result<NewPlace> {
    let typed = Typed {
        unit: code,
        kind: "other",
        note: args.reason.as_deref().unwrap_or_default(),
        ..Typed::default()
    };
    let place = typed.read(|code| contest.unit_by_code(code).map(|unit| unit.id));
    place.map_err(|fault| match fault {
        PlaceFault::Unit => refused(text(lang, "review-no-unit", &[("code", code.into())])),
        fault => refused(text(lang, &format!("places-fault-{}", fault.name()), &[])),
    })
}

/// The places of a file; none if a line is wrong.
fn lines(file: &Path, contest: &Contest, lang: Lang) -> anyhow::Result<Vec<NewPlace>> {
    let content = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let places = read_lines(&content, |code| contest.unit_by_code(code).map(|unit| unit.id));
    places.map_err(|(line, fault)| {
        let why = text(lang, &format!("places-fault-{}", fault.name()), &[]);
        let args = [("line", line.to_string().into()), ("why", why.into())];
        refused(text(lang, "places-line", &args))
    })
}

async fn review(
    app: &App,
    args: &Args,
    contest: &Contest,
    round: &Round,
    lang: Lang,
) -> anyhow::Result<Ended> {
    let by = By { name: &args.by };
    let sheets = match review_round(app, app.clock.now(), by, round).await {
        Ok(sheets) => sheets,
        Err(error) => {
            for blocker in step_failure(error)? {
                say(&sentence(&blocker, lang))?;
            }
            return Ok(Ended::Refused);
        }
    };
    if args.format == Form::Json {
        say_json(&sheets)?;
        return Ok(Ended::Done);
    }
    let title = [
        ("round", round.title.clone().into()),
        ("n", sheets.len().to_string().into()),
    ];
    tell(lang, "review-title", &title)?;
    for (number, sheet) in (1..).zip(&sheets) {
        say(&printed(contest, number, sheet, lang))?;
    }
    tell(lang, "review-end", &[])?;
    Ok(Ended::Done)
}

/// A sheet: facts, place in the round, innocent readings, what was not looked at.
fn printed(contest: &Contest, number: usize, sheet: &CaseSheet, lang: Lang) -> String {
    let unit = sheet.entries.first().map(|entry| contest.unit_path(entry.unit));
    let parts = sentences(lang, unit.unwrap_or_default(), &sheet.sign);
    let head = text(lang, "review-sheet", &[("n", number.to_string().into())]);
    let entries: Vec<String> = sheet.entries.iter().map(|entry| line(entry, lang)).collect();
    let unseen = text(lang, "review-not-examined", &[]);
    format!("\n{head}\n{}\n{}\n{unseen}", parts.join("\n"), entries.join("\n"))
}

fn line(entry: &RightEntry, lang: Lang) -> String {
    let at = OffsetDateTime::from_unix_timestamp_nanos(i128::from(entry.finished_us) * 1_000);
    let at = at.map(|at| format::exact(lang, at)).unwrap_or_default();
    let guess = entry
        .prediction
        .map_or_else(|| "–".to_owned(), |guess| format::number(lang, guess));
    let args = [
        ("attempt", entry.attempt.to_string().into()),
        ("at", at.into()),
        ("time", format::stopwatch(entry.duration_ms).into()),
        ("guess", guess.into()),
    ];
    text(lang, "review-entry", &args)
}
