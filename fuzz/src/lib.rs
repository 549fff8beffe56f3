//! What every fuzz target does with its bytes; a target passes when it neither panics nor breaks a claim.
//!
//! The reader modules are compiled here from the program's sources, so that fuzzing does not wait for the servers and pages.

#[path = "../../src/bank/mod.rs"]
pub mod bank;
#[path = "../../src/domain/mod.rs"]
pub mod domain;
#[path = "../../src/i18n.rs"]
pub mod i18n;

mod exchange;
mod media;
mod sheets;

pub use exchange::{aiken, gift, json, moodle_xml, qti, toml};
pub use media::media;
pub use sheets::{csv, xlsx};

use bank::{KeyConvention, PaperReading, Severity};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

/// A target by its name.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const TARGETS: &[Target] = &[
    ("docx", docx),
    ("paper_text", paper_text),
    ("xlsx", xlsx),
    ("csv", csv),
    ("gift", gift),
    ("aiken", aiken),
    ("moodle_xml", moodle_xml),
    ("qti", qti),
    ("media", media),
    ("toml", toml),
    ("json", json),
];

/// A Word document, as a paper and as whatever it holds; bytes that are no zip are the body of one.
pub fn docx(data: &[u8]) {
    let bytes = match data.starts_with(b"PK") {
        true => data.to_vec(),
        false => zipped(data),
    };
    check(&bank::read_docx("x.docx", &bytes, None));
    sheets::check(&bank::import_question_file("x.docx", &bytes));
}

/// A pasted paper, under every convention of the key.
pub fn paper_text(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    check(&bank::read_pasted("x.txt", &text, None));
    let choice = data.first().map_or(0, |byte| usize::from(*byte)) % KeyConvention::ALL.len();
    check(&bank::read_pasted(
        "x.txt",
        &text,
        KeyConvention::ALL.get(choice).copied(),
    ));
    check(&bank::read_paper_text("x.txt", data, None));
}

fn check(reading: &PaperReading) {
    let has_error = reading
        .faults
        .iter()
        .any(|fault| fault.severity == Severity::Error);
    assert_eq!(
        reading.loaded.is_none(),
        has_error,
        "a set is loaded exactly when no fault is an error"
    );
    for fault in &reading.faults {
        let json = fault.json(i18n::Lang::Vi);
        assert!(!json.message.starts_with("fault-") && json.excerpt.chars().count() <= 80);
    }
    if let Some(loaded) = &reading.loaded {
        assert_eq!(
            loaded.set.questions.len(),
            reading.questions.len(),
            "no question is dropped"
        );
    }
}

fn zipped(body: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    // Writing to memory fails for no reason but its end.
    let mut write = || -> zip::result::ZipResult<()> {
        zip.start_file("word/document.xml", options)?;
        zip.write_all(b"<w:document><w:body>")?;
        zip.write_all(body)?;
        zip.write_all(b"</w:body></w:document>")?;
        Ok(())
    };
    write().expect("memory");
    zip.finish().expect("memory").into_inner()
}
