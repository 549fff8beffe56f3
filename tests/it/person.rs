//! Correcting what a participant registered: by whom, until when, and what stays readable.

use crate::helpers::{Answer, CONTEST, Console, Desk, Person};
use crate::open::two_entries;
use crate::pages::{at, plain};
use axum::http::StatusCode;
use hoithi::domain::ids::ParticipantId;
use hoithi::domain::staff::Role;
use serde_json::Value;
use sqlx::PgPool;

const WHY: &str = "Viết thiếu dấu, đã xem thẻ căn cước";

fn path(person: ParticipantId) -> String {
    format!("/quan-tri/cuoc-thi/{CONTEST}/nguoi-du-thi/{person}")
}

/// The form as it stands for a person of the sample, with some fields typed anew.
async fn correct(desk: &mut Desk<'_>, person: ParticipantId, changes: &[(&str, &str)]) -> Answer {
    let mut fields = vec![
        ("birth_day", "15"),
        ("birth_month", "6"),
        ("birth_year", "1990"),
        ("consent_publish", "yes"),
        ("reason", WHY),
    ];
    fields.retain(|(name, _)| !changes.iter().any(|(other, _)| other == name));
    fields.extend(changes.iter().filter(|(_, value)| *value != "-"));
    desk.post_form(&path(person), &fields).await
}

fn refused(answer: &Answer, words: &str) {
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = plain(&answer.text);
    assert!(text.contains(words), "{words}: {text}");
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_slip_is_mended_with_a_reason_and_the_former_value_stays_readable(pool: PgPool) {
    let console = Console::new(pool.clone()).await;
    let person = console.bench.participant("Anh").await;
    let mut desk = console.logged_in(Role::Organiser).await;
    let found = desk
        .post_form(
            &format!("/quan-tri/cuoc-thi/{CONTEST}/ma-mat-khau"),
            &[("phone", &person.phone)],
        )
        .await;
    assert!(found.text.contains(&path(person.id)), "the help desk leads here");
    assert!(desk.get(&path(person.id)).await.text.contains("Nguyễn Văn Anh"));

    refused(
        &correct(
            &mut desk,
            person.id,
            &[("full_name", "Nguyễn Văn Ánh"), ("reason", "dấu")],
        )
        .await,
        "từ 10 đến 500 ký tự",
    );
    refused(&correct(&mut desk, person.id, &[]).await, "Chưa có gì khác");
    refused(
        &correct(
            &mut desk,
            person.id,
            &[("full_name", "4nh"), ("unit", "CU"), ("birth_month", "13")],
        )
        .await,
        "Tháng cần từ 1 đến 12",
    );
    assert_eq!(console.bench.count("person_corrections").await, 0);

    let changes = [
        ("full_name", "Nguyễn  Văn Ánh"),
        ("unit", "X2"),
        ("birth_day", "16"),
    ];
    let done = correct(&mut desk, person.id, &changes).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let page = plain(&desk.get(&path(person.id)).await.text);
    for words in [
        "Từ “Nguyễn Văn Anh” thành “Nguyễn Văn Ánh”",
        "Từ “Xã Một, Huyện Một” thành “Xã Hai, Huyện Một”",
        "Từ “15/6/1990” thành “16/6/1990”",
        WHY,
        "Trần Thị Hoa sửa lúc",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let log = plain(&desk.get("/quan-tri/nhat-ky").await.text);
    let line = format!(
        "Trần Thị Hoa sửa thông tin đăng ký của người dự thi số {}",
        person.id
    );
    assert!(log.contains(&line), "{log}");
    let facts: Value = sqlx::query_scalar("select facts from audit where act = 'correct-person'")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert_eq!(
        facts["details"],
        serde_json::json!(["full_name", "birth_date", "unit"])
    );
    assert!(!facts.to_string().contains("Nguyễn"), "the log has no names");
    let again = sqlx::query("delete from person_corrections").execute(&pool).await;
    assert!(again.is_err(), "corrections are only added");
    let missing = desk.get(&path(ParticipantId(person.id.0 + 100))).await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
}

/// The winner of the first prize, who agreed to be named.
async fn winner(pool: &PgPool) -> ParticipantId {
    let id =
        sqlx::query_scalar("select participant_id from participants where full_name = 'Nguyễn Văn Công'")
            .fetch_one(pool)
            .await;
    ParticipantId(id.unwrap())
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn what_a_result_stands_on_stays_and_a_withdrawn_consent_takes_the_name_off_at_once(pool: PgPool) {
    let console = Console::new(pool.clone()).await;
    let bench = &console.bench;
    two_entries(bench, 1).await;
    let person = winner(&pool).await;
    let mut desk = console.logged_in(Role::Organiser).await;
    bench.close(1).await;
    let moved = correct(&mut desk, person, &[("unit", "X2")]).await;
    assert_eq!(
        moved.status,
        StatusCode::SEE_OTHER,
        "not ranked yet: {}",
        moved.text
    );
    bench.rank(1).await;
    refused(
        &correct(&mut desk, person, &[("unit", "X1")]).await,
        "Không sửa được đơn vị: một vòng có bài của người này đã xếp hạng",
    );
    let review = plain(&desk.get(&crate::helpers::step("ra-soat")).await.text);
    assert!(review.contains("Thông tin đăng ký đã được sửa 1 lần"), "{review}");
    assert!(review.contains(&path(person)), "{review}");
    let named = correct(&mut desk, person, &[("full_name", "Nguyễn Văn Cống")]).await;
    assert_eq!(named.status, StatusCode::SEE_OTHER, "{}", named.text);
    bench.approve(1).await;
    bench.publish(1).await;
    refused(
        &correct(&mut desk, person, &[("full_name", "Nguyễn Văn Khác")]).await,
        "người này có giải trong kết quả đã công bố",
    );
    let shown = async || plain(&bench.page(&at("/ket-qua/1/nhung")).await.text);
    assert!(shown().await.contains("Nguyễn Văn Cống"));
    let why = "Người dự thi gọi điện, không muốn nêu tên nữa";
    let silent = correct(&mut desk, person, &[("consent_publish", "-"), ("reason", why)]).await;
    assert_eq!(silent.status, StatusCode::SEE_OTHER, "{}", silent.text);
    let text = shown().await;
    assert!(!text.contains("Cống") && text.contains("N.V.C."), "{text}");
    let loser: Person = bench.participant("Sau").await;
    let renamed = correct(&mut desk, loser.id, &[("full_name", "Nguyễn Văn Sáu")]).await;
    assert_eq!(
        renamed.status,
        StatusCode::SEE_OTHER,
        "others are not held: {}",
        renamed.text
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_log_of_a_contest_is_read_apart_and_taken_out_for_the_dossier(pool: PgPool) {
    let console = Console::new(pool).await;
    let person = console.bench.participant("Anh").await;
    let mut desk = console.logged_in(Role::Organiser).await;
    let done = correct(&mut desk, person.id, &[("full_name", "Nguyễn Văn Ánh")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let of_contest = desk
        .get(&format!("/quan-tri/nhat-ky?cuoc-thi={CONTEST}"))
        .await
        .text;
    let appointed = "lập tài khoản";
    assert!(of_contest.contains("sửa thông tin đăng ký") && !of_contest.contains(appointed));
    assert!(of_contest.contains("/quan-tri/nhat-ky/tai"));
    let all = desk.get("/quan-tri/nhat-ky").await.text;
    assert!(all.contains(appointed), "accounts belong to no contest");
    assert!(!all.contains("/quan-tri/nhat-ky/tai"), "a file is of one contest");
    let fields = [("cuoc-thi", CONTEST), ("format", "csv")];
    let file = desk.post_form("/quan-tri/nhat-ky/tai", &fields).await;
    assert_eq!(
        (file.status, file.kind.as_str()),
        (StatusCode::OK, "text/csv; charset=utf-8")
    );
    for words in [",Ai,Việc,Lý do", "Trần Thị Hoa", WHY, "Nhật ký (CSV)"] {
        assert!(file.text.contains(words), "{words}: {}", file.text);
    }
    let mut viewer = console.logged_in(Role::Viewer).await;
    let refused = viewer.post_form("/quan-tri/nhat-ky/tai", &fields).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}
