//! One small workbook for each thing that people put into sheets.

use super::*;

type Line<'a> = (u32, &'a [&'a str]);

/// Name, bytes, faults with their cells, questions.
type Case = (
    &'static str,
    Vec<u8>,
    &'static [&'static str],
    &'static [&'static str],
);

fn one(
    name: &'static str,
    line: &[&str],
    faults: &'static [&'static str],
    questions: &'static [&'static str],
) -> Case {
    (name, sheet(&[(2, line)]), faults, questions)
}

/// A table under a header of its own.
fn under(
    name: &'static str,
    lines: &[Line<'_>],
    faults: &'static [&'static str],
    questions: &'static [&'static str],
) -> Case {
    (
        name,
        workbook(&[("Đề", "", &rows(lines))], "", STYLES),
        faults,
        questions,
    )
}

const GOOD: &[&str] = &["Hỏi gì?", "một", "hai", "ba", "bốn", "B"];
const GOOD_READ: &str = "Hỏi gì? | một | *hai | ba | bốn";
const OTHER: &[&str] = &["Ở đâu?", "đây", "kia", "đó", "xa", "A"];
const OTHER_READ: &str = "Ở đâu? | *đây | kia | đó | xa";

fn cells() -> Vec<Case> {
    vec![
        one("plain", GOOD, &[], &[GOOD_READ]),
        one(
            "numbers are texts as shown",
            &[
                "Năm nào?",
                "<c r=\"@\"><v>1930</v></c>",
                "<c r=\"@\"><v>1931.0</v></c>",
                "<c r=\"@\" s=\"4\"><v>912345678</v></c>",
                "<c r=\"@\"><v>-5</v></c>",
                "A",
            ],
            &[],
            &["Năm nào? | *1930 | 1931 | 0912345678 | -5"],
        ),
        one(
            "numbers with a decimal comma and groups are read with a warning",
            &[
                "Bao nhiêu?",
                "<c r=\"@\"><v>0.5</v></c>",
                "<c r=\"@\" s=\"5\"><v>486328</v></c>",
                "x",
                "",
                "A",
            ],
            &["number-shown Đề!B2", "number-shown Đề!C2"],
            &["Bao nhiêu? | *0,5 | 486.328 | x"],
        ),
        one(
            "a number with a unit in its format is not guessed",
            &[
                "Rộng bao nhiêu?",
                "<c r=\"@\" s=\"6\"><v>8310</v></c>",
                "hai",
                "",
                "",
                "A",
            ],
            &["number-format Đề!B2"],
            &[],
        ),
        one(
            "a date that was 1-5 or 3/2",
            &[
                "Ngày nào?",
                "<c r=\"@\" s=\"1\"><v>45413</v></c>",
                "<c r=\"@\" s=\"7\"><v>45413</v></c>",
                "<c r=\"@\" s=\"3\"><v>45413</v></c>",
                "x",
                "A",
            ],
            &["date-cell Đề!B2", "date-cell Đề!C2", "date-cell Đề!D2"],
            &[],
        ),
        one(
            "a date that everybody sees alike is read with a warning",
            &[
                "Ngày nào?",
                "<c r=\"@\" s=\"2\"><v>14881</v></c>",
                "<c r=\"@\" s=\"3\"><v>14881</v></c>",
                "<c r=\"@\" t=\"d\"><v>1940-09-27</v></c>",
                "x",
                "D",
            ],
            &[
                "date-read Đề!B2",
                "date-read Đề!C2",
                "date-read Đề!D2",
                "option-duplicate Đề!D2",
            ],
            &["Ngày nào? | 27/09/1940 | 27/9/1940 | 27/9/1940 | *x"],
        ),
        one(
            "a date without a day",
            &["Ngày nào?", "<c r=\"@\" s=\"1\"><v>0</v></c>", "hai", "", "", "A"],
            &["date-cell Đề!B2"],
            &[],
        ),
        one(
            "a text that was a date",
            &["Ngày nào?", "1-May", "2-5", "", "", "A"],
            &["text-date Đề!B2"],
            &["Ngày nào? | *1-May | 2-5"],
        ),
        one(
            "formulas and errors are refused",
            &[
                "<c r=\"@\" t=\"str\"><f>A1&amp;\"?\"</f><v>x</v></c>",
                "<c r=\"@\" t=\"e\"><v>#REF!</v></c>",
                "hai",
                "ba",
                "",
                "<c r=\"@\"><f>1</f><v>1</v></c>",
            ],
            &["formula-cell Đề!A2", "error-cell Đề!B2", "formula-cell Đề!F2"],
            &[],
        ),
        one(
            "truth values are texts with a warning",
            &[
                "Is it?",
                "<c r=\"@\" t=\"b\"><v>1</v></c>",
                "<c r=\"@\" t=\"b\"><v>0</v></c>",
                "",
                "",
                "A",
            ],
            &["boolean-cell Đề!B2", "boolean-cell Đề!C2"],
            &["Is it? | *TRUE | FALSE"],
        ),
        one(
            "an empty option between others",
            &["Hỏi?", "một", "", "ba", "", "B"],
            &["option-gap Đề!C2"],
            &[],
        ),
        one(
            "one option only, where four cells could count",
            &["Hỏi?", "một", "", "", "", "A"],
            &["option-count Đề!B2"],
            &["Hỏi? | *một"],
        ),
        one(
            "no key",
            &["Hỏi?", "một", "hai", "", "", ""],
            &["key-empty Đề!F2"],
            &[],
        ),
        one(
            "no stem",
            &["", "một", "hai", "", "", "A"],
            &["row-without-stem Đề!A2"],
            &[],
        ),
        one(
            "a key beyond the options",
            &["Hỏi?", "một", "hai", "", "", "D"],
            &["key-beyond Đề!F2"],
            &[],
        ),
        one(
            "a key that is no key",
            &["Hỏi?", "một", "hai", "", "", "mộ"],
            &["key-unreadable Đề!F2"],
            &[],
        ),
        one(
            "a key that is a number beyond",
            &["Hỏi?", "một", "hai", "ba", "bốn", "<c r=\"@\"><v>12</v></c>"],
            &["key-unreadable Đề!F2"],
            &[],
        ),
        one(
            "a key whose comma became decimal",
            &["Hỏi?", "một", "hai", "ba", "", "<c r=\"@\"><v>1.3</v></c>"],
            &["key-decimal Đề!F2"],
            &[],
        ),
        one(
            "a number that could be text or place",
            &["Hỏi?", "3", "1", "2", "", "<c r=\"@\"><v>1</v></c>"],
            &["key-ambiguous Đề!F2"],
            &[],
        ),
        one(
            "several right options by numbers",
            &["Hỏi?", "một", "hai", "ba", "", "1,3"],
            &[],
            &["Hỏi? | *một | hai | *ba"],
        ),
        one(
            "the full text of an option",
            &["Hỏi?", "Bắc Sơn", "Lạng Sơn", "", "", "Lạng Sơn"],
            &[],
            &["Hỏi? | Bắc Sơn | *Lạng Sơn"],
        ),
        one(
            "marks stored apart and odd spaces",
            &[
                "Hỏi ở La\u{323}ng Sơn?",
                "mo\u{302}\u{323}t",
                "hai\u{a0}ba",
                "",
                "",
                "A",
            ],
            &["not-nfc Đề!A2", "not-nfc Đề!B2", "odd-space Đề!C2"],
            &["Hỏi ở Lạng Sơn? | *một | hai ba"],
        ),
        one(
            "bold and raised letters are markup, signs are letters",
            &[
                "<c r=\"@\" t=\"inlineStr\"><is><r><t xml:space=\"preserve\">Ý nào </t></r><r><rPr><b/></rPr><t>sai</t></r><r><t>?</t></r></is></c>",
                "<c r=\"@\" t=\"inlineStr\"><is><r><t>km</t></r><r><rPr><vertAlign val=\"superscript\"/></rPr><t>2</t></r></is></c>",
                "5*3*2",
                "",
                "",
                "A",
            ],
            &[],
            &["Ý nào **sai**? | *km^2^ | 5\\*3\\*2"],
        ),
        one(
            "labels in front of all options",
            &["Hỏi?", "A. 1930", "B. 1931", "C) 1932", "", "B"],
            &["labels-removed Đề!B2"],
            &["Hỏi? | 1930 | *1931 | 1932"],
        ),
        one(
            "a name that looks like a label",
            &["Ai?", "C. Mác", "V. I. Lênin", "A. Anhxtanh", "", "A"],
            &[],
            &["Ai? | *C. Mác | V. I. Lênin | A. Anhxtanh"],
        ),
        one(
            "an option that combines others",
            &["Hỏi?", "một", "hai", "Tất cả các đáp án trên", "", "C"],
            &["pin-names-place Đề!D2"],
            &["Hỏi? | một | hai | *!Tất cả các đáp án trên"],
        ),
        one(
            "a text beyond its limit",
            &["Hỏi?", &"x".repeat(1_001), "hai", "", "", "B"],
            &["text-too-long Đề!B2"],
            &[],
        ),
    ]
}

fn tables() -> Vec<Case> {
    let mut far: Vec<Line<'_>> = vec![(1, HEAD), (2, GOOD)];
    far.push((150, OTHER));
    let merged = format!(
        "{}<mergeCells><mergeCell ref=\"A2:F2\"/><mergeCell ref=\"B4:C4\"/><mergeCell ref=\"A9:B9\"/></mergeCells>",
        rows(&[(1, HEAD), (2, &["PHẦN I"]), (3, GOOD), (4, OTHER)])
    );
    let hidden = format!(
        "<cols><col min=\"2\" max=\"2\" hidden=\"1\"/></cols>{}<drawing r:id=\"x\"/>",
        rows(&[(1, HEAD), (2, GOOD), (3, OTHER)]).replace("<row r=\"3\"", "<row r=\"3\" hidden=\"1\"")
    );
    let table = rows(&[(1, HEAD), (2, GOOD)]);
    let second = rows(&[(3, HEAD), (4, OTHER)]);
    let shorter = rows(&[
        (1, &["Câu hỏi", "A", "B", "Đáp án"]),
        (2, &["Hỏi?", "x", "y", "A"]),
    ]);
    let remark = rows(&[(1, &["Ghi chú của tổ"])]);
    vec![
        (
            "empty rows do not stop the reading, nor does row 100",
            workbook(&[("Đề", "", &rows(&far))], "", ""),
            &[],
            &[GOOD_READ, OTHER_READ],
        ),
        under(
            "the header stands anywhere in the first rows, in any order and in English",
            &[
                (1, &["Provincial contest"]),
                (3, &["", "Title", "x"]),
                (6, &["Answer", "#", "Option 1", "Question", "Option 2"]),
                (7, &["2", "1", "one", "Which?", "two"]),
            ],
            &[],
            &["Which? | one | *two"],
        ),
        under(
            "numbers that all stems begin with are taken off, those of some stay",
            &[
                (1, &["Câu hỏi", "A", "B", "Đáp án (A/B/C/D)"]),
                (2, &["Câu 1: Hỏi?", "x", "y", "A"]),
                (3, &["Câu 2. Ở đâu?", "x", "y", "B"]),
            ],
            &["numbers-removed Đề!A2"],
            &["Hỏi? | *x | y", "Ở đâu? | x | *y"],
        ),
        under(
            "a number in front of one stem may belong to it",
            &[
                (1, &["Câu hỏi", "A", "B", "Đáp án"]),
                (2, &["Câu 1. trong bài thơ nói gì?", "x", "y", "A"]),
                (3, &["Ở đâu?", "x", "y", "B"]),
            ],
            &[],
            &["Câu 1. trong bài thơ nói gì? | *x | y", "Ở đâu? | x | *y"],
        ),
        under(
            "two rows of names",
            &[
                (1, &["STT", "Câu hỏi", "Phương án", "", "Đáp án"]),
                (2, &["", "", "A", "B"]),
                (3, &["<c r=\"@\"><v>1</v></c>", "Hỏi?", "x", "y", "A"]),
            ],
            &[],
            &["Hỏi? | *x | y"],
        ),
        under(
            "level, explanation, source, name, picture and pins",
            &[
                (
                    1,
                    &[
                        "Mã",
                        "Câu hỏi",
                        "Đáp án A",
                        "Đáp án B",
                        "Đáp án",
                        "Mức độ",
                        "Giải thích",
                        "Nguồn",
                        "Hình ảnh/Media",
                        "Mô tả hình",
                        "Giữ chỗ",
                    ],
                ),
                (
                    2,
                    &[
                        "cau-a",
                        "Hỏi?",
                        "x",
                        "y",
                        "b",
                        "VD",
                        "vì thế",
                        "sách * trang",
                        "media/a.png",
                        "Cột cờ",
                        "B",
                    ],
                ),
                (
                    3,
                    &[
                        "cau-b",
                        "Hỏi nữa?",
                        "x",
                        "Cả hai ý trên",
                        "a",
                        "1",
                        "",
                        "",
                        "",
                        "",
                        "không",
                    ],
                ),
            ],
            &["option-points-to-others Đề!D3"],
            &["Hỏi? | x | *!y", "Hỏi nữa? | *x | Cả hai ý trên"],
        ),
        under(
            "what cannot be understood in them",
            &[
                (1, &["Câu hỏi", "A", "B", "Đáp án", "Độ khó", "Giữ chỗ"]),
                (2, &["Hỏi?", "x", "y", "A", "vừa vừa", ""]),
                (3, &["Hỏi nữa?", "x", "y", "A", "Dễ", "cuối"]),
            ],
            &["level-unknown Đề!E2", "pin-unreadable Đề!F3"],
            &["Hỏi nữa? | *x | y"],
        ),
        under(
            "keys of two kinds",
            &[
                (1, HEAD),
                (2, GOOD),
                (3, &["Ở đâu?", "đây", "kia", "", "", "2"]),
                (4, &["Khi nào?", "nay", "mai", "", "", "C.1"]),
            ],
            &["key-mixed Đề!F3", "key-unreadable Đề!F4"],
            &[GOOD_READ],
        ),
        under(
            "no header",
            &[(1, &["Họ tên", "Lớp"]), (2, &["An", "5A"])],
            &["no-header Đề!A1"],
            &[],
        ),
        under(
            "a header that lacks a column",
            &[(2, &["STT", "Câu hỏi", "A", "B"]), (3, &["", "Hỏi?", "x", "y"])],
            &["columns-missing Đề!A2"],
            &[],
        ),
        under(
            "a column twice",
            &[
                (1, &["Câu hỏi", "A", "B", "Đáp án", "Key"]),
                (2, &["Hỏi?", "x", "y", "A", "B"]),
            ],
            &["header-twice Đề!E1"],
            &[],
        ),
        under(
            "columns that a set has no place for, with and without a name",
            &[
                (1, &["Câu hỏi", "A", "B", "Đáp án", "Người soạn", "Trống", ""]),
                (2, &["Hỏi?", "x", "y", "A", "Sử", "", "?"]),
            ],
            &["column-ignored Đề!E1", "column-nameless Đề!G2"],
            &["Hỏi? | *x | y"],
        ),
        under(
            "a heading between questions, and a count below",
            &[
                (1, &["STT", "Câu hỏi", "A", "B", "Đáp án"]),
                (2, &["Phần I"]),
                (3, &["1", "Hỏi?", "x", "y", "A"]),
                (4, &["2"]),
            ],
            &["row-ignored Đề!A2"],
            &["Hỏi? | *x | y"],
        ),
        under(
            "the same question twice, by the row that Excel shows",
            &[(1, HEAD), (5, GOOD), (9, GOOD)],
            &["stem-duplicate Đề!A9"],
            &[GOOD_READ, GOOD_READ],
        ),
        (
            "merged cells in the table",
            workbook(&[("Đề", "", &merged)], "", ""),
            &["row-ignored Đề!A2", "merged-cells Đề!B4"],
            &[GOOD_READ],
        ),
        (
            "comments on cells",
            workbook(
                &[("Đề", "", &format!("{table}<legacyDrawing r:id=\"x\"/>"))],
                "",
                "",
            ),
            &["comments-ignored Đề!A1"],
            &[GOOD_READ],
        ),
        (
            "hidden rows and columns, a picture",
            workbook(&[("Đề", "", &hidden)], "", ""),
            &[
                "pictures-ignored Đề!A1",
                "column-hidden Đề!B1",
                "rows-hidden Đề!A3",
            ],
            &[GOOD_READ, OTHER_READ],
        ),
        (
            "sheets of one shape are read one after the other",
            workbook(&[("Một", "", &table), ("Hai", "", &second)], "", ""),
            &[],
            &[GOOD_READ, OTHER_READ],
        ),
        (
            "sheets of two shapes",
            workbook(&[("Một", "", &table), ("Hai", "", &shorter)], "", ""),
            &["sheets-differ Một!A1"],
            &[],
        ),
        (
            "hidden sheets and sheets of remarks",
            workbook(
                &[
                    ("Đề", "", &table),
                    ("Nháp", "state=\"hidden\"", &second),
                    ("Ghi", "", &remark),
                    ("Trống", "", "<sheetData/>"),
                    ("Hướng dẫn", "", &remark),
                ],
                "",
                "",
            ),
            &["sheet-hidden Nháp!A1", "sheet-ignored Ghi!A1"],
            &[GOOD_READ],
        ),
        (
            "no question",
            workbook(&[("Đề", "", &rows(&[(1, HEAD)]))], "", ""),
            &["no-questions Đề!A1"],
            &[],
        ),
    ]
}

pub(super) fn faults() -> Vec<Fault> {
    let cases = cells().into_iter().chain(tables());
    cases
        .flat_map(|(_, bytes, ..)| read_xlsx("de.xlsx", &bytes).faults)
        .collect()
}

#[test]
fn each_case_gives_its_questions_and_its_faults_at_their_cells() {
    let mut wrong = String::new();
    for (name, bytes, faults, questions) in cells().into_iter().chain(tables()) {
        let imported = read_xlsx("de.xlsx", &bytes);
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
fn every_field_of_a_row_arrives() {
    let lines: &[Line<'_>] = &[
        (1, &["Tên bộ câu hỏi", "Tìm hiểu Lạng Sơn"]),
        (
            2,
            &[
                "ID",
                "Question",
                "A",
                "B",
                "Key",
                "Level",
                "Explanation",
                "Source",
                "Topic",
                "Media",
                "Alt",
            ],
        ),
        (
            3,
            &[
                "c1",
                "Hỏi?",
                "x",
                "y",
                "B",
                "Khó",
                "vì *thế*",
                "sách *ấy*",
                "Địa lý",
                "media/a.png\nmedia/b.mp3\nmedia/c.png",
                "Cột cờ\n\nChùa Tiên",
            ],
        ),
    ];
    let imported = read_xlsx(
        "thu-muc/Đề tuần 1.xlsx",
        &workbook(&[("Đề", "", &rows(lines))], "", ""),
    );
    let loaded = imported.loaded.unwrap();
    assert_eq!(
        (loaded.set.id.0.as_str(), loaded.set.title.as_str()),
        ("de-tuan-1", "Tìm hiểu Lạng Sơn")
    );
    let question = &loaded.set.questions[0];
    assert_eq!(question.level, Some(crate::domain::question::Level::Hard));
    assert_eq!(question.explanation.as_deref(), Some("vì \\*thế\\*"));
    assert_eq!(question.source.as_deref(), Some("sách *ấy*"));
    let media: Vec<_> = question
        .media
        .iter()
        .map(|media| (media.file.as_str(), media.alt.as_deref()))
        .collect();
    assert_eq!(
        media,
        [
            ("media/a.png", Some("Cột cờ")),
            ("media/b.mp3", None),
            ("media/c.png", Some("Chùa Tiên"))
        ]
    );
}

#[test]
fn reading_a_longer_file_again_gives_the_longer_set_and_nothing_of_the_old() {
    let short = read_xlsx("de.xlsx", &sheet(&[(2, GOOD)])).loaded.unwrap();
    let long = read_xlsx("de.xlsx", &sheet(&[(2, GOOD), (3, OTHER)]))
        .loaded
        .unwrap();
    assert_eq!((short.set.questions.len(), long.set.questions.len()), (1, 2));
    assert_eq!(short.set.id, long.set.id);
}

#[test]
fn a_fault_names_the_cell_quotes_it_and_shows_its_row() {
    let imported = read_xlsx(
        "de.xlsx",
        &sheet(&[(
            7,
            &[
                "Ngày nào?",
                "<c r=\"@\" s=\"1\"><v>45413</v></c>",
                "2",
                "",
                "",
                "A",
            ],
        )]),
    );
    let fault = &imported.faults[0];
    let json = fault.json(crate::i18n::Lang::Vi);
    assert_eq!(json.place, "trang tính Đề, ô B7, câu 1 (cau-001)");
    assert_eq!(json.excerpt, "1/5/2024");
    assert!(
        json.suggestion.contains("1/5, 1-5, 5/1, 5-1"),
        "{}",
        json.suggestion
    );
    assert_eq!(fault.quote.text, "Ngày nào? 1/5/2024 2   A");
    let duplicate = read_xlsx("de.xlsx", &sheet(&[(5, GOOD), (9, GOOD)]));
    let message = duplicate.faults[0].message(crate::i18n::Lang::Vi);
    assert!(message.contains("dòng 5"), "{message}");
}
