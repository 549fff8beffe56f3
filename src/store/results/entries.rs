//! Entries for exports: one round after the other, in order of submission.
//!
//! Owns which attempt is said to count: that of the ranking in force, else by the rule of the round.

use super::{EntryRow, Rows, attempt, read_ahead};
use crate::domain::ids::{ParticipantId, RoundId};
use crate::store::ranking::decode;
use crate::store::{Store, StoreError, StoreResult};
use futures_util::stream::{self, BoxStream, StreamExt, TryStreamExt};
use sqlx::PgPool;
use time::OffsetDateTime;
use uuid::Uuid;

impl Store {
    /// The entries of these rounds, by round and in order of submission.
    pub fn stream_entries(&self, rounds: &[RoundId]) -> Rows<EntryRow> {
        let rounds: Vec<i32> = rounds.iter().map(|round| round.0).collect();
        read_ahead(self.pool().clone(), move |pool| {
            stream::once(async move {
                let rounds = sqlx::query_as!(
                    Ranked,
                    "select round_id, ranking_id from rounds where round_id = any($1) order by number",
                    &rounds
                )
                .fetch_all(pool)
                .await?;
                Ok::<_, StoreError>(stream::iter(rounds.into_iter().map(Ok)))
            })
            .try_flatten()
            .and_then(move |round| entries(pool, round))
            .try_flatten()
            .boxed()
        })
    }
}

struct Ranked {
    round_id: i32,
    ranking_id: Option<i64>,
}

async fn entries(pool: &PgPool, round: Ranked) -> StoreResult<BoxStream<'_, StoreResult<EntryRow>>> {
    Ok(match round.ranking_id {
        Some(ranking) => {
            let counted = Numbers::of_ranking(pool, ranking).await?;
            all(pool, round.round_id)
                .map_ok(move |row| {
                    let is_counted = counted.contains(row.sequence);
                    row.entry(is_counted)
                })
                .boxed()
        }
        None => by_rule(pool, round.round_id),
    })
}

/// Every entry of a round that is ranked: its counted attempts are known and need no sorting.
fn all(pool: &PgPool, round: i32) -> BoxStream<'_, StoreResult<Entry>> {
    sqlx::query_as!(
        Entry,
        r#"select s.attempt_id, s.participant_id, u.code, r.number as round, s.number, s.sequence, a.started_at,
                  s.finished_at, s.how, s.score, s.correct, s.duration_ms,
                  coalesce(l.prediction, s.prediction) as "prediction?", p.registered_at,
                  false as "by_rule!"
           from submissions s
           join rounds r on r.round_id = s.round_id
           join attempts a on a.round_id = $1 and a.attempt_id = s.attempt_id
           join participants p on p.participant_id = s.participant_id
           join units u on u.unit_id = p.unit_id
           left join later_predictions l
             on l.round_id = $1 and l.participant_id = s.participant_id and l.number = s.number
           where s.round_id = $1 order by s.sequence"#,
        round
    )
    .fetch(pool)
    .map_err(Into::into)
    .boxed()
}

/// Every entry of a round that is not ranked.
fn by_rule(pool: &PgPool, round: i32) -> BoxStream<'_, StoreResult<EntryRow>> {
    sqlx::query_as!(
        Entry,
        r#"with graded as (
             select r.number as round, s.*, row_number() over (
                 partition by s.participant_id
                 order by case r.rules->'attempts'->>'counts' when 'first' then s.number when 'last' then -s.number
                          else -s.score end, s.finished_at, s.sequence) = 1 as by_rule
             from submissions s join rounds r using (round_id) where s.round_id = $1)
           select g.attempt_id, g.participant_id, u.code, g.round, g.number, g.sequence, a.started_at,
                  g.finished_at, g.how, g.score, g.correct, g.duration_ms,
                  coalesce(l.prediction, g.prediction) as "prediction?", p.registered_at,
                  g.by_rule as "by_rule!"
           from graded g
           join attempts a on a.round_id = $1 and a.attempt_id = g.attempt_id
           join participants p on p.participant_id = g.participant_id
           join units u on u.unit_id = p.unit_id
           left join later_predictions l
             on l.round_id = $1 and l.participant_id = g.participant_id and l.number = g.number
           order by g.sequence"#,
        round
    )
    .fetch(pool)
    .map(|row| {
        let row = row?;
        let is_counted = row.by_rule;
        Ok(row.entry(is_counted))
    })
    .boxed()
}

/// An entry as read.
struct Entry {
    attempt_id: Uuid,
    participant_id: i64,
    code: String,
    round: i16,
    number: i16,
    sequence: i64,
    started_at: OffsetDateTime,
    finished_at: OffsetDateTime,
    how: String,
    score: i32,
    correct: i16,
    duration_ms: i64,
    prediction: Option<i64>,
    registered_at: OffsetDateTime,
    by_rule: bool,
}

impl Entry {
    fn entry(self, counted: bool) -> EntryRow {
        EntryRow {
            attempt: attempt(self.attempt_id),
            participant: ParticipantId(self.participant_id),
            unit: self.code,
            round: self.round,
            number: self.number,
            sequence: self.sequence,
            started_at: self.started_at,
            finished_at: self.finished_at,
            how: self.how,
            score: self.score,
            correct: self.correct,
            duration_ms: self.duration_ms,
            prediction: self.prediction,
            registered_at: self.registered_at,
            counted,
        }
    }
}

/// A set of small numbers, a bit each: five million submissions take 600 KB.
#[derive(Debug, Default)]
struct Numbers(Vec<u64>);

impl Numbers {
    /// The submissions that count in a ranking.
    async fn of_ranking(pool: &PgPool, ranking: i64) -> StoreResult<Self> {
        let mut pages = sqlx::query!(
            "select first_position, records from standing_pages where ranking_id = $1",
            ranking
        )
        .fetch(pool);
        let mut numbers = Self::default();
        while let Some(page) = pages.try_next().await? {
            for record in decode(ranking, page.first_position, &page.records)? {
                numbers.insert(record.sequence);
            }
        }
        Ok(numbers)
    }

    fn insert(&mut self, number: u32) {
        let word = (number / u64::BITS) as usize;
        if word >= self.0.len() {
            self.0.resize(word + 1, 0);
        }
        if let Some(word) = self.0.get_mut(word) {
            *word |= 1 << (number % u64::BITS);
        }
    }

    fn contains(&self, number: i64) -> bool {
        let Ok(number) = u32::try_from(number) else {
            return false;
        };
        let word = self.0.get((number / u64::BITS) as usize);
        word.is_some_and(|word| word >> (number % u64::BITS) & 1 == 1)
    }
}
