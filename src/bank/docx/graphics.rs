//! Drawings of a document: pictures, text boxes, and what cannot be shown.
//!
//! Owns finding pictures with their alternative texts in both dialects of drawing (DrawingML and VML); leaves reading their
//! bytes to `parts`.

use super::body::{Walker, plain_text};
use super::parts::{Found, picture};
use super::xml::Element;
use crate::bank::code::FaultCode;
use crate::bank::paper::labels::excerpt;
use crate::bank::paper::lines::Thing;

/// Lines, circles and arrows, in both dialects.
const SHAPES: [&str; 9] = [
    "wsp",
    "cxnSp",
    "shape",
    "line",
    "oval",
    "rect",
    "roundrect",
    "polyline",
    "curve",
];

/// Whether a drawing holds such a shape; a rule across the page is none.
fn is_drawn(drawing: Element<'_, '_>, name: &str) -> bool {
    let shapes = drawing.below(name);
    shapes.iter().any(|shape| shape.get("hr").is_none())
}

impl Walker<'_> {
    /// Notes the pictures and text boxes of a drawing.
    pub(super) fn drawing(&mut self, drawing: Element<'_, '_>) -> Result<(), FaultCode> {
        let alt_of = |names: &[(&str, &str)]| {
            names.iter().find_map(|(element, attribute)| {
                let elements = drawing.below(element);
                let values = elements.iter().filter_map(|element| element.get(attribute));
                values
                    .map(str::trim)
                    .find(|alt| !alt.is_empty())
                    .map(str::to_owned)
            })
        };
        let alt = alt_of(&[
            ("docPr", "descr"),
            ("docPr", "title"),
            ("cNvPr", "descr"),
            ("shape", "alt"),
        ]);
        let mut ids: Vec<Option<&str>> = Vec::new();
        ids.extend(
            drawing
                .below("blip")
                .into_iter()
                .map(|blip| blip.get("embed").or_else(|| blip.get("link"))),
        );
        ids.extend(drawing.below("imagedata").into_iter().map(|data| data.get("id")));
        let is_empty = ids.is_empty();
        for id in ids {
            self.picture(id, alt.as_deref())?;
        }
        let boxes: Vec<Element<'_, '_>> = outermost(drawing, "txbxContent");
        for content in &boxes {
            self.boxes.push(plain_text(*content));
        }
        if let Some(equation) = boxes
            .iter()
            .find_map(|content| content.below("oMath").first().copied())
        {
            let text = excerpt(&plain_text(equation));
            self.doc.put(Thing::Unreadable(FaultCode::PaperEquation { text }));
        }
        let unreadable = ["chart", "relIds", "contentPart"];
        if is_empty && unreadable.iter().any(|name| !drawing.below(name).is_empty()) {
            self.object(drawing);
        } else if is_empty && boxes.is_empty() && SHAPES.iter().any(|name| is_drawn(drawing, name)) {
            self.doc.note(self.doc.text.len(), FaultCode::PaperShape {});
        }
        Ok(())
    }

    fn picture(&mut self, id: Option<&str>, alt: Option<&str>) -> Result<(), FaultCode> {
        let known = id.and_then(|id| self.pictures.get(id)).copied();
        if let Some(at) = known {
            self.doc.put(Thing::Picture(at));
            return Ok(());
        }
        match picture(&mut self.package, &self.relations, id, alt)? {
            Found::Picture(picture) => {
                let at = self.doc.pictures.len();
                self.doc.pictures.push(picture);
                self.doc.put(Thing::Picture(at));
                if let Some(id) = id {
                    self.pictures.insert(id.to_owned(), at);
                }
            }
            Found::Fault(code) => self.doc.put(Thing::Unreadable(code)),
        }
        Ok(())
    }

    /// Notes a thing that no question can show.
    pub(super) fn object(&mut self, object: Element<'_, '_>) {
        let program = object
            .below("OLEObject")
            .into_iter()
            .find_map(|ole| ole.get("ProgID"));
        let kind = match program {
            Some(program) => program.chars().take(40).collect(),
            None if object.below("chart").is_empty() => "SmartArt".to_owned(),
            None => "biểu đồ (chart)".to_owned(),
        };
        self.doc.put(Thing::Unreadable(FaultCode::PaperObject { kind }));
    }
}

/// The outermost elements with that name.
fn outermost<'t, 'x>(parent: Element<'t, 'x>, name: &str) -> Vec<Element<'t, 'x>> {
    let mut found = Vec::new();
    for child in parent.children() {
        if child.name() == name {
            found.push(child);
        } else {
            found.extend(outermost(child, name));
        }
    }
    found
}
