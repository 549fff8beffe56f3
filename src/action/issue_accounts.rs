//! Issuing accounts from the organisers' list: log-in codes with first passwords, told once.
//!
//! Owns that all accounts of a list are made or none, and that whoever has one keeps it; what a good list is belongs to
//! `bank`.

use super::Failure;
use super::list_people::hashes_of;
use super::register::{CONSENT_VERSION, sealed_place};
use super::staff_login::random_password;
use crate::app::App;
use crate::domain::account::{Accounts, ListedAccount};
use crate::domain::catalog::Contest;
use crate::domain::ids::ParticipantId;
use crate::store::Tx;
use crate::store::audit::Act;
use crate::store::participant::NewParticipant;
use time::OffsetDateTime;

/// Letters of a first password with the hyphen between: two groups, short enough to copy from paper, and tries are
/// counted.
const PASSWORD: usize = 9;

/// An account just made.
#[derive(Clone)]
pub struct IssuedAccount {
    /// The person.
    pub person: ListedAccount,
    /// The first password; only its hash is kept.
    pub password: String,
}

impl std::fmt::Debug for IssuedAccount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("IssuedAccount(***)")
    }
}

/// What issuing did.
#[derive(Debug, Clone, Default)]
pub struct Issued {
    /// The accounts made, in the order of the list.
    pub made: Vec<IssuedAccount>,
    /// Codes of the list that have an account already, which stays as it is.
    pub kept: Vec<String>,
}

/// Why no account was made.
#[derive(Debug)]
pub enum IssueError {
    /// People register for this contest themselves.
    NotIssued,
    /// The list names a unit that is not in the contest.
    NoUnit(String),
    /// The personal data of the contest have expired: nobody would erase these people.
    Expired,
    /// Something failed.
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for IssueError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// What an account is found by.
pub(super) fn code_hash(app: &App, contest: &Contest, person: &ListedAccount) -> [u8; 32] {
    app.keys.phone_hash(contest.id, &person.code)
}

/// Somebody with the hashes of code and first password.
struct Fresh {
    person: ListedAccount,
    code_hash: [u8; 32],
    password: String,
    password_hash: String,
}

/// Makes an account for everybody on the list who has none.
pub async fn issue_accounts(
    app: &App,
    now: OffsetDateTime,
    by: &str,
    contest: &Contest,
    list: &[ListedAccount],
) -> Result<Issued, IssueError> {
    if contest.definition.entry.accounts != Accounts::Issued {
        return Err(IssueError::NotIssued);
    }
    if let Some(stray) = list
        .iter()
        .find(|person| contest.unit_by_code(&person.unit).is_none())
    {
        return Err(IssueError::NoUnit(stray.unit.clone()));
    }
    let mut issued = Issued::default();
    // Before anything is locked: a password takes longer to hash than an account to keep.
    let fresh = with_passwords(app, contest, list, &mut issued).await?;
    let mut tx = app.store.begin().await?;
    // Erasing begins under the same lock.
    tx.lock_contest_id(contest.id).await?;
    if tx.has_expiry(contest.id).await? {
        return Err(IssueError::Expired);
    }
    for one in fresh {
        match insert(app, &mut tx, now, contest, &one).await? {
            Some(_) => issued.made.push(IssuedAccount {
                person: one.person,
                password: one.password,
            }),
            // Another list was quicker: its password holds, not this one.
            None => issued.kept.push(one.person.code),
        }
    }
    let facts = serde_json::json!({ "made": issued.made.len(), "kept": issued.kept.len() });
    let act = Act {
        at: now,
        actor: by,
        act: "accounts",
        contest: Some(contest.id),
        round: None,
        reason: None,
        facts,
    };
    tx.insert_act(&act).await?;
    tx.commit().await?;
    Ok(issued)
}

/// Those of the list who have no account yet, each with a first password; the others are noted as kept.
async fn with_passwords(
    app: &App,
    contest: &Contest,
    list: &[ListedAccount],
    issued: &mut Issued,
) -> Result<Vec<Fresh>, Failure> {
    let hashes: Vec<[u8; 32]> = list
        .iter()
        .map(|person| code_hash(app, contest, person))
        .collect();
    let asked: Vec<Vec<u8>> = hashes.iter().map(|hash| hash.to_vec()).collect();
    let taken = app.store.list_taken(contest.id, &asked).await?;
    let mut fresh = Vec::new();
    for (person, code_hash) in list.iter().zip(hashes) {
        if taken.contains(code_hash.as_slice()) {
            issued.kept.push(person.code.clone());
            continue;
        }
        let password: String = random_password(app).chars().take(PASSWORD).collect();
        let password_hash = app.passwords.hash(&password, app.entropy.bytes()).await?;
        fresh.push(Fresh {
            person: person.clone(),
            code_hash,
            password,
            password_hash,
        });
    }
    Ok(fresh)
}

/// Keeps an account; `None` if the code has one by now.
async fn insert(
    app: &App,
    tx: &mut Tx,
    now: OffsetDateTime,
    contest: &Contest,
    fresh: &Fresh,
) -> Result<Option<ParticipantId>, Failure> {
    let person = &fresh.person;
    let unit = contest
        .unit_by_code(&person.unit)
        .ok_or_else(|| Failure::Inconsistent("a unit went away".to_owned()))?;
    let code_sealed = app.keys.seal(
        &sealed_place("phone", &fresh.code_hash),
        &person.code,
        app.entropy.bytes(),
    );
    let name_and_birth = Some((person.full_name.as_str(), person.birth_date));
    let listed_as = hashes_of(&app.keys, contest.id, None, None, name_and_birth);
    let listed_as: Vec<Vec<u8>> = listed_as.iter().map(|hash| hash.to_vec()).collect();
    let new = NewParticipant {
        contest: contest.id,
        unit: unit.id,
        full_name: &person.full_name,
        birth_date: person.birth_date,
        phone_hash: &fresh.code_hash,
        phone_sealed: &code_sealed,
        national_id_hash: None,
        national_id_sealed: None,
        sex: None,
        email: None,
        address: None,
        class: person.class.as_deref(),
        guardian_name: None,
        referral: None,
        introducer: None,
        listed_as: &listed_as,
        password_hash: &fresh.password_hash,
        consent_version: CONSENT_VERSION,
        consent_publish: person.consent_publish,
        registered_at: now,
    };
    Ok(tx.insert_participant(&new).await?)
}
