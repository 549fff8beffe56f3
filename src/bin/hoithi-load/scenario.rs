//! The scenarios by name, with what each is told, and the figures each adds to the report.
//!
//! Owns arguments and their bounds; how load is made belongs to `closed`, `open` and `visits`.

use crate::closed::Connects;
use crate::journey::Via;
use crate::plan::Pace;
use crate::report::Report;
use crate::run::{Course, Run};
use crate::visits::{Crowd, Storm, Visit};
use crate::{closed, open, visits};
use anyhow::ensure;
use clap::Subcommand;
use std::path::PathBuf;
use std::time::Duration;

/// Most connections at a time: each is an open file here and in the server.
const MAX_CONNECTIONS: usize = 50_000;
/// Highest rate of arrivals, a second.
const MAX_RATE: f64 = 1_000_000.0;
/// Users of the closed loop in which the knee is looked for.
const KNEE_USERS: usize = 256;

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Scenario {
    /// Whole entries in a closed loop: so many users, none of whom thinks
    Entries {
        /// Users at the same time
        #[arg(long, default_value_t = 64)]
        users: usize,
        /// Percent of the entries whose people register first
        #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u64).range(0..=100))]
        new: u64,
    },
    /// Whole entries of people who do not think, arriving at a rate
    Arrivals {
        /// Arrivals a second
        #[arg(long)]
        rate: f64,
        /// Connections
        #[arg(long, default_value_t = 1_000)]
        connections: usize,
    },
    /// Saves alone, at a share of what the server can do, or at a rate
    Saves {
        /// Share of saturation, which is looked for first
        #[arg(long, default_value_t = 0.7)]
        share: f64,
        /// Saves a second, instead of a share
        #[arg(long)]
        rate: Option<f64>,
        /// Connections
        #[arg(long, default_value_t = 256)]
        connections: usize,
    },
    /// Submissions alone, of attempts started before
    Submits {
        /// Connections
        #[arg(long, default_value_t = 256)]
        connections: usize,
        /// Submissions
        #[arg(long, default_value_t = 10_000)]
        count: usize,
    },
    /// People who come at a rate and think over each question
    Crowd {
        /// Arrivals a second
        #[arg(long)]
        rate: f64,
        /// So many times faster than people think
        #[arg(long, default_value_t = 10.0)]
        hurry: f64,
        /// People at a time
        #[arg(long, default_value_t = 8_000)]
        connections: usize,
    },
    /// A round opens: people start within seconds, some register before
    Rush {
        /// People
        #[arg(long, default_value_t = 5_000)]
        count: usize,
        /// Seconds within which they come, most of them at once
        #[arg(long, default_value_t = 10)]
        within: u64,
        /// Percent of them who register first
        #[arg(long, default_value_t = 5)]
        new: u32,
        /// People at a time
        #[arg(long, default_value_t = 8_000)]
        connections: usize,
    },
    /// A round closes: people whose attempts run save once more and hand in within seconds, most of them at the end
    Closing {
        /// People
        #[arg(long, default_value_t = 5_000)]
        count: usize,
        /// Seconds within which they hand in
        #[arg(long, default_value_t = 10)]
        within: u64,
    },
    /// Pages are read at a rate while entries are made at another
    Reading {
        /// Pages a second
        #[arg(long, default_value_t = 500.0)]
        rate: f64,
        /// Entries a second
        #[arg(long, default_value_t = 50.0)]
        entries: f64,
        /// Connections of each
        #[arg(long, default_value_t = 256)]
        connections: usize,
        /// The pages
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<String>,
    },
    /// More than the server can do: calm, a storm of so many times the knee, calm again
    Overload {
        /// How many times the knee
        #[arg(long, default_value_t = 3.0)]
        times: f64,
        /// Entries a second at the knee; looked for where not given
        #[arg(long)]
        knee: Option<f64>,
        /// People at a time
        #[arg(long, default_value_t = 8_000)]
        connections: usize,
        /// Seconds of calm after the storm
        #[arg(long, default_value_t = 20)]
        after: u64,
    },
    /// Makes tables of reports (SCENARIO.SERVER.ROUND.json) with ratios to the server called baseline; loads nothing
    Tables {
        /// A document into which the tables are put, between its marks
        #[arg(long, value_name = "FILE")]
        put: Option<PathBuf>,
        /// Said before the tables
        #[arg(long, value_name = "TEXT", default_value = "")]
        note: String,
        /// The reports
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
}

fn check(connections: usize, rate: f64) -> anyhow::Result<()> {
    ensure!(
        (1..=MAX_CONNECTIONS).contains(&connections),
        "between 1 and {MAX_CONNECTIONS} at a time"
    );
    ensure!(
        (0.0..=MAX_RATE).contains(&rate),
        "a rate is between 0 and {MAX_RATE} a second"
    );
    Ok(())
}

/// Runs a scenario to its report.
pub(crate) async fn play(run: &Run, scenario: Scenario) -> anyhow::Result<(Course, Report)> {
    match scenario {
        Scenario::Entries { users, new } => {
            check(users, 0.0)?;
            ensure!(
                run.site.via != Via::Baseline || new == 0,
                "nobody registers at the baseline: --new 0"
            );
            let course = closed::entries(run, users, Connects::Once, new).await?;
            let planned = format!("{users} users, {new} % register first");
            told(run, course, "entries", planned, &[])
        }
        Scenario::Arrivals { rate, connections } => {
            check(connections, rate)?;
            let course = open::entries(run, rate, connections).await?;
            told(run, course, "arrivals", format!("{rate:.0} arrivals/s"), &[])
        }
        Scenario::Saves {
            share,
            rate,
            connections,
        } => saves(run, share, rate, connections).await,
        Scenario::Submits { connections, count } => {
            check(connections, count as f64)?;
            let course = closed::submits(run, connections, count).await?;
            told(
                run,
                course,
                "submits",
                format!("{count} over {connections} connections"),
                &[],
            )
        }
        Scenario::Crowd {
            rate,
            hurry,
            connections,
        } => {
            check(connections, rate)?;
            ensure!(
                (0.1..=1_000.0).contains(&hurry),
                "--hurry is between 0.1 and 1000"
            );
            let crowd = Crowd {
                connections,
                visit: Visit::Thoughtful(Pace::human(hurry)),
            };
            let (course, kept_out) = visits::ordinary(run, rate, crowd).await?;
            let planned = format!("{rate:.0} arrivals/s who think");
            told(run, course, "crowd", planned, &[("kept_out", kept_out as f64)])
        }
        Scenario::Rush {
            count,
            within,
            new,
            connections,
        } => {
            check(connections, count as f64)?;
            ensure!(
                run.site.via != Via::Baseline || new == 0,
                "nobody registers at the baseline: --new 0"
            );
            let crowd = Crowd {
                connections,
                visit: Visit::Start(new),
            };
            let (course, kept_out) = visits::rush(run, count, Duration::from_secs(within), crowd).await?;
            let planned = format!("{count} people start within {within} s, {new} % register first");
            told(run, course, "rush", planned, &[("kept_out", kept_out as f64)])
        }
        Scenario::Closing { count, within } => {
            check(count, 0.0)?;
            let course = visits::last_minute(run, count, Duration::from_secs(within)).await?;
            told(
                run,
                course,
                "closing",
                format!("{count} people hand in within {within} s"),
                &[],
            )
        }
        Scenario::Reading {
            rate,
            entries,
            connections,
            paths,
        } => {
            check(connections, rate + entries)?;
            let course = open::reading(run, &paths, rate, entries, connections).await?;
            let planned = format!("{rate:.0} pages/s beside {entries:.0} entries/s");
            told(run, course, "reading", planned, &[])
        }
        Scenario::Overload {
            times,
            knee,
            connections,
            after,
        } => overload(run, times, knee, connections, Duration::from_secs(after)).await,
        Scenario::Tables { .. } => anyhow::bail!("tables are made of reports, not of a run"),
    }
}

async fn saves(
    run: &Run,
    share: f64,
    rate: Option<f64>,
    connections: usize,
) -> anyhow::Result<(Course, Report)> {
    let (rate, saturation) = match rate {
        Some(rate) => (rate, None),
        None => {
            let most = closed::saves(run, connections).await?;
            let most = most.report("saves", run, String::new()).requests_per_s;
            (share * most, Some(most))
        }
    };
    check(connections, rate)?;
    let course = open::saves(run, rate, connections).await?;
    let more: Vec<_> = saturation
        .map(|most| ("saturation_per_s", most))
        .into_iter()
        .collect();
    told(
        run,
        course,
        "saves",
        format!("{rate:.0} saves/s over {connections} connections"),
        &more,
    )
}

async fn overload(
    run: &Run,
    times: f64,
    knee: Option<f64>,
    connections: usize,
    after: Duration,
) -> anyhow::Result<(Course, Report)> {
    let knee = match knee {
        Some(knee) => knee,
        None => {
            // Whoever comes in the storm brings a connection, too.
            closed::entries(run, KNEE_USERS, Connects::ForEach, 0)
                .await?
                .report("knee", run, String::new())
                .entries_per_s
        }
    };
    check(connections, knee * times)?;
    let storm = Storm {
        calm: knee / 2.0,
        storm: knee * times,
        before: Duration::from_secs(5),
        after,
    };
    let crowd = Crowd {
        connections,
        visit: Visit::Hasty,
    };
    let (course, aftermath) = visits::storm(run, storm, crowd).await?;
    let planned = format!("{times:.0} times the knee of {knee:.0} entries/s");
    let (course, mut report) = told(run, course, "overload", planned, &[])?;
    report.more.extend([
        ("knee_entries_per_s", knee),
        ("goodput_of_knee", report.entries_per_s / knee),
        ("calm_save_p99_ms", aftermath.calm_p99_ms),
        ("kept_out", aftermath.kept_out as f64),
    ]);
    report.more.extend(
        aftermath
            .recovered_s
            .map(|seconds| ("recovered_after_s", seconds)),
    );
    Ok((course, report))
}

fn told(
    run: &Run,
    course: Course,
    scenario: &'static str,
    planned: String,
    more: &[(&'static str, f64)],
) -> anyhow::Result<(Course, Report)> {
    let mut report = course.report(scenario, run, planned);
    report.more.extend(more.iter().copied());
    Ok((course, report))
}
