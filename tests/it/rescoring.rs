//! Marking a question in another way after a round: the trial tells what the deed does, two people decide, both results
//! stay.

mod after;
mod list;

use crate::helpers::{CHAIR, SECRETARY, TestApp};
use crate::items::crowd;
use hoithi::action::close_round::By;
use hoithi::action::rescore_round::{Obstacle, RescoreError, approve, propose, try_out};
use hoithi::domain::decision::Refusal;
use hoithi::domain::ids::{AttemptId, DecisionId, ParticipantId};
use hoithi::domain::marking::Marking;
use hoithi::domain::question::{QuestionId, SetId};
use hoithi::domain::rescoring::{Figures, Treatment};
use hoithi::domain::round::RoundStage;
use sqlx::PgPool;
use std::collections::{BTreeMap, BTreeSet};

/// Score, right answers and questions of every attempt of round 1.
async fn scores(bench: &TestApp) -> BTreeMap<AttemptId, (i32, i16, i16)> {
    let rows: Vec<(uuid::Uuid, i32, i16, i16)> =
        sqlx::query_as("select attempt_id, score, correct, total from submissions where round_id = $1")
            .bind(bench.round(1).id.0)
            .fetch_all(&bench.pool)
            .await
            .unwrap();
    rows.into_iter()
        .map(|(id, score, correct, total)| (AttemptId::from_bytes(id.into_bytes()), (score, correct, total)))
        .collect()
}

/// Who has which prize in the ranking in force.
async fn winners(bench: &TestApp) -> BTreeMap<(u16, u16), ParticipantId> {
    let ranking = bench
        .app
        .store
        .find_round_ranking(bench.round(1).id)
        .await
        .unwrap()
        .unwrap();
    let awards = bench.app.store.load_awards(ranking).await.unwrap();
    awards
        .iter()
        .map(|own| ((own.award.prize, own.award.place), own.award.participant))
        .collect()
}

fn treatment(bench: &TestApp, question: &str, marking: Option<Marking>) -> Treatment {
    let set = SetId(question.rsplit_once("-so-").unwrap().0.to_owned());
    Treatment {
        version: bench.round(1).sets[&set].clone(),
        question: QuestionId(question.to_owned()),
        marking,
    }
}

fn accept(keys: &[&[u8]]) -> Option<Marking> {
    let keys = keys.iter().map(|key| key.iter().copied().collect()).collect();
    Some(Marking::Accept { keys })
}

async fn tried(bench: &TestApp, treatment: &Treatment) -> Result<Figures, RescoreError> {
    let trial = try_out(
        &bench.app,
        bench.now(),
        &bench.contest(),
        &bench.round(1),
        treatment,
    )
    .await?;
    let counted: i64 = trial.differences.values().sum();
    assert_eq!(counted, trial.figures.attempts.changed);
    Ok(trial.figures)
}

async fn proposed(bench: &TestApp, by: By<'_>, treatment: &Treatment) -> Result<DecisionId, RescoreError> {
    let (contest, round) = (bench.contest(), bench.round(1));
    propose(
        &bench.app,
        bench.now(),
        by,
        &contest,
        &round,
        treatment.clone(),
        "đáp án sai",
    )
    .await
}

async fn approved(bench: &TestApp, by: By<'_>, id: DecisionId) -> Result<Figures, RescoreError> {
    let done = approve(&bench.app, bench.now(), by, &bench.round(1), id, None).await?;
    Ok(done.figures)
}

#[track_caller]
fn blocked<T: std::fmt::Debug>(outcome: Result<T, RescoreError>, obstacle: Obstacle) {
    match outcome {
        Err(RescoreError::Blocked(found)) => assert_eq!(found, obstacle),
        other => panic!("{other:?}"),
    }
}

/// Tries, does, and compares what was said with what the tables say.
async fn check(bench: &TestApp, treatment: &Treatment) {
    let (before, prizes) = (scores(bench).await, winners(bench).await);
    let said = tried(bench, treatment).await.unwrap();
    assert_eq!(scores(bench).await, before, "a trial writes nothing");
    let id = proposed(bench, SECRETARY, treatment).await.unwrap();
    assert_eq!(approved(bench, CHAIR, id).await.unwrap(), said);
    let (after, new_prizes) = (scores(bench).await, winners(bench).await);
    let changed: Vec<_> = before.iter().filter(|(id, old)| after[*id] != **old).collect();
    let up = changed.iter().filter(|(id, old)| after[*id].0 > old.0).count();
    let down = changed.iter().filter(|(id, old)| after[*id].0 < old.0).count();
    let counts = said.attempts;
    assert_eq!(
        (counts.changed, counts.up, counts.down),
        (changed.len() as i64, up as i64, down as i64),
        "{treatment:?}"
    );
    let right = |scores: &BTreeMap<AttemptId, (i32, i16, i16)>| {
        scores
            .values()
            .filter(|(_, correct, total)| correct == total)
            .count() as i64
    };
    assert_eq!(
        (said.all_correct.before, said.all_correct.after),
        (right(&before), right(&after))
    );
    let places: BTreeSet<_> = prizes.keys().chain(new_prizes.keys()).copied().collect();
    let differ: Vec<_> = places
        .into_iter()
        .filter(|place| prizes.get(place) != new_prizes.get(place))
        .map(|place| {
            (
                place,
                prizes.get(&place).copied(),
                new_prizes.get(&place).copied(),
            )
        })
        .collect();
    let told: Vec<_> = said
        .prizes
        .iter()
        .map(|change| ((change.prize, change.place), change.before, change.after))
        .collect();
    assert_eq!(told, differ, "{treatment:?}");
    // Every score is what the rules give for the stored paper and responses.
    for (id, found) in &after {
        let stored = bench.app.store.find_attempt(*id).await.unwrap().unwrap();
        let responses = stored.submission.unwrap().responses;
        let score = bench
            .contest()
            .score(&bench.round(1), &stored.attempt.paper, &responses)
            .unwrap();
        assert_eq!(
            (score.points as i32, score.correct as i16, score.total as i16),
            *found
        );
    }
    let kept: i64 = sqlx::query_scalar("select count(*) from score_changes where scoring_id = $1")
        .bind(bench.round(1).scoring)
        .fetch_one(&bench.pool)
        .await
        .unwrap();
    assert_eq!(kept, counts.changed, "the old scores are kept");
    blocked(tried(bench, treatment).await, Obstacle::NothingChanges);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_rescoring_changes_exactly_what_the_trial_said_and_once(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    crowd(&bench, 120, 11).await;
    bench.close(1).await;
    bench.rank(1).await;
    let original = scores(&bench).await;
    for (question, marking) in [
        ("mot-dung-so-4", accept(&[&[1]])),
        ("mot-dung-so-7", accept(&[&[3], &[0]])),
        ("nhieu-dung-so-2", Some(Marking::FullMarks)),
        ("mot-dung-so-1", Some(Marking::Dropped)),
        ("nhieu-dung-so-5", accept(&[&[2, 3], &[1, 3]])),
        ("mot-dung-so-4", Some(Marking::FullMarks)),
    ] {
        check(&bench, &treatment(&bench, question, marking)).await;
    }
    assert_ne!(scores(&bench).await, original);
    // Back to the keys, one by one: everything is as it was.
    for question in [
        "mot-dung-so-1",
        "mot-dung-so-4",
        "mot-dung-so-7",
        "nhieu-dung-so-2",
        "nhieu-dung-so-5",
    ] {
        check(&bench, &treatment(&bench, question, None)).await;
    }
    assert_eq!(scores(&bench).await, original);
    assert_eq!(
        bench
            .app
            .store
            .load_scorings(bench.round(1).id)
            .await
            .unwrap()
            .len(),
        11
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn nothing_is_rescored_alone_open_unknown_or_by_old_figures(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    crowd(&bench, 40, 12).await;
    let full = treatment(&bench, "mot-dung-so-4", Some(Marking::FullMarks));
    blocked(tried(&bench, &full).await, Obstacle::NotSealed);
    bench.close(1).await;
    let wrong = treatment(&bench, "mot-dung-so-4", accept(&[&[7]]));
    blocked(tried(&bench, &wrong).await, Obstacle::UnknownQuestion);
    let unknown = treatment(&bench, "mot-dung-so-99", Some(Marking::Dropped));
    blocked(
        proposed(&bench, SECRETARY, &unknown).await,
        Obstacle::UnknownQuestion,
    );
    let before = scores(&bench).await;
    let id = proposed(&bench, SECRETARY, &full).await.unwrap();
    let alone = approved(&bench, SECRETARY, id).await;
    assert!(
        matches!(alone, Err(RescoreError::Refused(Refusal::SamePerson(_)))),
        "{alone:?}"
    );
    let twice = proposed(&bench, CHAIR, &full).await;
    assert!(
        matches!(twice, Err(RescoreError::Refused(Refusal::Pending))),
        "{twice:?}"
    );
    assert_eq!(scores(&bench).await, before);
    // Another question is re-scored meanwhile: the first figures hold no more.
    let other = treatment(&bench, "mot-dung-so-5", Some(Marking::Dropped));
    let other = proposed(&bench, SECRETARY, &other).await.unwrap();
    approved(&bench, CHAIR, other).await.unwrap();
    blocked(approved(&bench, CHAIR, id).await, Obstacle::Stale);
    let done = bench.app.store.load_scorings(bench.round(1).id).await.unwrap();
    assert_eq!(done.len(), 1);
    // The round had no ranking, so it has none now and is ranked with the new scores.
    assert_eq!(bench.round(1).stage, RoundStage::Sealed);
    bench.rank(1).await;
    let again = approved(&bench, CHAIR, other).await;
    assert!(
        matches!(again, Err(RescoreError::Refused(Refusal::Decided(_)))),
        "{again:?}"
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn of_two_approvals_at_once_one_is_done(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    crowd(&bench, 60, 13).await;
    bench.close(1).await;
    bench.rank(1).await;
    let full = treatment(&bench, "mot-dung-so-4", Some(Marking::FullMarks));
    let id = proposed(&bench, SECRETARY, &full).await.unwrap();
    let third = By { name: "Chị Lan" };
    let (a, b) = tokio::join!(approved(&bench, CHAIR, id), approved(&bench, third, id));
    assert_eq!(
        [a.is_ok(), b.is_ok()].iter().filter(|done| **done).count(),
        1,
        "{a:?} {b:?}"
    );
    assert_eq!(bench.count("scorings").await, 1);
}
