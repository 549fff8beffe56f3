//! The organiser's way in real Chromium: a paper with faults is dropped, the faults are read, the mended paper is dropped and
//! loaded, and a citizen's paper is drawn from it.

use crate::browser::{Browser, Scripts};
use crate::helpers::stage;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fantoccini::Locator;
use serde_json::json;
use sqlx::PgPool;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

const CONTEST: &str = "/cuoc-thi/lang-son-90-nam";
/// A set that round 4 draws from, three easy questions and four of any level.
const SET: &str = "khang-chien";

/// A Word document with these paragraphs; what stands behind a bar is bold.
fn docx(paragraphs: &[String]) -> Vec<u8> {
    let run = |text: &str, look: &str| {
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        format!("<w:r>{look}<w:t xml:space=\"preserve\">{text}</w:t></w:r>")
    };
    let body: String = paragraphs
        .iter()
        .map(|line| {
            let runs = match line.strip_prefix('|') {
                Some(bold) => run(bold, "<w:rPr><w:b/></w:rPr>"),
                None => run(line, ""),
            };
            format!("<w:p>{runs}</w:p>")
        })
        .collect();
    let word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    let parts = [
        (
            "[Content_Types].xml",
            format!(
                "<Types xmlns=\"{package}/content-types\"><Default Extension=\"rels\" \
                 ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
                 <Override PartName=\"/word/document.xml\" ContentType=\"{main}\"/></Types>"
            ),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"rId1\" \
                 Type=\"{office}/officeDocument\" Target=\"word/document.xml\"/></Relationships>"
            ),
        ),
        (
            "word/document.xml",
            format!("<w:document xmlns:w=\"{word}\"><w:body>{body}</w:body></w:document>"),
        ),
    ];
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Twelve questions whose right option is bold; `None` instead of a key, and an option left out, are faults.
fn paper(faulty: bool) -> Vec<u8> {
    let mut lines = vec!["ĐỀ THI TÌM HIỂU".to_owned()];
    for n in 1..=12 {
        let level = if n <= 6 { "(NB) " } else { "" };
        lines.push(format!(
            "Câu {n}. {level}Câu kháng chiến thứ {n} do người soạn đề mới viết là câu nào?"
        ));
        for (place, label) in ["A", "B", "C", "D"].iter().enumerate() {
            let bold = if place == n % 4 && !(faulty && n == 3) {
                "|"
            } else {
                ""
            };
            let text = if faulty && n == 8 && *label == "B" {
                ""
            } else {
                "Lựa chọn mới"
            };
            lines.push(format!(
                "{bold}{label}. {text} {n}{}",
                if text.is_empty() { "" } else { label }
            ));
        }
    }
    if faulty {
        // The option keeps its label and loses its text.
        for line in &mut lines {
            if line.trim_start_matches('|') == "B.  8" {
                *line = line.replace("B.  8", "B.");
            }
        }
    }
    docx(&lines)
}

impl Browser {
    /// Drops a file on the page, as a hand does with a file of the desktop.
    async fn drop_file(&self, name: &str, bytes: &[u8]) {
        self.element(".drop-here:not([hidden])").await;
        let old = self.element("main").await;
        let script = "const bytes = Uint8Array.from(atob(arguments[1]), c => c.charCodeAt(0));
            const carried = new DataTransfer();
            carried.items.add(new File([bytes], arguments[0]));
            const init = { dataTransfer: carried, bubbles: true, cancelable: true };
            const zone = document.querySelector('.drop');
            for (const kind of ['dragenter', 'dragover', 'drop']) zone.dispatchEvent(new DragEvent(kind, init));";
        self.client
            .execute(script, vec![json!(name), json!(STANDARD.encode(bytes))])
            .await
            .unwrap();
        let mut tries = 0;
        // Each look is a round trip to the browser, which paces the loop; the answer takes the place of what stands there.
        while old.tag_name().await.is_ok() {
            tries += 1;
            assert!(tries < 5_000, "the dropped file was never answered");
        }
    }
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_paper_is_dropped_mended_dropped_again_loaded_and_drawn_from(pool: PgPool) {
    let stage = stage(&pool).await;
    let password = stage.place.add_staff("lan", "Hoàng Thị Lan", "organiser").await;
    let browser = Browser::open(&stage.server, Scripts::On, 1280).await;
    browser.log_in_as_staff("lan", password).await;
    let name = format!("{SET}.docx");

    browser.go(&format!("/quan-tri{CONTEST}/bo-cau-hoi")).await;
    browser.drop_file(&name, &paper(true)).await;
    browser.says("notice", "Không nạp được: 2 lỗi").await;
    let faults = browser.text(".faults").await;
    assert!(faults.contains("câu 3") && faults.contains("câu 8"), "{faults}");
    let beside = browser.text("#cau-3").await;
    assert!(
        beside.contains("Câu kháng chiến thứ 3") && beside.contains("Lỗi:"),
        "the fault stands beside its question: {beside}"
    );
    let load = "form[action$='/nap'] button:not(.second)";
    assert!(
        browser.client.find(Locator::Css(load)).await.is_err(),
        "a faulty file cannot be loaded"
    );

    browser.drop_file(&name, &paper(false)).await;
    let read = browser.text("#cau-3").await;
    assert!(!read.contains("Lỗi:") && read.contains("đáp án"), "{read}");
    browser.send(load).await;
    browser.says("notice", "Đã nạp bộ câu hỏi khang-chien").await;

    // The week goes by: the next round opens.
    sqlx::query("update rounds set closes_at = now() - interval '1 minute' where number = 3;")
        .execute(&pool)
        .await
        .unwrap();
    sqlx::query("update rounds set opens_at = now() - interval '1 minute' where number = 4")
        .execute(&pool)
        .await
        .unwrap();
    sqlx::query("select pg_notify('hoithi_catalog', '')")
        .execute(&pool)
        .await
        .unwrap();
    browser.client.delete_all_cookies().await.unwrap();
    browser.register("Nguyễn Thị Ánh", "0912 345 678").await;
    let mut tries = 0;
    // The server reads the calendar when it is told of the change; until then the start page says that the round is to come.
    loop {
        browser.go(&format!("{CONTEST}/vong/4/thi")).await;
        if browser
            .client
            .find(Locator::Css("main form button.button"))
            .await
            .is_ok()
        {
            break;
        }
        tries += 1;
        assert!(tries < 500, "round 4 never opened");
    }
    browser.press("main form button.button").await;
    browser.element("#cau-1").await;
    let quiz = browser.client.source().await.unwrap();
    let drawn = quiz.matches("do người soạn đề mới viết").count();
    assert!(drawn >= 7, "{drawn} questions of the dropped paper");
    browser.close().await;
    stage.server.kill().await;
}
