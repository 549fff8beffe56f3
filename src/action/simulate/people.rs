//! Writing the crowd: new people with everything that registration keeps, and those who come back from an earlier round.
//!
//! Owns making and writing participants, whose faces `casting` draws; phone numbers are of a range that no network has, counted up per contest.

use super::casting::{Cast, Face, Faces, RETURNING_PERCENT, Slot, die_of, returning};
use super::dice::{Dice, Die};
use super::timeline::{Timeline, moment};
use super::{Failure, PEOPLE, Plan, SimulateError, Step, names};
use crate::action::register::{CONSENT_VERSION, sealed_place};
use crate::app::App;
use crate::domain::catalog::Contest;
use crate::domain::contest::Field;
use crate::domain::ids::ParticipantId;
use crate::domain::participant::{GUARDIAN_AGE, Sex, age_on, local_date};
use crate::domain::round::Round;
use crate::store::simulate::NewPerson;
use time::{Duration, OffsetDateTime};

/// No Vietnamese network has numbers that begin like this; seven digits follow.
const PHONE_PREFIX: &str = "050";

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
    (timeline, cast): (&Timeline, Option<&Cast>),
    tell: &mut impl FnMut(Step),
) -> Result<Crowd, SimulateError> {
    let maker = Maker::new(app, contest, round, plan).await?;
    let mut known = match cast {
        Some(_) => Vec::new(),
        None => returning(app, contest, round, dice).await?,
    }
    .into_iter();
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
            let place = usize::try_from(person).unwrap_or(usize::MAX);
            let back = match cast.and_then(|cast| cast.slots.get(place)) {
                Some(Slot::Back(id)) => Some(*id),
                Some(Slot::New(draw)) => {
                    die = die_of(dice, person, *draw);
                    None
                }
                None if die.percent(RETURNING_PERCENT) => known.next().map(|(id, _)| id),
                None => None,
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

/// What every new person's making needs.
struct Maker<'a> {
    app: &'a App,
    contest: &'a Contest,
    faces: Faces<'a>,
    password_hash: String,
    next_phone: u64,
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
            faces: Faces::new(contest, round).ok_or(SimulateError::NoUnits)?,
            password_hash: app.passwords.hash(password, app.entropy.bytes()).await?,
            next_phone: known.unsigned_abs(),
        })
    }

    fn person(&self, die: &mut Die, first_start: OffsetDateTime, phone: u64) -> NewPerson {
        let Face {
            unit,
            sex,
            surname,
            full_name,
            birth_date,
        } = self.faces.draw(die);
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
