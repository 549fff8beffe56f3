//! Starting an attempt, or finding the one that runs.
//!
//! Owns the order: earlier attempts, admission (with the turns of groups), paper, one batched write, then Redis. Doing it twice gives the same
//! attempt: the database keeps one running attempt per person and round.

use super::{Failure, finish_attempt};
use crate::app::App;
use crate::domain::attempt::{Attempt, GRACE, deadline};
use crate::domain::catalog::Contest;
use crate::domain::ids::{AttemptId, ParticipantId, RoundId};
use crate::domain::paper::Paper;
use crate::domain::round::{AdmitError, EarlierAttempt, Round};
use crate::store::attempt::{AttemptLine, Seen};
use crate::store::participant::ParticipantLine;
use crate::store::reader::Entrant;
use crate::store::writer::{NewAttempt, Written};
use time::OffsetDateTime;

/// An attempt that runs now.
#[derive(Debug, Clone)]
pub enum Started {
    /// It has just begun; nothing is saved of it yet.
    New(Box<Attempt>),
    /// It ran already.
    Running(AttemptId),
}

impl Started {
    /// The attempt.
    pub fn id(&self) -> AttemptId {
        match self {
            Self::New(attempt) => attempt.id,
            Self::Running(id) => *id,
        }
    }
}

/// What a person would meet on starting now.
#[derive(Debug, Clone)]
pub enum Outlook {
    /// This attempt runs and would be gone on with.
    Running(AttemptLine),
    /// The attempt of this number may begin.
    Free(u16),
    /// A rule of the round is against it.
    Refused(AdmitError),
    /// The rules bar the person, for this reason.
    Excluded(String),
}

/// Tells what a start would bring, without starting anything; `lines` are the person's attempts in the round. An attempt
/// whose time is up counts as finished at its deadline, although the system may still be at it.
pub fn outlook(
    now: OffsetDateTime,
    contest: &Contest,
    round: &Round,
    who: &ParticipantLine,
    lines: &[AttemptLine],
) -> Outlook {
    if let Some(reason) = &who.excluded_reason {
        return Outlook::Excluded(reason.clone());
    }
    let runs = |line: &&AttemptLine| line.finished_at.is_none() && now < line.deadline + GRACE;
    if let Some(running) = lines.iter().find(runs) {
        return Outlook::Running(running.clone());
    }
    let ended = |line: &AttemptLine| EarlierAttempt {
        finished_at: line.finished_at.or(Some(line.deadline)),
    };
    let earlier: Vec<EarlierAttempt> = lines.iter().map(ended).collect();
    contest
        .admit(round, who.entering(), now, &earlier)
        .map_or_else(Outlook::Refused, Outlook::Free)
}

/// Why a new attempt may not begin for reasons outside its round: all attempts of the contest are used, or only people
/// who qualified may enter.
pub async fn barrier(
    app: &App,
    contest: &Contest,
    round: &Round,
    who: ParticipantId,
) -> Result<Option<AdmitError>, Failure> {
    let definition = contest.round_definition(round.number);
    if definition.is_some_and(|own| own.qualifying.is_some())
        && !Box::pin(app.store.is_qualified(round.id, who)).await?
    {
        return Ok(Some(AdmitError::NotQualified));
    }
    let Some(limit) = round.rules.attempts.per_contest else {
        return Ok(None);
    };
    let rounds: Vec<RoundId> = contest.rounds.iter().map(|round| round.id).collect();
    let used = Box::pin(app.store.count_attempts(&rounds, who)).await?;
    Ok((used >= i64::from(limit)).then_some(AdmitError::UsedUp(limit)))
}

/// Why no attempt runs.
#[derive(Debug)]
pub enum StartError {
    /// A rule of the round.
    Refused(AdmitError),
    /// The rules bar the person, for this reason.
    Excluded(String),
    /// Something failed.
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for StartError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Starts an attempt of a person in a round of the person's contest, or returns the one that runs.
pub async fn start_attempt(
    app: &App,
    now: OffsetDateTime,
    contest: &Contest,
    round: &Round,
    who: &ParticipantLine,
) -> Result<Started, StartError> {
    if let Some(reason) = &who.excluded_reason {
        return Err(StartError::Excluded(reason.clone()));
    }
    // Twice at the most: the second look finds what another request, or the system, has just written.
    for _ in 0..2 {
        let past = settled_past(app, now, contest, round.id, who.id).await?;
        if let Some(running) = past.attempts.iter().find(|line| line.finished_at.is_none()) {
            return Ok(Started::Running(running.id));
        }
        let earlier: Vec<EarlierAttempt> = past
            .attempts
            .iter()
            .map(|line| EarlierAttempt {
                finished_at: line.finished_at,
            })
            .collect();
        let number = contest
            .admit(round, who.entering(), now, &earlier)
            .map_err(StartError::Refused)?;
        if let Some(refused) = barrier(app, contest, round, who.id).await? {
            return Err(StartError::Refused(refused));
        }
        let attempt = draw(app, now, contest, round, who, number, &past.seen)?;
        if let Written::Kept(_) = write(app, &attempt).await? {
            if let Err(error) = app.sessions.open_attempt(&attempt).await {
                // The first save or the next visit opens it again from its row.
                tracing::warn!(attempt.id = %attempt.id, %error, "attempt not yet known to redis");
            }
            return Ok(Started::New(Box::new(attempt)));
        }
    }
    Err(StartError::Failed(Failure::Busy))
}

/// The person's past in the contest, after finishing an attempt whose time is long up.
async fn settled_past(
    app: &App,
    now: OffsetDateTime,
    contest: &Contest,
    round: RoundId,
    who: ParticipantId,
) -> Result<Entrant, Failure> {
    let rounds: Vec<RoundId> = contest.rounds.iter().map(|round| round.id).collect();
    let past = app.reader.load_entrant(&rounds, round, who).await?;
    let overdue = past
        .attempts
        .iter()
        .find(|line| line.finished_at.is_none() && now >= line.deadline + GRACE);
    let Some(overdue) = overdue else { return Ok(past) };
    Box::pin(finish_attempt::time_out(app, now, overdue.id)).await?;
    Ok(app.reader.load_entrant(&rounds, round, who).await?)
}

fn draw(
    app: &App,
    now: OffsetDateTime,
    contest: &Contest,
    round: &Round,
    who: &ParticipantLine,
    number: u16,
    seen: &Seen,
) -> Result<Attempt, Failure> {
    let paper = Paper::draw(
        &round.rules.paper,
        &contest.draw_sets(round),
        seen,
        &mut app.entropy.rng(),
    )
    .map_err(|error| Failure::Inconsistent(error.to_string()))?;
    Ok(Attempt {
        id: AttemptId::begun(round.id, now, app.entropy.bytes()),
        participant: who.id,
        number,
        started_at: now,
        deadline: deadline(&round.rules, now, contest.closes_for(round, who.entering(), now)),
        paper,
    })
}

async fn write(app: &App, attempt: &Attempt) -> Result<Written, Failure> {
    let paper =
        serde_json::to_string(&attempt.paper).map_err(|error| Failure::Inconsistent(error.to_string()))?;
    let row = NewAttempt {
        id: attempt.id,
        participant: attempt.participant,
        number: attempt.number,
        started_at: attempt.started_at,
        deadline: attempt.deadline,
        check_at: attempt.deadline + GRACE,
        paper,
    };
    Ok(app.writer.start(row).await?)
}
