//! Who the crowd is: names, ages, units, and the people who come back from an earlier round.
//!
//! Owns making and writing participants; phone numbers are of a range that no network has, counted up per contest.

use super::dice::{Dice, Die, sums};
use super::timeline::{Timeline, moment};
use super::{Failure, PEOPLE, Plan, SimulateError, Step, names};
use crate::action::register::{CONSENT_VERSION, sealed_place};
use crate::app::App;
use crate::domain::catalog::Contest;
use crate::domain::contest::Field;
use crate::domain::ids::{ParticipantId, UnitId};
use crate::domain::participant::{GUARDIAN_AGE, Sex, age_on, local_date};
use crate::domain::round::Round;
use crate::domain::unit::Unit;
use crate::store::simulate::NewPerson;
use std::collections::BTreeMap;
use time::{Date, Duration, OffsetDateTime};

/// No Vietnamese network has numbers that begin like this; seven digits follow.
const PHONE_PREFIX: &str = "050";
/// In so many of a hundred places an entrant of an earlier round comes back, as far as there are any.
const RETURNING_PERCENT: u32 = 50;

/// The people of a crowd in order.
pub(super) struct Crowd {
    pub(super) ids: Vec<ParticipantId>,
    pub(super) registered: u64,
}

/// Writes the people who are new and finds those who come back.
pub(super) async fn write(
    app: &App,
    contest: &Contest,
    round: &Round,
    plan: &Plan,
    dice: &Dice,
    timeline: &Timeline,
    tell: &mut impl FnMut(Step),
) -> Result<Crowd, SimulateError> {
    let maker = Maker::new(app, contest, round, plan).await?;
    let mut returning = returning(app, contest, round, dice).await?.into_iter();
    let mut crowd = Crowd {
        ids: Vec::with_capacity(timeline.first_start_ms.len()),
        registered: 0,
    };
    for starts in timeline.first_start_ms.chunks(PEOPLE) {
        let first = crowd.ids.len() as u64;
        let mut fresh = Vec::with_capacity(starts.len());
        let mut slots = Vec::with_capacity(starts.len());
        for (person, start_ms) in (first..).zip(starts) {
            let mut die = dice.die(&[2, person]);
            let back = if die.percent(RETURNING_PERCENT) {
                returning.next()
            } else {
                None
            };
            if back.is_none() {
                let phone = maker.next_phone + crowd.registered + fresh.len() as u64;
                fresh.push(maker.person(&mut die, moment(*start_ms), phone));
            }
            slots.push(back);
        }
        crowd.registered += fresh.len() as u64;
        let mut new_ids = app.store.insert_people(contest.id, &fresh).await?.into_iter();
        for slot in slots {
            let id = slot.or_else(|| new_ids.next());
            crowd
                .ids
                .push(id.ok_or_else(|| Failure::Inconsistent("fewer people written than given".to_owned()))?);
        }
        tell(Step::People(crowd.ids.len() as u64, u64::from(plan.entrants)));
    }
    Ok(crowd)
}

/// Simulated people of earlier rounds in an order of their own.
async fn returning(
    app: &App,
    contest: &Contest,
    round: &Round,
    dice: &Dice,
) -> Result<Vec<ParticipantId>, Failure> {
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

/// What every new person's making needs.
struct Maker<'a> {
    app: &'a App,
    contest: &'a Contest,
    units: Units<'a>,
    password_hash: String,
    next_phone: u64,
    first_day: Date,
}

impl<'a> Maker<'a> {
    async fn new(
        app: &'a App,
        contest: &'a Contest,
        round: &Round,
        plan: &Plan,
    ) -> Result<Self, SimulateError> {
        // Without a password of the plan, one that nobody ever learns.
        let secret: String = app
            .entropy
            .bytes::<32>()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let password = plan.password.as_deref().unwrap_or(&secret);
        let known = app.store.count_simulated(contest.id).await?;
        Ok(Self {
            app,
            contest,
            units: Units::new(contest).ok_or(SimulateError::NoUnits)?,
            password_hash: app.passwords.hash(password, app.entropy.bytes()).await?,
            next_phone: known.unsigned_abs(),
            first_day: contest.first_day().unwrap_or_else(|| local_date(round.opens_at)),
        })
    }

    fn person(&self, die: &mut Die, first_start: OffsetDateTime, phone: u64) -> NewPerson {
        let unit = self.units.draw(die);
        let sex = if die.percent(58) { Sex::Female } else { Sex::Male };
        let surname = names::surname(die);
        let full_name = names::full_name(die, surname, sex);
        let birth_date = self.birth_date(die, unit);
        let registered_at = registered_at(die, first_start);
        let minor = age_on(birth_date, local_date(registered_at)) < GUARDIAN_AGE;
        let parent = if die.percent(50) { Sex::Female } else { Sex::Male };
        let guardian = names::full_name(die, surname, parent);
        let class = format!(
            "{}{}",
            die.between(6, 12),
            die.pick(&["A", "B", "C"]).unwrap_or(&"A")
        );
        let consent_publish = die.percent(88);
        let phone = format!("{PHONE_PREFIX}{phone:07}");
        let phone_hash = self.app.keys.phone_hash(self.contest.id, &phone);
        let asks = |field: Field| self.contest.definition.fields.asks(field);
        let must = |field: Field| self.contest.definition.fields.required.contains(&field);
        NewPerson {
            unit: unit.id,
            full_name,
            birth_date,
            phone_hash: phone_hash.to_vec(),
            phone_sealed: self.app.keys.seal(
                &sealed_place("phone", &phone_hash),
                &phone,
                self.app.entropy.bytes(),
            ),
            sex: asks(Field::Sex).then(|| sex.name()),
            email: must(Field::Email).then(|| format!("{phone}@example.org")),
            address: must(Field::Address).then(|| unit.definition.name.clone()),
            class: (must(Field::Class) || (asks(Field::Class) && minor)).then_some(class),
            guardian_name: minor.then_some(guardian),
            password_hash: self.password_hash.clone(),
            consent_version: CONSENT_VERSION,
            consent_publish,
            registered_at,
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

/// Most register when they first enter, some hours or days before.
fn registered_at(die: &mut Die, first_start: OffsetDateTime) -> OffsetDateTime {
    let before_s = match die.below(100) {
        0..60 => die.between(60, 20 * 60),
        60..85 => die.between(20 * 60, 24 * 3_600),
        _ => die.between(24 * 3_600, 4 * 24 * 3_600),
    };
    first_start - Duration::seconds(before_s) - Duration::milliseconds(die.between(0, 999))
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
