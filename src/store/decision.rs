//! Decisions of two people.
//!
//! Owns their rows: added as proposals, changed once when decided; the database refuses anything else. Leaves who may
//! decide to `domain::decision` and what an approval does to `action`.

use super::{Store, StoreResult, Tx, expect};
use crate::domain::decision::{Decided, Decision, Kind, State};
use crate::domain::ids::{ContestId, DecisionId, RoundId};
use time::OffsetDateTime;

/// A proposal to keep.
#[derive(Debug, Clone)]
pub struct Proposal<'a> {
    /// What it does.
    pub kind: Kind,
    /// Contest concerned.
    pub contest: ContestId,
    /// Round concerned.
    pub round: Option<RoundId>,
    /// What it is about.
    pub subject: &'a str,
    /// Form of the payload.
    pub version: u16,
    /// JSON object.
    pub payload: &'a str,
    /// Why.
    pub reason: &'a str,
    /// When.
    pub at: OffsetDateTime,
    /// By whom.
    pub by: &'a str,
}

struct Row {
    decision_id: i64,
    kind: String,
    contest_id: i32,
    round_id: Option<i32>,
    subject: String,
    version: i16,
    payload: String,
    reason: String,
    proposed_at: OffsetDateTime,
    proposed_by: String,
    state: String,
    decided_at: Option<OffsetDateTime>,
    decided_by: Option<String>,
    decided_why: Option<String>,
    outcome: Option<String>,
}

impl TryFrom<Row> for Decision {
    type Error = super::StoreError;

    fn try_from(row: Row) -> StoreResult<Self> {
        let id = row.decision_id;
        let answer = row.decided_at.zip(row.decided_by);
        Ok(Self {
            id: DecisionId(id),
            kind: expect(Kind::parse(&row.kind), "decisions", "kind", id)?,
            contest: ContestId(row.contest_id),
            round: row.round_id.map(RoundId),
            subject: row.subject,
            version: expect(u16::try_from(row.version).ok(), "decisions", "version", id)?,
            payload: row.payload,
            reason: row.reason,
            proposed_at: row.proposed_at,
            proposed_by: row.proposed_by,
            state: expect(State::parse(&row.state), "decisions", "state", id)?,
            decided: answer.map(|(at, by)| Decided {
                at,
                by,
                why: row.decided_why,
            }),
            outcome: row.outcome,
        })
    }
}

impl Tx {
    /// Keeps a proposal; `None` while the same is proposed already.
    pub async fn insert_proposal(&mut self, proposal: &Proposal<'_>) -> StoreResult<Option<DecisionId>> {
        let row = sqlx::query!(
            "insert into decisions (kind, contest_id, round_id, subject, version, payload, reason, proposed_at, proposed_by)
             values ($1, $2, $3, $4, $5::integer, $6, $7, $8, $9)
             on conflict (contest_id, coalesce(round_id, 0), kind, subject) where state = 'proposed' do nothing
             returning decision_id",
            proposal.kind.name(),
            proposal.contest.0,
            proposal.round.map(|round| round.0),
            proposal.subject,
            i32::from(proposal.version),
            proposal.payload,
            proposal.reason,
            proposal.at,
            proposal.by
        )
        .fetch_optional(self.conn())
        .await?;
        Ok(row.map(|row| DecisionId(row.decision_id)))
    }

    /// A decision, locked so that it is answered once.
    pub async fn lock_decision(&mut self, id: DecisionId) -> StoreResult<Option<Decision>> {
        let row = sqlx::query_as!(
            Row,
            "select decision_id, kind, contest_id, round_id, subject, version, payload, reason, proposed_at, proposed_by,
                state, decided_at, decided_by, decided_why, outcome
             from decisions where decision_id = $1 for update",
            id.0
        )
        .fetch_optional(self.conn())
        .await?;
        row.map(Decision::try_from).transpose()
    }

    /// Writes the answer to a locked proposal.
    pub async fn set_decided(
        &mut self,
        id: DecisionId,
        state: State,
        decided: &Decided,
        outcome: Option<&str>,
    ) -> StoreResult<()> {
        sqlx::query!(
            "update decisions set state = $2, decided_at = $3, decided_by = $4, decided_why = $5, outcome = $6
             where decision_id = $1",
            id.0,
            state.name(),
            decided.at,
            decided.by,
            decided.why,
            outcome
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }
}

impl Store {
    /// One decision.
    pub async fn find_decision(&self, id: DecisionId) -> StoreResult<Option<Decision>> {
        let row = sqlx::query_as!(
            Row,
            "select decision_id, kind, contest_id, round_id, subject, version, payload, reason, proposed_at, proposed_by,
                state, decided_at, decided_by, decided_why, outcome
             from decisions where decision_id = $1",
            id.0
        )
        .fetch_optional(self.pool())
        .await?;
        row.map(Decision::try_from).transpose()
    }

    /// The decisions of a contest, or of one of its rounds: open ones first, then the newest; at most `limit`.
    pub async fn list_decisions(
        &self,
        contest: ContestId,
        round: Option<RoundId>,
        limit: i64,
    ) -> StoreResult<Vec<Decision>> {
        let rows = sqlx::query_as!(
            Row,
            "select decision_id, kind, contest_id, round_id, subject, version, payload, reason, proposed_at, proposed_by,
                state, decided_at, decided_by, decided_why, outcome
             from decisions where contest_id = $1 and ($2::integer is null or round_id = $2)
             order by state = 'proposed' desc, decision_id desc limit $3",
            contest.0,
            round.map(|round| round.0),
            limit
        )
        .fetch_all(self.pool())
        .await?;
        rows.into_iter().map(Decision::try_from).collect()
    }
}

/// Every approved decision that rules on the ranking of a round, or without one on that of the contest, in order.
pub(super) async fn approved_rulings(
    executor: impl sqlx::PgExecutor<'_>,
    contest: ContestId,
    round: Option<RoundId>,
) -> StoreResult<Vec<Decision>> {
    let rows = sqlx::query_as!(
        Row,
        "select decision_id, kind, contest_id, round_id, subject, version, payload, reason, proposed_at, proposed_by,
            state, decided_at, decided_by, decided_why, outcome
         from decisions where contest_id = $1 and round_id is not distinct from $2 and state = 'approved'
             and kind in ('void', 'restore', 'replace-winner')
         order by decision_id",
        contest.0,
        round.map(|round| round.0)
    )
    .fetch_all(executor)
    .await?;
    rows.into_iter().map(Decision::try_from).collect()
}
