//! The pieces of the live board as they stand on the page, and as they are sent anew when they change.
//!
//! Owns turning a look into words, a chart and a table; the same code makes the page and the stream.

use super::hub::{MINUTES, Seen};
use crate::domain::catalog::Contest;
use crate::domain::ids::UnitId;
use crate::domain::round::Round;
use crate::domain::watch::{Alarm, alarms};
use crate::i18n::{Lang, text};
use crate::store::live::Progress;
use crate::web::words::{count, say};
use crate::web::{WebError, format};
use askama::Template;
use std::collections::BTreeMap;
use time::{Duration, OffsetDateTime};

/// Units in the table.
const UNITS: usize = 20;
/// Width and height of the chart, in its own units.
const CHART: (i64, i64) = (340, 120);

/// The pieces, each as HTML.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Parts {
    pub(super) alarms: String,
    pub(super) figures: String,
    pub(super) chart: String,
    pub(super) units: String,
    pub(super) time: String,
}

impl Parts {
    /// The pieces by name.
    pub(super) fn named(&self) -> [(&'static str, &str); 5] {
        [
            ("alarms", &self.alarms),
            ("figures", &self.figures),
            ("chart", &self.chart),
            ("units", &self.units),
            ("time", &self.time),
        ]
    }
}

#[derive(Template)]
#[template(path = "console/board-alarms.html")]
struct AlarmsPart {
    quiet: String,
    alarms: Vec<(bool, String)>,
}

#[derive(Template)]
#[template(path = "console/board-figures.html")]
struct FiguresPart {
    figures: Vec<(&'static str, String, String)>,
}

#[derive(Template)]
#[template(path = "console/board-chart.html")]
struct ChartPart {
    message: String,
    measure: String,
    said: String,
    line: String,
    size: (i64, i64),
    from: String,
    to: String,
}

#[derive(Template)]
#[template(path = "console/board-units.html")]
struct UnitsPart {
    empty: Option<String>,
    caption: String,
    heads: [String; 4],
    rows: Vec<UnitLine>,
    rest: Option<String>,
}

struct UnitLine {
    name: String,
    /// Length of the bar, percent.
    bar: i64,
    attempts: String,
    people: String,
    rate: String,
}

/// The pieces of a look.
pub(super) fn parts(lang: Lang, contest: &Contest, round: &Round, seen: &Seen) -> Result<Parts, WebError> {
    let mut parts = Parts {
        alarms: warnings(lang, seen)?,
        time: say(lang, "board-as-of", &[("at", &format::exact(lang, seen.at))]),
        ..Parts::default()
    };
    if let Some((at, progress)) = &seen.progress {
        parts.figures = figures(lang, round, progress, *at)?;
        parts.chart = chart(lang, progress, *at)?;
        parts.units = units(lang, contest, progress)?;
    }
    Ok(parts)
}

fn warnings(lang: Lang, seen: &Seen) -> Result<String, WebError> {
    let found = alarms(&seen.health);
    let part = AlarmsPart {
        quiet: text(lang, "board-quiet", &[]),
        alarms: found
            .iter()
            .map(|alarm| (alarm.is_grave(), warning(lang, *alarm)))
            .collect(),
    };
    Ok(part.render()?)
}

fn warning(lang: Lang, alarm: Alarm) -> String {
    let number = |n: u64| format::number(lang, i64::try_from(n).unwrap_or(i64::MAX));
    let since = |key, at| say(lang, key, &[("at", &format::exact(lang, at))]);
    let share = |key, n, all| say(lang, key, &[("n", &number(n)), ("all", &number(all))]);
    match alarm {
        Alarm::PostgresAway(at) => since("board-alarm-postgres", at),
        Alarm::RedisAway(at) => since("board-alarm-redis", at),
        Alarm::WorkerLate(n, at) => say(
            lang,
            "board-alarm-late",
            &[("n", &format::number(lang, n)), ("at", &format::exact(lang, at))],
        ),
        Alarm::Faults(n, all) => share("board-alarm-faults", n, all),
        Alarm::Crowded(n, all) => share("board-alarm-crowded", n, all),
        Alarm::DiskLow(room) => say(lang, "board-alarm-disk", &[("n", &number(room.free >> 20))]),
        Alarm::SuspectKeys(n) => say(lang, "board-alarm-keys", &[("n", &number(n))]),
        Alarm::Uncounted(n) => say(lang, "board-alarm-uncounted", &[("n", &format::number(lang, n))]),
        Alarm::ReplicaAway => text(lang, "board-alarm-replica", &[]),
        Alarm::ReplicaBehind(lag) => say(
            lang,
            "board-alarm-replica-late",
            &[("n", &format::number(lang, lag.whole_seconds()))],
        ),
    }
}

fn figures(lang: Lang, round: &Round, progress: &Progress, at: OffsetDateTime) -> Result<String, WebError> {
    // The minute that runs says too little; the five before it say how busy it is.
    let this = minute(at);
    let recent: i64 = progress
        .minutes
        .range(this - Duration::minutes(5)..this)
        .map(|(_, n)| n)
        .sum();
    let questions = round.rules.paper.question_count().to_string();
    let figure = |name, n: i64, key: &str| {
        let words = say(lang, key, &[("questions", &questions)]);
        (name, format::number(lang, n), words)
    };
    let part = FiguresPart {
        figures: vec![
            figure("running", progress.running, "board-running"),
            figure("attempts", progress.attempts, "board-attempts"),
            figure("people", progress.people, "board-people"),
            figure("per-minute", (recent + 2) / 5, "board-per-minute"),
            figure("all-right", progress.all_correct, "board-all-right"),
        ],
    };
    Ok(part.render()?)
}

fn minute(at: OffsetDateTime) -> OffsetDateTime {
    at.replace_second(0)
        .and_then(|at| at.replace_nanosecond(0))
        .unwrap_or(at)
}

fn chart(lang: Lang, progress: &Progress, at: OffsetDateTime) -> Result<String, WebError> {
    let to = minute(at);
    let from = to - Duration::minutes(MINUTES);
    let count_at = |n: i64| progress.minutes.get(&(from + Duration::minutes(n))).copied();
    let counts: Vec<i64> = (0..=MINUTES).map(|n| count_at(n).unwrap_or(0)).collect();
    let (busiest, most) = (0i64..)
        .zip(&counts)
        .max_by_key(|(_, n)| **n)
        .map_or((0, 0), |(place, n)| (place, *n));
    let (width, height) = CHART;
    let level = |n: i64| height - n * (height - 8) / most.max(1);
    // Steps, one a minute: a slope between two minutes would say something that was not counted.
    let steps = (0i64..).zip(&counts).map(|(place, n)| {
        let (left, right) = (place * width / (MINUTES + 1), (place + 1) * width / (MINUTES + 1));
        format!("{left} {y}H{right}", y = level(*n))
    });
    let line = format!("M0 {height}L{}V{height}Z", steps.collect::<Vec<_>>().join("L"));
    let clock = format::clock_minute;
    let message = if most > 0 {
        let when = clock(from + Duration::minutes(busiest));
        say(
            lang,
            "board-chart-most",
            &[("attempts", &count(lang, "attempts", most)), ("at", &when)],
        )
    } else {
        text(lang, "board-chart-none", &[])
    };
    let said: Vec<String> = progress
        .minutes
        .range(from..)
        .map(|(at, n)| format!("{}: {n}", clock(*at)))
        .collect();
    let part = ChartPart {
        message,
        measure: say(
            lang,
            "board-chart-measure",
            &[("from", &clock(from)), ("to", &clock(to))],
        ),
        said: said.join("; "),
        line,
        size: CHART,
        from: clock(from),
        to: clock(to),
    };
    Ok(part.render()?)
}

fn units(lang: Lang, contest: &Contest, progress: &Progress) -> Result<String, WebError> {
    let sums = with_below(contest, &progress.units);
    let tops = contest.units.iter().filter(|unit| unit.level == 1);
    let mut counted: Vec<_> = tops
        .filter_map(|unit| {
            sums.get(&unit.id)
                .map(|(attempts, people)| (unit, *attempts, *people))
        })
        .collect();
    counted.sort_by_key(|(unit, attempts, _)| (std::cmp::Reverse(*attempts), unit.id));
    let most = counted.first().map_or(1, |(_, attempts, _)| (*attempts).max(1));
    let silent = contest.units.iter().filter(|unit| unit.level == 1).count() - counted.len();
    let more = counted.len().saturating_sub(UNITS);
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let line = |(unit, attempts, people): &(&crate::domain::unit::Unit, i64, i64)| {
        let headcount = unit.definition.headcount.filter(|n| *n > 0);
        UnitLine {
            name: unit.definition.name.clone(),
            bar: (attempts * 100 / most).max(1),
            attempts: format::number(lang, *attempts),
            people: format::number(lang, *people),
            rate: headcount.map_or_else(String::new, |n| {
                format::percent(lang, people * 10_000 / i64::from(n))
            }),
        }
    };
    let heads = ["unit-word", "unit-attempts", "unit-people", "unit-rate"];
    let notes = [
        (more > 0).then(|| count(lang, "board-units-more", number(more))),
        (silent > 0).then(|| count(lang, "board-units-silent", number(silent))),
    ];
    let notes: Vec<String> = notes.into_iter().flatten().collect();
    let part = UnitsPart {
        empty: counted.is_empty().then(|| text(lang, "board-units-none", &[])),
        caption: text(lang, "board-units-caption", &[]),
        heads: heads.map(|key| text(lang, key, &[])),
        rows: counted.iter().take(UNITS).map(line).collect(),
        rest: (!notes.is_empty()).then(|| notes.join(" ")),
    };
    Ok(part.render()?)
}

/// Attempts and people of each unit, those of the units below it added.
fn with_below(contest: &Contest, own: &BTreeMap<UnitId, (i64, i64)>) -> BTreeMap<UnitId, (i64, i64)> {
    let mut sums: BTreeMap<UnitId, (i64, i64)> = BTreeMap::new();
    for unit in &contest.units {
        let Some((attempts, people)) = own.get(&unit.id) else {
            continue;
        };
        for id in std::iter::once(&unit.id).chain(&unit.ancestors) {
            let sum = sums.entry(*id).or_default();
            sum.0 += attempts;
            sum.1 += people;
        }
    }
    sums
}
