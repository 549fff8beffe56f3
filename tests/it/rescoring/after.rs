//! Re-scoring after the board has approved or published: the approval is asked for again, both results can be read.

use super::{approved, proposed, treatment};
use crate::helpers::{CHAIR, CONTEST, Console, SECRETARY, TestApp};
use crate::items::crowd;
use axum::http::StatusCode;
use hoithi::action::rule::{approve_correction, propose_correction};
use hoithi::domain::marking::Marking;
use hoithi::domain::round::RoundStage;
use hoithi::domain::staff::Role;
use sqlx::PgPool;

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn an_approved_ranking_waits_for_approval_again_and_attempts_after_reopening_follow_the_marking(
    pool: PgPool,
) {
    let bench = TestApp::new(pool).await;
    crowd(&bench, 40, 14).await;
    bench.close(1).await;
    bench.rank(1).await;
    bench.approve(1).await;
    let old = bench
        .app
        .store
        .find_round_ranking(bench.round(1).id)
        .await
        .unwrap()
        .unwrap();
    let standings = bench.app.store.load_standings(old, 0, 50).await.unwrap();
    let full = treatment(&bench, "mot-dung-so-4", Some(Marking::FullMarks));
    let id = proposed(&bench, SECRETARY, &full).await.unwrap();
    approved(&bench, CHAIR, id).await.unwrap();
    assert_eq!(bench.round(1).stage, RoundStage::Ranked);
    let new = bench
        .app
        .store
        .find_round_ranking(bench.round(1).id)
        .await
        .unwrap()
        .unwrap();
    assert_ne!(new, old);
    assert_eq!(
        bench.app.store.load_standings(old, 0, 50).await.unwrap(),
        standings
    );
    // A blank sheet sat after reopening earns what the marking gives.
    let (now, round) = (bench.now(), bench.round(1));
    let until = now + time::Duration::HOUR;
    hoithi::action::reopen_round::reopen_round(&bench.app, now, SECRETARY, &round, Some(until), "thêm giờ")
        .await
        .unwrap();
    let contest = bench.contest();
    let mut sat = 0;
    for name in [
        "An", "Bình", "Chi", "Dũng", "Giang", "Hà", "Khoa", "Lan", "Mai", "Nam", "Oanh", "Phúc",
    ] {
        let sitting = bench.participant(name).await.start(1).await;
        let stored = bench.app.store.find_attempt(sitting.id).await.unwrap().unwrap();
        let has_it = stored
            .attempt
            .paper
            .questions
            .iter()
            .any(|asked| asked.question == full.question);
        sitting.submit().await.ok();
        let score = bench.submission(sitting.id).await.unwrap().score;
        let points = contest.round(1).unwrap().rules.paper.points;
        assert_eq!(score.points, if has_it { points } else { 0 });
        sat += usize::from(has_it);
    }
    assert!(sat > 0, "somebody met the question");
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_published_result_and_its_correction_can_both_be_read(pool: PgPool) {
    let console = Console::new(pool).await;
    let bench = &console.bench;
    crowd(bench, 80, 15).await;
    bench.conclude(1).await;
    let old = bench
        .app
        .store
        .find_round_ranking(bench.round(1).id)
        .await
        .unwrap()
        .unwrap();
    let page = format!("/cuoc-thi/{CONTEST}/ket-qua/1");
    let told = "Đã chấm lại một câu hỏi";
    let (organiser, board) = ("Trần Thị Hoa", "Lê Văn Bình");
    let list = format!("/quan-tri/cuoc-thi/{CONTEST}/vong/1/cham-lai");
    let form = format!("{list}/cau/4");
    let mut desk = console.logged_in(Role::Organiser).await;
    let nothing = desk.post_form(&form, &[("cach", "key"), ("do", "try")]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields = [("cach", "also"), ("pa", "2")];
    let trial = desk
        .post_form(&form, &[&fields[..], &[("do", "try")]].concat())
        .await;
    assert_eq!(trial.status, StatusCode::OK, "{}", trial.text);
    assert!(trial.text.contains("bài có câu này"), "{}", trial.text);
    let unreasoned = desk
        .post_form(&form, &[&fields[..], &[("do", "propose")]].concat())
        .await;
    assert!(unreasoned.text.contains("Ghi lý do."), "{}", unreasoned.text);
    let reasoned = [
        &fields[..],
        &[("do", "propose"), ("reason", "Phương án C cũng đúng theo sách")],
    ]
    .concat();
    let closed = desk.post_form(&form, &reasoned).await;
    assert!(
        closed.text.contains("Mở kết quả để đính chính trước"),
        "{}",
        closed.text
    );
    open_for_correction(bench).await;
    let made = desk.post_form(&form, &reasoned).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    let proposal = made.location;
    let own = desk.post_form(&proposal, &[("do", "approve")]).await;
    assert_eq!(own.status, StatusCode::FORBIDDEN, "an organiser does not approve");
    let mut chair = console.logged_in(Role::Board).await;
    let shown = chair.get(&proposal).await.text;
    assert!(
        shown.contains("THÔNG BÁO ĐÍNH CHÍNH") && shown.contains(organiser),
        "{shown}"
    );
    let done = chair.post_form(&proposal, &[("do", "approve")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let shown = chair.get(&proposal).await.text;
    assert!(
        shown.contains(board) && shown.contains("Xếp hạng trước khi chấm lại"),
        "{shown}"
    );
    assert!(chair.get(&list).await.text.contains("Câu thứ 4 của bộ 12 câu?"));
    let kept = chair
        .get(&format!("/quan-tri/cuoc-thi/{CONTEST}/vong/1/xep-hang?ban={old}"))
        .await
        .text;
    assert!(kept.contains("không phải bản đang dùng"), "{kept}");
    // Until the corrected version is published the public sees the former one and hears nothing of the question.
    assert!(!bench.page(&page).await.text.contains(told));
    bench.approve(1).await;
    bench.publish(1).await;
    let now = bench.page(&page).await.text;
    assert!(
        now.contains(told) && now.contains("Câu thứ 4 của bộ 12 câu?") && now.contains("?ban=1"),
        "{now}"
    );
    let before = bench.page(&format!("{page}?ban=1")).await;
    assert_eq!(before.status, StatusCode::OK);
    assert!(!before.text.contains(told), "{}", before.text);
    let acts = bench.app.store.load_acts(bench.contest().id, 20).await.unwrap();
    assert!(acts.iter().any(|act| act.act == "rescore" && act.actor == board));
}

async fn open_for_correction(bench: &TestApp) {
    let (now, round) = (bench.now(), bench.round(1));
    let id = propose_correction(&bench.app, now, SECRETARY, &round, "đáp án câu 4")
        .await
        .unwrap();
    approve_correction(&bench.app, now, CHAIR, &round, id, None)
        .await
        .unwrap();
    assert_eq!(bench.round(1).stage, RoundStage::Ranked);
}
