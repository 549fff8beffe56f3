//! What a ruling changes: the ranking before and after it side by side.
//!
//! Owns the comparison of figures, prizes and ranks; both rankings are made by the same code as any other, so that what is
//! foretold is what happens.

use super::ids::{ParticipantId, UnitId};
use super::ranking::Tally;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The figures of a ranking.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// Lượt and người.
    pub tally: Tally,
    /// The predicted quantity as it came out.
    pub actual: Option<i64>,
    /// Ties at the border of a prize that the board must settle.
    pub ties: i64,
}

/// A place of a prize that goes to somebody else, or to nobody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrizeChange<T> {
    /// Which prize, from 0 in the order of the contest file.
    pub prize: u16,
    /// 1 to the number of places.
    pub place: u16,
    /// "Giải Nhất".
    pub name: String,
    /// Who has it before.
    pub before: Option<T>,
    /// Who has it after.
    pub after: Option<T>,
}

/// Everything that differs between two rankings of a round.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effect {
    /// Before.
    pub before: Figures,
    /// After.
    pub after: Figures,
    /// People who stand in the first and not in the second.
    pub left: i64,
    /// People who stand in the second and not in the first.
    pub joined: i64,
    /// People who stand in both with another rank.
    pub moved: i64,
    /// Prizes of people.
    pub prizes: Vec<PrizeChange<ParticipantId>>,
    /// Prizes of units.
    pub unit_prizes: Vec<PrizeChange<UnitId>>,
}

impl Effect {
    /// Attempts that count no more; negative when attempts count again.
    pub const fn attempts_removed(&self) -> i64 {
        self.before.tally.attempts - self.after.tally.attempts
    }

    /// Whether nothing at all differs.
    pub fn is_nothing(&self) -> bool {
        self.before == self.after
            && (self.left, self.joined, self.moved) == (0, 0, 0)
            && self.prizes.is_empty()
            && self.unit_prizes.is_empty()
    }
}

/// Who received a place of a prize: prize, place, its name, the winner.
pub type Given<T> = (u16, u16, String, T);

/// The places of prizes that changed hands.
pub fn prize_changes<T: Copy + PartialEq>(before: &[Given<T>], after: &[Given<T>]) -> Vec<PrizeChange<T>> {
    let mut places: BTreeMap<(u16, u16), PrizeChange<T>> = BTreeMap::new();
    for (prize, place, name, winner) in before {
        let change = PrizeChange {
            prize: *prize,
            place: *place,
            name: name.clone(),
            before: Some(*winner),
            after: None,
        };
        places.insert((*prize, *place), change);
    }
    for (prize, place, name, winner) in after {
        let nobody = || PrizeChange {
            prize: *prize,
            place: *place,
            name: name.clone(),
            before: None,
            after: None,
        };
        places.entry((*prize, *place)).or_insert_with(nobody).after = Some(*winner);
    }
    places
        .into_values()
        .filter(|change| change.before != change.after)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_told_when_it_goes_to_another_to_nobody_or_is_given_anew() {
        let given = |place, winner: i64| (0, place, "Giải Ba".to_owned(), winner);
        let before = [given(1, 10), given(2, 11), given(3, 12)];
        let after = [given(1, 10), given(2, 12), given(4, 13)];
        let changes: Vec<_> = prize_changes(&before, &after)
            .into_iter()
            .map(|change| (change.place, change.before, change.after))
            .collect();
        assert_eq!(
            changes,
            [(2, Some(11), Some(12)), (3, Some(12), None), (4, None, Some(13))]
        );
        assert!(prize_changes(&before, &before).is_empty());
    }
}
