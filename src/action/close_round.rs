//! Closing a round: every attempt finished, nothing more let in, counts frozen.
//!
//! Owns the order and the list of what stands in the way. Repeating it after a crash goes on where it stopped.

use super::{Failure, finish_attempt};
use crate::app::App;
use crate::domain::contest::PredictionAsked;
use crate::domain::ids::RoundId;
use crate::domain::prediction::AFTER_FINISH;
use crate::domain::round::{Round, RoundPhase};
use crate::domain::staff::Staff;
use crate::store::audit::Act;
use futures_util::StreamExt;
use time::OffsetDateTime;

/// Attempts finished one after the other between two looks at the queue.
const BATCH: i64 = 2_000;

/// What stands in the way of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Blocker {
    /// The round has not opened.
    NotOpened(OffsetDateTime),
    /// It is before the round's time, so a reason is needed.
    ReasonNeeded(OffsetDateTime),
    /// So many attempts still run; the system finishes the last at that moment.
    Running(i64, Option<OffsetDateTime>),
    /// The step does not follow the phase that the round is in.
    WrongPhase(RoundPhase),
    /// The one who ranked may not approve.
    SamePerson(String),
    /// So many ties at the border of a prize need a decision of the board.
    Ties(i64),
    /// So many ties over the whole contest need a decision of the board before the last round is published.
    ContestTies(i64),
    /// The prizes of so many rounds are not those that people keep by the rule of the highest prize.
    Unsettled(i64),
    /// So many proposals of one person wait for the answer of another.
    OpenDecisions(i64),
    /// So many essays wait for a mark.
    EssaysUnmarked(i64),
    /// Marks of essays were changed after the ranking was made, so it must be made again.
    EssaysChanged,
    /// The moment given is not after now or not after the opening.
    BadMoment(OffsetDateTime),
}

/// Why a step was not done.
#[derive(Debug)]
pub enum StepError {
    /// Every blocker; nothing was changed.
    Blocked(Vec<Blocker>),
    /// Something failed; repeating the step is safe.
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for StepError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Who does a step: an account, or a name given on the command line.
#[derive(Debug, Clone, Copy)]
pub struct By<'a> {
    /// Name as printed in minutes.
    pub name: &'a str,
}

impl<'a> From<&'a Staff> for By<'a> {
    fn from(staff: &'a Staff) -> Self {
        Self { name: &staff.name }
    }
}

/// What stands in the way of closing now.
pub async fn close_blockers(app: &App, now: OffsetDateTime, round: &Round) -> Result<Vec<Blocker>, Failure> {
    Ok(match round.phase(now) {
        RoundPhase::Upcoming => vec![Blocker::NotOpened(round.opens_at)],
        RoundPhase::Open => vec![Blocker::ReasonNeeded(round.closes_at)],
        RoundPhase::Ended => {
            let (running, last) = app.store.count_running(round.id).await?;
            let still = last.is_some_and(|last| last > now) && running > 0;
            let until = round.closes_at + AFTER_FINISH;
            if still {
                vec![Blocker::Running(running, last)]
            } else if asks_after(round) && now < until {
                vec![Blocker::ReasonNeeded(until)]
            } else {
                Vec::new()
            }
        }
        phase => vec![Blocker::WrongPhase(phase)],
    })
}

/// Whether those whose paper ended with the round may still be about to predict.
fn asks_after(round: &Round) -> bool {
    let asks = round.rules.prediction.as_ref();
    asks.is_some_and(|rule| rule.asked == PredictionAsked::After)
}

/// Ends a round now and seals it. Running attempts are submitted as saved. Before its time, or while attempts may still
/// run, that needs a reason.
pub async fn close_round(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    round: &Round,
    reason: Option<&str>,
) -> Result<(), StepError> {
    let reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
    let mut blockers = close_blockers(app, now, round).await?;
    if reason.is_some() {
        blockers.retain(|blocker| !matches!(blocker, Blocker::ReasonNeeded(_) | Blocker::Running(..)));
    }
    if !blockers.is_empty() {
        return Err(StepError::Blocked(blockers));
    }
    if round.phase(now) == RoundPhase::Open {
        end_now(app, now, by, round, reason).await?;
    }
    finish_running(app, now, round.id).await?;
    seal(app, now, by, round.id, reason).await?;
    // Ranking reads what is not packed all the same, only slower, so a failure here is nothing to report.
    if let Err(error) = app.store.pack_submissions(round.id).await {
        tracing::warn!(round.id = %round.id, %error, "submissions not packed");
    }
    app.refresh_catalog().await?;
    Ok(())
}

/// Moves the close to now, so that no attempt starts while the running ones are being finished.
async fn end_now(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    round: &Round,
    reason: Option<&str>,
) -> Result<(), StepError> {
    if now <= round.opens_at {
        return Err(StepError::Blocked(vec![Blocker::NotOpened(round.opens_at)]));
    }
    let mut tx = app.store.begin().await?;
    tx.lock_round(round.id).await?;
    tx.move_close(round.id, now).await?;
    let facts = serde_json::json!({ "planned_close": round.closes_at.unix_timestamp() });
    let act = Act {
        at: now,
        actor: by.name,
        act: "end-early",
        contest: Some(round.contest),
        round: Some(round.id),
        reason,
        facts,
    };
    tx.insert_act(&act).await?;
    tx.announce_catalog().await?;
    tx.commit().await?;
    app.refresh_catalog().await?;
    Ok(())
}

/// Submits every running attempt as saved. One that fails does not stop the others; sealing tells if any is left.
async fn finish_running(app: &App, now: OffsetDateTime, round: RoundId) -> Result<(), Failure> {
    loop {
        let running = app.store.load_running(round, BATCH).await?;
        let mut failed = None;
        let mut done = 0usize;
        let last = running.is_empty();
        let mut ends = finish_attempt::time_out_all(app, now, running);
        while let Some((_, ended)) = ends.next().await {
            match ended {
                Ok(_) => done += 1,
                Err(error) => failed = Some(error),
            }
        }
        match failed {
            Some(error) if done == 0 => return Err(error),
            _ if last => return Ok(()),
            _ => {}
        }
    }
}

async fn seal(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    round: RoundId,
    reason: Option<&str>,
) -> Result<(), StepError> {
    let mut tx = app.store.begin().await?;
    let locked = tx.lock_round(round).await?;
    if locked.stage != crate::domain::round::RoundStage::Scheduled {
        return Err(StepError::Blocked(vec![Blocker::WrongPhase(RoundPhase::Sealed)]));
    }
    let running = tx.seal_head(round).await?;
    if running > 0 {
        return Err(StepError::Blocked(vec![Blocker::Running(running, None)]));
    }
    tx.set_sealed(round, now).await?;
    let contest = app.catalog().find_round(round).map(|(contest, _)| contest.id);
    let facts = serde_json::json!({});
    tx.insert_act(&Act {
        at: now,
        actor: by.name,
        act: "close",
        contest,
        round: Some(round),
        reason,
        facts,
    })
    .await?;
    tx.announce_catalog().await?;
    Ok(tx.commit().await?)
}
