//! Staff: logging in and out, making and disabling accounts.
//!
//! Owns the order of checks; rights are `domain::staff`'s. Log-ins live in Redis under the hash of a random token.

use super::Failure;
use crate::app::App;
use crate::domain::participant::{FieldError, FullName, check_password, tidy};
use crate::domain::staff::{Right, Role, Staff};
use crate::keys::sha256_hex;
use crate::session::limit::Limit;
use crate::store::audit::Act;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use time::OffsetDateTime;

/// Tries per account and window.
const TRIES: u32 = 10;
/// The window, seconds.
const WINDOW_S: u32 = 900;
/// Name of the counter.
const KIND: &str = "staff-login";

/// A fresh staff log-in.
#[derive(Debug, Clone)]
pub struct StaffLogin {
    /// Who.
    pub staff: Staff,
    /// The token for the cookie.
    pub token: String,
}

/// Why nobody was logged in.
#[derive(Debug)]
pub enum StaffLoginError {
    /// Name or password is not right, or the account is disabled.
    Wrong,
    /// Too many tries; so many seconds to wait.
    TooMany(u64),
    /// Something failed.
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for StaffLoginError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Who holds a token.
#[derive(Debug, Clone)]
pub struct Holder {
    /// The person, with the role the account has now.
    pub staff: Staff,
    /// The password came from somebody else; the person is asked for one of their own before anything else.
    pub must_change: bool,
}

/// A password for an account.
#[derive(Clone, Copy)]
pub enum NewPassword<'a> {
    /// The person, or whoever runs the machine on their behalf, has chosen it: it stays.
    Chosen(&'a str),
    /// Made here and handed over by somebody else: the person changes it when logging in.
    HandedOver(&'a str),
}

impl std::fmt::Debug for NewPassword<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NewPassword(***)")
    }
}

impl<'a> NewPassword<'a> {
    const fn text(self) -> &'a str {
        match self {
            Self::Chosen(text) | Self::HandedOver(text) => text,
        }
    }

    const fn is_handed_over(self) -> bool {
        matches!(self, Self::HandedOver(_))
    }
}

/// Logs a member of staff in.
pub async fn staff_login(
    app: &App,
    now: OffsetDateTime,
    login: &str,
    password: &str,
) -> Result<StaffLogin, StaffLoginError> {
    let login = tidy(login).to_lowercase();
    let counter = app.keys.counter_name(KIND, &login);
    let limit = Limit {
        kind: KIND,
        key: &counter,
        tries: TRIES,
        window_s: WINDOW_S,
    };
    if let Some(wait) = app.sessions.hit(limit).await? {
        return Err(StaffLoginError::TooMany(wait));
    }
    let account = app.store.find_staff(&login).await?;
    let hash = account.as_ref().map(|account| account.password_hash.as_str());
    let right = app.passwords.verify(password, hash).await?;
    let account = account
        .filter(|account| right && account.disabled_at.is_none())
        .ok_or(StaffLoginError::Wrong)?;
    let token = URL_SAFE_NO_PAD.encode(app.entropy.bytes::<32>());
    app.sessions
        .put_staff(&sha256_hex(token.as_bytes()), &account.staff, account.login_epoch)
        .await?;
    app.sessions.forget_hits(KIND, &counter).await?;
    app.store.touch_staff(account.staff.id, now).await?;
    Ok(StaffLogin {
        staff: account.staff,
        token,
    })
}

/// Who holds a token, with the role the account has now; nobody once it is disabled or its password has changed.
pub async fn current_staff(app: &App, token: &str) -> Result<Option<Holder>, Failure> {
    let Some(login) = app.sessions.find_staff(&sha256_hex(token.as_bytes())).await? else {
        return Ok(None);
    };
    let account = app.store.find_staff(&login.staff.login).await?;
    Ok(account
        .filter(|account| account.disabled_at.is_none() && account.login_epoch == login.epoch)
        .map(|account| Holder {
            must_change: account.password_given,
            staff: account.staff,
        }))
}

/// Whether whoever holds a token is still logged in and may still see contests. Asking does not prolong the log-in, so a
/// page left open alone does not last for ever.
pub async fn still_logged_in(app: &App, token: &str) -> Result<bool, Failure> {
    let Some(login) = app.sessions.peek_staff(&sha256_hex(token.as_bytes())).await? else {
        return Ok(false);
    };
    let account = app.store.find_staff(&login.staff.login).await?;
    Ok(account.is_some_and(|account| {
        let holds = account.disabled_at.is_none() && account.login_epoch == login.epoch;
        holds && account.staff.role.may(Right::See)
    }))
}

/// Ends a log-in.
pub async fn staff_logout(app: &App, token: &str) -> Result<(), Failure> {
    Ok(app.sessions.drop_staff(&sha256_hex(token.as_bytes())).await?)
}

/// Why no account was made.
#[derive(Debug)]
pub enum StaffAddError {
    /// 3 to 32 lower-case letters, digits, dots, hyphens.
    BadLogin,
    /// The name.
    Name(FieldError),
    /// The password.
    Password(FieldError),
    /// The log-in name is taken.
    Taken,
    /// Something failed.
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for StaffAddError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Makes an account.
pub async fn add_staff(
    app: &App,
    now: OffsetDateTime,
    by: &str,
    login: &str,
    name: &str,
    role: Role,
    password: NewPassword<'_>,
) -> Result<Staff, StaffAddError> {
    let login = tidy(login).to_lowercase();
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-');
    if !(3..=32).contains(&login.len()) || !login.chars().all(fits) {
        return Err(StaffAddError::BadLogin);
    }
    let name = FullName::parse(name)
        .map_err(StaffAddError::Name)?
        .as_str()
        .to_owned();
    check_password(password.text()).map_err(StaffAddError::Password)?;
    let hash = app.passwords.hash(password.text(), app.entropy.bytes()).await?;
    let id = app
        .store
        .insert_staff(&login, &name, role, (&hash, password.is_handed_over()), now)
        .await?
        .ok_or(StaffAddError::Taken)?;
    record(app, now, by, "staff-add", &login).await?;
    Ok(Staff {
        id,
        login,
        name,
        role,
    })
}

/// Gives an account a new password, ends its log-ins, and lets it log in again if it was disabled. False if there is no
/// such account.
pub async fn reset_staff(
    app: &App,
    now: OffsetDateTime,
    by: &str,
    login: &str,
    password: NewPassword<'_>,
) -> Result<bool, StaffAddError> {
    check_password(password.text()).map_err(StaffAddError::Password)?;
    let hash = app.passwords.hash(password.text(), app.entropy.bytes()).await?;
    let done = app
        .store
        .reset_staff(login, &hash, password.is_handed_over())
        .await?;
    if done {
        record(app, now, by, "staff-reset", login).await?;
    }
    Ok(done)
}

/// Bars an account. False if there is no such account.
pub async fn disable_staff(app: &App, now: OffsetDateTime, by: &str, login: &str) -> Result<bool, Failure> {
    let done = app.store.disable_staff(login, now).await?;
    if done {
        record(app, now, by, "staff-disable", login).await?;
    }
    Ok(done)
}

async fn record(
    app: &App,
    now: OffsetDateTime,
    by: &str,
    act: &'static str,
    login: &str,
) -> Result<(), Failure> {
    let mut tx = app.store.begin().await?;
    let facts = serde_json::json!({ "login": login });
    tx.insert_act(&Act {
        at: now,
        actor: by,
        act,
        contest: None,
        round: None,
        reason: None,
        facts,
    })
    .await?;
    Ok(tx.commit().await?)
}

/// A password that can be read aloud: four groups of four letters without look-alikes, 76 bits.
pub fn random_password(app: &App) -> String {
    const LETTERS: &[u8; 27] = b"abcdefghjkmnpqrstuvwxyz2345";
    let bytes = app.entropy.bytes::<16>();
    let letters: Vec<char> = bytes
        .iter()
        // The remainder keeps the index below 27, the length of the alphabet; its bias costs a fraction of a bit.
        .map(|byte| char::from(LETTERS[usize::from(*byte) % LETTERS.len()]))
        .collect();
    letters
        .chunks(4)
        .map(|group| group.iter().collect::<String>())
        .collect::<Vec<_>>()
        .join("-")
}
