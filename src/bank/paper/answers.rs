//! Answer tables: "1-A", "1.B2. B3.B4.B", two rows of numbers and letters, cells of a table.
//!
//! Owns recognising them in lines and in tables; leaves which question an answer belongs to to `tail`.

use super::labels::{LETTERS, skip};
use super::lines::{Cell, Doc};
use std::collections::BTreeMap;
use std::ops::Range;

/// An answer: the number of a question and its right options.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) number: u32,
    pub(super) places: Vec<u8>,
    pub(super) span: Range<usize>,
}

/// The answers of a line that holds nothing else; `None` for any other line. Spans are from the line's beginning.
pub(super) fn of_line(line: &str) -> Option<Vec<Answer>> {
    let mut answers = Vec::new();
    let mut at = skip(line, |c| c.is_whitespace() || c == '|');
    while at < line.len() {
        let (answer, length) = pair(line.get(at..)?)?;
        let span = at..at + length;
        answers.push(Answer { span, ..answer });
        at += length;
        at += skip(line.get(at..)?, |c| {
            c.is_whitespace() || matches!(c, ',' | ';' | '|' | '.' | '–' | '-')
        });
    }
    (!answers.is_empty()).then_some(answers)
}

/// "1-A", "1.A", "1a", "Câu 1: A, C".
fn pair(text: &str) -> Option<(Answer, usize)> {
    let word = super::labels::after_words(text, &["câu", "cau", "c"]).unwrap_or(0);
    let gap = word + skip(text.get(word..)?, char::is_whitespace);
    let digits = skip(text.get(gap..)?, |c| c.is_ascii_digit());
    let number = text
        .get(gap..gap + digits)
        .filter(|part| (1..=4).contains(&part.len()))?;
    let number = number.parse().ok()?;
    let from = gap + digits;
    let signs = skip(text.get(from..)?, |c| {
        c.is_whitespace() || matches!(c, '-' | '–' | '.' | ':' | ')' | '/' | '=' | '→' | '|')
    });
    let from = from + signs;
    let (places, length) = letters(text.get(from..)?)?;
    let answer = Answer {
        number,
        places,
        span: 0..0,
    };
    Some((answer, from + length))
}

/// Letters at the beginning of a text: "A", "a", "AC", "A, C", "A và C"; they end where another word begins.
fn letters(text: &str) -> Option<(Vec<u8>, usize)> {
    let mut places = Vec::new();
    let mut end = 0;
    let mut at = 0;
    loop {
        let rest = text.get(at..)?;
        let run = skip(rest, |c| c.is_ascii_alphabetic());
        let word = rest.get(..run)?;
        let is_run = word.len() == 1 || word.chars().all(|c| c.is_ascii_uppercase());
        let read: Option<Vec<u8>> = word
            .bytes()
            .map(|letter| Some(letter.to_ascii_uppercase() - b'A').filter(|place| *place < LETTERS))
            .collect();
        let next = rest.get(run..)?.chars().next();
        match read.filter(|read| {
            !read.is_empty() && read.len() <= 8 && is_run && !next.is_some_and(char::is_alphabetic)
        }) {
            Some(read) => places.extend(read),
            None => break,
        }
        end = at + run;
        let rest = text.get(end..)?;
        let joint = skip(rest, |c| c.is_whitespace() || matches!(c, ',' | '&' | '+'));
        let and = super::labels::after_words(rest.get(joint..)?, &["và", "and"]).unwrap_or(0);
        if joint + and == 0 {
            break;
        }
        let after = joint + and;
        at = end + after + skip(rest.get(after..)?, char::is_whitespace);
    }
    (!places.is_empty()).then_some((places, end))
}

/// Numbers of a row, "Câu 1 2 3 4", or of cells.
fn numbers(line: &str) -> Option<Vec<u32>> {
    let words = line.split(|c: char| c.is_whitespace() || matches!(c, '|' | ',' | ';' | '.' | ':'));
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let rest = words
        .iter()
        .skip_while(|word| !word.starts_with(|c: char| c.is_ascii_digit()));
    let heading = words.len() - rest.clone().count();
    let numbers: Option<Vec<u32>> = rest
        .map(|word| word.parse().ok().filter(|n| *n < 10_000))
        .collect();
    numbers.filter(|numbers| numbers.len() >= 2 && heading <= 3)
}

/// The letters of a row, "Đáp án A B C D", as many as there are numbers above.
fn row_letters(line: &str, count: usize) -> Option<Vec<u8>> {
    let words = line.split(|c: char| c.is_whitespace() || matches!(c, '|' | ',' | ';' | '.' | ':'));
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let from = words.len().checked_sub(count)?;
    let places: Option<Vec<u8>> = words.iter().skip(from).map(|word| place(word)).collect();
    places.filter(|_| from <= 3)
}

fn place(word: &str) -> Option<u8> {
    let mut bytes = word.bytes();
    let (Some(letter), None) = (bytes.next(), bytes.next()) else {
        return None;
    };
    let place = letter.to_ascii_uppercase().wrapping_sub(b'A');
    (place < LETTERS).then_some(place)
}

/// The answers of two lines, numbers above letters. Spans are from the second line's beginning.
pub(super) fn of_two_lines(first: &str, second: &str) -> Option<Vec<Answer>> {
    let numbers = numbers(first)?;
    let places = row_letters(second, numbers.len())?;
    let answer = |(number, place)| Answer {
        number,
        places: vec![place],
        span: 0..second.len(),
    };
    Some(numbers.into_iter().zip(places).map(answer).collect())
}

/// The answers of a table whose cells hold nothing but numbers, letters and headings; `None` for any other table.
pub(super) fn of_table(doc: &Doc, lines: &[(Cell, usize)]) -> Option<Vec<Answer>> {
    let mut rows: BTreeMap<u32, BTreeMap<u32, Range<usize>>> = BTreeMap::new();
    for (cell, at) in lines {
        let span = doc.lines.get(*at)?.span.clone();
        if doc.slice(&span).trim().is_empty() {
            continue;
        }
        // Cells of an answer table have one line, but for pairs.
        let cells = rows.entry(cell.row).or_default();
        match cells.get_mut(&cell.column) {
            Some(found) => found.end = span.end,
            None => drop(cells.insert(cell.column, span)),
        }
    }
    pairs_in_cells(doc, &rows)
        .or_else(|| numbers_above_letters(doc, &rows))
        .or_else(|| numbers_beside_letters(doc, &rows))
}

type Rows = BTreeMap<u32, BTreeMap<u32, Range<usize>>>;

fn is_heading(text: &str) -> bool {
    let folded = crate::domain::unit::fold(text);
    let words = [
        "cau",
        "cau hoi",
        "dap an",
        "da",
        "stt",
        "so cau",
        "cau so",
        "tra loi",
        "question",
        "answer",
        "key",
        "da dung",
        "phuong an",
        "dap an dung",
        "phuong an dung",
        "d a",
        "tt",
        "bang dap an",
    ];
    words.contains(&folded.as_str())
}

fn pairs_in_cells(doc: &Doc, rows: &Rows) -> Option<Vec<Answer>> {
    let mut answers = Vec::new();
    for span in rows.values().flat_map(BTreeMap::values) {
        for line in doc.slice(span).lines().filter(|line| !is_heading(line)) {
            let found = of_line(line)?;
            answers.extend(found.into_iter().map(|answer| Answer {
                span: span.clone(),
                ..answer
            }));
        }
    }
    (!answers.is_empty()).then_some(answers)
}

fn number(text: &str) -> Option<u32> {
    let word = super::labels::after_words(text.trim(), &["câu", "cau"]).unwrap_or(0);
    let digits = text
        .trim()
        .get(word..)?
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ':' | ')'));
    digits.parse().ok().filter(|_| digits.len() <= 4)
}

fn places(text: &str) -> Option<Vec<u8>> {
    let text = text.trim().trim_end_matches('.');
    let (places, length) = letters(text)?;
    (length == text.len()).then_some(places)
}

fn numbers_above_letters(doc: &Doc, rows: &Rows) -> Option<Vec<Answer>> {
    let mut answers = Vec::new();
    let mut above: BTreeMap<u32, u32> = BTreeMap::new();
    for cells in rows.values() {
        let body: Vec<(u32, &Range<usize>)> = cells
            .iter()
            .filter(|(_, span)| !is_heading(doc.slice(span)))
            .map(|(column, span)| (*column, span))
            .collect();
        let row: Option<BTreeMap<u32, u32>> = body
            .iter()
            .map(|(column, span)| Some((*column, number(doc.slice(span))?)))
            .collect();
        if let Some(numbers) = row {
            above = numbers;
            continue;
        }
        for (column, span) in body {
            let number = *above.get(&column)?;
            let places = places(doc.slice(span))?;
            let span = span.clone();
            answers.push(Answer { number, places, span });
        }
    }
    (!answers.is_empty()).then_some(answers)
}

fn numbers_beside_letters(doc: &Doc, rows: &Rows) -> Option<Vec<Answer>> {
    let mut answers = Vec::new();
    for cells in rows.values() {
        let mut open = None;
        for span in cells.values().filter(|span| !is_heading(doc.slice(span))) {
            let text = doc.slice(span);
            match open.take() {
                None => open = Some(number(text)?),
                Some(number) => {
                    let places = places(text)?;
                    let span = span.clone();
                    answers.push(Answer { number, places, span });
                }
            }
        }
        // A question without an answer shows as one.
    }
    (!answers.is_empty()).then_some(answers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(line: &str) -> Option<String> {
        let letters = |answer: &Answer| -> String {
            answer
                .places
                .iter()
                .map(|place| char::from(b'A' + place))
                .collect()
        };
        let found = of_line(line)?;
        let words: Vec<String> = found
            .iter()
            .map(|answer| format!("{}{}", answer.number, letters(answer)))
            .collect();
        Some(words.join(" "))
    }

    #[test]
    fn answers_are_read_in_every_usual_form() {
        for line in [
            "1-A 2-B 3-C",
            "1a 2b 3c",
            "1.A, 2.B, 3.C",
            "1.A2. B3.C",
            "1. A | 2. B | 3. C",
            "Câu 1: A; Câu 2: B; Câu 3: C.",
            "1 - A\t2 - B\t3 - C",
            "| 1 | A | 2 | B | 3 | C |",
        ] {
            assert_eq!(shown(line).as_deref(), Some("1A 2B 3C"), "{line}");
        }
        assert_eq!(shown("1-A, C; 2-BD").as_deref(), Some("1AC 2BD"));
        for line in [
            "1. Anh",
            "1. A là gì",
            "A. 1930",
            "1-A và những điều khác",
            "| 1 | 2 | 3 |",
            "1930",
            "",
        ] {
            assert_eq!(shown(line), None, "{line}");
        }
        let two = of_two_lines("Câu 1 2 3", "Đáp án A B D").unwrap();
        assert_eq!(two.len(), 3);
        assert_eq!((two[2].number, two[2].places.as_slice()), (3, [3].as_slice()));
        assert_eq!(of_two_lines("Câu 1 2 3", "Đáp án A B"), None);
    }
}
