//! Who leads while a round is open: a look reads what is new, however much is there.

use super::helpers::TestApp;
use super::lanes::{end_connections, reads};
use super::scale::crowd::sample_people;
use hoithi::domain::ids::RoundId;
use hoithi::store::{Plans, Store};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgPool};

/// People of the round.
const PEOPLE: i64 = 10_000;
/// Submissions that the list has taken in.
const OLD: i64 = 20_000;
/// Submissions since.
const NEW: i64 = 50;
/// How often one looks.
const LOOKS: i64 = 10;

/// Puts submissions `from + 1` to `upto` of a round straight into the database, everybody in turn, over a connection that
/// ends, so that what it read is counted before.
async fn hand_in(pool: &PgPool, round: RoundId, from: i64, upto: i64) {
    let round = round.0;
    let who = format!(
        "(select min(participant_id) from participants) + (n - 1) % {PEOPLE}, 1 + (n - 1) / {PEOPLE}"
    );
    let id = format!("overlay(md5(n::text) placing lpad(to_hex({round}), 8, '0') from 1)::uuid");
    let text = format!(
        "insert into attempts (round_id, attempt_id, participant_id, number, sequence, started_at, deadline_at, paper)
         select {round}, {id}, {who}, n, now() - interval '5 min', now(), '{{}}'
         from generate_series({from} + 1::bigint, {upto}) n;
         insert into submissions (round_id, attempt_id, participant_id, number, sequence, received_at, finished_at,
            duration_ms, how, responses, score, correct, total, prediction, receipt)
         select {round}, {id}, {who}, n, now(), now(), 300000, 'submitted', '[]', n % 7 * 10, n % 7, 6, n, 'R' || n
         from generate_series({from} + 1::bigint, {upto}) n;
         update start_heads set starts = {upto} where round_id = {round};
         update round_heads set submissions = {upto} where round_id = {round};
         analyze attempts, submissions, participants"
    );
    // By this name connections are waited for until they have ended.
    let options = pool.connect_options().as_ref().clone().application_name("hoithi");
    let mut own = options.connect().await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(text))
        .execute(&mut own)
        .await
        .unwrap();
    own.close().await.unwrap();
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_look_at_who_leads_reads_what_is_new_and_not_the_round(pool: PgPool) {
    let bench = TestApp::new(pool.clone()).await;
    let round = bench.round(1);
    sample_people(&bench, i32::try_from(PEOPLE).unwrap()).await;
    let url = pool.connect_options().to_url_lossy().to_string();
    hand_in(&pool, round.id, 0, OLD).await;
    let store = Store::connect(&url, 1, Plans::AsNeeded).await.unwrap();
    while store.carry_on_live(round.id, &round.rules).await.unwrap() > 0 {}
    hand_in(&pool, round.id, OLD, OLD + NEW).await;
    // A connection that ends hands in what it counted.
    end_connections(&pool).await;

    let (scans, entries) = reads(&pool).await;
    let store = Store::connect(&url, 1, Plans::AsNeeded).await.unwrap();
    for _ in 0..LOOKS {
        let (list, is_whole) = store.load_live(round.id, &round.rules).await.unwrap();
        assert!(is_whole);
        assert_eq!(list.attempts, OLD + NEW);
        assert_eq!(list.people, PEOPLE);
        assert!(!list.top(&round.rules, 20).is_empty());
    }
    end_connections(&pool).await;
    let (scans_after, entries_after) = reads(&pool).await;
    assert_eq!(scans_after, scans, "nothing is read from one end to the other");
    // Each of the new ones once, and the earlier ones of those who may have come among the best.
    let each = (entries_after - entries) / LOOKS;
    assert!(
        (NEW..NEW * 8).contains(&each),
        "{each} entries of indexes for a look at {NEW} new submissions"
    );
}
