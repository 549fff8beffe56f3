//! Visits: people who come by plan, each with a connection of their own, think, and go.
//!
//! Owns the crowds of a contest day: an ordinary hour, the opening, the closing minute, and far too many at once.

use crate::closed::seated;
use crate::dice::Dice;
use crate::journey::{QUESTIONS, Sitting, Step, Visitor};
use crate::people::first_number;
use crate::plan::{Pace, closing, counted_from, opening, steady};
use crate::run::{Course, Run};
use crate::tally::Shared;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::task::JoinHandle;

/// Those who come do so much of a visit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Visit {
    /// Starts and looks at the questions; this share, in percent, registers before.
    Start(u32),
    /// A whole entry, thinking over each question.
    Thoughtful(Pace),
    /// A whole entry without a pause.
    Hasty,
}

/// What bounds a crowd.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Crowd {
    /// Connections at a time; whoever comes beyond that is not let out of the door, and counted.
    pub(crate) connections: usize,
    /// What they do.
    pub(crate) visit: Visit,
}

/// People who come at a rate.
pub(crate) async fn ordinary(run: &Run, rate: f64, crowd: Crowd) -> anyhow::Result<(Course, usize)> {
    let mut course = Course::over(run.window());
    let length = course.window.1.saturating_duration_since(Instant::now());
    let plan = steady(&mut Dice::new(run.seed), rate, length);
    let coming = tokio::spawn(come(run.clone(), course.tally.clone(), plan, crowd));
    course.until_end(run).await?;
    let kept_out = coming.await??;
    Ok((course, kept_out))
}

/// A number of people who come as the round opens.
pub(crate) async fn rush(
    run: &Run,
    count: usize,
    within: Duration,
    crowd: Crowd,
) -> anyhow::Result<(Course, usize)> {
    let mut course = Course::from_now(run)?;
    let plan = opening(&mut Dice::new(run.seed), count, within);
    let kept_out = come(run.clone(), course.tally.clone(), plan, crowd).await?;
    course.finish(run)?;
    Ok((course, kept_out))
}

/// A number of people whose attempts run and who save once more and hand in at the last moment.
pub(crate) async fn last_minute(run: &Run, count: usize, within: Duration) -> anyhow::Result<Course> {
    let sittings = seated(run, count).await?;
    let visitors = connected(run, sittings).await;
    let mut course = Course::from_now(run)?;
    let begin = Instant::now();
    let plan = closing(&mut Dice::new(run.seed), count, within);
    let submitting = visitors.into_iter().zip(plan).map(|(mut visitor, offset)| {
        let tally = course.tally.clone();
        visitor.count_in(&tally);
        tokio::spawn(async move {
            let begun = due(begin + offset, &tally).await;
            let smooth = visitor.save(QUESTIONS, 1, begun).await == Step::Done;
            match visitor.submit(1, Instant::now()).await {
                Step::Done => tally.open().completed(begun, smooth),
                Step::Refused(_) => tally.open().abandoned(),
            }
        })
    });
    let submitting: Vec<_> = submitting.collect();
    for one in submitting {
        one.await?;
    }
    course.finish(run)?;
    Ok(course)
}

/// Everybody has a connection already when the last minute begins.
async fn connected(run: &Run, sittings: Vec<Sitting>) -> Vec<Visitor> {
    let now = Instant::now();
    let unmeasured = Shared::new(now, now, now);
    let mut visitors = Vec::with_capacity(sittings.len());
    for sitting in sittings {
        let mut visitor = Visitor::new(&run.site, &unmeasured);
        visitor.change(sitting);
        // Whoever cannot connect now is told so by the first request.
        let _ = visitor.connect().await;
        visitors.push(visitor);
    }
    visitors
}

/// Three stretches with the same tally: calm, storm, calm again.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Storm {
    /// Arrivals a second in calm.
    pub(crate) calm: f64,
    /// Arrivals a second in the storm.
    pub(crate) storm: f64,
    /// Length of each calm.
    pub(crate) before: Duration,
    /// See `before`.
    pub(crate) after: Duration,
}

/// What a storm has shown beside the figures of its own window.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Aftermath {
    /// 99 of 100 saves took no longer in the calm before, milliseconds.
    pub(crate) calm_p99_ms: f64,
    /// Seconds after the storm until saves were as quick again; none if they were not.
    pub(crate) recovered_s: Option<f64>,
    /// People for whom there was no connection left.
    pub(crate) kept_out: usize,
}

/// More than the server can do, and how it gets over that.
pub(crate) async fn storm(run: &Run, storm: Storm, crowd: Crowd) -> anyhow::Result<(Course, Aftermath)> {
    let origin = Instant::now();
    let begin = origin + storm.before;
    let mut course = Course::over((begin, begin + run.measure));
    let mut dice = Dice::new(run.seed);
    let mut plan = steady(&mut dice, storm.calm, storm.before);
    let mut add = |rate, from: Duration, length| {
        plan.extend(
            steady(&mut dice, rate, length)
                .into_iter()
                .map(|offset| from + offset),
        );
    };
    add(storm.storm, storm.before, run.measure);
    add(storm.calm, storm.before + run.measure, storm.after);
    let coming = tokio::spawn(come(run.clone(), course.tally.clone(), plan, crowd));
    course.until_end(run).await?;
    let kept_out = coming.await??;
    let (calm_p99_ms, recovered_s) = recovery(&course, storm.before, run.measure);
    Ok((
        course,
        Aftermath {
            calm_p99_ms,
            recovered_s,
            kept_out,
        },
    ))
}

/// The 99th percentile of saves in the calm before, and the time after the storm until two slices in a row are at most
/// twice that, without a refusal or failure.
fn recovery(course: &Course, before: Duration, measure: Duration) -> (f64, Option<f64>) {
    let tally = course.tally.open();
    let slice_of =
        |at: Duration| usize::try_from(at.as_millis() / crate::tally::SLICE.as_millis()).unwrap_or(0);
    let mut calm: Vec<u64> = tally
        .slices
        .iter()
        .take(slice_of(before))
        .skip(2)
        .map(|slice| slice.saves.at(0.99))
        .collect();
    calm.sort_unstable();
    let normal = calm.get(calm.len() / 2).copied().unwrap_or(0);
    // Below five milliseconds nobody can tell the difference.
    let limit = (2 * normal).max(5_000);
    let after = slice_of(before + measure);
    let quiet: Vec<bool> = tally
        .slices
        .iter()
        .skip(after)
        .map(|slice| {
            slice.saves.count() > 0 && slice.saves.at(0.99) <= limit && slice.refused + slice.failed == 0
        })
        .collect();
    let first = quiet.windows(2).position(|pair| pair.iter().all(|quiet| *quiet));
    let seconds = first.map(|slices| slices as f64 * crate::tally::SLICE.as_secs_f64());
    (normal as f64 / 1000.0, seconds)
}

/// Lets people come by plan; the number of those for whom there was no connection.
async fn come(run: Run, tally: Shared, plan: Vec<Duration>, crowd: Crowd) -> anyhow::Result<usize> {
    let begin = Instant::now();
    let inside = Arc::new(AtomicUsize::new(0));
    let (mut kept_out, mut visits) = (0, Vec::new());
    for (number, offset) in (0u64..).zip(plan) {
        let planned = due(begin + offset, &tally).await;
        if inside.load(Ordering::Relaxed) >= crowd.connections || !run.may_go_on() {
            kept_out += 1;
            continue;
        }
        inside.fetch_add(1, Ordering::Relaxed);
        let guest = Guest {
            run: run.clone(),
            tally: tally.clone(),
            number,
            inside: Arc::clone(&inside),
        };
        visits.push(tokio::spawn(guest.visit(crowd.visit, planned)));
        if visits.len() % 4_096 == 0 {
            visits.retain(|visit: &JoinHandle<()>| !visit.is_finished());
        }
    }
    for visit in visits {
        visit.await?;
    }
    Ok(kept_out)
}

/// Waits for a planned moment; the moment from which its latency counts.
async fn due(planned: Instant, tally: &Shared) -> Instant {
    if Instant::now() < planned {
        tokio::time::sleep_until(planned.into()).await;
    }
    let now = Instant::now();
    tally.open().lateness.note(now.saturating_duration_since(planned));
    counted_from(planned, now)
}

struct Guest {
    run: Run,
    tally: Shared,
    number: u64,
    inside: Arc<AtomicUsize>,
}

impl Guest {
    async fn visit(self, visit: Visit, planned: Instant) {
        let mut visitor = Visitor::new(&self.run.site, &self.tally);
        let (person, dice) = self.run.next_person();
        visitor.seat(person);
        match visit {
            Visit::Start(new) => self.begin(&mut visitor, u64::from(new), planned).await,
            Visit::Thoughtful(pace) => self.think(&mut visitor, pace, Dice::new(dice), planned).await,
            Visit::Hasty => {
                let _ = visitor.entry(planned, dice).await;
            }
        }
        self.inside.fetch_sub(1, Ordering::Relaxed);
    }

    async fn begin(&self, visitor: &mut Visitor, new: u64, planned: Instant) {
        let mut planned = planned;
        if self.number % 100 < new {
            let number = first_number(self.run.seed) + 500_000 + self.number;
            if visitor.register(number, &self.run.unit, planned).await != Step::Done {
                return self.tally.open().abandoned();
            }
            planned = Instant::now();
        }
        match visitor.start(planned).await {
            Step::Done => self.tally.open().completed(planned, true),
            Step::Refused(_) => self.tally.open().abandoned(),
        }
    }

    async fn think(&self, visitor: &mut Visitor, pace: Pace, mut dice: Dice, planned: Instant) {
        if visitor.start(planned).await != Step::Done {
            return self.tally.open().abandoned();
        }
        let (mut at, mut smooth) = (Instant::now(), true);
        for question in 1..=QUESTIONS {
            at += pace.pause(&mut dice);
            let option = dice.bits() as u8 % 4;
            smooth &= visitor.save(question, option, due(at, &self.tally).await).await == Step::Done;
        }
        at += pace.pause(&mut dice);
        let begun = due(at, &self.tally).await;
        match visitor.submit(dice.bits() as u32 % 400_000, begun).await {
            Step::Done => self.tally.open().completed(planned, smooth),
            Step::Refused(_) => self.tally.open().abandoned(),
        }
    }
}
