//! Groups that take turns in a round, from the rules to the start page; and ages of accounts that were issued.

use crate::helpers::{CONTEST, OPENS, Sample, TestApp};
use crate::pages::plain;
use crate::quiz_browser::{Browser, START, View};
use axum::http::StatusCode;
use hoithi::action::issue_accounts::issue_accounts;
use hoithi::domain::access::AccessWindow;
use hoithi::domain::account::{Accounts, ListedAccount};
use serde_json::json;
use sqlx::PgPool;
use time::Duration;
use time::macros::date;

/// In week 1 H1 enters for two days, H2 for the two days after; week 2 takes everybody.
fn sample() -> Sample {
    let window = |group: &str, unit: &str, days: i64| AccessWindow {
        group: group.to_owned(),
        units: vec![unit.to_owned()],
        bloc: None,
        born_from: None,
        born_to: None,
        from: OPENS + Duration::days(days),
        to: OPENS + Duration::days(days + 2),
    };
    let windows = vec![window("Cụm một", "H1", 0), window("Cụm hai", "H2", 2)];
    Sample::default().definition(|definition| definition.entry.access = windows)
}

fn words(view: &View) -> String {
    view.words().replace('\u{a0}', " ")
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn each_group_enters_in_its_turn_and_everybody_in_a_round_without_turns(pool: PgPool) {
    let bench = TestApp::with(pool, sample()).await;
    // X1 is below H1.
    let first = bench.participant("Một").await;
    let second = bench.participant_with("Hai", json!({ "unit": "H2" })).await;
    let refused = second.try_start(1).await.refused(409, "turn-not-come");
    assert_eq!(refused["opens_at"], "2033-06-08T01:00:00.000Z");
    assert_eq!(refused["closed_at"], "2033-06-10T01:00:00.000Z");
    first.start(1).await.submit().await.ok();

    bench.at(OPENS + Duration::days(2));
    first.try_start(1).await.refused(409, "turn-over");
    second.start(1).await.submit().await.ok();
    assert_eq!(bench.count("attempts").await, 2);

    bench.at(OPENS + Duration::days(5));
    second.try_start(1).await.refused(409, "turn-over");
    bench.at(OPENS + Duration::weeks(1));
    first.start(2).await;
    second.start(2).await;
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn an_attempt_ends_with_the_turn_unless_the_rules_let_it_finish(pool: PgPool) {
    let bench = TestApp::with(pool, sample()).await;
    let person = bench.participant("Một").await;
    let end = OPENS + Duration::days(2);
    bench.at(end - Duration::minutes(3));
    let page = words(&Browser::of(&person).open(START).await);
    assert!(
        page.contains("Lượt của nhóm bạn hết lúc 08:00:00 nên lượt thi này chỉ còn 3 phút."),
        "{page}"
    );
    assert_eq!(person.start(1).await.deadline(), end);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn an_attempt_begun_in_the_turn_runs_on_where_the_rules_say_so(pool: PgPool) {
    let sample = sample().rules(|rules| rules.attempts.late_finish = true);
    let bench = TestApp::with(pool, sample).await;
    let person = bench.participant("Một").await;
    let start = OPENS + Duration::days(2) - Duration::minutes(3);
    bench.at(start);
    let sitting = person.start(1).await;
    assert_eq!(sitting.deadline(), start + Duration::minutes(10));
    bench.at(start + Duration::minutes(9));
    sitting.submit().await.ok();
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_pages_tell_people_the_time_of_their_own_group(pool: PgPool) {
    let bench = TestApp::with(pool, sample()).await;
    let second = bench.participant_with("Hai", json!({ "unit": "H2" })).await;
    let mut browser = Browser::of(&second);
    let home = words(&browser.open(&format!("/cuoc-thi/{CONTEST}")).await);
    for told in [
        "Sắp đến lượt nhóm của bạn từ 08:00 thứ Tư, 8/6/2033",
        "Nhóm của bạn: 08:00 thứ Tư, 8/6/2033 – 08:00 thứ Sáu, 10/6/2033",
    ] {
        assert!(home.contains(told), "{told}: {home}");
    }
    let start = words(&browser.open(START).await);
    assert!(
        start.contains("đến 08:00 thứ Sáu, 10/6/2033. Hẹn gặp bạn vào lúc ấy."),
        "{start}"
    );
    let stranger = words(&Browser::new(&bench).open(&format!("/cuoc-thi/{CONTEST}")).await);
    assert!(
        stranger.contains("Các nhóm thi theo lịch riêng, xem trong thể lệ.")
            && !stranger.contains("Nhóm của bạn:"),
        "{stranger}"
    );

    let rules = plain(&bench.page(&format!("/cuoc-thi/{CONTEST}/the-le")).await.text);
    let rules = rules.replace('\u{a0}', " ");
    for told in [
        "Các nhóm thi theo lịch sau; ngoài lịch của nhóm mình thì chưa vào thi được. Bài đang làm dừng khi lượt \
         của nhóm hết.",
        "từ 08:00 thứ Hai, 6/6/2033 đến 08:00 thứ Tư, 8/6/2033, người dự thi của Huyện Một và các đơn vị trực thuộc",
    ] {
        assert!(rules.contains(told), "{told}: {rules}");
    }

    bench.at(OPENS + Duration::days(2));
    let home = words(&browser.open(&format!("/cuoc-thi/{CONTEST}")).await);
    assert!(
        home.contains("Đang đến lượt nhóm của bạn") && home.contains("đến 08:00 thứ Sáu, 10/6/2033"),
        "{home}"
    );
    browser.start().await;
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn an_issued_account_outside_the_ages_starts_nothing(pool: PgPool) {
    let sample = Sample::default().definition(|definition| definition.entry.accounts = Accounts::Issued);
    let bench = TestApp::with(pool.clone(), sample).await;
    let list = [ListedAccount {
        code: "HS-01".to_owned(),
        full_name: "Nguyễn Văn An".to_owned(),
        birth_date: date!(2008 - 01 - 02),
        unit: "X1".to_owned(),
        class: None,
        consent_publish: true,
    }];
    let issued = issue_accounts(&bench.app, bench.now(), "tester", &bench.contest(), &list)
        .await
        .unwrap();
    let login = json!({ "phone": "HS-01", "password": issued.made[0].password });
    let path = format!("/contests/{CONTEST}/login");
    let token = bench.post(&path, None, &login).await.ok()["token"].clone();
    let start = format!("/contests/{CONTEST}/rounds/1/attempts");
    let try_start = || bench.call(axum::http::Method::POST, &start, token.as_str(), None);
    // The birth date turns out to be another one: eleven years on the first day, then twelve.
    for (born, status) in [
        (date!(2021 - 06 - 07), StatusCode::CONFLICT),
        (date!(2021 - 06 - 06), StatusCode::CREATED),
    ] {
        sqlx::query("update participants set birth_date = $1")
            .bind(born)
            .execute(&pool)
            .await
            .unwrap();
        let reply = try_start().await;
        assert_eq!(reply.status, status, "{born}: {}", reply.text);
        if status == StatusCode::CONFLICT {
            reply.refused(409, "too-young");
        }
    }
    assert_eq!(bench.count("attempts").await, 1);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn programs_learn_the_times_of_groups_with_the_contest(pool: PgPool) {
    let sample = sample().definition(|definition| {
        let last = definition.entry.access.last_mut().unwrap();
        last.born_from = Some(date!(2005 - 01 - 31));
        // Cut at the close of the round.
        last.to = OPENS + Duration::days(30);
    });
    let bench = TestApp::with(pool, sample).await;
    let contest = bench.get(&format!("/contests/{CONTEST}"), None).await.ok();
    let turns = contest["turns"].as_array().unwrap();
    assert_eq!(
        turns[0],
        json!({
            "round": 1, "group": "Cụm một", "units": ["H1"], "bloc": null, "born_from": null, "born_to": null,
            "opens_at": "2033-06-06T01:00:00.000Z", "closes_at": "2033-06-08T01:00:00.000Z",
        })
    );
    let closes = &contest["rounds"][0]["closes_at"];
    assert_eq!(
        (&turns[1]["group"], &turns[1]["closes_at"]),
        (&json!("Cụm hai"), closes)
    );
    assert_eq!(turns[1]["born_from"], "2005-01-31");
    let of_second: Vec<_> = turns.iter().filter(|turn| turn["round"] == 2).collect();
    assert_eq!(of_second.len(), 1, "the long window reaches into round 2");
}
