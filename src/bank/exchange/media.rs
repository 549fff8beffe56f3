//! Pictures that come inside a file of questions.
//!
//! Owns which picture a question may have and under which name it is handed over; leaves looking into it, storing and
//! showing it to those who take it.

use super::flow::Image;
use super::intake::Intake;
use crate::bank::code::FaultCode;
use crate::bank::format::At;
use crate::bank::formats::MediaFile;
use crate::bank::source::shorten;
use crate::bank::words::slug_of;
use std::ops::Range;

/// Where pictures go in a contest directory.
pub(super) const FOLDER: &str = "media/";

impl Intake<'_, '_> {
    /// The picture of a question out of those that its stem shows; `find` gives the bytes under a name of the file.
    /// `Err` when the question cannot be shown as it was meant, which is noted.
    pub(super) fn picture(
        &mut self,
        images: &[Image],
        span: &Range<usize>,
        find: &dyn Fn(&str) -> Option<Vec<u8>>,
    ) -> Result<Option<At<String>>, ()> {
        let image = match images {
            [] => return Ok(None),
            [image] => image,
            [_, _, ..] => {
                let count = images.len() as u64;
                self.fault(span, FaultCode::PicturesTooMany { count });
                return Err(());
            }
        };
        let src = shorten(&image.src, 80);
        if image.src.contains("://") || image.src.starts_with("//") || image.src.starts_with("data:") {
            self.fault(span, FaultCode::PictureRemote { src });
            return Err(());
        }
        let Some(bytes) = find(&image.src).filter(|bytes| !bytes.is_empty()) else {
            self.fault(span, FaultCode::PackagePictureMissing { src });
            return Err(());
        };
        let path = self.media_path(&image.src, &bytes);
        if !self.media.iter().any(|known| known.path == path) {
            self.media.push(MediaFile {
                path: path.clone(),
                alt: image.alt.clone(),
                bytes,
            });
        }
        Ok(Some(At {
            value: path,
            span: span.clone(),
        }))
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

    /// A name of its own for a picture: that of the file, with a number where another picture has it.
    fn media_path(&self, src: &str, bytes: &[u8]) -> String {
        let name = percent_decoded(src.rsplit('/').next().unwrap_or(src));
        let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, ""));
        let stem = slug_of(stem).unwrap_or_else(|| "hinh".to_owned());
        let ending = slug_of(ending).unwrap_or_default();
        let taken = |path: &String| {
            let mut known = self.media.iter().filter(|known| known.path == *path);
            known.any(|known| known.bytes != bytes)
        };
        let named = |number: usize| match number {
            1 => format!("{FOLDER}{stem}.{ending}"),
            _ => format!("{FOLDER}{stem}-{number}.{ending}"),
        };
        // Each name that is taken belongs to another picture, so one more than there are is free.
        (1..=self.media.len() + 1)
            .map(named)
            .find(|path| !taken(path))
            .unwrap_or_else(|| named(0))
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
