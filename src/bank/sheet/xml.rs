//! A part of a workbook as a stream of tags and texts, by local names.
//!
//! Owns grammar, entities and the limit on depth; keeps nothing, so that a part of any length costs no memory. Document
//! types are refused: nothing good comes of them.

use super::super::code::FaultCode;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::io::BufRead;

/// Deepest nesting; Excel itself stays below 20.
const MAX_DEPTH: usize = 100;
/// Elements of one part: a table of 20,000 questions and 15 columns has about half of it.
const MAX_ELEMENTS: usize = 1_500_000;

/// What comes next.
pub(super) enum Piece<'e> {
    /// A tag begins; an empty element ends at once.
    Open(&'e str, Attributes<'e>),
    /// A tag ends.
    Close(&'e str),
    /// A piece of text; the text of one element may come in several.
    Text(&'e str),
}

/// The attributes of a tag.
#[derive(Clone, Copy)]
pub(super) struct Attributes<'e>(&'e BytesStart<'e>);

impl Attributes<'_> {
    /// The value of an attribute, by its local name.
    pub(super) fn get(self, name: &str) -> Option<String> {
        self.0
            .attributes()
            .filter_map(Result::ok)
            .find(|attribute| attribute.key.local_name().as_ref() == name)
            .and_then(|attribute| {
                attribute
                    .normalized_value(XmlVersion::Implicit1_0)
                    .ok()
                    .map(Into::into)
            })
    }

    /// Takes every attribute by its local name, in one go.
    pub(super) fn each(self, mut take: impl FnMut(&str, &str)) {
        for attribute in self.0.attributes().with_checks(false).filter_map(Result::ok) {
            if let Ok(value) = attribute.normalized_value(XmlVersion::Implicit1_0) {
                take(attribute.key.local_name().as_ref(), &value);
            }
        }
    }

    /// A whole number.
    pub(super) fn number(self, name: &str) -> Option<u32> {
        self.get(name)?.trim().parse().ok()
    }

    /// Whether a flag is set.
    pub(super) fn flag(self, name: &str) -> bool {
        matches!(self.get(name).as_deref(), Some("1" | "true"))
    }

    /// Whether a property element that is there is on, such as `<b/>`.
    pub(super) fn is_on(self) -> bool {
        !matches!(self.get("val").as_deref(), Some("0" | "false"))
    }
}

/// Walks over a part; stops at the first refusal of `take`.
pub(super) fn walk(
    source: &mut dyn BufRead,
    mut take: impl FnMut(Piece<'_>) -> Result<(), FaultCode>,
) -> Result<(), FaultCode> {
    let broken = || FaultCode::SheetBroken {};
    let mut reader = Reader::from_reader(source);
    let mut buffer = Vec::new();
    let mut depth = 0_usize;
    let mut elements = 0_usize;
    loop {
        buffer.clear();
        if elements > MAX_ELEMENTS {
            return Err(FaultCode::SheetBomb {});
        }
        match reader.read_event_into(&mut buffer).map_err(|_| broken())? {
            Event::Start(start) => {
                depth += 1;
                elements += 1;
                if depth > MAX_DEPTH {
                    return Err(FaultCode::SheetBomb {});
                }
                take(Piece::Open(start.local_name().as_ref(), Attributes(&start)))?;
            }
            Event::Empty(start) => {
                elements += 1;
                let name = start.local_name();
                take(Piece::Open(name.as_ref(), Attributes(&start)))?;
                take(Piece::Close(name.as_ref()))?;
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                take(Piece::Close(end.local_name().as_ref()))?;
            }
            Event::Text(text) => take(Piece::Text(&text.into_inner()))?,
            Event::CData(text) => take(Piece::Text(&text.into_inner()))?,
            Event::GeneralRef(entity) => match entity.resolve_char_ref().map_err(|_| broken())? {
                Some(c) => take(Piece::Text(c.encode_utf8(&mut [0; 4])))?,
                None => {
                    let known = quick_xml::escape::resolve_predefined_entity(&entity);
                    take(Piece::Text(known.ok_or_else(broken)?))?;
                }
            },
            Event::DocType(_) => return Err(FaultCode::SheetBomb {}),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
    }
    match (depth, elements) {
        (0, 1..) => Ok(()),
        _ => Err(broken()),
    }
}
