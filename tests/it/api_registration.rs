//! Registration and log-in: what cannot be is refused with the name of the field, what people really type is understood.

use crate::helpers::{CONTEST, TestApp};
use serde_json::{Value, json};
use sqlx::PgPool;

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn registrations_that_cannot_be_are_refused_with_the_name_of_the_field(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let long = "ă".repeat(200);
    let table: Vec<(&str, Value)> = vec![
        ("full_name", json!("")),
        ("full_name", json!("   ")),
        ("full_name", json!("A")),
        ("full_name", json!(long)),
        ("full_name", json!("An 😀")),
        ("full_name", json!("An \u{202e}hnìB")),
        ("full_name", json!("An\u{200b}Bình")),
        ("full_name", json!("<script>alert(1)</script>")),
        ("full_name", json!("{{7*7}}")),
        ("full_name", json!("=cmd|'/c calc'!A1")),
        ("full_name", json!("'; DROP TABLE participants;--")),
        ("full_name", json!("An\u{0}")),
        ("full_name", json!("An\u{1b}[31m")),
        ("full_name", json!(5)),
        ("birth_date", json!("2023-02-29")),
        ("birth_date", json!("2023-04-31")),
        ("birth_date", json!("2034-01-01")),
        ("birth_date", json!("1890-01-01")),
        ("birth_date", json!("15/06/1990")),
        ("birth_date", json!("06-15-1990")),
        ("birth_date", json!("1990-6-15")),
        ("birth_date", json!("1990-13-01")),
        ("birth_date", json!("99999-01-01")),
        ("birth_date", json!("-1990-01-01")),
        ("birth_date", json!("")),
        ("birth_date", json!(19_900_615)),
        ("birth_date", json!("2022-06-07")),
        ("phone", json!("091234567")),
        ("phone", json!("09123456789")),
        ("phone", json!("0212345678")),
        ("phone", json!("+1 912345678")),
        ("phone", json!("０９１２３４５６７８")),
        ("phone", json!("0912345678\u{0}")),
        ("phone", json!("")),
        ("phone", json!(912_345_678)),
        ("unit", json!("KHONG-CO")),
        ("unit", json!("CU")),
        ("unit", json!("")),
        ("unit", json!("X1'; --")),
        ("unit", json!(["X1"])),
        ("password", json!("ngắn")),
        ("password", json!("a".repeat(129))),
        ("password", json!("")),
        ("consent", json!(false)),
        ("consent", json!("true")),
        ("consent", json!(1)),
        ("consent", json!(null)),
        ("consent_publish", json!("no")),
        ("national_id", json!("00109000001")),
        ("national_id", json!("0010900000011")),
        ("national_id", json!("００１０９０００００１２")),
        ("national_id", json!("001091000001")),
        ("national_id", json!("001390000001x")),
        ("national_id", json!("001290000001")),
        ("national_id", json!("000090000001")),
        ("national_id", json!("098090000001")),
        ("sex", json!("khác")),
        ("email", json!("an@")),
        ("email", json!("an@máy.vn")),
        ("email", json!("an\r\nBcc: x@y.vn")),
        ("email", json!(format!("{}@a.vn", "a".repeat(260)))),
        ("class", json!("12A1\u{202e}")),
        ("class", json!("x".repeat(51))),
        ("address", json!("phố\u{0}")),
        ("address", json!("x".repeat(201))),
        ("referral", json!("ai đó")),
        ("guardian_name", json!("<b>")),
        ("role", json!("admin")),
        ("participant_id", json!(1)),
    ];
    let path = format!("/contests/{CONTEST}/participants");
    for (field, value) in &table {
        let mut body = bench.registration("An");
        body[*field] = value.clone();
        let reply = bench.post(&path, None, &body).await;
        assert_eq!(reply.faulty_fields(), [*field], "{field} {value}");
        if let Some(text) = value
            .as_str()
            .filter(|text| text.len() > 6 && !text.starts_with("15/"))
        {
            assert!(
                !reply.text.contains(text),
                "what was typed is not told back: {}",
                reply.text
            );
        }
    }
    let all = bench.post(&path, None, &json!({})).await.faulty_fields();
    assert_eq!(
        all,
        ["full_name", "birth_date", "phone", "unit", "password", "consent"]
    );
    assert_eq!(bench.count("participants").await, 0);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn what_people_really_type_is_understood(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let path = format!("/contests/{CONTEST}/participants");
    let mut first = bench.registration("An");
    first["phone"] = json!("0912 345 678");
    first["full_name"] = json!("  Nguyê\u{303}n  Thi\u{323} A\u{301}nh ");
    first["national_id"] = json!("020 190 000001");
    first["sex"] = json!("Nữ");
    first["email"] = json!("Anh.Nguyen@Example.VN");
    assert_eq!(bench.post(&path, None, &first).await.status, 201);
    let name: String = sqlx::query_scalar("select full_name from participants")
        .fetch_one(&bench.pool)
        .await
        .unwrap();
    assert_eq!(name, "Nguyễn Thị Ánh");
    for same in [
        "+84912345678",
        "0084 912.345.678",
        "84912345678",
        "(091)-234-5678",
    ] {
        let mut again = bench.registration("Bình");
        again["phone"] = json!(same);
        bench
            .post(&path, None, &again)
            .await
            .refused(409, "already-registered");
    }
    assert_eq!(bench.count("participants").await, 1);
    let mut twice = bench.registration("Cúc");
    twice["national_id"] = first["national_id"].clone();
    assert_eq!(
        bench.post(&path, None, &twice).await.status,
        201,
        "an equal identity number is a sign, not a bar"
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn people_under_sixteen_need_a_guardian(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let path = format!("/contests/{CONTEST}/participants");
    let mut body = bench.registration("An");
    body["birth_date"] = json!("2020-03-01");
    assert_eq!(
        bench.post(&path, None, &body).await.faulty_fields(),
        ["guardian_name"]
    );
    body["guardian_name"] = json!("Trần Thị Mẹ");
    assert_eq!(bench.post(&path, None, &body).await.status, 201);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_same_registration_at_once_makes_one_person(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let body = bench.registration("An");
    let path = format!("/contests/{CONTEST}/participants");
    let replies = futures_util::future::join_all((0..8).map(|_| bench.post(&path, None, &body))).await;
    assert_eq!(replies.iter().filter(|reply| reply.status == 201).count(), 1);
    for refused in replies.iter().filter(|reply| reply.status != 201) {
        refused.refused(409, "already-registered");
    }
    assert_eq!(bench.count("participants").await, 1);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn log_ins_that_cannot_be_are_refused(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let path = format!("/contests/{CONTEST}/login");
    let table: [(Value, &[&str]); 6] = [
        (json!({}), &["phone", "password"]),
        (json!({ "phone": "0912345678" }), &["password"]),
        (json!({ "phone": 912_345_678, "password": "x" }), &["phone"]),
        (
            json!({ "phone": "0912345678", "password": "x".repeat(129) }),
            &["password"],
        ),
        (
            json!({ "phone": "0912345678", "password": "x", "otp": "1" }),
            &["otp"],
        ),
        (json!([]), &[""]),
    ];
    for (body, fields) in table {
        assert_eq!(
            bench.post(&path, None, &body).await.faulty_fields(),
            fields,
            "{body}"
        );
    }
    bench
        .post(
            "/contests/khac/login",
            None,
            &json!({ "phone": "0", "password": "x" }),
        )
        .await
        .refused(404, "not-found");
}
