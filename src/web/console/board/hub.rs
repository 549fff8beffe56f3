//! One look for all viewers: a task for each round that somebody watches, and no more viewers than there is room for.
//!
//! Owns the rhythm of looking, what is carried from look to look, and the seats. What a look finds is the same for every
//! viewer; it is put into words by `parts`.

use crate::app::App;
use crate::domain::ids::{RoundId, StaffId};
use crate::domain::key_alarm::Suspect;
use crate::domain::round::{Round, RoundStage};
use crate::domain::watch::{Answering, Copying, Health, LATE_AFTER};
use crate::pulse::Answers;
use crate::store::live::Progress;
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use time::OffsetDateTime;
use tokio::sync::watch;

/// Between two looks.
const PERIOD: Duration = Duration::from_secs(2);
/// Looks after the last viewer has gone: a page that loads itself again finds the task still there.
const LINGER: u32 = 20;
/// A store that has not answered by then counts as away.
const PATIENCE: Duration = Duration::from_secs(3);
/// Looks over which answers are counted: a minute.
const ANSWERED: usize = 30;
/// Viewers of all boards of this process.
const SEATS: usize = 64;
/// Viewers that are one person: screens on the wall and a telephone.
const SEATS_EACH: usize = 6;
/// Minutes in the chart.
pub(super) const MINUTES: i64 = 60;

/// What a look found.
#[derive(Debug, Clone)]
pub struct Seen {
    /// When.
    pub at: OffsetDateTime,
    /// The round, as of when; the last that could be read while the database is away.
    pub progress: Option<(OffsetDateTime, Arc<Progress>)>,
    /// How stores and process are.
    pub health: Health,
}

/// The boards of this process; cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Hub(Arc<Mutex<Boards>>);

#[derive(Debug, Default)]
struct Boards {
    rounds: HashMap<RoundId, watch::Sender<Option<Arc<Seen>>>>,
    seats: HashMap<StaffId, usize>,
}

/// A viewer's place; given back when dropped.
#[derive(Debug)]
pub struct Seat {
    hub: Hub,
    who: StaffId,
    /// What is seen, from look to look.
    pub board: watch::Receiver<Option<Arc<Seen>>>,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut boards = self.hub.boards();
        if let Some(own) = boards.seats.get_mut(&self.who) {
            *own -= 1;
            if *own == 0 {
                boards.seats.remove(&self.who);
            }
        }
    }
}

impl Hub {
    /// A seat before the board of a round, unless all are taken or this person has enough.
    pub fn sit(&self, app: &App, round: RoundId, who: StaffId) -> Option<Seat> {
        let mut boards = self.boards();
        let taken: usize = boards.seats.values().sum();
        if taken >= SEATS || boards.seats.get(&who).copied().unwrap_or(0) >= SEATS_EACH {
            return None;
        }
        *boards.seats.entry(who).or_default() += 1;
        Some(Seat {
            hub: self.clone(),
            who,
            board: self.watch(&mut boards, app, round),
        })
    }

    /// The newest look at a round; the first one is waited for.
    pub async fn latest(&self, app: &App, round: RoundId) -> Option<Arc<Seen>> {
        let mut board = {
            let mut boards = self.boards();
            self.watch(&mut boards, app, round)
        };
        let seen = board.wait_for(Option::is_some).await.ok()?;
        seen.clone()
    }

    fn watch(&self, boards: &mut Boards, app: &App, round: RoundId) -> watch::Receiver<Option<Arc<Seen>>> {
        if let Some(board) = boards.rounds.get(&round) {
            return board.subscribe();
        }
        let (sender, receiver) = watch::channel(None);
        boards.rounds.insert(round, sender);
        tokio::spawn(look_until_left(self.clone(), app.clone(), round));
        receiver
    }

    /// Shows a look to all; false when nobody has watched for a while and the board is taken down.
    fn show(&self, round: RoundId, seen: Seen, idle: &mut u32) -> bool {
        let mut boards = self.boards();
        let Some(board) = boards.rounds.get(&round) else {
            return false;
        };
        board.send_replace(Some(Arc::new(seen)));
        *idle = if board.receiver_count() > 0 { 0 } else { *idle + 1 };
        // Nobody can sit down in between: that takes the same lock.
        let stays = *idle <= LINGER;
        if !stays {
            boards.rounds.remove(&round);
        }
        stays
    }

    fn boards(&self) -> MutexGuard<'_, Boards> {
        // Every change leaves it whole, so a panic elsewhere cannot have left half of one.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn look_until_left(hub: Hub, app: App, round: RoundId) {
    let ending = app.pulse.ending();
    let mut watcher = Watcher::default();
    let mut idle = 0;
    let work = async {
        while let Some(seen) = watcher.look(&app, round).await {
            if !hub.show(round, seen, &mut idle) {
                return TakenDown::Yes;
            }
            tokio::time::sleep(PERIOD).await;
        }
        TakenDown::No
    };
    let ended = ending.run_until_cancelled(work).await;
    if ended.is_none_or(|taken| taken == TakenDown::No) {
        // Whoever still waits for a look learns that none will come.
        hub.boards().rounds.remove(&round);
    }
}

/// Whether a board was taken down already: another may stand in its place.
#[derive(PartialEq, Eq)]
enum TakenDown {
    Yes,
    No,
}

/// What is carried from look to look.
#[derive(Debug, Default)]
struct Watcher {
    progress: Option<(OffsetDateTime, Arc<Progress>)>,
    postgres: Answering,
    redis: Answering,
    answers: VecDeque<Answers>,
}

impl Watcher {
    /// Looks once; nothing if there is no such round any more.
    async fn look(&mut self, app: &App, round: RoundId) -> Option<Seen> {
        let now = app.clock.now();
        let catalog = app.catalog();
        let (_, known) = catalog.find_round(round)?;
        let since = now - time::Duration::minutes(MINUTES);
        let (progress, overdue, suspects, redis) = tokio::join!(
            tokio::time::timeout(PATIENCE, app.store.load_progress(round, since)),
            tokio::time::timeout(PATIENCE, app.store.find_overdue(now - LATE_AFTER)),
            tokio::time::timeout(PATIENCE, app.store.load_suspects(round, known.scoring)),
            tokio::time::timeout(PATIENCE, app.sessions.ping()),
        );
        let (progress, overdue) = (flat(progress), flat(overdue));
        note(&mut self.postgres, progress.is_some() && overdue.is_some(), now);
        note(&mut self.redis, matches!(redis, Ok(Ok(()))), now);
        if let Some(progress) = progress {
            self.progress = Some((now, Arc::new(progress)));
        }
        let recent = self.recent(app.pulse.answers());
        let progress = self.progress.clone();
        Some(Seen {
            at: now,
            health: Health {
                postgres: self.postgres,
                redis: self.redis,
                overdue: overdue.flatten().map(|late| (late.attempts, late.since)),
                uncounted: progress.as_ref().map_or(0, |(_, progress)| progress.uncounted),
                answers: recent.all,
                faults: recent.faults,
                busy: recent.busy,
                replica: replica(app),
                suspect_keys: suspect_keys(known, &flat(suspects).unwrap_or_default()),
                room: app.pulse.room(),
            },
            progress,
        })
    }

    /// The answers of the last minute.
    fn recent(&mut self, now: Answers) -> Answers {
        let before = self.answers.front().copied().unwrap_or(now);
        self.answers.push_back(now);
        if self.answers.len() > ANSWERED {
            self.answers.pop_front();
        }
        now.since(before)
    }
}

/// Questions of a round that still runs whose key looks wrong and which nobody has marked in another way; once it is sealed
/// its statistics tell more.
fn suspect_keys(round: &Round, suspects: &[Suspect]) -> u64 {
    if round.stage != RoundStage::Scheduled {
        return 0;
    }
    let unsettled = suspects
        .iter()
        .filter(|suspect| !suspect.is_settled(&round.markings));
    unsettled.count() as u64
}

/// What a store gave in time.
fn flat<T, E, F>(asked: Result<Result<T, E>, F>) -> Option<T> {
    asked.ok().and_then(Result::ok)
}

fn note(answering: &mut Answering, answers: bool, now: OffsetDateTime) {
    *answering = match (*answering, answers) {
        (_, true) => Answering::Yes,
        (Answering::Yes, false) => Answering::NotSince(now),
        (since @ Answering::NotSince(_), false) => since,
    };
}

fn replica(app: &App) -> Copying {
    match app.store.replica() {
        None => Copying::None,
        Some(replica) => replica.lag().map_or(Copying::Away, |lag| {
            Copying::Behind(lag.try_into().unwrap_or(time::Duration::MAX))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn a_store_is_away_since_its_first_silence_and_back_with_its_first_answer() {
        let at = datetime!(2033-06-06 01:00 UTC);
        let mut answering = Answering::Yes;
        note(&mut answering, false, at);
        note(&mut answering, false, at + time::Duration::MINUTE);
        assert_eq!(answering, Answering::NotSince(at));
        note(&mut answering, true, at + time::Duration::HOUR);
        assert_eq!(answering, Answering::Yes);
    }

    #[test]
    fn faults_are_forgotten_after_a_minute() {
        let mut watcher = Watcher::default();
        let with = |all, faults| Answers { all, faults, busy: 0 };
        assert_eq!(
            watcher.recent(with(100, 9)),
            Answers::default(),
            "what came before counts for nothing"
        );
        assert_eq!(watcher.recent(with(150, 10)), with(50, 1));
        for _ in 0..ANSWERED {
            watcher.recent(with(150, 10));
        }
        assert_eq!(watcher.recent(with(151, 10)), with(1, 0));
    }
}
