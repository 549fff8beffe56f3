//! The tables of `docs/performance.md`: medians of the reports of a run, each as a ratio to the baseline beside it.
//!
//! Owns reading reports back and putting tables between their marks; every figure comes from a report.

use anyhow::{Context, ensure};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The server that others are compared with.
const BASELINE: &str = "baseline";

/// Reports of one scenario by server; the order of rounds does not matter.
type ByServer = BTreeMap<String, Vec<Value>>;

/// Reads `SCENARIO.SERVER.ROUND.json` files and makes the tables of those that are there.
pub(crate) fn make(files: &[PathBuf]) -> anyhow::Result<String> {
    let mut all: BTreeMap<String, ByServer> = BTreeMap::new();
    for file in files {
        let name = file
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        let parts: Vec<&str> = name.split('.').collect();
        let [scenario, server, _, "json"] = parts.as_slice() else {
            anyhow::bail!("{name} is not called SCENARIO.SERVER.ROUND.json");
        };
        let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
        let report = serde_json::from_str(&text).with_context(|| file.display().to_string())?;
        let servers = all.entry((*scenario).to_owned()).or_default();
        servers.entry((*server).to_owned()).or_default().push(report);
    }
    ensure!(!all.is_empty(), "there are no reports");
    let mut out = String::new();
    rates(&mut out, &all);
    kinds(&mut out, &all);
    storms(&mut out, &all);
    Ok(out)
}

/// The median over rounds of a figure, given by its path in the report.
fn median(reports: &[Value], path: &str) -> Option<f64> {
    let mut values: Vec<f64> = reports
        .iter()
        .filter_map(|report| report.pointer(path)?.as_f64())
        .collect();
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => None,
        count if count % 2 == 1 => values.get(middle).copied(),
        _ => Some(f64::midpoint(*values.get(middle - 1)?, *values.get(middle)?)),
    }
}

fn extremes(reports: &[Value], path: &str) -> Option<(f64, f64)> {
    let values = || reports.iter().filter_map(|report| report.pointer(path)?.as_f64());
    Some((values().reduce(f64::min)?, values().reduce(f64::max)?))
}

/// A figure with its ratio to the baseline's.
fn compared(servers: &ByServer, server: &str, path: &str, digits: usize) -> String {
    let Some(value) = servers.get(server).and_then(|reports| median(reports, path)) else {
        return "–".to_owned();
    };
    let number = grouped(value, digits);
    let base = servers.get(BASELINE).filter(|_| server != BASELINE);
    match base
        .and_then(|reports| median(reports, path))
        .filter(|base| *base > 0.0)
    {
        Some(base) => format!("{number} (×{:.2})", value / base),
        None => number,
    }
}

/// `12345.6` as `12,346`.
fn grouped(value: f64, digits: usize) -> String {
    let plain = format!("{value:.digits$}");
    let (whole, part) = plain.split_at(plain.find('.').unwrap_or(plain.len()));
    let count = whole.len();
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (count - at) % 3 == 0 && digit != '-' && !out.ends_with('-') {
            out.push(',');
        }
        out.push(digit);
    }
    out + part
}

/// Entries a second and what they cost.
fn rates(out: &mut String, all: &BTreeMap<String, ByServer>) {
    let shown: Vec<_> = all
        .iter()
        .filter(|(name, _)| {
            ["entries", "submits", "crowd"]
                .iter()
                .any(|one| name.trim_start_matches("slow-").starts_with(one))
        })
        .collect();
    if shown.is_empty() {
        return;
    }
    out.push_str(
        "| scenario | server | entries/s [least–most] | requests/s | CPU µs per entry: server | redis | postgres | \
         load generator | server MiB |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for (scenario, servers) in shown {
        for (server, reports) in servers {
            let figure = |path: &str| compared(servers, server, path, 0);
            let range = extremes(reports, "/entries_per_s").map_or_else(String::new, |(least, most)| {
                format!(" [{}–{}]", grouped(least, 0), grouped(most, 0))
            });
            let cpu = |name: &str| figure(&format!("/processes/{name}/us_per_entry"));
            let _ = writeln!(
                out,
                "| {scenario} | {server} | {}{range} | {} | {} | {} | {} | {} | {} |",
                figure("/entries_per_s"),
                figure("/requests_per_s"),
                cpu("server"),
                cpu("redis"),
                cpu("postgres"),
                cpu("load"),
                figure("/processes/server/resident_mib"),
            );
        }
    }
    out.push('\n');
}

/// Latencies of every kind of request.
fn kinds(out: &mut String, all: &BTreeMap<String, ByServer>) {
    out.push_str(
        "| scenario | server | request | a second | p50 ms | p95 | p99 | p99.9 | not answered well |\n\
         | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for (scenario, servers) in all {
        for (server, reports) in servers {
            for kind in ["register", "start", "paper", "save", "submit", "outcome", "read"] {
                let base = format!("/kinds/{kind}");
                let Some(count) = median(reports, &format!("{base}/count")) else {
                    continue;
                };
                let seconds = median(reports, "/seconds").unwrap_or(1.0);
                let figure = |name: &str| compared(servers, server, &format!("{base}/{name}"), 2);
                let _ = writeln!(
                    out,
                    "| {scenario} | {server} | {kind} | {} | {} | {} | {} | {} | {} |",
                    grouped(count / seconds, 0),
                    figure("p50"),
                    figure("p95"),
                    figure("p99"),
                    figure("p999"),
                    grouped(
                        reports.iter().map(|report| faults(report, kind)).sum::<u64>() as f64,
                        0
                    ),
                );
            }
        }
    }
    out.push('\n');
}

/// Requests of a kind that were not answered well.
fn faults(report: &Value, kind: &str) -> u64 {
    let sum = |name: &str, counts: fn(&str) -> bool| {
        let map = report
            .pointer(&format!("/kinds/{kind}/{name}"))
            .and_then(Value::as_object);
        let counted = map.into_iter().flatten().filter(|(key, _)| counts(key));
        counted.filter_map(|(_, count)| count.as_u64()).sum::<u64>()
    };
    sum("statuses", |status| !status.starts_with(['2', '3'])) + sum("failures", |_| true)
}

/// More than the server can do.
fn storms(out: &mut String, all: &BTreeMap<String, ByServer>) {
    let shown: Vec<_> = all
        .iter()
        .filter(|(name, _)| name.starts_with("overload"))
        .collect();
    if shown.is_empty() {
        return;
    }
    out.push_str(
        "| scenario | server | knee entries/s | completed in the storm | of the knee | refused | refusal p50 / p99 ms | \
         Retry-After s | failed | back to normal after s |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for (scenario, servers) in shown {
        for (server, reports) in servers {
            let figure = |path: &str, digits| {
                median(reports, path).map_or_else(|| "–".to_owned(), |value| grouped(value, digits))
            };
            let of_start = |name: &str| figure(&format!("/kinds/start/refused/{name}"), 2);
            let waits = [0, 1].map(|end| figure(&format!("/refusals/retry_after/{end}"), 0));
            let wait = if waits[0] == "–" {
                "–".to_owned()
            } else {
                waits.join(" to ")
            };
            let failed: u64 = reports.iter().map(failures).sum();
            let _ = writeln!(
                out,
                "| {scenario} | {server} | {} | {} | {} | {} | {} / {} | {wait} | {failed} | {} |",
                figure("/more/knee_entries_per_s", 0),
                figure("/entries_per_s", 0),
                figure("/more/goodput_of_knee", 2),
                figure("/refusals/count", 0),
                of_start("p50"),
                of_start("p99"),
                figure("/more/recovered_after_s", 1),
            );
        }
    }
    out.push('\n');
}

/// Requests without an answer, and answers that blame the server for more than being busy.
fn failures(report: &Value) -> u64 {
    let kinds = report.get("kinds").and_then(Value::as_object);
    let of_kind = |kind: &Value| {
        let sum = |name: &str, counts: fn(&str) -> bool| {
            let map = kind.get(name).and_then(Value::as_object);
            let counted = map.into_iter().flatten().filter(|(key, _)| counts(key));
            counted.filter_map(|(_, count)| count.as_u64()).sum::<u64>()
        };
        sum("failures", |_| true) + sum("statuses", |status| status.starts_with('5') && status != "503")
    };
    kinds.into_iter().flatten().map(|(_, kind)| of_kind(kind)).sum()
}

/// Marks in a document: what stands between them is written anew.
const MARKS: (&str, &str) = ("<!-- begin of bin/bench -->", "<!-- end of bin/bench -->");

/// Puts tables into a document between the marks.
pub(crate) fn put(document: &Path, tables: &str) -> anyhow::Result<()> {
    let text = std::fs::read_to_string(document).with_context(|| document.display().to_string())?;
    let text = replace(&text, tables).with_context(|| format!("{} has no marks", document.display()))?;
    std::fs::write(document, text).with_context(|| document.display().to_string())
}

fn replace(text: &str, tables: &str) -> Option<String> {
    let (before, rest) = text.split_once(MARKS.0)?;
    let (_, after) = rest.split_once(MARKS.1)?;
    Some(format!(
        "{before}{}\n\n{}\n\n{}{after}",
        MARKS.0,
        tables.trim_end(),
        MARKS.1
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn servers() -> ByServer {
        let report = |rate: f64| json!({ "entries_per_s": rate });
        BTreeMap::from([
            (
                "baseline".to_owned(),
                vec![report(4_000.0), report(5_000.0), report(1.0)],
            ),
            ("hoithi".to_owned(), vec![report(2_000.0), report(3_000.0)]),
        ])
    }

    #[test]
    fn a_figure_is_a_median_and_a_ratio_to_the_baseline() {
        let servers = servers();
        assert_eq!(compared(&servers, "hoithi", "/entries_per_s", 0), "2,500 (×0.62)");
        assert_eq!(compared(&servers, "baseline", "/entries_per_s", 0), "4,000");
        assert_eq!(compared(&servers, "hoithi", "/nothing", 0), "–");
    }

    #[test]
    fn long_numbers_are_grouped() {
        assert_eq!(grouped(1_234_567.4, 0), "1,234,567");
        assert_eq!(grouped(999.0, 0), "999");
        assert_eq!(grouped(-1_234.5, 1), "-1,234.5");
    }

    #[test]
    fn only_what_stands_between_the_marks_is_written_anew() {
        let text = format!("before\n{}\nold\n{}\nafter\n", MARKS.0, MARKS.1);
        let once = replace(&text, "| new |\n").unwrap();
        assert!(once.starts_with("before\n") && once.ends_with("\nafter\n"));
        assert!(once.contains("| new |") && !once.contains("old"));
        assert_eq!(replace(&once, "| new |\n").unwrap(), once);
        assert!(replace("no marks", "x").is_none());
    }

    #[test]
    fn refusals_are_no_failures_but_other_faults_of_the_server_are() {
        let report = json!({ "kinds": { "save": { "statuses": { "200": 9, "503": 5, "500": 2 }, "failures": { "timeout": 1 } } } });
        assert_eq!(failures(&report), 3);
        assert_eq!(faults(&report, "save"), 8);
    }
}
