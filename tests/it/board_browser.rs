//! The live board in real Chromium: what a screen on the organiser's wall shows.

use crate::browser::{Browser, Scripts};
use crate::helpers::stage;
use fantoccini::Locator;
use sqlx::PgPool;

const BOARD: &str = "/quan-tri/cuoc-thi/lang-son-90-nam/truc-tiep";

/// Waits until a figure of the board shows that number.
async fn shows(browser: &Browser, figure: &str, number: i64) {
    let path = format!("//b[@data-figure='{figure}' and .='{number}']");
    let wait = browser.client.wait().at_most(std::time::Duration::from_secs(60));
    if let Err(error) = wait.for_element(Locator::XPath(&path)).await {
        panic!(
            "{figure} never became {number}: {error}\n{}",
            browser.text("#board").await
        );
    }
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_board_follows_a_crowd_by_itself_and_stops_with_the_log_in(pool: PgPool) {
    let stage = stage(&pool).await;
    let password = stage.place.add_staff("lan", "Hoàng Thị Lan", "organiser").await;
    let browser = Browser::open(&stage.server, Scripts::On, 1280).await;
    browser.log_in_as_staff("lan", password).await;
    browser.go(BOARD).await;
    browser.element("[data-now=live]").await;
    shows(&browser, "attempts", 0).await;
    let mark = "document.getElementById('board').dataset.same = 'yes'";
    browser.client.execute(mark, Vec::new()).await.unwrap();
    stage.place.simulate(60, 7).await;
    let (attempts, people): (i64, i64) =
        sqlx::query_as("select count(*), count(distinct participant_id) from submissions")
            .fetch_one(&pool)
            .await
            .unwrap();
    assert!(attempts > 0);
    shows(&browser, "attempts", attempts).await;
    shows(&browser, "people", people).await;
    browser.element("[data-part=units] tbody tr").await;
    browser.element("#board[data-same=yes]").await;
    stage.place.run(&["staff", "disable", "lan"]).await;
    browser.element("[data-now=login]").await;
    browser.close().await;
    stage.server.kill().await;
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn without_scripts_the_board_shows_the_same_and_loads_itself_again(pool: PgPool) {
    let stage = stage(&pool).await;
    let password = stage.place.add_staff("lan", "Hoàng Thị Lan", "organiser").await;
    let browser = Browser::open(&stage.server, Scripts::Off, 400).await;
    browser.log_in_as_staff("lan", password).await;
    browser.go(BOARD).await;
    shows(&browser, "attempts", 0).await;
    browser.element("[data-part=alarms] .notice.ok").await;
    let page = browser.client.source().await.unwrap();
    assert!(page.contains("http-equiv=\"refresh\""), "{page}");
    browser.close().await;
    stage.server.kill().await;
}
