//! Groups that take turns: what is read, and the fault of each mistake.

use super::faults::{C, Case};
use super::*;
use crate::domain::access::AccessWindow;
use time::macros::{date, datetime};

/// One mistake each; used by the list of all faults too. A turn for everybody keeps the others from being left out.
pub(super) const CASES: &[Case] = &[
    (
        C,
        "[prize_total]",
        "[[access]]\ngroup = \"Khối xã\"\nfrom = «\"2023-04-05T08:00:00+07:00\"\nto = \"2023-04-05T08:00:00+07:00\"\n\n\
         [prize_total]",
        &["access-reversed"],
    ),
    (
        C,
        "[prize_total]",
        "[[access]]\ngroup = \"Khối xã\"\nfrom = «\"2023-04-10T06:00:00+07:00\"\nto = \"2023-04-10T09:00:00+07:00\"\n\n\
         [prize_total]",
        &["access-outside"],
    ),
    (
        C,
        "[prize_total]",
        "[[access]]\ngroup = \"Khối xã\"\nunits = [\"CONGAN\"]\nfrom = \"2023-04-03T08:00:00+07:00\"\n\
         to = \"2023-04-04T08:00:00+07:00\"\n\n\
         [[access]]\ngroup = \"Công an\"\nunits = [«\"CONGAN\"]\nfrom = \"2023-04-05T08:00:00+07:00\"\n\
         to = \"2023-04-06T08:00:00+07:00\"\n\n\
         [[access]]\ngroup = \"Còn lại\"\nfrom = \"2023-04-07T08:00:00+07:00\"\nto = \"2023-04-08T08:00:00+07:00\"\n\n\
         [prize_total]",
        &["access-twice"],
    ),
    (
        C,
        "[prize_total]",
        "[[access]]\ngroup = \"Khối xã\"\nunits = [\"DB-CHILANG\"]\nfrom = «\"2023-04-03T08:00:00+07:00\"\n\
         to = \"2023-04-10T07:00:00+07:00\"\n\n[prize_total]",
        &["access-nobody"],
    ),
    (
        C,
        "[prize_total]",
        "[[access]]\ngroup = \"Khối xã\"\nbloc = «\"Huyen\"\nfrom = \"2023-04-03T08:00:00+07:00\"\n\
         to = \"2023-04-04T08:00:00+07:00\"\n\n\
         [[access]]\ngroup = \"Còn lại\"\nfrom = \"2023-04-07T08:00:00+07:00\"\nto = \"2023-04-08T08:00:00+07:00\"\n\n\
         [prize_total]",
        &["access-bloc"],
    ),
    (
        C,
        "[prize_total]",
        "[[access]]\ngroup = \"Khối xã\"\nunits = [«\"CHILANG-T\"]\nfrom = \"2023-04-03T08:00:00+07:00\"\n\
         to = \"2023-04-04T08:00:00+07:00\"\n\n\
         [[access]]\ngroup = \"Còn lại\"\nfrom = \"2023-04-07T08:00:00+07:00\"\nto = \"2023-04-08T08:00:00+07:00\"\n\n\
         [prize_total]",
        &["barred-unit"],
    ),
    (
        C,
        "[prize_total]",
        "«[[access]]\ngroup = \"Khối xã\"\nfrom = \"2023-04-03T08:00:00+07:00\"\n\n[prize_total]",
        &["missing-key"],
    ),
    (
        C,
        "[prize_total]",
        "[[access]]\ngroup = \"Khối xã\"\n«round = 1\nfrom = \"2023-04-03T08:00:00+07:00\"\n\
         to = \"2023-04-04T08:00:00+07:00\"\n\n[prize_total]",
        &["unknown-key"],
    ),
];

#[test]
fn turns_are_typed_and_a_round_without_any_takes_everybody() {
    let text = "[[access]]\ngroup = \"Huyện Chi Lăng, Cao Lộc\"\nunits = [\"DB-CHILANG\", \"DB-CAOLOC\"]\n\
        from = \"2023-04-03T08:00:00+07:00\"\nto = \"2023-04-06T00:00:00+07:00\"\n\n\
        [[access]]\ngroup = \"Lực lượng vũ trang\"\nbloc = \"Lực lượng vũ trang\"\nborn_from = \"1990-01-01\"\n\
        born_to = \"2005-12-31\"\nfrom = \"2023-04-06T00:00:00+07:00\"\nto = \"2023-04-10T07:00:00+07:00\"\n";
    let tree = sample_with(C, "[prize_total]", &format!("{text}\n[prize_total]"));
    let reading = read_contest(&tree);
    assert_eq!(reading.faults, []);
    let midnight = datetime!(2023-04-05 17:00 UTC);
    let districts = AccessWindow {
        group: "Huyện Chi Lăng, Cao Lộc".to_owned(),
        units: vec!["DB-CHILANG".to_owned(), "DB-CAOLOC".to_owned()],
        bloc: None,
        born_from: None,
        born_to: None,
        from: datetime!(2023-04-03 01:00 UTC),
        to: midnight,
    };
    let forces = AccessWindow {
        group: "Lực lượng vũ trang".to_owned(),
        units: Vec::new(),
        bloc: Some("Lực lượng vũ trang".to_owned()),
        born_from: Some(date!(1990 - 01 - 01)),
        born_to: Some(date!(2005 - 12 - 31)),
        from: midnight,
        to: datetime!(2023-04-10 00:00 UTC),
    };
    assert_eq!(
        reading.loaded.unwrap().definition.entry.access,
        [districts, forces]
    );
}

#[test]
fn the_units_left_out_are_named_and_counted() {
    let text = "[[access]]\ngroup = \"Khối xã\"\nunits = [\"DB-CHILANG\"]\nfrom = \"2023-04-03T08:00:00+07:00\"\n\
        to = \"2023-04-10T07:00:00+07:00\"\n";
    let reading = read_contest(&sample_with(
        C,
        "[prize_total]",
        &format!("{text}\n[prize_total]"),
    ));
    let [fault] = reading.faults.as_slice() else {
        panic!("{:?}", reading.faults)
    };
    // The town below the district is taken in with it.
    assert_eq!(
        fault.code,
        FaultCode::AccessNobody {
            round: 1,
            units: vec!["DB-CAOLOC".to_owned(), "CONGAN".to_owned()],
            count: 2,
        }
    );
    assert!(reading.loaded.is_some(), "a warning does not stop the load");
}

#[test]
fn a_unit_that_ends_between_rounds_is_asked_for_until_something_that_takes_it_over_is_let_in() {
    let text = "[[access]]\ngroup = \"Khối xã\"\nunits = [\"DB-CHILANG\", \"DB-CAOLOC\"]\n\
        from = \"2023-04-10T09:00:00+07:00\"\nto = \"2023-04-12T07:00:00+07:00\"\n";
    let left_out = |successor: &str| {
        let mut tree = sample_with(C, "[prize_total]", &format!("{text}\n[prize_total]"));
        let units = text_of(&tree, "units.csv");
        let mut lines: Vec<String> = units.lines().map(|line| format!("{line},")).collect();
        for line in &mut lines {
            if line.starts_with("code,") {
                line.push_str("successor");
            } else if line.starts_with("CONGAN,") {
                // The last day is that before the second round opens.
                *line = format!("CONGAN,Đảng bộ Công an tỉnh,,Lực lượng vũ trang,,,2023-04-09,{successor}");
            }
        }
        tree.add("units.csv", lines.join("\n"));
        let reading = read_contest(&tree);
        names(&reading.faults).contains(&"access-nobody")
    };
    assert!(left_out(""), "its people have registered and are still there");
    assert!(!left_out("DB-CAOLOC"));
}
