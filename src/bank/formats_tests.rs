//! Claims about telling formats apart and about what cannot be read or written.

use super::*;
use crate::bank::sheet::xlsx_template;
use crate::bank::write_set_toml;

fn sample() -> LoadedSet {
    let text = "[set]\nid = \"de\"\ntitle = \"Đề\"\n[[question]]\nid = \"c1\"\ntext = \"Hỏi?\"\noptions = [\"x\", \"y\"]\nkey = \"B\"\n";
    read_question_file("de.toml", text.as_bytes()).0.unwrap()
}

/// The faults that these tests show.
pub(super) fn faults() -> Vec<Fault> {
    let mut all = read_question_file("de.pptx", b"").1;
    all.extend(
        write_question_file(Format::Txt, "de.txt", &sample(), KeyPart::With)
            .err()
            .map(|fault| *fault),
    );
    all.extend(
        write_question_file(Format::Json, "de.json", &sample(), KeyPart::Without)
            .err()
            .map(|fault| *fault),
    );
    all.extend(pictured().without_pictures("de.toml").faults);
    all
}

fn pictured() -> Imported {
    let mut set = sample();
    set.set.questions[0].media = Some("media/ban-do.png".to_owned());
    import_question_file("de.toml", write_set_toml(&set.set, &set.key).as_bytes())
}

#[test]
fn a_set_with_a_picture_is_refused_where_pictures_cannot_be_kept() {
    assert!(pictured().loaded.is_some());
    let refused = pictured().without_pictures("de.toml");
    assert!(refused.loaded.is_none());
    assert_eq!(refused.faults[0].code, FaultCode::PicturesNotTaken { count: 1 });
    let plain = import_question_file("de.toml", write_set_toml(&sample().set, &sample().key).as_bytes());
    assert_eq!(plain.clone().without_pictures("de.toml").loaded, plain.loaded);
}

#[test]
fn a_format_is_told_by_its_ending_and_where_that_serves_two_by_the_content() {
    for (name, content, format) in [
        ("a/b.TOML", "", Some(Format::Toml)),
        ("đề.xlsx", "", Some(Format::Xlsx)),
        ("de.tsv", "", Some(Format::Csv)),
        (
            "de.xml",
            "<?xml version=\"1.0\"?>\n<!-- x --><quiz>",
            Some(Format::MoodleXml),
        ),
        (
            "de.xml",
            "<?xml version=\"1.0\"?><qti-assessment-item identifier=\"a\">",
            Some(Format::Qti),
        ),
        ("de.xml", "<imsqti:assessmentItem>", Some(Format::Qti)),
        ("de.txt", "Câu 1. Hỏi?\nA. x\n", Some(Format::Txt)),
        ("de.txt", "Hỏi?\nA. x\nB. y\nANSWER: A\n", Some(Format::Aiken)),
        ("de.doc", "", None),
        ("de", "", None),
    ] {
        assert_eq!(
            Format::of_file(name, content.as_bytes()),
            format,
            "{name} {content}"
        );
    }
    for format in Format::ALL {
        assert_eq!(Format::named(format.name()), Some(format));
        assert_eq!(Format::of_name(&format!("x{}", format.ending())), Some(format));
    }
}

#[test]
fn old_and_foreign_office_files_are_refused_with_advice() {
    for name in ["de.xls", "de.xlsm", "de.ods", "de.doc", "de.pdf", "de"] {
        let (set, faults) = read_question_file(name, b"\xd0\xcf\x11\xe0");
        assert!(set.is_none());
        assert_eq!(faults.len(), 1, "{name}");
        assert!(
            faults[0].suggestion(crate::i18n::Lang::Vi).contains(".xlsx"),
            "{name}"
        );
    }
}

#[test]
fn what_can_be_written_and_read_comes_back_the_same() {
    let set = sample();
    // A paper has no room for the names of set and questions, Aiken for more than stems and options; see their own tests.
    let narrow = |format: &Format| matches!(format, Format::Docx | Format::Aiken);
    let exact = |format: &Format| format.is_written() && format.is_read() && !narrow(format);
    for format in Format::ALL.into_iter().filter(exact) {
        let name = format!("de{}", format.ending());
        let written = write_question_file(format, &name, &set, KeyPart::With).unwrap();
        let (again, faults) = read_question_file(&name, &written.bytes);
        assert_eq!(
            (again.as_ref(), faults),
            (Some(&set), Vec::new()),
            "{}",
            format.name()
        );
    }
}

#[test]
fn the_template_is_a_set_without_a_fault() {
    let (set, faults) = read_question_file("mau.xlsx", &xlsx_template().unwrap());
    assert_eq!(faults, []);
    let set = set.unwrap();
    assert_eq!(set.set.questions.len(), 3);
    assert!(set.set.questions[1].multiple && set.set.questions[2].options[3].pin);
}
