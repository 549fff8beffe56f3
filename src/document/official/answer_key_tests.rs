//! Claims about papers that tell the key of a round.

use super::docx;
use super::tests::{facts, issue, made, two, word_text};
use crate::domain::marking::Marking;
use crate::domain::official::{House, PaperKind};
use crate::domain::question::{Question, QuestionId, QuestionOption};
use crate::domain::round_key::{KeyLine, RoundKey};
use crate::store::paper_facts::PaperFacts;

fn line(text: &str, right: &[u8], marking: Option<Marking>) -> KeyLine {
    let option = |text: &str| QuestionOption {
        text: text.to_owned(),
        pin: false,
    };
    KeyLine {
        question: Question {
            id: QuestionId(text.to_owned()),
            text: text.to_owned(),
            options: ["27/9/1940", "**23/11**/1940", "13/1/1941"].map(option).to_vec(),
            multiple: right.len() > 1,
            level: None,
            explanation: None,
            source: None,
            topic: None,
            media: Vec::new(),
        },
        right: right.iter().copied().collect(),
        marking,
    }
}

fn accept(keys: &[&[u8]]) -> Option<Marking> {
    let keys = keys.iter().map(|key| key.iter().copied().collect()).collect();
    Some(Marking::Accept { keys })
}

fn key(title: &str, lines: Vec<KeyLine>, held: usize) -> RoundKey {
    RoundKey {
        title: title.to_owned(),
        lines,
        held,
    }
}

fn text(facts: &PaperFacts, house: House) -> String {
    word_text(&docx::write(&made(facts, &issue(PaperKind::AnswerKey, house))))
}

#[test]
fn a_key_lists_questions_with_their_right_options_and_says_nothing_of_winners() {
    let mut facts = facts("Tìm hiểu", two());
    let lines = vec![
        line("Khởi nghĩa nổ ra ngày nào?", &[1], None),
        line("Những ngày nào?", &[0, 2], None),
    ];
    facts.keys = vec![key("Tuần 5", lines, 3)];
    for (house, said) in [
        (House::Party, "tuần 5 Cuộc thi trắc nghiệm"),
        (House::Government, "Tuần 5 Cuộc thi trắc nghiệm"),
    ] {
        let text = text(&facts, house);
        for said in [
            said,
            "ĐÁP ÁN",
            "1Khởi nghĩa nổ ra ngày nào?B. 23/11/1940",
            "2Những ngày nào?A. 27/9/1940; C. 13/1/1941",
            "Còn 3 câu hỏi chưa công bố",
        ] {
            assert!(text.contains(said), "{said} in {text}");
        }
        assert!(!text.contains("Ghi chú") && !text.contains("Ánh"), "{text}");
    }
}

#[test]
fn what_was_marked_again_is_noted_beside_its_question() {
    let mut facts = facts("Tìm hiểu", two());
    let lines = vec![
        line("một", &[0], accept(&[&[2]])),
        line("hai", &[0, 1], accept(&[&[0], &[1]])),
        line("ba", &[], Some(Marking::FullMarks)),
        line("bốn", &[], Some(Marking::Dropped)),
        line("năm", &[1], None),
    ];
    facts.keys = vec![key("Tuần 5", lines, 0)];
    let text = text(&facts, House::Party);
    for said in [
        "1mộtC. 13/1/1941Đáp án đã sửa khi chấm lại",
        "2haiA. 27/9/1940 hoặc B. 23/11/1940Nhận mỗi đáp án này khi chấm lại",
        "3ba–Mọi bài có câu này đều được điểm",
        "4bốn–Không tính điểm câu này",
        "5nămB. 23/11/1940",
    ] {
        assert!(text.contains(said), "{said} in {text}");
    }
    assert!(!text.contains("chưa công bố"), "{text}");
}

#[test]
fn over_the_contest_each_round_has_a_table_under_its_title_and_one_without_questions_a_sentence() {
    let mut facts = facts("Tìm hiểu", two());
    (facts.round, facts.ranking, facts.approved) = (None, None, false);
    facts.keys = vec![
        key("Tuần 1", vec![line("một", &[0], None)], 0),
        key("Tuần 5", Vec::new(), 2),
    ];
    let paper = made(&facts, &issue(PaperKind::AnswerKey, House::Party));
    assert!(paper.banner.is_some(), "a draft until every round is approved");
    let text = word_text(&docx::write(&paper));
    let (first, second) = text.split_once("Tuần 5").unwrap();
    assert!(
        first.contains("Tuần 1") && first.contains("1mộtA. 27/9/1940"),
        "{text}"
    );
    assert!(
        second.contains("Không có câu hỏi nào được công bố.") && second.contains("Còn 2 câu hỏi"),
        "{text}"
    );
}
