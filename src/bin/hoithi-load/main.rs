//! `hoithi-load`: puts load on a server of this machine and tells what it did.
//!
//! Arrivals are planned on a schedule and latencies counted from the planned moment, so that a server that stalls is not
//! spared the requests it kept from being sent. Refuses every target that is not this machine.
//!
//! - `target`: where load may go; `wire`: the HTTP client; `journey`: an entry, request by request
//! - `people`: who enters; `dice`: repeatable chance
//! - `scenario`: what can be done, by name; `closed`, `open`, `visits`: how load is made
//! - `plan`, `desk`: when things are due; `run`: what scenarios share
//! - `tally`, `process`, `report`: what was found; `tables`: many reports side by side

#![expect(
    clippy::float_arithmetic,
    reason = "rates and shares are measured, not awarded"
)]

mod closed;
mod desk;
mod dice;
mod journey;
mod open;
mod people;
mod plan;
mod process;
mod report;
mod run;
mod scenario;
mod tables;
mod tally;
mod target;
mod visits;
mod wire;

use anyhow::Context;
use clap::{Parser, ValueEnum};
use journey::{Site, Via};
use process::Watched;
use run::{Bounds, Run};
use scenario::Scenario;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tally::Tally;

// The same allocator as the server has: one thread makes and drops many small values.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Puts load on a hoithi server of this machine
#[derive(Debug, Parser)]
#[command(name = "hoithi-load", version, max_term_width = 110)]
struct Cli {
    /// The server; anything but a loopback address is refused
    #[arg(
        long,
        value_name = "HOST:PORT",
        default_value = "127.0.0.1:8080",
        global = true
    )]
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
    #[command(flatten)]
    bounds: Bounds,
    /// Processes whose CPU time is reported: server=PID, redis=PID …; a process counts with its descendants
    #[arg(long = "watch", value_name = "NAME=PID", global = true, value_delimiter = ',', value_parser = process::parse)]
    watched: Vec<Watched>,
    /// File to which the ids of attempts are added whose submission was accepted: each must be in the database
    #[arg(long, value_name = "FILE", global = true)]
    accepted: Option<PathBuf>,
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
    let done = runtime
        .map_err(Into::into)
        .and_then(|runtime| runtime.block_on(run(cli)));
    match done {
        Ok(code) => code,
        Err(error) => {
            eprintln!("hoithi-load: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    if let Scenario::Tables { put, note, files } = &cli.scenario {
        let tables = format!("{note}\n\n{}", tables::make(files)?);
        put.iter()
            .try_for_each(|document| tables::put(document, &tables))?;
        print!("{tables}");
        return Ok(ExitCode::SUCCESS);
    }
    let address = target::resolve(&cli.target)?;
    let site = Site {
        address,
        via: cli.via,
        contest: cli.contest,
        round: cli.round,
        keeps_ids: cli.accepted.is_some(),
    };
    let people = people::gather(&cli.people, &site, today()).await?;
    let mut watched = cli.watched;
    watched.push(Watched {
        name: "load".to_owned(),
        pid: std::process::id(),
    });
    let run = Run::new(site, people, &cli.bounds, watched, &cli.people);
    let (course, report) = scenario::play(&run, cli.scenario).await?;
    if let Some(file) = &cli.accepted {
        add_ids(file, &course.tally.open()).with_context(|| file.display().to_string())?;
    }
    match cli.format {
        Form::Text => print!("{}", report.text()),
        Form::Json => println!("{}", serde_json::to_string(&report)?),
    }
    Ok(if report.is_clean() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn add_ids(file: &Path, tally: &Tally) -> std::io::Result<()> {
    let file = std::fs::File::options().append(true).create(true).open(file)?;
    let mut out = std::io::BufWriter::new(file);
    for id in &tally.accepted_ids {
        writeln!(out, "{id}")?;
    }
    out.flush()
}

#[expect(
    clippy::disallowed_methods,
    reason = "this program is its own edge: it has no Clock to ask"
)]
fn today() -> time::OffsetDateTime {
    time::OffsetDateTime::now_utc()
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_scenarios_and_their_arguments_contradict_nothing() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_scenario_can_be_asked_for() {
        for words in [
            "entries",
            "arrivals --rate 5",
            "saves",
            "submits --count 5",
            "crowd --rate 5",
            "rush --count 5",
            "closing --count 5",
            "reading /",
            "overload --times 10",
            "tables a.b.1.json",
        ] {
            let line = format!("hoithi-load --via pages {words} --seed 2 --limit 9");
            assert!(Cli::try_parse_from(line.split(' ')).is_ok(), "{words}");
        }
    }
}
