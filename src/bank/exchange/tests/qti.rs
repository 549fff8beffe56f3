//! QTI items, tests and packages, case by case.

use super::*;
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const MATCH: &str = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct";
const MAP: &str = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/map_response.xml";

/// An item of version 2 with the parts given.
fn item2(declaration: &str, body: &str, processing: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\" identifier=\"thu-do\" title=\"x\" \
         adaptive=\"false\" timeDependent=\"false\">\n{declaration}<itemBody>{body}</itemBody>{processing}</assessmentItem>"
    )
}

fn declaration(cardinality: &str, inner: &str) -> String {
    format!(
        "<responseDeclaration identifier=\"R\" cardinality=\"{cardinality}\" baseType=\"identifier\">{inner}</responseDeclaration>"
    )
}

fn correct(ids: &[&str]) -> String {
    let values: String = ids.iter().map(|id| format!("<value>{id}</value>")).collect();
    format!("<correctResponse>{values}</correctResponse>")
}

fn interaction(attributes: &str) -> String {
    format!(
        "<p>Nhìn <b>bản đồ</b>.</p><choiceInteraction responseIdentifier=\"R\" {attributes}><prompt>Thủ đô ở đâu?</prompt>\
         <simpleChoice identifier=\"a\">Huế</simpleChoice><simpleChoice identifier=\"b\" fixed=\"true\">Hà Nội</simpleChoice>\
         <simpleChoice identifier=\"c\">Vinh</simpleChoice></choiceInteraction>"
    )
}

fn template(uri: &str) -> String {
    format!("<responseProcessing template=\"{uri}\"/>")
}

fn read(item: &str) -> Imported {
    read_qti("thu-do.xml", item.as_bytes())
}

fn simple() -> String {
    item2(
        &declaration("single", &correct(&["b"])),
        &interaction("shuffle=\"true\" maxChoices=\"1\""),
        &template(MATCH),
    )
}

#[test]
fn an_item_of_version_2_is_read() {
    let item = read(&simple());
    assert_eq!(
        loaded(&item),
        (
            vec![expected(
                "Nhìn **bản đồ**.\nThủ đô ở đâu?",
                &["Huế", "Hà Nội!", "Vinh"],
                &[1]
            )],
            vec!["pin-not-last"]
        )
    );
    assert_eq!(first(&item).id.0, "thu-do");
}

#[test]
fn an_item_of_version_3_is_read() {
    let item = "<qti-assessment-item xmlns=\"http://www.imsglobal.org/xsd/imsqtiasi_v3p0\" identifier=\"q1\" title=\"x\">\
        <qti-response-declaration identifier=\"RESPONSE\" cardinality=\"multiple\" base-type=\"identifier\"><qti-correct-response>\
        <qti-value>H</qti-value><qti-value>O</qti-value></qti-correct-response></qti-response-declaration>\
        <qti-item-body><qti-choice-interaction response-identifier=\"RESPONSE\" shuffle=\"true\" max-choices=\"0\">\
        <qti-prompt>Nước gồm gì?</qti-prompt><qti-simple-choice identifier=\"H\">Hydro</qti-simple-choice>\
        <qti-simple-choice identifier=\"O\">Oxy &amp; H<sub>2</sub></qti-simple-choice><qti-simple-choice identifier=\"C\">Các-bon</qti-simple-choice>\
        </qti-choice-interaction></qti-item-body><qti-response-processing template=\"https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct\"/>\
        </qti-assessment-item>";
    let read = read(item);
    assert_eq!(
        loaded(&read),
        (
            vec![expected(
                "Nước gồm gì?",
                &["Hydro", "Oxy & H~2~", "Các-bon"],
                &[0, 1]
            )],
            vec![]
        )
    );
    assert!(first(&read).multiple);
}

#[test]
fn names_and_namespaces_are_those_of_each_version() {
    for namespace in ["imsqti_v2p0", "imsqti_v2p1", "imsqti_v2p2", "imsqtiasi_v3p0"] {
        assert_eq!(
            loaded(&read(&simple().replace("imsqti_v2p2", namespace))).1,
            ["pin-not-last"],
            "{namespace}"
        );
    }
    assert_eq!(
        loaded(&read(&simple().replace("imsqti_v2p2", "imsqti_v9"))).1,
        ["setting-dropped", "pin-not-last"]
    );
    let prefixed = simple()
        .replace("<assessmentItem xmlns=", "<q:assessmentItem xmlns:q=")
        .replace("</assessmentItem>", "</q:assessmentItem>");
    assert_eq!(loaded(&read(&prefixed)).0.len(), 1);
}

#[test]
fn max_choices_is_one_several_or_any_number() {
    let with = |cardinality, right: &[&str], attributes| {
        item2(
            &declaration(cardinality, &correct(right)),
            &interaction(attributes),
            &template(MATCH),
        )
    };
    assert_eq!(
        loaded(&read(&with(
            "multiple",
            &["a", "c"],
            "shuffle=\"true\" maxChoices=\"2\""
        )))
        .0[0]
            .2,
        [0, 2]
    );
    assert_eq!(
        loaded(&read(&with(
            "multiple",
            &["a", "b"],
            "shuffle=\"true\" maxChoices=\"0\""
        )))
        .0[0]
            .2,
        [0, 1]
    );
    assert_eq!(
        refused(&read(&with("multiple", &["a", "b"], "shuffle=\"true\""))),
        ["qti-max-choices"]
    );
    assert_eq!(
        refused(&read(&with(
            "single",
            &["a", "b"],
            "shuffle=\"true\" maxChoices=\"0\""
        ))),
        ["several-full-marks"]
    );
}

#[test]
fn options_keep_their_order_unless_the_item_shuffles_them() {
    let fixed = item2(
        &declaration("single", &correct(&["b"])),
        &interaction("maxChoices=\"1\""),
        &template(MATCH),
    );
    assert_eq!(
        loaded(&read(&fixed)),
        (
            vec![expected(
                "Nhìn **bản đồ**.\nThủ đô ở đâu?",
                &["Huế!", "Hà Nội!", "Vinh!"],
                &[1]
            )],
            vec!["order-kept"]
        )
    );
}

#[test]
fn a_map_of_points_gives_the_key_where_it_says_one() {
    let map = |cardinality: &str, bounds: &str, points: &[(&str, &str)], right: &[&str]| {
        let entries: String = points
            .iter()
            .map(|(id, value)| format!("<mapEntry mapKey=\"{id}\" mappedValue=\"{value}\"/>"))
            .collect();
        let inner = format!("{}<mapping {bounds}>{entries}</mapping>", correct(right));
        read(&item2(
            &declaration(cardinality, &inner),
            &interaction("shuffle=\"true\" maxChoices=\"0\""),
            &template(MAP),
        ))
    };
    let several = map(
        "multiple",
        "lowerBound=\"0\" upperBound=\"2\" defaultValue=\"-2\"",
        &[("a", "1"), ("b", "1")],
        &["a", "b"],
    );
    assert_eq!(loaded(&several).0[0].2, [0, 1]);
    assert_eq!(loaded(&several).1, ["all-or-nothing", "pin-not-last"]);
    assert_eq!(
        loaded(&map(
            "single",
            "defaultValue=\"0\"",
            &[("a", "1"), ("b", "3")],
            &["b"]
        ))
        .0[0]
            .2,
        [1]
    );
    assert_eq!(
        refused(&map(
            "multiple",
            "upperBound=\"1\"",
            &[("a", "1"), ("b", "1")],
            &[]
        )),
        ["qti-scoring"]
    );
    assert_eq!(
        refused(&map("multiple", "", &[("a", "1"), ("b", "1")], &["a"])),
        ["qti-scoring"]
    );
    assert_eq!(
        refused(&map("multiple", "", &[("z", "1")], &[])),
        ["qti-key-unknown"]
    );
    assert_eq!(refused(&map("multiple", "", &[], &[])), ["qti-no-key"]);
    // Of a positive default all that are not listed are right.
    assert_eq!(
        loaded(&map("multiple", "defaultValue=\"1\"", &[("a", "-1")], &[])).0[0].2,
        [1, 2]
    );
}

#[test]
fn other_ways_of_scoring_are_refused_by_their_name() {
    let with = |processing: &str| {
        read(&item2(
            &declaration("single", &correct(&["b"])),
            &interaction("shuffle=\"true\""),
            processing,
        ))
    };
    let rules = "<responseProcessing><responseCondition/></responseProcessing>";
    assert_eq!(
        with(rules).faults[0].code,
        crate::bank::FaultCode::QtiScoring {
            template: "responseCondition".to_owned()
        }
    );
    assert_eq!(
        refused(&with(&template("http://x/map_response_point"))),
        ["qti-scoring"]
    );
    assert_eq!(
        refused(&read(
            &simple().replace("adaptive=\"false\"", "adaptive=\"true\"")
        )),
        ["qti-scoring"]
    );
    // An item that says nothing about scoring has its right answer.
    assert_eq!(loaded(&with("")).0[0].2, [1]);
}

#[test]
fn other_interactions_are_named_and_keys_are_checked() {
    let order = "<orderInteraction responseIdentifier=\"R\"><simpleChoice identifier=\"a\">x</simpleChoice></orderInteraction>";
    let wrap = |body: &str| {
        read(&item2(
            &declaration("single", &correct(&["b"])),
            body,
            &template(MATCH),
        ))
    };
    assert_eq!(
        wrap(order).faults[0].code,
        crate::bank::FaultCode::QuestionType {
            kind: "orderInteraction".to_owned()
        }
    );
    assert_eq!(refused(&wrap("<p>x</p>")), ["qti-interactions"]);
    let one = interaction("shuffle=\"true\"");
    assert_eq!(
        refused(&wrap(&format!("{one}<div>{one}</div>"))),
        ["qti-interactions"]
    );
    assert_eq!(
        refused(&wrap(&one.replace("identifier=\"c\"", "identifier=\"a\""))),
        ["qti-choice-twice"]
    );
    assert_eq!(
        refused(&read(&simple().replace("<value>b</value>", "<value>z</value>"))),
        ["qti-key-unknown"]
    );
    assert_eq!(
        refused(&read(&simple().replace("<value>b</value>", ""))),
        ["qti-no-key"]
    );
    assert_eq!(
        refused(&wrap(&format!(
            "<p>Tính <m:math xmlns:m=\"x\"><m:mi>x</m:mi></m:math></p>{one}"
        ))),
        ["html-content", "pin-not-last"]
    );
    let rubric = wrap(&format!(
        "<rubricBlock view=\"scorer\"><p>Chấm</p></rubricBlock>{one}"
    ));
    assert_eq!(
        (loaded(&rubric).0[0].0.contains("Chấm"), loaded(&rubric).1),
        (false, vec!["setting-dropped", "pin-not-last"])
    );
}

#[test]
fn feedback_of_the_right_answer_is_the_explanation() {
    let feedback = |id: &str, text: &str| {
        format!(
            "<modalFeedback outcomeIdentifier=\"F\" identifier=\"{id}\" showHide=\"show\">{text}</modalFeedback>"
        )
    };
    let item = simple().replace(
        "</assessmentItem>",
        &format!(
            "{}{}</assessmentItem>",
            feedback("b", "Đúng <i>vậy</i>"),
            feedback("a", "Sai")
        ),
    );
    assert_eq!(first(&read(&item)).explanation.as_deref(), Some("Đúng *vậy*"));
    assert_eq!(loaded(&read(&item)).1, ["pin-not-last", "feedback-dropped"]);
}

/// An archive of these parts.
fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
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

fn resource(kind: &str, href: &str) -> String {
    format!("<resource identifier=\"r\" type=\"{kind}\" href=\"{href}\"><file href=\"{href}\"/></resource>")
}

fn package(resources: &str, parts: &[(&str, &str)]) -> Imported {
    let manifest = manifest(resources);
    let mut all: Vec<(&str, &[u8])> = vec![("imsmanifest.xml", manifest.as_bytes())];
    all.extend(parts.iter().map(|(path, text)| (*path, text.as_bytes())));
    read_qti("goi.zip", &archive(&all))
}

const ITEM: &str = "imsqti_item_xmlv2p2";

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
    let read = package(
        &resources,
        &[
            ("items/a.xml", &simple()),
            ("items/b.xml", &second),
            ("de.xml", test),
            ("anh/c o.png", "PNG"),
        ],
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
        (set.set.questions[0].level, set.set.questions[1].media.as_deref()),
        (Some(Level::Hard), Some("media/c-o.png"))
    );
    assert_eq!(
        (read.media[0].bytes.as_slice(), read.media[0].alt.as_deref()),
        (&b"PNG"[..], Some("cờ"))
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
        ["picture-missing"]
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
    assert_eq!(refused(&read_qti("a.xml", b"<quiz/>")), ["xml-root"]);
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
    let started = std::time::Instant::now();
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
                    format!("{nth}.bin"),
                    SimpleFileOptions::default().compression_method(CompressionMethod::Deflated),
                )
                .unwrap();
            writer.write_all(&noise).unwrap();
        }
        writer.finish().unwrap().into_inner()
    };
    assert_eq!(refused(&read_qti("a.zip", &stored(12))), ["package-limit"]);
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
        refused(&read_qti("a.zip", &b"PK".repeat(9 * 1024 * 1024))),
        ["file-too-large"]
    );
    assert!(started.elapsed().as_secs() < 10, "{:?}", started.elapsed());
}

pub(super) fn samples() -> impl Iterator<Item = Imported> {
    let locked = {
        let mut locked = archive(&[("imsmanifest.xml", b"<x/>")]);
        locked[6] |= 1;
        let list = locked
            .windows(4)
            .position(|window| window == b"PK\x01\x02")
            .unwrap();
        locked[list + 8] |= 1;
        read_qti("a.zip", &locked)
    };
    let one = interaction("");
    let wrap = |body: &str| {
        read(&item2(
            &declaration("multiple", &correct(&["a", "b"])),
            body,
            &template(MATCH),
        ))
    };
    let math = format!("<math/>{one}");
    let items = [
        read(&simple().replace(MATCH, "x")),
        wrap("<p>x</p>"),
        read(&simple().replace("<value>b</value>", "")),
        read(&simple().replace("<value>b</value>", "<value>z</value>")),
        wrap(&one),
        wrap(&one.replace("identifier=\"c\"", "identifier=\"a\"")),
        wrap(&math),
        package(
            &format!("{}{}", resource(ITEM, "a.xml"), resource(ITEM, "b.xml")),
            &[("a.xml", &simple()), ("b.xml", &simple()), ("c.xml", "")],
        ),
        package(&resource(ITEM, "../a.xml"), &[]),
        package(&resource(ITEM, "a.xml"), &[]),
        read_qti("a.zip", b"PK\x03\x04"),
        read_qti("a.zip", &b"PK\x01\x02".repeat(30_000)),
        locked,
    ];
    items.into_iter()
}
