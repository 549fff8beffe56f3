//! What processes use of the machine, as `/proc` tells it.
//!
//! Owns reading CPU time and resident memory of named process groups; a group is a process with all its descendants.

use anyhow::Context;
use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;

/// A named process to watch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Watched {
    /// As the report names it.
    pub(crate) name: String,
    /// Its number; descendants count with it.
    pub(crate) pid: u32,
}

/// Reads `server=4711`.
pub(crate) fn parse(text: &str) -> Result<Watched, String> {
    let read = text.split_once('=').and_then(|(name, pid)| {
        Some(Watched {
            name: name.to_owned(),
            pid: pid.parse().ok()?,
        })
    });
    read.ok_or_else(|| "it is NAME=PID".to_owned())
}

/// What a group has used so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Used {
    /// CPU time, user and system, of living processes and of children that have ended.
    pub(crate) cpu: Duration,
    /// Resident memory of its first process, bytes.
    pub(crate) resident: u64,
}

/// One line of `/proc/PID/stat`, as far as it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stat {
    parent: u32,
    /// Clock ticks, own and of children waited for.
    own: u64,
    children: u64,
    pages: u64,
}

/// Linux counts process times for user space in hundredths of a second on every architecture we know.
const TICK: Duration = Duration::from_millis(10);
/// The page size of every machine we measure on.
const PAGE: u64 = 4096;

fn read_stat(line: &str) -> Option<Stat> {
    // The name in brackets may hold anything, also brackets; what follows the last one is regular.
    let (_, rest) = line.rsplit_once(')')?;
    let fields: Vec<&str> = rest.split_whitespace().collect();
    let number = |at: usize| fields.get(at)?.parse::<u64>().ok();
    Some(Stat {
        parent: u32::try_from(number(1)?).ok()?,
        own: number(11)? + number(12)?,
        children: number(13)? + number(14)?,
        pages: number(21)?,
    })
}

/// What each watched group has used so far; one whose process is gone is left out.
pub(crate) fn usage(watched: &[Watched]) -> anyhow::Result<BTreeMap<String, Used>> {
    let mut all = BTreeMap::new();
    if watched.iter().any(|one| one.pid != std::process::id()) {
        for entry in fs::read_dir("/proc").context("cannot read /proc")?.flatten() {
            let pid = entry
                .file_name()
                .to_str()
                .and_then(|name| name.parse::<u32>().ok());
            let stat = pid.and_then(|pid| fs::read_to_string(format!("/proc/{pid}/stat")).ok());
            if let (Some(pid), Some(stat)) = (pid, stat.as_deref().and_then(read_stat)) {
                all.insert(pid, stat);
            }
        }
    } else if let Ok(own) = fs::read_to_string("/proc/self/stat") {
        all.extend(read_stat(&own).map(|stat| (std::process::id(), stat)));
    }
    let used = watched.iter().filter_map(|one| {
        let first = all.get(&one.pid)?;
        let others: Vec<u32> = watched.iter().map(|other| other.pid).collect();
        let ticks = first.children
            + family(&all, one.pid, &others)
                .iter()
                .map(|stat| stat.own)
                .sum::<u64>();
        let used = Used {
            cpu: TICK * u32::try_from(ticks).unwrap_or(u32::MAX),
            resident: first.pages * PAGE,
        };
        Some((one.name.clone(), used))
    });
    Ok(used.collect())
}

/// A process and its descendants, without those watched by themselves.
fn family(all: &BTreeMap<u32, Stat>, pid: u32, others: &[u32]) -> Vec<Stat> {
    let mut members = Vec::new();
    let mut next = vec![pid];
    while let Some(one) = next.pop() {
        members.extend(all.get(&one));
        let children = all
            .iter()
            .filter(|(child, stat)| stat.parent == one && !others.contains(child));
        next.extend(children.map(|(child, _)| *child));
    }
    members
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_brackets_does_not_shift_the_fields() {
        let line = "42 (a) b (c)) S 7 42 42 0 -1 4194560 1 2 3 4 50 25 10 5 20 0 9 0 12345 1000 300 184";
        let stat = read_stat(line).unwrap();
        assert_eq!(
            (stat.parent, stat.own, stat.children, stat.pages),
            (7, 75, 15, 300)
        );
    }

    #[test]
    fn this_process_is_found() {
        let me = Watched {
            name: "me".to_owned(),
            pid: std::process::id(),
        };
        assert!(usage(&[me]).unwrap()["me"].resident > 0);
    }

    #[test]
    fn descendants_count_unless_they_are_watched_themselves() {
        let stat = |parent| Stat {
            parent,
            own: 1,
            children: 0,
            pages: 0,
        };
        let all = BTreeMap::from([
            (1, stat(0)),
            (2, stat(1)),
            (3, stat(2)),
            (4, stat(1)),
            (5, stat(4)),
        ]);
        assert_eq!(family(&all, 1, &[1, 4]).len(), 3);
        assert_eq!(family(&all, 4, &[1, 4]).len(), 2);
    }

    #[test]
    fn a_watched_process_is_a_name_and_a_number() {
        assert_eq!(parse("redis=12").unwrap().pid, 12);
        assert!(parse("redis").is_err() && parse("redis=x").is_err());
    }
}
