//! Sets one official paper as PDF: the paper as JSON on standard input, the file on standard output.
//!
//! Owns the world that the setting program sees, which holds exactly two files and four fonts; how a paper looks is
//! `templates/papers/paper.typ`, what stands on it is the server's. Pages are tagged and archivable (PDF/A-2a), so that they
//! can be read aloud and kept. What goes wrong is told on standard error, with exit 1.

use serde_json::Value;
use std::io::{Read, Write};
use std::process::ExitCode;
use time::OffsetDateTime;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

const PROGRAM: &str = include_str!("../../templates/papers/paper.typ");
const FONTS: [&[u8]; 4] = [
    include_bytes!("../../fonts/LiberationSerif-Regular.ttf"),
    include_bytes!("../../fonts/LiberationSerif-Bold.ttf"),
    include_bytes!("../../fonts/LiberationSerif-Italic.ttf"),
    include_bytes!("../../fonts/LiberationSerif-BoldItalic.ttf"),
];
/// Bytes of a paper as data, at most.
const MAX_PAPER: u64 = 64 << 20;

/// The world of one paper.
struct PaperWorld {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    main: Source,
    data: FileId,
    paper: Bytes,
}

impl PaperWorld {
    fn new(paper: Vec<u8>) -> Result<Self, String> {
        let file = |name| {
            let path = VirtualPath::new(name).map_err(|error| format!("{name}: {error:?}"))?;
            Ok::<_, String>(RootedPath::new(VirtualRoot::Project, path).intern())
        };
        let fonts: Vec<Font> = FONTS
            .into_iter()
            .filter_map(|bytes| Font::new(Bytes::new(bytes), 0))
            .collect();
        Ok(Self {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            main: Source::new(file("main.typ")?, PROGRAM.to_owned()),
            data: file("data.json")?,
            paper: Bytes::new(paper),
        })
    }
}

impl World for PaperWorld {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() {
            return Ok(self.main.clone());
        }
        Err(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data {
            return Ok(self.paper.clone());
        }
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn main() -> ExitCode {
    let done = read().and_then(set).and_then(|file| {
        std::io::stdout()
            .lock()
            .write_all(&file)
            .map_err(|error| error.to_string())
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            // Nobody is left to tell when standard error is gone too.
            let _ = writeln!(std::io::stderr(), "{trouble}");
            ExitCode::FAILURE
        }
    }
}

fn read() -> Result<Vec<u8>, String> {
    let mut paper = Vec::new();
    let input = std::io::stdin().lock();
    let size = input
        .take(MAX_PAPER + 1)
        .read_to_end(&mut paper)
        .map_err(|error| error.to_string())?;
    if size as u64 > MAX_PAPER {
        return Err(format!("the paper has more than {MAX_PAPER} bytes of data"));
    }
    Ok(paper)
}

fn set(paper: Vec<u8>) -> Result<Vec<u8>, String> {
    let read: Value = serde_json::from_slice(&paper).map_err(|error| error.to_string())?;
    let as_of = read.get("as_of").and_then(Value::as_i64);
    let world = PaperWorld::new(paper)?;
    let document: PagedDocument = typst::compile(&world).output.map_err(|faults| told(&faults))?;
    typst_pdf::pdf(&document, &options(as_of)?).map_err(|faults| told(&faults))
}

fn told(faults: &[SourceDiagnostic]) -> String {
    let messages: Vec<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
    messages.join("; ")
}

/// `as_of` are seconds since 1970 of the moment the paper stands for.
fn options(as_of: Option<i64>) -> Result<PdfOptions, String> {
    let standards = PdfStandards::new(&[PdfStandard::A_2a]).map_err(|error| error.message().to_string())?;
    Ok(PdfOptions {
        creator: Smart::Custom(Some("hoithi".to_owned())),
        timestamp: as_of.and_then(moment).map(Timestamp::new_utc),
        standards,
        ..PdfOptions::default()
    })
}

fn moment(seconds: i64) -> Option<Datetime> {
    let at = OffsetDateTime::from_unix_timestamp(seconds).ok()?;
    let (hour, minute, second) = at.time().as_hms();
    Datetime::from_ymd_hms(at.year(), at.month().into(), at.day(), hour, minute, second)
}
