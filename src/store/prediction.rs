//! Predictions given after the paper: one row for each attempt that has one.
//!
//! Owns these rows; whether an attempt takes a prediction is `domain::prediction`'s, and ranking reads them in `ranking`.

use super::{Store, StoreResult, Tx, expect};
use crate::domain::ids::{ParticipantId, RoundId};
use crate::domain::prediction::Given;
use crate::domain::round::RoundStage;
use crate::domain::submission::Submission;
use futures_util::TryStreamExt;
use sqlx::PgConnection;
use std::collections::HashMap;
use time::OffsetDateTime;

/// Predictions of a round given after the paper, by dense number of the submission.
pub(super) type Later = HashMap<u32, u64>;

/// What giving a prediction is judged by, as it stands while the round cannot be sealed and the person gives no other.
#[derive(Debug, Clone)]
pub struct PredictionFacts {
    /// When the round closes.
    pub closes_at: OffsetDateTime,
    /// It has been sealed.
    pub sealed: bool,
    /// What the person gave in the round, by number of the attempt.
    pub given: Vec<Given>,
}

impl Tx {
    /// Keeps a round from being sealed and a person from giving another prediction until the transaction ends.
    pub async fn lock_predictions(
        &mut self,
        round: RoundId,
        participant: ParticipantId,
    ) -> StoreResult<PredictionFacts> {
        let row = sqlx::query!(
            "select stage, closes_at from rounds where round_id = $1 for key share",
            round.0
        )
        .fetch_one(self.conn())
        .await?;
        sqlx::query!(
            "select participant_id from participants where participant_id = $1 for no key update",
            participant.0
        )
        .fetch_one(self.conn())
        .await?;
        let stage = expect(RoundStage::parse(&row.stage), "rounds", "stage", round)?;
        Ok(PredictionFacts {
            closes_at: row.closes_at,
            sealed: stage != RoundStage::Scheduled,
            given: given(self.conn(), round, participant).await?,
        })
    }

    /// Keeps the prediction of an attempt, in place of an earlier one.
    pub async fn put_prediction(
        &mut self,
        of: &Submission,
        value: i64,
        now: OffsetDateTime,
    ) -> StoreResult<()> {
        let number = i16::try_from(of.number).ok();
        let number = expect(number, "submissions", "number", of.attempt)?;
        sqlx::query!(
            "insert into later_predictions (round_id, participant_id, number, sequence, prediction, given_at)
             values ($1, $2, $3, $4, $5, $6)
             on conflict (round_id, participant_id, number) do update set prediction = excluded.prediction,
               given_at = excluded.given_at, changes = later_predictions.changes + 1",
            of.attempt.round().0,
            of.participant.0,
            number,
            of.sequence,
            value,
            now
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Every prediction of a round given after the paper.
    pub(super) async fn later_predictions(&mut self, round: RoundId) -> StoreResult<Later> {
        let mut rows = sqlx::query!(
            "select sequence, prediction from later_predictions where round_id = $1",
            round.0
        )
        .fetch(self.conn());
        let mut later = Later::new();
        while let Some(row) = rows.try_next().await? {
            let sequence = u32::try_from(row.sequence).ok();
            let sequence = expect(sequence, "later_predictions", "sequence", round)?;
            later.insert(sequence, row.prediction.unsigned_abs());
        }
        Ok(later)
    }
}

impl Store {
    /// What a person predicted after papers of a round, by number of the attempt.
    pub async fn load_predictions(
        &self,
        round: RoundId,
        participant: ParticipantId,
    ) -> StoreResult<Vec<Given>> {
        given(&mut *self.pool().acquire().await?, round, participant).await
    }
}

async fn given(
    conn: &mut PgConnection,
    round: RoundId,
    participant: ParticipantId,
) -> StoreResult<Vec<Given>> {
    let rows = sqlx::query!(
        "select number, prediction from later_predictions where round_id = $1 and participant_id = $2 order by number",
        round.0,
        participant.0
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            let number = u16::try_from(row.number).ok();
            Ok(Given {
                number: expect(number, "later_predictions", "number", participant)?,
                value: row.prediction,
            })
        })
        .collect()
}
