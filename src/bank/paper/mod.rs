//! Papers as organisers write them, in Word or pasted as text: lines in, a question set or every fault at its place out.
//!
//! Owns telling questions, options, key and explanations apart by the habits of Vietnamese papers; leaves the format of Word
//! to `docx` and the rules that every question obeys to `raw`. Nothing is guessed: what is not understood is a fault.
//!
//! | file | holds |
//! | --- | --- |
//! | `lines` | the text with looks and places |
//! | `labels`, `heads`, `levels` | what the beginning of one line says |
//! | `starts`, `shape` | where questions begin; preamble, questions, end |
//! | `question`, `chain`, `cut` | the lines of one question, which labels are options, stem and options |
//! | `answers`, `tail` | answer tables, answers and explanations after the end |
//! | `marks` | signs beside options: ticks, crosses, "(đúng)" |
//! | `convention`, `key` | the ways of marking right options, the one in force |
//! | `imported` | the reading in the form that all formats share |
//! | `text`, `build` | ranges as markup; the set, the pictures, the report |

mod answers;
mod build;
mod chain;
mod convention;
mod cut;
mod gallery;
mod heads;
mod imported;
mod key;
pub(super) mod labels;
mod levels;
pub(super) mod lines;
mod marks;
mod question;
mod shape;
mod starts;
mod tail;
#[cfg(test)]
pub(super) mod tests;
mod text;

pub use convention::{Conventions, FoundConvention, KeyConvention};

use super::code::FaultCode;
use super::fault::{Fault, Spot};
use super::media::{MediaContent, Shelf};
use super::source::{MAX_FILE_BYTES, decode};
use super::{LoadedSet, docx};
use crate::domain::media::Media;
use crate::domain::question::{Level, QuestionOption, SetId};
use lines::Doc;
use std::ops::Range;

/// What reading a paper gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperReading {
    /// The set; `None` when any fault is an error.
    pub loaded: Option<LoadedSet>,
    /// Name and title of the set.
    pub named: Option<(SetId, String)>,
    /// Every fault, in the order of the paper.
    pub faults: Vec<Fault>,
    /// The convention in force: the caller's, or the one that marks most questions.
    pub convention: Option<KeyConvention>,
    /// All conventions that mark anything, for the organiser to choose from.
    pub conventions: Vec<FoundConvention>,
    /// The questions as they were understood, faulty ones among them.
    pub questions: Vec<PaperQuestion>,
    /// Pictures that belong to questions; their names are the `media` of the questions.
    pub images: Vec<PaperImage>,
    /// The pictures as they will be served.
    pub contents: Vec<MediaContent>,
    /// Lines that belong to no question: the head of the paper, titles of parts, what follows the end.
    pub outside: Vec<SourceLine>,
}

/// A line of the paper as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceLine {
    /// Where.
    pub spot: Spot,
    /// With its automatic label, without looks.
    pub text: String,
}

/// A question as it was understood, to be shown beside its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperQuestion {
    /// Its place in the paper, from 1.
    pub place: u32,
    /// The number the paper gives it.
    pub number: u32,
    /// Its name in the set.
    pub id: String,
    /// Its lines in the paper.
    pub lines: Vec<SourceLine>,
    /// The stem, in the markup of questions.
    pub text: String,
    /// The options in order.
    pub options: Vec<QuestionOption>,
    /// Places of the right options from 0; `None` where the paper does not say.
    pub key: Option<Vec<u8>>,
    /// Difficulty, where the paper says it.
    pub level: Option<Level>,
    /// Why the key is right.
    pub explanation: Option<String>,
    /// Where the fact comes from.
    pub source: Option<String>,
    /// The pictures it is shown with.
    pub media: Vec<Media>,
}

/// A picture of the paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperImage {
    /// Its name as `media`: `media/` and the first 16 hexadecimal digits of its SHA-256.
    pub name: String,
    /// `image/png` and the like, told by its bytes.
    pub content_type: &'static str,
    /// The file as it lies in the document; neither checked nor cleaned.
    pub bytes: Vec<u8>,
    /// What it shows, where the document says so.
    pub alt: Option<String>,
    /// Places of the questions that show it, from 1.
    pub questions: Vec<u32>,
    /// Where it stands first.
    pub spot: Spot,
}

/// Reads a Word document. The set is named after the file; `wanted` is the organiser's choice of convention.
pub fn read_docx(name: &str, bytes: &[u8], wanted: Option<KeyConvention>) -> PaperReading {
    let shelf = Shelf::new(None);
    let reading = read_docx_on(name, bytes, wanted, &shelf);
    let (_, contents) = shelf.into_parts();
    PaperReading { contents, ..reading }
}

/// The text of a table's cell in markup, without a look that the whole of it has.
pub(super) fn cell_markup(doc: &Doc, spans: &[Range<usize>]) -> String {
    let mut pieces = Vec::new();
    for span in spans {
        question::push_piece(doc, &mut pieces, span.clone());
    }
    text::markup(doc, &pieces, text::Role::Option, None)
}

/// Whether a line begins a question with a word and a number.
pub(super) fn begins_question(line: &str) -> bool {
    labels::worded_start(line).is_some_and(|start| start.separated)
}

/// Reads a document that was taken apart, with a shelf for the pictures in it.
pub(super) fn read_doc_on(
    name: &str,
    doc: Doc,
    wanted: Option<KeyConvention>,
    shelf: &Shelf<'_>,
) -> PaperReading {
    build::read(name, doc, wanted, Some(shelf))
}

/// The same with a shelf for the pictures in it.
fn read_docx_on(name: &str, bytes: &[u8], wanted: Option<KeyConvention>, shelf: &Shelf<'_>) -> PaperReading {
    match docx::read(bytes) {
        Ok(doc) => read_doc_on(name, doc, wanted, shelf),
        Err(code) => PaperReading::refused(Fault::of_file(name, code)),
    }
}

/// Reads a pasted text in any of the layouts of a paper. The set is named after `name`.
pub fn read_pasted(name: &str, text: &str, wanted: Option<KeyConvention>) -> PaperReading {
    if text.len() > MAX_FILE_BYTES {
        let (size, limit) = (text.len() as u64, MAX_FILE_BYTES as u64);
        return PaperReading::refused(Fault::of_file(name, FaultCode::FileTooLarge { size, limit }));
    }
    build::read(name, Doc::of_text(text).finish(), wanted, None)
}

/// Reads a text file in any of the layouts of a paper.
pub fn read_paper_text(name: &str, bytes: &[u8], wanted: Option<KeyConvention>) -> PaperReading {
    match decode(name, bytes) {
        Ok(text) => read_pasted(name, &text, wanted),
        Err(fault) => PaperReading::refused(*fault),
    }
}

/// The byte where the text begins behind "Câu 1." and the like; `None` where nothing numbers the text.
pub(super) fn after_question_label(text: &str) -> Option<usize> {
    let start = labels::worded_start(text).filter(|start| start.separated)?;
    // Signs before the word would stay open.
    let is_bare = text.starts_with(|c: char| c.is_alphabetic());
    (is_bare && start.text < text.len()).then_some(start.text)
}

impl PaperReading {
    fn refused(fault: Fault) -> Self {
        Self {
            loaded: None,
            named: None,
            faults: vec![fault],
            convention: None,
            conventions: Vec::new(),
            questions: Vec::new(),
            images: Vec::new(),
            contents: Vec::new(),
            outside: Vec::new(),
        }
    }
}
