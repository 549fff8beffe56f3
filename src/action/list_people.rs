//! Putting the list of people who never win in force, when a contest is loaded.
//!
//! Owns that nothing of the list is kept but keyed hashes and reasons, and that people who registered before are compared
//! with it too; registration compares everybody after.

use super::Failure;
use crate::app::App;
use crate::domain::exclusion::{ListedPerson, name_key};
use crate::domain::ids::{ContestId, ParticipantId};
use crate::keys::Keys;
use crate::store::Tx;
use crate::store::exclusion::PrizeBar;
use std::collections::BTreeMap;
use time::Date;

/// Puts a list in place of the one before. Returns how many of those who have registered it names.
pub(super) async fn list_people(
    app: &App,
    tx: &mut Tx,
    contest: ContestId,
    listed: &[ListedPerson],
) -> Result<i64, Failure> {
    let bars: Vec<PrizeBar> = listed
        .iter()
        .flat_map(|person| bars_of(&app.keys, contest, person))
        .collect();
    tx.replace_prize_bars(contest, &bars).await?;
    let names: BTreeMap<(String, Date), &str> = listed
        .iter()
        .filter_map(|person| {
            let (name, born) = person.name_and_birth.as_ref()?;
            Some(((name_key(name), *born), person.reason.as_str()))
        })
        .collect();
    let days: Vec<Date> = names.keys().map(|(_, born)| *born).collect();
    let born = tx.load_born_on(contest, &days).await?;
    let found: Vec<(ParticipantId, String)> = born
        .into_iter()
        .filter_map(|person| {
            let reason = names.get(&(name_key(&person.full_name), person.birth_date))?;
            Some((person.person, (*reason).to_owned()))
        })
        .collect();
    tx.mark_prize_bars(&found).await?;
    Ok(tx.count_prize_bars(contest).await?)
}

fn bars_of(keys: &Keys, contest: ContestId, person: &ListedPerson) -> Vec<PrizeBar> {
    let bar = |hash| PrizeBar {
        hash,
        reason: person.reason.clone(),
    };
    let hashes = hashes_of(
        keys,
        contest,
        person.phone.as_deref(),
        person.national_id.as_deref(),
        person
            .name_and_birth
            .as_ref()
            .map(|(name, born)| (name.as_str(), *born)),
    );
    hashes.into_iter().map(bar).collect()
}

/// The hashes by which a person is found in the list.
pub(super) fn hashes_of(
    keys: &Keys,
    contest: ContestId,
    phone: Option<&str>,
    national_id: Option<&str>,
    name_and_birth: Option<(&str, Date)>,
) -> Vec<[u8; 32]> {
    let phone = phone.map(|phone| keys.phone_hash(contest, phone));
    let id = national_id.map(|number| keys.national_id_hash(contest, number));
    let name = name_and_birth.map(|(name, born)| keys.person_hash(contest, &name_key(name), born));
    [phone, id, name].into_iter().flatten().collect()
}

/// What tells one list from another without telling whom it names.
pub(super) fn list_digest(app: &App, listed: &[ListedPerson]) -> String {
    let lines: Vec<String> = listed
        .iter()
        .map(|person| {
            let (name, born) = match &person.name_and_birth {
                Some((name, born)) => (name_key(name), born.to_string()),
                None => Default::default(),
            };
            let known = [person.phone.as_deref(), person.national_id.as_deref()];
            let [phone, id] = known.map(Option::unwrap_or_default);
            [person.reason.as_str(), phone, id, &name, &born].join("\t")
        })
        .collect();
    app.keys.counter_name("list", &lines.join("\n"))
}
