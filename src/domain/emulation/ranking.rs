//! Points of units by criteria, and the ranking inside a cluster.
//!
//! A unit's total is the sum of what its criteria give less what they take. A unit with a criterion not yet scored has no
//! rank: the ranking is provisional until every cell is filled. Equal totals share a rank and the next is skipped
//! (1, 2, 2, 4); where the cluster says so, equals are told apart by their criteria in order, the first that differs
//! deciding, and share a rank only if all are equal. Points are whole hundredths throughout; nothing is rounded.

use super::{CriterionId, MAX_NAME};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// Criteria of a cluster.
pub const MAX_CRITERIA: usize = 30;
/// Most points of a criterion, in hundredths: 10,000 points.
pub const MAX_HUNDREDTHS: u32 = 1_000_000;

/// What a criterion does to the total.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sense {
    /// Gives points.
    Adds,
    /// Takes points away (điểm trừ).
    Deducts,
}

impl Sense {
    /// The word stored.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Adds => "adds",
            Self::Deducts => "deducts",
        }
    }

    /// The one of that word.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Adds, Self::Deducts]
            .into_iter()
            .find(|one| one.name() == name)
    }
}

/// What units are scored by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Criterion {
    /// What it is called.
    pub name: String,
    /// Most points, in hundredths.
    pub most: u32,
    /// Gives or takes.
    pub sense: Sense,
}

/// How units with equal totals stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Ties {
    /// They share a rank.
    #[default]
    Shared,
    /// The criteria are compared in order.
    Criteria,
}

impl Ties {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Shared, Self::Criteria];

    /// The word stored and used in message keys.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Shared => "shared",
            Self::Criteria => "criteria",
        }
    }

    /// The one of that word.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ties| ties.name() == name)
    }
}

/// A unit in the ranking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranked {
    /// Code of the unit.
    pub code: String,
    /// Total in hundredths of what is scored so far; may be below zero.
    pub total: i64,
    /// Shared by equals; `None` while a criterion is not scored.
    pub rank: Option<u32>,
    /// Criteria not scored yet.
    pub missing: usize,
}

/// Points by criterion and unit.
pub type Points = BTreeMap<(CriterionId, String), u32>;

/// The ranking of units, best first; units without a rank come last in the order given.
pub fn rank(
    codes: &[String],
    criteria: &[(CriterionId, Criterion)],
    points: &Points,
    ties: Ties,
) -> Vec<Ranked> {
    let given = |code: &String| -> Vec<Option<i64>> {
        let own = |(id, criterion): &(CriterionId, Criterion)| {
            let points = i64::from(*points.get(&(*id, code.clone()))?);
            Some(match criterion.sense {
                Sense::Adds => points,
                Sense::Deducts => -points,
            })
        };
        criteria.iter().map(own).collect()
    };
    let mut whole: Vec<(i64, Vec<i64>, &String)> = Vec::new();
    let mut partial: Vec<Ranked> = Vec::new();
    for code in codes {
        let cells = given(code);
        let total = cells.iter().flatten().sum();
        let missing = cells.iter().filter(|cell| cell.is_none()).count();
        if missing == 0 && !criteria.is_empty() {
            whole.push((total, cells.into_iter().flatten().collect(), code));
        } else {
            partial.push(Ranked {
                code: code.clone(),
                total,
                rank: None,
                missing,
            });
        }
    }
    let order = |a: &(i64, Vec<i64>, &String), b: &(i64, Vec<i64>, &String)| -> Ordering {
        let by_criteria = match ties {
            Ties::Shared => Ordering::Equal,
            Ties::Criteria => b.1.cmp(&a.1),
        };
        b.0.cmp(&a.0).then(by_criteria)
    };
    // The sort is stable: equals stand in the order of the cluster.
    whole.sort_by(order);
    let mut ranked: Vec<Ranked> = Vec::with_capacity(codes.len());
    let mut shared = 1;
    for (at, one) in whole.iter().enumerate() {
        let equal = at > 0 && whole.get(at - 1).is_some_and(|before| order(before, one).is_eq());
        if !equal {
            shared = u32::try_from(at + 1).unwrap_or(u32::MAX);
        }
        ranked.push(Ranked {
            code: one.2.clone(),
            total: one.0,
            rank: Some(shared),
            missing: 0,
        });
    }
    ranked.extend(partial);
    ranked
}

/// Points from a contest's figures: the best unit gets all points of the criterion, every other its share of the best,
/// rounded down to a hundredth; a unit without a figure gets none. `figures` are fractions whose lower part is above zero.
pub fn proportional(most: u32, figures: &[(String, (u64, u64))]) -> Vec<(String, u32)> {
    let larger = |a: &(u64, u64), b: &(u64, u64)| {
        (u128::from(a.0) * u128::from(b.1)).cmp(&(u128::from(b.0) * u128::from(a.1)))
    };
    let best = figures
        .iter()
        .map(|(_, figure)| *figure)
        .max_by(larger)
        .filter(|best| best.0 > 0);
    let own = |figure: &(u64, u64)| -> u32 {
        let Some(best) = best else { return 0 };
        let above = u128::from(most) * u128::from(figure.0) * u128::from(best.1);
        let below = u128::from(figure.1) * u128::from(best.0);
        // At most `most`, because no figure is above the best.
        above
            .checked_div(below)
            .and_then(|n| u32::try_from(n).ok())
            .unwrap_or(0)
    };
    figures
        .iter()
        .map(|(code, figure)| (code.clone(), own(figure)))
        .collect()
}

/// What is wrong with typed points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PointsError {
    /// Not a number with at most two decimals.
    NotANumber,
    /// More than the criterion gives.
    TooMany,
}

/// Points as people type them, `9,5` or `9.50`, in hundredths.
pub fn parse_points(typed: &str, most: u32) -> Result<u32, PointsError> {
    let typed = typed.trim().replace(',', ".");
    let (whole, part) = typed.split_once('.').unwrap_or((&typed, ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 7 || part.len() > 2 || !digits(whole) || !digits(part) {
        return Err(PointsError::NotANumber);
    }
    let hundredths = format!("{whole}{part:0<2}");
    let hundredths: u32 = hundredths.parse().map_err(|_| PointsError::NotANumber)?;
    if hundredths > most {
        return Err(PointsError::TooMany);
    }
    Ok(hundredths)
}

/// What is wrong with a line of criteria.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CriterionError {
    /// There is none.
    None,
    /// More than [`MAX_CRITERIA`].
    TooMany,
    /// Line without `; points` at its end, or with points that are none.
    NoPoints(usize),
    /// Line without a name, or with one that is too long.
    Name(usize),
    /// Line that names the same as one before.
    Twice(usize),
}

/// Criteria as they are typed, one a line: `Tuyên truyền, phát động; 20`, and with a minus sign before the points
/// (`Chậm báo cáo; -5`) one that deducts.
pub fn parse_criteria(typed: &str) -> Result<Vec<Criterion>, CriterionError> {
    let mut criteria: Vec<Criterion> = Vec::new();
    let lines = typed.lines().map(str::trim).enumerate();
    for (at, line) in lines.filter(|(_, line)| !line.is_empty()) {
        let number = at + 1;
        if criteria.len() == MAX_CRITERIA {
            return Err(CriterionError::TooMany);
        }
        let (name, points) = line.rsplit_once(';').ok_or(CriterionError::NoPoints(number))?;
        let name = super::super::participant::tidy(name);
        if name.is_empty() || name.chars().count() > MAX_NAME {
            return Err(CriterionError::Name(number));
        }
        if criteria
            .iter()
            .any(|own| own.name.to_lowercase() == name.to_lowercase())
        {
            return Err(CriterionError::Twice(number));
        }
        let points = points.trim().replace('−', "-");
        let (sense, points) = match points.strip_prefix('-') {
            Some(points) => (Sense::Deducts, points),
            None => (Sense::Adds, points.as_str()),
        };
        let most = parse_points(points, MAX_HUNDREDTHS).map_err(|_| CriterionError::NoPoints(number))?;
        if most == 0 {
            return Err(CriterionError::NoPoints(number));
        }
        criteria.push(Criterion { name, most, sense });
    }
    if criteria.is_empty() {
        return Err(CriterionError::None);
    }
    Ok(criteria)
}
