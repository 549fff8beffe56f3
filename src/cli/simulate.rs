//! `hoithi simulate`: a made-up crowd in a round.

use super::open::with_app;
use super::out::{Ended, Form, progress, refused, say_json, tell};
use super::round::find;
use crate::action::simulate::{MAX_ENTRANTS, Outcome, Plan, SimulateError, Step, simulate_telling};
use crate::app::App;
use crate::config::Config;
use crate::domain::catalog::Contest;
use crate::domain::round::Round;
use crate::i18n::{Lang, Value, text};
use crate::web::format;

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
    /// Mean number of attempts of a person, in hundredths
    #[arg(long, value_name = "PERCENT", default_value_t = 200, value_parser = clap::value_parser!(u32).range(100..=10_000))]
    attempts_percent: u32,
    /// For whom to print
    #[arg(long, value_name = "FORM", default_value = "text")]
    format: Form,
}

pub(super) async fn run(config: &Config, args: &Args, lang: Lang) -> anyhow::Result<Ended> {
    let plan = Plan {
        attempts_mean_percent: args.attempts_percent,
        running: args.running,
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
        SimulateError::NoUnits => say("cli-simulate-no-units", &[]),
        SimulateError::RealPeople(people) => say("cli-simulate-real-people", &[("people", people.into())]),
        SimulateError::Failed(failure) => failure.into(),
    }
}
