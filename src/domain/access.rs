//! Groups that take turns in a round: who may enter when.
//!
//! Owns whom a window takes in and what follows for a person at a moment; leaves reading windows to `bank`, the life of a
//! round to `round` and the words to pages. Everything is answered out of the snapshot: a start asks the database nothing.

use super::account::Accounts;
use super::catalog::Contest;
use super::ids::UnitId;
use super::participant::age_on;
use super::round::{AdmitError, EarlierAttempt, Round};
use super::unit::Unit;
use serde::{Deserialize, Serialize};
use time::{Date, Duration, OffsetDateTime};

/// A time within a round for the people who meet all that it says; for everybody where it says nothing of people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessWindow {
    /// What people call the group: "Khối trường học".
    pub group: String,
    /// Codes of units; people of units below them belong too, and people of units that one of all these took over. Empty for
    /// people of every unit.
    pub units: Vec<String>,
    /// Only people of this bloc, by their own unit or one above it.
    pub bloc: Option<String>,
    /// Born on this day or later.
    pub born_from: Option<Date>,
    /// Born on this day or before.
    pub born_to: Option<Date>,
    /// First moment at which the group may start.
    #[serde(with = "time::serde::rfc3339")]
    pub from: OffsetDateTime,
    /// First moment at which it may not any more.
    #[serde(with = "time::serde::rfc3339")]
    pub to: OffsetDateTime,
}

impl AccessWindow {
    /// Whether it takes in somebody born on that day; `units` are those in which the person counts; `blocs` those of the
    /// person's unit and of those above it.
    pub fn takes_in(&self, units: &[&str], blocs: &[&str], born: Date) -> bool {
        self.takes_unit(units, blocs)
            && self.born_from.is_none_or(|from| from <= born)
            && self.born_to.is_none_or(|to| born <= to)
    }

    /// The same of a unit alone, whatever the birth dates of its people.
    pub fn takes_unit(&self, units: &[&str], blocs: &[&str]) -> bool {
        (self.units.is_empty() || self.units.iter().any(|code| units.contains(&code.as_str())))
            && self.bloc.as_deref().is_none_or(|bloc| blocs.contains(&bloc))
    }

    /// Whether it lies in a round, as a whole or in part.
    pub fn touches(&self, round: &Round) -> bool {
        self.from < round.closes_at && round.opens_at < self.to
    }

    /// The same moved along with the calendar of its contest.
    pub fn moved(&self, by: Duration) -> Self {
        Self {
            from: self.from + by,
            to: self.to + by,
            ..self.clone()
        }
    }
}

/// Who wants to enter, as far as groups and ages ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entering {
    /// Unit entered for.
    pub unit: UnitId,
    /// Birth date.
    pub born: Date,
}

/// Where a person stands in the turns of a round at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Groups take no turns in this round.
    Free,
    /// It is the person's turn until that moment.
    Now(OffsetDateTime),
    /// The turn comes.
    Later {
        /// When.
        from: OffsetDateTime,
        /// Until when.
        to: OffsetDateTime,
    },
    /// The last turn ended at that moment.
    Over(OffsetDateTime),
    /// No group of the round takes the person in.
    Never,
}

/// Why a round takes others, but not this person now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PersonBar {
    /// Groups take turns, and the person's turn comes.
    Later {
        /// When it begins.
        from: OffsetDateTime,
        /// When it ends.
        to: OffsetDateTime,
    },
    /// Groups take turns, and the person's last turn ended at that moment.
    Over(OffsetDateTime),
    /// Groups take turns, and none of them takes the person in.
    Never,
    /// Younger than so many years on that day.
    TooYoung(u8, Date),
    /// Older than so many years on that day.
    PastAge(u8, Date),
}

impl Contest {
    /// The windows of a round in the order of their times; none where everybody may enter at any time.
    pub fn windows(&self, round: &Round) -> Vec<&AccessWindow> {
        let windows = self.definition.entry.access.iter();
        let mut windows: Vec<&AccessWindow> = windows.filter(|window| window.touches(round)).collect();
        windows.sort_by_key(|window| (window.from, window.to));
        windows
    }

    /// The times of a person in a round, one after the other; windows that touch are one time. `None` where groups take no
    /// turns in the round.
    pub fn turns(&self, round: &Round, who: Entering) -> Option<Vec<(OffsetDateTime, OffsetDateTime)>> {
        let windows = self.windows(round);
        if windows.is_empty() {
            return None;
        }
        let own = self.unit(who.unit);
        let above = own.iter().flat_map(|own| &own.ancestors);
        let above = above.filter_map(|id| self.unit(*id));
        let blocs: Vec<&str> = own
            .into_iter()
            .chain(above)
            .filter_map(|unit| unit.definition.bloc.as_deref())
            .collect();
        let codes = self.codes_of(who.unit);
        let mut turns: Vec<(OffsetDateTime, OffsetDateTime)> = Vec::new();
        for window in windows {
            if !window.takes_in(&codes, &blocs, who.born) {
                continue;
            }
            let (from, to) = (window.from.max(round.opens_at), window.to.min(round.closes_at));
            match turns.last_mut() {
                Some((_, until)) if from <= *until => *until = to.max(*until),
                _ => turns.push((from, to)),
            }
        }
        Some(turns)
    }

    /// The codes of a unit, of those above it and of those that took any of them over: its people count in all of them.
    fn codes_of(&self, unit: UnitId) -> Vec<&str> {
        let mut units: Vec<&Unit> = self.unit(unit).into_iter().collect();
        let mut at = 0;
        while let Some(unit) = units.get(at).copied() {
            at += 1;
            let above = unit.ancestors.iter().filter_map(|id| self.unit(*id));
            let successor = unit.definition.successor.as_deref();
            let successor = successor.and_then(|code| self.unit_by_code(code));
            for up in above.chain(successor) {
                if units.iter().all(|known| known.id != up.id) {
                    units.push(up);
                }
            }
        }
        units
            .into_iter()
            .map(|unit| unit.definition.code.as_str())
            .collect()
    }

    /// Where a person stands in the turns of a round.
    pub fn turn(&self, round: &Round, who: Entering, now: OffsetDateTime) -> Turn {
        // Most contests have no turns: nothing is looked at for them.
        if self.definition.entry.access.is_empty() {
            return Turn::Free;
        }
        let Some(turns) = self.turns(round, who) else {
            return Turn::Free;
        };
        let next = turns.iter().find(|(_, to)| now < *to);
        match (next, turns.last()) {
            (Some((from, to)), _) if now < *from => Turn::Later { from: *from, to: *to },
            (Some((_, to)), _) => Turn::Now(*to),
            (None, Some((_, to))) => Turn::Over(*to),
            (None, None) => Turn::Never,
        }
    }

    /// When a round closes for a person who enters now: with the person's turn, at the latest with the round.
    pub fn closes_for(&self, round: &Round, who: Entering, now: OffsetDateTime) -> OffsetDateTime {
        match self.turn(round, who, now) {
            Turn::Now(until) => until.min(round.closes_at),
            Turn::Free | Turn::Later { .. } | Turn::Over(_) | Turn::Never => round.closes_at,
        }
    }

    /// The number of the attempt that a person may start at `now`, or why none may: what the round says, what the age says
    /// where the organisers issue the accounts, and whether it is the person's turn.
    pub fn admit(
        &self,
        round: &Round,
        who: Entering,
        now: OffsetDateTime,
        earlier: &[EarlierAttempt],
    ) -> Result<u16, AdmitError> {
        let admitted = round.admit(now, earlier);
        let may_come = matches!(
            admitted,
            Ok(_) | Err(AdmitError::NotOpen(_) | AdmitError::Wait(_) | AdmitError::Paused)
        );
        if !may_come {
            return admitted;
        }
        if let Some(bar) = self.age_bar(who.born) {
            return Err(AdmitError::Person(bar));
        }
        let bar = match self.turn(round, who, now) {
            Turn::Free | Turn::Now(_) => return admitted,
            Turn::Later { from, to } => PersonBar::Later { from, to },
            Turn::Over(at) => PersonBar::Over(at),
            Turn::Never => PersonBar::Never,
        };
        Err(AdmitError::Person(bar))
    }

    /// The age rule for accounts that the organisers issued. Registration has judged all others.
    fn age_bar(&self, born: Date) -> Option<PersonBar> {
        let entry = &self.definition.entry;
        let (least, most) = (self.definition.min_age, entry.max_age);
        if entry.accounts != Accounts::Issued || (least.is_none() && most.is_none()) {
            return None;
        }
        let day = self.first_day()?;
        let age = age_on(born, day);
        if let Some(least) = least.filter(|least| age < i32::from(*least)) {
            return Some(PersonBar::TooYoung(least, day));
        }
        let most = most.filter(|most| age > i32::from(*most))?;
        Some(PersonBar::PastAge(most, day))
    }
}

#[cfg(test)]
#[path = "access_tests.rs"]
mod tests;
