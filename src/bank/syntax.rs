//! Broken grammar: finding all of it in one pass and saying it in the reader's language.
//!
//! Owns the translation of the TOML parser's words into [`SyntaxProblem`] and which part of the file is given up;
//! leaves everything that parses to the checks.

use super::code::FaultCode;
use super::fact::SyntaxProblem;
use super::fault::Subject;
use super::node::{Table, from_toml};
use super::source::{Sheet, floor};
use std::ops::Range;
use toml::de::DeTable;

/// Blocks with broken grammar that are reported one by one.
const MAX_SYNTAX_FAULTS: usize = 50;

/// The tree of a TOML file. Each block (from one header to the next) with broken grammar gives one fault and is then
/// left alone; the others are read as usual.
pub(super) fn parse_toml(sheet: &mut Sheet<'_>) -> Table {
    let (table, errors) = DeTable::parse_recoverable(sheet.text);
    let mut found: Vec<(Range<usize>, String)> = errors
        .iter()
        .map(|error| {
            (
                error.span().unwrap_or(sheet.text.len()..sheet.text.len()),
                error.message().to_owned(),
            )
        })
        .collect();
    found.sort_by_key(|(span, _)| span.start);
    // A list or table that is never closed swallows the rest of the file: what the parser says after its first stumble there is
    // about the wrong thing.
    let swallowed = found.iter().any(|(span, message)| {
        let at_end = sheet
            .text
            .get(span.start..)
            .is_none_or(|rest| rest.trim().is_empty());
        at_end && (message.starts_with("unclosed array,") || message.starts_with("unclosed inline table"))
    });
    for (span, message) in found {
        let (place, problem) = place_and_problem(sheet.text, &span, &message);
        let block = block_around(sheet.text, place.start);
        let detail = message.split(", expected").next().unwrap_or_default().to_owned();
        sheet.fault(place, &Subject::File, FaultCode::Syntax { problem, detail });
        let stumble = [
            SyntaxProblem::MissingComma,
            SyntaxProblem::Unclosed,
            SyntaxProblem::MissingEquals,
        ];
        let runaway = swallowed && (stumble.contains(&problem) || message.starts_with("unexpected"));
        if runaway || problem == SyntaxProblem::UnclosedBlock || sheet.broken_parts() >= MAX_SYNTAX_FAULTS {
            sheet.give_up(block.start..usize::MAX);
            break;
        }
        sheet.give_up(block);
    }
    from_toml(sheet, &table)
}

/// From the line of the last header before `at` to the next header after it.
fn block_around(text: &str, at: usize) -> Range<usize> {
    let at = floor(text, at);
    let headers = || {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(i, _)| i + 1));
        starts.filter(|start| text.get(*start..).is_some_and(|line| line.starts_with('[')))
    };
    let start = headers().take_while(|start| *start <= at).last().unwrap_or(0);
    let end = headers().find(|start| *start > at).unwrap_or(usize::MAX);
    start..end
}

/// What the parser's words mean, and the place that helps most.
fn place_and_problem(text: &str, span: &Range<usize>, message: &str) -> (Range<usize>, SyntaxProblem) {
    use SyntaxProblem as P;
    let at = floor(text, span.start);
    let line_start = text
        .get(..at)
        .and_then(|before| before.rfind('\n'))
        .map_or(0, |i| i + 1);
    let line = text
        .get(line_start..)
        .and_then(|rest| rest.lines().next())
        .unwrap_or_default();
    if let Some(quote) = line.find(['“', '”']).filter(|_| !line.contains('"')) {
        return (line_start + quote..line_start + line.len(), P::CurlyQuotes);
    }
    if message.starts_with("invalid multi-line") {
        let opened = text.rfind("\"\"\"").max(text.rfind("'''")).unwrap_or(at);
        return (opened..opened + 3, P::UnclosedBlock);
    }
    let starts: [(&str, P); 33] = [
        ("string values must be quoted", P::Unquoted),
        ("invalid value", P::Unquoted),
        ("invalid boolean", P::Unquoted),
        ("invalid string", P::Unquoted),
        ("invalid basic string", P::UnclosedText),
        ("invalid literal string", P::UnclosedText),
        ("missing opening quote", P::UnclosedText),
        ("missing escaped value", P::BadEscape),
        ("too few unicode", P::BadEscape),
        ("duplicate key", P::Duplicate),
        ("cannot extend value", P::Duplicate),
        ("key with no value", P::MissingEquals),
        ("missing value", P::MissingEquals),
        ("missing assignment", P::MissingEquals),
        ("extra `=`", P::MissingEquals),
        ("extra assignment", P::MissingComma),
        ("missing comma", P::MissingComma),
        ("extra comma", P::MissingComma),
        ("unexpected key or value", P::MissingComma),
        ("unexpected `=` in array", P::Unclosed),
        ("unclosed array table", P::BadHeader),
        ("unclosed table", P::BadHeader),
        ("missing table open", P::BadHeader),
        ("invalid table", P::BadHeader),
        ("unclosed", P::Unclosed),
        ("invalid unquoted key", P::BadKey),
        ("invalid key", P::BadKey),
        ("unquoted keys", P::BadKey),
        ("invalid date", P::BadDate),
        ("invalid time", P::BadDate),
        ("cannot recurse", P::TooDeep),
        ("recursion limit", P::TooDeep),
        ("carriage return", P::BadCharacter),
    ];
    let number = [
        "invalid ",
        "unexpected leading zero",
        "unexpected sign",
        "redundant",
        "integers",
        "radix",
        "`_`",
    ];
    let known = starts
        .iter()
        .find(|(start, _)| message.starts_with(start))
        .map(|(_, problem)| *problem);
    let problem = known.unwrap_or_else(|| match number.iter().any(|start| message.starts_with(start)) {
        true if message.contains("number") || !message.starts_with("invalid ") => P::BadNumber,
        _ => P::Other,
    });
    if problem == P::BadEscape && text.get(..at).is_some_and(|before| before.ends_with('\\')) {
        return (at - 1..at + 1, problem);
    }
    if problem == P::UnclosedText {
        let quote = line.rfind(['"', '\'']).unwrap_or(0);
        return (line_start + quote..line_start + line.len(), problem);
    }
    (span.clone(), problem)
}
