//! The board's order among equals: of a round by attempts, of a whole contest by people.
//!
//! Owns reading both and writing the second; `round` writes the first, and what an order settles is `domain::prize`'s.

use super::{StoreResult, Tx};
use crate::domain::ids::{AttemptId, ContestId, ParticipantId, RoundId};
use crate::domain::prize::Lot;
use crate::domain::spread::WonFor;
use std::collections::BTreeMap;
use time::OffsetDateTime;
use uuid::Uuid;

/// Who decided, when and why.
#[derive(Debug, Clone, Copy)]
pub struct Decided<'a> {
    /// When.
    pub at: OffsetDateTime,
    /// Who.
    pub by: &'a str,
    /// Why.
    pub reason: &'a str,
}

impl Tx {
    /// The board's order among equals of a round, or of the contest among those who compete by answers.
    pub(super) async fn load_decisions(
        &mut self,
        contest: ContestId,
        round: Option<RoundId>,
    ) -> StoreResult<BTreeMap<Lot, i16>> {
        let Some(round) = round else {
            return self.load_contest_decisions(contest, WonFor::Answers).await;
        };
        let rows = sqlx::query!(
            "select attempt_id, preference from tie_decisions where round_id = $1",
            round.0
        )
        .fetch_all(self.conn())
        .await?;
        let lot = |id: Uuid| Lot::Attempt(AttemptId::from_bytes(id.into_bytes()));
        Ok(rows
            .into_iter()
            .map(|row| (lot(row.attempt_id), row.preference))
            .collect())
    }

    /// The board's order among equals over a contest.
    pub(super) async fn load_contest_decisions(
        &mut self,
        contest: ContestId,
        won_for: WonFor,
    ) -> StoreResult<BTreeMap<Lot, i16>> {
        let rows = sqlx::query!(
            "select participant_id, preference from contest_tie_decisions where contest_id = $1 and won_for = $2",
            contest.0,
            won_for.name()
        )
        .fetch_all(self.conn())
        .await?;
        let lot = |person: i64| Lot::Person(ParticipantId(person));
        Ok(rows
            .into_iter()
            .map(|row| (lot(row.participant_id), row.preference))
            .collect())
    }

    /// Keeps the board's order among equals over a contest, in place of any earlier one for these people.
    pub async fn put_contest_decision(
        &mut self,
        contest: ContestId,
        won_for: WonFor,
        order: &[ParticipantId],
        decided: Decided<'_>,
    ) -> StoreResult<()> {
        for (preference, person) in (1i16..).zip(order) {
            sqlx::query!(
                "insert into contest_tie_decisions
                    (contest_id, won_for, participant_id, preference, decided_at, decided_by, reason)
                 values ($1, $2, $3, $4, $5, $6, $7)
                 on conflict (contest_id, won_for, participant_id) do update set preference = excluded.preference,
                   decided_at = excluded.decided_at, decided_by = excluded.decided_by, reason = excluded.reason",
                contest.0,
                won_for.name(),
                person.0,
                preference,
                decided.at,
                decided.by,
                decided.reason
            )
            .execute(self.conn())
            .await?;
        }
        Ok(())
    }

    /// Open ties of the ranking over the contest, where this round is the only one that is not published yet.
    pub async fn count_last_ties(&mut self, contest: ContestId, round: RoundId) -> StoreResult<i64> {
        let row = sqlx::query!(
            r#"select count(*) as "n!" from ties
               where ranking_id = (select max(ranking_id) from rankings where contest_id = $1 and round_id is null)
                 and not exists (
                   select from rounds where contest_id = $1 and round_id <> $2 and stage <> 'published')"#,
            contest.0,
            round.0
        )
        .fetch_one(self.conn())
        .await?;
        Ok(row.n)
    }
}
