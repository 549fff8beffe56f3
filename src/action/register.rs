//! Registering for a contest: every field checked at once, then one row.
//!
//! Owns the order of checks; what a good value is belongs to `domain::participant`.

use super::Failure;
use super::list_people::hashes_of;
use crate::app::App;
use crate::domain::account::Accounts;
use crate::domain::catalog::Contest;
use crate::domain::contest::Field;
use crate::domain::participant::{
    self, Email, FieldError, FullName, GUARDIAN_AGE, Line, NationalId, Phone, Registration, Sex, age_on,
    check_birth, check_password, date_from_parts, local_date, parse_date,
};
use crate::keys::{Login, read_share_code};
use crate::store::participant::NewParticipant;
use time::{Date, OffsetDateTime};

/// Version of the consent text; raised whenever its words change.
pub const CONSENT_VERSION: &str = "2026-11";

/// A field of the form, those of the contest and the two that are always there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Input {
    /// One of the contest's fields.
    Field(Field),
    /// The password.
    Password,
    /// The consent without which nobody can enter.
    Consent,
    /// What the organisers give out, where the contest asks for it.
    ContestPassword,
}

impl Input {
    /// The name in forms and JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Field(field) => field.name(),
            Self::Password => "password",
            Self::Consent => "consent",
            Self::ContestPassword => "contest_password",
        }
    }
}

/// A birth date as it was given.
#[derive(Debug, Clone)]
pub enum BirthInput {
    /// `YYYY-MM-DD`.
    Iso(String),
    /// Three boxes: day, month, year.
    Parts(String, String, String),
}

/// What was typed.
#[derive(Debug, Clone)]
pub struct RegisterInput {
    /// Full name.
    pub full_name: String,
    /// Birth date.
    pub birth: BirthInput,
    /// Phone.
    pub phone: String,
    /// Code of the unit.
    pub unit: String,
    /// Password.
    pub password: String,
    /// Consent to the processing that the contest needs.
    pub consent: bool,
    /// Consent to be named.
    pub consent_publish: bool,
    /// The other fields, empty where not given.
    pub national_id: String,
    /// Sex.
    pub sex: String,
    /// E-mail.
    pub email: String,
    /// Address.
    pub address: String,
    /// School class.
    pub class: String,
    /// Parent or guardian.
    pub guardian_name: String,
    /// Who invited.
    pub referral: String,
    /// What the organisers gave out; empty where the contest does not ask for it.
    pub contest_password: String,
    /// Code of the link that brought the person, empty where there was none; one that leads nowhere is passed over.
    pub introducer: String,
}

/// Registered and logged in.
#[derive(Debug, Clone, Copy)]
pub struct Registered {
    /// What the log-in token is made of.
    pub login: Login,
}

/// Why a registration was not kept.
#[derive(Debug)]
pub enum RegisterError {
    /// The last round has closed.
    ContestOver(OffsetDateTime),
    /// The organisers issue the accounts of this contest.
    Issued,
    /// Every fault, in the order of the form.
    Fields(Vec<(Input, FieldError)>),
    /// The phone is registered in this contest.
    AlreadyRegistered,
    /// Something failed.
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for RegisterError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Registers a person.
pub async fn register(
    app: &App,
    now: OffsetDateTime,
    contest: &Contest,
    input: &RegisterInput,
) -> Result<Registered, RegisterError> {
    if contest.definition.entry.accounts == Accounts::Issued {
        return Err(RegisterError::Issued);
    }
    if let Some(closed) = contest
        .rounds
        .iter()
        .map(|round| round.closes_at)
        .max()
        .filter(|last| *last <= now)
    {
        return Err(RegisterError::ContestOver(closed));
    }
    let registration = check(contest, local_date(now), input).map_err(RegisterError::Fields)?;
    let hash = app.passwords.hash(&input.password, app.entropy.bytes()).await?;
    let introducer = match contest.definition.spread {
        Some(_) => read_share_code(&input.introducer),
        None => None,
    };
    let id = insert(app, now, contest, &registration, (&hash, introducer.as_deref())).await?;
    let participant = id.ok_or(RegisterError::AlreadyRegistered)?;
    Ok(Registered {
        login: Login {
            participant,
            contest: contest.id,
            epoch: 0,
        },
    })
}

/// Collects faults while values are read, so that all are told at once.
pub(super) struct Reader<'a> {
    contest: &'a Contest,
    pub(super) faults: Vec<(Input, FieldError)>,
}

impl<'a> Reader<'a> {
    pub(super) const fn new(contest: &'a Contest) -> Self {
        Self {
            contest,
            faults: Vec::new(),
        }
    }

    pub(super) fn keep<T>(&mut self, input: Input, read: Result<T, FieldError>) -> Option<T> {
        read.map_err(|fault| self.faults.push((input, fault))).ok()
    }

    /// Reads a field if the contest asks for it: an empty optional one is simply absent.
    pub(super) fn field<T>(
        &mut self,
        field: Field,
        typed: &str,
        read: impl FnOnce(&str) -> Result<T, FieldError>,
    ) -> Option<T> {
        let fields = &self.contest.definition.fields;
        let absent = typed.trim().is_empty();
        if absent && !fields.required.contains(&field) {
            return None;
        }
        if !fields.asks(field) && !Field::ALWAYS.contains(&field) {
            self.faults.push((Input::Field(field), FieldError::NotAsked));
            return None;
        }
        self.keep(Input::Field(field), read(typed))
    }
}

fn check(
    contest: &Contest,
    today: Date,
    input: &RegisterInput,
) -> Result<Registration, Vec<(Input, FieldError)>> {
    let mut reader = Reader::new(contest);
    let full_name = reader.keep(Input::Field(Field::FullName), FullName::parse(&input.full_name));
    let birth_date = reader.keep(
        Input::Field(Field::BirthDate),
        read_birth(contest, today, &input.birth),
    );
    let phone = reader.keep(Input::Field(Field::Phone), Phone::parse(&input.phone));
    let unit = reader.keep(Input::Field(Field::Unit), read_unit(contest, today, &input.unit));
    let sex = reader.field(Field::Sex, &input.sex, Sex::parse);
    let id_birth = birth_date.unwrap_or(today);
    let national_id = match birth_date {
        // Without a birth date the number cannot be compared; the birth date's own fault is told first.
        None => None,
        Some(_) => reader.field(Field::NationalId, &input.national_id, |typed| {
            NationalId::parse(typed, id_birth, sex)
        }),
    };
    let email = reader.field(Field::Email, &input.email, Email::parse);
    let address = reader.field(Field::Address, &input.address, |typed| Line::parse(typed, 200));
    let class = reader.field(Field::Class, &input.class, |typed| Line::parse(typed, 50));
    let referral = reader.field(Field::Referral, &input.referral, |typed| Line::parse(typed, 50));
    let guardian_name = read_guardian(&mut reader, birth_date, today, &input.guardian_name);
    reader.keep(Input::Password, check_password(&input.password));
    if let Some(given_out) = &contest.definition.entry.password {
        let typed = participant::tidy(&input.contest_password);
        let check = match typed.is_empty() {
            true => Err(FieldError::Missing),
            false if typed != *given_out => Err(FieldError::WrongPassword),
            false => Ok(()),
        };
        reader.keep(Input::ContestPassword, check);
    }
    if !input.consent {
        reader.faults.push((Input::Consent, FieldError::NotGiven));
    }
    match (full_name, birth_date, phone, unit) {
        (Some(full_name), Some(birth_date), Some(phone), Some(unit)) if reader.faults.is_empty() => {
            Ok(Registration {
                full_name,
                birth_date,
                phone,
                unit,
                national_id,
                sex,
                email,
                address,
                class,
                guardian_name,
                referral,
                consent_publish: input.consent_publish,
            })
        }
        _ => Err(reader.faults),
    }
}

fn read_birth(contest: &Contest, today: Date, birth: &BirthInput) -> Result<Date, FieldError> {
    let date = match birth {
        BirthInput::Iso(text) => parse_date(text),
        BirthInput::Parts(day, month, year) => date_from_parts(day, month, year),
    }?;
    check_birth(
        date,
        today,
        (contest.definition.min_age, contest.definition.entry.max_age),
        contest.first_day().unwrap_or(today),
    )
}

fn read_unit(contest: &Contest, today: Date, code: &str) -> Result<crate::domain::ids::UnitId, FieldError> {
    let code = participant::tidy(code);
    if code.is_empty() {
        return Err(FieldError::Missing);
    }
    let unit = contest
        .unit_by_code(&code)
        .filter(|unit| contest.takes_entries_for(unit, today));
    unit.map(|unit| unit.id).ok_or(FieldError::NotInList)
}

pub(super) fn read_guardian(
    reader: &mut Reader<'_>,
    birth: Option<Date>,
    today: Date,
    typed: &str,
) -> Option<FullName> {
    let minor = birth.is_some_and(|birth| age_on(birth, today) < GUARDIAN_AGE);
    if typed.trim().is_empty() && !minor {
        return None;
    }
    reader.keep(Input::Field(Field::GuardianName), FullName::parse(typed))
}

async fn insert(
    app: &App,
    now: OffsetDateTime,
    contest: &Contest,
    person: &Registration,
    (password_hash, introducer): (&str, Option<&str>),
) -> Result<Option<crate::domain::ids::ParticipantId>, Failure> {
    let phone_hash = app.keys.phone_hash(contest.id, person.phone.as_str());
    let place = |field: &str| sealed_place(field, &phone_hash);
    let phone_sealed = app
        .keys
        .seal(&place("phone"), person.phone.as_str(), app.entropy.bytes());
    let id = person.national_id.as_ref().map(NationalId::as_str);
    let id_hash = id.map(|number| app.keys.national_id_hash(contest.id, number));
    let id_sealed = id.map(|number| app.keys.seal(&place("national_id"), number, app.entropy.bytes()));
    let listed_as = hashes_of(
        &app.keys,
        contest.id,
        Some(person.phone.as_str()),
        id,
        Some((person.full_name.as_str(), person.birth_date)),
    );
    let listed_as: Vec<Vec<u8>> = listed_as.iter().map(|hash| hash.to_vec()).collect();
    let new = NewParticipant {
        contest: contest.id,
        unit: person.unit,
        full_name: person.full_name.as_str(),
        birth_date: person.birth_date,
        phone_hash: &phone_hash,
        phone_sealed: &phone_sealed,
        national_id_hash: id_hash.as_ref().map(<[u8; 32]>::as_slice),
        national_id_sealed: id_sealed.as_deref(),
        sex: person.sex.map(Sex::name),
        email: person.email.as_ref().map(Email::as_str),
        address: person.address.as_ref().map(Line::as_str),
        class: person.class.as_ref().map(Line::as_str),
        guardian_name: person.guardian_name.as_ref().map(FullName::as_str),
        referral: person.referral.as_ref().map(Line::as_str),
        introducer,
        listed_as: &listed_as,
        password_hash,
        consent_version: CONSENT_VERSION,
        consent_publish: person.consent_publish,
        registered_at: now,
    };
    Ok(app.store.insert_participant(&new).await?)
}

/// The place a sealed field of a participant is bound to: its column and the person's phone hash, which is unique and
/// known before the row has a number.
pub fn sealed_place(field: &str, phone_hash: &[u8]) -> String {
    let owner: String = phone_hash.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("participants.{field}:{owner}")
}
