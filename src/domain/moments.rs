//! Mean, spread and correlation of whole numbers of which many entrants have the same.
//!
//! Owns the reckoning, in two passes over counted numbers so that nothing cancels; leaves what the numbers mean to
//! [`super::item_statistics`]. What is undefined is `None`.
#![expect(
    clippy::float_arithmetic,
    reason = "these figures describe a round; no rank or prize depends on them"
)]

use std::collections::BTreeMap;

/// A count as a number to reckon with; exact up to 2^53.
#[expect(
    clippy::cast_precision_loss,
    reason = "a round has far fewer than 2^53 entrants"
)]
pub(super) fn real(count: u64) -> f64 {
    count as f64
}

pub(super) fn median(totals: &BTreeMap<u32, u64>) -> Option<f64> {
    let entrants: u64 = totals.values().sum();
    let at = |place: u64| {
        let mut passed = 0;
        totals.iter().find_map(|(total, count)| {
            passed += count;
            (passed > place).then(|| f64::from(*total))
        })
    };
    let low = at(entrants.checked_sub(1)? / 2)?;
    let high = at(entrants / 2)?;
    Some((low + high) / 2.0)
}

/// Moments about the mean of numbers with how often each occurs.
pub(super) struct Moments {
    count: f64,
    pub(super) mean: Option<f64>,
    /// Means of the second, third and fourth powers of the distance from the mean.
    central: [f64; 3],
}

impl Moments {
    pub(super) fn of(values: impl Iterator<Item = (f64, u64)>) -> Self {
        let values: Vec<(f64, u64)> = values.collect();
        let count: u64 = values.iter().map(|(_, times)| times).sum();
        let count = real(count);
        if count == 0.0 {
            return Self {
                count,
                mean: None,
                central: [0.0; 3],
            };
        }
        let mean = values
            .iter()
            .map(|(value, times)| value * real(*times))
            .sum::<f64>()
            / count;
        let power = |exponent: i32| {
            let all = values
                .iter()
                .map(|(value, times)| real(*times) * (value - mean).powi(exponent));
            all.sum::<f64>() / count
        };
        Self {
            count,
            mean: Some(mean),
            central: [power(2), power(3), power(4)],
        }
    }

    /// The unbiased variance.
    pub(super) fn k2(&self) -> Option<f64> {
        let n = self.count;
        (n >= 2.0).then(|| self.central[0] * n / (n - 1.0))
    }

    pub(super) fn skewness(&self) -> Option<f64> {
        let (n, k2) = (self.count, self.k2().filter(|k2| *k2 > 0.0)?);
        let k3 = (n >= 3.0).then(|| n * n / ((n - 1.0) * (n - 2.0)) * self.central[1])?;
        Some(k3 / k2.powf(1.5))
    }

    pub(super) fn kurtosis(&self) -> Option<f64> {
        let (n, k2) = (self.count, self.k2().filter(|k2| *k2 > 0.0)?);
        let [m2, _, m4] = self.central;
        let scale = n * n / ((n - 1.0) * (n - 2.0) * (n - 3.0));
        (n >= 4.0).then(|| scale * ((n + 1.0) * m4 - 3.0 * (n - 1.0) * m2 * m2) / (k2 * k2))
    }
}

/// Two whole numbers of each entrant, with how many have them.
pub(super) struct Pairs(pub(super) Vec<(u32, u32, u64)>);

impl Pairs {
    fn sides(&self) -> (Moments, Moments) {
        (
            Moments::of(self.0.iter().map(|(x, _, times)| (f64::from(*x), *times))),
            Moments::of(self.0.iter().map(|(_, y, times)| (f64::from(*y), *times))),
        )
    }

    pub(super) fn covariance(&self) -> Option<f64> {
        let (x, y) = self.sides();
        let (mean_x, mean_y) = x.mean.zip(y.mean)?;
        let product = |(x, y, times): &(u32, u32, u64)| {
            real(*times) * (f64::from(*x) - mean_x) * (f64::from(*y) - mean_y)
        };
        (x.count >= 2.0).then(|| self.0.iter().map(product).sum::<f64>() / (x.count - 1.0))
    }

    pub(super) fn correlation(&self) -> Option<f64> {
        let (x, y) = self.sides();
        let spread = (x.k2()? * y.k2()?).sqrt();
        Some(self.covariance()? / spread).filter(|_| spread > 0.0)
    }

    /// The covariance by that of the same numbers, each side sorted.
    pub(super) fn efficiency(&self) -> Option<f64> {
        let mut left: BTreeMap<u32, u64> = BTreeMap::new();
        let mut right: BTreeMap<u32, u64> = BTreeMap::new();
        for (x, y, times) in &self.0 {
            *left.entry(*x).or_default() += times;
            *right.entry(*y).or_default() += times;
        }
        let best = Self(sorted_pairs(left, right)).covariance()?;
        Some(self.covariance()? / best).filter(|_| best > 0.0)
    }
}

/// The numbers of both sides in ascending order, side by side.
fn sorted_pairs(left: BTreeMap<u32, u64>, right: BTreeMap<u32, u64>) -> Vec<(u32, u32, u64)> {
    let mut out = Vec::new();
    let (mut left, mut right) = (left.into_iter().peekable(), right.into_iter().peekable());
    while let (Some((x, there)), Some((y, here))) = (left.peek_mut(), right.peek_mut()) {
        let times = (*there).min(*here);
        out.push((*x, *y, times));
        *there -= times;
        *here -= times;
        let (left_done, right_done) = (*there == 0, *here == 0);
        if left_done {
            let _ = left.next();
        }
        if right_done {
            let _ = right.next();
        }
    }
    out
}
