//! Writing a package of QTI 3.0: a manifest, a test that names every item, one file for each question, pictures.
//!
//! Owns the written form; what is written is read back as the same set. Level and source stand in the manifest's metadata.

use super::html::{self, escape};
use super::written::{FindMedia, Losses, level_word, right_places, shown};
use crate::bank::formats_write::Exported;
use crate::domain::question::{AnswerKey, Question, QuestionSet, label_of};
use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const NAMESPACE: &str = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0";

/// The set as a package; `media` gives the pictures.
pub(super) fn write_qti(name: &str, set: &QuestionSet, key: &AnswerKey, media: FindMedia<'_>) -> Exported {
    let mut losses = Losses::default();
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    let mut pictures: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut resources = String::new();
    let mut references = String::new();
    for question in &set.questions {
        let (html, files) = shown(question, "../media/", media, &mut losses);
        let id = identifier(&question.id.0);
        let item = item_xml(question, &right_places(question, key), &html);
        parts.push((format!("items/{}.xml", question.id), item.into_bytes()));
        resources.push_str(&resource_xml(question, &files));
        references.push_str(&format!(
            "      <qti-assessment-item-ref identifier=\"{id}\" href=\"items/{}.xml\"/>\n",
            question.id
        ));
        pictures.extend(
            files
                .into_iter()
                .map(|(name, bytes)| (format!("media/{name}"), bytes)),
        );
    }
    parts.insert(
        0,
        ("test.xml".to_owned(), test_xml(set, &references).into_bytes()),
    );
    parts.insert(
        0,
        (
            "imsmanifest.xml".to_owned(),
            manifest_xml(&resources).into_bytes(),
        ),
    );
    parts.extend(pictures);
    losses.exported(name, zipped(&parts))
}

/// The parts as an archive, the same bytes for the same parts.
fn zipped(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (path, bytes) in parts {
        // Writing to memory fails only for archives beyond 4 GB, which no set is.
        let _ = writer.start_file(path.as_str(), options);
        let _ = writer.write_all(bytes);
    }
    writer.finish().map(Cursor::into_inner).unwrap_or_default()
}

/// An id as an identifier, which may not begin with a digit.
fn identifier(id: &str) -> String {
    match id.starts_with(|c: char| c.is_ascii_digit()) {
        true => format!("_{id}"),
        false => id.to_owned(),
    }
}

fn item_xml(question: &Question, right: &[u8], media: &str) -> String {
    let label = |place: u8| label_of(place).map(String::from).unwrap_or_default();
    let (cardinality, max) = if right.len() > 1 {
        ("multiple", 0)
    } else {
        ("single", 1)
    };
    let values: String = right
        .iter()
        .map(|place| format!("<qti-value>{}</qti-value>", label(*place)))
        .collect();
    let id = identifier(&question.id.0);
    let mut out = format!(
        "{XML}<qti-assessment-item xmlns=\"{NAMESPACE}\" identifier=\"{id}\" title=\"{id}\" adaptive=\"false\" \
         time-dependent=\"false\" xml:lang=\"vi\">\n  <qti-response-declaration identifier=\"RESPONSE\" \
         cardinality=\"{cardinality}\" base-type=\"identifier\">\n    <qti-correct-response>{values}</qti-correct-response>\n  \
         </qti-response-declaration>\n  <qti-outcome-declaration identifier=\"SCORE\" cardinality=\"single\" \
         base-type=\"float\"/>\n"
    );
    if question.explanation.is_some() {
        out.push_str("  <qti-outcome-declaration identifier=\"FEEDBACK\" cardinality=\"single\" base-type=\"identifier\">\n    <qti-default-value><qti-value>explanation</qti-value></qti-default-value>\n  </qti-outcome-declaration>\n");
    }
    out.push_str(&format!(
        "  <qti-item-body>\n    <p>{}</p>\n",
        html::write(&question.text)
    ));
    out.push_str(media);
    let shuffle = !question.options.iter().all(|option| option.pin);
    out.push_str(&format!(
        "    <qti-choice-interaction response-identifier=\"RESPONSE\" shuffle=\"{shuffle}\" max-choices=\"{max}\">\n"
    ));
    for (place, option) in (0..).zip(&question.options) {
        let fixed = if option.pin && shuffle {
            " fixed=\"true\""
        } else {
            ""
        };
        let text = html::write(&option.text);
        out.push_str(&format!(
            "      <qti-simple-choice identifier=\"{}\"{fixed}>{text}</qti-simple-choice>\n",
            label(place)
        ));
    }
    out.push_str(
        "    </qti-choice-interaction>\n  </qti-item-body>\n  <qti-response-processing \
         template=\"https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct\"/>\n",
    );
    if let Some(explanation) = &question.explanation {
        out.push_str(&format!(
            "  <qti-modal-feedback outcome-identifier=\"FEEDBACK\" identifier=\"explanation\" show-hide=\"show\">\n    \
             <qti-content-body><p>{}</p></qti-content-body>\n  </qti-modal-feedback>\n",
            html::write(explanation)
        ));
    }
    out.push_str("</qti-assessment-item>\n");
    out
}

fn test_xml(set: &QuestionSet, references: &str) -> String {
    format!(
        "{XML}<qti-assessment-test xmlns=\"{NAMESPACE}\" identifier=\"{id}\" title=\"{title}\">\n  <qti-test-part \
         identifier=\"part\" navigation-mode=\"nonlinear\" submission-mode=\"simultaneous\">\n    <qti-assessment-section \
         identifier=\"section\" title=\"{title}\" visible=\"true\">\n{references}    </qti-assessment-section>\n  \
         </qti-test-part>\n</qti-assessment-test>\n",
        id = identifier(&set.id.0),
        title = escape(&set.title),
    )
}

fn manifest_xml(resources: &str) -> String {
    format!(
        "{XML}<manifest xmlns=\"http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1\" \
         xmlns:lom=\"http://ltsc.ieee.org/xsd/LOM\" identifier=\"manifest\">\n  <metadata><schema>QTI Package</schema>\
         <schemaversion>3.0.0</schemaversion></metadata>\n  <organizations/>\n  <resources>\n    <resource identifier=\"test\" \
         type=\"imsqti_test_xmlv3p0\" href=\"test.xml\"><file href=\"test.xml\"/></resource>\n{resources}  </resources>\n\
         </manifest>\n"
    )
}

fn resource_xml(question: &Question, files: &[(String, Vec<u8>)]) -> String {
    let href = format!("items/{}.xml", question.id);
    let mut lom = String::new();
    if let Some(topic) = &question.topic {
        lom.push_str(&format!(
            "<lom:general><lom:keyword><lom:string language=\"vi\">{}</lom:string></lom:keyword></lom:general>",
            escape(topic)
        ));
    }
    if let Some(level) = question.level {
        lom.push_str(&format!(
            "<lom:educational><lom:difficulty><lom:source>LOMv1.0</lom:source><lom:value>{}</lom:value></lom:difficulty>\
             </lom:educational>",
            level_word(level)
        ));
    }
    if let Some(source) = &question.source {
        lom.push_str(&format!(
            "<lom:relation><lom:kind><lom:source>LOMv1.0</lom:source><lom:value>isbasedon</lom:value></lom:kind>\
             <lom:resource><lom:description><lom:string language=\"vi\">{}</lom:string></lom:description></lom:resource>\
             </lom:relation>",
            escape(source)
        ));
    }
    let metadata = if lom.is_empty() {
        lom
    } else {
        format!("<metadata><lom:lom>{lom}</lom:lom></metadata>")
    };
    let media: String = files
        .iter()
        .map(|(name, _)| format!("<file href=\"media/{}\"/>", escape(name)))
        .collect();
    format!(
        "    <resource identifier=\"{}\" type=\"imsqti_item_xmlv3p0\" href=\"{href}\">{metadata}<file href=\"{href}\"/>{media}\
         </resource>\n",
        identifier(&question.id.0)
    )
}
