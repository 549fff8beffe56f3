//! The pictures of a paper: which question each belongs to, and its name among the media.
//!
//! Owns that a picture in an option refuses its question; leaves what pictures are taken to `media`.

use super::PaperImage;
use super::lines::{Doc, Thing};
use super::question::{self, Draft};
use crate::bank::code::FaultCode;
use crate::bank::format::At;
use crate::bank::formats::MediaFile;
use crate::bank::media::Shelf;
use crate::bank::options::label;
use crate::bank::raw::RawMedia;
use crate::bank::source::Sheet;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The pictures of questions.
#[derive(Default)]
pub(super) struct Gallery {
    /// By the place in the paper's list: the byte it first stands at, and its questions.
    shown: BTreeMap<usize, (usize, Vec<u32>)>,
    /// By question.
    media: BTreeMap<u32, Vec<RawMedia>>,
}

impl Gallery {
    /// Gives a question the pictures that stand in it, and notes what cannot be shown.
    pub(super) fn hang(&mut self, doc: &Doc, draft: &mut Draft, place: u32) {
        let mut pictures: Vec<(usize, usize)> = Vec::new();
        for (at, thing) in doc.things_in(&draft.span) {
            match thing {
                Thing::Unreadable(code) => {
                    draft.faults.push((*at..*at, code.clone()));
                    draft.is_refused = true;
                }
                Thing::Picture(picture) => pictures.push((*at, *picture)),
            }
        }
        for (at, picture) in pictures {
            let inside = |option: &question::OptionDraft| {
                let end = option.text.last().map_or(option.label.end, |piece| piece.end);
                (option.label.start..=end).contains(&at)
            };
            if let Some(nth) = draft.options.iter().position(inside) {
                let label = label(nth);
                draft.faults.push((at..at, FaultCode::PictureInOption { label }));
                draft.is_refused = true;
            }
            let (_, questions) = self.shown.entry(picture).or_insert((at, Vec::new()));
            questions.push(place);
            if let Some(found) = doc.pictures.get(picture) {
                self.media.entry(place).or_default().push(RawMedia {
                    file: At {
                        value: media_name(&found.bytes, found.ending),
                        span: at..at,
                    },
                    alt: found.alt.clone(),
                });
            }
        }
    }

    pub(super) fn media_of(&self, place: u32) -> Vec<RawMedia> {
        self.media.get(&place).cloned().unwrap_or_default()
    }

    /// Puts the pictures where the rules of questions look for them.
    pub(super) fn bring(&self, doc: &Doc, shelf: Option<&Shelf<'_>>) {
        let Some(shelf) = shelf else {
            return;
        };
        for picture in self.shown.keys().filter_map(|picture| doc.pictures.get(*picture)) {
            shelf.bring(MediaFile {
                path: media_name(&picture.bytes, picture.ending),
                alt: picture.alt.clone(),
                bytes: picture.bytes.clone(),
            });
        }
    }

    pub(super) fn images(&self, doc: &Doc, sheet: &Sheet<'_>) -> Vec<PaperImage> {
        let mut images = Vec::new();
        for (picture, (at, questions)) in &self.shown {
            if let Some(found) = doc.pictures.get(*picture) {
                images.push(PaperImage {
                    name: media_name(&found.bytes, found.ending),
                    content_type: found.content_type,
                    bytes: found.bytes.clone(),
                    alt: found.alt.clone(),
                    questions: questions.clone(),
                    spot: sheet.spot(*at),
                });
            }
        }
        images
    }
}

fn media_name(bytes: &[u8], ending: &str) -> String {
    let mut name = "media/".to_owned();
    for byte in Sha256::digest(bytes).iter().take(8) {
        // Writing to a string never fails.
        let _ = write!(name, "{byte:02x}");
    }
    format!("{name}.{ending}")
}
