//! The highest prize only: a later round gives a higher prize, the board corrects what was published, both versions stay.

use crate::helpers::{CHAIR, CONTEST, Console, Person, SECRETARY, Sample, TestApp};
use crate::pages::plain;
use hoithi::action::approve_round::approve_round;
use hoithi::action::close_round::{Blocker, StepError};
use hoithi::action::issue_paper::{PaperOrder, issue_paper};
use hoithi::action::publish_round::publish_round;
use hoithi::action::rule::{approve_correction, propose_correction};
use hoithi::action::settle_prizes::open_settlement;
use hoithi::domain::contest::{Keep, PerPerson};
use hoithi::domain::ids::{ParticipantId, RoundId};
use hoithi::domain::official::PaperKind;
use hoithi::domain::staff::Role;
use hoithi::store::meeting::KeptElsewhere;
use sqlx::PgPool;
use std::collections::BTreeSet;
use time::Duration;

/// One first and two second prizes a week; one prize a person, the highest.
fn sample() -> Sample {
    Sample::default().rules(|rules| {
        rules.ranking.min_score = None;
        rules.ranking.per_person = PerPerson {
            round: Some(1),
            phase: None,
            contest: Some(1),
            keep: Keep::Highest,
        };
    })
}

async fn sit(bench: &TestApp, round: u16, people: &[(&Person, usize)]) {
    for (person, right) in people {
        let sitting = person.start(round).await;
        bench.advance(Duration::minutes(1));
        let body = sitting.right_answers(*right).await;
        sitting.submit_with(&body).await.ok();
    }
}

/// The winners in force, first prize first.
async fn winners(bench: &TestApp, round: u16) -> Vec<ParticipantId> {
    let store = &bench.app.store;
    let ranking = store.find_round_ranking(bench.round(round).id).await.unwrap();
    let awards = store.load_awards(ranking.unwrap()).await.unwrap();
    awards.iter().map(|award| award.award.participant).collect()
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_higher_prize_of_a_later_week_moves_the_lower_one_on_by_a_correction(pool: PgPool) {
    let console = Console::with(pool, sample()).await;
    let bench = &console.bench;
    let (an, binh, cuc) = (
        bench.participant("An").await,
        bench.participant("Bình").await,
        bench.participant("Cúc").await,
    );
    let (dung, em, giang) = (
        bench.participant("Dũng").await,
        bench.participant("Em").await,
        bench.participant("Giang").await,
    );
    sit(bench, 1, &[(&an, 6), (&binh, 5), (&cuc, 4), (&dung, 3)]).await;
    bench.conclude(1).await;
    assert_eq!(winners(bench, 1).await, [an.id, binh.id, cuc.id]);

    bench.advance(Duration::days(7));
    sit(
        bench,
        2,
        &[(&binh, 6), (&an, 5), (&dung, 4), (&em, 3), (&giang, 2)],
    )
    .await;
    bench.close(2).await;
    bench.rank(2).await;
    // An keeps the first prize of week 1, Dũng the second one of week 1 that Bình gives back.
    assert_eq!(winners(bench, 2).await, [binh.id, em.id, giang.id]);
    assert_eq!(
        winners(bench, 1).await,
        [an.id, binh.id, cuc.id],
        "what is published stays until two people correct it"
    );
    let settlement = open_settlement(&bench.app, &bench.contest()).await.unwrap();
    let told: Vec<_> = settlement
        .unsettled
        .iter()
        .flat_map(|one| {
            let changes = one.changes.iter();
            changes.map(|change| (one.round, change.before, change.after))
        })
        .collect();
    assert_eq!(told, [(bench.round(1).id, Some(binh.id), Some(dung.id))]);
    assert!(settlement.complete);

    bench.approve(2).await;
    let early = publish_round(&bench.app, bench.now(), CHAIR, &bench.round(2), None).await;
    let Err(StepError::Blocked(blockers)) = early else {
        panic!("{early:?}")
    };
    assert_eq!(blockers, [Blocker::Unsettled(1)]);
    let mut board = console.logged_in(Role::Board).await;
    let base = format!("/quan-tri/cuoc-thi/{CONTEST}");
    let publish = board.get(&format!("{base}/vong/2/cong-bo")).await.text;
    assert!(publish.contains("/giai-chung/giai-cao-nhat"), "{publish}");
    let page = board.get(&format!("{base}/giai-chung/giai-cao-nhat")).await.text;
    assert!(
        page.contains("Giải Nhì: thay Nguyễn Văn Bình bằng Nguyễn Văn Dũng.")
            && page.contains(&format!("action=\"{base}/vong/1/quyet-dinh/dinh-chinh\"")),
        "{}",
        plain(&page)
    );
    assert!(
        plain(&page).contains("Nguyễn Văn Bình giữ Giải Nhất (Tuần 2)."),
        "which prize is kept, and of which round: {}",
        plain(&page)
    );

    let (now, first) = (bench.now(), bench.round(1));
    let id = propose_correction(&bench.app, now, SECRETARY, &first, "giữ giải cao nhất")
        .await
        .unwrap();
    approve_correction(&bench.app, now, CHAIR, &first, id, None)
        .await
        .unwrap();
    assert_eq!(winners(bench, 1).await, [an.id, cuc.id, dung.id]);
    // The chair approved the correction and so made the ranking; the secretary approves it.
    approve_round(&bench.app, now, SECRETARY, &bench.round(1), None)
        .await
        .unwrap();
    bench.publish(1).await;
    bench.publish(2).await;

    let versions = bench.app.store.list_publications(first.id).await.unwrap();
    assert_eq!(versions.iter().map(|one| one.version).collect::<Vec<_>>(), [1, 2]);
    let kept = bench.app.store.load_awards(versions[0].ranking).await.unwrap();
    let kept: Vec<ParticipantId> = kept.iter().map(|award| award.award.participant).collect();
    assert_eq!(kept, [an.id, binh.id, cuc.id], "the first version is as it was");
    let mut all = winners(bench, 1).await;
    all.extend(winners(bench, 2).await);
    let people: BTreeSet<ParticipantId> = all.iter().copied().collect();
    assert_eq!((all.len(), people.len()), (6, 6), "every prize, nobody twice");
    let settlement = open_settlement(&bench.app, &bench.contest()).await.unwrap();
    assert_eq!(settlement.unsettled, []);

    let (one, two) = (bench.round(1).id, bench.round(2).id);
    let kept = |rank: i64, person: &Person, round: RoundId, prize: &str| KeptElsewhere {
        rank,
        person: person.id,
        prizes: vec![(round, prize.to_owned())],
    };
    assert_eq!(
        told_by_minutes(bench, 1).await,
        [kept(2, &binh, two, "Giải Nhất")]
    );
    assert_eq!(
        told_by_minutes(bench, 2).await,
        [kept(2, &an, one, "Giải Nhất"), kept(3, &dung, one, "Giải Nhì")]
    );
}

/// Who keeps prizes of other rounds, as the minutes of a round tell.
async fn told_by_minutes(bench: &TestApp, number: u16) -> Vec<KeptElsewhere> {
    let round = bench.round(number);
    let order = PaperOrder {
        kind: PaperKind::Minutes,
        round: Some(&round),
        format: "docx",
        with: &BTreeSet::new(),
        reason: None,
    };
    let issued = issue_paper(&bench.app, bench.now(), CHAIR, &bench.contest(), order).await;
    let meeting = issued.unwrap().facts.meeting.unwrap();
    for kept in &meeting.kept {
        assert!(meeting.people.contains_key(&kept.person), "somebody to be named");
    }
    meeting.kept
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_round_that_is_approved_already_is_ranked_again_where_a_later_one_changes_it(pool: PgPool) {
    let bench = TestApp::with(pool, sample()).await;
    let (an, binh, cuc) = (
        bench.participant("An").await,
        bench.participant("Bình").await,
        bench.participant("Cúc").await,
    );
    sit(&bench, 1, &[(&an, 6), (&binh, 5), (&cuc, 4)]).await;
    bench.close(1).await;
    bench.rank(1).await;
    bench.approve(1).await;
    bench.advance(Duration::days(7));
    sit(&bench, 2, &[(&binh, 6)]).await;
    bench.close(2).await;
    bench.rank(2).await;
    let stale = publish_round(&bench.app, bench.now(), CHAIR, &bench.round(1), None).await;
    assert!(
        matches!(&stale, Err(StepError::Blocked(blockers)) if *blockers == [Blocker::Unsettled(1)]),
        "{stale:?}"
    );
    bench.rank(1).await;
    assert_eq!(winners(&bench, 1).await, [an.id, cuc.id]);
    bench.approve(1).await;
    bench.publish(1).await;
    bench.approve(2).await;
    bench.publish(2).await;
    assert_eq!(winners(&bench, 2).await, [binh.id]);
}
