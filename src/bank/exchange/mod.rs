//! Question sets in the formats that other quiz systems write: GIFT, Aiken, Moodle XML and QTI.
//!
//! Owns these formats both ways; leaves the rules every question obeys to `raw`. What a format says and a set cannot hold,
//! or the other way round, is told and never guessed or dropped in silence.
//!
//! | file | holds |
//! | --- | --- |
//! | `intake`, `media` | what all readers note: often-told faults, names, levels, keys, pictures |
//! | `flow`, `html`, `xml` | texts with tags into markup and back, documents as small trees |
//! | `gift`, `gift_text`, `gift_answers` | GIFT |
//! | `aiken`, `moodle` | Aiken and Moodle XML |
//! | `written`, `*_write` | writing these formats |

mod aiken;
mod aiken_write;
mod flow;
mod gift;
mod gift_answers;
mod gift_text;
mod gift_write;
mod html;
mod intake;
mod media;
mod moodle;
mod moodle_write;
#[cfg(test)]
pub(super) mod tests;
mod written;
mod xml;

pub use aiken_write::write_aiken;
pub use gift_write::write_gift;
pub use media::MediaFile;
pub use moodle_write::write_moodle_xml;
pub use written::{FindMedia, Written};

use super::LoadedSet;
use super::fact::Severity;
use super::fault::{Fault, Subject};
use super::pins;
use super::questions::SetDraft;
use super::raw::{self, RawSet};
use super::similar;
use super::source::{Sheet, decode_within};

/// Largest XML file that is read, bytes; pictures inside need a third more than they have.
pub const MAX_XML_BYTES: usize = 16 * 1024 * 1024;

/// What reading a file of another system gave.
#[derive(Debug, Default)]
pub struct Imported {
    /// The set; `None` when any fault is an error.
    pub set: Option<LoadedSet>,
    /// Every fault of every part, in their order.
    pub faults: Vec<Fault>,
    /// Questions found, faulty ones among them.
    pub questions: usize,
    /// The pictures that questions name.
    pub media: Vec<MediaFile>,
}

/// Reads GIFT; the set is named after the file, its title is that of the only category, if there is one.
pub fn read_gift(name: &str, bytes: &[u8]) -> Imported {
    read_text(name, bytes, super::MAX_FILE_BYTES, gift::read)
}

/// Reads Aiken.
pub fn read_aiken(name: &str, bytes: &[u8]) -> Imported {
    read_text(name, bytes, super::MAX_FILE_BYTES, |sheet| {
        (aiken::read(sheet), Vec::new())
    })
}

/// Reads Moodle XML.
pub fn read_moodle_xml(name: &str, bytes: &[u8]) -> Imported {
    read_text(name, bytes, MAX_XML_BYTES, moodle::read)
}

/// Which XML a file is, by its root element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum XmlKind {
    /// Moodle's `<quiz>`.
    Moodle,
    /// An item or test of QTI 2 or 3.
    Qti,
    /// Another one, or none.
    Other,
}

/// Tells XML files apart.
pub fn xml_kind(bytes: &[u8]) -> XmlKind {
    let Ok(text) = decode_within("", bytes, MAX_XML_BYTES) else {
        return XmlKind::Other;
    };
    match xml::root_of(&text).as_ref().map(|(name, _)| name.as_str()) {
        Some("quiz") => XmlKind::Moodle,
        Some(
            "assessmentItem"
            | "assessmentTest"
            | "qti-assessment-item"
            | "qti-assessment-test"
            | "assessmentSection"
            | "qti-assessment-section",
        ) => XmlKind::Qti,
        _ => XmlKind::Other,
    }
}

fn read_text(
    name: &str,
    bytes: &[u8],
    limit: usize,
    read: impl FnOnce(&mut Sheet<'_>) -> (RawSet, Vec<MediaFile>),
) -> Imported {
    let text = match decode_within(name, bytes, limit) {
        Ok(text) => text,
        Err(fault) => {
            return Imported {
                faults: vec![*fault],
                ..Imported::default()
            };
        }
    };
    let mut sheet = Sheet::new(name, &text);
    let (mut raw, media) = read(&mut sheet);
    let (id, title) = raw::name_of(name);
    raw.id = raw.id.or(id);
    pin_combined(&mut sheet, &mut raw);
    let draft = raw::check(&mut sheet, raw, &title);
    let mut sets = [(sheet, draft)];
    similar::check_stems(&mut sets);
    let [(sheet, draft)] = sets;
    imported(sheet.into_faults(), draft, media)
}

/// Pins options that combine others, where the file says nothing of pins itself.
fn pin_combined(sheet: &mut Sheet<'_>, raw: &mut RawSet) {
    for question in &mut raw.questions {
        if question.options.iter().all(|option| !option.pin) {
            let subject = Subject::Question(question.place, question.id.as_ref().map(|id| id.value.clone()));
            pins::pin_combined(sheet, &subject, &mut question.options);
        }
    }
}

/// The set, where nothing is wrong.
fn imported(faults: Vec<Fault>, draft: SetDraft, media: Vec<MediaFile>) -> Imported {
    let questions = draft.count;
    let good = faults.iter().all(|fault| fault.severity != Severity::Error);
    Imported {
        set: good.then_some(draft).and_then(SetDraft::finish),
        faults,
        questions,
        media,
    }
}
