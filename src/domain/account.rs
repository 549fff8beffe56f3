//! Accounts: made by the people themselves, or issued by the organisers from a list.
//!
//! Owns what a person logs in with; leaves passwords to `participant` and the list to `bank`.

use super::participant::Phone;
use serde::{Deserialize, Serialize};
use time::Date;

/// How people come to an account.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Accounts {
    /// Everybody registers.
    #[default]
    Open,
    /// The organisers issue them; nobody registers.
    Issued,
}

/// Longest code, in characters.
pub const MAX_CODE: usize = 20;

/// A person on the organisers' list.
#[derive(Clone, PartialEq, Eq)]
pub struct ListedAccount {
    /// What the person logs in with: 3 to 20 capital letters, digits, hyphens, dots.
    pub code: String,
    /// Full name.
    pub full_name: String,
    /// Birth date.
    pub birth_date: Date,
    /// Code of the unit entered for.
    pub unit: String,
    /// School class, if said.
    pub class: Option<String>,
    /// The organisers have the person's consent to be named when winning.
    pub consent_publish: bool,
}

// Personal data must not reach a log by way of `{:?}`.
impl std::fmt::Debug for ListedAccount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ListedAccount(***)")
    }
}

/// A code as people type it: spaces go, letters become capitals. `None` if it cannot be one.
pub fn read_code(typed: &str) -> Option<String> {
    let code: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let fits = (3..=MAX_CODE).contains(&code.len())
        && code
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.'))
        // Spreadsheets take what begins with a hyphen for a formula.
        && code.bytes().next().is_some_and(|b| b.is_ascii_alphanumeric());
    fits.then(|| code.to_ascii_uppercase())
}

/// What an account is found by: a phone number, or the code of one that was issued.
pub fn login_name(accounts: Accounts, typed: &str) -> Option<String> {
    match accounts {
        Accounts::Open => Phone::parse(typed).ok().map(|phone| phone.as_str().to_owned()),
        Accounts::Issued => read_code(typed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_found_however_it_is_typed_and_a_phone_only_where_people_register() {
        assert_eq!(
            login_name(Accounts::Issued, " hs 0012-a "),
            Some("HS0012-A".to_owned())
        );
        assert_eq!(login_name(Accounts::Issued, "mã-số"), None);
        assert_eq!(login_name(Accounts::Issued, "ab"), None);
        assert_eq!(login_name(Accounts::Issued, "-A01"), None);
        assert_eq!(login_name(Accounts::Issued, &"A".repeat(21)), None);
        assert_eq!(
            login_name(Accounts::Open, "+84 912 345 678"),
            Some("0912345678".to_owned())
        );
        assert_eq!(login_name(Accounts::Open, "HS0012-A"), None);
    }
}
