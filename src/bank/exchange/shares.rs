//! Shares of a question's points, and the key that they make.
//!
//! Owns the shares that Moodle accepts and when they say which options are right; leaves reading them to each format.

use super::intake::{Intake, Often};
use crate::bank::code::FaultCode;
use crate::bank::format::At;
use std::ops::Range;

/// Hundred-thousandths of a percent.
pub(super) type Weight = i64;
/// 100 %.
pub(super) const FULL: Weight = 10_000_000;

/// A number with point as hundred-thousandths; further digits do not count. `None` for what is no number.
pub(super) fn weight(text: &str) -> Option<Weight> {
    let (negative, digits) = match text.trim().strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.trim()),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if (whole.is_empty() && part.is_empty()) || !is_number(whole) || !is_number(part) || whole.len() > 6 {
        return None;
    }
    let part: String = part.chars().chain("00000".chars()).take(5).collect();
    let value = format!("{whole}{part}").parse::<Weight>().ok()?;
    Some(if negative { -value } else { value })
}

/// A weight as people write it.
pub(super) fn weight_text(weight: Weight) -> String {
    let text = format!("{}.{:05}", weight.abs() / 100_000, weight.abs() % 100_000);
    let text = text.trim_end_matches('0').trim_end_matches('.');
    format!("{}{text}", if weight < 0 { "-" } else { "" })
}

/// The shares that Moodle knows, as hundred-thousandths of a percent.
const SHARES: [Weight; 21] = [
    10_000_000, 9_000_000, 8_333_333, 8_000_000, 7_500_000, 7_000_000, 6_666_667, 6_000_000, 5_000_000,
    4_000_000, 3_333_333, 3_000_000, 2_500_000, 2_000_000, 1_666_667, 1_428_571, 1_250_000, 1_111_111,
    1_000_000, 500_000, 0,
];
/// How far a written share may lie from a known one.
const TOLERANCE: Weight = 100;

/// How the options of a question are judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Takes {
    /// Exactly one option is chosen.
    One,
    /// Any number.
    Several,
}

impl Intake<'_, '_> {
    /// The right options, from the share of the points that each option earns; `None` where they do not make sense,
    /// which is noted.
    pub(super) fn key(
        &mut self,
        shares: &[At<Weight>],
        takes: Takes,
        span: &Range<usize>,
    ) -> Option<Vec<u8>> {
        for share in shares {
            let near = SHARES
                .iter()
                .min_by_key(|known| (share.value.abs() - **known).abs())
                .copied();
            if near.is_some_and(|near| (share.value.abs() - near).abs() > TOLERANCE) {
                let weight = weight_text(share.value);
                let near = near.map(|near| weight_text(near * share.value.signum()));
                self.fault(&share.span, FaultCode::WeightUnknown { weight, near });
                return None;
            }
        }
        let counts = |share: &At<Weight>| match takes {
            Takes::One => share.value >= FULL - TOLERANCE,
            Takes::Several => share.value > 0,
        };
        let places = |wanted: &dyn Fn(&At<Weight>) -> bool| -> Vec<u8> {
            (0..)
                .zip(shares)
                .filter(|(_, share)| wanted(share))
                .map(|(place, _)| place)
                .collect()
        };
        let right = places(&counts);
        if right.is_empty() {
            self.fault(span, FaultCode::NoFullMark {});
            return None;
        }
        match takes {
            Takes::One if right.len() > 1 => {
                let count = right.len() as u64;
                self.fault(span, FaultCode::SeveralFullMarks { count });
                return None;
            }
            Takes::One if shares.iter().any(|share| share.value != 0 && !counts(share)) => {
                self.often(span, Often::PartialCredit);
            }
            Takes::One => {}
            Takes::Several => {
                let sum: Weight = shares.iter().map(|share| share.value.max(0)).sum();
                if (sum - FULL).abs() > TOLERANCE * 8 {
                    let sum = weight_text(sum);
                    self.fault(span, FaultCode::WeightSum { sum });
                    return None;
                }
                if right.len() > 1 {
                    self.often(span, Often::AllOrNothing);
                }
            }
        }
        Some(right)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_read_to_the_fifth_digit() {
        assert_eq!(weight("33.33333"), Some(3_333_333));
        assert_eq!(
            (weight("-50"), weight("100."), weight(".5")),
            (Some(-5_000_000), Some(FULL), Some(50_000))
        );
        assert_eq!(
            (
                weight(""),
                weight("."),
                weight("5e1"),
                weight("--5"),
                weight("99999999")
            ),
            (None, None, None, None, None)
        );
        assert_eq!(
            (weight_text(3_333_333), weight_text(-FULL)),
            ("33.33333".to_owned(), "-100".to_owned())
        );
    }
}
