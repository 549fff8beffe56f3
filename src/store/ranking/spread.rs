//! The ranking of those who brought newcomers, made with the ranking over the contest.
//!
//! Owns reading who came by whose link and the rows of `spread_standings`; which newcomers count and who wins is
//! decided by `domain::spread`.

use super::{RankingOrder, page};
use crate::domain::contest::SpreadRules;
use crate::domain::exclusion::name_key;
use crate::domain::ids::{AttemptId, ContestId, ParticipantId, RoundId};
use crate::domain::prize::Awards;
use crate::domain::ranking::Standing;
use crate::domain::ruling::{Rulings, Sieve};
use crate::domain::spread::{
    Identity, Introducer, Newcomer, Settling, SpreadStanding, WonFor, award_spread, rank_spread,
};
use crate::domain::tabulate::{Ordered, Taken};
use crate::store::{StoreResult, Tx, expect};
use std::collections::{BTreeMap, BTreeSet};
use time::OffsetDateTime;

impl Tx {
    /// Ranks introducers, keeps their places and gives the prizes for it.
    pub(super) async fn give_spread(
        &mut self,
        id: i64,
        order: &RankingOrder<'_>,
        rules: &SpreadRules,
        ordered: &Ordered,
        rulings: &Rulings,
    ) -> StoreResult<Awards> {
        let newcomers = self.load_newcomers(order.contest).await?;
        let people: BTreeSet<ParticipantId> = newcomers.iter().map(|one| one.introducer).collect();
        let introducers = self.load_introducers(&people, ordered).await?;
        let standings = rank_spread(rules, &introducers, &newcomers);
        self.insert_spread_standings(id, &standings).await?;
        let passed_over = self
            .load_passed_over(order.contest, rulings, order.barred)
            .await?;
        let first = u16::try_from(order.prizes.len()).unwrap_or(u16::MAX);
        let decisions = self
            .load_contest_decisions(order.contest, WonFor::Newcomers)
            .await?;
        let settling = Settling {
            tie: order.rules.ranking.tie,
            seed: &order.seed,
            decisions: &decisions,
        };
        let outcome = award_spread(rules, &standings, first, settling, &passed_over);
        let own = rules.prizes.iter().map(|prize| prize.plain());
        let prizes: Vec<_> = order.prizes.iter().cloned().chain(own).collect();
        self.insert_awards(id, &prizes, &outcome.awards).await?;
        self.insert_ties(id, &outcome.ties).await?;
        Ok(outcome)
    }

    /// Everybody who came by a link and whom the rules do not bar, with the papers that two people did not strike out.
    async fn load_newcomers(&mut self, contest: ContestId) -> StoreResult<Vec<Newcomer>> {
        let rounds = sqlx::query!(
            "select round_id from rounds where contest_id = $1 and stage in ('ranked', 'approved', 'published')",
            contest.0
        )
        .fetch_all(self.conn())
        .await?;
        let mut papers: BTreeMap<ParticipantId, Vec<OffsetDateTime>> = BTreeMap::new();
        for round in rounds {
            let round = RoundId(round.round_id);
            let rulings = self.load_rulings(contest, Some(round)).await?;
            let sieve = self.sieve(contest, &rulings).await?;
            self.load_papers(contest, round, &sieve, &mut papers).await?;
        }
        let rows = sqlx::query!(
            r#"select participant_id, introducer_id as "introducer!", full_name, birth_date, national_id_hash
               from participants where contest_id = $1 and introducer_id is not null and excluded_reason is null"#,
            contest.0
        )
        .fetch_all(self.conn())
        .await?;
        let newcomers = rows.into_iter().map(|row| {
            let person = ParticipantId(row.participant_id);
            Newcomer {
                person,
                introducer: ParticipantId(row.introducer),
                identity: Identity {
                    national_id: row.national_id_hash,
                    name: name_key(&row.full_name),
                    born: row.birth_date,
                },
                papers: papers.remove(&person).unwrap_or_default(),
            }
        });
        Ok(newcomers.collect())
    }

    /// Adds when the newcomers handed in their papers of a round.
    async fn load_papers(
        &mut self,
        contest: ContestId,
        round: RoundId,
        sieve: &Sieve,
        papers: &mut BTreeMap<ParticipantId, Vec<OffsetDateTime>>,
    ) -> StoreResult<()> {
        let rows = sqlx::query!(
            "select s.participant_id, s.attempt_id, s.finished_at
             from participants p join submissions s on s.round_id = $2 and s.participant_id = p.participant_id
             where p.contest_id = $1 and p.introducer_id is not null",
            contest.0,
            round.0
        )
        .fetch_all(self.conn())
        .await?;
        for row in rows {
            let finished_us = i64::try_from(row.finished_at.unix_timestamp_nanos() / 1_000).ok();
            let taken = Taken {
                participant: ParticipantId(row.participant_id),
                attempt: AttemptId::from_bytes(row.attempt_id.into_bytes()),
                finished_us: expect(finished_us, "submissions", "finished_at", row.attempt_id)?,
                // What was reached does not matter here.
                number: 0,
                sequence: 0,
                duration_ms: 0,
                score: 0,
                correct: 0,
                total: 0,
                prediction: None,
            };
            if !sieve.strikes(&taken) {
                papers.entry(taken.participant).or_default().push(row.finished_at);
            }
        }
        Ok(())
    }

    /// Those of the people who entered the contest themselves.
    async fn load_introducers(
        &mut self,
        people: &BTreeSet<ParticipantId>,
        ordered: &Ordered,
    ) -> StoreResult<Vec<Introducer>> {
        let mut entered: BTreeMap<ParticipantId, Standing> = BTreeMap::new();
        for place in ordered
            .places()
            .filter(|place| people.contains(&place.line.participant))
        {
            let standing = page::standing(&place);
            let standing = expect(standing, "submissions", "finished_at", place.line.participant)?;
            let eligible = !place.line.is_excluded();
            entered.insert(standing.participant, Standing { eligible, ..standing });
        }
        let rows = sqlx::query!(
            "select participant_id, full_name, birth_date, national_id_hash from participants
             where participant_id = any($1)",
            &entered.keys().map(|person| person.0).collect::<Vec<_>>()
        )
        .fetch_all(self.conn())
        .await?;
        let introducers = rows.into_iter().filter_map(|row| {
            Some(Introducer {
                standing: entered.remove(&ParticipantId(row.participant_id))?,
                identity: Identity {
                    national_id: row.national_id_hash,
                    name: name_key(&row.full_name),
                    born: row.birth_date,
                },
            })
        });
        Ok(introducers.collect())
    }

    async fn insert_spread_standings(&mut self, id: i64, standings: &[SpreadStanding]) -> StoreResult<()> {
        sqlx::query!(
            "insert into spread_standings (ranking_id, participant_id, rank, newcomers, brought, reached_at)
             select $1, * from unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::timestamptz[])",
            id,
            &standings
                .iter()
                .map(|own| own.standing.participant.0)
                .collect::<Vec<_>>(),
            &standings.iter().map(|own| own.rank).collect::<Vec<_>>(),
            &standings.iter().map(|own| own.newcomers).collect::<Vec<_>>(),
            &standings.iter().map(|own| own.brought).collect::<Vec<_>>(),
            &standings.iter().map(|own| own.reached_at).collect::<Vec<_>>()
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }
}
