//! The item counts of a round: carried on with what has been submitted since, read as one row.
//!
//! Owns the statements and that only one instance carries counts on at a time; what is counted and what is said of it is
//! `domain::item_statistics`'s. Papers and responses are read from the round's own tables, a few thousand at a time.

use super::partition::of_round;
use super::{Store, StoreError, StoreResult, expect, from_json, to_json};
use crate::domain::ids::RoundId;
use crate::domain::item_answers::ItemIndex;
use crate::domain::item_statistics::RoundTally;
use crate::domain::key_alarm::{Suspect, suspects};
use crate::domain::paper::Paper;
use crate::domain::question_record::RoundFigures;
use crate::domain::response::Responses;
use sqlx::PgConnection;
use std::sync::Arc;

/// Submissions read at once: about two megabytes.
const PIECE: i64 = 2_000;
/// Submissions taken in by one step, after which counts are kept.
pub const STEP: i64 = 20_000;

/// Papers and responses of a stretch of submissions; one that the round's key cannot be applied to is an error.
const ANSWERS: &str = "select s.sequence, a.paper, s.responses
    from submissions_r# s join attempts_r# a on a.round_id = # and a.attempt_id = s.attempt_id
    where s.round_id = # and s.sequence > $1 and s.sequence <= $2";

#[derive(sqlx::FromRow)]
struct AnswersRow {
    sequence: i64,
    paper: String,
    responses: String,
}

/// Whose marks are counted.
#[derive(Debug, Clone)]
pub struct Counting {
    /// The round.
    pub round: RoundId,
    /// The scoring in force, as [`crate::domain::round::Round::scoring`].
    pub scoring: i64,
    /// Its questions and how they are marked.
    pub index: Arc<ItemIndex>,
}

/// Counts of a round.
#[derive(Debug, Clone)]
pub struct ItemCounts {
    /// What is counted.
    pub tally: RoundTally,
    /// The newest submission taken in.
    pub upto: i64,
    /// The newest submission there is.
    pub of: i64,
}

impl ItemCounts {
    /// Whether every submission is counted.
    pub const fn is_whole(&self) -> bool {
        self.upto >= self.of
    }
}

impl Store {
    /// Counts up to 20,000 new submissions and keeps the counts, with the figures and the questions whose key then looks
    /// wrong. Returns how many; 0 also while another instance is at it.
    pub async fn carry_on_items(&self, counting: &Counting) -> StoreResult<i64> {
        let mut tx = self.pool().begin().await?;
        // "item" in letters, as "live" for the live lists.
        let lock = sqlx::query!(
            r#"select pg_try_advisory_xact_lock(1769235821, $1) as "ours!""#,
            counting.round.0
        )
        .fetch_one(&mut *tx)
        .await?;
        if !lock.ours {
            return Ok(0);
        }
        let (mut tally, before) = stored(&mut tx, counting).await?;
        let last = newest(&mut tx, counting.round).await?.min(before + STEP);
        for after in (before..last).step_by(PIECE.unsigned_abs() as usize) {
            tally = take(&mut tx, counting, tally, after, last.min(after + PIECE)).await?;
        }
        if last > before {
            keep(&mut tx, counting, &tally, last).await?;
        }
        tx.commit().await?;
        Ok(last - before)
    }

    /// The counts kept of a round.
    pub async fn load_items(&self, counting: &Counting) -> StoreResult<ItemCounts> {
        let mut conn = self.pool().acquire().await?;
        let (tally, upto) = stored(&mut conn, counting).await?;
        let of = newest(&mut conn, counting.round).await?;
        Ok(ItemCounts { tally, upto, of })
    }

    /// The questions whose key looked wrong when the counts of a round were last carried on.
    pub async fn load_suspects(&self, round: RoundId, scoring: i64) -> StoreResult<Vec<Suspect>> {
        let row = sqlx::query!(
            "select alarms from item_tallies where round_id = $1 and scoring_id = $2",
            round.0,
            scoring
        )
        .fetch_optional(self.pool())
        .await?;
        row.map_or(Ok(Vec::new()), |row| {
            from_json(row.alarms, "item_tallies", "alarms", round)
        })
    }
}

/// The newest submission; numbers are given in the order of commits, so none comes later into what lies before it.
async fn newest(conn: &mut PgConnection, round: RoundId) -> StoreResult<i64> {
    let row = sqlx::query!("select submissions from round_heads where round_id = $1", round.0)
        .fetch_one(conn)
        .await?;
    Ok(row.submissions)
}

/// What is kept; nothing where the questions or their marks are others by now.
async fn stored(conn: &mut PgConnection, counting: &Counting) -> StoreResult<(RoundTally, i64)> {
    let items = counting.index.items();
    let row = sqlx::query!(
        "select upto, state from item_tallies where round_id = $1 and scoring_id = $2",
        counting.round.0,
        counting.scoring
    )
    .fetch_optional(conn)
    .await?;
    let kept = match row {
        Some(row) => {
            let state = from_json(row.state, "item_tallies", "state", counting.round)?;
            RoundTally::resume(items, state).map(|tally| (tally, row.upto))
        }
        None => None,
    };
    Ok(kept.unwrap_or_else(|| (RoundTally::new(items.to_vec()), 0)))
}

async fn keep(
    conn: &mut PgConnection,
    counting: &Counting,
    tally: &RoundTally,
    upto: i64,
) -> StoreResult<()> {
    let statistics = tally.item_statistics();
    sqlx::query!(
        "insert into item_tallies (round_id, scoring_id, upto, state, alarms, figures) values ($1, $2, $3, $4, $5, $6)
         on conflict (round_id, scoring_id) do update
         set upto = excluded.upto, state = excluded.state, alarms = excluded.alarms, figures = excluded.figures",
        counting.round.0,
        counting.scoring,
        upto,
        to_json(&tally.state()),
        to_json(&suspects(tally, &statistics)),
        to_json(&RoundFigures::of(tally, &statistics))
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Takes in the submissions of a stretch. Reading papers is work for a core, so not on a thread that serves others.
async fn take(
    conn: &mut PgConnection,
    counting: &Counting,
    mut tally: RoundTally,
    after: i64,
    upto: i64,
) -> StoreResult<RoundTally> {
    let rows: Vec<AnswersRow> = sqlx::query_as(of_round(ANSWERS, counting.round))
        .bind(after)
        .bind(upto)
        .fetch_all(conn)
        .await?;
    let (index, round) = (Arc::clone(&counting.index), counting.round);
    let counted = tokio::task::spawn_blocking(move || {
        for row in rows {
            let (paper, responses) = row.read(round)?;
            tally.add(&index.answered(&paper, &responses));
        }
        Ok(tally)
    });
    counted
        .await
        .map_err(|_| StoreError::Database(sqlx::Error::WorkerCrashed))?
}

impl AnswersRow {
    fn read(&self, round: RoundId) -> StoreResult<(Paper, Responses)> {
        let place = || format!("{round}/{}", self.sequence);
        let paper = serde_json::from_str(&self.paper).ok();
        let responses = serde_json::from_str(&self.responses).ok();
        Ok((
            expect(paper, "attempts", "paper", place())?,
            expect(responses, "submissions", "responses", place())?,
        ))
    }
}
