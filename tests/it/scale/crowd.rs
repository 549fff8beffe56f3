//! Many people at once, without the minutes that hashing their passwords would take.

use crate::helpers::TestApp;
use futures_util::future::join_all;
use hoithi::action::save_responses::{Change, save_responses};
use hoithi::action::start_attempt::start_attempt;
use hoithi::app::App;
use hoithi::domain::catalog::Contest;
use hoithi::domain::ids::{AttemptId, ContestId, ParticipantId};
use sqlx::PgPool;
use time::OffsetDateTime;

/// Registers people straight in the database, in the contest's first unit that is in force.
pub async fn people(pool: &PgPool, contest: ContestId, count: i32) -> Vec<ParticipantId> {
    let ids: Vec<i64> = sqlx::query_scalar(
        "insert into participants (contest_id, unit_id, full_name, birth_date, phone_hash, phone_sealed, password_hash,
           consent_version, consent_publish, registered_at)
         select $1, (select min(unit_id) from units where contest_id = $1), 'Người ' || n, '1990-01-01',
           int4send(n), '', '', '1', true, now() - interval '1 day'
         from generate_series(1, $2) n returning participant_id",
    )
    .bind(contest.0)
    .bind(count)
    .fetch_all(pool)
    .await
    .unwrap();
    ids.into_iter().map(ParticipantId).collect()
}

/// Starts an attempt of each person at `now` and saves option A of question 1.
pub async fn sit(
    app: &App,
    now: OffsetDateTime,
    contest: &Contest,
    round: u16,
    people: &[ParticipantId],
) -> Vec<AttemptId> {
    let round = contest.round(round).unwrap();
    let one = async |who: &ParticipantId| {
        let line = app.store.find_participant(*who).await.unwrap().unwrap();
        let started = start_attempt(app, now, contest, round, &line).await.unwrap();
        save(app, now, *who, started.id()).await.unwrap();
        started.id()
    };
    join_all(people.iter().map(one)).await
}

/// Saves option A of question 1 once more.
pub async fn save(app: &App, now: OffsetDateTime, who: ParticipantId, id: AttemptId) -> Result<u16, String> {
    let change = Change {
        question: 1,
        labels: "A".to_owned(),
        revision: 1,
    };
    let saved = save_responses(app, now, who, id, &[change], None).await;
    saved
        .map(|outcome| outcome.answered)
        .map_err(|error| format!("{error:?}"))
}

/// Same, as people of the sample contest.
pub async fn sample_people(bench: &TestApp, count: i32) -> Vec<ParticipantId> {
    people(&bench.pool, bench.contest().id, count).await
}
