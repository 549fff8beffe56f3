//! What reviews and staff have written down about a person, as members of the JSON file; and what is not in it.
//!
//! Owns their shape; what may be given has been decided by `action::own_records`. Names of staff are nowhere in it.

use super::file::moment;
use crate::action::own_records::OwnCopy;
use crate::domain::catalog::Contest;
use crate::domain::fair_play::RightEntry;
use crate::domain::ids::RoundId;
use crate::domain::own_records::Withheld;
use crate::i18n::{Lang, text};
use crate::store::own_records::{OwnCase, OwnFinding};
use serde_json::{Value, json};
use time::OffsetDateTime;

fn number(contest: &Contest, id: RoundId) -> Option<u16> {
    let round = contest.rounds.iter().find(|round| round.id == id);
    round.map(|round| round.number)
}

/// Case sheets: what was seen, the own entries, and how many entries of others stand beside them.
pub(super) fn cases(contest: &Contest, copy: &OwnCopy) -> Vec<Value> {
    let case = |case: &OwnCase| {
        let is_own = |entry: &&RightEntry| copy.data.attempts.iter().any(|line| line.id == entry.attempt);
        let own: Vec<Value> = case.sheet.entries.iter().filter(is_own).map(entry).collect();
        let hearings = case
            .hearings
            .iter()
            .map(|(note, at)| json!({ "note": note, "at": moment(*at) }));
        json!({
            "round": number(contest, case.round),
            "case": case.number,
            "made_at": moment(case.at),
            "sign": case.sheet.sign,
            "entries_of_others": case.sheet.entries.len() - own.len(),
            "own_entries": own,
            "findings": case.findings.iter().map(finding).collect::<Vec<_>>(),
            "answers": hearings.collect::<Vec<_>>(),
        })
    };
    copy.cases.iter().map(case).collect()
}

fn entry(entry: &RightEntry) -> Value {
    let at = OffsetDateTime::from_unix_timestamp_nanos(i128::from(entry.finished_us) * 1_000);
    json!({
        "attempt": entry.attempt.to_string(),
        "finished_at": at.ok().map(moment),
        "duration_ms": entry.duration_ms,
        "questions": entry.questions,
        "prediction": entry.prediction,
    })
}

fn finding(found: &OwnFinding) -> Value {
    json!({
        "opinion": found.opinion.name(),
        "ruled_out": found.ruled_out,
        "reason": found.reason,
        "at": moment(found.at),
    })
}

/// Notes of checks for a prize.
pub(super) fn verifications(contest: &Contest, copy: &OwnCopy) -> Vec<Value> {
    let found = copy.verifications.iter().map(|found| {
        json!({
            "round": number(contest, found.round),
            "finding": found.finding.name(),
            "note": found.note,
            "at": moment(found.at),
        })
    });
    found.collect()
}

/// Complaints that bear the person's number.
pub(super) fn complaints(contest: &Contest, copy: &OwnCopy) -> Vec<Value> {
    let complaint = copy.complaints.iter().map(|one| {
        let complaint = &one.complaint;
        let answer = complaint.answer.as_ref();
        json!({
            "number": complaint.id,
            "round": number(contest, one.round),
            "received_on": complaint.received_on.to_string(),
            "due_on": complaint.due_on.to_string(),
            "complainant": complaint.complainant,
            "contact": complaint.contact,
            "about": complaint.about,
            "noted_at": moment(one.noted_at),
            "finding": answer.map(|answer| answer.finding.as_str()),
            "answer": answer.map(|answer| answer.text.as_str()),
            "answered_at": answer.and_then(|answer| moment(answer.at)),
        })
    });
    complaint.collect()
}

/// Requests that staff entered for the person.
pub(super) fn received(copy: &OwnCopy) -> Vec<Value> {
    let request = copy.received.iter().map(|request| {
        let answer = request.answer.as_ref();
        json!({
            "number": request.id,
            "received_at": moment(request.received_at),
            "kind": request.kind.name(),
            "way": request.way.name(),
            "asker": request.asker,
            "contact": request.contact,
            "about": request.about,
            "outcome": answer.map(|answer| answer.outcome.name()),
            "answer": answer.map(|answer| answer.text.as_str()),
            "answered_at": answer.and_then(|answer| moment(answer.at)),
        })
    });
    request.collect()
}

/// What is left out, each with its reason.
pub(super) fn not_included(lang: Lang, copy: &OwnCopy) -> Vec<Value> {
    let withheld = copy.withheld.iter().map(|withheld| {
        let case = match withheld {
            Withheld::Hearings(_, case) => Some(*case),
            Withheld::Judging(_)
            | Withheld::NamesOfOthers
            | Withheld::NamesOfStaff
            | Withheld::Unsigned
            | Withheld::Papers => None,
        };
        json!({
            "what": withheld.name(),
            "round": withheld.round(),
            "case": case,
            "reason": text(lang, &format!("own-data-left-out-{}", withheld.name()), &[]),
        })
    });
    withheld.collect()
}
