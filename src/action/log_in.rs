//! Logging in with phone, or a code that was issued, and password.
//!
//! Owns the order: count the try, look up, compare. The answer never tells whether the phone is registered.

use super::Failure;
use crate::app::App;
use crate::domain::account::login_name;
use crate::domain::catalog::Contest;
use crate::keys::Login;
use crate::session::limit::Limit;
use time::OffsetDateTime;

/// Tries per phone and window; a family that shares a phone and mistypes stays below it.
const TRIES: u32 = 10;
/// The window, seconds.
const WINDOW_S: u32 = 900;
/// Name of the counter.
const KIND: &str = "login";

/// Why nobody was logged in.
#[derive(Debug)]
pub enum LogInError {
    /// Phone or password is not right; which of them is not told.
    Wrong,
    /// Too many tries; so many seconds to wait.
    TooMany(u64),
    /// Something failed.
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for LogInError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Checks phone and password; the log-in that a token is made of.
pub async fn log_in(app: &App, contest: &Contest, phone: &str, password: &str) -> Result<Login, LogInError> {
    let Some(phone) = login_name(contest.definition.entry.accounts, phone) else {
        app.passwords.verify(password, None).await?;
        return Err(LogInError::Wrong);
    };
    let counter = app.keys.counter_name(KIND, &format!("{}:{phone}", contest.id));
    let limit = Limit {
        kind: KIND,
        key: &counter,
        tries: TRIES,
        window_s: WINDOW_S,
    };
    // Without Redis nobody counts tries; a citizen with an attempt running must still get in.
    match app.sessions.hit(limit).await {
        Ok(None) => {}
        Ok(Some(wait)) => return Err(LogInError::TooMany(wait)),
        Err(error) => tracing::warn!(%error, "log-in tries are not counted"),
    }
    let found = app
        .store
        .find_login(contest.id, &app.keys.phone_hash(contest.id, &phone))
        .await?;
    let hash = found.as_ref().map(|line| line.password_hash.as_str());
    let right = app.passwords.verify(password, hash).await?;
    let Some(line) = found.filter(|_| right) else {
        return Err(LogInError::Wrong);
    };
    if let Err(error) = app.sessions.forget_hits(KIND, &counter).await {
        tracing::warn!(%error, "log-in tries stay counted until their window ends");
    }
    Ok(Login {
        participant: line.participant.id,
        contest: contest.id,
        epoch: line.participant.login_epoch,
    })
}

/// The token for a log-in.
pub fn token(app: &App, now: OffsetDateTime, login: Login) -> String {
    app.keys.login_token(login, now, app.entropy.bytes())
}
