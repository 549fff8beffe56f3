//! Claims about lists of accounts.

use super::*;
use crate::bank::fault::Spot;
use rust_xlsxwriter::{ExcelDateTime, Workbook, Worksheet};
use time::macros::date;

const HEADER: &str = "code,full_name,birth_date,unit,class,consent_publish\n";

/// A contest for people of 12 to 30 years on 1 June 2033, looked at in May.
fn rules<'a>(units: &[&'a str]) -> AccountRules<'a> {
    AccountRules {
        units: units.iter().copied().collect(),
        ages: (Some(12), Some(30)),
        first_day: date!(2033 - 06 - 01),
        today: date!(2033 - 05 - 01),
    }
}

fn read(text: &str) -> (Option<Vec<ListedAccount>>, Vec<Fault>) {
    read_accounts("danh-sach.csv", text.as_bytes(), &rules(&["X1", "X2"]))
}

/// Lists with one mistake each, with its fault.
fn cases() -> Vec<(&'static str, String)> {
    let row = |row: &str| format!("{HEADER}{row}\n");
    vec![
        ("accounts-columns", "code,full_name\nA01,An\n".to_owned()),
        ("accounts-columns", String::new()),
        ("accounts-code", row("mã một,Nguyễn Văn An,2008-01-02,X1,,")),
        (
            "accounts-twice",
            row("A01,Nguyễn Văn An,2008-01-02,X1,,\na01,Nguyễn Văn Ba,2008-01-02,X1,,"),
        ),
        ("accounts-name", row("A01,1234,2008-01-02,X1,,")),
        ("accounts-unit", row("A01,Nguyễn Văn An,2008-01-02,X3,,")),
        ("accounts-young", row("A01,Nguyễn Văn An,2021-06-02,X1,,")),
        ("accounts-old", row("A01,Nguyễn Văn An,2002-06-01,X1,,")),
        ("accounts-birth", row("A01,Nguyễn Văn An,2033-05-02,X1,,")),
        ("accounts-birth", row("A01,Nguyễn Văn An,1899-12-31,X1,,")),
        ("empty-text", row("A01,,2008-01-02,X1,,")),
        ("bad-date", row("A01,Nguyễn Văn An,2/1/2008,X1,,")),
        ("unknown-value", row("A01,Nguyễn Văn An,2008-01-02,X1,,maybe")),
        (
            "unknown-column",
            "code,full_name,birth_date,unit,lop\n".to_owned(),
        ),
    ]
}

/// Every fault that the cases show, for the list of all faults.
pub(in crate::bank) fn faults() -> Vec<Fault> {
    let book = workbook(|_| {});
    cases()
        .iter()
        .flat_map(|(_, text)| read(text).1)
        .chain(read_book_of(&book).1)
        .collect()
}

/// A workbook as people keep them: a good list on the first sheet, remarks on the second.
fn workbook(change: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let list = book.add_worksheet().set_name("Danh sách").unwrap();
    for (column, head) in (0..).zip(["birth_date", "code", "full_name", "unit"]) {
        list.write(0, column, head).unwrap();
    }
    let day = rust_xlsxwriter::Format::new().set_num_format("dd/mm/yyyy");
    let born = ExcelDateTime::from_ymd(2008, 1, 2).unwrap();
    list.write_with_format(2, 0, &born, &day).unwrap();
    list.write(2, 1, 1001).unwrap();
    list.write(2, 2, "Nguyễn Văn An").unwrap();
    list.write(2, 3, "X1").unwrap();
    change(list);
    let other = book.add_worksheet().set_name("Ghi chú").unwrap();
    other.write(0, 0, "gọi lại").unwrap();
    book.save_to_buffer().unwrap()
}

fn read_book_of(bytes: &[u8]) -> (Option<Vec<ListedAccount>>, Vec<Fault>) {
    read_accounts("danh-sach.xlsx", bytes, &rules(&["X1", "X2"]))
}

#[test]
fn a_workbook_is_read_like_a_text_with_its_dates_and_numbers() {
    let (people, faults) = read_book_of(&workbook(|_| {}));
    let codes: Vec<&str> = faults.iter().map(|fault| fault.code.name()).collect();
    assert_eq!(
        codes,
        ["accounts-sheet"],
        "the other sheet is not passed over in silence"
    );
    let people = people.unwrap();
    assert_eq!((people.len(), people[0].code.as_str()), (1, "1001"));
    assert_eq!(people[0].birth_date, date!(2008 - 01 - 02));
    // What it is called does not matter, what it is does.
    let named = read_accounts("danh-sach.csv", &workbook(|_| {}), &rules(&["X1"]));
    assert!(named.0.is_some());
}

#[test]
fn a_mistake_in_a_workbook_is_told_with_its_cell() {
    let book = workbook(|list| {
        list.write(3, 1, "1001").unwrap();
        list.write(3, 2, "Lý Thị Bé").unwrap();
        list.write_formula(3, 3, "=A1").unwrap();
        list.write(3, 0, "2/1/2008").unwrap();
    });
    let (people, faults) = read_book_of(&book);
    assert!(people.is_none());
    let told: Vec<(&str, &Spot)> = faults
        .iter()
        .map(|fault| (fault.code.name(), &fault.place.spot))
        .collect();
    let cell = |row, column| Spot::Cell {
        sheet: "Danh sách".to_owned(),
        row,
        column,
    };
    for expected in [
        ("bad-date", &cell(4, 1)),
        ("accounts-twice", &cell(4, 2)),
        ("formula-cell", &cell(4, 4)),
    ] {
        assert!(told.contains(&expected), "{expected:?}: {told:?}");
    }
    assert_eq!(told.len(), 4, "{told:?}");
    let twice = faults.iter().find(|fault| fault.code.name() == "accounts-twice");
    assert!(matches!(
        twice.unwrap().code,
        FaultCode::AccountsTwice { line: 3, .. }
    ));
}

#[test]
fn an_age_outside_the_rules_is_told_with_its_cell_and_the_ages_at_both_ends_are_taken() {
    let book = workbook(|list| {
        list.write(3, 0, "2021-06-02").unwrap();
        list.write(3, 1, "1002").unwrap();
        list.write(3, 2, "Lý Thị Bé").unwrap();
        list.write(3, 3, "X1").unwrap();
    });
    let (people, faults) = read_book_of(&book);
    assert!(people.is_none());
    let young = faults.iter().find(|fault| fault.code.name() == "accounts-young");
    let young = young.expect("the child is eleven");
    let cell = Spot::Cell {
        sheet: "Danh sách".to_owned(),
        row: 4,
        column: 1,
    };
    assert_eq!(young.place.spot, cell);
    assert_eq!(
        young.message(crate::i18n::Lang::Vi),
        "Người này 11 tuổi vào ngày 1/6/2033; cuộc thi dành cho người từ đủ 12 tuổi."
    );
    let both = format!("{HEADER}A01,Nguyễn Văn An,2021-06-01,X1,,\nA02,Lý Thị Bé,2002-06-02,X1,,\n");
    assert_eq!(read(&both).0.map(|people| people.len()), Some(2));
}

#[test]
fn what_is_no_workbook_or_too_large_is_refused_as_a_whole() {
    let refused = |name: &str, bytes: &[u8]| {
        let (people, faults) = read_accounts(name, bytes, &rules(&[]));
        assert!(people.is_none());
        faults[0].code.name()
    };
    assert_eq!(refused("a.xlsx", b"code,full_name"), "sheet-other");
    let large = [b"PK".as_slice(), &vec![0; MAX_FILE_BYTES]].concat();
    assert_eq!(refused("a.xlsx", &large), "file-too-large");
}

#[test]
fn a_list_with_a_mistake_makes_no_account() {
    for (code, text) in cases() {
        let (people, faults) = read(&text);
        let found: Vec<&str> = faults.iter().map(|fault| fault.code.name()).collect();
        assert_eq!(found, [code], "{text}");
        assert!(people.is_none());
    }
}

#[test]
fn a_good_list_is_read_as_meant() {
    let text = format!("{HEADER}hs 01,Nguyễn  Văn An,2008-01-02,X1,10A,Có\nHS02,Lý Thị Bé,2009-03-04,X2,,\n");
    let (people, faults) = read(&text);
    assert!(faults.is_empty());
    let people = people.unwrap();
    assert_eq!(people.len(), 2);
    assert_eq!(
        (people[0].code.as_str(), people[0].consent_publish),
        ("HS01", true)
    );
    assert_eq!(people[0].full_name, "Nguyễn Văn An");
    assert_eq!(people[0].class.as_deref(), Some("10A"));
    assert_eq!(
        (people[1].birth_date, people[1].consent_publish),
        (date!(2009 - 03 - 04), false)
    );
    assert_eq!(format!("{:?}", people[0]), "ListedAccount(***)");
}
