//! Staff changing their own password: the old one is asked, every other log-in of the person ends.
//!
//! Owns the order; what a password must be is `domain::participant`'s, as for new accounts.

use super::Failure;
use crate::app::App;
use crate::domain::participant::{FieldError, check_password};
use crate::domain::staff::Staff;
use crate::keys::sha256_hex;
use crate::session::limit::Limit;
use crate::store::audit::Act;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use time::OffsetDateTime;

/// Tries per account and window: whoever finds a desk unlocked guesses no faster than at the log-in.
const TRIES: u32 = 10;
/// The window, seconds.
const WINDOW_S: u32 = 900;
/// Name of the counter.
const KIND: &str = "staff-password";

/// Why the password stays as it was.
#[derive(Debug)]
pub enum OwnPasswordError {
    /// The old password is not right.
    WrongOld,
    /// The new password is the old one.
    Same,
    /// The new password.
    New(FieldError),
    /// Too many tries; so many seconds to wait.
    TooMany(u64),
    /// Something failed.
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for OwnPasswordError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Changes the password of whoever holds `token`; the token of the one log-in that goes on.
pub async fn change_own_password(
    app: &App,
    now: OffsetDateTime,
    staff: &Staff,
    token: &str,
    (old, new): (&str, &str),
) -> Result<String, OwnPasswordError> {
    check_password(new).map_err(OwnPasswordError::New)?;
    let counter = app.keys.counter_name(KIND, &staff.login);
    let limit = Limit {
        kind: KIND,
        key: &counter,
        tries: TRIES,
        window_s: WINDOW_S,
    };
    if let Some(wait) = app.sessions.hit(limit).await? {
        return Err(OwnPasswordError::TooMany(wait));
    }
    let account = app.store.find_staff(&staff.login).await?;
    let old_hash = account.as_ref().map(|account| account.password_hash.as_str());
    if !app.passwords.verify(old, old_hash).await? {
        return Err(OwnPasswordError::WrongOld);
    }
    if old == new {
        return Err(OwnPasswordError::Same);
    }
    let new_hash = app.passwords.hash(new, app.entropy.bytes()).await?;
    let hashes = (old_hash.unwrap_or_default(), new_hash.as_str());
    let epoch = keep(app, now, staff, hashes)
        .await?
        .ok_or(OwnPasswordError::WrongOld)?;
    let fresh = URL_SAFE_NO_PAD.encode(app.entropy.bytes::<32>());
    let session = sha256_hex(fresh.as_bytes());
    app.sessions.put_staff(&session, staff, epoch).await?;
    app.sessions.drop_staff(&sha256_hex(token.as_bytes())).await?;
    app.sessions.forget_hits(KIND, &counter).await?;
    Ok(fresh)
}

/// The new epoch of the account's log-ins; `None` if somebody has reset the password meanwhile.
async fn keep(
    app: &App,
    now: OffsetDateTime,
    staff: &Staff,
    hashes: (&str, &str),
) -> Result<Option<i32>, Failure> {
    let mut tx = app.store.begin().await?;
    let Some(epoch) = tx.choose_staff_password(staff.id, hashes).await? else {
        return Ok(None);
    };
    tx.insert_act(&Act {
        at: now,
        actor: &staff.name,
        act: "staff-password",
        contest: None,
        round: None,
        reason: None,
        facts: serde_json::json!({ "login": staff.login }),
    })
    .await?;
    tx.commit().await?;
    Ok(Some(epoch))
}
