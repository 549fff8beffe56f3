//! Essays: written, kept, handed in, marked by people who do not know whose they are, and counted in the ranking.

mod api;
mod desk;

use super::helpers::{
    CHAIR, Console, Desk, LIMIT, PASSWORD, Person, SECRETARY, Sample, TestApp, between, step,
};
use super::quiz_browser::{Browser, START, key, nop};
use axum::http::{Method, StatusCode};
use hoithi::action::approve_round::approve_round;
use hoithi::action::close_round::{Blocker, StepError};
use hoithi::action::erase_own_data::erase_own_data;
use hoithi::action::own_data::own_data;
use hoithi::action::rank_round::rank_round;
use hoithi::action::save_essay::save_essay;
use hoithi::domain::contest::{Direction, EssayRules, Markers, RankField, RankKey};
use hoithi::domain::ids::{AttemptId, ParticipantId};
use hoithi::domain::staff::Role;
use serde_json::{Value, json};
use sqlx::PgPool;
use std::collections::BTreeMap;
use time::Duration;

const PROMPT: &str = "Viết về một người con của quê hương.";

/// The sample with an essay of at most 200 characters and 30 points; a paper needs 40 of 60 points.
fn sample(markers: Markers) -> Sample {
    Sample::default().rules(|rules| {
        rules.essay = Some(EssayRules {
            prompt: PROMPT.to_owned(),
            min_chars: 10,
            max_chars: 200,
            points: 30,
            min_points: None,
            markers,
        });
        rules.prediction = None;
        rules.ranking.order = vec![RankKey {
            by: RankField::Score,
            direction: Direction::Desc,
        }];
    })
}

fn address(id: AttemptId) -> String {
    format!("/bai-thi/{id}/bai-viet")
}

async fn put(browser: &mut Browser, id: AttemptId, csrf: &str, text: &str) -> super::quiz_browser::View {
    let headers = [("content-type", "application/json"), ("x-csrf", csrf)];
    let body = json!({ "text": text }).to_string();
    browser.send(Method::PUT, &address(id), &headers, body).await
}

async fn kept(pool: &PgPool) -> Vec<(String, i32)> {
    sqlx::query_as("select text, chars from essays order by participant_id")
        .fetch_all(pool)
        .await
        .unwrap()
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn without_scripts_an_essay_is_saved_shown_again_and_handed_in_with_the_paper(pool: PgPool) {
    let bench = TestApp::with(pool.clone(), sample(Markers::One)).await;
    let person = bench.participant("Ánh").await;
    let mut browser = Browser::of(&person);
    let (id, paper) = browser.start().await;
    assert!(paper.text.contains(PROMPT), "{}", paper.text);
    assert!(
        paper.words().contains("Viết từ 10 đến 200 ký tự"),
        "{}",
        paper.words()
    );

    let form = paper
        .answers()
        .set("essay", "  Quê tôi\r\nở Lạng Sơn\r\n")
        .set("then", "save");
    let saved = browser.post(&nop(id), &form).await;
    assert!(
        saved.text.contains(">\nQuê tôi\nở Lạng Sơn</textarea>"),
        "{}",
        saved.text
    );
    assert_eq!(kept(&pool).await, [("Quê tôi\nở Lạng Sơn".to_owned(), 18)]);

    let form = saved
        .answers()
        .set("essay", "Quê tôi ở Lạng Sơn.")
        .set("then", "review");
    let review = browser.post(&nop(id), &form).await;
    assert!(
        review.words().contains("Bài viết: 19 ký tự"),
        "{}",
        review.words()
    );
    let result = browser
        .post(&nop(id), &review.answers().set("then", "submit"))
        .await;
    assert_eq!(result.path, format!("/bai-thi/{id}/ket-qua"));
    assert!(
        result.words().contains("Trên đây là điểm trắc nghiệm"),
        "{}",
        result.words()
    );
    assert_eq!(kept(&pool).await, [("Quê tôi ở Lạng Sơn.".to_owned(), 19)]);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_page_that_was_not_touched_takes_nothing_away_and_too_much_is_given_back(pool: PgPool) {
    let bench = TestApp::with(pool.clone(), sample(Markers::One)).await;
    let person = bench.participant("Ánh").await;
    let mut browser = Browser::of(&person);
    let (id, before) = browser.start().await;
    let csrf = before.answers().get("csrf").to_owned();
    let saved = put(&mut browser, id, &csrf, "Bài viết trên điện thoại").await;
    assert_eq!(
        (saved.status, &saved.json()["chars"]),
        (StatusCode::OK, &24.into())
    );

    // The page of the other device was loaded before, and its box is empty.
    let untouched = before.answers().set("essay", "").set("then", "save");
    browser.post(&nop(id), &untouched).await;
    assert_eq!(kept(&pool).await[0].0, "Bài viết trên điện thoại");

    let long = "đ".repeat(201);
    let refused = put(&mut browser, id, &csrf, &long).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.json()["errors"][0]["field"], "essay");
    let form = before.answers().set("essay", &long).set("then", "submit");
    let refused = browser.post_only(&nop(id), &form).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.text.contains(&format!("{long}</textarea>")),
        "{}",
        refused.text
    );
    assert!(refused.words().contains("có 201 ký tự"), "{}", refused.words());
    assert!(refused.text.contains("data-unsaved"), "the script saves it");
    assert_eq!(bench.count("submissions").await, 0);
    assert_eq!(kept(&pool).await[0].0, "Bài viết trên điện thoại");

    // A page that comes back for another fault shows what is saved by now, where its own box was not touched.
    let faulty = before
        .answers()
        .set("essay", "")
        .set("q1", "9")
        .set("then", "submit");
    let again = browser.post_only(&nop(id), &faulty).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        again.text.contains("Bài viết trên điện thoại</textarea>") && !again.text.contains("data-unsaved"),
        "{}",
        again.text
    );

    // Once the time is up the paper is taken, and the text saved last counts.
    bench.advance(LIMIT + Duration::seconds(1));
    browser.post_only(&nop(id), &form).await;
    assert_eq!(bench.count("submissions").await, 1);
    assert_eq!(kept(&pool).await[0].0, "Bài viết trên điện thoại");
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn nobody_writes_in_a_paper_that_is_over_or_another_persons(pool: PgPool) {
    let bench = TestApp::with(pool.clone(), sample(Markers::One)).await;
    let person = bench.participant("Ánh").await;
    let mut browser = Browser::of(&person);
    let (id, paper) = browser.start().await;
    let csrf = paper.answers().get("csrf").to_owned();
    put(&mut browser, id, &csrf, "Trong giờ thi").await;

    let mut stranger = Browser::of(&bench.participant("Bình").await);
    let foreign = stranger.open(START).await.form("actions").get("csrf").to_owned();
    let refused = put(&mut stranger, id, &foreign, "Của người khác").await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);

    bench.advance(LIMIT + Duration::seconds(4));
    let in_grace = put(&mut browser, id, &csrf, "Trong năm giây sau giờ").await;
    assert_eq!(in_grace.status, StatusCode::OK);
    bench.advance(Duration::seconds(1));
    let late = put(&mut browser, id, &csrf, "Quá giờ").await;
    assert_eq!(
        (late.status, late.json()["reason"].as_str()),
        (StatusCode::CONFLICT, Some("deadline-passed"))
    );
    assert_eq!(kept(&pool).await, [("Trong năm giây sau giờ".to_owned(), 22)]);
    assert_eq!(
        bench.count("submissions").await,
        1,
        "the paper was handed in as saved"
    );

    // Handed in on one device, while another goes on writing.
    let other = bench.participant("Chi").await;
    let mut phone = Browser::of(&other);
    let (id, paper) = phone.start().await;
    let csrf = paper.answers().get("csrf").to_owned();
    phone.post(&nop(id), &paper.answers().set("then", "submit")).await;
    let finished = put(&mut phone, id, &csrf, "Viết thêm").await;
    assert_eq!(
        (finished.status, finished.json()["reason"].as_str()),
        (StatusCode::CONFLICT, Some("attempt-finished"))
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_contest_without_an_essay_has_no_box_and_takes_no_text(pool: PgPool) {
    let bench = TestApp::new(pool.clone()).await;
    let person = bench.participant("Ánh").await;
    let mut browser = Browser::of(&person);
    let (id, paper) = browser.start().await;
    assert!(!paper.text.contains("bai-viet") && !paper.text.contains("essay"));
    let csrf = paper.answers().get("csrf").to_owned();
    let refused = put(&mut browser, id, &csrf, "Không ai hỏi").await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    let form = paper.answers().set("essay", "Không ai hỏi").set("then", "submit");
    let result = browser.post(&nop(id), &form).await;
    assert!(!result.words().contains("Bài viết"), "{}", result.words());
    assert_eq!(kept(&pool).await, []);
}

/// Somebody who answers so many questions right and writes that.
async fn sat(bench: &TestApp, name: &str, right: u16, text: &str) -> Person {
    let person = bench.participant(name).await;
    let sitting = person.start(1).await;
    for (question, labels) in key(bench, sitting.id).await {
        if question <= right {
            sitting.answer(question, &labels).await;
        }
    }
    save_essay(&bench.app, bench.now(), person.id, sitting.id, text)
        .await
        .unwrap();
    sitting.submit().await.ok();
    person
}

async fn rank(bench: &TestApp) -> Vec<Blocker> {
    let round = bench.round(1);
    match rank_round(&bench.app, bench.now(), SECRETARY, &round, None, &[]).await {
        Ok(_) => Vec::new(),
        Err(StepError::Blocked(blockers)) => blockers,
        Err(StepError::Failed(failure)) => panic!("{failure}"),
    }
}

/// Marks the essays that wait for the reader, one after the other, and returns their addresses.
async fn mark_all(desk: &mut Desk<'_>, points: &[&str]) -> Vec<String> {
    let mut marked = Vec::new();
    let list = desk.get(&step("bai-viet")).await.text;
    let first = between(&list, "<a class=\"button\" href=\"", "\"").to_owned();
    let mut next = first;
    for points in points {
        let page = desk.get(&next).await.text;
        assert!(page.contains("Bài của "), "{page}");
        assert!(!page.contains("Nguyễn Văn") && !page.contains("Xã Một"), "{page}");
        let done = desk.post_form(&next, &[("points", *points), ("note", "")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
        marked.push(next);
        next = done.location;
    }
    assert_eq!(next, step("bai-viet"), "no more wait");
    marked
}

/// Points by person as the ranking in force has them, best first.
async fn standings(bench: &TestApp) -> Vec<(ParticipantId, i64, bool)> {
    let store = &bench.app.store;
    let ranking = store
        .find_round_ranking(bench.round(1).id)
        .await
        .unwrap()
        .unwrap();
    let standings = store.load_standings(ranking, 0, 10).await.unwrap();
    let row = |standing: hoithi::domain::ranking::Standing| {
        (standing.participant, standing.score, standing.eligible)
    };
    standings.into_iter().map(row).collect()
}

async fn counted(pool: &PgPool) -> BTreeMap<i64, i32> {
    let rows: Vec<(i64, i32)> = sqlx::query_as(
        "select participant_id, points from essay_standings
         where ranking_id = (select max(ranking_id) from essay_standings)",
    )
    .fetch_all(pool)
    .await
    .unwrap();
    rows.into_iter().collect()
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn two_people_mark_a_third_decides_and_only_then_the_round_is_ranked(pool: PgPool) {
    let two = Markers::Two {
        max_difference: Some(4),
    };
    let console = Console::with(pool.clone(), sample(two)).await;
    let bench = &console.bench;
    let an = sat(bench, "An", 6, "Bài của một người.").await;
    let binh = sat(bench, "Bình", 6, "Bài của người khác.").await;
    let chi = sat(bench, "Chi", 3, "Bài của người dưới mức.").await;
    let dung = sat(bench, "Dung", 6, "Ngắn.").await;

    let mut organiser = console.logged_in(Role::Organiser).await;
    let early = organiser.get(&step("bai-viet")).await.text;
    assert!(
        early.contains("đã chốt") && !early.contains("class=\"button\" href"),
        "{early}"
    );
    bench.close(1).await;
    assert_eq!(rank(bench).await, [Blocker::EssaysUnmarked(2)]);
    let refused = organiser.post_form(&step("xep-hang"), &[]).await.text;
    assert!(refused.contains("Còn 2 bài viết chưa có điểm"), "{refused}");

    let marked = mark_all(&mut organiser, &["20", "25"]).await;
    assert_eq!(
        rank(bench).await,
        [Blocker::EssaysUnmarked(2)],
        "one mark each is not enough"
    );
    let mut board = console.logged_in(Role::Board).await;
    let blind = board.get(&marked[0]).await.text;
    assert!(!blind.contains("value=\"20\""), "{blind}");
    assert_eq!(mark_all(&mut board, &["22", "15"]).await, marked);
    assert_eq!(
        rank(bench).await,
        [Blocker::EssaysUnmarked(1)],
        "25 and 15 are too far apart"
    );

    let mut third = console.appoint("hoang-ba", "Hoàng Văn Ba", Role::Board).await;
    assert_eq!(mark_all(&mut third, &["18"]).await, marked[1..]);
    let viewer = console.logged_in(Role::Viewer).await.get(&step("bai-viet")).await;
    assert_eq!(viewer.status, StatusCode::FORBIDDEN);
    assert_eq!(rank(bench).await, []);

    let counted_now = counted(&pool).await;
    let mut marks: Vec<i32> = counted_now.values().copied().collect();
    marks.sort_unstable();
    assert_eq!(marks, [18, 21], "the mean of 20 and 22, and the third mark");
    let found = standings(bench).await;
    for person in [&an, &binh] {
        let score = 60 + i64::from(counted_now[&person.id.0]);
        assert!(found.contains(&(person.id, score, true)), "{found:?}");
    }
    assert_eq!(found[2..], [(dung.id, 60, true), (chi.id, 30, false)]);
    assert_eq!((found[0].1, found[1].1), (81, 78));

    // The standings tell each marker what the other gave, so neither changes anything any more; somebody else marks once
    // more, for a reason, and the ranking is made again before anybody approves.
    let why = [("points", "24"), ("note", ""), ("reason", "Cộng nhầm điểm ý hai")];
    for marker in [&mut organiser, &mut board] {
        let locked = marker.post_form(&marked[0], &why).await;
        assert_eq!(locked.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            locked.text.contains("Bảng xếp hạng đã tính điểm bài này"),
            "{}",
            locked.text
        );
    }
    let again = third.get(&format!("{}?muc=counted", step("bai-viet"))).await.text;
    assert!(
        again.contains(&marked[0]) && !again.contains(&marked[1]),
        "{again}"
    );
    let bare = third
        .post_form(&marked[0], &[("points", "24"), ("note", "")])
        .await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    let changed = third.post_form(&marked[0], &why).await;
    assert_eq!(changed.status, StatusCode::SEE_OTHER, "{}", changed.text);
    let round = bench.round(1);
    let approved = approve_round(&bench.app, bench.now(), CHAIR, &round, None).await;
    let Err(StepError::Blocked(blockers)) = approved else {
        panic!("{approved:?}")
    };
    assert_eq!(blockers, [Blocker::EssaysChanged]);
    assert_eq!(rank(bench).await, []);
    assert_eq!(standings(bench).await[0].1, 84, "60 and the mark that stands");
    bench.approve(1).await;
    let late = third.post_form(&marked[0], &why).await;
    assert_eq!(
        late.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "approved is approved"
    );

    let facts: Vec<Value> = sqlx::query_scalar("select facts from audit where act like 'essay%'")
        .fetch_all(&pool)
        .await
        .unwrap();
    assert_eq!(facts.len(), 6);
    assert!(
        facts.iter().all(|facts| facts.get("points").is_none()),
        "{facts:?}"
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_mark_that_no_marker_may_give_is_refused_at_its_field(pool: PgPool) {
    let console = Console::with(pool.clone(), sample(Markers::One)).await;
    let bench = &console.bench;
    let person = sat(bench, "An", 6, "Bài của một người.").await;
    bench.close(1).await;
    let mut organiser = console.logged_in(Role::Organiser).await;
    let list = organiser.get(&step("bai-viet")).await.text;
    let essay = between(&list, "<a class=\"button\" href=\"", "\"").to_owned();
    for points in ["31", "-1", "7,5", "", "một"] {
        let answer = organiser
            .post_form(&essay, &[("points", points), ("note", "")])
            .await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{points}");
        assert!(answer.text.contains("id=\"points-error\""), "{}", answer.text);
    }
    assert_eq!(bench.count("essay_marks").await, 0);
    let done = organiser
        .post_form(&essay, &[("points", "30"), ("note", "")])
        .await;
    assert_eq!(done.location, step("bai-viet"));
    bench.rank(1).await;
    assert_eq!(standings(bench).await, [(person.id, 90, true)]);
    bench.approve(1).await;
    bench.publish(1).await;
    let sitting: (uuid::Uuid,) = sqlx::query_as("select attempt_id from submissions")
        .fetch_one(&pool)
        .await
        .unwrap();
    let id = AttemptId::from_bytes(sitting.0.into_bytes());
    let result = Browser::of(&person).open(&format!("/bai-thi/{id}/ket-qua")).await;
    assert!(
        result.words().contains("Bài viết được 30/30 điểm"),
        "{}",
        result.words()
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn an_essay_is_in_the_own_copy_and_goes_with_the_person(pool: PgPool) {
    let bench = TestApp::with(pool.clone(), sample(Markers::One)).await;
    let person = sat(&bench, "An", 6, "Bài của một người.").await;
    let other = sat(&bench, "Bình", 6, "Bài của người khác.").await;
    let contest = bench.contest();
    let own = own_data(&bench.app, bench.now(), &contest, person.id)
        .await
        .unwrap();
    let texts: Vec<&str> = own.essays.iter().map(|(_, essay)| essay.text.as_str()).collect();
    assert_eq!(texts, ["Bài của một người."]);
    sqlx::query(
        "insert into essay_marks (round_id, participant_id, seat, points, marked_at, marked_by)
         select round_id, participant_id, 1, 20, now(), 'Hoa' from essays",
    )
    .execute(&pool)
    .await
    .unwrap();
    let removed = sqlx::query("delete from essay_marks").execute(&pool).await;
    assert!(removed.is_err(), "marks are only added");
    erase_own_data(&bench.app, bench.now(), &contest, person.id, PASSWORD)
        .await
        .unwrap();
    assert_eq!(kept(&pool).await, [("Bài của người khác.".to_owned(), 19)]);
    let left: Vec<i64> = sqlx::query_scalar("select participant_id from essay_marks")
        .fetch_all(&pool)
        .await
        .unwrap();
    assert_eq!(left, [other.id.0]);
}
