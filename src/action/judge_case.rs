//! Reading a case sheet: having its names shown, finding something, entering what an entrant answered.
//!
//! Owns that each needs a reason in writing and stands in the audit log without names. A finding changes nothing; what is to
//! be voided is proposed and decided by two people, as any ruling.

use super::Failure;
use super::close_round::By;
use crate::app::App;
use crate::domain::case::{CaseFinding, Opinion};
use crate::domain::decision::{Refusal, parse_reason};
use crate::domain::round::Round;
use crate::store::audit::Act;
use crate::store::review::CaseNote;
use time::OffsetDateTime;

/// Why something was not kept.
#[derive(Debug)]
pub enum CaseError {
    /// The reason or text is missing or too long.
    Refused(Refusal),
    /// There is no such case in the round.
    Gone,
    /// Something failed.
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for CaseError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Keeps that this person has the names of a case shown, and why; only then may they be shown to this person.
pub async fn reveal_names(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    round: &Round,
    case: i64,
    reason: &str,
) -> Result<(), CaseError> {
    let step = Step::begin(app, now, by, round, case).await?;
    let look = step.note(reason)?;
    let mut tx = app.store.begin().await?;
    tx.insert_look(case, &look).await?;
    tx.insert_act(&step.act("see-names", Some(&look.text))).await?;
    Ok(tx.commit().await?)
}

/// Keeps what this person finds, with the innocent readings that are ruled out; a later finding of the same person replaces it.
pub async fn find(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    round: &Round,
    case: i64,
    (opinion, ruled_out, reason): (Opinion, Vec<String>, &str),
) -> Result<(), CaseError> {
    let step = Step::begin(app, now, by, round, case).await?;
    let note = step.note(reason)?;
    let found = CaseFinding {
        opinion,
        ruled_out,
        reason: note.text,
        at: now,
        by: note.by,
    };
    let mut tx = app.store.begin().await?;
    tx.insert_finding(case, &found).await?;
    // Without the opinion: the log is read by those who are still to find for themselves.
    tx.insert_act(&step.act("case-finding", None)).await?;
    Ok(tx.commit().await?)
}

/// Keeps what an entrant answered.
pub async fn note_hearing(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    round: &Round,
    case: i64,
    text: &str,
) -> Result<(), CaseError> {
    let step = Step::begin(app, now, by, round, case).await?;
    let heard = step.note(text)?;
    let mut tx = app.store.begin().await?;
    tx.insert_hearing(case, &heard).await?;
    tx.insert_act(&step.act("case-hearing", None)).await?;
    Ok(tx.commit().await?)
}

struct Step<'a> {
    now: OffsetDateTime,
    by: By<'a>,
    round: &'a Round,
    number: u16,
}

impl<'a> Step<'a> {
    /// The case must be one of the round.
    async fn begin(
        app: &App,
        now: OffsetDateTime,
        by: By<'a>,
        round: &'a Round,
        case: i64,
    ) -> Result<Self, CaseError> {
        let found = app.store.find_case(round.id, case).await?;
        let (_, stored) = found.ok_or(CaseError::Gone)?;
        Ok(Self {
            now,
            by,
            round,
            number: stored.number,
        })
    }

    fn note(&self, text: &str) -> Result<CaseNote, CaseError> {
        let text = parse_reason(text).map_err(CaseError::Refused)?;
        Ok(CaseNote {
            text: text.to_owned(),
            at: self.now,
            by: self.by.name.to_owned(),
        })
    }

    fn act<'t>(&self, act: &'static str, reason: Option<&'t str>) -> Act<'t>
    where
        'a: 't,
    {
        Act {
            at: self.now,
            actor: self.by.name,
            act,
            contest: Some(self.round.contest),
            round: Some(self.round.id),
            reason,
            facts: serde_json::json!({ "case": self.number }),
        }
    }
}
