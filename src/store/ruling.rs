//! Rulings of two people as ranking needs them, and every published version of a result.
//!
//! Owns which decisions of a round hold, the people of units that they name, and the rows of `publications`; what a ruling
//! means is said by `domain::ruling`.

use super::decision::approved_rulings;
use super::{Store, StoreResult, Tx, expect};
use crate::domain::ids::{AttemptId, ContestId, ParticipantId, RoundId, UnitId};
use crate::domain::ruling::{Rulings, Sieve};
use std::collections::{BTreeMap, BTreeSet};
use time::OffsetDateTime;

/// A published version of the result of a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// 1, 2, 3 … of the round.
    pub version: u16,
    /// What was shown.
    pub ranking: i64,
    /// When.
    pub at: OffsetDateTime,
    /// By whom.
    pub by: String,
    /// Why the version before was corrected, for the public; none for the first.
    pub corrects: Option<String>,
}

/// A version about to be published.
#[derive(Debug, Clone, Copy)]
pub struct NewPublication<'a> {
    /// The round.
    pub round: RoundId,
    /// What is shown.
    pub ranking: i64,
    /// When.
    pub at: OffsetDateTime,
    /// By whom.
    pub by: &'a str,
}

impl Tx {
    /// The rulings that hold for a round, or without one for the contest as a whole.
    pub async fn load_rulings(&mut self, contest: ContestId, round: Option<RoundId>) -> StoreResult<Rulings> {
        let decisions = approved_rulings(self.conn(), contest, round).await?;
        Ok(Rulings::in_force(&decisions))
    }

    /// What strikes out the submissions that rulings name.
    pub(super) async fn sieve(&mut self, contest: ContestId, rulings: &Rulings) -> StoreResult<Sieve> {
        let units: BTreeSet<UnitId> = rulings.targets().filter_map(|target| target.unit()).collect();
        let mut members: BTreeMap<UnitId, Vec<ParticipantId>> = BTreeMap::new();
        for unit in units {
            let rows = sqlx::query!(
                "with recursive below (unit_id) as (
                    select $2::integer
                    union
                    select units.unit_id from below join units on units.parent_id = below.unit_id
                )
                select participant_id from participants where contest_id = $1 and unit_id in (select unit_id from below)",
                contest.0,
                unit.0
            )
            .fetch_all(self.conn())
            .await?;
            let people = rows.into_iter().map(|row| ParticipantId(row.participant_id));
            members.insert(unit, people.collect());
        }
        Ok(Sieve::new(rulings.targets(), &members))
    }

    /// Adds a published version. After the first it corrects the one before, for the reason of the newest decision that
    /// opened it.
    pub async fn insert_publication(&mut self, new: &NewPublication<'_>) -> StoreResult<()> {
        sqlx::query!(
            "with former as (select max(version) as version from publications where round_id = $1),
             opened as (select decision_id, reason from decisions where round_id = $1 and kind = 'correct'
                and state = 'approved' order by decision_id desc limit 1)
             insert into publications (round_id, version, ranking_id, published_at, published_by, decision_id, corrects)
             select $1, coalesce(former.version, 0) + 1, $2, $3, $4, opened.decision_id, opened.reason
             from former left join opened on former.version is not null",
            new.round.0,
            new.ranking,
            new.at,
            new.by
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// The ranking over the contest, while every round is ranked and one at least is not published.
    pub async fn find_open_overall(&mut self, contest: ContestId) -> StoreResult<Option<i64>> {
        let row = sqlx::query!(
            "select max(ranking_id) as newest from rankings where contest_id = $1 and round_id is null
               and not exists (select from rounds where contest_id = $1 and ranking_id is null)
               and exists (select from rounds where contest_id = $1 and stage <> 'published')",
            contest.0
        )
        .fetch_one(self.conn())
        .await?;
        Ok(row.newest)
    }

    /// How many versions of a round's result were published.
    pub async fn count_publications(&mut self, round: RoundId) -> StoreResult<i64> {
        let row = sqlx::query!(
            r#"select count(*) as "n!" from publications where round_id = $1"#,
            round.0
        )
        .fetch_one(self.conn())
        .await?;
        Ok(row.n)
    }

    /// From here on everything written is for a trial, until [`Tx::drop_trial`].
    pub async fn begin_trial(&mut self) -> StoreResult<()> {
        sqlx::query("savepoint trial").execute(self.conn()).await?;
        Ok(())
    }

    /// Takes back what was written since [`Tx::begin_trial`]; locks stay.
    pub async fn drop_trial(&mut self) -> StoreResult<()> {
        sqlx::query("rollback to savepoint trial")
            .execute(self.conn())
            .await?;
        sqlx::query("release savepoint trial")
            .execute(self.conn())
            .await?;
        Ok(())
    }

    /// Takes a published round back to ranked.
    pub async fn set_corrected(&mut self, round: RoundId) -> StoreResult<()> {
        sqlx::query!(
            "update rounds set stage = 'ranked', published_at = null where round_id = $1",
            round.0
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }
}

impl Store {
    /// The rulings that hold for a round, or without one for the contest as a whole.
    pub async fn load_rulings(&self, contest: ContestId, round: Option<RoundId>) -> StoreResult<Rulings> {
        let decisions = approved_rulings(self.pool(), contest, round).await?;
        Ok(Rulings::in_force(&decisions))
    }

    /// The attempt of a receipt code in a round, and whose it is.
    pub async fn find_entry_of_receipt(
        &self,
        round: RoundId,
        receipt: &str,
    ) -> StoreResult<Option<(AttemptId, ParticipantId)>> {
        let row = sqlx::query!(
            "select attempt_id, participant_id from submissions where receipt = $1 and round_id = $2 limit 1",
            receipt,
            round.0
        )
        .fetch_optional(self.pool())
        .await?;
        Ok(row.map(|row| {
            let attempt = AttemptId::from_bytes(row.attempt_id.into_bytes());
            (attempt, ParticipantId(row.participant_id))
        }))
    }

    /// Every published version of a round's result, the first first.
    pub async fn list_publications(&self, round: RoundId) -> StoreResult<Vec<Publication>> {
        let rows = sqlx::query!(
            "select version, ranking_id, published_at, published_by, corrects from publications
             where round_id = $1 order by version",
            round.0
        )
        .fetch_all(self.pool())
        .await?;
        rows.into_iter()
            .map(|row| {
                Ok(Publication {
                    version: expect(u16::try_from(row.version).ok(), "publications", "version", round)?,
                    ranking: row.ranking_id,
                    at: row.published_at,
                    by: row.published_by,
                    corrects: row.corrects,
                })
            })
            .collect()
    }
}
