//! What the program does without being asked: it submits attempts whose time is up, keeps the snapshot of contests fresh,
//! erases personal data whose day has passed and ties the contest clock to Redis.
//!
//! Owns the rhythm and the tasks; leaves finishing an attempt to `action::finish_attempt`. Any number of instances may do
//! this at once: each attempt is leased to one of them, and the first commit wins.

use crate::action::expire_data::{self, Outcome, expire_due};
use crate::action::{count_items, finish_attempt, review_round};
use crate::app::App;
use crate::clock::{Anchoring, Clock};
use crate::domain::round::RoundStage;
use crate::session::{SessionError, Sessions};
use crate::store::StoreResult;
use crate::telemetry::Metrics;
use futures_util::StreamExt;
use std::time::{Duration, Instant};
use time::OffsetDateTime;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Attempts leased in one step.
const BATCH: usize = 2_000;
/// An attempt that could not be finished, or whose instance died, is tried again after this long.
const LEASE: time::Duration = time::Duration::seconds(30);
/// Between two looks at the queue, and two samples of the time.
const PERIOD: Duration = Duration::from_secs(1);
/// Between two readings of the snapshot that nobody announced.
const REFRESH: Duration = Duration::from_secs(30);
/// Between two counts of the attempts that run.
const COUNT: Duration = Duration::from_secs(10);
/// Between two steps of the live lists: what an organiser's page takes in by itself stays small.
const LIVE: Duration = Duration::from_secs(3);
/// Between two steps of the item counts: long enough that new submissions come in thousands.
const ITEMS: Duration = Duration::from_secs(20);
/// Between two looks for rounds that were sealed and are to be reviewed.
const REVIEW: Duration = Duration::from_secs(15);
/// Between two looks for contests whose personal data are kept no longer.
const EXPIRY: Duration = Duration::from_secs(600);
/// Between two lines in the log about the same lasting fault.
const REMIND: Duration = Duration::from_secs(60);

/// What one step of the sweep did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SweepOutcome {
    /// Attempts that are finished now.
    pub finished: usize,
    /// Attempts that could not be finished; they are tried again when their lease ends.
    pub failed: usize,
}

impl SweepOutcome {
    /// Whether more attempts may be due already.
    pub const fn is_full(self) -> bool {
        self.finished + self.failed >= BATCH
    }
}

/// Submits up to 2,000 attempts whose time is up at `now`, each as saved. One that fails never stops the others.
pub async fn sweep(app: &App, now: OffsetDateTime) -> StoreResult<SweepOutcome> {
    let due = app.store.lease_due(now, now + LEASE, BATCH as i64).await?;
    let mut outcome = SweepOutcome::default();
    let mut ends = finish_attempt::time_out_all(app, now, due);
    while let Some((id, ended)) = ends.next().await {
        match ended {
            Ok(_) => outcome.finished += 1,
            Err(error) => {
                outcome.failed += 1;
                tracing::warn!(attempt.id = %id, %error, "attempt not finished, tried again later");
            }
        }
    }
    Ok(outcome)
}

/// Starts every task; they end soon after `stop` is cancelled.
pub fn start(app: &App, metrics: &Metrics, stop: &CancellationToken) -> TaskTracker {
    let tasks = TaskTracker::new();
    let until = |task: std::pin::Pin<Box<dyn Future<Output = ()> + Send>>| {
        let stop = stop.clone();
        tasks.spawn(async move {
            let _ = stop.run_until_cancelled(task).await;
        });
    };
    until(Box::pin(sweep_forever(app.clone(), metrics.clone())));
    until(Box::pin(follow_announcements(app.clone())));
    until(Box::pin(refresh_forever(app.clone())));
    until(Box::pin(count_forever(app.clone(), metrics.clone())));
    until(Box::pin(follow_rounds_forever(app.clone())));
    until(Box::pin(follow_items_forever(app.clone())));
    until(Box::pin(review_forever(app.clone())));
    until(Box::pin(expire_forever(app.clone())));
    until(Box::pin(follow_clock(app.clone(), metrics.clone())));
    until(Box::pin(follow_replica(app.clone(), metrics.clone())));
    tasks.close();
    tasks
}

async fn sweep_forever(app: App, metrics: Metrics) {
    let mut fault = Lasting::default();
    loop {
        match sweep(&app, app.clock.now()).await {
            Ok(outcome) => {
                metrics.sweep_finished.inc_by(outcome.finished as u64);
                metrics.sweep_failed.inc_by(outcome.failed as u64);
                fault.over("attempts are finished again");
                if outcome.is_full() {
                    continue;
                }
            }
            Err(error) => {
                fault.again(|| tracing::error!(%error, "attempts whose time is up cannot be finished"))
            }
        }
        tokio::time::sleep(PERIOD).await;
    }
}

/// Reads the snapshot whenever another process says that it has changed. The connection is made anew after a fault.
async fn follow_announcements(app: App) {
    let mut fault = Lasting::default();
    let mut pause = PERIOD;
    loop {
        match app.store.listen_catalog().await {
            Ok(mut listener) => {
                fault.over("announcements of changes are heard again");
                pause = PERIOD;
                while listener.changed().await.is_ok() {
                    refresh(&app, &mut fault).await;
                }
            }
            Err(error) => fault.again(|| tracing::warn!(%error, "announcements of changes are not heard")),
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(REFRESH);
    }
}

async fn refresh_forever(app: App) {
    let mut fault = Lasting::default();
    loop {
        tokio::time::sleep(REFRESH).await;
        refresh(&app, &mut fault).await;
    }
}

async fn refresh(app: &App, fault: &mut Lasting) {
    match app.refresh_catalog().await {
        Ok(()) => fault.over("contests are read again"),
        Err(error) => {
            fault.again(|| tracing::error!(%error, "contests cannot be read, the last state stays"))
        }
    }
}

async fn count_forever(app: App, metrics: Metrics) {
    loop {
        // A count that fails is told by the sweep, which asks the same server more often.
        if let Ok(running) = app.store.count_all_running().await {
            metrics.running.set(running);
        }
        tokio::time::sleep(COUNT).await;
    }
}

/// Looks every second how far the replica is, if there is one.
async fn follow_replica(app: App, metrics: Metrics) {
    let Some(replica) = app.store.replica() else {
        return;
    };
    let mut fault = Lasting::default();
    loop {
        replica.look(&app.store).await;
        let lag = replica.lag();
        metrics.replica_answers.set(i64::from(lag.is_some()));
        metrics
            .replica_lag
            .set(lag.map_or(0, |lag| i64::try_from(lag.as_millis()).unwrap_or(i64::MAX)));
        match lag {
            Some(_) => fault.over("the replica answers again"),
            None => fault.again(|| tracing::warn!("the replica does not answer, the primary is read")),
        }
        tokio::time::sleep(PERIOD).await;
    }
}

/// Carries on the live list of every round that is open or not sealed yet, and packs what has been submitted, so that
/// ranking finds it packed.
pub async fn follow_rounds(app: &App, now: OffsetDateTime) -> StoreResult<()> {
    let catalog = app.catalog();
    let rounds = catalog.contests().iter().flat_map(|contest| &contest.rounds);
    for round in rounds.filter(|round| round.stage == RoundStage::Scheduled && round.opens_at <= now) {
        app.store.pack_submissions(round.id).await?;
        while app.store.carry_on_live(round.id, &round.rules).await? > 0 {}
    }
    Ok(())
}

async fn follow_rounds_forever(app: App) {
    let mut fault = Lasting::default();
    loop {
        match follow_rounds(&app, app.clock.now()).await {
            Ok(()) => fault.over("live lists are carried on again"),
            Err(error) => fault.again(|| tracing::warn!(%error, "live lists cannot be carried on")),
        }
        tokio::time::sleep(LIVE).await;
    }
}

async fn follow_items_forever(app: App) {
    let mut fault = Lasting::default();
    let mut counted = count_items::Counted::default();
    loop {
        match count_items::follow(&app, app.clock.now(), &mut counted).await {
            Ok(()) => fault.over("questions are counted again"),
            Err(error) => fault.again(|| tracing::warn!(%error, "questions cannot be counted")),
        }
        tokio::time::sleep(ITEMS).await;
    }
}

/// Reviews rounds after they were sealed, so that the board finds the case sheets when it begins.
async fn review_forever(app: App) {
    let mut fault = Lasting::default();
    loop {
        match review_round::review_sealed(&app, app.clock.now()).await {
            Ok(_) => fault.over("sealed rounds are reviewed again"),
            Err(error) => fault.again(|| tracing::warn!(%error, "sealed rounds cannot be reviewed")),
        }
        tokio::time::sleep(REVIEW).await;
    }
}

/// Erases personal data whose day has passed, a bounded step at a time.
async fn expire_forever(app: App) {
    let mut fault = Lasting::default();
    loop {
        let mut is_more = false;
        match expire_due(&app, app.clock.now(), expire_data::SYSTEM).await {
            Ok(done) => {
                for (contest, outcome) in done {
                    is_more |= matches!(outcome, Outcome::Partly(_));
                    if let Outcome::Done(expiry) = outcome {
                        let people = expiry.people;
                        tracing::info!(contest.id = %contest, people, "personal data are erased");
                    }
                }
                fault.over("personal data are erased again");
            }
            Err(error) => fault.again(|| tracing::warn!(%error, "personal data cannot be erased")),
        }
        tokio::time::sleep(if is_more { PERIOD } else { EXPIRY }).await;
    }
}

async fn follow_clock(app: App, metrics: Metrics) {
    let mut fault = Lasting::default();
    loop {
        match anchor(&app.clock, &app.sessions).await {
            Ok(Anchoring::Followed) => {
                metrics.clock_drift.set(0);
                fault.over("the contest clock follows redis again");
            }
            Ok(Anchoring::TooSlow { round_trip }) => {
                tracing::debug!(
                    round_trip_ms = round_trip.as_millis(),
                    "redis answered too late to tell the time"
                );
            }
            Ok(Anchoring::Drifted(drift)) => {
                metrics.clock_drift.set(drift.ahead_ms);
                metrics.clock_refused.inc();
                fault.again(|| {
                    tracing::warn!(
                        ahead_ms = drift.ahead_ms,
                        "the clock of redis was stepped and is not followed; restart the server to adopt it"
                    );
                });
            }
            Err(error) => fault
                .again(|| tracing::warn!(%error, "redis does not tell the time, the clock is carried on")),
        }
        tokio::time::sleep(PERIOD).await;
    }
}

/// Ties the clock to one sample of the time of Redis.
pub async fn anchor(clock: &Clock, sessions: &Sessions) -> Result<Anchoring, SessionError> {
    let sample = sessions.time().await?;
    Ok(clock.anchor(sample.at, sample.round_trip))
}

/// A fault that comes back every second: logged when it begins, once a minute while it lasts, and when it is over.
#[derive(Debug, Default)]
struct Lasting {
    logged: Option<Instant>,
}

impl Lasting {
    fn again(&mut self, log: impl FnOnce()) {
        if self.logged.is_none_or(|logged| logged.elapsed() >= REMIND) {
            self.logged = Some(Instant::now());
            log();
        }
    }

    fn over(&mut self, message: &'static str) {
        if self.logged.take().is_some() {
            tracing::info!("{message}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lasting_fault_is_logged_when_it_begins_and_not_every_second() {
        let mut fault = Lasting::default();
        let mut lines = 0;
        (0..5).for_each(|_| fault.again(|| lines += 1));
        assert_eq!(lines, 1);
        fault.over("it is over");
        fault.again(|| lines += 1);
        assert_eq!(lines, 2);
    }
}
