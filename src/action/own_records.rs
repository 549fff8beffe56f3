//! A participant takes a copy of everything away: the own data, and what reviews and staff have written down.
//!
//! Owns the order, that every copy is logged, and that each thing left out is named; what may be given is
//! `domain::own_records`'s.

use super::Failure;
use super::expire_data::known;
use super::own_data::{OwnData, OwnDataError, count_request, log_request, own_data};
use crate::app::App;
use crate::domain::catalog::Contest;
use crate::domain::ids::{AttemptId, ParticipantId, RoundId};
use crate::domain::own_records::{Withheld, is_contact_of, without_names};
use crate::domain::round::RoundStage;
use crate::store::data_request::ReceivedRequest;
use crate::store::own_records::{OwnCase, OwnVerification};
use crate::store::vetting::RegisteredComplaint;
use time::{Date, OffsetDateTime};

/// Complaints of a contest that are looked through; no contest comes near.
const MOST: i64 = 100_000;

/// Everything that is handed over.
#[derive(Debug)]
pub struct OwnCopy {
    /// The own data.
    pub data: OwnData,
    /// Last day on which they are kept.
    pub kept_until: Option<Date>,
    /// Case sheets of published rounds that show own attempts.
    pub cases: Vec<OwnCase>,
    /// Notes of checks for prizes of published rounds.
    pub verifications: Vec<OwnVerification>,
    /// Complaints that bear the person's number.
    pub complaints: Vec<RegisteredComplaint>,
    /// Requests that staff entered for the person.
    pub received: Vec<ReceivedRequest>,
    /// What is not in it, and why.
    pub withheld: Vec<Withheld>,
}

/// The copy that a person takes away: counted and logged.
pub async fn take_own_data(
    app: &App,
    now: OffsetDateTime,
    contest: &Contest,
    person: ParticipantId,
) -> Result<OwnCopy, OwnDataError> {
    count_request(app, person).await?;
    log_request(app, now, person, ("download", "done")).await?;
    own_copy(app, now, contest, person).await
}

/// Reads everything for a copy.
pub(super) async fn own_copy(
    app: &App,
    now: OffsetDateTime,
    contest: &Contest,
    person: ParticipantId,
) -> Result<OwnCopy, OwnDataError> {
    let data = own_data(app, now, contest, person).await?;
    let facts = app.store.load_keeping_facts(contest.id, known(contest)).await?;
    let attempts: Vec<AttemptId> = data.attempts.iter().map(|line| line.id).collect();
    let (published, judged) = sort_rounds(contest, &attempts);
    let complaints = app.store.load_complaint_register(contest.id, None, MOST).await?;
    // Nobody registers with the number of somebody who has complained already, to read the complaint.
    let (phone, since) = (data.phone.as_deref(), data.record.registered_at);
    let is_own =
        |one: &RegisteredComplaint| since <= one.noted_at && is_contact_of(&one.complaint.contact, phone);
    let mut copy = OwnCopy {
        cases: app.store.load_own_cases(&published, &attempts).await?,
        verifications: app.store.load_own_verifications(&published, person).await?,
        complaints: complaints.into_iter().filter(is_own).collect(),
        received: app.store.list_requests_of(person).await?,
        kept_until: facts.until(),
        withheld: judged.into_iter().map(Withheld::Judging).collect(),
        data,
    };
    hold_hearings(app, contest, person, &mut copy).await?;
    take_names_out(app, contest, person, &mut copy).await?;
    copy.withheld
        .extend([Withheld::NamesOfStaff, Withheld::Unsigned, Withheld::Papers]);
    Ok(copy)
}

/// Rounds whose notes may be given, and numbers of those being judged, among those that the person took part in.
fn sort_rounds(contest: &Contest, attempts: &[AttemptId]) -> (Vec<RoundId>, Vec<u16>) {
    let took_part = |id: RoundId| attempts.iter().any(|attempt| attempt.round() == id);
    let published = contest
        .rounds
        .iter()
        .filter(|round| round.stage == RoundStage::Published);
    let judged = contest.rounds.iter().filter(|round| {
        took_part(round.id) && !matches!(round.stage, RoundStage::Scheduled | RoundStage::Published)
    });
    (
        published.map(|round| round.id).collect(),
        judged.map(|round| round.number).collect(),
    )
}

/// What entrants answered stays out where a case shows several of them.
async fn hold_hearings(
    app: &App,
    contest: &Contest,
    person: ParticipantId,
    copy: &mut OwnCopy,
) -> Result<(), Failure> {
    for case in copy.cases.iter_mut().filter(|case| !case.hearings.is_empty()) {
        let attempts: Vec<AttemptId> = case.sheet.entries.iter().map(|entry| entry.attempt).collect();
        let owners = app.store.load_owners(case.round, &attempts).await?;
        if owners.values().all(|owner| *owner == person) {
            continue;
        }
        case.hearings.clear();
        let number = contest
            .rounds
            .iter()
            .find(|round| round.id == case.round)
            .map_or(0, |round| round.number);
        copy.withheld.push(Withheld::Hearings(number, case.number));
    }
    Ok(())
}

/// Takes the names of other people out of every text.
async fn take_names_out(
    app: &App,
    contest: &Contest,
    person: ParticipantId,
    copy: &mut OwnCopy,
) -> Result<(), Failure> {
    let mut texts = texts(copy);
    let whole: Vec<&str> = texts.iter().map(|text| text.as_str()).collect();
    let whole = whole.join("\n");
    if whole.trim().is_empty() {
        return Ok(());
    }
    let names = app.store.find_names_in(contest.id, person, &whole).await?;
    let mut is_cut = false;
    for text in &mut texts {
        let (cut, found) = without_names(text, &names);
        if found {
            **text = cut;
            is_cut = true;
        }
    }
    if is_cut {
        copy.withheld.push(Withheld::NamesOfOthers);
    }
    Ok(())
}

/// Every text that somebody wrote.
fn texts(copy: &mut OwnCopy) -> Vec<&mut String> {
    let mut texts: Vec<&mut String> = Vec::new();
    for case in &mut copy.cases {
        texts.extend(case.findings.iter_mut().map(|found| &mut found.reason));
        texts.extend(case.hearings.iter_mut().map(|(note, _)| note));
    }
    texts.extend(copy.verifications.iter_mut().map(|found| &mut found.note));
    for one in &mut copy.complaints {
        texts.push(&mut one.complaint.about);
        texts.extend(one.complaint.answer.iter_mut().map(|answer| &mut answer.text));
    }
    for request in &mut copy.received {
        texts.push(&mut request.about);
        texts.extend(request.answer.iter_mut().map(|answer| &mut answer.text));
    }
    texts
}
