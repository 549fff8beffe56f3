//! A participant corrects the own registration, or changes the consent to be named.
//!
//! Owns which fields that are and the order of checks; what a good value is belongs to `domain::participant`. Phone, birth
//! date and unit stay with the organisers' desk: they decide who may enter, who logs in and whom a unit counts.

use super::Failure;
use super::list_people::hashes_of;
use super::own_data::{OwnData, OwnDataError, count_request, log_request, own_data};
use super::register::{Input, Reader, read_guardian, sealed_place};
use crate::app::App;
use crate::domain::catalog::Contest;
use crate::domain::contest::Field;
use crate::domain::ids::ParticipantId;
use crate::domain::own_data::holds_correction;
use crate::domain::participant::{Email, FieldError, FullName, Line, NationalId, Sex, local_date};
use crate::store::audit::Act;
use crate::store::own_data::{Correction, NewRequest};
use time::OffsetDateTime;

/// What was typed; empty where not given.
#[derive(Clone, Default)]
pub struct CorrectionInput {
    /// Full name.
    pub full_name: String,
    /// Identity number.
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
}

impl std::fmt::Debug for CorrectionInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CorrectionInput(***)")
    }
}

/// The values that were read.
struct Corrected {
    full_name: FullName,
    national_id: Option<NationalId>,
    sex: Option<Sex>,
    email: Option<Email>,
    address: Option<Line>,
    class: Option<Line>,
    guardian_name: Option<FullName>,
}

/// Corrects a person's registration; the names of the fields that changed.
pub async fn correct_own_data(
    app: &App,
    now: OffsetDateTime,
    contest: &Contest,
    person: ParticipantId,
    input: &CorrectionInput,
) -> Result<Vec<String>, OwnDataError> {
    count_request(app, person).await?;
    let own = own_data(app, now, contest, person).await?;
    if let Some(hold) = holds_correction(&own.facts) {
        log_request(app, now, person, ("correct", hold.name())).await?;
        return Err(OwnDataError::Held(hold));
    }
    let new = check(contest, now, &own, input).map_err(OwnDataError::Fields)?;
    let changed = changed(&own, &new);
    if !changed.is_empty() {
        keep(app, now, contest, person, (&own, &new), &changed).await?;
    }
    Ok(changed)
}

fn check(
    contest: &Contest,
    now: OffsetDateTime,
    own: &OwnData,
    input: &CorrectionInput,
) -> Result<Corrected, Vec<(Input, FieldError)>> {
    let (mut reader, born) = (Reader::new(contest), own.record.birth_date);
    let full_name = reader.keep(Input::Field(Field::FullName), FullName::parse(&input.full_name));
    let sex = reader.field(Field::Sex, &input.sex, Sex::parse);
    let national_id = reader.field(Field::NationalId, &input.national_id, |typed| {
        NationalId::parse(typed, born, sex)
    });
    let email = reader.field(Field::Email, &input.email, Email::parse);
    let address = reader.field(Field::Address, &input.address, |typed| Line::parse(typed, 200));
    let class = reader.field(Field::Class, &input.class, |typed| Line::parse(typed, 50));
    let guardian_name = read_guardian(&mut reader, Some(born), local_date(now), &input.guardian_name);
    match full_name {
        Some(full_name) if reader.faults.is_empty() => Ok(Corrected {
            full_name,
            national_id,
            sex,
            email,
            address,
            class,
            guardian_name,
        }),
        _ => Err(reader.faults),
    }
}

fn changed(own: &OwnData, new: &Corrected) -> Vec<String> {
    let old = &own.record;
    let pairs = [
        (
            Field::FullName,
            Some(old.full_name.as_str()),
            Some(new.full_name.as_str()),
        ),
        (
            Field::NationalId,
            own.national_id.as_deref(),
            new.national_id.as_ref().map(NationalId::as_str),
        ),
        (Field::Sex, old.sex.as_deref(), new.sex.map(Sex::name)),
        (
            Field::Email,
            old.email.as_deref(),
            new.email.as_ref().map(Email::as_str),
        ),
        (
            Field::Address,
            old.address.as_deref(),
            new.address.as_ref().map(Line::as_str),
        ),
        (
            Field::Class,
            old.class.as_deref(),
            new.class.as_ref().map(Line::as_str),
        ),
        (
            Field::GuardianName,
            old.guardian_name.as_deref(),
            new.guardian_name.as_ref().map(FullName::as_str),
        ),
    ];
    let changed = pairs.into_iter().filter(|(_, before, after)| before != after);
    changed.map(|(field, ..)| field.name().to_owned()).collect()
}

async fn keep(
    app: &App,
    now: OffsetDateTime,
    contest: &Contest,
    person: ParticipantId,
    (own, new): (&OwnData, &Corrected),
    changed: &[String],
) -> Result<(), Failure> {
    let id = new.national_id.as_ref().map(NationalId::as_str);
    let id_hash = id.map(|number| app.keys.national_id_hash(contest.id, number));
    let place = sealed_place("national_id", &own.record.phone_hash);
    let id_sealed = id.map(|number| app.keys.seal(&place, number, app.entropy.bytes()));
    let named = (new.full_name.as_str(), own.record.birth_date);
    let listed_as: Vec<Vec<u8>> = hashes_of(&app.keys, contest.id, None, id, Some(named))
        .iter()
        .map(|hash| hash.to_vec())
        .collect();
    let correction = Correction {
        full_name: new.full_name.as_str(),
        national_id_hash: id_hash.as_ref().map(<[u8; 32]>::as_slice),
        national_id_sealed: id_sealed.as_deref(),
        sex: new.sex.map(Sex::name),
        email: new.email.as_ref().map(Email::as_str),
        address: new.address.as_ref().map(Line::as_str),
        class: new.class.as_ref().map(Line::as_str),
        guardian_name: new.guardian_name.as_ref().map(FullName::as_str),
        listed_as: &listed_as,
    };
    let mut tx = app.store.begin().await?;
    tx.correct_own_data(person, &correction).await?;
    let request = NewRequest {
        at: now,
        kind: "correct",
        outcome: "done",
        fields: changed,
    };
    tx.insert_data_request(person, request).await?;
    tx.insert_act(&Act {
        at: now,
        actor: "participant",
        act: "own-data-correct",
        contest: Some(contest.id),
        round: None,
        reason: None,
        facts: serde_json::json!({ "participant": person, "fields": changed }),
    })
    .await?;
    Ok(tx.commit().await?)
}

/// Gives or takes back the consent to be named. Taking back is always possible; giving waits as a correction does.
pub async fn change_consent_publish(
    app: &App,
    now: OffsetDateTime,
    contest: &Contest,
    person: ParticipantId,
    may: bool,
) -> Result<(), OwnDataError> {
    count_request(app, person).await?;
    if may {
        let facts = app.store.load_own_facts(contest.id, person, now).await?;
        if let Some(hold) = holds_correction(&facts) {
            log_request(app, now, person, ("publish", hold.name())).await?;
            return Err(OwnDataError::Held(hold));
        }
    }
    let mut tx = app.store.begin().await?;
    tx.set_consent_publish(person, may).await?;
    let request = NewRequest {
        at: now,
        kind: "publish",
        outcome: "done",
        fields: &[],
    };
    tx.insert_data_request(person, request).await?;
    Ok(tx.commit().await?)
}
