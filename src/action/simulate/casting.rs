//! Who comes: names, ages and units of the new, those who come back from an earlier round, and, where groups take turns, the
//! turn of each.
//!
//! Owns drawing them; writing them is `people`'s, the moments within a turn are `timeline`'s.

use super::dice::{Dice, Die, sums};
use super::timeline::{self, Span};
use super::{Failure, Plan, SimulateError, names};
use crate::app::App;
use crate::domain::access::Entering;
use crate::domain::catalog::Contest;
use crate::domain::ids::{ParticipantId, UnitId};
use crate::domain::participant::{Sex, local_date};
use crate::domain::round::Round;
use crate::domain::unit::Unit;
use std::collections::BTreeMap;
use time::{Date, Duration, OffsetDateTime};

/// In so many of a hundred places an entrant of an earlier round comes back, as far as there are any.
pub(super) const RETURNING_PERCENT: u32 = 50;
/// Faces drawn for one place until one has had a turn: far more than any calendar of groups needs.
const TRIES: u64 = 2_000;

/// A new person as drawn.
pub(super) struct Face<'a> {
    pub(super) unit: &'a Unit,
    pub(super) sex: Sex,
    pub(super) surname: &'static str,
    pub(super) full_name: String,
    pub(super) birth_date: Date,
}

/// Draws faces.
pub(super) struct Faces<'a> {
    contest: &'a Contest,
    units: Units<'a>,
    first_day: Date,
}

/// Who takes a place of the crowd.
#[derive(Debug, Clone, Copy)]
pub(super) enum Slot {
    /// Somebody of an earlier round.
    Back(ParticipantId),
    /// The new person of that draw.
    New(u64),
}

/// The crowd of a round in which groups take turns.
#[derive(Debug)]
pub(super) struct Cast {
    pub(super) slots: Vec<Slot>,
    /// The turn in which each enters.
    pub(super) spans: Vec<Span>,
}

/// Somebody of an earlier round.
type Known = (ParticipantId, Entering);

/// Simulated people of earlier rounds in an order of their own.
pub(super) async fn returning(
    app: &App,
    contest: &Contest,
    round: &Round,
    dice: &Dice,
) -> Result<Vec<Known>, Failure> {
    let mut known = app
        .store
        .load_returning(contest.id, round.id, round.opens_at)
        .await?;
    let mut die = dice.die(&[3]);
    for last in (1..known.len()).rev() {
        known.swap(last, usize::try_from(die.below(last as u64 + 1)).unwrap_or(last));
    }
    Ok(known)
}

/// Who comes where groups take turns, each with a turn that has begun; nothing where everybody enters at any time.
pub(super) async fn cast(
    app: &App,
    now: OffsetDateTime,
    contest: &Contest,
    round: &Round,
    plan: &Plan,
    dice: &Dice,
) -> Result<Option<Cast>, SimulateError> {
    if contest.windows(round).is_empty() {
        return Ok(None);
    }
    let faces = Faces::new(contest, round).ok_or(SimulateError::NoUnits)?;
    let mut returning = returning(app, contest, round, dice).await?.into_iter();
    let mut cast = Cast {
        slots: Vec::new(),
        spans: Vec::new(),
    };
    for person in 0..plan.entrants {
        let is_running = person < plan.running;
        let person = u64::from(person);
        let mut chance = dice.die(&[5, person]);
        let mut span = |who| span_of(now, contest, round, who, is_running, &mut chance);
        let mut die = dice.die(&[2, person]);
        let back = if die.percent(RETURNING_PERCENT) {
            returning.find_map(|(id, who)| Some((Slot::Back(id), span(who)?)))
        } else {
            None
        };
        let fresh = |draw| {
            let face = faces.draw(&mut die_of(dice, person, draw));
            let who = Entering {
                unit: face.unit.id,
                born: face.birth_date,
            };
            Some((Slot::New(draw), span(who)?))
        };
        let (slot, span) = match back {
            Some(found) => found,
            None => (0..TRIES).find_map(fresh).ok_or(SimulateError::NoTurn)?,
        };
        cast.slots.push(slot);
        cast.spans.push(span);
    }
    Ok(Some(cast))
}

/// What the person of a draw is made with.
pub(super) fn die_of(dice: &Dice, person: u64, draw: u64) -> Die {
    dice.die(&[2, person, draw])
}

/// One of the turns of a person that have begun long enough ago for an attempt; for somebody in the middle of one, the turn
/// that is on.
fn span_of(
    now: OffsetDateTime,
    contest: &Contest,
    round: &Round,
    who: Entering,
    is_running: bool,
    die: &mut Die,
) -> Option<Span> {
    let usable = |span: &Span| timeline::is_long_enough(now, *span) && (!is_running || now < span.1);
    let turns = contest.turns(round, who)?;
    let turns: Vec<Span> = turns.into_iter().filter(usable).collect();
    die.pick(&turns).copied()
}

impl<'a> Faces<'a> {
    /// Faces of a contest; `None` if none of its units exists.
    pub(super) fn new(contest: &'a Contest, round: &Round) -> Option<Self> {
        Some(Self {
            contest,
            units: Units::new(contest)?,
            first_day: contest.first_day().unwrap_or_else(|| local_date(round.opens_at)),
        })
    }

    /// A person.
    pub(super) fn draw(&self, die: &mut Die) -> Face<'a> {
        let unit = self.units.draw(die);
        let sex = if die.percent(58) { Sex::Female } else { Sex::Male };
        let surname = names::surname(die);
        let full_name = names::full_name(die, surname, sex);
        Face {
            unit,
            sex,
            surname,
            full_name,
            birth_date: self.birth_date(die, unit),
        }
    }

    /// Pupils in schools, everybody else elsewhere; old enough for the contest, and at most 80 or as old as it takes.
    fn birth_date(&self, die: &mut Die, unit: &Unit) -> Date {
        let least = i64::from(self.contest.definition.min_age.unwrap_or(12)).clamp(12, 79);
        let school = unit.folded.starts_with("truong ") && !unit.folded.contains("chinh tri");
        let pupils = if school { 80 } else { 12 };
        let (youngest, oldest) = match die.below(100) {
            n if n < pupils => (12, 17),
            n if n < pupils + (100 - pupils) / 3 => (18, 30),
            n if n < 92 => (31, 55),
            _ => (56, 79),
        };
        let most = self.contest.definition.entry.max_age.map_or(79, i64::from);
        let within = |age: i64| age.max(least).min(most);
        let age = die.between(within(youngest), within(oldest));
        // 366 days for each year, so that leap days make nobody too young.
        self.first_day
            .saturating_sub(Duration::days(age * 366 + die.between(1, 200)))
    }
}

/// The units of a contest as people choose them.
struct Units<'a> {
    top: Vec<&'a Unit>,
    weights: Vec<u64>,
    below: BTreeMap<UnitId, Vec<&'a Unit>>,
}

impl<'a> Units<'a> {
    /// Units without parent, weighted by headcount and zeal; `None` if the contest has none that exists.
    fn new(contest: &'a Contest) -> Option<Self> {
        // Judged as registration does: on a day of the contest as written.
        let day = local_date(contest.definition.rounds.first()?.opens_at);
        let mut top: Vec<&Unit> = Vec::new();
        let mut below: BTreeMap<UnitId, Vec<&Unit>> = BTreeMap::new();
        for unit in contest.units.iter().filter(|unit| unit.is_valid_on(day)) {
            match unit.ancestors.first() {
                None => top.push(unit),
                Some(parent) => below.entry(*parent).or_default().push(unit),
            }
        }
        let weights = sums((0u64..).zip(&top).map(|(place, unit)| {
            // The first unit of the file leads, as one always does; the others take part more or less.
            let zeal = if place == 0 { 100 } else { 30 + place * 17 % 31 };
            u64::from(unit.definition.headcount.unwrap_or(800).max(1)) * zeal
        }));
        (!top.is_empty()).then_some(Self { top, weights, below })
    }

    /// A unit: one at the top by weight, then usually one below it.
    fn draw(&self, die: &mut Die) -> &'a Unit {
        let place = die.weighted(&self.weights).min(self.top.len() - 1);
        // The list is not empty, or there would be no such value as self; so the place is inside it.
        let mut unit = self.top[place];
        for _ in 0..4 {
            let below = self.below.get(&unit.id).map(Vec::as_slice).unwrap_or_default();
            match die.pick(below) {
                Some(chosen) if die.percent(80) => unit = chosen,
                _ => break,
            }
        }
        unit
    }
}
