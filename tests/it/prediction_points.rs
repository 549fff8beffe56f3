//! Points for a near prediction: they join the score when the round is ranked, not when the paper is handed in.

use super::helpers::{CONTEST, Person, Sample, TestApp};
use hoithi::domain::contest::{CountedPrediction, PointBand, PredictionPoints};
use serde_json::json;
use sqlx::PgPool;

fn sample() -> Sample {
    let band = |within, points| PointBand { within, points };
    Sample::default().rules(|rules| {
        let prediction = rules.prediction.as_mut().unwrap();
        prediction.counted = CountedPrediction::Last;
        prediction.points = PredictionPoints::new(&[band(0, 50), band(2, 20)]);
    })
}

/// Sits an attempt with so many right answers; what the outcome says of the score.
async fn sit(person: &Person, right: usize, prediction: Option<i64>) -> serde_json::Value {
    let sitting = person.start(1).await;
    let mut body = sitting.right_answers(right).await;
    body["prediction"] = json!(prediction);
    sitting.submit_with(&body).await.ok()["score"].clone()
}

/// A page of the contest; numbers keep their units on the line, which is no matter here.
async fn shown(bench: &TestApp, path: &str) -> String {
    let page = bench.page(&format!("/cuoc-thi/{CONTEST}/{path}")).await;
    page.text.replace('\u{a0}', " ")
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_near_prediction_joins_the_score_with_the_ranking_and_is_told_apart(pool: PgPool) {
    let bench = TestApp::with(pool, sample()).await;
    let (an, binh, chi) = (
        bench.participant("An").await,
        bench.participant("Bình").await,
        bench.participant("Chi").await,
    );
    assert_eq!(sit(&an, 4, Some(3)).await, 40, "the paper alone");
    assert_eq!(sit(&binh, 6, None).await, 60);
    assert_eq!(sit(&chi, 5, Some(4)).await, 50);
    bench.conclude(1).await;
    let ranking = bench.app.store.find_round_ranking(bench.round(1).id).await;
    let ranking = ranking.unwrap().unwrap();
    let standings = bench.app.store.load_standings(ranking, 0, 10).await.unwrap();
    let told: Vec<_> = standings
        .iter()
        .map(|own| (own.participant, own.rank, own.score, own.correct))
        .collect();
    // Three attempts came in: An hit the number, Chi was off by one.
    let expected = [(an.id, 1, 90, 4), (chi.id, 2, 70, 5), (binh.id, 3, 60, 6)];
    assert_eq!(told, expected);
    let page = shown(&bench, "ket-qua/1").await;
    assert!(page.contains("90 điểm (dự đoán 50 điểm)"), "{page}");
    assert!(page.contains("70 điểm (dự đoán 20 điểm)"), "{page}");
    assert!(!page.contains("60 điểm (dự đoán"), "{page}");
    let rules = shown(&bench, "the-le").await;
    assert!(
        rules.contains("đúng số thì 50 điểm, lệch không quá 2 thì 20 điểm."),
        "{rules}"
    );
}
