//! The organisers' list of people who get accounts.
//!
//! Owns its columns; which units there are is told by the caller, and accounts are made by `action`.

use super::code::FaultCode;
use super::csv::{FieldText, Row, read_rows};
use super::fact::Severity;
use super::fault::Fault;
use super::format::Reader;
use super::source::{Sheet, decode, shorten};
use super::words::near;
use crate::domain::account::{ListedAccount, read_code};
use crate::domain::participant::FullName;
use std::collections::{BTreeMap, BTreeSet};

/// People of one list; a province sends several.
const MAX_PEOPLE: usize = 20_000;

const COLUMNS: [&str; 6] = [
    "code",
    "full_name",
    "birth_date",
    "unit",
    "class",
    "consent_publish",
];
const NEEDED: [&str; 4] = ["code", "full_name", "birth_date", "unit"];

/// The words of the column `consent_publish`.
const CONSENT: [(&str, bool); 6] = [
    ("yes", true),
    ("có", true),
    ("x", true),
    ("no", false),
    ("không", false),
    ("", false),
];

/// Where each known column is.
type Places = BTreeMap<&'static str, usize>;

/// Reads a list; `units` are the codes of the units that people may enter for. No list when any fault is an error.
pub fn read_accounts(
    name: &str,
    bytes: &[u8],
    units: &BTreeSet<&str>,
) -> (Option<Vec<ListedAccount>>, Vec<Fault>) {
    let text = match decode(name, bytes) {
        Ok(text) => text,
        Err(fault) => return (None, vec![*fault]),
    };
    let mut sheet = Sheet::new(name, &text);
    let people = read_people(&mut sheet, units);
    let faults = sheet.into_faults();
    let good = faults.iter().all(|fault| fault.severity != Severity::Error);
    (good.then_some(people), faults)
}

fn read_people(sheet: &mut Sheet<'_>, units: &BTreeSet<&str>) -> Vec<ListedAccount> {
    let rows = read_rows(sheet);
    let mut reader = Reader::new(sheet);
    let (header, rows) = match rows.split_first() {
        Some((header, rows)) => (header.as_slice(), rows),
        None => (&[][..], &[][..]),
    };
    let Some(places) = read_header(&mut reader, header) else {
        return Vec::new();
    };
    if let Some(field) = rows.get(MAX_PEOPLE).and_then(|row| row.first()) {
        let (count, limit) = (rows.len() as u64, MAX_PEOPLE as u64);
        let key = "code".to_owned();
        reader.fault(&field.span, FaultCode::TooManyEntries { key, count, limit });
    }
    let mut lines: BTreeMap<String, u64> = BTreeMap::new();
    let mut people = Vec::new();
    for row in rows.iter().take(MAX_PEOPLE) {
        people.extend(read_person(&mut reader, row, &places, units, &mut lines));
    }
    people
}

fn read_header(reader: &mut Reader<'_, '_>, header: &[FieldText<'_>]) -> Option<Places> {
    let mut places = Places::new();
    for (place, field) in header.iter().enumerate() {
        let name = field.text.trim().to_lowercase();
        match COLUMNS.iter().find(|column| **column == name) {
            Some(column) if places.insert(*column, place).is_some() => {
                reader.fault(&field.span, FaultCode::ColumnDuplicate { name });
            }
            Some(_) => {}
            None => {
                let near = near(&name, COLUMNS);
                let allowed = COLUMNS.map(str::to_owned).to_vec();
                let name = shorten(&name, 80);
                reader.fault(&field.span, FaultCode::UnknownColumn { name, near, allowed });
            }
        }
    }
    let missing: Vec<String> = NEEDED
        .into_iter()
        .filter(|name| !places.contains_key(name))
        .map(str::to_owned)
        .collect();
    if missing.is_empty() {
        return Some(places);
    }
    let span = header.first().map_or(0..0, |field| field.span.clone());
    reader.fault(&span, FaultCode::AccountsColumns { missing });
    None
}

fn read_person(
    reader: &mut Reader<'_, '_>,
    row: &Row<'_>,
    places: &Places,
    units: &BTreeSet<&str>,
    lines: &mut BTreeMap<String, u64>,
) -> Option<ListedAccount> {
    let start = row.first().map_or(0, |field| field.span.start);
    let span = start..row.last().map_or(start, |field| field.span.end);
    let cell = |name: &str| -> Option<&FieldText<'_>> {
        row.get(*places.get(name)?)
            .filter(|field| !field.text.trim().is_empty())
    };
    for name in NEEDED {
        if cell(name).is_none() {
            let key = name.to_owned();
            reader.fault(&span, FaultCode::EmptyText { key });
        }
    }
    let code = cell("code").and_then(|field| read_own_code(reader, field, lines));
    let full_name = cell("full_name").and_then(|field| {
        let name = FullName::parse(&field.text);
        if name.is_err() {
            reader.fault(&field.span, FaultCode::AccountsName {});
        }
        name.ok()
    });
    let birth_date =
        cell("birth_date").and_then(|field| reader.date_text(&field.text, &field.span, "birth_date"));
    let unit = cell("unit").and_then(|field| read_unit(reader, field, units));
    let class = cell("class").and_then(|field| reader.clean_text(&field.text, &field.span, "class", 50));
    let consent = match cell("consent_publish") {
        Some(field) => read_consent(reader, field)?,
        None => false,
    };
    Some(ListedAccount {
        code: code?,
        full_name: full_name?.as_str().to_owned(),
        birth_date: birth_date?,
        unit: unit?,
        class,
        consent_publish: consent,
    })
}

fn read_own_code(
    reader: &mut Reader<'_, '_>,
    field: &FieldText<'_>,
    lines: &mut BTreeMap<String, u64>,
) -> Option<String> {
    let Some(code) = read_code(&field.text) else {
        let value = shorten(&field.text, 80);
        reader.fault(&field.span, FaultCode::AccountsCode { value });
        return None;
    };
    if let Some(line) = lines.get(&code) {
        let (value, line) = (code, *line);
        reader.fault(&field.span, FaultCode::AccountsTwice { value, line });
        return None;
    }
    let line = u64::from(reader.sheet.position(field.span.start).0);
    lines.insert(code.clone(), line);
    Some(code)
}

fn read_unit(reader: &mut Reader<'_, '_>, field: &FieldText<'_>, units: &BTreeSet<&str>) -> Option<String> {
    let unit = field.text.trim();
    if !units.contains(unit) {
        let near = near(unit, units.iter().copied());
        let unit = shorten(unit, 80);
        reader.fault(&field.span, FaultCode::AccountsUnit { unit, near });
        return None;
    }
    Some(unit.to_owned())
}

fn read_consent(reader: &mut Reader<'_, '_>, field: &FieldText<'_>) -> Option<bool> {
    let word = field.text.trim().to_lowercase();
    let found = CONSENT.iter().find(|(known, _)| *known == word);
    if found.is_none() {
        let code = FaultCode::UnknownValue {
            key: "consent_publish".to_owned(),
            value: shorten(&word, 80),
            near: near(&word, ["yes", "no"]),
            allowed: vec!["\"yes\"".to_owned(), "\"no\"".to_owned()],
        };
        reader.fault(&field.span, code);
    }
    found.map(|(_, consent)| *consent)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use time::macros::date;

    const HEADER: &str = "code,full_name,birth_date,unit,class,consent_publish\n";

    fn read(text: &str) -> (Option<Vec<ListedAccount>>, Vec<Fault>) {
        read_accounts("danh-sach.csv", text.as_bytes(), &BTreeSet::from(["X1", "X2"]))
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
        cases().iter().flat_map(|(_, text)| read(text).1).collect()
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
        let text =
            format!("{HEADER}hs 01,Nguyễn  Văn An,2008-01-02,X1,10A,Có\nHS02,Lý Thị Bé,2009-03-04,X2,,\n");
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
}
