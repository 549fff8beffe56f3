//! What the live board, the probe and the metrics warn of: keys that look wrong, a disk that is getting full.

use crate::board::{Events, staff};
use crate::helpers::TestApp;
use crate::items::{crowd, set_key};
use hoithi::action::count_items::{Counted, follow};
use hoithi::domain::watch::Room;
use sqlx::PgPool;

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_board_counts_keys_that_look_wrong_until_the_question_is_marked_otherwise(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let token = staff(&bench, "hoa").await;
    let mut events = Events::open(&bench.router, &token).await;
    let quiet = events.next().await.unwrap();
    assert!(quiet.contains("Không có cảnh báo."), "{quiet}");
    // People answer as the true key says; then the key is written wrong.
    crowd(&bench, 500, 7).await;
    set_key(&bench, 2).await;
    let mut counted = Counted::default();
    follow(&bench.app, bench.now(), &mut counted).await.unwrap();
    let warned = events.says("dấu hiệu sai đáp án").await;
    assert!(warned.contains("1 câu hỏi có dấu hiệu sai đáp án"), "{warned}");
    assert!(
        !warned.contains("notice error"),
        "it is nothing that entrants feel now: {warned}"
    );
    assert!(
        !warned.contains("Câu thứ 4"),
        "the board does not tell which: {warned}"
    );
    // The right key again: the counts are made anew, and the warning goes.
    set_key(&bench, 0).await;
    sqlx::query("delete from item_tallies")
        .execute(&bench.pool)
        .await
        .unwrap();
    follow(&bench.app, bench.now(), &mut counted).await.unwrap();
    events.says("Không có cảnh báo.").await;
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_disk_that_is_getting_full_is_told_on_the_board_at_the_probe_and_in_the_metrics(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let token = staff(&bench, "hoa").await;
    let mut events = Events::open(&bench.router, &token).await;
    assert!(events.next().await.unwrap().contains("Không có cảnh báo."));
    let metric = async |line: &str| {
        let text = bench.page("/metrics").await.text;
        assert!(text.lines().any(|found| found == line), "{line} in {text}");
    };
    assert_eq!(bench.page("/readyz").await.text, "ready\n");
    metric("hoithi_disk_free_bytes -1").await;
    metric("hoithi_disk_low 0").await;

    let room = |free: u64| {
        Some(Room {
            free: free << 20,
            least: 1 << 30,
        })
    };
    bench.app.pulse.note_room(room(700));
    let low = events.says("chỉ còn trống 700 MB").await;
    assert!(!low.contains("notice error"), "{low}");
    let ready = bench.page("/readyz").await;
    assert_eq!(
        (ready.status.as_u16(), ready.text.as_str()),
        (200, "ready\ndisk low: 700 MiB free\n")
    );
    metric(&format!("hoithi_disk_free_bytes {}", 700 << 20)).await;
    metric("hoithi_disk_low 1").await;

    bench.app.pulse.note_room(room(100));
    let nearly_full = events.says("chỉ còn trống 100 MB").await;
    assert!(nearly_full.contains("notice error"), "{nearly_full}");
    bench.app.pulse.note_room(room(2_000));
    events.says("Không có cảnh báo.").await;
    assert_eq!(bench.page("/readyz").await.text, "ready\n");
}
