//! Texts of cells: shared and inline strings, with their runs in bold, italic, raised or lowered letters.
//!
//! Owns turning runs into the markup of questions; leaves where a text stands to `cells`.

use super::super::code::FaultCode;
use super::xml::{Piece, walk};
use crate::domain::markup::{self, Shift, Style};
use std::io::BufRead;

/// Shared strings of a workbook.
const MAX_STRINGS: usize = 300_000;
/// Bytes of all of them.
const MAX_BYTES: usize = 24 * 1024 * 1024;

/// The text of a cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct CellText {
    /// The characters.
    pub(super) plain: String,
    /// The same in the markup of questions, where the letters are not all set alike.
    pub(super) markup: Option<String>,
}

/// A text in the making.
#[derive(Debug, Default)]
pub(super) struct TextBuilder {
    runs: Vec<(String, Style)>,
    style: Style,
    in_text: bool,
    in_phonetic: bool,
}

impl TextBuilder {
    /// Takes what stands inside `<si>` or `<is>`.
    pub(super) fn take(&mut self, piece: &Piece<'_>) {
        match piece {
            Piece::Open("r", _) => self.style = Style::default(),
            Piece::Open("rPh", _) => self.in_phonetic = true,
            Piece::Close("rPh") => self.in_phonetic = false,
            Piece::Open("b", at) => self.style.strong = at.is_on(),
            Piece::Open("i", at) => self.style.emphasis = at.is_on(),
            Piece::Open("vertAlign", at) => {
                self.style.shift = match at.get("val").as_deref() {
                    Some("superscript") => Some(Shift::Up),
                    Some("subscript") => Some(Shift::Down),
                    _ => None,
                }
            }
            Piece::Open("t", _) => self.in_text = !self.in_phonetic,
            Piece::Close("t") => self.in_text = false,
            Piece::Close("r") => self.style = Style::default(),
            Piece::Text(text) if self.in_text => match self.runs.last_mut() {
                Some((last, style)) if *style == self.style => last.push_str(text),
                _ => self.runs.push(((*text).to_owned(), self.style)),
            },
            Piece::Open(..) | Piece::Close(_) | Piece::Text(_) => {}
        }
    }

    /// The text so far; the builder is empty again.
    pub(super) fn finish(&mut self) -> CellText {
        let runs = std::mem::take(&mut self.runs);
        *self = Self::default();
        let runs: Vec<(String, Style)> = runs
            .into_iter()
            .map(|(text, style)| (unescape(&text), style))
            .collect();
        let plain: String = runs.iter().map(|(text, _)| text.as_str()).collect();
        CellText {
            markup: styled(runs).filter(|text| *text != plain),
            plain,
        }
    }
}

/// The runs in the markup of questions; `None` where all of them are set alike: that is the look of a whole cell, which says
/// nothing about the words in it and might give a right option away.
fn styled(mut runs: Vec<(String, Style)>) -> Option<String> {
    let mut inked = runs.iter().filter(|(text, _)| !text.trim().is_empty());
    let first = inked.next()?.1;
    if inked.all(|(_, style)| *style == first) && first.shift.is_none() {
        return None;
    }
    let common = |has: fn(&Style) -> bool| {
        runs.iter()
            .all(|(text, style)| text.trim().is_empty() || has(style))
    };
    let (all_strong, all_emphasis) = (common(|style| style.strong), common(|style| style.emphasis));
    let pieces: Vec<markup::Piece> = runs
        .drain(..)
        .map(|(text, mut style)| {
            style.strong &= !all_strong;
            style.emphasis &= !all_emphasis;
            markup::Piece { text, style }
        })
        .collect();
    let pieces = joined(pieces);
    let plain: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
    let written = markup::write(&pieces);
    // Signs that would run into each other are not worth a wrong letter.
    (markup::plain(&written) == plain).then_some(written)
}

/// The runs that a text in markup is written as, where reading them gives the same text again; `None` where plain letters do,
/// or nothing but the markup itself would.
pub(super) fn runs_of(text: &str) -> Option<Vec<(String, Style)>> {
    let runs: Vec<(String, Style)> = markup::pieces(text)
        .into_iter()
        .map(|piece| (piece.text, piece.style))
        .collect();
    (styled(runs.clone())? == text).then_some(runs)
}

/// Neighbours of one style as one piece, so that no sign closes and opens again between them.
fn joined(pieces: Vec<markup::Piece>) -> Vec<markup::Piece> {
    let mut out: Vec<markup::Piece> = Vec::new();
    for piece in pieces {
        match out.last_mut() {
            Some(last) if last.style == piece.style => last.text.push_str(&piece.text),
            _ => out.push(piece),
        }
    }
    out
}

/// `_x000D_` and the like, by which a workbook writes characters that XML cannot.
fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let code = from.get(2..6).filter(|_| from.as_bytes().get(6) == Some(&b'_'));
        let hex = code.filter(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let c = hex
            .and_then(|code| u32::from_str_radix(code, 16).ok())
            .and_then(char::from_u32);
        if let Some(c) = c {
            out.push(c);
            rest = from.get(7..).unwrap_or_default();
        } else {
            out.push_str("_x");
            rest = from.get(2..).unwrap_or_default();
        }
    }
    out.push_str(rest);
    out.replace("\r\n", "\n").replace('\r', "\n")
}

/// Reads `sharedStrings.xml`.
pub(super) fn read_shared(source: &mut dyn BufRead) -> Result<Vec<CellText>, FaultCode> {
    let mut strings = Vec::new();
    let mut builder = TextBuilder::default();
    let mut bytes = 0;
    walk(source, |piece| {
        if let Piece::Close("si") = piece {
            let text = builder.finish();
            bytes += text.plain.len() + text.markup.as_ref().map_or(0, String::len);
            strings.push(text);
            if strings.len() > MAX_STRINGS || bytes > MAX_BYTES {
                return Err(FaultCode::SheetBomb {});
            }
        } else {
            builder.take(&piece);
        }
        Ok(())
    })?;
    Ok(strings)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(inner: &str) -> Vec<CellText> {
        let xml = format!("<sst>{inner}</sst>");
        read_shared(&mut xml.as_bytes()).unwrap()
    }

    fn rich(inner: &str) -> Option<String> {
        read(&format!("<si>{inner}</si>")).remove(0).markup
    }

    #[test]
    fn runs_become_markup_and_the_look_of_a_whole_cell_does_not() {
        assert_eq!(
            rich("<r><t>8.310 km</t></r><r><rPr><vertAlign val=\"superscript\"/></rPr><t>2</t></r>")
                .as_deref(),
            Some("8.310 km^2^")
        );
        assert_eq!(
            rich("<r><t xml:space=\"preserve\">Ý nào </t></r><r><rPr><b/></rPr><t>không</t></r><r><t> đúng?</t></r>").as_deref(),
            Some("Ý nào **không** đúng?")
        );
        assert_eq!(rich("<r><rPr><b/></rPr><t>1930</t></r>"), None);
        assert_eq!(
            rich("<r><rPr><b/></rPr><t>a</t></r><r><rPr><b/><i/></rPr><t> b</t></r>").as_deref(),
            Some("a *b*")
        );
        assert_eq!(
            rich("<r><rPr><b val=\"0\"/></rPr><t>1*2</t></r><r><t>*3</t></r>"),
            None
        );
    }

    #[test]
    fn entities_escapes_and_phonetic_help_are_read_as_excel_shows_them() {
        let text = &read("<si><t>a &amp; b &#x1EBF;_x000D_\nc _x005F_x0041_ _xZ_</t></si>")[0];
        assert_eq!(text.plain, "a & b ế\nc _x0041_ _xZ_");
        assert_eq!(read("<si><t>x</t><rPh><t>y</t></rPh></si>")[0].plain, "x");
    }

    #[test]
    fn a_document_type_is_refused() {
        let bomb = "<!DOCTYPE s [<!ENTITY a \"aaaa\">]><sst><si><t>&a;</t></si></sst>";
        assert_eq!(read_shared(&mut bomb.as_bytes()), Err(FaultCode::SheetBomb {}));
        assert_eq!(
            read_shared(&mut "<sst><si><t>&a;</t></si></sst>".as_bytes()),
            Err(FaultCode::SheetBroken {})
        );
    }
}
