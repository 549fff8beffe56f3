//! XML as a small tree with places.
//!
//! Owns the grammar and its limits; leaves what elements mean to `moodle` and `qti`. Nothing is loaded from elsewhere, no
//! entity is defined or expanded, and a document type is refused.

use super::html;
use crate::bank::code::FaultCode;
use crate::bank::fault::Subject;
use crate::bank::source::{Sheet, shorten};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::ops::Range;

/// Elements within each other.
const MAX_DEPTH: usize = 60;
/// Elements of a document: a set of 5,000 questions has less than half.
const MAX_ELEMENTS: usize = 500_000;
/// Attributes of an element.
const MAX_ATTRIBUTES: usize = 60;
/// Bytes of the tag of an element with its attributes.
const MAX_TAG_BYTES: usize = 64 * 1024;

/// An element.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// Its name without prefix.
    pub(super) name: String,
    /// Attributes by name without prefix; `xmlns` is one of them.
    attributes: Vec<(String, String)>,
    pub(super) children: Vec<Node>,
    /// Its opening tag.
    pub(super) span: Range<usize>,
}

/// What an element holds.
#[derive(Debug)]
pub(super) enum Node {
    Element(Element),
    Text(Text),
}

/// Text in an element.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) text: String,
    /// A character written by its number or name, or a part in which no sign is one.
    pub(super) literal: bool,
    pub(super) at: usize,
}

impl Element {
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let mut named = self.attributes.iter().filter(|(known, _)| known == name);
        named.next().map(|(_, value)| value.as_str())
    }

    pub(super) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The children of one name.
    pub(super) fn all<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Self> {
        self.elements().filter(move |element| element.name == name)
    }

    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.elements().find(|element| element.name == name)
    }

    /// The text that stands directly in the element.
    pub(super) fn text(&self) -> String {
        let text = |node: &Node| match node {
            Node::Text(text) => text.text.clone(),
            Node::Element(_) => String::new(),
        };
        self.children.iter().map(text).collect()
    }

    /// Where its text stands, or its tag where it has none.
    pub(super) fn text_span(&self) -> Range<usize> {
        let first = self.children.iter().find_map(|node| match node {
            Node::Text(text) if !text.text.trim().is_empty() => Some(text),
            _ => None,
        });
        first.map_or(self.span.clone(), |text| text.at..text.at + text.text.len())
    }

    /// The text of the child of that name, without white space at its ends; empty where there is none.
    pub(super) fn child_text(&self, name: &str) -> String {
        self.child(name)
            .map(|child| child.text().trim().to_owned())
            .unwrap_or_default()
    }
}

/// The root of a document; a fault is noted and gives `None`.
pub(super) fn parse(sheet: &mut Sheet<'_>) -> Option<Element> {
    let (at, code) = match Builder::default().run(sheet.text) {
        Ok(root) => return Some(root),
        Err(fault) => *fault,
    };
    sheet.fault(at..at + 1, &Subject::File, code);
    sheet.give_up(0..usize::MAX);
    None
}

fn element_of(start: &BytesStart<'_>, span: Range<usize>) -> Option<Element> {
    let name = start.local_name().as_ref().to_owned();
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.ok()?;
        if attributes.len() >= MAX_ATTRIBUTES {
            return None;
        }
        let name = attribute.key.local_name().as_ref().to_owned();
        attributes.push((name, html::unescape(&attribute.value)));
    }
    Some(Element {
        name,
        attributes,
        children: Vec::new(),
        span,
    })
}

type Failed = Box<(usize, FaultCode)>;

fn limit(at: usize, what: &'static str, limit: usize) -> Failed {
    let limit = limit as u64;
    Box::new((at, FaultCode::XmlLimit { what, limit }))
}

#[derive(Default)]
struct Builder {
    open: Vec<Element>,
    root: Option<Element>,
    elements: usize,
}

impl Builder {
    fn run(mut self, text: &str) -> Result<Element, Failed> {
        let mut reader = Reader::from_str(text);
        let position =
            |reader: &Reader<&[u8]>| usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        loop {
            let start = position(&reader);
            let event = match reader.read_event() {
                Ok(event) => event,
                Err(error) => {
                    let at = usize::try_from(reader.error_position()).unwrap_or(usize::MAX);
                    let detail = shorten(&error.to_string(), 120);
                    return Err(Box::new((at, FaultCode::XmlBroken { detail })));
                }
            };
            let span = start..position(&reader);
            if matches!(event, Event::Eof) {
                break;
            }
            self.event(event, span)?;
        }
        match self.root {
            Some(root) if self.open.is_empty() => Ok(root),
            _ => {
                let detail = "unexpected end of file".to_owned();
                Err(Box::new((text.len(), FaultCode::XmlBroken { detail })))
            }
        }
    }

    fn event(&mut self, event: Event<'_>, span: Range<usize>) -> Result<(), Failed> {
        match event {
            Event::Start(start) => self.begin(&start, span),
            Event::Empty(start) => {
                self.begin(&start, span)?;
                self.end();
                Ok(())
            }
            Event::End(_) => {
                self.end();
                Ok(())
            }
            Event::Text(text) => self.text(&text.xml10_content(), false, span.start),
            Event::CData(text) => self.text(&text.xml10_content(), true, span.start),
            Event::GeneralRef(name) => {
                let name = name.into_inner();
                let c = match name.strip_prefix('#') {
                    Some(_) => html::resolve(&format!("&{name};")).map(|(c, _)| c),
                    None => html::named(&name).filter(|c| c.is_ascii()),
                };
                let Some(c) = c else {
                    let name = shorten(&name, 40);
                    return Err(Box::new((span.start, FaultCode::XmlEntity { name })));
                };
                self.text(c.encode_utf8(&mut [0; 4]), true, span.start)
            }
            Event::DocType(_) => Err(Box::new((span.start, FaultCode::XmlDoctype {}))),
            Event::Decl(decl) => {
                let named = decl
                    .encoding()
                    .and_then(Result::ok)
                    .map(|name| name.to_lowercase());
                match named.filter(|name| !matches!(name.as_str(), "utf-8" | "utf8" | "utf-16" | "us-ascii"))
                {
                    Some(name) => {
                        let name = shorten(&name, 40);
                        Err(Box::new((span.start, FaultCode::XmlEncoding { name })))
                    }
                    None => Ok(()),
                }
            }
            Event::Comment(_) | Event::PI(_) | Event::Eof => Ok(()),
        }
    }

    fn begin(&mut self, start: &BytesStart<'_>, span: Range<usize>) -> Result<(), Failed> {
        let at = span.start;
        if span.len() > MAX_TAG_BYTES {
            return Err(limit(at, "tag", MAX_TAG_BYTES));
        }
        if self.open.len() >= MAX_DEPTH {
            return Err(limit(at, "depth", MAX_DEPTH));
        }
        self.elements += 1;
        if self.elements > MAX_ELEMENTS {
            return Err(limit(at, "elements", MAX_ELEMENTS));
        }
        if self.root.is_some() {
            let detail = "a second root element".to_owned();
            return Err(Box::new((at, FaultCode::XmlBroken { detail })));
        }
        let broken = || {
            let detail = "bad attributes".to_owned();
            Box::new((at, FaultCode::XmlBroken { detail }))
        };
        self.open.push(element_of(start, span).ok_or_else(broken)?);
        Ok(())
    }

    fn end(&mut self) {
        // The reader checks that every end has its beginning.
        let Some(element) = self.open.pop() else { return };
        match self.open.last_mut() {
            Some(parent) => parent.children.push(Node::Element(element)),
            None => self.root = Some(element),
        }
    }

    fn text(&mut self, text: &str, literal: bool, at: usize) -> Result<(), Failed> {
        let Some(parent) = self.open.last_mut() else {
            let is_blank = text.trim().is_empty();
            let detail = "text outside of the root element".to_owned();
            return if is_blank {
                Ok(())
            } else {
                Err(Box::new((at, FaultCode::XmlBroken { detail })))
            };
        };
        // White space that only sets elements apart need not be kept one by one.
        if let Some(Node::Text(last)) = parent.children.last_mut()
            && !literal
            && !last.literal
        {
            last.text.push_str(text);
            return Ok(());
        }
        self.elements += 1;
        if self.elements > MAX_ELEMENTS {
            return Err(limit(at, "elements", MAX_ELEMENTS));
        }
        parent.children.push(Node::Text(Text {
            text: text.to_owned(),
            literal,
            at,
        }));
        Ok(())
    }
}
