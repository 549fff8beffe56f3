//! The organisers' list of people who get accounts.
//!
//! Owns its columns, in CSV and in workbooks alike; which units and ages the contest takes is told by the caller, and
//! accounts are made by `action`.

use super::code::FaultCode;
use super::columns::{Columns, span_of};
use super::csv::{FieldText, Row, read_rows};
use super::fact::Severity;
use super::fault::Fault;
use super::fault::Subject;
use super::format::Reader;
use super::sheet::{PlainTable, read_plain};
use super::source::{MAX_FILE_BYTES, Sheet, decode, shorten};
use super::words::near;
use crate::domain::account::{ListedAccount, read_code};
use crate::domain::participant::{FieldError, FullName, age_on, check_birth};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use time::Date;

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
const CONSENT: [(&str, bool); 8] = [
    ("yes", true),
    ("có", true),
    ("x", true),
    ("true", true),
    ("no", false),
    ("không", false),
    ("false", false),
    ("", false),
];

/// What a contest asks of the people on a list.
#[derive(Debug, Clone)]
pub struct AccountRules<'a> {
    /// Codes of the units that people may enter for.
    pub units: BTreeSet<&'a str>,
    /// Smallest and largest age.
    pub ages: (Option<u8>, Option<u8>),
    /// The day on which ages are judged: that on which the first round opens.
    pub first_day: Date,
    /// Today.
    pub today: Date,
}

/// Reads a list for a contest. No list when any fault is an error.
pub fn read_accounts(
    name: &str,
    bytes: &[u8],
    rules: &AccountRules<'_>,
) -> (Option<Vec<ListedAccount>>, Vec<Fault>) {
    if is_workbook(name, bytes) {
        return match read_book(bytes) {
            Ok(book) => finish(read_table(name, &book, rules)),
            Err(code) => (None, vec![Fault::of_file(name, code)]),
        };
    }
    let text = match decode(name, bytes) {
        Ok(text) => text,
        Err(fault) => return (None, vec![*fault]),
    };
    let mut sheet = Sheet::new(name, &text);
    let rows = read_rows(&mut sheet);
    let people = read_people(&mut sheet, &rows, rules);
    finish((people, sheet.into_faults()))
}

fn finish((people, faults): (Vec<ListedAccount>, Vec<Fault>)) -> (Option<Vec<ListedAccount>>, Vec<Fault>) {
    let good = faults.iter().all(|fault| fault.severity != Severity::Error);
    (good.then_some(people), faults)
}

/// A workbook by its name, or by how zip archives and the old binary files begin.
fn is_workbook(name: &str, bytes: &[u8]) -> bool {
    let ending = name.rsplit('.').next().unwrap_or_default().to_lowercase();
    matches!(ending.as_str(), "xlsx" | "xls") || bytes.starts_with(b"PK") || bytes.starts_with(&[0xd0, 0xcf])
}

fn read_book(bytes: &[u8]) -> Result<PlainTable, FaultCode> {
    if bytes.len() > MAX_FILE_BYTES {
        return Err(FaultCode::FileTooLarge {
            size: bytes.len() as u64,
            limit: MAX_FILE_BYTES as u64,
        });
    }
    read_plain(bytes)
}

fn read_table(name: &str, book: &PlainTable, rules: &AccountRules<'_>) -> (Vec<ListedAccount>, Vec<Fault>) {
    let mut sheet = Sheet::with_marks(name, &book.text, book.marks.clone());
    for ignored in &book.ignored {
        let name = shorten(ignored, 80);
        sheet.fault(0..0, &Subject::File, FaultCode::AccountsSheet { name });
    }
    for (span, code) in &book.faults {
        sheet.fault(span.clone(), &Subject::File, code.clone());
        // What the cell should say is not known, so that nothing else can be wrong with it.
        sheet.give_up(span.clone());
    }
    let rows: Vec<Row<'_>> = book
        .rows
        .iter()
        .map(|row| {
            let field = |(text, span): &(String, std::ops::Range<usize>)| FieldText {
                text: Cow::Owned(text.clone()),
                span: span.clone(),
            };
            row.iter().map(field).collect()
        })
        .collect();
    let people = read_people(&mut sheet, &rows, rules);
    (people, sheet.into_faults())
}

fn read_people(sheet: &mut Sheet<'_>, rows: &[Row<'_>], rules: &AccountRules<'_>) -> Vec<ListedAccount> {
    let mut reader = Reader::new(sheet);
    let (header, rows) = match rows.split_first() {
        Some((header, rows)) => (header.as_slice(), rows),
        None => (&[][..], &[][..]),
    };
    let Some(columns) = read_header(&mut reader, header) else {
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
        people.extend(read_person(&mut reader, row, &columns, rules, &mut lines));
    }
    people
}

fn read_header(reader: &mut Reader<'_, '_>, header: &[FieldText<'_>]) -> Option<Columns> {
    let columns = Columns::read(reader, header, &COLUMNS);
    let missing = columns.missing(&NEEDED);
    if missing.is_empty() {
        return Some(columns);
    }
    let span = header.first().map_or(0..0, |field| field.span.clone());
    let missing = missing.into_iter().map(str::to_owned).collect();
    reader.fault(&span, FaultCode::AccountsColumns { missing });
    None
}

fn read_person(
    reader: &mut Reader<'_, '_>,
    row: &Row<'_>,
    columns: &Columns,
    rules: &AccountRules<'_>,
    lines: &mut BTreeMap<String, u64>,
) -> Option<ListedAccount> {
    let span = span_of(row);
    let cell = |name: &str| columns.cell(row, name);
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
    let birth_date = cell("birth_date").and_then(|field| read_birth(reader, field, rules));
    let unit = cell("unit").and_then(|field| read_unit(reader, field, &rules.units));
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
    let line = reader.sheet.line_number(field.span.start);
    lines.insert(code.clone(), line);
    Some(code)
}

/// A birth date within the ages of the contest.
fn read_birth(reader: &mut Reader<'_, '_>, field: &FieldText<'_>, rules: &AccountRules<'_>) -> Option<Date> {
    let birth = reader.date_text(&field.text, &field.span, "birth_date")?;
    let age = i64::from(age_on(birth, rules.first_day));
    let code = match check_birth(birth, rules.today, rules.ages, rules.first_day) {
        Ok(birth) => return Some(birth),
        Err(FieldError::TooYoung(least, day)) => FaultCode::AccountsYoung {
            age,
            least: u64::from(least),
            day: everyday(day),
        },
        Err(FieldError::PastAge(most, day)) => FaultCode::AccountsOld {
            age,
            most: u64::from(most),
            day: everyday(day),
        },
        Err(_) => FaultCode::AccountsBirth {},
    };
    reader.fault(&field.span, code);
    None
}

/// 3/4/2023.
fn everyday(day: Date) -> String {
    format!("{}/{}/{}", day.day(), u8::from(day.month()), day.year())
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
#[path = "accounts_tests.rs"]
pub(super) mod tests;
