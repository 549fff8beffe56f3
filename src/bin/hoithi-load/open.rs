//! The open loop over a fixed number of connections: arrivals come by plan, whether or not the server keeps up.
//!
//! For requests that are independent of each other, and for entries of people who do not think; those who think have
//! connections of their own in `visits`.

use crate::closed::{BREATH, Turns};
use crate::desk::Desk;
use crate::dice::Dice;
use crate::journey::{QUESTIONS, Step, Visitor};
use crate::plan::steady;
use crate::run::{Course, Run};
use std::time::Instant;
use tokio::task::JoinHandle;

/// Saves at a rate, over the connections of as many running attempts.
pub(crate) async fn saves(run: &Run, rate: f64, connections: usize) -> anyhow::Result<Course> {
    let hands = Turns::seated(run, connections).await?;
    let mut course = Course::over(run.window());
    let desk = desk(run, &course, rate, 1);
    let takers = hands.into_iter().map(|mut turns| {
        let (desk, mut visitor) = (desk.clone(), Visitor::new(&run.site, &course.tally));
        visitor.change(turns.first());
        tokio::spawn(async move {
            let mut question = 0;
            while let Some((planned, _)) = desk.take().await {
                turns.pass(&mut visitor);
                question = question % QUESTIONS + 1;
                let _ = visitor.save(question, question as u8, planned).await;
                desk.release();
            }
        })
    });
    let takers = takers.collect();
    end(&mut course, run, &[desk], takers).await?;
    Ok(course)
}

/// Whole entries at a rate.
pub(crate) async fn entries(run: &Run, rate: f64, connections: usize) -> anyhow::Result<Course> {
    let mut course = Course::over(run.window());
    let desk = desk(run, &course, rate, 2);
    let takers = enter(run, &course, &desk, connections);
    end(&mut course, run, &[desk], takers).await?;
    Ok(course)
}

/// Pages read at a rate while entries are made at another.
pub(crate) async fn reading(
    run: &Run,
    paths: &[String],
    rate: f64,
    entry_rate: f64,
    connections: usize,
) -> anyhow::Result<Course> {
    let mut course = Course::over(run.window());
    let (readers, entrants) = (desk(run, &course, rate, 3), desk(run, &course, entry_rate, 2));
    let mut takers = enter(run, &course, &entrants, connections);
    for _ in 0..connections {
        let (desk, paths) = (readers.clone(), paths.to_vec());
        let mut visitor = Visitor::new(&run.site, &course.tally);
        takers.push(tokio::spawn(async move {
            while let Some((planned, place)) = desk.take().await {
                if let Some(path) = paths.get(place % paths.len().max(1)) {
                    let _ = visitor.read(path, planned).await;
                }
                desk.release();
            }
        }));
    }
    end(&mut course, run, &[readers, entrants], takers).await?;
    Ok(course)
}

fn enter(run: &Run, course: &Course, desk: &Desk, connections: usize) -> Vec<JoinHandle<()>> {
    let one = |_| {
        let (run, desk, mut visitor) = (run.clone(), desk.clone(), Visitor::new(&run.site, &course.tally));
        tokio::spawn(async move {
            while let Some((planned, _)) = desk.take().await {
                if !run.may_go_on() {
                    break;
                }
                let (person, dice) = run.next_person();
                visitor.seat(person);
                if visitor.entry(planned, dice).await != Step::Done {
                    tokio::time::sleep(BREATH).await;
                }
                desk.release();
            }
        })
    };
    (0..connections).map(one).collect()
}

/// Arrivals at a rate from now to the end of the window; each `stream` has its own chance.
fn desk(run: &Run, course: &Course, rate: f64, stream: u64) -> Desk {
    let begin = Instant::now();
    let length = course.window.1.saturating_duration_since(begin);
    let mut dice = Dice::new(run.seed.wrapping_mul(1_000).wrapping_add(stream));
    Desk::new(begin, steady(&mut dice, rate, length), &course.tally)
}

async fn end(
    course: &mut Course,
    run: &Run,
    desks: &[Desk],
    takers: Vec<JoinHandle<()>>,
) -> anyhow::Result<()> {
    let keepers: Vec<_> = desks
        .iter()
        .map(|desk| {
            let desk = desk.clone();
            tokio::spawn(async move { desk.keep().await })
        })
        .collect();
    course.until_end(run).await?;
    for one in keepers.into_iter().chain(takers) {
        one.await?;
    }
    Ok(())
}
