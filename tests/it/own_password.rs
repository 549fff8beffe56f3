//! Staff and their own passwords: changed at the desk, asked for after somebody else has set one.

use crate::helpers::{Console, STAFF_PASSWORD, between};
use axum::http::StatusCode;
use hoithi::domain::staff::Role;
use sqlx::PgPool;

const OWN: &str = "/quan-tri/mat-khau";
const NEW: &str = "mot cau dai de nho";

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_changed_password_ends_every_other_log_in_and_goes_into_the_log_without_itself(pool: PgPool) {
    let console = Console::new(pool.clone()).await;
    let mut here = console.logged_in(Role::Board).await;
    let mut elsewhere = console.logged_in(Role::Board).await;
    let before = here.cookies.clone();
    assert!(here.get("/quan-tri").await.text.contains(OWN));
    let fields = [("old", STAFF_PASSWORD), ("password", NEW)];
    let answer = here.post_form(OWN, &fields).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    assert!(answer.text.contains("Đã đổi mật khẩu"), "{}", answer.text);

    assert_eq!(here.get("/quan-tri").await.status, StatusCode::OK);
    assert_eq!(elsewhere.get("/quan-tri").await.location, "/quan-tri/dang-nhap");
    let now = std::mem::replace(&mut here.cookies, before);
    assert_eq!(
        here.get("/quan-tri").await.location,
        "/quan-tri/dang-nhap",
        "the token itself is new"
    );
    here.cookies = now;

    let mut again = console.desk();
    let log_in = |password| [("name", "board"), ("password", password)];
    let refused = again
        .post_form("/quan-tri/dang-nhap", &log_in(STAFF_PASSWORD))
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let answer = again.post_form("/quan-tri/dang-nhap", &log_in(NEW)).await;
    assert_eq!(answer.location, "/quan-tri");
    let log = here.get("/quan-tri/nhat-ky").await.text;
    assert!(log.contains("Lê Văn Bình đổi mật khẩu của mình (board)"), "{log}");
    let facts: String = sqlx::query_scalar("select string_agg(facts::text, ' ') from audit")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert!(!facts.contains(NEW) && !facts.contains(STAFF_PASSWORD), "{facts}");
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_wrong_old_or_an_unfit_new_password_changes_nothing_and_guessing_is_slowed(pool: PgPool) {
    let console = Console::new(pool).await;
    let mut desk = console.logged_in(Role::Viewer).await;
    let cases = [
        (STAFF_PASSWORD, "ngan", "Mật khẩu cần ít nhất 8 ký tự"),
        (STAFF_PASSWORD, "", "Nhập mật khẩu, ít nhất"),
        ("khong phai", NEW, "Mật khẩu đang dùng chưa đúng"),
        (STAFF_PASSWORD, STAFF_PASSWORD, "phải khác mật khẩu đang dùng"),
    ];
    for (old, new, words) in cases {
        let answer = desk.post_form(OWN, &[("old", old), ("password", new)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{old} {new}");
        assert!(answer.text.contains(words), "{words}: {}", answer.text);
        assert!(!answer.text.contains(NEW), "what was typed is not sent back");
    }
    let guess = [("old", "doan mo"), ("password", NEW)];
    let mut last = StatusCode::OK;
    for _ in 0..9 {
        last = desk.post_form(OWN, &guess).await.status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    let right = [("old", STAFF_PASSWORD), ("password", NEW)];
    let answer = desk.post_form(OWN, &right).await;
    assert_eq!(
        answer.status,
        StatusCode::TOO_MANY_REQUESTS,
        "the right one does not tell itself apart"
    );
    assert_eq!(desk.get("/quan-tri").await.status, StatusCode::OK);
    let csrf = desk.post(OWN, &right).await;
    assert_eq!(csrf.status, StatusCode::FORBIDDEN, "a form of another site");
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn whoever_got_a_password_from_somebody_else_chooses_one_before_anything_else(pool: PgPool) {
    let console = Console::new(pool).await;
    let mut admin = console.logged_in(Role::Admin).await;
    let person = [("login", "thu"), ("name", "Hoàng Thị Thu"), ("role", "organiser")];
    let page = admin.post_form("/quan-tri/nhan-su", &person).await.text;
    let given = between(&page, "<b><code>", "</code></b>").to_owned();

    let mut thu = console.desk();
    let log_in = [("name", "thu"), ("password", given.as_str())];
    thu.post_form("/quan-tri/dang-nhap", &log_in).await;
    for path in ["/quan-tri", "/quan-tri/nhat-ky"] {
        assert_eq!(thu.get(path).await.location, OWN, "{path}");
    }
    let step = crate::helpers::step("chot");
    assert_eq!(
        thu.post_form(&step, &[]).await.location,
        OWN,
        "no step before that either"
    );
    let page = thu.get(OWN).await.text;
    assert!(page.contains("do người khác đặt giúp"), "{page}");
    let same = [("old", given.as_str()), ("password", given.as_str())];
    assert_eq!(
        thu.post_form(OWN, &same).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let own = [("old", given.as_str()), ("password", NEW)];
    assert_eq!(thu.post_form(OWN, &own).await.status, StatusCode::OK);
    assert_eq!(thu.get("/quan-tri").await.status, StatusCode::OK);

    // A reset ends the log-in at once, and asks again.
    let page = admin.post_form("/quan-tri/nhan-su/thu/dat-lai", &[]).await.text;
    let given = between(&page, "<b><code>", "</code></b>").to_owned();
    assert_eq!(thu.get("/quan-tri").await.location, "/quan-tri/dang-nhap");
    let log_in = [("name", "thu"), ("password", given.as_str())];
    thu.post_form("/quan-tri/dang-nhap", &log_in).await;
    assert_eq!(thu.get("/quan-tri").await.location, OWN);
}
