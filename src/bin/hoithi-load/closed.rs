//! The closed loop: so many users, each beginning the next entry when the last is done.
//!
//! Shows how much the server can do; how long people wait under a given crowd the open loop tells.

use crate::journey::Visitor;
use crate::run::{Course, Run};
use std::time::{Duration, Instant};

/// Whole entries by `users` at the same time.
pub(crate) async fn entries(run: &Run, users: usize) -> anyhow::Result<Course> {
    let course = Course::begin(run, run.window()).await?;
    let mut loops = Vec::new();
    for _ in 0..users {
        let (run, tally) = (run.clone(), course.tally.clone());
        loops.push(tokio::spawn(async move {
            let mut visitor = Visitor::new(&run.site, &tally);
            let end = tally.open().end;
            while Instant::now() < end && run.may_go_on() {
                let (person, dice) = run.next_person();
                visitor.seat(person);
                let before = tally.open().abandoned;
                visitor.entry(Instant::now(), dice).await;
                if tally.open().abandoned > before {
                    // A server that refuses at once would otherwise be asked as fast as this machine can.
                    tokio::time::sleep(Duration::from_millis(20)).await;
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
