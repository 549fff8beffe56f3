//! What newspapers' systems take beside the feed and the table of winners: RSS, and the table by unit. Until when people may
//! complain.

use crate::helpers::{Console, OPENS, Sample, TestApp, step};
use crate::open::{elements, two_entries};
use crate::pages::{Browser, at, plain};
use hoithi::domain::contest::ComplaintRules;
use hoithi::domain::participant::local_date;
use hoithi::domain::staff::Role;
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
        assert!(!rss.text.contains("Văn Công"), "no names");
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
        !text.contains("Văn Công") && !text.contains("Giải Nhất"),
        "winners have a table of their own: {text}"
    );
    assert!(
        reply
            .header("content-security-policy")
            .contains("frame-ancestors *")
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_time_for_complaints_is_told_with_the_result_and_fills_the_register(pool: PgPool) {
    let rules = ComplaintRules {
        within_days: 5,
        answer_days: 7,
    };
    let sample = Sample::default().definition(|definition| definition.complaints = Some(rules));
    let console = Console::with(pool, sample).await;
    let bench = &console.bench;
    two_entries(bench, 1).await;
    let browser = Browser::new(bench);
    let page = async |path: &str| plain(&browser.page(&at(path)).await);
    assert!(page("/the-le").await.contains("trong 5 ngày kể từ ngày công bố"));
    bench.conclude(1).await;
    let today = local_date(bench.now());
    let last = rules.last_day(today);
    let told = format!(
        "gửi bằng văn bản đến Ban Tổ chức đến hết ngày {}/{}/{}",
        last.day(),
        u8::from(last.month()),
        last.year()
    );
    let results = page("/ket-qua/1").await;
    assert!(results.contains(&told), "{told}: {results}");
    let mut desk = console.logged_in(Role::Organiser).await;
    let register = plain(&desk.get(&step("khieu-nai")).await.text);
    assert!(register.contains(&told), "{register}");
    let due = format!("id=\"han\" name=\"han\" value=\"{}\"", rules.due_day(today));
    assert!(register.contains(&due), "{due}: {register}");
}
