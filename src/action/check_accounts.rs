//! The organisers' list of accounts in the console: read and told what is wrong with it, issued once confirmed, and the
//! passwords handed out once.
//!
//! Owns that nothing is kept in the clear between these steps: list and passwords wait for an hour, sealed for one person and
//! one contest, and each is taken once. Making the accounts is `issue_accounts`'s.

use super::Failure;
use super::issue_accounts::{IssueError, Issued, code_hash, issue_accounts};
use super::read_question_file::READING;
use crate::app::App;
use crate::bank::{AccountRules, Fault, read_accounts};
use crate::domain::account::ListedAccount;
use crate::domain::catalog::Contest;
use crate::domain::participant::local_date;
use crate::domain::staff::Staff;
use crate::keys::sha256_hex;
use crate::store::audit::Act;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use std::collections::BTreeSet;
use std::sync::Arc;
use time::{Date, OffsetDateTime};

/// People of one list in the console: making their passwords takes about half a minute.
pub const MAX_AT_ONCE: usize = 2_000;

/// What a list says, and what issuing it would do.
#[derive(Debug, Default)]
pub struct CheckedList {
    /// Everything wrong or odd.
    pub faults: Vec<Fault>,
    /// The people, if nothing is wrong.
    pub people: Vec<ListedAccount>,
    /// Codes among them that have an account already.
    pub taken: BTreeSet<String>,
    /// Leads to the list until it is confirmed; `None` if it cannot be issued.
    pub token: Option<String>,
}

impl CheckedList {
    /// How many accounts would be made.
    pub fn fresh(&self) -> usize {
        self.people.len() - self.taken.len()
    }
}

/// Reads a list for a contest as it stands.
pub fn read_list(
    contest: &Contest,
    today: Date,
    name: &str,
    bytes: &[u8],
) -> (Option<Vec<ListedAccount>>, Vec<Fault>) {
    let open = contest
        .units
        .iter()
        .filter(|unit| contest.takes_entries_for(unit, today));
    let rules = AccountRules {
        units: open.map(|unit| unit.definition.code.as_str()).collect(),
        ages: (contest.definition.min_age, contest.definition.entry.max_age),
        first_day: contest.first_day().unwrap_or(today),
        today,
    };
    read_accounts(name, bytes, &rules)
}

/// Reads a list beside the requests of others and keeps it, sealed, until it is confirmed.
pub async fn check_accounts(
    app: &App,
    now: OffsetDateTime,
    by: &Staff,
    contest: &Arc<Contest>,
    name: &str,
    bytes: &[u8],
) -> Result<CheckedList, Failure> {
    let (people, faults) = read_aside(now, contest, name, bytes).await?;
    let Some(people) = people else {
        return Ok(CheckedList {
            faults,
            ..CheckedList::default()
        });
    };
    let hashes = people.iter().map(|one| code_hash(app, contest, one).to_vec());
    let known = app
        .store
        .list_taken(contest.id, &hashes.collect::<Vec<_>>())
        .await?;
    let has = |one: &&ListedAccount| known.contains(code_hash(app, contest, one).as_slice());
    let taken: BTreeSet<String> = people.iter().filter(has).map(|one| one.code.clone()).collect();
    let mut checked = CheckedList {
        faults,
        people,
        taken,
        token: None,
    };
    if (1..=MAX_AT_ONCE).contains(&checked.fresh()) {
        let packed = format!("{name}\n{}", STANDARD.encode(bytes));
        checked.token = Some(put(app, by, contest, Step::List, &packed).await?);
    }
    Ok(checked)
}

/// Issues the accounts of a list that was checked. `None` if it is not there any more, was confirmed before, or does not
/// fit the contest any more.
pub async fn issue_checked(
    app: &App,
    now: OffsetDateTime,
    by: &Staff,
    contest: &Arc<Contest>,
    token: &str,
) -> Result<Option<Issued>, IssueError> {
    let Some(packed) = take(app, by, contest, Step::List, token).await? else {
        return Ok(None);
    };
    let list = packed.split_once('\n');
    let list = list.and_then(|(name, bytes)| Some((name.to_owned(), STANDARD.decode(bytes).ok()?)));
    let Some((name, bytes)) = list else {
        return Ok(None);
    };
    let Some(people) = read_aside(now, contest, &name, &bytes).await?.0 else {
        return Ok(None);
    };
    issue_accounts(app, now, &by.name, contest, &people)
        .await
        .map(Some)
}

/// Keeps the list with the passwords, sealed, until it is fetched. The token leads to it.
pub async fn keep_passwords(
    app: &App,
    by: &Staff,
    contest: &Arc<Contest>,
    file: &str,
) -> Result<String, Failure> {
    put(app, by, contest, Step::Passwords, file).await
}

/// Hands out the list with the passwords, once.
pub async fn take_passwords(
    app: &App,
    now: OffsetDateTime,
    by: &Staff,
    contest: &Arc<Contest>,
    token: &str,
) -> Result<Option<String>, Failure> {
    let Some(file) = take(app, by, contest, Step::Passwords, token).await? else {
        return Ok(None);
    };
    let act = Act {
        at: now,
        actor: &by.name,
        act: "accounts-file",
        contest: Some(contest.id),
        round: None,
        reason: None,
        facts: serde_json::json!({}),
    };
    let mut tx = app.store.begin().await?;
    tx.insert_act(&act).await?;
    tx.commit().await?;
    Ok(Some(file))
}

async fn read_aside(
    now: OffsetDateTime,
    contest: &Arc<Contest>,
    name: &str,
    bytes: &[u8],
) -> Result<(Option<Vec<ListedAccount>>, Vec<Fault>), Failure> {
    let turn = READING.acquire().await.map_err(|_| Failure::Busy)?;
    let (contest, name, bytes) = (Arc::clone(contest), name.to_owned(), bytes.to_vec());
    let read = tokio::task::spawn_blocking(move || read_list(&contest, local_date(now), &name, &bytes));
    let read = read.await;
    drop(turn);
    read.map_err(|error| Failure::Inconsistent(format!("reading a list ended early: {error}")))
}

/// What waits between two steps.
#[derive(Debug, Clone, Copy)]
enum Step {
    List,
    Passwords,
}

/// What a sealed file is bound to: nobody else opens it, and not for another contest.
fn place(by: &Staff, contest: &Contest, step: Step, token_hash: &str) -> String {
    let step = match step {
        Step::List => "list",
        Step::Passwords => "passwords",
    };
    format!("accounts.{step}:{}:{}:{token_hash}", contest.id, by.id)
}

async fn put(app: &App, by: &Staff, contest: &Contest, step: Step, text: &str) -> Result<String, Failure> {
    let token = URL_SAFE_NO_PAD.encode(app.entropy.bytes::<16>());
    let hash = sha256_hex(token.as_bytes());
    let sealed = app
        .keys
        .seal(&place(by, contest, step, &hash), text, app.entropy.bytes());
    app.sessions.put_sealed(&hash, &sealed).await?;
    Ok(token)
}

async fn take(
    app: &App,
    by: &Staff,
    contest: &Contest,
    step: Step,
    token: &str,
) -> Result<Option<String>, Failure> {
    let hash = sha256_hex(token.as_bytes());
    let sealed = app.sessions.take_sealed(&hash).await?;
    Ok(sealed.and_then(|sealed| app.keys.open(&place(by, contest, step, &hash), &sealed)))
}
