//! The desk of one marker: what it counts and lists, and who sees nothing else.

use super::{mark_all, rank, sample, sat, standings};
use crate::helpers::{Console, TestApp, step};
use axum::http::StatusCode;
use hoithi::action::close_round::Blocker;
use hoithi::domain::contest::Markers;
use hoithi::domain::essay::Turn;
use hoithi::domain::staff::Role;
use hoithi::store::essay_desk::{DeskCounts, DeskList};
use sqlx::PgPool;
use time::Duration;

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_desk_counts_in_the_database_as_the_rule_does_and_lists_a_page_at_a_time(pool: PgPool) {
    let two = Markers::Two {
        max_difference: Some(4),
    };
    let bench = TestApp::with(pool.clone(), sample(two)).await;
    for name in ["An", "Bình", "Chi", "Dung", "Giang", "Hà", "Khoa"] {
        sat(&bench, name, 6, "Bài của một người.").await;
    }
    bench.close(1).await;
    // By place: none, one mark, two that agree, two too far apart, those with a third, a lone mark of the reader, and his
    // with a second.
    let given: [(i64, i16, i32, &str); 10] = [
        (2, 1, 20, "Hoa"),
        (3, 1, 20, "Hoa"),
        (3, 2, 24, "Lan"),
        (4, 1, 10, "Hoa"),
        (4, 2, 20, "Lan"),
        (5, 1, 10, "Hoa"),
        (5, 2, 20, "Lan"),
        (5, 3, 15, "Minh"),
        (6, 1, 12, "HOÀNG  Ba"),
        (7, 1, 12, "Hoàng Ba"),
    ];
    for (place, seat, points, by) in given.into_iter().chain([(7, 2, 13, "Lan")]) {
        sqlx::query(
            "insert into essay_marks (round_id, participant_id, seat, points, marked_at, marked_by)
             select round_id, participant_id, $2, $3, $5, $4 from essays order by code offset $1 - 1 limit 1",
        )
        .bind(place)
        .bind(seat)
        .bind(points)
        .bind(by)
        .bind(bench.now())
        .execute(&pool)
        .await
        .unwrap();
    }
    let (round, store) = (bench.round(1), &bench.app.store);
    let mut tx = store.begin().await.unwrap();
    let sheets = tx.load_essays(round.id, &round.rules).await.unwrap();
    for reader in ["Hoàng Ba", "Hoa", "Minh", "Người mới"] {
        let turns = sheets.iter().map(|sheet| sheet.marks.turn(two, reader));
        let places = |wanted: fn(&Turn) -> bool| -> Vec<i64> {
            let turns = (1i64..).zip(turns.clone());
            turns
                .filter(|(_, turn)| turn.as_ref().is_some_and(wanted))
                .map(|(place, _)| place)
                .collect()
        };
        let waiting = places(|turn| matches!(turn, Turn::New(_)));
        let done = places(|turn| matches!(turn, Turn::Change(_)));
        let settled = sheets.iter().filter(|sheet| sheet.marks.outcome(two).is_some());
        let desk = store
            .open_essay_desk(round.id, &round.rules, reader)
            .await
            .unwrap()
            .unwrap();
        let counts = DeskCounts {
            all: 7,
            settled: settled.count() as i64,
            waiting: waiting.len() as i64,
            done: done.len() as i64,
            counted: 0,
        };
        assert_eq!(desk.count().await.unwrap(), counts, "{reader}");
        for (list, expected) in [(DeskList::Waiting, waiting), (DeskList::Done, done)] {
            let (mut found, mut after) = (Vec::new(), 0);
            while let Some(last) = {
                let page = desk.page(list, after, 2).await.unwrap();
                assert!(page.len() <= 2);
                found.extend(page.iter().map(|line| line.place));
                page.last().map(|line| line.place)
            } {
                after = last;
            }
            assert_eq!(found, expected, "{reader}");
        }
    }
    let ba = store
        .open_essay_desk(round.id, &round.rules, "Hoàng Ba")
        .await
        .unwrap()
        .unwrap();
    let own = ba.page(DeskList::Done, 0, 10).await.unwrap();
    let points: Vec<_> = own.iter().map(|line| (line.place, line.points)).collect();
    assert_eq!(
        points,
        [(6, Some(12)), (7, Some(12))],
        "own marks and nobody else's"
    );
    assert_eq!(ba.find(own[1].code).await.unwrap(), Some((7, 7)));
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn whoever_only_marks_finds_the_essays_and_sees_nothing_else(pool: PgPool) {
    let console = Console::with(pool, sample(Markers::One)).await;
    let bench = &console.bench;
    sat(bench, "An", 6, "Bài của một người.").await;
    sat(bench, "Bình", 6, "Bài của người khác.").await;
    let mut marker = console.logged_in(Role::Marker).await;
    let early = marker.get("/quan-tri").await;
    assert_eq!(early.status, StatusCode::OK);
    assert!(!early.text.contains(&step("bai-viet")), "{}", early.text);
    bench.close(1).await;
    let first = marker.get("/quan-tri").await.text;
    assert!(
        first.contains(&step("bai-viet")) && first.contains("Chờ bạn chấm: 2 bài"),
        "{first}"
    );
    for hidden in ["/quan-tri/nhat-ky", "/quan-tri/thi-dua"] {
        assert!(!first.contains(hidden), "{first}");
        assert_eq!(marker.get(hidden).await.status, StatusCode::FORBIDDEN, "{hidden}");
    }
    mark_all(&mut marker, &["20", "25"]).await;
    bench.rank(1).await;
    for hidden in ["xep-hang", "duyet", "cau-hoi", "cham-lai"] {
        let answer = marker.get(&step(hidden)).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{hidden}");
    }
    for list in ["standings", "entries"] {
        let file = marker
            .post_form(&step("xuat"), &[("list", list), ("format", "csv")])
            .await;
        assert_eq!(file.status, StatusCode::FORBIDDEN, "{list}");
    }
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn what_is_written_after_the_marks_is_marked_again(pool: PgPool) {
    let two = Markers::Two { max_difference: None };
    let console = Console::with(pool.clone(), sample(two)).await;
    let bench = &console.bench;
    sat(bench, "An", 6, "Bài của một người.").await;
    bench.close(1).await;
    let mut organiser = console.logged_in(Role::Organiser).await;
    let mut board = console.logged_in(Role::Board).await;
    mark_all(&mut organiser, &["20"]).await;
    mark_all(&mut board, &["22"]).await;
    assert_eq!(rank(bench).await, []);
    assert_eq!(standings(bench).await[0].1, 81);

    // As in a round that is opened again.
    bench.advance(Duration::minutes(1));
    sqlx::query("update essays set text = 'Bài của một người, viết lại.', saved_at = $1")
        .bind(bench.now())
        .execute(&pool)
        .await
        .unwrap();
    bench.advance(Duration::minutes(1));
    assert_eq!(rank(bench).await, [Blocker::EssaysUnmarked(1)]);
    mark_all(&mut organiser, &["10"]).await;
    mark_all(&mut board, &["11"]).await;
    assert_eq!(rank(bench).await, []);
    assert_eq!(
        standings(bench).await[0].1,
        71,
        "60 and the mean of the new marks"
    );
}
