//! What a run has found, for people and for machines.
//!
//! Owns turning a tally and the use of CPU time into figures; gathers nothing itself.

use crate::process::Used;
use crate::tally::{Latencies, OfKind, SLICE, Slice, Tally};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

/// The figures of a run. Latencies are in milliseconds.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    /// Which scenario.
    pub(crate) scenario: &'static str,
    /// Which dialect.
    pub(crate) via: &'static str,
    /// Length of the window that counts.
    pub(crate) seconds: f64,
    /// What was planned: users, or arrivals a second.
    pub(crate) planned: String,
    /// Entries completed in the window.
    pub(crate) entries: u64,
    /// The same, a second.
    pub(crate) entries_per_s: f64,
    /// Entries of which no request was refused or failed.
    pub(crate) smooth_entries: u64,
    /// Entries given up.
    pub(crate) abandoned: u64,
    /// Submissions accepted in the whole run; each must be in the database.
    pub(crate) accepted: u64,
    /// Requests in the window.
    pub(crate) requests: u64,
    /// The same, a second.
    pub(crate) requests_per_s: f64,
    /// Whole entries, from planned arrival to the outcome.
    pub(crate) whole: Spread,
    /// How late this program sent what was planned.
    pub(crate) lateness: Spread,
    /// By kind of request.
    pub(crate) kinds: BTreeMap<&'static str, KindReport>,
    /// Refusals and the wait that they asked for.
    pub(crate) refusals: Refusals,
    /// CPU time and memory of the watched processes; `load` is this program.
    pub(crate) processes: BTreeMap<String, ProcessReport>,
    /// Further figures that belong to a scenario.
    pub(crate) more: BTreeMap<&'static str, f64>,
    /// How it went, half second by half second.
    pub(crate) timeline: Vec<Moment>,
}

/// Half a second.
#[derive(Debug, Serialize)]
pub(crate) struct Moment {
    /// Seconds since the run began.
    at: f64,
    /// 99 of 100 saves took no longer, milliseconds.
    save_p99: f64,
    /// Entries completed.
    entries: u64,
    /// Requests refused.
    refused: u64,
    /// Requests that failed.
    failed: u64,
}

fn timeline(tally: &Tally) -> Vec<Moment> {
    let moment = |(at, slice): (usize, &Slice)| Moment {
        at: at as f64 * SLICE.as_secs_f64(),
        save_p99: slice.saves.at(0.99) as f64 / 1000.0,
        entries: slice.entries,
        refused: slice.refused,
        failed: slice.failed,
    };
    tally.slices.iter().enumerate().map(moment).collect()
}

/// How latencies spread, milliseconds.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Spread {
    /// How many.
    pub(crate) count: u64,
    pub(crate) p50: f64,
    pub(crate) p95: f64,
    pub(crate) p99: f64,
    pub(crate) p999: f64,
    pub(crate) max: f64,
}

/// One kind of request.
#[derive(Debug, Serialize)]
pub(crate) struct KindReport {
    /// Those answered well.
    #[serde(flatten)]
    pub(crate) good: Spread,
    /// Those refused with 429 or 503.
    pub(crate) refused: Spread,
    /// Answers by status.
    pub(crate) statuses: BTreeMap<u16, u64>,
    /// No answer, by reason.
    pub(crate) failures: BTreeMap<&'static str, u64>,
}

/// Refusals with 429 or 503.
#[derive(Debug, Serialize)]
pub(crate) struct Refusals {
    /// How many.
    pub(crate) count: u64,
    /// Of these, without a `Retry-After`.
    pub(crate) without_retry_after: u64,
    /// Shortest and longest wait asked for, seconds.
    pub(crate) retry_after: Option<(u32, u32)>,
}

/// A watched process.
#[derive(Debug, Serialize)]
pub(crate) struct ProcessReport {
    /// Of one core.
    pub(crate) cpu_share: f64,
    /// CPU time for each entry completed, microseconds.
    pub(crate) us_per_entry: Option<f64>,
    /// CPU time for each request, microseconds.
    pub(crate) us_per_request: Option<f64>,
    /// Resident memory at the end, MiB.
    pub(crate) resident_mib: f64,
}

impl Spread {
    /// The figures of these latencies.
    pub(crate) fn of(latencies: &Latencies) -> Self {
        let ms = |micros: u64| micros as f64 / 1000.0;
        Self {
            count: latencies.count(),
            p50: ms(latencies.at(0.5)),
            p95: ms(latencies.at(0.95)),
            p99: ms(latencies.at(0.99)),
            p999: ms(latencies.at(0.999)),
            max: ms(latencies.longest()),
        }
    }
}

/// CPU time used between two readings.
pub(crate) type Usage = BTreeMap<String, Used>;

impl Report {
    /// Makes the figures.
    pub(crate) fn new(
        scenario: &'static str,
        via: &'static str,
        planned: String,
        tally: &Tally,
        before: &Usage,
        after: &Usage,
    ) -> Self {
        let seconds = tally.end.saturating_duration_since(tally.begin).as_secs_f64();
        let requests = tally.requests();
        let kind = |kind: &OfKind| KindReport {
            good: Spread::of(&kind.good),
            refused: Spread::of(&kind.refused),
            statuses: kind.statuses.clone(),
            failures: kind.failures.clone(),
        };
        let processes = after.iter().map(|(name, used)| {
            let first = before.get(name).map_or(Duration::ZERO, |used| used.cpu);
            let cpu = used.cpu.saturating_sub(first).as_secs_f64();
            let per = |count: u64| (count > 0).then(|| cpu * 1e6 / count as f64);
            let report = ProcessReport {
                cpu_share: cpu / seconds,
                us_per_entry: per(tally.entries),
                us_per_request: per(requests),
                resident_mib: used.resident as f64 / 1_048_576.0,
            };
            (name.clone(), report)
        });
        let waits: Vec<u32> = tally.retry_after.keys().copied().collect();
        Self {
            scenario,
            via,
            seconds,
            planned,
            entries: tally.entries,
            entries_per_s: tally.entries as f64 / seconds,
            smooth_entries: tally.smooth,
            abandoned: tally.abandoned,
            accepted: tally.accepted,
            requests,
            requests_per_s: requests as f64 / seconds,
            whole: Spread::of(&tally.whole),
            lateness: Spread::of(&tally.lateness),
            kinds: tally
                .kinds
                .iter()
                .map(|(name, of)| (name.name(), kind(of)))
                .collect(),
            refusals: Refusals {
                count: tally.kinds.values().map(|kind| kind.refused.count()).sum(),
                without_retry_after: tally.without_retry_after,
                retry_after: waits.first().copied().zip(waits.last().copied()),
            },
            processes: processes.collect(),
            more: BTreeMap::new(),
            timeline: timeline(tally),
        }
    }

    /// Whether every request that counts was answered well.
    pub(crate) fn is_clean(&self) -> bool {
        let bad = |kind: &KindReport| {
            !kind.failures.is_empty() || kind.statuses.keys().any(|status| !(200..400).contains(status))
        };
        !self.kinds.values().any(bad)
    }

    /// For people.
    pub(crate) fn text(&self) -> String {
        let mut out = String::new();
        let _ = self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) -> std::fmt::Result {
        writeln!(
            out,
            "{} via {}, {}, {:.1} s: {:.0} entries/s, {:.0} requests/s ({} entries, {} requests, {} given up)",
            self.scenario,
            self.via,
            self.planned,
            self.seconds,
            self.entries_per_s,
            self.requests_per_s,
            self.entries,
            self.requests,
            self.abandoned
        )?;
        writeln!(
            out,
            "{:<10} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9}  answers",
            "ms", "count", "p50", "p95", "p99", "p99.9", "max"
        )?;
        for (name, kind) in &self.kinds {
            write_spread(out, name, &kind.good)?;
            for (status, count) in &kind.statuses {
                write!(out, " {status}:{count}")?;
            }
            for (why, count) in &kind.failures {
                write!(out, " {why}:{count}")?;
            }
            out.push('\n');
            if kind.refused.count > 0 {
                write_spread(out, " refused", &kind.refused)?;
                out.push('\n');
            }
        }
        for (name, spread) in [("entry", &self.whole), ("late by", &self.lateness)] {
            if spread.count > 0 {
                write_spread(out, name, spread)?;
                out.push('\n');
            }
        }
        if let Some((least, most)) = self.refusals.retry_after {
            writeln!(
                out,
                "{} refused, asked to wait {least} to {most} s, {} without a time",
                self.refusals.count, self.refusals.without_retry_after
            )?;
        }
        for (name, process) in &self.processes {
            write!(out, "{name:<10} {:>5.0} % of a core", process.cpu_share * 100.0)?;
            if let Some(micros) = process.us_per_entry {
                write!(out, ", {micros:.0} µs per entry")?;
            }
            if let Some(micros) = process.us_per_request {
                write!(out, ", {micros:.1} µs per request")?;
            }
            writeln!(out, ", {:.0} MiB", process.resident_mib)?;
        }
        for (name, value) in &self.more {
            writeln!(out, "{name}: {value:.2}")?;
        }
        Ok(())
    }
}

fn write_spread(out: &mut String, name: &str, spread: &Spread) -> std::fmt::Result {
    write!(
        out,
        "{name:<10} {:>9} {:>9.2} {:>9.2} {:>9.2} {:>9.2} {:>9.2} ",
        spread.count, spread.p50, spread.p95, spread.p99, spread.p999, spread.max
    )
}
