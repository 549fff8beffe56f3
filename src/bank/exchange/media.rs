//! Pictures, sounds and films that come inside a file of questions.
//!
//! Owns finding them by the addresses that texts name and the paths under which they are handed over; leaves looking into
//! them to `bank::media`.

use super::flow::Image;
use super::intake::Intake;
use crate::bank::code::FaultCode;
use crate::bank::format::At;
use crate::bank::formats::MediaFile;
use crate::bank::raw::RawMedia;
use crate::bank::source::shorten;
use crate::bank::words::slug_of;
use std::ops::Range;

impl Intake<'_, '_> {
    /// What a question is shown with, out of what its stem names; `find` gives the bytes under a name of the file. `Err`
    /// when the question cannot be shown as it was meant, which is noted.
    pub(super) fn media(
        &mut self,
        images: &[Image],
        span: &Range<usize>,
        find: &dyn Fn(&str) -> Option<Vec<u8>>,
    ) -> Result<Vec<RawMedia>, ()> {
        let mut media = Vec::new();
        let mut good = true;
        for image in images {
            match self.one(image, span, find) {
                Ok(one) => media.push(one),
                Err(code) => {
                    self.fault(span, code);
                    good = false;
                }
            }
        }
        good.then_some(media).ok_or(())
    }

    fn one(
        &mut self,
        image: &Image,
        span: &Range<usize>,
        find: &dyn Fn(&str) -> Option<Vec<u8>>,
    ) -> Result<RawMedia, FaultCode> {
        let src = shorten(&image.src, 80);
        if image.src.contains("://") || image.src.starts_with("//") || image.src.starts_with("data:") {
            return Err(FaultCode::PictureRemote { src });
        }
        let bytes = find(&image.src).filter(|bytes| !bytes.is_empty());
        let bytes = bytes.ok_or(FaultCode::PackagePictureMissing { src })?;
        let name = percent_decoded(image.src.rsplit('/').next().unwrap_or(&image.src));
        let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, ""));
        let stem = slug_of(stem).unwrap_or_else(|| "hinh".to_owned());
        let ending = slug_of(ending).unwrap_or_default();
        let path = match self.sheet.shelf {
            Some(shelf) => shelf.path_for(&stem, &ending, &bytes),
            None => format!("{}{stem}.{ending}", crate::bank::media::FOLDER),
        };
        if let Some(shelf) = self.sheet.shelf {
            shelf.bring(MediaFile {
                path: path.clone(),
                alt: image.alt.clone(),
                bytes,
            });
        }
        Ok(RawMedia {
            file: At {
                value: path,
                span: span.clone(),
            },
            alt: image.alt.clone(),
        })
    }

    /// Notes pictures where none can be shown.
    pub(super) fn no_pictures(&mut self, images: &[Image], span: &Range<usize>) -> Result<(), ()> {
        match images.first() {
            None => Ok(()),
            Some(_) => {
                self.fault(span, FaultCode::PackagePictureInOption {});
                Err(())
            }
        }
    }
}

/// A part of an address with `%C3%B4` read as the bytes it stands for.
pub(super) fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let pair = after.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        let byte = pair
            .filter(|_| *first == b'%')
            .and_then(|pair| u8::from_str_radix(pair, 16).ok());
        match byte {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}
