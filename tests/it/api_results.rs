//! Published results: nothing before, no name without consent.

use crate::helpers::{Sample, Sitting, TestApp};
use serde_json::{Value, json};
use sqlx::PgPool;
use time::Duration;
use uuid::Uuid;

/// Publishes a round with these finished attempts as its winners, best first. The rows are written by hand, so that
/// these tests show what is published whatever ranking does.
pub async fn publish(bench: &TestApp, number: u16, winners: &[&Sitting]) {
    let contest = bench.contest();
    let round = contest.round(number).unwrap();
    let ranking: i64 = sqlx::query_scalar(
        "insert into rankings (contest_id, round_id, made_at, made_by, rules, attempts, people, attempts_all_correct,
           people_all_correct, actual) values ($1, $2, $3, 'A', '{}', 5, 3, 2, 1, 5) returning ranking_id",
    )
    .bind(contest.id.0)
    .bind(round.id.0)
    .bind(bench.now())
    .fetch_one(&bench.pool)
    .await
    .unwrap();
    for (position, winner) in (1i64..).zip(winners) {
        award(bench, ranking, position, winner).await;
    }
    for statement in [
        "insert into unit_results select $1, unit_id, 3, 5, 100, 1, 1 from units where code in ('H1', 'X1')",
        "insert into unit_results select $1, unit_id, 0, 0, 0, 0, 0 from units where code = 'H2'",
        "insert into collective_awards select $1, 0, 1, 'Giấy khen tập thể', null, unit_id, 1 from units where code = 'H1'",
        "update rounds set stage = 'published', sealed_at = now(), published_at = '2033-06-14T09:40:00Z', ranking_id = $1
         where round_id = (select round_id from rankings where ranking_id = $1)",
    ] {
        sqlx::query(statement).bind(ranking).execute(&bench.pool).await.unwrap();
    }
    bench.app.refresh_catalog().await.unwrap();
}

async fn award(bench: &TestApp, ranking: i64, position: i64, winner: &Sitting) {
    sqlx::query(
        "insert into standings select $1, $2, $2, s.round_id, s.attempt_id, s.participant_id, p.unit_id, s.score,
           s.correct, s.total, s.prediction, 3, s.duration_ms, s.finished_at, 1, p.registered_at, true
         from submissions s join participants p using (participant_id) where s.attempt_id = $3",
    )
    .bind(ranking)
    .bind(position)
    .bind(Uuid::from_bytes(*winner.id.as_bytes()))
    .execute(&bench.pool)
    .await
    .unwrap();
    sqlx::query("insert into awards values ($1, $2, 1, 'Giải ' || $3, 2000000, $3, $4, 'rank')")
        .bind(ranking)
        .bind(i16::try_from(position - 1).unwrap())
        .bind(position)
        .bind(winner.person.id.0)
        .execute(&bench.pool)
        .await
        .unwrap();
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn results_are_shown_once_published_and_not_a_step_before(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let path = "/contests/mau/rounds/1/results";
    let sitting = bench.participant("An").await.start(1).await;
    sitting.submit_with(&sitting.right_answers(6).await).await.ok();
    bench.get(path, None).await.refused(404, "not-published");
    publish(&bench, 1, &[&sitting]).await;
    for earlier in ["sealed", "ranked", "approved"] {
        let statement = "update rounds set stage = $1, published_at = null,
            ranking_id = case when $1 = 'sealed' then null else (select max(ranking_id) from rankings) end
            where number = 1";
        sqlx::query(statement)
            .bind(earlier)
            .execute(&bench.pool)
            .await
            .unwrap();
        bench.app.refresh_catalog().await.unwrap();
        bench.get(path, None).await.refused(404, "not-published");
    }
    let statement =
        "update rounds set stage = 'published', published_at = '2033-06-14T09:40:00Z' where number = 1";
    sqlx::query(statement).execute(&bench.pool).await.unwrap();
    bench.app.refresh_catalog().await.unwrap();
    let results = bench.get(path, None).await.ok();
    assert_eq!(results["published_at"], "2033-06-14T09:40:00.000Z");
    bench
        .get("/contests/mau/rounds/3/results", None)
        .await
        .refused(404, "not-found");
    bench
        .get("/contests/khac/rounds/1/results", None)
        .await
        .refused(404, "not-found");
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn winners_are_named_only_with_their_consent(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let changes = [
        json!({ "unit": "X1" }),
        json!({ "unit": "H2", "consent_publish": false }),
        json!({ "birth_date": "2020-01-01", "guardian_name": "Trần Thị Mẹ", "consent_publish": false }),
    ];
    let mut winners = Vec::new();
    for (name, changes) in ["An", "Bình", "Cúc"].into_iter().zip(changes) {
        let sitting = bench.participant_with(name, changes).await.start(1).await;
        bench.advance(Duration::seconds(60));
        let mut body = sitting.right_answers(5).await;
        body["prediction"] = json!(8);
        sitting.submit_with(&body).await.ok();
        winners.push(sitting);
    }
    publish(&bench, 1, &winners.iter().collect::<Vec<_>>()).await;
    let reply = bench.get("/contests/mau/rounds/1/results", None).await;
    let results = reply.ok();
    let names: Vec<&str> = results["awards"]
        .as_array()
        .unwrap()
        .iter()
        .map(|a| a["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["Nguyễn Văn An", "N.V.B.", "N.V.C."]);
    for hidden in ["Bình", "Cúc", "Mẹ", "0912", "1990", "2020-01"] {
        assert!(!reply.text.contains(hidden), "{hidden}: {}", reply.text);
    }
    let first = &results["awards"][0];
    assert_eq!(first["unit"], "Xã Một, Huyện Một");
    assert_eq!(
        (&first["score"], &first["duration_ms"]),
        (&json!(50), &json!(60_000))
    );
    assert_eq!(
        (&first["prediction"], &first["prediction_error"]),
        (&json!(8), &json!(3))
    );
    let counts = json!({ "attempts": 5, "people": 3, "attempts_all_correct": 2, "people_all_correct": 1, "actual": 5 });
    assert_eq!(results["counts"], counts);
    assert_eq!(results["collective_awards"][0]["unit"], "Huyện Một");
    let units: Vec<(&Value, &Value, &Value)> = results["units"]
        .as_array()
        .unwrap()
        .iter()
        .map(|unit| (&unit["code"], &unit["rate"], &unit["average_score"]))
        .collect();
    let expected = [
        (&json!("H1"), &json!(0.03), &json!(33.33)),
        (&json!("X1"), &Value::Null, &json!(33.33)),
        (&json!("H2"), &Value::Null, &Value::Null),
    ];
    assert_eq!(units, expected);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn demonstration_data_is_marked(pool: PgPool) {
    let bench = TestApp::with(pool, Sample::default()).await;
    publish(&bench, 1, &[]).await;
    let shown = |results: Value| results["demonstration"].clone();
    assert_eq!(
        shown(bench.get("/contests/mau/rounds/1/results", None).await.ok()),
        false
    );
    sqlx::query("update contests set demonstration = true")
        .execute(&bench.pool)
        .await
        .unwrap();
    bench.app.refresh_catalog().await.unwrap();
    assert_eq!(
        shown(bench.get("/contests/mau/rounds/1/results", None).await.ok()),
        true
    );
}
