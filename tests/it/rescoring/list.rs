//! Every attempt whose score changes, as a list: foretold by the trial, the same after the deed, without a name.

use super::{scores, treatment, tried};
use crate::helpers::{CONTEST, Console};
use crate::items::crowd;
use axum::http::StatusCode;
use futures_util::TryStreamExt;
use hoithi::action::rescore_changes::tried_changes;
use hoithi::domain::marking::Marking;
use hoithi::domain::staff::Role;
use hoithi::store::results::ScoreChange;
use sqlx::PgPool;
use std::collections::BTreeMap;

/// Attempt, old points, new points of every line of a list.
fn lines(csv: &str) -> BTreeMap<String, (i32, i32)> {
    let mut lines = csv.strip_prefix('\u{feff}').expect("a byte order mark").lines();
    let head = "Mã lượt thi,Mã người dự thi,Mã đơn vị,Lượt thứ,Điểm cũ,Điểm mới,Chênh lệch";
    assert_eq!(
        lines.next(),
        Some(head),
        "no column for a name or a number to call"
    );
    lines
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            let number = |at: usize| -> i32 { cells[at].parse().unwrap() };
            assert_eq!(number(5) - number(4), number(6), "{line}");
            (cells[0].to_owned(), (number(4), number(5)))
        })
        .collect()
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_list_of_a_trial_is_what_the_deed_changes_and_is_noted_in_the_log(pool: PgPool) {
    let console = Console::new(pool).await;
    let bench = &console.bench;
    crowd(bench, 80, 15).await;
    bench.close(1).await;
    bench.rank(1).await;
    let before = scores(bench).await;
    let list = format!("/quan-tri/cuoc-thi/{CONTEST}/vong/1/cham-lai");
    let form = format!("{list}/cau/4");
    let mut desk = console.logged_in(Role::Organiser).await;
    let trial = desk.post_form(&form, &[("cach", "full"), ("do", "try")]).await;
    assert_eq!(trial.status, StatusCode::OK, "{}", trial.text);
    assert!(trial.text.contains("Từng bài đổi điểm"), "{}", trial.text);
    let file = desk
        .post_form(&format!("{form}/tai"), &[("cach", "full"), ("format", "csv")])
        .await;
    assert_eq!(file.status, StatusCode::OK, "{}", file.text);
    let told = lines(&file.text);
    assert!(!told.is_empty());
    let shown = told.keys().filter(|id| trial.text.contains(id.as_str())).count();
    assert_eq!(shown, told.len().min(50), "the page shows the first fifty");
    assert_eq!(scores(bench).await, before, "a trial writes nothing");

    let why = [
        ("cach", "full"),
        ("do", "propose"),
        ("reason", "Câu hỏi không rõ nghĩa"),
    ];
    let proposal = desk.post_form(&form, &why).await.location;
    let mut chair = console.logged_in(Role::Board).await;
    let address = format!("{proposal}/tai");
    let proposed = chair.post_form(&address, &[("format", "csv")]).await;
    assert_eq!(lines(&proposed.text), told);
    let done = chair.post_form(&proposal, &[("do", "approve")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let after = scores(bench).await;
    let changed: BTreeMap<String, (i32, i32)> = before
        .iter()
        .filter(|(id, old)| after[*id] != **old)
        .map(|(id, old)| (id.to_string(), (old.0, after[id].0)))
        .collect();
    assert_eq!(changed, told, "what was told is what was done");
    let made = chair.post_form(&address, &[("format", "csv")]).await;
    assert_eq!(made.text, proposed.text);
    let page = chair.get(&proposal).await.text;
    let first = told.keys().filter(|id| page.contains(id.as_str())).count();
    assert_eq!(first, told.len().min(50));
    let book = chair.post_form(&address, &[("format", "xlsx")]).await;
    assert!(book.kind.contains("spreadsheetml"), "{}", book.kind);

    let noted: Vec<String> = sqlx::query_scalar(
        "select actor || ' ' || (facts->>'format') from audit
         where act = 'export' and facts->>'list' = 'score-changes' order by audit_id",
    )
    .fetch_all(&bench.pool)
    .await
    .unwrap();
    assert_eq!(
        noted,
        [
            "Trần Thị Hoa csv",
            "Lê Văn Bình csv",
            "Lê Văn Bình csv",
            "Lê Văn Bình xlsx"
        ]
    );
    for role in [Role::Admin, Role::Viewer] {
        let answer = console.logged_in(role).await.post_form(&address, &[]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
    }
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_list_that_another_rescoring_overtakes_breaks_off(pool: PgPool) {
    let console = Console::new(pool).await;
    let bench = &console.bench;
    crowd(bench, 40, 16).await;
    bench.close(1).await;
    let full = treatment(bench, "mot-dung-so-4", Some(Marking::FullMarks));
    let figures = tried(bench, &full).await.unwrap();
    let (contest, round) = (bench.contest(), bench.round(1));
    let rows = tried_changes(&bench.app, &contest, &round, &full).await.unwrap();
    let rows: Vec<ScoreChange> = rows.try_collect().await.unwrap();
    assert_eq!(rows.len() as i64, figures.attempts.changed);
    let overtaken = tried_changes(&bench.app, &contest, &round, &full).await.unwrap();
    let other = treatment(bench, "mot-dung-so-5", Some(Marking::Dropped));
    let id = super::proposed(bench, crate::helpers::SECRETARY, &other)
        .await
        .unwrap();
    super::approved(bench, crate::helpers::CHAIR, id).await.unwrap();
    let broken: Result<Vec<ScoreChange>, _> = overtaken.try_collect().await;
    assert!(broken.is_err(), "two scorings are not mixed");
}
