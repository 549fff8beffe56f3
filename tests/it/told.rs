//! What the public and programs are told of a corrected result, and of the key.

use crate::helpers::{CHAIR, CONTEST, OPENS, SECRETARY, Sample, TestApp};
use crate::open::{elements, two_entries};
use crate::pages::{Browser, at, plain};
use crate::ruling::{crowd, in_force, rule};
use hoithi::action::approve_round::approve_round;
use hoithi::action::count_items::whole;
use hoithi::action::rule::{approve_correction, propose_correction};
use hoithi::domain::contest::KeyPublication;
use hoithi::domain::ruling::{Ruling, Target, Void};
use sqlx::PgPool;
use time::Duration;

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_feed_and_the_api_tell_a_corrected_result_from_the_first(pool: PgPool) {
    let bench = crowd(pool, 40).await;
    for step in [1, 2, 3] {
        match step {
            1 => bench.rank(1).await,
            2 => bench.approve(1).await,
            _ => bench.publish(1).await,
        }
    }
    let titles = async || -> Vec<String> {
        let feed = bench.page(&at("/tin.xml")).await.text;
        elements(&feed, "title")
            .iter()
            .map(|title| plain(title))
            .collect()
    };
    let results = async || {
        bench
            .get(&format!("/contests/{CONTEST}/rounds/1/results"), None)
            .await
            .ok()
    };
    let first = results().await;
    assert_eq!(
        (&first["version"], &first["corrected"]),
        (&1.into(), &false.into())
    );
    assert!(first["correction"].is_null());
    assert!(!titles().await.iter().any(|title| title.contains("Đính chính")));

    let (now, round) = (bench.now(), bench.round(1));
    let winner = in_force(&bench).await.awards[0].award.participant;
    let id = propose_correction(&bench.app, now, SECRETARY, &round, "một bài nộp hộ")
        .await
        .unwrap();
    approve_correction(&bench.app, now, CHAIR, &round, id, None)
        .await
        .unwrap();
    assert!(
        titles().await.contains(&"Kết quả tuần 1".to_owned()),
        "it stays told meanwhile"
    );
    rule(
        &bench,
        Ruling::Void(Void {
            target: Target::Person { person: winner },
        }),
    )
    .await;
    approve_round(&bench.app, now, SECRETARY, &bench.round(1), None)
        .await
        .unwrap();
    bench.advance(Duration::HOUR);
    bench.publish(1).await;

    let feed = bench.page(&at("/tin.xml")).await.text;
    let told = titles().await;
    assert_eq!(
        told[1..3],
        ["Đính chính kết quả tuần 1", "Kết quả tuần 1"],
        "{told:?}"
    );
    let summaries = elements(&feed, "summary");
    assert!(
        plain(&summaries[0]).contains("Lý do đính chính: một bài nộp hộ"),
        "{summaries:?}"
    );
    assert!(
        plain(&summaries[1]).contains("Bản công bố lần 1, đã được đính chính."),
        "{summaries:?}"
    );
    assert!(feed.contains(&format!("{}?ban=1\"", at("/ket-qua/1"))), "{feed}");
    let second = results().await;
    assert_eq!(
        (&second["version"], &second["corrected"]),
        (&2.into(), &true.into())
    );
    assert_eq!(second["correction"], "một bài nộp hộ");
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_page_of_the_key_tells_how_many_were_right_once_everything_is_counted(pool: PgPool) {
    let sample =
        Sample::default().definition(|definition| definition.answer_key = KeyPublication::AfterRound);
    let bench = TestApp::with(pool, sample).await;
    let browser = Browser::new(&bench);
    two_entries(&bench, 1).await;
    // Somebody who leaves everything out.
    bench
        .participant("Trống")
        .await
        .start(1)
        .await
        .submit()
        .await
        .ok();
    bench.conclude(1).await;
    bench.at(OPENS + Duration::weeks(3));
    bench.close(2).await;
    let page = async || plain(&browser.page(&at("/ket-qua/1/dap-an")).await);
    assert!(!page().await.contains("trả lời đúng ("), "nothing is counted yet");
    let counts = whole(&bench.app, &bench.contest(), &bench.round(1))
        .await
        .unwrap();
    let met = counts
        .tally
        .item_statistics()
        .iter()
        .filter(|item| item.exposure > 0)
        .count();
    assert!(met > 6, "several papers");
    let shown = page().await;
    assert_eq!(
        shown.matches("số lượt gặp câu này trả lời đúng (").count(),
        met,
        "{shown}"
    );
    for item in counts.tally.item_statistics() {
        let (all, blank) = (item.exposure, item.blank);
        if all == 3 && blank == 1 {
            assert!(
                shown.contains("66,7% số lượt gặp câu này trả lời đúng (3 lượt)."),
                "{shown}"
            );
        }
    }
    assert!(
        shown.contains("100% số lượt") || shown.contains("50% số lượt") || shown.contains("66,7% số lượt")
    );
}
