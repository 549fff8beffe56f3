//! Fair-play review in the console: sheets without names, two people who find for themselves, places declared beforehand.

use crate::helpers::{Answer, CHAIR, CONTEST, Console, SECRETARY, TestApp, between, step};
use crate::ruling::spoil;
use axum::http::StatusCode;
use hoithi::action::reopen_round::reopen_round;
use hoithi::action::review_round::review_sealed;
use hoithi::action::simulate::{Plan, simulate};
use hoithi::domain::fair_play::Sign;
use hoithi::domain::fair_play::places::{PlaceKind, Typed};
use hoithi::domain::staff::Role;
use hoithi::store::review::StoredCase;
use sqlx::PgPool;
use time::Duration;

/// A sealed round with one entry that was too quick, and four people of a unit together.
async fn sealed(bench: &TestApp) {
    bench.advance(Duration::days(6));
    let (contest, round) = (bench.contest(), bench.round(1));
    simulate(&bench.app, bench.now(), &contest, &round, &Plan::new(60, 7))
        .await
        .unwrap();
    spoil(bench).await;
    bench.close(1).await;
}

async fn cases(bench: &TestApp) -> Vec<StoredCase> {
    let store = &bench.app.store;
    let review = store.find_review(bench.round(1).id).await.unwrap().unwrap();
    store.list_cases(review.id).await.unwrap()
}

async fn names(bench: &TestApp) -> Vec<String> {
    sqlx::query_scalar("select distinct full_name from participants")
        .fetch_all(&bench.pool)
        .await
        .unwrap()
}

#[track_caller]
fn has(answer: &Answer, words: &str) {
    assert!(answer.text.contains(words), "{words} in {}", answer.text);
}

#[track_caller]
fn has_not(answer: &Answer, words: &str) {
    assert!(!answer.text.contains(words), "{words} in {}", answer.text);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_system_reviews_each_sealing_of_a_round_once_and_keeps_every_review(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    assert_eq!(
        review_sealed(&bench.app, bench.now()).await.unwrap(),
        0,
        "nothing is sealed"
    );
    sealed(&bench).await;
    assert_eq!(review_sealed(&bench.app, bench.now()).await.unwrap(), 1);
    assert_eq!(review_sealed(&bench.app, bench.now()).await.unwrap(), 0, "once");
    let first = cases(&bench).await;
    assert!(
        matches!(first[0].sheet.sign, Sign::Quick { pace_ms: 150, .. }),
        "{first:?}"
    );
    assert!(
        first.iter().zip(1..).all(|(case, number)| case.number == number),
        "{first:?}"
    );
    bench.advance(Duration::minutes(1));
    let until = bench.now() + Duration::HOUR;
    reopen_round(
        &bench.app,
        bench.now(),
        SECRETARY,
        &bench.round(1),
        Some(until),
        "mất điện",
    )
    .await
    .unwrap();
    assert_eq!(
        review_sealed(&bench.app, bench.now()).await.unwrap(),
        0,
        "it is open again"
    );
    bench.advance(Duration::minutes(1));
    bench.close(1).await;
    assert_eq!(review_sealed(&bench.app, bench.now()).await.unwrap(), 1);
    assert_eq!(bench.count("reviews").await, 2, "the former review stays");
    for table in ["reviews", "review_cases"] {
        let gone = sqlx::query(sqlx::AssertSqlSafe(format!("delete from {table}")))
            .execute(&bench.pool)
            .await;
        assert!(gone.is_err(), "{table} is only added to");
    }
    let acts = bench.app.store.load_acts(bench.contest().id, 20).await.unwrap();
    assert_eq!(
        acts.iter()
            .filter(|act| act.act == "review" && act.actor == "system")
            .count(),
        2
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn names_stay_hidden_until_somebody_asks_for_them_with_a_reason(pool: PgPool) {
    let console = Console::new(pool).await;
    let bench = &console.bench;
    let mut board = console.logged_in(Role::Board).await;
    has(&board.get(&step("phieu")).await, "Chốt vòng xong");
    sealed(bench).await;
    has(&board.get(&step("phieu")).await, "đang lập phiếu");
    review_sealed(&bench.app, bench.now()).await.unwrap();
    for role in [Role::Admin, Role::Organiser, Role::Viewer] {
        let mut other = console.logged_in(role).await;
        assert_eq!(
            other.get(&step("phieu")).await.status,
            StatusCode::FORBIDDEN,
            "{role:?}"
        );
    }
    let list = board.get(&step("phieu")).await;
    has(&list, "Phiếu số 1: làm bài rất nhanh");
    has(&list, "Chưa ai xem");
    let names = names(bench).await;
    let case = &cases(bench).await[0];
    let path = step(&format!("phieu/{}", case.id));
    let page = board.get(&path).await;
    for shown in [&list, &page] {
        for name in &names {
            has_not(shown, name);
        }
    }
    for words in [
        "trung bình 0,1 giây một câu",
        "phiếu này",
        "thuộc câu hỏi",
        "Chưa xem xét: thiết bị",
        "Người 1",
    ] {
        has(&page, words);
    }
    let asked = format!("{path}/ten");
    let refused = board.post_form(&asked, &[("ly-do", "  ")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(bench.count("case_looks").await, 0);
    let owner: String = sqlx::query_scalar(
        "select full_name from participants join submissions using (participant_id) where attempt_id = $1",
    )
    .bind(uuid::Uuid::from_bytes(*case.sheet.entries[0].attempt.as_bytes()))
    .fetch_one(&bench.pool)
    .await
    .unwrap();
    let shown = board.post_form(&asked, &[("ly-do", "gọi điện hỏi")]).await;
    assert_eq!(shown.status, StatusCode::SEE_OTHER, "{}", shown.text);
    let page = board.get(&path).await;
    has(&page, &format!("Người 1: {owner}"));
    has(&page, "gọi điện hỏi");
    let mut second = console.appoint("hai", "Hoàng Văn Hai", Role::Board).await;
    let other = second.get(&path).await;
    has_not(&other, &owner);
    has(&other, "Lê Văn Bình xem tên lúc");
    let acts = bench.app.store.load_acts(bench.contest().id, 1).await.unwrap();
    assert_eq!(
        (acts[0].act.as_str(), acts[0].reason.as_deref()),
        ("see-names", Some("gọi điện hỏi"))
    );
    assert!(!acts[0].facts.to_string().contains(&owner));
    assert_eq!(
        board.get(&step("phieu/999999")).await.status,
        StatusCode::NOT_FOUND
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn two_people_find_for_themselves_and_nothing_happens_by_itself(pool: PgPool) {
    let console = Console::new(pool).await;
    let bench = &console.bench;
    sealed(bench).await;
    review_sealed(&bench.app, bench.now()).await.unwrap();
    bench.rank(1).await;
    let mut first = console.logged_in(Role::Board).await;
    let mut second = console.appoint("hai", "Hoàng Văn Hai", Role::Board).await;
    let case = &cases(bench).await[0];
    let path = step(&format!("phieu/{}", case.id));
    let incomplete = first.post_form(&path, &[("can-cu", "chỉ đọc phiếu")]).await;
    assert_eq!(incomplete.status, StatusCode::UNPROCESSABLE_ENTITY);
    has(&incomplete, "Chọn một trong ba ý kiến.");
    has(&incomplete, "chỉ đọc phiếu");
    let void = [
        ("y-kien", "void"),
        ("can-cu", "nhanh hơn đọc một chữ"),
        ("loai-tru", "practised"),
        ("loai-tru", "khong-co"),
    ];
    assert_eq!(first.post_form(&path, &void).await.status, StatusCode::SEE_OTHER);
    has(&first.get(&path).await, "nhanh hơn đọc một chữ");
    let blind = second.get(&path).await;
    has(&blind, "Đã có người khác ghi ý kiến");
    has_not(&blind, "nhanh hơn đọc một chữ");
    let none = [("y-kien", "no-concern"), ("can-cu", "đã làm nhiều lượt")];
    assert_eq!(second.post_form(&path, &none).await.status, StatusCode::SEE_OTHER);
    let both = second.get(&path).await;
    for words in [
        "nhanh hơn đọc một chữ",
        "đã làm nhiều lượt",
        "Hai người có ý kiến khác nhau",
        "Đã loại trừ: Đã làm nhiều lượt",
    ] {
        has(&both, words);
    }
    has_not(&both, "Đề nghị về bài");
    has(&first.get(&step("phieu")).await, "1 phiếu ý kiến khác nhau");
    has(
        &first.get(&step("duyet")).await,
        "phiếu xem xét chưa có hai người cùng ý kiến",
    );

    assert_eq!(second.post_form(&path, &void).await.status, StatusCode::SEE_OTHER);
    let agreed = first.get(&path).await;
    has(&agreed, "Hai người muốn đề nghị loại");
    assert_eq!(
        (bench.count("decisions").await, bench.count("rankings").await),
        (0, 1),
        "nothing happens by itself"
    );
    let link = between(&agreed.text, "quyet-dinh/moi?", "\"")
        .replace("&#38;", "&")
        .replace("&amp;", "&");
    assert!(
        link.contains(&case.sheet.entries[0].attempt.to_string()),
        "{link}"
    );
    has(
        &first.get(&step(&format!("quyet-dinh/moi?{link}"))).await,
        "name=\"phieu\" value=\"1\"",
    );
    let attempt = case.sheet.entries[0].attempt.to_string();
    let fields = [
        ("loai", "entry"),
        ("bai", attempt.as_str()),
        ("phieu", "1"),
        ("pham-vi", "attempt"),
        ("then", "preview"),
    ];
    let preview = first.post_form(&step("quyet-dinh/moi"), &fields).await;
    assert_eq!(preview.status, StatusCode::OK, "{}", preview.text);
    has(
        &preview,
        "Theo phiếu xem xét số 1, hai người đã xem và cùng ý kiến.",
    );
    assert_eq!(bench.count("decisions").await, 0);

    let heard = first
        .post_form(&format!("{path}/tra-loi"), &[("tra-loi", "Đã học thuộc đề")])
        .await;
    assert_eq!(heard.status, StatusCode::SEE_OTHER);
    has(&second.get(&path).await, "Đã học thuộc đề");
    let empty = first
        .post_form(&format!("{path}/tra-loi"), &[("tra-loi", "")])
        .await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let log = first.get("/quan-tri/nhat-ky").await;
    has(&log, "ghi ý kiến về phiếu xem xét số 1");
    has_not(&log, "nhanh hơn đọc một chữ");
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_place_declared_beforehand_explains_its_hours_and_nothing_else(pool: PgPool) {
    let console = Console::new(pool).await;
    let bench = &console.bench;
    let page = format!("/quan-tri/cuoc-thi/{CONTEST}/noi-thi-chung");
    let mut desk = console.logged_in(Role::Organiser).await;
    for role in [Role::Admin, Role::Viewer] {
        let mut other = console.logged_in(role).await;
        assert_eq!(other.get(&page).await.status, StatusCode::FORBIDDEN, "{role:?}");
    }
    let form = |unit, from, note| {
        [
            ("don-vi", unit),
            ("loai", "school-lab"),
            ("tu", from),
            ("den", "2033-06-12T12:00"),
            ("mang", "203.0.113.0/24"),
            ("ghi-chu", note),
        ]
    };
    for (fields, fault) in [
        (
            form("khong-co", "2033-06-12T08:00", "a"),
            "Chọn đơn vị có trong danh sách",
        ),
        (
            form("H1", "2033-06-12T13:00", "a"),
            "Lúc kết thúc cần sau lúc bắt đầu.",
        ),
        (form("H1", "2033-06-12T08:00", ""), "Ghi ai thi ở đó, vì sao."),
    ] {
        let refused = desk.post_form(&page, &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        has(&refused, fault);
    }
    let lines = [(
        "dong",
        "H2;office;;;;Giúp người cao tuổi\nX9;office;;;;Nơi không có",
    )];
    let refused = desk.post_form(&page, &lines).await;
    has(&refused, "Dòng 2: Chọn đơn vị có trong danh sách");
    assert_eq!(bench.count("declared_places").await, 0, "all lines or none");
    let lines = [(
        "dong",
        "unit;kind;from;until;networks;note\nH2;office;;;;Giúp người cao tuổi; sáng thứ Hai",
    )];
    assert_eq!(desk.post_form(&page, &lines).await.status, StatusCode::SEE_OTHER);
    // The four finish one hour into the seventh day, 09:00 in Vietnam.
    let declared = desk
        .post_form(&page, &form("H1", "2033-06-12T08:00", "Phòng máy, lớp 10A"))
        .await;
    assert_eq!(declared.status, StatusCode::SEE_OTHER, "{}", declared.text);
    let list = desk.get(&page).await;
    for words in [
        "Phòng máy, lớp 10A",
        "203.0.113.0/24",
        "Trần Thị Hoa khai báo lúc",
        "Giúp người cao tuổi; sáng thứ Hai",
    ] {
        has(&list, words);
    }
    sealed(bench).await;
    review_sealed(&bench.app, bench.now()).await.unwrap();
    let all = cases(bench).await;
    let together = |case: &&StoredCase| matches!(case.sheet.sign, Sign::Together { prediction: 77, .. });
    let case = all.iter().find(together).unwrap();
    assert!(
        matches!(case.sheet.sign, Sign::Together { declared: true, .. }),
        "{case:?}"
    );
    let mut board = console.logged_in(Role::Board).await;
    has(
        &board.get(&step(&format!("phieu/{}", case.id))).await,
        "đã khai báo từ trước",
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn other_hours_and_a_declaration_after_the_end_explain_nothing(pool: PgPool) {
    use hoithi::action::declare_places::declare_places;
    let bench = TestApp::new(pool).await;
    let contest = bench.contest();
    let place = |from, until| {
        let typed = Typed {
            unit: "X1",
            kind: PlaceKind::Office.name(),
            from,
            until,
            networks: "",
            note: "Giúp người dân",
        };
        typed
            .read(|code| contest.unit_by_code(code).map(|unit| unit.id))
            .unwrap()
    };
    let other_day = [place("2033-06-11 08:00", "2033-06-11 11:00")];
    declare_places(&bench.app, bench.now(), SECRETARY, contest.id, &other_day)
        .await
        .unwrap();
    sealed(&bench).await;
    bench.advance(Duration::minutes(1));
    declare_places(&bench.app, bench.now(), CHAIR, contest.id, &[place("", "")])
        .await
        .unwrap();
    review_sealed(&bench.app, bench.now()).await.unwrap();
    let all = cases(&bench).await;
    let signs: Vec<&Sign> = all.iter().map(|case| &case.sheet.sign).collect();
    assert!(
        signs.iter().any(|sign| matches!(
            sign,
            Sign::Together {
                prediction: 77,
                declared: false,
                ..
            }
        )),
        "{signs:?}"
    );
}
