//! The closed loop: so many users, each beginning the next thing when the last is done.
//!
//! Shows how much the server can do; how long people wait under a given crowd the open loop tells.

use crate::journey::{QUESTIONS, Sitting, Step, Visitor};
use crate::people::first_number;
use crate::run::{Course, Run};
use crate::tally::Shared;
use anyhow::ensure;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// A server that refuses at once would otherwise be asked as fast as this machine can.
pub(crate) const BREATH: Duration = Duration::from_millis(20);
/// Connections that start attempts before a scenario.
const STARTERS: usize = 64;
/// Numbers of people who register while entries are made begin so far behind those who are registered before.
const NEWCOMERS: u64 = 600_000;
/// An attempt that is to run before a scenario is tried to be started so often.
const START_TRIES: usize = 20;

/// Whom a user of the closed loop connects for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Connects {
    /// One connection for everybody who sits down at it.
    Once,
    /// A connection for each person, as people have who come by themselves.
    ForEach,
}

/// Whole entries by `users` at the same time; of a hundred, `new` begin with registering.
pub(crate) async fn entries(run: &Run, users: usize, connects: Connects, new: u64) -> anyhow::Result<Course> {
    let mut course = Course::over(run.window());
    let mut loops = Vec::new();
    let begun = Arc::new(AtomicU64::new(0));
    for _ in 0..users {
        let (run, tally, begun) = (run.clone(), course.tally.clone(), Arc::clone(&begun));
        let mut visitor = Visitor::new(&run.site, &tally);
        let end = course.window.1;
        loops.push(tokio::spawn(async move {
            while Instant::now() < end && run.may_go_on() {
                let (person, dice) = run.next_person();
                if connects == Connects::ForEach {
                    visitor = Visitor::new(&run.site, &tally);
                }
                visitor.seat(person);
                let number = begun.fetch_add(1, Ordering::Relaxed);
                // Spread over the hundred: 37 has no divisor in common with it.
                if number.wrapping_mul(37) % 100 < new {
                    let number = first_number(run.seed) + NEWCOMERS + number;
                    if visitor.register(number, &run.unit, Instant::now()).await != Step::Done {
                        tally.open().abandoned();
                        tokio::time::sleep(BREATH).await;
                        continue;
                    }
                }
                if visitor.entry(Instant::now(), dice).await != Step::Done {
                    tokio::time::sleep(BREATH).await;
                }
            }
        }));
    }
    course.until_end(run).await?;
    for one in loops {
        one.await?;
    }
    Ok(course)
}

/// Attempts that take turns at a connection which only saves: one alone may make 20 calls a second and no more.
const TURNS: usize = 16;

/// The attempts of a connection, the one that sits there first.
pub(crate) struct Turns(VecDeque<Sitting>);

impl Turns {
    /// Attempts that run already, dealt to so many connections.
    pub(crate) async fn seated(run: &Run, connections: usize) -> anyhow::Result<Vec<Self>> {
        let mut sittings = seated(run, connections * TURNS).await?.into_iter();
        let hand = |_| Self(sittings.by_ref().take(TURNS).collect());
        Ok((0..connections).map(hand).collect())
    }

    /// The one that sits down first.
    pub(crate) fn first(&mut self) -> Sitting {
        self.0.pop_front().unwrap_or_default()
    }

    /// Lets the next one sit down.
    pub(crate) fn pass(&mut self, visitor: &mut Visitor) {
        if let Some(next) = self.0.pop_front() {
            self.0.push_back(visitor.change(next));
        }
    }
}

/// Saves alone, over `users` connections, of attempts that run already.
pub(crate) async fn saves(run: &Run, users: usize) -> anyhow::Result<Course> {
    let hands = Turns::seated(run, users).await?;
    let mut course = Course::over(run.window());
    let mut loops = Vec::new();
    for mut turns in hands {
        let mut visitor = Visitor::new(&run.site, &course.tally);
        visitor.change(turns.first());
        let end = course.window.1;
        loops.push(tokio::spawn(async move {
            let mut question = 0;
            while Instant::now() < end {
                turns.pass(&mut visitor);
                question = question % QUESTIONS + 1;
                if visitor.save(question, question as u8, Instant::now()).await != Step::Done {
                    tokio::time::sleep(BREATH).await;
                }
            }
        }));
    }
    course.until_end(run).await?;
    for one in loops {
        one.await?;
    }
    Ok(course)
}

/// Submissions alone, of `count` attempts that run already, over `connections`.
pub(crate) async fn submits(run: &Run, connections: usize, count: usize) -> anyhow::Result<Course> {
    let sittings = Arc::new(Mutex::new(seated(run, count).await?));
    let now = Instant::now();
    let unmeasured = Shared::new(now, now, now);
    let mut visitors = Vec::with_capacity(connections);
    for _ in 0..connections {
        let mut visitor = Visitor::new(&run.site, &unmeasured);
        visitor.connect().await?;
        visitors.push(visitor);
    }
    let mut course = Course::from_now(run)?;
    let mut loops = Vec::new();
    for mut visitor in visitors {
        let (sittings, tally) = (Arc::clone(&sittings), course.tally.clone());
        visitor.count_in(&tally);
        loops.push(tokio::spawn(async move {
            while let Some(sitting) = pop(&sittings) {
                visitor.change(sitting);
                let begun = Instant::now();
                if visitor.submit(1, begun).await == Step::Done {
                    tally.open().completed(begun, true);
                }
            }
        }));
    }
    for one in loops {
        one.await?;
    }
    course.finish(run)?;
    Ok(course)
}

fn pop<T>(from: &Mutex<Vec<T>>) -> Option<T> {
    from.lock().unwrap_or_else(PoisonError::into_inner).pop()
}

/// People whose attempts run; starting them is not measured.
pub(crate) async fn seated(run: &Run, count: usize) -> anyhow::Result<Vec<Sitting>> {
    let now = Instant::now();
    let unmeasured = Shared::new(now, now, now);
    let mut lanes = Vec::new();
    for lane in 0..STARTERS.min(count) {
        let (run, mut visitor) = (run.clone(), Visitor::new(&run.site, &unmeasured));
        lanes.push(tokio::spawn(async move {
            let mut made = Vec::new();
            for _ in (lane..count).step_by(STARTERS) {
                let mut tries = 0;
                loop {
                    visitor.seat(run.next_person().0);
                    if visitor.start(Instant::now()).await == Step::Done {
                        break;
                    }
                    tries += 1;
                    ensure!(tries < START_TRIES, "the server lets nobody start");
                    tokio::time::sleep(BREATH).await;
                }
                made.push(visitor.change(Sitting::default()));
            }
            Ok(made)
        }));
    }
    let mut sittings = Vec::with_capacity(count);
    for lane in lanes {
        sittings.extend(lane.await??);
    }
    Ok(sittings)
}
