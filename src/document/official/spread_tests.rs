//! Claims about papers that name people who brought newcomers.

use super::docx;
use super::tests::{facts, issue, made, two, word_text};
use super::values::say;
use crate::document::tests::winner;
use crate::domain::official::{House, PaperKind};

#[test]
fn a_prize_for_newcomers_is_listed_and_certified_with_their_number_and_without_points() {
    let mut introducer = winner("Triệu Thị Cúc", true, "Giải Nhất lan tỏa");
    (introducer.round, introducer.newcomers, introducer.score) = (None, Some(12), 987);
    let mut both = two();
    both.push(introducer.clone());
    let facts = facts("Tìm hiểu 90 năm", both);
    let list = word_text(&docx::write(&made(
        &facts,
        &issue(PaperKind::Decision, House::Party),
    )));
    let own = list.split_once("Giải Nhất lan tỏa").unwrap().1;
    assert!(list.contains("Số người mới") && list.contains("Điểm"), "{list}");
    let own = own.rsplit_once("Giải Nhất lan tỏa").map_or(own, |(_, last)| last);
    assert!(
        own.contains("3Triệu Thị Cúc") && own.contains("12") && !list.contains("987"),
        "{own}"
    );
    let papers = word_text(&docx::write(&made(
        &facts,
        &issue(PaperKind::Certificates, House::Party),
    )));
    assert_eq!(papers.matches("người mới tham gia").count(), 1, "{papers}");
    assert!(papers.contains("giới thiệu 12 người mới tham gia"), "{papers}");
    // Nobody else won: one table, and no sentence that nobody did.
    let alone = super::tests::facts("Tìm hiểu 90 năm", vec![introducer]);
    let list = word_text(&docx::write(&made(
        &alone,
        &issue(PaperKind::Winners, House::Party),
    )));
    assert!(
        list.contains("1Triệu Thị Cúc")
            && !list.contains(&say("paper-no-winners", &[]))
            && !list.contains("Điểm"),
        "{list}"
    );
}
