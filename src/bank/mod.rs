//! Contest and question files: text in, a contest or every fault at once out, and question sets out again as text.
//!
//! Owns the file formats and all that can be wrong in them; never opens a file: the caller hands over a [`SourceTree`].
//! Deciding what happens with a contest is left to `domain`, storing it to `store`.
//!
//! | file | holds |
//! | --- | --- |
//! | `code`, `fact`, `fault`, `render`, `report` | what can be wrong, where it is, how it is shown |
//! | `source`, `node`, `syntax`, `format` | text with places, values with places, broken grammar, typed values |
//! | `contest`, `rules`, `ranking`, `rounds`, `prizes`, `spread`, `barred`, `complaints` | `contest.toml` |
//! | `csv`, `units`, `excluded`; `accounts` | `units.csv`, `excluded.csv`; lists of people who get accounts |
//! | `questions`, `options`, `pins`, `similar`; `feasible` | `questions/*.toml`; whether all fit together |
//! | `formats`, `detect`, `raw` | any format by its name or look; foreign questions on their way to `questions` |
//! | `preview` | questions as far as they were read, to be shown beside what is wrong with them |
//! | `media`; `archive`, `bundle` | pictures, sounds and films; zip files, questions zipped with their media |
//! | `docx`, `paper`; `sheet`, `print` | Word as lines, papers as questions; .xlsx and CSV, papers to print |
//! | `exchange` | GIFT, Aiken, Moodle XML and QTI |
//! | `emulation` | clusters and awards as lists |
//! | `official` | letterhead and wordings of official papers |
//! | `sketch`, `sketch_text`; `write_contest`, `write_rules`; `contest_check` | `contest.toml` for forms: tree, text, checks |
//! | `json`, `write`, `version`, `moment`, `words` | the neutral model, TOML, hashes; dates, clean text |

mod accounts;
mod archive;
mod barred;
mod bundle;
mod code;
mod collective;
mod complaints;
mod consistent;
mod contest;
mod contest_check;
mod csv;
mod detect;
mod docx;
mod emulation;
mod entry;
mod exchange;
mod excluded;
mod fact;
mod fault;
mod feasible;
mod format;
mod formats;
#[cfg(test)]
mod formats_tests;
mod formats_write;
mod good_ones;
mod json;
mod media;
mod moment;
mod node;
mod official;
#[cfg(test)]
mod official_tests;
mod options;
mod paper;
mod pins;
mod preview;
mod print;
mod prizes;
mod questions;
mod ranking;
mod raw;
mod render;
mod report;
mod rounds;
mod rules;
mod sheet;
mod similar;
mod sketch;
mod sketch_text;
mod source;
mod spread;
mod syntax;
#[cfg(test)]
mod tests;
mod units;
mod version;
mod words;
mod write;
mod write_contest;
mod write_rules;

pub use accounts::read_accounts;
pub use bundle::zip_bundle;
pub use code::FaultCode;
pub use contest_check::{RulesContext, RulesReading, read_rules};
pub use emulation::{
    ListFault, ListProblem, awards_template, clusters_template, read_awards, read_clusters, read_members,
};
pub use exchange::{FindMedia, MAX_TEXT_BYTES, MAX_XML_BYTES};
pub use fact::{Kind, Severity, SyntaxProblem};
pub use fault::{Fault, FaultJson, Place, Quote, Spot, Subject, column_letters};
pub use formats::{
    Format, Imported, MediaFile, import_question_file, import_question_file_by, import_question_file_with,
    read_question_file,
};
pub use formats_write::{Exported, KeyPart, write_question_file, write_question_file_with};
pub use good_ones::GoodOnes;
pub use json::write_set_json;
pub use media::{Fitted, Found, LookFor, MAX_MEDIA_BYTES, MAX_SET_BYTES, MediaContent, fit_media};
pub use official::read_template;
pub use paper::{
    Conventions, FoundConvention, KeyConvention, PaperImage, PaperQuestion, PaperReading, SourceLine,
    read_docx, read_paper_text, read_pasted,
};
pub use preview::{Beside, Preview};
pub use print::{PaperHead, write_docx, write_docx_with};
pub use render::{faults_json, render_faults, summary};
pub use report::faults_xlsx;
pub use sheet::xlsx_template;
pub use similar::{Like, like_stored};
pub use sketch::{Sketch, Sketched, path_at};
pub use source::MAX_FILE_BYTES;
pub use write::write_set_toml;
pub use write_contest::{sketch_of, write_contest_toml};

use crate::domain::contest::ContestDefinition;
use crate::domain::exclusion::{ListedPerson, reasons};
use crate::domain::question::{AnswerKey, QuestionSet, SetVersion};
use crate::domain::unit::UnitDefinition;
use contest::ContestDraft;
use feasible::SetsFacts;
use media::Shelf;
use questions::SetDraft;
use source::{Sheet, decode};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use units::UnitsDraft;

/// The files of a contest directory, by path from it, with `/` between the parts.
#[derive(Debug, Clone, Default)]
pub struct SourceTree {
    name: String,
    files: BTreeMap<String, Vec<u8>>,
    present: BTreeSet<String>,
}

impl SourceTree {
    /// An empty tree of the directory `name`, which becomes the slug of the contest.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            ..Self::default()
        }
    }

    /// Whether the reader needs the content of the file at that path; of any other its being there is enough.
    pub fn wants(path: &str) -> bool {
        path == contest::FILE
            || path == units::FILE
            || path == excluded::FILE
            || is_question_file(path)
            || official::is_paper_file(path)
    }

    /// Adds a file with its content. Content beyond [`MAX_FILE_BYTES`] is refused when read, so a caller may stop there
    /// plus one byte.
    pub fn add(&mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.files.insert(path.into(), bytes.into());
    }

    /// Adds a file of which only the being there matters.
    pub fn note(&mut self, path: impl Into<String>) {
        self.present.insert(path.into());
    }

    /// Whether the tree has a file at that path.
    pub fn has(&self, path: &str) -> bool {
        self.files.contains_key(path) || self.present.contains(path)
    }
}

/// A set with its key and version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadedSet {
    /// Hash of set and key; the same for the same content in any format.
    pub version: SetVersion,
    /// The questions.
    pub set: QuestionSet,
    /// The right answers.
    pub key: AnswerKey,
}

impl LoadedSet {
    /// A set that was read before, with its version.
    pub fn of(set: QuestionSet, key: AnswerKey) -> Self {
        Self {
            version: version::version_of(&set, &key),
            set,
            key,
        }
    }
}

/// A contest that can be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadedContest {
    /// Settings, rounds and prizes.
    pub definition: ContestDefinition,
    /// The units in the order of the file.
    pub units: Vec<UnitDefinition>,
    /// Who may enter but never wins.
    pub listed: Vec<ListedPerson>,
    /// The sets in the order of their files.
    pub sets: Vec<LoadedSet>,
    /// The media of all sets as they will be served.
    pub media: Vec<MediaContent>,
}

/// What reading a contest gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The contest; `None` when any fault is an error.
    pub loaded: Option<LoadedContest>,
    /// Every fault of every file: `contest.toml` first, then `units.csv`, then the question files by name.
    pub faults: Vec<Fault>,
    /// Questions examined, faulty ones among them.
    pub questions: usize,
}

/// Reads a contest directory, looking only into those media files that the tree holds; of the others their being there is
/// enough.
pub fn read_contest(files: &SourceTree) -> Reading {
    read_contest_with(files, &|path| match files.files.get(path) {
        Some(bytes) => Found::Bytes(bytes.clone()),
        None if files.has(path) => Found::Unread,
        None => Found::Missing,
    })
}

/// Reads a contest directory; `look_for` finds the media files that its questions name.
pub fn read_contest_with(files: &SourceTree, look_for: LookFor<'_>) -> Reading {
    let mut faults = directory_faults(files);
    let texts = decode_all(files, &mut faults);
    let text_of = |path: &str| {
        texts
            .iter()
            .find(|(name, _)| *name == path)
            .map(|(name, text)| (*name, text.as_ref()))
    };
    let mut contest_sheet = text_of(contest::FILE).map(|(name, text)| Sheet::new(name, text));
    let mut units_sheet = text_of(units::FILE).map(|(name, text)| Sheet::new(name, text));
    let mut listed_sheet = text_of(excluded::FILE).map(|(name, text)| Sheet::new(name, text));
    let contest = contest_sheet.as_mut().map(contest::read_file);
    let units = units_sheet.as_mut().map(units::read_file).unwrap_or_default();
    let listed = listed_sheet.as_mut().map(excluded::read_file).unwrap_or_default();
    let shelf = Shelf::new(Some(look_for));
    let question_files = texts.iter().filter(|(name, _)| is_question_file(name));
    let mut sets: Vec<(Sheet<'_>, SetDraft)> = question_files
        .map(|(name, text)| {
            let mut sheet = Sheet::new(name, text);
            sheet.shelf = Some(&shelf);
            let draft = questions::read_toml(&mut sheet);
            (sheet, draft)
        })
        .collect();
    let unread = files.files.keys().filter(|path| is_question_file(path)).count() != sets.len();
    let paper_files = texts.iter().map(|(name, text)| (*name, text.as_ref()));
    let papers = official::read_papers(
        paper_files.filter(|(name, _)| official::is_paper_file(name)),
        &mut faults,
    );
    check_sets(&mut sets);
    if let (Some(contest), Some(sheet)) = (&contest, &mut contest_sheet) {
        check_together(contest, sheet, &units, units_sheet.as_mut(), &mut sets, unread);
    }
    let questions = sets.iter().map(|(_, set)| set.count).sum();
    faults.extend(
        contest_sheet
            .into_iter()
            .chain(units_sheet)
            .chain(listed_sheet)
            .flat_map(Sheet::into_faults),
    );
    let mut drafts = Vec::new();
    for (sheet, draft) in sets {
        faults.extend(sheet.into_faults());
        drafts.push(draft);
    }
    faults.sort_by_key(|fault| file_order(&fault.file));
    let good = faults.iter().all(|fault| fault.severity != Severity::Error);
    let (_, media) = shelf.into_parts();
    let loaded = contest
        .filter(|_| good)
        .and_then(|contest| finish(contest, &files.name, units, drafts))
        .map(|mut loaded| {
            loaded.definition.papers = papers;
            let kinds = &mut loaded.definition.entry.no_prize;
            kinds.extend(
                reasons(&listed)
                    .into_iter()
                    .filter(|own| !kinds.contains(own))
                    .collect::<Vec<_>>(),
            );
            LoadedContest {
                media,
                listed,
                ..loaded
            }
        });
    Reading {
        loaded,
        faults,
        questions,
    }
}

/// Reads one question file: the JSON model when the name ends in `.json`, TOML otherwise. Media files are not looked for.
pub fn read_set(name: &str, bytes: &[u8]) -> (Option<LoadedSet>, Vec<Fault>) {
    if name.to_lowercase().ends_with(".json") {
        return read_set_json(name, bytes);
    }
    read_one(name, bytes, |sheet| Some(questions::read_toml(sheet)))
}

/// Reads the neutral JSON model. A set that does not say its `id` is named after its file.
pub fn read_set_json(name: &str, bytes: &[u8]) -> (Option<LoadedSet>, Vec<Fault>) {
    let file_name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
    let id = words::slug_of(stem);
    read_one(name, bytes, |sheet| {
        let root = json::parse_json(sheet)?;
        Some(questions::read_json(sheet, &root, id))
    })
}

fn read_one(
    name: &str,
    bytes: &[u8],
    read: impl FnOnce(&mut Sheet<'_>) -> Option<SetDraft>,
) -> (Option<LoadedSet>, Vec<Fault>) {
    let text = match decode(name, bytes) {
        Ok(text) => text,
        Err(fault) => return (None, vec![*fault]),
    };
    let mut sheet = Sheet::new(name, &text);
    let Some(draft) = read(&mut sheet) else {
        return (None, sheet.into_faults());
    };
    let mut sets = [(sheet, draft)];
    similar::check_stems(&mut sets);
    let [(sheet, draft)] = sets;
    let faults = sheet.into_faults();
    let good = faults.iter().all(|fault| fault.severity != Severity::Error);
    (good.then_some(draft).and_then(SetDraft::finish), faults)
}

/// The name of the set in a file that does not say one: that of the file without marks.
pub fn set_id_of_file(name: &str) -> Option<crate::domain::question::SetId> {
    raw::name_of(name).0.map(crate::domain::question::SetId)
}

fn is_question_file(path: &str) -> bool {
    path.strip_prefix("questions/")
        .is_some_and(|name| !name.contains('/') && name.ends_with(".toml"))
}

/// Faults that show before any file is opened.
fn directory_faults(files: &SourceTree) -> Vec<Fault> {
    let mut faults = Vec::new();
    if !words::is_slug(&files.name) {
        faults.push(Fault::of_file(
            contest::FILE,
            FaultCode::BadDirectory {
                name: files.name.clone(),
            },
        ));
    }
    for name in [contest::FILE, units::FILE] {
        if !files.files.contains_key(name) {
            faults.push(Fault::of_file(name, FaultCode::MissingFile { name }));
        }
    }
    if !files.files.keys().any(|path| is_question_file(path)) {
        faults.push(Fault::of_file(
            "questions/",
            FaultCode::MissingFile {
                name: "questions/*.toml",
            },
        ));
    }
    for path in files.files.keys().chain(&files.present).collect::<BTreeSet<_>>() {
        let stray = path
            .strip_prefix("questions/")
            .filter(|name| !is_question_file(path) && !name.starts_with('.'));
        faults.extend(official::stray(path));
        if let Some(name) = stray {
            faults.push(Fault::of_file(
                path,
                FaultCode::StrayFile {
                    name: name.to_owned(),
                },
            ));
        }
    }
    faults
}

fn decode_all<'t>(files: &'t SourceTree, faults: &mut Vec<Fault>) -> Vec<(&'t str, Cow<'t, str>)> {
    let mut texts = Vec::new();
    for (path, bytes) in files.files.iter().filter(|(path, _)| SourceTree::wants(path)) {
        match decode(path, bytes) {
            Ok(text) => texts.push((path.as_str(), text)),
            Err(fault) => faults.push(*fault),
        }
    }
    texts
}

/// What sets contradict among each other.
fn check_sets(sets: &mut [(Sheet<'_>, SetDraft)]) {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    let mut count = 0;
    for (sheet, set) in sets.iter_mut() {
        if let Some(id) = &set.id {
            if let Some(file) = seen.get(&id.value) {
                let code = FaultCode::SetDuplicate {
                    id: id.value.clone(),
                    file: file.clone(),
                };
                sheet.fault(id.span.clone(), &Subject::File, code);
            } else {
                seen.insert(id.value.clone(), sheet.file.to_owned());
            }
        }
        let before = count;
        count += set.count;
        if before <= questions::MAX_QUESTIONS && count > questions::MAX_QUESTIONS {
            let (count, limit) = (count as u64, questions::MAX_QUESTIONS as u64);
            sheet.fault(0..0, &Subject::File, FaultCode::TooManyQuestions { count, limit });
        }
    }
    similar::check_stems(sets);
}

/// What the files contradict among each other; `unread` says that a question file could not be decoded.
fn check_together(
    contest: &ContestDraft,
    sheet: &mut Sheet<'_>,
    units: &UnitsDraft,
    units_sheet: Option<&mut Sheet<'_>>,
    sets: &mut [(Sheet<'_>, SetDraft)],
    unread: bool,
) {
    let mut facts = SetsFacts {
        sets: BTreeMap::new(),
        uncertain: BTreeSet::new(),
        complete: !unread,
    };
    for (sheet, set) in sets.iter() {
        let Some(id) = &set.id else {
            facts.complete = false;
            continue;
        };
        let again = facts.sets.insert(id.value.clone(), set.holdings).is_some();
        // Of two sets with one name, one was meant to have another.
        facts.complete &= !again;
        if again || sheet.is_broken() {
            facts.uncertain.insert(id.value.clone());
        }
    }
    let used = feasible::check_draws(sheet, contest, &facts);
    contest.prizes.check(sheet, contest.rounds.len());
    feasible::check_units(sheet, contest, units);
    if let Some(units_sheet) = units_sheet {
        feasible::check_days(units_sheet, contest, units);
    }
    let Some(used) = used.filter(|_| !sheet.is_broken()) else {
        return;
    };
    for (sheet, set) in sets {
        if let Some(id) = set.id.as_ref().filter(|id| !used.contains(&id.value)) {
            let code = FaultCode::UnusedSet {
                set: id.value.clone(),
            };
            sheet.fault(id.span.clone(), &Subject::File, code);
        }
    }
}

fn finish(
    contest: ContestDraft,
    slug: &str,
    units: UnitsDraft,
    sets: Vec<SetDraft>,
) -> Option<LoadedContest> {
    Some(LoadedContest {
        definition: contest.finish(slug)?,
        units: units.units.into_iter().map(|unit| unit.definition).collect(),
        listed: Vec::new(),
        sets: sets
            .into_iter()
            .map(SetDraft::finish)
            .collect::<Option<Vec<_>>>()?,
        media: Vec::new(),
    })
}

/// The order of files in a report.
fn file_order(file: &str) -> (u8, String) {
    let rank = match file {
        contest::FILE => 0,
        units::FILE => 1,
        excluded::FILE => 2,
        _ => 3,
    };
    (rank, file.to_owned())
}
