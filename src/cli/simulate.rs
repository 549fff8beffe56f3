//! `hoithi simulate`: a made-up crowd in a round.

use super::open::with_app;
use super::out::{Ended, Form, progress, refused, say_json, tell};
use super::round::find;
use crate::action::simulate::{MAX_ENTRANTS, Outcome, Plan, SimulateError, Step, simulate_telling};
use crate::app::App;
use crate::config::Config;
use crate::domain::catalog::Contest;
use crate::domain::participant::check_password;
use crate::domain::round::Round;
use crate::i18n::{Lang, Value, text};
use crate::web::format;
use anyhow::Context;
use std::path::{Path, PathBuf};

/// What `simulate` is told.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The contest, by the name of its folder
    #[arg(long)]
    contest: String,
    /// The number of the round
    #[arg(long)]
    round: u16,
    /// People who enter the round
    #[arg(long, value_name = "K")]
    entrants: u32,
    /// Equal seeds give equal crowds
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// So many of the people are in the middle of an attempt
    #[arg(long, value_name = "K", default_value_t = 0)]
    running: u32,
    /// Attempts of a person on average, 1.0 to 12.0; the limit of the round cuts it
    #[arg(long, value_name = "MEAN", default_value = "2.0", value_parser = parse_mean)]
    attempts_mean: u32,
    /// A file with a password that they all get; without it nobody can log in as one of them
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
    /// For whom to print
    #[arg(long, value_name = "FORM", default_value = "text")]
    format: Form,
}

pub(super) async fn run(config: &Config, args: &Args, lang: Lang) -> anyhow::Result<Ended> {
    let plan = Plan {
        attempts_mean_percent: args.attempts_mean,
        running: args.running,
        password: args
            .password_file
            .as_deref()
            .map(|file| read_password(file, lang))
            .transpose()?,
        ..Plan::new(args.entrants, args.seed)
    };
    let made = with_app(config, lang, async |app| {
        let (contest, round) = find(app, &args.contest, args.round, lang)?;
        fill(app, &contest, &round, &plan, lang).await
    })
    .await?;
    match args.format {
        Form::Json => say_json(&serde_json::json!({
            "contest": args.contest, "round": args.round, "people": made.people, "registered": made.registered,
            "attempts": made.attempts, "running": made.running,
        }))?,
        Form::Text => {
            let words: [(&'static str, Value<'_>); 4] = [
                ("people", made.people.into()),
                ("registered", made.registered.into()),
                ("attempts", made.attempts.into()),
                ("running", made.running.into()),
            ];
            tell(lang, "cli-simulate-done", &words)?;
        }
    }
    Ok(Ended::Done)
}

/// A decimal number from 1 to 12 in hundredths.
fn parse_mean(typed: &str) -> Result<u32, &'static str> {
    let digits =
        |text: &str| (1..=2).contains(&text.len()) && text.bytes().all(|digit| digit.is_ascii_digit());
    let number = |text: &str| text.parse::<u32>().unwrap_or(0);
    let (whole, part) = typed.split_once('.').unwrap_or((typed, "0"));
    let hundredths = number(whole) * 100 + number(part) * if part.len() == 1 { 10 } else { 1 };
    let fits = digits(whole) && digits(part) && (100..=1_200).contains(&hundredths);
    if fits {
        Ok(hundredths)
    } else {
        Err("it is a number from 1.0 to 12.0")
    }
}

fn read_password(file: &Path, lang: Lang) -> anyhow::Result<String> {
    let typed = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let password = typed.trim_end_matches(['\n', '\r']).to_owned();
    check_password(&password).map_err(|_| {
        refused(text(
            lang,
            "cli-simulate-bad-password",
            &[("file", file.display().to_string().into())],
        ))
    })?;
    Ok(password)
}

/// Makes the crowd and shows how far it is.
pub(super) async fn fill(
    app: &App,
    contest: &Contest,
    round: &Round,
    plan: &Plan,
    lang: Lang,
) -> anyhow::Result<Outcome> {
    let mut tenths = None;
    let show = |step: Step| {
        let (key, done, all) = match step {
            Step::People(done, all) => ("cli-simulate-people", done, all),
            Step::Attempts(done, all) => ("cli-simulate-attempts", done, all),
        };
        // One line for each tenth of the work.
        let tenth = Some((key, done.saturating_mul(10) / all.max(1)));
        if tenth != tenths {
            tenths = tenth;
            progress(&text(lang, key, &[("done", done.into()), ("all", all.into())]));
        }
    };
    let made = simulate_telling(app, app.clock.now(), contest, round, plan, show).await;
    made.map_err(|error| refusal(error, lang))
}

fn refusal(error: SimulateError, lang: Lang) -> anyhow::Error {
    let say = |key, args: &[(&'static str, Value<'_>)]| refused(text(lang, key, args));
    match error {
        SimulateError::NotOpen(at) => say(
            "cli-simulate-not-open",
            &[("moment", format::moment(lang, at).into())],
        ),
        SimulateError::Sealed => say("cli-simulate-sealed", &[]),
        SimulateError::NothingRuns => say("cli-simulate-nothing-runs", &[]),
        SimulateError::TooManyRunning => say("cli-simulate-too-many-running", &[]),
        SimulateError::TooManyEntrants => say("cli-simulate-too-many", &[("limit", MAX_ENTRANTS.into())]),
        SimulateError::TooShort => say("cli-simulate-too-short", &[]),
        SimulateError::NoTurn => say("cli-simulate-no-turn", &[]),
        SimulateError::NoUnits => say("cli-simulate-no-units", &[]),
        SimulateError::RealPeople(people) => say("cli-simulate-real-people", &[("people", people.into())]),
        SimulateError::Failed(failure) => failure.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::parse_mean;

    #[test]
    fn a_mean_is_read_in_hundredths() {
        assert_eq!(
            ["2.0", "1", "1.75", "12.00"].map(parse_mean),
            [Ok(200), Ok(100), Ok(175), Ok(1_200)]
        );
        for bad in [
            "0.9",
            "12.1",
            "-2",
            "2,5",
            "",
            ".",
            "2.",
            "NaN",
            "1e3",
            "2.005",
            "4294967296",
        ] {
            assert!(parse_mean(bad).is_err(), "{bad}");
        }
    }
}
