//! `excluded.csv`: people who may enter but never win.
//!
//! Owns its columns; leaves comparing people with it to registration and to loading. The file is optional.

use super::code::FaultCode;
use super::columns::{Columns, span_of};
use super::csv::{FieldText, Row, read_rows};
use super::format::Reader;
use super::source::Sheet;
use crate::domain::exclusion::ListedPerson;
use crate::domain::participant::{Phone, tidy};

/// The name of the file inside the contest directory.
pub(super) const FILE: &str = "excluded.csv";
/// People of the list; a province has fewer organisers by far.
const MAX_PEOPLE: usize = 20_000;

const COLUMNS: [&str; 5] = ["reason", "phone", "national_id", "full_name", "birth_date"];

/// Reads the whole file.
pub(super) fn read_file(sheet: &mut Sheet<'_>) -> Vec<ListedPerson> {
    let rows = read_rows(sheet);
    let mut reader = Reader::new(sheet);
    let Some((header, rows)) = rows.split_first() else {
        return Vec::new();
    };
    let Some(columns) = read_header(&mut reader, header) else {
        return Vec::new();
    };
    if let Some(field) = rows.get(MAX_PEOPLE).and_then(|row| row.first()) {
        let code = FaultCode::TooManyEntries {
            key: FILE.to_owned(),
            count: rows.len() as u64,
            limit: MAX_PEOPLE as u64,
        };
        reader.fault(&field.span, code);
    }
    let taken = rows.get(..MAX_PEOPLE).unwrap_or(rows);
    taken
        .iter()
        .filter_map(|row| read_person(&mut reader, row, &columns))
        .collect()
}

fn read_header(reader: &mut Reader<'_, '_>, header: &Row<'_>) -> Option<Columns> {
    let columns = Columns::read(reader, header, &COLUMNS);
    if columns.missing(&["reason"]).is_empty() {
        return Some(columns);
    }
    let span = header.first().map_or(0..0, |field| field.span.clone());
    reader.fault(&span, FaultCode::ExcludedColumns {});
    None
}

fn read_person(reader: &mut Reader<'_, '_>, row: &Row<'_>, columns: &Columns) -> Option<ListedPerson> {
    let span = span_of(row);
    let cell = |name: &str| columns.cell(row, name);
    let reason = match cell("reason") {
        Some(field) => reader.clean_text(&field.text, &field.span, "reason", 200),
        None => {
            let key = "reason".to_owned();
            reader.fault(&span, FaultCode::EmptyText { key });
            None
        }
    };
    let phone = cell("phone").map(|field| read_phone(reader, field));
    let national_id = cell("national_id").map(|field| read_id(reader, field));
    let name = cell("full_name").map(|field| reader.clean_text(&field.text, &field.span, "full_name", 100));
    let born = cell("birth_date").map(|field| reader.date_text(&field.text, &field.span, "birth_date"));
    let half = name.is_some() != born.is_some();
    if half || (phone.is_none() && national_id.is_none() && name.is_none()) {
        reader.fault(&span, FaultCode::ExcludedNobody {});
        return None;
    }
    Some(ListedPerson {
        reason: reason?,
        phone: phone.flatten(),
        national_id: national_id.flatten(),
        name_and_birth: name.flatten().map(|name| tidy(&name)).zip(born.flatten()),
    })
}

/// A mobile number; spreadsheets drop the zero at its front.
fn read_phone(reader: &mut Reader<'_, '_>, field: &FieldText<'_>) -> Option<String> {
    let typed = field.text.trim();
    let phone = Phone::parse(typed).or_else(|_| Phone::parse(&format!("0{typed}")));
    if phone.is_err() {
        reader.fault(&field.span, FaultCode::ExcludedPhone {});
    }
    phone.ok().map(|phone| phone.as_str().to_owned())
}

/// Twelve digits; spreadsheets drop zeros at the front.
fn read_id(reader: &mut Reader<'_, '_>, field: &FieldText<'_>) -> Option<String> {
    let digits: String = field
        .text
        .chars()
        .filter(|c| !matches!(c, ' ' | '.' | '-'))
        .collect();
    let is_number = digits.bytes().all(|b| b.is_ascii_digit());
    if !is_number || !(10..=12).contains(&digits.len()) {
        reader.fault(&field.span, FaultCode::ExcludedId {});
        return None;
    }
    Some(format!("{digits:0>12}"))
}
