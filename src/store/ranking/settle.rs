//! Prizes of rounds of which people keep the highest: all ranked rounds of a contest settled at once.
//!
//! Owns reading what a settlement needs; who keeps what is `domain::settlement`'s. A settlement depends on nothing but the
//! standings in force, so that the rounds agree once each has been ranked after the last change of any of them.

use super::{RankingOrder, page};
use crate::domain::contest::{ContestDefinition, Keep, RoundRules};
use crate::domain::effect::{Given, PrizeChange};
use crate::domain::exclusion::Barred;
use crate::domain::ids::{ContestId, ParticipantId, RoundId, UnitId};
use crate::domain::participant::local_date;
use crate::domain::prize::{Awards, Lot, Progress, Seed};
use crate::domain::ruling::Rulings;
use crate::domain::settlement::{Contending, RoundTerms, differences, places, settle};
use crate::domain::tabulate::Ordered;
use crate::store::{StoreResult, Tx, expect, from_json};
use std::collections::{BTreeMap, BTreeSet};
use time::{Duration, OffsetDateTime};

/// Pages of standings read at once.
const PAGES: i64 = 8;

/// A round whose prizes in force are not those of the settlement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsettled {
    /// The round.
    pub round: RoundId,
    /// The places that would go to somebody else.
    pub changes: Vec<PrizeChange<ParticipantId>>,
    /// What those who give a prize of the round back hold instead: rounds and names of the prizes, in order of the rounds.
    pub keeps: BTreeMap<ParticipantId, Vec<(RoundId, String)>>,
    /// Ties of the settlement that the board must settle in the round first.
    pub ties: usize,
}

/// A round of a settlement as the database has it.
struct Row {
    round: RoundId,
    number: u16,
    closes_at: OffsetDateTime,
    rules: RoundRules,
    /// The ranking in force; `None` of a round that is being ranked for the first time.
    ranking: Option<i64>,
}

/// A ranking being made, in place of the one in force of its round.
struct Making<'a> {
    order: &'a RankingOrder<'a>,
    round: RoundId,
    rulings: &'a Rulings,
    ordered: &'a Ordered,
}

/// What belongs to a round besides its standings.
struct Facts {
    passed_over: BTreeSet<ParticipantId>,
    decisions: BTreeMap<Lot, i16>,
    seed: Seed,
}

impl Tx {
    /// The prizes of a round that is being ranked, settled with those of every other round that is ranked.
    pub(super) async fn settle_with(
        &mut self,
        order: &RankingOrder<'_>,
        round: RoundId,
        rulings: &Rulings,
        ordered: &Ordered,
    ) -> StoreResult<Awards> {
        let definition = self.definition_of(order.contest).await?;
        let mut rows = self.rows(order.contest, Some(round)).await?;
        for row in rows.iter_mut().filter(|row| row.round == round) {
            row.rules = order.rules.clone();
        }
        let making = Making {
            order,
            round,
            rulings,
            ordered,
        };
        let settled = self
            .settle_rows(order.contest, &definition, &rows, Some(&making))
            .await?;
        let own = rows.iter().zip(settled).find(|(row, _)| row.round == round);
        expect(own.map(|(_, awards)| awards), "rounds", "round_id", round)
    }

    /// The ranked rounds of a contest whose prizes in force are not those of the settlement, in order of number. None where
    /// people keep the prizes won first.
    pub async fn find_unsettled(&mut self, contest: ContestId) -> StoreResult<Vec<Unsettled>> {
        let rows = self.rows(contest, None).await?;
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let definition = self.definition_of(contest).await?;
        let settled = self.settle_rows(contest, &definition, &rows, None).await?;
        let name = |prize: u16| {
            let own = definition.prizes.get(usize::from(prize));
            own.map_or_else(String::new, |prize| prize.name.clone())
        };
        let mut held: BTreeMap<ParticipantId, Vec<(RoundId, String)>> = BTreeMap::new();
        for (row, awards) in rows.iter().zip(&settled) {
            for award in &awards.awards {
                let prizes = held.entry(award.participant).or_default();
                prizes.push((row.round, name(award.prize)));
            }
        }
        let mut unsettled = Vec::new();
        for (row, awards) in rows.iter().zip(settled) {
            let Some(ranking) = row.ranking else { continue };
            let after: Vec<Given<ParticipantId>> = awards
                .awards
                .iter()
                .map(|award| (award.prize, award.place, name(award.prize), award.participant))
                .collect();
            let changes = differences(&self.given(ranking).await?, &after);
            if !changes.is_empty() {
                let giving = changes.iter().filter_map(|change| change.before);
                let keeps = giving.filter_map(|person| Some((person, held.get(&person)?.clone())));
                unsettled.push(Unsettled {
                    round: row.round,
                    keeps: keeps.collect(),
                    changes,
                    ties: awards.ties.len(),
                });
            }
        }
        Ok(unsettled)
    }

    /// Whether every round of a contest is ranked.
    pub async fn are_all_ranked(&mut self, contest: ContestId) -> StoreResult<bool> {
        let row = sqlx::query!(
            r#"select not exists (select from rounds where contest_id = $1
                 and stage not in ('ranked', 'approved', 'published')) as "all!""#,
            contest.0
        )
        .fetch_one(self.conn())
        .await?;
        Ok(row.all)
    }

    /// Whether every other round of a contest has been published, whatever is being corrected now.
    pub async fn is_last_unpublished(&mut self, contest: ContestId, round: RoundId) -> StoreResult<bool> {
        let row = sqlx::query!(
            r#"select not exists (select from rounds r where contest_id = $1 and round_id <> $2
                 and not exists (select from publications p where p.round_id = r.round_id)) as "last!""#,
            contest.0,
            round.0
        )
        .fetch_one(self.conn())
        .await?;
        Ok(row.last)
    }

    async fn definition_of(&mut self, contest: ContestId) -> StoreResult<ContestDefinition> {
        let row = sqlx::query!("select definition from contests where contest_id = $1", contest.0)
            .fetch_one(self.conn())
            .await?;
        from_json(row.definition, "contests", "definition", contest)
    }

    /// The rounds whose people keep their highest prizes: those ranked, and one that is being ranked.
    async fn rows(&mut self, contest: ContestId, making: Option<RoundId>) -> StoreResult<Vec<Row>> {
        let rows = sqlx::query!(
            "select round_id, number, closes_at, rules, ranking_id from rounds
             where contest_id = $1 and (round_id = $2 or ranking_id is not null and stage in ('ranked', 'approved', 'published'))
             order by number",
            contest.0,
            making.map(|round| round.0)
        )
        .fetch_all(self.conn())
        .await?;
        let mut kept = Vec::new();
        for row in rows {
            let rules: RoundRules = from_json(row.rules, "rounds", "rules", row.round_id)?;
            let round = RoundId(row.round_id);
            if rules.ranking.per_person.keep == Keep::Highest || making == Some(round) {
                kept.push(Row {
                    round,
                    number: u16::try_from(row.number).unwrap_or(0),
                    closes_at: row.closes_at,
                    rules,
                    ranking: row.ranking_id,
                });
            }
        }
        Ok(kept)
    }

    /// Settles the prizes of rounds; the outcome of each is in their order.
    async fn settle_rows(
        &mut self,
        contest: ContestId,
        definition: &ContestDefinition,
        rows: &[Row],
        making: Option<&Making<'_>>,
    ) -> StoreResult<Vec<Awards>> {
        let prizes = making.map_or(definition.prizes.as_slice(), |making| making.order.prizes);
        let blocs: BTreeMap<UnitId, BTreeSet<String>> = match prizes.iter().any(|prize| prize.bloc.is_some())
        {
            true => self.load_blocs(contest).await?,
            false => BTreeMap::new(),
        };
        let all = places(prizes) * rows.len();
        let mut rounds = Vec::with_capacity(rows.len());
        for row in rows {
            let own = making.filter(|making| making.round == row.round);
            let facts = self.facts(contest, definition, row, own).await?;
            let written = definition.rounds.iter().find(|round| round.number == row.number);
            let terms = RoundTerms {
                phase: written.and_then(|round| round.phase.as_deref()),
                prizes,
                tie: row.rules.ranking.tie,
                blocs: &blocs,
                passed_over: &facts.passed_over,
                decisions: &facts.decisions,
                seed: &facts.seed,
            };
            let mut contending = Contending::new(&terms, all);
            match (own, row.ranking) {
                (Some(making), _) => walk(&mut contending, &terms, making, contest)?,
                (None, Some(ranking)) => self.walk_stored(&mut contending, &terms, ranking).await?,
                (None, None) => {}
            }
            contending.order(&terms);
            rounds.push(contending);
        }
        // Every round inherits the caps of the contest; should they differ, those of the first hold for all alike.
        let caps = rows.first().map(|row| row.rules.ranking.per_person);
        Ok(settle(prizes, caps.unwrap_or_default(), &rounds))
    }

    async fn facts(
        &mut self,
        contest: ContestId,
        definition: &ContestDefinition,
        row: &Row,
        making: Option<&Making<'_>>,
    ) -> StoreResult<Facts> {
        let groups = &definition.entry.no_prize_groups;
        // Midnight belongs to the day that ends.
        let on = local_date(row.closes_at - Duration::SECOND);
        let passed_over = match making {
            Some(making) => {
                self.load_passed_over(contest, making.rulings, making.order.barred)
                    .await?
            }
            None => {
                let rulings = self.load_rulings(contest, Some(row.round)).await?;
                self.load_passed_over(contest, &rulings, Barred { groups, on })
                    .await?
            }
        };
        let seed = match making {
            Some(making) => making.order.seed,
            None => self
                .find_draw_seed(contest, Some(row.round))
                .await?
                .unwrap_or_default(),
        };
        Ok(Facts {
            passed_over,
            decisions: self.load_decisions(contest, Some(row.round)).await?,
            seed,
        })
    }

    /// Walks the standings in force from the top, a few pages at a time, as far as anybody may win.
    async fn walk_stored(
        &mut self,
        contending: &mut Contending,
        terms: &RoundTerms<'_>,
        ranking: i64,
    ) -> StoreResult<()> {
        let mut after = 0_i64;
        loop {
            let rows = sqlx::query!(
                "select first_position, records from standing_pages
                 where ranking_id = $1 and first_position > $2 order by first_position limit $3",
                ranking,
                after,
                PAGES
            )
            .fetch_all(self.conn())
            .await?;
            let Some(last) = rows.last() else { return Ok(()) };
            after = last.first_position;
            for row in &rows {
                for record in page::decode(ranking, row.first_position, &row.records)? {
                    if contending.next(terms, &record.standing) == Progress::Done {
                        return Ok(());
                    }
                }
            }
        }
    }
}

/// Walks standings that are being made.
fn walk(
    contending: &mut Contending,
    terms: &RoundTerms<'_>,
    making: &Making<'_>,
    contest: ContestId,
) -> StoreResult<()> {
    for place in making.ordered.places() {
        let standing = page::standing(&place);
        let standing = expect(standing, "submissions", "finished_at", contest)?;
        if contending.next(terms, &standing) == Progress::Done {
            break;
        }
    }
    Ok(())
}
