//! Bringing newcomers by personal links, and the list of people who never win, from the folder to the published result.

use crate::helpers::{CONTEST, OPENS, Person, Sample, TestApp};
use crate::pages::{Browser, at, plain, with};
use hoithi::action::load_contest::{Calendar, LoadOutcome, load_contest};
use hoithi::domain::contest::{SpreadPrize, SpreadRules};
use hoithi::domain::exclusion::ListedPerson;
use serde_json::{Value, json};
use sqlx::PgPool;
use time::Duration;

/// The sample with prizes for bringing newcomers and one prize of each round.
fn sample(min_attempts: u16, cap: Option<u32>) -> Sample {
    let prize = |name: &str, places, min_newcomers| SpreadPrize {
        name: name.to_owned(),
        places,
        value: Some(500_000),
        min_newcomers,
    };
    Sample::default().definition(|definition| {
        definition.rounds.truncate(1);
        definition.spread = Some(SpreadRules {
            min_attempts,
            cap,
            prizes: vec![prize("Giải Nhất lan tỏa", 1, 2), prize("Giải Nhì lan tỏa", 2, 1)],
        });
    })
}

/// The code of a person's own link, read from the own page.
async fn code_of(bench: &TestApp, person: &Person) -> String {
    let browser = Browser::new(bench);
    let password = crate::helpers::PASSWORD;
    let fields = [("phone", person.phone.as_str()), ("password", password)];
    let reply = browser.post(&at("/dang-nhap"), &fields).await;
    assert!(reply.status.is_redirection(), "{}", reply.text);
    let page = browser.page("/bai-thi").await;
    let after = page
        .split("/gioi-thieu/")
        .nth(1)
        .expect("the own page shows a link");
    after.chars().take(10).collect()
}

/// Registers somebody by a link and hands in some papers.
async fn newcomer(bench: &TestApp, name: &str, code: &str, papers: usize) -> Person {
    let person = bench.participant_with(name, json!({ "introducer": code })).await;
    hand_in(bench, &person, papers).await;
    person
}

async fn hand_in(bench: &TestApp, person: &Person, papers: usize) {
    for _ in 0..papers {
        let sitting = person.start(1).await;
        bench.advance(Duration::minutes(1));
        sitting.submit().await.ok();
    }
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn who_brings_newcomers_wins_and_everybody_sees_why(pool: PgPool) {
    let bench = TestApp::with(pool, sample(2, Some(2))).await;
    let (first, second) = (bench.participant("Ba").await, bench.participant("Bốn").await);
    let absent = bench.participant("Vắng").await;
    let codes = [
        code_of(&bench, &first).await,
        code_of(&bench, &second).await,
        code_of(&bench, &absent).await,
    ];
    assert_eq!(code_of(&bench, &first).await, codes[0], "a link stays the same");
    hand_in(&bench, &first, 1).await;
    hand_in(&bench, &second, 1).await;
    // Ba brings three of whom two count; Bốn one who counts and one who handed in too little; who did not enter, nobody.
    for (name, code, papers) in [
        ("Mới Một", &codes[0], 2),
        ("Mới Hai", &codes[0], 2),
        ("Mới Ba", &codes[0], 2),
        ("Mới Tư", &codes[1], 2),
        ("Mới Năm", &codes[1], 1),
        ("Mới Sáu", &codes[2], 3),
        ("Không Ai", &"0000000000".to_owned(), 3),
    ] {
        newcomer(&bench, name, code, papers).await;
    }
    let own = code_page(&bench, &first).await;
    assert!(
        own.contains("3 người đã đăng ký, trong đó 3 người đã nộp đủ bài"),
        "{own}"
    );
    bench.conclude(1).await;
    let page = plain(&bench.page(&at("/ket-qua")).await.text);
    for words in [
        "Giải Nhất lan tỏa",
        "Nguyễn Văn Ba",
        "Hạng 1 về giới thiệu: 2 người mới; tất cả 3 người; đạt số ấy lúc",
        "Giải Nhì lan tỏa",
        "Nguyễn Văn Bốn",
        "Hạng 2 về giới thiệu: 1 người mới; đạt số ấy lúc",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(!page.contains("Nguyễn Văn Vắng") && !page.contains("Nguyễn Văn Mới Sáu"));
    assert_eq!(bench.count("spread_standings").await, 2);
    let contest = bench.get("/contests/mau", None).await.ok();
    assert_eq!(
        (&contest["spread"]["cap"], &contest["spread"]["min_attempts"]),
        (&json!(2), &json!(2))
    );
    assert_eq!(contest["spread"]["prizes"][0]["min_newcomers"], 2);
    let results = bench.get("/contests/mau/results", None).await.ok();
    let given = results["spread_awards"].as_array().unwrap().iter();
    let given: Vec<Value> = given
        .map(|one| {
            json!([
                one["prize"],
                one["name"],
                one["rank"],
                one["newcomers"],
                one["brought"]
            ])
        })
        .collect();
    let expected = [
        json!(["Giải Nhất lan tỏa", "Nguyễn Văn Ba", 1, 2, 3]),
        json!(["Giải Nhì lan tỏa", "Nguyễn Văn Bốn", 2, 1, 1]),
    ];
    assert_eq!(given, expected);
    assert_eq!(
        results["awards"],
        json!([]),
        "the sample has no other prize of the whole contest"
    );
    let rules = plain(&bench.page(&at("/the-le")).await.text);
    assert!(
        rules.contains("Mỗi người giới thiệu được tính nhiều nhất 2 người mới."),
        "{rules}"
    );
}

async fn code_page(bench: &TestApp, person: &Person) -> String {
    let browser = Browser::new(bench);
    let fields = [
        ("phone", person.phone.as_str()),
        ("password", crate::helpers::PASSWORD),
    ];
    browser.post(&at("/dang-nhap"), &fields).await;
    plain(&browser.page("/bai-thi").await)
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_link_is_remembered_from_the_first_page_until_registering(pool: PgPool) {
    let bench = TestApp::with(pool.clone(), sample(1, None)).await;
    let first = bench.participant("Ba").await;
    let code = code_of(&bench, &first).await;
    let browser = Browser::new(&bench);
    let followed = browser.open(&format!("/gioi-thieu/{code}")).await;
    assert_eq!(followed.header("location"), at(""));
    browser.page(&at("/the-le")).await;
    let form = browser.page(&at("/dang-ky")).await;
    assert!(
        form.contains(&code) && !form.contains("Nguyễn Văn Ba"),
        "the form names nobody"
    );
    let sent = browser.post(&at("/dang-ky"), &with(&[])).await;
    assert!(sent.status.is_redirection(), "{}", sent.text);
    let introducer: Option<i64> =
        sqlx::query_scalar("select introducer_id from participants where full_name = 'Nguyễn Thị Ánh'")
            .fetch_one(&pool)
            .await
            .unwrap();
    assert_eq!(introducer, Some(first.id.0));
    // The next person at the same browser came by nobody's link.
    assert!(!browser.page(&at("/dang-ky")).await.contains(&code));
    assert_eq!(bench.page("/gioi-thieu/ZZZZZZZZZZ").await.status, 404);
    assert_eq!(bench.page("/gioi-thieu/khong-phai-ma").await.status, 404);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn registering_for_another_contest_does_not_use_a_link_up(pool: PgPool) {
    let bench = TestApp::with(pool, sample(1, None)).await;
    let other = Sample::default().definition(|definition| definition.slug = "khac".to_owned());
    bench.load(&other).await;
    let first = bench.participant("Ba").await;
    let code = code_of(&bench, &first).await;
    let browser = Browser::new(&bench);
    browser.open(&format!("/gioi-thieu/{code}")).await;
    let other = "/cuoc-thi/khac/dang-ky";
    assert!(!browser.page(other).await.contains(&code));
    let sent = browser.post(other, &with(&[])).await;
    assert!(sent.status.is_redirection(), "{}", sent.text);
    let form = browser.page(&at("/dang-ky")).await;
    assert!(form.contains(&code), "the link still waits: {form}");
    // Looking for a unit on the way loses nothing either.
    let found = browser
        .post(&at("/dang-ky"), &with(&[("then", "find-unit")]))
        .await;
    assert!(found.text.contains(&code), "{}", found.text);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn without_such_prizes_there_is_no_link_and_a_code_counts_for_nobody(pool: PgPool) {
    let bench = TestApp::new(pool.clone()).await;
    let person = bench.participant("Ba").await;
    assert!(!code_page(&bench, &person).await.contains("/gioi-thieu/"));
    let code = bench.app.keys.share_code(bench.contest().id, person.id);
    newcomer(&bench, "Mới", &code, 1).await;
    let introduced: i64 =
        sqlx::query_scalar("select count(*) from participants where introducer_id is not null")
            .fetch_one(&pool)
            .await
            .unwrap();
    assert_eq!((introduced, bench.count("share_links").await), (0, 0));
}

/// A list with one entry of each kind: phone, identity number, name with birth date.
fn listed(phone: &str) -> Vec<ListedPerson> {
    let entry = |reason: &str| ListedPerson {
        reason: reason.to_owned(),
        phone: None,
        national_id: None,
        name_and_birth: None,
    };
    vec![
        ListedPerson {
            phone: Some(phone.to_owned()),
            ..entry("Ban Tổ chức")
        },
        ListedPerson {
            national_id: Some("020090001234".to_owned()),
            ..entry("Tổ ra đề")
        },
        ListedPerson {
            name_and_birth: Some(("NGUYỄN VĂN TÊN".to_owned(), time::macros::date!(1990 - 06 - 15))),
            ..entry("Người thân")
        },
    ]
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn prizes_pass_over_people_of_the_list_who_may_enter_all_the_same(pool: PgPool) {
    let mut sample = Sample::default().rules(|rules| rules.ranking.min_score = None);
    sample.source.listed = listed("0987654321");
    let bench = TestApp::with(pool.clone(), sample).await;
    let by_phone = bench
        .participant_with("Máy", json!({ "phone": "0987654321" }))
        .await;
    let by_id = bench
        .participant_with("Số", json!({ "national_id": "020090001234" }))
        .await;
    let by_name = bench.participant("Tên").await;
    let others = [bench.participant("Nhất").await, bench.participant("Nhì").await];
    // Those of the list answer everything, the others nothing.
    for person in [&by_phone, &by_id, &by_name] {
        let sitting = person.start(1).await;
        for (question, labels) in sitting.key().await {
            sitting.answer(question, &labels).await;
        }
        sitting.predict(5).await;
        sitting.submit().await.ok();
    }
    for person in &others {
        let sitting = person.start(1).await;
        bench.advance(Duration::minutes(1));
        sitting.submit().await.ok();
    }
    bench.close(1).await;
    bench.rank(1).await;
    let winners: Vec<i64> = sqlx::query_scalar("select participant_id from awards order by prize, place")
        .fetch_all(&pool)
        .await
        .unwrap();
    assert_eq!(winners, others.clone().map(|person| person.id.0));
    let ids = [by_phone.id, by_id.id, by_name.id, others[0].id];
    let facts = bench.app.store.load_candidate_facts(bench.contest().id, &ids);
    let facts = facts.await.unwrap();
    let reasons = ids.map(|id| facts[&id].prize_bar.clone());
    let expected = [Some("Ban Tổ chức"), Some("Tổ ra đề"), Some("Người thân"), None];
    assert_eq!(reasons, expected.map(|reason| reason.map(str::to_owned)));
    // Nothing of the list is kept in the clear.
    let dump: String = sqlx::query_scalar("select string_agg(b::text, ' ') from prize_bars b")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert!(
        !dump.contains("0987654321") && !dump.to_lowercase().contains("văn tên"),
        "{dump}"
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_list_that_comes_later_names_those_who_have_registered_and_replaces_the_one_before(pool: PgPool) {
    let bench = TestApp::new(pool.clone()).await;
    let people = [
        bench
            .participant_with("Máy", json!({ "phone": "0987654321" }))
            .await,
        bench.participant("Tên").await,
        bench.participant("Khác").await,
    ];
    let barred = || async {
        let rows: Vec<(i64, String)> = sqlx::query_as(
            "select participant_id, prize_bar from participants where prize_bar is not null order by 1",
        )
        .fetch_all(&pool)
        .await
        .unwrap();
        rows
    };
    let load = |list: Vec<ListedPerson>| {
        let (bench, mut sample) = (bench.clone(), Sample::default());
        sample.source.listed = list;
        async move {
            load_contest(&bench.app, bench.now(), "tester", &sample.source, Calendar::Keep)
                .await
                .unwrap()
        }
    };
    let LoadOutcome::Loaded(loaded) = load(listed("0987654321")).await else {
        panic!("a list is a change");
    };
    assert_eq!(loaded.listed, 2);
    let expected = [
        (people[0].id.0, "Ban Tổ chức".to_owned()),
        (people[1].id.0, "Người thân".to_owned()),
    ];
    assert_eq!(barred().await, expected);
    assert_eq!(load(listed("0987654321")).await, LoadOutcome::Unchanged);
    load(Vec::new()).await;
    assert_eq!(barred().await, []);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_round_that_waits_for_a_hand_is_not_taken_for_open(pool: PgPool) {
    let by_hand = |definition: &mut hoithi::domain::contest::ContestDefinition| {
        definition.rounds[0].by_hand = true;
    };
    let bench = TestApp::with(pool, Sample::default().definition(by_hand)).await;
    assert!(bench.now() > OPENS);
    let page = plain(&bench.page(&format!("/cuoc-thi/{CONTEST}")).await.text);
    assert!(
        page.contains("Tuần 1 sẽ bắt đầu khi Ban Tổ chức bấm mở") && !page.contains("Tuần 1 mở lúc"),
        "{page}"
    );
    // Its rules may still change, as nobody has entered.
    let changed = Sample::default()
        .definition(by_hand)
        .rules(|rules| rules.attempts.per_round = Some(7));
    let outcome = load_contest(&bench.app, bench.now(), "tester", &changed.source, Calendar::Keep).await;
    let LoadOutcome::Loaded(loaded) = outcome.unwrap() else {
        panic!("changed")
    };
    assert_eq!(loaded.kept_rounds, Vec::<u16>::new());
    assert_eq!(bench.round(1).rules.attempts.per_round, Some(7));
}
