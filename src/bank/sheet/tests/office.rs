//! Workbooks that LibreOffice Calc saved, each with the reading that people expect of it beside it.

use super::*;
use std::path::PathBuf;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/sheets")
}

#[test]
fn each_saved_workbook_is_read_as_it_looks() {
    let mut names: Vec<String> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".xlsx"))
        .collect();
    names.sort();
    assert!(names.len() >= 8, "{names:?}");
    let mut wrong = String::new();
    for name in names {
        let bytes = std::fs::read(folder().join(&name)).unwrap();
        let (faults, questions) = told(&read_xlsx(&name, &bytes));
        let found = serde_json::json!({ "faults": faults, "questions": questions });
        let expected =
            std::fs::read_to_string(folder().join(name.replace(".xlsx", ".json"))).unwrap_or_default();
        let expected: serde_json::Value = serde_json::from_str(&expected).unwrap_or_default();
        if found != expected {
            wrong.push_str(&format!("{name}: {found:#}\n"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
