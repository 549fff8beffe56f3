//! Pictures on a printed paper.
//!
//! Owns their size on the page and their XML; leaves making them fit to `bank::media`.

use super::super::media::{MediaContent, printable};
use super::xml::escaped;
use crate::domain::media::Media;

/// Widest picture, in the units of Word, of which a centimetre has 360,000.
const MAX_WIDTH: u64 = 15 * 360_000;
/// Highest picture.
const MAX_HEIGHT: u64 = 9 * 360_000;
/// Units of a pixel where 96 make an inch.
const PIXEL: u64 = 9_525;

/// The pictures of a paper, in the order in which they stand on it.
#[derive(Default)]
pub(super) struct Pictures(Vec<MediaContent>);

impl Pictures {
    /// A paragraph with the picture; `None` where it cannot be printed.
    pub(super) fn paragraph(&mut self, media: &Media, bytes: Option<Vec<u8>>) -> Option<String> {
        let content = printable(&media.file, bytes?)?;
        self.0.push(content);
        let number = self.0.len();
        let stored = &self.0.last()?.stored;
        let (width, height) = size(u64::from(stored.width), u64::from(stored.height));
        let alt = escaped(media.alt.as_deref().unwrap_or_default());
        Some(format!(
            "<w:p><w:pPr><w:keepNext/><w:jc w:val=\"center\"/></w:pPr><w:r><w:drawing>\
             <wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{width}\" cy=\"{height}\"/>\
             <wp:docPr id=\"{number}\" name=\"Hình {number}\" descr=\"{alt}\"/>\
             <a:graphic xmlns:a=\"{DRAWING}\"><a:graphicData uri=\"{DRAWING_PICTURE}\"><pic:pic xmlns:pic=\"{DRAWING_PICTURE}\">\
             <pic:nvPicPr><pic:cNvPr id=\"{number}\" name=\"Hình {number}\"/><pic:cNvPicPr/></pic:nvPicPr>\
             <pic:blipFill><a:blip r:embed=\"{}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>\
             <pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{width}\" cy=\"{height}\"/></a:xfrm>\
             <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>\
             </w:drawing></w:r></w:p>",
            relation(number)
        ))
    }

    /// Each picture with the name of its part in the document and that of its relation.
    pub(super) fn parts(&self) -> impl Iterator<Item = (String, String, &[u8])> {
        (1..).zip(&self.0).map(|(number, content)| {
            let ending = content.stored.name.format().ending();
            (
                format!("media/image{number}.{ending}"),
                relation(number),
                content.bytes.as_slice(),
            )
        })
    }
}

const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
const DRAWING_PICTURE: &str = "http://schemas.openxmlformats.org/drawingml/2006/picture";

fn relation(number: usize) -> String {
    format!("rIdP{number}")
}

/// As large as it is, and no larger than the page has room for.
fn size(width: u64, height: u64) -> (u64, u64) {
    let (width, height) = (width.max(1) * PIXEL, height.max(1) * PIXEL);
    let (width, height) = if width > MAX_WIDTH {
        (MAX_WIDTH, (height * MAX_WIDTH / width).max(1))
    } else {
        (width, height)
    };
    if height > MAX_HEIGHT {
        ((width * MAX_HEIGHT / height).max(1), MAX_HEIGHT)
    } else {
        (width, height)
    }
}
