//! Claims about item statistics for any marks: they agree with the definitions, whatever the order.
#![expect(clippy::float_arithmetic, reason = "figures are compared with figures")]

use super::item_statistics::*;
use super::item_statistics_tests::{answers, round};
use proptest::prelude::*;

/// The same figures from lists of numbers, straight from the definitions.
mod naive {
    pub(super) fn mean(x: &[f64]) -> f64 {
        x.iter().sum::<f64>() / x.len() as f64
    }

    pub(super) fn covariance(x: &[f64], y: &[f64]) -> f64 {
        let (mx, my) = (mean(x), mean(y));
        x.iter().zip(y).map(|(a, b)| (a - mx) * (b - my)).sum::<f64>() / (x.len() as f64 - 1.0)
    }

    pub(super) fn correlation(x: &[f64], y: &[f64]) -> Option<f64> {
        let spread = (covariance(x, x) * covariance(y, y)).sqrt();
        (spread > 1e-12).then(|| covariance(x, y) / spread)
    }

    pub(super) fn sorted(x: &[f64]) -> Vec<f64> {
        let mut x = x.to_vec();
        x.sort_by(f64::total_cmp);
        x
    }
}

fn close(found: Option<f64>, expected: Option<f64>) -> Result<(), TestCaseError> {
    match (found, expected) {
        (Some(found), Some(expected)) => prop_assert!((found - expected).abs() < 1e-6, "{found} {expected}"),
        (found, expected) => {
            prop_assert_eq!(found.is_some(), expected.is_some(), "{:?} {:?}", found, expected)
        }
    }
    Ok(())
}

fn marks() -> impl Strategy<Value = Vec<Vec<u32>>> {
    (2_usize..6)
        .prop_flat_map(|questions| prop::collection::vec(prop::collection::vec(0_u32..4, questions), 4..40))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn streaming_counts_agree_with_lists_of_numbers(rows in marks()) {
        let tally = round(&rows, 3);
        let questions = rows[0].len();
        let column = |nth: usize| -> Vec<f64> { rows.iter().map(|row| f64::from(row[nth])).collect() };
        let totals: Vec<f64> = rows.iter().map(|row| f64::from(row.iter().sum::<u32>())).collect();
        for (nth, item) in tally.item_statistics().iter().enumerate() {
            let x = column(nth);
            let rest: Vec<f64> = totals.iter().zip(&x).map(|(total, x)| total - x).collect();
            close(item.facility, Some(naive::mean(&x) / 3.0))?;
            close(item.sd, Some(naive::covariance(&x, &x).sqrt()))?;
            close(item.discrimination, naive::correlation(&x, &rest).map(|r| 100.0 * r))?;
            let best = naive::covariance(&naive::sorted(&x), &naive::sorted(&rest));
            close(item.efficiency, (best > 1e-12).then(|| 100.0 * naive::covariance(&x, &rest) / best))?;
        }
        let whole = naive::covariance(&totals, &totals);
        let parts: f64 = (0..questions).map(|nth| naive::covariance(&column(nth), &column(nth))).sum();
        let p = questions as f64;
        close(tally.test_statistics().consistency, (whole > 1e-12).then(|| 100.0 * p / (p - 1.0) * (1.0 - parts / whole)))?;
    }

    #[test]
    fn the_order_and_the_parts_do_not_matter(rows in marks(), cut in any::<prop::sample::Index>()) {
        let tally = round(&rows, 3);
        let mut turned = rows.clone();
        turned.reverse();
        prop_assert_eq!(&round(&turned, 3), &tally);
        let cut = cut.index(rows.len());
        let mut parts = RoundTally::new(tally.items().to_vec());
        for part in [&rows[..cut], &rows[cut..]] {
            let mut one = RoundTally::new(tally.items().to_vec());
            part.iter().for_each(|row| one.add(&answers(row)));
            parts.merge(&one);
        }
        prop_assert_eq!(&parts, &tally);
    }

    #[test]
    fn a_shift_of_one_question_leaves_the_correlations(rows in marks()) {
        let shifted: Vec<Vec<u32>> = rows.iter().map(|row| row.iter().enumerate().map(|(nth, mark)| mark + if nth == 0 { 7 } else { 0 }).collect()).collect();
        let (before, after) = (round(&rows, 10), round(&shifted, 10));
        for (before, after) in before.item_statistics().iter().zip(after.item_statistics()) {
            close(after.discrimination, before.discrimination)?;
            close(after.efficiency, before.efficiency)?;
        }
        close(after.test_statistics().consistency, before.test_statistics().consistency)?;
        close(after.test_statistics().skewness, before.test_statistics().skewness)?;
    }

    #[test]
    fn nothing_is_ever_not_a_number(rows in prop::collection::vec(prop::collection::vec(0_u32..2, 3), 0..6)) {
        let tally = round(&rows, 1);
        let json = serde_json::to_value((tally.item_statistics(), tally.test_statistics())).unwrap();
        let back = serde_json::to_string(&json).unwrap();
        prop_assert!(!back.contains("NaN"));
        for item in tally.item_statistics() {
            let all = [item.facility, item.sd, item.discrimination, item.efficiency, item.effective_weight, item.upper_lower];
            prop_assert!(all.iter().flatten().all(|figure| figure.is_finite()), "{all:?}");
        }
        let test = tally.test_statistics();
        prop_assert!([test.skewness, test.kurtosis, test.consistency, test.standard_error].iter().flatten().all(|figure| figure.is_finite()));
    }
}
