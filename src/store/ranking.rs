//! Making a ranking: standings, awards, ties, figures and prizes of units, all in one transaction.
//!
//! Owns the rows of `rankings` and the tables below it. What is ranked is read in one pass by `gather`, ordered by
//! `domain::tabulate`, and written in pages; prizes are given by `domain` too. Which ranking is in force is written by
//! `round`.

mod bytes;
mod compare;
mod gather;
mod given;
mod page;
mod preview;
mod qualified;
mod read;
mod settle;
mod spread;

pub(in crate::store) use page::decode;
pub(in crate::store) use read::standings_at;

pub use preview::{Overrides, Preview};
pub use read::{StoredAward, StoredCollectiveAward, StoredRanking};
pub use settle::Unsettled;

use super::{StoreResult, Tx, expect, to_json};
use crate::domain::collective::{CollectiveAward, UnitFigures, collective};
use crate::domain::contest::{CollectivePrize, Keep, Prize, RoundRules, Scope, SpreadRules, TieRule};
use crate::domain::exclusion::Barred;
use crate::domain::ids::{ContestId, ParticipantId, RoundId, UnitId};
use crate::domain::prize::{Awards, Giving, PrizeRules, Progress, Seed, ladders};
use crate::domain::ranking::AppliedRules;
use crate::domain::ruling::Rulings;
use crate::domain::tabulate::Ordered;
use std::collections::{BTreeMap, BTreeSet};
use time::OffsetDateTime;

/// Pages of standings written by one statement: half a megabyte.
const PAGES: usize = 64;

/// What to rank, and by what.
#[derive(Debug, Clone, Copy)]
pub struct RankingOrder<'a> {
    /// The contest.
    pub contest: ContestId,
    /// The round; `None` for the ranking over the whole contest, made from the rankings in force of its rounds.
    pub round: Option<RoundId>,
    /// When.
    pub made_at: OffsetDateTime,
    /// Who ranks.
    pub made_by: &'a str,
    /// The other rounds of the same phase, in which a cap per phase counts prizes too.
    pub phase: &'a [RoundId],
    /// The rules of the round, or the contest's own.
    pub rules: &'a RoundRules,
    /// Every prize of the contest, whatever its scope.
    pub prizes: &'a [Prize],
    /// Every prize for units, whatever its scope.
    pub collective_prizes: &'a [CollectivePrize],
    /// Prizes for bringing newcomers, given with the ranking over the whole contest.
    pub spread: Option<&'a SpreadRules>,
    /// Groups of people who never win, and the day of these prizes.
    pub barred: Barred<'a>,
    /// Fresh random bytes; recorded and used where the rules foresee a draw by lot.
    pub seed: Seed,
}

impl RankingOrder<'_> {
    fn scope(&self) -> Scope {
        if self.round.is_some() {
            Scope::Round
        } else {
            Scope::Contest
        }
    }
}

/// A ranking just made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeRanking {
    /// Its number.
    pub id: i64,
    /// How many people stand in it.
    pub people: i64,
    /// Prizes given and ties left open.
    pub outcome: Awards,
    /// Prizes given to units.
    pub collective: Vec<CollectiveAward>,
}

impl Tx {
    /// Makes a new ranking beside any earlier one and gives its prizes. The caller holds the lock of the round, which is
    /// sealed, and then puts the ranking in force. Everybody's line is in memory meanwhile: at most 116 bytes a person.
    pub async fn insert_ranking(&mut self, order: &RankingOrder<'_>) -> StoreResult<MadeRanking> {
        let rulings = self.load_rulings(order.contest, order.round).await?;
        self.insert_ranking_under(order, &rulings).await
    }

    /// The same under given rulings, which may be others than those in force: to tell what one more would change.
    pub async fn insert_ranking_under(
        &mut self,
        order: &RankingOrder<'_>,
        rulings: &Rulings,
    ) -> StoreResult<MadeRanking> {
        let ordered = self.order(order, rulings, &Overrides::default()).await?;
        let id = self.insert_head(order, &ordered).await?;
        self.insert_pages(id, &ordered).await?;
        if let (Some(round), Some(_)) = (order.round, &order.rules.essay) {
            self.insert_essay_standings(id, round, order.rules).await?;
        }
        let mut outcome = self.give_prizes(order, rulings, &ordered).await?;
        self.insert_awards(id, order.prizes, &outcome.awards).await?;
        self.insert_ties(id, &outcome.ties).await?;
        self.insert_unit_results(id, order, &ordered).await?;
        // After the figures of units: their winners are those of the prizes for answers.
        if let (None, Some(rules)) = (order.round, order.spread) {
            let spread = self.give_spread(id, order, rules, &ordered, rulings).await?;
            outcome.awards.extend(spread.awards);
            outcome.ties.extend(spread.ties);
        }
        let competitors = self.load_competitors(id, order.contest).await?;
        let collective = collective(order.collective_prizes, order.scope(), &competitors);
        self.insert_collective_awards(id, order.collective_prizes, &collective)
            .await?;
        Ok(MadeRanking {
            id,
            people: ordered.tally.people,
            outcome,
            collective,
        })
    }

    /// The ranking as a document, without what stands in it.
    async fn insert_head(&mut self, order: &RankingOrder<'_>, ordered: &Ordered) -> StoreResult<i64> {
        let applied = AppliedRules {
            counts: order.rules.attempts.counts,
            prediction: order.round.and(order.rules.prediction),
            ranking: order.rules.ranking.clone(),
            prizes: order.prizes.to_vec(),
            collective_prizes: order.collective_prizes.to_vec(),
            spread: order.spread.cloned(),
        };
        let seed = (order.rules.ranking.tie == TieRule::Draw).then(|| order.seed.to_vec());
        let round = order.round.map(|round| round.0);
        let by_day: Vec<_> = ordered.counts.by_day.iter().collect();
        let by_hour: Vec<_> = ordered.counts.by_hour.iter().collect();
        let by_right: Vec<_> = ordered.counts.by_right.iter().collect();
        let row = sqlx::query!(
            "insert into rankings (contest_id, round_id, made_at, made_by, rules, attempts, people,
                attempts_all_correct, people_all_correct, actual, draw_seed, by_day, by_right, by_hour)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) returning ranking_id",
            order.contest.0,
            round,
            order.made_at,
            order.made_by,
            to_json(&applied),
            ordered.tally.attempts,
            ordered.tally.people,
            ordered.tally.attempts_all_correct,
            ordered.tally.people_all_correct,
            ordered.actual,
            seed,
            round.map(|_| to_json(&by_day)),
            round.map(|_| to_json(&by_right)),
            round.map(|_| to_json(&by_hour)),
        )
        .fetch_one(self.conn())
        .await?;
        Ok(row.ranking_id)
    }

    /// Writes everybody's place.
    async fn insert_pages(&mut self, id: i64, ordered: &Ordered) -> StoreResult<()> {
        let mut firsts: Vec<i64> = Vec::with_capacity(PAGES);
        let mut pages: Vec<Vec<u8>> = Vec::with_capacity(PAGES);
        for place in ordered.places() {
            if page::first_of(place.position) == place.position {
                if pages.len() == PAGES {
                    self.write_pages(id, &firsts, &pages).await?;
                    firsts.clear();
                    pages.clear();
                }
                firsts.push(place.position);
                pages.push(Vec::with_capacity(8_000));
            }
            let written = pages.last_mut().and_then(|page| page::encode(&place, page));
            expect(written, "standing_pages", "records", id)?;
        }
        self.write_pages(id, &firsts, &pages).await
    }

    async fn write_pages(&mut self, id: i64, firsts: &[i64], pages: &[Vec<u8>]) -> StoreResult<()> {
        sqlx::query!(
            "insert into standing_pages (ranking_id, first_position, records)
             select $1, * from unnest($2::bigint[], $3::bytea[])",
            id,
            firsts,
            pages
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Walks the standings from the top until every prize is given or held back.
    async fn give_prizes(
        &mut self,
        order: &RankingOrder<'_>,
        rulings: &Rulings,
        ordered: &Ordered,
    ) -> StoreResult<Awards> {
        let keeps_highest = order.rules.ranking.per_person.keep == Keep::Highest;
        if let Some(round) = order.round.filter(|_| keeps_highest) {
            return self.settle_with(order, round, rulings, ordered).await;
        }
        let passed_over = self
            .load_passed_over(order.contest, rulings, order.barred)
            .await?;
        // Where people keep the highest prizes of rounds, those of the whole contest stand apart.
        let held = match keeps_highest {
            true => BTreeMap::new(),
            false => self.load_held(order.contest, order.round, None).await?,
        };
        let held_in_phase = self
            .load_held(order.contest, order.round, Some(order.phase))
            .await?;
        let decisions = self.load_decisions(order.contest, order.round).await?;
        let ladders = ladders(order.prizes, order.scope());
        let blocs = match ladders.iter().any(Option::is_some) {
            true => self.load_blocs(order.contest).await?,
            false => BTreeMap::new(),
        };
        let rules = PrizeRules {
            prizes: order.prizes,
            scope: order.scope(),
            per_person: order.rules.ranking.per_person,
            tie: order.rules.ranking.tie,
            held: &held,
            passed_over: &passed_over,
            held_in_phase: &held_in_phase,
            blocs: &blocs,
            decisions: &decisions,
            seed: &order.seed,
        };
        let mut outcome = Awards::default();
        for bloc in ladders {
            let mut giving = Giving::new(rules, bloc, outcome);
            for place in ordered.places() {
                let standing = page::standing(&place);
                let standing = expect(standing, "submissions", "finished_at", order.contest)?;
                if giving.next(&standing) == Progress::Done {
                    break;
                }
            }
            outcome = giving.finish();
        }
        Ok(outcome)
    }

    /// The blocs of every unit of the contest: its own and those of the units above it.
    pub(super) async fn load_blocs(
        &mut self,
        contest: ContestId,
    ) -> StoreResult<BTreeMap<UnitId, BTreeSet<String>>> {
        let rows = sqlx::query!(
            r#"with recursive tree (unit_id, above) as (
                select unit_id, unit_id from units where contest_id = $1
                union
                select tree.unit_id, parent_id from tree join units on units.unit_id = above
                where parent_id is not null
            )
            select tree.unit_id as "unit_id!", bloc as "bloc!"
            from tree join units on units.unit_id = above where bloc is not null"#,
            contest.0
        )
        .fetch_all(self.conn())
        .await?;
        let mut blocs: BTreeMap<UnitId, BTreeSet<String>> = BTreeMap::new();
        for row in rows {
            blocs.entry(UnitId(row.unit_id)).or_default().insert(row.bloc);
        }
        Ok(blocs)
    }

    /// Prizes of the contest that people hold from the rankings in force of its other rounds, or of some of them.
    async fn load_held(
        &mut self,
        contest: ContestId,
        except: Option<RoundId>,
        of: Option<&[RoundId]>,
    ) -> StoreResult<BTreeMap<ParticipantId, u16>> {
        let of: Option<Vec<i32>> = of.map(|rounds| rounds.iter().map(|round| round.0).collect());
        let rows = sqlx::query!(
            r#"select participant_id, count(*) as "prizes!" from awards join rounds using (ranking_id)
               where contest_id = $1 and round_id is distinct from $2 and stage in ('ranked', 'approved', 'published')
                  and ($3::integer[] is null or round_id = any($3))
               group by participant_id"#,
            contest.0,
            except.map(|round| round.0),
            of.as_deref()
        )
        .fetch_all(self.conn())
        .await?;
        let held = rows.into_iter().map(|row| {
            let prizes = u16::try_from(row.prizes).unwrap_or(u16::MAX);
            (ParticipantId(row.participant_id), prizes)
        });
        Ok(held.collect())
    }

    /// Figures of every unit of the contest; over the contest, prizes won in its rounds count as well.
    async fn insert_unit_results(
        &mut self,
        id: i64,
        order: &RankingOrder<'_>,
        ordered: &Ordered,
    ) -> StoreResult<()> {
        let direct = ordered.units();
        let column = |value: fn(&UnitFigures) -> i64| -> Vec<i64> { direct.values().map(value).collect() };
        sqlx::query!(
            "with recursive tree (unit_id, above) as (
                select unit_id, unit_id from units where contest_id = $2
                union
                select tree.unit_id, up from tree join units on units.unit_id = above
                cross join lateral (values (parent_id), (successor_id)) ups (up)
                where up is not null
            ), direct as (
                select * from unnest($4::integer[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[])
                    as d (unit_id, people, attempts, total_score, all_correct)
            ), won as (
                select unit_id, count(*) as winners
                from awards join participants using (participant_id)
                where ranking_id = $1 or ($3::integer is null and ranking_id in (
                    select ranking_id from rounds
                    where contest_id = $2 and stage in ('ranked', 'approved', 'published')))
                group by unit_id
            )
            insert into unit_results (ranking_id, unit_id, people, attempts, total_score, all_correct, winners)
            select $1, above, coalesce(sum(people), 0), coalesce(sum(attempts), 0), coalesce(sum(total_score), 0),
                coalesce(sum(all_correct), 0), coalesce(sum(winners), 0)
            from tree left join direct using (unit_id) left join won using (unit_id)
            group by above",
            id,
            order.contest.0,
            order.round.map(|round| round.0),
            &direct.keys().map(|unit| unit.0).collect::<Vec<_>>(),
            &column(|unit| unit.people),
            &column(|unit| unit.attempts),
            &column(|unit| unit.total_score),
            &column(|unit| unit.all_correct)
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }
}
