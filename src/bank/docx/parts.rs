//! The parts of a document that `document.xml` names: relations, pictures and their kinds.
//!
//! Owns finding a part by its relation and telling what a picture is by its first bytes; leaves where the picture belongs
//! to the paper parser. Links that leave the document are never followed.

use super::package::{MAX_PICTURE, MAX_XML, Package, resolve};
use super::xml::{self, Element};
use crate::bank::code::FaultCode;
use crate::bank::paper::lines::Picture;
use std::collections::HashMap;

/// A relation of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Relation {
    /// To another part of the document.
    Part(String),
    /// To somewhere else.
    Outside,
}

/// The relations of a part by their names, and the types of some of them.
#[derive(Debug, Default)]
pub(super) struct Relations {
    by_id: HashMap<String, Relation>,
    /// Last word of the type, with the part.
    typed: Vec<(String, String)>,
}

impl Relations {
    pub(super) fn of(package: &mut Package<'_>, part: &str) -> Result<Self, FaultCode> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let path = match folder {
            "" => format!("_rels/{name}.rels"),
            folder => format!("{folder}/_rels/{name}.rels"),
        };
        let Some(text) = read_text(package, &path)? else {
            return Ok(Self::default());
        };
        let tree = xml::parse(&text)?;
        let mut relations = Self::default();
        for relation in tree.root().into_iter().flat_map(Element::children) {
            let (Some(id), Some(target)) = (relation.get("Id"), relation.get("Target")) else {
                continue;
            };
            let outside = relation.get("TargetMode") == Some("External");
            let inside = resolve(part, target).filter(|_| !outside);
            let kind = relation.get("Type").and_then(|kind| kind.rsplit('/').next());
            if let (Some(kind), Some(path)) = (kind, &inside) {
                relations.typed.push((kind.to_owned(), path.clone()));
            }
            let relation = inside.map_or(Relation::Outside, Relation::Part);
            relations.by_id.insert(id.to_owned(), relation);
        }
        Ok(relations)
    }

    pub(super) fn get(&self, id: &str) -> Option<&Relation> {
        self.by_id.get(id)
    }

    /// The parts of a type, such as `styles`.
    pub(super) fn of_type(&self, kind: &str) -> impl Iterator<Item = &str> {
        let wanted = self.typed.iter().filter(move |(found, _)| found == kind);
        wanted.map(|(_, path)| path.as_str())
    }
}

/// A part as text: UTF-8, or UTF-16 as the standard allows.
pub(super) fn read_text(package: &mut Package<'_>, path: &str) -> Result<Option<String>, FaultCode> {
    let Some(bytes) = package.read(path, MAX_XML)? else {
        return Ok(None);
    };
    let wide = |from: fn([u8; 2]) -> u16| {
        let (pairs, _) = bytes.as_chunks::<2>();
        let units = pairs.iter().skip(1).map(|pair| from(*pair));
        char::decode_utf16(units).collect::<Result<String, _>>().ok()
    };
    let text = match bytes.as_slice() {
        [0xff, 0xfe, ..] => wide(u16::from_le_bytes),
        [0xfe, 0xff, ..] => wide(u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => std::str::from_utf8(rest).ok().map(str::to_owned),
        _ => String::from_utf8(bytes).ok(),
    };
    text.map(Some).ok_or(FaultCode::DocxBroken {})
}

/// What may become of a picture in a document.
#[derive(Debug)]
pub(super) enum Found {
    Picture(Picture),
    Fault(FaultCode),
}

/// The picture behind a relation.
pub(super) fn picture(
    package: &mut Package<'_>,
    relations: &Relations,
    id: Option<&str>,
    alt: Option<&str>,
) -> Result<Found, FaultCode> {
    let path = match id.and_then(|id| relations.get(id)) {
        Some(Relation::Part(path)) => path,
        Some(Relation::Outside) => return Ok(Found::Fault(FaultCode::PictureOutside {})),
        None => return Ok(Found::Fault(FaultCode::PictureMissing {})),
    };
    let Some(bytes) = package.read(path, MAX_PICTURE)? else {
        return Ok(Found::Fault(FaultCode::PictureMissing {}));
    };
    let Some((content_type, ending)) = kind_of(&bytes) else {
        let kind = path
            .rsplit_once('.')
            .map_or("?", |(_, ending)| ending)
            .to_lowercase();
        return Ok(Found::Fault(FaultCode::PictureKind { kind }));
    };
    let alt = alt
        .map(str::trim)
        .filter(|alt| !alt.is_empty())
        .map(str::to_owned);
    Ok(Found::Picture(Picture {
        bytes,
        content_type,
        ending,
        alt,
    }))
}

/// Content type and file ending of the kinds that browsers show, by the first bytes.
fn kind_of(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => Some(("image/png", "png")),
        [0xff, 0xd8, 0xff, ..] => Some(("image/jpeg", "jpg")),
        [b'G', b'I', b'F', b'8', ..] => Some(("image/gif", "gif")),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(("image/webp", "webp")),
        _ => None,
    }
}
