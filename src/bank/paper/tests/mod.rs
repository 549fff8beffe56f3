//! Claims about papers: what each layout reads as, and which fault each mistake gives at which place.

mod docx_cases;
mod hostile;
mod office;
mod text_cases;
pub(in crate::bank) mod word;

use super::*;
use crate::bank::Subject;
use crate::i18n::Lang;

/// The questions as one text for a comparison: `1 stem | A* option | B option`, right options starred, with what else
/// is known of a question below it.
pub(super) fn shown(reading: &PaperReading) -> String {
    let mut lines = Vec::new();
    for question in &reading.questions {
        let mut line = format!("{} {}", question.place, question.text);
        for (place, option) in (0_u8..).zip(&question.options) {
            let star = question.key.as_ref().is_some_and(|key| key.contains(&place));
            let pin = if option.pin { "!" } else { "" };
            let letter = char::from(b'A' + place);
            line += &format!(" | {letter}{pin}{} {}", if star { "*" } else { "" }, option.text);
        }
        lines.push(line.replace('\n', "⏎"));
        let rest = [
            ("level", question.level.map(|level| format!("{level:?}"))),
            ("why", question.explanation.clone()),
            ("source", question.source.clone()),
        ];
        for (name, value) in rest {
            lines.extend(value.map(|value| format!("  {name}: {}", value.replace('\n', "⏎"))));
        }
    }
    lines.join("\n")
}

/// The faults as `code@place`.
pub(super) fn places(faults: &[Fault]) -> Vec<String> {
    let question = |fault: &Fault| match &fault.place.subject {
        Subject::Question(place, _) => format!(" q{place}"),
        _ => String::new(),
    };
    let spot = |fault: &Fault| match &fault.place.spot {
        Spot::File => "file".to_owned(),
        Spot::Line { line, .. } => format!("l{line}"),
        Spot::Paragraph { paragraph, line: 1 } => format!("p{paragraph}"),
        Spot::Paragraph { paragraph, line } => format!("p{paragraph}.{line}"),
        Spot::TableCell { table, row, column } => format!("t{table}r{row}c{column}"),
        Spot::Cell { .. } => "cell".to_owned(),
    };
    let shown = |fault: &Fault| format!("{}@{}{}", fault.code.name(), spot(fault), question(fault));
    faults.iter().map(shown).collect()
}

/// All faults that the tests of papers show, for the list of all faults.
pub(in crate::bank) fn faults() -> Vec<Fault> {
    let mut found = text_cases::faults();
    found.extend(docx_cases::faults());
    found.extend(hostile::faults());
    found
}
