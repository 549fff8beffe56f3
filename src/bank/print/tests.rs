//! Claims about the printed paper.

use super::*;
use crate::bank::read_question_file;
use proptest::prelude::*;
use std::io::Read;

fn set(questions: &str) -> LoadedSet {
    let text = format!("[set]\nid = \"de\"\ntitle = \"Lịch sử & địa lý <tỉnh>\"\n{questions}");
    let (set, faults) = read_question_file("de.toml", text.as_bytes());
    set.unwrap_or_else(|| panic!("{faults:?}"))
}

const QUESTIONS: &str = "
[[question]]\nid = \"c1\"\ntext = \"Diện tích **tỉnh** là bao nhiêu km^2^?\"\noptions = [\"8.310\", \"8.311\", \"8.312\", \"8.313\"]\nkey = \"A\"\nlevel = \"easy\"\n
[[question]]\nid = \"c2\"\ntext = \"Hai dòng:\\nsau?\"\noptions = [\"C. Mác\", \"V. I. Lênin\"]\nkey = [\"A\", \"B\"]\nexplanation = \"Vì *thế*\"\nsource = \"sách\"\n";

/// The faults that these tests show.
pub(in crate::bank) fn faults() -> Vec<Fault> {
    write_docx("de.docx", &set(QUESTIONS), KeyPart::With, &PaperHead::default()).losses
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn the_paper_without_key_says_nothing_of_it() {
    let set = set(QUESTIONS);
    let bytes = write_docx("de.docx", &set, KeyPart::Without, &PaperHead::default()).bytes;
    let text = part(&bytes, "word/document.xml");
    for absent in ["ĐÁP ÁN", "LỜI GIẢI", "Vì ", "c1", "c2"] {
        assert!(!text.contains(absent), "{absent}");
    }
    assert!(text.contains("Họ và tên") && text.contains("HẾT"));
    assert!(text.contains("<w:vertAlign w:val=\"superscript\"/></w:rPr><w:t xml:space=\"preserve\">2</w:t>"));
    let with = write_docx("de.docx", &set, KeyPart::With, &PaperHead::default()).bytes;
    assert!(part(&with, "word/document.xml").contains("BẢNG ĐÁP ÁN"));
}

#[test]
fn options_stand_side_by_side_where_they_are_short() {
    let lines = |options: &str| {
        let set = set(&format!(
            "[[question]]\nid = \"c\"\ntext = \"Hỏi?\"\noptions = {options}\nkey = \"A\"\n"
        ));
        per_line(&set.set.questions[0])
    };
    assert_eq!(lines("[\"1930\", \"1931\", \"1932\", \"1933\"]"), 4);
    assert_eq!(lines("[\"1930\", \"1931\", \"1932\"]"), 2);
    assert_eq!(
        lines("[\"Đồng chí Hoàng Văn Thụ\", \"Lương Văn Tri\", \"x\", \"y\"]"),
        2
    );
    assert_eq!(
        lines("[\"Ngày thành lập Đảng bộ tỉnh Lạng Sơn, năm 1933\", \"b\", \"x\", \"y\"]"),
        1
    );
    assert_eq!(lines("[\"C. Mác\", \"b\", \"x\", \"y\"]"), 1);
}

#[test]
fn the_same_set_gives_the_same_bytes_and_the_head_says_who_and_how_long() {
    let set = set(QUESTIONS);
    let head = PaperHead {
        organiser: Some("Ban Tuyên giáo & Dân vận".to_owned()),
        contest: Some("Vòng 1".to_owned()),
        minutes: Some(15),
    };
    let first = write_docx("de.docx", &set, KeyPart::With, &head).bytes;
    assert_eq!(first, write_docx("de.docx", &set, KeyPart::With, &head).bytes);
    let text = part(&first, "word/document.xml");
    assert!(text.contains("BAN TUYÊN GIÁO &amp; DÂN VẬN") && text.contains("15 phút"));
    assert!(text.contains("Lịch sử &amp; địa lý &lt;tỉnh&gt;"));
    assert!(text.contains("Có nhiều phương án đúng ở các câu: 2."));
}

/// Texts as papers have them: words, dates, raised letters; nothing that looks like a label or a heading.
fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[A-ZĐ][a-zđêấ]{4,8}( [a-zđêấ0-9]{1,6}){0,9}",
        1 => "[1-9]{1,2}/[1-9]/19[0-9]{2}",
        1 => "[a-zđ]{2,5} [a-z]{1,3}\\^[0-9]\\^ và H~2~O",
        1 => Just("=1+1 & <b> \"trích\"".to_owned()),
    ]
}

/// Stem, options, which of them are right, explanation.
type Written = (String, Vec<String>, Vec<bool>, Option<String>);

fn question() -> impl Strategy<Value = Written> {
    let options = prop::collection::btree_set(words(), 2..=8);
    (
        words(),
        options,
        prop::collection::vec(any::<bool>(), 8),
        prop::option::of(words()),
    )
        .prop_map(|(stem, options, mut right, explanation)| {
            right.truncate(options.len());
            // Neither none nor all: a paper on which everything is right is taken for one without a key.
            let last = right.len() - 1;
            if !right.contains(&true) {
                right[0] = true;
            } else if !right.contains(&false) {
                right[last] = false;
            }
            (
                format!("{stem}?"),
                options.into_iter().collect(),
                right,
                explanation,
            )
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn a_paper_with_its_key_is_read_as_the_questions_that_were_written(list in prop::collection::vec(question(), 1..14)) {
        let table = |(nth, (stem, options, right, explanation)): (usize, &Written)| {
            let letters: Vec<char> = LABELS.into_iter().zip(right).filter(|(_, right)| **right).map(|(label, _)| label).collect();
            let explanation = explanation.as_ref().map(|text| format!("explanation = {text:?}\n")).unwrap_or_default();
            format!("[[question]]\nid = \"cau-{:03}\"\ntext = {stem:?}\noptions = {options:?}\nkey = {:?}\n{explanation}", nth + 1,
                letters.iter().map(char::to_string).collect::<Vec<_>>())
        };
        let tables: String = list.iter().enumerate().map(table).collect();
        let text = format!("[set]\nid = \"de\"\ntitle = \"de\"\n{tables}");
        let (set, _) = read_question_file("de.toml", text.as_bytes());
        // Options or stems that are alike in all but marks are refused or warned about before they are printed.
        prop_assume!(set.is_some());
        let set = set.unwrap();
        let bytes = write_docx("de.docx", &set, KeyPart::With, &PaperHead::default()).bytes;
        let (read, faults) = read_question_file("de.docx", &bytes);
        prop_assert_eq!(read.as_ref(), Some(&set), "{:?}", faults.iter().map(|fault| (fault.code.name(), &fault.excerpt)).collect::<Vec<_>>());
    }
}
