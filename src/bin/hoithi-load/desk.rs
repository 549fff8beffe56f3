//! The desk of an open loop: planned moments come in, are released when they are due, and are taken by whichever
//! connection is free. A plan never waits for an answer; only the taking does, and that wait counts.
//!
//! Owns release and taking; what is done with a moment belongs to its taker.

use crate::plan::counted_from;
use crate::tally::Shared;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;

/// Shared by the connections of a scenario; cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Desk(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    plan: Mutex<Plan>,
    /// One permit for each moment that is released and not yet taken.
    released: Semaphore,
    tally: Shared,
}

#[derive(Debug)]
struct Plan {
    begin: Instant,
    offsets: Vec<Duration>,
    /// The moments released so far, each as that from which its latency counts.
    released: Vec<Instant>,
    taken: usize,
}

impl Desk {
    /// A desk for moments in ascending order, as offsets from `begin`.
    pub(crate) fn new(begin: Instant, offsets: Vec<Duration>, tally: &Shared) -> Self {
        Self(Arc::new(Inner {
            plan: Mutex::new(Plan {
                begin,
                offsets,
                released: Vec::new(),
                taken: 0,
            }),
            released: Semaphore::new(0),
            tally: tally.clone(),
        }))
    }

    /// Releases what is due. Called by every connection after an answer, so that under load moments are met to a
    /// fraction of the timer's millisecond.
    pub(crate) fn release(&self) -> Option<Instant> {
        let now = Instant::now();
        let mut plan = self.0.plan.lock().unwrap_or_else(PoisonError::into_inner);
        let mut count = 0;
        let next = loop {
            let next = plan
                .offsets
                .get(plan.released.len())
                .map(|offset| plan.begin + *offset);
            match next {
                Some(due) if due <= now => {
                    plan.released.push(counted_from(due, now));
                    count += 1;
                    self.0
                        .tally
                        .open()
                        .lateness
                        .note(now.saturating_duration_since(due));
                }
                next => break next,
            }
        };
        self.0.released.add_permits(count);
        next
    }

    /// Waits for the next moment that is free; the moment from which its latency counts, and its place in the plan.
    /// `None` when the plan is over.
    pub(crate) async fn take(&self) -> Option<(Instant, usize)> {
        if let Ok(permit) = self.0.released.acquire().await {
            permit.forget();
        }
        let mut plan = self.0.plan.lock().unwrap_or_else(PoisonError::into_inner);
        let place = plan.taken;
        // A closed desk still hands out what was released before.
        let planned = *plan.released.get(place)?;
        plan.taken += 1;
        Some((planned, place))
    }

    /// Releases moments until the plan is over.
    pub(crate) async fn keep(&self) {
        while let Some(next) = self.release() {
            tokio::time::sleep_until(next.into()).await;
        }
        self.0.released.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn every_planned_moment_is_taken_once_and_in_order() {
        let begin = Instant::now();
        let tally = Shared::new(begin, begin, begin + Duration::from_secs(1));
        let desk = Desk::new(begin, (0..50).map(Duration::from_micros).collect(), &tally);
        let takers: Vec<_> = (0..4)
            .map(|_| {
                let desk = desk.clone();
                tokio::spawn(async move {
                    let mut places = Vec::new();
                    while let Some((_, place)) = desk.take().await {
                        places.push(place);
                    }
                    places
                })
            })
            .collect();
        desk.keep().await;
        let mut places = Vec::new();
        for taker in takers {
            places.extend(taker.await.unwrap());
        }
        places.sort_unstable();
        assert_eq!(places, (0..50).collect::<Vec<_>>());
        assert_eq!(tally.open().lateness.count(), 50);
    }
}
