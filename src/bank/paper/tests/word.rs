//! A writer of small documents shaped as Word shapes them: runs split for no reason, revision marks, spelling marks,
//! styles and numbering in parts of their own.

use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

/// The smallest PNG: one grey pixel.
pub(in crate::bank) const PNG: &[u8] = &[
    0x89, b'P', b'N', b'G', 13, 10, 26, 10, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8,
    0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 10, b'I', b'D', b'A', b'T', 0x78, 0x9c, 0x63, 0x68, 0, 0, 0,
    0x82, 0, 0x81, 0x77, 0xcd, 0x72, 0xb6, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82,
];

const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
    xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" xmlns:v=\"urn:schemas-microsoft-com:vml\" \
    xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
    xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
    xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
    xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\" \
    xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
    xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\"";

/// A document being written.
#[derive(Default)]
pub(in crate::bank) struct Word {
    body: String,
    relations: String,
    parts: Vec<(String, Vec<u8>)>,
    count: usize,
}

pub(in crate::bank) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// Runs of a text in which `{b u|…}` sets what follows the bar: b i u red blue hl sup sub hide shade strike.
pub(in crate::bank) fn runs(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out += &run("", before);
        let (styled, next) = after.split_once('}').unwrap();
        let (styles, inner) = styled.split_once('|').unwrap();
        let settings: String = styles.split(' ').map(setting).collect();
        out += &run(&settings, inner);
        rest = next;
    }
    out + &run("", rest)
}

fn setting(word: &str) -> &'static str {
    match word {
        "b" => "<w:b/><w:bCs/>",
        "i" => "<w:i/>",
        "u" => "<w:u w:val=\"single\"/>",
        "red" => "<w:color w:val=\"FF0000\"/>",
        "blue" => "<w:color w:val=\"0070C0\" w:themeColor=\"accent1\"/>",
        "dark" => "<w:color w:val=\"1F1F1F\"/>",
        "hl" => "<w:highlight w:val=\"yellow\"/>",
        "shade" => "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"FFFF00\"/>",
        "sup" => "<w:vertAlign w:val=\"superscript\"/>",
        "sub" => "<w:vertAlign w:val=\"subscript\"/>",
        "hide" => "<w:vanish/>",
        "strike" => "<w:strike/>",
        "notb" => "<w:b w:val=\"0\"/>",
        "vn" => "<w:rFonts w:ascii=\".VnTime\" w:hAnsi=\".VnTime\"/>",
        "strong" => "<w:rStyle w:val=\"Strong\"/>",
        other => panic!("unknown setting {other}"),
    }
}

/// A run as Word writes it: split after the first third, with marks between.
pub(in crate::bank) fn run(settings: &str, text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let third = text
        .char_indices()
        .nth(text.chars().count() / 3)
        .map_or(0, |(at, _)| at);
    let (first, second) = text.split_at(third);
    let settings =
        format!("<w:rPr><w:rFonts w:cs=\"Times New Roman\"/>{settings}<w:lang w:val=\"vi-VN\"/></w:rPr>");
    let pieces = |text: &str| {
        let lines: Vec<String> = text
            .split('\t')
            .map(|part| {
                let broken: Vec<String> = part
                    .split('\n')
                    .map(|part| format!("<w:t xml:space=\"preserve\">{}</w:t>", escaped(part)))
                    .collect();
                broken.join("<w:br/>")
            })
            .collect();
        lines.join("<w:tab/>")
    };
    let one = |text: &str| match text.is_empty() {
        true => String::new(),
        false => format!(
            "<w:r w:rsidRPr=\"00A77B3E\" w:rsidR=\"00B12C3D\">{settings}{}</w:r>",
            pieces(text)
        ),
    };
    format!(
        "{}<w:proofErr w:type=\"spellStart\"/><w:bookmarkStart w:id=\"0\" w:name=\"_GoBack\"/>{}<w:bookmarkEnd w:id=\"0\"/>",
        one(first),
        one(second)
    )
}

impl Word {
    /// A paragraph of runs.
    pub(in crate::bank) fn p(mut self, text: &str) -> Self {
        self.body += &paragraph("", &runs(text));
        self
    }

    /// Paragraphs, one for each line.
    pub(in crate::bank) fn lines(self, text: &str) -> Self {
        text.lines().fold(self, Self::p)
    }

    /// A paragraph of a list.
    pub(in crate::bank) fn item(mut self, list: u32, level: u32, text: &str) -> Self {
        let place = format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>");
        self.body += &paragraph(
            &format!("<w:pStyle w:val=\"ListParagraph\"/>{place}"),
            &runs(text),
        );
        self
    }

    /// A paragraph with its properties and content as XML.
    pub(in crate::bank) fn raw_p(mut self, settings: &str, content: &str) -> Self {
        self.body += &paragraph(settings, content);
        self
    }

    /// Anything in the body.
    pub(in crate::bank) fn raw(mut self, xml: &str) -> Self {
        self.body += xml;
        self
    }

    /// A table of texts.
    pub(in crate::bank) fn table(mut self, rows: &[&[&str]]) -> Self {
        self.body += &table(rows);
        self
    }

    /// Another part of the document with a relation to it; its name in relations.
    pub(in crate::bank) fn part(&mut self, kind: &str, path: &str, content: &[u8]) -> String {
        let id = format!("rId{}", self.count + 10);
        self.count += 1;
        let target = path.strip_prefix("word/").unwrap_or(path);
        self.relations += &format!(
            "<Relationship Id=\"{id}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" \
             Target=\"{target}\"/>"
        );
        self.parts.push((path.to_owned(), content.to_vec()));
        id
    }

    /// A picture in a paragraph of its own.
    pub(in crate::bank) fn picture(mut self, bytes: &[u8], alt: &str) -> Self {
        let path = format!("word/media/image{}.png", self.count);
        let id = self.part("image", &path, bytes);
        let drawing = drawing(&id, alt);
        self.raw_p("", &format!("<w:r>{drawing}</w:r>"))
    }

    /// `numbering.xml` with its content.
    pub(in crate::bank) fn numbering(mut self, content: &str) -> Self {
        let xml = format!("<w:numbering {NAMESPACES}>{content}</w:numbering>");
        self.part("numbering", "word/numbering.xml", xml.as_bytes());
        self
    }

    /// The bytes of the document.
    pub(in crate::bank) fn bytes(mut self) -> Vec<u8> {
        let styles = format!(
            "<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val=\"26\"/></w:rPr></w:rPrDefault>\
             </w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"/>\
             <w:style w:type=\"paragraph\" w:styleId=\"ListParagraph\"><w:basedOn w:val=\"Normal\"/></w:style>\
             <w:style w:type=\"paragraph\" w:styleId=\"Cau\"><w:basedOn w:val=\"Normal\"/><w:pPr><w:numPr><w:numId \
             w:val=\"7\"/></w:numPr></w:pPr><w:rPr><w:b/></w:rPr></w:style>\
             <w:style w:type=\"character\" w:styleId=\"Strong\"><w:rPr><w:b/></w:rPr></w:style></w:styles>"
        );
        self.part("styles", "word/styles.xml", styles.as_bytes());
        let document = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document {NAMESPACES}><w:body>{}<w:sectPr>\
             <w:pgSz w:w=\"11907\" w:h=\"16840\"/></w:sectPr></w:body></w:document>",
            self.body
        );
        let relations = |content: &str| {
            format!(
                "<?xml version=\"1.0\"?><Relationships \
                 xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{content}</Relationships>"
            )
        };
        let root = "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/\
                    officeDocument\" Target=\"word/document.xml\"/>";
        let types = "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
                     <Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>";
        let mut files: Vec<(String, Vec<u8>)> = vec![
            ("[Content_Types].xml".to_owned(), types.into()),
            ("_rels/.rels".to_owned(), relations(root).into()),
            ("word/document.xml".to_owned(), document.into()),
            (
                "word/_rels/document.xml.rels".to_owned(),
                relations(&self.relations).into(),
            ),
        ];
        files.append(&mut self.parts);
        zipped(&files)
    }
}

fn paragraph(settings: &str, content: &str) -> String {
    format!(
        "<w:p w14:paraId=\"1A2B3C4D\" w:rsidR=\"00A77B3E\"><w:pPr>{settings}<w:spacing w:line=\"276\"/></w:pPr>{content}</w:p>"
    )
}

/// A table of texts; lines of a cell are its paragraphs.
pub(in crate::bank) fn table(rows: &[&[&str]]) -> String {
    let mut xml = "<w:tbl><w:tblPr><w:tblW w:w=\"0\"/></w:tblPr><w:tblGrid/>".to_owned();
    for row in rows {
        xml += "<w:tr w:rsidR=\"00A77B3E\">";
        for cell in *row {
            let content: String = cell.split('\n').map(|line| paragraph("", &runs(line))).collect();
            xml += &format!("<w:tc><w:tcPr><w:tcW w:w=\"100\"/></w:tcPr>{content}</w:tc>");
        }
        xml += "</w:tr>";
    }
    xml + "</w:tbl>"
}

/// A picture in a run.
pub(in crate::bank) fn drawing(relation: &str, alt: &str) -> String {
    format!(
        "<w:drawing><wp:inline><wp:docPr id=\"1\" name=\"Picture 1\" descr=\"{alt}\"/><a:graphic><a:graphicData><pic:pic>\
         <pic:blipFill><a:blip r:embed=\"{relation}\"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
}

/// A list of one level: its number, format and label.
pub(in crate::bank) fn list(id: u32, levels: &[(&str, &str)]) -> String {
    let levels: String = levels
        .iter()
        .enumerate()
        .map(|(at, (format, label))| {
            format!(
                "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{label}\"/></w:lvl>"
            )
        })
        .collect();
    format!("<w:abstractNum w:abstractNumId=\"{id}\">{levels}</w:abstractNum>")
}

/// A use of a list; `restarts` begins it anew.
pub(in crate::bank) fn num(id: u32, abstract_id: u32, restarts: bool) -> String {
    let over = match restarts {
        true => "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></w:lvlOverride>",
        false => "",
    };
    format!("<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{abstract_id}\"/>{over}</w:num>")
}

/// Files in a zip.
pub(in crate::bank) fn zipped(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(name.as_str(), SimpleFileOptions::default())
            .unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
