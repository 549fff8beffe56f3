//! Checking `contest.toml` alone against the units and question sets that the contest has already.
//!
//! Owns the bringing together; every check is the one that a whole directory goes through.

use super::contest;
use super::fact::Severity;
use super::fault::Fault;
use super::feasible::{self, SetsFacts};
use super::questions::Holdings;
use super::source::{Sheet, decode};
use super::units::UnitsDraft;
use crate::domain::contest::ContestDefinition;
use crate::domain::question::QuestionSet;
use crate::domain::unit::Unit;
use std::collections::BTreeSet;

/// What the rules are checked against.
#[derive(Debug, Clone)]
pub struct RulesContext<'a> {
    /// Address of the contest.
    pub slug: &'a str,
    /// Its units.
    pub units: &'a [Unit],
    /// The newest version of each of its sets.
    pub sets: Vec<&'a QuestionSet>,
    /// The days of the file are those on which the units were valid; not so where the calendar was moved.
    pub days_hold: bool,
}

/// What reading the rules gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulesReading {
    /// The contest without wordings of papers; `None` when any fault is an error.
    pub definition: Option<ContestDefinition>,
    /// Every fault, in the order of the file.
    pub faults: Vec<Fault>,
}

/// Reads the rules and checks all that a load of the whole directory would check about them.
pub fn read_rules(bytes: &[u8], known: &RulesContext<'_>) -> RulesReading {
    let text = match decode(contest::FILE, bytes) {
        Ok(text) => text,
        Err(fault) => {
            return RulesReading {
                definition: None,
                faults: vec![*fault],
            };
        }
    };
    let mut sheet = Sheet::new(contest::FILE, &text);
    let draft = contest::read_file(&mut sheet);
    let units = UnitsDraft::of(known.units);
    let sets = known
        .sets
        .iter()
        .map(|set| (set.id.0.clone(), Holdings::of_set(set)));
    let facts = SetsFacts {
        sets: sets.collect(),
        uncertain: BTreeSet::new(),
        complete: true,
    };
    feasible::check_draws(&mut sheet, &draft, &facts);
    draft.prizes.check(&mut sheet, draft.rounds.len());
    feasible::check_units(&mut sheet, &draft, &units);
    if known.days_hold {
        feasible::check_days(&mut sheet, &draft, &units);
    }
    let faults = sheet.into_faults();
    let good = faults.iter().all(|fault| fault.severity != Severity::Error);
    RulesReading {
        definition: good.then_some(draft).and_then(|draft| draft.finish(known.slug)),
        faults,
    }
}
