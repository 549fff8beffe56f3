//! The audit log: who did what, when and why.
//!
//! Owns its rows, which are only added; leaves what is worth recording to `action`.

use super::{Store, StoreResult, Tx};
use crate::domain::ids::{ContestId, RoundId};
use time::OffsetDateTime;

/// One act to record.
#[derive(Debug, Clone)]
pub struct Act<'a> {
    /// When.
    pub at: OffsetDateTime,
    /// Name of the person, or "system".
    pub actor: &'a str,
    /// What, as one word.
    pub act: &'static str,
    /// Contest concerned.
    pub contest: Option<ContestId>,
    /// Round concerned.
    pub round: Option<RoundId>,
    /// The reason given.
    pub reason: Option<&'a str>,
    /// Figures of the act; never personal data.
    pub facts: serde_json::Value,
}

/// One recorded act.
#[derive(Debug, Clone)]
pub struct ActLine {
    /// When.
    pub at: OffsetDateTime,
    /// Who.
    pub actor: String,
    /// What.
    pub act: String,
    /// Why.
    pub reason: Option<String>,
    /// Round concerned.
    pub round: Option<RoundId>,
    /// Figures.
    pub facts: serde_json::Value,
}

impl Tx {
    /// Records an act, kept if the transaction is.
    pub async fn insert_act(&mut self, act: &Act<'_>) -> StoreResult<()> {
        sqlx::query!(
            "insert into audit (at, actor, act, contest_id, round_id, reason, facts) values ($1, $2, $3, $4, $5, $6, $7)",
            act.at,
            act.actor,
            act.act,
            act.contest.map(|id| id.0),
            act.round.map(|id| id.0),
            act.reason,
            act.facts
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }
}

impl Store {
    /// The newest acts of a contest, newest first.
    pub async fn load_acts(&self, contest: ContestId, limit: i64) -> StoreResult<Vec<ActLine>> {
        let rows = sqlx::query!(
            "select at, actor, act, reason, round_id, facts from audit where contest_id = $1
             order by audit_id desc limit $2",
            contest.0,
            limit
        )
        .fetch_all(self.pool())
        .await?;
        Ok(rows
            .into_iter()
            .map(|row| ActLine {
                at: row.at,
                actor: row.actor,
                act: row.act,
                reason: row.reason,
                round: row.round_id.map(RoundId),
                facts: row.facts,
            })
            .collect())
    }
}
