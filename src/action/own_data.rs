//! All that a participant registered and did, shown to that participant.
//!
//! Owns what belongs to it, and counting and logging requests; the copy to take away is `own_records`'s, how it looks the
//! page's.

use super::Failure;
use super::register::sealed_place;
use crate::app::App;
use crate::domain::catalog::Contest;
use crate::domain::ids::{AttemptId, ParticipantId, RoundId};
use crate::domain::own_data::{Hold, OwnFacts};
use crate::domain::participant::FieldError;
use crate::session::limit::Limit;
use crate::store::attempt::AttemptLine;
use crate::store::correction::Correction;
use crate::store::essay::StoredEssay;
use crate::store::own_data::{NewRequest, OwnRecord, RequestLine};
use std::collections::BTreeMap;
use time::OffsetDateTime;

/// Requests per person and window: plenty by hand, few for a script.
const TRIES: u32 = 30;
/// The window, seconds.
const WINDOW_S: u32 = 3600;
/// Requests that a person is shown.
const SHOWN: i64 = 100;

/// All that is kept of a person.
#[derive(Debug)]
pub struct OwnData {
    /// The registration.
    pub record: OwnRecord,
    /// Phone, or the code that was issued; `None` if it cannot be opened.
    pub phone: Option<String>,
    /// Identity number.
    pub national_id: Option<String>,
    /// Attempts, latest first.
    pub attempts: Vec<AttemptLine>,
    /// What was answered in those that are submitted.
    pub responses: BTreeMap<AttemptId, serde_json::Value>,
    /// What was written in each round that asks for an essay.
    pub essays: Vec<(RoundId, StoredEssay)>,
    /// What decides whether it may be changed.
    pub facts: OwnFacts,
    /// What the organisers corrected in the registration, newest first.
    pub corrections: Vec<Correction>,
    /// Requests so far, newest first.
    pub requests: Vec<RequestLine>,
}

/// Why a request about one's own data was not done.
#[derive(Debug)]
pub enum OwnDataError {
    /// Nothing is kept any more.
    Gone,
    /// Something stands in the way.
    Held(Hold),
    /// The password is not right.
    WrongPassword,
    /// What was typed does not fit.
    Fields(Vec<(super::register::Input, FieldError)>),
    /// Too many requests; so many seconds to wait.
    TooMany(u64),
    /// Something failed.
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for OwnDataError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Reads all that is kept of a person.
pub async fn own_data(
    app: &App,
    now: OffsetDateTime,
    contest: &Contest,
    person: ParticipantId,
) -> Result<OwnData, OwnDataError> {
    let record = app
        .store
        .find_own_record(person)
        .await?
        .ok_or(OwnDataError::Gone)?;
    let open = |field: &str, sealed: &[u8]| app.keys.open(&sealed_place(field, &record.phone_hash), sealed);
    let phone = open("phone", &record.phone_sealed);
    let national_id = record
        .national_id_sealed
        .as_deref()
        .and_then(|sealed| open("national_id", sealed));
    let rounds: Vec<RoundId> = contest.rounds.iter().map(|round| round.id).collect();
    Ok(OwnData {
        phone,
        national_id,
        attempts: app.store.load_own_attempts(&rounds, person).await?,
        responses: app.store.load_own_responses(&rounds, person).await?,
        essays: app.store.load_own_essays(person).await?,
        facts: app.store.load_own_facts(contest.id, person, now).await?,
        corrections: app.store.list_corrections(person).await?,
        requests: app.store.load_data_requests(person, SHOWN).await?,
        record,
    })
}

/// Counts a request; refuses one too many.
pub(super) async fn count_request(app: &App, person: ParticipantId) -> Result<(), OwnDataError> {
    let counter = app.keys.counter_name("own-data", &person.0.to_string());
    let limit = Limit {
        kind: "own-data",
        key: &counter,
        tries: TRIES,
        window_s: WINDOW_S,
    };
    match app.sessions.hit(limit).await? {
        Some(wait) => Err(OwnDataError::TooMany(wait)),
        None => Ok(()),
    }
}

/// Logs a request that changes nothing.
pub(super) async fn log_request(
    app: &App,
    at: OffsetDateTime,
    person: ParticipantId,
    (kind, outcome): (&'static str, &'static str),
) -> Result<(), Failure> {
    let mut tx = app.store.begin().await?;
    tx.insert_data_request(
        person,
        NewRequest {
            at,
            kind,
            outcome,
            fields: &[],
        },
    )
    .await?;
    Ok(tx.commit().await?)
}
