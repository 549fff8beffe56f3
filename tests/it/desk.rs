//! The organisers' desk over its forms: checks that can be read again, likes of the bank, the bank's search, edits.

use crate::helpers::{CONTEST, Console, OPENS, between};
use axum::http::StatusCode;
use hoithi::domain::question::SetId;
use hoithi::domain::staff::Role;
use sqlx::PgPool;
use time::Duration;

/// Every question has its right option with an asterisk; the lines "Đáp án" say otherwise for most.
fn two_ways() -> String {
    let question = |n: u8| {
        let (mark, line) = if n <= 3 { ("*", "") } else { ("", "Đáp án: B\n") };
        format!(
            "Câu {n}. Câu hỏi thử số {n} của bản kiểm tra này là gì?\n{mark}A. Một {n}\nB. Hai {n}\nC. Ba {n}\n{line}\n"
        )
    };
    (1..=5).map(question).collect()
}

pub fn sets() -> String {
    format!("/quan-tri/cuoc-thi/{CONTEST}/bo-cau-hoi")
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_paper_with_two_ways_of_marking_is_read_again_without_being_sent_again(pool: PgPool) {
    let console = Console::new(pool).await;
    let mut desk = console.logged_in(Role::Organiser).await;
    let token = desk.token().await;
    let answer = desk.upload(&token, "hai-cach.txt", &two_ways()).await;
    assert!(
        answer.text.contains("Cách đánh dấu đáp án") && answer.text.contains("value=\"asterisk\""),
        "{}",
        answer.text
    );
    let kept = between(&answer.text, "name=\"kept\" value=\"", "\"").to_owned();
    for (way, n, right) in [("asterisk", 2, "Một 2"), ("answer-line", 4, "Hai 4")] {
        let again = desk
            .post_form(&format!("{}/doc-lai", sets()), &[("kept", &kept), ("way", way)])
            .await;
        let (_, card) = again.text.split_once(&format!("id=\"cau-{n}\"")).unwrap();
        let card = card.split(&format!("id=\"cau-{}\"", n + 1)).next().unwrap();
        let marked: Vec<&str> = card
            .split("</li>")
            .filter(|option| option.contains("tag done"))
            .collect();
        assert!(marked.len() == 1 && marked[0].contains(right), "{way}: {card}");
        assert!(
            again.text.contains(&format!("value=\"{way}\" checked")),
            "{}",
            again.text
        );
    }
    let other = desk
        .post_form(&format!("{}/doc-lai", sets()), &[("kept", "x"), ("way", "bold")])
        .await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(other.text.contains("Chọn lại tệp"), "{}", other.text);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_report_and_what_was_read_can_be_taken_away_by_whoever_checked(pool: PgPool) {
    let console = Console::new(pool).await;
    let mut desk = console.logged_in(Role::Organiser).await;
    let token = desk.token().await;
    let faulty = "Câu 1. Tỉnh lỵ ở đâu?\nA. Thành phố\nB. Thị xã\n\nCâu 2. Sông nào?\nA. Kỳ Cùng\n*B. Hồng\n\n\
                  Câu 3. Núi nào?\n*A. Mẫu Sơn\nB. Ba Vì\n";
    let answer = desk.upload(&token, "loi.txt", faulty).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        answer.text.contains("href=\"#cau-1\"") && answer.text.contains("id=\"cau-1\""),
        "{}",
        answer.text
    );
    let kept = between(&answer.text, "name=\"kept\" value=\"", "\"").to_owned();
    let files = format!("{}/tai-kiem-tra", sets());
    let report = desk
        .post_form(&files, &[("kept", &kept), ("want", "report-txt")])
        .await;
    assert!(
        report.kind.starts_with("text/plain") && report.text.contains("[paper-key-none]"),
        "{}",
        report.text
    );
    let sheet = desk
        .post_form(&files, &[("kept", &kept), ("want", "report-xlsx")])
        .await;
    assert!(sheet.text.starts_with("PK"), "{}", sheet.status);
    // Of a refused file there is nothing but the report.
    let set = desk.post_form(&files, &[("kept", &kept), ("want", "docx")]).await;
    assert_eq!(set.status, StatusCode::BAD_REQUEST);
    let template = desk.get("/quan-tri/mau-cau-hoi.xlsx").await;
    assert!(template.status == StatusCode::OK && template.text.starts_with("PK"));
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn lines_that_belong_to_no_question_are_shown(pool: PgPool) {
    let console = Console::new(pool).await;
    let mut desk = console.logged_in(Role::Organiser).await;
    let token = desk.token().await;
    let text = "HUYỆN ĐOÀN BẮC SƠN\nCâu 1. Núi nào cao hơn cả?\n*A. Mẫu Sơn\nB. Ba Vì\n";
    let answer = desk.upload(&token, "de-thi.txt", text).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    assert!(
        answer.text.contains("id=\"ngoai\"")
            && answer.text.contains("HUYỆN ĐOÀN BẮC SƠN")
            && answer.text.contains("không thuộc câu nào (1)"),
        "{}",
        answer.text
    );
    // Nothing is said where nothing stands outside.
    let text = text.replace("HUYỆN ĐOÀN BẮC SƠN\n", "");
    let answer = desk.upload(&token, "de-thi.txt", &text).await;
    assert!(!answer.text.contains("id=\"ngoai\""), "{}", answer.text);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn questions_that_the_bank_has_already_are_shown_with_the_other_one(pool: PgPool) {
    let console = Console::new(pool).await;
    let mut desk = console.logged_in(Role::Organiser).await;
    let token = desk.token().await;
    let text = "Câu 1. cau thu 3 cua bo 12 cau?\n*A. Một\nB. Hai\n\nCâu 2. Câu hoàn toàn mới chưa ai hỏi bao giờ?\n*A. Ba\nB. Bốn\n";
    let answer = desk.upload(&token, "bo-moi.txt", text).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    assert!(
        answer.text.contains("Trùng câu hỏi")
            && answer.text.contains("Câu thứ 3 của bộ 12 câu?")
            && answer.text.contains("cau/mot-dung-so-3"),
        "{}",
        answer.text
    );
    assert!(!answer.text.contains("Gần giống"), "{}", answer.text);
    // A new version of the set itself repeats nothing.
    let contest = console.bench.contest();
    let id = SetId("mot-dung".to_owned());
    let stored = contest.keyed_set(&contest.heads[&id]).unwrap();
    let same = hoithi::bank::write_set_json(stored.set, stored.key);
    let answer = desk.upload(&token, "mot-dung.json", &same).await;
    assert!(!answer.text.contains("Trùng câu hỏi"), "{}", answer.text);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_bank_is_searched_without_marks_and_by_use(pool: PgPool) {
    let console = Console::new(pool).await;
    let mut desk = console.logged_in(Role::Organiser).await;
    let page = desk.get("/quan-tri/ngan-hang?q=cau+thu+7+cua").await.text;
    assert!(
        page.contains("Câu thứ 7 của bộ 12 câu?") && page.contains("<h2>1 câu hỏi</h2>"),
        "{page}"
    );
    assert!(!page.contains("đáp án</span>"), "the list shows no key");
    for (query, count) in [
        ("", "17 câu hỏi"),
        ("bo=mau/nhieu-dung", "5 câu hỏi"),
        ("muc=easy", "0 câu hỏi"),
        ("muc=none&bo=mau", "17 câu hỏi"),
        ("dung=opened", "17 câu hỏi"),
        ("dung=unused", "0 câu hỏi"),
        ("bo=khong-co&dung=xyz&trang=999", "17 câu hỏi"),
    ] {
        let page = desk.get(&format!("/quan-tri/ngan-hang?{query}")).await.text;
        assert!(page.contains(&format!("<h2>{count}</h2>")), "{query}: {page}");
    }
}

/// The fields of the form as it stands, with the stem changed.
pub fn edited(page: &str, stem: &str, reason: &str) -> Vec<(String, String)> {
    let mut fields = vec![
        (
            "base".to_owned(),
            between(page, "name=\"base\" value=\"", "\"").to_owned(),
        ),
        ("text".to_owned(), stem.to_owned()),
        ("reason".to_owned(), reason.to_owned()),
    ];
    for label in ["A", "B", "C", "D"] {
        let (_, rest) = page.split_once(&format!("name=\"option-{label}\"")).unwrap();
        fields.push((
            format!("option-{label}"),
            between(rest, ">", "</textarea>").to_owned(),
        ));
        if page.contains(&format!("name=\"key\" value=\"{label}\" checked")) {
            fields.push(("key".to_owned(), label.to_owned()));
        }
    }
    fields
}

pub fn pairs(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect()
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn an_edit_is_shown_as_a_difference_and_saved_as_a_version_for_rounds_to_come(pool: PgPool) {
    let console = Console::new(pool).await;
    let mut desk = console.logged_in(Role::Organiser).await;
    let question = format!("{}/mot-dung/cau/mot-dung-so-3", sets());
    let id = SetId("mot-dung".to_owned());
    let before = console.bench.contest().heads[&id].clone();
    let form = desk.get(&format!("{question}/sua")).await.text;

    let without_reason = edited(&form, "Câu thứ ba của bộ 12 câu?", "");
    let answer = desk
        .post_form(&format!("{question}/sua"), &pairs(&without_reason))
        .await;
    assert_eq!(
        answer.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "round 1 has opened"
    );
    assert!(
        answer.text.contains("ghi lý do sửa") && answer.text.contains("Câu thứ ba"),
        "{}",
        answer.text
    );

    let bad = edited(&form, "", "Sửa lỗi");
    let answer = desk.post_form(&format!("{question}/sua"), &pairs(&bad)).await;
    assert_eq!(
        answer.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "judged by the rules of a file"
    );

    let fields = edited(&form, "Câu thứ ba của bộ 12 câu?", "Viết số bằng chữ");
    let review = desk.post_form(&format!("{question}/sua"), &pairs(&fields)).await;
    assert_eq!(review.status, StatusCode::OK, "{}", review.text);
    assert!(
        review.text.contains("<del>3</del><ins>ba</ins>")
            && review.text.contains("Sẽ dùng cho: tuần\u{a0}2")
            && review.text.contains("giữ bản đang có: tuần\u{a0}1"),
        "{}",
        review.text
    );
    assert_eq!(
        console.bench.contest().heads[&id],
        before,
        "a preview stores nothing"
    );
    let checked = between(&review.text, "name=\"checked\" value=\"", "\"").to_owned();
    let saved = desk
        .post_form(&format!("{question}/luu"), &[("checked", &checked)])
        .await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);

    let contest = console.bench.contest();
    let after = contest.heads[&id].clone();
    assert_ne!(after, before);
    assert_eq!(
        contest.rounds[0].sets[&id], before,
        "the round that has opened keeps its version"
    );
    assert_eq!(contest.rounds[1].sets[&id], after);
    let page = desk.get(&question).await.text;
    assert!(
        page.contains("Câu thứ ba của bộ 12 câu?")
            && page.contains("Viết số bằng chữ")
            && page.contains("<del>3</del><ins>ba</ins>")
            && page.contains("nạp cùng cuộc thi"),
        "{page}"
    );
    let history = desk.get(&format!("{}/mot-dung/lich-su", sets())).await.text;
    assert!(history.contains("1 câu khác bản trước"), "{history}");
    let log = desk.get("/quan-tri/nhat-ky").await.text;
    assert!(
        log.contains("sửa câu hỏi mot-dung-so-3 (mot-dung)") && log.contains("xem đáp án câu mot-dung-so-3"),
        "{log}"
    );
    console.bench.at(OPENS + Duration::weeks(1) + Duration::HOUR);
    let sitting = console.bench.participant("Dung").await.start(2).await;
    let attempt = console
        .bench
        .app
        .store
        .find_attempt(sitting.id)
        .await
        .unwrap()
        .unwrap();
    assert!(attempt.attempt.paper.versions.contains(&after));
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn of_two_editors_the_second_is_told_and_keeps_what_was_typed(pool: PgPool) {
    let console = Console::new(pool).await;
    let mut first = console.logged_in(Role::Organiser).await;
    let mut second = console.logged_in(Role::Organiser).await;
    let question = format!("{}/mot-dung/cau/mot-dung-so-3", sets());
    let (review, save) = (format!("{question}/sua"), format!("{question}/luu"));
    let form = first.get(&review).await.text;
    let mine = edited(&form, "Câu do người thứ nhất sửa trước?", "Một");
    let yours = edited(&form, "Câu do người thứ hai sửa sau?", "Hai");
    let preview = first.post_form(&review, &pairs(&mine)).await.text;
    let late = second.post_form(&review, &pairs(&yours)).await.text;
    let token = |page: &str| between(page, "name=\"checked\" value=\"", "\"").to_owned();
    let (mine_token, late_token) = (token(&preview), token(&late));
    assert_eq!(
        first.post_form(&save, &[("checked", &mine_token)]).await.status,
        StatusCode::SEE_OTHER
    );

    for answer in [
        second.post_form(&save, &[("checked", &late_token)]).await,
        second.post_form(&review, &pairs(&yours)).await,
    ] {
        assert_eq!(answer.status, StatusCode::CONFLICT, "{}", answer.text);
        assert!(
            answer.text.contains("đã làm bản mới") && answer.text.contains("Câu do người thứ hai sửa sau?"),
            "{}",
            answer.text
        );
        assert!(
            answer.text.contains("Người khác vừa sửa câu này"),
            "{}",
            answer.text
        );
        // Sent once more from there, it follows the first one's version.
        let again = edited(&answer.text, "Câu do người thứ hai sửa sau?", "Hai");
        let preview = second.post_form(&review, &pairs(&again)).await;
        assert_eq!(preview.status, StatusCode::OK, "{}", preview.text);
    }
    // A file that was checked before is stopped in the same way.
    let contest = console.bench.contest();
    let stored = contest
        .keyed_set(&contest.heads[&SetId("mot-dung".to_owned())])
        .unwrap();
    let mut set = stored.set.clone();
    set.questions[0].text = "Câu sửa trong tệp là câu nào đây?".to_owned();
    let file = hoithi::bank::write_set_json(&set, stored.key);
    let csrf = second.token().await;
    let checked = token(&second.upload(&csrf, "mot-dung.json", &file).await.text);
    let form = first.get(&review).await.text;
    let fields = edited(&form, "Câu sửa thêm một lần nữa?", "Ba");
    let preview = token(&first.post_form(&review, &pairs(&fields)).await.text);
    first.post_form(&save, &[("checked", &preview)]).await;
    let answer = second
        .post_form(&format!("{}/nap", sets()), &[("checked", &checked)])
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text.contains("Từ lúc kiểm tra"), "{}", answer.text);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_desk_is_for_those_who_load_sets(pool: PgPool) {
    let console = Console::new(pool).await;
    let question = format!("{}/mot-dung/cau/mot-dung-so-3", sets());
    for role in Role::ALL {
        let mut desk = console.logged_in(role).await;
        let expected = if role == Role::Organiser { 200 } else { 403 };
        for path in [
            "/quan-tri/ngan-hang".to_owned(),
            "/quan-tri/mau-cau-hoi.xlsx".to_owned(),
            question.clone(),
            format!("{question}/sua"),
            format!("{question}/bot"),
            format!("{}/mot-dung/them", sets()),
            format!("{}/mot-dung/lich-su", sets()),
        ] {
            assert_eq!(
                desk.get(&path).await.status.as_u16(),
                expected,
                "{path} as {role:?}"
            );
        }
        for path in [
            "doc-lai",
            "tai-kiem-tra",
            "mot-dung/tai",
            "mot-dung/cau/mot-dung-so-3/luu",
            "mot-dung/cau/mot-dung-so-3/bot",
            "mot-dung/cau/mot-dung-so-3/bot/luu",
            "mot-dung/them",
            "mot-dung/them/luu",
        ] {
            let status = desk
                .post_form(&format!("{}/{path}", sets()), &[])
                .await
                .status
                .as_u16();
            assert_eq!(
                status != 403,
                role == Role::Organiser,
                "{path} as {role:?} gave {status}"
            );
            assert!(status < 500, "{path} as {role:?} gave {status}");
        }
    }
    let mut desk = console.logged_in(Role::Organiser).await;
    for path in [
        "mot-dung/cau/khong-co",
        "mot-dung/cau/khong-co/bot",
        "khong-co/cau/x",
        "khong-co/lich-su",
        "khong-co/them",
    ] {
        assert_eq!(
            desk.get(&format!("{}/{path}", sets())).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    let file = desk
        .post_form(&format!("{}/mot-dung/tai", sets()), &[("want", "docx-paper")])
        .await;
    assert!(file.text.starts_with("PK"), "{}", file.status);
}
