//! Pages for citizens, asked for as a browser does: forms, cookies, redirects; no script.

use crate::helpers::{CONTEST, OPENS, PASSWORD, Reply, Sample, TestApp};
use axum::Router;
use axum::body::Body;
use axum::http::Request;
use hoithi::action::reset_password;
use hoithi::domain::contest::{Feedback, Field};
use hoithi::domain::staff::{Role, Staff};
use serde_json::json;
use sqlx::PgPool;
use std::collections::BTreeMap;
use std::sync::Mutex;
use time::Duration;
use tower::ServiceExt;

/// A browser with its cookies.
struct Browser {
    router: Router,
    cookies: Mutex<BTreeMap<String, String>>,
}

impl Browser {
    fn new(bench: &TestApp) -> Self {
        let router = hoithi::web::router(&bench.app).with_state(bench.app.clone());
        Self { router, cookies: Mutex::default() }
    }

    async fn send(&self, request: axum::http::request::Builder, body: Body) -> Reply {
        let cookies = self.cookies.lock().unwrap().iter().map(|(k, v)| format!("{k}={v}")).collect::<Vec<_>>();
        let request = request.header("cookie", cookies.join("; ")).body(body).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all("set-cookie") {
            let (name, value) = cookie.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.lock().unwrap().insert(name.to_owned(), value.to_owned());
        }
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        Reply { status: parts.status, headers: parts.headers, text: String::from_utf8(bytes.to_vec()).unwrap() }
    }

    /// Opens a page of the site.
    async fn open(&self, path: &str) -> Reply {
        self.send(Request::get(path), Body::empty()).await
    }

    /// Opens a page that must be there.
    async fn page(&self, path: &str) -> String {
        let reply = self.open(path).await;
        assert_eq!(reply.status, 200, "{path}: {}", reply.text);
        reply.text
    }

    /// Sends a form from a page of the site.
    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let request = Request::post(path).header("sec-fetch-site", "same-origin");
        self.form(request, fields).await
    }

    async fn form(&self, request: axum::http::request::Builder, fields: &[(&str, &str)]) -> Reply {
        let body = serde_html_form::to_string(fields).unwrap();
        let kind = "application/x-www-form-urlencoded";
        self.send(request.header("content-type", kind), Body::from(body)).await
    }
}

/// A page of the sample contest.
fn at(rest: &str) -> String {
    format!("/cuoc-thi/{CONTEST}{rest}")
}

const GOOD: [(&str, &str); 9] = [
    ("full_name", "Nguyễn Thị Ánh"),
    ("birth_day", "15"),
    ("birth_month", "6"),
    ("birth_year", "1984"),
    ("phone", "0912345678"),
    ("unit", "X1"),
    ("password", PASSWORD),
    ("consent", "yes"),
    ("consent_publish", "yes"),
];

/// The good registration with some fields changed or added.
fn with<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields: Vec<_> = GOOD.to_vec();
    for (name, value) in changes {
        match fields.iter_mut().find(|(own, _)| own == name) {
            Some(field) => field.1 = value,
            None => fields.push((name, value)),
        }
    }
    fields
}

/// The text without marks that keep words together.
fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn registering_logs_in_and_leads_back_to_where_one_was_going(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let browser = Browser::new(&bench);
    let home = browser.page("/").await;
    let start = at("/vong/1/thi");
    assert!(home.contains(&format!("href=\"{}?tiep={start}\"", at("/dang-ky"))), "{home}");
    let form = browser.page(&format!("{}?tiep={start}", at("/dang-ky"))).await;
    assert!(form.contains(&format!("name=\"tiep\" value=\"{start}\"")), "{form}");
    assert!(!form.contains("checked"), "nothing is ticked or chosen beforehand");
    let reply = browser.post(&at("/dang-ky"), &with(&[("tiep", &start)])).await;
    assert_eq!((reply.status.as_u16(), reply.header("location")), (303, start.as_str()));
    assert_eq!(bench.count("participants").await, 1);
    let contest = browser.page(&at("")).await;
    assert!(contest.contains("Xin chào, Nguyễn Thị Ánh.") && contest.contains(&format!("href=\"{start}\"")));
    let mine = browser.page("/bai-thi").await;
    assert!(mine.contains("091•••678") && !mine.contains("0912345678"), "{mine}");
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_way_back_to_another_site_is_not_taken(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let evil = ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"];
    for (n, next) in evil.iter().enumerate() {
        let phone = format!("091234567{n}");
        let reply = Browser::new(&bench).post(&at("/dang-ky"), &with(&[("tiep", next), ("phone", &phone)])).await;
        assert_eq!(reply.header("location"), at(""), "{next}");
    }
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn every_fault_is_told_at_once_and_what_was_typed_is_kept_except_the_password(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let typed = with(&[
        ("full_name", "<b>Ánh</b>"),
        ("birth_day", "30"),
        ("birth_month", "2"),
        ("birth_year", "2001"),
        ("phone", "091234567"),
        ("unit", "X2"),
        ("password", "ngắn-lắm"),
        ("consent", "yes"),
        ("email", "khong-phai-thu"),
    ]);
    let typed: Vec<_> = typed.into_iter().filter(|(name, _)| *name != "consent").collect();
    let reply = Browser::new(&bench).post(&at("/dang-ky"), &typed).await;
    assert_eq!(reply.status, 422);
    let page = plain(&reply.text);
    assert!(page.contains("<title>Lỗi: Đăng ký dự thi"), "{page}");
    assert!(page.contains("Có 5 chỗ cần sửa"), "{page}");
    for (anchor, message) in [
        ("full_name", "Họ và tên chỉ gồm chữ cái; bỏ số và ký hiệu."),
        ("birth_date", "Tháng 2 năm 2001 không có ngày 30."),
        ("phone", "Số điện thoại cần đủ 10 số; đã nhập 9 số."),
        ("email", "Viết thư điện tử theo dạng ten@vidu.vn."),
        ("consent", "Đánh dấu đồng ý để đăng ký dự thi."),
    ] {
        assert!(page.contains(&format!("<a href=\"#{anchor}\">{message}</a>")), "{anchor} in the summary");
        assert!(page.contains(&format!("Lỗi: {message}")) && page.contains(&format!("id=\"{anchor}\"")), "{anchor}");
    }
    assert!(page.contains("value=\"&#60;b&#62;Ánh&#60;/b&#62;\"") && !page.contains("<b>Ánh"), "escaped");
    assert!(page.contains("value=\"2001\"") && page.contains("value=\"khong-phai-thu\""));
    assert!(page.contains("value=\"X2\" checked"), "the chosen unit stays chosen");
    assert!(!page.contains("ngắn-lắm"), "a password is never sent back");
    assert_eq!(bench.count("participants").await, 0);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn bad_values_get_a_clear_message_and_nothing_is_stored(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let browser = Browser::new(&bench);
    let long = "Á".repeat(101);
    let table: [(&[(&str, &str)], &str); 29] = [
        (&[("full_name", "")], "Nhập họ và tên đầy đủ, có dấu."),
        (&[("full_name", " \u{a0} ")], "Nhập họ và tên đầy đủ, có dấu."),
        (&[("full_name", &long)], "Nhập nhiều nhất 100 ký tự."),
        (&[("full_name", "Ánh 😀")], "Họ và tên chỉ gồm chữ cái"),
        (&[("full_name", "Ánh\u{202e}x")], "Họ và tên chỉ gồm chữ cái"),
        (&[("full_name", "{{7*7}}")], "Họ và tên chỉ gồm chữ cái"),
        (&[("full_name", "=cmd|x")], "Họ và tên chỉ gồm chữ cái"),
        (&[("full_name", "'; DROP TABLE x")], "Họ và tên chỉ gồm chữ cái"),
        (&[("birth_day", ""), ("birth_month", ""), ("birth_year", "")], "Nhập ngày, tháng, năm sinh."),
        (&[("birth_day", "29"), ("birth_month", "2"), ("birth_year", "2023")], "Tháng 2 năm 2023 không có ngày 29."),
        (&[("birth_day", "31"), ("birth_month", "4")], "Tháng 4 năm 1984 không có ngày 31."),
        (&[("birth_month", "13")], "Tháng cần từ 1 đến 12; đã nhập 13."),
        (&[("birth_day", "một")], "Nhập đủ ngày, tháng, năm bằng số"),
        (&[("birth_year", "1890")], "Xem lại năm sinh; hệ thống nhận từ năm 1900."),
        (&[("birth_year", "2090")], "Ngày sinh này chưa đến; xem lại năm."),
        (&[("birth_year", "99999999999")], "Nhập đủ ngày, tháng, năm bằng số"),
        (&[("birth_year", "2021"), ("birth_month", "6"), ("birth_day", "7")], "đủ 12 tuổi vào ngày 6/6/2033."),
        (&[("phone", "")], "Nhập số điện thoại."),
        (&[("phone", "0212345678")], "Nhập số di động Việt Nam"),
        (&[("phone", "0912x45678")], "Số điện thoại chỉ gồm chữ số."),
        (&[("phone", "+1 202 555 0143")], "Nhập số di động Việt Nam"),
        (&[("unit", "")], "Chọn đơn vị trong danh sách."),
        (&[("unit", "KHONG-CO")], "Chọn đơn vị trong danh sách."),
        (&[("unit", "CU")], "Chọn đơn vị trong danh sách."),
        (&[("password", "1234567")], "Mật khẩu cần ít nhất 8 ký tự."),
        (&[("national_id", "0123")], "Số định danh cần đủ 12 số; đã nhập 4 số."),
        (&[("national_id", "０１２３４５６７８９０１")], "Số định danh chỉ gồm chữ số."),
        (&[("national_id", "020090123456")], "Số định danh này không khớp với ngày sinh đã nhập"),
        (&[("sex", "khac")], "Chọn một mục trong danh sách."),
    ];
    for (changes, message) in table {
        let reply = browser.post(&at("/dang-ky"), &with(changes)).await;
        assert_eq!(reply.status, 422, "{changes:?}");
        assert!(plain(&reply.text).contains(message), "{changes:?}: {}", reply.text);
    }
    assert_eq!(bench.count("participants").await, 0);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn forms_that_cannot_be_read_or_come_from_elsewhere_are_refused_with_a_page(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let browser = Browser::new(&bench);
    let path = at("/dang-ky");
    let big = "x".repeat(70_000);
    let reply = browser.post(&path, &with(&[("full_name", &big)])).await;
    assert_eq!(reply.status, 413);
    let reply = browser.post(&path, &with(&[("full_name", "Ánh\0")])).await;
    assert_eq!(reply.status, 400);
    let json = Request::post(&path).header("sec-fetch-site", "same-origin").header("content-type", "application/json");
    assert_eq!(browser.send(json, Body::from("{}")).await.status, 400);
    let foreign = Request::post(&path).header("sec-fetch-site", "cross-site");
    assert_eq!(browser.form(foreign, &GOOD).await.status, 403);
    let null = Request::post(&path).header("origin", "null");
    assert_eq!(browser.form(null, &GOOD).await.status, 403);
    let unsaid = browser.form(Request::post(&path), &GOOD).await;
    assert_eq!(unsaid.status, 403);
    assert!(unsaid.text.contains("chưa có gì thay đổi"), "{}", unsaid.text);
    assert_eq!(bench.count("participants").await, 0);
    let form = browser.page(&path).await;
    let token = form.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let reply = browser.form(Request::post(&path), &with(&[("csrf", token)])).await;
    assert_eq!(reply.status, 303, "an old browser that says nothing is known by the token");
    let put = browser.send(Request::put(&path), Body::empty()).await;
    assert_eq!(put.status, 405);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_known_phone_is_sent_to_the_log_in_and_keeps_its_first_registration(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    Browser::new(&bench).post(&at("/dang-ky"), &GOOD).await;
    let again = with(&[("full_name", "Trần Văn Bình"), ("phone", "+84 912 345 678")]);
    let reply = Browser::new(&bench).post(&at("/dang-ky"), &again).await;
    assert_eq!(reply.status, 422);
    assert!(reply.text.contains("Số này đã đăng ký. Đăng nhập, hoặc gọi hỗ trợ"), "{}", reply.text);
    assert!(reply.text.contains(&format!("href=\"{}?tiep=", at("/dang-nhap"))));
    assert_eq!(bench.count("participants").await, 1);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn under_sixteen_a_guardian_must_be_named_and_agree(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let browser = Browser::new(&bench);
    let young = [("birth_year", "2020"), ("birth_month", "1")];
    let named = [young.as_slice(), &[("guardian_name", "Nguyễn Văn Bình")]].concat();
    let agreed = [named.as_slice(), &[("guardian_consent", "yes")]].concat();
    for changes in [young.as_slice(), &named] {
        let reply = browser.post(&at("/dang-ky"), &with(changes)).await;
        assert_eq!(reply.status, 422);
        assert!(reply.text.contains("cần cha, mẹ hoặc người giám hộ ghi họ tên và đánh dấu đồng ý"), "{}", reply.text);
    }
    assert_eq!(browser.post(&at("/dang-ky"), &with(&agreed)).await.status, 303);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn units_are_found_without_marks_and_the_form_stays_as_typed(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let browser = Browser::new(&bench);
    let search = with(&[("unit_search", "xa hai"), ("then", "find-unit"), ("unit", "X1")]);
    let reply = browser.post(&at("/dang-ky"), &search).await;
    assert_eq!(reply.status, 200);
    assert!(plain(&reply.text).contains("Có 1 đơn vị"), "{}", reply.text);
    assert!(reply.text.contains("value=\"X2\"><span lang=\"vi\">Xã Hai <small>thuộc Huyện Một</small>"));
    assert!(reply.text.contains("value=\"X1\" checked"), "what was chosen stays on top");
    assert!(reply.text.contains("value=\"Nguyễn Thị Ánh\"") && !reply.text.contains(PASSWORD));
    assert_eq!(bench.count("participants").await, 0);
    let fragment = browser.page(&at("/don-vi?q=XA%20MOT")).await;
    assert!(fragment.starts_with("<p class=\"hint count\">") && fragment.contains("value=\"X1\""), "{fragment}");
    assert!(!fragment.contains("Xã Cũ"));
    let nothing = browser.page(&at("/don-vi?q=khong%20co")).await;
    assert!(nothing.contains("Không tìm thấy đơn vị nào."), "{nothing}");
    let invited = browser.page(&at("/dang-ky?don-vi=X2")).await;
    assert!(invited.contains("value=\"X2\" checked"), "{invited}");
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn an_unknown_phone_and_a_wrong_password_get_the_same_answer_and_guessing_ends(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    Browser::new(&bench).post(&at("/dang-ky"), &GOOD).await;
    let browser = Browser::new(&bench);
    let log_in = |phone: &'static str, password: &'static str| {
        let browser = &browser;
        async move { browser.post(&at("/dang-nhap"), &[("phone", phone), ("password", password)]).await }
    };
    let answer = |reply: Reply| {
        assert_eq!(reply.status, 422, "{}", reply.text);
        reply.text.split("id=\"errors\"").nth(1).unwrap().split("</div>").next().unwrap().to_owned()
    };
    let unknown = answer(log_in("0987654321", PASSWORD).await);
    assert!(unknown.contains("Số điện thoại hoặc mật khẩu chưa đúng."), "{unknown}");
    for (phone, password) in [("0912345678", "sai mật khẩu"), ("không phải số", PASSWORD), ("", "")] {
        assert_eq!(answer(log_in(phone, password).await), unknown);
    }
    let reply = log_in("0084 912.345.678", PASSWORD).await;
    assert_eq!((reply.status.as_u16(), reply.header("location")), (303, at("").as_str()));
    for _ in 0..10 {
        log_in("0912345678", "sai mật khẩu").await;
    }
    let reply = log_in("0912345678", PASSWORD).await;
    assert_eq!(reply.status, 429);
    assert!(reply.text.contains("Thử quá nhiều lần") && !reply.header("retry-after").is_empty());
    let reply = browser.post(&at("/dang-xuat"), &[("back", "/bai-thi")]).await;
    assert_eq!(reply.header("location"), "/bai-thi");
    assert!(browser.page("/bai-thi").await.contains("Chưa có ai đăng nhập trên máy này."));
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_forgotten_password_is_replaced_with_the_code_of_the_help_desk(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let other = Browser::new(&bench);
    other.post(&at("/dang-ky"), &GOOD).await;
    let id = hoithi::domain::ids::StaffId(1);
    let desk = Staff { id, login: "ban".to_owned(), name: "Bàn hỗ trợ".to_owned(), role: Role::Organiser };
    let code = reset_password::issue_code(&bench.app, bench.now(), &desk, &bench.contest(), "0912345678").await.unwrap();
    let browser = Browser::new(&bench);
    let send = |code: String, password: &'static str| {
        let browser = &browser;
        async move {
            let fields = [("phone", "0912 345 678"), ("code", code.as_str()), ("password", password)];
            browser.post(&at("/mat-khau"), &fields).await
        }
    };
    let wrong = send("00000000".to_owned(), "mật khẩu mới").await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.text.contains("Số điện thoại hoặc mã chưa đúng"), "{}", wrong.text);
    let short = send(code.clone(), "ngắn").await;
    assert!(plain(&short.text).contains("Mật khẩu cần ít nhất 8 ký tự."), "{}", short.text);
    let reply = send(format!("{} {}", &code[..4], &code[4..]), "mật khẩu mới").await;
    assert_eq!(reply.status, 303);
    assert!(browser.page("/bai-thi").await.contains("Xin chào, Nguyễn Thị Ánh."));
    assert!(other.page("/bai-thi").await.contains("Chưa có ai đăng nhập"), "older log-ins end");
    assert_eq!(send(code, "mật khẩu khác").await.status, 422, "a code works once");
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_button_of_a_contest_follows_its_state(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let stranger = Browser::new(&bench);
    let button = |page: &str| plain(page.split("class=\"button\"").nth(1).unwrap().split('>').nth(1).unwrap()).replace("</a", "");
    let shown = async |browser: &Browser| button(&browser.page(&at("")).await);
    bench.at(OPENS - Duration::hours(50));
    let page = plain(&stranger.page(&at("")).await);
    assert!(page.contains("Tuần 1 mở lúc 08:00 thứ Hai, 6/6/2033") && page.contains("Còn 2 ngày 2 giờ"), "{page}");
    assert_eq!(button(&page), "Đăng ký trước");
    bench.at(OPENS + Duration::HOUR);
    assert_eq!(shown(&stranger).await, "Vào thi");
    let person = bench.participant("An").await;
    let own = Browser::new(&bench);
    own.post(&at("/dang-nhap"), &[("phone", &person.phone), ("password", PASSWORD)]).await;
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
    assert!(stranger.page(&at("/dang-ky")).await.contains("nên không nhận đăng ký nữa"));
    assert_eq!(stranger.post(&at("/dang-ky"), &GOOD).await.status, 409);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn results_are_shown_after_publication_alone_and_name_only_who_agreed(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let open = bench.participant("Công").await;
    let hidden = bench.participant_with("Kín", json!({ "consent_publish": false, "unit": "X2" })).await;
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
    assert!(page().await.contains("Tuần 1 đang mở đến 08:00 thứ Hai, 13/6/2033."));
    bench.close(1).await;
    bench.rank(1).await;
    bench.approve(1).await;
    let before = page().await;
    assert!(before.contains("đang được kiểm tra, phê duyệt") && !before.contains("Nguyễn"), "{before}");
    assert!(!browser.page(&at("/ket-qua")).await.contains("ket-qua/1"));
    assert!(browser.page(&at("/don-vi/X1")).await.contains("Chưa có số liệu của đơn vị này."));
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
    assert!(unit.contains("<b>2</b> lượt dự thi") && unit.contains("Xã Một"), "{unit}");
    assert!(browser.page(&at("")).await.contains(&format!("href=\"{}\"", at("/ket-qua/1"))));
}

/// A person with one blank attempt and one all right, and what "my attempts" shows.
async fn two_attempts(bench: &TestApp) -> String {
    let person = bench.participant("An").await;
    let browser = Browser::new(bench);
    browser.post(&at("/dang-nhap"), &[("phone", &person.phone), ("password", PASSWORD)]).await;
    assert!(browser.page("/bai-thi").await.contains("Chưa có lượt thi nào. Tuần 1 đang mở."));
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
    let counted = mine.split("<tr class=\"here\">").nth(1).unwrap().split("</tr>").next().unwrap();
    assert!(counted.contains("Tuần 1, lượt 2") && counted.contains("được tính"), "{counted}");
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
    let receipt = person.start(1).await.submit().await.ok()["receipt"].as_str().unwrap().to_owned();
    let browser = Browser::new(&bench);
    let check = async |typed: &str| browser.post("/xac-minh", &[("ma", typed)]).await;
    let spaced = format!(" {} {}-{} ", &receipt[..4].to_lowercase(), &receipt[4..8], &receipt[8..]);
    for typed in [receipt.as_str(), &spaced] {
        let reply = check(typed).await;
        assert_eq!(reply.status, 200);
        let page = plain(&reply.text);
        assert!(page.contains("Có bài thi khớp với mã này:</b> tuần 1, nộp lúc 09:00:00 ngày 6/6/2033."), "{page}");
        assert!(!page.contains("Nguyễn") && !page.contains("điểm/") && !page.contains(&person.phone));
    }
    for typed in ["", "ABC", "0000000000", "<script>alert(1)</script>", &"9".repeat(5_000), "ĐĐĐĐĐĐĐĐĐĐ"] {
        let reply = check(typed).await;
        assert_eq!(reply.status, 422, "{typed}");
        assert!(reply.text.contains("Không tìm thấy mã này. Mã có 10 ký tự"), "{typed}");
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
    let rules = "## Ai dự thi\n\nMọi người <script>alert(1)</script>\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n";
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
    browser.post(&at("/dang-nhap"), &[("phone", &person.phone), ("password", PASSWORD)]).await;
    for lang in ["vi", "en"] {
        browser.post("/hien-thi", &[("lang", lang), ("back", "/")]).await;
        for path in [
            "/", "/bai-thi", "/xac-minh", "/tro-giup", "/du-lieu-ca-nhan", &at(""), &at("/the-le"), &at("/dang-ky"),
            &at("/dang-nhap"), &at("/mat-khau"), &at("/don-vi"), &at("/don-vi/H1"), &at("/ket-qua"), &at("/ket-qua/1"),
            &at("/ket-qua/2"),
        ] {
            let page = browser.page(path).await;
            assert!(page.contains(&format!("<html lang=\"{lang}\"")), "{path}");
            for bad in [" style=", "<style", " onclick", "<script>", "javascript:", "{ $", "&lt;script", "src=\"http"] {
                assert!(!page.contains(bad), "{bad} in {lang} {path}");
            }
            // A key without a message would be printed as it is.
            let words = page.split(['<', '>']).map(str::trim);
            let key = words.filter(|word| word.contains('-') && !word.contains([' ', '=', '/', '.', '\n']));
            let key: Vec<_> = key.filter(|word| word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')).collect();
            assert!(key.is_empty(), "{key:?} on {lang} {path}");
            assert!(page.len() < 60_000, "{path} has {} bytes", page.len());
        }
    }
    drop(running);
}
