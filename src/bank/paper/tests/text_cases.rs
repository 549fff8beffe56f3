//! Pasted papers, one layout or mistake each.

use super::*;

struct Case {
    claim: &'static str,
    text: &'static str,
    expected: &'static str,
    /// `code@place`.
    faults: &'static [&'static str],
}

const CASES: &[Case] = &[
    Case {
        claim: "the plainest paper, with an asterisk before the letter",
        text: "TRƯỜNG CHÍNH TRỊ\nĐỀ THI\n\nCâu 1. Chi bộ đầu tiên ra đời năm nào?\nA. 1930\n*B. 1933\nC. 1936\nD. 1938\n\nCâu 2: Ở xã nào?\nA. Phi Mỹ\nB. Vũ Lăng\nC. Hội Hoan\n*D. Thụy Hùng\n",
        expected: "1 Chi bộ đầu tiên ra đời năm nào? | A 1930 | B* 1933 | C 1936 | D 1938\n2 Ở xã nào? | A Phi Mỹ | B Vũ Lăng | C Hội Hoan | D* Thụy Hùng",
        faults: &[],
    },
    Case {
        claim: "options on one line by tabs, wide and single spaces",
        text: "Câu 1) Một?\nA. 1930\tB. 1931\tC. 1932\t*D. 1933\nCÂU 2 Hai?\nA. 1930   *B. 1931   C. 1932   D. 1933\nCâu 03 . Ba?\n*A. Một B. Hai C. Ba D. Bốn\nBài 4: Bốn?\nA. 1   B. 2\n*C. 3   D. 4",
        expected: "1 Một? | A 1930 | B 1931 | C 1932 | D* 1933\n2 Hai? | A 1930 | B* 1931 | C 1932 | D 1933\n3 Ba? | A* Một | B Hai | C Ba | D Bốn\n4 Bốn? | A 1 | B 2 | C* 3 | D 4",
        faults: &[],
    },
    Case {
        claim: "numbers alone, two to eight options, small letters",
        text: "1. Hai phương án?\n*a) Đúng\nb) Sai\n2. Tám phương án?\na. 1\nb. 2\nc. 3\nd. 4\ne. 5\nf. 6\ng. 7\n*h. 8",
        expected: "1 Hai phương án? | A* Đúng | B Sai\n2 Tám phương án? | A 1 | B 2 | C 3 | D 4 | E 5 | F 6 | G 7 | H* 8",
        faults: &[],
    },
    Case {
        claim: "names that look like labels",
        text: "Câu 1. C. Mác sinh năm nào?\nA. 1815\n*B. 1818\nCâu 2. V. I. Lênin sinh năm nào?\n*A. 1870\nB. 1872\nCâu 3. Ai viết “Tư bản”?\nA. Ph. Ăng-ghen\n*B. C. Mác\nC. V. I. Lênin\nD. A. Nobel\nCâu 4. A. Nobel sinh năm nào?\n*A. 1833\nB. 1835\nCâu 5. Trong câu “A. là chữ đầu”, dấu chấm để làm gì?\n*A. Ngăn\nB. Nối",
        expected: "1 C. Mác sinh năm nào? | A 1815 | B* 1818\n2 V. I. Lênin sinh năm nào? | A* 1870 | B 1872\n3 Ai viết “Tư bản”? | A Ph. Ăng-ghen | B* C. Mác | C V. I. Lênin | D A. Nobel\n4 A. Nobel sinh năm nào? | A* 1833 | B 1835\n5 Trong câu “A. là chữ đầu”, dấu chấm để làm gì? | A* Ngăn | B Nối",
        faults: &[],
    },
    Case {
        claim: "a line with each question, with level, explanation and source",
        text: "Câu 1 (NB). Một?\nA. a\nB. b\nĐáp án: B\nGiải thích: vì thế\nvà thế\nNguồn: sách\nCâu 2. Hai? (VD)\nMức độ: Thông hiểu\nA. a\nB. b   Đáp án: A\nCâu 3. Ba?\nA. a\nB. b\nC. c\nĐáp án:\nA, C\nLời giải\nVì vậy.\nCâu 4. Bốn?\nA. a\nB. b\n=> Chọn B.",
        expected: "1 Một? | A a | B* b\n  level: Easy\n  why: vì thế và thế\n  source: sách\n2 Hai? | A* a | B b\n  level: Medium\n3 Ba? | A* a | B b | C* c\n  why: Vì vậy.\n4 Bốn? | A a | B* b",
        faults: &[],
    },
    Case {
        claim: "an answer table run together and explanations after the end",
        text: "PHẦN I. LỊCH SỬ\nCâu 1. Một?\nA. a\nB. b\nC. c\nCâu 2. Hai?\nA. a\nB. b\nC. c\n\nPHẦN II. ĐỊA LÝ\nCâu 3. Ba?\nA. a\nB. b\nC. c\nCâu 4. Bốn?\nA. a\nB. b\nC. c\n-----HẾT-----\nThí sinh không được sử dụng tài liệu.\nBẢNG ĐÁP ÁN\n1.B2. A3.C4.B\nHƯỚNG DẪN GIẢI\nCâu 1: Vì một.\nCâu 3. Chọn C.\nVì ba.",
        expected: "1 Một? | A a | B* b | C c\n  why: Vì một.\n2 Hai? | A* a | B b | C c\n3 Ba? | A a | B b | C* c\n  why: Vì ba.\n4 Bốn? | A a | B* b | C c",
        faults: &[],
    },
    Case {
        claim: "numbers that begin anew in every part, and answers that do so too",
        text: "Phần I\nCâu 1. Một?\nA. a\nB. b\nCâu 2. Hai?\nA. a\nB. b\nPhần II\nCâu 1. Ba?\nA. a\nB. b\nHẾT\nĐÁP ÁN\nPhần I\n1-A, 2-B\nPhần II\n1-B",
        expected: "1 Một? | A* a | B b\n2 Hai? | A a | B* b\n3 Ba? | A a | B* b",
        faults: &[],
    },
    Case {
        claim: "answers in two rows, and each on a line without a heading",
        text: "Câu 1. Một?\nA. a\nB. b\nCâu 2. Hai?\nA. a\nB. b\nCâu 3. Ba?\nA. a\nB. b\nCâu 1 2 3\nĐáp án A B A",
        expected: "1 Một? | A* a | B b\n2 Hai? | A a | B* b\n3 Ba? | A* a | B b",
        faults: &[],
    },
    Case {
        claim: "the word (đúng) and combined options",
        text: "Câu 1. Một?\nA. a\nB. b (đúng)\nC. Cả A và B\nD. Tất cả các đáp án trên\nCâu 2. Hai?\nA. a (Đúng)\nB. Không có đáp án nào đúng",
        expected: "1 Một? | A a | B* b | C! Cả A và B | D! Tất cả các đáp án trên\n2 Hai? | A* a | B! Không có đáp án nào đúng",
        faults: &["pin-names-letters@l4 q1", "pin-names-place@l5 q1"],
    },
    Case {
        claim: "ticks, boxes, bullets and several right options",
        text: "Câu 1. Một?\n☐ A. a\n☑ B. b\n☑ C. c\nCâu 2. Hai?\n- A. a ✓\n- B. b",
        expected: "1 Một? | A a | B* b | C* c\n2 Hai? | A* a | B b",
        faults: &[],
    },
    Case {
        claim: "stems of several lines, numbered statements, wrapped lines",
        text: "Câu 1. Cho các ý:\n1. Một\n2. Hai\na) ba\nSố ý đúng là\n*A. một\nvà hai\nB. ba\nCâu 2. Hai?\n*A. a\nB. b dài\nquá một dòng",
        expected: "1 Cho các ý:⏎1. Một⏎2. Hai a) ba⏎Số ý đúng là | A* một và hai | B ba\n2 Hai? | A* a | B b dài quá một dòng",
        faults: &[],
    },
    Case {
        claim: "signs of the markup stay signs",
        text: "Câu 1. 2*3 ~ mấy_?\nA. x^2\n*B. 6",
        expected: "1 2\\*3 \\~ mấy_? | A x\\^2 | B* 6",
        faults: &[],
    },
    Case {
        claim: "letters and marks stored apart are joined, invisible characters left out",
        text: "Ca\u{302}u 1. Mo\u{323}\u{302}t?\nA.\u{a0}a\u{200b}\n*B. b",
        expected: "1 Một? | A a | B* b",
        faults: &["paper-decomposed@l1", "paper-unseen@l2"],
    },
    Case {
        claim: "a missing letter, a letter twice, a lost question",
        text: "Câu 1. Một?\n*A. a\nB. b\nD. d\nCâu 2. Hai?\n*A. a\nB. b\nB. c\nCâu 3. Ba?\n*A. a\nB. b\nBốn?\nA. a\nB. b",
        expected: "1 Một? | A a | B b\n2 Hai? | A a | B b\n3 Ba? | A a | B b",
        faults: &[
            "paper-option-order@l4 q1",
            "paper-option-order@l8 q2",
            "paper-stray@l12 q3",
            "paper-option-order@l13 q3",
        ],
    },
    Case {
        claim: "questions without stem, options or text in an option",
        text: "Câu 1.\n*A. a\nB. b\nCâu 2. Hai?\nCâu 3. Ba?\n*A. a\nCâu 4. Bốn?\n*A. a\nB.\nCâu 5. Năm?\n*A. a\nB. b\nCâu 6. Sáu?\n*A. a\nB. b",
        expected: "1  | A a | B b\n2 Hai?\n3 Ba?⏎\\*A. a\n4 Bốn? | A a | B \n5 Năm? | A* a | B b\n6 Sáu? | A* a | B b",
        faults: &[
            "paper-no-stem@l1 q1",
            "paper-no-options@l4 q2",
            "paper-no-options@l5 q3",
            "paper-empty-option@l9 q4",
        ],
    },
    Case {
        claim: "what the key gets wrong",
        text: "Câu 1. Một?\nA. a\nB. b\nĐáp án: A\nCâu 2. Hai?\nA. a\nB. b\nĐáp án: không rõ\nCâu 3. Ba?\nA. a\nB. b\nCâu 4. Bốn?\nA. a\nB. b\nĐáp án: D\nCâu 5. Năm?\nA. a\nB. b\nĐáp án: B\nCâu 6. Sáu?\nA. a\nB. b\nĐáp án: B\nHẾT\n1-A 3-A 3-B 5-A 9-C",
        expected: "1 Một? | A* a | B b\n2 Hai? | A a | B b\n3 Ba? | A a | B b\n4 Bốn? | A a | B b\n5 Năm? | A a | B b\n6 Sáu? | A a | B* b",
        faults: &[
            "paper-key-unread@l8 q2",
            "paper-key-none@l9 q3",
            "key-beyond@l15 q4",
            "paper-key-disagrees@l19 q5",
            "paper-answer-twice@l25",
            "paper-answer-extra@l25",
        ],
    },
    Case {
        claim: "numbers that jump, strays, levels and explanations that fit nowhere",
        text: "Câu 1. Một?\n*A. a\nB. b\nĐọc đoạn văn sau:\nCâu 3. Ba?\nC. Mác nói gì\nC. Mác là ai?\n*A. a\nB. b\nMức độ: hay\nHẾT\nGIẢI THÍCH\nCâu 9. Vì.",
        expected: "1 Một? | A* a | B b\n2 Ba?⏎C. Mác nói gì⏎C. Mác là ai? | A* a | B b",
        faults: &[
            "paper-stray@l4 q1",
            "paper-number@l5 q2",
            "paper-label-as-text@l6 q2",
            "paper-label-as-text@l7 q2",
            "paper-level@l10 q2",
            "paper-explanation-extra@l13",
        ],
    },
    Case {
        claim: "questions after the end",
        text: "Câu 1. Một?\n*A. a\nB. b\nHẾT\nCâu 2. Hai?\n*A. a\nB. b",
        expected: "1 Một? | A* a | B b",
        faults: &["paper-after-end@l5"],
    },
    Case {
        claim: "no key at all, with the other faults found nevertheless",
        text: "Câu 1. Một?\nA. a\nB. a\nCâu 2. Hai?\nA. a\nB. b",
        expected: "1 Một? | A a | B a\n2 Hai? | A a | B b",
        faults: &["paper-no-key@l1", "option-duplicate@l3 q1"],
    },
    Case {
        claim: "a key in few questions is no convention",
        text: "Câu 1. Một?\n*A. a\nB. b\nCâu 2. Hai?\nA. a\nB. b\nCâu 3. Ba?\nA. a\nB. b",
        expected: "1 Một? | A a | B b\n2 Hai? | A a | B b\n3 Ba? | A a | B b",
        faults: &["paper-no-key@l1"],
    },
    Case {
        claim: "two conventions that contradict each other",
        text: "Câu 1. Một?\n*A. a\nB. b (đúng)\nCâu 2. Hai?\n*A. a\nB. b (đúng)",
        expected: "1 Một? | A a | B b\n2 Hai? | A a | B b",
        faults: &["paper-key-unclear@l1"],
    },
    Case {
        claim: "nothing that looks like a question",
        text: "Kính gửi các đồng chí,\nmời dự họp.",
        expected: "",
        faults: &["paper-no-questions@l1"],
    },
    Case {
        claim: "instructions with numbers before the first question",
        text: "1. Thời gian làm bài: 30 phút\n2. Không dùng tài liệu\n\n1. Một?\n*A. a\nB. b\n2. Hai?\n*A. a\nB. b",
        expected: "1 Một? | A* a | B b\n2 Hai? | A* a | B b",
        faults: &[],
    },
    Case {
        claim: "an answer with words: those of its option, an explanation, others, another option",
        text: "Câu 1. Một?\nA. 1930\nB. 1933\nĐáp án: B. 1933\nCâu 2. Hai?\nA. Đúng\nB. Sai\nĐáp án: A. Giải thích: vì thế\nCâu 3. Ba?\nA. a\nB. b\nĐáp án: B. theo sách\nCâu 4. Bốn?\nA. Lênin\nB. C. Mác\nC. Nga\nĐáp án: C. Mác",
        expected: "1 Một? | A 1930 | B* 1933\n2 Hai? | A* Đúng | B Sai\n  why: vì thế\n3 Ba? | A a | B* b\n4 Bốn? | A Lênin | B C. Mác | C Nga",
        faults: &["paper-key-words@l12 q3", "paper-key-unread@l17 q4"],
    },
    Case {
        claim: "an explanation that goes on below its answer, two answers, an answer that names either of two",
        text: "Câu 1. Một?\nA. a\nB. b\nLời giải\nChọn B.\nVì thế.\nĐáp án: A sai vì cũ.\nCâu 2. Hai?\nA. a\nB. b\nĐáp án: A\nĐáp án: B\nCâu 3. Ba?\nA. a\nB. b\nĐáp án: A hoặc B\nCâu 4. Bốn?\nA. a\nB. b   Đáp án: A\nĐáp án: A",
        expected: "1 Một? | A a | B* b\n  why: Vì thế.⏎Đáp án: A sai vì cũ.\n2 Hai? | A* a | B b\n3 Ba? | A a | B b\n4 Bốn? | A* a | B b",
        faults: &["paper-key-twice@l12 q2", "paper-key-unread@l16 q3"],
    },
    Case {
        claim: "crosses beside ticks, and one alone",
        text: "Câu 1. Một?\n❌ A. a\n✅ B. b\nCâu 2. Hai?\nA. a ✔\u{fe0f}\nB. b ✗\nCâu 3. Ba?\n✗ A. a\nB. b\nC. c",
        expected: "1 Một? | A a | B* b\n2 Hai? | A* a | B b\n3 Ba? | A* a | B b | C c",
        faults: &[],
    },
    Case {
        claim: "words behind wrong options would give the right one away",
        text: "Câu 1. Một?\nA. a (sai)\nB. b (đúng)\nC. c (Sai)\nCâu 2. Hai?\nA. a (Đ)\nB. b (S)",
        expected: "1 Một? | A a | B* b | C c\n2 Hai? | A* a | B b",
        faults: &[],
    },
    Case {
        claim: "a first question whose label is misspelt",
        text: "Cậu 1. Mất số câu?\nA. a\nB. b\nCâu 2. Hai?\n*A. a\nB. b",
        expected: "1 Hai? | A* a | B b",
        faults: &["paper-options-before@l2", "paper-number@l4 q1"],
    },
    Case {
        claim: "answers with the words of their options after the end",
        text: "Câu 1. Một?\nA. 1930\nB. 1933\nCâu 2. Hai?\nA. a\nB. b\nHẾT\nĐÁP ÁN\nCâu 1: B. 1933\nCâu 2: A. a\nVì sách ghi.",
        expected: "1 Một? | A 1930 | B* 1933\n2 Hai? | A* a | B b\n  why: Vì sách ghi.",
        faults: &[],
    },
    Case {
        claim: "letters of an old font",
        text: "Câu 1. N¨m nµo?\n*A. a\nB. b",
        expected: "1 N¨m nµo? | A* a | B b",
        faults: &["text-garbled@l1"],
    },
    Case {
        claim: "letters of an old font in every label",
        text: "C©u 1. N¨m nµo?\nA. a",
        expected: "",
        faults: &["paper-no-questions@l1", "text-garbled@l1"],
    },
    Case {
        claim: "full-width signs, and blanks before the dot",
        text: "Câu 1：Một?\nA . a\n*B . b\nCâu 2、Hai?\n*A：a\nB：b",
        expected: "1 Một? | A a | B* b\n2 Hai? | A* a | B b",
        faults: &[],
    },
    Case {
        claim: "capitals in the stem above options in small letters",
        text: "Câu 1. Vitamin A. và vitamin B. khác gì?\na) một\nb) hai\nĐáp án: b",
        expected: "1 Vitamin A. và vitamin B. khác gì? | A một | B* hai",
        faults: &[],
    },
    Case {
        claim: "parts with letters, and an option in capitals",
        text: "A. PHẦN CHUNG\nCâu 1. Một?\n*A. a\nB. b\nC. c\nB. PHẦN RIÊNG\nCâu 2. Nước nào?\n*A. NA UY\nB. PHẦN LAN\nCâu 3. Ba?\n*A. a\nB. b",
        expected: "1 Một? | A* a | B b | C c\n2 Nước nào? | A* NA UY | B PHẦN LAN\n3 Ba? | A* a | B b",
        faults: &[],
    },
    Case {
        claim: "bold as programs write it, in labels, in a word, in lines of answers",
        text: "**Câu 1.** Ý nào **không** đúng?\n**A.** a\n**B.** b\n**Đáp án: B**\n### **Câu 2: Hai?**\n- A. a\n- B. b\n**Đáp án:** A",
        expected: "1 Ý nào **không** đúng? | A a | B* b\n2 Hai? | A* a | B b",
        faults: &[],
    },
    Case {
        claim: "bold as programs write it, as the key",
        text: "Câu 1. Một?\nA. a\n**B. b**\nCâu 2. Hai?\n- **A. a**\n- B. b",
        expected: "1 Một? | A a | B* b\n2 Hai? | A* a | B b",
        faults: &[],
    },
];

fn read(text: &str) -> PaperReading {
    read_pasted("de-thi.txt", text, None)
}

#[test]
fn every_pasted_layout_reads_as_expected() {
    let mut wrong = Vec::new();
    for case in CASES {
        let reading = read(case.text);
        let (found, faults) = (shown(&reading), places(&reading.faults));
        if found != case.expected || faults != case.faults {
            wrong.push(format!(
                "{}\n{found}\n--- expected\n{}\n{faults:?}\n",
                case.claim, case.expected
            ));
        }
        let good = reading
            .faults
            .iter()
            .all(|fault| fault.code.severity() == crate::bank::Severity::Warning);
        assert_eq!(reading.loaded.is_some(), good, "{}", case.claim);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_belongs_to_no_question_is_handed_over() {
    let reading = read(CASES[0].text);
    let lines: Vec<&str> = reading.outside.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(lines, ["TRƯỜNG CHÍNH TRỊ", "ĐỀ THI"]);
    assert_eq!(reading.questions[1].lines.len(), 5);
    assert_eq!(
        reading.questions[1].lines[0].spot,
        Spot::Line { line: 10, column: 1 }
    );
}

#[test]
fn the_organiser_may_choose_the_convention() {
    let text = CASES
        .iter()
        .find(|case| case.claim.starts_with("two conventions"))
        .unwrap()
        .text;
    let found: Vec<(KeyConvention, u32)> = read(text)
        .conventions
        .iter()
        .map(|found| (found.convention, found.one))
        .collect();
    assert_eq!(found, [(KeyConvention::Word, 2), (KeyConvention::Asterisk, 2)]);
    let chosen = read_pasted("a.txt", text, Some(KeyConvention::Word));
    assert_eq!(chosen.convention, Some(KeyConvention::Word));
    // The other one still says something else, which is a fault of each question and not a guess.
    assert_eq!(
        places(&chosen.faults),
        ["paper-key-disagrees@l3 q1", "paper-key-disagrees@l6 q2"]
    );
}

#[test]
fn conventions_have_names() {
    for convention in KeyConvention::ALL {
        assert_eq!(KeyConvention::parse(convention.name()), Some(convention));
        for lang in Lang::ALL {
            assert!(
                !convention.title(lang).starts_with("paper-key"),
                "{}",
                convention.name()
            );
        }
    }
}

/// The faults of all cases.
pub(super) fn faults() -> Vec<Fault> {
    CASES.iter().flat_map(|case| read(case.text).faults).collect()
}
