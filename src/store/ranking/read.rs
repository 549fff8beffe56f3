//! Reading rankings back: the document, its standings, awards, ties and units.
//!
//! Owns rows turned into domain values; leaves names and addresses for pages to `results`.

use super::page;
use crate::domain::collective::{CollectiveAward, Competitor, UnitFigures};
use crate::domain::ids::{ContestId, ParticipantId, RoundId, UnitId};
use crate::domain::prize::{Award, Seed, SettledBy, Tie};
use crate::domain::ranking::{AppliedRules, Standing, Tally};
use crate::store::{Store, StoreResult, Tx, expect, from_json};
use sqlx::PgExecutor;
use std::collections::{BTreeMap, BTreeSet};
use time::OffsetDateTime;

/// A ranking as a document.
#[derive(Debug, Clone)]
pub struct StoredRanking {
    /// Number.
    pub id: i64,
    /// Contest.
    pub contest: ContestId,
    /// Round; `None` for the ranking over the whole contest.
    pub round: Option<RoundId>,
    /// When it was made.
    pub made_at: OffsetDateTime,
    /// Who made it.
    pub made_by: String,
    /// The settings it applied.
    pub rules: AppliedRules,
    /// The counts.
    pub tally: Tally,
    /// The predicted quantity as it came out.
    pub actual: Option<i64>,
    /// Seed of draws by lot, where they are foreseen.
    pub seed: Option<Seed>,
    /// When it was approved, and by whom.
    pub approved: Option<(OffsetDateTime, String)>,
}

/// A prize with the standing that earned it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAward {
    /// The award.
    pub award: Award,
    /// Name of the prize when it was given.
    pub prize_name: String,
    /// Value of the place in đồng.
    pub value: Option<i64>,
    /// The standing.
    pub standing: Standing,
}

/// A prize given to a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCollectiveAward {
    /// The award.
    pub award: CollectiveAward,
    /// Name of the prize when it was given.
    pub prize_name: String,
    /// Value in đồng.
    pub value: Option<i64>,
}

impl Store {
    /// A ranking by its number.
    pub async fn find_ranking(&self, id: i64) -> StoreResult<Option<StoredRanking>> {
        let row = sqlx::query!("select * from rankings where ranking_id = $1", id)
            .fetch_optional(self.pool())
            .await?;
        let Some(row) = row else { return Ok(None) };
        let seed = row
            .draw_seed
            .map(|seed| expect(seed.try_into().ok(), "rankings", "draw_seed", id))
            .transpose()?;
        Ok(Some(StoredRanking {
            id,
            contest: ContestId(row.contest_id),
            round: row.round_id.map(RoundId),
            made_at: row.made_at,
            made_by: row.made_by,
            rules: from_json(row.rules, "rankings", "rules", id)?,
            tally: Tally {
                attempts: row.attempts,
                people: row.people,
                attempts_all_correct: row.attempts_all_correct,
                people_all_correct: row.people_all_correct,
            },
            actual: row.actual,
            seed,
            approved: row.approved_at.zip(row.approved_by),
        }))
    }

    /// The standings after a position, 0 for the first, at most `limit` of them.
    pub async fn load_standings(&self, ranking: i64, after: i64, limit: i64) -> StoreResult<Vec<Standing>> {
        let last = after.saturating_add(limit);
        let firsts = (page::first_of(after + 1)..=last).step_by(page::PAGE.unsigned_abs() as usize);
        let standings = pages(self.pool(), ranking, &firsts.collect::<Vec<_>>()).await?;
        let window = |standing: &Standing| (after + 1..=last).contains(&standing.position);
        Ok(standings.into_iter().filter(window).collect())
    }

    /// Every award in order of prize and place.
    pub async fn load_awards(&self, ranking: i64) -> StoreResult<Vec<StoredAward>> {
        let rows = sqlx::query!(
            "select prize, place, prize_name, value, position, participant_id, settled_by
             from awards where ranking_id = $1 order by prize, place",
            ranking
        )
        .fetch_all(self.pool())
        .await?;
        let positions: Vec<i64> = rows.iter().map(|row| row.position).collect();
        let standings = standings_at(self.pool(), ranking, &positions).await?;
        rows.into_iter()
            .map(|row| {
                let award = Award {
                    prize: number(row.prize, "awards", "prize", ranking)?,
                    place: number(row.place, "awards", "place", ranking)?,
                    position: row.position,
                    participant: ParticipantId(row.participant_id),
                    settled_by: expect(SettledBy::parse(&row.settled_by), "awards", "settled_by", ranking)?,
                };
                // One person may win a prize of a bloc beside one that is open to everybody.
                let standing = standings.get(&row.position).cloned();
                let standing = expect(standing, "awards", "position", ranking)?;
                Ok(StoredAward {
                    award,
                    prize_name: row.prize_name,
                    value: row.value,
                    standing,
                })
            })
            .collect()
    }

    /// Ties that are open.
    pub async fn load_ties(&self, ranking: i64) -> StoreResult<Vec<Tie>> {
        let rows = sqlx::query!(
            "select prize, rank, places, positions from ties where ranking_id = $1 order by prize, rank",
            ranking
        )
        .fetch_all(self.pool())
        .await?;
        rows.into_iter()
            .map(|row| {
                Ok(Tie {
                    prize: number(row.prize, "ties", "prize", ranking)?,
                    rank: row.rank,
                    places: number(row.places, "ties", "places", ranking)?,
                    positions: row.positions,
                })
            })
            .collect()
    }

    /// The standings of given positions, such as those of a tie, in order.
    pub async fn load_standings_at(&self, ranking: i64, positions: &[i64]) -> StoreResult<Vec<Standing>> {
        Ok(standings_at(self.pool(), ranking, positions)
            .await?
            .into_values()
            .collect())
    }

    /// The figures of every unit of the contest.
    pub async fn load_unit_results(&self, ranking: i64) -> StoreResult<BTreeMap<UnitId, UnitFigures>> {
        let rows = sqlx::query!(
            "select unit_id, people, attempts, total_score, all_correct, winners
             from unit_results where ranking_id = $1",
            ranking
        )
        .fetch_all(self.pool())
        .await?;
        let figures = rows.into_iter().map(|row| {
            let figures = UnitFigures {
                people: row.people,
                attempts: row.attempts,
                total_score: row.total_score,
                all_correct: row.all_correct,
                winners: i64::from(row.winners),
            };
            (UnitId(row.unit_id), figures)
        });
        Ok(figures.collect())
    }

    /// Every prize given to a unit, in order of prize and place.
    pub async fn load_collective_awards(&self, ranking: i64) -> StoreResult<Vec<StoredCollectiveAward>> {
        let rows = sqlx::query!(
            "select prize, place, prize_name, value, unit_id, rank
             from collective_awards where ranking_id = $1 order by prize, place",
            ranking
        )
        .fetch_all(self.pool())
        .await?;
        rows.into_iter()
            .map(|row| {
                let award = CollectiveAward {
                    prize: number(row.prize, "collective_awards", "prize", ranking)?,
                    place: number(row.place, "collective_awards", "place", ranking)?,
                    unit: UnitId(row.unit_id),
                    rank: row.rank,
                };
                Ok(StoredCollectiveAward {
                    award,
                    prize_name: row.prize_name,
                    value: row.value,
                })
            })
            .collect()
    }
}

impl Tx {
    /// Every unit of the contest with its level in the tree and its figures in a ranking.
    pub(super) async fn load_competitors(
        &mut self,
        ranking: i64,
        contest: ContestId,
    ) -> StoreResult<Vec<Competitor>> {
        let rows = sqlx::query!(
            r#"with recursive tree (unit_id, level) as (
                select unit_id, 1 from units where contest_id = $2 and parent_id is null
                union all
                select units.unit_id, level + 1 from tree join units on units.parent_id = tree.unit_id
            )
            select unit_id, level as "level!", bloc, headcount, people, attempts, total_score, all_correct, winners
            from unit_results join tree using (unit_id) join units using (unit_id)
            where ranking_id = $1"#,
            ranking,
            contest.0
        )
        .fetch_all(self.conn())
        .await?;
        let competitors = rows.into_iter().map(|row| Competitor {
            unit: UnitId(row.unit_id),
            level: u8::try_from(row.level).unwrap_or(u8::MAX),
            bloc: row.bloc,
            headcount: row.headcount.and_then(|people| u32::try_from(people).ok()),
            figures: UnitFigures {
                people: row.people,
                attempts: row.attempts,
                total_score: row.total_score,
                all_correct: row.all_correct,
                winners: i64::from(row.winners),
            },
        });
        Ok(competitors.collect())
    }
}

/// The pages of these first positions.
async fn pages(executor: impl PgExecutor<'_>, ranking: i64, firsts: &[i64]) -> StoreResult<Vec<Standing>> {
    let rows = sqlx::query!(
        "select first_position, records from standing_pages
         where ranking_id = $1 and first_position = any($2) order by first_position",
        ranking,
        firsts
    )
    .fetch_all(executor)
    .await?;
    let mut standings = Vec::new();
    for row in rows {
        let records = page::decode(ranking, row.first_position, &row.records)?;
        standings.extend(records.into_iter().map(|record| record.standing));
    }
    Ok(standings)
}

/// Standings by position; several of a page cost one read.
pub(in crate::store) async fn standings_at(
    executor: impl PgExecutor<'_>,
    ranking: i64,
    positions: &[i64],
) -> StoreResult<BTreeMap<i64, Standing>> {
    let wanted: BTreeSet<i64> = positions.iter().copied().collect();
    let firsts: BTreeSet<i64> = wanted.iter().map(|position| page::first_of(*position)).collect();
    let firsts: Vec<i64> = firsts.into_iter().collect();
    let standings = pages(executor, ranking, &firsts).await?.into_iter();
    Ok(standings
        .filter(|standing| wanted.contains(&standing.position))
        .map(|standing| (standing.position, standing))
        .collect())
}

/// A small number that is never negative.
fn number(value: i16, table: &'static str, column: &'static str, ranking: i64) -> StoreResult<u16> {
    expect(u16::try_from(value).ok(), table, column, ranking)
}
