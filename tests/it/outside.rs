//! What newspapers' systems take beside the feed and the table of winners: RSS, and the table by unit.

use crate::helpers::{OPENS, TestApp};
use crate::open::{elements, two_entries};
use crate::pages::{Browser, at, plain};
use sqlx::PgPool;
use std::collections::BTreeSet;
use time::Duration;

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_same_news_come_as_rss_with_the_same_names_and_moments(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    two_entries(&bench, 1).await;
    bench.conclude(1).await;
    bench.at(OPENS + Duration::days(8));
    for path in ["/tin".to_owned(), at("/tin")] {
        let atom = bench.page(&format!("{path}.xml")).await;
        let rss = bench.page(&format!("{path}.rss")).await;
        assert_eq!(rss.header("content-type"), "application/rss+xml; charset=utf-8");
        assert_eq!(rss.header("cache-control"), "public, max-age=300");
        let titles = |xml: &str| elements(xml, "title").into_iter().collect::<Vec<_>>();
        assert_eq!(titles(&rss.text), titles(&atom.text), "{path}");
        let ids: BTreeSet<String> = elements(&atom.text, "id").into_iter().skip(1).collect();
        let guids: BTreeSet<String> = elements(&rss.text, "guid").into_iter().collect();
        assert_eq!(guids, ids);
        let days = elements(&rss.text, "pubDate");
        assert!(
            days.contains(&"Mon, 06 Jun 2033 08:00:00 +0700".to_owned()),
            "{days:?}"
        );
        assert_eq!(days.len(), ids.len());
        assert!(
            elements(&rss.text, "description")
                .iter()
                .any(|told| plain(told).contains("2 lượt, 2 người"))
        );
        assert!(!rss.text.contains("Công"), "no names");
    }
    let page = Browser::new(&bench).page(&at("/ket-qua/1")).await;
    for words in [
        format!(
            "type=\"application/rss+xml\" title=\"Tìm hiểu lịch sử tỉnh nhà\" href=\"{}\"",
            at("/tin.rss")
        ),
        "/ket-qua/1/nhung?bang=don-vi&quot;".to_owned(),
    ] {
        assert!(page.contains(&words), "{words}: {page}");
    }
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_table_by_unit_can_be_framed_once_the_result_is_out(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    two_entries(&bench, 1).await;
    let path = at("/ket-qua/1/nhung?bang=don-vi");
    let before = bench.page(&path).await.text;
    assert!(
        !before.contains("Huyện") && before.contains("Kết quả chưa được công bố."),
        "{before}"
    );
    bench.conclude(1).await;
    let reply = bench.page(&path).await;
    let text = plain(&reply.text);
    for words in [
        "Số liệu theo đơn vị tuần 1",
        "Huyện Một",
        "Huyện Hai",
        "<th>Lượt</th>",
        "<th>Tỷ lệ</th>",
        "1%",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(
        !text.contains("Công") && !text.contains("Giải Nhất"),
        "winners have a table of their own: {text}"
    );
    assert!(
        reply
            .header("content-security-policy")
            .contains("frame-ancestors *")
    );
}
