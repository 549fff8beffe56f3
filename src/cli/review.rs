//! `hoithi review CONTEST N`: case sheets of a sealed round for the board, without names, and places declared beforehand.

use super::open::with_app;
use super::out::{Ended, Form, refused, say, say_json, step_failure, tell, usage};
use super::round::{find, sentence};
use crate::action::close_round::By;
use crate::action::review_round::{declare_place, review_round};
use crate::app::App;
use crate::config::Config;
use crate::domain::catalog::Contest;
use crate::domain::fair_play::{CaseSheet, RightEntry, Sign};
use crate::domain::round::Round;
use crate::i18n::{Lang, text};
use crate::web::format;
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
        match &args.declare {
            Some(code) => declare(app, args, &contest, &round, code, lang).await,
            None => review(app, args, &contest, &round, lang).await,
        }
    })
    .await
}

async fn declare(
    app: &App,
    args: &Args,
    contest: &Contest,
    round: &Round,
    code: &str,
    lang: Lang,
) -> anyhow::Result<Ended> {
    let unit = contest
        .unit_by_code(code)
        .ok_or_else(|| refused(text(lang, "review-no-unit", &[("code", code.into())])))?;
    let note = args.reason.as_deref().unwrap_or_default();
    let by = By { name: &args.by };
    declare_place(app, app.clock.now(), by, round, unit.id, note)
        .await?
        .map_err(|refusal| refused(refusal.to_string()))?;
    let name = contest.unit_path(unit.id);
    tell(lang, "review-declared", &[("unit", name.into())])?;
    Ok(Ended::Done)
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
    let n = |n: i64| format::number(lang, n);
    let seconds = |ms: i64| format!("{}.{}", ms / 1_000, ms % 1_000 / 100);
    let unit = sheet.entries.first().map(|entry| contest.unit_path(entry.unit));
    let mut args = vec![("unit", unit.unwrap_or_default().into())];
    let (key, more): (&str, Vec<(&'static str, String)>) = match sheet.sign {
        Sign::Quick {
            pace_ms,
            as_quick,
            median_ms,
        } => (
            "quick",
            vec![
                ("pace", seconds(pace_ms)),
                ("n", n(as_quick)),
                ("median", seconds(median_ms)),
            ],
        ),
        Sign::Together {
            prediction,
            people,
            same_guess,
            in_unit,
            declared,
        } => (
            if declared { "together-declared" } else { "together" },
            vec![
                ("guess", n(prediction)),
                ("people", n(people)),
                ("n", n(same_guess)),
                ("unitpeople", n(in_unit)),
            ],
        ),
        Sign::Ladder {
            guesses,
            step,
            as_many,
        } => (
            if step.is_some() { "ladder-even" } else { "ladder" },
            vec![
                ("guesses", n(guesses)),
                ("step", n(step.unwrap_or(0))),
                ("n", n(as_many)),
            ],
        ),
    };
    args.extend(more.into_iter().map(|(name, value)| (name, value.into())));
    let head = text(lang, "review-sheet", &[("n", number.to_string().into())]);
    let parts =
        ["facts", "common", "innocent"].map(|part| text(lang, &format!("review-{key}-{part}"), &args));
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
