//! What the fuzz targets of exchange formats and of our own files do with their bytes.

use crate::bank::{self, Imported, Severity};
use crate::i18n::Lang;

/// A file of our own.
pub fn toml(data: &[u8]) {
    check(&bank::import_question_file("x.toml", data));
}

/// The neutral model.
pub fn json(data: &[u8]) {
    check(&bank::import_question_file("x.json", data));
}

/// A GIFT file.
pub fn gift(data: &[u8]) {
    check(&bank::import_question_file("x.gift", data));
}

/// An Aiken file.
pub fn aiken(data: &[u8]) {
    check(&bank::import_question_file("x.aiken", data));
}

/// A Moodle XML file, or a single item of QTI.
pub fn moodle_xml(data: &[u8]) {
    check(&bank::import_question_file("x.xml", data));
}

/// A package of QTI; bytes that are no archive are an item.
pub fn qti(data: &[u8]) {
    check(&bank::import_question_file("x.zip", data));
}

fn check(read: &Imported) {
    let has_error = read.faults.iter().any(|fault| fault.severity == Severity::Error);
    assert_eq!(read.loaded.is_none(), has_error, "a set is loaded exactly when no fault is an error");
    for fault in &read.faults {
        let json = fault.json(Lang::Vi);
        assert!(!json.message.starts_with("fault-") && json.excerpt.chars().count() <= 80);
    }
    if let Some(loaded) = &read.loaded {
        assert_eq!(loaded.set.questions.len(), read.questions, "no question is dropped");
    }
}
