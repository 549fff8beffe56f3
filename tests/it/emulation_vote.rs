//! A secret vote through the real pages: codes, ballots, quorum, two people, minutes, and that nothing ties a ballot to a
//! delegate.

use crate::emulation::{loaded, refused};
use crate::helpers::{Console, Desk, TestApp, between};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use hoithi::domain::staff::Role;
use sqlx::{PgPool, Row};
use std::collections::BTreeSet;
use tower::ServiceExt;

/// A delegate's browser.
struct Booth<'a> {
    bench: &'a TestApp,
    cookie: String,
    csrf: String,
}

impl<'a> Booth<'a> {
    async fn new(bench: &'a TestApp) -> Self {
        let page = bench.page("/bo-phieu").await;
        assert_eq!(page.headers["cache-control"], "no-store");
        let cookie = page.header("set-cookie").split(';').next().unwrap().to_owned();
        let csrf = between(&page.text, "name=\"csrf\" value=\"", "\"").to_owned();
        Self { bench, cookie, csrf }
    }

    async fn step(&self, fields: &[(&str, &str)]) -> (StatusCode, String) {
        let mut body = format!("csrf={}", self.csrf);
        for (name, value) in fields {
            body += &format!("&{name}={}", value.replace(' ', "+"));
        }
        let request = Request::post("/bo-phieu")
            .header(header::COOKIE, &self.cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap();
        let response = self.bench.router.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX)
            .await
            .unwrap();
        (status, String::from_utf8(bytes.to_vec()).unwrap())
    }

    async fn vote(&self, code: &str, marks: &[&str]) -> (StatusCode, String) {
        let mut fields = vec![("ma", code), ("buoc", "bo")];
        fields.extend(marks.iter().map(|mark| ("chon", *mark)));
        self.step(&fields).await
    }
}

const DELEGATES: &str = "Nguyễn Văn An; Xã Một; Bí thư\nTrần Thị Bảy; Xã Hai; Bí thư\nLê Văn Cả; Phường Ba; Bí thư\n\
    Hoàng Thị Dung; Xã Một; Phó Bí thư\nVi Văn Em; Xã Hai; Phó Bí thư";

/// Prepares and opens a vote of two thirds; its address and the codes in the order of the list.
async fn opened(organiser: &mut Desk<'_>, board: &mut Desk<'_>) -> (String, Vec<String>) {
    let cluster = loaded(organiser).await;
    let form = [
        ("tieu-de", "đề nghị tặng Cờ thi đua năm 2033"),
        ("don-vi", "X1"),
        ("don-vi", "X2"),
        ("don-vi", "P3"),
        ("so-luong", "2"),
        ("toi-thieu-tren", "2"),
        ("toi-thieu-duoi", "3"),
        ("cach", "more"),
        ("ti-le", "50"),
        ("tinh-tren", "delegates"),
        ("dai-bieu", DELEGATES),
        ("chu-tri", "Nguyễn Văn An"),
        ("thu-ky", "Vi Văn Em"),
        ("kiem-phieu", "Trần Thị Bảy\nLê Văn Cả"),
        ("dia-diem", "Hội trường xã Một"),
    ];
    let mut wrong = form.to_vec();
    wrong[4] = ("so-luong", "3");
    refused(
        &organiser.post_form(&format!("{cluster}/bo-phieu"), &wrong).await,
        "ít hơn số đơn vị",
    );
    let made = organiser.post_form(&format!("{cluster}/bo-phieu"), &form).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    let vote = made.location;
    let forbidden = organiser.post_form(&format!("{vote}/mo"), &[]).await;
    assert_eq!(forbidden.status, StatusCode::FORBIDDEN, "the board opens a vote");
    let slips = board.post_form(&format!("{vote}/mo"), &[]).await;
    assert_eq!(slips.status, StatusCode::OK, "{}", slips.text);
    let codes: Vec<String> = slips
        .text
        .split("class=\"receipt\">")
        .skip(1)
        .map(|rest| rest.split('<').next().unwrap().to_owned())
        .collect();
    assert_eq!(codes.len(), 5);
    assert!(
        !board.get(&vote).await.text.contains(&codes[0]),
        "codes are shown once"
    );
    (vote, codes)
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn delegates_nominate_units_in_secret_and_two_people_close(pool: PgPool) {
    let console = Console::new(pool).await;
    let mut organiser = console.logged_in(Role::Organiser).await;
    let mut board = console.logged_in(Role::Board).await;
    let (vote, codes) = opened(&mut organiser, &mut board).await;
    let bench = &console.bench;
    let booth = Booth::new(bench).await;

    let (status, text) = booth.step(&[("ma", "0000 0000 0000")]).await;
    assert!(
        status == StatusCode::UNPROCESSABLE_ENTITY && text.contains("Chưa đúng mã"),
        "{text}"
    );
    let (_, ballot) = booth.step(&[("ma", &codes[0].to_lowercase())]).await;
    assert!(
        ballot.contains("Nguyễn Văn An") && ballot.contains("Chọn nhiều nhất 2 đơn vị"),
        "{ballot}"
    );
    let (_, review) = booth
        .step(&[
            ("ma", &codes[0]),
            ("buoc", "xem"),
            ("chon", "1"),
            ("chon", "2"),
            ("chon", "3"),
        ])
        .await;
    assert!(review.contains("phiếu không hợp lệ"), "{review}");
    let (status, _) = booth.vote(&codes[0], &["4"]).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    // Looking is not voting.
    assert!(
        organiser
            .get(&vote)
            .await
            .text
            .contains("<b>0</b>đại biểu đã bỏ phiếu")
    );

    let (status, done) = booth.vote(&codes[0], &["1", "2"]).await;
    assert!(
        status == StatusCode::OK && done.contains("Đã nhận phiếu"),
        "{done}"
    );
    let (status, used) = booth.vote(&codes[0], &["3"]).await;
    assert!(
        status == StatusCode::UNPROCESSABLE_ENTITY && used.contains("Mã này đã bỏ phiếu"),
        "{used}"
    );
    booth.vote(&codes[1], &["1"]).await;
    booth.vote(&codes[2], &[]).await;

    // Three of five are below two thirds: four are needed.
    organiser.post_form(&format!("{vote}/dung"), &[]).await;
    let (_, over) = booth.vote(&codes[3], &["1"]).await;
    assert!(over.contains("đã dừng nhận phiếu"), "{over}");
    refused(
        &board.post_form(&format!("{vote}/chot"), &[]).await,
        "mới có 3 phiếu, cần ít nhất 4",
    );
    assert_eq!(bench.count("emulation_ballots").await, 0, "nothing was counted");
    organiser.post_form(&format!("{vote}/tiep"), &[]).await;
    booth.vote(&codes[3], &["1", "3"]).await;
    // A lost code is replaced, and the old one is void.
    let page = board.get(&vote).await.text;
    let again = format!("{vote}/ma/{}", between(&page, &format!("{vote}/ma/"), "\""));
    let slip = board.post_form(&again, &[]).await.text;
    let fresh = between(&slip, "class=\"receipt\">", "<").to_owned();
    let (_, void) = booth.vote(&codes[4], &["1"]).await;
    assert!(void.contains("Chưa đúng mã"), "{void}");
    booth.vote(&fresh, &["1", "2", "3"]).await;

    board.post_form(&format!("{vote}/dung"), &[]).await;
    refused(
        &board.post_form(&format!("{vote}/chot"), &[]).await,
        "người khác phải xác nhận",
    );
    board.post_form(&format!("{vote}/tiep"), &[]).await;
    organiser.post_form(&format!("{vote}/dung"), &[]).await;
    let counted = board.post_form(&format!("{vote}/chot"), &[]).await;
    assert_eq!(counted.location, vote, "{}", counted.text);

    // By hand: valid {1,2} {1} {1,3}, one blank, one invalid. Unit 1 has 3 of 5 delegates (60 %), the others 1 (20 %).
    let page = board.get(&vote).await.text;
    for words in [
        "<b>5</b>phiếu thu về",
        "<b>3</b>phiếu hợp lệ",
        "<b>1</b>phiếu không hợp lệ",
        "<b>1</b>phiếu trắng",
    ] {
        assert!(page.contains(words), "no {words} in {page}");
    }
    assert!(
        page.contains("60%") && page.matches("Được đề nghị</span>").count() == 1,
        "{page}"
    );
    assert_eq!(bench.count("emulation_boxes").await, 0, "the box is gone");
    let docx = board
        .post_form(&format!("{vote}/bien-ban"), &[("format", "docx")])
        .await;
    assert!(docx.kind.contains("wordprocessingml") && docx.text.starts_with("PK"));
    let pdf = board
        .post_form(&format!("{vote}/bien-ban"), &[("format", "pdf")])
        .await;
    assert!(pdf.kind == "application/pdf" && pdf.text.starts_with("%PDF"));
    let log = board.get("/quan-tri/nhat-ky").await.text;
    assert!(
        log.contains("xác nhận, kiểm phiếu cuộc bỏ phiếu số") && !log.contains("emulation-list"),
        "{log}"
    );
    let (_, closed) = booth.vote(&fresh, &["1"]).await;
    assert!(closed.contains("Mã này đã bỏ phiếu"));
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn no_column_ties_a_ballot_to_a_delegate(pool: PgPool) {
    let console = Console::new(pool).await;
    let mut organiser = console.logged_in(Role::Organiser).await;
    let mut board = console.logged_in(Role::Board).await;
    let (vote, codes) = opened(&mut organiser, &mut board).await;
    let bench = &console.bench;
    let booth = Booth::new(bench).await;
    let acts = bench.count("audit").await;
    let sealed = async || -> (Vec<u8>, String) {
        let row = sqlx::query("select sealed, xmin::text as xmin from emulation_boxes")
            .fetch_one(&bench.pool)
            .await
            .unwrap();
        (row.get("sealed"), row.get("xmin"))
    };
    let (mut boxes, mut versions) = (Vec::new(), BTreeSet::new());
    for (code, marks) in codes.iter().zip([&["1"][..], &["1"], &["1"], &["2", "3"], &[]]) {
        booth.vote(code, marks).await;
        let (bytes, version) = sealed().await;
        boxes.push(bytes);
        versions.insert(version);
    }
    // One row for all, of one length, never the same twice, so neither size nor equality tells anything.
    assert!(boxes.iter().all(|bytes| bytes.len() == boxes[0].len()));
    assert_eq!(boxes.iter().collect::<BTreeSet<_>>().len(), 5);
    assert_eq!(versions.len(), 5, "the whole box is rewritten every time");
    assert_eq!(
        bench.count("audit").await,
        acts,
        "a ballot leaves no line in the log"
    );
    organiser.post_form(&format!("{vote}/dung"), &[]).await;
    board.post_form(&format!("{vote}/chot"), &[]).await;

    let columns = async |table: &str| -> BTreeSet<String> {
        let rows = sqlx::query(
            "select column_name::text as name from information_schema.columns where table_name = $1",
        )
        .bind(table)
        .fetch_all(&bench.pool)
        .await
        .unwrap();
        rows.iter().map(|row| row.get("name")).collect()
    };
    let of = |names: &[&str]| {
        names
            .iter()
            .map(|name| (*name).to_owned())
            .collect::<BTreeSet<_>>()
    };
    assert_eq!(
        columns("emulation_ballots").await,
        of(&["vote_id", "marks", "copies"])
    );
    assert_eq!(
        columns("emulation_delegates").await,
        of(&[
            "delegate_id",
            "vote_id",
            "position",
            "name",
            "unit",
            "title",
            "code_hash",
            "voted"
        ])
    );
    assert_eq!(columns("emulation_boxes").await, of(&["vote_id", "sealed"]));
    let rows = sqlx::query("select marks, copies, xmin::text as xmin from emulation_ballots order by marks")
        .fetch_all(&bench.pool)
        .await
        .unwrap();
    let counted: Vec<(String, i16)> = rows
        .iter()
        .map(|row| (row.get("marks"), row.get("copies")))
        .collect();
    assert_eq!(
        counted,
        [(String::new(), 1), ("1".to_owned(), 3), ("2,3".to_owned(), 1)]
    );
    // All rows of the count were written by one transaction, and no delegate's row was.
    let counting: BTreeSet<String> = rows.iter().map(|row| row.get("xmin")).collect();
    assert_eq!(counting.len(), 1);
    let delegates = sqlx::query("select xmin::text as xmin from emulation_delegates")
        .fetch_all(&bench.pool)
        .await
        .unwrap();
    assert!(
        delegates
            .iter()
            .all(|row| !counting.contains(row.get::<String, _>("xmin").as_str()))
    );
    let changed = sqlx::query("update emulation_ballots set copies = 9")
        .execute(&bench.pool)
        .await;
    assert!(changed.is_err(), "a count stays");
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn two_ballots_with_one_code_at_once_are_one_ballot(pool: PgPool) {
    let console = Console::new(pool).await;
    let mut organiser = console.logged_in(Role::Organiser).await;
    let mut board = console.logged_in(Role::Board).await;
    let (vote, codes) = opened(&mut organiser, &mut board).await;
    let booth = Booth::new(&console.bench).await;
    let (a, b, c) = tokio::join!(
        booth.vote(&codes[0], &["1"]),
        booth.vote(&codes[0], &["2"]),
        booth.vote(&codes[1], &["3"])
    );
    let taken = [&a, &b]
        .iter()
        .filter(|(status, _)| *status == StatusCode::OK)
        .count();
    assert_eq!((taken, c.0), (1, StatusCode::OK), "{} {}", a.1, b.1);
    assert!(
        organiser
            .get(&vote)
            .await
            .text
            .contains("<b>2</b>đại biểu đã bỏ phiếu")
    );
    // Called off: the box is destroyed unread.
    refused(
        &board.post_form(&format!("{vote}/huy"), &[("ly-do", "vội")]).await,
        "ít nhất 10 ký tự",
    );
    board
        .post_form(
            &format!("{vote}/huy"),
            &[("ly-do", "Thiếu đại biểu, họp lại tuần sau")],
        )
        .await;
    assert_eq!(console.bench.count("emulation_boxes").await, 0);
    assert_eq!(console.bench.count("emulation_ballots").await, 0);
    let (_, off) = booth.vote(&codes[2], &["1"]).await;
    assert!(off.contains("đã hủy"), "{off}");
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn everything_wrong_with_a_vote_is_told_at_once_at_its_field(pool: PgPool) {
    let console = Console::new(pool).await;
    let mut organiser = console.logged_in(Role::Organiser).await;
    let cluster = loaded(&mut organiser).await;
    let form = [
        ("tieu-de", " "),
        ("don-vi", "X1"),
        ("so-luong", "nhiều"),
        ("toi-thieu-tren", "3"),
        ("toi-thieu-duoi", "2"),
        ("cach", "more"),
        ("ti-le", "100"),
        ("tinh-tren", "delegates"),
        ("dai-bieu", "Nguyễn Văn An; Xã Một; Bí thư"),
        ("dia-diem", "Hội trường xã Một"),
    ];
    let answer = organiser.post_form(&format!("{cluster}/bo-phieu"), &form).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let mut last = 0;
    for field in ["tieu-de", "so-luong", "toi-thieu-tren", "ti-le", "dai-bieu"] {
        let link = answer.text.find(&format!("<a href=\"#{field}\">"));
        let link = link.unwrap_or_else(|| panic!("{field} is not linked: {}", answer.text));
        assert!(link > last, "{field} stands where it stands on the page");
        last = link;
        let at_field = format!("id=\"{field}-error\"");
        assert_eq!(
            answer.text.matches(&at_field).count(),
            1,
            "{field}: {}",
            answer.text
        );
    }
    assert!(!answer.text.contains("dia-diem-error"), "{}", answer.text);
    assert!(answer.text.contains("Hội trường xã Một"), "{}", answer.text);
}
