//! QTI items, tests and packages, case by case.

use super::qti_package::{ITEM, archive, package, resource};
use super::*;

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

pub(super) fn simple() -> String {
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
    assert_eq!(
        refused(&wrap(&format!(
            "<p>Số <printedVariable identifier=\"N\"/></p>{one}"
        ))),
        ["html-content", "pin-not-last"]
    );
    let passage = "<assessmentStimulusRef identifier=\"s\" href=\"doan-van.xml\"/>";
    let shared = simple().replace("<itemBody>", &format!("{passage}<itemBody>"));
    assert_eq!(refused(&read(&shared)), ["html-content", "pin-not-last"]);
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
