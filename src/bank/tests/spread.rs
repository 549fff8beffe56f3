//! Prizes for bringing newcomers and the list of people who never win: what is read, and the fault of each mistake.

use super::faults::{C, Case};
use super::*;
use crate::domain::contest::{SpreadPrize, SpreadRules};
use crate::domain::exclusion::{BarredGroup, ListedPerson};
use time::macros::date;

const L: &str = "excluded.csv";

/// One mistake each in `contest.toml`; used by the list of all faults too.
pub(super) const CASES: &[Case] = &[
    (
        C,
        "[prize_total]",
        "«[spread]\nmin_attempts = 1\n\n[prize_total]",
        &["spread-without-prize"],
    ),
    (
        C,
        "[prize_total]",
        "[spread]\ncap = 20\n\n[[spread_prize]]\nname = \"Lan tỏa\"\nplaces = 1\nmin_newcomers = «21\n\n[prize_total]",
        &["spread-beyond-cap"],
    ),
    (
        C,
        "late_finish = false\n",
        "late_finish = false\nper_contest = 4\n\n[spread]\nmin_attempts = «5\n\n[[spread_prize]]\nname = \"Lan tỏa\"\nplaces = 1\n",
        &["spread-attempts"],
    ),
    (
        C,
        "[prize_total]",
        "[[spread_prize]]\nname = \"Lan tỏa\"\nplaces = 1\n\n[[spread_prize]]\nname = «\"LAN TỎA\"\nplaces = 2\n\n[prize_total]",
        &["prize-duplicate"],
    ),
    (
        C,
        "[prize_total]",
        "[[spread_prize]]\nname = \"Lan tỏa\"\nplaces = 1\n«bloc = \"Huyện\"\n\n[prize_total]",
        &["unknown-key"],
    ),
    (
        C,
        "[prize_total]",
        "[[no_prize_group]]\nreason = «\"Ban Tổ chức\"\nfrom = \"2025-01-01\"\n\n[prize_total]",
        &["barred-nobody"],
    ),
    (
        C,
        "[prize_total]",
        "[[no_prize_group]]\nreason = \"Ban Tổ chức\"\nunits = [\"CONGAN\", «\"CHILANG-T\"]\n\n[prize_total]",
        &["barred-unit"],
    ),
    (
        C,
        "[prize_total]",
        "[[no_prize_group]]\nreason = \"Sinh viên chuyên ngành\"\nborn_from = \"2005-01-01\"\nborn_to = «\"2004-01-01\"\n\n[prize_total]",
        &["barred-days"],
    ),
    (
        C,
        "[prize_total]",
        "[[no_prize_group]]\nreason = \"Ban Tổ chức\"\nunits = «[]\n\n[prize_total]",
        &["out-of-range"],
    ),
];

/// Contradictions around accounts that are issued.
pub(super) const ACCOUNTS: &[Case] = &[
    (
        C,
        "min_age = 12",
        "min_age = 12\naccounts = \"issued\"\npassword = «\"thicchc2025\"",
        &["accounts-password"],
    ),
    (
        C,
        "min_age = 12\naccent = \"hoi\"\nfields = { required = [\"full_name\", \"birth_date\", \"phone\", \"unit\"], optional = [\"national_id\", \"email\"] }\n",
        "min_age = 12\naccounts = \"issued\"\nfields = { required = [\"full_name\", \"birth_date\", \"phone\", \"unit\"] }\n\n[[spread_prize]]\nname = «\"Lan tỏa\"\nplaces = 1\n",
        &["accounts-spread"],
    ),
];

/// The sample with this list.
fn listed(rows: &str) -> SourceTree {
    let mut tree = sample();
    tree.add(
        L,
        format!("reason,phone,national_id,full_name,birth_date\n{rows}"),
    );
    tree
}

/// Lists with one mistake each, with its fault.
pub(super) fn trees() -> Vec<(&'static str, SourceTree)> {
    let mut without_reason = sample();
    without_reason.add(L, "phone\n0912345678\n");
    vec![
        ("excluded-columns", without_reason),
        ("excluded-nobody", listed("Ban Tổ chức,,,,\n")),
        ("excluded-nobody", listed("Ban Tổ chức,,,Nguyễn Văn An,\n")),
        ("excluded-phone", listed("Ban Tổ chức,0205 123 456,,,\n")),
        ("excluded-id", listed("Ban Tổ chức,,12345,,\n")),
        ("empty-text", listed(",0912345678,,,\n")),
        ("bad-date", listed("Ban Tổ chức,,,Nguyễn Văn An,15/6/1990\n")),
        (
            "too-many-entries",
            listed(&"Ban Tổ chức,0912345678,,,\n".repeat(20_001)),
        ),
    ]
}

#[test]
fn a_list_with_a_mistake_is_refused_at_its_place() {
    for (code, tree) in trees() {
        let reading = read_contest(&tree);
        assert_eq!(names(&reading.faults), [code]);
        assert_eq!(reading.faults[0].file, L);
        assert!(reading.loaded.is_none());
    }
}

#[test]
fn what_spreadsheets_do_to_numbers_is_undone_and_reasons_become_rules() {
    let rows = "Ban Tổ chức,912345678,,,\nTổ ra đề,,20085001234,,\nBan Tổ chức,,,Nguyễn  Văn An,1990-06-15\n";
    let loaded = read_contest(&listed(rows)).loaded.unwrap();
    let empty = |reason: &str| ListedPerson {
        reason: reason.to_owned(),
        phone: None,
        national_id: None,
        name_and_birth: None,
    };
    let expected = [
        ListedPerson {
            phone: Some("0912345678".to_owned()),
            ..empty("Ban Tổ chức")
        },
        ListedPerson {
            national_id: Some("020085001234".to_owned()),
            ..empty("Tổ ra đề")
        },
        ListedPerson {
            name_and_birth: Some(("Nguyễn Văn An".to_owned(), date!(1990 - 06 - 15))),
            ..empty("Ban Tổ chức")
        },
    ];
    assert!(loaded.listed == expected, "the list as meant");
    assert_eq!(loaded.definition.entry.no_prize, ["Ban Tổ chức", "Tổ ra đề"]);
    assert_eq!(
        format!("{:?}", loaded.listed[0]),
        "ListedPerson(***)",
        "nobody of it reaches a log"
    );
}

#[test]
fn prizes_for_newcomers_are_typed_with_their_defaults() {
    let read = |text: &str| {
        let tree = sample_with(C, "[prize_total]", &format!("{text}\n[prize_total]"));
        let reading = read_contest(&tree);
        assert_eq!(reading.faults, []);
        reading.loaded.unwrap().definition.spread
    };
    let prize = |name: &str, places, value, min_newcomers| SpreadPrize {
        name: name.to_owned(),
        places,
        value,
        min_newcomers,
    };
    assert_eq!(read(""), None);
    assert_eq!(
        read("[[spread_prize]]\nname = \"Lan tỏa\"\nplaces = 3\n"),
        Some(SpreadRules {
            min_attempts: 1,
            cap: None,
            prizes: vec![prize("Lan tỏa", 3, None, 1)],
        })
    );
    let full = "[spread]\nmin_attempts = 2\ncap = 50\n\n[[spread_prize]]\nname = \"Nhất\"\nplaces = 1\nvalue = 500_000\n\
        min_newcomers = 20\n\n[[spread_prize]]\nname = \"Nhì\"\nplaces = 2\nmin_newcomers = 5\n";
    assert_eq!(
        read(full),
        Some(SpreadRules {
            min_attempts: 2,
            cap: Some(50),
            prizes: vec![prize("Nhất", 1, Some(500_000), 20), prize("Nhì", 2, None, 5)],
        })
    );
}

#[test]
fn groups_who_never_win_are_named_by_unit_birth_and_day() {
    let text = "[[no_prize_group]]\nreason = \"Cơ quan Ban Tổ chức\"\nunits = [\"CONGAN\", \"DB-CHILANG\"]\n\n\
        [[no_prize_group]]\nreason = \"Người ra đề\"\nborn_from = \"1980-01-01\"\nborn_to = \"1990-12-31\"\n\
        from = \"2025-09-01\"\nto = \"2025-09-30\"\n";
    let tree = sample_with(C, "[prize_total]", &format!("{text}\n[prize_total]"));
    let reading = read_contest(&tree);
    assert_eq!(reading.faults, []);
    let office = BarredGroup {
        reason: "Cơ quan Ban Tổ chức".to_owned(),
        units: vec!["CONGAN".to_owned(), "DB-CHILANG".to_owned()],
        ..BarredGroup::default()
    };
    let authors = BarredGroup {
        reason: "Người ra đề".to_owned(),
        born_from: Some(date!(1980 - 01 - 01)),
        born_to: Some(date!(1990 - 12 - 31)),
        from: Some(date!(2025 - 09 - 01)),
        to: Some(date!(2025 - 09 - 30)),
        ..BarredGroup::default()
    };
    let entry = reading.loaded.unwrap().definition.entry;
    assert_eq!(entry.no_prize_groups, [office, authors]);
}
