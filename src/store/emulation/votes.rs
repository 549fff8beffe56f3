//! Secret votes: rules, candidates, delegates, state.

use crate::domain::emulation::vote::{Base, Delegate, Quorum, Threshold, VoteRules, VoteState};
use crate::domain::emulation::{ClusterId, DelegateId, VoteId};
use crate::store::{Store, StoreResult, Tx, expect};
use time::OffsetDateTime;

/// A vote to keep.
#[derive(Debug, Clone)]
pub struct NewVote<'a> {
    /// The cluster.
    pub cluster: ClusterId,
    /// What is voted on.
    pub title: &'a str,
    /// How it is counted.
    pub rules: &'a VoteRules,
    /// Where the delegates meet.
    pub place: &'a str,
    /// Who chairs.
    pub chair: &'a str,
    /// Who writes the minutes.
    pub secretary: &'a str,
    /// Who counts, a name a line.
    pub tellers: &'a str,
    /// Codes and names of the units on the ballot.
    pub candidates: &'a [(String, String)],
    /// Who votes.
    pub delegates: &'a [Delegate],
}

/// A vote as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoteRow {
    /// Number.
    pub id: VoteId,
    /// The cluster.
    pub cluster: ClusterId,
    /// What is voted on.
    pub title: String,
    /// How it is counted.
    pub rules: VoteRules,
    /// Where the delegates meet.
    pub place: String,
    /// Who chairs.
    pub chair: String,
    /// Who writes the minutes.
    pub secretary: String,
    /// Who counts, a name a line.
    pub tellers: String,
    /// How far it is.
    pub state: VoteState,
    /// When it was opened first, and by whom.
    pub opened: Option<(OffsetDateTime, String)>,
    /// When it was stopped last, and by whom.
    pub stopped: Option<(OffsetDateTime, String)>,
    /// When it was counted, and who confirmed.
    pub closed: Option<(OffsetDateTime, String)>,
    /// Why it was called off.
    pub cancelled_why: Option<String>,
    /// Codes and names of the units, in the order of the ballot.
    pub candidates: Vec<(String, String)>,
}

/// A delegate as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DelegateRow {
    /// Number.
    pub id: DelegateId,
    /// Name, unit, position.
    pub delegate: Delegate,
    /// Has put a ballot into the box.
    pub voted: bool,
}

struct Row {
    vote_id: i32,
    cluster_id: i32,
    title: String,
    seats: i16,
    quorum_above: i16,
    quorum_below: i16,
    threshold_bp: i32,
    threshold_rule: String,
    base: String,
    place: String,
    chair: String,
    secretary: String,
    tellers: String,
    state: String,
    opened_at: Option<OffsetDateTime>,
    opened_by: Option<String>,
    stopped_at: Option<OffsetDateTime>,
    stopped_by: Option<String>,
    closed_at: Option<OffsetDateTime>,
    closed_by: Option<String>,
    cancelled_why: Option<String>,
}

impl Row {
    fn with(self, candidates: Vec<(String, String)>) -> StoreResult<VoteRow> {
        let (table, id) = ("emulation_votes", self.vote_id);
        let small = |number: i16, column| expect(u16::try_from(number).ok(), table, column, id);
        Ok(VoteRow {
            id: VoteId(id),
            cluster: ClusterId(self.cluster_id),
            title: self.title,
            rules: VoteRules {
                seats: small(self.seats, "seats")?,
                quorum: Quorum {
                    above: small(self.quorum_above, "quorum_above")?,
                    below: small(self.quorum_below, "quorum_below")?,
                },
                threshold: Threshold {
                    share_bp: expect(u32::try_from(self.threshold_bp).ok(), table, "threshold_bp", id)?,
                    more_than: self.threshold_rule == "more",
                    base: expect(Base::parse(&self.base), table, "base", id)?,
                },
            },
            place: self.place,
            chair: self.chair,
            secretary: self.secretary,
            tellers: self.tellers,
            state: expect(VoteState::parse(&self.state), table, "state", id)?,
            opened: self.opened_at.zip(self.opened_by),
            stopped: self.stopped_at.zip(self.stopped_by),
            closed: self.closed_at.zip(self.closed_by),
            cancelled_why: self.cancelled_why,
            candidates,
        })
    }
}

impl Store {
    /// The votes of a cluster, newest first: number, title, state.
    pub async fn list_votes(&self, cluster: ClusterId) -> StoreResult<Vec<(VoteId, String, VoteState)>> {
        let rows = sqlx::query!(
            "select vote_id, title, state from emulation_votes where cluster_id = $1 order by vote_id desc",
            cluster.0
        )
        .fetch_all(self.pool())
        .await?;
        let rows = rows.into_iter().map(|row| {
            let state = VoteState::parse(&row.state);
            let state = expect(state, "emulation_votes", "state", row.vote_id)?;
            Ok((VoteId(row.vote_id), row.title, state))
        });
        rows.collect()
    }

    /// One vote.
    pub async fn find_vote(&self, id: VoteId) -> StoreResult<Option<VoteRow>> {
        let row = sqlx::query_as!(
            Row,
            "select vote_id, cluster_id, title, seats, quorum_above, quorum_below, threshold_bp, threshold_rule, base,
                place, chair, secretary, tellers, state, opened_at, opened_by, stopped_at, stopped_by, closed_at,
                closed_by, cancelled_why
             from emulation_votes where vote_id = $1",
            id.0
        )
        .fetch_optional(self.pool())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let candidates = sqlx::query!(
            "select unit_code, unit_name from emulation_candidates where vote_id = $1 order by position",
            id.0
        )
        .fetch_all(self.pool())
        .await?;
        let candidates = candidates.into_iter().map(|row| (row.unit_code, row.unit_name));
        row.with(candidates.collect()).map(Some)
    }

    /// The delegates of a vote in the order of the list.
    pub async fn list_delegates(&self, vote: VoteId) -> StoreResult<Vec<DelegateRow>> {
        let rows = sqlx::query!(
            "select delegate_id, name, unit, title, voted from emulation_delegates where vote_id = $1 order by position",
            vote.0
        )
        .fetch_all(self.pool())
        .await?;
        let rows = rows.into_iter().map(|row| DelegateRow {
            id: DelegateId(row.delegate_id),
            delegate: Delegate {
                name: row.name,
                unit: row.unit,
                title: row.title,
            },
            voted: row.voted,
        });
        Ok(rows.collect())
    }
}

impl Tx {
    /// Keeps a vote with its candidates and delegates; its number.
    pub async fn insert_vote(
        &mut self,
        vote: &NewVote<'_>,
        at: OffsetDateTime,
        by: &str,
    ) -> StoreResult<VoteId> {
        let rules = vote.rules;
        let rule = if rules.threshold.more_than {
            "more"
        } else {
            "at-least"
        };
        let row = sqlx::query!(
            "insert into emulation_votes (cluster_id, title, seats, quorum_above, quorum_below, threshold_bp,
                threshold_rule, base, place, chair, secretary, tellers, made_at, made_by)
             values ($1, $2, $3::integer, $4::integer, $5::integer, $6, $7, $8, $9, $10, $11, $12, $13, $14)
             returning vote_id",
            vote.cluster.0,
            vote.title,
            i32::from(rules.seats),
            i32::from(rules.quorum.above),
            i32::from(rules.quorum.below),
            i32::try_from(rules.threshold.share_bp).unwrap_or(10_000),
            rule,
            rules.threshold.base.name(),
            vote.place,
            vote.chair,
            vote.secretary,
            vote.tellers,
            at,
            by
        )
        .fetch_one(self.conn())
        .await?;
        for (position, (code, name)) in (1_i32..).zip(vote.candidates) {
            sqlx::query!(
                "insert into emulation_candidates (vote_id, position, unit_code, unit_name)
                 values ($1, $2::integer, $3, $4)",
                row.vote_id,
                position,
                code,
                name
            )
            .execute(self.conn())
            .await?;
        }
        for (position, delegate) in (1_i32..).zip(vote.delegates) {
            sqlx::query!(
                "insert into emulation_delegates (vote_id, position, name, unit, title)
                 values ($1, $2::integer, $3, $4, $5)",
                row.vote_id,
                position,
                delegate.name,
                delegate.unit,
                delegate.title
            )
            .execute(self.conn())
            .await?;
        }
        Ok(VoteId(row.vote_id))
    }

    /// The state of a vote and who stopped it, locked until the end of the transaction: steps and ballots of one vote wait
    /// for each other.
    pub async fn lock_vote(&mut self, id: VoteId) -> StoreResult<Option<(VoteState, Option<String>)>> {
        let row = sqlx::query!(
            "select state, stopped_by from emulation_votes where vote_id = $1 for update",
            id.0
        )
        .fetch_optional(self.conn())
        .await?;
        row.map(|row| {
            let state = expect(VoteState::parse(&row.state), "emulation_votes", "state", id)?;
            Ok((state, row.stopped_by))
        })
        .transpose()
    }

    /// Takes a locked vote to the next state, with who did it and when.
    pub async fn set_vote_state(
        &mut self,
        id: VoteId,
        state: VoteState,
        at: OffsetDateTime,
        by: &str,
        why: Option<&str>,
    ) -> StoreResult<()> {
        sqlx::query!(
            "update emulation_votes set state = $2,
                opened_at = case when $2 = 'open' then coalesce(opened_at, $3) else opened_at end,
                opened_by = case when $2 = 'open' then coalesce(opened_by, $4) else opened_by end,
                stopped_at = case $2 when 'stopped' then $3 when 'open' then null else stopped_at end,
                stopped_by = case $2 when 'stopped' then $4 when 'open' then null else stopped_by end,
                closed_at = case when $2 = 'closed' then $3 end,
                closed_by = case when $2 = 'closed' then $4 end,
                cancelled_why = case when $2 = 'cancelled' then $5 end
             where vote_id = $1",
            id.0,
            state.name(),
            at,
            by,
            why
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }
}
