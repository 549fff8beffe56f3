//! The counts of a round in a form that can be kept and carried on.
//!
//! Owns that form and that counts are only carried on with the same questions; leaves keeping it to `store`.

use super::{Cell, Item, ItemTally, RoundTally};
use crate::domain::question::MAX_OPTIONS;
use serde::{Deserialize, Serialize};

/// Counts as they are kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TallyState {
    items: Vec<Item>,
    /// Total, entrants.
    totals: Vec<(u32, u64)>,
    /// Questions on a paper, papers.
    lengths: Vec<(usize, u64)>,
    /// One list a question: total, mark, entrants, blanks, choices by place.
    cells: Vec<Vec<CellState>>,
}

type CellState = (u32, u32, u64, u64, Vec<u64>);

impl RoundTally {
    /// The counts as they are kept.
    pub fn state(&self) -> TallyState {
        let cells = self.items.iter().zip(&self.tallies).map(|(item, tally)| {
            let cell = |((total, mark), cell): (&(u32, u32), &Cell)| {
                let chosen = cell.chosen.iter().take(usize::from(item.options));
                (
                    *total,
                    *mark,
                    cell.entrants,
                    cell.blank,
                    chosen.copied().collect(),
                )
            };
            tally.cells.iter().map(cell).collect()
        });
        TallyState {
            cells: cells.collect(),
            items: self.items.clone(),
            totals: self.totals.iter().map(|(total, n)| (*total, *n)).collect(),
            lengths: self.lengths.iter().map(|(length, n)| (*length, *n)).collect(),
        }
    }

    /// Counts to be carried on; `None` where they were made with other questions or by other marks.
    pub fn resume(items: &[Item], state: TallyState) -> Option<Self> {
        if state.items != items || state.cells.len() != items.len() {
            return None;
        }
        let tallies = state.cells.into_iter().map(|cells| ItemTally {
            cells: cells.into_iter().map(cell).collect(),
        });
        Some(Self {
            tallies: tallies.collect(),
            items: state.items,
            totals: state.totals.into_iter().collect(),
            lengths: state.lengths.into_iter().collect(),
        })
    }

    /// How many papers reached each total, in order of total.
    pub fn totals(&self) -> impl Iterator<Item = (u32, u64)> {
        self.totals.iter().map(|(total, n)| (*total, *n))
    }
}

fn cell((total, mark, entrants, blank, counts): CellState) -> ((u32, u32), Cell) {
    let mut chosen = [0; MAX_OPTIONS];
    for (slot, count) in chosen.iter_mut().zip(counts) {
        *slot = count;
    }
    let cell = Cell {
        entrants,
        blank,
        chosen,
    };
    ((total, mark), cell)
}

#[cfg(test)]
mod tests {
    use super::super::Answered;
    use super::*;
    use crate::domain::question::{QuestionId, SetVersion};

    #[test]
    fn kept_counts_are_carried_on_as_if_never_put_away() {
        let item = |n: u8| Item {
            version: SetVersion("v".into()),
            question: QuestionId(n.to_string()),
            options: 4,
            right: vec![n % 4],
            max: 1,
        };
        let items: Vec<Item> = (0..5).map(item).collect();
        let paper = |seed: u32| -> Vec<Answered> {
            let one = |(place, item): (usize, &Item)| {
                let choice = u8::try_from((seed * 7 + place as u32 * 3) % 5).unwrap();
                let chosen: Vec<u8> = (choice < 4).then_some(choice).into_iter().collect();
                Answered {
                    item: place,
                    mark: u32::from(chosen == item.right),
                    chosen,
                }
            };
            items.iter().enumerate().map(one).collect()
        };
        let mut whole = RoundTally::new(items.clone());
        (0..40).for_each(|seed| whole.add(&paper(seed)));
        let mut parts = RoundTally::new(items.clone());
        (0..17).for_each(|seed| parts.add(&paper(seed)));
        let kept = serde_json::to_value(parts.state()).unwrap();
        let mut parts = RoundTally::resume(&items, serde_json::from_value(kept.clone()).unwrap()).unwrap();
        (17..40).for_each(|seed| parts.add(&paper(seed)));
        assert_eq!(parts, whole);
        let other: Vec<Item> = (1..6).map(item).collect();
        assert!(RoundTally::resume(&other, serde_json::from_value(kept).unwrap()).is_none());
    }
}
