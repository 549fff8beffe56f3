//! The register of requests about personal data: the clock, answering once, carrying out, days off, the file.

use crate::helpers::{CONTEST, Console, Desk, OPENS, Person};
use crate::pages::{Browser, plain};
use axum::http::StatusCode;
use hoithi::domain::staff::Role;
use serde_json::Value;
use sqlx::PgPool;
use time::Duration;

const REGISTER: &str = "/quan-tri/cuoc-thi/mau/yeu-cau-du-lieu";
/// The sample opens on Monday 6 June 2033; this is the Friday evening before.
const FRIDAY: &str = "2033-06-03T18:30";

/// Enters a request; where the console leads then.
async fn enter(desk: &mut Desk<'_>, changes: &[(&str, &str)]) -> String {
    let usual = [
        ("nhan-luc", FRIDAY),
        ("loai", "see"),
        ("cach", "phone"),
        ("nguoi", "Hoàng Văn Khiếu"),
        ("lien-he", "0987654321"),
        ("noi-dung", "Muốn biết đang lưu gì về tôi"),
    ];
    let mut fields: Vec<(&str, &str)> = usual.to_vec();
    fields.retain(|(name, _)| !changes.iter().any(|(other, _)| other == name));
    fields.extend(changes);
    let answer = desk.post_form(REGISTER, &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    answer.location
}

async fn reply(desk: &mut Desk<'_>, id: i64, fields: &[(&str, &str)]) -> (StatusCode, String) {
    let answer = desk.post_form(&format!("{REGISTER}/{id}"), fields).await;
    (
        answer.status,
        format!("{}{}", answer.location, plain(&answer.text)),
    )
}

async fn name_of(pool: &PgPool, person: &Person) -> String {
    sqlx::query_scalar("select full_name from participants where participant_id = $1")
        .bind(person.id.0)
        .fetch_one(pool)
        .await
        .unwrap()
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_request_waits_two_working_days_is_told_when_late_and_answered_once(pool: PgPool) {
    let console = Console::new(pool.clone()).await;
    let mut desk = console.logged_in(Role::Organiser).await;
    let place = enter(&mut desk, &[]).await;
    assert_eq!(
        place,
        format!("{REGISTER}#y1"),
        "an address tells the number alone"
    );
    let page = plain(&desk.get(REGISTER).await.text);
    assert!(page.contains("Trả lời chậm nhất ngày 7/6/2033"), "{page}");
    assert!(
        page.contains("Hoàng Văn Khiếu") && page.contains("Trần Thị Hoa ghi"),
        "{page}"
    );
    let contests = plain(&desk.get("/quan-tri").await.text);
    assert!(
        contests.contains("Yêu cầu về dữ liệu chờ trả lời: 1"),
        "{contests}"
    );

    // Tuesday 24:00 in Vietnam has passed.
    console.bench.at(OPENS + Duration::hours(40));
    let page = plain(&desk.get(REGISTER).await.text);
    assert!(
        page.contains("Quá hạn: lẽ ra trả lời chậm nhất ngày 7/6/2033"),
        "{page}"
    );
    let contests = plain(&desk.get("/quan-tri").await.text);
    assert!(contests.contains("Yêu cầu về dữ liệu quá hạn: 1"), "{contests}");

    let (status, text) = reply(&mut desk, 1, &[("ket-qua", "refused"), ("tra-loi", " ")]).await;
    assert!(
        status == StatusCode::UNPROCESSABLE_ENTITY && text.contains("phải ghi lý do"),
        "{text}"
    );
    let why = "Không xác minh được là chính người ấy";
    let (status, to) = reply(&mut desk, 1, &[("ket-qua", "refused"), ("tra-loi", why)]).await;
    assert!(
        status == StatusCode::SEE_OTHER && to == format!("{REGISTER}#y1"),
        "{to}"
    );
    let (_, text) = reply(&mut desk, 1, &[("ket-qua", "done"), ("tra-loi", "Đã gửi")]).await;
    assert!(text.contains("đã trả lời rồi"), "{text}");
    let page = plain(&desk.get(REGISTER).await.text);
    assert!(
        page.contains("Trả lời quá hạn (hạn: 7/6/2033)") && page.contains(why),
        "{page}"
    );
    let changed = sqlx::query("update received_requests set answer = 'khác'")
        .execute(&pool)
        .await;
    assert!(changed.is_err(), "an answer stays");

    let facts: Vec<Value> =
        sqlx::query_scalar("select facts from audit where act like 'request%' order by audit_id")
            .fetch_all(&pool)
            .await
            .unwrap();
    assert_eq!(facts.len(), 2);
    let said = serde_json::to_string(&facts).unwrap();
    for secret in ["Khiếu", "0987", "Muốn biết", "xác minh"] {
        assert!(!said.contains(secret), "{secret}: {said}");
    }
    let log = plain(&desk.get("/quan-tri/nhat-ky").await.text);
    assert!(
        log.contains("Trần Thị Hoa ghi yêu cầu về dữ liệu số 1 (xem dữ liệu)"),
        "{log}"
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn days_off_that_were_entered_move_the_last_day(pool: PgPool) {
    let console = Console::new(pool).await;
    let mut desk = console.logged_in(Role::Organiser).await;
    enter(&mut desk, &[]).await;
    let days = format!("{REGISTER}/ngay-nghi");
    let wrong = [("ten", "Nghỉ"), ("tu", "2033-06-07"), ("den", "2033-06-06")];
    let answer = desk.post_form(&days, &wrong).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let two = [("ten", "Nghỉ bù"), ("tu", "2033-06-06"), ("den", "2033-06-07")];
    assert_eq!(desk.post_form(&days, &two).await.status, StatusCode::SEE_OTHER);
    let page = plain(&desk.get(REGISTER).await.text);
    assert!(page.contains("Trả lời chậm nhất ngày 9/6/2033"), "{page}");
    assert!(page.contains("7/6/2033: Nghỉ bù"), "{page}");
    assert_eq!(
        desk.post_form(&days, &[("bo", "2033-06-07")]).await.status,
        StatusCode::SEE_OTHER
    );
    let page = plain(&desk.get(REGISTER).await.text);
    assert!(page.contains("Trả lời chậm nhất ngày 8/6/2033"), "{page}");
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn what_cannot_be_meant_is_refused_with_what_was_typed(pool: PgPool) {
    let console = Console::new(pool).await;
    let mut desk = console.logged_in(Role::Admin).await;
    for (name, value, words) in [
        ("nguoi", " ", "Ghi họ tên"),
        ("nhan-luc", "2033-06-07T00:00", "không muộn hơn bây giờ"),
        ("nhan-luc", "hôm qua", "không muộn hơn bây giờ"),
        ("tai-khoan", "0911111111", "Không tìm thấy tài khoản"),
    ] {
        let fields = [
            ("nhan-luc", FRIDAY),
            ("loai", "see"),
            ("cach", "letter"),
            ("nguoi", "Khiếu"),
            ("noi-dung", "Xin bản sao"),
        ];
        let mut fields: Vec<(&str, &str)> = fields.into_iter().filter(|(own, _)| *own != name).collect();
        fields.push((name, value));
        let answer = desk.post_form(REGISTER, &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name} {value}");
        let page = plain(&answer.text);
        assert!(
            page.contains(words) && page.contains("Xin bản sao"),
            "{words}: {page}"
        );
    }
    assert_eq!(console.bench.count("received_requests").await, 0);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn an_erasure_by_letter_is_carried_out_with_its_answer_unless_something_holds_it(pool: PgPool) {
    let console = Console::new(pool.clone()).await;
    let person = console.bench.participant("An").await;
    let sitting = person.start(1).await;
    let mut desk = console.logged_in(Role::Organiser).await;
    let more = [
        ("loai", "erase"),
        ("cach", "letter"),
        ("tai-khoan", person.phone.as_str()),
        ("nguoi", "Nguyễn Văn An"),
    ];
    enter(&mut desk, &more).await;
    let done = [
        ("ket-qua", "done"),
        ("tra-loi", "Đã xóa và gọi lại"),
        ("lam-ngay", "yes"),
    ];
    let (status, text) = reply(&mut desk, 1, &done).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("có một lượt thi đang làm"), "{text}");
    assert_eq!(name_of(&pool, &person).await, "Nguyễn Văn An");
    sitting.submit().await.ok();
    let (status, text) = reply(&mut desk, 1, &done).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{text}");
    assert_eq!(name_of(&pool, &person).await, format!("(đã xóa {})", person.id));
    let row: Value = sqlx::query_scalar("select to_jsonb(r) from received_requests r")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert_eq!(row["outcome"], "done");
    for gone in ["Nguyễn", "0987", "gọi lại"] {
        assert!(!row.to_string().contains(gone), "{gone}: {row}");
    }

    // A withdrawal, and what is not done here.
    let other = console.bench.participant("Bình").await;
    let more = [("loai", "consent"), ("tai-khoan", other.phone.as_str())];
    enter(&mut desk, &more).await;
    let (status, text) = reply(&mut desk, 2, &done).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{text}");
    let may: bool = sqlx::query_scalar("select consent_publish from participants where participant_id = $1")
        .bind(other.id.0)
        .fetch_one(&pool)
        .await
        .unwrap();
    assert!(!may);
    enter(&mut desk, &[]).await;
    let (status, text) = reply(&mut desk, 3, &done).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("không làm ngay ở đây được"), "{text}");
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_file_has_both_kinds_of_requests_and_nobodys_name(pool: PgPool) {
    let console = Console::new(pool.clone()).await;
    let person = console.bench.participant("An").await;
    let browser = Browser::new(&console.bench);
    let log_in = [
        ("phone", person.phone.as_str()),
        ("password", crate::helpers::PASSWORD),
    ];
    browser
        .post(&format!("/cuoc-thi/{CONTEST}/dang-nhap"), &log_in)
        .await;
    let copy = browser
        .post(&format!("/cuoc-thi/{CONTEST}/du-lieu-cua-toi/tai"), &[])
        .await;
    assert_eq!(copy.status, StatusCode::OK);
    let mut desk = console.logged_in(Role::Organiser).await;
    enter(&mut desk, &[]).await;
    let page = plain(&desk.get(REGISTER).await.text);
    let own = format!("người dự thi số {}, lấy bản sao (đã làm)", person.id);
    assert!(page.contains(&own), "{own}: {page}");
    let file = desk
        .post_form(&format!("{REGISTER}/tai"), &[("format", "csv")])
        .await;
    assert_eq!(file.status, StatusCode::OK);
    assert!(file.kind.starts_with("text/csv"), "{}", file.kind);
    assert_eq!(file.text.lines().count(), 3, "{}", file.text);
    for secret in ["Khiếu", "0987", "Nguyễn", "Muốn biết"] {
        assert!(!file.text.contains(secret), "{secret}: {}", file.text);
    }
    let book = desk
        .post_form(&format!("{REGISTER}/tai"), &[("format", "xlsx")])
        .await;
    assert!(book.kind.contains("spreadsheetml"), "{}", book.kind);
    let lists: Vec<String> = sqlx::query_scalar(
        "select facts->>'list' || ' ' || (facts->>'format') from audit where act = 'export' order by audit_id",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    assert_eq!(lists, ["data-requests csv", "data-requests xlsx"]);
    let privacy = plain(&browser.page("/du-lieu-ca-nhan").await);
    assert!(privacy.contains("trả lời trong 2 ngày làm việc"), "{privacy}");
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_copy_for_whoever_asked_is_taken_for_a_known_account_and_logged(pool: PgPool) {
    let console = Console::new(pool.clone()).await;
    let person = console.bench.participant("An").await;
    let mut desk = console.logged_in(Role::Organiser).await;
    let asked = [("loai", "copy"), ("tai-khoan", person.phone.as_str())];
    enter(&mut desk, &asked).await;
    enter(&mut desk, &[("loai", "copy")]).await;
    let copy = desk.post_form(&format!("{REGISTER}/1/ban-sao"), &[]).await;
    assert_eq!(copy.status, StatusCode::OK, "{}", copy.text);
    let file: Value = serde_json::from_str(&copy.text).unwrap();
    assert_eq!(file["registration"]["phone"], person.phone.as_str());
    assert_eq!(file["requests_to_staff"][0]["asker"], "Hoàng Văn Khiếu");
    let unknown = desk.post_form(&format!("{REGISTER}/2/ban-sao"), &[]).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    let acts: i64 = sqlx::query_scalar("select count(*) from audit where act = 'request-copy'")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert_eq!(acts, 1);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn every_fault_of_a_new_request_is_told_at_once_at_its_field(pool: PgPool) {
    let console = Console::new(pool).await;
    let mut desk = console.logged_in(Role::Organiser).await;
    let long = "Đ".repeat(201);
    let wrong = [
        ("nhan-luc", "hôm qua"),
        ("loai", "copy"),
        ("cach", "letter"),
        ("nguoi", " "),
        ("lien-he", long.as_str()),
        ("tai-khoan", "0911111111"),
        ("noi-dung", "Xin bản sao"),
    ];
    let answer = desk.post_form(REGISTER, &wrong).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["nhan-luc", "nguoi", "lien-he", "tai-khoan"] {
        for part in [format!("<a href=\"#{field}\">"), format!("id=\"{field}-error\"")] {
            assert!(answer.text.contains(&part), "{part}: {}", answer.text);
        }
    }
    assert!(!answer.text.contains("noi-dung-error"), "{}", answer.text);
    let page = plain(&answer.text);
    assert!(
        page.contains("Ghi họ tên người yêu cầu.") && !page.contains("dịp nghỉ."),
        "{page}"
    );
    assert!(page.contains("Xin bản sao") && page.contains(&long), "{page}");
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn days_off_that_will_not_do_come_back_as_sent(pool: PgPool) {
    let console = Console::new(pool).await;
    let mut desk = console.logged_in(Role::Organiser).await;
    let days = format!("{REGISTER}/ngay-nghi");
    let backwards = [("ten", "Nghỉ bù"), ("tu", "2033-06-07"), ("den", "2033-06-06")];
    let answer = desk.post_form(&days, &backwards).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    for part in [
        "value=\"Nghỉ bù\"",
        "value=\"2033-06-07\"",
        "value=\"2033-06-06\"",
        "id=\"tu-error\"",
    ] {
        assert!(answer.text.contains(part), "{part}: {}", answer.text);
    }
    let answer = desk
        .post_form(&days, &[("ten", ""), ("tu", ""), ("den", "2033-06-06")])
        .await;
    let page = plain(&answer.text);
    assert!(
        page.contains("Ghi nghỉ dịp gì.") && page.contains("Chọn ngày đầu và ngày cuối"),
        "{page}"
    );
    assert!(!page.contains("họ tên người yêu cầu."), "{page}");
    let gone = desk.post_form(&days, &[("bo", "2033-06-06")]).await;
    assert!(plain(&gone.text).contains("không có trong sổ"), "{}", gone.text);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn an_answer_that_will_not_do_comes_back_as_sent(pool: PgPool) {
    let console = Console::new(pool).await;
    let mut desk = console.logged_in(Role::Organiser).await;
    enter(&mut desk, &[]).await;
    let refused = [("ket-qua", "refused"), ("tra-loi", "")];
    let answer = desk.post_form(&format!("{REGISTER}/1"), &refused).await;
    for part in [
        "<a href=\"#t1\">",
        "id=\"t1-error\"",
        "value=\"refused\" checked",
        "<details open>",
    ] {
        assert!(answer.text.contains(part), "{part}: {}", answer.text);
    }
}
