//! Once the personal data of a contest have expired: what is written of people later, reasons, and loading it again.

use crate::expiry::{AFTER, WEEK_BEFORE, due, finish, published, sample};
use crate::helpers::{CHAIR, CONTEST, Console, SECRETARY, TestApp};
use crate::pages::{Browser, plain};
use axum::http::StatusCode;
use hoithi::action::expire_data::Outcome;
use hoithi::action::handle_request::{AnswerInput, RequestInput, answer_request, note_request};
use hoithi::action::issue_accounts::{IssueError, issue_accounts};
use hoithi::action::load_contest::{Calendar, LoadError, LoadOutcome, load_contest};
use hoithi::action::vet::{answer_complaint, note_complaint, verify_candidate};
use hoithi::domain::account::Accounts;
use hoithi::domain::data_request::{RequestKind, RequestOutcome, Way};
use hoithi::domain::exclusion::ListedPerson;
use hoithi::domain::staff::Role;
use hoithi::domain::vetting::Finding;
use hoithi::store::expiry::announced::Announced;
use hoithi::store::vetting::NewComplaint;
use serde_json::{Value, json};
use sqlx::PgPool;
use time::Duration;
use time::macros::{date, datetime};

/// A bench whose contest is over; the notice stands.
async fn over(bench: &TestApp) {
    let [.., third] = published(bench).await;
    finish(bench, &third).await;
    bench.at(WEEK_BEFORE);
    assert_eq!(due(bench).await, []);
    bench.at(AFTER);
}

/// The texts that went in the one contest that was looked at.
async fn texts(bench: &TestApp) -> i64 {
    let done = due(bench).await;
    let [Outcome::Done(expiry)] = done.as_slice() else {
        panic!("{done:?}");
    };
    expiry.texts
}

/// What a question gives, as text.
async fn all(pool: &PgPool, sql: &'static str) -> String {
    let rows: Vec<Value> = sqlx::query_scalar(sql).fetch_all(pool).await.unwrap();
    serde_json::to_string(&rows).unwrap()
}

/// A complaint and a request, entered now.
async fn written_late(bench: &TestApp) -> (i64, i64) {
    let (app, now, round) = (&bench.app, bench.now(), bench.round(1));
    let new = NewComplaint {
        contest: round.contest,
        round: round.id,
        received_on: date!(2034 - 01 - 01),
        due_on: date!(2034 - 01 - 31),
        complainant: "Hoàng Văn Khiếu",
        contact: "0987654321",
        about: "Giải của tôi đâu",
    };
    let complaint = note_complaint(app, now, SECRETARY, &round, &new).await.unwrap();
    let input = RequestInput {
        received_at: Some(now),
        kind: RequestKind::Other,
        way: Way::Letter,
        asker: "Lò Thị Hỏi",
        contact: "0912345678",
        about: "Còn giữ gì của tôi",
        account: "",
    };
    let request = note_request(app, now, SECRETARY, &bench.contest(), &input)
        .await
        .unwrap();
    (complaint, request)
}

const COMPLAINTS: &str = "select to_jsonb(c) from complaints c";
const REQUESTS: &str = "select to_jsonb(r) from received_requests r";

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn what_is_entered_after_erasing_goes_a_week_after_its_answer(pool: PgPool) {
    let bench = TestApp::with(pool.clone(), sample()).await;
    over(&bench).await;
    assert_eq!(texts(&bench).await, 0);
    bench.advance(Duration::days(1));
    let (complaint, request) = written_late(&bench).await;
    bench.advance(Duration::days(30));
    assert_eq!(due(&bench).await, [], "what has no answer waits for it");
    let (app, now, round) = (&bench.app, bench.now(), bench.round(1));
    answer_complaint(app, now, CHAIR, &round, complaint, ("dismissed", "Đã hết hạn"))
        .await
        .unwrap();
    let answer = AnswerInput {
        outcome: RequestOutcome::Done,
        text: "Đã trả lời bà Hỏi",
        carry_out: false,
    };
    answer_request(app, now, SECRETARY, &bench.contest(), request, answer)
        .await
        .unwrap();
    bench.advance(Duration::days(7) - Duration::SECOND);
    assert_eq!(due(&bench).await, [], "the answer is still to be sent");
    assert!(all(&pool, COMPLAINTS).await.contains("Khiếu"));
    bench.advance(Duration::SECOND);
    assert_eq!(texts(&bench).await, 2);
    let rest = format!("{}{}", all(&pool, COMPLAINTS).await, all(&pool, REQUESTS).await);
    for gone in ["Khiếu", "0987", "Giải", "hết hạn", "Hỏi", "0912", "giữ gì"] {
        assert!(!rest.contains(gone), "{gone}: {rest}");
    }
    assert!(rest.contains("dismissed") && rest.contains("done"), "{rest}");
    assert_eq!(due(&bench).await, [], "once is enough");
    let acts = all(
        &pool,
        "select facts from audit where act = 'data-expire' order by audit_id",
    )
    .await;
    let said: Value = serde_json::from_str(&acts).unwrap();
    let expected = json!([
        { "until": "2033-12-31", "people": 3, "winners": 2, "texts": 0 },
        { "until": "2033-12-31", "people": 0, "winners": 0, "texts": 2 },
    ]);
    assert_eq!(said, expected);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn notes_of_a_check_after_erasing_go_at_once(pool: PgPool) {
    let bench = TestApp::with(pool.clone(), sample()).await;
    let [named, _, third] = published(&bench).await;
    finish(&bench, &third).await;
    bench.at(WEEK_BEFORE);
    assert_eq!(due(&bench).await, []);
    bench.at(AFTER);
    assert_eq!(texts(&bench).await, 0);
    let found = (Finding::Confirmed, "Gặp lại ở nhà 0912");
    verify_candidate(
        &bench.app,
        bench.now(),
        SECRETARY,
        &bench.round(1),
        named.id,
        found,
    )
    .await
    .unwrap();
    assert_eq!(texts(&bench).await, 1);
    let notes = all(&pool, "select to_jsonb(v) from verifications v").await;
    assert!(!notes.contains("0912") && notes.contains("confirmed"), "{notes}");
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn why_somebody_was_kept_out_goes_and_that_it_was_so_stays(pool: PgPool) {
    let bench = TestApp::with(pool.clone(), sample()).await;
    over(&bench).await;
    let say = async |sql: &'static str| {
        sqlx::query(sql).execute(&pool).await.unwrap();
    };
    say(
        "update participants set excluded_reason = 'Con ông Tám', prize_bar = 'Vợ bà Năm'
         where full_name = 'Nguyễn Văn Thường'",
    )
    .await;
    assert_eq!(texts(&bench).await, 2);
    let kept = "select to_jsonb(p) from participants p where excluded_reason is not null";
    let rows = all(&pool, kept).await;
    assert!(!rows.contains("Tám") && !rows.contains("Năm"), "{rows}");
    assert!(rows.contains(r#""prize_bar":"(đã xóa)""#), "{rows}");
    // As an older program left it.
    say("update participants set prize_bar = 'Vợ bà Năm' where prize_bar is not null").await;
    assert_eq!(texts(&bench).await, 3);
    let rows = all(&pool, kept).await;
    assert!(!rows.contains("Năm"), "{rows}");
    assert_eq!(due(&bench).await, []);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn why_somebody_never_wins_goes_with_the_data_of_that_person_and_does_not_come_back(pool: PgPool) {
    let mut listed = sample();
    let person = ListedPerson {
        reason: "Vợ bà Năm".to_owned(),
        phone: Some("0987654321".to_owned()),
        national_id: None,
        name_and_birth: None,
    };
    listed.source.listed = vec![person.clone()];
    let bench = TestApp::with(pool.clone(), listed.clone()).await;
    let an = bench
        .participant_with("An", json!({ "phone": "0987654321" }))
        .await;
    let bars = "select prize_bar from participants";
    let bar = async || -> Option<String> { sqlx::query_scalar(bars).fetch_one(&pool).await.unwrap() };
    assert_eq!(bar().await.as_deref(), Some("Vợ bà Năm"));
    let mut tx = bench.app.store.begin().await.unwrap();
    assert!(tx.erase_own_data(an.id, bench.now()).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(bar().await.as_deref(), Some("(đã xóa)"));
    let another = ListedPerson {
        phone: Some("0987654322".to_owned()),
        ..person.clone()
    };
    listed.source.listed = vec![person, another];
    bench.load(&listed).await;
    assert_eq!(bar().await.as_deref(), Some("(đã xóa)"));
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_contest_whose_data_have_expired_is_not_loaded_with_changes(pool: PgPool) {
    let bench = TestApp::with(pool.clone(), sample()).await;
    over(&bench).await;
    assert_eq!(texts(&bench).await, 0);
    let load = async |sample: crate::helpers::Sample| {
        load_contest(&bench.app, bench.now(), "tester", &sample.source, Calendar::Keep).await
    };
    assert_eq!(load(sample()).await.unwrap(), LoadOutcome::Unchanged);
    let mut listed = sample();
    listed.source.listed = vec![ListedPerson {
        reason: "Người nhà bà Hoa".to_owned(),
        phone: Some("0987654321".to_owned()),
        national_id: None,
        name_and_birth: None,
    }];
    let again = load(listed).await;
    assert!(matches!(again, Err(LoadError::Expired)), "{again:?}");
    assert_eq!(bench.count("prize_bars").await, 0);
    let longer = sample().definition(|definition| {
        let mut third = definition.rounds[1].clone();
        (third.number, third.title) = (3, "Tuần 3".to_owned());
        third.opens_at = AFTER + Duration::days(10);
        third.closes_at = AFTER + Duration::days(20);
        definition.rounds.push(third);
    });
    let again = load(longer).await;
    assert!(matches!(again, Err(LoadError::Expired)), "{again:?}");
    assert_eq!(bench.contest().rounds.len(), 2);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn no_account_is_issued_whose_data_nobody_would_erase(pool: PgPool) {
    let issued = sample().definition(|definition| definition.entry.accounts = Accounts::Issued);
    let bench = TestApp::with(pool.clone(), issued).await;
    let contest = bench.contest();
    sqlx::query(
        "insert into data_expiries (contest_id, kept_until, begun_at, begun_by)
         values ($1, '2033-12-31', now(), 'system')",
    )
    .bind(contest.id.0)
    .execute(&pool)
    .await
    .unwrap();
    let refused = issue_accounts(&bench.app, bench.now(), "tester", &contest, &[]).await;
    assert!(matches!(refused, Err(IssueError::Expired)));
    assert_eq!(bench.count("participants").await, 0);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_later_day_that_will_not_do_and_its_reason_are_told_together_at_their_fields(pool: PgPool) {
    let console = Console::with(pool, sample()).await;
    let mut desk = console.logged_in(Role::Organiser).await;
    let place = "/quan-tri/cuoc-thi/mau/luu-du-lieu";
    for (day, words) in [
        ("", "Chọn một ngày."),
        ("2033-12-31", "Chọn một ngày sau 31/12/2033."),
    ] {
        let answer = desk
            .post_form(place, &[("ngay", day), ("ly-do", "ngắn quá")])
            .await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        for part in [
            r##"<a href="#ngay">"##,
            r##"<a href="#ly-do">"##,
            r#"id="ngay-error""#,
            r#"id="ly-do-error""#,
            r#"aria-describedby="ly-do-hint ly-do-error""#,
        ] {
            assert!(answer.text.contains(part), "{part}: {}", answer.text);
        }
        let page = plain(&answer.text);
        assert!(
            page.contains(words) && page.contains("từ 10 đến 500 ký tự"),
            "{page}"
        );
        assert!(page.contains("ngắn quá"), "what was typed stays: {page}");
    }
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn what_became_of_the_days_of_all_contests_is_asked_at_once(pool: PgPool) {
    let bench = TestApp::with(pool.clone(), sample()).await;
    for slug in ["mot", "hai"] {
        let other = sample().definition(|definition| slug.clone_into(&mut definition.slug));
        bench.load(&other).await;
    }
    let id = |slug: &str| bench.app.catalog().find(slug).unwrap().id;
    let (erased, later, kept) = (id(CONTEST), id("mot"), id("hai"));
    sqlx::query(
        "insert into data_expiries (contest_id, kept_until, begun_at, begun_by, done_at)
         values ($1, '2033-12-31', '2034-01-01', 'system', '2034-01-01 05:00+00')",
    )
    .bind(erased.0)
    .execute(&pool)
    .await
    .unwrap();
    for (day, reason) in [
        ("2034-03-31", "Chờ thanh tra"),
        ("2034-06-30", "Đang có khiếu kiện"),
    ] {
        sqlx::query(
            "insert into keeping_days (contest_id, kept_until, reason, at, by) values ($1, $2::date, $3, now(), 'Hoa')",
        )
        .bind(later.0)
        .bind(day)
        .bind(reason)
        .execute(&pool)
        .await
        .unwrap();
    }
    let all = bench
        .app
        .store
        .load_announced(&[erased, later, kept])
        .await
        .unwrap();
    assert_eq!(all.len(), 3);
    assert_eq!(all[&erased].erased_at, Some(datetime!(2034-01-01 05:00 UTC)));
    let newest = (date!(2034 - 06 - 30), "Đang có khiếu kiện".to_owned());
    assert_eq!(all[&later].later, Some(newest));
    let nothing = Announced {
        erased_at: None,
        later: None,
    };
    assert_eq!(all[&kept], nothing);
    let page = plain(&Browser::new(&bench).page("/du-lieu-ca-nhan").await);
    for words in [
        "Đã xóa xong ngày 1/1/2034",
        "đến 30/6/2034. Lý do: Đang có khiếu kiện",
    ] {
        assert_eq!(page.matches(words).count(), 1, "{words}: {page}");
    }
    assert!(!page.contains("thanh tra"), "{page}");
}
