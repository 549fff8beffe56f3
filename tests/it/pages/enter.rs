//! Registering, finding a unit, logging in, a new password.

use super::{Browser, GOOD, at, plain, with};
use crate::helpers::{PASSWORD, Reply, TestApp};
use axum::body::Body;
use axum::http::Request;
use hoithi::action::reset_password;
use hoithi::domain::staff::{Role, Staff};
use sqlx::PgPool;

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn registering_logs_in_and_leads_back_to_where_one_was_going(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let browser = Browser::new(&bench);
    let home = browser.page("/").await;
    let start = at("/vong/1/thi");
    assert!(
        home.contains(&format!("href=\"{}?tiep={start}\"", at("/dang-ky"))),
        "{home}"
    );
    let form = browser.page(&format!("{}?tiep={start}", at("/dang-ky"))).await;
    assert!(
        form.contains(&format!("name=\"tiep\" value=\"{start}\"")),
        "{form}"
    );
    assert!(
        !form.contains("checked"),
        "nothing is ticked or chosen beforehand"
    );
    let reply = browser.post(&at("/dang-ky"), &with(&[("tiep", &start)])).await;
    assert_eq!(
        (reply.status.as_u16(), reply.header("location")),
        (303, start.as_str())
    );
    assert_eq!(bench.count("participants").await, 1);
    let contest = browser.page(&at("")).await;
    assert!(contest.contains("Xin chào, Nguyễn Thị Ánh.") && contest.contains(&format!("href=\"{start}\"")));
    let mine = browser.page("/bai-thi").await;
    assert!(
        mine.contains("091•••678") && !mine.contains("0912345678"),
        "{mine}"
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_way_back_to_another_site_is_not_taken(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let evil = [
        "//evil.example",
        "https://evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
    ];
    for (n, next) in evil.iter().enumerate() {
        let phone = format!("091234567{n}");
        let reply = Browser::new(&bench)
            .post(&at("/dang-ky"), &with(&[("tiep", next), ("phone", &phone)]))
            .await;
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
        assert!(
            page.contains(&format!("<a href=\"#{anchor}\">{message}</a>")),
            "{anchor} in the summary"
        );
        assert!(
            page.contains(&format!("Lỗi: {message}")) && page.contains(&format!("id=\"{anchor}\"")),
            "{anchor}"
        );
    }
    assert!(
        page.contains("value=\"&#60;b&#62;Ánh&#60;/b&#62;\"") && !page.contains("<b>Ánh"),
        "escaped"
    );
    assert!(page.contains("value=\"2001\"") && page.contains("value=\"khong-phai-thu\""));
    assert!(
        page.contains("value=\"X2\" checked"),
        "the chosen unit stays chosen"
    );
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
        (
            &[("birth_day", ""), ("birth_month", ""), ("birth_year", "")],
            "Nhập ngày, tháng, năm sinh.",
        ),
        (
            &[("birth_day", "29"), ("birth_month", "2"), ("birth_year", "2023")],
            "Tháng 2 năm 2023 không có ngày 29.",
        ),
        (
            &[("birth_day", "31"), ("birth_month", "4")],
            "Tháng 4 năm 1984 không có ngày 31.",
        ),
        (&[("birth_month", "13")], "Tháng cần từ 1 đến 12; đã nhập 13."),
        (&[("birth_day", "một")], "Nhập đủ ngày, tháng, năm bằng số"),
        (
            &[("birth_year", "1890")],
            "Xem lại năm sinh; hệ thống nhận từ năm 1900.",
        ),
        (&[("birth_year", "2090")], "Ngày sinh này chưa đến; xem lại năm."),
        (
            &[("birth_year", "99999999999")],
            "Nhập đủ ngày, tháng, năm bằng số",
        ),
        (
            &[("birth_year", "2021"), ("birth_month", "6"), ("birth_day", "7")],
            "đủ 12 tuổi vào ngày 6/6/2033.",
        ),
        (&[("phone", "")], "Nhập số điện thoại."),
        (&[("phone", "0212345678")], "Nhập số di động Việt Nam"),
        (&[("phone", "0912x45678")], "Số điện thoại chỉ gồm chữ số."),
        (&[("phone", "+1 202 555 0143")], "Nhập số di động Việt Nam"),
        (&[("unit", "")], "Chọn đơn vị trong danh sách."),
        (&[("unit", "KHONG-CO")], "Chọn đơn vị trong danh sách."),
        (&[("unit", "CU")], "Chọn đơn vị trong danh sách."),
        (&[("password", "1234567")], "Mật khẩu cần ít nhất 8 ký tự."),
        (
            &[("national_id", "0123")],
            "Số định danh cần đủ 12 số; đã nhập 4 số.",
        ),
        (
            &[("national_id", "０１２３４５６７８９０１")],
            "Số định danh chỉ gồm chữ số.",
        ),
        (
            &[("national_id", "020090123456")],
            "Số định danh này không khớp với ngày sinh đã nhập",
        ),
        (&[("sex", "khac")], "Chọn một mục trong danh sách."),
    ];
    for (changes, message) in table {
        let reply = browser.post(&at("/dang-ky"), &with(changes)).await;
        assert_eq!(reply.status, 422, "{changes:?}");
        assert!(
            plain(&reply.text).contains(message),
            "{changes:?}: {}",
            reply.text
        );
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
    let json = Request::post(&path)
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/json");
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
    let token = form
        .split("name=\"csrf\" value=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let reply = browser
        .form(Request::post(&path), &with(&[("csrf", token)]))
        .await;
    assert_eq!(
        reply.status, 303,
        "an old browser that says nothing is known by the token"
    );
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
    assert!(
        reply
            .text
            .contains("Số này đã đăng ký. Đăng nhập, hoặc gọi hỗ trợ"),
        "{}",
        reply.text
    );
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
        assert!(
            reply
                .text
                .contains("cần cha, mẹ hoặc người giám hộ ghi họ tên và đánh dấu đồng ý"),
            "{}",
            reply.text
        );
    }
    assert_eq!(browser.post(&at("/dang-ky"), &with(&agreed)).await.status, 303);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn an_unknown_phone_and_a_wrong_password_get_the_same_answer_and_guessing_ends(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    Browser::new(&bench).post(&at("/dang-ky"), &GOOD).await;
    let browser = Browser::new(&bench);
    let log_in = |phone: &'static str, password: &'static str| {
        let browser = &browser;
        async move {
            browser
                .post(&at("/dang-nhap"), &[("phone", phone), ("password", password)])
                .await
        }
    };
    let answer = |reply: Reply| {
        assert_eq!(reply.status, 422, "{}", reply.text);
        reply
            .text
            .split("id=\"errors\"")
            .nth(1)
            .unwrap()
            .split("</div>")
            .next()
            .unwrap()
            .to_owned()
    };
    let unknown = answer(log_in("0987654321", PASSWORD).await);
    assert!(
        unknown.contains("Số điện thoại hoặc mật khẩu chưa đúng."),
        "{unknown}"
    );
    for (phone, password) in [
        ("0912345678", "sai mật khẩu"),
        ("không phải số", PASSWORD),
        ("", ""),
    ] {
        assert_eq!(answer(log_in(phone, password).await), unknown);
    }
    let reply = log_in("0084 912.345.678", PASSWORD).await;
    assert_eq!(
        (reply.status.as_u16(), reply.header("location")),
        (303, at("").as_str())
    );
    for _ in 0..10 {
        log_in("0912345678", "sai mật khẩu").await;
    }
    let reply = log_in("0912345678", PASSWORD).await;
    assert_eq!(reply.status, 429);
    assert!(reply.text.contains("Thử quá nhiều lần") && !reply.header("retry-after").is_empty());
    let reply = browser.post(&at("/dang-xuat"), &[("back", "/bai-thi")]).await;
    assert_eq!(reply.header("location"), "/bai-thi");
    assert!(
        browser
            .page("/bai-thi")
            .await
            .contains("Chưa có ai đăng nhập trên máy này.")
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_forgotten_password_is_replaced_with_the_code_of_the_help_desk(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let other = Browser::new(&bench);
    other.post(&at("/dang-ky"), &GOOD).await;
    let id = hoithi::domain::ids::StaffId(1);
    let desk = Staff {
        id,
        login: "ban".to_owned(),
        name: "Bàn hỗ trợ".to_owned(),
        role: Role::Organiser,
    };
    let code = reset_password::issue_code(&bench.app, bench.now(), &desk, &bench.contest(), "0912345678")
        .await
        .unwrap();
    let browser = Browser::new(&bench);
    let send = |code: String, password: &'static str| {
        let browser = &browser;
        async move {
            let fields = [
                ("phone", "0912 345 678"),
                ("code", code.as_str()),
                ("password", password),
            ];
            browser.post(&at("/mat-khau"), &fields).await
        }
    };
    let wrong = send("00000000".to_owned(), "mật khẩu mới").await;
    assert_eq!(wrong.status, 422);
    assert!(
        wrong.text.contains("Số điện thoại hoặc mã chưa đúng"),
        "{}",
        wrong.text
    );
    let short = send(code.clone(), "ngắn").await;
    assert!(
        plain(&short.text).contains("Mật khẩu cần ít nhất 8 ký tự."),
        "{}",
        short.text
    );
    let reply = send(format!("{} {}", &code[..4], &code[4..]), "mật khẩu mới").await;
    assert_eq!(reply.status, 303);
    assert!(
        browser
            .page("/bai-thi")
            .await
            .contains("Xin chào, Nguyễn Thị Ánh.")
    );
    assert!(
        other.page("/bai-thi").await.contains("Chưa có ai đăng nhập"),
        "older log-ins end"
    );
    assert_eq!(send(code, "mật khẩu khác").await.status, 422, "a code works once");
}
