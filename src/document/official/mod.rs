//! Official papers: templates filled with a contest's figures, as Word documents and as PDF.
//!
//! Owns what a filled paper is and how it is set; wordings come from the contest's folder or, where it has none, from
//! `templates/papers/`. Reads nothing and decides nothing. Papers are in Vietnamese whatever the language of the console.

mod answer_key;
#[cfg(test)]
mod answer_key_tests;
mod certificate;
mod chart;
mod docx;
mod docx_parts;
mod docx_xml;
mod fill;
mod meeting;
mod minutes;
mod model;
mod pdf;
mod png;
mod rules;
#[cfg(test)]
mod spread_tests;
mod tables;
#[cfg(test)]
mod tests;
mod values;
mod words;

pub use fill::Issue;
pub use minutes::{Minutes, minutes};
pub use model::Paper;
pub use rules::PaperRule;

use crate::bank::read_template;
use crate::domain::official::{PaperKind, Papers, Template};
use crate::store::paper_facts::PaperFacts;

/// A file format of papers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Print {
    /// A Word document, to be edited and signed.
    Docx,
    /// PDF, to be printed and kept.
    Pdf,
}

impl Print {
    /// Every format.
    pub const ALL: [Self; 2] = [Self::Docx, Self::Pdf];

    /// The file ending, also the word in commands and addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Docx => "docx",
            Self::Pdf => "pdf",
        }
    }

    /// Whether papers can be written so now: PDF is set by a program that may still be being built.
    pub fn is_ready(self) -> bool {
        self == Self::Docx || pdf::program().is_some()
    }

    /// The format of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|print| print.name() == name)
    }

    /// The type for a download.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Pdf => "application/pdf",
        }
    }
}

/// Why a paper was not written.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// The paper could not be set; a mistake of the program.
    #[error("the paper could not be set: {0}")]
    Set(String),
    /// The program that sets PDF is not there, or not built yet.
    #[error("hoithi-typeset, which sets PDF, is not beside this program")]
    NoTypesetter,
    /// The program is stopping.
    #[error("stopped before the paper was finished")]
    Stopped,
}

/// Writes a paper. Setting a PDF takes a core for a while, so at most one is set at a time.
pub async fn write_paper(paper: Paper, print: Print) -> Result<Vec<u8>, PrintError> {
    match print {
        Print::Docx => tokio::task::spawn_blocking(move || docx::write(&paper))
            .await
            .map_err(|_| PrintError::Stopped),
        Print::Pdf => pdf::write(&paper).await,
    }
}

/// A paper with its fields filled in. `codes` are those of certificates in the order of the winners, and `origin` is the
/// address under which their check pages stand; other papers need neither.
pub fn paper(facts: &PaperFacts, issue: &Issue<'_>, codes: &[String], origin: &str) -> Paper {
    match issue.kind {
        PaperKind::Certificates | PaperKind::UnitCertificates => {
            certificate::certificates(facts, issue, codes, origin)
        }
        _ => fill::fill(facts, issue),
    }
}

/// The path of a certificate's check page.
pub fn check_path(code: &str) -> String {
    format!("/chung-nhan/{code}")
}

/// The wording of a paper: the contest's own, or the built-in one.
pub fn template(papers: &Papers, kind: PaperKind) -> Template {
    papers
        .templates
        .get(&kind)
        .cloned()
        .unwrap_or_else(|| read_template(kind.name(), built_in(kind).as_bytes(), kind).0)
}

/// The text of a built-in template, for those who want to change it.
pub const fn built_in(kind: PaperKind) -> &'static str {
    match kind {
        PaperKind::Decision => include_str!("../../../templates/papers/decision.md"),
        PaperKind::Notice => include_str!("../../../templates/papers/notice.md"),
        PaperKind::Winners => include_str!("../../../templates/papers/winners.md"),
        PaperKind::Units => include_str!("../../../templates/papers/units.md"),
        PaperKind::Report => include_str!("../../../templates/papers/report.md"),
        PaperKind::Certificates => include_str!("../../../templates/papers/certificates.md"),
        PaperKind::UnitCertificates => include_str!("../../../templates/papers/unit-certificates.md"),
        PaperKind::Minutes => include_str!("../../../templates/papers/minutes.md"),
        PaperKind::Rules => include_str!("../../../templates/papers/rules.md"),
        PaperKind::AnswerKey => include_str!("../../../templates/papers/answer-key.md"),
    }
}
