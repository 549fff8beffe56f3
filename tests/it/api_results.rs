//! Published results: nothing before, no name without consent.

use crate::helpers::{Sample, TestApp};
use hoithi::domain::contest::{Prize, Scope};
use serde_json::{Value, json};
use sqlx::PgPool;
use time::Duration;

const RESULTS: &str = "/contests/mau/rounds/1/results";

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn results_are_shown_once_published_and_not_a_step_before(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let sitting = bench.participant("An").await.start(1).await;
    sitting.submit_with(&sitting.right_answers(6).await).await.ok();
    bench.get(RESULTS, None).await.refused(404, "not-published");
    bench.advance(Duration::weeks(1));
    bench.close(1).await;
    bench.get(RESULTS, None).await.refused(404, "not-published");
    bench.rank(1).await;
    bench.get(RESULTS, None).await.refused(404, "not-published");
    bench.approve(1).await;
    bench.get(RESULTS, None).await.refused(404, "not-published");
    bench.publish(1).await;
    let results = bench.get(RESULTS, None).await.ok();
    assert_eq!(results["published_at"], "2033-06-13T02:00:00.000Z");
    let contest = bench.get("/contests/mau", None).await.ok();
    assert_eq!(contest["rounds"][0]["phase"], "published");
    bench
        .get("/contests/mau/rounds/2/results", None)
        .await
        .refused(404, "not-published");
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
    let people = [
        ("An", json!({ "unit": "X1" }), 6, 5),
        ("Bình", json!({ "unit": "H2", "consent_publish": false }), 5, 4),
        (
            "Cúc",
            json!({ "birth_date": "2020-01-01", "guardian_name": "Trần Thị Mẹ", "consent_publish": false }),
            5,
            8,
        ),
        ("Dũng", json!({ "unit": "X2" }), 3, 3),
    ];
    for (name, changes, right, predicted) in people {
        let sitting = bench.participant_with(name, changes).await.start(1).await;
        bench.advance(Duration::seconds(60));
        let mut body = sitting.right_answers(right).await;
        body["prediction"] = json!(predicted);
        sitting.submit_with(&body).await.ok();
    }
    bench.conclude(1).await;
    let reply = bench.get(RESULTS, None).await;
    let results = reply.ok();
    for hidden in ["Bình", "Cúc", "Mẹ", "0912", "1990", "2020-01"] {
        assert!(!reply.text.contains(hidden), "{hidden}: {}", reply.text);
    }
    let awards = results["awards"].as_array().unwrap();
    let given: Vec<(&Value, &Value, &Value)> = awards
        .iter()
        .map(|a| (&a["prize"], &a["place"], &a["name"]))
        .collect();
    let expected = [
        (&json!("Giải Nhất"), &json!(1), &json!("Nguyễn Văn An")),
        (&json!("Giải Nhì"), &json!(1), &json!("N.V.B.")),
        (&json!("Giải Nhì"), &json!(2), &json!("N.V.C.")),
    ];
    assert_eq!(given, expected);
    assert_eq!(awards[0]["unit"], "Xã Một, Huyện Một");
    assert_eq!(
        (&awards[0]["score"], &awards[0]["duration_ms"]),
        (&json!(60), &json!(60_000))
    );
    assert_eq!(
        (&awards[0]["prediction"], &awards[0]["prediction_error"]),
        (&json!(5), &json!(1))
    );
    assert_eq!(
        (&awards[0]["value"], &awards[0]["settled_by"]),
        (&json!(2_000_000), &json!("rank"))
    );
    let counts = json!({ "attempts": 4, "people": 4, "attempts_all_correct": 1, "people_all_correct": 1, "actual": 4 });
    assert_eq!(results["counts"], counts);
    assert_eq!(results["collective_awards"][0]["unit"], "Huyện Một");
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn units_count_people_and_attempts_apart_with_those_below(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    for (name, unit, right) in [
        ("An", "X1", [6, 2]),
        ("Bình", "X2", [4, 4]),
        ("Cúc", "H1", [0, 1]),
    ] {
        let person = bench.participant_with(name, json!({ "unit": unit })).await;
        for right in right {
            let sitting = person.start(1).await;
            bench.advance(Duration::seconds(30));
            sitting
                .submit_with(&sitting.right_answers(right).await)
                .await
                .ok();
        }
    }
    bench.conclude(1).await;
    let results = bench.get(RESULTS, None).await.ok();
    let units: Vec<Value> = results["units"]
        .as_array()
        .unwrap()
        .iter()
        .map(|unit| {
            json!([
                unit["code"],
                unit["people"],
                unit["attempts"],
                unit["rate"],
                unit["average_score"]
            ])
        })
        .collect();
    let expected = [
        json!(["H1", 3, 6, 0.03, 36.67]),
        json!(["X1", 1, 2, null, 60.0]),
        json!(["X2", 1, 2, null, 40.0]),
        json!(["H2", 0, 0, null, null]),
        json!(["CU", 0, 0, null, null]),
    ];
    assert_eq!(units, expected);
    assert_eq!(results["units"][0]["all_correct"], 1);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn demonstration_data_is_marked(pool: PgPool) {
    let bench = TestApp::with(pool, Sample::default()).await;
    let shown = || async { bench.get(RESULTS, None).await.ok()["demonstration"].clone() };
    bench.conclude(1).await;
    assert_eq!(shown().await, false);
    sqlx::query("update contests set demonstration = true")
        .execute(&bench.pool)
        .await
        .unwrap();
    bench.app.refresh_catalog().await.unwrap();
    assert_eq!(shown().await, true);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_whole_contest_has_results_once_every_round_is_published(pool: PgPool) {
    let sample = Sample::default().definition(|definition| {
        definition.prizes.push(Prize {
            scope: Scope::Contest,
            name: "Giải Cả cuộc thi".to_owned(),
            places: 2,
            value: Some(5_000_000),
            bloc: None,
        });
        definition.rules_default.ranking.per_person.contest = None;
    });
    let bench = TestApp::with(pool, sample).await;
    let people = [
        bench.participant("An").await,
        bench
            .participant_with("Bình", json!({ "consent_publish": false }))
            .await,
    ];
    for round in [1, 2] {
        for (person, right) in people.iter().zip([6, 5]) {
            let sitting = person.start(round).await;
            sitting
                .submit_with(&sitting.right_answers(right).await)
                .await
                .ok();
        }
        bench.advance(Duration::days(7));
    }
    let results = async || bench.get("/contests/mau/results", None).await;
    results().await.refused(404, "not-published");
    bench.conclude(1).await;
    results().await.refused(404, "not-published");
    bench.close(2).await;
    bench.rank(2).await;
    bench.approve(2).await;
    results().await.refused(404, "not-published");
    bench.publish(2).await;
    let reply = results().await;
    let shown = reply.ok();
    let given = shown["awards"].as_array().unwrap().iter();
    let given: Vec<Value> = given
        .map(|one| {
            json!([
                one["prize"],
                one["place"],
                one["name"],
                one["score"],
                one["prediction"]
            ])
        })
        .collect();
    let expected = [
        json!(["Giải Cả cuộc thi", 1, "Nguyễn Văn An", 120, null]),
        json!(["Giải Cả cuộc thi", 2, "N.V.B.", 100, null]),
    ];
    assert_eq!(given, expected);
    assert!(!reply.text.contains("Bình"), "{}", reply.text);
    assert_eq!(
        (&shown["counts"]["attempts"], &shown["counts"]["people"]),
        (&json!(4), &json!(2))
    );
    assert_eq!(shown["spread_awards"], json!([]));
    assert!(shown["published_at"].is_string() && !shown["units"].as_array().unwrap().is_empty());
    bench
        .get("/contests/khac/results", None)
        .await
        .refused(404, "not-found");
}
