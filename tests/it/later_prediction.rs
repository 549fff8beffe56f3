//! A prediction asked for after the paper: by form and by API, once or until the round closes, and in the ranking.

use super::helpers::{CONTEST, OPENS, Person, Reply, Sample, Sitting, TestApp};
use super::quiz_browser::{Browser, nop};
use axum::http::{Method, StatusCode};
use futures_util::TryStreamExt;
use hoithi::domain::access::AccessWindow;
use hoithi::domain::contest::{CountedPrediction, PredictionAsked};
use hoithi::store::results::EntryRow;
use serde_json::json;
use sqlx::PgPool;
use time::Duration;

fn sample(counted: CountedPrediction) -> Sample {
    Sample::default().rules(|rules| {
        let prediction = rules.prediction.as_mut().unwrap();
        (prediction.asked, prediction.counted) = (PredictionAsked::After, counted);
    })
}

async fn give(sitting: &Sitting, number: i64) -> Reply {
    let person: &Person = &sitting.person;
    let path = format!("/attempts/{}/prediction", sitting.id);
    let body = json!({ "prediction": number });
    let bench = &person.bench;
    bench
        .call(Method::PUT, &path, Some(&person.token), Some(&body))
        .await
}

/// Person, prediction that counts and its error, by place.
async fn standings(bench: &TestApp) -> Vec<(i64, Option<i64>, Option<i64>)> {
    let ranking = bench.app.store.find_round_ranking(bench.round(1).id).await;
    let ranking = ranking.unwrap().unwrap();
    let standings = bench.app.store.load_standings(ranking, 0, 10).await.unwrap();
    standings
        .iter()
        .map(|own| (own.participant.0, own.prediction, own.prediction_error))
        .collect()
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_page_that_says_the_paper_is_in_asks_once_and_works_without_scripts(pool: PgPool) {
    let bench = TestApp::with(pool, sample(CountedPrediction::OfCountedAttempt)).await;
    let an = bench.participant("An").await;
    let mut browser = Browser::of(&an);
    let (id, paper) = browser.start().await;
    assert!(
        !paper.text.contains("name=\"prediction\""),
        "the paper does not ask"
    );
    let form = paper.answers().set("prediction", "5").set("then", "submit");
    let result = browser.post(&nop(id), &form).await;
    assert_eq!(result.path, format!("/bai-thi/{id}/ket-qua"));
    assert_eq!(bench.submission(id).await.unwrap().prediction, None);
    assert!(
        result
            .words()
            .contains("Theo bạn, tuần 1 có bao nhiêu lượt dự thi?"),
        "{}",
        result.words()
    );
    let address = format!("/bai-thi/{id}/du-doan");
    for (typed, told) in [
        ("nhiều", "Dự đoán là số nguyên"),
        ("", "Ghi một số vào ô dự đoán."),
    ] {
        let form = result.form("later-prediction").set("prediction", typed);
        let again = browser.post_only(&address, &form).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(again.words().contains(told), "{}", again.words());
        assert_eq!(again.form("later-prediction").get("prediction"), typed);
    }
    let form = result.form("later-prediction").set("prediction", "75 600");
    let kept = browser.post(&address, &form).await;
    assert_eq!(kept.path, format!("/bai-thi/{id}/ket-qua#du-doan"));
    assert!(kept.words().contains("75.600 lượt"), "{}", kept.words());
    assert!(!kept.text.contains("name=\"prediction\""), "it is asked once");
    // The page in another tab is of no use any more.
    let other = browser.post(&address, &form.set("prediction", "1")).await;
    assert!(other.words().contains("75.600 lượt"), "{}", other.words());
    // The next attempt has a prediction of its own.
    let (id, paper) = browser.start().await;
    let next = browser
        .post(&nop(id), &paper.answers().set("then", "submit"))
        .await;
    assert!(next.text.contains("name=\"prediction\""));
    bench.close(1).await;
    bench.rank(1).await;
    assert_eq!(standings(&bench).await, [(an.id.0, Some(75_600), Some(75_598))]);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_last_one_may_be_changed_until_the_round_closes_and_ranks(pool: PgPool) {
    let bench = TestApp::with(pool, sample(CountedPrediction::Last)).await;
    let contest = bench.get(&format!("/contests/{CONTEST}"), None).await.ok();
    assert_eq!(contest["rounds"][0]["prediction_asked"], "after");
    let (an, binh) = (bench.participant("An").await, bench.participant("Bình").await);
    let sitting = an.start(1).await;
    assert_eq!(sitting.paper["prediction"]["asked"], false);
    let refused = sitting.save(&json!({ "prediction": 5 })).await;
    assert_eq!(refused.faulty_fields(), ["prediction"]);
    give(&sitting, 5).await.refused(409, "attempt-running");
    sitting.submit().await.ok();
    for number in [900, 2] {
        assert_eq!(give(&sitting, number).await.ok()["prediction"], number);
    }
    give(&sitting, 1_000_000_001).await.refused(422, "invalid");
    let second = binh.start(1).await;
    second.submit().await.ok();
    let path = format!("/attempts/{}/prediction", sitting.id);
    let foreign = bench
        .call(
            Method::PUT,
            &path,
            Some(&binh.token),
            Some(&json!({ "prediction": 1 })),
        )
        .await;
    foreign.refused(404, "not-found");
    bench.at(OPENS + Duration::WEEK);
    give(&second, 2).await.refused(409, "prediction-over");
    // What stands may be said again, and not otherwise.
    give(&sitting, 2).await.ok();
    let stands = give(&sitting, 3).await.refused(409, "prediction-stands");
    assert_eq!(stands["prediction"], 2);
    bench.close(1).await;
    bench.rank(1).await;
    let expected = [(an.id.0, Some(2), Some(0)), (binh.id.0, None, None)];
    assert_eq!(standings(&bench).await, expected);
    let rows = bench.app.store.stream_entries(&[bench.round(1).id]);
    let entries: Vec<EntryRow> = rows.try_collect().await.unwrap();
    let told: Vec<_> = entries.iter().map(|entry| entry.prediction).collect();
    assert_eq!(told, [Some(2), None], "whoever checks the ranking has it too");
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn one_given_for_the_round_holds_for_later_attempts_too(pool: PgPool) {
    let bench = TestApp::with(pool, sample(CountedPrediction::LockedOnce)).await;
    let an = bench.participant("An").await;
    let first = an.start(1).await;
    first.submit().await.ok();
    give(&first, 7).await.ok();
    let mut browser = Browser::of(&an);
    let (id, paper) = browser.start().await;
    let result = browser
        .post(&nop(id), &paper.answers().set("then", "submit"))
        .await;
    let words = result.words();
    assert!(
        words.contains("Bạn đã dự đoán 7 lượt ở lượt thứ 1; dự đoán ấy được tính."),
        "{words}"
    );
    assert!(!result.text.contains("name=\"prediction\""));
    assert_eq!(bench.count("later_predictions").await, 1);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn nothing_is_taken_once_the_round_is_sealed(pool: PgPool) {
    let bench = TestApp::with(pool, sample(CountedPrediction::OfCountedAttempt)).await;
    let sitting = bench.participant("An").await.start(1).await;
    sitting.submit().await.ok();
    bench.close(1).await;
    give(&sitting, 1).await.refused(409, "prediction-over");
    assert_eq!(bench.count("later_predictions").await, 0);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_group_that_takes_its_turn_predicts_until_the_turn_ends(pool: PgPool) {
    let end = OPENS + Duration::days(2);
    let window = AccessWindow {
        group: "Cụm một".to_owned(),
        units: vec!["H1".to_owned()],
        bloc: None,
        born_from: None,
        born_to: None,
        from: OPENS,
        to: end,
    };
    let sample =
        sample(CountedPrediction::Last).definition(|definition| definition.entry.access = vec![window]);
    let bench = TestApp::with(pool, sample).await;
    // X1 is below H1.
    let an = bench.participant("An").await;
    let sitting = an.start(1).await;
    sitting.submit().await.ok();
    let result = format!("/bai-thi/{}/ket-qua", sitting.id);
    let mut browser = Browser::of(&an);
    bench.at(end - Duration::minutes(1));
    assert!(browser.open(&result).await.text.contains("name=\"prediction\""));
    give(&sitting, 5).await.ok();
    bench.at(end);
    assert!(!browser.open(&result).await.text.contains("name=\"prediction\""));
    let over = give(&sitting, 6).await.refused(409, "prediction-stands");
    assert_eq!(over["prediction"], 5);
}
