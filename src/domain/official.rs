//! Official papers: which there are, what their wording may name, and whose heading they carry.
//!
//! Owns the templates as values; leaves reading them from files to `bank`, and filling and setting them to `document`.

mod template;

pub use template::{Line, Named, Part, Piece, Span, Template, TemplateLine, Text};

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A paper that the organiser issues.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PaperKind {
    /// Quyết định with the list of winners attached.
    Decision,
    /// Thông báo of a round's results.
    Notice,
    /// The list of winners alone.
    Winners,
    /// Biểu tổng hợp: the figures of every unit.
    Units,
    /// Báo cáo tổng kết with charts.
    Report,
    /// Giấy chứng nhận, a page for each winner.
    Certificates,
    /// Giấy khen, a page for each unit that won a prize.
    UnitCertificates,
    /// Biên bản of the meeting that goes through a result before it is approved.
    Minutes,
    /// Thể lệ: the rules as sentences, from the settings that run the contest.
    Rules,
    /// Đáp án: the key of closed rounds, published with their results.
    AnswerKey,
}

impl PaperKind {
    /// Every kind, in the order in which a board needs them.
    pub const ALL: [Self; 10] = [
        Self::Minutes,
        Self::Decision,
        Self::Notice,
        Self::Winners,
        Self::Units,
        Self::Report,
        Self::Certificates,
        Self::UnitCertificates,
        Self::AnswerKey,
        Self::Rules,
    ];

    /// The word in commands and addresses, and the name of its file in a contest's `papers/`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Decision => "decision",
            Self::Notice => "notice",
            Self::Winners => "winners",
            Self::Units => "units",
            Self::Report => "report",
            Self::Certificates => "certificates",
            Self::UnitCertificates => "unit-certificates",
            Self::Minutes => "minutes",
            Self::Rules => "rules",
            Self::AnswerKey => "answer-key",
        }
    }

    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The letters that stand for the kind in its number; `None` for papers without one.
    pub const fn letters(self) -> Option<&'static str> {
        match self {
            Self::Decision => Some("QĐ"),
            Self::Notice => Some("TB"),
            Self::Report => Some("BC"),
            Self::Minutes => Some("BB"),
            Self::Winners
            | Self::Units
            | Self::Certificates
            | Self::UnitCertificates
            | Self::Rules
            | Self::AnswerKey => None,
        }
    }

    /// Whether the paper names winners.
    pub const fn names_people(self) -> bool {
        !matches!(
            self,
            Self::Units | Self::UnitCertificates | Self::Rules | Self::AnswerKey
        )
    }

    /// Whether it has a page of its own for each winner.
    pub const fn is_certificate(self) -> bool {
        matches!(self, Self::Certificates | Self::UnitCertificates)
    }

    /// Whether it tells of a result, so that there must be one.
    pub const fn tells_result(self) -> bool {
        !matches!(self, Self::Rules | Self::AnswerKey)
    }

    /// Whether it is a draft until the result is approved. Minutes come before the approval and are its ground.
    pub const fn waits_for_approval(self) -> bool {
        !matches!(self, Self::Rules | Self::Minutes)
    }
}

/// The form of a paper: whose rules of presentation it follows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum House {
    /// Papers of Party bodies.
    #[default]
    Party,
    /// Administrative papers of the state.
    Government,
}

impl House {
    /// Every form.
    pub const ALL: [Self; 2] = [Self::Party, Self::Government];

    /// The word in files, commands and addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Party => "party",
            Self::Government => "government",
        }
    }

    /// The form of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|house| house.name() == name)
    }
}

/// What stands in the heads and at the feet of a contest's papers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Letterhead {
    /// The form used where none is asked for.
    pub house: House,
    /// The body above, first line of the head.
    pub superior: Option<String>,
    /// The body that issues; the contest's organising committee where it is not said.
    pub issuer: Option<String>,
    /// Place before the date.
    pub place: Option<String>,
    /// Letters of the body in numbers: `BTC` in "12-QĐ/BTC".
    pub letters: Option<String>,
    /// On whose behalf is signed: "T/M BAN TỔ CHỨC".
    pub on_behalf: Option<String>,
    /// Position of who signs.
    pub position: Option<String>,
    /// Name of who signs.
    pub signer: Option<String>,
    /// Lines of "Nơi nhận".
    pub recipients: Vec<String>,
}

/// The papers of a contest as its folder words them; a kind without a template of its own has the built-in one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Papers {
    /// Heads and feet.
    pub letterhead: Letterhead,
    /// Own wordings.
    pub templates: BTreeMap<PaperKind, Template>,
}

impl Papers {
    /// Whether a paper tells the key of rounds: the one made for it, and any whose own wording has the part.
    pub fn tells_key(&self, kind: PaperKind) -> bool {
        let has_part = |template: &Template| {
            let mut lines = template.0.iter();
            lines.any(|line| line.line == Line::Part(Part::KeyTable))
        };
        kind == PaperKind::AnswerKey || self.templates.get(&kind).is_some_and(has_part)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_found_again() {
        for kind in PaperKind::ALL {
            assert_eq!(PaperKind::parse(kind.name()), Some(kind));
        }
        for named in Named::ALL {
            assert_eq!(Named::parse(named.name()), Some(*named));
        }
        for part in Part::ALL {
            assert_eq!(Part::parse(part.name()), Some(*part));
        }
        assert_eq!(House::parse("party"), Some(House::Party));
    }

    #[test]
    fn a_paper_tells_the_key_where_its_wording_has_the_part() {
        let part = TemplateLine {
            only_if: None,
            line: Line::Part(Part::KeyTable),
        };
        let mut papers = Papers::default();
        assert!(papers.tells_key(PaperKind::AnswerKey) && !papers.tells_key(PaperKind::Notice));
        papers.templates.insert(PaperKind::Notice, Template(vec![part]));
        assert!(papers.tells_key(PaperKind::Notice) && !papers.tells_key(PaperKind::Decision));
    }
}
