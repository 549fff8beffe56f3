//! Keeping what staff found of a candidate, entering a complaint and its final answer.
//!
//! Owns that each stands in the audit log, without names; what is a good form is told here, the words are the page's.

use super::Failure;
use super::close_round::By;
use crate::app::App;
use crate::domain::ids::ParticipantId;
use crate::domain::round::Round;
use crate::domain::vetting::{Finding, MAX_NOTE};
use crate::store::audit::Act;
use crate::store::vetting::{ComplaintAnswer, NewComplaint, Verification};
use time::{Date, OffsetDateTime};

/// Longest text of a complaint or its answer, in characters.
pub const MAX_TEXT: usize = 2_000;

/// Longest name or contact of who complains, in characters.
pub const MAX_LINE: usize = 200;

/// Why a finding was not kept.
#[derive(Debug)]
pub enum VetError {
    /// The note is missing.
    Missing,
    /// The note is too long.
    TooLong,
    /// Something failed.
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for VetError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// What is wrong with a complaint or its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ComplaintFault {
    /// Who complains is missing.
    NoName,
    /// Who complains is too long.
    LongName,
    /// Where the answer goes is too long.
    LongContact,
    /// What it says is missing.
    NoText,
    /// What it says is too long.
    LongText,
    /// Nobody can tell when it came.
    NoDay,
    /// Nobody can tell until when it is to be answered.
    NoDue,
    /// The last day for the answer is before the day it came.
    DueBefore,
    /// The answer finds nothing.
    NoFinding,
    /// The answer says nothing.
    NoAnswer,
    /// The answer is too long.
    LongAnswer,
}

/// Why a complaint was not entered or answered.
#[derive(Debug)]
pub enum ComplaintError {
    /// Everything that is wrong, in the order of the form.
    Wrong(Vec<ComplaintFault>),
    /// There is none, or it was answered already; an answer is final.
    Gone,
    /// Something failed.
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for ComplaintError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// A complaint as typed.
#[derive(Clone, Copy)]
pub struct ComplaintInput<'a> {
    /// Who complains.
    pub complainant: &'a str,
    /// Where the answer is sent.
    pub contact: &'a str,
    /// What it says.
    pub about: &'a str,
    /// Day on which it came; none where it cannot be read.
    pub received_on: Option<Date>,
    /// Last day for the answer; none where it cannot be read.
    pub due_on: Option<Date>,
}

// What people complain about, and who they are, must not reach a log by way of `{:?}`.
impl std::fmt::Debug for ComplaintInput<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ComplaintInput(***)")
    }
}

fn is_long(text: &str, most: usize) -> bool {
    text.chars().count() > most
}

/// Everything that is wrong with a complaint, in the order of the form.
pub fn complaint_faults(input: &ComplaintInput<'_>) -> Vec<ComplaintFault> {
    let is_before = input
        .received_on
        .zip(input.due_on)
        .is_some_and(|(received, due)| due < received);
    [
        (input.complainant.trim().is_empty(), ComplaintFault::NoName),
        (is_long(input.complainant, MAX_LINE), ComplaintFault::LongName),
        (is_long(input.contact, MAX_LINE), ComplaintFault::LongContact),
        (input.about.trim().is_empty(), ComplaintFault::NoText),
        (is_long(input.about, MAX_TEXT), ComplaintFault::LongText),
        (input.received_on.is_none(), ComplaintFault::NoDay),
        (input.due_on.is_none(), ComplaintFault::NoDue),
        (is_before, ComplaintFault::DueBefore),
    ]
    .into_iter()
    .filter_map(|(is_wrong, fault)| is_wrong.then_some(fault))
    .collect()
}

/// Keeps a finding; all but a confirmation need a note.
pub async fn verify_candidate(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    round: &Round,
    person: ParticipantId,
    (finding, note): (Finding, &str),
) -> Result<(), VetError> {
    let note = note.trim();
    if note.is_empty() && finding != Finding::Confirmed {
        return Err(VetError::Missing);
    }
    if note.chars().count() > MAX_NOTE {
        return Err(VetError::TooLong);
    }
    let mut tx = app.store.begin().await?;
    let found = Verification {
        person,
        finding,
        note: note.to_owned(),
        at: now,
        by: by.name.to_owned(),
    };
    tx.insert_verification(round.id, &found).await?;
    let facts = serde_json::json!({ "participant": person, "finding": finding.name() });
    tx.insert_act(&act("verify", now, by, round, facts)).await?;
    Ok(tx.commit().await?)
}

/// Enters a complaint; returns its number in the register.
pub async fn note_complaint(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    round: &Round,
    new: &NewComplaint<'_>,
) -> Result<i64, ComplaintError> {
    let faults = complaint_faults(&ComplaintInput {
        complainant: new.complainant,
        contact: new.contact,
        about: new.about,
        received_on: Some(new.received_on),
        due_on: Some(new.due_on),
    });
    if !faults.is_empty() {
        return Err(ComplaintError::Wrong(faults));
    }
    let mut tx = app.store.begin().await?;
    let id = tx.insert_complaint(new, now, by.name).await?;
    let facts = serde_json::json!({ "complaint": id });
    tx.insert_act(&act("complaint", now, by, round, facts)).await?;
    tx.commit().await?;
    Ok(id)
}

/// Enters the final answer to a complaint.
pub async fn answer_complaint(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    round: &Round,
    id: i64,
    (finding, text): (&str, &str),
) -> Result<(), ComplaintError> {
    let text = text.trim();
    let mut faults = Vec::new();
    if !["upheld", "partly", "dismissed"].contains(&finding) {
        faults.push(ComplaintFault::NoFinding);
    }
    if text.is_empty() {
        faults.push(ComplaintFault::NoAnswer);
    }
    if is_long(text, MAX_TEXT) {
        faults.push(ComplaintFault::LongAnswer);
    }
    if !faults.is_empty() {
        return Err(ComplaintError::Wrong(faults));
    }
    let mut tx = app.store.begin().await?;
    let answer = ComplaintAnswer {
        finding: finding.to_owned(),
        text: text.to_owned(),
        at: now,
        by: by.name.to_owned(),
    };
    if !tx.answer_complaint(round.id, id, &answer).await? {
        return Err(ComplaintError::Gone);
    }
    let facts = serde_json::json!({ "complaint": id, "finding": finding });
    tx.insert_act(&act("complaint-answer", now, by, round, facts))
        .await?;
    Ok(tx.commit().await?)
}

fn act<'a>(
    word: &'static str,
    at: OffsetDateTime,
    by: By<'a>,
    round: &Round,
    facts: serde_json::Value,
) -> Act<'a> {
    Act {
        at,
        actor: by.name,
        act: word,
        contest: Some(round.contest),
        round: Some(round.id),
        reason: None,
        facts,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn everything_that_is_wrong_with_a_complaint_is_told_in_the_order_of_the_form() {
        let long = "Đ".repeat(MAX_LINE + 1);
        let wrong = ComplaintInput {
            complainant: " ",
            contact: &long,
            about: "",
            received_on: Some(date!(2033 - 06 - 06)),
            due_on: Some(date!(2033 - 06 - 05)),
        };
        let expected = [
            ComplaintFault::NoName,
            ComplaintFault::LongContact,
            ComplaintFault::NoText,
            ComplaintFault::DueBefore,
        ];
        assert_eq!(complaint_faults(&wrong), expected);
        let undated = ComplaintInput {
            complainant: "Khiếu",
            contact: "",
            about: "Điểm thấp",
            received_on: None,
            due_on: None,
        };
        let expected = [ComplaintFault::NoDay, ComplaintFault::NoDue];
        assert_eq!(complaint_faults(&undated), expected);
        let day = Some(date!(2033 - 06 - 06));
        let right = ComplaintInput {
            received_on: day,
            due_on: day,
            ..undated
        };
        assert_eq!(complaint_faults(&right), []);
    }
}
