//! Files that were made to hurt, and files that are something else.

use super::*;
use std::time::Instant;

fn refusal(bytes: &[u8]) -> Vec<Fault> {
    let imported = read_xlsx("de.xlsx", bytes);
    assert!(imported.loaded.is_none());
    imported.faults
}

fn one_sheet(content: &str) -> Vec<u8> {
    workbook(&[("Đề", "", content)], "", "")
}

/// A workbook without anything, and one more part.
fn with_part(name: &str, content: &str) -> Vec<u8> {
    zipped(&[
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", ROOT),
        (name, content),
    ])
}

fn ole(inside: &str) -> Vec<u8> {
    let mut bytes = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    bytes.resize(600, 0);
    bytes.extend(inside.encode_utf16().flat_map(u16::to_le_bytes));
    bytes
}

fn others() -> Vec<(&'static str, Vec<u8>)> {
    let macros = TYPES.replace("sheet.main", "sheet.macroEnabled.main");
    vec![
        ("sheet-other", ole("Workbook")),
        ("sheet-locked", ole("EncryptedPackage")),
        ("sheet-other", b"%PDF-1.7".to_vec()),
        ("sheet-other", b"<html><table>".to_vec()),
        ("sheet-other", "Câu hỏi,A,B\n".as_bytes().to_vec()),
        ("sheet-broken", b"\x00\x01\x02".to_vec()),
        ("sheet-broken", Vec::new()),
        ("sheet-broken", b"PK\x03\x04 and nothing".to_vec()),
        ("sheet-macro", with_part("xl/vbaProject.bin", "x")),
        (
            "sheet-macro",
            zipped(&[
                ("[Content_Types].xml", &macros),
                ("xl/workbook.xml", "<workbook/>"),
            ]),
        ),
        ("sheet-other", with_part("xl/workbook.bin", "x")),
        ("sheet-other", with_part("word/document.xml", "<x/>")),
        (
            "sheet-other",
            zipped(&[
                ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
                ("content.xml", "<x/>"),
            ]),
        ),
        (
            "sheet-broken",
            with_part("xl/workbook.xml", "<workbook><sheets></sheets></workbook>"),
        ),
        ("sheet-broken", one_sheet("<sheetData><row></sheetData>")),
        (
            "sheet-broken",
            one_sheet("<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>7</v></c></row></sheetData>"),
        ),
        ("sheet-broken", one_sheet(&rows(&[(1, &["a"]), (1, &["b"])]))),
        (
            "sheet-broken",
            one_sheet("<sheetData><row r=\"1\"><c r=\"1A\"><v>7</v></c></row></sheetData>"),
        ),
        ("file-too-large", vec![b'P'; crate::bank::archive::MAX_BYTES + 1]),
        (
            "cell-too-far",
            one_sheet(
                "<dimension ref=\"A1:B2\"/><sheetData><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData>",
            ),
        ),
    ]
}

/// What takes memory or time where a reader believes it.
fn bombs() -> Vec<(&'static str, Vec<u8>)> {
    let blank = "<c r=\"A1\" s=\"1\"/>".repeat(1_600_000);
    let rows_million: String = (1..=1_000_000)
        .map(|n| format!("<row r=\"{n}\"><c r=\"A{n}\"><v>1</v></c></row>"))
        .collect();
    let sheets: String = (0..10_000)
        .map(|n| format!("<sheet name=\"{n}\" r:id=\"a\"/>"))
        .collect();
    let many: Vec<(String, String)> = (0..21_500)
        .map(|n| (format!("xl/{n}.xml"), String::new()))
        .collect();
    let many: Vec<(&str, &str)> = many
        .iter()
        .map(|(name, content)| (name.as_str(), content.as_str()))
        .collect();
    let long = format!("<si><t>{}</t></si>", "đ".repeat(16_000));
    let referring: String = (1..=60_000_u32)
        .map(|n| format!("<row r=\"{n}\"><c r=\"A{n}\" t=\"s\"><v>0</v></c></row>"))
        .collect();
    let sheet_rels = "<Relationships><Relationship Id=\"a\" Type=\"http://x/worksheet\" Target=\"s.xml\"/></Relationships>";
    let doctype = "<!DOCTYPE w [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;\">]><worksheet><sheetData>&b;</sheetData></worksheet>";
    let parts = |content: &str| {
        zipped(&[
            ("[Content_Types].xml", TYPES),
            (
                "xl/workbook.xml",
                "<workbook><sheets><sheet name=\"x\" id=\"a\"/></sheets></workbook>",
            ),
            ("xl/_rels/workbook.xml.rels", sheet_rels),
            ("xl/s.xml", content),
        ])
    };
    vec![
        (
            "sheet-bomb",
            one_sheet(&format!("<sheetData><row>{blank}</row></sheetData>")),
        ),
        (
            "sheet-bomb",
            one_sheet(&format!(
                "<sheetData><row><c><v>{}</v></c></row></sheetData>",
                "1".repeat(2_000_000)
            )),
        ),
        (
            "sheet-bomb",
            one_sheet(&format!("<!--{}--><sheetData/>", " ".repeat(4_000_000))),
        ),
        ("sheet-bomb", one_sheet(&"<a>".repeat(500))),
        ("sheet-bomb", zipped(&many)),
        ("sheet-bomb", parts(doctype)),
        (
            "sheet-bomb",
            parts(&doctype.replace("\"lol\"", "SYSTEM \"file:///etc/passwd\"")),
        ),
        (
            "sheet-bomb",
            workbook(
                &[("Đề", "", &format!("<sheetData>{referring}</sheetData>"))],
                &long,
                "",
            ),
        ),
        (
            "sheet-bomb",
            workbook(
                &[("Đề", "", "<sheetData/>")],
                &"<si><t>x</t></si>".repeat(400_000),
                "",
            ),
        ),
        (
            "too-many-rows",
            one_sheet(&format!("<sheetData>{rows_million}</sheetData>")),
        ),
        (
            "too-many-sheets",
            zipped(&[
                ("[Content_Types].xml", TYPES),
                (
                    "xl/workbook.xml",
                    &format!("<workbook xmlns:r=\"r\"><sheets>{sheets}</sheets></workbook>"),
                ),
                ("xl/_rels/workbook.xml.rels", sheet_rels),
            ]),
        ),
    ]
}

pub(super) fn faults() -> Vec<Fault> {
    let small = others().into_iter().chain(bombs());
    small
        .flat_map(|(_, bytes)| read_xlsx("de.xlsx", &bytes).faults)
        .collect()
}

#[test]
fn other_files_are_named_for_what_they_are() {
    for (at, (code, bytes)) in others().into_iter().enumerate() {
        let faults = refusal(&bytes);
        let names: Vec<_> = faults.iter().map(|fault| fault.code.name()).collect();
        assert_eq!(names, [code], "case {at}");
    }
    let far = &refusal(&others().pop().unwrap().1)[0];
    assert_eq!(
        far.code,
        FaultCode::CellTooFar {
            cell: "Đề!XFD1048576".to_owned()
        }
    );
}

#[test]
fn bombs_are_refused_at_once_and_in_little_memory() {
    for (at, (code, bytes)) in bombs().into_iter().enumerate() {
        let begun = Instant::now();
        let names: Vec<_> = refusal(&bytes).iter().map(|fault| fault.code.name()).collect();
        assert_eq!(names, [code], "case {at}");
        assert!(begun.elapsed().as_secs() < 10, "case {at}: {:?}", begun.elapsed());
    }
}

#[test]
fn sizes_that_an_archive_lies_about_change_nothing() {
    let mut bytes = one_sheet(&format!("<!--{}--><sheetData/>", " ".repeat(9_000_000)));
    // The unpacked size of every entry in the central directory says ten bytes.
    let mut at = 0;
    while let Some(found) = bytes[at..].windows(4).position(|part| part == b"PK\x01\x02") {
        at += found;
        bytes[at + 24..at + 28].copy_from_slice(&10_u32.to_le_bytes());
        at += 4;
    }
    let names: Vec<_> = refusal(&bytes).iter().map(|fault| fault.code.name()).collect();
    assert_eq!(names.len(), 1);
    assert!(["sheet-bomb", "sheet-broken"].contains(&names[0]), "{names:?}");
}

#[test]
fn a_sheet_with_thousands_of_formatted_empty_rows_is_read() {
    let empty: String = (3..=50_000)
        .map(|n| format!("<row r=\"{n}\" s=\"1\"><c r=\"A{n}\" s=\"1\"/><c r=\"B{n}\" s=\"1\"/></row>"))
        .collect();
    let table = rows(&[(1, HEAD), (2, &["Hỏi?", "x", "y", "", "", "A"])]).replace("</sheetData>", &empty);
    let imported = read_xlsx("de.xlsx", &one_sheet(&format!("{table}</sheetData>")));
    assert_eq!((imported.faults, imported.complete.len()), (Vec::new(), 1));
}

#[test]
fn a_cut_or_changed_file_never_ends_the_program() {
    let good = sheet(&[(2, &["Hỏi?", "x", "y", "", "", "A"])]);
    for length in (0..good.len()).step_by(7) {
        let _ = read_xlsx("de.xlsx", &good[..length]);
    }
    for at in 0..good.len() {
        let mut changed = good.clone();
        changed[at] ^= 0x55;
        let _ = read_xlsx("de.xlsx", &changed);
    }
}
