//! Every file format of question sets under one roof: which format a file has, and reading it.
//!
//! Owns telling formats apart and handing a file to its reader; leaves each grammar to its own module and writing to
//! [`super::formats_write`]. A file
//! whose name says one thing and whose bytes say another is refused with advice, never guessed.

use super::code::FaultCode;
use super::detect::{is_aiken, is_gift, is_qti};
use super::exchange;
use super::fact::Severity;
use super::fault::{Fault, Spot};
use super::media::{Found, LookFor, MediaContent, Shelf};
use super::paper::{self, KeyConvention};
use super::preview::Beside;
use super::questions::{self, SetDraft};
use super::raw::{self, RawSet};
use super::similar;
use super::source::{MAX_FILE_BYTES, Sheet, decode};
use super::{LoadedSet, archive, bundle, docx, json, sheet, words};
use crate::domain::question::{Question, SetId};
use std::collections::BTreeSet;

/// A format of question files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// Our own files.
    Toml,
    /// The neutral model.
    Json,
    /// Excel and LibreOffice Calc.
    Xlsx,
    /// Comma-, semicolon- or tab-separated text.
    Csv,
    /// A paper in Word.
    Docx,
    /// Moodle's text format.
    Gift,
    /// Moodle's exchange format.
    MoodleXml,
    /// IMS/1EdTech items, tests and packages.
    Qti,
    /// One stem, options, `ANSWER:`.
    Aiken,
    /// A paper as plain text.
    Txt,
}

impl Format {
    /// Every format, our own first.
    pub const ALL: [Self; 10] = [
        Self::Toml,
        Self::Json,
        Self::Xlsx,
        Self::Csv,
        Self::Docx,
        Self::Gift,
        Self::MoodleXml,
        Self::Qti,
        Self::Aiken,
        Self::Txt,
    ];

    /// The word for it in addresses, forms and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Toml => "toml",
            Self::Json => "json",
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Docx => "docx",
            Self::Gift => "gift",
            Self::MoodleXml => "moodle-xml",
            Self::Qti => "qti",
            Self::Aiken => "aiken",
            Self::Txt => "txt",
        }
    }

    /// The format of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// The ending of files that are written in it, with its dot.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Toml => ".toml",
            Self::Json => ".json",
            Self::Xlsx => ".xlsx",
            Self::Csv => ".csv",
            Self::Docx => ".docx",
            Self::Gift => ".gift",
            Self::MoodleXml => ".xml",
            Self::Qti => ".zip",
            Self::Aiken => ".aiken",
            Self::Txt => ".txt",
        }
    }

    /// The format that the ending of a file name says, where the content need not be asked: an `.xml` may be Moodle's or an item of
    /// QTI, a `.txt` may be Aiken, GIFT or a table, see [`Format::of_file`].
    pub fn of_name(name: &str) -> Option<Self> {
        Some(match ending_of(name)?.as_str() {
            "toml" => Self::Toml,
            "json" => Self::Json,
            "xlsx" => Self::Xlsx,
            "csv" | "tsv" => Self::Csv,
            "docx" => Self::Docx,
            "gift" => Self::Gift,
            "xml" => Self::MoodleXml,
            "zip" | "qti" => Self::Qti,
            "aiken" => Self::Aiken,
            "txt" | "text" => Self::Txt,
            _ => return None,
        })
    }

    /// The format of a file: its ending, and where an ending serves two formats, its content.
    pub fn of_file(name: &str, bytes: &[u8]) -> Option<Self> {
        let format = Self::of_name(name)?;
        let begin = || match bytes {
            // A text that some editors save so; it is small.
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => decode(name, bytes).unwrap_or_default(),
            _ => String::from_utf8_lossy(bytes.get(..bytes.len().min(64 * 1024)).unwrap_or_default()),
        };
        Some(match format {
            Self::MoodleXml if is_qti(&begin()) => Self::Qti,
            Self::Txt if sheet::is_table(&begin()) => Self::Csv,
            Self::Txt if is_aiken(&begin()) => Self::Aiken,
            Self::Txt if is_gift(&begin()) => Self::Gift,
            other => other,
        })
    }

    /// Whether a name is that of a question file in a format that is refused with advice: old and foreign office files.
    pub fn is_refused(name: &str) -> bool {
        const ENDINGS: [&str; 11] = [
            "doc", "docm", "ods", "odt", "pdf", "ppt", "pptx", "rtf", "xls", "xlsb", "xlsm",
        ];
        ending_of(name).is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
    }

    /// Whether files of it can be read.
    pub const fn is_read(self) -> bool {
        match self {
            Self::Toml | Self::Json => true,
            Self::Xlsx | Self::Csv => true,
            Self::Docx | Self::Txt => true,
            Self::Gift | Self::Aiken | Self::MoodleXml | Self::Qti => true,
        }
    }

    /// Whether a set can be written in it.
    pub const fn is_written(self) -> bool {
        match self {
            Self::Toml | Self::Json => true,
            Self::Xlsx | Self::Csv | Self::Docx => true,
            Self::Gift | Self::MoodleXml | Self::Qti | Self::Aiken => true,
            Self::Txt => false,
        }
    }

    /// Largest file of it that is read, bytes.
    pub const fn max_bytes(self) -> usize {
        match self {
            Self::Xlsx | Self::Docx | Self::Qti => archive::MAX_BYTES,
            Self::MoodleXml => exchange::MAX_XML_BYTES,
            Self::Toml | Self::Json | Self::Csv | Self::Gift | Self::Aiken | Self::Txt => MAX_FILE_BYTES,
        }
    }

    /// Endings of the formats that can be read, for messages and for `accept` of a file field.
    pub fn read_endings() -> Vec<&'static str> {
        let read = Self::ALL.into_iter().filter(|format| format.is_read());
        read.map(Self::ending).collect()
    }

    /// Endings of the formats that can be written.
    pub fn written_endings() -> Vec<&'static str> {
        let written = Self::ALL.into_iter().filter(|format| format.is_written());
        written.map(Self::ending).collect()
    }
}

fn ending_of(name: &str) -> Option<String> {
    let file_name = name.rsplit(['/', '\\']).next()?;
    file_name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_lowercase())
}

/// What reading one file gave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// The set; `None` when any fault is an error.
    pub loaded: Option<LoadedSet>,
    /// Name and title of the set, as far as the file gives them.
    pub named: Option<(SetId, String)>,
    /// Every fault, in the order of the file.
    pub faults: Vec<Fault>,
    /// Questions found, faulty ones among them.
    pub questions: usize,
    /// The questions that could be read whole with the places of their right options, whatever else is wrong.
    pub complete: Vec<(Question, BTreeSet<u8>)>,
    /// What there is to show besides: the places of questions, those that lack something, the lines of a paper.
    pub beside: Beside,
    /// The media files that came inside the file and that questions name, as they came.
    pub media: Vec<MediaFile>,
    /// The media of the questions as they will be served.
    pub contents: Vec<MediaContent>,
}

/// A picture, sound or film out of a file of questions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaFile {
    /// The path the question names, such as `media/ban-do.png`.
    pub path: String,
    /// What it shows, in words, where the file says it.
    pub alt: Option<String>,
    /// Its bytes, not looked into.
    pub bytes: Vec<u8>,
}

impl Imported {
    /// A file that could not be opened at all.
    pub(super) fn refused(name: &str, code: FaultCode) -> Self {
        Self {
            faults: vec![Fault::of_file(name, code)],
            ..Self::default()
        }
    }

    /// What came out of a file that was read: compares its questions with each other and finishes the set.
    pub(super) fn of(sheet: Sheet<'_>, draft: SetDraft) -> Self {
        Self::of_parts(vec![(sheet, draft)], Vec::new())
    }

    /// The same for a package of several files, with the faults of the package itself.
    pub(super) fn of_parts(mut sets: Vec<(Sheet<'_>, SetDraft)>, mut faults: Vec<Fault>) -> Self {
        similar::check_stems(&mut sets);
        let mut drafts = Vec::new();
        for (sheet, draft) in sets {
            faults.extend(sheet.into_faults());
            drafts.push(draft);
        }
        let draft = SetDraft::join(drafts);
        let beside = Beside::of(&draft);
        let named = draft.named();
        let good = faults.iter().all(|fault| fault.severity != Severity::Error);
        let (questions, complete) = (draft.count, draft.complete_questions());
        Self {
            loaded: good.then_some(draft).and_then(SetDraft::finish),
            named,
            faults,
            questions,
            complete,
            beside,
            ..Self::default()
        }
    }
}

/// Reads a question file in any format that can be read, by its ending. Media files that do not come inside it are not
/// looked for.
pub fn import_question_file(name: &str, bytes: &[u8]) -> Imported {
    import_on(name, bytes, None, Shelf::new(None))
}

/// Reads a question file whose media lie beside it, where they do not come inside it.
pub fn import_question_file_with(name: &str, bytes: &[u8], look_for: LookFor<'_>) -> Imported {
    import_on(name, bytes, None, Shelf::new(Some(look_for)))
}

/// Reads a question file that comes by itself, so that its media have to be inside it; with the organiser's choice of how a
/// paper marks its right options, other formats have one way alone.
pub fn import_question_file_by(name: &str, bytes: &[u8], wanted: Option<KeyConvention>) -> Imported {
    import_on(name, bytes, wanted, Shelf::new(Some(&|_| Found::Missing)))
}

fn import_on(name: &str, bytes: &[u8], wanted: Option<KeyConvention>, shelf: Shelf<'_>) -> Imported {
    let imported = match bundle::open(name, bytes) {
        None => import_format(name, bytes, wanted, &shelf),
        Some(Err(code)) => Imported::refused(name, code),
        Some(Ok(bundle)) => {
            let path = format!("{name}/{}", bundle.path);
            bundle.media.into_iter().for_each(|file| shelf.bring(file));
            // What is not in the bundle is nowhere.
            shelf.close();
            import_format(&path, &bundle.questions, wanted, &shelf)
        }
    };
    let (media, contents) = shelf.into_parts();
    Imported {
        media,
        contents,
        ..imported
    }
}

fn import_format(name: &str, bytes: &[u8], wanted: Option<KeyConvention>, shelf: &Shelf<'_>) -> Imported {
    let Some(format) = Format::of_file(name, bytes) else {
        return Imported::refused(name, unknown(name));
    };
    match format {
        Format::Toml => import_text(name, bytes, shelf, |sheet| Some(questions::read_toml(sheet))),
        Format::Json => import_text(name, bytes, shelf, |sheet| {
            let root = json::parse_json(sheet)?;
            Some(questions::read_json(sheet, &root, raw::name_of(name).0))
        }),
        Format::Xlsx => sheet::read_xlsx(name, bytes, shelf),
        Format::Csv => sheet::read_csv(name, bytes, shelf),
        Format::Docx => import_docx(name, bytes, wanted, shelf),
        Format::Txt => paper::read_paper_text(name, bytes, wanted).into(),
        Format::Gift => exchange::read_gift(name, bytes),
        Format::Aiken => exchange::read_aiken(name, bytes),
        Format::MoodleXml => exchange::read_moodle_xml(name, bytes, shelf),
        Format::Qti => exchange::read_qti(name, bytes, shelf),
    }
}

/// A document holds a paper, or a table of questions like that of a sheet.
fn import_docx(name: &str, bytes: &[u8], wanted: Option<KeyConvention>, shelf: &Shelf<'_>) -> Imported {
    match docx::read(bytes) {
        Ok(doc) => sheet::read_word_tables(name, &doc, shelf)
            .unwrap_or_else(|| paper::read_doc_on(name, doc, wanted, shelf).into()),
        Err(code) => Imported::refused(name, code),
    }
}

/// Reads a question file; see [`import_question_file`].
pub fn read_question_file(name: &str, bytes: &[u8]) -> (Option<LoadedSet>, Vec<Fault>) {
    let imported = import_question_file(name, bytes);
    (imported.loaded, imported.faults)
}

/// Reads a text file: decoded, then handed to the reader of its grammar.
pub(super) fn import_text(
    name: &str,
    bytes: &[u8],
    shelf: &Shelf<'_>,
    read: impl FnOnce(&mut Sheet<'_>) -> Option<SetDraft>,
) -> Imported {
    let text = match decode(name, bytes) {
        Ok(text) => text,
        Err(fault) => {
            return Imported {
                faults: vec![*fault],
                ..Imported::default()
            };
        }
    };
    let mut sheet = Sheet::new(name, &text);
    sheet.shelf = Some(shelf);
    match read(&mut sheet) {
        Some(draft) => Imported::of(sheet, draft),
        None => Imported {
            faults: sheet.into_faults(),
            ..Imported::default()
        },
    }
}

/// Reads a text that was taken out of a document, with the places of its parts.
pub(super) fn import_marked(
    name: &str,
    text: &str,
    marks: Vec<(usize, Spot)>,
    shelf: &Shelf<'_>,
    read: impl FnOnce(&mut Sheet<'_>) -> RawSet,
) -> Imported {
    let mut sheet = Sheet::with_marks(name, text, marks);
    sheet.shelf = Some(shelf);
    let mut set = read(&mut sheet);
    let (id, title) = raw::name_of(name);
    set.id = set.id.or(id);
    let draft = raw::check(&mut sheet, set, &title);
    Imported::of(sheet, draft)
}

fn unknown(name: &str) -> FaultCode {
    let owned = |endings: Vec<&str>| endings.into_iter().map(str::to_owned).collect();
    FaultCode::UnknownFormat {
        name: words::visible(ending_of(name).as_deref().unwrap_or_default()),
        allowed: owned(Format::read_endings()),
    }
}
