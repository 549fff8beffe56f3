//! The statement that ranks in Postgres against the pure rules, over random contests.

mod crowd;
mod settings;

use crowd::{Crowd, START};
use hoithi::domain::collective::{Competitor, collective, units};
use hoithi::domain::contest::{Prize, RoundRules, Scope, TieRule};
use hoithi::domain::exclusion::Barred;
use hoithi::domain::ids::{ParticipantId, RoundId};
use hoithi::domain::prize::{Award, Awards, Lot, PrizeRules, Seed, award};
use hoithi::domain::ranking::{RankedRound, Ranking, Standing, rank, rank_contest};
use hoithi::domain::unit::blocs;
use hoithi::store::Store;
use hoithi::store::ranking::{MadeRanking, RankingOrder};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, TestRunner};
use rand::RngExt;
use rand::seq::SliceRandom;
use settings::{Settings, any_settings};
use sqlx::PgPool;
use std::collections::{BTreeMap, BTreeSet};

/// What the pure rules say, step by step, beside what the database holds.
struct Comparison<'a> {
    pool: &'a PgPool,
    store: Store,
    settings: &'a Settings,
    crowd: Crowd,
    seed: Seed,
    /// Prizes given by the rankings in force so far.
    awards: Vec<Award>,
}

impl Comparison<'_> {
    /// The other rounds: all are of one phase.
    fn others(&self, round: Option<RoundId>) -> Vec<RoundId> {
        let all = self.crowd.rounds.iter().map(|(id, _)| *id);
        all.filter(|id| Some(*id) != round).collect()
    }

    async fn make(&self, round: Option<RoundId>, rules: &RoundRules) -> MadeRanking {
        let order = RankingOrder {
            contest: self.crowd.contest,
            round,
            phase: &self.others(round),
            made_at: START,
            made_by: "Lý Thị Hoa",
            rules,
            prizes: &self.settings.prizes,
            collective_prizes: &self.settings.collective_prizes,
            spread: None,
            barred: Barred::NONE,
            seed: self.seed,
        };
        let mut tx = self.store.begin().await.unwrap();
        let made = tx.insert_ranking(&order).await.unwrap();
        tx.commit().await.unwrap();
        made
    }

    fn expected_awards(
        &self,
        ranking: &Ranking,
        scope: Scope,
        rules: &RoundRules,
        decisions: &BTreeMap<Lot, i16>,
    ) -> Awards {
        let mut held: BTreeMap<ParticipantId, u16> = BTreeMap::new();
        for award in &self.awards {
            *held.entry(award.participant).or_default() += 1;
        }
        let rules = PrizeRules {
            prizes: &self.settings.prizes,
            scope,
            per_person: rules.ranking.per_person,
            tie: rules.ranking.tie,
            held: &held,
            held_in_phase: &held,
            blocs: &blocs(&self.crowd.units),
            decisions,
            passed_over: &BTreeSet::new(),
            seed: &self.seed,
        };
        award(&ranking.standings, rules)
    }

    /// Compares a stored ranking with the expected one, table by table.
    async fn compare(
        &self,
        made: &MadeRanking,
        scope: Scope,
        rules: &RoundRules,
        ranking: &Ranking,
        awards: &Awards,
    ) {
        let stored = self.store.find_ranking(made.id).await.unwrap().unwrap();
        assert_eq!((stored.tally, stored.actual), (ranking.tally, ranking.actual));
        assert_eq!(stored.rules.ranking, rules.ranking);
        assert_eq!(
            stored.seed,
            (rules.ranking.tie == TieRule::Draw).then_some(self.seed)
        );
        assert_eq!(self.standings(made).await, ranking.standings);
        self.compare_view(made, ranking).await;
        assert_eq!(&made.outcome, awards);
        let given = self.store.load_awards(made.id).await.unwrap();
        let prize = |award: &Award| -> &Prize { &self.settings.prizes[usize::from(award.prize)] };
        for stored in &given {
            let prize = prize(&stored.award);
            assert_eq!(
                (&stored.prize_name, stored.value),
                (&prize.name, prize.value.map(|v| i64::try_from(v).unwrap()))
            );
            let earned = ranking
                .standings
                .iter()
                .find(|standing| standing.position == stored.award.position);
            assert_eq!(Some(&stored.standing), earned);
        }
        assert_eq!(
            given.into_iter().map(|stored| stored.award).collect::<Vec<_>>(),
            awards.awards
        );
        // The rules find them bloc by bloc, the database reads them prize by prize.
        let mut ties = awards.ties.clone();
        ties.sort_by_key(|tie| (tie.prize, tie.rank));
        assert_eq!(self.store.load_ties(made.id).await.unwrap(), ties);
        self.compare_units(made, scope, ranking, awards).await;
    }

    /// The view for reading by hand shows the same.
    async fn compare_view(&self, made: &MadeRanking, ranking: &Ranking) {
        type Row = (
            i64,
            i32,
            Option<uuid::Uuid>,
            i64,
            i64,
            Option<i64>,
            time::OffsetDateTime,
            bool,
        );
        let rows: Vec<Row> = sqlx::query_as(
            "select position, rank, attempt_id, participant_id, score, prediction_error, finished_at, eligible
             from standings where ranking_id = $1 order by position",
        )
        .bind(made.id)
        .fetch_all(self.pool)
        .await
        .unwrap();
        let expected = ranking.standings.iter().map(|standing| -> Row {
            (
                standing.position,
                i32::try_from(standing.rank).unwrap(),
                standing.attempt.map(|id| uuid::Uuid::from_bytes(*id.as_bytes())),
                standing.participant.0,
                standing.score,
                standing.prediction_error,
                standing.finished_at,
                standing.eligible,
            )
        });
        assert_eq!(rows, expected.collect::<Vec<_>>());
    }

    async fn compare_units(&self, made: &MadeRanking, scope: Scope, ranking: &Ranking, awards: &Awards) {
        let mut won = awards.awards.clone();
        if scope == Scope::Contest {
            won.extend(self.awards.iter().cloned());
        }
        let figures = units(&self.crowd.units, &ranking.standings, &won);
        assert_eq!(self.store.load_unit_results(made.id).await.unwrap(), figures);
        let competitors: Vec<Competitor> = self
            .crowd
            .units
            .iter()
            .map(|unit| Competitor::new(unit, figures[&unit.id]))
            .collect();
        let expected = collective(&self.settings.collective_prizes, scope, &competitors);
        let stored = self.store.load_collective_awards(made.id).await.unwrap();
        assert_eq!(
            stored.into_iter().map(|stored| stored.award).collect::<Vec<_>>(),
            expected
        );
        assert_eq!(made.collective, expected);
    }

    /// All standings, read window by window.
    async fn standings(&self, made: &MadeRanking) -> Vec<Standing> {
        let mut all = Vec::new();
        loop {
            let after = i64::try_from(all.len()).unwrap();
            let window = self.store.load_standings(made.id, after, 700).await.unwrap();
            if window.is_empty() {
                return all;
            }
            all.extend(window);
        }
    }

    /// Ranks a round, lets the board order some of the equals of an open tie, ranks it again, and puts it in force.
    async fn round(&mut self, index: usize) {
        self.pack_some(index).await;
        let rules = &self.settings.rounds[index];
        let (round, entries) = &self.crowd.rounds[index];
        let ranking = rank(entries, rules, &self.crowd.excluded);
        let mut awards = self.expected_awards(&ranking, Scope::Round, rules, &BTreeMap::new());
        let mut made = self.make(Some(*round), rules).await;
        self.compare(&made, Scope::Round, rules, &ranking, &awards).await;
        if let Some(tie) = awards.ties.first() {
            let mut positions = tie.positions.clone();
            positions.shuffle(&mut self.crowd.rng);
            positions.truncate(self.crowd.rng.random_range(1..=positions.len()));
            let (round, _) = &self.crowd.rounds[index];
            let decisions = self.decide(*round, &ranking, &positions).await;
            awards = self.expected_awards(&ranking, Scope::Round, rules, &decisions);
            made = self.make(Some(*round), rules).await;
            self.compare(&made, Scope::Round, rules, &ranking, &awards).await;
        }
        let (round, _) = &self.crowd.rounds[index];
        sqlx::query("update rounds set stage = 'ranked', ranking_id = $2 where round_id = $1")
            .bind(round.0)
            .bind(made.id)
            .execute(self.pool)
            .await
            .unwrap();
        self.awards.extend(awards.awards);
    }

    /// Packs what an open round would have packed by a random moment; the rest is read from the submissions.
    async fn pack_some(&mut self, index: usize) {
        let (round, entries) = &self.crowd.rounds[index];
        let so_far = self.crowd.rng.random_range(0..=entries.len());
        sqlx::query("insert into round_heads (round_id, submissions) values ($1, $2)")
            .bind(round.0)
            .bind(i64::try_from(so_far).unwrap())
            .execute(self.pool)
            .await
            .unwrap();
        let packs = self.store.pack_submissions(*round).await.unwrap();
        assert_eq!(packs, (so_far / 128) as u64);
        assert_eq!(self.store.pack_submissions(*round).await.unwrap(), 0);
    }

    async fn decide(&self, round: RoundId, ranking: &Ranking, positions: &[i64]) -> BTreeMap<Lot, i16> {
        let mut decisions = BTreeMap::new();
        for (preference, position) in (1i16..).zip(positions) {
            let equal = ranking
                .standings
                .iter()
                .find(|standing| standing.position == *position)
                .unwrap();
            let attempt = equal.attempt.unwrap();
            sqlx::query("insert into tie_decisions values ($1, $2, $3, $4, 'Ban Tổ chức', 'Họp ngày 10/4')")
                .bind(round.0)
                .bind(uuid::Uuid::from_bytes(*attempt.as_bytes()))
                .bind(preference)
                .bind(START)
                .execute(self.pool)
                .await
                .unwrap();
            decisions.insert(Lot::Attempt(attempt), preference);
        }
        decisions
    }

    async fn contest(&self) {
        let rounds: Vec<RankedRound<'_>> = self
            .crowd
            .rounds
            .iter()
            .zip(&self.settings.rounds)
            .map(|((_, entries), rules)| RankedRound { entries, rules })
            .collect();
        let rules = &self.settings.overall;
        let ranking = rank_contest(&rounds, &rules.ranking, &self.crowd.excluded);
        let awards = self.expected_awards(&ranking, Scope::Contest, rules, &BTreeMap::new());
        let made = self.make(None, rules).await;
        self.compare(&made, Scope::Contest, rules, &ranking, &awards)
            .await;
    }
}

async fn compare(pool: &PgPool, settings: &Settings) {
    let mut crowd = Crowd::store(pool, settings).await;
    let seed = crowd.rng.random();
    let store = Store::from_pool(pool.clone());
    let mut comparison = Comparison {
        pool,
        store,
        settings,
        crowd,
        seed,
        awards: Vec::new(),
    };
    for index in 0..settings.rounds.len() {
        comparison.round(index).await;
    }
    comparison.contest().await;
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn postgres_and_the_pure_rules_rank_any_contest_alike(pool: PgPool) {
    let runtime = tokio::runtime::Handle::current();
    let config = Config {
        cases: 32,
        max_shrink_iters: 60,
        failure_persistence: None,
        ..Config::default()
    };
    let run = move || {
        let outcome = TestRunner::new(config).run(&any_settings(), |settings| {
            runtime.block_on(compare(&pool, &settings));
            Ok(())
        });
        outcome.map_err(|failure| failure.to_string())
    };
    tokio::task::spawn_blocking(run).await.unwrap().unwrap();
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_submission_changed_by_hand_is_ranked_as_it_is_now(pool: PgPool) {
    let mut settings = any_settings()
        .new_tree(&mut TestRunner::deterministic())
        .unwrap()
        .current();
    settings.people = 400;
    let mut crowd = Crowd::store(&pool, &settings).await;
    let (round, entries) = crowd.rounds.remove(0);
    let store = Store::from_pool(pool.clone());
    sqlx::query("insert into round_heads (round_id, submissions) values ($1, $2)")
        .bind(round.0)
        .bind(i64::try_from(entries.len()).unwrap())
        .execute(&pool)
        .await
        .unwrap();
    assert!(store.pack_submissions(round).await.unwrap() > 0);
    sqlx::query("update submissions set score = 777, correct = total where round_id = $1 and sequence = 1")
        .bind(round.0)
        .execute(&pool)
        .await
        .unwrap();
    let order = RankingOrder {
        contest: crowd.contest,
        round: Some(round),
        phase: &[],
        made_at: START,
        made_by: "Lý Thị Hoa",
        rules: &RoundRules {
            attempts: hoithi::domain::contest::AttemptRules {
                per_contest: None,
                counts: hoithi::domain::contest::CountedAttempt::Best,
                ..settings.rounds[0].attempts.clone()
            },
            ranking: hoithi::domain::contest::RankingRules {
                min_rounds: 0,
                order: vec![hoithi::domain::contest::RankKey {
                    by: hoithi::domain::contest::RankField::Score,
                    direction: hoithi::domain::contest::Direction::Desc,
                }],
                ..settings.rounds[0].ranking.clone()
            },
            ..settings.rounds[0].clone()
        },
        prizes: &[],
        collective_prizes: &[],
        spread: None,
        barred: Barred::NONE,
        seed: [7; 32],
    };
    let mut tx = store.begin().await.unwrap();
    let made = tx.insert_ranking(&order).await.unwrap();
    tx.commit().await.unwrap();
    let first = store.load_standings(made.id, 0, 1).await.unwrap().remove(0);
    assert_eq!((first.score, first.attempt), (777, Some(entries[0].attempt)));
    assert_eq!(
        store.pack_submissions(round).await.unwrap(),
        (entries.len() / 128) as u64
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_round_that_few_of_the_registered_entered_is_ranked_whole(pool: PgPool) {
    let mut settings = any_settings()
        .new_tree(&mut TestRunner::deterministic())
        .unwrap()
        .current();
    settings.people = 0;
    let crowd = Crowd::store(&pool, &settings).await;
    let (round, _) = crowd.rounds[0];
    let run = |text: &'static str| {
        let query = sqlx::query(text).bind(crowd.contest.0).bind(round.0);
        async { query.execute(&pool).await.unwrap() }
    };
    // Every 400th of 20,000 people enters: more people are registered than are read at once.
    run("insert into participants (contest_id, unit_id, full_name, birth_date, phone_hash, phone_sealed, password_hash,
            consent_version, consent_publish, registered_at)
         select $1, (select min(unit_id) from units where contest_id = $1 and $2 > 0), 'Lý Thị Hoa', '1990-01-01',
            int8send(n), '', '', '1', true, timestamptz '2023-03-01 00:00Z' + n * interval '1 second'
         from generate_series(1::bigint, 20000) n")
    .await;
    run("insert into attempts (round_id, attempt_id, participant_id, number, sequence, started_at, deadline_at, paper)
         select $2, gen_random_uuid(), participant_id, 1, row_number() over (order by participant_id desc),
            '2023-04-03 02:00Z', '2023-04-03 03:00Z', '{}'
         from participants where contest_id = $1 and participant_id % 400 = 0")
    .await;
    run("insert into submissions (round_id, attempt_id, participant_id, number, sequence, received_at, finished_at,
            duration_ms, how, responses, score, correct, total, prediction, receipt)
         select round_id, attempt_id, participant_id, 1, sequence, started_at, started_at, 1, 'submitted', '[]', 10, 1, 1,
            null, '' from attempts where round_id = $2 and $1 > 0")
    .await;
    let rules = &settings.rounds[0];
    let order = RankingOrder {
        contest: crowd.contest,
        round: Some(round),
        phase: &[],
        made_at: START,
        made_by: "Lý Thị Hoa",
        rules,
        prizes: &[],
        collective_prizes: &[],
        spread: None,
        barred: Barred::NONE,
        seed: [7; 32],
    };
    let store = Store::from_pool(pool.clone());
    let mut tx = store.begin().await.unwrap();
    let made = tx.insert_ranking(&order).await.unwrap();
    tx.commit().await.unwrap();
    let standings = store.load_standings(made.id, 0, 100).await.unwrap();
    assert_eq!((made.people, standings.len()), (50, 50));
    let registered: Vec<(i64, time::OffsetDateTime)> =
        sqlx::query_as("select participant_id, registered_at from participants")
            .fetch_all(&pool)
            .await
            .unwrap();
    let registered: BTreeMap<i64, time::OffsetDateTime> = registered.into_iter().collect();
    for standing in &standings {
        assert_eq!(standing.registered_at, registered[&standing.participant.0]);
    }
}
