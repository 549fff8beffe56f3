//! The list of people who may enter but never win: the organising committee, those who made the questions.
//!
//! Owns what an entry of the list names a person by; leaves reading the list to `bank`, hashing to `keys`.

use super::participant::tidy;
use time::Date;

/// An entry of the list: a reason, and at least one thing by which the person is known.
#[derive(Clone, PartialEq, Eq)]
pub struct ListedPerson {
    /// Why prizes pass the person over, for staff and the rules: "Ban Tổ chức".
    pub reason: String,
    /// Phone number in the form in which registration keeps it.
    pub phone: Option<String>,
    /// Identity number, 12 digits.
    pub national_id: Option<String>,
    /// Name and birth date.
    pub name_and_birth: Option<(String, Date)>,
}

// Personal data must not reach a log by way of `{:?}`.
impl std::fmt::Debug for ListedPerson {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ListedPerson(***)")
    }
}

/// The form in which names are compared: single spaces, lower case, marks composed.
pub fn name_key(name: &str) -> String {
    tidy(name).to_lowercase()
}

/// The reasons of a list without repetition, in its order.
pub fn reasons(people: &[ListedPerson]) -> Vec<String> {
    let mut reasons: Vec<String> = Vec::new();
    for person in people {
        if !reasons.contains(&person.reason) {
            reasons.push(person.reason.clone());
        }
    }
    reasons
}
