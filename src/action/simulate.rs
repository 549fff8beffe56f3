//! A simulated crowd: people, attempts, responses and predictions as a real round has them, for demonstrations, tests and
//! benchmarks.
//!
//! Owns the order of work: refuse, plan the whole timeline, write people, write attempts in order of their finish. Equal
//! seeds give equal crowds. Rules are those of `domain` throughout: papers are drawn, scored and timed as for anybody.

mod answers;
mod casting;
mod dice;
mod names;
mod people;
#[cfg(test)]
mod tests;
mod timeline;

use super::Failure;
use crate::app::App;
use crate::domain::catalog::Contest;
use crate::domain::ids::{ParticipantId, RoundId};
use crate::domain::round::{Round, RoundPhase, RoundStage};
use crate::store::audit::Act;
use crate::store::simulate::Head;
use answers::Sheets;
use dice::Dice;
use time::OffsetDateTime;
use timeline::{Planned, Timeline};

/// People written in one statement.
const PEOPLE: usize = 2_000;
/// Attempts written in one transaction: the round is locked for its duration, which must not be felt by real entrants.
const ATTEMPTS: usize = 1_000;
/// Most entrants of one crowd: phone numbers are counted with seven digits.
pub const MAX_ENTRANTS: u32 = 2_000_000;

/// What crowd to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// People who enter the round.
    pub entrants: u32,
    /// Equal seeds give equal crowds in an equal round.
    pub seed: u64,
    /// Mean number of attempts of a person, in hundredths, at least 100; the limit of the round cuts it.
    pub attempts_mean_percent: u32,
    /// So many of the people are in the middle of an attempt.
    pub running: u32,
    /// A password that they all have; without one nobody can log in as one of them.
    pub password: Option<String>,
}

impl Plan {
    /// A finished crowd with two attempts a person on average.
    pub const fn new(entrants: u32, seed: u64) -> Self {
        Self {
            entrants,
            seed,
            attempts_mean_percent: 200,
            running: 0,
            password: None,
        }
    }
}

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// People who entered the round.
    pub people: u64,
    /// Of these, people newly registered; the others came back from an earlier round.
    pub registered: u64,
    /// Attempts submitted.
    pub attempts: u64,
    /// Attempts that still run.
    pub running: u64,
}

/// Why no crowd was made.
#[derive(Debug)]
pub enum SimulateError {
    /// The round opens at that moment.
    NotOpen(OffsetDateTime),
    /// The round is sealed: its counts are frozen.
    Sealed,
    /// Running attempts were asked for, but the round is not open.
    NothingRuns,
    /// More running attempts than entrants.
    TooManyRunning,
    /// More entrants than [`MAX_ENTRANTS`].
    TooManyEntrants,
    /// The round has been open for less than three minutes: no attempt fits.
    TooShort,
    /// Groups take turns, and nobody of the units has had a turn long enough; or nobody has one now, and running attempts
    /// were asked for.
    NoTurn,
    /// No unit of the contest exists on its first day.
    NoUnits,
    /// So many real people have registered; simulated ones would stand among them.
    RealPeople(i64),
    /// Something failed; what was written so far is consistent and stays.
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for SimulateError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// How far the work is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// People written, of so many.
    People(u64, u64),
    /// Attempts written, of so many.
    Attempts(u64, u64),
}

/// Makes a crowd in a round.
pub async fn simulate(
    app: &App,
    now: OffsetDateTime,
    contest: &Contest,
    round: &Round,
    plan: &Plan,
) -> Result<Outcome, SimulateError> {
    simulate_telling(app, now, contest, round, plan, |_| {}).await
}

/// Makes a crowd in a round and tells how far it is.
pub async fn simulate_telling(
    app: &App,
    now: OffsetDateTime,
    contest: &Contest,
    round: &Round,
    plan: &Plan,
    mut tell: impl FnMut(Step),
) -> Result<Outcome, SimulateError> {
    let head = admit(app, now, contest, round, plan).await?;
    // The place in the round is part of the seed: a second crowd is another crowd.
    let dice = Dice::new(plan.seed, &[u64::from(round.number), head.starts.unsigned_abs()]);
    let cast = casting::cast(app, now, contest, round, plan, &dice).await?;
    let spans = cast.as_ref().map(|cast| cast.spans.as_slice());
    let timeline = Timeline::plan(now, round, plan, &dice, spans)?;
    begin(app, now, contest, round, plan).await?;
    let crowd = people::write(
        app,
        contest,
        round,
        plan,
        &dice,
        (&timeline, cast.as_ref()),
        &mut tell,
    )
    .await?;
    let attempts = write_attempts(
        app, contest, round, &head, &dice, &timeline, &crowd.ids, &mut tell,
    )
    .await?;
    app.store.pack_submissions(round.id).await?;
    while app.store.carry_on_live(round.id, &round.rules).await? > 0 {}
    app.refresh_catalog().await?;
    let people = u64::from(plan.entrants);
    Ok(Outcome {
        people,
        registered: crowd.registered,
        attempts,
        running: u64::from(plan.running),
    })
}

/// Checks everything that can be refused before anything is written.
async fn admit(
    app: &App,
    now: OffsetDateTime,
    contest: &Contest,
    round: &Round,
    plan: &Plan,
) -> Result<Head, SimulateError> {
    if round.stage != RoundStage::Scheduled {
        return Err(SimulateError::Sealed);
    }
    match round.phase(now) {
        RoundPhase::Upcoming => return Err(SimulateError::NotOpen(round.opens_at)),
        RoundPhase::Ended if plan.running > 0 => return Err(SimulateError::NothingRuns),
        _ if plan.running > plan.entrants => return Err(SimulateError::TooManyRunning),
        _ if plan.entrants > MAX_ENTRANTS => return Err(SimulateError::TooManyEntrants),
        _ => {}
    }
    if !contest.demonstration {
        let real = app.store.count_real(contest.id).await?;
        if real > 0 {
            return Err(SimulateError::RealPeople(real));
        }
    }
    let head = app.store.load_head(round.id).await?;
    if head.sealed {
        Err(SimulateError::Sealed)
    } else {
        Ok(head)
    }
}

/// Marks the contest before the first simulated row is in it.
async fn begin(
    app: &App,
    now: OffsetDateTime,
    contest: &Contest,
    round: &Round,
    plan: &Plan,
) -> Result<(), Failure> {
    let facts = serde_json::json!({ "entrants": plan.entrants, "running": plan.running, "seed": plan.seed });
    let mut tx = app.store.begin().await?;
    tx.mark_demonstration(contest.id).await?;
    tx.insert_act(&Act {
        at: now,
        actor: "system",
        act: "simulate",
        contest: Some(contest.id),
        round: Some(round.id),
        reason: None,
        facts,
    })
    .await?;
    tx.announce_catalog().await?;
    Ok(tx.commit().await?)
}

/// Writes the attempts in order of finish, then those that still run. Each transaction leaves a round that is consistent.
#[expect(clippy::too_many_arguments, reason = "one step of a journey, called once")]
async fn write_attempts(
    app: &App,
    contest: &Contest,
    round: &Round,
    head: &Head,
    dice: &Dice,
    timeline: &Timeline,
    ids: &[ParticipantId],
    tell: &mut impl FnMut(Step),
) -> Result<u64, SimulateError> {
    let sheets = Sheets::new(app, contest, round, head, dice, timeline);
    let all = timeline.attempts.len() as u64;
    let mut done = 0;
    for chunk in timeline.attempts.chunks(ATTEMPTS) {
        write_chunk(app, round.id, &sheets, chunk, ids).await?;
        done += chunk.len() as u64;
        tell(Step::Attempts(done, all));
    }
    Ok(timeline.finished() as u64)
}

async fn write_chunk(
    app: &App,
    round: RoundId,
    sheets: &Sheets<'_>,
    chunk: &[Planned],
    ids: &[ParticipantId],
) -> Result<(), SimulateError> {
    let (mut starts, mut finishes) = (Vec::with_capacity(chunk.len()), Vec::with_capacity(chunk.len()));
    for planned in chunk {
        let who = ids.get(planned.person as usize).copied();
        let who = who.ok_or_else(|| Failure::Inconsistent("a planned person was not written".to_owned()))?;
        let (start, finish) = sheets.rows(planned, who)?;
        starts.push(start);
        finishes.extend(finish);
    }
    let mut tx = app.store.begin().await?;
    if tx.lock_head(round).await?.sealed {
        return Err(SimulateError::Sealed);
    }
    tx.insert_simulated(round, &starts, &finishes).await?;
    tx.commit().await?;
    Ok(())
}
