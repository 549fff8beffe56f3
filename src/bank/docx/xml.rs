//! One part of a document as a tree of elements, by local names.
//!
//! Owns grammar, entities and the limits on depth and number; leaves the meaning of elements to the other files. The tree
//! lies in one list, so that neither building nor dropping it goes as deep as the document pretends to be.

use crate::bank::code::FaultCode;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;
use std::ops::Range;

/// Deepest nesting; Word itself stays below 60.
const MAX_DEPTH: usize = 200;
/// Elements and pieces of text of one part: about 15,000 questions.
const MAX_NODES: usize = 900_000;
/// Attributes that say when and by whom a piece was written; none of them is needed.
const IDLE: [&str; 7] = ["rsid", "paraId", "textId", "author", "date", "space", "xmlns"];

struct Node<'x> {
    /// Empty for a piece of text.
    name: &'x str,
    text: Cow<'x, str>,
    attributes: Range<u32>,
    first: Option<u32>,
    next: Option<u32>,
}

/// The tree of a part.
pub(super) struct Tree<'x> {
    nodes: Vec<Node<'x>>,
    attributes: Vec<(&'x str, Cow<'x, str>)>,
}

/// An element of a tree.
#[derive(Clone, Copy)]
pub(super) struct Element<'t, 'x> {
    tree: &'t Tree<'x>,
    at: u32,
}

/// Text with its grammar broken, or an attack on the reader.
fn broken<E>(_: E) -> FaultCode {
    FaultCode::DocxBroken {}
}

/// Reads a part. Document types are refused: nothing good comes of them.
pub(super) fn parse(text: &str) -> Result<Tree<'_>, FaultCode> {
    let mut reader = Reader::from_str(text);
    let mut tree = Tree {
        nodes: Vec::new(),
        attributes: Vec::new(),
    };
    let root = tree.push(None, &mut None, "#root", Cow::Borrowed(""))?;
    // Of every open element its number and its last child.
    let mut open: Vec<(u32, Option<u32>)> = vec![(root, None)];
    loop {
        let event = reader.read_event().map_err(broken)?;
        let Some((parent, last)) = open.last_mut() else {
            return Err(FaultCode::DocxBroken {});
        };
        match event {
            Event::Start(start) => {
                let at = tree.element(*parent, last, &start, text)?;
                if open.len() >= MAX_DEPTH {
                    return Err(FaultCode::DocxBomb {});
                }
                open.push((at, None));
            }
            Event::Empty(start) => drop(tree.element(*parent, last, &start, text)?),
            Event::End(_) => drop(open.pop()),
            Event::Text(piece) => tree.text(*parent, last, piece.into_inner())?,
            Event::CData(piece) => tree.text(*parent, last, piece.into_inner())?,
            Event::GeneralRef(entity) => {
                let text = match entity.resolve_char_ref().map_err(broken)? {
                    Some(c) => c.to_string(),
                    None => {
                        let known = quick_xml::escape::resolve_predefined_entity(&entity);
                        known.ok_or(FaultCode::DocxBroken {})?.to_owned()
                    }
                };
                tree.text(*parent, last, Cow::Owned(text))?;
            }
            Event::DocType(_) => return Err(FaultCode::DocxBomb {}),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
    }
    match open.len() {
        1 => Ok(tree),
        _ => Err(FaultCode::DocxBroken {}),
    }
}

impl<'x> Tree<'x> {
    fn push(
        &mut self,
        parent: Option<u32>,
        last: &mut Option<u32>,
        name: &'x str,
        text: Cow<'x, str>,
    ) -> Result<u32, FaultCode> {
        if self.nodes.len() >= MAX_NODES {
            return Err(FaultCode::DocxBomb {});
        }
        let at = u32::try_from(self.nodes.len()).map_err(broken)?;
        let begin = u32::try_from(self.attributes.len()).map_err(broken)?;
        self.nodes.push(Node {
            name,
            text,
            attributes: begin..begin,
            first: None,
            next: None,
        });
        let before = match *last {
            Some(sibling) => self.nodes.get_mut(sibling as usize).map(|node| &mut node.next),
            None => parent
                .and_then(|parent| self.nodes.get_mut(parent as usize))
                .map(|node| &mut node.first),
        };
        if let Some(link) = before {
            *link = Some(at);
        }
        *last = Some(at);
        Ok(at)
    }

    fn element(
        &mut self,
        parent: u32,
        last: &mut Option<u32>,
        start: &BytesStart<'_>,
        source: &'x str,
    ) -> Result<u32, FaultCode> {
        let name = start.local_name();
        let at = self.push(
            Some(parent),
            last,
            within(source, name.as_ref())?,
            Cow::Borrowed(""),
        )?;
        for attribute in start.attributes() {
            let attribute = attribute.map_err(broken)?;
            let key = attribute.key.local_name();
            let key = key.as_ref();
            if attribute.key.as_ref().starts_with("xmlns") || IDLE.iter().any(|idle| key.starts_with(idle)) {
                continue;
            }
            let value = attribute
                .normalized_value(quick_xml::XmlVersion::Implicit1_0)
                .map_err(broken)?;
            if self.attributes.len() >= MAX_NODES {
                return Err(FaultCode::DocxBomb {});
            }
            let value = match value {
                Cow::Borrowed(value) => {
                    within(source, value).map_or_else(|_| Cow::Owned(value.to_owned()), Cow::Borrowed)
                }
                Cow::Owned(value) => Cow::Owned(value),
            };
            self.attributes.push((within(source, key)?, value));
        }
        let end = u32::try_from(self.attributes.len()).map_err(broken)?;
        if let Some(node) = self.nodes.get_mut(at as usize) {
            node.attributes.end = end;
        }
        Ok(at)
    }

    fn text(&mut self, parent: u32, last: &mut Option<u32>, text: Cow<'x, str>) -> Result<(), FaultCode> {
        self.push(Some(parent), last, "", text).map(drop)
    }

    /// The outermost element.
    pub(super) fn root(&self) -> Option<Element<'_, 'x>> {
        Element { tree: self, at: 0 }.children().next()
    }
}

/// The same letters as a part of the source, which outlives the event that lent them.
fn within<'x>(source: &'x str, part: &str) -> Result<&'x str, FaultCode> {
    let from = (part.as_ptr() as usize).wrapping_sub(source.as_ptr() as usize);
    source
        .get(from..from.saturating_add(part.len()))
        .filter(|found| *found == part)
        .ok_or(FaultCode::DocxBroken {})
}

impl<'t, 'x> Element<'t, 'x> {
    fn node(self) -> Option<&'t Node<'x>> {
        self.tree.nodes.get(self.at as usize)
    }

    /// The local name.
    pub(super) fn name(self) -> &'t str {
        self.node().map_or("", |node| node.name)
    }

    /// An attribute by its local name.
    pub(super) fn get(self, name: &str) -> Option<&'t str> {
        let range = self.node()?.attributes.clone();
        let attributes = self
            .tree
            .attributes
            .get(range.start as usize..range.end as usize)?;
        let found = attributes.iter().find(|(key, _)| *key == name);
        found.map(|(_, value)| value.as_ref())
    }

    /// `w:val`.
    pub(super) fn val(self) -> Option<&'t str> {
        self.get("val")
    }

    /// A whole number in an attribute.
    pub(super) fn number(self, name: &str) -> Option<u32> {
        self.get(name)?.trim().parse().ok()
    }

    /// The elements inside, pieces of text left out.
    pub(super) fn children(self) -> impl Iterator<Item = Element<'t, 'x>> {
        self.all().filter(|element| !element.name().is_empty())
    }

    fn all(self) -> impl Iterator<Item = Element<'t, 'x>> {
        let tree = self.tree;
        let mut next = self.node().and_then(|node| node.first);
        std::iter::from_fn(move || {
            let element = Element { tree, at: next? };
            next = element.node().and_then(|node| node.next);
            Some(element)
        })
    }

    /// The first element inside with that name.
    pub(super) fn child(self, name: &str) -> Option<Element<'t, 'x>> {
        self.children().find(|element| element.name() == name)
    }

    /// The first element inside a first element inside …
    pub(super) fn path(self, names: &[&str]) -> Option<Element<'t, 'x>> {
        names.iter().try_fold(self, |element, name| element.child(name))
    }

    /// All elements below with that name, in order.
    pub(super) fn below(self, name: &str) -> Vec<Element<'t, 'x>> {
        let mut found = Vec::new();
        self.collect(name, &mut found);
        found
    }

    // The depth of a tree has its limit.
    fn collect(self, name: &str, found: &mut Vec<Element<'t, 'x>>) {
        for child in self.children() {
            if child.name() == name {
                found.push(child);
            }
            child.collect(name, found);
        }
    }

    /// The text directly inside.
    pub(super) fn text(self) -> String {
        self.all()
            .filter_map(Self::node)
            .map(|node| node.text.as_ref())
            .collect()
    }

    /// Whether an on/off property that is there is on.
    pub(super) fn is_on(self) -> bool {
        !matches!(self.val(), Some("0" | "false" | "off"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_text_and_names_are_local() {
        let tree =
            parse("<w:p w:val=\"a&amp;b\" w:rsidR=\"1\"><w:t>x &amp; &#x1EBF;</w:t><b/></w:p>").unwrap();
        let root = tree.root().unwrap();
        assert_eq!(
            (root.name(), root.val(), root.get("rsidR")),
            ("p", Some("a&b"), None)
        );
        assert_eq!(root.child("t").unwrap().text(), "x & ế");
        assert_eq!(root.children().count(), 2);
    }

    #[test]
    fn what_no_word_processor_writes_is_refused() {
        let deep = "<a>".repeat(300);
        assert_eq!(parse(&deep).err(), Some(FaultCode::DocxBomb {}));
        let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><x>&a;</x>";
        assert_eq!(parse(bomb).err(), Some(FaultCode::DocxBomb {}));
        for text in ["<a>&nbsp;</a>", "<a></b>", "<a", "<a>", "</a>", "<a b=\"&x;\"/>"] {
            assert_eq!(parse(text).err(), Some(FaultCode::DocxBroken {}), "{text}");
        }
        let many = format!("<a>{}</a>", "<b/>".repeat(MAX_NODES));
        assert_eq!(parse(&many).err(), Some(FaultCode::DocxBomb {}));
    }
}
