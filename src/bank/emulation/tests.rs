//! Lists of clusters and awards: what is read, and every fault with its place.

use super::*;
use crate::domain::emulation::award::{Award, Recipient};
use crate::domain::emulation::{ClusterKind, MemberRole};
use time::macros::date;

fn clusters(text: &str) -> Result<Vec<crate::domain::emulation::ClusterDefinition>, Vec<String>> {
    let known = |code: &str| (code == "X9").then(|| "Xã Chín".to_owned());
    read_clusters(text.as_bytes(), &known)
        .map_err(|faults| faults.iter().map(|fault| fault.say(Lang::Vi)).collect())
}

fn awards(text: &str) -> Result<Vec<Award>, Vec<(u64, &'static str)>> {
    read_awards(text.as_bytes(), date!(2025 - 12 - 31)).map_err(|faults| {
        faults
            .iter()
            .map(|fault| (fault.line, fault.problem.name()))
            .collect()
    })
}

#[test]
fn the_templates_are_read_without_a_fault() {
    let read = clusters(&clusters_template()).unwrap();
    assert_eq!(
        (read.len(), read[0].members.len(), read[0].kind),
        (1, 2, ClusterKind::Cluster)
    );
    assert_eq!(read[0].members[0].role, MemberRole::Head);
    let read = awards(&awards_template()).unwrap();
    assert_eq!(read[0].recipient, Recipient::Collective { small: true });
    assert!(matches!(read[1].recipient, Recipient::Person(own) if own.woman && own.farmer && !own.youth));
}

#[test]
fn heads_are_known_with_and_without_marks_and_a_contest_gives_missing_names() {
    let read = clusters("nam;ma cum;loai;ten cum;ma don vi\n2025;k1;KHỐI;Khối trường học;X9\n").unwrap();
    assert_eq!((read[0].code.as_str(), read[0].kind), ("K1", ClusterKind::Block));
    assert_eq!(read[0].members[0].name, "Xã Chín");
}

#[test]
fn every_fault_of_a_list_of_clusters_is_told_with_its_place() {
    let faults = clusters(
        "Năm,Mã cụm,Tên cụm,Mã đơn vị,Tên đơn vị,Vai trò\n\
         1999,C 1,Cụm,X1,Một,trưởng\n\
         2025,C1,Cụm một,X1,Một,trưởng\n\
         2025,C1,Cụm khác,X2,Hai,\n\
         2025,C1,Cụm một,X1,Một,\n\
         2025,C1,Cụm một,X3,,\n\
         2025,C1,Cụm một,X4,Bốn,trưởng\n\
         2025,C1,,X5,Năm,thủ quỹ\n",
    )
    .unwrap_err();
    assert_eq!(faults.len(), 8, "{faults:#?}");
    for (fault, words) in faults.iter().zip([
        "Dòng 2, cột “Năm”",
        "Dòng 2, cột “Mã cụm, khối”",
        "dòng 3",
        "dòng 3",
        "X3",
        "dòng 3",
        "Dòng 8, cột “Tên cụm, khối”",
        "thủ quỹ",
    ]) {
        assert!(fault.contains(words), "{fault} / {words}");
        assert!(!fault.contains("emulation-"), "{fault}");
    }
    assert!(clusters("Năm,Tên\n").unwrap_err().len() >= 3);
    assert!(clusters("").is_err() && read_clusters(&[0xff, 0x00, 0x80], &|_| None).is_err());
}

#[test]
fn signs_alone_are_neither_a_role_nor_a_kind() {
    let faults = clusters("nam,ma cum,loai,ten cum,ma don vi,vai tro\n2025,C1,?,Cụm,X9,--\n").unwrap_err();
    assert_eq!(faults.len(), 2, "{faults:#?}");
}

#[test]
fn members_are_read_as_typed() {
    let read = read_members("X1; Xã Một; Trưởng\nX9\n", &|code| {
        (code == "X9").then(|| "Chín".to_owned())
    })
    .unwrap();
    assert_eq!((read[0].role, read[1].name.as_str()), (MemberRole::Head, "Chín"));
    assert_eq!(read_members("X1", &|_| None).unwrap_err()[0].line, 1);
    assert!(read_members(" \n", &|_| None).is_err());
}

#[test]
fn every_fault_of_a_list_of_awards_is_told_with_its_place() {
    let head = "Ngày,Số,Hình thức,Cấp,Đối tượng,Tên,Tập thể nhỏ,Nữ\n";
    let faults = awards(&format!(
        "{head}31/2/2025,1,giấy khen,xã,tập thể,A,,\n\
         1/7/2025,1,giấy khen,huyện,tập thể,A,,\n\
         1/2/2026,1,giấy khen,xã,tập thể,A,,\n\
         1/2/2025,1,cúp,làng,tập thể,A,,\n\
         1/2/2025,1,giấy khen,xã,tập thể,A,,x\n\
         1/2/2025,1,giấy khen,xã,cá nhân,B,x,\n\
         1/2/2025,1,giấy khen,xã,cá nhân,C,,có\n\
         1/2/2025,1,giấy khen,xã,cá nhân,c,,\n\
         1/2/2025,1,giấy khen,xã,họ,,,?\n"
    ))
    .unwrap_err();
    assert_eq!(
        faults,
        [
            (2, "day"),
            (3, "district"),
            (4, "not-yet"),
            (5, "not-allowed"),
            (5, "not-allowed"),
            (6, "trait-of-collective"),
            (7, "small-person"),
            (9, "award-twice"),
            (10, "not-allowed"),
            (10, "not-allowed"),
            (10, "missing"),
        ]
    );
}

#[test]
fn every_problem_has_words_in_both_languages() {
    let (word, number) = ("x".to_owned(), 3);
    let problems = [
        ListProblem::Unreadable,
        ListProblem::Quotes,
        ListProblem::Empty,
        ListProblem::TooMany(1),
        ListProblem::NoColumn("Năm"),
        ListProblem::UnknownColumn(word.clone()),
        ListProblem::ColumnTwice,
        ListProblem::Missing,
        ListProblem::NotAllowed(word.clone(), word.clone()),
        ListProblem::TooLong(1),
        ListProblem::Year(word.clone()),
        ListProblem::Code(word.clone()),
        ListProblem::Day(word.clone()),
        ListProblem::Differs(number),
        ListProblem::UnitTwice(number),
        ListProblem::SecondHead(number),
        ListProblem::NoName(word),
        ListProblem::AwardTwice(number),
        ListProblem::District,
        ListProblem::NotYet,
        ListProblem::TraitOfCollective,
        ListProblem::SmallPerson,
    ];
    for problem in problems {
        let fault = ListFault {
            line: 2,
            column: Some("Năm"),
            problem,
        };
        for lang in Lang::ALL {
            let said = fault.say(lang);
            assert!(!said.contains("emulation-fault"), "{said}");
        }
    }
}
