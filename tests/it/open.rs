//! Published results as other sites, programs and newspapers get them: frame, feed, picture, key, archive.

use crate::helpers::{CONTEST, OPENS, Reply, Sample, TestApp};
use crate::pages::{Browser, at, plain};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use hoithi::domain::contest::KeyPublication;
use serde_json::json;
use sqlx::PgPool;
use std::collections::BTreeSet;
use time::Duration;

/// Two people of different units with all answers right, one of whom does not want to be named.
pub async fn two_entries(bench: &TestApp, round: u16) {
    let open = bench.participant("Công").await;
    let changes = json!({ "consent_publish": false, "unit": "H2" });
    let hidden = bench.participant_with("Kín", changes).await;
    for person in [&open, &hidden] {
        let sitting = person.start(round).await;
        for (question, labels) in sitting.key().await {
            sitting.answer(question, &labels).await;
        }
        sitting.predict(2).await;
        bench.advance(Duration::minutes(1));
        sitting.submit().await.ok();
    }
}

/// A GET through everything that surrounds the routes, with one header; pictures are not text.
async fn fetch(
    bench: &TestApp,
    path: &str,
    header: (&str, &str),
) -> (StatusCode, axum::http::HeaderMap, Vec<u8>) {
    use tower::ServiceExt;
    let request = Request::get(path)
        .header(header.0, header.1)
        .body(Body::empty())
        .unwrap();
    let response = bench.router.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    (parts.status, parts.headers, bytes.to_vec())
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn nothing_of_a_round_is_told_to_anybody_before_its_publication(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let own = ["/tin.xml", "/anh.png", "/ket-qua/1/anh.png", "/ket-qua/1/nhung"].map(at);
    let paths: Vec<String> = own.into_iter().chain(["/tin.xml".to_owned()]).collect();
    let mut before = Vec::new();
    for path in &paths {
        before.push(fetch(&bench, path, ("accept", "*/*")).await.2);
    }
    two_entries(&bench, 1).await;
    for (path, before) in paths.iter().zip(before) {
        let now = fetch(&bench, path, ("accept", "*/*")).await.2;
        assert!(now == before, "{path} tells of two submissions");
    }
    bench.close(1).await;
    bench.rank(1).await;
    bench.approve(1).await;
    for path in [
        "/ket-qua".to_owned(),
        at("/ket-qua/danh-sach"),
        at("/ket-qua/1/dap-an"),
    ] {
        let page = bench.page(&path).await.text;
        assert!(
            !page.contains("Công") && !page.contains("N.V.K."),
            "{path}: {page}"
        );
    }
    let frame = bench.page(&at("/ket-qua/1/nhung")).await.text;
    assert!(
        frame.contains("Kết quả chưa được công bố.") && !frame.contains("Công") && !frame.contains("lượt"),
        "{frame}"
    );
    let feed = bench.page("/tin.xml").await.text;
    assert!(!feed.contains("2 lượt"), "{feed}");
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_frame_names_winners_sets_no_cookie_and_is_the_only_page_that_may_be_framed(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    two_entries(&bench, 1).await;
    bench.conclude(1).await;
    let reply = bench.page(&at("/ket-qua/1/nhung")).await;
    assert_eq!(reply.status, 200);
    let text = plain(&reply.text);
    for words in [
        "Kết quả tuần 1",
        "Tuần 1: 2 lượt, 2 người, 2 giải",
        "Nguyễn Văn Công",
        "N.V.K.",
        "Huyện Hai",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains("Văn Kín") && !text.contains("<script"), "{text}");
    assert!(text.len() < 6_000, "{} bytes", text.len());
    let policy = |reply: &Reply| reply.header("content-security-policy").to_owned();
    assert!(policy(&reply).contains("frame-ancestors *") && policy(&reply).contains("default-src 'none'"));
    assert!(!reply.headers.contains_key("set-cookie"));
    assert_eq!(reply.header("cache-control"), "public, max-age=300");
    let tag = reply.header("etag").to_owned();
    let (status, headers, body) = fetch(&bench, &at("/ket-qua/1/nhung"), ("if-none-match", &tag)).await;
    assert_eq!((status.as_u16(), body.len()), (304, 0));
    assert!(!headers.contains_key("set-cookie"));
    for path in [
        at("/ket-qua/1"),
        at("/ket-qua"),
        at("/ket-qua/danh-sach"),
        "/".to_owned(),
        "/tin.xml".to_owned(),
    ] {
        let other = bench.page(&path).await;
        assert!(policy(&other).contains("frame-ancestors 'none'"), "{path}");
    }
    assert_eq!(bench.page(&at("/ket-qua/9/nhung")).await.status, 404);
}

/// Text of every element of that name, read as XML.
pub fn elements(xml: &str, name: &str) -> Vec<String> {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut found, mut inside) = (Vec::new(), false);
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(start) if start.name().as_ref() == name => {
                inside = true;
                found.push(String::new());
            }
            Event::End(end) if end.name().as_ref() == name => inside = false,
            Event::Text(text) if inside => found.last_mut().unwrap().push_str(&text),
            Event::GeneralRef(sign) if inside => {
                let letter = match sign.resolve_char_ref().unwrap() {
                    Some(letter) => letter.to_string(),
                    None => quick_xml::escape::resolve_predefined_entity(&sign)
                        .expect("XML knows it")
                        .to_owned(),
                };
                found.last_mut().unwrap().push_str(&letter);
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_feed_tells_of_openings_extensions_and_results_each_once(pool: PgPool) {
    use hoithi::action::extend_round::extend_round;
    let title = "Tìm hiểu <lịch sử> & \"văn hóa\"";
    let sample = Sample::default().definition(|definition| definition.title = title.to_owned());
    let bench = TestApp::with(pool, sample).await;
    let opened = bench.page(&at("/tin.xml")).await;
    assert_eq!(
        opened.header("content-type"),
        "application/atom+xml; charset=utf-8"
    );
    assert_eq!(elements(&opened.text, "title"), [title, "Tuần 1 đã mở"]);
    two_entries(&bench, 1).await;
    // Round 2 opens when round 1 closes: only the last can be extended.
    bench.conclude(1).await;
    bench.at(OPENS + Duration::days(8));
    let round = bench.round(2);
    let until = round.closes_at + Duration::DAY;
    let by = crate::helpers::SECRETARY;
    extend_round(
        &bench.app,
        bench.now(),
        by,
        &round,
        until,
        "Bão, mất điện ở nhiều xã",
    )
    .await
    .unwrap();
    let feed = bench.page(&at("/tin.xml")).await;
    let titles: Vec<String> = elements(&feed.text, "title")
        .iter()
        .map(|text| plain(text))
        .collect();
    assert_eq!(
        titles,
        [
            title,
            "Tuần 2 được kéo dài",
            "Tuần 2 đã mở",
            "Kết quả tuần 1",
            "Tuần 1 đã mở"
        ]
    );
    assert!(
        !feed.text.contains("mất điện") && !feed.text.contains(by.name),
        "reasons are for the log"
    );
    assert!(
        !feed.text.contains("Công"),
        "no names: entries are kept by readers for good"
    );
    let ids = elements(&feed.text, "id");
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{ids:?}");
    let summaries = elements(&feed.text, "summary");
    assert!(
        summaries
            .iter()
            .any(|text| plain(text).contains("2 lượt, 2 người, 2 giải")),
        "{summaries:?}"
    );
    assert!(
        summaries
            .iter()
            .any(|text| plain(text).contains("đến 08:00 thứ Ba, 21/6/2033")),
        "{summaries:?}"
    );
    let updated = elements(&feed.text, "updated");
    assert!(updated.is_sorted_by(|a, b| a >= b), "{updated:?}");
    let tag = feed.header("etag").to_owned();
    assert_eq!(
        fetch(&bench, &at("/tin.xml"), ("if-none-match", &tag)).await.0,
        304
    );
    assert_ne!(tag, opened.header("etag"));
    let all = bench.page("/tin.xml").await;
    assert_eq!(elements(&all.text, "entry").len(), 4);
    let page = Browser::new(&bench).page(&at("")).await;
    assert!(page.contains(&format!("href=\"{}\"", at("/tin.xml"))), "{page}");
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_picture_is_a_png_of_its_own_for_each_state(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let path = at("/ket-qua/1/anh.png");
    let (status, headers, waiting) = fetch(&bench, &path, ("accept", "image/*")).await;
    assert_eq!(
        (status.as_u16(), headers["content-type"].to_str().unwrap()),
        (200, "image/png")
    );
    assert!(waiting.starts_with(b"\x89PNG") && !headers.contains_key("set-cookie"));
    two_entries(&bench, 1).await;
    bench.conclude(1).await;
    let (_, headers, published) = fetch(&bench, &path, ("accept", "image/*")).await;
    assert_ne!(waiting, published);
    assert_eq!(headers["cache-control"], "public, max-age=900");
    let tag = headers["etag"].to_str().unwrap();
    assert_eq!(fetch(&bench, &path, ("if-none-match", tag)).await.0, 304);
    let page = Browser::new(&bench).page(&at("/ket-qua/1")).await;
    let image = format!("<meta property=\"og:image\" content=\"http://localhost:8080{path}\">");
    assert!(page.contains(&image), "{page}");
    assert_eq!(bench.page("/cuoc-thi/khong-co/anh.png").await.status, 404);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_key_is_shown_when_no_round_may_ask_the_questions_any_more(pool: PgPool) {
    let rule = |rule| Sample::default().definition(|definition| definition.answer_key = rule);
    let bench = TestApp::with(pool, rule(KeyPublication::AfterRound)).await;
    let browser = Browser::new(&bench);
    let page = async || plain(&browser.page(&at("/ket-qua/1/dap-an")).await);
    assert!(
        page()
            .await
            .contains("Đáp án được công bố cùng lúc với kết quả tuần 1.")
    );
    two_entries(&bench, 1).await;
    bench.conclude(1).await;
    let held = page().await;
    assert!(held.contains("17 câu còn có thể được hỏi ở vòng khác"), "{held}");
    assert!(
        !held.contains("Giải thích riêng") && !held.contains("Phương án"),
        "{held}"
    );
    bench.at(OPENS + Duration::weeks(3));
    bench.close(2).await;
    let shown = page().await;
    assert_eq!(shown.matches("<li id=\"cau-").count(), 17, "{shown}");
    assert_eq!(
        shown.matches("✓ Đúng").count(),
        12 + 5 * 2,
        "one right option, or two"
    );
    assert!(
        shown.contains("Giải thích riêng 1") && shown.contains("Nguồn: Nguồn riêng"),
        "{shown}"
    );
    let results = browser.page(&at("/ket-qua/1")).await;
    assert!(results.contains(&at("/ket-qua/1/dap-an")));
    bench.load(&rule(KeyPublication::AfterContest)).await;
    assert!(page().await.contains("sau khi có kết quả của tất cả các vòng"));
    bench.load(&rule(KeyPublication::Never)).await;
    assert_eq!(browser.open(&at("/ket-qua/1/dap-an")).await.status, 404);
    assert!(!browser.page(&at("/ket-qua/1")).await.contains("dap-an"));
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn results_have_charts_by_hour_and_unit_and_stand_in_the_archive_for_good(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let browser = Browser::new(&bench);
    assert!(
        browser
            .page("/ket-qua")
            .await
            .contains("Chưa có cuộc thi nào công bố kết quả.")
    );
    two_entries(&bench, 1).await;
    bench.conclude(1).await;
    let page = plain(&browser.page(&at("/ket-qua/1")).await);
    for words in [
        "Đông nhất từ 8 đến 10 giờ: 2 lượt",
        "Huyện Một đông nhất: 1 lượt, bằng 50% tổng số",
        "class=\"chart tiles\"",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let archive = plain(&browser.page("/ket-qua").await);
    for words in [
        "Tìm hiểu lịch sử tỉnh nhà",
        "2 lượt · 2 giải",
        &at("/ket-qua/1"),
        &at("/ket-qua/danh-sach"),
    ] {
        assert!(archive.contains(words), "{words}: {archive}");
    }
    assert!(!archive.contains(&at("/ket-qua/2")), "round 2 is not out");
    let winners = plain(&browser.page(&at("/ket-qua/danh-sach")).await);
    for words in [
        "Kết quả tuần 1",
        "Giải Nhất",
        "Nguyễn Văn Công",
        "N.V.K.",
        "Giấy khen tập thể",
    ] {
        assert!(winners.contains(words), "{words}: {winners}");
    }
    assert!(
        !winners.contains("Văn Kín") && !winners.contains("tuần 2"),
        "{winners}"
    );
    assert!(!archive.contains(&format!("{CONTEST}/ket-qua/2")));
}
