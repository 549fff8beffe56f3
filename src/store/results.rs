//! What exports read: entries, standings, winners, units and participants, row by row.
//!
//! Owns the statements and the shape of a row; leaves columns and file formats to `document`, and who may export what to
//! `action`. Each list is one statement, so it is one moment of the database however long reading it takes.

mod changes;
mod entries;
mod rows;
mod standings;
mod units;

pub use changes::ScoreChange;
pub use rows::{EntryRow, ItemRow, Listing, PersonRow, StandingRow, UnitRow, WinnerRow};

use super::{Store, StoreError, StoreResult};
use crate::domain::ids::{AttemptId, ContestId, ParticipantId, RoundId, UnitId};
use futures_util::stream::{self, BoxStream, StreamExt};
use sqlx::{AssertSqlSafe, PgPool};
use std::collections::BTreeMap;
use time::{Date, OffsetDateTime};
use tokio::sync::mpsc;
use uuid::Uuid;

/// Rows read ahead of whoever takes them: enough to keep the server busy, little in memory.
const AHEAD: usize = 256;

/// Rows as they come from the database. Dropping it ends the reading.
pub type Rows<T> = BoxStream<'static, StoreResult<T>>;

/// The rows of a list.
pub enum ListingRows {
    /// Of [`Listing::Participants`].
    Participants(Rows<PersonRow>),
    /// Of [`Listing::Entries`].
    Entries(Rows<EntryRow>),
    /// Of [`Listing::Standings`].
    Standings(Rows<StandingRow>),
    /// Of [`Listing::Winners`].
    Winners(Rows<WinnerRow>),
    /// Of [`Listing::Units`].
    Units(Rows<UnitRow>),
    /// Of [`Listing::Items`].
    Items(Rows<ItemRow>),
}

impl std::fmt::Debug for ListingRows {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ListingRows(…)")
    }
}

/// The text of the list of people up to its order.
macro_rules! people {
    () => {
        "select participant_id, full_name, birth_date, phone_hash, phone_sealed, national_id_sealed, unit_id, sex,
                email, address, class, guardian_name, referral, consent_publish, registered_at,
                coalesce(excluded_reason, prize_bar) as excluded_reason, demonstration
         from participants p where contest_id = $1
           and ($2::int is null
             or exists (select from attempts a where a.round_id = $2 and a.participant_id = p.participant_id))
         order by split_part(full_name, ' ', -1)"
    };
}

/// Opens a sealed field: its name, the phone hash it is bound to, the sealed bytes.
pub type Opener = Box<dyn Fn(&str, &[u8], &[u8]) -> Option<String> + Send>;

impl Store {
    /// Everybody registered in a contest, or everybody who entered a round of it, ordered by given name as Vietnamese lists
    /// are.
    pub async fn stream_participants(
        &self,
        contest: ContestId,
        round: Option<RoundId>,
        open: Opener,
    ) -> StoreResult<Rows<PersonRow>> {
        let row = sqlx::query!(
            r#"select exists (select from pg_collation where collname = 'vi-x-icu') as "there!""#
        )
        .fetch_one(self.pool())
        .await?;
        // Both texts are constants; a server built without ICU sorts by code point.
        let text = if row.there {
            concat!(
                people!(),
                r#" collate "vi-x-icu", full_name collate "vi-x-icu", participant_id"#
            )
        } else {
            concat!(people!(), ", full_name, participant_id")
        };
        Ok(read_ahead(self.pool().clone(), move |pool| {
            let query = sqlx::query_as::<_, SealedPerson>(AssertSqlSafe(text));
            let rows = query.bind(contest.0).bind(round.map(|round| round.0)).fetch(pool);
            rows.map(move |row| Ok(row?.opened(&open))).boxed()
        }))
    }

    /// The newest ranking over the whole contest, while every round of it is ranked.
    pub async fn find_overall_ranking(&self, contest: ContestId) -> StoreResult<Option<i64>> {
        let row = sqlx::query!(
            "select max(ranking_id) as newest from rankings where contest_id = $1 and round_id is null
               and not exists (select from rounds where contest_id = $1 and ranking_id is null)",
            contest.0
        )
        .fetch_one(self.pool())
        .await?;
        Ok(row.newest)
    }

    /// The rankings in force of these rounds.
    pub async fn load_rankings_in_force(&self, rounds: &[RoundId]) -> StoreResult<Vec<i64>> {
        let rounds: Vec<i32> = rounds.iter().map(|round| round.0).collect();
        let rows = sqlx::query!(
            r#"select ranking_id as "ranking!" from rounds
               where round_id = any($1) and ranking_id is not null order by number"#,
            &rounds
        )
        .fetch_all(self.pool())
        .await?;
        Ok(rows.into_iter().map(|row| row.ranking).collect())
    }
}

impl Store {
    /// These people with their sealed fields opened.
    pub async fn load_person_rows(
        &self,
        people: &[ParticipantId],
        open: Opener,
    ) -> StoreResult<BTreeMap<ParticipantId, PersonRow>> {
        let ids: Vec<i64> = people.iter().map(|person| person.0).collect();
        let rows = sqlx::query_as!(
            SealedPerson,
            "select participant_id, full_name, birth_date, phone_hash, phone_sealed, national_id_sealed, unit_id, sex,
                    email, address, class, guardian_name, referral, consent_publish, registered_at,
                    coalesce(excluded_reason, prize_bar) as excluded_reason, demonstration
             from participants where participant_id = any($1)",
            &ids
        )
        .fetch_all(self.pool())
        .await?;
        let opened = rows.into_iter().map(|row| row.opened(&open));
        Ok(opened.map(|person| (person.participant, person)).collect())
    }
}

/// A person as stored.
#[derive(sqlx::FromRow)]
struct SealedPerson {
    participant_id: i64,
    full_name: String,
    birth_date: Date,
    phone_hash: Vec<u8>,
    phone_sealed: Vec<u8>,
    national_id_sealed: Option<Vec<u8>>,
    unit_id: i32,
    sex: Option<String>,
    email: Option<String>,
    address: Option<String>,
    class: Option<String>,
    guardian_name: Option<String>,
    referral: Option<String>,
    consent_publish: bool,
    registered_at: OffsetDateTime,
    excluded_reason: Option<String>,
    demonstration: bool,
}

impl SealedPerson {
    fn opened(self, open: &Opener) -> PersonRow {
        let national_id = self.national_id_sealed.as_deref();
        let national_id = national_id.and_then(|sealed| open("national_id", &self.phone_hash, sealed));
        PersonRow {
            participant: ParticipantId(self.participant_id),
            full_name: self.full_name,
            birth_date: self.birth_date,
            phone: open("phone", &self.phone_hash, &self.phone_sealed),
            unit: UnitId(self.unit_id),
            national_id: national_id.map(|number| last_digits(&number)),
            sex: self.sex,
            email: self.email,
            address: self.address,
            class: self.class,
            guardian_name: self.guardian_name,
            referral: self.referral,
            consent_publish: self.consent_publish,
            registered_at: self.registered_at,
            excluded_reason: self.excluded_reason,
            demonstration: self.demonstration,
        }
    }
}

/// A number with all but its last three digits hidden.
fn last_digits(number: &str) -> String {
    let hidden = number.chars().count().saturating_sub(3);
    number
        .chars()
        .enumerate()
        .map(|(place, digit)| if place < hidden { '•' } else { digit })
        .collect()
}

fn attempt(id: Uuid) -> AttemptId {
    AttemptId::from_bytes(id.into_bytes())
}

/// Runs a query in a task of its own, which holds the connection and lives no longer than the stream. The end of the rows
/// is said explicitly, so that a task that dies cannot pass for a short list.
fn read_ahead<T: Send + 'static>(
    pool: PgPool,
    read: impl for<'a> FnOnce(&'a PgPool) -> BoxStream<'a, StoreResult<T>> + Send + 'static,
) -> Rows<T> {
    let (send, receive) = mpsc::channel(AHEAD);
    tokio::spawn(async move {
        let mut rows = read(&pool);
        while let Some(row) = rows.next().await {
            if send.send(Some(row)).await.is_err() {
                return;
            }
        }
        // Nobody listens any more if this fails, so nobody misses it.
        let _ = send.send(None).await;
    });
    stream::unfold(Some(receive), |receive| async {
        let mut receive = receive?;
        match receive.recv().await {
            Some(Some(Ok(row))) => Some((Ok(row), Some(receive))),
            Some(Some(Err(error))) => Some((Err(error), None)),
            Some(None) => None,
            None => Some((Err(StoreError::Database(sqlx::Error::WorkerCrashed)), None)),
        }
    })
    .boxed()
}
