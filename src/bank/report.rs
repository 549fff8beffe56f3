//! The report of a check as a workbook, to be sent to whoever wrote the questions.
//!
//! Owns the sheet; the sentences are those of the page and of the command line. The report as plain text is
//! [`super::render_faults`].

use super::fact::Severity;
use super::fault::Fault;
use super::render::summary;
use crate::i18n::{Lang, text};
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, XlsxError};

/// Every fault as a row: severity, place, excerpt, what is wrong, how to mend it; `None` where it cannot be written.
pub fn faults_xlsx(file: &str, faults: &[Fault], questions: usize, lang: Lang) -> Option<Vec<u8>> {
    workbook(file, faults, questions, lang).ok()
}

fn workbook(file: &str, faults: &[Fault], questions: usize, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    const HEAD: u32 = 3;
    let say = |key: &str| text(lang, key, &[]);
    let cell = || {
        Format::new()
            .set_num_format("@")
            .set_text_wrap()
            .set_align(FormatAlign::Top)
            .set_border(FormatBorder::Thin)
    };
    let (plain, bold) = (cell(), cell().set_bold());
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name(say("report-sheet"))?;
    sheet
        .set_landscape()
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 0);
    sheet.write_string_with_format(0, 0, file, &Format::new().set_bold().set_num_format("@"))?;
    sheet.write_string(1, 0, summary(faults, questions, lang))?;
    let heads = [
        ("report-severity", 12),
        ("report-place", 24),
        ("report-excerpt", 40),
        ("report-message", 48),
        ("report-fix", 56),
    ];
    for (column, (key, width)) in (0_u16..).zip(heads) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(HEAD, column, say(key), &bold)?;
    }
    for (row, fault) in (HEAD + 1..).zip(faults) {
        let severity = match fault.severity {
            Severity::Error => "severity-error",
            Severity::Warning => "severity-warning",
        };
        let cells = [
            say(severity),
            fault.place.text(lang),
            fault.excerpt.clone(),
            fault.message(lang),
            fault.suggestion(lang),
        ];
        for (column, value) in (0_u16..).zip(cells) {
            sheet.write_string_with_format(row, column, value, &plain)?;
        }
    }
    sheet.set_freeze_panes(HEAD + 1, 0)?;
    workbook.save_to_buffer()
}
