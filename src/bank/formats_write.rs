//! Writing question sets in every format that can be written.
//!
//! Owns handing a set to its writer and saying what cannot be written; leaves each grammar to its own module.

use super::code::FaultCode;
use super::exchange::{self, FindMedia};
use super::fault::Fault;
use super::formats::Format;
use super::print::{self, PaperHead};
use super::{LoadedSet, json, sheet, write};

/// Whether the right answers are written with the questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyPart {
    /// With them, so that the file can be read again.
    With,
    /// Without them: a paper to hand out. Formats other than a printable paper are refused.
    Without,
}

/// A written file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exported {
    /// The content.
    pub bytes: Vec<u8>,
    /// What the format cannot hold and was left out or simplified, question by question.
    pub losses: Vec<Fault>,
}

impl From<String> for Exported {
    fn from(text: String) -> Self {
        Self {
            bytes: text.into_bytes(),
            losses: Vec::new(),
        }
    }
}

/// Writes a set without its media; see [`write_question_file_with`].
pub fn write_question_file(
    format: Format,
    name: &str,
    set: &LoadedSet,
    part: KeyPart,
) -> Result<Exported, Box<Fault>> {
    write_question_file_with(format, name, set, part, &|_| None)
}

/// Writes a set; `Err` is why that format cannot be written. `name` is what the file will be called, for the losses; `media`
/// gives the bytes of a media file by its path, for the formats that hold such files.
pub fn write_question_file_with(
    format: Format,
    name: &str,
    set: &LoadedSet,
    part: KeyPart,
    media: FindMedia<'_>,
) -> Result<Exported, Box<Fault>> {
    let refused = |code| Err(Box::new(Fault::of_file(name, code)));
    if part == KeyPart::Without && format != Format::Docx {
        return refused(FaultCode::KeyNeeded {
            name: format.ending().to_owned(),
        });
    }
    match format {
        Format::Toml => Ok(write::write_set_toml(&set.set, &set.key).into()),
        Format::Json => Ok(json::write_set_json(&set.set, &set.key).into()),
        Format::Xlsx => sheet::write_xlsx(set)
            .map(|written| names_only(name, set, written))
            .or_else(refused),
        Format::Csv => Ok(names_only(name, set, sheet::write_csv(set))),
        Format::Docx => Ok(print::write_docx_with(
            name,
            set,
            part,
            &PaperHead::default(),
            media,
        )),
        Format::Gift => Ok(exchange::write_gift(name, set)),
        Format::MoodleXml => Ok(exchange::write_moodle_xml(name, set, media)),
        Format::Qti => Ok(exchange::write_qti(name, set, media)),
        Format::Aiken => Ok(exchange::write_aiken(name, set)),
        Format::Txt => refused(not_written(format)),
    }
}

/// Says that a table names media files and does not hold them.
fn names_only(name: &str, set: &LoadedSet, mut written: Exported) -> Exported {
    let count = set
        .set
        .questions
        .iter()
        .filter(|question| !question.media.is_empty())
        .count() as u64;
    if count > 0 {
        let code = FaultCode::ExportLoses {
            what: "media-file",
            count,
        };
        written.losses.push(Fault::of_file(name, code));
    }
    written
}

fn not_written(format: Format) -> FaultCode {
    let endings = Format::written_endings();
    FaultCode::FormatNotWritten {
        name: format.ending().to_owned(),
        allowed: endings.into_iter().map(str::to_owned).collect(),
    }
}
