//! Secret votes: rules, delegates, the sealed box, the counted ballots.
//!
//! A ballot is never a row of its own: see `domain::emulation::ballot`.

use crate::domain::emulation::ballot::Ballot;
use crate::domain::emulation::vote::{Base, Delegate, Quorum, Threshold, VoteRules, VoteState};
use crate::domain::emulation::{ClusterId, DelegateId, VoteId};
use crate::store::{Store, StoreResult, Tx, expect};
use std::collections::BTreeMap;
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

    /// Whom a code belongs to: the vote, and whether a ballot was given with it already.
    pub async fn find_ballot_code(&self, hash: &[u8; 32]) -> StoreResult<Option<(VoteId, DelegateRow)>> {
        let row = sqlx::query!(
            "select delegate_id, vote_id, name, unit, title, voted from emulation_delegates where code_hash = $1",
            &hash[..]
        )
        .fetch_optional(self.pool())
        .await?;
        Ok(row.map(|row| {
            let delegate = DelegateRow {
                id: DelegateId(row.delegate_id),
                delegate: Delegate {
                    name: row.name,
                    unit: row.unit,
                    title: row.title,
                },
                voted: row.voted,
            };
            (VoteId(row.vote_id), delegate)
        }))
    }

    /// The ballots of a counted vote: each different one with its copies.
    pub async fn load_ballots(&self, vote: VoteId) -> StoreResult<BTreeMap<Ballot, usize>> {
        let rows = sqlx::query!(
            "select marks, copies from emulation_ballots where vote_id = $1",
            vote.0
        )
        .fetch_all(self.pool())
        .await?;
        let rows = rows.into_iter().map(|row| {
            let ballot = expect(Ballot::read(&row.marks), "emulation_ballots", "marks", vote)?;
            let copies = usize::try_from(row.copies).ok();
            Ok((ballot, expect(copies, "emulation_ballots", "copies", vote)?))
        });
        rows.collect()
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

    /// Gives a delegate of that vote who has not voted a code, in place of an older one; `false` if there is none such.
    pub async fn set_ballot_code(
        &mut self,
        vote: VoteId,
        delegate: DelegateId,
        hash: &[u8; 32],
    ) -> StoreResult<bool> {
        let done = sqlx::query!(
            "update emulation_delegates set code_hash = $3 where delegate_id = $2 and vote_id = $1 and not voted",
            vote.0,
            delegate.0,
            &hash[..]
        )
        .execute(self.conn())
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Marks the delegate with that code as having voted; `false` if that is so already, or the code is no more.
    pub async fn mark_voted(&mut self, vote: VoteId, hash: &[u8; 32]) -> StoreResult<bool> {
        let done = sqlx::query!(
            "update emulation_delegates set voted = true where code_hash = $2 and vote_id = $1 and not voted",
            vote.0,
            &hash[..]
        )
        .execute(self.conn())
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Delegates of a vote, and those who have voted.
    pub async fn count_delegates(&mut self, vote: VoteId) -> StoreResult<(u32, u32)> {
        let row = sqlx::query!(
            r#"select count(*) as "all!", count(*) filter (where voted) as "voted!"
               from emulation_delegates where vote_id = $1"#,
            vote.0
        )
        .fetch_one(self.conn())
        .await?;
        let small = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
        Ok((small(row.all), small(row.voted)))
    }

    /// The sealed box of a locked vote.
    pub async fn load_box(&mut self, vote: VoteId) -> StoreResult<Option<Vec<u8>>> {
        let row = sqlx::query!("select sealed from emulation_boxes where vote_id = $1", vote.0)
            .fetch_optional(self.conn())
            .await?;
        Ok(row.map(|row| row.sealed))
    }

    /// Puts a sealed box in place of the one before.
    pub async fn put_box(&mut self, vote: VoteId, sealed: &[u8]) -> StoreResult<()> {
        sqlx::query!(
            "insert into emulation_boxes (vote_id, sealed) values ($1, $2)
             on conflict (vote_id) do update set sealed = excluded.sealed",
            vote.0,
            sealed
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Destroys the box of a vote that was counted or called off.
    pub async fn drop_box(&mut self, vote: VoteId) -> StoreResult<()> {
        sqlx::query!("delete from emulation_boxes where vote_id = $1", vote.0)
            .execute(self.conn())
            .await?;
        Ok(())
    }

    /// Keeps what was in the box.
    pub async fn insert_ballots(
        &mut self,
        vote: VoteId,
        ballots: &BTreeMap<Ballot, usize>,
    ) -> StoreResult<()> {
        for (ballot, copies) in ballots {
            sqlx::query!(
                "insert into emulation_ballots (vote_id, marks, copies) values ($1, $2, $3::integer)",
                vote.0,
                ballot.text(),
                i32::try_from(*copies).unwrap_or(i32::MAX)
            )
            .execute(self.conn())
            .await?;
        }
        Ok(())
    }
}
