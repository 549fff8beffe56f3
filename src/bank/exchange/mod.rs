//! Question sets in the formats that other quiz systems write: GIFT, Aiken, Moodle XML and QTI.
//!
//! Owns these formats both ways; leaves the rules every question obeys to `raw`. What a format says and a set cannot hold,
//! or the other way round, is told and never guessed or dropped in silence.
//!
//! | file | holds |
//! | --- | --- |
//! | `intake`, `media`, `shares` | what all readers note: often-told faults, names, levels, pictures, keys |
//! | `flow`, `html`, `xml` | texts with tags into markup and back, documents as small trees |
//! | `gift`, `gift_text`, `gift_answers` | GIFT |
//! | `aiken`, `moodle` | Aiken and Moodle XML |
//! | `qti`, `qti_key`, `qti_package`, `archive` | items and packages of QTI |
//! | `written`, `*_write` | writing these formats |

mod aiken;
mod aiken_write;
mod archive;
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
mod qti;
mod qti_key;
mod qti_package;
mod qti_write;
mod shares;
mod tags;
#[cfg(test)]
pub(super) mod tests;
mod written;
mod xml;

pub(super) use archive::refusal;
pub use written::FindMedia;

use super::LoadedSet;
use super::fault::Subject;
use super::formats::Imported;
use super::formats_write::Exported;
use super::media::Shelf;
use super::pins;
use super::raw::{self, RawSet};
use super::source::{Sheet, decode_within};

/// Largest Moodle XML file that is read, bytes; pictures inside need a third more than they have.
pub const MAX_XML_BYTES: usize = 8 * 1024 * 1024;

/// Largest GIFT or Aiken file that is read, bytes: more than 10,000 questions.
pub const MAX_TEXT_BYTES: usize = 4 * 1024 * 1024;

/// Reads GIFT; the set is named after the file, its title is that of the only category, if there is one.
pub(super) fn read_gift(name: &str, bytes: &[u8]) -> Imported {
    let shelf = Shelf::new(None);
    read_text(name, bytes, MAX_TEXT_BYTES, &shelf, gift::read)
}

/// Reads Aiken.
pub(super) fn read_aiken(name: &str, bytes: &[u8]) -> Imported {
    let shelf = Shelf::new(None);
    read_text(name, bytes, MAX_TEXT_BYTES, &shelf, aiken::read)
}

/// Reads Moodle XML; its media are put on the shelf.
pub(super) fn read_moodle_xml(name: &str, bytes: &[u8], shelf: &Shelf<'_>) -> Imported {
    read_text(name, bytes, MAX_XML_BYTES, shelf, moodle::read)
}

/// Reads a package or an item of QTI 2.0 to 3.0; its media are put on the shelf.
pub(super) fn read_qti(name: &str, bytes: &[u8], shelf: &Shelf<'_>) -> Imported {
    qti_package::read(name, bytes, shelf)
}

/// Writes GIFT; media are not in it.
pub(super) fn write_gift(name: &str, set: &LoadedSet) -> Exported {
    gift_write::write_gift(name, &set.set, &set.key)
}

/// Writes Aiken, which holds plain questions with one right option.
pub(super) fn write_aiken(name: &str, set: &LoadedSet) -> Exported {
    aiken_write::write_aiken(name, &set.set, &set.key)
}

/// Writes Moodle XML; `media` gives the files.
pub(super) fn write_moodle_xml(name: &str, set: &LoadedSet, media: FindMedia<'_>) -> Exported {
    moodle_write::write_moodle_xml(name, &set.set, &set.key, media)
}

/// Writes a package of QTI 3.0; `media` gives the files.
pub(super) fn write_qti(name: &str, set: &LoadedSet, media: FindMedia<'_>) -> Exported {
    qti_write::write_qti(name, &set.set, &set.key, media)
}

fn read_text(
    name: &str,
    bytes: &[u8],
    limit: usize,
    shelf: &Shelf<'_>,
    read: impl FnOnce(&mut Sheet<'_>) -> RawSet,
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
    sheet.shelf = Some(shelf);
    let mut raw = read(&mut sheet);
    let (id, title) = raw::name_of(name);
    raw.id = raw.id.or(id);
    pin_combined(&mut sheet, &mut raw);
    let draft = raw::check(&mut sheet, raw, &title);
    Imported::of(sheet, draft)
}

/// Pins options that combine others, where the file says nothing of pins itself.
fn pin_combined(sheet: &mut Sheet<'_>, raw: &mut RawSet) {
    for question in &mut raw.questions {
        if question.options.iter().all(|option| !option.pin) {
            let id = question.id.as_ref().map(|id| id.value.clone());
            let subject = Subject::Question(question.place, id);
            pins::pin_combined(sheet, &subject, &mut question.options);
        }
    }
}
