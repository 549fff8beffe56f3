//! Claims about sheets of questions: what real and odd files give, cell by cell.

/// As a file of that name is read.
fn read_xlsx(name: &str, bytes: &[u8]) -> Imported {
    import_question_file(name, bytes)
}

fn read_csv(name: &str, bytes: &[u8]) -> Imported {
    import_question_file(name, bytes)
}

mod attacks;
mod cases;
mod csv_cases;
mod office;
mod round_trip;

use super::*;
use crate::bank::{Fault, Severity, Spot, import_question_file};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

/// The faults of all cases of this folder, for the test that every fault is shown by one.
pub(in crate::bank) fn faults() -> Vec<Fault> {
    let mut all = cases::faults();
    all.extend(csv_cases::faults());
    all.extend(attacks::faults());
    all
}

/// What a file gives, in short: its faults with their places, and each question as one line.
fn told(imported: &Imported) -> (Vec<String>, Vec<String>) {
    let faults = imported.faults.iter().map(|fault| {
        let place = match &fault.place.spot {
            Spot::Cell { sheet, row, column } => {
                format!("{sheet}!{}{row}", crate::bank::column_letters(*column))
            }
            Spot::Line { line, column } => format!("{line}:{column}"),
            other => format!("{other:?}"),
        };
        format!("{} {place}", fault.code.name())
    });
    let questions = imported.complete.iter().map(|(question, key)| {
        let options: Vec<String> = (0_u8..)
            .zip(&question.options)
            .map(|(place, option)| {
                let sign = if key.contains(&place) { "*" } else { "" };
                let pin = if option.pin { "!" } else { "" };
                format!("{sign}{pin}{}", option.text)
            })
            .collect();
        format!("{} | {}", question.text, options.join(" | "))
    });
    (faults.collect(), questions.collect())
}

fn has_error(imported: &Imported) -> bool {
    imported
        .faults
        .iter()
        .any(|fault| fault.severity == Severity::Error)
}

/// An archive of the given parts.
fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const TYPES: &str = "<Types><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>";
const ROOT: &str = "<Relationships><Relationship Id=\"r\" Type=\"http://x/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";

/// A workbook by hand: the XML of its sheets (name, attributes of the entry, content of the part), its shared strings and
/// styles.
fn workbook(sheets: &[(&str, &str, &str)], strings: &str, styles: &str) -> Vec<u8> {
    let (mut list, mut rels) = (String::new(), String::new());
    let mut parts: Vec<(String, String)> = Vec::new();
    for (at, (name, attributes, content)) in sheets.iter().enumerate() {
        list.push_str(&format!(
            "<sheet name=\"{name}\" sheetId=\"{at}\" r:id=\"s{at}\" {attributes}/>"
        ));
        rels.push_str(&format!(
            "<Relationship Id=\"s{at}\" Type=\"http://x/worksheet\" Target=\"worksheets/sheet{at}.xml\"/>"
        ));
        parts.push((
            format!("xl/worksheets/sheet{at}.xml"),
            format!("<worksheet>{content}</worksheet>"),
        ));
    }
    rels.push_str("<Relationship Id=\"st\" Type=\"http://x/styles\" Target=\"styles.xml\"/>");
    rels.push_str(
        "<Relationship Id=\"ss\" Type=\"http://x/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/>",
    );
    let book = format!("<workbook xmlns:r=\"r\"><sheets>{list}</sheets></workbook>");
    let rels = format!("<Relationships>{rels}</Relationships>");
    let strings = format!("<sst>{strings}</sst>");
    let styles = format!("<styleSheet>{styles}</styleSheet>");
    let mut all = vec![
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", ROOT),
        ("xl/workbook.xml", &book),
        ("xl/_rels/workbook.xml.rels", &rels),
        ("xl/sharedStrings.xml", &strings),
        ("xl/styles.xml", &styles),
    ];
    all.extend(
        parts
            .iter()
            .map(|(name, content)| (name.as_str(), content.as_str())),
    );
    zipped(&all)
}

/// The rows of a sheet; a cell is a text, or XML of its own where it begins with `<`, in which `@` is its name.
fn rows(rows: &[(u32, &[&str])]) -> String {
    let row = |(number, cells): &(u32, &[&str])| {
        let cell = |(column, text): (u32, &&str)| {
            let name = format!("{}{number}", crate::bank::column_letters(column));
            match text.strip_prefix('<') {
                Some(_) => text.replace('@', &name),
                None if text.is_empty() => String::new(),
                None => format!(
                    "<c r=\"{name}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>"
                ),
            }
        };
        let cells: String = (1..).zip(cells.iter()).map(cell).collect();
        format!("<row r=\"{number}\">{cells}</row>")
    };
    let rows: String = rows.iter().map(row).collect();
    format!("<sheetData>{rows}</sheetData>")
}

const HEAD: &[&str] = &["Câu hỏi", "A", "B", "C", "D", "Đáp án"];

/// A workbook of one sheet, its header in row 1 and the given rows below.
fn sheet(lines: &[(u32, &[&str])]) -> Vec<u8> {
    let mut all: Vec<(u32, &[&str])> = vec![(1, HEAD)];
    all.extend(lines);
    workbook(&[("Đề", "", &rows(&all))], "", STYLES)
}

/// Cell formats: 1 d-mmm, 2 dd/mm/yyyy, 3 the machine's date, 4 ten digits, 5 grouped, 6 with a unit, 7 mmm-yy.
const STYLES: &str = "<numFmts><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\"/>\
    <numFmt numFmtId=\"165\" formatCode=\"0000000000\"/><numFmt numFmtId=\"166\" formatCode=\"0&quot; km²&quot;\"/></numFmts>\
    <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"16\"/><xf numFmtId=\"164\"/><xf numFmtId=\"14\"/><xf numFmtId=\"165\"/>\
    <xf numFmtId=\"3\"/><xf numFmtId=\"166\"/><xf numFmtId=\"17\"/></cellXfs>";
