//! What is better done before a result is approved, though nothing is in the way: complaints, candidates, case sheets.
//!
//! Owns these sentences; approval itself is `action::approve_round`'s.

use crate::domain::case::CaseState;
use crate::domain::ids::ParticipantId;
use crate::domain::participant::local_date;
use crate::domain::staff::Right;
use crate::domain::vetting::Finding;
use crate::web::console::blockers::Task;
use crate::web::console::desk::{Desk, Place};
use crate::web::error::WebError;
use crate::web::format;
use std::collections::BTreeMap;

/// Complaints looked at; no round comes near.
const MOST: i64 = 500;

/// Everything open that whoever approves should know of.
pub async fn reminders(desk: &Desk, place: &Place) -> Result<Vec<Task>, WebError> {
    let open = [
        complaints(desk, place).await?,
        candidates(desk, place).await?,
        cases(desk, place).await?,
    ];
    Ok(open.into_iter().flatten().collect())
}

fn task(desk: &Desk, place: &Place, text: String, step: &str, right: Right, label: &str) -> Task {
    Task {
        state: "warn",
        text,
        link: desk.may(right).then(|| (place.step(step), desk.say(label, &[]))),
    }
}

async fn complaints(desk: &Desk, place: &Place) -> Result<Option<Task>, WebError> {
    let all = desk.app.store.list_complaints(place.round.id, MOST).await?;
    let open: Vec<_> = all.iter().filter(|one| one.answer.is_none()).collect();
    let Some(first) = open.iter().map(|one| one.due_on).min() else {
        return Ok(None);
    };
    let key = if first < local_date(desk.now()) {
        "reminder-complaints-late"
    } else {
        "reminder-complaints"
    };
    let args = [
        ("n", open.len().to_string().into()),
        ("day", format::date(desk.lang(), first).into()),
    ];
    let text = desk.say(key, &args);
    Ok(Some(task(
        desk,
        place,
        text,
        "khieu-nai",
        Right::Export,
        "award-do-complaints",
    )))
}

/// Winners whom nobody has confirmed.
async fn candidates(desk: &Desk, place: &Place) -> Result<Option<Task>, WebError> {
    let store = &desk.app.store;
    let Some(ranking) = store.find_round_ranking(place.round.id).await? else {
        return Ok(None);
    };
    let newest: BTreeMap<ParticipantId, Finding> = store
        .list_verifications(place.round.id)
        .await?
        .into_iter()
        .map(|found| (found.person, found.finding))
        .collect();
    let awards = store.load_awards(ranking).await?;
    let confirmed = |person: &ParticipantId| newest.get(person) == Some(&Finding::Confirmed);
    let open = awards
        .iter()
        .filter(|award| !confirmed(&award.award.participant))
        .count();
    if open == 0 {
        return Ok(None);
    }
    let args = [
        ("n", open.to_string().into()),
        ("all", awards.len().to_string().into()),
    ];
    let text = desk.say("reminder-candidates", &args);
    Ok(Some(task(
        desk,
        place,
        text,
        "ra-soat",
        Right::Export,
        "award-do-review",
    )))
}

/// Case sheets on which two people have not agreed.
async fn cases(desk: &Desk, place: &Place) -> Result<Option<Task>, WebError> {
    let Some(review) = desk.app.store.find_review(place.round.id).await? else {
        return Ok(None);
    };
    let cases = desk.app.store.list_cases(review.id).await?;
    let findings = desk.app.store.list_case_findings(review.id).await?;
    let is_open = |id: i64| {
        let state = CaseState::of(findings.get(&id).map_or(&[], Vec::as_slice));
        !matches!(state, CaseState::Agreed(_))
    };
    let open = cases.iter().filter(|case| is_open(case.id)).count();
    if open == 0 {
        return Ok(None);
    }
    let text = desk.say("reminder-cases", &[("n", open.to_string().into())]);
    Ok(Some(task(
        desk,
        place,
        text,
        "phieu",
        Right::Approve,
        "case-do-list",
    )))
}
