//! Packages of QTI, case by case, and archives that mean harm.

use super::qti::simple;
use super::*;
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// An archive of these parts.
pub(super) fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in parts {
        writer
            .start_file(
                *path,
                SimpleFileOptions::default().compression_method(CompressionMethod::Deflated),
            )
            .unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn manifest(resources: &str) -> String {
    format!(
        "<manifest xmlns=\"http://www.imsglobal.org/xsd/imscp_v1p1\" identifier=\"m\"><resources>{resources}</resources></manifest>"
    )
}

pub(super) fn resource(kind: &str, href: &str) -> String {
    format!("<resource identifier=\"r\" type=\"{kind}\" href=\"{href}\"><file href=\"{href}\"/></resource>")
}

pub(super) fn package(resources: &str, parts: &[(&str, &str)]) -> Imported {
    package_with(resources, parts, &[])
}

/// A package with parts that are no text.
fn package_with(resources: &str, texts: &[(&str, &str)], parts: &[(&str, &[u8])]) -> Imported {
    let manifest = manifest(resources);
    let mut all: Vec<(&str, &[u8])> = vec![("imsmanifest.xml", manifest.as_bytes())];
    all.extend(texts.iter().map(|(path, text)| (*path, text.as_bytes())));
    all.extend(parts);
    read_qti("goi.zip", &archive(&all))
}

pub(super) const ITEM: &str = "imsqti_item_xmlv2p2";

#[test]
fn a_package_gives_its_items_its_title_and_its_pictures() {
    let second = simple().replace("thu-do", "co-nuoc").replace(
        "Thủ đô ở đâu?",
        "Cờ nào? <img src=\"../anh/c%20o.png\" alt=\"cờ\"/>",
    );
    let test = "<assessmentTest xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\" identifier=\"t\" title=\"Đề tuần 1\"><testPart>\
        <timeLimits maxTime=\"900\" allowLateSubmission=\"false\"/><assessmentSection identifier=\"s\" title=\"s\" visible=\"true\" fixed=\"true\">\
        <selection select=\"1\"/><ordering shuffle=\"true\"/><assessmentItemRef identifier=\"i\" href=\"items/a.xml\"><weight identifier=\"w\" value=\"2\"/>\
        </assessmentItemRef></assessmentSection></testPart></assessmentTest>";
    let lom = "<metadata><lom><educational><difficulty><value>difficult</value></difficulty></educational></lom></metadata>";
    let first_item = resource(ITEM, "items/a.xml").replace("<file", &format!("{lom}<file"));
    let resources = format!(
        "{first_item}{}{}",
        resource(ITEM, "items/b.xml"),
        resource("imsqti_test_xmlv2p2", "de.xml")
    );
    let read = package_with(
        &resources,
        &[
            ("items/a.xml", &simple()),
            ("items/b.xml", &second),
            ("de.xml", test),
        ],
        &[("anh/c o.png", crate::bank::paper::tests::word::PNG)],
    );
    let set = read
        .loaded
        .as_ref()
        .unwrap_or_else(|| panic!("{:#?}", read.faults));
    assert_eq!(
        (set.set.title.as_str(), set.set.id.0.as_str(), read.questions),
        ("Đề tuần 1", "goi", 2)
    );
    assert_eq!(
        (set.set.questions[0].level, shown_with(&set.set.questions[1])),
        (Some(Level::Hard), vec!["media/c-o.png"])
    );
    assert_eq!(
        (read.media[0].bytes.as_slice(), read.media[0].alt.as_deref()),
        (crate::bank::paper::tests::word::PNG, Some("cờ"))
    );
    let settings: Vec<_> = read
        .faults
        .iter()
        .filter(|fault| fault.file == "goi.zip/de.xml")
        .map(|fault| fault.code.clone())
        .collect();
    assert_eq!(settings.len(), 5, "{settings:?}");
}

#[test]
fn faults_of_a_package_name_its_parts() {
    let broken = simple().replace("<value>b</value>", "<value>z</value>");
    let read = package(
        &format!(
            "{}{}{}",
            resource(ITEM, "a.xml"),
            resource(ITEM, "b.xml"),
            resource(ITEM, "c.xml")
        ),
        &[("a.xml", &simple()), ("b.xml", &broken), ("d.xml", "<x/>")],
    );
    let places: Vec<_> = read
        .faults
        .iter()
        .map(|fault| (fault.file.as_str(), fault.code.name()))
        .collect();
    assert_eq!(
        places,
        [
            ("goi.zip/imsmanifest.xml", "package-missing"),
            ("goi.zip/imsmanifest.xml", "package-unlisted"),
            ("goi.zip/a.xml", "pin-not-last"),
            ("goi.zip/b.xml", "qti-key-unknown")
        ]
    );
    assert!(read.loaded.is_none());
    let twice = package(
        &format!("{}{}", resource(ITEM, "a.xml"), resource(ITEM, "b.xml")),
        &[("a.xml", &simple()), ("b.xml", &simple())],
    );
    assert!(
        codes(&twice.faults).contains(&"qti-item-twice") && codes(&twice.faults).contains(&"stem-duplicate")
    );
    let no_picture = simple().replace("Thủ đô", "<img src=\"http://x/a.png\"/>");
    assert_eq!(
        refused(&package(&resource(ITEM, "a.xml"), &[("a.xml", &no_picture)])),
        ["picture-remote"]
    );
    let away = simple().replace("Thủ đô", "<img src=\"../../a.png\"/>");
    assert_eq!(
        refused(&package(&resource(ITEM, "a.xml"), &[("a.xml", &away)])),
        ["package-picture-missing"]
    );
}

#[test]
fn what_is_no_package_is_refused() {
    assert_eq!(
        refused(&read_qti("a.zip", &archive(&[("a.xml", b"<x/>")]))),
        ["package-missing", "package-unlisted"]
    );
    assert_eq!(refused(&package("", &[])), ["no-questions"]);
    assert_eq!(
        refused(&read_qti("a.zip", b"PK\x03\x04 nothing more")),
        ["package-broken"]
    );
    let other = crate::bank::exchange::read_qti("a.xml", b"<quiz/>", &Shelf::new(None));
    assert_eq!(refused(&other), ["xml-root"]);
    assert_eq!(
        refused(&package(&resource(ITEM, "../a.xml"), &[])),
        ["package-path", "package-path"][..1]
    );
    for name in ["../a.xml", "/a.xml", "a\\b.xml"] {
        assert_eq!(
            refused(&read_qti("a.zip", &archive(&[(name, b"<x/>")]))),
            ["package-path"],
            "{name}"
        );
    }
    // The flag that a part is locked, in its own head and in the list.
    let mut locked = archive(&[("imsmanifest.xml", b"<x/>")]);
    locked[6] |= 1;
    let list = locked
        .windows(4)
        .position(|window| window == b"PK\x01\x02")
        .unwrap();
    locked[list + 8] |= 1;
    assert_eq!(refused(&read_qti("a.zip", &locked)), ["package-locked"]);
}

#[test]
fn bombs_are_refused_soon_and_claimed_sizes_are_not_believed() {
    let zeros = vec![b' '; 30_000_000];
    assert_eq!(
        refused(&read_qti("a.zip", &archive(&[("imsmanifest.xml", &zeros)]))),
        ["package-limit"]
    );
    let part = vec![b' '; 4_000_000];
    let stored = |count: usize| {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for nth in 0..count {
            let noise: Vec<u8> = part
                .iter()
                .enumerate()
                .map(|(at, _)| {
                    if at % 64 == 0 {
                        (at / 64 * 31 + nth) as u8
                    } else {
                        b' '
                    }
                })
                .collect();
            writer
                .start_file(
                    format!("{nth}.xml"),
                    SimpleFileOptions::default().compression_method(CompressionMethod::Deflated),
                )
                .unwrap();
            writer.write_all(&noise).unwrap();
        }
        writer.finish().unwrap().into_inner()
    };
    let large = stored(17);
    let started = std::time::Instant::now();
    assert_eq!(refused(&read_qti("a.zip", &large)), ["package-limit"]);
    // The list says that the part has three bytes; it has more, and is read no further than the limits.
    let mut lying = archive(&[("imsmanifest.xml", &zeros)]);
    let list = lying
        .windows(4)
        .position(|window| window == b"PK\x01\x02")
        .unwrap();
    lying[list + 24..list + 28].copy_from_slice(&3_u32.to_le_bytes());
    assert!(read_qti("a.zip", &lying).loaded.is_none());
    let many = b"PK\x01\x02".repeat(30_000);
    assert_eq!(refused(&read_qti("a.zip", &many)), ["package-limit"]);
    assert_eq!(
        refused(&read_qti("a.zip", &b"PK".repeat(11 * 1024 * 1024))),
        ["file-too-large"]
    );
    assert!(started.elapsed().as_secs() < 10, "{:?}", started.elapsed());
}
