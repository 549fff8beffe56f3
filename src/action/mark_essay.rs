//! Marking an essay by hand: whose turn it is, the mark, and what keeps a round from being ranked meanwhile.
//!
//! Owns the order; seats, means and who sits where are `domain::essay`'s. The audit log says who marked which essay and
//! never how many points, so that nobody learns another marker's mark there.

use super::Failure;
use super::close_round::{Blocker, By};
use crate::app::App;
use crate::domain::contest::EssayRules;
use crate::domain::essay::{MAX_NOTE, Turn};
use crate::domain::round::{Round, RoundPhase, RoundStage};
use crate::store::Tx;
use crate::store::audit::Act;
use crate::store::essay::{NewMark, points};
use time::OffsetDateTime;
use uuid::Uuid;

/// A mark as a marker gives it.
#[derive(Debug, Clone, Copy)]
pub struct GivenMark<'a> {
    /// Whole points.
    pub points: u16,
    /// A note for the board, or nothing.
    pub note: &'a str,
    /// Why the own earlier mark is changed.
    pub reason: Option<&'a str>,
}

/// Why a mark was not kept.
#[derive(Debug)]
pub enum MarkError {
    /// The round asks for no essay, or has none of that name.
    NotFound,
    /// Essays are marked once the round is closed and until its ranking is approved.
    WrongPhase(RoundPhase),
    /// More points than that.
    TooManyPoints(u16),
    /// The note has more characters than that.
    NoteTooLong(usize),
    /// Changing a mark needs a reason.
    ReasonNeeded,
    /// Everybody who was to mark it has, or a ranking has counted the own mark.
    NoTurn,
    /// Something failed.
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for MarkError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Gives a mark, or changes one's own. Which of the two it is, and in which seat, the marks so far decide.
pub async fn mark_essay(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    round: &Round,
    code: Uuid,
    given: GivenMark<'_>,
) -> Result<Turn, MarkError> {
    let rules = round.rules.essay.as_ref().ok_or(MarkError::NotFound)?;
    check(rules, given)?;
    let mut tx = app.store.begin().await?;
    let locked = tx.lock_round(round.id).await?;
    if !is_marked_in(locked.stage) {
        return Err(MarkError::WrongPhase(locked.of(round).phase(now)));
    }
    let essay = tx.find_essay_to_mark(round.id, code).await?;
    let essay = essay.ok_or(MarkError::NotFound)?;
    let turn = essay
        .marks
        .turn(rules.markers, by.name)
        .ok_or(MarkError::NoTurn)?;
    let reason = given.reason.map(str::trim).filter(|reason| !reason.is_empty());
    let (act, reason) = match turn {
        Turn::New(_) => ("essay-mark", None),
        Turn::Change(seat) => {
            let same = essay.marks.of(seat).map(|mark| mark.points) == Some(given.points)
                && essay
                    .notes
                    .get(&seat)
                    .is_some_and(|note| note == given.note.trim());
            if same {
                return Ok(turn);
            }
            ("essay-remark", Some(reason.ok_or(MarkError::ReasonNeeded)?))
        }
        Turn::Decide => ("essay-remark", Some(reason.ok_or(MarkError::ReasonNeeded)?)),
    };
    tx.insert_essay_mark(&NewMark {
        round: round.id,
        participant: essay.participant,
        seat: turn.seat(),
        points: given.points,
        note: given.note.trim(),
        reason,
        at: now,
        by: by.name,
    })
    .await?;
    tx.insert_act(&Act {
        at: now,
        actor: by.name,
        act,
        contest: Some(round.contest),
        round: Some(round.id),
        reason,
        facts: serde_json::json!({ "essay": code, "seat": turn.seat().number() }),
    })
    .await?;
    tx.commit().await?;
    Ok(turn)
}

fn check(rules: &EssayRules, given: GivenMark<'_>) -> Result<(), MarkError> {
    if given.points > rules.points {
        return Err(MarkError::TooManyPoints(rules.points));
    }
    if given.note.trim().chars().count() > MAX_NOTE {
        return Err(MarkError::NoteTooLong(MAX_NOTE));
    }
    Ok(())
}

/// Whether essays are marked while a round is that far: nobody writes any more, and nobody has approved.
pub const fn is_marked_in(stage: RoundStage) -> bool {
    matches!(stage, RoundStage::Sealed | RoundStage::Ranked)
}

/// What keeps a round from being ranked, or a ranking of it from being approved: essays without a mark that came out, and
/// marks that the ranking does not know.
pub async fn essay_blockers(
    tx: &mut Tx,
    round: &Round,
    ranking: Option<i64>,
) -> Result<Vec<Blocker>, Failure> {
    let Some(rules) = &round.rules.essay else {
        return Ok(Vec::new());
    };
    let sheets = tx.load_essays(round.id, &round.rules).await?;
    let open = sheets
        .iter()
        .filter(|sheet| sheet.marks.outcome(rules.markers).is_none());
    let open = i64::try_from(open.count()).unwrap_or(i64::MAX);
    if open > 0 {
        return Ok(vec![Blocker::EssaysUnmarked(open)]);
    }
    let Some(ranking) = ranking else {
        return Ok(Vec::new());
    };
    let is_known = tx.load_counted_essays(ranking).await? == points(&sheets, &round.rules);
    Ok(if is_known {
        Vec::new()
    } else {
        vec![Blocker::EssaysChanged]
    })
}
