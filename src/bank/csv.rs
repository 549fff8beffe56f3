//! Comma-, semicolon- and tab-separated text with the place of every field.
//!
//! Owns quoting and the choice of separator, as spreadsheets write them; knows no columns. The csv crate is not used
//! here because it gives no place of a field and reads on silently after a quotation mark that is never closed.

use super::code::FaultCode;
use super::fact::SyntaxProblem;
use super::fault::Subject;
use super::source::Sheet;
use std::borrow::Cow;
use std::ops::Range;

/// A field as meant, with the bytes it was written in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FieldText<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) span: Range<usize>,
}

/// A row that is not empty.
pub(super) type Row<'a> = Vec<FieldText<'a>>;

/// All rows that hold anything; faults of quoting are noted.
pub(super) fn read_rows<'a>(sheet: &mut Sheet<'a>) -> Vec<Row<'a>> {
    let (separator, start) = separator(sheet.text);
    read_rows_by(sheet, separator, start)
}

/// The same where the caller knows the separator and where the rows begin.
pub(super) fn read_rows_by<'a>(sheet: &mut Sheet<'a>, separator: char, start: usize) -> Vec<Row<'a>> {
    let text = sheet.text;
    let mut at = start;
    let mut rows = Vec::new();
    while at < text.len() {
        let (row, next) = read_row(sheet, at, separator);
        if row.iter().any(|field| !field.text.trim().is_empty()) {
            rows.push(row);
        }
        at = next;
    }
    rows
}

/// The separator of the first line, and where the rows begin; `sep=;` is a hint that Excel writes and reads.
pub(super) fn separator(text: &str) -> (char, usize) {
    let first = text.lines().next().unwrap_or_default();
    if let Some(named) = first
        .trim_end()
        .strip_prefix("sep=")
        .and_then(|rest| rest.chars().next())
    {
        let start = text.find('\n').map_or(text.len(), |end| end + 1);
        return (named, start);
    }
    let count = |separator: char| first.chars().filter(|c| *c == separator).count();
    let best = [',', ';', '\t']
        .into_iter()
        .max_by_key(|separator| (count(*separator), *separator == ','));
    (best.unwrap_or(','), 0)
}

fn read_row<'a>(sheet: &mut Sheet<'a>, start: usize, separator: char) -> (Row<'a>, usize) {
    let mut row = Vec::new();
    let mut at = start;
    loop {
        let (field, end) = read_field(sheet, at, separator);
        row.push(field);
        let rest = sheet.text.get(end..).unwrap_or_default();
        at = match rest.chars().next() {
            Some(c) if c == separator => end + c.len_utf8(),
            Some('\r') if rest.starts_with("\r\n") => return (row, end + 2),
            Some(c) => return (row, end + c.len_utf8()),
            None => return (row, sheet.text.len()),
        };
    }
}

fn read_field<'a>(sheet: &mut Sheet<'a>, start: usize, separator: char) -> (FieldText<'a>, usize) {
    let text = sheet.text;
    let rest = text.get(start..).unwrap_or_default();
    let plain_end = |from: usize| {
        let tail = text.get(from..).unwrap_or_default();
        from + tail.find([separator, '\n', '\r']).unwrap_or(tail.len())
    };
    let Some(inner) = rest.strip_prefix('"') else {
        let end = plain_end(start);
        return (trimmed(text, start..end), end);
    };
    let close = closing_quote(inner).unwrap_or(inner.len());
    let (inside, after) = (start + 1..start + 1 + close, start + 2 + close);
    let end = plain_end(after.min(text.len()));
    let has_rest = !text.get(after..end).unwrap_or_default().trim().is_empty();
    let many_lines = text
        .get(inside.clone())
        .is_some_and(|inside| inside.contains('\n'));
    // Never closed, or closed on a later line by what is really the opening of another field.
    if close == inner.len() || (has_rest && many_lines) {
        let end = plain_end(start);
        note(sheet, start..end);
        return (trimmed(text, start + 1..end), end);
    }
    if has_rest {
        note(sheet, after..end);
    }
    let raw = text.get(inside.clone()).unwrap_or_default();
    let value = if raw.contains("\"\"") {
        Cow::Owned(raw.replace("\"\"", "\""))
    } else {
        Cow::Borrowed(raw)
    };
    (
        FieldText {
            text: value,
            span: inside,
        },
        end,
    )
}

fn closing_quote(inner: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + inner.get(from..)?.find('"')?;
        match inner.get(at + 1..).is_some_and(|rest| rest.starts_with('"')) {
            true => from = at + 2,
            false => return Some(at),
        }
    }
}

fn trimmed(text: &str, span: Range<usize>) -> FieldText<'_> {
    let raw = text.get(span.clone()).unwrap_or_default();
    let start = span.start + (raw.len() - raw.trim_start().len());
    let inside = raw.trim();
    FieldText {
        text: Cow::Borrowed(inside),
        span: start..start + inside.len(),
    }
}

fn note(sheet: &mut Sheet<'_>, span: Range<usize>) {
    let code = FaultCode::Syntax {
        problem: SyntaxProblem::CsvQuote,
        detail: String::new(),
    };
    sheet.fault(span, &Subject::File, code);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(text: &str) -> (Vec<Vec<String>>, usize) {
        let mut sheet = Sheet::new("x.csv", text);
        let rows = read_rows(&mut sheet);
        let rows = rows
            .into_iter()
            .map(|row| row.into_iter().map(|field| field.text.into_owned()).collect())
            .collect();
        (rows, sheet.into_faults().len())
    }

    #[test]
    fn separators_and_line_ends_of_every_spreadsheet_are_understood() {
        let expected = (
            vec![
                vec!["a".to_owned(), "b".to_owned()],
                vec!["1".to_owned(), "2".to_owned()],
            ],
            0,
        );
        for text in [
            "a,b\n1,2\n",
            "a;b\r\n1;2\r\n",
            "a\tb\n\n1\t2",
            "sep=;\r\na;b\r\n;\r\n1;2",
            "\"a\",\"b\"\n1 , 2\n",
        ] {
            assert_eq!(fields(text), expected, "{text:?}");
        }
    }

    #[test]
    fn quotes_hold_separators_quotes_and_lines() {
        let (rows, faults) = fields("\"a,\"\"b\"\"\nc\",d\n");
        assert_eq!(
            (rows, faults),
            (vec![vec!["a,\"b\"\nc".to_owned(), "d".to_owned()]], 0)
        );
    }

    #[test]
    fn a_quote_that_is_never_closed_loses_one_field_only() {
        let (rows, faults) = fields("a,b\n\"one,2\n3,4\n");
        assert_eq!(faults, 1);
        assert_eq!(rows.len(), 3);
        let (_, faults) = fields("a,b\n\"one\" two,2\n");
        assert_eq!(faults, 1);
    }
}
