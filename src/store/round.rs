//! The steps of a round: sealing, ranking, approval, publication, and going back.
//!
//! Owns the compare-and-set of each step; leaves which step may follow which, and by whom, to `action`.

use super::{Store, StoreResult, Tx, expect};
use crate::domain::ids::{AttemptId, ContestId, RoundId};
use crate::domain::round::{Round, RoundControl, RoundStage};
use time::OffsetDateTime;
use uuid::Uuid;

/// A round as locked for a step.
#[derive(Debug, Clone)]
pub struct LockedRound {
    /// How far it is.
    pub stage: RoundStage,
    /// When it opens.
    pub opens_at: OffsetDateTime,
    /// When it closes.
    pub closes_at: OffsetDateTime,
    /// Waits to be opened by hand.
    pub held: bool,
    /// Since when nobody may start.
    pub paused_at: Option<OffsetDateTime>,
    /// The ranking in force.
    pub ranking: Option<i64>,
    /// Who made that ranking.
    pub ranked_by: Option<String>,
    /// Unresolved ties of that ranking.
    pub ties: i64,
    /// Proposals about the round, or about the contest as a whole, that wait for another person.
    pub open_decisions: i64,
}

impl LockedRound {
    /// A round as it is now, where another one of it may have been read a moment ago.
    pub fn of(&self, round: &Round) -> Round {
        Round {
            stage: self.stage,
            opens_at: self.opens_at,
            closes_at: self.closes_at,
            control: RoundControl {
                held: self.held,
                paused_at: self.paused_at,
                ..round.control.clone()
            },
            ..round.clone()
        }
    }
}

impl Tx {
    /// Lets only one ranking of a contest's rounds run at a time; people may register meanwhile.
    pub async fn lock_contest_id(&mut self, contest: ContestId) -> StoreResult<()> {
        sqlx::query!(
            "select contest_id from contests where contest_id = $1 for no key update",
            contest.0
        )
        .fetch_one(self.conn())
        .await?;
        Ok(())
    }

    /// Locks a round for a step, so that steps follow one another.
    pub async fn lock_round(&mut self, id: RoundId) -> StoreResult<LockedRound> {
        let row = sqlx::query!(
            r#"select stage, opens_at, closes_at, ranking_id, held, paused_at, (select count(*) from decisions d
                where (d.round_id = rounds.round_id or d.round_id is null and d.contest_id = rounds.contest_id)
                  and state = 'proposed') as "open_decisions!"
               from rounds where round_id = $1 for update"#,
            id.0
        )
        .fetch_one(self.conn())
        .await?;
        let facts = sqlx::query!(
            r#"select r.made_by, (select count(*) from ties t where t.ranking_id = r.ranking_id) as "ties!"
               from rankings r where r.ranking_id = $1"#,
            row.ranking_id
        )
        .fetch_optional(self.conn())
        .await?;
        Ok(LockedRound {
            stage: expect(RoundStage::parse(&row.stage), "rounds", "stage", id)?,
            opens_at: row.opens_at,
            closes_at: row.closes_at,
            held: row.held,
            paused_at: row.paused_at,
            ranking: row.ranking_id,
            open_decisions: row.open_decisions,
            ties: facts.as_ref().map_or(0, |facts| facts.ties),
            ranked_by: facts.map(|facts| facts.made_by),
        })
    }

    /// Moves the close of a round.
    pub async fn move_close(&mut self, id: RoundId, closes_at: OffsetDateTime) -> StoreResult<()> {
        sqlx::query!(
            "update rounds set closes_at = $2 where round_id = $1",
            id.0,
            closes_at
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// The rounds of a contest by number, those just written too.
    pub async fn load_round_numbers(&mut self, contest: ContestId) -> StoreResult<Vec<(u16, RoundId)>> {
        let rows = sqlx::query!(
            "select number, round_id from rounds where contest_id = $1",
            contest.0
        )
        .fetch_all(self.conn())
        .await?;
        let number = |number: i16| u16::try_from(number).unwrap_or(0);
        Ok(rows
            .into_iter()
            .map(|row| (number(row.number), RoundId(row.round_id)))
            .collect())
    }

    /// Opens a round that waits for a hand.
    pub async fn set_opened(&mut self, id: RoundId, now: OffsetDateTime) -> StoreResult<()> {
        sqlx::query!(
            "update rounds set held = false, opens_at = $2 where round_id = $1",
            id.0,
            now
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Keeps people from starting, or lets them again.
    pub async fn set_paused(&mut self, id: RoundId, since: Option<OffsetDateTime>) -> StoreResult<()> {
        sqlx::query!(
            "update rounds set paused_at = $2 where round_id = $1",
            id.0,
            since
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Puts up what the public is told about the round.
    pub async fn put_notice(&mut self, id: RoundId, now: OffsetDateTime, notice: &str) -> StoreResult<()> {
        sqlx::query!(
            "update rounds set notice = $2, notice_at = $3 where round_id = $1",
            id.0,
            notice,
            now
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Fixes the seed of draws of a round, or of the contest as a whole, if it is not fixed yet.
    pub async fn fix_draw_seed(
        &mut self,
        contest: ContestId,
        round: Option<RoundId>,
        seed: [u8; 32],
        now: OffsetDateTime,
    ) -> StoreResult<()> {
        sqlx::query!(
            "insert into draw_seeds (contest_id, round_id, seed, fixed_at) values ($1, $2, $3, $4)
             on conflict on constraint draw_seeds_key do nothing",
            contest.0,
            round.map(|round| round.0),
            seed.as_slice(),
            now
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Keeps out every later start and submission, waiting for the batch that is being written. Returns how many
    /// attempts still run; sealing is refused while there are any.
    pub async fn seal_head(&mut self, id: RoundId) -> StoreResult<i64> {
        self.set_heads(id, true).await?;
        let row = sqlx::query!(
            r#"select count(*) as "n!" from running where round_id = $1"#,
            id.0
        )
        .fetch_one(self.conn())
        .await?;
        Ok(row.n)
    }

    /// Marks a round sealed.
    pub async fn set_sealed(&mut self, id: RoundId, now: OffsetDateTime) -> StoreResult<()> {
        sqlx::query!(
            "update rounds set stage = 'sealed', sealed_at = $2, ranking_id = null where round_id = $1",
            id.0,
            now
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Puts a ranking in force.
    pub async fn set_ranked(&mut self, id: RoundId, ranking: i64) -> StoreResult<()> {
        sqlx::query!(
            "update rounds set stage = 'ranked', ranking_id = $2 where round_id = $1",
            id.0,
            ranking
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Marks the ranking in force approved.
    pub async fn set_approved(
        &mut self,
        id: RoundId,
        ranking: i64,
        now: OffsetDateTime,
        by: &str,
    ) -> StoreResult<()> {
        sqlx::query!(
            "update rankings set approved_at = $2, approved_by = $3 where ranking_id = $1",
            ranking,
            now,
            by
        )
        .execute(self.conn())
        .await?;
        sqlx::query!("update rounds set stage = 'approved' where round_id = $1", id.0)
            .execute(self.conn())
            .await?;
        Ok(())
    }

    /// Shows the results to the public.
    pub async fn set_published(&mut self, id: RoundId, now: OffsetDateTime) -> StoreResult<()> {
        sqlx::query!(
            "update rounds set stage = 'published', published_at = $2 where round_id = $1",
            id.0,
            now
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Takes entries again.
    pub async fn set_reopened(&mut self, id: RoundId, closes_at: OffsetDateTime) -> StoreResult<()> {
        sqlx::query!(
            "update rounds set stage = 'scheduled', sealed_at = null, ranking_id = null, closes_at = $2
             where round_id = $1",
            id.0,
            closes_at
        )
        .execute(self.conn())
        .await?;
        self.set_heads(id, false).await
    }

    /// Closes or opens a round for starts, then for submissions.
    async fn set_heads(&mut self, id: RoundId, sealed: bool) -> StoreResult<()> {
        sqlx::query!(
            "update start_heads set sealed = $2 where round_id = $1",
            id.0,
            sealed
        )
        .execute(self.conn())
        .await?;
        sqlx::query!(
            "update round_heads set sealed = $2 where round_id = $1",
            id.0,
            sealed
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// The seed of a round, or of the contest as a whole: that of the first ranking in which draws were foreseen, or the one
    /// fixed when the contest was loaded.
    pub async fn find_draw_seed(
        &mut self,
        contest: ContestId,
        round: Option<RoundId>,
    ) -> StoreResult<Option<[u8; 32]>> {
        let row = sqlx::query!(
            r#"select coalesce(
                (select draw_seed from rankings
                 where contest_id = $1 and round_id is not distinct from $2 and draw_seed is not null
                 order by ranking_id limit 1),
                (select seed from draw_seeds where contest_id = $1 and round_id is not distinct from $2)) as seed"#,
            contest.0,
            round.map(|round| round.0)
        )
        .fetch_one(self.conn())
        .await?;
        row.seed
            .map(|seed| expect(seed.try_into().ok(), "draw_seeds", "seed", contest))
            .transpose()
    }

    /// Keeps the board's order among equals, in place of any earlier one for these attempts.
    pub async fn put_tie_decision(
        &mut self,
        round: RoundId,
        order: &[AttemptId],
        now: OffsetDateTime,
        by: &str,
        reason: &str,
    ) -> StoreResult<()> {
        for (preference, attempt) in (1i16..).zip(order) {
            sqlx::query!(
                "insert into tie_decisions (round_id, attempt_id, preference, decided_at, decided_by, reason)
                 values ($1, $2, $3, $4, $5, $6)
                 on conflict (round_id, attempt_id) do update set preference = excluded.preference,
                   decided_at = excluded.decided_at, decided_by = excluded.decided_by, reason = excluded.reason",
                round.0,
                Uuid::from_bytes(*attempt.as_bytes()),
                preference,
                now,
                by,
                reason
            )
            .execute(self.conn())
            .await?;
        }
        Ok(())
    }
}

impl Store {
    /// The ranking in force of a round.
    pub async fn find_round_ranking(&self, round: RoundId) -> StoreResult<Option<i64>> {
        let row = sqlx::query!("select ranking_id from rounds where round_id = $1", round.0)
            .fetch_optional(self.pool())
            .await?;
        Ok(row.and_then(|row| row.ranking_id))
    }
}
