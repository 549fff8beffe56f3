//! Moodle XML, case by case.

use super::*;
use crate::bank::formats::Format;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

fn xml(text: &str) -> Imported {
    read_moodle_xml("bo-de.xml", text.as_bytes())
}

fn quiz(questions: &str) -> Imported {
    xml(&format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n{questions}\n</quiz>"
    ))
}

const ANSWERS: &str =
    "<answer fraction=\"100\"><text>Hà Nội</text></answer><answer fraction=\"0\"><text>Huế</text></answer>";

fn choice(inner: &str) -> Imported {
    quiz(&format!("<question type=\"multichoice\">{inner}</question>"))
}

fn stem(html: &str) -> String {
    format!("<questiontext format=\"html\"><text><![CDATA[{html}]]></text></questiontext>")
}

#[test]
fn a_question_with_one_right_option_is_read_with_all_its_parts() {
    let read = choice(&format!(
        "<name><text>Câu 1</text></name>{}<generalfeedback format=\"html\"><text>&lt;p&gt;Vì là &lt;b&gt;thủ đô&lt;/b&gt;.&lt;/p&gt;</text></generalfeedback>\
         <defaultgrade>1.0000000</defaultgrade><idnumber>thu-do</idnumber><single>true</single><shuffleanswers>true</shuffleanswers>\
         <answernumbering>ABCD</answernumbering>{ANSWERS}<tags><tag><text>Dễ</text></tag></tags>",
        stem("<p>Thủ đô&nbsp;ở <em>đâu</em>?</p>")
    ));
    let question = first(&read);
    assert_eq!(
        (question.id.0.as_str(), question.level),
        ("thu-do", Some(Level::Easy))
    );
    assert_eq!(question.explanation.as_deref(), Some("Vì là **thủ đô**."));
    assert_eq!(
        loaded(&read),
        (
            vec![expected("Thủ đô ở *đâu*?", &["Hà Nội", "Huế"], &[0])],
            vec!["odd-space"]
        )
    );
}

#[test]
fn texts_have_the_format_they_say() {
    let formats = [
        ("html", "a &lt;b&gt;x&lt;/b&gt;?", "a **x**?"),
        ("plain_text", "a &lt;b&gt; *x*?", "a <b> \\*x\\*?"),
        ("markdown", "a **x**?", "a **x**?"),
        ("moodle_auto_format", "a\nb?", "a\nb?"),
    ];
    for (format, text, read) in formats {
        let read_text = choice(&format!(
            "<questiontext format=\"{format}\"><text>{text}</text></questiontext>{ANSWERS}"
        ));
        assert_eq!(first(&read_text).text, read, "{format}");
    }
    // An older form has the text directly in the answer.
    let old = choice(&format!(
        "{}<answer fraction=\"100\">Hà Nội<text>Hà Nội</text></answer><answer fraction=\"0\"><text>Huế</text></answer>",
        stem("Đâu?")
    ));
    assert_eq!(loaded(&old).0[0].1, ["Hà Nội", "Huế"]);
}

#[test]
fn statements_become_two_options() {
    let truth = |yes: u8| {
        quiz(&format!(
            "<question type=\"truefalse\">{}<answer fraction=\"{}\"><text>true</text><feedback><text>Đúng vậy</text></feedback></answer><answer fraction=\"{}\"><text>false</text></answer></question>",
            stem("Đảng ra đời năm 1930."),
            yes,
            100 - yes
        ))
    };
    assert_eq!(
        loaded(&truth(100)).0,
        [expected("Đảng ra đời năm 1930.", &["Đúng!", "Sai!"], &[0])]
    );
    assert_eq!(first(&truth(100)).explanation.as_deref(), Some("Đúng vậy"));
    assert_eq!(loaded(&truth(0)).0[0].2, [1]);
    assert_eq!(
        refused(&quiz(&format!(
            "<question type=\"truefalse\">{}{ANSWERS}</question>",
            stem("x")
        ))),
        ["truth-answers"]
    );
}

#[test]
fn shares_are_those_that_moodle_accepts() {
    let shares = |single: bool, shares: &[&str]| {
        let answers: String = shares
            .iter()
            .zip("abcdef".chars())
            .map(|(share, c)| format!("<answer fraction=\"{share}\"><text>{c}{c}</text></answer>"))
            .collect();
        choice(&format!("{}<single>{single}</single>{answers}", stem("Gì?")))
    };
    assert_eq!(
        loaded(&shares(false, &["33.33333", "33.33333", "33.33333", "-100"])).0[0].2,
        [0, 1, 2]
    );
    assert_eq!(refused(&shares(false, &["33", "33", "33"])), ["weight-unknown"]);
    assert_eq!(refused(&shares(true, &["abc", "100"])), ["weight-unknown"]);
    assert_eq!(
        refused(&shares(true, &["100", "100", "0"])),
        ["several-full-marks"]
    );
    assert_eq!(refused(&shares(true, &["50", "50", "0"])), ["no-full-mark"]);
    assert_eq!(refused(&shares(false, &["50", "25", "0"])), ["weight-sum"]);
    assert_eq!(loaded(&shares(true, &["100", "50", "0"])).1, ["partial-credit"]);
}

#[test]
fn categories_name_the_set_wherever_they_stand() {
    let category = |path: &str| {
        format!(
            "<question type=\"category\"><category><text>{path}</text></category><info format=\"html\"><text>Mô tả</text></info></question>"
        )
    };
    let question = format!(
        "<question type=\"multichoice\">{}{ANSWERS}</question>",
        stem("Thủ đô ở đâu?")
    );
    let read = quiz(&format!(
        "{}{question}",
        category("$course$/top/Lịch sử/Tuần 2//9")
    ));
    assert_eq!(
        (read.loaded.as_ref().unwrap().set.title.as_str(), read.questions),
        ("Tuần 2/9", 1)
    );
    let nested = quiz(&format!(
        "{}{question}{}",
        category("$module$/top/B"),
        category("$course$/A")
    ));
    assert_eq!(
        (
            nested.loaded.as_ref().unwrap().set.title.as_str(),
            codes(&nested.faults)
        ),
        ("bo-de", vec!["categories-joined"])
    );
    assert_eq!(
        quiz(&format!("{}{question}", category("$course$/top")))
            .loaded
            .unwrap()
            .set
            .title,
        "bo-de"
    );
}

#[test]
fn ids_with_signs_are_changed_and_told() {
    let read = choice(&format!(
        "{}<idnumber>&lt;b&gt;Câu &amp; 7&lt;/b&gt;</idnumber>{ANSWERS}",
        stem("Đâu?")
    ));
    assert_eq!(
        (first(&read).id.0.as_str(), codes(&read.faults)),
        ("b-cau-7-b", vec!["id-changed"])
    );
}

const PNG: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

#[test]
fn pictures_come_with_the_file() {
    let text = format!(
        "<questiontext format=\"html\"><text><![CDATA[<img src=\"@@PLUGINFILE@@/C%E1%BB%9D.png\" alt=\"lá cờ\">Cờ nước nào?]]></text><file name=\"Cờ.png\" path=\"/\" encoding=\"base64\">{PNG}</file></questiontext>{ANSWERS}"
    );
    let read = choice(&text);
    assert_eq!(shown_with(first(&read)), ["media/co.png"]);
    assert_eq!(
        (read.media[0].path.as_str(), read.media[0].alt.as_deref()),
        ("media/co.png", Some("lá cờ"))
    );
    assert_eq!(read.media[0].bytes.get(1..4), Some(&b"PNG"[..]));
    // Another picture of that name gets a name of its own; the same one does not.
    let gray = STANDARD.encode(crate::bank::paper::tests::word::PNG);
    let other = text.replace(PNG, &gray).replace("nào?", "gì?");
    let both = quiz(&format!(
        "<question type=\"multichoice\">{text}</question><question type=\"multichoice\">{other}</question><question type=\"multichoice\">{}</question>",
        text.replace("nào?", "nào vậy?")
    ));
    let paths: Vec<&str> = both.media.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(paths, ["media/co.png", "media/co-2.png"]);
    assert_eq!(both.contents.len(), 2);
    let old = choice(&format!(
        "{}<image>co.gif</image><image_base64>{PNG}</image_base64>{ANSWERS}",
        stem("Cờ nào?")
    ));
    // That form has no words for a picture.
    assert_eq!(refused(&old), ["picture-no-alt"]);
    assert_eq!(shown_with(&old.complete[0].0), ["media/co.gif"]);
}

#[test]
fn a_question_may_have_several_files_and_sounds_among_them() {
    let sound = STANDARD.encode(crate::bank::media::tests::mp3());
    let text = format!(
        "<questiontext format=\"html\"><text><![CDATA[Bài nào? <img src=\"@@PLUGINFILE@@/co.png\" alt=\"lá cờ\">\
         <audio controls title=\"Điệu then\"><source src=\"@@PLUGINFILE@@/then.mp3\">Máy không phát được</audio>]]></text>\
         <file name=\"co.png\" path=\"/\" encoding=\"base64\">{PNG}</file>\
         <file name=\"then.mp3\" path=\"/\" encoding=\"base64\">{sound}</file></questiontext>{ANSWERS}"
    );
    let read = choice(&text);
    let question = first(&read);
    assert_eq!(
        (question.text.as_str(), shown_with(question)),
        ("Bài nào?", vec!["media/co.png", "media/then.mp3"])
    );
    let words: Vec<_> = question.media.iter().map(|media| media.alt.as_deref()).collect();
    assert_eq!(words, [Some("lá cờ"), Some("Điệu then")]);
    let cut = choice(&text.replace(&sound, &sound[..400]));
    assert_eq!(refused(&cut), ["media-broken"]);
}

#[test]
fn pictures_that_cannot_be_shown_are_refused() {
    for (html, code) in [
        ("<img src=\"@@PLUGINFILE@@/a.png\">", "package-picture-missing"),
        ("<img src=\"http://x/a.png\">", "picture-remote"),
        ("<video controls></video>", "package-picture-missing"),
        (
            "<audio><source src=\"@@PLUGINFILE@@/a.mp3\">nghe</audio>",
            "package-picture-missing",
        ),
        ("<iframe src=\"a.mp4\"></iframe>", "html-content"),
        ("<img src=\"data:image/png;base64,AAAA\">", "picture-remote"),
    ] {
        assert_eq!(
            refused(&choice(&format!("{}{ANSWERS}", stem(&format!("Gì? {html}"))))),
            [code]
        );
    }
    let option = "<answer fraction=\"100\"><text>&lt;img src='a.png'&gt;x</text></answer><answer fraction=\"0\"><text>y</text></answer>";
    assert_eq!(
        refused(&choice(&format!("{}{option}", stem("Gì?")))),
        ["package-picture-in-option"]
    );
    let broken = choice(&format!(
        "<questiontext><text>&lt;img src=\"@@PLUGINFILE@@/a.png\"&gt;Gì?</text><file name=\"a.png\" encoding=\"base64\">%%%</file></questiontext>{ANSWERS}"
    ));
    assert_eq!(refused(&broken), ["package-picture-missing"]);
}

#[test]
fn other_types_are_named_one_by_one() {
    let types = [
        "essay",
        "matching",
        "shortanswer",
        "numerical",
        "cloze",
        "ddwtos",
        "calculated",
    ];
    let all: String = types
        .iter()
        .map(|kind| format!("<question type=\"{kind}\">{}</question>\n", stem("x")))
        .collect();
    let read = quiz(&format!(
        "{all}<question type=\"description\">{}</question><question></question>",
        stem("Lời dẫn")
    ));
    assert_eq!(read.questions, 8);
    let told = refused(&read);
    assert_eq!(told.iter().filter(|code| **code == "question-type").count(), 8);
    assert_eq!(
        told.iter().filter(|code| **code == "description-skipped").count(),
        1
    );
    let places: std::collections::BTreeSet<_> =
        read.faults.iter().map(|fault| fault.place.spot.clone()).collect();
    assert_eq!(places.len(), 9, "each at its own place");
}

#[test]
fn settings_that_a_set_cannot_hold_are_told_once() {
    let one = |grade: &str, inner: &str, text: &str| {
        format!(
            "<question type=\"multichoice\">{}<defaultgrade>{grade}</defaultgrade>{inner}{ANSWERS}</question>",
            stem(text)
        )
    };
    let read = quiz(&format!(
        "{}{}<abc/>",
        one("1", "<shuffleanswers>false</shuffleanswers>", "Một?"),
        one(
            "2",
            "<correctfeedback><text>Hay!</text></correctfeedback>",
            "Hai?"
        )
    ));
    let (questions, told) = loaded(&read);
    assert_eq!(questions[0].1, ["Hà Nội!", "Huế!"]);
    assert_eq!(
        told,
        [
            "order-kept",
            "points-dropped",
            "setting-dropped",
            "setting-dropped"
        ]
    );
}

#[test]
fn hints_and_hidden_questions_are_told_once_each() {
    let one = |inner: &str, text: &str| {
        format!(
            "<question type=\"multichoice\">{}<shuffleanswers>true</shuffleanswers>{inner}{ANSWERS}</question>",
            stem(text)
        )
    };
    let hint = "<hint format=\"html\"><text>Gợi ý</text></hint>";
    let read = quiz(&format!(
        "{}{}",
        one(&format!("<hidden>1</hidden>{hint}{hint}"), "Một?"),
        one("<hidden>0</hidden><hint><text></text></hint>", "Hai?")
    ));
    let (questions, told) = loaded(&read);
    assert_eq!(questions.len(), 2);
    assert_eq!(told, ["setting-dropped", "setting-dropped"]);
    let counts: Vec<u64> = read
        .faults
        .iter()
        .filter_map(|fault| match &fault.code {
            crate::bank::FaultCode::SettingDropped { count, .. } => Some(*count),
            _ => None,
        })
        .collect();
    assert_eq!(counts, [1, 2], "one hidden question, two hints");
}

#[test]
fn xml_is_read_with_nothing_from_elsewhere() {
    let bomb =
        "<?xml version=\"1.0\"?><!DOCTYPE quiz [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><quiz>&b;</quiz>";
    assert_eq!(refused(&xml(bomb)), ["xml-doctype"]);
    assert_eq!(
        refused(&xml("<!DOCTYPE quiz SYSTEM \"file:///etc/passwd\"><quiz/>")),
        ["xml-doctype"]
    );
    assert_eq!(refused(&xml("<quiz>&xxe;</quiz>")), ["xml-entity"]);
    assert_eq!(
        refused(&xml("<quiz><question type='multichoice'></quiz>")),
        ["xml-broken"]
    );
    assert_eq!(refused(&xml("<quiz>")), ["xml-broken"]);
    assert_eq!(refused(&xml("hello")), ["xml-broken"]);
    assert_eq!(refused(&xml("<quiz/><quiz/>")), ["xml-broken"]);
    assert_eq!(refused(&xml("<html><body/></html>")), ["xml-root"]);
    assert_eq!(
        refused(&xml("<?xml version='1.0' encoding='windows-1258'?><quiz/>")),
        ["xml-encoding"]
    );
    assert_eq!(refused(&quiz("")), ["no-questions"]);
}

#[test]
fn hostile_xml_is_refused_soon() {
    let started = std::time::Instant::now();
    let deep = format!("<quiz>{}{}</quiz>", "<a>".repeat(100_000), "</a>".repeat(100_000));
    assert_eq!(refused(&xml(&deep)), ["xml-limit"]);
    assert_eq!(
        refused(&xml(&format!("<quiz>{}</quiz>", "<a/>".repeat(1_500_000)))),
        ["xml-limit"]
    );
    assert_eq!(
        refused(&xml(&format!("<quiz a=\"{}\"/>", "x".repeat(1_000_000)))),
        ["xml-limit"]
    );
    let attributes: String = (0..5_000).map(|n| format!(" a{n}='x'")).collect();
    assert_eq!(refused(&xml(&format!("<quiz{attributes}/>"))), ["xml-broken"]);
    assert_eq!(
        refused(&xml(&format!("<quiz>{}</quiz>", "&amp;".repeat(1_500_000)))),
        ["xml-limit"]
    );
    assert_eq!(
        refused(&read_moodle_xml("x.xml", &vec![b' '; MAX_XML_BYTES + 1])),
        ["file-too-large"]
    );
    assert!(started.elapsed().as_secs() < 10, "{:?}", started.elapsed());
}

#[test]
fn xml_files_are_told_apart_by_their_root() {
    for (text, kind) in [
        ("<?xml version='1.0'?><!-- x --><quiz/>", Format::MoodleXml),
        (
            "<assessmentItem xmlns='http://www.imsglobal.org/xsd/imsqti_v2p1'/>",
            Format::Qti,
        ),
        ("<qti-assessment-item/>", Format::Qti),
        ("<q:qti-assessment-test xmlns:q='x'/>", Format::Qti),
        ("<html/>", Format::MoodleXml),
        ("quiz", Format::MoodleXml),
    ] {
        assert_eq!(Format::of_file("a.xml", text.as_bytes()), Some(kind), "{text}");
    }
}

pub(super) fn samples() -> impl Iterator<Item = Imported> {
    let question = |inner: &str| format!("<quiz><question type=\"multichoice\">{inner}</question></quiz>");
    let graded = |grade: u8| {
        format!(
            "<question type=\"multichoice\"><questiontext><text>Gì?</text></questiontext><defaultgrade>{grade}</defaultgrade><shuffleanswers>0</shuffleanswers>{ANSWERS}</question>"
        )
    };
    [
        question(&format!(
            "<questiontext><text>&lt;img src='data:x'&gt;</text></questiontext>{ANSWERS}"
        )),
        format!("<quiz><x/>{}{}</quiz>", graded(1), graded(2)),
        "<quiz>".to_owned(),
        "<!DOCTYPE quiz><quiz/>".to_owned(),
        "<quiz>&a;</quiz>".to_owned(),
        "<?xml version='1.0' encoding='latin1'?><quiz/>".to_owned(),
        format!("<quiz>{}</quiz>", "<a>".repeat(100)),
        "<html/>".to_owned(),
        "<quiz><question type='truefalse'></question></quiz>".to_owned(),
    ]
    .into_iter()
    .map(|text| xml(&text))
}
