//! Correcting what a participant registered: the values read as at registration, results that stand in the way, one
//! transaction with the former values and a line in the log.
//!
//! Owns the order; which details may change when is `domain::correction`'s. The log names details, never their values.

use super::Failure;
use super::close_round::By;
use super::list_people::hashes_of;
use super::register::Input;
use crate::app::App;
use crate::domain::catalog::Contest;
use crate::domain::contest::Field;
use crate::domain::correction::{Detail, Reach, TooLate, ranks_by_age, too_late};
use crate::domain::ids::{ParticipantId, UnitId};
use crate::domain::participant::{
    Email, FieldError, FullName, GUARDIAN_AGE, Line, age_on, check_birth, date_from_parts, local_date, tidy,
};
use crate::store::audit::Act;
use crate::store::correction::{Change, Details};
use time::{Date, OffsetDateTime};

/// Shortest reason, in characters: long enough to say what was compared.
pub const MIN_REASON: usize = 10;
/// Longest reason, in characters.
pub const MAX_REASON: usize = 500;

/// What was typed.
#[derive(Clone)]
pub struct DetailsInput {
    /// Name.
    pub full_name: String,
    /// Day, month and year of birth.
    pub birth: [String; 3],
    /// Code of the unit.
    pub unit: String,
    /// School class.
    pub class: String,
    /// E-mail.
    pub email: String,
    /// Address.
    pub address: String,
    /// Parent or guardian.
    pub guardian_name: String,
    /// Agrees to be named.
    pub consent_publish: bool,
    /// Why, and what was compared.
    pub reason: String,
}

/// Why nothing was corrected.
#[derive(Debug)]
pub enum CorrectError {
    /// Every fault of what was typed.
    Fields(Vec<(Input, FieldError)>),
    /// The reason is too short, or too long.
    Reason,
    /// Everything is as it was.
    Nothing,
    /// A result stands in the way of correcting that detail.
    TooLate(Detail, TooLate),
    /// The contest has no such person.
    Unknown,
    /// Something failed.
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for CorrectError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Corrects the details that differ from what is kept.
pub async fn correct_person(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    contest: &Contest,
    person: ParticipantId,
    input: &DetailsInput,
) -> Result<(), CorrectError> {
    let reason = input.reason.trim();
    if !(MIN_REASON..=MAX_REASON).contains(&reason.chars().count()) {
        return Err(CorrectError::Reason);
    }
    let mut tx = app.store.begin().await?;
    // Nobody ranks a round of the contest between the look at its results and the change.
    tx.lock_contest_id(contest.id).await?;
    let former = tx.find_details(contest.id, person).await?;
    let former = former.ok_or(CorrectError::Unknown)?;
    let new = read(contest, local_date(now), &former, input).map_err(CorrectError::Fields)?;
    let changes = changes(contest, &former, &new);
    if changes.is_empty() {
        return Err(CorrectError::Nothing);
    }
    let (ranked, prize_published) = tx.find_reach(contest.id, person).await?;
    let reach = Reach {
        ranked,
        by_age: ranks_by_age(&contest.definition),
        prize_published,
    };
    for (detail, _, _) in &changes {
        if let Some(result) = too_late(*detail, reach) {
            return Err(CorrectError::TooLate(*detail, result));
        }
    }
    let known_as = Some((new.full_name.as_str(), new.birth_date));
    let listed_as = hashes_of(&app.keys, contest.id, None, None, known_as);
    let listed_as: Vec<Vec<u8>> = listed_as.iter().map(|hash| hash.to_vec()).collect();
    tx.set_details(contest.id, person, &new, &listed_as).await?;
    tx.insert_corrections(person, &changes, (now, by.name, reason))
        .await?;
    let details: Vec<&str> = changes.iter().map(|(detail, _, _)| detail.name()).collect();
    let act = Act {
        at: now,
        actor: by.name,
        act: "correct-person",
        contest: Some(contest.id),
        round: None,
        reason: Some(reason),
        facts: serde_json::json!({ "participant": person, "details": details }),
    };
    tx.insert_act(&act).await?;
    Ok(tx.commit().await?)
}

/// Reads what differs from what is kept and collects faults, so that all are told at once. What registration took once is
/// not asked about again.
#[derive(Default)]
struct Reader {
    faults: Vec<(Input, FieldError)>,
}

impl Reader {
    fn keep<T>(&mut self, field: Field, former: T, read: Result<T, FieldError>) -> T {
        read.unwrap_or_else(|fault| {
            self.faults.push((Input::Field(field), fault));
            former
        })
    }

    /// A field that may be empty unless it `must` be there.
    fn optional(
        &mut self,
        field: Field,
        former: Option<&str>,
        typed: &str,
        must: bool,
        parse: impl FnOnce(&str) -> Result<String, FieldError>,
    ) -> Option<String> {
        let typed = tidy(typed);
        let kept = former.map(str::to_owned);
        let read = match typed.as_str() {
            same if same == former.unwrap_or_default() => Ok(kept.clone()),
            "" if must => Err(FieldError::Missing),
            "" => Ok(None),
            other => parse(other).map(Some),
        };
        self.keep(field, kept, read)
    }
}

/// The details after the correction.
fn read(
    contest: &Contest,
    today: Date,
    former: &Details,
    input: &DetailsInput,
) -> Result<Details, Vec<(Input, FieldError)>> {
    let mut reader = Reader::default();
    let full_name = match tidy(&input.full_name) {
        same if same == former.full_name => Ok(same),
        other => name(&other),
    };
    let full_name = reader.keep(Field::FullName, former.full_name.clone(), full_name);
    let birth_date = born(contest, today, former.birth_date, &input.birth);
    let birth_date = reader.keep(Field::BirthDate, former.birth_date, birth_date);
    let unit = unit(contest, today, former.unit, &input.unit);
    let unit = reader.keep(Field::Unit, former.unit, unit);
    let is_required = |field| contest.definition.fields.required.contains(&field);
    let is_minor = age_on(birth_date, today) < GUARDIAN_AGE;
    let of = Field::Class;
    let class = reader.optional(
        of,
        former.class.as_deref(),
        &input.class,
        is_required(of),
        |typed| line(typed, 50),
    );
    let of = Field::Email;
    let email = reader.optional(
        of,
        former.email.as_deref(),
        &input.email,
        is_required(of),
        |typed| Email::parse(typed).map(|email| email.as_str().to_owned()),
    );
    let of = Field::Address;
    let kept = former.address.as_deref();
    let address = reader.optional(of, kept, &input.address, is_required(of), |typed| {
        line(typed, 200)
    });
    let kept = former.guardian_name.as_deref();
    let guardian_name = reader.optional(Field::GuardianName, kept, &input.guardian_name, is_minor, name);
    if !reader.faults.is_empty() {
        return Err(reader.faults);
    }
    Ok(Details {
        full_name,
        birth_date,
        unit,
        class,
        email,
        address,
        guardian_name,
        consent_publish: input.consent_publish,
    })
}

fn name(typed: &str) -> Result<String, FieldError> {
    FullName::parse(typed).map(|name| name.as_str().to_owned())
}

fn line(typed: &str, max: usize) -> Result<String, FieldError> {
    Line::parse(typed, max).map(|line| line.as_str().to_owned())
}

fn born(
    contest: &Contest,
    today: Date,
    former: Date,
    [day, month, year]: &[String; 3],
) -> Result<Date, FieldError> {
    let date = date_from_parts(day, month, year)?;
    if date == former {
        return Ok(date);
    }
    let definition = &contest.definition;
    let ages = (definition.min_age, definition.entry.max_age);
    check_birth(date, today, ages, contest.first_day().unwrap_or(today))
}

fn unit(contest: &Contest, today: Date, former: UnitId, code: &str) -> Result<UnitId, FieldError> {
    let found = contest.unit_by_code(tidy(code).as_str());
    let found = found.filter(|unit| unit.id == former || contest.takes_entries_for(unit, today));
    found.map(|unit| unit.id).ok_or(FieldError::NotInList)
}

/// What differs, in the form in which it is kept.
fn changes(contest: &Contest, former: &Details, new: &Details) -> Vec<Change> {
    let said = |of: &Details, detail: Detail| match detail {
        Detail::FullName => of.full_name.clone(),
        Detail::BirthDate => of.birth_date.to_string(),
        Detail::Unit => contest
            .unit(of.unit)
            .map(|unit| unit.definition.code.clone())
            .unwrap_or_default(),
        Detail::Class => of.class.clone().unwrap_or_default(),
        Detail::Email => of.email.clone().unwrap_or_default(),
        Detail::Address => of.address.clone().unwrap_or_default(),
        Detail::GuardianName => of.guardian_name.clone().unwrap_or_default(),
        Detail::ConsentPublish => (if of.consent_publish { "yes" } else { "no" }).to_owned(),
    };
    let both = |detail| (detail, said(former, detail), said(new, detail));
    let all = Detail::ALL.into_iter().map(both);
    all.filter(|(_, former, later)| former != later).collect()
}
