//! The table `[complaints]`: until when people may complain about a result, and by when they are answered.
//!
//! Owns its keys; both must be there once the table is.

use super::format::Reader;
use super::node::Table;
use crate::domain::contest::ComplaintRules;

/// Days that may be named.
const MAX_DAYS: i64 = 60;

/// The table, if the file has it.
pub(super) fn read_complaints(reader: &mut Reader<'_, '_>, root: &Table) -> Option<ComplaintRules> {
    const HEADER: &str = "[complaints]";
    let table = reader.subtable(root, "complaints")?;
    reader.only(table, HEADER, &["within_days", "answer_days"]);
    let mut days = |key: &str, example: &'static str| {
        let node = reader.required(table, HEADER, key, example)?;
        reader.integer(node, key, 1, MAX_DAYS)
    };
    let within = days("within_days", "within_days = 5");
    let answer = days("answer_days", "answer_days = 10");
    Some(ComplaintRules {
        within_days: u16::try_from(within?).ok()?,
        answer_days: u16::try_from(answer?).ok()?,
    })
}
