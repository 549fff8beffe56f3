//! Attempts whose score a correction changes, the old score beside the new one: of a trial, or of a re-scoring that was made.
//!
//! Owns the shape of a row and who is told of: number, unit, no name. Scores come from `store::scoring`. A trial is read
//! piece by piece, so neither memory nor a connection is held by whoever takes the list slowly.

use super::{Rows, attempt, read_ahead};
use crate::domain::ids::{AttemptId, ParticipantId, RoundId};
use crate::domain::rescoring::Differences;
use crate::store::partition::of_round;
use crate::store::scoring::{Changed, Correction, PIECE};
use crate::store::{Store, StoreError, StoreResult, Tx, expect};
use futures_util::stream::{self, StreamExt, TryStreamExt};
use std::collections::HashMap;
use uuid::Uuid;

/// Who sat these attempts.
const WHO: &str = "select s.attempt_id, s.participant_id, u.code, s.number
    from submissions_r# s
    join participants p on p.participant_id = s.participant_id
    join units u on u.unit_id = p.unit_id
    where s.round_id = # and s.attempt_id = any($1)";

/// An attempt whose score changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreChange {
    /// The attempt.
    pub attempt: AttemptId,
    /// Whose.
    pub participant: ParticipantId,
    /// Code of the unit entered for.
    pub unit: String,
    /// Which of the person's attempts in the round.
    pub number: i16,
    /// Points before.
    pub before: i64,
    /// Points after.
    pub after: i64,
}

/// How far a trial is read.
struct Walk {
    store: Store,
    correction: Correction,
    /// The scoring that the correction starts from; 0 by the keys alone.
    base: i64,
    after: i64,
}

impl Walk {
    /// The changes of the next piece, or `None` after the last.
    async fn next(mut self) -> StoreResult<Option<(Vec<ScoreChange>, Self)>> {
        let round = self.correction.round.id;
        let mut tx = self.store.begin().await?;
        // Another re-scoring made meanwhile changes the scores before: the list breaks off rather than mix the two.
        let is_same = tx.load_scoring(round).await?.scoring == self.base;
        expect(is_same.then_some(()), "rounds", "scoring_id", round)?;
        if self.after >= tx.newest(round).await? {
            return Ok(None);
        }
        let (_, changed) = tx.changed(&self.correction, self.after).await?;
        let rows = tx.tell_changes(round, &changed).await?;
        self.after += PIECE;
        Ok(Some((rows, self)))
    }
}

impl Tx {
    /// Changes with who sat the attempts, in the order given.
    pub(in crate::store) async fn tell_changes(
        &mut self,
        round: RoundId,
        changed: &[Changed],
    ) -> StoreResult<Vec<ScoreChange>> {
        let id = |one: &Changed| Uuid::from_bytes(*one.attempt.as_bytes());
        let ids: Vec<Uuid> = changed.iter().map(id).collect();
        let rows: Vec<(Uuid, i64, String, i16)> = sqlx::query_as(of_round(WHO, round))
            .bind(ids)
            .fetch_all(self.conn())
            .await?;
        let mut who: HashMap<Uuid, (i64, String, i16)> = rows
            .into_iter()
            .map(|(id, person, unit, number)| (id, (person, unit, number)))
            .collect();
        changed
            .iter()
            .map(|one| {
                let found = who.remove(&id(one));
                let (person, unit, number) = expect(found, "submissions", "participant_id", one.sequence)?;
                Ok(ScoreChange {
                    attempt: one.attempt,
                    participant: ParticipantId(person),
                    unit,
                    number,
                    before: i64::from(one.before.0),
                    after: i64::from(one.after.points),
                })
            })
            .collect()
    }
}

impl Store {
    /// Every attempt whose score a correction would change, in order of submission. `base` is the scoring that it starts
    /// from; the list ends with an error if another is in force before its end.
    pub fn stream_tried_changes(&self, correction: Correction, base: i64) -> Rows<ScoreChange> {
        let walk = Walk {
            store: self.clone(),
            correction,
            base,
            after: 0,
        };
        stream::try_unfold(walk, Walk::next)
            .map_ok(|rows| stream::iter(rows.into_iter().map(Ok::<_, StoreError>)))
            .try_flatten()
            .boxed()
    }

    /// The attempts whose score a re-scoring has changed, in order of submission; only so many, or all.
    pub fn stream_made_changes(&self, round: RoundId, scoring: i64, most: Option<i64>) -> Rows<ScoreChange> {
        read_ahead(self.pool().clone(), move |pool| {
            sqlx::query!(
                "select c.attempt_id, s.participant_id, u.code, s.number, c.score_before, c.score
                 from score_changes c
                 join submissions s on s.round_id = $1 and s.attempt_id = c.attempt_id
                 join participants p on p.participant_id = s.participant_id
                 join units u on u.unit_id = p.unit_id
                 where c.scoring_id = $2 order by s.sequence limit $3",
                round.0,
                scoring,
                most
            )
            .fetch(pool)
            .map(|row| {
                let row = row?;
                Ok(ScoreChange {
                    attempt: attempt(row.attempt_id),
                    participant: ParticipantId(row.participant_id),
                    unit: row.code,
                    number: row.number,
                    before: i64::from(row.score_before),
                    after: i64::from(row.score),
                })
            })
            .boxed()
        })
    }

    /// How many attempts a re-scoring has changed by how many points.
    pub async fn count_made_changes(&self, scoring: i64) -> StoreResult<Differences> {
        let rows = sqlx::query!(
            r#"select score - score_before as "points!", count(*) as "attempts!"
               from score_changes where scoring_id = $1 group by 1"#,
            scoring
        )
        .fetch_all(self.pool())
        .await?;
        let pair = |points: i32, attempts| (i64::from(points), attempts);
        Ok(rows
            .into_iter()
            .map(|row| pair(row.points, row.attempts))
            .collect())
    }
}
