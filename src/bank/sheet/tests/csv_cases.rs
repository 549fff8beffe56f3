//! CSV as people and programs write it.

use super::*;

/// Name, text, faults with line and column, questions.
const CASES: &[(&str, &str, &[&str], &[&str])] = &[
    (
        "commas",
        "Câu hỏi,A,B,Đáp án\nHỏi?,x,y,B\n",
        &[],
        &["Hỏi? | x | *y"],
    ),
    (
        "semicolons under a title with commas",
        "Đề thi, tuần 1, năm 2023, bản cuối\r\nCâu hỏi;A;B;Đáp án\r\n\"Hỏi; gì?\";\"x\r\nx\";y;A\r\n",
        &[],
        &["Hỏi; gì? | *x\nx | y"],
    ),
    (
        "tabs and a mark",
        "\u{feff}Question\tOption A\tOption B\tAnswer\nWhich?\tx\ty\t1\n",
        &[],
        &["Which? | *x | y"],
    ),
    (
        "Excel's hint",
        "sep=;\nCâu hỏi;A;B;Đáp án\nHỏi?;x;y;A\n",
        &[],
        &["Hỏi? | *x | y"],
    ),
    (
        "guarded fields",
        "Câu hỏi,A,B,Đáp án\n'=1+1,'-5,''x,A\n",
        &[],
        &["=1+1 | *-5 | 'x"],
    ),
    (
        "an apostrophe of its own",
        "Câu hỏi,A,B,Đáp án\nHỏi?,'tis,y,A\n",
        &[],
        &["Hỏi? | *'tis | y"],
    ),
    (
        "a comma without quotes",
        "Câu hỏi,A,B,Đáp án\nHỏi, gì?,x,y,A\n",
        &["row-length 2:1", "key-unreadable 2:12"],
        &[],
    ),
    (
        "places of faults",
        "Câu hỏi,A,B,Đáp án\n\nHỏi?,x,,C\n  ,x,y,A\nỞ đâu?,x,y,\n",
        &[
            "option-count 3:6",
            "key-beyond 3:9",
            "row-without-stem 4:3",
            "key-empty 5:12",
        ],
        &[],
    ),
    (
        "a date as Excel saves it",
        "Câu hỏi,A,B,Đáp án\nNgày nào?,1-May,02-Thg3,A\n",
        &["text-date 2:11", "text-date 2:17"],
        &["Ngày nào? | *1-May | 02-Thg3"],
    ),
    ("no header", "Họ tên,Lớp\nAn,5A\n", &["no-header 1:1"], &[]),
    (
        "a header that lacks the key",
        "x\nCâu hỏi,A,B\nHỏi?,x,y\n",
        &["columns-missing 2:1"],
        &[],
    ),
    (
        "letters of an old font",
        "C©u hái,A,B,§¸p ¸n\nN¨m nµo?,x,y,A\n",
        &["text-garbled 1:1", "columns-missing 1:1"],
        &[],
    ),
    ("nothing at all", "", &["no-header 1:1"], &[]),
    (
        "a quote that never ends",
        "Câu hỏi,A,B,Đáp án\n\"Hỏi?,x,y,A\nỞ đâu?,x,y,A\n",
        &["syntax 2:1"],
        &["Hỏi? | *x | y", "Ở đâu? | *x | y"],
    ),
];

pub(super) fn faults() -> Vec<Fault> {
    CASES
        .iter()
        .flat_map(|(_, text, ..)| read_csv("de.csv", text.as_bytes()).faults)
        .collect()
}

#[test]
fn each_case_gives_its_questions_and_its_faults_at_their_places() {
    let mut wrong = String::new();
    for (name, text, faults, questions) in CASES {
        let imported = read_csv("de.csv", text.as_bytes());
        let found = told(&imported);
        if found != (owned(faults), owned(questions)) {
            wrong.push_str(&format!("{name}: {found:#?}\n"));
        }
        assert_eq!(imported.loaded.is_none(), has_error(&imported), "{name}");
    }
    assert!(wrong.is_empty(), "{wrong}");
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

#[test]
fn utf16_is_read_and_other_bytes_are_refused() {
    let text = "\u{feff}Câu hỏi\tA\tB\tĐáp án\nHỏi?\tx\ty\tA\n";
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(read_csv("de.csv", &bytes).complete.len(), 1);
    assert_eq!(
        told(&read_csv("de.csv", b"C\xe2u h\xd2i,A,B\n")).0,
        ["not-utf8 1:2"]
    );
}
