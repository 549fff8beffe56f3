//! What is shown, to whom and when: states, results, own attempts, receipts.

use super::{Browser, GOOD, at, plain, with};
use crate::helpers::{OPENS, PASSWORD, Sample, TestApp};
use hoithi::domain::contest::{Feedback, Field};
use serde_json::json;
use sqlx::PgPool;
use time::Duration;

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_button_of_a_contest_follows_its_state(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let stranger = Browser::new(&bench);
    let button = |page: &str| {
        plain(
            page.split("class=\"button\"")
                .nth(1)
                .unwrap()
                .split('>')
                .nth(1)
                .unwrap(),
        )
        .replace("</a", "")
    };
    let shown = async |browser: &Browser| button(&browser.page(&at("")).await);
    bench.at(OPENS - Duration::hours(50));
    let page = plain(&stranger.page(&at("")).await);
    assert!(
        page.contains("Tuần 1 mở lúc 08:00 thứ Hai, 6/6/2033") && page.contains("Còn 2 ngày 2 giờ"),
        "{page}"
    );
    assert_eq!(button(&page), "Đăng ký trước");
    bench.at(OPENS + Duration::HOUR);
    assert_eq!(shown(&stranger).await, "Vào thi");
    let person = bench.participant("An").await;
    let own = Browser::new(&bench);
    own.post(
        &at("/dang-nhap"),
        &[("phone", &person.phone), ("password", PASSWORD)],
    )
    .await;
    assert_eq!(shown(&own).await, "Vào thi");
    let sitting = person.start(1).await;
    bench.advance(Duration::minutes(4));
    assert_eq!(shown(&own).await, "Làm tiếp (còn 6 phút)");
    assert!(plain(&own.page("/bai-thi").await).contains("Lượt 1 tuần 1 đang làm."));
    sitting.submit().await.ok();
    for _ in 0..2 {
        person.start(1).await.submit().await.ok();
    }
    assert_eq!(shown(&own).await, "Xem bài thi của tôi");
    assert!(plain(&own.page(&at("")).await).contains("Đã dùng hết 3 lượt của tuần này."));
    bench.conclude(1).await;
    bench.at(OPENS + Duration::weeks(3));
    let page = stranger.page(&at("")).await;
    assert!(page.contains("Kết quả đang được kiểm tra, phê duyệt."), "{page}");
    bench.conclude(2).await;
    assert_eq!(shown(&stranger).await, "Xem kết quả");
    assert!(
        stranger
            .page(&at("/dang-ky"))
            .await
            .contains("nên không nhận đăng ký nữa")
    );
    assert_eq!(stranger.post(&at("/dang-ky"), &GOOD).await.status, 409);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn results_are_shown_after_publication_alone_and_name_only_who_agreed(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let open = bench.participant("Công").await;
    let hidden = bench
        .participant_with("Kín", json!({ "consent_publish": false, "unit": "X2" }))
        .await;
    for person in [&open, &hidden] {
        let sitting = person.start(1).await;
        for (question, labels) in sitting.key().await {
            sitting.answer(question, &labels).await;
        }
        sitting.predict(2).await;
        bench.advance(Duration::minutes(1));
        sitting.submit().await.ok();
    }
    let browser = Browser::new(&bench);
    let page = async || plain(&browser.page(&at("/ket-qua/1")).await);
    assert!(
        page()
            .await
            .contains("Tuần 1 đang mở đến 08:00 thứ Hai, 13/6/2033.")
    );
    bench.close(1).await;
    bench.rank(1).await;
    bench.approve(1).await;
    let before = page().await;
    assert!(
        before.contains("đang được kiểm tra, phê duyệt") && !before.contains("Nguyễn"),
        "{before}"
    );
    assert!(!browser.page(&at("/ket-qua")).await.contains("ket-qua/1"));
    assert!(
        browser
            .page(&at("/don-vi/X1"))
            .await
            .contains("Chưa có số liệu của đơn vị này.")
    );
    bench.publish(1).await;
    let after = page().await;
    for words in [
        "<b>2</b> lượt dự thi trong tuần",
        "<b>2</b> người dự thi trong tuần",
        "<b>2</b> lượt đúng cả 6 câu",
        "Câu dự đoán: số lượt dự thi của tuần là 2.",
        "Nguyễn Văn Công",
        "N.V.K.",
        "Hạng 1: 60 điểm; dự đoán 2, lệch 0; làm bài 1 phút; nộp lúc 09:01:00 ngày 6/6/2033.",
        "Giấy khen tập thể",
        "Huyện Một",
    ] {
        assert!(after.contains(words), "{words}: {after}");
    }
    assert!(!after.contains("Kín") && !after.contains(&open.phone) && !after.contains(&hidden.phone));
    let unit = plain(&browser.page(&at("/don-vi/H1")).await);
    assert!(
        unit.contains("<b>2</b> lượt dự thi") && unit.contains("Xã Một"),
        "{unit}"
    );
    assert!(
        browser
            .page(&at(""))
            .await
            .contains(&format!("href=\"{}\"", at("/ket-qua/1")))
    );
}

/// A person with one blank attempt and one all right, and what "my attempts" shows.
async fn two_attempts(bench: &TestApp) -> String {
    let person = bench.participant("An").await;
    let browser = Browser::new(bench);
    browser
        .post(
            &at("/dang-nhap"),
            &[("phone", &person.phone), ("password", PASSWORD)],
        )
        .await;
    assert!(
        browser
            .page("/bai-thi")
            .await
            .contains("Chưa có lượt thi nào. Tuần 1 đang mở.")
    );
    person.start(1).await.submit().await.ok();
    let second = person.start(1).await;
    for (question, labels) in second.key().await {
        second.answer(question, &labels).await;
    }
    second.submit().await.ok();
    plain(&browser.page("/bai-thi").await)
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn my_attempts_tell_the_points_and_which_attempt_counts(pool: PgPool) {
    let mine = two_attempts(&TestApp::new(pool).await).await;
    assert!(mine.contains("60/60") && mine.contains("0/60"), "{mine}");
    let counted = mine
        .split("<tr class=\"here\">")
        .nth(1)
        .unwrap()
        .split("</tr>")
        .next()
        .unwrap();
    assert!(
        counted.contains("Tuần 1, lượt 2") && counted.contains("được tính"),
        "{counted}"
    );
    assert_eq!(mine.matches("được tính").count(), 1);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn my_attempts_keep_silent_where_the_contest_tells_no_points(pool: PgPool) {
    let silent = Sample::default().rules(|rules| rules.attempts.feedback = Feedback::None);
    let bench = TestApp::with(pool, silent).await;
    let mine = two_attempts(&bench).await;
    assert_eq!(mine.matches("đã nhận").count(), 2, "{mine}");
    assert!(!mine.contains("/60") && !mine.contains("được tính"), "{mine}");
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_receipt_is_verified_however_it_is_typed_and_tells_nothing_else(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let person = bench.participant("An").await;
    let receipt = person.start(1).await.submit().await.ok()["receipt"]
        .as_str()
        .unwrap()
        .to_owned();
    let browser = Browser::new(&bench);
    let check = async |typed: &str| browser.post("/xac-minh", &[("ma", typed)]).await;
    let spaced = format!(
        " {} {}-{} ",
        &receipt[..4].to_lowercase(),
        &receipt[4..8],
        &receipt[8..]
    );
    for typed in [receipt.as_str(), &spaced] {
        let reply = check(typed).await;
        assert_eq!(reply.status, 200);
        let page = plain(&reply.text);
        assert!(
            page.contains("Có bài thi khớp với mã này:</b> tuần 1, nộp lúc 09:00:00 ngày 6/6/2033."),
            "{page}"
        );
        assert!(!page.contains("Nguyễn") && !page.contains("điểm/") && !page.contains(&person.phone));
    }
    for typed in [
        "",
        "ABC",
        "0000000000",
        "<script>alert(1)</script>",
        &"9".repeat(5_000),
        "ĐĐĐĐĐĐĐĐĐĐ",
    ] {
        let reply = check(typed).await;
        assert_eq!(reply.status, 422, "{typed}");
        assert!(
            reply.text.contains("Không tìm thấy mã này. Mã có 10 ký tự"),
            "{typed}"
        );
        assert!(!reply.text.contains("<script>alert"));
    }
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn addresses_that_lead_nowhere_are_our_own_page(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let browser = Browser::new(&bench);
    for path in [
        "/khong-co",
        "/cuoc-thi/khong-co",
        "/cuoc-thi/%ff",
        "/cuoc-thi/mau/khong-co",
        "/cuoc-thi/mau/ket-qua/0",
        "/cuoc-thi/mau/ket-qua/3",
        "/cuoc-thi/mau/ket-qua/01",
        "/cuoc-thi/mau/ket-qua/99999999999",
        "/cuoc-thi/mau/ket-qua/-1",
        "/cuoc-thi/mau/don-vi/KHONG-CO",
        "/cuoc-thi/khong-co/dang-ky",
    ] {
        let reply = browser.open(path).await;
        assert_eq!(reply.status, 404, "{path}");
        assert!(reply.text.contains("Không có trang này"), "{path}");
    }
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn every_page_is_whole_in_both_languages_and_has_nothing_inline(pool: PgPool) {
    let rules =
        "## Ai dự thi\n\nMọi người <script>alert(1)</script>\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n";
    let sample = Sample::default().definition(|definition| {
        definition.rules = Some(rules.to_owned());
        definition.hotline = Some("0205 3812 345, giờ hành chính".to_owned());
        definition.data_deleted_by = Some(time::macros::date!(2034 - 01 - 01));
        definition.fields.optional.insert(Field::Referral);
    });
    let bench = TestApp::with(pool, sample).await;
    let person = bench.participant("An").await;
    person.start(1).await.submit().await.ok();
    bench.conclude(1).await;
    bench.at(OPENS + Duration::weeks(1) + Duration::HOUR);
    let running = person.start(2).await;
    let browser = Browser::new(&bench);
    browser
        .post(
            &at("/dang-nhap"),
            &[("phone", &person.phone), ("password", PASSWORD)],
        )
        .await;
    for lang in ["vi", "en"] {
        browser.post("/hien-thi", &[("lang", lang), ("back", "/")]).await;
        for path in [
            "/",
            "/bai-thi",
            "/xac-minh",
            "/chung-nhan",
            "/tro-giup",
            "/du-lieu-ca-nhan",
            &at(""),
            &at("/the-le"),
            &at("/dang-ky"),
            &at("/dang-nhap"),
            &at("/mat-khau"),
            &at("/don-vi"),
            &at("/don-vi/H1"),
            &at("/ket-qua"),
            &at("/ket-qua/1"),
            &at("/ket-qua/2"),
        ] {
            let page = browser.page(path).await;
            assert!(page.contains(&format!("<html lang=\"{lang}\"")), "{path}");
            for bad in [
                " style=",
                "<style",
                " onclick",
                "<script>",
                "javascript:",
                "{ $",
                "&lt;script",
                "src=\"http",
            ] {
                assert!(!page.contains(bad), "{bad} in {lang} {path}");
            }
            // A key without a message would be printed as it is.
            let words = page.split(['<', '>']).map(str::trim);
            let key = words.filter(|word| word.contains('-') && !word.contains([' ', '=', '/', '.', '\n']));
            let key: Vec<_> = key
                .filter(|word| word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'))
                .collect();
            assert!(key.is_empty(), "{key:?} on {lang} {path}");
            assert!(page.len() < 60_000, "{path} has {} bytes", page.len());
        }
    }
    drop(running);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn units_are_found_without_marks_and_the_form_stays_as_typed(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let browser = Browser::new(&bench);
    let search = with(&[("unit_search", "xa hai"), ("then", "find-unit"), ("unit", "X1")]);
    let reply = browser.post(&at("/dang-ky"), &search).await;
    assert_eq!(reply.status, 200);
    assert!(plain(&reply.text).contains("Có 1 đơn vị"), "{}", reply.text);
    assert!(
        reply
            .text
            .contains("value=\"X2\"><span lang=\"vi\">Xã Hai <small>thuộc Huyện Một</small>")
    );
    assert!(
        reply.text.contains("value=\"X1\" checked"),
        "what was chosen stays on top"
    );
    assert!(reply.text.contains("value=\"Nguyễn Thị Ánh\"") && !reply.text.contains(PASSWORD));
    assert_eq!(bench.count("participants").await, 0);
    let fragment = browser.page(&at("/don-vi?q=XA%20MOT")).await;
    assert!(
        fragment.starts_with("<p class=\"hint count\">") && fragment.contains("value=\"X1\""),
        "{fragment}"
    );
    assert!(!fragment.contains("Xã Cũ"));
    let nothing = browser.page(&at("/don-vi?q=khong%20co")).await;
    assert!(nothing.contains("Không tìm thấy đơn vị nào."), "{nothing}");
    let invited = browser.page(&at("/dang-ky?don-vi=X2")).await;
    assert!(invited.contains("value=\"X2\" checked"), "{invited}");
}
