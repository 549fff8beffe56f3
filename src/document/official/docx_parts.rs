//! The parts of a Word document around its text: kinds, relations, styles, page numbers, pictures.
//!
//! Owns the package; a paper of the same content has the same bytes, whenever it is written.

use super::docx_xml::{Look, Par, escaped};
use super::model::Paper;
use std::fmt::Write as _;
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const PICTURE: &str = "http://schemas.openxmlformats.org/drawingml/2006";

/// A page's size, margins and what stands above its text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Page {
    pub(super) across: bool,
    /// Top, right, bottom, left, millimetres.
    pub(super) margins: [u32; 4],
    /// A red frame around the page.
    pub(super) framed: bool,
    /// The first page of the section has no number.
    pub(super) first: bool,
}

/// Millimetres as twentieths of a point.
pub(super) const fn mm(n: u32) -> u32 {
    n * 1_440 * 10 / 254
}

impl Page {
    /// Width of the text, twentieths of a point.
    pub(super) const fn width(self) -> u32 {
        let [_, right, _, left] = self.margins;
        mm(if self.across { 297 } else { 210 } - left - right)
    }

    /// The properties of a section of such pages.
    pub(super) fn properties(self) -> String {
        let [top, right, bottom, left] = self.margins.map(mm);
        let (width, height, turn) = if self.across {
            (16_838, 11_906, " w:orient=\"landscape\"")
        } else {
            (11_906, 16_838, "")
        };
        let frame = if self.framed {
            let side = |name: &str| {
                format!(
                    "<w:{name} w:val=\"thinThickSmallGap\" w:sz=\"24\" w:space=\"24\" w:color=\"9B1A1E\"/>"
                )
            };
            let sides = ["top", "left", "bottom", "right"].map(side).concat();
            format!("<w:pgBorders w:offsetFrom=\"page\">{sides}</w:pgBorders>")
        } else {
            String::new()
        };
        let title = if self.first { "<w:titlePg/>" } else { "" };
        format!(
            "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId2\"/><w:headerReference w:type=\"first\" r:id=\"rId3\"/>\
             <w:type w:val=\"nextPage\"/><w:pgSz w:w=\"{width}\" w:h=\"{height}\"{turn}/>\
             <w:pgMar w:top=\"{top}\" w:right=\"{right}\" w:bottom=\"{bottom}\" w:left=\"{left}\" w:header=\"454\" \
             w:footer=\"454\" w:gutter=\"0\"/>{frame}{title}</w:sectPr>"
        )
    }
}

/// A whole document; `pictures` are PNG files in the order of their numbers, from 1.
pub(super) fn package(paper: &Paper, body: &str, pictures: &[Vec<u8>]) -> Vec<u8> {
    let parts = [
        ("[Content_Types].xml", types()),
        ("_rels/.rels", root_relations()),
        ("docProps/core.xml", properties(paper)),
        ("word/_rels/document.xml.rels", relations(pictures.len())),
        ("word/document.xml", document(body)),
        ("word/styles.xml", styles()),
        ("word/header1.xml", header(paper, true)),
        ("word/header2.xml", header(paper, false)),
    ];
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        // Writing into memory cannot fail.
        let _ = writer.start_file(name, SimpleFileOptions::default());
        let _ = writer.write_all(XML.as_bytes());
        let _ = writer.write_all(content.as_bytes());
    }
    for (nth, bytes) in (1..).zip(pictures) {
        let _ = writer.start_file(format!("word/media/qr{nth}.png"), SimpleFileOptions::default());
        let _ = writer.write_all(bytes);
    }
    writer.finish().map(Cursor::into_inner).unwrap_or_default()
}

fn types() -> String {
    let part = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    format!(
        "<Types xmlns=\"{PACKAGE}/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"png\" ContentType=\"image/png\"/>\
         <Override PartName=\"/word/document.xml\" ContentType=\"{part}.document.main+xml\"/>\
         <Override PartName=\"/word/styles.xml\" ContentType=\"{part}.styles+xml\"/>\
         <Override PartName=\"/word/header1.xml\" ContentType=\"{part}.header+xml\"/>\
         <Override PartName=\"/word/header2.xml\" ContentType=\"{part}.header+xml\"/>\
         <Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
         </Types>"
    )
}

fn root_relations() -> String {
    format!(
        "<Relationships xmlns=\"{PACKAGE}/relationships\">\
         <Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" Target=\"word/document.xml\"/>\
         <Relationship Id=\"rId2\" Type=\"{PACKAGE}/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>\
         </Relationships>"
    )
}

fn relations(pictures: usize) -> String {
    let mut out = format!(
        "<Relationships xmlns=\"{PACKAGE}/relationships\">\
         <Relationship Id=\"rId1\" Type=\"{OFFICE}/styles\" Target=\"styles.xml\"/>\
         <Relationship Id=\"rId2\" Type=\"{OFFICE}/header\" Target=\"header1.xml\"/>\
         <Relationship Id=\"rId3\" Type=\"{OFFICE}/header\" Target=\"header2.xml\"/>"
    );
    for nth in 1..=pictures {
        let _ = write!(
            out,
            "<Relationship Id=\"rIdQr{nth}\" Type=\"{OFFICE}/image\" Target=\"media/qr{nth}.png\"/>"
        );
    }
    out.push_str("</Relationships>");
    out
}

fn properties(paper: &Paper) -> String {
    format!(
        "<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\
         <dc:title>{}</dc:title><dc:creator>{}</dc:creator><dc:language>vi-VN</dc:language></cp:coreProperties>",
        escaped(&paper.title),
        escaped(&paper.author)
    )
}

fn document(body: &str) -> String {
    format!(
        "<w:document xmlns:w=\"{MAIN}\" xmlns:r=\"{OFFICE}\" xmlns:wp=\"{PICTURE}/wordprocessingDrawing\" \
         xmlns:a=\"{PICTURE}/main\" xmlns:pic=\"{PICTURE}/picture\"><w:body>{body}</w:body></w:document>"
    )
}

/// Times New Roman 14, one style for each level of heading so that the paper can be found through.
fn styles() -> String {
    let mut headings = String::new();
    for level in 1..=3 {
        let _ = write!(
            headings,
            "<w:style w:type=\"paragraph\" w:styleId=\"Heading{level}\"><w:name w:val=\"heading {level}\"/>\
             <w:basedOn w:val=\"Normal\"/><w:next w:val=\"Normal\"/><w:pPr><w:keepNext/><w:outlineLvl w:val=\"{}\"/></w:pPr>\
             </w:style>",
            level - 1
        );
    }
    format!(
        "<w:styles xmlns:w=\"{MAIN}\"><w:docDefaults><w:rPrDefault><w:rPr>\
         <w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"Times New Roman\" w:cs=\"Times New Roman\"/>\
         <w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/><w:lang w:val=\"vi-VN\" w:eastAsia=\"vi-VN\"/></w:rPr></w:rPrDefault>\
         <w:pPrDefault><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"264\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault>\
         </w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style>\
         {headings}</w:styles>"
    )
}

/// The page's number, from the second page on, and the word over every page.
fn header(paper: &Paper, numbered: bool) -> String {
    let mut content = String::new();
    if numbered && paper.certificates.is_empty() {
        let page = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText>\
                    </w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>2</w:t></w:r>\
                    <w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
        content.push_str(&Par::new("center").raw(page).xml());
    }
    if let Some(banner) = &paper.banner {
        content.push_str(&Par::new("center").words(banner, Look::of(22).bold().red()).xml());
    }
    if content.is_empty() {
        content = Par::new("center").xml();
    }
    format!("<w:hdr xmlns:w=\"{MAIN}\" xmlns:r=\"{OFFICE}\">{content}</w:hdr>")
}
