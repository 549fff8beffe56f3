//! Awards of a year in figures, beside the year before.
//!
//! Shares are rounded to a tenth of a percent, half up, before they are compared, so that the difference printed is that
//! of the two shares printed beside it. A share of nothing is not told.

use super::award::{Award, AwardForm, Level, Recipient};
use std::collections::BTreeMap;

/// What is counted of a year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct YearCounts {
    /// Awards by form and level.
    pub cells: BTreeMap<(AwardForm, Level), i64>,
    /// To collectives.
    pub collectives: i64,
    /// Of these, small ones.
    pub small: i64,
    /// To persons.
    pub persons: i64,
    /// Of these, who work directly.
    pub direct: i64,
    /// Of these, farmers.
    pub farmers: i64,
    /// Of these, of the youth.
    pub youth: i64,
    /// Of these, women.
    pub women: i64,
}

impl YearCounts {
    /// Counts awards.
    pub fn of<'a>(awards: impl IntoIterator<Item = &'a Award>) -> Self {
        let mut counts = Self::default();
        for award in awards {
            *counts.cells.entry((award.form, award.level)).or_default() += 1;
            match award.recipient {
                Recipient::Collective { small } => {
                    counts.collectives += 1;
                    counts.small += i64::from(small);
                }
                Recipient::Person(traits) => {
                    counts.persons += 1;
                    counts.direct += i64::from(traits.direct);
                    counts.farmers += i64::from(traits.farmer);
                    counts.youth += i64::from(traits.youth);
                    counts.women += i64::from(traits.woman);
                }
            }
        }
        counts
    }

    /// All awards.
    pub fn total(&self) -> i64 {
        self.collectives + self.persons
    }

    /// Awards of a form, of every level.
    pub fn of_form(&self, form: AwardForm) -> i64 {
        self.sum(|(own, _)| own == form)
    }

    /// Awards of a level, of every form.
    pub fn of_level(&self, level: Level) -> i64 {
        self.sum(|(_, own)| own == level)
    }

    /// Awards of a form and level.
    pub fn cell(&self, form: AwardForm, level: Level) -> i64 {
        self.cells.get(&(form, level)).copied().unwrap_or(0)
    }

    fn sum(&self, wanted: impl Fn((AwardForm, Level)) -> bool) -> i64 {
        let own = self.cells.iter().filter(|(key, _)| wanted(**key));
        own.map(|(_, n)| n).sum()
    }
}

/// A line of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Line {
    /// Every award.
    Total,
    /// Of a form.
    Form(AwardForm),
    /// Of a form and level.
    FormAt(AwardForm, Level),
    /// Of a level.
    Level(Level),
    /// To collectives.
    Collectives,
    /// To small collectives.
    Small,
    /// To persons.
    Persons,
    /// To persons who work directly.
    Direct,
    /// To farmers.
    Farmers,
    /// To the youth.
    Youth,
    /// To women.
    Women,
}

/// A line with its figures in two years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Compared {
    /// What is counted.
    pub line: Line,
    /// In the year.
    pub now: i64,
    /// In the year before.
    pub before: i64,
    /// Share in the year in tenths of a percent: of all awards; of small collectives in all collectives; of a trait in all
    /// persons.
    pub share: Option<i64>,
    /// The same in the year before.
    pub share_before: Option<i64>,
}

impl Compared {
    /// Awards more than the year before, below zero where fewer.
    pub const fn difference(&self) -> i64 {
        self.now - self.before
    }

    /// The same as a share of the year before, in tenths of a percent.
    pub fn growth(&self) -> Option<i64> {
        tenths(self.difference(), self.before)
    }

    /// Tenths of percentage points between the two shares.
    pub fn share_difference(&self) -> Option<i64> {
        Some(self.share? - self.share_before?)
    }
}

/// The report of a year beside the year before: all, by form and within it by level, by level, by recipient. Lines that are
/// nothing in both years are left out, but for those of recipients, which a report always tells.
pub fn report(now: &YearCounts, before: &YearCounts) -> Vec<Compared> {
    let mut lines = vec![Line::Total];
    for form in AwardForm::ALL.iter().copied() {
        lines.push(Line::Form(form));
        lines.extend(Level::ALL.iter().map(|level| Line::FormAt(form, *level)));
    }
    lines.extend(Level::ALL.iter().map(|level| Line::Level(*level)));
    lines.extend([
        Line::Collectives,
        Line::Small,
        Line::Persons,
        Line::Direct,
        Line::Farmers,
        Line::Youth,
        Line::Women,
    ]);
    let compared = lines.into_iter().map(|line| {
        let (own, whole) = figure(now, line);
        let (own_before, whole_before) = figure(before, line);
        Compared {
            line,
            now: own,
            before: own_before,
            share: tenths(own, whole),
            share_before: tenths(own_before, whole_before),
        }
    });
    let may_be_left_out = |line: Line| matches!(line, Line::Form(_) | Line::FormAt(..) | Line::Level(_));
    compared
        .filter(|one| one.now != 0 || one.before != 0 || !may_be_left_out(one.line))
        .collect()
}

/// The count of a line and what it is a share of.
fn figure(counts: &YearCounts, line: Line) -> (i64, i64) {
    match line {
        Line::Total => (counts.total(), counts.total()),
        Line::Form(form) => (counts.of_form(form), counts.total()),
        Line::FormAt(form, level) => (counts.cell(form, level), counts.total()),
        Line::Level(level) => (counts.of_level(level), counts.total()),
        Line::Collectives => (counts.collectives, counts.total()),
        Line::Small => (counts.small, counts.collectives),
        Line::Persons => (counts.persons, counts.total()),
        Line::Direct => (counts.direct, counts.persons),
        Line::Farmers => (counts.farmers, counts.persons),
        Line::Youth => (counts.youth, counts.persons),
        Line::Women => (counts.women, counts.persons),
    }
}

/// A share in tenths of a percent, halves away from zero; `None` of nothing.
fn tenths(part: i64, whole: i64) -> Option<i64> {
    let half = if part < 0 { -whole } else { whole };
    (whole > 0).then(|| (part * 2_000 + half) / (whole * 2))
}
