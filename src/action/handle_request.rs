//! Requests about personal data that reach staff: entering one, answering it, carrying an erasure or a withdrawal out.
//!
//! Owns the limits and that each step stands in the audit log without names or texts; when an answer is due is
//! `domain::working_days`'s. What people do on their own pages is `own_data`'s and its neighbours'.

use super::Failure;
use super::close_round::By;
use super::own_data::OwnDataError;
use super::own_records::{OwnCopy, own_copy};
use crate::app::App;
use crate::domain::account::login_name;
use crate::domain::catalog::Contest;
use crate::domain::data_request::{RequestKind, RequestOutcome, Way};
use crate::domain::ids::ParticipantId;
use crate::domain::own_data::{Hold, holds_erasure};
use crate::store::Tx;
use crate::store::audit::Act;
use crate::store::data_request::{NewReceived, ReceivedRequest, RequestAnswer};
use time::{Date, Duration, OffsetDateTime};

/// Longest name or contact, in characters.
pub const MAX_LINE: usize = 200;
/// Longest text of a request or its answer, in characters.
pub const MAX_TEXT: usize = 2_000;
/// How old a request may be that is entered: one that lay for a year is found by other means.
pub const MAX_AGE: Duration = Duration::days(366);
/// Most days off entered at once.
pub const MAX_DAYS_OFF: i64 = 31;

/// A request as typed.
#[derive(Clone)]
pub struct RequestInput<'a> {
    /// When it came; none where that cannot be read.
    pub received_at: Option<OffsetDateTime>,
    /// What is asked for.
    pub kind: RequestKind,
    /// How it came.
    pub way: Way,
    /// Who asks.
    pub asker: &'a str,
    /// Where the answer goes.
    pub contact: &'a str,
    /// What exactly.
    pub about: &'a str,
    /// The phone or code that the person logs in with, to find the account; empty where it is not known.
    pub account: &'a str,
}

impl std::fmt::Debug for RequestInput<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RequestInput(***)")
    }
}

/// What is wrong with something typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestFault {
    /// It came later than now, or more than a year ago, or nobody can tell when.
    Moment,
    /// The name of who asks is missing.
    NoAsker,
    /// The name of who asks is too long.
    LongAsker,
    /// Where the answer goes is too long.
    LongContact,
    /// No account of the contest has that phone or code.
    NoAccount,
    /// What exactly is asked for is too long.
    LongAbout,
    /// A refusal needs its reason.
    NoReason,
    /// The answer is too long.
    LongAnswer,
    /// What the days off are for is missing.
    NoDayName,
    /// What the days off are for is too long.
    LongDayName,
    /// The days off do not do: none, backwards, or too many.
    Days,
}

/// Why a request was not entered or answered.
#[derive(Debug)]
pub enum RequestError {
    /// Everything that is wrong, in the order of the form.
    Wrong(Vec<RequestFault>),
    /// There is none, or it was answered already.
    Gone,
    /// Only an erasure or a withdrawal for a known account can be carried out here.
    NotHere,
    /// Something stands in the way of the erasure.
    Held(Hold),
    /// Something failed.
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for RequestError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Enters a request; returns its number in the register. Everything that is wrong is told at once.
pub async fn note_request(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    contest: &Contest,
    input: &RequestInput<'_>,
) -> Result<i64, RequestError> {
    let (asker, contact, about) = (input.asker.trim(), input.contact.trim(), input.about.trim());
    let mut faults: Vec<RequestFault> = Vec::new();
    let mut note = |is_wrong: bool, fault: RequestFault| faults.extend(is_wrong.then_some(fault));
    let received_at = input.received_at.filter(|at| *at <= now && *at >= now - MAX_AGE);
    note(received_at.is_none(), RequestFault::Moment);
    note(asker.is_empty(), RequestFault::NoAsker);
    note(is_long(asker, MAX_LINE), RequestFault::LongAsker);
    note(is_long(contact, MAX_LINE), RequestFault::LongContact);
    let account = find_account(app, contest, input.account.trim()).await?;
    note(account == Account::Unknown, RequestFault::NoAccount);
    note(is_long(about, MAX_TEXT), RequestFault::LongAbout);
    let received_at = match received_at {
        Some(at) if faults.is_empty() => at,
        _ => return Err(RequestError::Wrong(faults)),
    };
    let new = NewReceived {
        contest: contest.id,
        person: account.person(),
        received_at,
        kind: input.kind,
        way: input.way,
        asker,
        contact,
        about,
    };
    let mut tx = app.store.begin().await?;
    let id = tx.insert_received_request(&new, now, by.name).await?;
    let facts = serde_json::json!({ "request": id, "kind": input.kind.name(), "way": input.way.name() });
    log(&mut tx, now, by, contest, ("request", facts)).await?;
    tx.commit().await?;
    Ok(id)
}

fn is_long(text: &str, most: usize) -> bool {
    text.chars().count() > most
}

/// Whose account was typed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Account {
    /// Nothing was typed.
    Unsaid,
    /// This person's.
    Of(ParticipantId),
    /// Nobody's.
    Unknown,
}

impl Account {
    const fn person(self) -> Option<ParticipantId> {
        match self {
            Self::Of(person) => Some(person),
            Self::Unsaid | Self::Unknown => None,
        }
    }
}

async fn find_account(app: &App, contest: &Contest, typed: &str) -> Result<Account, Failure> {
    if typed.is_empty() {
        return Ok(Account::Unsaid);
    }
    let Some(name) = login_name(contest.definition.entry.accounts, typed) else {
        return Ok(Account::Unknown);
    };
    let hash = app.keys.phone_hash(contest.id, &name);
    let card = app.store.find_person_card(contest.id, &hash).await?;
    Ok(card.map_or(Account::Unknown, |card| Account::Of(card.id)))
}

/// An answer as typed.
#[derive(Clone, Copy)]
pub struct AnswerInput<'a> {
    /// Done or refused.
    pub outcome: RequestOutcome,
    /// What was done, or why it was refused.
    pub text: &'a str,
    /// Carry an erasure or a withdrawal out now.
    pub carry_out: bool,
}

impl std::fmt::Debug for AnswerInput<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AnswerInput(***)")
    }
}

/// Answers a request, once; with the answer, what was asked for may be carried out in the same transaction.
pub async fn answer_request(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    contest: &Contest,
    id: i64,
    input: AnswerInput<'_>,
) -> Result<(), RequestError> {
    let text = input.text.trim();
    if text.is_empty() && input.outcome == RequestOutcome::Refused {
        return Err(RequestError::Wrong(vec![RequestFault::NoReason]));
    }
    if is_long(text, MAX_TEXT) {
        return Err(RequestError::Wrong(vec![RequestFault::LongAnswer]));
    }
    let mut tx = app.store.begin().await?;
    let request = tx.lock_received_request(contest.id, id).await?;
    let request = request.filter(|request| request.answer.is_none());
    let request = request.ok_or(RequestError::Gone)?;
    let answer = RequestAnswer {
        outcome: input.outcome,
        text: text.to_owned(),
        at: now,
        by: by.name.to_owned(),
    };
    tx.answer_received_request(id, &answer).await?;
    let is_carried_out = input.carry_out && input.outcome == RequestOutcome::Done;
    if is_carried_out {
        carry_out(app, &mut tx, now, contest, &request).await?;
    }
    let facts = serde_json::json!({
        "request": id, "kind": request.kind.name(), "outcome": input.outcome.name(), "carried_out": is_carried_out,
        "participant": request.person,
    });
    log(&mut tx, now, by, contest, ("request-answer", facts)).await?;
    Ok(tx.commit().await?)
}

async fn carry_out(
    app: &App,
    tx: &mut Tx,
    now: OffsetDateTime,
    contest: &Contest,
    request: &ReceivedRequest,
) -> Result<(), RequestError> {
    let person = request.person.ok_or(RequestError::NotHere)?;
    match request.kind {
        RequestKind::Erase => {
            let facts = app.store.load_own_facts(contest.id, person, now).await?;
            if let Some(hold) = holds_erasure(&facts) {
                return Err(RequestError::Held(hold));
            }
            // Done before by the person is done, too.
            tx.erase_own_data(person, now).await?;
            Ok(())
        }
        RequestKind::Consent => Ok(tx.set_consent_publish(person, false).await?),
        RequestKind::See | RequestKind::Copy | RequestKind::Correct | RequestKind::Other => {
            Err(RequestError::NotHere)
        }
    }
}

/// The copy that is sent to whoever asked for it: logged before it is read. Who asks has been made sure of.
pub async fn copy_for_request(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    contest: &Contest,
    id: i64,
) -> Result<OwnCopy, RequestError> {
    let mut tx = app.store.begin().await?;
    let request = tx.lock_received_request(contest.id, id).await?;
    let request = request.filter(|request| request.answer.is_none());
    let request = request.ok_or(RequestError::Gone)?;
    let is_asked = matches!(request.kind, RequestKind::See | RequestKind::Copy);
    let person = request.person.filter(|_| is_asked).ok_or(RequestError::NotHere)?;
    let facts = serde_json::json!({ "request": id, "kind": request.kind.name(), "participant": person });
    log(&mut tx, now, by, contest, ("request-copy", facts)).await?;
    tx.commit().await?;
    own_copy(app, now, contest, person)
        .await
        .map_err(|error| match error {
            OwnDataError::Failed(failure) => RequestError::Failed(failure),
            OwnDataError::Gone
            | OwnDataError::Held(_)
            | OwnDataError::WrongPassword
            | OwnDataError::Fields(_)
            | OwnDataError::TooMany(_) => RequestError::Gone,
        })
}

/// Enters days off from one day to another, both included; a day is none where it cannot be read. Everything that is wrong
/// is told at once.
pub async fn note_days_off(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    contest: &Contest,
    (from, until): (Option<Date>, Option<Date>),
    name: &str,
) -> Result<(), RequestError> {
    let name = name.trim();
    let mut faults = Vec::new();
    if name.is_empty() {
        faults.push(RequestFault::NoDayName);
    }
    if is_long(name, MAX_LINE) {
        faults.push(RequestFault::LongDayName);
    }
    let days = from.zip(until).filter(|(from, until)| {
        let length = (*until - *from).whole_days();
        (0..MAX_DAYS_OFF).contains(&length)
    });
    if days.is_none() {
        faults.push(RequestFault::Days);
    }
    let (from, until) = match days {
        Some(days) if faults.is_empty() => days,
        _ => return Err(RequestError::Wrong(faults)),
    };
    let days: Vec<Date> = (0..=(until - from).whole_days())
        .filter_map(|n| from.checked_add(Duration::days(n)))
        .collect();
    let mut tx = app.store.begin().await?;
    tx.insert_days_off(&days, name, now, by.name).await?;
    let facts = serde_json::json!({ "from": from.to_string(), "until": until.to_string(), "name": name });
    log(&mut tx, now, by, contest, ("days-off", facts)).await?;
    Ok(tx.commit().await?)
}

/// Takes a day off out that was entered by mistake.
pub async fn take_out_day_off(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    contest: &Contest,
    day: Date,
) -> Result<(), RequestError> {
    let mut tx = app.store.begin().await?;
    if !tx.delete_day_off(day).await? {
        return Err(RequestError::Gone);
    }
    let facts = serde_json::json!({ "day": day.to_string() });
    log(&mut tx, now, by, contest, ("day-off-out", facts)).await?;
    Ok(tx.commit().await?)
}

async fn log(
    tx: &mut Tx,
    at: OffsetDateTime,
    by: By<'_>,
    contest: &Contest,
    (act, facts): (&'static str, serde_json::Value),
) -> Result<(), Failure> {
    let act = Act {
        at,
        actor: by.name,
        act,
        contest: Some(contest.id),
        round: None,
        reason: None,
        facts,
    };
    Ok(tx.insert_act(&act).await?)
}
