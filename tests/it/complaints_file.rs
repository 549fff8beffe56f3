//! The register of complaints as a file: personal columns for a reason, and no text of a complaint in an address or the log.

use crate::helpers::{CONTEST, Console, Desk, step};
use crate::pages::plain;
use axum::http::StatusCode;
use hoithi::domain::staff::Role;
use serde_json::Value;
use sqlx::PgPool;

const WHY: &str = "Báo cáo thường trực về khiếu nại";
const SECRETS: [&str; 4] = ["Khiếu", "0987654321", "Điểm của tôi", "Đã chấm lại"];

/// Enters a complaint and answers it; every address that the console led to.
async fn complain(organiser: &mut Desk<'_>, board: &mut Desk<'_>) -> Vec<String> {
    let fields = [
        ("nguoi", "Hoàng Văn Khiếu"),
        ("lien-he", "0987654321"),
        ("noi-dung", "Điểm của tôi thấp"),
        ("ngay-nhan", "2033-06-06"),
        ("han", "2033-06-16"),
    ];
    let noted = organiser.post_form(&step("khieu-nai"), &fields).await;
    assert_eq!(noted.status, StatusCode::SEE_OTHER, "{}", noted.text);
    let answer = [("ket-luan", "partly"), ("tra-loi", "Đã chấm lại, thêm 10 điểm")];
    let answered = board.post_form(&step("khieu-nai/1"), &answer).await;
    assert_eq!(answered.status, StatusCode::SEE_OTHER, "{}", answered.text);
    vec![noted.location, answered.location]
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_register_leaves_with_the_columns_that_were_ticked_confirmed_and_explained(pool: PgPool) {
    let console = Console::new(pool.clone()).await;
    let mut organiser = console.logged_in(Role::Organiser).await;
    let mut board = console.logged_in(Role::Board).await;
    complain(&mut organiser, &mut board).await;
    let path = step("khieu-nai/tai");
    let bare = organiser.post_form(&path, &[("format", "csv")]).await;
    assert_eq!(bare.status, StatusCode::OK, "{}", bare.text);
    for secret in SECRETS {
        assert!(!bare.text.contains(secret), "{secret}: {}", bare.text);
    }
    assert!(
        bare.text.contains("đúng một phần") && bare.text.contains("2033-06-16"),
        "{}",
        bare.text
    );

    let ticked = [("format", "csv"), ("cot", "complainant"), ("cot", "about")];
    let unexplained = organiser.post_form(&path, &ticked).await;
    assert_eq!(unexplained.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        plain(&unexplained.text).contains("Viết mục đích sử dụng"),
        "{}",
        unexplained.text
    );
    let explained = [&ticked[..], &[("muc-dich", WHY)][..]].concat();
    let unconfirmed = organiser.post_form(&path, &explained).await;
    assert_eq!(unconfirmed.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        plain(&unconfirmed.text).contains("Đánh dấu xác nhận"),
        "{}",
        unconfirmed.text
    );
    assert!(unconfirmed.text.contains(WHY), "what was typed comes back");

    let confirmed = [
        &explained[..],
        &[("xac-nhan", "yes"), ("pham-vi", "cuoc-thi")][..],
    ]
    .concat();
    let file = board.post_form(&path, &confirmed).await;
    assert_eq!(file.status, StatusCode::OK, "{}", file.text);
    assert!(file.text.contains("Hoàng Văn Khiếu") && file.text.contains("Điểm của tôi thấp"));
    assert!(
        !file.text.contains("0987654321") && !file.text.contains("Đã chấm lại"),
        "{}",
        file.text
    );

    let acts: Vec<(Option<i32>, Option<String>, Value)> =
        sqlx::query_as("select round_id, reason, facts from audit where act = 'export' order by audit_id")
            .fetch_all(&pool)
            .await
            .unwrap();
    let [first, second] = acts.as_slice() else {
        panic!("{acts:?}");
    };
    assert!(first.0.is_some() && first.1.is_none(), "{first:?}");
    assert_eq!(first.2["columns"], serde_json::json!([]));
    assert_eq!((second.0, second.1.as_deref()), (None, Some(WHY)));
    assert_eq!(second.2["columns"], serde_json::json!(["complainant", "about"]));
    let log = plain(&board.get("/quan-tri/nhat-ky").await.text);
    assert!(log.contains("Sổ khiếu nại (CSV)"), "{log}");
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn neither_an_address_nor_the_log_carries_what_was_complained_about(pool: PgPool) {
    let console = Console::new(pool.clone()).await;
    let mut organiser = console.logged_in(Role::Organiser).await;
    let mut board = console.logged_in(Role::Board).await;
    let mut places = complain(&mut organiser, &mut board).await;
    // A refused form comes back on the page, not in an address.
    let refused = organiser
        .post_form(&step("khieu-nai"), &[("nguoi", "Hoàng Văn Khiếu")])
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    places.push(refused.location);
    let acts: Vec<String> = sqlx::query_scalar(
        "select concat_ws(' ', act, reason, facts::text) from audit where act like 'complaint%'",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    assert_eq!(acts.len(), 2);
    let seen = format!("{places:?} {acts:?}");
    let encoded = ["Khi%E1%BA%BFu", "%C4%90i%E1%BB%83m"];
    for secret in SECRETS.iter().chain(&encoded) {
        assert!(!seen.contains(secret), "{secret}: {seen}");
    }
    assert!(
        seen.contains(&format!("/cuoc-thi/{CONTEST}/vong/1/khieu-nai")),
        "{seen}"
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn every_fault_of_a_complaint_and_of_its_answer_is_told_at_once_at_its_field(pool: PgPool) {
    let console = Console::new(pool.clone()).await;
    let mut organiser = console.logged_in(Role::Organiser).await;
    let mut board = console.logged_in(Role::Board).await;
    let fields = [
        ("nguoi", ""),
        ("lien-he", "0987654321"),
        ("noi-dung", " "),
        ("ngay-nhan", "hôm qua"),
        ("han", ""),
    ];
    let refused = organiser.post_form(&step("khieu-nai"), &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["nguoi", "noi-dung", "ngay-nhan", "han"] {
        for part in [format!("<a href=\"#{field}\">"), format!("id=\"{field}-error\"")] {
            assert!(refused.text.contains(&part), "{part}: {}", refused.text);
        }
    }
    assert!(!refused.text.contains("lien-he-error"), "{}", refused.text);
    assert!(refused.text.contains("value=\"0987654321\""), "{}", refused.text);
    let backwards = [
        ("nguoi", "Khiếu"),
        ("noi-dung", "Điểm thấp"),
        ("ngay-nhan", "2033-06-16"),
        ("han", "2033-06-06"),
    ];
    let refused = organiser.post_form(&step("khieu-nai"), &backwards).await;
    assert!(refused.text.contains("id=\"han-error\""), "{}", refused.text);

    complain(&mut organiser, &mut board).await;
    let second = [
        ("nguoi", "Kêu"),
        ("noi-dung", "Nữa"),
        ("ngay-nhan", "2033-06-06"),
        ("han", "2033-06-06"),
    ];
    organiser.post_form(&step("khieu-nai"), &second).await;
    let silent = board.post_form(&step("khieu-nai/2"), &[("tra-loi", "")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    for part in [
        "id=\"f2-error\"",
        "id=\"a2-error\"",
        "<a href=\"#f2\">",
        "<a href=\"#a2\">",
    ] {
        assert!(silent.text.contains(part), "{part}: {}", silent.text);
    }
    let groundless = [("ket-luan", "partly"), ("tra-loi", " ")];
    let refused = board.post_form(&step("khieu-nai/2"), &groundless).await;
    assert!(
        refused.text.contains("value=\"partly\" checked") && !refused.text.contains("f2-error"),
        "{}",
        refused.text
    );
    let again = [("ket-luan", "upheld"), ("tra-loi", "Đổi ý")];
    let refused = board.post_form(&step("khieu-nai/1"), &again).await;
    assert!(refused.text.contains("id=\"k1-error\""), "{}", refused.text);
}
