//! People who may enter but never win: the organising committee, those who made the questions, whole offices.
//!
//! Owns what an entry of the list names a person by, and whom a group takes in; leaves reading both to `bank`, hashing to
//! `keys`, finding the people of a group to `store`.

use super::participant::tidy;
use serde::{Deserialize, Serialize};
use time::{Date, Duration};

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

/// A group of people who may enter but never win: those who meet all that it says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BarredGroup {
    /// Why prizes pass them over, for the rules: "Cơ quan Ban Tổ chức".
    pub reason: String,
    /// Codes of units; people of units below them belong too. Empty for people of every unit.
    pub units: Vec<String>,
    /// Born on this day or later.
    pub born_from: Option<Date>,
    /// Born on this day or before.
    pub born_to: Option<Date>,
    /// First day on which it holds; the day of a prize is that on which its round, or the last one, closes.
    pub from: Option<Date>,
    /// Last day on which it holds.
    pub to: Option<Date>,
}

impl BarredGroup {
    /// Whether it holds for prizes of that day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// Whether it takes in somebody born on that day who entered for a unit; `units` are the codes of that unit and of those
    /// above it.
    pub fn takes_in(&self, units: &[&str], born: Date) -> bool {
        (self.units.is_empty() || self.units.iter().any(|code| units.contains(&code.as_str())))
            && self.born_from.is_none_or(|from| from <= born)
            && self.born_to.is_none_or(|to| born <= to)
    }

    /// The same with the days on which it holds moved along with the calendar of its contest.
    pub fn moved(&self, by: Duration) -> Self {
        let moved = |day: Date| day.checked_add(by).unwrap_or(day);
        Self {
            from: self.from.map(moved),
            to: self.to.map(moved),
            ..self.clone()
        }
    }
}

/// The groups of a contest, and the day of the prizes that they are looked at for.
#[derive(Debug, Clone, Copy)]
pub struct Barred<'a> {
    /// The groups.
    pub groups: &'a [BarredGroup],
    /// The day.
    pub on: Date,
}

impl Barred<'_> {
    /// No group at all.
    pub const NONE: Self = Self {
        groups: &[],
        on: Date::MIN,
    };

    /// The groups that hold on the day.
    pub fn in_force(&self) -> impl Iterator<Item = &BarredGroup> {
        self.groups.iter().filter(|group| group.holds_on(self.on))
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

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn a_group_takes_in_who_meets_all_that_it_says() {
        let office = BarredGroup {
            units: vec!["BTG".to_owned()],
            born_from: Some(date!(2000 - 01 - 01)),
            born_to: Some(date!(2005 - 12 - 31)),
            ..BarredGroup::default()
        };
        assert!(office.takes_in(&["P1", "BTG"], date!(2000 - 01 - 01)));
        assert!(office.takes_in(&["BTG"], date!(2005 - 12 - 31)));
        assert!(!office.takes_in(&["BTG"], date!(2006 - 01 - 01)));
        assert!(!office.takes_in(&["BTG1"], date!(2003 - 01 - 01)));
        let everybody_young = BarredGroup {
            units: Vec::new(),
            ..office
        };
        assert!(everybody_young.takes_in(&["X"], date!(2003 - 01 - 01)));
    }

    #[test]
    fn a_group_holds_from_its_first_to_its_last_day() {
        let april = BarredGroup {
            from: Some(date!(2023 - 04 - 01)),
            to: Some(date!(2023 - 04 - 30)),
            ..BarredGroup::default()
        };
        let days = [
            (date!(2023 - 03 - 31), false),
            (date!(2023 - 04 - 01), true),
            (date!(2023 - 04 - 30), true),
            (date!(2023 - 05 - 01), false),
        ];
        for (day, holds) in days {
            assert_eq!(april.holds_on(day), holds, "{day}");
        }
        let barred = Barred {
            groups: &[april.clone(), BarredGroup::default()],
            on: date!(2023 - 05 - 01),
        };
        assert_eq!(barred.in_force().count(), 1);
        let moved = april.moved(Duration::days(7));
        assert_eq!(moved.from, Some(date!(2023 - 04 - 08)));
        assert_eq!(moved.moved(Duration::days(-7)), april);
    }
}
