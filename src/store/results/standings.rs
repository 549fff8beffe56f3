//! Standings and winners for exports: pages of a ranking as they come, with units and prizes beside them.
//!
//! Owns the joining; what a page holds is said by `ranking`.

use super::{Rows, StandingRow, WinnerRow, read_ahead};
use crate::domain::ids::{ParticipantId, UnitId};
use crate::domain::ranking::Standing;
use crate::store::ranking::{decode, standings_at};
use crate::store::{Store, StoreError, StoreResult, expect};
use futures_util::stream::{self, BoxStream, StreamExt, TryStreamExt};
use sqlx::PgPool;
use std::collections::{BTreeMap, BTreeSet};

impl Store {
    /// The standings of a ranking by position.
    pub fn stream_standings(&self, ranking: i64) -> Rows<StandingRow> {
        read_ahead(self.pool().clone(), move |pool| {
            stream::once(async move {
                let units = unit_codes(pool, ranking).await?;
                let prizes = prizes(pool, ranking).await?;
                let essays = essays(pool, ranking).await?;
                Ok::<_, StoreError>(rows(pool, ranking, (units, prizes, essays)))
            })
            .try_flatten()
            .boxed()
        })
    }

    /// The winners of these rankings: rounds in order, then the contest as a whole, each by prize and place.
    pub fn stream_winners(&self, rankings: &[i64]) -> Rows<WinnerRow> {
        let rankings = rankings.to_vec();
        read_ahead(self.pool().clone(), move |pool| {
            stream::once(async move {
                let winners = winners(pool, &rankings).await?;
                Ok::<_, StoreError>(stream::iter(winners.into_iter().map(Ok)))
            })
            .try_flatten()
            .boxed()
        })
    }
}

/// Codes of units, names of prizes by position, marks of essays by person.
type Beside = (
    BTreeMap<UnitId, String>,
    BTreeMap<i64, String>,
    BTreeMap<ParticipantId, i32>,
);

fn rows(pool: &PgPool, ranking: i64, beside: Beside) -> BoxStream<'_, StoreResult<StandingRow>> {
    sqlx::query!(
        "select first_position, records from standing_pages where ranking_id = $1 order by first_position",
        ranking
    )
    .fetch(pool)
    .map(move |page| {
        let page = page?;
        let records = decode(ranking, page.first_position, &page.records)?;
        let rows: StoreResult<Vec<StandingRow>> = records
            .into_iter()
            .map(|record| row(ranking, &record.standing, &beside))
            .collect();
        Ok::<_, StoreError>(stream::iter(rows?.into_iter().map(Ok)))
    })
    .try_flatten()
    .boxed()
}

fn row(ranking: i64, standing: &Standing, (units, prizes, essays): &Beside) -> StoreResult<StandingRow> {
    let count = |n: u32, column| expect(i32::try_from(n).ok(), "standing_pages", column, ranking);
    let unit = units.get(&standing.unit).cloned();
    Ok(StandingRow {
        position: standing.position,
        rank: standing.rank,
        attempt: standing.attempt,
        participant: standing.participant,
        unit: expect(unit, "standing_pages", "unit_id", ranking)?,
        score: standing.score,
        correct: count(standing.correct, "correct")?,
        total: count(standing.total, "total")?,
        prediction: standing.prediction,
        prediction_error: standing.prediction_error,
        duration_ms: standing.duration_ms,
        finished_at: standing.finished_at,
        attempts: count(standing.attempts, "attempts")?,
        registered_at: standing.registered_at,
        eligible: standing.eligible,
        prize: prizes.get(&standing.position).cloned(),
        essay: essays.get(&standing.participant).copied(),
    })
}

async fn unit_codes(pool: &PgPool, ranking: i64) -> StoreResult<BTreeMap<UnitId, String>> {
    let rows = sqlx::query!(
        "select unit_id, code from units where contest_id = (select contest_id from rankings where ranking_id = $1)",
        ranking
    )
    .fetch_all(pool)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (UnitId(row.unit_id), row.code))
        .collect())
}

/// Marks of essays that the ranking counted.
async fn essays(pool: &PgPool, ranking: i64) -> StoreResult<BTreeMap<ParticipantId, i32>> {
    let rows = sqlx::query!(
        "select participant_id, points from essay_standings where ranking_id = $1",
        ranking
    )
    .fetch_all(pool)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (ParticipantId(row.participant_id), row.points))
        .collect())
}

/// Names of the prizes won, by position.
async fn prizes(pool: &PgPool, ranking: i64) -> StoreResult<BTreeMap<i64, String>> {
    let rows = sqlx::query!(
        r#"select position, string_agg(prize_name, '; ' order by prize, place) as "prize!"
           from awards where ranking_id = $1 group by position"#,
        ranking
    )
    .fetch_all(pool)
    .await?;
    Ok(rows.into_iter().map(|row| (row.position, row.prize)).collect())
}

async fn winners(pool: &PgPool, rankings: &[i64]) -> StoreResult<Vec<WinnerRow>> {
    let rows = sqlx::query!(
        r#"select w.ranking_id, r.number as "round?", w.prize, w.prize_name, w.place, w.value, w.position, w.participant_id,
                  p.full_name, p.consent_publish, w.settled_by, p.demonstration,
                  b.rank as "introducer_rank?", b.newcomers as "newcomers?"
           from awards w
           join rankings k using (ranking_id)
           -- Prizes for bringing newcomers are numbered after the others.
           left join spread_standings b on b.ranking_id = w.ranking_id and b.participant_id = w.participant_id
             and w.prize >= jsonb_array_length(k.rules -> 'prizes')
           join participants p on p.participant_id = w.participant_id
           left join rounds r on r.round_id = k.round_id
           where w.ranking_id = any($1)
           order by r.number nulls last, w.prize, w.place"#,
        rankings
    )
    .fetch_all(pool)
    .await?;
    let mut standings = BTreeMap::new();
    for ranking in rows.iter().map(|row| row.ranking_id).collect::<BTreeSet<i64>>() {
        let own = rows.iter().filter(|row| row.ranking_id == ranking);
        let positions: Vec<i64> = own.map(|row| row.position).collect();
        standings.insert(ranking, standings_at(pool, ranking, &positions).await?);
    }
    rows.into_iter()
        .map(|row| {
            let earned = standings
                .get(&row.ranking_id)
                .and_then(|own| own.get(&row.position));
            let earned = expect(earned, "awards", "position", row.ranking_id)?;
            let count = |n: u32| expect(i32::try_from(n).ok(), "standing_pages", "records", row.ranking_id);
            Ok(WinnerRow {
                round: row.round,
                prize_index: row.prize,
                prize: row.prize_name,
                place: row.place,
                value: row.value,
                rank: row.introducer_rank.unwrap_or(earned.rank),
                newcomers: row.newcomers,
                participant: ParticipantId(row.participant_id),
                attempt: earned.attempt,
                full_name: row.full_name,
                consent_publish: row.consent_publish,
                unit: earned.unit,
                score: earned.score,
                correct: count(earned.correct)?,
                total: count(earned.total)?,
                prediction: earned.prediction,
                prediction_error: earned.prediction_error,
                duration_ms: earned.duration_ms,
                finished_at: earned.finished_at,
                settled_by: row.settled_by,
                demonstration: row.demonstration,
                certificate: None,
                person: None,
            })
        })
        .collect()
}
