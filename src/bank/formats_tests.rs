//! Claims about telling formats apart and about what cannot be read or written.

use super::*;
use crate::bank::bundle::zip_bundle;
use crate::bank::paper::tests::word::Word;
use crate::bank::sheet::xlsx_template;
use crate::domain::media::Media;

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
    all
}

fn pictured() -> LoadedSet {
    let mut set = sample();
    set.set.questions[0].media = vec![Media {
        file: "media/ban-do.png".to_owned(),
        alt: Some("Bản đồ".to_owned()),
        stored: None,
    }];
    set
}

fn look_for(path: &str) -> Option<Vec<u8>> {
    (path == "media/ban-do.png").then(|| crate::bank::media::tests::drawing(60, 40))
}

#[test]
fn questions_zipped_with_their_media_are_read_whatever_their_format() {
    let set = pictured();
    for format in [Format::Toml, Format::Json, Format::Xlsx, Format::Csv] {
        for folder in ["", "bo-de/", "bo-de/questions/"] {
            let name = format!("{folder}de{}", format.ending());
            let written = write_question_file(format, &name, &set, KeyPart::With).unwrap();
            let root = folder.strip_suffix("questions/").unwrap_or(folder);
            let media = [MediaFile {
                path: format!("{root}media/ban-do.png"),
                alt: None,
                bytes: look_for("media/ban-do.png").unwrap(),
            }];
            let bundle = zip_bundle(&name, &written.bytes, &media);
            let read = import_question_file("bo.zip", &bundle);
            assert_eq!(read.faults, [], "{name}");
            let question = &read.loaded.unwrap().set.questions[0];
            assert_eq!(question.media[0].file, "media/ban-do.png");
            assert_eq!(question.media[0].stored, Some(read.contents[0].stored.clone()));
            // Without its picture the question would be another.
            let alone = import_question_file("bo.zip", &zip_bundle(&name, &written.bytes, &[]));
            assert_eq!(alone.faults[0].code.name(), "media-missing");
            assert!(alone.faults[0].file.starts_with("bo.zip/"));
        }
    }
}

#[test]
fn tables_say_that_they_hold_names_alone() {
    for (format, lost) in [
        (Format::Toml, vec![]),
        (Format::Xlsx, vec!["export-loses"]),
        (Format::Csv, vec!["export-loses"]),
        (Format::Gift, vec!["export-loses"]),
        (Format::Docx, vec!["paper-leaves-out"]),
    ] {
        let written = write_question_file(format, "de", &pictured(), KeyPart::With).unwrap();
        let codes: Vec<_> = written.losses.iter().map(|fault| fault.code.name()).collect();
        assert_eq!(codes, lost, "{}", format.name());
    }
}

#[test]
fn a_printed_paper_has_its_pictures() {
    let written =
        write_question_file_with(Format::Docx, "de.docx", &pictured(), KeyPart::With, &look_for).unwrap();
    assert_eq!(written.losses, []);
    let read = import_question_file("de.docx", &written.bytes);
    let media = &read.loaded.unwrap().set.questions[0].media[0];
    assert_eq!(media.alt.as_deref(), Some("Bản đồ"));
    let stored = media.stored.as_ref().unwrap();
    assert_eq!((stored.width, stored.height), (60, 40));
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
        (
            "de.txt",
            "Câu hỏi\tA\tB\tĐáp án\nHỏi?\tx\ty\tA\n",
            Some(Format::Csv),
        ),
        ("de.txt", "Câu 1. Hỏi?\nA. x\tB. y\n", Some(Format::Txt)),
        ("de.doc", "", None),
        ("de", "", None),
    ] {
        assert_eq!(
            Format::of_file(name, content.as_bytes()),
            format,
            "{name} {content}"
        );
    }
    let aiken = "\u{feff}Hỏi?\nA. x\nB. y\nANSWER: A\n".encode_utf16();
    let aiken: Vec<u8> = aiken.flat_map(u16::to_le_bytes).collect();
    assert_eq!(Format::of_file("de.txt", &aiken), Some(Format::Aiken));
    for format in Format::ALL {
        assert_eq!(Format::named(format.name()), Some(format));
        assert_eq!(Format::of_name(&format!("x{}", format.ending())), Some(format));
    }
}

#[test]
fn a_table_copied_out_of_a_spreadsheet_is_read_like_its_file() {
    let copied = "STT\tCâu hỏi\tA\tB\tĐáp án\n1\t\"Năm \"\"nào\"\"?\nGhi rõ\"\t1930\t1933\tB\n";
    let (set, faults) = read_question_file("van-ban-dan.txt", copied.as_bytes());
    assert_eq!(faults, []);
    let set = set.unwrap().set;
    assert_eq!(set.questions[0].text, "Năm \"nào\"?\nGhi rõ");
    assert_eq!(set.questions[0].options[1].text, "1933");
}

#[test]
fn a_table_of_questions_in_a_document_is_read_like_a_sheet() {
    let head: &[&str] = &["STT", "Câu hỏi", "A", "B", "Đáp án"];
    let paper = |rows: &[&[&str]]| {
        Word::default()
            .table(&[&["TỈNH ỦY", "ĐẢNG CỘNG SẢN VIỆT NAM"]])
            .p("BỘ CÂU HỎI")
            .table(rows)
            .bytes()
    };
    let rows: [&[&str]; 5] = [
        head,
        &["PHẦN I"],
        &["1", "Diện tích mấy km{sup|2}?", "8.310", "{b|9.310}", "A"],
        &["2", "Năm {b|nào}\nthành lập?", "1930", "1933", "B"],
        &["3", "Ở đâu?", "đây", "kia", "D"],
    ];
    let imported = import_question_file("de.docx", &paper(&rows));
    let told: Vec<(&str, &Spot)> = imported
        .faults
        .iter()
        .map(|fault| (fault.code.name(), &fault.place.spot))
        .collect();
    let at = |row, column| Spot::TableCell {
        table: 2,
        row,
        column,
    };
    assert_eq!(told, [("row-ignored", &at(2, 1)), ("key-beyond", &at(5, 5))]);
    let outside: Vec<&str> = imported
        .beside
        .outside
        .iter()
        .map(|line| line.text.as_str())
        .collect();
    assert_eq!(outside, ["TỈNH ỦY", "ĐẢNG CỘNG SẢN VIỆT NAM", "BỘ CÂU HỎI"]);
    let (set, faults) = read_question_file("de.docx", &paper(&rows[..4]));
    assert_eq!(faults.len(), 1);
    let set = set.unwrap();
    let texts: Vec<&str> = set.set.questions.iter().map(|one| one.text.as_str()).collect();
    assert_eq!(texts, ["Diện tích mấy km^2^?", "Năm **nào** thành lập?"]);
    assert_eq!(set.set.questions[0].options[1].text, "9.310");
    assert_eq!(
        set.key.0[&set.set.questions[1].id]
            .iter()
            .copied()
            .collect::<Vec<u8>>(),
        [1]
    );
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
