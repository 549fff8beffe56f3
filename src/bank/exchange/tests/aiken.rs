//! Aiken, point by point; the numbers are those of the list of cases.

use super::*;
use crate::bank::Spot;

fn aiken(text: &str) -> Imported {
    read_aiken("bo-de.txt", text.as_bytes())
}

fn lines(read: &Imported) -> Vec<(u32, &'static str)> {
    let line = |fault: &Fault| match fault.place.spot {
        Spot::Line { line, .. } => line,
        _ => 0,
    };
    read.faults
        .iter()
        .map(|fault| (line(fault), fault.code.name()))
        .collect()
}

#[test]
fn case_1_a_line_of_question_lines_of_options_and_a_line_of_answer() {
    let text =
        "Thủ đô nước ta?\nA. Huế\nB) Hà Nội\nC.Vinh\nANSWER: B\n\nx\nNăm nào?\nA. 1930\nB. 1945\nANSWER:A";
    let (questions, codes) = loaded(&aiken(text));
    assert_eq!(
        questions,
        [
            expected("Thủ đô nước ta?", &["Huế", "Hà Nội", "Vinh"], &[1]),
            expected("Năm nào?", &["1930", "1945"], &[0])
        ]
    );
    assert_eq!(codes, ["aiken-short-line"]);
    // Signs of the markup and of HTML are ordinary characters.
    let (signs, _) = loaded(&aiken("Sao *nào* <b>?\nA. 1 < 2\nB. H~2~O & x^2^\nANSWER: A"));
    assert_eq!(
        signs,
        [expected(
            "Sao \\*nào\\* <b>?",
            &["1 < 2", "H\\~2\\~O & x\\^2\\^"],
            &[0]
        )]
    );
    // Capitals only.
    assert_eq!(
        refused(&aiken("Hỏi?\nA. x\nB. y\nanswer: a")),
        ["aiken-unfinished", "aiken-unfinished"]
    );
}

#[test]
fn case_2_what_is_missing_is_told_with_its_line() {
    let text = "A. Huế\nB. Vinh\nANSWER: A\nHỏi một?\nA. x\nANSWER: A\nHỏi hai?\nA. x\nB. y\nHỏi ba?\nA. x\nB. y\nANSWER: A\nANSWER: B\nHỏi bốn?";
    let read = aiken(text);
    let told = [
        (1, "aiken-no-stem"),
        (6, "option-count"),
        (7, "aiken-unfinished"),
        (14, "aiken-answer-twice"),
        (15, "aiken-unfinished"),
    ];
    assert_eq!(lines(&read), told);
    assert_eq!(read.questions, 5);
    assert_eq!(lines(&aiken("ANSWER: A"))[0], (1, "aiken-no-stem"));
}

#[test]
fn case_3_a_name_that_begins_with_a_letter_is_a_question() {
    let text = "C. Mác sinh năm nào?\nA. 1818\nB. 1820\nANSWER: A\nV. I. Lê-nin sinh năm nào?\nA. 1870\nB. 1880\nANSWER: A";
    let (questions, codes) = loaded(&aiken(text));
    assert_eq!(
        (questions[0].0.as_str(), questions[1].0.as_str()),
        ("C. Mác sinh năm nào?", "V. I. Lê-nin sinh năm nào?")
    );
    assert_eq!(codes, ["aiken-stem-like-option"; 2]);
    // After options it is neither the next option nor surely a question.
    let unsure = aiken("Hỏi?\nA. x\nB. y\nD. z\nANSWER: A");
    assert_eq!(lines(&unsure)[0], (4, "aiken-letter"));
    assert!(unsure.loaded.is_none());
    let long = aiken("Đọc đoạn sau:\nC. Mác viết gì?\nA. x\nB. y\nANSWER: A");
    assert_eq!(
        (first(&long).text.as_str(), loaded(&long).1),
        ("Đọc đoạn sau:\nC. Mác viết gì?", vec!["aiken-long-stem"])
    );
}

#[test]
fn case_4_an_answer_is_one_capital_letter_of_an_option() {
    for (answer, code) in [
        ("E", "key-beyond"),
        ("b", "aiken-answer"),
        ("A, B", "aiken-answer"),
        ("AB", "aiken-answer"),
        ("", "aiken-answer"),
        ("1", "aiken-answer"),
    ] {
        let read = aiken(&format!("Hỏi gì?\nA. x\nB. y\nC. z\nD. t\nANSWER: {answer}"));
        assert_eq!((lines(&read), read.questions), (vec![(6, code)], 1), "{answer}");
    }
}

#[test]
fn an_empty_file_has_no_questions_and_a_long_one_ends_soon() {
    assert_eq!(refused(&aiken("\n\n")), ["no-questions"]);
    let started = std::time::Instant::now();
    assert!(aiken(&"A. x\n".repeat(300_000)).loaded.is_none());
    assert!(aiken(&"xx\n".repeat(500_000)).loaded.is_none());
    assert!(started.elapsed().as_secs() < 10, "{:?}", started.elapsed());
}

pub(super) fn samples() -> impl Iterator<Item = Imported> {
    [
        "A. x",
        "C. Mác?\nHai\nA. x\nB. y\nANSWER: b",
        "Hỏi?\nA. x\nB. y\nD. z",
        "x\nHỏi?\nA. x\nB. y\nANSWER: A",
        "Hỏi?\nA. x\nB. y\nANSWER: A\nANSWER: A",
    ]
    .into_iter()
    .map(aiken)
}
