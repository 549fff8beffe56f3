//! Erasing the personal data of a contest once the day until which they are kept has passed.
//!
//! Owns the order: what must be over is looked at under the lock of the contest, then batch after batch, each a transaction
//! that notes how far it came, then the registers and the line in the log. Any number of instances may try at once, and any
//! of them goes on where another stopped. Every participant belongs to one contest, so that nobody's data of another contest
//! are touched. A contest that is done is looked at again ever after: what staff write of people later goes, too.

use super::Failure;
use super::close_round::By;
use crate::app::App;
use crate::domain::catalog::Contest;
use crate::domain::expiry::{Keeping, KeepingFacts, LaterRefused, NOTICE_DAYS, Stage};
use crate::domain::ids::ContestId;
use crate::domain::participant::local_date;
use crate::store::Tx;
use crate::store::audit::Act;
use crate::store::expiry::{Expiry, KeepingDay, Slice};
use time::{Date, Duration, OffsetDateTime};

/// Who erases without being asked.
pub const SYSTEM: By<'static> = By { name: "system" };
/// People erased in one transaction.
const BATCH: i64 = 1_000;
/// Batches in one step of the worker; the next step goes on.
pub const STEP: usize = 100;
/// Shortest and longest reason for a later day, in characters.
pub const REASON: std::ops::RangeInclusive<usize> = 10..=500;

/// How the data of a contest are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataState {
    /// Until when; `None` where the contest names no day.
    pub keeping: Option<Keeping>,
    /// How far erasing is, once it has begun.
    pub expiry: Option<Expiry>,
}

impl DataState {
    /// Whether everybody is erased.
    fn is_done(&self) -> bool {
        self.expiry
            .as_ref()
            .is_some_and(|expiry| expiry.done_at.is_some())
    }

    /// Whether people are to be erased today: erasing has begun, or may.
    fn is_due(&self) -> bool {
        let stage = self.keeping.as_ref().map(|keeping| keeping.stage);
        self.expiry.is_some() || stage == Some(Stage::Due)
    }
}

/// What a step did to a contest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing is due.
    NotDue,
    /// Another instance is at it.
    Elsewhere,
    /// So many people in this step, and there are more.
    Partly(i64),
    /// Everything is erased.
    Done(Expiry),
}

/// What is wrong with a later day and its reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeepFault {
    /// No day was named.
    NoDay,
    /// The day does not do.
    Day(LaterRefused),
    /// Erasing has begun.
    Begun,
    /// The reason is too short, or too long.
    Reason,
}

/// Why no later day was set.
#[derive(Debug)]
pub enum KeepLongerError {
    /// Everything that is wrong, in the order of the form.
    Wrong(Vec<KeepFault>),
    /// Something failed.
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for KeepLongerError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// How the data of a contest are kept as of now.
pub async fn data_state(app: &App, now: OffsetDateTime, contest: &Contest) -> Result<DataState, Failure> {
    let expiry = app.store.find_expiry(contest.id).await?;
    let facts = app.store.load_keeping_facts(contest.id, known(contest)).await?;
    Ok(DataState {
        keeping: facts.keeping(local_date(now)),
        expiry,
    })
}

/// Goes on with every contest whose day has passed and whose organisers have been told for a week, also where the program was
/// not running or did not know of it before; what was done to those where something was. One that fails does not stop the
/// others.
pub async fn expire_due(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
) -> Result<Vec<(ContestId, Outcome)>, Failure> {
    let catalog = app.catalog();
    let mut done = Vec::new();
    let mut failed = None;
    for contest in catalog.contests() {
        let outcome = match has_stood(app, now, contest).await {
            Ok(true) => expire_contest(app, now, by, contest, STEP).await,
            Ok(false) => Ok(Outcome::NotDue),
            Err(error) => Err(error),
        };
        match outcome {
            Ok(Outcome::NotDue) => {}
            Ok(outcome) => done.push((contest.id, outcome)),
            Err(error) => failed = Some(error),
        }
    }
    failed.map_or(Ok(done), Err)
}

/// Whether the notice to the organisers has stood for a week, or erasing has begun before; notes since when it stands.
async fn has_stood(app: &App, now: OffsetDateTime, contest: &Contest) -> Result<bool, Failure> {
    let state = data_state(app, now, contest).await?;
    if state.expiry.is_some() {
        return Ok(true);
    }
    let stage = state.keeping.map(|keeping| keeping.stage);
    if matches!(stage, None | Some(Stage::Kept)) {
        return Ok(false);
    }
    let since = app.store.note_expiry_notice(contest.id, now).await?;
    Ok(since <= now - Duration::days(NOTICE_DAYS))
}

/// Erases up to `batches` batches of a contest whose day has passed; of one that is done what was written since.
pub async fn expire_contest(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    contest: &Contest,
    batches: usize,
) -> Result<Outcome, Failure> {
    let state = data_state(app, now, contest).await?;
    if state.is_done() {
        return look_again(app, now, by, contest).await;
    }
    if !state.is_due() {
        return Ok(Outcome::NotDue);
    }
    if state.expiry.is_none() && !begin(app, now, by, contest).await? {
        return Ok(Outcome::NotDue);
    }
    let mut people = 0;
    for _ in 0..batches {
        let mut tx = app.store.begin().await?;
        let Some(after) = tx.lease_expiry(contest.id).await? else {
            return Ok(Outcome::Elsewhere);
        };
        let slice = tx.erase_slice(contest.id, after, BATCH, now).await?;
        tx.carry_on_expiry(contest.id, slice).await?;
        if slice.last.is_none() {
            let expiry = end(tx, now, by, contest).await?;
            return Ok(Outcome::Done(expiry));
        }
        people += slice.people;
        tx.commit().await?;
    }
    Ok(Outcome::Partly(people))
}

/// Looks once more under the lock of the contest, which ranking and a later day take, too; `false` if something has come up.
/// From then on no result of the contest can be corrected.
async fn begin(app: &App, now: OffsetDateTime, by: By<'_>, contest: &Contest) -> Result<bool, Failure> {
    let mut tx = app.store.begin().await?;
    tx.lock_contest_id(contest.id).await?;
    let facts = tx.load_keeping_facts(contest.id, known(contest)).await?;
    let keeping = facts.keeping(local_date(now));
    let Some(keeping) = keeping.filter(|keeping| keeping.stage == Stage::Due) else {
        return Ok(false);
    };
    tx.begin_expiry(contest.id, keeping.until, now, by.name).await?;
    tx.commit().await?;
    Ok(true)
}

/// Empties the registers and writes the line in the log, in the transaction of the last batch.
async fn end(mut tx: Tx, now: OffsetDateTime, by: By<'_>, contest: &Contest) -> Result<Expiry, Failure> {
    let rest = Slice {
        texts: tx.forget_registers(contest.id, now).await?,
        ..Slice::default()
    };
    tx.carry_on_expiry(contest.id, rest).await?;
    let expiry = tx.end_expiry(contest.id, now).await?;
    let all = (expiry.people, expiry.winners, expiry.texts);
    tx.insert_act(&erased(now, by, &expiry, contest, all)).await?;
    tx.commit().await?;
    Ok(expiry)
}

/// Staff may enter a complaint or a request after everybody is erased: its texts go once its answer has had a week to be
/// sent, and what else was written of people goes at once.
async fn look_again(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    contest: &Contest,
) -> Result<Outcome, Failure> {
    let mut tx = app.store.begin().await?;
    if !tx.lease_expired(contest.id).await? {
        return Ok(Outcome::Elsewhere);
    }
    let texts = tx
        .forget_registers(contest.id, now - Duration::days(NOTICE_DAYS))
        .await?;
    if texts == 0 {
        tx.commit().await?;
        return Ok(Outcome::NotDue);
    }
    let rest = Slice {
        texts,
        ..Slice::default()
    };
    tx.carry_on_expiry(contest.id, rest).await?;
    let expiry = tx.end_expiry(contest.id, now).await?;
    tx.insert_act(&erased(now, by, &expiry, contest, (0, 0, texts)))
        .await?;
    tx.commit().await?;
    Ok(Outcome::Done(expiry))
}

/// The line in the log: how many people, winners among them, and texts.
fn erased<'a>(
    at: OffsetDateTime,
    by: By<'a>,
    expiry: &Expiry,
    contest: &Contest,
    (people, winners, texts): (i64, i64, i64),
) -> Act<'a> {
    Act {
        at,
        actor: by.name,
        act: "data-expire",
        contest: Some(contest.id),
        round: None,
        reason: None,
        facts: serde_json::json!({
            "until": expiry.kept_until.to_string(), "people": people, "winners": winners, "texts": texts,
        }),
    }
}

/// Keeps the data of a contest longer, for a reason that the public reads; everything that is wrong is told at once.
pub async fn keep_longer(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    contest: &Contest,
    (until, reason): (Option<Date>, &str),
) -> Result<(), KeepLongerError> {
    let reason = reason.trim();
    let mut tx = app.store.begin().await?;
    // Erasing begins under the same lock.
    tx.lock_contest_id(contest.id).await?;
    let begun = tx.has_expiry(contest.id).await?;
    let facts = tx.load_keeping_facts(contest.id, known(contest)).await?;
    let until = match until {
        _ if begun => Err(KeepFault::Begun),
        None => Err(KeepFault::NoDay),
        Some(until) => match facts.may_keep_until(local_date(now), until) {
            Ok(()) => Ok(until),
            Err(refused) => Err(KeepFault::Day(refused)),
        },
    };
    let short = (!REASON.contains(&reason.chars().count())).then_some(KeepFault::Reason);
    let until = match (until, short) {
        (Ok(until), None) => until,
        (until, short) => {
            let wrong = until.err().into_iter().chain(short).collect();
            return Err(KeepLongerError::Wrong(wrong));
        }
    };
    let day = KeepingDay {
        until,
        reason: reason.to_owned(),
        at: now,
        by: by.name.to_owned(),
    };
    tx.insert_keeping_day(contest.id, &day).await?;
    let former = facts.until().map(|day| day.to_string());
    let act = Act {
        at: now,
        actor: by.name,
        act: "keep-longer",
        contest: Some(contest.id),
        round: None,
        reason: Some(reason),
        facts: serde_json::json!({ "until": until.to_string(), "former": former }),
    };
    tx.insert_act(&act).await?;
    Ok(tx.commit().await?)
}

/// What the contest itself says.
pub(super) fn known(contest: &Contest) -> KeepingFacts {
    KeepingFacts {
        promised: contest.definition.data_deleted_by,
        complaint_days: contest.definition.complaints.map(|rules| rules.within_days),
        ..KeepingFacts::default()
    }
}
