//! Faults on a terminal, in the manner of a compiler.
//!
//! Owns the layout; leaves the sentences to the message files and colour to nobody: the text is also mailed and printed.

use super::fact::Severity;
use super::fault::{Fault, FaultJson, Spot};
use crate::i18n::{Lang, text};

/// All faults, grouped by file in the order given, and a last line that says whether the files can be loaded;
/// `questions` is the number of questions examined.
pub fn render_faults(faults: &[Fault], questions: usize, lang: Lang) -> String {
    let mut out = String::new();
    for group in faults.chunk_by(|a, b| a.file == b.file) {
        let file = group.first().map_or("", |fault| fault.file.as_str());
        out.push_str(&format!("{file}: {}\n", counts(group, lang)));
        for fault in group {
            out.push_str(&render_fault(fault, lang));
        }
        out.push('\n');
    }
    out.push_str(&summary(faults, questions, lang));
    out.push('\n');
    out
}

/// The forms of all faults for `--format json`.
pub fn faults_json(faults: &[Fault], lang: Lang) -> Vec<FaultJson> {
    faults.iter().map(|fault| fault.json(lang)).collect()
}

/// "Không nạp được: 7 lỗi, 3 cảnh báo trong 230 câu", or that all is well.
pub fn summary(faults: &[Fault], questions: usize, lang: Lang) -> String {
    let has_error = faults.iter().any(|fault| fault.severity == Severity::Error);
    let key = match (faults.is_empty(), has_error) {
        (true, _) => "faults-none",
        (false, false) => "faults-warnings",
        (false, true) => "faults-refused",
    };
    let args = [
        ("counts", counts(faults, lang).into()),
        ("questions", questions.into()),
    ];
    text(lang, key, &args)
}

fn counts(faults: &[Fault], lang: Lang) -> String {
    let errors = faults
        .iter()
        .filter(|fault| fault.severity == Severity::Error)
        .count();
    text(
        lang,
        "faults-counts",
        &[
            ("errors", errors.into()),
            ("warnings", (faults.len() - errors).into()),
        ],
    )
}

fn render_fault(fault: &Fault, lang: Lang) -> String {
    let severity = text(lang, &format!("severity-{}", fault.severity.name()), &[]);
    let subject = fault
        .place
        .subject
        .text(lang)
        .map(|subject| format!("{subject}: "))
        .unwrap_or_default();
    let head = format!(
        "{severity}[{}]: {subject}{}",
        fault.code.name(),
        fault.message(lang)
    );
    let fix = format!(
        "{}: {}",
        text(lang, "fault-fix-label", &[]),
        fault.suggestion(lang)
    );
    let (line, column) = match fault.place.spot {
        Spot::File => return format!("  {}\n    {head}\n    = {fix}\n", fault.file),
        Spot::Line { line, column } => (line, column),
        _ => {
            let (place, quote) = (fault.place.spot.text(lang), &fault.quote.text);
            return format!(
                "  {}: {place}\n    {head}\n      | {quote}\n      = {fix}\n",
                fault.file
            );
        }
    };
    let number = line.to_string();
    let gutter = " ".repeat(number.len());
    let (before, marks) = (" ".repeat(fault.quote.before), "^".repeat(fault.quote.width));
    format!(
        "  {}:{}:{}\n    {head}\n    {gutter} |\n    {number} | {}\n    {gutter} | {before}{marks}\n    {gutter} = {fix}\n",
        fault.file, line, column, fault.quote.text,
    )
}
