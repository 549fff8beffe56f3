//! `hoithi-load`: puts load on a server of this machine and tells what it did.
//!
//! Arrivals are planned on a schedule and latencies counted from the planned moment, so that a server that stalls is not
//! spared the requests it kept from being sent. Refuses every target that is not this machine.
//!
//! - `target`: where load may go; `wire`: the HTTP client; `journey`: an entry, request by request
//! - `people`: who enters; `dice`: repeatable chance
//! - `run`, `closed`: scenarios
//! - `tally`, `process`, `report`: what was found

#![expect(clippy::float_arithmetic, reason = "rates and shares are measured, not awarded")]

mod closed;
mod dice;
mod journey;
mod people;
mod process;
mod report;
mod run;
mod tally;
mod target;
mod wire;

use anyhow::ensure;
use clap::{Parser, Subcommand, ValueEnum};
use journey::{Site, Via};
use process::Watched;
use run::Run;
use std::process::ExitCode;

// The same allocator as the server has: one thread makes and drops many small values.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Puts load on a hoithi server of this machine
#[derive(Debug, Parser)]
#[command(name = "hoithi-load", version, max_term_width = 110)]
struct Cli {
    /// The server; anything but a loopback address is refused
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:8080", global = true)]
    target: String,
    /// Which requests make an entry
    #[arg(long, value_enum, default_value_t = Via::Api, global = true)]
    via: Via,
    /// The contest, by the name of its folder
    #[arg(long, default_value = "bench", global = true)]
    contest: String,
    /// The round to enter
    #[arg(long, default_value_t = 1, global = true)]
    round: u16,
    #[command(flatten)]
    people: people::Args,
    /// Seconds before measuring begins
    #[arg(long, value_name = "S", default_value_t = 2, global = true, value_parser = clap::value_parser!(u64).range(0..=600))]
    warm_up: u64,
    /// Seconds of measuring
    #[arg(long, value_name = "S", default_value_t = 10, global = true, value_parser = clap::value_parser!(u64).range(1..=3600))]
    seconds: u64,
    /// Never more entries than this
    #[arg(long, value_name = "N", default_value_t = 1_000_000, global = true)]
    limit: u64,
    /// Processes whose CPU time is reported: server=PID, redis=PID …; a process counts with its descendants
    #[arg(long = "watch", value_name = "NAME=PID", global = true, value_delimiter = ',', value_parser = process::parse)]
    watched: Vec<Watched>,
    /// For whom to print
    #[arg(long, value_enum, default_value_t = Form::Text, global = true)]
    format: Form,
    #[command(subcommand)]
    scenario: Scenario,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For people.
    Text,
    /// For machines.
    Json,
}

/// What to do.
#[derive(Debug, Subcommand)]
enum Scenario {
    /// Whole entries in a closed loop: so many users, none of whom thinks
    Entries {
        /// Users at the same time
        #[arg(long, default_value_t = 64)]
        users: usize,
    },
}

/// Most connections at a time.
const MAX_USERS: usize = 50_000;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Nobody reads a message that cannot be printed; the code tells the rest.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    // One thread: the load must leave the machine to the server, and one core is more than it needs.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let done = runtime.map_err(Into::into).and_then(|runtime| runtime.block_on(run(cli)));
    match done {
        Ok(code) => code,
        Err(error) => {
            eprintln!("hoithi-load: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let address = target::resolve(&cli.target)?;
    let site = Site {
        address,
        via: cli.via,
        contest: cli.contest,
        round: cli.round,
    };
    let people = people::gather(&cli.people, &site, today()).await?;
    let mut watched = cli.watched;
    watched.push(Watched {
        name: "load".to_owned(),
        pid: std::process::id(),
    });
    let run = Run::new(site, people, (cli.warm_up, cli.seconds), cli.limit, watched, cli.people.seed);
    let report = match cli.scenario {
        Scenario::Entries { users } => {
            ensure!((1..=MAX_USERS).contains(&users), "--users is 1 to {MAX_USERS}");
            let course = closed::entries(&run, users).await?;
            course.report("entries", &run, format!("{users} users"))
        }
    };
    match cli.format {
        Form::Text => print!("{}", report.text()),
        Form::Json => println!("{}", serde_json::to_string(&report)?),
    }
    Ok(if report.is_clean() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

#[expect(clippy::disallowed_methods, reason = "this program is its own edge: it has no Clock to ask")]
fn today() -> time::OffsetDateTime {
    time::OffsetDateTime::now_utc()
}
