//! Re-scoring a round: finding the attempts whose score changes, writing the new scores beside the old ones.
//!
//! Owns the statements; scores come from `domain::scoring`, the same for a dry run and for the real one. Attempts are read
//! a few thousand at a time, and only those whose paper has the question.

use super::partition::of_round;
use super::{Store, StoreError, StoreResult, Tx, expect, from_json, to_json};
use crate::domain::catalog::Contest;
use crate::domain::ids::{AttemptId, DecisionId, RoundId};
use crate::domain::marking::Markings;
use crate::domain::paper::Paper;
use crate::domain::rescoring::{AttemptChanges, Differences, Figures, Treatment};
use crate::domain::response::Responses;
use crate::domain::round::Round;
use crate::domain::scoring::Score;
use crate::store::ranking::Overrides;
use crate::store::results::ScoreChange;
use std::sync::Arc;
use time::OffsetDateTime;
use uuid::Uuid;

/// Submissions looked at by one statement.
pub(super) const PIECE: i64 = 4_000;
/// Changed attempts that are told with the figures of a trial.
const FIRST: usize = 50;

/// Submissions of a stretch whose papers may have one of the questions.
const MET: &str = "select s.sequence, s.attempt_id, a.paper, s.responses, s.score, s.correct, s.total
    from submissions_r# s join attempts_r# a on a.round_id = # and a.attempt_id = s.attempt_id
    where s.round_id = # and s.sequence > $1 and s.sequence <= $2 and position($3 in a.paper) > 0
    order by s.sequence";

/// New scores of attempts, the old ones put beside them. Both parts see the rows as they were.
const WRITE: &str = "with changed as (
        select * from unnest($2::uuid[], $3::integer[], $4::smallint[], $5::smallint[])
            as c (attempt_id, score, correct, total)),
    kept as (
        insert into score_changes (scoring_id, attempt_id, score_before, correct_before, total_before, score, correct, total)
        select $1, s.attempt_id, s.score, s.correct, s.total, c.score, c.correct, c.total
        from submissions_r# s join changed c using (attempt_id) where s.round_id = #)
    update submissions_r# s set score = c.score, correct = c.correct, total = c.total
    from changed c where s.round_id = # and s.attempt_id = c.attempt_id";

#[derive(sqlx::FromRow)]
struct MetRow {
    sequence: i64,
    attempt_id: Uuid,
    paper: String,
    responses: String,
    score: i32,
    correct: i16,
    total: i16,
}

/// A correction to be tried or made.
#[derive(Debug, Clone)]
pub struct Correction {
    /// The contest with its keys.
    pub contest: Arc<Contest>,
    /// The round with the markings that are to hold.
    pub round: Round,
    /// What is corrected.
    pub treatment: Treatment,
}

/// An attempt whose score changes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Changed {
    pub(super) sequence: u32,
    pub(super) attempt: AttemptId,
    pub(super) before: (i32, i16, i16),
    pub(super) after: Score,
}

/// What a correction changes, before it is written.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    /// How many attempts.
    pub attempts: AttemptChanges,
    /// How many attempts by how many points.
    pub differences: Differences,
    /// The first of them in order of submission, at most fifty.
    pub first: Vec<ScoreChange>,
    /// The new scores by dense number.
    pub overrides: Overrides,
    /// A paper would have no question left.
    pub nothing_left: bool,
}

/// The scoring in force of a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InForce {
    /// Its number; 0 by the keys alone.
    pub scoring: i64,
    /// Every marking.
    pub markings: Markings,
}

/// A re-scoring that was made.
#[derive(Debug, Clone)]
pub struct Scoring {
    /// Its number.
    pub id: i64,
    /// The round.
    pub round: RoundId,
    /// The scoring it replaced; `None` for that by the keys alone.
    pub before: Option<i64>,
    /// What was decided.
    pub treatment: Treatment,
    /// Every marking since.
    pub markings: Markings,
    /// When.
    pub made_at: OffsetDateTime,
    /// Who proposed it.
    pub made_by: String,
    /// Who approved it.
    pub approved_by: String,
    /// Why.
    pub reason: String,
    /// What it changed.
    pub figures: Figures,
    /// The ranking in force before, if there was one.
    pub ranking_before: Option<i64>,
    /// The ranking made with the new scores.
    pub ranking_after: Option<i64>,
    /// A result of the round had been published before.
    pub was_published: bool,
    /// The decision it carried out.
    pub decision: DecisionId,
}

impl Tx {
    /// The scoring in force of a round.
    pub async fn load_scoring(&mut self, round: RoundId) -> StoreResult<InForce> {
        let row = sqlx::query!(
            "select markings, scoring_id from rounds where round_id = $1",
            round.0
        )
        .fetch_one(self.conn())
        .await?;
        Ok(InForce {
            scoring: row.scoring_id.unwrap_or(0),
            markings: from_json(row.markings, "rounds", "markings", round)?,
        })
    }

    /// Finds what a correction changes and writes nothing.
    pub async fn find_changes(&mut self, correction: &Correction) -> StoreResult<Changes> {
        let (mut changes, mut first) = (Changes::default(), Vec::new());
        let last = self.newest(correction.round.id).await?;
        for after in (0..last).step_by(PIECE.unsigned_abs() as usize) {
            let (met, changed) = self.changed(correction, after).await?;
            changes.attempts.met += met;
            for one in &changed {
                changes.attempts.changed += 1;
                let more = i64::from(one.after.points) - i64::from(one.before.0);
                changes.attempts.up += i64::from(more > 0);
                changes.attempts.down += i64::from(more < 0);
                *changes.differences.entry(more).or_default() += 1;
                changes.nothing_left |= one.after.total == 0;
            }
            let score = |one: &Changed| {
                let after = one.after;
                (one.sequence, after.points, after.correct, after.total)
            };
            changes.overrides.add(changed.iter().map(score));
            first.extend(changed.into_iter().take(FIRST.saturating_sub(first.len())));
        }
        changes.first = self.tell_changes(correction.round.id, &first).await?;
        Ok(changes)
    }

    /// Writes every new score with the old one beside it, and forgets what was made of the old ones. The round is locked
    /// and sealed, so nobody else writes there. Returns how many attempts changed.
    pub async fn write_changes(&mut self, scoring: i64, correction: &Correction) -> StoreResult<i64> {
        let round = correction.round.id;
        sqlx::query("select set_config('hoithi.rescoring', 'on', true)")
            .execute(self.conn())
            .await?;
        let (mut count, last) = (0, self.newest(round).await?);
        for after in (0..last).step_by(PIECE.unsigned_abs() as usize) {
            let (_, changed) = self.changed(correction, after).await?;
            let small = |n: u16| i16::try_from(n).unwrap_or(i16::MAX);
            let ids: Vec<Uuid> = changed
                .iter()
                .map(|one| Uuid::from_bytes(*one.attempt.as_bytes()))
                .collect();
            let points = changed.iter().map(|one| i32::try_from(one.after.points));
            let points = points.map(|points| points.unwrap_or(i32::MAX));
            let done = sqlx::query(of_round(WRITE, round))
                .bind(scoring)
                .bind(ids)
                .bind(points.collect::<Vec<_>>())
                .bind(
                    changed
                        .iter()
                        .map(|one| small(one.after.correct))
                        .collect::<Vec<_>>(),
                )
                .bind(
                    changed
                        .iter()
                        .map(|one| small(one.after.total))
                        .collect::<Vec<_>>(),
                )
                .execute(self.conn())
                .await?;
            count += i64::try_from(done.rows_affected()).unwrap_or(i64::MAX);
        }
        sqlx::query!("delete from submission_packs where round_id = $1", round.0)
            .execute(self.conn())
            .await?;
        sqlx::query!("delete from live_lists where round_id = $1", round.0)
            .execute(self.conn())
            .await?;
        Ok(count)
    }

    pub(super) async fn newest(&mut self, round: RoundId) -> StoreResult<i64> {
        let row = sqlx::query!("select submissions from round_heads where round_id = $1", round.0)
            .fetch_one(self.conn())
            .await?;
        Ok(row.submissions)
    }

    /// How many attempts of a stretch have the question, and those whose score changes. Scoring is work for a core, so
    /// not on a thread that serves others.
    pub(super) async fn changed(
        &mut self,
        correction: &Correction,
        after: i64,
    ) -> StoreResult<(i64, Vec<Changed>)> {
        // The name in quotes, as it stands in a stored paper; one that stands there for another reason is told apart below.
        let name = to_json(&correction.treatment.question.0).to_string();
        let rows: Vec<MetRow> = sqlx::query_as(of_round(MET, correction.round.id))
            .bind(after)
            .bind(after + PIECE)
            .bind(name)
            .fetch_all(self.conn())
            .await?;
        let correction = correction.clone();
        tokio::task::spawn_blocking(move || {
            let (mut met, mut changed) = (0, Vec::new());
            for row in rows {
                let (has_it, one) = row.rescored(&correction)?;
                met += i64::from(has_it);
                changed.extend(one);
            }
            Ok((met, changed))
        })
        .await
        .map_err(|_| StoreError::Database(sqlx::Error::WorkerCrashed))?
    }

    /// The number of a re-scoring about to be made.
    pub async fn next_scoring(&mut self) -> StoreResult<i64> {
        let row =
            sqlx::query!(r#"select nextval(pg_get_serial_sequence('scorings', 'scoring_id')) as "id!""#)
                .fetch_one(self.conn())
                .await?;
        Ok(row.id)
    }

    /// Keeps a re-scoring and puts its markings in force.
    pub async fn insert_scoring(&mut self, scoring: &Scoring) -> StoreResult<()> {
        sqlx::query!(
            "insert into scorings (scoring_id, round_id, before_id, question, markings, made_at, made_by, approved_by, reason,
                figures, ranking_before, ranking_after, was_published, decision_id)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
            scoring.id,
            scoring.round.0,
            scoring.before,
            to_json(&scoring.treatment),
            to_json(&scoring.markings),
            scoring.made_at,
            scoring.made_by,
            scoring.approved_by,
            scoring.reason,
            to_json(&scoring.figures),
            scoring.ranking_before,
            scoring.ranking_after,
            scoring.was_published,
            scoring.decision.0
        )
        .execute(self.conn())
        .await?;
        sqlx::query!(
            "update rounds set markings = $2, scoring_id = $3 where round_id = $1",
            scoring.round.0,
            to_json(&scoring.markings),
            scoring.id
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }
}

impl MetRow {
    /// Whether the paper has the question, and the new score if it is another.
    fn rescored(self, correction: &Correction) -> StoreResult<(bool, Option<Changed>)> {
        let id = || self.sequence.to_string();
        let paper: Paper = expect(serde_json::from_str(&self.paper).ok(), "attempts", "paper", id())?;
        let treatment = &correction.treatment;
        let has_it = paper.questions.iter().any(|asked| {
            asked.question == treatment.question && paper.version_of(asked) == Some(&treatment.version)
        });
        if !has_it {
            return Ok((false, None));
        }
        let responses: Option<Responses> = serde_json::from_str(&self.responses).ok();
        let responses = expect(responses, "submissions", "responses", id())?;
        let after = correction
            .contest
            .score(&correction.round, &paper, &responses)
            .ok();
        let after = expect(after, "attempts", "paper", id())?;
        let before = (self.score, self.correct, self.total);
        let same = (i64::from(before.0), i64::from(before.1), i64::from(before.2))
            == (
                i64::from(after.points),
                i64::from(after.correct),
                i64::from(after.total),
            );
        let changed = Changed {
            sequence: expect(u32::try_from(self.sequence).ok(), "submissions", "sequence", id())?,
            attempt: AttemptId::from_bytes(self.attempt_id.into_bytes()),
            before,
            after,
        };
        Ok((true, (!same).then_some(changed)))
    }
}

impl Store {
    /// The re-scorings of a round, newest first.
    pub async fn load_scorings(&self, round: RoundId) -> StoreResult<Vec<Scoring>> {
        let rows = sqlx::query!(
            "select * from scorings where round_id = $1 order by scoring_id desc",
            round.0
        )
        .fetch_all(self.pool())
        .await?;
        rows.into_iter()
            .map(|row| {
                let id = row.scoring_id;
                Ok(Scoring {
                    id,
                    round,
                    before: row.before_id,
                    treatment: from_json(row.question, "scorings", "question", id)?,
                    markings: from_json(row.markings, "scorings", "markings", id)?,
                    made_at: row.made_at,
                    made_by: row.made_by,
                    approved_by: row.approved_by,
                    reason: row.reason,
                    figures: from_json(row.figures, "scorings", "figures", id)?,
                    ranking_before: row.ranking_before,
                    ranking_after: row.ranking_after,
                    was_published: row.was_published,
                    decision: DecisionId(row.decision_id),
                })
            })
            .collect()
    }
}
