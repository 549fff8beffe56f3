//! Personal links for bringing newcomers, and what came of them.
//!
//! Owns the rows of `share_links` and reading `spread_standings`; making a ranking of them is `ranking`'s.

use super::{Store, StoreResult};
use crate::domain::ids::{ContestId, ParticipantId};
use std::collections::BTreeMap;
use time::OffsetDateTime;

/// What a person brought so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Brought {
    /// Registered by the person's link.
    pub registered: i64,
    /// Handed in as many papers as the rules ask for, before anybody is checked.
    pub entered: i64,
}

/// The place of somebody who brought newcomers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpreadLine {
    /// Who brought them.
    pub person: ParticipantId,
    /// Shared by equals.
    pub rank: i64,
    /// Newcomers who count, up to the cap.
    pub newcomers: i64,
    /// Newcomers who count, the cap apart.
    pub brought: i64,
    /// When the last of `newcomers` began to count.
    pub reached_at: OffsetDateTime,
}

impl Store {
    /// The code of a person's link; `code` becomes it where there is none yet.
    pub async fn find_or_put_share_link(
        &self,
        contest: ContestId,
        person: ParticipantId,
        code: &str,
        now: OffsetDateTime,
    ) -> StoreResult<String> {
        let known = sqlx::query_scalar!("select code from share_links where participant_id = $1", person.0)
            .fetch_optional(self.pool())
            .await?;
        if let Some(known) = known {
            return Ok(known);
        }
        // Two pages at once make the same code; the second finds it there.
        sqlx::query!(
            "insert into share_links (participant_id, contest_id, code, made_at) values ($1, $2, $3, $4)
             on conflict (participant_id) do nothing",
            person.0,
            contest.0,
            code,
            now
        )
        .execute(self.pool())
        .await?;
        Ok(code.to_owned())
    }

    /// The contest that a link leads to.
    pub async fn find_share_link(&self, code: &str) -> StoreResult<Option<ContestId>> {
        let row = sqlx::query!("select contest_id from share_links where code = $1", code)
            .fetch_optional(self.pool())
            .await?;
        Ok(row.map(|row| ContestId(row.contest_id)))
    }

    /// What a person brought so far; `min_attempts` papers make a newcomer count.
    pub async fn count_brought(&self, person: ParticipantId, min_attempts: u16) -> StoreResult<Brought> {
        let row = sqlx::query!(
            r#"select count(*) as "registered!", count(*) filter (where papers >= $2) as "entered!"
               from (select (select count(*) from submissions s join rounds r using (round_id)
                             where r.contest_id = p.contest_id and s.participant_id = p.participant_id) as papers
                     from participants p where introducer_id = $1) newcomers"#,
            person.0,
            i64::from(min_attempts)
        )
        .fetch_one(self.pool())
        .await?;
        Ok(Brought {
            registered: row.registered,
            entered: row.entered,
        })
    }

    /// Everybody who brought newcomers in a ranking over a contest, best first, at most `limit`.
    pub async fn list_spread(&self, ranking: i64, limit: i64) -> StoreResult<Vec<SpreadLine>> {
        let rows = sqlx::query!(
            "select participant_id, rank, newcomers, brought, reached_at from spread_standings
             where ranking_id = $1 order by rank, participant_id limit $2",
            ranking,
            limit
        )
        .fetch_all(self.pool())
        .await?;
        let lines = rows.into_iter().map(|row| SpreadLine {
            person: ParticipantId(row.participant_id),
            rank: row.rank,
            newcomers: row.newcomers,
            brought: row.brought,
            reached_at: row.reached_at,
        });
        Ok(lines.collect())
    }

    /// The places of some people among those who brought newcomers.
    pub async fn load_spread(
        &self,
        ranking: i64,
        people: &[ParticipantId],
    ) -> StoreResult<BTreeMap<ParticipantId, SpreadLine>> {
        let ids: Vec<i64> = people.iter().map(|person| person.0).collect();
        let rows = sqlx::query!(
            "select participant_id, rank, newcomers, brought, reached_at from spread_standings
             where ranking_id = $1 and participant_id = any($2)",
            ranking,
            &ids
        )
        .fetch_all(self.pool())
        .await?;
        let lines = rows.into_iter().map(|row| {
            let line = SpreadLine {
                person: ParticipantId(row.participant_id),
                rank: row.rank,
                newcomers: row.newcomers,
                brought: row.brought,
                reached_at: row.reached_at,
            };
            (line.person, line)
        });
        Ok(lines.collect())
    }
}
