//! Paragraphs, tables and pictures of WordprocessingML, as far as official papers need them.
//!
//! Owns escaping and the order of properties that Word insists on.

use super::model::{Align, Run, Table};
use std::fmt::Write;

/// A paragraph.
#[derive(Debug, Clone, Default)]
pub(super) struct Par {
    pub(super) align: &'static str,
    /// Indent of the first line, twentieths of a point.
    pub(super) first: u32,
    /// Space above and below.
    pub(super) before: u32,
    pub(super) after: u32,
    pub(super) keep: bool,
    /// Level of heading, 1 to 3; 0 for none.
    pub(super) level: u8,
    runs: String,
}

/// How words look.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Look {
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) underlined: bool,
    /// Half points; the document's own size where 0.
    pub(super) size: u32,
    pub(super) red: bool,
}

impl Look {
    pub(super) const fn of(size: u32) -> Self {
        Self {
            bold: false,
            italic: false,
            underlined: false,
            size,
            red: false,
        }
    }

    pub(super) const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    pub(super) const fn italic(self) -> Self {
        Self { italic: true, ..self }
    }

    pub(super) const fn underlined(self) -> Self {
        Self {
            underlined: true,
            ..self
        }
    }

    pub(super) const fn red(self) -> Self {
        Self { red: true, ..self }
    }
}

impl Par {
    pub(super) fn new(align: &'static str) -> Self {
        Self {
            align,
            ..Self::default()
        }
    }

    pub(super) fn words(mut self, text: &str, look: Look) -> Self {
        let mut properties = String::new();
        if look.bold {
            properties.push_str("<w:b/><w:bCs/>");
        }
        if look.italic {
            properties.push_str("<w:i/><w:iCs/>");
        }
        if look.red {
            properties.push_str("<w:color w:val=\"9B1A1E\"/>");
        }
        if look.size > 0 {
            let _ = write!(
                properties,
                "<w:sz w:val=\"{0}\"/><w:szCs w:val=\"{0}\"/>",
                look.size
            );
        }
        if look.underlined {
            properties.push_str("<w:u w:val=\"single\"/>");
        }
        let _ = write!(
            self.runs,
            "<w:r><w:rPr>{properties}</w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r>",
            escaped(text)
        );
        self
    }

    pub(super) fn runs(self, runs: &[Run], look: Look) -> Self {
        runs.iter().fold(self, |par, run| {
            let own = Look {
                bold: look.bold || run.bold,
                italic: look.italic || run.italic,
                ..look
            };
            par.words(&run.text, own)
        })
    }

    pub(super) fn raw(mut self, xml: &str) -> Self {
        self.runs.push_str(xml);
        self
    }

    pub(super) const fn spaced(mut self, before: u32, after: u32) -> Self {
        self.before = before;
        self.after = after;
        self
    }

    pub(super) const fn indented(mut self, first: u32) -> Self {
        self.first = first;
        self
    }

    pub(super) const fn kept(mut self) -> Self {
        self.keep = true;
        self
    }

    pub(super) const fn heading(mut self, level: u8) -> Self {
        self.level = level;
        self.keep = true;
        self
    }

    pub(super) fn xml(&self) -> String {
        self.xml_with("")
    }

    /// With the properties of the section that ends here.
    pub(super) fn xml_with(&self, section: &str) -> String {
        let mut properties = String::new();
        if self.level > 0 {
            let _ = write!(properties, "<w:pStyle w:val=\"Heading{}\"/>", self.level);
        }
        if self.keep {
            properties.push_str("<w:keepNext/>");
        }
        let _ = write!(
            properties,
            "<w:spacing w:before=\"{}\" w:after=\"{}\"/>",
            self.before, self.after
        );
        if self.first > 0 {
            let _ = write!(properties, "<w:ind w:firstLine=\"{}\"/>", self.first);
        }
        if !self.align.is_empty() {
            let _ = write!(properties, "<w:jc w:val=\"{}\"/>", self.align);
        }
        format!("<w:p><w:pPr>{properties}{section}</w:pPr>{}</w:p>", self.runs)
    }
}

/// Cells side by side without lines; widths in twentieths of a point.
pub(super) fn side_by_side(cells: &[(u32, String)]) -> String {
    let whole: u32 = cells.iter().map(|(width, _)| width).sum();
    let mut out = format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{whole}\" w:type=\"dxa\"/><w:jc w:val=\"center\"/><w:tblLayout w:type=\"fixed\"/>\
         </w:tblPr><w:tblGrid>"
    );
    for (width, _) in cells {
        let _ = write!(out, "<w:gridCol w:w=\"{width}\"/>");
    }
    out.push_str("</w:tblGrid><w:tr><w:trPr><w:cantSplit/></w:trPr>");
    for (width, content) in cells {
        let _ = write!(
            out,
            "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>{content}</w:tc>"
        );
    }
    out.push_str("</w:tr></w:tbl>");
    out
}

/// A table with lines whose head is repeated on every page; `whole` is its width, twentieths of a point.
pub(super) fn table(table: &Table, whole: u32, size: u32) -> String {
    let shares: u32 = table
        .columns
        .iter()
        .map(|column| column.width)
        .sum::<u32>()
        .max(1);
    let widths: Vec<u32> = table
        .columns
        .iter()
        .map(|column| whole * column.width / shares)
        .collect();
    let borders: String = ["top", "left", "bottom", "right", "insideH", "insideV"]
        .map(|side| format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>"))
        .concat();
    let mut out = format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:jc w:val=\"center\"/><w:tblBorders>{borders}</w:tblBorders>\
         <w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"70\" w:type=\"dxa\"/><w:right w:w=\"70\" w:type=\"dxa\"/>\
         </w:tblCellMar></w:tblPr><w:tblGrid>",
        widths.iter().sum::<u32>()
    );
    for width in &widths {
        let _ = write!(out, "<w:gridCol w:w=\"{width}\"/>");
    }
    out.push_str("</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
    let look = Look::of(size);
    for (column, width) in table.columns.iter().zip(&widths) {
        out.push_str(&cell(
            *width,
            1,
            true,
            &Par::new("center").spaced(20, 20).words(&column.head, look.bold()),
        ));
    }
    out.push_str("</w:tr>");
    for row in &table.rows {
        out.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        let look = if row.strong { look.bold() } else { look };
        if let [only] = row.cells.as_slice() {
            let par = Par::new("left").spaced(20, 20).kept().words(only, look);
            out.push_str(&cell(widths.iter().sum(), widths.len(), false, &par));
        } else {
            for ((text, column), width) in row.cells.iter().zip(&table.columns).zip(&widths) {
                let par = Par::new(side(column.align)).spaced(20, 20).words(text, look);
                out.push_str(&cell(*width, 1, false, &par));
            }
        }
        out.push_str("</w:tr>");
    }
    out.push_str("</w:tbl>");
    out
}

fn cell(width: u32, over: usize, shaded: bool, par: &Par) -> String {
    let span = if over > 1 {
        format!("<w:gridSpan w:val=\"{over}\"/>")
    } else {
        String::new()
    };
    let shade = if shaded {
        "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"EBEBEB\"/>"
    } else {
        ""
    };
    format!(
        "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{span}{shade}<w:vAlign w:val=\"center\"/></w:tcPr>{}</w:tc>",
        par.xml()
    )
}

const fn side(align: Align) -> &'static str {
    match align {
        Align::Left => "left",
        Align::Center => "center",
        Align::Right => "right",
    }
}

/// A picture in a line of text; `size` in English Metric Units (36,000 a millimetre).
pub(super) fn picture(nth: usize, size: u32, alt: &str) -> String {
    let alt = escaped(alt);
    format!(
        "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{size}\" cy=\"{size}\"/>\
         <wp:docPr id=\"{nth}\" name=\"QR {nth}\" descr=\"{alt}\"/><a:graphic><a:graphicData \
         uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:nvPicPr><pic:cNvPr id=\"{nth}\" \
         name=\"QR {nth}\" descr=\"{alt}\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed=\"rIdQr{nth}\"/>\
         <a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/>\
         <a:ext cx=\"{size}\" cy=\"{size}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>\
         </a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
}

/// Text as it stands in XML, without characters that XML has no place for.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}
