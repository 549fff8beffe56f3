//! Ranking a round of any size against the best plain query over the same submissions, in one run.
//!
//! `cargo bench --bench ranking -- --rows 5000000 [--keep]`. It works in a schema of its own, `bench_ranking`, in the
//! database of `DATABASE_URL`, and drops it at the end. Figures are medians of three; judge the ratios. With `--reuse
//! --keep --export standings` (or `entries`) it writes that list of the newest ranking in every format instead, and tells
//! how much memory that takes.

#![expect(clippy::unwrap_used, reason = "a measurement that cannot go on has failed")]
#![expect(clippy::float_arithmetic, reason = "seconds and ratios")]

use futures_util::StreamExt;
use hoithi::document::{About, Format, body, cells, table};
use hoithi::domain::catalog::Contest;
use hoithi::domain::contest::{
    Accent, AttemptRules, CollectiveMeasure, CollectivePrize, ContestDefinition, CountedAttempt,
    CountedPrediction, Direction, Feedback, Field, FieldRules, KeyPublication, PaperRules, PerPerson,
    PredictedQuantity, PredictionRules, Prize, RankField, RankKey, RankingRules, RoundRules, Scope, Shuffle,
    TieRule,
};
use hoithi::domain::exclusion::Barred;
use hoithi::domain::ids::{ContestId, RoundId};
use hoithi::i18n::Lang;
use hoithi::store::Store;
use hoithi::store::ranking::RankingOrder;
use hoithi::store::results::{Listing, ListingRows};
use sqlx::PgPool;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};
use support::{connect, run};

mod support;

const SCHEMA: &str = "bench_ranking";
const RUNS: usize = 3;
const MADE_AT: time::OffsetDateTime = time::macros::datetime!(2023-04-10 00:05 UTC);

#[tokio::main]
async fn main() {
    let args: Vec<String> = std::env::args().collect();
    let rows: i64 = args
        .iter()
        .skip_while(|arg| *arg != "--rows")
        .nth(1)
        .map_or(100_000, |rows| rows.replace('_', "").parse().unwrap());
    let pool = connect(SCHEMA).await;
    if !args.iter().any(|arg| arg == "--reuse") {
        fill(&pool, rows).await;
    }
    match args.iter().skip_while(|arg| *arg != "--export").nth(1) {
        Some(list) => export(&pool, list).await,
        None => measure(&pool).await,
    }
    if !args.iter().any(|arg| arg == "--keep") {
        support::drop(&pool, SCHEMA).await;
    }
}

/// Fills a round by the hand of the database: a power law of attempts per person, 250 units in two levels.
async fn fill(pool: &PgPool, rows: i64) {
    let begun = Instant::now();
    support::make(pool, SCHEMA).await;
    // 2.25 attempts a person: so many people have somewhat more than are asked for, and the surplus is left out.
    let people = rows * 4_500 / 10_000;
    run(pool, &format!("
        insert into contests (slug, definition, source_hash, loaded_at, loaded_by) values ('bench', '{{}}', '', now(), '');
        insert into units (contest_id, code, name, parent_id, headcount, position)
            select 1, 'U' || i, 'Đơn vị ' || i, null, 50000, i from generate_series(1, 17) i;
        insert into units (contest_id, code, name, parent_id, headcount, position)
            select 1, 'U' || i, 'Đơn vị ' || i, 1 + i % 17, 20000, i from generate_series(18, 250) i;
        insert into rounds (contest_id, number, title, opens_at, closes_at, rules, sets, stage, sealed_at)
            values (1, 1, 'Tuần 1', '2023-04-03 01:00Z', '2023-04-10 00:00Z', '{{}}', '{{}}', 'sealed', '2023-04-10 00:01Z');
        alter table participants drop constraint participants_unit_id_fkey, drop constraint participants_contest_id_fkey;
        insert into participants (contest_id, unit_id, full_name, birth_date, phone_hash, phone_sealed, password_hash,
            consent_version, consent_publish, registered_at, sex)
        select 1, 1 + floor(250 * random() ^ 2)::int, (array['Nguyễn Thị Hồng Ánh', 'Hoàng Văn Thụ', 'Lý Thị Hoa'])[1 + i % 3],
            date '1960-01-01' + (i % 18000)::int, sha256(int8send(i)), sha256(int8send(i)) || int8send(i),
            '$argon2id$v=19$m=19456,t=2,p=1$' || md5(i::text) || '$' || md5((i + 1)::text) || 'abcdefghijk', '1', true,
            timestamptz '2023-03-20 00:00Z' + interval '1 second' * floor(random() * 1800000), 'female'
        from generate_series(1::bigint, {people}) i;
        create table submissions_r1 (like submissions including constraints);
        insert into submissions_r1 (round_id, attempt_id, participant_id, number, sequence, received_at, finished_at,
            duration_ms, how, responses, score, correct, total, prediction, receipt)
        select 1, ('00000001' || substr(md5(sequence::text), 1, 24))::uuid, participant_id,
            row_number() over (partition by participant_id order by sequence), sequence, at, at - interval '1 millisecond' * (d % 1000),
            d, 'submitted', '[\"A\",\"B\",\"C\",\"D\",\"A\",\"B\",\"C\",\"D\",\"A\",\"\",\"C\",\"D\",\"A\",\"B\",\"C\"]', c * 10, c, 15,
            case when sequence % 10 > 0 then (400000 * random())::int end, substr(md5((sequence * 3)::text), 1, 10)
        from (select *, timestamptz '2023-04-03 01:00Z' + interval '1 microsecond' * (sequence * 120000) as at,
                (60000 + random() * 840000)::bigint as d, (15 - floor(random() ^ 2 * 9))::int as c
            from (select row_number() over (order by random()) as sequence, participant_id from participants p,
                lateral generate_series(1, least(30, floor((((hashint8(participant_id) & 1048575) + 1) / 1048577.0) ^ (-1 / 1.5)))::int) n
                limit {rows}) t) s order by sequence;
        alter table submissions drop constraint submissions_round_id_attempt_id_fkey, drop constraint submissions_participant_id_fkey;
        alter table submissions attach partition submissions_r1 for values in (1);
        insert into round_heads (round_id, submissions, sealed) select 1, count(*), true from submissions_r1;
        create table plain as select round_id, participant_id, score, duration_ms, prediction, finished_at, sequence
            from submissions order by sequence;
        create index plain_best on plain (round_id, participant_id, score desc, finished_at, sequence)
            include (duration_ms, prediction);")).await;
    for table in ["participants", "submissions_r1", "plain"] {
        run(pool, &format!("vacuum (analyze) {table}")).await;
    }
    println!("filled in {:.0} s", begun.elapsed().as_secs_f64());
}

/// The best plain query: one pass over an index that holds every column, then one sort of the people.
async fn plain(pool: &PgPool, actual: i64) -> Duration {
    let mut tx = pool.begin().await.unwrap();
    sqlx::query("set local work_mem = '64MB'")
        .execute(&mut *tx)
        .await
        .unwrap();
    let begun = Instant::now();
    let _: i64 = sqlx::query_scalar(
        "select max(place) from (
            select row_number() over (order by score desc, error, duration_ms, finished_at, sequence) as place from (
                select *, abs(prediction - $1) as error, row_number() over (
                    partition by participant_id order by score desc, finished_at, sequence) as nth
                from plain where round_id = 1) best
            where nth = 1) ranked",
    )
    .bind(actual)
    .fetch_one(&mut *tx)
    .await
    .unwrap();
    begun.elapsed()
}

async fn rank(store: &Store, rules: &RoundRules) -> (Duration, i64) {
    let key = |name: &str, places, value| Prize {
        bloc: None,
        scope: Scope::Round,
        name: name.to_owned(),
        places,
        value: Some(value),
    };
    let prizes = [
        key("Giải Nhất", 1, 2_000_000),
        key("Giải Nhì", 2, 1_000_000),
        key("Giải Ba", 3, 700_000),
        key("Giải Khuyến khích", 5, 500_000),
    ];
    let collective_prizes = [CollectivePrize {
        of: Vec::new(),
        top: 0,
        then: Vec::new(),
        conditions: Default::default(),
        scope: Scope::Round,
        name: "Giấy khen tập thể".to_owned(),
        places: 9,
        by: CollectiveMeasure::Rate,
        level: 1,
        bloc: None,
        min_rate_bp: Some(1),
        value: None,
    }];
    let order = RankingOrder {
        contest: ContestId(1),
        round: Some(RoundId(1)),
        phase: &[],
        made_at: MADE_AT,
        made_by: "bench",
        rules,
        prizes: &prizes,
        collective_prizes: &collective_prizes,
        spread: None,
        barred: Barred::NONE,
        seed: [7; 32],
    };
    let begun = Instant::now();
    let mut tx = store.begin().await.unwrap();
    let made = tx.insert_ranking(&order).await.unwrap();
    tx.commit().await.unwrap();
    let taken = begun.elapsed();
    assert_eq!(made.outcome.awards.len(), 11);
    assert!(!made.collective.is_empty());
    (taken, made.people)
}

fn rules() -> RoundRules {
    let key = |by, direction| RankKey { by, direction };
    RoundRules {
        essay: None,
        paper: PaperRules {
            all_answered: false,
            draw: Vec::new(),
            points: 10,
            time_limit_s: Some(900),
            shuffle: Shuffle {
                questions: true,
                options: true,
            },
        },
        attempts: AttemptRules {
            per_contest: None,
            per_round: None,
            counts: CountedAttempt::Best,
            wait_s: 0,
            feedback: Feedback::Score,
            late_finish: false,
        },
        prediction: Some(PredictionRules {
            asked: Default::default(),
            points: Default::default(),
            taken: Default::default(),
            asks: PredictedQuantity::AttemptsInRound,
            counted: CountedPrediction::OfCountedAttempt,
        }),
        ranking: RankingRules {
            min_rounds: 0,
            min_score: Some(100),
            order: vec![
                key(RankField::Score, Direction::Desc),
                key(RankField::PredictionError, Direction::Asc),
                key(RankField::Duration, Direction::Asc),
                key(RankField::SubmittedAt, Direction::Asc),
            ],
            tie: TieRule::Draw,
            per_person: PerPerson {
                keep: Default::default(),
                phase: None,
                round: Some(1),
                contest: None,
            },
        },
    }
}

async fn wal(pool: &PgPool) -> i64 {
    let text = "select (pg_current_wal_insert_lsn() - '0/0')::bigint";
    sqlx::query_scalar(text).fetch_one(pool).await.unwrap()
}

async fn measure(pool: &PgPool) {
    let store = Store::from_pool(pool.clone());
    let attempts: i64 = sqlx::query_scalar("select count(*) from submissions")
        .fetch_one(pool)
        .await
        .unwrap();
    run(pool, "truncate submission_packs").await;
    let before_kb = peak_kb();
    let (cold, people) = rank(&store, &rules()).await;
    let begun = Instant::now();
    store.pack_submissions(RoundId(1)).await.unwrap();
    let packing = begun.elapsed();
    run(pool, "vacuum (analyze) submission_packs").await;
    let (mut plains, mut ranks) = (Vec::new(), Vec::new());
    let mut written = 0;
    for _ in 0..RUNS {
        plains.push(plain(pool, attempts).await);
        let before = wal(pool).await;
        ranks.push(rank(&store, &rules()).await.0);
        written = wal(pool).await - before;
    }
    plains.sort();
    ranks.sort();
    let (plain, ranked) = (plains[RUNS / 2].as_secs_f64(), ranks[RUNS / 2].as_secs_f64());
    println!("submissions {attempts}, people {people}");
    println!(
        "plain ranking query        {plain:8.3} s  [{:.3}-{:.3}]",
        plains[0].as_secs_f64(),
        plains[RUNS - 1].as_secs_f64()
    );
    println!(
        "ranked, prizes, units      {ranked:8.3} s  [{:.3}-{:.3}]",
        ranks[0].as_secs_f64(),
        ranks[RUNS - 1].as_secs_f64()
    );
    println!("ratio                      {:8.2}", ranked / plain);
    println!(
        "the same, nothing packed   {:8.3} s  ratio {:.2}",
        cold.as_secs_f64(),
        cold.as_secs_f64() / plain
    );
    println!(
        "packing, while it is open  {:8.3} s  {:.2} µs a submission",
        packing.as_secs_f64(),
        packing.as_secs_f64() * 1e6 / attempts as f64
    );
    println!("WAL of a ranking           {:8.1} MB", written as f64 / 1e6);
    let most = peak_kb();
    println!(
        "resident at most           {:8.0} MB  {} bytes a person, {} a submission; {before_kb} kB before the first",
        most as f64 / 1e3,
        per(most.saturating_sub(before_kb), people),
        per(most.saturating_sub(before_kb), attempts)
    );
    live(&store, attempts).await;
}

/// The live list: carrying it on over every submission, then what one view of the organiser's page costs.
async fn live(store: &Store, attempts: i64) {
    let rules = rules();
    let begun = Instant::now();
    while store.carry_on_live(RoundId(1), &rules).await.unwrap() > 0 {}
    let carried = begun.elapsed().as_secs_f64();
    let begun = Instant::now();
    for _ in 0..100 {
        let (list, is_whole) = store.load_live(RoundId(1), &rules).await.unwrap();
        assert!(is_whole && list.attempts == attempts && list.top(&rules, 20).len() == 20);
    }
    let view = begun.elapsed().as_secs_f64() / 100.0;
    println!(
        "live list carried on       {carried:8.3} s  {:.2} µs a submission",
        carried * 1e6 / attempts as f64
    );
    println!("live list, one view        {:8.3} ms", view * 1e3);
}

/// Writes a list in every format into nothing.
async fn export(pool: &PgPool, list: &str) {
    let store = Store::from_pool(pool.clone());
    let ranking: i64 = sqlx::query_scalar("select max(ranking_id) from rankings")
        .fetch_one(pool)
        .await
        .unwrap();
    run(
        pool,
        &format!("update rounds set stage = 'ranked', ranking_id = {ranking}"),
    )
    .await;
    let contest = contest();
    let listing = Listing::parse(list).unwrap();
    for format in Format::ALL {
        let rows = match listing {
            Listing::Entries => ListingRows::Entries(store.stream_entries(&[RoundId(1)])),
            Listing::Standings => ListingRows::Standings(store.stream_standings(ranking)),
            _ => panic!("only entries and standings are measured"),
        };
        let about = About {
            listing,
            contest: &contest,
            round: None,
            as_of: MADE_AT,
            provisional: false,
            ranking: None,
            with: &BTreeSet::new(),
        };
        let begun = Instant::now();
        let mut bytes = 0;
        let place = (Arc::clone(&contest), "http://localhost");
        let rows = cells(Lang::Vi, place, rows, BTreeSet::new());
        let mut pieces = std::pin::pin!(body(table(Lang::Vi, &about), format, rows));
        while let Some(piece) = pieces.next().await {
            bytes += piece.unwrap().len();
        }
        println!(
            "{list} as {}: {:.1} s, {:.0} MB, resident at most {} kB",
            format.name(),
            begun.elapsed().as_secs_f64(),
            bytes as f64 / 1e6,
            peak_kb()
        );
    }
}

/// The most memory that this process has held until now, kB.
fn peak_kb() -> i64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix("kB"));
    peak.map_or(0, |kb| kb.trim().parse().unwrap())
}

/// Bytes for each of so many.
fn per(kb: i64, count: i64) -> i64 {
    kb * 1_024 / count.max(1)
}

/// A contest for the heads of the files.
fn contest() -> Arc<Contest> {
    Arc::new(Contest {
        id: ContestId(1),
        definition: ContestDefinition {
            entry: Default::default(),
            slug: "bench".to_owned(),
            title: "Bench".to_owned(),
            organiser: "Bench".to_owned(),
            description: None,
            rules: None,
            hotline: None,
            data_deleted_by: None,
            min_age: None,
            accent: Accent::Cham,
            answer_key: KeyPublication::Never,
            fields: FieldRules {
                required: BTreeSet::from(Field::ALWAYS),
                optional: BTreeSet::new(),
            },
            rules_default: rules(),
            rounds: Vec::new(),
            prizes: Vec::new(),
            collective_prizes: Vec::new(),
            spread: None,
            complaints: None,
            papers: Default::default(),
        },
        demonstration: false,
        rounds: Vec::new(),
        units: Vec::new(),
        sets: BTreeMap::new(),
        heads: BTreeMap::new(),
        keys: BTreeMap::new(),
    })
}
