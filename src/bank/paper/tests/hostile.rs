//! Claims about hostile documents: refused with advice, in bounded memory and time, whatever the bytes.

use super::word::{Word, zipped};
use super::*;
use crate::bank::Severity;
use proptest::prelude::*;
use std::time::{Duration, Instant};

fn read(bytes: &[u8]) -> PaperReading {
    read_docx("de-thi.docx", bytes, None)
}

/// A document with that `document.xml`.
fn with_document(xml: &str) -> Vec<u8> {
    zipped(&[("word/document.xml".to_owned(), xml.as_bytes().to_vec())])
}

fn body(content: &str) -> String {
    format!("<w:document><w:body>{content}</w:body></w:document>")
}

/// The beginning of an old binary file, with a name in its directory.
fn ole(name: &str) -> Vec<u8> {
    let mut bytes = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    bytes.resize(512, 0);
    bytes.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
    bytes
}

fn refused() -> Vec<(&'static str, Vec<u8>)> {
    let file = |name: &str, content: &str| (name.to_owned(), content.as_bytes().to_vec());
    let document = || file("word/document.xml", &body("<w:p/>"));
    let macro_types =
        "<Types><Override ContentType=\"application/vnd.ms-word.document.macroEnabled.main+xml\"/></Types>";
    let entities = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>";
    let deep = format!("{}{}", "<w:sdt>".repeat(100_000), "</w:sdt>".repeat(100_000));
    let huge = format!("<w:p w:x=\"{}\"/>", "x".repeat(30 * 1024 * 1024));
    vec![
        ("docx-old", ole("WordDocument")),
        ("docx-locked", ole("EncryptedPackage")),
        (
            "docx-macro",
            zipped(&[document(), file("word/vbaProject.bin", "x")]),
        ),
        (
            "docx-macro",
            zipped(&[document(), file("[Content_Types].xml", macro_types)]),
        ),
        ("docx-other", b"{\\rtf1 x}".to_vec()),
        ("docx-other", b"%PDF-1.7".to_vec()),
        ("docx-other", b"<html><body>x".to_vec()),
        ("docx-other", zipped(&[file("xl/workbook.xml", "x")])),
        (
            "docx-other",
            zipped(&[file("mimetype", "x"), file("content.xml", "x")]),
        ),
        ("docx-broken", b"".to_vec()),
        ("docx-broken", b"PK\x03\x04".to_vec()),
        ("docx-broken", vec![7; 5_000]),
        ("docx-broken", zipped(&[file("a.txt", "x")])),
        ("docx-broken", with_document("")),
        ("docx-broken", with_document("<w:document/>")),
        (
            "docx-broken",
            with_document("<w:document><w:body><w:p></w:body></w:document>"),
        ),
        (
            "docx-broken",
            zipped(&[("word/document.xml".to_owned(), vec![0xff, 0xff, 0xff])]),
        ),
        (
            "docx-bomb",
            with_document(&format!("{entities}{}", body("<w:p/>"))),
        ),
        ("docx-bomb", with_document(&body(&deep))),
        ("docx-bomb", with_document(&body(&huge))),
        ("docx-bomb", with_document(&body(&"<w:p/>".repeat(3_000_000)))),
        (
            "docx-bomb",
            zipped(&(0..1_500).map(|n| file(&format!("{n}"), "")).collect::<Vec<_>>()),
        ),
        ("file-too-large", vec![b'P'; 21 * 1024 * 1024]),
    ]
}

#[test]
fn what_is_no_plain_document_is_refused_with_advice_and_at_once() {
    for (code, bytes) in refused() {
        let begun = Instant::now();
        let reading = read(&bytes);
        assert_eq!(places(&reading.faults), [format!("{code}@file")], "{code}");
        assert!(reading.loaded.is_none() && reading.questions.is_empty());
        assert!(
            begun.elapsed() < Duration::from_secs(10),
            "{code}: {:?}",
            begun.elapsed()
        );
    }
}

#[test]
fn sizes_are_counted_and_not_believed() {
    // The directory says 10 bytes; the part unpacks to 40 MiB of blanks.
    let mut bytes = with_document(&body(&" ".repeat(40 * 1024 * 1024)));
    let real = (body(&" ".repeat(40 * 1024 * 1024)).len() as u32).to_le_bytes();
    let mut at = 0;
    while let Some(found) = bytes[at..].windows(4).position(|part| part == real) {
        bytes[at + found..at + found + 4].copy_from_slice(&10_u32.to_le_bytes());
        at += found + 4;
    }
    let reading = read(&bytes);
    assert!(
        places(&reading.faults)[0].starts_with("docx-b"),
        "{:?}",
        places(&reading.faults)
    );
}

#[test]
fn targets_outside_the_document_are_not_followed() {
    for (target, mode, code) in [
        ("file:///etc/passwd", "External", "picture-outside"),
        ("http://127.0.0.1:1/x.png", "External", "picture-outside"),
        ("../../../../etc/passwd", "Internal", "picture-outside"),
        ("media/missing.png", "Internal", "picture-missing"),
    ] {
        let relations = format!(
            "<Relationships><Relationship Id=\"rId1\" Type=\"x/image\" Target=\"{target}\" TargetMode=\"{mode}\"/></Relationships>"
        );
        let lines = "<w:p><w:r><w:t>Câu 1. Một?</w:t></w:r><w:r><w:drawing><a:blip r:link=\"rId1\"/></w:drawing></w:r></w:p>\
                     <w:p><w:r><w:t>*A. a</w:t><w:tab/><w:t>B. b</w:t></w:r></w:p>";
        let bytes = zipped(&[
            ("word/document.xml".to_owned(), body(lines).into_bytes()),
            ("word/_rels/document.xml.rels".to_owned(), relations.into_bytes()),
        ]);
        assert_eq!(
            places(&read(&bytes).faults)[0],
            format!("{code}@p1 q1"),
            "{target}"
        );
    }
}

#[test]
fn a_question_that_looks_like_an_answer_is_a_question() {
    for stem in ["B", "1B 2C", "B Câu 3. C"] {
        let text = format!("Câu 1. Một?\n*A. a\nB. b\nCâu 2. {stem}\n*A. c\nB. d\n");
        let reading = read_pasted("x.txt", &text, None);
        let questions = reading.loaded.as_ref().map(|loaded| loaded.set.questions.len());
        assert_eq!(questions, Some(2), "{stem}: {:?}", reading.faults);
    }
}

#[test]
fn labels_lines_and_tables_without_end_are_read_in_time() {
    let long = [
        "A. ".repeat(60_000),
        "Câu 1. x\nA. a\nB. b\n".to_owned() + &"x\n".repeat(20_000),
        "Câu 1. x ".to_owned() + &"a) ".repeat(60_000),
        "-".repeat(100_000) + &" A. B.".repeat(20_000),
        "(".repeat(100_000) + &" A)".repeat(20_000),
        "1. A ".repeat(40_000),
        (1..6_000).map(|n| format!("Câu {n}. x\n*A. a\nB. b\n")).collect(),
        "Câu 1. x\nA. a\nB. b Đáp án: ".repeat(30_000),
        " \t".repeat(200_000) + "A. x",
        "Ca\u{302}u 1. o\u{302}\u{323}".repeat(100_000),
    ];
    for text in &long {
        let text = text.chars().take(1_200_000).collect::<String>();
        let one = Instant::now();
        let reading = read_pasted("x.txt", &text, None);
        assert!(!reading.faults.is_empty());
        assert!(
            one.elapsed() < Duration::from_secs(10),
            "{:?}: {:?}",
            text.chars().take(30).collect::<String>(),
            one.elapsed()
        );
    }
    let nested = format!(
        "{}{}",
        "<w:tbl><w:tr><w:tc>".repeat(60),
        "</w:tc></w:tr></w:tbl>".repeat(60)
    );
    let choices = format!(
        "{}{}",
        "<mc:AlternateContent><mc:Choice>".repeat(90),
        "</mc:Choice></mc:AlternateContent>".repeat(90)
    );
    for content in [nested, choices, "<w:p/>".repeat(100_000)] {
        assert_eq!(places(&read(&with_document(&body(&content))).faults).len(), 1);
    }
}

fn check(reading: &PaperReading) -> Result<(), TestCaseError> {
    let has_error = reading
        .faults
        .iter()
        .any(|fault| fault.severity == Severity::Error);
    prop_assert_eq!(reading.loaded.is_none(), has_error);
    for fault in &reading.faults {
        prop_assert!(fault.excerpt.chars().count() <= 80);
        prop_assert!(!fault.message(Lang::Vi).is_empty());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_to_its_end(
        text in "([A-Ja-d][.)/:] |\\*|Câu [0-9]{1,2}[.:)]? ?|[0-9][.)] |Đáp án: ?|\n|\t|  |HẾT\n|Lời giải:?|[IVX]+\\. |1-A|☑|\\(đúng\\)|Mức độ: |[a-zđếọ\u{301} .]{0,8}){0,60}"
    ) {
        check(&read_pasted("x.txt", &text, None))?;
        for convention in KeyConvention::ALL {
            check(&read_pasted("x.txt", &text, Some(convention)))?;
        }
    }

    #[test]
    fn a_damaged_document_is_read_or_refused(
        cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)
    ) {
        let mut bytes = Word::default().lines("Câu 1. Một?\n{b|A. a}\nB. b").table(&[&["1", "A"]]).bytes();
        for (at, byte) in cuts {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        check(&read(&bytes))?;
    }

    #[test]
    fn any_elements_in_any_order_are_read_or_refused(
        content in "(<w:p>|</w:p>|<w:r>|</w:r>|<w:t>[A-D]\\. x</w:t>|<w:t>Câu 1\\. </w:t>|<w:tbl><w:tr><w:tc>|</w:tc></w:tr></w:tbl>|<w:br/>|<w:tab/>|<w:del/>|<w:ins>|</w:ins>|<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>|<w:sym w:char=\"F0FC\" w:font=\"Wingdings\"/>|<m:oMath/>|<w:drawing/>|<w:fldChar w:fldCharType=\"begin\"/>|<w:rPr><w:b/></w:rPr>){0,40}"
    ) {
        // Elements that were left open are closed, so that most of them are read.
        let mut open = Vec::new();
        for part in content.split('<').skip(1) {
            let name = part.split(['>', ' ', '/']).next().unwrap_or_default().to_owned();
            if part.starts_with('/') {
                open.pop();
            } else if !part.split('>').next().unwrap_or_default().ends_with('/') {
                open.push(name);
            }
        }
        let closing: String = open.iter().rev().map(|name| format!("</{name}>")).collect();
        check(&read(&with_document(&body(&format!("{content}{closing}")))))?;
    }
}

/// The faults of all refused files.
pub(super) fn faults() -> Vec<Fault> {
    let mut found: Vec<Fault> = refused()
        .into_iter()
        .flat_map(|(_, bytes)| read(&bytes).faults)
        .collect();
    let outside =
        "<Relationships><Relationship Id=\"rId1\" Target=\"x\" TargetMode=\"External\"/></Relationships>";
    let picture =
        "<w:p><w:r><w:t>Câu 1. Một?</w:t><w:drawing><a:blip r:embed=\"rId1\"/></w:drawing></w:r></w:p>";
    let files = [
        ("word/document.xml", body(picture)),
        ("word/_rels/document.xml.rels", outside.to_owned()),
    ];
    let files = files.map(|(name, content)| (name.to_owned(), content.into_bytes()));
    found.extend(read(&zipped(&files)).faults);
    found
}
