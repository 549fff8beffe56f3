//! What Moodle reads and writes of GIFT, Aiken and its XML at the borders of each case; the numbers are those of the list of
//! cases. The middle of each case is in `gift`, `aiken` and `moodle`.

use super::*;
use crate::bank::exchange::aiken_write::write_aiken;

fn gift(text: &str) -> Imported {
    read_gift("bo-de.gift.txt", text.as_bytes())
}

fn aiken(text: &str) -> Imported {
    read_aiken("bo-de.txt", text.as_bytes())
}

fn xml(inner: &str) -> Imported {
    let text = format!("<quiz><question type=\"multichoice\">{inner}</question></quiz>");
    read_moodle_xml("bo-de.xml", text.as_bytes())
}

#[test]
fn gift_1_a_line_of_white_space_separates_and_a_comment_does_not() {
    let read = gift(
        "\u{feff}Một? {=A1 ~B1}\r\n \t\r\n  // ghi chú\r\nHai? {\r\n=A2 // không phải ghi chú\r\n   // ghi chú\r\n~B2}\r\n",
    );
    let two = [
        expected("Một?", &["A1", "B1"], &[0]),
        expected("Hai?", &["A2 // không phải ghi chú", "B2"], &[0]),
    ];
    assert_eq!(loaded(&read), (two.to_vec(), vec![]));
    // A file of comments alone has no questions.
    assert_eq!(refused(&gift("// một\n\n// hai\n")), ["no-questions"]);
}

#[test]
fn gift_2_a_category_may_be_nested_empty_or_without_a_question() {
    let question = "Thủ đô ở đâu? {=Hà Nội ~Huế}";
    for (line, title) in [
        ("$CATEGORY:$course$/Sử/Tuần 1", "Tuần 1"),
        ("$CATEGORY: tom/dick/harry", "harry"),
        ("$CATEGORY:", "bo-de.gift"),
        ("   $CATEGORY: Đề chung   ", "Đề chung"),
    ] {
        let read = gift(&format!("{line}\n\n{question}"));
        assert_eq!(read.loaded.unwrap().set.title, title, "{line}");
    }
    assert_eq!(refused(&gift("$CATEGORY: chỉ có mục\n")), ["no-questions"]);
}

#[test]
fn gift_3_a_name_may_be_empty_and_hold_escaped_colons() {
    for (text, id) in [
        (":: ::Hỏi gì? {=A1 ~B1}", None),
        ("::a\\:\\:b::Hỏi gì? {=A1 ~B1}", Some("a-b")),
    ] {
        let read = gift(text);
        let question = first(&read);
        assert_eq!(question.text, "Hỏi gì?", "{text}");
        assert!(id.is_none_or(|id| question.id.0 == id), "{}", question.id);
    }
}

#[test]
fn gift_6_texts_have_the_format_they_say_wherever_they_stand() {
    let read = gift(
        "[moodle]Dòng một\nlà <b>gì</b>? {=[plain]<b>x</b>#[html]<p><b>Đúng</b>  rồi</p> ~[html]<i>y</i>}",
    );
    let (questions, _) = loaded(&read);
    assert_eq!(
        questions,
        [expected("Dòng một\nlà **gì**?", &["<b>x</b>", "*y*"], &[0])]
    );
    assert_eq!(first(&read).explanation.as_deref(), Some("**Đúng** rồi"));
    // An option does not take the format of the option before it.
    let next = gift("[plain]Gì? {=[html]<b>x</b> ~<b>y</b>}");
    assert_eq!(loaded(&next).0[0].1, ["**x**", "<b>y</b>"]);
}

#[test]
fn gift_7_the_first_kind_that_fits_is_taken() {
    // A tilde makes a choice, whatever else is there.
    let arrow = gift("Gì? {=a -> b ~c}");
    assert_eq!(loaded(&arrow).0, [expected("Gì?", &["a -> b", "c"], &[0])]);
    for (text, code) in [
        ("Gì? {  #~5}", "question-type"),
        ("Gì? {=TRUE}", "gift-truth-word"),
        ("Gì? {TRUE FALSE}", "question-type"),
        ("Gì? {=a =b}", "question-type"),
    ] {
        assert_eq!(refused(&gift(text)), [code], "{text}");
    }
}

#[test]
fn gift_8_options_are_found_whatever_stands_around_their_signs() {
    for text in [
        "Gì?{=x~y~z}",
        "Gì? {\n=x\n\n~y}",
        "Gì? { = x ~ y ~ z }",
        "Gì? {\n\t=x\n\t~y\n\t~z\n}",
    ] {
        let read = gift(text);
        // An empty line inside breaks the question.
        if text.contains("\n\n") {
            assert_eq!(refused(&read), ["gift-brace", "gift-brace"]);
        } else {
            assert_eq!(
                loaded(&read).0,
                [expected("Gì?", &["x", "y", "z"], &[0])],
                "{text}"
            );
        }
    }
    assert_eq!(refused(&gift("Gì? {=x ~}")), ["empty-text"]);
    assert_eq!(refused(&gift("Gì? {~}")), ["option-count"]);
}

#[test]
fn gift_9_a_weight_has_a_digit_first_and_any_number_of_dashes() {
    for (options, key, code) in [
        ("~ %50%x ~%050.0%y ~%-50%z", vec![0, 1], "all-or-nothing"),
        ("~%100.%x ~%--100%y ~%-100%z", vec![], "weight-sum"),
        ("=x ~%.5%y ~z", vec![0], "gift-weight-text"),
        ("=x ~%50 %y ~z", vec![0], "gift-weight-text"),
        ("=x ~%abc%y ~z", vec![0], ""),
        ("=x ~5%50%y ~z", vec![0], ""),
    ] {
        let read = gift(&format!("Gì? {{{options}}}"));
        let told = codes(&read.faults);
        assert_eq!(told.first().copied().unwrap_or_default(), code, "{options}");
        match &read.loaded {
            Some(_) => assert_eq!(loaded(&read).0[0].2, key, "{options}"),
            None => assert!(key.is_empty(), "{options}: {told:?}"),
        }
    }
}

#[test]
fn gift_10_the_last_four_signs_begin_what_is_said_to_all() {
    let read = gift("Gì? {=x#Đúng ~y ####Một ####Hai}");
    assert_eq!(first(&read).explanation.as_deref(), Some("Hai\nĐúng"));
    assert_eq!(
        codes(&read.faults),
        ["feedback-dropped"],
        "the first four belong to y"
    );
    let truth = gift("Đúng? {T####Vì thế}");
    assert_eq!(first(&truth).explanation.as_deref(), Some("Vì thế"));
    let escaped = gift("Gì? {=x\\#1 ~y\\#2}");
    assert_eq!(loaded(&escaped).0[0].1, ["x#1", "y#2"]);
}

#[test]
fn aiken_1_signs_and_white_space_are_taken_as_moodle_takes_them() {
    let read = aiken("\u{feff}  Thủ đô?  \r\n A.\tHuế\r\nB)Hà Nội \r\n\r\nANSWER:   B  \r\n");
    assert_eq!(
        loaded(&read),
        (vec![expected("Thủ đô?", &["Huế", "Hà Nội"], &[1])], vec![])
    );
    // Small letters, other signs and two letters make no option: the text goes on.
    for line in ["a. x", "A: x", "A- x", "AB. x", "Á. x", "1. x"] {
        let read = aiken(&format!("Hỏi?\n{line}\nA. y\nB. z\nANSWER: A"));
        let (questions, codes) = loaded(&read);
        assert_eq!(questions, [expected(&format!("Hỏi?\n{line}"), &["y", "z"], &[0])]);
        assert_eq!(codes, ["aiken-long-stem"], "{line}");
    }
    // So does a line between options, which ends the question there.
    assert_eq!(
        refused(&aiken("Hỏi?\nA. x\nb. y\nB. z\nANSWER: A")),
        ["aiken-unfinished", "aiken-long-stem", "option-count"]
    );
}

#[test]
fn aiken_4_letters_beyond_h_are_letters_of_options_too() {
    let options: String = ('A'..='I').map(|c| format!("{c}. x{c}\n")).collect();
    // Nine options are one more than a question may have.
    assert_eq!(
        refused(&aiken(&format!("Hỏi?\n{options}ANSWER: A"))),
        ["option-count"]
    );
    let options: String = ('A'..='H').map(|c| format!("{c}. x{c}\n")).collect();
    assert_eq!(loaded(&aiken(&format!("Hỏi?\n{options}ANSWER: H"))).0[0].2, [7]);
    for answer in ["B và C", "A.", "a", "Á", "Z"] {
        let read = aiken(&format!("Hỏi?\n{options}ANSWER: {answer}"));
        assert!(read.loaded.is_none(), "{answer}");
        assert_eq!(read.faults.len(), 1, "{answer}: {:?}", read.faults);
    }
}

#[test]
fn aiken_5_what_cannot_be_written_is_listed_one_by_one() {
    let source = "Một\\nhai? {=x ~y}\n\nHai đúng? {~%50%x ~%50%y ~z}\n\nA. Mác là ai? {=x ~y}\n\nANSWER\\: là gì? {=x ~y}";
    let set = gift(source).loaded.unwrap();
    let written = write_aiken("bo.txt", &set.set, &set.key);
    let text = String::from_utf8(written.bytes).unwrap();
    assert_eq!(text, "Một hai?\nA. x\nB. y\nANSWER: A\n\n");
    let skipped: Vec<_> = written
        .losses
        .iter()
        .filter(|fault| fault.code.name() == "export-skipped")
        .collect();
    assert_eq!(skipped.len(), 3);
    assert_eq!(loaded(&aiken(&text)).0, [expected("Một hai?", &["x", "y"], &[0])]);
}

const STEM: &str = "<questiontext><text>Gì?</text></questiontext>";
const ANSWERS: &str =
    "<answer fraction=\"100\"><text>x</text></answer><answer fraction=\"0\"><text>y</text></answer>";

#[test]
fn moodle_settings_are_read_in_every_way_of_writing_them() {
    let halves = "<answer fraction=\"50\"><text>x</text></answer><answer fraction=\"50.00000\"><text>y</text></answer>\
                  <answer fraction=\"-100\"><text>z</text></answer>";
    for several in ["false", "0"] {
        let read = xml(&format!("{STEM}<single>{several}</single>{halves}"));
        assert_eq!(loaded(&read).0[0].2, [0, 1], "{several}");
    }
    for one in ["<single>true</single>", "<single>1</single>", ""] {
        assert_eq!(loaded(&xml(&format!("{STEM}{one}{ANSWERS}"))).0[0].2, [0]);
        assert_eq!(refused(&xml(&format!("{STEM}{one}{halves}"))), ["no-full-mark"]);
    }
    for numbering in ["abc", "ABCD", "123", "iii", "IIII", "none", ""] {
        let read = xml(&format!(
            "{STEM}<answernumbering>{numbering}</answernumbering>{ANSWERS}"
        ));
        assert_eq!(loaded(&read).1, [""; 0], "{numbering}");
    }
    for shuffled in ["true", "1", ""] {
        let read = xml(&format!(
            "{STEM}<shuffleanswers>{shuffled}</shuffleanswers>{ANSWERS}"
        ));
        assert_eq!(loaded(&read).0[0].1, ["x", "y"], "{shuffled}");
    }
    for kept in ["false", "0"] {
        let read = xml(&format!("{STEM}<shuffleanswers>{kept}</shuffleanswers>{ANSWERS}"));
        assert_eq!(loaded(&read).0[0].1, ["x!", "y!"], "{kept}");
    }
}

#[test]
fn moodle_texts_may_be_cut_into_sections_and_escaped() {
    for text in [
        "a &lt;b&gt;x&lt;/b&gt; &amp;amp; y?",
        "<![CDATA[a <b>x</b> &amp; y?]]>",
        "a <![CDATA[<b>x</b>]]> &amp;amp; y?",
        "<![CDATA[a <b>x]]><![CDATA[</b> &amp; y?]]>",
        "a &#60;b&#x3e;x&lt;/b&gt; &amp;#38; y?",
    ] {
        let read = xml(&format!(
            "<questiontext format=\"html\"><text>{text}</text></questiontext>{ANSWERS}"
        ));
        assert_eq!(loaded(&read).0[0].0, "a **x** & y?", "{text}");
    }
}

#[test]
fn moodle_html_is_reduced_to_what_entrants_are_shown() {
    let html = "<p onclick=\"x()\" style=\"color:red\" dir=\"ltr\">Một <a href=\"javascript:x()\">hai</a> H<sub>2</sub>O, x<sup>2</sup></p>\
                <ul><li>ba</li><li>bốn?</li></ul><!-- ghi chú -->";
    let read = xml(&format!(
        "<questiontext format=\"html\"><text><![CDATA[{html}]]></text></questiontext>{ANSWERS}"
    ));
    let (questions, told) = loaded(&read);
    assert_eq!(questions[0].0, "Một hai H~2~O, x^2^\nba\nbốn?");
    assert!(told.iter().all(|code| *code == "html-dropped"), "{told:?}");
    let with = |content: &str| {
        xml(&format!(
            "<questiontext format=\"html\"><text><![CDATA[Gì? {content}]]></text></questiontext>{ANSWERS}"
        ))
    };
    let script = with("<script>x()</script><style>p { color: red }</style>");
    assert_eq!(loaded(&script).0[0].0, "Gì?");
    // What the question cannot be understood without is not left out.
    for content in [
        "<object data=\"a\"></object>",
        "<math><mi>x</mi></math>",
        "<iframe src=\"a\"></iframe>",
    ] {
        assert_eq!(refused(&with(content)), ["html-content"], "{content}");
    }
}

#[test]
fn moodle_says_of_the_right_option_what_is_told_later() {
    let answers = "<answer fraction=\"100\"><text>x</text><feedback format=\"html\"><text>&lt;b&gt;Đúng&lt;/b&gt;</text></feedback></answer>\
                   <answer fraction=\"0\"><text>y</text><feedback><text>Sai</text></feedback></answer>";
    let read = xml(&format!(
        "{STEM}<generalfeedback><text>Xem sách.</text></generalfeedback>{answers}"
    ));
    assert_eq!(first(&read).explanation.as_deref(), Some("Xem sách.\n**Đúng**"));
    assert_eq!(codes(&read.faults), ["feedback-dropped"]);
}

#[test]
fn moodle_files_are_found_by_name_and_only_as_base64() {
    let stem = |encoding: &str, bytes: &str| {
        format!(
            "<questiontext format=\"html\"><text><![CDATA[<img src=\"@@PLUGINFILE@@/thu%20muc/c%E1%BB%9D.png\" alt=\"cờ\">Gì?]]></text>\
             <file name=\"cờ.png\" path=\"/thu muc/\" encoding=\"{encoding}\">{bytes}</file></questiontext>{ANSWERS}"
        )
    };
    let png = "\n iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGA\n WjR9awAAAABJRU5ErkJggg== \n";
    let read = xml(&stem("base64", png));
    assert_eq!(shown_with(first(&read)), ["media/co.png"]);
    assert_eq!(refused(&xml(&stem("none", png))), ["package-picture-missing"]);
    assert_eq!(refused(&xml(&stem("base64", "###"))), ["package-picture-missing"]);
}

#[test]
fn moodle_categories_are_named_by_their_last_part() {
    for (path, title) in [
        ("top/A/B", "B"),
        ("$system$/top/A", "A"),
        ("$cat1$/top/Mặc định cho khóa học", "Mặc định cho khóa học"),
        ("Lịch sử", "Lịch sử"),
        ("", "bo-de"),
    ] {
        let text = format!(
            "<quiz><question type=\"category\"><category><text>{path}</text></category></question>\
             <question type=\"multichoice\">{STEM}{ANSWERS}</question></quiz>"
        );
        let read = read_moodle_xml("bo-de.xml", text.as_bytes());
        assert_eq!(read.loaded.unwrap().set.title, title, "{path}");
    }
}
