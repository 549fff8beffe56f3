//! Contest and question files: text in, a contest or every fault at once out, and question sets out again as text.
//!
//! Owns the file formats and all that can be wrong in them; never opens a file: the caller hands over a [`SourceTree`].
//! Deciding what happens with a contest is left to `domain`, storing it to `store`.
//!
//! | file | holds |
//! | --- | --- |
//! | `code`, `fact`, `fault`, `render`, `report` | what can be wrong, where it is, how it is shown |
//! | `tree`, `reading` | the files of a directory; what all of them give together, or one alone |
//! | `source`, `node`, `syntax`, `format` | text with places, values with places, broken grammar, typed values |
//! | `contest`, `rules`, `ranking`, `essay`, `rounds`, `prediction`, `agree`, `prizes`, `spread`, `barred`, `access`, `complaints` | `contest.toml` |
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

mod access;
mod accounts;
mod agree;
mod archive;
mod barred;
mod bundle;
mod code;
mod collective;
mod columns;
mod complaints;
mod consistent;
mod contest;
mod contest_check;
mod csv;
mod detect;
mod docx;
mod emulation;
mod entry;
mod essay;
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
mod prediction;
mod preview;
mod print;
mod prizes;
mod questions;
mod ranking;
mod raw;
mod reading;
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
mod tree;
mod units;
mod version;
mod words;
mod write;
mod write_contest;
mod write_rules;

pub use accounts::{AccountRules, read_accounts};
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
pub use reading::{Reading, read_contest, read_contest_with, read_set, read_set_json, set_id_of_file};
pub use render::{faults_json, render_faults, summary};
pub use report::faults_xlsx;
pub use sheet::xlsx_template;
pub use similar::{Like, like_stored};
pub use sketch::{Sketch, Sketched, path_at};
pub use source::MAX_FILE_BYTES;
pub use tree::SourceTree;
pub use write::write_set_toml;
pub use write_contest::{sketch_of, write_contest_toml};

use crate::domain::contest::ContestDefinition;
use crate::domain::exclusion::ListedPerson;
use crate::domain::question::{AnswerKey, QuestionSet, SetVersion};
use crate::domain::unit::UnitDefinition;

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
