//! Claims about the templates of official papers.

use super::official::{read_papers, read_template};
use super::tree::directory_faults;
use super::*;
use crate::domain::official::{House, Line, Named, PaperKind, Part, Piece, Text};

fn template(text: &str, kind: PaperKind) -> (crate::domain::official::Template, Vec<Fault>) {
    read_template("papers/decision.md", text.as_bytes(), kind)
}

/// The faults that these tests show.
pub(super) fn faults() -> Vec<Fault> {
    let bad = "# QUYẾT ĐỊNH {contst}\n[[winer]]\nmột { mở\nhai } đóng\n";
    let mut faults = template(bad, PaperKind::Decision).1;
    faults.extend(template("// nothing\n\n", PaperKind::Decision).1);
    faults.extend(template(&"x\n".repeat(500), PaperKind::Decision).1);
    let mut tree = SourceTree::new("mau");
    tree.note("papers/quyet-dinh.docx");
    faults.extend(directory_faults(&tree));
    faults
}

#[test]
fn an_unknown_field_is_named_where_it_stands_with_the_one_that_was_meant() {
    let (_, faults) = template("Căn cứ\nkết quả {rond} của Cuộc thi\n", PaperKind::Decision);
    let [fault] = &faults[..] else {
        panic!("{faults:?}")
    };
    assert_eq!(fault.place.spot, Spot::line(2, 9));
    assert!(
        matches!(&fault.code, FaultCode::TemplateField { near: Some(near), .. } if near == "round"),
        "{fault:?}"
    );
}

#[test]
fn fields_of_a_certificate_are_none_of_a_decision() {
    let code = |kind| {
        template("{code}\n", kind)
            .1
            .first()
            .map(|fault| fault.code.name())
    };
    assert_eq!(code(PaperKind::Certificates), None);
    assert_eq!(code(PaperKind::Decision), Some("template-field"));
}

#[test]
fn a_template_is_read_line_by_line() {
    let (read, faults) = template(
        "// a note\n# QUYẾT ĐỊNH\n?{predicted} - số **{actual}** \\{x\\}\n[[winners]]\n",
        PaperKind::Notice,
    );
    // A backslash keeps signs of markup only; a brace is always a field.
    assert_eq!(faults.len(), 1, "{faults:?}");
    let lines: Vec<&Line> = read.0.iter().map(|line| &line.line).collect();
    assert!(matches!(lines[0], Line::Title(Text(spans)) if spans.len() == 1));
    assert_eq!(read.0[1].only_if, Some(Named::Predicted));
    let Line::Item(Text(spans)) = lines[1] else {
        panic!("{lines:?}")
    };
    assert!(
        spans
            .iter()
            .any(|span| span.strong && span.piece == Piece::Field(Named::Actual))
    );
    assert_eq!(lines[2], &Line::Part(Part::WinnerTable));
}

#[test]
fn the_letterhead_is_read_with_its_faults() {
    let mut faults = Vec::new();
    let text = "form = \"government\"\nissuer = \"Ban Tổ chức\"\nrecipients = [\"Như Điều 3\", \"Lưu VT\"]\n";
    let papers = read_papers([("papers/letterhead.toml", text)].into_iter(), &mut faults);
    assert_eq!(
        (papers.letterhead.house, papers.letterhead.recipients.len()),
        (House::Government, 2)
    );
    assert!(faults.is_empty());
    read_papers(
        [("papers/letterhead.toml", "form = \"dang\"\nnguoi = 1\n")].into_iter(),
        &mut faults,
    );
    let names: Vec<&str> = faults.iter().map(|fault| fault.code.name()).collect();
    assert_eq!(names, ["unknown-value", "unknown-key"]);
}
