//! What a correction of a question's marking does to a round: attempts, people, prizes.
//!
//! Owns the decision's content and the comparison of before and after; leaves reading and writing scores to `store`, and
//! who may propose and approve to `action`.

use super::decision::{Kind, Payload};
use super::ids::ParticipantId;
use super::marking::{Marking, Markings};
use super::prize::Award;
use super::question::{QuestionId, SetVersion};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// How one question of a round is to be marked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Treatment {
    /// The version of its set.
    pub version: SetVersion,
    /// Its name in the set.
    pub question: QuestionId,
    /// The marking; `None` takes the key again.
    pub marking: Option<Marking>,
}

impl Treatment {
    /// The markings of the round with this one among them.
    pub fn applied(&self, markings: &Markings) -> Markings {
        let mut markings = markings.clone();
        markings.set(&self.version, &self.question, self.marking.clone());
        markings
    }
}

/// Attempts whose score a correction changes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttemptChanges {
    /// Attempts whose paper has the question.
    pub met: i64,
    /// Of these, attempts of which anything changes: points, right answers, or questions counted.
    pub changed: i64,
    /// Of these, attempts with more points.
    pub up: i64,
    /// Attempts with fewer points.
    pub down: i64,
}

/// Attempts by how many points they gain; below zero by how many they lose.
pub type Differences = BTreeMap<i64, i64>;

/// A figure before and after.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BeforeAfter<T> {
    /// As it is.
    pub before: T,
    /// As it would be.
    pub after: T,
}

impl<T: PartialEq> BeforeAfter<T> {
    /// Whether anything changes.
    pub fn differs(&self) -> bool {
        self.before != self.after
    }
}

/// A place of a prize that goes to somebody else, or to nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrizeChange {
    /// Which prize, counted from 0 in the order of the contest file.
    pub prize: u16,
    /// 1 to the number of places.
    pub place: u16,
    /// Who has it.
    pub before: Option<ParticipantId>,
    /// Who would have it; nobody also where equals at its border are to be settled.
    pub after: Option<ParticipantId>,
}

/// Everything that a correction changes, as a dry run finds it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// Attempts.
    pub attempts: AttemptChanges,
    /// Attempts right in every question.
    pub all_correct: BeforeAfter<i64>,
    /// People who may win a prize.
    pub eligible: BeforeAfter<i64>,
    /// The predicted quantity as it came out.
    pub actual: BeforeAfter<Option<i64>>,
    /// Prizes that change hands.
    pub prizes: Vec<PrizeChange>,
    /// Prize borders that the board must settle among equals afterwards.
    pub ties: i64,
}

impl Figures {
    /// People who hold no prize of the round any more, and people who hold one now.
    pub fn losers_and_winners(&self) -> (BTreeSet<ParticipantId>, BTreeSet<ParticipantId>) {
        let people = |side: fn(&PrizeChange) -> Option<ParticipantId>| -> BTreeSet<ParticipantId> {
            self.prizes.iter().filter_map(side).collect()
        };
        let (before, after) = (people(|change| change.before), people(|change| change.after));
        (
            before.difference(&after).copied().collect(),
            after.difference(&before).copied().collect(),
        )
    }
}

/// The prizes that change hands between two givings.
pub fn prize_changes(before: &[Award], after: &[Award]) -> Vec<PrizeChange> {
    let by_place = |awards: &[Award]| -> BTreeMap<(u16, u16), ParticipantId> {
        let place = |award: &Award| ((award.prize, award.place), award.participant);
        awards.iter().map(place).collect()
    };
    let (before, after) = (by_place(before), by_place(after));
    let places: BTreeSet<&(u16, u16)> = before.keys().chain(after.keys()).collect();
    places
        .into_iter()
        .map(|place| PrizeChange {
            prize: place.0,
            place: place.1,
            before: before.get(place).copied(),
            after: after.get(place).copied(),
        })
        .filter(|change| change.before != change.after)
        .collect()
}

/// A decision to mark a question in another way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rescore {
    /// The scoring that it starts from; if another is in force by then, the figures hold no more.
    pub scoring: i64,
    /// What is decided.
    pub treatment: Treatment,
    /// What the dry run found.
    pub figures: Figures,
    /// The attempts that change by how many points; empty in proposals of earlier versions.
    #[serde(default)]
    pub differences: Differences,
}

impl Payload for Rescore {
    const KIND: Kind = Kind::Rescore;
    const VERSION: u16 = 1;

    fn subject(&self) -> String {
        let version: String = self.treatment.version.0.chars().take(12).collect();
        let question: String = self.treatment.question.0.chars().take(150).collect();
        format!("question:{version}:{question}")
    }
}

#[cfg(test)]
mod tests {
    use super::super::prize::SettledBy;
    use super::*;

    fn award(prize: u16, place: u16, participant: i64) -> Award {
        Award {
            prize,
            place,
            position: participant,
            participant: ParticipantId(participant),
            settled_by: SettledBy::Rank,
        }
    }

    #[test]
    fn prizes_that_change_hands_are_named_with_who_loses_and_who_wins() {
        let before = [award(0, 1, 1), award(1, 1, 2), award(1, 2, 3)];
        let after = [award(0, 1, 2), award(1, 1, 1), award(1, 2, 4)];
        let figures = Figures {
            prizes: prize_changes(&before, &after),
            ..Figures::default()
        };
        assert_eq!(figures.prizes.len(), 3);
        let (losers, winners) = figures.losers_and_winners();
        assert_eq!(
            (losers, winners),
            ([ParticipantId(3)].into(), [ParticipantId(4)].into())
        );
        assert_eq!(prize_changes(&before, &before), []);
        let gone = prize_changes(&before, &before[..2]);
        assert_eq!((gone[0].before, gone[0].after), (Some(ParticipantId(3)), None));
    }
}
