//! Sheets of questions: workbooks whole or as the XML of one sheet, and CSV.

use crate::bank::{Imported, Severity, import_question_file};
use crate::i18n::Lang;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

/// A workbook; bytes that are no zip are the inside of a sheet.
pub fn xlsx(data: &[u8]) {
    match data.starts_with(b"PK") {
        true => check(&import_question_file("x.xlsx", data)),
        false => check(&import_question_file("x.xlsx", &zipped(data))),
    }
}

/// A text file of columns.
pub fn csv(data: &[u8]) {
    check(&import_question_file("x.csv", data));
}

pub(crate) fn check(imported: &Imported) {
    let has_error = imported.faults.iter().any(|fault| fault.severity == Severity::Error);
    assert_eq!(
        imported.loaded.is_none(),
        has_error,
        "a set is loaded exactly when no fault is an error"
    );
    assert!(imported.complete.len() <= imported.questions, "no question comes from nowhere");
    for fault in &imported.faults {
        let json = fault.json(Lang::Vi);
        assert!(!json.message.starts_with("fault-") && json.excerpt.chars().count() <= 80);
    }
    if let Some(loaded) = &imported.loaded {
        assert_eq!(loaded.set.questions.len(), imported.questions, "no question is dropped");
    }
}

fn zipped(inside: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let book = "<workbook><sheets><sheet name=\"x\" id=\"a\"/></sheets></workbook>";
    let rels = "<Relationships><Relationship Id=\"a\" Type=\"x/worksheet\" Target=\"s.xml\"/></Relationships>";
    let sheet = [b"<worksheet>", inside, b"</worksheet>"].concat();
    let parts = [
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", rels.as_bytes()),
        ("xl/s.xml", &sheet),
    ];
    for (name, content) in parts {
        // Writing to memory fails for no reason but its end.
        zip.start_file(name, options).expect("memory");
        zip.write_all(content).expect("memory");
    }
    zip.finish().expect("memory").into_inner()
}
