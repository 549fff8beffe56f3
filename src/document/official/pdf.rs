//! PDF of papers: set by Typst from a fixed program and the paper as data, with the fonts of this repository embedded.
//!
//! Owns the world that the program sees, which holds exactly two files and four fonts; how a paper looks is
//! `templates/papers/paper.typ`. Pages are tagged and archivable (PDF/A-2a), so that they can be read aloud and kept.

use super::PrintError;
use super::model::Paper;
use std::sync::LazyLock;
use tokio::sync::Semaphore;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

const PROGRAM: &str = include_str!("../../../templates/papers/paper.typ");
const FONTS: [&[u8]; 4] = [
    include_bytes!("../../../fonts/LiberationSerif-Regular.ttf"),
    include_bytes!("../../../fonts/LiberationSerif-Bold.ttf"),
    include_bytes!("../../../fonts/LiberationSerif-Italic.ttf"),
    include_bytes!("../../../fonts/LiberationSerif-BoldItalic.ttf"),
];
/// What setting a paper has memorised is forgotten after so many papers.
const MEMORY: usize = 2;

/// One paper at a time: each takes a core, and the others are needed by those who take part.
static TURN: Semaphore = Semaphore::const_new(1);

static SHARED: LazyLock<Shared> = LazyLock::new(Shared::new);

/// What every paper shares.
struct Shared {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    main: Option<FileId>,
    data: Option<FileId>,
}

impl Shared {
    fn new() -> Self {
        let fonts: Vec<Font> = FONTS
            .into_iter()
            .filter_map(|bytes| Font::new(Bytes::new(bytes), 0))
            .collect();
        let file = |name| Some(RootedPath::new(VirtualRoot::Project, VirtualPath::new(name).ok()?).intern());
        Self {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            main: file("main.typ"),
            data: file("data.json"),
        }
    }
}

/// The world of one paper.
struct PaperWorld {
    main: Source,
    data: Bytes,
}

impl World for PaperWorld {
    fn library(&self) -> &LazyHash<Library> {
        &SHARED.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &SHARED.book
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
        if Some(id) == SHARED.data {
            return Ok(self.data.clone());
        }
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        SHARED.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// Sets a paper when it is its turn.
pub(super) async fn write(paper: Paper) -> Result<Vec<u8>, PrintError> {
    let turn = TURN.acquire().await.map_err(|_| PrintError::Stopped)?;
    tokio::task::spawn_blocking(move || {
        let bytes = set(&paper);
        drop(turn);
        bytes
    })
    .await
    .map_err(|_| PrintError::Stopped)?
}

fn set(paper: &Paper) -> Result<Vec<u8>, PrintError> {
    let lost = || PrintError::Set("a file has no name".to_owned());
    let json = serde_json::to_vec(paper).map_err(|error| PrintError::Set(error.to_string()))?;
    let world = PaperWorld {
        main: Source::new(SHARED.main.ok_or_else(lost)?, PROGRAM.to_owned()),
        data: Bytes::new(json),
    };
    let told = |faults: &[SourceDiagnostic]| {
        let messages: Vec<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
        PrintError::Set(messages.join("; "))
    };
    let document: PagedDocument = typst::compile(&world).output.map_err(|faults| told(&faults))?;
    let bytes = typst_pdf::pdf(&document, &options(paper)?).map_err(|faults| told(&faults));
    comemo::evict(MEMORY);
    bytes
}

fn options(paper: &Paper) -> Result<PdfOptions, PrintError> {
    let standards = PdfStandards::new(&[PdfStandard::A_2a])
        .map_err(|error| PrintError::Set(error.message().to_string()))?;
    Ok(PdfOptions {
        creator: Smart::Custom(Some("hoithi".to_owned())),
        timestamp: moment(paper.as_of).map(Timestamp::new_utc),
        standards,
        ..PdfOptions::default()
    })
}

fn moment(seconds: i64) -> Option<Datetime> {
    let at = time::OffsetDateTime::from_unix_timestamp(seconds).ok()?;
    let (hour, minute, second) = at.time().as_hms();
    Datetime::from_ymd_hms(at.year(), at.month().into(), at.day(), hour, minute, second)
}
