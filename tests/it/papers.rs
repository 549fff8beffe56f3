//! Official papers from the desk and the command's own journey: who gets them, what they name, what the log keeps, and
//! whether a certificate can be checked.

use crate::helpers::{CONTEST, Console, TestApp, step};
use axum::http::StatusCode;
use hoithi::action::close_round::By;
use hoithi::action::issue_paper::{PaperError, PaperOrder, issue_paper};
use hoithi::domain::contest::Field;
use hoithi::domain::official::PaperKind;
use hoithi::domain::staff::Role;
use hoithi::store::audit::ActLine;
use serde_json::{Value, json};
use sqlx::PgPool;
use std::collections::BTreeSet;

const CHAIR: By<'_> = By {
    name: "Lê Văn Bình"
};

/// A round with one winner who agreed to be named and one who did not.
async fn sat(bench: &TestApp) {
    for (name, consent, right) in [("Ánh", true, 6), ("Bình", false, 5)] {
        let person = bench
            .participant_with(name, json!({ "consent_publish": consent }))
            .await;
        let sitting = person.start(1).await;
        let body = sitting.right_answers(right).await;
        sitting.submit_with(&body).await.ok();
    }
}

async fn certificates(bench: &TestApp) -> Result<Vec<String>, PaperError> {
    let round = bench.round(1);
    let order = PaperOrder {
        kind: PaperKind::Certificates,
        round: Some(&round),
        format: "pdf",
        with: &BTreeSet::new(),
        reason: None,
    };
    issue_paper(&bench.app, bench.now(), CHAIR, &bench.contest(), order)
        .await
        .map(|issued| issued.codes)
}

async fn exports(bench: &TestApp) -> Vec<ActLine> {
    let acts = bench.app.store.load_acts(bench.contest().id, 50).await.unwrap();
    acts.into_iter().filter(|act| act.act == "export").collect()
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_certificate_is_genuine_from_its_making_stands_once_published_and_falls_with_the_result(
    pool: PgPool,
) {
    let bench = TestApp::new(pool).await;
    sat(&bench).await;
    bench.close(1).await;
    bench.rank(1).await;
    assert!(matches!(certificates(&bench).await, Err(PaperError::NotApproved)));
    bench.approve(1).await;
    let codes = certificates(&bench).await.unwrap();
    assert_eq!(codes.len(), 2);
    assert_eq!(
        certificates(&bench).await.unwrap(),
        codes,
        "made out again it has the same code"
    );
    assert_eq!(bench.count("certificates").await, 2);

    let page = async |code: &str| bench.page(&format!("/chung-nhan/{code}")).await;
    let before = page(&codes[0]).await;
    assert_eq!(before.status, StatusCode::OK);
    assert!(
        before.text.contains("chưa công bố") && !before.text.contains("Giải Nhất"),
        "{}",
        before.text
    );
    bench.publish(1).await;
    let texts = [
        page(&codes[0].to_lowercase()).await.text,
        page(&codes[1]).await.text,
    ];
    for text in &texts {
        assert!(
            text.contains("Giấy chứng nhận này có thật") && !text.contains("Nguyễn Văn Bình"),
            "{text}"
        );
    }
    let named = texts
        .iter()
        .filter(|text| text.contains("Nguyễn Văn Ánh"))
        .count();
    let masked = texts.iter().filter(|text| text.contains("N.V.B.")).count();
    assert_eq!((named, masked), (1, 1));

    sqlx::query("delete from awards")
        .execute(&bench.pool)
        .await
        .unwrap();
    let after = page(&codes[0]).await.text;
    assert!(
        after.contains("không còn giá trị") && !after.contains("Nguyễn Văn"),
        "{after}"
    );
    for wrong in ["0000000000000000", "x", "%3Cb%3E"] {
        assert_eq!(page(wrong).await.status, StatusCode::NOT_FOUND);
    }
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn personal_data_leaves_the_desk_for_a_purpose_that_the_log_keeps(pool: PgPool) {
    let console = Console::new(pool).await;
    let bench = &console.bench;
    sat(bench).await;
    bench.conclude(1).await;
    let mut desk = console.logged_in(Role::Board).await;
    assert_eq!(desk.get(&step("van-ban")).await.status, StatusCode::OK);

    let list = step("van-ban/danh-sach");
    let base = [("list", "winners"), ("format", "csv"), ("column", "phone")];
    let plain = desk.post_form(&list, &base[..2]).await;
    assert_eq!(plain.status, StatusCode::OK);
    assert!(
        plain.text.contains("N.V.B.") && !plain.text.contains("0912"),
        "{}",
        plain.text
    );
    let refused = desk.post_form(&list, &base).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("Đánh dấu xác nhận") && !refused.text.contains("0912"));
    let confirmed = [&base[..], &[("confirm", "yes")]].concat();
    assert_eq!(
        desk.post_form(&list, &confirmed).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let purpose = [
        &confirmed[..],
        &[("list_reason", "Gọi điện báo tin người đạt giải")],
    ]
    .concat();
    let given = desk.post_form(&list, &purpose).await;
    assert_eq!(given.status, StatusCode::OK);
    assert!(
        given.text.contains("0912") && given.text.contains("N.V.B."),
        "{}",
        given.text
    );

    let paper = |extra: &[(&'static str, &'static str)]| {
        let base = [("kind", "decision"), ("form", "government"), ("format", "docx")];
        [&base[..], extra].concat()
    };
    let word = desk
        .post_form(&step("van-ban"), &paper(&[("number", "12")]))
        .await;
    assert_eq!(word.status, StatusCode::OK);
    assert!(word.kind.contains("wordprocessingml"), "{}", word.kind);
    let full = paper(&[("full_names", "yes")]);
    assert_eq!(
        desk.post_form(&step("van-ban"), &full).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let full = paper(&[("full_names", "yes"), ("reason", "Bản ký, lưu tại Ban Tổ chức")]);
    assert_eq!(
        desk.post_form(&step("van-ban"), &full).await.status,
        StatusCode::OK
    );

    let log = exports(bench).await;
    let said: Vec<(&str, serde_json::Value)> = log
        .iter()
        .map(|act| (act.actor.as_str(), act.facts["columns"].clone()))
        .collect();
    let board = "Lê Văn Bình";
    let expected =
        [json!(["full_name"]), json!([]), json!(["phone"]), json!([])].map(|columns| (board, columns));
    assert_eq!(said, expected, "every download and no refusal, newest first");
    assert_eq!(log[2].reason.as_deref(), Some("Gọi điện báo tin người đạt giải"));
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn winners_are_downloaded_with_codes_that_can_be_checked_once_the_result_is_approved(pool: PgPool) {
    let console = Console::new(pool).await;
    let bench = &console.bench;
    sat(bench).await;
    bench.close(1).await;
    bench.rank(1).await;
    let mut desk = console.logged_in(Role::Board).await;
    let list = [("list", "winners"), ("format", "json")];
    let early = desk.post_form(&step("van-ban/danh-sach"), &list).await;
    let early: Value = serde_json::from_str(&early.text).unwrap();
    assert!(early[0]["certificate"].is_null(), "{early}");
    assert_eq!(bench.count("certificates").await, 0);

    bench.approve(1).await;
    bench.publish(1).await;
    let given = desk.post_form(&step("van-ban/danh-sach"), &list).await;
    let given: Value = serde_json::from_str(&given.text).unwrap();
    let codes: Vec<&str> = [0_usize, 1]
        .map(|nth| given[nth]["certificate"].as_str().unwrap())
        .into();
    for (nth, code) in codes.iter().enumerate() {
        let address = given[nth]["certificate_address"].as_str().unwrap();
        assert!(address.ends_with(&format!("/chung-nhan/{code}")), "{address}");
        let page = bench.page(&format!("/chung-nhan/{code}")).await.text;
        assert!(page.contains("Giấy chứng nhận này có thật"), "{page}");
    }
    assert_eq!(
        certificates(bench).await.unwrap(),
        codes,
        "the papers carry the same"
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_paper_before_the_approval_is_a_draft_and_a_pdf_comes_to_the_board(pool: PgPool) {
    let console = Console::new(pool).await;
    sat(&console.bench).await;
    let mut desk = console.logged_in(Role::Board).await;
    let fields = [("kind", "notice"), ("form", "party"), ("format", "pdf")];
    let early = desk.post_form(&step("van-ban"), &fields).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(early.text.contains("Chưa có xếp hạng"));
    console.bench.close(1).await;
    console.bench.rank(1).await;
    let answer = desk.post_form(&step("van-ban"), &fields).await;
    assert_eq!(
        (answer.status, answer.kind.as_str()),
        (StatusCode::OK, "application/pdf")
    );
    assert!(answer.text.starts_with("%PDF-1.7"));
    let wrong = [
        &fields[..],
        &[
            ("number", "12/QĐ"),
            ("day", "31"),
            ("month", "2"),
            ("year", "2023"),
        ],
    ]
    .concat();
    let refused = desk.post_form(&step("van-ban"), &wrong).await;
    assert!(refused.text.contains("chỉ gồm chữ và số"));
    let path = format!("/quan-tri/cuoc-thi/{CONTEST}/van-ban");
    let whole = desk.post_form(&path, &fields).await;
    assert!(
        whole.text.contains("Chưa có xếp hạng"),
        "the second round is not ranked"
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn full_names_without_a_reason_are_refused_wherever_they_are_asked_for(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    sat(&bench).await;
    bench.conclude(1).await;
    let round = bench.round(1);
    let order = |reason| PaperOrder {
        kind: PaperKind::Decision,
        round: Some(&round),
        format: "docx",
        with: const { &BTreeSet::new() },
        reason,
    };
    let with = BTreeSet::from([Field::FullName]);
    for reason in [None, Some("  ")] {
        let asked = PaperOrder {
            with: &with,
            ..order(reason)
        };
        let refused = issue_paper(&bench.app, bench.now(), CHAIR, &bench.contest(), asked).await;
        assert!(matches!(refused, Err(PaperError::ReasonNeeded)));
    }
    assert!(exports(&bench).await.is_empty());
    let issued = issue_paper(&bench.app, bench.now(), CHAIR, &bench.contest(), order(None)).await;
    assert_eq!(issued.unwrap().facts.winners.len(), 2);
}
