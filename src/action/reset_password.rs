//! A forgotten password: the help desk gives a one-time code, the person chooses a new password with it.
//!
//! Owns the order and the life of a code; who may give one is `domain::staff`'s.

use super::Failure;
use crate::app::App;
use crate::domain::account::login_name;
use crate::domain::catalog::Contest;
use crate::domain::ids::ParticipantId;
use crate::domain::participant::{FieldError, check_password};
use crate::domain::staff::Staff;
use crate::keys::Login;
use crate::store::audit::Act;
use time::{Duration, OffsetDateTime};

/// How long a code works.
const LIFE: Duration = Duration::hours(24);

/// Why a code was not given, or not taken.
#[derive(Debug)]
pub enum ResetError {
    /// Nobody with that phone, or the code is wrong, used up or too old: the same answer for all.
    Wrong,
    /// The new password.
    Password(FieldError),
    /// Something failed.
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for ResetError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Gives a code to the person with that phone; staff has checked by name, birth date and unit who asks.
pub async fn issue_code(
    app: &App,
    now: OffsetDateTime,
    by: &Staff,
    contest: &Contest,
    phone: &str,
) -> Result<String, ResetError> {
    let id = find(app, contest, phone).await?;
    // Eight digits: easy to read out over the telephone; five tries make guessing hopeless.
    let code = format!("{:08}", u64::from_be_bytes(app.entropy.bytes()) % 100_000_000);
    let hash = app.passwords.hash(&code, app.entropy.bytes()).await?;
    app.store
        .put_password_code(id, &hash, now + LIFE, &by.login)
        .await?;
    let mut tx = app.store.begin().await?;
    let facts = serde_json::json!({ "participant": id });
    let act = Act {
        at: now,
        actor: &by.name,
        act: "password-code",
        contest: Some(contest.id),
        round: None,
        reason: None,
        facts,
    };
    tx.insert_act(&act).await?;
    tx.commit().await?;
    Ok(code)
}

/// Sets a new password with a code and logs the person in; every older log-in ends.
pub async fn use_code(
    app: &App,
    now: OffsetDateTime,
    contest: &Contest,
    phone: &str,
    code: &str,
    password: &str,
) -> Result<Login, ResetError> {
    check_password(password).map_err(ResetError::Password)?;
    let id = find(app, contest, phone).await?;
    let hash = app.store.try_password_code(id, now).await?;
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    if !app.passwords.verify(&digits, hash.as_deref()).await? {
        return Err(ResetError::Wrong);
    }
    let hash = app.passwords.hash(password, app.entropy.bytes()).await?;
    let epoch = app.store.replace_password(id, &hash).await?;
    app.store.drop_password_code(id).await?;
    Ok(Login {
        participant: id,
        contest: contest.id,
        epoch,
    })
}

async fn find(app: &App, contest: &Contest, phone: &str) -> Result<ParticipantId, ResetError> {
    let phone = login_name(contest.definition.entry.accounts, phone).ok_or(ResetError::Wrong)?;
    let found = app
        .store
        .find_login(contest.id, &app.keys.phone_hash(contest.id, &phone))
        .await?;
    Ok(found.ok_or(ResetError::Wrong)?.participant.id)
}
