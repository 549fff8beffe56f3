//! The key of closed rounds as a paper lists it.
//!
//! Owns when a paper may hold it and which rounds it is about; which questions stay secret is `disclosure`'s.

use super::catalog::{Catalog, Contest};
use super::contest::KeyPublication;
use super::disclosure::{Disclosed, Disclosure, on_paper};
use super::marking::Marking;
use super::question::Question;
use super::round::Round;
use std::collections::BTreeSet;
use time::OffsetDateTime;

/// The key of a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundKey {
    /// Title of the round.
    pub title: String,
    /// Its questions in the order of the files.
    pub lines: Vec<KeyLine>,
    /// Questions kept back because somebody may still be asked them.
    pub held: usize,
}

/// A question with its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyLine {
    /// The question.
    pub question: Question,
    /// Places of the right options in the file, 0 = A; by the marking where the question has one.
    pub right: BTreeSet<u8>,
    /// How it was marked in the end, where the key of its set did not hold.
    pub marking: Option<Marking>,
}

/// Why a paper may not hold a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoKey {
    /// The contest never shows keys.
    Never,
    /// The round is not closed.
    RoundOpen,
    /// The contest shows keys when it is over, and a round of it is not closed.
    ContestOpen,
}

/// The keys of a round, or of every round of the contest, as a paper may hold them at `now`.
pub fn round_keys(
    catalog: &Catalog,
    contest: &Contest,
    round: Option<&Round>,
    now: OffsetDateTime,
) -> Result<Vec<RoundKey>, NoKey> {
    let rounds: Vec<&Round> = match round {
        Some(round) => vec![round],
        None => contest.rounds.iter().collect(),
    };
    rounds
        .into_iter()
        .map(|round| match on_paper(catalog, contest, round, now) {
            Disclosure::Never | Disclosure::Later(KeyPublication::Never) => Err(NoKey::Never),
            Disclosure::Later(KeyPublication::AfterRound) => Err(NoKey::RoundOpen),
            Disclosure::Later(KeyPublication::AfterContest) => Err(NoKey::ContestOpen),
            Disclosure::Open { questions, held } => Ok(RoundKey {
                title: round.title.clone(),
                lines: questions.into_iter().map(line).collect(),
                held,
            }),
        })
        .collect()
}

fn line(disclosed: Disclosed<'_>) -> KeyLine {
    KeyLine {
        question: disclosed.question.clone(),
        right: disclosed.right,
        marking: disclosed.marking.cloned(),
    }
}
