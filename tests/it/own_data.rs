//! Participants and the data kept of them: seeing, taking away, correcting, withdrawing consent, erasing.

use crate::helpers::{CONTEST, PASSWORD, Person, Sample, TestApp};
use crate::pages::{Browser, at, plain};
use hoithi::domain::contest::{Prize, Scope};
use hoithi::domain::participant::parse_date;
use serde_json::{Value, json};
use sqlx::PgPool;
use time::Duration;

fn own(step: &str) -> String {
    at(&format!("/du-lieu-cua-toi{step}"))
}

/// A browser that the person has logged in.
async fn browser_of(bench: &TestApp, person: &Person) -> Browser {
    let browser = Browser::new(bench);
    let fields = [("phone", person.phone.as_str()), ("password", PASSWORD)];
    let reply = browser.post(&at("/dang-nhap"), &fields).await;
    assert!(reply.status.is_redirection(), "{}", reply.text);
    browser
}

/// The person's row as text, whatever columns there are.
async fn row(pool: &PgPool, person: &Person) -> Value {
    let sql = "select to_jsonb(p) from participants p where participant_id = $1";
    sqlx::query_scalar(sql)
        .bind(person.id.0)
        .fetch_one(pool)
        .await
        .unwrap()
}

/// A correction that the organisers made.
async fn correct(pool: &PgPool, person: &Person) {
    let add = "insert into person_corrections (participant_id, detail, former, later, reason, at, by)
        values ($1, 'email', 'anh@vidu.vn', 'an@vidu.vn', 'Gõ nhầm, đã gọi điện hỏi', now(), 'Hoa')";
    sqlx::query(add).bind(person.id.0).execute(pool).await.unwrap();
}

async fn outcomes(pool: &PgPool) -> Vec<String> {
    let sql = "select kind || ' ' || outcome from data_requests order by request_id";
    sqlx::query_scalar(sql).fetch_all(pool).await.unwrap()
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_person_sees_and_takes_away_all_that_is_kept_and_nobody_else_does(pool: PgPool) {
    let bench = TestApp::new(pool.clone()).await;
    let more = json!({ "email": "an@vidu.vn", "national_id": "020090123456" });
    let person = bench.participant_with("An", more).await;
    let sitting = person.start(1).await;
    sitting.answer(1, "A").await;
    sitting.submit().await.ok();
    correct(&pool, &person).await;
    let stranger = Browser::new(&bench);
    for (step, is_form) in [
        ("", false),
        ("/xoa", false),
        ("/tai", true),
        ("/sua", true),
        ("/xoa", true),
    ] {
        let reply = match is_form {
            false => stranger.open(&own(step)).await,
            true => stranger.post(&own(step), &[]).await,
        };
        let way = format!("{}?tiep={}", at("/dang-nhap"), own(""));
        assert_eq!(
            (reply.status.as_u16(), reply.header("location")),
            (303, way.as_str())
        );
    }
    let browser = browser_of(&bench, &person).await;
    assert!(browser.page("/bai-thi").await.contains(&own("")));
    let reply = browser.open(&own("")).await;
    assert_eq!(reply.header("cache-control"), "no-store");
    let page = plain(&reply.text);
    for kept in [
        "Nguyễn Văn An",
        &person.phone,
        "an@vidu.vn",
        "020090123456",
        "Lượt 1 tuần 1",
    ] {
        assert!(page.contains(kept), "{kept}: {page}");
    }
    let reply = browser.post(&own("/tai"), &[]).await;
    assert_eq!(
        reply.header("content-disposition"),
        format!("attachment; filename=\"{CONTEST}.json\"")
    );
    let file = reply.json();
    let registration = &file["registration"];
    assert_eq!(registration["birth_date"], json!("1990-06-15"));
    assert_eq!(registration["phone"], json!(person.phone));
    assert_eq!(registration["national_id"], json!("020090123456"));
    assert_eq!(file["consents"]["publish_name"], json!(true));
    let attempt = &file["attempts"][0];
    assert_eq!(attempt["attempt"], json!(sitting.id.to_string()));
    assert_eq!(attempt["responses"][0], json!("A"));
    assert!(attempt["score"].is_u64(), "{attempt}");
    assert_eq!(file["corrections"][0]["former"], json!("anh@vidu.vn"));
    assert_eq!(file["requests"][0]["kind"], json!("download"));
    assert_eq!(outcomes(&pool).await, ["download done"]);
    let page = plain(&browser.page(&own("")).await);
    assert!(page.contains("tải dữ liệu (đã làm)"), "{page}");
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn what_may_be_corrected_is_and_faults_are_told_at_their_field(pool: PgPool) {
    let bench = TestApp::new(pool.clone()).await;
    let person = bench.participant("An").await;
    let browser = browser_of(&bench, &person).await;
    let wrong = [("full_name", "1"), ("email", "khong-phai-thu")];
    let reply = browser.post(&own("/sua"), &wrong).await;
    assert_eq!(reply.status, 422);
    assert!(
        reply.text.contains("<a href=\"#email\">") && reply.text.contains("value=\"khong-phai-thu\""),
        "{}",
        reply.text
    );
    assert_eq!(row(&pool, &person).await["full_name"], json!("Nguyễn Văn An"));
    // Phone, birth date and unit are not among the fields, whatever is sent.
    let fields = [
        ("full_name", "Nguyễn Văn Ân"),
        ("email", "an@vidu.vn"),
        ("national_id", "020090123456"),
        ("phone", "0999999999"),
        ("birth_date", "2001-01-01"),
        ("unit", "X2"),
    ];
    let before = row(&pool, &person).await;
    let reply = browser.post(&own("/sua"), &fields).await;
    assert_eq!(reply.status, 200);
    assert!(
        reply.text.contains("Đã lưu thông tin bạn vừa sửa"),
        "{}",
        reply.text
    );
    let after = row(&pool, &person).await;
    assert_eq!(after["full_name"], json!("Nguyễn Văn Ân"));
    assert_eq!(after["email"], json!("an@vidu.vn"));
    for same in [
        "phone_hash",
        "birth_date",
        "unit_id",
        "login_epoch",
        "consent_publish",
    ] {
        assert_eq!(after[same], before[same], "{same}");
    }
    assert!(
        browser.page(&own("")).await.contains("020090123456"),
        "sealed and opened again"
    );
    let again = browser.post(&own("/sua"), &fields).await;
    assert!(again.text.contains("không có gì thay đổi"));
    assert_eq!(outcomes(&pool).await, ["correct done"]);
    let log: String = sqlx::query_scalar("select facts::text from audit where act = 'own-data-correct'")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert!(
        log.contains("national_id") && !log.contains("020090") && !log.contains("vidu"),
        "{log}"
    );

    let reply = browser.post(&own("/neu-ten"), &[("consent_publish", "no")]).await;
    assert!(reply.text.contains("chỉ hiện chữ cái đầu"), "{}", reply.text);
    assert_eq!(row(&pool, &person).await["consent_publish"], json!(false));
    let english = browser
        .post("/hien-thi", &[("lang", "en"), ("back", &own(""))])
        .await;
    assert!(english.status.is_redirection());
    let page = browser.page(&own("")).await;
    assert!(
        page.contains("correction of Full name") && !page.contains("own-data-"),
        "{page}"
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn erasing_removes_the_person_and_keeps_the_count(pool: PgPool) {
    let bench = TestApp::new(pool.clone()).await;
    let more = json!({ "email": "an@vidu.vn", "national_id": "020090123456" });
    let person = bench.participant_with("An", more).await;
    let sitting = person.start(1).await;
    let right = sitting.right_answers(6).await;
    sitting.submit_with(&right).await.ok();
    let other = bench.participant("Bình").await;
    let second = other.start(1).await;
    second.submit().await.ok();
    correct(&pool, &person).await;
    let kept = sqlx::query("delete from person_corrections").execute(&pool).await;
    assert!(kept.unwrap_err().to_string().contains("are only added"));
    let browser = browser_of(&bench, &person).await;
    let page = plain(&browser.page(&own("/xoa")).await);
    assert!(page.contains("không lấy lại được"), "{page}");
    let unsure = browser.post(&own("/xoa"), &[("password", PASSWORD)]).await;
    assert_eq!(unsure.status, 422);
    let wrong = [("password", "khong phai"), ("sure", "yes")];
    assert_eq!(browser.post(&own("/xoa"), &wrong).await.status, 422);
    assert_eq!(row(&pool, &person).await["full_name"], json!("Nguyễn Văn An"));
    let sure = [("password", PASSWORD), ("sure", "yes")];
    let reply = browser.post(&own("/xoa"), &sure).await;
    assert_eq!(reply.status, 200);
    assert!(
        reply.text.contains("đã được xóa và bạn đã đăng xuất"),
        "{}",
        reply.text
    );

    let after = row(&pool, &person).await;
    let text = after.to_string();
    for gone in ["Nguyễn", "vidu", "1990-06-15", "argon2"] {
        assert!(!text.contains(gone), "{gone}: {text}");
    }
    for empty in [
        "national_id_hash",
        "national_id_sealed",
        "email",
        "address",
        "guardian_name",
    ] {
        assert!(after[empty].is_null(), "{empty}");
    }
    parse_date(after["birth_date"].as_str().unwrap()).unwrap();
    assert_eq!(
        bench.count("person_corrections").await,
        0,
        "nor are former values kept"
    );
    // Every log-in has ended, none is possible, and the number does not enter a second time.
    assert_eq!(browser.open(&own("")).await.status, 303);
    let start = format!("/contests/{CONTEST}/rounds/1/attempts");
    bench
        .post(&start, Some(&person.token), &json!({}))
        .await
        .refused(401, "no-login");
    let log_in = json!({ "phone": person.phone, "password": PASSWORD });
    let path = format!("/contests/{CONTEST}/login");
    bench.post(&path, None, &log_in).await.refused(401, "wrong-login");
    let mut again = bench.registration("An");
    again["phone"] = json!(person.phone);
    let path = format!("/contests/{CONTEST}/participants");
    bench
        .post(&path, None, &again)
        .await
        .refused(409, "already-registered");

    // The attempt counts and wins nothing, though it is the best.
    bench.conclude(1).await;
    let results = bench
        .get(&format!("/contests/{CONTEST}/rounds/1/results"), None)
        .await
        .ok();
    let counts = &results["counts"];
    assert_eq!(
        (&counts["attempts"], &counts["people"]),
        (&json!(2), &json!(2)),
        "{results}"
    );
    let winners: Vec<i64> = sqlx::query_scalar("select participant_id from awards")
        .fetch_all(&pool)
        .await
        .unwrap();
    assert!(!winners.contains(&person.id.0), "{winners:?}");
    assert_eq!(outcomes(&pool).await, ["erase wrong-password", "erase done"]);
    let acts: i64 = sqlx::query_scalar("select count(*) from audit where act = 'own-data-erase'")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert_eq!(acts, 1);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_running_attempt_a_round_being_judged_and_a_prize_are_explained_instead(pool: PgPool) {
    let bench = TestApp::new(pool.clone()).await;
    let person = bench.participant("An").await;
    let loser = bench.participant("Bình").await;
    let browser = browser_of(&bench, &person).await;
    let sure = [("password", PASSWORD), ("sure", "yes")];
    let sitting = person.start(1).await;
    let reply = browser.post(&own("/xoa"), &sure).await;
    assert_eq!(reply.status, 409);
    assert!(reply.text.contains("một lượt thi đang làm"), "{}", reply.text);
    let fix = [("full_name", "Nguyễn Văn Ân")];
    let reply = browser.post(&own("/sua"), &fix).await;
    assert_eq!(reply.status, 200, "a running attempt holds no correction");
    let right = sitting.right_answers(6).await;
    sitting.submit_with(&right).await.ok();
    loser.start(1).await.submit().await.ok();

    // Being judged: winners and others are told the same.
    bench.close(1).await;
    bench.rank(1).await;
    bench.advance(Duration::minutes(1));
    let others = browser_of(&bench, &loser).await;
    for browser in [&browser, &others] {
        let page = plain(&browser.page(&own("/xoa")).await);
        assert!(
            page.contains("đã nộp bài ở tuần 1 và kết quả đang được xét"),
            "{page}"
        );
        assert!(!page.contains("name=\"password\""), "{page}");
        let reply = browser.post(&own("/sua"), &fix).await;
        assert_eq!(reply.status, 409);
        assert!(
            !reply.text.contains("Giải Nhất"),
            "nobody learns early: {}",
            reply.text
        );
    }
    bench.approve(1).await;
    bench.publish(1).await;
    let page = browser.page(&own("")).await;
    assert!(page.contains("Bạn đã đạt giải (Giải Nhất)"), "{page}");
    assert_eq!(browser.post(&own("/xoa"), &sure).await.status, 409);
    let reply = browser.post(&own("/neu-ten"), &[("consent_publish", "no")]).await;
    assert_eq!(reply.status, 200, "taking back is always possible");
    assert_eq!(
        browser
            .post(&own("/neu-ten"), &[("consent_publish", "yes")])
            .await
            .status,
        409
    );
    assert_eq!(
        outcomes(&pool).await,
        [
            "erase running",
            "correct done",
            "correct judging",
            "correct judging",
            "erase prize",
            "publish done",
            "publish prize"
        ]
    );
    // Whoever won nothing may go once the round is published.
    assert_eq!(others.post(&own("/xoa"), &sure).await.status, 200);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_script_that_asks_without_end_is_slowed(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let person = bench.participant("An").await;
    let browser = browser_of(&bench, &person).await;
    for _ in 0..30 {
        assert_eq!(browser.post(&own("/tai"), &[]).await.status, 200);
    }
    let reply = browser.post(&own("/tai"), &[]).await;
    assert_eq!(reply.status, 429);
    assert!(!reply.header("retry-after").is_empty());
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn once_every_round_is_published_nothing_is_judged_any_more_and_prizes_of_the_whole_contest_count(
    pool: PgPool,
) {
    let overall = Prize {
        scope: Scope::Contest,
        name: "Giải Toàn cuộc".to_owned(),
        places: 1,
        value: None,
        bloc: None,
    };
    let sample = Sample::default().definition(|definition| {
        definition.prizes.push(overall);
    });
    let bench = TestApp::with(pool, sample).await;
    let winner = bench.participant("An").await;
    let loser = bench.participant("Bình").await;
    let sitting = winner.start(1).await;
    let right = sitting.right_answers(6).await;
    sitting.submit_with(&right).await.ok();
    loser.start(1).await.submit().await.ok();
    bench.conclude(1).await;
    let contest = bench.contest();
    bench.at(contest.rounds[1].opens_at + Duration::hours(1));
    for person in [&winner, &loser] {
        person.start(2).await.submit().await.ok();
    }
    bench.at(contest.rounds[1].closes_at + Duration::hours(1));
    bench.close(2).await;
    bench.rank(2).await;
    let facts = async |person: &Person| {
        let facts = bench
            .app
            .store
            .load_own_facts(contest.id, person.id, bench.now())
            .await;
        facts.unwrap()
    };
    assert!(
        facts(&loser).await.overall_judged,
        "the last round decides over the whole contest"
    );
    bench.approve(2).await;
    bench.publish(2).await;
    let free = facts(&loser).await;
    assert!(
        !free.overall_judged && free.judged.is_none() && free.prizes.is_empty(),
        "{free:?}"
    );
    let held = facts(&winner).await;
    assert!(held.prizes.contains(&"Giải Toàn cuộc".to_owned()), "{held:?}");
}
