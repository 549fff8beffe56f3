//! What people find who read a case sheet: each for themselves, in writing, and how far the case is by that.
//!
//! Owns opinions, innocent readings and the state of a case. A finding changes nothing: what is to be voided is proposed and
//! decided as any ruling.

use super::decision::is_same_name;
use super::fair_play::Sign;
use time::OffsetDateTime;

/// What somebody finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Opinion {
    /// Nothing to be done.
    NoConcern,
    /// The person is asked first.
    Ask,
    /// It is to be proposed that it does not count.
    Void,
}

impl Opinion {
    /// Every opinion.
    pub const ALL: [Self; 3] = [Self::NoConcern, Self::Ask, Self::Void];

    /// The word stored, used in forms and message keys.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NoConcern => "no-concern",
            Self::Ask => "ask",
            Self::Void => "void",
        }
    }

    /// The opinion of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|opinion| opinion.name() == name)
    }
}

/// A way in which what was seen may be quite normal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reading {
    /// Many attempts before, on paper or here.
    Practised,
    /// Short questions, or few in the set.
    FewQuestions,
    /// A class or an office takes part together.
    Session,
    /// They talked about the guess.
    Talked,
    /// The guess is a round number, or one that stood in the news.
    KnownNumber,
    /// The rules allow several attempts, each with a guess.
    SeveralAllowed,
    /// Two people of one name and one birth date.
    Namesake,
    /// Somebody who registered again, with another telephone.
    AnotherPhone,
    /// One device or one helper for several people, such as at an office.
    Helped,
}

impl Reading {
    /// The word stored, used in forms and message keys.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Practised => "practised",
            Self::FewQuestions => "few-questions",
            Self::Session => "session",
            Self::Talked => "talked",
            Self::KnownNumber => "known-number",
            Self::SeveralAllowed => "several-allowed",
            Self::Namesake => "namesake",
            Self::AnotherPhone => "another-phone",
            Self::Helped => "helped",
        }
    }

    /// The readings to think of at a sign.
    pub const fn of(sign: &Sign) -> &'static [Self] {
        match sign {
            Sign::Quick { .. } => &[Self::Practised, Self::FewQuestions],
            Sign::Together { .. } => &[Self::Session, Self::Helped, Self::Talked, Self::KnownNumber],
            Sign::Ladder { .. } => &[Self::SeveralAllowed, Self::Talked],
            Sign::Alike { .. } => &[Self::Namesake, Self::AnotherPhone],
            Sign::Train { .. } => &[Self::Helped, Self::Session],
        }
    }
}

/// A finding as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseFinding {
    /// What.
    pub opinion: Opinion,
    /// Names of the innocent readings that the person ruled out.
    pub ruled_out: Vec<String>,
    /// On what grounds.
    pub reason: String,
    /// When.
    pub at: OffsetDateTime,
    /// By whom.
    pub by: String,
}

/// How far a case is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CaseState {
    /// Nobody has found anything yet.
    Open,
    /// One person has; another must read it too.
    Half,
    /// Two people or more, all of one opinion.
    Agreed(Opinion),
    /// They are of different opinions.
    Differ,
}

impl CaseState {
    /// The word used in message keys.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Half => "half",
            Self::Agreed(opinion) => opinion.name(),
            Self::Differ => "differ",
        }
    }

    /// By the findings of a case, the oldest first; the newest of a person holds.
    pub fn of(findings: &[CaseFinding]) -> Self {
        let held = held(findings);
        match held.as_slice() {
            [] => Self::Open,
            [_] => Self::Half,
            [first, rest @ ..] if rest.iter().all(|other| other.opinion == first.opinion) => {
                Self::Agreed(first.opinion)
            }
            _ => Self::Differ,
        }
    }
}

/// The newest finding of each person, in the order in which they first found something.
pub fn held(findings: &[CaseFinding]) -> Vec<&CaseFinding> {
    let mut held: Vec<&CaseFinding> = Vec::new();
    for finding in findings {
        match held.iter_mut().find(|own| is_same_name(&own.by, &finding.by)) {
            Some(own) => *own = finding,
            None => held.push(finding),
        }
    }
    held
}

/// What a person may read of others' findings: nothing before the own one, so that each finds for themselves.
pub fn readable<'a>(findings: &'a [CaseFinding], who: &str) -> Vec<&'a CaseFinding> {
    let held = held(findings);
    let has_own = held.iter().any(|finding| is_same_name(&finding.by, who));
    if has_own { held } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(by: &str, opinion: Opinion) -> CaseFinding {
        CaseFinding {
            opinion,
            ruled_out: Vec::new(),
            reason: "có căn cứ".to_owned(),
            at: OffsetDateTime::UNIX_EPOCH,
            by: by.to_owned(),
        }
    }

    #[test]
    fn two_people_are_needed_and_one_person_twice_is_one() {
        use Opinion::{NoConcern, Void};
        let mut findings = Vec::new();
        assert_eq!(CaseState::of(&findings), CaseState::Open);
        findings.push(finding("Lê Văn Bình", Void));
        findings.push(finding("lê văn  bình", Void));
        assert_eq!(CaseState::of(&findings), CaseState::Half);
        findings.push(finding("Trần Thị Hoa", NoConcern));
        assert_eq!(CaseState::of(&findings), CaseState::Differ);
        findings.push(finding("Trần Thị Hoa", Void));
        assert_eq!(
            CaseState::of(&findings),
            CaseState::Agreed(Void),
            "the newest of a person holds"
        );
        findings.push(finding("Vi Thị Xem", NoConcern));
        assert_eq!(
            CaseState::of(&findings),
            CaseState::Differ,
            "a third person may disagree"
        );
    }

    #[test]
    fn nobody_reads_what_others_found_before_they_found_something_themselves() {
        let findings = [finding("Lê Văn Bình", Opinion::Ask)];
        assert!(readable(&findings, "Trần Thị Hoa").is_empty());
        assert_eq!(readable(&findings, "LÊ VĂN BÌNH").len(), 1);
        let both = [
            finding("Lê Văn Bình", Opinion::Ask),
            finding("Trần Thị Hoa", Opinion::Ask),
        ];
        assert_eq!(readable(&both, "Trần Thị Hoa").len(), 2);
    }

    #[test]
    fn every_sign_has_innocent_readings() {
        let quick = Sign::Quick {
            pace_ms: 1,
            as_quick: 1,
            median_ms: 1,
        };
        let ladder = Sign::Ladder {
            guesses: 5,
            step: None,
            as_many: 1,
        };
        for sign in [quick, ladder] {
            assert!(Reading::of(&sign).len() > 1);
        }
    }
}
