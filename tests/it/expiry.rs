//! The day until which a contest keeps personal data: what goes then, what stays, what holds it, and a later day.

use crate::helpers::{CHAIR, CONTEST, Console, PASSWORD, Person, SECRETARY, Sample, TestApp};
use crate::pages::{Browser, at, plain};
use axum::http::StatusCode;
use hoithi::action::decide::{DecideError, propose};
use hoithi::action::expire_data::{Outcome, SYSTEM, expire_contest, expire_due};
use hoithi::action::rule::{RuleError, approve_correction, propose_correction};
use hoithi::action::vet::{answer_complaint, note_complaint, verify_candidate};
use hoithi::domain::decision::{Kind, Payload, Refusal};
use hoithi::domain::staff::Role;
use hoithi::domain::vetting::Finding;
use hoithi::store::vetting::NewComplaint;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sqlx::PgPool;
use time::macros::{date, datetime};
use time::{Duration, OffsetDateTime};

/// The last second of the day that the sample promises, in Vietnam.
const LAST: OffsetDateTime = datetime!(2033-12-31 16:59:59 UTC);
/// The next day has begun.
pub const AFTER: OffsetDateTime = datetime!(2033-12-31 17:00 UTC);
/// The notice begins.
pub const WEEK_BEFORE: OffsetDateTime = datetime!(2033-12-24 17:00 UTC);
const KEEPING: &str = "/quan-tri/cuoc-thi/mau/luu-du-lieu";

pub fn sample() -> Sample {
    Sample::default().definition(|definition| definition.data_deleted_by = Some(date!(2033 - 12 - 31)))
}

/// A winner to be named, one who did not agree to it, and one without a prize; round 1 is published.
pub async fn published(bench: &TestApp) -> [Person; 3] {
    let more = json!({ "email": "cong@vidu.vn", "national_id": "020090123456" });
    let named = bench.participant_with("Công", more).await;
    let hidden = bench
        .participant_with("Kín", json!({ "consent_publish": false }))
        .await;
    let third = bench.participant("Thường").await;
    for (person, right) in [(&named, 6), (&hidden, 5), (&third, 0)] {
        let sitting = person.start(1).await;
        let body = sitting.right_answers(right).await;
        sitting.submit_with(&body).await.ok();
    }
    bench.conclude(1).await;
    [named, hidden, third]
}

/// Round 2, with one entry, is published too.
pub async fn finish(bench: &TestApp, person: &Person) {
    bench.at(bench.round(2).opens_at + Duration::hours(1));
    person.start(2).await.submit().await.ok();
    bench.conclude(2).await;
}

/// What staff wrote about people: a note and an answered complaint.
async fn written(bench: &TestApp, about: &Person) {
    let (app, now, round) = (&bench.app, bench.now(), bench.round(1));
    let found = (Finding::Confirmed, "Đã gọi 0912 và xem thẻ");
    verify_candidate(app, now, SECRETARY, &round, about.id, found)
        .await
        .unwrap();
    let new = NewComplaint {
        contest: round.contest,
        round: round.id,
        received_on: date!(2033 - 06 - 07),
        due_on: date!(2033 - 06 - 17),
        complainant: "Hoàng Văn Khiếu",
        contact: "0987654321",
        about: "Điểm của tôi thấp",
    };
    let id = note_complaint(app, now, SECRETARY, &round, &new).await.unwrap();
    answer_complaint(app, now, CHAIR, &round, id, ("dismissed", "Đã chấm lại, đúng"))
        .await
        .unwrap();
}

async fn row(pool: &PgPool, person: &Person) -> Value {
    let sql = "select to_jsonb(p) from participants p where participant_id = $1";
    sqlx::query_scalar(sql)
        .bind(person.id.0)
        .fetch_one(pool)
        .await
        .unwrap()
}

pub async fn due(bench: &TestApp) -> Vec<Outcome> {
    let done = expire_due(&bench.app, bench.now(), SYSTEM).await.unwrap();
    done.into_iter().map(|(_, outcome)| outcome).collect()
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn when_the_day_has_passed_people_are_erased_and_results_stay(pool: PgPool) {
    let bench = TestApp::with(pool.clone(), sample()).await;
    let [named, hidden, third] = published(&bench).await;
    finish(&bench, &third).await;
    written(&bench, &named).await;
    bench.at(WEEK_BEFORE);
    assert_eq!(due(&bench).await, []);
    bench.at(LAST);
    assert_eq!(due(&bench).await, [], "the day itself still belongs to it");
    assert_eq!(row(&pool, &third).await["full_name"], json!("Nguyễn Văn Thường"));
    let before = bench.count("submissions").await;

    bench.at(AFTER);
    let done = due(&bench).await;
    let [Outcome::Done(expiry)] = done.as_slice() else {
        panic!("{done:?}");
    };
    assert_eq!((expiry.people, expiry.winners, expiry.texts), (3, 2, 2));
    for (person, name, may_be_named) in [
        (&named, "Nguyễn Văn Công".to_owned(), true),
        (&hidden, "N. V. K.".to_owned(), false),
        (&third, format!("(đã xóa {})", third.id), false),
    ] {
        let kept = row(&pool, person).await;
        assert_eq!(kept["full_name"], json!(name));
        assert_eq!(kept["consent_publish"], json!(may_be_named), "{name}");
        assert_eq!(kept["birth_date"], json!("1990-01-01"), "{name}");
        assert_eq!(kept["phone_sealed"], json!("\\x"), "{name}");
        assert_eq!(
            kept["phone_hash"],
            json!(format!("\\x{:016x}", person.id.0)),
            "{name}"
        );
        let text = kept.to_string();
        assert!(!text.contains("vidu") && !text.contains("argon2"), "{text}");
        assert!(kept["national_id_hash"].is_null() && !kept["erased_at"].is_null());
    }
    // The registers keep numbers and findings.
    let said: Value = sqlx::query_scalar("select to_jsonb(c) from complaints c")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert_eq!(
        (&said["finding"], &said["contact"]),
        (&json!("dismissed"), &json!(""))
    );
    let note: String = sqlx::query_scalar("select note from verifications")
        .fetch_one(&pool)
        .await
        .unwrap();
    let rest = format!("{said}{note}");
    for gone in ["Khiếu", "0987", "thấp", "chấm", "0912"] {
        assert!(!rest.contains(gone), "{gone}: {rest}");
    }
    // Results as published, and nobody logs in.
    assert_eq!(bench.count("submissions").await, before);
    let results = Browser::new(&bench).page(&at("/ket-qua/1")).await;
    assert!(
        results.contains("Nguyễn Văn Công") && results.contains("N.V.K."),
        "{results}"
    );
    let log_in = json!({ "phone": named.phone, "password": PASSWORD });
    let path = format!("/contests/{CONTEST}/login");
    bench.post(&path, None, &log_in).await.refused(401, "wrong-login");
    let privacy = plain(&Browser::new(&bench).page("/du-lieu-ca-nhan").await);
    assert!(privacy.contains("Đã xóa xong ngày 1/1/2034"), "{privacy}");

    assert_eq!(due(&bench).await, [], "once is enough");
    let acts: Vec<Value> = sqlx::query_scalar("select facts from audit where act = 'data-expire'")
        .fetch_all(&pool)
        .await
        .unwrap();
    let facts = json!({ "until": "2033-12-31", "people": 3, "winners": 2, "texts": 2 });
    assert_eq!(acts, [facts]);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn what_is_not_over_holds_it_and_a_late_result_gives_a_week_first(pool: PgPool) {
    let console = Console::with(pool.clone(), sample()).await;
    let bench = &console.bench;
    let [_, _, third] = published(bench).await;
    bench.at(bench.round(2).opens_at + Duration::hours(1));
    third.start(2).await.submit().await.ok();
    bench.at(AFTER);
    assert_eq!(due(bench).await, []);
    assert_eq!(row(&pool, &third).await["full_name"], json!("Nguyễn Văn Thường"));
    let mut desk = console.logged_in(Role::Organiser).await;
    for path in ["/quan-tri", "/quan-tri/cuoc-thi/mau", KEEPING] {
        let page = plain(&desk.get(path).await.text);
        assert!(page.contains("chưa xóa được"), "{path}: {page}");
    }
    let page = plain(&desk.get(KEEPING).await.text);
    assert!(page.contains("Vòng chưa công bố kết quả: 1"), "{page}");
    bench.conclude(2).await;
    assert_eq!(
        due(bench).await,
        [],
        "winners of a late result are still to be called"
    );
    bench.advance(Duration::days(7));
    assert_eq!(due(bench).await, []);
    bench.advance(Duration::days(1));
    assert!(matches!(due(bench).await.as_slice(), [Outcome::Done(_)]));
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn several_instances_do_it_once_and_any_of_them_goes_on_where_one_stopped(pool: PgPool) {
    let bench = TestApp::with(pool.clone(), sample()).await;
    let [.., third] = published(&bench).await;
    finish(&bench, &third).await;
    bench.at(AFTER);
    let step = async || {
        let contest = bench.contest();
        expire_contest(&bench.app, bench.now(), SYSTEM, &contest, 1)
            .await
            .unwrap()
    };
    assert_eq!(step().await, Outcome::Partly(3));
    let mut other = pool.begin().await.unwrap();
    sqlx::query("select from data_expiries for update")
        .execute(&mut *other)
        .await
        .unwrap();
    assert_eq!(step().await, Outcome::Elsewhere);
    other.rollback().await.unwrap();
    let Outcome::Done(expiry) = step().await else {
        panic!("nobody is left");
    };
    assert_eq!((expiry.people, expiry.winners), (3, 2));
    assert_eq!(step().await, Outcome::NotDue);
}

#[derive(Serialize, Deserialize)]
struct Anything;

impl Payload for Anything {
    const KIND: Kind = Kind::Void;
    const VERSION: u16 = 1;

    fn subject(&self) -> String {
        "anything".to_owned()
    }
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn no_result_is_corrected_once_nobody_can_be_named(pool: PgPool) {
    let bench = TestApp::with(pool, sample()).await;
    let [.., third] = published(&bench).await;
    finish(&bench, &third).await;
    bench.at(WEEK_BEFORE);
    assert_eq!(due(&bench).await, []);
    bench.at(AFTER);
    assert_eq!(due(&bench).await.len(), 1);
    let place = (bench.contest().id, Some(bench.round(1).id));
    let proposed = propose(&bench.app, bench.now(), SECRETARY, place, &Anything, "vì").await;
    assert!(
        matches!(proposed, Err(DecideError::Refused(Refusal::Expired))),
        "{proposed:?}"
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn what_was_proposed_in_the_moment_in_which_erasing_began_is_not_approved(pool: PgPool) {
    let bench = TestApp::with(pool.clone(), sample()).await;
    let [.., third] = published(&bench).await;
    finish(&bench, &third).await;
    let (now, round) = (bench.now(), bench.round(1));
    let id = propose_correction(&bench.app, now, SECRETARY, &round, "cộng sai điểm")
        .await
        .unwrap();
    sqlx::query(
        "insert into data_expiries (contest_id, kept_until, begun_at, begun_by)
         values ($1, '2033-12-31', now(), 'system')",
    )
    .bind(round.contest.0)
    .execute(&pool)
    .await
    .unwrap();
    let approved = approve_correction(&bench.app, now, CHAIR, &round, id, None).await;
    assert!(
        matches!(approved, Err(RuleError::Refused(Refusal::Expired))),
        "{approved:?}"
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_organiser_is_told_a_week_before_and_may_set_a_later_day_that_everybody_reads(pool: PgPool) {
    let console = Console::with(pool.clone(), sample()).await;
    let bench = &console.bench;
    let [.., third] = published(bench).await;
    finish(bench, &third).await;
    bench.at(AFTER - Duration::days(8));
    let mut desk = console.logged_in(Role::Organiser).await;
    let contests = plain(&desk.get("/quan-tri").await.text);
    assert!(!contests.contains("Sắp đến hạn"), "not yet: {contests}");
    bench.at(WEEK_BEFORE);
    assert_eq!(due(bench).await, []);
    for path in ["/quan-tri", "/quan-tri/cuoc-thi/mau", KEEPING] {
        let page = plain(&desk.get(path).await.text);
        assert!(
            page.contains("Sắp đến hạn") && page.contains("31/12/2033"),
            "{path}: {page}"
        );
    }
    let why = "Đang có khiếu kiện về giải Nhất";
    for (day, reason, words) in [
        ("", why, "Chọn một ngày."),
        ("2033-12-31", why, "Chọn một ngày sau 31/12/2033"),
        ("2099-01-01", why, "không muộn hơn"),
        ("2034-06-30", "lâu", "từ 10 đến 500 ký tự"),
    ] {
        let answer = desk.post_form(KEEPING, &[("ngay", day), ("ly-do", reason)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{day} {reason}");
        assert!(plain(&answer.text).contains(words), "{words}: {}", answer.text);
    }
    let answer = desk
        .post_form(KEEPING, &[("ngay", "2034-06-30"), ("ly-do", why)])
        .await;
    assert_eq!(
        (answer.status, answer.location.as_str()),
        (StatusCode::SEE_OTHER, KEEPING)
    );
    let page = plain(&desk.get(KEEPING).await.text);
    assert!(
        page.contains("Giữ đến hết ngày 30/6/2034: Trần Thị Hoa"),
        "{page}"
    );
    let log = plain(&desk.get("/quan-tri/nhat-ky").await.text);
    assert!(
        log.contains("lùi hạn giữ dữ liệu cá nhân đến ngày 30/6/2034"),
        "{log}"
    );
    let privacy = plain(&Browser::new(bench).page("/du-lieu-ca-nhan").await);
    assert!(
        privacy.contains("đến 30/6/2034") && privacy.contains(why),
        "{privacy}"
    );
    bench.at(AFTER);
    assert_eq!(due(bench).await, []);
    let later = datetime!(2034-06-30 17:00 UTC);
    bench.at(later - Duration::days(7));
    assert_eq!(due(bench).await, [], "a new day is told of anew");
    bench.at(later);
    assert!(matches!(due(bench).await.as_slice(), [Outcome::Done(_)]));
    let mut desk = console.logged_in(Role::Organiser).await;
    let late = desk
        .post_form(KEEPING, &[("ngay", "2034-12-31"), ("ly-do", why)])
        .await;
    assert!(plain(&late.text).contains("Đã bắt đầu xóa"), "{}", late.text);
    assert_eq!(bench.count("keeping_days").await, 1);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn notes_about_people_change_by_nothing_else(pool: PgPool) {
    let bench = TestApp::with(pool.clone(), sample()).await;
    let [named, ..] = published(&bench).await;
    written(&bench, &named).await;
    for wrong in [
        "update verifications set note = '(đã xóa)'",
        "update verifications set finding = 'refused'",
        "delete from verifications",
        "update complaints set complainant = '(đã xóa)', contact = '', about = '(đã xóa)', answer = '(đã xóa)'",
    ] {
        let done = sqlx::query(wrong).execute(&pool).await;
        assert!(done.is_err(), "{wrong}");
    }
    let note: String = sqlx::query_scalar("select note from verifications")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert_eq!(note, "Đã gọi 0912 và xem thẻ");
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_server_that_did_not_run_gives_the_week_of_notice_after_the_day(pool: PgPool) {
    let bench = TestApp::with(pool.clone(), sample()).await;
    let [.., third] = published(&bench).await;
    finish(&bench, &third).await;
    bench.at(AFTER + Duration::days(100));
    assert_eq!(due(&bench).await, []);
    bench.advance(Duration::days(7) - Duration::SECOND);
    assert_eq!(due(&bench).await, []);
    assert_eq!(row(&pool, &third).await["full_name"], json!("Nguyễn Văn Thường"));
    bench.advance(Duration::SECOND);
    assert!(matches!(due(&bench).await.as_slice(), [Outcome::Done(_)]));
}
