//! Questions that give different points: each its own, from the paper by way of the result to the standings, and marked again.

use super::helpers::{CHAIR, CONTEST, SECRETARY, Sample, Sitting, TestApp};
use super::quiz_browser::{Browser, key, nop};
use hoithi::action::rescore_round::{approve, propose};
use hoithi::domain::marking::Marking;
use hoithi::domain::rescoring::Treatment;
use serde_json::{Value, json};
use sqlx::PgPool;
use time::Duration;

/// Four questions with one right option for 10 points, two with several for 20.
fn sample() -> Sample {
    Sample::default().rules(|rules| rules.paper.draw[1].points = Some(20))
}

/// The numbers of the questions that say they give so many points.
fn worth(sitting: &Sitting, points: u64) -> Vec<u16> {
    let questions = sitting.paper["questions"].as_array().unwrap().iter();
    let own = questions.filter(|question| question["points"] == points);
    own.map(|question| question["number"].as_u64().unwrap() as u16)
        .collect()
}

/// Submits with the right answers to some questions and blanks for the others.
async fn submit(sitting: &Sitting, numbers: &[u16]) -> Value {
    let key = sitting.key().await;
    let right: Vec<Value> = numbers
        .iter()
        .map(|number| sitting.choice(*number, &key[number]))
        .collect();
    sitting.submit_with(&json!({ "responses": right })).await.ok()
}

async fn standings(bench: &TestApp) -> Vec<(i64, i64, u32)> {
    let ranking = bench.app.store.find_round_ranking(bench.round(1).id).await;
    let standings = bench
        .app
        .store
        .load_standings(ranking.unwrap().unwrap(), 0, 10)
        .await;
    let own = |standing: &hoithi::domain::ranking::Standing| {
        (standing.participant.0, standing.score, standing.correct)
    };
    standings.unwrap().iter().map(own).collect()
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn each_question_gives_the_points_of_its_line_from_the_paper_to_the_standings(pool: PgPool) {
    let bench = TestApp::with(pool, sample()).await;
    let summary = bench.get(&format!("/contests/{CONTEST}"), None).await.ok();
    assert_eq!(summary["rounds"][0]["max_score"], 80);
    let (an, binh, chi) = (
        bench.participant("An").await,
        bench.participant("Bình").await,
        bench.participant("Chi").await,
    );
    let sitting = an.start(1).await;
    let (cheap, dear) = (worth(&sitting, 10), worth(&sitting, 20));
    assert_eq!((cheap.len(), dear.len()), (4, 2));
    let told = submit(&sitting, &dear).await;
    assert_eq!((&told["score"], &told["correct"]), (&json!(40), &json!(2)));

    let sitting = binh.start(1).await;
    bench.advance(Duration::MINUTE);
    let told = submit(&sitting, &worth(&sitting, 10)[..3]).await;
    assert_eq!((&told["score"], &told["correct"]), (&json!(30), &json!(3)));

    let sitting = chi.start(1).await;
    let told = submit(&sitting, &[1, 2, 3, 4, 5, 6]).await;
    assert_eq!((&told["score"], &told["correct"]), (&json!(80), &json!(6)));

    bench.close(1).await;
    bench.rank(1).await;
    let expected = [(chi.id.0, 80, 6), (an.id.0, 40, 2), (binh.id.0, 30, 3)];
    assert_eq!(standings(&bench).await, expected);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_paper_the_result_and_the_rules_say_the_points(pool: PgPool) {
    let bench = TestApp::with(pool, sample()).await;
    let mut browser = Browser::of(&bench.participant("An").await);
    let (id, paper) = browser.start().await;
    let words = paper.words();
    assert_eq!(words.matches("(10 điểm)").count(), 4, "{words}");
    assert_eq!(words.matches("(20 điểm)").count(), 2, "{words}");
    let right = key(&bench, id).await;
    let stored = bench.app.store.find_attempt(id).await.unwrap().unwrap().attempt;
    let dear = (1..)
        .zip(&stored.paper.questions)
        .find(|(_, placed)| placed.points == Some(20));
    let number: u16 = dear.unwrap().0;
    let form = paper.answers().choose(number, &right[&number]);
    let result = browser.post(&nop(id), &form.set("then", "submit")).await;
    assert!(
        result.words().contains("Đúng 1/6 câu · 20/80 điểm"),
        "{}",
        result.words()
    );
    let rules = bench.page(&format!("/cuoc-thi/{CONTEST}/the-le")).await.text;
    // Numbers keep their units on the line.
    let rules = rules.replace('\u{a0}', " ");
    assert!(
        rules.contains("4 câu mỗi câu 10 điểm, 2 câu mỗi câu 20 điểm; tối đa 80 điểm."),
        "{rules}"
    );
    assert!(rules.contains("2 bất kỳ mỗi câu 20 điểm"), "{rules}");
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_question_marked_again_gives_or_takes_its_own_points(pool: PgPool) {
    let bench = TestApp::with(pool, sample()).await;
    let an = bench.participant("An").await;
    let sitting = an.start(1).await;
    submit(&sitting, &worth(&sitting, 10)[..1]).await;
    bench.close(1).await;
    bench.rank(1).await;
    let stored = bench.app.store.find_attempt(sitting.id).await.unwrap().unwrap();
    let paper = &stored.attempt.paper;
    let asked = paper.questions.iter().find(|placed| placed.points == Some(20));
    let asked = asked.unwrap();
    for (marking, score, most) in [
        (Some(Marking::FullMarks), 30, 80),
        (Some(Marking::Dropped), 10, 60),
        (None, 10, 80),
    ] {
        let treatment = Treatment {
            version: paper.version_of(asked).unwrap().clone(),
            question: asked.question.clone(),
            marking,
        };
        let (contest, round) = (bench.contest(), bench.round(1));
        let id = propose(
            &bench.app,
            bench.now(),
            SECRETARY,
            &contest,
            &round,
            treatment,
            "đáp án sai",
        )
        .await
        .unwrap();
        approve(&bench.app, bench.now(), CHAIR, &round, id, None)
            .await
            .unwrap();
        let kept = bench.submission(sitting.id).await.unwrap().score;
        assert_eq!(kept.points, score);
        let now = bench.round(1);
        assert_eq!(bench.contest().most(&now, paper), most);
        assert_eq!(standings(&bench).await[0].1, i64::from(score));
    }
}
