//! Instructions of each journey, counted by callgrind when this program runs under it, as `bin/test` lets it.
//!
//! Owns the marks between which callgrind counts, reading what it wrote, and the comparison with `instructions.txt`. They are
//! instructions of everything in this process, of a build without optimisation: good for telling that a journey has grown,
//! not for telling what it takes on a server.

use std::fmt::Write as _;
use std::path::Path;

/// Percent by which a count may grow: another compiler, a turn of a timer.
const ROOM: u64 = 15;
/// Journeys above this hash a password, with whatever vectors the processor has, so that their counts differ between
/// machines; by how much was not measured, so they may double.
const HASHES: u64 = 100_000_000;
/// The counts that are kept, one journey a line.
const KEPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cost/instructions.txt");

/// Called right before a journey: callgrind forgets what it has counted (`--zero-before`).
#[inline(never)]
pub fn counted_from_here() {
    std::hint::black_box(1u8);
}

/// Called right after it: callgrind writes down what it has counted (`--dump-before`).
#[inline(never)]
pub fn counted_to_here() {
    std::hint::black_box(2u16);
}

/// Where callgrind writes, if this program runs under it.
#[expect(
    clippy::disallowed_methods,
    reason = "the environment tells under what this program runs"
)]
fn written_to() -> Option<String> {
    std::env::var("HOITHI_CALLGRIND").ok()
}

/// Whether somebody counts.
pub fn are_counted() -> bool {
    written_to().is_some()
}

/// What has grown, if somebody counts. `steps` names the journeys in the order in which they were made. Where nothing is
/// kept yet, what was counted is kept.
pub fn grown(steps: &[&str]) -> String {
    let Some(written) = written_to() else {
        return String::new();
    };
    let files = (1..).zip(steps).map(|(part, name)| {
        let file = format!("{written}.{part}");
        let told = std::fs::read(&file).unwrap_or_else(|error| panic!("{file}: {error}"));
        let total = total(&String::from_utf8_lossy(&told));
        (*name, total.unwrap_or_else(|| panic!("{file} tells no total")))
    });
    let counted = least(files);
    let table = table(&counted);
    match std::fs::read_to_string(KEPT) {
        Ok(kept) => {
            let faults = faults(&counted, &kept);
            match faults.is_empty() {
                true => faults,
                false => format!("{faults}\ncounted now:\n{table}"),
            }
        }
        Err(_) => {
            std::fs::write(Path::new(KEPT), table).unwrap();
            String::new()
        }
    }
}

/// The total of one file of callgrind.
fn total(told: &str) -> Option<u64> {
    let line = told.lines().find_map(|line| line.strip_prefix("totals:"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// The least count of each journey, in the order in which they first came.
fn least<'a>(all: impl IntoIterator<Item = (&'a str, u64)>) -> Vec<(&'a str, u64)> {
    let mut least: Vec<(&str, u64)> = Vec::new();
    for (name, count) in all {
        match least.iter_mut().find(|(known, _)| *known == name) {
            Some((_, before)) => *before = count.min(*before),
            None => least.push((name, count)),
        }
    }
    least
}

fn table(counted: &[(&str, u64)]) -> String {
    let mut table = String::new();
    for (name, count) in counted {
        writeln!(table, "{name}: {count}").unwrap();
    }
    table
}

/// What has grown against the table that is kept, in words.
fn faults(counted: &[(&str, u64)], kept: &str) -> String {
    let mut faults = String::new();
    for (name, now) in counted {
        let row = kept.lines().find_map(|line| {
            let (known, count) = line.rsplit_once(": ")?;
            (known == *name).then(|| count.parse::<u64>().unwrap())
        });
        let Some(before) = row else {
            writeln!(faults, "{name} has no row in instructions.txt").unwrap();
            continue;
        };
        let room = if before > HASHES { 100 } else { ROOM };
        let most = before + before * room / 100;
        if *now > most {
            writeln!(
                faults,
                "{name}: {now} instructions, {before} before, {most} allowed"
            )
            .unwrap();
        }
    }
    faults
}

#[test]
fn a_journey_that_takes_more_instructions_is_named() {
    let kept = "an address that is not there, by API: 500\nsave by API: 1000\n";
    assert_eq!(faults(&[("save by API", 1_150)], kept), "");
    let grown = faults(&[("save by API", 1_151)], kept);
    assert_eq!(
        grown,
        "save by API: 1151 instructions, 1000 before, 1150 allowed\n"
    );
    assert_eq!(
        faults(&[("save by page", 1)], kept),
        "save by page has no row in instructions.txt\n"
    );
    let hashing = "log-in by API: 300000000";
    assert_eq!(faults(&[("log-in by API", 600_000_000)], hashing), "");
    assert_ne!(faults(&[("log-in by API", 600_000_001)], hashing), "");
    let counted = least([("save by API", 9), ("start by API", 4), ("save by API", 7)]);
    assert_eq!(table(&counted), "save by API: 7\nstart by API: 4\n");
    assert_eq!(
        total("part: 3\nsummary: 12\n\nfn=(1)\n3 4\n\ntotals: 17\n"),
        Some(17)
    );
    assert_eq!(total("part: 3\nsummary: 12\n"), None);
}
