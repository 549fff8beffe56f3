//! The worker: attempts whose time is up are submitted as saved, once, whatever else happens.

use crate::helpers::{LIMIT, TestApp};
use futures_util::future::join_all;
use hoithi::action::save_responses::{Change, save_responses};
use hoithi::action::start_attempt::start_attempt;
use hoithi::domain::attempt::{GRACE, How};
use hoithi::domain::ids::{AttemptId, ParticipantId, RoundId};
use hoithi::worker::sweep;
use sqlx::PgPool;
use time::Duration;

/// Registers people straight in the database: their passwords, which nobody types here, would cost a minute of hashing.
async fn people(bench: &TestApp, count: i32) -> Vec<ParticipantId> {
    let ids: Vec<i64> = sqlx::query_scalar(
        "insert into participants (contest_id, unit_id, full_name, birth_date, phone_hash, phone_sealed, password_hash,
           consent_version, consent_publish, registered_at)
         select c.contest_id, (select min(unit_id) from units), 'Người ' || n, '1990-01-01', int4send(n), '', '', '1', true, now()
         from contests c, generate_series(1, $1) n returning participant_id",
    )
    .bind(count)
    .fetch_all(&bench.pool)
    .await
    .unwrap();
    ids.into_iter().map(ParticipantId).collect()
}

/// Starts an attempt for each and saves option A of question 1.
async fn sit(bench: &TestApp, people: &[ParticipantId]) -> Vec<AttemptId> {
    let (app, now, contest) = (&bench.app, bench.now(), bench.contest());
    let round = contest.round(1).unwrap();
    let one = async |who: &ParticipantId| {
        let line = app.store.find_participant(*who).await.unwrap().unwrap();
        let id = start_attempt(app, now, &contest, round, &line)
            .await
            .unwrap()
            .id();
        let change = Change {
            question: 1,
            labels: "A".to_owned(),
            revision: 1,
        };
        save_responses(app, now, *who, id, &[change], None).await.unwrap();
        id
    };
    join_all(people.iter().map(one)).await
}

fn round_of(bench: &TestApp) -> RoundId {
    bench.contest().round(1).unwrap().id
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_thousand_overdue_attempts_are_submitted_as_saved(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let attempts = sit(&bench, &people(&bench, 1_000).await).await;
    let deadline = bench.now() + LIMIT;
    bench.at(deadline + GRACE - Duration::MILLISECOND);
    assert_eq!(
        sweep(&bench.app, bench.now()).await.unwrap().finished,
        0,
        "one could still submit"
    );
    bench.advance(Duration::MILLISECOND);
    for expected in [1_000, 0] {
        let outcome = sweep(&bench.app, bench.now()).await.unwrap();
        assert_eq!((outcome.finished, outcome.failed), (expected, 0));
    }
    assert_eq!(
        (bench.count("submissions").await, bench.count("running").await),
        (1_000, 0)
    );
    for id in attempts.into_iter().step_by(97) {
        let submission = bench.submission(id).await.unwrap();
        assert_eq!(
            (submission.how, submission.finished_at),
            (How::TimedOut, deadline)
        );
        assert_eq!(submission.responses.answered(), 1, "the saved answer counts");
    }
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn two_sweeps_at_once_finish_each_attempt_once(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    sit(&bench, &people(&bench, 600).await).await;
    let now = bench.now() + LIMIT + GRACE;
    let (one, two) = tokio::join!(sweep(&bench.app, now), sweep(&bench.app, now));
    let (one, two) = (one.unwrap(), two.unwrap());
    assert_eq!((one.finished + two.finished, one.failed + two.failed), (600, 0));
    let counts = bench
        .app
        .store
        .load_round_counts(bench.contest().id)
        .await
        .unwrap();
    assert!(counts.contains(&(round_of(&bench), 600, 600)), "{counts:?}");
    let last: i64 = sqlx::query_scalar("select max(sequence) from submissions")
        .fetch_one(&bench.pool)
        .await
        .unwrap();
    assert_eq!(last, 600, "the numbers of entries have no gap");
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn an_attempt_that_cannot_be_finished_stops_no_other_and_is_tried_again(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    sit(&bench, &people(&bench, 3).await).await;
    let broken = AttemptId::new(round_of(&bench), [9; 12]);
    sqlx::query(
        "insert into running (round_id, attempt_id, participant_id, check_at) values ($1, $2, 0, $3)",
    )
    .bind(round_of(&bench).0)
    .bind(uuid::Uuid::from_bytes(*broken.as_bytes()))
    .bind(bench.now())
    .execute(&bench.pool)
    .await
    .unwrap();
    let now = bench.now() + LIMIT + GRACE;
    let outcome = sweep(&bench.app, now).await.unwrap();
    assert_eq!((outcome.finished, outcome.failed), (3, 1));
    assert_eq!(
        sweep(&bench.app, now).await.unwrap().failed,
        0,
        "not again at once"
    );
    assert_eq!(
        sweep(&bench.app, now + Duration::MINUTE).await.unwrap().failed,
        1,
        "but soon"
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_wiped_redis_costs_drafts_and_nothing_else(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let attempts = sit(&bench, &people(&bench, 2).await).await;
    bench.app.writer.flush().await;
    let counts = bench.app.writer.counts();
    assert_eq!((counts.waiting, counts.rows), (0, 2));
    bench.wipe_redis();
    let outcome = sweep(&bench.app, bench.now() + LIMIT + GRACE).await.unwrap();
    assert_eq!((outcome.finished, outcome.failed), (2, 0));
    for id in attempts {
        assert_eq!(bench.submission(id).await.unwrap().responses.answered(), 0);
    }
}
