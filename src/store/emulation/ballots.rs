//! Delegates' codes, the sealed box and the counted ballots of a vote.
//!
//! A ballot is never a row of its own: see `domain::emulation::ballot`.

use super::votes::DelegateRow;
use crate::domain::emulation::ballot::Ballot;
use crate::domain::emulation::vote::Delegate;
use crate::domain::emulation::{DelegateId, VoteId};
use crate::store::{Store, StoreResult, Tx, expect};
use std::collections::BTreeMap;

impl Store {
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
