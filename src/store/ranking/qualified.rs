//! Who may enter a round that only some may enter: kept when the rounds that decide are ranked, and asked at a start.
//!
//! Owns the rows of `qualified`; who goes on is decided by `domain::qualify`.

use crate::domain::contest::{Qualifying, RankingRules, RoundRules};
use crate::domain::ids::{ContestId, ParticipantId, RoundId, UnitId};
use crate::domain::qualify::{Candidate, choose};
use crate::store::{Store, StoreError, StoreResult, Tx};
use std::collections::BTreeMap;

/// People written by one statement.
const PIECE: usize = 16_384;

impl Tx {
    /// Finds out who may enter a round from the rankings in force of the rounds that decide, in place of an earlier
    /// list. Returns how many; `None`, and nothing is changed, while one of those rounds is not ranked.
    pub async fn put_qualified(
        &mut self,
        contest: ContestId,
        round: RoundId,
        who: &Qualifying,
        rules: &RoundRules,
    ) -> StoreResult<Option<usize>> {
        let numbers: Vec<i16> = who.rounds.iter().filter_map(|n| i16::try_from(*n).ok()).collect();
        let ranked = sqlx::query!(
            r#"select round_id from rounds
               where contest_id = $1 and number = any($2) and stage in ('ranked', 'approved', 'published')"#,
            contest.0,
            &numbers
        )
        .fetch_all(self.conn())
        .await?;
        if ranked.len() < who.rounds.len() {
            return Ok(None);
        }
        let rounds: Vec<i32> = ranked.into_iter().map(|row| row.round_id).collect();
        // Prizes of the contest have a gate of their own; who goes on is said here alone.
        let rules = RoundRules {
            ranking: RankingRules {
                min_score: None,
                min_rounds: 0,
                ..rules.ranking.clone()
            },
            ..rules.clone()
        };
        let table = self.gather_contest(contest, &rules, Some(&rounds)).await?;
        let table = self.described(contest, table).await?;
        let ordered = tokio::task::spawn_blocking(move || table.order())
            .await
            .map_err(|_| StoreError::Database(sqlx::Error::WorkerCrashed))?;
        let units = match who.per_unit {
            Some((level, _)) => self.load_units_at(contest, level).await?,
            None => BTreeMap::new(),
        };
        let candidates: Vec<Candidate> = ordered
            .places()
            .filter(|place| place.eligible)
            .map(|place| Candidate {
                participant: place.line.participant,
                rank: place.rank,
                score: place.line.score,
                unit: units.get(&place.line.unit).copied(),
            })
            .collect();
        drop(ordered);
        let chosen = choose(&candidates, who);
        drop(candidates);
        self.replace_qualified(round, &chosen).await?;
        Ok(Some(chosen.len()))
    }

    async fn replace_qualified(&mut self, round: RoundId, chosen: &[Candidate]) -> StoreResult<()> {
        sqlx::query!("delete from qualified where round_id = $1", round.0)
            .execute(self.conn())
            .await?;
        for chosen in chosen.chunks(PIECE) {
            sqlx::query!(
                "insert into qualified (round_id, participant_id, score, rank)
             select $1, * from unnest($2::bigint[], $3::bigint[], $4::bigint[])",
                round.0,
                &chosen.iter().map(|one| one.participant.0).collect::<Vec<_>>(),
                &chosen.iter().map(|one| one.score).collect::<Vec<_>>(),
                &chosen.iter().map(|one| one.rank).collect::<Vec<_>>()
            )
            .execute(self.conn())
            .await?;
        }
        Ok(())
    }

    /// For every unit the one of a level that it belongs to, itself or one above it.
    async fn load_units_at(
        &mut self,
        contest: ContestId,
        level: u8,
    ) -> StoreResult<BTreeMap<UnitId, UnitId>> {
        let rows = sqlx::query!(
            r#"with recursive tree (unit_id, level, top) as (
                select unit_id, 1, case when $2 = 1 then unit_id end from units
                where contest_id = $1 and parent_id is null
                union all
                select units.unit_id, level + 1, case when level + 1 = $2 then units.unit_id else top end
                from tree join units on units.parent_id = tree.unit_id
            )
            select unit_id as "unit_id!", top as "top!" from tree where top is not null"#,
            contest.0,
            i32::from(level)
        )
        .fetch_all(self.conn())
        .await?;
        Ok(rows
            .into_iter()
            .map(|row| (UnitId(row.unit_id), UnitId(row.top)))
            .collect())
    }
}

impl Store {
    /// Whether a person may enter a round that only some may enter.
    pub async fn is_qualified(&self, round: RoundId, who: ParticipantId) -> StoreResult<bool> {
        let row = sqlx::query!(
            r#"select exists (select from qualified where round_id = $1 and participant_id = $2) as "is!""#,
            round.0,
            who.0
        )
        .fetch_one(self.pool())
        .await?;
        Ok(row.is)
    }

    /// Attempts that a person has begun in these rounds together.
    pub async fn count_attempts(&self, rounds: &[RoundId], who: ParticipantId) -> StoreResult<i64> {
        let rounds: Vec<i32> = rounds.iter().map(|round| round.0).collect();
        let row = sqlx::query!(
            r#"select count(*) as "n!" from attempts where round_id = any($1) and participant_id = $2"#,
            &rounds,
            who.0
        )
        .fetch_one(self.pool())
        .await?;
        Ok(row.n)
    }
}
