//! Figures of units before there is a ranking: counted from the submissions at the moment of asking.
//!
//! Owns the one statement; figures that belong to a ranking are `ranking`'s.

use crate::domain::collective::UnitFigures;
use crate::domain::ids::{ContestId, RoundId, UnitId};
use crate::store::{Store, StoreResult};
use std::collections::BTreeMap;

impl Store {
    /// The figures of every unit over these rounds, units below included, by the rule of counted attempts of each round;
    /// prizes are those of the rankings in force.
    pub async fn count_units(
        &self,
        contest: ContestId,
        rounds: &[RoundId],
    ) -> StoreResult<BTreeMap<UnitId, UnitFigures>> {
        let rounds: Vec<i32> = rounds.iter().map(|round| round.0).collect();
        let rows = sqlx::query!(
            r#"with recursive tree (unit_id, above) as (
                 select unit_id, unit_id from units where contest_id = $1
                 union
                 select tree.unit_id, parent_id from tree join units on units.unit_id = above
                 where parent_id is not null),
               r as materialized (
                 select round_id, ranking_id, rules->'attempts'->>'counts' as counts from rounds
                 where round_id = any($2)),
               graded as (
                 select s.participant_id, s.score, s.correct, s.total,
                        row_number() over (
                          partition by s.round_id, s.participant_id
                          order by case r.counts when 'first' then s.number when 'last' then -s.number
                                   else -s.score end, s.finished_at, s.sequence) = 1 as counted
                 from submissions s join r using (round_id) where s.round_id = any($2)),
               person as (
                 select participant_id, count(*) as attempts, sum(score) filter (where counted) as score,
                        sum(correct) filter (where counted) = sum(total) filter (where counted) as throughout
                 from graded group by participant_id),
               direct as (
                 select unit_id, count(*) as people, sum(attempts) as attempts, sum(score) as total_score,
                        count(*) filter (where throughout) as all_correct
                 from person join participants using (participant_id) group by unit_id),
               won as (
                 select unit_id, count(*) as winners
                 from awards join r using (ranking_id) join participants using (participant_id) group by unit_id)
               select above as "unit_id!", coalesce(sum(people), 0)::bigint as "people!",
                      coalesce(sum(attempts), 0)::bigint as "attempts!",
                      coalesce(sum(total_score), 0)::bigint as "total_score!",
                      coalesce(sum(all_correct), 0)::bigint as "all_correct!",
                      coalesce(sum(winners), 0)::bigint as "winners!"
               from tree left join direct using (unit_id) left join won using (unit_id) group by above"#,
            contest.0,
            &rounds
        )
        .fetch_all(self.pool())
        .await?;
        let figures = rows.into_iter().map(|row| {
            let figures = UnitFigures {
                people: row.people,
                attempts: row.attempts,
                total_score: row.total_score,
                all_correct: row.all_correct,
                winners: row.winners,
            };
            (UnitId(row.unit_id), figures)
        });
        Ok(figures.collect())
    }
}
