//! Counting how the questions of a round did their work.
//!
//! Owns when counts are carried on: by the worker while a round runs and after, by a page one step, by an export to the
//! end. Whatever is counted is kept, so each submission is read once for each scoring.

use super::Failure;
use crate::app::App;
use crate::domain::catalog::Contest;
use crate::domain::ids::RoundId;
use crate::domain::round::{Round, RoundStage};
use crate::store::items::{Counting, ItemCounts};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use time::OffsetDateTime;

/// Between two looks while another instance is counting.
const PAUSE: Duration = Duration::from_millis(200);

/// What is counted of a round: its questions as they are marked now.
pub fn counting(contest: &Contest, round: &Round) -> Counting {
    Counting {
        round: round.id,
        scoring: round.scoring,
        index: Arc::new(contest.item_index(round)),
    }
}

/// The counts as far as they are after one step more.
pub async fn glance(app: &App, contest: &Contest, round: &Round) -> Result<ItemCounts, Failure> {
    let counting = counting(contest, round);
    app.store.carry_on_items(&counting).await?;
    Ok(app.store.load_items(&counting).await?)
}

/// The counts of every submission there is.
pub async fn whole(app: &App, contest: &Contest, round: &Round) -> Result<ItemCounts, Failure> {
    let counting = counting(contest, round);
    loop {
        if app.store.carry_on_items(&counting).await? == 0 {
            let counts = app.store.load_items(&counting).await?;
            if counts.is_whole() {
                return Ok(counts);
            }
            tokio::time::sleep(PAUSE).await;
        }
    }
}

/// Rounds of which everything is counted, each with its scoring; they need no more looking at.
pub type Counted = BTreeSet<(RoundId, i64)>;

/// Carries on the counts of every round that has opened. Nobody waits for those of a published round: where they are not
/// there any more, they come one step at a time.
pub async fn follow(app: &App, now: OffsetDateTime, counted: &mut Counted) -> Result<(), Failure> {
    let catalog = app.catalog();
    for contest in catalog.contests() {
        for round in contest.rounds.iter().filter(|round| round.has_opened(now)) {
            let place = (round.id, round.scoring);
            if round.stage == RoundStage::Scheduled {
                counted.retain(|(id, _)| *id != round.id);
            } else if counted.contains(&place) {
                continue;
            }
            let counting = counting(contest, round);
            let is_urgent = round.stage != RoundStage::Published;
            let mut more = app.store.carry_on_items(&counting).await? > 0;
            while more && is_urgent {
                more = app.store.carry_on_items(&counting).await? > 0;
            }
            if round.stage != RoundStage::Scheduled && !more {
                counted.insert(place);
            }
        }
    }
    Ok(())
}
