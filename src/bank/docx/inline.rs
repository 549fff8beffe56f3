//! The walk over what a paragraph holds: runs, links, fields, tracked changes, signs.
//!
//! Owns which text counts; leaves paragraphs to `body` and drawings to `graphics`.

use super::body::{Paragraph, Walker, chosen, plain_text};
use super::styles::{RunLook, RunSettings};
use super::symbols::{is_picture_font, shown_in, sign_of};
use super::xml::Element;
use crate::bank::code::FaultCode;
use crate::bank::paper::labels::excerpt;
use crate::bank::paper::lines::Thing;

impl Walker<'_> {
    /// Walks over runs and their wrappings.
    pub(super) fn inline(
        &mut self,
        parent: Element<'_, '_>,
        paragraph: Paragraph<'_>,
    ) -> Result<(), FaultCode> {
        for child in parent.children() {
            match child.name() {
                "r" => self.run(child, paragraph)?,
                "ins" | "moveTo" => {
                    self.track();
                    self.inline(child, paragraph)?;
                }
                "del" | "moveFrom" => self.track(),
                "hyperlink" => {
                    let link = Paragraph {
                        link: true,
                        ..paragraph
                    };
                    self.inline(child, link)?;
                }
                "oMath" | "oMathPara" => self.equation(child),
                "subDoc" => self.doc.note(self.doc.text.len(), FaultCode::DocxChunk {}),
                "AlternateContent" => {
                    if let Some(choice) = chosen(child) {
                        self.inline(choice, paragraph)?;
                    }
                }
                "pPr" | "sdtPr" | "sdtEndPr" | "smartTagPr" | "customXmlPr" | "fldData" | "rPr" | "rt" => {}
                // Content controls, smart tags, fields and whatever else wraps runs.
                _ => self.inline(child, paragraph)?,
            }
        }
        Ok(())
    }

    fn run(&mut self, run: Element<'_, '_>, paragraph: Paragraph<'_>) -> Result<(), FaultCode> {
        let settings = run.child("rPr").map(RunSettings::read).unwrap_or_default();
        let mut look = self.styles.look(paragraph.style, &settings);
        if paragraph.link {
            look.look.underline = false;
            look.look.colour = None;
        }
        if look.hidden {
            let text = plain_text(run);
            if !text.trim().is_empty() {
                let at = self.doc.lines.last().map_or(0, |line| line.span.start);
                self.doc.note(at, FaultCode::PaperHidden { text: excerpt(&text) });
            }
            return Ok(());
        }
        if look.struck && !plain_text(run).trim().is_empty() {
            let at = self.doc.lines.last().map_or(0, |line| line.span.start);
            self.doc.note(at, FaultCode::PaperStruck {});
        }
        self.pieces(run, &look)
    }

    fn pieces(&mut self, run: Element<'_, '_>, look: &RunLook) -> Result<(), FaultCode> {
        for piece in run.children() {
            match piece.name() {
                "fldChar" => self.field(piece.get("fldCharType").unwrap_or_default()),
                "AlternateContent" => {
                    if let Some(choice) = chosen(piece) {
                        self.pieces(choice, look)?;
                    }
                }
                // The instruction of a field is not text.
                _ if self.fields.iter().any(|in_result| !in_result) => {}
                "t" => self.text(&piece.text(), look),
                "tab" | "ptab" => self.doc.push("\t", look.look),
                "br" | "cr" => self.begin(true),
                "noBreakHyphen" => self.doc.push("-", look.look),
                "sym" => {
                    self.doc.push(sign_of(piece).encode_utf8(&mut [0; 4]), look.look);
                }
                "footnoteReference" | "endnoteReference" => {
                    let key = (
                        piece.name() == "endnoteReference",
                        piece.get("id").unwrap_or_default().to_owned(),
                    );
                    let text = excerpt(self.footnotes.get(&key).map_or("", String::as_str));
                    let at = self.doc.lines.last().map_or(0, |line| line.span.start);
                    self.doc.note(at, FaultCode::PaperFootnote { text });
                }
                "commentReference" => self.comment(piece.get("id").unwrap_or_default()),
                "drawing" | "pict" => self.drawing(piece)?,
                "object" => self.object(piece),
                "ruby" => {
                    let base = piece.child("rubyBase").map(plain_text).unwrap_or_default();
                    self.text(&base, look);
                }
                "oMath" | "oMathPara" => self.equation(piece),
                _ => {}
            }
        }
        Ok(())
    }

    fn text(&mut self, text: &str, look: &RunLook) {
        let font = look.font.as_deref().unwrap_or_default();
        if is_picture_font(font) {
            let shown: String = text.chars().map(|c| shown_in(font, c)).collect();
            self.doc.push(&shown, look.look);
            return;
        }
        // Fonts of the time before Unicode show Latin letters as Vietnamese ones; a text with real Vietnamese letters in
        // such a font has been converted.
        let is_legacy = font.starts_with(".Vn") || font.starts_with("VNI-");
        let has_latin = text.chars().any(|c| ('\u{a1}'..='\u{ff}').contains(&c));
        if is_legacy && has_latin && self.legacy.is_none() && !text.chars().any(|c| c > '\u{ff}') {
            self.legacy = Some((self.doc.text.len(), font.to_owned()));
        }
        self.doc.push(text, look.look);
    }

    /// A remark at the margin, which is not for entrants.
    fn comment(&mut self, id: &str) {
        let text = self.comments.get(id).map_or("", String::as_str);
        if !text.is_empty() {
            let text = excerpt(text);
            let at = self.doc.lines.last().map_or(0, |line| line.span.start);
            self.doc.note(at, FaultCode::PaperComment { text });
        }
    }

    fn field(&mut self, kind: &str) {
        match kind {
            "begin" if self.fields.len() < 50 => self.fields.push(false),
            "separate" => {
                if let Some(in_result) = self.fields.last_mut() {
                    *in_result = true;
                }
            }
            "end" => drop(self.fields.pop()),
            _ => {}
        }
    }

    fn equation(&mut self, equation: Element<'_, '_>) {
        let text: String = equation.below("t").into_iter().map(Element::text).collect();
        self.doc.push(&text, Default::default());
        self.doc.put(Thing::Unreadable(FaultCode::PaperEquation {
            text: excerpt(&text),
        }));
    }
}
