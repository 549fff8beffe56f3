//! Files that were made to hurt, sent to a running server: each is refused within 256 MiB and ten seconds, and whoever visits the
//! contest meanwhile notices nothing.

use crate::helpers::{LANG_SON, csrf, staff_client, stage};
use crate::process::Server;
use reqwest::multipart::{Form, Part};
use reqwest::{Client, StatusCode};
use sqlx::PgPool;
use std::io::{Cursor, Write};
use std::time::{Duration, Instant};
use zip::write::SimpleFileOptions;

const MEMORY: u64 = 256 * 1024;
const TIME: Duration = Duration::from_secs(10);

/// An archive of parts, each a text repeated.
fn zipped(parts: &[(&str, &[(&str, usize)])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, pieces) in parts {
        let options = SimpleFileOptions::default().large_file(true);
        zip.start_file(*name, options).unwrap();
        for (text, times) in *pieces {
            // In large pieces, because an archive is written call by call.
            let many = (1 << 20) / text.len() + 1;
            let block = text.repeat(many.min(*times));
            let (blocks, rest) = (times / many, times % many);
            for _ in 0..blocks {
                zip.write_all(block.as_bytes()).unwrap();
            }
            zip.write_all(text.repeat(rest).as_bytes()).unwrap();
        }
    }
    zip.finish().unwrap().into_inner()
}

/// A Word document with that body.
fn word(body: &[(&str, usize)]) -> Vec<u8> {
    let start = ("<w:document><w:body>", 1);
    let all = [&[start], body, &[("</w:body></w:document>", 1)]].concat();
    zipped(&[("word/document.xml", &all)])
}

/// A workbook with that sheet.
fn workbook(sheet: &[(&str, usize)]) -> Vec<u8> {
    let book = "<workbook><sheets><sheet name=\"x\" id=\"a\"/></sheets></workbook>";
    let rels =
        "<Relationships><Relationship Id=\"a\" Type=\"x/worksheet\" Target=\"s.xml\"/></Relationships>";
    zipped(&[
        ("xl/workbook.xml", &[(book, 1)]),
        ("xl/_rels/workbook.xml.rels", &[(rels, 1)]),
        ("xl/s.xml", sheet),
    ])
}

/// The same archive, whose list says that every part has three bytes.
fn lying(mut archive: Vec<u8>) -> Vec<u8> {
    let mut at = 0;
    while let Some(found) = archive[at..].windows(4).position(|part| part == b"PK\x01\x02") {
        at += found;
        archive[at + 24..at + 28].copy_from_slice(&3_u32.to_le_bytes());
        at += 4;
    }
    archive
}

/// Entities that would become a billion words.
fn laughing(root: &str) -> String {
    let mut text = "<!DOCTYPE x [<!ENTITY a0 \"ha\">".to_owned();
    for level in 1..10 {
        let inner = format!("&a{};", level - 1).repeat(10);
        text += &format!("<!ENTITY a{level} \"{inner}\">");
    }
    format!("<?xml version=\"1.0\"?>{text}]><{root}>&a9;</{root}>")
}

fn million_rows() -> Vec<u8> {
    let rows: String = (1..=1_000_000)
        .map(|n| format!("<row r=\"{n}\"><c r=\"A{n}\"><v>1</v></c></row>"))
        .collect();
    workbook(&[
        ("<worksheet><sheetData>", 1),
        (&rows, 1),
        ("</sheetData></worksheet>", 1),
    ])
}

/// What is sent: its name and its content.
fn files() -> Vec<(&'static str, Vec<u8>)> {
    let far = "<worksheet><sheetData><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData></worksheet>";
    let blanks = [
        ("<w:p><w:r><w:t>Câu 1. ", 1),
        (" ", 300_000_000),
        ("</w:t></w:r></w:p>", 1),
    ];
    vec![
        ("khoang-trang.docx", word(&blanks)),
        (
            "doan-van.docx",
            word(&[("<w:p><w:r><w:t>A. x</w:t></w:r></w:p>", 3_000_000)]),
        ),
        ("noi-doi.docx", lying(word(&blanks))),
        (
            "thuc-the.docx",
            zipped(&[("word/document.xml", &[(&laughing("w:document"), 1)])]),
        ),
        ("trieu-dong.xlsx", million_rows()),
        ("o-cuoi.xlsx", workbook(&[(far, 1)])),
        (
            "noi-doi.xlsx",
            lying(workbook(&[
                ("<!-- ", 1),
                (" ", 300_000_000),
                ("--><worksheet/>", 1),
            ])),
        ),
        ("thuc-the.xlsx", workbook(&[(&laughing("worksheet"), 1)])),
        ("goi.zip", zipped(&[("imsmanifest.xml", &[(" ", 300_000_000)])])),
        ("thuc-the.xml", laughing("quiz").into_bytes()),
        (
            "sau.xml",
            format!("<quiz>{}", "<a>".repeat(1_000_000)).into_bytes(),
        ),
        ("dau-ngoac.gift", "{".repeat(1_000_000).into_bytes()),
        ("nhan.txt", "A. ".repeat(600_000).into_bytes()),
    ]
}

/// A figure of a process in KiB, as the system counts it.
fn memory(pid: u32, figure: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(figure)).unwrap();
    line.trim_start_matches(':')
        .trim()
        .trim_end_matches(" kB")
        .parse()
        .unwrap()
}

async fn send(client: &Client, page: &str, token: &str, name: &str, bytes: Vec<u8>) -> StatusCode {
    let file = Part::bytes(bytes).file_name(name.to_owned());
    let form = Form::new().text("csrf", token.to_owned()).part("file", file);
    client.post(page).multipart(form).send().await.unwrap().status()
}

/// Visits the contest again and again until the file is answered; how long the slowest visit took.
async fn visit_until(server: &Server, answered: &tokio::sync::Notify) -> Duration {
    let mut slowest = Duration::ZERO;
    let path = format!("/cuoc-thi/{LANG_SON}");
    let end = answered.notified();
    tokio::pin!(end);
    loop {
        let begun = Instant::now();
        tokio::select! {
            () = &mut end => return slowest,
            (status, _) = server.get(&path) => assert_eq!(status, StatusCode::OK),
        }
        slowest = slowest.max(begun.elapsed());
    }
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn hostile_files_are_refused_in_bounded_memory_and_time_and_visitors_notice_nothing(pool: PgPool) {
    let stage = stage(&pool).await;
    stage.place.add_staff("lan", "Hoàng Thị Lan", "organiser").await;
    let client = staff_client(&stage.server, "lan").await;
    let page = format!("{}/quan-tri/cuoc-thi/{LANG_SON}/bo-cau-hoi", stage.server.base);
    let token = csrf(&client.get(&page).send().await.unwrap().text().await.unwrap());
    let pid = stage.server.pid();
    // What a good file leaves behind, such as the index of the bank, is no cost of a bad one.
    let good = "Câu 1. Một?\n*A. a\nB. b\n".as_bytes().to_vec();
    assert_eq!(
        send(&client, &page, &token, "tot.txt", good).await,
        StatusCode::OK
    );
    for (name, bytes) in files() {
        let before = memory(pid, "VmRSS");
        // The highest mark is forgotten, so that it is that of this file.
        std::fs::write(format!("/proc/{pid}/clear_refs"), "5").unwrap();
        let answered = tokio::sync::Notify::new();
        let begun = Instant::now();
        let sent = async {
            let status = send(&client, &page, &token, name, bytes).await;
            answered.notify_one();
            (status, begun.elapsed())
        };
        let ((status, took), slowest) = tokio::join!(sent, visit_until(&stage.server, &answered));
        let grown = memory(pid, "VmHWM").saturating_sub(before);
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(took < TIME, "{name} took {took:?}");
        assert!(grown < MEMORY, "{name} took {grown} KiB");
        assert!(
            slowest < Duration::from_secs(2),
            "{name} kept a visitor waiting for {slowest:?}"
        );
    }
    let stored: i64 = sqlx::query_scalar("select count(*) from set_steps where how = 'file'")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert_eq!(stored, 0);
    stage.server.kill().await;
}
