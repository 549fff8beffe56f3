//! The commands: arguments in, one or more journeys, messages and an exit code out.
//!
//! Owns what is typed and printed on a terminal; leaves what is done to `action`. 0 is done, 1 refused or failed, 2 wrong
//! usage. One file per command.

mod accounts;
mod check;
mod convert;
mod data;
mod demo;
mod emulation;
mod export;
mod export_file;
mod export_paper;
mod files;
mod load;
mod open;
mod out;
mod review;
mod round;
mod serve;
mod simulate;
mod staff;

use crate::config::Config;
use crate::i18n::Lang;
use crate::telemetry::{Detail, start_log};
use clap::{Parser, Subcommand};
use out::Ended;
use std::process::ExitCode;

pub use open::{Opened, Use, open_app};

/// Internet multiple-choice contests for the provinces of Vietnam
#[derive(Debug, Parser)]
#[command(name = "hoithi", version, max_term_width = 110)]
pub struct Cli {
    #[command(flatten)]
    config: Config,
    /// Language of messages
    #[arg(long, env = "HOITHI_LANG", value_name = "LANG", default_value = "vi", global = true, value_parser = parse_lang)]
    lang: Lang,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the contests that are loaded
    Serve,
    /// Find every fault of contest folders and question files
    Check(check::Args),
    /// Load a contest folder, or what has changed in it
    Load(load::Args),
    /// Turn a question file into another format, by the ending of its name
    Convert(convert::Args),
    /// Do the next step with a round: close, rank, approve, publish; or extend and reopen it
    Round(round::Args),
    /// List what asks for a look in a sealed round, on sheets without names; or declare a place beforehand
    Review(review::Args),
    /// Load emulation clusters with their members, or lines of the register of awards
    Emulation(emulation::Args),
    /// Write a list into a file: participants, entries, standings, winners, units or items
    Export(export::Args),
    /// Issue accounts to the people of a list, where a contest says so
    Accounts(accounts::Args),
    /// Erase personal data whose day has passed, or show what would be erased
    Data(data::Args),
    /// Make, list and bar accounts of staff
    Staff(staff::Args),
    /// Fill a round with a made-up crowd, for demonstrations, tests and benchmarks
    Simulate(simulate::Args),
    /// Set up the demonstration that bin/run serves
    #[command(hide = true)]
    Demo(demo::Args),
}

fn parse_lang(tag: &str) -> Result<Lang, &'static str> {
    Lang::parse(tag).ok_or("it is vi or en")
}

/// Runs the command that the process was started with.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Nobody reads a message that cannot be printed; the code tells the rest.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return out::report(&anyhow::Error::new(error).context("cannot start")),
    };
    match runtime.block_on(run(cli)) {
        Ok(Ended::Done) => ExitCode::SUCCESS,
        Ok(Ended::Refused) => ExitCode::FAILURE,
        Err(error) => out::report(&error),
    }
}

/// Runs one command.
async fn run(cli: Cli) -> anyhow::Result<Ended> {
    let Cli {
        config,
        lang,
        command,
    } = cli;
    let detail = if matches!(command, Command::Serve) {
        Detail::Server
    } else {
        Detail::Command
    };
    start_log(config.log, detail);
    match command {
        Command::Serve => serve::run(&config, lang).await,
        Command::Check(args) => check::run(&args, lang),
        Command::Load(args) => load::run(&config, &args, lang).await,
        Command::Convert(args) => convert::run(&args, lang),
        Command::Round(args) => round::run(&config, &args, lang).await,
        Command::Review(args) => review::run(&config, &args, lang).await,
        Command::Emulation(args) => emulation::run(&config, &args, lang).await,
        Command::Export(args) => export::run(&config, &args, lang).await,
        Command::Accounts(args) => accounts::run(&config, &args, lang).await,
        Command::Data(args) => data::run(&config, &args, lang).await,
        Command::Staff(args) => staff::run(&config, &args, lang).await,
        Command::Simulate(args) => simulate::run(&config, &args, lang).await,
        Command::Demo(args) => demo::run(&config, &args, lang).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_commands_and_their_arguments_contradict_nothing() {
        Cli::command().debug_assert();
    }

    #[test]
    fn settings_may_stand_before_and_after_the_command() {
        for line in [
            "hoithi --data /srv/h staff list --format json",
            "hoithi staff list --data /srv/h",
        ] {
            assert!(Cli::try_parse_from(line.split(' ')).is_ok(), "{line}");
        }
    }

    #[test]
    fn a_password_is_never_an_argument() {
        let line = "hoithi staff add an --name An --role admin --password secret";
        assert!(Cli::try_parse_from(line.split(' ')).is_err());
    }
}
