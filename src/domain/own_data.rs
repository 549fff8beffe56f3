//! What a participant may do with the data kept of them: what stands in the way of a correction or an erasure.
//!
//! Owns the rule; leaves looking the facts up and doing it to others.

use super::ids::RoundId;
use time::OffsetDateTime;

/// What is known of a person when a request comes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnFacts {
    /// Deadline of an attempt that is not finished.
    pub running_until: Option<OffsetDateTime>,
    /// The first round the person has submitted in that is over and not published.
    pub judged: Option<RoundId>,
    /// The result over the whole contest is being judged, and the person has submitted.
    pub overall_judged: bool,
    /// Names of the prizes that have been published.
    pub prizes: Vec<String>,
}

/// What stands in the way; each passes by itself but the prize.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hold {
    /// An attempt is running until then.
    Running(OffsetDateTime),
    /// A round is being judged; `None` for the contest as a whole. The same for whoever took part, so that nobody learns
    /// early who has won.
    Judging(Option<RoundId>),
    /// These prizes have been published.
    Prize(Vec<String>),
}

impl Hold {
    /// The word that is logged.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Running(_) => "running",
            Self::Judging(_) => "judging",
            Self::Prize(_) => "prize",
        }
    }
}

/// What stands in the way of a correction. Judges must find the person they ranked, and winners are written in papers.
pub fn holds_correction(facts: &OwnFacts) -> Option<Hold> {
    if !facts.prizes.is_empty() {
        return Some(Hold::Prize(facts.prizes.clone()));
    }
    match (facts.judged, facts.overall_judged) {
        (Some(round), _) => Some(Hold::Judging(Some(round))),
        (None, true) => Some(Hold::Judging(None)),
        (None, false) => None,
    }
}

/// What stands in the way of an erasure: the same, and an attempt that is running.
pub fn holds_erasure(facts: &OwnFacts) -> Option<Hold> {
    match facts.running_until {
        Some(deadline) => Some(Hold::Running(deadline)),
        None => holds_correction(facts),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn a_running_attempt_holds_an_erasure_and_no_correction() {
        let until = datetime!(2033-06-06 09:00 UTC);
        let facts = OwnFacts {
            running_until: Some(until),
            ..OwnFacts::default()
        };
        assert_eq!(holds_erasure(&facts), Some(Hold::Running(until)));
        assert_eq!(holds_correction(&facts), None);
    }

    #[test]
    fn judging_holds_both_alike_and_a_prize_for_good() {
        let mut facts = OwnFacts {
            overall_judged: true,
            ..OwnFacts::default()
        };
        assert_eq!(holds_correction(&facts), Some(Hold::Judging(None)));
        facts.judged = Some(RoundId(3));
        assert_eq!(holds_erasure(&facts), Some(Hold::Judging(Some(RoundId(3)))));
        facts.prizes.push("Giải Nhì".to_owned());
        assert_eq!(holds_erasure(&facts).map(|hold| hold.name()), Some("prize"));
    }

    #[test]
    fn nothing_holds_whoever_only_registered() {
        assert_eq!(holds_erasure(&OwnFacts::default()), None);
    }
}
