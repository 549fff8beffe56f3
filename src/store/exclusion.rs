//! The list of people who may enter but never win, and whom it names.
//!
//! Owns the rows of `prize_bars` and the mark they leave on people, and finding the people of a group; hashes come ready
//! made, because keys are not the database's.

use super::{Store, StoreResult, Tx};
use crate::domain::exclusion::{Barred, BarredGroup};
use crate::domain::ids::{ContestId, ParticipantId, RoundId};
use crate::domain::ruling::Rulings;
use std::collections::BTreeSet;
use time::Date;

/// An entry of the list: keyed hash and reason.
#[derive(Debug, Clone)]
pub struct PrizeBar {
    /// Of a phone number, an identity number, or a name with a birth date.
    pub hash: [u8; 32],
    /// Why.
    pub reason: String,
}

/// A person whose name is to be compared with the list.
#[derive(Debug, Clone)]
pub struct NamedPerson {
    /// Number.
    pub person: ParticipantId,
    /// Name.
    pub full_name: String,
    /// Birth date.
    pub birth_date: Date,
}

impl Store {
    /// Whom prizes of a round pass over now.
    pub async fn list_passed_over(
        &self,
        contest: ContestId,
        round: RoundId,
        barred: Barred<'_>,
    ) -> StoreResult<BTreeSet<ParticipantId>> {
        let mut tx = self.begin().await?;
        let rulings = tx.load_rulings(contest, Some(round)).await?;
        tx.load_passed_over(contest, &rulings, barred).await
    }
}

impl Tx {
    /// Whether a contest has such a list.
    pub async fn has_prize_bars(&mut self, contest: ContestId) -> StoreResult<bool> {
        let row = sqlx::query!(
            r#"select exists (select from prize_bars where contest_id = $1) as "any!""#,
            contest.0
        )
        .fetch_one(self.conn())
        .await?;
        Ok(row.any)
    }

    /// Puts the list in place of an earlier one and marks everybody whom it names by phone or identity number; those whom
    /// it names otherwise are marked by [`Tx::mark_prize_bars`]. Whoever is erased wins nothing anyway and gets no reason again.
    pub async fn replace_prize_bars(&mut self, contest: ContestId, bars: &[PrizeBar]) -> StoreResult<()> {
        sqlx::query!("delete from prize_bars where contest_id = $1", contest.0)
            .execute(self.conn())
            .await?;
        sqlx::query!(
            "insert into prize_bars (contest_id, hash, reason)
             select $1, * from unnest($2::bytea[], $3::text[]) on conflict do nothing",
            contest.0,
            &bars.iter().map(|bar| bar.hash.to_vec()).collect::<Vec<_>>(),
            &bars.iter().map(|bar| bar.reason.clone()).collect::<Vec<_>>()
        )
        .execute(self.conn())
        .await?;
        sqlx::query!(
            "update participants set prize_bar = null
             where contest_id = $1 and prize_bar is not null and erased_at is null",
            contest.0
        )
        .execute(self.conn())
        .await?;
        sqlx::query!(
            "update participants p set prize_bar = b.reason from prize_bars b
             where b.contest_id = $1 and p.contest_id = $1 and p.phone_hash = b.hash and p.erased_at is null",
            contest.0
        )
        .execute(self.conn())
        .await?;
        sqlx::query!(
            "update participants p set prize_bar = b.reason from prize_bars b
             where b.contest_id = $1 and p.contest_id = $1 and p.national_id_hash = b.hash",
            contest.0
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Everybody of a contest who was born on one of these days.
    pub async fn load_born_on(&mut self, contest: ContestId, days: &[Date]) -> StoreResult<Vec<NamedPerson>> {
        let rows = sqlx::query!(
            "select participant_id, full_name, birth_date from participants
             where contest_id = $1 and birth_date = any($2)",
            contest.0,
            days
        )
        .fetch_all(self.conn())
        .await?;
        let people = rows.into_iter().map(|row| NamedPerson {
            person: ParticipantId(row.participant_id),
            full_name: row.full_name,
            birth_date: row.birth_date,
        });
        Ok(people.collect())
    }

    /// Marks people whom the list names.
    pub async fn mark_prize_bars(&mut self, people: &[(ParticipantId, String)]) -> StoreResult<()> {
        sqlx::query!(
            "update participants p set prize_bar = n.reason
             from unnest($1::bigint[], $2::text[]) n (participant_id, reason)
             where p.participant_id = n.participant_id",
            &people.iter().map(|(person, _)| person.0).collect::<Vec<_>>(),
            &people
                .iter()
                .map(|(_, reason)| reason.clone())
                .collect::<Vec<_>>()
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// How many people of a contest the list names.
    pub async fn count_prize_bars(&mut self, contest: ContestId) -> StoreResult<i64> {
        let row = sqlx::query!(
            r#"select count(*) as "n!" from participants where contest_id = $1 and prize_bar is not null"#,
            contest.0
        )
        .fetch_one(self.conn())
        .await?;
        Ok(row.n)
    }

    /// Whom prizes pass over: whom two people replaced as winners, whom the list names, who had their data erased, and who
    /// belongs to a group that holds.
    pub(super) async fn load_passed_over(
        &mut self,
        contest: ContestId,
        rulings: &Rulings,
        barred: Barred<'_>,
    ) -> StoreResult<BTreeSet<ParticipantId>> {
        let rows = sqlx::query!(
            "select participant_id from participants
             where contest_id = $1 and (prize_bar is not null or erased_at is not null)",
            contest.0
        )
        .fetch_all(self.conn())
        .await?;
        let mut passed_over = rulings.passed_over();
        passed_over.extend(rows.into_iter().map(|row| ParticipantId(row.participant_id)));
        for group in barred.in_force() {
            passed_over.extend(self.load_group(contest, group).await?);
        }
        Ok(passed_over)
    }

    /// Everybody of a group; units stand for those below them and for those that they took over.
    async fn load_group(
        &mut self,
        contest: ContestId,
        group: &BarredGroup,
    ) -> StoreResult<Vec<ParticipantId>> {
        let rows = sqlx::query!(
            "with recursive tree (unit_id) as (
                select unit_id from units where contest_id = $1 and code = any($2)
                union
                select units.unit_id from tree
                join units on units.parent_id = tree.unit_id or units.successor_id = tree.unit_id
            )
            select participant_id from participants p where contest_id = $1
              and (cardinality($2::text[]) = 0 or exists (select from tree where tree.unit_id = p.unit_id))
              and ($3::date is null or birth_date >= $3) and ($4::date is null or birth_date <= $4)",
            contest.0,
            &group.units,
            group.born_from,
            group.born_to
        )
        .fetch_all(self.conn())
        .await?;
        Ok(rows
            .into_iter()
            .map(|row| ParticipantId(row.participant_id))
            .collect())
    }
}
