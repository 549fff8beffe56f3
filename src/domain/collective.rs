//! Units as competitors: their figures in a ranking, and the prizes given to them.
//!
//! Owns what is counted for a unit and how units are compared, in whole numbers throughout; leaves the tree itself to
//! `unit` and the people's own places to `ranking` and `prize`.

use super::contest::{CollectiveMeasure, CollectivePrize, MeasurePart, Scope};
use super::ids::{ParticipantId, UnitId};
use super::prize::Award;
use super::ranking::Standing;
use super::unit::{Unit, counts_in};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// The figures of a unit in a ranking, units below it included.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitFigures {
    /// Different people who submitted (người).
    pub people: i64,
    /// Attempts submitted (lượt).
    pub attempts: i64,
    /// Sum of the counted scores.
    pub total_score: i64,
    /// People whose counted attempt is right throughout.
    pub all_correct: i64,
    /// Individual prizes won.
    pub winners: i64,
}

/// A unit with all that decides a prize for units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Competitor {
    /// The unit.
    pub unit: UnitId,
    /// 1 for a unit without parent, 2 below it, and so on.
    pub level: u8,
    /// Group for prizes among like units.
    pub bloc: Option<String>,
    /// People who could enter.
    pub headcount: Option<u32>,
    /// What it reached.
    pub figures: UnitFigures,
}

impl Competitor {
    /// Joins a unit with its figures.
    pub fn new(unit: &Unit, figures: UnitFigures) -> Self {
        let definition = &unit.definition;
        Self {
            unit: unit.id,
            level: unit.level,
            bloc: definition.bloc.clone(),
            headcount: definition.headcount,
            figures,
        }
    }
}

/// A prize given to a unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollectiveAward {
    /// Which prize, from 0 in the order of the contest file, whatever its scope.
    pub prize: u16,
    /// 1 to the number given; more than the places where equals stand at the last one.
    pub place: u16,
    /// The unit.
    pub unit: UnitId,
    /// Its rank by the measure among all who compete; equals share one.
    pub rank: i64,
}

/// The figures of every unit: each person counts for the unit entered for, for every unit above it and for those that took
/// any of them over. Units without
/// entrants have zeros. `awards` are those of the ranking; over the contest those of its rounds as well.
pub fn units(units: &[Unit], standings: &[Standing], awards: &[Award]) -> BTreeMap<UnitId, UnitFigures> {
    let winners: Vec<ParticipantId> = awards.iter().map(|award| award.participant).collect();
    let unit_of: BTreeMap<ParticipantId, UnitId> =
        standings.iter().map(|s| (s.participant, s.unit)).collect();
    let mut direct: BTreeMap<UnitId, UnitFigures> = BTreeMap::new();
    for standing in standings {
        let own = direct.entry(standing.unit).or_default();
        own.people += 1;
        own.attempts += i64::from(standing.attempts);
        own.total_score += standing.score;
        own.all_correct += i64::from(standing.correct == standing.total);
    }
    for unit in winners.iter().filter_map(|winner| unit_of.get(winner)) {
        direct.entry(*unit).or_default().winners += 1;
    }
    let mut figures: BTreeMap<UnitId, UnitFigures> = units
        .iter()
        .map(|unit| (unit.id, UnitFigures::default()))
        .collect();
    for (unit, above) in counts_in(units) {
        let Some(own) = direct.get(&unit) else { continue };
        for id in above {
            let sum = figures.entry(id).or_default();
            sum.people += own.people;
            sum.attempts += own.attempts;
            sum.total_score += own.total_score;
            sum.all_correct += own.all_correct;
            sum.winners += own.winners;
        }
    }
    figures
}

/// Gives the prizes of a scope to units. A unit competes for a prize if it is of the prize's level and bloc and reaches
/// the smallest rate; one whose measure is nothing never wins. Prizes that ask for the same thing of the same units follow
/// one another down one list, so that a unit receives the first that it reaches and not the next ones too. Equals at the last
/// place all receive the prize.
pub fn collective(
    prizes: &[CollectivePrize],
    scope: Scope,
    competitors: &[Competitor],
) -> Vec<CollectiveAward> {
    let mut given = Vec::new();
    let mut served: BTreeSet<(usize, UnitId)> = BTreeSet::new();
    for (index, prize) in prizes
        .iter()
        .enumerate()
        .filter(|(_, prize)| prize.scope == scope)
    {
        let ladder = prizes
            .iter()
            .position(|first| same_list(first, prize))
            .unwrap_or(index);
        let ranked = ranked(prize, competitors);
        let mut waiting = ranked
            .iter()
            .filter(|(_, unit)| !served.contains(&(ladder, *unit)));
        let winners: Vec<(i64, UnitId)> =
            match waiting.clone().nth(usize::from(prize.places).saturating_sub(1)) {
                Some((last, _)) => waiting.take_while(|(rank, _)| rank <= last).copied().collect(),
                None => waiting.by_ref().copied().collect(),
            };
        for (place, (rank, unit)) in (1..).zip(winners) {
            served.insert((ladder, unit));
            given.push(CollectiveAward {
                prize: u16::try_from(index).unwrap_or(u16::MAX),
                place,
                unit,
                rank,
            });
        }
    }
    given
}

/// Whether two prizes go down the same list of units.
fn same_list(a: &CollectivePrize, b: &CollectivePrize) -> bool {
    let made_of = |prize: &CollectivePrize| (prize.of.clone(), prize.top, prize.then.clone());
    (a.scope, a.by, a.level, &a.bloc, a.min_rate_bp) == (b.scope, b.by, b.level, &b.bloc, b.min_rate_bp)
        && made_of(a) == made_of(b)
        && a.conditions == b.conditions
}

/// The units that compete for a prize, best first, each with its rank.
fn ranked(prize: &CollectivePrize, competitors: &[Competitor]) -> Vec<(i64, UnitId)> {
    let competing: Vec<&Competitor> = competitors.iter().filter(|one| competes(prize, one)).collect();
    let parts = Parts::of(prize, &competing);
    let keys = |one: &Competitor| -> Option<Vec<Fraction>> {
        let first = parts.measure(prize, one).filter(|first| first.above > 0)?;
        // A unit of which a later measure cannot be told stands behind those of which it can.
        let later = prize
            .then
            .iter()
            .map(|by| measure(*by, one).unwrap_or(Fraction::NOTHING));
        Some(std::iter::once(first).chain(later).collect())
    };
    let measured = competing.iter().copied();
    let measured = measured.filter_map(|one| Some((keys(one)?, one.unit)));
    ranks(measured.collect())
}

/// Units by their measures, best first, each with the rank it shares with its equals.
fn ranks(mut measured: Vec<(Vec<Fraction>, UnitId)>) -> Vec<(i64, UnitId)> {
    measured.sort_by(|(a, unit_a), (b, unit_b)| compare(b, a).then(unit_a.cmp(unit_b)));
    let mut ranked: Vec<(i64, UnitId)> = Vec::with_capacity(measured.len());
    let mut before: Option<(i64, Vec<Fraction>)> = None;
    for (position, (measures, unit)) in (1..).zip(measured) {
        let rank = match &before {
            Some((rank, equal)) if compare(equal, &measures).is_eq() => *rank,
            _ => position,
        };
        before = Some((rank, measures));
        ranked.push((rank, unit));
    }
    ranked
}

fn compare(a: &[Fraction], b: &[Fraction]) -> Ordering {
    let mut pairs = a.iter().zip(b).map(|(a, b)| a.compare(*b));
    pairs.find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
}

/// Shares of the best are counted in millionths, rounded down.
const MILLION: u128 = 1_000_000;

/// What a measure made of several needs to know of all who compete.
struct Parts {
    /// For every part: the rank of each unit.
    ranks: Vec<(MeasurePart, BTreeMap<UnitId, i64>)>,
    /// For every part: the best.
    best: Vec<(MeasurePart, Option<Fraction>)>,
}

impl Parts {
    fn of(prize: &CollectivePrize, competing: &[&Competitor]) -> Self {
        let measured = |part: &MeasurePart| {
            let all = competing
                .iter()
                .filter_map(|one| Some((measure(part.by, one)?, one.unit)));
            all.filter(|(measure, _)| measure.above > 0).collect::<Vec<_>>()
        };
        let rank = |part: &MeasurePart| {
            let measured = measured(part)
                .into_iter()
                .map(|(measure, unit)| (vec![measure], unit));
            let ranks = ranks(measured.collect());
            (
                *part,
                ranks.into_iter().map(|(rank, unit)| (unit, rank)).collect(),
            )
        };
        let best = |part: &MeasurePart| {
            let all = measured(part).into_iter().map(|(measure, _)| measure);
            (*part, all.max_by(|a, b| a.compare(*b)))
        };
        Self {
            ranks: prize.of.iter().map(rank).collect(),
            best: prize.of.iter().map(best).collect(),
        }
    }

    fn measure(&self, prize: &CollectivePrize, one: &Competitor) -> Option<Fraction> {
        let above = match prize.by {
            CollectiveMeasure::RankPoints => self.rank_points(prize.top, one.unit),
            CollectiveMeasure::Weighted => self.weighted(one),
            simple => return measure(simple, one),
        };
        Some(Fraction { above, below: 1 })
    }

    /// Each part gives `top` points to the best, one less to the next rank, and so on down to none.
    fn rank_points(&self, top: u16, unit: UnitId) -> u128 {
        let points = self.ranks.iter().map(|(part, ranks)| {
            let rank = ranks.get(&unit).copied().unwrap_or(i64::MAX);
            whole(i64::from(top) + 1 - rank.min(i64::from(top) + 1)) * u128::from(part.weight)
        });
        points.sum()
    }

    /// Each part gives the share of the best unit's, in millionths, times its weight.
    fn weighted(&self, one: &Competitor) -> u128 {
        let shares = self.best.iter().map(|(part, best)| {
            let (Some(best), Some(own)) = (best, measure(part.by, one)) else {
                return 0;
            };
            own.above * best.below * MILLION / (own.below * best.above) * u128::from(part.weight)
        });
        shares.sum()
    }
}

/// Whether a unit is of the prize's level and bloc and reaches what the prize asks for; without a headcount no rate is
/// reached.
fn competes(prize: &CollectivePrize, one: &Competitor) -> bool {
    let reaches = |least: u32| {
        let headcount = one.headcount.filter(|headcount| *headcount > 0);
        headcount.is_some_and(|all| whole(one.figures.people) * 10_000 >= u128::from(least) * u128::from(all))
    };
    let conditions = &prize.conditions;
    let size = one.headcount.unwrap_or(0);
    let band = conditions
        .bands
        .iter()
        .find(|band| band.below.is_none_or(|below| size < below));
    let enough = |least: Option<u32>, number: i64| least.is_none_or(|least| number >= i64::from(least));
    one.level == prize.level
        && band.is_none_or(|band| reaches(band.min_rate_bp))
        && enough(conditions.min_people, one.figures.people)
        && enough(conditions.min_winners, one.figures.winners)
        && prize
            .bloc
            .as_ref()
            .is_none_or(|bloc| one.bloc.as_ref() == Some(bloc))
        && prize.min_rate_bp.is_none_or(reaches)
}

/// A measure as an exact fraction; the lower part is never zero.
#[derive(Debug, Clone, Copy)]
struct Fraction {
    above: u128,
    below: u128,
}

impl Fraction {
    const NOTHING: Self = Self { above: 0, below: 1 };

    fn compare(self, other: Self) -> Ordering {
        (self.above * other.below).cmp(&(other.above * self.below))
    }
}

/// What a unit reached by a simple measure; `None` where it cannot be told, for want of people or of a headcount.
fn measure(by: CollectiveMeasure, one: &Competitor) -> Option<Fraction> {
    let figures = one.figures;
    let (above, below) = match by {
        CollectiveMeasure::People => (figures.people, 1),
        CollectiveMeasure::Attempts => (figures.attempts, 1),
        CollectiveMeasure::Rate => (figures.people, i64::from(one.headcount?)),
        CollectiveMeasure::AverageScore => (figures.total_score, figures.people),
        CollectiveMeasure::TotalScore => (figures.total_score, 1),
        CollectiveMeasure::AllCorrect => (figures.all_correct, 1),
        CollectiveMeasure::Winners => (figures.winners, 1),
        // Made of several: told by `Parts`.
        CollectiveMeasure::RankPoints | CollectiveMeasure::Weighted => return None,
    };
    (below > 0).then(|| Fraction {
        above: whole(above),
        below: whole(below),
    })
}

/// A count, which is never negative.
fn whole(count: i64) -> u128 {
    u128::try_from(count).unwrap_or(0)
}

#[cfg(test)]
#[path = "collective_tests.rs"]
mod tests;
