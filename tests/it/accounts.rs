//! Accounts that the organisers issue from a list: nobody registers, the code and first password log in.

use crate::helpers::{CONTEST, Sample, TestApp};
use crate::pages::{Browser, GOOD, at, plain};
use axum::http::Method;
use hoithi::action::issue_accounts::{IssueError, issue_accounts};
use hoithi::domain::account::{Accounts, ListedAccount};
use serde_json::json;
use sqlx::PgPool;

fn sample() -> Sample {
    Sample::default().definition(|definition| definition.entry.accounts = Accounts::Issued)
}

fn list() -> Vec<ListedAccount> {
    let person = |code: &str, name: &str, consent_publish| ListedAccount {
        code: code.to_owned(),
        full_name: name.to_owned(),
        birth_date: time::macros::date!(2008 - 01 - 02),
        unit: "X1".to_owned(),
        class: Some("10A".to_owned()),
        consent_publish,
    };
    vec![
        person("HS-01", "Nguyễn Văn An", true),
        person("HS-02", "Lý Thị Bé", false),
    ]
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_code_and_its_first_password_log_in_and_nobody_registers(pool: PgPool) {
    let bench = TestApp::with(pool.clone(), sample()).await;
    let issued = issue_accounts(&bench.app, bench.now(), "tester", &bench.contest(), &list())
        .await
        .unwrap();
    assert_eq!((issued.made.len(), issued.kept.len()), (2, 0));
    let first = &issued.made[0];
    assert!(!format!("{first:?}").contains(&first.password));
    // Typed in small letters and with a space, as from paper.
    let body = json!({ "phone": "hs -01", "password": first.password });
    let path = format!("/contests/{CONTEST}/login");
    let token = bench.post(&path, None, &body).await.ok()["token"].clone();
    let start = format!("/contests/{CONTEST}/rounds/1/attempts");
    let started = bench.call(Method::POST, &start, token.as_str(), None).await;
    assert!(started.status.is_success(), "{}", started.text);
    let wrong = json!({ "phone": "HS-02", "password": first.password });
    bench.post(&path, None, &wrong).await.refused(401, "wrong-login");
    let registration = bench.registration("Ba");
    let path = format!("/contests/{CONTEST}/participants");
    bench
        .post(&path, None, &registration)
        .await
        .refused(409, "accounts-issued");
    let browser = Browser::new(&bench);
    let page = plain(&browser.page(&at("/dang-ky")).await);
    assert!(
        page.contains("Tài khoản của cuộc thi này do Ban Tổ chức cấp.")
            && !page.contains("name=\"full_name\"")
    );
    assert_eq!(browser.post(&at("/dang-ky"), &GOOD).await.status, 409);
    assert_eq!(bench.count("participants").await, 2);
    let page = browser.page(&at("/dang-nhap")).await;
    assert!(page.contains("Mã dự thi") && !page.contains("/dang-ky"), "{page}");
    let fields = [("phone", "HS-01"), ("password", first.password.as_str())];
    assert!(
        browser
            .post(&at("/dang-nhap"), &fields)
            .await
            .status
            .is_redirection()
    );
    assert!(browser.page("/bai-thi").await.contains("HS-01"));
    let rules = plain(&browser.page(&at("/the-le")).await);
    assert!(
        rules.contains("Tài khoản do Ban Tổ chức cấp theo danh sách; không tự đăng ký."),
        "{rules}"
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_second_list_adds_to_the_first_and_changes_no_account(pool: PgPool) {
    let bench = TestApp::with(pool.clone(), sample()).await;
    let issue = |list: Vec<ListedAccount>| {
        let bench = bench.clone();
        async move { issue_accounts(&bench.app, bench.now(), "tester", &bench.contest(), &list).await }
    };
    issue(list()[..1].to_vec()).await.unwrap();
    let hash = || async {
        let hash: String =
            sqlx::query_scalar("select password_hash from participants where full_name = 'Nguyễn Văn An'")
                .fetch_one(&pool)
                .await
                .unwrap();
        hash
    };
    let before = hash().await;
    let second = issue(list()).await.unwrap();
    assert_eq!(second.kept, ["HS-01"]);
    assert_eq!(second.made[0].person.code, "HS-02");
    assert_eq!(hash().await, before);
    // A unit that is not there makes no account at all.
    let mut wrong = list();
    wrong[1].unit = "X9".to_owned();
    wrong[0].code = "HS-03".to_owned();
    assert!(matches!(issue(wrong).await, Err(IssueError::NoUnit(unit)) if unit == "X9"));
    assert_eq!(bench.count("participants").await, 2);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn where_people_register_no_account_is_issued(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let refused = issue_accounts(&bench.app, bench.now(), "tester", &bench.contest(), &list()).await;
    assert!(matches!(refused, Err(IssueError::NotIssued)));
    assert_eq!(bench.count("participants").await, 0);
}
