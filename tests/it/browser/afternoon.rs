//! The afternoon of the board in one go: close, what stands in the way, rank, check a winner, void the winner by two people,
//! approve, publish, download lists and official papers.

use super::*;
use crate::helpers::Stage;

const ROUND: &str = "/quan-tri/cuoc-thi/lang-son-90-nam/vong/3";
/// The papers that are downloaded, with the first bytes of their files.
const PAPERS: [(&str, &str, &[u8]); 3] = [
    ("decision", "docx", b"PK\x03\x04"),
    ("decision", "pdf", b"%PDF-"),
    ("certificates", "pdf", b"%PDF-"),
];

async fn stage_with_board(pool: &PgPool) -> (Stage, &'static str) {
    let stage = stage(pool).await;
    stage.place.simulate(400, 7).await;
    let password = stage.place.add_staff("lan", "Hoàng Thị Lan", "organiser").await;
    stage.place.add_staff("binh", "Lê Văn Bình", "board").await;
    stage.place.add_staff("mai", "Vi Thị Mai", "board").await;
    (stage, password)
}

async fn winner_of_first_prize(pool: &PgPool) -> (i64, String) {
    sqlx::query_as(
        "select participant_id, full_name from awards join rounds using (ranking_id)
         join participants using (participant_id) where prize = 0 and place = 1",
    )
    .fetch_one(pool)
    .await
    .unwrap()
}

/// A paper of the round as whoever is logged in saves it: the browser's own cookies and the token of the page's form.
async fn paper(browser: &Browser, kind: &str, format: &str) -> Vec<u8> {
    let path = format!("{ROUND}/van-ban");
    browser.go(&path).await;
    let token = browser.element("form.form [name=csrf]").await;
    let token = token.attr("value").await.unwrap().unwrap();
    let cookies = browser.client.get_all_cookies().await.unwrap();
    let cookies: Vec<String> = cookies
        .iter()
        .map(|cookie| format!("{}={}", cookie.name(), cookie.value()))
        .collect();
    let fields = [
        ("csrf", token.as_str()),
        ("kind", kind),
        ("form", "party"),
        ("format", format),
    ];
    let answer = reqwest::Client::new()
        .post(format!("{}{path}", browser.base))
        .header("cookie", cookies.join("; "))
        .form(&fields)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status().as_u16(), 200, "{kind} as {format}");
    answer.bytes().await.unwrap().to_vec()
}

/// The text of a Word document, with its tags.
fn word(bytes: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    std::io::read_to_string(archive.by_name("word/document.xml").unwrap()).unwrap()
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_board_voids_a_winner_with_two_people_between_closing_and_publishing(pool: PgPool) {
    let (stage, password) = stage_with_board(&pool).await;
    let browser = Browser::open(&stage.server, Scripts::On, 1280).await;

    // Closing before its time asks for a reason; approving what is not ranked is told to be too early.
    browser.log_in_as_staff("lan", password).await;
    browser.go(&format!("{ROUND}/chot")).await;
    assert!(browser.text(".checks").await.contains("lý do"));
    browser.fill("#reason", "Chốt sớm để làm cả buổi chiều").await;
    browser.send("form.form > button.button").await;
    browser.go(&format!("{ROUND}/duyet")).await;
    browser.element(".checks li.must a[href$='/xep-hang']").await;
    browser.go(&format!("{ROUND}/xep-hang")).await;
    browser.send("form.form > button.button").await;
    let (former, name) = winner_of_first_prize(&pool).await;

    // One member of the board checks the winner, doubts, and proposes to void every attempt.
    browser.log_in_as_staff("binh", password).await;
    browser.go(&format!("{ROUND}/ra-soat")).await;
    let card = format!("#u{former}");
    assert!(browser.text(&card).await.contains(&name));
    browser.press(&format!("{card} summary")).await;
    browser
        .fill(
            &format!("{card} textarea"),
            "Gọi hai lần, người nghe máy không biết cuộc thi",
        )
        .await;
    browser.send(&format!("{card} button[value=doubtful]")).await;
    assert!(browser.text(&card).await.contains("Cần xem thêm"));
    browser.send(&format!("{card} a[href*='loai=entry']")).await;
    browser.press("[name=pham-vi][value=person]").await;
    browser.send("button[value=preview]").await;
    assert!(
        browser
            .text("main")
            .await
            .contains(&format!("Loại mọi bài thi của {name}"))
    );
    browser
        .fill("#reason", "Nhờ người khác làm bài hộ, có biên bản")
        .await;
    browser.send("button[value=propose]").await;
    let decision = browser.path().await;
    assert!(
        browser
            .client
            .find(Locator::Css("button[value=approve]"))
            .await
            .is_err(),
        "who proposed does not decide"
    );
    browser.go(&format!("{ROUND}/duyet")).await;
    browser.element(".checks li.must a[href$='/quyet-dinh']").await;

    // Another member sees what changes and approves; the round is ranked again.
    browser.log_in_as_staff("mai", password).await;
    browser.go(&decision).await;
    browser.element("#prizes-caption").await;
    browser.send("button[value=approve]").await;
    assert!(browser.text("main").await.contains("Đã thông qua"));
    let (now, new_name) = winner_of_first_prize(&pool).await;
    assert_ne!(now, former);

    // She made the ranking by approving, so the first member approves it and publishes.
    browser.log_in_as_staff("binh", password).await;
    browser.go(&format!("{ROUND}/duyet")).await;
    for check in browser
        .client
        .find_all(Locator::Css("#checks input"))
        .await
        .unwrap()
    {
        check.click().await.unwrap();
    }
    browser.send("form.form > button.button").await;
    browser.go(&format!("{ROUND}/cong-bo")).await;
    assert!(browser.text("main").await.contains(&new_name));
    browser.send("form.form > button.button").await;
    let consents: bool =
        sqlx::query_scalar("select consent_publish from participants where participant_id = $1")
            .bind(now)
            .fetch_one(&pool)
            .await
            .unwrap();
    browser.client.delete_all_cookies().await.unwrap();
    browser.go(&format!("{CONTEST}/ket-qua/3")).await;
    let public = browser.text("main").await;
    assert_eq!(public.contains(&new_name), consents);

    // The lists carry the same: the voided person is in none of the winners.
    let out = stage.place.folder.path().join("winners.csv");
    let export = [
        "export",
        "winners",
        "--contest",
        "lang-son-90-nam",
        "--round",
        "3",
        "--format",
        "csv",
    ];
    let export = [&export[..], &["--out", out.to_str().unwrap()]].concat();
    stage.place.run(&export).await;
    let list = std::fs::read_to_string(&out).unwrap();
    assert_eq!(list.contains(&new_name), consents, "{list}");

    // So do the official papers.
    browser.log_in_as_staff("binh", password).await;
    for (kind, format, begin) in PAPERS {
        let bytes = paper(&browser, kind, format).await;
        assert!(bytes.starts_with(begin), "{kind} as {format}");
        if format == "docx" {
            assert_eq!(word(&bytes).contains(&new_name), consents);
        }
    }
    let acts: Vec<String> =
        sqlx::query_scalar("select act from audit where round_id is not null order by audit_id")
            .fetch_all(&pool)
            .await
            .unwrap();
    // The review of the server's own process is done at its own time.
    let steps: Vec<&str> = acts
        .iter()
        .map(String::as_str)
        .filter(|act| !["simulate", "review"].contains(act))
        .collect();
    let mut expected = vec![
        "end-early",
        "close",
        "rank",
        "verify",
        "propose",
        "approve-decision",
        "rank",
        "approve",
        "publish",
        "export",
    ];
    expected.extend(PAPERS.iter().map(|_| "export"));
    assert_eq!(steps, expected);
    browser.close().await;
    stage.server.kill().await;
}
