//! How well the questions of a round did their work: facility, discrimination, choices, and the consistency of the papers.
//!
//! Owns counting (in whole numbers, so that order and splitting change nothing) and the figures of a finished count; leaves
//! reading submissions to `store` and judging a suspicious key to [`super::key_alarm`]. What is undefined is `None`. How
//! long somebody looked at a question is not recorded, so nothing is said about it.
//!
//! Discrimination is always the correlation of a question with the rest of the paper, also where papers are drawn and
//! everyone meets other questions; then a question is judged by those who met it.
#![expect(
    clippy::float_arithmetic,
    reason = "these figures describe a round; no rank or prize depends on them"
)]

mod state;

pub use super::item_figures::{ConsistencyOf, ItemStatistics, OptionStatistics, TestStatistics};
use super::moments::{Moments, Pairs, median, real};
use super::question::{MAX_OPTIONS, QuestionId, SetVersion};
use serde::{Deserialize, Serialize};
pub use state::TallyState;
use std::collections::BTreeMap;

/// Share of the entrants in the upper and in the lower group, as is usual since Kelley (1939).
const GROUP: f64 = 0.27;

/// A question of the round, as far as counting needs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// The version of its set.
    pub version: SetVersion,
    /// Its name in the set.
    pub question: QuestionId,
    /// How many options it has.
    pub options: u8,
    /// Places of the right options.
    pub right: Vec<u8>,
    /// Most points it can earn; 1 where questions are right or wrong.
    pub max: u32,
}

/// What one entrant did with one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The place of the question in the list given to [`RoundTally::new`].
    pub item: usize,
    /// The points it earned.
    pub mark: u32,
    /// Places of the chosen options in the file, none twice; empty when left out.
    pub chosen: Vec<u8>,
}

/// Entrants who reached one total and one mark on a question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Cell {
    entrants: u64,
    blank: u64,
    chosen: [u64; MAX_OPTIONS],
}

/// The counts of one question, by total of the paper and mark on the question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct ItemTally {
    cells: BTreeMap<(u32, u32), Cell>,
}

/// The counts of a round. They grow with the number of questions and of different totals, not with that of entrants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundTally {
    items: Vec<Item>,
    tallies: Vec<ItemTally>,
    /// How many entrants reached each total, and how many questions papers had.
    totals: BTreeMap<u32, u64>,
    lengths: BTreeMap<usize, u64>,
}

impl RoundTally {
    /// No entrant yet.
    pub fn new(items: Vec<Item>) -> Self {
        let tallies = vec![ItemTally::default(); items.len()];
        Self {
            items,
            tallies,
            totals: BTreeMap::new(),
            lengths: BTreeMap::new(),
        }
    }

    /// The questions, in their order.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// How many papers were counted.
    pub fn entrants(&self) -> u64 {
        self.totals.values().sum()
    }

    /// Counts one paper; a question that is not of the round is passed over.
    pub fn add(&mut self, paper: &[Answered]) {
        let total: u32 = paper.iter().map(|answered| answered.mark).sum();
        *self.totals.entry(total).or_default() += 1;
        *self.lengths.entry(paper.len()).or_default() += 1;
        for answered in paper {
            let Some(tally) = self.tallies.get_mut(answered.item) else {
                continue;
            };
            let cell = tally.cells.entry((total, answered.mark)).or_default();
            cell.entrants += 1;
            cell.blank += u64::from(answered.chosen.is_empty());
            for place in &answered.chosen {
                if let Some(count) = cell.chosen.get_mut(usize::from(*place)) {
                    *count += 1;
                }
            }
        }
    }

    /// Adds the counts of another part of the same round, made with the same questions.
    pub fn merge(&mut self, other: &Self) {
        for (total, count) in &other.totals {
            *self.totals.entry(*total).or_default() += count;
        }
        for (length, count) in &other.lengths {
            *self.lengths.entry(*length).or_default() += count;
        }
        for (mine, theirs) in self.tallies.iter_mut().zip(&other.tallies) {
            for (key, cell) in &theirs.cells {
                let own = mine.cells.entry(*key).or_default();
                own.entrants += cell.entrants;
                own.blank += cell.blank;
                for (own, count) in own.chosen.iter_mut().zip(&cell.chosen) {
                    *own += count;
                }
            }
        }
    }

    /// Whether every paper had the same questions.
    fn is_one_form(&self) -> bool {
        let entrants = self.entrants();
        self.tallies.iter().all(|tally| tally.entrants() == entrants) && self.lengths.len() <= 1
    }

    /// The figures of the questions, in their order; those that nobody met are among them.
    pub fn item_statistics(&self) -> Vec<ItemStatistics> {
        let covariances: Vec<Option<f64>> = self
            .tallies
            .iter()
            .map(|tally| tally.pairs(|total, _| total).covariance())
            .collect();
        // With a negative covariance a question has no weight of its own; the others share.
        let roots: f64 = covariances
            .iter()
            .flatten()
            .filter(|c| **c > 0.0)
            .map(|c| c.sqrt())
            .sum();
        let one_form = self.is_one_form();
        let weight = |covariance: Option<f64>| {
            let covariance = covariance.filter(|c| one_form && *c >= 0.0 && roots > 0.0)?;
            Some(100.0 * covariance.sqrt() / roots)
        };
        let all = self.items.iter().zip(&self.tallies).zip(covariances);
        all.map(|((item, tally), covariance)| tally.statistics(item, weight(covariance)))
            .collect()
    }

    /// The figures of the papers as wholes.
    pub fn test_statistics(&self) -> TestStatistics {
        let moments = Moments::of(
            self.totals
                .iter()
                .map(|(total, count)| (f64::from(*total), *count)),
        );
        let variance = moments.k2();
        let sd = variance.map(f64::sqrt);
        let (consistency, consistency_of) = self.consistency(variance);
        let error_ratio = consistency
            .filter(|c| *c <= 100.0)
            .map(|c| 100.0 * (1.0 - c / 100.0).sqrt());
        TestStatistics {
            entrants: self.entrants(),
            questions: match self.lengths.len() {
                1 => self.lengths.keys().next().copied(),
                _ => None,
            },
            mean: moments.mean,
            median: median(&self.totals),
            sd,
            skewness: moments.skewness(),
            kurtosis: moments.kurtosis(),
            consistency,
            consistency_of,
            error_ratio,
            standard_error: error_ratio.zip(sd).map(|(ratio, sd)| ratio * sd / 100.0),
        }
    }

    /// Cronbach's alpha where all papers have the same questions; for papers drawn from many, Kuder and Richardson's
    /// formula 21, which needs the totals alone.
    fn consistency(&self, variance: Option<f64>) -> (Option<f64>, ConsistencyOf) {
        let variance = variance.filter(|variance| *variance > 0.0);
        let mut lengths = self.lengths.keys();
        let length = match (lengths.next(), lengths.next()) {
            (Some(length), None) if *length >= 2 => real(*length as u64),
            _ => return (None, ConsistencyOf::Questions),
        };
        let lift = 100.0 * length / (length - 1.0);
        if self.is_one_form() {
            let parts: Option<f64> = self.tallies.iter().map(|tally| tally.marks().k2()).sum();
            let alpha = parts
                .zip(variance)
                .map(|(parts, whole)| lift * (1.0 - parts / whole));
            return (alpha, ConsistencyOf::Questions);
        }
        let is_right_or_wrong = self.items.iter().all(|item| item.max == 1);
        let mean = Moments::of(
            self.totals
                .iter()
                .map(|(total, count)| (f64::from(*total), *count)),
        )
        .mean;
        let alpha = mean.zip(variance).filter(|_| is_right_or_wrong);
        let alpha = alpha.map(|(mean, whole)| lift * (1.0 - mean * (length - mean) / (length * whole)));
        (alpha, ConsistencyOf::Totals)
    }
}

impl ItemTally {
    fn entrants(&self) -> u64 {
        self.cells.values().map(|cell| cell.entrants).sum()
    }

    fn marks(&self) -> Moments {
        Moments::of(
            self.cells
                .iter()
                .map(|((_, mark), cell)| (f64::from(*mark), cell.entrants)),
        )
    }

    /// Marks with another number of each entrant: the total, or the rest.
    fn pairs(&self, other: impl Fn(u32, u32) -> u32) -> Pairs {
        let pair = |((total, mark), cell): (&(u32, u32), &Cell)| (*mark, other(*total, *mark), cell.entrants);
        Pairs(self.cells.iter().map(pair).collect())
    }

    fn statistics(&self, item: &Item, effective_weight: Option<f64>) -> ItemStatistics {
        let marks = self.marks();
        let rest = self.pairs(|total, mark| total.saturating_sub(mark));
        let by_total = |total: u32, _: u32| total;
        let by_rest = |total: u32, mark: u32| total.saturating_sub(mark);
        let (upper, lower) = (
            self.group(GROUP, by_total, true),
            self.group(GROUP, by_total, false),
        );
        let top = self.group(0.25, by_rest, true);
        let max = f64::from(item.max);
        let facility = |mean: Option<f64>| mean.filter(|_| item.max > 0).map(|mean| mean / max);
        let options = (0..item.options).map(|place| {
            let index = usize::from(place);
            let chosen = self
                .cells
                .values()
                .filter_map(|cell| cell.chosen.get(index))
                .sum();
            OptionStatistics {
                right: item.right.contains(&place),
                chosen,
                share: quotient(chosen, self.entrants()),
                upper: upper.share(index),
                lower: lower.share(index),
                top_quarter: top.share(index),
            }
        });
        ItemStatistics {
            exposure: self.entrants(),
            blank: self.cells.values().map(|cell| cell.blank).sum(),
            facility: facility(marks.mean),
            sd: marks.k2().map(f64::sqrt),
            random_guess: random_guess(item),
            discrimination: rest.correlation().map(|r| 100.0 * r),
            efficiency: rest.efficiency().map(|e| 100.0 * e),
            effective_weight,
            upper_lower: facility(upper.mean())
                .zip(facility(lower.mean()))
                .map(|(upper, lower)| upper - lower),
            options: options.collect(),
        }
    }

    /// The best or worst entrants by a number. Of those with the number at the border each counts in part, so that the
    /// group has its size whatever order they came in.
    fn group(&self, size: f64, by: impl Fn(u32, u32) -> u32, best: bool) -> Group {
        let mut classes: BTreeMap<u32, Vec<(u32, &Cell)>> = BTreeMap::new();
        for ((total, mark), cell) in &self.cells {
            classes.entry(by(*total, *mark)).or_default().push((*mark, cell));
        }
        let mut left = size * real(self.entrants());
        let mut group = Group::default();
        let mut ordered: Vec<_> = classes.into_values().collect();
        if best {
            ordered.reverse();
        }
        for class in ordered {
            let count = real(class.iter().map(|(_, cell)| cell.entrants).sum());
            let part = (left / count).clamp(0.0, 1.0);
            for (mark, cell) in class {
                group.entrants += part * real(cell.entrants);
                group.marks += part * real(cell.entrants) * f64::from(mark);
                for (sum, chosen) in group.chosen.iter_mut().zip(&cell.chosen) {
                    *sum += part * real(*chosen);
                }
            }
            left -= count;
            if left <= 0.0 {
                break;
            }
        }
        group
    }
}

/// A part of the entrants.
#[derive(Default)]
struct Group {
    entrants: f64,
    marks: f64,
    chosen: [f64; MAX_OPTIONS],
}

impl Group {
    fn mean(&self) -> Option<f64> {
        (self.entrants > 0.0).then(|| self.marks / self.entrants)
    }

    fn share(&self, place: usize) -> Option<f64> {
        let chosen = self.chosen.get(place).filter(|_| self.entrants > 0.0)?;
        Some(chosen / self.entrants)
    }
}

fn quotient(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| real(part) / real(whole))
}

/// One option out of all; of several right options, one out of all ways to choose at least one.
fn random_guess(item: &Item) -> Option<f64> {
    match (item.options, item.right.len()) {
        (0 | 1, _) | (_, 0) => None,
        (options, 1) => Some(1.0 / f64::from(options)),
        (options, _) => Some(1.0 / (2.0_f64.powi(i32::from(options)) - 1.0)),
    }
}
